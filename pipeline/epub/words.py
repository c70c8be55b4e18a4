"""The words that the e-book adds of its own ("Contents", "Cover" …), in the language of the book."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one row of ``words.toml``, and the language they are in."""

    lang: str
    cover: str
    title_page: str
    contents: str
    landmarks: str
    text: str
    pages: str
    bibliography: str
    works: str
    note: str
    notes: str
    made_from: str


@cache
def words_for(lang: str) -> Words:
    """Return the words for a book in ``lang`` (BCP 47): its own where we have them, otherwise English."""
    table = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    own = lang.split("-")[0].lower()
    return Words(lang, **table[own]) if own in table else Words("en", **table["en"])
