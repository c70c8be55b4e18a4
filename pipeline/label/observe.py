"""What can be seen on a line of wrapped text, around it and in the whole text: the evidence, before any decision.

Each observation is a short word such as ``gap=2`` or ``opener=often``. The labeller (:mod:`pipeline.label.labeller`)
has a weight for each of them and each role; ``octavo explain`` prints those that spoke. ``SEEN`` says in words what
the first part of each means. Nothing here decides anything, and nothing looks at more than a line, its neighbours,
its stretch (the lines between two blank ones) and counts made once for the whole text, so the time is linear.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby, islice, pairwise
from operator import attrgetter
from sys import intern

from pipeline.alternatives import by_letter
from pipeline.label.layout import columns, room_for
from pipeline.label.levels import letters_of
from pipeline.label.notes import calls, is_notes_title, note_label
from pipeline.label.shapes import PICTURE
from pipeline.parts import ADDRESS, CONTENTS, END, FRONT_OR_BACK, NAMED, NUMBER

SEEN: Mapping[str, str] = {
    "gap": "blank lines above it",
    "below": "blank lines below it",
    "stretch": "lines between the blank lines around it",
    "place": "its place among those lines",
    "indent": "how far it is set in from the margin of the running text",
    "step": "set in farther or less far than the line above",
    "next-step": "the line below is set in farther or less far",
    "set": "in the middle or at the right",
    "length": "how much of the line is used",
    "room": "the line above still had room for its first word",
    "room-own": "the line above had room for its first word, by the width of its own stretch",
    "gives-room": "it had room for the first word of the line below",
    "full": "how many lines of the stretch are full",
    "full-own": "how many lines of the stretch are full, by its own width",
    "capitals": "how many lines of the stretch begin with a capital",
    "least": "how far the whole stretch is set in",
    "widest": "how wide the stretch is",
    "ragged": "lines of the stretch set in at different depths",
    "begins": "what it begins with",
    "ends": "what it ends with",
    "above-ends": "what the line above ends with",
    "words": "number of words",
    "letters": "capitals and small letters",
    "wrapped-in": "signs that stand around the whole line or stretch",
    "says": "what its words say that it is",
    "mark": "the number or sign that it begins with",
    "counts": "its number goes on with that of the line of the same form before it, or the next goes on with its",
    "opener": "how often stretches of this text begin with the same words and sign, as turns of a play do",
    "turn": "how like a turn of a play it begins",
    "opener-inside": "the same, for a line that a stop stands above",
    "known-name": "its first word is one with which turns begin in this text",
    "alone-again": "how often the same line stands alone in this text",
    "short": "a short stretch: its lines, letters, end and the gap above",
    "stretch-letters": "capitals and small letters of the whole stretch",
    "form": "how often short stretches of the same form stand alone in this text",
    "form-over-text": "how often stretches of the same form stand right over running text",
    "form-wider": "how often they are set off farther from what is above than from what is below",
    "form-unlike": "how unlike they are",
    "form-all": "the last three together",
    "form-gap": "the gap that stretches of the same form have above them",
    "first-word": "how often short lines that stand alone begin with its first word",
    "listed": "the list of contents has it",
    "columns": "wide gaps or bars in the lines of its stretch",
    "italics-open": "italics were opened above and are not closed",
    "bracket-open": "a bracket was opened above, in the same stretch, and is not closed",
    "called": "it begins with the label of a note that the text above calls",
    "habit": "what is usual in this text",
    "turns": "how many stretches of the text open as turns of a play do",
    "rule": "what the layout alone says",
    "gaps": "the gaps above and below",
    "under-ends": "what the text above ends with",
    "over-gap": "the gap below",
    "over-set": "the text below is set in farther or less far",
    "under": "what stands above it, a blank line or more away",
    "over": "what stands below it, a blank line or more away",
}
"""What the first part of each observation means, in an editor's words."""


def observation(seen: str, rules: Mapping[str, str]) -> str:
    """Say in words what an observation means; ``rules``: those of the rooms that give evidence, with their words."""
    names, _, value = seen.partition("=")
    if names == "rule":
        return rules.get(value.partition("/")[0], "no rule speaks of it")
    told = " and ".join(SEEN.get(name, name) for name in names.split("+"))
    return f"{told}: {value}" if told else ""


