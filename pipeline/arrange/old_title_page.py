"""The old title page: which of its rows the new one says, and which stand in the book."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from pipeline.arrange.marks import Marks
from pipeline.arrange.pieces import HEADINGS, Piece
from pipeline.label.front import names_book
from pipeline.label.headlines import letters_of
from pipeline.model import OPENS, Role, Style

_ITALICS = next(mark for mark, style in OPENS.items() if style is Style.EMPHASIS)
_SLANTED = re.compile(rf"{_ITALICS}[^{''.join(OPENS)}]+{chr(ord(_ITALICS) + 1)}\W?")  # in italics from end to end
_INSCRIBES = (Role.LETTER, Role.ATTRIBUTION, Role.QUOTE, Role.VERSE)
_INSCRIBED = 40  # lines of a dedication, which may be a poem, or an epigraph
_INSCRIBED_WORDS = 60  # of one that runs on as prose; more is a preface without a name


def said_by_the_new(pieces: Sequence[Piece], said: Collection[int], title: str, marks: Marks) -> list[Piece]:
    """Return the pieces of the old title page of which the new one says all: their lines are among those ``said``.

    A heading that is the ``title`` of the book stays where it stands over the text, if it does.
    """
    whole = [piece for piece in pieces if said and {*piece.lines} <= {*said} and not marks.calls(piece.text)]
    if _is_inscribed(pieces, said):
        return whole
    return [piece for piece in whole if not _names_book(piece, title) or _is_over_heading(piece, pieces, whole)]


def _names_book(piece: Piece, title: str) -> bool:
    """Tell whether a heading is the title of the book as it is known: it may stand above the first chapter."""
    return piece.role in HEADINGS and letters_of(piece.text) in (letters_of(title), letters_of(title.split(":")[0]))


def _is_over_heading(piece: Piece, pieces: Sequence[Piece], page: Sequence[Piece]) -> bool:
    """Tell whether the title of a title page stands over a heading, with nothing but rows of the page between.

    Where text follows, that has no other heading.
    """
    lines = {one.line for one in page}
    others = (one for one in pieces[pieces.index(piece) + 1 :] if one.line not in lines)
    below = next((one for one in others if one.role is not Role.CAPTION), None)  # a picture of the title page
    return names_book(piece.decision) and below is not None and below.role in HEADINGS


def _is_inscribed(pieces: Sequence[Piece], said: Collection[int]) -> bool:
    """Tell whether but a few lines are left of the title page: a dedication, an epigraph, which stand by themselves."""
    pieces = [piece for piece in pieces if piece.role not in (Role.CAPTION, Role.SEPARATOR)]  # those of the title page
    page = list(takewhile(lambda piece: piece.line in said or piece.role in (*_INSCRIBES, Role.PARAGRAPH), pieces))
    left = [piece for piece in page if piece.line not in said]
    prose = (piece.text for piece in left if piece.role is Role.PARAGRAPH and not _SLANTED.fullmatch(piece.text))
    if sum(len(text.split()) for text in prose) > _INSCRIBED_WORDS:
        return False
    return 0 < len(left) <= _INSCRIBED and len(page) < len(pieces) and pieces[len(page)].role in HEADINGS
