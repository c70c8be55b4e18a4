"""The parts of a book: what stands before the text, what each division opens, who made the book."""

from __future__ import annotations

import re
from functools import cache

import lxml.html
import pypdfium2
import pytest

from pipeline.forms.divisions import FRONT, MATTER, heading_of, mark_divisions, matter_of
from pipeline.print.front import Entry, contents
from pipeline.print.openings import (
    Opening,
    leads,
    long_sections,
    number_of,
    openings,
    own_numbers,
    running_title,
)
from tests.epubs import Opened as OpenedEpub
from tests.epubs import build
from tests.pdfs import Opened, printed, prose

RECTO, PAGE, RUN_ON = Opening
FRONT_MATTER = """---
title: The Salt Road
subtitle: A chronicle
author: [Odile Marrow]
editor: [Tam Brackwater]
translator: [Ines Vollard, Per Aske]
illustrator: Joan Fettle
lang: en-GB
date: "2026"
original-publisher: Harbour and Sons
original-place: Lowmouth
original-date: "1874"
source: text file no. 12
---

"""


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("PREFACE.", "preface"),
        ("The Editor's Preface", "preface"),
        ("Vorwort zur zweiten Auflage", "preface"),
        ("Dédicace", "dedication"),
        ("VOORBERICHT, DERDE DRUK, 1871", "preface"),
        ("Translator’s Note", "note"),
        ("Предисловие", "preface"),
        ("Appendix B. Of oil", "appendix"),
        ("The Preface to a Quarrel", ""),
        ("Chapter I. Introduction of a stranger", ""),
    ],
)
def test_parts_of_a_book_are_known_by_their_names(title: str, matter: str) -> None:
    assert matter_of(title) == matter


def test_only_what_leads_to_a_text_stands_before_it() -> None:
    def marked(*titles: str) -> list[bool]:
        body = lxml.html.fragment_fromstring(
            "".join(f'<section class="level1"><h1>{title}</h1><p>Words.</p></section>' for title in titles),
            create_parent="main",
        )
        mark_divisions(body, "A Book")
        return [section.get(FRONT) is not None for section in body]

    assert marked("Dedication", "Preface", "One", "Preface") == [True, True, False, False]
    assert marked("Preface", "Foreword") == [False, False]


LINES = "<p>With forty maps by the harbour master.</p>"
PREFACE = '<section class="level1"><h1>Preface</h1><p>Words.</p></section>'
TEXT = '<section class="level1"><h1>One</h1><p>Words.</p></section>'


def division(title: str, text: str = "<p>Words.</p>") -> str:
    return f'<section class="level1"><h1>{title}</h1>{text}</section>'


LONG = f"<p>{'The pilots kept no logs. ' * 200}</p>"


@pytest.mark.parametrize(
    ("text", "front", "above"),
    [
        # the half title stands anew above the text: what is before it is not the text
        (division("A Sketch of the Harbour") + division("THE SALT ROAD", "") + division("One", LONG), 1, 1),
        (division("A Tale", LONG) + division("THE SALT ROAD", "") + division("Another Tale"), 0, 1),
        (division("THE SALT ROAD", "") + division("Preface") + division("One"), 1, 0),
        (division("The Salt Road", "<blockquote><p>Water.</p></blockquote>") + division("Preface") + TEXT, 2, 0),
        (division("The Salt Road", "<blockquote><p>Water.</p></blockquote>") + TEXT, 0, None),  # a poem, perhaps
        (division("Voorbericht") + division("Bijvoegsel, vierde druk") + TEXT, 2, None),
        (division("Supplement to the Tables") + TEXT, 0, None),
        # a play: persons, scenes and who played
        (division("PERSONS OF THE PLAY") + division("THE NEW THEATRE") + division("FIRST ACT"), 2, None),
        (division("PERSONS OF THE PLAY") + division("Prologue") + division("ACT I"), 0, None),
        (division("The Persons of Our Street") + TEXT, 0, None),
    ],
)
def test_where_the_text_begins(text: str, front: int, above: int | None) -> None:
    body = lxml.html.fragment_fromstring(text, create_parent="main")
    mark_divisions(body, "The Salt Road")
    divisions = [*body.iterchildren("section")]
    assert [one.get(FRONT) is not None for one in divisions] == [n < front for n in range(len(divisions))]
    places = [n for n, one in enumerate(divisions) if one.find("p[@class='above']") is not None]
    assert places == ([] if above is None else [above])


