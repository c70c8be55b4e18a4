r"""Laid out: JSON that a program wrote on one line, or an object a line, gets a line for each member.

So findings, the record and verdicts can name what stands where. The words stay what they are; letters that were written
as numbers (``\u0416``) are letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from pipeline.model import Line

__all__ = ["laid_out"]

_OPENS = ("{", "[")
_LONG = 200  # characters of a line, on average: a person would have broken it
_FEW = 2
_NO_LETTER = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What parts lines, halves of letters, and what is none: where a text has such, its letters stay numbers."""


def laid_out(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a file of JSON, a member a line, numbered anew; the same where it is no such file.

    ``lines``: as they were read. JSON that has lines already, each with one member, stays as it is.
    """
    filled = [line.text.strip().lstrip("\ufeff") for line in lines if not line.blank]
    if not filled or not filled[0].startswith(_OPENS):
        return tuple(lines)
    held = _held(filled)
    if held is None:
        return tuple(lines)
    text = json.dumps(held, ensure_ascii=False, indent=1)
    rows = (json.dumps(held, indent=1) if _NO_LETTER.search(text) else text).split("\n")
    return tuple(Line(n, row) for n, row in enumerate(rows, 1))


def _held(rows: Sequence[str]) -> Any:
    """Return what the rows hold, if it is JSON in too few lines; nothing else."""
    try:
        if len(rows) >= _FEW and all(row.startswith("{") and row.endswith("}") for row in rows):
            return [json.loads(row) for row in rows]
        if sum(map(len, rows)) < _LONG * len(rows) and len(rows) > _FEW:
            return None
        held = json.loads("\n".join(rows))
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, list | dict) and held else None
