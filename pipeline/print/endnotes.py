"""Notes at the end of a chapter or of the book, instead of at the foot of the page."""

from __future__ import annotations

import lxml.html
from lxml.html import HtmlElement

from pipeline.language import words_for

ENDNOTE, GATHERED = "endnote", "endnotes"


def gather_notes(body: HtmlElement, where: str, lang: str) -> HtmlElement | None:
    """Take the notes of ``body`` from their calls to the end of their division, or all to a section of their own.

    Args:
        body: the manuscript, each note at its call.
        where: “chapter” or “book”; anything else leaves the notes at the foot of the page.
        lang: of the book, for the heading of the section.

    Returns:
        The section of notes, if they stand at the end of the book and there are any.

    """
    if where not in ("chapter", "book"):
        return None
    taken: list[HtmlElement] = []
    for division in body:
        notes = [note for note in division.iter("span") if note.get("class") == "fn"]
        taken += notes
        if where == "chapter" and notes:
            division.append(_gathered(notes))
    if where == "chapter" or not taken:
        return None
    words = words_for(lang)
    title = words.notes.capitalize()
    heading = f'<h1 data-title="{title}">{title}</h1>'
    section = lxml.html.fragment_fromstring(
        f'<section class="level1" id="notes" data-title="{title}">{heading}</section>'
    )
    section.append(_gathered(taken))
    return section


def _gathered(notes: list[HtmlElement]) -> HtmlElement:
    whole = lxml.html.fragment_fromstring(f'<div class="{GATHERED}"></div>')
    for note in notes:
        note.set("class", ENDNOTE)
        whole.append(note)
    return whole
