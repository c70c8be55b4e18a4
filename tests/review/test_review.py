"""The desk: who is let in, what an act writes, and that nothing of a person's is lost."""

from __future__ import annotations

import html
import re
import threading
import time
from pathlib import Path

import pytest
import weasyprint
from starlette.testclient import TestClient

from pipeline import build
from pipeline.review.app import PAGE, desk_app
from pipeline.review.desk import Desk
from pipeline.settings import read_settings
from tests.test_verdicts import TEXT

LETTERS = TEXT + "\nLetter 1\n\nThe kettle sang for an hour.\n\nLetter 2\n\nThe kettle was mute.\n"
BY_HAND = '# ours\n[[verdict]]\nwhy = "seen in print" # sure\nline = 4\nstarts = "It is held"\nrole = "quote"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kettle.txt").write_text(LETTERS, encoding="utf-8")
    (tmp_path / "kettle.verdicts.toml").write_text(BY_HAND, encoding="utf-8")
    return tmp_path


def window(folder: Path) -> TestClient:
    toml = folder / "kettle.toml"
    toml.exists() or toml.write_text('title = "Kettles" # as sold\nlang = "en"\n', encoding="utf-8")
    desk = Desk(folder / "kettle.txt", lambda: read_settings(toml), toml, folder / "build")
    return TestClient(desk_app(desk, "sesame"), base_url="http://127.0.0.1:8123")


def verdicts(folder: Path) -> str:
    return (folder / "kettle.verdicts.toml").read_text(encoding="utf-8")


def forms(page: str, action: str) -> list[dict[str, str]]:
    found = [one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"do/{action}" in one]
    pairs = [re.findall(r'type="hidden" name="(\w+)" value="([^"]*)">', one) for one in found]
    return [{name: html.unescape(value) for name, value in one} for one in pairs]


def hidden(page: str, action: str) -> dict[str, str]:
    return forms(page, action)[0]


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"|]*\|[^"]*)"', page)
    assert found
    return html.unescape(found[1])


def decide(desk: TestClient, line: int, role: str, **more: str) -> tuple[int, str]:
    page = desk.get(f"/sesame/?line={line}").text
    answer = desk.post("/sesame/do/decide", data={"line": str(line), "seen": seen(page), "role": role, **more})
    return answer.status_code, answer.text


def read_again(desk: TestClient, view: str) -> str:
    """Return a view as it is when the text has been read again."""
    while desk.get("/sesame/reading").text:
        time.sleep(0.01)
    return desk.get(f"/sesame/{view}").text


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


@pytest.mark.parametrize("address", ["", "lines", "works", "words", "structure", "book"])
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
    late = one.post("/sesame/do/decide", data={"line": "5", "seen": seen(page), "role": "verse"})
    assert late.status_code == 409
    assert "has changed since" in late.text
    stale = hidden(one.get("/sesame/").text, "undo")
    path = folder / "kettle.verdicts.toml"
    path.write_text(verdicts(folder) + '\n[[verdict]]\nline = 8\nstarts = "A second"\nwhy = "mine"\nrole = "quote"\n')
    assert one.post("/sesame/do/undo", data=stale).status_code == 409
    assert 'why = "mine"' in verdicts(folder)


def test_what_a_stroke_took_the_place_of_stands_there_again(folder: Path) -> None:
    desk = window(folder)
    _, page = decide(desk, 4, "verse")
    assert 'role = "quote"' not in verdicts(folder)
    desk.post("/sesame/do/undo", data=hidden(page, "undo"))
    assert verdicts(folder) == BY_HAND


def test_many_strokes_one_after_the_other_are_all_in_force(folder: Path) -> None:
    desk = window(folder)
    pages = {line: desk.get(f"/sesame/?line={line}").text for line in (5, 8, 11)}
    for line, page in pages.items():
        data = {"line": str(line), "seen": seen(page), "role": "verse", "next": "5"}
        assert desk.post("/sesame/do/decide", data=data).status_code == 200
    assert desk.get("/sesame/lines?role=verse").text.count('<th scope="row"') == 3
    page = desk.post("/sesame/do/undo", data=hidden(desk.get("/sesame/").text, "undo")).text
    assert "Taken out: 1 verdict, on line 11." in page
    assert desk.get("/sesame/lines?role=verse").text.count('<th scope="row"') == 2


