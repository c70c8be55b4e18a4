"""Lines of justified text: even where they can be, and never at the price of a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import lxml.html
import pypdfium2
import pytest
from lxml.html import HtmlElement

from pipeline.print.boxes import NATURAL_SPACE, Line, Shape
from pipeline.print.justify import badness, is_uneven, part_rivers
from pipeline.print.layout import Typesetter
from pipeline.print.shelf import MEASURED
from pipeline.proof.spoken import spoken_in_tags
from tests.pdfs import printed

GOOD = Line(50, False, NATURAL_SPACE + 0.05)
LOOSE = Line(40, False, 0.7)
BROKEN = Line(50, True, NATURAL_SPACE + 0.05)
LAST = Line(20, False, 0)
SCRAP = Line(3, False, 0)
ALONE = Line(6, False, 0)


def spaced(*at: int) -> Line:
    """A line with its spaces so many hundredths of an em from the left."""
    return Line(50, False, NATURAL_SPACE + 0.05, at)


ABOVE, BELOW, FAR = spaced(400, 900), spaced(410, 1300), spaced(700, 1600)


@pytest.mark.parametrize(
    ("lines", "uneven"),
    [
        ([], False),
        ([LAST], False),
        ([SCRAP], False),
        ([GOOD, GOOD, LAST], False),
        ([GOOD, LOOSE, LAST], True),
        ([GOOD, ALONE, GOOD, LAST], True),
        ([GOOD, GOOD, SCRAP], True),
        ([BROKEN] * 3 + [LAST], False),
        ([BROKEN] * 4 + [LAST], True),
        ([LAST, LAST, SCRAP], False),  # ragged
        ([ABOVE, BELOW] * 2 + [FAR], False),
        ([ABOVE, BELOW] * 2 + [ABOVE], True),
        ([ABOVE, BELOW, FAR] * 3, False),
        ([Line(50, False, 0, (400,)) for _ in range(6)], False),  # ragged
        ([spaced(400 + 10 * number) for number in range(5)], False),  # it narrows until nothing is left
    ],
)
def test_what_is_uneven(lines: list[Line], uneven: bool) -> None:
    assert is_uneven(lines) is uneven


class Press:
    """Sets every paragraph anew so that no space lies below another."""

    def __init__(self) -> None:
        self.asked = 0

    def measured(self, elements: Iterable[HtmlElement], measure: float, rules: str = "") -> dict[str, Shape]:
        found = list(elements)
        self.asked += len(found)
        return {one.get(MEASURED, ""): Shape(measure, 0, [FAR, spaced(200), LAST]) for one in found}


def test_a_river_does_not_run_on_from_one_paragraph_into_the_next() -> None:
    body = lxml.html.fragment_fromstring("<div><p>One.</p><p>Two.</p><h2>Head</h2><p>Three.</p></div>")
    parts = [*body.iter("p")]
    for number, part in enumerate(parts):
        part.set(MEASURED, str(number))
    shapes = {str(number): Shape(300, 0, [ABOVE, BELOW, ABOVE]) for number in range(3)}
    lines = {name: list(shape.lines) for name, shape in shapes.items()}
    press = Press()
    part_rivers(parts, shapes, lines, cast(Typesetter, press), 300, "", 10)
    assert press.asked == 1  # a heading parts the second from the third
    assert [part.get("style") is not None for part in parts] == [False, True, False]
    assert lines["1"] == [FAR, spaced(200), LAST]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ([GOOD, LAST], [LOOSE, LAST]),
        ([LOOSE, GOOD, LAST], [GOOD, ALONE, GOOD, LAST]),
        ([GOOD, GOOD, LAST], [GOOD, GOOD, SCRAP]),
        ([BROKEN] * 3 + [LAST], [BROKEN] * 4 + [LAST]),
        ([LOOSE, LAST], [LOOSE, LOOSE, LAST]),
        ([ABOVE] * 4 + [FAR], [ABOVE] * 5),
    ],
)
def test_what_is_worse(better: list[Line], worse: list[Line]) -> None:
    assert badness(better) < badness(worse)


def test_spaces_are_found_where_they_were_set(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[Line]] = []

    def is_river(lines: list[Line]) -> bool:
        told.append(lines)
        return False

    monkeypatch.setattr("pipeline.print.tally.is_river", is_river)
    words = "The keeper and *his lamp* went up to it, and down, by day or by dark as it may be. " * 3
    opened = printed(f"# Lines {{#lines}}\n\n{words}\n")
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        page = pdf[opened.page_of("The keeper and")].get_textpage()
        text = page.get_text_range()
        first, end = text.index("The keeper"), text.index("\r\n", text.index("The keeper"))
        rights = [page.get_charbox(at - 1, loose=True)[2] for at in range(first, end - 1) if text[at] == " "]
    line = next(line for lines in told for line in lines if line.gap)
    assert line.spaces == pytest.approx([10 * right for right in rights], abs=8)  # type of 10 pt


def test_a_river_ends_where_a_white_line_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[Line]] = []
    monkeypatch.setattr("pipeline.print.tally.is_river", told.append)
    words = "The keeper and his lamp went up to it, and down, by day or by dark as it may be. " * 3
    printed(f"# White {{#white}}\n\n{words}\n\n{words}\n\n> {words}\n")
    several = [len(lines) for lines in told if len(lines) > 1]
    assert len(several) == 2 and several[0] == 2 * several[1]


def text() -> str:
    """Long words in short paragraphs: what greedy line breaking does worst."""
    words = ("circumnavigation", "of", "lamplighters’", "correspondence", "and", "incomprehensible", "straightforward")
    paragraphs = (" ".join(words[(start + step * 3) % len(words)] for step in range(61)) for start in range(45))
    return "# Lines {#lines}\n\n" + "\n\n".join(paragraphs) + "\n"


def test_few_lines_are_loose_and_no_word_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    even = printed(text())
    monkeypatch.setattr("pipeline.print.parts.even_text", lambda *_: None)
    plain = printed(text())
    assert even.book.figures.loose < plain.book.figures.loose / 2

    told = [spoken_in_tags(opened.book.pdf, opened.book.own) for opened in (even, plain)]
    assert told[0] == told[1]


def test_ragged_styles_have_no_loose_line() -> None:
    for style in ("large-print", "screen"):
        assert printed(text(), style=style).book.figures.loose == 0
