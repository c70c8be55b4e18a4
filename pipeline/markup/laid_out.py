r"""Laid out: JSON that a program wrote on one line, or an object a line, gets a line for each member.

So does the XML in which readers after Adobe's form, such as Kobo's, keep annotations (``.annot``): each is an object.

So findings, the record and verdicts can name what stands where. The words stay what they are; letters that were written
as numbers (``\u0416``) are letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from pipeline.model import Line

__all__ = ["laid_out"]

_OPENS = ("{", "[")
_LONG = 200  # characters of a line, on average: a person would have broken it
_FEW = 2
_ANNOTATIONS = "<annotationSet"
_TOP = 5  # lines, in which such a file says what it is
_NO_LETTER = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What parts lines, halves of letters, and what is none: where a text has such, its letters stay numbers."""


def laid_out(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a file of JSON, a member a line, numbered anew; the same where it is no such file.

    ``lines``: as they were read. JSON that has lines already, each with one member, stays as it is.
    """
    filled = [line.text.strip().lstrip("\ufeff") for line in lines if not line.blank]
    if filled and filled[0].startswith("<") and any(_ANNOTATIONS in row for row in filled[:_TOP]):
        return _annotations(filled) or tuple(lines)
    if not filled or not filled[0].startswith(_OPENS):
        return tuple(lines)
    held = _held(filled)
    if held is None:
        return tuple(lines)
    return _in_lines(held)


def _in_lines(held: Any) -> tuple[Line, ...]:
    text = json.dumps(held, ensure_ascii=False, indent=1)
    rows = (json.dumps(held, indent=1) if _NO_LETTER.search(text) else text).split("\n")
    return tuple(Line(n, row) for n, row in enumerate(rows, 1))


def _annotations(rows: Sequence[str]) -> tuple[Line, ...]:
    """Return a set of annotations as JSON: what is known of the work, and of each what was marked, noted, and when.

    Where that is no XML, or names anything from outside itself, nothing is returned.
    """
    text = "\n".join(rows)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return ()
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ()

    def said(node: etree._Element, path: str) -> str:
        found = node.xpath(f"string({'/'.join(f'*[local-name()={name!r}]' for name in path.split('/'))})")
        return " ".join(str(found).split())

    held = {
        "title": said(root, "publication/title"),
        "author": said(root, "publication/creator"),
        "publisher": said(root, "publication/publisher"),
        "annotations": [
            {
                "text": said(one, "target/fragment/text"),
                "note": said(one, "content/text"),
                "date": said(one, "date"),
            }
            for one in root.xpath("*[local-name()='annotation']")
        ],
    }
    return _in_lines(held)


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
