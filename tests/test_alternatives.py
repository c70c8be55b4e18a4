"""Alternatives by their first letters match what plain alternatives match."""

from __future__ import annotations

import re

import pytest

from pipeline.alternatives import by_letter

PLAIN = (
    r"part|page|the last|tome?|(?:the )?part two|ſign|sign|Kelvin|[eé]pilogue|e?nd|\d+|ivy|in(?:ner|to) (?:a|b)|émile"
)
WORDS = (
    *("part", "PART", "Part two", "the part two", "page 3", "PAGE", "pager", "tom", "TOME", "to", "sign", "SIGN"),
    *("ſign", "ſIGN", "kelvin", "\u212aelvin", "epilogue", "Épilogue", "end", "nd", "12", "ivy", "ıvy", "İVY"),
    *("inner a", "INTO B", "in a", "Émile", "émile", "emile", "the last", "the", ""),
)


@pytest.mark.parametrize("word", WORDS)
def test_they_match_the_same(word: str) -> None:
    """In both cases, with the letters that Python takes for the same, and to the same end."""
    one, other = re.match(f"(?:{PLAIN})", word, re.IGNORECASE), re.match(by_letter(PLAIN), word, re.IGNORECASE)
    assert (one and one[0]) == (other and other[0])


def test_those_that_begin_otherwise_keep_their_place() -> None:
    """Of two that fit, the first is taken, as Python does."""
    assert re.match(by_letter("(?:the )?pa|part|par"), "part", re.IGNORECASE)[0] == "pa"  # type: ignore[index]
    assert re.match(by_letter("part|(?:the )?pa|par"), "part", re.IGNORECASE)[0] == "part"  # type: ignore[index]
