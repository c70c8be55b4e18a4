"""The words of ``book.md``, of the HTML that Pandoc sets it in, and of an EPUB, as they are read: text and notes."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Any
from urllib.parse import unquote

import lxml.html
from lxml import etree

from pipeline import pandoc
from pipeline.model import UNPRINTED
from pipeline.proof.unseen import Hidden, Sheet, unseen
from pipeline.words import APART, words_of

CALLED = "\ufdd3"
"""Stands in running text where a note is called; no text has this sign."""

REFS = "refs"
"""The ID of the works cited, for Pandoc."""

PLAIN = 0
LABEL = -1
"""Marks of words: running text; the number of an item, which an edition may set. Above 0: words given to both a text
and a note, for it cannot be told where they belong; each such stretch has a number of its own."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The words of an edition as they are read: the text, and each note.

    ``spaced`` is false where it cannot be told whether a hyphen at the end of a line is the author's (in a PDF):
    then words that are written as one still count as found. ``behind``: for each note of ``book.md``, the words of the
    works that it cites. ``works``: the bibliography. ``heads``: the headings of ``book.md``. ``front``: title and
    authors, where they are no text. ``again``: runs of words that an edition may set besides: the head of a table on
    its next page, the description of a picture. ``calls``: how many words stand before
    each call of a note. ``marks`` and ``note_marks``: the mark of each word, if there are any.
    """

    body: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...] = ()
    spaced: bool = True
    behind: tuple[tuple[str, ...], ...] = ()
    works: tuple[str, ...] = ()
    heads: tuple[tuple[str, ...], ...] = ()
    front: tuple[str, ...] = ()
    again: frozenset[tuple[str, ...]] = frozenset()
    calls: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()
    note_marks: tuple[tuple[int, ...], ...] = ()


@dataclass(slots=True)
class Text:
    """Pieces of running text as they are met, and those of each note apart."""

    body: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    behind: list[list[str]] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    heads: list[list[str]] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    again: list[list[str]] = field(default_factory=list)
    cites: bool = False

    def streams(self) -> Streams:
        """Return the words."""

        def words(pieces: list[str]) -> tuple[str, ...]:
            return tuple(words_of("".join(pieces)))

        parts = [words_of(part) for part in "".join(self.body).split(CALLED)]
        return Streams(
            tuple(chain.from_iterable(parts)),
            tuple(map(words, self.notes)),
            behind=tuple(map(words, self.behind)),
            works=words(self.works),
            heads=tuple(map(words, self.heads)),
            front=words(self.front),
            again=frozenset(map(words, self.again)),
            calls=tuple(accumulate(map(len, parts[:-1]))),
        )


# --------------------------------------------------------------------------------------------------- markdown


def streams_of_markdown(markdown: str, references: str = "") -> Streams:
    """Return the words of ``book.md`` as Pandoc reads it.

    Args:
        markdown: the text of the file.
        references: the text of ``references.json``. Behind a citation stand the names, title and year of its work;
            without references, nothing.

    Raises:
        OctavoError: TOOL_FAILED, from Pandoc.

    """
    meta, blocks = pandoc.parts_of(pandoc.to_json(markdown))
    return streams_of_ast({"meta": meta, "blocks": blocks}, references)


def streams_of_ast(ast: Mapping[str, Any], references: str = "") -> Streams:
    """Return the words of ``book.md`` from Pandoc's AST of it, as :func:`streams_of_markdown` does.

    A heading with nothing below it but the works cited, which the editions list, is the bibliography's.
    """
    items = json.loads(references) if references else []
    works = {item["id"]: _described(item) for item in items}
    text = Text(works=list(_strings(items)))
    heading: Any = None  # whether it heads more than the works cited is told by what follows
    placed, cites = False, "nocite" in ast.get("meta", {})
    for block in ast["blocks"]:
        works_follow = block["t"] == "Div" and block["c"][0][0] == REFS
        if heading is not None and not works_follow:
            _read_node(heading, text.body, text, works)
        placed |= works_follow
        heading = block if block["t"] == "Header" else None
        if heading is None:
            _read_node(block, text.body, text, works)
    if heading is not None and (placed or not (cites or text.cites)):
        _read_node(heading, text.body, text, works)
    for key in ("title", "subtitle", "author"):
        value = ast.get("meta", {}).get(key)
        if value:
            _read_node([value, {"t": "Space"}], text.front, text, {})
    return text.streams()


def _described(item: Mapping[str, Any]) -> str:
    """Say what a note prints of a work, in any order."""
    names = [
        part
        for role in ("author", "editor", "translator")
        for name in item.get(role, [])
        for part in (name.get("family", ""), name.get("given", ""), name.get("literal", ""))
    ]
    dates = [str(part) for date in item.get("issued", {}).get("date-parts", []) for part in date]
    fields = ("title", "title-short", "container-title", "volume", "issue", "publisher", "publisher-place")
    return " ".join([*names, *(str(item.get(key, "")) for key in fields), *dates])


SUFFIX = re.compile(r"([\W_]*[^\W\d_]+[\W_]+(?=\w)(?:[^\W\d_]+[\W_]+(?=\S*\d))?)?(.*)", re.DOTALL)
"""What stands after a citation's key: what calls a page a page (", p. "), and the rest: 12, xi, A 3."""

