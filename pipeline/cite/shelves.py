"""Where to look for the work that a citation names, without comparing it with every other.

Two titles can be one only in ways that leave a trace (:func:`pipeline.cite.same.same_title`): all words but few are
equal, one is what the other begins with, or one has an acronym for some words. Each way has a key; what shares none
cannot be the same work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator

from pipeline.cite.same import BREAK, fold, latin, people, title_words
from pipeline.model import Fields

Key = tuple[Hashable, ...]
_FEW = 7  # words; one word in so many may differ, beside the first
_SHORT = 4  # letters; in shorter words no slip of the pen is believed
_CUT = 3  # words of a title that was cut short, where year and publisher agree
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")


class Shelves:
    """Groups of spellings, each of one work, found by any spelling that could be of it."""

    def __init__(self) -> None:
        self._at: dict[Key, list[int]] = defaultdict(list)
        self._groups: list[list[Fields]] = []

    def near(self, fields: Fields) -> list[list[Fields]]:
        """Return the groups that may be of this work, in the order in which they came."""
        found = {n for key in _asked(fields) for n in self._at.get(key, ())}
        return [self._groups[n] for n in sorted(found)]

    def open(self, fields: Fields) -> None:
        """Begin a new group with ``fields``."""
        self._groups.append([])
        self._put(fields, len(self._groups) - 1)

    def add(self, fields: Fields, group: list[Fields]) -> None:
        """Add ``fields`` to a group that :meth:`near` returned."""
        self._put(fields, next(n for n in self._at[_shared(group[0])[0]] if self._groups[n] is group))

    def _put(self, fields: Fields, number: int) -> None:
        self._groups[number].append(fields)
        for key in {*_shared(fields), *_own(fields)}:
            self._at[key].append(number)

    def __iter__(self) -> Iterator[list[Fields]]:
        """Go through the groups, in the order in which they came."""
        return iter(self._groups)


def _shared(fields: Fields) -> list[Key]:
    """Return the keys under which two spellings of one title lie that have as many words, the whole title first."""
    who, words = _who(fields), tuple(title_words(fields.title))
    keys: list[Key] = [(who, "whole", words, fold(fields.container)[:3] if not words else "")]
    pieces = 2 + len(words) // _FEW
    if pieces == 2:
        keys += [(who, "one", words[:n], _class(word), words[n + 1 :]) for n, word in enumerate(words)]
    else:
        numbers = tuple(filter(_has_digit, words))
        ends = [len(words) * n // pieces for n in range(pieces + 1)]
        keys += [(who, "few", len(words), n, words[ends[n] : ends[n + 1]], numbers) for n in range(pieces)]
    return keys


def _own(fields: Fields) -> Iterator[Key]:
    """Return further keys under which a spelling lies: what it may be cut to, and its head."""
    who = _who(fields)
    for start in _starts(fields):
        yield who, "cut", start
    yield who, "head", _head(fields)
    if _ACRONYM.search(fields.title):
        yield who, "acronym", _head(fields)


def _asked(fields: Fields) -> Iterator[Key]:
    """Return the keys under which other spellings of the work may lie."""
    who = _who(fields)
    yield from _shared(fields)
    for start in _starts(fields):
        yield who, "whole", start, ""
    yield who, "cut", tuple(title_words(fields.title))
    yield who, "acronym", _head(fields)
    if _ACRONYM.search(fields.title):
        yield who, "head", _head(fields)


def _starts(fields: Fields) -> set[tuple[str, ...]]:
    """Return what the title may be cut to: at a break, and anywhere where year and publisher can agree."""
    words = tuple(title_words(fields.title))
    starts = {tuple(title_words(fields.title[: match.start()])) for match in BREAK.finditer(fields.title)} - {()}
    if fields.year and fields.publisher:
        starts |= {words[:n] for n in range(_CUT, len(words))}
    return starts - {words}


def _head(fields: Fields) -> tuple[str, ...]:
    return tuple(fold(fields.title).split()[:2])


def _who(fields: Fields) -> str:
    names = people(fields)
    if not names:
        return ""
    family = names[0].family or names[0].literal
    return latin(family)[:3] + "".join(filter(str.isdigit, family))


def _class(word: str) -> str:
    """Return what a word that may have a slip of the pen keeps: short words and numbers have none."""
    return word if _has_digit(word) else latin(word) if len(word) < _SHORT else "*"


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)
