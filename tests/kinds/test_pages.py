"""Text taken off pages: what the printer put around it goes, paragraphs and words are whole, notes are called."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest

from pipeline.arrange import arrange
from pipeline.kinds import pages, read_kinds
from pipeline.kinds.pages.contents import contents
from pipeline.kinds.pages.feet import feet
from pipeline.kinds.pages.habit import habitual
from pipeline.kinds.pages.heads import furniture
from pipeline.kinds.pages.leaves import Row, leaves
from pipeline.kinds.pages.measure import Measure
from pipeline.kinds.pages.slips import find_slips
from pipeline.label.front import names_book, on_title_page
from pipeline.model import Block, Book, Copy, Heading, Kind, Line, Look, NoteCall, Role, Run, Source
from pipeline.repair import repair
from pipeline.report import Report
from pipeline.settings import Settings
from tests.pdfs import prose

PARAGRAPHS = (
    "The ferry at Aldwater was kept by a widow who had never been across. She took the fares at the landing and "
    "counted them twice, once in the morning and once when the lamp was lit, and what she counted she wrote down in a "
    "ledger that nobody was allowed to read.",
    "In the third winter the river froze from bank to bank. The carters drove over the ice without paying, and the "
    "widow stood at the window with the ledger under her arm and entered every cart by the name of its owner, though "
    "she could not have said what he owed her.",
    "When the thaw came she sent out bills. Some of the carters laughed, and some of them paid; the miller came "
    "himself, with the money in a stocking, and asked to see the page on which his name was written. It was the only "
    "time that she opened the book before a stranger, and he remembered it for the rest of his life.",
    "He had expected a list of debts. What he saw was a drawing of the river as it had been on that morning, with "
    "every track on the ice and every wheel that had made it, and at the foot of the page the words that he had said "
    "to his horse when he thought that nobody could hear him.",
)


def set_in_type(paragraphs: tuple[str, ...], rows: int, width: int = 62) -> list[list[str]]:
    """Set paragraphs in rows as a printer does, without indents or gaps, and cut them into pages."""
    lines = [row for one in paragraphs for row in textwrap.wrap(one, width)]
    return [lines[at : at + rows] for at in range(0, len(lines), rows)]


def taken_off(bodies: list[list[str]], *, notes: dict[int, str] | None = None) -> list[Line]:
    """Give each page its running head and folio, the way they come out in the order of reading."""
    out: list[str] = []
    for n, body in enumerate(bodies):
        number = n + 12
        head = [str(number), "", "THE FERRY LEDGER", ""] if number % 2 == 0 else ["ALDWATER", "", str(number), ""]
        head[0] = f"\f{head[0]}" if n else head[0]
        out += [*head, *body, *([(notes or {})[n]] if notes and n in notes else []), ""]
    return [Line(number, text) for number, text in enumerate("\n".join(out).split("\n"), 1)]


def copied(lines: list[Line]) -> Copy:
    repaired, _ = repair(Source("ferry.txt", tuple(lines), "UTF-8", True, "LF"))
    return read_kinds(repaired, Settings(), Report())


def book_of(lines: list[Line]) -> Book:
    copy = copied(lines)
    return arrange(copy.lines, copy.decisions, (), (), title="", lang="en", report=Report())[0]


def text_of(block: Block | Heading) -> str:
    shown = (one for one in block.inlines if isinstance(one, Run | NoteCall))
    return "".join(one.text if isinstance(one, Run) else "*" for one in shown)


def paragraphs(book: Book) -> list[str]:
    return [text_of(one) for one in book.elements if isinstance(one, Block)]


def test_paragraphs_are_whole_over_lines_and_pages() -> None:
    assert paragraphs(book_of(taken_off(set_in_type(PARAGRAPHS, 4)))) == list(PARAGRAPHS)


def test_furniture_leaves_the_book_each_line_with_its_rule() -> None:
    copy = copied(taken_off(set_in_type(PARAGRAPHS, 4)))
    out = {copy_line.text.strip(): one for copy_line, one in _left_out(copy)}
    assert {"THE FERRY LEDGER", "ALDWATER", "12", "13"} <= out.keys()
    assert out["13"] == "folio"
    assert out["ALDWATER"] == "running-head-again"


def _left_out(copy: Copy) -> list[tuple[Line, str]]:
    lines = {line.number: line for line in copy.lines}
    return [(lines[one.line], one.reasons[0].rule) for one in copy.decisions if one.role is Role.BOILERPLATE]


@pytest.mark.parametrize(
    ("heads", "left"), [(("1 Of Salt", "2 Of Coal"), []), (("1 SALT", "2 SALT"), ["1 SALT", "2 SALT"])]
)
def test_two_pages_may_open_two_sections(heads: tuple[str, str], left: list[str]) -> None:
    text = "\f".join(
        f"{head}\nThe pans are shallow, and were fired with coal\nfrom the pits of the Duke.\n" for head in heads
    )
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    texts = {line.number: line.text.strip("\f") for line in lines}
    assert [texts[number] for number in sorted(furniture(leaves(lines)))] == left


def test_words_stay_where_they_recur_but_not_at_the_edge_of_pages() -> None:
    """The same words again and again are no running head by that alone."""
    bodies = set_in_type(PARAGRAPHS, 4)
    for body in bodies:
        body.insert(3, "So the ledger says.")
    lines = taken_off(bodies)
    kept = [line.number for line in lines if line.text == "So the ledger says."]
    assert not set(kept) & furniture(leaves(lines)).keys()


@pytest.mark.parametrize(
    ("row", "leaves_it"),
    [
        ("and so the ferry waited for the tide", False),
        ("Of Ferries that Wait for the Tide", True),
        ("of ferries", True),
    ],
)
def test_a_piece_of_a_sentence_at_the_edge_of_pages_stays(row: str, leaves_it: bool) -> None:
    bodies = set_in_type(PARAGRAPHS * 2, 4)
    text = "\n\f".join("\n".join([row, "", *body, "The tide was low that day."]) for body in bodies)
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    told = {line.number for line in lines if line.text.strip("\f") == row}
    assert bool(told & furniture(leaves(lines)).keys()) == leaves_it


@pytest.mark.parametrize("hyphen", ["\xad", "-"])
def test_a_word_broken_over_a_page_is_whole(hyphen: str) -> None:
    bodies = set_in_type(PARAGRAPHS, 4)
    first, second = bodies[0][-1], bodies[1][0]
    word, _, rest = second.partition(" ")
    assert word == "allowed"
    bodies[0][-1], bodies[1][0] = f"{first} al{hyphen}", f"lowed {rest}"
    assert paragraphs(book_of(taken_off(bodies)))[0] == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("call", "label"),
    [
        *(("1", "1"), ("1", "1\n"), ("*", "*\n"), ("1", "1 "), ("*", "* "), ("[1]", "[1] "), ("¹", "¹ ")),
        *(("*", "(*) "), ("(¹)", "1 "), ("a)", "a) "), ("1)", "1) "), ("††††", "(††††) "), ("*)", "*) ")),
    ],
)
def test_notes_of_each_page_go_to_their_calls(call: str, label: str) -> None:
    bodies = set_in_type(PARAGRAPHS, 4)
    bodies[0][1] = bodies[0][1].replace("landing", f"landing{call}", 1)
    bodies[1][2] = bodies[1][2].replace("paying,", f"paying,{call}", 1)
    notes = {0: f"{label}It stood where the bridge is now.", 1: f"{label}They owed two pence each."}
    assert any(call in row for row in bodies[0])
    assert any(call in row for row in bodies[1])
    book = book_of(taken_off(bodies, notes=notes))
    told = paragraphs(book)
    assert ["landing*" in told[0], "paying,*" in told[1]] == [True, True]
    assert [text_of(note.blocks[0]) for note in book.notes.values()] == [
        "It stood where the bridge is now.",
        "They owed two pence each.",
    ]


def test_a_stanza_goes_on_over_the_page() -> None:
    verse = (
        "The river has no bridge but ice,",
        "The ice has no one’s name,",
        "And those who cross it paying twice",
        "Are those who never came.",
    )
    rows = [*verse] * 12
    book = book_of(taken_off([rows[at : at + 6] for at in range(0, len(rows), 6)]))
    lines = [text_of(one) for one in book.elements if isinstance(one, Block) and one.kind is Kind.VERSE]
    assert lines == rows


def test_a_chapter_that_opens_a_page_is_a_heading_though_running_heads_repeat_it() -> None:
    bodies = [*set_in_type(PARAGRAPHS[:2], 4), *set_in_type(PARAGRAPHS, 4)]
    start = len(set_in_type(PARAGRAPHS[:2], 4))
    out: list[str] = []
    for n, body in enumerate(bodies):
        head = "The Thaw" if n > start else "The Ice"
        top = ["\fThe Thaw", ""] if n == start else [f"\f{n + 5}", "", head, ""]
        out += [*top, *body, ""]
    book = book_of([Line(number, text) for number, text in enumerate(out, 1)])
    assert "The Thaw" in [text_of(one) for one in book.elements if isinstance(one, Heading)]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        (["CONTENTS", "I. The Ferry . . . . 3", "II. The Ice ..... 17", "III. A title that", "goes on .... 29"], 0),
        (["Contents", "Preface", "vii", "The Ferry", "1", "The Ice", "15", "Preface"], 1),
        (["The Ferry      3", "The Ice      17", "The Thaw     29", "It began."], 1),
        (["She counted to 12", "and then to 13", "and at last to 14"], 3),
        (["Index", "bridge 12", "ferry 14", "ice 20", "widow 31"], 5),
    ],
)
def test_a_list_of_contents_is_known_by_its_pages(rows: list[str], left: int) -> None:
    found = contents([Row(n, text, 0, 0) for n, text in enumerate([*rows, *["It was cold."] * 40])])
    assert [n for n in range(len(rows)) if n not in found] == list(range(len(rows) - left, len(rows)))


@pytest.mark.parametrize(
    ("odd", "meant"),
    [
        ("tlie", "the"),
        ("Ihave", "I have"),
        ("Thave", "I have"),
        ("riv3r", ""),
        ("ferrymaid", ""),
        ("hcr", ""),
        ("Town", ""),
    ],
)
def test_a_word_that_a_machine_misread_is_a_finding(odd: str, meant: str) -> None:
    rows = ["I have seen the ferry and her own river, and I have paid the widow."] * 5
    report = Report()
    find_slips([Row(n, text, 0, 0) for n, text in enumerate([*rows, f"So {odd} said."])], report)
    assert [(one.code, one.line) for one in report.findings] == ([("misread-word", 5)] if meant else [])
    assert all(f"“{meant}”" in one.message for one in report.findings)


def test_blank_pages_count() -> None:
    lines, _ = repair(Source("f.txt", (Line(1, "one"), Line(2, "\f\ftwo"), Line(3, "\fthree")), "UTF-8", True, "LF"))
    assert [(row.words, row.page) for page in leaves(lines) for row in page] == [("one", 0), ("two", 2), ("three", 3)]


@pytest.mark.parametrize(
    "marks",
    [("--- page {} ---",), ("[Page {}]",), ("Page {} of 40",), ("", "{}", "")],
    ids=["ruled", "bracketed", "of so many", "lone folios"],
)
def test_pages_are_known_without_form_feeds(marks: tuple[str, ...]) -> None:
    bodies = set_in_type(PARAGRAPHS * 6, 14)
    rows = [text for n, body in enumerate(bodies) for text in (*(mark.format(n + 3) for mark in marks), *body)]
    assert paragraphs(book_of([Line(number, text) for number, text in enumerate(rows, 1)])) == list(PARAGRAPHS * 6)


def test_runs_of_blank_lines_that_tear_sentences_part_pages() -> None:
    bodies = set_in_type(PARAGRAPHS * 6, 14)
    rows = [text for body in bodies for text in (*body, "", "", "")]
    assert paragraphs(book_of([Line(number, text) for number, text in enumerate(rows, 1)])) == list(PARAGRAPHS * 6)
    chapters = [text for _ in range(6) for body in PARAGRAPHS for text in (body, "", "", "")]
    assert pages.recognise([Line(number, text) for number, text in enumerate(chapters, 1)]) is None


ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@pytest.mark.parametrize("feed", ["\f", ""], ids=["fed", "not fed"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("{0}   THE FERRY LEDGER", "ALDWATER   {0}"),
        ("{0}  THE FERRY LEDGER.", "CHAP. II.]  ALDWATER.  {0}"),
        ("{0}  ALDWATER.  [1848.", "1849.]  ALDWATER.  {0}"),
        ("{0} THE FERRY LEDGER", "ALDWATER {0}"),
        ("The Ferry Ledger | {0}", "Aldwater | {0}"),
        ("{1}    The Ferry Ledger", "Aldwater    {1}"),
        *(("{1}", "{1}"), ("— {0} —", "— {0} —"), ("{2}", "{2}"), ("Page {0}", "Page {0}")),
    ],
)
def test_folios_stand_anywhere_beside_running_heads(left: str, right: str, feed: str) -> None:
    rows: list[str] = []
    for n, body in enumerate(set_in_type(PARAGRAPHS * 4, 14)):
        head = (left, right)[n % 2].format(n + 12, ROMAN[n], " ".join(str(n + 12)))
        rows += [f"{feed if n else ''}{head}", "", *body, ""]
    assert paragraphs(book_of([Line(number, text) for number, text in enumerate(rows, 1)])) == list(PARAGRAPHS * 4)


def test_a_first_folio_at_the_foot_counts_with_those_at_the_heads_though_notes_count_too() -> None:
    rows: list[str] = []
    for n, body in enumerate(set_in_type(PARAGRAPHS * 2, 7)):
        head = ["1", "The Widow"] if n == 0 else [f"{n + 11}   THE LEDGER" if n % 2 else f"THE WIDOW   {n + 11}"]
        head[0] = f"\f{head[0]}" if n else head[0]
        rows += [
            *head,
            "",
            *body,
            "",
            f"{n + 1} Rolls of Aldwater, vol. ii, p. {n + 40}.",
            *(["", "11"] if n == 0 else []),
        ]
    lines = [Line(number, text) for number, text in enumerate(rows, 1)]
    aside = {line.text for line in lines if line.number in furniture(leaves(lines))}
    assert "11" in aside
    assert "1" not in aside


def test_a_text_without_pages_is_not_claimed() -> None:
    lines = [Line(n, row) for n, row in enumerate(set_in_type(PARAGRAPHS, 60)[0], 1)]
    assert pages.recognise(lines) is None


def test_numbers_that_tear_no_sentence_are_those_of_chapters() -> None:
    chapters = [row for n in range(1, 7) for row in (str(n), *textwrap.wrap(prose(160, n), 60), "", "")]
    lines = [Line(n, row) for n, row in enumerate(chapters, 1)]
    assert pages.recognise(lines) is None


def test_who_names_notes_has_typed_the_text_anew() -> None:
    page = "[Page {n}]\n\nThe ferry at Lower Lindle(1) went twice a day, and on market days three\ntimes.\n"
    note = "\n[Footnote 1: Not on Sundays.]\n\n"

    def lines(text: str) -> list[Line]:
        return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]

    assert pages.recognise(lines("".join(page.format(n=n) + note for n in range(1, 5)))) is None
    assert pages.recognise(lines("".join(page.format(n=n) + "\n" for n in range(1, 5)))) is not None


@pytest.mark.parametrize("mark", ["[Pg {}]", "[Seite {}]", "[Page {}]"])
@pytest.mark.parametrize(
    ("front", "numbers"),
    [
        ("Produced by two ferrymen and a heron", (1, 2, 3)),
        ("[Illustration: The ferry at low water]", (1, 2, 3)),
        ("She had _never_ been across.\n\nNo one _asked_ her.", (1, 2, 3)),
        ("THE FERRY LEDGER", (1, 17, 40)),
    ],
    ids=["who made it", "a picture", "underscores", "most pages have none"],
)
def test_marks_of_pages_in_a_text_typed_anew_cut_no_pages(mark: str, front: str, numbers: tuple[int, ...]) -> None:
    parts = ("\n".join(textwrap.wrap(one, 62)) for one in PARAGRAPHS)
    text = f"{front}\n\n\n" + "\n\n".join(
        f"{mark.format(n)}\n\n{part}" for n, part in zip(numbers, parts, strict=False)
    )
    assert pages.recognise([Line(n, row) for n, row in enumerate(text.split("\n"), 1)]) is None


def test_a_row_that_fills_the_page_is_no_running_head() -> None:
    full = "Of the widow and her ledger and of all that was said of both when the thaw had come at last"
    bodies = set_in_type(PARAGRAPHS * 3, 8)
    rows = [row for n, body in enumerate(bodies) for row in (f"--- page {n + 1} ---", full, *body)]
    lines = [Line(number, row) for number, row in enumerate(rows, 1)]
    assert {line.text for line in lines if line.number in furniture(leaves(lines))}.isdisjoint({full})


def of_a_pdf(pages: list[list[tuple[float, str]]]) -> list[Line]:
    """Return rows with the size of their letters as a PDF gives them, a blank line under what is not text."""
    out: list[tuple[float, str]] = []
    for n, page in enumerate(pages):
        for at, (size, text) in enumerate(page):
            out.append((size, f"\f{text}" if n and not at else text))
            if size != TEXT_SIZE:
                out.append((0.0, ""))
    return [Line(number, text, Look(size)) for number, (size, text) in enumerate(out, 1)]


TEXT_SIZE = 12.0


def test_a_heading_is_set_larger_than_the_running_heads_that_say_it_again() -> None:
    rows = textwrap.wrap(" ".join(PARAGRAPHS), 62)
    pages: list[list[tuple[float, str]]] = []
    for chapter in ("The Ferry", "The Ledger"):
        for n in range(4):
            head = (20.0, chapter) if n == 0 else (9.0, chapter)
            pages.append([head, *((TEXT_SIZE, row) for row in rows[4 * n : 4 * n + 4])])
    lines = of_a_pdf(pages)
    aside = furniture(leaves(lines))
    heads = [line for line in lines if line.text.strip("\f") in ("The Ferry", "The Ledger")]
    assert {line.look.size for line in heads if line.number in aside and line.look} == {9.0}
    assert sum(line.number in aside for line in heads) == 6
    assert [text_of(one) for one in book_of(lines).elements if isinstance(one, Heading)] == ["The Ferry", "The Ledger"]


def test_a_note_without_room_on_its_page_is_told_by_its_letters_on_the_next() -> None:
    rows = textwrap.wrap(" ".join(PARAGRAPHS), 62)
    called = [row.replace("ledger", "ledger¹", 1) if "ledger" in row else row for row in rows]
    at = next(n for n, row in enumerate(called) if "¹" in row)
    note = [(9.0, "¹ It is kept in the county chest, where nobody may read it")]
    body = [(TEXT_SIZE, row) for row in (called[: at + 1] + rows[at + 1 :])]
    pages = [body[: at + 1], [*body[at + 1 : at + 6], *note], body[at + 6 :]]
    lines = of_a_pdf(pages)
    book = book_of(lines)
    assert "ledger*" in " ".join(paragraphs(book))
    assert len(book.notes) == 1


@pytest.mark.parametrize(("stop", "gap"), [("", 0), ("", 1)])
def test_a_long_note_goes_on_over_several_pages_in_smaller_letters(stop: str, gap: int) -> None:
    text = textwrap.wrap(" ".join(PARAGRAPHS), 62)
    text[2], text[5] = f"{text[2]}¹", f"{text[5]}²"
    small = [
        f"¹ It is in the chest{stop}",
        f"It goes on with the carter{stop}",
        f"It ends{stop}",
        "² Another of the sort.",
    ]
    bodies = [(text[:4], small[:1]), (text[4:5], small[1:2]), (text[5:9], small[2:]), (text[9:], [])]
    pages: list[list[Row]] = []
    for at, (rows, notes) in enumerate(bodies):
        sized = [*((row, TEXT_SIZE, 0) for row in rows), *((row, 9.0, gap if row[:1] == "²" else 0) for row in notes)]
        pages.append([Row(100 * at + n, row, at, blanks, Look(size)) for n, (row, size, blanks) in enumerate(sized)])
    found = feet(pages, Measure([row for page in pages for row in page]), frozenset(), read_by_machine=False)
    assert [[row.text for row in (*foot.rows, *foot.goes_on)] for foot in found] == [small[:3], small[3:]]


def set_in_rows(heads: list[tuple[str, float]], text: str) -> list[Row]:
    """Set heads in bold, each with its distance from the row above, over rows of text."""
    out: list[Row] = []
    for words, above in heads:
        out.append(Row(len(out) + 1, words, 0, 0, Look(TEXT_SIZE, above=above, right=9.0, bold=True)))
        for n, row in enumerate(textwrap.wrap(text, 50)):
            out.append(Row(len(out) + 1, row, 0, 0, Look(TEXT_SIZE, above=2.0 if n == 0 else 1.0)))
    return out


@pytest.mark.parametrize(
    ("heads", "gap", "left"),
    [
        (["The Landing", "The Ice", "Who Paid", "Who Did Not"], 2.0, 4),
        (["10. – The Landing", "11. – The Ice", "12. – Who Paid"], 2.0, 3),
        (["The Landing", "The Ice"], 2.0, 0),
        (["IV The Landing", "V The Ice"], 2.0, 2),
        (["The Widow", "The Miller", "The Widow", "The Miller"], 2.0, 0),
        (["She counts the fares.", "She looks at the river.", "The miller goes out."], 2.0, 0),
        (["The Landing", "The Ice", "Who Paid"], 1.0, 0),
        (["Fig. 1. The Landing", "Fig. 2. The Ice", "Fig. 3. The Ledger"], 2.0, 0),
        (["Dear Miller,", "Dear Widow,", "Dear Carter,"], 2.0, 0),
        (["The boat is late.", "The boat is lost.", "The boat is paid for."], 2.0, 0),
    ],
    ids=[
        "titles",
        "numbered",
        "few",
        "few that count",
        "speakers",
        "directions",
        "no gap",
        "captions",
        "salutations",
        "sentences",
    ],
)
def test_a_look_that_recurs_over_the_text_is_that_of_headings(heads: list[str], gap: float, left: int) -> None:
    rows = set_in_rows([(head, gap) for head in heads], " ".join(PARAGRAPHS))
    told = [rows[at].words for at, labels in habitual(rows, TEXT_SIZE).items() if labels == ("heading",)]
    assert told == heads[:left]


def test_a_title_below_its_number_is_one_though_it_reads_as_a_sentence() -> None:
    titles = ["The boat is late.", "The boat is lost.", "The boat is paid for."]
    rows: list[Row] = []
    for n, title in enumerate(titles):
        rows.append(Row(len(rows) + 1, ["IV", "V", "VI"][n], 0, 0, Look(1.4 * TEXT_SIZE, above=3.0, right=9.0)))
        rows += [
            replace(row, number=len(rows) + at) for at, row in enumerate(set_in_rows([(title, 1.0)], PARAGRAPHS[0]), 1)
        ]
    told = [rows[at].words for at, labels in habitual(rows, TEXT_SIZE).items() if labels == ("heading",)]
    assert [words for words in told if words in titles] == titles


def test_a_heading_by_habit_says_so() -> None:
    heads = ["The Landing", "The Ice", "Who Paid", "Who Did Not"]
    rows = set_in_rows([(head, 2.0) for head in heads], " ".join(PARAGRAPHS))
    lines = [
        Line(row.number, row.words if n % 30 or not n else f"\f{row.words}", row.look) for n, row in enumerate(rows)
    ]
    copy = copied(lines)
    told = zip(copy.lines, copy.decisions, strict=True)
    assert [line.text.strip("\f") for line, one in told if one.reasons[-1].rule == "page-habit"] == heads


TITLE_PAGE = (
    "The Ferry Ledger\nby\n\nAda Norrow\n\nAldwater\n1887\n",
    "\fFirst published 1887\nAll rights reserved\nPrinted at the Ferry Press\n",
)


def with_front(*front: str) -> list[Line]:
    """Put pages before the pages of the ledger."""
    rows = [row for page in front for row in page.split("\n")]
    text = [*rows, *(line.text for line in taken_off(set_in_type(PARAGRAPHS * 2, 12)))]
    text[len(rows)] = f"\f{text[len(rows)]}" if rows else text[0]
    return [Line(number, row) for number, row in enumerate(text, 1)]


def test_a_title_page_and_its_imprint_are_no_chapters() -> None:
    copy = copied(with_front(*TITLE_PAGE))
    role = {line.text.strip(): one for line, one in zip(copy.lines, copy.decisions, strict=True)}
    assert names_book(role["The Ferry Ledger"])
    rest = ("by", "Ada Norrow", "Aldwater", "1887", "All rights reserved", "Printed at the Ferry Press")
    assert all(on_title_page(role[text]) for text in rest)


@pytest.mark.parametrize(
    "page",
    [
        "To the widow at the landing,\nwho counted twice\n",
        "\n".join(textwrap.wrap(PARAGRAPHS[1], 62)) + "\n",
    ],
)
def test_a_first_page_that_names_no_book_is_no_title_page(page: str) -> None:
    copy = copied(with_front(page))
    assert not any(names_book(one) or on_title_page(one) for one in copy.decisions)


def test_what_the_list_of_contents_has_is_a_heading() -> None:
    listed = "Contents\n\nThe Landing ........ 1\nOf Bills and Stockings ........ 4\nThe Open Book ........ 9\n"
    pages_of = "\f".join(
        f"{title}\n{chr(10).join(textwrap.wrap(text, 62))}\n"
        for title, text in zip(("The Landing", "Of Bills\nand Stockings", "The Open Book"), PARAGRAPHS[1:], strict=True)
    )
    lines = [Line(number, row) for number, row in enumerate(f"{listed}\f{pages_of}".split("\n"), 1)]
    copy = pages.read(lines, Settings(), Report())
    titles = (Role.TITLE, Role.HEADING)
    heads = [line.text.strip("\f") for line, one in zip(copy.lines, copy.decisions, strict=True) if one.role in titles]
    assert heads == ["The Landing", "Of Bills", "and Stockings", "The Open Book"]


def test_a_note_in_brackets_answers_a_raised_figure() -> None:
    rows = set_in_type(PARAGRAPHS[:2], 12)
    rows[0][2] += "¹"
    copy = copied(taken_off([*rows, *set_in_type(PARAGRAPHS[2:], 9)], notes={0: "(1) It was bound in sailcloth."}))
    notes = [line.text for line, one in zip(copy.lines, copy.decisions, strict=True) if one.role is Role.NOTE]
    assert notes == ["[1] It was bound in sailcloth."]


def test_below_its_running_head_the_same_words_are_the_heading() -> None:
    bodies = ["\n".join(body) for body in set_in_type(PARAGRAPHS * 2, 6)]
    pages_of = [f"THE ICE\n\n{'THE ICE' + 2 * chr(10) if n == 0 else ''}{body}" for n, body in enumerate(bodies)]
    text = "\n\f".join(("To the widow", "Of the river", *pages_of))
    lines = [Line(number, row) for number, row in enumerate(text.split("\n"), 1)]
    aside = furniture(leaves(lines))
    kept = [line.text for line in lines if line.text.strip() == "THE ICE" and line.number not in aside]
    assert kept == ["THE ICE"]


def test_a_head_set_as_the_running_heads_is_one_though_its_words_come_once() -> None:
    rows = textwrap.wrap(" ".join(PARAGRAPHS * 2), 62)
    heads = ["Of the Ice"] * 5 + ["Of the Widow"]
    pages = [[(9.0, head), *((TEXT_SIZE, row) for row in rows[4 * n : 4 * n + 4])] for n, head in enumerate(heads)]
    aside = furniture(leaves(of_a_pdf(pages)))
    assert list(aside.values())[-1] == "running-head-alike"


def of_a_tagged_pdf(pages: list[list[tuple[str, int, str]]]) -> list[Line]:
    """Return rows of pages with the kind and the number of the element that each stands in."""
    rows = [
        (f"\f{text}" if n and not at else text, tag, block)
        for n, page in enumerate(pages)
        for at, (tag, block, text) in enumerate(page)
    ]
    return [
        Line(number, text, Look(TEXT_SIZE, tag=tag, block=block)) for number, (text, tag, block) in enumerate(rows, 1)
    ]


def test_the_elements_of_a_tagged_pdf_are_its_blocks_over_pages_and_notes() -> None:
    lines = of_a_tagged_pdf(
        [
            [
                ("", 0, "THE FERRY"),
                ("H1", 1, "Of the Ice"),
                ("P", 2, "The harbour froze in a night.¹ No boat went out and"),
                ("P", 2, "none came in."),
                ("P", 3, "Then it thawed. The keeper wrote of it to the"),
                ("Note", 9, "¹ So says the bill."),
                ("", 0, "1"),
            ],
            [
                ("", 0, "THE FERRY"),
                ("P", 3, "Board of Trade, which did not answer him."),
                ("H1", 4, "Of the Mole"),
                ("P", 5, "It was built of larch and of stone from the"),
                ("P", 5, "hill."),
                ("", 0, "2"),
            ],
        ]
    )
    copy = copied(lines)
    rules = {line.text.strip("\f"): one.reasons[-1].rule for line, one in zip(copy.lines, copy.decisions, strict=True)}
    assert rules["THE FERRY"] == "running-head-artifact"
    assert rules["Of the Ice"] == "page-said"
    book = book_of(lines)
    assert [text_of(one) for one in book.elements if isinstance(one, Heading)] == ["Of the Ice", "Of the Mole"]
    texts = paragraphs(book)
    assert texts[1] == "Then it thawed. The keeper wrote of it to the Board of Trade, which did not answer him."
    assert len(texts) == 3
    assert len(book.notes) == 1


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["Preface", "Part One", "I", "II"], [1, 1, 2, 2]),
        (["The Frozen Harbour", "/Of salt", "The Open Sea"], [1, 2, 1]),
        (["THE HARBOUR", "The Quay", "THE OPEN SEA", "IV", "The Mole"], [1, 2, 1, 1, 2]),
    ],
)
def test_headings_of_one_size_lie_as_they_are_set_and_as_they_are_named(headings: list[str], levels: list[int]) -> None:
    """A slash: the heading is slanted."""
    lines: list[Line] = []
    for n, heading in enumerate(headings):
        words, slanted = heading.lstrip("/"), heading.startswith("/")
        text = textwrap.wrap(PARAGRAPHS[n % len(PARAGRAPHS)], 62)
        lines.append(
            Line(
                len(lines) + 1, f"\f{words}" if n else words, Look(TEXT_SIZE, tag="H", block=2 * n + 1, slanted=slanted)
            )
        )
        lines += [
            Line(len(lines) + 1 + at, row, Look(TEXT_SIZE, tag="P", block=2 * n + 2)) for at, row in enumerate(text)
        ]
        lines.append(Line(len(lines) + 1, str(n + 1), Look(TEXT_SIZE)))
    assert [one.level for one in book_of(lines).elements if isinstance(one, Heading)] == levels


def test_a_head_that_ends_in_a_full_stop_is_told_by_how_the_others_are_set() -> None:
    rows = textwrap.wrap(" ".join(PARAGRAPHS), 62)
    heads = ("THE FERRY LEDGER", "Of the thaw.", "THE FERRY LEDGER", "Of the mole.", "THE FERRY LEDGER", "Of the mole.")
    lines = of_a_pdf(
        [[(9.0, head), *((TEXT_SIZE, row) for row in rows[2 * n : 2 * n + 2])] for n, head in enumerate(heads)]
    )
    aside = furniture(leaves(lines))
    assert [line.text.strip("\f") for line in lines if line.number in aside] == list(heads)
