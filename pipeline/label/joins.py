"""Joins: what goes on with the line above, and what begins anew below it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role

WHY = {
    "within-a-sentence": "The line above is full and stops within a sentence, and this one goes on in a small letter.",
    "hangs-below": "The rows of an entry hang below its first, which is full and stops within a sentence.",
    "begins-anew": "A blank line stands above it, and no sentence goes on over that.",
    "torn-by-a-note": "A note stands between the halves of a sentence: this one goes on in a small letter.",
}
"""The rules of joins, each with what an editor would say."""

_WITHIN = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.NOTE, Role.CAPTION, Role.DIALOGUE})
_ANEW = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.LETTER})
_RUNS_ON = re.compile(r"[^\W_]$|[,-]_?$")
_WIDE = 60  # columns; rows of verse are seldom as wide
_HANGS = 8  # columns; what is set in farther is no row that hangs


def sentences(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a line go on with the one above if that is full and no sentence ends there: nothing begins within one."""
    out: dict[int, Told] = {}
    for part in stretches(rows):
        widest = max(row.end for row in part)
        for above, row in pairwise(part):
            one, other = out.get(above.number, told.get(above.number)), told.get(row.number)
            if one is None or other is None or (one.role, True) == (other.role, other.goes_on):
                continue
            if one.role not in _WITHIN or other.role not in (*_WITHIN, Role.HEADING):
                continue
            full = above.end + 1 + row.need > widest and row.indent == above.indent
            if full and row.text[0].islower() and _RUNS_ON.search(above.text):
                reason = Reason("within-a-sentence", one.role, SETTLED)
                out[row.number] = overruled(reason, other.role, goes_on=True)
    return out


def hanging(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let rows that hang below a full first row go on with it, if that stops within a sentence."""
    out: dict[int, Told] = {}
    for part in stretches(rows):
        first, *others = part
        if not others or {role_of(row, told) for row in part} != {Role.PARAGRAPH} or first.end - first.indent < _WIDE:
            continue
        hang = {row.indent - first.indent for row in others}
        full = all(above.end + 1 + row.need > first.end for above, row in pairwise(part))
        if full and len(hang) == 1 and 0 < hang.pop() <= _HANGS and _RUNS_ON.search(first.text):
            reason = Reason("hangs-below", Role.PARAGRAPH, SETTLED)
            for row in others:
                out[row.number] = overruled(reason, None, goes_on=True)
    return out


def parted(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let what stands below a blank line begin anew, unless a sentence goes on there in a small letter."""
    out: dict[int, Told] = {}
    for above, row in pairwise(rows):
        one = told.get(row.number)
        if one is None or not (row.gap and one.goes_on and one.role in _ANEW):
            continue
        if not (_RUNS_ON.search(above.text) and row.text[0].islower()):
            reason = Reason("begins-anew", one.role, SETTLED)
            out[row.number] = replace(one, goes_on=False, reasons=(reason, *one.reasons))
    return out


def torn(rows: Sequence[Row], told: Mapping[int, Told], notes: Container[int]) -> dict[int, Told]:
    """Join the halves of a sentence that a note parts, at the foot of the page that the paragraph runs over.

    ``notes``: the lines of notes.
    """
    out: dict[int, Told] = {}
    above: Row | None = None
    between = False
    for row in rows:
        if row.number in notes or role_of(row, told) is Role.NOTE:
            between = True
            continue
        one = told.get(row.number)
        broken = between and above is not None and row.text[0].islower() and _RUNS_ON.search(above.text)
        if one and broken and above and one.role is role_of(above, told) and one.role in (*_ANEW, Role.DIALOGUE):
            reason = Reason("torn-by-a-note", one.role, SETTLED)
            out[row.number] = replace(one, goes_on=True, reasons=(reason, *one.reasons))
        above, between = row, False
    return out
