"""Short cuts through WeasyPrint: the same answers with fewer questions.

Of the laying out of a book, a sixth goes into three small functions. They work out a property that no rule names as if
a rule did; they ask each length whether it is a percentage, a sum or ``auto``; and they find a line's height by writing
down how it is set. While :func:`short_cuts` lasts, the common case is answered at once, and whatever else there may be
goes the way that WeasyPrint made for it. HTML is read by libxml2, which is written in C, where nothing in it is such
that the rules of HTML 5 would put it elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import StringIO
from math import inf
from typing import Any
from xml.etree import ElementTree

import lxml.html
from lxml import etree

from pipeline.forms.elements import HEADINGS, INLINE

_NESTED = " or ".join(f"self::{name}" for name in (*HEADINGS, "a", "button", "form", "nobr", "option", "select"))
_MOVED = etree.XPath(
    "boolean(//svg | //math | //pre | //textarea | //template | //comment() | //processing-instruction() | //table/tr"
    f" | //*[{_NESTED}]//*[{_NESTED}] | //p//*[not({' or '.join(f'self::{name}' for name in sorted(INLINE))})]"
    " | //*[self::table or self::thead or self::tbody or self::tfoot or self::tr]/text()[normalize-space()])"
)
"""Says whether a tree has anything that the rules of HTML 5 might put elsewhere, or add to."""

_STRUT = "octavo_strut"  # attribute of a style: the height and the baseline of an empty line
_SIDES = ("left", "right", "top", "bottom")
_ACROSS = (
    *(f"{space}_{side}" for space in ("margin", "padding") for side in _SIDES[:2]),
    *("width", "min_width", "max_width"),
)
_DOWN = tuple(f"{space}_{side}" for space in ("margin", "padding") for side in _SIDES[2:])
_LEAST, _MOST = ("min_height",), ("max_height",)
_ZERO = frozenset(("min_width", "min_height"))  # what "auto" is nothing for
_PLAINLY = "octavo_plainly"  # attribute of a style: the lengths of its boxes, if they depend on nothing else
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_LENGTHS = (*_ACROSS, *_DOWN, *_LEAST, *_MOST, "height", *_BORDERS)
_BARE = "octavo_bare"  # attribute of a style: whether boxes have no background by it, and no round corners
_CORNERS = tuple(f"border_{row}_{side}_radius" for row in ("top", "bottom") for side in _SIDES[:2])
_SQUARE: dict[str, Any] = {"background": None, **dict.fromkeys(_CORNERS, (0, 0))}
_SPECIAL = frozenset(("float", "position", "display", "page"))  # properties that depend on each other
_DECORATION = "text_decoration_"


@contextmanager
def short_cuts() -> Iterator[None]:
    """While this lasts, WeasyPrint takes them."""
    from weasyprint import css, tinyhtml5
    from weasyprint.css import ComputedStyle
    from weasyprint.layout import background, inline, percent

    computed, strut, resolved = ComputedStyle.__missing__, inline.strut, percent.resolve_percentages
    if hasattr(computed, _STRUT):  # they are taken already
        yield
        return
    users = [
        module
        for name, module in sys.modules.items()
        if name.startswith("weasyprint.layout") and vars(module).get("resolve_percentages") is resolved
    ]
    short = _computed(computed)
    setattr(short, _STRUT, True)
    ComputedStyle.__missing__, inline.strut = short, _strut(strut)
    parse, sheets = tinyhtml5.parse, css.find_stylesheets
    tinyhtml5.parse, css.find_stylesheets = _parse(parse), _sheets(sheets)
    grounds = background.layout_box_backgrounds
    background.layout_box_backgrounds = _grounds(grounds)
    for module in users:
        vars(module)["resolve_percentages"] = _resolved(resolved)
    try:
        yield
    finally:
        ComputedStyle.__missing__, inline.strut, tinyhtml5.parse = computed, strut, parse
        css.find_stylesheets, background.layout_box_backgrounds = sheets, grounds
        for module in users:
            vars(module)["resolve_percentages"] = resolved


@cache
def _plain_properties() -> dict[str, tuple[tuple[str, ...], bool, Any]]:
    """Return the properties that depend on no other, by name.

    Of each: what else a rule may call it (as ``margin_block_start``), whether it is inherited, and if not, its first
    value.
    """
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    found: dict[str, tuple[tuple[str, ...], bool, Any]] = {}
    for name, first in INITIAL_VALUES.items():
        inherited = name in INHERITED
        if name in _SPECIAL or name.startswith(_DECORATION):
            continue
        if not inherited and (name in INITIAL_NOT_COMPUTED or check_math(first)):
            continue
        logical = PHYSICAL_FUNCTIONS.get(name)
        others = {logical(block="ttb", inline=way) for way in ("ltr", "rtl")} if logical else ()
        found[name] = (tuple(sorted(others)), inherited, first)
    return found


def _computed(plain: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Return what gives a property that no rule names the value of the parent, or its first one."""
    from weasyprint.css.functions import check_math

    known = _plain_properties()

    def missing(style: Any, key: str) -> Any:
        what = known.get(key)
        ruled = style.cascaded
        if what is None or key in ruled:
            return plain(style, key)
        others, inherited, value = what
        for other in others:
            if other in ruled:
                return plain(style, key)
        if inherited:
            parent = style.parent_style
            if parent is None:
                return plain(style, key)
            value = parent[key]
            if check_math(value):
                return plain(style, key)
        style[key] = value
        return value

    return missing


