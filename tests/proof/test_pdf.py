"""What a user may rely on: the words of a PDF are read from its pages, wherever the typesetter broke them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model import Change, ChangeKind, Line, Source
from pipeline.print.press import print_book
from pipeline.proof import prove, streams_of_pdf
from pipeline.proof.pdf import CARRIED, Flow, _once, _without_margins
from pipeline.proof.sight import Run
from pipeline.proof.streams import CALLED
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.words import words_of
from pipeline.words.align import MISSING, locate

WORDS = (
    *("watermill", "embankment", "sluicegate-keeper", "extraordinary", "correspondence", "well-kept", "river"),
    *("miller’s", "neighbourhood", "administration", "characteristic", "“wheels”", "flood", "considerable"),
    *("the", "of", "a", "and", "in", "it", "stood", "1931"),
)


def run(text: str, x: float, y: float, size: float = 10) -> Run:
    return Run(text, x, y, size)


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    flow = Flow()
    for one in (run("the em", 50, 500), run("bank\x02", 80, 500), run("ment and well-", 50, 487), run("kept", 50, 474)):
        flow.add(one)
    flow.turn()
    flow.add(run("river\u2010 ", 50, 520))  # pdfium may see a space behind it
    flow.turn()
    flow.add(run("side", 50, 520))
    assert flow.words() == ("the", "embankment", "and", "wellkept", "riverside")


def test_a_word_longer_than_a_line_is_whole_again() -> None:
    flow = Flow()
    for one in (run("see mills.example/0123456789", 50, 500), run("abcdef0123 ", 50, 487), run("there", 50, 474)):
        flow.add(one)
    assert flow.words() == ("see", "mills", "example", "0123456789abcdef0123", "there")


@pytest.mark.parametrize("row", ["0123456789" * 6, "a/" * 30, "[" * 60, "word\u00a0" * 12 + "word-"])
def test_a_word_of_many_lines_is_whole_again_and_each_line_is_read_once(row: str) -> None:
    flow, rows = Flow(), 300
    for n in range(rows):
        flow.add(run(row, 50, 1e6 - 13 * n))
    broken = row.endswith("-")
    assert flow.words() == tuple(words_of((row.removesuffix("-") if broken else row) * rows))
    assert max(map(len, flow.pieces)) < CARRIED + 2 * len(row)


def test_a_word_of_many_lines_that_runs_to_the_left_is_whole_though_a_space_hangs_at_its_last() -> None:
    flow = Flow()
    for one in (run("ש" * 40, 50, 500), run(" " + "ש" * 10, 90, 487), run("and then", 50, 474)):
        flow.add(one)
    assert flow.words() == ("ש" * 50, "and", "then")


def test_a_note_called_behind_a_long_word_ends_it() -> None:
    flow = Flow()
    flow.add(run("what they call self-governance.", 50, 500))
    flow.pieces.append(CALLED)
    flow.add(run("It came in March", 50, 487))
    words, _, calls = flow.marked()
    assert words == ("what", "they", "call", "self", "governance", "it", "came", "in", "march")
    assert calls == (5,)


def test_a_label_does_not_go_on_with_a_word() -> None:
    flow = Flow()
    for one in (run("the embank\x02", 50, 60), run("1. ", 40, 500), run("2. ", 40, 480), run("ment", 50, 520)):
        flow.add(one)
    assert flow.words() == ("the", "1", "2", "embankment")


def test_a_passage_between_does_not_break_a_word() -> None:
    flow = Flow()
    flow.add(run("the embank\x02", 50, 60))
    flow.aside().add(run("the end of a note", 50, 40, 8))
    flow.turn()
    flow.add(run("ment", 50, 520))
    assert flow.words() == ("the", "the", "end", "of", "a", "note", "embankment")


def test_heads_and_folios_are_left_out() -> None:
    body = [run("The mill", 50, 520), run("12", 50, 507)]
    margins = [run("The Flood", 80, 550, 7.5), run("12", 200, 40, 9)]
    assert _without_margins([*body, *margins], "12") == body
    assert _without_margins([*body, run("xii", 200, 40)], "xii") == body
    assert _without_margins(body, "13") == body


def test_the_head_of_a_table_is_read_once_though_it_stands_on_each_page() -> None:
    head = run("Station", 50, 550)
    again = replace(head, artifact=True)
    rows = [run("Orle", 50, 520), run("Sallow", 50, 507)]
    assert [*_once([[head, *rows], [again, *rows], [replace(run("Depth", 50, 550), artifact=True)]])] == [
        [head, *rows],
        rows,
        [replace(run("Depth", 50, 550), artifact=True)],
    ]  # what nothing has said before is no repetition


def made_up_book(seed: int) -> tuple[str, Source, tuple[Change, ...]]:
    """Make a book of one division: paragraphs, a list, and notes of every length."""
    chance = random.Random(seed)
    paragraphs = [" ".join(chance.choices(WORDS, k=chance.randint(20, 160))) for _ in range(8)]
    notes = [" ".join(chance.choices(WORDS, k=chance.choice((4, 12, 60, 300)))) for _ in paragraphs]
    blocks, texts, changes = ["# The mill {#d1}"], ["The mill"], []
    for number, (paragraph, note) in enumerate(zip(paragraphs, notes, strict=True)):
        blocks += [f"{paragraph}.[^n{number}]", f"[^n{number}]: {note}.", "1. one wheel\n2. two wheels"]
        texts += [paragraph, note, "one wheel", "two wheels"]
        changes.append(Change(len(texts) - 2, ChangeKind.MOVED, note, note, "a note"))
    lines = tuple(Line(number, text) for number, text in enumerate(texts, 1))
    head = "---\ntitle: The Mill\nlang: en-GB\n---\n\n"
    return head + "\n\n".join(blocks) + "\n", Source("mill.txt", lines, "UTF-8", True, "LF"), tuple(changes)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["classic", "large-print"])
def test_nothing_of_a_printed_book_is_lost_and_a_missing_line_is_named(tmp_path: Path, style: str) -> None:
    markdown, source, changes = made_up_book(7)
    printed = print_book(markdown, tmp_path, Settings(style=style), Report(), lambda _stage: None)
    streams = streams_of_pdf(printed.pdf)
    assert prove("pdf", streams, source, changes).lines == ()

    more = (*source.lines, Line(len(source.lines) + 1, "This line was never printed."))
    result = prove("pdf", streams, Source("mill.txt", more, "UTF-8", True, "LF"), changes)
    assert [(one.line, len(one.words)) for one in result.lines] == [(len(more), 5)]


def test_a_word_of_two_parts_is_found_before_one_that_is_its_second_part() -> None:
    wanted, given = ["into", "sub", "orders", "orders", "and", "kinds"], ["into", "suborders", "orders", "and", "kinds"]
    assert MISSING not in locate(wanted, given, spaced=False)
    assert MISSING in locate(["lamps", *wanted], given, spaced=False)


def test_a_word_that_stands_whole_behind_many_others_is_found_where_it_stands() -> None:
    """A short note ("Proverb") among notes on one work takes no word of the note before it."""
    note = ["holloway", "the", "hinge", "and", "the", "latch", "77"]
    given = ["attributed", "to", "tam", "orrel", *note, "proverb", *note]
    assert locate(["attributed", "to", "tam", "orrel", "proverb"], given, spaced=False) == [0, 1, 2, 3, 11]
