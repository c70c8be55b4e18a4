"""What stands in front: the rest of a title page, dedications, lists of numbers, and who signs a preface."""

from textwrap import indent

import pytest

from pipeline.label import label
from pipeline.label.front import on_title_page
from pipeline.model import Line, Role
from tests.label.test_headings import PROSE, book, headings

FRONT = "THE KETTLE BOOK\n\nBy Orla Penn\n\nTarn and Sons, Publishers\n\n"
DEDICATION = (
    "To the beloved memory of her who lit the lamp on the long mole, and\nin part was the lamp, of all that is best "
    "in it, and whose oil it was\nthat was burnt.\n\n\n"
)
CHAPTERS = book("CHAPTER I.\n\n", "\n\n\n\nCHAPTER II.\n\n", "\n\n\n\nCHAPTER III.\n\n")


def of(text: str) -> list[tuple[str, Role, bool]]:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return [(lines[one.line - 1].text.strip(), one.role, on_title_page(one)) for one in label(lines)]


@pytest.mark.parametrize("row", ["New York and Melbourne", "1910"])
def test_a_place_or_a_year_above_a_dedication_is_of_the_title_page(row: str) -> None:
    text = f"{FRONT}\n\n{row}\n\n\n{DEDICATION}\n\n{CHAPTERS}"
    assert (row, Role.LETTER, True) in of(text)


def test_years_that_head_the_parts_of_a_text_are_not_of_the_title_page() -> None:
    years = "\n\n\n\n".join(f"{year}\n\n{PROSE}" for year in (1910, 1911, 1912))
    assert (1, "1910") in headings(f"THE KETTLE BOOK\n\nBy Orla Penn\n\n\n\n{years}")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Contents\n\nI\nII\nIII\n\n\n{}", ("Contents", "I", "II", "III")),
        ("Contents\n\n - 1 -\n - 2 -\n - 3 -\n\n\n{}", ("Contents", "- 1 -", "- 2 -", "- 3 -")),
    ],
)
def test_a_list_of_contents_may_be_but_numbers(text: str, rows: tuple[str, ...]) -> None:
    signs = [row.strip("- ") for row in rows[1:]]
    verse = "  The lamp is lit, and no one climbs the stair,\n  The oil is paid for, and the wick is spare;"
    body = verse + "\n\n\n\n" + "\n\n\n\n".join(f"{sign}\n\n{PROSE}" for sign in signs)
    found = of(FRONT + "\n\n" + text.format(body))
    assert tuple(row for row, role, _ in found if role is Role.CONTENTS) == rows
    assert (verse.split("\n")[0].strip(), Role.VERSE, False) in found


@pytest.mark.parametrize("rows", ["TO\n\nMy Aunt", "Once more\nto\nOrla", "À\n\nMA TANTE"])
def test_whom_a_book_is_for_heads_nothing(rows: str) -> None:
    text = f"{FRONT}\n\n\nPREFACE\n\n{PROSE}\n\n\n\n{rows}\n\n\n\n{CHAPTERS}"
    assert {role for row, role, _ in of(text) if row in rows.split("\n")} == {Role.LETTER}


@pytest.mark.parametrize("name", ["ORLA PENN.", "The Keeper of the Lamp"])
def test_who_signs_a_preface_stands_closer_to_it_than_to_the_next_heading(name: str) -> None:
    text = f"{FRONT}\n\n\nTHE KEEPER TO THE READER\n\n{PROSE}\n{PROSE}\n\n{name}\n\n\n\n\n{CHAPTERS}"
    assert next(role for row, role, _ in of(text) if row == name) is not Role.HEADING
    assert (1, name) not in headings(text)


def test_a_part_close_below_a_credit_heads_the_chapters_that_are_called_so() -> None:
    parts = "\n\n\n\n\n".join(
        f"{PROSE}\n{name.upper()}\n\n\n\n" + "\n\n\n".join(f"{name}: Canto {sign}\n\n{PROSE}" for sign in ("I", "II"))
        for name in ("Kettle", "Bridge")
    )
    assert [text for _, text in headings(f"{FRONT}\n\n{parts}") if text.isupper()][1:] == ["KETTLE", "BRIDGE"]


