"""Headings, contents and title pages of books, in the forms in which they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.label import label
from pipeline.label.contents import contents_of
from pipeline.label.front import on_title_page
from pipeline.label.headings import nearly
from pipeline.label.layout import units
from pipeline.model import Line, Role
from pipeline.parts import END, NAMED

PROSE = """The ferry at Lower Lindle went twice a day, and on market days three
times. The ferryman said that it could have gone more often if there had
been anybody on the other side.
"""


def headings(text: str) -> list[tuple[int, str]]:
    """Return the headings of a text, each with its level; title lines that belong to one are joined by a bar."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    out: list[tuple[int, str]] = []
    for one in label(lines):
        if one.role not in (Role.TITLE, Role.HEADING):
            continue
        words = lines[one.line - 1].text.strip()
        if one.joined:
            out[-1] = (out[-1][0], f"{out[-1][1]} | {words}")
        else:
            out.append((one.level, words))
    return out


NIGHTS = (("ONE", "THE FERRY"), ("TWO", "THE MILL"), ("THREE", "THE DAM"), ("FOUR", "THE BRIDGE"))


def book(*parts: str) -> str:
    return "".join(f"{part}{PROSE}" for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            book("CHAPTER I\n\nTHE FERRY\n\n\n", "\n\n\n\nCHAPTER II\n\nTHE MILL\n\n\n"),
            [(1, "CHAPTER I | THE FERRY"), (1, "CHAPTER II | THE MILL")],
            id="number line, title line",
        ),
        pytest.param(
            book(*(f"\n\n\n\nCHAPTER {number}\n\n[Illustration]\n\n\n{title}\n\n\n" for number, title in NIGHTS)),
            [(1, f"CHAPTER {number} | {title}") for number, title in NIGHTS],
            id="a picture between number and title",
        ),
        pytest.param(
            book("\n\n\n\nI.\n\n\n", "\n\n\n\nII.\n\n\n", "\n\n\n\nIII.\n\n\n"),
            [(1, "I."), (1, "II."), (1, "III.")],
            id="numbers alone",
        ),
        pytest.param(
            book(
                *(
                    f"\n\n\n{n}.\n\nDer Fährmann stand schon am Ufer, als die Glocke zum ersten Mal schlug.\n\n"
                    for n in "1234"
                )
            ),
            [(1, f"{n}.") for n in "1234"],
            id="a sentence below the number is text",
        ),
        pytest.param(
            book(
                "\n\n\n\nCAPITOLO I\n\n\n",
                "\n\n\n\nAPPENDICE A\n\nSERIE DEI MUGNAI\n\n\n",
                "\n\n\n\nAPPENDICE B\n\nLETTERA DI UN MUGNAIO\n\n\n",
            ),
            [
                (1, "CAPITOLO I"),
                (1, "APPENDICE A | SERIE DEI MUGNAI"),
                (1, "APPENDICE B | LETTERA DI UN MUGNAIO"),
            ],
            id="appendices and their titles",
        ),
        pytest.param(
            "".join(
                f"\n\n\n\n{n} Brief.\n\n\n{' ' * 40}Unterlinden, den {day}ten März 1821.\n\n{PROSE}"
                for n, day in (("Erster", 4), ("Zweiter", 9), ("Dritter", 12))
            ),
            [(1, "Erster Brief."), (1, "Zweiter Brief."), (1, "Dritter Brief.")],
            id="where and when a letter was written is no title",
        ),
        pytest.param(
            book(
                *(
                    f"{part}\n\n\n\nFABLE {n}\n\n{name}\n\n\n"
                    for part, n, name in (
                        ("\n\n\n\nLIVRE PREMIER", "PREMIÈRE", "LE HÉRON"),
                        ("", "II", "LA BARQUE"),
                        ("\n\n\n\nLIVRE SECOND", "PREMIÈRE", "LE COQ"),
                        ("", "II", "LE LIMAÇON"),
                    )
                )
            ),
            [
                (1, "LIVRE PREMIER"),
                (2, "FABLE PREMIÈRE | LE HÉRON"),
                (2, "FABLE II | LA BARQUE"),
                (1, "LIVRE SECOND"),
                (2, "FABLE PREMIÈRE | LE COQ"),
                (2, "FABLE II | LE LIMAÇON"),
            ],
            id="fables in books",
        ),
        pytest.param(
            "CONTENTS.\n\n       Page\nFABLE I.   The Heron   5\nFABLE II.  The Eel    7\nFABLE III. The Boat   9\n\n\n"
            + book(
                *(
                    f"\n\n\nFABLE {n}.\n\nTHE {name}.\n\n"
                    for n, name in (("I", "HERON"), ("II", "EEL"), ("III", "BOAT"))
                )
            ),
            [(1, f"FABLE {n}. | THE {name}.") for n, name in (("I", "HERON"), ("II", "EEL"), ("III", "BOAT"))],
            id="the first number and its title end the contents",
        ),
        pytest.param(
            "".join(f"{number}\n\n渡し舟は岸に着いた。\n\n粉屋は何も言わなかった。\n\n" for number in "一二三四"),
            [(1, number) for number in "一二三四"],
            id="numbers in Chinese figures",
        ),
        pytest.param(
            book("\n\n\n\nI. The Ferry\n\n\n", "\n\n\n\nII. The Mill\n\n\n"),
            [(1, "I. The Ferry"), (1, "II. The Mill")],
            id="numbers and titles",
        ),
        pytest.param(
            book("Chapitre premier\n\n\n", "\n\n\n\nChapitre II. Le Moulin\n\n\n"),
            [(1, "Chapitre premier"), (1, "Chapitre II. Le Moulin")],
            id="French",
        ),
        pytest.param(
            book("Erstes Kapitel\n\n\n", "\n\n\n\nZweites Kapitel\n\n\n"),
            [(1, "Erstes Kapitel"), (1, "Zweites Kapitel")],
            id="German",
        ),
        pytest.param(
            book("פרק א\n\n\n", "\n\n\n\nפרק שני\n\n\n"),
            [(1, "פרק א"), (1, "פרק שני")],
            id="Hebrew",
        ),
        pytest.param(
            book("الفصل الأول\n\n\n", "\n\n\n\nالفصل الثاني\n\n\n"),
            [(1, "الفصل الأول"), (1, "الفصل الثاني")],
            id="Arabic",
        ),
        pytest.param(
            book("Birinci Bölüm\n\n\n", "\n\n\n\nBölüm 2\n\n\n"),
            [(1, "Birinci Bölüm"), (1, "Bölüm 2")],
            id="Turkish",
        ),
        pytest.param(
            book("The Ferry\n=========\n\n", "\nThe Boat\n--------\n\n", "\nThe Mill\n========\n\n"),
            [(1, "The Ferry | ========="), (2, "The Boat | --------"), (1, "The Mill | ========")],
            id="underlined",
        ),
        pytest.param(
            book(
                "PART ONE\n\n\n\n\nCHAPTER I\n\n\n",
                "\n\nA SECTION\n\n",
                "\n\n\n\nCHAPTER II\n\n\n",
                "\n\n\n\nPART TWO\n\n\n\n\nCHAPTER III\n\n\n",
            ),
            [
                (1, "PART ONE"),
                (2, "CHAPTER I"),
                (3, "A SECTION"),
                (2, "CHAPTER II"),
                (1, "PART TWO"),
                (2, "CHAPTER III"),
            ],
            id="parts over chapters over sections",
        ),
        pytest.param(
            book("PREFACE\n\n\n", "\n\n\n\nTHE FERRY\n\n\n", "\n\nThe Boat and its Owner\n\n"),
            [(1, "PREFACE"), (1, "THE FERRY"), (2, "The Boat and its Owner")],
            id="capitals over plain titles",
        ),
    ],
)
def test_forms_of_headings(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(book("1. The first thing is the boat.\n\n", "\n1914. was a dry year.\n\n"), id="numbers in prose"),
        pytest.param(book("", "\n\nHe said so, and went;\n\n"), id="a short sentence"),
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert headings(text) == []


def test_contents_are_kept_out_and_tell_how_deep_headings_lie() -> None:
    contents = "CONTENTS\n\nThe ferry            1\n  The boat           2\nThe mill             3\n"
    text = f"{contents}\n\n\n\n" + book("THE FERRY.\n\n", "\n\nTHE BOAT.\n\n", "\n\nTHE MILL.\n\n")
    assert headings(text) == [(1, "THE FERRY."), (2, "THE BOAT."), (1, "THE MILL.")]
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    assert [one.line for one in label(lines) if one.role is Role.CONTENTS] == [1, 3, 4, 5]


INDICE = """{head}

                              {column}

Prólogo                        V
I. La barca                    7
II. El molino                 19

FIN
"""


@pytest.mark.parametrize(("head", "column"), [("ÍNDICE", "Páginas."), ("TABLE DES MATIÈRES", "Pages")])
def test_contents_may_stand_behind_the_text(head: str, column: str) -> None:
    text = book("PRÓLOGO\n\n", "\n\nI\n\nLA BARCA\n\n", "\n\nII\n\nEL MOLINO\n\n")
    text = f"{text}\n\n\n\n{INDICE.format(head=head, column=column)}"
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    listed = [lines[one.line - 1].text.strip() for one in label(lines) if one.role is Role.CONTENTS]
    assert [line.split("  ")[0] for line in listed] == [head, column, "Prólogo", "I. La barca", "II. El molino"]


def test_an_index_behind_the_text_is_no_list_of_contents() -> None:
    text = book("THE FERRY.\n\n", "\n\nTHE MILL.\n\n") + "\n\n\n\nINDEX\n\nBoats, 12, 30\nFerries, 4\nLamps, 9, 11\n"
    assert Role.CONTENTS not in {one.role for one in label([Line(n, row) for n, row in enumerate(text.split("\n"), 1)])}


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("THE END", True),
        ("END OF VOL. I.", True),
        ("End of the Second Book", True),
        ("FIN DU TOME PREMIER", True),
        ("Ende des ersten Bandes", True),
        ("EINDE VAN HET EERSTE DEEL", True),
        ("THE END OF THE ROAD", True),
        ("END OF ACT I.", True),
        ("FIN DEL ACTO PRIMERO", True),
        ("FIN DE LA COMEDIA", True),
        ("Fine dell’atto secondo", True),
        ("End of the line", False),
        ("Fin de la guerre", False),
    ],
)
def test_what_stands_below_the_last_line_of_a_volume(words: str, ends: bool) -> None:
    assert bool(END.match(words.rstrip("."))) is ends


