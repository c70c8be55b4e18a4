"""What is set by several processes is what one sets, whatever becomes of the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline import bounds
from pipeline.print import calling, compositors, formes, plates
from pipeline.print.compositors import Compositors
from pipeline.print.layout import Typesetter
from pipeline.print.lines import Known
from tests.pdfs import printed, prose

PARTS = "\n\n".join(
    f"# Part {part} {{#p{part}}}\n\n" + "\n\n".join(f"{prose(70, 9 * part + n)}[^{part}{n}]" for n in range(5))
    for part in range(3)
)
NOTES = "\n\n".join(f"[^{part}{n}]: {prose(12, part + n)}" for part in range(3) for n in range(5))
BOOK = f"{PARTS}\n\n{NOTES}\n"


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], bytes]:
    """Print the book with an empty cache and so many processes, however little there is to do."""
    monkeypatch.setattr(compositors, "ENOUGH", 0)
    monkeypatch.setattr(bounds, "cores", lambda: 2)

    def made(processes: int) -> bytes:
        monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / str(len(list(tmp_path.iterdir())))))
        monkeypatch.setenv("OCTAVO_PROCESSES", str(processes))
        return printed(BOOK).book.pdf

    return made


@cache
def alone() -> bytes:
    """Print the book by one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCTAVO_PROCESSES", "1")
        return printed(BOOK).book.pdf


def test_two_processes_make_the_bytes_of_one(fresh: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[bytes | None] = []
    ask = Compositors.plates

    def asked(self: Compositors, part: plates.Part) -> bytes | None:
        came.append(ask(self, part))
        return came[-1]

    told: list[Known] = []
    measured = Compositors.measured

    def hear(self: Compositors, hand: Connection) -> object:
        found = measured(self, hand)
        told.append(found[1] if found else {})
        return found

    painted: dict[str, str] = {}
    look = Compositors.painted

    def looked(self: Compositors) -> Mapping[str, str]:
        found = look(self)
        while not (painted or found) and self._others and self._hands:
            time.sleep(0.01)
            found = look(self)
        painted.update(found)
        return found

    monkeypatch.setattr(Compositors, "measured", hear)
    monkeypatch.setattr(Compositors, "plates", asked)
    monkeypatch.setattr(Compositors, "painted", looked)
    monkeypatch.setattr(compositors, "_claim", later(compositors._claim))
    assert fresh(2) == alone()
    assert any(came) and any(told)  # and the lines of the other are not looked for again
    assert painted  # and it has painted what it had set


def test_what_was_set_here_may_be_painted_by_another(
    fresh: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, look, painted = Compositors._tell, Compositors.painted, dict[str, str]()

    def told(self: Compositors, hand: Connection, name: str, task: object) -> bool:
        if isinstance(task, compositors._Set):
            assert self._folder is not None
            for number in range(len(task.parts)):
                Path(self._folder.name, f"claim-{number}").touch()
        return tell(self, hand, name, task)

    def looked(self: Compositors) -> Mapping[str, str]:
        found = look(self)
        while not (painted or found) and self._others and self._lent:
            time.sleep(0.01)
            found = look(self)
        painted.update(found)
        return found

    monkeypatch.setattr(Compositors, "_tell", told)
    monkeypatch.setattr(Compositors, "painted", looked)
    monkeypatch.setattr(compositors, "_claim", lambda _folder, _number: True)
    assert fresh(2) == alone()
    assert painted


def later(claim: Callable[[str, int], bool]) -> Callable[[str, int], bool]:
    """Leave the last part to the others."""

    def take(folder: str, number: int) -> bool:
        end = time.monotonic() + 300
        while number == 2 and not Path(folder, "claim-2").exists() and time.monotonic() < end:
            time.sleep(0.01)
        return claim(folder, number)

    return take


@pytest.mark.parametrize("when", ["measured", "begin"])
def test_a_compositor_that_is_lost_is_not_missed(
    fresh: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    whole = alone()
    does = getattr(Compositors, when)

    def lost(self: Compositors, *given: object) -> object:
        for other in self._others.values():
            other.kill()
            other.join()
        return does(self, *given)

    monkeypatch.setattr(Compositors, when, lost)
    made: list[plates.Part] = []
    lay_out = plates.set_part

    def watched(press: Typesetter, part: plates.Part, standing: formes.Formes) -> object:
        made.append(part)
        return lay_out(press, part, standing)

    monkeypatch.setattr(plates, "set_part", watched)
    assert fresh(2) == whole
    assert len(made) == 3


def test_who_was_called_early_is_there_when_there_is_work(
    fresh: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = tmp_path / "text.txt"
    text.write_text(prose(9))
    monkeypatch.setattr(calling, "WORTH", 0)
    monkeypatch.setenv("OCTAVO_PROCESSES", "2")
    printed_before: list[bool] = []
    monkeypatch.setattr(calling, "_has_printed", lambda: bool(printed_before))
    with calling.early() as call:
        call(text)
        assert calling.are_here()
        assert fresh(2) == alone()
        assert not calling.are_here()
        printed_before.append(True)
        call(text)
        assert not calling.are_here()
        printed_before.clear()
        call(text)
        (other,) = (process for _, process in calling._waiting)
    assert not calling.are_here()
    assert not other.is_alive()
