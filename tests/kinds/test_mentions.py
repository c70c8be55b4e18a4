"""Works that sentences name, with place and year behind the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import Reading, read_source
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.words import words_of
from tests.written import write_markdown

PARAGRAPHS = (
    "The tide came late that year, as Anna Orr says in _The Long Net_ (London, 1931), p. 4, and the boats lay dry.",
    "Of the lamp itself there is little to be found, though Ruth Quill (see above) spoke of it in _The Lamp_ "
    "(Leeds: Moor, 1940) and again, in old age, to her nephew.",
    "Nobody mended nets on a Sunday (Colin Tallow, Salt and Tar (Bath: Combe, 1922), p. 9), and nobody asked why.",
    "In the end the harbour was sold. Orr wrote in The Northern Quay (London, 1935), p. 77, that she had seen it.",
)


def read(paragraphs: tuple[str, ...], tmp_path: Path) -> Reading:
    path = tmp_path / "tides.txt"
    path.write_text("Of Tides\n\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return read_source(path, Settings(), Report(), lambda _stage: None)


def test_a_text_that_names_its_sources_in_sentences_has_them_as_citations(tmp_path: Path) -> None:
    reading = read(PARAGRAPHS, tmp_path)
    markdown = write_markdown(reading.book, Settings(), lang=reading.lang)
    assert "as Anna Orr says in *The Long Net* [@orr1931long, p. 4], and the boats" in markdown
    assert "in *The Lamp* [@quill1940lamp] and again" in markdown
    assert "on a Sunday [@tallow1922salt, p. 9], and nobody asked" in markdown
    assert "in The Northern Quay [@orr1935northern, p. 77], that she" in markdown
    assert set(reading.book.works) == {"orr1931long", "quill1940lamp", "tallow1922salt", "orr1935northern"}


def test_two_works_in_one_paragraph_are_two(tmp_path: Path) -> None:
    markdown = write_markdown(read((" ".join(PARAGRAPHS),), tmp_path).book, Settings(), lang="en")
    assert [name in markdown for name in ("@orr1931long", "@quill1940lamp", "@tallow1922salt")] == [True] * 3


def test_what_happens_once_or_twice_is_no_habit(tmp_path: Path) -> None:
    reading = read(PARAGRAPHS[:2], tmp_path)
    assert not reading.citations
    assert {"london", "1931"} <= set(words_of(write_markdown(reading.book, Settings(), lang="en")))


@pytest.mark.parametrize(
    "text",
    [
        "They met at the Old Inn (Leeds, 1931), and again at the fair.",
        "She came with Anna Orr (London, 1931) and left alone.",
        "He read (as all of them did in 1931) the papers.",
    ],
)
def test_brackets_behind_no_title_stay(text: str, tmp_path: Path) -> None:
    reading = read((text, text, text, text), tmp_path)
    assert not reading.citations
