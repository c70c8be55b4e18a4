"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# At a desk each run tries other cases; where a run decides, the same ones, so that it decides the same way twice. No
# case has a deadline: how fast the machine is decides nothing.
settings.register_profile("desk", deadline=None)
settings.register_profile("deciding", derandomize=True, deadline=None)
# The judges written in Java look at small books: compiled by the quick compiler alone, they take half the time.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
settings.load_profile("deciding" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tests build out of the cache of whoever runs them; processes of one run share it."""
    own = tmp_path_factory.getbasetemp()
    os.environ["OCTAVO_CACHE"] = str((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache")
    yield
    del os.environ["OCTAVO_CACHE"]
