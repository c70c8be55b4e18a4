"""Headings as old books write them: numbers in words, lists of contents by other names, half titles, page numbers."""

import re

import pytest

from pipeline.label import label
from pipeline.label.front import HALF_TITLE, on_title_page
from pipeline.label.furniture import braces_pages
from pipeline.markup.forms import form_of_text
from pipeline.model import Line, Role
from pipeline.parts import CONTENTS, END, FRONT_OR_BACK, NAMED
from tests.label.test_headings import PROSE, book, headings

TITLES = ("Of a Kettle, and who owned it", "Of a Bridge, and who did not", "Of the Lamp on the Stair")


def of(text: str, role: Role) -> list[str]:
    """Return the lines that have a role."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return [lines[one.line - 1].text.strip() for one in label(lines) if one.role is role]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            book(
                f"CHAPTER THE FIRST,\n_{TITLES[0]}._\n\n",
                f"\n\n\nCHAPTER THE SECOND,\n_{TITLES[1]}._\n\n",
                f"\n\n\nCHAPTER THE THIRD, AND LAST,\n_{TITLES[2]}._\n\n",
            ),
            [
                (1, f"CHAPTER THE {number}, | _{title}._")
                for number, title in zip(("FIRST", "SECOND", "THIRD, AND LAST"), TITLES, strict=True)
            ],
            id="a comma behind the number, the title right below",
        ),
        pytest.param(
            "THE BOOK OF KETTLES\n\n\n\nCONTENTS\n\nCHAPTER THE FIRST,\nOf a Kettle\n\n"
            "CHAPTER THE SECOND,\nOf a Bridge\n\n\n\n\n"
            + book("CHAPTER THE FIRST,\n\n_Of a Kettle._\n\n", "\n\n\n\nCHAPTER THE SECOND,\n\n_Of a Bridge._\n\n"),
            [
                (1, "THE BOOK OF KETTLES"),
                (1, "CHAPTER THE FIRST, | _Of a Kettle._"),
                (1, "CHAPTER THE SECOND, | _Of a Bridge._"),
            ],
            id="what the contents have below a number is its title",
        ),
        pytest.param(
            book(
                "EERSTE HOOFDSTUK.\n\n_De ketel._\n\n",
                "\n\n\nTWEEDE HOOFDSTUK.\n\n_De brug._\n\n",
                "\n\n\nDERDE EN LAATSTE HOOFDSTUK.\n\n_De lamp._\n\n",
            ),
            [
                (1, "EERSTE HOOFDSTUK. | _De ketel._"),
                (1, "TWEEDE HOOFDSTUK. | _De brug._"),
                (1, "DERDE EN LAATSTE HOOFDSTUK. | _De lamp._"),
            ],
            id="the third and last",
        ),
        pytest.param(
            book(
                "\n\n\nГлава первая\n\n\n",
                "\n\n\nГлава вторая\n\n\n",
                "\nГлава третья, въ которой чайникъ кипитъ\n\n",
                "\n\n\nГлава четвёртая\n\n\n",
            ),
            [
                (1, "Глава первая"),
                (1, "Глава вторая"),
                (1, "Глава третья, въ которой чайникъ кипитъ"),
                (1, "Глава четвёртая"),
            ],
            id="one of several chapters goes on behind a comma",
        ),
        pytest.param(
            book(
                "PREFACE\n\n",
                "\n\n\n\n1812.\n\n\nNOVEMBER.\n\n",
                "\n\n\nDECEMBER.\n\n",
                "\n\n\n\n1813.\n\n\nJANUARY.\n\n",
                "\n\n\nNOVEMBER.\n\n",
            ),
            [
                (1, "PREFACE"),
                (1, "1812."),
                (2, "NOVEMBER."),
                (2, "DECEMBER."),
                (1, "1813."),
                (2, "JANUARY."),
                (2, "NOVEMBER."),
            ],
            id="months below years",
        ),
    ],
)
def test_chapters(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


TALES = ("The Kettle on the Wall", "A Bridge in Winter", '"Do Not Ring"', "What the Lamp Said")


@pytest.mark.parametrize("name", ["THE TALES\n\n", ""])
def test_a_list_of_contents_by_another_name(name: str) -> None:
    listed = "".join(f"          {title}\n" for title in TALES)
    text = f"A WALL OF KETTLES\n\n_by_ Orla Penn\n\nLONDON 1904\n\n          {name}{listed}\n\n\n\n" + book(
        *(f"\n\n\n{title}\n{'(_A Fragment_)' if title == TALES[1] else ''}\n\n" for title in TALES)
    )
    assert [words for _, words in headings(text)] == [
        "A WALL OF KETTLES",
        TALES[0],
        f"{TALES[1]} | (_A Fragment_)",
        *TALES[2:],
    ]
    assert of(text, Role.CONTENTS) == [*([name.strip()] if name else []), *TALES]


def test_a_list_of_contents_at_the_end_with_heads_over_its_columns() -> None:
    names = ("De ketel van tante Mie", "Een brug in den winter", "Wat de lamp vertelde")
    rows = "".join(
        f"   {sign:>3}. {name:<40}{page:>4}\n"
        for sign, name, page in zip(("I", "II", "III"), names, (1, 20, 41), strict=True)
    )
    text = (
        book(
            *(
                f"\n\n\n\nHOOFDSTUK {sign}\n\n_{name}._\n\n\n"
                for sign, name in zip(("I", "II", "III"), names, strict=True)
            )
        )
        + f"\n\n\nINHOUD.\n\n  HOOFDSTUK.                                     BLZ.\n\n{rows}"
    )
    assert of(text, Role.CONTENTS)[:2] == ["INHOUD.", "HOOFDSTUK.                                     BLZ."]
    assert len(of(text, Role.CONTENTS)) == 2 + len(names)


@pytest.mark.parametrize(
    ("chapters", "half"),
    [
        pytest.param(("I", "II", "III"), True, id="over the first chapter"),
        pytest.param(("I", "II", "III", "I", "II"), False, id="the first of several tales"),
    ],
)
def test_a_half_title_is_no_division(chapters: tuple[str, ...], half: bool) -> None:
    head = "THE KETTLE\n\n_A Tale_\n\nBY\n\nORLA PENN\n\n\n\n\nTHE KETTLE\n\n"
    second = "THE BRIDGE\n\n"
    tales = [f"\n\n\n\n{second if n == 3 else ''}CHAPTER {sign}\n\n\n" for n, sign in enumerate(chapters)]
    text = head + book(tales[0].lstrip("\n"), *tales[1:])
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    rules = {reason.rule for one in label(lines) for reason in one.reasons}
    assert (HALF_TITLE in rules) is half


def test_a_part_right_below_the_title_opens_the_text() -> None:
    text = (
        "A HISTORY OF THE FERRY\n\n\nBY\n\nORLA PENN, LL.D.\n\nVOLUME THE SECOND\n\n\n\n"
        "BOOK III.\n\nFROM THE FLOOD TO THE BRIDGE.\n\n\n\n"
        + book(
            "CHAP. I.\n\n",
            "\n\n\nCHAP. II.\n\n",
            "\n\n\n\nBOOK IV.\n\nTHE BRIDGE.\n\n\n\nCHAP. I.\n\n",
            "\n\n\nCHAP. II.\n\n",
        )
    )
    assert [one for one in headings(text) if one[1].startswith("BOOK")] == [
        (1, "BOOK III. | FROM THE FLOOD TO THE BRIDGE."),
        (1, "BOOK IV. | THE BRIDGE."),
    ]


def test_a_title_page_goes_on_below_its_motto() -> None:
    text = (
        "THE KETTLE\n\n_A Tale_\n\nBY\n\nORLA PENN\n\n"
        '      "Who puts the kettle on the fire, will find it singing by and by."\n'
        "                                              OLD SONG.\n\n"
        "                    LONDON:\n        TRANTER AND SONS, LOW STREET.\n\n                    1824.\n\n\n\n\n"
        + book("CHAPTER I\n\n\n", "\n\n\n\nCHAPTER II\n\n\n")
    )
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    page = [lines[one.line - 1].text.strip() for one in label(lines) if on_title_page(one)]
    assert page[-3:] == ["LONDON:", "TRANTER AND SONS, LOW STREET.", "1824."]


def test_what_has_the_room_of_headings_is_one() -> None:
    letters = ("Miss PENN to Mrs. ROE.", "Mrs. ROE to Miss PENN.", "Mr. ROE to his WIFE.", "The SAME to the SAME.")
    text = book(
        *(f"\n\n\n\n{head}\n\n" for head in letters),
        "\n\n\n\nCaptain TRANTER, Esq. to his MOTHER.\n\n",
        "\n\n\n\nMiss PENN to Mrs. ROE.\n\n",
        "\n\n\n\nCONCLUSION, by the Editor.\n\n",
    )
    assert [words for _, words in headings(text)][-3:] == [
        "Captain TRANTER, Esq. to his MOTHER.",
        "Miss PENN to Mrs. ROE.",
        "CONCLUSION, by the Editor.",
    ]


@pytest.mark.parametrize(
    ("texts", "pages"),
    [
        (["{3}The ferry", "and then {4} it", "{7}", "{8}", "the {15}end"], True),
        (
            ["as he says,{1} and", "again{2} and{3}", "so{4}", "{1} Penn, p. 3.", "{2} Roe.", "{3} Roe.", "{4} Roe."],
            False,
        ),
        (["{3}The ferry", "{4} went"], False),
    ],
)
def test_figures_in_braces_are_pages_where_each_is_higher(texts: list[str], pages: bool) -> None:
    assert braces_pages(texts) is pages


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        (["The ferry went.", "> From: the Harbour", "It came back.", "**Day 1.**", *["It went again."] * 20], ""),
        (["> Who waits, waits.", "", "**Penn**", "", "> Who goes, goes.", "", "**Roe**"], "Markdown"),
        (["# Ferries", "", "> Who waits, waits.", *["It went again."] * 20], "Markdown"),
    ],
)
def test_quoting_and_bold_alone_make_no_markdown(rows: list[str], form: str) -> None:
    found = form_of_text([Line(number, row) for number, row in enumerate(rows, 1)])
    assert (found[0].name if found else "") == form


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (NAMED, "CHAPTER THE LAST"),
        (NAMED, "DERNIER CHAPITRE"),
        (NAMED, "ДѢЙСТВІЕ ПЕРВОЕ"),
        (NAMED, "FIRST SCHEDULE."),
        (FRONT_OR_BACK, "APPENDIX, No. II"),
        (FRONT_OR_BACK, "ПРИМѢЧАНІЯ"),
        (CONTENTS, "ОГЛАВЛЕНІЕ"),
        (END, "КОНЕЦЪ"),
    ],
)
def test_words_of_headings(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.match(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            book(
                "\n\n\n\nA WALL OF KETTLES\n\n\n",
                "\n\n\n\nTHE ENEMIES OF MY AUNT\n\nMR. ROE\n\n",
                "\n\nTHE BISHOP OF OST\n\n",
                "\n\nA MAN IN A BOAT\n\n",
                "\n\n\n\nON ENDING A BOOK\n\n\n",
            ),
            [
                (1, "A WALL OF KETTLES"),
                (1, "THE ENEMIES OF MY AUNT"),
                (2, "MR. ROE"),
                (2, "THE BISHOP OF OST"),
                (2, "A MAN IN A BOAT"),
                (1, "ON ENDING A BOOK"),
            ],
            id="the first section right below its head",
        ),
        pytest.param(
            book(
                "PREFACE\n\n",
                "\n\n\n\nI\n\nMORNING\n\n\n\nI\n\nTHE KETTLE\n\n\n",
                "\n\n\n\nII\n\nTHE LAMP\n\n\n",
                "\n\n\n\nII\n\nEVENING\n\n\n\nI\n\nTHE BRIDGE\n\n\n",
                "\n\n\n\nII\n\nTHE FERRY\n\n\n",
            ),
            [
                (1, "PREFACE"),
                (1, "I | MORNING"),
                (2, "I | THE KETTLE"),
                (2, "II | THE LAMP"),
                (1, "II | EVENING"),
                (2, "I | THE BRIDGE"),
                (2, "II | THE FERRY"),
            ],
            id="numbers over numbers that begin again",
        ),
        pytest.param(
            book(
                "\n\n\nCHAPTER I\n\n",
                "\n\n\nCHAPTER II\n\n",
                "\n\nTHE OLD COUNTESS\n\n",
                "\n\nM. DE TRANTER\n\n",
                "\n\n\nCHAPTER III\n\n",
            ),
            [
                (1, "CHAPTER I"),
                (1, "CHAPTER II"),
                (2, "THE OLD COUNTESS"),
                (2, "M. DE TRANTER"),
                (1, "CHAPTER III"),
            ],
            id="sections of one chapter, one of a Monsieur",
        ),
        pytest.param(
            book(
                "\n\n\n\nI\n\nLA CLOCHE\n\n\n", "\n\n\n\nII\n\nLE PONT\n\n\n", "\n\n\n\nIII\n\nDERNIER CHAPITRE\n\n\n"
            ),
            [(1, "I | LA CLOCHE"), (1, "II | LE PONT"), (1, "III | DERNIER CHAPITRE")],
            id="the last chapter has its number, too",
        ),
        pytest.param(
            "FOUR TALES\n\n_by_ Orla Penn\n\n\n\n\n"
            + book(
                *(
                    f"\n\n\n\n{title}\n\n{kind}\n\n\n\n\n{title}\n\n\n"
                    for title, kind in (("THE KETTLE", "A TALE"), ("THE BRIDGE", "A COMEDY"), ("THE LAMP", "A LEGEND"))
                )
            ),
            [(1, "FOUR TALES"), (1, "THE KETTLE | A TALE"), (1, "THE BRIDGE | A COMEDY"), (1, "THE LAMP | A LEGEND")],
            id="titles on pages of their own, and once more",
        ),
        pytest.param(
            book("\n\n\n\nPREFACE\n\n").rstrip()
            + "\n\nO. PENN.\n\n\n\n"
            + book("CHAPTER I\n\n\n", "\n\n\n\nCHAPTER II\n\n\n"),
            [(1, "PREFACE"), (1, "CHAPTER I"), (1, "CHAPTER II")],
            id="who signs the preface",
        ),
        pytest.param(
            book(
                "PREFACE\n\n",
                "\n\n\n\nPEAL ONE\n\nTHE KETTLE\n\n",
                "\n\n\n\nPEAL TWO\n\nTHE END OF IT\n\n",
                "\n\n\n\nPEAL THREE\n\nTHE LAMP\n\n",
            ),
            [
                (1, "PREFACE"),
                (1, "PEAL ONE | THE KETTLE"),
                (1, "PEAL TWO | THE END OF IT"),
                (1, "PEAL THREE | THE LAMP"),
            ],
            id="an end that is none",
        ),
        pytest.param(
            book(
                "\n\nCHAPTER I\n\n",
                '\n"I never rang it, sir."\n\n',
                "\n\nCHAPTER II\n\n",
                '\n"So they said of the lamp."\n\n',
            ),
            [(1, "CHAPTER I"), (1, "CHAPTER II")],
            id="what somebody says",
        ),
    ],
)
def test_levels_and_titles(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


def test_the_contents_end_where_the_text_begins() -> None:
    listed = (
        "CONTENTS.\n\nCHAPTER I. OF KETTLES                     1-4\n"
        "CHAPTER II. OF BRIDGES                    5-9\nTABLES.\n\n\n"
    )
    definition = (
        "1. A kettle.--A _kettle_ is a vessel with one opening through which the\n"
        "water goes in, and another by which it leaves.\n\n"
    )
    text = f"A THEORY OF KETTLES\n\n\n{listed}CHAPTER I.\n\nOF KETTLES.\n\n\n{definition}" + 4 * f"{PROSE}\n"
    text += book("\n\n\nCHAPTER II.\n\nOF BRIDGES.\n\n\n") + 4 * f"\n{PROSE}"
    assert of(text, Role.CONTENTS)[-1] == "TABLES."


def test_the_contents_end_where_a_tale_has_no_author() -> None:
    names = ("Miller", "Nun", "Clerk")
    listed = "".join(
        f"The {who}'s Tale. By {who[0]}. Penn.    {page}\n" for who, page in zip(names, (1, 9, 31), strict=True)
    )
    tales = book(*(f"\n\nThe {who}'s Tale.\n\n{PROSE}\n{PROSE}\n" for who in names)).lstrip("\n")
    text = f"TALES TOLD AT AN INN\n\n\nCONTENTS.\n\n{listed}\n\n{tales}"
    assert len(of(text, Role.CONTENTS)) == 1 + len(names)
    assert [words for _, words in headings(text)][1:] == [f"The {who}'s Tale." for who in names]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("THE KETTLE PAPERS No. 1\n\nOf Kettles\n\n", "THE KETTLE PAPERS No. 2\n\nOf Lamps\n\n"),
        ("ODE I.\nTO A KETTLE.\n\n", "ODE II.\nTO A LAMP.\n\n"),
        ("LIBER PRIMUS.--BOOK I.\n\n\n", "LIBER SECUNDUS.--BOOK II.\n\n\n"),
    ],
)
def test_what_counts_on_in_the_text_is_not_on_the_title_page(first: str, second: str) -> None:
    text = "ODES TO KETTLES\n\nWITH NOTES\n\nBY O. PENN, M.A.\n\n\n" + book(first, f"\n\n{second}", f"\n\n{PROSE}\n")
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    page = [lines[one.line - 1].text for one in label(lines) if on_title_page(one)]
    assert page == ["WITH NOTES", "BY O. PENN, M.A."]


@pytest.mark.parametrize(
    ("row", "goes_on"),
    [("1540?-1602", True), ("b. 1790", True), ("A.D. 1411-1437.", True), ("(1801--1839)", True), ("1768", False)],
)
def test_the_years_of_a_poet_or_a_part_go_on_with_the_heading(row: str, goes_on: bool) -> None:
    text = book("\n\n\n\nPREFACE\n\n", f"\n\n\n\nTHEOPHILUS ROE\n\n{row}\n\n\n", "\n\n\n\nANNA PENN\n\n\n")
    assert ((1, f"THEOPHILUS ROE | {row}") in headings(text)) is goes_on


def test_a_day_that_is_run_in_heads_nothing() -> None:
    text = book(
        "\n\n\nCHAPTER I\n\n",
        "\n_3 March._--The kettle was out.\n\n",
        "\n_5 March._--\n\n",
        "\n_8 March._--I set down what I saw.\n\n",
        "\nAPRIL.—\n\n",
        "\n\n\nCHAPTER II.--OF KETTLES\n\n",
    )
    assert headings(text) == [(1, "CHAPTER I"), (1, "CHAPTER II.--OF KETTLES")]


def test_the_first_piece_below_a_title_page_has_its_title() -> None:
    pieces = ("The Kettle", "A Bridge in Winter", "The Lamp")
    above = 4 * "\n"
    text = "A MAN OF NO FERRY\n\nby\n\nOrla Penn\n\n\n\n\n" + book(
        *(f"{'' if title == pieces[0] else above}{title}\n\n\n1\n\n{PROSE}\n\n\n2\n\n" for title in pieces)
    )
    assert headings(text)[1:] == [one for title in pieces for one in ((1, title), (2, "1"), (2, "2"))]


@pytest.mark.parametrize(
    "note",
    [
        "[This e-text has letters for which a reader wants UTF-8:\n\n"
        "  ā ē ī (long vowels)\n\n"
        "Where they do not display properly, take another face.\nA plainer file is in Latin-1.]",
        "Read this text as UTF-8. Where its marks appear as garbage, look again.\n\n"
        "  œ (o and e in one)\n\nThe HTML version has pictures of these letters.",
    ],
)
def test_what_a_transcriber_says_of_the_file_is_no_title_page(note: str) -> None:
    start = "*** START OF THIS PROJECT GUTENBERG EBOOK KETTLES ***\n\n\n\nProduced by Orla Penn\n\n\n\n\n"
    text = f"{start}{note}\n\n\n\n\n  KETTLES AND LAMPS\n\n  By\n\n  THEOPHILUS ROE\n\n\n\n\n" + book(
        "CHAPTER I\n\n\n", "\n\n\n\nCHAPTER II\n\n\n"
    )
    assert headings(text)[0] == (1, "KETTLES AND LAMPS")
    assert "vowels" not in "".join(of(text, Role.PARAGRAPH)) and len(of(text, Role.BOILERPLATE)) > 4


def test_entries_of_the_contents_are_nearly_the_headings() -> None:
    listed = (
        "CONTENTS.\n\n  Of kettles                       1\n      Handles                      2\n"
        "      Spout                        5\n      Clay: Lids of all sorts      9\n"
        "          Old lids                10\n"
        "          New lids                12\n  Of lamps                        20\n"
        "      Wicks                       21\n"
        "      Paraffin                    25\n"
    )
    heads = (
        (1, "OF KETTLES."),
        (2, "HANDLE."),
        (2, "SPOUT.[3]"),
        (2, "LIDS OF ALL SORTS AND SIZES."),
        (3, "OLD LIDS."),
        (3, "NEW LIDS."),
        (1, "OF LAMPS."),
        (2, "WICKS."),
        (2, "PARAFFIN."),
    )
    text = f"KETTLES AND LAMPS\n\n\n\n{listed}" + book(*("\n" * (5 - level) + f"{words}\n\n" for level, words in heads))
    assert [one for one in headings(text) if one[1] != "KETTLES AND LAMPS"] == list(heads)


def test_a_name_signs_a_preface() -> None:
    text = book("\n\n\n\nPREFATORY NOTE\n\n").rstrip() + "\n\nTHEOPHILUS ROE\n\n\n\n\n"
    text += book("INTRODUCTION\n\n").rstrip() + "\n\nORLA ANNA PENN\nThe College of Ost\n\n\n\n\n"
    text += book("CHAPTER I\n\n\n", "\n\n\n\nCHAPTER II\n\n\n")
    assert [words for _, words in headings(text)] == ["PREFATORY NOTE", "INTRODUCTION", "CHAPTER I", "CHAPTER II"]


@pytest.mark.parametrize(
    "title", ["La\nBarque de Lune", "FORTÆLLINGER\nFRA\nFÆRGEGAARDEN", "Das Fährhaus\n\nRoman", "The Kettle of Ost"]
)
def test_a_title_below_the_name_of_its_author(title: str) -> None:
    text = f"CLEMENTINE ROE\n\n{title}\n\nThird Edition\n\n\nOST\nTRANTER BROTHERS\n1891\n\n\n\n\n" + book(
        "CHAPTER I\n\n\n", "\n\n\n\nCHAPTER II\n\n\n"
    )
    assert headings(text)[0][1].split(" | ")[0] == title.split("\n")[0]


def test_a_title_that_is_a_name_stands_above_its_author() -> None:
    text = "SILAS ROE\n\nThe Weaver of Ost\n\nby\n\nClementine Penn\n\n\nOST\n1891\n\n\n\n\n" + book(
        "CHAPTER I\n\n\n", "\n\n\n\nCHAPTER II\n\n\n"
    )
    assert headings(text)[0][1] == "SILAS ROE"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            book(
                *(
                    f"\n\n\n\n{sign}.\nFROM THE {place} LIGHT TO THE SOUTH.\n\n"
                    f"{place.title()} Light, 2nd November.\n\nDear Sir,\n\n"
                    for sign, place in (("I", "NORTH"), ("II", "EAST"), ("III", "WEST"))
                )
            ),
            [
                (1, "I. | FROM THE NORTH LIGHT TO THE SOUTH."),
                (1, "II. | FROM THE EAST LIGHT TO THE SOUTH."),
                (1, "III. | FROM THE WEST LIGHT TO THE SOUTH."),
            ],
            id="numbers and titles over letters",
        ),
        pytest.param(
            "A POND WITH NO BOTTOM\n\n\n_by_ Orla Penn\n\n\n\n"
            "CONTENTS\n\n  The Wooden Gun\n  The Bee-Hive\n  The Goat\n\n\n"
            + book("\n\nTHE WOODEN GUN\n\n\n", "\n\n\n\nTHE BEE-HIVE\n\n\n", "\n\n\n\nTHE GOAT\n\n\n"),
            [(1, "THE WOODEN GUN"), (1, "THE BEE-HIVE"), (1, "THE GOAT")],
            id="what the contents have alike",
        ),
    ],
)
def test_heads_alike_have_one_level(text: str, expected: list[tuple[int, str]]) -> None:
    assert [one for one in headings(text) if one[1] != "A POND WITH NO BOTTOM"] == expected


def test_what_ends_a_tale_by_its_title_is_no_heading() -> None:
    text = book("\n\n\n\nLA BARQUE DE LUNE\n\n\n").rstrip() + "\n\n\nFIN DE LA BARQUE DE LUNE\n\n\n\n"
    text += book("\nLA ROUE\n\n\n", "\n\n\n\nFIN DE SAISON\n\n\n")
    assert [words for _, words in headings(text)] == ["LA BARQUE DE LUNE", "LA ROUE", "FIN DE SAISON"]


def test_the_word_characters_at_the_end_of_a_paragraph_lists_no_persons() -> None:
    papers = "".join(
        f"\n\n\n\nFERRY PAPER No. {n}\n\nOf the {what}\n\n{PROSE}characters.\n\n{PROSE}\nQUILLIUS\n"
        for n, what in enumerate(("Rope", "Bell", "Toll", "Flood", "Lamp", "Oar", "Ice", "Tide"), 1)
    )
    assert not of(papers, Role.DIALOGUE) and len(of(papers, Role.TITLE)) == 16


def test_who_speaks_is_no_list_of_contents() -> None:
    flowers = ("Foxglove", "Kingcup", "Bindweed", "Teasel")
    turns = "".join(f"{who.upper()}.\n\nThe kettle sings, and so do I.\n\n" for who in (*flowers, *flowers))
    for title in ("CHARACTERS", "THE MEADOW"):
        listed = "".join(f"     {{ {who}\n" for who in flowers)
        text = f"A MASQUE OF KETTLES\n\n\n{title}\n\n{listed}\n\n\nACT I.\n\n{turns}\nACT II.\n\n{turns}"
        assert not of(text, Role.CONTENTS)


def test_contents_go_on_behind_a_wide_gap_where_what_stands_there_heads_the_text_below() -> None:
    names = ("The Kettle", "The Bridge", "The Lamp")
    listed = "CONTENTS.\n\n     INTRODUCTION.\n\n\n\n     THE FERRY BOOK.\n\n     FIRST PART.\n\n"
    listed += "".join(f"     {sign}.  {name}.\n\n" for sign, name in zip(("I", "II", "III"), names, strict=True))
    text = "\n\n\nINTRODUCTION.\n\n" + PROSE + "\n\n\n\nTHE FERRY BOOK.\n\n\n\nFIRST PART.\n\n\n\n"
    text += "\n\n\n".join(
        f"{sign}. {name.upper()}.\n\n{PROSE}" for sign, name in zip(("I", "II", "III"), names, strict=True)
    )
    entries = of(listed + text, Role.CONTENTS)
    assert entries[-1] == "III.  The Lamp."
    assert "THE FERRY BOOK." in entries


def test_entries_of_contents_that_run_over_several_rows_are_counted_once() -> None:
    long = "\n".join(
        f"{sign:>6}. The Kettle of {name}.  The Hill.\n        The Bridge, and what was under it.  Oil.\n        Rain."
        for sign, name in zip(("I", "II", "III", "IV", "V"), ("Ann", "Bo", "Cy", "Dot", "Ed"), strict=True)
    )
    text = f"CONTENTS\n\nKettles\n\n{long}\n\n\nBridges\n\n{long}\n\n\n\n\n"
    text += f"KETTLES\n\n\nCANTO I\n\n{PROSE}\n\n\n\nBRIDGES\n\n\nCANTO I\n\n{PROSE}\n"
    assert "Bridges" in of(text, Role.CONTENTS)


@pytest.mark.parametrize(
    "signature",
    [
        "ANN TARN BOWE.\n\nThe Lamp House,\n\nTarnwater, May 1905.\n\n\n\n\nTHE FIRST BOOK",
        "A. T. BOWE.\n\nTARNWATER, _May 5th, 1905_.\n\nFOOTNOTES:\n\n[1] _Kettles_, p. 3.\n\n\n\nTHE FIRST BOOK",
        "ANN TARN\n\n\n\n\nCONTENTS\n\nTHE FIRST BOOK     1\n\nTHE SECOND BOOK    9\n\n\n\n\nTHE FIRST BOOK",
    ],
    ids=("house, place and month", "above footnotes", "above the contents"),
)
def test_who_signs_a_preface_heads_nothing(signature: str) -> None:
    above = "INTRODUCTION\n\n" + ("" if "CONTENTS" in signature else "HOW IT WAS FOUND\n\n")
    text = f"{above}{PROSE.strip()} [1]\n\n{signature}\n\n{PROSE}\n\n\n\nTHE SECOND BOOK\n\n{PROSE}\n"
    assert signature.split("\n")[0] in of(text, Role.LETTER)


@pytest.mark.parametrize(
    "title",
    [
        "PG Editor's Note:",
        "E-text note:",
        "New Transcriber's Notes",
        "Original Transcriber’s Notes:",
        "PREPARER’S NOTE",
        "Proofreader's note",
    ],
)
def test_who_made_the_file_may_call_himself_its_editor(title: str) -> None:
    text = f"THE KETTLE\n\n\n{title}\n\nOld spellings and punctuation have been left.\n\n\n\nCHAPTER I\n\n{PROSE}\n"
    assert of(text, Role.BOILERPLATE) == [title, "Old spellings and punctuation have been left."]


@pytest.mark.parametrize(
    ("title", "entries"),
    [
        ("ILLUSTRATIONS.", "The Kettle\n\nJim and the Bridge\n\nA Lamp\n\n"),
        (
            "LIST OF PLATES",
            "THE KETTLE            _Frontispiece_\n\nTHE BRIDGE AT TARN          17\n\nA LAMP       33\n\n",
        ),
        (
            "Verzeichnis der Abbildungen.",
            "Der Kessel          3\nDie Brücke bei Tarn,\n  im Schnee         9\nDie Lampe      11\n",
        ),
    ],
    ids=("no pages", "capitals and pages", "wrapped"),
)
def test_lists_of_pictures_are_lists(title: str, entries: str) -> None:
    chapters = "\n\n\n".join(f"CHAPTER {sign}.\n\n{PROSE}" for sign in ("I", "II", "III"))
    wanted = [row.strip() for row in entries.split("\n") if row.strip()]
    text = f"PREFACE\n\n{PROSE}\n\n\n{title}\n\n{entries}\n\n\n{chapters}\n"
    assert of(text, Role.ITEM) == wanted


def test_what_stands_above_the_first_chapter_opens_divisions_too() -> None:
    text = f"OF THE PRICE\n\n{PROSE}\n\nTO THE KING\n\n{PROSE}\n\n\n\n" + "\n\n\n\n".join(
        f"CHAPTER {sign}. OF KETTLES\n\n{PROSE}" for sign in ("I", "II", "III")
    )
    assert {level for level, _ in headings(text)} == {1}


def test_the_argument_of_each_book_is_a_heading_below_its_number() -> None:
    verse = "\n".join(f"The lamps along the {name} were lit," for name in ("quay", "weir", "ferry", "bank"))
    text = "\n\n\n\n".join(
        f"BOOK THE {number}.\n\n\nTHE ARGUMENT.\n\n_The lamps are lit. A ferry comes, and is sent away._\n\n\n{verse}"
        for number in ("FIRST", "SECOND", "THIRD")
    )
    assert [level for level, line in headings(text) if line == "THE ARGUMENT."] == [2, 2, 2]


def test_who_signs_several_pieces_heads_none_of_them() -> None:
    names = ("AN OLD LAMP", "RUSTICUS JUNIOR", "AN OLD LAMP", "RUSTICUS JUNIOR")
    text = "\n\n\n".join(
        f"LAMPMAN No. {sign}\n\nOf Oil and Ferries\n\nFor the _Tarn Packet_. Friday, May {n}, 1790.\n\n{name}\n\n"
        f"To the People of Tarn:\n\n{PROSE}\n\n{PROSE}\n\n{' ' * 40}{name}."
        for n, (sign, name) in enumerate(zip(("I", "II", "III", "IV"), names, strict=True), 1)
    )
    assert not any(name in line for _, line in headings(text) for name in names)


@pytest.mark.parametrize(
    ("lines", "role", "line"),
    [
        (
            "TO THE LORD WEIR.\n\n\nMY LORD,\n\n{PROSE}\n\n     I am, MY LORD,\n     Your servant,\n     A. TARN.",
            Role.LETTER,
            "MY LORD,",
        ),
        (
            'SERMON II.\n\nOF FERRIES.\n\nLUKE iv. 3.\n\n"_And he waited upon the other side._"\n\n\n{PROSE}',
            Role.PARAGRAPH,
            '"_And he waited upon the other side._"',
        ),
        (
            "{PROSE}\n\nThe rules of the ferry were three, and here\nthey are:--\n\n  1. That nobody row.\n\n"
            "  2. That oil be free.\n\n  3. That the lamp burn until the last of the boats has\n  come in.\n\n{PROSE}",
            Role.ITEM,
            "1. That nobody row.",
        ),
    ],
    ids=("a lord is greeted", "the text of a sermon", "rules below a colon"),
)
def test_these_head_nothing(lines: str, role: Role, line: str) -> None:
    text = book(
        "CHAPTER I\n\n",
        f"\n\n\n{lines.replace('{PROSE}', PROSE.strip())}\n\n\n\nCHAPTER II\n\n",
        "\n\n\nCHAPTER III\n\n",
    )
    assert line in of(text, role)


def test_what_is_said_of_two_acts_heads_neither() -> None:
    acts = "_Act I. The quay at Tarn. Act II. The same, by night._"
    turns = "\n\n".join(f"{name}. We row at nine, or not at all." for name in ("ANN", "BO") * 8)
    persons = f"PERSONS\n\nANN, a lamplighter.\nBO, a ferryman.\n\n{acts}"
    text = f"THE FERRY\n\nA FARCE\n\n\n\n{persons}\n\n\n\nACT I\n\n{turns}\n\n\n\nACT II\n\n{turns}\n"
    assert acts not in [line for _, line in headings(text)]


@pytest.mark.parametrize(
    "closing",
    [
        "TARNWATER, _June 1884_.",
        "Valbruna, 3 de maio de 1880.\n\n_O auctor._",
        "  _Oudenrode, Mei 1885._\n\n" + " " * 35 + "E. S.",
    ],
)
def test_a_place_and_a_day_close_a_preface(closing: str) -> None:
    text = f"PREFACE\n\n{PROSE.strip()}\n\n{closing}\n\n\n\n\nCHAPTER I\n\n{PROSE}\n\n\n\nCHAPTER II\n\n{PROSE}\n"
    assert of(text, Role.LETTER) == [row.strip() for row in closing.split("\n") if row]


@pytest.mark.parametrize(
    "line",
    [
        "I was lamed[2] in the spring, and",
        "The wire was handed in at Tarn Bottom at nine:",
        "The first rule was this:[1] that nobody row. The second,\nthat nobody should say so.[2]",
    ],
)
def test_a_sentence_that_goes_on_heads_nothing(line: str) -> None:
    text = book(
        "CHAPTER I\n\n",
        f'\n{line}\n\n\n     "All the lamps were lower by a hand,\n     and nobody had oil."\n\n\n',
        "\n\n\nCHAPTER II\n\n",
        "\n\n\nCHAPTER III\n\n",
    )
    assert line.split("\n")[0] not in [found for _, found in headings(text)]


def test_entries_in_bold_are_entries_all() -> None:
    words = ("Aback", "Agate", "Anent", "Bide", "Blunge", "Clem", "Cob", "Daft", "Dree", "Forenent")
    entries = "\n\n".join(
        f"={word}=, _adj._ {'in motion; of lamps' if n % 2 else 'see =Oil='}." for n, word in enumerate(words)
    )
    text = f"THE GLOSSARY\n\n\n{entries}\n\n\n\nADDENDA\n\n{PROSE}\n"
    assert not any("=" in line for _, line in headings(text))


def test_a_book_may_end_in_latin_and_a_correspondence_by_its_name() -> None:
    for closing in ("EXPLICIT.", "END OF THE CORRESPONDENCE."):
        text = book("CHAPTER I\n\n", "\n\n\nCHAPTER II\n\n") + f"\n\n\n  {closing}\n"
        assert closing in of(text, Role.CAPTION)
