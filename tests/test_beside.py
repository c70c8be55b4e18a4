"""What another process does is what this one would do, also when the other is lost."""

from __future__ import annotations

import os
from math import factorial

import pytest

from pipeline import bounds
from pipeline.beside import Beside


def die_elsewhere(home: int) -> str:
    if os.getpid() != home:
        os._exit(1)
    return "done here"


def test_a_task_is_done_beside_or_here_and_a_lost_one_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "cores", lambda: 2)
    monkeypatch.delenv("OCTAVO_PROCESSES", raising=False)
    with Beside(worth=True) as beside:
        number, process = beside.begin(factorial, 5), beside.begin(os.getpid)
        assert (number(), process() != os.getpid()) == (120, True)
        assert beside.begin(die_elsewhere, os.getpid())() == "done here"
    with Beside(worth=False) as here:
        assert here.begin(os.getpid)() == os.getpid()
    monkeypatch.setenv("OCTAVO_PROCESSES", "1")
    with Beside(worth=True) as alone:
        assert alone.begin(os.getpid)() == os.getpid()
