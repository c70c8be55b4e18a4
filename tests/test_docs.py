"""The documentation is true: its commands run, its examples are read, its site is made without a warning.

In a page a fence of ``sh`` is run, line by line, in a folder of its own, where the fences with a file's name have put
that file; ``text said`` is what the last command printed, up to what is cut off at the ends of its lines. What needs
the network, hours or a cluster, or stays open, is marked ``sh elsewhere``: it is read as the command line reads it, and
``RUN_BY`` names the test that runs what stays open or has judges of its own. Only read, and never run, are ``pip`` and
``pipx`` (they need the network), ``--cluster slurm`` (a cluster) and what ``make`` would do (hours; its targets are
tried by ``make -n``).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.errors import Exit

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
FENCE = re.compile(r"^```(?P<tongue>\w+)(?: (?P<word>\S+))?\n(?P<words>.*?)^```$", re.DOTALL | re.MULTILINE)
RUN_BY = {
    "shelf serve": "test_open.py::test_what_is_opened_answers_and_is_closed",
    "review": "test_open.py::test_what_is_opened_answers_and_is_closed",
    "watch": "test_watch.py::test_each_save_builds_and_a_fault_does_not_end_the_watch",
    "azw3": "epub/test_readers.py::test_notes_and_contents_work_in_azw3",
    "check": "check/test_check.py::test_to_check_without_judges_is_an_error",
}
"""Commands that no page runs, and the tests that do."""


def fences(page: Path) -> list[re.Match[str]]:
    return list(FENCE.finditer(page.read_text(encoding="utf-8")))


def commands(page: Path, word: str | None) -> list[str]:
    told = [found["words"] for found in fences(page) if found["tongue"] == "sh" and found["word"] == word]
    return [line for words in told for line in words.splitlines()]


def run(line: str) -> str:
    """Run one line of the documentation, in this process; return what it printed."""
    words = shlex.split(line)
    assert words[0] == "octavo", line
    target = words[words.index(">") + 1] if ">" in words else None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert cli.main(words[1 : words.index(">")] if target else words[1:]) == Exit.OK, line
    if target:
        Path(target).write_text(out.getvalue(), encoding="utf-8")
    return out.getvalue()


LETTERS = next(found["words"] for found in fences(DOCS / "first-book.md") if found["word"] == "letters.txt")


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page, None)], ids=lambda page: page.stem)
def test_what_a_page_tells_to_do_does_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("letters.txt").write_text(LETTERS, encoding="utf-8")
    said: list[str] = []
    for found in fences(page):
        words = found["words"].splitlines()
        if found["tongue"] == "sh" and found["word"] is None:
            said = [line for command in words for line in run(command).splitlines()]
        elif found["word"] == "said":
            for told in words:
                assert any(line.startswith(told) for line in said), (told, said)
        elif found["word"] and "." in found["word"]:
            Path(found["word"]).parent.mkdir(exist_ok=True)
            Path(found["word"]).write_text(found["words"], encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "line"),
    [(page.name, line) for page in PAGES for line in commands(page, "elsewhere")]
    + [("README.md", line) for line in commands(ROOT / "README.md", None)],
)
def test_what_cannot_be_run_here_can_at_least_be_meant(page: str, line: str) -> None:
    words = shlex.split(line)
    words = words[next(n for n, word in enumerate(words) if "=" not in word or word.startswith("-")) :]
    match words[0]:
        case "make":
            assert_made(*words[1:])
        case "octavo":
            cli.parser().parse_args(words[1:])
        case "pipx" if "octavo" in words:
            cli.parser().parse_args(words[words.index("octavo") + 1 :])
        case "python":
            assert words[1] == "-m" and importlib.util.find_spec(words[2]), (page, line)
        case "node":
            assert (ROOT / words[1]).is_file(), (page, line)
        case other:
            assert other in ("pip", "pipx") and words[1] == "install", (page, line)


def assert_made(*words: str) -> None:
    """Let make say what it would do."""
    if shutil.which("make") is None:
        pytest.skip("make is not here")
    said = subprocess.run(["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, (words, said.stderr)


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings}


def leaf(words: list[str]) -> argparse.ArgumentParser:
    """Return the parser of a command, as far as its words name one."""
    parser = cli.parser()
    for word in words:
        groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
        if not groups:
            break
        if word.startswith("-"):
            break
        assert word in groups[0].choices, f"there is no command {word} in {words}"
        parser = groups[0].choices[word]
    return parser


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.stem)
def test_every_command_in_a_sentence_is_one(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for found in re.findall(r"`octavo ([a-z-][^`]*)`", text):
        words = found.split()
        known = options(leaf(words[:1] if "|" in words[0] else words))
        if "|" not in words[0]:
            assert {word for word in words if word.startswith("--")} <= known, found
    if targets := sorted(set(re.findall(r"`make ([a-z0-9-]+)", text))):
        assert_made(*targets)


def test_every_command_is_run_by_a_page_or_by_a_test_that_is_there() -> None:
    lines = [shlex.split(line)[1:] for page in PAGES for line in commands(page, None)]
    run_here = {leaf(words).prog.removeprefix("octavo ") for words in lines}
    known = {one.prog.removeprefix("octavo ") for one in cli._leaves(cli.parser())}
    assert known == run_here | set(RUN_BY)
    for command, where in RUN_BY.items():
        file, _, test = where.partition("::")
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert f"def {test}" in text and command.split()[-1] in text, where


def test_every_picture_is_made_by_the_command_and_is_small() -> None:
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert spec is not None and spec.loader is not None
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)
    there = {path.stem for path in (DOCS / "pictures").iterdir()}
    assert there == set(pictures.MAKERS)
    shown = set(re.findall(r"pictures/([\w-]+)\.png", "".join(page.read_text("utf-8") for page in PAGES)))
    shown |= set(re.findall(r"pictures/([\w-]+)\.png", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert shown == there
    assert all(path.stat().st_size <= 250_000 for path in (DOCS / "pictures").iterdir())


LOADED = re.compile(
    r"<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]+)|url\(['\"]?([^)]+)|@import\s*(\S+)"
)
"""What a page of the site loads; links that a reader may follow are no such thing."""


def test_the_site_is_made_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason="the extra docs is not installed")
    site = tmp_path / "site"
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-d",
        str(tmp_path / "trees"),
        "docs",
        str(site),
    ]
    made = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert made.returncode == 0, made.stderr
    assert {page.stem for page in PAGES} <= {page.stem for page in site.glob("*.html")}
    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        loaded = ("".join(found) for found in LOADED.findall(path.read_text(encoding="utf-8")))
        assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == [], path.name
