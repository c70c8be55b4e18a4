"""What the print step hands back."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import PageStart


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted on the pages.

    ``strayed``: ids of notes that stand on another page than their call. ``loose``: lines with word spaces of more
    than 0.55 em. ``stubs``: lines within a paragraph that hold a word or two. ``rivers``:
    pages on which spaces lie below one another through more than four lines. ``holes``: pages with more than three
    lines free at their foot; not counted are the last of each part, and those before a heading, a rubric, a table, a
    stanza or a picture, which need the room together. ``off``: the words with which each line begins that runs off
    the paper.
    """

    notes: int = 0
    strayed: tuple[str, ...] = ()
    lines: int = 0
    loose: int = 0
    stubs: int = 0
    rivers: int = 0
    holes: int = 0
    off: tuple[str, ...] = ()

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.notes + other.notes,
            self.strayed + other.strayed,
            self.lines + other.lines,
            self.loose + other.loose,
            self.stubs + other.stubs,
            self.rivers + other.rivers,
            self.holes + other.holes,
            self.off + other.off,
        )


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A PDF, and what is known of its pages.

    ``pages`` counts all pages, blanks and front matter included; ``prelims`` those before folio 1, ``own`` the places
    (from 0) of those of them that are none of ``book.md``: half title, title, imprint, contents. ``starts`` has an
    entry for each page of the text; ``html`` is the book as Pandoc set it, from which the pages were made.
    ``contact``: places (from 0) of pages for the contact sheet; ``jacket``: the cover of a paperback, a PDF of its
    own, if the style has one.
    """

    pdf: bytes
    pages: int
    prelims: int = 0
    own: frozenset[int] = frozenset()
    html: str = ""
    starts: tuple[PageStart, ...] = ()
    figures: Figures = Figures()
    fonts: tuple[str, ...] = ()
    contact: tuple[int, ...] = ()
    jacket: bytes = b""

    def closing_table(self) -> list[tuple[str, str]]:
        """Return what a person should see when the book is done: pages, notes, strayed, holes, loose lines, fonts."""
        counted = self.figures
        share = 100 * counted.loose / counted.lines if counted.lines else 0.0
        return [
            ("pages", f"{self.pages} ({self.prelims} before the text)"),
            ("notes", f"{counted.notes:,}"),
            ("notes on another page than their call", str(len(counted.strayed))),
            ("pages with a hole of more than three lines", str(counted.holes)),
            ("loose lines", f"{counted.loose} of {counted.lines:,} ({share:.1f} %)"),
            ("stub lines", str(counted.stubs)),
            ("pages with a river of more than four lines", str(counted.rivers)),
            ("fonts", ", ".join(self.fonts)),
        ]
