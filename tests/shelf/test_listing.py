"""Which texts a folder or a list has, and what their rows say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import Exit, OctavoError
from pipeline.shelf.listing import texts


def listed(place: Path, rows: str) -> Path:
    path = place / "list.csv"
    path.write_text(rows, encoding="utf-8")
    return path


def test_a_folder_is_gone_through_in_order_and_what_is_no_text_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "b 15.txt",
        "b 3.txt",
        "a.html",
        "deep/er/b.txt",
        ".hidden/c.txt",
        "cover.png",
        "a.toml",
        "shelf/books/d/d.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("-", encoding="utf-8")
    made = tmp_path / "made"
    made.mkdir()
    (made / "book.md").write_text("---\ntitle: D\nlang: en\n---\n", encoding="utf-8")
    assert [text.name for text in texts(tmp_path, tmp_path / "shelf")] == ["a", "b-3", "b-15", "b", "deep-er-b"]


def test_two_files_of_one_name_are_two_texts_and_one_file_named_twice_is_one(tmp_path: Path) -> None:
    names = [text.name for text in texts(listed(tmp_path, "path\nx y.txt\nX-Y.txt\nx y.txt\n"), tmp_path / "s")]
    assert names[0] == "x-y"
    assert names[1].startswith("x-y-")
    assert len(names) == 2


@pytest.mark.parametrize("cut", [",", ";", "\t"])
def test_a_row_has_settings(tmp_path: Path, cut: str) -> None:
    head = ("path", "Title", "AUTHOR", "language", "subject", "details", "series")
    row = ("w.txt", "Weirs", '"O. Mell; P. Quay"', "fr", '"water; stone"', "yes", "Rivers")
    (text,) = texts(listed(tmp_path, f"{cut.join(head)}\n{cut.join(row)}\n"), tmp_path / "s")
    settings = text.settings()
    assert (settings.title, settings.author, settings.lang) == ("Weirs", ("O. Mell", "P. Quay"), "fr")
    assert (settings.subject, settings.details, text.volume_of) == (("water", "stone"), True, "Rivers")
    assert text.path == tmp_path / "w.txt"


def test_a_row_wins_over_the_settings_file_beside_its_text(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text('title = "Old"\npublisher = "Pell"\n', encoding="utf-8")
    (text,) = texts(listed(tmp_path, "path,title\nw.txt,New\n"), tmp_path / "s")
    assert (text.settings().title, text.settings().publisher) == ("New", "Pell")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("path,titel\nw.txt,W\n", "Unknown column “titel”"),
        ("title,author\nW,O\n", "no column “path”"),
        ("path\n", "There is no text"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_at_once(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(OctavoError, match=words):
        list(texts(listed(tmp_path, rows), tmp_path / "s"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("w.txt,W,zz9 zz", "line 2"),
        (",W,en", "line 2 has no path"),
        ("w.txt,Weirs, old and new,en", "line 2 has more cells"),
    ],
)
def test_a_row_that_is_wrong_is_the_fault_of_its_text_alone(tmp_path: Path, row: str, words: str) -> None:
    first, second = texts(listed(tmp_path, f"path,title,lang\n{row}\nv.txt,V,en\n"), tmp_path / "s")
    with pytest.raises(OctavoError, match=words) as refused:
        first.settings()
    assert refused.value.exit_code is Exit.SETTINGS
    assert second.settings().title == "V"


def test_of_a_path_from_the_root_only_the_file_gives_the_name(tmp_path: Path) -> None:
    (text,) = texts(listed(tmp_path, f"path\n{tmp_path / 'Weirs and Locks.txt'}\n"), tmp_path / "s")
    assert (text.name, text.path) == ("weirs-and-locks", tmp_path / "Weirs and Locks.txt")


def test_no_name_is_too_long_for_a_file_system(tmp_path: Path) -> None:
    (text,) = texts(listed(tmp_path, f"path\n{'水' * 80}.txt\n"), tmp_path / "s")
    assert 60 < len(text.name.encode()) <= 180
