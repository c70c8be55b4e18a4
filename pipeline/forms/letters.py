"""Letters: what stands at the head of one, and what at its foot.

The place and the date stand at the head, ranged to the right, and lead to the salutation; the closing and the name
stand below the last paragraph, ranged to the right.
"""

from __future__ import annotations

import re

from lxml.etree import _Element

from pipeline.forms.trees import add_class, classes, local, make, named

GREETING = re.compile(r"[,:—–!]\W*$")
LONGEST = 60  # letters: a line of a head or foot that has more is prose
MOST = 6  # lines of a closing
DATELINE = "dateline"
"""Class of the lines at the head of a letter that say where and when it was written."""
SIGNATURE = "signature"
"""Class of a closing that is one line, a name: it stands at the right."""
SALUTATION = "salutation"
"""Class of lines at the head of a letter that greet: they never end a page."""
_DATED = re.compile(
    r"(?<![\d/])[12]\d{3}(?!\d)|\b\d{1,2}(?:st|nd|rd|th|er|[.ºª])?\s(?:of\s|de\s)?[^\W\d_]{3,}"
    r"|\b[^\W\d_]{3,}\.?\s\d{1,2}\b(?!\s[^\W\d_])"
)
_ADDRESSED = re.compile(r"\W*(?:To|Mrs?|Miss|Messrs|Dr|An|Herrn?|Frau|À|Au|M|Mme|Mlle|Al?|Sr|Señor|Aan|Til|Till)\b")
_ABOVE = 3  # lines of a place and a date, at most


def mark_letters(body: _Element) -> None:
    """Mark the letters of ``body`` that close one (class ``closing``); in a whole letter, its last block of lines."""
    for letter in [one for one in named(body, "div") if "letter" in classes(one)]:
        _set_dateline(letter)
        inside = [block for block in letter if local(block)]
        if inside and local(inside[-1]) != "p" and GREETING.search("".join(_pieces(inside[-1])).rstrip()):
            add_class(letter, SALUTATION)
        if any(local(block) == "p" for block in inside):
            add_class(letter, "whole-letter")
            if len(inside) > 1 and _closes(inside[-1]):
                _mark_closing(inside[-1])
            continue
        before = letter.getprevious()
        if before is not None and local(before) in ("p", "blockquote", "ul", "ol") and _closes(letter):
            _mark_closing(letter)


def _set_dateline(letter: _Element) -> None:
    """Part the place and the date from the salutation that stands below them; an address keeps its date."""
    block = next((one for one in letter if local(one)), None)
    if block is None or "line-block" not in classes(block):
        return
    lines = lines_of(block)
    if len(lines) < 2 or not GREETING.search(lines[-1]) or any(len(line) > LONGEST for line in lines):
        return
    dated = [number for number, line in enumerate(lines[:-1]) if _DATED.search(line)]
    if not dated or dated[0] >= _ABOVE or any(_ADDRESSED.match(line) for line in lines[: dated[0] + 1]):
        return
    _divide(block, dated[0] + 1)


def _divide(block: _Element, count: int) -> None:
    """Put the first ``count`` lines of a block of lines into a block of their own before it."""
    breaks = [one for one in block if local(one) == "br"]
    if len(breaks) < count:
        return  # a line ends within what is emphasised
    parting = breaks[count - 1]
    head = make(block, "div", "line-block", DATELINE)
    head.text = block.text
    head.extend(list(block)[: block.index(parting)])
    block.text, parting.tail = (parting.tail or "").lstrip("\n"), None
    block.remove(parting)
    head.tail = "\n"
    block.addprevious(head)


def _mark_closing(block: _Element) -> None:
    add_class(block, "closing")
    if len(lines_of(block)) == 1:
        add_class(block, SIGNATURE)


def lines_of(block: _Element) -> list[str]:
    """Return the lines of a block of lines."""
    return [line for line in re.split(r"\n+", "".join(_pieces(block))) if line.strip()]


def _closes(block: _Element) -> bool:
    """Tell whether a block of lines closes a letter: few and short ones, the last of which greets nobody."""
    lines = lines_of(block)
    short = bool(lines) and len(lines) <= MOST and all(len(line) <= LONGEST for line in lines)
    return short and not GREETING.search(lines[-1])


def _pieces(element: _Element) -> list[str]:
    found = [element.text or ""]
    for child in element:
        found += ["\n"] if local(child) == "br" else _pieces(child)
        found.append(child.tail or "")
    return found
