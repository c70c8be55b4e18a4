"""Citations: each becomes a note at the end of the extract that it covers, or of what stands above it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.arrange.compositor import Compositor
from pipeline.arrange.desk import Blocks, Desk
from pipeline.arrange.inlines import inlines
from pipeline.arrange.pieces import Piece
from pipeline.cite.works import says_already
from pipeline.language import words_for
from pipeline.model import (
    Block,
    Change,
    ChangeKind,
    Citation,
    Cite,
    Element,
    Extract,
    Inline,
    ItemList,
    Kind,
    Note,
    NoteCall,
    Role,
    Run,
    Table,
    Work,
)
from pipeline.report import Report


def anchored(citations: Sequence[Citation], pieces: Sequence[Piece]) -> list[Citation]:
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


def composed(citation: Citation, compositor: Compositor) -> Citation:
    """Set the words of a citation that its note prints as they are."""
    fields = replace(citation.fields, extra=compositor.phrase(citation.fields.extra))
    return replace(citation, text=compositor.phrase(citation.text), fields=fields)


def cite_again(citation: Citation, elements: list[Element], desk: Desk, report: Report) -> None:
    """Set a citation that covers nothing: a second source of the extract before it, or a line of its own."""
    last = elements[-1] if elements else None
    if isinstance(last, Extract):
        note = citation_note(citation, desk)
        elements[-1] = replace(last, blocks=tuple(called(list(last.blocks), note)))
    elif isinstance(last, Block | ItemList | Table) and getattr(last, "kind", None) is not Kind.TITLE_PAGE:
        note = citation_note(citation, desk)
        elements[-1:] = called([last], note)
    else:
        report.find("citation-covers-nothing", citation.line)
        elements.append(Block(Kind.ATTRIBUTION, inlines(citation.text, desk.lang), (citation.line,)))


def citation_note(citation: Citation, desk: Desk) -> str:
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


def called(blocks: Blocks, note: str) -> Blocks:
    """Put the call of ``note`` at the end of the last block."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Block) and last.kind is not Kind.SEPARATOR:
        return [*blocks[:-1], replace(last, inlines=(*last.inlines, NoteCall(note)))]
    if isinstance(last, ItemList):
        inner = called(list(last.items[-1].blocks), note)
        kept = tuple(block for block in inner if not isinstance(block, Table))
        return [*blocks[:-1], replace(last, items=(*last.items[:-1], replace(last.items[-1], blocks=kept)))]
    return [*blocks, Block(Kind.PARAGRAPH, (NoteCall(note),), ())]
