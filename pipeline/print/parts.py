"""The parts of a book, as they come from the press: each set by itself, one behind the other, and bound at last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import astuple
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import lxml.html
from lxml.html import HtmlElement

from pipeline import styles
from pipeline.bounds import PAGES
from pipeline.fonts import faces_for
from pipeline.forms.divisions import ABOVE, FRONT, INSCRIPTION, heading_of
from pipeline.forms.lowered import SmallLetters, are_sentences
from pipeline.forms.plays import heads_persons
from pipeline.forms.trees import classes
from pipeline.language import right_to_left, words_for
from pipeline.manuscript import plain
from pipeline.model import PageStart
from pipeline.print import front, index
from pipeline.print.balance import balance
from pipeline.print.binding import bind, language_of
from pipeline.print.contact import worth_a_look
from pipeline.print.folios import provisional, set_folios
from pipeline.print.footnotes import notes_with_their_calls
from pipeline.print.formes import heard, say
from pipeline.print.heads import first_words, given_head, short_title
from pipeline.print.jacket import jacket
from pipeline.print.justify import even_text
from pipeline.print.layout import Typesetter
from pipeline.print.longnotes import cut_long_notes
from pipeline.print.manuscript import Manuscript, divisions, numeral, title_of
from pipeline.print.openings import (
    SLIGHT,
    Opening,
    groups,
    leads,
    long_sections,
    number_of,
    openings,
    own_numbers,
    run_on,
    running_title,
)
from pipeline.print.pagemap import (
    FRONT_PAGES,
    WordsInPlace,
    figures,
    folio,
    fonts_of,
    page_starts,
    pages_of_ids,
)
from pipeline.print.plates import Part, missing, printed_from
from pipeline.print.printed import Figures, PrintedBook
from pipeline.print.sheet import OVER, RUNNING, Sheet, longer_pages, page_rules, part_rules
from pipeline.print.tags import LEFTWARD
from pipeline.report import Report
from pipeline.settings import Settings

if TYPE_CHECKING:
    from weasyprint.document import Page

    from pipeline.print.prelims import Prelims

BLIND = "@page { @bottom-center { content: none } }"
WORDS_A_PAGE = 330  # a guess, good enough to tell long divisions from short ones
LETTER = 0.46  # of the size of the type: the width of a letter on the average
HEAD = 20  # lines that a division loses at its head, and on its last page
AROUND = 14  # pages before and behind the text
BRIEF = 8  # pages of a text, half a gathering: a shorter one has no half title, and its back matter opens no recto


def guessed_pages(body: HtmlElement, sheet: Sheet) -> int:
    """Return about how many pages a book will have: the gutter is wanted before they are made.

    Lines are counted, not words: a play or a poem has many short ones.
    """
    measure = sheet.measure / (LETTER * sheet.size)
    rows = [*body.iter("p", "li", "dd", "dt", "tr"), *body.find_class("line")]
    lines = sum(1 + int(len(row.text_content()) / measure) for row in rows)
    return AROUND + (lines + HEAD * len(divisions(body))) // sheet.lines


class Press:
    """The pages of a book as they come from the press, part by part."""

    def __init__(
        self,
        manuscript: Manuscript,
        sheet: Sheet,
        settings: Settings,
        report: Report,
        closing: ExitStack,
        cut: Callable[[HtmlElement], None] = lambda _body: None,
    ) -> None:
        """``cut`` takes out of the text what is not to be set, when faces, margins and openings are known."""
        self.manuscript, self.sheet, self.report = manuscript, sheet, report
        self.meta, self.settings = manuscript.meta, settings
        self.title = plain(self.meta.get("title", ""))
        body = manuscript.body
        self.texts = [text for text in (body, manuscript.endnotes) if text is not None]
        matter = [*(text.text_content() for text in self.texts), json.dumps(self.meta, ensure_ascii=False)]
        if manuscript.bibliography is not None:
            matter.append(manuscript.bibliography.text_content())
        language = language_of(self.meta)
        self.added = words_for(language)
        matter += [str(words) for words in astuple(self.added)]
        self.both_ways = LEFTWARD.search("".join(matter)) is not None
        faces = faces_for("".join(matter), report, language)
        pages = guessed_pages(body, sheet)
        self.length = pages - AROUND
        sheets = [path.read_text(encoding="utf-8") for path in (styles.folder() / "print" / "book.css", sheet.css)]
        leftward = right_to_left(language)
        css = [
            faces.rules,
            *(map(styles.mirrored, sheets) if leftward else sheets),
            page_rules(sheet, pages, settings.bleed, mirrored=leftward),
        ]
        self.press = Typesetter(css, language, faces.families, manuscript.pictures)
        closing.enter_context(self.press.beside)
        closing.callback(self.press.close)
        index.mark_citations(self.texts)
        every = divisions(body)
        self.flow = WordsInPlace(every)
        self.front = [division for division in every if division.get(FRONT) is not None]
        self.divisions = [division for division in every if division.get(FRONT) is None]
        self.language = language
        self.whole = short_title(self.title, sheet, language) or first_words(self.title, sheet)  # what versos say
        self.shortened: set[str] = set()  # titles of which it was said that heads have less
        self.numbers = own_numbers(self.divisions, lambda title: self._short(title) == title)
        self.inscribed = [*takewhile(lambda one: INSCRIPTION in one.classes, self.front)]
        # before headings are measured: those that run on are smaller
        self.prefaces = self._parts_of(self.front[len(self.inscribed) :], front=True)
        self.parts = self._parts_of(self.divisions)
        cut(body)
        headings = [*body.iter("h1", "h2", "h3"), *body.find_class(ABOVE)]
        balance(headings, headings, self.press, sheet.measure)
        if sheet.justified and settings.fine:
            even_text(body, self.press, sheet.measure, sheet.size)
        cut_long_notes(body, self.press, sheet.measure, sheet.note_size)
        self.early: dict[Part, tuple[list[Page], list[str]]] = {}  # what was set before its turn, and what was said
        subheads = [title_of(inner) for one in self.divisions for inner in one.iterchildren("section")]
        self.small = SmallLetters(one.text_content() for one in body.iter("p")) if are_sentences(subheads) else None
        self.entries: list[front.Entry] = []
        self.pages: list[Page] = []
        self.starts: list[PageStart] = []
        self.figures = Figures()
        self.places: dict[str, int] = {}

    def _parts_of(
        self, divisions: Sequence[HtmlElement], *, front: bool = False
    ) -> list[tuple[Opening, list[HtmlElement]]]:
        """Return which of ``divisions`` are set together, and what each part opens; none of the ``front`` is a part.

        What goes on with the persons of a play, its scenes and who played them, stands below their list.
        """
        lengths = [len(division.text_content().split()) / WORDS_A_PAGE for division in divisions]
        bare = [len(one) == 1 and heading_of(one) is not None for one in divisions]
        titles = [title_of(division) for division in divisions]
        leading = [False] * len(divisions) if front else leads(titles, bare)
        opens = openings(lengths, leading, self.settings.openings, facing=self.sheet.facing, bare=bare)
        for n, above in enumerate(titles[: -1 if front else 0], 1):
            if heads_persons(above) and lengths[n] <= SLIGHT:
                opens[n] = Opening.RUN_ON
        if self.settings.notes == "chapter":  # the next chapter does not begin below the notes of this one
            opens = [Opening.PAGE if one is Opening.RUN_ON else one for one in opens]
        return groups(divisions, opens)

    def begin(self) -> None:
        """Let others begin with the parts of which it is known that they open a recto; the longest is set here.

        It would be the last that is done, and they would wait for it.
        """
        known = [
            self._part(of, 1)
            for number, (opening, of) in enumerate(self.parts)
            if opening is Opening.RECTO or not number
        ]
        wanted = sorted(missing(self.press, known), key=lambda part: len(part.html))
        if self.press.beside.begin([*wanted[-1:], *wanted[:-1]], self.press.lines):
            with heard(alone=True) as said:
                self.early[wanted[-1]] = printed_from(self.press, wanted[-1]), said

    def add_divisions(self, sections: Sequence[HtmlElement], opening: Opening) -> None:
        """Lay out divisions, one below the other."""
        if opening is Opening.RECTO:
            self.pages += self.blank(len(self.pages))
        first = len(self.pages) + 1
        pages = self.set(sections, first)
        self.pages += pages
        if len(self.pages) > PAGES.value:
            raise PAGES.refusal("The book has")
        self.starts += page_starts(pages, first, self.flow, sections[0].get("id", ""), self.press.tally)
        self.entries += self.entries_of(sections)

    def add_back_matter(self, works: list[Mapping[str, Any]]) -> None:
        """Lay out the bibliography, and the indexes of works and of authors, one below the other."""
        for section in (self.manuscript.endnotes, self.manuscript.bibliography):
            if section is not None:
                self._add_back([section])
        found = index.places(self.texts, self.places)
        made = (
            index.index_of_works(works, found, self.added, self.manuscript.marks),
            index.index_of_authors(works, found, self.added),
        )
        indexes = [lxml.html.fragment_fromstring(html) for html in made if html]
        for other in indexes[1:]:
            run_on(other)
        if indexes:
            self._add_back(indexes)

    def sheets(self) -> list[Page]:
        """Lay out all divisions as one part, without folios; a page may have a hole, and the last one be short."""
        part = self._part(divisions(self.manuscript.body), 1)
        with notes_with_their_calls(part.line, holes=True):
            return self.press.set(part.html, f"{part.rules} {BLIND}")

    def _add_back(self, sections: Sequence[HtmlElement]) -> None:
        if self.length > BRIEF:
            self.pages += self.blank(len(self.pages))
        self.pages += self.set(sections, len(self.pages) + 1)
        self.entries += self.entries_of(sections)

    def bound(self, prelims: Prelims, before: list[Page], attachments: Mapping[str, bytes]) -> PrintedBook:
        """Bind all pages, those of the ``prelims`` before the others, and write the PDF."""
        count = len(before) + len(self.pages)
        pdf, document = bind(
            self.press,
            before,
            self.pages,
            self.meta,
            self.added,
            attachments,
            self.settings.slug,
            both_ways=self.both_ways,
        )
        return PrintedBook(
            pdf,
            count,
            len(before),
            frozenset(prelims.own),
            self.manuscript.html,
            (*prelims.starts, *self.starts),
            self.figures,
            fonts_of(document),
            worth_a_look(len(before), self.pages, self.places, self.press.tally),
            jacket(self.meta, self.sheet, count, self.report) if self.sheet.cover else b"",
        )

    def set(
        self, sections: Sequence[HtmlElement], first: int, *, roman: bool = False, blind: bool = False
    ) -> list[Page]:
        """Lay out a part of the book, from the folio ``first`` on; note where everything stands."""
        part = self._part(sections, provisional(first), roman=roman, blind=blind)
        if part in self.early:
            pages, said = self.early.pop(part)
            say(said)
        else:
            pages = printed_from(self.press, part)
        kind = "i" if roman else "1"
        if set_folios(pages, first, partial(numeral, kind=kind)):
            self.press.beside.paint(part, first, kind)
        else:
            pages = printed_from(self.press, self._part(sections, first, roman=roman, blind=blind))
        title = title_of(sections[0]) or self.title
        self.places |= pages_of_ids(pages, first - FRONT_PAGES if roman else first)
        counted = figures(
            pages, self.sheet.line, self.press.tally, at_foot=self.settings.notes not in ("chapter", "book")
        )
        for name in counted.strayed:
            lost = name not in self.places
            self.report.find("note-lost" if lost else "note-strayed", note=name.removeprefix("fn"), title=title)
        if counted.off:
            self.report.find("off-the-page", lines=len(counted.off), title=title, words=counted.off[0])
        self.figures += counted
        return pages

    def _part(self, sections: Sequence[HtmlElement], first: int, *, roman: bool = False, blind: bool = False) -> Part:
        """Return what a part is set from whose first page has the folio ``first``."""
        versos, rectos = self._heads(sections)
        html = "".join(lxml.html.tostring(section, encoding="unicode", with_tail=False) for section in sections)
        numbering = "lower-roman" if roman else "decimal"
        rules = part_rules(first, versos, rectos, numbering, blind=blind)
        retried = self.sheet.facing and self.settings.fine
        longer, *shorter = (longer_pages(self.sheet, lines) if retried else "" for lines in (1, -1, -2))
        return Part(html, rules, self.sheet.line, longer, tuple(shorter))

    def _heads(self, sections: Sequence[HtmlElement]) -> tuple[list[str], list[str]]:
        """Return what stands over versos and rectos of a part, and say so on the headings with which it begins.

        Book and division; where sections are named, division and section (Chicago Manual of Style, 17th ed., 1.11).
        """
        versos, rectos = [], []
        for section in sections:
            inside = long_sections(section, WORDS_A_PAGE)
            title = self.numbers.get(section) or running_title(section)
            own = given_head(section) or self._head(section, title) or self.whole
            named = [given_head(one) or self._head(one, title_of(one)) or self.whole for one in inside]
            versos.append(own if inside else self.whole)
            rectos += named if inside and own == self.whole else [own, *named]
            for part, running in zip((section, *inside), (own, *named), strict=True):
                if (heading := heading_of(part)) is not None:
                    heading.set(OVER, versos[-1])
                    heading.set(RUNNING, running)
        return versos, rectos

    def _head(self, section: HtmlElement, title: str) -> str:
        """Return what a running head calls a division or section; nothing where that is left to the book's title.

        A number alone names nothing; but one that the book counts by ("Letter 4") says more than a phrase cut short.
        """
        if not title or front.NUMBER.fullmatch(title):
            return ""
        head = self._short(title) or number_of(section)
        if head and title.rstrip(".:;,").endswith(head):
            return head  # all of it, or all but the number or the book's own title
        if title not in self.shortened:
            self.shortened.add(title)
            self.report.find("head-shortened", title=title, head=head or self.whole)
        return head

    def _short(self, title: str) -> str:
        """Return a title in short: the book, which stands over the versos, is not said again."""
        rest = title.removeprefix(self.title).lstrip(" .:;,—–-") if len(title) > len(self.title) else ""
        behind = title[len(self.title) : len(self.title) + 1]
        return short_title(rest if rest and behind in ".:;,—–" else title, self.sheet, self.language)

    def entries_of(self, sections: Iterable[HtmlElement]) -> list[front.Entry]:
        """Return the lines of the contents for divisions that have been laid out, and for their sections.

        What lies deeper, without a section around it, has no line there, as it has none in the outline.
        """
        return [
            front.Entry(
                level,
                self.small.sentence(title_of(part)) if level > 1 and self.small is not None else title_of(part),
                target,
                folio(self.places[target]) if target in self.places else "",
                number_of(part, in_capitals=True),
            )
            for section in sections
            for level, part in (
                (1, section),
                *((2, one) for one in section.iterchildren("section") if "level2" in classes(one)),
            )
            if (target := part.get("id"))
        ]

    def blank(self, pages: int) -> list[Page]:
        """Return the blank verso that must follow ``pages`` pages before the next part opens on a recto."""
        if not self.sheet.facing or pages % 2 == 0:
            return []
        return self.press.set("", part_rules(pages + 1, blind=True))
