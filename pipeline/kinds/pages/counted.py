"""Counted: numbers that open rows and count up.

With text between them they open chapters; right behind one another, items of a list. The numbers of sections may begin
again in each chapter. A row that is full, that breaks off inside a sentence, or that stands inside one is no heading,
whatever its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.kinds.pages.leaves import Row, number_of
from pipeline.kinds.pages.measure import Measure
from pipeline.parts import NAMED

__all__ = ["HEADING", "counted"]

HEADING = ("heading",)
"""The labels of a row that a number tells to be a heading."""

_NUMBER = re.compile(
    r"^(?:(?P<word>[^\W\d_]{2,})\s)?(?P<above>(?:\d{1,2}\.){0,3})(?P<number>\d{1,3}|[IVXLC]{1,7})(?P<stop>[.):]?)(?:\s+(?P<rest>.*))?$"
)
_ENDED = re.compile(r"[.!?…][\"'”’»)\]*†‡\d¹²³⁰⁴-⁹]{0,4}$")
_GOES_ON = re.compile(r"[,;\xad‐-]$")
_FEWEST = 3  # headings; fewer numbers count by chance
_MOSTLY = 0.6  # of the rows that might be headings of one form count up
_APART = 4  # rows from one heading to the next, at least
_NEAR = 6  # rows of one item, at most
_TITLE = 3  # words; with a stop at the end, more are a sentence
_WIDE = 0.93  # of a full row; a wider one is of the text
_FULL = 0.85  # of a full row; so wide is a row of running text
_ITEMS = ("para", "item", "quote", "verse", "letter", "drama", "stage", "caption", "table")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A row that opens with a number: its place, the form of the number, the numbers above it, its value, what follows.

    The form: the word before it, how deep it lies, whether it is in figures, the stop behind it, whether words follow.
    """

    at: int
    form: tuple[str, int, bool, str, bool]
    above: str
    value: int
    rest: str


def counted(rows: Sequence[Row], measure: Measure) -> Mapping[int, tuple[str, ...]]:
    """Return the rows, by place, that numbers tell to be headings, or to be none: the labels that they may have.

    Args:
        rows: of running text, in order.
        measure: how wide the rows of running text are.

    """
    forms: dict[tuple[str, int, bool, str, bool], list[_Numbered]] = {}
    numbered = [*_numbered(rows)]
    short = {one.at for one in numbered if measure.share(rows[one.at].words) < _WIDE}
    for one in numbered:
        forms.setdefault(one.form, []).append(one)
    out: dict[int, tuple[str, ...]] = {}
    for alike in forms.values():
        items = {one.at for pair in _items(rows, alike) for one in pair}
        out |= dict.fromkeys(items, (*_ITEMS, *(f"{label}+" for label in _ITEMS)))
        may_be = [one for one in alike if one.at not in items and one.at in short and _may_be_heading(rows, one, short)]
        found = [*_counting(may_be)]
        apart = all(_has_text(rows[one.at + 1 : after.at], measure) for one, after in pairwise(found))
        if len(found) >= _FEWEST and len(found) >= _MOSTLY * len(may_be) and apart:
            out |= {one.at: HEADING for one in found}
    return out


def _numbered(rows: Sequence[Row]) -> Iterator[_Numbered]:
    for at, row in enumerate(rows):
        if (found := _NUMBER.match(row.words)) and (not found["word"] or NAMED.match(row.words)):
            word, number = (found["word"] or "").casefold(), found["number"]
            form = word, found["above"].count("."), number.isdigit(), found["stop"], bool(found["rest"])
            yield _Numbered(at, form, found["above"], number_of(number), found["rest"] or "")


def _items(rows: Sequence[Row], alike: Sequence[_Numbered]) -> Iterator[tuple[_Numbered, _Numbered]]:
    """Yield what follows on the number before it, a few rows below: two items of a list.

    They stand without a gap, or are whole sentences.
    """
    for one, after in pairwise(alike):
        between = rows[one.at + 1 : after.at + 1]
        if (
            (after.value, after.above) == (one.value + 1, one.above)
            and after.at - one.at <= _NEAR
            and one.rest
            and (
                not any(row.blanks and row.page == rows[one.at].page for row in between)
                or (_is_sentence(one, rows[after.at - 1]))
            )
        ):
            yield one, after


def _is_sentence(one: _Numbered, last: Row) -> bool:
    """Tell whether what a number opens, down to its last row, is said in a whole sentence: no title is."""
    figure, stop = one.form[2:4]
    return figure and bool(stop) and len(one.rest.split()) > _TITLE and bool(_ENDED.search(last.words))


def _may_be_heading(rows: Sequence[Row], one: _Numbered, short: Set[int]) -> bool:
    """Tell whether a numbered row may be a heading by what stands around it; ``short``: numbered rows that are."""
    row = rows[one.at]
    above = rows[one.at - 1] if one.at else None
    below = rows[one.at + 1] if one.at + 1 < len(rows) else None
    parted = above is None or row.blanks > 0 or above.page != row.page
    opens = parted or one.at - 1 in short or (above is not None and bool(_ENDED.search(above.words)))
    title = not one.rest or one.rest.lstrip("“\"‘'«„([¿¡").strip()[:1].isupper()
    return opens and title and not _GOES_ON.search(row.words) and below is not None and not below.words[:1].islower()


def _counting(numbers: Sequence[_Numbered]) -> Iterator[_Numbered]:
    """Yield those that go on from the one before, or begin again with one under other numbers or anew."""
    last: _Numbered | None = None
    held: _Numbered | None = None  # one that begins; it counts if another goes on from it
    for one in numbers:
        if last is not None and one.above == last.above and one.value == last.value + 1 and one.at - last.at >= _APART:
            if held is not None:
                yield held
                held = None
            yield one
            last = one
        elif last is None or (one.value == 1 and one.at - last.at >= _APART):
            last = held = one


def _has_text(rows: Sequence[Row], measure: Measure) -> bool:
    return any(measure.share(row.words) > _FULL for row in rows)
