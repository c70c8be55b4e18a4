"""Headings of several lines: set in lines of about one length, so that none ends in a word or two by themselves.

A heading takes the narrowest measure in which it has no more lines than in the full one (what CSS calls
``text-wrap: balance``, which WeasyPrint does not know).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from pipeline.print.shelf import MEASURED

if TYPE_CHECKING:
    from pipeline.print.layout import Typesetter

HIDDEN = ".fn { display: none; float: none }"
STEP, STEPS = 0.04, 12  # of the measure


def balance(headings: Iterable[HtmlElement], within: Sequence[HtmlElement], press: Typesetter, measure: float) -> None:
    """Give ``headings`` the measure that they want; the style sheets take it from ``--narrower``.

    ``within`` is what they are set in, or they themselves; ``measure`` the length of a line in points.
    """
    parts = {str(number): heading for number, heading in enumerate(headings)}
    for name, part in parts.items():
        part.set(MEASURED, name)
    full = _lines(within, press, measure)
    wanted = {name for name, count in full.items() if count > 1}
    for step in range(1, STEPS):
        if not wanted:
            break
        before = {name: parts[name].get("style", "") for name in wanted}
        for name in wanted:
            parts[name].set("style", f"--narrower: {step * STEP * measure:.2f}pt")
        found = _lines(within, press, measure)
        for name in [name for name in wanted if found[name] > full[name]]:
            wanted.remove(name)
            parts[name].set("style", before[name])
    for part in parts.values():
        del part.attrib[MEASURED]


def _lines(within: Sequence[HtmlElement], press: Typesetter, measure: float) -> dict[str, int]:
    shapes = press.measured(within, measure, HIDDEN)
    return {name: len(shape.lines) for name, shape in shapes.items()}
