"""Notes: taken from Pandoc's list at the end, numbered anew in each division, and made to go both ways.

The markup is the one that pops up most widely: the call is a ``noteref`` with nothing in it but the number;
the note is an ``aside`` of type ``footnote`` in the same file, and its first word is the number, which links
back (Kindle).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.epub.xhtml import TYPE, Element, classes, clean_text, find, local, make, remove
from pipeline.language import AddedWords

# What may stand before a note's text so that its number can be put into the same paragraph.
_TAKES_NUMBER = ("p",)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its number over the whole book, the number shown, its division's title and its ``aside``."""

    order: int
    shown: str
    division: str
    aside: Element


def take_notes(body: Element, *, through: bool = False) -> dict[str, Note]:
    """Take all notes out of ``body`` and make each call ready; return the notes by the id of their call.

    Ids count through the whole book (``fn-12``, ``fnref-12``) and so stay the same however it is cut into
    files; the numbers shown begin anew in each division, as in print, or run ``through`` the whole book.
    """
    bodies: dict[str, Element] = {}
    for section in find(body, "./x:section[@role='doc-endnotes']"):
        bodies = {f"#{item.get('id')}": item for item in find(section, "./x:ol/x:li")}
        remove(section)
    notes: dict[str, Note] = {}
    shown: dict[Element | None, int] = {}
    titles: dict[Element | None, str] = {}
    for order, call in enumerate(find(body, ".//x:a[@role='doc-noteref']"), start=1):
        division = next((one for one in call.iterancestors() if "level1" in classes(one)), None)
        shown[division] = shown.get(division, 0) + 1
        number = str(order if through else shown[division])
        if division not in titles:
            heading = next(iter(find(division, ".//x:h1")), None) if division is not None else None
            titles[division] = clean_text(heading) if heading is not None else ""
        aside = _aside(bodies[call.get("href", "")], order, number)
        _set_call(call, order, number)
        notes[f"fnref-{order}"] = Note(order, number, titles[division], aside)
    return notes


def calls(element: Element) -> list[str]:
    """Return the ids of the note calls inside ``element``, in order."""
    return [call.get("id", "") for call in find(element, ".//x:a[@role='doc-noteref']")]


def notes_section(notes: Iterable[Note]) -> Element:
    """Return the section at the end of a file that holds the notes called in it."""
    return make("section", *(note.aside for note in notes), epub_type="footnotes", class_="notes")


def endnotes(notes: Iterable[Note], words: AddedWords, heading: str = "h1") -> Element:
    """Return a section of notes, those of the book or (with an ``h2``) of a chapter, under a heading."""
    title = make(heading, words.notes.capitalize())
    section = make("section", title, epub_type="endnotes", role="doc-endnotes", class_="notes")
    for note in notes:
        note.aside.set(TYPE, "endnote")
        section.append(note.aside)
    first = next((one.get("id", "") for one in section if one is not title), "")
    section.set("id", "notes" if heading == "h1" else f"notes-{first}")  # where the contents lead
    return section


def _set_call(call: Element, order: int, number: str) -> None:
    for inside in list(call):
        call.remove(inside)
    call.attrib.clear()
    call.text = number
    call.set("id", f"fnref-{order}")
    call.set("href", f"#fn-{order}")
    call.set(TYPE, "noteref")
    call.set("role", "doc-noteref")
    raised = make("sup", class_="call")
    raised.tail, call.tail = call.tail, None
    call.addprevious(raised)
    raised.append(call)
    before = raised.getprevious()
    if before is not None and "call" in classes(before) and not (before.tail or "").strip():
        before.tail = None
        raised.set("class", "call next")  # two calls at one place must not read as one number
    _close_up(raised)


def _close_up(raised: Element) -> None:
    """No space before a call: it would let the number slip to the next line."""
    before, parent = raised.getprevious(), raised.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()


def _aside(item: Element, order: int, number: str) -> Element:
    for back in find(item, ".//x:a[@role='doc-backlink']"):
        parent = back.getparent()
        remove(back)
        if parent is not None and local(parent) == "p" and not len(parent) and not (parent.text or "").strip():
            remove(parent)
    aside = make("aside", epub_type="footnote", id=f"fn-{order}", role="doc-footnote", class_="note")
    aside.extend(list(item))
    if not len(aside) or local(aside[0]) not in _TAKES_NUMBER:
        aside.insert(0, make("p"))
    first = aside[0]
    link = make("a", number, href=f"#fnref-{order}", role="doc-backlink", class_="number")
    link.tail = f". {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, link)
    for block in aside:
        block.tail = "\n"
    aside.tail = "\n"
    return aside
