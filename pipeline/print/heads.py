"""Running heads: what stands over the pages of a division whose title is too long for it.

A head is a title in short. One that an editor has given stands as it is (``short="…"`` at the heading in ``book.md``);
else it is the first clause of the title, or ends where a phrase of it ends; never within one (Chicago Manual of Style,
17th ed., 1.11: running heads are shortened so that they keep their sense).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.forms.headings import SHORT_TITLE, is_capital
from pipeline.language import phrases_of
from pipeline.parts import NAMED
from pipeline.print.sheet import HEAD_SIZE, Sheet

_CLAUSE = 8  # letters of a running head that is a clause, or one word, at least
_AIR = 0.8  # of the room: what is shortened need not fill it
_SIGNS = (": ", ". ", "; ", " – ", " — ", "—", "–", ", ", "：", "；", "，")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")  # letters as wide as they are high
_STOP = re.compile(r"(?<!\bNo)(?<!\bNr)(?<!\bVol)(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMrs)\. ")  # that ends a clause


def given_head(section: HtmlElement) -> str:
    """Return the running head that an editor gave a division or section at its heading."""
    return " ".join(section.get(SHORT_TITLE, "").split())


def room(words: str, sheet: Sheet) -> int:
    """Return how many letters a running head has room for, if they are like those of ``words``."""
    share, letter = (0.92, 0.58) if is_capital(words) else (0.8, 1.0 if _WIDE.search(words) else 0.45)
    return int(share * sheet.measure / (letter * HEAD_SIZE * sheet.size))


def short_title(title: str, sheet: Sheet, lang: str = "en") -> str:
    """Return ``title`` in short, as a running head has room for it; nothing if no phrase of it is short enough.

    It has its first clause, or ends before a word of ``lang`` with which a phrase begins: “Of the Absence of Fish”
    for “Of the Absence of Fish in the Upper Reaches of the River”. What is named with the article and a genitive
    (“the absence of …”) is not parted from that, if another end can be had.
    """
    plain = title.strip().rstrip(".:;,")
    most = room(plain, sheet)
    if len(plain) <= most:
        return plain
    if (number := NAMED.match(plain)) and (rest := plain[number.end() :].lstrip(" .:;—–-")):
        return short_title(rest, sheet, lang)  # “Part Two” says less than its words
    for sign in _SIGNS:
        clause, *others = _STOP.split(plain) if sign == ". " else plain.split(sign)
        listed = sign == ", " and (" " not in clause or _is_list(others, lang))
        if _CLAUSE <= len(clause) <= _AIR * most and not listed:
            return clause.rstrip()
    words = plain.split()
    ends = [n for n in range(1, len(words)) if _ends_phrase(words, n, lang) and len(" ".join(words[:n])) <= most]
    good = [n for n in ends if (n > 1 or len(words[0]) >= _CLAUSE) and not _parts_genitive(words, n, lang)]
    airy = [n for n in good if len(" ".join(words[:n])) <= _AIR * most]
    best = airy[-1:] or good[:1] or [n for n in ends if n > 1][:1]
    return " ".join(words[: best[0]]).rstrip(",;:–—") if best else ""


def _is_list(others: Sequence[str], lang: str) -> bool:
    """Tell whether what stands behind a comma is the rest of a list: one part, and behind another comma “and”."""
    return len(others) > 1 and " " not in others[0] and _bare(others[1].split(" ")[0]) in phrases_of(lang).begin


def first_words(title: str, sheet: Sheet) -> str:
    """Return the first words of a title that has no phrase short enough: no head would say nothing at all."""
    most = room(title, sheet)
    words = title[: most + 1].rsplit(" ", 1)[0].rstrip(",;:–— ")
    if len(title) <= most:
        return title
    return words if " " in words else title[: most - 1] + "…"


def _bare(word: str) -> str:
    return word.strip(",;:()“”‘’«»").casefold()


def _ends_phrase(words: Sequence[str], at: int, lang: str) -> bool:
    """Tell whether a phrase may end before the word ``at``, which begins another."""
    phrases = phrases_of(lang)
    before, here, after = (_bare(word) for word in (words[at - 1], words[at], [*words, ""][at + 1]))
    if not phrases.begins(here) or phrases.begins(before) or before in phrases.articles:
        return False
    return here not in phrases.both or phrases.begins(after)  # else it joins two that belong together


def _parts_genitive(words: Sequence[str], at: int, lang: str) -> bool:
    """Tell whether the word ``at`` begins the genitive of what has the article: “the origin | of species”."""
    phrases = phrases_of(lang)
    if not phrases.is_genitive(_bare(words[at])):
        return False
    start = next((n for n in range(at - 1, 0, -1) if _opens(words, n, lang)), 0)
    head = [_bare(word) for word in words[start:at]]
    return any(phrases.has_article(word) for word in head[:2] if word not in phrases.both)


def _opens(words: Sequence[str], at: int, lang: str) -> bool:
    """Tell whether a phrase begins at a word, and no second member of one (“the use or disuse”)."""
    phrases = phrases_of(lang)
    return phrases.begins(_bare(words[at])) and _bare(words[at]) not in phrases.both
