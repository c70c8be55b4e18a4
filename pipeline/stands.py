"""Where words stand: whether a line that leaves the book has its words elsewhere in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

__all__ = ["FEW", "MUCH", "Standing", "trimmed"]

FEW = 20
"""Words; so many may be left out of any text, however short."""

MUCH = 0.03
"""Share of the running text; more than a few words in a hundred is much."""

_FIGURE = re.compile(r"\d+|[ivxlcdm]+")  # a folio, or the number of an entry
_RUN = 3
_MOSTLY = 0.75  # of the runs of _RUN words in a line stand in the book, or it does not: entries are shortened


class Standing:
    """Where words that were left out may stand."""

    def __init__(
        self, alone: Iterable[Sequence[str]], running: Iterable[Sequence[str]], lines: Collection[Sequence[str]]
    ) -> None:
        """Note the words of a book.

        Args:
            alone: the words of each line that stands by itself: a heading, the title.
            running: words that follow one another.
            lines: the words of each line that is looked for; only their runs are kept.

        """
        self._lines = {one for words in alone for one in (tuple(words), trimmed(words))}
        self._runs: set[tuple[str, ...]] = set()
        streams = [*running] if lines else []
        for size in range(2, _RUN + 1):
            sought = {run for line in lines for run in _runs(line, size)}
            for words in streams:
                self._runs |= sought.intersection(_runs(words, size))

    def has(self, words: Sequence[str]) -> bool:
        """Tell whether a line stands in the book: as it is, or without the figures at its ends, which count pages.

        A single word must be a heading or a title by itself: "chapter" stands in many texts, but the line "Chapter 12"
        does not for that.
        """
        if self._stands(tuple(words)):
            return True
        bare = trimmed(words)
        return not bare or bare in self._lines or (len(bare) > 1 and self._stands(bare))

    def _stands(self, words: tuple[str, ...]) -> bool:
        if words in self._lines or words in self._runs:
            return True
        if len(words) <= _RUN:
            return False
        runs = list(_runs(words, _RUN))
        return sum(run in self._runs for run in runs) >= _MOSTLY * len(runs)


def trimmed(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without the figures at their ends, which count pages or entries."""
    start, end = 0, len(words)
    while start < end and _FIGURE.fullmatch(words[start]):
        start += 1
    quarter = end - start > 1 and len(words[end - 1]) == 1 and words[end - 2].isdigit()  # "1201 B", of a page
    end -= quarter
    while end > start and _FIGURE.fullmatch(words[end - 1]):
        end -= 1
    return tuple(words[start:end])


def _runs(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(size)), strict=False)
