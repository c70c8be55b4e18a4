"""The forms of a text, alike for the page and the e-book: headings in capitals, verse, plays, letters, indexes."""

from __future__ import annotations

import lxml.html
import pytest
from lxml import etree
from lxml.etree import _Element
from lxml.html import HtmlElement

from pipeline.forms import set_forms
from pipeline.forms.headings import in_capitals, is_capital, set_capitals, without_stop
from pipeline.forms.verse import part_lines

XHTML = "http://www.w3.org/1999/xhtml"


def html(text: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(text, create_parent="main")


def xhtml(text: str) -> _Element:
    return etree.fromstring(f'<body xmlns="{XHTML}">{text}</body>')


@pytest.mark.parametrize(
    ("words", "capitals", "bare"),
    [
        ("THE SALT ROAD.", True, "THE SALT ROAD"),
        ("PREFACE", True, "PREFACE"),
        ("ЗИМА НА РЕКЕ.", True, "ЗИМА НА РЕКЕ"),
        ("BOOK I.", True, "BOOK I"),
        ("II. HEBREW: נר.", False, "II. HEBREW: נר"),
        ("III. LAMPS 灯", False, "III. LAMPS 灯"),
        ("XIV.", False, "XIV"),
        ("12.", False, "12"),
        ("LETTERS TO A. B.", True, "LETTERS TO A. B."),
        ("OIL, WICKS, ETC.", True, "OIL, WICKS, ETC."),
        ("THEY NEVER CAME BACK…", True, "THEY NEVER CAME BACK…"),
        ("The salt road.", False, "The salt road"),
        ("The salt road:", False, "The salt road"),
        ("ROPES. (Second Book.)", False, "ROPES. (Second Book)"),
        ("Marrow and Sons, Ltd.", False, "Marrow and Sons, Ltd."),
        ("À Mme de T.", False, "À Mme de T."),
        ("The Year 300 A.D.", False, "The Year 300 A.D."),
        ("What then?", False, "What then?"),
        ("Chapter I. THE ROAD", False, "Chapter I. THE ROAD"),
        ("BEACON No. 4", True, "BEACON No. 4"),
        ("No. 4", False, "No. 4"),
    ],
)
def test_headings_in_capitals_and_their_full_stops(words: str, capitals: bool, bare: str) -> None:
    assert in_capitals(words) is capitals
    assert without_stop(words) == bare


@pytest.mark.parametrize("tree", [html, xhtml])
def test_a_heading_loses_its_stop_before_the_call_of_a_note(tree: object) -> None:
    assert callable(tree)
    body = tree('<h1>THE <em>SALT</em> ROAD.<a class="footnote-ref" href="#fn1"><sup>1.</sup></a></h1><h2>A word.</h2>')
    set_forms(body)
    assert "".join(body.itertext()) == "THE SALT ROAD1.A word"
    assert [one.get("class") for one in body] == ["capitals", None]
    behind = tree('<h2>A <em>word</em><a class="footnote-ref" href="#fn1"><sup>1</sup></a>.</h2>')
    set_forms(behind)
    assert "".join(behind.itertext()) == "A word1"


@pytest.mark.parametrize(
    ("words", "capitals"),
    [
        ("THE SALT ROAD", True),
        ("MODES Of CROSSING.", True),
        ("THE SALT ROAD—continued", True),
        ("ROPES. (Second Book.)", True),
        ("TO THE PILOT, with ROPES AND TAR", True),
        ("Chapter I. THE ROAD", True),
        ("CHAPTER XII. Joy", False),
        ("BEACON No. 62. The Weir", False),
        ("The Trial of ANN MARROW", False),
        ("In LOWMOUTH", False),
    ],
)
def test_a_small_word_or_an_aside_makes_no_other_heading_of_one_in_capitals(words: str, capitals: bool) -> None:
    assert is_capital(words) is capitals


def test_titles_of_divisions_are_of_one_size() -> None:
    def marked(*lengths: int) -> list[bool]:
        body = html("".join(f"<h1>{'Rope ' * (length // 5)}</h1>" for length in lengths))
        set_capitals(body)
        return ["long" in (one.get("class") or "") for one in body]

    assert marked(*[40] * 20, 140, 140) == [True] * 22
    assert marked(*[40] * 20, 140) == [False] * 21  # it is one, and takes five lines
    assert marked(*[40] * 20, 240) == [*[False] * 20, True]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("CHAPTER TWO. IN WHICH IT RAINS", "CHAPTER TWO."),
        ("Chapter IV: Oil", "Chapter IV:"),
        ("Zweiter Teil. Das Wehr", "Zweiter Teil."),
        ("Letter 3 To the Harbour Master", "Letter 3"),
        ("SCENE I.—The quay. Night.", "SCENE I.—"),
        ("Act I. Scene 2", ""),
        ("CHAPTER TWO.", ""),
        ("Book of Hours", ""),
        ("I. The Weir", ""),
    ],
)
@pytest.mark.parametrize("tree", [html, xhtml])
def test_the_number_of_a_chapter_stands_above_its_title(tree: object, heading: str, line: str) -> None:
    assert callable(tree)
    body = tree(f"<h1>{heading}</h1>")
    set_forms(body)
    found = [one for one in body.iter() if "number-line" in one.get("class", "").split()]
    assert ["".join(one.itertext()).strip() for one in found] == ([line] if line else [])
    assert "".join(body.itertext()) == heading.removesuffix(".")


