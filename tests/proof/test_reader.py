"""What a user may rely on: text is proved as a reader sees it, in any script; exactly what was done to it is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc
from pipeline.arrange.inlines import inlines, spoken
from pipeline.model import Block, Book, Change, ChangeKind, Kind, Line, Note, NoteCall, Run, Source, Style
from pipeline.proof import Streams, prove, streams_of_ast
from pipeline.proof.leftward import stands_so
from pipeline.proof.sight import Run as Printed
from pipeline.proof.sight import as_read
from pipeline.settings import Settings
from pipeline.words import words_of
from tests.written import write_markdown

PIECES = (
    *(
        "In ",
        "*",
        "the mill",
        "Les ponts",
        " 1936",
        "C.",
        "I.",
        "H",
        "well-kept",
        "sea\u2011wall",
        "’twas",
        "l’eau",
        "§ 4",
        "(a)",
    ),
    *(
        "הטחנה",
        " ליד הנהר",
        "الطاحونة",
        " 12 ",
        "מים 3, מים",
        "водяная мельница",
        " в 4 утра и 9 вечера",
        "ἡ μύλη",
        "水車小屋",
    ),
    *(
        ", ",
        " ",
        ". ",
        "—",
        "…",
        "“so”",
        "½",
        "m²",
        "ﬁve",
        "e\u0301t\u00e9",
        "[sic]",
        "{2}",
        "<b>",
        "&amp;",
        "`x`",
        "$5",
        "\\",
        "#",
        "_",
    ),
)
RUNS = st.builds(
    Run,
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
    st.sampled_from((Style.PLAIN, Style.PLAIN, Style.EMPHASIS, Style.STRONG, Style.SMALL_CAPS)),
    st.sampled_from(("", "", "fr", "he", "ru")),
)
PARAGRAPHS = st.lists(st.lists(RUNS, min_size=1, max_size=4), min_size=1, max_size=8)


@given(PARAGRAPHS)
@settings(max_examples=40)
def test_text_in_any_script_is_found_again_as_a_reader_sees_it(paragraphs: list[list[Run]]) -> None:
    texts = ["".join(run.text for run in runs) for runs in paragraphs]
    blocks = tuple(Block(Kind.PARAGRAPH, tuple(runs), (n,)) for n, runs in enumerate(paragraphs, 1))
    markdown = write_markdown(Book("Scripts", blocks), Settings(), lang="en")
    source = Source("scripts", tuple(Line(n, text) for n, text in enumerate(texts, 1)), "UTF-8", True, "LF")
    result = prove("markdown", streams_of_ast(pandoc.to_ast(markdown)), source, ())
    assert (result.lines, result.more) == ((), ())


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("The letter said הטחנה, ליד 3 הנהר, no more.", 1),
        ("Он нанялся весной, в 6 лет.", 1),
        ("She wrote мельница and then река.", 2),
    ],
)
def test_a_passage_in_another_script_is_marked_once(text: str, spans: int) -> None:
    block = Block(Kind.PARAGRAPH, inlines(text, "en"), (1,))
    markdown = write_markdown(Book("Scripts", (block,)), Settings(), lang="en")
    assert markdown.count("{lang=") == spans


def test_no_space_is_lost_between_marked_words() -> None:
    runs = spoken((Run("In "), Run("Les Ponts", Style.EMPHASIS), Run(" one reads")), "fr")
    markdown = write_markdown(Book("Ponts", (Block(Kind.PARAGRAPH, runs, (1,)),)), Settings(), lang="en")
    assert '[In *Les Ponts* one reads]{lang="fr"}' in markdown


# ------------------------------------------------------------------------------- what was done is what is named

WORDS = st.sampled_from(("weir", "mill", "the", "ferry", "מים", "река", "1936", "C", "well", "kept", "水", "l", "eau"))
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=3, max_size=14)


def book_of(lines: list[list[str]], notes: list[list[str]]) -> tuple[Source, tuple[Change, ...], Streams]:
    """Make a source of ``lines`` and, below them, ``notes``; its record; and the book that has it all."""
    texts = [" ".join(words) for words in (*lines, *notes)]
    source = Source("made", tuple(Line(n, text) for n, text in enumerate(texts, 1)), "UTF-8", True, "LF")
    first = len(lines) + 1
    moved = [
        Change(first + n, ChangeKind.MOVED, texts[first + n - 1], texts[first + n - 1], "") for n in range(len(notes))
    ]
    body = tuple(word for text in texts[: len(lines)] for word in words_of(text))
    told = tuple(tuple(words_of(text)) for text in texts[len(lines) :])
    return source, tuple(moved), Streams(body, told, behind=((),) * len(told))


def outcome(source: Source, changes: tuple[Change, ...], streams: Streams) -> tuple[Counter[str], Counter[str]]:
    result = prove("markdown", streams, source, changes)
    return (
        Counter(word for one in result.lines for word in one.words),
        Counter(word for one in result.more for word in one.words),
    )


@given(LINES, LINES, st.data())
@settings(max_examples=80)
def test_exactly_the_words_that_were_dropped_are_named(
    lines: list[list[str]], notes: list[list[str]], data: st.DataObject
) -> None:
    source, changes, streams = book_of(lines, notes)
    assert outcome(source, changes, streams) == (Counter(), Counter())
    start = data.draw(st.integers(0, len(streams.body) - 1))
    end = data.draw(st.integers(start + 1, min(start + 6, len(streams.body))))
    gone = replace(streams, body=streams.body[:start] + streams.body[end:])
    assert outcome(source, changes, gone) == (Counter(streams.body[start:end]), Counter())


@given(LINES, LINES, st.data())
@settings(max_examples=80)
def test_exactly_the_words_that_were_doubled_are_named(
    lines: list[list[str]], notes: list[list[str]], data: st.DataObject
) -> None:
    source, changes, streams = book_of(lines, notes)
    start = data.draw(st.integers(0, len(streams.body) - 1))
    end = data.draw(st.integers(start + 1, min(start + 6, len(streams.body))))
    twice = replace(streams, body=streams.body[:end] + streams.body[start:])
    assert outcome(source, changes, twice) == (Counter(), Counter(streams.body[start:end]))


@given(LINES, LINES, st.data())
@settings(max_examples=80)
def test_a_word_that_was_moved_is_missing_where_it_was_and_too_much_where_it_is(
    lines: list[list[str]], notes: list[list[str]], data: st.DataObject
) -> None:
    source, changes, streams = book_of(lines, notes)
    body = list(streams.body)
    moved = body.pop(data.draw(st.integers(0, len(body) - 1)))
    body.insert(data.draw(st.integers(0, len(body))), moved)
    lost, added = outcome(source, changes, replace(streams, body=tuple(body)))
    assert lost == added  # the same words: nothing was lost from the whole
    assert bool(lost) == (tuple(body) != streams.body)
    assert lost.total() <= 1


@given(LINES, LINES, st.data())
@settings(max_examples=80)
def test_what_becomes_of_a_note_is_named(lines: list[list[str]], notes: list[list[str]], data: st.DataObject) -> None:
    source, changes, streams = book_of(lines, notes)
    number = data.draw(st.integers(0, len(notes) - 1))
    note = streams.notes[number]
    rest = streams.notes[:number] + streams.notes[number + 1 :]
    behind = streams.behind
    assert outcome(source, changes, replace(streams, notes=rest, behind=behind[1:])) == (Counter(note), Counter())
    twice = replace(streams, notes=(*streams.notes[: number + 1], *streams.notes[number:]), behind=(*behind, ()))
    assert outcome(source, changes, twice) == (Counter(), Counter(note))


# ------------------------------------------------------------------------------------- a line read to the left


def printed(*texts: str) -> list[Printed]:
    return [Printed(text, 50.0 + 40 * n, 500.0, 10.0) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("set_", "read"),
    [
        (("one ", "two"), "one two"),
        (("said ", "הנהר ", "ליד ", "הטחנה ", "and no more"), "said הטחנה ליד הנהר and no more"),
        (("שנים", " 8 ", "בן"), "בן 8 שנים"),  # figures go with what stands beside them
        ((".15–12 ,(1987) ", "הנהר"), "הנהר (1987), 12–15."),  # each figure by itself
        ((".12-15 ", "הנהר"), "הנהר 12-15."),  # a hyphen between figures makes one of them
        ((".15-12 ", "النهر"), "النهر 12-15."),  # but not behind Arabic
        (("גם", " two words ", "הוא אמר ועוד דברים "), "הוא אמר ועוד דברים  two words גם"),
    ],
)
def test_a_line_is_read_as_its_script_is(set_: tuple[str, ...], read: str) -> None:
    assert words_of("".join(run.text for run in as_read(printed(*set_)))) == words_of(read)


MIXED = "See המנורה (הנמל, 1874), 12–15, on the quay"


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (MIXED, "See 15–12 ,)1874 ,למנה( הרונמה, on the quay"),
        (MIXED, "on the quay ,15–12 ,)1874 ,למנה( הרונמה See"),
        ("הנמל (Orle, 1874) המנורה", "הרונמה )Orle, 1874( למנה"),
        ("المصباح 12-15", "15-12 حابصملا"),
        ("הנמל 12-15", "12-15 למנה"),
    ],
)
def test_what_the_tags_say_of_a_line_is_held_against_its_signs(told: str, stands: str) -> None:
    assert stands_so(enumerate(stands), told)
    assert not stands_so(enumerate(stands), told.replace("1", "2", 1))
    first, *rest = stands.split(" ")
    assert not stands_so(enumerate(" ".join([*rest, first])), told)


def test_a_note_at_another_place_is_another_note() -> None:
    blocks = tuple(
        Block(Kind.PARAGRAPH, (Run(f"The {word} stood"), NoteCall(word), Run(" empty.")), (n,))
        for n, word in enumerate(("mill", "weir"), 1)
    )
    notes = {word: Note(word, (Block(Kind.NOTE, (Run(f"On the {word}."),), (9,)),), (9,)) for word in ("mill", "weir")}
    streams = streams_of_ast(pandoc.to_ast(write_markdown(Book("Calls", blocks, notes), Settings(), lang="en")))
    assert streams.body == ("the", "mill", "stood", "empty", "the", "weir", "stood", "empty")
    assert (streams.calls, streams.notes) == ((3, 7), (("on", "the", "mill"), ("on", "the", "weir")))
