"""Write: the book becomes Pandoc's AST, and Pandoc writes ``book.md``; the works become ``references.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, groupby
from typing import Any

from pipeline import pandoc, quires, roundtrip
from pipeline.errors import Exit, OctavoError
from pipeline.language import words_for
from pipeline.model import (
    Block,
    Book,
    Cite,
    Element,
    Extract,
    Heading,
    Inline,
    Item,
    ItemList,
    Kind,
    LineBreak,
    Note,
    NoteCall,
    Ready,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.packing import PLAIN
from pipeline.report import Report
from pipeline.roundtrip import Node
from pipeline.settings import LISTS, Settings

_DELIMITERS = {"period": "Period", "paren": "OneParen", "both": "TwoParens"}
_NUMBERS = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}
_AT_ONCE = 500  # runs of a long paragraph
_FIGURES = re.compile(r"^[\s$£€+±−–-]*\d(?:[\d\s.,%–-]|(?<=[\d ])[a-z]{1,3}\b)*$")  # also with units: 12s., 3 kg
_SIMPLE_LOCATOR = re.compile(r"^[\dxivlc]+(?:[-–][\dxivlc]+)?(?:, [\dxivlc]+(?:[-–][\dxivlc]+)?)*$")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The text of a book as blocks of Pandoc's AST, and the notes that it calls, in order.

    ``nodes``: each block as JSON, which takes a third of the room of what it says.
    """

    nodes: list[str]
    called: list[str]

    @classmethod
    def of(cls, book: Book) -> Blocks:
        """Return the blocks of a book, with its notes; the bibliography is not among them."""
        called: list[str] = []
        nodes: list[str] = []
        for long, some in groupby(book.elements, key=_is_long):
            if long:
                nodes += (
                    roundtrip.paragraph(_set(one.inlines, book.notes, called)) for one in some if isinstance(one, Block)
                )
            else:
                nodes += map(roundtrip.as_json, _elements([*some], book.notes, called))
        return cls(nodes, called)

    def parsed(self) -> Iterator[Node]:
        """Yield the blocks, each as Pandoc's AST has it."""
        return pandoc.blocks_of(self.nodes)


def begin(
    book: Book, settings: Settings, *, lang: str, report: Report | None = None, blocks: Blocks | None = None
) -> Callable[[], str]:
    """Let Pandoc begin to write ``book.md``; what is returned waits for it.

    Curly quotes and dashes stay as they are (``-smart``); notes carry the ids of the book (``[^c73]``). What Pandoc
    would read otherwise than it is meant is written again, with its signs shielded (:mod:`pipeline.roundtrip`).

    Args:
        book: the book.
        settings: its metadata.
        lang: its language, a BCP 47 tag.
        report: gets a finding for each block that is still read otherwise, though with every word.
        blocks: those of the book, where they are made already.

    Raises:
        OctavoError: TOOL_FAILED, from Pandoc, or for a text that would become more than text whatever is done; when it
            is waited for.

    """
    made = blocks or Blocks.of(book)
    nodes = [*made.nodes]
    if book.works:
        heading = _header(1, "bibliography", ["unnumbered"], _words(words_for(lang).bibliography))
        nodes.append(roundtrip.as_json(heading))  # citeproc puts the works at the end
    meta = {key: roundtrip.as_json(value) for key, value in _metadata(book, settings, lang).items()}
    parts = [*meta.values(), *nodes]

    def written(shielded: set[int]) -> Callable[[], quires.Written]:
        signs = [roundtrip.EVERY if at in shielded else roundtrip.STRAIGHT for at in range(len(parts))]
        inside = [roundtrip.shielded(one, sign) for one, sign in zip(parts, signs, strict=True)]
        return quires.begin(dict(zip(meta, inside, strict=False)), inside[len(meta) :], made.called)

    going = written(set())

    def wait() -> str:
        first = going()
        if first.quires and roundtrip.is_read(meta, nodes, first.quires, pandoc.to_json(first.text)):
            return first.text
        meant = list(map(roundtrip.canonical, parts))
        shielded: set[int] = set()
        for beside, last in ((0, False), (1, False), (1, False), (1, True)):
            # as Pandoc does; what that spoils; what stands beside it too; everything
            shielded |= set(range(len(meant))) if last else set()
            text = written(shielded)().text if shielded else first.text
            read_meta, read_blocks = roundtrip.read_back(pandoc.to_json(text))
            read = [*(read_meta.get(key, "") for key in meta), *read_blocks]
            misread = roundtrip.misread(meant, read, beside)
            if not misread or (misread <= shielded and not roundtrip.harmful(meant, read)):
                break  # signs everywhere would make the book hard to read, for a form that no reader misses
            shielded |= misread
        if misread:
            _tell_misread(set(read) - set(meant), report or Report())
        return text

    return wait


