"""Advance sheets: what is set from what ``book.md`` will be, while the text is still read.

Who corrects a book changes a word or two in it and builds it again. So what was read the last time, with these words
changed, is most likely what will be read now. A twin sets type from that; when ``book.md`` is written, and is letter by
letter what was foreseen, with the works that it cites, what the twin has made is taken, for it was made from nothing
else. If not, it is thrown away, and nothing is lost but the time of another core.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Generic, TypeVar

from pipeline import beside as other
from pipeline import daybook, pandoc, standing
from pipeline.beside import Beside
from pipeline.packing import reread
from pipeline.settings import Settings

Made = TypeVar("Made")

MOST = 20_000_000  # bytes of a text of which this is tried
LINES = 12  # that differ; where more do, more than words was changed
AROUND = 60  # letters on either side of changed words, by which they are found in book.md
_PANGO = "weasyprint"  # who loads it
_LEFT, _RIGHT = re.compile(r"[\w ,]*\Z"), re.compile(r"[\w ,]*")  # what stands in book.md as it stands in the text


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What ``book.md`` and ``references.json`` will be; and how Pandoc will read it, as JSON, if that is known."""

    markdown: str
    references: str
    document: str | None = field(default=None, compare=False)


class Advance(Generic[Made]):
    """What a twin makes from what is foreseen."""

    def __init__(self, path: Path, settings: Settings, task: Callable[[str, Path], Made], beside: Beside) -> None:
        """Begin.

        Args:
            path: the file with the text.
            settings: with which it is read.
            task: what is made from ``book.md``, and from the folder with its ``references.json``.
            beside: where the twin comes from. Where Pango is at work already, a twin would be without its threads.

        """
        lame = other.FORKS and _PANGO in sys.modules
        self._foreseen, self._beside = None if lame else foreseen(path, settings), beside
        self._going = beside.begin(partial(_made, task, self._foreseen)) if self._foreseen is not None else None

    def is_begun(self) -> bool:
        """Tell whether something was foreseen, and is being made."""
        return self._going is not None

    def is_foreseen(self, markdown: str, references: str) -> bool:
        """Tell whether ``book.md`` and ``references.json`` are what something is being made from."""
        return self._going is not None and self._foreseen == Foreseen(markdown, references)

    def made(self, markdown: str, references: str) -> Made | None:
        """Return what was made, if ``book.md`` and ``references.json`` are what was foreseen; can be asked once."""
        if self._going is not None and self.is_foreseen(markdown, references):
            return self._going()
        if self._going is not None:
            self._beside.drop()
        return None


def _made(task: Callable[[str, Path], Made], foreseen: Foreseen) -> Made:
    with tempfile.TemporaryDirectory(prefix="octavo-") as place:
        Path(place, "references.json").write_text(foreseen.references, encoding="utf-8")
        if foreseen.document is not None:
            pandoc.remember(foreseen.markdown, foreseen.document)
        return task(foreseen.markdown, Path(place))


def remember(path: Path, settings: Settings, markdown: str, references: str) -> None:
    """Remember what became of the text in the file ``path``; of one that is no file, or in no UTF-8, nothing."""
    with contextlib.suppress(OSError, UnicodeError):
        if (text := _text(path)) is not None:
            texts = [one.encode() for one in (text, markdown, references, pandoc.remembered(markdown) or "")]
            sizes = json.dumps([*map(len, texts)]).encode()  # as JSON they would take ten times as long
            standing.keep("advance", _key(path, settings), b"\n".join([sizes, b"".join(texts)]))


def foreseen(path: Path, settings: Settings) -> Foreseen | None:
    """Return what will become of the text in the file ``path``; nothing where that cannot be told."""
    with contextlib.suppress(OSError, UnicodeError, ValueError):
        kept = standing.kept("advance", _key(path, settings))
        if kept is not None and (now := _text(path)) is not None:
            sizes, _, texts = kept.partition(b"\n")
            ends = [0, *accumulate(json.loads(sizes))]
            before, markdown, references, document = (texts[at:end].decode() for at, end in pairwise(ends))
            found = _changed(before, now, markdown)
            known = reread(document, markdown, found) if found and document else None
            return Foreseen(found, references, known) if found else None
    return None


def open_daybook(path: Path, settings: Settings) -> None:
    """Open the daybook of the text in the file ``path``."""
    daybook.begin(standing.kept("daybook", _key(path, settings)))


def keep_daybook(path: Path, settings: Settings) -> None:
    """Keep the daybook of the text in the file ``path``, if there is anything new in it."""
    if path.is_file() and (content := daybook.written()):
        standing.keep("daybook", _key(path, settings), content)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() and path.stat().st_size <= MOST else None


def _key(path: Path, settings: Settings) -> str:
    whole = os.path.realpath(path)  # of a link that leads to itself, too; who reads it says so
    return standing.digest(standing.workshop(), whole, asdict(settings))


def _changed(before: str, now: str, markdown: str) -> str:
    """Return ``book.md`` with the words changed that were changed in the text; nothing where they are not found."""
    old, new = before.split("\n"), now.split("\n")
    differ = [at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other]
    if len(old) != len(new) or len(differ) > LINES:
        return ""
    for at in differ:
        start, end, last = _between(old[at], new[at])
        left = _LEFT.search(old[at][max(0, start - AROUND) : start])
        right = _RIGHT.match(old[at][end : end + AROUND])
        assert left is not None and right is not None
        said = f"{left[0]}{old[at][start:end]}{right[0]}"
        if not said.strip() or markdown.count(said) != 1:
            return ""
        markdown = markdown.replace(said, f"{left[0]}{new[at][start:last]}{right[0]}")
    return markdown


def _between(one: str, other: str) -> tuple[int, int, int]:
    """Return where two lines begin to differ, and where they end to, each in whole letters."""
    least = min(len(one), len(other))
    start = next((at for at in range(least) if one[at] != other[at]), least)
    same = next((at for at in range(least - start) if one[-1 - at] != other[-1 - at]), least - start)
    return start, len(one) - same, len(other) - same
