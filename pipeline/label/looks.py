"""How a line looks, by itself: its letters, what it begins and ends with, the signs around it, what its words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.alternatives import by_letter
from pipeline.label.notes import is_notes_title
from pipeline.label.shapes import PICTURE
from pipeline.parts import CONTENTS, END, FRONT_OR_BACK, NAMED, NUMBER

_LEADERS = re.compile(r"(?:\. ?){4,}|(?:\s{2,}|\t)\d{1,4}$")
_DATE = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.|er)? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])"
    r"|\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.? \d{1,2}\b",
    re.IGNORECASE,
)
_DEAR = by_letter(
    "dear|dearest|sir|madam|gentlemen|cher|chère|lieber?|liebste|sehr geehrte|querid[oa]|estimad[oa]|monsieur|madame"
    "|to the|à |an |til "
)
_SALUTE = re.compile(rf"^_?(?:my |mein |mon |ma )?{_DEAR}\b.{{0,60}}[,:!.—-]_?$", re.IGNORECASE)
_TAKES_LEAVE = by_letter(
    "i am|i remain|believe me|with|ever|yours?|your|very|affectionately|sincerely|respectfully|faithfully|truly|adieu"
    "|farewell|je suis|votre|agréez|tout à vous|ihr|dein|mit|hochachtungsvoll|su |de usted"
)
_CLOSE = re.compile(rf"^\W*(?:{_TAKES_LEAVE}\b.{{0,56}}[,.]?_?|p\.? ?s\.?.*)$", re.IGNORECASE)
_LONG_WORD = re.compile(r"([^\W\d_])[^\W\d_]{3,}")  # told by its first letter
_SMALL_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_SAID = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_MARKED = re.compile(
    r"^[\"“«]?(?:(\()?(?:(\d{1,4})|([a-z])|([A-Z])|([ivxl]{2,6})|([IVXLC]{2,8}))([.)]|\](?=\s)|:(?=\s))(\s|$|—|–|--))"
)
_MARKED_TWICE = re.compile(r"^\d+(?:\.\d+)+\s")
_DASHED = re.compile(r"^(?:[•·▪*]|--?|[—–]) ?\S")
_SECTION = re.compile(r"^§ ?\d")
_FIGURES = re.compile(r"^\d{1,4}\s")
_CAPTION = re.compile(
    f"^{by_letter('fig|figure|plate|table|map|diagram|abb|tafel|planche|illus')}" r"\w*\.? ?[\dIVXLC]", re.IGNORECASE
)
_COMES_OR_GOES = by_letter(
    r"enter|re-?enter|exit|exeunt|manent|curtain|scene|the curtain|aside|entre|sort|rideau|entran|sale|vase|kommt|geht"
    r"|ab\b|vorhang|tæppet|forhænget"
)
MOVES = re.compile(rf"^[\[(]?_?{_COMES_OR_GOES}\b", re.IGNORECASE)
"""What begins as a direction that says who comes or goes."""

_PAIRS = {
    "[": ("]", "square"),
    "(": (")", "round"),
    "_": ("_", "italics"),
    "=": ("=", "bold"),
    "+": ("+", "spaced"),
    "*": ("*", "stars"),
}
_CLOSING = {"]": "square", ")": "round", "_": "italics"}


def start_of(text: str) -> str:
    """Say with what a line begins: a capital, a digit, a bracket."""
    first = text[0]
    if first.isalpha():
        return "upper" if first.isupper() else "lower"
    if first.isdigit():
        return "digit"
    after = next((letter for letter in text if letter.isalpha()), "")
    case = "upper" if after.isupper() else "lower" if after else "none"
    if first in "\"“”„«»'‘’`":
        return f"quote-{case}"
    if first in "—–-":
        return "dash"
    if first == "_":
        return f"italics-{case}"
    return first if first in "[(*|§" else "sign"


def end_of(text: str) -> str:
    """Say with what a line ends: a letter, a stop, a quotation mark and what stands before it."""
    bare = text.rstrip("_=+~*")
    last = bare[-1:] or text[-1]
    if last.isalpha():
        return "letter"
    if last.isdigit():
        return "digit"
    if last in "\"”’»'“":
        inner = bare.rstrip("\"”’»'“")[-1:]
        return "quote-stop" if inner in ".!?…" else "quote-comma" if inner in ",;:—-" else "quote"
    if last in ".!?,;:-])":
        return last
    return "—" if last in "—–" else "sign"


@lru_cache(maxsize=4096)  # several rooms ask about one line
def written(text: str) -> str:
    """Say how a line is written: all in capitals, as a title, as a sentence."""
    told = text.replace("_", "")
    if len(told.encode().translate(None, _SMALL_LETTERS)) > 0.6 * len(told):  # else no more than that can be capitals
        letters = [*filter(str.isalpha, told)]
        if not letters:
            return "none"
        upper = sum(map(str.isupper, letters))
        if upper >= 0.95 * len(letters) and len(letters) > 1:
            return "capitals"
        if upper > 0.6 * len(letters):
            return "mostly-capitals"
    begun = _LONG_WORD.findall(told)
    if not begun:
        return "short-words"
    named = sum(map(str.isupper, begun))
    return "title" if named >= 0.8 * len(begun) else "some" if named > 0.34 * len(begun) else "sentence"


def signs_around(text: str) -> str:
    """Name the signs that stand around the whole of a text."""
    bare = text.rstrip(".,:;")
    if len(text) > 2 and text[0] in _PAIRS:
        closes, name = _PAIRS[text[0]]
        if bare.endswith(closes):
            inner = bare[1:-1]
            return name if closes not in inner else f"{name}-parts"
        return f"{name}-open"
    return f"{_CLOSING[bare[-1]]}-close" if bare and bare[-1] in _CLOSING else ""


def named_in(text: str) -> Iterator[str]:
    """Say what the words of a short line name: a part of a book, a picture, a date, an address, a stage direction."""
    plain = text.strip("_*=+ ").rstrip(".:").strip("_*=+ ")
    if not plain:
        return
    named = NAMED.match(plain)
    if named:
        kind = "part" if named["part"] or named["part2"] else "chapter"
        yield f"{kind}-alone" if named.end() == len(plain) else kind
    if FRONT_OR_BACK.match(plain):
        yield "matter"
    if END.match(plain):
        yield "end"
    if CONTENTS.match(plain):
        yield "contents"
    if is_notes_title(text):
        yield "notes"
    if text[0] == "[" and PICTURE.match(text if text.endswith("]") else f"{text}]"):
        yield "picture"
    if _CAPTION.match(text):
        yield "caption"
    if _DIGIT.search(text) and _DATE.search(text):
        yield "date"
    if _SALUTE.match(text):
        yield "salutation"
    if _CLOSE.match(text):
        yield "closing"
    if not _SAID.search(text):
        yield "nothing"
    if (text[-1].isdecimal() or text.count(".") > 3) and _LEADERS.search(text):
        yield "leaders"


def mark_of(text: str) -> str:
    """Name the form of the number or sign at the beginning of a line."""
    if NUMBER.match(text.strip("_*= ")):
        return "number-alone"
    found = _MARKED.match(text)
    if found:
        kind = "1" if found[2] else "a" if found[3] else "A" if found[4] else "i" if found[5] else "I"
        return f"{'(' if found[1] else ''}{kind}{found[7]}"
    if _MARKED_TWICE.match(text):
        return "1.1"
    if _DASHED.match(text) and not text.startswith("**"):
        return "dash" if text[0] in "-—–" else "bullet"
    if _SECTION.match(text):
        return "§"
    if _FIGURES.match(text):
        return "digits"
    return ""
