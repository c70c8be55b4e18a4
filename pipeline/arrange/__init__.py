"""Arrange: decisions, citations and works become a book of divisions, sections, extracts, lists and notes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, takewhile, zip_longest
from types import MappingProxyType

from pipeline.arrange.acts import first_scenes
from pipeline.arrange.appearances import part_appearances
from pipeline.arrange.boxes import unboxed
from pipeline.arrange.compositor import Compositor
from pipeline.arrange.displayed import displayed, stopped
from pipeline.arrange.ids import Ids
from pipeline.arrange.inlines import inlines, spoken
from pipeline.arrange.lines import Joiner
from pipeline.arrange.lists import Entry, initials, lists
from pipeline.arrange.marks import Marks, unmarked
from pipeline.arrange.markup import bare
from pipeline.arrange.pieces import Piece, pieces_of, standing, with_notes
from pipeline.arrange.tables import grid, record, runs_over
from pipeline.arrange.turns import Habits, habits, spoken_by, spoken_lines, who_speaks
from pipeline.cite.works import says_already
from pipeline.label.features import strip_marker, strip_note_label
from pipeline.label.front import names_book, on_title_page
from pipeline.label.headlines import letters_of
from pipeline.label.mottos import EPIGRAPH
from pipeline.label.notes import is_notes_title, note_label
from pipeline.label.shapes import BRACE, PICTURE, SAYS_NOTHING
from pipeline.label.talk import begins_with_a_name
from pipeline.language import words_for
from pipeline.model import (
    NEW_LINE,
    OPENS,
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
    LineBreak,
    Note,
    NoteCall,
    Role,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.report import Report
from pipeline.titlewords import DEDICATES

__all__ = ["arrange", "standing"]

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
_Blocks = list[Block | ItemList | Table]
_WIDE = re.compile(r"(?<=\S) {3,}(?=\S)")
_DASHED = re.compile(r"--|[—–]")
_BELOW = 8  # columns: what begins with a dash stands below the entry of an index whose words it repeats
_SAYS_WHO = re.compile("|".join(mark for mark, style in OPENS.items() if style is Style.SPEAKER))
_HEADINGS = (Role.TITLE, Role.HEADING)
_EMPTIED = "the notes below it stand at their calls; only book.md keeps it, to show where they stood"
_SAID = "the new title page and imprint say it, or it is true of the old edition only; only book.md keeps it"
_INSCRIBES = (Role.LETTER, Role.ATTRIBUTION, Role.QUOTE, Role.VERSE)
_INSCRIBED = 12  # lines of a dedication or an epigraph
_INSCRIBED_WORDS = 60  # of one that runs on as prose; more is a preface without a name
_QUOTED = re.compile(r"\W*[“\"«„‘]")
_HEAD = 3  # rows; a table's head is no longer
_NOWHERE: tuple[int, ...] = ()


@dataclass(slots=True)
class _Desk:
    """What is on the desk while one book is arranged."""

    lang: str
    works: Mapping[str, Work]
    notes: dict[str, Note]
    changes: list[Change]
    ids: Ids
    marks: Marks
    text: Mapping[int, str]  # each line as it stands
    spans: Mapping[int, tuple[int, ...]]  # the lines of a piece, by its first
    cell: Callable[[str], str]  # how a cell of a table is set
    turns: Habits = field(default_factory=Habits)  # what is usual in the turns of a play
    said: Collection[int] = ()
    stopped: bool = False  # headings end with a full stop
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
    desk = _Desk(lang, known, {}, changes, Ids(), marks, text, spans, compositor.cell)
    texts = compositor.paragraphs()
    pieces = [replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True)]
    turns = [piece for piece in pieces if piece.role is Role.DIALOGUE]
    named = [piece.text for piece in turns if begins_with_a_name(piece.decision)]
    desk.turns = habits([piece.text for piece in turns], named)
    whole = [piece for piece in pieces if said and {*piece.lines} <= {*said} and not marks.calls(piece.text)]
    if not _is_inscribed(pieces, said):
        whole = [piece for piece in whole if not _names_book(piece, title) or _is_over_heading(piece, pieces, whole)]
    desk.said = {piece.line for piece in whole}
    desk.stopped = stopped([piece.text for piece in pieces if piece.role in _HEADINGS and piece.line not in desk.said])
    desk.changes += (
        Change(line, ChangeKind.SET_ASIDE, text[line], "", _SAID) for piece in whole for line in piece.lines
    )
    desk.foreign |= {piece.line: tag for piece, tag in zip(pieces, compositor.languages, strict=True) if tag}
    pieces = part_appearances(pieces)
    citations = [_composed(citation, compositor) for citation in citations]
    _missing_pictures(decisions, report)
    _notes_of_source([piece for piece in pieces if piece.note], desk)
    pieces = _without_idle_separators(piece for piece in pieces if not piece.note)
    emptied, scenes = _emptied(pieces, text), first_scenes(pieces)
    desk.changes += (Change(line, ChangeKind.SET_ASIDE, text[line], "", _EMPTIED) for line in emptied)
    citations = _anchored(citations, pieces)
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
        elif piece.role in _HEADINGS and piece.line not in desk.said:
            elements += _loose(loose, desk, report)
            if piece.line in scenes:
                act, scene, level = scenes[piece.line]
                elements += (_heading(replace(piece, text=act), desk), _named(scene, level, piece.lines, desk))
                continue
            elements.append(replace(_heading(piece, desk), emptied=piece.line in emptied))
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


def _anchored(citations: Sequence[Citation], pieces: Sequence[Piece]) -> list[Citation]:
    """Let extracts begin with what is left of them: the lines above it may stand at the foot of a page, as a note.

    A citation of which nothing is left belongs to what stands above it.
    """
    lines = [piece.line for piece in pieces if piece.role is not Role.CITATION]
    there = {piece.line for piece in pieces}
    begun = {citation.covers[0] for citation in citations if citation.covers}
    out: list[Citation] = []
    for citation in citations:
        if citation.covers and citation.covers[0] not in there:
            first, last = citation.covers
            at = bisect_left(lines, first)
            left = at < len(lines) and lines[at] <= last and lines[at] not in begun
            citation = replace(citation, covers=(lines[at], last) if left else None)
        out.append(citation)
    return out


def _names_book(piece: Piece, title: str) -> bool:
    """Tell whether a heading is the title of the book as it is known: it may stand above the first chapter."""
    return piece.role in _HEADINGS and letters_of(piece.text) in (letters_of(title), letters_of(title.split(":")[0]))


def _is_over_heading(piece: Piece, pieces: Sequence[Piece], page: Sequence[Piece]) -> bool:
    """Tell whether the title of a title page stands over a heading, with nothing but rows of the page between.

    Where text follows, that has no other heading.
    """
    lines = {one.line for one in page}
    others = (one for one in pieces[pieces.index(piece) + 1 :] if one.line not in lines)
    below = next((one for one in others if one.role is not Role.CAPTION), None)  # a picture of the title page
    return names_book(piece.decision) and below is not None and below.role in _HEADINGS


def _is_inscribed(pieces: Sequence[Piece], said: Collection[int]) -> bool:
    """Tell whether but a few lines are left of the title page: a dedication, an epigraph, which stand by themselves."""
    pieces = [piece for piece in pieces if piece.role is not Role.CAPTION]  # pictures of the title page
    page = list(takewhile(lambda piece: piece.line in said or piece.role in (*_INSCRIBES, Role.PARAGRAPH), pieces))
    left = [piece for piece in page if piece.line not in said]
    if sum(len(piece.text.split()) for piece in left if piece.role is Role.PARAGRAPH) > _INSCRIBED_WORDS:
        return False
    return 0 < len(left) <= _INSCRIBED and len(page) < len(pieces) and pieces[len(page)].role in _HEADINGS


def _missing_pictures(decisions: Sequence[Decision], report: Report) -> None:
    places = [one.line for one in decisions if one.leaving and one.leaving.picture]
    if places:
        report.find("pictures-missing", places[0], number=len(places))


def _without_idle_separators(pieces: Iterable[Piece]) -> list[Piece]:
    """Leave out ornaments beside a heading or at either end of the text: they part nothing."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.role is Role.SEPARATOR and (not out or out[-1].role in _HEADINGS):
            continue
        while piece.role in _HEADINGS and out and out[-1].role is Role.SEPARATOR:
            out.pop()
        out.append(piece)
    while out and out[-1].role is Role.SEPARATOR:
        out.pop()
    return out


