"""The shelf: how paragraphs were measured, each by its content, for all that ask and for the next build.

A paragraph is measured with what the style sheets may ask about it: the elements that it lies in, and those right
before and behind it, as empty shells. So its shape depends on nothing else, whatever is measured together with it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement

from pipeline import standing
from pipeline.drawer import Drawer
from pipeline.print.boxes import Line, Shape

MEASURED = "data-measured"  # attribute of an element whose shape is asked for
ONE_FLOW = "body * { break-before: auto !important; break-after: auto !important; page: auto !important }"
"""Nothing that is measured begins a page: shells would begin hundreds."""

MOST = 20_000  # blocks on one shelf; those that this build did not ask for go first
RUN = 8  # elements that are measured together, about; each run costs what stands around it once more
_OPENED = frozenset({"body", "main", "section", "div"})  # elements whose parts are measured run by run
_VOID = frozenset({"br", "hr", "img", "wbr"})


@dataclass(frozen=True, slots=True)
class Block:
    """Something to measure: its HTML, in which the elements asked for are numbered from 0, and their own names."""

    html: str
    names: tuple[str, ...]


def blocks(elements: Iterable[HtmlElement]) -> Iterator[Block]:
    """Cut what is to be measured into blocks that do not depend on each other; what is not asked for is left out."""
    for element in elements:
        yield from _blocks(element, "", "")


def _blocks(element: HtmlElement, before: str, behind: str) -> Iterator[Block]:
    if not _is_opened(element):
        if _asked(element):
            yield _block([element], before, behind)
        return
    tag = "div" if element.tag == "body" else str(element.tag)
    opening, closing = f"{before}<{tag}{_attributes(element)}>", f"</{tag}>{behind}"
    parts = [part for part in element if isinstance(part.tag, str)]
    for first, last in _runs(parts):
        above = _shell(parts[first - 1]) if first else ""
        below = _shell(parts[last]) if last < len(parts) else ""
        if last - first == 1:
            yield from _blocks(parts[first], opening + above, below + closing)
        elif any(map(_asked, parts[first:last])):
            yield _block(parts[first:last], opening + above, below + closing)


def _is_opened(element: HtmlElement) -> bool:
    if element.tag not in _OPENED or element.get(MEASURED) is not None:
        return False
    return element.tag != "div" or len(_asked(element)) > RUN


def _runs(parts: Sequence[HtmlElement]) -> Iterator[tuple[int, int]]:
    """Yield where runs of elements begin and end that are measured together.

    A run ends behind an element of which its own content decides it: so an element that comes or goes changes one run.
    """
    first = 0
    for number, part in enumerate(parts):
        if _is_opened(part):
            if first < number:
                yield first, number
            yield number, number + 1
            first = number + 1
        elif _asked(part) and int(standing.digest(part.text_content())[:4], 16) % RUN == 0:
            yield first, number + 1
            first = number + 1
    if first < len(parts):
        yield first, len(parts)


def _asked(element: HtmlElement) -> list[HtmlElement]:
    return [part for part in element.iter() if isinstance(part.tag, str) and part.get(MEASURED) is not None]


def _block(elements: Sequence[HtmlElement], before: str, behind: str) -> Block:
    """Return ``elements`` as a block; what is not asked for among them is a shell."""
    names: list[str] = []
    text = ""
    for element in elements:
        asked = _asked(element)
        if not asked:
            text += _shell(element)
            continue
        own = [part.get(MEASURED, "") for part in asked]
        for number, part in enumerate(asked, len(names)):
            part.set(MEASURED, str(number))
        text += lxml.html.tostring(element, encoding="unicode", with_tail=False)
        for name, part in zip(own, asked, strict=True):
            part.set(MEASURED, name)
        names += own
    return Block(f"<div>{before}{text}{behind}</div>", tuple(names))


def _shell(element: HtmlElement) -> str:
    tag = str(element.tag)
    return f"<{tag}{_attributes(element)}>" + ("" if tag in _VOID else f"</{tag}>")


def _attributes(element: HtmlElement) -> str:
    return "".join(
        f' {name}="{html.escape(str(value))}"'
        for name, value in element.attrib.items()
        if name not in (MEASURED, "id")  # a name is given once
    )


class Shelf:
    """The shapes of blocks under one set of rules; ``key`` tells the rules, the faces and the engine."""

    def __init__(self, key: str) -> None:
        self._drawer = Drawer("shapes", key, MOST)
        self._known: dict[str, list[Shape | None]] = {}

    def shapes(self, block: Block) -> list[Shape | None] | None:
        """Return the shapes of the elements asked for in ``block``, if it was measured before."""
        name = standing.digest(block.html)
        found = self._known.get(name)
        if found is None and (row := self._drawer.find(name)) is not None:
            found = self._known[name] = [_shape(shape) for shape in json.loads(row)]
        return found

    def put(self, block: Block, shapes: list[Shape | None]) -> None:
        """Put the shapes of a block on the shelf."""
        name = standing.digest(block.html)
        self._known[name] = shapes
        self._drawer.put(name, json.dumps([_row(shape) for shape in shapes], separators=(",", ":")))

    def keep(self) -> None:
        """Keep what is on the shelf for the next build."""
        self._drawer.keep()


def _row(shape: Shape | None) -> list[object] | None:
    return (
        [shape.width, shape.indent, [[line.letters, line.hyphenated, line.gap, line.spaces] for line in shape.lines]]
        if shape
        else None
    )


def _shape(row: tuple[float, float, list[tuple[int, bool, float, list[int]]]] | None) -> Shape | None:
    return row and Shape(row[0], row[1], [Line(*line[:3], tuple(line[3])) for line in row[2]])
