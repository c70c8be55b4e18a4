"""Figures: rows of a few words and two figures or more, one below the other, are a table that lost its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.kinds.pages.leaves import Row

__all__ = ["figures", "in_columns"]

_ROW = re.compile(
    r"^\W{0,3}(?:[^\W\d_][\w’'.-]*\s+){1,4}(?P<cells>(?:[^\w\s]{0,3}\d[\d.,]*[^\w\s]{0,3}(?:\s+|$)){2,8})$"
)
_CELL = re.compile(r"\d[\d.,]*")
_FEWEST = 2  # rows
_WORDS = 60  # columns for the words; hardly four words are longer
_CELL_WIDTH = 14  # columns for a figure


def figures(rows: Sequence[Row]) -> Mapping[int, tuple[str, ...]]:
    """Return the rows, by place, that are rows of tables, with the labels that they may have."""
    return {at: ("table", "table+") for run in _runs(rows) if len(run) >= _FEWEST for at in run}


def in_columns(text: str) -> str:
    """Return a row of a table with its figures in columns again; any other row as it is."""
    found = _ROW.match(text.strip())
    if found is None:
        return text
    words = text.strip()[: found.start("cells")].strip()
    return f"{words:<{_WORDS}}{''.join(f'{cell:>{_CELL_WIDTH}}' for cell in found['cells'].split())}"


def _runs(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Yield rows with as many figures each, one below the other."""
    run: list[int] = []
    count = 0
    for at, row in enumerate(rows):
        found = _ROW.match(row.words)
        cells = len(_CELL.findall(found["cells"])) if found else 0
        if cells != count or not cells:
            yield run
            run = []
        count = cells
        if cells:
            run.append(at)
    yield run
