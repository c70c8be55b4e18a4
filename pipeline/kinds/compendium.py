"""Compendium: extracts and the lines that name their sources, one paragraph a line; and any text laid out so."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.kinds.paragraphs import paragraphs
from pipeline.label import SETTLING as WHY
from pipeline.label import label
from pipeline.model import Claim, Copy, Line
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "a text of one paragraph a line"


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the whole text by the share of its paragraphs that stand on one line; half of that, for any text may."""
    found = paragraphs(lines)
    if not found:
        return None
    single = sum(len(paragraph) == 1 for paragraph in found) / len(found)
    reason = f"{single:.0%} of the paragraphs stand on one line"
    return Claim(NAME, found[0][0].number, found[-1][-1].number, single / 2, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the text by its layout and by the rules of labelling."""
    return Copy(tuple(lines), label(lines, report))
