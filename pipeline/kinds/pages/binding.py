"""Binding: calls in the text and labels at the feet get the form that notes have everywhere in Octavo, ``[12]``.

A raised figure that ran into its word ("end.1", "word12") is set apart from it; numbers that start again on each page
are counted through the text, so that each call has its own note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.kinds.pages.pressed import Pressed
from pipeline.kinds.raised import in_one_form
from pipeline.model import Change, Line
from pipeline.report import Report

__all__ = ["Binding", "bound"]

_MOST = 999  # a label has three figures at most


@dataclass(frozen=True, slots=True)
class Binding:
    """The lines, with calls and labels in one form; and what was changed for it."""

    lines: Mapping[int, Line]
    changes: tuple[Change, ...]


def bound(page: Pressed, lines: Mapping[int, Line], report: Report) -> Binding:
    """Write the calls and labels of the notes anew; ``report`` learns of those that were bound by likelihood only."""
    text = {number: line.text.replace("\f", "").expandtabs().rstrip() for number, line in lines.items()}
    calls: list[tuple[tuple[int, int, int], str]] = []
    labels: list[tuple[int, int, str]] = []
    for n, foot in enumerate(page.notes):
        label = f"[{n % _MOST + 1}]"
        first = foot.rows[0]
        labels.append((first.number, first.indent + foot.opening, label))
        if foot.call is not None:
            calls.append((foot.call, label))
            if not foot.sure:
                report.find("note-bound-by-place", foot.call[0], note=first.number)
    text, changes = in_one_form(text, calls, labels)
    return Binding({n: replace(line, text=text[n]) for n, line in lines.items()}, tuple(changes))
