"""Enclosed letters: place and day over a greeting belong to the letter, where one stands in a tale or an essay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from pipeline.kinds.letterheads import GREETS, PLACE, is_dated
from pipeline.model import Copy, Decision, Reason, Role
from pipeline.report import Report

NAME = "letters within a text"
WHY: Mapping[str, str] = {"letter-within": "A place and a day stand right above the greeting of a letter."}
_WEIGHT = 12.0


def lay(copy: Copy, report: Report) -> Copy:
    """Set place and day right above a greeting as the letter's, where a letter stands in a text of another kind."""
    filled = [line for line in copy.lines if not line.blank]
    role = {one.line: one for one in copy.decisions}
    dated = {
        line.number
        for line, below in pairwise(filled)
        if role[line.number].role is Role.PARAGRAPH
        and role[below.number].role is Role.LETTER
        and PLACE.match(line.text.strip())
        and is_dated(line.text.strip())
        and GREETS.match(below.text.strip())
    }
    if not dated:
        return copy
    return replace(copy, decisions=tuple(_of_letter(one) if one.line in dated else one for one in copy.decisions))


def _of_letter(old: Decision) -> Decision:
    reasons = (Reason("letter-within", Role.LETTER, _WEIGHT), *old.reasons)
    return replace(old, role=Role.LETTER, joined=False, score=1.0, rival=None, rival_score=0.0, reasons=reasons)
