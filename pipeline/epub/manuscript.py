"""From ``book.md`` to one tree of XHTML: Pandoc reads, sets the citations and writes; we only parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from pipeline import pandoc, styles
from pipeline.epub.semantics import mark_meaning
from pipeline.epub.xhtml import Element, classes, find, local, rename
from pipeline.forms import set_forms
from pipeline.forms.verse import part_lines

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIGNS = ("reset-citation-positions", "unnumbered", "citation")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What Pandoc made of ``book.md``.

    ``metadata``: the texts of the YAML block, each key with its values; ``body``: the ``body`` element, with
    nested sections and all notes at its end.
    """

    metadata: dict[str, list[str]]
    body: Element


def read_manuscript(markdown: str, folder: Path) -> Manuscript:
    """Run Pandoc with citeproc over ``markdown``; ``folder`` is where its ``references.json`` lies.

    Raises:
        OctavoError: TOOL_FAILED, with what Pandoc said.

    """
    template = styles.folder() / "epub" / "manuscript.html"
    arguments = [
        *("--from=markdown", "--to=html5", "--section-divs", "--wrap=none"),
        *(f"--template={template.resolve()}", "--citeproc", f"--csl={styles.citation_style()}"),
    ]
    text = _NOT_XML.sub("", pandoc.run(arguments, markdown, folder))
    root = _parsed(text)
    for marked in find(root, ".//*[@class]"):
        _take_signs(marked)
    for section in find(root, ".//x:section[@class]"):
        parent = section.getparent()
        if "emptied" in classes(section) and parent is not None:
            parent.remove(section)  # a heading over notes that stand at their calls
    metadata: dict[str, list[str]] = {}
    for meta in find(root, "x:head/x:meta"):
        words = " ".join("".join(str(piece) for piece in meta.itertext()).split())
        metadata.setdefault(meta.get("property", ""), []).append(words)
    body = find(root, "x:body")[0]
    set_forms(body, next(iter(metadata.get("title", ())), ""))
    part_lines(body, breaks=True)
    mark_meaning(body)
    return Manuscript(metadata, body)


def _take_signs(element: Element) -> None:
    """Take off the classes that are signs to Pandoc, not to a style sheet."""
    kept = " ".join(one for one in classes(element) if one not in _SIGNS)
    if kept:
        element.set("class", kept)
    else:
        del element.attrib["class"]


def _parsed(text: str) -> Element:
    try:
        return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        # Someone wrote HTML into book.md that is no XML, such as "<br>"; the HTML parser mends it.
        head, rest = text.split("<body>", 1)
        root = etree.fromstring(f"{head}<body></body></html>".encode())
        for body in html.document_fromstring(f"<body>{rest.rsplit('</body>', 1)[0]}</body>").iter("body"):
            for element in body.iter("*"):
                rename(element, local(element))
            root.replace(find(root, "x:body")[0], body)
        return root
