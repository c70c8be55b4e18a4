"""The lines of a text as the rooms of this folder see them: where each stands, and where blank lines part them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from sys import intern

from pipeline.label.layout import columns, room_for

MANY = 5
"""Blank lines; more say no more."""


@dataclass(slots=True)
class Row:
    """One non-blank line of wrapped text: where it stands and how it looks."""

    number: int
    text: str  # without the spaces around it
    indent: int
    end: int  # columns up to its last letter
    gap: int  # blank lines above
    below: int = 0
    stretch: int = 0
    first: str = ""  # its first word with what clings to it
    need: int = 0  # columns that the first word takes; in scripts without spaces, its first letter
    shape: str = ""  # a word for how it looks, for its neighbours
    form: str = ""  # how a short stretch that it opens is written
    seen: array[int] = field(default_factory=lambda: array("H"))  # by numbers


class Rows(list[Row]):
    """All rows of a text, once they are made: dozens of rooms ask where blank lines part them."""

    @cached_property
    def stretches(self) -> list[list[Row]]:
        """The rows between blank lines."""
        return parted(self)


def parted(rows: Sequence[Row]) -> list[list[Row]]:
    """Part rows where blank lines stand between them."""
    return [list(group) for _, group in groupby(rows, key=attrgetter("stretch"))]


def rows_of(lines: Iterable[tuple[int, str, int]]) -> Rows:
    """Make rows of ``(number, text, blank lines above)``; a gap of 0 means the same stretch."""
    out = Rows()
    stretch = -1
    for number, text, gap in lines:
        whole = text.expandtabs().rstrip()
        bare = whole.lstrip()
        if gap or not out:
            stretch += 1
            if out:
                out[-1].below = gap
        first = intern(bare.split(None, 1)[0])  # few words open most lines
        need = room_for(first) - 1
        out.append(Row(number, bare, len(whole) - len(bare), columns(whole), gap, 0, stretch, first, need))
    if out:
        out[-1].below = MANY
    return out
