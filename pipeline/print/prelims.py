"""Prelims: what stands before the text, from the half title to the preface; folios in roman figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import lxml.html
from lxml.html import HtmlElement

from pipeline import __version__, pandoc
from pipeline.edition import Original
from pipeline.fonts import FAMILY
from pipeline.forms.divisions import MATTER
from pipeline.machine import weasyprint
from pipeline.manuscript import plain
from pipeline.model import PageStart
from pipeline.print import front
from pipeline.print.balance import balance
from pipeline.print.manuscript import title_of
from pipeline.print.openings import Opening
from pipeline.print.pagemap import depth_of, page_starts
from pipeline.print.parts import BRIEF, Press
from pipeline.print.sheet import part_rules

if TYPE_CHECKING:
    from weasyprint.document import Page

STUB = 5  # lines of a last page of contents: to spare so few, the others stand closer
LEAFLET = 2  # pages of a text that is taken in without a list of contents


class Prelims:
    """The pages before the text of a book, which are made when its text is set."""

    def __init__(self, book: Press, works: Sequence[Mapping[str, Any]]) -> None:
        """Lay out all but the contents, whose folios are not known yet; ``works``: those that an index names."""
        self._book = book
        self.entries: list[front.Entry] = []
        self.starts: list[PageStart] = []
        self._prefaced = 0  # pages before the preface
        self._prefaces: list[Page] = []
        self._leaves = self._first_leaves()  # half title to imprint, and inscriptions
        self.own = {*range(len(self._leaves))}  # places of pages before the text that are none of the manuscript
        self._add_divisions(works)

    def _add_divisions(self, works: Sequence[Mapping[str, Any]]) -> None:
        """Lay out what the book has before its text: inscriptions before the contents, prefaces behind them.

        Folios are in roman figures; inscriptions show none (Chicago Manual of Style, 1.4, 1.39).
        """
        book = self._book
        for section in book.inscribed:
            recto = section.get(MATTER) != "epigraph"
            self._leaves += self._set([section], len(self._leaves), recto=recto, blind=True)
        self._leaves += book.blank(len(self._leaves))
        if not book.prefaces:
            return
        named = [one for _, sections in book.prefaces for one in sections if title_of(one)]
        provisional = [front.Entry(1, title_of(one), one.get("id", ""), "0") for one in named] + book.entries
        if works:  # bibliography and indexes, of which only the titles are known
            provisional += [front.Entry(1, title, title, "0") for title in (book.added.works, book.added.authors)]
        if book.manuscript.bibliography is not None:
            provisional.append(front.Entry(1, book.added.bibliography, "bibliography", "0"))
        self._prefaced = len(self._leaves) + len(self._contents(provisional))
        self._prefaced += self._prefaced % 2 if book.sheet.facing else 0
        for opening, sections in book.prefaces:
            recto = opening is Opening.RECTO
            self._prefaces += self._set(sections, self._prefaced + len(self._prefaces), recto=recto)
            self.entries += book.entries_of(sections)

    def _set(self, sections: Sequence[HtmlElement], before: int, *, recto: bool, blind: bool = False) -> list[Page]:
        """Lay out divisions before the text, behind so many pages; ``blind`` ones show no folio."""
        book = self._book
        blank = book.blank(before) if recto else []
        first = before + len(blank) + 1
        pages = book.set(sections, first, roman=True, blind=blind)
        name = sections[0].get("id", "")
        self.starts += page_starts(pages, first, book.flow, name, book.press.tally, roman=True)
        return [*blank, *pages]

    def whole(self) -> list[Page]:
        """Lay out the contents, and put all that stands before the text in its order."""
        book = self._book
        pages = [*self._leaves, *self._contents([*self.entries, *book.entries])]
        while len(pages) < self._prefaced:
            pages += book.blank(len(pages)) or book.press.set("", part_rules(len(pages) + 1, blind=True))
        self.own |= {*range(len(self._leaves), len(pages))}
        pages += self._prefaces
        return [*pages, *book.blank(len(pages))]

    def _first_leaves(self) -> list[Page]:
        """Lay out half title, title page and imprint."""
        book = self._book
        made = (
            f"{book.added.set_in} {FAMILY}. Octavo {__version__}, Pandoc {pandoc.version()}, "
            f"WeasyPrint {weasyprint().__version__}; {book.sheet.style}, {book.sheet.trim}."
        )
        known = {
            key: plain(book.meta.get(f"original-{key}", "")) or str(getattr(book.settings, f"original_{key}"))
            for key in ("place", "publisher", "edition", "date")
        }
        original = Original(**known, source=plain(book.meta.get("source", "")) or book.settings.source)
        rules = part_rules(1, blind=True)
        half, title = map(
            lxml.html.fragment_fromstring,
            (front.half_title(book.meta), front.title_page(book.meta, book.added, original)),
        )
        lines = [*half.iter("p"), *title.find_class("title"), *title.find_class("subtitle")]
        balance(lines, [half, title], book.press, book.sheet.measure)
        half_title, title_page = (lxml.html.tostring(one, encoding="unicode") for one in (half, title))
        leaves = [title_page, front.imprint(book.meta, original.made_from(book.added), made)]
        if book.sheet.facing and book.length > BRIEF:
            leaves = [half_title, "", *leaves]
        return [page for leaf in leaves for page in book.press.set(leaf, rules)]

    def _contents(self, entries: Sequence[front.Entry]) -> list[Page]:
        """Lay out the contents, behind the leaves; a text of a few pages, or without divisions, has none.

        They lose the air between the divisions, if that spares a page with some entries alone.
        """
        book = self._book
        if len(entries) < 2 or book.length <= LEAFLET:
            return []
        word = book.added.contents
        rules = part_rules(len(self._leaves) + 1, [word], [word], "lower-roman")
        pages = book.press.set(front.contents(entries, word), rules)
        if len(pages) > 1 and depth_of(pages[-1], book.sheet.line) <= STUB:
            closer = book.press.set(front.contents(entries, word, dense=True), rules)
            pages = closer if len(closer) < len(pages) else pages
        return pages
