"""The desk: who is let in, what an act writes, and that nothing of a person's is lost."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.review.desk import Desk, desk_app
from pipeline.settings import Settings
from tests.test_verdicts import TEXT

LETTERS = TEXT + "\nLetter 1\n\nThe kettle sang for an hour.\n\nLetter 2\n\nThe kettle was mute.\n"
BY_HAND = '# ours\n[[verdict]]\nwhy = "seen in print" # sure\nline = 4\nstarts = "It is held"\nrole = "quote"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kettle.txt").write_text(LETTERS, encoding="utf-8")
    (tmp_path / "kettle.verdicts.toml").write_text(BY_HAND, encoding="utf-8")
    return tmp_path


def window(folder: Path) -> TestClient:
    desk = Desk(folder / "kettle.txt", Settings(title="Kettles", lang="en"))
    return TestClient(desk_app(desk, "sesame"), base_url="http://127.0.0.1:8123")


def verdicts(folder: Path) -> str:
    return (folder / "kettle.verdicts.toml").read_text(encoding="utf-8")


def hidden(page: str, action: str) -> dict[str, str]:
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"do/{action}" in one)
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)">', form)}


def decide(desk: TestClient, line: int, role: str, **more: str) -> tuple[int, str]:
    page = desk.get(f"/sesame/?line={line}").text
    seen = re.search(r'name="seen" value="([^"|]*\|[^"]*)"', page)
    assert seen
    answer = desk.post(
        "/sesame/do/decide", data={"line": str(line), "seen": html.unescape(seen[1]), "role": role, **more}
    )
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/open/", {}),
        ("/sesame/", {"Host": "example.org"}),
        ("/sesame/", {"Host": "127.0.0.1.example.org:80"}),
        ("/sesame/", {"Origin": "http://example.org"}),
        ("/sesame/", {"Origin": "null"}),
    ],
)
def test_strangers_are_refused(folder: Path, address: str, headers: dict[str, str]) -> None:
    assert window(folder).get(address, headers=headers).status_code == 403


@pytest.mark.parametrize("address", ["", "lines", "works"])
def test_nothing_is_loaded_from_elsewhere(folder: Path, address: str) -> None:
    answer = window(folder).get(f"/sesame/{address}")
    assert answer.status_code == 200
    assert "://" not in re.sub(r"<(?:td|pre).*?</(?:td|pre)>", "", answer.text, flags=re.DOTALL)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_an_act_is_a_verdict_and_undo_leaves_the_file_as_it_was(folder: Path) -> None:
    desk = window(folder)
    status, page = decide(desk, 5, "heading", why="so in the print")
    assert status == 200
    assert "Line 5: heading" in page
    assert verdicts(folder).startswith(BY_HAND)
    assert 'why = "so in the print"' in verdicts(folder)
    desk.post("/sesame/do/undo", data=hidden(page, "undo"))
    assert verdicts(folder).strip() == BY_HAND.strip()


def test_all_of_a_form_are_decided_and_undone_in_one_stroke(folder: Path) -> None:
    desk = window(folder)
    _, page = decide(desk, 14, "rubric", alike="1")
    assert verdicts(folder).count('role = "rubric"') == 2
    desk.post("/sesame/do/undo", data=hidden(page, "undo"))
    assert "rubric" not in verdicts(folder)


def test_a_verdict_that_changes_nothing_is_refused_and_not_written(folder: Path) -> None:
    status, page = decide(window(folder), 5, "paragraph")
    assert status == 409
    assert "changes nothing" in page
    assert verdicts(folder) == BY_HAND


def test_two_windows_and_a_hand_lose_nothing(folder: Path) -> None:
    one, two = window(folder), window(folder)
    page = one.get("/sesame/?line=5").text
    decide(two, 5, "heading")
    seen = re.search(r'name="seen" value="([^"]*\|[^"]*)"', page)
    assert seen
    late = one.post("/sesame/do/decide", data={"line": "5", "seen": html.unescape(seen[1]), "role": "verse"})
    assert late.status_code == 409
    assert "has changed since" in late.text
    stale = hidden(one.get("/sesame/").text, "undo")
    path = folder / "kettle.verdicts.toml"
    path.write_text(verdicts(folder) + '\n[[verdict]]\nline = 8\nstarts = "A second"\nwhy = "mine"\nrole = "quote"\n')
    assert one.post("/sesame/do/undo", data=stale).status_code == 409
    assert 'why = "mine"' in verdicts(folder)


def test_lines_are_filtered_searched_and_paged(folder: Path) -> None:
    desk = window(folder)
    assert "; 1 to 1." in desk.get("/sesame/lines?words=vicar, was").text
    (folder / "kettle.txt").write_text(LETTERS + "\nThe lid was on again.\n" * 500, encoding="utf-8")
    assert desk.get("/sesame/lines").text.count("<tr id=") == 200


def test_works_are_merged_and_exported(folder: Path) -> None:
    desk = window(folder)
    ids = re.findall(r'<option value="([^"]+)">', desk.get("/sesame/works").text)
    assert len(ids) == 2
    page = desk.post("/sesame/do/merge", data={"work": ids[1], "into": ids[0]}).text
    assert page.count("<section>") == 1
    assert "@book{" in desk.get("/sesame/references.bib").text
    assert "TY  - BOOK" in desk.get("/sesame/references.ris").text
