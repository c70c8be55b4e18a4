"""Interviews that name nobody, or only who answers: a question by itself, and below it the answer up to the next one.

Three forms are printed: questions set off in bold or italics; plain ones, under a head that says that it is an
interview; and answers under a name in capitals without any stop, questions under none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.kinds.paragraphs import goes_on, paragraphs, width_of
from pipeline.model import Line

__all__ = ["Interview", "interview_of"]

_SAYS_SO = re.compile(
    r"\binterview|\bentretien\b|\bpropos recueillis\b|\bentrevista|\bintervista|\bconversation with\b"
    r"|\bin conversation\b|\bgespräch mit\b|\bim gespräch\b|\bconversa(?:ción|zione)? (?:con|com)\b|\bgesprek\b"
    r"|\brozmow[aęy] z\b|\bwywiad|\bинтервью\b|\bбесед[аы] с\b|\bразговор с\b|\bröportaj|\bsöyleşi"
    r"|访谈|訪談|专访|專訪|采访|インタビュー|対談|聞き手|인터뷰|대담|ראיון|مقابلة|حوار مع",
    re.IGNORECASE,
)
_SET_OFF = re.compile(r"^(?P<sign>\*{1,3}|_{1,3})(?P<words>[^*_].*[^*_\s])(?P=sign)$")
_ASKS = re.compile(r"[?？؟;][\"”»’')*_]*$")
_NAMED = re.compile(
    r"^(?P<name>[^\W\d_a-z]{3,20}(?: [^\W\d_a-z]{2,20}){0,2})\s+"
    r"(?P<words>(?:[(\[][^()\[\]]{1,40}[)\]]\s?)?[^\W\d_a-z]?[a-zß-öø-ÿа-яё].*|[«“\"„»(].*)$"
)
_SPOKEN = re.compile(r"^[\"“„«»‘「『—–-]")
_FEW = 3
_FRONT = 10  # paragraphs; a head and a few words before the first question are not more
_HEAD = 160  # characters; who says that it is an interview says it shortly
_QUESTION = 400  # characters
_ASKING = 0.25  # of the paragraphs ask, where nothing but their stop shows it
_AT_MOST = 0.6
_MOST = 0.6
_QUOTING = 0.1  # of the paragraphs open as speech in a tale does


@dataclass(frozen=True, slots=True)
class Interview:
    """The questions by their first line, each paragraph's first line, and before which answers which name stands."""

    asks: frozenset[int]
    opens: frozenset[int]
    first: int
    reason: str
    names: Mapping[int, str] = field(default_factory=dict)


def interview_of(lines: Sequence[Line]) -> Interview | None:
    """Find the questions of an interview; nothing where the text is none."""
    parts = _parts(lines)
    if len(parts) < 2 * _FEW:
        return None
    texts = [" ".join(line.text.strip() for line in part) for part in parts]
    told = any(_SAYS_SO.search(text) for text in texts[:_FRONT] if len(text) <= _HEAD)
    opens = frozenset(part[0].number for part in parts)
    if named := _answers(parts, texts, opens):
        return named
    if not told:
        return None
    asks = [n for n, text in enumerate(texts) if _SET_OFF.match(text) and len(text) <= _QUESTION]
    asking = [n for n in asks if _ASKS.search(texts[n])]
    if len(asking) >= _FEW:
        asks = [n for n in asks if n >= asking[0]]
        apart = sum(b - a > 1 for a, b in pairwise(asks))
        if len(asking) >= _MOST * len(asks) and apart >= _MOST * (len(asks) - 1) and asking[0] < _FRONT:
            return _found(parts, asks, opens, f"{len(asks)} paragraphs set off ask, and what stands below answers")
    asks = []
    for n, text in enumerate(texts):
        if _ASKS.search(text) and len(text) <= _QUESTION and not _SPOKEN.match(text) and n - 1 not in asks:
            asks.append(n)  # what stands below a question answers it, whatever its stop
    if len(asks) < _FEW or asks[0] >= _FRONT or asks[-1] == len(parts) - 1:
        return None
    inside = len(parts) - asks[0]
    quoting = sum(bool(_SPOKEN.match(text)) for text in texts[asks[0] :])
    if not _ASKING * inside <= len(asks) <= _AT_MOST * inside or quoting > _QUOTING * inside:
        return None
    return _found(parts, asks, opens, f"it says that it is an interview, and {len(asks)} paragraphs ask")


def _found(parts: Sequence[Sequence[Line]], asks: Sequence[int], opens: frozenset[int], reason: str) -> Interview:
    numbers = frozenset(parts[n][0].number for n in asks)
    return Interview(numbers, opens, min(numbers), reason)


def _answers(parts: Sequence[Sequence[Line]], texts: Sequence[str], opens: frozenset[int]) -> Interview | None:
    """Find answers that open with one name in capitals: right above most of them stands what asks."""
    found = {n: one["name"] for n, text in enumerate(texts) if (one := _NAMED.match(text))}
    name, times = next(iter(Counter(found.values()).most_common(1)), ("", 0))
    answers = [n for n, one in found.items() if one == name and n and n - 1 not in found]
    asking = sum(bool(_ASKS.search(texts[n - 1])) for n in answers)
    if len(answers) < _FEW or len(answers) < times or 2 * asking < len(answers) or 4 * times < len(parts):
        return None
    asks = frozenset(parts[n - 1][0].number for n in answers)
    names = {parts[n][0].number: name for n in answers}
    return Interview(asks, opens, min(asks), f"{times} answers open with one name, and what stands above asks", names)


def _parts(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut the text into paragraphs: at blank lines, and at the ends of lines where these were not wrapped."""
    width = width_of(lines)
    out: list[list[Line]] = []
    for run in paragraphs(lines):
        part: list[Line] = []
        for line in run:
            if part and not goes_on(part[-1].text, line.text, width):
                out.append(part)
                part = []
            part.append(line)
        out.append(part)
    return out
