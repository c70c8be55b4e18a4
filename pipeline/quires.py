"""Quires: a long book goes through Pandoc in quires, several side by side, and one that is the same goes through once.

What Pandoc writes of the blocks of a quire, and how it reads that again, depends on little else: the names that the
headings before it have taken, for which they are given to it too; and on its first line, above which a paragraph stands
as it does in the book. Where a book is put together from what was read of its quires, nothing in one of them may say
how another is to be read: no name stands twice, each note stands with its call, and no bracket is left that what stands
elsewhere would make a link. A book of which that is not sure is read as a whole.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from pipeline import bounds, pandoc, roundtrip, standing
from pipeline.drawer import Drawer

_PANDOC_API = [1, 23, 1]
# Tables with bars hold when the label of a note in a cell becomes longer; those with spaces would not.
_MARKDOWN = "markdown-smart-simple_tables-multiline_tables-grid_tables"
_AT_ONCE = 1_000_000  # letters of JSON: Pandoc takes a hundred times the room of what it is given
_QUIRE = 300_000  # letters of JSON that are worth two runs of Pandoc
_MOST = 200  # quires that are kept together; those that this book has not go first
_PARTED = ('{"t":"Header"', '{"t":"Para"')
_HEADING = _PARTED[0]
_LONG = re.compile(r'\{"t":"(?:Para","c":\[|Div","c":\[\["",\["[\w-]+"\],\[\]\],\[\{"t":"(?P<verse>LineBlock)","c":\[)')
_SPACE = {"t": "Space"}
_A_NOTE = '{"t":"Note",'  # within a string its quotation marks would be shielded
_A_NUMBER = re.compile(
    r"^(?P<key>[\w-]+: |- )(?!(?:0|[1-9]\d{0,14})$)(?P<number>[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|0x[\da-f]+|0o[0-7]+))$",
    re.IGNORECASE | re.MULTILINE,
)
_NOTE_LABEL = re.compile(r"(?<!\\)\[\^(\d+)\]")
_NOTE = re.compile(r"^\[\^(\d+)\]:", re.MULTILINE)
_ABOVE = "\ufdda"  # a paragraph of nothing else: no text has this noncharacter
_READ_ABOVE = f'{{"t":"Para","c":[{{"t":"Str","c":"{_ABOVE}"}}]}}'
_BLOCKS, _END = '"blocks":[', "]}"
_NAME = re.compile(r'"c":\[(?:\d+,)?\["((?:[^"\\]|\\.)+)",\[')
_COUNTED = re.compile(r'("citationNoteNum":)(\d+)')
_SHIELDED = re.compile(r"\\.", re.DOTALL)
_RULE = "---\n"
_COMMENT = "<!-- -->"  # between two lists
_REACHING = re.compile(r"[`<$]|\(@|^(?:~~~|\.\.\.$|---$)", re.MULTILINE)
"""What may reach over the end of a block, or count on through the book: code, HTML, formulas, numbered examples."""
_WHOLE_BRACKETS = re.compile(r"\[[^\[\]]*+\](?:\([^()]*+\)|\{[^{}]*+\})")
_CITED_OR_CALLED = re.compile(r"\[\^\d+\]|\[[^\[\]]*@[^\[\]]*\]")


class Written(NamedTuple):
    """What Pandoc wrote of a book.

    ``quires``: if how it reads the whole was put together from them, of each its name, how many blocks it was given,
    and where in that the blocks end that it read.
    """

    text: str
    quires: Sequence[tuple[str, int, int]] = ()


class _Quire(NamedTuple):
    """Blocks that go through Pandoc together: the metadata, the headings before them, and themselves, all as JSON."""

    head: str
    before: Sequence[str]
    blocks: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Pulled:
    """What Pandoc wrote of a quire, with notes numbered from 1, and the blocks that it read there, as JSON.

    ``names`` that stand in them; None where how it is read may depend on what stands in others. ``notes``: how many
    Pandoc counts, which are its notes and the citations outside them.
    """

    text: str
    head: str
    blocks: str
    names: list[str] | None
    notes: int


def begin(meta: Mapping[str, str], blocks: Sequence[str], called: Sequence[str]) -> Callable[[], Written]:
    """Let Pandoc begin to write the blocks of its AST, given as JSON; what is returned waits for it.

    Each note gets the label that it has in the book. How Pandoc reads the text is remembered, if it is known
    (:func:`pipeline.pandoc.to_json`).

    Raises:
        OctavoError: TOOL_FAILED, from Pandoc; when the text is waited for.

    """
    head = ",".join(f"{json.dumps(key)}:{value}" for key, value in meta.items())
    quires = list(_quires(head, blocks))
    names = [
        standing.digest(quire.head, len(quire.before), *quire.before, *quire.blocks) for quire in quires[1:] and quires
    ]
    counts = [len(quire.blocks) for quire in quires]
    wait = _begin(quires, names) if names else partial(_whole, quires)
    del quires  # which hold the blocks

    def written() -> Written:
        pulled = wait()
        parts: list[str] = []
        known = 0  # notes of the parts above: in each part Pandoc numbers them from 1
        for one in pulled:
            last = known + max((int(found[1]) for found in _NOTE_LABEL.finditer(one.text)), default=0)
            part = _NOTE_LABEL.sub(lambda found, known=known: f"[^{called[known + int(found[1]) - 1]}]", one.text)  # type: ignore[misc]
            parts.append(part.replace(roundtrip.NO_LABEL, "").rstrip("\n") + "\n")
            known = last
        whole = "\n".join(parts)
        if head and len(set(called)) == len(called) and (put := _document(pulled)):
            document, ends = put
            pandoc.remember(whole, document)
            return Written(whole, list(zip(names, counts, ends, strict=True)))
        return Written(whole)

    return written


def _whole(quires: Sequence[_Quire]) -> list[_Pulled]:
    return [_Pulled(_written(*quires), "", "", None, 0)]


def _quires(head: str, blocks: Sequence[str]) -> Iterator[_Quire]:
    for part in _parts(blocks, _AT_ONCE):
        before: list[str] = []
        for own in [part] if _is_long(part) else _parts(part, _QUIRE):
            yield _Quire(head, tuple(before), own)
            before += [_without_notes(block) for block in own if block.startswith(_HEADING)]
            head = ""


def _parts(blocks: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Cut the blocks of a long book before headings and between paragraphs, where nothing that they say goes on.

    A block that is longer by itself than what is written at once has a part of its own, never the first.
    """
    start = size = 0
    for at, block in enumerate(blocks):
        if _is_long([block]):
            if not at or start < at:
                yield blocks[start:at]
            yield [block]
            start, size = at + 1, 0
            continue
        if size > most and start < at and block.startswith(_PARTED) and blocks[at - 1].startswith(_PARTED):
            yield blocks[start:at]
            start, size = at, 0
        size += len(block)
    if not start or start < len(blocks):
        yield blocks[start:]


