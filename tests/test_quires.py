"""A long book goes through Pandoc in quires, and is the same as if it went through as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc, quires
from pipeline.model import Block, Book, Cite, Element, Heading, Kind, Note, NoteCall, Run
from pipeline.report import Report
from tests.test_roundtrip import WORK, blocks, elements, para, texts, written

IDS = ("mill", "mill-1", "mill-2", "the-mill", "section")
TITLES = ("Mill", "Mill", "The Mill", "Mill 1", "Mill-2", "*", "…")


@contextmanager
def cut(letters: int) -> Iterator[None]:
    """Let a quire have so many letters of JSON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quires, "_QUIRE", letters)
        patch.setattr(pandoc, "_last", {})
        yield


def headings() -> st.SearchStrategy[Element]:
    called = st.sampled_from([(), (), (NoteCall("h"),)])
    return st.builds(
        lambda level, title, name, calls: Heading(level, (Run(title), *calls), name, (1,)),
        *(st.sampled_from([1, 2, 3]), st.sampled_from(TITLES), st.sampled_from(IDS), called),
    )


def cited() -> st.SearchStrategy[Element]:
    cite = st.sampled_from([Cite(WORK.id, "12"), Cite(WORK.id, "fol. [3]")])
    return st.builds(lambda text, one: para(text, one, NoteCall("a"), " on"), texts(), cite)


def books() -> st.SearchStrategy[Book]:
    plain = texts().map(para)
    rows = st.lists(elements() | headings() | headings() | cited() | plain | plain, min_size=2, max_size=9)
    notes = st.tuples(blocks(Kind.NOTE), blocks(Kind.NOTE)).map(
        lambda two: {
            "a": Note("a", (two[0], Block(Kind.NOTE, (Run("see "), Cite(WORK.id, "3")), (1,))), (1,)),
            "h": Note("h", (two[1],), (1,)),
        }
    )
    return st.builds(lambda some, named: Book("Mills", tuple(some), named, {WORK.id: WORK}), rows, notes)


@settings(max_examples=15)
@given(books(), st.sampled_from([1, 200, 700]))
def test_quires_are_written_and_read_as_the_whole(book: Book, letters: int) -> None:
    with cut(10**9):
        whole = written(book, Report())
        read = pandoc.to_json(whole)
    with cut(letters):
        assert written(book, Report()) == whole
        assert pandoc.to_json(whole) == read


def lamps(count: int, *more: str) -> Book:
    """A book of many paragraphs, of which each calls a note and cites."""
    texts = (*(f"The lamp was lit in the year {n}." for n in range(count)), *more)
    notes = {f"c{n}": Note(f"c{n}", (Block(Kind.NOTE, (Run(f"So {n}."),), (n,)),), (n,)) for n in range(len(texts))}
    rows = [para(text, Cite(WORK.id, "3"), NoteCall(f"c{n}")) for n, text in enumerate(texts)]
    return Book("Lamps", tuple(rows), notes, {WORK.id: WORK})


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Pandoc was given, with an empty cache."""
    monkeypatch.setenv("OCTAVO_CACHE", str(tmp_path))
    given: list[str] = []
    run = pandoc.run

    def watched(arguments: list[str], text: str, folder: Path | None = None) -> str:
        given.append(text)
        return run(arguments, text, folder)

    monkeypatch.setattr(pandoc, "run", watched)
    return given


def test_after_a_change_only_the_quire_with_it_goes_through(asked: list[str]) -> None:
    with cut(3000):
        written(lamps(60), Report())
        assert len(asked) > 8
        asked.clear()
        book = lamps(60)
        first = para("The lamp was dark.", Cite(WORK.id, "3"), NoteCall("c0"))
        text = written(replace(book, elements=(first, *book.elements[1:])), Report())
        assert len(asked) == 2  # written, and read
        pandoc.to_json(text)
        assert len(asked) == 2
        assert pandoc.to_json(text) == pandoc.read(text)


@pytest.mark.parametrize(
    "text",
    ["of `code`", "[Lamps] of old", "a < b", "costs $5 or $6", "(@) says", "---", "...", "[x]: y", "![x](y)", "<div>"],
)
def test_what_could_reach_into_another_quire_is_read_as_the_whole(asked: list[str], text: str) -> None:
    with cut(1500):
        book = lamps(12, text, "Lamps")
        md = written(book, Report())
        assert pandoc.to_json(md) == pandoc.read(md)


def test_a_quire_that_was_damaged_goes_through_again(asked: list[str], tmp_path: Path) -> None:
    with cut(3000):
        first = written(lamps(40), Report())
        (path,) = (tmp_path / "quires").iterdir()
        path.write_bytes(path.read_bytes().replace(b"a", b"b"))
        asked.clear()
        assert written(lamps(40), Report()) == first
        assert len(asked) > 4


def test_a_text_with_signs_that_reach_far_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (
        "`code`",
        "a <b> c",
        "$x$",
        "as (@) or (@lamp)",
        "[Lamp]",
        "[a][b]",
        "x[^1]",
        "[^1]: x",
        "~~~\nx\n~~~",
    ):
        assert not quires._stands_alone(f"Some words.\n\n{text}\n")
    for text in (
        "\\[Lamp\\]",
        "[a]{.b}",
        "[a [b]{.c} d](e)",
        "[@doe, p. 3]",
        "x[^1]\n\n[^1]: y",
        "a \\< b",
        "<!-- -->",
    ):
        assert quires._stands_alone(f"Some words.\n\n{text}\n")
