"""What a user may rely on: a word that is lost is missed, and the line that it stood on is named."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc
from pipeline.model import Change, ChangeKind, Line, Source
from pipeline.proof import (
    Streams,
    check,
    prove,
    raw_parts,
    set_formulas,
    source_of_edited,
    streams_of_epub,
    streams_of_html,
    streams_of_markdown,
)
from pipeline.proof.notes import Wanted, seek_in_notes
from pipeline.proof.same import compare
from pipeline.report import Report
from pipeline.words import words_of
from pipeline.words.align import MISSING, align, locate

K = ChangeKind


def source_of(*texts: str) -> Source:
    return Source("mill", tuple(Line(n, text) for n, text in enumerate(texts, 1)), "UTF-8", True, "LF")


def streams_of(body: str, *notes: str, spaced: bool = True) -> Streams:
    return Streams(tuple(words_of(body)), tuple(tuple(words_of(note)) for note in notes), spaced=spaced)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The miller’s wife, 1936.", ["the", "miller", "s", "wife", "1936"]),
        ("DON'T don’t", ["don", "t", "don", "t"]),
        ("Straße ﬁve Ⅳ ΟΔΟΣ", ["strasse", "five", "iv", "οδοσ"]),
        ("wa\xadter\u2010mill well-kept", ["watermill", "well", "kept"]),
        ("word¹ and m²", ["word", "1", "and", "m", "2"]),
        ("_italic_ *bold*", ["italic", "bold"]),
        ("the 14_th_, _un_said; mill_pond", ["the", "14th", "unsaid", "millpond"]),
        ("cafe\u0301 = café", ["café", "café"]),
        ("საქართველო Ленин", ["საქართველო", "ленин"]),
        ("水車小屋 and ไทย", ["水", "車", "小", "屋", "and", "ไ", "ท", "ย"]),
        ("« — … ! »", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


LINES = (
    "The old mill stood empty by the river.",
    "",
    "Nobody had mended the wheel since the flood,",
    "and the children fished there.",
    "Wheel, Ada. The Flood. Lower Weir: Sluice Press, 1931, p. 356-7",
    "[1] A sluice is a gate in a dam.",
)
RECORD = (
    Change(5, K.RESTYLED, LINES[4], "Wheel 356-7", "a citation"),
    Change(6, K.RELABELLED, "[1]", "", "the label of a note"),
    Change(6, K.MOVED, "A sluice is a gate in a dam.", "A sluice is a gate in a dam.", "a note"),
)
TEXT = f"Contents. Chapter 1. {' '.join(LINES[:4])} Bibliography. Wheel, Ada. Flood."
NOTES = ("Ada Wheel, The Flood (1931), 356–57.", "A sluice is a gate in a dam.")


def lost(body: str, *notes: str, changes: tuple[Change, ...] = RECORD, spaced: bool = True) -> dict[int, str]:
    result = prove("epub", streams_of(body, *notes, spaced=spaced), source_of(*LINES), changes)
    return {one.line: " ".join(one.words) for one in result.lines}


def test_nothing_is_lost() -> None:
    result = prove("epub", streams_of(TEXT, *NOTES), source_of(*LINES), RECORD)
    assert result.json() == {"words": 42, "lost": 0, "changed": 21, "left_out": 0, "added": 7}
    assert not result.lines


@pytest.mark.parametrize(
    ("body", "notes", "missed"),
    [
        (TEXT.replace("mended", ""), NOTES, {3: "mended"}),
        (TEXT.replace("mended", "mented"), NOTES, {3: "mended"}),
        (TEXT.replace(LINES[3], ""), NOTES, {4: "and the children fished there"}),
        (TEXT.replace("river", "riv er"), NOTES, {1: "river"}),
        (TEXT, NOTES[:1], {6: "a sluice is a gate in a dam"}),
        (TEXT, NOTES[1:], {5: "wheel 356 7"}),
        (TEXT, NOTES[::-1], {}),
        (TEXT, (NOTES[0].replace("57", "58"), NOTES[1]), {5: "wheel 356 7"}),
        (TEXT, (NOTES[0], NOTES[1].replace("gate", "grate")), {6: "gate"}),
    ],
)
def test_a_loss_is_named(body: str, notes: tuple[str, ...], missed: dict[int, str]) -> None:
    assert lost(body, *notes) == missed


def test_a_style_that_cites_in_the_text_may_write_ranges_in_full() -> None:
    streams = streams_of(f"{TEXT} (Wheel, 1931, pp. 356–357)", NOTES[1])
    source, works = source_of(*LINES[:4], LINES[4].replace("6-7", "6-57"), LINES[5]), ("wheel", "ada", "the", "flood")
    record = (Change(5, K.RESTYLED, source.lines[4].text, "Wheel 356-57", "a citation"), *RECORD[1:])
    assert not prove("epub", streams, source, record, works).lines
    assert prove("epub", streams_of(TEXT, NOTES[1]), source, record, works).lines


def test_words_may_be_glued_where_hyphens_are_doubtful_but_not_cut() -> None:
    assert lost(TEXT.replace("the river", "theriver"), *NOTES, spaced=False) == {}
    assert lost(TEXT.replace("the river", "the ri ver"), *NOTES, spaced=False) == {1: "river"}
    assert lost(TEXT.replace("the river", "theriver"), *NOTES) == {1: "the river"}


def test_the_same_word_next_door_does_not_hide_a_glued_one() -> None:
    source = source_of("a mill wheel mill wheel turns")
    assert prove("pdf", streams_of("a millwheel mill wheel turns", spaced=False), source, ()).lost == 0
    assert prove("pdf", streams_of("a mill wheel turns", spaced=False), source, ()).lost == 2


@pytest.mark.parametrize(
    ("printed", "more"),
    [
        ("he built a millwheel and slept", 0),
        ("he built a millhe built a millwheel and slept", 3),  # a line that breaks a word, printed twice
        ("he built a millwheel millwheel and slept", 1),
        ("he built a millwheel over night and slept", 2),
    ],
)
def test_words_beside_a_glued_one_are_too_many(printed: str, more: int) -> None:
    streams, source = streams_of(printed, spaced=False), source_of("he built a mill wheel and slept")
    result, (lacking, surplus) = prove("pdf", streams, source, ()), compare(streams_of(source.lines[0].text), streams)
    assert (result.lost, result.added) == (len(lacking), sum(len(one.words) for one in surplus)) == (0, more)


@pytest.mark.parametrize(
    ("changes", "text", "lines"),
    [
        ((Change(1, K.REPAIRED, "cafÃ©", "café", ""),), "the café by the mill", ["the cafÃ© by the mill"]),
        (
            (Change(1, K.JOINED, "wa- ter", "water", ""),),
            "the water of the mill",
            ["the wa-", "ter of the mill"],
        ),
        (
            (Change(1, K.JOINED, "wa-", "water", ""), Change(2, K.JOINED, "ter", "", "")),
            "the water of the mill",
            ["the wa-", "ter of the mill"],
        ),
        ((Change(1, K.REPAIRED, "so\x04on", "soon", ""),), "so on and soon, so on", ["so on and so\x04on, so on"]),
        (
            (
                Change(1, K.JOINED, "|--|", "-- 3 4 9 8", ""),
                Change(2, K.JOINED, "3 | 9", "", ""),
                Change(3, K.JOINED, "4 | 8", "", ""),
            ),
            "3 4 9 8",
            ["|--|", "3 | 9", "4 | 8"],
        ),
        (
            (Change(2, K.LEFT_OUT, "THE MILL 12", "", "a running head"),),
            "one two",
            ["one", "THE MILL 12", "two"],
        ),
        ((Change(1, K.RELABELLED, "1.", "", "a list"),), "first", ["1. first"]),
        ((Change(1, K.LEFT_OUT, "in three lines", "", ""),), "One. End.", ["One. In", "", "three", "lines. End."]),
    ],
)
def test_the_record_explains(changes: tuple[Change, ...], text: str, lines: list[str]) -> None:
    assert prove("epub", streams_of(text), source_of(*lines), changes).lost == 0
    assert prove("epub", streams_of(text), source_of(*lines), ()).lost > 0


def test_a_record_that_does_not_fit_explains_nothing() -> None:
    changes = (Change(1, K.LEFT_OUT, "the empty mill", "", ""), Change(9, K.LEFT_OUT, "no such line", "", ""))
    result = prove("epub", streams_of("the river"), source_of("the mill stood empty", "the river"), changes)
    assert [one.line for one in result.lines] == [1]
    assert result.changed == 0


def test_a_small_word_that_stands_elsewhere_too_is_found_where_it_belongs() -> None:
    source = source_of("The mill was never really empty.")
    change = Change(1, K.MOVED, source.lines[0].text, source.lines[0].text, "a note")
    notes = ("Wheel, Ada. All about the waters of Lower Weir.", "Reed. Old Mills.", "The mill was never really empty.")
    assert prove("epub", streams_of("", *notes), source, (change,)).lost == 0


def test_the_report_names_the_line() -> None:
    report = Report()
    source = source_of(*LINES)
    check("pdf", streams_of(TEXT.replace("mended", ""), *NOTES), source, RECORD, report)
    assert report.conservation == {"pdf": {"words": 42, "lost": 1, "changed": 21, "left_out": 0, "added": 7}}
    assert [(one.code, one.line) for one in report.findings] == [
        ("words-lost", 3),
        ("words-added", None),
        ("words-added", 4),
    ]


@pytest.mark.parametrize(
    ("body", "notes", "codes"),
    [
        (TEXT, NOTES, []),
        (TEXT, NOTES[:1], ["edition-differs", "words-lost-note"]),
        (TEXT.replace("Chapter 1. ", ""), NOTES, ["edition-differs"]),
        (TEXT.replace("mended ", ""), NOTES, ["edition-differs", "words-lost"]),
    ],
)
def test_an_edition_has_what_the_book_has(body: str, notes: tuple[str, ...], codes: list[str]) -> None:
    report = Report()
    check("epub", streams_of(body, *notes), source_of(*LINES), RECORD, report, streams_of(TEXT, *NOTES))
    assert [one.code for one in report.findings] == codes


# ------------------------------------------------------------------------------------------------- properties

SMALL_WORDS = ("the", "mill", "and", "of", "a", "wheel", "in", "river", "to", "was", "it", "that", "is", "by")


def book(seed: int, count: int) -> list[str]:
    """Make lines of words that all occur again and again, as in a real book."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(SMALL_WORDS, k=chance.randint(1, 30))) for _ in range(count)]