_SMALL = 5  # blank lines; more say no more
_WIDE = 0.002  # share of lines above which two blank lines and more stand in a text that has one everywhere
_STOPS = '.!?…)]"”’»_'
_STRETCH = ((1, "1"), (2, "2"), (3, "3"), (6, "4-6"), (12, "7-12"), (10**9, "13+"))
_WORDS = ((1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (10**9, "9+"))
_OFTEN = ((1, "once"), (2, "twice"), (5, "few"), (20, "often"), (10**9, "always"))
_INDENT = ((-1, "out"), (0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"), (10**9, "17+"))
_SHARE = ((0.0, "none"), (0.3, "few"), (0.6, "half"), (0.85, "most"), (0.999, "nearly"), (10.0, "all"))
_USED = ((0.2, "fifth"), (0.4, "two-fifths"), (0.6, "half"), (0.75, "more"), (0.9, "most"), (10.0, "whole"))
_GAPS = re.compile(r"\S {3,}\S")
_LEADERS = re.compile(r"(?:\. ?){4,}|(?:\s{2,}|\t)\d{1,4}$")
_ADDRESS = re.compile(rf"_?{ADDRESS}\.\s+(?=_?[^\W\d_a-zà-öø-ÿа-я])")
_ADDRESSED = re.compile(rf"\b(?i:and|und|et|y|e|en|og|och) (?P<address>{ADDRESS}\.)$")
_OPENER = re.compile(
    r"^_?(?P<name>[^\W\d_][^.:;!?,()\[\]_—–\n]{0,34}?(?<! )\.?)_?"
    r"(?P<sign>\._?(?= |$)|:_?(?= |$)|,? ?[\[(]|\.?_? ?--+|\.?_? ?[—–]| ?_\(|,_?$|_?$)"
)
_STOP = re.compile(r"[.:;!?,()\[\]_—–\n]|--")  # a name goes no farther
_DIRECTED_OR_ALONE = re.compile(r", ?[\[(]|,_?$")
_NEAR = 37  # letters; the sign behind the longest name begins no later
_ACTS = r"(?P<name>[A-ZÀ-ÖØ-Þ’'-]{2,}(?: [A-ZÀ-ÖØ-Þ’'-]{2,}){0,2}), _?[a-zß-öø-ÿ]"
_DIRECTED = re.compile(rf"{_ACTS}(?:(?!--)[^—–]){{2,90}}$")
_ACTS_THEN_SAYS = re.compile(
    rf"{_ACTS.partition(', ')[0]}, (?:_[^_]{{2,90}}_|[a-zß-öø-ÿ](?:[^.!?;:—–_]|(?<=\b[^\W\d_])\.){{1,70}})"
    r"\.(?=\s+\W*[^\W\d_a-zà-öø-ÿ])(?<!\b[^\W\d_]\.)"
)
_INITIALED = re.compile(
    r"_?(?![AQ]\.)[^\W\d_a-zß-öø-ÿ]{1,4}\. +(?=[^\W\d_a-zß-öø-ÿ]{2}[^\W\d_a-zß-öø-ÿ’'-]*(?:[.:,]|_|$| [(\[{]))"
)
_BARE = re.compile(
    r"(?P<name>[^\W\d_a-zß-öø-ÿа-я]{3}[^\W\d_a-zß-öø-ÿа-я’'-]*(?: [^\W\d_a-zß-öø-ÿа-я’'-]{2,}){0,3})"
    r"(?= +_?(?:[(\[]|[\"“«¡¿]*[^\W\d_a-zß-öø-ÿа-я](?:[a-zß-öø-ÿа-я’']|[ ,.!?])))"
)
_BRACED = re.compile(r"(?P<name>_?[^\W\d_a-zß-öø-ÿ]{2}[^a-zß-öø-ÿ.:;!?,()\[\]{}—–\n]{0,34}?)\s*\{")
_DIRECTED_IN_ITALICS = re.compile(r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'.-]*(?: [\w’'.-]+){0,3}), _[^_]{2,90}_[.:]?$")
_ACTS_AND_SAYS = re.compile(rf"{_ACTS}[^.—–]{{1,90}}\.?_? ?(?:[—–]|--)")
_DATE = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.|er)? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])"
    r"|\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.? \d{1,2}\b",
    re.IGNORECASE,
)
_DEAR = by_letter(
    "dear|dearest|sir|madam|gentlemen|cher|chère|lieber?|liebste|sehr geehrte|querid[oa]|estimad[oa]|monsieur|madame"
    "|to the|à |an |til "
)
_SALUTE = re.compile(rf"^_?(?:my |mein |mon |ma )?{_DEAR}\b.{{0,60}}[,:!.—-]_?$", re.IGNORECASE)
_TAKES_LEAVE = by_letter(
    "i am|i remain|believe me|with|ever|yours?|your|very|affectionately|sincerely|respectfully|faithfully|truly|adieu"
    "|farewell|je suis|votre|agréez|tout à vous|ihr|dein|mit|hochachtungsvoll|su |de usted"
)
_CLOSE = re.compile(rf"^\W*(?:{_TAKES_LEAVE}\b.{{0,56}}[,.]?_?|p\.? ?s\.?.*)$", re.IGNORECASE)
_ROMAN = re.compile(r"^[IVXLCDM]+$|^[ivxlcdm]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(r"([^\W\d_])[^\W\d_]{3,}")  # told by its first letter
_SMALL_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_SAID = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(
    r"^[^\w]*(?:([^\W\d_]{3,12})\.? )?(?:§ ?)?(\d{1,4}|[IVXLCDM]{1,8}|[ivxlcdm]{1,8})(?=[.,:;)\]\s—–-]|$)"
)
_MARKED = re.compile(
    r"^[\"“«]?(?:(\()?(?:(\d{1,4})|([a-z])|([A-Z])|([ivxl]{2,6})|([IVXLC]{2,8}))([.)]|\](?=\s)|:(?=\s))(\s|$|—|–|--))"
)
_MARKED_TWICE = re.compile(r"^\d+(?:\.\d+)+\s")
_DASHED = re.compile(r"^(?:[•·▪*]|--?|[—–]) ?\S")
_SECTION = re.compile(r"^§ ?\d")
_FIGURES = re.compile(r"^\d{1,4}\s")
_CAPTION = re.compile(
    f"^{by_letter('fig|figure|plate|table|map|diagram|abb|tafel|planche|illus')}" r"\w*\.? ?[\dIVXLC]", re.IGNORECASE
)
_MOVES = by_letter(
    r"enter|re-?enter|exit|exeunt|manent|curtain|scene|the curtain|aside|entre|sort|rideau|entran|sale|vase|kommt|geht"
    r"|ab\b|vorhang|tæppet|forhænget"
)
_STAGE = re.compile(rf"^[\[(]?_?{_MOVES}\b", re.IGNORECASE)


def bucket(value: float, steps: Sequence[tuple[float, str]]) -> str:
    """Name the first step that ``value`` does not exceed."""
    for most, name in steps:
        if value <= most:
            return name
    return steps[-1][1]


class Words:
    """The observations of a text by numbers, which take a quarter of the room: some forty stand on each line.

    All in all a few thousand differ, for each says one thing in few steps.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._put: dict[tuple[object, ...], array[int]] = {}

    def put(self, form: Callable[..., Sequence[str]], *values: str) -> array[int]:
        """Return numbers for what ``form`` says of ``values``: most lines are like others, of which it was said."""
        key = (form, *values)
        if (known := self._put.get(key)) is None:
            known = self._put[key] = self.numbers(form(*values))
        return known

    def numbers(self, words: Iterable[str]) -> array[int]:
        """Return numbers for observations."""
        numbers = self._numbers
        out = array("H", [numbers.setdefault(word, len(numbers)) for word in words])
        if len(numbers) > len(self._words):
            self._words += islice(numbers, len(self._words), None)
        return out

    def of(self, numbers: Iterable[int]) -> list[str]:
        """Return the observations with these numbers."""
        return [*map(self._words.__getitem__, numbers)]


@dataclass(slots=True)
class Row:
    """One non-blank line of wrapped text: where it stands and how it looks."""

    number: int
    text: str  # without the spaces around it
    indent: int
    end: int  # columns up to its last letter
    gap: int  # blank lines above
    below: int = 0
    stretch: int = 0
    first: str = ""  # its first word with what clings to it
    need: int = 0  # columns that the first word takes; in scripts without spaces, its first letter
    shape: str = ""  # a word for how it looks, for its neighbours
    form: str = ""  # how a short stretch that it opens is written
    seen: array[int] = field(default_factory=lambda: array("H"))  # by numbers


class Rows(list[Row]):
    """All rows of a text, once they are made: dozens of rooms ask where blank lines part them."""

    @cached_property
    def stretches(self) -> list[list[Row]]:
        """The rows between blank lines."""
        return parted(self)


def parted(rows: Sequence[Row]) -> list[list[Row]]:
    """Part rows where blank lines stand between them."""
    return [list(group) for _, group in groupby(rows, key=attrgetter("stretch"))]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the region: its width and margin in columns, and the keys of its list of contents."""

    width: int
    margin: int
    listed: Mapping[str, int] = field(default_factory=dict)


def _class_of_start(text: str) -> str:
    first = text[0]
    if first.isalpha():
        return "upper" if first.isupper() else "lower"
    if first.isdigit():
        return "digit"
    after = next((letter for letter in text if letter.isalpha()), "")
    case = "upper" if after.isupper() else "lower" if after else "none"
    if first in "\"“”„«»'‘’`":
        return f"quote-{case}"
    if first in "—–-":
        return "dash"
    if first == "_":
        return f"italics-{case}"
    return first if first in "[(*|§" else "sign"


def _class_of_end(text: str) -> str:
    bare = text.rstrip("_=+~*")
    last = bare[-1:] or text[-1]
    if last.isalpha():
        return "letter"
    if last.isdigit():
        return "digit"
    if last in "\"”’»'“":
        inner = bare.rstrip("\"”’»'“")[-1:]
        return "quote-stop" if inner in ".!?…" else "quote-comma" if inner in ",;:—-" else "quote"
    if last in ".!?,;:-])":
        return last
    return "—" if last in "—–" else "sign"


@lru_cache(maxsize=4096)  # several rooms ask about one line
def written(text: str) -> str:
    """Say how a line is written: all in capitals, as a title, as a sentence."""
    told = text.replace("_", "")
    if len(told.encode().translate(None, _SMALL_LETTERS)) > 0.6 * len(told):  # else no more than that can be capitals
        letters = [*filter(str.isalpha, told)]
        if not letters:
            return "none"
        upper = sum(map(str.isupper, letters))
        if upper >= 0.95 * len(letters) and len(letters) > 1:
            return "capitals"
        if upper > 0.6 * len(letters):
            return "mostly-capitals"
    begun = _LONG_WORD.findall(told)
    if not begun:
        return "short-words"
    named = sum(map(str.isupper, begun))
    return "title" if named >= 0.8 * len(begun) else "some" if named > 0.34 * len(begun) else "sentence"


def _number(text: str) -> tuple[str, int]:
    """Read the number that a line consists of, begins with or ends its first words with: its kind and value."""
    found = _COUNTED.match(text)
    if found is None:
        return "", 0
    word, sign = (found[1] or "").casefold(), found[2]
    if sign.isdigit():
        return f"{word}1", int(sign)
    if not _ROMAN.match(sign) or (len(sign) == 1 and sign not in "IVXivx"):
        return "", 0
    return f"{word}I", _roman(sign.casefold())


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


_PAIRS = {
    "[": ("]", "square"),
    "(": (")", "round"),
    "_": ("_", "italics"),
    "=": ("=", "bold"),
    "+": ("+", "spaced"),
    "*": ("*", "stars"),
}
_CLOSING = {"]": "square", ")": "round", "_": "italics"}


def _around(text: str) -> str:
    """Name the signs that stand around the whole of a text."""
    bare = text.rstrip(".,:;")
    if len(text) > 2 and text[0] in _PAIRS:
        closes, name = _PAIRS[text[0]]
        if bare.endswith(closes):
            inner = bare[1:-1]
            return name if closes not in inner else f"{name}-parts"
        return f"{name}-open"
    return f"{_CLOSING[bare[-1]]}-close" if bare and bare[-1] in _CLOSING else ""


def _says(text: str) -> Iterator[str]:
    """Say what the words of a short line name: a part of a book, a picture, a date, an address, a stage direction."""
    plain = text.strip("_*=+ ").rstrip(".:").strip("_*=+ ")
    if not plain:
        return
    named = NAMED.match(plain)
    if named:
        kind = "part" if named["part"] or named["part2"] else "chapter"
        yield f"{kind}-alone" if named.end() == len(plain) else kind
    if FRONT_OR_BACK.match(plain):
        yield "matter"
    if END.match(plain):
        yield "end"
    if CONTENTS.match(plain):
        yield "contents"
    if is_notes_title(text):
        yield "notes"
    if text[0] == "[" and PICTURE.match(text if text.endswith("]") else f"{text}]"):
        yield "picture"
    if _CAPTION.match(text):
        yield "caption"
    if _DIGIT.search(text) and _DATE.search(text):
        yield "date"
    if _SALUTE.match(text):
        yield "salutation"
    if _CLOSE.match(text):
        yield "closing"
    if not _SAID.search(text):
        yield "nothing"
    if (text[-1].isdecimal() or text.count(".") > 3) and _LEADERS.search(text):
        yield "leaders"


def _mark(text: str) -> str:
    """Name the form of the number or sign at the beginning of a line."""
    if NUMBER.match(text.strip("_*= ")):
        return "number-alone"
    found = _MARKED.match(text)
    if found:
        kind = "1" if found[2] else "a" if found[3] else "A" if found[4] else "i" if found[5] else "I"
        return f"{'(' if found[1] else ''}{kind}{found[7]}"
    if _MARKED_TWICE.match(text):
        return "1.1"
    if _DASHED.match(text) and not text.startswith("**"):
        return "dash" if text[0] in "-—–" else "bullet"
    if _SECTION.match(text):
        return "§"
    if _FIGURES.match(text):
        return "digits"
    return ""


def _opened(text: str) -> re.Match[str] | None:
    """Match the words and the sign with which a turn might begin; most lines have no such sign so near."""
    stop = _STOP.search(text, 2 if text[:1] == "_" else 1)
    at = stop.start() if stop else len(text)
    if at > _NEAR or text[at : at + 1] in (";", "!", "?", ")", "]"):
        return None
    if text[at : at + 1] == "," and not _DIRECTED_OR_ALONE.match(text, at):
        return None
    return _OPENER.match(text)


def opener(text: str) -> str:
    """Return the words and the sign with which a turn might begin ("NORA.", "Nora (", "_Nora._"), or nothing."""
    found = _opened(text)
    if found is None or not found["name"][0].isupper():
        return ""
    name = found["name"].strip("_. ")
    sign = found["sign"].replace("_", "").strip()[:1] or ("$" if found.end() == len(text) else "")
    if not sign or len(name.split()) > 4:
        return ""
    return f"{name}{'.' if sign in '.-—–' else sign if sign != '(' else '['}"


@lru_cache(maxsize=8192)  # a dozen rooms ask about one line
def label_of_turn(text: str) -> int:
    """Return where the label of a turn ends: behind its stop or colon, before what stands in brackets; 0: none.

    The stop of "Mrs." does not end it.
    """
    if ", " in text and (acts := _ACTS_AND_SAYS.match(text) or _ACTS_THEN_SAYS.match(text)):
        return acts.end("name")  # "MARCEL, se levant. — Qui est là ?"
    if "{" in text and (braced := _BRACED.match(text)):  # "ANN   { Who is there?": several say it together
        return braced.end("name")
    address = _ADDRESS.match(text) or _INITIALED.match(text)
    if address:
        rest = label_of_turn(text[address.end() :])
        return address.end() + rest if rest else 0
    found = _opened(text)
    if found is None or not found["name"][0].isupper() or len(found["name"].split()) > 5:
        return 0
    sign = found["sign"]
    end = found.start("sign") if sign.strip(" ,_")[:1] in ("[", "(") else len(text[: found.end()].rstrip())
    if (last := _ADDRESSED.search(text, 0, end)) and (rest := label_of_turn(text[last.start("address") :])):
        return last.start("address") + rest  # "ANN AND MRS. TARN."
    return end


def bare_label(text: str) -> int:
    """Return where a name in capitals ends behind which what is said follows without a stop; 0: there is none.

    "MARCHESE Chi è?", "BETTINA (ride) Nessuno." Only who is listed, or speaks again and again, is known by it.
    """
    found = _BARE.match(text)
    return found.end("name") if found else 0


def directed(text: str) -> int:
    """Return where the name ends on a line of a name and a direction, as French plays have it; 0 on any other.

    "MARCEL, se levant." stands alone over what he says.
    """
    if ", " not in text or _ACTS_THEN_SAYS.match(text):
        return 0
    found = _DIRECTED.match(text) or (_DIRECTED_IN_ITALICS.match(text) if text.rstrip(".:").endswith("_") else None)
    return found.end("name") if found else 0


def rows_of(lines: Iterable[tuple[int, str, int]]) -> Rows:
    """Make rows of ``(number, text, blank lines above)``; a gap of 0 means the same stretch."""
    out = Rows()
    stretch = -1
    for number, text, gap in lines:
        whole = text.expandtabs().rstrip()
        bare = whole.lstrip()
        if gap or not out:
            stretch += 1
            if out:
                out[-1].below = gap
        first = intern(bare.split(None, 1)[0])  # few words open most lines
        need = room_for(first) - 1
        out.append(Row(number, bare, len(whole) - len(bare), columns(whole), gap, 0, stretch, first, need))
    if out:
        out[-1].below = _SMALL
    return out


class Whole:
    """What is counted once in the whole text: forms that recur, openers, habits."""

    def __init__(self, rows: Sequence[Row], setting: Setting) -> None:
        self.setting = setting
        self.observations = Words()
        self.openers: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.alone: Counter[str] = Counter()
        self.forms: Counter[str] = Counter()
        self.gaps: dict[str, Counter[int]] = {}
        self.words: Counter[str] = Counter()
        self.counted: dict[int, str] = {}
        self._count(rows)
        self.habits = tuple(self._habits(rows))
        self.close = sum(row.gap > 1 for row in rows[1:]) <= _WIDE * len(rows) + 1
        self.groups: tuple[Form, ...] = ()

    def _count(self, rows: Sequence[Row]) -> None:
        last: dict[str, tuple[int, int]] = {}
        for at, row in enumerate(rows):
            opens = not at or row.gap > 0
            if (opens or rows[at - 1].text[-1] in _STOPS) and (name := opener(row.text)):
                self.openers[name] += 1
                if name[-1] != "$":
                    self.names[name.split()[0].rstrip(".:[,").casefold()] += 1
            short = opens and self.short(rows, at)
            if short:
                self.alone[row.text.casefold()] += 1
                form = self.form(row, rows, at)
                self.forms[form] += 1
                self.gaps.setdefault(form, Counter())[min(row.gap, _SMALL)] += 1
                if found := _FIRST_WORD.search(row.text):
                    self.words[found[0]] += 1
            if opens:
                kind, value = _number(row.text)
                if value:
                    kind += f"{'alone' if short else 'text'}{_class_of_end(row.text) if row.below else ''}"
                    before = last.get(kind)
                    if before and value == before[1] + 1:
                        self.counted[at] = "on"
                        self.counted.setdefault(before[0], "next")
                    elif before and value == before[1]:
                        self.counted[at] = "same"
                    elif value == 1:
                        self.counted[at] = "one"
                    last[kind] = at, value

    def gap(self, lines: int) -> str:
        """Name a gap of so many blank lines: in a text that has no wider ones, a single line may part chapters."""
        return "close" if lines == 1 and self.close else str(min(lines, _SMALL))

    def turn(self, text: str) -> str:
        """Say how like a turn of a play a stretch begins: with a label, in capitals, one that comes back."""
        end = label_of_turn(text)
        if not end or (end == len(text.rstrip("_")) and text[end - 1] not in ".:_"):
            return "no"
        label = text[:end]
        back = self.openers[opener(text)] > 2
        return f"{'capitals' if label.upper() == label else 'small'}-{'back' if back else 'once'}"

    def short(self, rows: Sequence[Row], at: int) -> int:
        """Return the number of lines of a stretch that is short enough for a heading; 0: it is not."""
        length = 0
        for size in range(1, 5):
            row = rows[at + size - 1]
            length += len(row.text)
            if length > (90 if size == 1 else 220):
                return 0
            if row.below:
                return size
        return 0

    def form(self, row: Row, rows: Sequence[Row], at: int) -> str:
        """Describe how a short stretch is written, so that those of the same form count together."""
        inset = row.indent - self.setting.margin
        number = "R" if _ROMAN.match(row.first.strip("._")) else "9" if row.first[:1].isdigit() else ""
        last = rows[at + self.short(rows, at) - 1]
        ends = _class_of_end(last.text)
        around = _around(row.text if last is row else f"{row.text} {last.text}")
        return f"{written(row.text)}{number}{around}{'c' if inset > 3 else ''}{ends if ends in '.,:?!' else ''}"

    def _habits(self, rows: Sequence[Row]) -> Iterator[str]:
        """Name what is usual in the text: turns, lines that are not filled, first lines set in, wide gaps."""
        stretches = max(1, sum(row.gap > 0 for row in rows))
        turns = sum(times for times in self.openers.values() if times > 3) / stretches
        yield f"habit=turns-{bucket(turns, _SHARE)}"
        short = full = inset = pairs = 0
        width = self.setting.width
        for row, after in pairwise(rows):
            if after.gap:
                continue
            pairs += 1
            room = row.end + 1 + after.need <= width - 2
            short += room and after.text[0].isupper()
            full += not room
            inset += (
                self.setting.margin + 1 < after.indent < self.setting.margin + 9 and row.indent <= self.setting.margin
            )
        yield f"habit=short-lines-{bucket(short / max(1, pairs), _SHARE)}"
        yield f"habit=first-lines-set-in-{bucket(inset / max(1, pairs), ((0.01, 'no'), (0.06, 'some'), (1.0, 'yes')))}"
        yield f"habit=lines-a-stretch-{bucket(len(rows) / stretches, _STRETCH)}"


def observe(rows: Sequence[Row], setting: Setting) -> Whole:
    """Write on each row what can be seen there (``row.seen``); return what was counted in the whole, and the words."""
    whole = Whole(rows, setting)
    start = 0
    called: set[str] = set()
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].gap:
            _stretch(rows, start, end, whole, called)
            start = end
    _neighbours(rows, whole)
    whole.groups = tuple(_forms(rows, whole))
    return whole


