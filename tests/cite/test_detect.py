"""Which lines are taken for the naming of a source, and which are not."""

from __future__ import annotations

import pytest

from pipeline.cite import find_embedded, looks_like_citation
from tests.cite.test_parse import CASES

RUNNING = [
    "In 1911 the light at Skerry Point burned for the first time, and the boats came home.",
    "The assassination of nobody in early December, 1934 fell like a stone into this quiet harbour.",
    "In 1937, at the height of the season, 33,000 (13.4% of the catch) went bad; in 1935 it was 45,500.",
    "ORR: In November 1932.",
    "VANCE: And before, in 1929?",
    "[From The Leith Times, January 19, 1938]",
    "(Orr, Record of Soundings, July 23-24, 1936)",
    "[Orr’s speech to the February-March 1937 meeting of the Harbour Board on February 26, 1937]",
    "“I was a member of the united net menders’ guild organized in 1932.",
    "Orr, who was the Keeper of the Northern Lights, began to mend nets in 1923.",
    "(2) Froze B. M. Z. boiler No. 8.",
    "On the mending of nets–April 28, 1933",
    "Dear Anna,",
    "Leith, 3 May 1911",
    "The Nets: A Beginning",
    "1911: A Year of Ice",
    "He read The Herring Years on p. 12 and wept.",
    "What was the price of rope in 1931, and who paid for it?",
    "Nobody mended nets on a Sunday (Colin Tallow, Salt and Tar (Bath: Combe, 1922), p. 9), and nobody asked why.",
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_citation_looks_like_one(case: dict[str, str]) -> None:
    assert looks_like_citation(case["text"]) >= 0.5


@pytest.mark.parametrize("text", RUNNING)
def test_running_text_does_not(text: str) -> None:
    assert looks_like_citation(text) < 0.3


@pytest.mark.parametrize(
    ("before", "citation"),
    [
        (
            "The nets were mended by noon. ",
            "(Orr, Anna. The Herring Years. Boston: The Quay Press, 1931, p. 136)",
        ),
        (
            "The nets were mended by noon. ",
            "Orr, Anna. The Herring Years. Boston: The Quay Press, 1931, p. 136",
        ),
        (
            "“Mend them,” she said. ",
            "[J. Anders Orr, The Northern Light (New York: Yew University Press, 1985), p. 190.]",
        ),
    ],
)
def test_a_citation_at_the_end_of_a_paragraph(before: str, citation: str) -> None:
    text = before + citation
    assert find_embedded(text) == (len(before), len(text))


@pytest.mark.parametrize("text", [*RUNNING, "She wept (as she had in 1931)."])
def test_no_citation_where_there_is_none(text: str) -> None:
    assert find_embedded(text) is None
