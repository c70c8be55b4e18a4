"""Casting off: where a line ends, reckoned from the widths of its words.

Where words are spaced, as in all justified text here, Pango shapes each word and each space by itself, so that a line
is as wide as they are together, to the unit. WeasyPrint has it shape four or five lines to find one: the text up to the
line's end and behind it, the line with one word more, with each part of that word that a hyphen may end, and the line
that is taken. Here each word is measured once in each face, and the sums say what Pango would. What is not as plain as
that goes the long way: letters and signs outside the common ones, words whose parts Pango might part at the line's end,
lines that are full to a hair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
_COMMON = re.compile(f"[ {_LETTER}0-9.,;:!?'\"()\\[\\]“”‘’«»…–—&%/\u00a0\u202f\u2060-]+")
"""What Pango sets in one face and one script, Latin, wherever it stands: no sign of it asks for what is around it."""
_LATIN = re.compile(f"[{_LETTER}]")
_WORD = re.compile(f"[{_LETTER}]+|[0-9]+")
_PLAIN = re.compile(
    f"(?:«\u202f?|[“‘]{{0,2}})(?:[{_LETTER}]+(?:’[{_LETTER}]+)*|[0-9]+)"
    "(?:[.,;:!?]?[’”)]{0,2}[.,;:]?|[.,]?\u202f?[;:!?»][.,]?)"
)
"""A word within which no line ends but at a hyphen that is added, and behind which and before which one may end."""
_SPACES = re.compile(" |\u00a0")
_HAIR = 64  # of Pango's units, of which 1,024 are a pixel: what is nearer than that is for Pango to say
_RATIO = 4  # of letters to a line: so many WeasyPrint looks at
_AHEAD = 4_000  # letters of a paragraph whose words are measured together
_MOST = 2**21  # pixels; to Pango a longer line has no end
_HYPHEN = "\u2010"
_SETTING = "octavo_setting"  # attribute of a style

Found = tuple[Any, int, int | None, float, float, float]
"""What WeasyPrint's ``split_first_line`` returns."""


@dataclass(slots=True)
class Fount:
    """The words of a face in one size, each with its width in Pango's units; None for one that takes another face.

    ``space``, ``hard``: the widths of both spaces; ``look``: the height of a line, and how far its foot lies below its
    top, likewise.
    """

    words: dict[str, int | None] = field(default_factory=dict)
    space: int = 0
    hard: int = 0
    look: tuple[int, int] = (0, 0)


Founts = dict[str, Fount]
"""The founts of one press, by what tells one from another."""


class _Setting(NamedTuple):
    """What a style says of its lines: the fount, what is added to a space in Pango's units, and how words part.

    ``parts``: the language of the dictionary and the fewest letters of a word, and before and behind the hyphen.
    """

    fount: Fount
    added: int
    size: float
    parts: tuple[str, int, int, int] | None


