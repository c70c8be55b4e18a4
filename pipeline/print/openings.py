"""What a division opens: a recto, a page, or nothing at all.

A few long chapters open rectos; many chapters, whose blank versos would be a good part of the book, open pages; and
pieces that are shorter than a page run on, one below the other, unless they are few. A list of persons or an argument
of some lines before long chapters opens no recto of its own. Parts and acts, of which there are fewer, open one step
higher than what stands in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from lxml.html import HtmlElement

from pipeline.forms.divisions import heading_of
from pipeline.forms.headings import CAPITALS, NUMBER
from pipeline.parts import NAMED, named_by


class Opening(StrEnum):
    """What a division opens."""

    RECTO = "recto"
    PAGE = "page"
    RUN_ON = "run-on"


FEW = 8  # divisions: so few may open rectos, if they are longer than a page, and pages of their own if they are not
BLANKS = 0.06  # of the pages may be blank versos
SHORT = 1.2  # pages: what is no longer on the average runs on
SLIGHT = 0.6  # of a page: what is no longer leads to a long division, or follows one
LONG = 5.0  # pages: sections that are longer on the average are chapters by another name
RUNNING = "run-on"  # class of a division that begins where another ends, and of its heading, which is measured alone


def openings(
    lengths: Sequence[float], parts: Sequence[bool], chosen: str = "", facing: bool = True, bare: Sequence[bool] = ()
) -> list[Opening]:
    """Say what each division opens.

    What follows a heading by itself that leads no part stands below it: no page has a heading and nothing else.

    Args:
        lengths: of the divisions, in pages, about.
        parts: which of them are parts (acts, books) that lead others.
        chosen: what a person chose for all: “recto”, “page”, “run-on”, or nothing.
        facing: the pages have versos and rectos.
        bare: which of them have nothing but their heading.

    """
    if not lengths:
        return []
    count, whole = len(lengths), sum(lengths)
    if chosen:
        usual = Opening(chosen)
    elif (count <= FEW and whole / count > SHORT) or count / 2 <= BLANKS * whole:
        usual = Opening.RECTO
    elif count <= FEW or whole / count > SHORT:
        usual = Opening.PAGE
    else:
        usual = Opening.RUN_ON
    higher = {Opening.RUN_ON: Opening.PAGE, Opening.PAGE: Opening.RECTO}
    found = [higher.get(usual, usual) if part and not chosen else usual for part in parts]
    if usual is Opening.RECTO and whole / count > SHORT and not chosen:
        slight = [length <= SLIGHT and not part for length, part in zip(lengths, parts, strict=True)]
        found = [found[0], *(Opening.PAGE if one else opens for one, opens in zip(slight[1:], found[1:], strict=True))]
    if found[0] is Opening.RUN_ON:
        found[0] = Opening.PAGE
    for n, (alone, part) in enumerate(zip(bare[:-1], parts, strict=False), 1):
        if alone and not part:
            found[n] = Opening.RUN_ON
    return found if facing else [Opening.PAGE if one is Opening.RECTO else one for one in found]


def long_sections(division: HtmlElement, words_a_page: int) -> list[HtmlElement]:
    """Return the sections of a division, if they are as long as chapters: then running heads name them, not it."""
    sections = [one for one in division.iterchildren("section") if one.get("data-title")]
    length = sum(len(section.text_content().split()) for section in sections) / words_a_page
    return sections if len(sections) > 1 and length > LONG * len(sections) else []


def leads(titles: Sequence[str], bare: Sequence[bool] = ()) -> list[bool]:
    """Say which of the divisions with these titles are parts; none, if all of them are.

    ``bare``: which of them have nothing but their heading. One that stands so alone between others leads them, unless
    the parts name themselves ("Act I"); several in a row are the lines of one heading, and one before all others, the
    only one, is a half title.
    """
    bare = [False, *(bare or [False] * len(titles)), False]
    alone = [one and not (before or behind) for before, one, behind in zip(bare, bare[1:], bare[2:], strict=False)]
    named = [bool((found := NAMED.match(title)) and (found["part"] or found["part2"])) for title in titles]
    parts = named if any(named) else alone if any(alone[1:]) else []
    return [False] * len(titles) if all(parts) else parts


def running_title(division: HtmlElement) -> str:
    """Return what a running head calls a division: an act that names its first scene in its heading has others too."""
    title = str(division.get("data-title", ""))
    act = NAMED.match(title)
    if act is None or division.find("section") is None:
        return title
    scene = NAMED.match(title[act.end() :].lstrip(" .,:;—–-"))
    return act[0] if scene and named_by(scene)[1] > named_by(act)[1] else title


def number_of(division: HtmlElement, *, in_capitals: bool = False) -> str:
    """Return the words by which a division says its number above its title; nothing where it has no such line.

    ``in_capitals``: only where these are in capitals, and the title is not.
    """
    heading = heading_of(division)
    lines = heading.find_class(NUMBER) if isinstance(heading, HtmlElement) else []
    if not lines or (in_capitals and CAPITALS not in lines[0].classes):
        return ""
    return " ".join(lines[0].text_content().split())


def own_numbers(divisions: Sequence[HtmlElement], fits: Callable[[str], bool]) -> dict[HtmlElement, str]:
    """Return what running heads call divisions that a word of the book's own counts: their numbers ("Letter 4").

    Where all their titles ``fits``, heads have these; nothing is returned then. Of chapters and parts the words say
    more than the number.
    """
    numbers = {one: number for one in divisions if (number := number_of(one)) and not NAMED.match(number)}
    return {} if all(fits(running_title(one).rstrip(".")) for one in numbers) else numbers


def run_on(division: HtmlElement) -> None:
    """Mark a division that begins where another ends, and its heading."""
    for one in (division, *division.findall("h1")):
        one.classes.add(RUNNING)


def groups(divisions: Sequence[HtmlElement], opening: Sequence[Opening]) -> list[tuple[Opening, list[HtmlElement]]]:
    """Put divisions that run on to the one they follow, and mark them so."""
    found: list[tuple[Opening, list[HtmlElement]]] = []
    for division, opens in zip(divisions, opening, strict=True):
        if opens is Opening.RUN_ON and found:
            run_on(division)
            found[-1][1].append(division)
        else:
            found.append((opens, [division]))
    return found
