"""Tables: heads that name their columns, and room for all of them on the page of any reader."""

from __future__ import annotations

from itertools import zip_longest

from pipeline.epub.xhtml import Element, find, make, rename

_LINE = 40
"""Letters of a table on a line of a small telephone: 320 pixels, letters of 16, of which a table has nine tenths."""
_GAP = 2
"""What parts two columns, in letters."""
_SCREEN = 12
"""Lines of a table that surely stand on one page, whoever chose its size."""


def set_tables(body: Element) -> None:
    """Make the tables of ``body`` ready for small screens, pages and screen readers.

    A table whose words have no room side by side on a telephone is one to be scrolled sideways (``scrolls``), if it is
    short. What is scrolled is not broken over pages, and what is below the foot of a page would never be seen: a long
    one is broken instead, and its words too where they must be (``crowded``).
    """
    for cell in find(body, ".//x:th"):
        if "".join(str(text) for text in cell.itertext()).strip():
            cell.set("scope", "col")
        else:
            rename(cell, "td")  # an empty head would be read out as the name of its column
    for table in find(body, ".//x:table"):
        across, lines = _extent(table)
        frame = make("div", class_="table")
        if across > _LINE and lines <= _SCREEN:
            frame = make("div", class_="table scrolls", tabindex="0")  # so that the keyboard can scroll it too
        elif across > _LINE:
            frame.set("class", "table crowded")
        frame.tail, table.tail = table.tail, None
        table.addprevious(frame)
        frame.append(table)


def _extent(table: Element) -> tuple[int, int]:
    """Return the letters across that a table cannot do without, and the lines it has when it is as narrow as that."""
    rows = [["".join(map(str, cell.itertext())) for cell in row] for row in find(table, ".//x:tr")]
    columns = [
        max((len(word) for cell in column for word in cell.split()), default=1)
        for column in zip_longest(*rows, fillvalue="")
    ]
    lines = sum(
        max((-(-len(cell) // room) for cell, room in zip(row, columns, strict=False)), default=0) for row in rows
    )
    return sum(columns) + _GAP * len(columns), lines