def test_a_title_page_has_one_title() -> None:
    text = "THE TALLOW ROAD\n\nby\n\nAda Moorcroft\n\nLeeds\n1911\n\n\n\n\n" + book("CHAPTER I\n\n\n")
    assert headings(text) == [(1, "THE TALLOW ROAD"), (1, "CHAPTER I")]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("The Mill\n\nby Ada Moorcroft", "The Mill"),  # the line below it is longer
        ("Tol\n\ndoor Ada Moorcroft", "Tol"),
        ("By Water\n\nA Tale of Two Ferries", "By Water"),
        ("The Mill\n\nA Comedy in Three Acts", "The Mill"),
    ],
)
def test_a_short_title_is_the_title(page: str, title: str) -> None:
    assert headings(f"{page}\n\n\n\n\n" + book("CHAPTER I\n\n\n"))[0] == (1, title)


@pytest.mark.parametrize("stop", ["", "."])
def test_numbers_right_above_text_head_it(stop: str) -> None:
    numbers = [f"{number}{stop}" for number in ("I", "II", "III")]
    text = "".join(f"{number}\n{PROSE}\n{PROSE}\n\n" for number in numbers)
    assert headings(text) == [(1, number) for number in numbers]
    assert headings(text.replace("II\n", "II\nand ").replace("II.\n", "II.\nand ")) == []  # the text goes on with it


