"""Wrapped text: what a reader may rely on, in small texts of several kinds."""

from __future__ import annotations

from textwrap import indent

import pytest

from pipeline.label import label, labeller
from pipeline.label.labeller import tell
from pipeline.label.observe import SEEN, observation
from pipeline.label.openers import label_of_turn
from pipeline.model import Decision, Line, Role

PROSE = """The lamp on the quay was lit at five in winter and at nine in summer, and
the man who lit it was paid by the hour, so that nobody could say which of
the two seasons he liked better. He had a ladder, a can and a dog.
"""
VERSE = """The lamp is lit, the boats come round the mole,
And every sail is counted as it falls;
The keeper writes their names upon a scroll
And hangs his coat against the chapel walls.

He knows the tide by what it leaves behind,
A rope, a shoe, the handle of an oar;
He puts them by for somebody to find
And nobody has asked for them before.
"""


def decided(text: str) -> list[Decision]:
    return list(label([Line(number, line) for number, line in enumerate(text.split("\n"), 1)]))


def roles(text: str) -> list[Role]:
    return [one.role for one in decided(text)]


STANZA, SET_IN = VERSE.split("\n\n")[0], indent(VERSE.split("\n\n")[1], "  ")
NOTES = "[1] It was lit at five.\n\n[2] A coat of the Board's."


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (SET_IN, SET_IN),  # as all of the text is
        ("Of the lamp and of those who waited.", SET_IN.replace("behind,", "behind,[3]") + "\n\n[3] It is kept."),
    ],
)
def test_verse_set_in_below_notes_goes_on_with_none_of_them(above: str, below: str) -> None:
    called = STANZA.replace("mole,", "mole,[1]").replace("walls.", "walls.[2]")
    before = f"{called}\n\n{above}\n\n{NOTES}\n\n"
    first = before.count("\n") + 1
    found = {one.line: one.role for one in decided(before + below)}
    assert {found[number] for number in range(first, first + 4)} == {Role.VERSE}


def test_verse_without_indent_keeps_its_lines() -> None:
    found = decided(f"CANTO I\n\n\n{VERSE * 4}\n\n\nCANTO II\n\n\n{VERSE * 4}")
    verse = [one for one in found if one.role is Role.VERSE]
    assert len(verse) == 64
    assert not any(one.joined for one in verse)


@pytest.mark.parametrize("name", ["{}. ", "_{}._ ", "{}: "])
def test_turns_of_a_play_are_dialogue_and_no_headings(name: str) -> None:
    said = ["Is the lamp lit?", PROSE.replace("The lamp", "It").strip(), "Then we may go home, and the dog with us."]
    turns = [f"{name.format(('HOBB', 'MAREN')[n % 2])}{words}" for n, words in enumerate(said * 6)]
    found = decided("ACT I\n\n\nSCENE I\n\n\n" + "\n\n".join(turns) + "\n")[2:]
    assert [one.role for one in found].count(Role.DIALOGUE) >= 0.9 * len(found)
    assert not any(one.role in (Role.TITLE, Role.HEADING) for one in found)


@pytest.mark.parametrize("form", ["Chapter {}", "Letter {}", "CHAPTER {}."])
def test_chapters_in_small_letters_are_headings_and_no_running_heads(form: str) -> None:
    text = "".join(f"\n\n\n{form.format(n)}\n\n\n{PROSE}\n{PROSE}" for n in range(1, 9))
    found = decided(text)
    assert sum(one.role is Role.TITLE for one in found) == 8
    assert not any(one.role is Role.BOILERPLATE for one in found)


def test_headings_of_one_form_are_headings_all() -> None:
    titles = ("OF OIL", "OF THE LADDER, AND OF THOSE WHO HAVE FALLEN FROM IT;\nWITH A TABLE", "OF WICKS", "OF THE DOG")
    text = "CHAPTER I\n\n\n" + "".join(f"{PROSE}\n\n{title}.\n\n" for title in titles * 2) + PROSE
    found = [one for one in decided(text) if one.role is Role.HEADING]
    assert sum(not one.joined for one in found) == 8


def test_page_numbers_go_where_sentences_run_over_them() -> None:
    pages = "".join(f"{PROSE.rstrip()} It was\n\n{n}\n\nnever said to whom. {PROSE}\n" for n in range(11, 19))
    assert roles(pages).count(Role.BOILERPLATE) == 8


