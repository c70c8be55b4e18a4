"""Compendium: extracts and the lines that name their sources, one paragraph a line; and any text laid out so."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.kinds.paragraphs import paragraphs, share_broken
from pipeline.label import SETTLING as WHY
from pipeline.label import label
from pipeline.model import Claim, Copy, Line
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "a text of one paragraph a line"
_HALF = 0.5  # of the paragraphs that show it; else they are broken over lines


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the whole text if most of its long paragraphs stand on one line; by half, for any text may."""
    found = paragraphs(lines)
    if not found or share_broken(found) > _HALF:
        return None
    single = sum(len(paragraph) == 1 for paragraph in found) / len(found)
    reason = f"{single:.0%} of the paragraphs stand on one line"
    return Claim(NAME, found[0][0].number, found[-1][-1].number, max(single, 1 - single) / 2, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the text by its layout and by the rules of labelling."""
    return Copy(tuple(lines), label(lines, report))
