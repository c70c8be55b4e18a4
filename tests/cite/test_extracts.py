"""Which lines a citation stands for: a wrong source is worse than no source."""

from __future__ import annotations

import pytest

from pipeline.cite.extracts import cover, find, report_unsourced
from pipeline.cite.habit import sources
from pipeline.label import label
from pipeline.model import Decision, Line, Role
from pipeline.report import Report

ONE = "Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, 1911, p. 12"
TWO = "Pell, Jonas. The Vicar’s Kettle. York: Abbey Books, 1920, p. 3"
P = "The kettle was set upon the fire at nine, and those who had come to see it boil sat down to wait for that."
Q = "By ten the water had begun to sing, which some of those present took for boiling, and went home contented."
HEAD = ["The Kettle Papers. Part One: On Boiling.", "", ""]


def spans(rows: list[str]) -> list[tuple[int, int] | None]:
    lines = tuple(Line(n, text) for n, text in enumerate([*HEAD, *rows], 1))
    decisions = label(lines)
    return [one.covers for one in cover(find(lines, decisions, Report()), decisions, lines)]


@pytest.mark.parametrize(
    ("rows", "covers"),
    [
        pytest.param([P, ONE, "", Q, TWO], [(4, 4), (7, 7)], id="from the source above to the source"),
        pytest.param([P, Q, ONE], [(4, 5)], id="several paragraphs"),
        pytest.param([P, "", Q, "", ONE], [(4, 6)], id="blank lines inside"),
        pytest.param([P, "", "", Q, ONE], [(7, 7)], id="a gap of two lines parts"),
        pytest.param([P, ONE, TWO], [(4, 4), None], id="two sources in a row"),
        pytest.param(
            [P, "", "[From the Tarn Observer, 3 May 1909]", "", Q, ONE], [(6, 8)], id="a rubric opens what follows"
        ),
        pytest.param(
            [
                "Aldous–kettle-maker (1820-28); bankrupt (1829); restored to his trade (1831)",
                "",
                "Bertha–his widow (1840-44); bought the yard (1845); sold it to the parish (1850)",
                "",
                P,
                ONE,
            ],
            [(8, 8)],
            id="entries complete in themselves stay outside",
        ),
    ],
)
def test_what_a_citation_covers(rows: list[str], covers: list[tuple[int, int] | None]) -> None:
    assert spans(rows) == covers


def test_a_long_run_whose_citations_were_lost_gives_its_source_to_the_end_only() -> None:
    rows = [f"{P} It was the {n}th trial, and was written down." for n in range(20)]
    ((first, last),) = [span for span in spans([*rows, ONE]) if span]
    assert last == 23
    assert first > 15


def test_paragraphs_without_a_source_are_reported() -> None:
    rows = [*HEAD, *[text for _ in range(12) for text in (P, ONE, "")], P]
    lines = tuple(Line(n, text) for n, text in enumerate(rows, 1))
    decisions = label(lines)
    report = Report()
    report_unsourced(decisions, cover(find(lines, decisions, Report()), decisions, lines), report)
    assert [(one.code, one.line) for one in report.findings] == [("source-missing", len(rows))]


def test_a_source_that_the_kind_of_the_text_has_read_stays_whole() -> None:
    block = ["On the Tarn, in March.", P, ONE, ""]
    lines = [Line(n, text) for n, text in enumerate(block * 3, 1)]
    given = [Decision(one.number, Role.CITATION, joined=one.text != block[0]) for one in lines if one.text]
    parted = [one.line for one in sources(lines, given) if one.role is Role.CITATION]
    assert parted == [3, 7, 11]
    assert [one.role for one in sources(lines, given, {1, 5, 9})] == [Role.CITATION] * 9