def test_a_book_may_have_a_word_of_its_own_for_its_chapters() -> None:
    titles = [
        "BEACON No. 1. Of Oil",
        "BEACON No. 2: Of <em>Wicks</em>",
        "BEACON No. 3",
        "Fog 9. Of Fog",
        "BEACON No. 4. On",
    ]
    body = html("".join(f"<h1>{title}</h1>" for title in titles))
    set_forms(body)
    assert [one.text for one in body.iter("span") if "number-line" in one.get("class", "")] == [
        "BEACON No. 1",
        "BEACON No. 2",
        "BEACON No. 4",
    ]
    assert {one.get("class") for one in body.iter("h1", "span")} == {
        None,
        "parting",
        "capitals",
        "number-line capitals",
    }
    assert "".join(body.itertext()) == "".join(titles).replace("<em>", "").replace("</em>", "")
    years = html("<h1>In 1871. The first lamp</h1><h1>In 1871. The second lamp</h1><h1>In 1880. Fog</h1>")
    set_forms(years)
    assert years.find(".//span") is None


@pytest.mark.parametrize("tree", [html, xhtml])
def test_an_empty_line_parts_two_stanzas(tree: object) -> None:
    assert callable(tree)
    body = tree(
        '<div class="verse"><div class="line-block" id="v">one<br/>\n<em>two</em> and more<br/>\n<br/>\nthree<br/>\n'
        "\u00a0four<br/>\nfive<br/>\nsix<br/>\nseven</div></div>"
    )
    part_lines(body, breaks=True)
    stanzas = list(body[0])
    assert ["".join(one.itertext()) for one in stanzas] == ["onetwo and more", "three\u00a0fourfivesixseven"]
    assert [one.get("class") for one in stanzas] == ["line-block whole", "line-block"]
    assert stanzas[0].get("id") == "v"
    names = [etree.QName(one).localname for one in stanzas[1]]
    assert names == ["span", "br", "span", "br", "span", "br", "span", "br", "span"]
    assert [(one.text, one.tail) for one in body.iter() if one.get("class") == "indent"] == [("\u00a0", "four")]


@pytest.mark.parametrize("tree", [lxml.html.fragment_fromstring, etree.fromstring])
def test_the_number_of_a_stanza_stays_with_it(tree: object) -> None:
    assert callable(tree)
    body = tree(
        '<div class="verse"><div class="line-block">I<br/>\n<br/>\nthree<br/>\nfour<br/>\n<br/>\nII</div>'
        '<div class="line-block">five<br/>\nsix<br/>\n<br/>\n7</div></div>'
    )
    part_lines(body)
    leads = ["".join(one.itertext()) for one in body if "leads" in one.get("class").split()]
    assert leads == ["I", "II"]


def test_numbers_of_lines_are_those_that_count_the_lines() -> None:
    def numbers(*lines: str) -> list[str]:
        body = html(f'<section><div class="line-block">{"<br>".join(lines)}</div></section>')
        part_lines(body)
        return [one.text or "" for one in body.iter("span") if one.get("class") == "line-number"]

    poem = [f"a line of the weir {n if n % 5 == 0 else ''}".strip() for n in range(1, 16)]
    assert numbers(*poem) == ["5", "10", "15"]
    assert numbers(*poem[:5], "", *poem[5:]) == ["5", "10", "15"]
    assert numbers("it was the year 1874", "and then", "the year 1890", "came") == []


def test_a_turn_hangs_and_a_name_alone_stays_with_its_verse() -> None:
    body = html(
        '<div class="dialogue"><p><span class="speaker">ORR.</span> Who?</p>'
        '<p>said <span class="speaker">ADA</span></p>'
        '<p><span class="speaker">ADA.</span></p><div class="line-block">I</div></div>'
    )
    set_forms(body)
    assert [one.get("class") for one in body[0]] == ["turn", None, "turn alone", "line-block"]


@pytest.mark.parametrize("tree", [html, xhtml])
def test_a_line_that_two_speakers_share_goes_on_where_the_first_ended(tree: object) -> None:
    def turn(name: str, *lines: str) -> str:
        spoken = "<br/>".join(lines)
        return f'<p><span class="speaker">{name}</span></p><div class="line-block">{spoken}</div>'

    assert callable(tree)
    far = "\u00a0" * 20
    turns = turn("ORR.", "The mill is dark.", "Who knocks?"), turn("ADA.", f"{far}The rain."), turn("ORR.", f"{far}In.")
    body = tree(f'<section><div class="dialogue">{"".join(turns)}{turn("ADA.", "Come", "  in.")}</div></section>')
    set_forms(body)
    part_lines(body)
    lines = [one for one in body.iter() if "line" in (one.get("class") or "").split()]
    assert ["".join(one.itertext()) for one in lines] == [
        *("The mill is dark.", "Who knocks?", "The rain.", "In.", "Come", "  in.")
    ]
    shared = {one.text: one.get("style") for one in lines if "shared" in (one.get("class") or "")}
    assert shared == {"The rain.": "margin-left: 18%", "In.": "margin-left: 33%"}  # 12 and 22 of 66 letters