def _stretch(rows: Sequence[Row], start: int, end: int, whole: Whole, called: set[str]) -> None:
    setting = whole.setting
    group = rows[start:end]
    size = end - start
    widest = max(row.end for row in group)
    least = min(row.indent for row in group)
    tall = bucket(size, _STRETCH)
    room = [row.end + 1 + after.need <= setting.width - 1 for row, after in pairwise(group)]
    own = [row.end + 1 + after.need <= widest for row, after in pairwise(group)]
    common = [
        f"stretch={tall}",
        f"least={bucket(least - setting.margin, _INDENT)}",
        f"widest={bucket(widest / max(1, setting.width), _USED)}",
    ]
    if size > 1:
        capital = sum(row.text.lstrip("\"“„«'‘_—-([")[:1].isupper() for row in group) / size
        common += [
            f"full={bucket(1 - sum(room) / len(room), _SHARE)}/{'2' if size == 2 else '3+'}",
            f"full-own={bucket(1 - sum(own) / len(own), _SHARE)}/{'2' if size == 2 else '3+'}",
            f"capitals={bucket(capital, _SHARE)}/{'2' if size == 2 else '3+'}",
            f"full+capitals={bucket(1 - sum(room) / len(room), _SHARE)}{bucket(capital, _SHARE)}",
        ]
        depths = len({row.indent for row in group})
        if depths > 1:
            first_in = group[0].indent > least and depths == 2
            hangs = group[0].indent == least
            common.append(f"ragged={min(depths, 4)}{'f' if first_in else 'h' if hangs else ''}")
        gaps = sum("   " in row.text and bool(_GAPS.search(row.text)) for row in group) / size
        bars = sum(row.text.count("|") > 1 for row in group) / size
        if gaps or bars:
            common.append(f"columns={bucket(max(gaps, bars), _SHARE)}")
    whole_text = group[0].text if size == 1 else f"{group[0].text} {group[-1].text}"
    if around := _around(whole_text):
        common.append(f"wrapped-in=stretch-{around}")
    common += whole.habits
    if alone := whole.short(rows, start):
        how = written(" ".join(row.text for row in group))
        common.append(f"short={min(alone, 3)}{how}{_class_of_end(group[-1].text)}{whole.gap(group[0].gap)}")
    if size > 1:
        common.append(f"stretch-letters={written(' '.join(row.text for row in group[:4]))}")
    of_stretch = whole.observations.numbers(common)
    put = whole.observations.put
    brackets = italics = 0
    above_ends = ""
    for n, row in enumerate(group):
        text = row.text
        gap, below = whole.gap(row.gap), whole.gap(row.below)
        place = "only" if size == 1 else "first" if n == 0 else "last" if n == size - 1 else "middle"
        inset = bucket(row.indent - setting.margin, _INDENT)
        letters = written(text)
        begins, ends = _class_of_start(text), _class_of_end(text)
        length, words = bucket(row.end / max(1, setting.width), _USED), bucket(text.count(" ") + 1, _WORDS)
        row.seen = of_stretch + put(_stands, gap, below, place, inset, begins, ends, letters, length, words)
        if n:
            stepped, had = _step(row.indent - group[n - 1].indent), _ROOM[room[n - 1]]
            row.seen += put(_follows, stepped, had, _ROOM[own[n - 1]], above_ends, begins, inset)
        if n + 1 < size:
            row.seen += put(_goes_before, _step(group[n + 1].indent - row.indent), _ROOM[room[n]])
        seen: list[str] = []
        left, right = row.indent - setting.margin, setting.width - row.end
        if left > 3 and abs(left - right) <= max(4, 0.2 * (left + right)):
            seen.append(f"set=middle-{place}")
        elif left > 0.35 * setting.width and right < 0.3 * left:
            seen.append("set=right")
        if around := _around(text):
            seen.append(f"wrapped-in={around}")
        short = len(text) < 100
        if short:
            says = list(_says(text))
            seen += [f"says={what}/{place}" for what in says]
            seen += [
                f"says+gap={what}{gap}"
                for what in says
                if what in ("chapter", "chapter-alone", "part", "part-alone", "matter", "date")
            ]
        else:
            says = []
        if _STAGE.match(text):
            seen.append(f"says=stage/{place}")
        if mark := _mark(text):
            seen += [f"mark={mark}", f"mark+place={mark}{place}"]
        if brackets > 0:
            seen.append("bracket-open=yes")
        if italics % 2:
            seen.append("italics-open=yes")
        brackets += text.count("[") + text.count("(") - text.count("]") - text.count(")")
        italics += text.count("_")
        label, _ = note_label(text) if text[0] in "[(*+†‡§¶¹²³⁴⁵⁶⁷⁸⁹" else ("", "")
        if label and (label in called or not (label[0] == "(" and label[1].isalpha())):  # lists have letters, too
            form = "figure" if label[0].isdigit() else "letter" if label[0].isalpha() else label[0]
            seen.append(f"called={'yes' if label in called else 'no'}-{form}/{'first' if n == 0 else 'inside'}")
        called.update(name for at, _, name in calls(text) if at or n)
        shape = begins
        if whole.names[row.first.strip('_*[("“.,:;').casefold()] > 3:
            seen.append(f"known-name={place}{around or ''}")
        if n and size > 1:
            name = opener(text) if group[n - 1].text[-1] in _STOPS else ""
            seen.append(
                f"opener-inside={bucket(whole.openers[name], _OFTEN)}{name[-1]}" if name else "opener-inside=no"
            )
        if n == 0:
            name = opener(text)
            times = bucket(whole.openers[name], _OFTEN) if name else "none"
            seen += [
                f"opener={times}{name[-1:]}{'-alone' if name and alone == 1 else ''}",
                f"opener+turns={times}{whole.habits[0].rpartition('-')[2]}",
                f"turn={whole.turn(text)}",
            ]
            if name:
                seen.append(f"opener+letters={times}{written(name)}")
            if counted := whole.counted.get(start):
                seen += [f"counts={counted}", f"counts+place={counted}{place}{letters}"]
            if alone:
                form = whole.form(row, rows, start)
                usual = whole.gaps[form].most_common(1)[0][0]
                own_gap = min(row.gap, _SMALL)
                often = bucket(whole.forms[form], _OFTEN)
                seen += [
                    f"alone-again={bucket(whole.alone[text.casefold()], _OFTEN)}",
                    f"form={often}",
                    f"form-gap={whole.gap(usual)}{'=' if usual == own_gap else '>' if own_gap > usual else '<'}",
                    f"form+gap={often}{gap}",
                    f"letters+gap={letters}{gap}",
                    f"letters+ends+gap={letters}{ends}{gap}",
                ]
                if around:
                    seen.append(f"wrapped-in+gap={around}{gap}")
                row.form = form
                if found := _FIRST_WORD.search(text):
                    seen.append(
                        f"first-word={bucket(whole.words[found[0]], _OFTEN)}{'1' if whole.counted.get(start) else ''}"
                    )
                shape = f"alone-{letters}{'-' + mark if mark else ''}"
                if says:
                    shape = f"alone-{says[0]}"
            elif size > 1:
                shape = (
                    "text"
                    if 1 - sum(room) / len(room) > 0.6
                    else f"lines-{'in' if least > setting.margin + 1 else 'out'}"
                )
            if setting.listed and len(text) < 120:
                key = letters_of(text)
                seen.append(f"listed={'yes' if len(key) > 3 and key in setting.listed else 'no'}/{place}")
        row.shape, above_ends = shape, ends
        row.seen += whole.observations.numbers(seen)


