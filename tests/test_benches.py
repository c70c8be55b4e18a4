"""What a killed build leaves behind is swept by the next one; the bench of a living one stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import files


@pytest.mark.skipif(os.name != "posix", reason="only there the system can tell")
def test_the_bench_of_a_dead_process_is_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, living, other = (tmp_path / f"{files.BENCH}{name}" for name in (dead.pid, os.getppid(), "x"))
    for bench in (left, living, other):
        bench.mkdir()
        (bench / "book.md").write_text("half", encoding="utf-8")
    with files.together(tmp_path) as bench:
        files.write_whole(bench / "book.md", "whole")
    assert (tmp_path / "book.md").read_text(encoding="utf-8") == "whole"
    assert [one.exists() for one in (left, living, other)] == [False, True, True]
