"""A citation half taken apart: what is left of it, and what was found; handed from rule to rule, or made at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Citation, Fields, Name

QUOTES = '“”"„‟«»'
STOPS = " \t\u00a0,.;:‚/—–-"


class Cued:
    """A pattern that is asked only where one of its signs stands, and compiled when it is asked for the first time.

    Most citations have nothing that most patterns look for, and a look for a few letters costs next to nothing.
    """

    __slots__ = ("_pattern", "_signs", "_text")

    def __init__(self, text: str, signs: str | Sequence[str] = "") -> None:
        """``text``: the regular expression; ``signs``: letters of which any match has some, parted by spaces."""
        self._text = text
        self._signs = signs.split() if isinstance(signs, str) else signs
        self._pattern: re.Pattern[str] | None = None

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Search ``text`` from ``start`` on."""
        for sign in self._signs:
            if sign in text:
                break
        else:
            if self._signs:
                return None
        if self._pattern is None:
            self._pattern = re.compile(self._text)
        return self._pattern.search(text, start)


@dataclass(slots=True)
class Draft:
    """What is left of a citation (``rest``), and the parts already taken out of it.

    ``words`` has the fields that are plain text, by name. ``headed``: its head has been read, as editors.
    ``article``: its title stood in quotation marks. ``web``: it is a page on the net. ``archive``: it lies in an
    archive. ``report``: it is one of a series of reports. ``located``: pages stood behind it. ``undated``: it says
    that its year is not known.
    """

    rest: str
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    copyright_year: bool = False
    extra: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    headed: bool = False
    article: bool = False
    web: bool = False
    archive: bool = False
    report: bool = False
    located: bool = False
    undated: bool = False

    def cut(self, match: re.Match[str]) -> None:
        """Drop the match and what follows it."""
        self.rest = self.rest[: match.start()]

    def take_out(self, match: re.Match[str]) -> None:
        """Drop the match from the middle, and leave one stop where it stood."""
        before, after = self.rest[: match.start()].rstrip(STOPS), self.rest[match.end() :].lstrip(" .,;:)")
        stop = match[0][0] if match[0][0] in ",.;:" else "."
        self.rest = f"{before}{stop} {after}"


def ends_in_figure(text: str) -> bool:
    """Tell whether a number stands at the end of ``text``, stops, brackets and one letter ("1999a") apart."""
    return any(map(str.isdigit, text[-24:].rstrip(" ]?)(.,;:\t\xa0")[-2:]))


_INITIAL = re.compile(r"(?:(?<=[\s.-])|^)(?![a-zà-ÿа-я])[^\W\d_]{1,2}$")


def keep_initial(text: str, end: int) -> int:
    """Return ``end``, or one more where a full stop there belongs to an initial: "Orr, A|. Title"."""
    initial = text[end : end + 1] == "." and _INITIAL.search(text, max(0, end - 3), end)
    return end + 1 if initial else end


def at_end(pattern: re.Pattern[str] | Cued, text: str, reach: int) -> re.Match[str] | None:
    """Search for a pattern that runs to the end of ``text``, and is not longer than ``reach`` letters."""
    return pattern.search(text, max(0, len(text) - reach))


def as_work(text: str, kind: str, title: str, **fields: Any) -> Citation:
    """Return a citation that a form of its own makes certain: a work of this kind, with these fields."""
    return Citation(0, text, Fields(title=title.strip(), **fields), kind=kind, score=1.0)


def word_for_word(text: str, kind: str) -> Citation:
    """Return a citation of a kind that names no work for a bibliography: its note has the words as they stand."""
    return Citation(0, text, Fields(), parsed=False, kind=kind, score=1.0)
