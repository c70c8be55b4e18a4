"""What was built once is not built again, and what is kept is never trusted when it is not what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import manuscript, standing
from pipeline.cli import main
from pipeline.errors import Exit

PARAGRAPHS = (
    "The Ferry",
    "The ferry left at six, and nobody on the quay had seen the keeper since the evening before.",
    "It was said in the village that he had taken the lamp with him; his sister knew better, and was silent.",
    "In the spring they found the boat. The oars lay across it as if he had only gone ashore for bread.",
)
UNCHANGED = "Nothing has changed"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a text; its cache is its own, for what is damaged here must not be another test's."""
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "ferry.txt"
    path.write_text("\n\n".join(PARAGRAPHS) + "\n", encoding="utf-8")
    return path


def built(source: Path, *more: str) -> str:
    """Build the draft, and return ``book.md``."""
    assert main(["draft", str(source), "--out", str(source.parent / "out"), *more]) == Exit.OK
    return (source.parent / "out" / "ferry" / "book.md").read_text(encoding="utf-8")


def test_a_second_build_of_the_same_says_that_nothing_has_changed(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = built(source)
    said = capsys.readouterr().out
    assert UNCHANGED not in said
    assert built(source) == first
    again = capsys.readouterr().out
    assert UNCHANGED in again
    assert again.endswith(said)


@pytest.mark.parametrize("change", ["word", "title", "verdict", "settings", "fresh"])
def test_whatever_changes_is_built(source: Path, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    built(source)
    more = []
    if change == "word":
        source.write_text(source.read_text(encoding="utf-8").replace("bread", "salt"), encoding="utf-8")
    elif change == "title":
        more = ["--title", "The Ferry and the Lamp"]
    elif change == "verdict":
        verdict = '[[verdict]]\nline = 3\nstarts = "The ferry left"\nrole = "attribution"\nwhy = "so it is"\n'
        source.with_suffix(".verdicts.toml").write_text(verdict, encoding="utf-8")
    elif change == "settings":
        source.with_suffix(".toml").write_text('publisher = "Weir Press"\n', encoding="utf-8")
    else:
        more = ["--fresh"]
    capsys.readouterr()
    built(source, *more)
    assert UNCHANGED not in capsys.readouterr().out


@pytest.mark.parametrize("harm", ["cut", "other", "gone"])
def test_what_is_kept_and_damaged_is_not_trusted(source: Path, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = built(source)
    for path in (standing.place() / "books").iterdir():
        if harm == "cut":
            path.write_bytes(path.read_bytes()[:-9])
        elif harm == "other":
            path.write_bytes(path.read_bytes().replace(b"book.md", b"gone.md"))
        else:
            path.unlink()
    capsys.readouterr()
    assert built(source) == first
    assert UNCHANGED not in capsys.readouterr().out


def test_a_book_that_a_person_touched_is_built_again_and_kept_beside(source: Path) -> None:
    first = built(source)
    book = source.parent / "out" / "ferry" / "book.md"
    book.write_text(first.replace("sister", "brother"), encoding="utf-8")
    assert built(source) == first


def test_each_build_has_its_own_report(source: Path) -> None:
    built(source)
    place = source.parent / "out" / "ferry"
    first = (place / "report.json").read_text(encoding="utf-8")
    (place / "report.json").write_text("{}", encoding="utf-8")  # as another edition, built since, would write its own
    built(source)
    assert (place / "report.json").read_text(encoding="utf-8") == first


def test_what_was_not_asked_for_longest_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    monkeypatch.setattr(standing, "MOST", 1000)
    for name in ("a", "b", "c"):
        standing.keep("books", name, name.encode() * 400)
    assert [standing.kept("books", name) is None for name in ("a", "b", "c")].count(True) == 1
    assert standing.kept("books", "c") == b"c" * 400


def test_a_folder_that_is_closed_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path / "file"))
    standing.keep("books", "a", b"a")
    assert standing.kept("books", "a") is None


def test_what_pandoc_set_and_the_cover_are_kept_for_another_day(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["epub", str(source), "--out", str(tmp_path / "out"), "-q", "--fresh"]
    book = tmp_path / "out" / "ferry" / "book.epub"
    assert main(arguments) == Exit.OK
    first = book.read_bytes()
    manuscript._set.cache_clear()
    for kind in ("set", "covers"):
        (kept,) = (standing.place() / kind).iterdir()
        assert standing.kept(kind, kept.name)
    monkeypatch.setattr("pipeline.epub.cover._drawn", None)
    monkeypatch.setattr("pipeline.manuscript.tempfile", None)
    assert main(arguments) == Exit.OK
    assert book.read_bytes() == first


EDITS = st.lists(
    st.sampled_from(["word", "back", "title", "no title", "verdict", "no verdict", "style"]), min_size=2, max_size=4
)


@settings(max_examples=6)
@given(EDITS)
def test_a_build_after_edits_is_what_a_fresh_one_is(source: Path, edits: list[str]) -> None:
    title: list[str] = []
    verdicts = source.with_suffix(".verdicts.toml")
    for edit in edits:
        text = source.read_text(encoding="utf-8")
        match edit:
            case "word":
                source.write_text(text.replace("bread", "salt"), encoding="utf-8")
            case "back":
                source.write_text(text.replace("salt", "bread"), encoding="utf-8")
            case "title" | "no title":
                title = ["--title", "The Lamp"] if edit == "title" else []
            case "verdict":
                words = '[[verdict]]\nline = 7\nstarts = "In the spring"\nrole = "attribution"\nwhy = "so"\n'
                verdicts.write_text(words, encoding="utf-8")
            case "no verdict":
                verdicts.unlink(missing_ok=True)
            case _:
                source.with_suffix(".toml").write_text('style = "screen"\n', encoding="utf-8")
        made = built(source, *title)
        report = _report(source)
        assert built(source, "--fresh", *title) == made
        assert _report(source) == report


def _report(source: Path) -> dict[str, object]:
    place = source.parent / "out" / "ferry"
    report: dict[str, object] = json.loads((place / "report.json").read_text(encoding="utf-8"))
    del report["timings"]
    return report | {"decisions": (place / "decisions.jsonl").read_text(encoding="utf-8")}


def test_fonts_that_may_not_be_looked_at_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refused)
    assert standing._changed("~/.fonts") == []
