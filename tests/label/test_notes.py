"""Notes that stand among the text: what answers a call, and where a note ends."""

from __future__ import annotations

import pytest

from pipeline.label import label
from pipeline.label.notes import calls
from pipeline.model import Line, Role

ROWS = """The ferry at Lower Lindle went twice a day, and on market days three
times. The ferryman said that it could have gone more often{call} if there
had been anybody on the other side.
"""
CALLED = "\n\n".join(
    f"{ROWS.format(call=f'({n})')}\n{n}. {words} --Penn"
    for n, words in enumerate(("See Tarn, No. V.", "Vide Quill."), 1)
)
STANZA = """                The lamp is lit, the tide is in,
                And nobody has gone to bed,
                For who can sleep when boats begin
                To call the lamp by name instead?
"""


def roles(text: str) -> dict[str, Role]:
    """Return the role of each line, by its words."""
    lines = [Line(number, row) for number, row in enumerate(text.split("\n"), 1)]
    return {lines[one.line - 1].text.strip(): one.role for one in label(lines)}


def test_notes_in_short_words_right_below_their_calls_are_no_headings() -> None:
    told = roles(f"THE FERRY\n\n\n\n{CALLED}\n\n{ROWS.format(call='')}")
    assert told["1. See Tarn, No. V. --Penn"] is told["2. Vide Quill. --Penn"] is Role.NOTE


def test_a_number_over_a_title_answers_no_call() -> None:
    called = CALLED.replace("(2)", "(2) and more(3)")
    told = roles(f"THE FERRY\n\n\n\n{called}\n\n3.\nOF OIL AND WICKS.\n\n{ROWS.format(call='')}")
    assert told["OF OIL AND WICKS."] is not Role.NOTE


def test_a_note_may_open_with_a_word_in_quotation_marks_and_small_letters() -> None:
    told = roles(f"THE FERRY\n\n\n\n{ROWS.format(call='(1)')}\n1 “lamp-oil.” It is dear.\n\n{CALLED.replace('1', '2')}")
    assert told["1 “lamp-oil.” It is dear."] is Role.NOTE


@pytest.mark.parametrize(
    ("below", "words"),
    [
        (f"{' ' * 44}Quill\n\n\n\nCHAPTER II.\n\n", "Quill"),
        (f"{' ' * 34}_II_\n\n{STANZA}\n", "_II_"),
        (f"{STANZA}\n", "The lamp is lit, the tide is in,"),
    ],
)
def test_a_note_ends_before_a_name_a_heading_or_a_stanza_that_is_set_as_the_text(below: str, words: str) -> None:
    note = "[1] It was lit by the widow of the ferryman, who had the oil of her\nfather."
    told = roles(f"THE FERRY\n\n\n\n{STANZA}\n{STANZA.replace('instead?', 'instead?[1]')}\n{note}\n\n{below}{ROWS}")
    assert told["father."] is Role.NOTE
    assert told[words] is not Role.NOTE


def test_what_a_note_quotes_below_a_colon_goes_on_with_it() -> None:
    note = "[1] It was lit by the widow of the ferryman, of whom they sang:"
    told = roles(f"THE FERRY\n\n\n\n{ROWS.format(call='[1]')}\n{note}\n\n{STANZA}\n{ROWS.format(call='')}")
    assert told["The lamp is lit, the tide is in,"] is Role.NOTE


@pytest.mark.parametrize("inset", [0, 4])
def test_the_text_begins_again_farther_below_notes_than_they_are_from_one_another(inset: int) -> None:
    notes = "\n\n".join(f"{' ' * inset}[{n}] {words}" for n, words in enumerate(("See Tarn, No. V.", "Vide Quill."), 1))
    called = f"{ROWS.format(call='[1]')}\n{ROWS.format(call='[2]')}"
    told = roles(
        f"THE FERRY\n\n\n\n{called}\n\nNotes:\n\n{notes}\n\n\n4\n_The Lamp of Lindle._\n\n\n{STANZA}\nIt rained."
    )
    assert told["[2] Vide Quill."] is Role.NOTE
    assert told["4"] is told["_The Lamp of Lindle._"] is Role.TITLE
    assert told["It rained."] is not Role.NOTE


