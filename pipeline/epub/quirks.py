"""What single reading systems need beyond the standard: one small rule each, with the device it is for.

All of it stays valid EPUB 3.3 and does no harm elsewhere. A rule whose device has learnt better can simply
go.
"""

from __future__ import annotations

from pipeline.epub.xhtml import TYPE, XML, Element, elements, find, local

# Elements that HTML knows as empty; all others must not be written as <p/>.
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def kobo_pops_up_endnotes(document: Element) -> None:
    """Kobo (iOS app, newer readers) opens a note as a pop-up if its call is also of type ``endnote``."""
    for call in find(document, ".//x:a[@epub:type='noteref']"):
        call.set(TYPE, "noteref endnote")


def old_readers_know_xml_lang(document: Element) -> None:
    """Adobe's engine (older Kobo, Tolino, PocketBook) reads only ``xml:lang``, browsers' engines ``lang``."""
    for element in elements(document):
        lang = element.get("lang")
        if lang is not None:
            element.set(f"{{{XML}}}lang", lang)


def old_readers_read_html(document: Element) -> None:
    """Readers that parse XHTML as HTML (some Android apps) never close ``<span/>``."""
    for element in elements(document):
        if not len(element) and not element.text and local(element) not in _VOID:
            element.text = ""


RULES = (kobo_pops_up_endnotes, old_readers_know_xml_lang, old_readers_read_html)


def apply(document: Element) -> None:
    """Apply all rules to one document."""
    for rule in RULES:
        rule(document)
