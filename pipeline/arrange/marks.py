"""Marks: what stands at a place in running text and is no text, the call of a note or a page of the source.

It travels through the setting of the signs as one private character, and becomes itself again when the runs are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.errors import Exit, OctavoError
from pipeline.model import PRIVATE, Cite, Inline, NoteCall, PageMark, Run, free_marks

_MARK = re.compile(f"[{PRIVATE}]")


class Marks:
    """The marks of one text. A private character that the text has itself is none of them, and stays a character."""

    def __init__(self, given: Mapping[str, Cite], texts: Iterable[str]) -> None:
        """Begin with the marks that the text has already, for citations; ``texts``: all of it, with these marks."""
        self._of: dict[str, NoteCall | PageMark | Cite] = dict(given)
        self._free = free_marks(texts)

    def put(self, inline: NoteCall | PageMark) -> str:
        """Return the character that stands for ``inline``.

        Raises:
            OctavoError: TOO_LARGE for more calls than there are private characters, some 131,000.

        """
        sign = next(self._free, None)
        if sign is None:
            raise OctavoError(
                Exit.TOO_LARGE,
                "The text has more than 130,000 calls of notes and page numbers: no book has.",
                "Cut it into volumes, or look whether it is a book at all.",
            )
        self._of[sign] = inline
        return sign

    def called(self) -> list[str]:
        """Return the ids of the notes that are called, in the order in which their marks were put."""
        return [one.note for one in self._of.values() if isinstance(one, NoteCall)]

    def calls(self, text: str) -> bool:
        """Tell whether a note is called in a text."""
        return any(isinstance(self._of.get(sign), NoteCall) for sign in _MARK.findall(text))

    def back(self, inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        """Put in what the characters stand for; runs are cut there."""
        out: list[Inline] = []
        for one in inlines:
            if not (isinstance(one, Run) and _MARK.search(one.text)):
                out.append(one)
                continue
            at = 0
            for found in _MARK.finditer(one.text):
                if found[0] not in self._of:
                    continue
                if found.start() > at:
                    out.append(Run(one.text[at : found.start()], one.style, one.lang))
                out.append(self._of[found[0]])
                at = found.end()
            if at < len(one.text):
                out.append(Run(one.text[at:], one.style, one.lang))
        return tuple(out)


def unmarked(text: str) -> str:
    """Return ``text`` without marks."""
    return _MARK.sub("", text)