def _emptied(pieces: Sequence[Piece], text: Mapping[int, str]) -> set[int]:
    """Return the headings that named notes and under which nothing is left, now that the notes stand at their calls.

    One of several lines says more than that.
    """
    return {
        piece.line
        for piece, below in zip_longest(pieces, pieces[1:])
        if piece.role in _HEADINGS
        and piece.lines == (piece.line,)
        and is_notes_title(text[piece.line])
        and (not below or below.role in _HEADINGS)
    }


def _composed(citation: Citation, compositor: Compositor) -> Citation:
    """Set the words of a citation that its note prints as they are."""
    fields = replace(citation.fields, extra=compositor.phrase(citation.fields.extra))
    return replace(citation, text=compositor.phrase(citation.text), fields=fields)


def _heading(piece: Piece, desk: _Desk) -> Heading:
    level = 1 if piece.role is Role.TITLE else max(2, piece.decision.level)
    return _named(piece.text, level, piece.lines, desk)


def _named(text: str, level: int, lines: tuple[int, ...], desk: _Desk) -> Heading:
    name = desk.ids.of(unmarked(bare(text)))
    content = desk.marks.back(inlines(displayed(text, usual=desk.stopped), desk.lang))
    return Heading(level, content, name, lines)


def _loose(pieces: list[Piece], desk: _Desk, report: Report) -> list[Element]:
    """Set what belongs to no extract; empties ``pieces``."""
    if not pieces:
        return []
    blocks = _blocks(pieces, desk)
    pieces.clear()
    return list(blocks)


