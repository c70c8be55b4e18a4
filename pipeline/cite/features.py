"""What the second opinion sees of each word of a citation; shared by training and use."""

from __future__ import annotations

import re
import unicodedata

from pipeline.cite.places import is_city_word
from pipeline.cite.words import words

BEGINS = "*"  # before the label of the first word of a part
_EDGES = re.compile(r"^\W+|\W+$")
_YEAR = re.compile(r"\D{0,2}(?:1[5-9]|20)\d\d\D{0,3}")
_RANGE = re.compile(r"\W*\d+\W*[-–—−]\W*\d+\W*")
_INITIALS = re.compile(r"[([]?(?:\w\.-?)+[,;:.)]*")
_ROMAN = re.compile(r"[ivxlc]+|[IVXLC]+")
_MONTH = re.compile(
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter"
    r"|janv|févr|mars|avril|mai|juin|juil|août|märz|dezember|oktober"
)
_KEYWORDS = {
    "eds": "editor", "ed": "editor", "editor": "editor", "editors": "editor", "hrsg": "editor", "hg": "editor",
    "dir": "editor", "coord": "editor", "edited": "editor", "trans": "translator", "translated": "translator",
    "trad": "translator", "übers": "translator", "edition": "edition", "edn": "edition", "aufl": "edition",
    "éd": "edition", "in": "in", "dans": "in", "p": "pages", "pp": "pages", "page": "pages", "pages": "pages",
    "s": "pages", "с": "pages", "vol": "volume", "volume": "volume", "vols": "volume", "bd": "volume", "t": "volume",
    "tome": "volume", "no": "number", "nr": "number", "n": "number", "issue": "number", "press": "press",
    "university": "press", "verlag": "press", "publishers": "press", "publishing": "press", "books": "press",
    "éditions": "press", "editions": "press", "presses": "press", "inc": "press", "ltd": "press", "company": "press",
    "co": "press", "sons": "press", "journal": "journal", "review": "journal", "revue": "journal",
    "transactions": "journal", "letters": "journal", "magazine": "journal", "quarterly": "journal",
    "bulletin": "journal", "annals": "journal", "proceedings": "proceedings", "proc": "proceedings",
    "conference": "proceedings", "symposium": "proceedings", "workshop": "proceedings", "thesis": "genre",
    "dissertation": "genre", "phd": "genre", "report": "genre", "thèse": "genre", "retrieved": "note",
    "accessed": "note", "available": "note", "forthcoming": "note", "and": "and", "&": "and", "et": "and",
    "und": "and", "y": "and", "al": "others", "doi": "doi", "isbn": "isbn", "von": "particle", "van": "particle",
    "de": "particle", "der": "particle", "la": "particle", "du": "particle",
}  # fmt: skip
_OPEN, _CLOSE = "“\"«„‘'‹", "”\"»“’'›"


def features(tokens: list[str]) -> list[list[str]]:
    """Return what is seen of each word: its own form, and the nearest words on both sides.

    Args:
        tokens: the words of one citation, as white space parts them.

    """
    own = [_own(token) for token in tokens]
    quoted = _quoted(tokens)
    seen: list[list[str]] = []
    since, before = 0, ""
    last = len(tokens) - 1
    for i, (word, shape, kind, stop) in enumerate(own):
        row = ["1", f"w={word}", f"s={shape}", f"k={kind}", f"e={stop}", f"ke={kind}{stop}", f"q={quoted[i]}"]
        row += [f"x={word[-3:]}", f"p={word[:3]}", f"o={min(10, 10 * i // (last + 1))}", f"se={shape}{stop}"]
        row += [f"n={min(since, 6)}{shape}", f"m={before}"]
        since = 0 if stop[-1:] in (".", ",", ":", ";", ")") and shape != "initials" else since + 1
        if shape == "year" or kind in ("in", "pages", "editor", "place", "press"):
            before = kind or shape
        if i < 3:
            row.append(f"i={i}")
        if i > last - 3:
            row.append(f"j={last - i}")
        for step in (-2, -1, 1, 2):
            if 0 <= i + step <= last:
                word_there, shape_there, kind_there, stop_there = own[i + step]
                row += [f"{step}s={shape_there}{stop_there}", f"{step}k={kind_there}{stop_there}"]
                if step in (-1, 1):
                    row.append(f"{step}w={word_there}")
            else:
                row.append(f"{step}=none")
        if i > 0:
            row.append(f"ss={own[i - 1][1]}{own[i - 1][3]}|{shape}{stop}")
            row.append(f"kk={own[i - 1][2]}{own[i - 1][3]}|{kind}")
        if i < last:
            row.append(f"sn={shape}{stop}|{own[i + 1][1]}{own[i + 1][3]}")
        seen.append(row)
    return seen


def _own(token: str) -> tuple[str, str, str, str]:
    """Return word, shape, kind and final stop of one token."""
    bare = _EDGES.sub("", token)
    word = unicodedata.normalize("NFC", bare.casefold())
    stop = token[-1:] if token[-1:] and not token[-1].isalnum() else ""
    if stop in _CLOSE and len(token) > 1 and token[-2] in ".,;:":
        stop = token[-2] + '"'
    if token[:1] in "([":
        stop = f"({stop}"
    return (re.sub(r"\d", "0", word) or token[:3]), _shape(token, bare), _kind(token, bare, word), stop


def _shape(token: str, bare: str) -> str:
    if not bare:
        return "mark"
    if bare[0].isdigit():
        return "year" if _YEAR.fullmatch(token) else "range" if _RANGE.fullmatch(token) else f"d{min(len(bare), 5)}"
    if any(c.isdigit() for c in bare):
        return "mixed"
    if _INITIALS.fullmatch(token):
        return "initials"
    if bare.isupper():
        return "A" if len(bare) == 1 else "AA" if len(bare) == 2 else "AAA"
    if bare[0].isupper():
        return "Aa" if bare[1:].islower() else "AaA"
    return "a"


def _kind(token: str, bare: str, word: str) -> str:
    if "://" in token or word.startswith(("www.", "doi:", "10.")):
        return "address"
    if _YEAR.fullmatch(token):
        return "year"
    if word in _KEYWORDS:
        return _KEYWORDS[word]
    if bare in words("given"):
        return "given"
    if is_city_word(bare):
        return "place"
    if _MONTH.fullmatch(word) or (_MONTH.match(word) and bare[:1].isupper() and len(word) > 4 and word[-1] in "yhltr"):
        return "month"
    if word in words("small"):
        return "small"
    if word in words("bodies"):
        return "body"
    return "roman" if _ROMAN.fullmatch(bare) else ""


def _quoted(tokens: list[str]) -> list[str]:
    """Tell of each token whether it stands inside quotation marks."""
    inside, out = False, []
    for token in tokens:
        if token[:1] in _OPEN and token[:1]:
            inside = True
        out.append("in" if inside else "")
        if inside and any(c in _CLOSE for c in token[-3:]) and len(token) > 1:
            inside = False
    return out