_ROOM = ("full", "room")


def _step(columns_in: int) -> str:
    return "same" if columns_in == 0 else "in" if columns_in > 0 else "out"


def _stands(
    gap: str, below: str, place: str, inset: str, begins: str, ends: str, letters: str, length: str, words: str
) -> Sequence[str]:
    """Say how a line stands in its stretch, and how it looks."""
    return (
        f"gap={gap}",
        f"below={below}",
        f"place={place}",
        f"indent={inset}",
        f"begins={begins}",
        f"ends={ends}",
        f"letters={letters}",
        f"length={length}",
        f"words={words}",
        f"place+indent={place}{inset}",
        f"place+begins={place}{begins}",
    )


def _follows(stepped: str, had: str, had_own: str, above_ends: str, begins: str, inset: str) -> Sequence[str]:
    """Say how a line follows the one above."""
    return (
        f"step={stepped}",
        f"room={had}",
        f"room-own={had_own}",
        f"above-ends={above_ends}",
        f"room+begins={had}{begins}",
        f"room+step={had}{stepped}",
        f"room+above-ends+begins={had}{above_ends}{begins}",
        f"step+indent={stepped}{inset}",
    )


def _goes_before(stepped: str, had: str) -> Sequence[str]:
    """Say how the line below follows."""
    return f"next-step={stepped}", f"gives-room={had}"


