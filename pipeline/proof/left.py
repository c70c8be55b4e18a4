"""What was left out of the book: whatever is said to stand elsewhere is looked for there.

A running head, a list of contents, a title that is said again: the book has no need of them, because it has their words
elsewhere. If it has not, they were no furniture, and a person must look. So a rule that takes the headings of a novel
for running heads is found out by the book that it left behind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.model import Change, ChangeKind, Source
from pipeline.proof.streams import Streams
from pipeline.report import Report
from pipeline.stands import FEW, MUCH, Standing, trimmed
from pipeline.words import words_of

SHORT = 3
"""Letters; shorter words of an entry in a list of works are not looked for: "ed.", "in", "pp."."""

MOST = 0.10
"""Share of the running text; a tenth and more is no book any longer."""

LEAST = 3
"""Words; fewer by one reason are no loss to look for: the word "Page" over the numbers of a list."""

AGAIN = 3
"""Lines; what a printer repeats stands on so many pages."""

LONGEST = 12
"""Words; no running head has more."""

ALIKE = 0.85
"""Of the letters of a line, where a machine misread some."""


def check_left_out(streams: Streams, source: Source, changes: Sequence[Change], report: Report) -> None:
    """Look for what was left out where it should stand, and tell ``report`` what does not.

    Args:
        streams: the words of ``book.md``.
        source: the text as it was read.
        changes: the record.
        report: gets a finding for each reason by which words left the book that stand nowhere in it, for each entry
            that the bibliography has not whole, and one if they are too many.

    """
    if not (streams.body or any(streams.notes) or any(streams.heads)):
        every = sum(len(words_of(line.text)) for line in source.lines)
        if every:
            report.find("book-empty", words=every)
    left = {change: words_of(change.before) for change in changes if change.kind is ChangeKind.LEFT_OUT}
    book = Standing((*streams.heads, streams.front), (streams.front, streams.body, *streams.notes), left.values())
    listed = frozenset(streams.works).union(*streams.heads)
    again = _again(left)
    known = {line.number for line in source.lines}
    nowhere: dict[str, list[tuple[Change, int]]] = defaultdict(list)
    for change in changes:
        if change.line not in known or not (words := left.get(change) or words_of(change.before)):
            continue
        if change.kind is ChangeKind.LISTED:
            missing = [word for word in words if len(word) > SHORT and word not in listed]
            if missing:
                report.find("not-in-bibliography", change.line, words=" ".join(missing))
                nowhere[""].append((change, len(missing)))
        elif change.kind is ChangeKind.LEFT_OUT and not book.has(words) and not again.has(change.why, words):
            nowhere[change.why].append((change, len(words)))
    for why, some in nowhere.items():
        if why and sum(words for _, words in some) >= LEAST:
            first = " ".join(some[0][0].before.split())
            count = sum(words for _, words in some)
            report.find("left-out-nowhere", some[0][0].line, lines=len(some), words=count, why=why, first=first[:80])
    gone = sum(words for some in nowhere.values() for _, words in some)
    if gone <= FEW:
        return
    aside = sum(len(words_of(one.before)) for one in changes if one.kind is ChangeKind.SET_ASIDE)
    running = max(1, sum(len(words_of(line.text)) for line in source.lines) - aside)
    if gone > MUCH * running:
        code = "left-out-most" if gone > MOST * running else "left-out-much"
        report.find(code, words=gone, share=f"{100 * gone / running:.0f}")


@dataclass(frozen=True, slots=True)
class _Again:
    """What a printer repeats: lines that were left out for the same reason with the same words, but for folios.

    A heading stands once; the name of the book over its pages stands on each of them, and may stand nowhere else, as
    in a chapter taken out of a book.
    """

    lines: Mapping[str, frozenset[tuple[str, ...]]]

    def has(self, why: str, words: Sequence[str]) -> bool:
        """Tell whether a line is among them, be it misread by a letter here and there."""
        bare = trimmed(words)
        said = self.lines.get(why, frozenset())
        return bare in said or any(_alike(" ".join(bare), " ".join(one)) for one in said if len(bare) == len(one))


def _again(left: Mapping[Change, Sequence[str]]) -> _Again:
    times = Counter((change.why, trimmed(words)) for change, words in left.items())
    lines: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for (why, bare), count in times.items():
        if count >= AGAIN and 1 < len(bare) <= LONGEST:
            lines[why].add(bare)
    return _Again({why: frozenset(some) for why, some in lines.items()})


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
