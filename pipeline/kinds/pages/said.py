"""Said: what the file itself says of its rows, by its structure tree and its bookmarks, as far as the page agrees.

A tree is believed if it has nearly all of the text, and if its blocks hardly ever begin where a sentence runs on inside
a page: programs that write a tree often make a paragraph of each row. Bookmarks are believed if most of them say what
a row says on the page they lead to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.kinds.pages.leaves import Row, folio

__all__ = ["Said", "said"]

_WHOLE = 0.9  # of the rows of text are in the tree of a tagged file
_TORN = 0.05  # of the places where a sentence runs on; more blocks that begin there are no paragraphs
_LED = 0.5  # of the bookmarks say what a row says
_HEADINGS = 2  # in a tree; with fewer, its maker did not tell headings from paragraphs
_TOP, _FOOT = 3, 2  # rows of a page among which its running head, its folio stand
_BLOCKS = {
    "P": ("para", "verse", "drama", "stage", "letter", "quote", "item", "caption"),
    "Quote": ("quote", "verse", "letter", "para"),
    "Item": ("item",),
    "Caption": ("caption",),
    "Table": ("table",),
}
_LINES = ("verse", "letter", "table")  # each row may be a block of its own within an element


@dataclass(frozen=True, slots=True)
class Said:
    """What the file says.

    ``artifacts``: lines that are none of the text, each with its rule; ``contents``: lines of its lists of contents;
    ``notes``: the rows of each note; ``levels``: how deep the headings lie, by line; ``tree``: whether the tree is
    believed; ``headings``: whether it tells headings from paragraphs.
    """

    artifacts: Mapping[int, str]
    contents: frozenset[int]
    notes: tuple[tuple[Row, ...], ...]
    levels: Mapping[int, int]
    tree: bool
    headings: bool

    def may_be(self, rows: Sequence[Row]) -> Mapping[int, tuple[str, ...]]:
        """Return for the rows of running text, by place, the labels that the file allows; without: any."""
        out: dict[int, tuple[str, ...]] = {}
        for at, row in enumerate(rows):
            look, above = row.look, rows[at - 1].look if at else None
            if look is None:
                continue
            goes_on = above is not None and above.block == look.block
            if row.number in self.levels and (look.entry or look.tag.startswith("H")):
                same = above is not None and (above.entry == look.entry if look.entry else goes_on)
                out[at] = ("heading+" if same else "heading",)
            elif self.tree and look.tag in _BLOCKS:
                labels = _BLOCKS[look.tag]
                if look.tag == "P" and not self.headings:
                    labels = (*labels, "heading")
                lines = tuple(label for label in labels if label in _LINES)
                out[at] = (*(f"{label}+" for label in labels), *lines) if goes_on else labels
        return out


def said(pages: Sequence[Sequence[Row]]) -> Said:
    """Say what the file says of the rows of its pages."""
    rows = [row for page in pages for row in page]
    tree = _is_believed(pages)
    named = {row.look.entry for row in rows if row.look and row.look.entry}
    marks = len(named) >= _LED * max(named, default=1)
    artifacts: dict[int, str] = {}
    notes: dict[int, list[Row]] = {}
    for page in pages if tree else ():
        artifacts |= _artifacts(page)
        for row in page:
            if row.look and row.look.tag == "Note":
                notes.setdefault(row.look.block, []).append(row)
    levels: dict[int, int] = {}
    blocks: set[int] = set()
    for row in rows:
        if row.look and tree and row.look.tag[:1] == "H" and row.number not in artifacts:
            levels[row.number] = int(row.look.tag[1:] or 0)
            blocks.add(row.look.block)
        elif row.look and marks and row.look.entry and (not tree or row.look.tag in ("", "P")):
            levels[row.number] = row.look.level
    listed = frozenset(row.number for row in rows if tree and row.look and row.look.tag == "Contents")
    headings = len(blocks) >= _HEADINGS
    return Said(artifacts, listed, tuple(map(tuple, notes.values())), levels, tree, headings)


def _is_believed(pages: Sequence[Sequence[Row]]) -> bool:
    inner = [row for page in pages for row in page[_TOP : max(_TOP, len(page) - _FOOT)] if row.look]
    within = sum(bool(row.look and row.look.tag) for row in inner)
    if not inner or within < _WHOLE * len(inner):
        return False
    runs_on = [
        (row.look, after.look)
        for row, after in pairwise(inner)
        if row.look and after.look and row.page == after.page and row.number + 1 == after.number
        if row.look.size == after.look.size and row.words[-1:].isalpha() and after.words[:1].islower()
    ]
    return sum(one.block != other.block for one, other in runs_on) <= _TORN * len(runs_on)


def _artifacts(page: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield the lines at the edges of a page that are in no element, each with its rule."""
    for rows in (page[:_TOP], page[: -_FOOT - 1 : -1]):
        for row in rows:
            if row.look is None or row.look.tag not in ("", "Artifact"):
                break
            yield row.number, "folio" if folio(row.words) else "running-head-artifact"
