"""Admission: what of a ``book.md``, its pictures and its metadata gets into an edition, whoever wrote them.

Lists of what is let in (``admission.toml``), never of what is kept out: elements of running text, attributes that say
something of it, style properties that set it, web addresses that a reader may follow. Nothing that is let in makes a
program fetch, attach or run anything. What is on no list is taken off, its words stay, and the report names it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from lxml import etree

from pipeline.files import resolved
from pipeline.report import Report

Element = etree._Element

_XHTML = "http://www.w3.org/1999/xhtml"
_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"
_OPS = "http://www.idpf.org/2007/ops"

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_ELEMENTS, WORDLESS, _ATTRIBUTES, _SCHEMES, _PROPERTIES, _SVG_ELEMENTS = (
    frozenset(_LISTS[key].split()) for key in ("elements", "wordless", "attributes", "schemes", "properties", "svg")
)
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})  # HTML Living Standard, 13.1.2
_SIZES = frozenset(_LISTS["sizes"].split())
_SIZED = frozenset(_LISTS["sized"].split())
_LENGTHS: dict[str, float] = _LISTS["lengths"]
_OWN = {"href": ("a",), "src": ("img",), "alt": ("img",), "type": ("ol", "ul", "li")}  # of these elements only
_PASSED = re.compile(r"[\x00-\x20]")  # what browsers pass over in an address (WHATWG URL, 4.4)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_INNER = re.compile(r"\s*#[^\s]*\s*\Z")
_INNER_URL = re.compile(r"url\(\s*[\"']?#[\w.:-]+[\"']?\s*\)")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z")


def within(name: str, folder: Path) -> Path | None:
    """Return the file ``name`` in ``folder`` or below; None if there is none, or it lies elsewhere, linked or not."""
    path = folder / name if inside(name, folder) else None
    try:
        return resolved(path) if path and path.is_file() else None
    except OSError:
        return None


def inside(name: str, folder: Path) -> bool:
    """Tell whether the path ``name``, taken from ``folder``, leads into it, links and all; nothing need be there."""
    try:
        return resolved(folder / name).is_relative_to(resolved(folder))
    except (OSError, ValueError, RuntimeError):
        return False


def admit(root: Element, report: Report) -> None:
    """Take off ``root``, HTML or XHTML, all that is not let in; each thing that is refused is a finding, once.

    The pictures that it names are looked at where they are taken (:mod:`pipeline.pictures`).
    """
    refused: dict[str, None] = {}
    for element in _elements(root):
        name = _html_name(element)
        if name not in _ELEMENTS and element is not root:
            refused[f"<{name}>"] = None
            _take_out(element, with_words=name in WORDLESS)
            continue
        if name in _VOID and (element.text or len(element)):
            _empty(element)
        for key in list(element.attrib):
            value = element.get(key, "")
            kept = _admitted(name, key, value)
            if kept is None:
                del element.attrib[key]
                refused[f'{_named(key)[1]}="{value[:80]}"'] = None
            elif kept != value:
                element.set(key, kept)
                refused[f'{_named(key)[1]}="{value[:80]}"'] = None
    for one in refused:
        report.find("markup-refused", markup=one)


def admit_svg(data: bytes) -> bytes | None:
    """Return a picture in SVG with nothing in it but what draws it; None if it is no SVG."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    for element in _elements(root):
        space, name = _named(str(element.tag))
        if space != _SVG or name not in _SVG_ELEMENTS:
            _take_out(element, with_words=True)
            continue
        for key in list(element.attrib):
            if not _draws(name, _named(key)[1], element.get(key, "")):
                del element.attrib[key]
    root.getroottree().docinfo.clear()  # a document type may declare entities that are files
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _elements(root: Element) -> Iterator[Element]:
    """Walk through all elements, and take out comments, processing instructions and entities on the way."""
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            _take_out(node, with_words=True)
        elif node is root or node.getparent() is not None:
            yield node


def _html_name(element: Element) -> str:
    """Return the local name; of an element of another vocabulary one that HTML has not."""
    space, name = _named(str(element.tag))
    return name.lower() if space in ("", _XHTML) else f"{space}:{name}"


def _named(tag: str) -> tuple[str, str]:
    """Return the vocabulary and the local name; the HTML parser lets names through that XML has not."""
    space, _, name = tag.rpartition("}")
    return space.lstrip("{"), name


def _take_out(element: Element, *, with_words: bool) -> None:
    """Take an element out of its tree; what follows it stays, and what is in it unless that goes ``with_words``."""
    parent = element.getparent()
    if parent is None:
        return
    pieces = [] if with_words else [element.text or "", *element]
    at = parent.index(element)
    pieces.append(element.tail or "")
    parent.remove(element)
    for piece in pieces:
        if not isinstance(piece, str):
            parent.insert(at, piece)
            at += 1
        elif at:
            before = parent[at - 1]
            before.tail = (before.tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece


def _empty(element: Element) -> None:
    """Set what stands in an element that can hold nothing behind it."""
    inside = etree.Element("span")
    inside.text, element.text = element.text, None
    inside.extend(list(element))
    inside.tail, element.tail = element.tail, None
    element.addnext(inside)
    _take_out(inside, with_words=False)


def _admitted(element: str, key: str, value: str) -> str | None:
    """Return the value of an attribute as far as it is let in; None if the attribute is not."""
    space, name = _named(key)
    if space:
        return value if key in (f"{{{_XML}}}lang", f"{{{_OPS}}}type") else None
    local = name.lower()
    if element not in _OWN.get(local, (element,)):
        return None
    if local == "style":
        return _style(element, value)
    if local == "href":  # a place in this book, or one out in the world: nothing beside the book is any reader's
        scheme = _SCHEME.match(_PASSED.sub("", value))
        return value if (scheme and scheme[1].lower() in _SCHEMES) or value.startswith("#") else None
    return value if local in _ATTRIBUTES or local.startswith("aria-") else None


def _style(element: str, value: str) -> str | None:
    """Return the declarations of a ``style`` that set words; None if there are none."""
    kept = []
    declarations = tinycss2.parse_blocks_contents(value, skip_comments=True, skip_whitespace=True)
    for one in declarations:
        if one.type != "declaration":
            continue
        sized = element in _SIZED and one.lower_name in _SIZES
        if (sized or one.lower_name in _PROPERTIES) and all(_shows(token, sized=sized) for token in one.value):
            kept.append(f"{one.lower_name}: {tinycss2.serialize(one.value).strip()}")
    if len(kept) == len(declarations):
        return value
    return "; ".join(kept) or None


def _shows(token: tinycss2.ast.Node, *, sized: bool) -> bool:
    """Tell whether a part of a value leaves words where they can be seen: a word, or a length that no page exceeds."""
    if token.type in ("dimension", "percentage", "number"):
        unit = {"dimension": getattr(token, "lower_unit", ""), "percentage": "%", "number": ""}[token.type]
        return unit in _LENGTHS and token.value >= 0 and (sized or bool(token.value <= _LENGTHS[unit]))
    return token.type in ("whitespace", "ident", "hash", "literal")


def _draws(element: str, key: str, value: str) -> bool:
    """Tell whether an attribute of SVG says how to draw, and names nothing outside the picture."""
    if key.lower().startswith("on") or key == "base":
        return False
    if key == "href":
        return bool(_INNER.match(value) or (element == "image" and _PICTURE.match(value)))
    bare = _INNER_URL.sub("", value)
    return not re.search(r"url\s*\(|@|\\|expression|image-set|src\s*\(|javascript:", bare, re.IGNORECASE)