def test_an_act_that_would_make_another_verdict_a_lie_is_refused(folder: Path) -> None:
    desk = window(folder)
    desk.post("/sesame/do/fields", data={"work": "pell1920vicars", "year": "1921"})
    before = verdicts(folder)
    status, page = decide(desk, 12, "paragraph")
    assert status == 409
    assert "the line is none" in page
    assert verdicts(folder) == before


def test_a_source_that_changed_is_said_and_nothing_is_written(folder: Path) -> None:
    desk = window(folder)
    page = desk.get("/sesame/?line=5").text
    path = folder / "kettle.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("The trials", "All trials"), encoding="utf-8")
    late = desk.post("/sesame/do/decide", data={"line": "5", "seen": seen(page), "role": "verse"})
    assert late.status_code == 409
    assert "in the source" in late.text
    assert verdicts(folder) == BY_HAND


def test_lines_are_filtered_searched_and_paged(folder: Path) -> None:
    desk = window(folder)
    assert "1 places; 1 to 1." in desk.get("/sesame/lines?words=vicar, was").text
    assert "1 places; 1 to 1." in desk.get("/sesame/lines?only=verdict").text
    assert desk.get("/sesame/lines?role=citation").text.count('<th scope="row"') == 3
    (folder / "kettle.txt").write_text(LETTERS + "\nThe lid was on again.\n" * 500, encoding="utf-8")
    page = desk.get("/sesame/lines?line=300")
    assert page.text.count('<th scope="row"') == PAGE
    assert 'id="l300"' in page.text


def test_source_and_book_show_what_differs(folder: Path) -> None:
    path = folder / "kettle.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("sang for", '"sang" for'), encoding="utf-8")
    page = window(folder).get("/sesame/lines?words=sang").text
    assert "<del>&#34;</del>sang<del>&#34;</del>" in page
    assert "<ins>“</ins>sang<ins>”</ins>" in page


def test_headings_are_promoted_renamed_and_taken_out(folder: Path) -> None:
    desk = window(folder)
    page = decide(desk, 5, "heading")[1]
    first = hidden(desk.get("/sesame/structure").text, "decide")
    page = desk.post("/sesame/do/decide", data={**first, "rename": "1", "shown": "On Boiling"}).text
    assert ">On Boiling</a>" in page
    level = next(one for one in forms(page, "decide") if one["line"] == "5")
    page = desk.post("/sesame/do/decide", data={**level, "level": "1"}).text
    assert 'class="level1" id="h5"' in page
    level = next(one for one in forms(page, "decide") if one["line"] == "5")
    assert 'id="h5"' not in desk.post("/sesame/do/decide", data={**level, "role": "paragraph"}).text


def test_a_word_is_corrected_where_it_is_marked_or_everywhere(folder: Path) -> None:
    desk = window(folder)
    page = desk.get("/sesame/words?word=kettle&meant=pot").text
    assert [int(n) for n in re.findall(r'name="line" value="(\d+)"', page)] == [4, 16, 20]
    desk.post("/sesame/do/correct", data={"said": "kettle", "meant": "pot", "line": ["16", "20"], "back": "words"})
    desk.post("/sesame/do/correct", data={"said": "hour", "meant": "day", "line": "16", "back": "words"})
    page = desk.post(
        "/sesame/do/correct", data={"said": "made", "meant": "done", "everywhere": "1", "back": "words"}
    ).text
    assert "everywhere (1 verdict written)" in page
    page = desk.get("/sesame/lines").text
    for words in ("The <ins>pot</ins> sang for an <ins>day</ins>", "trials were <ins>done</ins>"):
        assert words in page
    assert desk.post("/sesame/do/correct", data={"said": "a", "meant": "a", "everywhere": "1"}).status_code == 400


def test_works_are_merged_parted_edited_and_exported(folder: Path) -> None:
    desk = window(folder)
    page = desk.get("/sesame/works").text
    assert re.findall(r'<section class="work" id="([^"]+)"', page) == ["moorcroft1911kettles", "pell1920vicars"]
    desk.post("/sesame/do/merge", data={"work": "pell1920vicars", "into": "moorcroft1911kettles"})
    assert read_again(desk, "works").count('<section class="work"') == 1
    desk.post("/sesame/do/apart", data={"work": "moorcroft1911kettles", "lines": "12"})
    assert 'id="moorcroft1911kettles-2"' in read_again(desk, "works")
    page = desk.post(
        "/sesame/do/fields", data={"work": "moorcroft1911kettles", "year": "1912", "publisher": "Tarn"}
    ).text
    assert "Year, publisher set" in page or "Publisher, year set" in page
    assert "@book{" in desk.get("/sesame/references.bib").text
    assert "PY  - 1912" in desk.get("/sesame/references.ris").text
    assert desk.get("/sesame/references.exe").status_code == 404


