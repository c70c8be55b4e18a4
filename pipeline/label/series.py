"""Headings that go together: series that count up, titles below their numbers, forms that agree, the contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.label.features import SMALL
from pipeline.label.front import TITLE_PAGE
from pipeline.label.headings import nearly
from pipeline.label.headlines import Form, heads_a_letter, led_by, letters_of, number_alone, number_of, value_of
from pipeline.label.labeller import Told
from pipeline.label.layout import Unit
from pipeline.label.looks import written
from pipeline.label.middle import in_the_middle
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.settled import Settled
from pipeline.label.told import AGREED, LOUD, SETTLED, SURE, role_of, stretches
from pipeline.label.whole import Alike
from pipeline.model import Reason, Role
from pipeline.parts import BY, CARDINALS, END, MONTHS, NAMED, NUMBER, named_by

COUNTS_UP = "counts-up"

WHY = {
    "form-agrees": "Short lines written like it stand over text again and again, each with words of its own: headings.",
    COUNTS_UP: "Lines that stand alone, begin alike and end in numbers that count up are headings all.",
    "one-below-the-other": "Its number counts up with those right above or below it, and no text is between: a list.",
    "letters-or-years": "A letter or a year alone over text, and those of its kind follow in order: a heading.",
    "number-goes-on": "Its number counts up with those of lines written like it, over text: it is what most are.",
    "title-by-itself": "Short, without a stop, and by itself above the text: its title.",
    "room-of-headings": "It has as much room above as the headings of this text, and hardly anything else, have.",
    "above-its-text": "Right above text, with room beside it, as others of its form: numbers that count up, or titles.",
    "leads-its-text": "A dash at its end, or before a sentence: it leads what stands behind it, and heads nothing.",
    "section-by-its-sign": "The sign of a section, a number that counts up, and a title alone on the row: its heading.",
    "not-in-the-contents": "A sentence that the contents do not name, though they name the headings: it is text.",
    "form-signs": "Lines written like it stand closer to what is above than to what is below: they sign it.",
}
"""The rules of headings that go together, each with what an editor would say."""

LONGEST = 400
"""Characters; no heading is longer."""

_MOSTLY = 0.85  # of what has so much room above it are headings, or written as such
_ALL_LISTED = 10  # headings, of which
_NEARLY_ALL = 0.8  # share the list of contents names: it has all that there are
_NOTE_CALL = re.compile(r"\s?\[\d{1,3}\]|\{\d{1,3}\}")
_AGAIN = 4  # times; a form that comes as often is one
TITLE_GAP = 2  # blank lines between the number of a chapter and its title
_TITLE_CHANCE = 0.01  # mean chance, by the weights, that lines in title case are headings if they stand as such do, and
_DISPLAY_CHANCE = (
    0.001  # that lines in capitals or italics are; below neither does the labeller see any heading in them
)
_OVER_SENTENCES = 0.8  # share of the headings of one form that stand over sentences
_OVER_TEXT = 0.6  # share of the numbers that stand over paragraphs
_SERIES = 3  # headings that count up
LETTER = re.compile(r"\W*(?:[^\W\d]+\s)?(?:letter|lettre|brief|carta|lettera|письмо)\b", re.IGNORECASE)
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
_SENTENCE = re.compile(r"[\W_]*[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ\u05d0-\u05ea\u0620-\u064a\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUBSECTION = re.compile(r"\(?(?:\d{1,2}|[a-z])\)\s*")
_SECTION_WORDS = 8  # of a numbered title that stands right above its text
_ENDS_INSIDE = re.compile(r"[^\W\d_]{2}[.!?؟۔] (?=[^\W\d_a-zß-öø-ÿа-яё])")
_SPOKEN = re.compile(
    r"""["“”„«»‘'—–-]+\s?\w.*?(?:,["”’]\s|[!?.…—-]["”»’]\s+(?=[a-zß-öø-ÿа-яё])|["“”»«’][,:]?\s+(?=[a-zß-öø-ÿа-яё]))"""
)
_LEADS = re.compile(r"\w[.,]?_?(?:--|[—–])$")
_OPEN_END = re.compile(
    r" (?:and|or|but|was|were|is|are|of|the|a|to|that|et|ou|mais|était|de|und|oder|war|der|die|das|y|o|era|e|en"
    r"|og|och)$"
)
_BEGUN = 6  # words of a sentence that goes on below its row
_LEADS_ON = re.compile(r"[:;,](?:--|[—–])$")
_LEADS_SENTENCE = re.compile(r"_[^_]{1,50}[.,]?_[.,]?(?:--|[—–])\s?[\"“]?[^\W\d_].*[.!?][\"”]?$")
_SAID = re.compile(r"""["“„«»‘'][^"“”„«»]*[.,;!?…—-]["”“»«’']""")
_OPENING = 90  # characters of a title that opens a text
_FEW = 3  # one heading among so many
_STOPS = (".", ",", ";", ":")
_NAMED_STOPS = (".", ",", ":", "—", "–", "-")  # between the number of a chapter and what it goes on with
_MAY_COUNT = (Role.PARAGRAPH, Role.ITEM, Role.TABLE, Role.VERSE, Role.LETTER)
MAY_BE_TITLES = (Role.PARAGRAPH, Role.HEADING, Role.LETTER, Role.QUOTE, Role.ITEM, Role.CAPTION)
_ALL_TITLED = 5  # chapters, each of which has a sentence right below its number
_PARAGRAPHS = 2  # below a heading, in the mean
_UNLIKE = 0.8  # share of the lines of one form that say something of their own
NO_TITLE = '.,;:!?)]”"»'  # ends no title above its text
_COUNTS_UP = 0.7  # share of the steps in a series that go up by one, or begin again
_ENTRY_LETTERS = 6  # of an entry of the contents; shorter words stand alone by chance
_TWICE = 2  # on a page of its own, and over the text
_SIGNED = 40  # characters of a signature
_DOUBTFUL = 0.6  # of the labeller: a heading that may as well be none
_LONG_SENTENCE = 10  # words
_CLOSER = 0.5  # share of the places where the same words stand closer to what is above than to what is below
_NO_SIGNATURE = (Role.HEADING, Role.PARAGRAPH, Role.DIALOGUE)  # what the words of who signs are not


