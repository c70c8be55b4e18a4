"""Slips: words that a machine misread, told by the text's own words; they are findings, nothing is changed.

A machine that reads print takes ``m`` for ``rn``, ``h`` for ``li``, ``l`` for ``1``. A word is in doubt that stands in
the text hardly ever, has letters in an order that no other word of it has, and by one such confusion is a word which
stands there often; or that is two of its words run together behind a capital ("Ihave").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.kinds.pages.leaves import Row
from pipeline.report import Report

__all__ = ["find_slips"]

_CONFUSED = (
    ("rn", "m"), ("m", "rn"), ("li", "h"), ("h", "li"), ("1", "l"), ("1", "i"), ("0", "o"), ("vv", "w"), ("cl", "d"),
    ("d", "cl"), ("ii", "n"), ("c", "e"), ("e", "c"), ("tb", "th"), ("tlie", "the"), ("ri", "n"), ("n", "ri"),
    ("f", "t"), ("b", "h"), ("5", "s"), ("6", "b"), ("9", "g"), ("l", "i"), ("fi", "h"), ("ni", "m"), ("in", "m"),
)  # fmt: skip
"""What a machine says and what is printed, in the order in which machines misread; both as in print."""

_WORD = re.compile(r"(?<![’'‘\w])[^\W_]+(?:[’'][^\W_]+)*")
_GLUED = re.compile(r"^[IT](?=[a-z]{2,}$)")
_I_AND_WORD = re.compile(r"\bI ([a-z]{2,})\b")
_OFTEN = 4  # times; the word that is meant stands in the text as often
_RARE = 0.1  # of that; the word in doubt stands no more often
_SHORTEST = 4  # letters; shorter words are too like one another
_TOLD = 200  # findings; more say nothing new


@dataclass(frozen=True, slots=True)
class _Slip:
    word: str
    meant: str
    lines: tuple[int, ...]


def find_slips(rows: Sequence[Row], report: Report) -> None:
    """Tell of each word in doubt once, on the first line that has it: what it may be, and how often it stands."""
    for slip in _slips(rows):
        report.find("misread-word", slip.lines[0], word=slip.word, meant=slip.meant, times=len(slip.lines))


def _slips(rows: Sequence[Row]) -> Iterator[_Slip]:
    places: dict[str, list[int]] = {}
    halves = False
    for row in rows:
        words = _WORD.findall(row.text)
        for word in words[halves : len(words) - row.text.endswith(("-", "\xad"))]:  # not the halves of broken words
            places.setdefault(word, []).append(row.number)
        halves = row.text.endswith(("-", "\xad"))
    said = Counter(found.casefold() for row in rows for found in _I_AND_WORD.findall(row.text))
    folded = Counter[str]()
    for word, lines in places.items():
        folded[word.casefold()] += len(lines)
    orders: dict[str, set[str]] = {}
    for word in folded:
        for order in _orders(word):
            orders.setdefault(order, set()).add(word)
    told = 0
    for word, lines in places.items():
        odd = any(len(orders[order]) == 1 for order in _orders(word.casefold()))
        meant = _parted(word, folded, said) or (_meant(word, folded) if odd else "")
        if meant and told < _TOLD:
            told += 1
            yield _Slip(word, meant, tuple(lines))


def _orders(word: str) -> Iterator[str]:
    """Return the runs of three letters in a word, its beginning and end being letters too."""
    marked = f"^{word}$"
    return (marked[at : at + 3] for at in range(len(marked) - 2))


def _parted(word: str, known: Counter[str], said: Counter[str]) -> str:
    """Part "Ihave" and "Thave", where the text says "I have" often; it hardly says "I own", and "Town" is a word.

    ``known``: how often each word stands in the text; ``said``: how often each stands behind "I".
    """
    glued = _GLUED.match(word)
    if not glued or known[word.casefold()] > 2 or said[word[1:]] < _OFTEN:
        return ""
    return f"I {word[1:]}"


def _meant(word: str, known: Counter[str]) -> str:
    """Return what a word was in print, if it is likely to be misread; else nothing."""
    plain = word.casefold()
    most = known[plain]
    if len(plain) < _SHORTEST or word.isupper() or plain.isdigit():
        return ""
    found: Counter[str] = Counter()
    for said, printed in _CONFUSED:
        start = plain.find(said)
        while start >= 0:
            other = f"{plain[:start]}{printed}{plain[start + len(said) :]}"
            if known[other] >= max(_OFTEN, most / _RARE):
                found[other] = known[other]
            start = plain.find(said, start + 1)
    if not found:
        return ""
    best = found.most_common(1)[0][0]
    return best[0].upper() + best[1:] if word[0].isupper() else best
