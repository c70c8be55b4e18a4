"""A person's work on book.md is never lost."""

import json
import os
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import Exit

TEXT = "Of Lamps\n\n\nA lamp is lit at dusk.\nWray, Nathaniel. The Fog Bell. London: Pellow, 1911, p. 2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lamps.txt").write_text(TEXT, encoding="utf-8")
    draft(tmp_path)
    return tmp_path / "out" / "lamps"


def draft(place: Path, *options: str) -> None:
    assert main(["draft", str(place / "lamps.txt"), "--out", str(place / "out"), "--quiet", *options]) == Exit.OK


def edit(folder: Path, old: str, new: str) -> None:
    book = folder / "book.md"
    book.write_text(book.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    later = (folder / "decisions.jsonl").stat().st_mtime + 10
    os.utime(book, (later, later))


def codes(folder: Path) -> list[str]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return [found["code"] for found in report["findings"]]


def test_the_edited_text_is_kept_when_the_source_is_read_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, "dusk", "nightfall")
    place = folder.parent.parent
    assert main(["draft", str(place / "lamps.txt"), "--out", str(place / "out")]) == Exit.OK
    said = capsys.readouterr().out
    assert f"octavo pdf {folder / 'book.edited.md'}" in said
    assert "1 finding to look at" in said
    assert "dusk" in (folder / "book.md").read_text(encoding="utf-8")
    assert "nightfall" in (folder / "book.edited.md").read_text(encoding="utf-8")
    assert "book-edited" in codes(folder)


def test_edited_twice_it_is_kept_twice_and_otherwise_not(folder: Path) -> None:
    edit(folder, "dusk", "nightfall")
    draft(folder.parent.parent)
    draft(folder.parent.parent, "--fresh")
    assert "book-edited" not in codes(folder)
    edit(folder, "dusk", "sunset")
    draft(folder.parent.parent)
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("book.edited*")}
    assert sorted(kept) == ["book.edited-2.md", "book.edited.md"]
    assert "sunset" in kept["book.edited-2.md"]
