"""The cover of a paperback as its printer wants it: back, spine and front on one sheet, with bleed all round.

The spine is as wide as the pages are thick; how thick a page is, and from how many pages on there is room for words on
the spine, stands in the style (``[cover]`` of its ``page.toml``), as printers on demand publish it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from html import escape
from typing import Any

from pipeline import styles
from pipeline.errors import Exit, OctavoError
from pipeline.fonts import FAMILY, faces_for
from pipeline.machine import weasyprint
from pipeline.manuscript import plain
from pipeline.print.front import authors
from pipeline.print.sheet import INCH, MM, Sheet
from pipeline.report import Report

UNITS = {"in": INCH, "mm": MM, "cm": 10 * MM, "pt": 1.0}
TITLE, LETTER, MARGINS = (
    30.0,
    0.56,
    28 * MM,
)  # of the title on the front: size, width of a letter in em, what stays free
SAFE = INCH / 16  # points between the words on the spine and its edges


def spine(sheet: Sheet, pages: int) -> float:
    """Return the width in points of the spine of a book of so many pages."""
    assert sheet.cover is not None
    return points(sheet.cover, "page") * pages


def points(cover: Mapping[str, Any], key: str) -> float:
    """Return a length of the style's ``[cover]`` in points.

    Raises:
        OctavoError: SETTINGS if it is none.

    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(in|mm|cm|pt)", str(cover.get(key, "")))
    if found is None:
        raise OctavoError(Exit.SETTINGS, f"“{key}” under [cover] of the style is no length.", "Give one, such as 3mm.")
    return float(found[1]) * UNITS[found[2]]


def _balanced(title: str, width: float) -> str:
    """Return ``title`` in lines of about one length, as few as have room on a cover so many points wide, as HTML."""
    room = int((width - MARGINS) / (LETTER * TITLE))
    lines = textwrap.wrap(title, max(room, 1), break_long_words=False)
    while room > 1 and len(shorter := textwrap.wrap(title, room - 1, break_long_words=False)) == len(lines):
        lines, room = shorter, room - 1
    return " <br>".join(map(escape, lines))


def jacket(meta: Mapping[str, Any], sheet: Sheet, pages: int, report: Report) -> bytes:
    """Return the cover of a book of so many pages as a PDF of one page, with its bleed and its trim size.

    ``meta`` is the YAML block of the book: title, subtitle and authors stand on the front, the description on the back.
    """
    assert sheet.cover is not None
    bleed, width = points(sheet.cover, "bleed"), spine(sheet, pages)
    title, people = plain(meta.get("title", "")), " · ".join(authors(meta))
    subtitle, about, publisher = (plain(meta.get(key, "")) for key in ("subtitle", "description", "publisher"))
    back_words = "".join(f"<p>{escape(one)}</p>" for one in (about,) if one)
    front = (
        f'<p class="author">{escape(people)}</p><p class="title">{_balanced(title, sheet.width)}</p>'
        f'<p class="subtitle">{escape(subtitle)}</p><p class="publisher">{escape(publisher)}</p>'
    )
    worded = pages >= int(sheet.cover.get("spine_text", 80)) and width > 4 * SAFE
    on_spine = f"<p>{escape(title)}{f'<span>{escape(people)}</span>' if people else ''}</p>" if worded else ""
    html = (
        f'<!doctype html><html lang="{plain(meta.get("lang", "")) or "en"}"><title>{escape(title)}</title><body>'
        f'<div class="back">{back_words}</div><div class="spine">{on_spine}</div><div class="front">{front}</div>'
    )
    left = (0.0, sheet.width, sheet.width + width)
    rules = (
        f"@page {{ size: {2 * sheet.width + width:.3f}pt {sheet.height:.3f}pt; bleed: {bleed:.3f}pt }}\n"
        f":root {{ --width: {sheet.width:.3f}pt; --height: {sheet.height:.3f}pt; "
        f"--spine: {width:.3f}pt; --type: {min(max(width - 2 * SAFE, 1) * 0.7, 14):.3f}pt }}\n"
        f".back {{ left: {left[0]:.3f}pt }} .spine {{ left: {left[1]:.3f}pt }} .front {{ left: {left[2]:.3f}pt }}\n"
    )
    faces = faces_for(f"{title}{people}{subtitle}{about}{publisher}", report, plain(meta.get("lang", "")))
    look = (styles.folder() / "print" / "jacket.css").read_text(encoding="utf-8")
    family = ", ".join(f'"{name}"' for name in (FAMILY, *faces.families))
    engine = weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheets = [
        engine.CSS(string=one, font_config=fonts)
        for one in (faces.rules, look, rules, f"html {{ font-family: {family}, serif }}")
    ]
    return bytes(engine.HTML(string=html).write_pdf(stylesheets=sheets, font_config=fonts))
