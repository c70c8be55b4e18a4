"""Sentences are no headings: what goes on below, says several things, or is said, is text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.label.headings import nearly
from pipeline.label.headlines import Form, letters_of
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.series import COUNTS_UP, LONGEST, NUMBER_FIRST, TWICE
from pipeline.label.told import AGREED, SETTLED, is_plain, is_settled, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NAMED, NUMBER, NUMBERED, named_by

WHY = {
    "not-in-the-contents": "A sentence that the contents do not name, though they name the headings: it is text.",
    "only-sentence": "A whole sentence with its stop, and no heading of this text is one: a paragraph of one row.",
    "within-what-is-said": "A sentence goes on around it, or speeches stand close above and below: no heading.",
    "numbered-sentence": "A sentence behind a number; more paragraphs than headings open with such numbers here.",
    "entry-of-a-day": "It opens with a day as paragraphs of this text do: the short entry of a diary.",
    "no-heading-in-thai": "Thai and Lao have no stops and no capitals: a row without number or room heads nothing.",
}
"""The rules of sentences, each with what an editor would say."""

_ALL_LISTED = 10  # headings, of which
_NEARLY_ALL = 0.8  # share the list of contents names: it has all that there are
_NOTE_CALL = re.compile(r"\s?\[\d{1,3}\]|\{\d{1,3}\}")
_ENDS_INSIDE = re.compile(r"[^\W\d_]{2}[.!?؟۔] (?=[^\W\d_a-zß-öø-ÿа-яё])")
_TALK = re.compile(r"(?:--|—|–)\s?[^\W\d_].*[,!?…] [a-zß-öø-ÿ].*[.!?…]")  # "—Who is it? said Anna."
_SPOKEN = re.compile(
    r"""["“”„«»‘'—–-]+\s?\w.*?(?:,["”’]\s|[!?.…—-]["”»’]\s+(?=[a-zß-öø-ÿа-яё])|["“”»«’][,:]?\s+(?=[a-zß-öø-ÿа-яё]))"""
)
_OPEN_END = re.compile(
    r" (?:and|or|but|was|were|is|are|of|the|a|to|that|et|ou|mais|était|de|und|oder|war|der|die|das|y|o|era|e|en"
    r"|og|och)$"
)
_BEGUN = 6  # words of a sentence that goes on below its row
_LEADS_ON = re.compile(r"[:;,](?:--|[—–])$")
_SAID = re.compile(r"""["“„«»‘'][^"“”„«»]*[.,;!?…—-]["”“»«’']""")
_DOUBTFUL = 0.6  # of the labeller: a heading that may as well be none
_LONG_SENTENCE = 10  # words
_SMALL = 6  # words in small letters of a sentence
_HEADINGS = 5  # of fewer nothing is known
_QUOTES = "\"'“”„‘’«»"
_COUNTED = 2  # paragraphs that open with numbers
_ENTRIES = 3  # paragraphs that open with a day
_THAI_TITLE = 26  # letters of a title below a number, at most
_THAI = re.compile("[\u0e00-\u0eff]")
_DAY = re.compile(r"_?\d{1,2}(?:st|n?d|r?d|th)\b[._,:]{0,2}(?: \([^)]{4,24}\)[.,]?)?(?:--|—| )\S")


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
                out[row.number] = overruled(reason, Role.HEADING, goes_on=k > 0)
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
        sentence = sentence or text[-1] in "。！？।॥။።។" or _says_several(text)
        sentence = sentence or (len(part) > 1 and text[0] == "_" and _says_two(text)) or _names_two(text)
        sentence = sentence or (_is_said(text) and not _is_told_by_others(part[0], told))
        sentence = sentence or (_SPOKEN.match(text) is not None and written(text) not in ("capitals", "title"))
        listed = first is not None and any(one.rule == Form.LISTED for one in first.reasons)
        sentence = (sentence or _TALK.fullmatch(text) is not None) and not listed
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


def _says_several(text: str) -> bool:
    """Tell whether a line is several sentences: three, or two in a script without capitals."""
    ends = len(_ENDS_INSIDE.findall(text))
    return ends >= (TWICE if text.lower() != text.upper() else 1) and written(text) in ("sentence", "some", "none")


