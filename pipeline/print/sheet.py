"""The sheet: trim sizes and styles by name, the type area of each, and the page rules made from them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import styles
from pipeline.errors import Exit, OctavoError
from pipeline.forms.headings import is_capital

RUNNING, OVER = "data-running", "data-over"
"""Attributes of a heading: what stands over the rectos from its page on, and what over the versos."""
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

STYLES = styles.print_styles()


HEAD_SIZE = 0.82  # of the size of the text, as in ``book.css``


@dataclass(frozen=True, slots=True)
class Sheet:
    """One style on one trim size; lengths in points.

    ``size`` and ``line`` are type size and leading of the text, ``measure`` the length of a line, ``lines`` how many
    stand on a full page; ``note_size`` and ``note_line`` the same for notes, ``note_share`` how much of a page they may
    take. ``facing``: versos and rectos have mirrored margins. ``justified``: lines end at the right margin. ``css`` is
    the style's own sheet; ``cover`` what the printer of a cover wants, if the style has one (see ``jacket``).
    ``set_off``: languages whose high signs and guillemets have thin spaces (see ``typography``).
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
    css: Path
    note_share: float = 0.6
    facing: bool = True
    justified: bool = True
    cover: Mapping[str, Any] | None = None
    set_off: tuple[str, ...] = ()

    @property
    def area(self) -> tuple[float, int]:
        """How long a line is, in ems, and how many stand on a full page."""
        return self.measure / self.size, self.lines


def sheet_named(style: str, trim: str = "") -> Sheet:
    """Return the sheet of a style (a name in any case, or the folder of one) on a trim size.

    Where a style says nothing of a trim size, it has the type of the classic style on it.

    Raises:
        OctavoError: SETTINGS, for a name that is not known (the nearest is named) or a style that is not whole.

    """
    folder = styles.print_style(_known(style or "classic", STYLES, "style") if "/" not in style else style)
    page = _page_of(folder)
    trim = trim.replace("×", "x").strip()
    trim = _known(OTHER_NAMES.get(trim.casefold(), trim) or str(page["trim"]), TRIMS, "trim size")
    width, height = TRIMS[trim]
    classic = page if folder.name == "classic" else _page_of(styles.print_style("classic"))
    row = page["type"].get(trim) or page["type"].get("any") or classic["type"][trim]
    notes = {**classic["notes"], **page.get("notes", {})}
    try:
        size, line = float(row["size"]), float(row["line"])
        measure, lines = float(row["measure"]), float(row["lines"])
        return Sheet(
            folder.name,
            trim,
            width,
            height,
            size,
            line,
            measure if measure > 1 else measure * width,
            int(lines if lines > 1 else lines * height / line),
            size * float(notes["size"]),
            line * float(notes["line"]),
            folder / "style.css",
            float(notes["share"]),
            bool(page.get("facing", True)),
            bool(page.get("justified", True)),
            page.get("cover"),
            tuple(map(str, page.get("set_off", classic.get("set_off", ())))),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _not_whole(folder / "page.toml", f"“{trim}” under [type] lacks {error}") from error


def _page_of(folder: Path) -> dict[str, Any]:
    path = folder / "page.toml"
    try:
        page = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _not_whole(path, str(error)) from error
    except OSError as error:
        raise OctavoError(
            Exit.SETTINGS, f"There is no style in {folder}.", "Make one: octavo style new NAME."
        ) from error
    if not isinstance(page.get("type"), dict) or "trim" not in page:
        raise _not_whole(path, "it has no “trim”, or no [type]")
    return page


def _not_whole(path: Path, why: str) -> OctavoError:
    return OctavoError(Exit.SETTINGS, f"{path} does not describe a page: {why}.", "docs/styles.md says how it does.")


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


def least_inner(pages: int) -> float:
    """Return the inner margin in points that a printer on demand wants at least for so many pages."""
    for limit, inches in ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75)):
        if pages <= limit:
            return inches * INCH
    return 0.875 * INCH


