"""What the sequence models see of each word of a citation or footnote; shared by training and use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from pipeline.cite.field import SIDES
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


Weighed = TypeVar("Weighed", int, tuple[str, ...])  # what is seen: its names, or what these weigh; either may be added


class Scale(Protocol[Weighed]):
    """What is kept of the names of what is seen: what they weigh, or they themselves."""

    def weight(self, *names: str) -> Weighed:
        """Return what names weigh together."""

    def around(self, *names: str) -> Weighed:
        """Return what names of a word weigh together on all sides; such may be added as well, and then be parted."""

    def parted(self, around: Weighed) -> Sequence[Weighed]:
        """Return what a word weighs on its own place, and what on each of the other ``field.SIDES``."""


class Names:
    """The names themselves, as training wants them."""

    def weight(self, *names: str) -> tuple[str, ...]:
        """Return the names."""
        return names

    def around(self, *names: str) -> tuple[str, ...]:
        """Return the names, without a side."""
        return names

    def parted(self, around: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the names as they are seen on each side: all on the word's own place, few from two places away."""
        seen = (around, *[tuple(name for name in around if name[0] in far) for far in (_BESIDE, _BESIDE, _AFAR, _AFAR)])
        return [tuple(side + name for name in names) for side, names in zip(SIDES, seen, strict=True)]


_BESIDE, _AFAR = "wgpxfz", "wg"  # what of a word is seen from the next place, and from two places away


@dataclass(slots=True, eq=False)
class _Form(Generic[Weighed]):
    """What is seen of all words of one shape, kind and stop: on their place, and from the places beside it."""

    name: str
    own: Weighed
    before: Weighed
    after: Weighed
    two_before: Weighed
    two_after: Weighed
    shape: str
    shape_stop: str
    kind_stop: str
    cue: str
    ends: bool
    since: list[Weighed]  # by the number of words since a part began
    pairs: dict[str, tuple[Weighed, Weighed]]  # by the form behind: what the two say of the one, and of the other


@dataclass(slots=True, eq=False)
class _Seen(Generic[Weighed]):
    """A word by itself: what is seen of it on its place and from the places beside it, with that of its form."""

    own: Weighed
    before: Weighed
    after: Weighed
    two_before: Weighed
    two_after: Weighed
    word: str
    form: _Form[Weighed]
    opens: bool
    closes: bool
    quotes: bool
    quotes_end: bool


