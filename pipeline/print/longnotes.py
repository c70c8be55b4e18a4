"""Notes are cut into pieces at the ends of their lines, so that a page may end between two pieces.

WeasyPrint never splits a note: one longer than the page would run off the paper, and one of a few lines drags the
line of its call to the next page. Here each note is set once by itself, in the measure of the page, and cut where its
lines end. Each piece but the first is a note without a call, which may come a page late. A note of two or three lines
is cut too, but its pieces stay on one page unless they would leave a hole in it (see ``footnotes``).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from pipeline.forms.elements import is_letter
from pipeline.print.boxes import LOOSE, Line, letters_in
from pipeline.print.justify import NOTES_ALONE, even_notes
from pipeline.print.letters import UNPARTED
from pipeline.print.shelf import MEASURED

if TYPE_CHECKING:
    from pipeline.print.layout import Typesetter

SHORT = 3  # lines: the pieces of a note of so many stay together if they can
PIECE = 2  # lines in a piece, so that no page holds a single line of a longer note
LEAST = 35  # letters: a shorter note has one line in any measure


def cut_long_notes(body: HtmlElement, press: Typesetter, measure: float, size: float) -> int:
    """Cut the long notes of ``body`` in place, where their lines end; return how many.

    ``measure`` is the length of a line, ``size`` that of the type, both in points.
    """
    notes = [note for note in body.iter("span") if note.get("class") == "fn" and _letters(note) > LEAST]
    if not notes:
        return 0
    lines = even_notes(notes, press, measure, size)
    cut = 0
    for note in notes:
        its = lines[note.get("id", "")]
        if ends := list(_ends(its)):
            _cut(note, ends, "fn continued together" if len(its) <= SHORT else "fn continued")
            cut += 1
    _end_as_they_fall(body, press, measure)
    return cut


def _end_as_they_fall(body: HtmlElement, press: Typesetter, measure: float) -> None:
    """Leave the last line of a piece as it is where it would be loose: a piece may fall otherwise than the note did."""
    going_on = {str(number): part for number, part in enumerate(body.find_class("goes-on"))}
    whole = [
        next(up for up in (part, *part.iterancestors()) if "fn" in up.get("class", "").split())
        for part in going_on.values()
    ]
    for name, part in going_on.items():
        part.set(MEASURED, name)
    for name, shape in press.measured(whole, measure, NOTES_ALONE).items():
        if shape.lines and shape.lines[-1].gap > LOOSE:
            going_on[name].classes.remove("goes-on")
    for part in going_on.values():
        del part.attrib[MEASURED]


def _ends(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places to cut, in letters from the start of the note; never after a hyphen.

    A single line makes a piece of a short note, and where a word is broken after both of the next two.
    """
    short = len(lines) <= SHORT
    letters = taken = 0
    for number, line in enumerate(lines, 1):
        letters += line.letters
        taken += 1
        left = len(lines) - number
        stuck = all(after.hyphenated for after in lines[number : number + PIECE])
        enough = left > 0 if short else left >= PIECE and (taken >= PIECE or stuck)
        if enough and not line.hyphenated:
            yield letters
            taken = 0


def _cut(note: HtmlElement, ends: Sequence[int], names: str) -> None:
    whole = copy.deepcopy(note)
    whole.tail = None
    paragraphs, spaces = _paragraph_starts(whole), _spaces(whole)
    place = note.getparent()
    assert place is not None
    where = place.index(note)
    place.remove(note)
    known: set[str] = set()
    for offset, (start, stop) in enumerate(zip((0, *ends), (*ends, None), strict=True)):
        piece = _piece(whole, start, stop)
        for part in piece.xpath("descendant-or-self::*[@id]"):
            if part.get("id") in known:
                del part.attrib["id"]  # what is cut in two is found at its beginning
            known.add(part.get("id", ""))
        if start:
            piece.set("class", names)
            if start not in paragraphs:
                _resume(piece)
        if stop is not None and stop not in paragraphs:
            last = piece[-1] if len(piece) and "further" in piece[-1].get("class", "") else piece
            last.set("class", f"{last.get('class')} goes-on")
            if stop not in spaces:
                for part in (piece, last):
                    part.set(UNPARTED, "")
        place.insert(where + offset, piece)


def _resume(piece: HtmlElement) -> None:
    """Mark the paragraph with which ``piece`` begins as the rest of one."""
    first = piece
    while not first.text and len(first):
        first = first[0]
        if "further" in first.get("class", ""):
            first.set("class", f"{first.get('class')} resumed")


def _paragraph_starts(note: HtmlElement) -> set[int]:
    """Return how many letters stand before each further paragraph of ``note``, and each line that is set as one."""
    starts: set[int] = set()
    seen = 0

    def walk(element: HtmlElement) -> None:
        nonlocal seen
        if "further" in element.get("class", "") or element.tag == "br":
            starts.add(seen)
        seen += _count(element.text)
        for child in element:
            walk(child)
            seen += _count(child.tail)

    walk(note)
    return starts


def _spaces(note: HtmlElement) -> set[int]:
    """Return how many letters stand before each space of ``note``."""
    spaces: set[int] = set()
    seen = 0
    for sign in note.text_content():
        if sign.isspace():
            spaces.add(seen)
        seen += is_letter(sign)
    return spaces


def _piece(note: HtmlElement, start: int, stop: int | None) -> HtmlElement:
    """Return a copy of ``note`` with its letters (white space not counted) from ``start`` to ``stop`` alone."""
    piece = copy.deepcopy(note)
    seen = 0

    def keep(text: str | None) -> str | None:
        nonlocal seen
        kept = []
        for sign in text or "":
            if not is_letter(sign):
                if start < seen < (stop or seen + 1) or seen == start == 0:
                    kept.append(sign)
                continue
            if start <= seen and (stop is None or seen < stop):
                kept.append(sign)
            seen += 1
        return "".join(kept) or None

    def walk(element: HtmlElement) -> None:
        element.text = keep(element.text)
        for child in list(element):
            inside = child.tag in ("br", "img") and start + (child.tag == "br") <= seen < (stop or seen + 1)
            walk(child)
            child.tail = keep(child.tail)
            if child.text is None and not len(child) and not inside:
                child.drop_tree()

    walk(piece)
    return piece


def _count(text: str | None) -> int:
    return letters_in(text or "")


def _letters(element: HtmlElement) -> int:
    return _count(element.text_content())