def test_a_number_and_the_title_right_below_it_head_a_poem() -> None:
    stanza = (
        "The lamp is lit along the quay,\nAnd every boat comes in.\n\nThe rain blows over from the sea\nUpon the tin."
    )
    poems = (("I", "The Quay"), ("II", "To a Gull"), ("III", "Rain"))
    text = "".join(f"{number}\n{title}\n\n{stanza}\n\n\n" for number, title in poems)
    assert [title for _, title in headings(text)] == [f"{number} | {title}" for number, title in poems]


@pytest.mark.parametrize("entry", ["I. The Toll House ........ 1", "The Toll House    1"])
def test_a_list_of_contents_with_pages_ends_at_the_first_chapter(entry: str) -> None:
    prose = "It was the custom of the keeper to count carriages and never\npeople, so that nobody was seen on foot."
    text = (
        f"THE SALT ROAD\n\nCONTENTS\n\n{entry}\nII. A Letter ....... 14\n\nCHAPTER I\n\nTHE TOLL HOUSE\n\n{prose}\n\n"
    )
    lines = [Line(number, line) for number, line in enumerate((text + f"CHAPTER II\n\n{prose}\n").split("\n"), 1)]
    listed = [one.line for one in label(lines) if one.role is Role.CONTENTS]
    assert listed == [3, 5, 6]


