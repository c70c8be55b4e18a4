"""The ways into the book: contents two levels deep, landmarks and page list; links across files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.epub.chapters import Chapter
from pipeline.epub.semantics import FRONT_MATTER, MATTERS
from pipeline.epub.xhtml import TYPE, Element, clean_text, elements, find, local, make, unwrap
from pipeline.forms.divisions import BEFORE, INSCRIPTION
from pipeline.forms.headings import CAPITALS, NUMBER, is_capital
from pipeline.forms.lowered import SmallLetters, are_sentences
from pipeline.forms.trees import classes
from pipeline.language import AddedWords


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the contents, with the entries below it.

    ``number``: the words with which it begins, if they are a number in capitals before a title that is not.
    """

    title: str
    href: str
    below: tuple[Entry, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Landmark:
    """One of the places that reading systems know by kind (``toc``, ``bodymatter`` …)."""

    kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """The place where a page of the printed book begins."""

    label: str
    href: str


def files_of_ids(documents: Mapping[str, Sequence[Element]]) -> dict[str, str]:
    """Return for each id in the book the file that it is in."""
    return {
        element.get("id", ""): name
        for name, content in documents.items()
        for root in content
        for element in elements(root)
        if element.get("id")
    }


def link_across(documents: Mapping[str, Sequence[Element]]) -> list[str]:
    """Make links inside the book find the file of what they point to; return those that point to nothing.

    A link to nothing is made plain text: reading systems and validators take it for a fault of the whole
    book.
    """
    files = files_of_ids(documents)
    broken: list[str] = []
    for name, content in documents.items():
        for link in [one for root in content for one in find(root, ".//x:a[starts-with(@href, '#')]")]:
            target = link.get("href", "")[1:]
            if target not in files:
                broken.append(target)
                unwrap(link)
            elif files[target] != name:
                link.set("href", f"{files[target]}#{target}")
    return broken


def contents(documents: Mapping[str, Sequence[Element]]) -> list[Entry]:
    """Collect the headings of the first two levels, in order, each with the section that it opens.

    Subheads in capitals that are as long as sentences are listed as such.
    """
    entries: list[tuple[Entry, list[Entry]]] = []
    for name, content in documents.items():
        for heading in [one for root in content for one in find(root, ".//x:h1 | .//x:h2")]:
            section = heading.getparent()
            target = section.get("id") if section is not None and section.get("id") else heading.get("id")
            entry = Entry(clean_text(heading), f"{name}#{target}" if target else name, number=_number(heading))
            if not entry.title:
                continue
            if local(heading) == "h1" or not entries:
                entries.append((entry, []))
            else:
                entries[-1][1].append(entry)
    subheads = [one for _, below in entries for one in below]
    if are_sentences([one.title for one in subheads]):
        book = SmallLetters(
            clean_text(one) for content in documents.values() for root in content for one in find(root, ".//x:p")
        )
        lowered = {id(one): replace(one, title=book.sentence(one.title)) for one in subheads}
        entries = [(entry, [lowered[id(one)] for one in below]) for entry, below in entries]
    return [replace(entry, below=tuple(below)) for entry, below in entries]


def _number(heading: Element) -> str:
    """Return the number of a chapter, if it is in capitals and its title is not."""
    lines = [one for one in heading if NUMBER in classes(one) and CAPITALS in classes(one)]
    return clean_text(lines[0]) if lines and clean_text(heading).startswith(clean_text(lines[0])) else ""


def landmarks_of(chapters: Sequence[Chapter], words: AddedWords) -> list[Landmark]:
    """List the places that reading systems offer by name, from the cover to the index."""
    found = [
        Landmark("cover", words.cover, "cover.xhtml"),
        Landmark("titlepage", words.title_page, "title.xhtml"),
        Landmark("toc", words.contents, "nav.xhtml"),
    ]
    before = {FRONT_MATTER, *(MATTERS[kind][0] for kind in BEFORE)}
    opened = ((one, one.content[0]) for one in chapters)
    begun = (one for one, top in opened if before.isdisjoint(top.get(TYPE, "").split()) and not _is_leaf(top))
    text = next(begun, next(iter(chapters), None))
    found += [Landmark("bodymatter", words.text, f"{text.name}.xhtml")] if text else []
    back: dict[str, Landmark] = {}
    for chapter in chapters:
        if chapter.kind in ("bibliography", "index"):
            back.setdefault(chapter.kind, Landmark(chapter.kind, chapter.title, f"{chapter.name}.xhtml"))
    return [*found, *back.values()]


def _is_leaf(top: Element) -> bool:
    return INSCRIPTION in classes(top)


def nav(
    entries: Sequence[Entry], landmarks: Sequence[Landmark], pages: Sequence[PageLink], words: AddedWords
) -> list[Element]:
    """Make the content of ``nav.xhtml``: contents to be read; landmarks and page list, not shown."""
    heading = make("h1", words.contents, id="contents-title")
    toc = make("nav", heading, _list(entries), epub_type="toc", role="doc-toc", id="toc")
    toc.set("aria-labelledby", "contents-title")
    found = [toc]
    guide = make("nav", make("h2", words.landmarks), epub_type="landmarks", hidden="hidden", aria_label=words.landmarks)
    guide.append(
        make(
            "ol",
            *(make("li", make("a", mark.title, href=mark.href, epub_type=mark.kind)) for mark in landmarks),
        )
    )
    found.append(guide)
    if pages:
        links = (make("li", make("a", page.label, href=page.href)) for page in pages)
        found.append(
            make(
                "nav",
                make("h2", words.pages),
                make("ol", *links),
                epub_type="page-list",
                role="doc-pagelist",
                hidden="hidden",
                aria_label=words.pages,
            )
        )
    return found


def _list(entries: Sequence[Entry]) -> Element:
    items = []
    for entry in entries:
        form = CAPITALS if is_capital(entry.title) else ""
        words: list[Element | str] = [entry.title.removeprefix(entry.number)]
        if entry.number:
            words.insert(0, make("span", entry.number, class_=CAPITALS))
        item = make("li", make("a", *words, href=entry.href, class_=form))
        if entry.below:
            item.append(_list(entry.below))
        item.tail = "\n"
        items.append(item)
    return make("ol", *items)