@pytest.mark.parametrize("greeting", ["HONOR'D SIR.", "Right Honourable Friend,", "MOST WORTHY LORDS:"])
def test_old_greetings_head_nothing(greeting: str) -> None:
    text = f"{FRONT}\n\n\nTO MY FRIEND MR. PENN\n\n{greeting}\n\n{PROSE}\n\n\n\n\n{CHAPTERS}"
    assert (greeting, Role.LETTER, False) in of(text)


@pytest.mark.parametrize(
    "rows",
    [
        "BOOK ONE: 1811\n\nCHAPTER I\n\nCHAPTER II\n\nBOOK TWO: 1811 - 12\n\nCHAPTER I\n\nCHAPTER II",
        " THE AUTHOR TO THE READER\n OF OIL\n CHAPTER I. OF THE MANY KINDS OF KETTLES THERE ARE, AND BY WHAT MEANS\n"
        " THEY ARE FILLED\n CHAPTER II. OF LAMPS THAT ARE LIT IN THE MORNING, AND WHY THEY WENT\n OUT\n OF WICKS",
    ],
    ids=("years behind the names of parts", "entries that go on below"),
)
def test_the_contents_are_a_list_to_their_end(rows: str) -> None:
    heads = [row.strip() for row in rows.split("\n") if row.strip() and row.strip() not in ("THEY ARE FILLED", "OUT")]
    text = "\n\n\n\n\n".join(head if head.startswith("BOOK") else f"{head}\n\n{PROSE}" for head in heads)
    found = of(f"{FRONT}\n\nContents\n\n{rows}\n\n\n\n\n{text}")
    listed = [row for row, role, _ in found if role is Role.CONTENTS]
    assert listed == ["Contents", *(row.strip() for row in rows.split("\n") if row.strip())]


@pytest.mark.parametrize("text", ["One evening Ruth came home.", "The rope was wet again.\nNobody minded."])
def test_a_sentence_above_the_first_chapter_is_no_title(text: str) -> None:
    found = of(f"{text}\n\n{CHAPTERS}")
    assert found[0][1:2] == (Role.PARAGRAPH,)


def test_a_sentence_may_be_a_title_where_somebody_wrote_it() -> None:
    assert of(f"It never rains here.\n\nby\n\nORLA PENN\n\n\n\n\n{CHAPTERS}")[0][1] is Role.TITLE


def test_a_list_of_contents_counts_from_its_first_entry() -> None:
    names = ["The Ferry", "The Lamp", "The Rope", "The Weir", "The Bell", "The Oar", "The Keeper", "The Net"]
    signs = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    rows = [f"{sign}. {name}" for sign, name in zip(signs, names, strict=True)]
    heads = [f"{'TALE ' * (n < 3)}{row.upper()}" for n, row in enumerate(rows)]
    text = "\n\n\n\n".join(f"{head}\n\n{PROSE}" for head in heads)
    page = "TALES OF THE QUAY\n\nby\n\nORLA PENN\n\n\n\n"
    found = of(page + "".join(f"{row:>24}\n" for row in rows) + f"\n\n\n\n{text}")
    assert [row for row, role, _ in found if role is Role.CONTENTS] == rows


HALF = "THE KETTLE BOOK\n\n_A Tale_\n\nBY\n\nORLA PENN\n\n\n\n\n"


@pytest.mark.parametrize(
    ("text", "half"),
    [
        (f"PREFACE\n\n{PROSE}\n\n\n\nTHE KETTLE BOOK\n\n\nINTRODUCTION\n\n{PROSE}\n\n\n\n{CHAPTERS}", True),
        (f"PREFACE\n\n{PROSE}\n\n\n\nTHE KETTLE BOOK\n\n\n{CHAPTERS}", True),
        (f"THE KETTLE BOOK\n\n\n{CHAPTERS}\n\n\n\nTHE BRIDGE\n\n\n{CHAPTERS}", False),
        (f"THE KETTLE BOOK\n\n{PROSE}\n\n\n\n{CHAPTERS}", False),
        (f"{CHAPTERS}\n\nTHE KETTLE BOOK.\n\n\n\nCHAPTER IV.\n\n{PROSE}", False),
    ],
    ids=("above an introduction", "behind a preface", "the first of two tales", "over text", "what is said at the end"),
)
def test_the_title_of_the_book_right_above_a_heading_is_its_half_title(text: str, half: bool) -> None:
    found = of(HALF + text)
    assert (("THE KETTLE BOOK", Role.LETTER, True) in found) is half


