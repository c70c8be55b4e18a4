"""Refrains: short lines that come again and again in a text, the same but for their figures.

Programs and sites write them beside every passage: "Flag icon", "34 likes", "Highlight, page 12", in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.model import Line

__all__ = ["refrains", "shape_of"]

_FIGURES = re.compile(r"\d+(?:[.,:/]\d+)*")
_ENDED = re.compile(r"[.!?…。！？][\"”»’')\]」』]*$")
_LONGEST = 60  # characters
_FEW = 3


def shape_of(text: str) -> str:
    """Return a line without what varies in a refrain: its figures, and capitals."""
    return _FIGURES.sub("0", " ".join(text.split())).casefold()


def refrains(lines: Sequence[Line], share: float) -> set[int]:
    """Return the numbers of the lines whose shape comes at least three times, and ``share`` of what comes most often.

    A sentence is none, whatever comes again.
    """
    shapes = {
        line.number: shape_of(line.text)
        for line in lines
        if not line.blank and len(line.text) <= _LONGEST and not _ENDED.search(line.text.rstrip())
    }
    counts = Counter(shapes.values())
    most = max(counts.values(), default=0)
    return {number for number, shape in shapes.items() if counts[shape] >= max(_FEW, share * most)}
