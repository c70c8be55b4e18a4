"""A build that is killed leaves the earlier book whole; what was whole already takes its place, all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import files
from pipeline.errors import Exit, OctavoError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only there a process can be killed so")

NAMES = ("book.md", "decisions.jsonl", "references.json", "report.json")

# Makes a new edition in the folder of its first argument, and dies at the so-many-eth step of the kind in its second.
DYING = """
import os, pathlib, signal, sys
from pipeline import files
folder, kind, left = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
replace, rename, owner = pathlib.Path.replace, pathlib.Path.rename, os.getpid()
def die():
    os.kill(owner, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
def step(self, target):
    global left
    moving = self.parent.name.startswith(files.WHOLE)
    if kind == ("move" if moving else "write"):
        if left == 0:
            die()
        left -= 1
    return replace(self, target)
def declare(self, target):
    if kind == "before":
        die()
    made = rename(self, target)
    if kind == "after":
        die()
    return made
pathlib.Path.replace, pathlib.Path.rename = step, declare
with files.together(folder) as bench:
    for name in sys.argv[4:]:
        files.write_whole(bench / name, "new")
"""


def edition(folder: Path) -> set[str]:
    return {(folder / name).read_text(encoding="utf-8") for name in NAMES}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).write_text("old", encoding="utf-8")
        os.utime(tmp_path / name, (1_000_000, 1_000_000))
    return tmp_path


def killed(folder: Path, kind: str, at: int = 0) -> None:
    done = subprocess.run([sys.executable, "-c", DYING, str(folder), kind, str(at), *NAMES], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("kind", "at", "stands"),
    [
        *[("write", at, "old") for at in range(len(NAMES))],
        ("before", 0, "old"),
        ("after", 0, "new"),
        *[("move", at, "new") for at in range(len(NAMES))],
    ],
)
def test_the_edition_is_of_one_piece_wherever_a_build_dies(book: Path, kind: str, at: int, stands: str) -> None:
    killed(book, kind, at)
    if kind != "move":
        assert edition(book) == {"old"}
    files.settle(book)
    assert edition(book) == {stands}
    assert sorted(path.name for path in book.iterdir()) == sorted(NAMES)


def test_the_move_goes_on_when_the_build_is_killed(book: Path) -> None:
    slow = DYING.replace("def die():", "def die():\n    os.kill(owner, signal.SIGKILL)\n    return\ndef dead():")
    subprocess.run([sys.executable, "-c", slow, str(book), "move", "1", *NAMES], check=False)
    with files._alone(book):  # the mover has it until it is done
        assert edition(book) == {"new"}


def test_what_a_person_wrote_since_the_kill_is_not_overwritten(book: Path) -> None:
    killed(book, "after")
    later = time.time() + 10
    (book / "book.md").write_text("mine", encoding="utf-8")
    os.utime(book / "book.md", (later, later))
    files.settle(book)
    assert edition(book) == {"mine", "old"}
    assert sorted(path.name for path in book.iterdir()) == sorted(NAMES)


def test_the_bench_of_a_living_build_stays(tmp_path: Path) -> None:
    with files.together(tmp_path) as bench:
        files.write_whole(bench / "book.md", "mine")
        with files.together(tmp_path) as other:
            files.write_whole(other / "book.md", "another’s")
        assert bench.is_dir()
    assert (tmp_path / "book.md").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["book.md"]


def test_a_folder_in_the_way_is_seen_before_anything_is_moved(book: Path) -> None:
    (book / "report.html").mkdir()
    with pytest.raises(OctavoError) as refused, files.together(book) as bench:
        for name in (*NAMES, "report.html"):
            files.write_whole(bench / name, "new")
    assert refused.value.exit_code is Exit.NO_ACCESS
    assert edition(book) == {"old"}
