"""Turns of the page: the last line of a recto, and the word that it is better not to break there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.print.boxes import HYPHEN, descendants, kind, line_of

WHOLE = "octavo_whole"
"""Attribute of a WeasyPrint layout: behind which letters no word breaks while a page is made again."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The last line of a page: the beginning of the word that is broken there, if one is, and its word spaces in em."""

    broken: str = ""
    gap: float = 0.0


def foot_of(page: Any) -> Foot:
    """Return what the last line of text on a PageBox ends with; notes are none of it."""
    lines = [box for box in descendants(page.children[0]) if kind(box) == "LineBox"]
    if not lines:
        return Foot()
    line = max(lines, key=lambda box: box.position_y)
    words = "".join(box.text for box in descendants(line) if kind(box) == "TextBox")
    broken = words.removesuffix(HYPHEN).split()[-1:] if words.endswith(HYPHEN) else []
    return Foot("".join(broken), line_of(line).gap)


def loosest(page: Any) -> float:
    """Return the widest word spaces, in em, of the paragraph with which a page ends."""
    lines = [box for box in descendants(page.children[0]) if kind(box) == "LineBox"]
    last = max(lines, key=lambda box: box.position_y)
    return max(line_of(line).gap for line in lines if line.element is last.element)


@contextmanager
def spaced(root: Any, page: Any, space: float) -> Iterator[None]:
    """While this lasts, the paragraph with which ``page`` ends has word spaces wider by ``space`` em than its face.

    ``root``: the boxes that pages are made of. The lines that are made meanwhile keep what they were made with.
    """
    lines = [box for box in descendants(page.children[0]) if kind(box) == "LineBox"]
    element = max(lines, key=lambda box: box.position_y).element
    inside = (box for block in descendants(root) if block.element is element for box in descendants(block))
    before = [(box, box.style) for box in {id(box): box for box in inside}.values()]
    for box, style in before:
        box.style = style.copy()
        box.style["word_spacing"] = space * style["font_size"]
    try:
        yield
    finally:
        for box, style in before:
            box.style = style


class _Whole:
    """A dictionary of hyphenation that breaks no word which might be broken behind certain letters."""

    def __init__(self, dictionary: Any, ends: Sequence[str]) -> None:
        self._dictionary, self._ends = dictionary, ends

    def iterate(self, word: str) -> list[tuple[str, str]]:
        """Return the places where a word may break, as (before, behind)."""
        places = list(self._dictionary.iterate(word))
        return [] if any(before in self._ends for before, _ in places) else places


@contextmanager
def keeping_whole(context: Any, beginnings: Sequence[str]) -> Iterator[None]:
    """While this lasts, words that may break behind these letters are not broken at all; all others are as before.

    ``context``: the layout, which has the dictionaries of hyphenation by language and limits.
    """
    before = dict(context.dictionaries)
    ends = tuple(one.lstrip("".join(sign for sign in one if not sign.isalpha())) for one in beginnings)
    context.dictionaries.update((key, _Whole(one, ends)) for key, one in before.items())
    setattr(context, WHOLE, ends)
    try:
        yield
    finally:
        delattr(context, WHOLE)
        context.dictionaries.update(before)
