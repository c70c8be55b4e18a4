"""Calls in running text: words that name works become marks, and the marks citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Change, ChangeKind, Decision, Named, free_marks


@dataclass(frozen=True, slots=True)
class Call:
    """A call: where it stands in its paragraph, and the entries that it names; none where they are not known."""

    start: int
    end: int
    named: tuple[Named, ...]


def paragraphs(decisions: Sequence[Decision]) -> Iterator[tuple[int, ...]]:
    """Yield the lines of each unit: a line and those that are joined to it."""
    group: list[int] = []
    for decision in decisions:
        if group and not decision.joined:
            yield tuple(group)
            group = []
        group.append(decision.line)
    if group:
        yield tuple(group)


def marked(
    text: Mapping[int, str], found: Sequence[tuple[Sequence[int], Sequence[Call]]]
) -> tuple[dict[int, str], dict[str, tuple[Named, ...]], list[Change]]:
    """Put a mark in the place of each call that names something.

    Args:
        text: each line by its number.
        found: for paragraphs, each as its lines, the calls in them, in order.

    Returns:
        The text with the marks, what each mark names, and the changes, line by line.

    """
    out, table, changes = dict(text), dict[str, tuple[Named, ...]](), list[Change]()
    free = free_marks(text.values())
    for group, calls in found:
        joined = "\n".join(text[n] for n in group)
        named = [call for call in calls if call.named]
        for call in named:
            changes += _changes(group, joined, call)
        for call in reversed(named):
            sign = next(free)
            table[sign] = call.named
            held = joined[call.start : call.end]
            joined = joined[: call.start] + sign + "\n" * held.count("\n") + joined[call.end :]
        out |= dict(zip(group, joined.split("\n"), strict=True))
    return out, table, changes


def _changes(group: Sequence[int], joined: str, call: Call) -> Iterator[Change]:
    """Record what a call takes off each of its lines: with the word before it, so that it is found there."""
    at = 0
    for number, row in zip(group, joined.split("\n"), strict=True):
        start, end = max(call.start - at, 0), min(call.end - at, len(row))
        if start < end and re.search(r"\w", row[start:end]):
            before = re.search(r"\S*\s*$", row[:start])
            word = before[0] if before else ""
            why = "the call is set as a citation of the work in the bibliography"
            yield Change(number, ChangeKind.RELABELLED, word + row[start:end], word, why)
        at += len(row) + 1
