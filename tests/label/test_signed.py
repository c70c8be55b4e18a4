"""What a user may rely on: who signs a text, and when and where, at the margin or in quotation marks, is no heading."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.label import (
    acts,
    attributions,
    below_headings,
    display,
    enclosed,
    label,
    letters,
    mottos,
    passages,
    plays,
    scenes,
    sentences,
    sideheads,
    signed,
    stanzas,
    talk,
)
from pipeline.label.formulas import is_dateline, is_day
from pipeline.model import Line
from tests.label.test_overruled import LONG, read, roles

LINES = (
    "And now",
    "But then",
    "So long",
    "Too late",
    "At last",
    "Once more",
    "By night",
    "In vain",
    "For love",
    "Alone",
)
TEXT = "p|It rained on the quay all day, and nobody\np+|came to light the lamp."
NEXT = "\n\n\n\nh|CHAPTER II\n\np|It rained."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("August 13th, 17—.", True),
        ("August 26th, 17--.", True),
        ("“_26 May._", True),
        ("Den 24en Februari 1856, des avonds ten 11 ure.", True),
        ("Le 3 mai 1861", True),
        ("Tuesday evening, 4th June.", True),
        ("1.º de Junio.", True),
        ("ce 3 août 17**", True),
        ("Kestle, May 3rd, 1811.", False),  # a place, too
        ("March 3 men.", False),
        ("1861", False),
    ],
)
def test_a_day_is_told_by_its_words_alone(text: str, day: bool) -> None:
    assert is_day(text) == day


@pytest.mark.parametrize(
    "text", ["Kestle, Jan. 4th, 17—.", "Ost, 28th March, 17—.", "Ost, den 24en Februari 1856.", "OST, _June 30, 1769_."]
)
def test_a_place_and_a_day_with_its_ending_are_a_dateline(text: str) -> None:
    assert is_dateline(text)


@pytest.mark.parametrize(
    ("head", "end", "wanted"),
    [
        ("TO THE READER", "h|THE AUTHOR.", "l"),
        ("TO THE READER", "p|Juana Orr de la Rada.", "l"),
        ("TO THE READER", "p|BY ORDER OF THE HARBOUR,\n\np|Per A. O., Keeper.", "ll"),
        ("TO THE READER", "h|A. B. C. ORR.\n\np|OST, KENT, FEB. 1, 1903.", "ll"),
        ("TO THE READER", "v|Ost Rectory,\nv|November 8, 1899.", "ll"),
        ("CHAPTER I", "h|ANNA ORR.", "l"),
        ("CHAPTER I", "h|Ost-Kestle-Rada\n\nh+|1904-1911", "ll"),
        ("CHAPTER I", "p|_April_ 2, 1827.", "l"),
        ("CHAPTER I", "p|Poor Anna Orr.", "p"),  # the last words of a tale
        (
            "TO THE READER",
            "p|Your most obliged,\n\np|Obedient, humble servant,\n\nh|ANNA ORR.\n\np|Ost, May 3, 1811.",
            "llll",
        ),
        ("TO THE READER", "p|Your most obliged,\n\np|Obedient, humble servant,", "pp"),  # nobody signs
        ("TO THE READER", "p|She came.", "p"),
        ("TO THE READER", "h|II.", "h"),
        ("TO THE READER", "h|PART II.", "h"),
    ],
)
def test_what_ends_a_piece_signs_it(head: str, end: str, wanted: str) -> None:
    rows, told = read(f"h|{head}\n\n{TEXT}\n\n{end}{NEXT}")
    assert roles(told, signed.ends(rows, told))[3:-2] == wanted


def test_nobody_signs_a_play_nor_what_stands_close_to_the_next_heading() -> None:
    for above, gap in (("d|ORR. It is late, and nobody comes to\nd+|light it.", "\n\n"), (TEXT, "")):
        rows, told = read(f"h|ACT I\n\n{above}\n\nh|THE LAMP.{gap}\n\nh|ACT II\n\np|It rained.")
        assert "l" not in roles(told, signed.ends(rows, told))


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|“The boat is ready.\n\nh|“ANNA ORR.”\n\np|It rained.", "plp"),
        ("p|“The boat is ready.\n\np|“Anna Orr.\n\nh|“Ost, May 3rd, 1811.”\n\np|It rained.", "pllp"),
        (
            "p|«Le bateau est prêt.\n\np|«Bien à vous, votre\n\nh|«J. ORR,\n\nh|«_Capitaine du port._»\n\np|Il pleut.",
            "ppllp",
        ),
        ("p|“‘It is late.\n\np|“‘Very truly yours,\n\np|“‘ANNA ORR, _née_ TARN.’”\n\np|It rained.", "pllp"),
        ("p|»Het is laat.\n\np|_De havenmeester,_\n\np|ANNA ORR.«\n\np|Het regende.", "pllp"),
        ("p|Hij las.\n\nh|_»Aan den keizer._\n\nh|_Ost, den 3en Mei 1811._\n\np|Het is laat.", "plhp"),
        ('p|He read.\n\nh|"CAPTAIN A. ORR,\nh|"Of the Harbour.\n\np|"CAPTAIN:--It is late.', "pllp"),
        ('p|"Who lit it?" she asked.\n\np|"Not I."\n\np|It rained.', "ppp"),
        ('p|"Who lit it?\n\np|"No, Anna."\n\np|It rained.', "ppp"),
        ('p|It rained.\n\nh|LOG OF THE "LAMP."\n\np|It rained.', "php"),
    ],
)
def test_names_and_days_in_the_marks_of_a_letter_belong_to_it(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, enclosed.quoted(rows, told)) == wanted


def test_what_says_whose_letter_follows_is_one_thing_throughout() -> None:
    rows, told = read("\n\n".join(f"{code}|_Letter, Anna to {code}._\n\np|It rained." for code in "hphp"))
    assert roles(told, enclosed.labels(rows, told)) == "lplplplp"
    rows, told = read("\n\n".join(f"{code}|_Anna's Journal._\n\np|It rained." for code in "pphp"))
    assert roles(told, enclosed.labels(rows, told)) == "pppppppp"


def test_days_in_a_book_of_letters_are_theirs_and_in_a_diary_head_it() -> None:
    days = "\n\n".join(f"h|August {n}th, 17—.\n\np|{LONG}" for n in (13, 19))
    rows, told = read(f"h|Letter 1\n\np|{LONG}\n\nh|Letter 2\n\np|{LONG}\n\n{days}")
    assert roles(told, letters.letters(rows, told))[4:] == "lplp"
    rows, told = read(days)
    assert roles(told, letters.letters(rows, told)) == "hphp"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (f"h|WICKS\n\nv|Klein bootje,\nv|Wat doe je?\n\nh|ANNA ORR.\n\np|{LONG}", "hvvap"),
        (
            "h|WICKS\n\nv|Klein bootje,\nv|Wat doe je?\n\nh|ANNA ORR.\n\nv|Klein bootje,\nv|Wat doe je?",
            "hvvhvv",
        ),  # a poem
        (f"p|{LONG}\n\nv|Klein bootje,\nv|Wat doe je?\n\nh|OIL\n\np|{LONG}", "pvvhp"),
        (f"h|WICKS\n\nv|Klein bootje,\nv|Wat doe je?\n\nh|CHAPTER II\n\np|{LONG}", "hvvhp"),
    ],
)
def test_a_name_between_the_verse_of_an_epigraph_and_its_chapter_is_its_source(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, attributions.sources(rows, told)) == wanted


def test_names_close_below_quoted_verse_again_and_again_are_its_poets() -> None:
    entry = "p|OIL, _n._ What burns.\n\nv|    The lamp is lit,\nv|    The oil is low.\n\n{}|{}\n\n\n"
    three = "".join(entry.format(code, name) for code, name in (("p", "G.J."), ("h", "_Anna Orr_"), ("l", "Bo Tarn")))
    rows, told = read(three + "p|SALT, _n._ What is wet.")
    assert roles(told, attributions.sources(rows, told)) == "pvvapvvapvvap"
    rows, told = read(entry.format("p", "Bo Tarn") + "p|SALT, _n._ What is wet.")
    assert attributions.sources(rows, told) == {}  # once is no habit


def test_sentences_are_headings_where_several_are() -> None:
    heads = ["h|There was a lamp on the quay that nobody had lit.", "h|OIL", "h|WICKS", "h|SALT", "h|ROPE"]
    rows, told = read("\n\n".join(f"{head}\n\np|It rained." for head in heads))
    assert roles(told, sentences.alone(rows, told)) == "pphphphphp"
    rows, told = read("\n\n".join(f"{head}\n\np|It rained." for head in [*heads, heads[0].replace("lamp", "boat")]))
    assert sentences.alone(rows, told) == {}


def test_a_list_of_contents_by_another_name_has_numbers_over_their_titles() -> None:
    titles = ("Of Oil and Wicks", "Of the Long Mole", "Of Salt and Rope", "Of Those Who Came")
    rows = [f" {n}. {title}" for n, title in zip(("I", "II", "III", "IV"), titles, strict=True)]
    chapters = [
        f"{n}.\n{title}\n\n\n{textwrap.fill(LONG, 70)}\n"
        for n, title in zip(("I", "II", "III", "IV"), titles, strict=True)
    ]
    text = (
        "THE LAMP\n\nby Anna Orr\n\n\n _Herein is Told_\n\n"
        + "\n".join(rows)
        + "\n\n\n\n\n"
        + "\n\n\n\n".join(chapters)
    )
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    found = {one.line: one.role.value for one in label(lines)}
    assert [found[n] for n in (6, 8, 9, 10, 11)] == ["contents"] * 5


def test_a_dedication_of_several_rows_is_no_heading() -> None:
    rows, told = read("h|To my brother\nl|Jonas Orr, of Ost,\nl|in the hope of rain\n\n\n\nh|WICKS\n\np|It rained.")
    assert roles(told, mottos.mottos(rows, told)) == "lllhp"
    rows, told = read("h|To my brother\n\np|It rained.\n\n\n\nh|WICKS\n\np|It rained.")  # a letter, in verse or not
    assert roles(told, mottos.mottos(rows, told)) == "hphp"


def test_the_argument_of_a_book_heads_its_own_section_with_the_title_of_what_it_tells() -> None:
    text = "\n\n\n\n".join(
        f"BOOK {n}.\n\n\n\nARGUMENT.{call}\n\nTHE {what}.\n\n     The keeper of the lamp sets out, and is told\n"
        f"     that nobody comes.\n\n\n\n" + "\n".join(f"{line} the lamp is lit above the sea," for line in LINES)
        for n, what, call in (("I", "OIL", "(4)"), ("II", "WICKS", ""), ("III", "BOATS", ""))
    )
    lines = [Line(n, row) for n, row in enumerate(f"{text}\n\n\nNOTES\n\n 4 It is his own.\n".split("\n"), 1)]
    by_line = {line.number: line.text.strip() for line in lines}
    heads = [(by_line[one.line], one.level) for one in label(lines) if one.level and not one.joined]
    assert ("ARGUMENT.(4)", 2) in heads
    assert ("ARGUMENT.", 2) in heads
    assert ("BOOK I.", 1) in heads
    assert not any(words in ("THE OIL.", "THE WICKS.") for words, _ in heads)


def test_a_note_may_begin_with_a_dash_and_italics() -> None:
    body = f"THE LAMP\n\n\n{textwrap.fill(LONG, 70)}(1) And so on.(2)\n\n\n\n"
    text = f"{body}FOOTNOTES\n\n 1 --_Oil_, that is, tar.\n\n 2 So they say.\n"
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    assert [one.role.value for one in label(lines)][-2:] == ["note", "note"]


@pytest.mark.parametrize(
    ("below", "wanted"),
    [
        (("h|LE PHARE", "d|LE VIEUX QUAI"), "hhphhp"),
        (("h|LE PHARE", "p|Un quai."), "hhphpp"),  # one act has a title
        (("d|ORLA.", "d|ORLA."), "hdphdp"),  # who speaks is named again
        (("h|SCÈNE I", "h|SCÈNE II"), "hhphhp"),
    ],
)
def test_a_row_in_capitals_below_each_act_is_its_title(below: tuple[str, str], wanted: str) -> None:
    rows, told = read(
        "\n\n\n\n".join(f"h|ACTE {n}\n\n{b}\n\np|Il pleut." for n, b in zip(("I", "II"), below, strict=True))
    )
    found = told | acts.titled(rows, told)
    assert roles(told, found) == wanted
    joined = [found[row.number].goes_on for row in rows if row.text.isupper()]
    assert joined == (
        [False, True, False, True] if wanted == "hhphhp" and "SCÈNE" not in below[0] else [False] * len(joined)
    )


def test_who_is_spoken_to_below_a_name_in_a_play_is_greeted_in_no_letter() -> None:
    speech = (
        "d|HIPPOLYTE.\nd+|Madame,\nd+|le jour se lève, et la lampe est éteinte au bout du quai\nd+|depuis longtemps."
    )
    rows, told = read(f"{speech}\n\nd|ORLA.\nd+|Adieu,\nd+|HIPPOLYTE.")
    assert "l" not in roles(told, letters.letters(rows, told))


def test_short_entries_of_a_diary_are_paragraphs_as_its_long_ones_are() -> None:
    days = "\n\n".join(f"p|{n}th. It rained on the quay all day, and\np+|nobody came." for n in (9, 10, 11))
    rows, told = read(f"h|MARCH\n\n{days}\n\nh|12th. Nothing.")
    assert roles(told, sentences.entries(rows, told))[-1] == "p"
    rows, told = read(f"h|MARCH\n\n{TEXT}\n\nh|12th. Nothing.")
    assert sentences.entries(rows, told) == {}


@pytest.mark.parametrize("inset", ["", "     "])
def test_nobody_is_directed_where_nobody_speaks(inset: str) -> None:
    lines = f"{TEXT}\n\ns|{inset}[The lamp is low.]\n\n{TEXT}"
    rows, told = read(lines)
    assert roles(told, talk.unstaged(rows, told)) == ("ppqpp" if inset else "ppppp")
    rows, told = read(f"{lines}\n\nd|ORLA. Who?")
    assert talk.unstaged(rows, told) == {}


def test_paragraphs_side_by_side_are_a_table() -> None:
    pairs = (
        "p|I have no lamp, and nobody    But the moon is up, and on most\n"
        "p+|will lend me one.             nights I see the quay\n"
        "p+|                              as if by day.",
        "p|I have no boat that will      But nobody else has one,\np+|float.                        either.",
    )
    rows, told = read(f"{TEXT}\n\n" + "\n\n".join(pairs) + f"\n\n{TEXT}")
    assert roles(told, display.side_by_side(rows, told)) == "pptttttpp"
    rows, told = read(f"{TEXT}\n\n{pairs[0]}\n\n{TEXT}")  # one pair may be a spaced row
    assert display.side_by_side(rows, told) == {}
    rows, told = read("\n\n".join(["p|It rained on the quay all  day, and\np+|nobody came."] * 3))
    assert display.side_by_side(rows, told) == {}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("v|I remain,\nv|    Yours in haste,\nv|        ANNA ORR.", "lll"),
        ("v|'Tis late,\nv|    The lamp is out,\nv|        And nobody comes.", "vvv"),
        ("v|I remain,\nv|Yours in haste,\nv|ANNA ORR.", "vvv"),  # no stairs
    ],
)
def test_rows_each_farther_in_with_a_name_last_are_the_foot_of_a_letter(lines: str, wanted: str) -> None:
    rows, told = read(f"{TEXT}\n\n{lines}\n\n{TEXT}")
    assert roles(told, enclosed.quoted(rows, told))[2:-2] == wanted


TURNS = "\n\n".join(f"d|{('NORRIS.', 'VALE.')[n % 2]} So it is, and so it was on day {n}." for n in range(20))


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|Norris walks to the lamp and puts it out.", "s"),
        ("p|NORRIS and VALE go out to the quay.", "s"),
        ("p|Norris, you are late.", "d"),  # somebody says so
        ("p|Nobody comes to the lamp.", "d"),
    ],
)
def test_what_persons_of_a_play_do_between_turns_is_a_direction(lines: str, wanted: str) -> None:
    rows, told = read(f"{TURNS}\n\n{lines}\n\nd|VALE. So it is.")
    assert roles(told, scenes.turns(rows, told))[20] == wanted


def test_two_lines_far_in_below_a_name_and_a_direction_are_sung() -> None:
    song = "d|          Sad is the sea,\nd+|          Nobody lights it."
    turns = TURNS.replace(" day", "\nd+|day")
    rows, told = read(f"{turns}\n\nd|NORRIS. [Alone]\n\n{song}\n\nd|VALE. So it is.")
    assert roles(told, scenes.turns(rows, told))[41:43] == "vv"


def test_who_comes_last_in_a_list_of_persons_is_one_of_them_in_capitals_too() -> None:
    cast = "\n\n".join(f"p|{who}" for who in ("NORRIS, a keeper", "VALE, his wife", "ORM, a clerk", "TARN, a cook"))
    rows, told = read(f"h|CHARACTERS\n\n{cast}\n\nh|A SAILOR\n\n\n\nh|ACT I\n\n{TURNS}")
    assert roles(told, plays.persons(rows, told))[:7] == "hiiiiih"


def test_a_letter_that_dedicates_a_book_has_a_heading() -> None:
    said = textwrap.fill(LONG, 70)
    page = "OF LAMPS\n\nBy Anna Orr\n\nOst: Tarn Brothers, 1811"
    parts = (
        page,
        f"TO MY MOST HONOUR'D FRIEND MR. VALE\n\nHONOUR'D SIR.\n\n{said}",
        *(f"CHAPTER {n}\n\n{said}" for n in "IV"),
    )
    lines = [Line(n, row) for n, row in enumerate("\n\n\n\n\n".join(parts).split("\n"), 1)]
    found = {lines[one.line - 1].text: one.role.value for one in label(lines)}
    assert found["TO MY MOST HONOUR'D FRIEND MR. VALE"] in ("title", "heading")
    assert found["HONOUR'D SIR."] == "letter"


def test_a_saint_in_a_title_speaks_in_no_play() -> None:
    body = "".join(f"{who} So it is, and so it was on day {n}.\n\n" for n, who in enumerate(("NORRIS.", "VALE.") * 12))
    said = textwrap.fill(LONG, 70)
    text = f"PREFACE\n\n\n{said}\n\nTHE TALE OF ST. ORM\n\n{said}\n\n\n\nACT I\n\n{body}"
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    found = {lines[one.line - 1].text: one.role.value for one in label(lines)}
    assert found["THE TALE OF ST. ORM"] != "dialogue"


def slanted(words: tuple[str, ...], code: str = "p", text: str = f"p|{LONG}") -> str:
    return "\n\n".join(f"{code}|_To trim {what}._\n\n{text}" for what in words)


WHAT = ("wicks", "lamps", "oars", "rope", "tar", "salt")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (slanted(WHAT), "hp" * 6),
        (slanted(WHAT[:4]), "pp" * 4),  # few
        (slanted(("wicks",) * 6), "pp" * 6),  # what comes back
        (slanted(WHAT[:3]) + "\n\n" + slanted(WHAT[3:], "h"), "pp" * 3 + "hp" * 3),  # the form has been weighed
        (f"{slanted(WHAT)}\n\nd|ORLA. Who?", "pp" * 6 + "d"),
        (slanted(WHAT, text="v|The lamp is lit,\nv|The oil is low."), "pvv" * 6),
    ],
)
def test_many_rows_in_italics_over_prose_are_side_heads(text: str, wanted: str) -> None:
    rows, told = read(text)
    assert roles(told, sideheads.heads(rows, told)) == wanted


def test_numbers_of_stanzas_far_to_the_right_sign_no_verse() -> None:
    verse = "v|The lamp is lit,\nv|The oil is low."
    rows, told = read(f"{verse}\n\nv|                              II\n\n{verse}\n\nv|                    ANNA ORR")
    assert roles(told, passages.sources(rows, told)) == "vvvvva"


def test_sections_that_come_back_in_each_piece_name_no_author() -> None:
    months = ("JANUARY", "MARCH", "MAY", "JULY")
    below = "h|WICKS AND OIL.\n\np|It rained.\n\n\nh|BOATS.\n\np|It rained.\n\n\nh|ROPES.\n\np|It rained."
    rows, told = read("\n\n\n\n".join(f"h|{month}.\n\n{below}" for month in months))
    assert below_headings.by_lines(rows, told) == {}


def test_what_is_said_behind_a_dash_is_no_heading() -> None:
    rows, told = read(f"h|II\n\nh|--Qui est là, dit Orla.\n\np|{LONG}")
    assert roles(told, sentences.prose(rows, told, False)) == "hpp"


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [("hqv", "vvv"), ("hhv", "hhh"), ("hhh", "hhh"), ("hv", "hv"), ("pvvv", "vvvv")],
)
def test_numbers_of_stanzas_are_one_thing_throughout(codes: str, wanted: str) -> None:
    verse = "v|The lamp is lit,\nv|The oil is low."
    rows, told = read("\n\n".join(f"{code}|   {n}.[{n}]\n\n{verse}" for n, code in enumerate(codes, 1)))
    assert roles(told, stanzas.numbers(rows, told))[::3] == wanted
