"""Markup: the signs by which a transcriber showed italics, bold and the like become marks that no text contains.

Which signs are markup shows over the whole text: they come in pairs, at the edges of words. A sign that stands alone,
or inside a word, stays what it is. The marks are those of :data:`pipeline.model.OPENS`;
:mod:`pipeline.arrange.inlines` makes runs of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import NEW_LINE, OPENS, Role, Style

CLOSES = {chr(ord(mark) + 1): style for mark, style in OPENS.items()}
STYLE_MARK = re.compile(f"[\ufdd0-\ufdd7\ufdda-\ufddd{NEW_LINE}\ufde0\ufde1]")
STYLE_MARKS = frozenset([*OPENS, *CLOSES])
_MARK_OF = {style: mark for mark, style in OPENS.items()}

SIGNS = {
    "_": Style.EMPHASIS,
    "__": Style.STRONG,
    "*": Style.STRONG,
    "**": Style.STRONG,
    "=": Style.STRONG,
    "+": Style.EMPHASIS,  # letters set apart: the emphasis of black letter
    "~": Style.EMPHASIS,  # the same
    "`": Style.CODE,
}
_ON_IT = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents: no sign has one
_SIGN = re.compile(
    r"(?:(?<!_)__?(?!_)|(?<!\*)\*\*?(?!\*)|(?<!=)=(?!=)|(?<!\+)\+(?!\+)|(?<!~)~(?!~)|(?<!`)`(?!`))"
    f"(?![{_ON_IT}])"
)
_STOP = re.compile(r"(?<=\w)_[.,;:!?]_(?!\w)")  # in italics by itself, as transcribers leave it behind a roman word
_WITHIN = re.compile(
    r"(?<![\w/@.&=?#])(?:[^\W_]+(_)[^\W_]+\.?(_)|(_)[^\W_]+(_)[^\W_]+)(?![\w/@])"
    r"|(?<=[\d½¼¾⅓⅔⅛])(_)[^\W\d_]{1,4}\.(?: [\d½¼¾/-]+ ?[^\W\d_]{1,4}\.)*(_)(?![\w/@])"
)
"""A word of which a piece is in italics, its beginning or its ending: “14_th_”, “_un_said”, “M_r._”; no name such as
a_b_c. Or what a figure counts, with its point, and sums of that: “6_s._”, “5-1/2_d._”, “20_l. 6s. 8d._”."""
_ANY = re.compile(r"[_*=+~`]")
_ALNUM = re.compile(r"[^\W_]")
_LINE_END = re.compile("\n")
_LONGEST = {"_": 4000, "__": 4000}
_LONG = 200  # characters between two other signs
_TOGETHER = frozenset({Role.VERSE, Role.LETTER})  # lines that stand together, so that markup may go over them
_TOO_MANY = 40  # lines of them
_AT_ONCE = 50_000  # letters; no paragraph of a book has more, and what is found in one takes a hundred times its room
_LISTED = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxlc]{1,6})[.)]\s", re.IGNORECASE)  # its number is not in italics

_OPENS = re.compile(r"[“\"‘'«„]?")
_OPENING_WORD = re.compile(r"([^\W\d_]+)([, ]+)?")
_FIRST_WORDS = 8  # in capitals, with which a chapter may open
_BEHIND = frozenset(" ,;—-")  # what may stand behind the last of them
_ENTRIES = 0.3  # of the other paragraphs open in capitals, too: headwords of a dictionary, names of places


def bare(text: str) -> str:
    """Return ``text`` without marks."""
    return STYLE_MARK.sub("", text)


@dataclass(frozen=True, slots=True)
class _Found:
    """A pair of one sign: where it opens and closes, and the sign."""

    start: int
    end: int
    sign: str


@dataclass(frozen=True)
class Markup:
    """The signs that are markup in one text; ``capitals``: its chapters open with words in capitals."""

    signs: frozenset[str]
    capitals: bool = False

    @cached_property
    def styles(self) -> dict[str, Style]:
        """What each sign stands for. Where two stars are bold, one is italic."""
        own = {sign: SIGNS[sign] for sign in self.signs}
        return own | ({"*": Style.EMPHASIS} if "*" in own and "**" in own else {})


def evidence(roles: Sequence[Role], texts: Sequence[str]) -> Markup:
    """Find out which signs are markup in a text.

    Args:
        roles: what each of ``texts`` is.
        texts: the paragraphs of a text, each as one line.

    """
    pairs: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for start, end in _groups(roles, texts):
        joined = "\n".join(texts[start:end])
        if roles[start] is not Role.SEPARATOR and _ANY.search(joined):
            for text in _parts(joined):
                pieces = dict(
                    _pieces(text)
                )  # what stands within words may be a name: it speaks neither for nor against
                for one in _pairs(text, frozenset(SIGNS), alone):
                    pairs[one.sign] += one.start not in pieces or text[one.end - 1] == "."  # no name ends in a point
    kept = {
        sign
        for sign in pairs
        if pairs[sign] >= max(alone[sign], 1) and (sign in "_`" or pairs[sign] > 1 or not alone[sign])
    }
    return Markup(frozenset(kept), _opens_in_capitals(roles, texts))


def mark(roles: Sequence[Role], texts: Sequence[str], markup: Markup, counts: Counter[str]) -> list[str]:
    """Put marks for the signs of ``markup``; ``counts`` learns how many pairs there were of each style."""
    out: list[str] = []
    for start, end in _groups(roles, texts):
        joined = "\n".join(texts[start:end])
        if markup.signs and roles[start] is not Role.SEPARATOR and _ANY.search(joined):
            joined = "".join(_marked(text, markup, counts) for text in _parts(joined))
            out += joined.split("\n")
        else:
            out += texts[start:end]  # as they are, not the same once more
    if markup.capitals:
        for n in _openings(roles):
            out[n] = _small_capitals(out[n], counts)
    return out


def _groups(roles: Sequence[Role], texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Part texts where no pair goes over: between all but lines that stand together, and what a pair holds together."""
    start = 0
    for n in range(1, len(roles) + 1):
        together = n < len(roles) and roles[n] is roles[n - 1] and n - start < _TOO_MANY
        if not together or not (roles[n] in _TOGETHER or goes_over(texts[n - 1], texts[n])):
            yield start, n
            start = n


