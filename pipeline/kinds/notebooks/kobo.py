"""Kobo: what the program export-kobo writes, a record of fields for each passage.

``Type:``, ``Title:``, ``Author:``, ``Date created:``, then under ``Annotation:`` the reader's words and under
``Reference text:`` those of the work, each between two lines of equals signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.kinds.notebooks.notebook import Note, Notebook, Slip, Work
from pipeline.model import Line

_FIELD = re.compile(
    r"^(?P<key>Type|Title|Author|Chapter|Date created|Annotation|Reference text|Text):\s*(?P<value>.*)$"
)
_RULE = re.compile(r"^=+(?: =+)+$")
_FEW = 2


def read(lines: Sequence[Line]) -> Notebook | None:
    """Read records of Kobo; nothing where there are none."""
    rows = [line.text.strip() for line in lines]
    if sum(row.startswith("Type: ") for row in rows) < _FEW or sum(bool(_RULE.match(row)) for row in rows) < _FEW:
        return None
    book = Notebook("Kobo")
    titles: dict[tuple[str, str], list[Slip | Note | Work]] = {}
    fields: dict[str, str] = {}
    at: dict[str, int] = {}
    slip, note = Slip([]), Note([])
    inside = ""
    for line, row in zip(lines, rows, strict=True):
        found = None if inside else _FIELD.match(row)
        if found and found["key"] in ("Annotation", "Reference text", "Text") and not found["value"]:
            inside = found["key"]
        elif found:
            fields[found["key"]], at[found["key"]] = found["value"], line.number
        elif _RULE.match(row):
            if inside and (note.lines if inside == "Annotation" else slip.words):  # not the rule above
                if inside != "Annotation":
                    _file(titles, fields, at, slip, note)
                    fields, at, slip, note = {}, {}, Slip([]), Note([])
                inside = ""
        elif inside and row:
            (note.lines if inside == "Annotation" else slip.words).append(line.number)
    for parts in titles.values():
        book.parts += parts
    return book


def _file(
    titles: dict[tuple[str, str], list[Slip | Note | Work]],
    fields: dict[str, str],
    at: dict[str, int],
    slip: Slip,
    note: Note,
) -> None:
    """Put a record under its work, whose first names it."""
    key = fields.get("Title", ""), fields.get("Author", "")
    named = [at[name] for name in ("Title", "Author") if name in at]
    if key not in titles:
        titles[key] = [Work(named[0] if named else 0, *key, listed=named[1:])]
    else:
        work = titles[key][0]
        if isinstance(work, Work):
            work.listed += named
    slip.when = fields.get("Date created", "")
    titles[key].append(slip)
    if note.lines:
        titles[key].append(note)
