"""Looking for words among the notes: notes that were moved, and what must be left of a restyled citation."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from pipeline.words.align import MISSING, locate

NEAR = 40
"""Notes and citations stand in order: so many ahead one is looked for, before anywhere else."""

OPENING = 3
"""Words by which a line that stands elsewhere is looked up."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of one source line that must stand in one note: in order (a note that was moved), or anyhow."""

    line: int
    words: tuple[str, ...]
    ordered: bool


@dataclass(slots=True)
class _Left:
    """What is left of a note: words of its own that nobody has asked for yet, and those of the works that it cites."""

    own: Counter[str]
    behind: Counter[str]

    def take(self, words: Sequence[str]) -> bool:
        """Take all of ``words``, ends of ranges as they are or written in full; nothing if one of them is not there."""
        served = self._serving(words)
        if served is None:
            return False
        self.own -= served[0]
        self.behind -= served[1]
        return True

    def speaks(self, words: Sequence[str]) -> bool | None:
        """Tell whether the note says some of ``words`` itself, not only a work that it cites; None if it lacks some."""
        served = self._serving(words)
        return None if served is None else bool(served[0])

    def _serving(self, words: Sequence[str]) -> tuple[Counter[str], Counter[str]] | None:
        """Return which of its own words and of those behind it would serve; None if they do not."""
        own, behind = Counter[str](), Counter[str]()
        for forms in written(words):
            for form in forms:
                if own[form] < self.own[form]:
                    own[form] += 1
                    break
                if behind[form] < self.behind[form]:
                    behind[form] += 1
                    break
            else:
                return None
        return own, behind


def seek_in_notes(
    wanted: Sequence[Wanted],
    notes: Sequence[Sequence[str]],
    behind: Sequence[Sequence[str]] = (),
    *,
    spaced: bool = True,
) -> tuple[list[Wanted], list[tuple[str, ...]]]:
    """Look for ``wanted`` in ``notes``; each word of a note serves only once.

    Args:
        wanted: what must stand there, in the order of the source.
        notes: the words of each note.
        behind: those of the works that each cites; if they are not known, nothing is too much.
        spaced: as in :class:`pipeline.proof.streams.Streams`.

    Returns:
        What is missing, and for each note what was not asked for.

    """
    free, missing = _take_moved([one for one in wanted if one.ordered], notes, spaced)
    left = []
    for number, words in enumerate(free):
        full = () if behind else ranges(words)
        left.append(_Left(Counter(words), Counter((*full, *(behind[number] if behind else ())))))
    restyled = [one for one in wanted if not one.ordered]
    lacking, rest = _take_restyled(restyled, left, own_first=True)
    if lacking:  # a note may have given a citation what is said by the work of another, its own
        other, left_over = _take_restyled(restyled, left, own_first=False)
        if _size(other, left_over) < _size(lacking, rest):
            lacking, rest = other, left_over
    missing += lacking
    return missing, [tuple(one.own.elements()) for one in rest] if behind else []


def _size(missing: Sequence[Wanted], left: Sequence[_Left]) -> tuple[int, int]:
    """Weigh a distribution of notes: how many words it misses, and how many it leaves over."""
    return sum(len(one.words) for one in missing), sum(one.own.total() for one in left)


def _take_moved(
    wanted: Sequence[Wanted], notes: Sequence[Sequence[str]], spaced: bool
) -> tuple[list[list[str]], list[Wanted]]:
    """Find whole notes, then lines in order, then those that went elsewhere.

    Returns the words that are left over of each note, and what is missing.
    """
    wanted, whole = _take_whole(wanted, notes, " " if spaced else "")
    notes = [() if number in whole else note for number, note in enumerate(notes)]
    given = [word for note in notes for word in note]
    places = locate([word for one in wanted for word in one.words], given, spaced=spaced)
    free = [True] * len(given)
    for place in places:
        if place != MISSING:
            free[place] = False
    missing: list[Wanted] = []
    starts: dict[tuple[str, ...], list[int]] = {}
    at = 0
    for one in wanted:
        found, at = places[at : at + len(one.words)], at + len(one.words)
        if MISSING not in found:
            continue
        starts = starts or _starts(given)
        size = len(one.words)
        for place in found:
            if place != MISSING:
                free[place] = True
        for place in starts.get(one.words[:OPENING], ()):
            if all(free[place : place + size]) and tuple(given[place : place + size]) == one.words:
                free[place : place + size] = [False] * size
                break
        else:
            for place in found:
                if place != MISSING:
                    free[place] = False
            lost = (word for word, place in zip(one.words, found, strict=True) if place == MISSING)
            missing.append(replace(one, words=tuple(lost)))
    left: list[list[str]] = []
    at = 0
    for note in notes:
        left.append([word for place, word in enumerate(note, at) if free[place]])
        at += len(note)
    return left, missing


