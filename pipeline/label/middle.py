"""What stands in the middle: one row of a page, or rows of many lengths around one column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

SET_IN = 8
"""Columns by which what stands in the middle is set in, and may be off it."""

_OFF = 3  # half columns from the middle, where a line has an odd number of letters, or a space too many
_LENGTHS = 4  # of lines around one column; at the right, only their ends stand below one another


def in_the_middle(left: int, right: int) -> bool:
    """Tell whether a row stands in the middle of its line, by the columns that are free on either side of it."""
    return left > SET_IN and abs(left - right) <= SET_IN


def around(spans: Iterable[tuple[int, int]], middle: float) -> bool:
    """Tell whether rows have one middle; ``spans``: the columns where each begins and ends."""
    return all(abs(begins + ends - 2 * middle) <= _OFF for begins, ends in spans)


def middle_of(spans: Iterable[tuple[int, int]]) -> float:
    """Return the column around which rows of different lengths are set, and well set in; 0 where none are."""
    lengths: dict[int, set[int]] = defaultdict(set)
    for begins, ends in spans:
        if begins >= SET_IN:
            lengths[(begins + ends) // 2].add(ends - begins)
    place, found = max(
        ((at, lengths[at] | lengths.get(at + 1, set())) for at in list(lengths)),
        key=lambda one: len(one[1]),
        default=(0, set()),
    )
    return place + 0.5 if len(found) >= _LENGTHS else 0.0
