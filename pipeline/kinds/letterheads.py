"""Letterheads: the lines over a letter, place and day and the greeting, in eleven languages."""

from __future__ import annotations

import re

from pipeline.kinds.devices import when
from pipeline.label.formulas import GREETINGS

__all__ = ["GREETS", "PLACE", "is_dated", "names_both"]

GREETS = re.compile(
    r"^_?(?:(?:my|mein|meine|mon|ma|mio|mia|mi|meu|minha|mijn|min|mina|mój|moja|мой|моя)\s+)?"
    rf"(?:{GREETINGS}|(?:very |most |own )*(?:dear|dearest|beloved|honou?red|esteemed)|sirs?|madam|gentlemen"
    r"|teure[rs]?|mademoiselle|car[ie]|drog[ia]\w*|kochan[yai]\w*|мил(?:ый|ая)|любезн\w+)\b"
    r"[^.?;:!…]{0,60}?(?:(?<=\b[MD]rs)\.|(?<=\b[MDS][rt])\.)?[^.?;:!…]{0,40}(?:[,:!.—–-]+_?|$)$",
    re.IGNORECASE,
)
"""The writer greets, on a line of its own."""

PLACE = re.compile(r"^[^\W\d_][\w.’' ()-]{0,50},")
"""A place, before the day."""

_BOTH = re.compile(
    r"^(?:\W*(?:\d{1,4}|[IVXLCDM]+)[.):]?\s+)?(?:(?:From|Von|De|Da|От)\s)?[^\W\d_a-z][\w.’' -]{1,40}"
    r"\s(?:to|an|à|a|al|para|aan|till|do|к|—|–|→)\s[^\W\d_][\w.’' -]{1,40}[,.]\s(?P<when>.*\d.*)$"
)
_DATED = 80  # characters; place and day are not longer


def is_dated(text: str) -> bool:
    """Tell whether a line has a place and a day, or a part of these, and nothing else."""
    plain = text.strip("_* .")
    if len(plain) > _DATED or re.search(r"[!?;]", plain) or not re.search(r"\d", plain):
        return False
    place = PLACE.sub("", plain).strip()
    return bool(when(plain) or when(f"{place} 1900")) and len(re.findall(r"[^\W\d_]{3,}", place)) <= 5


def names_both(text: str) -> bool:
    """Tell whether a line names who wrote to whom, and when: "Ann Marsh to the Board, 3 May 1909"."""
    found = _BOTH.match(text) if len(text) <= _DATED else None
    return found is not None and is_dated(found["when"])
