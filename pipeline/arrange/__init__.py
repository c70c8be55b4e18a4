"""Arrange: decisions, citations and works become a book of divisions, sections, extracts, lists and notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from types import MappingProxyType

from pipeline.arrange.acts import first_scenes
from pipeline.arrange.appearances import part_appearances
from pipeline.arrange.blocks import blocks_of
from pipeline.arrange.citations import anchored, called, citation_note, cite_again, composed
from pipeline.arrange.compositor import Compositor
from pipeline.arrange.desk import Desk
from pipeline.arrange.displayed import displayed, stopped
from pipeline.arrange.ids import Ids
from pipeline.arrange.inlines import inlines
from pipeline.arrange.lines import Joiner
from pipeline.arrange.marks import Marks, unmarked
from pipeline.arrange.markup import bare
from pipeline.arrange.old_title_page import said_by_the_new
from pipeline.arrange.pieces import HEADINGS, Piece, pieces_of, standing, with_notes
from pipeline.arrange.turns import habits
from pipeline.label.notes import is_notes_title
from pipeline.label.talk import begins_with_a_name
from pipeline.model import (
    Block,
    Book,
    Change,
    ChangeKind,
    Citation,
    Cite,
    Decision,
    Element,
    Extract,
    Heading,
    Kind,
    Line,
    LineBreak,
    Note,
    Role,
    Work,
)
from pipeline.report import Report

__all__ = ["arrange", "standing"]

_WIDE = re.compile(r"(?<=\S) {3,}(?=\S)")
_EMPTIED = "the notes below it stand at their calls; only book.md keeps it, to show where they stood"
_SAID = "the new title page and imprint say it, or it is true of the old edition only; only book.md keeps it"


def arrange(
    lines: Sequence[Line],
    decisions: Sequence[Decision],
    citations: Sequence[Citation],
    works: Sequence[Work],
    *,
    title: str,
    lang: str,
    report: Report,
    cites: Mapping[str, Cite] | None = None,
    unsourced: Sequence[tuple[int, int]] = (),
    heads: Mapping[int, str] = MappingProxyType({}),
    said: Collection[int] = (),
) -> tuple[Book, tuple[Change, ...]]:
    """Arrange the book; ``said``: lines of the old title page whose words the new one says.

    Returns:
        The book, and the record of what was changed on the way: citations set in another style, labels and numbers that
        the typesetter now sets, notes taken to their calls.

    """
    marks, changes = Marks(cites or {}, [line.text for line in lines]), list[Change]()
    text = {line.number: line.text for line in lines}
    pieces = pieces_of(lines, decisions, Joiner(lines, lang, report), marks, changes)
    pieces = with_notes(pieces, text, marks, changes, report)
    spans = {piece.line: piece.lines for piece in pieces}
    compositor = Compositor([piece.role for piece in pieces], [piece.text for piece in pieces], lang)
    known = {work.id: work for work in works}
    desk = Desk(lang, known, {}, changes, Ids(), marks, text, spans, compositor.cell)
    texts = compositor.paragraphs()
    pieces = [replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True)]
    turns = [piece for piece in pieces if piece.role is Role.DIALOGUE]
    named = [piece.text for piece in turns if begins_with_a_name(piece.decision)]
    desk.turns = habits([piece.text for piece in turns], named)
    whole = said_by_the_new(pieces, said, title, marks)
    desk.said = {piece.line for piece in whole}
    desk.stopped = stopped([piece.text for piece in pieces if piece.role in HEADINGS and piece.line not in desk.said])
    desk.changes += (
        Change(line, ChangeKind.SET_ASIDE, text[line], "", _SAID) for piece in whole for line in piece.lines
    )
    desk.foreign |= {piece.line: tag for piece, tag in zip(pieces, compositor.languages, strict=True) if tag}
    pieces = part_appearances(pieces)
    citations = [composed(citation, compositor) for citation in citations]
    _missing_pictures(decisions, report)
    _notes_of_source([piece for piece in pieces if piece.note], desk)
    pieces = _without_idle_separators([piece for piece in pieces if not piece.note], desk.said)
    emptied, scenes = _emptied(pieces, text), first_scenes(pieces)
    desk.changes += (Change(line, ChangeKind.SET_ASIDE, text[line], "", _EMPTIED) for line in emptied)
    citations = anchored(citations, pieces)
    by_line = {citation.line: citation for citation in citations}
    starts: dict[int, tuple[int, Citation | None]] = {first: (last, None) for first, last in unsourced}
    starts |= {c.covers[0]: (c.covers[1], c) for c in citations if c.covers}
    elements: list[Element] = []
    loose: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece.line in heads:
            elements += _loose(loose, desk, report)
            elements.append(_named(heads[piece.line], 2, (piece.line,), desk))
        if piece.line in starts:
            last, citation = starts[piece.line]
            inside = [piece]
            while at < len(pieces) and piece.line <= pieces[at].line <= last:
                inside.append(pieces[at])
                at += 1
            elements += _loose(loose, desk, report)
            elements.append(_extract(inside, citation, desk))
        elif piece.role in HEADINGS and piece.line not in desk.said:
            elements += _loose(loose, desk, report)
            if piece.line in scenes:
                act, scene, level = scenes[piece.line]
                elements += (_heading(replace(piece, text=act), desk), _named(scene, level, piece.lines, desk))
                continue
            elements.append(replace(_heading(piece, desk), emptied=piece.line in emptied))
        elif piece.role is Role.CITATION and piece.line in by_line:
            elements += _loose(loose, desk, report)
            if by_line[piece.line].covers is None:
                cite_again(by_line[piece.line], elements, desk, report)
        else:
            loose.append(piece)
    elements += _loose(loose, desk, report)
    compositor.tell(report)
    book = Book(bare(compositor.phrase(title)), tuple(elements), desk.notes, desk.works)
    return book, tuple(sorted(desk.changes, key=lambda change: change.line))


def _missing_pictures(decisions: Sequence[Decision], report: Report) -> None:
    places = [one.line for one in decisions if one.leaving and one.leaving.picture]
    if places:
        report.find("pictures-missing", places[0], number=len(places))


def _without_idle_separators(pieces: Iterable[Piece], said: Collection[int]) -> list[Piece]:
    """Leave out ornaments beside a heading or at either end of the text: they part nothing.

    What the new title page has ``said`` is no text.
    """
    out: list[Piece] = []
    waiting: list[Piece] = []  # for the text that they part from what stands above
    begun = False
    for piece in pieces:
        if piece.role is Role.SEPARATOR:
            waiting = [piece] if begun else []
            continue
        if piece.line not in said:
            out += waiting if piece.role not in HEADINGS else []
            waiting, begun = [], piece.role not in HEADINGS
        out.append(piece)
    return out


def _emptied(pieces: Sequence[Piece], text: Mapping[int, str]) -> set[int]:
    """Return the headings that named notes and under which nothing is left, now that the notes stand at their calls.

    One of several lines says more than that.
    """
    return {
        piece.line
        for piece, below in zip_longest(pieces, pieces[1:])
        if piece.role in HEADINGS
        and piece.lines == (piece.line,)
        and is_notes_title(text[piece.line])
        and (not below or below.role in HEADINGS)
    }


def _heading(piece: Piece, desk: Desk) -> Heading:
    level = 1 if piece.role is Role.TITLE else max(2, piece.decision.level)
    return _named(piece.text, level, piece.lines, desk)


def _named(text: str, level: int, lines: tuple[int, ...], desk: Desk) -> Heading:
    name = desk.ids.of(unmarked(bare(text)))
    content = desk.marks.back(inlines(displayed(text, usual=desk.stopped), desk.lang))
    return Heading(level, content, name, lines)


def _loose(pieces: list[Piece], desk: Desk, report: Report) -> list[Element]:
    """Set what belongs to no extract; empties ``pieces``."""
    if not pieces:
        return []
    blocks = blocks_of(pieces, desk)
    pieces.clear()
    return list(blocks)


def _extract(pieces: Sequence[Piece], citation: Citation | None, desk: Desk) -> Extract:
    blocks = blocks_of(pieces, desk)
    numbers = tuple(n for piece in pieces for n in piece.lines)
    if citation is None:
        return Extract(tuple(blocks), None, numbers)
    note = citation_note(citation, desk)
    return Extract(tuple(called(blocks, note)), note, (*numbers, citation.line))


def _notes_of_source(pieces: Sequence[Piece], desk: Desk) -> None:
    """Make the notes of the pieces that belong to them; lines of a table or stanza in one stay lines."""
    for name, group in groupby(pieces, key=lambda piece: piece.note):
        blocks: list[Block] = []
        numbers: list[int] = []
        for piece in group:
            text = _WIDE.sub("\u2003", piece.text)
            content = desk.marks.back(inlines(text, desk.lang))
            if blocks and piece.adjacent:
                last = blocks[-1]
                blocks[-1] = replace(
                    last, inlines=(*last.inlines, LineBreak(), *content), lines=(*last.lines, *piece.lines)
                )
            else:
                blocks.append(Block(Kind.NOTE, content, piece.lines))
            numbers += piece.lines
        desk.notes[name] = Note(name, tuple(blocks), tuple(numbers))
    for name in desk.marks.called():
        if name not in desk.notes:  # a second call of the same note
            desk.notes[name] = replace(desk.notes[name.rsplit("-", 1)[0]], id=name)
