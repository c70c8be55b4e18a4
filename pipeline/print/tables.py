"""Tables that do not fit the page: too wide, or with cells too high.

A table that is wider than the measure runs off the paper, and its words are lost. What a compositor does stands in any
manual of style: the columns move together and the type goes down by degrees, to seven tenths and no further; where that
does not do, a row is carried on in a second line below its first, as is the head, so that each name stands over its
column as before. Nothing is said twice, and the table is read in the order in which it was written.

A row is not parted from one page to the next, for who reads it would go to and fro between them. If one fills most of a
page, the table is not set in columns: its cells stand one below the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import lxml.html
from lxml.html import HtmlElement

STEPS = ((1.0, 0.7), (0.9, 0.5), (0.8, 0.4), (0.7, 0.3))
"""Degrees: the size of the type, of the text's; the room at each side of a cell, in ems of that type. ``book.css`` has
the same, as ``.closer1`` to ``.closer3``."""

WHOLE = 4  # rows of a table: one that has no more stands on one page
HIGH = 8  # rows of the head of a table: one that has more stands at its beginning only
LETTERS = 2.0  # on an em, about
FULL = 0.5  # of the letters of a page: so many in columns as wide as the widest cell's, and a row is too high
CARRIED = 2  # the degree at which rows are carried on
LONG = 0.33  # of the measure: a word that is wider is broken, and its column counts as so wide
SURE = 1.03  # what is asked for more than reckoned
SURER = 1.12  # where there is room for it: a word of broad letters may need as much
TOGETHER = 6  # lines that a row is carried on in: of more it may be parted from one page to the next
INSET = 3.0  # ems by which quotations and items of lists are narrower, about
_NARROWER = ("blockquote", "dd", "li")
_SHARE = re.compile(r"width:\s*([\d.]+)%")
_PART = re.compile(r"[^\S\u00a0\u202f]+|(?<=[-\u2010\u2013\u2014])")
_NARROW, _BROAD = frozenset("ijltfrI.,;:'!|()[]-’‘"), frozenset("mwMW—")


def fit_tables(body: HtmlElement, room: float, lines: int) -> None:
    """Bring the tables in ``body`` into pages of so many lines of ``room`` ems, as far as they need it."""
    for table in list(body.iter("table")):
        within = sum(above.tag in _NARROWER for above in table.iterancestors())
        rows = [row for row in table.iter("tr") if len(row)]
        most = max((len(row) * max(sum(map(len, _texts(cell))) for cell in row) for row in rows), default=0)
        if most > FULL * LETTERS * room * lines and "braced" not in table.classes:
            table.classes.add("stacked")
        else:
            _fit(table, rows, max(room - INSET * within, room / 2))
            if len(table.findall(".//tr")) <= WHOLE + 2:
                table.classes.add("whole")
        for head in table.findall("thead"):
            if len(head) > HIGH or "stacked" in table.classes:
                head.tag = "tbody"  # it stands once; where a row has no room below it, a head would be left out


def _fit(table: HtmlElement, rows: Sequence[HtmlElement], room: float) -> None:
    """Bring a table into ``room`` ems: by the least degree at which it has room, or in rows that are carried on."""
    widths = _widths(rows)

    def fits(degree: int) -> bool:
        size, side = STEPS[degree]
        return size * (sum(widths) * SURE + 2 * side * len(widths)) <= room

    if fits(0):
        _widen(table, widths, room, 0)
        return
    degree = next(filter(fits, range(len(STEPS))), None)
    if degree is None:  # smaller type is better than a broken word
        for row in rows:
            for cell in row:
                if max(map(_width, _words(cell)), default=0) > LONG * room:
                    cell.classes.add("long")
        widths = [min(width, LONG * room) for width in widths]
        degree = next(filter(fits, range(len(STEPS))), None)
    spans = any(cell.get(name, "1") != "1" for row in rows for cell in row for name in ("colspan", "rowspan"))
    if degree is None and (spans or "braced" in table.classes):
        degree = len(STEPS) - 1  # as near as may be: its columns cannot be parted
    if degree is None:
        degree = CARRIED
        size, side = STEPS[CARRIED]
        table.classes.add("carries")
        _drop_columns(table)
        _carry(rows, _parts([width * SURE + 2 * side for width in widths], room / size))
    if degree:
        table.classes.add(f"closer{degree}")
    if degree is not None and fits(degree):
        _widen(table, widths, room, degree)


def _widen(table: HtmlElement, widths: Sequence[float], room: float, degree: int) -> None:
    """Give a column whose share is less than its widest word needs of what the others can spare."""
    columns = table.findall("colgroup/col")
    shares = [float(found[1]) / 100 for one in columns if (found := _SHARE.search(one.get("style", "")))]
    size, side = STEPS[degree]
    needs = [size * (width * SURER + 2 * side) / room for width in widths]
    if sum(needs) > 1:
        needs = [size * (width * SURE + 2 * side) / room for width in widths]
    if len(shares) != len(needs) or all(share >= need for share, need in zip(shares, needs, strict=True)):
        return
    wishes = [max(0.0, share - need) for share, need in zip(shares, needs, strict=True)]
    spare = max(0.0, 1 - sum(needs)) / (sum(wishes) or 1)
    for column, need, wish in zip(columns, needs, wishes, strict=True):
        column.set("style", f"width: {100 * (need + spare * wish):.1f}%")


def _widths(rows: Sequence[HtmlElement]) -> list[float]:
    """Return how wide each column must be, in ems: as its widest word."""
    widths: list[float] = []
    for row in rows:
        at = 0
        for cell in row:
            span = int(cell.get("colspan") or 1)
            widths += [0.0] * (at + span - len(widths))
            share = max(map(_width, _words(cell)), default=0.0) / span
            widths[at : at + span] = [max(width, share) for width in widths[at : at + span]]
            at += span
    return widths


def _texts(cell: HtmlElement) -> list[str]:
    """Return the text of a cell without the notes called in it."""
    texts: list[str] = cell.xpath(".//text()[not(ancestor::span[contains(concat(' ', @class, ' '), ' fn ')])]")
    return texts


def _words(cell: HtmlElement) -> Iterator[str]:
    return (part for text in _texts(cell) for part in _PART.split(text) if part)


def _width(word: str) -> float:
    return sum(map(_wide, word))


@cache
def _wide(letter: str) -> float:
    """Return about how wide a letter is, in ems: those of the faces of the house, and of most others."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.34
    if letter in _BROAD:
        return 0.92
    return 0.68 if letter.isupper() else 0.5 if letter.isdigit() else 0.55


