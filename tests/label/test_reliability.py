"""How often a certainty is right."""

import pytest

from pipeline.label.reliability import judged, rows_of, table
from pipeline.model import Decision, Line, Role


def test_decisions_are_counted_by_the_band_of_their_certainty() -> None:
    told = [(0.6, True), (0.69, False), (0.95, True), (0.99, True), (1.0, True)]
    assert table(told) == [(0.5, 0.7, 2, 0.5), (0.9, 0.99, 1, 1.0), (0.99, 1.0, 2, 1.0)]


@pytest.mark.parametrize(
    ("role", "label", "text", "right"),
    [
        (Role.TITLE, "heading", "The Ferry", True),
        (Role.PARAGRAPH, "+paragraph", "went twice", True),
        (Role.PARAGRAPH, "letter", "Dear sister,", True),
        (Role.PARAGRAPH, "quote", "not set in", True),
        (Role.PARAGRAPH, "quote", "    set in", False),
        (Role.BOILERPLATE, "heading", "The Ferry", False),
    ],
)
def test_what_is_right(role: Role, label: str, text: str, right: bool) -> None:
    assert list(judged([Decision(1, role, score=0.9)], [Line(1, text)], {1: label})) == [(0.9, right)]


def test_what_the_edition_has_not_is_not_judged() -> None:
    assert list(judged([Decision(1, Role.NOTE)], [Line(1, "A note.")], {})) == []


def test_the_certainties_of_the_weights_that_are_there_were_measured() -> None:
    head, *rows = rows_of()
    assert head.split("\t") == ["from", "to", "lines", "right"]
    assert [float(row.split("\t")[3]) for row in rows][-1] >= 0.97