def test_the_contents_may_tell_what_happens_in_each_chapter() -> None:
    told = "How the lamps were lit--Of the oil and who paid for it--The keeper and his dogs--What was found in the jar"
    titles = ("OF LAMPS", "OF OIL", "OF JARS")
    listed = "".join(f"  CHAPTER {n}.\n\n  {title}\n\n  {told}--{n}\n\n\n" for n, title in enumerate(titles, 1))
    text = book(*(f"\n\n\n\nCHAPTER {n}. {title}\n\n" for n, title in enumerate(titles, 1)))
    assert headings(f"CONTENTS\n\n\n{listed}\n\n{text}") == [
        (1, f"CHAPTER {n}. {title}") for n, title in enumerate(titles, 1)
    ]


def test_entries_with_dashes_behind_their_numbers_are_no_abstract() -> None:
    listed = "".join(
        f"  {n}.--{title}\n" for n, title in enumerate(("The Ferry", "The Mill", "The Dam", "The Boat"), 1)
    )
    text = f"CONTENTS\n\n{listed}\n\n\n\n" + book("THE FERRY\n\n", "\n\n\n\nTHE MILL\n\n", "\n\n\n\nTHE DAM\n\n")
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    assert {"1theferry", "2themill", "3thedam", "4theboat"} <= contents_of(units(lines)).keys()


def test_an_entry_of_an_index_stands_alone_and_so_does_what_is_said_below_it() -> None:
    chapters = book(*(f"\n\n\n\nCHAPTER {n}\n\n" for n in range(1, 7)))
    entries = (
        "  Lamps, oil of\n --price of\n --put out by rain\n\n  Mill\n\n  Oil, dear\n --rancid\n\n"
        "  Salters\n\n  Salt works\n\n  Tide"
    )
    entries = entries.replace("  Mill", "  Mill, its wheel, and the wearing out of its\n  stones\n\n  Mill race")
    text = f"CONTENTS\n\n  Salt works\n  Chapter 1\n\n\n\nSALT WORKS\n\n{chapters}\n\n\n\nINDEX\n\n\n{entries}"
    lines = [Line(n, line) for n, line in enumerate(text.split("\n"), 1)]
    found = {lines[one.line - 1].text.strip(): one for one in label(lines)}
    for entry in (
        "Lamps, oil of",
        "--price of",
        "--put out by rain",
        "Mill race",
        "Oil, dear",
        "--rancid",
        "Salt works",
        "Tide",
    ):
        assert (found[entry].role, found[entry].joined) == (Role.ITEM, False)
    assert found["stones"].joined  # the entry turned over


