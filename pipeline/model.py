"""What crosses the border between two steps: frozen data, each piece with the source lines it came from.

Read it in the order of the journey: a source of lines, repaired lines, decisions, citations and works, the book,
the record of what was changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


def figure(digits: str) -> int:
    """Return the number that decimal digits of any script say; 0 for other signs ("²"), and for more than nine digits.

    No book counts so far; and Python refuses numbers of more than 4,300 digits.
    """
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


# ------------------------------------------------------------------------------------------------ read, repair


@dataclass(frozen=True, slots=True)
class Look:
    """How a row of print looks on its page, and what its file says of it.

    ``size``: of most of its letters, in points. ``face``: the family of its letters. ``left``, ``right``: the room
    between it and the edges of the text, in em of the text's letters (at the right below 0: it stands out).
    ``above``: its distance from the row above, in those that rows of text have; of the first row of a page, from
    where pages begin.
    ``tag``, ``block``: its kind in the structure tree of the file, and which element there ("", 0: none).
    ``entry``, ``level``: which bookmark names it, and how deep that lies (0: none).
    ``runs_in``: it is a head that runs in; ``head``: what such a head before it on its line says ("": none).
    """

    size: float
    face: str = ""
    bold: bool = False
    slanted: bool = False
    small_capitals: bool = False
    left: float = 0.0
    right: float = 0.0
    above: float = 0.0
    tag: str = ""
    block: int = 0
    entry: int = 0
    level: int = 0
    runs_in: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line, without its end. Numbers start at 1. ``look``: what the page tells of it, as in a PDF."""

    number: int
    text: str
    look: Look | None = None

    @property
    def blank(self) -> bool:
        """True when nothing but white space stands on the line."""
        return not self.text or self.text.isspace()


def place_of(lines: Sequence[Line], number: int) -> int:
    """Return where among lines in order the one with this number stands, or would stand: long gaps are not kept."""
    return bisect_left(lines, number, key=lambda line: line.number)


@dataclass(frozen=True, slots=True)
class Source:
    """A source file, decoded: its lines and how they were read."""

    name: str
    lines: tuple[Line, ...]
    encoding: str
    certain: bool
    newline: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair on one line: what stood there, what stands there now, and the rule that says so."""

    line: int
    rule: str
    before: str
    after: str


# ------------------------------------------------------------------------------------------------------- label


class Role(StrEnum):
    """What a line is in the book."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CITATION = "citation"
    ATTRIBUTION = "attribution"
    RUBRIC = "rubric"
    ITEM = "item"
    DIALOGUE = "dialogue"
    LETTER = "letter"
    NOTE = "note"
    VERSE = "verse"
    QUOTE = "quote"
    STAGE = "stage"
    SEPARATOR = "separator"
    CAPTION = "caption"
    TABLE = "table"
    CONTENTS = "contents"
    BOILERPLATE = "boilerplate"


OUT = frozenset({Role.BOILERPLATE, Role.CONTENTS})
"""The roles of lines that are no part of the book."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that spoke on a line: its name, the role it speaks for and its weight (negative: against)."""

    rule: str
    role: Role
    weight: float


DOUBT = 0.9
"""Below this certainty a line is in doubt: a person is asked, and a verdict that says what was decided settles it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one non-blank line is.

    ``score`` is the probability of the role, from 0 to 1, and ``rival`` the next likeliest one with its own. ``level``
    is the depth of a heading below its division (2, 3 …) or of a list item (1, 2 …); 1 for a paragraph that is a
    quotation and for a paragraph that goes on with the note, caption or turn above; and 0 elsewhere. ``leaving``: how
    the line leaves the book, if it does; ``placed``: it is a citation by its place alone, not by its words.
    """

    line: int
    role: Role
    joined: bool = False
    score: float = 1.0
    reasons: tuple[Reason, ...] = ()
    level: int = 0
    rival: Role | None = None
    rival_score: float = 0.0
    leaving: Leaving | None = None
    placed: bool = False


