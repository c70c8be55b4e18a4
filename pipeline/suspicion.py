"""Suspicions: what only the whole book shows, and an editor wants to see; nothing is changed.

Paragraphs that stand twice, titles said again, chapters that a number misses, names and works spelt in several ways,
answers that are missing, words cut in two, quotation marks of another language. As with damage, each rule is kept so
narrow that most of what it finds is worth a look.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.cite.doubles import titles
from pipeline.damage import Paragraph, inspect_text, paragraphs_of
from pipeline.label.features import strip_marker
from pipeline.label.headlines import number_of
from pipeline.language import foreign_passage, signs_for
from pipeline.lexicon import Lexicon
from pipeline.model import Decision, Heading, ItemList, Line, Role, Run
from pipeline.parts import INDEX_TITLE
from pipeline.report import Report

if TYPE_CHECKING:
    from pipeline.build import Reading

LEAST = 120
"""Letters of a paragraph that is no formula, so that it is worth a word when it stands twice."""

RUN, LONG = 5, 6
"""Words in a row by which paragraphs that may be one are found; and letters of the words with which such runs begin:
two paragraphs that are nearly one share far more than these."""

SHARED, TRIED = 2, 4
NEARLY = 92.0
"""Runs that two paragraphs share before they are compared, with how many others, and how alike (of 100)."""

OFTEN = 3
"""Times that a word stands whole before two halves of it are taken for one."""

NEAR = 4
"""Lines between two headings that nothing parts but blank lines."""

STRAY = 0.02
"""Share of the quotation marks below which those of another language are strays."""

INDEX, BLIND = 12, 0.1
"""Entries of an index that is worth a word, and how many of them at most have a figure if it has no pages."""

PAGED, SEEN = 5, 0.5
"""The same of one that has them: entries, and how many of its lines at least have a figure."""

TURNS = 6
"""Questions and answers in turn before one that is missing is missed."""

_QUESTION = re.compile(r"^(?:Q|QUESTION|Question|F|FRAGE|Frage|В|ВОПРОС|Вопрос|P|PREGUNTA|DOMANDA|D)[.:] ")
_ANSWER = re.compile(r"^(?:A|ANSWER|Answer|ANTWORT|Antwort|О|ОТВЕТ|Ответ|R|RESPUESTA|RISPOSTA|RÉPONSE)[.:] ")
_NUMBERED = re.compile(r"^(?P<word>[^\W\d_]{4,}|)\s*(?P<number>\d{1,3}|[IVXLC]{1,7})(?:[.:\s]|$)")
_WORD = re.compile(r"[^\W\d_]+")


def inspect_book(reading: Reading, report: Report) -> None:
    """Look for damage in the wording, line by line, and for what only the whole shows.

    Args:
        reading: the text as it was read.
        report: gets the findings.

    """
    inspect_wording(reading.lines, reading.decisions, reading.lang, report)
    inspect_making(reading, report)


def inspect_wording(lines: Sequence[Line], decisions: Sequence[Decision], lang: str, report: Report) -> None:
    """Look for what the lines and what they are show; ``lang``: the language of the book."""
    paragraphs = paragraphs_of(lines, decisions)
    inspect_text(paragraphs, report, lang)
    for line, other in _twice(paragraphs):
        report.find("paragraph-twice", line, other=other)
    for line, text in _announced(paragraphs):
        report.find("list-empty", line, text=text)
    for line, speaker in _unanswered(paragraphs):
        report.find("answer-missing", line, speaker=speaker)
    for line, sign in _strays(paragraphs, lang):
        report.find("quote-foreign", line, sign=sign)
    lexicon = Lexicon.of(lines, decisions)
    for name in lexicon.names():
        report.find("name-spelt", name.lines[0], word=name.said, meant=name.meant, times=len(name.lines))
    for line, first, second in _cut(lines, lexicon.places):
        report.find("word-cut", line, first=first, second=second)


def inspect_making(reading: Reading, report: Report) -> None:
    """Look for what only the book shows that was made of them."""
    for code, line, count in _indexes(reading):
        report.find(code, line, entries=count)
    _headings([one for one in reading.book.elements if isinstance(one, Heading)], report)
    for spelt in titles(reading.book.works.values(), reading.citations):
        for field, values in spelt.disagree.items():
            shown = "; ".join(f"“{value}” {times} times" for value, times in values[:3])
            report.find("work-disagrees", spelt.lines[0], field=field, work=spelt.work.id, values=shown)
        for double in spelt.doubles:
            if double > spelt.work.id:
                report.find("work-double", spelt.lines[0], work=spelt.work.id, other=double)


# ------------------------------------------------------------------------------------------------- paragraphs


def _indexes(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Yield the code, first line and entries of each index without page numbers, or with those of the source."""
    text = {line.number: line.text for line in reading.lines}
    for heading, entries in pairwise(reading.book.elements):
        if not (isinstance(heading, Heading) and isinstance(entries, ItemList)):
            continue
        if INDEX_TITLE.match(_text(heading).strip().rstrip(".:")):
            numbered = sum(bool(re.search(r"\d", text[line])) for line in entries.lines)
            if len(entries.items) >= INDEX and numbered < BLIND * len(entries.items):
                yield "index-without-pages", entries.lines[0], len(entries.items)
            elif len(entries.items) >= PAGED and numbered >= SEEN * len(entries.lines):
                yield "index-of-source", entries.lines[0], len(entries.items)