def page_rules(sheet: Sheet, pages: int, bleed: str = "", *, mirrored: bool = False) -> str:
    """Return the rules of the sheet for a book of about so many pages.

    The free width is shared 2 : 3 between inner and outer margin, the free height 5 : 6 between head and foot; the
    type area is a whole number of lines high. ``bleed`` is a CSS length; with it come crop marks. ``mirrored``: the
    book is bound at the right, for it is written from right to left; its rectos are the pages that lie on the left.
    """
    extra = gutter(pages) if sheet.facing else 0
    free = sheet.width - sheet.measure - extra
    inner = free * (0.42 if sheet.facing else 0.5) + extra
    if sheet.cover:
        inner = max(inner, least_inner(pages * 11 // 10))  # the pages are guessed, and the printer counts them
    outer = sheet.width - sheet.measure - inner
    area = sheet.lines * sheet.line
    head = (sheet.height - area) * 0.46
    foot = sheet.height - area - head
    left, right = (outer, inner) if sheet.facing else (inner, outer)
    if mirrored and sheet.facing:
        inner, outer, left, right = outer, inner, right, left
    marks = f"bleed: {bleed}; marks: crop cross; " if bleed else ""
    return (
        f"html {{ font-size: {sheet.size}pt; line-height: {sheet.line}pt; "
        f"--area: {area:.4g}pt; --note-size: {sheet.note_size:.4g}pt; --note-line: {sheet.note_line:.4g}pt }}\n"
        f"@page {{ size: {sheet.width:.3f}pt {sheet.height:.3f}pt; {marks}"
        f"margin-top: {head:.3f}pt; margin-bottom: {foot:.3f}pt; "
        f"@footnote {{ max-height: {area * sheet.note_share:.1f}pt }} }}\n"
        f"@page :right {{ margin-left: {inner:.3f}pt; margin-right: {outer:.3f}pt }}\n"
        f"@page :left {{ margin-left: {left:.3f}pt; margin-right: {right:.3f}pt }}\n"
    )


def longer_pages(sheet: Sheet, lines: int) -> str:
    """Return the rules by which the pages of a part have so many lines more (or fewer); folios stay in place."""
    foot = (sheet.height - sheet.lines * sheet.line) * 0.54
    return (
        f"@page :left, :right {{ margin-bottom: {foot - lines * sheet.line:.3f}pt; "
        f"@bottom-center {{ padding-top: {1.4 - lines:.1f}rlh }} }}\n"
    )


def part_rules(
    first: int,
    versos: Sequence[str] = (),
    rectos: Sequence[str] = (),
    numbering: str = "decimal",
    *,
    blind: bool = False,
) -> str:
    """Return the rules of one part of the book.

    Its first page has the number ``first`` and no running head; the others have what ``versos`` and ``rectos`` name.
    Where that is several, it is what the headings say by the attributes ``OVER`` and ``RUNNING``: of the division that
    begins there or goes on. ``blind``: pages are counted but show no folio.
    """
    side = "left" if first % 2 == 0 else "right"
    folio = "none" if blind else f"counter(page, {numbering})"
    return (
        f"html {{ break-before: {side} }}\n"
        f"[{RUNNING}] {{ string-set: running attr({RUNNING}), over attr({OVER}) }}\n"
        f"@page :first {{ counter-reset: page {first} }}\n"
        f"@page {{ @bottom-center {{ content: {folio} }} }}\n"
        f"@page :left {{ @top-center {{ {_running_head(versos, 'over')} }} }}\n"
        f"@page :right {{ @top-center {{ {_running_head(rectos, 'running')} }} }}\n"
        "@page :first { @top-center { content: none } }\n"
        "@page :blank { @top-center { content: none } @bottom-center { content: none } }\n"
    )


def _running_head(titles: Sequence[str], name: str) -> str:
    """Return the declarations for a running head that is one of ``titles``; if several, it is the string ``name``.

    In capitals, as most of them are, it takes the form of their headings (see ``forms``).
    """
    content = f"string({name})" if len({*titles}) > 1 else css_string(titles[0] if titles else "")
    if 2 * sum(map(is_capital, titles)) <= len(titles):
        return f"content: {content}"
    from pipeline.fonts import SECOND  # what reads fonts is not loaded for a look at the paper that is wanted

    small = "font-feature-settings: 'c2sc'; font-style: normal; letter-spacing: .08em"
    return f'content: {content}; font-family: "{SECOND}", serif; {small}'


def css_string(words: str) -> str:
    """Return ``words`` as a CSS string."""
    escaped = "".join(f"\\{ord(sign):x} " if sign in '\\"\n\r\f' else sign for sign in words)
    return f'"{escaped}"'
