"""The bibliography as a list, and the index of works cited: each work with the places where it is cited."""

from __future__ import annotations

from pipeline.epub.xhtml import Element, find, local, rename


def list_references(body: Element) -> None:
    """Make the works of the bibliography, which Pandoc sets as ``div``, items of a list."""
    for references in find(body, ".//x:div[@id='refs']"):
        rename(references, "ul")
        references.attrib.pop("role", None)
        references.set("class", "references")
        for entry in references:
            if local(entry) == "div":
                rename(entry, "li")
                entry.attrib.pop("role", None)
                entry.attrib.pop("class", None)
