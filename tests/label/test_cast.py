"""A play is read alike in whatever form it says who speaks."""

from __future__ import annotations

import pytest

from pipeline.kinds import attributed, transcripts
from pipeline.label import label
from pipeline.label.cast import is_play
from pipeline.label.openers import label_of_turn
from pipeline.model import Line, Role

SPEECHES = (
    ("Orla", "Is the lamp lit?"),
    ("Mr. Quint", "It was lit at six, and there has been nobody on the stair since then, for I have sat upon it."),
    ("Orla", "Then who is in the gallery?"),
    ("First Keeper", "I hear a step."),
    ("Mr. Quint", "It is the rain upon the glass. It was the rain last night, and the night before it was a gull."),
    ("Orla", "It has boots."),
    ("First Keeper", "It has a lantern too."),
    ("Mr. Quint", "Bolt the door."),
    ("Orla", "The bolt is on the other side."),
    ("First Keeper", "So it is."),
    ("Orla", "Who put it there?"),
    ("Mr. Quint", "I did. It was to keep the goat in."),
)
FORMS = {
    "NAME. words": "{U}. {T}",
    "Name: words": "{N}: {T}",
    "_Name._ words": "_{N}._ {T}",
    "NAME.--words": "{U}.--{T}",
    "Name, dash, words": "{N} — {T}",
    "NAME right above": "{U}\n{T}",
    "Name right above": "{N}\n{T}",
    "**NAME** right above": "**{U}**\n{T}",
    "_Name._ right above": "_{N}._\n{T}",
    "NAME, a line away": "{U}\n\n{T}",
    "Name. in the middle": "                              {N}.\n\n{T}",
    "Name: a line away": "{N}:\n\n{T}",
}
SCENE = ("ACT I", "SCENE 1", "SCENE 2")


def play(form: str) -> str:
    """Set a play of two scenes, with a direction in each."""
    said = [FORMS[form].format(N=name, U=name.upper(), T=words) for name, words in SPEECHES]
    scene = "\n\n".join([*said[:6], "[_A door is heard._]", *said[6:]])
    return f"{SCENE[0]}\n\n\n{SCENE[1]}\n\n{scene}\n\n\n{SCENE[2]}\n\n{scene}\n"


def lines_of(text: str) -> list[Line]:
    return [Line(n, line) for n, line in enumerate(text.splitlines(), 1)]


@pytest.mark.parametrize("form", FORMS)
def test_names_speak_in_any_form(form: str) -> None:
    lines = lines_of(play(form))
    text = {line.number: line.text.strip() for line in lines}
    told = label(lines)
    heads = [text[one.line] for one in told if one.role in (Role.TITLE, Role.HEADING)]
    assert heads == list(SCENE)
    assert [text[one.line] for one in told if one.role is Role.STAGE] == ["[_A door is heard._]"] * 2
    turns = [text[one.line].casefold() for one in told if one.role is Role.DIALOGUE and not one.joined]
    said = zip(turns, SPEECHES * 2, strict=True)
    assert all(turn.lstrip("_*").startswith(name.casefold()) for turn, (name, _) in said)
    assert all(one.role in (Role.TITLE, Role.HEADING, Role.STAGE, Role.DIALOGUE) for one in told)


@pytest.mark.parametrize("form", FORMS)
def test_a_play_is_known_by_its_scenes_and_by_who_speaks(form: str) -> None:
    assert is_play(lines_of(play(form)))


@pytest.mark.parametrize(
    "text",
    [
        "ACT I\n\nSCENE 1\n\n" + "It rained upon the quay, and nobody went out.\n\n" * 12,
        "\n\n".join(f"{title}\n\nThe lamp is lit." for title in ("Of Oil", "Of Wicks", "Of Glass", "Of Salt") * 3),
        "\n\n".join(f"{name}: {words}" for name, words in SPEECHES),  # a talk, and no play
    ],
)
def test_what_has_no_scenes_or_no_speakers_is_no_play(text: str) -> None:
    assert not is_play(lines_of(text))