# -------------------------------------------------------------------------------------------------------- cite


@dataclass(frozen=True, slots=True)
class Name:
    """A person (``family``, ``given``) or a body (``literal``), spelt as in the source."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def json(self) -> dict[str, str]:
        """Return the keys that have something in them, as CSL-JSON wants them."""
        pairs = {"family": self.family, "given": self.given, "literal": self.literal}
        return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of one citation, as the source has them, trimmed.

    ``genre``: "PhD diss." and the like; ``date``: day and month of a letter or manuscript; ``page``: the pages of an
    article or chapter; ``locator``: those that are referred to; ``accessed``: the day on which an address on the net
    was read.
    """

    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year: str = ""
    copyright_year: bool = False
    locator: str = ""
    extra: str = ""
    genre: str = ""
    date: str = ""
    page: str = ""
    doi: str = ""
    url: str = ""
    accessed: str = ""

    def json(self) -> dict[str, Any]:
        """Return the keys that have something in them, in the form of ``citations.jsonl``."""
        out: dict[str, Any] = {}
        for key in self.__slots__:
            value = getattr(self, key)
            if value:
                out[key] = [name.json() for name in value] if isinstance(value, tuple) else value
        return out


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation found in the source.

    ``text`` is the citation word for word. ``parsed`` is false when it could not be taken apart: then it has no
    ``work`` and its note prints ``text``. ``covers`` is the first and last line of the extract it stands for.
    ``score`` says how sure the parser is (0 to 1); ``doubts`` says in words what it was not sure of. ``lead`` are the
    words in front of the work ("See"); ``also``: further works of the same citation, each with its own lead and pages;
    ``back``: the words, such as "Ibid.", by which it points to a work cited before.
    """

    line: int
    text: str
    fields: Fields
    parsed: bool = True
    covers: tuple[int, int] | None = None
    work: str | None = None
    kind: str = "book"
    score: float = 1.0
    doubts: tuple[str, ...] = ()
    lead: str = ""
    also: tuple[Citation, ...] = ()
    back: str = ""

    @property
    def verbatim(self) -> bool:
        """Whether it is understood and names no work: a verse, a shelfmark, a judgment, cited by its own words."""
        return not self.parsed and self.score > 0


@dataclass(frozen=True, slots=True)
class Work:
    """One work of the bibliography: a CSL-JSON item, and every spelling of it with the lines where it stands."""

    id: str
    csl: Mapping[str, Any]
    variants: tuple[tuple[str, tuple[int, ...]], ...] = ()


# ------------------------------------------------------------------------------------------------------- kinds


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of the text that a kind of text takes for its own: source lines ``first`` to ``last``.

    ``score``: how likely it is of this kind, from 0 to 1; ``reasons``: what was seen, in words.
    """

    kind: str
    first: int
    last: int
    score: float
    reasons: tuple[str, ...]


