"""Running Pandoc: the one place that starts it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline import aliases, bounds
from pipeline.bounds import MEMORY, PANDOC
from pipeline.errors import Exit, OctavoError
from pipeline.packing import packed, unpacked

_A_SECOND = 4_000  # bytes; Pandoc reads and writes more in one
_HEAP_OVERFLOW = 251  # what GHC's programs end with when they may have no more memory
_LONGEST = 1_000  # letters of what Pandoc says
_DOCUMENT = '{"pandoc-api-version":'
_META, _BLOCKS = '"meta":', '"blocks":['  # within a string its quotation marks would be shielded
_AT_ONCE = 500  # lines of verse, or words of a long paragraph
_LONG = 100_000  # letters of JSON
_BETWEEN = frozenset({"Space", "SoftBreak", "LineBreak"})


VERSE = re.compile(r'\{"t":"Div","c":\[(?P<attributes>\["",\["verse"\],\[\]\]),\[\{"t":"LineBlock","c":\[')
"""How verse begins in JSON. All the lines of a poem are one block: the longest that a book has."""

PARAGRAPH = '{"t":"Para","c":['
"""How a paragraph begins in JSON. That of a text without a blank line may be as long as the book."""


@cache
def program() -> str:
    """Return the path of the Pandoc that ``pypandoc_binary`` brings.

    Raises:
        OctavoError: MISSING_PROGRAM.

    """
    package = find_spec("pypandoc")
    if package is not None and package.origin is not None:
        name = "pandoc.exe" if os.name == "nt" else "pandoc"
        path = Path(package.origin).parent / "files" / name  # asking pypandoc starts every Pandoc that it finds
        if path.is_file():
            return str(path)
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise OctavoError(
            Exit.MISSING_PROGRAM, "Pandoc is not there.", "Install it with: pip install pypandoc_binary"
        ) from error


@cache
def version() -> str:
    """Return Pandoc's version."""
    said = run(["--version"], "").split("\n", 1)[0].split()
    return said[-1][:40] if said else "unknown"


def run(arguments: Sequence[str], text: str, folder: Path | None = None) -> str:
    """Give ``text`` to ``pandoc ARGUMENTS`` in ``folder`` and return what it prints.

    It works in its sandbox: it reads nothing but ``text`` and the files that ``arguments`` name, and writes nothing.

    Raises:
        OctavoError: TOOL_FAILED, with what Pandoc said; TOO_LARGE, as :func:`pipeline.aliases.bounded`.

    """
    aliases.bounded(text)
    given = text.encode(errors="replace")
    bounded = ["+RTS", f"-M{MEMORY.value}m", "-RTS", "--sandbox"]
    try:
        done = subprocess.run(
            [program(), *bounded, *arguments],
            input=given,
            capture_output=True,
            check=False,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            timeout=PANDOC.value + len(given) / _A_SECOND,
        )
        if done.returncode == 0:
            return done.stdout.decode()
    except subprocess.TimeoutExpired as error:
        raise PANDOC.refusal("For a part of the book, Pandoc took") from error
    except (OSError, UnicodeError, ValueError) as error:
        raise OctavoError(Exit.TOOL_FAILED, f"Pandoc ({program()}) cannot be used: {error}.") from error
    if done.returncode == _HEAP_OVERFLOW:
        raise bounds.no_memory()
    said = " ".join(done.stderr.decode(errors="replace").split())[:_LONGEST]
    if not said:
        ended = f"was ended by signal {-done.returncode}" if done.returncode < 0 else f"ended with {done.returncode}"
        said = f"it {ended} and said nothing"
    raise OctavoError(Exit.TOOL_FAILED, f"Pandoc failed: {said}.", "If book.md was edited, look there first.")


_last: dict[str, str] = {}
"""How the last text was read."""


def to_json(text: str) -> str:
    """Read Pandoc Markdown into Pandoc's AST, as JSON; the last text is remembered, for several ask about it.

    A run of plain words is one ``Str``, spaces and all (:mod:`pipeline.packing`).
    """
    document = _last.get(text)
    if document is None:
        document = read(text)
        remember(text, document)
    return document


def remember(text: str, document: str) -> None:
    """Remember how a text is read, and forget the one before."""
    _last.clear()
    _last[text] = document


def remembered(text: str) -> str | None:
    """Return how a text is read, if it is the one that is remembered."""
    return _last.get(text)


def read(text: str) -> str:
    """Read Pandoc Markdown as :func:`to_json` does, and remember nothing of it."""
    short, aside = packed(text)
    document = run(["-f", "markdown", "-t", "json"], short)
    if not document.startswith(_DOCUMENT):
        raise garbled(document)
    return unpacked(document, aside)


def to_ast(text: str) -> Any:
    """Read Pandoc Markdown into Pandoc's AST (its JSON form)."""
    return parsed(to_json(text))


