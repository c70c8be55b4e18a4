"""What a user may rely on: what is left out of the book stands in it elsewhere, or is named."""

from __future__ import annotations

import pytest

from pipeline.model import Change, ChangeKind, Line, Source
from pipeline.proof import Streams, check_left_out, prove
from pipeline.report import Report
from pipeline.words import words_of

HEADS = ("I. The Weir", "II. The Ferry at Lower Reach", "Preface")
BODY = f"{' '.join(HEADS)} The chapter on the keeper of the weir has no number, and the ferry none."
WORKS = "Moorcroft Ada Two Rivers Leeds Sluice Press 1931"


def book() -> Streams:
    return Streams(
        tuple(words_of(BODY * 30)),
        works=tuple(words_of(WORKS)),
        heads=tuple(tuple(words_of(head)) for head in HEADS),
        front=("two", "rivers", "ada", "moorcroft"),
    )


def told(kind: ChangeKind, *lines: str) -> list[str]:
    """Leave ``lines`` out, under the text; return the codes of what the report says."""
    texts = [BODY] * 30 + list(lines)
    source = Source("rivers", tuple(Line(n, text) for n, text in enumerate(texts, 1)), "UTF-8", True, "LF")
    changes = [Change(31 + n, kind, line, "", "Because.") for n, line in enumerate(lines)]
    report = Report()
    check_left_out(book(), source, changes, report)
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize(
    "lines",
    [
        ("The Ferry at Lower Reach 12", "14 The Ferry at Lower Reach"),  # running heads, with folios
        ("12", "- 13 -", "xiv"),  # folios
        ("12 Tales of the Moor", "13 Tales of the Moor", "14 Tales of the Moor", "15 Tales of the Mcor"),  # an extract
        ("TWO RIVERS", "Ada Moorcroft"),  # title and author
        ("I. The Weir ........ 1", "II. The Ferry at Lower Reach ... 12", "Preface . . . ix"),  # contents
        ("The Ferry at Lower Reach .... 1201 B", "I. The Weir .... 1202 A"),  # to a quarter of a page
    ],
)
def test_what_stands_elsewhere_may_be_left_out(lines: tuple[str, ...]) -> None:
    assert told(ChangeKind.LEFT_OUT, *lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Chapter 1",
            "Chapter 2",
            "Chapter 3",
        ),  # the headings of a novel, taken for heads: “chapter” stands in the text
        ("Letter 1", "Letter 2"),
        ("Nobody had mended the wheel since the flood.",),
        ("III. The Mill ..... 31",),  # a chapter that is not there
    ],
)
def test_what_stands_nowhere_is_named(lines: tuple[str, ...]) -> None:
    assert told(ChangeKind.LEFT_OUT, *lines) == ["left-out-nowhere"]


def test_much_of_a_text_may_not_be_left_out() -> None:
    line = "the wheel was taken down and carried over the moor on a cart by seven men"
    texts = [f"{line} in year {year}" for year in range(1900, 1990)]
    assert told(ChangeKind.LEFT_OUT, *texts[:1]) == ["left-out-nowhere"]
    assert told(ChangeKind.LEFT_OUT, *texts[:3]) == ["left-out-nowhere", "left-out-much"]
    assert told(ChangeKind.LEFT_OUT, *texts) == ["left-out-nowhere", "left-out-most"]
    assert told(ChangeKind.SET_ASIDE, *texts) == []  # what a file says of itself, or a person ruled out


def test_an_entry_must_be_in_the_bibliography_whole() -> None:
    assert told(ChangeKind.LISTED, "Moorcroft, Ada. Two Rivers. Leeds: Sluice Press, 1931.") == []
    assert told(ChangeKind.LISTED, "Moorcroft, Ada. Three Rivers. Leeds, 1931.") == ["not-in-bibliography"]


def test_what_is_left_out_is_not_counted_as_changed() -> None:
    source = Source("rivers", (Line(1, "Two Rivers 12"), Line(2, "The weir.")), "UTF-8", True, "LF")
    change = Change(1, ChangeKind.LEFT_OUT, "Two Rivers 12", "", "A running head.")
    result = prove("markdown", Streams(("the", "weir")), source, (change,))
    assert result.json() == {"words": 5, "lost": 0, "changed": 0, "left_out": 3, "added": 0}
