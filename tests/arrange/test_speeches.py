"""Speeches in verse keep their lines, below who speaks them."""

from __future__ import annotations

import pytest

from pipeline.arrange.speeches import verse_speeches
from pipeline.arrange.turns import habits, spoken_by, spoken_lines
from pipeline.model import NEW_LINE, Decision, Role, Run, Style

VERSE = (
    ("TOLL.", "  The lamp is lit, and no one climbs the stair;", "  The oil is paid for, and the wick is dry;"),
    ("MERROW. The sea has come to ask about the lamp,", "  And leaves its answer standing on the stair,", "  Wet."),
)
SHORT = (("TOLL.", "  Who is it?"), ("MERROW.", "             Nobody, and the tide."))
PROSE = (
    ("TOLL. I have been told by the board that the lamp is to be lit at six, and", "put out at six."),
    ("MERROW. And I that the tide comes in at seven, and asks nobody what the", "board has said of it."),
)


def read(*speeches: tuple[str, ...], level: int = 0) -> dict[str, str]:
    """Return the speeches that are read as verse by their first lines, a slash at the end of each line."""
    lines = [line for speech in speeches for line in speech]
    starts = [n for speech in speeches for n in range(len(speech))]
    numbered = dict(enumerate(lines, 1))
    decisions = [Decision(n, Role.DIALOGUE, at > 0, level=level) for n, at in enumerate(starts, 1)]
    return {
        numbered[numbers[0]]: speech.set_in_lines([numbered[n].strip() for n in numbers])[0]
        for numbers, speech in verse_speeches(decisions, numbered).items()
    }


def lines_of(words: str) -> list[str]:
    return words.replace("\u00a0", "·").split(NEW_LINE)


def test_a_play_in_verse_keeps_its_lines_and_what_two_speakers_share() -> None:
    found = read(*VERSE * 3, *SHORT)
    assert lines_of(found["TOLL."]) == ["TOLL.", "Who is it?"]  # the last of his
    assert lines_of(found[VERSE[1][0]])[:2] == ["MERROW.", "The sea has come to ask about the lamp,"]
    assert lines_of(found["MERROW."]) == ["MERROW.", f"{'·' * 11}Nobody, and the tide."]


def test_lines_of_prose_in_another_scene_stay_prose() -> None:
    turns = [*VERSE * 3, ("TOLL. Below.",)]
    lines = [line for turn in turns for line in turn]
    decisions = [
        Decision(n, Role.DIALOGUE, at > 0) for n, at in enumerate((at for t in turns for at in range(len(t))), 1)
    ]
    numbered = dict(enumerate(lines, 1))
    assert (len(lines),) in verse_speeches(decisions, numbered)
    heading = Decision(99, Role.HEADING)
    assert (len(lines),) not in verse_speeches([*decisions[:-1], heading, decisions[-1]], numbered)


def test_a_row_longer_than_any_verse_is_a_paragraph_among_speeches_in_verse() -> None:
    long = (
        "TOLL. It is six, and the lamp is lit, and the board may come and look at it whenever it has the time to come.",
    )
    assert long[0] not in read(*VERSE * 3, long)


@pytest.mark.parametrize(
    "speeches",
    [
        pytest.param(PROSE * 4, id="prose"),
        pytest.param((*PROSE * 8, *VERSE), id="two speeches of many that happen to look like verse"),
        pytest.param((("TOLL. It is six.",), ("MERROW. It is seven.",)) * 9, id="a line each"),
    ],
)
def test_prose_is_no_verse(speeches: tuple[tuple[str, ...], ...]) -> None:
    assert read(*speeches) == {}


def test_a_kind_of_text_that_knows_its_lines_is_left_alone() -> None:
    assert read(*VERSE * 4, level=1) == {}


def test_where_the_lines_begin_is_told() -> None:
    rows = [line.strip() for line in VERSE[1]]
    decisions = [Decision(n, Role.DIALOGUE, n % 3 != 1) for n in range(1, 13)]
    speeches = verse_speeches(decisions, dict(enumerate(VERSE[1] * 4, 1)))
    text, starts = speeches[1, 2, 3].set_in_lines(rows)
    assert [text[at : at + 3] for at in starts] == ["MER", "And", "Wet"]


