"""What a citation is taken apart into: a table of cases, and what holds for every citation."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite import parse, unaccounted
from pipeline.cite.names import form
from pipeline.model import Name

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
PEOPLE = ("author", "editor", "translator")


def names(text: str) -> tuple[Name, ...]:
    """Read the names of a case: "Family, Given | =A body"."""
    out = []
    for part in text.split(" | "):
        family, _, given_name = part.partition(", ")
        out.append(Name(literal=part[1:]) if part.startswith("=") else Name(family, given_name))
    return tuple(out)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_fields(case: dict[str, Any]) -> None:
    """Every part of the citation is found, and nothing else."""
    expected = {
        key: names(value) if key in PEOPLE else value for key, value in case.items() if key not in ("text", "kind")
    }
    citation = parse(case["text"])
    found = {key: getattr(citation.fields, key) for key in citation.fields.__slots__ if getattr(citation.fields, key)}
    assert found == expected
    assert citation.parsed
    if "kind" in case:
        assert citation.kind == case["kind"]
    assert unaccounted(case["text"], citation.fields) == []


WORD = st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True)
SENTENCE = st.lists(WORD, min_size=2, max_size=6).map(" ".join)
YEAR = st.integers(1850, 2020).map(str)


@given(WORD, st.sampled_from(["Anna", "Colin J.", "J. R.", "Oleg"]), SENTENCE, SENTENCE, YEAR, st.integers(1, 999))
def test_the_parts_of_a_made_up_citation_come_back(
    family: str, first: str, title: str, house: str, year: str, page: int
) -> None:
    """Whatever the words are, the shape tells which part they are of."""
    stop = "" if first.endswith(".") else "."
    fields = parse(f"{family}, {first}{stop} {title}. London: {house}, c{year}, p. {page}").fields
    assert fields.author == (Name(family, first),)
    assert (fields.title, fields.place, fields.publisher, fields.year) == (title, "London", house, year)
    assert (fields.copyright_year, fields.locator) == (True, str(page))


@given(
    st.text(max_size=200) | st.lists(SENTENCE | YEAR | st.sampled_from(list(".,:;()[]“”&")), max_size=20).map(" ".join)
)
def test_no_word_is_lost_or_made_up(text: str) -> None:
    """Whatever stands in the line: what no part took is named in the doubts, and no part has a word of its own."""
    citation = parse(text)
    words = re.findall(r"[^\W_]+", text.casefold())
    for value in citation.fields.json().values():
        parts = [value] if isinstance(value, str) else []
        if isinstance(value, list):
            parts = [part for name in value for part in name.values()]
        for word in (word for part in parts for word in re.findall(r"[^\W_]+", part.casefold())):
            assert word in words or f"c{word}" in words
    left = unaccounted(text, citation.fields)
    assert not left or any(" ".join(left) in doubt for doubt in citation.doubts)


@pytest.mark.parametrize("text", ["", " ", "???", "1931", "p. 12", "(", "[]", ". . .", "Orr", "12, 13."])
def test_what_is_no_citation_is_not_parsed(text: str) -> None:
    citation = parse(text)
    assert not citation.parsed
    assert citation.text == text
    assert citation.score == 0.0


def test_a_long_list_of_names_is_read_in_one_pass() -> None:
    """Each name once: a pattern that tried every way of parting the list would not come to an end."""
    listed = ", ".join(f"Orr{letter} L{letter.upper()}" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert form(listed) == "trailing"
    assert form(f"{listed}, Anna;Lee") == ""