def test_verse_between_speeches_is_a_song_and_so_called_above_it() -> None:
    verse = '<div class="verse"><div class="line-block">{}<br/><br/>Down by the weir<br/>the willow</div></div>'
    talk = '<div class="dialogue"><p>Who sings?</p></div>'
    body = html(f"<section>{talk}{verse.format('SONG.')}{talk}</section><section>{verse.format('Song.')}</section>")
    set_forms(body)
    part_lines(body)
    assert [one.get("class") for one in body.iter("div") if "verse" in (one.get("class") or "")] == [
        "verse song",
        "verse",
    ]
    assert [one.text for one in body.iter("span") if "song-title" in (one.get("class") or "")] == ["SONG."]
    lines = '<div class="verse"><div class="line-block">Down by the weir</div></div>'
    above = html(f"{talk}<blockquote>CHORUS</blockquote>{lines}{talk}<blockquote>A bell.</blockquote>{lines}{talk}")
    set_forms(above)
    assert [one.get("class") for one in above.iter("blockquote")] == ["song-title", None]


@pytest.mark.parametrize("tree", [html, xhtml])
def test_a_rule_stands_for_a_brace_beside_what_it_points_to(tree: object) -> None:
    def table(*rows: str) -> str:
        cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    assert callable(tree)
    body = tree(
        table("Oars|}|", "Ropes|}|to be tarred", "Tea||")
        + table("|{|Harl", "Left|{|Dunn")
        + table("a|{", "b|{x}")
        + table("Oil|}", "Wick|}")
    )
    set_forms(body)
    found = [[[(one.text, one.get("class")) for one in row] for row in rows] for rows in body]
    assert found[0] == [
        [("Oars", None), (None, "points-right")],
        [("Ropes", None), ("to be tarred", "points-right")],
        [("Tea", None), (None, None)],
    ]
    assert found[1] == [[(None, "points-left"), ("Harl", None)], [("Left", "points-left"), ("Dunn", None)]]
    assert found[2][0] == [("a", None), ("{", None)]
    assert found[3] == [[("Oil", "points-left")], [("Wick", "points-left")]]
    assert [row.get("class") for row in body[0]] == ["held", None, None]


def test_directions_within_a_speech_look_like_those_at_its_head() -> None:
    body = html(
        '<div class="dialogue"><p><span class="speaker">ORR.</span> <span class="stage">[Rising.]</span> Who? [Sits.] '
        "Not I [sic]. [He sleeps, <em>snoring</em>.] (Indeed.)</p></div><p>[No speech.]</p>"
    )
    set_forms(body)
    assert ["".join(one.itertext()) for one in body.iter() if one.get("class") == "stage"] == ["[Rising.]", "[Sits.]"]
    assert "".join(body.itertext()).startswith("ORR. [Rising.] Who? [Sits.] Not I [sic]. [He")
    unstopped = html(
        '<div class="dialogue"><p><span class="stage">[Rain.]</span></p><p>So it is you! [Takes her hand]</p>'
        "<p>Komm! [Sie steht auf] Nein. Ask [Miss] Orr, or [The Lamp]. [1] He [The ferryman] knows.</p></div>"
    )
    set_forms(unstopped)
    directions = [one.text for one in unstopped.iter() if one.get("class") == "stage"]
    assert directions == ["[Rain.]", "[Takes her hand]", "[Sie steht auf]"]
    within = html(
        '<div class="dialogue"><p><span class="stage">[Rain.]</span></p><p><span class="speaker">Ada.</span> Come, '
        "[Orr rises] dear … [Going to him] … but [Adam rises] not [Orr] now.</p>"
        '<p><span class="speaker">Orr.</span> No.</p></div>'
    )
    set_forms(within)
    directions = [one.text for one in within.iter() if one.get("class") == "stage"]
    assert directions == ["[Rain.]", "[Orr rises]", "[Going to him]"]
    verse = html(
        '<div class="dialogue"><p><span class="stage">[Rain.]</span></p><div class="line-block">[Listens.] Who is it,'
        "<br/>so late? [Knocking.] Come in.</div></div>"
    )
    set_forms(verse)
    assert [one.text for one in verse.iter() if one.get("class") == "stage"] == ["[Rain.]", "[Listens.]", "[Knocking.]"]
    assert "".join(verse.itertext()) == "[Rain.][Listens.] Who is it,so late? [Knocking.] Come in."
    plain = html('<div class="dialogue"><p><span class="speaker">ORR.</span> Who? [Sits.]</p></div>')
    set_forms(plain)
    assert not [one for one in plain.iter() if one.get("class") == "stage"]


