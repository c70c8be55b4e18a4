"""What the README and the docs say is what the program does."""

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
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def section(title: str) -> str:
    """Return the text under the heading ``title`` of the README."""
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_table_of_exit_codes_is_the_program_s() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", section("When things go wrong"), re.MULTILINE)
    assert {int(code): meaning for code, meaning in rows} == {
        int(code): meaning for code, meaning in EXIT_MEANINGS.items()
    }


def test_the_journey_names_the_rooms_of_the_package_in_order() -> None:
    steps = re.findall(r"^\| (\w+) \|", section("The journey"), re.MULTILINE)
    assert steps[0] == "step"
    for step in steps[1:]:
        assert (ROOT / "pipeline" / step).is_dir() or (ROOT / "pipeline" / f"{step}.py").is_file(), step


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_make_target_it_names_exists() -> None:
    for target in set(
        re.findall(r"\bmake ([a-z]+)\b", " ".join(re.findall(r"`[^`]+`|^make .*$", README, re.MULTILINE)))
    ):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), f"make {target}"


def test_every_choice_is_a_key_of_the_settings_and_the_other_way_round() -> None:
    keys = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| `[a-z_]+`", section("Choices"), re.MULTILINE))))
    keys |= set(re.findall(r"`([a-z_]+)`", section("Choices").split("In TOML also", 1)[1].split("An unknown", 1)[0]))
    assert keys == set(KEYS)


def test_the_styles_and_trims_it_names_are_those_of_the_press() -> None:
    rows = dict(re.findall(r"^\| `(style|trim)` .* \| (.*) \|$", section("Choices"), re.MULTILINE))
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
    for option in re.findall(r"`(--[a-z-]+)`", section("Choices")):
        assert option in shown, option


def test_the_tables_in_docs_are_those_of_the_program() -> None:
    checked = subprocess.run(
        [sys.executable, "docs/tables.py", "--check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_the_picture_of_a_page_is_small() -> None:
    assert (ROOT / "docs" / "page.png").stat().st_size <= 250_000
