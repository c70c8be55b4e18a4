"""The letters of a manuscript, element by element, to be followed while its lines are read.

WeasyPrint drops the space at which it ends a line, and the tags must have it again. The lines do not tell where: one
may end behind a dash or an ellipsis with no space there. The manuscript tells.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.forms.elements import ZERO_WIDTH, is_parted
from pipeline.print.boxes import HYPHEN

UNPARTED = "data-unparted"  # attribute of a piece of a note that was cut where no space stands


class Letters:
    """For each letter that stands in an element itself, white space left out: whether a space follows it."""

    def __init__(self) -> None:
        self._parted: dict[int, list[bool]] = defaultdict(list)
        self._read: dict[int, int] = defaultdict(int)
        self._last: list[bool] = []  # what is known of the letters up to the one last met
        self._roots: list[Any] = []  # kept alive, because elements are known by their identity

    def know(self, root: Any) -> None:
        """Take up the letters of a tree of elements; a tree that is known already is passed over."""
        if not any(root is other for other in self._roots):
            self._roots.append(root)
            self._walk(root)

    def follow(self, element: Any, text: str) -> bool:
        """Go on with ``text``, the next letters of ``element``; say whether a space follows in the manuscript."""
        ours = text.endswith(HYPHEN)  # the author's are of another kind, see ``typography``
        count = sum(not sign.isspace() and sign != ZERO_WIDTH for sign in text) - ours
        end = self._read[id(element)] + count
        self._read[id(element)] = end
        parted = self._parted[id(element)]
        return not ours and 0 < end <= len(parted) and parted[end - 1]

    def _walk(self, element: Any) -> None:
        if not isinstance(element.tag, str):
            return
        names = set(element.get("class", "").split())
        aside = "fn" in names or "endnote" in names
        parted = aside or is_parted(element.tag, names)
        before = self._last
        if aside:
            self._last = []
        elif parted:
            self._part()
        self._take(element, element.text)
        for child in element:
            self._walk(child)
            self._take(element, child.tail)
        if parted and element.get(UNPARTED) is None:
            self._part()
        if aside:
            self._last = before

    def _take(self, element: Any, text: str | None) -> None:
        parted = self._parted[id(element)]
        for sign in text or "":
            if sign.isspace():
                self._part()
            elif sign != ZERO_WIDTH:
                parted.append(False)
                self._last = parted

    def _part(self) -> None:
        if self._last:
            self._last[-1] = True
