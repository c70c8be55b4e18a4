"""Whole words: a capital that was set apart from its word, and words whose letters were set apart.

A drop capital comes out as "T HE ferry", or on a row of its own; a heading set wide as "C H A P T E R  T W O".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.model import Change, ChangeKind, Line

__all__ = ["whole"]

_DROPPED = re.compile(r"^(?P<open>[“\"‘'«„]?\s?)(?P<letter>[^\W\d_a-zà-öø-ÿ])\s+(?P<rest>[^\W\d_]+)(?P<after>.*)$")
_LONE = re.compile(r"^[“\"‘'«„]?[^\W\d_a-zà-öø-ÿ]$")
_PIECE = r"[^\W\d_](?: [^\W\d_])+"
_SPACED = re.compile(rf"(?<![^\s“\"(]){_PIECE}(?:\s{{2,}}(?:{_PIECE}|[IVXLC\d]+(?!\S)))*(?![^\s.,:;!?”\")])")
_ELIDED = re.compile(r"[^\W\d_]['’]\w")  # "l'air" is whole
_FEWEST = 3  # letters; fewer are initials
_WORDS = re.compile(r"[^\W\d_]{2,}")
_CAPITAL = "the first letter of a chapter, set large, is joined to its word"
_LETTERS = "letters that were set wide are a word"
_LONGEST = 60  # letters; no heading is longer
_CHAPTERS = (
    "chapter part book section volume act scene letter preface introduction contents the end of one two three four"
)


def whole(lines: Sequence[Line]) -> tuple[list[Line], tuple[Change, ...]]:
    """Return the lines of a text with such words whole, and a change for each."""
    known = Counter(word.casefold() for line in lines for word in _WORDS.findall(line.text))
    words = frozenset(known) | frozenset(_CHAPTERS.split())
    out: list[Line] = []
    changes: list[Change] = []
    waiting: Line | None = None  # with a lone capital
    at = 0  # where it stands in ``out``
    for line in lines:
        text = line.text
        feed = text[: len(text) - len(text.lstrip("\f"))]
        bare = text.strip()
        indent = text[len(feed) : len(text) - len(text.lstrip())] if bare else ""
        for spaced in reversed([*_SPACED.finditer(bare)]):
            if len("".join(spaced[0].split())) < _FEWEST:
                continue
            word = _closed(spaced[0], words)
            changes.append(Change(line.number, ChangeKind.REPAIRED, spaced[0], word, _LETTERS))
            bare = bare[: spaced.start()] + word + bare[spaced.end() :]
        if waiting is not None and bare:
            joined = _joined(waiting.text.strip(), bare, known)
            if joined:
                changes += (
                    Change(waiting.number, ChangeKind.REPAIRED, waiting.text.strip(), "", _CAPITAL),
                    Change(line.number, ChangeKind.REPAIRED, bare.split()[0], joined.split()[0], _CAPITAL),
                )
                above = waiting.text
                out[at] = replace(waiting, text=above[: len(above) - len(above.lstrip("\f"))])
                bare = joined
            waiting = None
        elif found := _DROPPED.match(bare):
            joined = _joined(found["open"] + found["letter"], found["rest"] + found["after"], known)
            if joined:
                word = joined.split()[0]
                before = bare[: len(bare) - len(joined) + len(word)]
                changes.append(Change(line.number, ChangeKind.REPAIRED, before, word, _CAPITAL))
                bare = joined
        if _LONE.match(bare):
            waiting, at = line, len(out)
        out.append(line if bare == text.strip() else replace(line, text=f"{feed}{indent}{bare}"))
    return out, tuple(changes)


def _joined(capital: str, rest: str, known: Counter[str]) -> str:
    """Return a row with its capital joined, if that is a word and what stands behind the gap is none."""
    found = re.match(r"[^\W\d_]+", rest)
    if found is None or _ELIDED.match(rest):
        return ""
    letter, behind = capital[-1], found[0]
    if len(behind) > 1 and behind[1:].isupper() != behind.isupper():
        return ""
    one, other = known[(letter + behind).casefold()], known[behind.casefold()] - 1
    a_word = letter in "AIO" and behind.isupper() is False  # "A mill", "I went"
    if one > other or (one == other == 0 and not a_word and (behind.isupper() or behind.islower())):
        return f"{capital}{rest}"
    return ""


def _closed(text: str, known: frozenset[str]) -> str:
    """Close letters up to words: gaps wider than between letters part words; else the words of the text do."""
    parts = re.split(r"\s{2,}", text)
    return " ".join(_parted(part.replace(" ", ""), known) if " " in part else part for part in parts)


def _parted(letters: str, known: frozenset[str]) -> str:
    """Part letters into words of the text, as few as there may be; without such, they are one word."""
    plain = letters.casefold()

    @cache
    def best(start: int) -> tuple[str, ...] | None:
        if start == len(plain):
            return ()
        ways = [
            (letters[start:end], *rest)
            for end in range(start + 1, len(plain) + 1)
            if (plain[start:end] in known or re.fullmatch(r"[IVXLC]+", letters[start:end]))
            and (rest := best(end)) is not None
        ]
        return min(ways, key=len, default=None)

    found = best(0) if len(plain) <= _LONGEST else None
    return " ".join(found) if found else letters