def test_each_line_has_a_probability_and_a_rival_beside_it() -> None:
    for one in decided(f"CHAPTER I\n\n\n{PROSE}\n{VERSE}"):
        assert 0 <= one.rival_score <= 1
        assert 0 < one.score <= 1
        assert one.rival is not one.role


def test_every_observation_can_be_said_in_words() -> None:
    seen = {
        reason.rule
        for one in decided(f"CHAPTER I\n\n\n{PROSE}\n{VERSE}")
        for reason in one.reasons
        if "=" in reason.rule and not reason.rule.startswith("rule=")
    }
    assert seen
    for one in seen:
        assert all(name in SEEN for name in one.partition("=")[0].split("+")), one
        assert observation(one, {})


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NORA. It is late.", "NORA."),
        ("_Gudfinna._ It is late.", "_Gudfinna._"),
        ("Nora (rising). It is late.", "Nora"),
        ("it is late. Go.", ""),
        ("MRS. DRAKE. It is late.", "MRS. DRAKE."),
        ("M. Tarbarrow (rising). It is late.", "M. Tarbarrow"),
    ],
)
def test_the_label_of_a_turn(text: str, label: str) -> None:
    assert text[: label_of_turn(text)].strip() == label


def test_nothing_seen_tells_nothing() -> None:
    assert tell([], list) == []


def test_a_long_text_is_weighed_in_parts_as_it_would_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"\n\n\nChapter {n}\n\n\n{PROSE}\n{VERSE if n % 3 else PROSE}\n_Hobb._ {PROSE}" for n in range(40))
    whole = decided(text)
    monkeypatch.setattr(labeller, "_AT_ONCE", 100)
    monkeypatch.setattr(labeller, "_BESIDE", 60)
    assert decided(text) == whole
    assert len(whole) > 500


def test_lines_that_count_up_are_headings() -> None:
    text = "".join(f"\n\nThe Night: Watch {n}\n\n{PROSE}\n{PROSE}" for n in ("I", "II", "III", "IV"))
    found = decided(text)
    lines = text.split("\n")
    heads = {n for n, line in enumerate(lines) if line.startswith("The Night")}
    assert sum(one.role in (Role.TITLE, Role.HEADING) for one in found) == len(heads) == 4


def test_a_chapter_may_say_what_happens_in_it() -> None:
    told = (
        "Of the good luck that the keeper had with the ladder, and of\nthe dog, with other things worthy of being told."
    )
    text = "".join(f"\n\n\n\nChapter {n}. {told}\n\n\n{PROSE}" for n in ("I", "II", "III", "IV"))
    found = [one for one in decided(PROSE + text) if one.role in (Role.TITLE, Role.HEADING)]
    assert [one.joined for one in found] == [False, True] * 4


def test_titles_stand_below_the_numbers_of_chapters() -> None:
    titles = ("The ladder and the dog.", "The can.", "What was put by.", "A shoe.")
    text = "".join(
        f"\n\n\n\n{n}\n\n{title}\n\n\n{PROSE}" for n, title in zip(("I", "II", "III", "IV"), titles, strict=True)
    )
    found = [one for one in decided(PROSE + text) if one.role in (Role.TITLE, Role.HEADING)]
    assert [one.joined for one in found] == [False, True] * 4


def test_persons_below_the_number_of_a_scene_enter_there() -> None:
    said = ["Is the lamp lit?", "It is lit, and has been since five.", "Then we may go home, and the dog with us."]
    said[1] = PROSE.replace("The lamp", "It").strip()
    turns = "\n\n".join(f"{('HOBB', 'MRS. MAR')[n % 2]}. {words}" for n, words in enumerate(said * 4))
    text = "ACT I\n\n\n" + "".join(f"\n\nSCENE {n}.\n\nHOBB, MRS. MAREN.\n\n{turns}\n" for n in ("I", "II", "III"))
    text += "\n\nCURTAIN.\n"
    lines = text.split("\n")
    roles = {lines[one.line - 1]: one.role for one in decided(text)}
    assert roles["HOBB, MRS. MAREN."] is Role.STAGE
    assert roles["CURTAIN."] is Role.STAGE


def test_numbers_that_run_on_from_chapter_to_chapter_number_paragraphs() -> None:
    hanging = PROSE.rstrip().replace("\n", "\n   ") + "\n"
    chapters = [range(1, 5), range(5, 9), range(9, 13), range(13, 17)]
    text = "".join(
        f"\n\n\n\nCHAPTER {n}\n\n\n{PROSE}\n" + "\n".join(f"{number}. {hanging}" for number in numbers)
        for n, numbers in zip(("I", "II", "III", "IV"), chapters, strict=True)
    )
    assert Role.ITEM not in roles(PROSE + text)


