"""Headings that go together: series that count up, titles below their numbers, forms that agree, the contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.label.features import SMALL
from pipeline.label.headings import TITLE_PAGE
from pipeline.label.labeller import Told
from pipeline.label.layout import Unit
from pipeline.label.levels import is_led, leads_of, led_by, letters_of, number_alone, number_of, value_of
from pipeline.label.observe import Form, Row, written
from pipeline.label.settled import Settled
from pipeline.label.told import AGREED, LOUD, SETTLED, SURE, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CARDINALS, NAMED, NUMBER, named_by

WHY = {
    "form-agrees": "Short lines written like it stand over text again and again, each with words of its own: headings.",
    "counts-up": "Lines that stand alone, begin alike and end in numbers that count up are headings all.",
    "one-below-the-other": "Its number counts up with those right above or below it, and no text is between: a list.",
    "number-goes-on": "Its number counts up with those of lines written like it, over text: it is what most are.",
    "title-by-itself": "Short, without a stop, and by itself above the text: its title.",
    "above-its-text": "Right above text, with room beside it, as others of its form: numbers that count up, or titles.",
    "form-signs": "Lines written like it stand closer to what is above than to what is below: they sign it.",
}
"""The rules of headings that go together, each with what an editor would say."""

LONGEST = 400
"""Characters; no heading is longer."""

_AGAIN = 4  # times; a form that comes as often is one
_TITLE_GAP = 2  # blank lines between the number of a chapter and its title
_SERIES = 3  # headings that count up
_LETTER = re.compile(r"\W*(?:letter|lettre|brief|carta|lettera|письмо)\b", re.IGNORECASE)
_DAY = re.compile(r"\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)\b")
_TELLS_ALL = 400  # characters; a chapter that says what happens in it does so in no more
_NUMBER_AND_TITLE = 2  # rows
_TITLE_ROWS = 3
_TITLE_LONGEST = 120  # characters
_TITLE_REACH = 3  # blank lines between the number of a chapter and its title
_DISPLAY_REACH = 5  # the same, where the title is written as one
_NUMBER_FIRST = re.compile(
    r"[_*=]*(?P<number>\d{1,3}|[IVXLC]+|[A-Z])(?P<sign>[.)]?(?: ?[-–—]+)?)(?:\s+(?P<words>\S.*)|$)"
)
_SENTENCE = re.compile(r"[\W_]*[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ\u05d0-\u05ea\u0620-\u064a\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUBSECTION = re.compile(r"\(?(?:\d{1,2}|[a-z])\)\s*")
_SECTION_WORDS = 8  # of a numbered title that stands right above its text
_WITHIN = re.compile(r"(?P<number>\d+(?:\.\d+)+)\.?\s+(?P<words>\S.*)")
_ENDS_INSIDE = re.compile(r"[^\W\d_]{2}[.!?؟۔] (?=[^\W\d_a-zß-öø-ÿа-яё])")
_OPENING = 90  # characters of a title that opens a text
_FEW = 3  # one heading among so many
_STOPS = (".", ",", ";", ":")
_MAY_COUNT = (Role.PARAGRAPH, Role.ITEM, Role.TABLE, Role.VERSE, Role.LETTER)
_MAY_BE_TITLES = (Role.PARAGRAPH, Role.HEADING, Role.LETTER, Role.QUOTE, Role.ITEM, Role.CAPTION)
_ALL_TITLED = 5  # chapters, each of which has a sentence right below its number
_PARAGRAPHS = 2  # below a heading, in the mean
_DASHES = re.compile(r"(?:--|[—–]).*(?:--|[—–])")
_UNLIKE = 0.8  # share of the lines of one form that say something of their own
_NO_TITLE = '.,;:!?)]”"»'  # ends no title above its text
_COUNTS_UP = 0.7  # share of the steps in a series that go up by one, or begin again
_ENTRY_LETTERS = 6  # of an entry of the contents; shorter words stand alone by chance
_TWICE = 2  # on a page of its own, and over the text
_SIGNED = 40  # characters of a signature
_CLOSER = 0.5  # share of the places where the same words stand closer to what is above than to what is below
_NO_SIGNATURE = (Role.HEADING, Role.PARAGRAPH, Role.DIALOGUE)  # what the words of who signs are not


def contents_say(
    rows: Sequence[Row], listed: Mapping[str, int], told: Mapping[int, Told], close: bool
) -> dict[int, Told]:
    """Take short stretches for headings that the list of contents names, if room stands above them.

    ``close``: a blank line is as much room as the text has anywhere.

    What comes back again and again names no chapter by itself: whose diary it is, where a letter was written.
    """
    places: dict[str, list[list[Row]]] = defaultdict(list)
    for part in stretches(rows):
        key = letters_of(" ".join(row.text for row in part)) if len(part) <= _TITLE_ROWS else ""
        if len(key) >= _ENTRY_LETTERS and key in listed:
            places[key].append(part)
    reason = Reason("in-the-contents", Role.HEADING, SETTLED)
    return {
        row.number: Told(Role.HEADING, n > 0, SURE, told[row.number].role, 1 - SURE, (reason,))
        for parts in places.values()
        if len(parts) <= _TWICE
        for part in parts
        for n, row in enumerate(part)
        if part[0].gap >= (1 if close else _TITLE_GAP)
        and role_of(row, told) in (*_MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def counting_on(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let short stretches that are written alike, and whose numbers count up, be headings if most of them are.

    They are not one below the other: running text stands between them. Numbers alone of which few are headings number
    what the others do, stanzas or paragraphs.
    """
    counting: dict[tuple[bool | str, ...], list[list[Row]]] = defaultdict(list)
    last: dict[tuple[bool | str, ...], tuple[int, int, list[Row]]] = {}
    parts = stretches(rows)
    for at, part in enumerate(parts):
        text = " ".join(row.text for row in part)
        found = _NUMBER_FIRST.match(text) if len(part) <= _TITLE_ROWS and len(text) <= _TITLE_LONGEST else None
        words = (found["words"] or "") if found else ""
        if not found or (words and not any(map(str.isalpha, words))):
            continue
        value, figures = value_of(found["number"]), found["number"].isdigit()
        form = (figures, found["sign"], bool(words), text.strip("_") != text, words.isupper(), words[-1:] in _STOPS)
        before, number, above = last.get(form, (0, 0, part))
        if number and value == number + 1 and _text_between(parts[before + 1 : at], told):
            counting[form] += [part] if counting[form][-1:] == [above] else [above, part]
        last[form] = (at, value, part)
    out: dict[int, Told] = {}
    for (_, _, titled, *_), members in counting.items():
        roles = Counter(role for part in members if (role := role_of(part[0], told)))
        heads = roles[Role.HEADING]
        if titled and len(members) >= _SERIES and _are_titled(members):
            out |= _all(Role.HEADING, members, told)
        elif 2 * heads >= len(members) or (titled and _heads_sections(members)):
            out |= _all(Role.HEADING, (part for part in members if role_of(part[0], told) in _MAY_COUNT), told)
        elif not titled and heads and _FEW * heads <= len(members):
            (role, _), *_ = roles.most_common(1)
            out |= _all(role, (part for part in members if role_of(part[0], told) is Role.HEADING), told)
    return out


