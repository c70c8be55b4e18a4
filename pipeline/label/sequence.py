"""The best sequence of roles: what each unit looks like, and how well roles follow one another (Viterbi)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from pipeline.model import Role

Scores = Mapping[Role, float]

# How well the second role follows the first, where it matters; anything else is 0. In the same scale as the rules.
FOLLOWS: dict[tuple[Role, Role], float] = {
    (Role.ITEM, Role.ITEM): 1.0,
    (Role.DIALOGUE, Role.DIALOGUE): 1.0,
    (Role.VERSE, Role.VERSE): 1.0,
    (Role.LETTER, Role.LETTER): 0.5,
    (Role.TITLE, Role.HEADING): 0.5,
    (Role.PARAGRAPH, Role.CITATION): 0.5,
    (Role.ATTRIBUTION, Role.CITATION): 0.5,
    (Role.RUBRIC, Role.PARAGRAPH): 0.3,
    (Role.RUBRIC, Role.DIALOGUE): 0.3,
    (Role.TITLE, Role.CITATION): -4.0,
    (Role.HEADING, Role.CITATION): -3.0,
    (Role.RUBRIC, Role.CITATION): -2.5,
    (Role.HEADING, Role.ATTRIBUTION): -3.0,
    (Role.TITLE, Role.ATTRIBUTION): -3.0,
    (Role.CITATION, Role.ATTRIBUTION): -4.0,
    (Role.TITLE, Role.TITLE): -2.0,
    (Role.CITATION, Role.CITATION): -0.5,
}


def best(scores: Sequence[Scores]) -> list[tuple[Role, float]]:
    """Find the best sequence of roles.

    Args:
        scores: for each unit, the roles that some rule spoke for, with their sums.

    Returns:
        For each unit its role and the margin between the best sequence and the best one in which this unit has another
        role, from 0 (a toss-up) to 1 (no doubt).

    """
    if not scores:
        return []
    forward = _walk(scores, lambda a, b: FOLLOWS.get((a, b), 0.0))
    backward = _walk(scores[::-1], lambda a, b: FOLLOWS.get((b, a), 0.0))[::-1]
    out: list[tuple[Role, float]] = []
    for own, ahead, behind in zip(scores, forward, backward, strict=True):
        through = sorted(((ahead[role] + behind[role] - own[role], role) for role in own), key=lambda x: -x[0])
        margin = through[0][0] - through[1][0] if len(through) > 1 else math.inf
        out.append((through[0][1], round(1.0 - math.exp(-margin / 2.0), 3)))
    return out


def _walk(scores: Sequence[Scores], step: Callable[[Role, Role], float]) -> list[dict[Role, float]]:
    table: list[dict[Role, float]] = [dict(scores[0])]
    for own in scores[1:]:
        last = table[-1]
        table.append(
            {
                role: value + max(past + step(before, role) for before, past in last.items())
                for role, value in own.items()
            }
        )
    return table