def test_letters_begin_and_close_with_their_formulas() -> None:
    letter = f"My dear Agnes,\n\n{PROSE}\n{PROSE}\nYour affectionate brother,\nOswin\n\n"
    text = "".join(f"\n\n\nLETTER {n}\n\n\n{letter}" for n in ("I", "II", "III")) + "\n\nTHE END\n"
    lines = text.split("\n")
    found = {(lines[one.line - 1], one.role, one.joined) for one in decided(text)}
    for words in ("My dear Agnes,", "Your affectionate brother,", "Oswin"):
        assert (words, Role.LETTER, False) in found
    assert ("THE END", Role.CAPTION, False) in found


POEMS = """\
Weather for Beginners

I learned the rain from the gutter,
which says a thing once
and then denies it
the rest of the night.

We had no barometer. We had a knee,
my uncle's, and it was seldom wrong
about the things it knew.

Aunt

She kept the kettle on,
in case.

Dialogue

"Who lit the lamp?" "The wind did." "When?"
"The night you said you would not come."
"I said it only now and then."
"It heard you. So did some."

To a Barnacle

O you who took
one look at the world
and glued your hat on.
"""


def test_stanzas_in_sentences_are_verse_and_the_lines_above_them_titles() -> None:
    rows = POEMS.split("\n")
    found = decided(POEMS)
    heads = [rows[one.line - 1] for one in found if one.role in (Role.TITLE, Role.HEADING)]
    assert heads == ["Weather for Beginners", "Aunt", "Dialogue", "To a Barnacle"]
    assert {one.role for one in found if rows[one.line - 1] not in heads} == {Role.VERSE}
    assert not any(one.joined for one in found)


LETTERS = {
    "Sehr geehrte Frau Amtmann,": "Hochachtungsvoll\nEgon Trapp",
    "Liebste Tante,": "Mit herzlichen Grüßen\nDeine Ida",
    "Mon cher Anselme,": "Veuillez agréer, Monsieur, mes respects\nL. Bovin",
    "Muy señor mío:": "Su seguro servidor\nP. Cobo",
    "Egregio dottore,": "Con stima\nUgo Bini",
    "Geachte heer,": "Hoogachtend\nJ. Poel",
    "Уважаемый сосед!": "С уважением\nП. Лунин",
}


@pytest.mark.parametrize("greeting", LETTERS)
def test_a_letter_in_a_tale_opens_and_closes_in_its_language(greeting: str) -> None:
    closing = LETTERS[greeting]
    text = f"{PROSE * 2}\n{greeting}\n\n{PROSE}\n{closing}\n\n{PROSE * 2}"
    rows = text.split("\n")
    found = decided(text)
    letter = [rows[one.line - 1] for one in found if one.role is Role.LETTER]
    assert letter == [greeting, *closing.split("\n")]


def test_speeches_one_a_line_are_no_verse() -> None:
    said = "»Wer zahlt das alles?«\n»Die Gemeinde.«\n»Und wenn sie nicht zahlt?«\n»Dann zahlt sie nicht.«\n"
    found = decided(f"{PROSE * 2}\n{said}\n{PROSE * 2}")
    assert {one.role for one in found} == {Role.PARAGRAPH}
    assert [one.joined for one in found if 8 <= one.line <= 11] == [False] * 4


def test_what_a_list_is_of_stands_above_it() -> None:
    amounts = ("8 dientes de ajo", "200 g de pan duro", "1 l de caldo", "sal")
    steps = ("1. Dore los ajos en aceite.", "2. Ponga el pan y remueva.", "3. Vierta el caldo y sirva.")
    text = "\n".join((PROSE, "Ingredientes", *amounts, "", "Preparación", *steps, ""))
    told = {text.split("\n")[one.line - 1]: (one.role, one.joined) for one in decided(text)}
    assert [told[item] for item in (*amounts, *steps)] == [(Role.ITEM, False)] * 7
    assert {told["Ingredientes"][0], told["Preparación"][0]} <= {Role.PARAGRAPH, Role.HEADING}


def test_aphorisms_of_one_line_are_no_verse() -> None:
    said = (
        "Truth never wipes its feet.",
        "A door is a wall that laughs.",
        "He thought twice, and both times the same.",
    )
    text = "Small Coin\n\n" + "\n\n".join(f"{n}\n{words}" for n, words in enumerate(said * 2, 1))
    assert Role.VERSE not in roles(text)
