"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# At a desk each run tries other cases; where a run decides, the same ones, so that it decides the same way twice. No
# case has a deadline, nor may its making be called slow: how fast the machine is decides nothing.
LENIENT = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
settings.register_profile("desk", deadline=None, suppress_health_check=LENIENT)
settings.register_profile("deciding", derandomize=True, deadline=None, suppress_health_check=LENIENT)
# The judges written in Java look at small books: compiled by the quick compiler alone, they take half the time.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
settings.load_profile("deciding" if os.environ.get("CI") else "desk")
if os.environ.get("CI"):
    # What stands in our modules is among what is tried, as far as they are loaded: as the tests before have it, which
    # are others in each run.
    pytest.MonkeyPatch().setattr(providers, "is_local_module_file", lambda _path: False)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tests build out of the cache of whoever runs them; processes of one run share it."""
    own = tmp_path_factory.getbasetemp()
    os.environ["OCTAVO_CACHE"] = str((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache")
    yield
    del os.environ["OCTAVO_CACHE"]
