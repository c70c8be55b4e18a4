"""What a reader of the e-book may rely on: files, notes, contents, pages, index and links."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.epub.chapters import cut
from pipeline.epub.notes import Note
from pipeline.epub.works import index_of_works
from pipeline.epub.xhtml import make
from pipeline.housestyle import marks_of
from pipeline.language import words_for
from pipeline.model import PageStart
from tests.epubs import NAMES, Opened, build, long_ledger, weather_ledger


def text(element: etree._Element) -> str:
    return " ".join("".join(str(one) for one in element.itertext()).split())


@pytest.fixture(params=["weather_ledger", "long_ledger"])
def book(request: pytest.FixtureRequest) -> Opened:
    made: Opened = {"weather_ledger": weather_ledger, "long_ledger": long_ledger}[request.param]()
    return made


# -------------------------------------------------------------------------------------------------------- files


def test_no_file_is_larger_than_a_quarter_of_a_megabyte(book: Opened) -> None:
    assert all(len(data) < 250_000 for name, data in book.files.items() if name.endswith(".xhtml"))


def test_a_long_division_is_cut_into_even_files_and_keeps_its_order() -> None:
    names = [name for name in long_ledger().spine if name.startswith("chapter")]
    sizes = [len(long_ledger().files[name]) for name in names]
    assert len(names) == sum(sizes) // 225_000 + 1
    assert min(sizes) > 0.8 * max(sizes)
    days = [int(day) for name in names for day in re.findall(r"On day (\d+)", long_ledger().files[name].decode())]
    assert days == list(range(1, 501))


def test_ids_are_unique_and_every_link_inside_the_book_has_its_target(book: Opened) -> None:
    ids = {(name, one) for name in book.spine for one in book.find(name, "//@id")}
    everywhere = [one for _, one in book.everywhere("//@id")]
    assert len(everywhere) == len(set(everywhere))
    for name, href in book.everywhere("//x:a/@href"):
        target, _, at = href.partition("#")
        assert (target or name) in book.spine
        assert not at or (target or name, at) in ids


def test_each_file_has_a_title_and_no_two_files_the_same(book: Opened) -> None:
    titles = [text(one) for _, one in book.everywhere("/x:html/x:head/x:title")]
    assert all(titles) and len(titles) == len(book.spine) == len(set(titles))


def test_headings_do_not_skip_a_level(book: Opened) -> None:
    levels = [int(str(one.tag)[-1]) for _, one in book.everywhere("//*[self::x:h1 or self::x:h2 or self::x:h3]")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_level_that_the_manuscript_skips_is_no_gap_in_the_e_book() -> None:
    chapter = build("# One {#one}\n\n### Of oil {#oil}\n\nText.\n\n#### Of tin {#tin}\n\nText.").files[
        "chapter-01.xhtml"
    ]
    assert re.findall(rb"<(h\d)", chapter) == [b"h1", b"h2", b"h3"]


@pytest.mark.parametrize(("title", "alone"), [("THE NEW THEATRE", False), ("Part Two", True)])
def test_no_file_has_a_heading_alone_that_names_no_part(title: str, alone: bool) -> None:
    made = build(f"# One {{#one}}\n\nText.\n\n# {title} {{#two}}\n\n# Three {{#three}}\n\nText.")
    files = [name for name in made.files if name.startswith("chapter")]
    assert len(files) == (3 if alone else 2)
    assert (b'id="two"' in made.files["chapter-03.xhtml"]) is not alone


BODY = "".join(
    f'<section id="s{n}" class="level1"><h1>Year {n}</h1><p>{"rain " * 40}</p><section id="t{n}" class="level2">'
    f"<h2>Spring {n}</h2>{f'<p>snow {n}</p>' * 30}</section></section>"
    for n in range(3)
)


@given(st.integers(200, 20_000))
@settings(max_examples=20)
def test_wherever_a_text_is_cut_its_words_stay_in_order_and_its_ids_are_there_once(limit: int) -> None:
    body = etree.fromstring(f'<body xmlns="{NAMES["x"]}">{BODY}</body>')
    whole, ids = text(body), body.xpath("//@id")
    pieces = [piece for chapter in cut(body, {}, limit) for piece in chapter.content]
    assert "".join(text(piece) for piece in pieces).replace(" ", "") == whole.replace(" ", "")
    assert [one for piece in pieces for one in piece.xpath("descendant-or-self::*/@id")] == ids
    assert all(etree.QName(list(piece.iter())[-1]).localname == "p" for piece in pieces)


# -------------------------------------------------------------------------------------------------------- notes


def test_each_call_and_its_note_are_in_one_file_and_link_both_ways(book: Opened) -> None:
    calls = book.everywhere("//x:a[@role='doc-noteref']")
    assert len(calls) == len(book.everywhere("//x:aside"))
    for name, call in calls:
        (note,) = book.find(name, f"//x:aside[@id='{call.get('href')[1:]}']")
        assert note.get(f"{{{NAMES['epub']}}}type") == "footnote"
        back = note.find(".//x:a", NAMES)
        assert back.get("href") == f"#{call.get('id')}"
        assert text(note).startswith(f"{call.text}. ") and back.text == call.text
        assert len(call) == 0 and "noteref" in call.get(f"{{{NAMES['epub']}}}type").split()


def test_notes_are_numbered_anew_in_each_division_but_their_ids_count_on() -> None:
    calls = weather_ledger().everywhere("//x:a[@role='doc-noteref']")
    assert [call.text for _, call in calls] == ["1", "2", "3", "4", "1", "2"]
    assert [call.get("id") for _, call in calls] == [f"fnref-{n}" for n in range(1, 7)]


def test_numbers_go_on_through_the_files_of_one_division() -> None:
    calls = long_ledger().everywhere("//x:a[@role='doc-noteref']")
    assert [call.text for _, call in calls] == [str(n) for n in range(1, 501)]


def test_a_call_follows_its_word_with_no_space_between() -> None:
    made = build("# One\n\nIt rained. [^a]\n\n[^a]: Twice.\n")
    assert "It rained.<sup" in made.files["chapter-01.xhtml"].decode()


@pytest.mark.parametrize(
    "note", ["[^a]: > A quotation.", "[^a]:\n    - a list\n    - of two", "[^a]: One.\n\n    Two.\n\n    Three."]
)
def test_a_note_may_be_of_any_blocks_and_still_begins_with_its_number(note: str) -> None:
    made = build(f"# One\n\nRain[^a]\n\n{note}\n")
    (aside,) = made.find("chapter-01.xhtml", "//x:aside")
    assert text(aside).startswith("1. ")


# ----------------------------------------------------------------------------------------------------- contents


def test_contents_are_two_levels_deep_and_open_on_their_headings() -> None:
    book = weather_ledger()
    labels = [text(one) for one in book.find("nav.xhtml", "//x:nav[@id='toc']//x:a")]
    deep = [text(one) for one in book.find("nav.xhtml", "//x:nav[@id='toc']/x:ol/x:li/x:ol/x:li/x:a")]
    assert labels[:3] == ["The Wet Years", "Gauges", "Letters"] and deep == ["Gauges", "Letters", "Frost"]
    for link in book.find("nav.xhtml", "//x:nav[@id='toc']//x:a"):
        name, _, at = link.get("href").partition("#")
        (target,) = book.find(name, f"//*[@id='{at}']")
        assert text(target).startswith(text(link))
    assert [text(one) for one in book.find("toc.ncx", "//ncx:navLabel")] == labels


def test_landmarks_name_the_parts_of_the_book() -> None:
    marks = weather_ledger().find("nav.xhtml", "//x:nav[@epub:type='landmarks']//x:a/@epub:type")
    assert marks == ["cover", "titlepage", "toc", "bodymatter", "bibliography", "index"]


def test_a_book_without_headings_is_still_a_book() -> None:
    made = build("Only rain.\n", settings=None)
    assert made.spine == ["cover.xhtml", "title.xhtml", "nav.xhtml", "front.xhtml"]
    assert made.find("nav.xhtml", "//x:nav[@id='toc']//x:a")


# -------------------------------------------------------------------------------------------------- page list


def test_page_marks_of_the_source_become_the_page_list() -> None:
    book = weather_ledger()
    assert [text(one) for one in book.find("nav.xhtml", "//x:nav[@epub:type='page-list']//x:a")] == ["7"]
    (mark,) = book.find("chapter-01.xhtml", "//*[@epub:type='pagebreak']")
    assert mark.tail.startswith("Then the gauges froze.")
    assert book.meta("pageBreakSource") == ["weather-ledger.txt"]


PAGED = (
    "# One {#one}\n\nAlpha beta *gamma*[^n] delta.\n\n[^n]: Not counted.\n\n## Two {#two}\n\nEpsilon zeta-eta theta.\n"
)


@pytest.mark.parametrize(
    ("start", "follows"),
    [
        (PageStart("1", "", 0), "One"),
        (PageStart("2", "one", 2), "beta"),
        (PageStart("3", "one", 3), "gamma"),
        (PageStart("4", "one", 4), "delta."),
        (PageStart("5", "two", 0), "Two"),
        (PageStart("6", "two", 2), "zeta-eta"),
    ],
)
def test_the_pages_of_the_printed_book_begin_at_the_same_words(start: PageStart, follows: str) -> None:
    made = build(PAGED, pages=(start,))
    (mark,) = made.find("chapter-01.xhtml", "//*[@role='doc-pagebreak']")
    rest = "".join(str(one) for one in mark.xpath("following::text()"))
    assert rest.split()[0].removesuffix("1") == follows
    assert mark.get("aria-label") == start.label


@given(st.lists(st.integers(0, 9), unique=True, max_size=5).map(sorted))
@settings(max_examples=8)
def test_page_breaks_change_no_word(words: list[int]) -> None:
    plain, paged = build(PAGED), build(PAGED, pages=[PageStart(str(n), "", n) for n in words])
    assert text(paged.tree("chapter-01.xhtml")) == text(plain.tree("chapter-01.xhtml"))
    assert len(paged.everywhere("//*[@role='doc-pagebreak']")) == len([n for n in words if n < 9])


# ------------------------------------------------------------------------------------------ works, links, pictures


def test_the_index_of_works_leads_back_to_every_place() -> None:
    book = weather_ledger()
    entries = {text(one.find("x:p", NAMES)): one for one in book.find("works.xhtml", "//x:ul[@class='works']/x:li")}
    assert list(entries) == [
        "Quill, Ada. Rain in the Upper Valley",
        "Society of Gaugers. Frost Tables",
        "Tarn, Osip, Runa Vell. The Ledger of a Miller",
    ]
    places = [one.get("href") for one in entries["Quill, Ada. Rain in the Upper Valley"].iterfind(".//x:a", NAMES)]
    assert places == ["chapter-01.xhtml#fnref-2", "chapter-01.xhtml#fnref-3", "chapter-02.xhtml#fnref-5"]


@pytest.mark.parametrize(("lang", "shown"), [("en", "“‘Rain Now’: Millers”"), ("de", "„‚Rain Now‘: Millers“")])
def test_parts_of_other_works_stand_in_the_marks_of_the_book(lang: str, shown: str) -> None:
    work = {"id": "one", "type": "article-journal", "title": "'Rain Now': Millers", "container-title": "Rain Review"}
    aside = make("aside", make("span", "Rain", data_cites="one"))
    index = index_of_works(
        {"n": Note(1, "1", "One", aside)}, {"w.json": json.dumps([work]).encode()}, words_for(lang), marks_of("", lang)
    )
    assert index is not None and shown in text(index)


def test_pictures_and_tables_in_notes_are_treated_like_those_in_the_text() -> None:
    made = build("# One\n\nRain[^a]\n\n[^a]: ![A mill](mill.png)\n\n    | a | b |\n    |---|---|\n    | c | d |\n")
    assert made.codes == ["image-missing"]
    assert made.find("chapter-01.xhtml", "//x:aside/x:div[@class='table']/x:table")


def test_a_link_to_nothing_is_made_text_and_reported() -> None:
    made = build("# One\n\nSee [the other](#nowhere) page.\n")
    assert "See the other page." in text(made.tree("chapter-01.xhtml")) and made.codes == ["link-broken"]


def test_a_missing_picture_leaves_its_description_and_is_reported() -> None:
    made = build("# One\n\n![A mill](mill.png)\n\nBehind ![a wall](https://example.org/wall.png) it stood.\n")
    words = text(made.tree("chapter-01.xhtml"))
    assert "A mill" in words and "Behind a wall it stood." in words
    assert made.codes == ["image-missing", "image-missing"]


def test_the_heads_of_a_table_name_their_columns_and_an_empty_one_is_no_head() -> None:
    made = build("# One\n\n|     | Days |\n|-----|-----:|\n| May | 12   |\n")
    heads = made.find("chapter-01.xhtml", "//x:thead//x:*[self::x:th or self::x:td]")
    assert [(etree.QName(head).localname, head.get("scope")) for head in heads] == [("td", None), ("th", "col")]


def test_only_short_tables_are_scrolled_because_what_is_scrolled_is_not_broken_over_pages() -> None:
    few, long = "| May | 12 |\n", "| barometrical | thermometrical | anemometrical | hygrometrical |\n"
    heads = "\n| a | b |\n|---|---|\n", "\n| a | b | c | d |\n|---|---|---|---|\n"
    made = build(f"# One\n{heads[0]}{few}{heads[0]}{few * 40}{heads[1]}{long}{heads[1]}{long * 40}")
    frames = made.find("chapter-01.xhtml", "//x:table/..")
    assert [frame.get("class") for frame in frames] == ["table", "table", "table scrolls", "table crowded"]
    assert [frame.get("tabindex") for frame in frames] == [None, None, "0", None]


def test_a_line_that_speakers_share_goes_on_where_the_first_ended_however_wide_the_screen() -> None:
    turns = "[ORR.]{.speaker}\n\n| Who is it?\n\n[MELL.]{.speaker}\n\n|            The rain.\n"
    made = build(f"# ACT I\n\n::: dialogue\n{turns}:::\n")
    (line,) = made.find("chapter-01.xhtml", "//x:span[@class='line shared']")
    assert line.get("style") == "margin-left: 17%; margin-left: min(5.0em, 17%)" and line.text == "The rain."


def test_html_written_by_hand_does_not_stop_the_book() -> None:
    made = build("# One\n\nRain<br>and <b>sun</b>.\n")
    assert "and sun." in text(made.tree("chapter-01.xhtml"))


def test_foreign_words_are_marked_for_old_readers_and_new_ones() -> None:
    (word,) = weather_ledger().find("chapter-01.xhtml", "//x:span[@lang]")
    assert word.get("lang") == word.get("{http://www.w3.org/XML/1998/namespace}lang") == "ka"


def test_two_calls_at_one_place_do_not_read_as_one_number() -> None:
    opened = build("# One {#one}\n\nTwo notes.[^a][^b] And one.[^c]\n\n[^a]: A.\n\n[^b]: B.\n\n[^c]: C.\n")
    assert [one.get("class") for _, one in opened.everywhere("//x:sup")] == ["call", "call next", "call"]


def test_a_number_in_capitals_is_set_as_such_in_the_contents() -> None:
    opened = build(
        "# BEACON No. 1. Of Oil {#a}\n\nT.\n\n# BEACON No. 2. Of Rope\n\nT.\n\n# BEACON No. 3. Of Tar\n\nT.\n"
    )
    found = [one.text for _, one in opened.everywhere("//x:nav[@epub:type='toc']//x:span[@class='capitals']")]
    assert found == ["BEACON No. 1.", "BEACON No. 2.", "BEACON No. 3."]


def test_subheads_in_capitals_as_long_as_sentences_are_listed_as_such() -> None:
    text = "The keeper of the lamp went down at night to see the weir with Marrow."
    opened = build(f"# The Weir\n\n## HOW THE KEEPER WENT DOWN AT NIGHT WITH MARROW TO THE WEIR.\n\n{text}\n")
    found = [one.text for _, one in opened.everywhere("//x:nav[@epub:type='toc']//x:li//x:li/x:a")]
    assert found == ["How the keeper went down at night with Marrow to the weir"]


@pytest.mark.parametrize(("more", "said"), [("", 0), ("date: 2026\n", 1)])
def test_a_title_page_says_once_what_the_book_was_made_from(more: str, said: int) -> None:
    opened = build(f"---\noriginal-place: Lowmouth\noriginal-edition: Third edition\n{more}---\n\n# One\n\nText.\n")
    page = opened.files["title.xhtml"].decode()
    assert page.count("Third edition") == 1 + said


def test_what_stands_before_the_text_says_so_and_keeps_its_meaning() -> None:
    persons = "# PERSONS OF THE PLAY\n\nAnn, a pilot.\n\nPer, a keeper.\n\n"
    opened = build(f"{persons}# ACT I\n\nIt rained.\n\n# ACT II\n\nIt rained on.\n")
    ((_, section),) = opened.everywhere("//x:section[@epub:type='frontmatter z3998:dramatis-personae']")
    assert "z3998:" in section.getroottree().getroot().get("{http://www.idpf.org/2007/ops}prefix", "")
    ((_, link),) = opened.everywhere("//x:nav[@epub:type='landmarks']//x:a[@epub:type='bodymatter']")
    assert link.get("href", "").startswith("chapter-02")


def test_a_book_in_french_has_its_spaces_on_screen_as_on_paper() -> None:
    opened = build("---\nlang: fr\n---\n\n# Qui vive?\n\n«Qui vive?» dit-il; puis: rien, `a;b`, [No!]{lang=en}\n")
    (said,) = (text for _, text in opened.everywhere("//x:section[@role='doc-chapter']/x:p"))
    spaced = "".join(said.itertext()).replace("\u202f", "|").replace("\u00a0", "~")
    assert spaced == "«|Qui vive|?|» dit-il|; puis~: rien, a;b, No!"
    entries = [one.text for _, one in opened.everywhere("//x:nav[@epub:type='toc']//x:a")]
    assert "Qui vive\u202f?" in entries
    swiss = build("---\nlang: fr-CH\n---\n\n# Qui vive?\n\n«Qui vive?» dit-il.\n")
    assert "«Qui vive?» dit-il." in "".join(data.decode() for name, data in swiss.files.items() if "chapter" in name)


def test_an_index_and_the_pieces_of_a_letter_say_what_they_are() -> None:
    entries = "\n".join(f"- {word}, {n}" for n, word in enumerate(("Lamps", "Locks", "Oil", "Wicks"), 1))
    letter = "::: {.letter .salutation}\n| Dear Ann,\n:::\n\nText.\n\n::: {.letter .closing .signature}\n| Per\n:::\n"
    opened = build(f"# One\n\n{letter}\n# Index\n\n::: entries\n{entries}\n:::\n")
    kinds = [one.get("{http://www.idpf.org/2007/ops}type") for _, one in opened.everywhere("//x:div[@epub:type]")]
    assert kinds == ["z3998:salutation", "z3998:valediction z3998:signature"]
    ((_, index),) = opened.everywhere("//x:section[@epub:type='index']")
    assert index.get("role") == "doc-index"