def _tell_misread(blocks: Iterable[str], report: Report) -> None:
    """Say which blocks of ``book.md`` have another form than was meant; refuse what is more than text."""
    for block in sorted(blocks):
        words = roundtrip.words(block)
        if roundtrip.live(block):
            raise OctavoError(
                Exit.TOOL_FAILED,
                f"Pandoc takes words of the text for markup, whatever is done: “{words}”.",
                "Please report it, with these words.",
            )
        report.find("read-otherwise", words=words)


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
        "original-publisher": settings.original_publisher,
        "original-place": settings.original_place,
        "original-date": settings.original_date,
        "original-edition": settings.original_edition,
        "belongs-to-collection": settings.series,
        "group-position": settings.series_number,
        "bibliography": "references.json" if book.works else "",
    }
    meta: Node = {key: {"t": "MetaInlines", "c": _words(value)} for key, value in plain.items() if value}
    if book.uncited:
        first, *others = (Cite(work) for work in book.uncited)
        meta["nocite"] = {"t": "MetaInlines", "c": [_cite(replace(first, more=tuple(others)))]}
    for key in LISTS:
        if values := getattr(settings, key):
            meta[key] = {"t": "MetaList", "c": [{"t": "MetaInlines", "c": _words(value)} for value in values]}
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
            elif isinstance(element, Ready):
                called += (f"n{len(called) + n}" for n in range(1, element.notes + 1))
                yield from (_unbroken(node) if node["t"] == "Table" else node for node in element.nodes)
            else:
                yield _block(element, notes, called)


def _run_kind(element: Element) -> Kind | None:
    """Say which frame an element shares with its like: turns, in prose or verse, lines of a letter, verse."""
    if isinstance(element, Block) and element.kind is Kind.SPOKEN:
        return Kind.TURN
    if isinstance(element, Block) and element.kind in (Kind.TURN, Kind.LETTER, Kind.TITLE_PAGE, Kind.VERSE, Kind.QUOTE):
        return element.kind
    return None


def _run(kind: Kind, blocks: Sequence[Block], notes: Mapping[str, Note], called: list[str]) -> Iterator[Node]:
    rows = [_inlines(block.inlines, notes, called) for block in blocks]
    if kind is Kind.QUOTE:
        yield {"t": "BlockQuote", "c": [_para(row) for row in rows]}
    elif kind is Kind.TURN:
        spoken = [block.kind is Kind.SPOKEN for block in blocks]
        inside = [_lines(row) if verse else _para(row) for row, verse in zip(rows, spoken, strict=True)]
        yield _div("", ["dialogue"], inside)
    elif kind is Kind.LETTER:
        for lines, some in groupby(rows, key=bool):
            if lines:
                yield _div("", [kind.value], [{"t": "LineBlock", "c": [*some]}])
    else:
        classes = [Kind.LETTER.value, kind.value] if kind is Kind.TITLE_PAGE else [kind.value]
        yield _div("", classes, [{"t": "LineBlock", "c": rows}])


def _block(block: Block, notes: Mapping[str, Note], called: list[str]) -> Node:
    if block.kind is Kind.SEPARATOR:
        return {"t": "HorizontalRule"}
    para = _para(_inlines(block.inlines, notes, called))
    return para if block.kind is Kind.PARAGRAPH else _div("", [block.kind.value], [para])


