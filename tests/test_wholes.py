"""Whatever a text is, the steps as wholes hold: no exception, a decision for each line, every word in the book."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.build import Reading, read_source
from pipeline.errors import Exit, OctavoError
from pipeline.model import Line, Source
from pipeline.repair import repair
from pipeline.report import Report
from pipeline.settings import Settings
from tests import fuzz

ROOT = Path(__file__).parent.parent
LINES = [line for line in fuzz.SEEDS.read_text(encoding="utf-8").split("\n") if line.strip() and "====" not in line]
SIGNS = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Co", "Cn"))


def texts() -> st.SearchStrategy[str]:
    """Lines of the kinds of text, signs of markup and print, and letters of any script, in any order."""
    line = st.sampled_from(LINES) | st.text(SIGNS, min_size=1, max_size=30)
    mixed = st.lists(line | st.sampled_from(fuzz.PIECES), min_size=1, max_size=4).map("".join)
    return st.lists(line | mixed | st.just(""), min_size=1, max_size=14).map("\n".join)


def read(text: str) -> Reading | None:
    """Read a text as far as a book; None for one without words."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "text.txt"
        path.write_bytes(text.encode())
        try:
            return read_source(path, Settings(), Report(), lambda _stage: None)
        except OctavoError as error:
            assert error.exit_code in (Exit.NO_INPUT, Exit.NOT_TEXT)
            return None


@settings(max_examples=25)
@given(texts())
def test_every_line_is_decided_once_and_the_same_way_each_time(text: str) -> None:
    reading = read(text)
    if reading is None:
        return
    numbers = [decision.line for decision in reading.decisions]
    assert numbers == sorted(set(numbers))
    assert set(numbers) == {line.number for line in reading.lines if not line.blank}
    again = read(text)
    assert again is not None
    assert (again.decisions, again.book, again.changes) == (reading.decisions, reading.book, reading.changes)


@settings(max_examples=100)
@given(texts())
def test_what_is_repaired_needs_no_repair(text: str) -> None:
    once, _ = repair(Source("", tuple(Line(n, line) for n, line in enumerate(text.split("\n"), 1)), "", True, "LF"))
    twice, repairs = repair(Source("", once, "", True, "LF"))
    assert [line.text for line in twice] == [line.text for line in once]
    assert not [one for one in repairs if one.before != one.after]


@settings(max_examples=8)
@given(texts())
@example("a\ue000b[1]\n\n[1] c\U000f0000\U0010fffd")
@example("\u202eweir\u202c \u2066mill\u2069\n\n\u200bz\u0301\u0301")
@example("\x99\x0c0")
@example("Rope \x99 of Orle")
@example("*** END OF THE PROJECT GUTENBERG EBOOK THE WEIR ***")
@example("It was dear.\n\nFOOTNOTES:\nthe price of oil")
@example("The rope[1] was paid for by the guild.\n[1] Twice.\nFOOTNOTES:")
def test_every_word_is_in_the_book_or_on_record(text: str) -> None:
    assert fuzz.tried("book", text.encode()) == ""


@settings(max_examples=40)
@given(texts())
def test_any_lines_can_be_cited(text: str) -> None:
    assert fuzz.tried("cite", text.encode()) == ""


@pytest.mark.slow
def test_a_short_run_of_the_fuzzer(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--count", "60", "--minutes", "30", "--seed", "3"]) == 0, capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize(("entry", "count"), [("book", 40), ("cite", 200)])
def test_a_short_run_guided_by_coverage(entry: str, count: int) -> None:
    pytest.importorskip("atheris")
    command = [sys.executable, "-m", "tests.fuzz", "--atheris", "--entry", entry, "--count", str(count), "--seed", "3"]
    done = subprocess.run([*command, "--minutes", "30"], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, f"{count} inputs to {entry} 0 failed" in done.stdout) == (0, True), done.stdout
