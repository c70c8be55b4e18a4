"""Running WeasyPrint: HTML and style sheets in, pages out; what it has to say becomes findings."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

from pipeline import standing
from pipeline.beside import Beside
from pipeline.fetcher import closed_fetcher
from pipeline.fonts import FAMILY, SECOND, packaged_folders
from pipeline.language import right_to_left
from pipeline.machine import weasyprint
from pipeline.pictures import Picture
from pipeline.print import distribution
from pipeline.print.boxes import Shape, shapes_by_element
from pipeline.print.castoff import Founts
from pipeline.print.compositors import Compositors
from pipeline.print.leaves import Leaf, Stands
from pipeline.print.lines import Known, whole_lines
from pipeline.print.shelf import MEASURED, ONE_FLOW, Block, Shelf, blocks
from pipeline.print.shortcuts import short_cuts
from pipeline.print.tally import Tally
from pipeline.report import Report

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

BATCH = 150_000
"""Letters of HTML that are measured at once."""


@contextmanager
def findings_of_engine(report: Report) -> Iterator[None]:
    """Make each warning that WeasyPrint logs meanwhile a finding; the same words count once."""
    logger = logging.getLogger("weasyprint")
    handler = _Handler(report)
    level, propagate = logger.level, logger.propagate
    others = logger.handlers[:]
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    finally:
        logger.handlers[:] = others
        logger.setLevel(level)
        logger.propagate = propagate


class _Handler(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self.report = report
        self.seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if words not in self.seen:
            self.seen.add(words)
            self.report.find("typesetter-warning", words=words)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Let the engine say nothing: what it has to say of a paragraph, it says again when that is set on its page."""
    logger = logging.getLogger("weasyprint")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def _batches(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Part blocks into batches of some ``BATCH`` letters: all that is set at once stands in memory until it is read."""
    start = letters = 0
    for number, block in enumerate(blocks, 1):
        letters += len(block.html)
        if letters > BATCH or number == len(blocks):
            yield blocks[start:number]
            start, letters = number, 0


class Typesetter:
    """WeasyPrint with one set of faces and style sheets: pages from several runs can be bound together."""

    def __init__(
        self,
        sheets: Sequence[str],
        language: str,
        families: Sequence[str] = (),
        pictures: Mapping[str, Picture] | None = None,
    ) -> None:
        """``families`` help out, in order, where the body face lacks a letter; ``pictures``: by their addresses."""
        self._engine = weasyprint()
        self._fetcher = closed_fetcher(pictures or {}, packaged_folders())
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        self.fonts = FontConfiguration()
        self._counters = CounterStyle()  # those that the sheets name: "a)", "(a)"
        self._sheets = [self._css(sheet) for sheet in sheets]
        self._language = "en-US" if language == "en" else language  # for hyphens: bare "en" is taken for British
        stack = ", ".join(f'"{family}"' for family in (FAMILY, SECOND, *families))
        self._sheets.append(self._css(f":root, .fn {{ font-family: {stack}, serif }}"))
        self._first: Document | None = None
        seen = [(name, standing.digest(one.content)) for name, one in sorted((pictures or {}).items())]
        self.key = standing.digest(standing.workshop(), list(sheets), self._language, stack, seen)
        self.lines: Known = {}
        self.founts: Founts = {}
        self._shelves: dict[str, Shelf] = {}
        self.tally = Tally(self.key)
        self.stands = Stands()
        self._aside = tempfile.TemporaryFile()  # noqa: SIM115 - plates that are read when they are painted; see close
        self.twins = Beside()  # who keep what was set here, while it is bound
        self.beside = Compositors((list(sheets), language, tuple(families), dict(pictures or {})))

    def set(self, body: str, rules: str = "") -> list[Page]:
        """Lay out ``body`` (HTML) and return its pages; ``rules`` are style rules for this run alone."""
        # In a book that is written from right to left the first page is a left one, and its pages face the other way.
        way = ' dir="rtl"' if right_to_left(self._language) else ""
        html = f'<!doctype html><html lang="{self._language}"{way}><title></title><body>{body}</body></html>'
        sheets = [*self._sheets, self._css(rules)]
        # without the hints, WeasyPrint numbers every list 1, 2, 3, whatever its type and start
        with short_cuts(), whole_lines(self.lines, self.founts), distribution.passing():
            document = self._engine.HTML(string=html, url_fetcher=self._fetcher).render(
                stylesheets=sheets, font_config=self.fonts, counter_style=self._counters, presentational_hints=True
            )
        self._first = self._first or document.copy([])
        return list(document.pages)

    def measured(self, elements: Iterable[HtmlElement], measure: float, rules: str = "") -> dict[str, Shape]:
        """Set ``elements`` in lines of ``measure`` points, on pages that have no end.

        Returns:
            The shapes of those elements in them that have the attribute ``MEASURED``, by its value.

        """
        rules = f"@page :left, :right {{ size: {measure:.3f}pt 14000pt; margin: 0 }} {ONE_FLOW} {rules}"
        shelf = self._shelves.get(rules)
        if shelf is None:
            shelf = self._shelves[rules] = Shelf(standing.digest(self.key, rules))
        asked = list(blocks(elements))
        unknown = {block.html: block for block in asked if shelf.shapes(block) is None}
        if unknown:
            for block, shapes in self._measured(list(unknown.values()), rules):
                shelf.put(block, shapes)
        return {
            name: shape
            for block in asked
            for name, shape in zip(block.names, shelf.shapes(block) or (), strict=True)
            if shape is not None
        }

    def _measured(self, unknown: Sequence[Block], rules: str) -> Iterator[tuple[Block, list[Shape | None]]]:
        """Set blocks, here and beside."""
        for share, hand in self.beside.share(unknown, rules):
            found = self.beside.measured(hand) if hand is not None else None
            if found is None:
                yield from self.measured_here(share, rules)
            else:
                shapes, lines = found
                self.lines.update(lines)
                yield from zip(share, shapes, strict=True)

    def measured_here(self, unknown: Sequence[Block], rules: str) -> Iterator[tuple[Block, list[Shape | None]]]:
        """Set blocks, one below the other, some at a time; an element that the rules do not show has no shape."""
        for some in _batches(unknown):
            numbered = (
                block.html.replace(f'{MEASURED}="', f'{MEASURED}="{number}.') for number, block in enumerate(some)
            )
            with _in_silence():
                with distribution.passing() as styles:
                    found = shapes_by_element(self.set("".join(numbered), rules), MEASURED)
                for one in styles:
                    distribution.distribute(one)
            for number, block in enumerate(some):
                yield block, [found.get(f"{number}.{part}") for part in range(len(block.names))]

    def keep(self) -> None:
        """Keep how paragraphs were measured, and what was counted on the pages, for the next build: all is set."""
        self.tally.keep()
        for shelf in self._shelves.values():
            shelf.keep()
        self._shelves.clear()
        self.lines.clear()
        self.founts.clear()

    def close(self) -> None:
        """Wait until all is kept."""
        self.twins.settle()
        self._aside.close()

    def put_aside(self, plates: bytes) -> tuple[int, int]:
        """Put plates aside, and return where they are."""
        start = self._aside.seek(0, os.SEEK_END)
        return start, self._aside.write(plates)

    def put_by(self, place: tuple[int, int]) -> bytes:
        """Return plates that were put aside."""
        start, size = place
        self._aside.seek(start)
        return self._aside.read(size)

    def document(self, pages: Sequence[Page | Leaf]) -> Document:
        """Return pages of several runs as one document."""
        assert self._first is not None
        return self._first.copy(pages)

    def _css(self, rules: str) -> Any:
        return self._engine.CSS(
            string=rules, font_config=self.fonts, counter_style=self._counters, url_fetcher=self._fetcher
        )