def test_a_half_title_may_break_off_where_the_title_goes_on() -> None:
    text = division("A Sketch of the Harbour") + division("GROWTH OF WEIRS.", "") + division("One", LONG)
    body = lxml.html.fragment_fromstring(text, create_parent="main")
    mark_divisions(body, "The Growth of Weirs by Means of Mud")
    assert [one.get(FRONT) for one in body.iterchildren("section")] == ["", None]


def test_what_stands_above_the_half_title_is_a_preface_without_a_name() -> None:
    body = lxml.html.fragment_fromstring(f"{LONG}{division('THE SALT ROAD', '')}{TEXT}", create_parent="main")
    mark_divisions(body, "The Salt Road")
    assert [(one.get(FRONT), one.get("class")) for one in body] == [("", "level1 untitled"), (None, "level1")]


@pytest.mark.parametrize(
    ("above", "matter"),
    [
        ('<div class="letter"><p>To the pilots</p></div>', "dedication"),
        ('<div class="letter"><p>Meiner Schwester</p></div>', "dedication"),
        ("<blockquote><p>Water has no memory.</p></blockquote>", "epigraph"),
        (
            '<div class="letter">To the pilots</div><div class="letter">“Water has no memory.”</div>',
            "dedication epigraph",
        ),
        ('<div class="letter old-title-page"><p>By Edna Quarles</p></div>', None),
        ("<p>This text stands outside all divisions.</p>", None),
    ],
)
def test_set_lines_above_all_divisions_dedicate_the_book_or_are_its_epigraph(above: str, matter: str | None) -> None:
    text = '<section class="level1"><h1>One</h1><p>Words.</p></section>'
    body = lxml.html.fragment_fromstring(above + text, create_parent="main")
    mark_divisions(body, "A Book")
    found = [(one.get(MATTER), one.get(FRONT)) for one in body.iter("section") if one.find("h1") is None]
    assert found == [(one, "") for one in (matter or "").split()]


def test_set_lines_above_what_is_no_division_stay_in_their_place() -> None:
    text = '<section class="level2"><h2>Persons</h2></section><section class="level1"><h1>Act I</h1></section>'
    body = lxml.html.fragment_fromstring(f'<div class="letter"><p>To the pilots</p></div>{text}', create_parent="main")
    mark_divisions(body, "A Book")
    assert [one.tag for one in body] == ["div", "section", "section"]


@pytest.mark.parametrize(
    ("above", "front"),
    [
        (LINES, [True, True, False]),  # a leaf before the preface
        (f'<div class="old-title-page"><p>By Edna Quarles</p></div><hr>{LINES}<hr><hr>', [True, True, False]),
        ('<div class="old-title-page"><p>By Edna Quarles</p></div><hr>', [True, False]),  # nothing of it is printed
        ("<p>The pilots of the northern harbours kept no logs.</p>" * 40, [False, False]),  # the text has begun
        (f'{LINES}<section class="level2"><h2>Persons</h2></section>', [False, False, False]),
    ],
)
def test_a_preface_never_goes_before_what_stands_above_it(above: str, front: list[bool]) -> None:
    body = lxml.html.fragment_fromstring(above + PREFACE + TEXT, create_parent="main")
    mark_divisions(body, "A Book")
    assert [one.get(FRONT) is not None for one in body.iterchildren("section")] == front
    assert body.text_content().index("Preface") > body.text_content().find("forty maps")
    assert body.find(".//hr") is None