def test_what_is_done_the_while_stands_beside_any_name() -> None:
    text = """ЯБЛОНЯ

ДЕЙСТВУЮЩИЕ ЛИЦА

Вера, хозяйка.
Лукич, сторож.

I

Вера (одна). Никого.

Лукич (за дверью). Это я.

Вера. Кто?

Лукич. Сторож.

Вера (смеётся). Входи.

II

Вера. Где яблоня?

Лукич (садится). Спилили.

Вера. Кто спилил?

Лукич. Мы.

Вера. Зачем?

Лукич. Велели."""
    lines = lines_of(text)
    told = {one.line: one for one in label(lines)}
    turns = [line for line in lines if line.text.startswith(("Вера (", "Вера.", "Лукич (", "Лукич."))]
    assert {told[line.number].role for line in turns} == {Role.DIALOGUE}


def test_french_directions_between_name_and_dash_are_of_the_turn() -> None:
    said = ["ODILE, seule, cousant. — Rien.", "LE COMTE. — Rien ?", "ODILE, à part. — Il sait.", "LE COMTE. — Je sais."]
    told = label(lines_of("\n\n".join(["ACTE I", "SCÈNE I", *said * 3])))
    assert [one.role for one in told[2:]] == [Role.DIALOGUE] * 12
    assert not any(one.joined for one in told[2:])


def test_where_a_play_is_set_is_none_of_its_persons() -> None:
    lines = lines_of(
        "PERSONS\n\nORLA, a keeper.\nQUINT, her uncle.\n\nA lamp room. Rain outside.\n\n" + play("NAME. words")
    )
    told = {one.line: one.role for one in label(lines)}
    assert [told[n] for n in (3, 4, 6)] == [Role.ITEM, Role.ITEM, Role.STAGE]


def test_directions_above_a_name_are_no_source_of_what_is_said() -> None:
    text = play("NAME. words").replace("[_A door is heard._]", "[Enter Orla.]")
    told = label(lines_of(text))
    assert not [one for one in told if one.role is Role.CITATION]


LIBRETTO = """\
ATTO UNICO

SCENA PRIMA

Dorina, poi il Nonno.

DORINA
    Chi bussa a quest'ora?
IL NONNO
    La pioggia, figliuola.
[Esce Dorina.
    La pioggia soltanto.
DORINA
    Non apro, non apro!
IL NONNO
    Che il lume si spegne.

SCENA SECONDA

Dorina sola.

Aria

DORINA
    O lume, o lumino,
    Chi mai ti riaccende?
IL NONNO
    Son io, figliuola.
DORINA
    Non apro, non apro!

SCENA ULTIMA

Detti e il Coro.

IL NONNO
    E allora si canti!
DORINA
    Si canti, si canti!

Cala la tela.
"""


def test_scenes_of_a_libretto_have_their_persons_songs_and_directions() -> None:
    lines = lines_of(LIBRETTO)
    text = {line.number: line.text.strip() for line in lines}
    told = label(lines)

    def that_are(*roles: Role) -> list[str]:
        return [text[one.line] for one in told if one.role in roles]

    assert that_are(Role.TITLE, Role.HEADING) == ["ATTO UNICO", "SCENA PRIMA", "SCENA SECONDA", "SCENA ULTIMA"]
    assert that_are(Role.STAGE) == [
        "Dorina, poi il Nonno.",
        "[Esce Dorina.",
        "Dorina sola.",
        "Aria",
        "Detti e il Coro.",
        "Cala la tela.",
    ]
    assert set(that_are(Role.PARAGRAPH, Role.VERSE, Role.LETTER)) == set()


DRAMA = """\
DRAMATIS PERSONAE            ACTORS.

OGRE.                        Mr. PIKE.
WITCH, his aunt.             Mrs. DELL.
A KEEPER.

ACT I

SCENE.--_A lamp room. Rain._

_Thunder. Enter_ OGRE, _wet_.

OGRE.
Who put the lamp out? It was lit at nine,
And nobody has climbed the stair but rain.

WITCH, _knitting_.
It was the rain.

_Enter a_ KEEPER.

KEEPER.
My lord, the boats.

WITCH.
                    Let no one light it now.

SONG. (_Below._)

  The lamp is out, the tide is in,
    And who shall row us over?

OGRE.
Who sings?

WITCH.
The boats.
"""


