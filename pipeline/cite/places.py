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
_START = re.compile(r"(?:^|[.,;:?!)”\"»’/–—-])\s+|^")


@cache
def _places() -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
    words = {key: [word.strip() for word in re.split(r"[;\n]", value) if word.strip()] for key, value in table.items()}
    city, region = (
        "|".join(
            re.escape(word)
            for word in sorted({*words[key], *(w.rstrip(".") for w in words[key])}, key=len, reverse=True)
        )
        for key in ("cities", "regions")
    )
    one = rf"(?:{city})(?:,?\s\(?(?:{region})(?!\w)\)?\.?){{0,2}}"
    return re.compile(rf"{one}(?:\s?(?:,|;|/|–|—|-|&|\band\b|\bund\b|\bet\b|\by\b)\s?{one})*\.?,?")


def is_place(text: str) -> bool:
    """Tell whether ``text`` is nothing but known places: "London", "New York, N. Y.", "Toronto, Buffalo"."""
    return bool(_places().fullmatch(text.strip()))


def starts(text: str) -> list[int]:
    """Return the offsets at which a part of a citation can begin: behind a stop, a comma, a bracket."""
    return [match.end() for match in _START.finditer(text)]


def place_before(text: str, colon: int) -> int | None:
    """Return where the known place that ends at ``colon`` begins, or None."""
    low = max(0, colon - 70)
    for start in starts(text[:colon]):
        if start >= low and is_place(text[start:colon]):
            return start
    return None


def unknown_before(text: str, colon: int) -> int | None:
    """Return where words that look like a place, and follow the end of a sentence, begin; or None."""
    for start in reversed(starts(text[:colon])):
        before = text[:start].rstrip()
        if not before:
            return None
        if before[-1] in '.?!)”"»' and _UNKNOWN.fullmatch(text[start:colon].strip()):
            return start
        if before[-1] not in ",":
            return None
    return None


def with_stop(text: str) -> str:
    """Give an abbreviated region at the end of a place its full stop back: "Orrville, Calif"."""
    return f"{text}." if re.search(r"\b(?:Calif|Conn|Mass|Penn|Ind|Ill|Mich|Minn|N\. ?[YJHC])$", text) else text