def test_a_rule_between_lines_above_a_preface_parts_them() -> None:
    body = lxml.html.fragment_fromstring(f"{LINES}<hr>{LINES}{PREFACE}{TEXT}", create_parent="main")
    mark_divisions(body, "A Book")
    assert [one.tag for one in body[0]] == ["p", "hr", "p"]


@pytest.mark.parametrize(("times", "begun"), [(1, False), (80, True)])
def test_words_above_a_preface_stand_before_it_on_paper_and_on_screen(times: int, begun: bool) -> None:
    above = "The pilots kept no logs. " * times
    text = f"---\ntitle: Salt Road\nlang: en\n---\n\n{above}\n\n# Preface\n\nHow it was.\n\n# One\n\nIt began.\n"
    paper, screen = printed(text), build(text)
    assert paper.page_of("The pilots kept") < paper.page_of("How it was.") < paper.page_of("It began.")
    pages = [screen.files[name].decode() for name in screen.spine]
    first, preface = (next(at for at, page in enumerate(pages) if one in page) for one in ("The pilots", "How it was."))
    assert first < preface
    ((_, link), *_) = screen.everywhere("//x:nav[@epub:type='landmarks']//x:a[@epub:type='bodymatter']")
    assert (link.get("href", "").split("#")[0] == screen.spine[first]) is begun


@pytest.mark.parametrize(
    ("lengths", "chosen", "opens"),
    [
        ([1.5] * 5, "", [RECTO] * 5),  # few
        ([0.5] * 5, "", [PAGE] * 5),  # few, and short: half of the pages would be blank
        ([20.0] * 30, "", [RECTO] * 30),  # long
        ([5.0] * 30, "", [PAGE] * 30),  # many
        ([0.7] * 30, "", [PAGE] + [RUN_ON] * 29),  # shorter than a page
        ([20.0] * 3, "run-on", [PAGE, RUN_ON, RUN_ON]),
        ([0.7] * 30, "recto", [RECTO] * 30),
        ([0.2, 0.3, 9.0, 8.0], "", [RECTO, PAGE, RECTO, RECTO]),  # lists before the acts of a play
        ([0.2, 0.3, 9.0, 8.0], "recto", [RECTO] * 4),
        ([], "", []),
    ],
)
def test_what_divisions_open_follows_their_number_and_length(
    lengths: list[float], chosen: str, opens: list[Opening]
) -> None:
    assert openings(lengths, [False] * len(lengths), chosen) == opens


def test_acts_open_one_step_higher_than_their_scenes() -> None:
    titles = ["Act I", *["Scene"] * 11, "ACT II.", *["Scene"] * 11]
    parts = leads(titles)
    assert [title for title, part in zip(titles, parts, strict=True) if part] == ["Act I", "ACT II."]
    opens = openings([3.0] * 24, parts)
    assert (opens[0], opens[1], opens[12], opens[13]) == (RECTO, PAGE, RECTO, PAGE)
    assert not any(leads(["Act I", "Act II"]))


def test_a_heading_that_stands_alone_leads_what_follows_and_several_are_one_heading() -> None:
    titles = ["Rain", "OF THE SHORE", "Sand", "Rope", "TAR", "A SONG", "FOR MY BROTHER"]
    parts = leads(titles, [False, True, False, False, True, True, False])
    assert [title for title, part in zip(titles, parts, strict=True) if part] == ["OF THE SHORE"]


def test_no_page_has_a_heading_alone_that_leads_no_part() -> None:
    titles = ["PERSONS", "LOWMOUTH: THE NEW THEATRE", "Manager: Joan Fettle", "Act I", "Act II"]
    bare = [False, True, False, False, False]
    parts = leads(titles, bare)
    assert parts == [False, False, False, True, True]
    assert openings([0.2, 0.1, 0.3, 20.0, 20.0], parts, bare=bare)[1:4] == [PAGE, RUN_ON, RECTO]


