"""Looking for words among the notes: notes that were moved, and what must be left of a restyled citation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.proof.align import MISSING, locate

NEAR = 40
"""Citations stand in the order of their notes: so many ahead one is looked for, before anywhere else."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of one source line that must stand in one note: in order (a note that was moved), or anyhow."""

    line: int
    words: tuple[str, ...]
    ordered: bool


def missing_in_notes(wanted: Sequence[Wanted], notes: Sequence[Sequence[str]], *, spaced: bool = True) -> list[Wanted]:
    """Return what is not in the notes. Each word of a note serves only once."""
    free, missing = _take_moved([one for one in wanted if one.ordered], notes, spaced)
    return missing + _take_restyled([one for one in wanted if not one.ordered], free)


def _take_moved(
    wanted: Sequence[Wanted], notes: Sequence[Sequence[str]], spaced: bool
) -> tuple[list[Counter[str]], list[Wanted]]:
    """Find notes in order, then those that went elsewhere; return the words left over and what is missing."""
    given = [word for note in notes for word in note]
    places = locate([word for one in wanted for word in one.words], given, spaced=spaced)
    free = [True] * len(given)
    for place in places:
        if place != MISSING:
            free[place] = False
    missing: list[Wanted] = []
    starts: dict[str, list[int]] = defaultdict(list)
    at = 0
    for one in wanted:
        found, at = places[at : at + len(one.words)], at + len(one.words)
        if MISSING not in found:
            continue
        if not starts:
            for place, word in enumerate(given):
                starts[word].append(place)
        size = len(one.words)
        for place in found:
            if place != MISSING:
                free[place] = True
        for place in starts[one.words[0]]:
            if all(free[place : place + size]) and tuple(given[place : place + size]) == one.words:
                free[place : place + size] = [False] * size
                break
        else:
            for place in found:
                if place != MISSING:
                    free[place] = False
            lost = (word for word, place in zip(one.words, found, strict=True) if place == MISSING)
            missing.append(Wanted(one.line, tuple(lost), ordered=True))
    left: list[Counter[str]] = []
    at = 0
    for note in notes:
        left.append(Counter(_ranges([word for place, word in enumerate(note, at) if free[place]])))
        at += len(note)
    return left, missing


def _take_restyled(wanted: Sequence[Wanted], free: Sequence[Counter[str]]) -> list[Wanted]:
    """Take the words of each citation out of the nearest note that has them; return those that none has."""
    strayed: list[Wanted] = []
    reached = 0
    for one in wanted:
        need = Counter(_full(one.words))
        for number in range(reached, min(reached + NEAR, len(free))):
            if need <= free[number]:
                free[number].subtract(need)
                reached = number  # the next citation may stand in the same note
                break
        else:
            strayed.append(one)
    having: dict[str, list[int]] = defaultdict(list)
    if strayed:
        for number, words in enumerate(free):
            for word in words:
                having[word].append(number)
    missing: list[Wanted] = []
    for one in strayed:
        need = Counter(_full(one.words))
        rarest = min(need, key=lambda word: len(having[word]))
        number = next((number for number in having[rarest] if need <= free[number]), MISSING)
        if number == MISSING:
            missing.append(one)
        else:
            free[number].subtract(need)
    return missing


def _full(words: Sequence[str]) -> list[str]:
    """Write the end of a range of pages in full (356, 57 becomes 356, 357), as not every style does."""
    return [_after(words[place - 1], word) if place else word for place, word in enumerate(words)]


def _ranges(words: Sequence[str]) -> list[str]:
    """Return the words, and the ends of what may be ranges once more in full."""
    return [*words, *(full for word, full in zip(words, _full(words), strict=True) if word != full)]


def _after(first: str, last: str) -> str:
    if not (first.isdecimal() and last.isdecimal() and len(last) < len(first)):
        return last
    full = first[: -len(last)] + last
    return full if full > first else last
