"""Citations in the text: where a style names author and year, or a number, they are no notes.

``book.md`` has each citation in a note of its own. Where the style that a person chose cites in the text (its class is
“in-text”: CSL 1.0.2, “Style Structure”), what such a note holds goes to its call: behind the last stop of a quotation
that is set apart, before the stop of a sentence that other words follow (*The Chicago Manual of Style*, 17th ed.,
15.25–15.26).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_CLASS = re.compile(r"<style\b[^>]*\bclass=\"in-text\"")
_SPACE = {"t": "Space"}
_STOPS = ".,;:"


def cites_in_text(style: Path) -> bool:
    """Tell whether a CSL style cites in the text; one that cannot be read does not."""
    try:
        return _CLASS.search(style.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False


def into_text(document: str) -> str:
    """Return Pandoc's AST, as JSON, with the notes that hold nothing but citations put into the text."""
    tree = json.loads(document)
    for block in tree["blocks"]:
        _walk(block)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _walk(node: Any) -> None:
    if isinstance(node, dict):
        node = list(node.values())
    if not isinstance(node, list):
        return
    place = 0
    while place < len(node):
        if cited := _cited(node[place]):
            last = place + 1 == len(node)
            stop = "" if last or not place else _taken(node[place - 1])
            node[place : place + 1] = [_SPACE, *cited, *([{"t": "Str", "c": stop}] if stop else [])]
        else:
            _walk(node[place])
        place += 1


def _cited(inline: Any) -> list[Any]:
    """Return the citations that a note consists of, without the stop behind them; nothing for any other inline."""
    if not (isinstance(inline, dict) and inline.get("t") == "Note"):
        return []
    blocks = inline["c"]
    words = blocks[0]["c"] if len(blocks) == 1 and blocks[0]["t"] == "Para" else []
    if words and words[-1] == {"t": "Str", "c": "."}:
        words = words[:-1]
    return words if words and all(one["t"] == "Cite" for one in words) else []


def _taken(inline: Any) -> str:
    """Take the stop off the end of a word, and return it."""
    words = inline.get("c") if isinstance(inline, dict) and inline.get("t") == "Str" else ""
    if not words or words[-1] not in _STOPS or len(words) < 2:
        return ""
    inline["c"] = words[:-1]
    return str(words[-1])
