"""The words of a text as one of Pandoc's readers took it apart: its paragraphs, headings, rows and notes, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.model import Role, Style
from pipeline.words import APART

Node = dict[str, Any]

__all__ = ["Leaf", "is_break", "leaves", "nodes_of", "plain", "rows_of", "without_program"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A paragraph, heading or cell: what it is, how deep, its words; ``note``: which note it belongs to, from 1.

    ``text``: a line for each that the document has, where lines were broken by hand; ``set_off``: those of its words
    that are set off, and how; ``sign``: what would stand before it in Markdown; ``goes_on``: the leaf above is of the
    same quotation.
    """

    role: Role
    text: str
    level: int = 0
    note: int = 0
    set_off: tuple[tuple[str, Style], ...] = ()
    sign: str = ""
    goes_on: bool = False


# ------------------------------------------------------------------------------------------------- the words


def plain(node: Any, notes: bool = False, apart: bool = False) -> str:
    """Return the words of inline nodes; those of notes only where they are asked for.

    ``apart``: what is raised or lowered is no part of the word that it touches, and lines stay lines.
    """
    if isinstance(node, list):
        return "".join(plain(one, notes, apart) for one in node)
    if not isinstance(node, dict):
        return ""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        return str(content)
    broken = kind == "LineBreak" or (kind == "RawInline" and is_break(content))
    if broken or kind in ("Space", "SoftBreak"):
        return "\n" if apart and broken else " "
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind in ("RawInline", "RawBlock") or (kind == "Note" and not notes):
        return ""
    if kind in ("Quoted", "Span", "Link", "Image", "Cite"):
        return plain(content[1], notes, apart)
    words = plain(content, notes, apart)
    return f" {words} " if apart and words and kind in APART else words


def leaves(blocks: Sequence[Node]) -> list[Leaf]:
    """Return the leaves of a text in order, those of each note behind the leaf that calls it."""
    lowest = min((node["c"][0] for node in nodes_of(blocks) if node["t"] == "Header"), default=1)
    return [leaf for leaf in _leaves(blocks, Role.PARAGRAPH, lowest, [0], 0) if leaf.text.strip()]


_STYLES = {"Emph": Style.EMPHASIS, "Strong": Style.STRONG}
_SIGNS = {Role.QUOTE: "> ", Role.ITEM: "- "}


def _leaves(blocks: Sequence[Node], role: Role, lowest: int, count: list[int], note: int) -> Iterator[Leaf]:
    def leaf(inlines: Any, own: Role, level: int = 0, sign: str = "") -> Iterator[Leaf]:
        set_off = tuple(
            (" ".join(plain(one).split()), _STYLES[one["t"]]) for one in nodes_of(inlines) if one["t"] in _STYLES
        )
        sign = sign or _SIGNS.get(own, "")
        yield Leaf(Role.NOTE if note else own, plain(inlines, apart=True), level, note, set_off, sign)
        for inner in _notes(inlines):
            count[0] += 1
            yield from _leaves(inner["c"], Role.NOTE, lowest, count, count[0])

    for node in blocks:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind in ("Para", "Plain"):
            yield from leaf(content, role)
        elif kind == "Header":
            level = content[0] - lowest + 1
            own, deep = (Role.TITLE, 0) if level == 1 else (Role.HEADING, level)
            yield from leaf(content[2], own, deep, f"{'#' * min(level, 6)} ")
        elif kind == "CodeBlock":
            for row in content[1].split("\n"):
                yield Leaf(Role.NOTE if note else role, row, 0, note)
        elif kind == "LineBlock":
            for row in content:
                yield from leaf(row, Role.VERSE)
        elif kind == "BlockQuote":
            for n, one in enumerate(_leaves(content, Role.QUOTE, lowest, count, note)):
                yield replace(one, goes_on=n > 0)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from _leaves(item, Role.ITEM, lowest, count, note)
        elif kind == "DefinitionList":
            for term, meanings in content:
                yield from leaf(term, Role.ITEM)
                for meaning in meanings:
                    yield from _leaves(meaning, Role.ITEM, lowest, count, note)
        elif kind == "Div":
            yield from _leaves(content[1], role, lowest, count, note)
        elif kind == "Figure":
            yield from _leaves(content[2], role, lowest, count, note)
            yield from _leaves(content[1][1], Role.CAPTION, lowest, count, note)
        elif kind == "Table":
            yield from _leaves(content[1][1], Role.CAPTION, lowest, count, note)
            for row in rows_of(content):
                yield from _row([list(_leaves(cell[4], Role.TABLE, lowest, count, note)) for cell in row], note)


def _row(cells: Sequence[Sequence[Leaf]], note: int) -> Iterator[Leaf]:
    """Yield a row of a table as one leaf, its cells parted by bars, and the notes that it calls."""
    own = [[leaf for leaf in cell if leaf.note == note] for cell in cells]
    text = " | ".join(" ".join(" ".join(leaf.text.split()) for leaf in cell) for cell in own)
    if any(own):
        role = Role.NOTE if note else Role.TABLE
        yield Leaf(role, text, 0, note, tuple(one for cell in own for leaf in cell for one in leaf.set_off))
    yield from (leaf for cell in cells for leaf in cell if leaf.note != note)


def is_break(raw: Sequence[str]) -> bool:
    """Tell whether HTML within a line (its format and its code) breaks the line."""
    return raw[0] == "html" and _BREAK.fullmatch(raw[1].strip()) is not None


