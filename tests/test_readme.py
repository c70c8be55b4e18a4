"""The README is short, and the tables that the docs share with the program are those of the program."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import EXIT_MEANINGS
from pipeline.print.sheet import STYLES, TRIMS
from pipeline.settings import KEYS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def page(name: str) -> str:
    """Return a page of the documentation."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_the_readme_fills_one_screen() -> None:
    assert len(README.splitlines()) <= 60


def test_the_table_of_exit_codes_is_the_program_s() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", page("errors"), re.MULTILINE)
    assert {int(code): meaning for code, meaning in rows} == {
        int(code): meaning for code, meaning in EXIT_MEANINGS.items()
    }


def test_the_journey_names_the_rooms_of_the_package_in_order() -> None:
    steps = re.findall(r"^\| (\w+) \|", page("journey").partition("Around them")[0], re.MULTILINE)
    assert steps[0] == "step"
    for step in steps[1:]:
        assert (ROOT / "pipeline" / step).is_dir() or (ROOT / "pipeline" / f"{step}.py").is_file(), step


def test_the_journey_names_every_module_or_a_room_that_holds_it() -> None:
    around = page("journey").partition("Around them")[2].partition("## In the workshop")[0]
    for name in re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", around, re.MULTILINE))):
        assert (ROOT / "pipeline" / name).is_dir() or (ROOT / "pipeline" / f"{name}.py").is_file(), name


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_choice_is_a_key_of_the_settings_and_the_other_way_round() -> None:
    keys = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| `[a-z_]+`", page("settings"), re.MULTILINE))))
    keys |= set(re.findall(r"`([a-z_]+)`", page("settings").split("In TOML also", 1)[1].split("An unknown", 1)[0]))
    assert keys == set(KEYS)


def test_the_styles_and_trims_it_names_are_those_of_the_press() -> None:
    rows = dict(re.findall(r"^\| `(style|trim)` .* \| (.*) \|$", page("settings"), re.MULTILINE))
    assert set(re.findall(r"`([\w-]+)`", rows["style"])) == set(STYLES)
    assert set(re.findall(r"`([\w-]+)`", rows["trim"])) == set(TRIMS)


def test_every_option_it_names_is_one_of_the_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "pipeline", "pdf", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    ).stdout
    for option in re.findall(r"`(--[a-z-]+)`", page("settings")):
        assert option in shown, option


def test_the_tables_in_docs_are_those_of_the_program() -> None:
    checked = subprocess.run(
        [sys.executable, "docs/tables.py", "--check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert checked.returncode == 0, checked.stderr
