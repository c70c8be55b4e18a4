"""Mottos and inscriptions: what stands set in between a heading and its text, who said it, and what heads nothing.

Where the headings of a text stand at its margin, a line set far in below one of them is its motto, also by itself and
with room around it (Chicago Manual of Style, 1.37, 13.36); lines in the middle with no text below them are an
inscription, and a line set in between two paragraphs is quoted there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.label.below_headings import only_names_itself
from pipeline.label.closings import set_to_the_right
from pipeline.label.formulas import CLOSING, SALUTATION, is_dateline, says_when
from pipeline.label.headlines import plain
from pipeline.label.labeller import Told
from pipeline.label.letters import greeting, greets
from pipeline.label.looks import written
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, is_settled, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import BY_LINE, END, NAMED, PERSONS, SCENE
from pipeline.titlewords import DEDICATES

WHY = {
    "motto": "Set far in between a heading and its text: a motto.",
    "source-of-a-motto": "Below a motto: who said it, or in what it stands.",
    "quoted-with-its-source": "In quotation marks, a dash and a name behind, above the text: an epigraph.",
    "inscription": "In the middle, where the headings stand at the margin, and with no text below: an inscription.",
    "dedicates": 'In front, the word "to" by itself on a row, among short rows: to whom the book is dedicated.',
    "sentence-in-front": "In front, a sentence with its stop above another, where no heading is one: text.",
    "quoted-in-front": "In front and set in, quotation marks open above and close below, with its source: an epigraph.",
    "slanted-in-front": "In front, one pair of italics goes over all its rows: an inscription.",
    "set-in-among-headings": "Set in, where the headings of this text stand at the margin: it is quoted.",
    "place-and-day": "A place and a day, in a text whose headings are none: where and when something was written.",
}
"""The rules of mottos, each with what an editor would say."""

_FAR = 8  # columns from the margin; what stands farther in is no first line of a paragraph, and
_FARTHER = 12  # so is no line of prose
_IN = 3  # columns by which a quotation is set in
_HEADINGS = 5  # at the margin; of fewer nothing is known
_MOST = 0.8  # of the headings stand at the margin
_FEW = 0.1  # of them; more that are set in are headings of another form
_ROOM = 3  # blank lines above a motto, or above its text
_STRETCHES = 12  # of a motto
_SOURCE_ROWS = 2
_SOURCE = 80  # characters
_NAME_WORDS = 6
_EPIGRAPHS = 8  # in front; below the heading of a chapter
_BELOW = 3
_DATES = 2  # headings; more are those of a diary
_FRONT = 40  # stretches in front of a text, among which it may be dedicated
_DEDICATED = 5  # rows
_NAMED = 3  # stretches of whom it is to
_SHORT = 50  # characters of one
_SENTENCE = 4  # small words
_INSCRIBED = 3  # rows
_MARKS = "\"“„«»‘'”’"
EPIGRAPH = re.compile(
    rf"(?P<words>_?[\"“„«»‘'].{{15,}}[\"”“»«’'][.,]?_?[.,]?)\s*"
    rf"(?P<source>(?:--|[—–])\s?[_{_MARKS}]?(?=[^\W\d_a-zß-öø-ÿа-яё])[^\n]{{2,90}})",
    re.DOTALL,
)
"""A quotation in its marks, a dash, and its source."""
_SCENE = re.compile(rf"{SCENE}\b", re.IGNORECASE)
_DASHED = re.compile(r"(?:--|[—–])\s?\S")
_ITALICS = re.compile(r"\(?_[^_]+_")
_ITALIC_BLOCK = re.compile(r"_[^_]+_")
_PAIRS = ("“”", "»«", "«»", "„“", '""')
_SLANTED = re.compile(r"_[^_]+_\W*")


@dataclass(slots=True)
class _Text:
    """The stretches of a text, what they are so far, and what is told of them anew."""

    parts: Sequence[Sequence[Row]]
    told: Mapping[int, Told]
    margin: int
    at_margin: bool  # the headings stand there
    spoken: bool
    out: dict[int, Told]

    def role(self, row: Row) -> Role | None:
        return role_of(row, {row.number: self.out[row.number]}) if row.number in self.out else role_of(row, self.told)

    def is_heading(self, n: int) -> bool:
        return 0 <= n < len(self.parts) and self.role(self.parts[n][-1]) is Role.HEADING

    def is_set_in(self, n: int, columns: int) -> bool:
        return 0 <= n < len(self.parts) and all(row.indent >= self.margin + columns for row in self.parts[n])

    def is_text(self, n: int) -> bool:
        """Tell whether running text stands in a stretch, or what opens a letter, at the margin."""
        if not 0 <= n < len(self.parts):
            return False
        row = self.parts[n][0]
        return row.indent < self.margin + _FAR and self.role(row) in (Role.PARAGRAPH, Role.LETTER, Role.DIALOGUE)

    def settle(self, part: Sequence[Row], role: Role, rule: str, joined: Sequence[bool] = ()) -> None:
        for n, row in enumerate(part):
            if row.number in self.told:
                reason = Reason(rule, role, SETTLED)
                was = self.told[row.number].role
                self.out[row.number] = overruled(reason, was, goes_on=bool(joined) and joined[n])

    def settle_source(self, part: Sequence[Row]) -> None:
        goes_on = [k > 0 and row.text.lstrip("_")[:1].islower() for k, row in enumerate(part)]
        self.settle(part, Role.ATTRIBUTION, "source-of-a-motto", goes_on)


def mottos(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Tell mottos with their sources, epigraphs and inscriptions from headings, letters and prose."""
    parts = stretches(rows)
    heads = [part for part in parts if role_of(part[0], told) is Role.HEADING and not told[part[0].number].goes_on]
    margin = Counter(row.indent for row in rows).most_common(1)[0][0] if rows else 0
    near = [part for part in heads if part[0].indent < margin + _IN]
    at_margin = len(near) >= _HEADINGS and len(near) >= _MOST * len(heads)
    few = len(heads) - len(near) <= max(2, _FEW * len(near))
    spoken = any(one.role is Role.DIALOGUE for one in told.values())
    text = _Text(parts, told, margin, at_margin and few, spoken, {})
    for n in range(len(parts)):
        if text.is_heading(n) and (not text.is_heading(n + 1) or (text.at_margin and text.is_set_in(n + 1, _FAR))):
            _below_heading(text, n + 1)
        _quoted(text, n)
    _epigraphs(text)
    for n in range(min(_FRONT, len(parts))):
        _dedicates(text, n)
        _dedicates_in_rows(text, n)
        _says_in_front(text, n)
        _quoted_in_front(text, n)
        _slanted_in_front(text, n)
    for n in range(len(parts)):
        _heads_nothing(text, n)
    dates = [part for part in heads if len(part) == 1 and is_dateline(part[0].text)]
    if len(heads) >= _HEADINGS and len(dates) <= _DATES:
        for part in dates:
            text.settle(part, Role.LETTER, "place-and-day")
    return text.out


