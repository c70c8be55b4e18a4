"""Round trip: whether Pandoc reads ``book.md`` back as it was meant, and how a block is written that it misreads.

Pandoc's Markdown has dozens of signs that mean something at some place, and its own writer does not shield them all:
a code span before ``{=html}`` becomes live HTML, a line that begins with a colon makes the line above a term. So no
list of such places is kept here. What was written is read back and compared, and a block that came out as another is
written again with every sign in it shielded by a backslash, which is text wherever it stands (Pandoc's manual,
"Backslash escapes").

Blocks are compared in a canonical form, one string for each: what Pandoc parts and joins at will (words, quotation
marks, the space behind an abbreviation) is the same in it, and whatever is not text is a mark that no text has.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain, islice, pairwise
from typing import Any

from pipeline import daybook, pandoc, standing

Node = dict[str, Any]

STRAIGHT = re.compile(r"([\"']|--+|\.\.\.+|&&+|(?<=[^\w\s])@)")
"""Straight signs, which who reads ``book.md`` would set as curly ones, dashes and dots; and rows of ``&``, for each of
which Pandoc looks through the rest of the row for the end of a name."""

EVERY = re.compile(r"([!-/:-@\[-`{-~‘’“”]+)")
"""The signs of ASCII that are neither letter nor digit, and curly quotes, which Pandoc reads in pairs."""

_MAY_BE_STRAIGHT = re.compile(r"\\\"|'|--|\.\.\.|&&|@|\[\^")
"""Stands in the JSON of whatever has straight signs to be shielded, or what looks like the label of a note."""

NO_LABEL = "\ufddf"
"""Stands for a moment before what looks like the label of a note and is none: no text has this noncharacter."""

NULL: list[Any] = ["", [], []]
"""No name, no classes, no attributes."""

_AT_ONCE = 500  # pieces of a long paragraph
_MARK = "\x00"  # no text has it: Pandoc reads it as U+FFFD
_END = f"{_MARK})"
_EDGES = re.compile(f" *({_MARK}n) *")
_SPACES = re.compile("  +")
_ABBREVIATED = re.compile("\\.(?=\xa0|[ \xa0]{2})[ \xa0]+")
_SIGNED = frozenset({"Emph", "Strong", "SmallCaps", "Code", "Link", "Cite", "Span"})
_LIVE = re.compile(f"{_MARK}(?:Raw|Image|Math)")


def as_json(node: Node | Sequence[Node]) -> str:
    """Return a node of Pandoc's AST, or several, as JSON."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def paragraph(pieces: Iterable[Sequence[Node]]) -> str:
    """Return a paragraph as JSON, given the nodes of its pieces one after the other; at once they take more room."""
    parts: list[str] = [pandoc.PARAGRAPH]
    pieces = iter(pieces)
    while some := list(islice(pieces, _AT_ONCE)):
        if nodes := list(chain.from_iterable(some)):
            parts += ("," if len(parts) > 1 else "", as_json(nodes)[1:-1])
    return "".join([*parts, "]}"])


def canonical(block: str) -> str:
    """Return the canonical form of a block of Pandoc's AST, given as JSON."""
    return _block(block, 0)[0]


def is_read(
    meta: Mapping[str, str], blocks: Sequence[str], quires: Sequence[tuple[str, int, int]], document: str
) -> bool:
    """Tell whether a document that was put together from quires is read as it was meant, block by block.

    What is known of a quire from another build is not looked at again.

    Args:
        meta: the metadata, as they were meant.
        blocks: the blocks, likewise, as JSON.
        quires: as :class:`pipeline.quires.Written` has them.
        document: how Pandoc reads the whole.

    """
    places = pandoc.places(document)
    read: dict[str, str] = next(pandoc.items(document, places[0], _READER))[0]
    if any(canonical(value) != read.get(key, "") for key, value in meta.items()):
        return False
    at, start = 0, places[1]
    for name, count, end in quires:
        given, at = blocks[at : at + count], at + count
        known = blake2b(digest_size=32)
        for block in given:
            standing.feed(known, block)
            known.update(b"\n")
        if not daybook.recall(__name__, (name, known.hexdigest()), partial(_are_read, given, document, start, end)):
            return False
        start = end
    return True


def _are_read(meant: Sequence[str], document: str, start: int, end: int) -> bool:
    read = _blocks(document, start, end)
    return all(canonical(block) == next(read, None) for block in meant) and next(read, None) is None


def read_back(document: str) -> tuple[dict[str, str], list[str]]:
    """Return the metadata and the blocks of a document (Pandoc's AST as JSON), each in its canonical form."""
    meta, at = pandoc.places(document)
    return next(pandoc.items(document, meta, _READER))[0], list(_blocks(document, at))


def _blocks(document: str, at: int, end: int | None = None) -> Iterator[str]:
    """Yield the blocks from ``at`` on, up to ``end`` or to the last, each in its canonical form."""
    while at != end and document[at] != "]":
        block, at = _block(document, at)
        if block:
            yield block