@pytest.mark.parametrize("between", ["", "     _He who lights a lamp\n     is seen by it._\n\n\n\n"])
def test_the_title_of_a_part_stands_once_more_over_its_first_chapter(between: str) -> None:
    rows = "THE KETTLE BOOK\n\nWORDS AND PHRASES.\n\nSECOND PRINTING.\n\n\nP. R. OSIER--UPPER SALLOW--1906.\n\n\n\n\n"
    page = indent(f"{rows}WORDS AND PHRASES.\n\n\n\n\n", " " * 20)
    text = f"{CHAPTERS}\n\n\n\n\n{page}{between}WORDS AND PHRASES.\n\n\n{CHAPTERS}"
    found = [role for row, role, _ in of(HALF + text) if row == "WORDS AND PHRASES."]
    assert found[-1] in (Role.TITLE, Role.HEADING)
    assert found[-2] is Role.LETTER


def test_a_second_list_of_contents_tells_what_is_in_each_chapter() -> None:
    names = ("OF KETTLES.", "OF LAMPS.", "OF OIL.")
    first = "".join(f" {n}. {name}\n\n" for n, name in enumerate(names, 1))
    second = "".join(
        f"CHAPTER {n}. {name}\n\nHow they are made. What they cost. Rust.\n\n" for n, name in enumerate(names, 1)
    )
    text = "\n\n\n\n\n".join(
        f"CHAPTER {n}.\n{name}\n\nHow they are made. What they cost, and why.\nRust. Of the keeper. Of rain.\n\n{PROSE}"
        for n, name in enumerate(names, 1)
    )
    whole = f"{FRONT}\n\nContents\n\n{first}\nDETAILED CONTENTS. OF KETTLES AND LAMPS.\n\n\n{second}\n\n\n{text}"
    listed = [row for row, role, _ in of(whole) if role is Role.CONTENTS]
    assert listed[0] == "Contents" and listed[-1] == "How they are made. What they cost. Rust."
    assert [text for level, text in headings(whole) if level == 1][-3:] == [
        f"CHAPTER {n}. | {name}" for n, name in enumerate(names, 1)
    ]


def test_the_papers_of_several_authors_have_names_and_a_greeting_below_their_titles() -> None:
    papers = "\n\n\n\n\n".join(
        f"LAMPMAN No. {n}\n\nOf {thing}\n\nFor the Tarn Packet.\n\nFriday, May {n}, 1790\n\n{name}\n\n\n"
        f"To the People of Tarn:\n\n{PROSE}\n\n{PROSE}"
        for n, (thing, name) in enumerate(
            (("Oil", "PENN"), ("Wicks", "ORR"), ("Rain", "PENN AND ORR"), ("Rust", "ORR")), 1
        )
    )
    heads = [text for _, text in headings(f"THE LAMPMAN\n\nBy Ann Penn and Bo Orr\n\n\n\n\n{papers}")]
    assert heads[1:] == [f"LAMPMAN No. {n} | Of {thing}" for n, thing in enumerate(("Oil", "Wicks", "Rain", "Rust"), 1)]


def test_a_part_and_its_first_chapter_are_two_where_the_contents_have_both() -> None:
    rows = "Part I: The Lamps\n\n01. How They Are Lit\n02. What They Burn\n\nPart II: The Boats\n\n03. Who Owns Them\n"
    text = (
        f"PART I\n\nTHE LAMPS\n\nHOW THEY ARE LIT\n\n\n{PROSE}\n\n\n\nWHAT THEY BURN\n\n\n{PROSE}\n\n\n\n"
        f"PART II\n\nTHE BOATS\n\n\nWHO OWNS THEM\n\n\n{PROSE}"
    )
    assert headings(f"{FRONT}\n\nCONTENTS\n\n{rows}\n\n\n\n{text}")[1:] == [
        (1, "PART I | THE LAMPS"),
        (2, "HOW THEY ARE LIT"),
        (2, "WHAT THEY BURN"),
        (1, "PART II | THE BOATS"),
        (2, "WHO OWNS THEM"),
    ]


