"""What a citation is taken apart into: a table of cases, and what holds for every citation."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite import parse, unaccounted
from pipeline.model import Name

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cite_cases.toml").read_text(encoding="utf-8")
)["case"]
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
        key: names(value) if key in PEOPLE else value
        for key, value in case.items()
        if key not in ("text", "kind")
    }
    citation = parse(case["text"])
    found = {
        key: getattr(citation.fields, key)
        for key in citation.fields.__slots__
        if getattr(citation.fields, key)
    }
    assert found == expected
    assert citation.parsed
    if "kind" in case:
        assert citation.kind == case["kind"]
    assert unaccounted(case["text"], citation.fields) == []
