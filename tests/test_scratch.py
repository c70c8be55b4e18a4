"""What tools put aside during a build lies in a folder of that build, and goes with it, or with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline import files

LONG_AGO = 1_000_000_000.0


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_what_tools_put_aside_goes_with_the_build(temporary: Path) -> None:
    with files.scratch():
        put = Path(tempfile.mkdtemp(prefix="weasyprint-"))
        child = subprocess.run(
            [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert put.parent == Path(child.stdout.strip()).parent != temporary
    assert list(temporary.iterdir()) == []
    assert os.environ["TMPDIR"] == tempfile.gettempdir() == str(temporary)


def test_two_builds_at_once_leave_all_as_it_was(temporary: Path) -> None:
    first, second = files.scratch(), files.scratch()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert Path(tempfile.mkdtemp()).is_dir()
    second.__exit__(None, None, None)
    assert list(temporary.iterdir()) == []
    assert os.environ["TMPDIR"] == tempfile.gettempdir() == str(temporary)


@pytest.mark.skipif(sys.platform == "win32", reason="no process can tell there whether another is still alive")
def test_the_next_build_takes_away_what_a_dead_one_left(temporary: Path) -> None:
    dead, held, young = (temporary / f"{files.SCRATCH}{name}" for name in ("dead", "held", "young"))
    for folder in (dead, held, young):
        folder.mkdir()
        (folder / "a-face").write_text("")
    os.utime(dead, (LONG_AGO, LONG_AGO))
    keeper = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX);"
            " print('held', flush=True); sys.stdin.read()",
            str(held),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert keeper.stdout is not None and keeper.stdout.readline()
        os.utime(held, (LONG_AGO, LONG_AGO))
        with files.scratch():
            assert {dead.exists(), held.exists(), young.exists()} == {False, True}
            assert not dead.exists()
    finally:
        keeper.communicate()