FIRST, SECOND = "THE BIRTH OF ROSS", "THE STORM"
TOLD = "I was born at Orle, the third of nine, and my father was a saddler."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            f"CONTENTS\n\nCHAPTER I. {FIRST}\n\nCHAPTER II. {SECOND}\n\nCHAPTER I. {FIRST}\n\n{TOLD}\n\n"
            f"CHAPTER II. {SECOND}\n\n{TOLD}\n",
            [f"CHAPTER I. {FIRST}", f"CHAPTER II. {SECOND}"],
            id="the first entry stands again, over a short chapter",
        ),
        pytest.param(
            f"CONTENTS\n\n{FIRST} ...... 1\n{SECOND} ..... 4\n\n\nPREFACE\n\n{TOLD}\n\n\n{FIRST}\n\n{TOLD}\n\n\n"
            f"{SECOND}\n\n{TOLD}\n",
            ["PREFACE", FIRST, SECOND],
            id="a preface that the list does not name",
        ),
        pytest.param(
            f"CONTENTS\n\n\nAda Orrin\nI  {FIRST}.\nII  {SECOND}.\nIII  THE TIDE.\nIV  SALT.\nV  BOATS.\nVI  END.\n"
            f"\n\n\nI\n\n{FIRST}.\n\n{TOLD}\n\n\n\nII\n\n{SECOND}.\n\n{TOLD}\n",
            [f"{FIRST}.", f"{SECOND}."],
            id="numbers without stops, below a line that is no entry",
        ),
        pytest.param("Index\n\nThe index finger points.\n\nThe thumb does not.\n", [], id="nothing stands below"),
        pytest.param(
            f"She wrote:\n\nCONTENTS OF THE BOX\n\nOne hat.\n\nOne glove.\n\n“Is that all?” I said.\n\n{TOLD}\n",
            [],
            id="what a box contains",
        ),
    ],
)
def test_a_list_of_contents_ends_where_the_text_begins(text: str, wanted: list[str]) -> None:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    found = label(lines)
    words = {line.number: line.text.strip() for line in lines}
    listed = [one.line for one in found if one.role is Role.CONTENTS]
    assert listed == [] if not wanted else listed[0] == 1
    said = [words[one.line] for one in found if one.role not in (Role.CONTENTS, Role.BOILERPLATE)]
    assert [one for one in wanted if one in said] == wanted
    assert text.count(TOLD) == said.count(TOLD)


THESIS = """\
Lamps of the Lower Quay

A thesis submitted for the degree of Master of Arts

Ada Orrin

Abstract

This thesis asks who paid for the oil, and why nobody can be found who did.

1 Introduction

1.1 The question

Oil was bought every autumn. Nobody entered it in the books of the parish.

1.2 Sources

Three books survive:

(i) the book of the vestry;
(ii) the book of the keeper;
(iii) the book of the chandler.

1.2.1 The book of the vestry

It begins in the middle of a sentence and ends in the middle of another.

1.2.2 The book of the keeper

1. He counted the lamps.

2. He counted the hours.

2 Theory

2.1 Custom

Custom is what has always been paid for by somebody else.

3 Conclusion

Somebody else paid.
"""


def test_decimal_numbers_make_an_outline() -> None:
    assert headings(THESIS) == [
        (1, "Lamps of the Lower Quay"),
        (1, "Abstract"),
        (1, "1 Introduction"),
        (2, "1.1 The question"),
        (2, "1.2 Sources"),
        (3, "1.2.1 The book of the vestry"),
        (3, "1.2.2 The book of the keeper"),
        (1, "2 Theory"),
        (2, "2.1 Custom"),
        (1, "3 Conclusion"),
    ]


def test_a_numbered_title_right_above_its_text_heads_it() -> None:
    act = "\n\n".join(
        f"{n}. {title}.\n(1) Every keeper shall keep {title.lower()} as the Board may from time to time direct.\n"
        f"(2) No keeper shall sell {title.lower()}."
        for n, title in enumerate(("Oil", "Wicks and glass", "The dog"), 1)
    )
    assert [text for _, text in headings(f"THE LAMPS ACT\n\n{act}\n")][-3:] == [
        "1. Oil.",
        "2. Wicks and glass.",
        "3. The dog.",
    ]


