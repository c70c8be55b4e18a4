"""The ids of headings: their first words, and a number where headings are alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.settings import slug

TAKEN = ("bibliography", "contents", "footnotes", "index-of-authors", "index-of-works", "refs")
"""Ids that Pandoc or an edition gives to parts of its own; a heading of the source with that name gets another."""

_WORDS = 8  # of a heading in its id


@dataclass(slots=True)
class Ids:
    """The ids that a book has already, each with the last number that was given to one of the same words."""

    given: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TAKEN, 1))

    def of(self, words: str) -> str:
        """Give a heading of these words its id."""
        base = "-".join(slug(words).split("-")[:_WORDS])
        name, number = base, self.given.get(base, 1)  # all up to this number are given: a text may have thousands
        while name in self.given:
            number += 1
            name = f"{base}-{number}"
        self.given[base] = number
        self.given.setdefault(name, 1)
        return name