def _twice(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the lines of paragraphs that stand twice, though not quite alike or far apart, each with the first one."""
    running = [one for one in paragraphs if one.role is Role.PARAGRAPH and len(one.text) >= LEAST]
    texts = [_WORD.findall(one.text.casefold()) for one in running]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, words in enumerate(texts):
        shared: Counter[int] = Counter()
        for key in dict.fromkeys(_runs(words)):
            if others := holders.get(key):
                shared.update(others[:TRIED])
            holders[key].append(n)
        for other, times in shared.most_common(TRIED):
            longest = max(len(words), len(texts[other]))
            near = times >= SHARED and abs(len(words) - len(texts[other])) * 5 <= longest
            if near and fuzz.ratio(" ".join(words), " ".join(texts[other]), score_cutoff=NEARLY):
                yield running[n].lines[0], running[other].lines[0]
                break


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of words that begin with a long one."""
    starts = (n for n, word in enumerate(words[: 1 - RUN]) if len(word) >= LONG)
    return (tuple(words[n : n + RUN]) for n in starts)


def _announced(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Yield what announces something that does not follow, at the end of a part or of the text; and bare markers."""
    for one, after in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        announces = one.role is Role.PARAGRAPH and one.text.endswith(":")
        if announces and (after is None or after.role is Role.TITLE):
            yield one.lines[-1], one.text[-48:]
        elif one.role is Role.ITEM and not _WORD.search(strip_marker(one.text)[1]):
            yield one.lines[0], one.text


def _unanswered(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Yield questions that nothing answers, where questions and answers stand in turn."""
    turns = [one for one in paragraphs if _QUESTION.match(one.text) or _ANSWER.match(one.text)]
    asked = [bool(_QUESTION.match(one.text)) for one in turns]
    changes = sum(one != other for one, other in pairwise(asked))
    if changes < TURNS or changes < 0.8 * (len(turns) - 1):
        return
    for one, again, turn in zip(asked, asked[1:], turns, strict=False):
        if one and again:
            yield turn.lines[0], turn.text.split(maxsplit=1)[0]


def _strays(paragraphs: Sequence[Paragraph], lang: str) -> Iterator[tuple[int, str]]:
    """Yield quotation marks that open as another language writes them, where the text has its own."""
    own = signs_for(lang)
    mine = {own.quotes[0].strip(), own.inner[0].strip()}
    counts: Counter[str] = Counter()
    for one in paragraphs:
        for sign in "“«„":
            counts[sign] += one.text.count(sign)
    total = sum(counts.values())
    for sign in "“«„":
        if sign in mine or not 0 < counts[sign] <= STRAY * total:
            continue
        for one in paragraphs:
            if sign in one.text and not foreign_passage(one.text, lang):
                yield one.line_at(one.text.index(sign)), sign


# --------------------------------------------------------------------------------------------------- headings


def _headings(headings: Sequence[Heading], report: Report) -> None:
    """Look for titles that are said again right below, and for numbers that are left out."""
    for above, below in pairwise(headings):
        said, again = _folded(above), _folded(below)
        near = below.lines and above.lines and below.lines[0] - above.lines[-1] <= NEAR
        if near and len(again) > 3 and (said == again or said.endswith(f" {again}")):
            report.find("title-repeated", below.lines[0], other=above.lines[0], text=_text(below))
    last: dict[tuple[int, str], int] = {}
    counted: Counter[tuple[int, str]] = Counter()
    for one in headings:
        found = _NUMBERED.match(_text(one))
        if found is None or not one.lines:
            continue
        form, number = (one.level, found["word"].casefold()), number_of(found["number"])
        before = last.get(form, 0)
        if number > before + 1 and counted[form] >= 2:
            report.find("number-skips", one.lines[0], text=_text(one), before=before)
        counted[form] = counted[form] + 1 if number == before + 1 else 0
        last[form] = number


def _text(one: Heading) -> str:
    return "".join(part.text for part in one.inlines if isinstance(part, Run)).strip()


def _folded(one: Heading) -> str:
    return " ".join(re.findall(r"[^\W_]+", _text(one).casefold()))


# ------------------------------------------------------------------------------------------------------ words


def _cut(lines: Sequence[Line], places: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[int, str, str]]:
    """Yield words cut in two by a space: neither half stands anywhere else, and the whole does several times."""
    once = {word for word, lines in places.items() if len(lines) == 1}
    for line in lines:
        words = line.text.split(" ")
        for one, other in pairwise(words) if not once.isdisjoint(words) else ():
            second = _WORD.match(other) if one in once else None
            if second and second[0] in once and len(places.get(one + second[0], ())) >= OFTEN:
                yield line.number, one, second[0]
