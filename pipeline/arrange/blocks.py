"""Blocks: pieces become paragraphs, turns, lines of verse, lists and tables, in order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.arrange.boxes import unboxed
from pipeline.arrange.desk import Blocks, Desk
from pipeline.arrange.inlines import inlines, spoken
from pipeline.arrange.lists import Entry, initials, lists
from pipeline.arrange.pieces import Piece
from pipeline.arrange.tables import grid, record, runs_over
from pipeline.arrange.turns import spoken_by, spoken_lines, who_speaks
from pipeline.label.features import strip_marker, strip_note_label
from pipeline.label.front import on_title_page
from pipeline.label.mottos import EPIGRAPH
from pipeline.label.notes import note_label
from pipeline.label.shapes import BRACE, PICTURE, SAYS_NOTHING
from pipeline.model import (
    NEW_LINE,
    OPENS,
    Block,
    Change,
    ChangeKind,
    Inline,
    Kind,
    Note,
    NoteCall,
    Role,
    Run,
    Style,
    Table,
)
from pipeline.titlewords import DEDICATES

_KINDS = {
    Role.RUBRIC: Kind.RUBRIC,
    Role.ATTRIBUTION: Kind.ATTRIBUTION,
    Role.LETTER: Kind.LETTER,
    Role.DIALOGUE: Kind.TURN,
    Role.STAGE: Kind.TURN,
    Role.QUOTE: Kind.QUOTE,
    Role.VERSE: Kind.VERSE,
    Role.SEPARATOR: Kind.SEPARATOR,
    Role.CAPTION: Kind.CAPTION,
    Role.NOTE: Kind.NOTE,
}
_DASHED = re.compile(r"--|[—–]")
_BELOW = 8  # columns: what begins with a dash stands below the entry of an index whose words it repeats
_SAYS_WHO = re.compile("|".join(mark for mark, style in OPENS.items() if style is Style.SPEAKER))
_QUOTED = re.compile(r"\W*[“\"«„‘]")
_HEAD = 3  # rows; a table's head is no longer
_NOWHERE: tuple[int, ...] = ()


def blocks_of(pieces: Sequence[Piece], desk: Desk) -> Blocks:
    """Set pieces in order: paragraphs, turns, lists, tables; a note of the source goes to the block above it."""
    out: Blocks = []
    entries: list[Entry] = []
    pieces = unboxed(pieces)
    braced = _braced(pieces)
    for tabular, group in groupby(pieces, key=lambda piece: piece.role is Role.TABLE or piece.line in braced):
        rows = list(group)
        if not tabular:
            entries += _entries(rows, entries, desk)
            continue
        for table in _tables(rows):
            made = _table(table, desk)
            if made is None:
                entries += _entries(table, entries, desk)
                continue
            out += _listed(entries, desk)
            entries = []
            out.append(made)
    return out + _listed(entries, desk)


def _braced(pieces: Sequence[Piece]) -> set[int]:
    """Return the entries of lists that stand beside one brace, by their lines: at least two, one below the other."""
    places: list[Collection[int]] = [
        {at for at, sign in enumerate(piece.raw) if sign in "{}" and BRACE.search(piece.raw)}
        if piece.role is Role.ITEM and len(piece.lines) == 1
        else _NOWHERE
        for piece in pieces
    ]
    beside = [n for n in range(1, len(pieces)) if pieces[n].adjacent and places[n - 1] and places[n]]
    pairs = [n for n in beside if not {*places[n - 1]}.isdisjoint(places[n])]
    return {pieces[at].line for n in pairs for at in (n - 1, n)}


def _listed(entries: Sequence[Entry], desk: Desk) -> Blocks:
    found, changes = lists(entries)
    desk.changes += changes
    return list(found)


def _tables(rows: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Cut the rows at blank lines, but after a head: what stands below belongs to it; and what stands side by side."""
    if runs_over([row.line for row in rows], [" " * row.indent + row.text for row in rows]):
        yield [*rows]
        return
    table: list[Piece] = []
    for row in rows:
        if table and not row.adjacent and len(table) > _HEAD:
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _table(rows: Sequence[Piece], desk: Desk) -> Table | None:
    """Set rows in columns; nothing if there is but one column."""
    found = grid([row.line for row in rows], [" " * row.indent + row.text for row in rows])
    if found is None:
        return None
    desk.changes += record(found, {row.line: row.lines for row in rows}, desk.text)
    cells = tuple(tuple(desk.marks.back(inlines(desk.cell(one), desk.lang)) for one in row) for row in found.rows)
    return Table(cells, found.header, tuple(row.line for row in rows))


