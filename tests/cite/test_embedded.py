"""Sources at the ends of paragraphs: in brackets or behind the last sentence, in one line or wrapped over several."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.cite.embedded import embedded
from pipeline.cite.habit import sources
from pipeline.model import Citation, Decision, Line, Role

SAID = [
    "The scales were brought out at noon, and the customs men stood round them as others stand round a grave.",
    "A widow kept the ferry for a year and a day, after which the parish found her a husband or a debt.",
    "The map was drawn by somebody who had never left the island, and it shows nothing else.",
    "Snow fell into the open hold until the barley in it had begun to grow and could not be sold.",
    "He sold one horse three times, and nobody minded but the horse.",
]
SOURCES = [
    "Brough Archives, BA 4/9, fol. 3r",
    "Maud Leary, Widows of the Ferry (Dublin: Coombe Press, 1983), 51",
    "ibid., 54",
    "Brough Courier, 9 February 1861, p. 3",
    "Hands of the Island, leaf 3, no. 12",
]


@pytest.mark.parametrize("form", ["{} ({})", "{} {}."], ids=["in brackets", "behind the last sentence"])
@pytest.mark.parametrize("width", [400, 64, 57], ids=str)
def test_paragraphs_that_end_with_their_source(form: str, width: int) -> None:
    texts = [form.format(said, source) for said, source in zip(SAID, SOURCES, strict=True)]
    texts = texts if "(" in form else texts[:4]  # what is not understood is known by its brackets alone
    rows = [row for text in texts for row in (*textwrap.wrap(text, width, break_on_hyphens=False), "")]
    said = embedded_in(rows)
    assert [one.text.rstrip(".") for one in said] == SOURCES[: len(texts)]
    assert [words_of(one, rows) for one in said] == SAID[: len(texts)]


def embedded_in(rows: list[str]) -> list[Citation]:
    lines = [Line(n, row) for n, row in enumerate(rows, 1)]
    first = {n for n, row in enumerate(rows, 1) if n == 1 or not rows[n - 2]}
    decisions = [Decision(line.number, Role.PARAGRAPH, joined=line.number not in first) for line in lines if line.text]
    left, kept, citations = embedded(lines, decisions)
    assert {one.line for one in kept} == {line.number for line in left if line.text}
    rows[:] = [line.text for line in left]
    return list(citations)


def words_of(one: Citation, rows: list[str]) -> str:
    assert one.covers
    return " ".join(rows[one.covers[0] - 1 : one.covers[1]])


def test_without_the_habit_brackets_stay() -> None:
    rows = [f"{SAID[0]} ({SOURCES[1]})", "", SAID[1], "", f"{SAID[2]} (Or so they say.)", "", SAID[3]]
    assert embedded_in(list(rows)) == []


@pytest.mark.parametrize(
    "sources_behind",
    [
        ["(Lamp 1988, 44)", "(StadtA Brough, Best. 4, Nr. 12)", "(Lamp 1988, 46 f.)"],
        ["Brough Archives, BA 4/9, fol. 3r.", "Ibid., 54.", "Leary, M. Widows. Dublin: Coombe, 1983. P. 12."],
    ],
    ids=["in brackets behind the full stop", "by their form"],
)
def test_where_all_paragraphs_end_with_a_source_one_that_is_certain_is_enough(sources_behind: list[str]) -> None:
    rows = [row for said, source in zip(SAID, sources_behind, strict=False) for row in (f"{said} {source}", "")]
    assert [one.text for one in embedded_in(rows)] == [source.strip("()") for source in sources_behind]


def test_most_extracts_close_with_a_source_and_so_do_all_that_can() -> None:
    """Where the lines were taken for something else altogether, too: a heading, one paragraph with the words."""
    sources_below = [
        "Brough Archives, BA 4/9, fol. 3r",
        "M. Leary, Widows of the Ferry (Dublin 1983) 51",
        *SOURCES[3:4],
    ]
    rows = [row for said, source in zip(SAID, sources_below, strict=False) for row in (said, source, "")]
    lines = [Line(n, row) for n, row in enumerate(rows, 1)]
    for role in (Role.TITLE, Role.PARAGRAPH):
        decisions = [Decision(line.number, role, joined=line.number % 3 == 2) for line in lines if line.text]
        read_ = sources(lines, decisions)
        assert [one.line for one in read_ if one.role is Role.CITATION] == [2, 5, 8]
        assert [one.line for one in read_ if one.role is Role.PARAGRAPH] == [1, 4, 7]


def test_a_sentence_in_front_of_a_source_is_no_part_of_it() -> None:
    rows = [
        "She had kept the oil under lock.",
        "By noon the whole of the loft smelt of it.",
        "Tew M. Oil. Br J Dye. 2011;3(2):7.",
    ]
    lines = [Line(n, row) for n, row in enumerate(rows, 1)]
    decisions = [Decision(n, Role.CITATION, joined=n > 1) for n in (1, 2, 3)]
    assert [one.line for one in sources(lines, decisions) if one.role is Role.CITATION] == [3]