def _parts(widths: Sequence[float], room: float) -> list[list[int]]:
    """Share columns out among as few lines as hold them, about equally; all but the first begin below the second."""
    fewest = _filled(widths, room)
    least, most = room / 2, room
    for _ in range(8):  # the narrowest measure that needs no more lines
        middle = (least + most) / 2
        least, most = (least, middle) if len(_filled(widths, middle)) == len(fewest) else (middle, most)
    return _filled(widths, most)


def _filled(widths: Sequence[float], room: float) -> list[list[int]]:
    parts: list[list[int]] = [[0]]
    for column in range(1, len(widths)):
        if parts[-1][1:] and widths[0] + sum(widths[one] for one in parts[-1][1:]) + widths[column] > room:
            parts.append([0])
        parts[-1].append(column)
    return parts


def _drop_columns(table: HtmlElement) -> None:
    """Take away the widths of columns that Pandoc gives, which are of other columns now."""
    table.attrib.pop("style", None)
    for columns in table.findall("colgroup"):
        columns.drop_tree()


def _carry(rows: Sequence[HtmlElement], parts: Sequence[Sequence[int]]) -> None:
    """Carry each row on in rows below it; below its first cell is nothing, and all have as many cells."""
    most = max(map(len, parts))
    for row in rows:
        cells, names, above = list(row), row.get("class") or "", row
        for number, part in enumerate(parts):
            line = row if not number else lxml.html.Element("tr")
            if number:
                line.set("class", f"{names} carried".strip())
                above.addnext(line)
                line.append(_empty(cells[0]))
            line.extend(cells[column] for column in part[number > 0 :] if column < len(cells))
            line.extend(_empty(cells[0]) for _ in range(most - len(line)))
            if number + 1 < len(parts) <= TOGETHER:
                line.classes.add("held")
            above = line


def _empty(cell: HtmlElement) -> HtmlElement:
    return lxml.html.Element(str(cell.tag))
