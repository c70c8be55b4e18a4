"""Which lines a citation stands for: its extract runs back from the citation to the source, heading or gap above it.

A wrong source is worse than no source: where the lines above plainly are something else (a piece that is complete in
itself, a rubric that opens a new piece, a long run of pieces whose own citations were lost) the extract stops there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from pipeline.cite.back import resolve
from pipeline.cite.segments import second_opinion
from pipeline.cite.several import taken_apart
from pipeline.model import Citation, Decision, Fields, Line, Role
from pipeline.report import Report

_GAP = 2  # blank lines; a theme whose heading was lost
_LONG_RUN = 12  # paragraphs; extracts of published texts are shorter, so a longer run has lost citations inside
_ENTRY = re.compile(r"^[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){0,3}\s?[–—]\s?\S")
_COMPENDIUM = 10  # citations; a text with fewer is no book of extracts
_TEXT = frozenset({Role.PARAGRAPH, Role.DIALOGUE, Role.ITEM})
_CLOSED = frozenset({Role.CITATION, Role.TITLE, Role.HEADING, Role.SEPARATOR})


def find(
    lines: Sequence[Line], decisions: Sequence[Decision], report: Report, known: Sequence[Citation] = ()
) -> tuple[Citation, ...]:
    """Take apart the citation on each line that was labelled one, its joined lines with it; bind what points back.

    The ``known`` ones are taken as they are: the kind of the text says more of them than the words on their line.
    """
    given = {citation.line for citation in known}
    text = {line.number: line.text.strip() for line in lines}
    whole: dict[int, list[str]] = {}
    opener = 0
    for decision in decisions:
        if not decision.joined:
            opener = decision.line if decision.role is Role.CITATION else 0
        if opener:
            whole.setdefault(opener, []).append(text[decision.line])
    placed = {one.line for one in decisions if one.placed}
    read = [_on(line, taken_apart(" ".join(words))) for line, words in whole.items() if line not in given]
    read = [_word_for_word(one) if one.line in placed and not is_work(one) else one for one in read]
    judged = sorted((*known, *second_opinion(read)), key=lambda citation: citation.line)
    return resolve(judged, report)


def is_work(citation: Citation) -> bool:
    """Tell whether a line that is a source by its place alone names a work, and no conversation or inscription."""
    fields = citation.fields
    named = fields.author or fields.editor or (fields.container and fields.year)
    return bool(citation.also or (named and fields.title and citation.kind != "unknown"))


def _word_for_word(citation: Citation) -> Citation:
    return replace(citation, fields=Fields(), parsed=False, kind="unknown", score=0.0, doubts=())


def _on(line: int, citation: Citation) -> Citation:
    return replace(citation, line=line, also=tuple(replace(one, line=line) for one in citation.also))


def cover(citations: Sequence[Citation], decisions: Sequence[Decision], lines: Sequence[Line]) -> tuple[Citation, ...]:
    """Return the citations with ``covers`` filled in (``None`` where a citation stands for nothing)."""
    text = {line.number: line.text.strip() for line in lines}
    order = [decision for decision in decisions if not decision.joined]
    at = {decision.line: n for n, decision in enumerate(order)}
    ends = _ends(decisions)
    taken = {line for one in citations if one.covers for line in range(one.covers[0], one.covers[1] + 1)}
    out: list[Citation] = []
    for citation in citations:
        n = at.get(citation.line)
        if n is None or citation.covers is not None:
            out.append(citation)
            continue
        start = _start(n, order, text, ends, taken)
        span = None if start is None else (order[start].line, ends[order[n - 1].line])
        out.append(replace(citation, covers=span))
    return tuple(out)


def _ends(decisions: Sequence[Decision]) -> Mapping[int, int]:
    """For each line that opens a paragraph, the last line of that paragraph."""
    ends: dict[int, int] = {}
    opener = 0
    for decision in decisions:
        if not decision.joined:
            opener = decision.line
        ends[opener] = decision.line
    return ends


def _start(
    n: int, order: Sequence[Decision], text: Mapping[int, str], ends: Mapping[int, int], taken: Container[int]
) -> int | None:
    """Find the index of the first unit of the extract that ends before the citation ``order[n]``.

    The lines that other citations stand for are ``taken``.
    """
    top = n
    while top > 0 and order[top - 1].role not in _CLOSED and order[top - 1].line not in taken:
        above = order[top - 1]
        if top < n and order[top].line - ends[above.line] > _GAP:
            break
        top -= 1
    if top == n:
        return None
    top = _after_complete_pieces(top, n, order, text, ends)
    head = _from_document(_from_rubric(top, n, order, ends), n, order, text, ends)
    if head != top or order[head].role is Role.RUBRIC:
        return head  # a rubric or the head of a letter says where the extract begins
    return _without_lost_sources(top, n, order, text, ends)


def _gap_before(at: int, order: Sequence[Decision], ends: Mapping[int, int]) -> bool:
    return at > 0 and order[at].line - ends[order[at - 1].line] > 1


def _after_complete_pieces(
    top: int, n: int, order: Sequence[Decision], text: Mapping[int, str], ends: Mapping[int, int]
) -> int:
    """Pass over entries of a list without lead-in, each between blank lines: complete, and not part of what follows."""
    at = top
    while at < n - 1 and _ENTRY.match(text[order[at].line]) and _gap_before(at + 1, order, ends):
        at += 1
    return at


def _from_rubric(top: int, n: int, order: Sequence[Decision], ends: Mapping[int, int]) -> int:
    """Start at the last rubric that a blank line sets off: it opens the extract."""
    for at in range(n - 1, top, -1):
        if order[at].role is Role.RUBRIC and _gap_before(at, order, ends):
            return at
    return top


def _from_document(
    top: int, n: int, order: Sequence[Decision], text: Mapping[int, str], ends: Mapping[int, int]
) -> int:
    """Start at the head of a letter that a lead-in announces: the lead-in is the compiler's own."""
    for at in range(top + 1, n):
        opens = order[at].role is Role.LETTER and order[at - 1].role is not Role.LETTER
        if opens and _gap_before(at, order, ends) and text[order[at - 1].line].endswith(":"):
            return at if order[n - 1].role is Role.LETTER else top
    return top


