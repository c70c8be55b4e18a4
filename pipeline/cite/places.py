"""Where a citation names its place of publication: by a table of cities, or by the form of the words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from pipeline.cite.names import UPPER

_UNKNOWN = re.compile(
    rf"[{UPPER}][\w.’'-]*(?:[ -](?:am|an|of|on|sur|upon|de|la|le|du|[{UPPER}][\w.’'-]*)){{0,3}}"
    rf"(?:,\s[{UPPER}][\w.’' -]{{1,20}})?"
)
_LAST_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.?!]\s")
_FIRST = re.compile(r"\w+")
_START = re.compile(r"(?:^|[.,;:?!)”\"»’/–—-])\s+|^")


@cache
def _table() -> dict[str, frozenset[str]]:
    table = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
    names = {key: {name.strip() for name in re.split(r"[;\n]", value) if name.strip()} for key, value in table.items()}
    return {key: frozenset(value | {name.rstrip(".") for name in value}) for key, value in names.items()}


@cache
def _places() -> re.Pattern[str]:
    city, region = (
        "|".join(re.escape(name) for name in sorted(_table()[key], key=len, reverse=True))
        for key in ("cities", "regions")
    )
    one = rf"(?:{city})(?:,?\s\(?(?:{region}|[A-Z]\.\s?[A-Z]\.?)(?!\w)\)?\.?){{0,2}}"
    return re.compile(rf"{one}(?:\s?(?:,|;|/|–|—|-|&|\band\b|\bund\b|\bet\b|\by\b)\s?{one})*\.?,?")


@cache
def _city_words() -> frozenset[str]:
    return frozenset(word for name in _table()["cities"] for word in name.split() if len(word) > 2)


@cache
def _first_words() -> frozenset[str]:
    """Return the words that a place can begin with: asked before the long pattern."""
    return frozenset(match[0] for name in _table()["cities"] if (match := _FIRST.match(name)))


def is_city_word(word: str) -> bool:
    """Tell whether ``word`` is, or begins, or ends, the name of a city in the table."""
    return word in _city_words()


def is_place(text: str) -> bool:
    """Tell whether ``text`` is nothing but known places: "London", "New York, N. Y.", "Toronto, Buffalo"."""
    bare = text.strip()
    if bare.removesuffix(",").removesuffix(".") in _table()["cities"]:
        return True  # most are one city, and the pattern of several takes long to compile
    return may_begin_place(bare) and bool(_places().fullmatch(bare))


def may_begin_place(text: str) -> bool:
    """Tell whether the first word of ``text`` is one that a known place begins with; asked before what takes longer."""
    head = _FIRST.match(text)
    return head is not None and head[0] in _first_words()


def starts(text: str) -> list[int]:
    """Return the offsets at which a part of a citation can begin: behind a stop, a comma, a bracket."""
    return [match.end() for match in _START.finditer(text)]


def place_before(text: str, colon: int) -> int | None:
    """Return where the known place that ends at ``colon`` begins, or None."""
    low = max(0, colon - 70)
    for start in starts(text[low:colon]):
        if (start or not low) and is_place(text[low + start : colon]):
            return low + start
    return None


def unknown_before(text: str, colon: int) -> int | None:
    """Return where words that look like a place, and stand before ``colon``, begin; or None.

    They follow the end of a sentence; or a comma, if the sentence has had a colon before, which opened a subtitle, or
    if a known region ("Orrville, Cornwall") ends them.
    """
    points = starts(text[:colon])
    for n, start in enumerate(reversed(points)):
        before = text[:start].rstrip()
        if not before or not _UNKNOWN.fullmatch(text[start:colon].strip()):
            return None
        if before[-1] in '.?!)”"»':
            return start
        if before[-1] != ",":
            return None
        if _region().fullmatch(text[start:colon].strip()) and n + 1 < len(points):
            city = points[-n - 2]
            return city if _UNKNOWN.fullmatch(text[city:colon].strip()) else None
        if ": " in _LAST_SENTENCE.split(before)[-1]:
            return start
    return None


def is_region(text: str) -> bool:
    """Tell whether ``text`` is a country, a state or a county of the table."""
    return text.strip(" ,") in _table()["regions"]


@cache
def _region() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_table()["regions"], key=len, reverse=True)))


def with_stop(text: str) -> str:
    """Give an abbreviated region at the end of a place its full stop back: "Orrville, Calif"."""
    return f"{text}." if re.search(r"\b(?:Calif|Conn|Mass|Penn|Ind|Ill|Mich|Minn|N\. ?[YJHC])$", text) else text
