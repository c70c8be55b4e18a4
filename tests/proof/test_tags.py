"""What a user may rely on: where a screen reader would not say the words of the book, the build says so."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.proof.spoken import Spoken, check_tags, differences, spoken_in_html, spoken_in_tags
from pipeline.report import Report
from tests.pdfs import Opened, lamp_register, long_notes, printed, prose

HARD = "He waited...then set the lamp—lit—on the well-kept sill, and/or not; a\u2010b, *the keeper said* so twice, "
BOOK = f"""# Spaces {{#spaces}}

{HARD * 12}and rested.[^a] Then it burned.

| a line of verse
| another…

{"ბავშვი " * 40}

Oil
:   What burns.

4. wicks
5. glass

::: entries
- eggs
- a hen
:::

| Lamp | Oil |
|------|-----|
| one  | two |

[^a]: {HARD * 12}and more.

    {HARD * 3}and an end.
"""


def held_against_each_other(opened: Opened) -> list[tuple[str, str, str]]:
    book, tags = spoken_in_html(opened.book.html), spoken_in_tags(opened.book.pdf, opened.book.own)
    assert len(book) > 0
    return [(one.stream, one.book, one.tags) for one in differences(book, tags)]


@pytest.mark.parametrize("style", ["classic", "large-print", "screen"])
def test_words_and_spaces_are_those_of_the_book_wherever_lines_end(style: str) -> None:
    assert held_against_each_other(printed(BOOK, style=style)) == []


@pytest.mark.parametrize("style", ["classic", "large-print", "screen"])
def test_so_they_are_in_every_form(style: str) -> None:
    assert held_against_each_other(lamp_register(style)) == []


def test_so_they_are_in_long_notes() -> None:
    assert held_against_each_other(long_notes((20, 46, 60, 90, 200, 500))) == []


def without_a_paragraph(opened: Opened, kind: str) -> bytes:
    """The PDF, but the last element of a kind is gone from its tags."""
    with pikepdf.open(io.BytesIO(opened.book.pdf)) as pdf:
        changed = Opened(opened.book, [])
        changed.__dict__["pdf"] = pdf
        element = [one for one in changed.structure() if kind == one.S][-1]
        element.K = pikepdf.Array()
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "stream"), [("/BlockQuote", "the text"), ("/Note", "note 7"), ("/BibEntry", "bibliography")]
)
def test_what_the_tags_lack_is_a_finding(kind: str, stream: str) -> None:
    opened, report = lamp_register(), Report()
    check_tags(without_a_paragraph(opened, kind), opened.book.own, opened.book.html, report)
    (found,) = report.findings
    assert found.code == "tags-differ" and found.severity == "error"
    assert stream in found.message
    assert "differ" in report.table[-1][1]


def test_a_sound_book_has_no_finding() -> None:
    opened, report = lamp_register(), Report()
    check_tags(opened.book.pdf, opened.book.own, opened.book.html, report)
    assert report.findings == []
    assert "equal those of book.md" in report.table[-1][1]


@pytest.mark.parametrize(
    ("tags", "seen"),
    [
        ("the lamp was lit", False),
        ("the lamp lit was", True),
        ("the lamp lamp was lit", True),
        ("thelamp was lit", True),
        ("the la mp was lit", True),
        ("the lamp was", True),
        ("the lamp was lit again", True),
    ],
)
def test_what_is_a_difference(tags: str, seen: bool) -> None:
    book, other = (Spoken(tuple(words.split()), (), ()) for words in ("the lamp was lit", tags))
    assert bool(list(differences(book, other))) is seen


def test_a_long_paragraph_is_one_element_though_it_crosses_a_page() -> None:
    opened = printed(f"# Long {{#long}}\n\n{prose(900, 1)}")
    assert opened.book.pages - opened.book.prelims > 1
    body = [one for one in opened.structure() if one.S == "/Sect"][-1]
    assert [str(kid.S) for kid in body.K] == ["/H1", "/P"]
