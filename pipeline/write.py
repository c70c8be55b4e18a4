"""Write: the book becomes Pandoc's AST, and Pandoc writes ``book.md``; the works become ``references.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from pipeline import pandoc
from pipeline.language import words_for
from pipeline.model import (
    Block,
    Book,
    Cite,
    Element,
    Extract,
    Heading,
    Inline,
    ItemList,
    Kind,
    LineBreak,
    Note,
    NoteCall,
    PageMark,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.settings import Settings

Node = dict[str, Any]

_PANDOC_API = [1, 23, 1]
# Tables with bars hold when the label of a note in a cell becomes longer; those with spaces would not.
_MARKDOWN = "markdown-smart-simple_tables-multiline_tables-grid_tables"
_DELIMITERS = {"period": "Period", "paren": "OneParen", "both": "TwoParens"}
_NUMBERS = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}
_FIGURES = re.compile(r"^[\s$£€+±−–-]*\d[\d\s.,%–-]*$")
_SIMPLE_LOCATOR = re.compile(r"^[\dxivlc]+(?:[-–][\dxivlc]+)?(?:, [\dxivlc]+(?:[-–][\dxivlc]+)?)*$")
_STRAIGHT = re.compile(r"([\"']|--+|\.\.\.+|(?<=[^\w\s])@)")
_NOTE_LABEL = re.compile(r"(?<!\\)\[\^(\d+)\]")


def write_markdown(book: Book, settings: Settings, *, lang: str) -> str:
    """Return ``book.md``: a block of metadata, the text, its notes, the place of the bibliography.

    Curly quotes and dashes stay as they are (``-smart``); notes carry the ids of the book (``[^c73]``).
    """
    called: list[str] = []
    blocks = list(_elements(book.elements, book.notes, called))
    if book.works:
        heading = words_for(lang).bibliography
        blocks.append(_header(1, "bibliography", ["unnumbered"], _words(heading)))  # citeproc puts the works at the end
    ast = {"pandoc-api-version": _PANDOC_API, "meta": _metadata(book, settings, lang), "blocks": blocks}
    arguments = ["-s", "--wrap=none", "--reference-location=block"]
    text = pandoc.from_ast(ast, _MARKDOWN, arguments=arguments)
    return _NOTE_LABEL.sub(lambda found: f"[^{called[int(found[1]) - 1]}]", text)


def write_references(works: Iterable[Work]) -> str:
    """Return ``references.json``: CSL-JSON, sorted by id."""
    items = [dict(work.csl) for work in sorted(works, key=lambda work: work.id)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


# -------------------------------------------------------------------------------------------------- metadata


def _metadata(book: Book, settings: Settings, lang: str) -> Node:
    plain = {
        "title": book.title,
        "subtitle": settings.subtitle,
        "lang": lang,
        "date": settings.date,
        "publisher": settings.publisher,
        "rights": settings.rights,
        "description": settings.description,
        "source": settings.source,
        "identifier": settings.identifier,
        "belongs-to-collection": settings.series,
        "group-position": settings.series_number,
        "bibliography": "references.json" if book.works else "",
    }
    meta: Node = {key: {"t": "MetaInlines", "c": _words(value)} for key, value in plain.items() if value}
    if book.uncited:
        first, *others = (Cite(work) for work in book.uncited)
        meta["nocite"] = {"t": "MetaInlines", "c": [_cite(replace(first, more=tuple(others)))]}
    if settings.author:
        meta["author"] = {
            "t": "MetaList",
            "c": [{"t": "MetaInlines", "c": _words(name)} for name in settings.author],
        }
    return meta


# ---------------------------------------------------------------------------------------------------- blocks


def _elements(elements: Sequence[Element], notes: Mapping[str, Note], called: list[str]) -> Iterator[Node]:
    for kind, group in groupby(elements, key=_run_kind):
        if kind is not None:
            yield from _run(kind, [one for one in group if isinstance(one, Block)], notes, called)
            continue
        for element in group:
            if isinstance(element, Heading):
                classes = ["reset-citation-positions"] if element.level == 1 else []
                classes += ["emptied"] if element.emptied else []
                yield _header(element.level, element.id, classes, _inlines(element.inlines, notes, called))
            elif isinstance(element, Extract):
                inside = list(_elements(element.blocks, notes, called))
                yield _div(f"x{element.lines[0]}", ["extract"], inside)
            elif isinstance(element, ItemList):
                yield from _list(element, notes, called)
            elif isinstance(element, Table):
                yield _table(element, notes, called)
            else:
                yield _block(element, notes, called)


def _run_kind(element: Element) -> Kind | None:
    """Say which frame an element shares with its like: turns, lines of a letter, verse."""
    if isinstance(element, Block) and element.kind in (Kind.TURN, Kind.LETTER, Kind.VERSE, Kind.QUOTE):
        return element.kind
    return None


def _run(kind: Kind, blocks: Sequence[Block], notes: Mapping[str, Note], called: list[str]) -> Iterator[Node]:
    rows = [_inlines(block.inlines, notes, called) for block in blocks]
    if kind is Kind.QUOTE:
        yield {"t": "BlockQuote", "c": [_para(row) for row in rows]}
    elif kind is Kind.TURN:
        yield _div("", ["dialogue"], [_para(row) for row in rows])
    else:
        yield _div("", [kind.value], [{"t": "LineBlock", "c": rows}])


def _block(block: Block, notes: Mapping[str, Note], called: list[str]) -> Node:
    if block.kind is Kind.SEPARATOR:
        return {"t": "HorizontalRule"}
    para = _para(_inlines(block.inlines, notes, called))
    return para if block.kind is Kind.PARAGRAPH else _div("", [block.kind.value], [para])


def _list(found: ItemList, notes: Mapping[str, Note], called: list[str]) -> Iterator[Node]:
    rows: list[list[Node]] = []
    for item in found.items:
        row: list[Node] = []
        for n, block in enumerate(item.blocks):
            if isinstance(block, ItemList):
                row += _list(block, notes, called)
            elif n == 0:
                row.append({"t": "Plain", "c": _inlines(block.inlines, notes, called)})
            else:
                row.append(_block(block, notes, called))
        rows.append(row)
    if any(sum(node["t"] in ("Plain", "Para") for node in row) > 1 for row in rows):
        rows = [[{**node, "t": "Para"} if node["t"] == "Plain" else node for node in row] for row in rows]
    if found.style in _NUMBERS:
        attributes = [found.start, {"t": _NUMBERS[found.style]}, {"t": _DELIMITERS[found.delimiter]}]
        yield {"t": "OrderedList", "c": [attributes, rows]}
    elif found.style == "plain":
        yield _div("", ["entries"], [{"t": "BulletList", "c": rows}])
    else:
        yield {"t": "BulletList", "c": rows}


def _table(table: Table, notes: Mapping[str, Note], called: list[str]) -> Node:
    width = max(len(row) for row in table.rows)
    rows = [[_cell(_inlines(cell, notes, called)) for cell in row] for row in table.rows]
    rows = [[_ATTR, [*row, *([_cell([])] * (width - len(row)))]] for row in rows]
    head, body = (rows[:1], rows[1:]) if table.header else ([], rows)
    columns = [[{"t": _alignment(table, n)}, {"t": "ColWidthDefault"}] for n in range(width)]
    return {
        "t": "Table",
        "c": [_ATTR, [None, []], columns, [_ATTR, head], [[_ATTR, 0, [], body]], [_ATTR, []]],
    }


def _alignment(table: Table, column: int) -> str:
    """Set a column of figures to the right."""
    rows = [row[column] for row in table.rows[table.header :] if column < len(row)]
    cells = ["".join(one.text for one in row if isinstance(one, Run)) for row in rows]
    told = [cell for cell in cells if cell.strip()]
    figures = sum(bool(_FIGURES.match(cell)) for cell in told)
    return "AlignRight" if figures > 0.7 * len(told) else "AlignDefault"


_ATTR: list[Any] = ["", [], []]


def _cell(content: list[Node]) -> list[Any]:
    return [_ATTR, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": content}] if content else []]


def _header(level: int, name: str, classes: list[str], content: list[Node]) -> Node:
    return {"t": "Header", "c": [level, [name, classes, []], content]}


def _div(name: str, classes: list[str], blocks: list[Node]) -> Node:
    return {"t": "Div", "c": [[name, classes, []], blocks]}


def _para(content: list[Node]) -> Node:
    return {"t": "Para", "c": content}


# --------------------------------------------------------------------------------------------------- inlines


def _inlines(content: Sequence[Inline], notes: Mapping[str, Note], called: list[str]) -> list[Node]:
    out: list[Node] = []
    for one in content:
        if isinstance(one, Run):
            out += _run_nodes(one)
        elif isinstance(one, LineBreak):
            out.append({"t": "LineBreak"})
        elif isinstance(one, NoteCall):
            called.append(one.note)
            inner = [_para(_inlines(block.inlines, notes, called)) for block in notes[one.note].blocks]
            out.append({"t": "Note", "c": inner})
        elif isinstance(one, Cite):
            out.append(_cite(one))
        elif isinstance(one, PageMark):
            out.append({"t": "Span", "c": [[f"page-{one.page}", ["pagebreak"], [["title", one.page]]], []]})
    return out


def _run_nodes(run: Run) -> list[Node]:
    if run.style is Style.CODE:
        return [{"t": "Code", "c": [_ATTR, run.text]}]
    if run.style is Style.LINK:
        return [_link(run.text)]
    words = _words(run.text)
    if run.style is Style.EMPHASIS:
        words = [{"t": "Emph", "c": words}]
    elif run.style is Style.STRONG:
        words = [{"t": "Strong", "c": words}]
    elif run.style is not Style.PLAIN:
        words = [{"t": "Span", "c": [["", [run.style.value], []], words]}]
    if run.lang:
        words = [{"t": "Span", "c": [["", [], [["lang", run.lang]]], words]}]
    return words


def _link(text: str) -> Node:
    """Make an address a link to itself."""
    if text.startswith("www."):
        return {"t": "Link", "c": [_ATTR, _words(text), [f"https://{text}", ""]]}
    kind, target = ("uri", text) if "://" in text else ("email", f"mailto:{text}")
    return {"t": "Link", "c": [["", [kind], []], [{"t": "Str", "c": text}], [target, ""]]}


def _words(text: str) -> list[Node]:
    """Cut at plain spaces and tabs only: a no-break space belongs to its word.

    Straight signs that are left are meant: they are escaped, for who reads ``book.md`` would set them otherwise.
    """
    out: list[Node] = []
    for n, word in enumerate(re.split(r"[ \t\n]+", text)):
        if n:
            out.append({"t": "Space"})
        for at, part in enumerate(_STRAIGHT.split(word) if _STRAIGHT.search(word) else (word,)):
            if at % 2:
                escaped = "".join(f"\\{sign}" for sign in part)
                out.append({"t": "RawInline", "c": ["markdown", escaped]})
            elif part:
                out.append({"t": "Str", "c": part})
    return out


def _cite(cite: Cite) -> Node:
    ones = (cite, *cite.more)
    text = "; ".join(f"@{one.work}" for one in ones)
    return {"t": "Cite", "c": [[_citation(one) for one in ones], [{"t": "Str", "c": f"[{text}]"}]]}


def _citation(cite: Cite) -> Node:
    suffix: list[Node] = []
    if cite.locator:
        simple = _SIMPLE_LOCATOR.match(cite.locator)
        suffix = _words(f", {cite.page} {cite.locator}" if simple else f", {{{cite.page} {cite.locator}}}")
    return {
        "citationId": cite.work,
        "citationPrefix": [],
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