def test_sections_under_the_mere_title_of_the_book_are_divisions() -> None:
    def level1(name: str, *inside: str) -> str:
        return f'<section class="level1"><h1>{name}</h1>{"".join(inside)}</section>'

    inner = '<section class="level3"><h3>Of the court</h3></section>'
    part = f'<section class="level2" id="one"><h2>Persons</h2>{inner}</section>'
    body = html(level1("The Weir: A Farce", part) + level1("Act I", "<p>Who?</p>"))
    set_forms(body, "The Weir")
    assert [one.get("class") for one in body] == ["level1 persons", "level1"]
    assert [one.tag for one in body[0]] == ["p", "h1", "section"]
    assert body[0][0].text == "The Weir: A Farce" and body[0][2][0].tag == "h2"
    for others in (level1("The Weir: A Farce", "<p>By Orr.</p>", part), level1("The Weir, Volume One", part)):
        kept = html(others + level1("The Weir, Volume Two", part))
        set_forms(kept, "The Weir")
        assert len(kept) == 2 and kept[0][0].tag == "h1"


def test_persons_of_a_play_become_a_list() -> None:
    body = html(
        "<section><h1>DRAMATIS PERSONÆ.</h1><p>ORR, <em>a miller.</em></p><p>ADA, his daughter.</p>"
        f"<p>{'The scene is laid in a mill. ' * 8}</p></section>"
    )
    set_forms(body)
    section = body[0]
    assert [one.tag for one in section] == ["h1", "ul", "p"]
    assert ["".join(item.itertext()) for item in section[1]] == ["ORR, a miller.", "ADA, his daughter."]


def test_persons_are_small_capitals_in_whatever_letters_and_list_they_stand() -> None:
    said = (f'<p><span class="speaker">{name}.</span> Oh.</p>' for name in ("Pask", "Ada"))
    acted = f'<div class="dialogue">{"".join(said)}</div>'
    body = html(
        '<section><h1>The Persons</h1><div class="entries"><ul><li>Jory Pask, J.P.</li><li>Ada, his sister</li>'
        "<li>Two Millers</li></ul></div></section>"
        '<section><h1>Orle Theatre</h1><div class="entries"><ul><li>Jory Pask, J.P.: Mr. Tamm.</li>'
        f"<li><p>Ada: Miss Lind.</p></li></ul></div></section>{acted}"
        '<div class="entries"><ul><li>Weirs, 4</li><li>Locks, 7</li></ul></div>'
    )
    set_forms(body)
    small = [one.text for one in body.iter() if one.get("class") == "person smallcaps"]
    assert small == ["Jory Pask", "Ada", "Two Millers", "Jory Pask", "Ada"]


def test_the_heading_of_a_scene_that_is_played_is_known() -> None:
    played = '<div class="dialogue"><p>Who?</p></div>'
    body = html(
        f"<section><h1>ACT I</h1><section><h2>SCENE II. A wood.</h2>{played}</section></section>"
        f"<section><h1>Erster Auftritt</h1>{played}</section><section><h1>The scene of the crime</h1>{played}</section>"
        "<section><h1>Scene of the Year</h1><p>It was told.</p></section>"
    )
    set_forms(body)
    assert [one[0].text for one in body.iter("section") if one.get("class") == "scene"] == [
        "SCENE II. A wood",
        "Erster Auftritt",
    ]


@pytest.mark.parametrize(("entries", "columns"), [(3, False), (13, True)])
def test_a_long_index_has_two_columns(entries: int, columns: bool) -> None:
    listed = "".join(f"<li>Lamp no. {n}, 4, 7<ul><li>its oil, 3</li></ul></li>" for n in range(entries))
    body = html(f'<section><h1>INDEX.</h1><div class="index"><ul>{listed}</ul></div></section>')
    set_forms(body)
    assert ["columns" in (one.get("class") or "") for one in body.iter("ul")] == [columns] + [False] * entries
    assert [one.get("class") for one in body.iter("li")] == ["main-entry", None] * entries


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        ("Weir House, 3rd October.<br>My dear Agnes,", "Weir House, 3rd October."),
        ("The Quay,<br>Sallow, 4 May 1871<br>Dear Sir,", "The Quay,Sallow, 4 May 1871"),
        ("Den Briel, 12 maart 1840<br><em>Beste</em> Anna!", "Den Briel, 12 maart 1840"),
        ("To Mr. Orrin, 4 May 1871<br>Dear Sir,", ""),
        ("The Quay, Friday.<br>Dear Son,", ""),
        ("Your loving son, 4 May<br>IVO.", ""),
    ],
)
@pytest.mark.parametrize("tree", [html, xhtml])
def test_where_and_when_a_letter_was_written_is_ranged_to_the_right(tree: object, head: str, dateline: str) -> None:
    assert callable(tree)
    body = tree(
        f'<div class="letter"><div class="line-block">{head.replace("<br>", "<br/>")}</div><p>I am well.</p></div>'
    )
    before = "".join(body.itertext()).replace("\n", "")
    set_forms(body)
    found = [one for one in body.iter() if "dateline" in one.get("class", "")]
    assert ["".join(one.itertext()) for one in found] == ([dateline] if dateline else [])
    assert "".join(body.itertext()).replace("\n", "") == before


