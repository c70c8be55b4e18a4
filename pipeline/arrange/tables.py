"""Tables: rows of text set in columns with spaces or bars become rows of cells.

An entry that runs over two lines of the source is one row of the table; the record says which words were brought
together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.label.features import marker
from pipeline.label.shapes import BRACE, LEADERS, without_leaders
from pipeline.model import Change, ChangeKind

_RULE = re.compile(r"^(?:[\s|+:=_.*-]*|\s*[—–]{3,}\s*)$")
_CELL = re.compile(r"[^\s|](?:[^\S|]?[^\s|])*")
_BARRED = re.compile(r"[^\s|](?:[^|]*[^\s|])?")  # wide spaces inside are of the cell
_BRACED = re.compile(r"[{}]|[^\s|{}](?:[^\S|]?[^\s|{}])*")
_PIECES = ("{", "}")
_SIGN = re.compile(r"[{}]")
_BARS = str.maketrans("{}", "||")
_FIGURES = re.compile(r"^[\W\d]+$")
_DIGIT = re.compile(r"\d")
_BELOW = 2  # lines below the names of columns
_FIGURE_BEHIND = re.compile(r"(?<=\S) {2,}(?=[$£€]? ?\d)")
_WIDEST = 200  # columns; no page has room for more
_APART = 3  # columns between what dots lead from and what they lead to
_STRAY = 0.08  # share of rows that may reach into the gap between two columns
_SIDES = 2  # paragraphs side by side, and
_SMALL = 0.7  # of the cells below their first lines go on in small letters
_NAMES = 40  # characters over them
_WHY = "the lines of one row are brought together, cell by cell"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one line: its columns, from and to, and its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of texts, whether the first is a head, and the lines each row was made of."""

    rows: tuple[tuple[str, ...], ...]
    header: bool
    lines: tuple[tuple[int, ...], ...]


def grid(numbers: Sequence[int], rows: Sequence[str]) -> Grid | None:
    """Make a grid of lines that stand in columns; nothing if there is but one column.

    A brace that is drawn over several rows has a column of its own. Where braces do not stand one below the other, they
    part columns as bars do, and are no words.
    """
    if sum(bool(BRACE.search(row)) for row in rows) > 1:
        spaced = _grid(numbers, _spaced([row.expandtabs() for row in rows]), _BRACED)
        if spaced is not None and all(_is_sound(column) for column in zip(*spaced.rows, strict=True)):
            return spaced
        rows = [row.translate(_BARS) for row in rows]
    return _grid(numbers, rows, _CELL)


def _is_sound(column: Sequence[str]) -> bool:
    """Tell whether a column has no brace, or nothing else."""
    told = [cell for cell in column if cell]
    return all(cell in _PIECES for cell in told) or not any(_SIGN.search(cell) for cell in told)


def _grid(numbers: Sequence[int], rows: Sequence[str], form: re.Pattern[str]) -> Grid | None:
    told = [(number, row) for number, row in zip(numbers, _without_leaders(rows), strict=True) if not _RULE.match(row)]
    if form is _CELL and len({row.count("|") for _, row in told}) == 1 and told[0][1].strip().count("|") > 1:
        form = _BARRED
    whole = [_cells(row, form) for _, row in told]
    columns = _columns(whole)
    if not 1 < len(columns) <= _WIDEST:
        return None
    lines = [_parted(cells, columns) for cells in whole]
    placed = [_placed(cells, columns) for cells in lines]
    if len(columns) == _SIDES and (blocks := _blocks([number for number, _ in told], placed)):
        joined = tuple(tuple(_merged([placed[at][n] for at in block]) for n in range(_SIDES)) for block in blocks)
        named = len(blocks[0]) == 1 and all(joined[0]) and len(joined[0][0]) + len(joined[0][1]) <= _NAMES
        return Grid(joined, named, tuple(tuple(told[at][0] for at in block) for block in blocks))
    head = _head_rows(rows) or _is_head(placed, [number for number, _ in told])
    groups: list[list[int]] = []
    for at in range(len(placed)):
        if at and (at < head or (at != head and _goes_on(placed[at - 1], placed[at], len(groups[-1]) > 1))):
            groups[-1].append(at)
        else:
            groups.append([at])
    merged = tuple(tuple(_merged([placed[at][n] for at in group]) for n in range(len(columns))) for group in groups)
    return Grid(merged, head > 0, tuple(tuple(told[at][0] for at in group) for group in groups))


