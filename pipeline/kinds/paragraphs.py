"""Paragraphs as blank lines part them: what a kind of text is recognised by, before anything is known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from pipeline.label.layout import FILL, columns, is_full
from pipeline.model import Line

__all__ = ["goes_on", "paragraphs", "share_broken", "titled", "width_of"]


def paragraphs(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return the runs of non-blank lines, in order."""
    return [tuple(run) for blank, run in groupby(lines, key=lambda line: line.blank) if not blank]


def share_broken(found: Sequence[tuple[Line, ...]]) -> float:
    """Return the share of paragraphs that are broken over lines, of those that show how the text is laid out.

    One on a single line shows nothing where it is no wider than the lines of the broken ones: it had no need to break.
    Lines below one another that are wider than people wrap are paragraphs without room between them.
    """
    rows = [[columns(line.text.rstrip()) for line in paragraph] for paragraph in found]
    broken = [max(own) for own in rows if len(own) > 1 and max(own) <= FILL]
    width = max(broken, default=0)
    single = sum(max(own) > width for own in rows)
    return len(broken) / (len(broken) + single) if rows else 0.0


_TOP = 4  # filled lines, in which a title stands
_TITLE = 90  # characters


def titled(lines: Sequence[Line], kind: re.Pattern[str], inside: re.Pattern[str]) -> tuple[list[int], list[Line]]:
    """Return the lines of the title, down to the one that says of what kind the text is, and the filled lines below.

    No title, and all filled lines, where no line says it.

    Args:
        lines: the text.
        kind: finds the words that say it ("Glossary", "Minutes of …").
        inside: matches what stands in the text itself, and in no title.

    """
    filled = [line for line in lines if not line.blank]
    for n, line in enumerate(filled[:_TOP]):
        text = line.text.strip()
        if len(text) > _TITLE or inside.match(text):
            break
        if kind.search(text) and text[-1] not in ".!?:;,":
            return [one.number for one in filled[: n + 1]], filled[n + 1 :]
    return [], filled


_WIDEST = 120  # columns; a line that is longer is a paragraph
_NARROWEST = 40  # columns; nobody wraps a text narrower than this
_NEAR = 0.92  # of the width; the right margin of wrapped text is ragged
_FULL = 0.4  # of the lines with another below had no room for its first word
_CLOSED = re.compile(r"[.!?…:;。！？।؟][\"'”’»)\]」』）]*$")


def width_of(lines: Sequence[Line]) -> int:
    """Return the columns at which a text was wrapped by machine; 0 where its lines end as their author wanted."""
    rows = [line.text.rstrip() for line in lines]
    width = max((columns(row) for row in rows), default=0)
    pairs = [(above, row) for above, row in pairwise(rows) if above.strip() and row.strip()]
    full = sum(is_full(above, row, int(_NEAR * width)) for above, row in pairs)
    return width if pairs and _NARROWEST <= width <= _WIDEST and full >= _FULL * len(pairs) else 0


def goes_on(above: str, text: str, width: int) -> bool:
    """Tell whether a line goes on with the paragraph of the line right above it.

    It does where that line had no room for its first word, and where it begins small and nothing has ended above.
    """
    above, text = above.rstrip(), text.strip()
    if not text or (width and is_full(above, text, int(_NEAR * width))):
        return bool(text)
    return text[:1].islower() and not _CLOSED.search(above)
