"""From ``book.md`` to one tree of XHTML: Pandoc reads, sets the citations and writes; we only parse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

from pipeline.admission import admit
from pipeline.epub.images import describe_missing
from pipeline.epub.semantics import mark_meaning
from pipeline.epub.xhtml import HEADINGS, OPS, XHTML, Element, classes, find, local, rename
from pipeline.forms import set_forms
from pipeline.forms.french import FRENCH, set_off
from pipeline.forms.verse import part_lines
from pipeline.forms.works import list_by_chapter
from pipeline.housestyle import QuotationMarks
from pipeline.manuscript import plain, set_text
from pipeline.model import UNPRINTED
from pipeline.report import Report
from pipeline.settings import Settings

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIGNS = ("reset-citation-positions", "unnumbered", "citation")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What Pandoc made of ``book.md``.

    ``metadata``: the texts of the YAML block, each key with its values; ``body``: the ``body`` element, with
    nested sections and all notes at its end; ``bibliographies``: the files that it names; ``marks``: with which it
    quotes.
    """

    metadata: dict[str, list[str]]
    body: Element
    bibliographies: Mapping[str, bytes]
    marks: QuotationMarks


def read_manuscript(markdown: str, folder: Path, report: Report, choices: Settings) -> Manuscript:
    """Read ``markdown`` as Pandoc sets it; ``folder`` is where its ``references.json`` lies.

    ``choices`` say how works are cited, and where they are listed.

    Raises:
        OctavoError: as for :func:`pipeline.manuscript.set_text`.

    """
    text = set_text(markdown, folder, choices.citation_style)
    root = _parsed(_NOT_XML.sub("", text.html))
    admit(root, report)
    describe_missing(root, folder, report)
    for marked in find(root, ".//*[@class]"):
        _take_signs(marked)
    for element in find(root, ".//*[@class]"):
        parent = element.getparent()
        if parent is not None and not UNPRINTED.isdisjoint(classes(element)):
            parent.remove(element)
    metadata = metadata_of(text.meta)
    lang = next(iter(metadata.get("lang", ())), "") or "en"
    if choices.works == "chapter":
        list_by_chapter(root, lang)
    set_forms(root, next(iter(metadata.get("title", ())), ""), lang)
    if lang in FRENCH:
        set_off(root)
    _close_gaps(root)
    part_lines(root, breaks=True)
    mark_meaning(root)
    return Manuscript(metadata, root, text.bibliographies, text.marks)


def _close_gaps(root: Element) -> None:
    """Give each heading the level at which its section lies: who reads by ear looks for one that is skipped."""
    for section in find(root, ".//x:section"):
        depth = 1 + sum(local(one) == "section" for one in section.iterancestors())
        for heading in [one for one in section if local(one) in HEADINGS]:
            rename(heading, HEADINGS[min(depth, len(HEADINGS)) - 1])


def metadata_of(meta: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the words of each value of the YAML block, by the names that the settings have."""
    named = {**meta, "series": meta.get("belongs-to-collection", ""), "series_number": meta.get("group-position", "")}
    values = {key.replace("-", "_"): value if isinstance(value, list) else [value] for key, value in named.items()}
    return {key: [plain(one) for one in ones] for key, ones in values.items()}


def _take_signs(element: Element) -> None:
    """Take off the classes that are signs to Pandoc, not to a style sheet."""
    kept = " ".join(one for one in classes(element) if one not in _SIGNS)
    if kept:
        element.set("class", kept)
    else:
        del element.attrib["class"]


def _parsed(text: str) -> Element:
    """Return the body."""
    try:
        whole = f'<body xmlns="{XHTML}" xmlns:epub="{OPS}">{text}</body>'
        return etree.fromstring(whole.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        # Someone wrote HTML into book.md that is no XML, such as "<br>"; the HTML parser mends it.
        (body,) = html.document_fromstring(f"<body>{text}</body>").iter("body")
        for element in body.iter("*"):
            rename(element, local(element))
        return body