def _block(document: str, at: int) -> tuple[str, int]:
    """Return the canonical form of the block that begins at ``at``, and where the next does.

    The lines of verse are taken one by one, and so are the words of a paragraph that has very many: as a whole, what
    may be as long as a book takes thirty times its room.
    """
    if pandoc.is_long(document, at):
        end = at + len(pandoc.PARAGRAPH)
        text, said = [""], pandoc.items(document, end, _READER)
        while some := list(islice(said, _AT_ONCE)):
            text.append("".join(word for word, _ in some))
            end = some[-1][1]
        if document.startswith("]}", end):
            end += len("]}")
            return _canonical({"t": "Para", "c": text}), end + (document[end : end + 1] == ",")
    if verse := pandoc.VERSE.match(document, at):
        rows: list[list[str]] = []
        end = verse.end()
        for row, after in pandoc.items(document, end, _READER):
            rows.append([_words("".join(row))])
            end = after
        if document.startswith("]}]]}", end):
            lines = _canonical({"t": "LineBlock", "c": rows})
            end += len("]}]]}")
            whole: str = _canonical({"t": "Div", "c": [json.loads(verse["attributes"]), [lines]]})
            return whole, end + (document[end : end + 1] == ",")
    return next(pandoc.items(document, at, _READER))


def live(block: str) -> bool:
    """Tell whether a block, in its canonical form, holds what no text becomes: raw HTML, pictures, formulas."""
    return bool(_LIVE.search(block))


def words(block: str) -> str:
    """Return the first words of a block in its canonical form."""
    return " ".join(_said(block)[:8])


def harmful(meant: Sequence[str], read: Sequence[str]) -> bool:
    """Tell whether blocks were read with other words than were meant, or as more than text."""
    known, found = set(meant), set(read)
    others, lacking = [one for one in read if one not in known], [one for one in meant if one not in found]
    return any(map(live, others)) or Counter(_said(" ".join(others))) != Counter(_said(" ".join(lacking)))


def _said(block: str) -> list[str]:
    return re.sub(f"{_MARK}[^\\s(]*\\(?", " ", block).split()


def misread(meant: Sequence[str], read: Sequence[str], beside: int = 1) -> set[int]:
    """Return the places in ``meant`` that were not read as they were meant, and those next to them.

    Blocks that stand once in both are the posts between which the others are compared.

    Args:
        meant: the blocks as they were written, in canonical form.
        read: those that were read.
        beside: how many neighbours on each side count too, for the sign that did it may stand in one of them; where
            nothing but blocks that nobody meant was read, those around them count whatever it says.

    """
    times, times_read = Counter(meant), Counter(read)
    place = {block: at for at, block in enumerate(read)}
    posts = [(-1, -1)]
    for at, block in enumerate(meant):
        if times[block] == times_read[block] == 1 and place[block] > posts[-1][1]:
            posts.append((at, place[block]))
    posts.append((len(meant), len(read)))
    wrong: set[int] = set()
    for (above, above_read), (below, below_read) in pairwise(posts):
        first, first_read, last, last_read = above + 1, above_read + 1, below, below_read
        while first < last and first_read < last_read and meant[first] == read[first_read]:
            first, first_read = first + 1, first_read + 1
        while first < last and first_read < last_read and meant[last - 1] == read[last_read - 1]:
            last, last_read = last - 1, last_read - 1
        if first < last or first_read < last_read:
            near = beside if first < last else 1
            wrong.update(range(first - near, last + near))
    return {at for at in wrong if 0 <= at < len(meant)}


def shielded(block: str, signs: re.Pattern[str] = STRAIGHT) -> str:
    """Return ``block``, as JSON, with ``signs`` in its words written with a backslash.

    With every sign shielded, of what has signs of its own and touches another such each is put into brackets: two words
    in italics side by side would be read as one in bold. Nothing else is, for a span without attributes says nothing.
    """
    return (
        (_shielded(block) if _MAY_BE_STRAIGHT.search(block) else block) if signs is STRAIGHT else _shield(block, signs)
    )


@daybook.noted
def _shielded(block: str) -> str:
    return _shield(block, STRAIGHT)


def _shield(block: str, signs: re.Pattern[str]) -> str:
    def shield(node: Node) -> Node:
        kind = node.get("t")
        if signs is EVERY and isinstance(node.get("c"), list):
            node = {**node, "c": _kept_apart(node["c"])}
        if kind == "Str" and signs.search(node["c"]):
            parts = [_raw("".join(f"\\{one}" for one in part)) if n % 2 else {"t": "Str", "c": part}
                     for n, part in enumerate(signs.split(node["c"])) if part]  # fmt: skip
            return _together(parts)
        if kind in ("Code", "CodeBlock"):
            node = {**node, "c": [node["c"][0], node["c"][1].replace("[^", f"[{NO_LABEL}^")]}
        elif kind == "Link":
            node = {**node, "c": [*node["c"][:2], [node["c"][2][0].replace("[^", f"[{NO_LABEL}^"), ""]]}
        if signs is EVERY and kind == "Header":  # Pandoc leaves out a name that it would give to the words unshielded
            level, (name, classes, _), inlines = node["c"]
            named = _raw(f" {{{' '.join([f'#{name}', *(f'.{one}' for one in classes)])}}}")
            return {**node, "c": [level, NULL, [*inlines, named]]}
        return node

    reader = json.JSONDecoder(object_hook=shield)
    if signs is EVERY or not pandoc.is_long(block):
        return as_json(reader.decode(block))
    inlines = pandoc.items(block, len(pandoc.PARAGRAPH), reader)
    return paragraph([inline] for inline, _ in inlines)


