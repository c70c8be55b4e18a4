"""What the forms of a text mean, in words that reading systems know.

They are those of ``epub:type``, as Standard Ebooks uses them, and for the parts of a book the roles of DPUB-ARIA.
"""

from __future__ import annotations

from pipeline.epub.xhtml import OPS, TYPE, Element, classes, elements, local
from pipeline.forms.divisions import FRONT, MATTER
from pipeline.forms.headings import SHORT_TITLE

PREFIX = "z3998: http://www.daisy.org/z3998/2012/vocab/structure/#"
"""What the root of a file declares, so that ``z3998:`` means something in it."""

LETTER = "z3998:letter"
OF_A_LETTER = frozenset(("salutation", "closing", "signature"))
"""Classes of pieces of a letter that stand by themselves: they are none."""
BY_CLASS = {
    ("div", "verse"): "z3998:verse",
    ("div", "song"): "z3998:song",
    ("div", "dialogue"): "z3998:drama",
    ("span", "speaker"): "z3998:persona",
    ("div", "stage"): "z3998:stage-direction",
    ("span", "stage"): "z3998:stage-direction",
    ("p", "stage"): "z3998:stage-direction",
    ("span", "person"): "z3998:persona",
    ("div", "letter"): LETTER,
    ("div", "salutation"): "z3998:salutation",
    ("div", "closing"): "z3998:valediction",
    ("div", "signature"): "z3998:signature",
    ("section", "persons"): "z3998:dramatis-personae",
    ("section", "scene"): "z3998:scene",
    ("div", "rubric"): "bridgehead",
}
INDEX = "back-index"
"""Class of a division that is an index (see ``pipeline.forms.lists``)."""
FRONT_MATTER = "frontmatter"
"""The type of a division that stands before the text and is no part of a book by its name."""
MATTERS = {
    "note": ("preface", "doc-preface"),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "foreword": ("foreword", "doc-foreword"),
    "preface": ("preface", "doc-preface"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "introduction": ("introduction", "doc-introduction"),
    "prologue": ("prologue", "doc-prologue"),
    "epilogue": ("epilogue", "doc-epilogue"),
    "afterword": ("afterword", "doc-afterword"),
    "appendix": ("appendix", "doc-appendix"),
    "glossary": ("glossary", "doc-glossary"),
    "errata": ("errata", "doc-errata"),
}
"""For each part of a book (see ``pipeline.forms.divisions``) its ``epub:type`` and its role."""


def declare_prefix(document: Element) -> None:
    """Declare the vocabulary of the forms in a whole file, if it has any of them."""
    if any("z3998:" in (element.get(TYPE) or "") for element in elements(document)):
        document.set(f"{{{OPS}}}prefix", PREFIX)


def mark_meaning(body: Element) -> None:
    """Give the forms and divisions of ``body`` their types and roles; what ``forms`` marked for us is taken off."""
    for element in elements(body):
        names = [one for one in classes(element) if one != "letter" or OF_A_LETTER.isdisjoint(classes(element))]
        kind = " ".join(meaning for name in names if (meaning := BY_CLASS.get((local(element), name), "")))
        if kind and element.get(TYPE) is None:
            element.set(TYPE, kind)
        element.attrib.pop(SHORT_TITLE, None)  # of the printed page only
        matter = element.attrib.pop(MATTER, "")
        front = element.attrib.pop(FRONT, None) is not None
        if matter in MATTERS:
            meaning, role = MATTERS[matter]
            element.set(TYPE, meaning)
            element.set("role", role)
        elif INDEX in names and local(element) == "section":
            element.set(TYPE, "index")
            element.set("role", "doc-index")
        elif front:
            element.set(TYPE, " ".join(filter(None, (FRONT_MATTER, element.get(TYPE)))))