def contents_say(
    rows: Sequence[Row], listed: Mapping[str, int], told: Mapping[int, Told], close: bool
) -> dict[int, Told]:
    """Take short stretches for headings that the list of contents names, if room stands above them.

    Right below what says that it is a chapter, which the list has above it, no room is needed: its title. Neither is it
    above what stands alone in the middle of its line.

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
    reason = Reason(Form.LISTED, Role.HEADING, SETTLED)
    return {
        row.number: Told(Role.HEADING, n > 0, SURE, told[row.number].role, 1 - SURE, (reason,))
        for parts in places.values()
        if len(parts) <= _TWICE
        for part in parts
        for n, row in enumerate(part)
        if part[0].gap >= (1 if close or part[0].number in below else TITLE_GAP)
        and role_of(row, told) in (*MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
    }


def _is_centred(row: Row, widest: int) -> bool:
    """Tell whether a row stands in the middle of a page that is as wide as its ``widest`` row."""
    return in_the_middle(row.indent, widest - row.end)


def unlisted(rows: Sequence[Row], listed: Mapping[str, int], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take sentences for text that the list of contents does not name, where it names nearly all headings.

    They have less room above them than all of those, and say no number nor part of a book.
    """
    parts = stretches(rows)
    heads = [n for n, part in enumerate(parts) if role_of(part[0], told) is Role.HEADING]
    keys = {n: letters_of(_NOTE_CALL.sub("", " ".join(row.text for row in parts[n]))) for n in heads}
    alike = nearly(listed, keys.values())
    named = [n for n, key in keys.items() if key in listed or key in alike]
    rooms = [parts[n][0].gap for n in named if n and role_of(parts[n - 1][0], told) is not Role.HEADING]
    if len(named) < _ALL_LISTED or len(named) < _NEARLY_ALL * len(heads) or not rooms:
        return {}
    out: dict[int, Told] = {}
    reason = Reason("not-in-the-contents", Role.PARAGRAPH, SETTLED)
    for n in {*heads} - {*named}:
        part = parts[n]
        words = " ".join(row.text for row in part).strip("_*= ")
        said = written(words) in ("sentence", "some") and words[-1] in ".!?…" and not NAMED.match(words)
        below = n > 0 and role_of(parts[n - 1][0], told) is Role.HEADING  # its title, or the first section
        if said and part[0].gap < min(rooms) and not below and not NUMBER_FIRST.match(words):
            for k, row in enumerate(part):
                out[row.number] = Told(Role.PARAGRAPH, k > 0, AGREED, Role.HEADING, 1 - AGREED, (reason,))
    return out


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
        if heads[gap] < _ALL_TITLED or heads[gap] < len(alike) or heads[gap] + len(alike) < _MOSTLY * len(members):
            continue
        for row, *_ in alike:
            out[row.number] = Told(Role.HEADING, False, SURE, told[row.number].role, 1 - SURE, (reason,))
    return out


