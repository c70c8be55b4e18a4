"""The few things that are asked of an element whichever tree it stands in: HTML without a namespace, or XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def local(element: _Element) -> str:
    """Return the name of ``element`` without its namespace; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def named(root: _Element, *names: str) -> Iterator[_Element]:
    """Yield the elements in ``root`` with one of those names, in order; the tree may change meanwhile."""
    yield from list(root.iter(*(f"{{*}}{name}" for name in names)))


def classes(element: _Element) -> list[str]:
    """Return the classes of ``element``."""
    return element.get("class", "").split()


def add_class(element: _Element, *names: str) -> None:
    """Add classes to ``element``, each once."""
    element.set("class", " ".join(dict.fromkeys((*classes(element), *names))))


def make(like: _Element, name: str, *names: str) -> _Element:
    """Return a new element of that name and those classes, for the tree in which ``like`` stands."""
    space = etree.QName(like).namespace
    made = like.makeelement(f"{{{space}}}{name}" if space else name)
    if names:
        made.set("class", " ".join(names))
    return made


def text_of(element: _Element) -> str:
    """Return the text in ``element``, the calls of notes left out."""
    if "footnote-ref" in classes(element) or element.get("role") == "doc-noteref":
        return ""
    return (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element if local(child))


def set_apart(element: _Element, pattern: re.Pattern[str], *names: str) -> None:
    """Make elements of those classes of what ``pattern`` finds in the text of ``element``, not in its children."""
    children = list(element)
    for place, text in ((-1, element.text or ""), *((n, child.tail or "") for n, child in enumerate(children))):
        found = [*pattern.finditer(text)]
        if not found:
            continue
        spans = [make(element, "span", *names) for _ in found]
        for span, one, end in zip(spans, found, [*(later.start() for later in found[1:]), len(text)], strict=True):
            span.text, span.tail = one[0], text[one.end() : end]
        if place < 0:
            element.text = text[: found[0].start()]
            element[:0] = spans
        else:
            children[place].tail = text[: found[0].start()]
            at = element.index(children[place]) + 1
            element[at:at] = spans
