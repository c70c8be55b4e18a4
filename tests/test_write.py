"""``book.md``: Pandoc writes it, and reads it back with every word as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc, quires
from pipeline.errors import Exit, OctavoError
from pipeline.model import (
    Block,
    Book,
    Cite,
    Extract,
    Heading,
    Item,
    ItemList,
    Kind,
    Note,
    NoteCall,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.proof import streams_of_markdown
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.words import words_of
from tests.written import write_markdown

WORK = Work("moorcroft1911kettles", {"id": "moorcroft1911kettles", "type": "book", "title": "Kettles of the North"})


def para(text: str, *more: NoteCall, kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(kind, (Run(text), *more), (1,))


def written(book: Book) -> str:
    return write_markdown(book, Settings(), lang="en")


def test_a_book_is_written_in_the_form_that_others_rely_on() -> None:
    note = Note("c9", (Block(Kind.NOTE, (Cite(WORK.id, "12-13"), Run(".")), (9,)),), (9,))
    turn = Block(Kind.TURN, (Run("ADA:", Style.SPEAKER), Run(" It boils.", Style.PLAIN)), (6,))
    extract = Extract((para("The kettle was set."), turn, para("It sang.", NoteCall("c9"))), "c9", (5, 6, 7, 9))
    head = Heading(1, (Run("On Boiling"),), "on-boiling", (1,))
    book = Book("Kettles", (head, extract), {"c9": note}, {WORK.id: WORK})
    assert (
        written(book)
        == """\
---
bibliography: references.json
lang: en
title: Kettles
---

# On Boiling {#on-boiling .reset-citation-positions}