def _is_sign(part: Sequence[Row]) -> bool:
    """Tell whether rows are no words of the text: an ornament, a picture."""
    text = part[0].text
    return text[0] == "[" or not any(map(str.isalpha, text))


def _may_be_set_off(text: str) -> bool:
    """Tell whether a short row is written as a heading may be."""
    bare = text.strip("_*=+ ")
    return (
        bare[:1].isupper() and len(text) <= _OPENING and bare[-1] not in ',;:!?”"»' and not END.match(bare)
    ) and written(text) in ("capitals", "mostly-capitals", "title", "some")


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
        if titled and len(members) >= _SERIES and _are_titled(members):
            out |= _all(Role.HEADING, members, told)
        elif 2 * heads >= len(members) or (
            _heads_sections(members, _SERIES if loud else _ALL_TITLED) and (titled or _over_prose(members, rows, told))
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
    for is_one, least in ((heads_a_letter, _SERIES), (_YEAR_ALONE.fullmatch, _TWICE)):
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
                    out[row.number] = Told(Role.HEADING, False, SURE, told[row.number].role, 1 - SURE, (reason,))
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
    if len(found) < _TWICE or steps < _COUNTS_UP * (len(found) - 1):
        return {}
    reason = Reason("section-by-its-sign", Role.HEADING, SETTLED)
    return {row.number: Told(Role.HEADING, False, SURE, told[row.number].role, 1 - SURE, (reason,)) for row, _ in found}


def _are_titled(parts: Iterable[Sequence[Row]]) -> bool:
    """Tell whether each is a number on a line of its own, and one more line right below it that ends as titles do."""
    return all(
        len(part) == NUMBER_AND_TITLE and number_alone(part[0].text) and part[1].text[-1] not in NO_TITLE
        for part in parts
    )


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


def above_text(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for headings that stand right above the text that they head, again and again.

    They are numbers that count up, or in capitals or written as a title, each with words of its own. The text begins
    with a capital though there was room for it on the line above, so that it does not go on with it.
    """
    forms: dict[str, list[tuple[Row, Sequence[Row]]]] = defaultdict(list)
    for part in stretches(rows):
        titled = _are_titled([part]) and all(role_of(row, told) is Role.HEADING for row in part)
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
    counted = NUMBER_FIRST.fullmatch(words)
    if counted and counted["words"] and _SENTENCE.match(counted["words"]):
        few = len(words.split()) <= _SECTION_WORDS and ". " not in counted["words"]
        room = head.end + 1 + text[0].need <= widest and 4 * head.end <= 3 * widest
        return "number and title" if few and room and words[-1] not in ",;:" else ""
    room = 2 * (head.end - head.indent) <= widest and head.end + 1 + text[0].need <= widest
    if not room or len(text) < _TWICE or head.text[-1] in NO_TITLE or any(map(NAMED.match, (row.text for row in text))):
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
        if named and number and (unit.blanks > 1 or len(unit.rows) == 1 or len(unit.text) <= TITLE_LONGEST):
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
        both = values == [1, 2] and all(_says_part(unit.text) for _, unit, _ in members)
        if (min(len(members), max(values)) < _SERIES and not both) or steps < _COUNTS_UP * (len(members) - 1):
            continue
        places = {at for at, _, _ in members}
        for at, unit, _ in members:
            # With nothing between them they are a list.
            listed = any({near, near + 1, near + 2} <= places for near in (at - 2, at - 1, at))
            role, rule = (Role.PARAGRAPH, "one-below-the-other") if listed else (Role.HEADING, COUNTS_UP)
            reason = Reason(rule, role, SETTLED)
            for row, line in enumerate(unit.lines):
                if line in told:
                    out[line] = Told(role, row > 0, SURE, None, 0.0, (reason,))
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
        for part in parts if heads >= max(_TWICE, len(parts) / 2) else ():
            if all(role_of(row, told) is Role.PARAGRAPH for row in part):
                for n, row in enumerate(part):
                    out[row.number] = Told(Role.HEADING, n > 0, SURE, Role.PARAGRAPH, 1 - SURE, (reason,))
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
        len(row.text) <= _OPENING and row.text[-1] not in f"{NO_TITLE}-–—" and row.text[0] not in "[(<*-–—"
        for row in part
    )
    plain = all(one is not None and one.role is Role.PARAGRAPH and one.score < AGREED for one in known)
    if not (part and short and plain and part[0].text[0].isupper() and len(part) < len(rows)) or DAY.search(
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


def in_words(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take numbers in words for headings, which stand alone and count up from one: "One", "Two"."""
    counted: list[Row] = []
    for part in stretches(rows):
        if len(part) == 1 and part[0].gap and CARDINALS.get(part[0].text.strip("_*= .").casefold()) == len(counted) + 1:
            counted.append(part[0])
    if len(counted) < _SERIES:
        return {}
    reason = Reason(COUNTS_UP, Role.HEADING, SETTLED)
    return {
        row.number: Told(Role.HEADING, False, SURE, told[row.number].role, 1 - SURE, (reason,))
        for row in counted
        if role_of(row, told) in (*MAY_BE_TITLES, Role.VERSE, Role.DIALOGUE)
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
                    out[row.number] = Told(Role.PARAGRAPH, n > 0, AGREED, Role.HEADING, 1 - AGREED, (reason,))
    return out


def prose(rows: Sequence[Row], told: Mapping[int, Told], close: bool) -> dict[int, Told]:
    """Take wrapped sentences, what somebody says, and what is longer than any heading, out of the headings.

    ``close``: the text has one blank line everywhere, so that the room around a sentence says nothing.
    """
    out: dict[int, Told] = {}
    for part in stretches(rows):
        known = [one.role for row in part if (one := told.get(row.number))]
        text = " ".join(row.text for row in part)
        text = without_call(text, rounded=True) or text
        if Role.LETTER in known[:1] and len(part) == 1 and _SPOKEN.match(text):
            out[part[0].number] = replace(told[part[0].number], role=Role.PARAGRAPH, goes_on=False, rival=Role.LETTER)
        if Role.HEADING not in known:
            continue
        stops = text[-1] in ".!?;:," or _LEADS_ON.search(text) is not None
        is_sentence = written(text) == "sentence" and stops and not NAMED.match(text)
        first = told.get(part[0].number)  # of a note in front of the words nothing is told
        doubtful = first is not None and first.score < _DOUBTFUL and len(text.split()) >= _LONG_SENTENCE
        sentence = (is_sentence and (close or len(part) > 1 or doubtful)) or _goes_on_below(text)
        sentence = sentence or text[-1] in "。！？" or _says_several(text)
        sentence = sentence or (len(part) > 1 and text[0] == "_" and _says_two(text)) or _names_two(text)
        sentence = sentence or (_is_said(text) and not _is_told_by_others(part[0], told))
        sentence = sentence or (_SPOKEN.match(text) is not None and written(text) not in ("capitals", "title"))
        listed = first is not None and any(one.rule == Form.LISTED for one in first.reasons)
        sentence = sentence and not listed
        if sentence or len(text) > LONGEST:
            for n, row in enumerate(part):
                one = told.get(row.number)
                if one and one.role is Role.HEADING and (one.score < AGREED or not _says_several(text)):
                    out[row.number] = replace(one, role=Role.PARAGRAPH, goes_on=n > 0, rival=one.role)
    return out


def _goes_on_below(text: str) -> bool:
    """Tell whether a line is the beginning of a sentence that goes on below: "I was lamed in the spring, and"."""
    long = len(text.split()) >= _BEGUN and written(text) in ("sentence", "some") and not NAMED.match(text)
    return long and (text[-1] in ":,;" or _LEADS_ON.search(text) is not None or _OPEN_END.search(text) is not None)


def _says_two(text: str) -> bool:
    """Tell whether words in italics are two sentences or more, with a stop at their end: the text of a sermon."""
    bare = text.strip("_ ")
    return bare[-1:] in ".!?" and _ENDS_INSIDE.search(bare) is not None and written(bare) in ("sentence", "some")


def _names_two(text: str) -> bool:
    """Tell whether a line names two parts of one kind, as what is said of acts does: "Act I. … Act II."."""
    words = text.strip("_*= ")
    named = NAMED.match(words)
    word = named_by(named)[0] if named else ""
    again = rf"[.;:] {re.escape(word)}s? (?:[IVXLC]+|\d+)\b"
    return bool(word) and re.search(again, words, re.IGNORECASE) is not None


def _is_said(text: str) -> bool:
    """Tell whether a line is what somebody says, in quotation marks from end to end, with its stop."""
    return _SAID.fullmatch(text) is not None and written(text) in ("sentence", "some", "short-words")


def _is_told_by_others(row: Row, told: Mapping[int, Told]) -> bool:
    """Tell whether a line is a heading for what the contents, or other headings, say."""
    one = told.get(row.number)
    return one is not None and any(reason.rule in (Form.LISTED, COUNTS_UP) for reason in one.reasons)


def counts_up(told: Told) -> bool:
    """Tell whether a line is a heading because its number counts up with those of others."""
    return told.role is Role.HEADING and any(reason.rule == COUNTS_UP for reason in told.reasons)


def _says_several(text: str) -> bool:
    """Tell whether a line is several sentences: three, or two in a script without capitals."""
    ends = len(_ENDS_INSIDE.findall(text))
    return ends >= (_TWICE if text.lower() != text.upper() else 1) and written(text) in ("sentence", "some", "none")


def agreed(rows: Sequence[Row], forms: Sequence[Alike], told: Mapping[int, Told], close: bool) -> dict[int, Told]:
    """Let short stretches of one form be headings together, or none of them.

    Lines in capitals, italics or title case that come again and again, each with words of its own, are headings all,
    if they are set off farther from what is above, or if the labeller takes a good part of them for headings. Lines
    that stand closer to what is above than to what is below sign it. In a text that has one blank line everywhere
    (``close``) they stand over running text instead.
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


def _open(told: Told | None) -> bool:
    """Tell whether a line may still be a heading: nothing that is certain says that it is something else."""
    return told is not None and (
        told.role is Role.HEADING or told.reasons[:1] == () or told.reasons[0].weight < SETTLED
    )


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
