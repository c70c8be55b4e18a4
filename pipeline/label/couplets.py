"""A few lines of verse, or one: couplets in prose, the last line of a poem, verses that two voices share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from pipeline.label.headlines import value_of
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.notes import without_call
from pipeline.label.passages import STOPPED, is_line, right_margin
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NUMBER

WHY = {
    "two-rows-with-room": "Two rows, set in or one pair of several; the first leaves room within its sentence.",
    "ends-a-poem": "A row right below verse, set in as that is, with nothing but a heading behind it: its last line.",
    "shares-a-verse": "It begins where the row above ends, or stands among such rows: two voices share a line.",
    "stanza-of-a-series": "It stands below a number that counts on those over stanzas: a stanza, too.",
    "set-in-as-stanzas": "Among stanzas of a book of verse, set in as these are and as no prose is: verse.",
    "row-in-quotes": "One row far in, in quotation marks from end to end, between paragraphs: what is quoted.",
}
"""The rules of few lines, each with what an editor would say."""

_TWO = 2  # rows of a couplet
_PAIRS = 2  # couplets beside one another, at the margin
_SET_IN = 4  # columns by which a couplet is set in, and
_FAR = 8  # a single row
_NARROW = 50  # columns that the rows of a couplet have, at most
_ROOM = 2  # columns besides those of the next word
_NEAR = 2  # columns between the end of a row and the beginning of the one that goes on with its verse
_SERIES = 1  # stanza with a number, and half of all
_STANZAS = 4  # set in alike; so many show where stanzas stand
_PROSE = (Role.PARAGRAPH, Role.QUOTE)
_ENDED = re.compile(r"[.!?…,;:—–-][\"'“”‘’«»)\]_]*$")
_QUOTED = re.compile(r"_?(?:\"[^\"]+\"|“[^“”]+”|«[^«»]+»|»[^«»]+«|„[^„“”]+[“”])_?[.,;]?")
_WORD = re.compile(r"[^\W\d_]+")
_FEW = 3  # one word in so many is in small letters
_NAMED = re.compile(
    r"_[^_]+_\W*$|^(?:\W*(?:[^\W\d_]\. ?)*)[^\W\d_a-zß-öø-ÿ]{3,}\b"
)  # "A. ORR, _The Lamp._": whose it is


def couplets(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take two rows for verse of which the first stops within its sentence though much of the second had room.

    They are set in where paragraphs are not, or one pair stands below the other. Addresses and titles are none.
    """
    usual = right_margin(rows, told)
    margins = Counter(row.indent for row in rows if role_of(row, told) is Role.PARAGRAPH).most_common(1)
    margin = margins[0][0] if margins else 0
    reason = Reason("two-rows-with-room", Role.VERSE, SETTLED)
    parts = stretches(rows)
    pairs = [_is_pair(part, told, usual) for part in parts]
    out: dict[int, Told] = {}
    for _, group in groupby(range(len(parts)), key=lambda n: pairs[n]):
        run = list(group)
        several = len(run) >= _PAIRS and all(map(is_line, (row for n in run for row in parts[n])))
        for part in (parts[n] for n in run if pairs[n]):
            inset = min(row.indent for row in part) >= margin + _SET_IN
            lines = is_line(part[1]) or part[0].text.rstrip("\"”»’'")[-1] in ",;–—-"  # small letters may go on in prose
            if (inset and lines and part[1].indent - part[0].indent <= _SET_IN) or several:
                out |= {row.number: overruled(reason, role_of(row, told)) for row in part}
    return out


def _is_pair(part: Sequence[Row], told: Mapping[int, Told], usual: int) -> bool:
    """Tell whether two rows of prose are lines: short, the first unfinished, with room for more than the next word."""
    if len(part) != _TWO or role_of(part[0], told) not in _PROSE or role_of(part[1], told) not in _PROSE:
        return False
    first, second = part
    room = first.end + 1 + second.need + _ROOM <= min(usual, first.indent + _NARROW)
    narrow = second.end - second.indent <= _NARROW
    inside = not STOPPED.search(first.text) and _ENDED.search(without_call(second.text, rounded=True))
    plain = all(map(_says, part)) and first.text[-1] not in ":"
    return bool(room and narrow and inside and plain and is_line(first))


def _says(row: Row) -> bool:
    """Tell whether a row has words in small letters, as no name and no address has but few."""
    words = _WORD.findall(row.text)
    return written(row.text) != "capitals" and _FEW * sum(word[0].islower() for word in words) >= len(words)