def test_verse_may_begin_its_lines_with_small_letters() -> None:
    speeches = (
        ("TOLL.  ¿Quién apaga", "       la lámpara y quién", "       sube por la escalera?"),
        ("MERO.  Nadie, señor,", "       y la marea.", "           (_Sale._)"),
        ("TOLL.          ¿Nadie?",),
    )
    found = read(*speeches * 4)
    assert lines_of(found[speeches[0][0]]) == ["TOLL.", "¿Quién apaga", "la lámpara y quién", "sube por la escalera?"]
    assert lines_of(found[speeches[1][0]]) == ["MERO.", "Nadie, señor,", "y la marea.", "····(_Sale._)"]
    assert speeches[2][0] in found


def test_narrow_prose_is_no_verse() -> None:
    prose = (
        ("TOLL. The lamp is to be lit at six, and not", "before, says the board, which has not seen it", "since."),
        ("MERROW. The board has seen the bill for the", "oil, and that is all that a board has ever", "seen."),
    )
    assert not read(*prose * 5)


def test_lines_that_break_words_are_no_verse() -> None:
    speeches = (
        ("TOLL. The lamp is lit, and nobody", "   Climbs the stair; the oil and the wat-", "   er are paid for."),
        ("MERROW. The sea has come to ask", "   About the lamp, and leaves its ans-", "   wer on the stair."),
    )
    assert not read(*speeches * 4)
    assert read(*(tuple(line.rstrip("-") for line in speech) for speech in speeches * 4))


def test_short_lines_that_hang_from_the_first_word_are_verse_though_they_begin_small() -> None:
    turns = (
        ("TOLL.      ¿Y la llave?",),
        ("MERROW.                 No sé.",),
        ("TOLL.      Pues búscala sin demora,", "           que yo sin llave no ceno,", "           ni duermo."),
        ("MERROW.                 Voy.",),
    )
    assert len(read(*turns)) == len(turns)


@pytest.mark.parametrize(
    ("others", "words", "spoken"),
    [
        ((), "(¡Aquí está!) Señora.", True),
        ((), "(Aparte.) Señora.", False),
        (("TOLL. (_Aparte._) Sí.", "TOLL. Sí. (_Sale._)"), "(Si lo sabe, me echa.) Señora.", True),
        (("TOLL. (_Aparte._) Sí.", "TOLL. Sí. (_Sale._)"), "(_Alto._) Señora.", False),
    ],
)
def test_words_in_brackets_are_said_where_directions_are_in_italics(
    others: tuple[str, ...], words: str, spoken: bool
) -> None:
    usual = habits(["TOLL. ¿Quién?", f"TOLL. {words}", *others])
    runs = [run for run in spoken_by(f"TOLL. {words}", "", usual, "es") if isinstance(run, Run)]
    assert any(run.style is Style.STAGE for run in runs) is not spoken


def test_the_room_behind_most_names_is_a_tabulator_and_no_indent() -> None:
    tabbed = [
        (
            f"{who:14}The lamp is lit, and no one climbs the stair;",
            "  The oil is paid for, and the wick is dry;",
            "  Wet.",
        )
        for who in ("TOLL.", "MERROW.", "ORR.")
    ]
    found = read(*tabbed * 2, ("TOLL.         Who is it?",), ("ORR.                    Nobody.",))
    assert lines_of(found[tabbed[0][0]])[1:] == [line.strip() for line in (tabbed[0][0][14:], *tabbed[0][1:])]
    assert lines_of(found["TOLL.         Who is it?"]) == ["TOLL.", "Who is it?"]
    assert lines_of(found["ORR.                    Nobody."]) == ["ORR.", f"{'·' * 22}Nobody."]


