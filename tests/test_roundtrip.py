"""Everything in a raw text is text: what Pandoc reads back from ``book.md`` is what was meant, whatever the words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc, roundtrip
from pipeline.errors import Exit, OctavoError
from pipeline.model import (
    Block,
    Book,
    Cite,
    Element,
    Extract,
    Heading,
    Inline,
    Item,
    ItemList,
    Kind,
    LineBreak,
    Note,
    NoteCall,
    PageMark,
    Run,
    Style,
    Table,
    Work,
)
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

WORK = Work("reed1911old", {"id": "reed1911old", "type": "book", "title": "Old Mills"})

SYNTAX = """\
`a`{=html} | `<script>x()</script>`{=html} | ``` | ~~~ | ```{=html} | ::: | ::: evil | :::: {.a} | {=html}
{.x #y} | { }
&amp; | &#65; | &#x41; | & | &c. | : definition | ~ definition | N. | 1. | 1) | (1) | i. | iv) | A. | #.
(@) | (@a) | - | * | + | > | #
# a | ## a {#b} | === | --- | *** | ... | -- | ---- | |---| | |a|b| | +--+ | | a | +---+---+ | Table: a
: a | <!-- a --> | -->
<b> | </div> | <div | <a@b.example> | <http://tarn.example> | http://tarn.example/a_b(c)?d=e&f#g
www.tarn.example | a@b | a@b@c | @a | [@a]
-@a | [-@a] | [^1] | [^1]: a | ^[a] | ^a^ | ~a~ | ~~a~~ | $a$ | $$ | $1 and $2 | \\(a\\) | \\[a\\] | \\
\\\\ | \\begin{a} | \\N | \\* | *a* | **a**
_a_ | __a__ | ***a*** | a*b*c | a_b_c | [a](b) | [a][b] | [a] | [a]: b | [a]: <b> "c" | ![a](b) | []{.a}
[a]{.b} | ] | [ | [[ | (a | a)
" | ' | "a" | 'a' | 'tis | 5'6" | “a” | ‘a’ | “ | ” | ‘ | ’ | Mr. B | p. 4 | % a | %% | --- a: b | a: b
| a | || | \\| | ' a
""".replace("\n", " | ").split(" | ")


def texts() -> st.SearchStrategy[str]:
    """Words, Pandoc's syntax, and signs from all of Unicode that a text can have when it has been repaired."""
    signs = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs", "Cf", "Co", "Cn"))
    clean = st.text(signs, min_size=1, max_size=6).map(lambda text: re.sub("[\ufdd0-\ufdef\ufffe\uffff]", "", text))
    piece = st.sampled_from(SYNTAX) | st.sampled_from(["a", "mill", "Ω", "дом", "\xa0", "é", "1911"]) | clean
    return st.lists(st.tuples(piece, st.sampled_from(["", " "])), min_size=1, max_size=6).map(
        lambda pieces: "".join(f"{piece}{gap}" for piece, gap in pieces)
    )


def runs() -> st.SearchStrategy[tuple[Inline, ...]]:
    style = st.sampled_from([Style.PLAIN] * 4 + [one for one in Style if one is not Style.LINK])
    run = st.builds(Run, texts(), style, st.sampled_from(["", "", "", "fr"]))
    link = st.sampled_from(["http://tarn.example/a_(b)?c=d&e=*f*", "www.tarn.example", "ada@tarn.example"])
    mark = st.sampled_from(["12", "xii"]).map(PageMark)
    cite = st.builds(Cite, st.just(WORK.id), st.sampled_from(["", "12", "12-14", "fol. 3; 4"]) | texts())
    inline = run | run | run | link.map(lambda text: Run(text, Style.LINK)) | mark | cite
    return st.lists(inline, min_size=1, max_size=4).map(tuple)


def blocks(*kinds: Kind) -> st.SearchStrategy[Block]:
    return st.builds(Block, st.sampled_from(kinds), runs(), st.just((1,)))


def elements() -> st.SearchStrategy[Element]:
    paragraph = blocks(Kind.PARAGRAPH)
    other = blocks(Kind.RUBRIC, Kind.ATTRIBUTION, Kind.TURN, Kind.QUOTE, Kind.CAPTION, Kind.LETTER, Kind.VERSE)
    broken = st.tuples(runs(), runs()).map(lambda two: Block(Kind.PARAGRAPH, (*two[0], LineBreak(), *two[1]), (1,)))
    heading = st.builds(Heading, st.sampled_from([1, 2, 3]), runs(), st.just("a-head"), st.just((1,)))
    item = st.lists(paragraph, min_size=1, max_size=2).map(lambda ones: Item("-", tuple(ones), (1,)))
    styles = st.sampled_from(["decimal", "lower-alpha", "upper-roman", "bullet", "plain"])
    listed = st.builds(
        ItemList, styles, st.integers(1, 30), st.sampled_from(["period", "paren", "both"]),
        st.lists(item, min_size=1, max_size=3).map(tuple), st.just((1,)),
    )  # fmt: skip
    cells = st.lists(st.lists(runs(), min_size=2, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)
    table = st.builds(Table, cells, st.booleans(), st.just((1,)))
    extract = st.lists(paragraph, min_size=1, max_size=2).map(lambda ones: Extract(tuple(ones), None, (1,)))
    separator = st.just(Block(Kind.SEPARATOR, (), (1,)))
    return paragraph | paragraph | other | broken | heading | listed | table | extract | separator


def written(book: Book, report: Report, given: Settings | None = None) -> str:
    return write_markdown(book, given or Settings(), lang="en", report=report)


def para(*inlines: Inline | str) -> Block:
    return Block(Kind.PARAGRAPH, tuple(Run(one) if isinstance(one, str) else one for one in inlines), (1,))


def told(node: Any) -> str:
    """Return every letter and sign that Pandoc's AST would print, by a walk of our own."""
    if isinstance(node, list):
        return "".join(told(one) for one in node)
    if not isinstance(node, dict):
        return ""
    kind: str = node["t"]
    content: Any = node.get("c")
    assert kind not in ("RawInline", "Image", "Math", "Figure", "CodeBlock", "DefinitionList", "Superscript")
    if kind == "RawBlock":
        assert content == ["html", "<!-- -->"]
        return ""
    if kind == "Str":
        return str(content)
    if kind == "Code":
        return str(content[1])
    if kind == "Quoted":
        quotes = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return f"{quotes[0]}{told(content[1])}{quotes[1]}"
    return "" if kind == "Cite" else told(content)


def signs(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("half", [SYNTAX[::2], SYNTAX[1::2]])
def test_what_means_something_to_pandoc_is_text_in_a_book(half: list[str]) -> None:
    report = Report()
    given = [text for text in half if text.strip()]
    alone = [para(text) for text in given]
    going_on = [para(text, " and on") for text in given]
    after_code = [para("After", Run("a", Style.CODE), text) for text in given]
    read = pandoc.to_ast(written(Book("Mills", (*alone, *going_on, *after_code)), report))["blocks"]
    assert {block["t"] for block in read} == {"Para"}
    meant = [*given, *(f"{text} and on" for text in given), *(f"Aftera{text}" for text in given)]
    assert [signs(told(block)) for block in read] == [signs(text) for text in meant]
    assert not report.findings


def test_a_citation_right_behind_an_address_is_one() -> None:
    report = Report()
    address = Run("http://tarn.example/a_(b)?c=d&e=*f*", Style.LINK)
    small = Run("a ", Style.SMALL_CAPS)
    given = para("See ", small, address, Cite(WORK.id, "fol. 3; 4"))
    written(Book("Mills", (given,), {}, {WORK.id: WORK}), report)
    assert not report.findings


@pytest.mark.parametrize("before", [Style.STRONG, Style.EMPHASIS, Style.CODE, Style.SMALL_CAPS])
@pytest.mark.parametrize("after", [Run("www.tarn.example", Style.LINK), Run("b", Style.CODE), Cite(WORK.id), Run("x")])
def test_a_citation_between_spans_is_one(before: Style, after: Inline) -> None:
    report = Report()
    given = para(Run("a", before), Cite(WORK.id), after, Run("`c`{=html}"))
    written(Book("`a`{=html}", (given,), {}, {WORK.id: WORK}), report)
    assert not report.findings


@pytest.mark.parametrize("bold", ["a", "a ", "a b "])
@pytest.mark.parametrize("more", [(), (Run(" x", lang="fr"),)])
def test_a_citation_behind_bold_words_of_another_language_is_one(bold: str, more: tuple[Inline, ...]) -> None:
    report = Report()
    given = para(Run(bold, Style.STRONG, "fr"), *more, Cite(WORK.id), Run("www.tarn.example", Style.LINK))
    written(Book("Mills", (given,), {}, {WORK.id: WORK}), report)
    assert not report.findings


@pytest.mark.parametrize("title", ["007", "00", "1e3", "0x1F", "0o7", "+5", "1.", "1.50", "1984"])
def test_a_number_in_the_metadata_is_words(title: str) -> None:
    report = Report()
    text = written(Book(title, (para("It rained."),)), report, Settings(publisher=title, author=(title, "Quill")))
    read = pandoc.to_ast(text)["meta"]
    assert [told(one["c"]) for one in (read["title"], *read["author"]["c"])] == [title, title, "Quill"]
    assert (f"title: {title}\n" in text) is (title == "1984")
    assert not report.findings


@settings(max_examples=20)
@given(st.lists(elements(), min_size=1, max_size=5), st.lists(blocks(Kind.NOTE), max_size=2), texts())
def test_a_book_is_read_back_as_it_was_meant(given: list[Element], notes: list[Block], title: str) -> None:
    report = Report()
    named = {f"n{n}": Note(f"n{n}", (block,), (1,)) for n, block in enumerate(notes)}
    calls = [para("Called", NoteCall(name)) for name in named]
    written(Book(title, (*given, *calls), named, {WORK.id: WORK}), report, Settings(publisher=title))
    assert not report.findings


@settings(max_examples=20)
@given(st.lists(texts(), min_size=1, max_size=6))
def test_every_sign_of_a_text_arrives(given: list[str]) -> None:
    read = pandoc.to_ast(written(Book("Mills", tuple(para(one) for one in given)), Report()))["blocks"]
    assert signs(told(read)) == signs("".join(given))


def test_only_what_pandoc_misreads_is_shielded() -> None:
    said = Run("Three", Style.EMPHASIS)
    text = written(Book("Mills", (para("One, (two)."), para(said, ", four."), para("A."))), Report())
    assert text.split("---\n\n")[1].split("\n\n") == ["One, (two).", "*Three*, four.", "A\\.\n"]


@settings(max_examples=15)
@given(st.lists(st.lists(st.tuples(st.sampled_from(SYNTAX), st.sampled_from(list(Style)[:3])), min_size=1, max_size=3)))
def test_no_span_is_written_that_says_nothing(rows: list[list[tuple[str, Style]]]) -> None:
    """Whatever signs a text has: words in italics, or in bold, with other words around them have no brackets."""
    blocks = [para(*(one for text, style in row for one in (Run(text, style), Run(" mill ")))) for row in rows]
    assert "]{}" not in written(Book("Mills", tuple(blocks)), Report())


@pytest.mark.parametrize(
    ("style", "start", "items"),
    [
        ("upper-roman", 5, 1),
        ("lower-roman", 100, 3),
        ("upper-alpha", 9, 2),
        ("lower-alpha", 25, 4),
        ("decimal", 10**12, 2),
    ],
)
def test_a_list_whose_numbers_markdown_has_not_says_them_in_words(style: str, start: int, items: int) -> None:
    report = Report()
    ones = tuple(Item(f"{n}th", (para("a mill"),), (1,)) for n in range(items))
    text = written(Book("Mills", (ItemList(style, start, "period", ones, (1,)),)), report)
    assert [f"- {n}th a mill" for n in range(items)] == [
        " ".join(row.split()) for row in text.splitlines() if "th" in row
    ]
    assert not report.findings


def test_a_label_of_a_note_inside_code_is_no_note() -> None:
    note = Note("c9", (Block(Kind.NOTE, (Run("It sang."),), (9,)),), (9,))
    text = written(Book("Mills", (para(Run("see [^1] there", Style.CODE), NoteCall("c9")),), {"c9": note}), Report())
    assert "`see [^1] there`[^c9]" in text


def test_a_change_of_form_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pandoc, "to_json", lambda text: pandoc.run(["-f", "markdown", "-t", "json"], text + "\n> It.\n")
    )
    report = Report()
    written(Book("Mills", (para("Set."),)), report)
    assert [found.code for found in report.findings] == ["read-otherwise"]


def test_what_would_be_live_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    to_json = pandoc.to_json
    monkeypatch.setattr(pandoc, "to_json", lambda text: to_json(f"{text}\n<hr>\n"))
    with pytest.raises(OctavoError) as refused:
        written(Book("Mills", (para("Set."),)), Report())
    assert refused.value.exit_code is Exit.TOOL_FAILED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "a  b"),
        ("Mr. Reed", "Mr.\xa0Reed"),
        ('"a"', "“a”"),
        ("a\n", "a"),
    ],
)
def test_what_pandoc_sets_at_will_is_the_same(one: str, other: str) -> None:
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "ab"),
        ("*a* b", "a b"),
        ("`a`", "a"),
        ("> a", "a"),
        ("- a", "\\- a"),
        ("a[^1]\n\n[^1]: b", "a b"),
        ("a\\\nb", "a b"),
        ("# a {#b}", "# a {#c}"),
        ("[a](b)", "[a](c)"),
        ("a\xa0b", "a b"),
    ],
)
def test_another_form_is_another(one: str, other: str) -> None:
    assert read(one) != read(other)


def read(markdown: str) -> list[str]:
    return roundtrip.read_back(pandoc.to_json(markdown))[1]
