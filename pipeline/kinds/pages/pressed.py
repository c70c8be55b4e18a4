"""Pressed: a text as the printer left it, taken apart: its furniture, the notes at its feet, the rows of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.kinds.pages.behind import behind
from pipeline.kinds.pages.contents import contents, entries
from pipeline.kinds.pages.counted import HEADING, counted
from pipeline.kinds.pages.feet import Foot, feet, tagged_feet
from pipeline.kinds.pages.figures import figures
from pipeline.kinds.pages.front import front
from pipeline.kinds.pages.habit import habitual
from pipeline.kinds.pages.heads import furniture, key
from pipeline.kinds.pages.leaves import Row, leaves
from pipeline.kinds.pages.measure import Measure
from pipeline.kinds.pages.named import named
from pipeline.kinds.pages.observe import observe
from pipeline.kinds.pages.prose import prose
from pipeline.kinds.pages.said import Said, said
from pipeline.kinds.pages.specks import swept
from pipeline.kinds.pages.turns import turns
from pipeline.model import Line

__all__ = ["Pressed", "pressed"]


_FEWEST = 3  # notes under titles that name them; a book with so many has none at the feet of its pages


@dataclass(frozen=True, slots=True)
class Pressed:
    """A text taken apart.

    ``furniture``: lines with the rule that takes each out; ``notes``: at the feet, in order; ``rows``: of running text;
    ``seen``: the names of what is seen on each of them; ``every``: all rows of all pages;
    ``named``: the places of rows that running heads show to be headings, with their labels; ``front``: the lines of
    the title page and its imprint, and whether each is of the title. ``said``: what the file says itself; ``settled``:
    the labels that rows may have by that, by ``named``, by the habits of the book and by their own form; ``rules``:
    which of these tells it (a key of ``WHY``), by place; none where weights choose among the labels.
    """

    furniture: Mapping[int, str]
    notes: tuple[Foot, ...]
    rows: tuple[Row, ...]
    seen: tuple[tuple[str, ...], ...]
    every: tuple[Row, ...]
    named: Mapping[int, str]
    front: Mapping[int, bool]
    said: Said
    settled: Mapping[int, tuple[str, ...]]
    rules: Mapping[int, str]


def pressed(lines: Sequence[Line]) -> Pressed:
    """Take a text apart."""
    pages = leaves(lines)
    told = said(pages)
    found = told.artifacts if told.tree else furniture(pages)
    aside = {number: rule for number, rule in found.items() if number not in told.levels}
    bodies = [[row for row in page if row.number not in aside] for page in pages]
    measure = Measure([row for body in bodies for row in body])
    above = [row for page in pages for row in page if aside.get(row.number, "").startswith("running")]
    heads = {name for row in above if (name := key(row.words))}
    letters = median([row.size for body in bodies for row in body if row.size] or [0.0])
    first = front(bodies, heads, measure, letters)
    bodies = [[row for row in body if row.number not in first] for body in bodies]
    notes = tagged_feet(bodies, told.notes)
    if not notes:
        listed_notes = behind([row for body in bodies for row in body], letters)
        aside |= dict.fromkeys(listed_notes.names, "page-notes-named")
        gone = listed_notes.names | {row.number for foot in listed_notes.notes for row in foot.rows}
        bodies = [[row for row in body if row.number not in gone] for body in bodies]
        answered = {foot.call[:2] for foot in listed_notes.notes if foot.call}
        if listed_notes.titled < _FEWEST or letters:  # in smaller letters notes may stand at both places
            notes = feet(bodies, measure, answered, read_by_machine=not told.tree)
        notes = sorted([*notes, *listed_notes.notes], key=lambda foot: foot.rows[0].number)
    for foot in notes:
        if len(foot.rows) > 1 and foot.opening == len(foot.rows[0].words):  # the label came out on a row of its own
            aside[foot.rows[0].number] = "page-note-label"
            foot.rows, foot.opening = foot.rows[1:], 0
    noted = {row.number for foot in notes for row in (*foot.rows, *foot.goes_on)}
    rows = [row for body in bodies for row in body if row.number not in noted]
    listed = contents(rows) | told.contents
    aside |= dict.fromkeys(listed, "page-contents")
    entered = tuple(entries([row for row in rows if row.number in listed]))
    rows = [row for row in rows if row.number not in aside]
    sizes = [row.size for row in rows if row.size]
    clean = swept(rows)
    seen = observe(clean, measure, heads, median(sizes) if sizes else 0.0)
    every = tuple(row for page in pages for row in page)
    headings = named(rows, above, entered)
    runs_in = {at: ("heading",) for at, row in enumerate(rows) if row.look and row.look.runs_in}
    runs_in |= {at: ("para",) for at, row in enumerate(rows) if row.look and row.look.head and at - 1 in runs_in}
    alike = habitual(rows, letters)
    by_file = told.may_be(rows)
    numbers, names = counted(clean, measure), turns(clean)
    entitled = {at: (label,) for at, label in headings.items()}
    settled = {**prose(clean, measure), **figures(clean), **numbers, **names, **alike, **entitled, **runs_in, **by_file}
    rules = dict.fromkeys((at for at, labels in numbers.items() if labels == HEADING), "page-counted")
    rules |= dict.fromkeys(names, "page-speaker")
    rules |= dict.fromkeys((*alike, *runs_in), "page-habit")
    rules |= dict.fromkeys(by_file, "page-said")
    seen_names = tuple(map(tuple, seen))
    return Pressed(aside, tuple(notes), tuple(rows), seen_names, every, headings, first, told, settled, rules)
