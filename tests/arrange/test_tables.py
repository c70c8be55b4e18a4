"""Rows of text set in columns become rows of cells."""

from __future__ import annotations

import pytest

from pipeline.arrange.tables import grid


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (
            ("Oars   }", "Boats  }  to be tarred", "Ropes  }", "Coffee"),
            (("Oars", "}", ""), ("Boats", "}", "to be tarred"), ("Ropes", "}", ""), ("Coffee", "", "")),
        ),
        (
            ("Harl  { 5}  goats", "      {16}  hens", "Dunn  {  }  none"),
            (("Harl", "{", "5", "}", "goats"), ("", "{", "16", "}", "hens"), ("Dunn", "{", "", "}", "none")),
        ),
        (("Oars  {5} new", "    { 6} old"), (("Oars", "5", "new"), ("", "6", "old"))),
        (("a   {x}  of sets", "b   {y}  of sets"), (("a", "{x}", "of sets"), ("b", "{y}", "of sets"))),
    ],
)
def test_a_brace_over_several_rows_has_a_column_of_its_own_if_it_is_straight(
    rows: tuple[str, ...], cells: tuple[tuple[str, ...], ...]
) -> None:
    found = grid(range(len(rows)), rows)
    assert found is not None
    assert found.rows[: len(cells)] == cells


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (("Ship   Masts", "------------", "Brig      2", "Sloop     1"), True),
        (("Ship   Masts", "------------", "Brig      2", "Sloop     1", "------------"), True),
        (("------------", "Ship   Masts", "------------", "Brig      2", "------------"), True),
        (("Brig      2", "Sloop     1", "------------", "Both      3"), False),
        (("Brig      2", "Sloop     1"), False),
        (("Ship   Masts", "Brig      2", "Sloop     1"), True),  # words over figures
        (("Ship   Masts", "Brig    two", "Sloop     1"), False),
        (("Ship ...... 3", "Brig ...... 2", "Sloop ..... 1"), False),
    ],
)
def test_names_of_columns_are_a_head(rows: tuple[str, ...], header: bool) -> None:
    found = grid(range(len(rows)), rows)
    assert found is not None
    assert found.header is header