Reader = Callable[[etree._Element, list[str], "Text"], None]


def _strings(value: Any) -> Iterator[str]:
    """Yield all that is said of works, each with a line end."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
    else:
        yield f"{value}\n"


BLOCKS = {"Plain", "Para", "Header", "CodeBlock", "Div", "Table", "LineBlock", "DefinitionList", "Figure"}


def _read_node(node: Any, out: list[str], text: Text, works: Mapping[str, str]) -> None:
    """Read a node of Pandoc's AST, or a list of nodes at any depth; strings beside nodes are attributes."""
    if isinstance(node, list):
        for one in node:
            _read_node(one, out, text, works)
    if not isinstance(node, dict):
        return
    kind: str = node["t"]
    content: Any = node.get("c")
    if _printless(kind, content):
        return
    gap = "\n" if kind in BLOCKS else " " if kind in APART else '"' if kind == "Quoted" else ""
    out.append(gap)
    if kind == "Str":
        out.append(content)
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        out.append(" ")
    elif kind in ("Code", "Math", "CodeBlock"):
        out.append(content[1])
    elif kind == "LineBlock":
        for line in content:
            _read_node(line, out, text, works)
            out.append("\n")
    elif kind == "Note":
        note: list[str] = []
        if out is text.body:
            out.append(CALLED)
        text.notes.append(note)
        text.behind.append([])
        _read_node(content, note, text, works)
    elif kind == "Cite":
        text.cites = True
        if out is text.body:
            out.append(CALLED)
            text.notes.append([])  # set in the style of the notes, it makes a note of its own
            text.behind.append([])
        for citation in content[0]:
            _read_citation(citation, out is text.body, text, works)
    else:
        start = len(out)
        _read_node(content, out, text, works)
        if kind == "Header":
            text.heads.append(out[start:])
    out.append(gap)


def _read_citation(citation: Mapping[str, Any], alone: bool, text: Text, works: Mapping[str, str]) -> None:
    """Read a citation: its work stands behind the note; so does what calls a page a page, and all of one ``alone``."""
    behind = text.behind[-1]
    note = behind if alone else text.notes[-1]
    _read_node(citation["citationPrefix"], note, text, {})
    suffix: list[str] = []
    _read_node(citation["citationSuffix"], suffix, text, {})
    label, page = SUFFIX.fullmatch("".join(suffix)).groups("")  # type: ignore[union-attr]
    behind.append(f" {works.get(citation['citationId'], '')} {label} ")
    note.append(f" {page} ")


def _printless(kind: str, content: Any) -> bool:
    """Tell whether this prints no word of the text: a page mark, what the editions make, what is hidden.

    The heading of the bibliography is ours; that of notes which stand at their calls is not printed.
    """
    if kind not in ("Div", "Span", "Header", "Code", "CodeBlock", "Link", "Image"):
        return False
    name, classes, pairs = content[1] if kind == "Header" else content[0]
    return (
        name == REFS
        or (kind == "Header" and name == "bibliography")
        or not UNPRINTED.isdisjoint(classes)
        or "pagebreak" in classes
        or any(key == "hidden" or (key == "style" and unseen(value)) for key, value in pairs)
    )


# ------------------------------------------------------------------------------------------------------- html

CALLS = ("doc-noteref", "doc-backlink")


def streams_of_html(body: etree._Element | str) -> Streams:
    """Return the words of ``book.md`` in the HTML (or XHTML) that Pandoc sets it in with citeproc."""
    if isinstance(body, str):
        body = lxml.html.fragment_fromstring(body, create_parent="main")
    text = Text()
    _read_html(body, text.body, text)
    return text.streams()


