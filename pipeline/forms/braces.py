"""Braces: what stands beside several rows of a table, as old books print it, and belongs to all of them.

In ``book.md`` a brace that was drawn over several lines has a column of its own, a piece in each row. On the page and
in the e-book a rule stands for it; the words keep the row, and the order, that they had.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lxml.etree import _Element

from pipeline.forms.trees import add_class, local, named, text_of

BRACED = "braced"
"""Class of a table with braces, which has no rules above and below: it is no table of figures."""
SIDES = {"}": (1, "points-right"), "{": (-1, "points-left")}
"""For each brace on which side of it stands what it points to, and the class of the cells there."""
HELD = "held"
"""Class of a row that no page parts from the next one: the brace goes on."""


def set_braces(body: _Element) -> None:
    """Give the cells beside the columns of braces in ``body`` the classes that draw a rule, and take the braces off."""
    for table in named(body, "table"):
        rows = [[one for one in row if local(one) in ("td", "th")] for row in named(table, "tr")]
        width = max(map(len, rows), default=0)
        signs = [_sign([row[at] for row in rows if at < len(row)]) for at in range(width)]
        gone = [at for at, sign in enumerate(signs) if sign]
        if not gone or any(len(row) != width for row in rows):
            continue
        add_class(table, BRACED)
        for above, below in pairwise(rows):
            if any(text_of(above[at]).strip() and text_of(below[at]).strip() for at in gone):
                _within(above[0]).set("class", HELD)
        for at in gone:
            side, name = SIDES[signs[at]]
            if not (0 <= at + side < width and not signs[at + side]):  # nothing stands there
                side, name = -side, SIDES["{" if side > 0 else "}"][1]
            for row in rows if 0 <= at + side < width else ():
                if text_of(row[at]).strip():
                    add_class(row[at + side], name)
        columns = [*named(table, "col")]
        for cell in [row[at] for row in (*rows, *([columns] if len(columns) == width else [])) for at in gone]:
            _within(cell).remove(cell)


def _sign(cells: Sequence[_Element]) -> str:
    """Return the brace that a column has in some rows and nothing else in the others; nothing for another column."""
    found = {text_of(cell).strip() for cell in cells} - {""}
    return found.pop() if len(found) == 1 and found <= {*SIDES} else ""


def _within(cell: _Element) -> _Element:
    up = cell.getparent()
    assert up is not None
    return up
