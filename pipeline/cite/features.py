"""What the sequence models see of each word of a citation or footnote; shared by training and use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


Weighed = TypeVar("Weighed", int, tuple[str, ...])  # what is seen: its names, or what these weigh; either may be added


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


def names(*said: str) -> tuple[str, ...]:
    """Return the names of what is seen, as training wants them."""
    return said


class View(Generic[Weighed]):
    """What a model sees of lines of words.

    What is seen of a word by itself is worked out once, and kept: as its names, or as the one number that they weigh.

    Args:
        of: what is kept of names: ``names`` for training, and otherwise the sum of what a model says that they weigh.

    """

    def __init__(self, of: Callable[..., Weighed]) -> None:
        self._of: Callable[..., Weighed] = of
        self._none: Weighed = of()
        self._words: dict[str, _Seen[Weighed]] = {}
        self._forms: dict[tuple[str, str, str], _Form[Weighed]] = {}
        self._letters: dict[str, tuple[Weighed, Weighed, Weighed]] = {}
        self._kept: dict[tuple[object, ...], Weighed] = {}  # what is said again and again
        self._ends: dict[int, Weighed] = {side: of(f"{side:+}") for side in (-2, -1, 1, 2)}
        self._first: list[Weighed] = [of(f"i={i}") for i in range(3)]

    def rows(self, tokens: Sequence[str], whole: bool = True) -> list[Weighed]:
        """Return what is seen of each word: its own form, the words near it, and the cues on both sides.

        Args:
            tokens: the words, as white space parts them.
            whole: whether they are one reference and nothing else: then the place in the line and what the line has in
                all are seen as well.

        """
        words, kept, ends, of = self._words, self._kept, self._ends, self._of
        seen = [words.get(token) or self._look(token) for token in tokens]
        last = len(seen) - 1
        quoted = _quoted(seen)
        right = _cues_behind(seen)
        line = _line(seen, quoted) if whole else ""
        rows: list[Weighed] = []
        part = since = 0
        open_bracket = False
        cue = "start"
        pair = self._none
        for i, one in enumerate(seen):
            form = one.form
            open_bracket = open_bracket or one.opens
            key: tuple[object, ...] = quoted[i], open_bracket, since, form.shape, cue, right[i]
            if (near := kept.get(key)) is None:
                near = kept[key] = of(
                    f"q={'in' if quoted[i] else ''}{open_bracket:d}",
                    f"n={since}{form.shape}",
                    f"L={cue}",
                    f"R={right[i]}",
                    f"LR={cue}|{right[i].partition('>')[0]}",
                )
            row = (
                one.own
                + (seen[i - 1].before if i else ends[-1])
                + (seen[i + 1].after if i < last else ends[1])
                + (seen[i - 2].two_before if i > 1 else ends[-2])
                + (seen[i + 2].two_after if i < last - 1 else ends[2])
                + near
                + pair
            )
            if whole:
                key = 10 * i // (last + 1), min(last - i, 3), part, line
                if (place := kept.get(key)) is None:
                    place = kept[key] = of(
                        f"o={key[0]}", f"c={part}{line}", *((f"j={last - i}",) if last - i < 3 else ())
                    )
                row += place
            if i < 3:
                row += self._first[i]
            if i < last:
                behind = seen[i + 1]
                said = form.pairs.get(behind.form.name) or self._pair(form, behind.form)
                row += said[0]
                pair = said[1] + of(f"ww={one.word}|{behind.word}")
            open_bracket = open_bracket and not one.closes
            cue = form.cue or cue
            if form.ends:
                part, since = min(part + 1, 6), 0
            else:
                since = min(since + 1, 6)
            rows.append(row)
        return rows

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
            self._words.clear()
            self._letters.clear()
        bare = token if token.isalpha() else _EDGES.sub("", token)
        key = _shape(token, bare), _kind(token, bare), _stop_of(token)
        form = self._forms.get(key) or self._forms.setdefault(key, self._formed(*key))
        word = _word_of(token, bare)
        said = _said_of(token, word)
        of = self._of
        own, before, after = form.own + of(f"t={token.casefold()}"), form.before, form.after
        for part in said:
            there, left, right = self._letters.get(part) or self._part(part)
            own, before, after = own + there, before + left, after + right
        one = self._words[token] = _Seen(
            own,
            before,
            after,
            form.two_before + of(*[f"-2{one}" for one in said[:2]]),
            form.two_after + of(*[f"+2{one}" for one in said[:2]]),
            word,
            form,
            "(" in token or "[" in token,
            ")" in token or "]" in token,
            token[:1] in _OPEN,
            len(token) > 1 and any(c in _CLOSE for c in token[-3:]),
        )
        return one

    def _part(self, said: str) -> tuple[Weighed, Weighed, Weighed]:
        """See what a word is by its letters for the first time: on its place, and from both sides."""
        of = self._of
        self._letters[said] = seen = of(said), of(f"-1{said}"), of(f"+1{said}")
        return seen

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
            {},
        )


_REMEMBERED = 1 << 16  # words


def _said_of(token: str, word: str) -> tuple[str, ...]:
    """Return the names of what a word is by its letters: itself, its ends, and how its letters and signs follow."""
    return (
        f"w={word}",
        f"g={_outline(token)}",
        f"p={word[:2]}",
        f"p={word[:3]}",
        f"p={word[:4]}",
        f"x={word[-1:]}",
        f"x={word[-2:]}",
        f"x={word[-3:]}",
        f"x={word[-4:]}",
        f"f={token[:1]}",
        f"z={token[-2:]}",
    )


def _outline(token: str) -> str:
    """Return how letters, figures and signs follow in a word: A for capitals, a for small letters, 0 for figures."""
    said = "".join("A" if c.isupper() else "a" if c.isalpha() else "0" if c.isdigit() else c for c in token[:12])
    return _ALIKE.sub(r"\1\1", said)


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
