"""Compositors: processes that set type beside this one, each at a press of its own, where there is enough to set.

What is set does not depend on who sets it: paragraphs are measured each by itself, and a part of the book is laid out
without its folios. A compositor that is lost costs nothing but its time: what it had begun is set here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import bounds, files, hellbox
from pipeline.print import calling, impressions, plates
from pipeline.print.folios import set_folios
from pipeline.print.formes import heard

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from weasyprint.document import Page

    from pipeline.print.boxes import Shape
    from pipeline.print.layout import Typesetter
    from pipeline.print.leaves import Leaf
    from pipeline.print.lines import Known
    from pipeline.print.plates import Part
    from pipeline.print.shelf import Block

ENOUGH = 60_000
"""Letters of HTML that are worth a compositor: so many are set while one comes to work."""

LITTLE = 5_000
"""Letters of HTML that are worth telling one who is there."""


_OUTFIT = "outfit"  # the file with what a press is made with


class _Measure(NamedTuple):
    """Paragraphs to measure by some rules."""

    rules: str
    blocks: Sequence[Block]


class _Set(NamedTuple):
    """Parts to lay out, of which some lines are known."""

    parts: Sequence[Part]
    lines: Known


class _Paint(NamedTuple):
    """A part that was set, by its number, to be painted with folios from the ``first`` on, which are of a ``kind``."""

    number: int
    first: int
    kind: str


_Measured = tuple[list[list["Shape | None"]], "Known"]
"""The shapes of blocks, and the lines that were found for them."""


class Compositors:
    """Those who set type beside this process; they come when there is enough to do, and go when it is closed."""

    def __init__(self, outfit: tuple[Any, ...]) -> None:
        """``outfit``: what a press is made with, as :class:`pipeline.print.layout.Typesetter` takes it."""
        self._outfit = outfit
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._others: dict[Connection, SpawnProcess] = {}
        self._parts: dict[Part, int] = {}
        self._done: dict[int, bool] = {}
        self._hands: dict[int, Connection] = {}  # who has set a part
        self._lent: set[int] = set()  # those that were set here, of which the others may have plates
        self._painted: dict[str, str] = {}

    def __enter__(self) -> Compositors:
        return self

    def __exit__(self, *_raised: object) -> None:
        for talk, other in self._others.items():
            other.kill()  # what it does is of no use to anybody
            talk.close()
            other.join()
        self._others.clear()
        if self._folder is not None:
            self._folder.cleanup()

    def _come(self, letters: int) -> Sequence[Connection]:
        """Return how to talk to the others, who are called if so many ``letters`` are worth it."""
        enough = LITTLE if self._others or calling.are_here() else ENOUGH
        if self._folder is None and letters > enough and bounds.hands() > 1:
            self._folder = tempfile.TemporaryDirectory(prefix="octavo-")
            Path(self._folder.name, _OUTFIT).write_bytes(pickle.dumps(self._outfit))
            self._others = calling.taken()
            for hand in list(self._others):
                with contextlib.suppress(OSError):
                    hand.send(self._folder.name)
        return list(self._others) if letters > enough else []

    def share(self, blocks: Sequence[Block], rules: str) -> list[tuple[Sequence[Block], Connection | None]]:
        """Return who measures which of ``blocks``; None stands for this process, whose share comes first.

        It is larger by what is measured while the others come.
        """
        here = bool(self._others) or calling.are_here()
        others = self._come(sum(len(block.html) for block in blocks)) if not self._parts else []
        hands: list[Connection | None] = [None, *others]
        lengths = accumulate(len(block.html) for block in blocks)
        alone = 0 if here or not others else sum(length <= ENOUGH for length in lengths)
        rest = blocks[alone:]
        shares = [(rest[number :: len(hands)], hand) for number, hand in enumerate(hands)]
        shares[0] = ([*blocks[:alone], *shares[0][0]], None)
        for number, (share, hand) in enumerate(shares):
            if hand is not None and not self._tell(hand, str(number), _Measure(rules, list(share))):
                shares[number] = (share, None)
        return shares

    def _tell(self, hand: Connection, name: str, task: object) -> bool:
        """Lay a task before one of the others; False if there is nobody any more."""
        assert self._folder is not None
        path = Path(self._folder.name, f"task-{name}")
        path.write_bytes(pickle.dumps(task))
        with contextlib.suppress(OSError):
            hand.send(path.name)
            return True
        return False

    def measured(self, hand: Connection) -> _Measured | None:
        """Wait for what one of the others measured; None if it is lost."""
        assert self._folder is not None
        with contextlib.suppress(EOFError, OSError):
            said: _Measured = pickle.loads(Path(self._folder.name, hand.recv()).read_bytes())
            return said
        self._others.pop(hand).join()
        return None

    def begin(self, parts: Sequence[Part], lines: Known) -> bool:
        """Let the others begin with ``parts``, from the last one on; this process takes them from the first one on.

        ``lines``: those that are known. False where there are no others.
        """
        if len(parts) < 2:
            return False
        others = self._come(sum(len(part.html) for part in parts))
        self._parts = {part: number for number, part in enumerate(parts)} if others else {}
        for number, hand in enumerate(others):
            self._tell(hand, str(number), _Set(list(parts), lines))
        return bool(others)

    def plates(self, part: Part) -> bytes | None:
        """Return plates of a part that another one has set or is setting; None if it is to be set here."""
        number = self._parts.get(part)
        if number is None or self._folder is None or _claim(self._folder.name, number):
            return None
        while number not in self._done and self._others:
            for hand in wait(list(self._others)):
                assert isinstance(hand, Connection)
                self._hear(hand)
        return Path(self._folder.name, f"plates-{number}").read_bytes() if self._done.get(number) else None

    def lends(self, part: Part) -> bool:
        """Tell whether there are others who may want plates of a part that is set here."""
        return part in self._parts and bool(self._others)

    def lend(self, part: Part, plates: bytes) -> None:
        """Leave plates of a part that was set here to the others, who may have nothing to do when it is painted."""
        number = self._parts.get(part)
        if number is not None and self._folder is not None:
            Path(self._folder.name, f"plates-{number}").write_bytes(plates)
            self._lent.add(number)

    def paint(self, part: Part, first: int, kind: str) -> None:
        """Let who has set a part paint it too, with folios from the ``first`` on; one of the others, if nobody has.

        They begin with the last page, and whoever binds, with the first.
        """
        number = self._parts.get(part, -1)
        hand = self._hands.get(number) or next(iter(self._others if number in self._lent else ()), None)
        if hand is not None:
            self._tell(hand, f"paint-{number}", _Paint(number, first, kind))

    def painted(self) -> Mapping[str, str]:
        """Return the impressions of pages that others have painted since this was last asked; wait for none."""
        for hand in list(self._others):
            with contextlib.suppress(OSError):
                while hand in self._others and hand.poll():
                    self._hear(hand)
        painted, self._painted = self._painted, {}
        return painted

    def _hear(self, hand: Connection) -> None:
        """Hear what one of the others has to say: that a part is set, and whether it is whole; or what is painted."""
        assert self._folder is not None
        try:
            said: tuple[int, bool] | str = hand.recv()
        except (EOFError, OSError):
            self._others.pop(hand).join()
            return
        if isinstance(said, str):
            self._painted |= pickle.loads(Path(self._folder.name, said).read_bytes())
        else:
            place, self._done[place] = said
            self._hands[place] = hand


def _claim(folder: str, number: int) -> bool:
    """Take a part for oneself, if nobody has."""
    try:
        os.close(os.open(Path(folder, f"claim-{number}"), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def work(talk: Connection, place: Path) -> None:
    """Do what one is told, in another process, until nobody is there who tells; ``place`` is the folder of them all."""
    from pipeline.print.layout import Typesetter

    folder = str(place)
    with contextlib.suppress(EOFError, OSError), bounds.watched(), hellbox.seldom():
        press = Typesetter(*pickle.loads((place / _OUTFIT).read_bytes()))
        standing: dict[int, list[Page | Leaf]] = {}
        parts: Sequence[Part] = ()
        while True:
            name = talk.recv()
            task: _Measure | _Set | _Paint = pickle.loads(Path(folder, name).read_bytes())
            if isinstance(task, _Measure):
                before = frozenset(press.lines)
                shapes = [shape for _, shape in press.measured_here(task.blocks, task.rules)]
                found = {key: line for key, line in press.lines.items() if key not in before}
                files.write_whole(Path(folder, f"{name}-done"), pickle.dumps((shapes, found)))
                talk.send(f"{name}-done")
            elif isinstance(task, _Set):
                parts = task.parts
                press.lines.update(task.lines)
                for number, whole in _set(press, task.parts, folder, standing):
                    talk.send((number, whole))
            else:
                pages = standing.pop(task.number, None) or _lent(press, parts[task.number], folder, task.number)
                for part, painted in enumerate(_painted(press, pages, task)):
                    files.write_whole(Path(folder, f"{name}-{part}"), pickle.dumps(painted))
                    talk.send(f"{name}-{part}")


def _set(
    press: Typesetter, parts: Sequence[Part], folder: str, standing: dict[int, list[Page | Leaf]]
) -> Iterator[tuple[int, bool]]:
    """Set the parts that nobody has taken; what is set is left ``standing``."""
    for number, part in reversed(list(enumerate(parts))):
        if _claim(folder, number):
            standing[number], made = plates.cast_of(press, part)
            if made is not None:
                files.write_whole(Path(folder, f"plates-{number}"), made)
            yield number, made is not None


def _lent(press: Typesetter, part: Part, folder: str, number: int) -> Sequence[Page | Leaf]:
    """Return the pages of a part that another one has set; none where they cannot be read."""
    with heard(alone=True):
        return plates.read(press, part, Path(folder, f"plates-{number}").read_bytes()) or []


def _painted(press: Typesetter, pages: Sequence[Page | Leaf], task: _Paint) -> Iterator[Mapping[str, str]]:
    from pipeline.print.manuscript import numeral

    if pages and set_folios(pages, task.first, partial(numeral, kind=task.kind)):
        yield from impressions.ahead(press, pages)
