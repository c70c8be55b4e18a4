"""Days, months and seasons, as citations of eight languages write them."""

from __future__ import annotations

import re

from pipeline.cite.words import any_of

_MONTH_DAY = rf"\d{{1,2}}(?:er|º|°|\.)?\s(?:de\s)?{any_of('months')}"
DAY = rf"(?:(?:{_MONTH_DAY})\s(?:de\s)?|\d{{1,2}}\.\s?\d{{1,2}}\.\s?)(?:1[5-9]|20)\d\d"
"""A pattern of a day with its year: "3 May 1921", "3. Mai 1921", "3 de mayo de 1921", "3. 5. 1921"."""
_MONTHS = (
    "jan gen ene янв",
    "feb fév fev фев",
    "mar mär maa мар",
    "apr avr abr апр",
    "may mai mag mei мая май",
    "jun juin giu июн",
    "jul juil lug июл",
    "aug aoû ago авг",
    "sep set сен",
    "oct okt ott out окт",
    "nov ноя",
    "dec déc dez dic дек",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_SEASON = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def read_date(text: str) -> tuple[int, int, int] | None:
    """Read month, day and season (0: not there) from words such as "August 7" or "Spring"; None where none is there."""
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    month = next((number for word in words if (number := _month(word))), 0)
    day = next((int(word) for word in words if word.isdigit() and 0 < int(word) < 32), 0) if month else 0
    season = next((_SEASON[word] for word in words if word in _SEASON), 0)
    return (month, day, season) if month or season else None


def read_day(text: str) -> tuple[int, ...] | None:
    """Read year, month and day from "3 May 2019", "May 3, 2019", "3.5.2019", "2019-05-03"; None where there is none."""
    if match := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.search(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b", text):
        return int(match[3]), int(match[2]), int(match[1])
    year, found = re.search(r"\b(?:19|20)\d\d\b", text), read_date(text)
    if year is None or not found or not found[0]:
        return None
    return (int(year[0]), found[0], found[1]) if found[1] else (int(year[0]), found[0])


def is_date_word(word: str) -> bool:
    """Tell whether ``word``, case folded, is a month, a season or a number."""
    return bool(_month(word)) or word in _SEASON or word.isdigit()


def _month(word: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 where the word is no month."""
    return 0 if len(word) < 3 else _MONTH.get(word[:4], 0) or _MONTH.get(word[:3], 0)