def ends(founts: Founts, text: str, style: Any, context: Any, width: float | None, spacing: float) -> Found | None:
    """Return where the first line of ``text`` ends, as WeasyPrint would find it; None where that is for Pango to say.

    Args:
        founts: the words that are known.
        text: what is to be set.
        style: of the text, computed.
        context: of the layout.
        width: of the line, in pixels.
        spacing: added to each space of a justified line, in pixels.

    """
    from weasyprint.text.ffi import FROM_UNITS, TO_UNITS

    if width is None or not 0 < width < _MOST:
        return None
    setting = _setting_of(style, founts)
    if setting is None or setting.size * _RATIO > width:
        return None
    short = text[: int(width / setting.size * _RATIO)]
    common = _COMMON.match(short)
    if common is None or common.end() < len(short):
        return None
    words, whole = short.split(" "), len(short) == len(text)
    if not whole:
        words.pop()  # cut, or nothing
    if "" in words:
        return None
    fount = setting.fount
    if not fount.words.keys() >= {*words}:
        _learn(fount, style, [*words, *filter(_COMMON.fullmatch, text[len(short) : _AHEAD].split(" ")[1:-1])])
    room, filled, taken = int(width * TO_UNITS), 0, 0
    for word in words:
        wide = _width(word, setting)
        if wide is None or abs(filled + wide - room) <= _HAIR:
            return None
        if filled + wide > room:
            break
        filled += wide + fount.space + setting.added
        taken += 1
    filled -= fount.space + setting.added
    line = text if taken == len(words) else " ".join(words[:taken])
    if not _LATIN.search(line):
        return None
    said, resume_at = line, None
    if taken < len(words):
        rest = words[taken : taken + 2]
        if not taken or not all(map(_PLAIN.fullmatch, [words[taken - 1], *rest])) or (len(rest) < 2 and not whole):
            return None
        length = len(line.encode())
        resume_at = length + 1
        # where the line is full, Pango may yet see room behind it, or none, for the space that it takes off
        if setting.parts and room - filled < abs(setting.added) + _HAIR:
            return None
        part = _part(rest[0], filled + fount.space + setting.added, room, setting, style, context)
        if part is None:
            return None
        if part:
            line = f"{line} {part}"
            resume_at = length = len(line.encode())
            said = f"{line}{_HYPHEN}"
            filled += fount.space + setting.added + (fount.words[f"{part}{_HYPHEN}"] or 0)
    elif whole:
        length = len(text.encode())
    else:
        return None
    height, foot = fount.look
    return (
        blank_layout(said, spacing, width),
        length,
        resume_at,
        filled * FROM_UNITS,
        height * FROM_UNITS,
        foot * FROM_UNITS,
    )


def _part(word: str, filled: int, room: int, setting: _Setting, style: Any, context: Any) -> str | None:
    """Return the longest part of a word for which there is room, with a hyphen behind it; "" where there is none.

    None where it is for Pango to say.
    """
    if setting.parts is None:
        return ""
    lang, least, left, right = setting.parts
    found = next((one for one in _WORD.finditer(word) if len(one[0]) >= least), None)
    if found is None:
        return ""
    import pyphen

    key = (lang, left, right, least)
    dictionary = context.dictionaries.get(key)
    if dictionary is None:
        dictionary = context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
    parts: list[str] = [word[: found.start()] + part for part, _ in dictionary.iterate(found[0])]
    known = setting.fount.words
    _learn(setting.fount, style, [f"{part}{_HYPHEN}" for part in parts])
    for part in parts:
        wide = known[f"{part}{_HYPHEN}"]
        if wide is None or abs(filled + wide - room) <= _HAIR:
            return None
        if filled + wide < room:
            return part
    return ""


def _width(word: str, setting: _Setting) -> int | None:
    """Return how wide a word is; words that a hard space ties are one."""
    known = setting.fount.words
    if "\u00a0" not in word:
        return known[word]
    pieces = word.split("\u00a0")
    widths = [known[piece] for piece in pieces if piece]
    if not (pieces[0] and pieces[-1]) or None in widths:
        return None
    return sum(filter(None, widths)) + (len(pieces) - 1) * (setting.fount.hard + setting.added)


def _setting_of(style: Any, founts: Founts) -> _Setting | None:
    """Return what a style says of its lines; None for one whose lines are for Pango to find."""
    own = vars(style)
    if _SETTING not in own:
        own[_SETTING] = _told(style, founts)
    setting: _Setting | None = own[_SETTING]
    return setting


_WONTED = {
    "letter_spacing": "normal",
    "white_space": "normal",
    "overflow_wrap": "normal",
    "word_break": "normal",
    "text_decoration_line": "none",
    "direction": "ltr",
    "hyphenate_character": _HYPHEN,
}
_FACE = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variation_settings"),
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_language_override", "lang"),
)


