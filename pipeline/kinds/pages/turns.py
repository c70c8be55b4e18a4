"""Turns: names of speakers that stand on rows of their own, above what they say.

Few names in capitals come again and again, each above words that begin a sentence: no heading does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row
from pipeline.parts import NAMED

__all__ = ["turns"]

_LONGEST = 40  # letters of a name
_AGAIN = 3  # times; a name that stands so often is a speaker's
_SPEAKERS = 2  # of a conversation
_MOSTLY = 0.05  # of the rows are names, where people speak


def turns(rows: Sequence[Row]) -> Mapping[int, tuple[str, ...]]:
    """Return the rows, by place, that are names of speakers, and those with which they begin to speak: their labels.

    ``rows``: of running text, in order.
    """
    may_be = [at for at in range(len(rows) - 1) if _may_name(rows[at].words, rows[at + 1].words)]
    often = Counter(key(rows[at].words) for at in may_be)
    names = {name for name, times in often.items() if times >= _AGAIN}
    found = [at for at in may_be if key(rows[at].words) in names]
    if len(names) < _SPEAKERS or len(found) < _MOSTLY * len(rows):
        return {}
    return {place: (label,) for at in found for place, label in ((at, "drama"), (at + 1, "drama+"))}


def _may_name(words: str, below: str) -> bool:
    """Tell whether a row may name who speaks: in capitals, no number; below it a sentence begins."""
    plain = words.rstrip(".:")
    return (
        len(plain) <= _LONGEST
        and plain.isupper()
        and plain.replace(" ", "").replace("’", "").replace("'", "").replace("-", "").isalpha()
        and not NAMED.match(plain)
        and not below.isupper()
        and below.lstrip("“\"‘'«„([—– ")[:1].isupper()
    )
