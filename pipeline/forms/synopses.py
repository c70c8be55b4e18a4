"""What stands below the heading of a chapter: what it tells, in phrases with dashes between; who wrote it.

Set as running text it reads as if the chapter began with it; long chains of words leave loose lines besides.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from lxml.etree import _Element

from pipeline.forms.divisions import heading_of
from pipeline.forms.headings import CAPITALS, is_capital
from pipeline.forms.trees import add_class, classes, local, named, text_of
from pipeline.parts import BELOW, BY_LINE, by_names, phrases

SYNOPSIS = "synopsis"
"""Class of the paragraph below the heading of a chapter that says what is told in it."""
BY_LINE_CLASS = "byline"
"""Class of the paragraph below the title of a piece that says by whom it is."""
UNDER_TITLE = "undertitle"
"""Class of the line between the title of a piece and its first section or by-line: what it is, where it appeared."""
_SENTENCE = re.compile(r"[.:;,?!…—–-]\W*$")
_SHORT = 80
"""Letters of such a line."""
_MANY = 6
"""Phrases of a synopsis by itself, in a book that has no other."""
_CHAPTERS = 2


def mark_synopses(body: _Element) -> None:
    """Mark the synopses of ``body``; one that no other chapter has must be of many phrases."""
    found: list[tuple[_Element, int]] = []
    for section in named(body, "section"):
        heading = heading_of(section)
        below = heading.getnext() if heading is not None else None
        if below is not None and local(below) == "p" and (told := phrases(text_of(below))):
            found.append((below, len(told)))
    if len(found) >= _CHAPTERS or any(count >= _MANY for _, count in found):
        for paragraph, _ in found:
            _mark(paragraph, SYNOPSIS)


def mark_by_lines(body: _Element) -> None:
    """Mark who wrote each piece, where several of ``body`` say so below their titles, and what stands between."""
    pieces = [_below(heading) for section in named(body, "section") if (heading := heading_of(section)) is not None]
    found = [near[0] for near in pieces if near and BY_LINE.fullmatch(text_of(near[0]).strip())]
    if len(found) < _CHAPTERS:
        names = by_names([[text_of(one).strip() for one in near] for near in pieces])
        found = [near[n] for near, n in zip(pieces, names, strict=True) if n is not None]
    for paragraph in found:
        _mark(paragraph, BY_LINE_CLASS)
    for between in (near[: near.index(one)] for near in pieces for one in near if one in found):
        for line in between:
            words = text_of(line).strip()
            if 0 < len(words) <= _SHORT and words[-1] not in ",:;" and not words[:1].islower() and not classes(line):
                _mark(line, UNDER_TITLE)


def _mark(paragraph: _Element, name: str) -> None:
    add_class(paragraph, name)
    if is_capital(text_of(paragraph)):
        add_class(paragraph, CAPITALS)


def mark_subtitles(body: _Element) -> None:
    """Mark the one short line, no sentence, between a heading and its first section: “A Comedy in Two Acts”."""
    for section in named(body, "section"):
        heading = heading_of(section)
        inside = [] if heading is None else [one for one in heading.itersiblings() if local(one)]
        if [local(one) for one in inside[:2]] != ["p", "section"] or classes(inside[0]):
            continue
        words = text_of(inside[0]).strip()
        if 0 < len(words) <= _SHORT and not _SENTENCE.search(words) and not words[:1].islower():
            _mark(inside[0], UNDER_TITLE)


def _below(heading: _Element) -> list[_Element]:
    """Return the paragraphs right below a heading of which one may say who wrote what it heads."""
    return list(islice(takewhile(lambda one: local(one) == "p", heading.itersiblings()), BELOW))
