"""Notebooks: the exports of apps whose form is known line by line, each read by its own rules.

What a line is, here its place in the form says, never its words: a passage may be a single word, break off within a
sentence, or look like a date. An app that has no room here is read by what its lines have in common with others'
(:mod:`pipeline.kinds.exports`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.kinds.notebooks import apple, boox, kindle, kobo, koreader, moon, play, readwise, weread
from pipeline.kinds.notebooks.notebook import Notebook, set_out
from pipeline.model import Line

__all__ = ["Notebook", "read", "set_out"]

_FORMS: tuple[Callable[[Sequence[Line]], Notebook | None], ...] = (
    koreader.read,
    weread.read,
    moon.read,
    play.read,
    kobo.read,
    readwise.read,
    apple.read,
    boox.read,
    kindle.read,
)


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read a text by the form of the app that wrote it; nothing where it is none of those known."""
    return next((book for form in _FORMS if (book := form(lines)) and book.slips), None)
