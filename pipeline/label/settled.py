"""What the layout alone settles, before the rules speak: the role of a unit, and the rule that says so."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Role


@dataclass(frozen=True, slots=True)
class Settled:
    """A unit's role.

    ``level``: as in a decision; ``by_line``: each of its lines stands for itself, but those at the places of ``joins``;
    ``goes_on``: it is part of the heading or paragraph above; ``rows``: how many of its lines are the title of the
    book, or a motto (0: all); those below stand on the title page, or say whose motto it is. ``below``: the rule of all
    lines but the first, where that is another. ``sure``: how sure an editor is of it by the layout alone, from 0 to 1;
    0 where it is evidence among other evidence.
    """

    role: Role
    rule: str
    level: int = 0
    by_line: bool = False
    goes_on: bool = False
    joins: frozenset[int] = frozenset()
    rows: int = 0
    below: str = ""
    sure: float = 0.0

    def rule_of(self, n: int) -> str:
        """Return the rule that settles the line at place ``n`` of the unit, from 0."""
        return self.below if n and self.below else self.rule