def rows_of(table: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the rows of a table, head, bodies and foot, each a list of cells."""
    yield from (row[1] for row in table[3][1])
    for body in table[4]:
        yield from (row[1] for row in (*body[2], *body[3]))
    yield from (row[1] for row in table[5][1])


def nodes_of(node: Any) -> Iterator[Node]:
    """Yield every node in a tree of them, the outer before the inner."""
    if isinstance(node, list):
        for one in node:
            yield from nodes_of(one)
    elif isinstance(node, dict):
        yield node
        yield from nodes_of(node.get("c"))


def _notes(inlines: Any) -> Iterator[Node]:
    """Yield the notes that are called in inline nodes, but not those called in notes."""
    if isinstance(inlines, list):
        for one in inlines:
            yield from _notes(one)
    elif isinstance(inlines, dict):
        if inlines["t"] == "Note":
            yield inlines
        else:
            yield from _notes(inlines.get("c"))


_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PROGRAM = frozenset({"todo", "done", "tag"})  # classes of what Org keeps beside the words of a heading
_CALLED = re.compile(r"\[![A-Za-z]+\][-+]?")
_ANCHOR = re.compile(r"\^[A-Za-z\d][A-Za-z\d-]*")
_NAMESPACE = re.compile(
    r"^:?(?:category|kategorie|catégorie|categor[ií]a|categoria|категория|kategoria|分类|カテゴリ):", re.I
)


def without_program(blocks: Sequence[Node], form: str) -> list[Node]:
    """Return the blocks of a text without what its markup says only to a program.

    That is the state and the tags of Org's headings, a wiki's categories, and at a wiki page's end the heading under
    which it would print the notes.
    """
    if form == "Markdown":
        blocks = [node for node in _of_notes(list(blocks)) if not _is_comment(node)]
    kept = [node for node in _without_spans(list(blocks)) if not (form == "wiki text" and _is_category(node))]
    while form == "wiki text" and (last := [n for n, node in enumerate(kept) if node["t"] != "RawBlock"][-1:]):
        if kept[last[0]]["t"] != "Header":
            break
        kept.pop(last[0])
    return kept


def _is_comment(node: Node) -> bool:
    """Tell whether a paragraph is a comment, which Obsidian shows to nobody: "%% ask Ruth %%"."""
    if node["t"] not in ("Para", "Plain") or not node["c"]:
        return False
    first, last = node["c"][0], node["c"][-1]
    opens = first["t"] == "Str" and first["c"].startswith("%%")
    return opens and last["t"] == "Str" and last["c"].endswith("%%") and (first is not last or len(first["c"]) > 4)


def _without_spans(node: Any) -> Any:
    if isinstance(node, list):
        inner = [one for one in node if not (isinstance(one, dict) and _is_program(one))]
        if len(inner) < len(node):
            while inner and inner[-1]["t"] == "Space":
                inner.pop()
            while inner and inner[0]["t"] == "Space":
                inner.pop(0)
        return [_without_spans(one) for one in inner]
    return {key: _without_spans(value) for key, value in node.items()} if isinstance(node, dict) else node


def _of_notes(node: Any) -> Any:
    """Take off what programs for notes add to Markdown: "…under load. ^block1", by which others link to a paragraph.

    Of a quotation that is called something ("[!quote] The riggers") the rest of that line is its heading.
    """
    if isinstance(node, list):
        return [_of_notes(one) for one in node]
    if not isinstance(node, dict):
        return node
    content: Any = node.get("c")
    if node["t"] in ("Para", "Plain", "Header"):
        inlines = content[2] if node["t"] == "Header" else content
        named = len(inlines) > 2 and inlines[-2]["t"] in ("Space", "SoftBreak") and inlines[-1]["t"] == "Str"
        if named and _ANCHOR.fullmatch(inlines[-1]["c"]):
            return {**node, "c": [*content[:2], inlines[:-2]] if node["t"] == "Header" else inlines[:-2]}
        return node
    if node["t"] == "BlockQuote" and content and content[0]["t"] == "Para" and _is_called(content[0]["c"]):
        inlines = content[0]["c"]
        ends = next((n for n, one in enumerate(inlines) if one["t"] in ("SoftBreak", "LineBreak")), len(inlines))
        head = [{"t": "Para", "c": [{"t": "Strong", "c": inlines[2:ends]}]}] if inlines[2:ends] else []
        rest = [{"t": "Para", "c": inlines[ends + 1 :]}] if inlines[ends + 1 :] else []
        return {**node, "c": [*head, *_of_notes([*rest, *content[1:]])]}
    return {key: _of_notes(value) for key, value in node.items()}


def _is_called(inlines: Sequence[Node]) -> bool:
    return bool(inlines) and inlines[0]["t"] == "Str" and _CALLED.fullmatch(inlines[0]["c"]) is not None


def _is_program(node: Node) -> bool:
    """Tell whether a node says something only to a program; a note without words is a call of one that is nowhere."""
    return (node["t"] == "Span" and bool(_PROGRAM & set(node["c"][0][1]))) or (node["t"] == "Note" and not node["c"])


def _is_category(node: Node) -> bool:
    """Tell whether a paragraph has nothing but links to categories."""
    if node["t"] not in ("Para", "Plain"):
        return False
    inline = [one for one in node["c"] if one["t"] not in ("Space", "SoftBreak", "LineBreak")]
    return bool(inline) and all(one["t"] == "Link" and _NAMESPACE.match(plain(one)) for one in inline)
