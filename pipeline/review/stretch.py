"""A stretch: one paragraph of the book beside the source lines that it was made from, with what differs marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.distance import Indel

from pipeline.model import (
    Block,
    Book,
    Cite,
    Decision,
    Element,
    Extract,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    NoteCall,
    Ready,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.report import Finding

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 4000  # words and signs; in a longer paragraph what differs is not marked
_TOO_LONG = 100_000  # letters, which have more words than that

_TAGS = {
    Style.EMPHASIS: "em",
    Style.STRONG: "strong",
    Style.SMALL_CAPS: "small",
    Style.SPEAKER: "b",
    Style.STAGE: "i",
    Style.CODE: "code",
}


class Row(NamedTuple):
    """One source line that is not blank. ``out``: why it was left out; ``ruled``: the reasons of its verdicts."""

    number: int
    text: str
    decision: Decision | None
    kind: str
    out: str
    findings: tuple[Finding, ...]
    ruled: str


class Part(NamedTuple):
    """A few words in one form. ``other``: the other side has not these signs; ``call``: the line of a note."""

    text: str
    tag: str = ""
    other: bool = False
    call: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of some lines: what it is in the book (``what``: “heading 2”, “verse”, “note”), and its words."""

    what: str
    lines: tuple[int, ...]
    inlines: tuple[Inline, ...]
    works: Mapping[str, Work]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its words, each run in its form; of a paragraph without end, plain."""
        if len(self.inlines) > _LONGEST:
            return (Part("".join(_part(one, self.works).text for one in self.inlines)),)
        return tuple(_part(one, self.works) for one in self.inlines)

    @property
    def text(self) -> str:
        """Its words, without the numbers of notes."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Source lines that became one piece of the book, or none."""

    rows: tuple[Row, ...]
    piece: Piece | None

    def sides(self) -> tuple[list[list[Part]], list[Part]]:
        """Return the lines of the source, and the words of the book, with what the other side has not marked."""
        rows = [row.text.strip() for row in self.rows]
        if self.piece is None or self.piece.what == "note of a source":
            return [[Part(row)] for row in rows], list(self.piece.parts) if self.piece else []
        parts = self.piece.parts
        gone, new = _differing("\n".join(rows), "".join(part.text for part in parts))
        if not (gone or new):
            return [[Part(row)] for row in rows], list(parts)
        source: list[list[Part]] = []
        at = 0
        for row in rows:
            source.append([Part(text, other=other) for text, other in _cut(row, at, gone)])
            at += len(row) + 1
        book: list[Part] = []
        at = 0
        for part in parts:
            book += [Part(text, part.tag, other) for text, other in _cut(part.text, at, new)] if part.text else [part]
            at += len(part.text)
        return source, book


def stretches(rows: Iterable[Row], pieces: Iterable[Piece]) -> Iterator[Stretch]:
    """Put the rows of a source beside the pieces that they became, in the order of the source."""
    became = {line: piece for piece in pieces for line in reversed(piece.lines)}
    beside: list[Row] = []
    piece: Piece | None = None
    for row in rows:
        after = became.get(row.number)
        if beside and (after is None or after is not piece):
            yield Stretch(tuple(beside), piece)
            beside = []
        beside.append(row)
        piece = after
    if beside:
        yield Stretch(tuple(beside), piece)


def pieces_of(book: Book) -> Iterator[Piece]:
    """Yield what the book is made of: its paragraphs, headings, items, tables and notes."""
    for what, lines, inlines in (*_elements(book.elements), *_notes(book)):
        yield Piece(what, lines, inlines, book.works)


_Found = tuple[str, tuple[int, ...], tuple[Inline, ...]]


def _notes(book: Book) -> Iterator[_Found]:
    for note in book.notes.values():
        for block in note.blocks:
            cited = any(isinstance(one, Cite) for one in block.inlines) or note.id == f"c{note.lines[0]}"
            yield "note of a source" if cited else "note", block.lines, block.inlines


