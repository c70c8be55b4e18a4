"""Kinds: of which kind each stretch of a text is, and how it is read.

Each kind of text is a room: a module with the four names of :class:`Room`, and a row in :data:`ROOMS`. Every room looks
at the text; the one with the strongest claim reads its stretch; what lies before and behind is looked at anew. Overlays
then lie over the whole: they find something that may stand in a text of any kind. How to add one: ``docs/new-kind.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Protocol

from pipeline.beside import Beside
from pipeline.kinds import (
    afterword,
    attributed,
    chats,
    clippings,
    commonplace,
    compendium,
    correspondence,
    diaries,
    digests,
    excerpts,
    exported,
    exports,
    glossary,
    guide,
    mail,
    margin,
    markup,
    mentions,
    pages,
    points,
    questions,
    quotations,
    raised,
    references,
    screenplay,
    sources,
    subtitles,
    tables,
    transcription,
    transcripts,
    unkept,
)
from pipeline.kinds.documents import signed, with_looks
from pipeline.label import LEAVING
from pipeline.markup import foreword
from pipeline.model import OUT, Claim, Copy, Decision, Leaving, Line, place_of
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = [
    "OVERLAYS",
    "ROOMS",
    "WHY",
    "Overlay",
    "Room",
    "has_own_marks",
    "leaving",
    "read_kinds",
    "signed",
    "with_looks",
]


class Room(Protocol):
    """One kind of text.

    ``NAME``: as the report says it ("clippings of a reading device"); ``WHY``: each rule by which it decides what a
    line is, with what an editor would say; and where it keeps lines out of the book, a table ``LEAVES`` may say how,
    rule by rule.
    """

    NAME: str
    WHY: Mapping[str, str]

    def recognise(self, lines: Sequence[Line]) -> Claim | None:
        """Claim the stretch of ``lines`` that most likely is of this kind; nothing where none is.

        The score is the share of the stretch that has the marks of the kind. What would fit any text claims half of
        that at most, so that a kind with marks of its own goes before.
        """

    def read(self, lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
        """Read the stretch that was claimed: what each line is, and all else that the kind knows of it."""


class Overlay(Protocol):
    """What may stand in a text of any kind, such as a list of works and the calls that name them."""

    NAME: str
    WHY: Mapping[str, str]

    def lay(self, copy: Copy, report: Report) -> Copy:
        """Return the copy with what was found; the same copy where nothing was."""


ROOMS: tuple[Room, ...] = (
    compendium,
    transcription,
    clippings,
    excerpts,
    digests,
    exports,
    tables,
    quotations,
    attributed,
    commonplace,
    transcripts,
    subtitles,
    chats,
    mail,
    correspondence,
    diaries,
    questions,
    points,
    glossary,
    guide,
    screenplay,
    pages,
    markup,
)
OVERLAYS: tuple[Overlay, ...] = (unkept, references, sources, mentions)

_MARKED: tuple[Room, ...] = (*ROOMS[ROOMS.index(clippings) : ROOMS.index(mail)], correspondence)
"""Kinds with marks of their own, which a file may have though its name says that it is marked up."""

WHY: Mapping[str, str] = dict(
    chain(
        chain.from_iterable(room.WHY.items() for room in ROOMS),
        chain.from_iterable(overlay.WHY.items() for overlay in OVERLAYS),
        foreword.WHY.items(),
        afterword.WHY.items(),
    )
)
"""The rules by which a kind of text decides what a line is, each with what an editor would say."""

_LONG = 200_000  # letters: what all rooms think of so many is worth a twin
_SURE = 0.5  # what fits any text claims no more
_OWN = 0.8  # a kind that claims as much of a marked-up file knows its lines better than the markup does


def read_kinds(lines: Sequence[Line], settings: Settings, report: Report, rooms: Sequence[Room] = ROOMS) -> Copy:
    """Read a text, each stretch of it by the room whose kind it is.

    Args:
        lines: the repaired text.
        settings: what a person chose; a room may have choices of its own.
        report: learns which stretch is of which kind, and why, where that is not what any text may be.
        rooms: the kinds of text that there are.

    """
    above, lines = (None, lines) if exported.under_fields(lines) else foreword.parted(lines)
    lines, below = afterword.left_off(lines)
    lines, numbers = margin.freed(lines, of_pages=False)
    as_given = lines
    lines, figures = raised.set_apart(lines)
    claims = _claims(lines, rooms)
    if figures and any(room is pages for room, _ in claims):  # pages tell calls by where their notes stand
        lines, figures = as_given, ()
        claims = _claims(lines, rooms)
    copies: list[Copy] = []
    at = 0
    for n, (room, claim) in enumerate(claims):
        end = len(lines) if n + 1 == len(claims) else place_of(lines, claim.last) + 1
        if claim.score > _SURE:
            report.find(
                "kind-found",
                claim.first,
                kind=claim.kind,
                first=claim.first,
                last=claim.last,
                reasons="; ".join(claim.reasons),
            )
        copies.append(room.read(lines[at:end], settings, report))
        at = end
    copy = _bound(copies)
    copy = replace(copy, changes=(*numbers, *figures, *copy.changes), claims=tuple(claim for _, claim in claims))
    copy = above.over(copy) if above else copy
    copy = below.under(copy) if below else copy
    for overlay in OVERLAYS if copy.ready is None else ():
        copy = overlay.lay(copy, report)
    return replace(copy, decisions=leaving(copy.decisions, rooms))


def has_own_marks(lines: Sequence[Line]) -> bool:
    """Tell whether a file that is marked up is, from end to end, of a kind with marks of its own.

    Such are the highlights that an app exports as Markdown or as a page of the web, and lists of quotations: the markup
    names a list or a quotation, and the kind names its source.
    """
    _, lines = (None, lines) if exported.under_fields(lines) else foreword.parted(lines)
    lines, _ = afterword.left_off(lines)
    filled = [line.number for line in lines if not line.blank]
    claims = (claim for room in _MARKED if filled and (claim := room.recognise(lines)))
    return any(one.score >= _OWN and (one.first, one.last) == (filled[0], filled[-1]) for one in claims)


def leaving(decisions: Iterable[Decision], rooms: Sequence[Room] = ROOMS) -> tuple[Decision, ...]:
    """Say of each line that is no part of the book how it leaves it, by the tables of the rule that decided it."""
    tables: list[Mapping[str, Leaving]] = [getattr(room, "LEAVES", {}) for room in (*rooms, *OVERLAYS)]
    ways = dict(chain(LEAVING.items(), chain.from_iterable(table.items() for table in tables)))
    said = {**WHY, **dict(chain.from_iterable(room.WHY.items() for room in rooms))}

    def way(decision: Decision) -> Leaving:
        rule = decision.reasons[0].rule if decision.reasons else ""
        found = ways.get(rule, Leaving())
        return replace(found, why=said.get(rule, found.why))

    return tuple(replace(one, leaving=way(one)) if one.role in OUT else one for one in decisions)


def _claims(lines: Sequence[Line], rooms: Sequence[Room]) -> list[tuple[Room, Claim]]:
    """Return the stretches of the text in order, each with the room that reads it; every line is in one.

    Markup is read from end to end, or not at all: what it makes is a book of its own.
    """
    out: list[tuple[Room, Claim]] = []
    filled = [line.number for line in lines if not line.blank]
    whole = (filled[0], filled[-1]) if filled else ()
    left = [tuple(lines)]
    while left:
        part = left.pop()
        found = [
            (room, claim)
            for room, claim in _recognised(part, rooms)
            if room is not markup or (claim.first, claim.last) == whole
        ]
        if not found:
            continue
        room, claim = max(found, key=lambda pair: pair[1].score)
        out.append((room, claim))
        first, last = place_of(part, claim.first), place_of(part, claim.last)
        left += [rest for rest in (part[:first], part[last + 1 :]) if any(not line.blank for line in rest)]
    return sorted(out, key=lambda pair: pair[1].first)


def _recognised(lines: Sequence[Line], rooms: Sequence[Room]) -> list[tuple[Room, Claim]]:
    """Return what each room claims, in their order; of a long text a twin asks every second of them."""
    with Beside() as beside:
        long = sum(len(line.text) for line in lines) > _LONG
        others = beside.begin(lambda: [room.recognise(lines) for room in rooms[1::2]], twin=long)
        claims: list[Claim | None] = [None] * len(rooms)
        claims[::2] = [room.recognise(lines) for room in rooms[::2]]
        claims[1::2] = others()
    return [(room, claim) for room, claim in zip(rooms, claims, strict=True) if claim]


def _bound(copies: Sequence[Copy]) -> Copy:
    """Put the copies of all stretches behind one another."""
    if len(copies) == 1:
        return copies[0]
    return Copy(
        tuple(chain.from_iterable(copy.lines for copy in copies)),
        tuple(chain.from_iterable(copy.decisions for copy in copies)),
        tuple(chain.from_iterable(copy.citations for copy in copies)),
        changes=tuple(chain.from_iterable(copy.changes for copy in copies)),
        own=frozenset(chain.from_iterable(copy.own for copy in copies)),
        unsourced=tuple(chain.from_iterable(copy.unsourced for copy in copies)),
        heads=dict(chain.from_iterable(copy.heads.items() for copy in copies)),
        ready=next((copy.ready for copy in copies if copy.ready), None),
        title=next((copy.title for copy in copies if copy.title), ""),
        authors=next((copy.authors for copy in copies if copy.authors), ()),
        named=next((copy.named for copy in copies if copy.named), {}),
    )
