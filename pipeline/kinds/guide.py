"""Guides: entries of things that were named by science, such as birds or mosses, each with what is said of it by line.

An entry begins with a name and, in brackets, its name in Latin; below stand lines such as "Voice: a dry rattle". Where
there are only few such entries in a text, they are no guide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.kinds.galley import Galley, styled
from pipeline.kinds.paragraphs import goes_on, paragraphs, width_of
from pipeline.model import Claim, Copy, Line, Role, Style
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "entries of a guide"
WHY: Mapping[str, str] = {
    "guide-title": "It opens the text, above the first entry.",
    "guide-group": "Short and alone over entries: their group.",
    "guide-entry": "A name, and in brackets that of science: an entry begins.",
    "guide-says": "What is said of it, a line each.",
}
_ENTRY = re.compile(
    r"^(?:\d{1,4}\.\s+)?(?P<name>[^\W\d_a-z][^().:!?]{1,50}?),?\s+"
    r"[(\[](?P<latin>[*_]?[A-Z][a-z]{2,20} [a-z]{3,20}(?: [a-z]{3,20})?[*_]?)"
    r"(?:\s(?:L\.|[A-Z][a-z]{2,12}\.?),?(?:\s1[789]\d\d)?)?[)\]]$"
)
_FIELD = re.compile(r"^(?P<key>[^\W\d_a-z][^\W\d_]{2,20}(?: [^\W\d_]{2,15})?)(?P<sign>\s?[:.])\s+(?P<words>\S.*)$")
_STOPPED = re.compile(r"[.!?…:;,]$")
_ENDED = re.compile(r"[.!?…][\"”»’)]*\s*$")
_FEW = 3
_MOST = 0.6  # of the blocks are entries
_HEAD = 60  # characters


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text most of whose blocks begin with a name and its Latin, over lines that say of what they are."""
    blocks = paragraphs(lines)
    entries = [block for block in blocks if len(block) > 1 and _ENTRY.match(block[0].text.strip())]
    fields = sum(bool(_FIELD.match(line.text.strip())) for block in entries for line in block[1:])
    body = [block for block in blocks if not _is_group(block)]
    if len(entries) < _FEW or len(entries) < _MOST * len(body) or fields < len(entries):
        return None
    reason = (
        f"{len(entries)} of {len(body)} paragraphs begin with a name and its Latin; lines below say of what they are"
    )
    return Claim(NAME, blocks[0][0].number, blocks[-1][-1].number, 0.93, (reason,))


def _is_group(block: Sequence[Line]) -> bool:
    text = block[0].text.strip()
    return len(block) == 1 and len(text) < _HEAD and not _STOPPED.search(text) and not _ENTRY.match(text)


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read title, groups, and entries with their lines."""
    galley = Galley()
    blocks = paragraphs(lines)
    alone = {block[0].number for block in blocks if _is_group(block)}
    titled = blocks[0][0].number in alone and (blocks[1][0].number in alone or len(alone) == 1)
    grouped = len(alone) > titled
    width = width_of(lines)
    for above, line in pairwise((None, *lines)):
        if line is None:
            continue
        text = line.text.strip()
        wrapped = above is not None and not above.blank and goes_on(above.text, text, width)
        if line.blank:
            galley.blank(line)
        elif line.number in alone:
            is_title = titled and line.number == blocks[0][0].number
            rule = "guide-title" if is_title else "guide-group"
            galley.put(line, Role.TITLE if is_title or not titled else Role.HEADING, rule, level=0 if is_title else 2)
        elif (above is None or above.blank) and (entry := _ENTRY.match(text)):
            latin = entry["latin"].strip("*_")
            words = text.replace(entry["latin"], styled(latin, Style.EMPHASIS))
            galley.put(line, Role.HEADING, "guide-entry", words, level=3 if grouped else 2)
        elif (field := _FIELD.match(text)) and (not wrapped or (above and _ENDED.search(above.text))):
            said = f"{styled(field['key'] + field['sign'].strip(), Style.STRONG)} {field['words']}"
            galley.put(line, Role.PARAGRAPH, "guide-says", said)
        else:
            galley.put(line, Role.PARAGRAPH, "guide-says", joined=wrapped)
    return galley.copy()
