"""What an act of a play is called: a row in capitals below its number, as each act of the play has one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline import parts as named
from pipeline.label.headlines import letters_of, plain
from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.shapes import SCENE
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import NAMED, PERSONS

WHY = {
    "title-of-an-act": "In capitals below the number of an act, as most acts here have a row: what it is called.",
}
"""The rule of titles of acts, with what an editor would say."""

_ACT = re.compile(rf"\b{named.ACT}\b", re.IGNORECASE)
_LONGEST = 80  # characters
_ACTS = 2
_MOST = 0.6  # of the acts have a title


def titled(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Join a row in capitals, said once, to the number of the act above it, where most acts have one."""
    parts = stretches(rows)
    said = Counter(letters_of(part[0].text.strip("_*= .")) for part in parts)
    acts = 0
    found: list[Row] = []
    for part, below in pairwise(parts):
        words = plain(part[0].text).rstrip(".:")
        number = NAMED.match(words)
        if len(part) > 1 or number is None or number.end() < len(words) or not _ACT.search(words):
            continue
        acts += 1
        row = below[0]
        other = SCENE.match(row.text) or PERSONS.match(plain(row.text)) or NAMED.match(plain(row.text))
        alone = len(below) == 1 and row.gap <= 1 and row.text.isupper() and len(row.text) <= _LONGEST
        if alone and not other and said[letters_of(row.text.strip("_*= ."))] == 1 and row.number in told:
            found.append(row)
    if len(found) < _ACTS or len(found) < _MOST * acts:
        return {}
    reason = Reason("title-of-an-act", Role.HEADING, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=True)
        for row in found
        if role_of(row, told) is not None
    }