def _entries(pieces: Sequence[Piece], above: Sequence[Entry], desk: Desk) -> list[Entry]:
    entries: list[Entry] = []
    least = _least_indents(pieces)
    barred = _barred(pieces)
    named = initials([piece.text if piece.role is Role.ITEM else None for piece in pieces])
    dedicated = _dedicated(pieces, desk.said)
    for n, piece in enumerate(pieces):
        last = entries[-1] if entries else above[-1] if above and not n else None
        if piece.role is Role.NOTE and entries and entries[-1].block.kind is not Kind.SEPARATOR:
            label, rest = _note_parts(piece.text)
            if label and rest.strip():  # a label over nothing is no note
                _note_of_source(piece, label, rest, desk)
                block = replace(entries[-1].block, inlines=(*entries[-1].block.inlines, NoteCall(f"n{piece.line}")))
                entries[-1] = replace(entries[-1], block=block)
                continue
        is_item = piece.role is Role.ITEM
        signed = is_item and not piece.decision.level and n not in named
        text = strip_marker(piece.text)[1] if signed else piece.text
        if n in barred:
            text = text.strip("| ")
        if piece.verse:
            who, _, text = text.partition(NEW_LINE)
            name = Block(Kind.TURN, desk.marks.back(who_speaks(who, desk.lang)), piece.lines[:1])
            lines = Block(Kind.SPOKEN, desk.marks.back(spoken_lines(text, desk.turns, desk.lang)), piece.lines)
            entries += (Entry(one, "", False, False) for one in (name, lines))
            continue
        sourced = EPIGRAPH.fullmatch(text) if piece.role is Role.QUOTE and piece.line not in desk.said else None
        if sourced:  # who said it stands on a line of its own
            said = desk.marks.back(inlines(sourced["words"], desk.lang))
            said = spoken(said, desk.foreign[piece.line]) if piece.line in desk.foreign else said
            entries.append(Entry(Block(Kind.QUOTE, said, piece.lines), text, False, piece.adjacent))
            source = desk.marks.back(inlines(sourced["source"], desk.lang))
            entries.append(Entry(Block(Kind.ATTRIBUTION, source, piece.lines[-1:]), text, False, False))
            continue
        content = desk.marks.back(_content(piece, text, desk))
        if piece.line in desk.foreign:
            content = spoken(content, desk.foreign[piece.line])
        kind = _KINDS.get(piece.role, Kind.PARAGRAPH)
        if piece.line in desk.said:
            kind = Kind.TITLE_PAGE
        elif piece.role is Role.PARAGRAPH and piece.decision.level:
            kind = Kind.QUOTE
        elif kind is Kind.LETTER:
            apart = last is not None and last.block.kind is Kind.LETTER and not piece.adjacent
            if apart and on_title_page(piece.decision) and piece.line not in dedicated:
                entries.append(Entry(Block(Kind.LETTER, (), ()), "", False, False))  # a dedication, then an epigraph
        elif kind is Kind.VERSE:
            if last is not None and last.block.kind is Kind.VERSE and not piece.adjacent:
                entries.append(Entry(Block(Kind.VERSE, (), ()), "", False, False))  # between two stanzas
            content = (*_indented(piece.indent - least[n]), *content)
        block = Block(kind, content, piece.lines)
        indent = piece.indent + _BELOW * bool(_DASHED.match(piece.text)) if is_item and piece.decision.level else 0
        entries.append(Entry(block, piece.text if signed or not is_item else "", is_item, piece.adjacent, indent))
    return entries