class Named(NamedTuple):
    """What a call names: the entry on a line (the ``nth`` of those on it, from 0), its pages, and words in front."""

    line: int
    pages: str = ""
    nth: int = 0
    before: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A stretch of the text, marked up for the book by the kind of text that read it.

    ``lines``: in the order of the book, without what the kind took off them; every non-blank one has a decision.
    ``citations``: those of which the kind knows more than the words on their line, or than the lines above; a line that
    is a citation and is not among them is taken apart later. ``entries``: works that the text lists, each by its line;
    ``calls``: each mark on the lines (:func:`free_marks`) names these entries, each with its pages. ``changes``: what
    was taken off the lines, and why. ``own``: lines in somebody's own words, which want no source; ``unsourced``: first
    and last line of each extract that no source is named for. ``heads``: headings of a section that stand before a line
    and are made of words on it, such as the day of a message. ``ready``: the text itself, where its markup names its
    parts: then it is not arranged by its decisions. ``title``, ``authors``: of the book, where the text says so;
    ``named``: what else it says of the book, by the names of settings: its subtitle, who translated it.
    """

    lines: tuple[Line, ...]
    decisions: tuple[Decision, ...]
    citations: tuple[Citation, ...] = ()
    entries: tuple[Citation, ...] = ()
    calls: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    own: frozenset[int] = frozenset()
    unsourced: tuple[tuple[int, int], ...] = ()
    heads: Mapping[int, str] = field(default_factory=dict)
    ready: Ready | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


# ----------------------------------------------------------------------------------------------------- arrange


class Style(StrEnum):
    """How a run of text is set."""

    PLAIN = "plain"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    SMALL_CAPS = "smallcaps"
    SPEAKER = "speaker"
    STAGE = "stage"
    CODE = "code"
    LINK = "link"
    SIDENOTE = "sidenote"


@dataclass(frozen=True, slots=True)
class Run:
    """Running text in one style. ``lang`` is a BCP 47 tag where it differs from the book's."""

    text: str
    style: Style = Style.PLAIN
    lang: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that the author meant (verse, an address)."""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The place where the note with this id is called."""

    note: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation of a work in running text or in a note.

    ``page`` is what stands before page numbers in the book's language; ``more``: other citations at the same place;
    ``before``: words in front of it ("See").
    """

    work: str
    locator: str = ""
    page: str = "p."
    more: tuple[Cite, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page of the source's own edition begins; prints nothing."""

    page: str


PRIVATE = "\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""The characters, in a pattern, that may stand for a call, a page mark or a citation while text is still text."""


def free_marks(texts: Iterable[str]) -> Iterator[str]:
    """Yield the private characters, one after the other, that stand in none of ``texts``: no text can be a mark."""
    taken = set(re.findall(f"[{PRIVATE}]", "\n".join(texts)))
    for first in (0xF0000, 0x100000):
        yield from (chr(code) for code in range(first, first + 0xFFFE) if chr(code) not in taken)


OPENS = {
    "\ufdd0": Style.EMPHASIS,
    "\ufdd2": Style.STRONG,
    "\ufdd4": Style.SMALL_CAPS,
    "\ufdd6": Style.CODE,
    "\ufdda": Style.SPEAKER,
    "\ufddc": Style.STAGE,
    "\ufde0": Style.SIDENOTE,
}
"""The marks that open a style while text is still text; each is closed by the character after it. They are
noncharacters, which Unicode keeps for such internal use; :mod:`pipeline.repair` has taken them out of the source."""

_MARKS = str.maketrans(dict.fromkeys((*OPENS, *(chr(ord(mark) + 1) for mark in OPENS))))
_MARKED = re.compile(f"[{''.join(map(chr, _MARKS))}]")


def unstyled(text: str) -> str:
    """Return a text without the marks of styles: its words."""
    return text.translate(_MARKS) if _MARKED.search(text) else text


NEW_LINE = "\ufdde"
"""The mark of a line end that the author meant, before the first word of the new line: no joining takes it away."""

Inline = Run | LineBreak | NoteCall | Cite | PageMark


class Kind(StrEnum):
    """What a block is; the class that it carries in ``book.md``."""

    PARAGRAPH = "paragraph"
    RUBRIC = "rubric"
    ATTRIBUTION = "attribution"
    TURN = "turn"
    SPOKEN = "spoken"
    LETTER = "letter"
    TITLE_PAGE = "old-title-page"
    VERSE = "verse"
    SEPARATOR = "separator"
    CAPTION = "caption"
    TABLE = "table"
    QUOTE = "quote"
    STAGE = "stage"
    NOTE = "note"


