"""Diaries and logs: entries under their days, which stand alone on their lines, in whatever form each was written.

"Monday, 3 May 1909", then "Tues. 4 May", "May 5th", "6.5.1909": that they are days shows one by one, and that they are
heads of entries by their number; all else in the text is read as in any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.kinds.devices import is_date
from pipeline.label import label
from pipeline.label.letters import greeting
from pipeline.model import Claim, Copy, Line, Reason, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a diary"
WHY: Mapping[str, str] = {"diary-day": "A day alone on its line, above what was written on it: an entry begins."}
_FIGURES = re.compile(r"^(?:[^\W\d_]{2,12}\.?,?\s)?\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})?\.?$")
_LONGEST = 40  # characters; no day is longer
_FEW = 4
_ABOVE = 0.2  # of the text at most stands above the first day
_ENTRY = 40  # filled lines; an entry is not longer, on average
_SCORE = 0.6  # days part commonplace books, chats and letters, too: each has more marks than these
_WEIGHT = 12.0


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text whose entries stand under days, written in more than one form."""
    days = _days(lines)
    if len(days) < _FEW:
        return None
    filled = [line.number for line in lines if not line.blank]
    above = sum(number < days[0].number for number in filled)
    forms = {_form(line.text) for line in days}
    if above > _ABOVE * len(filled) or len(filled) > _ENTRY * len(days):
        return None
    text = {line.number: line.text for line in lines}
    tight = sum(bool(text.get(day.number + 1, "").strip()) for day in days)
    if len(forms) < 2 and 2 * tight < len(days):
        return None  # they are headings of any text
    reason = f"{len(days)} days stand alone on their lines, in {len(forms)} form{'s' * (len(forms) > 1)}"
    return Claim(NAME, filled[0], filled[-1], _SCORE, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a diary: each day a heading, the rest as any text."""
    known = {one.line: one for one in label(lines, report)}
    days = _days(lines)
    titled = any(one.role in (Role.TITLE, Role.HEADING) and one.line < days[0].number for one in known.values())
    role, level = (Role.HEADING, 2) if titled else (Role.TITLE, 0)
    for day in days:
        reasons = (Reason("diary-day", role, _WEIGHT), *known[day.number].reasons)
        one = replace(known[day.number], role=role, joined=False, level=level, score=1.0, reasons=reasons)
        known[day.number] = replace(one, rival=None, rival_score=0.0, leaving=None)
    heads = {day.number for day in days}
    for number, one in known.items():
        if number - 1 in heads and number not in heads and (one.joined or one.role in (Role.TITLE, Role.HEADING)):
            role = Role.PARAGRAPH if one.role in (Role.TITLE, Role.HEADING) else one.role
            known[number] = replace(one, role=role, joined=False, level=0)  # right below a day an entry begins
    return Copy(tuple(lines), tuple(known[line.number] for line in lines if line.number in known))


def _days(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that hold nothing but a day, with room above; over a greeting it is the day of a letter."""
    out: list[Line] = []
    above = last = Line(0, "")
    for line in lines:
        if out and last is out[-1] and greeting(line.text):
            out.pop()
        last = last if line.blank else line
        if above.blank and len(line.text) <= 2 * _LONGEST and _is_day(line.text.strip("#*_=: \t")):
            out.append(line)
        above = line
    return out


def _is_day(text: str) -> bool:
    """Tell whether words are a day and nothing else: the year may be missing, and months may be figures."""
    if not text or len(text) > _LONGEST or not re.search(r"(?<!\d)\d{1,2}(?!\d)", text):
        return False
    plain = text.removesuffix(".")
    return bool(_FIGURES.match(text)) or is_date(plain) or (not re.search(r"\d{3}", plain) and is_date(f"{plain} 1900"))


def _form(text: str) -> str:
    """Return the form of a day: its figures, words and signs in order."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", text.strip("#*_=: \t")))
