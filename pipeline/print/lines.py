"""A line that fits but for the space at its end is a whole line.

Where text is followed by words in another face, WeasyPrint measures it with the space between. If it is by that space
too long for the line, WeasyPrint takes it for a word that fits nowhere: the first word stands alone on a line, and the
rest comes below. There is no public way to change that, so this wraps the one function that finds where a line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LEAST = 0.75  # of the measure: a line that is filled no more, though more text follows, is looked at again


@contextmanager
def whole_lines() -> Iterator[None]:
    """While this lasts, WeasyPrint leaves no word alone on a line for the sake of a space."""
    from weasyprint.layout import inline

    plain = inline.split_first_line

    def split_first_line(text: str, style: Any, context: Any, width: float | None, *more: Any, **named: Any) -> Any:
        found = plain(text, style, context, width, *more, **named)
        _, _, resume_at, filled, _, _ = found
        words = text.rstrip(" ")
        if width is None or resume_at is None or filled > LEAST * width or words == text or " " not in words:
            return found
        layout, length, rest, filled, height, baseline = plain(words, style, context, width, *more, **named)
        if rest is not None or filled > width:
            return found
        return layout, length, len(text.encode()), filled, height, baseline

    inline.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = plain