def test_an_act_on_a_work_does_not_wait_until_the_text_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = window(folder)
    desk.get("/sesame/works")
    gate = threading.Event()
    read_source = build.read_source
    monkeypatch.setattr(build, "read_source", lambda *given: gate.wait(600) and read_source(*given))
    before = verdicts(folder)
    page = desk.post("/sesame/do/merge", data={"work": "pell1920vicars", "into": "moorcroft1911kettles"}).text
    assert 'work = "moorcroft1911kettles"' in verdicts(folder).removeprefix(before)
    assert "1 citation now names" in page
    assert "Changed just now" in page
    assert forms(page, "apart") == []
    assert desk.get("/sesame/reading").text == "reading"
    gate.set()
    page = read_again(desk, "works")
    assert page.count('<section class="work"') == 1
    assert "just now" not in page


@pytest.mark.parametrize(
    ("act", "given"),
    [("merge", {"into": "nobody1900"}), ("merge", {"into": "pell1920vicars"}), ("fields", {"year": "19\x0020"})],
)
def test_an_act_on_a_work_that_would_be_wrong_is_refused_at_once(folder: Path, act: str, given: dict[str, str]) -> None:
    desk = window(folder)
    desk.get("/sesame/works")
    before = verdicts(folder)
    assert desk.post(f"/sesame/do/{act}", data={"work": "pell1920vicars", **given}).status_code == 409
    assert verdicts(folder) == before


def test_metadata_are_kept_in_the_file_beside_the_source(folder: Path) -> None:
    desk = window(folder)
    form = hidden(desk.get("/sesame/book").text, "settings")
    answer = desk.post("/sesame/do/settings", data={**form, "author": "Moorcroft, Ada; Pell, Jonas", "date": "1921"})
    assert "Saved: author, date." in answer.text
    text = (folder / "kettle.toml").read_text(encoding="utf-8")
    assert text.startswith('title = "Kettles" # as sold\n')
    assert read_settings(folder / "kettle.toml").author == ("Moorcroft, Ada", "Pell, Jonas")
    assert desk.post("/sesame/do/settings", data={**form, "date": "1922"}).status_code == 409  # an older form
    form = hidden(desk.get("/sesame/book").text, "settings")
    assert desk.post("/sesame/do/settings", data={**form, "date": "soon"}).status_code == 409
    assert (folder / "kettle.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("back", ["//example.org", "http://example.org", "../other", "lines\n", "works?a=b#c"])
def test_an_act_leads_to_no_place_but_the_desk(folder: Path, back: str) -> None:
    data = {"said": "made", "meant": "done", "everywhere": "1", "back": back}
    answer = window(folder).post("/sesame/do/correct", data=data, follow_redirects=False)
    assert answer.headers["location"].partition("?")[0] in ("/sesame/", "/sesame/works")


@pytest.mark.parametrize("whole", [{}, {"whole": "yes"}], ids=["around a line", "all"])
def test_what_keeps_the_pages_from_being_made_is_said(folder: Path, whole: dict[str, str]) -> None:
    desk = window(folder)
    (folder / "build").write_text("in the way", encoding="utf-8")
    assert desk.post("/sesame/do/print", data={"back": "lines", "line": "5", **whole}).status_code == 200
    deadline = time.monotonic() + 600
    while (said := desk.get("/sesame/printing").text) == "printing" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert str(folder / "build") in said
    assert "in the way" not in desk.get("/sesame/lines").text


def test_the_page_of_a_paragraph_is_found(folder: Path) -> None:
    (folder / "build" / "kettle").mkdir(parents=True)
    pages = [
        "The Kettle Papers 1",
        "It is held by many that a watched kettle does not",
        "A third, by the vicar, was made without fire",
    ]
    (folder / "build" / "kettle" / "book.pdf").write_bytes(
        weasyprint.HTML(string="".join(f"<p style='break-after: page'>{page}</p>" for page in pages)).write_pdf()
    )
    desk = window(folder)
    page = desk.get("/sesame/lines").text
    assert re.findall(r'data-page="page/(\d)"', page) == ["2", "3"]
    assert desk.get("/sesame/page/3.png").content.startswith(b"\x89PNG")
    assert desk.get("/sesame/page/4.png").status_code == 404
    assert desk.get("/sesame/preview/1.png").status_code == 404
