"""What another process does is what this one would do, also when the other is lost or there can be none."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from math import factorial

import pytest

from pipeline import beside as beside_
from pipeline import bounds
from pipeline.beside import FORKS, Beside


def die_elsewhere(home: int) -> str:
    if os.getpid() != home:
        os._exit(1)
    return "done here"


def test_where_nothing_is_forked_a_task_is_done_anew_or_here_and_a_lost_one_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside_, "FORKS", False)
    monkeypatch.setattr(bounds, "cores", lambda: 2)
    monkeypatch.delenv("OCTAVO_PROCESSES", raising=False)
    home = os.getpid()
    with Beside() as beside:
        number, process = beside.begin(partial(factorial, 5), anew=True), beside.begin(os.getpid, anew=True)
        assert (number(), process() != home) == (120, True)
        assert beside.begin(partial(die_elsewhere, home), anew=True)() == "done here"
        assert beside.begin(os.getpid)() == home
    monkeypatch.setenv("OCTAVO_PROCESSES", "1")
    with Beside() as alone:
        assert alone.begin(os.getpid, anew=True)() == home


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no thread count that other tests of this process left at work: no twin of these here needs one."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("alone")
def test_a_twin_knows_what_this_process_knows_and_a_lost_one_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "cores", lambda: 3)
    monkeypatch.delenv("OCTAVO_PROCESSES", raising=False)
    known, home = ["salt"], os.getpid()
    with Beside() as beside:
        first, second = beside.begin(lambda: (known, os.getpid())), beside.begin(partial(die_elsewhere, home))
        known.append("tar")
        words, process = first()
        assert (words, process == home) == ((["salt"], False) if FORKS else (["salt", "tar"], True))
        assert second() == "done here"
        assert beside.begin(os.getpid, twin=False)() == home


def test_what_a_twin_raises_is_raised_here() -> None:
    with Beside() as beside, pytest.raises(ZeroDivisionError):
        beside.begin(lambda: 1 // 0)()


@pytest.mark.usefixtures("alone")
@pytest.mark.skipif(not FORKS, reason="no process can be forked off here")
def test_a_twin_that_nobody_waits_for_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "cores", lambda: 2)
    with Beside() as beside:
        beside.begin(signal.pause)
        (child,) = beside.twins()
        assert beside.begin(os.getpid)() == os.getpid()  # one is as many as there are cores for
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_no_twin_is_begun_beside_threads() -> None:
    waits = threading.Event()
    other = threading.Thread(target=waits.wait)
    other.start()
    with Beside() as beside:
        assert beside.begin(os.getpid)() == os.getpid()
    waits.set()
    other.join()
