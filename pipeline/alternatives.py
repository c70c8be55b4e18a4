"""Alternatives of a pattern by their first letters, so that Python tries only those that can fit.

Python's ``re`` goes through alternatives one by one, and where case does not count it enters each of them. Behind a set
of letters that is told to count case it passes over all at once that begin with another letter. What matches is the
same, for of alternatives with different first letters only one can fit.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["by_letter"]

_ALSO = {"i": "ıİ", "s": "ſ", "k": "\u212a"}  # what Python takes for the same letter where case does not count
_REPEATS = "?*+{"


def by_letter(alternatives: str) -> str:
    """Return a group that matches what ``alternatives``, with bars between, match where case does not count.

    Those that begin with no letter, or with one that may be missing, stay where they stand among the others.
    """
    out: list[str] = []
    run: dict[str, list[str]] = {}
    for one in _parted(alternatives):
        if one[:1].isalpha() and one[1:2] not in tuple(_REPEATS):
            run.setdefault(one[0].lower(), []).append(one[1:])
        else:
            out += _grouped(run)
            run = {}
            out.append(one)
    return f"(?:{'|'.join([*out, *_grouped(run)])})"


def _grouped(run: dict[str, list[str]]) -> Iterator[str]:
    for first, rests in run.items():
        letters = "".join(dict.fromkeys(first + first.upper() + _ALSO.get(first, "")))
        yield f"(?-i:[{letters}])(?:{'|'.join(rests)})"


def _parted(alternatives: str) -> Iterator[str]:
    """Yield what stands between the bars, but for those in brackets."""
    start = at = depth = 0
    while at < len(alternatives):
        sign = alternatives[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = alternatives.index("]", at + 2)
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            yield alternatives[start:at]
            start = at + 1
        at += 1
    yield alternatives[start:]
