"""A preview: the pages around a place, set as in the book, without the rest of it.

What stands around the place is taken out of the manuscript, with its citations and numbers of notes as in the whole
book, and set by itself. So its lines are those of the book; its pages may end a few lines earlier or later, and show no
folios.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from itertools import accumulate
from pathlib import Path

from lxml.html import HtmlElement

from pipeline.errors import Exit, OctavoError
from pipeline.forms.elements import HEADINGS
from pipeline.model import PageStart
from pipeline.print.manuscript import read_manuscript
from pipeline.print.parts import Press
from pipeline.print.press import fixed_clock
from pipeline.print.sheet import sheet_named
from pipeline.report import Report
from pipeline.settings import Settings

BEFORE, BEHIND = 350, 700  # words of text around the place: about a page before, and two behind
_KNOWN, _FEWEST = (40, 16), 8  # letters by which words are found, or fewer where a call stands among them
_OPENED = frozenset(("section", "div", "main"))


def preview(
    markdown: str, folder: Path, settings: Settings, where: str, starts: Sequence[PageStart], report: Report
) -> bytes:
    """Return a PDF of the pages of ``markdown`` around ``where``.

    Args:
        markdown: a ``book.md``.
        folder: where its bibliography lies.
        settings: as for the whole book.
        where: a page or pages by their folios (``12``, ``12-15``, ``iv``), an id of ``book.md`` (``d3``), or words that
            stand there, as many as tell the place from others.
        starts: the pages of the printed book as it was last made; without them there are no folios to find.
        report: is told what is found wrong on the way.

    Raises:
        OctavoError: SETTINGS for a place that the book does not have; else as for :func:`pipeline.print.print_book`.

    """
    sheet = sheet_named(settings.style, settings.trim)
    manuscript = read_manuscript(markdown, folder, report, settings, sheet.set_off, sheet.area)
    begins, ends = _span(manuscript.body, where, starts)
    with fixed_clock(), ExitStack() as closing:
        logger = logging.getLogger("weasyprint")
        closing.callback(setattr, logger, "disabled", logger.disabled)
        logger.disabled = True  # links lead to what is not here
        press = Press(manuscript, sheet, settings, report, closing, partial(_cut_out, begins=begins, ends=ends))
        pages = press.sheets()
        press.press.keep()
        written: bytes = press.press.document(pages).write_pdf()
    return written


def _span(body: HtmlElement, where: str, starts: Sequence[PageStart]) -> tuple[int, int]:
    """Return between which words of ``body`` the place lies."""
    folios = [start.label for start in starts]
    first, _, last = where.partition("-")
    if first in folios and (not last or last in folios):
        place = folios.index(first)
        end = folios.index(last) + 1 if last else place + 1
        begins = _word_of(body, starts[place].after) + starts[place].words
        ends = _word_of(body, starts[end].after) + starts[end].words if end < len(starts) else begins
        return begins, max(begins, ends)
    if not body.xpath("//*[@id=$name]", name=where):
        if (found := _word_among(body, where)) is not None:
            return found, found
        known = f"{folios[0]} to {folios[-1]}" if folios else "none, before the PDF was made once"
        raise OctavoError(
            Exit.SETTINGS,
            f"The book has neither a page nor an id nor words “{where[:60]}”.",
            f"Pages: {known}. The ids are those of book.md: {', '.join(_some_ids(body))} …",
        )
    return (begins := _word_of(body, where)), begins


def _some_ids(body: HtmlElement) -> list[str]:
    return [name for part in body.iter("section", "div") if (name := part.get("id"))][:4]


def _word_of(body: HtmlElement, name: str) -> int:
    """Return how many words of ``body`` stand before the element with that id."""
    words = 0
    for block in _blocks(body):
        up = next((part for part in (*block.iter(), *block.iterancestors()) if part.get("id") == name), None)
        if up is not None and name:
            return words
        words += len(block.text_content().split())
    return 0


def _word_among(body: HtmlElement, where: str) -> int | None:
    """Return how many words of ``body`` stand before those of ``where``; signs and capitals do not count."""
    words = [_letters(word) for block in _blocks(body) for word in block.text_content().split()]
    text, wanted = "".join(words), _letters(where)
    for most in _KNOWN:
        place = text.find(wanted[:most]) if len(wanted) >= _FEWEST else -1
        if place >= 0:
            return bisect_right(list(accumulate(map(len, words))), place)
    return None


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _blocks(element: HtmlElement) -> list[HtmlElement]:
    """Return the blocks of text in ``element``, in order: paragraphs, headings, lists, tables."""
    if element.tag not in _OPENED or not any(child.tag in (*_OPENED, "p", *HEADINGS) for child in element):
        return [element]
    return [block for child in element if isinstance(child.tag, str) for block in _blocks(child)]


def _cut_out(body: HtmlElement, begins: int, ends: int) -> None:
    """Leave of ``body`` what stands around the words from ``begins`` to ``ends``."""
    words = 0
    for block in _blocks(body):
        before, words = words, words + len(block.text_content().split())
        if words < begins - BEFORE or before > ends + BEHIND:
            _take_out(block)


def _take_out(block: HtmlElement) -> None:
    above = block.getparent()
    while above is not None and above.getparent() is not None and len(above) == 1:
        block, above = above, above.getparent()
    if above is not None:
        above.remove(block)