def named(lines: list[str], edition: list[str]) -> set[int]:
    result = prove("epub", streams_of("\n".join(edition)), source_of(*lines), ())
    return {one.line for one in result.lines}


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=60)
def test_a_deleted_line_is_named_and_no_other(seed: int, data: st.DataObject) -> None:
    lines = book(seed, 60)
    gone = data.draw(st.sets(st.integers(1, len(lines)), min_size=1, max_size=6))
    missed = named(lines, [text for number, text in enumerate(lines, 1) if number not in gone])
    lost_words = sum(len(lines[number - 1].split()) for number in gone)
    result = prove(
        "epub",
        streams_of("\n".join(text for number, text in enumerate(lines, 1) if number not in gone)),
        source_of(*lines),
        (),
    )
    assert result.lost == lost_words
    # A short line may stand again at the end of a line beside it; then either may be named, or one beside that.
    near = {number + step for number in gone for step in range(-3, 4)}
    assert missed <= near
    assert {number for number in gone if len(lines[number - 1].split()) > 8} <= missed


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=60)
def test_an_altered_word_is_named(seed: int, data: st.DataObject) -> None:
    lines = book(seed, 60)
    number = data.draw(st.integers(1, len(lines)))
    words = lines[number - 1].split()
    place = data.draw(st.integers(0, len(words) - 1))
    words[place] = "altered"
    assert named(lines, [*lines[: number - 1], " ".join(words), *lines[number:]]) == {number}


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=60)
def test_lines_that_changed_places_are_noticed(seed: int, data: st.DataObject) -> None:
    lines = book(seed, 40)
    first, second = sorted(
        data.draw(st.lists(st.integers(0, 39), min_size=2, max_size=2, unique=True))
    )  # fmt: skip
    lines[first] += " alpha beta gamma"
    lines[second] += " delta epsilon zeta"
    swapped = list(lines)
    swapped[first], swapped[second] = lines[second], lines[first]
    assert named(lines, swapped)


