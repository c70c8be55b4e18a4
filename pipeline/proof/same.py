"""An edition against ``book.md``: it has each word once, in order, in the text, the notes and the bibliography."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from pipeline.proof.conservation import Added
from pipeline.proof.streams import PLAIN, Streams
from pipeline.words.align import gaps, locate, unused

CALL = "†"
"""Stands where a note is called; no word has this sign."""

END = "¶"
"""Stands at the end of each note, where all are looked through as one; no word has this sign."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lacking:
    """Words in a row of ``book.md`` that an edition lacks, and in what part."""

    part: str
    words: tuple[str, ...]


@dataclass(slots=True)
class _Sought:
    """What came of looking for one part: runs that are missing, runs too many, and places of words with marks."""

    missing: list[tuple[str, ...]] = field(default_factory=list)
    surplus: list[tuple[str, ...]] = field(default_factory=list)
    idle: Counter[int] = field(default_factory=Counter)


def compare(book: Streams, edition: Streams) -> tuple[list[Lacking], list[Added]]:
    """Compare an edition with the book that it was made from.

    Args:
        book: its words as Pandoc sets them.
        edition: those of the edition. Its bibliography is compared if it was read.

    Returns:
        What the edition lacks, and what it has besides.

    """
    spaced = edition.spaced
    text = _seek(_with_calls(book.body, book.calls, CALL), *_called(edition), spaced)
    marks = [mark for note in edition.note_marks for mark in (*note, PLAIN)]
    notes = _seek(_as_one(book.notes), _as_one(edition.notes), marks, spaced)
    works = _seek(book.works, edition.works, (), spaced) if edition.works else _Sought()
    parts = {"the text": text, "the notes": notes, "the bibliography": works}
    lacking = [Lacking(part, words) for part, sought in parts.items() for words in sought.missing]
    surplus = [
        Added(0, words, note=sought is notes)
        for sought in parts.values()
        for words in sought.surplus
        if words not in book.again and words != (CALL,)  # a call too many has its note, or is missing elsewhere
    ]
    sizes = Counter(mark for mark in edition.marks if mark > PLAIN)
    for stretch, size in sizes.items():
        if text.idle[stretch] + notes.idle[stretch] > size:  # given to the text and to a note, and asked for by neither
            words = (word for word, mark in zip(edition.body, edition.marks, strict=True) if mark == stretch)
            surplus.append(Added(0, tuple(words)))
    return lacking, surplus


def _called(edition: Streams) -> tuple[list[str], list[int]]:
    marks = _with_calls(edition.marks, edition.calls, PLAIN) if edition.marks else []
    return _with_calls(edition.body, edition.calls, CALL), marks


def _with_calls(words: Sequence[T], calls: Sequence[int], sign: T) -> list[T]:
    out: list[T] = []
    for start, end in pairwise((0, *calls, len(words))):
        out += (*words[start:end], sign)
    return out[:-1]


def _as_one(notes: Iterable[Sequence[str]]) -> list[str]:
    return [word for note in notes for word in (*note, END)]


def _seek(wanted: Sequence[str], given: Sequence[str], marks: Sequence[int], spaced: bool) -> _Sought:
    if wanted == given:
        return _Sought()
    found = locate(wanted, given, spaced=spaced)
    out = _Sought([_words(wanted[start:end]) for start, end in gaps(found)])
    for first, last in unused(found, len(given)):
        start, end = _slid(given, marks, first, last) if marks else (first, last)
        run: list[str] = []
        for place in range(start, end):
            if not marks or marks[place] == PLAIN:
                run.append(given[place])
                continue
            out.idle[marks[place]] += 1
            if run:
                out.surplus.append(_words(run))
                run = []
        if run:
            out.surplus.append(_words(run))
    return out


def _slid(given: Sequence[str], marks: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Move a run of words too many, among the same words, to where more of them have a mark.

    Before a heading "3. The Mill" the number of an item 3 may stand: which of the two is too many cannot be told from
    the words.
    """
    best, most = (start, end), sum(mark != PLAIN for mark in marks[start:end])
    for step in (-1, 1):
        low, high = start, end
        while most < end - start:
            if step < 0 and low and given[low - 1] == given[high - 1]:
                low, high = low - 1, high - 1
            elif step > 0 and high < len(given) and given[low] == given[high]:
                low, high = low + 1, high + 1
            else:
                break
            count = sum(mark != PLAIN for mark in marks[low:high])
            if count > most:
                best, most = (low, high), count
    return best


def _words(run: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a run without the ends of notes; if there is nothing else, a note was cut or joined."""
    return tuple(word for word in run if word not in (END, CALL)) or (run[0],)
