"""The operators of the stream of a page: what is only for the eye, and the spaces that lines lack at their ends."""

from __future__ import annotations

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
        """Show a space at the end of a marked content, in the font that it ends in."""
        shown = None
        for place in range(self.begins.get(number, len(self.stream)), len(self.stream)):
            item = self.stream[place]
            if item == b"EMC":
                break
            if isinstance(item, bytes) and item.endswith(b"] TJ"):
                shown = place
        if shown is None:
            return
        named = (item for item in reversed(self.stream[:shown]) if isinstance(item, bytes) and item.endswith(b" Tf"))
        name, size, _ = next(named, b"/ 0 Tf").decode().split()
        if (font := name.lstrip("/")) in spaces:
            self.stream[shown] = self.stream[shown][: -len(b"] TJ")] + f"<{spaces[font]}>] TJ".encode()
        elif spaces:  # a face that stands in for a few letters has no space of its own here
            font, space = next(iter(spaces.items()))
            self.stream[shown] += f"\n/{font} {size} Tf\n[<{space}>] TJ".encode()
