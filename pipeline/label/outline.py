"""The outline: sections with decimal numbers, "1", "1.1", "1.1.1 Sources", each the next that an outline may have.

Reports, theses and manuals number their sections so. One such number may be a sum or a version; numbers that go on from
one another, down to the last section, are an outline, and each stands alone over its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role

WHY = {"section-of-an-outline": "Its number is the next of an outline, 1, 1.1, 1.2, 2 …: the heading of a section."}
"""The rule of outlines, with what an editor would say."""

_NUMBERED = re.compile(r"(?:§ ?)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?P<title>[^\W\d_a-zà-öø-ÿа-яё].*)")
_LONGEST = 100  # characters of a heading
_LEAST = 3  # sections within others; fewer are no outline
_MOSTLY = 0.8  # of all lines with such numbers go on with the outline
_ENDS = (",", ";", ":")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?] [^\W\d_a-zà-öø-ÿа-яё]|[^\W\d_]{3}\.$")
_MAY_HEAD = (Role.PARAGRAPH, Role.HEADING, Role.ITEM, Role.VERSE, Role.LETTER, Role.QUOTE)

_Number = tuple[int, ...]


def sections(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines alone whose decimal numbers make an outline for the headings of sections."""
    found = [(row, number) for row, number in _numbered(rows) if role_of(row, told) in _MAY_HEAD]
    kept: list[tuple[Row, _Number]] = []
    last: _Number = ()
    for (row, number), (_, after) in pairwise([*found, (None, ())]):
        if row is None or number not in _next(last):
            continue
        listed = len(number) == 1 and after != (*number, 1) and role_of(row, told) is not Role.HEADING
        if not listed:  # "3." may count the entries of a list as well
            kept.append((row, number))
            last = number
    within = sum(len(number) > 1 for _, number in kept)
    every = sum(len(number) > 1 for _, number in found)
    if within < _LEAST or within < _MOSTLY * every:
        return {}
    reason = Reason("section-of-an-outline", Role.HEADING, SETTLED)
    return {row.number: overruled(reason, told[row.number].role, score=SURE) for row, _ in kept}


def _numbered(rows: Sequence[Row]) -> Iterator[tuple[Row, _Number]]:
    """Yield the lines that stand alone, or open the text below them, and may be such headings, with their numbers."""
    for part in stretches(rows):
        row = part[0]
        found = _NUMBERED.fullmatch(row.text.strip("_*= "))
        if found is None or len(row.text) > _LONGEST or row.text.endswith(_ENDS) or _SENTENCE.search(found["title"]):
            continue
        if len(part) == 1 or 4 * row.end <= 3 * max(one.end for one in part):
            yield row, tuple(map(int, found["number"].split(".")))


def _next(last: _Number) -> set[_Number]:
    """Return the numbers that may follow in an outline: the first within, or the next of any level above."""
    up = {(*last[:n], last[n] + 1) for n in range(len(last))}
    return up | {(*last, 1)} | ({(1,)} if not last else set())
