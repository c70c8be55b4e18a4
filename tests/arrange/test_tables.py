"""Rows of text set in columns become rows of cells."""

from __future__ import annotations

import pytest

from pipeline.arrange.tables import grid


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (("Oars   }", "Boats  }  to be tarred", "Ropes  }"), (("Oars", ""), ("Boats", "to be tarred"), ("Ropes", ""))),
        (("Harl  { 5}  goats", "      { 6}  hens", "Dunn  {  }  none"), (("Harl", "5", "goats"), ("", "6", "hens"))),
        (("a   {x}  of sets", "b   {y}  of sets"), (("a", "{x}", "of sets"), ("b", "{y}", "of sets"))),
    ],
)
def test_a_brace_over_several_rows_parts_columns(rows: tuple[str, ...], cells: tuple[tuple[str, ...], ...]) -> None:
    found = grid(range(len(rows)), rows)
    assert found is not None
    assert found.rows[: len(cells)] == cells
