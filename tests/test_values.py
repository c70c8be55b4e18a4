"""Values are checked where they are read: one sentence, the right exit code, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.model import figure
from pipeline.values import text

TEXT = "The weir was low all summer and the mill stood still.\n\nThe miller went to sea in the autumn.\n"
BIG = "9" * 5000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "mill.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], source: Path) -> tuple[int, str]:
    code = main(["draft", str(source), "--out", str(source.parent / "out"), "-q"])
    stderr = capsys.readouterr().err
    assert "Traceback" not in stderr
    assert not (source.parent / "out" / "mill").exists() or code == Exit.OK
    return code, stderr


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        (f"series_number = {BIG}", "monstrous"),
        ("x = " + "[" * 5000, "valid TOML"),
        ('encoding = "a\\u0000"', "“encoding”"),
        ('encoding = "rot13"', "“encoding”"),
        ('title = "a\\u0007b"', "“title”"),
        ('title = "a\\uFDD0b"', "“title”"),
        (f'title = "{"a" * 20_000}"', "“title”"),
        ("title = 3", "“title”"),
        ('author = ["A", "b\\u0001"]', "“author”"),
        ('bleed = "99999mm"', "“bleed”"),
        ('date = "9999-99-99"', "“date”"),
        ('date = "1911-02-30"', "“date”"),
        ('lang = "../../etc"', "“lang”"),
        ('lang = "english"', "“lang”"),
        ('lang = "de-ZX"', "“lang”"),
        ('identifier = "to be announced"', "“identifier”"),
        ('identifier = "978-3-16-148410-1"', "“identifier”"),
        ('identifier = "ISBN 316148410"', "“identifier”"),
        ('slug = "../out"', "“slug”"),
        ('trim = "A99"', "trim size"),
        ('style = "gaudy"', "style"),
        ('cover = "/etc/hostname"', "“cover”"),
        ('cover = "../cover.png"', "“cover”"),
        ('cover = "mill.txt"', "neither PNG nor JPEG"),
        ('verdicts = "../v.toml"', "“verdicts”"),
        ("details = 1", "“details”"),
    ],
)
def test_a_value_is_refused_by_its_key(source: Path, capsys: pytest.CaptureFixture[str], toml: str, named: str) -> None:
    source.with_suffix(".toml").write_text(toml, encoding="utf-8")
    code, stderr = said(capsys, source)
    assert code == Exit.SETTINGS and named in stderr


@pytest.mark.parametrize("tag", ["en", "de-CH", "zh-Hant", "grc", "tlh", "sl-rozaj-biske", "mi-Latn-NZ"])
def test_a_language_may_be_any_that_is_registered(tag: str) -> None:
    assert text(tag, "lang", "here") == tag


@pytest.mark.parametrize(
    "number",
    [
        *("978-3-16-148410-0", "3-16-148410-X", "urn:isbn:9783161484100", "ISBN 978 3 16 148410 0"),
        *("urn:uuid:0f5ae2b4-6d3f-4f2b-9a0e-8b1f0c9d7e11", "https://example.org/books/7", "doi:10.5555/12", "B00-12"),
    ],
)
def test_an_identifier_may_be_any_by_which_a_book_is_known(number: str) -> None:
    assert text(number, "identifier", "here") == number


ROW = '[[verdict]]\nline = 3\nstarts = "The miller"\nwhy = "so"\n'


@pytest.mark.parametrize(
    "rows",
    [
        "verdict = [1]",
        "verdict = 1",
        f"{ROW}role = 3",
        f'{ROW}role = "citation"\nfields = {{author = 3}}',
        f'{ROW}role = "citation"\nfields = {{title = 3}}',
        f'{ROW}role = "citation"\nfields = {{author = [{{family = 3}}]}}',
        f'{ROW}role = "citation"\nfields = {{copyright_year = "x"}}',
        f'{ROW}role = "citation"\ncovers = ["a", 2]',
        f'{ROW}join = "x"',
        f"{ROW}work = []",
        f"{ROW}accept = {BIG}",
        ROW.replace("3", "true") + "drop = true",
    ],
)
def test_a_verdict_of_a_wrong_kind_is_refused(source: Path, capsys: pytest.CaptureFixture[str], rows: str) -> None:
    source.with_suffix(".verdicts.toml").write_text(rows, encoding="utf-8")
    assert said(capsys, source)[0] == Exit.SETTINGS


@pytest.mark.parametrize(
    "data", ["3", "{}", "[1]", "[{}]", '[{"id": []}]', '[{"id": "a", "author": [1]}]', "[", "\xff"]
)
def test_a_bibliography_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: str) -> None:
    (tmp_path / "book.md").write_text("# One\n\nWords.\n", encoding="utf-8")
    (tmp_path / "references.json").write_bytes(data.encode("latin-1"))
    assert main(["epub", str(tmp_path / "book.md"), "-q"]) == Exit.SETTINGS
    assert "Traceback" not in capsys.readouterr().err


def test_a_number_of_many_digits_is_a_word(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = f"[{BIG}] It was leaking."
    source.write_text(f"{TEXT}\n{BIG}. A mill{BIG}[{BIG}] stood\n\n{note}\n\n² went out²\n", encoding="utf-8")
    assert said(capsys, source)[0] == Exit.OK


def test_figures() -> None:
    assert [figure(text) for text in ("12", "٣", "²", "", "x", "1" * 9, "1" * 10)] == [12, 3, 0, 0, 0, 111111111, 0]