@pytest.mark.parametrize(
    ("below", "set_so"),
    [
        (["Fog.—The lamp is lit.—A boat.", "A wick.—Oil runs out.—Who came."], [True, True]),
        (["FOG—THE LAMP IS LIT—A BOAT", "A WICK—OIL RUNS OUT—WHO CAME"], [True, True]),
        (["Fog — The lamp — A boat — A wick — Oil — Who came", "It rained."], [True, False]),
        (["Fog.—The lamp is lit.—A boat.", "It rained."], [False, False]),
        (["He came—and I saw him—and went.", "It rained—I saw it—at last."], [False, False]),
        (["He came. He saw—It was fog. It was night—She went. It was day."] * 2, [False, False]),
    ],
)
def test_what_a_chapter_tells_stands_apart_below_its_heading(below: list[str], set_so: list[bool]) -> None:
    body = html(
        "".join(
            f"<section><h1>Chapter {n}</h1><p>{text}</p><p>It was dark.</p></section>" for n, text in enumerate(below)
        )
    )
    set_forms(body)
    assert ["synopsis" in section[1].classes for section in body] == set_so
    assert not any("synopsis" in section[2].classes for section in body)
    assert body[0][1].classes >= {"capitals"} or not below[0].isupper()


def test_the_foot_of_a_letter_is_known_from_its_head() -> None:
    body = html(
        '<div class="letter"><div class="line-block">The Tower,<br>4th March.</div></div><p>Dear Mother, I am well.</p>'
        '<div class="letter"><div class="line-block">Your loving son,<br>IVO.</div></div><p>And another:</p>'
        '<div class="letter"><div class="line-block">The Quay, Friday.<br>Dear Son,</div></div>'
    )
    set_forms(body)
    assert [one.get("class") for one in body if one.tag == "div"] == ["letter", "letter closing", "letter salutation"]


def test_an_index_has_numbers_of_pages() -> None:
    text = "<section><h1>INDEX</h1><ul><li>Archive, 12</li><li>Lamp, 3, 7–9</li><li>Quay, 5 n.</li></ul></section>"
    body = html(text + text.replace(", 12", "").replace(", 3, 7–9", ""))
    set_forms(body)
    assert [one.get("class") for one in body] == ["back-index", None]
    ways = ("abcdefghijklmn", "nmlkjihgfedcba")
    lists = ("".join(f"<li>{letter}</li>" for letter in letters) for letters in ways)
    named = html("".join(f"<section><h1>Index</h1><ul>{items}</ul></section>" for items in lists))
    set_forms(named)
    assert [one.get("class") for one in named] == ["back-index", None]


@pytest.mark.parametrize("form", ["{}.—What it is.", "{} (rare).—What it is.", "{}: what it is."])
def test_headwords_of_a_dictionary_have_a_stop_or_a_dash(form: str) -> None:
    words = ("ANCHOR", "BUOY", "CABLE-END", "DECK", "EBB TIDE", "FATHOM", "GALE")
    body = html("<section>" + "".join(f"<p>{form.format(word)}</p>" for word in words) + "</section>")
    set_forms(body)
    assert [one.text for one in body.find_class("headword")] == list(words)


def test_entries_of_a_dictionary_hang_from_their_words() -> None:
    words = ("ANCHOR", "BUOY", "CABLE-END", "DECK", "EBB TIDE", "FATHOM")
    entries = [f"<p>{word}, n. What sailors <em>say</em>.</p>" for word in words]
    body = html(f"<section>{''.join(entries)}<p>An aside.</p><p><strong>Gale</strong>. Wind.</p></section>")
    set_forms(body)
    found = [one for one in body.iter() if "headword" in (one.get("class") or "")]
    assert [one.text for one in found] == [*words, "Gale"]
    assert "".join(body.itertext()).startswith("ANCHOR, n. What sailors say.BUOY, n.")
    assert [one.get("class") for one in body.iter("p")][-3:] == ["headed", None, "headed"]
    glossary = html(f"<section>{'<p>A tale.</p>' * 60}</section><section>{''.join(entries)}</section>")
    set_forms(glossary)
    assert len(glossary.find_class("headword")) == len(words)
    shuffled = html(f"<section>{''.join(reversed(entries))}</section>")
    set_forms(shuffled)
    assert not [one for one in shuffled.iter() if one.get("class")]


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("המגדל עמד על החוף (1874).", "rtl"),
        ("هذا برج على الساحل", "rtl"),
        ("The word שלום stands in an English line.", None),
        ("שלום is a word of greeting.", None),
        ("1874.", None),
    ],
)
def test_a_paragraph_from_right_to_left_says_so(words: str, direction: str | None) -> None:
    body = html(f"<p>{words}</p><div dir='ltr'><p>{words}</p></div><div class='line-block'>{words}<br>{words}</div>")
    set_forms(body)
    part_lines(body)
    assert [one.get("dir") for one in body.iter("p")] == [direction, None]
    assert [one.get("dir") for one in body.find_class("line-block")] == [direction]


