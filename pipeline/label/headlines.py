"""Headlines: how a heading is written, what it says of its number, and by which letters it is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import figure
from pipeline.parts import CARDINALS, MONTHS, NAMED, NUMBER, NUMBERED, ORDER, named_by

WIDE = 3
"""Blank lines; a gap as wide opens a chapter, not a section."""

CHAPTER = 2
"""The rank of a number that stands for a chapter."""

SERIES = 3
"""So many headings that begin with the same words and a number are a series."""

_LED_LONGEST = 100  # characters of a heading with its number
_OF_A_YEAR = re.compile(r"[.,]? (?:1[0-9]|20)\d\d(?:[-–/](?:\d\d){1,2})?$")  # behind a month
ARGUMENT = "argument"
"""The name of the style of such headings: one lies below the title that it stands below."""
IN_ORDER = "# "
"""How the names of styles begin whose headings are counted in words: "The First Day", "The Second Day"."""
_ARGUMENT = re.compile(r"(?:the )?argument\b", re.IGNORECASE)  # with the title of what it tells
_ORDERED = re.compile(
    rf"(?:the |la |le |il |der |die |das )?(?P<which>{'|'.join(ORDER)})\s+(?P<what>[^\W\d_]{{3,20}})(?:[.:]|$)",
    re.IGNORECASE,
)
_APPENDIX = re.compile(
    r"(?:appendix|appendice|annexe?|anhang|apéndice|bijlage|bilaga|tillæg|приложение)"
    r",? (?:no\.? ?)?(?:[ivxlc]{1,5}|\d{1,2}|[a-z])",
    re.IGNORECASE,
)
_CHINESE_TENS = (10, 100)
_CHINESE = dict(zip("一二三四五六七八九十百", (*range(1, 10), *_CHINESE_TENS), strict=True))
_LETTERS_ALONE = re.compile(r"[^\W\d_]\.?(?:(?:,|&| and| und| et| y| e|[–-])? ?[^\W\d_]\.?(?=\W|$)){0,3}")
_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_a-z](?![^\W\d_])")
_NEAR = 2  # letters from one to the next of those that share a part of a dictionary
_SIGN = re.compile(r"\b(?:\d{1,3}|[IVXLC]{1,8}|[ivxl]{1,6})$")
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]?")
_LED = re.compile(
    r"^(?P<lead>[^\W\d_][^\d]{2,30}?)\W*\b(?P<sign>\d{1,3}|[IVXLC]{1,8}|(?i:" + "|".join(CARDINALS) + r"))\b\.?"
)
_YEAR = re.compile(r"(?P<year>(?:1[0-9]|20)\d\d)(?: ?(?:--|[-–—]) ?(?:1[0-9]|20)?\d\d)?\.?")
_TWICE = 2  # headings that count the same
_NUMBERED_MATTER = re.compile(
    r"(?:fig|plate|pl\b|table|tab|map|page|p\b|vol|line|verse|illustration|abb|tafel|planche|seite|рис|табл|стр|item)\w*",
)
_IN_WORDS = "one, two"  # the name of a style: numbers in words, and nothing else


class Form(StrEnum):
    """How a heading is written."""

    PART = "part"
    CHAPTER = "chapter"
    MATTER = "front-or-back"
    NUMBER = "number-alone"
    NUMBERED = "numbered-title"
    CAPITALS = "capitals-alone"
    ITALICS = "italics-alone"
    UNDERLINED = "underlined"
    CENTRED = "centred-alone"
    SHORT = "short-alone"
    LISTED = "in-the-contents"


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading: where it stands, and how it is written.

    ``at``, ``last``: its first and last unit; ``gap``: blank lines above; ``sign``: its number, or the line of signs
    drawn under it; ``column``: where the contents set it in, -1 if they do not have it, or set all in alike;
    ``listed``: they have it.
    """

    at: int
    last: int
    text: str
    form: Form
    gap: int
    sign: str = ""
    column: int = -1
    listed: bool = False


class Named(NamedTuple):
    """The name of a heading's style; its number, and its rank (parts 1, chapters 2, scenes 3), where words say so."""

    style: str
    number: int | None = None
    rank: int | None = None