@pytest.mark.parametrize(
    ("text", "who", "done", "said"),
    [
        ("TOLL, lisant. «Il pleut.»", "TOLL", "lisant.", "«Il pleut.»"),
        ("TOLL, _il bâille_.--Bonsoir.", "TOLL", "_il bâille_.", "--Bonsoir."),
        ("TOLL, lit à M. Quint. Rien.", "TOLL", "lit à M. Quint.", "Rien."),
        ("TOLL.\u00a0— Complet!", "TOLL.\u00a0—", "", "Complet!"),
        ("O. TOLL. Nobody.", "O. TOLL.", "", "Nobody."),
        ("TOLL Chi è?", "TOLL", "", "Chi è?"),
        ("TOLL (ride) Nessuno.", "TOLL", "(ride)", "Nessuno."),
    ],
)
def test_who_speaks_what_is_done_and_what_is_said_are_told_apart(text: str, who: str, done: str, said: str) -> None:
    bare = ("TOLL Sì.", "MERROW No.") * 9 if text.startswith("TOLL ") else ("TOLL. Oui.", "MERROW. Non.") * 2
    found = spoken_by(text, "", habits([text, text, *bare]), "fr")
    styles = {Style.SPEAKER: "", Style.STAGE: "", Style.PLAIN: ""}
    for run in found:
        assert isinstance(run, Run)
        styles[run.style] += run.text
    assert styles[Style.SPEAKER] == who
    assert styles[Style.STAGE] == done
    assert styles[Style.PLAIN].strip(" ,") == said


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("Who lit it? [Aside.] Not I.", ["[Aside.]"]),
        ("The oil is out. [_He goes._] So. [Exit.", ["[_He goes._]", "[Exit."]),
        ("Nobody. [_Exit", ["[_Exit"]),
        ("He met [the pilot] there. [sic] So.", []),
        ("So it is.[1] [2] Yes [3]", []),
        ("[Rising] So. [Geht ab.]", ["[Rising]", "[Geht ab.]"]),
    ],
)
def test_directions_in_square_brackets_stand_apart_within_what_is_said(said: str, done: list[str]) -> None:
    turn = spoken_by(f"TOLL. {said}", "", habits(["TOLL. So.", "TOLL. Yes."]), "en")
    assert [run.text for run in turn if isinstance(run, Run) and run.style is Style.STAGE] == done
    line = [run.text for run in spoken_lines(said, habits([]), "en") if isinstance(run, Run)]
    assert "".join(line) == said


def test_a_page_that_begins_with_a_turn_stands_before_the_name() -> None:
    page = chr(0xF0000)
    first, name, *_ = spoken_by(f"{page}TOLL. So.", "", habits(["TOLL. So.", "TOLL. Yes."]), "en")
    assert first == Run(page)
    assert name == Run("TOLL.", Style.SPEAKER)


def test_a_line_of_verse_that_is_a_direction_is_set_as_one() -> None:
    lines = NEW_LINE.join(("The lamp is lit.", "\u00a0\u00a0(_Aside._)", "(O let it be!)", "Who speaks?"))
    found = spoken_lines(lines, habits([]), "en")
    told = [(one.text, one.style) for one in found if isinstance(one, Run) and one.text.strip()]
    assert told == [
        ("The lamp is lit.", Style.PLAIN),
        ("(_Aside._)", Style.STAGE),
        ("(O let it be!)", Style.PLAIN),
        ("Who speaks?", Style.PLAIN),
    ]


def test_who_speaks_once_is_marked_where_the_reading_knows_his_name() -> None:
    text = "Porter. Sixpence."
    for known, marked in (((), False), ((text,), True)):
        runs = [run for run in spoken_by(text, "", habits([text], known), "en") if isinstance(run, Run)]
        assert (Style.SPEAKER in {run.style for run in runs}) is marked


def test_a_song_in_a_play_in_prose_keeps_its_lines_where_the_singer_stands_farther_in() -> None:
    song = (
        "  MERROW. The lamp is lit, the tide is in,",
        "    And nobody has gone to bed,",
        "  For who can sleep when boats begin",
        "    To call the lamp by name instead?",
    )
    found = read(*PROSE * 5, song, *PROSE)
    assert [*found] == [song[0]]
    lines = lines_of(found[song[0]])
    assert lines[:3] == ["MERROW.", "The lamp is lit, the tide is in,", "··And nobody has gone to bed,"]
    assert not read(*PROSE * 5, tuple(line[2:] if line is song[0] else line for line in song), *PROSE)