def _is_long(part: Sequence[str]) -> bool:
    """Tell whether this is one block, a paragraph or lines of verse without notes, that is written in pieces."""
    return len(part) == 1 and len(part[0]) > _AT_ONCE and bool(_LONG.match(part[0])) and _A_NOTE not in part[0]


def _without_notes(heading: str) -> str:
    def without(node: dict[str, Any]) -> dict[str, Any]:
        return {"t": "Str", "c": ""} if node.get("t") == "Note" else node

    return roundtrip.as_json(json.loads(heading, object_hook=without))


# -------------------------------------------------------------------------------------------------------- writing


def _begin(quires: Sequence[_Quire], names: Sequence[str]) -> Callable[[], list[_Pulled]]:
    """Let Pandoc begin with quires, each of which has a name; those that it made before are taken as they were."""
    drawer = Drawer("quires", standing.digest(standing.workshop(), quires[0].head), _MOST)
    new = {name: quire for name, quire in zip(names, quires, strict=True) if name not in drawer}
    pool = ThreadPoolExecutor(bounds.hands())  # they wait for Pandoc, nothing more
    longest = sorted(new, key=lambda name: -sum(map(len, new[name].blocks)))  # begun last, it would be waited for alone
    going = {name: pool.submit(_pull, new[name]) for name in longest}
    pool.shutdown(wait=False)
    asked = list(new)
    long = {name for name, quire in new.items() if _is_long(quire.blocks)}  # of which another text has not the same

    def wait() -> list[_Pulled]:
        made = {name: going.pop(name).result() for name in asked}
        for name, one in made.items():
            if name not in long:
                drawer.put(name, json.dumps([one.text, one.head, one.blocks, one.names, one.notes]))
        found = [made.get(name) or _Pulled(*json.loads(drawer.find(name) or "")) for name in names]
        drawer.keep()
        return found

    return wait


def _pull(quire: _Quire) -> _Pulled:
    text = _written(quire)
    again = text.replace(roundtrip.NO_LABEL, "").rstrip("\n") + "\n"
    if not _stands_alone(again):  # it is read with the whole
        return _Pulled(text, "", "", None, 0)
    if quire.head:
        head, blocks = _parted(pandoc.read(again))
    else:
        head, blocks = _parted(pandoc.read(f"{_ABOVE}\n\n{again}"))
        if not blocks.startswith(_READ_ABOVE):
            return _Pulled(text, "", "", None, 0)
        blocks = blocks.removeprefix(_READ_ABOVE).removeprefix(",")
    return _Pulled(
        text, head, blocks, _NAME.findall(blocks), sum(map(_notes, pandoc.blocks_of([blocks] if blocks else [])))
    )


