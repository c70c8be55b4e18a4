"""Where a piece appeared, said below its title: some pieces have it on a line of its own, in others it runs in.

"For the Lowmouth Gazette. Friday, 7 December 1787" stands below title after title as a paragraph of its own. A title
that goes on with the same words, or a first paragraph that does, is a title and that line, which a transcriber ran
together. What so comes back is no part of any one title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.arrange.pieces import HEADINGS, Piece
from pipeline.model import Role
from pipeline.parts import NAMED

_LINE = re.compile(r"(?P<where>[^\W\d_a-zß-öø-ÿ][^.\d]{5,50})\. (?P<when>[^.]*\d[^.]{0,20})\.?")
"""Where a piece appeared, and when, parted by a full stop."""
_TIMES = 2  # below other titles; what stands there once may say anything
_TITLE = 160  # letters of a title; a paragraph that has more before such words is a paragraph
_COUNTS = re.compile(r"\D{0,40}(?:\d+|[IVXLC]+)\W*")


def part_appearances(pieces: Sequence[Piece]) -> list[Piece]:
    """Part from titles, and from paragraphs that are titles below their numbers, where and when a piece appeared."""
    below = [one.text for above, one in pairwise(pieces) if above.role in HEADINGS and one.role is Role.PARAGRAPH]
    places = Counter(_place(match["where"]) for text in below if (match := _LINE.fullmatch(text.strip())))
    known = [place for place, times in places.items() if times >= _TIMES]
    return list(_parted(pieces, known)) if known else list(pieces)


def _parted(pieces: Sequence[Piece], known: Sequence[str]) -> Iterator[Piece]:
    taken: Piece | None = None
    for piece, below in pairwise([*pieces, None]):
        if piece is None or piece is taken:
            continue
        if piece.role not in HEADINGS:
            yield piece
            continue
        if split := _split(piece.text, known):
            title, said = split
            yield replace(piece, text=title)
            yield _line(piece, said)
        elif (
            below is not None
            and below.role is Role.PARAGRAPH
            and _is_number(piece.text)
            and (split := _split(below.text, known))
        ):
            taken = below
            title, said = split
            yield replace(piece, text=f"{piece.text.rstrip('. ')}. {title}", lines=(*piece.lines, *below.lines))
            yield _line(below, said)
        else:
            yield piece


def _split(text: str, known: Sequence[str]) -> tuple[str, str] | None:
    """Part a text before words that say where a piece appeared, with the date at its end; None where it has none."""
    plain = text.casefold()
    before = max((plain.rfind(f" {place}. ") for place in known), default=-1)
    at = text.rfind(" ", 0, max(before, 0))
    title, said = text[:at].strip(), text[at:].strip()
    return (title, said) if at > 0 and len(title) <= _TITLE and _LINE.fullmatch(said) else None


def _place(where: str) -> str:
    """Return where a piece appeared without the word before it: one has "For the …", another "From the …"."""
    return where.partition(" ")[2].casefold()


def _is_number(title: str) -> bool:
    number = NAMED.match(title)
    return bool(number and not title[number.end() :].strip(" .:—–-")) or _COUNTS.fullmatch(title) is not None


def _line(piece: Piece, said: str) -> Piece:
    """Return the line that says it, as a paragraph below its title."""
    line = piece.lines[-1]
    decision = replace(piece.decision, line=line, role=Role.PARAGRAPH, level=0)
    return Piece(decision, (line,), said, adjacent=False)
