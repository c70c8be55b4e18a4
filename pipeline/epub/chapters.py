"""The text cut into files: one for each division, and a long division cut between its sections or blocks.

Reading systems load a whole file at a time, and old ones are slow or give up above about 300 KB; but each
file begins on a new page, so there are no more of them than needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.epub.notes import Note, calls, notes_section
from pipeline.epub.xhtml import HEADINGS, TYPE, Element, classes, clean_text, find, local, make, weight
from pipeline.forms.works import LISTED
from pipeline.parts import NAMED

LIMIT = 225_000
"""The most that the text and notes of one file may weigh, in bytes; head and links come on top."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the text. ``kind``: front (what precedes the first division), chapter or bibliography."""

    name: str
    title: str
    kind: str
    content: tuple[Element, ...]


def cut(
    body: Element, notes: Mapping[str, Note], limit: int = LIMIT, set_notes: Callable[..., Element] = notes_section
) -> list[Chapter]:
    """Cut ``body`` into chapters, each with the notes that are called in it.

    A division that has nothing but its heading, and names no part, stands in the file of the one that follows: no page
    of a reading system has a heading and nothing else.

    Args:
        body: The whole text in nested sections; it is taken apart.
        notes: The notes that stand in the file of their call, by its id.
        limit: The most bytes of text and notes in one file; only a single block that is longer goes beyond
        it.
        set_notes: Makes a section of the notes of a file.

    """
    divisions = [block for block in body if local(block) == "section" and "level1" in classes(block)]
    loose = [block for block in body if local(block) and block not in divisions]
    named = [("front", make("section", *loose))] if loose else []
    for number, division in enumerate(divisions, start=1):
        alone = not any(local(one) not in ("", *HEADINGS) and one.get("id") != "refs" for one in division)
        cited = alone and find(division, "./x:*[@id='refs']")
        named.append(("bibliography" if cited else f"chapter-{number:02}", division))
    chapters: list[Chapter] = []
    bare: list[Element] = []
    for name, division in named:
        kind = name.split("-")[0]
        if kind != "front" and division.get(TYPE) is None:  # a preface says what it is itself
            division.set(TYPE, kind)
            division.set("role", f"doc-{kind}")
        title = _title(division)
        if _is_bare(division, title) and division is not named[-1][1]:
            bare.append(division)
            continue
        pieces = _pieces(division, notes, limit)
        for at, piece in enumerate(pieces, start=1):
            part = f" ({at}/{len(pieces)})" if len(pieces) > 1 else ""
            called = [notes[call] for call in calls(piece) if call in notes]
            chapter = Chapter(name if at == 1 else f"{name}-{at}", title + part, kind, (*bare, piece))
            bare = []
            if called and (works := find(piece, f"./x:div[@class='{LISTED}']")):
                works[0].addprevious(set_notes(called))
            elif called:
                chapter = replace(chapter, content=(*chapter.content, set_notes(called)))
            chapters.append(chapter)
    return chapters


def _is_bare(section: Element, title: str) -> bool:
    named = NAMED.match(title)
    leads = named is not None and bool(named["part"] or named["part2"])
    return not leads and all(local(one) in (*HEADINGS, "span") for one in section if local(one))


def _title(section: Element) -> str:
    heading = next((block for block in section.iter() if local(block) in HEADINGS), None)
    return clean_text(heading) if heading is not None else ""


def _weight(block: Element, notes: Mapping[str, Note]) -> int:
    return weight(block) + sum(weight(notes[call].aside) for call in calls(block) if call in notes)


def _pieces(section: Element, notes: Mapping[str, Note], limit: int) -> list[Element]:
    """Cut ``section`` into pieces of nearly equal size, at the start of a section where one is near."""
    if _weight(section, notes) <= limit:
        return [section]
    units = [(unit, sum(_weight(block, notes) for _, block in unit)) for unit in _units(section)]
    whole = sum(size for _, size in units)
    pieces = -(-whole // limit)
    aim = whole / pieces
    groups: list[list[tuple[list[Element], Element]]] = [[]]
    done = 0
    for unit, size in units:
        full = done + size / 2 > aim * len(groups)
        at_section = unit[0][1].getprevious() is None and done > aim * (len(groups) - 0.25)
        if groups[-1] and len(groups) < pieces and (full or at_section):
            groups.append([])
        groups[-1] += unit
        done += size
    opened: set[Element] = set()
    return [_rebuilt(group, opened) for group in groups]


def _units(section: Element) -> list[list[tuple[list[Element], Element]]]:
    """List the blocks of a section, with the sections they stand in; a heading stays with what follows."""
    units: list[list[tuple[list[Element], Element]]] = [[]]
    for path, block in _blocks(section, [section]):
        units[-1].append((path, block))
        if local(block) not in HEADINGS:
            units.append([])
    return [unit for unit in units if unit]


def _blocks(section: Element, path: list[Element]) -> Iterator[tuple[list[Element], Element]]:
    for block in section:
        if local(block) == "section":
            yield from _blocks(block, [*path, block])
        else:
            yield path, block


def _rebuilt(group: Sequence[tuple[list[Element], Element]], opened: set[Element]) -> Element:
    """Put blocks into sections like those they stood in. One that goes on has no id: it began elsewhere."""
    copies: dict[Element, Element] = {}
    for path, block in group:
        for depth, section in enumerate(path):
            if section in copies:
                continue
            copy = copies[section] = make(local(section))
            copy.attrib.update(section.attrib)
            copy.text = copy.tail = "\n"
            if section in opened:
                copy.attrib.pop("id", None)
            opened.add(section)
            if depth:
                copies[path[depth - 1]].append(copy)
        copies[path[-1]].append(block)
    return copies[group[0][0][0]]
