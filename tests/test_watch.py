"""A book that is watched is built again when what it is made of changes, and only then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

watchfiles = pytest.importorskip("watchfiles")

from pipeline.cli import main  # noqa: E402
from pipeline.errors import Exit  # noqa: E402

TEXT = "The Ferry\n\nThe ferry left at six, and nobody on the quay had seen the keeper since the evening.\n"


def test_each_save_builds_and_a_fault_does_not_end_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, settings = tmp_path / "ferry.txt", tmp_path / "ferry.toml"
    source.write_text(TEXT, encoding="utf-8")
    books: list[str] = []
    saves: Iterator[Callable[[], object]] = iter(
        (
            lambda: source.write_text(TEXT.replace("quay", "pier"), encoding="utf-8"),
            lambda: (tmp_path / "shopping.txt").write_text("bread", encoding="utf-8"),
            lambda: settings.write_text("title = Ferry", encoding="utf-8"),  # no TOML
            lambda: settings.write_text('title = "Ferries"', encoding="utf-8"),
        )
    )

    def watch(*folders: Path, **_options: object) -> Iterator[set[object]]:
        assert tmp_path in folders
        books.append((tmp_path / "out" / "ferry" / "book.md").read_text(encoding="utf-8"))
        for save in saves:
            save()
            yield {1}
            return

    monkeypatch.setattr(watchfiles, "watch", watch)
    command = ["watch", str(source), "--edition", "draft", "--out", str(tmp_path / "out")]
    assert main(command) == Exit.OK
    said = capsys.readouterr()
    assert "quay" in books[0]
    assert "pier" in books[1]
    assert books[1] == books[2] == books[3]
    assert "title: Ferries" in books[4]
    assert said.out.count("Watching") == 4
    assert "is not valid TOML" in said.err


def test_a_program_is_told_of_each_build_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(watchfiles, "watch", lambda *_folders, **_options: iter(()))
    main(["watch", str(source), "--edition", "draft", "--out", str(tmp_path / "out"), "--json"])
    first, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert str(tmp_path / "out" / "ferry" / "book.md") in first["wrote"]
    assert (last["wrote"], last["exit"]) == ([], Exit.OK)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="stops by a signal")
def test_a_book_is_built_again_by_the_real_watcher_until_somebody_stops_it(tmp_path: Path) -> None:
    source, book = tmp_path / "ferry.txt", tmp_path / "out" / "ferry" / "book.md"
    source.write_text(TEXT, encoding="utf-8")
    command = ["watch", str(source), "--edition", "draft", "--out", str(tmp_path / "out")]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", *command], stdout=subprocess.PIPE, text=True, env=environment
    ) as watching:
        assert watching.stdout is not None
        said = iter(watching.stdout)
        assert any("Watching" in line for line in said)
        source.write_text(TEXT.replace("quay", "pier"), encoding="utf-8")
        assert any("Watching" in line for line in said)
        assert "pier" in book.read_text(encoding="utf-8")
        watching.send_signal(signal.SIGINT)
        assert list(said) == []
    assert watching.returncode in (Exit.OK, Exit.INTERRUPTED)  # the latter if it was not watching yet