def _extract(pieces: Sequence[Piece], citation: Citation | None, desk: _Desk) -> Extract:
    blocks = _blocks(pieces, desk)
    numbers = tuple(n for piece in pieces for n in piece.lines)
    if citation is None:
        return Extract(tuple(blocks), None, numbers)
    note = _citation_note(citation, desk)
    return Extract(tuple(_called(blocks, note)), note, (*numbers, citation.line))


def _cite_again(citation: Citation, elements: list[Element], desk: _Desk, report: Report) -> None:
    """Set a citation that covers nothing: a second source of the extract before it, or a line of its own."""
    last = elements[-1] if elements else None
    if isinstance(last, Extract):
        note = _citation_note(citation, desk)
        elements[-1] = replace(last, blocks=tuple(_called(list(last.blocks), note)))
    elif isinstance(last, Block | ItemList | Table) and getattr(last, "kind", None) is not Kind.TITLE_PAGE:
        note = _citation_note(citation, desk)
        elements[-1:] = _called([last], note)
    else:
        report.find("citation-covers-nothing", citation.line)
        elements.append(Block(Kind.ATTRIBUTION, inlines(citation.text, desk.lang), (citation.line,)))


def _citation_note(citation: Citation, desk: _Desk) -> str:
    """Make the note of a citation and return its id."""
    name = f"c{citation.line}"
    ones = (citation, *citation.also)
    works = [work for one in ones if (work := desk.works.get(one.work or ""))]
    known = len(works) == len(ones)
    if not known:
        text = _closed(citation.text) if citation.verbatim else citation.text
        content: tuple[Inline, ...] = inlines(text, desk.lang)
        must = ""
        why = "the citation stands word for word in its note"
    else:
        page = words_for(desk.lang).page
        first, *more = (Cite(w.id, c.fields.locator, page, before=c.lead) for w, c in zip(works, ones, strict=True))
        content = (replace(first, more=tuple(more)), Run("."))
        extra = " ".join(
            one.fields.extra for work, one in zip(works, ones, strict=True) if not says_already(work, one.fields.extra)
        )
        if extra:
            content += (Run(" "), *inlines(_closed(extra), desk.lang))
        told = (f"{one.lead} {_signature(work)} {one.fields.locator}" for work, one in zip(works, ones, strict=True))
        must = " ".join((*told, extra)).strip()
        why = "the citation is set in the style of the notes; the work stands in the bibliography"
        if citation.back:
            why = f"“{citation.back}” names the work that was cited before"
    desk.notes[name] = Note(name, (Block(Kind.NOTE, content, (citation.line,)),), (citation.line,))
    kind = ChangeKind.RESTYLED if known else ChangeKind.MOVED
    inside = citation.covers is not None and citation.covers[0] <= citation.line <= citation.covers[1]
    own = (citation.line,) if inside else desk.spans.get(citation.line, (citation.line,))
    for line in own:
        before = citation.text if inside else desk.text.get(line, citation.text)
        after = before if not known else must if line == citation.line else ""
        desk.changes.append(Change(line, kind, before, after, why))
    return name


