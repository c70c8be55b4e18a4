"""What can be seen on a line and its neighbours, before any rule speaks: pure, cheap, no opinion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.cite.detect import looks_like_citation
from pipeline.daybook import noted
from pipeline.label.formulas import CLOSING, SALUTATION
from pipeline.label.layout import Unit

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"(?:\b\d{{1,2}}(?:[-–]\d{{1,2}})?(?:st|nd|rd|th)?\s+(?:{_MONTHS})\.?,?\s+\d{{4}}\b"
    rf"|\b(?:{_MONTHS})\.?\s+\d{{1,2}}(?:[-–]\d{{1,2}})?(?:st|nd|rd|th)?,?\s+\d{{4}}\b)",
    re.IGNORECASE,
)
_CITATION = 330  # characters; no citation is longer
_MARKER = re.compile(
    r"^(?:(?P<open>\()?(?:(?P<number>\d{1,3})|(?P<letter>[a-zA-Z])|(?P<roman>[ivx]{2,6}|[IVX]{2,6}))(?P<close>\.?\)|\.)"
    r"|(?P<dash>[–—•·▪*-]))(?:\s+|(?<=[.)])(?=[A-Z“\[]))"
)
_ROMAN_LETTERS = {9: 1, 22: 5, 24: 10}  # the place of i, v and x in the alphabet, and what they are as numbers
_SPEAKER = re.compile(
    r"^(?P<name>(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w’'.-]*)(?: (?:of |the |de |von )?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w’'.-]*){0,3})"
    r"(?P<aside> ?[(\[][^)\]]{1,90}[)\]])?\s?:(?P<words>.*)$"
)
_NOTE = re.compile(r"^[\[(]?\s*(?:foot-?note|note|n\.\s?b\.)(?:\s+to\s[^\]:]{3,90})?\s*[\]):!]", re.IGNORECASE)
_BRACKETED = re.compile(r"^(?:[\[(](.{3,400})[\])]|[“\"]([^”\"?!]{3,120})[\])])\.?$")
_OPENING_BRACKET = re.compile(r"^\[[^\]]{4,300}\][,.:…]?\s+\S")
_ADDRESSEE = re.compile(r"^(?:To|For|From|Copy|Copies|Attention|Re|Subject)\s?:\s\S.{1,90}$")
_NAME = r"(?:[A-Z]\.\s?){0,3}(?:[A-Z][\w’-]+)(?:\s(?:[A-Z]\.|[A-Z][\w’-]+|de|von|van)){0,3}"
_NAMED = re.compile(rf"^{_NAME}(?:,\s{_NAME}){{0,4}}[.”]{{0,2}}$")
_ENTRY_DASH = re.compile(r"^(?!First|Second|Third|Fourth|Fifth|Last)[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){0,3}\s?[–—]\s?\S")
_ENTRY_THING = re.compile(r"^[A-Z][\w.’-]*(?: [\w’-]+){0,3}[–—][^.?!]{2,50}\.?$")
_ENTRY_DATE = re.compile(
    rf"^(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?)\b(?:,? \d{{4}})?[.:–—-]", re.IGNORECASE
)
_ENTRY_WHO = re.compile(r"^[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){0,3}, (?:(?:who|which|a|an|the|ex-|former)\b|\d)")
_ENTRY_COLON = re.compile(r"^[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){0,3}: [a-z].*(?:[;,]|, and others\.)$")
_DOCUMENT = re.compile(
    r"\b(?:records?|minutes|protocols?|transcripts?|testimony|deposition|interrogation|archives?|f\. \d|fond|file"
    r"|letter|diary|ibid|op\. cit|speech|report)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟]['’”\")\]」』）]*$")
_QUOTE_END = re.compile(r"[”\"»’][.…]*$")
_WORD = re.compile(r"(?<![\w’'])[^\W\d_][\w’'-]*")
SMALL = frozenset(
    re.findall(
        r"\w+",
        """a an the and or nor but of to in on at by for from with as vs via into over under up out off than that is its
        it la le les de des du et ou der die das und von im am el los las y o e di da""",
    )
)
"""Small words, which a title writes without a capital."""


@dataclass(frozen=True, slots=True)
class Features:
    """What was seen on one unit."""

    unit: Unit
    text: str
    length: int
    words: int
    weighty: int  # words that a title writes with a capital
    capitals: float  # share of the words of weight that begin with a capital
    upper: bool  # every letter is a capital
    citation: float
    marker: tuple[str, int] | None  # kind of list marker and its value
    speaker: str
    speaker_shouts: bool
    note: bool
    bracketed: str
    opening_bracket: bool
    salutation: bool
    addressee: bool
    closing: bool
    signature: bool
    date: bool
    date_line: bool
    entry: str  # which form of an entry in an unmarked list: dash, who, colon, date or nothing
    document: bool
    sentence: bool
    quote_end: bool
    colon: bool
    starts_lower: bool


def marker(text: str) -> tuple[str, int] | None:
    """Read a list marker: its kind ("1.", "(1)", "a)", "–" …) and its value (0 for a dash)."""
    found = _MARKER.match(text)
    if found is None:
        return None
    if found["dash"]:
        return found["dash"], 0
    frame = f"{found['open'] or ''}{{}}{found['close'][-1]}"  # "(i.)" is as "(i)"
    if found["number"]:
        return frame.format("1"), int(found["number"])
    if found["letter"]:
        kind = "a" if found["letter"].islower() else "A"
        return frame.format(kind), ord(found["letter"].lower()) - ord("a") + 1
    return frame.format("i" if found["roman"].islower() else "I"), _roman(found["roman"].lower())


def markers(texts: Sequence[str]) -> list[tuple[str, int] | None]:
    """Read the list markers of lines in order: a letter that is a Roman number, too, is what its neighbours say.

    "(i)" is the ninth below "(h)", the first anywhere else; "(v)" is the fifth below "(iv)".
    """
    out = [marker(text) for text in texts]
    last: tuple[str, int] | None = None
    for n, one in enumerate(out):
        if one and one[1] in _ROMAN_LETTERS and (letter := one[0].strip("().")) in ("a", "A"):
            roman = (one[0].replace(letter, "i" if letter == "a" else "I"), _ROMAN_LETTERS[one[1]])
            if last == (roman[0], roman[1] - 1) or (roman[1] == 1 and last != (one[0], one[1] - 1)):
                out[n] = roman
        last = out[n] or last
    return out


def strip_marker(text: str) -> tuple[str, str]:
    """Part a list item into its marker ("3.", "b)", "–" or nothing) and its text."""
    found = _MARKER.match(text)
    return (text[: found.end()].strip(), text[found.end() :]) if found else ("", text)


def strip_note_label(text: str) -> tuple[str, str]:
    """Part a note into its label ("[Footnote]:", "Footnote:" or nothing) and its text.

    A label that says more than that it is one ("[Footnote to a letter of 3 May]") stays with the text, and so does
    "Note", which belongs to the author's sentence. The bracket that closes "[Footnote: …]" goes with its label.
    """
    found = re.match(r"^(\[|\()?\s*foot-?note\s*[\])]?\s*:?\s*[\])]?\s*", text, re.IGNORECASE)
    if found is None or not re.match(r"^[\[(]?\s*foot-?note\s*[\]):]", text, re.IGNORECASE):
        return "", text
    rest = text[found.end() :]
    closes = {"[": "]", "(": ")"}.get(found[1] or "", "")
    if closes and closes not in found[0] and rest.endswith(closes) and rest.count(closes) > rest.count(found[1]):
        rest = rest[:-1]
    return found[0].strip(), rest


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def speaker(text: str) -> tuple[str, str, str] | None:
    """Take a turn of a transcript apart: speaker, what stands in brackets, what is said."""
    found = _SPEAKER.match(text)
    if found is None:
        return None
    return found["name"], (found["aside"] or "").strip(), found["words"].strip()


def bare(unit: Unit) -> str:
    """Return the words of a unit without spaces around them, no-break spaces among them as plain ones."""
    return unit.text.strip().replace("\u00a0", " ")


def like_citation(text: str) -> float:
    """Say how like a citation the words of a unit are, from 0 to 1."""
    return looks_like_citation(text) if len(text) < _CITATION else 0.0


def see(unit: Unit) -> Features:
    """Look at one unit."""
    text = bare(unit)
    return Features(unit, text, *_look(text))


@noted
def _look(text: str) -> tuple[Any, ...]:
    """Return what there is to see of the words of a unit, as :class:`Features` has it from ``length`` on."""
    head, tail = text[:400], text[-12:]
    words = _WORD.findall(text[:200])  # enough to tell a title from a sentence
    weighty = [word for word in words if word.lower() not in SMALL]
    capitals = sum(word[0].isupper() for word in weighty) / len(weighty) if weighty else 0.0
    upper = bool(words) and head.lower() != head.upper() == head and any(len(word) > 1 for word in words)
    counted = (len(text), len(words), len(weighty), capitals, upper)
    turn = speaker(text) if ":" in text[:120] else None
    name = turn[0] if turn else ""
    said = (name, bool(name) and name.upper() == name and len(name) > 2)
    bracketed = _BRACKETED.match(text) if len(text) < 420 else None
    inside = (bracketed[1] or bracketed[2]) if bracketed else ""
    note = (bool(_NOTE.match(text)), inside, bool(_OPENING_BRACKET.match(text)))
    short = len(text) < 120
    dates = _DATE.findall(head) if short or text[0] in "[(" else []
    letter = (
        short and bool(SALUTATION.match(text)),
        short and bool(_ADDRESSEE.match(text)),
        short and bool(CLOSING.match(text)),
        short and bool(_NAMED.match(text)) and len(text) < 60,
        bool(dates),
        short and bool(dates) and len(_DATE.sub("", text).strip(" ,.")) < 14,
    )
    entry = ""
    if _ENTRY_COLON.match(text):
        entry = "colon"
    elif _ENTRY_DASH.match(head) or (len(text) < 90 and _ENTRY_THING.match(text)):
        entry = "dash"
    elif _ENTRY_DATE.match(text):
        entry = "date"
    elif _ENTRY_WHO.match(head):
        entry = "who"
    document = bool(_DOCUMENT.search(head)) if len(text) < 300 else False
    ends = (bool(_SENTENCE_END.search(tail)), bool(_QUOTE_END.search(tail)), text.endswith((":", ":–", ":—")))
    shape = (entry, document, *ends, text[:1].islower())
    return (*counted, like_citation(text), marker(text), *said, *note, *letter, *shape)


@dataclass(frozen=True, slots=True)
class View:
    """One unit and its neighbourhood, as the rules see it."""

    all: Sequence[Features]
    at: int
    speakers: Counter[str]

    @property
    def here(self) -> Features:
        """The unit itself."""
        return self.all[self.at]

    @property
    def before(self) -> Features | None:
        """The unit before it."""
        return self.all[self.at - 1] if self.at else None

    @property
    def after(self) -> Features | None:
        """The unit after it."""
        return self.all[self.at + 1] if self.at + 1 < len(self.all) else None

    def near(self, reach: int) -> Sequence[Features]:
        """Return the units within ``reach`` on both sides, without this one."""
        return (*self.all[max(0, self.at - reach) : self.at], *self.all[self.at + 1 : self.at + 1 + reach])


def views(units: Sequence[Unit]) -> tuple[View, ...]:
    """Look at every unit; count how often each speaker's name opens one."""
    seen = [see(unit) for unit in units]
    speakers = Counter(one.speaker for one in seen if one.speaker)
    return tuple(View(seen, at, speakers) for at in range(len(seen)))
