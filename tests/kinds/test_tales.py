"""What a user may rely on: names or words that stand alone over prose make no transcript of a book."""

from __future__ import annotations

import pytest

from pipeline.kinds import attributed, chats, exports, quotations, subtitles, transcripts
from pipeline.kinds.labels import candidate, turns_of
from pipeline.model import Line

PROSE = (
    "The lamp was lit at six, and there was nobody on the stair. The keeper went up all the same, and came down again."
)
SAID = "“You might have knocked,” said the keeper. “I did,” said nobody."
TEXTS = {
    "narrators": "The Stair\n\n" + "\n\n".join(f"{who}\n\n{PROSE}\n\n{SAID}" for who in ("ORLA", "QUINT") * 3),
    "tales that are listed": "Inhalt\n\nDie Lampe\nDer Turm\n\n"
    + "\n\n".join(f"{title}\n\n{PROSE}\n\n{PROSE}" for title in ("Die Lampe", "Der Turm") * 2),
}


@pytest.mark.parametrize("name", TEXTS)
def test_names_over_chapters_open_no_turns(name: str) -> None:
    lines = [Line(n, words) for n, words in enumerate(TEXTS[name].split("\n"), 1)]
    assert transcripts.recognise(lines) is None


def test_names_over_what_is_said_open_turns() -> None:
    said = "\n\n".join(f"{who}\n\n{PROSE}" for who in ("ORLA", "QUINT") * 3)
    lines = [Line(n, words) for n, words in enumerate(said.split("\n"), 1)]
    claim = transcripts.recognise(lines)
    assert claim is not None
    assert "2 speakers" in claim.reasons[0]


@pytest.mark.parametrize("field", ["Ingredientes", "Zubereitung:", "INGREDIENTI", "Приготовление"])
def test_the_parts_of_a_recipe_speak_nowhere(field: str) -> None:
    assert candidate(field) is None


FIELDS = "GULL\nSize: 60 cm\nVoice: loud\nFound: everywhere\n\nTURNSTONE\nSize: 23 cm\nVoice: a\nFound: on rocks\n"
SPOKEN = "Tom: Is it lit?\nAda: It is.\nTom: Then who lit it?\n\nTom: Not you?\nAda: No.\nTom: Good.\n"
MACHINE = "2022-03-07 10:00:01 INFO  pump: on\n2022-03-07 10:00:05 WARN pump: slow\n2022-03-07 10:01:10 ERROR pump: 0\n"


@pytest.mark.parametrize(("text", "turns"), [(FIELDS, False), (SPOKEN, True)])
def test_fields_in_one_order_under_every_head_are_said_by_nobody(text: str, turns: bool) -> None:
    lines = [Line(n, words) for n, words in enumerate(text.splitlines(), 1)]
    assert (turns_of(lines) is not None) is turns


def test_the_log_of_a_machine_is_no_chat() -> None:
    assert chats.recognise([Line(n, words) for n, words in enumerate(MACHINE.splitlines() * 2, 1)]) is None


RECIPES = "".join(
    f"{name}\n\nPour : 4 personnes\nPréparation : 20 minutes\nCuisson : {n} minutes\n\nCuire le tout.\n\n"
    for n, name in enumerate(("TARTE", "SOUPE"), 30)
)
TIMETABLE = "KESTLE FERRY\n\nKestle   07:10   09:40\nInnis   07:35   10:05\nPoint   07:55   10:25\n\nNot on Sundays.\n"
PROGRAMME = "FRIDAY\n9:00 Opening: the Mayor\n9:30 Concert: the Band\n11:00 Walk\n13:00 Talk: Mud (Ada Fenn)\n"
ARTICLE = (
    "# On Rope\n\nby Ada Fenn\n\nRope is memory with a use, and people forget it as they forget the rest.\n\n"
    "> A rope is a promise.\n\nSo it was said on the quay, by people who had broken both.\n\n"
    "- hemp\n- sisal\n\nNobody asked which of them was better, for nobody had the other one at hand.\n"
)


@pytest.mark.parametrize("text", [RECIPES, TIMETABLE, PROGRAMME])
def test_times_and_fields_are_said_by_nobody(text: str) -> None:
    lines = [Line(n, words) for n, words in enumerate(text.splitlines(), 1)]
    assert [room.NAME for room in (transcripts, chats, subtitles) if room.recognise(lines)] == []


def test_an_article_with_a_quotation_and_a_list_is_no_export() -> None:
    assert exports.recognise([Line(n, words) for n, words in enumerate(ARTICLE.splitlines(), 1)]) is None


TALE_IN_DASHES = (
    "CHAPITRE PREMIER\n\nLa roue tournait. Personne ne la regardait.\n\n— Vous venez de loin ? demanda le meunier.\n\n"
    "— De plus loin que cela, dit l’autre.\n\n— Il n’y a rien plus loin que cela.\n\nL’autre posa son sac.\n\n"
    "— Alors c’est de rien que je viens.\n\nCHAPITRE II\n\nLe lendemain, la roue ne tournait plus.\n"
)
GUIDE = (
    "BIRDS OF THE MILL\n\nGrey Dipper (Cinclus fictus)\n\nA plump bird.\nVoice: a sharp whistle.\nFound: at weirs.\n"
    "Range: the valley.\n\nMill Wagtail (Motacilla ficta)\n\nA long tail.\nVoice: tsip.\nFound: on roofs.\n"
    "Range: everywhere.\n"
)
CATALOGUE = "KATALOG\n\n" + "\n\n".join(
    f"Kat. {n}\nRosa Bandl\n{title}, 1911\nSammlung Ohm\n\nDas Bild ist klein." for n, title in enumerate("ABCD", 1)
)


def test_a_tale_in_dashes_is_no_list_of_quotations() -> None:
    lines = [Line(n, words) for n, words in enumerate(TALE_IN_DASHES.splitlines(), 1)]
    assert [room.NAME for room in (quotations, attributed) if room.recognise(lines)] == []


@pytest.mark.parametrize("text", [GUIDE, CATALOGUE])
def test_entries_of_a_guide_or_a_catalogue_are_said_by_nobody(text: str) -> None:
    assert transcripts.recognise([Line(n, words) for n, words in enumerate(text.splitlines(), 1)]) is None


CHAPTERS = "The Wheel\n\nAda Orr\n\n1\n\nThe wheel stood still.\n\n2\n\nNobody knew why.\n\n3\n\nIt rained.\n"
FOLIOS = "The Wheel\n\nAda Orr\n\nThe wheel stood, and\n12\n\nnobody knew. It rained.\n\nIt rained on.\n\n13\n\nSo.\n"
WORKS = "Orr, Ada. The Wheel. Pellow, 1929.\n— The Mill. Pellow, 1934.\n— Night Water. Hale House, 1941.\n"


@pytest.mark.parametrize("text", [CHAPTERS, FOLIOS])
def test_numbers_of_chapters_and_folios_are_no_places_of_highlights(text: str) -> None:
    assert exports.recognise([Line(n, words) for n, words in enumerate(text.splitlines(), 1)]) is None


def test_a_dash_for_the_author_above_makes_no_list_of_quotations() -> None:
    lines = [Line(n, words) for n, words in enumerate(WORKS.splitlines(), 1)]
    assert [room.NAME for room in (quotations, attributed) if room.recognise(lines)] == []