def test_a_paragraph_from_left_to_right_says_so_in_a_book_of_the_other_direction() -> None:
    body = html("<h1>2. The Tern (1874)</h1><p>המגדל עמד על החוף</p><p>1874.</p>")
    set_forms(body, lang="he")
    assert [one.get("dir") for one in body] == ["ltr", None, None]


def test_a_caption_leads_to_the_table_below_it() -> None:
    caption = '<div class="caption"><p>Table 1. Oil</p></div>'
    body = html(f"{caption}<table><tr><td>4</td></tr></table>{caption}<p>A word.</p>")
    set_forms(body)
    assert [one.get("class") for one in body.iter("div")] == ["caption leads", "caption"]


@pytest.mark.parametrize(
    ("block", "lang", "set_so"),
    [
        ("<p>נר <em>The <b>T</b></em> נר נר</p>", "he", "<p>נר <em dir=ltr>The <b>T</b></em> נר נר</p>"),
        (
            "<p>נר נרנרנרנר the <em>Tern</em> of 7 נר נר</p>",
            "he",
            "<p>נר נרנרנרנר <span dir=ltr>the <em>Tern</em> of 7</span> נר נר</p>",
        ),
        (
            "<p>The <i>נר</i> נר, and <i>so</i>.</p>",
            "en",
            "<p>The <span dir=rtl><i>נר</i> נר</span>, and <i>so</i>.</p>",
        ),
        ("<p>נר נרנר (<i>T</i>, O 1, 2) נר</p>", "he", "<p>נר נרנר (<span dir=ltr><i>T</i>, O 1, 2</span>) נר</p>"),
        ("<p>נר נרנר <i>T</i> (O) נר</p>", "he", "<p>נר נרנר <span dir=ltr><i>T</i> (O)</span> נר</p>"),
        ("<p>נר נרנר <i>T</i> (18) נר</p>", "he", "<p>נר נרנר <i dir=ltr>T</i> (18) נר</p>"),
        ("<p>The lamp <i>is lit</i>.</p>", "en", "<p>The lamp <i>is lit</i>.</p>"),
        ("<p>נר נר נר the T נר</p>", "he", "<p>נר נר נר the T נר</p>"),
    ],
)
def test_pieces_of_a_line_that_run_the_other_way_stay_together(block: str, lang: str, set_so: str) -> None:
    body = html(block)
    set_forms(body, lang=lang)
    assert lxml.html.tostring(body[0], encoding="unicode").replace('"', "") == set_so


@pytest.mark.parametrize(
    ("below", "set_so"),
    [
        (["By Ada Pike", "By the Editor"], [True, True]),
        (["<em>Par L. Merle</em>", "It was dark."], [False, False]),  # one alone may say anything
        (["By the river, at night.", "By and by it rained."], [False, False]),
    ],
)
def test_who_wrote_a_piece_stands_in_the_middle_below_its_title(below: list[str], set_so: list[bool]) -> None:
    body = html("".join(f"<section><h1>Tale {n}</h1><p>{text}</p><p>So.</p></section>" for n, text in enumerate(below)))
    set_forms(body)
    assert ["byline" in section[1].classes for section in body] == set_so


def test_where_a_piece_was_printed_stands_in_the_middle_above_who_wrote_it() -> None:
    printed = ("From the Orle Packet. 3 May 1788.", "The keeper had said so, and his lamp said so too:")
    tales = "".join(f"<section><h1>Tale</h1><p>{one}</p><p>PIKE</p><p>So.</p></section>" for one in (*printed, ""))
    body = html(tales)
    set_forms(body)
    assert [[one.get("class") for one in section.iter("p")] for section in body][:2] == [
        ["undertitle", "byline capitals", None],
        [None, "byline capitals", None],
    ]


def test_who_helped_to_write_a_piece_stands_in_one_form_with_who_wrote_others_alone() -> None:
    body = html(
        "".join(
            f"<section><h1>Tale</h1><p>{by}</p><p>So.</p></section>"
            for by in ("PIKERING", "PIKERING, with VALESTONE") * 3
        )
    )
    set_forms(body)
    assert {section[1].get("class") for section in body} == {"byline capitals"}


