"""Notebook: what an app has written of works, their chapters, the passages marked in them and the notes on these.

A reader of one app's form fills it by the form's own rules, and says nothing of lines that are only its form;
:func:`set_out` makes of it a copy for the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.kinds.attribution import people, with_author
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import when
from pipeline.model import Copy, Fields, Line, Name, Role
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["Chapter", "Note", "Notebook", "Slip", "Work", "set_out"]


@dataclass(slots=True)
class Work:
    """A work, by the number of the line with its title; 0: no line says so, ``title`` is known otherwise."""

    line: int
    title: str
    author: str = ""
    publisher: str = ""
    listed: list[int] = field(default_factory=list)  # lines that name it once more, or who wrote and printed it


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the work, by the line that names it; ``page``: of the passage below, on the same line."""

    line: int
    text: str
    page: str = ""


@dataclass(slots=True)
class Slip:
    """A passage: the lines with its words; the line that says where it stands, what that says; when it was marked.

    ``page``: a page; ``place``: any other place, with its word. ``behind``: what of the source, or of the reader's
    note, stands behind the last word, on its line.
    """

    words: list[int]
    line: int = 0
    page: str = ""
    place: str = ""
    when: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The reader's own words; ``head``: the line that says where the note was made."""

    lines: list[int]
    head: int = 0


@dataclass(slots=True)
class Notebook:
    """All that an app wrote, in the order of its lines; ``bare``: what lines say without the signs of the form."""

    app: str
    parts: list[Work | Chapter | Slip | Note] = field(default_factory=list)
    bare: dict[int, str] = field(default_factory=dict)

    @property
    def slips(self) -> list[Slip]:
        """The passages."""
        return [part for part in self.parts if isinstance(part, Slip) and part.words]


def set_out(book: Notebook, lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Set a notebook: each passage an extract with its work, the reader's notes beside them, chapters as headings."""
    desk = Desk(lines)
    for number, text in book.bare.items():
        desk.rewrite(number, text, "the signs of the app's form are no words of the book")
    work = Work(0, "")
    above = ""
    quoted = {id(one) for one in _quoted(book.parts)}
    for part in book.parts:
        if isinstance(part, Work):
            work, above = part, ""
            if part.line:
                title = part.title if id(part) in quoted else with_author(part.title, part.author, desk.text(part.line))
                desk.rewrite(part.line, title, "the author stands in the notes and in the bibliography")
                desk.decide(part.line, Role.TITLE, "export-title")
            if id(part) in quoted:
                desk.form(part.listed, "export-author")
            else:
                for number in part.listed:
                    desk.rewrite(number, desk.text(number).strip("#* "), "the sign of a head is only the file's form")
                    desk.decide(number, Role.RUBRIC, "export-unquoted")
        elif isinstance(part, Note):
            if part.head and part.lines:
                desk.rewrite(
                    part.head, desk.text(part.head).lstrip("-#* "), "the sign of a note is only the file's form"
                )
                desk.decide(part.head, Role.RUBRIC, "export-place")
            desk.prose(part.lines, "export-note", own=True)
        elif isinstance(part, Slip):
            _set_slip(part, work, desk, details=settings.details)
        elif part.text == above:
            desk.form([part.line], "export-form")  # said again over each passage
        else:
            above = part.text
            if part.page:
                desk.rewrite(part.line, f"{part.text} {part.page}", "the word for a page is set by the style")
                desk.part(part.line, part.text, part.page, "the page stands in the note")
            desk.rewrite(part.line, part.text, "the sign of a chapter is only the file's form")
            desk.decide(part.line, Role.HEADING, "export-chapter", level=2)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "export-form")
    works = [part for part in book.parts if isinstance(part, Work)]
    only = works[0] if len(works) == 1 else Work(0, "")
    placed = [number for part in book.parts for number in _lines_of(part, id(part) in quoted)]
    order = placed if placed != sorted(placed) else desk.by(settings.order, report)
    return desk.copy(order, title=only.title, authors=(only.author,) if only.author else ())


def _authors(text: str) -> tuple[Name, ...]:
    """Read the authors of a work as apps name them: given name first, commas between them."""
    names = text.split(", ")
    return people(";".join(names) if all(" " in name for name in names) else text)


def _quoted(parts: Iterable[Work | Chapter | Slip | Note]) -> Iterator[Work]:
    """Yield the works of which a passage stands there: its note names them, and so does the bibliography."""
    work = None
    for part in parts:
        if isinstance(part, Work):
            work = part
        elif isinstance(part, Slip) and part.words and work is not None:
            yield work
            work = None


def _lines_of(part: Work | Chapter | Slip | Note, quoted: bool) -> list[int]:
    """Return the lines of a part that stand in the book, from the first; ``quoted``: it is a work that is quoted."""
    if isinstance(part, Note):
        return [part.head, *part.lines] if part.head else part.lines
    if isinstance(part, Slip):
        return sorted([*part.words, *([part.line] if part.line else [])])
    named = [] if quoted or isinstance(part, Chapter) else part.listed
    return [*([part.line] if part.line else []), *named]


def _set_slip(slip: Slip, work: Work, desk: Desk, *, details: bool) -> None:
    if not slip.words:
        return
    place = slip.place if details or not slip.page else ""
    behind = slip.behind if slip.behind.startswith("(") else ""
    extra = "; ".join(part for part in (place, behind, slip.when if details else "") if part)
    fields = Fields(
        author=_authors(work.author), title=work.title, publisher=work.publisher, locator=slip.page, extra=extra
    )
    if slip.behind:
        last = slip.words[-1]
        desk.cut(last, desk.text(last).removesuffix(slip.behind).rstrip())
    desk.prose(slip.words, "export-words")
    desk.dated(slip.words, when(slip.when))
    if slip.line:
        said = slip.page or slip.place
        desk.rewrite(slip.line, said, "where the passage stands is said in its note; when it was marked, on record")
        desk.source([slip.line], "export-place")
        desk.cite(slip.words, fields, said, slip.line)
    else:
        desk.cite(slip.words, fields, slip.behind)