def _below_heading(text: _Text, first: int) -> None:
    """Settle what stands far in from ``first`` on, between a heading and text at the margin."""
    end = first
    while end - first < _STRETCHES and text.is_set_in(end, _FAR) and text.parts[end][0].gap <= _ROOM:
        opens = text.parts[end][0]
        if text.role(opens) is None or BY_LINE.fullmatch(opens.text) or greeting(opens.text) == "alone":
            return
        end += 1
    if end == first or not text.is_text(end) or text.parts[end][0].gap > _ROOM or greets(text.parts[end][0].text):
        return
    words = False  # what is a motto for certain, so that a name below it is its source
    for n in range(first, end):
        part = text.parts[n]
        role = text.role(part[0])
        prose = (role in (Role.PARAGRAPH, Role.ITEM) or _is_placed(part, text)) and text.is_set_in(n, _FARTHER)
        if words and n == end - 1 and _is_source(part, text):
            text.settle_source(part)
            continue
        counts = _names_itself(part) and not (words and role is Role.ITEM)
        if (prose or (role is Role.HEADING and text.at_margin)) and not text.spoken and not counts:
            _settle_words(text, part)
        words = words or text.role(part[0]) in (Role.VERSE, Role.QUOTE)


def _is_placed(part: Sequence[Row], text: _Text) -> bool:
    """Tell whether rows were taken for a date or a signature for where they stand alone: they name no day."""
    placed = all(set_to_the_right(text.told[row.number]) for row in part)
    return placed and not any(
        says_when(row.text) or CLOSING.match(row.text) or SALUTATION.match(row.text) for row in part
    )


def _settle_words(text: _Text, part: Sequence[Row]) -> None:
    """Take rows for verse, or, if they are full or only one, for prose that is quoted."""
    verse = len(part) > 1 and all(row.text.lstrip(f"{_MARKS}_([1234567890").strip()[:1].isupper() for row in part)
    lines = verse or any(text.role(row) is Role.ITEM for row in part)
    text.settle(part, Role.VERSE if lines else Role.QUOTE, "motto", [n > 0 and not lines for n in range(len(part))])


def _names_itself(part: Sequence[Row]) -> bool:
    """Tell whether a stretch is a number, a chapter or a part of a book by its name, or the end of it."""
    words = plain(" ".join(row.text for row in part))
    other = NAMED.match(words) or PERSONS.match(words) or END.match(words) or _SCENE.match(words)
    return only_names_itself(words) or other is not None


