"""Lines in which something runs from right to left: how their signs stand on the page.

The signs of such a line do not tell their order: figures between Latin and Hebrew may belong to either. The tags say
in which order a piece of a line is read; that they say true is proved here, by setting what they say as Unicode's
bidirectional algorithm (UAX 9) has it and holding it against the signs as they stand on the page.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pypdfium2 import raw

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_NUMBERS = ("EN", "AN")
_LAM_ALEF = re.compile("\u0644[\u0622\u0623\u0625\u0627]|[\u0622\u0623\u0625\u0627]\u0644")


def stands_so(signs: Iterable[tuple[float, str]], told: str) -> bool:
    """Tell whether ``signs`` stand as ``told`` is set, in a paragraph of either direction.

    Args:
        signs: the place of each sign on its line, from the left, and the sign.
        told: the text of the line in the order in which it is read.

    Letters and figures are compared; the two letters of an Arabic ligature stand at one place.

    """
    stands = _comparable("".join(sign for _, sign in sorted(signs, key=lambda pair: pair[0])))
    return any(stands == _comparable(set_from_left(told, base)) for base in (0, 1))


def _comparable(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return _LAM_ALEF.sub("\u0644", "".join(sign for sign in plain if sign.isalnum()))


def set_from_left(text: str, base: int) -> str:
    """Return the signs of a line of a paragraph in the order in which they are set from left to right.

    ``base``: 0 if the paragraph is read to the right, 1 if to the left. Signs without a width are left out.
    """
    seen = [sign for sign in text if unicodedata.bidirectional(sign) not in ("NSM", "BN", "")]
    levels = _levels(seen, base)
    pairs = list(zip(seen, levels, strict=True))
    for level in range(max(levels, default=0), 0, -1):
        turned: list[tuple[str, int]] = []
        for high, group in groupby(pairs, key=lambda pair: pair[1] >= level):
            some = list(group)
            turned += reversed(some) if high else some
        pairs = turned
    return "".join(sign for sign, _ in pairs)


def _levels(signs: Sequence[str], base: int) -> list[int]:
    """Return the level of each sign; the names of the rules are those of UAX 9."""
    around = "LR"[base]
    kinds = [unicodedata.bidirectional(sign) for sign in signs]
    strong = around
    for at, kind in enumerate(kinds):  # W2
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    for at in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and ((kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")):
            kinds[at] = before
    start = 0
    for kind, group in [(kind, len([*some])) for kind, some in groupby(kinds)]:  # W5
        end = start + group
        if kind == "ET" and "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * group
        start = end
    strong = around
    for at, kind in enumerate(kinds):  # W3, W6, W7
        kinds[at] = kind = {"AL": "R", "EN": "EN", "AN": "AN", "L": "L", "R": "R"}.get(kind, "ON")
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    _set_brackets(signs, kinds, around)
    for at, kind in enumerate(kinds):  # N1, N2
        if kind == "ON":
            end = next((n for n in range(at, len(kinds)) if kinds[n] != "ON"), len(kinds))
            before = _side(kinds[at - 1]) if at else around
            after = _side(kinds[end]) if end < len(kinds) else around
            kinds[at:end] = [before if before == after else around] * (end - at)
    return [2 if kind in _NUMBERS or (kind == "L" and base) else int(kind == "R") for kind in kinds]


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _set_brackets(signs: Sequence[str], kinds: list[str], around: str) -> None:
    """Give pairs of brackets a direction (N0)."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, sign in enumerate(signs):
        if kinds[at] == "ON" and sign in _BRACKETS:
            opened.append(at)
        elif kinds[at] == "ON" and sign in _BRACKETS.values():
            start = next((n for n in reversed(range(len(opened))) if _BRACKETS[signs[opened[n]]] == sign), None)
            if start is not None:
                pairs.append((opened[start], at))
                del opened[start:]
    for start, end in sorted(pairs):
        within = {_side(kind) for kind in kinds[start + 1 : end]} & {"L", "R"}
        if not within:
            continue
        before = next((_side(kind) for kind in reversed(kinds[:start]) if kind != "ON"), around)
        kinds[start] = kinds[end] = around if around in within else before


def told_on(page: Any) -> dict[int, str]:
    """Return what the tags of a page say in words of its marked contents, by the number of each."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: dict[int, str] = {}
    tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree)))
    open_ = [one for one in tops if one]
    while open_:
        element = open_.pop()
        marks = [
            raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
            for at in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element)))
        ]
        if len(marks) == 1 and marks[0] >= 0 and (length := raw.FPDF_StructElement_GetActualText(element, None, 0)):
            text = ctypes.create_string_buffer(length)
            raw.FPDF_StructElement_GetActualText(element, text, length)
            found[marks[0]] = text.raw[: length - 2].decode("utf-16-le", "replace")
        count = max(0, raw.FPDF_StructElement_CountChildren(element))
        open_ += filter(None, (raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count)))
    raw.FPDF_StructTree_Close(tree)
    return found
