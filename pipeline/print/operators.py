"""The operators of the stream of a page: what is only for the eye, and the spaces that lines lack at their ends."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pydyf


class Operators:
    """The operators of one page's stream, and where its marked contents stand in it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream.stream
        self.begins = {
            item["MCID"]: place
            for place, item in enumerate(self.stream)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }

    def make_artifact(self, number: int, properties: dict[str, str]) -> None:
        """Turn a marked content into an artifact."""
        place = self.begins[number]
        self.stream[place - 1] = "/Artifact"
        self.stream[place] = pydyf.Dictionary(properties)

    def say(self, number: int, text: str) -> None:
        """Say what a marked content reads, where its glyphs do not tell: in some scripts a letter is drawn in parts."""
        self.stream[self.begins[number]]["ActualText"] = pydyf.String(text)

    def add_space(self, number: int, spaces: dict[str, str]) -> None:
        """Show a space at the end of a marked content, in the font that it ends in; ``spaces`` are told later."""
        shown = None
        for place in range(self.begins.get(number, len(self.stream)), len(self.stream)):
            item = self.stream[place]
            if item == b"EMC":
                break
            if isinstance(item, Spaced) or (isinstance(item, bytes) and item.endswith(b"] TJ")):
                shown = place
        if shown is None:
            return
        if isinstance(self.stream[shown], Spaced):
            self.stream[shown].count += 1
            return
        named = (item for item in reversed(self.stream[:shown]) if isinstance(item, bytes) and item.endswith(b" Tf"))
        name, size, _ = next(named, b"/ 0 Tf").decode().split()
        self.stream[shown] = Spaced(self.stream[shown], name.lstrip("/"), size, spaces)

    def settled(self) -> list[Any]:
        """Return the operators in few pieces: nothing of them changes any more but the spaces."""
        found: list[Any] = []
        for is_spaced, some in groupby(self.stream, lambda item: isinstance(item, Spaced)):
            items = list(some)
            found += items if is_spaced else [b"\n".join(map(pydyf._to_bytes, items))]
        return found


class Spaced(pydyf.Object):  # type: ignore[misc]
    """What is shown at the end of a marked content, and the spaces that a line lacks there."""

    def __init__(self, shown: bytes, font: str, size: str, spaces: dict[str, str]) -> None:
        """``shown``: the operator; ``font`` and ``size``: in which; ``spaces``: the glyphs, which are told later."""
        super().__init__()
        self._shown, self._font, self._size, self._spaces = shown, font, size, spaces
        self.count = 1

    @property
    def data(self) -> bytes:
        """Return the operator with its spaces."""
        if self._font in self._spaces:
            glyphs = f"<{self._spaces[self._font]}>" * self.count
            return self._shown[: -len(b"] TJ")] + f"{glyphs}] TJ".encode()
        if not self._spaces:
            return self._shown
        font, space = next(iter(self._spaces.items()))  # a face that stands in for a few letters has none of its own
        return self._shown + f"\n/{font} {self._size} Tf\n[<{space}>] TJ".encode() * self.count
