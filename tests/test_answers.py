"""Every command answers a program in one shape; shells complete; the doctor says what is missing, and how to get it."""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli, installed, machine, record
from pipeline.answer import Answer
from pipeline.cli import SHELLS, main
from pipeline.errors import Exit
from pipeline.model import Book, Decision, Role
from pipeline.report import Report

KEYS = ["octavo", "command", "exit", "error", "wrote", "stood", "figures", "findings", "result"]
TEXT = "The Ferry\n\nThe ferry left at six.\nWray, Nathaniel. The Fog Bell. London: Pellow, 1911, p. 2\n"


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("ferry.txt")
    path.write_text(TEXT, encoding="utf-8")
    return path


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """Run a command with ``--json``; return its answer, which is all that it printed."""
    capsys.readouterr()
    code = main([*words, "--json"])
    out, err = capsys.readouterr()
    assert (out.count("\n"), err) == (1, "")
    answer: dict[str, Any] = json.loads(out)
    assert list(answer) == KEYS
    assert answer["exit"] == code
    assert (answer["error"] is None) == (code == Exit.OK)
    return answer


def test_a_build_names_files_figures_and_findings_and_then_what_stands(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = answered(capsys, "draft", str(text))
    assert "build/ferry/book.md" in first["wrote"]
    assert all(Path(name).is_file() for name in first["wrote"])
    assert first["stood"] == []
    assert first["figures"]["counts"]["citations"] == 1
    assert first["figures"]["conservation"]["markdown"]["lost"] == 0
    assert first["findings"] == json.loads(Path("build/ferry/report.json").read_text(encoding="utf-8"))["findings"]
    again = answered(capsys, "draft", str(text))
    assert again["wrote"] == []
    assert set(again["stood"]) == set(first["wrote"])
    assert again["findings"] == first["findings"]


@pytest.mark.parametrize(
    ("words", "command", "result"),
    [
        (["explain", "ferry.txt", "4", "2"], "explain", lambda found: [one["line"] for one in found] == [4, 2]),
        (["cite", "ferry.txt"], "cite", lambda found: found[-1]["publisher"] == "Pellow"),
        (["cite", "--to", "bibtex", "ferry.txt"], "cite", lambda found: "@book" in found),
        (["cite", "--segments", "ferry.txt"], "cite", lambda found: "segments" in found[0]),
        (["codes"], "codes", lambda found: {"code", "hint"} <= set(found[0])),
        (["completion", "fish"], "completion", lambda found: "octavo" in found),
        (["style", "new", "quay"], "style new", lambda found: found is None),
        (["new", "ferry.txt"], "new", lambda found: found is None),
    ],
)
def test_what_is_asked_for_is_the_result(
    text: Path, capsys: pytest.CaptureFixture[str], words: list[str], command: str, result: Any
) -> None:
    answer = answered(capsys, *words)
    assert (answer["command"], answer["exit"]) == (command, Exit.OK)
    assert result(answer["result"])
    assert all(Path(name).is_file() for name in answer["wrote"])


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (["pdf"], Exit.USAGE, "SOURCE"),
        (["shelf", "serve", "."], Exit.NO_INPUT, "no shelf"),
        (["epub", "none.txt"], Exit.NO_INPUT, "none.txt"),
        (["draft", "ferry.txt", "--lang", "gibberish"], Exit.SETTINGS, "gibberish"),
        (["shelf", "make", "none", "--out", "shelf"], Exit.NO_INPUT, "none"),
    ],
)
def test_an_error_is_told_with_its_exit_code(
    text: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: Exit, what: str
) -> None:
    answer = answered(capsys, *words)
    assert answer["exit"] == code
    assert what in answer["error"]["what"]


def test_every_command_has_json() -> None:
    leaves = list(cli._leaves(cli.parser()))
    assert len(leaves) > len(KEYS)
    assert all("--json" in leaf.format_help() for leaf in leaves)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_for_a_shell_names_every_command_and_is_understood_by_it(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == Exit.OK
    script = capsys.readouterr().out
    groups = [one for one in cli.parser()._actions if isinstance(one, argparse._SubParsersAction)]
    assert all(name in script for name in groups[0].choices)
    assert "--citation-style" in script
    assert "large-print" in script
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here to read it")
    subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_bash_offers_commands_and_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    (tmp_path / "octavo.bash").write_text(capsys.readouterr().out, encoding="utf-8")

    def offered(*words: str) -> list[str]:
        line = f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _shtab_octavo 2>/dev/null"
        asked = f'. "{tmp_path}/octavo.bash"; {line}; printf "%s\\n" "${{COMPREPLY[@]}}"'
        return subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False).stdout.split()

    assert offered("octavo", "do") == ["doctor"]
    assert offered("octavo", "pdf", "--style", "la") == ["large-print"]


def test_what_stays_open_tells_its_address_at_once_and_its_end_later(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer("review", json=True)
    answer.open("The desk is open: here", "here")
    answer.end(Exit.OK)
    told = [json.loads(line)["result"] for line in capsys.readouterr().out.splitlines()]
    assert told == ["here", None]


class TestDoctor:
    def test_what_is_missing_is_told_with_what_to_do(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda _program: None)
        monkeypatch.setattr(machine, "pango_loads", lambda: True)
        monkeypatch.setattr(machine, "manager", lambda: machine.MANAGERS[0])
        assert main(["doctor"]) == Exit.OK
        told = capsys.readouterr().out.splitlines()
        missing = next(n for n, line in enumerate(told) if "calibre" in line)
        assert told[missing].startswith("–")
        assert "apt-get install" in told[missing + 1]
        assert told[missing + 1].endswith(" calibre")

    def test_without_pango_there_is_no_book(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(machine, "pango_loads", lambda: False)
        answer = answered(capsys, "doctor")
        assert answer["exit"] == Exit.MISSING_PROGRAM
        assert [one["name"] for one in answer["result"] if one["needed"] and not one["there"]] == ["WeasyPrint, Pango"]
        assert answer["figures"]["missing"] >= 1

    @pytest.mark.parametrize("extra", ["review", "watch", "shelf", "check", "cjk"])
    def test_an_extra_is_named_by_its_packages(self, extra: str) -> None:
        assert installed.packages(extra)
        command = installed.install(extra)
        assert "octavo[" not in command
        assert all(name in command for name in installed.names(extra))

    def test_in_an_application_of_pipx_they_are_injected(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (prefix := tmp_path / "venvs" / "octavo").mkdir(parents=True)
        (prefix / "pipx_metadata.json").touch()
        monkeypatch.setattr(sys, "prefix", str(prefix))
        assert installed.install("watch") == "pipx inject octavo watchfiles"


def test_the_terminal_says_how_many_lines_are_in_doubt(tmp_path: Path) -> None:
    sure, unsure = Decision(1, Role.PARAGRAPH), Decision(2, Role.HEADING, score=0.6)
    for decisions, words in (
        ((sure,), ""),
        ((sure, unsure), "1 line in doubt"),
        ((unsure, unsure), "2 lines in doubt"),
    ):
        report = Report()
        record.count(report, (), decisions, (), Book("Ferries", ()))
        said = "\n".join(record.summary(report, tmp_path))
        assert words in said and ("octavo review" in said) == bool(words)