@pytest.mark.parametrize(
    ("opening", "on_the_page"),
    [
        ("Small Rain\n\nSeven Stories\n\nThe Ferry", ["Seven Stories"]),
        ("Small Rain\n\nA Tale in Verse\n\nThe Ferry", ["A Tale in Verse"]),
        ("Small Rain\n\nby Ada Orrin\n\nLeeds\n1931\n\nSmall Rain", ["by Ada Orrin", "Leeds", "1931"]),
    ],
)
def test_a_title_page_ends_at_the_first_title_of_the_text(opening: str, on_the_page: list[str]) -> None:
    text = f"{opening}\n\n{PROSE}\n{PROSE}\n\nThe Mill\n\n{PROSE}\n{PROSE}\n\nThe Dam\n\n{PROSE}\n{PROSE}"
    lines = [Line(n, line) for n, line in enumerate(text.split("\n"), 1)]
    found = label(lines)
    assert [lines[one.line - 1].text for one in found if on_title_page(one)] == on_the_page
    assert headings(text)[0] == (1, "Small Rain")


@pytest.mark.parametrize(
    "numbers",
    [
        ("One", "Two", "Three"),
        ("Eins", "Zwei", "Drei"),
        ("UN", "DEUX", "TROIS"),
        (
            "Chapitre premier | Où l’on part",
            "Chapitre deuxième | Où l’on revient",
            "Chapitre troisième | Où l’on reste",
        ),
        ("Chapter One | In Which It Rains", "Chapter Two | In Which It Stops"),
    ],
)
def test_numbers_in_words_head_chapters(numbers: tuple[str, ...]) -> None:
    text = "\n".join(f"{number}\n\n{PROSE}\n{PROSE}" for number in numbers)
    assert headings(text.replace(" | ", "\n")) == [(1, number) for number in numbers]


def test_notes_at_the_end_are_of_the_chapters_that_they_name() -> None:
    chapters = ("Introduction", "1. The Field Gate", "2. The Toll Gate")
    text = "\n\n".join(
        f"{head}\n\nA gate is a hole in a wall.[1] It was old.[2]\n\nNobody shut it." for head in chapters
    )
    notes = "\n\n".join(
        f"{head}\n\n1. Marsh, Walls (Leeds, 1921), p. {n}.\n2. Pell, Gates (York, 1931), p. {n}."
        for n, head in enumerate(chapters)
    )
    lines = [Line(n, line) for n, line in enumerate(f"Of Gates\n\n{text}\n\nNotes\n\n{notes}".split("\n"), 1)]
    found = label(lines)
    assert headings("\n".join(line.text for line in lines)) == [
        (1, "Of Gates"),
        *((1, head) for head in chapters),
        (1, "Notes"),
    ]
    assert sum(one.role is Role.NOTE for one in found) == 2 * len(chapters)


def test_several_sentences_are_no_heading() -> None:
    said = "She taught me two things. She taught me to row. She taught me to say"
    text = f"{PROSE}\n{said}\n\n    Wind, wind, go about,\n    let the ferry out,\n\nand to mean it.\n"
    assert headings(text) == []
    arabic = "كان الليل طويلا ولم يكن في الطريق أحد. صعد الرجل إلى السطح."
    chapters = f"الفصل الأول\n\n{arabic}\n\nقال: «من هناك؟»\n\nالفصل الثاني\n\n{arabic}\n\nقال: «لا أحد.»\n"
    assert [words for _, words in headings(f"السطح\n\n{chapters}")] == ["السطح", "الفصل الأول", "الفصل الثاني"]


def test_a_poem_in_small_letters_is_not_of_the_title_page() -> None:
    poem = "Ice\n\nthe gate is white today\nand nobody has touched it\n   a wren goes in\nas if it kept a shop\n"
    text = f"The Low Field\nPoems by Hester Pool\n\n{poem}\nMud\n\nall day I meant to cross\nand did not\ncross\n"
    lines = [Line(n, line) for n, line in enumerate(text.split("\n"), 1)]
    assert [lines[one.line - 1].text for one in label(lines) if on_title_page(one)] == ["Poems by Hester Pool"]


def roles_of(text: str) -> set[Role]:
    return {one.role for one in label([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])}


def test_what_stands_in_the_middle_of_the_page_is_not_set_to_the_right() -> None:
    stanza = "   He rode at the fall of the leaf,\n     He rode at the rise of the moon;\n   The road was grief.\n"
    heads = ["DEDICATION", "THE ARGUMENT", "PART I", "I", "II", "III"]
    assert Role.LETTER not in roles_of("\n\n\n".join(f"{head.center(72).rstrip()}\n\n{stanza}" for head in heads))
    signed = "\n\n\n".join(f"{stanza}\n{name.rjust(40)}" for name in ("A. Pike.", "The old boatman.", "L. M."))
    assert roles_of(signed) & {Role.LETTER, Role.ATTRIBUTION}


