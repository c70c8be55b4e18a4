"""Reading what WeasyPrint has laid out: its tree of boxes, page by page.

The tree is not part of WeasyPrint's public interface; what is known of it is in this file and in ``tags``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.forms.elements import UNCOUNTED, ZERO_WIDTH
from pipeline.forms.headings import NUMBER
from pipeline.print.rivers import spaces_of

if TYPE_CHECKING:
    from weasyprint.document import Page

HYPHEN = "\u2010"  # what WeasyPrint puts at the end of a line where it breaks a word
PX = 0.75  # points
SPACE = 0.233  # em, the space of the body face
NATURAL_SPACE = 0.19  # em, the word space of justified text at rest
SLACK = 0.5  # pixels that a line may seem to be too long: lengths are rounded
STUB = 0.4  # of the measure: a line within a paragraph that fills no more
BEGINNING = 40  # signs of a line that a finding names
LOOSE = 0.55  # em: a line whose word spaces are wider than that is visibly loose

LOOKED_AT = ("fn", "turn", "rubric", "verse", "letter")
"""Classes of what is worth a look on the contact sheet: notes, and the forms that are not plain text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: its letters (``is_letter``; an inserted hyphen is none), and if a word is broken there.

    ``gap`` is the width of its word spaces in em; 0 where the line is not stretched. ``spaces``: where they begin, in
    hundredths of an em.
    """

    letters: int
    hyphenated: bool
    gap: float
    spaces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph as it was set: its width and the indent of its first line, in pixels, and its lines."""

    width: float
    indent: float
    lines: list[Line]


def descendants(box: Any) -> Iterator[Any]:
    """Yield ``box`` and all boxes in it, in reading order."""
    box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
    yield box
    for child in getattr(box, "children", ()):
        yield from descendants(child)


def kind(box: Any) -> str:
    """Return the name of the box's kind, such as “LineBox”."""
    return type(box).__name__


def has_class(box: Any, name: str) -> bool:
    """Say if the box was made for an element with that class (and not for a pseudo-element of it)."""
    return (
        box.element is not None
        and box.element_tag == box.element.tag
        and name in (box.element.get("class") or "").split()
    )


def letters_in(text: str) -> int:
    """Count the letters of ``text`` that count (``is_letter``)."""
    return len("".join(text.split())) - sum(map(text.count, UNCOUNTED))


def line_of(box: Any, *, calls: bool = True) -> Line:
    """Measure a LineBox, with or without the note calls in it; what a style sheet wrote is not in the text."""
    texts = [
        part
        for part in descendants(box)
        if kind(part) == "TextBox"
        and not _is_generated(part)
        and (calls or part.element is None or "number" not in (part.element.get("class") or "").split())
    ]
    words = "".join(part.text for part in texts).replace(ZERO_WIDTH, "")
    hyphenated = words.endswith(HYPHEN)
    letters = letters_in(words) - hyphenated
    gap = 0.0
    for part in texts:
        if part.justification_spacing:
            spacing = part.style["word_spacing"] + part.justification_spacing
            gap = max(gap, SPACE + spacing / part.style["font_size"])
    return Line(letters, hyphenated, gap, spaces_of(texts, SPACE))


def is_off(line: Any, width: float) -> bool:
    """Say if some word of a LineBox leaves a sheet of that ``width``, in pixels, so that nobody can read it."""
    words = [part for part in descendants(line) if kind(part) == "TextBox" and part.text.strip()]
    return any(part.position_x < -SLACK or part.position_x + part.width > width + SLACK for part in words)


def stubs(box: Any) -> int:
    """Count the stub lines of a block: a word or two alone, where neither the block ends nor a line was meant to.

    A piece of a note that goes on (see ``longnotes``) does not end with its last line.
    """
    lines = [child for child in getattr(box, "children", ()) if kind(child) == "LineBox"]
    ends = lines[:-1] if not has_class(box, "goes-on") else lines
    return sum(_is_stub(line, box.width) for line in ends) if len(lines) > 1 else 0


def _is_stub(line: Any, width: float) -> bool:
    inside = list(descendants(line))
    if any(part.element_tag == "br" or has_class(part, NUMBER) for part in inside):
        return False
    texts = [part for part in inside if kind(part) == "TextBox" and part.text.strip()]
    return bool(texts) and max(part.position_x + part.width for part in texts) - line.position_x < STUB * width


def beginning(line: Any) -> str:
    """Return the words with which a LineBox begins, so that a person finds it in the text."""
    words = "".join(part.text for part in descendants(line) if kind(part) == "TextBox")
    words = " ".join("".join(sign for sign in words if sign not in UNCOUNTED).split())
    return words if len(words) <= BEGINNING else f"{words[: BEGINNING - 1].rstrip()}…"


def _is_generated(box: Any) -> bool:
    """Say if the box is of a pseudo-element: the mark of a list's item, asterisks between paragraphs."""
    return box.element is not None and box.element_tag != box.element.tag


def free_foot(page: Any) -> float:
    """Return how much of a PageBox is free between its text and its notes, or its end, in points."""
    flow = page.children[0]
    notes = sum(area.margin_height() for area in page.children if kind(area) == "FootnoteAreaBox" and area.children)
    return float(page.content_box_y() + page.height - notes - end_of_text(flow)) * PX


def end_of_text(flow: Any) -> float:
    """Return where the last line of ``flow`` ends, in pixels from the head of the page."""
    ends = (box.position_y + box.height for box in descendants(flow) if kind(box) == "LineBox")
    return float(max(ends, default=flow.position_y))


def shapes_by_element(pages: Iterable[Page], attribute: str) -> dict[str, Shape]:
    """Return the shape of each element with that attribute, by its value; no such element may hold another."""
    shapes: dict[str, Shape] = {}

    def walk(box: Any, within: str | None) -> None:
        if within is None and box.element is not None and box.element_tag == box.element.tag:
            within = box.element.get(attribute)
            if within is not None and within not in shapes:
                indent = box.style["text_indent"]
                shapes[within] = Shape(box.width, indent.value if hasattr(indent, "value") else indent, [])
        if kind(box) == "LineBox" and within is not None:
            shapes[within].lines.append(line_of(box))
            return
        for child in getattr(box, "children", ()):
            walk(getattr(child, "_box", child), within)

    for page in pages:
        walk(page._page_box, None)
    return shapes