:::: {#x5 .extract}
The kettle was set.

::: dialogue
[ADA:]{.speaker} It boils.
:::

It sang.[^c9]
::::

[^c9]: [@moorcroft1911kettles, p. 12-13].

# Bibliography {#bibliography .unnumbered}
"""
    )


def test_lists_keep_their_numbers_and_what_lies_inside() -> None:
    inner = ItemList("lower-alpha", 1, "paren", (Item("a)", (para("with lid"),), (3,)),), (3,))
    outer = ItemList(
        "decimal",
        4,
        "period",
        (Item("4.", (para("kettles"), inner), (2, 3)), Item("5.", (para("pans"),), (4,))),
        (2, 3, 4),
    )
    text = written(Book("Kettles", (outer,)))
    assert "4.  kettles\n    a)  with lid\n5.  pans" in re.sub(r"\n\n+", "\n", text)


def test_a_table_of_rows_of_different_length() -> None:
    rows = (((Run("day"),), (Run("minutes"),)), ((Run("Sunday"),),))
    text = written(Book("Kettles", (Table(rows, True, (1, 2)),)))
    assert words_of(" ".join(streams_of_markdown(text).body)) == ["day", "minutes", "sunday"]


@pytest.mark.parametrize(
    "text",
    [
        "1941. A year",
        "# no heading",
        "- no list",
        "* no list",
        "a_b_c *d* [e](f) <g> $h$ \\i ^j^ ~k~",
        "x | y",
        "[^1] no note",
        "[Footnote]: no link",
        "@nobody",
        "::: no div",
        "```",
        "| no line block",
        "http://tarn.example/a_b?c=d&e=f",
        "...",
        "4\\. no",
    ],
)
def test_what_looks_like_markup_comes_back_as_text(text: str) -> None:
    ast = pandoc.to_ast(written(Book("Kettles", (para(text), para("end")))))
    plain = pandoc.from_ast(ast, "plain", arguments=["--wrap=none"])
    assert plain.split("\n")[0].replace("…", "...") == text


@settings(max_examples=25)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_changes_on_the_way_through_markdown(texts: list[str]) -> None:
    text = written(Book("Kettles", tuple(para(one) for one in texts)))
    assert list(streams_of_markdown(text).body) == [word for one in texts for word in words_of(one)]


def test_a_list_within_a_list_is_read_back_as_it_was_written() -> None:
    goods = (Item("", (para("wicks, two pounds"),), (2,)), Item("", (para("oil"),), (3,)))
    entries = ItemList("plain", 1, "period", goods, (2, 3))
    first, second = Item("a)", (para("The first boat brought"), entries), (1, 2, 3)), Item("b)", (para("None."),), (4,))
    inner = ItemList("lower-alpha", 1, "paren", (first, second), (1, 2, 3, 4))
    report = Report()
    text = write_markdown(Book("Stores", (inner,), {}, {}), Settings(), lang="en", report=report)
    assert "\\" not in text
    assert not [one for one in report.findings if one.code == "read-otherwise"]


def test_a_long_book_is_written_in_parts_as_it_would_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    parts: list[Heading | Block | ItemList] = []
    notes: dict[str, Note] = {}
    for n in range(1, 30):
        parts.append(Heading(1 + n % 2, (Run("The Kettle"),), f"the-kettle-{n}" if n > 1 else "the-kettle", (n,)))
        parts += [
            para(f"It sang {n} times.", NoteCall(f"c{n}")),
            para("Then it boiled."),
            para("A verse", kind=Kind.VERSE),
        ]
        items = tuple(Item("", (para(one),), (n,)) for one in ("tea", "cups"))
        parts.append(ItemList("plain", 1, "period", items, (n,)))
        notes[f"c{n}"] = Note(f"c{n}", (Block(Kind.NOTE, (Run(f"By {n} o’clock."),), (n,)),), (n,))
    book = Book("Kettles", tuple(parts), notes)
    whole = written(book)
    asked: list[object] = []
    from_ast = pandoc.from_ast

    def ask(ast: str, to: str, *, arguments: Sequence[str]) -> str:
        asked.append(ast)
        return from_ast(ast, to, arguments=arguments)

    monkeypatch.setattr(pandoc, "from_ast", ask)
    monkeypatch.setattr(quires, "_AT_ONCE", 1000)
    assert written(book) == whole
    assert len(asked) > 5
    assert whole.count("[^c29]") == 2


def test_a_long_paragraph_and_long_verse_are_written_in_pieces_as_they_would_be_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = [Run("The weir "), Run("was low", Style.EMPHASIS), Run(" and 3. the *mill* stood # still, ")] * 40
    lines = [para(text, kind=Kind.VERSE) for text in ("The weir was low", "1. and *so* was", "", "- the lake") * 60]
    called = [para("The miller", NoteCall("a")), *lines[:90], para("A sail" * 200, NoteCall("b"))]
    blocks = (Block(Kind.PARAGRAPH, tuple(runs), (1,)), *lines, para("The miller went."), *called)
    notes = {name: Note(name, (para("On the weir.", kind=Kind.NOTE),), (9,)) for name in ("a", "b")}
    whole = written(Book("Weir", blocks, notes))
    from_ast, asked = pandoc.from_ast, list[object]()

    def ask(ast: str, to: str, *, arguments: Sequence[str]) -> str:
        asked.append(ast)
        return from_ast(ast, to, arguments=arguments)

    monkeypatch.setattr(pandoc, "from_ast", ask)
    monkeypatch.setattr(quires, "_AT_ONCE", 4000)
    pieces = written(Book("Weir", blocks, notes))
    assert len(asked) > 10
    assert pandoc.to_ast(pieces) == pandoc.to_ast(whole)
    assert pieces.count("\n") == whole.count("\n")


def test_the_blocks_of_a_book_are_read_one_by_one() -> None:
    text = "---\ntitle: The “blocks”\n---\n\nIt boils, it *boils*.\n\n- Tea\n\n> A cup.\n"
    whole = pandoc.to_ast(text)
    meta, blocks = pandoc.parts_of(pandoc.to_json(text))
    assert (meta, list(blocks)) == (whole["meta"], whole["blocks"])


@pytest.mark.parametrize("garbage", ['{"pandoc-api-version":', '{"meta":{},"blocks":[{"t":', '{"meta":{}}'])
def test_blocks_that_cannot_be_read_are_a_fault_of_pandoc(garbage: str) -> None:
    with pytest.raises(OctavoError) as caught:
        list(pandoc.parts_of(garbage)[1])
    assert caught.value.exit_code is Exit.TOOL_FAILED
