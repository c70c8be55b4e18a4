"""Headings that go together: series that count up, titles below their numbers, the contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pipeline.label.front import TITLE_PAGE
from pipeline.label.headlines import (
    SERIES,
    Form,
    heads_a_letter,
    led_by,
    letters_of,
    number_alone,
    number_of,
    ordered_alone,
    ordered_of,
    value_of,
)
from pipeline.label.labeller import Told
from pipeline.label.layout import Unit
from pipeline.label.looks import written
from pipeline.label.middle import SET_IN, around, in_the_middle
from pipeline.label.rows import Row
from pipeline.label.settled import Settled
from pipeline.label.told import AGREED, SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CARDINALS, MONTHS, NAMED, NUMBER, named_by

COUNTS_UP = "counts-up"

WHY = {
    COUNTS_UP: "Lines that stand alone, begin alike and end in numbers that count up are headings all.",
    "one-below-the-other": "Its number counts up with those right above or below it, and no text is between: a list.",
    "letters-or-years": "A letter or a year alone over text, and those of its kind follow in order: a heading.",
    "number-goes-on": "Its number counts up with those of lines written like it, over text: it is what most are.",
    "title-by-itself": "Short, without a stop, and by itself above the text: its title.",
    "leads-its-text": "A dash at its end, or before a sentence: it leads what stands behind it, and heads nothing.",
    "section-by-its-sign": "The sign of a section, a number that counts up, and a title alone on the row: its heading.",
}
"""The rules of headings that go together, each with what an editor would say."""

LONGEST = 400
"""Characters; no heading is longer."""

LETTER = re.compile(r"\W*(?:[^\W\d]+\s)?(?:letter|lettre|brief|carta|lettera|письмо)\b", re.IGNORECASE)


TITLE_GAP = 2  # blank lines between the number of a chapter and its title
_OVER_TEXT = 0.6  # share of the numbers that stand over paragraphs
DAY = re.compile(r"\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)\b")
_SECTION_SIGN = re.compile(r"§+ ?(?P<sign>\d{1,3}|[IVXLC]{1,7})[.:)]? (?P<title>_[^_]{2,90}_\.?|[^_.!?;]{2,90}\.?)")
_YEAR_ALONE = re.compile(r"(?:1[0-9]|20)\d\d\.?")
_TELLS_ALL = 400  # characters; a chapter that says what happens in it does so in no more
NUMBER_AND_TITLE = 2  # rows
TITLE_ROWS = 3
TITLE_LONGEST = 120  # characters
NUMBER_FIRST = re.compile(
    r"[_*=]*(?P<number>\d{1,3}|[IVXLC]+|[A-Z])(?P<sign>[.)]?(?: ?[-–—]+)?)(?:\s+(?P<words>\S.*)|$)"
)
_SECTION = re.compile(r"(?:(?:sec|sect|art|ex|rule|case|prop|problem|no|nr|n°)\.? )?", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)|_[^_]*_")  # beside a title in capitals
_LEADS = re.compile(r"\w[.,]?_?(?:--|[—–])$")
_LEADS_SENTENCE = re.compile(r"_[^_]{1,50}[.,]?_[.,]?(?:--|[—–])\s?[\"“]?[^\W\d_].*[.!?][\"”]?$")
OPENING = 90  # characters of a title that opens a text
_FEW = 3  # one heading among so many
_STOPS = (".", ",", ";", ":")
_NAMED_STOPS = (".", ",", ":", "—", "–", "-")  # between the number of a chapter and what it goes on with
_MAY_COUNT = (Role.PARAGRAPH, Role.ITEM, Role.TABLE, Role.VERSE, Role.LETTER)
MAY_BE_TITLES = (Role.PARAGRAPH, Role.HEADING, Role.LETTER, Role.QUOTE, Role.ITEM, Role.CAPTION)
ALL_TITLED = 5  # chapters, each of which has a sentence right below its number
_PARAGRAPHS = 2  # below a heading, in the mean
NO_TITLE = '.,;:!?)]”"»'  # ends no title above its text
MOSTLY_COUNTS = 0.7  # share of the steps in a series that go up by one, or begin again
_ENTRY_LETTERS = 6  # of an entry of the contents; shorter words stand alone by chance
TWICE = 2  # on a page of its own, and over the text


def contents_say(
    rows: Sequence[Row], listed: Mapping[str, int], told: Mapping[int, Told], close: bool
) -> dict[int, Told]:
    """Take short stretches for headings that the list of contents names, if room stands above them.

    Right below what says that it is a chapter, which the list has above it, no room is needed: its title. Neither is it
    above what stands alone in the middle of its line, nor above a side head: the words of an entry that is set in below
    others, said alone once only.

    ``close``: a blank line is as much room as the text has anywhere.

    What comes back again and again names no chapter by itself: whose diary it is, where a letter was written.
    """
    places: dict[str, list[list[Row]]] = defaultdict(list)
    below: set[int] = set()  # the first rows of what stands below the number of a chapter, or in the middle
    numbered = False
    widest = max((row.end for row in rows), default=0)
    for part in stretches(rows):
        key = letters_of(" ".join(row.text for row in part)) if len(part) <= TITLE_ROWS else ""
        if len(part) == NUMBER_AND_TITLE and part[1].text[0] in "(_[":  # what kind of tale it is stands below
            key = key if key in listed else letters_of(part[0].text)
        if len(key) >= _ENTRY_LETTERS and key in listed:
            places[key].append(part)
            if numbered or (len(part) == 1 and _is_centred(part[0], widest)):
                below.add(part[0].number)
        numbered = key in listed and NAMED.match(part[0].text.strip("_*= ")) is not None
    left = min(listed.values(), default=0)
    inside = {key for key, parts in places.items() if 0 <= left < listed[key] and _says_entry(parts)}
    reason = Reason(Form.LISTED, Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0, score=SURE)
        for key, parts in places.items()
        if len(parts) <= TWICE
        for part in parts
        for n, row in enumerate(part)
        if part[0].gap >= (1 if close or part[0].number in below or key in inside else TITLE_GAP)
        and role_of(row, told) in (*MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def _says_entry(parts: Sequence[Sequence[Row]]) -> bool:
    """Tell whether an entry of several words stands alone on one row only, written as a title."""
    row = parts[0][0]
    alone = len(parts) == len(parts[0]) == 1 and row.text[-1] not in ",;:!?"
    return alone and len(row.text.split()) > 1 and written(row.text) in ("capitals", "title")


def _is_centred(row: Row, widest: int) -> bool:
    """Tell whether a row stands in the middle of a page that is as wide as its ``widest`` row."""
    return in_the_middle(row.indent, widest - row.end)


def counting_on(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let short stretches that are written alike, and whose numbers count up, be headings if most of them are.

    They are not one below the other: running text stands between them. Numbers alone of which few are headings number
    what the others do, stanzas or paragraphs.
    """
    counting: dict[tuple[bool, str, bool, bool, bool, bool], list[list[Row]]] = defaultdict(list)
    last: dict[tuple[bool, str, bool, bool, bool, bool], tuple[int, int, list[Row]]] = {}
    parts = stretches(rows)
    for at, part in enumerate(parts):
        text = " ".join(row.text for row in part)
        named = _SECTION.match(text) if len(part) <= TITLE_ROWS and len(text) <= TITLE_LONGEST else None
        found = NUMBER_FIRST.match(text[named.end() :]) if named else None
        words = (found["words"] or "") if found else ""
        if not found or not named or (words and not any(map(str.isalpha, words))) or (named[0] and not words):
            continue
        value, figures = value_of(found["number"]), found["number"].isdigit()
        loud = _ASIDE.sub("", words).isupper() or (bool(named[0]) and _ASIDE.sub("", words).strip(" .") == "")
        sign = f"{named[0].casefold()}{found['sign']}"
        form = (figures, sign, bool(words), text.strip("_") != text, loud, words[-1:] in _STOPS)
        before, number, above = last.get(form, (0, 0, part))
        if number and value == number + 1 and _text_between(parts[before + 1 : at], told):
            counting[form] += [part] if counting[form][-1:] == [above] else [above, part]
        last[form] = (at, value, part)
    out: dict[int, Told] = {}
    for (_, _, titled, _, loud, _), members in counting.items():
        roles = Counter(role for part in members if (role := role_of(part[0], told)))
        heads = roles[Role.HEADING]
        if titled and len(members) >= SERIES and (are_titled(members) or _are_displayed(members)):
            out |= _all(Role.HEADING, members, told)
        elif 2 * heads >= len(members) or (
            _heads_sections(members, SERIES if loud else ALL_TITLED) and (titled or _over_prose(members, rows, told))
        ):
            out |= _all(Role.HEADING, (part for part in members if role_of(part[0], told) in _MAY_COUNT), told)
        elif not titled and heads and _FEW * heads <= len(members):
            (role, _), *_ = roles.most_common(1)
            out |= _all(role, (part for part in members if role_of(part[0], told) is Role.HEADING), told)
    return out


