"""What counts as a word: a run of letters and digits, whatever the typesetter does to case and hyphens.

Signs, spaces and apostrophes only divide words. So “don’t” is two words, in the source and in every edition.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from sys import intern

UNSEEN = re.compile("[\xad\u200b-\u200f\u2010\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Taken out first: what is not seen, and U+2010, which is the typesetter's own hyphen (see ``repair``)."""

RAISED = re.compile("([\xb2\xb3\xb9\u2070-\u2089]+)")
"""Raised and lowered figures stand apart from the word before them: they are calls of notes, or powers."""

APART = frozenset({"Superscript", "Subscript"})
"""What does so where there is markup, by Pandoc's names: in a PDF it cannot be told from a figure of its own."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff"  # radicals, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
"""Scripts that put no spaces between words: each letter counts as a word, for lines may end anywhere."""

SIGNS = "“”‘’—–…"
"""The commonest signs beyond ASCII: a text that has no others is as quick to read as one in ASCII."""

WITHIN = re.compile(r"_(?<=[^\W_]_)(?=[^\W_])")
"""A sign within a word does not divide it: there it sets a piece of the word in italics (“14_th_”), or is a name's."""

PLAIN = "".join(sign.lower() if sign.isalnum() else " " for sign in map(chr, range(128)))
"""What becomes of each sign of ASCII: small letters and figures make words, the others stand between them."""

WORD = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")


def words_of(text: str) -> list[str]:
    """Return the words of ``text``, folded in case, compatibility forms (ﬁ, Ⅳ, ½) as letters and digits.

    A word is one object however often it stands: a book holds it many times, and so do its source and its editions.
    """
    words: list[str] = []
    start = 0
    while len(text) - start > _AT_ONCE and (end := text.find(" ", start + _AT_ONCE)) > 0:
        words += _words(text[start:end])
        start = end
    return words + _words(text[start:]) if words else _words(text)


_AT_ONCE = 50_000
"""Letters that are cut into words at once: each word is an object of its own until it is found to be known."""


def _words(text: str) -> list[str]:
    if "_" in text:
        text = WITHIN.sub("", text)
    plain = text
    if not text.isascii():
        for sign in SIGNS:
            plain = plain.replace(sign, " ")
    if plain.isascii():
        return [*map(intern, plain.translate(PLAIN).split())]
    text = RAISED.sub(r" \1 ", UNSEEN.sub("", text))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if not folded.isascii():
        marks = [ord(letter) for letter in set(folded) if not letter.isascii() and _mark(letter)]
        folded = folded.translate(dict.fromkeys(marks)) if marks else folded
    return [*map(intern, WORD.findall(folded))]


@cache
def _mark(letter: str) -> bool:
    """Tell whether this is an accent or vowel sign that does not stand alone.

    They are left out because a PDF may give them in another order than they are read.
    """
    return unicodedata.category(letter)[0] == "M"