def runs_over(numbers: Sequence[int], rows: Sequence[str]) -> bool:
    """Tell whether paragraphs stand side by side in two columns, each pair between blank lines."""
    whole = [_cells(row, _CELL) for row in rows]
    columns = _columns(whole)
    return len(columns) == _SIDES and bool(_blocks(numbers, [_placed(cells, columns) for cells in whole]))


def _blocks(numbers: Sequence[int], placed: Sequence[Sequence[Cell | None]]) -> list[list[int]]:
    """Return the lines of each pair of paragraphs side by side; nothing, where the lines are rows by themselves.

    Between blank lines, the cells of most pairs run over lines, nearly all of them in small letters.
    """
    blocks: list[list[int]] = [[0]]
    for at in range(1, len(placed)):
        if numbers[at] > numbers[at - 1] + 1:
            blocks.append([at])
        else:
            blocks[-1].append(at)
    below = [cell for block in blocks for at in block[1:] for cell in placed[at] if cell is not None]
    small = sum(cell.text.lstrip("_\"'“‘(")[:1].islower() for cell in below)
    figures = any(_FIGURES.match(cell.text) for row in placed for cell in row if cell is not None)
    over = sum(len(block) > 1 for block in blocks)
    return (
        blocks if len(blocks) > 1 and 2 * over >= len(blocks) and small >= _SMALL * len(below) and not figures else []
    )


def _without_leaders(rows: Sequence[str]) -> list[str]:
    """Return rows with spaces for the dots that lead to figures, or in most of them to words.

    What dots lead to in most rows is set below one another, however long the dots are; so is a figure behind a space
    where there was no room for dots.
    """
    led = [LEADERS.split(row, maxsplit=1) if len(LEADERS.findall(row)) == 1 else [row] for row in rows]
    if 2 * sum(len(parts) > 1 for parts in led) <= sum(not _RULE.match(row) for row in rows):
        return [without_leaders(row) for row in rows]
    led = [parts if len(parts) > 1 else _FIGURE_BEHIND.split(parts[0], maxsplit=1) for parts in led]
    wide = max(len(parts[0]) for parts in led if len(parts) > 1) + _APART
    return [f"{parts[0]:{wide}}{parts[1]}" if len(parts) > 1 else parts[0] for parts in led]


def record(found: Grid, lines_of: Mapping[int, Sequence[int]], text_of: Mapping[int, str]) -> list[Change]:
    """Say which words of several lines were brought together in one row.

    Args:
        found: the table.
        lines_of: the lines that each of its lines was joined of, by the first.
        text_of: each line as it stands.

    """
    changes: list[Change] = []
    for row, lines in zip(found.rows, found.lines, strict=True):
        if len(lines) > 1:
            first, *others = chain.from_iterable(lines_of[line] for line in lines)
            changes.append(Change(first, ChangeKind.JOINED, text_of[first], " ".join(row), _WHY))
            changes += [Change(line, ChangeKind.JOINED, text_of[line], "", _WHY) for line in others]
    return changes


def _cells(row: str, form: re.Pattern[str]) -> list[Cell]:
    row = row.expandtabs()
    return [Cell(found.start(), found.end(), found[0]) for found in form.finditer(row)]


def _spaced(rows: Sequence[str]) -> list[str]:
    """Put a space before and behind each brace, and in the other rows as many at that place or behind its word."""
    out = list(rows)
    for place in sorted({found.start() for row in rows for found in _SIGN.finditer(row)}, reverse=True):
        for n, row in enumerate(out):
            if _SIGN.match(row, place):
                out[n] = f"{row[:place]} {row[place]} {row[place + 1 :]}"
            elif (gap := row.find(" ", place)) >= 0:
                out[n] = f"{row[:gap]}  {row[gap:]}"
    return out


