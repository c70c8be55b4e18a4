"""Refrains: short lines that come again and again in a text, the same but for their figures.

Programs and sites write them beside every passage: "Flag icon", "34 likes", "Highlight, page 12", in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model import Line
from pipeline.parts import NAMED, NUMBER

__all__ = ["refrains", "shape_of"]

_FIGURES = re.compile(r"\d+(?:[.,:/]\d+)*(?:\s?[AaPp]\.?[Mm]\b\.?)?")
_ENDED = re.compile(r"[.!?…。！？][\"”»’')\]」』]*$")
_LONGEST = 60  # characters
_FEW = 3


def shape_of(text: str) -> str:
    """Return a line without what varies in a refrain: its figures, and capitals."""
    return _FIGURES.sub("0", " ".join(text.split())).casefold()


def refrains(lines: Sequence[Line], share: float) -> set[int]:
    """Return the numbers of the lines whose shape comes at least three times, and ``share`` of what comes most often.

    A sentence is none, whatever comes again, nor is a row of one that goes on in the next; numbers alone, and what
    names itself a chapter with its number, may head what stands below.
    """
    shapes = {
        line.number: shape_of(line.text)
        for line, above, below in zip(lines, (None, *lines), (*lines[1:], None), strict=False)
        if not line.blank and _may_come_again(line.text) and not (_goes_on(line, below) or _goes_on(above, line))
    }
    counts = Counter(shapes.values())
    most = max(counts.values(), default=0)
    return {number for number, shape in shapes.items() if counts[shape] >= max(_FEW, share * most)}


def _may_come_again(text: str) -> bool:
    words = text.strip()
    if len(text) > _LONGEST or _ENDED.search(words) or NUMBER.match(words):
        return False
    named = NAMED.match(words)
    return named is None or _FIGURES.search(words[named.end() :]) is not None  # "Chapter 1, 4%" says a place


def _goes_on(line: Line | None, below: Line | None) -> bool:
    """Tell whether a line goes on in a small letter in the one right below it."""
    return line is not None and below is not None and not line.blank and below.text.lstrip()[:1].islower()
