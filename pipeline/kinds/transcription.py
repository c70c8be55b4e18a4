"""Transcription: a printed book, typed line by line, with chapters, notes, verse and what its makers put around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.kinds.paragraphs import paragraphs, share_broken
from pipeline.label import label
from pipeline.model import Claim, Copy, Line
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a text of hard-wrapped lines"
_HALF = 0.5  # of the paragraphs that show how they are laid out
WHY: Mapping[str, str] = {}  # label's own rules stand with the compendium


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the whole text if most of its long paragraphs are broken over lines; by half, for any may be."""
    found = paragraphs(lines)
    broken = share_broken(found)
    if broken <= _HALF:
        return None
    over = sum(len(paragraph) > 1 for paragraph in found) / len(found)
    reason = f"{broken:.0%} of the paragraphs that are longer than a line are broken over several"
    return Claim(NAME, found[0][0].number, found[-1][-1].number, max(over, 1 - over) / 2, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the text by its layout and by the rules of labelling."""
    return Copy(tuple(lines), label(lines, report))
