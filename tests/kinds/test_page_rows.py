"""Rows of printed pages tell by their numbers, their names and their ends what they are, whatever the weights say."""

from __future__ import annotations

import textwrap
from collections import Counter

import pytest

from pipeline.kinds.pages.counted import counted
from pipeline.kinds.pages.figures import figures, in_columns
from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure
from pipeline.kinds.pages.prose import prose
from pipeline.kinds.pages.specks import swept
from pipeline.kinds.pages.turns import turns
from pipeline.model import Look, Table
from tests.kinds.test_pages import PARAGRAPHS, book_of, copied, paragraphs, taken_off

ROWS = textwrap.wrap(" ".join(PARAGRAPHS), 62)
FULL = [row for row in ROWS if row[0].islower()]


def rows_of(texts: list[str]) -> list[Row]:
    return [Row(n, text.strip(), 0, text.startswith(" ")) for n, text in enumerate(texts)]


def headings(texts: list[str]) -> list[str]:
    rows = rows_of(texts)
    return [rows[at].words for at, labels in counted(rows, Measure(rows)).items() if labels == ("heading",)]


@pytest.mark.parametrize(
    "heads",
    [
        [" 1. The Ferry.", " 2. The Ledger.", " 3. The Ice."],
        [" I", " II", " III"],
        [" 4 Die Brücke", " 5 Das Eis", " 6 Der Müller"],
        [" Chapitre I. Le bac", " Chapitre II. La glace", " Chapitre III. Le moulin"],
        [" 1.1 The Bank", " 1.2 The Weir", " 2.1 The Mill", " 2.2 The Lamp"],
        [" 1) The Bank", " 2) The Weir", " 1) The Mill", " 2) The Lamp"],
    ],
)
def test_numbers_that_count_up_with_text_between_them_are_headings(heads: list[str]) -> None:
    texts = [row for head in heads for row in (head, *ROWS[:6], "He paid.")]
    assert headings(texts) == [head.strip() for head in heads]


@pytest.mark.parametrize(
    "heads",
    [
        [" 1. The Ferry", " 2. The Ledger"],  # too few
        [" 1. The Ferry", " 3. The Ledger", " 7. The Ice"],  # they do not count
        [" 1. the ferry", " 2. the ledger", " 3. the ice"],
        [" 1. The Ferry,", " 2. The Ledger,", " 3. The Ice,"],
        [" Article 1.", " Article 2.", " Article 3."],  # the word for no part of a book
        [f" {n}. {ROWS[0][:58]}" for n in (1, 2, 3)],  # as wide as the text
    ],
)
def test_numbers_that_do_not_are_left_to_the_weights(heads: list[str]) -> None:
    assert not headings([row for head in heads for row in (head, *ROWS[:6], "He paid.")])


def test_numbers_right_behind_one_another_are_no_headings() -> None:
    texts = [
        *ROWS[:6],
        "1. Ein Licht",
        "2. Ein Seil, das an dem Kahn hing, der in der Mitte",
        "lag",
        "3. Ein Kahn",
        *ROWS,
    ]
    rows = rows_of(texts)
    found = counted(rows, Measure(rows))
    assert [rows[at].words for at in sorted(found)] == [texts[6], texts[7], texts[9]]
    assert not any("heading" in labels for labels in found.values())


NAMES = ("THE MILLER", "WIDOW", "THE MILLER", "WIDOW", "THE MILLER", "WIDOW")


def test_names_on_rows_of_their_own_open_turns() -> None:
    rows = rows_of([row for name in NAMES for row in (name, "She has the ledger.", "He wants to see it.")])
    found = turns(rows)
    assert [rows[at].words for at, labels in found.items() if labels == ("drama",)] == list(NAMES)
    assert all(found[at + 1] == ("drama+",) for at, labels in found.items() if labels == ("drama",))


@pytest.mark.parametrize(
    "rows",
    [
        [row for name in ("THE ICE", "THE BILL", "THE THAW") for row in (name, "She wrote.")],  # other words each time
        [row for _ in range(6) for row in ("REFRAIN", "She wrote.")],  # one alone speaks to nobody
        [row for name in NAMES for row in (name, "and she wrote.")],
        [row for n in range(6) for row in (f"ACT {n}", "She wrote.")],
    ],
)
def test_other_rows_in_capitals_name_no_speakers(rows: list[str]) -> None:
    assert not turns(rows_of(rows))