def _dedicated(pieces: Sequence[Piece], said: Collection[int]) -> set[int]:
    """Return the rows of the title page that go on with a dedication above them: set no farther apart than its first.

    What begins with a quotation mark is an epigraph below it.
    """
    out: set[int] = set()
    room = 0
    for above, piece in pairwise(pieces):
        apart = piece.line - above.lines[-1]
        left = all(on_title_page(one.decision) and one.line not in said for one in (above, piece))
        if not room and left and DEDICATES.match(above.text.strip("_")):
            room = apart
        if not left or apart > room or _QUOTED.match(piece.text):
            room = 0
        else:
            out.add(piece.line)
    return out


def _note_parts(text: str) -> tuple[str, str]:
    """Part a note without a number ("[Footnote]: …", "[Note: …]", "(*Footnote. …)") into its label and its text."""
    label, rest = note_label(text)
    return (text[: text.index(rest)].strip(), rest) if label == "?" and rest else strip_note_label(text)


def _caption(piece: Piece, text: str, desk: Desk) -> str:
    """Take "[Illustration: …]" off a caption; other names ("Plate 3", "Music") belong to it."""
    found = PICTURE.match(text)
    if found is not None and found["rest"] and found["label"].lower() in SAYS_NOTHING:
        why = "a caption needs no word to say that it is one"
        desk.changes.append(Change(piece.line, ChangeKind.RELABELLED, found["label"], "", why))
        return found["rest"].lstrip(" :.—–-").removesuffix("]").rstrip()
    return text.removesuffix("]") if "[" not in text else text


def _least_indents(pieces: Sequence[Piece]) -> list[int]:
    """Return for each piece the least indent of the poem that it stands in."""
    out: list[int] = []
    for verse, group in groupby(pieces, key=lambda piece: piece.role is Role.VERSE):
        indents = [piece.indent for piece in group]
        out += [min(indents) if verse else 0] * len(indents)
    return out


def _barred(pieces: Sequence[Piece]) -> set[int]:
    """Return the places of lines that begin with a bar, as their neighbours do: the bar says that it is a line."""
    bars = [piece.text.startswith("|") and piece.text.strip("| ") != "" for piece in pieces]
    pairs = [n for n in range(1, len(pieces)) if bars[n - 1] and bars[n] and pieces[n].adjacent]
    return {place for n in pairs for place in (n - 1, n)}


def _indented(columns: int) -> tuple[Inline, ...]:
    return (Run("\u00a0" * columns),) if columns > 0 else ()


def _content(piece: Piece, text: str, desk: Desk) -> tuple[Inline, ...]:
    if piece.role is Role.CAPTION:
        return inlines(_caption(piece, text, desk), desk.lang)
    if piece.role is Role.STAGE:
        return inlines(text, desk.lang, Style.STAGE)
    if piece.role is not Role.DIALOGUE or piece.decision.level or _SAYS_WHO.search(text):
        return inlines(text, desk.lang)  # the kind of text knows who speaks
    return spoken_by(text, piece.head, desk.turns, desk.lang)


def _note_of_source(piece: Piece, label: str, rest: str, desk: Desk) -> None:
    name = f"n{piece.line}"
    desk.notes[name] = Note(name, (Block(Kind.NOTE, inlines(rest, desk.lang), piece.lines),), piece.lines)
    desk.changes.append(
        Change(piece.line, ChangeKind.RELABELLED, label, "", "the note's number takes the place of its label")
    )
    for line in piece.lines:
        why = "the note stands at the foot of the page of its call"
        moved = _note_parts(desk.text[line].strip())[1] if line == piece.line else desk.text[line]
        desk.changes.append(Change(line, ChangeKind.MOVED, moved, moved, why))
