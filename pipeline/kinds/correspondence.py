"""Correspondence: a printed collection of letters, one after another, each with its head, greeting and signature.

Over a letter stands to whom it is or its number ("12. To Ada Fenn", "Lettre IV"), place and day, and the greeting;
below it the writer takes leave and signs. Such lines come in the same places from letter to letter; that tells them
from a list, from a table and from what anybody may say; all else in the text is read as in any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.kinds.letterheads import GREETS, is_dated, names_both
from pipeline.label import label
from pipeline.label.formulas import CLOSES
from pipeline.label.front import TITLE_PAGE
from pipeline.model import Claim, Copy, Decision, Line, Reason, Role
from pipeline.parts import NAMED
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a collection of letters"
WHY: Mapping[str, str] = {
    "letter-opens": "To whom, or a number, above a place and a day or a greeting: a letter begins.",
    "letter-dated": "Place and day, above the greeting or below the signature.",
    "letter-greets": "The writer greets.",
    "letter-ends": "The writer takes leave, and signs.",
}
_GREETS_AND_GOES_ON = re.compile(r"^_?(?P<greeting>[^.?;!—–]{3,60}?)[,.:]?\s?(?:—|--|–)\s?[“\"A-ZÀ-ÞА-Я]")
_APART = 3  # lines; a letter's foot has no more room within it
_LEAVES = re.compile(
    rf"^\W*(?:(?:{CLOSES})\b"
    r"|(?:and |so |but )?(?:i (?:am|remain|have the honou?r)|we (?:are|remain)|believe me"
    r"|with (?:all |much |every |my |kind|best)|ever|always|your|very|truly|adieu|farewell|good-?bye|god bless)\b"
    r"|(?:stets|immer|ganz|mit|in|herzlich\w*|viele|es grüßt)?\s?\b(?:dein|deine|ihr|ihre|euer|eure|grüßen?|gruß)\b"
    r"|(?:je suis|je vous|votre|vôtre|ton|ta|veuillez|tout à|bien à|mille)\b"
    r"|(?:su|suyo|tuyo|tu|de usted|afectísimo|quedo|il|la|tuo|tua|suo|sua|vostro|con|seu|teu)\s"
    r"|(?:uw|je|jouw|steeds|met)\s|(?:ваш|твой|твоя|ваша|преданный|искренне|остаюсь|целую|обнимаю)\b)",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"^_?(?:p\.?\s?s\.?|n\.?\s?b\.?|post ?scriptum|nachschrift)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"^(?:(?:no\.?|nr\.?|№|\()?\s?(?P<number>\d{1,4}|[IVXLCDM]{1,8})[.):]?\s*(?:[-–—]\s*)?)?"
    r"(?P<words>(?:(?:to|from|an|von|à|a|al|alla?|para|de|till|til|aan|do|к|от)(?=\s)"
    r"|(?:the |[^\W\d_]{4,12} )?(?:same|letter|brief|lettre|carta|lettera|list|письмо|brev)\b"
    r"|derselben?|an dens\w+|au même|al mismo"
    r"|(?-i:[^\W\d_a-z][\w.’' -]{1,50}\s(?:to|an|à|a|aan|к)\s[^\W\d_a-z])).*)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\W*(?:\d{1,4}|[IVXLCDM]{1,8})\W*$")  # a number by itself, right over to whom the letter is
_NUMBERED = re.compile(r"(?:\d|\b[IVXLCDM]+)\W*$|^\W*(?:\d|[IVXLCDM]+\b)")  # "Letter IV", over to whom it is
_NAMED = re.compile(
    r"^_?(?:[^\W\d_a-z][\w.’'-]*|de|von|van|du|di|der)(?:\s(?:[^\W\d_a-z][\w.’'-]*|de|von|van|du|di|der|y|and|&)){0,5}[.,]?_?$"
)
_SIGN = re.compile(r"^(#{1,6})\s+")
_LISTED = re.compile(r"^\s*(?:[-*+>|]|\d{1,3}\.)\s")
_SHORT = 90  # characters; no head, date, greeting or leave is longer
_ROW = 45  # characters; no row of an address is longer
_ROWS = 5  # of an address
_NUMBER = 30  # characters; the number of a letter over its head is not longer
_FEW = 3
_NEAR = 6  # filled lines between the head of a letter and its greeting
_MOST = 0.6  # of the letters have a head of the same form
_WHOLE = 0.7  # of the text stands in letters
_SURE = 0.9  # what the layout takes for a heading with such probability is none of the letter above it
_FARTHEST = 0.002  # letters a line at least; in fewer, a tale has some


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter: the lines of its head, of place and day, its greeting and how it ends; the line where it begins."""

    first: int
    head: tuple[int, ...] = ()
    dated: tuple[int, ...] = ()
    greeting: int = 0
    ends: tuple[int, ...] = ()


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text in which letters follow one another, most with a head or a day above the greeting."""
    if any(_SIGN.match(line.text) for line in lines) and any(_LISTED.match(line.text) for line in lines):
        return None  # its markup says more of its lines than where they stand
    lines = _unsigned(lines)
    letters = list(_letters(lines))
    if len(letters) < _FEW:
        return None
    filled = [line.number for line in lines if not line.blank]
    headed = sum(bool(one.head) for one in letters)
    whole = sum(bool(one.head or one.dated) and bool(one.ends) for one in letters)
    inside = sum(number >= letters[0].first for number in filled) / len(filled)
    if max(headed, whole) < _MOST * len(letters) or inside < _WHOLE or len(letters) < _FARTHEST * len(filled):
        return None
    reason = f"{len(letters)} letters, {headed} with a head, {whole} with a day and a leave"
    return Claim(NAME, filled[0], filled[-1], 0.955, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the letters: heads as headings; place, day, greeting and signature; the rest as any text."""
    signed = {line.number: len(found[1]) for line in lines if (found := _SIGN.match(line.text))}
    lines = _unsigned(lines)
    known = {one.line: one for one in label(lines, report)}
    letters = list(_letters(lines))
    for number, deep in signed.items():
        whole = number == min(signed) and deep == min(signed.values())
        role = Role.TITLE if whole else Role.HEADING
        known[number] = _said(known[number], role, "letter-opens", level=0 if whole else max(deep, 2))
    front = any(reason.rule == TITLE_PAGE for one in known.values() for reason in one.reasons)
    titled = not front and any(one.role is Role.TITLE and one.line < letters[0].first for one in known.values())
    role, level = (Role.HEADING, 2) if titled else (Role.TITLE, 1)
    for line in lines:
        if NAMED.fullmatch(line.text.strip().rstrip(".")) and known[line.number].role in (Role.TITLE, Role.HEADING):
            known[line.number] = replace(known[line.number], role=role, level=level)
    text = {line.number: line.text.strip() for line in lines}
    heads = {
        one.line
        for one in known.values()
        if one.role in (Role.TITLE, Role.HEADING) and one.score > _SURE and text[one.line][-1:] not in ",:!"
    }
    for one in letters:
        for n, number in enumerate(one.head):
            known[number] = _said(known[number], role, "letter-opens", joined=n > 0, level=level)
        for number in one.dated:
            known[number] = _said(known[number], Role.LETTER, "letter-dated")
        if one.greeting and one.greeting not in heads:
            known[one.greeting] = _said(known[one.greeting], Role.LETTER, "letter-greets")
        for number in one.ends:
            if number in heads:
                continue  # it heads the next, which greets nobody
            known[number] = _said(known[number], Role.LETTER, "letter-ends")
    return Copy(tuple(lines), tuple(known[line.number] for line in lines if line.number in known))