def _is_source(part: Sequence[Row], text: _Text) -> bool:
    """Tell whether a stretch below a motto says who said it, or in what it stands: a name, a title in italics."""
    words = " ".join(row.text for row in part)
    bare = words.strip("_(). ")
    if len(part) > _SOURCE_ROWS or len(words) > _SOURCE or text.role(part[0]) is Role.VERSE:
        return False
    if not bare[:1].isupper() and not _DASHED.match(words):
        return False
    if CLOSING.match(bare) or SALUTATION.match(bare) or words[-1] in ",;:?!":
        return False
    if all(_ITALICS.match(row.text) or _DASHED.match(row.text) for row in part):
        return True
    return written(words) in ("title", "capitals") and len(words.split()) <= _NAME_WORDS and not says_when(words)


def _quoted(text: _Text, n: int) -> None:
    """Take a stretch set in between two paragraphs at the margin for a quotation, though it was read as a heading."""
    part = text.parts[n]
    if not (text.at_margin and text.is_heading(n) and text.is_set_in(n, _IN)) or _names_itself(part):
        return
    if not 0 < n < len(text.parts) - 1 or text.told[part[0].number].goes_on:
        return
    above, below = text.parts[n - 1][-1].text.rstrip("_"), text.parts[n + 1][0].text.lstrip("_")
    goes_on = below[:1].islower() and not text.is_set_in(n + 1, _IN)
    if not (text.is_text(n - 1) and (goes_on or text.is_text(n + 1))):
        return
    if goes_on or above[-1:] in ":," or written(" ".join(row.text for row in part)) == "sentence":
        lines = len(part) > 1 and all(row.text[:1].isupper() for row in part)
        joined = [k > 0 and not lines for k in range(len(part))]
        text.settle(part, Role.VERSE if lines else Role.QUOTE, "set-in-among-headings", joined)


def _epigraphs(text: _Text) -> None:
    """Take quotations with their sources for epigraphs, above the first heading or right below one."""
    first = next((n for n in range(len(text.parts)) if text.is_heading(n)), len(text.parts))
    front = [n for n in range(first) if text.role(text.parts[n][0]) is not None]
    for above, n in pairwise(front):
        part, quoted = text.parts[n], text.role(text.parts[above][-1]) in (Role.QUOTE, Role.VERSE)
        slanted = all(_SLANTED.fullmatch(row.text) for row in part) and not _SLANTED.match(text.parts[above][0].text)
        if quoted and slanted and len(part) <= _SOURCE_ROWS and part[0].gap <= 1 and _is_source(part, text):
            text.settle_source(part)
    runs = [(front, _EPIGRAPHS)]
    for n in range(len(text.parts)):
        if text.is_heading(n) and not text.is_heading(n + 1):
            runs.append(([*_run(text, n + 1)], _BELOW))
    for run, most in runs:
        known = [n for n in run if EPIGRAPH.fullmatch(_words(text.parts[n]))]
        if known != run or not 0 < len(run) <= most or (run is not front and not text.is_text(run[-1] + 1)):
            continue
        for n in run:
            if all(text.role(row) in (Role.PARAGRAPH, Role.QUOTE, Role.LETTER) for row in text.parts[n]):
                part = text.parts[n]
                text.settle(part, Role.QUOTE, "quoted-with-its-source", [k > 0 for k in range(len(part))])


def _run(text: _Text, first: int) -> Iterator[int]:
    for n in range(first, min(first + _BELOW + 1, len(text.parts))):
        if text.is_heading(n) or not EPIGRAPH.fullmatch(_words(text.parts[n])):
            return
        yield n


def _words(part: Sequence[Row]) -> str:
    return " ".join(row.text for row in part)


def _dedicates(text: _Text, n: int) -> None:
    """Take short rows for a dedication, one of which is but the word "to"; who it names may stand a row below."""
    part = text.parts[n]
    if not any(DEDICATES.fullmatch(row.text.strip("_*:, ")) for row in part) or text.role(part[0]) is None:
        return
    last = n
    while (
        len(part) == 1
        and last - n < _NAMED
        and last + 1 < len(text.parts)
        and _goes_on(text, last + 1, first=last == n)
    ):
        last += 1
    rows = [row for one in text.parts[n : last + 1] for row in one]
    short = len(rows) <= _DEDICATED and all(len(row.text) <= _SHORT for row in rows)
    if len(rows) > 1 and short and any(text.role(row) is not Role.LETTER for row in rows):
        text.settle(rows, Role.LETTER, "dedicates")


def _goes_on(text: _Text, n: int, *, first: bool) -> bool:
    """Tell whether a stretch belongs to the dedication above: who it names, and, in capitals, what he is."""
    part = text.parts[n]
    return part[0].gap <= 1 and (first or (len(part) == 1 and part[0].text.isupper() and text.is_heading(n)))