def _without_lost_sources(
    top: int, n: int, order: Sequence[Decision], text: Mapping[int, str], ends: Mapping[int, int]
) -> int:
    """In a run too long to be one extract, keep only what plainly belongs together with its end."""
    paragraphs = [at for at in range(top, n) if order[at].role in (Role.PARAGRAPH, Role.NOTE, Role.RUBRIC)]
    if len(paragraphs) <= _LONG_RUN:
        return top
    at = n - 1
    while at > top and not _stands_alone(at, order, text, ends):
        at -= 1
    return at


def _stands_alone(at: int, order: Sequence[Decision], text: Mapping[int, str], ends: Mapping[int, int]) -> bool:
    """Tell whether a unit may open an extract: it does not lean on the one above."""
    here, above = text[order[at].line], text[order[at - 1].line]
    if order[at].role not in (Role.PARAGRAPH, Role.RUBRIC):
        return False
    if above.endswith((":", "–", "—")) or order[at - 1].role in (
        Role.DIALOGUE,
        Role.ITEM,
        Role.RUBRIC,
        Role.LETTER,
    ):
        return False
    if here[:1] in '“"' and above[-1:] not in ".…!?":
        return False
    quotation_open = above[:1] in '“"' and not above.rstrip(".…").endswith(("”", '"'))
    return not here[:1].islower() and not quotation_open


def report_unsourced(
    decisions: Sequence[Decision], citations: Sequence[Citation], report: Report, own: Container[int] = ()
) -> None:
    """Report each run of paragraphs that no citation stands for, in a text whose extracts have citations.

    The compiler's own words are among them; only a person can tell, but for lines that are known to be somebody's
    ``own``.
    """
    covered = {line for one in citations if one.covers for line in range(one.covers[0], one.covers[1] + 1)}
    if len(citations) < _COMPENDIUM or not covered:
        return
    run: list[int] = []
    for decision in (*decisions, None):
        if (
            decision is not None
            and decision.role in _TEXT
            and decision.line not in covered
            and decision.line not in own
        ):
            run.append(decision.line)
        elif run and (decision is None or decision.role is not Role.RUBRIC):
            lines = f"line {run[0]}" if len(run) == 1 else f"lines {run[0]} to {run[-1]}"
            report.find("source-missing", run[0], lines=lines)
            run = []