def _elements(elements: Iterable[Element]) -> Iterator[_Found]:
    for one in elements:
        if isinstance(one, Extract):
            yield from _elements(one.blocks)
        elif isinstance(one, ItemList):
            for item in one.items:
                found = list(_elements(item.blocks)) or [("item", item.lines, ())]
                _, lines, inlines = found[0]
                yield "item", lines, (Run(f"{item.marker} "), *inlines) if item.marker else inlines
                yield from found[1:]
        elif isinstance(one, Heading):
            yield f"heading {one.level}", one.lines, one.inlines
        elif isinstance(one, Block):
            yield one.kind.value, one.lines, one.inlines
        elif isinstance(one, Table):
            yield "table", one.lines, tuple(part for row in one.rows for cell in row for part in (*cell, Run("  ")))
        else:
            assert isinstance(one, Ready)  # a marked-up text is not made line by line


def _part(one: Inline, works: Mapping[str, Work]) -> Part:
    if isinstance(one, Run):
        return Part(one.text, _TAGS.get(one.style, ""))
    if isinstance(one, LineBreak):
        return Part("\n")
    if isinstance(one, NoteCall):
        found = re.match(r"[a-z]+(\d+)", one.note)
        return Part("", call=int(found[1]) if found else 0)
    if isinstance(one, Cite):
        return Part("; ".join(_cited(cite, works) for cite in (one, *one.more)), "cite")
    return Part("")


def plain(inlines: Iterable[Inline]) -> str:
    """Return running text without the numbers of its notes."""
    return "".join(_part(one, {}).text for one in inlines)


def _cited(cite: Cite, works: Mapping[str, Work]) -> str:
    work = works.get(cite.work)
    pages = f", {cite.page} {cite.locator}" if cite.locator else ""
    return f"{cite.before} {named(work) if work else cite.work}{pages}".strip()


def named(work: Work) -> str:
    """Return a work in a few words: who, what, when."""
    names: list[dict[str, str]] = next(
        (work.csl[role] for role in ("author", "editor", "translator", "director") if role in work.csl), []
    )
    people = ", ".join(name.get("family") or name.get("literal", "") for name in names)
    year = str(work.csl["issued"]["date-parts"][0][0]) if "issued" in work.csl else ""
    return ", ".join(one for one in (people, str(work.csl.get("title", "")), year) if one)


def _differing(source: str, book: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the places of signs that only one of two texts has; white space is white space."""
    if max(len(source), len(book)) > _TOO_LONG:
        return [], []
    words, words_after = source.split(), book.split()
    if words == words_after or max(len(words), len(words_after)) > _LONGEST:
        return [], []
    (before, starts), (after, starts_after) = _tokens(source, words), _tokens(book, words_after)
    if max(len(before), len(after)) > _LONGEST:
        return [], []
    gone: list[tuple[int, int]] = []
    new: list[tuple[int, int]] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "delete":
            gone += _spans(before, starts, step.src_start, step.src_end)
        elif step.tag == "insert":
            new += _spans(after, starts_after, step.dest_start, step.dest_end)
    return gone, new


def _tokens(text: str, words: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the words and signs of a text and where each begins; white space, however wide, is a space."""
    plain = " ".join(words)
    if len(plain) == len(text):  # no gap is wider than a space
        tokens = _TOKEN.findall(plain)
        return tokens, [*accumulate(map(len, tokens), initial=0)]
    tokens = _TOKEN.findall(text)
    starts = [*accumulate(map(len, tokens), initial=0)]
    return [" " if token.isspace() else token for token in tokens], starts


def _spans(tokens: Sequence[str], starts: Sequence[int], first: int, end: int) -> list[tuple[int, int]]:
    """Return the places of those of some tokens that are seen; there is nothing between two tokens."""
    return [(starts[n], starts[n + 1]) for n in range(first, end) if not tokens[n].isspace()]


def _cut(text: str, at: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Cut a text that stands ``at`` a place into words inside of ``spans``, which are in order, and words outside."""
    reached = 0
    for n in range(bisect_right(spans, at, key=itemgetter(1)), len(spans)):
        start, end = spans[n]
        first, last = max(0, start - at), min(len(text), end - at)
        if first >= last:
            break
        if text[reached:first]:
            yield text[reached:first], False
        yield text[first:last], True
        reached = last
    if text[reached:] or not text:
        yield text[reached:], False
