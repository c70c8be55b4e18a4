"""Lists of pictures, as they stand in front of a book: what each shows, and mostly the page that it stands at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from pipeline.label.headlines import WIDE, letters_of, plain
from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CONTENTS, FRONT_OR_BACK, NAMED

WHY = {"listed-picture": "Below the title of a list of pictures: what one of them shows, and where."}
"""The rule of lists of pictures, with what an editor would say."""

_PICTURES = (
    r"illustrations?|plates|pictures|figures|maps|charts|portraits|engravings|photographs|photogravures"
    r"|gravures|planches|images|cartes|abbildungen|bilder|tafeln|karten|illustrationen|afbeeldingen|illustraties|platen"
    r"|prenten|kaarten|ilustraciones|l[áa]minas|grabados|mapas|illustrazioni|tavole|incisioni|illustrationer|billeder"
    r"|bilder|planscher|ilustraç[õo]es|gravuras|estampas|иллюстраций|рисунков"
)
_TITLE = re.compile(
    r"(?:[^\W\d_]+ (?:of|des|der|de|d[eai]ll[ae]|dei|das|över|over|van)(?: (?:the|las|los|la|de|den))* |список )?"
    rf"(?:(?:full|half|text)[- ]?(?:page)? )?(?:{_PICTURES})"
    rf"(?:(?:,| and| et| und| en| y| e| och| og)(?: the)? (?:{_PICTURES}))*(?: (?:in|to) [\w ]{{3,30}})?",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(?:\s{2,}|\.{2,}\s?|[.,] |\s_)(?:(?i:(?:to )?fac(?:e|ing)|facing|page|pages|p\.|seite|s\.)[. ]*)*"
    r"(?:[\"”„»]\s*)?(?:\d{1,4}|[ivxlc]{1,7})_?\s*$|[\s_](?i:frontispi\w+|titelbild_?|titelprent_?)\.?\s*$"
)
"""What stands behind an entry: its page, "To face page 6", "Frontispiece"."""
_PAGE = re.compile(r"\W*(?:(?i:facing|to face) )?(?i:pages?|seiten?|p[áa]g(?:ina)?s?|blz|sid[ea]n?)\W*")
_SHOWN = re.compile(r"\[[^\]:]{3,20}:?\s*(?P<words>[^\]]+)")
"""The picture itself, in its place."""
_FEW = 3  # entries make a list
_ENTRY = 100  # characters; longer lines are none of an entry without a page
_SENTENCE = 20  # words
_AHEAD = 3  # stretches, one of which has a page where the list goes on


def listed(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands below the title of a list of pictures for its entries: neither headings, verse nor letters."""
    parts = stretches(rows)
    out: dict[int, Told] = {}
    for at, part in enumerate(parts):
        if len(part) != 1 or not _TITLE.fullmatch(plain(part[0].text)) or part[0].text.strip()[-1:] in ",;":
            continue
        below = Counter(key for row in rows[rows.index(part[0]) + 1 :] for key in _keys(row.text))
        entries = _entries(parts, at + 1, {key for key, times in below.items() if times > 1})
        flat = [row for one in entries for row in one]
        told_of = sum(_is_told(row, below) for row in flat)
        alone = len(entries) >= _FEW and all(len(row.text) <= _ENTRY for row in flat)
        if len(flat) < _FEW or not (told_of >= _FEW or alone):
            continue
        reason = Reason("listed-picture", Role.ITEM, SETTLED)
        if role_of(part[0], told) not in (None, Role.HEADING):
            out[part[0].number] = overruled(replace(reason, role=Role.HEADING), role_of(part[0], told))
        for one in entries:
            for n, row in enumerate(one):
                role = role_of(row, told)
                parts_them = (
                    len(one) == 1 and role is Role.HEADING and 2 * told_of > len(flat) and not _is_told(row, below)
                )
                if role and _PAGE.fullmatch(row.text):  # over the pages, at the right
                    named = replace(reason, role=Role.ATTRIBUTION)
                    out[row.number] = overruled(named, role)
                elif role and not parts_them:
                    goes_on = n > 0 and _goes_on(one, n)
                    out[row.number] = overruled(reason, role, goes_on=goes_on)
    return out


def _is_told(row: Row, times: Mapping[str, int]) -> bool:
    """Tell whether a row says its page, or its words stand ``times`` more below."""
    return _PLACED.search(row.text) is not None or any(times[key] > 1 for key in _keys(row.text))


def _keys(text: str) -> list[str]:
    shown = _SHOWN.search(text)
    words = shown["words"] if shown else _PLACED.sub("", text)
    return [key] if len(key := letters_of(words)) > _FEW else []


def _entries(parts: Sequence[Sequence[Row]], at: int, again: Set[str]) -> list[Sequence[Row]]:
    """Return the stretches of a list that begins at ``at``.

    It ends where a part of the book is named, where an entry stands once more, at a wide gap, and at prose.

    Args:
        parts: the stretches of the text.
        at: the first below the title.
        again: the letters of what stands more than once below the title.

    """
    out: list[Sequence[Row]] = []
    seen: set[str] = set()
    for n in range(at, len(parts)):
        part = parts[n]
        text = plain(part[0].text)
        placed = any(_PLACED.search(row.text) for row in part)
        keys = {key for row in part for key in _keys(row.text)}
        if not placed and not _PAGE.fullmatch(part[0].text):
            named = NAMED.match(text) or FRONT_OR_BACK.match(text) or CONTENTS.match(text) or _TITLE.fullmatch(text)
            ahead = any(_PLACED.search(row.text) for one in parts[n + 1 : n + 1 + _AHEAD] for row in one)
            wide = bool(out) and part[0].gap >= WIDE and not (ahead or keys & again)
            prose = sum(len(row.text.split()) for row in part) > _SENTENCE and not ahead
            if named or keys & seen or wide or prose:
                break
        out.append(part)
        seen |= keys
    return out


def _goes_on(part: Sequence[Row], n: int) -> bool:
    """Tell whether a row goes on with the entry above: up to its page, or set in below it."""
    above, row = part[n - 1], part[n]
    if sum(len(one.text.split()) for one in part) > _SENTENCE and not any(_PLACED.search(one.text) for one in part):
        return True  # what a picture shows, in sentences
    open_entry = not _PLACED.search(above.text) and any(_PLACED.search(one.text) for one in part[n:])
    return open_entry or (row.indent >= part[0].indent + 2 and not _PLACED.search(row.text))
