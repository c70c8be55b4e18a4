"""Marks: what stands at a place in running text and is no text, the call of a note or a page of the source.

It travels through the setting of the signs as one private character, and becomes itself again when the runs are made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import MARKS, Cite, Inline, NoteCall, PageMark, Run

_MARK = re.compile("[\U000f0000-\U000ffffd]")


class Marks:
    """The marks of one text."""

    def __init__(self, given: Sequence[Cite] = ()) -> None:
        """Begin with the marks that the text has already, for citations."""
        self._of: list[NoteCall | PageMark | Cite] = list(given)

    def put(self, inline: NoteCall | PageMark) -> str:
        """Return the character that stands for ``inline``."""
        self._of.append(inline)
        return chr(MARKS + len(self._of) - 1)

    def called(self) -> list[str]:
        """Return the ids of the notes that are called, in the order in which their marks were put."""
        return [one.note for one in self._of if isinstance(one, NoteCall)]

    def back(self, inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        """Put in what the characters stand for; runs are cut there."""
        out: list[Inline] = []
        for one in inlines:
            if not (isinstance(one, Run) and _MARK.search(one.text)):
                out.append(one)
                continue
            at = 0
            for found in _MARK.finditer(one.text):
                if found.start() > at:
                    out.append(Run(one.text[at : found.start()], one.style, one.lang))
                out.append(self._of[ord(found[0]) - MARKS])
                at = found.end()
            if at < len(one.text):
                out.append(Run(one.text[at:], one.style, one.lang))
        return tuple(out)


def unmarked(text: str) -> str:
    """Return ``text`` without marks."""
    return _MARK.sub("", text)
