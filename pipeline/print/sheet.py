"""The sheet: trim sizes, margins that grow with the thickness of the book, and the page rules from them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from pipeline.errors import Exit, OctavoError

MM = 72 / 25.4
INCH = 72.0


@dataclass(frozen=True, slots=True)
class Trim:
    """A trim size and the type area that suits it. All lengths are in points.

    ``size`` and ``line`` are the type size and leading of the text; ``measure`` is the length of a line and
    ``lines`` the number of lines on a full page.
    """

    name: str
    width: float
    height: float
    size: float
    line: float
    measure: float
    lines: int


TRIMS = {
    trim.name: trim
    for trim in (
        Trim("A5", 148 * MM, 210 * MM, 10, 13.5, 304, 34),
        Trim("B5", 176 * MM, 250 * MM, 11, 15, 350, 37),
        Trim("6x9", 6 * INCH, 9 * INCH, 10.5, 14, 316, 36),
        Trim("digest", 5.5 * INCH, 8.5 * INCH, 10, 13.5, 290, 35),
        Trim("A4", 210 * MM, 297 * MM, 12, 16, 400, 41),
    )
}


def trim_named(name: str) -> Trim:
    """Return the trim size of that name, in any case (“us-trade” and “6×9” are the same).

    Raises:
        OctavoError: SETTINGS, for a name that is not known; the nearest is named.

    """
    other = {"us-trade": "6x9", "us trade": "6x9", "trade": "6x9", "5.5x8.5": "digest"}
    plain = name.casefold().replace("×", "x").strip()
    plain = other.get(plain, plain)
    for known in TRIMS.values():
        if known.name.casefold() == plain:
            return known
    near = difflib.get_close_matches(plain, TRIMS, n=1, cutoff=0.3)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known sizes: {', '.join(TRIMS)}."
    raise OctavoError(Exit.SETTINGS, f"Unknown trim size “{name}”.", hint)


def gutter(pages: int) -> float:
    """Return the points to add to the inner margin of a book of so many pages: the fold swallows them."""
    for limit, extra in ((150, 0), (300, 3), (500, 6), (700, 9)):
        if pages <= limit:
            return extra
    return 12


def page_rules(trim: Trim, pages: int, title: str) -> str:
    """Return the ``@page`` rules for facing pages of ``trim`` in a book called ``title`` of so many pages.

    The free width is shared 2 : 3 between inner and outer margin, the free height 4 : 5 between head and
    foot.
    """
    extra = gutter(pages)
    free = trim.width - trim.measure - extra
    inner, outer = free * 0.42 + extra, free * 0.58
    height = trim.lines * trim.line
    head = (trim.height - height) * 0.46
    foot = trim.height - height - head
    return (
        f"@page {{ size: {trim.width:.3f}pt {trim.height:.3f}pt; margin-top: {head:.3f}pt; "
        f"margin-bottom: {foot:.3f}pt }}\n"
        f"@page :right {{ margin-left: {inner:.3f}pt; margin-right: {outer:.3f}pt }}\n"
        f"@page :left {{ margin-left: {outer:.3f}pt; margin-right: {inner:.3f}pt }}\n"
        f"@page :left {{ @top-center {{ content: {css_string(title)} }} }}\n"
    )


def css_string(words: str) -> str:
    """Return ``words`` as a CSS string."""
    escaped = "".join(f"\\{ord(sign):x} " if sign in '\\"\n\r\f' else sign for sign in words)
    return f'"{escaped}"'
