"""Acts and scenes: "ACT II.—SCENE I." names two divisions in one line, where the other scenes stand alone below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import parts
from pipeline.arrange.pieces import Piece
from pipeline.forms.plays import SCENE
from pipeline.model import Role

_BOTH = re.compile(
    rf"(?P<act>{parts.ACT}\b[^_*.:,;—–-]{{1,20}}|[^\W\d_]+ {parts.ACT}\b)[.:,;]?(?:\s*[—–-]+\s*|\s+)"
    rf"(?P<scene>[^_*]*\b{parts.SCENE}\b[^_*]*)",
    re.IGNORECASE,
)


def first_scenes(pieces: Sequence[Piece]) -> dict[int, tuple[str, str, int]]:
    """Part the headings that name an act and its first scene.

    Each act is named once, and scenes that follow have headings of their own, which lie deeper.

    Returns:
        By line: the act, the scene, and the level of the scenes.

    """
    heads = [piece for piece in pieces if piece.role in (Role.TITLE, Role.HEADING)]
    both = {piece.line: found for piece in heads if (found := _BOTH.fullmatch(piece.text.strip()))}
    acts = {found["act"].casefold() for found in both.values()}
    scenes = [piece.decision.level for piece in heads if piece.line not in both and SCENE.search(piece.text)]
    if not both or len(acts) < len(both) or not scenes:
        return {}
    deep = min(scenes)
    return {
        piece.line: (
            piece.text.strip()[: both[piece.line].start("scene")].rstrip(" —–-"),
            both[piece.line]["scene"],
            deep,
        )
        for piece in heads
        if piece.line in both and piece.decision.level < deep
    }