def letters_of(text: str) -> str:
    """Return the letters and digits of a heading, for comparison."""
    return "".join(filter(str.isalnum, text.casefold()))


def led_by(text: str) -> tuple[str, int] | None:
    """Part a heading of a series into the words before its number, and the number; None if it is none.

    The number ends it ("Tale 5", "Night: Watch I"), or one word in capitals stands before it ("SONG 5. The Can").
    Pictures, tables and pages are numbered too, but are no headings.
    """
    words = text.strip().strip("_*=")
    led = _LED.match(words)
    if led is None or _NUMBERED_MATTER.match(led["lead"].casefold()):
        return None
    titled = led["lead"].isupper() and led["lead"].isalpha() and led[0].endswith(".") and len(words) <= _LED_LONGEST
    return (led["lead"].casefold(), value_of(led["sign"])) if led.end() == len(words) or titled else None


def plain(text: str) -> str:
    """Return the words of a heading, without the signs and stops around them."""
    return text.strip().strip("_*=").strip().rstrip(".:").strip("_*=").strip()


def shouts(text: str) -> bool:
    """Tell whether the words are in capitals; what stands in brackets at the end may be small."""
    told = _ASIDE.sub("", text).replace("_", "")
    letters = [*filter(str.isalpha, told)]
    return len(letters) > 2 and sum(map(str.isupper, letters)) >= 0.95 * len(letters)


def number_alone(text: str) -> bool:
    """Tell whether a heading is but the number of a chapter or part, or of both ("Act I, Scene 2"): no title yet."""
    words = plain(text)
    if NUMBER.match(words) or _APPENDIX.fullmatch(words):
        return True
    named = NAMED.match(words)
    rest = words[named.end() :].lstrip(" .:,;—–-") if named else words
    return named is not None and (not rest or ((inner := NAMED.match(rest)) is not None and inner.end() == len(rest)))


def appended_as(text: str) -> str:
    """Return the word by which a heading names itself an appendix, with a number or letter; nothing if it is none."""
    found = _APPENDIX.match(plain(text))
    return found[0].split()[0].casefold().rstrip(".,:") if found else ""


def heads_a_letter(text: str) -> bool:
    """Tell whether a line is a letter of the alphabet, or a few that are near one another: "A", "I, J.", "X Y Z"."""
    if not _LETTERS_ALONE.fullmatch(text):
        return False
    letters = [ord(one[0]) for one in _LETTER.finditer(text)]
    return all(0 < after - one <= _NEAR for one, after in pairwise(letters))


def number_of(text: str) -> int:
    """Return the number of the words by which a heading names itself ("Tale 5", "Act IV.", "Book First"); 0 if none."""
    bare = text.strip("_*= .:")
    if found := _SIGN.search(bare):
        return value_of(found[0])
    words = bare.casefold().removeprefix("the ").split()
    ends = (words[-1], words[0]) if words else ()
    return next((known[word] for word in ends for known in (ORDER, CARDINALS) if word in known), 0)


def ordered_alone(text: str, ordered: Mapping[str, int]) -> str:
    """Return the word that a heading counts by its order and nothing more, "The Second Day", where others do so too."""
    found = _ORDERED.fullmatch(text.strip("_*= "))
    what = found["what"].casefold() if found else ""
    return what if ordered.get(what, 0) >= _TWICE else ""


def leads_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words that stand before a number at the head of headings ("Letter 5", "Tale the 3rd")."""
    return Counter(led["lead"].casefold() for text in texts if (led := _LED.match(text)))


def ordered_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words that headings count, in front ("Letter 5") or behind ("The Second Day"), and numbers in words."""
    words: Counter[str] = Counter()
    for text in texts:
        told = text.strip("_*= ")
        if named := NAMED.match(told):
            words[named_by(named)[0]] += 1
        elif found := _ORDERED.match(told):
            words[found["what"].casefold()] += 1
        elif told.rstrip(".").casefold() in CARDINALS:
            words[_IN_WORDS] += 1
    return words