def _kept_apart(content: list[Any]) -> list[Any]:
    """Put into brackets what has signs of its own and touches another such, in one list or in lists within it.

    Two brackets right before a citation, behind a span that has something to say, are none to Pandoc (3.x): an empty
    span stands between. Behind words in bold, which are put into brackets themselves, that would spoil it.
    """
    signed = [isinstance(one, dict) and one.get("t") in _SIGNED and not _is_bare(one) for one in content]
    touches = [here and any(signed[n - 1 : n] + signed[n + 1 : n + 2]) for n, here in enumerate(signed)]
    return [
        _together([_raw("[[]{}" if one["t"] == "Cite" and not _behind_bold(content, n) else "["), one, _raw("]{}")])
        if touching
        else _kept_apart(one)
        if isinstance(one, list)
        else one
        for n, (one, touching) in enumerate(zip(content, touches, strict=True))
    ]


def _behind_bold(content: Sequence[Any], at: int) -> bool:
    """Tell whether the citation there stands behind words in bold, or behind another that does.

    They stand right before it, or are all that is in a span before it or before the space between.
    """
    before = [one if isinstance(one, dict) else {} for one in content[:at]]
    while before and before[-1].get("t") == "Cite":
        before.pop()
    if before and before[-1].get("t") == "Strong":
        return True
    spans = (one for one in reversed(before) if one.get("t") != "Space")
    last = next(spans, {})
    return last.get("t") == "Span" and [one.get("t") for one in last["c"][1] if isinstance(one, dict)] == ["Strong"]


def _is_bare(node: Node) -> bool:
    return bool(node["t"] == "Span" and node["c"][0] == NULL)


def _raw(text: str) -> Node:
    return {"t": "RawInline", "c": ["markdown", text]}


def _together(nodes: list[Node]) -> Node:
    """Make one node of several; a span without attributes is written as what is in it."""
    return {"t": "Span", "c": [NULL, nodes]}


# --------------------------------------------------------------------------------------------- canonical form


def _canonical(node: Node) -> Any:
    """Turn one node into its canonical form; what lies inside it has been turned already."""
    if "citationId" in node:
        beside = (_words("".join(node[f"citation{side}"])) for side in ("Prefix", "Suffix"))
        return _flat([node["citationMode"], node["citationId"], *beside])
    if "t" not in node:
        return node
    kind: str = node["t"]
    content: Any = node.get("c")
    match kind:
        case "Str":
            return content
        case "Space" | "SoftBreak":
            return " "
        case "LineBreak":
            return f"{_MARK}n"
        case "Quoted":
            opening, closing = "‘’" if content[0].endswith("SingleQuote") else "“”"
            return f"{opening}{''.join(content[1])}{closing}"
        case "Span" if content[0] == NULL:
            return "".join(content[1])
        case "RawBlock" | "RawInline" if content == ["html", "<!-- -->"]:
            return ""  # what Pandoc's writer sets between two lists, so that they stay two
        case "MetaInlines" | "MetaString":
            return _words("".join(content))
        case "Para" | "Plain":
            words = _words("".join(content))
            return f"{_MARK}{kind}({words}{_END}" if words else ""
        case "LineBlock":
            content = [_words("".join(row)) for row in content]
        case "Header":
            content = [*content[:2], _words("".join(content[2]))]
        case "Span" | "Link" | "Image":
            content = [content[0], "".join(content[1]), *content[2:]]
        case "Cite":
            content = content[0]  # how Pandoc spells it is no part of it
        case "Table":  # nor are the widths of columns, which it takes from the length of the lines in the file
            content = [*content[:2], [alignment for alignment, _ in content[2]], *content[3:]]
        case _ if kind in _STYLED:
            content = "".join(content)
    return f"{_MARK}{kind}({_flat(content)}{_END}"


_STYLED = frozenset({"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"})


def _words(text: str) -> str:
    """Make one of several spaces; there is none at the ends of a line, and that behind a full stop may break or not."""
    text = _ABBREVIATED.sub(". ", _SPACES.sub(" ", text))
    return (_EDGES.sub(r"\1", text) if _MARK in text else text).strip(" ")


def _flat(content: Any) -> str:
    """Write lists within lists as one string."""
    if content is None:
        return ""
    if isinstance(content, list):
        return f"{_MARK}[{f'{_MARK},'.join(filter(None, map(_flat, content)))}{_MARK}]"
    return str(content)


_READER = json.JSONDecoder(object_hook=_canonical)
