"""Again: a wiki's notes that are called more than once, by their name; Pandoc's reader knows each at its first call.

The words of the note are written out at each call, under a mark with the number of the line, and the mark is taken off
what was read: so each call has its note, and it is known which are the note once more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pipeline.markup.leaves import Leaf, Node, nodes_of, plain
from pipeline.model import Change, ChangeKind, Line

__all__ = ["called_again", "first_calls", "written_out"]

_MARK = "\ue0ff"  # of the private use area: no text has it
_NAME = r"<ref\s[^<>]*?name\s*=\s*[\"']?(?P<name>[^\"'<>/]+?)[\"']?\s*"
_WHOLE = re.compile(rf"{_NAME}(?:\s[^<>]*)?(?<!/)>(?P<words>.*?)</ref>", re.IGNORECASE | re.DOTALL)
_AGAIN = re.compile(rf"{_NAME}/>", re.IGNORECASE)
_MARKED = re.compile(rf"^{_MARK}(?P<line>\d+){_MARK}")
_WHY = "the note is called once more"


def written_out(lines: Sequence[Line]) -> str:
    """Return a text in which each call of a named note has the words of the note."""
    text = "".join(f"{line.text}\n" for line in lines)
    words = {found["name"].strip(): " ".join(found["words"].split()) for found in _WHOLE.finditer(text)}
    return "".join(f"{_AGAIN.sub(partial(_copy, line.number, words), line.text)}\n" for line in lines)


def _copy(number: int, words: Mapping[str, str], call: re.Match[str]) -> str:
    """Return the note of a call, under the mark of its line; nothing where no note has the name."""
    note = words.get(call["name"].strip(), "")
    return f"<ref>{_MARK}{number}{_MARK}{note}</ref>" if note else ""


def first_calls(found: Sequence[Leaf]) -> list[Leaf]:
    """Return the leaves of a text without the notes that are called once more; their marks must still be there."""
    again = {leaf.note for leaf in found if _MARKED.match(leaf.text)}
    return [leaf for leaf in found if leaf.note not in again]


def called_again(blocks: Sequence[Node]) -> list[Change]:
    """Take the marks off ``blocks``; return a change for each note that stands there once more."""
    out: list[Change] = []
    for node in nodes_of(list(blocks)):
        first: Any = node["c"][0]["c"] if node["t"] == "Note" and node["c"] else []
        found = _MARKED.match(first[0]["c"]) if first and first[0]["t"] == "Str" else None
        if found:
            first[0]["c"] = first[0]["c"][found.end() :]
            out.append(Change(int(found["line"]), ChangeKind.MOVED, "", plain(node["c"], apart=True), _WHY))
    return out
