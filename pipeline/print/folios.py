"""Folios are set last: a part of the book is laid out without knowing how many pages stand before it.

A part begins a recto or a verso, which its pages depend on, and has any folio of that side meanwhile; so it need not be
made again when a chapter before it grows, and parts can be made side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from pipeline.print.boxes import descendants, kind

if TYPE_CHECKING:
    from weasyprint.document import Page

WHERE = "@bottom-center"


def provisional(first: int) -> int:
    """Return the folio with which a part is laid out whose first page has the folio ``first``."""
    return 2 - first % 2


def set_folios(pages: Iterable[Page], first: int, form: Callable[[int], str]) -> bool:
    """Give ``pages`` the folios from ``first`` on, each in its ``form``, in the middle of where one stands now.

    Returns:
        False, with nothing changed, where a style has a folio that is more than a number in the middle.

    """
    boxes = [
        (folio, box)
        for folio, page in enumerate(pages, first)
        for box in page._page_box.children
        if kind(box) == "MarginBox" and box.at_keyword == WHERE and box.children
    ]
    if not all(_is_number(box, form(provisional(first) + folio - first)) for folio, box in boxes):
        return False
    for folio, box in boxes:
        _set(box, form(folio))
    return True


def _is_number(box: Any, words: str) -> bool:
    parts = list(descendants(box))[1:]
    return (
        [kind(part) for part in parts] == ["LineBox", "TextBox"]
        and parts[-1].text == words
        and all(part.position_x == box.content_box_x() and part.width == box.width for part in parts)
        and box.background is None
        and box.style["width"] == "auto"
    )


def _set(box: Any, words: str) -> None:
    from weasyprint.text.line_break import split_first_line

    _, text = list(descendants(box))[1:]
    if text.text == words:
        return
    layout, _, _, width, _, _ = split_first_line(words, text.style, None, None, 0)
    box.translate(dx=(box.width - width) / 2)
    text.text, text.pango_layout = words, layout
    for part in descendants(box):
        part.width = width
