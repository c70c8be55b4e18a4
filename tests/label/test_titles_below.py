"""Titles that stand below the numbers of songs, fables and letters, whatever the labeller took them for."""

import pytest

from pipeline.label import label
from pipeline.model import Line, Role
from pipeline.parts import NAMED

PROSE = """The ferry at Lower Lindle went twice a day, and on market days three
times. The ferryman said that it could have gone more often if there had
been anybody on the other side.
"""
SONGS = {
    "de": ("Die Fähre schlief am andern Strand,", "Der Fährmann schlief im Kahn", "Das Seil lag trocken auf dem Sand"),
    "es": ("La barca duerme en la ribera,", "El barquero duerme también", "La cuerda seca por afuera"),
    "nl": ("De veerpont sliep aan d'overkant,", "De veerman sliep in 't riet", "Het touw lag droog op 't witte zand"),
}


def headings(text: str) -> list[str]:
    """Return the divisions of a text, the rows of each joined by a bar, behind as many signs as it lies deep."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    out: list[str] = []
    for one in label(lines):
        if one.role in (Role.TITLE, Role.HEADING):
            words = lines[one.line - 1].text.strip()
            if one.joined:
                out[-1] += f" | {words}"
            else:
                out.append(f"{'#' * one.level} {words}")
    return out


def song(lines: tuple[str, ...], inset: int = 0) -> str:
    stanza = "\n".join(" " * inset + line for line in (*lines, lines[1] + "."))
    return f"{stanza}\n\n{stanza}\n"


@pytest.mark.parametrize(
    ("language", "number", "titles"),
    [
        ("de", "{n}.", ("Fährlied.", "An den Hecht.", "Ohne Namen.")),
        ("es", "FÁBULA {roman}", ("_El lucio y la cuerda_", "_La barca_", "_El farol de Elera_")),
        ("nl", "FABEL {roman}.", ("_De snoek en het touw._", "_De pont._", "_De lantaarn._")),
    ],
)
def test_a_row_by_itself_between_number_and_stanzas_is_the_title(
    language: str, number: str, titles: tuple[str, ...]
) -> None:
    numbers = [number.format(n=n, roman="I" * n) for n in (1, 2, 3)]
    text = "".join(
        f"\n\n{sign}\n\n{title}\n\n{song(SONGS[language], 4)}" for sign, title in zip(numbers, titles, strict=True)
    )
    told = headings(f"{PROSE}{text}")
    assert [one.lstrip("# ") for one in told] == [
        f"{sign} | {title}" for sign, title in zip(numbers, titles, strict=True)
    ]


def test_the_songs_of_one_part_may_have_titles_and_the_sayings_of_the_next_none() -> None:
    songs = "".join(
        f"\n\n{n}.\n\n{title}\n\n{song(SONGS['de'])}" for n, title in enumerate(("Fährlied.", "Hecht.", "Am Seil."), 1)
    )
    sayings = "".join(f"\n\n{n}.\n\n{song(SONGS['de'])}" for n in (1, 2, 3))
    told = headings(f"Lieder.\n{songs}\n\n\nSprüche.\n{sayings}")
    assert [one.lstrip("# ") for one in told if "|" in one] == ["1. | Fährlied.", "2. | Hecht.", "3. | Am Seil."]


def test_titles_in_capitals_are_such_though_most_numbers_have_none() -> None:
    titles = ("THE LAMP.", "", "ROUGE ET NOIR.", "", "", "OIL.", "")
    text = "".join(
        f"\n\n\n\n{sign}.\n\n{title}{chr(10) * 2 if title else ''}{song(SONGS['de'])}"
        for sign, title in zip(("I", "II", "III", "IV", "V", "VI", "VII"), titles, strict=True)
    )
    told = headings(f"{PROSE}{text}")
    assert [one.lstrip("# ") for one in told if "|" in one] == ["I. | THE LAMP.", "III. | ROUGE ET NOIR.", "VI. | OIL."]


@pytest.mark.parametrize(
    "words",
    [
        "LETTER VI., AND LAST.",
        "CAPITOLO QUARTO ED ULTIMO.",
        "Chapitre V et dernier",
        "CAPÍTULO IV Y ÚLTIMO.",
        "Achtes und letztes Kapitel",
        "Zevende en laatste Hoofdstuk",
    ],
)
def test_the_last_of_a_row_says_so_behind_its_number(words: str) -> None:
    found = NAMED.match(words)
    assert found is not None
    assert found.end() >= len(words) - 1


def test_a_note_called_at_a_title_is_no_number_of_it() -> None:
    titles = ("_The Pike_", "_The Rope_ (1)", "_The Lamp_", "_The Oar_")
    parts = "".join(f"\n\nFABLE {n}\n\n{title}\n\n{song(SONGS['nl'])}" for n, title in enumerate(titles, 1))
    told = headings(f"{PROSE}{parts}")
    assert [one.split(" | ")[1] for one in told] == list(titles)


@pytest.mark.parametrize(
    "names",
    [
        ("THE FIRST NIGHT.", "The Ferryman's Tale.", "THE SECOND NIGHT.", "The Tale of the Rope.", "THE MORNING."),
        ("DIE ERSTE NACHT.", "Des Fährmanns Märchen.", "DIE ZWEITE NACHT.", "Das Märchen vom Seil.", "DER MORGEN."),
    ],
)
def test_tales_in_the_middle_of_the_line_are_headings_where_the_contents_name_them(names: tuple[str, ...]) -> None:
    listed = "\n".join(f"{'   ' if n % 2 else ''}{name.rstrip('.'):<50}{n + 3}" for n, name in enumerate(names))
    room = ("\n\n\n", "\n", "\n\n", "\n", "\n")
    text = "".join(f"{gap}{name:^70}\n\n{PROSE}{PROSE}" for gap, name in zip(room, names, strict=True))
    told = headings(f"CONTENTS\n\n{listed}\n\n\n{text}")
    assert [one for one in told if "CONTENTS" not in one] == [
        f"{'##' if n % 2 else '#'} {one}" for n, one in enumerate(names)
    ]