RAISED_SIGNS = dict(zip("0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
"""Figures and letters that stand raised, as what calls a note does; of the alphabet only q has no such sign."""
UNPRINTED = frozenset({"emptied", "old-title-page"})
"""Classes of what only ``book.md`` keeps: headings over notes that stand at their calls, the old title page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or anything else that stands by itself. ``lines``: the source lines it was made from."""

    kind: Kind
    inlines: tuple[Inline, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its own blocks, and lists inside it. ``marker`` is what the source had ("3.", "b)", "–")."""

    marker: str
    blocks: tuple[Block | ItemList, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list. ``style``: decimal, lower-alpha, upper-alpha, lower-roman, upper-roman, bullet or plain."""

    style: str
    start: int
    delimiter: str
    items: tuple[Item, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    header: bool
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 opens a division. ``emptied``: it named notes that now stand at their calls."""

    level: int
    inlines: tuple[Inline, ...]
    id: str
    lines: tuple[int, ...]
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """Blocks taken from one published source, and the note with its citation (``None``: the source is not known)."""

    blocks: tuple[Block | ItemList | Table, ...]
    note: str | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """A text whose parts its own markup names, as blocks of Pandoc's AST. ``lines``: the source lines it was made from.

    ``mended``: what words with damaged letters are when mended; ``notes``: how many notes stand in it. Of a document,
    by the number of a line, ``set_off``: which of its words are in italics or bold; ``signs``: what would stand before
    it in Markdown.
    """

    nodes: tuple[dict[str, Any], ...]
    lines: tuple[int, ...]
    mended: Mapping[str, str] = field(default_factory=dict)
    notes: int = 0
    set_off: Mapping[int, tuple[tuple[str, Style], ...]] = field(default_factory=dict)
    signs: Mapping[int, str] = field(default_factory=dict)


Element = Heading | Extract | Block | ItemList | Table | Ready


@dataclass(frozen=True, slots=True)
class Note:
    """A note, called by its id. ``lines``: the source lines that it was made from."""

    id: str
    blocks: tuple[Block, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The book, arranged: elements in reading order, notes by id, works by id.

    ``uncited``: works that the bibliography has though nothing cites them, for the source lists them.
    """

    title: str
    elements: tuple[Element, ...]
    notes: Mapping[str, Note] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    uncited: tuple[str, ...] = ()


# ----------------------------------------------------------------------------------------- the record of changes


class ChangeKind(StrEnum):
    """Why words of the source do not stand in the book as they stood in the source."""

    REPAIRED = "repaired"  # damaged letters mended
    JOINED = "joined"  # a word broken at the line's end made whole
    RESTYLED = "restyled"  # a citation set in another style
    RELABELLED = "relabelled"  # a list number, note label or sign of markup that the typesetter now sets
    MOVED = "moved"  # a note taken from where it stood to its call
    LEFT_OUT = "left out"  # furniture and contents, of which the book has no need: they stand in it elsewhere
    LISTED = "listed"  # a work that stands in the bibliography
    SET_ASIDE = "set aside"  # no text of the book: what a file says of itself, or what a person rules out


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a line leaves the book, and what that says of the text around it.

    ``kind``: LEFT_OUT, LISTED or SET_ASIDE; ``why``: what an editor would say. ``edge``: it stands at the head or foot
    of its page, and what goes on below it goes on without a gap; ``turns``: it may say which page of the source
    begins; ``picture``: it names a picture that the text does not have.
    """

    kind: ChangeKind = ChangeKind.LEFT_OUT
    why: str = "It was taken for no part of the book."
    edge: bool = False
    turns: bool = False
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the record: ``before`` stood on the source line and is not looked for; ``after`` is, in its place.

    For MOVED lines both are the same words, to be found among the notes. What is LEFT_OUT, LISTED or SET_ASIDE is
    counted apart; what is LEFT_OUT or LISTED is looked for where it should stand. ``place``: about how many words stand
    before it on its line, for where the same words stand there several times; -1: it is the first of them.
    """

    line: int
    kind: ChangeKind
    before: str
    after: str
    why: str
    place: int = -1


# ------------------------------------------------------------------------------------------------------- print


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the text begins, in terms that every edition made from the same ``book.md`` has.

    ``label`` is the folio. The page begins ``words`` words (split at white space, notes and their calls left
    out) after the start of the division, section or extract whose id in ``book.md`` is ``after``; a word broken
    over two pages belongs to the first.
    """

    label: str
    after: str
    words: int
