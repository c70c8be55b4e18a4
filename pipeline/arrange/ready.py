"""A text that Pandoc's reader took apart, set for the book.

Nothing that reaches out stays: no raw code, no picture from elsewhere, no attribute; a picture leaves its description,
a formula its source, a link to a place in the same file its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.arrange.ids import Ids
from pipeline.arrange.typography import Custom, set_signs
from pipeline.language import signs_for
from pipeline.markup.leaves import is_break, nodes_of, plain, rows_of
from pipeline.model import Book, Ready, free_marks
from pipeline.report import Report

Node = dict[str, Any]

__all__ = ["arrange_ready"]

_ATTR: list[Any] = ["", [], []]
_FENCED: list[Any] = ["", ["code"], []]
_NO_LETTER = "\ufdd9"  # a noncharacter, where a text has all the private characters there are
_WEB = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)
_STYLED = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps"})
_GAPS = ("Space", "SoftBreak", "LineBreak")


def arrange_ready(ready: Ready, title: str, lang: str, report: Report) -> Book:
    """Make the book of a text whose parts its markup names.

    Args:
        ready: the text, taken apart.
        title: of the book.
        lang: its language.
        report: learns what could not stay.

    """
    setter = _Setter(lang, ready.mended)
    nodes = tuple(setter.blocks(ready.nodes))
    for what, times in setter.dropped.items():
        report.find("markup-left-out", what=what, times=times)
    return Book(title, (Ready(nodes, ready.lines, notes=setter.notes),))


@dataclass(slots=True)
class _Setter:
    """Sets the nodes of a text for the book.

    Args:
        lang: the language of the book, for quotation marks and dashes.
        mended: for words that have damaged letters, what they are when mended.

    ``dropped`` counts what could not stay: code, pictures, formulas.

    """

    lang: str
    mended: Mapping[str, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    ids: Ids = field(default_factory=Ids)
    lowest: int = 1
    notes: int = 0

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Return the blocks of a whole text."""
        self.lowest = min((node["c"][0] for node in nodes_of(list(blocks)) if node["t"] == "Header"), default=1)
        return list(self._blocks(blocks))

    def _blocks(self, blocks: Iterable[Node]) -> Iterator[Node]:
        blocks = list(blocks)
        for above, node in zip([None, *blocks], blocks, strict=False):
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind in ("Para", "Plain"):
                if inlines := self.inlines(content):
                    yield {"t": kind, "c": inlines}
            elif kind == "Header":
                yield self._header(content)
            elif kind == "CodeBlock":
                # Set in by spaces, it would go on with the note that stands between it and what is above.
                noted = above is not None and any(one["t"] == "Note" for one in nodes_of([above]))
                yield {"t": "CodeBlock", "c": [_FENCED if noted else _ATTR, self.mended.get(content[1], content[1])]}
            elif kind == "LineBlock":
                yield {"t": "LineBlock", "c": [self.inlines(row) for row in content]}
            elif kind == "BlockQuote":
                yield {"t": "BlockQuote", "c": list(self._blocks(content))}
            elif kind == "BulletList":
                yield {"t": kind, "c": [list(self._blocks(item)) for item in content]}
            elif kind == "OrderedList":
                yield {"t": kind, "c": [content[0], [list(self._blocks(item)) for item in content[1]]]}
            elif kind == "DefinitionList":
                rows = [[self.inlines(term), [list(self._blocks(one)) for one in many]] for term, many in content]
                yield {"t": kind, "c": rows}
            elif kind == "Div":
                yield from self._blocks(content[1])
            elif kind == "Figure":
                yield from self._blocks(content[2])
                if caption := list(self._blocks(content[1][1])):
                    yield {"t": "Div", "c": [["", ["caption"], []], caption]}
            elif kind == "Table":
                yield from self._table(content)
            elif kind == "HorizontalRule":
                yield node
            elif kind == "RawBlock":
                self.dropped["code"] += 1

    def _header(self, content: Sequence[Any]) -> Node:
        level = content[0] - self.lowest + 1
        name = self.ids.of(plain(content[2]))
        classes = ["reset-citation-positions"] if level == 1 else []
        return {"t": "Header", "c": [level, [name, classes, []], self.inlines(content[2])]}

    def _table(self, content: Sequence[Any]) -> Iterator[Node]:
        """Set a table with bars: a paragraph in each cell, as many cells in each row."""
        if caption := list(self._blocks(content[1][1])):
            yield {"t": "Div", "c": [["", ["caption"], []], caption]}
        rows = [[one for cell in row for one in self._cells(cell)] for row in rows_of(content)]
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        made = [[_ATTR, [*row, *(_cell([]) for _ in range(width - len(row)))]] for row in rows]
        heads = min(len(content[3][1]), 1)
        columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * width
        head, body = [_ATTR, made[:heads]], [[_ATTR, 0, [], made[heads:]]]
        yield {"t": "Table", "c": [_ATTR, [None, []], columns, head, body, [_ATTR, []]]}

    def _cells(self, cell: Sequence[Any]) -> Iterator[list[Any]]:
        """Set a cell, and empty ones for the columns over which it goes."""
        inlines: list[Node] = []
        for node in _passages(cell[4]):
            if node["t"] in ("Para", "Plain"):
                inlines += [{"t": "Space"}] if inlines else []
                inlines += [{"t": "Space"} if one["t"] == "LineBreak" else one for one in self.inlines(node["c"])]
            else:
                inlines.append({"t": "Code", "c": [_ATTR, " ".join(node["c"][1].split())]})
        yield _cell(inlines)
        for _ in range(cell[3] - 1):
            yield _cell([])

    def inlines(self, nodes: Sequence[Node]) -> list[Node]:
        """Set a run of inline nodes: what is inside each, then the signs of the run as a whole."""
        return self._signed(list(self._inlines(nodes)))

    def _signed(self, flat: list[Node]) -> list[Node]:
        while flat and flat[-1]["t"] in _GAPS:
            flat.pop()
        kept: list[Node] = []
        text = ""
        place = next(free_marks(node["c"] for node in flat if node["t"] == "Str"), _NO_LETTER)
        for node in flat:
            if node["t"] == "Str":
                text += node["c"]
            elif node["t"] in ("Space", "SoftBreak"):
                text += " "
            else:
                text += place  # the signs are set around it, and it keeps its place among its like
                kept.append(node)
        out: list[Node] = []
        following = iter(kept)
        for part in re.split(f"( |{place})", set_signs(text, self.lang, Custom(), Counter())):
            if part == " ":
                out += [] if out and out[-1]["t"] == "Space" else [{"t": "Space"}]
            elif part == place:
                out.append(next(following))
            elif part:
                out.append({"t": "Str", "c": part})
        return out

    def _inlines(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind == "Str":
                yield {"t": "Str", "c": self.mended.get(content, content)}
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                yield node
            elif kind in _STYLED:
                yield from self._set_off(kind, content)
            elif kind == "Quoted":
                pair = signs_for(self.lang).quotes if content[0]["t"] == "DoubleQuote" else signs_for(self.lang).single
                yield {"t": "Str", "c": pair[0]}
                yield from self._inlines(content[1])
                yield {"t": "Str", "c": pair[1]}
            elif kind == "Code":
                yield {"t": "Code", "c": [_ATTR, self.mended.get(content[1], content[1])]}
            elif kind == "Math":
                self.dropped["formulas"] += 1
                yield {"t": "Code", "c": [_ATTR, " ".join(content[1].split())]}
            elif kind == "Link":
                yield from self._link(content)
            elif kind == "Image":
                self.dropped["pictures"] += 1
                yield from self._inlines(content[1])
            elif kind in ("Span", "Cite"):
                yield from self._inlines(content[1])
            elif kind == "Note":
                self.notes += 1
                inside = ({**one, "t": "Para"} if one["t"] == "Plain" else one for one in self._blocks(content))
                yield {"t": "Note", "c": list(inside)}
            elif kind == "RawInline" and is_break(content):
                yield {"t": "LineBreak"}
            elif kind == "RawInline":
                self.dropped["code"] += 1

    def _set_off(self, style: str, content: Sequence[Node]) -> Iterator[Node]:
        """Set what stands in a style; a space at its edges stands outside of it, as Markdown has it."""
        inside = list(self._inlines(content))
        words = [n for n, node in enumerate(inside) if node["t"] not in _GAPS]
        if not words:
            yield from inside
            return
        yield from inside[: words[0]]
        shown = self._signed(inside[words[0] : words[-1] + 1])
        if style == "SmallCaps":
            yield {"t": "Span", "c": [["", ["smallcaps"], []], shown]}
        else:
            yield {"t": "Emph" if style == "Underline" else style, "c": shown}
        yield from inside[words[-1] + 1 :]

    def _link(self, content: Sequence[Any]) -> Iterator[Node]:
        words = self.inlines(content[1])
        target = content[2][0]
        if _WEB.match(target) and words:
            own = plain(words)  # an address that is a link to itself is read back with a class
            kinds = ["uri"] if own == target else ["email"] if f"mailto:{own}" == target else []
            shown = [{"t": "Str", "c": own}] if kinds else words
            yield {"t": "Link", "c": [["", kinds, []], shown, [target, ""]]}
        else:
            yield from words


def _passages(node: Any) -> Iterator[Node]:
    """Yield the paragraphs and pieces of code of a cell, whatever they stand in; notes on them are theirs."""
    if isinstance(node, list):
        for one in node:
            yield from _passages(one)
    elif isinstance(node, dict):
        if node["t"] in ("Para", "Plain", "CodeBlock"):
            yield node
        else:
            yield from _passages(node.get("c"))


def _cell(content: list[Node]) -> list[Any]:
    return [_ATTR, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": content}] if content else []]
