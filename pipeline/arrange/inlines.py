"""Running text: from the words of a line to runs, each with the language that its letters show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.arrange.markup import CLOSES, STYLE_MARK
from pipeline.arrange.typography import ADDRESS
from pipeline.model import NEW_LINE, OPENS, Inline, LineBreak, Run, Style

_PIECE = re.compile(f"{STYLE_MARK.pattern}|{ADDRESS.pattern}")
_SHORT = 3  # letters of what comes again and again between marks: it is kept once

# The language that a script is most likely written in, where the script alone says it.
_SCRIPTS = {
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "GREEK": "el",
    "CYRILLIC": "ru",
    "HEBREW": "he",
    "ARABIC": "ar",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}
_FOREIGN = re.compile(
    r"[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u0530-\u058f\u0590-\u05ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f"
    r"\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+"
)
_STOPS = "\u0964\u0965"  # dandas, with which ten scripts of India end sentences; Unicode calls them Devanagari's
_KANA = re.compile("[\u3040-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
# The languages of the scripts in which a language is written.
_OWN: dict[str, tuple[str, ...]] = {"zh": ("zh",), "ja": ("ja", "zh"), "ko": ("ko", "zh")}
_OWN |= dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), ("ru",)) | dict.fromkeys(("el", "grc"), ("el",))
_OWN |= dict.fromkeys(("ar", "fa", "ur"), ("ar",)) | dict.fromkeys(("he", "yi"), ("he",))


_LINKED = re.compile(r"(?:[\w~:/?#@!$&'*+,;=%.-]|\((?:[\w~:/?#@!$&'*+,;=%.-]*+)\))++")
"""What addresses are made of (RFC 3986), brackets in pairs: with others Markdown reads no link, or another one."""


def inlines(text: str, lang: str = "en", style: Style = Style.PLAIN) -> tuple[Inline, ...]:
    """Cut ``text`` into runs: marked words get their style, words in another script than the book's their language.

    Args:
        text: running text; it may hold the marks of :mod:`pipeline.arrange.markup`. A mark without its partner, cut
            off by a note's call or a speaker's name, holds to the end of ``text`` or is passed over.
        lang: the language of the book.
        style: the style of the whole. Unless it is plain, it wins over the marks.

    """
    if not text:
        return ()
    if not (STYLE_MARK.search(text) or "://" in text or "www." in text or "@" in text):
        return _runs(text, lang, style)
    out: list[Inline] = []
    open_: list[Style] = []
    same: dict[Run, Run] = {}
    for piece in _pieces(text):
        if not piece:
            continue
        if piece == NEW_LINE:
            if out and isinstance(out[-1], Run):
                out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
            out.append(LineBreak())
        elif piece in OPENS:
            open_.append(OPENS[piece])
        elif piece in CLOSES:
            if CLOSES[piece] in open_:
                open_.remove(CLOSES[piece])
        else:
            own = style if style is not Style.PLAIN or not open_ else open_[-1]
            if own is Style.EMPHASIS and open_.count(own) % 2 == 0 and own is not style:
                own = Style.PLAIN  # italics within italics are upright
            own = Style.SIDENOTE if Style.SIDENOTE in open_ else own  # set in italics as a whole
            link = own is not Style.CODE and ADDRESS.fullmatch(piece) and _LINKED.fullmatch(piece)
            runs = (Run(piece, Style.LINK),) if link else _runs(piece, lang, own)
            out += runs if len(piece) > _SHORT else (same.setdefault(run, run) for run in runs)
    return tuple(out)


def _pieces(text: str) -> Iterator[str]:
    """Yield marks and addresses, and what stands between them."""
    at = 0
    for found in _PIECE.finditer(text):
        yield text[at : found.start()]
        yield found[0]
        at = found.end()
    yield text[at:]


def spoken(content: Iterable[Inline], lang: str) -> tuple[Inline, ...]:
    """Return ``content`` with ``lang`` on every run that has no language of its own."""
    return tuple(replace(one, lang=lang) if isinstance(one, Run) and not one.lang else one for one in content)


def _runs(text: str, lang: str, style: Style) -> tuple[Run, ...]:
    """Cut text of one style at the words in another script than the book's."""
    if not _FOREIGN.search(text):
        return (Run(text, style),)
    base = lang.split("-")[0]
    out: list[Run] = []
    at = 0
    for start, end, tag in _passages(text):
        if tag in _OWN.get(base, (base,)):
            continue
        if text[at:start]:
            out.append(Run(text[at:start], style))
        out.append(Run(text[start:end], style, tag))
        at = end
    if text[at:]:
        out.append(Run(text[at:], style))
    return tuple(out)


def _passages(text: str) -> list[tuple[int, int, str]]:
    """Find passages in one foreign script; words of it with figures, signs or spaces between are one passage."""
    found: list[tuple[int, int, str]] = []
    for match in _FOREIGN.finditer(text):
        tag = _SCRIPTS.get(unicodedata.name(match[0][0], "").split(" ")[0].split("-")[0], "")
        if not tag or match[0][0] in _STOPS:
            continue
        if tag == "zh" and _KANA.search(match[0]):
            tag = "ja"
        if found and _one_script(found[-1][2], tag) and not _LETTER.search(text, found[-1][1], match.start()):
            found[-1] = (found[-1][0], match.end(), "ja" if "ja" in (tag, found[-1][2]) else tag)
        else:
            found.append((match.start(), match.end(), tag))
    japanese = any(tag == "ja" for _, _, tag in found)
    return [(start, end, "ja" if japanese and tag == "zh" else tag) for start, end, tag in found]


def _one_script(one: str, other: str) -> bool:
    """Tell whether two passages are of one script: Japanese is written in Chinese characters too."""
    return one == other or {one, other} == {"ja", "zh"}
