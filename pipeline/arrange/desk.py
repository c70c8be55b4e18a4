"""The desk: what all rooms know while one book is arranged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from pipeline.arrange.ids import Ids
from pipeline.arrange.marks import Marks
from pipeline.arrange.turns import Habits
from pipeline.model import Block, Change, ItemList, Note, Table, Work

Blocks = list[Block | ItemList | Table]
"""What stands between headings."""


@dataclass(slots=True)
class Desk:
    """What is on the desk while one book is arranged."""

    lang: str
    works: Mapping[str, Work]
    notes: dict[str, Note]
    changes: list[Change]
    ids: Ids
    marks: Marks
    text: Mapping[int, str]  # each line as it stands
    spans: Mapping[int, tuple[int, ...]]  # the lines of a piece, by its first
    cell: Callable[[str], str]  # how a cell of a table is set
    turns: Habits = field(default_factory=Habits)  # what is usual in the turns of a play
    said: Collection[int] = ()
    stopped: bool = False  # headings end with a full stop
    foreign: dict[int, str] = field(default_factory=dict)  # by the first line of a piece in another language
