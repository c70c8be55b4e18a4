"""Each line of a marked-up text traced into what Pandoc's reader made of it.

Its words stand in the book, or in a note, or they are signs of markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pipeline.markup.leaves import Leaf
from pipeline.model import Change, ChangeKind, Line, Role
from pipeline.words import words_of
from pipeline.words.align import MISSING, align, gaps

__all__ = ["Trace", "trace"]

_NOTE = "the note stands at the foot of the page of its call"
_SIGN = "a sign of markup, or what only a program reads"
_ONE = "what signs of markup part is one word"
_AGAIN = "the note is called once more"
_ROW = "the lines of one row are brought together, cell by cell"


_FAR = 200  # words that are looked through for those that are one in the book


@dataclass(frozen=True, slots=True)
class Trace:
    """What a line is, and what is on record of it."""

    line: int
    role: Role
    joined: bool
    level: int
    changes: tuple[Change, ...]


def trace(lines: Sequence[Line], found: Sequence[Leaf]) -> list[Trace]:
    """Trace ``lines`` into the leaves that were read of them; every non-blank line has a trace."""
    raw = [(line.number, word) for line in lines for word in words_of(line.text)]
    body = [(n, word) for n, leaf in enumerate(found) if not leaf.note for word in words_of(leaf.text)]
    notes = [(n, word) for n, leaf in enumerate(found) if leaf.note for word in words_of(leaf.text)]
    places = align([word for _, word in raw], [word for _, word in body])
    _slide(places, [word for _, word in raw])
    homes = [MISSING if place == MISSING else body[place][0] for place in places]
    glued = _glued([word for _, word in raw], [word for _, word in body], places)
    for n, (place, _) in glued.items():
        homes[n] = body[place][0]
    left = [n for n, home in enumerate(homes) if home == MISSING]
    for n, place in zip(left, align([raw[n][1] for n in left], [word for _, word in notes]), strict=True):
        homes[n] = MISSING if place == MISSING else notes[place][0]
    rows = _rows(raw, body, places, homes, found)
    of_line: dict[int, list[_Word]] = {}
    for n, ((number, word), home) in enumerate(zip(raw, homes, strict=True)):
        of_line.setdefault(number, []).append(_Word(word, home, glued[n][1] if n in glued else None))
    again = _again(raw, homes, found)
    out: list[Trace] = []
    above = MISSING
    for line in lines:
        if line.blank:
            above = MISSING
            continue
        words = of_line.get(line.number, [])
        homed = Counter(word.home for word in words if word.home != MISSING)
        home = homed.most_common(1)[0][0] if homed else MISSING
        leaf = found[home] if home != MISSING else Leaf(Role.BOILERPLATE, "")
        joined = home != MISSING and home == above
        changes = _joined(line, rows[line.number]) if line.number in rows else _changes(line, words, found)
        out.append(Trace(line.number, leaf.role, joined, leaf.level, (*changes, *again.get(line.number, ()))))
        above = home
    return out


class _Word(NamedTuple):
    """A word of the source, the leaf where it stands, and what it is there, if it is written as one with others."""

    said: str
    home: int
    as_one: str | None


def _glued(raw: Sequence[str], body: Sequence[str], places: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Find words of the source that are one word in the book: what stands between them is markup, and no space.

    Returns:
        For the first of such words its place in ``body`` and what stands there, for the others the place and nothing.

    """
    found: dict[int, tuple[int, str]] = {}
    for start, end in gaps(places):
        at, low = start, places[start - 1] + 1 if start else 0
        for place in range(low, places[end] if end < len(places) else len(body)):
            for first in range(at, min(end, at + _FAR)):
                if raw[first] != body[place] and (last := _spelt(body[place], raw, first, min(end, first + _FAR))):
                    found |= dict.fromkeys(range(first, last), (place, "")) | {first: (place, body[place])}
                    at = last
                    break
    return found


def _spelt(word: str, raw: Sequence[str], first: int, end: int) -> int:
    """Return where the words end that ``word`` is made of, from ``first`` on; 0 if it is not.

    A sign may be written close to the last of them, as the name of a macro is.
    """
    reached = {0}  # letters of the word that are found, with some of the words so far or others
    for at in range(first, end):
        for place in [*reached] if at > first else [0]:
            if word.startswith(raw[at], place):
                reached.add(place + len(raw[at]))
            elif raw[at].startswith(word[place:]):
                return at + 1
        if at == first:
            reached.discard(0)
        if not reached or len(word) in reached:
            return at + 1 if reached else 0
    return 0


