"""Folios are set last: a part of the book is laid out without knowing how many pages stand before it.

A part begins a recto or a verso, which its pages depend on, and has any folio of that side meanwhile; so it need not be
made again when a chapter before it grows, and parts can be made side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from pipeline.print.boxes import descendants, kind
from pipeline.print.leaves import FOLIO, Leaf, is_number, set_words

if TYPE_CHECKING:
    from weasyprint.document import Page


def provisional(first: int) -> int:
    """Return the folio with which a part is laid out whose first page has the folio ``first``."""
    return 2 - first % 2


def set_folios(pages: Iterable[Page | Leaf], first: int, form: Callable[[int], str]) -> bool:
    """Give ``pages`` the folios from ``first`` on, each in its ``form``, in the middle of where one stands now.

    Returns:
        False, with nothing changed, where a style has a folio that is more than a number in the middle.

    """
    rows = [
        (folio, form(provisional(first) + folio - first), place)
        for folio, page in enumerate(pages, first)
        for place in _places(page)
    ]
    if not all(
        place.has_folio(words) if isinstance(place, Leaf) else _words(place) == words and is_number(place)
        for _, words, place in rows
    ):
        return False
    for folio, _, place in rows:
        if isinstance(place, Leaf):
            place.set_folio(form(folio))
        else:
            set_words(place, form(folio))
    return True


def _places(page: Page | Leaf) -> list[Any]:
    """Return where the folio of a page stands: the box of a margin, or the leaf that knows it."""
    if isinstance(page, Leaf):
        return [page] if page.facts["folio"] is not None else []
    return [
        box for box in page._page_box.children if kind(box) == "MarginBox" and box.at_keyword == FOLIO and box.children
    ]


def _words(box: Any) -> str:
    return "".join(part.text for part in descendants(box) if kind(part) == "TextBox")
