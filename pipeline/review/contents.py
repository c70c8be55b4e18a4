"""The contents of a book as an editor changes them: each heading with its level, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Heading, Role
from pipeline.review.desk import seen_of
from pipeline.review.sheet import Sheet
from pipeline.review.stretch import plain


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading. ``ours``: a verdict can change it; ``below``: it stands directly below another; ``alike``: lines."""

    line: int
    level: int
    text: str
    ours: bool
    below: bool
    alike: int
    seen: str


def entries(sheet: Sheet) -> list[Entry]:
    """Return the headings of the book, in order."""
    found: list[Entry] = []
    above = None
    for element in sheet.reading.book.elements:
        if isinstance(element, Heading) and element.lines:
            line = element.lines[0]
            decision = sheet.decisions.get(line)
            ours = decision is not None and decision.role in (Role.TITLE, Role.HEADING)
            below = ours and isinstance(above, Heading)
            alike = len(sheet.alike(line)) if ours else 1
            text = plain(element.inlines).strip() or "(no words)"
            found.append(Entry(line, element.level, text, ours, below, alike, seen_of(sheet, line)))
        above = element
    return found
