"""A list of references as people paste it: entries that are broken over several lines are joined first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBERED = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)]|[•*–—-])\s+\S")
_GOES_ON = re.compile(r"^\s*(?:[a-zà-öø-ÿа-я]|[\d(]?\d|[):;,.&]|https?:|www\.|doi)")
_OPENS = re.compile(r"^\s*[^\W\d_a-zà-öø-ÿа-я][^,.]*[,.]|^\s*[“\"«‘—]")
_WIDEST = 130  # characters; lists that people broke by hand or an editor wrapped are not wider
_NEAR = 0.7  # of the widest line: a line as long as that may have been broken
_MANY = 0.15  # of the lines go on with the one above, in a list that was broken


def entries(lines: Sequence[str]) -> list[str]:
    """Return one string an entry, in order, from the lines of a list.

    Lines are joined only where the list shows that it was broken: by blank lines between entries of several lines, by
    hanging indents, by numbers, or by lines of like width of which many begin as no entry does. In any other list each
    line is an entry.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    full = [line for group in groups for line in group]
    if not full or max(map(len, full)) > _WIDEST:
        return [line.strip() for line in full]
    starts = _starts(groups, full)
    out: list[str] = []
    at = 0
    for group in groups:
        for n, line in enumerate(group):
            if n and not starts[at] and out:
                out[-1] = _glued(out[-1], line.strip())
            else:
                out.append(line.strip())
            at += 1
    return out


def _starts(groups: Sequence[Sequence[str]], full: Sequence[str]) -> list[bool]:
    """Tell of each line whether an entry begins on it."""
    indents = [len(line) - len(line.lstrip()) for line in full]
    numbered = [bool(_NUMBERED.match(line)) for line in full]
    if numbered[0] and sum(numbered) > 1 and not all(numbered):
        return numbered
    if indents[0] == min(indents) and len(set(indents)) == 2 and 0.2 <= sum(map(bool, indents)) / len(full) < 0.9:
        return [indent == min(indents) for indent in indents]
    if any(len(group) > 1 for group in groups) and len(groups) > 1 and _wrapped([g for g in groups if len(g) > 1]):
        return [n == 0 for group in groups for n in range(len(group))]
    if not _wrapped(groups):
        return [True] * len(full)
    widest = max(map(len, full))
    starts: list[bool] = []
    for group in groups:
        for n, line in enumerate(group):
            above = group[n - 1] if n else ""
            ended = above.endswith((".", ")", "]")) or len(above) < _NEAR * widest
            starts.append(not n or (ended and bool(_OPENS.match(line)) and not _GOES_ON.match(line)))
    return starts


def _wrapped(groups: Sequence[Sequence[str]]) -> bool:
    """Tell whether lines were broken at a width: many begin as no entry does, below a line that is long."""
    pairs = [(above, line) for group in groups for above, line in pairwise(group)]
    if not pairs:
        return False
    wide = _NEAR * max(len(line) for group in groups for line in group)
    going = [above for above, line in pairs if _GOES_ON.match(line) and len(above) >= wide]
    return len(going) >= _MANY * (len(pairs) + 1) and sorted(map(len, going))[len(going) // 2] >= wide


def _glued(above: str, line: str) -> str:
    """Join two lines; a word that was broken at a hyphen is made whole, an address goes on without a space."""
    if re.search(r"[^\W\d_]-$", above) and line[:1].islower():
        return above[:-1] + line
    if re.search(r"(?:https?://|www\.)\S*[/=?&_-]$", above):
        return above + line
    return f"{above} {line}"
