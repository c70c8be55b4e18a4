"""A few lines of verse, or one: what stops with room to spare, ends a poem, or shares a verse with the row above."""

from __future__ import annotations

import pytest

from pipeline.label import couplets, passages
from tests.label.test_overruled import LONG, read, roles

FULL = "p|The lamps along the quay were lit one after another while the tide came\np+|in, and nobody spoke."


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|          »Wer nimmt das Öl,\np+|          der nimmt auch mich.«", "vv"),
        ("q|     The oil is out,\nq+|     And so are you.", "vv"),
        ("p|The oil is out,\np+|And so are you!\n\np|The wick is dry\np+|And nothing burns.", "vvvv"),
        ("p|The oil is out,\np+|And so are you!", "pp"),  # one pair at the margin may be anything
        ("p|     The oil is out.\np+|     The wick is dry.", "pp"),  # two sentences
        ("p|     So sprach der Alte und\np+|     nahm das Öl.", "pp"),  # it goes on
        ("p|     TARN AND ORR,\np+|     Ferrymen.", "pp"),  # a firm
        (f"p|     {LONG[:60]}\np+|     and so it was.", "pp"),  # prose fills its row
    ],
)
def test_two_rows_are_lines_where_the_first_leaves_room_within_its_sentence(lines: str, wanted: str) -> None:
    rows, told = read(f"{FULL}\n\n{lines}\n\n{FULL}")
    assert roles(told, couplets.couplets(rows, told))[2:-2] == wanted


STANZA = "v|   The lamp is lit along the quay\nv|   And every sail is told;"


@pytest.mark.parametrize(
    ("line", "below", "wanted"),
    [
        ("p|   The rest is in the book, you see.", "\nh|THE NEXT", "v"),
        ("p|   The rest is in the book, you see.", f"\n{FULL}", "p"),
        ("p|   THE REST", "\nh|THE NEXT", "p"),
        ("p|So he sang.", "\nh|THE NEXT", "p"),  # it stands farther out
    ],
)
def test_a_row_alone_below_verse_ends_it_where_a_heading_follows(line: str, below: str, wanted: str) -> None:
    rows, told = read(f"{STANZA}\n\n{line}\n\n{below}")
    assert roles(told, couplets.last_lines(rows, told))[2] == wanted


def test_a_verse_goes_on_where_the_row_above_it_ends() -> None:
    shared = 'v|   Then Ann: "And oil?"\np|                        "There is no oil."\np|   "Nor wick?"'
    rows, told = read(f"{STANZA}\n\n{shared}\n\n{FULL}")
    assert roles(told, couplets.shared(rows, told)) == "vvvvvpp"


@pytest.mark.parametrize("source", ["A. ORR, _The Lamp._", "Orrwell (The Lamp)", "TARN."])
def test_whose_verse_is_stands_to_the_right_below_it_and_is_none(source: str) -> None:
    rows, told = read(f"v|   Then said he: there is no oil\nq|                                   {source}")
    assert not couplets.shared(rows, told)


def test_a_stanza_stands_below_each_number_of_a_series() -> None:
    first = "h|1.\n\np|   HAD I but oil enough, and oil to spare for all the lamps,\np+|   The light were mine."
    rows, told = read(f"{first}\n\nh|2.\n\n{STANZA}\n\nh|3.\n\n{STANZA}")
    assert roles(told, couplets.numbered(rows, told)) == "hvvhvvhvv"
    rows, told = read(f"{first}\n\nh|2.\n\n{FULL}")
    assert not couplets.numbered(rows, told)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [('p|          "Fors et virtus."', "q"), ("p|          Fors et virtus.", "p"), ('p|"Fors et virtus."', "p")],
)
def test_one_row_far_in_and_in_quotation_marks_is_quoted(line: str, wanted: str) -> None:
    rows, told = read(f"{FULL}\n\n{line}\n\n{FULL}")
    assert roles(told, couplets.in_quotes(rows, told))[2] == wanted


@pytest.mark.parametrize(("quotes", "wanted"), [(1, "q"), (3, "q")])
def test_prose_set_in_between_prose_at_the_margin_is_quoted_however_much_of_the_book_is(
    quotes: int, wanted: str
) -> None:
    inner = "\n".join(f"p{'+' * (n > 0)}|      {FULL[2:70]}" for n in range(4))
    rows, told = read(f"{FULL}\n\n" * 4 + f"{inner}\n\n" * quotes + "p|      So it was.\n\nc|A lamp.")
    assert set(roles(told, passages.set_in(rows, told))[8:-1]) == {wanted}


@pytest.mark.parametrize(
    "text", ["{full}\n\n{inner}\n\nh|THE OAR\n\n{full}", "{full}\n\nh|THE OAR\n\n{inner}\n\n{full}"]
)
def test_a_moral_above_a_heading_and_an_argument_below_one_are_no_quotations(text: str) -> None:
    inner = f"p|    {FULL[2:70]}\np+|    of the quay."
    rows, told = read(f"{FULL}\n\n{FULL}\n\n{text.format(full=FULL, inner=inner)}")
    assert not passages.set_in(rows, told)


def test_a_section_that_is_set_in_between_headings_is_no_quotation() -> None:
    inner = "\n".join(f"p{'+' * (n > 0)}|      {FULL[2:70]}" for n in range(4))
    rows, told = read(f"{FULL}\n\n{FULL}\n\n{FULL}\n\nh|OIL\n\n{inner}\n\nh|WICKS\n\n{FULL}")
    assert not passages.set_in(rows, told)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("p|    – And who has lit the lamp?", "v"), ("p|– And who has lit the lamp?", "p"), ("p|    ANN TARN", "p")],
)
def test_few_rows_among_stanzas_are_verse_where_they_stand_as_these_do(line: str, wanted: str) -> None:
    stanza = "v|    The lamp is lit,\nv|    The oil is low."
    rows, told = read(f"{FULL}\n\n" + f"{stanza}\n\n" * 5 + line)
    assert roles(told, couplets.as_stanzas(rows, told))[-1] == wanted