def test_a_half_title_before_all_divisions_is_no_part_and_has_no_leaf_to_itself() -> None:
    titles, bare = ["Of the Lamps of Orle", "The Fires", "The Towers"], [True, False, False]
    parts = leads(titles, bare)
    assert not any(parts)
    assert openings([0.1, 9, 9], parts, bare=bare)[1] is Opening.RUN_ON
    assert leads(["I. Fire", "The Fires", "II. Stone", "The Towers"], [True, False] * 2) == [True, False] * 2


@pytest.mark.parametrize(
    ("title", "scenes", "head"),
    [
        ("ACT II.—SCENE I", True, "ACT II"),
        ("Act One. Scene One. A quay", True, "Act One"),
        ("ACT II.—SCENE I", False, "ACT II.—SCENE I"),
        ("Book III: Of ropes", True, "Book III: Of ropes"),
    ],
)
def test_the_running_head_of_an_act_does_not_name_its_first_scene(title: str, scenes: bool, head: str) -> None:
    inside = "<section><h2>Scene II</h2></section>" * scenes
    division = lxml.html.fragment_fromstring(f'<section data-title="{title}"><h1>{title}</h1>{inside}</section>')
    assert running_title(division) == head


def test_scenes_without_a_name_are_not_in_the_contents() -> None:
    entries = [
        Entry(level, words, "x", "1") for level, words in ((1, "ACT I"), (2, "SCENE II."), (2, "Scene III. A quay"))
    ]
    named = contents(entries, "Contents")
    assert "SCENE II." not in named
    assert "A quay" in named
    assert "ACT I" in named


@pytest.mark.parametrize(
    ("number", "titles", "heads"),
    [
        (
            "LETTER NO. {}",
            ("Of oil", "Of wicks, and of the wind that blows through lamps"),
            ["LETTER NO. 1", "LETTER NO. 2"],
        ),
        ("LETTER NO. {}", ("Of oil", "Of wicks"), []),  # they fit
        ("CHAPTER {}", ("Of oil", "Of wicks, and of the wind that blows through lamps"), []),
    ],
)
def test_long_titles_that_a_word_of_their_own_counts_run_by_their_numbers(
    number: str, titles: tuple[str, ...], heads: list[str]
) -> None:
    sections = [
        f'<section data-title="{number.format(n)}. {title}"><h1><span class="number-line capitals">{number.format(n)}'
        f"</span> {title}</h1></section>"
        for n, title in enumerate(titles, 1)
    ]
    divisions = [lxml.html.fragment_fromstring(section) for section in sections]
    assert list(own_numbers(divisions, lambda title: len(title) < 40).values()) == heads
    assert number_of(divisions[0], in_capitals=True) == number.format(1)


def test_a_number_in_capitals_is_in_small_ones_in_the_contents() -> None:
    entry = Entry(1, "CHAPTER I. The Salt Road", "x", "1", "CHAPTER I")
    assert '<span class="caps">CHAPTER I</span><span>. The Salt ' in contents([entry], "Contents")


@pytest.mark.parametrize(("last", "columns"), [("40", True), ("The last", False)])
def test_many_divisions_that_have_only_numbers_stand_in_columns(last: str, columns: bool) -> None:
    entries = [Entry(1, str(number), "x", "1") for number in range(1, 40)] + [Entry(1, last, "x", "9")]
    assert ('<div class="numbers">' in contents(entries, "Contents")) is columns
    assert "numbers" not in contents(entries[:9], "Contents")