def test_directions_in_italics_stand_around_names() -> None:
    lines = lines_of(DRAMA)
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    wanted = {
        "OGRE.                        Mr. PIKE.": Role.ITEM,
        "A KEEPER.": Role.ITEM,
        "SCENE.--_A lamp room. Rain._": Role.STAGE,
        "_Thunder. Enter_ OGRE, _wet_.": Role.STAGE,
        "WITCH, _knitting_.": Role.DIALOGUE,
        "_Enter a_ KEEPER.": Role.STAGE,
        "SONG. (_Below._)": Role.STAGE,
        "Who sings?": Role.DIALOGUE,
    }
    assert {text: told[text] for text in wanted} == wanted


OPERETTA = """\
_CHARACTERS._

BARON PIKE, _a keeper_               _Bass_
LAVINIA, _his daughter_           _Soprano_
FIRST GUEST                         _Tenor_

_Chorus of Boatmen._

_SCENE: A quay._

No. 1. OPENING CHORUS.

BARON (_entering_).
    Who lit the lamp?

FIRST GUEST.
    Not I, my lord.

BAR. Then somebody has lit it, and somebody shall pay for the oil that
it has burnt.

LAV. Papa?

No. 2. DUET.

LAV.      O Baron, thy lamp
            Has gone out again.

ALL.      It was the damp.
"""


def test_the_list_of_persons_tells_who_speaks_in_any_form() -> None:
    lines = lines_of(OPERETTA)
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    speaks = [
        "BARON (_entering_).",
        "FIRST GUEST.",
        "LAV. Papa?",
        "LAV.      O Baron, thy lamp",
        "ALL.      It was the damp.",
    ]
    assert {told[text] for text in speaks} == {Role.DIALOGUE}
    assert told["FIRST GUEST                         _Tenor_"] is Role.TABLE
    assert told["_Chorus of Boatmen._"] is Role.ITEM
    assert {told["No. 1. OPENING CHORUS."], told["No. 2. DUET."]} <= {Role.TITLE, Role.HEADING}


ACTS = ("Erster Aufzug.", "Erster Auftritt.", "Zweiter Auftritt.")
SAID = [f"{who} So war es {n} Jahre lang." for n, who in enumerate(("Jost.", "Grete (lacht).") * 4)]


@pytest.mark.parametrize("listed", ["Der Müller.\nGrete, seine Magd.\nJost, ein Knecht.", "Müller; Grete; Jost."])
def test_the_list_of_persons_tells_who_speaks_in_plain_letters(listed: str) -> None:
    scene = "\n\n".join(["(Vor dem Tor. Nacht.)", *SAID, "Müller. Wer ist da?", "(Ab.)"])
    lines = lines_of(f"Personen.\n\n{listed}\n\n\n{ACTS[0]}\n\n\n{ACTS[1]}\n\n{scene}\n\n\n{ACTS[2]}\n\n{scene}")
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert {told[text] for text in (*SAID, "Müller. Wer ist da?")} == {Role.DIALOGUE}
    assert told["(Vor dem Tor. Nacht.)"] is told["(Ab.)"] is Role.STAGE
    assert {told[text] for text in ACTS} <= {Role.TITLE, Role.HEADING}


def test_a_list_of_persons_with_those_who_play_them_is_a_table() -> None:
    lines = lines_of(f"ACTEURS.\n\nODILE......  MLLE. PINSON.\nLE COMTE......  M. CATALAN.\n\n{play('NAME. words')}")
    told = {one.line: one.role for one in label(lines)}
    assert (told[3], told[4]) == (Role.TABLE, Role.TABLE)


def test_a_dialogue_whose_first_rows_are_full_has_no_sources_in_them() -> None:
    talk = [
        f"_{name}._ It was said of old that he had buried three wives, and\nmourned none." for name in ("Ther", "Lys")
    ] * 6
    lines = lines_of("\n\n".join(["PERSONS OF THE DIALOGUE.", "THERON.  LYSIS, a cobbler.", "SCENE:--A shop.", *talk]))
    assert attributed.recognise(lines) is None
    assert [one.role for one in label(lines)][2:] == [Role.STAGE, *[Role.DIALOGUE] * 24]


