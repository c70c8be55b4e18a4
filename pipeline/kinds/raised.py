"""Raised figures that lost their height: ``money.2``, which calls ``2. So he said.`` among the notes.

A text copied from a page of the web or a word processor keeps the figure and forgets that it was small. One figure
behind a word may be anything; figures that count up behind words, below which notes count up in the same way, are
calls, and both get the form that notes have everywhere in Octavo, ``[2]``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.kinds import linked
from pipeline.label.notes import calls as marked_calls
from pipeline.label.notes import is_notes_title
from pipeline.model import Change, ChangeKind, Line

__all__ = ["in_one_form", "set_apart"]

_LABEL = re.compile(r"\s*(?P<number>\d{1,3})(?:[.)](?=\s)|(?=\s+[^\W\d_a-z]))\s*")
_FIGURE = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[^\d\s][.,;:!?])|(?<=[”\"’'»)\]…—])|(?<=\d{4}[.,;:]))"
    r"(?P<number>\d{1,3})(?=$|[\s.,;:!?)\]”’\"'»—–-])"
)
_COUNTED = re.compile(
    r"(?:^|[^\w])(?:pp?|nos?|nr|n|vols?|bd|t|figs?|abb|chs?|cap|art|sec|ss?|ll?|ff?)\.$", re.IGNORECASE
)
_MOST = 0.8  # of the notes below a title of notes are called
_UNTITLED = 3  # notes without a title: so many, each of them called
_HABIT = 2  # calls in all; one alone may be a slip of the pen
_CALL = "a raised figure that ran into the text is set apart as the call of a note"
_NOTE = "the label of a note, in the form of its call"


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure: the row it stands on, its number there, and where it begins and ends."""

    row: int
    start: int
    end: int
    number: int


def set_apart(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[Change, ...]]:
    """Return the lines with calls and labels in brackets, and a change for each; the same lines where there are none.

    Notes have a title, or are at least three; most of them must be called, in their order, in the text above them. A
    text that has calls of another form has no need of these. Notes that lead back to their calls say so themselves.
    """
    if leading := linked.called(lines):
        calls = [((one.row, one.start, one.end), one.in_brackets) for one in leading]
        made, changes = in_one_form({n: line.text for n, line in enumerate(lines)}, calls, [])
        return _made(lines, made, changes)
    runs = list(_runs(lines))
    if not runs or any(start and label.isdigit() for line in lines for start, _, label in marked_calls(line.text)):
        return lines, ()
    noted = {row for _, run in runs for row in range(run[0].row, run[-1].row + 1)}
    of: dict[int, list[_Place]] = {}
    for place in _figures(lines):
        if place.row not in noted:
            of.setdefault(place.number, []).append(place)
    bound: list[tuple[_Place, _Place]] = []
    at = (0, 0)  # where the last call ends
    for titled, run in runs:
        found = _answered(run, of, at)
        if len(found) >= (_MOST * len(run) if titled else max(_UNTITLED, len(run))):
            bound += found
            at = found[-1][0].row, found[-1][0].end
    if len(bound) < _HABIT:
        return lines, ()
    text = {n: line.text for n, line in enumerate(lines)}
    made, changes = in_one_form(
        text,
        [((call.row, call.start, call.end), f"[{call.number}]") for call, _ in bound],
        [(note.row, note.end, f"[{note.number}]") for _, note in bound],
    )
    return _made(lines, made, changes)


def _made(
    lines: Sequence[Line], made: Mapping[int, str], changes: Iterable[Change]
) -> tuple[list[Line], tuple[Change, ...]]:
    own = [replace(line, text=made[n]) for n, line in enumerate(lines)]
    return own, tuple(replace(change, line=lines[change.line].number) for change in changes)


def in_one_form(
    text: Mapping[int, str], calls: Iterable[tuple[tuple[int, int, int], str]], notes: Iterable[tuple[int, int, str]]
) -> tuple[dict[int, str], list[Change]]:
    """Write the calls and labels of notes anew.

    Args:
        text: lines by their numbers.
        calls: for each the line, its start and end there, and what it becomes.
        notes: for each its first line, where its label ends there, and what the label becomes.

    Returns:
        The text, and the changes, by the same numbers.

    """
    out, changes = dict(text), list[Change]()
    for number, end, label in notes:
        before = out[number]
        indent = len(before) - len(before.lstrip())
        after = f"{label} {before[end:].lstrip()}".rstrip()
        changes.append(Change(number, ChangeKind.REPAIRED, before[indent:], after, _NOTE))
        out[number] = " " * indent + after
    for (number, start, end), label in sorted(calls, reverse=True):
        before = out[number]
        after = before[:start] + label + before[end:]
        opens = before.rfind(" ", 0, start) + 1
        closes = next((at for at in range(end, len(before)) if before[at] == " "), len(before))
        whole = after[opens : closes + len(after) - len(before)]
        changes.append(Change(number, ChangeKind.REPAIRED, before[opens:closes], whole, _CALL))
        out[number] = after
    return out, changes


def _runs(lines: Sequence[Line]) -> Iterator[tuple[bool, list[_Place]]]:
    """Yield what may be notes, a run of numbers that count up from one or go on counting; and whether below a title."""
    titled = False
    run: list[_Place] = []
    for row, line in enumerate(lines):
        if is_notes_title(line.text.strip()):
            if run:
                yield titled, run
            titled, run = True, []
            continue
        found = _LABEL.match(line.text)
        number = int(found["number"]) if found else 0
        if found and run and number == run[-1].number + 1:
            run.append(_Place(row, found.start("number"), found.end(), number))
        elif found and (number == 1 or (titled and not run)):
            if run:
                yield titled, run
            run = [_Place(row, found.start("number"), found.end(), number)]
    if run:
        yield titled, run


def _figures(lines: Sequence[Line]) -> Iterator[_Place]:
    for row, line in enumerate(lines):
        for found in _FIGURE.finditer(line.text):
            if not _COUNTED.search(line.text[max(0, found.start() - 6) : found.start()]):
                yield _Place(row, found.start(), found.end(), int(found["number"]))


def _answered(
    run: Sequence[_Place], of: Mapping[int, Sequence[_Place]], at: tuple[int, int]
) -> list[tuple[_Place, _Place]]:
    """Return the notes of a run that are called, each behind its call: one call after another, all above the notes."""
    out: list[tuple[_Place, _Place]] = []
    for note in run:
        places = of.get(note.number, ())
        n = bisect_left(places, at, key=lambda place: (place.row, place.start))
        if n < len(places) and places[n].row < run[0].row:
            out.append((places[n], note))
            at = (places[n].row, places[n].end)
    return out
