"""Specks: dirt on the paper that a machine read as signs before and behind rows (``_ the river``, ``of the boat. :``).

They stay in the text, where a person can strike them out; but what is told by how a row begins and ends is told
without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.kinds.pages.leaves import Row

__all__ = ["swept"]

_BEFORE = re.compile(r"^(\s*)[_~|:;.,°^=\\/·]{1,2}\s*(?=[^\W_]|[“\"‘«„—–])")
_DASH = re.compile(r"^(\s*)[-—–*'‘’“]\s?(?=[^\W\d_])")
_BEHIND = re.compile(r"(?:\s[_~|:;°^=\\/·*'‘’.,-]{1,3}|[_~|]+)$")
_BEHIND_ALWAYS = re.compile(r"(?:\s[_~|°^=\\/·*'‘’.,-]{1,3}|[_~|]+)$")
_SET_APART = re.compile(r"[^\W\d_]\s[:;!?]\s\w")  # French sets these signs apart
_LAST_DASH = re.compile(r"\s[—–]$")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_DIRTY = 0.01  # of the rows begin or end with a speck


def swept(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows without specks, if there are many; a dash is one where a sentence goes on around it."""
    if any(row.size for row in rows):
        return rows
    behind = _BEHIND if sum(bool(_SET_APART.search(row.text)) for row in rows) < _DIRTY * len(rows) else _BEHIND_ALWAYS
    clean = [_without(row.text, behind) for row in rows]
    if sum(text != row.text for text, row in zip(clean, rows, strict=True)) <= _DIRTY * len(rows):
        return rows
    for n, (above, text) in enumerate(pairwise(clean), 1):
        bare = _DASH.sub(r"\1", text)
        if bare != text and bare.lstrip()[:1].islower() and not _ENDED.search(above):
            clean[n] = bare
    for n, (text, below) in enumerate(pairwise(clean)):
        if below.lstrip()[:1].islower():
            clean[n] = _LAST_DASH.sub("", text)
    return [row if row.text == text else replace(row, text=text) for row, text in zip(rows, clean, strict=True)]


def _without(text: str, behind: re.Pattern[str]) -> str:
    clean = behind.sub("", _BEFORE.sub(r"\1", text)).rstrip()
    return clean if any(letter.isalnum() for letter in clean) else text
