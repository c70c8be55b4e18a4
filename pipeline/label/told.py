"""What the rooms share that overrule the labeller: how sure they are, and how they look at its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.label.labeller import Told
from pipeline.label.rows import Row, Rows, parted
from pipeline.model import Reason, Role

SURE = 0.99
"""Probability of what is plain."""

AGREED = 0.9
"""Probability of what a form agrees on."""

SETTLED = 12.0
"""Weight of a reason that nothing outvotes."""

LOUD = 3.0
"""Weight of a reason that speaks louder than most observations."""


def overruled(reason: Reason, was: Role | None, *, goes_on: bool = False, score: float = AGREED) -> Told:
    """Return what a rule says of a line against all others: the role of its ``reason``, where it ``was`` another."""
    return Told(reason.role, goes_on, score, was, 0.0 if was is None else 1 - score, (reason,))


def is_settled(one: Told) -> bool:
    """Tell whether a rule that nothing outvotes decided on a line."""
    return any(reason.weight >= SETTLED for reason in one.reasons[:1])


def is_plain(one: Told) -> bool:
    """Tell whether such a rule did, and is sure of it: it stands in the contents, or counts up."""
    return one.score >= SURE and is_settled(one)


def role_of(row: Row, told: Mapping[int, Told]) -> Role | None:
    """Return the role of a line; None where something is certain of it."""
    return told[row.number].role if row.number in told else None


def stretches(rows: Sequence[Row]) -> list[list[Row]]:
    """Part rows where blank lines stand between them."""
    return rows.stretches if isinstance(rows, Rows) else parted(rows)
