"""Documents: a page of the web or a word processor's file that is of a kind with marks of its own.

A room reads lines. What the document says of them beside their words is written before them as in Markdown (a heading,
a quotation, an item of a list), and taken off again where the room left it; what it sets in italics or bold stays so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.kinds.galley import styled
from pipeline.model import Copy, Line, Ready, Role, unstyled

__all__ = ["signed", "with_looks"]

_RUNNING = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.DIALOGUE, Role.NOTE, Role.VERSE})


def signed(lines: Sequence[Line], ready: Ready) -> tuple[Line, ...]:
    """Return the lines of a document with the signs that Markdown has for what they are."""
    return tuple(replace(line, text=f"{ready.signs.get(line.number, '')}{line.text}") for line in lines)


def with_looks(copy: Copy, ready: Ready) -> Copy:
    """Return the copy that a room made of :func:`signed` lines, without signs that are left, with its italics and bold.

    A line that is set off whole stays plain: so people tell quotations, and heads, from what they say themselves.
    """
    roles = {one.line: one.role for one in copy.decisions}
    numbers = set(ready.lines)

    def seen(number: int, text: str, *, running: bool) -> str:
        text = text.removeprefix(ready.signs.get(number) or "\0") if number in numbers else ""
        if not running or unstyled(text) != text:
            return text
        whole = text
        for words, style in ready.set_off.get(number, ()):
            if words != whole and text.count(words) == 1:
                text = text.replace(words, styled(words, style))
        return text

    return replace(
        copy,
        lines=tuple(
            replace(line, text=seen(line.number, line.text, running=roles.get(line.number) in _RUNNING))
            for line in copy.lines
        ),
        decisions=tuple(one for one in copy.decisions if one.line in numbers),
        citations=tuple(
            one if one.parsed else replace(one, text=seen(one.line, one.text, running=True)) for one in copy.citations
        ),
    )
