"""Two texts never share a folder unasked, and no text is overwritten by its own book."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import Exit

WEIR = "The weir was low all summer and the mill stood still.\n\nThe miller went to sea in the autumn.\n"
FOG = "Fog lay on the lane for a week, and the post came late.\n\nNobody minded but the postmistress.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def made(name: str, text: str = WEIR) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def draft(source: str, *more: str) -> int:
    return main(["draft", source, "--quiet", *more])


@pytest.mark.parametrize(
    ("first", "second"), [("Same.txt", "same.text"), ("Same.txt", "Sáme.txt"), ("a/notes.txt", "b/notes.txt")]
)
def test_the_second_text_of_a_name_is_refused(
    first: str, second: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(made(first)) == Exit.OK
    (folder,) = (tmp_path / "build").iterdir()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert draft(made(second, FOG)) == Exit.TAKEN
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and first in said and second in said
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert draft(second, "--slug", "another") == Exit.OK
    assert draft(first) == Exit.OK


def test_a_text_that_was_moved_keeps_its_folder() -> None:
    assert draft(made("weir.txt")) == Exit.OK
    Path("texts").mkdir()
    Path("weir.txt").rename("texts/weir.txt")
    assert draft("texts/weir.txt") == Exit.OK
    assert draft(made("texts/weir.txt", WEIR + FOG)) == Exit.OK


def test_a_text_named_otherwise_is_the_same_text(tmp_path: Path) -> None:
    assert draft(made("texts/weir.txt")) == Exit.OK
    assert draft(str(tmp_path / "texts" / ".." / "texts" / "weir.txt")) == Exit.OK


def test_what_was_made_is_built_further_and_from_its_source_again() -> None:
    assert draft(made("weir.txt")) == Exit.OK
    book = Path("build/weir/book.md")
    book.write_text(book.read_text(encoding="utf-8").replace("miller", "baker"), encoding="utf-8")
    assert draft(str(book)) == Exit.OK
    assert draft("weir.txt") == Exit.OK
    assert "baker" in Path("build/weir/book.edited.md").read_text(encoding="utf-8")
    assert draft("build/weir/book.edited.md") == Exit.OK


def test_a_manuscript_of_a_persons_own_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    made("weir/book.md", "---\ntitle: Mine\nlang: en\n---\n\nMy own words.\n")
    assert draft("weir/book.md") == Exit.OK
    assert draft(made("weir.txt"), "--out", ".") == Exit.TAKEN
    assert "My own words" in Path("weir/book.md").read_text(encoding="utf-8")


def test_a_manuscript_that_was_never_built_is_kept() -> None:
    made("weir/book.md", "My own words.\n")
    assert draft(made("weir.txt"), "--out", ".") == Exit.OK
    assert Path("weir/book.edited.md").read_text(encoding="utf-8") == "My own words.\n"


@pytest.mark.parametrize(
    ("source", "more"), [("report/report.html", ()), ("weir/weir.txt", ("--verdicts", "weir/report.json"))]
)
def test_a_text_is_not_overwritten_by_its_own_book(
    source: str, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    made(source, WEIR)
    made("weir/report.json", "")
    assert draft(source, "--out", ".", *more) == Exit.TAKEN
    assert "would be overwritten" in capsys.readouterr().err
    assert Path(source).read_text(encoding="utf-8") == WEIR


def test_two_manuscripts_in_one_folder() -> None:
    head = "---\ntitle: Mine\nlang: en\n---\n\n"
    assert draft(made("weir/weir.md", head + WEIR)) == Exit.OK
    assert draft(made("weir/fog.md", head + FOG)) == Exit.TAKEN
    Path("weir/weir.md").unlink()
    assert draft("weir/fog.md") == Exit.TAKEN


@pytest.mark.parametrize("mine", ["report.html", "book.pdf"])
def test_what_lies_beside_a_manuscript_and_is_not_its_own_is_not_overwritten(
    mine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = made("desk/weir.md", f"---\ntitle: The Weir\nlang: en\n---\n\n{WEIR}")
    made(f"desk/{mine}", "mine")
    assert main(["epub", source, "--quiet"]) == Exit.TAKEN
    assert mine in capsys.readouterr().err
    assert Path("desk", mine).read_text(encoding="utf-8") == "mine"
    Path("desk", mine).unlink()
    assert main(["epub", source, "--quiet"]) == Exit.OK
    assert main(["epub", source, "--quiet"]) == Exit.OK  # over its own