@given(st.lists(st.sampled_from("abcdefg")), st.lists(st.sampled_from("abcdefg")))
def test_places_rise_and_words_agree(wanted: list[str], given_words: list[str]) -> None:
    for found in (align(wanted, given_words), locate(wanted, given_words, spaced=False)):
        places = [place for place in found if place != MISSING]
        assert places == sorted(places)
        assert len(found) == len(wanted)
    for word, place in zip(wanted, align(wanted, given_words), strict=True):
        assert place == MISSING or given_words[place] == word


@given(st.lists(st.sampled_from("abcdefg")), st.lists(st.sampled_from("hijk"), max_size=3), st.integers(0, 50))
def test_what_an_edition_adds_does_no_harm(wanted: list[str], added: list[str], place: int) -> None:
    assert MISSING not in align(wanted, [*wanted[:place], *added, *wanted[place:]])


# ------------------------------------------------------------------------------------------------- the editions

EDITED = """---
title: The Mill
---

# The Mill {#d1 .reset-citation-positions}

::: {.extract #x3}
The old *mill* stood[^c9] empty.[^n1]
:::

[^c9]: [@wheel1931flood, p. 356-357].

[^n1]: A sluice is a gate.

    It keeps the water.

# Bibliography {#bibliography .unnumbered}

::: {#refs}
:::
"""
REFERENCES = '[{"id": "wheel1931flood", "author": [{"family": "Wheel", "given": "Ada"}], "title": "The Flood"}]'
MARKDOWN_NOTES = ("Wheel 356–57", "A sluice is a gate. It keeps the water.")


