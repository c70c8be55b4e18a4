"""The tally: what was counted on a page, kept for the next time that it is printed as it was.

Each line of a book is looked at, for its letters and its spaces and the rivers in them; of a page that is put in as it
stands (:mod:`pipeline.print.formes`) all that is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING, Any, TypedDict

from pipeline import standing
from pipeline.drawer import Drawer
from pipeline.forms.elements import HEADINGS
from pipeline.print.boxes import (
    LOOKED_AT,
    LOOSE,
    Line,
    beginning,
    descendants,
    free_foot,
    has_class,
    is_off,
    kind,
    line_of,
    stubs,
)
from pipeline.print.endnotes import GATHERED
from pipeline.print.formes import NAME
from pipeline.print.justify import is_river

if TYPE_CHECKING:
    from weasyprint.document import Page

    from pipeline.print.leaves import Leaf

APART = 0.5  # of the height of a line: lines that stand farther from each other do not stand below one another
MOST = 6_000  # pages that are kept together; those that this book has not go first


class Row(TypedDict):
    """What was counted on a page.

    ``calls`` and ``notes``: the ids of the notes called and printed on it; ``lines`` and what is amiss with them
    (see :class:`pipeline.print.printed.Figures`); ``free``: points at its foot; ``whole``: it begins with what may not
    part; ``text``: the ids of its divisions, and the letters of its lines, in order; None where a table has a head or a
    foot, which may be that of another page; ``shown``: how many there are of what is ``LOOKED_AT``.
    """

    calls: list[str]
    notes: list[str]
    lines: int
    loose: int
    stubs: int
    rivers: int
    off: list[str]
    free: float
    whole: bool
    text: list[str | int] | None
    shown: dict[str, int]


class Tally:
    """The tally of all pages that were printed by the same rules, from the same faces."""

    def __init__(self, key: str) -> None:
        self._drawer = Drawer("tallies", standing.digest(key), MOST)

    def of(self, page: Page | Leaf) -> Row:
        """Return what is counted on a page."""
        found: Row
        if (known := getattr(page, "facts", None)) is not None:
            found = known["row"]
            return found
        name: str = getattr(page._page_box, NAME, "")
        if name and (row := self._drawer.find(name)) is not None:
            found = json.loads(row)
            return found
        counted = _counted(page)
        self.enter(name, counted)
        return counted

    def enter(self, name: str, counted: Row) -> None:
        """Enter what was counted on the page of that name."""
        if name and self._drawer.find(name) is None:
            self._drawer.put(name, json.dumps(counted, ensure_ascii=False, separators=(",", ":")))

    def keep(self) -> None:
        """Keep the tally for the next build."""
        self._drawer.keep()


def _counted(page: Page) -> Row:
    width = page._page_box.margin_width()
    calls: list[str] = []
    notes: list[str] = []
    off: list[str] = []
    shown = dict.fromkeys(LOOKED_AT, 0)
    lines = loose = stub = rivers = 0
    for area in page._page_box.children:  # the text, the notes at its foot, the margins
        told: list[Line] = []
        runs: list[list[Line]] = []  # those that stand below one another, with no white line between
        end = inf
        for box in descendants(area):
            if box.element is not None and box.element_tag == box.element.tag:
                for name in (box.element.get("class") or "").split():
                    if name in shown:
                        shown[name] += 1
            if kind(box) == "BlockBox":
                stub += stubs(box)
            if kind(box) == "LineBox":
                told.append(line_of(box))
                if not 0 <= box.position_y - end + APART * box.height < 2 * APART * box.height:
                    runs.append([])
                runs[-1].append(told[-1])
                end = box.position_y + box.height
                if is_off(box, width):
                    off.append(beginning(box))
            elif kind(box) == "InlineBox" and has_class(box, "number"):
                calls.append(box.element.get("href", "").removeprefix("#"))
            elif kind(box) == "BlockBox" and has_class(box, "fn") and box.element.get("id"):
                notes.append(box.element.get("id"))
        lines += len(told)
        loose += sum(one.gap > LOOSE for one in told)
        rivers += any(map(is_river, runs))
    text = page._page_box.children[0]
    tables = any(box.element_tag in ("thead", "tfoot") for box in descendants(text))
    return Row(
        calls=calls,
        notes=notes,
        lines=lines,
        loose=loose,
        stubs=stub,
        rivers=rivers,
        off=off,
        free=free_foot(page._page_box),
        whole=_begins_whole(text),
        text=None if tables else list(text_of(text)),
        shown=shown,
    )


def text_of(box: Any, *, without: frozenset[int] = frozenset()) -> Iterator[str | int]:
    """Yield the ids of the divisions that begin in a box, and how many letters each of its lines has, in order.

    ``without``: boxes that are not read, by their identity; nor are notes at the end of a chapter.
    """
    box = getattr(box, "_box", box)
    if id(box) in without or has_class(box, GATHERED):
        return
    if box.element is not None and box.element.tag in ("section", "div") and (name := box.element.get("id")):
        yield name
    if kind(box) == "LineBox":
        yield line_of(box, calls=False).letters
        return
    for child in getattr(box, "children", ()):
        yield from text_of(child, without=without)


def _begins_whole(box: Any) -> bool:
    """Tell whether a page begins with what may not part, so that the page before may be short."""
    if box.element_tag in (*HEADINGS, "figure", "table") or any(
        has_class(box, name) for name in ("rubric", "line-block")
    ):
        return True
    first = next((child for child in getattr(box, "children", ()) if next(_lines(child), None)), None)
    return first is not None and kind(first) != "LineBox" and _begins_whole(first)


def _lines(box: Any) -> Iterator[Any]:
    return (part for part in descendants(box) if kind(part) == "LineBox")
