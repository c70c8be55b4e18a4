"""The words of a PDF as a screen reader says them, held against ``book.md`` as Pandoc sets it.

The other proof (``pdf``) reads what was printed and looks for the words of the source in it. This one reads the tags,
and wants them equal to the book, word by word: text, notes and bibliography, each as a stream of its own. A word that
the tags lack, say twice or out of order, two words said as one, a broken word that keeps our hyphen or an author's
hyphen that is gone: all of that is a difference.
"""

from __future__ import annotations

import io
import json
import re
import struct
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import lxml.html
import pikepdf
from lxml.html import HtmlElement

from pipeline import standing
from pipeline.drawer import Drawer
from pipeline.forms.elements import NOTES, is_block
from pipeline.forms.works import WORKS
from pipeline.model import UNPRINTED
from pipeline.report import Report

UNSEEN = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SET_OFF = re.compile(r"\s+(?=[;:!?»])|(?<=«)\s+")
"""Spaces that a house may put between signs and their words, or not."""
HYPHENS = str.maketrans("\u2010\u2011", "--")
MOST = 3_000  # pages of which it is kept together what they mark; those that this book has not go first
SHOWN = 6  # words of a difference that are shown

PARAGRAPHS = frozenset(
    ["P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "Lbl", "LBody", "BibEntry", "TD", "TH", "Caption", "BlockQuote"]
) | {"Sect", "Div", "Note"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a book, case folded, signs kept: its text, its notes, and its bibliography."""

    text: tuple[str, ...]
    notes: tuple[tuple[str, ...], ...]
    works: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.text) + sum(map(len, self.notes)) + len(self.works)


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two streams differ: which stream, the words of the book, and those of the tags."""

    stream: str
    book: str
    tags: str


def check_tags(pdf: bytes, own: Collection[int], html: str, report: Report) -> None:
    """Hold the tags of ``pdf`` against ``html``; tell ``report`` each stream that differs.

    Args:
        pdf: the printed book.
        own: the places (from 0) of its pages before the text that are none of ``book.md``.
        html: the book as Pandoc set it, citations and bibliography included.
        report: gets a finding for each difference, and the row of the closing table.

    """
    book, tags = spoken_in_html(html), spoken_in_tags(pdf, own)
    found = list(differences(book, tags))
    for one in found:
        report.find("tags-differ", stream=one.stream, book=one.book, tags=one.tags)
    words = f"differ from book.md in {len(found)} places, see the report" if found else "equal those of book.md"
    report.table.append(("words in the order of the tags", f"{len(tags):,}, {words}"))


def differences(book: Spoken, tags: Spoken) -> Iterator[Difference]:
    """Yield the first difference of each stream."""
    streams = [("the text", book.text, tags.text)]
    for number, (wanted, given) in enumerate(zip_longest(book.notes, tags.notes, fillvalue=()), 1):
        streams.append((f"note {number}", wanted, given))
    streams.append(("the bibliography", book.works, tags.works))
    for name, wanted, given in streams:
        if wanted != given:
            pairs = enumerate(zip_longest(wanted, given))
            first = next(place for place, (here, there) in pairs if here != there)
            start = max(0, first - 2)
            shown = [" ".join(words[start : first + SHOWN]) for words in (wanted, given)]
            yield Difference(name, *shown)


def _words(pieces: Iterable[str]) -> tuple[str, ...]:
    text = _SET_OFF.sub("", UNSEEN.sub("", unicodedata.normalize("NFKC", "".join(pieces)).translate(HYPHENS)))
    return tuple(text.casefold().split())


# ------------------------------------------------------------------------------------------------------- the book


def spoken_in_html(html: str) -> Spoken:
    """Return the words of a book that Pandoc has set as HTML; what only ``book.md`` keeps is not printed."""
    text: list[str] = []
    notes: list[list[str]] = []
    works: list[str] = []

    def read(element: HtmlElement, out: list[str]) -> None:
        if not isinstance(element.tag, str):
            return
        names = element.get("class", "").split()
        if element.get("role") == NOTES:
            for item in element.iter("li"):
                if item.get("id", "").startswith("fn"):
                    notes.append([])
                    inside(item, notes[-1])
            return
        if not (UNPRINTED | {"footnote-ref", "footnote-back", "pagebreak"}).isdisjoint(names):
            return
        if "works" in names:
            out = works
        gap = "\n" if is_block(element) or element.tag == "br" else ""
        out.append(gap)
        inside(element, out)
        out.append(gap)

    def inside(element: HtmlElement, out: list[str]) -> None:
        out.append(element.text or "")
        for child in element:
            read(child, out)
            out.append(child.tail or "")

    read(lxml.html.fragment_fromstring(html, create_parent="main"), text)
    return Spoken(_words(text), tuple(_words(note) for note in notes), _words(works))


# ------------------------------------------------------------------------------------------------------- the tags


def spoken_in_tags(data: bytes, own: Collection[int]) -> Spoken:
    """Return the words of a PDF in the order of its structure tree, without the pages of our ``own`` and indexes."""
    text: list[str] = []
    notes: list[list[str]] = []
    works: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        marked = _Marked(pdf)
        shown: dict[int, dict[int, str]] = {}
        fonts: dict[tuple[int, int], dict[int, str]] = {}

        def content(place: int, number: int) -> str:
            if place not in shown:
                shown[place] = _marked_contents(pdf.pages[place], fonts, marked)
            return shown[place].get(number, "")

        def read(element: Any, place: int, out: list[str], labels: bool) -> None:
            kind = str(element.S)[1:]
            if "/Pg" in element:
                place = places[element.Pg.objgen]
            if kind == "Index" or (kind == "Lbl" and not labels):
                return  # ours, as is the call of a note, but for a space at its end
            call = kind == "Reference" and "/Ref" in element
            whole, out = out, [] if call else out
            if kind == "Note":
                notes.append([])
                out = notes[-1]
            if kind == "L":
                labels = str(element.get("/A", {}).get("/ListNumbering", "")) == "/None"
            gap = "\n" if kind in PARAGRAPHS else ""
            out.append(gap)
            if "/ActualText" in element:
                out.append(str(element.ActualText))
            else:
                for kid in _kids(element):
                    if isinstance(kid, int):
                        out.append(content(place, kid))
                    elif kid.get("/Type") == "/MCR":
                        out.append(content(places[kid.Pg.objgen] if "/Pg" in kid else place, int(kid.MCID)))
                    elif kid.get("/Type") != "/OBJR":
                        read(kid, place, out, labels)
            out.append(gap)
            if call and "".join(out).endswith(" "):
                whole.append(" ")

        (document,) = _kids(pdf.Root.StructTreeRoot)
        for part in _kids(document):
            first = places[part.Pg.objgen]
            if first not in own:
                read(part, first, works if part.get("/ID") == WORKS else text, labels=False)
        marked.keep()
    return Spoken(_words(text), tuple(_words(note) for note in notes), _words(works))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


class _Marked:
    """What the operators of pages mark, kept by all that they are; those of a book together, by those of its first."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        first = pdf.pages[0].obj.get("/Contents") if len(pdf.pages) else None
        name = first.read_bytes() if isinstance(first, pikepdf.Stream) else b""
        self._drawer = Drawer("marked", standing.digest(standing.workshop(), name), MOST)

    def of(self, content: bytes) -> list[_Codes] | None:
        """Return what the operators of a page mark; None where not each of them stands on its line."""
        name = standing.digest(content)
        row = self._drawer.find(name)
        if row is not None:
            return [(number, font, bytes.fromhex(codes)) for number, font, codes in json.loads(row)]
        found = _plain_contents(content)
        if found is not None:
            rows = [(number, font, codes.hex()) for number, font, codes in found]
            self._drawer.put(name, json.dumps(rows, separators=(",", ":")))
        return found

    def keep(self) -> None:
        """Keep all of it for the next build."""
        self._drawer.keep()


def _marked_contents(
    page: pikepdf.Page, fonts: dict[tuple[int, int], dict[int, str]], marked: _Marked
) -> dict[int, str]:
    """Return the text of each marked content of a page, by its number."""
    found: dict[int, list[str]] = {}
    named: dict[str, dict[int, str]] = {}

    def letters_of(name: str) -> dict[int, str]:
        if not name:
            return {}
        if name not in named:
            font = page.Resources.Font[name]
            if font.objgen not in fonts:
                fonts[font.objgen] = _letters_of(font)
            named[name] = fonts[font.objgen]
        return named[name]

    content = page.obj.get("/Contents")
    plain = marked.of(content.read_bytes()) if isinstance(content, pikepdf.Stream) else None
    for number, font, codes in plain if plain is not None else _any_contents(page):
        found.setdefault(number, []).append(_decoded(codes, letters_of(font)))
    return {number: "".join(pieces) for number, pieces in found.items()}


_Codes = tuple[int, str, bytes]
"""The number of a marked content, the name of a font, and codes of letters in it, two bytes each."""


def _plain_contents(content: bytes) -> list[_Codes] | None:
    """Read the operators of a page where each stands on its line, as they are written for us; None where one does not.

    Reading any stream that the standard allows takes four times as long.
    """
    found: list[_Codes] = []
    stack: list[int] = []
    number, font, end = -1, "", 0
    for match in _OPERATORS.finditer(content):
        if match.start() != end:
            return None
        end = match.end()
        kind = match.lastgroup
        if kind == "shown":
            if number >= 0:
                found.append((number, font, bytes.fromhex(_NOT_SHOWN.sub(b"", match["shown"]).decode())))
        elif kind == "font":
            font = match["font"].decode()
        elif kind == "number":
            stack.append(number)
            number = int(match["number"])
        elif kind == "opens":
            stack.append(number)
        elif kind == "closes":
            if not stack:
                return None
            number = stack.pop()
    return found if end == len(content) and not stack else None


_NUMBER = rb"-?+(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)"
_OPERATORS = re.compile(
    rb"""(?: (?: (?: %(number)b [ ] )*
            (?: [qQwmlcvyhSsfFBbnW] | cm | re | f\* | B\* | b\* | W\* | rg | RG | BT | ET | T[dDmscwzLr] | T\* )
            | /[A-Za-z0-9.]++ [ ] gs ) (?: \n | \Z ) )+
    | /[A-Za-z0-9]++ \n << (?: /MCID [ ] (?P<number> [0-9]++ ) | (?P<opens> (?: /[A-Za-z0-9]++ [ ]?+ )* ) ) >>
        \n BDC (?: \n | \Z )
    | (?P<closes> EMC ) (?: \n | \Z )
    | (?P<font> /[A-Za-z0-9]++ ) [ ] %(number)b [ ] Tf (?: \n | \Z )
    | \[ (?P<shown> (?: < (?: [0-9A-Fa-f]{4} )* > | %(number)b )* ) \] [ ] TJ (?: \n | \Z )
    """
    % {b"number": _NUMBER},
    re.VERBOSE,
)
"""Steps of a page: what shows nothing; a marked content with a number or without; its end; a font; letters.

No group is possessive: up to Python 3.11.4 one may fail to match (https://github.com/python/cpython/issues/106052).
"""

_NOT_SHOWN = re.compile(rb"(?:\A|>)[^<]*+(?:<|\Z)")


def _any_contents(page: pikepdf.Page) -> Iterator[_Codes]:
    """Read the operators of any page."""
    stack: list[int | None] = []
    font = ""
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ Tj"):
        operands, operator = instruction.operands, str(instruction.operator)
        match operator:
            case "BDC":
                properties = operands[1]
                stack.append(int(properties.MCID) if "/MCID" in properties else None)
            case "BMC":
                stack.append(None)
            case "EMC":
                stack.pop()
            case "Tf":
                font = str(operands[0])
            case _:
                number = next((mark for mark in reversed(stack) if mark is not None), None)
                if number is not None:
                    strings = operands[0] if operator == "TJ" else operands
                    codes = (bytes(string) for string in strings if isinstance(string, pikepdf.String))
                    yield number, font, b"".join(code[: len(code) // 2 * 2] for code in codes)


def _decoded(codes: bytes, letters: Mapping[int, str]) -> str:
    """Read codes of two bytes, as all fonts of ours have them; a code without a letter is told by U+FFFD."""
    return "".join([letters.get(code, "\ufffd") for code in struct.unpack(f">{len(codes) // 2}H", codes)])


def _letters_of(font: Any) -> dict[int, str]:
    """Read the map from codes to letters that a font carries (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, letter in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be", "replace")
    return found
