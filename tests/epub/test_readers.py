"""What people with different readers may rely on: engines that open the book, and the checker of DAISY."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pipeline.epub.kindle import make_azw3
from tests.epubs import NAMES, Opened, weather_ledger

JUDGES = Path(__file__).parent.parent / "judges"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PHONE, TABLET = "390x844", "800x1000"

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Reader:
    """Node with the reading systems of ``judges/package.json``, and the browser they run in."""

    node: str
    browser: str
    modules: Path

    def run(self, script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "MODULES": str(self.modules),
            "CHROMIUM": self.browser,
            "PUPPETEER_EXECUTABLE_PATH": self.browser,
        }
        return subprocess.run(
            [self.node, str(script), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def judge(self, name: str, *arguments: str) -> dict[str, Any]:
        done = self.run(JUDGES / name, *arguments)
        assert done.returncode == 0, done.stderr
        said: dict[str, Any] = json.loads(done.stdout)
        return said


@pytest.fixture(scope="session")
def reader() -> Reader:
    node, npm = shutil.which("node"), shutil.which("npm")
    browser = os.environ.get("CHROMIUM") or next((found for one in BROWSERS if (found := shutil.which(one))), None)
    if not (node and npm and browser):
        pytest.skip("reading systems need node, npm and chromium (Debian: apt-get install nodejs npm chromium)")
    wanted = (JUDGES / "package.json").read_bytes()
    modules = Path(tempfile.gettempdir()) / f"octavo-judges-{sha256(wanted).hexdigest()[:12]}"
    if not modules.is_dir():
        fresh = Path(tempfile.mkdtemp())
        (fresh / "package.json").write_bytes(wanted)
        done = subprocess.run(
            [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=fresh,
            env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            shutil.rmtree(fresh)
            pytest.skip(f"npm cannot install the reading systems: {done.stderr.strip().splitlines()[-1]}")
        try:
            fresh.replace(modules)
        except OSError:  # another test process was faster
            shutil.rmtree(fresh)
    return Reader(node, browser, modules)


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("epub") / "book.epub"
    path.write_bytes(weather_ledger().data)
    return path


def letters(book: Opened) -> int:
    bodies = [one for name in book.spine for one in book.find(name, "/x:html/x:body")]
    texts = [text for body in bodies for text in body.xpath(".//text()[not(ancestor::*[@hidden])]")]
    return len(re.sub(r"\s", "", "".join(texts)))


@pytest.mark.parametrize("size", [PHONE, TABLET])
def test_foliate_turns_every_page_and_opens_every_note(size: str, reader: Reader, path: Path) -> None:
    said = reader.judge("foliate.mjs", str(path), size)
    assert said["faults"] == []
    assert said["letters"] == letters(weather_ledger())
    assert said["notes"] == len(weather_ledger().everywhere("//x:aside"))
    assert said["contents"] == len(weather_ledger().find("nav.xhtml", "//x:nav[@id='toc']//x:a"))


@pytest.mark.parametrize("size", [PHONE, TABLET])
def test_another_engine_agrees(size: str, reader: Reader, path: Path) -> None:
    said = reader.judge("epubjs.mjs", str(path), size)
    assert said["faults"] == []
    assert said["letters"] == letters(weather_ledger())
    assert said["notes"] == len(weather_ledger().everywhere("//x:aside"))
    assert said["files"] == len(weather_ledger().spine)


def test_nothing_is_too_wide_for_small_screens_large_type_or_no_style(reader: Reader, tmp_path: Path) -> None:
    book = weather_ledger()
    for name, data in book.files.items():
        (tmp_path / Path(name).name).write_bytes(data)
    assert reader.judge("widths.mjs", str(tmp_path), *book.spine)["faults"] == []


@pytest.mark.skipif(
    shutil.which("ebook-convert") is None, reason="AZW3 is made by calibre (Debian: apt-get install calibre)"
)
def test_notes_and_contents_work_in_azw3(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "book.azw3").write_bytes(make_azw3(weather_ledger().data))
    said = reader.judge("foliate.mjs", str(tmp_path / "book.azw3"), TABLET)
    assert said["faults"] == []
    assert said["notes"] == len(weather_ledger().everywhere("//x:aside"))
    assert said["contents"] == len(weather_ledger().find("nav.xhtml", "//x:nav[@id='toc']//x:a"))


def test_the_checker_of_daisy_finds_nothing(reader: Reader, path: Path, tmp_path: Path) -> None:
    program = next((reader.modules / "node_modules" / "@daisy" / "ace-cli" / "bin").glob("ace*.js"))
    done = reader.run(program, "--force", "--silent", "--outdir", str(tmp_path), str(path))
    assert (tmp_path / "report.json").is_file(), done.stderr
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    found = [one["earl:result"]["dct:description"] for file in report["assertions"] for one in file["assertions"]]
    assert found == [] and report["earl:result"] == {"earl:outcome": "pass"}


def test_the_style_sheet_leaves_face_size_and_colours_to_the_reader() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", weather_ledger().files["style.css"].decode(), flags=re.S)
    assert not re.search(r"color|background|font-family|text-align: justify|\d(px|pt|cm|mm|in)\b", sheet)
    assert weather_ledger().find("chapter-01.xhtml", "//*[@style][not(ancestor-or-self::x:table)]") == []
    assert NAMES["x"] in weather_ledger().files["chapter-01.xhtml"].decode()
