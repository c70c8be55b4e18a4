"""Notes at the end of a chapter or of the book, instead of at the foot of the page."""

from __future__ import annotations

import lxml.html
from lxml.html import HtmlElement

from pipeline.forms.works import LISTED
from pipeline.language import words_for

ENDNOTE, GATHERED = "endnote", "endnotes"


def make_room(body: HtmlElement, lang: str) -> None:
    """Give each division of ``body`` that calls notes a place for them, under a heading, before the works it cites.

    Args:
        body: the manuscript, without what is not printed, its notes not yet at their calls.
        lang: of the book, for the headings.

    """
    for division in body.iterchildren("section"):
        if not division.xpath('.//a[@class="footnote-ref"]'):
            continue
        room = _gathered([])
        heading = lxml.html.fragment_fromstring("<h2></h2>")
        heading.text = words_for(lang).notes.capitalize()
        room.append(heading)
        works = [one for one in division.iterchildren("div") if LISTED in one.classes]
        division.insert(division.index(works[0]) if works else len(division), room)


def gather_notes(body: HtmlElement, where: str, lang: str) -> HtmlElement | None:
    """Take the notes of ``body`` from their calls to the end of their division, or all to a section of their own.

    Args:
        body: the manuscript, each note at its call; for notes of chapters, with room for them.
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
            _fill(next(one for one in division.iterchildren("div") if GATHERED in one.classes), notes)
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
    _fill(whole, notes)
    return whole


def _fill(room: HtmlElement, notes: list[HtmlElement]) -> None:
    for note in notes:
        note.set("class", ENDNOTE)
        room.append(note)
