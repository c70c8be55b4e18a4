"""Turned: text that does not run from left to right along the foot of its page, set as if it did.

A wide table stands sideways on its page, a scanner lays a page on its side, Hebrew and Arabic run from right to left.
Everything that reads rows asks what is left, above and set in; so letters get the places that they would have.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.print_rows import Letter, PrintRow

__all__ = ["Box", "from_left_to_right", "quarter", "together", "upright"]

Box = tuple[float, float, float, float]
"""Left, foot, right and top, in points."""

_FIRST = "\u0590"  # no letter before it runs from right to left
_LEFTWARD = frozenset({"R", "AL"})  # classes of letters (Unicode, UAX #9)
_RIGHTWARD = frozenset({"L", "EN", "AN"})
_NEAR = 0.6  # of the size of the letters; a blank between words is no wider
_APART = 3  # times the size; rows that do not belong to the text of a page stand so far from it


def quarter(angle: float) -> int:
    """Return how many quarters of a circle text is turned to the left, from 0 to 3.

    ``angle``: in radians, to the right, as PDFium gives it. A page that lies a little askew is not turned.
    """
    return -round(angle / (math.pi / 2)) % 4


def upright(box: Box, at: tuple[float, float], turn: int, page: Box) -> tuple[Box, float]:
    """Return the box of a letter, and the line it stands on, as they are when the page is turned until it is upright.

    Args:
        box: of the letter.
        at: where its foot begins.
        turn: quarters to the left by which it is turned.
        page: the box of the page.

    """
    left, foot, right, top = box
    if turn == 1:
        return (foot, page[2] - right, top, page[2] - left), page[2] - at[0]
    if turn == 2:
        return (page[2] - right, page[3] - top, page[2] - left, page[3] - foot), page[3] - at[1]
    if turn == 3:
        return (page[3] - top, left, page[3] - foot, right), at[0]
    return box, at[1]


def together(pieces: Sequence[PrintRow], page: Box) -> list[PrintRow]:
    """Put pieces of rows that are turned otherwise than most of their page above or below the others.

    What stands upright on a page whose text stands sideways is its running head or its folio. What stands sideways on
    an upright page, such as a stamp in the margin, comes last. ``page``: its box.
    """
    turns = Counter(piece.letters[0].turn for piece in pieces for _ in piece.letters)
    if len(turns) < 2:
        return list(pieces)
    most = turns.most_common(1)[0][0]
    text = [piece for piece in pieces if piece.letters[0].turn == most]
    other = [piece for piece in pieces if piece.letters[0].turn != most]
    high, low = max(piece.foot for piece in text), min(piece.foot for piece in text)
    middle = (page[1] + page[3]) / 2
    top = max(piece.foot for piece in other)
    for piece in other:
        size = _APART * piece.size
        above = piece.letters[0].turn == 0 and piece.foot > middle
        foot = high + size + piece.foot - middle if above else low - size - (top - piece.foot)
        piece.letters = [replace(one, foot=one.foot + foot - piece.foot) for one in piece.letters]
        piece.foot = foot
    return [*text, *other]


def from_left_to_right(letters: Sequence[Letter], width: float) -> Sequence[Letter]:
    """Return the letters of a page with the places they would have if all of them ran from left to right.

    A page that runs from right to left is mirrored: its paragraphs are set in at the right. Then words that run the
    other way than their page, as figures do in Arabic and Hebrew does in English, are turned where they stand.

    Args:
        letters: in the order in which they are read.
        width: of the page, in points.

    """
    if not any(letter.sign >= _FIRST for letter in letters):
        return letters
    classes = [unicodedata.bidirectional(letter.sign) for letter in letters]
    leftward = sum(one in _LEFTWARD for one in classes)
    if not leftward:
        return letters
    mirrored = leftward > sum(one == "L" for one in classes)
    out = [_moved(one, width - one.right, width - one.left) for one in letters] if mirrored else list(letters)
    against = _RIGHTWARD if mirrored else _LEFTWARD
    start = 0
    for at in range(1, len(out) + 1):
        if at < len(out) and _goes_back(out[at - 1], out[at]):
            continue
        if at - start > 1 and against.intersection(classes[start:at]):
            edges = out[start].right + out[at - 1].left
            out[start:at] = [_moved(one, edges - one.right, edges - one.left) for one in out[start:at]]
        start = at
    return out


def _moved(letter: Letter, left: float, right: float) -> Letter:
    return replace(letter, left=left, right=right)


def _goes_back(letter: Letter, after: Letter) -> bool:
    """Tell whether a letter stands at the left of the one before it, on the same line."""
    size = max(letter.size, after.size)
    near = abs(letter.left - after.right) < _NEAR * size and abs(letter.foot - after.foot) < size
    return near and after.left < letter.left and letter.turn == after.turn
