"""A citation half taken apart: what is left of it, and what was found. Handed from rule to rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.model import Name

QUOTES = '“”"„‟«»'
STOPS = " \t\u00a0,.;:‚/—–-"


@dataclass(slots=True)
class Draft:
    """What is left of a citation (``rest``), and the parts already taken out of it.

    ``words`` has the fields that are plain text, by name. ``headed``: its head has been read, as editors.
    ``article``: its title stood in quotation marks. ``web``: it is a page on the net. ``archive``: it lies in an
    archive.
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

    def cut(self, match: re.Match[str]) -> None:
        """Drop the match and what follows it."""
        self.rest = self.rest[: match.start()]

    def take_out(self, match: re.Match[str]) -> None:
        """Drop the match from the middle, and leave one stop where it stood."""
        before, after = self.rest[: match.start()].rstrip(STOPS), self.rest[match.end() :].lstrip(" .,;:)")
        stop = match[0][0] if match[0][0] in ",.;:" else "."
        self.rest = f"{before}{stop} {after}"


_INITIAL = re.compile(r"(?:(?<=[\s.-])|^)[^\W\d_]{1,2}$")


def keep_initial(text: str, end: int) -> int:
    """Return ``end``, or one more where a full stop there belongs to an initial: "Orr, A|. Title"."""
    initial = text[end : end + 1] == "." and _INITIAL.search(text, max(0, end - 3), end)
    return end + 1 if initial else end


def at_end(pattern: re.Pattern[str], text: str, reach: int) -> re.Match[str] | None:
    """Search for a pattern that runs to the end of ``text``, and is not longer than ``reach`` letters."""
    return pattern.search(text, max(0, len(text) - reach))
