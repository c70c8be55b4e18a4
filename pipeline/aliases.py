"""Aliases in YAML: ``*name`` stands for what ``&name`` marks, and a few lines of them in one another for gigabytes.

Pandoc writes each of them out. How much that would be is told here before it begins.
"""

from __future__ import annotations

import re

from pipeline.errors import Exit, OctavoError

MOST = 500_000
"""Letters; the data of a real book are some hundreds, and have no aliases."""

_BLOCK = re.compile(r"^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"(?<![^\s,\[{])([&*])([^\s,\[\]{}]+)")


def bounded(markdown: str) -> None:
    """Refuse a text whose YAML would grow beyond ``MOST`` letters.

    What an anchor marks has ended where its alias stands first, so no more than lies between them is counted for each.

    Raises:
        OctavoError: TOO_LARGE.

    """
    for block in _BLOCK.finditer(markdown) if "&" in markdown else ():
        grown = 0
        begun: dict[str, int] = {}
        size: dict[str, int] = {}
        for found in _NAME.finditer(block[1]):
            sign, name = found.groups()
            place = found.start() + grown
            if sign == "&":
                begun[name] = place
                size.pop(name, None)
            elif name in begun:
                grown += size.setdefault(name, place - begun[name])
            if grown > MOST:
                raise OctavoError(
                    Exit.TOO_LARGE,
                    f"The data above the text (YAML) would grow to more than {MOST:,} letters by aliases such as "
                    f"*{name[:40]}, and were not read.",
                    "Write out what the aliases stand for.",
                )
