"""Notes that lead back to their calls: ``1 (return) [ Tac. xi. 2.]`` below the paragraph that ends ``… slow. 1``.

A web page made into text keeps the words of its links: the note says that it returns, and the call is the bare figure
that one clicked on. Such a figure has lost all that told it from a number of the text, so it is a call only where a
note with that number waits below it, and the one that stands nearest above the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.label.notes import ENCLOSED, LEADS_BACK
from pipeline.label.notes import calls as marked_calls
from pipeline.model import Line

__all__ = ["Call", "called"]

_NAMED = re.compile(r"\s*\[\s*(?:foot-?note|note|endnote)\s+(?P<label>\d{1,4})\s*:\s", re.IGNORECASE)
_FIGURE = re.compile(r"(?<!\S)(?P<label>\d{1,4})(?=$|[\s,;:!?”\"’)—–-]|\.(?:\s|$))")
_STOPPED = re.compile(r"[.,;:!?…—”\"’'»)\]]$")
_COUNTED = re.compile(
    r"(?:^|[^\w])(?:pp?|nos?|nr|n|vols?|bd|t|tom|figs?|abb|chs?|c|cap|art|sec|ss?|l|ll|lib|vv?|ff?|a\. ?d|anno)\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_A-Z]{2}$")
_HABIT = 2  # notes; one alone may be a slip of the pen
_MOST = 0.8  # of the notes in brackets that do not say that they lead back are called


@dataclass(frozen=True, slots=True)
class Call:
    """A figure that calls: the row that it stands on, and where it begins and ends there."""

    row: int
    start: int
    end: int
    label: str
    stopped: bool
    """A stop, or another call, stands right before it."""

    @property
    def in_brackets(self) -> str:
        """The call as any text may write it; in square brackets four figures are a year."""
        return f"[{self.label}]" if len(self.label) < 4 else f"{{{self.label}}}"


def called(lines: Sequence[Line]) -> list[Call]:
    """Return the bare figures that call the notes of a text, in order; none where its notes have another form.

    Notes in brackets that do not lead back ("1 [ …]", "[Footnote 1: …]") must nearly all be called so.
    """
    for form in (LEADS_BACK, ENCLOSED, _NAMED):
        groups = list(_groups(lines, form))
        notes = sum(len(group) for group in groups)
        if notes < _HABIT or (form is _NAMED and any(label.isdigit() for label in _marked(lines))):
            continue
        inside = {row for group in groups for first, last, _ in group for row in range(first, last + 1)}
        above = 0
        out: list[Call] = []
        for group in groups:
            out += _bound([label for _, _, label in group], _figures(lines, above, group[0][0], inside))
            above = group[-1][1] + 1
        if out and (form is LEADS_BACK or len(out) >= _MOST * notes):
            return out
    return []


def _marked(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the labels of the calls that have signs of their own."""
    return (label for line in lines for start, _, label in marked_calls(line.text) if start)


def _groups(lines: Sequence[Line], form: re.Pattern[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the notes that stand together: the first and last row of each, and its number."""
    group: list[tuple[int, int, str]] = []
    row = 0
    while row < len(lines):
        found = form.match(lines[row].text) if not row or lines[row - 1].blank else None
        if found is None:
            if group and not lines[row].blank:
                yield group
                group = []
            row += 1
            continue
        last = _end(lines, row)
        if form is LEADS_BACK or lines[last].text.rstrip().endswith("]"):
            group.append((row, last, found["label"]))
        row = last + 1
    if group:
        yield group


def _end(lines: Sequence[Line], row: int) -> int:
    """Return the last row of the note that opens on a row: where its bracket is closed, or its paragraph ends."""
    depth, last = 0, row
    for at in range(row, len(lines)):
        text = lines[at].text
        if lines[at].blank and (depth <= 0 or at - last > 1):
            break
        if not lines[at].blank:
            last = at
        depth += text.count("[") - text.count("]")
    return last


def _figures(lines: Sequence[Line], first: int, end: int, inside: set[int]) -> list[Call]:
    """Return the figures of the text from one row to before another that may call a note."""
    out: list[Call] = []
    for row in range(first, end):
        if row in inside:
            continue
        text = lines[row].text
        for found in _FIGURE.finditer(text):
            before = text[: found.start()].rstrip()
            behind = row
            if not before and row > first:
                before, behind = lines[row - 1].text.rstrip(), row - 1
            last = out[-1] if out else None
            beside = last is not None and last.stopped and (last.row, last.end) == (behind, len(before))
            stopped = beside or bool(_STOPPED.search(before) and not _COUNTED.search(before))
            if stopped or _WORD.search(before):
                out.append(Call(row, found.start(), found.end(), found["label"], stopped))
    return out


def _bound(labels: Sequence[str], figures: Sequence[Call]) -> list[Call]:
    """Return the calls of the notes of a group, in order: each the nearest before the next one's.

    A figure right behind a word is one only where no other may be.
    """
    out: list[Call] = []
    end = len(figures)
    for label in reversed(labels):
        fitting = [at for at in range(end) if figures[at].label == label]
        best = [at for at in fitting if figures[at].stopped] or (fitting if len(fitting) == 1 else [])
        if best:
            end = best[-1]
            out.append(figures[end])
    return out[::-1]