def test_a_lesson_with_questions_in_it_is_no_transcript() -> None:
    lesson = [f"{n}. Nouns of the {n}. form are to be learned by heart." for n in range(2, 12)]
    text = "\n\n".join(["LESSON I.", "Q. What is a noun?", "A. A name.", "Q. Of what?", "A. Of anything.", *lesson])
    assert transcripts.recognise(lines_of(text)) is None


def test_a_song_within_a_turn_keeps_its_lines() -> None:
    sung = (
        "TOLL. Then hear it.\n  (_He sings:_)\n    The lamp is lit, the boats come in,\n      And every sail is told.\n"
    )
    lines = lines_of(play("NAME. words").replace("\n[_A door is heard._]", f"\n{sung}", 1))
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert told["TOLL. Then hear it."] is Role.DIALOGUE
    assert told["(_He sings:_)"] is Role.STAGE
    assert told["The lamp is lit, the boats come in,"] is told["And every sail is told."] is Role.VERSE


def test_a_speech_in_verse_that_hangs_from_its_name_is_no_song() -> None:
    hung = "TOLL. The lamp is lit, the boats come in,\n  And every sail is told;\n  The tide has paid for it.\n"
    lines = lines_of(play("NAME. words").replace("\n[_A door is heard._]", f"\n{hung}", 1))
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert {told[row.strip()] for row in hung.split("\n") if row} == {Role.DIALOGUE}


def test_a_song_below_a_single_name_is_verse() -> None:
    sung = "ORLA (_sings_).\n\n    The lamp is lit, the boats come in,\n      And every sail is told,\n"
    sung += "    And what the sea has not brought in\n      Is neither caught nor sold.\n"
    lines = lines_of(play("NAME. words").replace("\n[_A door is heard._]", f"\n{sung}", 1))
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert told["ORLA (_sings_)."] is Role.DIALOGUE
    assert told["The lamp is lit, the boats come in,"] is told["And every sail is told,"] is Role.VERSE


def test_names_over_speeches_in_a_piece_of_a_play_speak() -> None:
    prose = "Nobody came that day, and the lamp was not lit until the boats were in.\nSo it was told."
    scene = ["FRAGMENT OF A PLAY", "_A quay. Enter_ HE _and_ SHE.", *("HE", "It is late.", "SHE", "It was.") * 2]
    told = label(lines_of("\n\n".join(["ON LAMPS", prose, prose, "", "", *scene])))
    assert [one.role for one in told][-8:] == [Role.DIALOGUE] * 8


def test_where_a_scene_is_and_who_enters_stand_below_its_number() -> None:
    place = "Un salón. Puerta al foro.\n\nOrla, Mr. Quint."
    lines = lines_of(play("Name: words").replace(f"{SCENE[1]}\n", f"{SCENE[1]}\n\n{place}\n", 1))
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert told["Un salón. Puerta al foro."] is told["Orla, Mr. Quint."] is Role.STAGE


def test_a_number_before_the_word_for_a_scene_is_its_number() -> None:
    told = label(lines_of(play("NAME. words").replace(SCENE[1], "1. Szene.").replace(SCENE[2], "2. Szene.")))
    assert sum(one.role in (Role.TITLE, Role.HEADING) for one in told) == len(SCENE)


def test_names_in_plain_letters_begin_turns_below_lines_that_do_not_end() -> None:
    said = ["Jost: So war es.", "Grete: Nein, so", "Müller: Wer kommt?", "Jost: Ich bin es,"] * 3
    lines = lines_of(
        "\n".join(["Personen.", "", "Jost, ein Knecht.", "Grete.", "Der Müller.", "", "Erster Akt.", "", *said])
    )
    told = label(lines)
    turns = [one for one in told if one.line > 8]
    assert [(one.role, one.joined) for one in turns] == [(Role.DIALOGUE, False)] * len(said)


