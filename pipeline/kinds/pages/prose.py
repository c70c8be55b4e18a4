"""Prose: rows that break a word at their end, and the full rows around them, are of one paragraph, never of a poem.

Verse ends where the poet ends it; it breaks no word. In languages that write nouns with a capital, rows of prose begin
with capitals as often as verses do, and only this tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure

__all__ = ["prose"]

_BROKEN = re.compile(r"[^\W\d_][-\xad‐]$")
_NEARLY = 0.97  # of a full row; what with the first word of the row below is as wide was full
_LABELS = ("para", "quote", "heading", "drama", "stage", "letter", "item", "caption", "table")


def prose(rows: Sequence[Row], measure: Measure) -> Mapping[int, tuple[str, ...]]:
    """Return the rows, by place, that are no verse for sure: the labels that they may have.

    Args:
        rows: of running text, in order.
        measure: how wide the rows of running text are.

    """
    goes_on = [_goes_on(rows, at, measure) for at in range(len(rows))]
    out: dict[int, tuple[str, ...]] = {}
    labels = (*_LABELS, *(f"{label}+" for label in _LABELS))
    start = 0
    for at, on in enumerate(goes_on):
        if on:
            continue
        if any(_is_broken(rows, n) for n in range(start, at)):
            out |= dict.fromkeys(range(start, at + 1), labels)
        start = at + 1
    return out


def _is_broken(rows: Sequence[Row], at: int) -> bool:
    return bool(_BROKEN.search(rows[at].words)) and rows[at + 1].words[:1].islower()


def _goes_on(rows: Sequence[Row], at: int, measure: Measure) -> bool:
    """Tell whether a row goes on below: it breaks a word, or the first word there would not have fitted into it."""
    if at + 1 >= len(rows):
        return False
    row, below = rows[at], rows[at + 1]
    if _is_broken(rows, at):
        return True
    if below.blanks and below.page == row.page:
        return False
    first = below.words.split(None, 1)[0]
    return measure.share(row.words) + measure.share(f"n {first}") > _NEARLY
