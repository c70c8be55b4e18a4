"""Tables: heads that name their columns, and a frame to scroll in where the screen is narrower than the table."""

from __future__ import annotations

from pipeline.epub.xhtml import Element, find, make, rename


def set_tables(body: Element) -> None:
    """Make the tables of ``body`` ready for small screens and screen readers."""
    for cell in find(body, ".//x:th"):
        if "".join(str(text) for text in cell.itertext()).strip():
            cell.set("scope", "col")
        else:
            rename(cell, "td")  # an empty head would be read out as the name of its column
    for table in find(body, ".//x:table"):
        frame = make("div", class_="table", tabindex="0")  # so that the keyboard can scroll it too
        frame.tail, table.tail = table.tail, None
        table.addprevious(frame)
        frame.append(table)
