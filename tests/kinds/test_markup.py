"""What a user may rely on: marked-up notes, pages and documents are read by their markup, whole, and fetch nothing."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from pipeline import pandoc, proof
from pipeline.build import Reading, build, read_source
from pipeline.errors import Exit, OctavoError
from pipeline.kinds.markup import NAME
from pipeline.places import is_manuscript
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

MARKDOWN = """\
---
title: Notes of a Keeper
author: Ann Marsh
---

## The *lamp*

The lamp "burns" with [oil](https://example.org/oil) -- and a wick.[^1] See [below](#glass), or ask user@example.org.

- first thing
- second thing

> Quoted words of the old keeper.

| what | how much |
|------|---------:|
| oil  | 12       |

![A lamp](https://example.org/lamp.png)

<!-- a hidden remark -->

<b>Bold</b> words, and $x^2$.

## Glass

Glass is **clear**, and costs $5 or $10.

[^1]: The wick is of cotton,
    twice as thick.
"""
ORG = """\
#+TITLE: Von der Lampe
* Das Öl
Das Öl ist /teuer/, sagt [[https://example.org][der Wirt]].[fn:1]
** Der Docht
- aus Baumwolle
#+BEGIN_QUOTE
Ein guter Docht brennt lange.
#+END_QUOTE

[fn:1] Der Wirt am Hafen.
"""
RST = """\
La lampe
========

La lampe est *éteinte*, dit ``le gardien`` [#a]_.

.. note:: Apportez de l'huile.

L'huile
-------

Elle est chère.

.. [#a] Le gardien du port.
"""
TEXTILE = """\
h1. The lamp

The lamp is _out_, says "the keeper":https://example.org/keeper.

bq. A good wick burns long.

* oil
* wick
"""
WIKI = """\
== Лампа ==
Лампа '''погасла''', говорит [[смотритель]].<ref>Смотритель маяка.</ref>

=== Масло ===
* дорогое
* редкое
"""
HTML = """\
<!DOCTYPE html><html><head><title>The lamp</title><style>p{color:red}</style><script>alert("no")</script></head>
<body><h1>The lamp</h1><p>The lamp is <em>out</em> &amp; cold.</p><ul><li>oil</li><li>wick</li></ul>
<table><tr><th>what</th><th>much</th></tr><tr><td colspan="2">oil</td></tr></table>
<img src="http://example.org/x.png" alt="A lamp"><iframe src="file:///etc/passwd"></iframe></body></html>
"""

CASES = {
    "markdown": (
        "notes.txt",
        MARKDOWN,
        (
            "title: Notes of a Keeper",
            "- Ann Marsh",
            "# The *lamp* {#the-lamp",
            "The lamp “burns” with [oil](https://example.org/oil)\u00a0– and a wick.[^n1] See below",
            "ask <user@example.org>.",
            "[^n1]: The wick is of cotton, twice as thick.",
            "- first thing\n- second thing",
            "> Quoted words",
            "| oil  | 12",
            "\nA lamp\n",
            "\nBold words, and `x^2`.",
            "Glass is **clear**, and costs \\$5 or \\$10.",
        ),
        ("hidden", "<b>", "lamp.png", "#glass)"),
    ),
    "org": (
        "notes.txt",
        ORG,
        ("lang: de", "# Das Öl", "*teuer*, sagt [der Wirt](https://example.org).[^n1]", "## Der Docht", "> Ein guter"),
        ("QUOTE", "fn:1"),
    ),
    "restructured": (
        "notes.txt",
        RST,
        ("# La lampe {", "*éteinte*, dit `le gardien`", "[^n1]: Le gardien du port.", "Apportez de l’huile."),
        ("====", ".. ", "::"),
    ),
    "textile": (
        "notes.txt",
        TEXTILE,
        ("# The lamp {", "is *out*, says [the keeper](https://example.org/keeper).", "> A good wick", "- oil\n- wick"),
        ("h1.", "bq."),
    ),
    "wiki": (
        "notes.txt",
        WIKI,
        ("# Лампа {", "**погасла**, говорит смотритель.[^n1]", "[^n1]: Смотритель маяка.", "## Масло", "- дорогое"),
        ("==", "[[", "<ref"),
    ),
    "a page of the web": (
        "page.html",
        HTML,
        ("# The lamp {", "The lamp is *out* & cold.", "- oil\n- wick", "| what | much |", "\nA lamp"),
        ("alert", "color", "example.org", "passwd"),
    ),
    "a page with the site around it": (
        "page.html",
        "<html><body><nav><a href='/'>All mills</a></nav><main><h1>The weir</h1><p>It never read the lease.</p></main>"
        "<div role='navigation'>Next page</div><footer>We use biscuits</footer></body></html>",
        ("# The weir {", "It never read the lease."),
        ("All mills", "Next page", "biscuits"),
    ),
    "a page whose cells are not closed": (
        "page.html",
        "<!DOCTYPE html><html><body><p>The oil.<table><tr><th>month<th>cans<tr><td>May<td>4</table></body></html>",
        ("The oil.", "| month | cans |", "| May   | 4    |"),
        (),
    ),
    "a title that YAML cannot read": (
        "mill.md",
        "---\ntitle: The Mill: a ledger\ntags: [[water]], stone\nauthor: Ann Marsh\n---\n\n# May\n\nThe wheel stood.\n",
        ('title: "The Mill: a ledger"', "- Ann Marsh", "# May", "The wheel stood."),
        ("tags", "stone"),
    ),
    "characters that only its signs can name": (
        "mill.md",
        '# May\n\nThe &#xFDD8;*wheel*&#27; stood&#xFDD3; by \U000f0000 "itself" and &#xF0001; *none* else.\n',
        ("The *wheel* stood by \U000f0000 “itself” and \U000f0001 *none* else.",),
        ("\x1b", "\ufdd8", "\ufdd3"),
    ),
    "a page that Word has saved with its notes": (
        "page.html",
        "<h1>Cranes</h1><p>It bows.<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a> Or not.</p><div><hr>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> To <i>nobody</i>.</p></div></div>",
        ("It bows.[^n1] Or not.", "[^n1]: To *nobody*."),
        ("\\[1\\]", "----"),
    ),
    "a page whose notes have arrows, and their numbers in the list": (
        "page.html",
        "<h1>Cranes</h1><ul><li><a href='#c' id='toc'>1</a></li></ul><h2 id='c'><a href='#toc'>1</a> Bows</h2>"
        "<p>It bows.<sup id='r1'><a href='#n1'>1</a></sup></p><h2>Notes</h2>"
        "<ol><li id='n1'>1831 was the year. <a href='#r1'>\u21a9</a></li></ol>",
        ("## 1 Bows", "It bows.[^n1]", "[^n1]: 1831 was the year."),
        ("Notes", "\u21a9"),
    ),
    "fields below the title of a text": (
        "cranes.rst",
        "Cranes\n======\n\n:Author: Rika Holm\n:Date: 1931\n\nA crane *bows*.\n\nIts cab\n-------\n\nGlass.\n",
        ("author:\n- Rika Holm", "# Cranes {", "A crane *bows*.", "## Its cab"),
        ("1931",),
    ),
    "notes with the name of Markdown": ("few.md", "Only *one* sign.\n", ("Only *one* sign.",), ()),
}


def written(path: Path) -> tuple[Reading, str, Report]:
    report = Report()
    reading = read_source(path, Settings(), report, lambda _stage: None)
    markdown = write_markdown(reading.book, Settings(author=reading.authors), lang=reading.lang, report=report)
    return reading, markdown, report


def lost(reading: Reading, markdown: str, report: Report) -> int:
    streams = proof.streams_of_markdown(markdown)
    return proof.check("markdown", streams, reading.source, reading.changes, report).lost


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_by_its_markup(tmp_path: Path, case: str) -> None:
    name, text, stands, gone = CASES[case]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    reading, markdown, report = written(path)
    for words in stands:
        assert words in markdown
    for words in gone:
        assert words not in markdown
    assert lost(reading, markdown, report) == 0
    assert not [one for one in report.findings if one.code == "read-otherwise"]
    filled = {line.number for line in reading.source.lines if not line.blank}
    assert filled == {decision.line for decision in reading.decisions}


ONE_WORD = {
    "a sign that no book holds": ("a.md", "# Nets\n\nA s&#27;&#27;plice is *new*, y&#xFDD0;ours.\n\n- rope\n"),
    "a tag within it": ("a.md", '# Nets\n\nThe net<ref name="c">Carl Lee</ref> is *old*.\n\n- rope\n- net\n'),
    "carets around nothing": ("a.md", "# Nets\n\nIt has 99^^^^99 knots, and is *old*.\n\n- rope\n- net\n"),
    "a macro close to it": ("a.adoc", "== Nets\n\nTrim it *every* eveningfootnote:[Twice in winter.] here.\n"),
    "bold without end": ("a.md", "# Nets\n\nIt is **tarred and (so **tarred and *old*es.\n\n- rope\n- net\n"),
    "a note called twice": ("a.md", "# Nets\n\nA net[^a] is *new*, a rope[^a] is not.\n\n[^a]: So they say.\n"),
    "what is no note in code": ("a.md", "# Nets\n\n```\nknot[^1]\n```\n\nA net[^a] is *new*.\n\n[^a]: So.\n"),
    "who is quoted": ("a.adoc", "== Nets\n\nIt is *so*.\n\n[quote, Carl Lee, Ropes]\nA knot is\na vow.\n\nMore.\n"),
}


@pytest.mark.parametrize("case", ONE_WORD)
def test_where_markup_touches_words_none_is_lost_or_too_many(tmp_path: Path, case: str) -> None:
    name, text = ONE_WORD[case]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    reading, markdown, report = written(path)
    result = proof.check("markdown", proof.streams_of_markdown(markdown), reading.source, reading.changes, report)
    assert (result.lost, result.added) == (0, 0), report.findings


def test_code_below_a_paragraph_with_a_note_is_not_read_into_the_note(tmp_path: Path) -> None:
    path = tmp_path / "wicks.md"
    path.write_text(
        "# Wicks\n\nThe wick is cut[^1] at dawn.\n\n```\ncut 3\n```\n\n[^1]: Or at dusk.\n", encoding="utf-8"
    )
    reading, markdown, report = written(path)
    assert "[^n1]: Or at dusk.\n\n``` code\ncut 3\n```" in markdown
    assert lost(reading, markdown, report) == 0


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_word_processors_file_is_read_with_its_notes(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"notes.{form}"
    subprocess.run([pandoc.program(), "-o", str(path)], input=MARKDOWN.encode(), check=True, capture_output=True)
    reading, markdown, report = written(path)
    assert "[^n1]: The wick is of cotton, twice as thick." in markdown
    assert "- first thing" in markdown
    assert "| oil" in markdown
    assert lost(reading, markdown, report) == 0


def test_letters_of_a_word_processor_keep_what_is_bold_and_what_is_in_italics(tmp_path: Path) -> None:
    path = tmp_path / "letters.docx"
    words = (
        "The **river** rose, and *nobody* had ***ever*** thought of the boat.",
        "It is found, **with** its oars.",
        "We shall come, and *bring* the **lamp**.",
    )
    letters = (
        f"**To {name} Marsh**\n\nWeir House, {day} May 1909\n\nMy dear {name},\n\n{said}\n\nYours ever,\n\nAda Fenn\n"
        for day, (name, said) in enumerate(zip(("Rose", "Tom", "Ann"), words, strict=True), 3)
    )
    text = "# Letters of Ada Fenn\n\n" + "\n".join(letters)
    subprocess.run([pandoc.program(), "-o", str(path)], input=text.encode(), check=True, capture_output=True)
    reading, markdown, report = written(path)
    assert "## To Rose Marsh" in markdown and "::: letter" in markdown
    for said in words:
        assert said.replace("***", "**") in markdown  # of both, bold is what a book shows
    assert lost(reading, markdown, report) == 0


PLAIN = {
    "a few asterisks": "The lamp was *very* old, they said.\n\n* * *\n\nNobody came * for it.\n",
    "a line below its headings": "The Lamp\n========\n\nIt was old.\n\nThe Oil\n=======\n\nIt was dear.\n",
    "numbers and dashes": "# 3 was missing.\n\n- one\n- two\n\nThat was all of it.\n",
    "brackets": "He came [in May] (so they say) and left.\n\n[1] A note.\n\n[2] Another note.\n",
}


def test_what_is_raised_is_no_part_of_the_word_before_it(tmp_path: Path) -> None:
    path = tmp_path / "field.html"
    path.write_text(
        "<h1>The 2<sup>nd</sup> Field</h1><p>It holds 9 m<sup>2</sup> and H<sub>2</sub>O.</p>", encoding="utf-8"
    )
    report = Report()
    made = build(path, Settings(), tmp_path / "out", (), report, lambda _stage: None)
    assert report.conservation["markdown"]["lost"] == report.conservation["markdown"]["added"] == 0
    assert "# The 2^nd^ Field" in made.markdown and "title: The 2nd Field" in made.markdown


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_text_stays_plain(tmp_path: Path, case: str) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(PLAIN[case], encoding="utf-8")
    reading, _, _ = written(path)
    assert not any(claim.kind.startswith(NAME) for claim in reading.claims)


def test_a_manuscript_of_ours_is_still_one_whatever_its_name(tmp_path: Path) -> None:
    source = tmp_path / "notes.md"
    source.write_text(MARKDOWN, encoding="utf-8")
    first = build(source, Settings(), tmp_path / "out", (), Report(), lambda _stage: None)
    assert first.folder == tmp_path / "out" / "notes"
    renamed = tmp_path / "own" / "mine.md"
    renamed.parent.mkdir()
    renamed.write_text(first.markdown, encoding="utf-8")
    again = build(renamed, Settings(), tmp_path / "out", (), Report(), lambda _stage: None)
    assert (again.folder, again.markdown) == (renamed.parent, first.markdown)


def test_notes_that_name_tags_are_no_manuscript(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("---\ntitle: Cranes\nlang: en\ntags: [yard]\n---\n\nA crane bows.\n", encoding="utf-8")
    assert not is_manuscript(path)


def test_a_file_that_only_has_the_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_text("no document", encoding="utf-8")
    with pytest.raises(OctavoError) as refused:
        written(path)
    assert refused.value.exit_code is Exit.NOT_TEXT
    path.write_bytes(b"PK\x03\x04 nothing in it")
    with pytest.raises(OctavoError) as refused:
        written(path)
    assert refused.value.exit_code is Exit.NOT_TEXT
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<one/>")
        archive.writestr("word/document.xml", "<another/>")
    with pytest.raises(OctavoError, match="damaged") as refused:
        written(path)
    assert refused.value.exit_code is Exit.NOT_TEXT


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b" " * 3_000_000}, Exit.TOO_LARGE),
        ({f"word/{n}.xml": b" " * 600_000 for n in range(3)}, Exit.TOO_LARGE),
        ({f"{n}.xml": b"" for n in range(10_001)}, Exit.TOO_LARGE),
        ({"word/media/picture.png": b" " * 3_000_000}, Exit.NOT_TEXT),
    ],
    ids=["one part", "all together", "parts without end", "a picture is not unpacked"],
)
def test_a_file_that_grows_when_it_is_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: dict[str, bytes], code: Exit
) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    monkeypatch.setenv("OCTAVO_SIZE", "1")
    with pytest.raises(OctavoError) as refused:
        written(path)
    assert refused.value.exit_code is code


def test_a_verdict_on_markup_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    verdict = '[[verdict]]\nline = 6\nstarts = "## The"\nrole = "paragraph"\nwhy = "no heading"\n'
    path.with_suffix(".verdicts.toml").write_text(verdict, encoding="utf-8")
    with pytest.raises(OctavoError) as refused:
        written(path)
    assert refused.value.exit_code is Exit.VERDICT


KINDLE = """<html><body><div class="notebookFor">Notes and highlights for</div><div class="bookTitle">The Brook</div>
<div class="authors">Orr, Ada</div><div class="citation">Citation (APA): Orr, A. <i>The Brook</i>.</div>
<div class="sectionHeading">The Mill</div>
<div class="noteHeading">Highlight(<span>yellow</span>) - Page 17 · Location 120</div>
<div class="noteText">Who buys a mill buys the brook.</div>
<div class="noteHeading">Highlight(<span>pink</span>) - Page 40</div>
<div class="noteText">No water grinds twice.</div></body></html>"""


@pytest.mark.parametrize(
    ("name", "text", "kind", "works"),
    [
        (
            "words.md",
            "# Mill\n\n> The brook is slow.\n> — Ada Orr, *The Brook*\n",
            "a list of quotations",
            ["The Brook"],
        ),
        ("wheel.md", "> Das Rad ruht.\n\nLore Bandl, Der Bach\n\n" * 3, "passages with their sources", ["Der Bach"]),
        ("notebook.html", KINDLE, "highlights exported from a reading app", ["The Brook"]),
        (
            "words.html",
            "<h1>Mill</h1><p>“The brook is <i>slow</i>.” — Ada Orr, <i>The Brook</i></p>"
            "<p>“No water grinds.” — Bo Weir</p>"
            "<p>“Nor waits.” — Bo Weir</p>",
            "a list of quotations",
            ["The Brook"],
        ),
        (
            "rows.html",
            "<table><tr><th>Quote</th><th>Who</th><th>Where</th></tr>"
            "<tr><td>No water grinds.</td><td>Bo Weir</td><td></td></tr>"
            "<tr><td>The brook is slow.</td><td>Ada Orr</td><td>The Brook, p. 4</td></tr></table>",
            "a table of quotations",
            ["The Brook"],
        ),
        ("essay.md", "# Mill\n\nThe brook is slow.\n\n> So it is.\n\nAda Orr said it.\n", "", []),
        ("noted.md", "> The brook is slow.[^1]\n> — Ada Orr, *The Brook*\n\n[^1]: In May.\n", "", []),
    ],
)
def test_a_kind_with_marks_of_its_own_is_known_in_a_marked_up_file(
    tmp_path: Path, name: str, text: str, kind: str, works: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    reading, markdown, _ = written(path)
    assert [claim.kind for claim in reading.claims] == ([kind] if kind else [])
    assert [work.csl["title"] for work in reading.book.works.values()] == works
    assert "yellow" not in markdown
    assert name != "words.html" or "“The brook is *slow*.”[^" in markdown


@pytest.mark.parametrize("opening", ["author: Ada Orr", "author: [Ada Orr]", "authors:\n  - Ada Orr\ntags: [mill]"])
def test_what_stands_above_a_text_in_yaml_names_the_book(tmp_path: Path, opening: str) -> None:
    path = tmp_path / "brook.txt"
    path.write_text(
        f'---\ntitle: "The Brook"\n{opening}\n---\n\nThe brook is slow.\n\nSo is the mill.\n', encoding="utf-8"
    )
    reading, markdown, report = written(path)
    assert markdown.startswith("---\nauthor:\n- Ada Orr\nlang: en\ntitle: The Brook\n---\n\nThe brook is slow.")
    assert lost(reading, markdown, report) == 0