def _list(found: ItemList, notes: Mapping[str, Note], called: list[str], *, inner: bool = False) -> Iterator[Node]:
    if found.style in _NUMBERS and not _has_numbers(found):
        found = replace(found, style="plain", items=tuple(_marked(item) for item in found.items))
    rows: list[list[Node]] = []
    for item in found.items:
        row: list[Node] = []
        for n, block in enumerate(item.blocks):
            if isinstance(block, ItemList):
                row += _list(block, notes, called, inner=found.style == "plain")
            elif n == 0:
                row.append({"t": "Plain", "c": _inlines(block.inlines, notes, called)})
            else:
                row.append(_block(block, notes, called))
        rows.append(row)
    if any(node["t"] not in ("BulletList", "OrderedList") for row in rows for node in row[1:]):  # Pandoc parts them
        rows = [[{**node, "t": "Para"} if node["t"] == "Plain" else node for node in row] for row in rows]
    if found.style in _NUMBERS:
        attributes = [found.start, {"t": _NUMBERS[found.style]}, {"t": _DELIMITERS[found.delimiter]}]
        yield {"t": "OrderedList", "c": [attributes, rows]}
    elif found.style == "plain" and not inner:
        yield _div("", ["entries"], [{"t": "BulletList", "c": rows}])
    else:
        yield {"t": "BulletList", "c": rows}


def _has_numbers(found: ItemList) -> bool:
    """Tell whether Markdown has numbers for a list: one from V on has letters to it, one from I on Roman figures."""
    last = found.start + len(found.items) - 1
    if found.style == "decimal":
        return last < 1_000_000_000  # Pandoc's manual knows no bound; a number of more digits is none of an item
    if found.style.endswith("alpha"):
        return found.start != 9 and last <= 26
    return found.start not in (5, 10, 50, 100, 500, 1000) and last < 4000


def _marked(item: Item) -> Item:
    """Write the marker of an item as the first of its words."""
    first = item.blocks[0]
    if isinstance(first, ItemList) or not item.marker:
        return item
    return replace(item, blocks=(replace(first, inlines=(Run(f"{item.marker} "), *first.inlines)), *item.blocks[1:]))


def _table(table: Table, notes: Mapping[str, Note], called: list[str]) -> Node:
    width = max(len(row) for row in table.rows)
    rows = [[_cell(_unbroken(_inlines(cell, notes, called))) for cell in row] for row in table.rows]
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


_ATTR: list[Any] = roundtrip.NULL
_SPACE: Node = {"t": "Space"}
_BLANKS = " \t\n"
_GAP = re.compile(f"[{_BLANKS}]+")


