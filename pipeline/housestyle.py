"""House style: citations follow the book that they stand in, where the style of citations has its own mind.

The style takes its quotation marks from a table of the language; a British book whose text quotes with double marks
would have single ones in its notes. And it puts a comma before the last of two authors in the bibliography also where
the first is not turned round (“Linnet, and Sorrel”), which Chicago does for names turned round alone (*The Chicago
Manual of Style*, 17th ed., 14.76).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pipeline.language import signs_for, words_for

Pair = tuple[str, str]

_PAIRS: tuple[Pair, ...] = (
    *(("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("‚", "‘"), ("»", "«"), ("‹", "›"), ("›", "‹"), ("”", "”")),
    *(("’", "’"), ("「", "」"), ("『", "』")),
)
_INNER = {
    "“": "‘",
    "‘": "“",
    "«": "“",
    "„": "‚",
    "‚": "„",
    "»": "›",
    "‹": "«",
    "›": "»",
    "”": "’",
    "「": "『",
    "『": "「",
}
_OPENS = re.compile(r"(?<=[\s\"([—–/])([“‘«„‚»‹›”「『])(?=\s?\w)")
_ENOUGH = 5  # quotations; fewer do not show how a text quotes
_TERMS = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
_LOCALE = re.compile(r"(?=<(?:locale|macro)\b)")  # where the schema of CSL lets a locale stand


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """The quotation marks of a book: around what it quotes, and around what is quoted in that."""

    outer: Pair
    inner: Pair


def marks_of(text: str, lang: str) -> QuotationMarks:
    """Return the marks with which ``text`` quotes; where it quotes hardly anything, those of ``lang`` (BCP 47)."""
    signs = signs_for(lang)
    own = [signs.quotes, signs.inner, signs.single]
    opening = Counter(_OPENS.findall(text))
    (first, count), *_ = opening.most_common(1) or [("", 0)]
    outer = signs.quotes if count < _ENOUGH else _pair(first, own)
    inner = next((pair for pair in own[1:] if pair[0].strip() != outer[0].strip()), None)
    if inner is None or outer is not signs.quotes:
        inner = _pair(_INNER[outer[0].strip()], own)
    return QuotationMarks(outer, inner)


def is_part(work: Mapping[str, Any]) -> bool:
    """Tell whether a work, an item of CSL-JSON, is part of another one: its title stands in quotation marks."""
    return bool(work.get("container-title")) or str(work.get("type", "")).startswith("article")


def quoted_title(title: str, marks: QuotationMarks) -> str:
    """Return a title in the book's quotation marks; what it quotes itself has the inner ones."""
    nested = _QUOTED.sub(lambda match: next(filter(None, match.groups()), "").join(marks.inner), title)
    return nested.replace("'", "’").join(marks.outer)


_QUOTED = re.compile(r"“(.*?)”|‘(.*?)’(?!\w)|\"(.*?)\"|(?<!\w)'(.*?)'(?!\w)|«\s?(.*?)\s?»|„(.*?)“")


def _pair(opening: str, own: Iterable[Pair]) -> Pair:
    """Return the pair that begins with a mark, as a language writes it: with thin spaces within, or not."""
    return next(pair for pair in (*own, *_PAIRS) if pair[0].strip() == opening)


def in_house(style: Path, marks: QuotationMarks) -> str:
    """Return the citation style in the file ``style`` with the quotation marks of a book.

    Raises:
        OSError, UnicodeError: if the style cannot be read.

    """
    pairs = zip(_TERMS, (*marks.outer, *marks.inner), strict=True)
    terms = "".join(f'<term name="{name}">{sign}</term>' for name, sign in pairs)
    return _LOCALE.sub(f"<locale><terms>{terms}</terms></locale>", style.read_text(encoding="utf-8"), count=1)


def without_stray_commas(html: str, works: Iterable[bytes], lang: str) -> str:
    """Return a bibliography without the comma between two names of which the first is not turned round.

    Args:
        html: the text as Pandoc set it.
        works: the bibliographies, in CSL-JSON.
        lang: of the book.

    """
    both = words_for(lang).both
    for item in (item for data in works for item in json.loads(data)):
        people = item.get("author") or item.get("editor") or []
        if len(people) != 2 or not (first := people[0].get("literal") or _alone(people[0])):
            continue
        entry = rf'<div id="ref-{re.escape(str(item["id"]))}"[^>]*>\s*'
        place = re.compile(rf"({entry}{re.escape(escape(first, quote=False))}), (?={both} )")
        html = place.sub(r"\1 ", html, count=1)
    return html


def _alone(person: dict[str, str]) -> str:
    return "" if person.get("given") else person.get("family", "")
