"""Which page things stand on: ids, the start of each page in the words of ``book.md``, notes and their calls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

from pipeline.forms.elements import HEADINGS, is_letter, is_parted
from pipeline.model import PageStart
from pipeline.print.boxes import (
    LOOSE,
    PX,
    Line,
    beginning,
    descendants,
    end_of_text,
    free_foot,
    has_class,
    is_off,
    kind,
    line_of,
    stubs,
)
from pipeline.print.endnotes import GATHERED
from pipeline.print.footnotes import HOLE
from pipeline.print.justify import is_river
from pipeline.print.manuscript import numeral
from pipeline.print.printed import Figures

if TYPE_CHECKING:
    from weasyprint.document import Page

MARGIN = 0.2  # lines: what a line may seem to be higher than the leading


def pages_of_ids(pages: Iterable[Page], first: int = 1) -> dict[str, int]:
    """Return the folio of the page on which each id first stands; the first page has the folio ``first``."""
    found: dict[str, int] = {}
    for folio, page in enumerate(pages, first):
        for anchor in page.anchors:
            found.setdefault(anchor, folio)
    return found


FRONT_PAGES = 2000
"""More than the pages before the text, whose numbers are taken less this, so that they sort before the others."""


class WordsInPlace:
    """The running text of a manuscript without its notes and their calls: letters, words, and where ids stand.

    Words are told apart as in the e-book (see ``pipeline.epub.pages``), which finds the pages again by counting them.
    """

    def __init__(self, parts: Iterable[HtmlElement]) -> None:
        self.ids: list[tuple[int, str]] = [(0, "")]  # letters before the element, its id
        self._starts: list[int] = []  # letters before each word
        self._letters = 0
        self._within = False  # a word, at the place that was read last
        self._open = False  # the same, white space passed over
        for part in parts:
            self._walk(part)

    def _walk(self, element: HtmlElement) -> None:
        if not isinstance(element.tag, str):
            return
        names = (element.get("class") or "").split()
        if "call" in names:
            self._within = self._open  # the e-book has no space before a call
            return
        if "pagebreak" in names or GATHERED in names:
            return
        parted = is_parted(element.tag, names)
        if parted:
            self._part()
        if (name := element.get("id")) and element.tag in ("section", "div"):
            self.ids.append((self._letters, name))
        self._read(element.text)
        for child in element:
            self._walk(child)
            self._read(child.tail)
        if parted:
            self._part()

    def _part(self) -> None:
        self._within = self._open = False

    def _read(self, text: str | None) -> None:
        for sign in text or "":
            if sign.isspace():
                self._within = False
            elif is_letter(sign):
                if not self._within:
                    self._starts.append(self._letters)
                self._within = self._open = True
                self._letters += 1

    def place(self, letters: int) -> tuple[str, int]:
        """Return the last id before the place that ``letters`` stand before, and the words from there on."""
        at, name = self.ids[max(bisect_right(self.ids, letters, key=lambda row: row[0]) - 1, 0)]
        return name, self._begun(letters) - self._begun(at)

    def letters_before(self, name: str) -> int | None:
        """Return how many letters stand before the element with that id."""
        return next((letters for letters, other in self.ids if other == name), None)

    def _begun(self, letters: int) -> int:
        return bisect_right(self._starts, letters - 1)


def folio(page: int) -> str:
    """Return the folio of a page as it is printed; those before the text are counted from ``-FRONT_PAGES`` on."""
    return numeral(page + FRONT_PAGES, "i") if page <= 0 else str(page)


def page_starts(
    pages: Sequence[Page], first: int, words: WordsInPlace, division: str, *, roman: bool = False
) -> Iterator[PageStart]:
    """Yield where each page of the part of the book begins whose first division has that id."""
    letters = words.letters_before(division) or 0
    known = {name: letters for letters, name in words.ids}
    places = _places_of_rows(pages)
    for number, page in enumerate(pages):
        start: int | None = None
        for box in _text_of(page._page_box.children[0], number, places):
            if box.element is not None and box.element.tag in ("section", "div"):
                name = box.element.get("id")
                if name in known:
                    letters = known.pop(name)  # counts again from here, should a letter have been lost on the way
            if kind(box) == "LineBox":
                if start is None:
                    start = letters
                letters += line_of(box, calls=False).letters
        if start is not None:
            after, count = words.place(start)
            yield PageStart(numeral(first + number, "i") if roman else str(first + number), after, count)


def _places_of_rows(pages: Iterable[Page]) -> dict[int, int]:
    """Return on which of the ``pages`` the head and the foot of each table stand as in the text, by their identity.

    On all pages of a table both are printed, but the head is read on the first of them and the foot on the last.
    """
    places: dict[int, int] = {}
    for number, page in enumerate(pages):
        for box in descendants(page._page_box.children[0]):
            if box.element_tag == "thead":
                places.setdefault(id(box.element), number)
            elif box.element_tag == "tfoot":
                places[id(box.element)] = number
    return places


def _text_of(box: Any, number: int, places: Mapping[int, int]) -> Iterator[Any]:
    """Yield the boxes of a page down to its lines, without the rows that are printed there once more."""
    box = getattr(box, "_box", box)
    if (box.element_tag in ("thead", "tfoot") and places[id(box.element)] != number) or has_class(box, GATHERED):
        return
    yield box
    if kind(box) != "LineBox":
        for child in getattr(box, "children", ()):
            yield from _text_of(child, number, places)


def figures(pages: Sequence[Page], line: float, *, at_foot: bool = True) -> Figures:
    """Count notes, strayed notes, lines, loose and stub lines, rivers, holes and lines off the paper on ``pages``.

    ``line`` is the leading in points; notes that do not stand ``at_foot`` of the page cannot stray.
    """
    calls: dict[str, int] = {}
    notes: dict[str, int] = {}
    off = []
    lines = loose = stub = rivers = 0
    for number, page in enumerate(pages):
        width = page._page_box.margin_width()
        for area in page._page_box.children:  # the text, the notes at its foot, the margins
            told: list[Line] = []
            for box in descendants(area):
                if kind(box) == "BlockBox":
                    stub += stubs(box)
                if kind(box) == "LineBox":
                    told.append(line_of(box))
                    if is_off(box, width):
                        off.append(beginning(box))
                elif kind(box) == "InlineBox" and has_class(box, "number"):
                    calls.setdefault(box.element.get("href", "").removeprefix("#"), number)
                elif kind(box) == "BlockBox" and has_class(box, "fn") and box.element.get("id"):
                    notes.setdefault(box.element.get("id"), number)
            lines += len(told)
            loose += sum(one.gap > LOOSE for one in told)
            rivers += is_river(told)
    strayed = tuple(name for name, number in calls.items() if at_foot and notes.get(name) != number)
    holes = sum(
        free_foot(page._page_box) > HOLE * line and not _begins_whole(following._page_box.children[0])
        for page, following in pairwise(pages)
    )
    return Figures(len(calls), strayed, lines, loose, stub, rivers, holes, tuple(off))


def depth_of(page: Page, line: float) -> float:
    """Return how far down the text of a page reaches, in lines of ``line`` points; notes do not count."""
    flow = page._page_box.children[0]
    return (end_of_text(flow) - float(flow.position_y)) * PX / line - MARGIN


def _begins_whole(box: Any) -> bool:
    """Tell whether a page begins with what may not part, so that the page before may be short."""
    if box.element_tag in (*HEADINGS, "figure", "table") or any(
        has_class(box, name) for name in ("rubric", "line-block")
    ):
        return True
    first = next((child for child in getattr(box, "children", ()) if next(_lines(child), None)), None)
    return first is not None and kind(first) != "LineBox" and _begins_whole(first)


def _lines(box: Any) -> Iterator[Any]:
    return (part for part in descendants(box) if kind(part) == "LineBox")


def fonts_of(document: Any) -> tuple[str, ...]:
    """Return the names of the fonts in a document that has been written, without the mark of a subset."""
    names = {(font.name.decode() if isinstance(font.name, bytes) else font.name) for font in document.fonts.values()}
    return tuple(sorted(name.rpartition("+")[2].replace("-", " ") for name in names))
