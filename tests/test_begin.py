"""Beginning a book: what is asked, what is written, and that nothing of a person's is written over."""

import io
import tomllib
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.settings import read_settings


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text("The ferry left at six.\n", encoding="utf-8")
    return path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_options_are_written_beside_the_text_and_read_again(text: Path) -> None:
    words = ["--title", 'The "Ferry" \\ its Keeper', "--author", "N. Wray", "--author", "Ö. Mell", "--lang", "en-GB"]
    assert main(["new", str(text), *words]) == Exit.OK
    settings = read_settings(text.with_suffix(".toml"))
    assert settings.title == 'The "Ferry" \\ its Keeper'
    assert settings.author == ("N. Wray", "Ö. Mell")
    assert (settings.lang, settings.style) == ("en-GB", "classic")


def test_a_terminal_is_asked_for_the_rest_until_the_answer_will_do(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("N. Wray; Ö. Mell\nenglish\nen\n\n"))
    assert main(["new", str(text), "--title", "Ferries"]) == Exit.OK
    asked = capsys.readouterr().err
    assert "Title" not in asked
    assert asked.count("Language") == 2
    assert "“english”" in asked
    written = text.with_suffix(".toml").read_text(encoding="utf-8")
    assert tomllib.loads(written) == {"title": "Ferries", "author": ["N. Wray", "Ö. Mell"], "lang": "en"}
    assert "# style" in written


def test_a_file_of_settings_stays_as_it_is(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = text.with_suffix(".toml")
    mine.write_text('title = "Mine"\n', encoding="utf-8")
    assert main(["new", str(text), "--title", "Theirs"]) == Exit.TAKEN
    assert str(mine) in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == 'title = "Mine"\n'


@pytest.mark.parametrize("words", [["--lang", "klingonese"], ["--style", "baroque"], ["--title", "a\x07b"]])
def test_what_a_build_would_refuse_is_refused_and_nothing_written(text: Path, words: list[str]) -> None:
    assert main(["new", str(text), *words]) == Exit.SETTINGS
    assert not text.with_suffix(".toml").exists()


def test_a_text_that_is_not_there(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "none.txt")]) == Exit.NO_INPUT