def parts_of(document: str) -> tuple[Any, Iterator[Any]]:
    """Return the metadata of what :func:`to_json` has read, and its blocks, each parsed when it is asked for.

    As a whole the AST of a book takes a hundred times its room. Words and spaces that stand in several places are one
    node, so nobody may change it.

    Raises:
        OctavoError, RecursionError: as :func:`parsed`, also while blocks are asked for.

    """
    meta, blocks = places(document)
    reader = _reader()
    head, _ = next(items(document, meta, reader))
    return head, _blocks(document, blocks, reader)


def places(document: str) -> tuple[int, int]:
    """Return where in what :func:`to_json` has read its metadata begin, and the first of its blocks.

    Raises:
        OctavoError: TOOL_FAILED, for what Pandoc would not say.

    """
    meta, blocks = document.find(_META), document.find(_BLOCKS)
    if min(meta, blocks) < 0:
        raise garbled(document)
    return meta + len(_META), blocks + len(_BLOCKS)


def blocks_of(texts: Iterable[str]) -> Iterator[Any]:
    """Parse blocks of Pandoc's AST, each given as JSON, as :func:`parts_of` does."""
    reader = _reader()
    return (block for text in texts for block in _blocks(text, 0, reader, len(text)))


def _reader() -> json.JSONDecoder:
    """Return a parser that makes one node of all that say the same word."""
    known: dict[str, dict[str, Any]] = {}

    def shared(node: dict[str, Any]) -> dict[str, Any]:
        kind = node.get("t")
        if kind == "Str":
            return node if " " in node["c"] else known.setdefault(node["c"], node)
        return known.setdefault(f" {kind}", node) if kind in _BETWEEN and len(node) == 1 else node

    return json.JSONDecoder(object_hook=shared)


def items(document: str, at: int, reader: json.JSONDecoder) -> Iterator[tuple[Any, int]]:
    """Yield the items of an array in JSON, whose first begins at ``at``; with each, where the next begins, or the end.

    Raises:
        OctavoError, RecursionError: as :func:`parsed`.

    """
    try:
        while document[at] != "]":
            item, at = reader.raw_decode(document, at)
            at += document[at : at + 1] == ","
            yield item, at
    except (ValueError, LookupError, TypeError) as error:
        raise garbled(document) from error


def is_long(document: str, at: int = 0) -> bool:
    """Tell whether a paragraph begins at ``at`` that is better taken in pieces: as a whole it takes much room."""
    long = document.startswith(PARAGRAPH, at) and len(document) - at > _LONG
    return long and document.find(PARAGRAPH, at + 1, at + _LONG) < 0


def _blocks(document: str, at: int, reader: json.JSONDecoder, last: int = -1) -> Iterator[Any]:
    """Yield the blocks of an array in JSON, whose first begins at ``at``; its end is at ``last``, or a bracket.

    Of verse, so many lines at a time; of a long paragraph, so many words, behind one that is empty.
    """
    opened = 0
    while opened or (at != last and document[at] != "]"):
        if document[at] == "]":
            opened, at = opened - 1, at + len("]]}")
        elif verse := VERSE.match(document, at):
            opened, at = opened + 1, verse.end()
            rows = items(document, at, reader)
            while some := list(islice(rows, _AT_ONCE)):
                at = some[-1][1]
                yield {"t": "LineBlock", "c": [row for row, _ in some]}
            at += len("]}")
        elif is_long(document, at):
            at += len(PARAGRAPH)
            yield {"t": "Para", "c": []}
            words = items(document, at, reader)
            while some := list(islice(words, _AT_ONCE)):
                at = some[-1][1]
                yield {"t": "Span", "c": [["", [], []], [word for word, _ in some]]}
            at += len("]}")
        else:
            block, at = next(items(document, at, reader))
            yield block
            continue
        at += document[at : at + 1] == ","


def parsed(text: str, hook: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """Parse JSON that Pandoc printed; ``hook`` may turn each object into something else.

    Raises:
        OctavoError: TOOL_FAILED, for what is no JSON.
        RecursionError: for a text whose parts lie within one another hundreds deep.

    """
    try:
        return json.loads(text, object_hook=hook)
    except (ValueError, KeyError, TypeError) as error:
        raise garbled(text) from error


def garbled(text: str) -> OctavoError:
    """Return the error for something that Pandoc printed and nobody can read."""
    return OctavoError(
        Exit.TOOL_FAILED,
        f"Pandoc ({program()}) printed what cannot be read ({len(text)} letters).",
        "Install it again: pip install --force-reinstall pypandoc_binary",
    )


def from_ast(ast: dict[str, Any] | str, to: str, *, arguments: Sequence[str] = ()) -> str:
    """Write Pandoc's AST (its JSON form, or what it is made of) in the format ``to``."""
    return run(["-f", "json", "-t", to, *arguments], ast if isinstance(ast, str) else json.dumps(ast))