def _parts(text: str) -> Iterator[str]:
    """Part a paragraph without end between words, and not within what a sign opens and the next one closes."""
    at = 0
    while len(text) - at > _AT_ONCE:
        end = text.rfind(" ", at, at + _AT_ONCE) + 1
        signs = [found.start() for found in _SIGN.finditer(text, at, end)]
        if len(signs) % 2:
            end = text.rfind(" ", at, signs[-1]) + 1
        end = end if end > at else at + _AT_ONCE
        yield text[at:end]
        at = end
    yield text[at:]


def goes_over(before: str, after: str) -> bool:
    """Tell whether the italics that the last sign of one text opens are closed by the first sign of the next one."""
    if "_" not in before or "_" not in after or _LISTED.match(after):
        return False
    opening, closing = ([found for found in _SIGN.finditer(text) if found[0] == "_"] for text in (before, after))
    if len(opening) % 2 == 0 or len(closing) % 2 == 0:
        return False
    opens, closes = opening[-1], closing[0]
    return not before[opens.end() : opens.end() + 1].isspace() and not after[: closes.start()][-1:].isspace()


def _pairs(text: str, signs: frozenset[str], alone: Counter[str] | None = None) -> list[_Found]:
    """Find the pairs of ``signs``; count in ``alone`` those that stand at the edge of a word without a partner.

    A low line that opens within italics turns them back ("_the wreck of the _Alcyone_ at Ost_"), if both are closed.
    """
    found: list[_Found] = []
    waiting: dict[str, list[int]] = defaultdict(list)
    within = dict(_pieces(text)) if "_" in signs else {}
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign not in signs or (found and match.start() == found[-1].end):
            continue
        if not waiting[sign] and (stop := _STOP.match(text, match.start())):
            found.append(_Found(stop.start(), stop.end() - 1, sign))
            continue
        if not waiting[sign] and match.start() in within:
            found.append(_Found(match.start(), within[match.start()], sign))
            continue
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        opens = bool(after) and not after.isspace() and not _wordy(before)
        closes = bool(before) and not before.isspace() and not _wordy(after)
        start = waiting[sign][-1] if waiting[sign] else None
        if closes and start is not None and _holds(text, start + len(sign), match.start(), sign):
            waiting[sign].pop()
            found.append(_Found(start, match.start(), sign))
        elif opens:
            if start is not None and sign != "_":
                waiting[sign].clear()
                if alone is not None:
                    alone[sign] += 1
            waiting[sign].append(match.start())
        elif closes and alone is not None and not (sign == "*" and _wordy(before)):
            alone[sign] += 1  # a star behind a word is the call of a note
    if alone is not None:
        alone.update({sign: len(left) for sign, left in waiting.items()})
    found.sort(key=lambda one: (one.start, -one.end))
    nested: list[_Found] = []
    around: list[_Found] = []  # those that are open where the next begins, the innermost last
    for one in found:
        while around and around[-1].end < one.start:
            around.pop()
        if not around or one.end < around[-1].end:
            nested.append(one)
            around.append(one)
    return nested


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Find the pieces of words that are in italics: where their two signs stand."""
    for match in _WITHIN.finditer(text):
        first = next(group for group in (1, 3, 5) if match[group])
        yield match.start(first), match.start(first + 1)


def _wordy(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _holds(text: str, start: int, end: int, sign: str) -> bool:
    """Tell whether what stands between two signs can be what they mark."""
    if end - start > _LONGEST.get(sign, _LONG):
        return False
    inside = text[start:end]
    if not _ALNUM.search(inside):
        return False
    if sign in "=+":
        return any(letter.isalpha() for letter in inside) and not re.search(r"\d\s*$|^\s*\d", inside)
    return True


def _marked(text: str, markup: Markup, counts: Counter[str]) -> str:
    marks: dict[int, tuple[int, str]] = {}
    for one in _pairs(text, markup.signs):
        style = markup.styles[one.sign]
        opening = _MARK_OF[style]
        closing = chr(ord(opening) + 1)
        # Markup that goes over several lines is closed and opened again at each end of a line.
        for at in (found.start() for found in _LINE_END.finditer(text, one.start, one.end)):
            before = marks.get(at, (1, "\n"))[1]
            marks[at] = (1, f"{closing}{before}{opening}")
        marks[one.start] = (len(one.sign), opening)
        marks[one.end] = (len(one.sign), closing)
        counts[style.value] += 1
    out: list[str] = []
    reached = 0
    for at in sorted(marks):
        size, sign = marks[at]
        out += (text[reached:at], sign)
        reached = at + size
    return "".join((*out, text[reached:]))


# ----------------------------------------------------------------------------------------------- small capitals


def _openings(roles: Sequence[Role]) -> list[int]:
    """Return the paragraphs that stand right under a heading."""
    return [
        n for n in range(1, len(roles)) if roles[n] is Role.PARAGRAPH and roles[n - 1] in (Role.HEADING, Role.TITLE)
    ]


def _opens_in_capitals(roles: Sequence[Role], texts: Sequence[str]) -> bool:
    """Tell whether chapters open in capitals: three or more do, and most of them, and hardly any other paragraph."""
    openings = set(_openings(roles))
    others = [n for n, role in enumerate(roles) if role is Role.PARAGRAPH and n not in openings]
    shouted = sum(bool(_shouted(texts[n])) for n in openings)
    if shouted < 3 or shouted < 0.6 * len(openings):
        return False
    return sum(bool(_shouted(texts[n])) for n in others) < max(1, _ENTRIES * len(others))


def _shouted(text: str) -> tuple[int, int] | None:
    """Return where the words in capitals stand with which a text opens, the rest of which is in small letters."""
    opens = _OPENS.match(text)
    at = start = opens.end() if opens else 0
    end = 0
    for _ in range(_FIRST_WORDS):
        word = _OPENING_WORD.match(text, at)
        if not word or not word[1].isupper():
            break
        if len(word[1]) > 1 and text[word.end(1) : word.end(1) + 1] in _BEHIND:
            end = word.end(1)
        if not word[2]:
            break
        at = word.end()
    return (start, end) if end and any(letter.islower() for letter in text[end:]) else None


def _small_capitals(text: str, counts: Counter[str]) -> str:
    found = _shouted(text)
    if found is None:
        return text
    start, end = found
    counts[Style.SMALL_CAPS.value] += 1
    opening = _MARK_OF[Style.SMALL_CAPS]
    return f"{text[:start]}{opening}{text[start:end]}{chr(ord(opening) + 1)}{text[end:]}"
