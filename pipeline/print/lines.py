"""Where lines end: found once for the same words, and without a word alone on a line for the sake of a space.

Where text is followed by words in another face, WeasyPrint measures it with the space between. If it is by that space
too long for the line, WeasyPrint takes it for a word that fits nowhere: the first word stands alone on a line, and the
rest comes below. The same happens where Pango, which counts in whole units, finds words to fit that are too long by a
hair. And it asks Pango for the same line again whenever a paragraph is measured, set on its page, and set
again with the page. And what is read from right to left it sets in from the left. There is no public way to change it,
so this wraps the function that finds where a line ends, and the one that makes it a box.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import floor, inf
from typing import Any
from zlib import crc32

from pipeline.print import castoff
from pipeline.print.turns import WHOLE

LEAST = 0.75  # of the measure: a line that is filled no more, though more text follows, is looked at again
NEARER = (0.98, 0.95, 0.91, 0.86, 0.8)
"""Shares of a line within which its end is looked for where only its first word was said to fit."""
MOST = 30_000  # lines that are remembered: those of some 700 pages, and of a gigabyte a twentieth
_HAIR = 1.0  # pixels by which what was said to fit is too long: WeasyPrint would part the words before it instead
_NEAR = 1_000  # letters among which a line of a long text ends, if it is no odd one
_UNITS = 1024  # to a pixel: Pango's own, in which widths of lines are whole numbers
_BEGINNING = 120  # letters of a text that are compared one by one
_FORM = "octavo_form"  # attribute of a style: what a line depends on of it

_ASKED = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variation_settings"),
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_language_override"),
    *("letter_spacing", "word_spacing", "white_space", "overflow_wrap", "word_break", "tab_size", "direction", "lang"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "text_decoration_line"),
)
"""The properties that WeasyPrint asks about when it looks for the end of a line (``weasyprint.text.line_break``)."""

Known = dict[tuple[object, ...], tuple[Any, ...]]
"""What is known of lines that were set with the same faces; it can be sent to another process that has them."""


@contextmanager
def whole_lines(known: Known, founts: castoff.Founts) -> Iterator[None]:
    """While this lasts, WeasyPrint leaves no word alone on a line for the sake of a space.

    Lines that are ``known`` are not looked for again, and those that are found become known; so it is with the words
    of the ``founts``.
    """
    from weasyprint.layout import inline

    plain, boxed = inline.split_first_line, inline.get_next_linebox

    def find(text: str, style: Any, context: Any, width: float | None, *more: Any, **named: Any) -> Any:
        whole = getattr(context, WHOLE, ())
        units = width if width is None or width == inf else floor(width * _UNITS)  # rounding differs from page to page
        told = crc32(text.encode(errors="surrogatepass"))  # a hash is another one in another process
        key = (_form(style), units, whole, more, *named.items(), len(text), told, text[:_BEGINNING])
        found = known.get(key)
        if found is None:
            if len(known) >= MOST:
                known.clear()
            found = castoff.ends(founts, text, style, context, width, more[0])
            if found is None:
                found = _sought(plain, text, style, context, width, *more, **named)
            known[key] = (_alike(found[0]), *found[1:])
            return found
        return (_alike(found[0]), *found[1:])  # a line has a layout of its own, which is justified

    def split_first_line(text: str, style: Any, context: Any, width: float | None, *more: Any, **named: Any) -> Any:
        found = find(text, style, context, width, *more, **named)
        _, _, resume_at, filled, _, _ = found
        words = text.rstrip(" ")
        if width is not None and words == text and " " in words.strip() and width < filled < width + _HAIR:
            found = find(text, style, context, width - _HAIR, *more, **named)
            _, _, resume_at, filled, _, _ = found
        if width is None or resume_at is None or filled > LEAST * width or " " not in words:
            return found
        if words == text:  # as where a hard space ties its last word to a name in another face
            nearer = (find(text, style, context, width * share, *more, **named) for share in NEARER)
            return next((one for one in nearer if one[2] is not None and one[3] > LEAST * width), found)
        bare = find(words, style, context, width, *more, **named)
        if width < bare[3] < width + _HAIR:
            bare = find(words, style, context, width - _HAIR, *more, **named)
        layout, length, rest, full, height, baseline = bare
        if full > width or full <= filled:
            return found
        return layout, length, len(text.encode()) if rest is None else rest, full, height, baseline

    def get_next_linebox(context: Any, linebox: Any, *more: Any, **named: Any) -> Any:
        found = boxed(context, linebox, *more, **named)
        line, indent = found[0], linebox.text_indent
        if line is not None and indent and line.style["direction"] == "rtl":
            for box in line.children:
                box.translate(-indent, 0)
        return found

    def create_layout(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float
    ) -> Any:
        """Return the layout of a line that was justified: Pango is asked when it is painted."""
        if max_width is not None or text == " " or "\n" in text or style["text_decoration_line"] != "none":
            return created(text, style, context, max_width, justification_spacing)
        layout = castoff.blank_layout(text, justification_spacing, None)
        vars(layout).update(layout=None, language=None, style=None)  # what it forgets when it is put aside
        return layout

    created = inline.create_layout
    inline.split_first_line, inline.get_next_linebox = split_first_line, get_next_linebox
    inline.create_layout = create_layout
    try:
        yield
    finally:
        inline.split_first_line, inline.get_next_linebox = plain, boxed
        inline.create_layout = created


def _sought(plain: Any, text: str, style: Any, context: Any, width: float | None, *more: Any, **named: Any) -> Any:
    """Look for the end of a line among the first letters of a long text.

    WeasyPrint does so too, but if it guesses too few, as where many letters take no room, Pango has to set all that is
    left of the paragraph, again for each line.
    """
    size = _NEAR
    while width is not None and width != inf and 2 * size < len(text):
        head = text[:size]
        found = plain(head, style, context, width, *more, **named)
        resume_at = found[2]
        if resume_at is not None and 2 * resume_at < len(head.encode()):  # what lies farther on changes nothing
            return found
        size *= 4
    return plain(text, style, context, width, *more, **named)


def _alike(layout: Any) -> Any:
    """Return a copy of a layout that is not active; ``copy.copy`` takes ten times as long."""
    alike = layout.__class__.__new__(layout.__class__)
    vars(alike).update(vars(layout))
    return alike


def _form(style: Any) -> str:
    """Return what a line depends on of its style."""
    form: str | None = vars(style).get(_FORM)
    if form is None:
        form = sys.intern(str([style[name] for name in _ASKED]))  # one for all lines, also where they are sent
        setattr(style, _FORM, form)
    return form
