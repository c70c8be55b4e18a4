"""XHTML: the tree that all of this folder works on, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

Element = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
TYPE = f"{{{OPS}}}type"
_DECLARATIONS = len(f' xmlns="{XHTML}" xmlns:epub="{OPS}"')  # each file has them once, not each element
NAMES = {"x": XHTML, "epub": OPS}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def make(tag: str, *content: str | Element, epub_type: str = "", **attributes: str) -> Element:
    """Make an XHTML element.

    Args:
        tag: Its local name.
        content: Texts and elements, in order.
        epub_type: The value of ``epub:type``.
        attributes: Other attributes; ``class_`` for ``class``, ``aria_label`` for ``aria-label``. Empty ones
        are
            left out.

    """
    element = etree.Element(f"{{{XHTML}}}{tag}", nsmap={None: XHTML, "epub": OPS})
    if epub_type:
        element.set(TYPE, epub_type)
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_").replace("_", "-"), value)
    for piece in content:
        if isinstance(piece, str):
            add_text(element, piece)
        else:
            element.append(piece)
    return element


def add_text(element: Element, text: str) -> None:
    """Add ``text`` at the end of ``element``."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def local(element: Element) -> str:
    """Return the local name of ``element``; nothing for a comment or a processing instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def classes(element: Element) -> list[str]:
    """Return the classes of ``element``."""
    return element.get("class", "").split()


def find(element: Element, path: str) -> list[Element]:
    """Return the elements at an XPath, with ``x:`` for XHTML and ``epub:`` for the OPS namespace."""
    found = element.xpath(path, namespaces=NAMES)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def remove(element: Element) -> None:
    """Take ``element`` out of its tree and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    parent.remove(element)
    element.tail = None
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def unwrap(element: Element) -> None:
    """Put the content of ``element`` in its place."""
    for piece in [element.text or "", *element]:
        if isinstance(piece, str):
            previous, parent = element.getprevious(), element.getparent()
            if previous is not None:
                previous.tail = (previous.tail or "") + piece
            elif parent is not None:
                parent.text = (parent.text or "") + piece
        else:
            element.addprevious(piece)
    remove(element)


def clean_text(element: Element) -> str:
    """Return the text of ``element`` on one line, without note calls: for contents, titles and metadata."""
    copy = deepcopy(element)
    for call in find(copy, ".//x:a[@role='doc-noteref']"):
        remove(call)
    return re.sub(r"[^\S\u202f]+", " ", "".join(text for text in copy.itertext())).strip()


def rename(element: Element, tag: str) -> None:
    """Give ``element`` another local name."""
    element.tag = f"{{{XHTML}}}{tag}"


def weight(element: Element) -> int:
    """Return the size of ``element`` in bytes when written."""
    return len(etree.tostring(element, encoding="utf-8", with_tail=True)) - _DECLARATIONS


def elements(root: Element) -> Iterator[Element]:
    """Walk through ``root`` and all elements inside it, in reading order."""
    return root.iter(f"{{{XHTML}}}*")


def page(title: str, lang: str, direction: str, style: str, *content: Element) -> Element:
    """Make a whole document: head with title and style sheet, and ``content`` as its body."""
    head = make("head", make("meta", charset="utf-8"), make("title", title))
    if style:
        head.append(make("link", rel="stylesheet", type="text/css", href=style))
    html = make("html", head, make("body", *content), lang=lang, dir=direction)
    html.set(f"{{{XML}}}lang", lang)
    return html


def written(document: Element) -> bytes:
    """Return ``document`` as the bytes of a file."""
    etree.cleanup_namespaces(document, keep_ns_prefixes=["epub"])
    for head in find(document, "/x:html/x:head/* | /x:html/x:head | /x:html/x:body"):
        head.tail = "\n"
    text = etree.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