def last_lines(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row alone right below verse for its last line, where a heading or the end follows."""
    out: dict[int, Told] = {}
    reason = Reason("ends-a-poem", Role.VERSE, SETTLED)
    parts = stretches(rows)
    for above, part, below in zip(parts, parts[1:], [*parts[2:], []], strict=False):
        row = part[0]
        verse = len(above) > 1 and all(role_of(one, told) is Role.VERSE for one in above)
        ends = not below or (below[0].gap > row.gap and role_of(below[0], told) not in (*_PROSE, Role.VERSE))
        alike = any(row.indent == one.indent for one in above) and row.end <= max(one.end for one in above) + _FAR
        plain = _says(row) and is_line(row)
        if len(part) == 1 and verse and ends and alike and plain and row.gap == 1 and role_of(row, told) in _PROSE:
            out[row.number] = overruled(reason, role_of(row, told))
    return out


def shared(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the rows of a stretch below verse for verse in which one begins where the row above it ends."""
    out: dict[int, Told] = {}
    reason = Reason("shares-a-verse", Role.VERSE, SETTLED)
    for above, part in pairwise(stretches(rows)):
        verse = role_of(above[-1], told) is Role.VERSE or role_of(part[0], told) is Role.VERSE
        steps = [abs(row.indent - over.end - 1) <= _NEAR and row.indent >= _FAR for over, row in pairwise(part)]
        if verse and any(steps) and all(map(is_line, part)) and _is_said(part[-1]):
            for row in part:
                if (role := role_of(row, told)) in _PROSE:
                    out[row.number] = overruled(reason, role)
    return out


def _is_said(row: Row) -> bool:
    """Tell whether a row ends as verse does, and names nobody: whose the lines above are stands there, too."""
    return _ENDED.search(row.text) is not None and _NAMED.search(row.text) is None


def numbered(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows that begin with capitals for a stanza below a number, where its neighbours stand over stanzas."""
    out: dict[int, Told] = {}
    reason = Reason("stanza-of-a-series", Role.VERSE, SETTLED)
    run: list[Sequence[Row]] = []
    last = 0
    for part, below in pairwise([*stretches(rows), []]):
        found = NUMBER.match(without_call(part[0].text, rounded=True).strip("_ ")) if len(part) == 1 else None
        value = value_of(found["sign"]) if found else None
        if value is None or not below:
            continue
        if value != last + 1:
            out |= _stanzas(run, told, reason)
            run = []
        run.append(below)
        last = value
    return out | _stanzas(run, told, reason)


def _stanzas(run: Sequence[Sequence[Row]], told: Mapping[int, Told], reason: Reason) -> dict[int, Told]:
    verse = [all(role_of(row, told) is Role.VERSE for row in part) for part in run]
    if sum(verse) < _SERIES or _TWO * sum(verse) < len(run):
        return {}
    return {
        row.number: overruled(reason, role_of(row, told))
        for part, known in zip(run, verse, strict=True)
        if not known and len(part) > 1 and all(is_line(row) and role_of(row, told) in _PROSE for row in part)
        for row in part
    }


def as_stanzas(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take few rows for verse that stand beside a stanza, set in as stanzas are in this text and as no prose is."""
    parts = stretches(rows)
    verse = [all(role_of(row, told) is Role.VERSE for row in part) for part in parts]
    prose = {row.indent for part in parts if len(part) > _FEW for row in part if role_of(row, told) in _PROSE}
    usual = Counter(part[0].indent for part, one in zip(parts, verse, strict=True) if one and len(part) > 1)
    columns = {at for at, times in usual.items() if at and 2 * times >= usual.total() and times >= _STANZAS} - prose
    reason = Reason("set-in-as-stanzas", Role.VERSE, SETTLED)
    out: dict[int, Told] = {}
    for n, part in enumerate(parts):
        beside = any(verse[k] for k in (n - 1, n + 1) if 0 <= k < len(parts))
        near = part[0].gap <= 1 or part[-1].below <= 1
        says = all(map(_says, part)) and (_ENDED.search(without_call(part[-1].text, rounded=True)) is not None)
        few = len(part) <= _FEW and all(role_of(row, told) in _PROSE for row in part)
        if few and beside and near and says and {row.indent for row in part} <= columns:
            out |= {row.number: overruled(reason, role_of(row, told)) for row in part}
    return out


def in_quotes(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row in quotation marks from end to end for a quotation, far in between paragraphs at the margin."""
    out: dict[int, Told] = {}
    reason = Reason("row-in-quotes", Role.QUOTE, SETTLED)
    parts = stretches(rows)
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        row = part[0]
        prose = len(part) == 1 and role_of(row, told) is role_of(above[-1], told) is Role.PARAGRAPH
        far = above[-1].indent + _FAR <= row.indent > below[0].indent
        if prose and far and _QUOTED.fullmatch(row.text):
            out[row.number] = overruled(reason, Role.PARAGRAPH)
    return out
