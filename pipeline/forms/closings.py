"""What stands at the end of a piece: its date, and an inscription to somebody; and a motto of few words at its head.

A date alone ends a piece as a signature does, and stands where signatures stand, in one form through the book. An
inscription within a book ("To / Dr. Orla Mell / these pages / are given") stands in the middle, as one before the text
does; so does a stone's or a memorial's. A few words right below a title are its motto, though they say no source.
"""

from __future__ import annotations

import re
from itertools import takewhile

from lxml.etree import _Element

from pipeline.forms.divisions import heading_of
from pipeline.forms.letters import DATELINE, LONGEST, SIGNATURE, lines_of
from pipeline.forms.trees import add_class, classes, local, named, text_of
from pipeline.parts import MEMORIAL
from pipeline.titlewords import DEDICATES

DATED = "closing-date"
"""Class of a paragraph that is but the date at the end of a piece."""
INSCRIBED = "inscribed"
"""Class of the rows of an inscription within the book."""
MOTTO = "motto"
"""Class of a quotation of few words, without a source, right below a title."""
_PLACE = r"(?:[^\W\d_a-zß-öø-ÿа-яё][\w’'.-]*,?\s){0,3}"
_DATE = re.compile(
    rf"\W*{_PLACE}(?:\d{{1,2}}\w{{0,2}}[.ºª]?\s)?(?:(?:of|de|den)\s)?(?:[^\W\d_]{{3,}}\.?,?\s(?:de\s)?)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,\s)?[12]\d{3}\W*"
)
_SIGNED = 30  # letters of each line of a date and a name below it that are short enough to stand at the right
_ROWS = 3  # of an inscription, at least
_MOTTO = 40  # letters of a motto


def mark_closings(body: _Element) -> None:
    """Mark the dates and inscriptions at the ends of the pieces of ``body``, and mottos at their heads."""
    for section in named(body, "section"):
        blocks = [*takewhile(lambda one: local(one) != "section", (one for one in section if local(one)))]
        _mark_motto(section)
        _mark_inscription(blocks)
        for n, block in enumerate(blocks):
            after = blocks[n + 1] if n + 1 < len(blocks) else None
            if after is None or local(after) == "hr" or {"letter", INSCRIBED} & {*classes(after)}:
                _mark_date(block)


def _mark_date(block: _Element) -> None:
    """Mark a paragraph that is a date; and let a date stand at the right whose signature below is as short."""
    words = text_of(block).strip()
    if local(block) == "p" and not classes(block) and len(words) <= LONGEST and _DATE.fullmatch(words):
        add_class(block, DATED)
    elif "closing" in classes(block) and DATELINE not in classes(block):
        lines = [line.strip() for line in lines_of(block)]
        if any(map(_DATE.fullmatch, lines)) and all(len(line) <= _SIGNED for line in lines):
            add_class(block, SIGNATURE)


def _mark_inscription(blocks: list[_Element]) -> None:
    """Mark rows that end a piece, of which the first says to whom, or to whose memory, and no more."""
    for n, block in enumerate(blocks):
        rows = blocks[n:]
        first = next(iter(lines_of(block)), "").strip(" .:,\n")
        if local(block) == "p" and DEDICATES.fullmatch(first):
            if len(rows) >= _ROWS and all(local(one) == "p" and len(text_of(one)) <= LONGEST for one in rows):
                _inscribe(rows)
            return
        if "letter" in classes(block) and MEMORIAL.fullmatch(first) and all(local(one) != "p" for one in rows):
            _inscribe([one for one in rows if local(one) == "div"])
            return


def _inscribe(rows: list[_Element]) -> None:
    """Mark the rows of an inscription."""
    for row in rows:
        add_class(row, INSCRIBED)


def _mark_motto(section: _Element) -> None:
    heading = heading_of(section)
    below = heading.getnext() if heading is not None else None
    after = below.getnext() if below is not None else None
    if below is None or after is None or local(below) != "blockquote" or local(after) != "p":
        return
    words = text_of(below).strip()
    if len(below) == 1 and len(words) <= _MOTTO and not re.search(r"[.?!…]\W*$", words):
        add_class(below, MOTTO)