def _cell(content: list[Node]) -> list[Any]:
    return [_ATTR, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": content}] if content else []]


def _unbroken(node: Any, *, noted: bool = False) -> Any:
    """Return what a table may hold: for a break of a line in a note on one of its cells Pandoc makes it HTML.

    The lines of such a note become a line block; ``noted``: the node stands in a note.
    """
    if isinstance(node, list):
        return [_unbroken(one, noted=noted) for one in node]
    if not isinstance(node, dict):
        return node
    if noted and node.get("t") in ("Para", "Plain") and {"t": "LineBreak"} in node["c"]:
        return _lines(_unbroken(node["c"], noted=noted))
    return {key: _unbroken(value, noted=noted or node.get("t") == "Note") for key, value in node.items()}


def _header(level: int, name: str, classes: list[str], content: list[Node]) -> Node:
    return {"t": "Header", "c": [level, [name, classes, []], content]}


def _div(name: str, classes: list[str], blocks: list[Node]) -> Node:
    return {"t": "Div", "c": [[name, classes, []], blocks]}


def _lines(content: list[Node]) -> Node:
    """Make a line block of a passage whose lines end where it says so."""
    ends = [at for at, node in enumerate(content) if node["t"] == "LineBreak"]
    rows = [content[start:end] for start, end in zip((0, *(at + 1 for at in ends)), (*ends, None), strict=True)]
    return {"t": "LineBlock", "c": rows}


def _para(content: list[Node]) -> Node:
    return {"t": "Para", "c": content}


# --------------------------------------------------------------------------------------------------- inlines


def _inlines(content: Sequence[Inline], notes: Mapping[str, Note], called: list[str]) -> list[Node]:
    return list(chain.from_iterable(_set(content, notes, called)))


def _set(content: Sequence[Inline], notes: Mapping[str, Note], called: list[str]) -> Iterator[list[Node]]:
    """Yield the nodes of running text, piece by piece."""
    for lang, passage in groupby(_merged(content), key=_language):
        if lang:
            yield _spoken([node for one in passage for node in _inline(one, notes, called)], lang)
        else:
            yield from (_inline(one, notes, called) for one in passage)


def _is_long(element: Element) -> bool:
    return isinstance(element, Block) and element.kind is Kind.PARAGRAPH and len(element.inlines) > _AT_ONCE


def _language(one: Inline) -> str:
    return one.lang if isinstance(one, Run) else ""


def _spoken(nodes: Sequence[Node], lang: str) -> list[Node]:
    """Mark a passage in another language once; the spaces at its edges stand outside, where no reader loses them."""
    start, end = 0, len(nodes)
    while start < end and nodes[start]["t"] == "Space":
        start += 1
    while end > start and nodes[end - 1]["t"] == "Space":
        end -= 1
    span = {"t": "Span", "c": [["", [], [["lang", lang]]], [*nodes[start:end]]]}
    return [*nodes[:start], *([span] if start < end else []), *nodes[end:]]


def _inline(one: Inline, notes: Mapping[str, Note], called: list[str]) -> list[Node]:
    if isinstance(one, Run):
        return _run_nodes(one)
    if isinstance(one, LineBreak):
        return [{"t": "LineBreak"}]
    if isinstance(one, NoteCall):
        called.append(one.note)
        inner = [_para(_inlines(block.inlines, notes, called)) for block in notes[one.note].blocks]
        return [{"t": "Note", "c": inner}]
    if isinstance(one, Cite):
        return [_cite(one)]
    return [{"t": "Span", "c": [[f"page-{one.page}", ["pagebreak"], [["title", one.page]]], []]}]


def _merged(content: Sequence[Inline]) -> Iterator[Inline]:
    """Make one run of neighbours that are set alike: their signs side by side would mean another thing."""
    for alike, group in groupby(content, key=lambda one: (one.style, one.lang) if isinstance(one, Run) else None):
        found = list(group)
        if alike is None or len(found) == 1:
            yield from found
        else:
            yield Run("".join([one.text for one in found if isinstance(one, Run)]), *alike)


def _run_nodes(run: Run) -> list[Node]:
    """Return the nodes of a run; spaces at its edges stand outside it, for Markdown's signs must touch a word."""
    text = run.text
    if run.style is Style.PLAIN and not run.lang:
        return _words(text)
    bare = text.strip(_BLANKS)
    if not bare:
        return _words(text)
    before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
    return [*_words(before), *_styled(replace(run, text=bare)), *_words(after)]


def _styled(run: Run) -> list[Node]:
    if run.style is Style.CODE:
        words: list[Node] = [{"t": "Code", "c": [_ATTR, re.sub(r"[\t\n]", " ", run.text)]}]
    elif run.style is Style.LINK:
        words = [_link(run.text)]
    else:
        words = _words(run.text)
    if run.style is Style.EMPHASIS:
        words = [{"t": "Emph", "c": words}]
    elif run.style is Style.STRONG:
        words = [{"t": "Strong", "c": words}]
    elif run.style is Style.SMALL_CAPS:
        words = [{"t": "SmallCaps", "c": words}]
    elif run.style not in (Style.PLAIN, Style.CODE, Style.LINK):
        words = [{"t": "Span", "c": [["", [run.style.value], []], words]}]
    return words


def _link(text: str) -> Node:
    """Make an address a link to itself."""
    if text.startswith("www."):
        return {"t": "Link", "c": [_ATTR, _words(text), [f"https://{text}", ""]]}
    kind, target = ("uri", text) if "://" in text else ("email", f"mailto:{text}")
    return {"t": "Link", "c": [["", [kind], []], [{"t": "Str", "c": text}], [target, ""]]}


def _words(text: str) -> list[Node]:
    """Cut at plain spaces and tabs only: a no-break space belongs to its word, and so do words that mean nothing."""
    out: list[Node] = []
    at = 0
    for found in PLAIN.finditer(text):
        _cut(text[at : found.start("plain")], out)
        out.append({"t": "Str", "c": found["plain"]})
        at = found.end()
    _cut(text[at:], out)
    return out


def _cut(text: str, out: list[Node]) -> None:
    for n, word in enumerate(_GAP.split(text)):
        if n:
            out.append(_SPACE)
        if word:
            out.append(_word(word))


@lru_cache(maxsize=20_000)
def _word(word: str) -> Node:
    """Return the node of a word: a book holds few words, each many times."""
    return {"t": "Str", "c": word}


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
        "citationPrefix": _words(cite.before) if cite.before else [],
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