def names_itself(text: str, ordered: Mapping[str, int]) -> re.Match[str] | None:
    """Match a heading that says which chapter or part it is; "The Last Letter" only does where others are letters."""
    named = NAMED.match(text)
    return named if named and not (named["ordinal"] and ordered.get(named_by(named)[0], 0) < _TWICE) else None


def is_led(text: str, leads: Mapping[str, int]) -> bool:
    """Tell whether a heading is but the words and the number of a series."""
    led = _LED.fullmatch(text.strip())
    return led is not None and leads.get(led["lead"].casefold(), 0) >= SERIES


def value_of(sign: str) -> int:
    """Return what a number of a heading says: figures, Roman or Chinese figures, a letter, or a word."""
    if sign.isdigit():
        return figure(sign)
    if sign.casefold() in CARDINALS:
        return CARDINALS[sign.casefold()]
    if sign[0] in _CHINESE:
        return _chinese(sign)
    if "." in sign:
        return figure(sign.rsplit(".", 1)[1])
    if len(sign) == 1 and sign not in "IVXLCDMivxl":
        return ord(sign) - ord("A") + 1
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[letter] for letter in sign.lower()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _chinese(sign: str) -> int:
    """Return what "二十三" says."""
    total = ones = 0
    for value in map(_CHINESE.__getitem__, sign):
        if value < min(_CHINESE_TENS):
            ones = value
        else:
            total, ones = total + (ones or 1) * value, 0
    return total + ones


def is_argument(text: str) -> bool:
    """Tell whether a heading says that what follows tells a poem, or a book of one, before it begins."""
    return _ARGUMENT.match(text.strip("_*= ")) is not None


def named(one: Headline, leads: Mapping[str, int], ordered: Mapping[str, int]) -> Named:
    """Return the name of a heading's style, its number and its rank, where it has them.

    ``leads``, ``ordered``: how often headings have the same words before a number, or count the same.
    """
    if one.form is Form.UNDERLINED:
        return Named(f"underlined {one.sign}")
    text = one.text.strip("_*= ")
    if is_argument(text):
        return Named(ARGUMENT)  # of a poem or a book of one, below its title
    if one.form is Form.MATTER:
        return Named(one.form.value)
    for part in (text, *re.split(r"[:.—–]+\s*", text)[1:]):
        if itself := names_itself(part, ordered):
            word, rank = named_by(itself)
            return Named(word, number_of(itself[0]) or None, rank)
    if (found := _ORDERED.match(text)) and ordered[what := found["what"].casefold()] >= _TWICE:
        return Named(f"{IN_ORDER}{what}", ORDER[found["which"].casefold()], CHAPTER)
    if (value := CARDINALS.get(text.rstrip(".").casefold())) and ordered[_IN_WORDS] >= _TWICE:
        return Named(_IN_WORDS, value, CHAPTER)
    if leads.get("") and heads_a_letter(text):
        return Named("letter", None, CHAPTER)
    if year := _YEAR.fullmatch(text):
        return Named("year", int(year["year"]), CHAPTER)
    if month := MONTHS.get(_OF_A_YEAR.sub("", text.rstrip(".,")).casefold()):
        return Named("month", month, CHAPTER + 1)
    led = _LED.match(text)
    if led and leads.get(led["lead"].casefold(), 0) >= SERIES:
        return Named(led["lead"].casefold(), value_of(led["sign"]), CHAPTER)
    number_only = NUMBER.match(text) or NUMBERED.match(text.replace("_", ""))
    sign = number_only["sign"] if number_only else one.sign
    if text.startswith("§") and number_only:
        return Named("§", value_of(number_only["sign"]), CHAPTER + 2)  # lies below all that names itself
    if one.form is Form.NUMBERED and sign in ("M", "D"):  # "M. DUVAL": no book has so many chapters
        return Named((Form.CAPITALS if shouts(text) else Form.SHORT).value)
    if one.form in (Form.NUMBER, Form.NUMBERED) and sign:
        kind = "1" if sign[:1].isdigit() else "i" if sign.islower() else "I" if set(sign) <= set("IVXLCDM") else "A"
        return Named(f"number {kind}{'.1' * sign.count('.')}", value_of(sign), CHAPTER)
    return Named(f"{one.form.value}{' bold' if one.text.startswith('=') else ''}")