GERMAN = [
    "Der alte Müller sah am Abend das Feuer von Aldwasser und",
    "Anna Beck verließ mit dem Sohn des Ratsherrn das Rat-",
    "haus der Stadt, während der Schreiber in der Kammer vor",
    "Kälte zitterte.",
]


def test_rows_that_break_words_and_those_around_them_are_no_verse() -> None:
    rows = rows_of([*GERMAN, *FULL])
    found = prose(rows, Measure(rows))
    assert set(range(len(GERMAN))) <= found.keys()
    assert not any(label.startswith("verse") for at in range(len(GERMAN)) for label in found[at])
    assert all(label.endswith("+") for at in (1, 2, 3) for label in found[at])  # no paragraph begins inside a sentence


def test_inside_a_sentence_no_paragraph_and_no_turn_begins() -> None:
    rows = rows_of(["MILLER. He had expected a list of debts, and what he saw", "was a drawing.", "of rivers", " and"])
    found = prose(rows, Measure(rows))
    assert set(found) == {1}
    assert not {"para", "quote", "drama", "heading"} & set(found[1])
    assert {"para+", "drama+", "verse"} <= set(found[1])


VERSES = ("The water rose upon the meadow,", "And nobody was there to see", "A light that crossed it,", "Nor a boat.")


@pytest.mark.parametrize(("right", "alone"), [(20.0, True), (0.0, False), (None, False)])
def test_rows_that_end_though_the_next_word_had_room_stand_alone(right: float | None, alone: bool) -> None:
    looks = [None if right is None else Look(11.0, right=right)] * len(VERSES)
    rows = [Row(n, text, 0, 0, look) for n, (text, look) in enumerate(zip(VERSES, looks, strict=True))]
    found = prose(rows, Measure(rows_of(ROWS)))
    assert bool(found) == alone
    assert all("verse" in labels and "para" not in labels for labels in found.values())


def test_what_numbers_and_names_told_is_on_record() -> None:
    turns_of = [row for name in NAMES for row in (name, "She has the ledger.", "He wants to see it.")]
    text = [row for n, head in enumerate(("The Ferry", "The Ice", "The Mill"), 1) for row in (f"{n}. {head}", *ROWS)]
    decisions = copied(taken_off([text[:16], text[16:32], text[32:], turns_of])).decisions
    rules = Counter(one.reasons[-1].rule for one in decisions if one.reasons)
    assert (rules["page-counted"], rules["page-speaker"]) == (3, 2 * len(NAMES))


SPECKS = ("_ ", "~ ", ": ", "_. ")


def test_dirt_that_a_machine_read_before_and_behind_rows_parts_no_paragraph() -> None:
    rows = [row for text in PARAGRAPHS for row in textwrap.wrap(text, 62)]
    dirty = [f"{SPECKS[n % 4] if n % 3 == 1 else ''}{row}{' :' if n % 3 == 2 else ''}" for n, row in enumerate(rows)]
    found, clean = (
        paragraphs(book_of(taken_off([text[at : at + 8] for at in range(0, len(text), 8)]))) for text in (dirty, rows)
    )
    assert len(found) == len(clean)


def test_signs_that_french_sets_apart_and_dashes_that_people_speak_behind_are_no_dirt() -> None:
    rows = [Row(n, text, 0, 0) for n, text in enumerate(["Où allez-vous ? dit-il :", "— Là ; et vous ? dit-on :"] * 9)]
    assert swept(rows) == rows
    dirty = [Row(n, f"_ {text}", 0, 0) for n, text in enumerate(["he went to the river.", "— So did they."] * 9)]
    assert [row.text for row in swept(dirty)] == ["he went to the river.", "— So did they."] * 9


def test_rows_of_words_and_figures_are_a_table_in_columns_again() -> None:
    table = ["Ferry  1883 351", "Weir 1673 340", "Old lamp 1690. 12"]
    rows = rows_of(["Here they are.", *table, "Nothing else was written in 1883 12", "or in 1884."])
    assert [rows[at].words for at in figures(rows)] == table
    book = book_of(taken_off([[*ROWS[:12], *table, *ROWS[12:]]] * 3))
    tables = [one for one in book.elements if isinstance(one, Table)]
    assert [[len(row) for row in one.rows] for one in tables] == [[3] * len(table)] * 3
    assert in_columns("He came in 1883, and went.") == "He came in 1883, and went."


def test_numbered_sentences_are_items_though_gaps_part_them() -> None:
    items = [" 1. The lamp was lit at six.", " 2. Nobody crossed after that.", " 3. The fare was two pence."]
    assert not headings([*FULL[:6], *items, *FULL[6:]])
