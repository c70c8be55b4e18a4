"""Lists that a book has at its end: the entries of a dictionary or of an index."""

from __future__ import annotations

import re

from lxml.etree import _Element

from pipeline.forms.trees import HEADINGS, add_class, classes, local, named, text_of

INDEX = re.compile(
    r"^(?:(?:general |subject |analytical )?index(?: (?:of|to) .{3,60})?|register|sachregister|namenregister"
    r"|personenregister|índice (?:alfabético|onomástico|analítico)|indice (?:analitico|dei nomi)"
    r"|index (?:des|alphabétique) ?.*|указатель|zaakregister|sakregister)$",
    re.IGNORECASE,
)
"""What stands above an index: not a list of contents, whatever it is called."""
PAGES = re.compile(r"\d[\d\s,.;–—-]*\w?\W*$")
SHARE = 0.6  # of the entries end in numbers of pages


def mark_lists(body: _Element) -> None:
    """Mark the index of ``body`` (class ``entries``), so that it is set in entries and sub-entries, small."""
    for heading in named(body, *HEADINGS):
        section = heading.getparent()
        if section is None or not INDEX.match(text_of(heading).strip().rstrip(".:")):
            continue
        items = [one for one in named(section, "li", "p") if text_of(one).strip()]
        if len(items) > 2 and sum(bool(PAGES.search(text_of(one))) for one in items) >= SHARE * len(items):
            add_class(section, "back-index")
    for listed in [one for one in named(body, "div") if "index" in classes(one)]:
        if any(local(one) == "ul" for one in listed):
            add_class(listed, "entries")