def test_an_edited_book_is_its_own_source() -> None:
    lines = tuple(Line(n, text) for n, text in enumerate(EDITED.split("\n"), 1))
    source, changes = source_of_edited(Source("book.md", lines, "UTF-8", True, "LF"), REFERENCES)
    streams = streams_of_markdown(EDITED, REFERENCES)
    assert streams.body == tuple(words_of("The Mill. The old mill stood empty."))
    for body, notes, behind, missed in [
        (streams.body, streams.notes, streams.behind, set()),
        (streams.body, tuple(tuple(words_of(note)) for note in MARKDOWN_NOTES), (), set()),
        (streams.body[:3] + streams.body[4:], streams.notes, streams.behind, {8}),
        (streams.body, streams.notes[:1], streams.behind[:1], {13, 15}),
        (streams.body, streams.notes[1:], streams.behind[1:], {11}),
    ]:
        result = prove("epub", replace(streams, body=body, notes=notes, behind=behind), source, changes)
        assert {one.line for one in result.lines} == missed


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (["Words ![a lamp](a.png) here."], "Words here"),
        (["", "![A lamp](a.png)", ""], "A lamp"),
        (["Words", "![a lamp](a.png){width=50%}", "here."], "Words here"),
    ],
)
def test_a_picture_in_running_text_prints_no_words(lines: list[str], printed: str) -> None:
    source, _ = source_of_edited(source_of(*lines))
    assert words_of("\n".join(line.text for line in source.lines)) == words_of(printed)


def test_what_no_edition_prints_is_on_record() -> None:
    hidden = "::: {.letter .old-title-page}\n| A Story\n| by Ada Orr\n:::"
    text = f"# The Weir\n\n{hidden}\n\nThe gate stood open.\n\n## Notes {{.emptied}}\n"
    source, changes = source_of_edited(source_of(*text.splitlines()))
    streams = streams_of_html("<h1>The Weir</h1><p>The gate stood open.</p>")
    assert prove("epub", streams, source, changes).lost == 0
    assert {one.line for one in changes if one.kind is ChangeKind.SET_ASIDE} == {4, 5, 10}


def test_of_a_formula_what_is_set_is_proved() -> None:
    text = "It holds $a_1^2 + \\beta$ tons, H$_2$O on 9 m^2^.\n\n$$\n\\frac{x}{2}\n$$\n\nSo.\n"
    raw = tuple(raw_parts(pandoc.to_ast(text)["blocks"]))
    source, changes = source_of_edited(source_of(*text.splitlines()), raw=raw, formulas=set_formulas(raw))
    assert len(source.lines) == len(text.splitlines())
    streams = streams_of_html(pandoc.run(["-f", "markdown", "-t", "html"], text))
    assert prove("epub", streams, source, changes).lost == 0
    assert " ".join(streams.body) == "it holds a 1 2 β tons h 2 o on 9 m 2 frac x 2 so"


def test_words_of_markdown() -> None:
    text = (
        '# A *heading*\n\npara "quoted"graph, `code`,\nH~2~O, [a link](http://mill.example), one^2^\n\n'
        "| verse\n| lines\n\n1. first\n\n    further\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        '[]{.pagebreak #page-2 title="2"}end.[^1]\n\n[^1]: Note *one*.\n\n    ::: {#refs}\n    no\n    :::\n'
    )
    streams = streams_of_markdown(text)
    words = "a heading para quoted graph code h 2 o a link one 2 verse lines first further a b c d end"
    assert " ".join(streams.body) == words
    assert streams.notes == (("note", "one"),)


