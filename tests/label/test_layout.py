"""Which lines make one paragraph, in each of the conventions that people's texts come in."""

import pytest

from pipeline.arrange.lines import Joiner
from pipeline.label.furniture import furniture, header_fields
from pipeline.label.layout import Convention, units
from pipeline.model import Change, ChangeKind, Line
from pipeline.report import Report


def lines_of(text: str) -> tuple[Line, ...]:
    return tuple(Line(number, line) for number, line in enumerate(text.strip("\n").split("\n"), 1))


WIDE = """
The reeve of Lindle kept two books, and wrote in one of them what he had seen and in the other
what he had been told, so that after his death nobody could say which of them had been the true
one until they were found to be the same.

"So they are," said the clerk.

Nobody was surprised but the schoolmaster, who had taught him to write and remembered very well
that he had taught him one book only.
"""
WRAPPED = """
The reeve of Lindle kept two books, and wrote in one of them what he
had seen and in the other what he had been told. After his death the
two were found to be the same.

Nobody was surprised but the schoolmaster, who had taught him to write
and remembered that he had taught him one book only.
"""
ONE_A_LINE = """
The reeve of Lindle kept two books, and wrote in one of them what he had seen and in the other what he had been told.
Nobody was surprised but the schoolmaster, who had taught him to write and remembered that it was one book only.
"""
INDENTED = """
   Der Vogt von Lindel führte zwei Bücher; in das eine schrieb er, was er
gesehen hatte, und in das andere, was man ihm erzählte. Nach seinem Tode
fand man, daß sie gleich waren.
   Niemand wunderte sich darüber als der Schulmeister, der ihm das Lesen
beigebracht hatte und sich daran erinnerte, daß es nur ein Buch gab.
   So wurde es erzählt.
"""

SOLID = (
    "The Reeve\n"
    + """\
The reeve of Lindle kept two books, and wrote in one of them what he
had seen and in the other what he had been told. When he died they were
found to be the same.
"""
    * 9
)
SOLID_PARAGRAPHS = [(1,), *((n, n + 1, n + 2) for n in range(2, 29, 3))]


@pytest.mark.parametrize(
    ("text", "convention", "paragraphs"),
    [
        pytest.param(WRAPPED, Convention.WRAPPED, [(1, 2, 3), (5, 6)], id="blank lines between"),
        pytest.param(WIDE, Convention.WRAPPED, [(1, 2, 3), (5,), (7, 8)], id="wrapped wider than usual"),
        pytest.param(ONE_A_LINE, Convention.LINE, [(1,), (2,)], id="one paragraph a line"),
        pytest.param(
            SOLID, Convention.WRAPPED, SOLID_PARAGRAPHS, id="nothing between, a paragraph ends in a short row"
        ),
        pytest.param(INDENTED, Convention.INDENTED, [(1, 2, 3), (4, 5), (6,)], id="first lines set in"),
    ],
)
def test_lines_are_gathered_by_their_convention(
    text: str, convention: Convention, paragraphs: list[tuple[int, ...]]
) -> None:
    found = units(lines_of(text))
    assert [unit.lines for unit in found] == paragraphs
    assert {unit.convention for unit in found} == {convention}


def test_regions_of_one_text_may_differ() -> None:
    long = "A saved page has its paragraphs on one line each, " * 5
    found = units(lines_of(f"{WRAPPED.strip()}\n\n{long}\n{long}\n\n{WRAPPED.strip()}"))
    assert [unit.convention for unit in found] == [
        *[Convention.WRAPPED] * 2,
        *[Convention.LINE] * 2,
        *[Convention.WRAPPED] * 2,
    ]


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "joined"),
    [
        pytest.param("He was a care-", "ful man.", "careful", "He was a careful man.", id="the word stands elsewhere"),
        pytest.param("a well-", "known place", "well-known", "a well-known place", id="so does the compound"),
        pytest.param("the tele-", "phone rang", "", "the telephone rang", id="the patterns break it there"),
        pytest.param("a fire-", "proof box", "fire proof", "a fire-proof box", id="two words of the text"),
        pytest.param("from Upper-", "Lindle", "", "from Upper-Lindle", id="a capital follows"),
        pytest.param("so he said--", "and went", "", "so he said-- and went", id="a dash is no hyphen"),
    ],
)
def test_words_broken_at_the_end_of_a_line(first: str, second: str, elsewhere: str, joined: str) -> None:
    changes: list[Change] = []
    text = lines_of(f"{first}\n{second}\n\n{elsewhere}")
    assert Joiner(text, "en", Report()).join((1, 2), (first, second), changes) == joined
    whole = len(joined.split()) < len(f"{first} {second}".split()) and "-" not in joined
    assert [change.kind for change in changes] == ([ChangeKind.JOINED] if whole else [])