def letters_and_years(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take letters, or years, for headings that stand alone over text, in order: of a dictionary, of a diary."""
    out: dict[int, Told] = {}
    parts = stretches(rows)
    for is_one, least in ((heads_a_letter, SERIES), (_YEAR_ALONE.fullmatch, TWICE)):
        at = [n for n, part in enumerate(parts) if len(part) == 1 and is_one(part[0].text.strip("_*= "))]
        signs = [parts[n][0].text.strip("_*=. ") for n in at]
        apart = all(b - a > 1 and role_of(parts[b - 1][0], told) is not Role.HEADING for a, b in pairwise(at))
        below = all(
            n + 1 < len(parts)
            and (role_of(parts[n + 1][0], told) is not Role.HEADING or letters_of(parts[n + 1][0].text) in MONTHS)
            for n in at
        )
        if len(at) >= least and apart and below and all(a < b for a, b in pairwise(signs)):
            reason = Reason("letters-or-years", Role.HEADING, SETTLED)
            for row in (parts[n][0] for n in at):
                if role_of(row, told) in MAY_BE_TITLES:
                    out[row.number] = overruled(reason, told[row.number].role, score=SURE)
    return out


def sections(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take titles that stand alone behind the sign of a section, "§ 2. _Of Oil_", and count up, for headings."""
    found = [
        (part[0], value_of(sign["sign"]))
        for part in stretches(rows)
        if len(part) == 1 and part[0].number in told and (sign := _SECTION_SIGN.fullmatch(part[0].text))
        if sign["title"].startswith("_") or written(sign["title"]) in ("capitals", "title")
    ]
    steps = sum(after in (1, value + 1) for (_, value), (_, after) in pairwise(found))
    if len(found) < TWICE or steps < MOSTLY_COUNTS * (len(found) - 1):
        return {}
    reason = Reason("section-by-its-sign", Role.HEADING, SETTLED)
    return {row.number: overruled(reason, told[row.number].role, score=SURE) for row, _ in found}


def are_titled(parts: Iterable[Sequence[Row]]) -> bool:
    """Tell whether each is a number on a line of its own, and one more line right below it that ends as titles do."""
    return all(
        len(part) == NUMBER_AND_TITLE and number_alone(part[0].text) and part[1].text[-1] not in NO_TITLE
        for part in parts
    )


def _are_displayed(members: Sequence[Sequence[Row]]) -> bool:
    """Tell whether numbered rows count from one, each written as a title, in the middle and not all as far in."""
    rows = [part[0] for part in members]
    first = NUMBER_FIRST.match(rows[0].text)
    titled = all(
        len(part) == 1 and row.indent > SET_IN and written(row.text) in ("capitals", "title")
        for part, row in zip(members, rows, strict=True)
    )
    middle = (rows[0].indent + rows[0].end) / 2
    begins = first is not None and value_of(first["number"]) == 1
    spans = [(row.indent, row.end) for row in rows]
    return titled and begins and around(spans, middle) and len({row.indent for row in rows}) > 1


def _heads_sections(members: Sequence[Sequence[Row]], least: int) -> bool:
    """Tell whether numbered lines of one row each count from one, and several paragraphs stand below each of them."""
    if len(members) < least or any(len(part) > 1 for part in members):
        return False
    first = NUMBER_FIRST.match(_SECTION.sub("", members[0][0].text, count=1))
    between = (members[-1][0].stretch - members[0][0].stretch) / (len(members) - 1) - 1
    return first is not None and value_of(first["number"]) == 1 and between >= _PARAGRAPHS


def _over_prose(members: Sequence[Sequence[Row]], rows: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether numbers stand over paragraphs, and not over stanzas or lines that each count for themselves."""
    at = {row.number: n for n, row in enumerate(rows)}
    below = [rows[n + 1] for part in members if (n := at[part[-1].number]) + 1 < len(rows)]
    return sum(role_of(row, told) is Role.PARAGRAPH for row in below) > _OVER_TEXT * len(members)


def _all(role: Role, parts: Iterable[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    reason = Reason("number-goes-on", role, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0, score=SURE)
        for part in parts
        for n, row in enumerate(part)
        if row.number in told
    }


def _text_between(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> bool:
    return any(len(part) > 1 and role_of(part[0], told) is not Role.HEADING for part in parts)


def counted(found: Sequence[Unit], settled: Mapping[int, Settled], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for headings that stand alone, begin with the same words, and have numbers that count up.

    "Night: Watch 5" is one if nothing else is on its line, "SONG 5. The Can" too; what says that it is a chapter or
    part may go on with what happens in it, if there is room above.
    """
    series: dict[str, list[tuple[int, Unit, int]]] = defaultdict(list)
    for at, unit in enumerate(found):
        if not (unit.blanks and unit.blank_after and unit.first in told and len(unit.text) <= _TELLS_ALL):
            continue
        named = NAMED.match(unit.text.strip("_*= "))
        number = number_of(named[0]) if named else 0
        if named and number and (unit.blanks > 1 or len(unit.rows) == 1 or len(unit.text) <= TITLE_LONGEST):
            series[named_by(named)[0]].append((at, unit, number))
        elif (
            len(unit.rows) == 1
            and _may_head(settled.get(at))
            and is_open(told[unit.first])  # not where and when a letter was written
            and (led := led_by(unit.text))
        ):
            series[led[0]].append((at, unit, led[1]))
    out: dict[int, Told] = {}
    for members in series.values():
        values = [value for _, _, value in members]
        steps = sum(after - before == 1 or after == 1 for before, after in pairwise(values))
        both = values == [1, 2] and all(_says_part(unit.text) for _, unit, _ in members)
        if (min(len(members), max(values)) < SERIES and not both) or steps < MOSTLY_COUNTS * (len(members) - 1):
            continue
        places = {at for at, _, _ in members}
        for at, unit, _ in members:
            # With nothing between them they are a list.
            listed = any({near, near + 1, near + 2} <= places for near in (at - 2, at - 1, at))
            role, rule = (Role.PARAGRAPH, "one-below-the-other") if listed else (Role.HEADING, COUNTS_UP)
            reason = Reason(rule, role, SETTLED)
            for row, line in enumerate(unit.lines):
                if line in told:
                    out[line] = overruled(reason, None, goes_on=row > 0, score=SURE)
    return out


def _says_part(text: str) -> bool:
    """Tell whether a short text opens with the name of a part in capitals and its number: "PART I. Of Oil"."""
    named = NAMED.match(text.strip("_*= "))
    return (
        named is not None and named[0].isupper() and len(text) <= TITLE_LONGEST and text[named.end() :][:1] in (".", "")
    )


def named_alike(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what names itself a chapter, and goes on behind a stop or comma, for a heading where its sisters are some.

    Its number may stand in words, so that nothing counts up: "Chapter the Third, in which nothing happens".
    """
    sisters: dict[str, list[list[Row]]] = defaultdict(list)
    above = ""  # the word of the stretch right above: one below the other they are a list
    for part in stretches(rows):
        text = " ".join(row.text for row in part).strip("_*= ")
        named = NAMED.match(text) if len(part) <= TITLE_ROWS and len(text) <= TITLE_LONGEST and part[0].gap else None
        word = named_by(named)[0] if named else ""
        if named and text[named.end() :][:1] in ("", *_NAMED_STOPS):
            if word != above:
                sisters[word].append(part)
            elif sisters[word] and role_of(sisters[word][-1][0], told) is not Role.HEADING:
                sisters[word].pop()
        above = word
    out: dict[int, Told] = {}
    reason = Reason(COUNTS_UP, Role.HEADING, SETTLED)
    for parts in sisters.values():
        heads = sum(role_of(part[0], told) is Role.HEADING for part in parts)
        for part in parts if heads >= max(TWICE, len(parts) / 2) else ():
            if all(role_of(row, told) is Role.PARAGRAPH for row in part):
                for n, row in enumerate(part):
                    out[row.number] = overruled(reason, Role.PARAGRAPH, goes_on=n > 0, score=SURE)
    return out


def _may_head(shape: Settled | None) -> bool:
    return shape is None or shape.role in (Role.TITLE, Role.HEADING)


def opening(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a short line that opens the text for its title, and one right below it for what a title page says.

    Neither ends as a sentence does, nor is it a date or a greeting; the labeller is not sure that it is a paragraph.
    """
    part = next(iter(stretches(rows)), [])
    known = [told.get(row.number) for row in part]
    short = len(part) <= NUMBER_AND_TITLE and all(
        len(row.text) <= OPENING and row.text[-1] not in f"{NO_TITLE}-–—" and row.text[0] not in "[(<*-–—"
        for row in part
    )
    plain = all(one is not None and one.role is Role.PARAGRAPH and one.score < AGREED for one in known)
    if not (part and short and plain and part[0].text[0].isupper() and len(part) < len(rows)) or DAY.search(
        part[0].text
    ):
        return {}
    title = Reason("title-by-itself", Role.HEADING, SETTLED)
    below = Reason(TITLE_PAGE, Role.LETTER, SETTLED)
    return {row.number: overruled(below if n else title, Role.PARAGRAPH) for n, row in enumerate(part)}


def in_words(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take numbers in words for headings, which stand alone and count up from one: "One", "Two"."""
    counted: list[Row] = []
    for part in stretches(rows):
        if len(part) == 1 and part[0].gap and CARDINALS.get(part[0].text.strip("_*= .").casefold()) == len(counted) + 1:
            counted.append(part[0])
    if len(counted) < SERIES:
        return {}
    reason = Reason(COUNTS_UP, Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, score=SURE)
        for row in counted
        if role_of(row, told) in (*MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def in_order(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what is counted in order over prose, once each and from the first, for headings: "First Period."."""
    if any(one.role is Role.DIALOGUE for one in told.values()):
        return {}  # "FIRST CITIZEN."
    counted: dict[str, list[Row]] = defaultdict(list)
    values: dict[str, list[int]] = defaultdict(list)
    parts = stretches(rows)
    ordered = ordered_of(part[0].text for part in parts if len(part) == 1)
    for part, below in pairwise(parts):
        word = ordered_alone(part[0].text, ordered) if len(part) == 1 else ""
        if word:
            values[word].append(number_of(part[0].text))
            if role_of(below[0], told) is Role.PARAGRAPH and len(below) > 1:
                counted[word].append(part[0])
    reason = Reason(COUNTS_UP, Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, score=SURE)
        for word, members in counted.items()
        if values[word] == [*range(1, len(members) + 1)] and len(members) >= TWICE
        for row in members
        if role_of(row, told) in MAY_BE_TITLES
    }


def run_in(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what ends in a dash, or goes on behind one with a sentence, out of the headings: a diary's day, run in.

    What is in italics before the dash, or a day in capitals, leads what stands behind it, or below.
    """
    out: dict[int, Told] = {}
    reason = Reason("leads-its-text", Role.PARAGRAPH, SETTLED)
    for part in stretches(rows):
        text = " ".join(row.text for row in part)
        if role_of(part[0], told) is not Role.HEADING or NAMED.match(text.strip("_*= ")):
            continue
        bare = text.strip("_*=-—– ")
        if (_LEADS.search(text) and len(bare) > 1 and not NUMBER.match(bare)) or _LEADS_SENTENCE.match(text):
            for n, row in enumerate(part):
                if role_of(row, told) is Role.HEADING:
                    out[row.number] = overruled(reason, Role.HEADING, goes_on=n > 0)
    return out


def counts_up(told: Told) -> bool:
    """Tell whether a line is a heading because its number counts up with those of others."""
    return told.role is Role.HEADING and any(reason.rule == COUNTS_UP for reason in told.reasons)


def is_open(told: Told | None) -> bool:
    """Tell whether a line may still be a heading: nothing that is certain says that it is something else."""
    return told is not None and (
        told.role is Role.HEADING or told.reasons[:1] == () or told.reasons[0].weight < SETTLED
    )
