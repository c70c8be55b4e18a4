"""Passages that are written the other way than their book say so, where nobody has said it for them.

Without it a full stop at the end of an Arabic paragraph would stand at its beginning, and its lines on the left; and
the number of an English heading in an Arabic book would stand behind it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from lxml.etree import _Element

from pipeline.forms.trees import HEADINGS, classes, local, make, named, text_of

BLOCKS = ("p", "li", "td", "th", "dt", "dd", *HEADINGS)
DIVS = frozenset(["line-block", "csl-entry", "csl-left-margin", "csl-right-inline", "csl-block", "csl-indent"])
"""Classes of Pandoc's for blocks that have no element of their own: lines of verse, works, and the parts of a work."""

LISTS = ("ul", "ol", "dl", "blockquote")
GROUPS = frozenset(["verse", "letter", "dialogue"])
"""Elements and classes of what holds blocks: they say at which side marks of lists and room before lines stand."""

RIGHT = ("R", "AL")
_PART = re.compile(r"\s+|\w+|[^\s\w]")
_FIGURES = re.compile(r"\d+")
_WITHIN = ("em", "i", "strong", "b", "span", "cite", "u", "s", "small", "q", "a", "sup", "sub", "code", "mark", "abbr")


def set_directions(body: _Element, leftward: bool) -> None:
    """Give ``dir`` to the blocks of ``body`` that mostly have letters written the other way than the book.

    A list, a poem or a letter of such blocks has it too, so that its marks and its margin stand on the side where its
    lines begin; a block in it that goes as the book does says so again.

    Args:
        body: the manuscript.
        leftward: whether the book is written from right to left.

    The first strong letter alone would do by the Unicode Bidirectional Algorithm (rule P2), but turns an English
    paragraph that begins with a Hebrew word.

    """
    signs = set("".join(body.itertext()))
    if not leftward and not any(unicodedata.bidirectional(sign) in RIGHT for sign in signs):
        return
    told = {one for one in body.iter() if one.get("dir")}
    groups = [*named(body, *LISTS), *(one for one in named(body, "div") if not GROUPS.isdisjoint(classes(one)))]
    blocks = [*named(body, *BLOCKS), *(one for one in named(body, "div") if not DIVS.isdisjoint(classes(one)))]
    for block in [*groups, *blocks]:
        if block in told or any(one in told for one in block.iterancestors()):
            continue
        strong = [unicodedata.bidirectional(sign) for sign in text_of(block)]
        right, left = sum(one in RIGHT for one in strong), sum(one == "L" for one in strong)
        turned = left > right if leftward else right > left
        within = any(one.get("dir") for one in block.iterancestors())
        if turned or (within and (left or right)):
            block.set("dir", "rtl" if turned != leftward else "ltr")
        if left and right and len(block):
            toward_left = turned != leftward
            _isolate(block, ("L",) if toward_left else RIGHT)


def _isolate(block: _Element, others: Collection[str]) -> None:
    """Give ``dir`` to what is written the other way than ``block`` and has elements in it, as italics are.

    What is only text is put in order by whoever draws it; pieces are not: they would stand one beside the other in the
    order of the block. ``others``: the bidirectional classes of letters that go the other way.
    """
    if any(local(one) not in _WITHIN for one in block.iterdescendants() if local(one) not in ("br", "img")):
        return
    parts: list[_Element | str] = [*_PART.findall(block.text or "")]
    for child in block:
        parts += [child, *_PART.findall(child.tail or "")]
    kinds = [_goes(one if isinstance(one, str) else text_of(one), others) for one in parts]
    kinds = [
        "=" if not isinstance(one, str) and local(one) == "br" else kind for one, kind in zip(parts, kinds, strict=True)
    ]
    start = 0
    while start < len(parts):
        end = _end(parts, kinds, start, figures="L" in others) if kinds[start] == "x" else start + 1
        if kinds[start] == "x" and any(not isinstance(one, str) for one in parts[start:end]):
            parts[start:end] = [_turned(block, parts[start:end], "ltr" if "L" in others else "rtl")]
            kinds[start:end] = ["x"]
            end = start + 1
        start = end
    _fill(block, parts)


def _end(parts: Sequence[_Element | str], kinds: Sequence[str], start: int, *, figures: bool) -> int:
    """Return where the pieces end that go the other way from ``start`` on; a bracket that opens in them closes in them.

    ``figures``: those behind Latin letters go with them (rule W7 of the algorithm), but for those in brackets.
    """
    last, at, opened, within = start, start, 0, False
    while at < len(parts) and kinds[at] in ("x", ""):
        part = parts[at]
        sign = unicodedata.category(part) if isinstance(part, str) and len(part) == 1 else ""
        opened += (sign == "Ps") - (sign == "Pe")
        if opened < 0:
            break
        figure = figures and not opened and isinstance(part, str) and _FIGURES.fullmatch(part) is not None
        if kinds[at] == "x" or figure or (sign == "Pe" and within):
            last = at
        within = (within or kinds[at] == "x") and opened > 0
        at += 1
    return last + 1


def _goes(text: str, others: Collection[str]) -> str:
    """Say how the letters of a piece go: ``x`` the other way, ``=`` with the block or both ways, nothing for none."""
    strong = {sign for sign in map(unicodedata.bidirectional, text) if sign in ("L", *RIGHT)}
    return "" if not strong else "x" if strong <= {*others} else "="


def _turned(block: _Element, parts: Sequence[_Element | str], way: str) -> _Element:
    """Return the one element of ``parts``, or a new one around them, with its direction."""
    only = parts[0]
    if len(parts) > 1 or isinstance(only, str):
        only = make(block, "span")
        _fill(only, parts)
    only.set("dir", way)
    return only


def _fill(element: _Element, parts: Sequence[_Element | str]) -> None:
    """Give an element these contents."""
    for child in list(element):
        element.remove(child)
    element.text, last = "", None
    for part in parts:
        if not isinstance(part, str):
            part.tail, last = None, part
            element.append(part)
        elif last is None:
            element.text += part
        else:
            last.tail = (last.tail or "") + part
