"""What is put into a drawer is found there the next time, whatever was put there before; and there is an end to it."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import drawer, standing
from pipeline.drawer import Drawer

KEYS = map(str, count())
NAMES = st.sampled_from("abcdefgh")
BUILDS = st.lists(st.tuples(st.dictionaries(NAMES, st.text("xyé ", max_size=3), max_size=3), st.sets(NAMES)))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    monkeypatch.setattr(drawer, "LAYERS", 3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BUILDS, st.integers(0, 1))
def test_a_drawer_has_what_was_put_into_it(builds: list[tuple[dict[str, str], set[str]]], level: int) -> None:
    key = next(KEYS)
    known: dict[str, str] = {}
    for put, asked in builds:
        one = Drawer("things", key, 100, level)
        assert {name: one.find(name) for name in asked} == {name: known.get(name) for name in asked}
        for name, row in put.items():
            one.put(name, row)
        one.keep()
        known |= put
    last = Drawer("things", key, 100, level)
    assert {name: last.find(name) for name in "abcdefgh"} == {name: known.get(name) for name in "abcdefgh"}


def test_what_nobody_asked_for_goes_first() -> None:
    for build in range(9):
        one = Drawer("things", "few", 4)
        assert build < 2 or one.find(f"row {build - 1}") == "said"
        one.find("always")
        one.put("always" if not build else f"row {build}", "said")
        one.keep()
    last = Drawer("things", "few", 4)
    assert last.find("always") == "said"
    assert sum(f"row {build}" in last for build in range(9)) < 4


@pytest.mark.parametrize("end", [-3, -40])
def test_what_is_cut_off_is_not_missed(end: int) -> None:
    for row in ("one", "two"):
        cut = Drawer("things", "cut", 9)
        cut.put(row, f"what is said of {row}")
        cut.keep()
    content = standing.kept("things", "cut")
    assert content is not None
    standing.keep("things", "cut", content[:end])
    after = Drawer("things", "cut", 9)
    assert after.find("two") is None
    after.put("three", "said")
    after.keep()
    assert Drawer("things", "cut", 9).find("three") == "said"