def _unsigned(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without the signs with which Markdown opens a heading."""
    return [replace(line, text=_SIGN.sub("", line.text)) if line.text.startswith("#") else line for line in lines]


def _said(old: Decision, role: Role, rule: str, *, joined: bool = False, level: int = 0) -> Decision:
    return replace(
        old, role=role, joined=joined, level=level, score=1.0, rival=None, rival_score=0.0, leaving=None,
        reasons=(Reason(rule, role, 12.0), *old.reasons),
    )  # fmt: skip


def _letters(lines: Sequence[Line]) -> Iterator[_Letter]:
    """Find the letters: at each greeting, up to what stands above it and down to the next."""
    filled = [line for line in lines if not line.blank]
    places = [n for n, line in enumerate(filled) if _greets(filled, n)]
    above = {line.number: not before.text.strip() for before, line in zip([Line(0, ""), *lines], lines, strict=False)}
    heads = [n for n, line in enumerate(filled) if above[line.number] and names_both(line.text.strip())]
    if len(heads) >= max(_FEW, len(places)):
        for n, end in zip(heads, (*heads[1:], len(filled)), strict=True):
            greets = n + 1 if n + 1 < end and _greets(filled, n + 1) else 0
            greeting = filled[greets].number if greets and not _runs_on(filled[greets]) else 0
            yield _Letter(filled[n].number, (filled[n].number,), (), greeting, _ends(filled, n + 1, end, above))
        return
    starts = [_start(filled, n, above) for n in places]
    for at, n in enumerate(places):
        begin, head, dated = starts[at]
        end = starts[at + 1][0] if at + 1 < len(places) else len(filled)
        run = _runs_on(filled[n])
        ends = _ends(filled, n + 1, end, above)
        yield _Letter(filled[begin].number, head, dated, 0 if run else filled[n].number, ends)


def _runs_on(line: Line) -> bool:
    """Tell whether the letter begins on the line of its greeting."""
    return _GREETS_AND_GOES_ON.match(line.text.strip()) is not None


def _greets(filled: Sequence[Line], n: int) -> bool:
    text = filled[n].text.strip()
    dashed = "—" in text or "–" in text or "--" in text
    if dashed and (found := _GREETS_AND_GOES_ON.match(text)):
        return bool(GREETS.match(found["greeting"] + ","))
    return len(text) <= _SHORT and text[:1].isupper() and text[-1] in ",:!.—–-_" and bool(GREETS.match(text))


def _start(filled: Sequence[Line], n: int, above: Mapping[int, bool]) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Return the place of a letter's first line, the lines of its head, and those of place and day above ``n``."""
    dated: list[int] = []
    at = n - 1
    while at >= 0 and n - at <= _NEAR and is_dated(filled[at].text.strip()):
        dated.append(filled[at].number)
        at -= 1
    if address := _address(filled, at, n, above):
        dated += [filled[one].number for one in address]
        at = address[-1] - 1
    text = filled[at].text.strip() if at >= 0 else ""
    found = _OPENS.match(text) if 0 < len(text) <= _SHORT and n - at <= _NEAR + len(address) else None
    numbered = at > 0 and above[filled[at - 1].number] and _ALONE.match(filled[at - 1].text.strip()) is not None
    if (
        found
        and (found["number"] or found["words"])
        and (above[filled[at].number] or numbered)
        and not text.endswith((",", ";", ":"))
    ):
        over = _OPENS.match(filled[at - 1].text.strip()) if at and above[filled[at - 1].number] else None
        if over and not found["number"] and len(over[0]) <= _NUMBER and _NUMBERED.search(over[0]):
            return at - 1, (filled[at - 1].number, filled[at].number), tuple(reversed(dated))
        return at, (filled[at].number,), tuple(reversed(dated))
    return at + 1, (), tuple(reversed(dated))


def _address(filled: Sequence[Line], at: int, n: int, above: Mapping[int, bool]) -> list[int]:
    """Return the places of the rows of an address that end at ``at``, the last first: short rows without room between.

    ``n``: the place of the greeting below.
    """
    rows: list[int] = []
    while at >= 0 and n - at <= _NEAR + _ROWS:
        text = filled[at].text.strip()
        if len(text) > _ROW or not (text[:1].isupper() or text[:1].isdigit()) or text[-1] in "!?;:":
            return []
        rows.append(at)
        if above[filled[at].number]:
            break
        at -= 1
    head = rows and _OPENS.match(filled[rows[-1]].text.strip())
    return rows if 1 < len(rows) <= _ROWS and not (head and (head["number"] or head["words"])) else []


def _ends(filled: Sequence[Line], start: int, end: int, above: Mapping[int, bool]) -> tuple[int, ...]:
    """Return the lines with which a letter ends: the leave, the names, a day below them."""
    last = end
    for n in range(start + 1, end):
        if _AFTERWARDS.match(filled[n].text.strip()):
            last = n
            break
        if filled[n].number - filled[n - 1].number > _APART:
            last = n  # what stands below so much room is the head of the next
    out: list[int] = []
    signed = False
    for n in range(last - 1, start, -1):
        text = filled[n].text.strip()
        if above[filled[n].number] and NAMED.fullmatch(text.rstrip(".")):
            out, signed = [], False  # the number of the next letter stands over whom it is to
            continue
        if len(text) > _SHORT or len(out) >= _NEAR:
            break
        if not out and is_dated(text):
            out.append(filled[n].number)
        elif _LEAVES.match(text) and text[-1:] not in "?!" and (above[filled[n].number] or len(text) < 60):
            out.append(filled[n].number)
            if above[filled[n].number]:
                return tuple(reversed(out))
        elif _NAMED.match(text):
            out.append(filled[n].number)
            signed = True
        else:
            break
    return tuple(reversed(out)) if signed or out else ()
