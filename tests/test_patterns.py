"""No pattern of ours takes twice as long for one more word: a text from a stranger could keep a build busy for ever."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

import pipeline

UNITS = (
    *("a ", "A ", "A. ", "A.-", "aA", ". ", "_", "1 ", "1, ", "1-", "I. ", "I", "-", "--", "— ", "(", "[", '"', "* "),
    *(" of", " OF", ", the", " and", ", ", "; ", ": ", "Dr. ", "of the ", "by ", "von ", "A, B, ", ".. ", "= ", "\t"),
)
"""What comes again and again in a nasty line."""
BEGINNINGS = ("", "A ", "By ", "1. ", "§ 1", "SONG", "The ")
TIMES = 26  # the like of 2 to the 26th steps takes minutes, what is linear or square no thousandth of a second
SECONDS = 60  # one match may take; a machine that is a thousand times as slow is quick enough


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    seen: set[str] = set()
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and value.pattern not in seen:
                seen.add(value.pattern)
                yield f"{module.name}.{name}", value


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="nothing ends a match that runs on, on this system")
def test_every_pattern_comes_to_an_end() -> None:
    tried = ""

    def ends(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"does not end: {tried}")

    before = signal.signal(signal.SIGALRM, ends)
    try:
        for name, pattern in patterns():
            for beginning in BEGINNINGS:
                for unit in UNITS:
                    line = f"{beginning}{unit * TIMES}\x00!x"
                    tried = f"{name} on {line!r}"
                    signal.alarm(SECONDS)
                    pattern.match(line)
                    pattern.fullmatch(line)
                    signal.alarm(0)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