def test_words_that_are_cut_short_go_on_nowhere() -> None:
    rows = ("Si buscas por el mar la lu-,", "no mires donde está la tele-", "fono del farero de la no-.")
    changes: list[Change] = []
    joined = Joiner(lines_of("\n".join(rows)), "es", Report()).join((1, 2, 3), rows, changes)
    assert joined == " ".join(rows)
    assert not changes


def test_a_hyphen_that_nothing_explains_stays_and_is_reported() -> None:
    report = Report()
    rows = ("in the year of Xq-", "zv the river")
    assert Joiner(lines_of("\n".join(rows)), "en", report).join((1, 2), rows, []) == "in the year of Xq-zv the river"
    assert [(found.code, found.line) for found in report.findings] == [("hyphen-kept", 1)]


HEADER = """
The Project Gutenberg EBook of The Tallow Road, by Ada Moorcroft

Title: The Tallow Road

Author: Ada Moorcroft

*** START OF THIS PROJECT GUTENBERG EBOOK THE TALLOW ROAD ***

Produced by nobody in particular

THE TALLOW ROAD

[Transcriber's Note: italics are marked with
underscores.]

The carts went by in the night.

[Pg 12]

End of Project Gutenberg's The Tallow Road, by Ada Moorcroft

*** END OF THIS PROJECT GUTENBERG EBOOK THE TALLOW ROAD ***

Redistribution is subject to terms.
"""


def test_furniture_of_a_transcription_is_known_line_by_line() -> None:
    text = lines_of(HEADER)
    assert furniture(text) == {
        **dict.fromkeys((1, 3, 5, 7), "transcription-header"),
        9: "transcription-credits",
        **dict.fromkeys((13, 14), "transcribers-note"),
        18: "page-number",
        **dict.fromkeys((20, 22, 24), "transcription-licence"),
    }
    assert header_fields(text) == {"title": "The Tallow Road", "author": "Ada Moorcroft"}


@pytest.mark.parametrize(
    ("note", "rows"),
    [
        ("+-----------------+\n| Transcriber's Note:\n|\n| Spoons was spooons.\n+-----------------+", 5),
        ("Anmerkungen zur Transkription: Gesperrtes ist\n~so~ gezeichnet.", 2),
        ("Transcriber's note: spoons was spooons.", 1),
        ("+-----------------+\n| Oil   |  2s.\n+-----------------+", 0),  # a table
        ("Notes to myself: buy oil.", 0),
    ],
)
def test_the_transcribers_notes_stand_in_a_box_or_in_one_paragraph(note: str, rows: int) -> None:
    text = f"The carts went by in the night.\n\n{note}\n\nNobody came."
    assert furniture(lines_of(text)) == dict.fromkeys(range(3, 3 + rows), "transcribers-note")


@pytest.mark.parametrize(
    ("end", "rows"),
    [
        ("End of The Project Gutenberg Etext of The Tallow Road, by\nAda Moorcroft", 2),
        ("End of Project Gutenberg's The Tallow Road\n\nThis etext is by Project Gutenberg.", 2),
        ("End of the road", 0),
        ("End of Project Gutenberg's first year was the beginning of mine.\n\nI took the cart.", 0),
    ],
)
def test_the_last_words_of_an_old_transcription_are_no_part_of_it(end: str, rows: int) -> None:
    found = furniture(lines_of(f"The carts went by in the night.\n\nNobody came.\n\n{end}\n"))
    assert list(found.values()) == ["transcription-licence"] * rows


START = "*** START OF THIS PROJECT GUTENBERG EBOOK THE TALLOW ROAD ***\n\n\n"
SPEAKS = "\n\n".join(
    f"The carter who kept this e-text on {what} gave it to us in the end,\nand we were glad of it, for no other was"
    " to be\nhad anywhere on the road, nor is one to be had there now,\nwhatever the carters say of it to whoever asks."
    for what in ("tape", "cards", "paper")
)
OF_CARDS = "Cards were then made of\npasteboard, and a cart of them held\none book, which was heavy,\nand often wet."


