"""The margin: line numbers that were printed beside the text, on every line (records of courts) or on every fifth.

A number is one of them where it counts the rows: between two of them it grows by as many as there are rows, until a
new page begins again. Verses of a scripture and entries of a list count up with the rows, too, where each has one row:
rows that are numbered one by one lie at several indents, or break off inside sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Change, ChangeKind, Line

__all__ = ["freed"]

_LEFT = re.compile(r"^\f?\s*(?P<number>\d{1,4})(?:(?P<gap>\s+)(?=\S)|\s*$)")
_RIGHT = re.compile(r"\S\s{3,}(?P<number>\d{1,4})\s*$")
_LONGEST = 300  # columns; no row of print has more
_LINKS = 4  # pairs of numbers that count the rows between them; fewer may be chance
_MOST = 0.6  # of the numbers that stand there count the rows
_EVERY = 0.7  # of the rows, at least, have a number where every one is to have it
_STEP = 2  # rows; numbers on rows that follow one another are those of notes or items, if not all rows have one
_INDENTS = 3
_BROKEN = 0.15  # of the rows begin inside a sentence
_FOLIO = "the number of the printed page"
_WHY = "a line number of the printed page"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the margin: which row has it, counted from 0, and where it stands on its line."""

    row: int
    line: Line
    value: int
    start: int
    end: int


def freed(lines: Sequence[Line], *, of_pages: bool) -> tuple[Sequence[Line], tuple[Change, ...]]:
    """Return the lines without the numbers in their margin, and a change for each; the same lines where none are.

    Args:
        lines: of a text.
        of_pages: the text was taken off pages; then numbers on every fifth line or so are looked for as well, at the
            left and at the right. In any other text they are left to those who know verse.

    """
    rows = [line for line in lines if not line.blank]
    for pattern, group in ((_LEFT, "left"), (_RIGHT, "right")):
        found = list(_numbers(rows, pattern))
        counting = _counting(found)
        one_by_one = len(counting) >= _EVERY * len(rows)
        if not one_by_one:  # a number alone on its row is a folio, or a heading
            found = [one for one in found if one.line.text.strip() != str(one.value)]
            counting = _counting(found, _STEP)
        if len(counting) < _LINKS or len(counting) < _MOST * len(found):
            continue
        if (one_by_one and group == "left" and _printed(counting)) or (of_pages and not one_by_one):
            folios = list(_folios(found, counting)) if one_by_one else []
            return _without(lines, sorted((*counting, *folios), key=lambda one: one.row), set(folios))
    return lines, ()


def _numbers(rows: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[_Number]:
    for n, line in enumerate(rows):
        if len(line.text) < _LONGEST and (found := pattern.search(line.text)):
            yield _Number(n, line, int(found["number"]), *found.span("number"))


def _counting(found: Sequence[_Number], step: int = 1) -> list[_Number]:
    """Return the numbers that grow from one to the next as the rows do, or from the row that begins a page.

    ``step``: by how much they grow at least.
    """
    linked: dict[int, _Number] = {}
    for one, other in pairwise(found):
        if other.value - one.value == other.row - one.row >= step:
            linked[one.row], linked[other.row] = one, other
    ends, values = {one.end for one in linked.values()}, {one.value for one in linked.values()}
    linked |= {one.row: one for one in found if one.end in ends and one.value in values}  # alone on its page
    return [linked[row] for row in sorted(linked)]


def _printed(numbers: Sequence[_Number]) -> bool:
    """Tell whether rows that are numbered one by one are rows of print, not verses or entries."""
    texts = [one.line.text[one.end :] for one in numbers]
    indents = {len(text) - len(text.lstrip()) for text in texts if text.strip()}
    broken = sum(text.lstrip()[:1].islower() for text in texts)
    return len(indents) >= _INDENTS or broken >= _BROKEN * len(texts)


def _folios(found: Sequence[_Number], counting: Sequence[_Number]) -> Iterator[_Number]:
    """Return the numbers of pages among those found: alone on their row, above a row that begins to count anew."""
    opens = {one.row for one in counting if one.value <= 1}
    counts = {one.row for one in counting}
    for one in found:
        alone = one.line.text.strip() == str(one.value)
        if alone and one.row not in counts and one.row + 1 in opens:
            yield one


def _without(
    lines: Sequence[Line], numbers: Sequence[_Number], folios: Set[_Number]
) -> tuple[list[Line], tuple[Change, ...]]:
    places = {one.line.number: one for one in numbers}
    out: list[Line] = []
    changes: list[Change] = []
    for line in lines:
        one = places.get(line.number)
        if one is None:
            out.append(line)
            continue
        blank = " " * (one.end - one.start)
        out.append(replace(line, text=f"{line.text[: one.start]}{blank}{line.text[one.end :]}".rstrip()))
        why = _FOLIO if one in folios else _WHY
        changes.append(Change(line.number, ChangeKind.RELABELLED, str(one.value), "", why))
    return out, tuple(changes)