def _neighbours(rows: Sequence[Row], whole: Whole) -> None:
    """Tell each row what stands in the stretches above and below it."""
    starts = [at for at, row in enumerate(rows) if not at or row.gap]
    for n, at in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(rows)
        above = rows[starts[n - 1]] if n else None
        below = rows[end] if end < len(rows) else None
        words = []
        if above is not None:
            words += [f"under={above.shape}", f"under-ends={_class_of_end(rows[at - 1].text)}"]
        else:
            words.append("under=nothing")
        if below is not None:
            words += [
                f"over={below.shape}",
                f"over-gap={whole.gap(below.gap)}",
                f"over-set={bucket(below.indent - rows[at].indent, _INDENT)}",
                f"gaps={whole.gap(rows[at].gap)}{whole.gap(below.gap)}{'1' if end - at == 1 else ''}",
            ]
        else:
            words.append("over=nothing")
        numbers = whole.observations.numbers(words)
        for row in rows[at:end]:
            row.seen += numbers


@dataclass(frozen=True, slots=True)
class Form:
    """Short stretches that are written alike: where they begin and end, and shares of them, from 0 to 1.

    ``over_text``: running text follows; ``wider``: set off farther from what is above than from what is below;
    ``closer``: the other way round; ``unlike``: different words.
    """

    name: str
    members: tuple[tuple[int, int], ...]
    over_text: float
    wider: float
    closer: float
    unlike: float


