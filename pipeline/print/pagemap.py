"""Which page things stand on: ids, the start of each page in the words of ``book.md``, notes and their calls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

from pipeline.forms.elements import is_letter, is_parted
from pipeline.model import PageStart
from pipeline.print.boxes import PX, descendants, end_of_text, has_class, kind
from pipeline.print.endnotes import GATHERED
from pipeline.print.footnotes import HOLE
from pipeline.print.manuscript import numeral
from pipeline.print.printed import Figures
from pipeline.print.tally import text_of

if TYPE_CHECKING:
    from weasyprint.document import Page

    from pipeline.print.tally import Tally

SIGNATURES = ("closing", "attribution", "dateline")
"""Classes of what signs a text at its end, or says where and when it was written, or by whom."""
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
    pages: Sequence[Page], first: int, words: WordsInPlace, division: str, tally: Tally, *, roman: bool = False
) -> Iterator[PageStart]:
    """Yield where each page of the part of the book begins whose first division has that id."""
    letters = words.letters_before(division) or 0
    known = {name: letters for letters, name in words.ids}
    texts: list[Iterable[str | int] | None] = [tally.of(page)["text"] for page in pages]
    if None in texts:
        again = _rows_again(pages)
        texts = [
            one or text_of(page._page_box.children[0], without=again) for page, one in zip(pages, texts, strict=True)
        ]
    for number, text in enumerate(texts):
        start: int | None = None
        for told in text or ():
            if isinstance(told, str):
                letters = known.pop(told, letters)  # counts again from here, should one have been lost on the way
            else:
                if start is None:
                    start = letters
                letters += told
        if start is not None:
            after, count = words.place(start)
            yield PageStart(numeral(first + number, "i") if roman else str(first + number), after, count)


def _rows_again(pages: Iterable[Page]) -> frozenset[int]:
    """Return the heads and feet of tables that are printed on ``pages`` once more, by the identity of their boxes.

    On all pages of a table both are printed, but the head is read on the first of them and the foot on the last.
    """
    rows = [
        (number, box)
        for number, page in enumerate(pages)
        for box in descendants(page._page_box.children[0])
        if box.element_tag in ("thead", "tfoot")
    ]
    places: dict[int, int] = {}
    for number, box in rows:
        if box.element_tag == "tfoot":
            places[id(box.element)] = number
        else:
            places.setdefault(id(box.element), number)
    return frozenset(id(box) for number, box in rows if places[id(box.element)] != number)


def figures(pages: Sequence[Page], line: float, tally: Tally, *, at_foot: bool = True) -> Figures:
    """Count notes, strayed notes, lines, loose and stub lines, rivers, holes and lines off the paper on ``pages``.

    ``line`` is the leading in points; notes that do not stand ``at_foot`` of the page cannot stray.
    """
    calls: dict[str, int] = {}
    notes: dict[str, int] = {}
    rows = [tally.of(page) for page in pages]
    for number, row in enumerate(rows):
        for name in row["calls"]:
            calls.setdefault(name, number)
        for name in row["notes"]:
            notes.setdefault(name, number)
    return Figures(
        len(calls),
        tuple(name for name, number in calls.items() if at_foot and notes.get(name) != number),
        sum(row["lines"] for row in rows),
        sum(row["loose"] for row in rows),
        sum(row["stubs"] for row in rows),
        sum(row["rivers"] for row in rows),
        sum(row["free"] > HOLE * line and not following["whole"] for row, following in pairwise(rows)),
        tuple(words for row in rows for words in row["off"]),
    )


def depth_of(page: Page, line: float) -> float:
    """Return how far down the text of a page reaches, in lines of ``line`` points; notes do not count."""
    flow = page._page_box.children[0]
    return (end_of_text(flow) - float(flow.position_y)) * PX / line - MARGIN


def lines_of_text(page: Page, line: float) -> int:
    """Count the lines of text on a page, without what signs it at its end; a picture counts by its height.

    ``line`` is the leading in points. Lines side by side, as in columns and rows of a table, are one.
    """
    flow = page._page_box.children[0]
    rows = {round(box.position_y) for box, signs in _lines_and_signatures(flow) if not signs}
    pictures = (box.height * PX for box in descendants(flow) if "Replaced" in kind(box))
    return len(rows) + int(sum(pictures) / line)


def _lines_and_signatures(box: Any, signs: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield the lines of a box, and whether they close a letter or say who wrote what stands above."""
    signs = signs or any(has_class(box, name) for name in SIGNATURES)
    if kind(box) == "LineBox":
        yield box, signs
        return
    for child in getattr(box, "children", ()):
        yield from _lines_and_signatures(getattr(child, "_box", child), signs)


def fonts_of(document: Any) -> tuple[str, ...]:
    """Return the names of the fonts in a document that has been written, without the mark of a subset."""
    names = {(font.name.decode() if isinstance(font.name, bytes) else font.name) for font in document.fonts.values()}
    return tuple(sorted(name.rpartition("+")[2].replace("-", " ") for name in names))
