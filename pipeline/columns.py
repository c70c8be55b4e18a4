"""Columns: pages in two columns that came out side by side (pdftotext -layout) are read one column after the other.

What lies over both columns, such as a title or a running head, parts them: above it, the left column and then the
right; below it, the same again. A table has columns as well; there nothing goes on from row to row within a column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Line

__all__ = ["unfolded"]

_FEED = "\f"
_ROWS = 8  # with both columns; fewer do not show that a page has two
_PLACES = 12  # at which a right column of one page may begin; a table has more
_FEW = 2  # rows that begin their right column at the same place
_GAP = 2  # columns at least, between two columns of print; in single rows one is enough
_SET_IN = 4  # columns by which a paragraph is set in, at most
_WIDE = 16  # letters; a column of prose is not narrower
_GOES_ON = 0.3  # of the rows of a column begin with a small letter: sentences go on
_NEVER = -1e9
_CENTRED = -0.5  # of a heading in the middle of its column: likely between rows in columns only
_SHIFT = 2.0  # what it costs that the right column begins elsewhere from one row to the next, and
_EDGE = 1.0  # that a row lies over both columns


def unfolded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with the columns of each page behind one another, numbered anew; the same where none are.

    ``lines``: of a text whose pages begin with form feeds; no other text is looked at.
    """
    if not any(line.text.startswith(_FEED) for line in lines):
        return tuple(lines)
    out: list[Line] = []
    parted = 0
    for page in _pages(lines):
        cuts = _cuts([line.text.replace(_FEED, " ").rstrip() for line in page], usual=parted > 0)
        parted += any(cuts)
        out += _one_after_the_other(page, cuts)
    if not parted:
        return tuple(lines)
    return tuple(replace(line, number=number) for number, line in enumerate(out, 1))


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if line.text.startswith(_FEED) and page:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _cuts(rows: Sequence[str], *, usual: bool) -> list[int]:
    """Return for each row of a page where its right column begins; 0: it has one column, or lies over both.

    ``usual``: pages before this one have two columns; then fewer rows show that it has them, too.
    """
    starts = Counter(at for row in rows for at in _starts(row))
    often = [at for at, times in starts.most_common(_PLACES) if times >= (1 if usual else _FEW)]
    places = [0, *sorted(often)]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for row in rows:
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place in places:
            fits = _fits(row, place)
            if fits > _NEVER:
                ways = ((score - _cost(before, place), path) for before, (score, path) in best.items())
                score, path = max(ways, key=lambda way: way[0])
                after[place] = score + fits, (*path, place)
        best = after
    _, cuts = max(best.values(), key=lambda way: way[0])
    both = [(row, at) for row, at in zip(rows, cuts, strict=True) if at and row[:at].strip() and row[at:].strip()]
    if len(both) < (1 if usual else _ROWS):
        return [0] * len(rows)
    columns = [row[:at].strip() for row, at in both], [row[at:].strip() for row, at in both]
    return [*cuts] if usual or all(_is_prose(column) for column in columns) else [0] * len(rows)


def _cost(before: int, place: int) -> float:
    return 0.0 if before == place else _SHIFT if before and place else _EDGE


def _fits(row: str, place: int) -> float:
    """Say how well a row fits a page whose right column begins at ``place``."""
    if not place or not row.strip():
        return 0.0
    indent = len(row) - len(row.lstrip())
    if len(row) <= place:
        return 0.2 if indent < place / 2 else _NEVER  # what stands in the middle lies over both
    behind = row[place:]
    lead = len(behind) - len(behind.lstrip())
    if row[place - 1] != " " or (lead > _SET_IN and row[max(0, place - _GAP) : place].strip()):
        return _NEVER
    if lead > _SET_IN:
        return _CENTRED
    return 1.0 if indent >= place or not row[max(0, place - _GAP) : place].strip() else 0.5


def _starts(row: str) -> Iterator[int]:
    """Return the places where words stand behind a gap in a row."""
    blanks = 0
    text = row.lstrip()
    for at, letter in enumerate(text, len(row) - len(text)):
        if letter != " " and blanks >= _GAP:
            yield at
        blanks = blanks + 1 if letter == " " else 0


def _is_prose(column: Sequence[str]) -> bool:
    wide = sum(map(len, column)) >= _WIDE * len(column)
    inside = [below for above, below in pairwise(column) if above[-1:] not in ".!?:"]
    goes_on = sum(row[:1].islower() for row in inside)
    return wide and bool(inside) and goes_on >= _GOES_ON * len(inside)


def _one_after_the_other(page: Sequence[Line], cuts: Sequence[int]) -> Iterator[Line]:
    right: list[Line] = []
    rows = [line.text.rstrip() for line in page]
    sides = [(bool(row[:cut].strip()), bool(row[cut:].strip())) for row, cut in zip(rows, cuts, strict=True)]
    for at, (line, text, cut) in enumerate(zip(page, rows, cuts, strict=True)):
        feed = len(text) - len(text.lstrip(_FEED))
        if cut:
            left, behind = text[:cut].rstrip(), text[cut:].rstrip()
            if left or not _between(sides, cuts, at, 0):
                yield replace(line, text=left)
            if behind:
                right.append(replace(line, text=behind))
            elif right and right[-1].text and not _between(sides, cuts, at, 1):
                right.append(replace(line, text=""))
        elif text[feed:].strip():
            yield from right
            right = []
            yield line
        else:
            yield line
            right += [replace(line, text="")] if right and right[-1].text else []
    yield from right


def _between(sides: Sequence[tuple[bool, bool]], cuts: Sequence[int], at: int, side: int) -> bool:
    """Tell whether a column has no words in a row only because its rows stand a little higher than its neighbour's.

    Then the rows of both columns come out by turns.
    """
    if not (0 < at < len(cuts) - 1 and cuts[at - 1] and cuts[at + 1] and sides[at][1 - side]):
        return False
    around = sides[at - 1], sides[at + 1]
    return all(one[side] for one in around) and not all(one[1 - side] for one in around)