def _again(raw: Sequence[tuple[int, str]], homes: Sequence[int], found: Sequence[Leaf]) -> dict[int, list[Change]]:
    """Return the notes that are called once more, by the line where they begin: each call has the words of the note."""
    words: dict[int, str] = {}
    for leaf in found:
        if leaf.note:
            words[leaf.note] = f"{words.get(leaf.note, '')}\n{leaf.text}"
    begins: dict[str, int] = {}
    homed: set[int] = set()
    for (number, _), home in zip(raw, homes, strict=True):
        if home != MISSING and (note := found[home].note):
            begins.setdefault(words[note], number)
            homed.add(note)
    out: dict[int, list[Change]] = {}
    for note, text in words.items():
        if note not in homed and text in begins:
            number = begins[text]
            out.setdefault(number, []).append(Change(number, ChangeKind.MOVED, "", text, _AGAIN))
    return out


def _rows(
    raw: Sequence[tuple[int, str]],
    body: Sequence[tuple[int, str]],
    places: Sequence[int],
    homes: Sequence[int],
    found: Sequence[Leaf],
) -> dict[int, str]:
    """Return the lines whose cells go on in lines below, as those of a grid do, with what is read of them.

    What the book has of several such lines stands at the first of them, and nothing at the others.
    """
    taken = {place for place in places if place != MISSING}
    spare: dict[str, list[int]] = {}
    for place, (leaf, word) in reversed([*enumerate(body)]):
        if place not in taken and found[leaf].role is Role.TABLE:
            spare.setdefault(word, []).append(leaf)
    if not spare:
        return {}
    of_leaf: dict[int, set[int]] = {}
    for (number, _), home in zip(raw, homes, strict=True):
        if home != MISSING and found[home].role is Role.TABLE:
            of_leaf.setdefault(home, set()).add(number)
    together: list[tuple[set[int], set[int]]] = [(lines, {leaf}) for leaf, lines in of_leaf.items()]
    for (number, word), home in zip(raw, homes, strict=True):
        if home == MISSING and spare.get(word):
            leaf = spare[word].pop()
            joined = [one for one in together if number in one[0] or leaf in one[1]]
            together = [one for one in together if one not in joined]
            lines, leaves = {number}.union(*(one[0] for one in joined)), {leaf}.union(*(one[1] for one in joined))
            together.append((lines, leaves))
    out: dict[int, str] = {}
    for lines, leaves in together:
        text = " ".join(found[leaf].text for leaf in sorted(leaves))
        read = Counter(word for number, word in raw if number in lines)
        if len(lines) > 1 and read == Counter(words_of(text)):
            out |= dict.fromkeys(lines, "") | {min(lines): text}
    return out


def _joined(line: Line, text: str) -> Iterator[Change]:
    yield Change(line.number, ChangeKind.JOINED, line.text, text, _ROW)


def _slide(places: list[int], words: Sequence[str]) -> None:
    """Let a word stand beside the one that follows it in the book, where the same word does: "the" is everywhere."""
    after = MISSING
    for n in range(len(places) - 1, -1, -1):
        if places[n] == MISSING:
            continue
        beside = after - 1
        if after != MISSING and places[n] + 1 == places[after] and n < beside and words[beside] == words[n]:
            places[beside], places[n] = places[n], MISSING
            after = beside
        else:
            after = n


def _changes(line: Line, words: Sequence[_Word], found: Sequence[Leaf]) -> Iterator[Change]:
    """Record the runs of words on a line that stand in a note, as one word, or nowhere."""

    def fate(word: _Word) -> ChangeKind | None:
        if word.as_one is not None:
            return ChangeKind.JOINED
        if word.home == MISSING:
            return ChangeKind.RELABELLED
        return ChangeKind.MOVED if found[word.home].note else None

    before = ""
    for kind, group in groupby(words, key=fate):
        some = list(group)
        run = " ".join(word.said for word in some)
        if kind is ChangeKind.JOINED:
            one = " ".join(word.as_one for word in some if word.as_one)
            yield Change(line.number, kind, f"{before} {run}".strip(), f"{before} {one}".strip(), _ONE)
        elif kind is ChangeKind.RELABELLED:
            yield Change(line.number, kind, f"{before} {run}".strip(), before, _SIGN)
        elif kind is ChangeKind.MOVED:
            yield Change(line.number, kind, run, run, _NOTE)
        before = run.rsplit(" ", 1)[-1] if kind is None else ""
