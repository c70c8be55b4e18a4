"""Notes on printed pages go to their calls, in lists behind chapters and books and beside lists of items, too."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.kinds import margin, pages, raised
from pipeline.kinds.pages.behind import behind
from pipeline.kinds.pages.feet import feet
from pipeline.kinds.pages.heads import furniture
from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.measure import Measure
from pipeline.model import Block, Line, Look, Role
from tests.kinds.test_pages import PARAGRAPHS, TEXT_SIZE, book_of, copied, of_a_pdf, paragraphs, taken_off, text_of

SMALL = 9.0
NOTES = ("It stood where the bridge is now.", "Two pence each.", "Nobody has seen the drawing since.")
ROWS = textwrap.wrap(" ".join(PARAGRAPHS), 62)


def called(labels: tuple[str, ...]) -> list[str]:
    """Return rows of running text with a call behind the first word of every fourth row."""
    rows = list(ROWS)
    for n, label in enumerate(labels):
        first, rest = rows[4 * n].split(" ", 1)
        rows[4 * n] = f"{first}{label} {rest}"
    return rows


def behind_a_text(calls: tuple[str, ...], notes: list[str], *, size: float = SMALL, after: bool = True) -> list[Line]:
    """Set a text with its notes behind it, and a chapter without notes below."""
    body = [(TEXT_SIZE, row) for row in called(calls)]
    tail = [(size, row) for row in notes]
    last = [(18.0, "The Bridge"), *((TEXT_SIZE, row) for row in ROWS)] if after else []
    leaves = [body[:4], body[4:8], [*body[8:], *tail], last]
    return of_a_pdf([[(SMALL, f"THE FERRY    {n}"), *page] for n, page in enumerate(leaves, 12) if page])


@pytest.mark.parametrize(
    ("calls", "labels"),
    [
        (("¹", "²", "³"), ("1. ", "2. ", "3. ")),
        (("[1]", "[2]", "[3]"), ("[1] ", "[2] ", "[3] ")),
        (("1", "2", "3"), ("1 ", "2 ", "3 ")),
        (("ᵃ", "ᵇ", "ᶜ"), ("a. ", "b. ", "c. ")),
        (("ᵃ", "ᵇ", "ᶜ"), ("ᵃ ", "ᵇ ", "ᶜ ")),
    ],
)
@pytest.mark.parametrize("title", ["Notes", "Anmerkungen zum ersten Kapitel", ""])
def test_notes_behind_a_chapter_go_to_their_calls(calls: tuple[str, ...], labels: tuple[str, ...], title: str) -> None:
    notes = [*([title] if title else []), *map("".join, zip(labels, NOTES, strict=True))]
    lines = behind_a_text(calls, notes)
    book = book_of(lines)
    assert [text_of(note.blocks[0]) for note in book.notes.values()] == list(NOTES)
    assert " ".join(paragraphs(book)).count("*") == len(NOTES)
    assert not any(title and title in text_of(one) for one in book.elements if isinstance(one, Block))
    copy = copied(lines)
    rules = {decision.reasons[0].rule for decision in copy.decisions if decision.reasons}
    assert "page-note-behind" in rules
    assert ("page-notes-named" in rules) == bool(title)


def test_notes_at_the_end_that_count_anew_for_each_chapter_go_to_the_calls_of_that_chapter() -> None:
    one, other = called(("¹", "²")), called(("¹", "²"))
    notes = ["Notes", "The Ferry", "1. At Aldwater.", "2. A ledger.", "The Ledger", "1. Twice a day.", "2. Of oak."]
    leaves = [
        [(18.0, "The Ferry"), *((TEXT_SIZE, row) for row in one)],
        [(18.0, "The Ledger"), *((TEXT_SIZE, row) for row in other)],
        [(SMALL, row) for row in notes],
    ]
    found = behind([*rows_of(leaves)], TEXT_SIZE)
    assert [(note.rows[0].words, note.call is not None and note.call[0] // 100) for note in found.notes] == [
        ("1. At Aldwater.", 0),
        ("2. A ledger.", 0),
        ("1. Twice a day.", 1),
        ("2. Of oak.", 1),
    ]
    assert {number % 100 for number in found.names} == {0, 1, 4}


def rows_of(leaves: list[list[tuple[float, str]]]) -> list[Row]:
    """Return rows with the size of their letters, numbered from a hundred times their page."""
    return [
        Row(100 * at + n, text, at, 0, Look(size))
        for at, page in enumerate(leaves)
        for n, (size, text) in enumerate(page)
    ]


@pytest.mark.parametrize("size", [TEXT_SIZE, SMALL])
def test_items_of_a_list_without_calls_stay_in_the_text(size: float) -> None:
    lines = behind_a_text((), ["1. A lamp.", "2. A rope.", "3. A boat."], size=size)
    assert not [one for one in copied(lines).decisions if one.role is Role.NOTE]


def test_items_in_the_letters_of_the_text_are_no_notes_where_notes_are_set_smaller() -> None:
    items = [(TEXT_SIZE, f"{n}. A rule of the ferry.") for n in (1, 2, 3)]
    leaves = [
        [*((TEXT_SIZE, row) for row in called((str(3 * at + 1), str(3 * at + 2), str(3 * at + 3)))), *items]
        + [(SMALL, f"{3 * at + n} {NOTES[n - 1]}") for n in (1, 2, 3)]
        for at in range(3)
    ]
    rows = [[row for row in rows_of(leaves) if row.page == at] for at in range(3)]
    found = feet(rows, Measure([row for page in rows for row in page]), frozenset(), read_by_machine=True)
    assert [foot.label for foot in found] == [str(n) for n in range(1, 10)]
    assert all(foot.call and foot.rows[0].size == SMALL for foot in found)


def test_a_number_of_a_section_calls_no_note() -> None:
    page = [(14.0, "1.1 The Ferry"), *((TEXT_SIZE, row) for row in called(("¹",))), (SMALL, f"¹ {NOTES[0]}")]
    rows = rows_of([page])
    found = feet([rows], Measure(rows), frozenset(), read_by_machine=False)
    assert [foot.call and foot.call[0] for foot in found] == [1]


def test_labels_of_notes_below_one_another_are_no_line_numbers() -> None:
    rows = [f"{n} {NOTES[n % 3]}" for n in range(1, 9)]
    lines = [Line(n, row) for n, row in enumerate([*ROWS, *rows], 1)]
    assert margin.freed(lines, of_pages=True) == (lines, ())


def test_calls_on_pages_are_told_by_their_pages_alone() -> None:
    body = [*called(("1", "2", "3")), "1. A lamp.", "2. A rope.", "3. A boat.", *ROWS]
    leaves = [
        [(SMALL, f"THE FERRY    {n + 12}"), *((TEXT_SIZE, row) for row in body[8 * n : 8 * n + 8])] for n in range(4)
    ]
    lines = of_a_pdf(leaves)
    assert raised.set_apart(lines)[1]
    assert not copied(lines).changes


def test_a_folio_may_be_larger_than_the_text() -> None:
    leaves = rows_of([[*((TEXT_SIZE, row) for row in ROWS[at : at + 5]), (16.0, str(at + 7))] for at in range(5)])
    cut = [[row for row in leaves if row.page == at] for at in range(5)]
    assert sorted(furniture(cut).values()) == ["folio"] * 5


def test_rows_of_a_pdf_are_of_pages_though_these_have_no_folios_and_tear_no_sentence() -> None:
    whole = [(TEXT_SIZE, row) for row in [*ROWS[:5], "and so on."]]
    claim = pages.recognise(of_a_pdf([whole, whole]))
    assert claim is not None
    assert claim.score > 0.5
    assert pages.recognise([Line(n, row) for n, row in enumerate(ROWS, 1)]) is None


def test_a_label_of_two_raised_figures_calls_nothing() -> None:
    texts = [*((TEXT_SIZE, row) for row in called(("¹¹",))), (SMALL, f"¹¹ {NOTES[0]}")]
    after = [*((TEXT_SIZE, row) for row in ROWS[:4]), (SMALL, f"¹ {NOTES[1]}")]
    rows = rows_of([texts, after])
    found = feet([rows[: len(texts)], rows[len(texts) :]], Measure(rows), frozenset(), read_by_machine=False)
    assert [(foot.label, foot.call and foot.call[0]) for foot in found] == [("11", 0)]


def test_a_numbered_heading_is_no_note_where_labels_stand_raised() -> None:
    rows = rows_of(
        [
            [
                *((TEXT_SIZE, row) for row in called((f"{sign}",))),
                (18.0, f"{n} The Ferry"),
                (TEXT_SIZE, f"{sign} {NOTES[0]}"),
            ]
            for n, sign in enumerate("¹²³", 1)
        ]
    )
    cut = [[row for row in rows if row.page == at] for at in range(3)]
    found = feet(cut, Measure(rows), frozenset(), read_by_machine=False)
    assert [[row.words for row in foot.rows] for foot in found] == [[f"{sign} {NOTES[0]}"] for sign in "¹²³"]


def typed(pages: list[list[str]]) -> list[list[Row]]:
    """Return rows of which nothing is known but their words, numbered from a hundred times their page."""
    return [[Row(100 * at + n, text, at, 0) for n, text in enumerate(page)] for at, page in enumerate(pages)]


def feet_of(pages: list[list[Row]], answered: frozenset[tuple[int, int]] = frozenset()) -> list[str]:
    found = feet(pages, Measure([row for page in pages for row in page]), answered, read_by_machine=True)
    return [foot.rows[0].words for foot in found]


ITEMS = ["1. A lamp.", "2. A rope.", "3. A boat."]


def test_items_with_a_stop_are_no_notes_where_notes_have_none() -> None:
    pages = [[*called((str(2 * at + 1), str(2 * at + 2))), *ITEMS] for at in range(4)]
    notes = [[f"{2 * at + 1} {NOTES[0]}", f"{2 * at + 2} {NOTES[1]}"] for at in range(4)]
    pages = [page + foot for page, foot in zip(pages, notes, strict=True)]
    assert feet_of(typed(pages)) == [note for foot in notes for note in foot]


def test_items_above_notes_with_the_same_stop_stay_in_the_text() -> None:
    pages = [
        [*called(("1",)), f"1. {NOTES[0]}"],
        [*called(("2", "3")), *ITEMS[:2], f"2. {NOTES[1]}", f"3. {NOTES[2]}"],
        [*called(("4",)), f"4. {NOTES[0]}"],
    ]
    assert feet_of(typed(pages)) == [f"{n}. {note}" for n, note in enumerate((*NOTES, NOTES[0]), 1)]


def test_notes_are_found_again_behind_a_page_whose_notes_were_lost() -> None:
    pages = [[*called((str(n),)), *([f"{n} {NOTES[0]}"] if n not in (3, 4, 5, 6) else [])] for n in range(1, 10)]
    assert feet_of(typed(pages)) == [f"{n} {NOTES[0]}" for n in (1, 2, 7, 8, 9)]


def test_a_call_that_a_list_behind_answers_is_answered_by_nothing_else() -> None:
    pages = typed([[*called(("¹", "²", "³")), *ITEMS], [*called(("¹",)), *ITEMS]])
    assert feet_of(pages)
    signs = {(row.number, row.text.index(sign)) for page in pages for row in page for sign in "¹²³" if sign in row.text}
    assert not feet_of(pages, frozenset(signs))


def test_a_list_of_items_ends_a_book_that_calls_for_more_notes() -> None:
    for calls in (("1", "2", "3", "4"), ("1", "2", "3")):
        rows = [row for leaf in typed([called(calls), ROWS[:3], [*ROWS[:3], *ITEMS]]) for row in leaf]
        assert [note.label for note in behind(rows, 0.0).notes] == ([] if "4" in calls else [*calls])


def test_the_last_note_of_a_list_ends_where_the_next_chapter_has_a_list_of_items() -> None:
    notes = ["Notes", f"1. {NOTES[0]}", f"2. {NOTES[1]}"]
    page = [*called(("1", "2")), *notes]
    rows = typed([page, ["II. The Lamp", *ROWS[:4], *ITEMS, *ROWS]])
    rows[1] = [Row(rows[1][0].number, rows[1][0].text, 1, 2), *rows[1][1:]]
    found = behind([row for leaf in rows for row in leaf], 0.0).notes
    assert [[row.words for row in note.rows] for note in found] == [[note] for note in notes[1:]]


def test_a_book_with_notes_under_titles_has_none_at_the_feet_of_its_pages() -> None:
    chapters = [[*called(("1", "2")), "Notes", f"1. {NOTES[0]}", f"2. {NOTES[1]}"] for _ in range(2)]
    leaves = [chapters[0], [*ROWS[:6], *called(("1", "2")), *ITEMS[:2]], chapters[1]]
    assert [text_of(note.blocks[0]) for note in book_of(taken_off(leaves)).notes.values()] == [*NOTES[:2], *NOTES[:2]]


def misread(calls: tuple[str, ...], labels: tuple[str, ...], *, gap: bool = True) -> list[list[Row]]:
    """Return pages with a note each, as a machine reads them: a call behind an article, a note at the foot."""
    leaves = []
    for n, (call, label) in enumerate(zip(calls, labels, strict=True)):
        text = [
            "so it went on, year after year, at the ferry and on the bank.",
            *ROWS[:6],
            f"and they carried it over the{call} river in the boat of the",
            "old miller of the lower bank, who told nobody of it at all, and",
        ]
        rows = [Row(100 * n + at, row, n, 0) for at, row in enumerate(text)]
        leaves.append([*rows, Row(100 * n + 50, f"{label}{NOTES[n % 3]}", n, int(gap))])
    return [*leaves, [Row(900, "so it was for many years.", len(leaves), 0)]]


@pytest.mark.parametrize(
    ("calls", "labels"),
    [
        (("’", "®", "#"), ("ı. ", "2. ", "3. ")),
        (("?", "°", "”"), ("“", "? ", "#")),
        (("*", "‘?", "»"), ("* ", "°", "¢")),
    ],
)
def test_calls_and_labels_that_a_machine_misread_are_told_by_what_is_left(
    calls: tuple[str, ...], labels: tuple[str, ...]
) -> None:
    pages = misread(calls, labels)
    found = feet(pages, Measure([row for page in pages for row in page]), frozenset(), read_by_machine=True)
    text = {row.number: row.text for page in pages for row in page}
    assert [foot.rows[0].words[foot.opening :] for foot in found] == list(NOTES)
    assert [text[foot.call[0]][foot.call[1] : foot.call[2]] for foot in found if foot.call] == list(calls)


def test_a_note_whose_call_is_lost_stands_where_the_text_above_it_ends_and_is_reported() -> None:
    pages = misread(("’", "", "®"), ("1. ", "“", "3. "))
    found = feet(pages, Measure([row for page in pages for row in page]), frozenset(), read_by_machine=True)
    assert [foot.sure for foot in found] == [False] * 3
    assert found[1].call is not None
    assert found[1].call[1] == found[1].call[2]  # it takes no word's place


def test_what_a_page_ends_with_is_no_note_where_nothing_was_misread() -> None:
    pages = misread(("", "", ""), ("", "", ""))
    assert not feet_of(pages)
    assert not feet_of(misread(("", "", ""), ("So: ", "2. ", "To: "), gap=False))


def test_numbered_sections_that_nothing_calls_are_no_notes() -> None:
    pages = [
        [
            Row(100 * n, "so it went on, year after year, at the ferry and on the bank.", n, 0),
            *(Row(100 * n + at, row, n, 0) for at, row in enumerate(ROWS[:7], 1)),
            Row(100 * n + 50, f"{n + 1}. The Widow and the Miller", n, 1),
            Row(100 * n + 51, "The lamp was lit at six, and nobody crossed after that.", n, 0),
        ]
        for n in range(8)
    ]
    assert not feet_of(pages)


def test_a_call_that_came_out_apart_from_its_word_is_told_by_the_order_of_the_others() -> None:
    rows = called(("1", "", "3"))
    rows[4] = " ".join([*rows[4].split()[:2], "2", *rows[4].split()[2:]])
    notes = [f"{n}. {note}" for n, note in enumerate(NOTES, 1)]
    pages = typed([[*rows, *notes]])
    found = feet(pages, Measure(pages[0]), frozenset(), read_by_machine=True)
    assert [foot.call and foot.call[0] for foot in found] == [0, 4, 8]
    behind_it = behind([row for page in typed([rows, ["Notes", *notes], ROWS[:3]]) for row in page], 0.0).notes
    assert [note.call and note.call[0] for note in behind_it] == [0, 4, 8]
    rows[5] += " vol. 2 of"  # two places: none is sure
    rows[6] = " ".join(["It", "2", "was", *rows[6].split()])
    pages = typed([[*rows, *notes]])
    assert feet(pages, Measure(pages[0]), frozenset(), read_by_machine=True)[1].call is None
