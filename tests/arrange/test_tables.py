"""Rows of text set in columns become rows of cells."""

from __future__ import annotations

import pytest

from pipeline.arrange import arrange
from pipeline.arrange.tables import grid
from pipeline.model import Decision, Line, Role, Source
from pipeline.proof import prove, streams_of_markdown
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown


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
        (("Ship   Masts", "        pcs.", "Brig      2", "Sloop     1"), True),
        (("Ship ...... 3", "Brig ...... 2", "Sloop ..... 1"), False),
    ],
)
def test_names_of_columns_are_a_head(rows: tuple[str, ...], header: bool) -> None:
    found = grid(range(len(rows)), rows)
    assert found is not None
    assert found.header is header


def test_names_above_a_blank_line_are_a_head_of_as_many_rows() -> None:
    rows = ("         ONE.     MANY.", "Nom.   lamp     lamps", "Gen.   lamp's   lamps'")
    found = grid((1, 3, 4), rows)
    assert found is not None and found.header
    found = grid((1, 2, 3), rows)
    assert found is not None and not found.header
    found = grid(
        (1, 2, 3, 4),
        ("Lamp     Height    Price", "            cm      Mk.", "small       30     1,20", "great       50     2,50"),
    )
    assert found is not None and found.header and found.rows[0] == ("Lamp", "Height cm", "Price Mk.")


def test_bars_alone_part_columns_where_all_rows_have_them() -> None:
    found = grid((1, 2, 3), ("May 3  | clear | 16", '  "  4 | rain  |  2', "June 1 | haze  |  7"))
    assert found is not None
    assert [row[0] for row in found.rows] == ["May 3", '"  4', "June 1"]


def test_what_begins_with_a_sign_of_its_own_is_a_row() -> None:
    rows = ("A. Lamp without      Mole", "B. Lamp within", "    _a._ yellow      Kestle", "    _b._ black       Tarn")
    found = grid(range(4), rows)
    assert found is not None
    assert len(found.rows) == 4


def test_a_figure_behind_a_space_stands_below_those_that_dots_lead_to() -> None:
    rows = (
        "Oil,........ $ 8.03½, mostly old.",
        "Wicks for all the lamps,  4.00",
        "Glass,.......  2.43",
        "        ————",
    )
    found = grid(range(4), rows)
    assert found is not None
    assert [row[0] for row in found.rows] == ["Oil,", "Wicks for all the lamps,", "Glass,"]
    assert [row[1] for row in found.rows] == ["$ 8.03½, mostly old.", "4.00", "2.43"]


def test_dots_lead_to_words_too() -> None:
    found = grid((1, 2), ("Oil............. two pints.", "Wicks........... as many as burn."))
    assert found is not None
    assert found.rows == (("Oil", "two pints."), ("Wicks", "as many as burn."))


def test_a_row_goes_on_where_it_has_no_figures_and_nothing_in_the_first_column() -> None:
    rows = (
        "Name      Kind            Length",
        "Stella    boat                12",
        "Nora      lugger, by her      31",
        "          papers",
        "Anna      cutter              14",
    )
    found = grid(range(5), rows)
    assert found is not None and found.header
    assert found.rows[2:] == (("Nora", "lugger, by her papers", "31"), ("Anna", "cutter", "14"))


SIDES = (
    (1, "_Bad_.                        _Good_."),
    (3, "I have no lamp, and nobody    But the moon is up, and on most"),
    (4, "will lend me one.             nights I see the quay"),
    (5, "                              as if by day."),
    (7, "I have no boat that will      But nobody else has one,"),
    (8, "float.                        either."),
)


def test_paragraphs_side_by_side_are_rows_of_two_cells() -> None:
    found = grid([n for n, _ in SIDES], [row for _, row in SIDES])
    assert found is not None
    assert found.header
    assert found.rows[1:] == (
        (
            "I have no lamp, and nobody will lend me one.",
            "But the moon is up, and on most nights I see the quay as if by day.",
        ),
        ("I have no boat that will float.", "But nobody else has one, either."),
    )


def test_lines_that_are_rows_by_themselves_stay_rows() -> None:
    rows = [
        (1, "Oars       for the ferry"),
        (2, "Wicks      for the lamp"),
        (4, "Ropes      for the boat"),
        (5, "Salt       for us"),
    ]
    found = grid([n for n, _ in rows], [row for _, row in rows])
    assert found is not None
    assert len(found.rows) == len(rows)


def test_rows_of_several_lines_that_are_brought_together_lose_no_word() -> None:
    """The second row goes on below, cell by cell: its own second line then stands behind words of the third."""
    texts = ("Brig    tarred and", "Ash     new sails and", "a mast", "  wood    of oak", "Elm     sold")
    lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    decisions = [Decision(n, Role.TABLE, joined=n == 3) for n in range(1, len(texts) + 1)]
    book, changes = arrange(lines, decisions, (), (), title="", lang="en", report=Report())
    streams = streams_of_markdown(write_markdown(book, Settings(), lang="en"))
    result = prove("markdown", streams, Source("ash.txt", tuple(lines), "UTF-8", True, "LF"), changes)
    assert (result.lost, result.added) == (0, 0)
    assert "Ash wood" in write_markdown(book, Settings(), lang="en")


def test_a_line_of_thousands_of_cells_is_no_row() -> None:
    assert grid([1, 2], ["weir  " * 20_000] * 2) is None
