"""Synopses: what a chapter tells, in phrases with dashes between, as old books print it below the heading.

Set as running text it reads as if the chapter began with it; its long chains of words leave loose lines besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element

from pipeline.forms.divisions import heading_of
from pipeline.forms.headings import CAPITALS, in_capitals
from pipeline.forms.trees import add_class, local, named, text_of

SYNOPSIS = "synopsis"
"""Class of the paragraph below the heading of a chapter that says what is told in it."""
_DASH = re.compile(r"\s*[—–]\s*(?!\d)|\s-{1,2}\s")
_PHRASES, _MANY = 3, 6
"""Phrases of a synopsis; of one by itself, in a book that has no other."""
_WORDS = 16  # of a phrase, on the average
_GOES_ON = re.compile(r"[.!?]\s+(?=[^\W\d_a-zß-ÿ])")
_FULL = 0.8  # of the phrases begin as sentences do
_CHAPTERS = 2


def mark_synopses(body: _Element) -> None:
    """Mark the synopses of ``body``; one that no other chapter has must be of many phrases."""
    found: list[tuple[_Element, int]] = []
    for section in named(body, "section"):
        heading = heading_of(section)
        below = heading.getnext() if heading is not None else None
        if below is not None and local(below) == "p" and (phrases := _phrases(text_of(below))):
            found.append((below, len(phrases)))
    if len(found) >= _CHAPTERS or any(count >= _MANY for _, count in found):
        for paragraph, _ in found:
            add_class(paragraph, SYNOPSIS)
            if in_capitals(text_of(paragraph)):
                add_class(paragraph, CAPITALS)


def _phrases(text: str) -> Sequence[str]:
    """Return the phrases of a synopsis; none, if ``text`` is sentences."""
    phrases = [one.strip(" .“”‘’\"'«»„") for one in _DASH.split(text)]
    phrases = [one for one in phrases if one]
    if len(phrases) < _PHRASES or len(text.split()) > _WORDS * len(phrases):
        return ()
    begun = sum(not one[0].islower() for one in phrases)
    sentences = sum(bool(_GOES_ON.search(one)) for one in phrases)
    return phrases if begun >= _FULL * len(phrases) and 3 * sentences <= len(phrases) else ()