@pytest.mark.parametrize(("words", "named"), [((2000, 1800), ["s0", "s1"]), ((300, 400), []), ((4000,), [])])
def test_running_heads_name_sections_that_are_as_long_as_chapters(words: tuple[int, ...], named: list[str]) -> None:
    parts = (f'<section data-title="s{n}"><p>{"word " * count}</p></section>' for n, count in enumerate(words))
    division = lxml.html.fragment_fromstring(f"<section><h1>EDITOR’S NOTE</h1>{''.join(parts)}</section>")
    assert [one.get("data-title") for one in long_sections(division, 330)] == named


@pytest.mark.parametrize(
    ("words", "above"), [("THE SALT ROAD.", True), ("Salt Road", True), ("The Salt", True), ("Road", False)]
)
def test_the_title_of_the_book_alone_or_most_of_its_words_make_no_division(words: str, above: bool) -> None:
    chapters = "".join(f'<section class="level1"><h1>{one}</h1><p>Words.</p></section>' for one in ("I", "II"))
    body = lxml.html.fragment_fromstring(
        f'<section class="level1"><h1>{words}</h1></section>{chapters}', create_parent="main"
    )
    mark_divisions(body, "The Salt Road")
    assert (len(body) == 2) is above


def test_contents_end_in_no_stop_or_colon() -> None:
    for words in ("Of the road.", "Of the road:", "Of the road,"):
        assert "Of the road</span>" in contents([Entry(1, words, "x", "1")], "Contents").replace("<span>", "").replace(
            '</span><span class="last">', ""
        )


def test_the_title_above_the_text_makes_no_division_with_what_is_left_of_the_title_page() -> None:
    body = lxml.html.fragment_fromstring(
        '<section class="level1" id="t"><h1>THE SALT ROAD</h1><div class="letter old-title-page"><p>By A. B.</p></div>'
        '<div class="caption"><p>The quay</p></div></section>'
        '<section class="level1"><h1>One</h1><p>Words.</p></section>',
        create_parent="main",
    )
    mark_divisions(body, "The Salt Road")
    assert [[one.tag for one in section] for section in body] == [["p", "div", "div", "h1", "p"]]
    assert heading_of(body[0]) is not None
    assert body[0][0].get("class") == "above"


def test_pages_of_single_sheets_have_no_recto() -> None:
    assert openings([9.0], [False], facing=False) == [PAGE]


def book() -> str:
    parts = [
        "::: letter\n| To the pilots\n:::",
        "# THE SALT ROAD {#again}",
        "# PREFACE. {#preface}",
        f"The first words. {prose(60)}[^p]",
        "[^p]: A note.",
    ]
    for number in range(1, 15):
        parts += [f"# PIECE NO. {number} OF THE ROAD. {{#p{number}}}", f"Piece {number} begins. {prose(90, number)}"]
    parts += ["### What lies deeper {#deeper}", "It is deep."]
    return FRONT_MATTER + "\n\n".join(parts)


@cache
def on_paper() -> Opened:
    return printed(book())


@cache
def on_screen() -> OpenedEpub:
    return build(book())


def test_a_preface_has_roman_folios_and_the_text_begins_with_one() -> None:
    opened = on_paper()
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        labels = [pdf.get_page_label(place) for place in range(len(pdf))]
    assert labels[opened.page_of("The first words.")] == "ix"
    assert labels[opened.page_of("Piece 1 begins.")] == "1"
    contents = " ".join(opened.texts[opened.page_of("Contents")].split())
    assert re.search(r"PREFACE[ .]*ix\b", contents)
    assert [start.label for start in opened.book.starts][:2] == ["v", "ix"]


def test_a_dedication_stands_before_the_contents_and_has_neither_folio_nor_entry() -> None:
    opened = on_paper()
    place = opened.page_of("To the pilots")
    assert (place, opened.page_of("Contents")) == (4, 6)
    assert opened.texts[place].split() == ["To", "the", "pilots"]
    assert "pilots" not in opened.texts[6]
    assert place not in opened.book.own
    assert 6 in opened.book.own
    spine = on_screen().spine
    assert spine.index("title.xhtml") < spine.index("chapter-01.xhtml") < spine.index("nav.xhtml")


