"""Hymnals: the number of each hymn, with its tune and metre in columns beside it, over stanzas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role, figure
from pipeline.parts import NAMED

WHY = {
    "head-of-a-hymn": "Its number counts up over stanzas, with tune and metre beside it as those of most: a hymn.",
    "part-of-a-hymn": "It numbers a part between the stanzas of one hymn.",
}
"""The rules of hymnals, each with what an editor would say."""

_METRE = (
    r"(?:[SLCP]\. ?M\.(?: ?D\.?)?|\d{1,2}(?:[.,:]\s?\d{1,2}){2,}[.:]?(?:\s?[D8]\.?)?|\d{1,2}s(?: (?:and|&) \d{1,2}s)?"
    r"\.?|Irreg(?:ular)?\.?)"
)
_HEAD = re.compile(
    rf"(?:hymn\s+)?(?P<number>\d{{1,4}})(?P<stop>[.)]?)(?:(?P<apart>\s{{3,}}\S.*|\s*(?P<metre>{_METRE})"
    r"|\s+(?:mel(?:\.|odie\b)|weise\b|tune\b|air\b|wijze\b|mel[oó]d[ií]a\b).*)|)",
    re.IGNORECASE,
)
_LEAST = 4  # hymns
_ROWS = 3  # of a head: a second tune, how it is sung
_NEAR = 2  # stretches from a head to the first stanza: a text, a part
_MAY_HEAD = (Role.HEADING, Role.VERSE, Role.PARAGRAPH, Role.ITEM, Role.LETTER, Role.TABLE, Role.DIALOGUE, Role.QUOTE)
_BRACKETED = re.compile(r"[\[(].*[\])]")


def hymns(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the numbers of hymns for headings, all of them, and the parts of one hymn for no heading."""
    parts = stretches(rows)
    heads = _heads(parts, told)
    if not heads:
        return {}
    out: dict[int, Told] = {}
    head, part_of = Reason("head-of-a-hymn", Role.HEADING, SETTLED), Reason("part-of-a-hymn", Role.RUBRIC, SETTLED)
    tune = replace(head, role=Role.PARAGRAPH)
    first, last = min(heads), max(heads)
    for n, part in enumerate(parts):
        for at, row in enumerate(part):
            role = role_of(row, told)
            if n in heads and role in _MAY_HEAD:
                sung = at > 0 and _BRACKETED.fullmatch(row.text.strip("_*= "))
                out[row.number] = overruled(tune, role) if sung else overruled(head, role, goes_on=at > 0)
            elif first < n <= last + _NEAR and len(part) == 1 and role is Role.HEADING and _parts(parts, n, told):
                out[row.number] = overruled(part_of, role)
    return out


def _heads(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> set[int]:
    """Return which stretches are the heads of hymns: their numbers count up, and most have a metre or a tune."""
    found: list[int] = []
    number = apart = metres = 0
    for n, part in enumerate(parts):
        one = _HEAD.fullmatch(part[0].text) if len(part) <= _ROWS else None
        sung = any(role_of(below[0], told) is Role.VERSE for below in parts[n + 1 : n + 1 + _NEAR])
        if one and sung and part[0].gap and (not number or figure(one["number"]) == number + 1):
            number = figure(one["number"])
            apart += one["apart"] is not None
            metres += bool(re.search(rf"(?:^|\s){_METRE}$", part[0].text, re.IGNORECASE))
            found.append(n)
    return set(found) if len(found) >= _LEAST and 2 * apart >= len(found) and 2 * metres >= len(found) else set()


def _parts(parts: Sequence[Sequence[Row]], n: int, told: Mapping[int, Told]) -> bool:
    """Tell whether a line numbers a part of one hymn: verse stands below it, and above it verse or the hymn's head."""
    named = NAMED.fullmatch(parts[n][0].text.strip("_*=. "))
    below = n + 1 < len(parts) and role_of(parts[n + 1][0], told) is Role.VERSE
    above = parts[n - 1]
    return bool(named) and below and (role_of(above[-1], told) is Role.VERSE or bool(_HEAD.fullmatch(above[0].text)))