def _take_whole(wanted: Sequence[Wanted], notes: Sequence[Sequence[str]], space: str) -> tuple[list[Wanted], set[int]]:
    """Take the lines that a note consists of, word for word; return the lines that are left and those notes.

    ``space``: what stands between words; nothing where a word may be several of those that are wanted.

    Of notes that say the same, as a note that is called twice does, each has lines of its own: where the lines were
    looked for in the stream of all notes, one might be found half in the one and half in the other.
    """
    openings: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for at, one in enumerate(wanted):
        openings[one.words[:OPENING]].append(at)
    taken = [False] * len(wanted)
    whole: set[int] = set()
    for number, note in enumerate(notes):
        said = "".join(f"{word}{space}" for word in note)
        for size in range(OPENING, 0, -1):
            waiting = openings.get(tuple(note[:size]), deque())
            while waiting and taken[waiting[0]]:
                waiting.popleft()
            ends = ((at, _end_of(said, wanted, taken, at, space)) for at in islice(waiting, NEAR))  # others begin alike
            start, end = next(((at, end) for at, end in ends if end), (0, 0))
            if end:
                taken[start:end] = [True] * (end - start)
                whole.add(number)
                break
    return [one for one, gone in zip(wanted, taken, strict=True) if not gone], whole


def _end_of(said: str, wanted: Sequence[Wanted], taken: Sequence[bool], start: int, space: str) -> int:
    """Return the end of the lines from ``start`` on that are together what a note ``said``; 0 if they are not."""
    at, place = start, 0
    while place < len(said) and at < len(wanted) and not taken[at]:
        words = "".join(f"{word}{space}" for word in wanted[at].words)
        if not said.startswith(words, place):
            return 0
        at, place = at + 1, place + len(words)
    return at if place == len(said) and at > start else 0


def _starts(words: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    """Return the places of each word, of each two and of each three in a row."""
    out: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(words)):
        for size in range(1, OPENING + 1):
            out[tuple(words[place : place + size])].append(place)
    return out


def _take_restyled(
    wanted: Sequence[Wanted], notes: Sequence[_Left], *, own_first: bool
) -> tuple[list[Wanted], list[_Left]]:
    """Take the words of each citation out of the nearest note that has them.

    ``own_first``: rather out of one that says them itself than out of one whose work has them, perhaps by chance.
    Returns the citations that no note has, and what is left of the notes.
    """
    left = [_Left(Counter(one.own), Counter(one.behind)) for one in notes]
    strayed: list[Wanted] = []
    reached = 0
    for one in wanted:
        near: int | None = None
        for number in range(reached, min(reached + NEAR, len(left))):
            spoken = left[number].speaks(one.words)
            if spoken or (spoken is False and near is None):
                near = number
            if spoken or (near is not None and not own_first):
                break
        if near is None:
            strayed.append(one)
        else:
            left[near].take(one.words)
            reached = near  # the next citation may stand in the same note
    having: dict[str, list[int]] = defaultdict(list)
    if strayed:
        for number, note in enumerate(left):
            for word in {*note.own, *note.behind}:
                having[word].append(number)
    missing: list[Wanted] = []
    for one in strayed:
        known = [having[word] for word in one.words if word in having]
        if not any(left[number].take(one.words) for number in min(known, key=len, default=())):
            missing.append(one)
    return missing, left


def written(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each word how an edition may write it: what may be the end of a range as it is, or in full."""
    return [(word, _after(words[place - 1], word)) if place else (word,) for place, word in enumerate(words)]


def ranges(words: Sequence[str]) -> list[str]:
    """Return the ends of what may be ranges, in full, where a style wrote them short."""
    return [full for first, last in pairwise(words) if (full := _after(first, last)) != last]


def _after(first: str, last: str) -> str:
    """Write the end of a range of pages in full (356, 57 becomes 356, 357), as not every style does."""
    if not (first.isdecimal() and last.isdecimal() and len(last) < len(first)):
        return last
    full = first[: -len(last)] + last
    return full if full > first else last
