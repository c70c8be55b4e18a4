"""Notes of any length: nothing lost, nothing overprinted, in order, with their calls."""

from __future__ import annotations

import itertools
import re

import pypdfium2
import pytest

from pipeline.print.manuscript import numeral
from tests.pdfs import Opened, long_notes, printed, prose

LENGTHS = (20, 46, 60, 90, 200, 500)


def rows(opened: Opened) -> list[list[tuple[float, float, float, float]]]:
    """The boxes (left, bottom, right, top) of the lines of each page."""
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        found = []
        for page in pdf:
            text = page.get_textpage()
            found.append([text.get_rect(number) for number in range(text.count_rects())])
        return found


def words_of(opened: Opened) -> str:
    return re.sub(r"[\x02\u2010\ufffe]\s*|-\r\n", "", " ".join(opened.texts))


def test_a_note_that_is_called_in_verse_breaks_its_lines_as_any_other() -> None:
    verse = "\n".join(f"| The lamp is lit, the tide is in.[^n{seed}]" for seed in range(12))
    notes = "\n\n".join(f"[^n{seed}]: {prose(10 + seed, seed)}" for seed in range(12))
    opened = printed(f"---\ntitle: T\nlang: en\n---\n\n# One\n\n::: verse\n{verse}\n:::\n\n{notes}\n")
    assert opened.book.figures.stubs == 0


@pytest.mark.parametrize("lengths", [LENGTHS, pytest.param((700, 2000), marks=pytest.mark.slow)])
def test_nothing_of_a_long_note_is_lost(lengths: tuple[int, ...]) -> None:
    opened = long_notes(lengths)
    assert "note-lost" not in opened.codes
    text = words_of(opened)
    for length in lengths:
        note = text.partition(f"FIRST{length} ")[2]
        assert f"LAST{length}" in note
    counted = sum(len(prose(length // 2, seed).split()) for length in lengths for seed in (4, 5))
    body = sum(90 + 121 + 30 for _ in lengths) + 400
    furniture = 14 * opened.book.pages
    assert counted + body <= len(text.split()) <= counted + body + furniture


@pytest.mark.parametrize("lengths", [LENGTHS, pytest.param((700, 2000), marks=pytest.mark.slow)])
def test_no_line_leaves_the_paper_or_overprints_another(lengths: tuple[int, ...]) -> None:
    for page in rows(long_notes(lengths)):
        for left, bottom, right, top in page:
            assert 0 < left < right < 420 and 20 < bottom < top < 595
        ordered = sorted(page, key=lambda row: -row[1])
        for upper, lower in itertools.pairwise(ordered):
            same_line = abs(upper[1] - lower[1]) < 4
            apart = upper[2] <= lower[0] + 1 or lower[2] <= upper[0] + 1
            assert same_line or apart or upper[1] - lower[1] > 5


@pytest.mark.slow
def test_notes_that_find_no_room_on_the_page_of_their_call_are_named() -> None:
    notes = "\n\n".join(f"[^n{seed}]: {prose(length, seed)}" for seed, length in enumerate((200, 200, 200, 20)))
    opened = printed(f"---\ntitle: T\nlang: en\n---\n\n# One\n\nAll here:[^n0] so[^n1] and[^n2] so.[^n3]\n\n{notes}\n")
    assert opened.book.figures.strayed
    assert set(opened.codes) == {"note-strayed"}


def test_notes_stand_on_the_page_of_their_call_and_in_order() -> None:
    opened = long_notes(LENGTHS)
    assert opened.book.figures.strayed == ()
    firsts = re.findall(r"FIRST(\d+)", opened.text)
    assert firsts == [str(length) for length in LENGTHS]


def test_many_short_notes_stay_with_their_calls() -> None:
    parts = ["# Many {#many}"]
    for number in range(70):
        parts.append(f"{prose(20 + number % 37, number)[:-1]}.[^n{number}]")
        parts.append(f"[^n{number}]: N{number} {prose(4 + number % 23, number)}")
    opened = printed("\n\n".join(parts))
    assert opened.book.figures.notes == 70
    assert opened.book.figures.strayed == ()
    assert [int(found) for found in re.findall(r"\bN(\d+)\b", opened.text)] == list(range(70))


@pytest.mark.parametrize("style", ["classic", "screen"])
def test_no_note_leaves_a_hole_at_the_foot_of_a_page(style: str) -> None:
    parts = ["# Holes {#holes}"]
    for number in range(50):
        parts.append(f"::: {{.extract}}\n{prose(18 + number * 7 % 31, number)[:-1]}.[^n{number}]\n:::")
        parts.append(f"[^n{number}]: {prose(12 + number * 5 % 29, number)}")
    opened = printed("\n\n".join(parts), style=style)
    assert opened.book.figures.notes == 50
    assert opened.book.figures.strayed == ()
    assert opened.book.figures.holes == 0


def test_a_note_may_have_paragraphs_lists_and_lines() -> None:
    blocks = ("First.", "Second.", "- item", "iv. four\n    v. five", "| line one\n    | line two")
    opened = printed("# A\n\nText.[^n]\n\n[^n]: " + "\n\n    ".join(blocks))
    text = " ".join(opened.text.split())
    for words in ("1. First.", "Second.", "• item", "iv. four v. five", "line one line two"):
        assert words in text
    assert opened.book.figures.loose == 0, "a line that ends where its author ends it is not stretched"


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (3, "1", "3"),
        (3, "a", "c"),
        (2, "A", "B"),
        (4, "i", "iv"),
        (1999, "I", "MCMXCIX"),
        (27, "a", "27"),
        (0, "i", "0"),
    ],
)
def test_numbers_of_lists_in_notes(number: int, kind: str, written: str) -> None:
    assert numeral(number, kind) == written
