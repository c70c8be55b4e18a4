"""Which elements of a manuscript are blocks, and which stand in a line."""

from __future__ import annotations

from typing import Any

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd"),
        *("mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"),
        *("var", "wbr"),
    )
)


def is_block(element: Any) -> bool:
    """Tell whether an element is set apart from the line that it stands in (a comment is none)."""
    return isinstance(element.tag, str) and element.tag not in INLINE
