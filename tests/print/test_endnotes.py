"""Notes and works at the end of a chapter or of the book, and citations in another style, in both editions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import lxml.html
import pytest

from pipeline import styles
from pipeline.errors import Exit, OctavoError
from pipeline.manuscript import set_text
from pipeline.proof import streams_of_html, streams_of_pdf
from pipeline.proof.same import compare
from pipeline.proof.spoken import differences, spoken_in_html, spoken_in_tags
from pipeline.settings import Settings, with_choices
from tests.epubs import build
from tests.pdfs import BOOKS, Opened, lamp_register, printed, prose

FOLDER = BOOKS / "lamp-register"
MARKDOWN = (FOLDER / "book.md").read_text(encoding="utf-8")


@cache
def with_notes(where: str) -> Opened:
    return printed(MARKDOWN, FOLDER, notes=where)


@pytest.mark.parametrize("where", ["chapter", "book"])
def test_gathered_notes_are_all_there_and_read_in_order(where: str) -> None:
    opened = with_notes(where)
    assert opened.codes == lamp_register().codes
    assert opened.book.figures.notes == 7 and opened.book.figures.strayed == ()
    book, tags = spoken_in_html(opened.book.html), spoken_in_tags(opened.book.pdf, opened.book.own)
    assert list(differences(book, tags)) == []


def test_notes_of_a_chapter_follow_it() -> None:
    opened = with_notes("chapter")
    note = opened.page_of("1. A note called in a heading.")
    assert opened.page_of("Before the extracts") < note < opened.page_of("Text.1")


def test_notes_of_a_chapter_have_a_heading_and_stand_before_its_works() -> None:
    text = CHAPTERS.replace("[^b]: See", f"[^b]: {prose(700)} See")  # goes on above the works
    opened = printed(text, FOLDER, works="chapter", notes="chapter")
    assert opened.codes == []
    texts = " ".join(" ".join(opened.texts[opened.book.prelims :]).split())
    heads = ["They burned", "Notes 1.", "2. ", "Bibliography", "They were seen", "Notes 1.", "Bibliography"]
    places = [texts.index(heads[0])]
    for words in heads[1:]:
        places.append(texts.index(words, places[-1]))
    assert texts.count("Notes 1.") == 2
    book, found = streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)
    assert compare(book, found) == ([], [])
    e_book = build(text, FOLDER, Settings(works="chapter", notes="chapter"))
    headings = [one.text for name, one in e_book.everywhere("//x:h2") if name.startswith("chapter")]
    assert headings == ["Notes", "Bibliography"] * 2
    entries = [one.get("href", "") for _, one in e_book.everywhere("//x:nav[@epub:type='toc']//x:li//x:li/x:a")]
    assert len({*entries}) == len(entries) == 4 and all("#" in one for one in entries)  # each leads to its heading


def test_notes_of_the_book_stand_before_the_bibliography_and_count_through() -> None:
    opened = with_notes("book")
    page = opened.page_of("1. A note called in a heading.")
    text = " ".join(opened.texts[page].split())
    assert text.startswith("Notes 1. A note called in a heading. 2. ")
    assert page > next(at for at, text in enumerate(opened.texts) if "Text." in text)
    assert "Notes" in opened.texts[opened.page_of("Contents")]


def test_the_e_book_has_a_file_of_notes() -> None:
    opened = build(MARKDOWN, FOLDER, Settings(notes="book"))
    notes = opened.find("notes.xhtml", "//x:aside")
    assert [one.get("id") for one in notes] == [f"fn-{number}" for number in range(1, 8)]
    calls = opened.everywhere("//x:a[@role='doc-noteref']")
    assert [(one.text, one.get("href")) for _, one in calls] == [(str(n), f"notes.xhtml#fn-{n}") for n in range(1, 8)]
    back = opened.find("notes.xhtml", "//x:a[@role='doc-backlink']")
    assert all("#fnref-" in one.get("href") for one in back)


def test_citations_follow_another_style() -> None:
    text = " ".join(build(MARKDOWN, FOLDER, Settings(citation_style="apa")).files["chapter-01.xhtml"].decode().split())
    assert "(Keeper, 1911, p. 144)" in text and "doc-noteref" in text  # other notes stay notes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They burned.[^a]", "They burned. (Keeper 1911, 3)"),
        ("They burned.[^a] All night.", "They burned (Keeper 1911, 3). All night."),
        ("They *burned*[^a], all night.", "They burned (Keeper 1911, 3), all night."),
        ("They burned.[^b]", "They burned.1"),
    ],
)
def test_a_style_of_author_and_year_cites_in_the_text(text: str, wanted: str) -> None:
    notes = "[^a]: [@keeper1911lamps, 3].\n\n[^b]: See [@keeper1911lamps, 3].\n"
    meta = "---\ntitle: T\nlang: en\nbibliography: references.json\n---\n\n"
    html = set_text(f"{meta}{text}\n\n{notes}", FOLDER, "chicago-author-date").html
    assert " ".join(lxml.html.fromstring(html).xpath("string(.//p)").split()) == wanted


def test_a_citation_style_may_be_a_file_beside_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "mine.csl"
    file.write_bytes(styles.citation_style("apa").read_bytes())
    chosen = with_choices(Settings(), {"citation_style": "mine.csl"}, "a file", tmp_path)
    assert styles.citation_style(chosen.citation_style) == file.resolve()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("chicago-author-dates", "chicago-author-date"),
        ("oxford", "Did you mean oxf"),
        ("ferry-timetable", "zotero.org"),
        ("no/such.csl", "path"),
    ],
)
def test_an_unknown_citation_style_is_an_error_that_helps(name: str, says: str) -> None:
    with pytest.raises(OctavoError) as caught:
        styles.citation_style(name)
    assert caught.value.exit_code is Exit.SETTINGS and says in str(caught.value)


CHAPTERS = """---
title: Two Chapters
lang: en
bibliography: references.json
---

# Lamps {#one}

They burned.[^a] And signals came.[^b]

[^a]: [@keeper1911lamps, 3].
[^b]: See [@quay1932signals].

# Signals {#two}

They were seen from the mole.[^c]

[^c]: [@quay1932signals, 12].

# Bibliography {#bibliography .unnumbered}

::: {#refs}
:::
"""


def test_works_are_listed_under_each_chapter_in_both_editions() -> None:
    opened = printed(CHAPTERS, FOLDER, works="chapter")
    assert opened.codes == []
    texts = [" ".join(text.split()) for text in opened.texts]
    lists = [text.partition("Bibliography ")[2] for text in texts[opened.book.prelims :] if "Bibliography " in text]
    assert ["Keeper, Jos" in one for one in lists] == [True, False]
    assert all("Quay, Ambrose" in one for one in lists)
    book, found = streams_of_html(opened.book.html), streams_of_pdf(opened.book.pdf, opened.book.own)
    assert compare(book, found) == ([], [])
    chapters = build(CHAPTERS, FOLDER, Settings(works="chapter"))
    assert "bibliography.xhtml" not in chapters.files
    entries = chapters.everywhere("//x:div[@class='works-cited']/x:ul/x:li")
    assert [name for name, _ in entries] == ["chapter-01.xhtml", "chapter-01.xhtml", "chapter-02.xhtml"]