def _closed(text: str) -> str:
    return text if text.endswith((".", "]", ")", "!", "?")) else f"{text}."


def _signature(work: Work) -> str:
    """Return what every note on this work shows, the first and the short one: who wrote it, or else its title."""
    for role in ("author", "editor", "translator"):
        names = work.csl.get(role)
        if names:
            return str(names[0].get("family") or names[0].get("literal") or "")
    return str(work.csl.get("title", ""))


def _blocks(pieces: Sequence[Piece], desk: _Desk) -> _Blocks:
    """Set pieces in order: paragraphs, turns, lists, tables; a note of the source goes to the block above it."""
    out: _Blocks = []
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


def _listed(entries: Sequence[Entry], desk: _Desk) -> _Blocks:
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


def _table(rows: Sequence[Piece], desk: _Desk) -> Table | None:
    """Set rows in columns; nothing if there is but one column."""
    found = grid([row.line for row in rows], [" " * row.indent + row.text for row in rows])
    if found is None:
        return None
    desk.changes += record(found, {row.line: row.lines for row in rows}, desk.text)
    cells = tuple(tuple(desk.marks.back(inlines(desk.cell(one), desk.lang)) for one in row) for row in found.rows)
    return Table(cells, found.header, tuple(row.line for row in rows))


def _entries(pieces: Sequence[Piece], above: Sequence[Entry], desk: _Desk) -> list[Entry]:
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


def _caption(piece: Piece, text: str, desk: _Desk) -> str:
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


def _notes_of_source(pieces: Sequence[Piece], desk: _Desk) -> None:
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


def _content(piece: Piece, text: str, desk: _Desk) -> tuple[Inline, ...]:
    if piece.role is Role.CAPTION:
        return inlines(_caption(piece, text, desk), desk.lang)
    if piece.role is Role.STAGE:
        return inlines(text, desk.lang, Style.STAGE)
    if piece.role is not Role.DIALOGUE or piece.decision.level or _SAYS_WHO.search(text):
        return inlines(text, desk.lang)  # the kind of text knows who speaks
    return spoken_by(text, piece.head, desk.turns, desk.lang)


def _note_of_source(piece: Piece, label: str, rest: str, desk: _Desk) -> None:
    name = f"n{piece.line}"
    desk.notes[name] = Note(name, (Block(Kind.NOTE, inlines(rest, desk.lang), piece.lines),), piece.lines)
    desk.changes.append(
        Change(piece.line, ChangeKind.RELABELLED, label, "", "the note's number takes the place of its label")
    )
    for line in piece.lines:
        why = "the note stands at the foot of the page of its call"
        moved = _note_parts(desk.text[line].strip())[1] if line == piece.line else desk.text[line]
        desk.changes.append(Change(line, ChangeKind.MOVED, moved, moved, why))


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
