"""The works cited, listed at the end of each chapter instead of the end of the book."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml.etree import _Element

from pipeline.forms.trees import classes, local, make, named
from pipeline.language import words_for

LISTED, LIST = "works-cited", "references"  # classes of what stands under a chapter, and of the list in it
WORKS = "works"  # the ID of the bibliography in the tags of a PDF


def list_by_chapter(body: _Element, lang: str) -> None:
    """List under each division of ``body`` the works that it cites; the end of the book keeps those that none cites.

    Args:
        body: the manuscript as Pandoc set it, all notes at its end.
        lang: of the book, for the heading of the lists.

    """
    works = next((one for one in named(body, "div") if one.get("id") == "refs"), None)
    if works is None or (place := works.getparent()) is None:
        return
    entries = {one.get("id", "").removeprefix("ref-"): one for one in works if local(one) == "div"}
    notes = {one.get("id", ""): one for one in named(body, "li")}
    divisions = [one for one in body if local(one) == "section" and "level1" in classes(one)]
    listed: set[str] = set()
    for division in divisions:
        cited = {*_cited(division, notes)} & {*entries}
        if cited:
            division.append(_listed(division, [entry for work, entry in entries.items() if work in cited], lang))
            listed |= cited
    for work in listed:
        works.remove(entries[work])
    if not any(local(one) == "div" for one in works):
        place.remove(works)
        if place in divisions and len(place) < 2 and (parent := place.getparent()) is not None:
            parent.remove(place)  # its heading stood over nothing else


def _cited(element: _Element, notes: dict[str, _Element]) -> Iterator[str]:
    """Yield the works that are cited in ``element`` and in the notes that it calls."""
    for one in element.iter():
        yield from (one.get("data-cites") or "").split()
        note = notes.get(one.get("href", "").removeprefix("#")) if "footnote-ref" in classes(one) else None
        if note is not None:
            yield from _cited(note, {})


def _listed(like: _Element, entries: list[_Element], lang: str) -> _Element:
    whole, heading, listed = make(like, "div", LISTED), make(like, "h2"), make(like, "div", LIST)
    heading.text = words_for(lang).bibliography
    heading.set("id", f"{LISTED}-{like.get('id', '')}")
    whole.extend((heading, listed))
    for entry in entries:
        copied = copy.deepcopy(entry)
        del copied.attrib["id"]  # it stands under other chapters too
        copied.attrib.pop("role", None)
        listed.append(copied)
    return whole
