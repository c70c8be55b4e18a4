"""From ``book.md`` to HTML: Pandoc sets citations and bibliography, then each note is moved to its call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
from lxml.etree import strip_elements
from lxml.html import HtmlElement

from pipeline.admission import admit
from pipeline.forms import set_forms
from pipeline.forms.divisions import heading_of
from pipeline.forms.elements import HEADINGS, JOINER, NOTES, is_block
from pipeline.forms.headings import NUMBER, PARTING
from pipeline.forms.verse import part_lines
from pipeline.forms.works import list_by_chapter
from pipeline.housestyle import QuotationMarks
from pipeline.language import right_to_left
from pipeline.manuscript import plain, set_text
from pipeline.model import UNPRINTED, figure
from pipeline.pictures import Picture, picture
from pipeline.print.endnotes import gather_notes, make_room
from pipeline.print.tables import fit_tables
from pipeline.print.typography import compose
from pipeline.report import Report
from pipeline.settings import Settings

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
SIGN = "data-sign"  # attribute of the number of a heading: what parts it from the title in contents and running heads
BIBLIOGRAPHY = "bibliography"  # the name by which it is found in print
AREA = (31.6, 35)  # of the classic style


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A book ready for the page.

    ``meta`` is the YAML block of ``book.md``; ``body`` a ``<main>`` with one ``<section class="level1">`` for
    each division, notes in place as ``<span class="fn">``; ``bibliography`` its own section, of class ``works``, or
    None; ``endnotes`` a section of all notes, if they stand at the end of the book; ``html`` the whole as Pandoc set
    it, before anything was moved; ``bibliographies`` the files that it names, and ``pictures`` those that it shows, by
    their addresses; ``marks`` those with which it quotes.
    """

    html: str
    meta: Mapping[str, Any]
    body: HtmlElement
    bibliography: HtmlElement | None
    bibliographies: Mapping[str, bytes]
    pictures: Mapping[str, Picture]
    marks: QuotationMarks
    endnotes: HtmlElement | None = None


def read_manuscript(
    markdown: str,
    folder: Path,
    report: Report,
    choices: Settings,
    languages: Sequence[str] = (),
    area: tuple[float, int] = AREA,
) -> Manuscript:
    """Set ``markdown`` as HTML; ``folder`` is where the bibliography and the pictures that it names lie.

    ``choices`` say how works are cited and where the notes stand; ``languages`` are those in which the style sets off
    signs from their words; ``area`` is the length of a line, in ems, and how many a page has.

    Raises:
        OctavoError: TOOL_FAILED or MISSING_PROGRAM, from Pandoc.

    """
    text = set_text(markdown, folder, choices.citation_style)
    body = lxml.html.fragment_fromstring(text.html, create_parent="main")
    admit(body, report)
    pictures = _take_pictures(body, folder, report)
    lang = plain(text.meta.get("lang", "")) or "en"
    if choices.works == "chapter":
        list_by_chapter(body, lang)
    bibliography = _mark_bibliography(body)
    set_forms(body, plain(text.meta.get("title", "")), lang)
    _end_numbers(body)
    for unprinted in [one for name in UNPRINTED for one in body.find_class(name)]:
        unprinted.drop_tree()
    _gather_loose(body)
    if choices.notes == "chapter":
        make_room(body, lang)
    html = lxml.html.tostring(body, encoding="unicode")
    _place_notes(body, lang, through=choices.notes == "book")
    endnotes = gather_notes(body, choices.notes, lang)
    if endnotes is not None:
        html = html.removesuffix("</main>") + f"<h1>{title_of(endnotes)}</h1></main>"
    _name_sections(body)
    part_lines(body)
    compose(body, lang, languages)
    fit_tables(body, *area)
    if bibliography is not None:
        bibliography.drop_tree()
    return Manuscript(html, text.meta, body, bibliography, text.bibliographies, pictures, text.marks, endnotes)


def divisions(body: HtmlElement) -> list[HtmlElement]:
    """Return the top divisions of the book, in order."""
    return [section for section in body.iterchildren("section") if "level1" in section.get("class", "").split()]