def test_short_pieces_run_on_under_their_own_heads() -> None:
    opened = on_paper()
    assert opened.page_of("Piece 1 begins.") == opened.page_of("Piece 2 begins.")
    later = opened.texts[opened.page_of("Piece 14 begins.")]
    assert re.match(r"PIECE NO\. \d+ OF THE ROAD|The Salt Road", later.strip())
    assert opened.codes == []


def test_the_contents_have_no_more_than_the_outline() -> None:
    opened = on_paper()
    pages = " ".join(opened.texts[place] for place in range(6, opened.page_of("The first words.")))
    assert "NO. 13" in pages and "deeper" not in pages
    assert "What lies deeper" in opened.texts[opened.page_of("It is deep.")]


def test_headings_keep_their_capitals_and_lose_their_stop() -> None:
    opened = on_paper()
    assert re.search(r"PIECE NO\. 3 OF THE ROAD\s", opened.text)
    assert "OF THE ROAD." not in opened.text


def test_the_title_of_the_book_makes_no_division_of_its_own() -> None:
    opened = on_paper()
    page = opened.texts[opened.page_of("The first words.")]
    assert page.index("THE SALT ROAD") < page.index("PREFACE")
    assert "THE SALT ROAD" not in opened.texts[opened.page_of("Contents")]


def test_title_page_and_imprint_name_who_made_the_book_and_what_from() -> None:
    title = " ".join(on_paper().texts[2].split())
    assert "Edited by Tam Brackwater Translated by Ines Vollard and Per Aske Illustrated by Joan Fettle" in title
    assert "Made from the edition published by Harbour and Sons, Lowmouth, 1874 (text file no. 12)" in " ".join(
        on_paper().texts[3].split()
    )
    opened = on_screen()
    assert "Translated by Ines Vollard and Per Aske" in opened.files["title.xhtml"].decode()
    people = opened.find("content.opf", "//dc:contributor/text()")
    assert people == ["Tam Brackwater", "Ines Vollard", "Per Aske", "Joan Fettle"]


def test_the_e_book_says_what_a_preface_is() -> None:
    found = on_screen().everywhere("//x:section[@id='preface']")
    assert [(one.get("role"), one.get("class")) for _, one in found] == [("doc-preface", "level1")]


def test_reading_systems_begin_with_the_text_and_not_with_the_preface() -> None:
    opened = on_screen()
    (_, link) = next(iter(opened.everywhere("//x:nav[@epub:type='landmarks']//x:a[@epub:type='bodymatter']")))
    name = link.get("href", "").split("#")[0]
    assert not any(path.endswith(name) for path, _ in opened.everywhere("//x:section[@id='preface']"))


def test_persons_and_scenes_of_a_play_stand_on_one_page_with_a_roman_folio() -> None:
    speech = "::: dialogue\n[ANN]{{.speaker}} {}\n:::\n\n"
    acts = "".join(f"# ACT {'I' * n} {{#a{n}}}\n\n{speech.format(prose(400, n))}" for n in (1, 2, 3))
    lists = (
        "# PERSONS OF THE PLAY\n\nAnn, a pilot.\n\nPer, a keeper.\n\n# SCENES OF THE PLAY\n\nThe quay.\n\nThe loft.\n\n"
    )
    opened = printed(f"---\ntitle: The Weir\nlang: en\n---\n\n{lists}{acts}")
    page = opened.page_of("Per, a keeper.")
    assert page == opened.page_of("The loft.")
    with pypdfium2.PdfDocument(opened.book.pdf) as pdf:
        labels = [pdf.get_page_label(place) for place in range(len(pdf))]
    assert re.fullmatch("[ivx]+", labels[page])
    assert labels[page + 2 - page % 2] == "1"
    assert opened.codes == []