def _told(style: Any, founts: Founts) -> _Setting | None:
    import pyphen
    from weasyprint.layout.percent import percentage
    from weasyprint.text.ffi import TO_UNITS

    if not style["word_spacing"] or any(style[name] != value for name, value in _WONTED.items()):
        return None
    parts = None
    lang = style["lang"] and pyphen.language_fallback(style["lang"])
    if style["hyphens"] == "auto" and lang:
        if percentage(style["hyphenate_limit_zone"], style, 1.0):
            return None
        least, left, right = style["hyphenate_limit_chars"]
        parts = (lang, least, left, right)
    face = str([style[name] for name in _FACE])
    fount = founts.get(face)
    if fount is None:
        fount = founts[face] = _cast(style)
    return _Setting(fount, int(style["word_spacing"] * TO_UNITS), style["font_size"], parts)


# -------------------------------------------------------------------------------------------------------- measuring


def _learn(fount: Fount, style: Any, words: list[str]) -> None:
    """Measure the words that are not known yet, each on a line of its own."""
    known = fount.words
    new = [word for word in words if word not in known]
    if not new:
        return
    pieces = dict.fromkeys(piece for word in new for piece in word.split("\u00a0") if piece and piece not in known)
    alone = [piece for piece in pieces if _LATIN.search(piece)]
    if alone:
        for piece, line in zip(alone, _lines(style, "\n".join(alone), len(alone)), strict=True):
            known[piece] = line.width if line.look == fount.look and line.faces == {line.face} else None
    for piece in pieces:
        if piece not in known:  # a sign takes the script of the letters before it
            n, line = _lines(style, f"n\nn {piece}", 2, spaced=True)
            same = line.look == fount.look and line.faces == {n.face}
            known[piece] = line.width - n.width - fount.space if same else None


def _cast(style: Any) -> Fount:
    """Begin a fount with its spaces and its look."""
    n, two, tied = _lines(style, "n\nn n\nn\u00a0n", 3, spaced=True)
    return Fount(space=two.width - 2 * n.width, hard=tied.width - 2 * n.width, look=n.look)


class _Row(NamedTuple):
    """A line that Pango has set: its width, height and foot; the first of its faces, and all."""

    width: int
    look: tuple[int, int]
    face: Any
    faces: set[Any]


def _lines(style: Any, text: str, count: int, *, spaced: bool = False) -> list[_Row]:
    """Have Pango set lines that end where the text says; ``spaced``: with spaces that are set by themselves."""
    from weasyprint.text.ffi import ffi, pango, unicode_to_char_p
    from weasyprint.text.line_break import Layout

    layout = Layout(style)
    letters, written = unicode_to_char_p(text)
    pango.pango_layout_set_text(layout.layout, letters, -1)
    if spaced:
        attributes = pango.pango_layout_get_attributes(layout.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for space in re.finditer(_SPACES.pattern.encode(), written):
            apart = pango.pango_attr_letter_spacing_new(1)
            apart.start_index, apart.end_index = space.span()
            pango.pango_attr_list_change(attributes, apart)
        pango.pango_layout_set_attributes(layout.layout, attributes)
    extents = ffi.new("PangoRectangle *")
    rows: list[_Row] = []
    texts = text.split("\n")
    for number in range(count):
        line = pango.pango_layout_get_line_readonly(layout.layout, number)
        pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
        faces: list[Any] = []
        run = line.runs
        while run != ffi.NULL:
            faces.append(run.data.item.analysis.font)
            run = run.next
        width = extents.width - (len(_SPACES.findall(texts[number])) if spaced else 0)
        rows.append(_Row(width, (extents.height, -extents.y), faces[0], set(faces)))
    return rows


def blank_layout(text: str, spacing: float, width: float | None) -> Any:
    """Return the layout of a line that Pango has not set: what WeasyPrint keeps of one until it is painted."""
    from weasyprint.text.line_break import Layout

    layout = Layout.__new__(Layout)
    vars(layout).update(
        justification_spacing=spacing,
        first_line_direction=0,
        ascent=None,
        underline_position=None,
        strikethrough_position=None,
        max_width=width,
        text=text,
    )
    return layout