def _dedicates_in_rows(text: _Text, n: int) -> None:
    """Take short rows for a dedication of which the first says to whom ("To my brother"), read as a heading."""
    part = text.parts[n]
    short = _INSCRIBED <= len(part) <= _DEDICATED + _INSCRIBED and all(len(row.text) <= _SHORT for row in part)
    if not short or not DEDICATES.match(part[0].text.strip("_*")) or text.role(part[0]) is not Role.HEADING:
        return
    far = n + 1 < len(text.parts) and text.parts[n + 1][0].gap >= _ROOM
    if far and not any(text.is_heading(k) for k in range(n)) and not is_settled(text.told[part[0].number]):
        text.settle(part, Role.LETTER, "dedicates")


def _says_in_front(text: _Text, n: int) -> None:
    """Take a sentence above another for text, between a title page and the first heading.

    No other heading may be a sentence with its stop.
    """
    part = text.parts[n]
    if not n or not text.is_heading(n) or n + 1 == len(text.parts) or not _is_sentence(part):
        return
    if any(map(text.is_heading, range(n))) or not any(map(text.is_heading, range(n + 2, n + _EPIGRAPHS))):
        return
    below = text.parts[n + 1]
    if text.role(below[0]) is not Role.PARAGRAPH or below[0].gap > 1 or below[-1].text[-1] not in ".!?":
        return
    others = (one for k, one in enumerate(text.parts) if k != n and text.is_heading(k))
    if not any(map(_is_sentence, others)):
        text.settle(part, Role.PARAGRAPH, "sentence-in-front", [k > 0 for k in range(len(part))])


def _is_sentence(part: Sequence[Row]) -> bool:
    """Tell whether a stretch is a whole sentence: a stop ends it, and most of its many words are small."""
    words = _words(part).strip("_")
    small = sum(word[0].islower() for word in words.split())
    return words[-1:] in ".!?" and small >= _SENTENCE and 2 * small > len(words.split())


def _quoted_in_front(text: _Text, n: int) -> None:
    """Take set-in stretches for an epigraph from where quotation marks open to where they close, above its source."""
    opens = next((pair for pair in _PAIRS if text.parts[n][0].text.lstrip("_").startswith(pair[0])), "")
    if not opens or _closes(text.parts[n], opens):
        return
    near = range(n, min(n + _BELOW + 1, len(text.parts) - 1))
    last = next((k for k in near if _closes(text.parts[k], opens)), -1)
    run = text.parts[n : last + 1]
    if not run or not all(text.is_set_in(k, _IN) for k in range(n, last + 1)) or not any(map(text.is_heading, near)):
        return
    source = text.parts[last + 1]
    bracketed = _words(source).startswith("(") and _words(source).endswith(")")
    if source[0].gap <= 1 and len(source) <= _SOURCE_ROWS and (bracketed or _is_source(source, text)):
        for part in run:
            text.settle(part, Role.QUOTE, "quoted-in-front", [k > 0 for k in range(len(part))])
        text.settle_source(source)


def _closes(part: Sequence[Row], pair: str) -> bool:
    return part[-1].text.rstrip("_.,)").endswith(pair[1])


def _slanted_in_front(text: _Text, n: int) -> None:
    """Take rows that one pair of italics goes over for an inscription, in front; a row in italics may head it."""
    part = text.parts[n]
    if len(part) < _INSCRIBED or not _ITALIC_BLOCK.fullmatch(_words(part)):
        return
    roles = {text.role(row) for row in part}
    if Role.HEADING not in roles or not roles <= {Role.HEADING, Role.VERSE, Role.PARAGRAPH, Role.LETTER, Role.QUOTE}:
        return
    above = text.parts[n - 1] if n else []
    heads = len(above) == 1 and part[0].gap <= 1 and text.is_heading(n - 1) and _SLANTED.fullmatch(above[0].text)
    for one in ([above] if heads else []) + [part]:
        text.settle(one, Role.VERSE, "slanted-in-front")


def _heads_nothing(text: _Text, n: int) -> None:
    """Take lines in the middle that no text follows before the next heading for an inscription."""
    part = text.parts[n]
    if not (text.at_margin and text.is_heading(n) and text.is_set_in(n, _FAR)) or _names_itself(part):
        return
    if text.told[part[0].number].goes_on or text.is_heading(n - 1):
        return
    end = n + 1
    while end < len(text.parts) and not text.is_heading(end) and text.is_set_in(end, _FAR):
        end += 1
    if end == len(text.parts) or text.is_heading(end):
        text.settle(part, Role.LETTER, "inscription")
