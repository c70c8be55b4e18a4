"""What a machine may lack or refuse: the earlier book stays, the message is a sentence, the next build succeeds."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import Exit

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits are those of POSIX")

ROOT = Path(__file__).parent.parent
TEXT = "The weir was low all summer and the mill stood still.\n\nThe miller went to sea in the autumn.\n"
FILES = ("book.md", "citations.jsonl", "decisions.jsonl", "references.json", "report.html", "report.json")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "weir.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def started(source: Path, limit: tuple[int, int] | None = None, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "draft", str(source), "--out", str(source.parent / "out"), "-q", "--fresh"],
        cwd=source.parent,
        env={"PYTHONPATH": str(ROOT), "OCTAVO_CACHE": str(source.parent / "kept"), **environment},
        preexec_fn=(lambda: resource.setrlimit(limit[0], (limit[1], limit[1]))) if limit else None,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(build: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = build.communicate(timeout=600)
    return build.returncode, said


def book(source: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (source.parent / "out" / "weir").iterdir()}


def test_a_limit_of_the_system_leaves_the_earlier_book(source: Path) -> None:
    assert ended(started(source)) == (Exit.OK, "")
    before = book(source)
    source.write_text(TEXT * 40, encoding="utf-8")
    for limit, code in (
        ((resource.RLIMIT_FSIZE, 2_000), Exit.DISK_FULL),
        ((resource.RLIMIT_AS, 150_000_000), Exit.TOO_LARGE),
    ):
        got, said = ended(started(source, limit))
        assert (got, said.count("\n"), "Traceback" in said) == (code, 1, False), said
        assert book(source) == before
    assert ended(started(source)) == (Exit.OK, "")
    assert book(source) != before


def test_two_builds_at_once(source: Path) -> None:
    builds = [started(source) for _ in range(2)]
    assert [ended(build) for build in builds] == [(Exit.OK, "")] * 2
    assert set(book(source)) == {*FILES, ".source.json"}


def test_a_cache_that_is_closed(source: Path) -> None:
    closed = source.parent / "cache"
    closed.write_text("no folder", encoding="utf-8")
    assert ended(started(source, OCTAVO_CACHE=str(closed), HOME="/nowhere", TMPDIR="/nowhere")) == (Exit.OK, "")


def test_streams_that_are_closed(source: Path) -> None:
    command = f"exec {sys.executable} -m pipeline draft weir.txt --out out --fresh"
    for streams, code in (("<&- >&- 2>&-", Exit.OK), (">/dev/full 2>err", Exit.DISK_FULL)):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} {streams}"],
            cwd=source.parent,
            env={"PYTHONPATH": str(ROOT), "OCTAVO_CACHE": str(source.parent / "kept")},
            check=False,
            timeout=600,
        )
        assert done.returncode == code
    assert (source.parent / "err").read_text(encoding="utf-8").count("\n") == 1
    assert set(book(source)) == {*FILES, ".source.json"}


@pytest.fixture
def small(source: Path) -> Iterator[Path]:
    """Mount a disk of a few pages where the book goes."""
    out = source.parent / "out"
    out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(out)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield out
    subprocess.run(["umount", str(out)], check=True)


def test_a_disk_that_is_full_and_one_that_is_only_read(source: Path, small: Path) -> None:
    assert ended(started(source)) == (Exit.OK, "")
    before = book(source)
    source.write_text(TEXT * 40, encoding="utf-8")
    with contextlib.suppress(OSError), (small / "filled").open("wb", buffering=0) as rest:
        while True:
            rest.write(bytes(4096))
    for way, code in (("rw", Exit.DISK_FULL), ("ro", Exit.NO_ACCESS)):
        subprocess.run(["mount", "-o", f"remount,{way}", str(small)], check=True)
        got, said = ended(started(source))
        assert (got, said.count("\n"), "Traceback" in said) == (code, 1, False), said
        assert book(source) == before
        assert sorted(path.name for path in small.iterdir()) == ["filled", "weir"]
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    (small / "filled").unlink()
    assert ended(started(source)) == (Exit.OK, "")
    assert book(source) != before
