"""Leafed: passages under a title and its author, each with a line of its own that says where it stands, or when.

No app says a word of itself in such a file: "Page 12" or "(стр. 5)" below each passage, a number alone above it,
"Highlighted on 3 June 2021". What has no stop and is no such line is a chapter, or the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.kinds import apps
from pipeline.kinds.attribution import NAME_FORM
from pipeline.kinds.devices import when
from pipeline.model import Line

__all__ = ["TITLED", "Leafed", "leafed"]

_NUMBERS = r"\d{1,3}(?:,\d{3})+|\d{1,5}(?:\s?[-–]\s?\d{1,5})?"
_PAGE = re.compile(
    rf"^[(\[]?(?:(?:pages?|pp?\.|seite|s\.|página|pág\.|pagina|pag\.|стр\.|страница|с\.|strona|str\.|sayfa|sida|side"
    rf"|loc(?:ation|\.)?|pos(?:ition|\.)?)\s?[:#]?\s?(?P<page>{_NUMBERS}|[ivxlc]+)"
    rf"|第?(?P<leaf>{_NUMBERS})\s?(?:页|頁|ページ|쪽|페이지))[)\]]?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\d{1,4}$")
_STAMP = re.compile(
    r"^(?:highlighted|added|created|marked|saved|made|markiert|hinzugefügt|surligné|ajouté|subrayado|añadido|evidenziato"
    r"|aggiunto|gemarkeerd|выделено|добавлено)\b.{3,50}$",
    re.IGNORECASE,
)
TITLED = re.compile(r"^(?P<title>[^\W\d_].*?\S)\s+[—–-]\s+(?P<author>[^\W\d_a-z][^—–:.!?]{2,60})$")
"""Title and author on one line."""

_RULE = re.compile(r"^(?:[-=~*_]\s?){3,}$")
_FEW = 2
_MOST = 0.8  # of the passages have their place
_TITLE = 80  # characters
_PASSAGE = 900  # characters; nobody marks more at once


@dataclass(frozen=True, slots=True)
class Leafed:
    """The lines with places or days, each with the page that it names or nothing; and whether they stand above."""

    pages: dict[int, str]
    above: bool


def leafed(lines: Sequence[Line]) -> Leafed | None:
    """Find the lines that say where passages stand; nothing where the text is not of such passages from end to end."""
    rows = [(line, line.text.strip()) for line in lines if not line.blank and not _RULE.match(line.text.strip())]
    body = _below_head([text for _, text in rows])
    if not body or len(rows) - body < 2 * _FEW:
        return None
    rows = rows[body:]
    found = {line.number: place for line, text in rows if (place := _place(text)) is not None}
    numbers = [int(text) for _, text in rows if _NUMBER.match(text)]
    if numbers and not found:
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))) or numbers != sorted(numbers):
            return None  # of chapters
        found = {line.number: text for line, text in rows if _NUMBER.match(text)}
    if len(found) < _FEW:
        return None
    passages = [
        n
        for n, (line, text) in enumerate(rows)
        if line.number not in found and apps.ENDED.search(text) and _is_words(text)
    ]
    if len(passages) < _FEW or any(len(rows[n][1]) > _PASSAGE for n in passages):
        return None
    above = rows[passages[0]][0].number > min(found)
    beside = (n - 1 if above else n + 1 for n in passages)
    placed = sum(0 <= n < len(rows) and rows[n][0].number in found for n in beside)
    if placed < _MOST * len(passages) or placed < _FEW or (numbers and placed < len(passages)):
        return None
    return Leafed(found, above)


def _below_head(texts: Sequence[str]) -> int:
    """Return how many lines title and author take; 0: no such head."""
    if not texts or len(texts[0]) > _TITLE or apps.ENDED.search(texts[0]):
        return 0
    first = texts[0].lstrip("# ")
    named = TITLED.match(first)
    if apps.TITLE_BY.match(first) or (named and NAME_FORM.fullmatch(named["author"])):
        return 1
    second = texts[1].lstrip("# ").strip("*_") if len(texts) > 1 else ""
    by = apps.AUTHORED.match(texts[1]) if len(texts) > 1 else None
    return 2 if by or (" " in second and NAME_FORM.fullmatch(second)) else 0


def _place(text: str) -> str | None:
    """Return the page that a line names and nothing else, or nothing for a day; None for any other line."""
    bare = text.strip("*_— ")
    if page := _PAGE.match(bare):
        return page["page"] or page["leaf"]
    return "" if _STAMP.match(bare) and when(bare) else None


def _is_words(text: str) -> bool:
    return not (apps.NOTE.match(text) or text.startswith("#"))
