"""The run: what is missing on a shelf, or was made from something else, is made; then the shelf is catalogued."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline import files
from pipeline.errors import Exit, OctavoError
from pipeline.shelf import engine
from pipeline.shelf.listing import Text, texts
from pipeline.shelf.stamp import BENCHES, BOOKS, FAILED, SETTLED, failed_before, read_made, stamp, stands, together
from pipeline.shelf.task import MACHINE, Order, Outcome, make_book, put_down, sweep

Tell = Callable[[Outcome, "Tally"], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked for. ``again``: texts that failed are tried again; the rest as in the command's options."""

    place: Path
    shelf: Path
    editions: Sequence[str] = ("epub",)
    again: bool = False
    jobs: int = 0
    minutes: float = 30.0
    megabytes: int = 4000
    scheduler: str = ""
    cluster: str = ""


@dataclass(slots=True)
class Tally:
    """How many texts have become what: ``stood`` already, were ``made``, ``failed`` now, failed ``before``."""

    stood: int = 0
    made: int = 0
    failed: int = 0
    before: int = 0

    @property
    def texts(self) -> int:
        """All that were looked at so far."""
        return self.stood + self.made + self.failed + self.before


@dataclass(slots=True)
class Run:
    """One run over a list."""

    wish: Wish
    tell: Tell
    tally: Tally = field(default_factory=Tally)
    _waiting: dict[str, deque[Text]] = field(default_factory=lambda: defaultdict(deque))
    _settled: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    _in_hand: dict[str, str] = field(default_factory=dict)

    def make(self) -> Tally:
        """Make what is missing or changed; return how many texts became what.

        Raises:
            OctavoError: as for the list (:func:`pipeline.shelf.listing.texts`); NO_ACCESS when another run is at work
                on the shelf; what is no fault of a text (:data:`pipeline.shelf.task.MACHINE`); TOOL_FAILED when the
                scheduler is gone. What is finished stands.

        """
        shelf = self.wish.shelf
        files.make_folder(shelf / BENCHES)
        try:
            with FileLock(shelf / BENCHES / "lock", timeout=0):
                sweep(shelf)
                with engine.workers(self.wish.jobs, self.wish.scheduler, self.wish.cluster) as opened:
                    for outcome in engine.run(opened, make_book, self._orders(), self._lost, self._followers):
                        if outcome.code in MACHINE:
                            raise OctavoError(Exit(outcome.code), outcome.what, outcome.hint)
                        self._count(outcome)
        except Timeout as error:
            raise OctavoError(
                Exit.NO_ACCESS, f"Another run is at work on {shelf}.", "Wait until it has ended, or end it."
            ) from error
        return self.tally

    def _orders(self) -> Iterator[Order]:
        for text in texts(self.wish.place, self.wish.shelf):
            if not text.volume_of:
                if order := self._order(text):
                    yield order
                continue
            self._waiting[text.volume_of].append(text)
            if text.volume_of not in self._in_hand.values():
                yield from self._next_volume(text.volume_of)

    def _followers(self, outcome: Outcome) -> Iterator[Order]:
        """Let the next volume of a series begin, when the one before it has ended."""
        if series := self._in_hand.pop(outcome.name, ""):
            self._settle(series, outcome.name)
            yield from self._next_volume(series)

    def _next_volume(self, series: str) -> Iterator[Order]:
        waiting = self._waiting[series]
        while waiting:
            text = waiting.popleft()
            if order := self._order(text, self._settled[series]):
                self._in_hand[text.name] = series
                yield order
                return
            self._settle(series, text.name)

    def _settle(self, series: str, name: str) -> None:
        if (path := self.wish.shelf / BOOKS / name / SETTLED).is_file():
            self._settled[series].append(path)

    def _order(self, text: Text, evidence: Sequence[Path] = ()) -> Order | None:
        """Return what is to be done for a text; nothing if its book stands, or its settings are at fault."""
        wish, home = self.wish, self.wish.shelf / BOOKS / text.name
        try:
            settings = text.settings()
            made = read_made(home)
            wanted = stamp(text.path, settings, wish.editions, evidence)
        except OctavoError as error:
            outcome = Outcome(text.name, error.exit_code, error.what, error.hint)
            put_down(outcome, wish.shelf, None)
            self._count(outcome)
            return None
        if stands(made, wanted):
            self.tally.stood += 1
            return None
        editions = together(made, wish.editions)
        wanted |= {"editions": sorted(editions)}
        if not wish.again and failed_before(wish.shelf / FAILED / text.name, wanted):
            self.tally.before += 1
            return None
        return Order(
            text.name,
            str(files.resolved(text.path)),
            _absolute(asdict(settings)),
            editions,
            str(files.resolved(wish.shelf)),
            wanted,
            bool(text.volume_of),
            [str(files.resolved(path)) for path in evidence],
            wish.minutes,
            wish.megabytes,
        )

    def _lost(self, order: Order, how: str) -> Outcome:
        """Put down that the worker died on which a text was, each time."""
        outcome = Outcome(
            order.name,
            Exit.TOOL_FAILED,
            f"The worker that made its book is lost: {how.splitlines()[0][:300]}",
            "Try it again with --again failed.",
        )
        put_down(outcome, self.wish.shelf, order.made_from)
        return outcome

    def _count(self, outcome: Outcome) -> None:
        self.tally.failed += outcome.failed
        self.tally.made += not outcome.failed
        self.tell(outcome, self.tally)


def _absolute(settings: dict[str, object]) -> dict[str, object]:
    """Name files in full: a worker may stand in another folder."""
    return {
        key: str(files.resolved(Path(value))) if isinstance(value, str) and _names_a_file(value) else value
        for key, value in settings.items()
    }


def _names_a_file(value: str) -> bool:
    try:
        return bool(value) and Path(value).exists() and ("/" in value or Path(value).is_file())
    except (OSError, ValueError):
        return False
