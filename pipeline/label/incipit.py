"""How a text begins that has no title: in the middle of a speech, a dialogue, a letter or a poem."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.label.formulas import SALUTATION, is_dateline
from pipeline.label.headlines import WIDE
from pipeline.label.layout import Unit
from pipeline.label.looks import written
from pipeline.parts import BY

QUOTED = re.compile(r"_?[\"“„«‘'].*[\"”“»’'][.,]?_?", re.DOTALL)
"""What stands in quotation marks from end to end."""

_SPOKEN = re.compile(r"[\"“„«‘'][^\"”«»]*[.,!?…—-][\"”»’'] (?:I |(?![A-ZÀ-ÖØ-Þ])\w)")  # “Good night,” said she
_OPEN, _ENDED = re.compile(r"[\"“„«‘]"), re.compile(r"[.!?:;…—-][\"”«»’']*$")
_TURN = re.compile(r"_?(?P<name>[^\W\d_a-z][\w’'. -]{0,30}?)_?(?:[:.] (?=[(\[_]*[A-ZÀ-ÖØ-Þ])| (?:--|—|–) )")
_NEAR = 4  # units, one of which says by whom a book is whose title is a sentence
_WORDS = 4  # of a sentence, at least
_SENTENCE = 2  # of its words one in so many is small
_TURNS = 8  # units; who opens a dialogue, or who answers him, speaks again so soon


def begins(found: Sequence[Unit], at: int) -> bool:
    """Tell whether a text begins without a title: with speech, a turn of a dialogue, a letter's date, or verse."""
    text = found[at].text.strip().strip("_").strip()
    said = _SPOKEN.match(text) or (_OPEN.match(text) and _ENDED.search(text) and not QUOTED.fullmatch(text))
    if said and written(text) in ("sentence", "some"):
        return True
    below = found[at + 1].text.strip() if at + 1 < len(found) else ""
    if QUOTED.fullmatch(text) and _OPEN.match(below):
        return True
    if _is_sentence(text) and not any(BY.match(unit.text.strip()) for unit in found[at + 1 : at + _NEAR]):
        return True
    if at + 1 < len(found) and _are_stanzas(found[at], found[at + 1]):
        return True
    rows = [row.strip(' _"“”„«»') for row in (found[at].rows or (text,))]
    if any(is_dateline(row) for row in rows[:2]) or (SALUTATION.match(rows[-1]) and rows[-1][-1] in ",:!—–-"):
        return True  # without a comma a title may greet, too
    turn = _TURN.match(text)
    if turn is None:
        return False
    others = [other["name"] for unit in found[at + 1 : at + _TURNS] if (other := _TURN.match(unit.text.strip()))]
    return len(others) > 1 and (turn["name"] in others or len(set(others)) < len(others))


def _is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence or several, up to a stop, most of whose words are small."""
    words = text.split()
    small = sum(word[0].islower() for word in words)
    return len(words) >= _WORDS and text[-1] in ".!?…" and _SENTENCE * small >= len(words) and text[:1].isupper()


def _are_stanzas(unit: Unit, below: Unit) -> bool:
    """Tell whether two units of as many rows are stanzas: rows that break within sentences, and begin with capitals."""
    rows = [row.strip(' _"“‘') for row in (*unit.rows, *below.rows)]
    alike = 1 < len(unit.rows) == len(below.rows) and below.blanks < WIDE
    breaks = any(row.endswith((",", ";", ":")) for row in rows) and not any(BY.match(row) for row in rows)
    sentences = all(written(one.text) in ("sentence", "some") for one in (unit, below))
    return alike and breaks and sentences and all(row[:1].isupper() or row[:1] == "-" for row in rows)