@pytest.mark.parametrize(
    "page", ["p. 12", "p. xi", "S. A 3", "{p. 98. 100, 101}", "p. 12 \\[p. 14 on the net\\]", "12"]
)
def test_what_calls_a_page_a_page_is_not_too_much(page: str) -> None:
    streams = streams_of_markdown(f"One.[^c]\n\n[^c]: [@wheel1931flood, {page}].\n", REFERENCES)
    words = " ".join(words_of(page)[page != "12" :])
    change = Change(2, K.RESTYLED, f"Wheel, The Flood, {page}", f"Wheel {words}", "a citation")
    result = prove("markdown", streams, source_of("One.", f"Wheel, The Flood, {page}"), (change,))
    assert (result.lines, result.more) == ((), ())


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    '<item id="two" href="two.xhtml"/><item id="nav" href="nav.xhtml" properties="nav"/>'
    '<item id="one" href="a%20b.xhtml"/></manifest>'
    '<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>'
)


def xhtml(body: str) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>no</title></head><body>{body}</body></html>"
    )


def test_words_of_an_epub() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", OPF)
        archive.writestr("OEBPS/nav.xhtml", xhtml("<p>no</p>"))
        archive.writestr(
            "OEBPS/a b.xhtml",
            xhtml(
                "<h1>The mill</h1><p>st<em>oo</em>d<sup><a epub:type='noteref' role='doc-noteref'>1</a></sup>"
                "<br/>there<span epub:type='pagebreak'>12</span></p>"
                "<aside epub:type='footnote' role='doc-footnote'><p><a role='doc-backlink'>1</a>. A note.</p></aside>"
            ),
        )
        indexes = "<section role='doc-index'>made</section><section role='doc-index' class='back-index'>weir</section>"
        archive.writestr("OEBPS/two.xhtml", xhtml(f"<p>end</p><section epub:type='bibliography'>no</section>{indexes}"))
    streams = streams_of_epub(data.getvalue())
    told = ("the", "mill", "stood", "there", "end", "weir")  # the source's own index, not the one that is made
    assert streams == Streams(told, (("a", "note"),), works=("no",), calls=(3,))


@pytest.mark.parametrize(
    "note", [("weir", "mill weir"), ("a keeper", "keeper’s sluice, keeper"), ("a weir", "gate", "a weir")]
)
def test_a_note_of_several_lines_that_is_called_twice_stands_twice(note: tuple[str, ...]) -> None:
    source = source_of("The sluice rose. The sluice fell.", *note)
    record = [Change(n, K.MOVED, text, text, "note") for n, text in enumerate(note, 2)]
    record += [replace(change, before="") for change in record]
    twice = streams_of("The sluice rose. The sluice fell.", " ".join(note), " ".join(note))
    assert prove("markdown", twice, source, record).lost == 0
    once = streams_of("The sluice rose. The sluice fell.", " ".join(note))
    assert prove("markdown", once, source, record).lost == len(words_of(" ".join(note)))


NOTE = st.lists(
    st.lists(st.sampled_from(["mill", "weir", "gate", "reed", "oak"]), min_size=1, max_size=6), min_size=1, max_size=3
)


@given(st.lists(st.tuples(NOTE, st.booleans()), min_size=1, max_size=6))
def test_of_many_notes_those_that_are_called_twice_stand_twice(written: list[tuple[list[list[str]], bool]]) -> None:
    lines: list[str] = []
    record: list[Change] = []
    stand: list[str] = []
    for number, (note, twice) in enumerate(written):
        for at, words in enumerate(note):
            lines.append(" ".join(words if at else (f"n{number}", *words)))
            change = Change(len(lines) + 1, K.MOVED, lines[-1], lines[-1], "note")
            record += [change, replace(change, before="")] if twice else [change]
        stand += [" ".join(lines[-len(note) :])] * (2 if twice else 1)
    proof = prove("markdown", streams_of("The sluice.", *stand), source_of("The sluice.", *lines), record)
    assert proof.lost == 0
    assert proof.added == 0


def test_of_two_equal_words_the_last_one_is_broken() -> None:
    lines = ("so far as the far-", "", "ther shore")
    changes = (
        Change(1, ChangeKind.JOINED, "far-", "farther", "a broken word"),
        Change(3, ChangeKind.JOINED, "ther", "", "a broken word"),
    )
    assert not prove("markdown", streams_of("so far as the farther shore"), source_of(*lines), changes).lost


def test_a_note_that_stands_several_times_is_found_each_time_where_a_hyphen_is_not_seen() -> None:
    words = ("71", "8", "2", "63", "7", "doi", "20", "3000", "71")
    wanted = [Wanted(line, words, ordered=True) for line in range(9)]
    printed = [*words[:3], "637", *words[5:]]
    assert seek_in_notes(wanted, [printed] * 9, spaced=False) == ([], [])
    assert seek_in_notes(wanted, [printed] * 9, spaced=True)[0]