def _columns(lines: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """Find the columns: stretches of the line that cells cover, with gaps that hardly any cell reaches into."""
    counts = Counter(len(cells) for cells in lines if len(cells) > 1)
    if not counts:
        return []
    usual = max(counts, key=lambda count: (counts[count], count))
    several = [cells for cells in lines if len(cells) >= usual]
    covered: Counter[int] = Counter()
    for cells in several:
        for cell in cells:
            covered.update(range(cell.start, cell.end))
    limit = _STRAY * len(several)
    columns: list[tuple[int, int]] = []
    for place in sorted(place for place, count in covered.items() if count > limit):
        if columns and columns[-1][1] == place:
            columns[-1] = (columns[-1][0], place + 1)
        else:
            columns.append((place, place + 1))
    return columns


def _parted(cells: Sequence[Cell], columns: Sequence[tuple[int, int]]) -> Sequence[Cell]:
    """Part a line whose entry runs up to its figure: the figure ends where the last column does."""
    figure = re.search(r" ([$£€]? ?\d[\d,.]*)\W*$", cells[0].text) if len(cells) == 1 and len(columns) > 1 else None
    if figure is None or abs(cells[0].end - columns[-1][1]) > 2:
        return cells
    start, end, text = cells[0].start, cells[0].end, cells[0].text
    return [Cell(start, start + figure.start(), text[: figure.start()]), Cell(start + figure.start(1), end, figure[1])]


def _placed(cells: Sequence[Cell], columns: Sequence[tuple[int, int]]) -> list[Cell | None]:
    """Put each cell in the column that it covers most; two in one column become one."""
    out: list[Cell | None] = [None] * len(columns)
    for cell in cells:
        at = max(
            range(len(columns)),
            key=lambda n: (
                min(cell.end, columns[n][1]) - max(cell.start, columns[n][0]),
                -abs(cell.start - columns[n][0]),
            ),
        )
        before = out[at]
        out[at] = Cell(before.start, cell.end, f"{before.text} {cell.text}") if before else cell
    return out


def _head_rows(rows: Sequence[str]) -> int:
    """Return how many lines the head has: those between the first rule and the second, or one over the only rule."""
    rules = [at for at, row in enumerate(rows) if _RULE.match(row)]
    if rules[:1] == [1] and set(rules[1:]) <= {len(rows) - 1}:
        return 1
    if len(rules) > 2 and rules[0] == 0 and 1 < rules[1] <= 5:
        return rules[1] - 1
    return 0


def _is_head(placed: Sequence[Sequence[Cell | None]], numbers: Sequence[int]) -> int:
    """Return how many lines name the columns: they have words only where all others have figures.

    Below the first, nothing stands in the first column: "grs.". Without figures, a blank line parts the names from the
    rest, and the first column has none.
    """
    head = 1
    while head <= _BELOW and head < len(placed) and placed[head][0] is None and not _has_figure(placed[head]):
        head += 1
    first = placed[0]
    others = [row for row in placed[head:] if row[0] is not None or _has_figure(row)]  # others go on with a row
    figures = [
        len(others) >= _BELOW and all((cell := row[n]) is not None and _DIGIT.search(cell.text) for row in others)
        for n in range(len(first))
    ]
    named = all(cell is not None and not _DIGIT.search(cell.text) for cell in first[1:])
    if named and any(figures[1:]):
        return head
    parted = len(others) >= _BELOW and numbers[head] > numbers[head - 1] + 1
    return head if parted and first[0] is None and not _has_figure(first) else 0


def _has_figure(row: Sequence[Cell | None]) -> bool:
    return any(cell is not None and _DIGIT.search(cell.text) for cell in row)


def _goes_on(above: Sequence[Cell | None], here: Sequence[Cell | None], running: bool) -> bool:
    """Tell whether a line goes on with the row above: all its cells are set in farther than those above them.

    Or below a row with figures it has none, and nothing in the first column.
    """
    cells = [cell for cell in here if cell is not None]
    if not cells:
        return True
    if here[0] is not None and any(here[1:]) and marker(here[0].text.replace("_", "")):
        return False  # "(a)" begins a row, however far it is set in
    first_above = above[0]
    if first_above is not None and here[0] is not None and not any(above[1:]):
        stopped = first_above.text.endswith((":", "--", "—", "."))
        return not stopped and here[0].start > first_above.start
    if any(_FIGURES.match(cell.text) for cell in cells):
        return False
    if here[0] is None and first_above is not None and _has_figure(above) and not _has_figure(here):
        return all(over is not None for cell, over in zip(here, above, strict=True) if cell is not None)
    for cell, over in zip(here, above, strict=True):
        if cell is not None and (over is None or cell.start <= over.start - (1 if running else 0)):
            return False
    return True


def _merged(cells: Sequence[Cell | None]) -> str:
    return " ".join(cell.text for cell in cells if cell is not None)
