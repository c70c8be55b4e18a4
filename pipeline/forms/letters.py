"""Letters: what stands at the head of one, and what at its foot.

The address and the date stand at the head and lead to the salutation; the closing and the name stand below the last
paragraph, ranged to the right.
"""

from __future__ import annotations

import re

from lxml.etree import _Element

from pipeline.forms.trees import add_class, classes, local, named

GREETING = re.compile(r"[,:—–!]\W*$")
LONGEST = 60  # letters: a line of a head or foot that has more is prose
MOST = 6  # lines of a closing


def mark_letters(body: _Element) -> None:
    """Mark the letters of ``body`` that close one (class ``closing``); in a whole letter, its last block of lines."""
    for letter in [one for one in named(body, "div") if "letter" in classes(one)]:
        inside = [block for block in letter if local(block)]
        if any(local(block) == "p" for block in inside):
            add_class(letter, "whole-letter")
            if len(inside) > 1 and _closes(inside[-1]):
                add_class(inside[-1], "closing")
            continue
        before = letter.getprevious()
        if before is not None and local(before) in ("p", "blockquote", "ul", "ol") and _closes(letter):
            add_class(letter, "closing")


def _closes(block: _Element) -> bool:
    """Tell whether a block of lines closes a letter: few and short ones, the last of which greets nobody."""
    lines = [line for line in re.split(r"\n+", "".join(_pieces(block))) if line.strip()]
    short = bool(lines) and len(lines) <= MOST and all(len(line) <= LONGEST for line in lines)
    return short and not GREETING.search(lines[-1])


def _pieces(element: _Element) -> list[str]:
    found = [element.text or ""]
    for child in element:
        found += ["\n"] if local(child) == "br" else _pieces(child)
        found.append(child.tail or "")
    return found
