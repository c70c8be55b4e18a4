"""Headings of one form: what stands alike over text again and again, and what signs what is above it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.label.features import SMALL
from pipeline.label.formulas import CLOSING, SALUTATION, is_dateline, is_day
from pipeline.label.headlines import SERIES, WIDE, letters_of, number_alone, number_of, value_of
from pipeline.label.labeller import Told
from pipeline.label.looks import signs_around, written
from pipeline.label.middle import around
from pipeline.label.rows import Row
from pipeline.label.series import (
    ALL_TITLED,
    LETTER,
    MOSTLY_COUNTS,
    NO_TITLE,
    NUMBER_FIRST,
    OPENING,
    TITLE_GAP,
    TWICE,
    are_titled,
    is_open,
)
from pipeline.label.told import AGREED, LOUD, SETTLED, SURE, overruled, role_of, stretches
from pipeline.label.whole import Alike
from pipeline.model import Reason, Role
from pipeline.parts import BY, END, NAMED, NUMBER, OPENS_PART

WHY = {
    "form-agrees": "Short lines written like it stand over text again and again, each with words of its own: headings.",
    "displayed-head": "In the middle of the page, far below the text, and opening with the number of a part: its head.",
    "sisters-are-headings": "It looks and stands as three headings and more do, and most rows like it are headings.",
    "room-of-headings": "It has as much room above as the headings of this text, and hardly anything else, have.",
    "above-its-text": "Right above text, with room beside it, as others of its form: numbers that count up, or titles.",
    "form-signs": "Lines written like it stand closer to what is above than to what is below: they sign it.",
}
"""The rules of forms, each with what an editor would say."""

_MOSTLY = 0.85  # of what has so much room above it are headings, or written as such
_STOP_INSIDE = re.compile(r"[^\W\d_]{3}[.!?] ")
_SISTERS = 0.65  # of the rows that look and stand alike are headings
_LONG = 45  # characters of a paragraph of one row
_DISPLAYED = 8  # rows of a heading on display, at most
_MAY_BE_DISPLAYED = (Role.PARAGRAPH, Role.HEADING, Role.LETTER, Role.VERSE, Role.TABLE, Role.QUOTE, Role.CAPTION)
_AGAIN = 4  # times; a form that comes as often is one
_TITLE_CHANCE = 0.01  # mean chance, by the weights, that lines in title case are headings if they stand as such do, and
_DISPLAY_CHANCE = (
    0.001  # that lines in capitals or italics are; below neither does the labeller see any heading in them
)
_OVER_SENTENCES = 0.8  # share of the headings of one form that stand over sentences
_SENTENCE = re.compile(r"[\W_]*[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ\u05d0-\u05ea\u0620-\u064a\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUBSECTION = re.compile(r"\(?(?:\d{1,2}|[a-z])\)\s*")
_SECTION_WORDS = 8  # of a numbered title that stands right above its text
_UNLIKE = 0.8  # share of the lines of one form that say something of their own
_SIGNED = 40  # characters of a signature
_CLOSER = 0.5  # share of the places where the same words stand closer to what is above than to what is below
_NO_SIGNATURE = (Role.HEADING, Role.PARAGRAPH, Role.DIALOGUE)  # what the words of who signs are not


def set_off_alike(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a short row for a heading that has as much room above it as the headings of the text and nothing else has.

    It has less room below, and running text follows; what most rows with such room are, it is too.
    """
    parts = stretches(rows)
    below = [after[0].gap for after in parts[1:]]
    rooms: dict[int, list[Sequence[Row]]] = defaultdict(list)
    heads: Counter[int] = Counter()
    for part, after in zip(parts[1:], below[1:], strict=False):
        if part[0].gap > TITLE_GAP and part[0].gap > after:
            heading = role_of(part[0], told) is Role.HEADING
            heads[part[0].gap] += heading
            if heading or not _is_sign(part):
                rooms[part[0].gap].append(part)
    out: dict[int, Told] = {}
    reason = Reason("room-of-headings", Role.HEADING, SETTLED)
    for gap, members in rooms.items():
        alike = [part for part in members if len(part) == 1 and _may_be_set_off(part[0].text)]
        alike = [part for part in alike if role_of(part[0], told) in (Role.PARAGRAPH, Role.LETTER, Role.ATTRIBUTION)]
        if heads[gap] < ALL_TITLED or heads[gap] < len(alike) or heads[gap] + len(alike) < _MOSTLY * len(members):
            continue
        for row, *_ in alike:
            out[row.number] = overruled(reason, told[row.number].role, score=SURE)
    return out


