"""Which elements of a manuscript are blocks, which part words, and which signs count where letters are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd"),
        *("mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"),
        *("var", "wbr"),
    )
)
PARTED_SPANS = frozenset(("further", "line"))
NOTES = "doc-endnotes"
"""The role of the section in which Pandoc gathers the notes."""
ZERO_WIDTH = "\u200b"
"""What WeasyPrint puts behind a space that stands by itself; it is not in the text."""
JOINER = "\u2060"
"""What holds the call of a note to the word before it."""
UNCOUNTED = frozenset((ZERO_WIDTH, JOINER))


def is_block(element: Any) -> bool:
    """Tell whether an element is set apart from the line that it stands in (a comment is none)."""
    return isinstance(element.tag, str) and element.tag not in INLINE


def is_parted(tag: str, names: Iterable[str]) -> bool:
    """Say if an element with that tag and those classes is parted from what stands around it as by a space."""
    return tag not in INLINE or tag == "br" or not PARTED_SPANS.isdisjoint(names)


def is_letter(sign: str) -> bool:
    """Say if ``sign`` counts where letters are counted to find a place: what is set and what was written must agree."""
    return not sign.isspace() and sign not in UNCOUNTED