def _written(quire: _Quire) -> str:
    if _is_long(quire.blocks):
        return _joined(quire.blocks[0])
    if not quire.before:
        return _from_ast(quire.head, quire.blocks)
    above = f'{{"t": "Para", "c": [{{"t": "Str", "c": "{_ABOVE}"}}]}}'
    text = _from_ast("", [*quire.before, above, *quire.blocks])
    _, mark, own = text.partition(f"\n\n{_ABOVE}\n\n")
    if not mark:
        raise pandoc.garbled(text)
    return own


def _from_ast(head: str, blocks: Sequence[str]) -> str:
    ast = f'{{"pandoc-api-version":{_PANDOC_API},"meta":{{{head}}},"blocks":[{",".join(blocks)}]}}'
    text = pandoc.from_ast(ast, _MARKDOWN, arguments=["-s", "--wrap=none", "--reference-location=block"])
    return _in_words(text) if head else text


def _in_words(text: str) -> str:
    """Set quotation marks around what YAML would write otherwise as a number: "007" would be read back as "7"."""
    metadata, rule, rest = text.removeprefix(_RULE).partition(f"\n{_RULE}")
    return _RULE + _A_NUMBER.sub(r'\g<key>"\g<number>"', metadata) + rule + rest if rule else text


def _joined(block: str) -> str:
    """Write a long block in pieces: a paragraph between its words, verse between its lines."""
    begins = _LONG.match(block)
    assert begins is not None
    opens, verse = begins[0], begins["verse"] is not None
    closes = "]}]]}" if verse else "]}"
    texts: list[str] = []
    start = at = begins.end()
    for node, after in pandoc.items(block, at, json.JSONDecoder()):
        ends = block[after] == "]"
        if ends or (after - start > _AT_ONCE // 4 and (verse or node == _SPACE)):
            inside = block[start : after - (not ends) if verse or ends else at - 1]
            texts.append(_from_ast("", [f"{opens}{inside}{closes}"]).strip("\n"))
            start = after
        at = after
    if not verse:
        return " ".join(texts) + "\n"
    rows = [text.split("\n")[1:-1] for text in texts]
    first, *_, last = texts[0].split("\n")
    return "\n".join([first, *chain.from_iterable(rows), last]) + "\n"


# -------------------------------------------------------------------------------------------------------- reading


def _parted(document: str) -> tuple[str, str]:
    """Part Pandoc's AST: what stands before its blocks, and the blocks without the brackets around them."""
    start, end = document.find(_BLOCKS), document.rfind(_END)
    if start < 0 or document[end:].rstrip("\n") != _END:
        raise pandoc.garbled(document)
    start += len(_BLOCKS)
    return document[:start], document[start:end]


def _document(pulled: Sequence[_Pulled]) -> tuple[str, list[int]] | None:
    """Return how Pandoc reads the whole, put together from how it read its quires, and where those of each end in it.

    Nothing where that is not sure.
    """
    names = [one.names for one in pulled]
    every = [name for some in names if some is not None for name in some]
    if None in names or len(set(every)) < len(every):
        return None
    last = max((n for n, one in enumerate(pulled) if one.blocks), default=0)
    parts = [pulled[0].head]
    ends: list[int] = []
    known, at = 0, len(pulled[0].head)
    for n, one in enumerate(pulled):
        shifted = _COUNTED.sub(lambda found, known=known: f"{found[1]}{known + int(found[2])}", one.blocks)  # type: ignore[misc]
        some = [shifted, "," if shifted and n < last else ""]
        parts += some
        at += sum(map(len, some))
        ends.append(at)
        known += one.notes
    return "".join([*parts, f"{_END}\n"]), ends


def _notes(node: Any) -> int:
    """Count as Pandoc does when it numbers the notes of citations: notes, and citations that stand in none."""
    if isinstance(node, list):
        return sum(map(_notes, node))
    if not isinstance(node, dict):
        return 0
    return 1 if node.get("t") in ("Note", "Cite") else _notes(node.get("c"))


def _stands_alone(text: str) -> bool:
    """Tell whether how a quire is read can depend on nothing that other quires say."""
    calls = Counter(_NOTE_LABEL.findall(text))
    if set(calls) != set(_NOTE.findall(text)) or any(times != 2 for times in calls.values()):
        return False
    if text.startswith(_RULE):  # the metadata
        text = text.removeprefix(_RULE).replace(f"\n{_RULE}", "\n", 1)
    rest = _SHIELDED.sub("", text.replace(_COMMENT, ""))
    if _REACHING.search(rest):
        return False
    before = ""
    while before != rest:
        before, rest = rest, _WHOLE_BRACKETS.sub("", rest)
    return "[" not in _CITED_OR_CALLED.sub("", rest)
