"""Speeches in verse: the turns of a play whose lines were set as lines, each with a capital and with room to spare.

An editor sees it from the whole play: where some speeches of three lines and more are in verse, shorter ones beside
them are too, and a line that begins far to the right goes on with the one that the last speaker left unfinished.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.arrange.turns import stands_alone
from pipeline.label.layout import begins_with_capital, columns, is_full
from pipeline.label.openers import label_of_turn
from pipeline.model import NEW_LINE, Decision, Role

SHARED = 8  # columns to the right of the other lines: what the last speaker began goes on there

_FULL = 72  # columns of a line of prose, where no speech in prose shows how many there are
_TOLD = 3  # lines of a speech that shows by itself that it is in verse
_SUNG = 2  # columns by which the singer stands farther in than who speaks
_PLAY = 3  # speeches of that length in verse at least, or that go on with the last speaker's line, and
_SHARE = 0.25  # of all that are as long: so many, and some of the play is in verse
_MOSTLY = 0.6  # the same: so many, and speeches of two lines are no accident
_ALL = 0.9  # of the lines begin with a capital, and have room for the next word
_ROOM = 0.4  # of the lines have room for the next word: more than prose leaves, of which none has but the last, and
_NARROW = 62  # columns that they have at most, and verse may begin its lines with small letters
_NARROWEST = 0.75  # of the width of prose
_RAGGED = 12  # lines that tell it
_HYPHENS = 0.02  # of the lines break a word: fewer may be words of two halves
_BROKEN = re.compile(r"[^\W\d_][-\xad\u2010]$")
_ASIDE = re.compile(r"\s?(?:\([^)]{2,120}\)|\[[^\]]{2,120}\])[.:]?")


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn: ``head`` is who speaks and what he does, ``rows`` its lines, each with the column at which it begins.

    ``scene``: how many headings stand above it. ``hangs``: the column of its words behind the name, where the other
    lines stand right below them; else 0. ``begins``: the column of its first word in the source; ``column``: that
    of who speaks.
    """

    head: str
    rows: tuple[tuple[int, str], ...]
    scene: int = 0
    hangs: int = 0
    begins: int = 0
    gap: int = 0
    column: int = 0

    def reads_as_verse(self, width: int, small: bool) -> bool:
        """Tell whether nearly all lines begin with capitals and end before a line ``width`` columns long is full.

        ``small``: the verse of this play begins its lines with small letters where no sentence does.
        """
        if small:
            return len(self.rows) > 1
        if self.hangs and len(self.rows) > 1 and all(at + columns(row) <= _NARROWEST * width for at, row in self.rows):
            return True  # prose that hangs fills its rows
        words = [row for _, row in self.rows]
        capitals = [begins_with_capital(row) for row in words[1:]]
        room = [not is_full(" " * at + row, after, width) for (at, row), (_, after) in pairwise(self.rows)]
        return sum(capitals) >= _ALL * len(capitals) and sum(room) >= _ALL * len(room)

    def set_in_lines(self, lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
        """Return ``lines``, those that it was read from, as one text, and where each of them begins in it.

        Who speaks has a line to himself; the others keep the columns by which they are set in.
        """
        cut = lines[0].index(self.head) + len(self.head)
        first = lines[0][cut:].strip()
        words = [*((first,) if first else ()), *lines[1:]]
        text, starts = lines[0][:cut], [0]
        for (at, _), row in zip(self.rows, words, strict=True):
            text += NEW_LINE + "\u00a0" * at
            starts.append(len(text))
            text += row
        return text, tuple(starts if not first else (0, *starts[2:]))


def verse_speeches(decisions: Sequence[Decision], text: Mapping[int, str]) -> dict[tuple[int, ...], Speech]:
    """Return the turns in verse by the numbers of their lines, and how far these are set in from the usual place.

    ``text``: each line as it stands. Turns of texts that say themselves what a line is (chats, transcripts) are none.
    """
    turns = _turns(decisions, text)
    if _breaks_words(turns):
        return {}
    small = _in_small_letters(turns)
    width = _width(turns)
    several = {lines: one for lines, one in turns if len(one.rows) > 1}
    verse = {lines: one for lines, one in several.items() if one.reads_as_verse(width, small)}
    long = [lines for lines, one in several.items() if len(one.rows) >= _TOLD]
    told = [lines for lines in long if lines in verse]
    usual = min((at for one in verse.values() for at, _ in one.rows[1:]), default=0)
    going_on = sum(one.rows[0][0] - usual >= SHARED for _, one in turns if one.rows)
    if not told or len(told) + going_on < _PLAY or len(told) < _SHARE * len(long):
        return _songs(turns, verse)
    if len(told) < _MOSTLY * len(long):
        verse = {lines: one for lines, one in verse.items() if len(one.rows) >= _TOLD}
    found = {place for place, (lines, _) in enumerate(turns) if lines in verse}
    single = [len(one.rows) == 1 and columns(one.rows[0][1]) <= width for _, one in turns]
    mostly = len(told) >= _MOSTLY * len(long)
    shared = {place for place, (_, one) in enumerate(turns) if single[place] and one.rows[0][0] - usual >= SHARED}
    found |= shared | {place - 1 for place in shared if place and single[place - 1]}
    scenes = [one.scene for _, one in turns]
    for step, order in ((-1, range(1, len(turns))), (1, reversed(range(len(turns) - 1)))):
        for place in order if mostly else ():
            if single[place] and place + step in found and scenes[place] == scenes[place + step]:
                found.add(place)
    return {turns[place][0]: _set_in(turns[place][1], usual) for place in sorted(found)}


def _songs(
    turns: Sequence[tuple[tuple[int, ...], Speech]], verse: Mapping[tuple[int, ...], Speech]
) -> dict[tuple[int, ...], Speech]:
    """Return the songs of a play in prose: turns in verse whose singer stands farther in than who speaks."""
    usual = Counter(one.column for _, one in turns).most_common(1)[0][0] if turns else 0
    return {
        lines: _set_in(one, min(at for at, _ in one.rows))
        for lines, one in verse.items()
        if len(one.rows) >= _TOLD and one.column >= usual + _SUNG
    }


def _turns(decisions: Sequence[Decision], text: Mapping[int, str]) -> list[tuple[tuple[int, ...], Speech]]:
    """Return the turns of speech in order, each with the numbers of its lines."""
    groups: list[tuple[int, list[int]]] = []
    scene = 0
    for decision in decisions:
        scene += decision.role in (Role.TITLE, Role.HEADING)
        if decision.role is not Role.DIALOGUE or decision.level:
            continue
        if decision.joined and groups:
            groups[-1][1].append(decision.line)
        else:
            groups.append((scene, [decision.line]))
    made = [(tuple(lines), _speech([text[line] for line in lines], scene)) for scene, lines in groups]
    turns = [(lines, one) for lines, one in made if one is not None]
    gap, column = _tabulators([one for _, one in turns if one.gap])
    return [
        (lines, _from_margin(one) if one.gap and (one.gap == gap or one.begins == column) else one)
        for lines, one in turns
    ]


def _tabulators(beside: Sequence[Speech]) -> tuple[int, int]:
    """Return the gap behind the name, and the column, at which most of the speeches begin whatever was said before.

    A line that goes on with the last speaker's begins where that ended: now here, now there. 0 for none.
    """
    most = [Counter(kinds).most_common(1) for kinds in ([one.gap for one in beside], [one.begins for one in beside])]
    gap, column = (found[0][0] if found and found[0][1] >= max(_PLAY, _MOSTLY * len(beside)) else 0 for found in most)
    return gap, column


def _from_margin(speech: Speech) -> Speech:
    """Let the first line of a speech begin where its other lines do; one that has no others, at the margin."""
    below = min((at for at, _ in speech.rows[1:]), default=0)
    return replace(speech, rows=((below, speech.rows[0][1]), *speech.rows[1:]))


def _speech(lines: Sequence[str], scene: int) -> Speech | None:
    """Part a turn into who speaks and what is said; nothing for one that nobody speaks or in which nothing is said."""
    first = lines[0].expandtabs().rstrip()
    bare = first.lstrip()
    cut = label_of_turn(bare)
    rows = [(len(line) - len(line.lstrip()), line.strip()) for one in lines[1:] if (line := one.expandtabs())]
    behind = bare[cut:].strip()
    below = min((at for at, row in rows if not _ASIDE.fullmatch(row.replace("_", ""))), default=0)
    if stands_alone(bare):
        words = len(first) - len(behind)
        column = len(first) - len(bare)
        return Speech(bare, tuple(rows), scene, words if words == below else 0, rows[0][0], 0, column) if rows else None
    if not cut:
        return None
    if aside := _ASIDE.match(bare[cut:]):
        cut += aside.end()
        behind = bare[cut:].strip()
    gap = len(bare[cut:]) - len(bare[cut:].lstrip())
    words = len(first) - len(behind)
    at = words if gap >= SHARED else below
    return Speech(
        bare[:cut], ((at, behind), *rows), scene, words if words == below else 0, words, gap, len(first) - len(bare)
    )


def _breaks_words(turns: Sequence[tuple[tuple[int, ...], Speech]]) -> bool:
    """Tell whether words are broken at the ends of lines, as in prose; verse breaks none."""
    links = [(row, after) for _, one in turns for (_, row), (_, after) in pairwise(one.rows)]
    broken = sum(bool(_BROKEN.search(row)) and after[:1].islower() for row, after in links)
    return broken >= _PLAY and broken > _HYPHENS * len(links)


def _width(turns: Sequence[tuple[tuple[int, ...], Speech]]) -> int:
    """Return how many columns the prose of the play has: its lines are those that go on in small letters."""
    prose = sorted(
        at + columns(row)
        for _, one in turns
        for (at, row), (_, after) in pairwise(one.rows)
        if not begins_with_capital(after)
    )
    return prose[len(prose) * 19 // 20] if len(prose) > _PLAY * _TOLD else _FULL


def _in_small_letters(turns: Sequence[tuple[tuple[int, ...], Speech]]) -> bool:
    """Tell whether the speeches are in verse, of which many lines begin with small letters, as in Spanish and Italian.

    Prose breaks a line where the next word has no more room, verse before.
    """
    typed = [((one.begins, one.rows[0][1]), *one.rows[1:]) for _, one in turns]
    pairs = [pair for rows in typed for pair in pairwise(rows)]
    if len(pairs) < _RAGGED or sum(begins_with_capital(row) for _, (_, row) in pairs) >= _ALL * len(pairs):
        return False
    ends = sorted(at + columns(row) for rows in typed for at, row in rows)
    width = ends[len(ends) * 19 // 20]
    room = sum(not is_full(" " * at + row, after, width) for (at, row), (_, after) in pairs)
    return width <= _NARROW and room >= _ROOM * len(pairs)


def _set_in(speech: Speech, usual: int) -> Speech:
    margin = speech.hangs or usual
    return replace(speech, rows=tuple((max(0, at - margin), row) for at, row in speech.rows))
