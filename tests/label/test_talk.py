"""Who speaks within tales, poems and plays, where only names in capitals and their coming back tell."""

from __future__ import annotations

import pytest

from pipeline.label import plays, scenes, speakers, talk
from pipeline.label.openers import label_of_turn
from tests.label.test_overruled import LONG, TURNS, read, roles


def talked(*turns: str) -> str:
    return "\n\n".join(f"p|{turn}" for turn in turns)


HARBOUR = talked("KEEPER. Is it lit?", "PILOT. It is.[1]", "KEEPER. Who lit it?", "PILOT. I did.", "KEEPER. Good.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"h|A DIALOGUE OF THE KEEPER AND THE PILOT\n\n{HARBOUR}", "hddddd"),
        (f"h|UN DIALOGO\n\n{HARBOUR.replace('p|KEEPER', 'h|KEEPER', 1)}", "hddddd"),
        (talked("OIL. It is dear.", "WICKS. They burn.", "GLASS. It breaks.", "SALT. It melts."), "pppp"),
        (talked("USE. It burns.", "PRICE. A mark.") + "\n\nh|II\n\n" + talked("USE. None.", "PRICE. None."), "pphpp"),
        (talked("KEEPER. Is it lit?", "PILOT. It is.", "KEEPER. Who lit it?"), "ppp"),  # too few to tell
    ],
)
def test_two_names_that_answer_each_other_speak(text: str, wanted: str) -> None:
    rows, told = read(text)
    assert roles(told, talk.alternating(rows, told)) == wanted


TALE = f"\n\np|{LONG}\n\np|{LONG}\n\np|{LONG}\n\n"


def test_who_speaks_in_several_places_of_a_tale_speaks_in_each() -> None:
    places = (
        talked("PENN. Whither away?", "ORR. To the mole.", "{11} PENN. By night?"),
        talked("ROOK. Stay, good fellow.", "ORR. I may not."),
        talked("ORR. And what did she say?", "LISK. She said nothing."),
        talked("LISK. That was my aunt."),
    )
    rows, told = read(TALE.join(places).lstrip())
    assert roles(told, talk.elsewhere(rows, told)) == "dddpppddpppddpppp"
    rows, told = read(TALE.join(places[:2]).lstrip())
    assert not talk.elsewhere(rows, told)


def test_what_heads_the_parts_of_each_receipt_speaks_nowhere() -> None:
    receipt = talked("FISH. Take two.", "WATER. A pint.", "SALT. A pinch.")
    rows, told = read("\n\nh|ANOTHER\n\n".join([receipt] * 4))
    assert not talk.elsewhere(rows, told)


def test_a_page_of_the_book_that_begins_with_a_turn_hides_no_name() -> None:
    assert label_of_turn("{11} OBADIAH. What is it?") == len("{11} OBADIAH.")
    assert not label_of_turn("{11} And what is it?")


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("h|AIR IV. The Miller's Daughter, &c.", "hvvd"),
        ("p|AIR IV. Good Miller, say--", "hvvd"),
        ("p|CHANSON 2. La Meunière", "hvvd"),
        ("h|CHAPTER IV. The Miller's Daughter", "hvvp"),
    ],
)
def test_who_sings_an_air_speaks_on_below_it(head: str, wanted: str) -> None:
    song = f"{head}\n\nv|   The wheel is still,\nv|   The water low.\n\np|So it was, and so it is."
    rows, told = read(f"{TURNS}\n\n{song}\n\n{TURNS}")
    assert roles(told, scenes.turns(rows, told))[20:24] == wanted


def test_an_air_below_a_name_is_its_heading_and_nothing_said() -> None:
    rows, told = read(f"{TURNS}\n\np|NORRIS.\n\np|AIR V. O the Mill--\n\nd|   NORRIS. The wheel is still,\n\n{TURNS}")
    assert roles(told, scenes.turns(rows, told))[20:23] == "dhd"


@pytest.mark.parametrize(
    ("rows_of_the_list", "wanted"),
    [
        (
            "h|MEN.\n\np|NORRIS, a keeper\n\nh|WOMEN.\n\np|VALE, his aunt\n\n\nh|Sailors, Pilots, a Ferryman, etc.",
            "hhihii",
        ),
        ("p|NORRIS, a keeper\np|VALE, his aunt\n\nh|Fischer, Lotsen, und ein Knecht", "hiii"),
        ("p|NORRIS, a keeper\np|VALE, his aunt\n\nh|THE LAMP AND THE OIL", "hiih"),
    ],
)
def test_persons_stand_in_groups_and_others_below_them(rows_of_the_list: str, wanted: str) -> None:
    rows, told = read(f"h|PERSONS\n\n{rows_of_the_list}\n\n\nh|ACT I\n\n{TURNS}")
    assert roles(told, plays.persons(rows, told))[: len(wanted)] == wanted


def test_who_speaks_once_and_first_in_a_scene_speaks() -> None:
    first = "h|SCENE III\n\ns|The quay.\n\np|Pilots. Ahoy!\n\n"
    spoken = "\n\n".join(f"d|{('Norris.', 'Vale.')[n % 2]} So it is, and so it was on day {n}." for n in range(20))
    rows, told = read(f"{spoken}\n\n{first}{spoken}")
    assert roles(told, scenes.turns(rows, told))[20:23] == "hsd"
    rows, told = read(f"{spoken}\n\n{first}p|It rained.\n\np|It was so dark that nobody saw the boats.")
    assert roles(told, scenes.turns(rows, told))[22] == "p"  # nobody answers


def test_a_play_whose_scenes_have_names_and_no_numbers_says_below_them_where_they_are() -> None:
    scene = "h|{}\n\np|Ein Hof. Es regnet.\n\n" + "\n\n".join(f"d|{who}: Wer da?" for who in ("TOLL", "ORR") * 3)
    rows, told = read("\n\n".join(scene.format(name) for name in ("NACHT", "VOR DEM TOR")))
    assert roles(told, plays.settings(rows, told)) == "hsdddddd" * 2
    rows, told = read(scene.format("NACHT"))
    assert not plays.settings(rows, told)  # once is no habit


def test_what_is_done_between_turns_in_capitals_is_no_part_of_them() -> None:
    rows, told = read(talked("TOLL: Who is it?", "ORR: I.", "(He knocks.)", "TOLL: Come in.", "[Exeunt.]", "So."))
    assert roles(told, talk.scenes(rows, told)) == "ddsdsp"


def voices(*names: str) -> str:
    return "\n\n".join(f"h|          {name}\n\np|Have you oil?" for name in names)


def test_names_that_answer_each_other_over_a_few_words_are_voices_and_no_headings() -> None:
    text = f"p|(NIGHT.)\n\n{voices('FIRST VOICE', 'SECOND VOICE', 'FIRST VOICE', 'SECOND VOICE')}"
    rows, told = read(f"{text}\n\np|(_A bell._)\n\n{voices('THE SUN')}")
    assert roles(told, talk.voices(rows, told)) == "sdddddddd" + "sdd"
    rows, told = read(voices("THE OIL", "THE WICK", "THE OIL", "THE SALT"))
    assert not talk.voices(rows, told)
    rows, told = read(voices("ADA", "BEN", "ADA", "BEN").replace("Have you oil?", LONG))
    assert not talk.voices(rows, told)  # who tells each chapter


@pytest.mark.parametrize("done", ["_Exeunt._", "_Exit._", "_Re-enter._", "EXEUNT OMNES."])
def test_who_goes_is_no_speaker(done: str) -> None:
    assert speakers.label(done) is None
    assert speakers.label("_Martha._") is not None