def _are_titled(parts: Iterable[Sequence[Row]]) -> bool:
    """Tell whether each is a number on a line of its own, and one more line right below it that ends as titles do."""
    return all(
        len(part) == _NUMBER_AND_TITLE and number_alone(part[0].text) and part[1].text[-1] not in _NO_TITLE
        for part in parts
    )


def _heads_sections(members: Sequence[Sequence[Row]]) -> bool:
    """Tell whether numbered lines of one row each count from one, and several paragraphs stand below each of them."""
    if len(members) < _ALL_TITLED or any(len(part) > 1 for part in members):
        return False
    first = _NUMBER_FIRST.match(members[0][0].text)
    between = (members[-1][0].stretch - members[0][0].stretch) / (len(members) - 1) - 1
    return first is not None and value_of(first["number"]) == 1 and between >= _PARAGRAPHS


def above_text(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for headings that stand right above the text that they head, again and again.

    They are numbers that count up, or in capitals or written as a title, each with words of its own. The text begins
    with a capital though there was room for it on the line above, so that it does not go on with it.
    """
    forms: dict[str, list[tuple[Row, Sequence[Row]]]] = defaultdict(list)
    for part in stretches(rows):
        titled = _are_titled([part]) and all(role_of(row, told) is Role.HEADING for row in part)
        form = _form_above(part[0], part[1:]) if not titled and all(row.number in told for row in part) else ""
        if form:
            forms[form].append((part[0], part[1:]))
    out: dict[int, Told] = {}
    reason = Reason("above-its-text", Role.HEADING, SETTLED)
    for form, members in forms.items():
        if not (_counts_up if form.startswith("number") else _says_each_once)([head.text for head, _ in members]):
            continue
        for head, text in members:
            out[head.number] = Told(Role.HEADING, False, SURE, told[head.number].role, 1 - SURE, (reason,))
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
    counted = _NUMBER_FIRST.fullmatch(words)
    if counted and counted["words"] and _SENTENCE.match(counted["words"]):
        few = len(words.split()) <= _SECTION_WORDS and ". " not in counted["words"]
        room = head.end + 1 + text[0].need <= widest and 4 * head.end <= 3 * widest
        return "number and title" if few and room and words[-1] not in ",;:" else ""
    room = 2 * (head.end - head.indent) <= widest and head.end + 1 + text[0].need <= widest
    if (
        not room
        or len(text) < _TWICE
        or head.text[-1] in _NO_TITLE
        or any(map(NAMED.match, (row.text for row in text)))
    ):
        return ""
    if NAMED.match(words):
        return "number"
    form = written(head.text)
    if form == "short-words" and all(word[0].isupper() or word in SMALL for word in words.split()):
        form = "title"
    return form if form in ("capitals", "title") and written(text[0].text) in ("sentence", "some") else ""


def _counts_up(texts: Sequence[str]) -> bool:
    values = [
        value_of(found["sign"]) if (found := NUMBER.match(text.strip("_*= "))) else number_of(text) for text in texts
    ]
    steps = sum(after == before + 1 or after in (0, 1) for before, after in pairwise(values))  # 0: a number in words
    return len(values) >= _SERIES and steps >= _COUNTS_UP * (len(values) - 1)


def _says_each_once(texts: Sequence[str]) -> bool:
    """Tell whether the lines are many, each with words of its own; names over speeches come back."""
    return len(texts) >= _AGAIN and len({letters_of(text) for text in texts}) >= _UNLIKE * len(texts)


def _all(role: Role, parts: Iterable[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    reason = Reason("number-goes-on", role, SETTLED)
    return {
        row.number: Told(role, n > 0, SURE, told[row.number].role, 1 - SURE, (reason,))
        for part in parts
        for n, row in enumerate(part)
        if row.number in told
    }


def _text_between(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> bool:
    return any(len(part) > 1 and role_of(part[0], told) is not Role.HEADING for part in parts)


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
        if len(members) >= _SERIES and closer >= _CLOSER * len(members) and not farther:
            out |= {row.number: _signs(told[row.number]) for row, _ in members}
    return out


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
        if named and number and (unit.blanks > 1 or len(unit.rows) == 1):
            series[named_by(named)[0]].append((at, unit, number))
        elif (
            len(unit.rows) == 1
            and _may_head(settled.get(at))
            and _open(told[unit.first])  # not where and when a letter was written
            and (led := led_by(unit.text))
        ):
            series[led[0]].append((at, unit, led[1]))
    out: dict[int, Told] = {}
    for members in series.values():
        values = [value for _, _, value in members]
        steps = sum(after - before == 1 or after == 1 for before, after in pairwise(values))
        if min(len(members), max(values)) < _SERIES or steps < _COUNTS_UP * (len(members) - 1):
            continue
        places = {at for at, _, _ in members}
        for at, unit, _ in members:
            # With nothing between them they are a list.
            listed = any({near, near + 1, near + 2} <= places for near in (at - 2, at - 1, at))
            role, rule = (Role.PARAGRAPH, "one-below-the-other") if listed else (Role.HEADING, "counts-up")
            reason = Reason(rule, role, SETTLED)
            for row, line in enumerate(unit.lines):
                if line in told:
                    out[line] = Told(role, row > 0, SURE, None, 0.0, (reason,))
    return out


def _may_head(shape: Settled | None) -> bool:
    return shape is None or shape.role in (Role.TITLE, Role.HEADING)


def opening(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a short line that opens the text for its title, and one right below it for what a title page says.

    Neither ends as a sentence does, nor is it a date or a greeting; the labeller is not sure that it is a paragraph.
    """
    part = next(iter(stretches(rows)), [])
    known = [told.get(row.number) for row in part]
    short = len(part) <= _NUMBER_AND_TITLE and all(
        len(row.text) <= _OPENING and row.text[-1] not in f"{_NO_TITLE}-–—" and row.text[0] not in "[(<*-–—"
        for row in part
    )
    plain = all(one is not None and one.role is Role.PARAGRAPH and one.score < AGREED for one in known)
    if not (part and short and plain and part[0].text[0].isupper() and len(part) < len(rows)) or _DAY.search(
        part[0].text
    ):
        return {}
    title = Reason("title-by-itself", Role.HEADING, SETTLED)
    below = Reason(TITLE_PAGE, Role.LETTER, SETTLED)
    return {
        row.number: Told(
            Role.LETTER if n else Role.HEADING, False, AGREED, Role.PARAGRAPH, 1 - AGREED, (below if n else title,)
        )
        for n, row in enumerate(part)
    }


def named_over_titles(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the number of a chapter and the title right below it for its heading, where all chapters have such.

    "Chapter Two" stands alone on its row there, a short title on the next, and nothing else before a blank line.
    """
    found = [
        part
        for part in stretches(rows)
        if len(part) == _NUMBER_AND_TITLE
        and NAMED.match(part[0].text.strip("_*= "))
        and number_alone(part[0].text)
        and len(part[1].text) <= _TITLE_LONGEST
        and part[1].text[-1] not in _NO_TITLE
    ]
    if len(found) < _TWICE:
        return {}
    reason = Reason("counts-up", Role.HEADING, SETTLED)
    return {
        row.number: Told(Role.HEADING, n > 0, SURE, told[row.number].role, 1 - SURE, (reason,))
        for part in found
        for n, row in enumerate(part)
        if role_of(row, told) in (*_MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def in_words(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take numbers in words for headings, which stand alone and count up from one: "One", "Two"."""
    counted: list[Row] = []
    for part in stretches(rows):
        if len(part) == 1 and part[0].gap and CARDINALS.get(part[0].text.strip("_*= .").casefold()) == len(counted) + 1:
            counted.append(part[0])
    if len(counted) < _SERIES:
        return {}
    reason = Reason("counts-up", Role.HEADING, SETTLED)
    return {
        row.number: Told(Role.HEADING, False, SURE, told[row.number].role, 1 - SURE, (reason,))
        for row in counted
        if role_of(row, told) in (*_MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def titles_below(rows: Sequence[Row], told: Mapping[int, Told], close: bool) -> dict[int, Told]:
    """Take short stretches for titles that stand right below the numbers of chapters, if most numbers have one.

    ``close``: the text has one blank line everywhere, so that the room around a sentence does not make it a title.
    """
    parts = stretches(rows)
    heads = [all(role_of(row, told) is Role.HEADING for row in part) for part in parts]
    leads = leads_of(" ".join(row.text for row in part) for part, head in zip(parts, heads, strict=True) if head)
    numbers = 0
    titles: list[list[Row]] = []
    sentences: list[list[Row]] = []
    for n, (head, title, after) in enumerate(zip(parts, parts[1:], parts[2:], strict=False)):
        words = " ".join(row.text for row in head)
        # Below "Letter 5" stands where it was written.
        if not heads[n] or not (number_alone(words) or is_led(words, leads)) or _LETTER.match(words):
            continue
        numbers += 1
        text = " ".join(row.text for row in title)
        reach = _TITLE_REACH if written(text) in ("sentence", "some") else _DISPLAY_REACH
        sentence = "。" in text or (close and written(text) == "sentence" and text[-1] in '.!?:;,”"')
        short = text[0] != "[" and len(title) <= _TITLE_ROWS and len(text) <= _TITLE_LONGEST and title[0].gap <= reach
        room = after[0].gap >= title[0].gap or reach > _TITLE_REACH
        if short and room and all(role_of(row, told) in _MAY_BE_TITLES for row in title):
            if not sentence:
                titles.append(title)
            elif not heads[n + 2]:  # else it is all that the chapter says
                sentences.append(title)
    if len(titles) + len(sentences) == numbers >= _ALL_TITLED and all(map(_may_be_title, sentences)):
        titles += sentences  # no book begins each of its chapters with a paragraph of one row
    if len(titles) < _SERIES or len(titles) < _COUNTS_UP * numbers:
        return {}
    reason = Reason("goes-on-with-heading", Role.HEADING, SETTLED)
    return {row.number: Told(Role.HEADING, True, SURE, None, 0.0, (reason,)) for title in titles for row in title}


def _may_be_title(part: Sequence[Row]) -> bool:
    """Tell whether a sentence may be the title of a chapter: it takes one row, or says what happens, with dashes."""
    text = " ".join(row.text for row in part)
    return "。" not in text and text[-1] == "." and (len(part) == 1 or _DASHES.search(text) is not None)


def prose(rows: Sequence[Row], told: Mapping[int, Told], close: bool) -> dict[int, Told]:
    """Take wrapped sentences, and what is longer than any heading, out of the headings.

    ``close``: the text has one blank line everywhere, so that the room around a sentence says nothing.
    """
    out: dict[int, Told] = {}
    for part in stretches(rows):
        if not any((one := told.get(row.number)) and one.role is Role.HEADING for row in part):
            continue
        text = " ".join(row.text for row in part)
        is_sentence = written(text) == "sentence" and text[-1] in ".!?;:," and not NAMED.match(text)
        sentence = (is_sentence and (close or len(part) > 1)) or text[-1] in "。！？" or _says_several(text)
        if sentence or len(text) > LONGEST:
            for n, row in enumerate(part):
                one = told.get(row.number)
                if one and one.role is Role.HEADING and (one.score < AGREED or not _says_several(text)):
                    out[row.number] = replace(one, role=Role.PARAGRAPH, goes_on=n > 0, rival=one.role)
    return out


def _says_several(text: str) -> bool:
    """Tell whether a line is several sentences: three, or two in a script without capitals."""
    ends = len(_ENDS_INSIDE.findall(text))
    return ends >= (_TWICE if text.lower() != text.upper() else 1) and written(text) in ("sentence", "some", "none")


def agreed(rows: Sequence[Row], forms: Sequence[Form], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let short stretches of one form be headings together, or none of them.

    Lines in capitals, italics or title case that come again and again, each with words of its own, are headings all,
    if they are set off farther from what is above, or if the labeller takes a good part of them for headings. Lines
    that stand closer to what is above than to what is below sign it.
    """
    out: dict[int, Told] = {}
    for form in forms:
        members = [part for part in form.members if _open(told.get(rows[part[0]].number))]
        if len(members) < _AGAIN or not form.name.startswith(("capitals", "title", "mostly-capitals")):
            continue
        chances = [_chance(told[rows[start].number]) for start, _ in members]
        mean = sum(chances) / len(chances)
        capitals = form.name.startswith("capitals")
        set_off = form.wider > 0.85 and form.unlike > 0.8 and ("italics" in form.name or capitals)
        if form.closer > 0.8 and not capitals and form.over_text < 0.8:
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


def _open(told: Told | None) -> bool:
    """Tell whether a line may still be a heading: nothing that is certain says that it is something else."""
    return told is not None and (
        told.role is Role.HEADING or told.reasons[:1] == () or told.reasons[0].weight < SETTLED
    )


def titled(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a heading that stands right below the number of a chapter go on with it: its title."""
    out: dict[int, Told] = {}
    above: list[Row] = []
    heads = [row.text for row in rows if (one := told.get(row.number)) and one.role is Role.HEADING]
    leads = leads_of(heads)

    def alone(text: str) -> bool:
        return number_alone(text) or is_led(text, leads)

    for row in rows:
        one = told.get(row.number)
        if one is None or one.role is not Role.HEADING:
            above = []
            continue
        if above and row.gap:
            words = " ".join(part.text for part in above)
            if _LETTER.match(words) and _DAY.search(row.text):  # where and when it was written
                out[row.number] = replace(one, role=Role.LETTER, goes_on=False, rival=Role.HEADING)
                above = []
                continue
            if (
                not one.goes_on
                and row.gap <= _TITLE_GAP
                and alone(words)
                and not (alone(row.text) or NAMED.match(row.text))
            ):
                out[row.number] = replace(one, goes_on=True)
            elif not one.goes_on:
                above = []
        above.append(row)
    return out


def apart(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a heading begin anew below another one if those written like it mostly stand over text by themselves.

    The title of a chapter stays with its number.
    """
    heads: list[tuple[Row, bool]] = []
    above: Row | None = None
    for row in rows:
        one = told.get(row.number)
        if one is not None and one.role is Role.HEADING and row.gap:
            heads.append((row, one.goes_on and above is not None and not number_alone(above.text)))
        above = row if one is not None and one.role is Role.HEADING else None
    alone = Counter(_manner(row.text) for row, joined in heads if not joined)
    below = Counter(_manner(row.text) for row, joined in heads if joined)
    return {
        row.number: replace(told[row.number], goes_on=False)
        for row, joined in heads
        if joined and alone[_manner(row.text)] >= _TWICE * below[_manner(row.text)]
    }


def _manner(text: str) -> str:
    """Say how a heading is written: its signs, its number, its capitals."""
    found = _NUMBER_FIRST.match(text) or _WITHIN.match(text)
    number = (
        re.sub(r"\d+", "1", re.sub(r"\b[IVXLC]+\b", "I", found[0][: found.end() - len(found["words"] or "")]))
        if found
        else ""
    )
    return f"{text[0] if text[0] in '_=*#' else ''}{number}{written(text)}"


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
