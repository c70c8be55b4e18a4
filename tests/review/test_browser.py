"""The desk in a browser: by keyboard alone, in a narrow window, in light and dark, and heard by a screen reader."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from pipeline.build import build
from pipeline.report import Report
from pipeline.review.app import desk_app
from pipeline.review.desk import Desk
from pipeline.settings import Settings
from tests.review.test_review import LETTERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

api = pytest.importorskip("playwright.sync_api", reason="the browser is driven by playwright, of the extra dev")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core comes with the extra dev")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium (Debian: apt-get install chromium)")

PATIENCE = 120_000
"""Milliseconds that anything may take: only a fault takes so long, however busy the machine is."""

VIEWS = ["", "lines", "structure", "works", "words", "words?word=kettle", "book"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api.expect.set_options(timeout=PATIENCE)
    with api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"], timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Open one desk for all tests; return the folder of its source, and its address."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "kettle.txt").write_text(LETTERS.replace("sang for", "(sang for"), encoding="utf-8")
    desk = Desk(folder / "kettle.txt", lambda: Settings(title="Kettles", lang="en"), folder / "kettle.toml", folder)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who asks before the server is there waits for it
        server = uvicorn.Server(uvicorn.Config(desk_app(desk, "sesame"), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield folder, f"http://127.0.0.1:{listening.getsockname()[1]}/sesame/"
        server.should_exit = True
        thread.join()


@pytest.fixture
def page(browser: Browser, served: tuple[Path, str]) -> Iterator[Page]:
    """Return a new window; an error on a page, or a look elsewhere, fails the test."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE)
    window = context.new_page()
    faults: list[str] = []
    window.on("pageerror", lambda error: faults.append(str(error)))
    window.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    window.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(served[1]) else None)
    verdicts = served[0] / "kettle.verdicts.toml"
    verdicts.unlink(missing_ok=True)
    yield window
    context.close()
    assert not faults


def ruled(folder: Path) -> str:
    path = folder / "kettle.verdicts.toml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def barriers(page: Page, rules: str = "") -> list[tuple[str, str]]:
    """Return what axe-core finds on a page, all its parts laid open: the rule and the element."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    options = {"resultTypes": ["violations"], **({"runOnly": [rules]} if rules else {})}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_has_a_barrier(page: Page, served: tuple[Path, str], view: str) -> None:
    page.goto(served[1] + view)
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, "color-contrast") == []
    page.set_viewport_size({"width": 360, "height": 900})
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0


def test_a_doubt_is_decided_and_undone_by_keys_alone(page: Page, served: tuple[Path, str]) -> None:
    folder, address = served
    page.goto(f"{address}?line=5")
    page.keyboard.press("h")
    page.wait_for_url("**said=**")
    assert "Line 5: heading (1 verdict written)" in page.get_by_role("status").inner_text()
    assert 'role = "heading"' in ruled(folder)
    page.keyboard.press("u")
    page.wait_for_url("**Taken**")
    assert "heading" not in ruled(folder)
    page.keyboard.press("?")
    assert page.locator("#help").get_attribute("open") is not None
    page.goto(f"{address}?line=5")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the first link leads past the navigation"


def test_all_of_a_form_are_decided_in_one_stroke(page: Page, served: tuple[Path, str]) -> None:
    page.goto(f"{served[1]}?line=14")
    page.keyboard.press("Shift+R")
    page.wait_for_url("**said=**")
    assert ruled(served[0]).count('role = "rubric"') == 2
    page.keyboard.press("u")
    page.wait_for_url("**Taken**")
    assert "rubric" not in ruled(served[0])


def test_a_key_in_a_field_is_a_letter(page: Page, served: tuple[Path, str]) -> None:
    page.goto(f"{served[1]}?line=5")
    page.get_by_label("Why").press_sequentially("thus")
    assert page.get_by_label("Why").input_value() == "thus"
    assert ruled(served[0]) == ""


def test_the_findings_are_gone_through_and_accepted(page: Page, served: tuple[Path, str]) -> None:
    page.goto(served[1])
    assert "bracket has no partner" in page.get_by_label("Finding bracket-unpaired").inner_text()
    page.keyboard.press("y")
    page.wait_for_url("**said=**")
    assert 'accept = "bracket-unpaired"' in ruled(served[0])


def test_lines_are_filtered_and_the_state_has_an_address(page: Page, served: tuple[Path, str]) -> None:
    page.goto(f"{served[1]}lines")
    page.get_by_label("Role").select_option("citation")
    page.get_by_label("Words").fill("moorcroft")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**role=citation**")
    assert page.locator("table.reading tbody tr").count() == 2
    page.goto(page.url)
    assert page.get_by_label("Role").input_value() == "citation"


def test_the_pages_around_a_place_are_made_and_go_along_with_the_lines(page: Page, served: tuple[Path, str]) -> None:
    folder, address = served
    page.goto(f"{address}lines?words=kettle")
    assert page.get_by_text("No page to show yet.").is_visible()
    page.get_by_role("button", name="Make the pages around here").click()
    page.locator("#page").wait_for()
    assert "words=kettle" in page.url
    assert str(page.locator("#page").get_attribute("src")).endswith("/preview/1.png")
    assert page.evaluate("document.getElementById('page').decode().then(() => true)")
    assert "folios, may differ" in page.get_by_label("The page").inner_text()
    assert barriers(page) == []
    assert [path.name for path in (folder / "kettle").iterdir()] == ["preview.pdf"], "the whole book was not asked for"


def test_headings_are_renamed_and_works_merged_in_a_narrow_window(page: Page, served: tuple[Path, str]) -> None:
    folder, address = served
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{address}structure")
    page.locator("summary", has_text="Change").first.click()
    page.get_by_label("Show it as").first.fill("On Boiling")
    page.get_by_role("button", name="Rename").first.click()
    page.wait_for_url("**said=**")
    assert page.get_by_role("link", name="On Boiling").count() == 1
    page.goto(f"{address}works")
    page.locator("section.work summary").last.click()
    page.get_by_label("It is the same work as").last.fill("moorcroft1911kettles")
    page.get_by_role("button", name="Merge").last.click()
    page.wait_for_url("**said=**")
    api.expect(page.locator("section.work")).to_have_count(1)  # the page shows by itself what was read again
    assert 'work = "moorcroft1911kettles"' in ruled(folder)


def test_a_text_of_many_lines_is_gone_through_page_by_page(page: Page, served: tuple[Path, str]) -> None:
    source = served[0] / "kettle.txt"
    before = source.read_text(encoding="utf-8")
    source.write_text(before + "\nThe lid was on again, and nobody minded.\n" * 300, encoding="utf-8")
    page.goto(f"{served[1]}lines?line=400#l400")
    assert page.locator("#l400").is_visible()
    page.keyboard.press("k")
    page.wait_for_url("**from=**")
    assert page.locator("table.reading tbody tr").count() == 100
    source.write_text(before, encoding="utf-8")


def test_the_report_has_no_barrier(page: Page, tmp_path: Path) -> None:
    source = tmp_path / "kettle.txt"
    source.write_text(LETTERS, encoding="utf-8")
    made = build(source, Settings(title="Kettles", lang="en"), tmp_path, (), Report(), lambda _stage: None)
    page.set_content((made.folder / "report.html").read_text(encoding="utf-8"))
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, "color-contrast") == []
