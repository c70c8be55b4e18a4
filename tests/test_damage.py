"""What a user may rely on: damage that a reader would mark is pointed at, and sound text is left in peace."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.damage import inspect_text, paragraphs_of
from pipeline.model import Decision, Line, Role
from pipeline.report import Report


def found(*texts: str, decisions: Sequence[Decision] = (), lang: str = "en") -> list[tuple[int | None, str]]:
    report = Report()
    inspect_text(paragraphs_of([Line(n, text) for n, text in enumerate(texts, 1)], decisions), report, lang)
    assert all(finding.family == "text" for finding in report.findings)
    return [(finding.line, finding.code) for finding in report.findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("He called them ” friends” of the mill.", "quote-turned"),
        ("See “The Flood, “Mill Review 61.", "quote-unpaired"),
        ("“The wheel “turns.” He left.", "quote-unpaired"),
        ("“The wheel turns, he said.", "quote-unpaired"),
        ("The wheel turns,” he said.", "quote-unpaired"),
        ("‘The wheel turns, he said.", "quote-unpaired"),
        ("The wheel turned’, he said.", "quote-unpaired"),
        ("The wheel (of oak turns.", "bracket-unpaired"),
        ("The wheel of oak] turns.", "bracket-unpaired"),
        ("Thieves, millers, etc.. They left.", "sign-doubled"),
        ("The miller ’s wife.", "space-odd"),
        ("Weir: Sluice Press,1931, p. 4.", "space-odd"),
        ("The wheel,turning, stood.", "space-odd"),
        ("The wheel stood.Then it turned.", "space-odd"),
        ("A water- mill stood there.", "hyphen-odd"),
        ("The wheel– the old one–stood.", "hyphen-odd"),
        ("The the wheel stood; the the wheel turned.", "word-doubled"),
        ("The General 0sterhout left.", "letter-odd"),
        ("The mi11er lost a lett\ufffdr.", "letter-odd"),
        ("The milLer left.", "letter-odd"),
        ("The wheel turned.[13] It stood.", "note-number-left"),
        ("[Footnote]: The wheel stood in a shed.", "note-label-left"),
        ("It is a odd thing.", "word-odd"),
        ("He covered the of the wheel.", "word-odd"),
        ("The wheel as lately been oiled.", "word-odd"),
        ("He came as soon is he could.", "word-odd"),
        ("It stood. It his wheel, he said.", "word-odd"),
        ("He knew, as they been told.", "word-odd"),
        ("He had and Ulster coat.", "word-odd"),
        ("He met the vice -miller.", "hyphen-odd"),
        ("“A mill,” said, Pell, and left.", "sign-doubled"),
        ("It is the wheels’, Pell said slowly.", "quote-unpaired"),
        (
            "He went to the mill every morning and stood there for hours, watching the wheel and the water",
            "sentence-cut",
        ),
    ],
)
def test_damage_is_found(text: str, code: str) -> None:
    assert (1, code) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Quite so,” he said; “the miller’s ‘wheel’ turns.”",
        "’Twas in the ’30s that the millers’ wives were doin’ well, an’ so on.",
        "(a) the mill; b) the wheel; 3) the weir",
        "He waited… and waited. . . . It was 4 p.m., i.e. late; see http://mill.example/a,b(c and x.Y@mill.example.",
        "Pre- and post-war mills, two- or three-wheeled, cost 1,931 crowns, or .9 % more.",
        "The old–very old–wheel — an oak one — and McAdam’s road, 1918-19.",
        "He had had it; that that is, is; they went on and on.",
        "An hour, a one-horse cart, a union, a European, an NKVD man, an a priori claim.",
        "– The wheel turns, said the miller.",
        "„Das Rad“, sagte er.",
        "The wheel , he said ( and he knew ), turns .",  # spaces that are closed without asking
        "It was the millers’, the bakers’ and the smiths’ day, as he had been told, as soon as it is light.",
        "He must a been old; so he and Una went; “A mill,” said Pell, “turns,” and O…! he laughed,...",
    ],
)
def test_sound_text_is_left_in_peace(text: str) -> None:
    assert found(text) == []


def test_french_sets_its_signs_off() -> None:
    line = "Voilà ! dit-il ; et puis ? Rien : c'est fini."
    assert found(line, lang="fr") == []
    assert found(*(["It turns: it stands; it falls!"] * 9), "The wheel ; it turns.") == [(10, "space-odd")]


def test_a_quotation_may_go_over_paragraphs() -> None:
    assert found("He said: “The wheel turns.", "“It never stands.", "“It is old.” So he said.") == []
    assert found("He said: “The wheel turns.", "It never stands.", "It is old.” So he said.") == []
    assert found("[From a letter. The wheel turns.", "It never stands.]") == []


def test_a_number_with_a_note_is_no_damage() -> None:
    assert found("The wheel turned.[13] It stood.", "[13] A wheel of oak.") == []


def test_joined_lines_are_read_in_one_piece_and_named_apart() -> None:
    decisions = [Decision(1, Role.PARAGRAPH), Decision(2, Role.PARAGRAPH, joined=True)]
    assert found("The wheel (of oak", "turned)and stood.", decisions=decisions) == [(2, "space-odd")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Han hade en jubel- eller kvarnmiddag, och sin mjöl- och vattensyssla."),
        ("da", "Han talte om Tale- og Skrivemaade."),
        ("de", "Er war möglicher- ja wahrscheinlicherweise der Müller."),
        ("nl", "Van de linker- naar de rechterkant van het rad."),
    ],
)
def test_two_compounds_share_their_end(lang: str, text: str) -> None:
    assert found(text, lang=lang) == []


def test_brackets_that_a_play_never_closes_are_its_habit() -> None:
    line = "The wheel stands. [Exit Pell."
    assert found(*[line] * 3) == [(n, "bracket-unpaired") for n in (1, 2, 3)]
    assert found(*[line] * 12) == []
    assert found(*[line] * 12, "The wheel (of oak turns.") == [(13, "bracket-unpaired")]


def test_a_dash_that_is_a_hyphen_everywhere_is_no_damage() -> None:
    line = "El molino -dijo Pell- gira siempre."
    assert found(*[line] * 3, lang="es") == [(n, "hyphen-odd") for n in (1, 2, 3)]
    assert found(*[line] * 12, lang="es") == []


def test_an_article_that_lost_a_letter_is_known_by_what_has_it_elsewhere() -> None:
    assert found("the MRC met; the MRC rose; the MRC left", "So he MRC rose. But he DID go.") == [(2, "word-odd")]


def test_tables_are_not_read() -> None:
    assert found("wheel,oak", decisions=[Decision(1, Role.TABLE)]) == []