def test_a_couplet_set_in_between_turns_of_prose_is_verse() -> None:
    couplet = "   The lamp is lit, the tide is in,\n   And every sail is told."
    lines = lines_of(play("NAME. words").replace("[_A door is heard._]", couplet, 1))
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert told["And every sail is told."] is Role.VERSE


def test_two_who_speak_together_may_both_be_addressed() -> None:
    text = "MR. TARN AND MRS. VALE (_together_). The lamp!"
    assert text[: label_of_turn(text)] == "MR. TARN AND MRS. VALE"
    assert label_of_turn("It was Mr. Tarn and Mrs. Vale who spoke.") < len("It was Mr. Tarn")


def test_a_chorus_sings_in_an_opera() -> None:
    lines = lines_of(
        OPERETTA.replace("No. 1. OPENING CHORUS.\n", "No. 1. OPENING CHORUS.\n\nCHORUS.\n    Hail the oil!\n")
    )
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert told["CHORUS."] is told["Hail the oil!"] is Role.DIALOGUE


def test_the_lots_of_a_catalogue_are_entries_and_a_remark_no_note() -> None:
    lots = ["1  Lamps, a box", "2  Another, _cracked_", "3* A glass", "   *.* Blown by hand.", "4  Oil", "5  A boat"]
    lots.append("6  An oar")
    terms = (
        "The highest bidder is the buyer, and nobody is to advance less than\nsixpence at a time. All is sold as it is."
    )
    lines = lines_of("\n\n".join(["A CATALOGUE OF THE LAMP ROOM", terms, terms, "FIRST DAY", *lots]))
    told = {lines[one.line - 1].text: one.role for one in label(lines)}
    assert [told[lot] for lot in lots] == [Role.ITEM] * 3 + [Role.PARAGRAPH] + [Role.ITEM] * 3


def test_who_speaks_to_whom_right_below_a_scene_does_not_enter() -> None:
    said = "ORLA.--(_to Mr. Quint_) No."
    lines = lines_of(play("NAME.--words").replace(f"{SCENE[1]}\n", f"{SCENE[1]}\n\n{said}\n", 1))
    assert {lines[one.line - 1].text: one.role for one in label(lines)}[said] is Role.DIALOGUE


STORM = """Personen.

Ruprecht, Vogt.
Lene, seine Magd.
Ein Bote. Volk.

Erster Aufzug.

Erster Auftritt.

Volk. Ruprecht. Ein Bote.


Erster Fischer.
Das Netz ist wieder leer.

Zweiter Fischer.
                          Und wird noch leerer.

Ruprecht.
Wer redet da so laut vor meinem Hause?
(Für sich.)
Ich höre nur das Meer.

Lene und Bote (zugleich).
                        Das Meer ist da!

Ruprecht.
So laßt es draußen warten vor der Tür.

Lene
(zieht den Riegel).
Es wartet nicht.

Bote.
                 Es hat noch nie gewartet.

Ruprecht (allein).
Dann soll es kommen, wenn es kommen will.
(Das Licht geht aus.)

Lene.
Wer war das?

Bote.
             Nur der Wind.

Ruprecht.
                           Nur eine Welle.

Lene.
So sagt es allen.

Bote.
                  Alle wissen es.

(Alle ab.)
"""