def forget_lengths(style: Any) -> None:
    """Let boxes of this ``style`` have new lengths, now that one of its own was changed."""
    vars(style).pop(_PLAINLY, None)


def _strut(plain: Callable[[Any], tuple[float, float]]) -> Callable[[Any], tuple[float, float]]:
    """Return what finds the height of an empty line once for each style."""

    def strut(style: Any) -> tuple[float, float]:
        own = vars(style)
        found: tuple[float, float] | None = own.get(_STRUT)
        if found is None:
            found = own[_STRUT] = plain(style)
        return found

    return strut


def _parse(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return what reads HTML by libxml2 where that must give the same elements."""

    def parse(file: StringIO, **named: Any) -> Any:
        html = file.read()
        tree = lxml.html.document_fromstring(html)
        if not _MOVED(tree):
            with suppress(ElementTree.ParseError):  # signs that XML does not have
                return ElementTree.fromstring(etree.tostring(tree, encoding="unicode"))
        return plain(StringIO(html), **named)

    return parse


def _sheets(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return what looks for sheets in a text only if there is an element that may have one."""

    def sheets(wrapper: Any, *given: Any, **named: Any) -> Any:
        some = any(True for tag in ("style", "link") for _ in wrapper.etree_element.iter(tag))
        return plain(wrapper, *given, **named) if some else iter(())

    return sheets


def _grounds(plain: Callable[..., None]) -> Callable[..., None]:
    """Return what lays out backgrounds only where there are any, or borders with pictures or round corners."""
    from weasyprint.draw.color import get_color
    from weasyprint.formatting_structure.boxes import Box

    def is_bare(style: Any) -> bool:
        return (
            style["visibility"] == "visible"
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and all(picture == "none" for picture, _ in style["background_image"])
            and all((0, "px") in style[corner] for corner in _CORNERS)
            and not style["box_shadow"]
            and get_color(style, "background_color").alpha == 0
        )

    def layout_box_backgrounds(
        page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        own = box.style
        bare: bool | None = vars(own).get(_BARE)
        if bare is None:
            bare = is_bare(own)
            setattr(own, _BARE, bare)
        if not bare or style is not None or box is page or not isinstance(box, Box):
            plain(page, box, get_image, layout_children, style)
            return
        vars(box).update(_SQUARE)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image)

    return layout_box_backgrounds


def _resolved(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return what takes lengths as they are, and reckons only with others."""
    from weasyprint.css.properties import Dimension
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout.percent import resolve_one_percentage

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        lengths = vars(style).get(_PLAINLY)
        if lengths is not None:
            vars(box).update(lengths)
            return
        if isinstance(containing_block, Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        upright = style["height"]
        plainly = upright == "auto" or (type(upright) is Dimension and upright.unit == "px")
        unwonted = style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box"
        if unwonted or not isinstance(box, Box) or not plainly:
            plain(box, containing_block)
            return
        own = vars(box)
        below = height if isinstance(box, PageBox) else width
        least, most = (0, inf) if height == "auto" else (height, height)
        alone = True  # nothing in it is a part of what stands around it
        for names, whole in ((_ACROSS, width), (_DOWN, below), (_LEAST, least), (_MOST, most)):
            for name in names:
                value = style[name]
                if type(value) is Dimension and value.unit == "px":
                    own[name] = value.value
                elif value == "auto":
                    own[name] = 0 if name in _ZERO else value
                else:
                    resolve_one_percentage(box, name, whole)
                    alone = False
        own["height"] = upright if upright == "auto" else upright.value
        for name in _BORDERS:
            own[name] = style[name]
        if alone:
            setattr(style, _PLAINLY, {name: own[name] for name in _LENGTHS})

    return resolve_percentages