def test_a_number_alone_is_that_of_a_fifth_line_where_other_poems_have_theirs() -> None:
    def numbers(*poems: str) -> list[str]:
        body = html("".join(f'<section><div class="line-block">{poem}</div></section>' for poem in poems))
        part_lines(body)
        return [one.text or "" for one in body.iter("span") if one.get("class") == "line-number"]

    lines = [f"line{'' if n % 5 else f'     {n}'}" for n in range(1, 11)]
    told, alone, year = "<br>".join(lines), "<br>".join(lines[:6]), "the lamp of 1803<br>is lit"
    assert numbers(told, alone) == ["5", "10", "5"]
    assert numbers(alone, year) == []
    assert numbers(told, year) == ["5", "10"]


def test_a_list_the_other_way_has_its_marks_on_the_other_side() -> None:
    body = html("<ol><li>נר ראשון</li><li><p>נר שני</p></li></ol><ul><li>one</li></ul><dl><dt>נר</dt><dd>אור</dd></dl>")
    set_forms(body, "", "en")
    assert [one.get("dir") for one in body] == ["rtl", None, "rtl"]
    body = html("<ol><li>First</li><li>נר</li><li>Third of them</li></ol><div class='verse'>נר<p>נר</p></div>")
    set_forms(body, "", "he")
    assert [one.get("dir") for one in body] == ["ltr", None]
    assert [one.get("dir") for one in body[0]] == ["ltr", "rtl", "ltr"]


def test_a_direction_that_somebody_gave_is_left_alone() -> None:
    body = html("<ul dir='ltr'><li>נר</li></ul>")
    set_forms(body, "", "en")
    assert [one.get("dir") for one in body.iter("ul", "li")] == ["ltr", None]


@pytest.mark.parametrize("tree", [html, xhtml])
def test_persons_look_the_same_in_speeches_lists_and_directions(tree: object) -> None:
    assert callable(tree)
    body = tree(
        '<section class="level1"><h1>PERSONS</h1><p>OLD PASK, who reads.</p><p>A BOY.</p><p>I, the tide.</p></section>'
        '<div class="dialogue"><p><span class="stage">[BOY comes to OLD PASK, <em>who</em> greets BOY.]</span></p>'
        '<p><span class="speaker">OLD PASK.</span> What did the BOY say?</p>'
        '<p><span class="speaker">BOY.</span> Nothing.</p><p><span class="stage">EXIT BOY.</span></p></div>'
    )
    set_forms(body)
    names = [one.text for one in body.iter() if one.get("class") == "person caps"]
    assert names == ["OLD PASK", "A BOY", "BOY", "OLD PASK", "BOY"]
    assert "[BOY comes to OLD PASK, who greets BOY.]OLD PASK. What" in "".join(body.itertext())


def test_a_curtain_and_what_describes_a_scene_stand_by_themselves() -> None:
    body = html(
        '<div class="dialogue"><p><span class="stage">SCENE</span></p></div><p>A quay.</p>'
        '<div class="dialogue"><p><span class="speaker">ORR.</span> Oh.</p><p><span class="stage">Curtain.</span></p>'
        '<p><span class="stage">[A curtain is mended.]</span></p><p><span class="stage">ACT DROP</span></p></div>'
        "<p>After it.</p>"
    )
    set_forms(body)
    assert [(one.get("class"), one.text_content()) for one in body.iter("p") if one.get("class")] == [
        ("curtain capitals", "SCENE"),
        ("stage setting", "A quay."),
        ("turn", "ORR. Oh."),
        ("curtain", "Curtain."),
        ("curtain capitals", "ACT DROP"),
    ]
    told = html('<div class="dialogue"><p><span class="stage">SCENE</span></p></div><p>A quay.</p><p>No play.</p>')
    set_forms(told)
    assert [one.get("class") for one in told.iter("p")] == ["curtain capitals", None, None]


@pytest.mark.parametrize(
    ("below", "marked"),
    [
        ("<p>A Farce in Two Acts</p><section><h2>Persons</h2></section>", True),
        ("<p>It rained.</p><section><h2>Persons</h2></section>", False),
        ("<p>A Farce in Two Acts</p><p>It rained.</p><section><h2>Persons</h2></section>", False),
        ("<p>A Farce in Two Acts</p>", False),
    ],
)
def test_a_line_between_a_title_and_its_sections_is_a_subtitle(below: str, marked: bool) -> None:
    body = html(f'<section class="level1"><h1>The Quay</h1>{below}</section>')
    set_forms(body)
    assert bool(body.find_class("undertitle")) is marked


def test_a_last_line_that_says_whose_the_verse_is_stands_to_the_right() -> None:
    space = "\u00a0"
    body = html(
        f'<div class="line-block">Who waits,<br>waits on.<br>{space * 9}—The Pilot</div>'
        f'<div class="line-block">Who waits,<br>{space * 9}—and who not?<br>waits on.</div>'
        f'<div class="line-block">{space * 9}—The Pilot</div>'
    )
    part_lines(body)
    assert [one.text_content() for one in body.find_class("line-source")] == ["—The Pilot"]


