"""Justified paragraphs that come out badly are set again, a shade narrower or wider.

WeasyPrint breaks one line after the other and never looks back, so that a line must now and then take the space that a
better break above would have spared it. Here all paragraphs are set once without pages; one with a loose line, a ladder
of hyphens, a river or a scrap of a last line is tried in a few other settings, each so near to the first that no eye
sees the difference, and keeps the one whose lines are the most even; so is one into which a river runs from above. How
bad a line is grows with the cube of its stretch (Knuth and Plass, “Breaking Paragraphs into Lines”, 1981); spaces and
letters change by no more than what Bringhurst allows (*The Elements of Typographic Style*, 2.1.2 and 2.1.9).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from pipeline.forms.elements import is_block
from pipeline.print.boxes import LOOSE, NATURAL_SPACE, STUB, Line, Shape
from pipeline.print.rivers import BED, MOST, SAFE, longest_river, may_run
from pipeline.print.shelf import MEASURED

if TYPE_CHECKING:
    from pipeline.print.layout import Typesetter

TEXT_ALONE = "h1, h2, h3, h4, h5, h6, table { display: none } .fn { display: none; float: none }"
NOTES_ALONE = ".fn { float: none; display: block; break-inside: avoid }"
SETTINGS = (  # word space in em, size of the letters in parts of a hundred; the least change first
    *((-0.06, 100), (-0.03, 100), (-0.06, 99.5), (-0.03, 100.5)),
    *((-0.07, 99), (-0.02, 101), (-0.06, 98.5), (-0.03, 101.5)),
    *(
        (-0.07, 100),
        (-0.02, 100),
        (-0.05, 99.25),
        (-0.04, 100.75),
        (-0.065, 99.75),
        (-0.025, 100.25),
    ),  # for stubborn ones
)
LADDER = 4  # lines in a row that end in a hyphen: one too many (Chicago Manual of Style, 17th ed., 2.112)
SCRAP, BROKEN_SCRAP = 5, 9  # letters: a last line with fewer is a scrap; the second, if it ends a broken word


def even_text(body: HtmlElement, press: Typesetter, measure: float, size: float) -> None:
    """Give the uneven paragraphs of ``body`` another setting; lengths in points: of a line, of the type."""
    parts = [part for part in body.iter("p", "li", "dd") if not any(map(is_block, part.iterdescendants()))]
    _even_out(parts, [body], press, TEXT_ALONE, measure, size)


def even_notes(notes: Sequence[HtmlElement], press: Typesetter, measure: float, size: float) -> dict[str, list[Line]]:
    """Give the uneven ``notes`` another setting; return the lines of each note, by its id."""
    lines = _even_out(notes, notes, press, NOTES_ALONE, measure, size)
    return {note.get("id", ""): found for note, found in zip(notes, lines, strict=True)}


def _even_out(
    parts: Sequence[HtmlElement],
    within: Sequence[HtmlElement],
    press: Typesetter,
    rules: str,
    measure: float,
    size: float,
) -> list[list[Line]]:
    """Set ``parts`` where they stand, and the uneven ones in other settings; return the lines of each as it now is."""
    for number, part in enumerate(parts):
        part.set(MEASURED, str(number))
    shapes = press.measured(within, measure, rules)
    lines = {name: list(shape.lines) for name, shape in shapes.items()}
    uneven = [name for name, found in lines.items() if is_uneven(found)]
    least = {name: badness(lines[name]) for name in uneven}
    for space, share in SETTINGS:
        setting = _setting(space, share, size)
        again = [_by_itself(parts[int(name)], shapes[name], setting) for name in uneven]
        tried = press.measured(again, measure, rules)
        for name in uneven:
            found = list(tried[name].lines)
            if (bad := badness(found)) < least[name]:
                least[name], lines[name] = bad, found
                parts[int(name)].set("style", setting)
        uneven = [name for name in uneven if is_uneven(lines[name])]
    part_rivers(parts, shapes, lines, press, measure, rules, size)
    for part in parts:
        del part.attrib[MEASURED]
    return [lines.get(str(number), []) for number in range(len(parts))]


def part_rivers(
    parts: Sequence[HtmlElement],
    shapes: Mapping[str, Shape],
    lines: dict[str, list[Line]],
    press: Typesetter,
    measure: float,
    rules: str,
    size: float,
) -> None:
    """Set paragraphs otherwise into which a river runs from the one above, if one of the settings stops it."""

    def runs_on(number: int) -> bool:
        """Tell whether a river runs from a paragraph into the next."""
        if number < 0 or number + 1 >= len(parts) or parts[number + 1].getprevious() is not parts[number]:
            return False
        above, below = lines.get(str(number), []), lines.get(str(number + 1), [])
        together = [*above[-MOST:], *below[:MOST]]
        justified = parts[number].tag == parts[number + 1].tag == "p" and any(line.gap for line in together)
        return justified and _river(together) > 0

    wet = [str(number) for number in range(1, len(parts))]
    for space, share in SETTINGS:
        setting = _setting(space, share, size)
        wet = [name for name in wet if runs_on(int(name) - 1)]  # what was dry stays dry
        if not wet:
            return
        tried = press.measured([_by_itself(parts[int(name)], shapes[name], setting) for name in wet], measure, rules)
        for name in wet:
            before, lines[name] = lines[name], list(tried[name].lines)
            if is_uneven(lines[name]) or runs_on(int(name) - 1) or runs_on(int(name)):
                lines[name] = before
            else:
                parts[int(name)].set("style", setting)


def _setting(space: float, share: float, size: float) -> str:
    """Return the declarations of one of the ``SETTINGS`` for type of that ``size``."""
    return f"word-spacing: {space}em; font-size: {size * share / 100:.3f}pt"


def _by_itself(part: HtmlElement, shape: Shape, setting: str) -> HtmlElement:
    """Return a copy of a paragraph that takes the shape without the elements around it."""
    copied = copy.deepcopy(part)
    shaped = f"width: {shape.width:.3f}px; text-indent: {shape.indent:.3f}px; text-align: justify"
    copied.set("style", f"display: block; margin: 0; padding: 0; {shaped}; {setting}")
    return copied


def badness(lines: Iterable[Line]) -> float:
    """Return how uneven justified lines are: 1 for each line as loose as may be, ladder, river and scrap; 0 if good.

    A word alone on a line in the midst of a paragraph is worse than any of them.
    """
    found = list(lines)
    stretch = sum(((line.gap - NATURAL_SPACE) / (LOOSE - NATURAL_SPACE)) ** 3 for line in found if line.gap)
    return stretch + 2 * _loose(found) + _ladders(found) + _river(found) + _scrap(found) + 5 * _alone(found)


def is_uneven(lines: Sequence[Line]) -> bool:
    """Tell whether justified lines want another setting."""
    justified = any(line.gap for line in lines)
    return justified and bool(_loose(lines) or _ladders(lines) or _river(lines) or _scrap(lines) or _alone(lines))


def _loose(lines: Sequence[Line]) -> int:
    return sum(line.gap > LOOSE for line in lines)


def _alone(lines: Sequence[Line]) -> int:
    """Count the lines within a paragraph that hold a word alone: none is stretched, and their neighbours are longer."""
    longest = max((line.letters for line in lines), default=0)
    return sum(not line.gap and line.letters < STUB * longest for line in lines[:-1])


def _ladders(lines: Sequence[Line]) -> int:
    """Count the lines that end in a hyphen as too many before them do."""
    run = over = 0
    for line in lines:
        run = run + 1 if line.hyphenated else 0
        over += run >= LADDER
    return over


def is_river(lines: Sequence[Line]) -> bool:
    """Tell whether a river runs through so many of these lines, which stand below one another, that it is seen."""
    return _river(lines, BED) > 0


def _river(lines: Sequence[Line], wide: int = SAFE) -> int:
    """Return by how many lines the longest river is too long."""
    if len(lines) <= MOST or not may_run(lines, NATURAL_SPACE, wide, MOST + 1):
        return 0
    return max(longest_river(lines, NATURAL_SPACE, wide) - MOST, 0)


def _scrap(lines: Sequence[Line]) -> bool:
    if len(lines) < 2:
        return False
    return 0 < lines[-1].letters < (BROKEN_SCRAP if lines[-2].hyphenated else SCRAP)
