"""What a person may write into ``book.md``: whatever Pandoc takes, nothing is lost and nothing fails."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import pytest

from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.print import front
from pipeline.print.openings import number_of
from pipeline.proof import streams_of_html, streams_of_pdf
from pipeline.proof.same import compare
from pipeline.proof.spoken import differences, spoken_in_html, spoken_in_tags
from tests.pdfs import BOOKS, Opened, printed, prose

WORK = {"id": "reed1911", "type": "book", "title": "Old Mills", "author": [{"family": "Reed", "given": "Ada"}]}
REFS = "::: {#refs}\n:::\n"


def sound(opened: Opened) -> bool:
    """Whether the tags say all that Pandoc has set, in its order."""
    book = spoken_in_html(opened.book.html)
    return not list(differences(book, spoken_in_tags(opened.book.pdf, opened.book.own)))


def words(opened: Opened) -> str:
    return " ".join(opened.text.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "references.json").write_text(json.dumps([WORK]), encoding="utf-8")
    return tmp_path


def test_notes_of_a_text_without_headings_are_numbered_through() -> None:
    opened = printed("One.[^a]\n\nTwo.[^b]\n\nThree.[^c]\n\n[^a]: A.\n\n[^b]: B.\n\n[^c]: C.\n")
    assert "1. A. 2. B. 3. C." in words(opened)
    assert sound(opened)


def test_a_text_without_headings_has_no_contents() -> None:
    opened = printed("Only words.")
    assert "Contents" not in opened.text
    assert (opened.book.prelims, opened.book.pages) == (2, 3)  # title page and imprint are enough for a leaf


@pytest.mark.parametrize("title", ["Footnotes", "Bibliography", "Contents", "Index of works cited"])
def test_a_chapter_may_be_called_as_a_part_of_ours(title: str, folder: Path) -> None:
    head = "---\nbibliography: references.json\n---\n\n"
    text = f"# {title}\n\nOf the mills.[^a]\n\n# Next\n\nMore [@reed1911].\n\n[^a]: A note.\n\n"
    opened = printed(f"{head}{text}# Works {{#works-cited .unnumbered}}\n\n{REFS}", folder)
    told = words(opened)
    assert told.index("Of the mills.") < told.index("More") < told.rindex("Old Mills")
    assert sound(opened)


@pytest.mark.parametrize(
    "end",
    [
        f"# Bibliography {{#bibliography}}\n\n{REFS}",
        "# Bibliography {#bibliography}\n\n::: {#refs}\nWorks that were read.\n:::\n",
        "# Works cited\n",
        "",
    ],
)
def test_the_works_cited_may_stand_anywhere(end: str, folder: Path) -> None:
    opened = printed(f"---\nbibliography: references.json\n---\n\n# One\n\nText [@reed1911].\n\n{end}", folder)
    assert sound(opened)
    assert "Old Mills" in opened.text
    assert compare(streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)) == ([], [])


def test_a_bibliography_may_be_in_bibtex(tmp_path: Path) -> None:
    entry = "@book{reed1911, title={Old Mills}, author={Reed, Ada}, year={1911}}"
    (tmp_path / "a & b.bib").write_text(entry, encoding="utf-8")
    opened = printed('---\nbibliography: "a & b.bib"\n---\n\n# One\n\nText [@reed1911].\n', tmp_path)
    assert "Reed, Ada, Old mills (1911), 1" in words(opened)


@pytest.mark.parametrize(
    "block",
    ["---", "### A heading", "![a lamp](gone.png)", "> quoted", "Term\n    :   What it is.", "```\n    code\n    ```"],
)
def test_a_note_may_hold_any_block(block: str) -> None:
    opened = printed(f"# One\n\nText.[^a] More text.\n\n[^a]: First.\n\n    {block}\n\n    Last.\n")
    assert re.search(r"1\. First\..*Last\.", words(opened))
    assert sound(opened)


def test_a_picture_in_a_long_note_stays() -> None:
    note = f"{prose(60)} ![a lamp](lamp.png) {prose(60)}"
    opened = printed(f"# One\n\nText.[^a]\n\n[^a]: {note}\n")
    assert [str(one.Alt) for one in opened.structure() if one.S == "/Figure"] == ["a lamp"]


def test_a_comment_costs_no_page() -> None:
    assert printed("<!-- for us -->\n\n# One\n\nText.\n").book.pages == printed("# One\n\nText.\n").book.pages


@pytest.mark.parametrize("style", ["classic", "large-print", "screen"])
@pytest.mark.parametrize(
    "text",
    [
        "See <https://mills.example/" + "0123456789abcdef" * 12 + "> there.",
        "::: rubric\nhttps://mills.example/" + "0123456789abcdef" * 12 + "\n:::",
        "```\n" + "a line of code " * 12 + "\n```",
        "# " + "Mill" * 40,
    ],
)
def test_what_is_long_stays_on_the_paper(text: str, style: str) -> None:
    opened = printed(f"# One\n\n{text}\n", style=style)
    assert "off-the-page" not in opened.codes
    assert sound(opened)


@pytest.mark.parametrize("text", ["[שלום עולם]{lang=he}", "[दुनिया]{lang=hi}"])
def test_letters_are_read_in_the_order_of_their_script(text: str) -> None:
    opened = printed(f"# One\n\nThey said {text} and went.\n")
    if "missing-glyph" in opened.codes:
        pytest.skip("no font here has the script (Debian: fonts-noto-core)")
    assert sound(opened)


def test_captions_below_tables_stand_above_them(tmp_path: Path) -> None:
    source = tmp_path / "book.md"
    tables = (
        "| Lamp | Oil |\n|---|--:|\n| old | 4 |\n\n: What the\nlamps burnt\n\n"
        "So.\n\n  Lamp   Oil\n  ------ ---\n  new    3\n\nTable: And then\n"
    )
    source.write_text(f"# One\n\nText.\n\n{tables}\nAgain.\n", encoding="utf-8")
    assert main(["proof", str(source), "-q"]) == Exit.OK


def test_titles_in_the_index_are_set_as_in_the_bibliography(tmp_path: Path) -> None:
    works = [
        WORK | {"id": "a", "title": "Old <i>and</i> New", "volume": "1"},
        WORK | {"id": "c", "title": "Old <i>and</i> New", "volume": "2"},
        WORK | {"id": "b", "title": "A Wheel", "type": "article-journal", "container-title": "Mills"},
    ]
    (tmp_path / "references.json").write_text(json.dumps(works), encoding="utf-8")
    opened = printed("---\nbibliography: references.json\nlang: en\n---\n\n# One\n\nText [@a; @b; @c].\n", tmp_path)
    told = words(opened)
    assert "Reed, Ada, Old and New 1, 1 Reed, Ada, Old and New 2, 1" in told
    assert "Reed, Ada, “A Wheel”, 1" in told


def test_a_control_character_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.md").write_text("# One\n\nText\x01.\n", encoding="utf-8")
    assert main(["pdf", str(tmp_path / "book.md")]) == Exit.NOT_TEXT
    assert "line 3" in capsys.readouterr().err


def test_a_book_with_every_form_is_sound_in_both_editions(tmp_path: Path) -> None:
    source = tmp_path / "book.md"
    source.write_bytes((BOOKS / "salt-road" / "book.md").read_bytes())
    assert main(["proof", str(source), "-q"]) == Exit.OK
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {found["code"] for found in report["findings"]} <= {"typesetter-warning"}
    assert all(one["lost"] == one["added"] == 0 for one in report["conservation"].values())


def test_a_row_higher_than_a_page_stands_below_the_head_of_its_table() -> None:
    cell = "The keeper wrote down what he had seen, and what nobody had. " * 60
    opened = printed(f"# One\n\n| Name | What is said of it |\n|---|---|\n| Ann | {cell} |\n| Bo | Nothing. |\n")
    assert words(opened).index("What is said of it") < words(opened).index("The keeper")
    assert sound(opened)


def test_a_number_that_holds_a_hard_space_stands_in_the_contents_once() -> None:
    heading = '<h1><span class="number-line capitals">BEACON No.\u00a04</span>Of Wicks</h1>'
    division = lxml.html.fragment_fromstring(f"<section>{heading}</section>")
    entry = front.Entry(1, "BEACON No. 4 Of Wicks", "wicks", "9", number_of(division, in_capitals=True))
    page = lxml.html.fragment_fromstring(front.contents([entry], "Contents"))
    assert page.text_content() == "ContentsBEACON No. 4 Of Wicks9"