class View(Generic[Weighed]):
    """What a model sees of lines of words.

    What is seen of a word by itself is worked out once, and kept: as its names, or as the one number that they weigh.

    Args:
        scale: ``Names`` for training, and otherwise the ``Field`` that says what they weigh.

    """

    def __init__(self, scale: Scale[Weighed]) -> None:
        self._of: Callable[..., Weighed] = scale.weight
        of = self._of
        self._around: Callable[..., Weighed] = scale.around
        self._parted: Callable[[Weighed], Sequence[Weighed]] = scale.parted
        self._none: Weighed = of()
        self._words: dict[str, _Seen[Weighed]] = {}
        self._forms: dict[tuple[str, str, str], _Form[Weighed]] = {}
        self._starts: dict[str, Weighed] = {}  # by the first four letters of a word
        self._ends: dict[str, Weighed] = {}  # by the last four
        self._cues: dict[tuple[str, str], Weighed] = {}  # by the last cue, and the next two
        self._lines: dict[str, list[Weighed]] = {}  # by what the line has in all, for each place among the parts
        self._within: list[Weighed] = [of(f"q={quotes}{bracket}") for quotes in ("", "in") for bracket in "01"]
        self._edges: dict[int, Weighed] = {side: of(f"{side:+}") for side in (-2, -1, 1, 2)}
        self._first: list[Weighed] = [of(f"i={i}") for i in range(_NEAR_END)]
        self._last: list[Weighed] = [of(f"j={i}") for i in range(_NEAR_END)]
        self._tenths: list[Weighed] = [of(f"o={i}") for i in range(10)]

    def rows(self, tokens: Sequence[str], whole: bool = True) -> list[Weighed]:
        """Return what is seen of each word: its own form, the words near it, and the cues on both sides.

        Args:
            tokens: the words, as white space parts them.
            whole: whether they are one reference and nothing else: then the place in the line and what the line has in
                all are seen as well.

        """
        words, edges, of = self._words, self._edges, self._of
        seen = [words.get(token) or self._look(token) for token in tokens]
        last = len(seen) - 1
        quoted = _quoted(seen)
        right = _cues_behind(seen)
        parts = self._of_line(_line(seen, quoted)) if whole else []
        rows: list[Weighed] = []
        part = since = 0
        open_bracket = False
        cue = "start"
        pair = self._none
        for i, one in enumerate(seen):
            form = one.form
            open_bracket = open_bracket or one.opens
            row = (
                one.own
                + (seen[i - 1].before if i else edges[-1])
                + (seen[i + 1].after if i < last else edges[1])
                + (seen[i - 2].two_before if i > 1 else edges[-2])
                + (seen[i + 2].two_after if i < last - 1 else edges[2])
                + self._within[2 * quoted[i] + open_bracket]
                + form.since[since]
                + (self._cues.get((cue, right[i])) or self._between(cue, right[i]))
                + pair
            )
            if whole:
                row += self._tenths[10 * i // (last + 1)]
                row += parts[part]
                if last - i < _NEAR_END:
                    row += self._last[last - i]
            if i < _NEAR_END:
                row += self._first[i]
            if i < last:
                behind = seen[i + 1]
                said = form.pairs.get(behind.form.name) or self._pair(form, behind.form)
                row += said[0]
                pair = said[1] + of(f"ww={one.word}|{behind.word}")
            open_bracket = open_bracket and not one.closes
            cue = form.cue or cue
            if form.ends:
                part, since = min(part + 1, _MOST), 0
            elif since < _MOST:
                since += 1
            rows.append(row)
        return rows

    def _between(self, left: str, right: str) -> Weighed:
        """See two sides for the first time: the last cue, and the next two."""
        said: Weighed = self._of(f"L={left}", f"R={right}", f"LR={left}|{right.partition('>')[0]}")
        self._cues[left, right] = said
        return said

    def _of_line(self, line: str) -> list[Weighed]:
        """Return what a line, by what it has in all, says of each place among its parts."""
        if line not in self._lines:
            self._lines[line] = [self._of(f"c={part}{line}") for part in range(_MOST + 1)]
        return self._lines[line]

    def _pair(self, one: _Form[Weighed], behind: _Form[Weighed]) -> tuple[Weighed, Weighed]:
        """See two forms side by side for the first time."""
        of = self._of
        said = (
            of(f"sn={one.shape_stop}|{behind.shape_stop}"),
            of(f"ss={one.shape_stop}|{behind.shape_stop}", f"kk={one.kind_stop}|{behind.kind_stop}"),
        )
        one.pairs[behind.name] = said
        return said

    def _look(self, token: str) -> _Seen[Weighed]:
        """See a word for the first time."""
        if len(self._words) >= _REMEMBERED:
            for met in (self._words, self._starts, self._ends):
                met.clear()
        bare = token if token.isalpha() else _EDGES.sub("", token)
        key = _shape(token, bare), _kind(token, bare), _stop_of(token)
        form = self._forms.get(key) or self._forms.setdefault(key, self._formed(*key))
        word = _word_of(token, bare)
        start, end = word[:4], word[-4:]
        own, before, after, two_before, two_after = self._parted(
            self._around(
                f"w={word}", f"t={token.casefold()}", f"g={_outline(token)}", f"f={token[:1]}", f"z={token[-2:]}"
            )
            + (self._starts.get(start) or self._start(start))
            + (self._ends.get(end) or self._end(end))
        )
        one = self._words[token] = _Seen(
            form.own + own,
            form.before + before,
            form.after + after,
            form.two_before + two_before,
            form.two_after + two_after,
            word,
            form,
            "(" in token or "[" in token,
            ")" in token or "]" in token,
            token[:1] in _OPEN,
            len(token) > 1 and not _CLOSERS.isdisjoint(token[-3:]),
        )
        return one

    def _start(self, start: str) -> Weighed:
        """See a word that begins like this for the first time."""
        said: Weighed = self._around(*[f"p={start[:n]}" for n in (2, 3, 4)])
        self._starts[start] = said
        return said

    def _end(self, end: str) -> Weighed:
        """See a word that ends like this for the first time."""
        said: Weighed = self._around(*[f"x={end[-n:]}" for n in (1, 2, 3, 4)])
        self._ends[end] = said
        return said

    def _formed(self, shape: str, kind: str, stop: str) -> _Form[Weighed]:
        """See words of one shape, kind and stop for the first time."""
        of = self._of
        shape_stop, kind_stop = f"{shape}{stop}", f"{kind}{stop}"
        s, k = f"s={shape_stop}", f"k={kind_stop}"
        ends = (stop[-1:] in ".,;:?!" and bool(stop) and shape != "initials") or stop.endswith(('"', ")"))
        cue = kind if kind in _CUES else shape if shape in ("year", "range") else ""
        return _Form(
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
        )


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
    if _DIGIT.search(bare):
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
    if _DIGIT.search(bare):
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


def _quoted(seen: Sequence[_Seen[Weighed]]) -> list[bool]:
    """Tell of each word whether it stands inside quotation marks."""
    inside, out = False, []
    for one in seen:
        inside = inside or one.quotes
        out.append(inside)
        inside = inside and not one.quotes_end
    return out


def _cues_behind(seen: Sequence[_Seen[Weighed]]) -> list[str]:
    """For each word, the next two cues of different kinds on its right."""
    out = [""] * len(seen)
    first, second = "end", "end"
    for i in range(len(seen) - 1, -1, -1):
        out[i] = f"{first}>{second}"
        if seen[i].form.cue and seen[i].form.cue != first:
            first, second = seen[i].form.cue, first
    return out


def _line(seen: Sequence[_Seen[Weighed]], quoted: Sequence[bool]) -> str:
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