@pytest.mark.parametrize(
    ("front", "left_out"),
    [
        (f"How it was made\n\n{SPEAKS}\n\n{OF_CARDS}\n\nThe second e-text of it is this.", "all"),
        (f"{SPEAKS}\n\n{OF_CARDS}", "all"),  # down to the room above the book
        (f"{OF_CARDS}\n\nThe e-text is the second.", "The e-text"),
        ("The 2nd edition is often held to be the best.\n\nSee also our etext no. 12.", "all"),
        ("Second Edition, with Additions\n\nSee also our etext no. 12.", "See also"),
        ("The 2nd edition is often held to be the best.", ""),
    ],
)
def test_what_a_transcriber_says_of_the_file_is_left_out_whole_or_not_at_all(front: str, left_out: str) -> None:
    lines = lines_of(f"{START}{front}\n\n\n\n\nTHE TALLOW ROAD\n\n\n\nOne\n\nThe carts went by.\n")
    found = [line.text for line in lines if furniture(lines).get(line.number) == "transcribers-note"]
    wanted = [row for row in front.split("\n") if row] if left_out == "all" else []
    assert found == wanted or (wanted == [] and [row[: len(left_out)] for row in found] == [left_out] * bool(left_out))


def test_words_far_from_numbers_that_count_up_are_running_heads() -> None:
    heads = [
        "1    THE QUAYS",
        "CHAPTER ONE    2",
        "3    THE QUAYS",
        "CHAPTER ONE    4",
        "5    THE QUAYS",
        "CHAPTER ONE    6",
    ]
    text = "\n\n".join(
        f"{head}\n\nSo it was with {name}.\n\nNobody came.\n\nIt rained.\n\nShe said {name}."
        for head, name in zip(heads, ("Ada", "Bo", "Carl", "Dora", "Emil", "Fay"), strict=True)
    )
    assert list(furniture(lines_of(text)).values()) == ["running-head"] * 6
    assert furniture(lines_of(text.replace("    ", " "))) == {}


def test_a_header_that_is_none_names_nothing() -> None:
    assert header_fields(lines_of("Title: A story of titles\n\nIt begins.")) == {}


@pytest.mark.parametrize(
    ("title", "name", "volume"),
    [
        ("Die Fähre von Ost, Band 2", "Die Fähre von Ost", "Band 2"),
        ("Le passeur d'Ost, Tome I", "Le passeur d'Ost", "Tome I"),
        ("The Ferry of Ost, Vol. III (of 4)", "The Ferry of Ost", "Vol. III (of 4)"),
        ("The Volume of the Sea", "The Volume of the Sea", None),
        ("Henry the Ferryman, Part 2", "Henry the Ferryman, Part 2", None),
    ],
)
def test_the_number_of_a_volume_is_no_part_of_the_title(title: str, name: str, volume: str | None) -> None:
    found = header_fields(
        lines_of(f"Title: {title}\n\n*** START OF THIS PROJECT GUTENBERG EBOOK OST ***\n\nIt begins.")
    )
    assert (found["title"], found.get("subtitle")) == (name, volume)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n\n".join(f"{n}\n\nA line of text." for n in (3, 1, 4, 1, 5)), id="numbers without order"),
        pytest.param("To the reader\n\nYou hold a book of mine.", id="an author's word to the reader"),
        pytest.param("In [1840] he came. In {12} he left.", id="brackets in running text"),
    ],
)
def test_what_only_looks_like_furniture_stays(text: str) -> None:
    assert furniture(lines_of(text)) == {}


def test_numbers_of_chapters_below_a_signature_are_no_page_numbers() -> None:
    prose = "The ferry at Lower Lindle went twice a day, and on market days three\ntimes, by the lamp."
    note = "(1) This is what the widow of the ferryman has told us. --Quill"
    titles = ("OF OIL", "OF WICKS", "THE KEEPER", "THE TIDE", "HIS AUNT", "THE ROPE", "A BOAT", "THE END OF IT")
    parts = [f"{prose}\n\n{' ' * 50}Quill\n\n{note}\n\n{n}\n\n{title}" for n, title in enumerate(titles, 1)]
    assert furniture(lines_of("\n\n".join(parts))) == {}
