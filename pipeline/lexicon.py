"""Words that an editor would look at: spelt in several ways, hyphenated both ways, once beside a near twin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.model import Decision, Line, Role
from pipeline.report import Finding

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-‐][^\W\d_]+)*")
_NOT_READ = {Role.BOILERPLATE, Role.CONTENTS}
_LEAST = 5  # letters; shorter words have too many neighbours
_OFTEN = 4  # times that the commoner of two near twins stands
_SHARE = 5  # times that it is commoner than the other
_SLIP, _SWAP = 7, 10
"""Letters of words that are no names, in which a letter too many, or another letter, is a slip: shorter words have
neighbours that are words, too."""
_ENDINGS = 2  # letters at the end by which the forms of one word differ


class Suspicion(StrEnum):
    """Why a word is looked at."""

    MISREAD = "misread by a machine"
    NAME = "a name spelt in several ways"
    HYPHEN = "hyphenated both ways"
    TWIN = "once beside a near twin"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word that may be another, spelt otherwise: both, and the lines of each."""

    why: Suspicion
    said: str
    meant: str
    lines: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words of a text, as they are spelt, each with its lines (a line as often as the word stands on it)."""

    places: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, lines: Iterable[Line], decisions: Iterable[Decision]) -> Lexicon:
        """Gather the words of what is in the book."""
        left = {one.line for one in decisions if one.role in _NOT_READ}
        places: dict[str, list[int]] = defaultdict(list)
        for line in lines:
            if line.number not in left:
                for found in _WORD.findall(line.text):
                    places[found].append(line.number)
        return cls({word: tuple(at) for word, at in places.items()})

    def by_frequency(self, words: str = "") -> list[tuple[str, tuple[int, ...]]]:
        """Return the words, those that stand most often first; only those that have ``words`` in them."""
        wanted = words.casefold()
        found = [(word, at) for word, at in self.places.items() if wanted in word.casefold()]
        return sorted(found, key=lambda one: (-len(one[1]), one[0].casefold()))

    def suspects(self, findings: Sequence[Finding] = ()) -> list[Suspect]:
        """Return the words to look at, each kind of suspicion together."""
        found = [*self._misread(findings), *self._hyphened(), *self._twins(self.places)]
        order = list(Suspicion)
        return sorted(found, key=lambda one: (order.index(one.why), one.meant.casefold(), one.said))

    def names(self) -> list[Suspect]:
        """Return the names that are spelt in several ways, in the order of their lines."""
        return sorted(self._twins(filter(self._is_name, self.places)), key=lambda one: (one.lines[0], one.said))

    def _misread(self, findings: Sequence[Finding]) -> Iterator[Suspect]:
        for one in findings:
            if one.code == "misread-word":
                said, meant = re.findall("“([^”]+)”", one.message)[:2]
                yield Suspect(Suspicion.MISREAD, said, meant, self.places.get(said, (one.line or 0,)), ())

    def _hyphened(self) -> Iterator[Suspect]:
        """Yield words that stand with a hyphen and without; the rarer spelling is the suspect."""
        small = {word.casefold(): word for word in self.places if "-" not in word}
        for word, at in self.places.items():
            if "-" not in word or word.casefold().replace("-", "") not in small:
                continue
            whole = small[word.casefold().replace("-", "")]
            others = self.places[whole]
            if word[0].isupper() == whole[0].isupper():
                said, meant = (word, whole) if len(at) <= len(others) else (whole, word)
                yield Suspect(Suspicion.HYPHEN, said, meant, self.places[said], self.places[meant])

    def _twins(self, words: Iterable[str]) -> Iterator[Suspect]:
        """Yield those of ``words`` beside a common one that differs in one letter, or two that changed places."""
        small = {word: len(self.places[word]) for word in words}
        common = [word for word, times in small.items() if times >= _OFTEN and len(word) >= _LEAST]
        near: dict[str, list[str]] = defaultdict(list)
        for word in common:
            for key in _without_one(word):
                near[key].append(word)
        for word, times in small.items():
            if len(word) < _LEAST or "-" in word:
                continue
            for other in {other for key in _without_one(word) for other in near.get(key, ())}:
                if times * _SHARE <= small[other] and self._is_twin(word, other):
                    why = Suspicion.NAME if self._is_name(word) and self._is_name(other) else Suspicion.TWIN
                    if why is Suspicion.NAME or (times == 1 and _is_slip(word, other)):
                        yield Suspect(why, word, other, self.places[word], self.places[other])

    def _is_twin(self, word: str, other: str) -> bool:
        """Tell whether two words are one, misspelt: they differ by one slip, inside of the word."""
        if word == other or word[0] != other[0] or "-" in other or word.isupper() != other.isupper():
            return False
        shared = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
        inside = max(len(word), len(other)) - shared > _ENDINGS
        return inside and DamerauLevenshtein.distance(word, other, score_cutoff=1) == 1

    def _is_name(self, word: str) -> bool:
        return word[0].isupper() and word.casefold() not in self.places


def _is_slip(word: str, other: str) -> bool:
    return len(word) >= (_SWAP if len(word) == len(other) and sorted(word) != sorted(other) else _SLIP)


def _without_one(word: str) -> Iterator[str]:
    """Yield the word, and the word without each of its letters: two words at one slip have one of these in common."""
    yield word
    yield from (word[:n] + word[n + 1 :] for n in range(len(word)))