def _read_html(element: etree._Element, out: list[str], text: Text) -> None:
    if not isinstance(element.tag, str):
        return  # a comment
    name = etree.QName(element).localname
    classes = (element.get("class") or "").split()
    role = element.get("role", "")
    if role == "doc-endnotes":
        for item in element.iter("{*}li"):
            if item.get("id", "").startswith("fn"):
                text.notes.append([])
                _read_inside(item, text.notes[-1], text, _read_html)
        return
    if role in CALLS or (UNPRINTED | {"pagebreak", "footnote-ref", "footnote-back"}) & {*classes}:
        if out is text.body and (role == "doc-noteref" or "footnote-ref" in classes):
            out.append(CALLED)
        return
    if element.get("id") in (REFS, "bibliography") or (name == "section" and [*map(_what, element)] == ["head", REFS]):
        out = text.works
    if name == "img":
        text.again.append([element.get("alt", "")])
    if name == "thead":
        text.again.append([])
        _read_inside(element, text.again[-1], text, _read_html)
    _read_inside(element, out, text, _read_html)


def _what(element: etree._Element) -> str:
    """Say whether this is a heading or the works cited."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    return "head" if re.fullmatch("h[1-6]", name) else REFS if element.get("id") == REFS else ""


def _read_inside(element: etree._Element, out: list[str], text: Text, read: Reader) -> None:
    gap = "" if etree.QName(element).localname in INLINE else "\n"
    out.append(gap)
    out.append(element.text or "")
    for child in element:
        read(child, out, text)
        out.append(child.tail or "")
    out.append(gap)


# ------------------------------------------------------------------------------------------------------- epub

OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"

NOTES = {"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"}
SKIPPED = {
    *(
        "doc-noteref",
        "doc-backlink",
        "doc-pagebreak",
        "doc-cover",
        "doc-toc",
        "doc-index",
    ),
    *("noteref", "pagebreak", "cover", "toc", "landmarks", "page-list"),
    *("index", "colophon", "copyright-page", "imprint"),
}
"""Roles and types of what the edition adds: it holds no word of the source."""
OWN_INDEX = "back-index"
"""Class of an index that is the source's own."""

GATHERED = {"doc-endnotes", "endnotes"}
WORKS = {"doc-bibliography", "bibliography"}
TITLES = {"titlepage", "halftitlepage"}

INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
    ),
    *("span", "strong", "time", "u", "var", "wbr"),
}


def streams_of_epub(data: bytes) -> Streams:
    """Return the words of an EPUB in the order of its spine, without the contents and the index.

    Notes are known by their role or type. Numbers of notes, whether at the call or before the note, are
    left out, and so is whatever a style hides or covers.
    """
    text = Text()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (package,) = etree.fromstring(archive.read("META-INF/container.xml")).xpath("//@full-path")
        opf = etree.fromstring(archive.read(package))
        folder = posixpath.dirname(package)
        items = {item.get("id"): item for item in opf.iter(f"{OPF}item")}
        sheet = Sheet(
            archive.read(posixpath.join(folder, unquote(item.get("href", "")))).decode("utf-8", "replace")
            for item in items.values()
            if item.get("media-type") == "text/css"
        )
        for reference in opf.iter(f"{OPF}itemref"):
            item = items[reference.get("idref")]
            if "nav" not in item.get("properties", ""):
                document = etree.fromstring(archive.read(posixpath.join(folder, unquote(item.get("href", "")))))
                _read_element(document, text.body, text, sheet.hidden(document))
    return text.streams()


def _read_element(element: etree._Element, out: list[str], text: Text, hidden: Hidden) -> None:
    if not isinstance(element.tag, str):
        return  # a comment
    if element in hidden:
        out.append("\n")
        return
    name = etree.QName(element).localname
    roles = {*element.get("role", "").split(), *element.get(TYPE, "").split()}
    if name in ("head", "script", "style"):
        return
    if roles & WORKS or element.get("id") == REFS:
        out = text.works
    elif roles & TITLES:
        out = text.front
    elif roles & GATHERED:
        out = []  # the heading over them is the edition's own
    elif roles & SKIPPED and OWN_INDEX not in element.get("class", "").split():
        if out is text.body and roles & {"noteref", "doc-noteref"}:
            out.append(CALLED)
        return
    if roles & NOTES:
        text.notes.append(out := [])
    _read_inside(element, out, text, lambda child, out, text: _read_element(child, out, text, hidden))
