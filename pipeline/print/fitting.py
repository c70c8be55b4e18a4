"""A page that ends elsewhere: a paragraph is set a shade wider or narrower, and runs a line longer or shorter.

So compositors make a page full that would end a line short: they take a word over, or back, where a last line is nearly
full or hardly begun (Chicago Manual of Style, 17th ed., 2.116–117). Which paragraph can is reckoned from its lines, and
no word space or letter goes beyond what ``justify`` allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.print.boxes import descendants, kind, line_of
from pipeline.print.justify import is_river, is_uneven

WIDER = ((-0.02, 1.01), (-0.03, 1.015))
NARROWER = ((-0.07, 0.99), (-0.06, 0.985))
"""Word space in em and size of the letters, as parts of those of the text: the last of the settings of ``justify``."""
MOST = 4  # paragraphs of a page that are tried
_BODY = 0.02  # by how much letters may differ in size and be those of running text
_OVER = 0.4  # em: so much goes over into the next line at least
_CHANCE = 1.5  # words do not break everywhere, and lines differ: what is reckoned may be by so much too little


@dataclass(frozen=True, slots=True)
class Fitting:
    """A paragraph, by its element; the word space, in em, and the size, in parts of the body's, to set it with."""

    element: Any
    space: float
    share: float


def fittings(root: Any, page: Any) -> list[Fitting]:
    """Return the paragraphs of a ``page`` that would run a line longer, or shorter, and how; the surest first.

    ``root``: the boxes that pages are made of.
    """
    size = root.style["font_size"]
    found: list[tuple[bool, float, Fitting]] = []
    for block in descendants(page.children[0]):
        lines = [child for child in getattr(block, "children", ()) if kind(child) == "LineBox"]
        em = block.style["font_size"]
        if len(lines) < 2 or block.style["text_align_all"] != "justify" or abs(em / size - 1) > _BODY:
            continue
        texts = [[box for box in descendants(line) if kind(box) == "TextBox"] for line in lines]
        if block.element is None or not texts[-1] or line_of(lines[-1]).gap:  # it goes on overleaf
            continue
        spaces = sum(box.text.count(" ") for line in texts for box in line)
        last = (texts[-1][-1].position_x + texts[-1][-1].width - lines[-1].position_x) / em
        measure = block.width / em
        for longer, settings in ((True, WIDER), (False, NARROWER)):
            need = measure - last + _OVER if longer else last
            for space, share in settings:
                wider = spaces * (space - block.style["word_spacing"] / em)
                wider += (measure * (len(lines) - 1) + last) * (share * size / em - 1)
                if need < _CHANCE * (wider if longer else -wider):
                    found.append((not longer, need / abs(wider), Fitting(block.element, space, share)))
                    break
    return [fitting for _, _, fitting in sorted(found, key=lambda one: one[:2])[:MOST]]


@contextmanager
def fitted(root: Any, fitting: Fitting | None) -> Iterator[None]:
    """While this lasts, a paragraph is set as ``fitting`` says. Lines that are made meanwhile keep what they got."""
    whose = None if fitting is None else fitting.element
    block = next((box for box in descendants(root) if whose is not None and box.element is whose), None)
    boxes = {} if block is None else {id(box): box for box in descendants(block)}
    before = [(box, box.style) for box in boxes.values()]
    if fitting is not None and block is not None:
        scale = fitting.share * root.style["font_size"] / block.style["font_size"]
        for box, style in before:
            box.style = style.copy()
            size = box.style["font_size"] = style["font_size"] * scale
            box.style["word_spacing"] = fitting.space * size
    try:
        yield
    finally:
        for box, style in before:
            box.style = style


def is_even(page: Any, before: Any, fitting: Fitting) -> bool:
    """Tell whether the paragraph came out well on a ``page``, and no river runs through it that was not ``before``."""
    if is_uneven([line_of(box) for box in _lines(page) if box.element is fitting.element]):
        return False
    return not is_river([line_of(box) for box in _lines(page)]) or is_river([line_of(box) for box in _lines(before)])


def _lines(page: Any) -> list[Any]:
    return [box for box in descendants(page.children[0]) if kind(box) == "LineBox"]