def alone(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a heading that is a whole sentence for a paragraph of one row, where no other heading is one."""
    if any(one.role is Role.DIALOGUE for one in told.values()):
        return {}  # a direction may open a scene
    heads = [part for part in stretches(rows) if all(role_of(row, told) is Role.HEADING for row in part)]
    said = [part for part in heads if _is_sentence(part)]
    if len(said) != 1 or len(heads) < _HEADINGS or len(said[0]) > 1:
        return {}
    row = said[0][0]
    one = told[row.number]
    if is_settled(one):
        return {}
    reason = Reason("only-sentence", Role.PARAGRAPH, SETTLED)
    return {row.number: overruled(reason, one.role)}


def within(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what stands within a sentence, or is said among what others say, for no heading.

    A sentence that is open above goes on below in a small letter: what was read on a wall. A row in quotation marks
    stands between speeches, no farther from them than they are from one another, where headings have more room.
    """
    out: dict[int, Told] = {}
    parts = stretches(rows)
    heads = [part for part in parts if role_of(part[0], told) is Role.HEADING]
    roomy = 2 * sum(part[0].gap > 1 for part in heads) > len(heads)
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        if not all(role_of(row, told) is Role.HEADING for row in part) or is_plain(told[part[0].number]):
            continue
        text_around = role_of(above[-1], told) is role_of(below[0], told) is Role.PARAGRAPH
        close = part[0].gap == below[0].gap == 1
        within = above[-1].text[-1] in ":,-—" and below[0].text[0].islower()
        said = roomy and close and all(one[0].text[0] in _QUOTES for one in (above, part, below))
        if not text_around or not (within or (said and part[-1].text[-1] in _QUOTES)):
            continue
        role = Role.QUOTE if within and part[0].indent > above[-1].indent else Role.PARAGRAPH
        reason = Reason("within-what-is-said", role, SETTLED)
        for n, row in enumerate(part):
            out[row.number] = overruled(reason, Role.HEADING, goes_on=n > 0)
    return out


def numbered(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a sentence behind a number for a paragraph, where more paragraphs open with such numbers than headings do.

    So axioms and definitions are counted; a short one heads nothing.
    """
    said: dict[str, list[Sequence[Row]]] = defaultdict(list)
    text: Counter[str] = Counter()
    for part in stretches(rows):
        found = NUMBERED.match(part[0].text)
        if found is None or found["stop"] not in (".", ")"):
            continue
        form = f"{'1' if found['sign'].isdigit() else 'I'}{found['stop']}"
        role = role_of(part[0], told)
        if role is Role.HEADING and _states(part, found["rest"]):
            said[form].append(part)
        text[form] += role in (Role.PARAGRAPH, Role.ITEM) and written(part[0].text) == "sentence"
    reason = Reason("numbered-sentence", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, Role.HEADING, goes_on=n > 0)
        for form, parts in said.items()
        if text[form] >= max(_COUNTED, len(parts))
        for part in parts
        for n, row in enumerate(part)
        if role_of(row, told) is Role.HEADING
    }


def _states(part: Sequence[Row], rest: str) -> bool:
    """Tell whether what stands behind a number is a sentence up to its stop."""
    words = " ".join((rest, *(row.text for row in part[1:])))
    return words[-1] == "." and written(words.replace("_", "")) == "sentence" and len(words.split()) >= _SMALL


def entries(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row that opens with a day for an entry of a diary, where paragraphs open so: "12th. Nothing."."""
    opened = [part for part in stretches(rows) if _DAY.match(part[0].text)]
    if sum(len(part) > 1 and role_of(part[0], told) is Role.PARAGRAPH for part in opened) < _ENTRIES:
        return {}
    reason = Reason("entry-of-a-day", Role.PARAGRAPH, SETTLED)
    return {
        part[0].number: overruled(reason, Role.HEADING)
        for part in opened
        if len(part) == 1 and role_of(part[0], told) is Role.HEADING and part[0].text[-1] in ".!?"
    }


def unstopped(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a row in Thai or Lao for a paragraph that has neither a number nor more room above than others.

    Nothing else tells a short paragraph from a heading there: no sentence has a stop, and no title capitals.
    """
    parts = stretches(rows)
    heads = [part for part in parts if role_of(part[0], told) is Role.HEADING and _THAI.match(part[0].text)]
    if not heads:
        return {}
    room = Counter(part[0].gap for part in parts).most_common(1)[0][0]
    reason = Reason("no-heading-in-thai", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, Role.HEADING, goes_on=n > 0)
        for part in heads
        if not NAMED.match(part[0].text) and not NUMBER.match(part[0].text) and part[0].gap <= room
        if not told[part[0].number].goes_on or len(part[0].text) > _THAI_TITLE
        for n, row in enumerate(part)
        if role_of(row, told) is Role.HEADING
    }


def _is_sentence(part: Sequence[Row]) -> bool:
    """Tell whether a stop ends a stretch, and many of its words, and most, are small."""
    words = " ".join(row.text for row in part).strip("_")
    small = sum(word[0].islower() for word in words.split())
    return words[-1:] == "." and small >= _SMALL and 3 * small > 2 * len(words.split())
