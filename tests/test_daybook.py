"""What was noted of lines is what would be found; a daybook may be damaged, full, or another's."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import daybook, standing
from pipeline.build import build
from pipeline.cite.parse import parse
from pipeline.daybook import noted
from pipeline.model import Citation
from pipeline.report import Report
from pipeline.settings import Settings

TEXT = """The Weir Papers

I. The Gate

The keeper said that 'nobody opens it' , and wrote it down twice twice in the book.[1]

Anna Orr, The Herring Years (Boston: The Quay Press, 1931), p. 136

KEEPER: Who goes there -- at night?

MILLER: The miller , with his sacks. He comes from the the mill.

II. The Bell

Wer die Glocke läutet, wird an beiden Ufern gehört, und der Wächter nimmt seine Lampe und geht zum Wasser hinab.

- a rope
- a lamp, see www.example.org/lamp

[1] Carl Lee, “Locks and Weirs”, River Notes 7, no. 2 (1961): 4–9. See also Orr, Herring, 12.
"""
ASKED: list[str] = []


@noted
def vowels(text: str, capitals: bool) -> tuple[str, ...]:
    """Return the vowels of a text, and say that somebody asked."""
    ASKED.append(text)
    return tuple(letter for letter in text if letter in ("AEIOU" if capitals else "aeiou"))


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    ASKED.clear()
    daybook.begin(None)


def test_what_was_noted_is_known_in_the_next_build() -> None:
    assert vowels("A weir", True) == ("A",) and vowels("A weir", False) == ("e", "i")
    cited = parse("Anna Orr, The Net (London: Quay, 1931), 4")
    content = daybook.written()
    daybook.begin(content)
    assert vowels("A weir", True) == ("A",) and vowels("A weir", False) == ("e", "i") and len(ASKED) == 2
    assert daybook.written() is None  # nothing was new
    assert parse(cited.text) == cited and isinstance(cited, Citation)
    assert vowels("A lock", True) == ("A",) and daybook.written() != content


@pytest.mark.parametrize("content", [b"", b"x" * 200, None, pickle.dumps({"vowels": {"a": Fraction(1, 2)}})])
def test_what_is_damaged_or_strange_is_found_anew(content: bytes | None) -> None:
    vowels("A weir", True)
    daybook.begin((daybook.written() or b"")[:-9] if content is None else content)
    assert vowels("A weir", True) == ("A",) and ASKED == ["A weir", "A weir"]


def test_a_full_daybook_says_the_same_and_makes_room_for_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daybook, "_MOST", 4)
    texts = [f"lock {n}" for n in range(6)]
    assert all(vowels(text, False) == ("o",) for text in texts * 2)
    assert [*texts, *texts[4:]] == ASKED
    daybook.begin(daybook.written())
    ASKED.clear()
    assert all(vowels(text, False) == ("o",) for text in texts)
    assert ASKED == ["lock 0", "lock 1", "lock 4", "lock 5"]


def test_of_a_paragraph_without_end_nothing_is_noted() -> None:
    long = "weir " * 30_000
    assert vowels(long, False) == vowels(long, False)
    assert [long, long] == ASKED and daybook.written() is None


def outcome(text: str, place: Path) -> dict[str, object]:
    """Make a draft; return all that it wrote, but for the seconds that it took."""
    path = place / "weir.txt"
    path.write_text(text, encoding="utf-8")
    made = build(path, Settings(lang="en"), place / "out", (), Report(), lambda _stage: None)
    files: dict[str, object] = {}
    for file in made.folder.glob("*.*"):
        said = file.read_text(encoding="utf-8")
        if file.name == "report.json":
            files[file.name] = {key: value for key, value in json.loads(said).items() if key != "timings"}
        elif file.suffix != ".html":
            files[file.name] = said
    return files


EDITS = st.lists(
    st.tuples(
        st.sampled_from(TEXT.split()), st.sampled_from(["", "weir", "“no”", "II.", "_bell_", "\n", "— Orr, 1931"])
    ),
    max_size=3,
)


@settings(max_examples=12)
@given(EDITS)
@example([("night?", "dusk?")])
@example([("(Boston:", "(London:"), ("1931),", "1932),")])
def test_a_text_that_was_edited_is_read_as_if_for_the_first_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edits: list[tuple[str, str]]
) -> None:
    text = TEXT
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "kept"))
    outcome(text, tmp_path)
    for old, new in edits:
        text = text.replace(old, new, 1)
    now = outcome(text, tmp_path)
    assert (standing.place() / "daybook").is_dir()
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "none" / str(hash(text))))
    assert now == outcome(text, tmp_path)
