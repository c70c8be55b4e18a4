"""Settings: what may be chosen, and what is said when something else is written."""

from pathlib import Path

import pytest

from pipeline.errors import Exit, OctavoError
from pipeline.settings import Settings, read_settings, slug, with_choices


@pytest.mark.parametrize(
    ("toml", "key", "value"),
    [
        ('author = "Ida Quillfeather"', "author", ("Ida Quillfeather",)),
        ('author = ["R. Garrick", "S. Poole"]', "author", ("R. Garrick", "S. Poole")),
        ('author = ""', "author", ()),
        ("date = 1911", "date", "1911"),
        ("date = 1911-04-23", "date", "1911-04-23"),
        ('date = "1911-04"', "date", "1911-04"),
        ("series-number = 2", "series_number", "2"),
        ('lang = "sr-Latn-RS"', "lang", "sr-Latn-RS"),
        ('bleed = "3mm"', "bleed", "3mm"),
        ('slug = "the lamp room, 2"', "slug", "the lamp room, 2"),
        ("embed_fonts = true", "embed_fonts", True),
        ("fine = false", "fine", False),
    ],
)
def test_what_may_be_written(tmp_path: Path, toml: str, key: str, value: object) -> None:
    path = tmp_path / "book.toml"
    path.write_text(f"\ufeff{toml}\n", encoding="utf-8")
    assert getattr(read_settings(path), key) == value


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("lang", "not a language", "language tag"),
        ("lang", "english", "language tag"),
        ("date", "yesterday", "1911-04-23"),
        ("date", "4/23/1911", "1911-04-23"),
        ("bleed", "3 bananas", "3mm"),
        ("bleed", "3mm; display: none", "3mm"),
        ("slug", "../elsewhere", "without slashes"),
        ("slug", "..", "without slashes"),
        ("slug", "/elsewhere", "without slashes"),
        ("author", [1], "a name or a list of names"),
        ("title", ["a", "b"], "quotation marks"),
        ("embed_fonts", "true", "true or false"),
        ("autor", "A. Name", "“author”"),
        ("xyzzy", "1", "Known keys"),
    ],
)
def test_what_is_said_about_anything_else(key: str, value: object, says: str) -> None:
    with pytest.raises(OctavoError, match=says) as caught:
        with_choices(Settings(), {key: value}, "book.toml")
    assert caught.value.exit_code is Exit.SETTINGS
    assert "book.toml" in str(caught.value)


def test_paths_are_taken_from_the_folder_of_the_file_that_names_them(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text('cover = "lamp.png"\n', encoding="utf-8")
    assert read_settings(path).cover == str(tmp_path / "lamp.png")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Lamp Room Papers", "the-lamp-room-papers"),
        ("Élan: vital!", "elan-vital"),
        ("λύχνος", "λυχνος"),
        ("…", "book"),
    ],
)
def test_a_folder_s_name_is_made_from_letters_and_digits(text: str, name: str) -> None:
    assert slug(text) == name