def test_who_speaks_but_once_in_a_play_in_verse_has_his_name_over_his_words_as_the_others_have() -> None:
    lines = lines_of(STORM)
    told = {line.number: line.text for line in lines}
    found = [one for one in label(lines) if one.line > 10]
    turns = [told[one.line].split("(")[0].strip(" .") for one in found if one.role is Role.DIALOGUE and not one.joined]
    assert turns[:5] == ["Erster Fischer", "Zweiter Fischer", "Ruprecht", "Lene und Bote", "Ruprecht"]
    assert {told[one.line] for one in found if one.role is Role.STAGE} == {
        "Volk. Ruprecht. Ein Bote.",
        "(Das Licht geht aus.)",
        "(Alle ab.)",
    }
    said = {told[one.line].strip() for one in found if one.role is Role.DIALOGUE and one.joined}
    assert {"Und wird noch leerer.", "Nur eine Welle.", "(Für sich.)", "(zieht den Riegel)."} <= said


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("[Enter ORLA.]\nShe has the key, and not the lamp.", "sd"),  # the speech goes on below what is done
        ("[A gun. Enter ORLA, with a lantern; and the GOAT of\nMR. QUINT, led by keepers.]", "ss"),
        ("ORLA {\nMR. QUINT { [_together_] The goat!", "dd"),
        ("MR. QUINT {  A goat!\nORLA      {  My goat!", "dd"),
        ("O. QUINT. I heard a gun.", "d"),
        ("_The KEEPER announces_ Mr. Toll. _MR. QUINT looks at\nthe goat._", "ss"),
        ("ORLA, with a lantern. Then it was the gull.", "d"),
        ("FIRST KEEPER, _who has the goat_.--So it was.", "d"),
    ],
)
def test_what_is_done_and_who_speaks_between_the_turns_of_a_play(rows: str, codes: str) -> None:
    lines = lines_of(play("NAME. words").replace("[_A door is heard._]", rows, 1))
    text = {line.number: line.text.strip() for line in lines}
    wanted = rows.split("\n")
    found = {text[one.line]: one for one in label(lines) if text[one.line] in wanted}
    assert "".join({Role.STAGE: "s", Role.DIALOGUE: "d"}.get(found[row].role, "?") for row in wanted) == codes
    assert not any(found[row].joined for row, code in zip(wanted, codes, strict=True) if code == "d")


def test_directions_on_rows_of_their_own_end_a_speech_in_verse() -> None:
    said = "ORLA\nThe lamp is lit,\nAnd I am gone.\n[Dies.]"
    lines = lines_of(play("NAME right above").replace("[_A door is heard._]", said, 1))
    text = {line.number: line.text for line in lines}
    assert [one.role for one in label(lines) if text[one.line] == "[Dies.]"] == [Role.STAGE]


def test_listed_names_in_capitals_speak_without_a_stop() -> None:
    said = (
        ("CONTE", "Orsola."),
        ("ORSOLA", "Signor Conte."),
        ("CONTE", "Chi ha il lume?"),
        ("ORSOLA", "(ride) Nessuno."),
    )
    turns = "\n\n".join(f"{name} {words}" for name, words in said * 3)
    text = f"PERSONAGGI\n\nIl CONTE, padrone\nLa signora ORSOLA, serva\n\nATTO PRIMO\n\nSCENA PRIMA\n\n{turns}\n"
    lines = lines_of(text)
    found = [one for one in label(lines) if one.line > 9]
    assert [one.role for one in found] == [Role.DIALOGUE] * 12
    assert not any(one.joined for one in found)


def test_persons_who_are_there_stand_below_the_number_of_a_scene() -> None:
    turns = "\n\n".join(["MARCEL. Qui est là?", "LISE, riant. Personne, monsieur.", "MARCEL.--Bien."] * 3)
    lines = lines_of(f"PERSONNAGES.\n\nMARCEL.\nLISE.\n\nACTE PREMIER.\n\nSCÈNE I.\n\nMARCEL, puis LISE.\n\n{turns}")
    told = {one.line: one.role for one in label(lines)}
    assert told[10] is Role.STAGE
    assert {told[n] for n in range(12, 28, 2)} == {Role.DIALOGUE}


def test_a_list_of_persons_ends_where_the_play_begins_far_below_it() -> None:
    turns = "\n\n".join(["VAKTEN.\n\nHvem där?", "ORM.\n\nEn man som vill sofva.", "VAKTEN (gäspar).\n\nSof då."] * 3)
    lines = lines_of(f"PERSONERNA:\n\n  Orm.\n  En vakt.\n  Folk.\n\n\n(En strand. Natt.)\n\n\n{turns}\n")
    told = {lines[one.line - 1].text.strip(): one.role for one in label(lines)}
    assert {told[row] for row in ("Orm.", "En vakt.", "Folk.")} == {Role.ITEM}
    assert told["(En strand. Natt.)"] is Role.STAGE
    assert told["VAKTEN."] is told["Hvem där?"] is Role.DIALOGUE


