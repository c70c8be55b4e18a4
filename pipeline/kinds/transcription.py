"""Transcription: a printed book, typed line by line, with chapters, notes, verse and what its makers put around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.kinds.paragraphs import paragraphs
from pipeline.label import label
from pipeline.model import Claim, Copy, Line
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a text of hard-wrapped lines"
WHY: Mapping[str, str] = {}  # label's own rules stand with the compendium


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the whole text by the share of its paragraphs that are broken over lines; half of that, for any may be."""
    found = paragraphs(lines)
    if not found:
        return None
    broken = sum(len(paragraph) > 1 for paragraph in found) / len(found)
    reason = f"{broken:.0%} of the paragraphs are broken over several lines"
    return Claim(NAME, found[0][0].number, found[-1][-1].number, broken / 2, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the text by its layout and by the rules of labelling."""
    return Copy(tuple(lines), label(lines, report))