@pytest.mark.parametrize("head", ["                        XXIII\n\n", "_XIV How Nobody Lit It_\n\n"])
def test_a_chapter_begins_below_the_notes_of_the_one_above(head: str) -> None:
    notes = "[1] See Tarn, No. V. --Penn\n\n[2] Vide Quill. --Penn"
    called = f"{ROWS.format(call='[1]')}\n{ROWS.format(call='[2]')}"
    told = roles(f"THE FERRY\n\n{called}\n\nNotes:\n\n{notes}\n\n{head}{ROWS.format(call='')}\nIt rained.")
    assert told[head.strip()] is Role.TITLE
    assert told["It rained."] is Role.PARAGRAPH


def test_no_note_takes_all_the_paragraphs_below_it() -> None:
    prose = "\n\n".join(
        f"{words} the lamp was lit, and nobody came." for words in ("Once", "Then", "Here", "There", "Soon")
    )
    called = f"{ROWS.format(call='[1]')}\n{ROWS.format(call='[2]')}"
    told = roles(f"THE FERRY\n\n{called}\n\nNotes:\n\n[1] See Tarn.\n\n[2] Vide Quill.\n\n{prose}")
    assert told["Soon the lamp was lit, and nobody came."] is Role.PARAGRAPH


def set_in(text: str, columns: int = 4) -> str:
    return "\n".join(" " * columns + row if row else row for row in text.split("\n"))


def test_what_is_quoted_all_through_the_text_is_no_part_of_the_note_above_it() -> None:
    quoted = set_in(ROWS.format(call="").replace("ferry", "boat"))
    text = f"{ROWS.format(call='')}\n{quoted}\n" * 10
    note = "[1] It was lit by the widow of the ferryman."
    told = roles(f"THE FERRY\n\n\n\n{text}{ROWS.format(call='[1]')}\n{note}\n\n{quoted.replace('The boat', 'No boat')}")
    assert told[note] is Role.NOTE
    assert told["No boat at Lower Lindle went twice a day, and on market days three"] is not Role.NOTE
    told = roles(f"THE FERRY\n\n\n\n{ROWS.format(call='[1]')}\n{note}\n\n{quoted.replace('The boat', 'No boat')}")
    assert told["No boat at Lower Lindle went twice a day, and on market days three"] is Role.NOTE


@pytest.mark.parametrize(("called", "is_note"), [("*", False), ("* and* then* there*", True)])
def test_entries_that_open_with_stars_are_a_list_where_few_are_called(called: str, *, is_note: bool) -> None:
    entries = "\n\n".join(f"     * {who}, who lit it" for who in ("Ann", "Bo", "Cy", "Di"))
    told = roles(f"THE FERRY\n\n\n\n{ROWS.format(call=called)}\n{entries}\n\n{ROWS.format(call='')}")
    assert (told["* Bo, who lit it"] is Role.NOTE) is is_note


@pytest.mark.parametrize("form", ["[{}]", "({})"])
@pytest.mark.parametrize("name", ["Notes:", "NOTES", "Anmerkungen", "-----"])
def test_notes_may_stand_right_below_what_names_them(name: str, form: str) -> None:
    one, two = form.format(1), form.format(2)
    text = f"The Pump\n\nIt was built in 1742{one} by a man who was paid in eggs{two}.\n\nIt has not worked since.\n\n"
    lines = [*enumerate(f"{text}{name}\n{one} Parish register.\n{two} Twelve dozen.".split("\n"), 1)]
    decisions = {one.line: one.role for one in label([Line(number, row) for number, row in lines])}
    assert [decisions[number] for number, _ in lines[-2:]] == [Role.NOTE, Role.NOTE]


def test_a_call_may_name_itself_a_note() -> None:
    assert [label for _, _, label in calls("It was lit.[Note 1] By whom?[Footnote 12] So [see note 3] it was.")] == [
        "1",
        "12",
    ]
    note = "[Note 1: It was lit by the widow.]"
    told = roles(f"THE FERRY\n\n\n\n{ROWS.format(call='[Note 1]')}\n{note}\n\n{ROWS.format(call='')}")
    assert told[note] is Role.NOTE
