"""Exports: what reading apps write when they are asked for one's highlights and notes of a book.

An app whose form is known line by line has a reader of its own (:mod:`pipeline.kinds.notebooks`); of any other, lines
are told by what they have in common with those of apps (:mod:`pipeline.kinds.exported`, :mod:`pipeline.kinds.marked`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.kinds import exported, notebooks
from pipeline.kinds.exported import NAME
from pipeline.kinds.marked import read_marked
from pipeline.model import ChangeKind, Claim, Copy, Leaving, Line
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["LEAVES", "NAME", "WHY", "read", "recognise"]

WHY: Mapping[str, str] = {
    "export-title": "The title of the work stands over its highlights.",
    "export-author": "The author stands in the notes and in the bibliography.",
    "export-unquoted": "No passage of the work is quoted, so that no note and no bibliography names who wrote it.",
    "export-chapter": "The chapter of the work from which the highlights below are.",
    "export-place": "The line says where the highlight stands in the work.",
    "export-words": "The words of a highlight.",
    "export-note": "The reader's own note.",
    "export-form": "The app says this of its file: counts, dates, rules, pictures, labels.",
}
LEAVES = {"export-form": Leaving(ChangeKind.SET_ASIDE), "export-author": Leaving(ChangeKind.LISTED)}


_CERTAIN = 0.995  # nothing else has such a form


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if it has the form of an app that is known line by line, or what many of them have in common."""
    if book := notebooks.read(lines):
        filled = [line.number for line in lines if not line.blank]
        reason = f"{len(book.slips)} passages stand in the form of {book.app}"
        return Claim(NAME, filled[0], filled[-1], _CERTAIN, (reason,))
    return exported.recognise(lines)


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read highlights and notes, chapter by chapter."""
    if book := notebooks.read(lines):
        return notebooks.set_out(book, lines, settings, report)
    return read_marked(lines, settings, report)
