"""What outside judges say: sound editions pass, broken ones do not, and a book is made without judges too."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from pipeline import check
from pipeline.check import engines, verdict_on_epub, verdicts_on_pdf
from pipeline.cli import main
from pipeline.errors import Exit
from tests.epubs import weather_ledger
from tests.pdfs import lamp_register, long_notes

TEXT = "The keeper came down at dusk and set the lamp on the sill.\n"


@pytest.fixture
def verapdf() -> None:
    if not engines.verapdf_is_there():
        pytest.skip("veraPDF is not there: make check installs it")


@pytest.fixture
def no_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "verapdf_jars", lambda: ())
    monkeypatch.setattr(check, "epubcheck", lambda: None)
    monkeypatch.setattr("pipeline.check.shutil.which", lambda _name: None)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.usefixtures("verapdf")
@pytest.mark.parametrize(
    "made",
    [
        lambda: lamp_register(),
        lambda: lamp_register("large-print"),
        lambda: lamp_register("screen"),
        lambda: long_notes((20, 46, 60, 90, 200, 500)),
    ],
)
def test_verapdf_passes(made: Callable[[], object], tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(made().book.pdf)  # type: ignore[attr-defined]
    verdicts = verdicts_on_pdf(path)
    assert [verdict.standard for verdict in verdicts] == ["PDF/UA-1", "PDF/A-3a"]
    assert [verdict.broken for verdict in verdicts] == [(), ()]
    assert [verdict.missing for verdict in verdicts] == ["", ""]


@pytest.mark.slow
@pytest.mark.usefixtures("verapdf")
def test_verapdf_names_the_rule_that_is_broken(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(lamp_register().book.pdf)) as pdf:
        pdf.Root.MarkInfo.Marked = False
        pdf.save(tmp_path / "book.pdf")
    for verdict in verdicts_on_pdf(tmp_path / "book.pdf"):
        assert any("MarkInfo" in one.words and one.rule.startswith("ISO 1") for one in verdict.broken)
        assert "fault" in verdict.words()


@pytest.mark.usefixtures("verapdf")
def test_what_is_no_pdf_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_text("no PDF", encoding="utf-8")
    assert all("veraPDF failed" in verdict.words() for verdict in verdicts_on_pdf(tmp_path / "book.pdf"))


def test_the_program_verapdf_is_asked_if_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = {"specification": "ISO 1", "clause": "6", "testNumber": 2, "description": "It shall.", "failedChecks": 3}
    said = {"report": {"jobs": [{"validationResult": [{"details": {"ruleSummaries": [rule]}}]}]}}
    program = tmp_path / "verapdf"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(said)}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    for verdict in verdicts_on_pdf(tmp_path / "book.pdf"):
        assert verdict.broken == (check.Broken("ISO 1, 6-2", "It shall.", 3),)
        assert verdict.words() == "3 faults (veraPDF)"


def judge_that(tmp_path: Path, does: str) -> Path:
    """A program that stands in for a judge."""
    program = tmp_path / "verapdf"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def verdicts_by(program: Path, monkeypatch: pytest.MonkeyPatch) -> list[check.Judgement]:
    """What is said of a PDF and of an EPUB where ``program`` is the judge of both."""
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setattr(check, "epubcheck", lambda: program)
    monkeypatch.setattr(check, "java", lambda: engines.Java(program, program))
    return [*verdicts_on_pdf(program.parent / "book.pdf"), verdict_on_epub(program.parent / "book.epub")]


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        "[]",
        "7",
        "null",
        '"spoken"',
        '{"messages": null, "report": []}',
        '{"messages": [{"severity": "ERROR", "ID": "RSC-1", "message": "It shall.", "locations": 4}]}',
        '{"messages": [{"severity": "ERROR", "ID": "RSC-1"}], "report": {"jobs": []}}',
    ],
)
def test_a_report_of_another_form_is_no_verdict(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for verdict in verdicts_by(judge_that(tmp_path, f"echo '{said}'"), monkeypatch):
        assert verdict.broken == ()
        assert verdict.words().endswith("failed: its report is of another form")


@pytest.mark.parametrize("said", ["{}", "7", "[[7], [8]]", '[[["6-2", "It shall."]], []]'])
def test_the_engine_of_our_own_may_fail_too(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pipeline.check.shutil.which", lambda _name: None)
    monkeypatch.setattr(check, "verapdf_jars", lambda: (tmp_path,))
    monkeypatch.setattr(check, "java", lambda: engines.Java(tmp_path, tmp_path))
    monkeypatch.setattr("pipeline.check.sys.executable", str(judge_that(tmp_path, f"echo '{said}'")))
    assert all("veraPDF failed" in verdict.words() for verdict in verdicts_on_pdf(tmp_path / "book.pdf"))


def test_a_judge_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "PATIENCE", 0.2)
    program = judge_that(tmp_path, "sleep 600 & echo begun; wait")  # it waits for another, as a script does for Java
    begun = time.monotonic()
    for verdict in verdicts_by(program, monkeypatch):
        assert verdict.words().endswith("failed: it had not ended after 0.2 seconds, and was stopped")
    assert time.monotonic() - begun < 300


@pytest.mark.slow
def test_epubcheck_names_what_is_broken(tmp_path: Path) -> None:
    if engines.epubcheck() is None or engines.java() is None:
        pytest.skip("epubcheck is not there: make check installs it")
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(io.BytesIO(weather_ledger().data)) as before, zipfile.ZipFile(broken, "w") as after:
        for item in before.infolist():
            if not item.filename.endswith("nav.xhtml"):
                after.writestr(item, before.read(item))
    assert verdict_on_epub(broken).broken  # what is sound it passes: tests/epub/test_package.py


@pytest.mark.usefixtures("no_judges")
def test_a_book_is_made_without_judges(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pdf", str(text), "--out", str(text.parent)]) == Exit.OK
    assert "veraPDF" not in capsys.readouterr().out


@pytest.mark.usefixtures("no_judges")
def test_to_check_without_judges_is_an_error(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(text), "--out", str(text.parent)]) == Exit.MISSING_PROGRAM
    assert "make check" in capsys.readouterr().err
    assert (text.parent / "lamps" / "book.pdf").is_file()


def test_a_fault_is_a_finding_and_an_exit_code(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = check.Judgement("PDF/UA-1", "veraPDF", (check.Broken("7.1-3", "It shall be tagged.", 2),))
    monkeypatch.setattr(check, "verdicts", lambda _path: (found,))
    assert main(["check", str(text), "--out", str(text.parent)]) == Exit.JUDGED
    said = capsys.readouterr()
    assert "2 faults (veraPDF)" in said.out
    assert "7.1-3" in said.err
    report = json.loads((text.parent / "lamps" / "report.json").read_text(encoding="utf-8"))
    assert "standard-broken" in [finding["code"] for finding in report["findings"]]
