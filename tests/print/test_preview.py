"""The pages around a place, without the rest of the book."""

from __future__ import annotations

import io
from itertools import count, islice
from pathlib import Path

import pypdfium2
import pytest

from pipeline.cli import main
from pipeline.errors import Exit, OctavoError
from pipeline.model import PageStart
from pipeline.print.preview import preview
from pipeline.report import Report
from pipeline.settings import Settings
from tests.pdfs import printed

NUMBERS = count(1)
CHAPTERS = [" ".join(f"w{word:05}" for word in islice(NUMBERS, 1800)) for _ in range(2)]
PARAGRAPHS = [[words[at : at + 420] for at in range(0, len(words), 420)] for words in CHAPTERS]
BOOK = "---\ntitle: Numbers\nlang: en\n---\n\n" + "\n\n".join(
    f"# Chapter {number} {{#c{number}}}\n\n" + "\n\n".join(paragraphs) for number, paragraphs in enumerate(PARAGRAPHS)
)


def text_of(where: str, starts: tuple[PageStart, ...] = ()) -> str:
    data = preview(BOOK, Path(), Settings(), where, starts, Report())
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        return " ".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_place_is_shown_with_what_stands_around_it() -> None:
    text = text_of("c1")
    assert "Chapter 1" in text
    assert "w01802" in text and "w01780" in text
    assert "w00001" not in text and "w03590" not in text


def test_a_place_is_found_by_its_words() -> None:
    text = text_of("W03000, w03001 w03002 w03003 w03004 w03005 w03006")
    assert "w03001" in text
    assert "w01802" not in text, "the chapter's beginning is a page and more away"


def test_a_page_is_found_by_its_folio() -> None:
    starts = printed(BOOK).book.starts
    place = len(starts) - 2
    first = 1801 + starts[place].words
    text = text_of(starts[place].label, starts)
    assert f"w{first:05}" in text
    assert "w00001" not in text


def test_a_place_that_is_not_there_is_told() -> None:
    with pytest.raises(OctavoError) as caught:
        text_of("c7")
    assert caught.value.exit_code is Exit.SETTINGS
    assert "c0, c1" in caught.value.hint


def test_a_preview_touches_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text("The Ferry\n\nThe ferry left at six, and nobody had seen the keeper.\n", encoding="utf-8")
    arguments = ["pdf", str(source), "--out", str(tmp_path / "out"), "-q", "--preview"]
    assert main([*arguments, "elsewhere"]) == Exit.SETTINGS
    assert not (tmp_path / "out").exists()
    assert main([*arguments, "the-ferry"]) == Exit.OK
    assert [path.name for path in (tmp_path / "out" / "ferry").iterdir()] == ["preview.pdf"]