def test_a_greeting_below_the_number_of_a_letter_does_not_take_it_along() -> None:
    letters = "\n\n\n".join(
        f"LETTER {number}\n\nMR. TOLL TO MISS VALE March {day}.  Dear Madam,\n\n\n{PROSE}{PROSE}\nYours, A. TOLL."
        for day, number in enumerate(("I", "II", "III", "IV", "V"), 1)
    )
    heads = [text.partition(" | ")[0] for _, text in headings(letters)]
    assert heads == [f"LETTER {number}" for number in ("I", "II", "III", "IV", "V")]


@pytest.mark.parametrize(
    "name",
    [
        "ENSIMÄINEN OSA.", "Toinen luku", "CAPUT II. De sale", "LIBER PRIMUS", "Colloquium secundum", "NOVELLA TERZA",
        "Harmadik fejezet", "II. rész", "KAPITOLA DRUHÁ", "Capítol III", "Dua ĉapitro", "Anden Bog", "Första boken",
    ],
)  # fmt: skip
def test_parts_and_chapters_name_themselves_in_many_languages(name: str) -> None:
    assert NAMED.match(name)


@pytest.mark.parametrize("words", ["Toinen mies tuli", "Novella was her name", "The primer of tales", "Una parte"])
def test_what_has_no_number_or_no_name_is_no_chapter(words: str) -> None:
    assert not NAMED.match(words)


def test_a_close_title_page_ends_at_a_wide_gap() -> None:
    papers = "\n\n\n\n\n".join(
        f"KEEPER No. {n}\n\nOf Lamps, part {n}\n\nFor the Quay Journal. Saturday, May {n}, 1787\n\n\nTOLL\n\n{PROSE}"
        for n in (1, 2, 3, 4)
    )
    heads = [text for _, text in headings(f"THE KEEPER PAPERS\n\nBy Adam Toll and Ivo Vale\n\n\n\n\n{papers}")]
    assert [head.partition(" | ")[0] for head in heads if head.startswith("KEEPER")] == [
        f"KEEPER No. {n}" for n in (1, 2, 3, 4)
    ]


def test_an_index_ends_where_the_book_does_and_where_other_matter_stands_far_below_it() -> None:
    heads = ("CHAPTER I\n\n", "\n\n\nCHAPTER II\n\n")
    entries = "Lamp, 3, 9.\nOar, 12.\n  broken, 14.\nRope, 20."
    for below in ("THE END.", "\nADVERTISEMENTS.\n\nTRANTER'S ROPE.\nIt holds.", "*   *   *\n\nQuarles, Printer."):
        told = label(
            [
                Line(n, row)
                for n, row in enumerate(f"{book(*heads)}\n\n\nINDEX.\n\n{entries}\n\n{below}\n".splitlines(), 1)
            ]
        )
        rules = [one.reasons[0].rule for one in told]
        assert rules.count("entry-of-index") == 4
        assert rules[-1] != "entry-of-index"


@given(listed=st.lists(st.text("ab", max_size=14), max_size=8), keys=st.lists(st.text("ab", max_size=16), max_size=8))
def test_which_entry_is_nearly_a_heading(listed: list[str], keys: list[str]) -> None:
    """The first that begins it or ends in it, as if each entry were asked for each heading."""

    def is_nearly(entry: str, key: str) -> bool:
        if len(entry) > 8 and key.startswith(entry):
            return True
        close = abs(len(entry) - len(key)) <= 2 and (entry.startswith(key) or key.startswith(entry))
        return min(len(entry), len(key)) >= 5 and (close or entry.endswith(key))

    sought = {key for key in keys if key not in listed}
    first = {key: next((entry for entry in listed if is_nearly(entry, key)), "") for key in sought}
    assert nearly(listed, keys) == {key: entry for key, entry in first.items() if entry}
