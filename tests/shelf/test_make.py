"""``octavo shelf make``: what is missing or changed is made, whatever becomes of single texts or of the run."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipeline import bounds
from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.settings import Settings
from pipeline.shelf import bench, task
from pipeline.shelf.stamp import BENCHES, BOOKS, read_made, stamp

LAMPS = "Of Lamps\n\n\nA lamp is lit at dusk.\nWray, Nathaniel. The Fog Bell. London: Pellow, 1911, p. 2\n"
BELLS = "Of Bells\n\n\nA bell is rung in fog.\nWray, N. The Fog Bell. London: Pellow, 1911, p. 7\n"


def shelf(place: Path, *more: str) -> int:
    return main(["shelf", "make", str(place / "texts"), "--out", str(place / "shelf"), "--quiet", "--jobs", "2", *more])


def failure(place: Path, name: str) -> dict[str, Any]:
    found = json.loads((place / "shelf" / "failed" / name / "failure.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make books in this process, where everything is loaded: what is asked is not how they are made."""
    monkeypatch.setattr(task, "in_process", lambda order, place: bench.made({"bench": str(place), **asdict(order)}))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "lamps.txt").write_text(LAMPS, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("here")
def test_a_run_makes_what_is_missing_or_changed_and_keeps_failures_apart(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "texts" / "bad.txt").write_bytes(bytes(range(256)) * 8)
    asked: list[str] = []

    def made(order: task.Order) -> task.Outcome:
        asked.append(order.name)
        return task.make_book(order)

    monkeypatch.setattr("pipeline.shelf.making.make_book", made)
    draft = ("--editions", "draft")

    assert shelf(place, *draft) == Exit.SOME_FAILED
    assert "1 of 2 texts" in capsys.readouterr().err
    book = place / "shelf" / BOOKS / "lamps"
    first = (book / "made.json").stat().st_ino
    assert (book / "book.md").is_file()
    assert failure(place, "bad")["code"] == Exit.NOT_TEXT
    assert "no text" in failure(place, "bad")["what"]

    asked.clear()
    assert shelf(place, *draft) == Exit.SOME_FAILED
    assert asked == []  # one stands, the other failed before
    assert shelf(place, *draft, "--again", "failed") == Exit.SOME_FAILED
    assert asked == ["bad"]

    asked.clear()
    (place / "texts" / "bad.txt").write_text(BELLS, encoding="utf-8")
    (place / "texts" / "lamps.toml").write_text('subject = "light"\n', encoding="utf-8")
    assert shelf(place, *draft) == Exit.OK
    assert sorted(asked) == ["bad", "lamps"]  # the text has changed, and of the other the settings
    assert not (place / "shelf" / "failed" / "bad").exists()
    assert (book / "made.json").stat().st_ino != first
    rows = (place / "shelf" / "catalogue.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:2] for row in rows[1:]] == [["bad", "Of Bells"], ["lamps", "Of Lamps"]]
    assert sorted(path.name for path in (place / "shelf" / BENCHES).iterdir()) in ([], ["lock"])


@pytest.mark.parametrize(
    ("bound", "code", "words"),
    [
        (("--minutes", "0.0005"), Exit.TOO_LARGE, "not made within 0.0005 minutes"),
        (("--memory", "30"), None, "memory"),
    ],
)
def test_a_text_that_goes_beyond_a_bound_fails_and_its_earlier_book_stands(
    place: Path, bound: tuple[str, str], code: Exit | None, words: str
) -> None:
    book = place / "shelf" / BOOKS / "lamps"
    book.mkdir(parents=True)
    (book / "book.md").write_text("earlier", encoding="utf-8")
    assert shelf(place, "--editions", "draft", *bound) == Exit.SOME_FAILED
    assert words in failure(place, "lamps")["what"] + failure(place, "lamps")["hint"]
    assert code in (None, failure(place, "lamps")["code"])
    assert (book / "book.md").read_text(encoding="utf-8") == "earlier"


def test_a_run_that_was_killed_leaves_a_shelf_that_the_next_one_goes_on_from(place: Path) -> None:
    left = place / "shelf" / BENCHES / "lamps-x"
    before = left / task.BEFORE / "old"
    before.mkdir(parents=True)
    (before / "book.md").write_text("earlier", encoding="utf-8")
    (place / "shelf" / BOOKS).mkdir()
    task.sweep(place / "shelf")
    assert not left.exists()
    assert (place / "shelf" / BOOKS / "old" / "book.md").read_text(encoding="utf-8") == "earlier"


def test_a_book_that_is_not_whole_does_not_stand(tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text("whole", encoding="utf-8")
    told = {"made_from": {"text": "-"}, "files": {"book.md": 5}, "card": {}}
    (tmp_path / "made.json").write_text(json.dumps(told), encoding="utf-8")
    assert read_made(tmp_path) == told
    (tmp_path / "book.md").write_text("who", encoding="utf-8")
    assert read_made(tmp_path) is None
    (tmp_path / "made.json").write_text("{", encoding="utf-8")
    assert read_made(tmp_path) is None


@pytest.mark.parametrize("code", [Exit.DISK_FULL, Exit.MISSING_PROGRAM])
def test_what_is_no_fault_of_a_text_ends_the_run_and_no_text_has_failed(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: Exit
) -> None:
    monkeypatch.setattr(task, "in_process", lambda _order, _bench: (code, "There is no room.", "Make some."))
    assert shelf(place, "--editions", "draft") == code
    assert "There is no room. Make some." in capsys.readouterr().err
    assert not (place / "shelf" / "failed").exists()


def test_two_runs_are_not_at_one_shelf_and_a_run_may_last(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "watched", None)  # the bounds of one book are not for a run
    (place / "shelf" / BENCHES).mkdir(parents=True)
    with FileLock(place / "shelf" / BENCHES / "lock"):
        assert shelf(place) == Exit.NO_ACCESS
    assert "Another run is at work" in capsys.readouterr().err


def test_what_a_person_wrote_into_a_book_is_kept_when_it_is_made_anew(place: Path, here: None) -> None:
    assert shelf(place, "--editions", "draft") == Exit.OK
    book = place / "shelf" / BOOKS / "lamps"
    (book / "book.md").write_text("Mine.\n", encoding="utf-8")
    assert shelf(place, "--editions", "draft") == Exit.OK
    assert (book / "book.edited.md").read_text(encoding="utf-8") == "Mine.\n"
    assert "lamp is lit" in (book / "book.md").read_text(encoding="utf-8")


def test_a_killed_bench_costs_its_text_and_a_client_that_dies_ends_the_work(place: Path) -> None:
    source, settings = place / "texts" / "lamps.txt", Settings(slug="lamps")
    order = task.Order("lamps", str(source), asdict(settings), (), str(place / "shelf"), stamp(source, settings, ()))
    worker = subprocess.Popen(
        [sys.executable, "-m", "pipeline.shelf.bench"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    task._idle.append(worker)
    worker.kill()
    outcome = task.make_book(order)
    assert (outcome.code, failure(place, "lamps")["code"]) == (Exit.TOOL_FAILED, Exit.TOOL_FAILED)
    assert "was ended by the system (signal 9)" in outcome.what
    waiting = subprocess.Popen([sys.executable, "-m", "pipeline.shelf.bench"], stdin=subprocess.PIPE)
    assert waiting.stdin is not None
    waiting.stdin.close()
    assert waiting.wait(300) == 0
