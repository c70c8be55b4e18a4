"""The words of ``book.md`` and of an EPUB, as they are read: the text, and each note."""

from __future__ import annotations

import io
import json
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipeline import pandoc
from pipeline.proof.words import words_of


@dataclass(frozen=True, slots=True)
class Streams:
    """The words of an edition as they are read: the text, and each note.

    ``spaced`` is false where it cannot be told whether a hyphen at the end of a line is the author's (in a PDF):
    then words that are written as one still count as found.
    """

    body: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...] = ()
    spaced: bool = True


@dataclass(slots=True)
class Text:
    """Pieces of running text as they are met, and those of each note apart."""

    body: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)

    def streams(self) -> Streams:
        """Return the words."""
        notes = tuple(tuple(words_of("".join(note))) for note in self.notes)
        return Streams(tuple(words_of("".join(self.body))), notes)


# --------------------------------------------------------------------------------------------------- markdown


def streams_of_markdown(markdown: str, references: str = "") -> Streams:
    """Return the words of ``book.md`` as Pandoc reads it.

    Args:
        markdown: the text of the file.
        references: the text of ``references.json``. A citation counts as the names, title and year of its
            work and the words beside its key; without references, as the latter only.

    Raises:
        OctavoError: TOOL_FAILED, from Pandoc.

    """
    works = {item["id"]: _described(item) for item in json.loads(references)} if references else {}
    text = Text()
    _read_node(pandoc.to_ast(markdown)["blocks"], text.body, text, works)
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
    gap = "\n" if kind in BLOCKS else '"' if kind == "Quoted" else ""
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
        text.notes.append(note)
        _read_node(content, note, text, works)
    elif kind == "Cite":
        if out is text.body:
            text.notes.append(out := [])  # set in the style of the notes, it makes a note of its own
        for citation in content[0]:
            _read_node(citation["citationPrefix"], out, text, works)
            out.append(f" {works.get(citation['citationId'], '')} ")
            _read_node(citation["citationSuffix"], out, text, works)
    elif not _printless(kind, content):
        _read_node(content, out, text, works)
    out.append(gap)


def _printless(kind: str, content: Any) -> bool:
    """Tell whether this is the place of the bibliography, or a mark of the source's pages."""
    return (kind == "Div" and content[0][0] == "refs") or (kind == "Span" and "pagebreak" in content[0][1])


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
        "doc-bibliography",
    ),
    *("noteref", "pagebreak", "cover", "titlepage", "halftitlepage", "toc", "landmarks", "page-list"),
    *("index", "bibliography", "colophon", "copyright-page", "imprint"),
}
"""Roles and types of what the edition adds: it holds no word of the source."""

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
    *("span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}


def streams_of_epub(data: bytes) -> Streams:
    """Return the words of an EPUB in the order of its spine, without the contents, bibliography and index.

    Notes are known by their role or type. Numbers of notes, whether at the call or before the note, are
    left out.
    """
    text = Text()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (package,) = etree.fromstring(archive.read("META-INF/container.xml")).xpath("//@full-path")
        opf = etree.fromstring(archive.read(package))
        items = {item.get("id"): item for item in opf.iter(f"{OPF}item")}
        for reference in opf.iter(f"{OPF}itemref"):
            item = items[reference.get("idref")]
            if "nav" not in item.get("properties", ""):
                name = posixpath.join(posixpath.dirname(package), unquote(item.get("href", "")))
                _read_element(etree.fromstring(archive.read(name)), text.body, text)
    return text.streams()


def _read_element(element: etree._Element, out: list[str], text: Text) -> None:
    if not isinstance(element.tag, str):
        return  # a comment
    name = etree.QName(element).localname
    roles = {*element.get("role", "").split(), *element.get(TYPE, "").split()}
    if roles & SKIPPED or name in ("head", "script", "style"):
        return
    if roles & NOTES:
        text.notes.append(out := [])
    gap = "" if name in INLINE else "\n"
    out.append(gap)
    out.append(element.text or "")
    for child in element:
        _read_element(child, out, text)
        out.append(child.tail or "")
    out.append(gap)
