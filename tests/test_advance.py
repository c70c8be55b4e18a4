"""What is set ahead is taken only where ``book.md`` is what was foreseen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import beside as other
from pipeline import standing
from pipeline.advance import Advance, Foreseen, foreseen, remember
from pipeline.beside import Beside
from pipeline.build import build, draft
from pipeline.report import Report
from pipeline.settings import Settings

CHOSEN = Settings(title="Ferries", lang="en")
TEXT = """Ferries

I. The Rope

The keeper wrote down how high the water stood, and who had come to see it in the evening.

“Nobody,” he said, “has crossed by night.” The ferry lay at the other bank until the morning.

II. The Bell

Who rings it is heard on both banks, and the keeper of the rope takes his lamp and goes down to the water.
"""


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the text, as it was when it was last built."""
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "ferries.txt"
    path.write_text(TEXT, encoding="utf-8")
    remember(path, CHOSEN, *read(path))
    return path


def read(path: Path) -> tuple[str, str]:
    bench = path.parent / "bench"
    bench.mkdir(exist_ok=True)
    with Beside() as beside:
        made, _ = draft(path, CHOSEN, bench, Report(), lambda _stage: None, beside)
    return made.markdown, (bench / "references.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("then", "now"),
    [("evening", "morning"), ("has crossed", "crossed"), ("the other bank", "a bank"), ("lamp and goes", "lamp, goes")],
)
def test_a_changed_word_is_foreseen(text: Path, then: str, now: str) -> None:
    text.write_text(TEXT.replace(then, now), encoding="utf-8")
    assert foreseen(text, CHOSEN) == Foreseen(*read(text))


def test_nothing_is_foreseen_where_more_than_words_changed(text: Path) -> None:
    text.write_text(TEXT.replace("II. The Bell", "II.\n\nThe Bell"), encoding="utf-8")
    assert foreseen(text, CHOSEN) is None
    text.write_text(TEXT, encoding="utf-8")
    assert foreseen(text, Settings(title="Ropes", lang="en")) is None
    (kept,) = (standing.place() / "advance").iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert foreseen(text, CHOSEN) is None


EDITS = st.lists(
    st.tuples(st.sampled_from(TEXT.split()), st.sampled_from(["", "weir", "“no”", "I.", "_bell_", "\n", "the the"])),
    max_size=3,
)


def both(markdown: str, folder: Path) -> tuple[str, str]:
    return markdown, (folder / "references.json").read_text(encoding="utf-8")


@settings(max_examples=25)
@given(EDITS)
@example([("Bell", "weir")])
def test_what_was_made_ahead_was_made_from_book_md_as_it_is(
    text: Path, monkeypatch: pytest.MonkeyPatch, edits: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(other, "FORKS", False)
    edited = TEXT
    for then, now in edits:
        edited = edited.replace(then, now, 1)
    text.write_text(edited, encoding="utf-8")
    with Beside() as beside:
        ahead = Advance(
            text, CHOSEN, lambda markdown, folder: (markdown, (folder / "references.json").read_text()), beside
        )
        markdown, references = read(text)
        assert ahead.made(markdown, references) in (None, (markdown, references))


@settings(max_examples=4)
@given(EDITS)
@example([("evening", "weir"), ("lamp", "weir")])
def test_an_e_book_after_edits_is_what_a_fresh_one_is(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edits: list[tuple[str, str]]
) -> None:
    def built(cache: str) -> tuple[bytes, bytes, object]:
        monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / cache))
        report = Report()
        made = build(text, CHOSEN, tmp_path / "out", ["epub"], report, lambda _stage: None)
        told = report.json() | {"timings": {}}
        return *((made.folder / name).read_bytes() for name in ("book.md", "book.epub")), told  # type: ignore[return-value]

    monkeypatch.setattr(other, "FORKS", False)
    edited = TEXT
    text.write_text(edited, encoding="utf-8")
    built("cache")
    for then, now in edits:
        edited = edited.replace(then, now, 1)
        text.write_text(edited, encoding="utf-8")
        cached = built("cache")
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        assert cached == built("fresh")


def test_a_book_that_was_set_ahead_is_what_a_fresh_one_is(text: Path, tmp_path: Path) -> None:
    def built(cache: str) -> dict[str, bytes]:
        out = tmp_path / "out"
        command = [sys.executable, "-m", "pipeline", "pdf", str(text), "--out", str(out), "-q", "--lang", "en"]
        subprocess.run(command, check=True, env={**os.environ, "OCTAVO_CACHE": str(tmp_path / cache)})
        names = ("book.md", "book.pdf", "pages.json", "pages.png")
        return {name: (out / "ferries" / name).read_bytes() for name in names}

    first = built("cache")
    text.write_text(TEXT.replace("evening", "morning"), encoding="utf-8")
    cached = built("cache")
    assert cached != first
    assert cached == built("fresh")