def title_of(section: HtmlElement) -> str:
    """Return the words of the section's heading, without the numbers of notes called in it."""
    return section.get("data-title", "")


def _gather_loose(body: HtmlElement) -> None:
    """Make divisions without a title of what stands outside all divisions."""
    loose: HtmlElement | None = None
    for child in list(body):
        if child.tag == "section" and "level1" in child.get("class", "").split():
            loose = None
            continue
        if child.get("role") == NOTES:
            continue
        if loose is None:
            loose = lxml.html.fragment_fromstring('<section class="level1 untitled"></section>')
            body.insert(body.index(child), loose)
        loose.append(child)


def _mark_bibliography(body: HtmlElement) -> HtmlElement | None:
    """Mark and return the section that holds the works cited and nothing else; None if others follow where they stand.

    Works that Pandoc puts below the last words of the text, for there is no heading for them, get a section of their
    own. The section can be found in print by its name, whatever its heading is called.
    """
    works = body.find('.//div[@id="refs"]')
    section = works.getparent() if works is not None else None
    if works is None or section is None:
        return None
    if section.tag != "section" or any(one.tag not in (*HEADINGS, "div") for one in section):
        if any(one.get("role") != NOTES for one in works.itersiblings()) or not _ends(section, body):
            return None
        section = lxml.html.fragment_fromstring(f'<section class="level1 untitled" id="{BIBLIOGRAPHY}"></section>')
        works.drop_tree()
        body.append(section)
        section.append(works)
    elif body.find(f'.//*[@id="{BIBLIOGRAPHY}"]') is None:
        place = lxml.html.fragment_fromstring(f'<span id="{BIBLIOGRAPHY}"></span>')
        place.tail, section[0].text = section[0].text, None
        section[0].insert(0, place)
    section.classes.add("works")
    return section


def _ends(section: HtmlElement, body: HtmlElement) -> bool:
    """Tell whether nothing but notes follows a section."""
    above = [section, *section.iterancestors()]
    return all(after.get("role") == NOTES for one in above[: above.index(body)] for after in one.itersiblings())


def _take_pictures(body: HtmlElement, folder: Path, report: Report) -> dict[str, Picture]:
    """Return the pictures by the addresses that they are given; for one that there is not its description stands."""
    taken: dict[str, Picture] = {}
    for image in list(body.iter("img")):
        source = image.get("src", "")
        if found := picture(source, folder):
            image.set("src", found.path.as_uri())
            taken[found.path.as_uri()] = found
            continue
        report.find("image-missing", image=source)
        figure = image.getparent()
        if figure is not None and figure.tag == "figure" and figure.find("figcaption") is not None:
            image.drop_tree()  # its description stands below
        else:
            image.tag, image.text = "span", image.get("alt", "")
    return taken


def _end_numbers(body: HtmlElement) -> None:
    """Take off the signs that part numbers from titles: here a line ends in their place; contents have them again."""
    for sign in body.find_class(PARTING):
        line = sign.getparent()
        assert line is not None
        line.set(SIGN, sign.text or "")
        line.tail = f" {line.tail or ''}"
        sign.drop_tree()


def _name_sections(body: HtmlElement) -> None:
    """Give each section the words of its heading, without the number of a note called there."""
    for section in body.iter("section"):
        if (heading := heading_of(section)) is None:
            continue
        assert isinstance(heading, HtmlElement)
        bare = lxml.html.fromstring(lxml.html.tostring(heading, encoding="unicode", with_tail=False))
        for span in bare.xpath('.//span[@class="call"]'):
            span.drop_tree()
        for line in bare.find_class(NUMBER):
            line.tail = f"{line.get(SIGN, ' ')}{(line.tail or '').lstrip()}"
        words = " ".join(bare.text_content().split())
        section.set("data-title", words)
        heading.set("data-title", words)
    for heading in body.iter("h2"):
        if heading.get("data-title") is None:  # over the notes or the works of a chapter
            heading.set("data-title", " ".join(heading.text_content().split()))


