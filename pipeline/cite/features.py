"""What the sequence models see of each word of a citation or footnote; shared by training and use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from pipeline.cite.places import is_city_word
from pipeline.cite.words import words

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DIGIT = re.compile(r"\d")
_ALIKE = re.compile(r"(.)\1+")
_YEAR = re.compile(r"\D{0,2}(?:1[5-9]|20)\d\d\D{0,3}")
_RANGE = re.compile(r"\W*\d+\W*[-–—−]\W*\d+\W*")
_INITIALS = re.compile(r"[([]?(?:\w\.-?)+[,;:.)]*")
_ROMAN = re.compile(r"[ivxlc]+|[IVXLC]+")
_MONTH = re.compile(
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter"
    r"|janv|févr|mars|avril|mai|juin|juil|août|märz|dezember|oktober|enero|marzo|mayo|gennaio|maggio|giugno|luglio|maart"
    r"|мая|июн|июл|янв|февр|апр|окт|нояб|дек"
)
_KEYWORDS = {
    word: kind
    for kind, said in {
        "editor": "eds ed editor editors hrsg hg dir coord coords edited red org cura ред сост herausgegeben éd",
        "translator": "trans translated trad übers пер",
        "edition": "edition edn aufl auflage изд",
        "in": "in dans en //",
        "pages": "p pp page pages s с pág págs blz seite seiten sp",
        "volume": "vol volume vols bd band t tome tomo v т",
        "number": "no nr n number issue núm nº n° № heft h вып",
        "press": "press university verlag publishers publishing books éditions editions presses inc ltd company co sons"
        " editora editorial edizioni uitgeverij universidad universidade università издательство изд-во",
        "journal": "journal review revue transactions letters magazine quarterly bulletin annals zeitschrift jahrbuch "
        "archiv"
        " revista rivista cahiers tijdschrift вестник журнал rev j studies society annales",
        "proceedings": "proceedings proc conference symposium workshop conf",
        "genre": "thesis dissertation phd report thèse diss dissertação tesis tesi proefschrift дис",
        "note": "retrieved accessed available forthcoming disponible disponível abgerufen consulté url geraadpleegd "
        "обращения",
        "and": "and & et und y e en и",
        "others": "al",
        "doi": "doi",
        "isbn": "isbn",
        "particle": "von van de der la du den di el ibn le da dos",
        "back": "ibid ibidem ebd ebenda id idem op cit loc a.a.o aao ders dies supra ivi cité préc там соч o.c a.w "
        "t.a.p",
        "see": "see vgl siehe cf cfr voir véase zie ver см ср also compare vedi veda v bei",
        "note number": "fn anm note nn rn footnote",
        "at": "at ch chap para paras ff f sqq insbesondere especially hier",
    }.items()
    for word in said.split()
}
_CUES = frozenset(
    [
        "in",
        "year",
        "volume",
        "pages",
        "press",
        "place",
        "editor",
        "journal",
        "month",
        "proceedings",
        "genre",
        "note",
        "address",
        "number",
        "translator",
        "edition",
        "range",
        "back",
        "see",
    ]
)
_OPEN, _CLOSE = "“\"«„‘'‹‚", "”\"»“’'›‘"
_CLOSERS = frozenset(_CLOSE)


Name = TypeVar("Name", str, bytes)  # of what is seen: as it is called, or as a field knows it


@dataclass(slots=True, eq=False)
class _Form(Generic[Name]):
    """What is seen of all words of one shape, kind and stop: on their place, and from the places beside it."""

    name: str
    own: list[Name]
    before: list[Name]
    after: list[Name]
    two_before: list[Name]
    two_after: list[Name]
    shape: str
    shape_stop: str
    kind_stop: str
    cue: str
    ends: bool
    since: list[list[Name]]  # by the number of words since a part began
    passed: dict[int, list[Name]]  # by what has passed
    pairs: dict[str, tuple[list[Name], list[Name]]]  # by the form behind: what the two say of the one, and of the other


@dataclass(slots=True, eq=False)
class _Seen(Generic[Name]):
    """A word by itself: what is seen of it on its place and from the places beside it."""

    own: list[Name]
    before: list[Name]
    after: list[Name]
    word: str
    form: _Form[Name]
    opens: bool
    closes: bool
    quotes: bool
    quotes_end: bool


class View(Generic[Name]):
    """What a model sees of lines of words, by names.

    What is seen of a word by itself is worked out once, and kept.

    Args:
        short: gives for a name that by which it is wanted, and nothing for one that does not count; ``called`` for
            training.

    """

    def __init__(self, short: Callable[[str], Name | None]) -> None:
        self._short: Callable[[str], Name | None] = short
        of: Callable[..., list[Name]] = self._known
        self._words: dict[str, _Seen[Name]] = {}
        self._forms: dict[tuple[str, str, str], _Form[Name]] = {}
        self._cues: dict[tuple[str, str], list[Name]] = {}  # by the last cue, and the next two
        self._lines: dict[str, list[list[Name]]] = {}  # by what the line has in all, for each place among the parts
        self._within: list[list[Name]] = [of(f"q={quotes}{bracket}") for quotes in ("", "in") for bracket in "01"]
        self._edges: dict[int, list[Name]] = {side: of(f"{side:+}") for side in (-2, -1, 1, 2)}
        self._first: list[list[Name]] = [of(f"i={i}") for i in range(_NEAR_END)]
        self._last: list[list[Name]] = [of(f"j={i}") for i in range(_NEAR_END)]
        self._tenths: list[list[Name]] = [of(f"o={i}") for i in range(10)]
        self._past: list[list[list[Name]]] = [
            [of(f"P={past}", f"Pn={past}|{part}") for part in range(_FAR)] for past in range(2 * _DATED)
        ]

    def _known(self, *names: str) -> list[Name]:
        """Return those names that count, as they are wanted."""
        return list(filter(None, map(self._short, names)))

    def rows(self, tokens: Sequence[str], whole: bool = True) -> list[list[Name]]:
        """Return what is seen of each word: its own form, the words near it, and the cues on both sides.

        Args:
            tokens: the words, as white space parts them.
            whole: whether they are one reference and nothing else: then the place in the line, what has passed and what
                the line has in all are seen as well.

        """
        words, edges, short = self._words, self._edges, self._short
        seen = [words.get(token) or self._look(token) for token in tokens]
        last = len(seen) - 1
        quoted = _quoted(seen)
        right = _cues_behind(seen)
        rows: list[list[Name]] = []
        since = 0
        open_bracket = False
        cue = "start"
        pair: list[Name] = []
        for i, one in enumerate(seen):
            form = one.form
            open_bracket = open_bracket or one.opens
            row = form.own + one.own
            row += self._within[2 * quoted[i] + open_bracket]
            row += form.since[since]
            row += self._cues.get((cue, right[i])) or self._between(cue, right[i])
            row += pair
            if i:
                before = seen[i - 1]
                row += before.form.before
                row += before.before
            else:
                row += edges[-1]
            row += seen[i - 2].form.two_before if i > 1 else edges[-2]
            row += seen[i + 2].form.two_after if i < last - 1 else edges[2]
            if i < last:
                behind = seen[i + 1]
                row += behind.form.after
                row += behind.after
                said = form.pairs.get(behind.form.name) or self._pair(form, behind.form)
                row += said[0]
                both = short(f"ww={one.word}|{behind.word}")
                pair = said[1] + [both] if both else said[1]
            else:
                row += edges[1]
            if i < _NEAR_END:
                row += self._first[i]
            open_bracket = open_bracket and not one.closes
            cue = form.cue or cue
            since = 0 if form.ends else min(since + 1, _MOST)
            rows.append(row)
        if whole:
            self._see_whole(rows, seen, quoted)
        return rows

    def _see_whole(self, rows: list[list[Name]], seen: Sequence[_Seen[Name]], quoted: Sequence[bool]) -> None:
        """Add what is seen of a word of one reference: its place, what has passed, what the line has in all."""
        last = len(seen) - 1
        parts = self._of_line(_line(seen, quoted))
        part = past = since_in = 0
        for i, (row, one) in enumerate(zip(rows, seen, strict=True)):
            form = one.form
            row += self._tenths[10 * i // (last + 1)]
            row += parts[part]
            row += self._past[past][min(since_in, _FAR - 1)]
            if past not in form.passed:
                form.passed[past] = self._known(f"Ps={past}|{form.shape}")
            row += form.passed[past]
            if last - i < _NEAR_END:
                row += self._last[last - i]
            if form.cue == "in":
                past |= _WITHIN
                since_in = 0
            elif form.cue in ("editor", "translator"):
                past |= _EDITED
            elif form.cue == "year" and i < _EARLY * len(seen):
                past |= _DATED
            if quoted[i] and i and (i == last or not quoted[i + 1]):
                past |= _QUOTED
            if form.ends:
                part = min(part + 1, _MOST)
                since_in += 1

    def _between(self, left: str, right: str) -> list[Name]:
        """See two sides for the first time: the last cue, and the next two."""
        said = self._known(f"L={left}", f"R={right}", f"LR={left}|{right.partition('>')[0]}")
        self._cues[left, right] = said
        return said

    def _of_line(self, line: str) -> list[list[Name]]:
        """Return what a line, by what it has in all, says of each place among its parts."""
        if line not in self._lines:
            self._lines[line] = [self._known(f"c={part}{line}") for part in range(_MOST + 1)]
        return self._lines[line]

    def _pair(self, one: _Form[Name], behind: _Form[Name]) -> tuple[list[Name], list[Name]]:
        """See two forms side by side for the first time."""
        of = self._known
        said = (
            of(f"sn={one.shape_stop}|{behind.shape_stop}"),
            of(f"ss={one.shape_stop}|{behind.shape_stop}", f"kk={one.kind_stop}|{behind.kind_stop}"),
        )
        one.pairs[behind.name] = said
        return said

    def _look(self, token: str) -> _Seen[Name]:
        """See a word for the first time."""
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        bare = token if token.isalpha() else _EDGES.sub("", token)
        key = _shape(token, bare), _kind(token, bare), _stop_of(token)
        form = self._forms.get(key) or self._formed(key)
        word, outline = _word_of(token, bare), _outline(token)
        of = self._known
        one = self._words[token] = _Seen(
            of(
                f"w={word}",
                f"t={token.casefold()}",
                f"g={outline}",
                *[f"p={word[:n]}" for n in (2, 3, 4)],
                *[f"x={word[-n:]}" for n in (1, 2, 3, 4)],
            ),
            of(f"-1w={word}", f"-1g={outline}"),
            of(f"+1w={word}", f"+1g={outline}"),
            word,
            form,
            "(" in token or "[" in token,
            ")" in token or "]" in token,
            token[:1] in _OPEN,
            len(token) > 1 and not _CLOSERS.isdisjoint(token[-3:]),
        )
        return one

    def _formed(self, key: tuple[str, str, str]) -> _Form[Name]:
        """See words of one shape, kind and stop for the first time."""
        of = self._known
        shape, kind, stop = key
        shape_stop, kind_stop = f"{shape}{stop}", f"{kind}{stop}"
        s, k = f"s={shape_stop}", f"k={kind_stop}"
        ends = (stop[-1:] in ".,;:?!" and bool(stop) and shape != "initials") or stop.endswith(('"', ")"))
        cue = kind if kind in _CUES else shape if shape in ("year", "range") else ""
        form = self._forms[key] = _Form(
            f"{shape}|{kind}|{stop}",
            of("1", f"s={shape}", f"k={kind}", f"e={stop}", f"ke={kind_stop}", f"se={shape_stop}"),
            of(f"-1{s}", f"-1{k}"),
            of(f"+1{s}", f"+1{k}"),
            of(f"-2{s}", f"-2{k}"),
            of(f"+2{s}", f"+2{k}"),
            shape,
            shape_stop,
            kind_stop,
            cue,
            ends,
            [of(f"n={n}{shape}") for n in range(_MOST + 1)],
            {},
            {},
        )
        return form


def called(name: str) -> str:
    """Return the name of what is seen, as training wants it."""
    return name


_WITHIN, _EDITED, _QUOTED, _DATED = 1, 2, 4, 8  # what has passed: "in", a role, a title in quotation marks, a year
_EARLY = 0.6  # of a line: a year behind it is that of the end
_FAR = 5  # parts behind "in", or behind the beginning: more are not told apart
_REMEMBERED = 1 << 16  # words
_NEAR_END = 3  # words from an end of the line, of which each is seen as such
_MOST = 6  # parts, or words since one began: more are not told apart


def _outline(token: str) -> str:
    """Return how letters, figures and signs follow in a word: A for capitals, a for small letters, 0 for figures."""
    return _shortened(token[:12].translate(_DRAWN))


@lru_cache(maxsize=4096)
def _shortened(drawn: str) -> str:
    return _ALIKE.sub(r"\1\1", drawn)


class _Drawn(dict[int, str]):
    """What stands for each letter, figure and sign in the outline of a word; worked out when one is met."""

    def __missing__(self, letter: int) -> str:
        """Draw a letter that is met for the first time."""
        c = chr(letter)
        self[letter] = drawn = "A" if c.isupper() else "a" if c.isalpha() else "0" if c.isdigit() else c
        return drawn


_DRAWN = _Drawn()


def _word_of(token: str, bare: str) -> str:
    """Return a word without its stops, in small letters, with 0 for each figure."""
    word = bare.casefold() if bare.isascii() else unicodedata.normalize("NFC", bare.casefold())
    return (word if word.isalpha() else _DIGIT.sub("0", word)) or token[:3]


def _stop_of(token: str) -> str:
    """Return the stop that ends a word, with that before a closing quotation mark, and a bracket that opens it."""
    stop = token[-1:] if token[-1:] and not token[-1].isalnum() else ""
    if stop in _CLOSE and len(token) > 1 and token[-2] in ".,;:":
        stop = token[-2] + '"'
    return f"({stop}" if token[:1] in "([" else stop


def _shape(token: str, bare: str) -> str:
    if not bare:
        return "mark"
    if not bare.isalpha() and _DIGIT.search(bare):
        if not bare[0].isdigit():
            return "mixed"
        return "year" if _YEAR.fullmatch(token) else "range" if _RANGE.fullmatch(token) else f"d{min(len(bare), 5)}"
    if "." in token and _INITIALS.fullmatch(token):
        return "initials"
    if bare.isupper():
        return "A" if len(bare) == 1 else "AA" if len(bare) == 2 else "AAA"
    if bare[0].isupper():
        return "Aa" if bare[1:].islower() else "AaA"
    return "a"


def _kind(token: str, bare: str) -> str:
    word = bare.casefold()
    if "://" in token or word.startswith(("www.", "doi:", "10.")):
        return "address"
    if not bare.isalpha() and _DIGIT.search(bare):
        return "year" if _YEAR.fullmatch(token) else _KEYWORDS.get(word, "")
    if kind := _KEYWORDS.get(word or token):
        return kind
    if bare in words("given"):
        return "given"
    if is_city_word(bare):
        return "place"
    if _MONTH.match(word) and (
        _MONTH.fullmatch(word) or (bare[:1].isupper() and len(word) > 4 and word[-1] in "yhltroeя")
    ):
        return "month"
    if word in words("small"):
        return "small"
    if word in words("bodies"):
        return "body"
    return "roman" if bare[:1] in "ivxlcIVXLC" and _ROMAN.fullmatch(bare) else ""


def _quoted(seen: Sequence[_Seen[Name]]) -> list[bool]:
    """Tell of each word whether it stands inside quotation marks."""
    inside, out = False, []
    for one in seen:
        inside = inside or one.quotes
        out.append(inside)
        inside = inside and not one.quotes_end
    return out


def _cues_behind(seen: Sequence[_Seen[Name]]) -> list[str]:
    """For each word, the next two cues of different kinds on its right."""
    out = [""] * len(seen)
    first, second = "end", "end"
    for i in range(len(seen) - 1, -1, -1):
        out[i] = f"{first}>{second}"
        if seen[i].form.cue and seen[i].form.cue != first:
            first, second = seen[i].form.cue, first
    return out


def _line(seen: Sequence[_Seen[Name]], quoted: Sequence[bool]) -> str:
    """Say what the line has in all, a letter for each: that of a book, a chapter, an article, a page on the net."""
    cues = {one.form.cue for one in seen}
    half = len(seen) // 2
    signs = {
        "i": "in" in cues,
        "p": "press" in cues,
        "l": "place" in cues,
        "u": "address" in cues,
        "q": any(quoted),
        "e": "editor" in cues,
        "s": bool(cues & {"pages", "range"}),
        "v": bool(cues & {"volume", "number"}),
        "y": any(one.form.shape == "year" for one in seen[1:half]),
        "n": any(one.form.shape in ("mixed", "d1", "d2", "d3") for one in seen[half:]),
        "c": "proceedings" in cues,
    }
    return "".join(sign for sign, there in signs.items() if there)