def test_a_mark_before_an_entry_of_the_contents_is_no_depth() -> None:
    names = ("A Lamp on the Quay", "“Ahoy! Ahoy!”", "Song of the Oil")
    listed = "".join(f"{' ' * (5 + (n > 1))}{name}\n" for n, name in enumerate(names))
    text = "\n\n\n\n".join(f"{name}\n\n{PROSE}" for name in names)
    assert [level for level, _ in headings(f"{FRONT}\n\nCONTENTS\n\n{listed}\n\n\n\n{text}")[1:]] == [1, 1, 1]


def test_the_title_of_one_unbroken_page_is_its_first_row() -> None:
    rows = ("          The Book of Lamps", "   Translated from the Old Tarnish of Bo Orr by", "          Ann Penn")
    page = "\n".join((*rows, "       Tarn and Sons", ""))
    found = of(f"{page}\n\n\n\n\nPREFACE\n\n{PROSE}\n\n\n\n{CHAPTERS}")
    assert found[:2] == [
        ("The Book of Lamps", Role.TITLE, False),
        ("Translated from the Old Tarnish of Bo Orr by", Role.LETTER, True),
    ]


def test_who_wrote_the_introduction_is_of_the_title_page_where_that_follows() -> None:
    page = "THE LAMP\n\nBY ORLA PENN\n\nINTRODUCTION BY BO ORR\n\nTARN AND SONS, INC.\nPUBLISHERS      TARN\n\n\n\n"
    text = f"{page}\nINTRODUCTION\n\n{PROSE}\n\n\n\n\n{CHAPTERS}"
    assert ("INTRODUCTION BY BO ORR", Role.LETTER, True) in of(text)
    assert [one for _, one in headings(text)][:2] == ["THE LAMP", "INTRODUCTION"]


def test_rows_that_stand_again_one_by_one_are_contents_without_a_name() -> None:
    names = (
        "The First Book of Lamps",
        "The Second Book of Lamps",
        "The Song of Oil",
        "The Letter of Bo to the Tarnish",
    )
    text = "\n\n\n\n".join(f"{name}\n\n\n{PROSE}" for name in names)
    found = of("The Old Book of Tarn\n\n" + "\n\n".join(names) + f"\n\n\n{text}")
    assert [row for row, role, _ in found if role is Role.CONTENTS] == [*names]


@pytest.mark.parametrize(
    "opening",
    [
        "“Good night, then!” said Orla.",
        "“Put it out!” I called; “there is oil enough for nobody,\nand for nobody’s boat.”",
        "“And what if the lamp had been lit, as we know it would have been, and\nthe boats had come in by it:--",
        "ORLA -- At the window. Who is it?\n\nQUINT -- Outside. It is I.\n\nORLA -- Come in.",
        "The lamp is lit, the tide is in,\nAnd nobody has gone to bed,\n\nFor who can sleep when boats begin\nTo call",
        "“And what then?”\n\n“Then it was lit.”",
        f"{' ' * 50}_6 September._\n{' ' * 44}_My dear Orla,_",
    ],
)
def test_a_text_that_begins_without_a_title_has_none(opening: str) -> None:
    told = of(f"{opening}\n\n{PROSE}\n\n{PROSE}\n\n\n\n{CHAPTERS}")
    assert not any(page for _, _, page in told)
    assert next(words for words, role, _ in told if role is Role.TITLE) == "CHAPTER I."


def test_a_title_may_greet() -> None:
    told = of(f"Dear Ferryman\n\nBy Orla Penn\n\n\n\n{CHAPTERS}")
    assert told[0] == ("Dear Ferryman", Role.TITLE, False)
    assert told[1][2]