def _place_notes(body: HtmlElement, lang: str, *, through: bool) -> None:
    """Put each note of a book in ``lang`` at its call, numbered anew in each division, or ``through`` it all."""
    area = body.find(f'section[@role="{NOTES}"]')
    if area is None:
        return
    way = "rtl" if right_to_left(lang) else "ltr"
    notes = {item.get("id", ""): item for item in area.iter("li") if item.get("id", "").startswith("fn")}
    area.drop_tree()
    before = 0
    for division in body:
        calls = [link for link in division.iter("a") if link.get("class") == "footnote-ref"]
        for number, call in enumerate(calls, before + 1):
            name = call.get("href", "").removeprefix("#")
            _set_note(call, notes[name], name, number, way)
        before += len(calls) * through


def _set_note(call: HtmlElement, item: HtmlElement, name: str, number: int, way: str) -> None:
    for back in item.xpath('.//a[@class="footnote-back"]'):
        back.drop_tree()
    for items in item.iter("ol", "ul"):
        _mark_items(items)
    note = lxml.html.fragment_fromstring(f'<span class="fn" id="{name}"></span>')
    own = next(iter(item.xpath("./@dir | ./*/@dir")), "")
    if own or any(one.get("dir") for one in call.iterancestors()):
        note.set("dir", own or way)  # not that of the paragraph in which it is called
    mark = lxml.html.fragment_fromstring(f'<a class="mark" href="#call-{name}">{number}.</a>')
    note.append(mark)
    # A block inside the span would be torn out by the HTML parser, and the note come out empty.
    blocks = [block for block in item.iterdescendants() if is_block(block)]
    for place_in_note, block in enumerate(blocks):
        block.tail = (block.tail or "").strip() and block.tail
        if block.tag == "hr":
            block.text = "* * *"
        if len(block) and is_block(block[0]):
            block.text = (block.text or "").strip() and block.text  # white space between blocks is no line
        names = [block.get("class", ""), str(block.tag), "further" if place_in_note else ""]
        block.set("class", " ".join(filter(None, names)))
        block.tag = "span"
    for end in item.iter("br"):
        end.tail = (end.tail or "").lstrip()  # WeasyPrint takes a line end here for a second one
    mark.tail = " " + (item.text or "").strip()
    for child in list(item):
        child.tail = (child.tail or "").strip() and child.tail
        note.append(child)
    place = lxml.html.fragment_fromstring('<span class="call"></span>')
    place.tail = call.tail
    call.tail = None
    parent = call.getparent()
    assert parent is not None
    parent.replace(call, place)
    before = place.getprevious()
    if before is not None and before.get("class") == "call" and not (before.tail or "").strip():
        place.set("data-next", "")  # two calls at one place must not read as one number
    _hold(place)
    strip_elements(call, "sup", with_tail=False)
    call.attrib.clear()
    call.set("class", "number")
    call.set("id", f"call-{name}")
    call.set("href", f"#{name}")
    call.text = str(number)
    place.append(call)
    place.append(note)


def _hold(place: HtmlElement) -> None:
    """Put a word joiner before a call, without which WeasyPrint may send it to the next line by itself."""
    before, parent = place.getprevious(), place.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''}{JOINER}"
    elif parent is not None:
        parent.text = f"{parent.text or ''}{JOINER}"


def _mark_items(items: HtmlElement) -> None:
    """Write before each item of a list in a note what the typesetter cannot: there an item is a mere span."""
    count = figure(items.get("start", "1"))
    for item in items.iterchildren("li"):
        mark = lxml.html.fragment_fromstring('<span class="item-mark"></span>')
        mark.text = f"{numeral(count, items.get('type', '1'))}." if items.tag == "ol" else "•"
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        mark.tail, first.text = f" {(first.text or '').lstrip()}", None
        first.insert(0, mark)
        count += 1


def numeral(number: int, kind: str) -> str:
    """Write a number as a list of that ``type`` does in HTML: in figures, letters or Roman figures."""
    if kind in "aA" and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if kind == "a" else letter.upper()
    if kind in "iI" and 0 < number < 4000:
        text = ""
        for value, sign in ROMAN:
            text += sign * (number // value)
            number %= value
        return text if kind == "i" else text.upper()
    return str(number)