def test_the_same_place_below_the_heading_of_a_part_is_no_speaker() -> None:
    part = "PART THE SECOND.\n\nThe same. Midnight."
    lines = lines_of(play("NAME. words").replace("SCENE 2", part, 1))
    assert [one.role for one in label(lines) if lines[one.line - 1].text == "The same. Midnight."] == [Role.STAGE]


VERSES = ("The lamp is lit along the quay", "And every sail is told,", "And nobody has paid for oil")


def test_a_verse_play_with_names_in_italics_before_the_first_line_is_one() -> None:
    names = ("Orla", "Quint", "Quint", "Orla", "Keeper", "Orla")  # two speeches of one stand next to one another
    turns = "\n\n".join(f"  _{name}_ [_aside_]. {VERSES[0]}\n  {VERSES[1]}" for name in names * 5)
    once = "\n\n".join(f"  _{name}_. {VERSES[2]}\n  {VERSES[1]}" for name in ("Manager", "Poet"))
    lines = lines_of(f"PROLOGUE IN THE LOFT.\n\n{once}\n\n\n\nNIGHT.\n\n      [_A lamp room._]\n\n{turns}\n")
    told = {one.line: one for one in label(lines)}
    for line in lines:
        if line.text.lstrip().startswith("_"):
            assert told[line.number].role is Role.DIALOGUE and not told[line.number].joined
        elif line.text.startswith("  T") or line.text.startswith("  A"):
            assert told[line.number].role is Role.DIALOGUE and told[line.number].joined
        elif "[_A lamp" in line.text:
            assert told[line.number].role is Role.STAGE


def test_a_name_and_a_dash_stand_over_verse_and_before_prose() -> None:
    over = "{}.--\n" + "\n".join(VERSES)
    names = ("ORLA", "QUINT", "ORLA", "TOLL") * 4
    said = [over.format(name) if n % 3 else f"{name}.--Who pays?" for n, name in enumerate(names)]
    lines = lines_of("THE PLAY.\n\n_Enter_ ORLA.\n\n" + "\n\n".join(said))
    told = {one.line: one for one in label(lines)}
    assert {told[line.number].role for line in lines if ".--" in line.text} == {Role.DIALOGUE}
    assert told[3].role is Role.STAGE


def test_who_speaks_last_together_speaks() -> None:
    lines = lines_of(
        "ACT I.\n\n" + "ORLA.\nWho is it?\n\nQUINT.\nI.\n\n" * 8 + "ORLA and QUINT [Together.]\nSo it is.\n"
    )
    told = {one.line: one for one in label(lines)}
    assert told[lines[-2].number].role is Role.DIALOGUE and not told[lines[-2].number].joined


def test_neither_a_song_nor_the_first_of_the_persons_speaks() -> None:
    persons = "PERSONS OF THE PLAY\n\nMEN.\n\n  MR. QUINT\n  PELL\n  A KEEPER\n\nWOMEN.\n\n  MRS. QUINT\n  ORLA\n"
    talk = "\n\n".join(f"{name.upper()}. {said}" for name, said in SPEECHES)
    songs = "".join(
        f"AIR {number}. The old Lamp, &c.\n\n  The lamp is lit below the stair,\n    The oil is in the can;\n"
        f"  The keeper sleeps upon his chair,\n    And nobody the man.\n\n{talk}\n\n\n"
        for number in ("I", "II", "III")
    )
    text = f"{persons}\n\n\n\nACT I.\n\nSCENE I.\n\n{talk}\n\n\n{songs}"
    lines = [Line(n, line) for n, line in enumerate(text.split("\n"), 1)]
    spoken = {lines[one.line - 1].text.strip() for one in label(lines) if one.role is Role.DIALOGUE}
    assert "MR. QUINT. Bolt the door." in spoken
    assert not [row for row in spoken if row.startswith("AIR ") or row in ("MR. QUINT", "MRS. QUINT", "MEN.")]