def displayed(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows in the middle of the page, far below what is above, for one heading if they open with a part's number.

    Old printers display a head over many rows: "THE FIRST BOOK OF THE", "KETTLE", "or", "OF PATIENCE".
    """
    out: dict[int, Told] = {}
    reason = Reason("displayed-head", Role.HEADING, SETTLED)
    for part, after in pairwise(stretches(rows)):
        if not 1 < len(part) <= _DISPLAYED or part[0].gap < WIDE or after[0].gap < TITLE_GAP:
            continue
        if not OPENS_PART.match(part[0].text.strip("_*= ")) or not _in_the_middle(part):
            continue
        loud = sum(row.text.isupper() for row in part)
        if 2 * loud >= len(part) and all(role_of(row, told) in _MAY_BE_DISPLAYED for row in part):
            for n, row in enumerate(part):
                out[row.number] = overruled(reason, told[row.number].role, goes_on=n > 0, score=SURE)
    return out


def _in_the_middle(part: Sequence[Row]) -> bool:
    """Tell whether rows of different lengths are set in, most of them around one middle; old printers did it by eye."""
    spans = sorted(((row.indent, row.end) for row in part), key=sum)
    middle = sum(spans[len(spans) // 2]) / 2
    near = sum(around([span], middle) for span in spans)
    return all(row.indent > 0 for row in part) and 2 * near > len(part) and len({row.indent for row in part}) > 1


def sisters(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row alone over prose for a heading that looks and stands like three and more, as most like it do.

    It is written as they are, in the same signs and as far in, with as much room above and below.
    """
    places: dict[tuple[str, str, int, int, bool], list[tuple[Row, bool]]] = defaultdict(list)
    for part, after in pairwise(stretches(rows)):
        row = part[0]
        form = written(row.text) if len(part) == 1 and len(row.text) <= OPENING and row.number in told else ""
        if form in ("capitals", "title"):
            prose = role_of(after[0], told) is Role.PARAGRAPH and (len(after) > 1 or after[0].end >= _LONG)
            places[form, signs_around(row.text), row.gap, after[0].gap, row.indent > 0].append((row, prose))
    out: dict[int, Told] = {}
    reason = Reason("sisters-are-headings", Role.HEADING, SETTLED)
    for members in places.values():
        heads = sum(role_of(row, told) is Role.HEADING for row, _ in members)
        if heads < SERIES or heads <= _SISTERS * len(members):
            continue
        for row, prose in members:
            one = told[row.number]
            if prose and one.role is Role.PARAGRAPH and not one.goes_on and _may_be_sister(row.text):
                out[row.number] = overruled(reason, Role.PARAGRAPH)
    return out


def _may_be_sister(text: str) -> bool:
    """Tell whether a row is no address, date or end: it opens with a letter or number, and may even end in a colon."""
    bare = text.strip("_*=+ ")
    other = is_dateline(bare) or is_day(bare) or SALUTATION.match(bare) or CLOSING.match(bare) or BY.match(bare)
    said = bare[-1] in ',;!?-—"”»' or _STOP_INSIDE.search(bare) is not None
    return bare[:1].isalnum() and not said and not other and not END.match(bare)


def _is_sign(part: Sequence[Row]) -> bool:
    """Tell whether rows are no words of the text: an ornament, a picture."""
    text = part[0].text
    return text[0] == "[" or not any(map(str.isalpha, text))


def _may_be_set_off(text: str) -> bool:
    """Tell whether a short row is written as a heading may be."""
    bare = text.strip("_*=+ ")
    return (
        bare[:1].isupper() and len(text) <= OPENING and bare[-1] not in ',;:!?”"»' and not END.match(bare)
    ) and written(text) in ("capitals", "mostly-capitals", "title", "some")


def above_text(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for headings that stand right above the text that they head, again and again.

    They are numbers that count up, or in capitals or written as a title, each with words of its own. The text begins
    with a capital though there was room for it on the line above, so that it does not go on with it.
    """
    forms: dict[str, list[tuple[Row, Sequence[Row]]]] = defaultdict(list)
    for part in stretches(rows):
        titled = are_titled([part]) and all(role_of(row, told) is Role.HEADING for row in part)
        hangs = all(role_of(row, told) is Role.VERSE and row.indent > part[0].indent for row in part[1:])  # a stanza
        form = _form_above(part[0], part[1:]) if not titled and all(row.number in told for row in part) else ""
        counts = all(role_of(row, told) is Role.VERSE for row in part) and _is_bare(part[0])  # the number of a stanza
        form = "" if (hangs or counts) and form == "number and title" else form
        if form:
            forms[form].append((part[0], part[1:]))
    out: dict[int, Told] = {}
    reason = Reason("above-its-text", Role.HEADING, SETTLED)
    for form, members in forms.items():
        if not (_counts_up if form.startswith("number") else _says_each_once)([head.text for head, _ in members]):
            continue
        for head, text in members:
            out[head.number] = overruled(reason, told[head.number].role, score=SURE)
            for n, row in enumerate(text):
                one = told[row.number]
                role = Role.PARAGRAPH if one.role is Role.HEADING else one.role
                out[row.number] = replace(one, role=role, goes_on=n > 0 and one.goes_on)
    return out


def _form_above(head: Row, text: Sequence[Row]) -> str:
    """Name the form of a line that may head the text right below it; nothing if it does not stand so."""
    words = head.text.strip("_*= ")
    if not (text and head.gap and _SENTENCE.match(_SUBSECTION.sub("", text[0].text))):
        return ""
    if NUMBER.match(words):
        return "number"
    widest = max(row.end for row in text)
    counted = NUMBER_FIRST.fullmatch(words)
    if counted and counted["words"] and _SENTENCE.match(counted["words"]):
        few = len(words.split()) <= _SECTION_WORDS and ". " not in counted["words"]
        room = head.end + 1 + text[0].need <= widest and 4 * head.end <= 3 * widest
        return "number and title" if few and room and words[-1] not in ",;:" else ""
    room = 2 * (head.end - head.indent) <= widest and head.end + 1 + text[0].need <= widest
    if not room or len(text) < TWICE or head.text[-1] in NO_TITLE or any(map(NAMED.match, (row.text for row in text))):
        return ""
    if NAMED.match(words):
        return "number"
    form = written(head.text)
    if form == "short-words" and all(word[0].isupper() or word in SMALL for word in words.split()):
        form = "title"
    return form if form in ("capitals", "title") and written(text[0].text) in ("sentence", "some") else ""


def _is_bare(row: Row) -> bool:
    """Tell whether no stop stands behind the number with which a row begins."""
    found = NUMBER_FIRST.match(row.text)
    return found is not None and not found["sign"]


def _counts_up(texts: Sequence[str]) -> bool:
    values = [
        value_of(found["sign"]) if (found := NUMBER.match(text.strip("_*= "))) else number_of(text) for text in texts
    ]
    steps = sum(after == before + 1 or after in (0, 1) for before, after in pairwise(values))  # 0: a number in words
    return len(values) >= SERIES and steps >= MOSTLY_COUNTS * (len(values) - 1)


def _says_each_once(texts: Sequence[str]) -> bool:
    """Tell whether the lines are many, each with words of its own; names over speeches come back."""
    return len(texts) >= _AGAIN and len({letters_of(text) for text in texts}) >= _UNLIKE * len(texts)


def signed(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the same words in capitals or as a title, closer to what is above them again and again, for a signature."""
    places: dict[str, list[tuple[Row, int]]] = defaultdict(list)
    for part, after in pairwise(stretches(rows)):
        row = part[0]
        display = len(part) == 1 and len(row.text) <= _SIGNED and written(row.text) in ("capitals", "title")
        if display and role_of(row, told) in (Role.HEADING, Role.PARAGRAPH):
            places[row.text.casefold()].append((row, after[0].gap))
    out: dict[int, Told] = {}
    for members in places.values():
        closer = sum(row.gap < below for row, below in members)
        farther = sum(row.gap > below for row, below in members)
        if len(members) >= SERIES and closer >= _CLOSER * len(members) and not farther:
            out |= {row.number: _signs(told[row.number]) for row, _ in members}
    return out


def agreed(rows: Sequence[Row], forms: Sequence[Alike], told: Mapping[int, Told], close: bool) -> dict[int, Told]:
    """Let short stretches of one form be headings together, or none of them.

    Lines in capitals, italics or title case that come again and again, each with words of its own, are headings all,
    if they are set off farther from what is above, or if the labeller takes a good part of them for headings. Lines
    that stand closer to what is above than to what is below sign it. In a text that has one blank line everywhere
    (``close``) they stand over running text instead.
    """
    out: dict[int, Told] = {}
    for form in forms:
        members = [part for part in form.members if is_open(told.get(rows[part[0]].number))]
        if len(members) < _AGAIN or not form.name.startswith(("capitals", "title", "mostly-capitals")):
            continue
        chances = [_chance(told[rows[start].number]) for start, _ in members]
        mean = sum(chances) / len(chances)
        capitals = form.name.startswith("capitals")
        set_off = form.wider > 0.85 and form.unlike > 0.8 and ("italics" in form.name or capitals)
        least = _TITLE_CHANCE if form.name == "title" else _DISPLAY_CHANCE
        if mean > least and form.unlike > 0.9 and _head_sections(members, rows, told):
            set_off, mean = True, 1.0
        if form.closer > 0.8 and not capitals and form.over_text < 0.8 and not _below_numbers(members, rows):
            for start, end in members:
                for row in rows[start:end]:
                    if told[row.number].role is Role.HEADING:
                        out[row.number] = _signs(told[row.number])
        elif form.unlike > 0.6 and "open" not in form.name and ((mean > 0.3 and capitals) or (set_off and mean > 0.02)):
            for start, end in members:
                for n, row in enumerate(rows[start:end]):
                    if row.number in told:
                        out[row.number] = _heads(told[row.number], n > 0)
    return out


def _head_sections(members: Sequence[tuple[int, int]], rows: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether short stretches stand over paragraphs, and not over short lines like themselves.

    None has a number, says who wrote something, or is of a letter.
    """
    heads = [rows[start] for start, _ in members]
    if any(not row.text.strip("_*=")[0].isalpha() or BY.match(row.text) for row in heads) or any(
        role_of(row, told) not in (Role.PARAGRAPH, Role.HEADING) or written(row.text) == "mostly-capitals"
        for row in heads
    ):
        return False
    below = [rows[end] for _, end in members if end < len(rows)]
    text = (role_of(row, told) is Role.PARAGRAPH and written(row.text) in ("sentence", "some") for row in below)
    return sum(text) > _OVER_SENTENCES * len(members)


def _below_numbers(members: Sequence[tuple[int, int]], rows: Sequence[Row]) -> bool:
    """Tell whether most of the short stretches stand right below numbers of chapters, whose titles they are.

    Below that of a letter stands who wrote it to whom.
    """
    above = [rows[start - 1].text for start, _ in members if start]
    return 2 * sum(number_alone(text) and not LETTER.match(text) for text in above) > len(members)


def _chance(told: Told) -> float:
    return told.score if told.role is Role.HEADING else told.rival_score if told.rival is Role.HEADING else 0.0


def _heads(told: Told, goes_on: bool) -> Told:
    if told.role is Role.HEADING:
        return replace(told, goes_on=goes_on, score=max(told.score, AGREED))
    reason = Reason("form-agrees", Role.HEADING, LOUD)
    return Told(Role.HEADING, goes_on, AGREED, told.role, 1 - AGREED, (reason, *told.reasons))


def _signs(told: Told) -> Told:
    role = told.rival if told.rival and told.rival not in _NO_SIGNATURE else Role.LETTER
    return Told(role, False, AGREED, Role.HEADING, 1 - AGREED, (Reason("form-signs", role, LOUD), *told.reasons))
