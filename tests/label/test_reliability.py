"""How often a certainty is right."""

from dataclasses import replace

import pytest

from pipeline.label import certainty
from pipeline.label.certainty import WEIGHTS, Worth, believed, lowered, table_of
from pipeline.label.reliability import Judgement, judged, rows_of, table, worth
from pipeline.model import Decision, Line, Reason, Role


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
    (one,) = judged([Decision(1, role, score=0.9)], [Line(1, text)], {1: label})
    assert (one.claimed, one.right) == (0.9, right)


def test_what_the_edition_has_not_is_not_judged() -> None:
    assert list(judged([Decision(1, Role.NOTE)], [Line(1, "A note.")], {})) == []


def test_the_certainties_of_the_weights_that_are_there_were_measured() -> None:
    head, *rows = rows_of()
    assert head.split("\t") == ["from", "to", "lines", "right", "typed", "right"]
    nearly, certain = ([float(row.split("\t")[n]) for n in (3, 5)] for row in rows[-2:])
    assert min(nearly) >= 0.88
    assert min(certain) >= 0.97


def test_what_claims_too_much_is_worth_what_texts_show_each_by_few_lines() -> None:
    many = [Judgement(0.9, right=True, role=Role.HEADING, rule="form-agrees", text="a")] * 1000
    few = [Judgement(0.9, right=False, role=Role.HEADING, rule="form-agrees", text=text) for text in "bcde" * 50]
    ((one, lines, texts),) = worth(many + few)
    assert (one.rule, one.role, one.claimed, lines, texts) == ("form-agrees", Role.HEADING, 0.9, 1200, 5)
    assert one.right == pytest.approx((200 + 60 * 0.9) / (200 + 200 + 60), abs=1e-3)
    assert not list(worth(many))


def test_a_claim_is_lowered_to_what_stands_between_those_that_were_measured_and_never_raised() -> None:
    points = [(0.8, 0.6), (0.9, 0.7)]
    measured = [Worth(WEIGHTS, Role.VERSE, *point) for point in points] + [Worth("form-agrees", Role.HEADING, 0.9, 0.5)]
    known = table_of(measured)
    claims = (0.4, 0.85, 0.95, 1.0)
    assert [lowered(claimed, Role.VERSE, WEIGHTS, known) for claimed in claims] == [0.3, 0.65, 0.85, 1.0]
    assert lowered(0.9, Role.TITLE, "form-agrees", known) == 0.5
    assert lowered(0.9, Role.TABLE, WEIGHTS, known) == 0.9
    assert lowered(0.5, Role.VERSE, WEIGHTS, table_of([Worth(WEIGHTS, Role.VERSE, 0.8, 0.95)])) == 0.5


def test_a_decision_carries_what_its_claim_is_worth_and_no_rival_is_likelier(monkeypatch: pytest.MonkeyPatch) -> None:
    certainty._certainty.cache_clear()
    told = table_of([Worth("form-agrees", Role.HEADING, 0.9, 0.4)])
    monkeypatch.setattr(certainty, "_measured", lambda: told)
    one = Decision(1, Role.HEADING, True, 0.9, (Reason("form-agrees", Role.HEADING, 12.0),), 2, Role.LETTER, 0.45)
    assert believed(one) == replace(one, score=0.4, rival_score=0.4)
    assert believed(replace(one, reasons=(Reason("gap=2", Role.HEADING, 2.0),))).score == 0.9
    certainty._certainty.cache_clear()
