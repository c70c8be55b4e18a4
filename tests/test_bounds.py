"""Bounds: what goes beyond one is stopped with a sentence that names its setting, and the earlier book stays."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from pipeline import bounds, build, pandoc
from pipeline.bounds import BOUNDS
from pipeline.cli import main
from pipeline.errors import Exit, OctavoError

TEXT = "The weir was low all summer and the mill stood still.\n\nThe miller went to sea in the autumn.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "weir.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def draft(source: Path, *more: str) -> int:
    return main(["draft", str(source), "--out", str(source.parent / "out"), "-q", "--fresh", *more])


def busy(*_: object) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        pass


def test_a_file_that_is_too_large(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_text(TEXT * 20_000, encoding="utf-8")
    monkeypatch.setenv("OCTAVO_SIZE", "1")
    assert draft(source) == Exit.TOO_LARGE
    assert "OCTAVO_SIZE" in capsys.readouterr().err


def test_a_file_of_too_many_lines(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OCTAVO_LINES", "2")
    assert draft(source) == Exit.TOO_LARGE
    assert "OCTAVO_LINES" in capsys.readouterr().err
    monkeypatch.setenv("OCTAVO_LINES", "3")
    assert draft(source) == Exit.OK


@pytest.mark.parametrize("variable", ["OCTAVO_SECONDS", "OCTAVO_MEMORY"])
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such clock")
def test_a_build_that_takes_too_much(
    source: Path, variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(source) == Exit.OK
    before = {path.name: path.read_bytes() for path in (source.parent / "out" / "weir").iterdir()}
    monkeypatch.setenv(variable, "1")
    monkeypatch.setattr(bounds, "_WALL", 1e6)  # what is allowed here would not do for the tests themselves
    monkeypatch.setattr(build, "read_source", busy)
    assert draft(source) == Exit.TOO_LARGE
    said = capsys.readouterr().err
    assert variable in said and said.count("\n") == 1
    assert {path.name: path.read_bytes() for path in (source.parent / "out" / "weir").iterdir()} == before


def test_a_book_of_too_many_pages(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_PAGES", "1")
    source.write_text("\n\n".join(f"Chapter {n}\n\n\n{TEXT * 9}" for n in range(1, 4)), encoding="utf-8")
    with pytest.raises(OctavoError, match="OCTAVO_PAGES") as refused:
        from pipeline.print.press import print_book
        from pipeline.report import Report
        from pipeline.settings import Settings

        text = "---\ntitle: Weirs\nlang: en\n---\n\n" + "".join(f"# {n}\n\n{TEXT * 9}\n\n" for n in range(3))
        print_book(text, source.parent, Settings(), Report(), lambda _: None)
    assert refused.value.exit_code is Exit.TOO_LARGE


@pytest.mark.parametrize("given", ["x", "-1", "0", "1e9", "9" * 40])
def test_a_bound_that_is_no_number(
    source: Path, given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OCTAVO_SECONDS", given)
    assert draft(source) == Exit.SETTINGS
    assert "OCTAVO_SECONDS" in capsys.readouterr().err


@pytest.mark.parametrize("variable", [one.variable for one in BOUNDS])
def test_a_draft_refuses_a_mistaken_bound_though_it_does_not_meet_it(
    source: Path, variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, "x")
    assert draft(source) == Exit.SETTINGS
    said = capsys.readouterr().err
    assert f"{variable}=x" in said and said.count("\n") == 1
    assert not (source.parent / "out").exists()


def test_every_bound_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(one.variable in told for one in BOUNDS)


PROGRAMS = {
    "dies": ("kill -9 $$", Exit.TOOL_FAILED, "signal 9"),
    "fails": ("cat >/dev/null; echo 'it is raining' >&2; exit 3", Exit.TOOL_FAILED, "it is raining"),
    "hangs": ("exec sleep 600", Exit.TOO_LARGE, "OCTAVO_PANDOC"),
    "says nothing": ("cat >/dev/null", Exit.TOOL_FAILED, "cannot be read"),
    "does not listen": ("exec <&-; echo done", Exit.TOOL_FAILED, "cannot be read"),
    "prints garbage": ("cat >/dev/null; printf '\\377\\376\\000{garbage'", Exit.TOOL_FAILED, "Pandoc"),
    "prints other JSON": ("""cat >/dev/null; echo '{"a": [1]}'""", Exit.TOOL_FAILED, "cannot be read"),
    "is no program": (None, Exit.TOOL_FAILED, "cannot be used"),
}


@pytest.mark.skipif(os.name != "posix", reason="the programs are written for a shell")
@pytest.mark.parametrize("does", PROGRAMS)
def test_a_pandoc_that(
    source: Path, does: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script, code, words = PROGRAMS[does]
    program = source.parent / "pandoc"
    program.write_text(f"#!/bin/sh\n{script}\n" if script else "\x00", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pandoc, "program", lambda: str(program))
    monkeypatch.setenv("OCTAVO_PANDOC", "1" if does == "hangs" else "300")
    monkeypatch.setattr(pandoc, "_last", {})
    assert draft(source) == code
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1 and "Traceback" not in said
    assert not (source.parent / "out").exists()


def nested(depth: int, each: int) -> str:
    rows = ["a: &a0 [weir, weir]"]
    rows += [f"{'b' * n}: &a{n} [{', '.join([f'*a{n - 1}'] * each)}]" for n in range(1, depth + 1)]
    return "\n".join(["---", "title: The Weir", *rows, "---", "", TEXT])


def test_aliases_that_grow_are_refused_before_they_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("many.md", nested(9, 9)), ("deep.md", nested(40, 2))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert draft(tmp_path / name) == Exit.TOO_LARGE
        said = capsys.readouterr().err
        assert "aliases" in said and said.count("\n") == 1


def test_aliases_of_a_real_book_are_read(tmp_path: Path) -> None:
    people = "author:\n- &ada Ada Fenn\neditor:\n" + "- *ada\n" * 30
    (tmp_path / "weir.md").write_text(f"---\ntitle: R&D, &c.\n{people}---\n\n{TEXT}", encoding="utf-8")
    assert draft(tmp_path / "weir.md") == Exit.OK
