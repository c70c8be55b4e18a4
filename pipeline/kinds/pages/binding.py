"""Binding: calls in the text and labels at the feet get the form that notes have everywhere in Octavo, ``[12]``.

A raised figure that ran into its word ("end.1", "word12") is set apart from it; numbers that start again on each page
are counted through the text, so that each call has its own note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.kinds.pages.pressed import Pressed
from pipeline.model import Change, ChangeKind, Line
from pipeline.report import Report

__all__ = ["Binding", "bound"]

_MOST = 999  # a label has three figures at most
_CALL = "a raised figure that ran into the text is set apart as the call of a note"
_LABEL = "the label of a note at the foot of its page, in the form of its call"


@dataclass(frozen=True, slots=True)
class Binding:
    """The lines, with calls and labels in one form; and what was changed for it."""

    lines: Mapping[int, Line]
    changes: tuple[Change, ...]


def bound(page: Pressed, lines: Mapping[int, Line], report: Report) -> Binding:
    """Write the calls and labels of the notes anew; ``report`` learns of those that were bound by likelihood only."""
    text = {number: line.text.replace("\f", "").expandtabs().rstrip() for number, line in lines.items()}
    changes: list[Change] = []
    calls: list[tuple[tuple[int, int, int], str]] = []
    for n, foot in enumerate(page.notes):
        label = f"[{n % _MOST + 1}]"
        first = foot.rows[0]
        rest = first.words[foot.opening :].lstrip()
        whole = f"{label} {rest}".rstrip()
        changes.append(_changed(first.number, first.words, whole, _LABEL))
        text[first.number] = " " * first.indent + whole
        if foot.call is not None:
            calls.append((foot.call, label))
            if not foot.sure:
                report.find("note-bound-by-place", foot.call[0], note=first.number)
    for (number, start, end), label in sorted(calls, reverse=True):
        before = text[number]
        after = before[:start] + label + before[end:]
        opens = before.rfind(" ", 0, start) + 1
        closes = next((at for at in range(end, len(before)) if before[at] == " "), len(before))
        changes.append(_changed(number, before[opens:closes], after[opens : closes + len(after) - len(before)], _CALL))
        text[number] = after
    return Binding({n: replace(line, text=text[n]) for n, line in lines.items()}, tuple(changes))


def _changed(number: int, before: str, after: str, why: str) -> Change:
    """Record a change that comes before the words broken at line ends are joined."""
    return Change(number, ChangeKind.REPAIRED, before, after, why)