def _forms(rows: Sequence[Row], whole: Whole) -> list[Form]:
    """Tell each short stretch where those of its form stand.

    Headings of one form stand over text and are unlike each other; signatures come back and close a piece.
    """
    stretches: dict[str, list[tuple[int, int]]] = defaultdict(list)
    starts = [at for at, row in enumerate(rows) if not at or row.gap]
    ends = [*starts[1:], len(rows)]
    for start, end in zip(starts, ends, strict=True):
        if rows[start].form:
            stretches[rows[start].form].append((start, end))
    out: list[Form] = []
    for name, members in stretches.items():
        size = len(members)
        inner = [(rows[start], rows[end]) for start, end in members if end < len(rows)]
        form = Form(
            name,
            tuple(members),
            sum(below.shape == "text" for _, below in inner) / size,
            sum(row.gap > below.gap for row, below in inner) / size,
            sum(row.gap < below.gap for row, below in inner) / size,
            len({rows[start].text.casefold() for start, _ in members}) / size,
        )
        out.append(form)
        often = bucket(size, _OFTEN)
        over_text, wider, unlike = (bucket(share, _SHARE) for share in (form.over_text, form.wider, form.unlike))
        words = (
            f"form-over-text={often}{over_text}",
            f"form-wider={often}{wider}",
            f"form-unlike={often}{unlike}",
            f"form-all={often}{over_text}{wider}{unlike}",
        )
        numbers = whole.observations.numbers(words)
        for start, end in members:
            for row in rows[start:end]:
                row.seen += numbers
    return out
