"""Arrange: decisions, citations and works become a book of divisions, sections, extracts, lists and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.arrange.compositor import Compositor
from pipeline.arrange.inlines import inlines, spoken
from pipeline.arrange.lists import Entry, lists
from pipeline.arrange.markup import bare
from pipeline.label.features import speaker, strip_marker, strip_note_label
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
    Inline,
    ItemList,
    Kind,
    Line,
    Note,
    NoteCall,
    Role,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.report import Report
from pipeline.settings import slug

__all__ = ["arrange"]

_KINDS = {
    Role.RUBRIC: Kind.RUBRIC,
    Role.ATTRIBUTION: Kind.ATTRIBUTION,
    Role.LETTER: Kind.LETTER,
    Role.DIALOGUE: Kind.TURN,
    Role.VERSE: Kind.VERSE,
    Role.SEPARATOR: Kind.SEPARATOR,
    Role.CAPTION: Kind.CAPTION,
    Role.NOTE: Kind.NOTE,
}
_Blocks = list[Block | ItemList | Table]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of one paragraph (or heading, item …) and what was decided of them."""

    decision: Decision
    lines: tuple[int, ...]
    text: str
    adjacent: bool

    @property
    def role(self) -> Role:
        return self.decision.role

    @property
    def line(self) -> int:
        return self.lines[0]


@dataclass(slots=True)
class _Desk:
    """What is on the desk while one book is arranged."""

    lang: str
    works: Mapping[str, Work]
    notes: dict[str, Note]
    changes: list[Change]
    ids: set[str]
    foreign: dict[int, str] = field(default_factory=dict)  # by the first line of a piece in another language


