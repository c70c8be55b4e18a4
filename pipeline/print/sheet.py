"""The sheet: trim sizes and styles by name, the type area of each, and the page rules made from them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import Exit, OctavoError
from pipeline.forms.headings import in_capitals
from pipeline.label.chapters import NAMED
from pipeline.print.fonts import SECOND

MM = 72 / 25.4
INCH = 72.0

# Width and height in points.
TRIMS: dict[str, tuple[float, float]] = {
    "A5": (148 * MM, 210 * MM),
    "B5": (176 * MM, 250 * MM),
    "6x9": (6 * INCH, 9 * INCH),
    "digest": (5.5 * INCH, 8.5 * INCH),
    "A4": (210 * MM, 297 * MM),
    "tablet": (108 * MM, 144 * MM),
}
OTHER_NAMES = {"us-trade": "6x9", "us trade": "6x9", "trade": "6x9", "5.5x8.5": "digest"}

# Type size, leading and measure in points, and lines on a page: the classic style, by trim size.
CLASSIC: dict[str, tuple[float, float, float, int]] = {
    "A5": (10, 13.5, 316, 35),
    "B5": (11, 15, 358, 38),
    "6x9": (10.5, 14, 320, 37),
    "digest": (10, 13.5, 292, 36),
    "A4": (12, 16.5, 400, 41),
    "tablet": (10, 13.5, 256, 25),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One style on one trim size; lengths in points.

    ``size`` and ``line`` are type size and leading of the text, ``measure`` the length of a line, ``lines`` how many
    stand on a full page; ``note_size`` and ``note_line`` the same for notes. ``facing``: versos and rectos have
    mirrored margins, and divisions open on a recto. ``justified``: lines end at the right margin.
    """

    style: str
    trim: str
    width: float
    height: float
    size: float
    line: float
    measure: float
    lines: int
    note_size: float
    note_line: float
    facing: bool = True
    justified: bool = True


STYLES = {"classic": "A5", "large-print": "B5", "screen": "tablet"}  # with the trim size each has by default


def sheet_named(style: str, trim: str = "") -> Sheet:
    """Return the sheet of a style (“classic”, “large-print”, “screen”) on a trim size, both in any case.

    Large print follows the guidelines of its publishers: nothing smaller than 16 pt, not even a note.

    Raises:
        OctavoError: SETTINGS, for a name that is not known; the nearest is named.

    """
    style = _known(style or "classic", STYLES, "style")
    trim = trim.replace("×", "x").strip()
    trim = _known(OTHER_NAMES.get(trim.casefold(), trim) or STYLES[style], TRIMS, "trim size")
    width, height = TRIMS[trim]
    if style == "large-print":
        return Sheet(style, trim, width, height, 17, 22, width * 0.78, int(height * 0.82 / 22), 16, 20, justified=False)
    size, line, measure, lines = CLASSIC[trim]
    if style == "screen":
        measure, lines = width * 0.86, int(height * 0.84 / line)
        return Sheet(style, trim, width, height, size, line, measure, lines, 8, 10.5, facing=False, justified=False)
    return Sheet(style, trim, width, height, size, line, measure, lines, size * 0.8, line * 7 / 9)


def _known(name: str, names: Iterable[str], what: str) -> str:
    plain = {known.casefold(): known for known in names}
    if name.casefold() in plain:
        return plain[name.casefold()]
    near = difflib.get_close_matches(name.casefold(), plain, n=1, cutoff=0.4)
    hint = f"Did you mean “{plain[near[0]]}”?" if near else f"Known: {', '.join(plain.values())}."
    raise OctavoError(Exit.SETTINGS, f"Unknown {what} “{name}”.", hint)


def gutter(pages: int) -> float:
    """Return the points to add to the inner margin of a book of so many pages: the fold swallows them."""
    for limit, extra in ((150, 0), (300, 3), (500, 6), (700, 9)):
        if pages <= limit:
            return extra
    return 12