def test_the_o_of_an_ordinal_number_in_italics_is_raised_too() -> None:
    body = html("<p>1<em>o</em>. the lamp; 12<em>o</em>) the oil; an <em>o</em> and x1<em>o</em>.</p>")
    set_forms(body)
    assert [one.get("class") for one in body.iter("em")] == ["ordinal", "ordinal", None, None]


def test_the_o_of_an_ordinal_number_is_no_nought() -> None:
    body = html("<p>1o. <em>De lamp</em>; 12o. de olie, 3o het net; lamp 10. Zie 4711o. en no. 5.</p>")
    set_forms(body)
    assert [one.text for one in body.iter("span") if one.get("class") == "ordinal"] == ["o", "o", "o"]
    assert "".join(body.itertext()).startswith("1o. De lamp; 12o. de olie, 3o het net")


def test_a_closing_of_one_line_is_a_signature() -> None:
    text = "<p>It rained.</p>"
    body = html(f'{text}<div class="letter">ADA PIKE</div>{text}<div class="letter">Yours,<br>ADA PIKE</div>')
    set_forms(body)
    assert [one.get("class") for one in body.iter("div")] == ["letter closing signature", "letter closing"]


def test_letters_of_an_index_are_parted_where_each_has_several_entries() -> None:
    def ends(words: str) -> list[str]:
        entries = "".join(f"<li>{word}, 4</li>" for word in words.split())
        body = html(f"<section><h1>Index</h1><div class='entries'><ul>{entries}</ul></div></section>")
        set_forms(body)
        return [one.text or "" for one in body.iter("li") if "letter-end" in (one.get("class") or "")]

    letters = "Ales Alum Ark Ash Banks Bar Bells Boats Écart Eels Ember Fire Fog"
    assert ends(letters) == ["Ash, 4", "Boats, 4", "Ember, 4"]
    assert ends("Ales Banks Cork Dust Eels Fire Gulls Hemp Ink Jars Keel Lamp Mast") == []


@pytest.mark.parametrize(
    ("words", "dated"),
    [
        ("1840.", True),
        ("April, 1840.", True),
        ("1 Juni 1871.", True),
        ("Lowmouth, 3 mai 1838", True),
        ("New Orle, May 3rd, 1838.", True),
        ("Orle, 5 de mayo de 1838.", True),
        ("<em>März 1838</em>", True),
        ("He died in 1840.", False),
        ("The lamp was lit.", False),
    ],
)
def test_a_date_that_ends_a_piece_stands_where_names_stand(words: str, dated: bool) -> None:
    body = html(f"<section><h1>One</h1><p>{words}</p><p>So it was.</p><p>{words}</p></section>")
    set_forms(body)
    assert [one.get("class") for one in body.iter("p")] == [None, None, "closing-date" if dated else None]


def test_a_date_and_the_short_name_below_it_stand_at_the_right() -> None:
    block = '<div class="letter"><div class="line-block">1 May 1864.<br>H.</div></div>'
    body = html(f"<section><h1>One</h1><p>So it was.</p>{block}</section>")
    set_forms(body)
    assert "signature" in body.find_class("letter")[0].classes


def test_an_inscription_at_the_end_of_a_piece_stands_in_the_middle() -> None:
    rows = "<p>To</p><p>Dr. <em>Orla Mell</em></p><p>These pages are given</p><p>by</p><p>Pike.</p>"
    stone = '<div class="letter"><div class="line-block">In Memoriam<br>Orla Mell</div></div>'
    for end, count in ((rows, 5), (stone, 1), (f"{rows}<p>{'She was glad of it. ' * 9}</p>", 0)):
        body = html(f"<section><h1>One</h1><p>So it was.</p>{end}</section>")
        set_forms(body)
        assert len(body.find_class("inscribed")) == count


def test_what_stands_above_a_song_leads_to_it() -> None:
    def rows(*said: str) -> str:
        return "".join(f'<p><span class="stage">{one}</span></p>' for one in said)

    verse = '<div class="verse"><div class="line-block">The lamp is lit,<br>the oil is low.</div></div>'
    speech = '<p><span class="speaker">ANN</span> Sing.</p>'
    body = html(
        f'<section><div class="dialogue">{speech}{rows("She sits", "Song.", "Set by Mr. Tarn.", "I")}</div>{verse}'
        f'<div class="dialogue">{rows("II")}</div>{verse}</section>'
    )
    set_forms(body)
    assert [one.text_content() for one in body.iter("p") if "song-title" in one.classes] == [
        "Song.",
        "Set by Mr. Tarn.",
        "I",
        "II",
    ]
    assert ["leads" in one.classes for one in body.find_class("dialogue")] == [False, True]


def test_a_few_words_below_a_title_are_its_motto() -> None:
    def said(words: str) -> str | None:
        body = html(f"<section><h1>One</h1><blockquote><p>{words}</p></blockquote><p>So it was.</p></section>")
        set_forms(body)
        return next(body.iter("blockquote")).get("class")

    assert said("Terra ultima") == "motto"
    assert said("He said so to the gulls.") is None
    assert said("The ferry was late again that morning, and nobody on the landing") is None
