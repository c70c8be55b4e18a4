"""What the print step hands back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the text begins, in terms that every edition made from the same ``book.md`` has.

    ``label`` is the folio. The page begins ``words`` words (split at white space, notes and their calls left
    out) after the start of the heading or extract whose id in ``book.md`` is ``after``; with ``after`` empty,
    after the start of the text.
    """

    label: str
    after: str
    words: int


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A PDF; ``pages`` counts its leaves' sides, blanks included; ``starts`` has one entry a page of text."""

    pdf: bytes
    pages: int
    starts: tuple[PageStart, ...] = ()