def page_rules(sheet: Sheet, pages: int, bleed: str = "") -> str:
    """Return the rules of the sheet for a book of about so many pages.

    The free width is shared 2 : 3 between inner and outer margin, the free height 5 : 6 between head and foot; the
    type area is a whole number of lines high. ``bleed`` is a CSS length; with it come crop marks.
    """
    extra = gutter(pages) if sheet.facing else 0
    free = sheet.width - sheet.measure - extra
    inner = free * (0.42 if sheet.facing else 0.5) + extra
    outer = sheet.width - sheet.measure - inner
    area = sheet.lines * sheet.line
    head = (sheet.height - area) * 0.46
    foot = sheet.height - area - head
    left, right = (outer, inner) if sheet.facing else (inner, outer)
    marks = f"bleed: {bleed}; marks: crop cross; " if bleed else ""
    return (
        f"html {{ font-size: {sheet.size}pt; line-height: {sheet.line}pt; "
        f"--area: {area:.4g}pt; --note-size: {sheet.note_size:.4g}pt; --note-line: {sheet.note_line:.4g}pt }}\n"
        f"@page {{ size: {sheet.width:.3f}pt {sheet.height:.3f}pt; {marks}"
        f"margin-top: {head:.3f}pt; margin-bottom: {foot:.3f}pt; "
        f"@footnote {{ max-height: {area * 0.6:.1f}pt }} }}\n"
        f"@page :right {{ margin-left: {inner:.3f}pt; margin-right: {outer:.3f}pt }}\n"
        f"@page :left {{ margin-left: {left:.3f}pt; margin-right: {right:.3f}pt }}\n"
    )


def part_rules(
    first: int,
    verso: str = "",
    recto: str = "",
    numbering: str = "decimal",
    *,
    blind: bool = False,
    several: bool = False,
) -> str:
    """Return the rules of one part of the book.

    Its first page has the number ``first`` and no running head; the others have ``verso`` and ``recto`` above them.
    ``blind``: pages are counted but show no folio. ``several``: divisions run on in the part, and the recto has the
    title of the one that begins there or goes on (their headings say it in ``data-running``).
    """
    right = "string(running)" if several else css_string(recto)
    side = "left" if first % 2 == 0 else "right"
    folio = "none" if blind else f"counter(page, {numbering})"
    return (
        f"html {{ break-before: {side} }}\n"
        "h1[data-running] { string-set: running attr(data-running) }\n"
        f"@page :first {{ counter-reset: page {first} }}\n"
        f"@page {{ @bottom-center {{ content: {folio} }} }}\n"
        f"@page :left {{ @top-center {{ content: {css_string(verso)}; {running_form(verso)} }} }}\n"
        f"@page :right {{ @top-center {{ content: {right}; {running_form(recto)} }} }}\n"
        "@page :first { @top-center { content: none } }\n"
        "@page :blank { @top-center { content: none } @bottom-center { content: none } }\n"
    )


def running_form(words: str) -> str:
    """Return the declarations for a running head: one in capitals takes the form of its heading (see ``forms``)."""
    if not in_capitals(words):
        return ""
    small = "font-variant-caps: all-small-caps; font-style: normal; letter-spacing: .08em"
    return f'font-family: "{SECOND}", serif; {small}'


def short_title(title: str, sheet: Sheet) -> str:
    """Return ``title`` cut to what a running head has room for: its first clause, or as many words as fit."""
    room = int(0.9 * sheet.measure / (0.5 * sheet.size))
    plain = title.strip().rstrip(".")
    if len(plain) <= room:
        return plain
    if (number := NAMED.match(plain)) and (rest := plain[number.end() :].lstrip(" .:;—–-")):
        return short_title(rest, sheet)  # “Part Two” says less than its words
    for sign in (": ", ". ", "; ", " – ", " — ", ", ", " or "):
        clause = plain.split(sign)[0]
        if 8 <= len(clause) <= room:
            return clause
    return plain[: room - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def css_string(words: str) -> str:
    """Return ``words`` as a CSS string."""
    escaped = "".join(f"\\{ord(sign):x} " if sign in '\\"\n\r\f' else sign for sign in words)
    return f'"{escaped}"'
