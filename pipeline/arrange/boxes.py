"""Boxes that a transcriber drew around a notice, a card, a board, with hyphens, plus signs and bars.

The frame is the typesetter's: what stands in it is set off, its lines brought together where a sentence goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.arrange.pieces import Piece
from pipeline.label.display import FRAME, FRAMED, is_box
from pipeline.model import Role


def unboxed(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with what stands in boxes without their frames: quotations, a paragraph each."""
    out: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _end(pieces, at)
        out += _inside(pieces[at + 1 : end - 1]) if end else [pieces[at]]
        at = end or at + 1
    return out


def _end(pieces: Sequence[Piece], at: int) -> int:
    """Return the place behind the box whose upper edge is a piece; 0 if none begins there."""
    if not FRAME.fullmatch(pieces[at].text.strip()):
        return 0
    end = at + 1
    while end < len(pieces) and pieces[end].adjacent and FRAMED.fullmatch(pieces[end].text.strip()):
        end += 1
    end = min(end + 1, len(pieces))
    return end if is_box([piece.text.strip() for piece in pieces[at:end]]) and pieces[end - 1].adjacent else 0


def _words(piece: Piece) -> str:
    found = FRAMED.fullmatch(piece.text.strip())
    return found["words"].strip() if found else ""


def _inside(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the paragraphs of a box: a row that begins in small letters goes on with the one above."""
    out: list[Piece] = []
    apart = True
    for piece in pieces:
        words = _words(piece)
        if words and out and not apart and words[0].islower():
            out[-1] = replace(out[-1], text=f"{out[-1].text} {words}", lines=(*out[-1].lines, *piece.lines))
        elif words:
            decision = replace(piece.decision, role=Role.QUOTE, joined=False, level=0)
            out.append(replace(piece, decision=decision, text=words, raw=words, indent=0, adjacent=bool(out)))
        apart = not words
    return out
