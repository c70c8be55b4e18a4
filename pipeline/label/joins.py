"""Joins: what goes on with the line above, and what begins anew below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import AGREED, SETTLED, is_settled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NAMED, NUMBER

WHY = {
    "within-a-sentence": "The line above is full and stops within a sentence, and this one goes on in a small letter.",
    "hangs-below": "The rows of an entry hang below its first, which is full and stops within a sentence.",
    "begins-anew": "A blank line stands above it, and no sentence goes on over that.",
    "only-sentence": "A whole sentence with its stop, and no heading of this text is one: a paragraph of one row.",
    "entry-of-a-day": "It opens with a day as paragraphs of this text do: the short entry of a diary.",
    "nobody-is-on-stage": "Where nobody speaks by name no bracket directs anybody: prose, quoted if set in.",
    "no-heading-in-thai": "Thai and Lao have no stops and no capitals: a row without number or room heads nothing.",
    "torn-by-a-note": "A note stands between the halves of a sentence: this one goes on in a small letter.",
}
"""The rules of joins, each with what an editor would say."""

_WITHIN = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.NOTE, Role.CAPTION, Role.DIALOGUE})
_ANEW = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.LETTER})
_RUNS_ON = re.compile(r"[^\W_]$|[,-]_?$")
_WIDE = 60  # columns; rows of verse are seldom as wide
_SMALL = 6  # words in small letters of a sentence
_HEADINGS = 5  # of fewer nothing is known
_ENTRIES = 3  # paragraphs that open with a day
_IN = 3  # columns by which a quotation is set in
_THAI_TITLE = 26  # letters of a title below a number, at most
_THAI = re.compile("[\u0e00-\u0eff]")
_DAY = re.compile(r"_?\d{1,2}(?:st|n?d|r?d|th)\b[._,:]{0,2}(?: \([^)]{4,24}\)[.,]?)?(?:--|—| )\S")
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
                out[row.number] = Told(one.role, True, AGREED, other.role, 1 - AGREED, (reason,))
    return out


def alone(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a heading that is a whole sentence for a paragraph of one row, where no other heading is one."""
    if any(one.role is Role.DIALOGUE for one in told.values()):
        return {}  # a direction may open a scene
    heads = [part for part in stretches(rows) if all(role_of(row, told) is Role.HEADING for row in part)]
    said = [part for part in heads if _is_sentence(part)]
    if len(said) != 1 or len(heads) < _HEADINGS or len(said[0]) > 1:
        return {}
    row = said[0][0]
    one = told[row.number]
    if is_settled(one):
        return {}
    reason = Reason("only-sentence", Role.PARAGRAPH, SETTLED)
    return {row.number: Told(Role.PARAGRAPH, False, AGREED, one.role, 1 - AGREED, (reason,))}


def entries(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row that opens with a day for an entry of a diary, where paragraphs open so: "12th. Nothing."."""
    opened = [part for part in stretches(rows) if _DAY.match(part[0].text)]
    if sum(len(part) > 1 and role_of(part[0], told) is Role.PARAGRAPH for part in opened) < _ENTRIES:
        return {}
    reason = Reason("entry-of-a-day", Role.PARAGRAPH, SETTLED)
    return {
        part[0].number: Told(Role.PARAGRAPH, False, AGREED, Role.HEADING, 1 - AGREED, (reason,))
        for part in opened
        if len(part) == 1 and role_of(part[0], told) is Role.HEADING and part[0].text[-1] in ".!?"
    }


def unstopped(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row in Thai or Lao for a paragraph that has neither a number nor more room above than others.

    Nothing else tells a short paragraph from a heading there: no sentence has a stop, and no title capitals.
    """
    parts = stretches(rows)
    heads = [part for part in parts if role_of(part[0], told) is Role.HEADING and _THAI.match(part[0].text)]
    if not heads:
        return {}
    room = Counter(part[0].gap for part in parts).most_common(1)[0][0]
    reason = Reason("no-heading-in-thai", Role.PARAGRAPH, SETTLED)
    return {
        row.number: Told(Role.PARAGRAPH, n > 0, AGREED, Role.HEADING, 1 - AGREED, (reason,))
        for part in heads
        if not NAMED.match(part[0].text) and not NUMBER.match(part[0].text) and part[0].gap <= room
        if not told[part[0].number].goes_on or len(part[0].text) > _THAI_TITLE
        for n, row in enumerate(part)
        if role_of(row, told) is Role.HEADING
    }


def unstaged(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what seemed a direction for prose where no turn is: a bracket of another kind, a translation, a remark."""
    staged = [part for part in stretches(rows) if role_of(part[0], told) is Role.STAGE]
    if not staged or any(one.role is Role.DIALOGUE for one in told.values()):
        return {}
    margin = Counter(row.indent for row in rows).most_common(1)[0][0]
    out: dict[int, Told] = {}
    for part in staged:
        role = Role.QUOTE if min(row.indent for row in part) >= margin + _IN else Role.PARAGRAPH
        reason = Reason("nobody-is-on-stage", role, SETTLED)
        for n, row in enumerate(part):
            if role_of(row, told) is Role.STAGE:
                out[row.number] = Told(role, n > 0, AGREED, Role.STAGE, 1 - AGREED, (reason,))
    return out


def _is_sentence(part: Sequence[Row]) -> bool:
    """Tell whether a stop ends a stretch, and many of its words, and most, are small."""
    words = " ".join(row.text for row in part).strip("_")
    small = sum(word[0].islower() for word in words.split())
    return words[-1:] == "." and small >= _SMALL and 3 * small > 2 * len(words.split())


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
                out[row.number] = Told(Role.PARAGRAPH, True, AGREED, None, 0.0, (reason,))
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