def arrange(
    lines: Sequence[Line],
    decisions: Sequence[Decision],
    citations: Sequence[Citation],
    works: Sequence[Work],
    *,
    title: str,
    lang: str,
    report: Report,
) -> tuple[Book, tuple[Change, ...]]:
    """Arrange the book.

    Returns:
        The book, and the record of what was changed on the way: citations set in another style, labels and numbers that
        the typesetter now sets, notes taken to their calls.

    """
    desk = _Desk(lang, {work.id: work for work in works}, {}, [], set())
    pieces = list(_pieces(lines, decisions))
    compositor = Compositor([piece.role for piece in pieces], [piece.text for piece in pieces], lang)
    texts = compositor.paragraphs()
    pieces = [replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True)]
    desk.foreign |= {piece.line: tag for piece, tag in zip(pieces, compositor.languages, strict=True) if tag}
    citations = [_composed(citation, compositor) for citation in citations]
    by_line = {citation.line: citation for citation in citations}
    starts = {c.covers[0]: c for c in citations if c.covers}
    elements: list[Element] = []
    loose: list[_Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece.line in starts:
            citation = starts[piece.line]
            last = (citation.covers or (0, 0))[1]
            inside = [piece]
            while at < len(pieces) and pieces[at].line <= last:
                inside.append(pieces[at])
                at += 1
            elements += _loose(loose, desk, report)
            elements.append(_extract(inside, citation, desk))
        elif piece.role in (Role.TITLE, Role.HEADING):
            elements += _loose(loose, desk, report)
            elements.append(_heading(piece, desk))
        elif piece.role is Role.CITATION and piece.line in by_line:
            elements += _loose(loose, desk, report)
            if by_line[piece.line].covers is None:
                _cite_again(by_line[piece.line], elements, desk, report)
        else:
            loose.append(piece)
    elements += _loose(loose, desk, report)
    compositor.tell(report)
    book = Book(bare(compositor.phrase(title)), tuple(elements), desk.notes, desk.works)
    return book, tuple(sorted(desk.changes, key=lambda change: change.line))


def _composed(citation: Citation, compositor: Compositor) -> Citation:
    """Set the words of a citation that its note prints as they are."""
    fields = replace(citation.fields, extra=compositor.phrase(citation.fields.extra))
    return replace(citation, text=compositor.phrase(citation.text), fields=fields)


def _pieces(lines: Sequence[Line], decisions: Sequence[Decision]) -> Iterator[_Piece]:
    text = {line.number: line.text.strip() for line in lines}
    group: list[Decision] = []
    above = 0
    for decision in decisions:
        if group and not decision.joined:
            yield _piece(group, text, above)
            above = group[-1].line
            group = []
        group.append(decision)
    if group:
        yield _piece(group, text, above)


def _piece(group: Sequence[Decision], text: Mapping[int, str], above: int) -> _Piece:
    numbers = tuple(decision.line for decision in group)
    return _Piece(group[0], numbers, " ".join(text[n] for n in numbers), numbers[0] == above + 1)


def _heading(piece: _Piece, desk: _Desk) -> Heading:
    level = 1 if piece.role is Role.TITLE else max(2, piece.decision.level)
    base = "-".join(slug(piece.text).split("-")[:8])
    name, n = base, 1
    while name in desk.ids:
        n += 1
        name = f"{base}-{n}"
    desk.ids.add(name)
    return Heading(level, inlines(_displayed(piece.text), desk.lang), name, piece.lines)


def _displayed(text: str) -> str:
    """Take off the full stop: a line on display has none (Hart's Rules 1.2.5), unless it ends an abbreviation."""
    return text[:-1] if re.search(r"[a-zà-öø-ÿ]{3}\.$", text) else text


def _loose(pieces: list[_Piece], desk: _Desk, report: Report) -> list[Element]:
    """Set what belongs to no extract; empties ``pieces``."""
    if not pieces:
        return []
    blocks = _blocks(pieces, desk)
    pieces.clear()
    return list(blocks)


def _extract(pieces: Sequence[_Piece], citation: Citation, desk: _Desk) -> Extract:
    blocks = _blocks(pieces, desk)
    note = _citation_note(citation, desk)
    numbers = tuple(n for piece in pieces for n in piece.lines)
    return Extract(tuple(_called(blocks, note)), note, (*numbers, citation.line))


def _cite_again(citation: Citation, elements: list[Element], desk: _Desk, report: Report) -> None:
    """Set a citation that covers nothing: a second source of the extract before it, or a line of its own."""
    last = elements[-1] if elements else None
    if isinstance(last, Extract):
        note = _citation_note(citation, desk)
        elements[-1] = replace(last, blocks=tuple(_called(list(last.blocks), note)))
    elif isinstance(last, Block | ItemList | Table):
        note = _citation_note(citation, desk)
        elements[-1:] = _called([last], note)
    else:
        report.find("citation-covers-nothing", citation.line)
        elements.append(Block(Kind.ATTRIBUTION, inlines(citation.text, desk.lang), (citation.line,)))


def _citation_note(citation: Citation, desk: _Desk) -> str:
    """Make the note of a citation and return its id."""
    name = f"c{citation.line}"
    work = desk.works.get(citation.work or "")
    if work is None:
        content: tuple[Inline, ...] = inlines(citation.text, desk.lang)
        must = citation.text
        why = "the citation stands word for word in its note"
    else:
        content = (Cite(work.id, citation.fields.locator), Run("."))
        if citation.fields.extra:
            content += (Run(" "), *inlines(_closed(citation.fields.extra), desk.lang))
        must = " ".join((_signature(work), _first_page(citation.fields.locator), citation.fields.extra)).strip()
        why = "the citation is set in the style of the notes; the work stands in the bibliography"
    desk.notes[name] = Note(name, (Block(Kind.NOTE, content, (citation.line,)),), (citation.line,))
    kind = ChangeKind.RESTYLED if work else ChangeKind.MOVED
    desk.changes.append(Change(citation.line, kind, citation.text, must, why))
    return name


def _closed(text: str) -> str:
    return text if text.endswith((".", "]", ")", "!", "?")) else f"{text}."


def _signature(work: Work) -> str:
    """Return what every note on this work shows, the first and the short one: who wrote it."""
    for role in ("author", "editor", "translator"):
        names = work.csl.get(role)
        if names:
            return str(names[0].get("family") or names[0].get("literal") or "")
    return ""


def _first_page(locator: str) -> str:
    found = re.match(r"[^\W_]+", locator)
    return found[0] if found else ""


def _blocks(pieces: Sequence[_Piece], desk: _Desk) -> _Blocks:
    """Set pieces in order: paragraphs, turns, lists; a note of the source goes to the block above it."""
    entries: list[Entry] = []
    for piece in pieces:
        if piece.role is Role.NOTE and entries and entries[-1].block.kind is not Kind.SEPARATOR:
            label, rest = strip_note_label(piece.text)
            if label:
                _note_of_source(piece, label, rest, desk)
                block = replace(entries[-1].block, inlines=(*entries[-1].block.inlines, NoteCall(f"n{piece.line}")))
                entries[-1] = replace(entries[-1], block=block)
                continue
        is_item = piece.role is Role.ITEM
        text = strip_marker(piece.text)[1] if is_item else piece.text
        content = _content(piece, text, desk)
        if piece.line in desk.foreign:
            content = spoken(content, desk.foreign[piece.line])
        block = Block(_KINDS.get(piece.role, Kind.PARAGRAPH), content, piece.lines)
        entries.append(Entry(block, piece.text, is_item, piece.adjacent))
    found, changes = lists(entries)
    desk.changes += changes
    return list(found)


def _content(piece: _Piece, text: str, desk: _Desk) -> tuple[Inline, ...]:
    turn = speaker(text) if piece.role is Role.DIALOGUE else None
    if turn is None:
        return inlines(text, desk.lang)
    name, aside, words = turn
    if aside:
        head: tuple[Inline, ...] = (
            *inlines(name, desk.lang, Style.SPEAKER),
            Run(" "),
            *inlines(aside, desk.lang, Style.STAGE),
            Run(": "),
        )
    else:
        head = (*inlines(f"{name}:", desk.lang, Style.SPEAKER), Run(" "))
    stage = re.match(r"^(\([^)]{2,120}\))(:?)\s*(.*)$", words)
    if stage:
        tail = (
            *inlines(stage[1], desk.lang, Style.STAGE),
            Run(f"{stage[2]} "),
            *inlines(stage[3], desk.lang),
        )
    else:
        tail = inlines(words, desk.lang)
    return (*head, *tail)


def _note_of_source(piece: _Piece, label: str, rest: str, desk: _Desk) -> None:
    name = f"n{piece.line}"
    desk.notes[name] = Note(name, (Block(Kind.NOTE, inlines(rest, desk.lang), piece.lines),), piece.lines)
    desk.changes.append(
        Change(piece.line, ChangeKind.RELABELLED, label, "", "the note's number takes the place of its label")
    )
    for line in piece.lines:
        why = "the note stands at the foot of the page of its call"
        desk.changes.append(Change(line, ChangeKind.MOVED, rest, rest, why))


def _called(blocks: _Blocks, note: str) -> _Blocks:
    """Put the call of ``note`` at the end of the last block."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Block) and last.kind is not Kind.SEPARATOR:
        return [*blocks[:-1], replace(last, inlines=(*last.inlines, NoteCall(note)))]
    if isinstance(last, ItemList):
        inner = _called(list(last.items[-1].blocks), note)
        kept = tuple(block for block in inner if not isinstance(block, Table))
        return [*blocks[:-1], replace(last, items=(*last.items[:-1], replace(last.items[-1], blocks=kept)))]
    return [*blocks, Block(Kind.PARAGRAPH, (NoteCall(note),), ())]
