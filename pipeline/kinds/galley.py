"""The galley in which a room sets its stretch, line after line: what each is, and what was taken off it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import OPENS, Change, ChangeKind, Copy, Decision, Line, Reason, Role, Style

__all__ = ["Galley", "styled", "whole_words"]

_SETTLED = 12.0  # weight of a rule that leaves no doubt
_WORD = re.compile(r"\w+")
_MARK_OF = {style: mark for mark, style in OPENS.items()}


def styled(text: str, style: Style) -> str:
    """Return ``text`` between the marks of a style."""
    opening = _MARK_OF[style]
    return f"{opening}{text}{chr(ord(opening) + 1)}" if text else ""


def whole_words(before: str, after: str) -> tuple[str, str] | None:
    """Return the stretch of words in which two texts differ, with the word before it; nothing where none differs."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    here, there = [one[0] for one in old], [one[0] for one in new]
    if here == there:
        return None
    shorter = min(len(here), len(there))
    start = next((n for n in range(shorter) if here[n] != there[n]), shorter)
    start = max(start - 1, 0) if start and here[start - 1] == there[start - 1] else start
    rest = shorter - start
    end = next((n for n in range(rest) if here[-1 - n] != there[-1 - n]), rest)
    return _stretch(before, old[start : len(old) - end]), _stretch(after, new[start : len(new) - end])


def _stretch(text: str, words: Sequence[re.Match[str]]) -> str:
    return text[words[0].start() : words[-1].end()] if words else ""


@dataclass(slots=True)
class Galley:
    """A copy in the making: lines in the order of the book, what each is, what was taken off, headings put in."""

    lines: list[Line] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)

    def put(
        self,
        line: Line,
        role: Role,
        rule: str,
        text: str | None = None,
        *,
        why: str = "",
        said: str = "",
        joined: bool = False,
        level: int = 0,
    ) -> None:
        """Put a line into the book.

        Args:
            line: as the source has it.
            role: what it is.
            rule: why it is that.
            text: what stands in the book of it; without it, the whole line.
            why: why words were taken off or put in another form.
            said: all that the book has of the line, where a heading before it says a part of that.
            joined: it goes on with the paragraph above.
            level: as in a decision.

        """
        stands = line.text if text is None else text
        self.lines.append(Line(line.number, stands))
        reason = Reason(rule, role, _SETTLED)
        self.decisions.append(Decision(line.number, role, joined, reasons=(reason,), level=level))
        self.own.add(line.number)
        if differs := whole_words(line.text, said or stands):
            self.changes.append(Change(line.number, ChangeKind.RELABELLED, *differs, why))

    def aside(self, line: Line, rule: str, why: str) -> None:
        """Put a line that is no text of the book, but what a file says of itself, on record."""
        self.put(line, Role.BOILERPLATE, rule, "")
        if self.changes and self.changes[-1].line == line.number:
            self.changes[-1] = Change(line.number, ChangeKind.SET_ASIDE, line.text.strip(), "", why)

    def blank(self, line: Line) -> None:
        """Keep a blank line in its place."""
        self.lines.append(line)

    def fronted(self, line: Line, title: Sequence[int], rule: str) -> bool:
        """Put a line that is blank, or of the title on the lines ``title``; tell whether it was one."""
        if line.blank:
            self.blank(line)
        elif line.number in title:
            self.put(line, Role.TITLE, rule, joined=line.number != title[0])
        else:
            return False
        return True

    def copy(self, title: str = "", authors: Sequence[str] = ()) -> Copy:
        """Return what was marked up."""
        return Copy(
            tuple(self.lines),
            tuple(self.decisions),
            changes=tuple(self.changes),
            own=frozenset(self.own),
            heads=self.heads,
            title=title,
            authors=tuple(authors),
        )
