"""Tagged: what a PDF says of its text itself, in its structure tree and its bookmarks.

A tagged PDF has each piece of text in an element (ISO 32000-2, 14.8): a heading, a paragraph, a note. Pieces that are
in none are artifacts of the page, such as running heads. A bookmark names a heading and how deep it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

__all__ = ["Element", "Entry", "elements", "entries", "is_empty", "named_rows"]

_INLINE = frozenset(  # what stands within a line (ISO 32000-2, 14.8.4.7)
    {"Span", "Link", "Reference", "Lbl", "Em", "Strong", "Quote", "Annot", "Sub", "BibEntry", "Code"}
    | {"Ruby", "RB", "RT", "RP", "Warichu"}
)
_KINDS = {  # of an element within another the outer one's counts, in this order
    "Note": frozenset({"Note", "FENote"}),
    "Contents": frozenset({"TOC", "TOCI"}),
    "Caption": frozenset({"Caption"}),
    "Table": frozenset({"Table"}),
    "Item": frozenset({"L"}),
    "Quote": frozenset({"BlockQuote"}),
}
_HEADING = re.compile(r"H[1-6]?$|Title$")
_DEEPEST = 200  # elements within one another; a tree that is deeper turns in a circle
_ROWS = 6  # of one heading
_SHORT = 2  # letters; a name with fewer says too little without its figures


@dataclass(frozen=True, slots=True)
class Element:
    """A block of the structure tree: its number, and its kind ("H1" to "H6", "P", "Note" …)."""

    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark: what it says, the page (from 0) and the height in points it leads to, and its depth from 1."""

    title: str
    page: int
    height: float
    level: int


def elements(data: bytes) -> Mapping[tuple[int, int], Element]:
    """Return the elements of a PDF by page (from 0) and mark of their content; none where it is not tagged."""
    out: dict[tuple[int, int], Element] = {}
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            root = pdf.Root.get("/StructTreeRoot")
            if isinstance(root, pikepdf.Dictionary):
                pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
                roles = root.get("/RoleMap", pikepdf.Dictionary())
                for page, mark, element in _marks(root, roles, (), None, [0], set()):
                    if page in pages:
                        out[pages[page], mark] = element
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, AttributeError):
        return {}  # a tree that is damaged says nothing; what the pages show is read all the same
    return out


def is_empty(data: bytes) -> bool:
    """Tell whether a file is a sound PDF, but without a page.

    Raises:
        pikepdf.PasswordError: for one that is locked.

    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return "/Pages" in pdf.Root and "/Kids" in pdf.Root.Pages and not len(pdf.pages)
    except pikepdf.PasswordError:
        raise
    except (pikepdf.PdfError, AttributeError):
        return False


_Place = tuple[int, int]


def _marks(
    node: pikepdf.Dictionary,
    roles: pikepdf.Object,
    path: tuple[str, ...],
    block: Element | None,
    count: list[int],
    known: set[_Place],
) -> Iterator[tuple[_Place, int, Element]]:
    """Yield the marks below a node, with the page they stand on and the block they belong to.

    ``known``: the nodes that were met. In a tree each has one parent; sixty nodes that name the next one twice would
    be walked for ever.
    """
    if len(path) > _DEEPEST or (node.is_indirect and node.objgen in known):
        raise ValueError("the structure tree turns in a circle")
    known.add(node.objgen)
    if "/S" in node:
        name = _role(str(node.S), roles)
        if name not in _INLINE or block is None:
            outer = next((kind for kind, names in _KINDS.items() if names & set(path)), "")
            if outer == "Note" and block is not None:
                pass  # a note is one, however many paragraphs it has
            else:
                count[0] += 1
                block = Element(count[0], _kind((*path, name)))
        path = (*path, name)
    page = node["/Pg"].objgen if "/Pg" in node else (0, 0)
    kids = node.get("/K", pikepdf.Array())
    each: list[Any] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]  # marks come as int
    for kid in each:
        if isinstance(kid, int):
            if block is not None:
                yield page, kid, block
        elif isinstance(kid, pikepdf.Dictionary):
            if "/MCID" in kid:
                if block is not None:
                    yield (kid["/Pg"].objgen if "/Pg" in kid else page), int(kid.MCID), block
            elif "/S" in kid:
                yield from _marks(kid, roles, path, block, count, known)


def _role(name: str, roles: pikepdf.Object) -> str:
    """Return the standard name of a kind of element: a file may name its own."""
    for _ in range(4):
        if name not in roles:
            break
        name = str(roles[name])
    return name.lstrip("/")


def _kind(path: Sequence[str]) -> str:
    inner = set(path)
    for kind, names in _KINDS.items():
        if names & inner:
            return kind
    if heading := next((name for name in reversed(path) if _HEADING.match(name)), ""):
        return heading
    return "Artifact" if "Artifact" in inner else "P"


def entries(document: pypdfium2.PdfDocument) -> Iterator[Entry]:
    """Yield the bookmarks of a PDF that lead to a page."""
    for mark in document.get_toc():
        target = mark.get_dest()
        page = target.get_index() if target else None
        if page is not None and target:
            _, place = target.get_view()
            yield Entry(mark.get_title(), page, place[1] if len(place) > 1 else 0.0, mark.level + 1)


def named_rows(entry: Entry, rows: Sequence[str], heights: Sequence[float]) -> range:
    """Return the places of the rows of a page that together say what an entry says, the nearest to where it leads.

    Args:
        entry: of the bookmarks.
        rows: what the rows of its page say.
        heights: where they stand, in points.

    """
    wanted = _letters(entry.title)
    figures = len(wanted) < _SHORT
    wanted = _letters(entry.title, figures=True) if figures else wanted
    found: list[range] = []
    for at in range(len(rows)) if wanted else ():
        said = ""
        for end in range(at, min(at + _ROWS, len(rows))):
            said += _letters(rows[end], figures=figures)
            if said == wanted:
                found.append(range(at, end + 1))
            if not wanted.startswith(said) or said == wanted:
                break
    return min(found, key=lambda rows: abs(heights[rows[0]] - entry.height), default=range(0))


def _letters(text: str, *, figures: bool = False) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha() or (figures and sign.isalnum()))
