"""Lists: which items make one list, what lies inside which, and which paragraphs go on inside an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from pipeline.label.features import markers, strip_marker
from pipeline.model import Block, Change, ChangeKind, Item, ItemList

_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_NAME = re.compile(r"[^\W\d_a-z]\. ?(?:[^\W\d_a-z]\. ?)*[^\W\d_a-z][\w’'-]")
_DEEPER = 2  # columns: an entry without a sign that is set in so much deeper belongs to the one above
_INSIDE = 3  # paragraphs; more than this between two items do not go on inside the first


@dataclass(slots=True)
class _OpenItem:
    marker: str
    blocks: list[Block | _OpenList]
    lines: list[int]


@dataclass(slots=True)
class _OpenList:
    kind: str
    start: int
    last: int
    indent: int = 0
    items: list[_OpenItem] = field(default_factory=list)

    def close(self) -> ItemList:
        """Freeze the list and all that is inside it."""
        items = tuple(
            Item(
                item.marker,
                tuple(block.close() if isinstance(block, _OpenList) else block for block in item.blocks),
                tuple(item.lines),
            )
            for item in self.items
        )
        style = next((name for sign, name in _STYLES.items() if sign in self.kind), "bullet")
        style = "plain" if self.kind == "" else style
        delimiter = "both" if self.kind.startswith("(") else "paren" if self.kind.endswith(")") else "period"
        return ItemList(style, self.start, delimiter, items, tuple(n for item in items for n in item.lines))


@dataclass(frozen=True, slots=True)
class Entry:
    """An item (``is_item``) or a block that may go on inside one; ``adjacent``: no blank line above it.

    ``indent``: the columns by which an entry of an index is set in; one that is set in deeper is a sub-entry.
    """

    block: Block
    text: str
    is_item: bool
    adjacent: bool
    indent: int = 0


def initials(items: Sequence[str | None]) -> set[int]:
    """Return which items begin with a letter that counts nothing, but is of a name: "P. Orr" below "Mr. Fenn".

    Args:
        items: the texts of items; nothing where another block stands between them.

    """
    out: set[int] = set()
    for is_item, group in groupby(enumerate(items), key=lambda pair: pair[1] is not None):
        run = [(n, text or "") for n, text in group]
        found = markers([text for _, text in run]) if is_item else []
        letters = [(n, one[1]) for (n, text), one in zip(run, found, strict=False) if one and _is_name(text, one[0])]
        steps = all(after == value + 1 for (_, value), (_, after) in pairwise(letters))
        counts = letters and steps and (letters[0][1] == 1 or len(letters) > 1)
        others = any(one is None and text[:1].isupper() for (_, text), one in zip(run, found, strict=False))
        if others or not counts:
            out |= {n for n, _ in letters}
    return out


def _is_name(text: str, kind: str) -> bool:
    return kind == "A." and _NAME.match(text) is not None


def lists(entries: Sequence[Entry]) -> tuple[tuple[Block | ItemList, ...], tuple[Change, ...]]:
    """Make lists of the items among ``entries``; the other blocks stay where they are.

    Returns:
        The blocks in order, and the record of the numbers that the lists now set.

    """
    out: list[Block | _OpenList] = []
    changes: list[Change] = []
    stack: list[_OpenList] = []
    signs = markers([entry.text if entry.is_item else "" for entry in entries])
    for at, entry in enumerate(entries):
        if not entry.is_item:
            level = _goes_on(entries, signs, at, stack)
            if level is None:
                stack = []
                out.append(entry.block)
            else:
                del stack[level + 1 :]
                stack[-1].items[-1].blocks.append(entry.block)
                stack[-1].items[-1].lines.extend(entry.block.lines)
            continue
        sign, _ = strip_marker(entry.text)
        kind, value = signs[at] or ("", 0)
        if any(letter.isalnum() for letter in sign):
            why = "the list sets its own numbers"
            changes.append(Change(entry.block.lines[0], ChangeKind.RELABELLED, sign, "", why))
        item = _OpenItem(sign, [entry.block], list(entry.block.lines))
        home = _home(stack, kind, value) if kind else _level(stack, entry.indent)
        if home is not None:
            del stack[home + 1 :]
        elif stack and _nests(stack[-1], entries, at, kind, value):
            inner = _OpenList(kind, max(value, 1), value, entry.indent)
            stack[-1].items[-1].blocks.append(inner)
            stack.append(inner)
        else:
            stack = [_OpenList(kind, max(value, 1), value, entry.indent)]
            out.append(stack[0])
        stack[-1].items.append(item)
        stack[-1].last = value
    return tuple(block.close() if isinstance(block, _OpenList) else block for block in out), tuple(changes)


def _home(stack: Sequence[_OpenList], kind: str, value: int) -> int | None:
    """Find the open list that this item goes on with: the same kind, or a number written in another frame."""
    for level in range(len(stack) - 1, -1, -1):
        one = stack[level]
        if one.kind == kind and (value == 0 or value == one.last + 1):
            return level
    for level in range(len(stack) - 1, -1, -1):
        if "1" in stack[level].kind and "1" in kind and value == stack[level].last + 1:
            return level
    return None


def _level(stack: Sequence[_OpenList], indent: int) -> int | None:
    """Find the open list without signs that an entry goes on with which is set in so far; it may be set in less."""
    plain = [level for level, one in enumerate(stack) if not one.kind]
    level = next((level for level in reversed(plain) if stack[level].indent <= indent), min(plain, default=None))
    if level is None or (level == plain[-1] and indent >= stack[level].indent + _DEEPER):
        return None
    stack[level].indent = min(indent, stack[level].indent)
    return level


def _nests(top: _OpenList, entries: Sequence[Entry], at: int, kind: str, value: int) -> bool:
    """Tell whether a new list begins inside the item above: it follows at once and starts anew in another form."""
    if not kind and not top.kind:
        return True  # else it would go on with the list above
    if not entries[at - 1].is_item or kind == top.kind:
        return False
    return entries[at - 1].text.endswith(":") or (entries[at].adjacent and value == 1)


def _goes_on(
    entries: Sequence[Entry], signs: Sequence[tuple[str, int] | None], at: int, stack: Sequence[_OpenList]
) -> int | None:
    """Find the level of the numbered list that goes on after this block and at most two more."""
    if not stack:
        return None
    for n, entry in enumerate(entries[at + 1 : at + 1 + _INSIDE], at + 1):
        if entry.is_item:
            kind, value = signs[n] or ("", 0)
            return _home(stack, kind, value) if value > 1 else None
    return None
