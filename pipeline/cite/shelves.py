"""Where to look for the work that a citation names, without comparing it with every other.

Years, days, volumes and editions are marks on each shelf: of a hundred volumes with one title only that one is taken
down which can be meant.

Two titles can be one only in ways that leave a trace (:func:`pipeline.cite.same.same_title`): all words but few are
equal, one is what the other begins with, or one has an acronym for some words. Each way has a key; what shares none
cannot be the same work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import product

from pipeline.cite.same import BREAK, fold, latin, people, same_title, same_work, title_words
from pipeline.model import Fields

Key = tuple[Hashable, ...]
Spine = tuple[str, ...]
_FEW = 7  # words; one word in so many may differ, beside the first
_SHORT = 4  # letters; in shorter words no slip of the pen is believed
_CUT = 3  # words of a title that was cut short, where year and publisher agree
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")


class Group:
    """The spellings of one work, and what of them is compared: a hundred spellings may differ in the place alone."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.spellings: list[Fields] = []
        self._compared: dict[Fields, None] = {}

    def add(self, fields: Fields) -> None:
        """Add a spelling."""
        self.spellings.append(fields)
        self._compared[_compared(fields)] = None

    def fits(self, fields: Fields) -> bool:
        """Tell whether all spellings can be of the work that ``fields`` name."""
        return all(same_work(fields, other) for other in self._compared)

    def has_title(self, title: str) -> bool:
        """Tell whether one of the spellings has this very title."""
        return any(fold(title) == fold(other.title) for other in self._compared)


def _compared(fields: Fields) -> Fields:
    """Return what :func:`same_work` compares."""
    return Fields(
        author=people(fields),
        title=fields.title,
        container=fields.container,
        volume=fields.volume,
        edition=fields.edition,
        publisher=fields.publisher,
        year=fields.year,
        date=fields.date,
    )


class Shelves:
    """Groups of spellings, each of one work, found by any spelling that could be of it."""

    def __init__(self) -> None:
        self._at: dict[tuple[Key, str], _Shelf] = defaultdict(_Shelf)
        self._groups: list[Group] = []
        self._containers = _Containers()

    def near(self, fields: Fields) -> Iterator[Group]:
        """Yield the groups that may be of this work, each once."""
        seen: set[int] = set()
        spine = _spine(fields)
        for place in product(_asked(fields), self._containers.alike(fields.container)):
            if place in self._at:
                for number in self._at[place].take(spine):
                    if number not in seen:
                        seen.add(number)
                        yield self._groups[number]

    def open(self, fields: Fields) -> None:
        """Begin a new group with ``fields``."""
        self._groups.append(Group(len(self._groups)))
        self.add(fields, self._groups[-1])

    def add(self, fields: Fields, group: Group) -> None:
        """Add ``fields`` to a group that :meth:`near` returned."""
        group.add(fields)
        spine = _spine(fields)
        for key in {*_shared(fields), *_own(fields)}:
            self._at[key, fields.container].put(spine, group.number)

    def __iter__(self) -> Iterator[Group]:
        """Go through the groups, in the order in which they came."""
        return iter(self._groups)


class _Containers:
    """The journals, newspapers and books that works stand in, each with those that may be the same."""

    def __init__(self) -> None:
        self._named: dict[Key, list[str]] = defaultdict(list)
        self._alike: dict[str, dict[str, None]] = {"": {"": None}}

    def alike(self, container: str) -> Iterable[str]:
        """Return all that came before and may be ``container``, and itself."""
        if container not in self._alike:
            fields = Fields(title=container)
            near = dict.fromkeys(
                name for key in (*_asked(fields), *_slips(fields)) for name in self._named.get(key, ())
            )
            self._alike[container] = {container: None}
            for name in near:
                if same_title(container, name):
                    self._alike[container][name] = self._alike[name][container] = None
            for key in {*_shared(fields), *_own(fields), *_slips(fields)}:
                if key[1] != "one":  # those are for titles: too many journals differ in one word
                    self._named[key].append(container)
        return self._alike[container]


def _slips(fields: Fields) -> Iterator[Key]:
    """Return the keys that two titles share in which a letter of one word was left out, put in or changed.

    Many journals differ in one word: "Journal of …". What is the same in that word, but for a letter, is in the key.
    """
    words = tuple(title_words(fields.title))
    for n, word in enumerate(words):
        whole = _has_digit(word) or len(word) < _SHORT
        for left in {word, latin(word), *(word[:i] + word[i + 1 :] for i in range(0 if whole else len(word)))}:
            yield "", "slip", words[:n], left, words[n + 1 :]


class _Shelf:
    """The groups under one key, by what their spines say; a mark that is not there agrees with any."""

    def __init__(self) -> None:
        self._at: dict[tuple[Spine, Spine], dict[int, None]] = defaultdict(dict)
        self._kinds: set[Spine] = set()

    def put(self, spine: Spine, number: int) -> None:
        """Put a group on the shelf, for all who may ask for it with some of its marks."""
        kind = tuple("?" if mark else "" for mark in spine)
        self._kinds.add(kind)
        for asked in product(*(((mark, "") if mark else ("",)) for mark in spine)):
            self._at[kind, asked][number] = None

    def take(self, spine: Spine) -> Iterator[int]:
        """Yield the groups whose marks do not speak against these."""
        for kind in self._kinds:
            common = tuple(mark if there else "" for mark, there in zip(spine, kind, strict=True))
            yield from self._at.get((kind, common), ())


def _spine(fields: Fields) -> Spine:
    """Return what two spellings of one work must not differ in, where both have it."""
    return fields.year, fields.date, fold(fields.volume), fold(fields.edition)


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
