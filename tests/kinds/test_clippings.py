"""What a user may rely on: a device's file of clippings becomes a source book, in the device's language or another."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.build import Reading
from pipeline.kinds import clippings
from pipeline.model import Block, Extract, Heading, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_markdown, write_references

CLIPPINGS = """\
\ufeffThe Lamp Room (Orr, Ada)
- Your Highlight on page 12 | Location 170-172 | Added on Monday, 3 May 2021 10:11:12

The lamps were trimmed at dusk, and nobody "asked" why.
==========
\ufeffWeir and Wheel (Ian Calder;Bo Weir)
- Your Highlight at location 88-89 | Added on Tuesday, 4 May 2021 08:00:00

A wheel that stands still is furniture.
==========
\ufeffThe Lamp Room (Orr, Ada)
- Your Note on page 12 | Location 172 | Added on Monday, 3 May 2021 10:12:00

Compare this with the weir.
==========
\ufeffThe Lamp Room (Orr, Ada)
- Your Bookmark on page 4 | Location 50 | Added on Monday, 3 May 2021 09:00:00


==========
\ufeffThe Lamp Room (Orr, Ada)
- Your Highlight on page 5 | Location 60-61 | Added on Wednesday, 5 May 2021 09:00:00

It burned with a small blue flame.
==========
"""
BOOK = """\
# The Lamp Room {#the-lamp-room .reset-citation-positions}

::: {#x24 .extract}
It burned with a small blue flame.[^c22]
:::

[^c22]: [@orrlamp, p. 5].

::: {#x4 .extract}
The lamps were trimmed at dusk, and nobody “asked” why.[^c2]
:::

[^c2]: [@orrlamp, p. 12].

::: rubric
Your Note on page 12
:::

Compare this with the weir.

# Weir and Wheel {#weir-and-wheel .reset-citation-positions}

::: {#x9 .extract}
A wheel that stands still is furniture.[^c7]
:::

[^c7]: [@calderweir]. Location 88-89.

# Bibliography {#bibliography .unnumbered}
"""


def reading(tmp_path: Path, text: str) -> tuple[Reading, Report]:
    path = tmp_path / "clippings.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    return build.read_source(path, Settings(), report, lambda _stage: None), report


def test_highlights_go_to_their_works_in_the_order_of_the_pages(tmp_path: Path) -> None:
    found, _ = reading(tmp_path, CLIPPINGS)
    markdown = write_markdown(found.book, Settings(), lang="en")
    assert markdown.split("---\n", 2)[2].strip().startswith(BOOK.strip())


def test_no_word_is_lost_and_every_line_is_decided(tmp_path: Path) -> None:
    found, report = reading(tmp_path, CLIPPINGS)
    markdown = write_markdown(found.book, Settings(), lang="en")
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lost == 0
    filled = [n for n, line in enumerate(CLIPPINGS.splitlines(), 1) if line.strip("\ufeff \n")]
    assert sorted(decision.line for decision in found.decisions) == filled
    assert not [one for one in report.findings if one.severity != "note"]


@pytest.mark.parametrize(
    ("about", "locator", "extra"),
    [
        ("- Your Highlight on page xiv | Added on Monday, 3 May 2021", "xiv", ""),
        ("- Your Highlight on page 12-13 | location 170-172 | Added on Monday, 3 May 2021", "12-13", ""),
        ("- Highlight Loc. 1043-45  | Added on Monday, May 3, 2021, 10:11 AM", "", "Loc. 1043-45"),
        ("- Ihre Markierung auf Seite 12 | bei Position 170-172 | Hinzugefügt am Montag, 3. Mai 2021", "12", ""),
        ("- Ihre Markierung bei Position 170-172 | Hinzugefügt am Montag, 3. Mai 2021", "", "Position 170-172"),
        ("- Votre surlignement sur la page 12 | emplacement 170-172 | Ajouté le lundi 3 mai 2021", "12", ""),
        ("- La subrayado en la página 12 | posición 170-172 | Añadido el lunes, 3 de mayo de 2021", "12", ""),
        ("- La tua evidenziazione a pagina 12 | Aggiunto in data lunedì 3 maggio 2021", "12", ""),
        ("- Seu destaque na posição 170-172 | Adicionado: segunda-feira, 3 de maio de 2021", "", "Posição 170-172"),
        ("- Je markering op pagina 12 | locatie 170-172 | Toegevoegd op maandag 3 mei 2021", "12", ""),
        ("- Ваш выделенный отрывок на странице 12 | Место 170–172 | Добавлено: 3 мая 2021 г.", "12", ""),
        ("- 12ページ|位置No. 170-172のハイライト |作成日: 2021年5月3日", "12", ""),
    ],
)
def test_the_language_of_the_device_does_not_matter(about: str, locator: str, extra: str) -> None:
    lines = ("Die Lampe (Orr, Ada)", about, "", "Es brannte.", "==========", "Die Lampe (Orr, Ada)", about)
    found = clippings.read([Line(n, text) for n, text in enumerate(lines, 1)], Settings(), Report())
    (citation,) = found.citations
    assert (citation.fields.locator, citation.fields.extra) == (locator, extra)
    assert (citation.fields.title, citation.covers) == ("Die Lampe", (4, 4))


@pytest.mark.parametrize(
    ("about", "role"),
    [
        ("- Ihre Notiz auf Seite 12 | Hinzugefügt am Montag", Role.RUBRIC),
        ("- Votre note sur la page 12 | Ajouté le lundi", Role.RUBRIC),
        ("- Ваша заметка на странице 12 | Добавлено", Role.RUBRIC),
        ("- La tua nota a pagina 12 | Aggiunto", Role.RUBRIC),
    ],
)
def test_a_reader_s_note_is_no_highlight(about: str, role: Role) -> None:
    lines = ("Weir", about, "", "Mine.", "==========")
    found = clippings.read([Line(n, text) for n, text in enumerate(lines, 1)], Settings(), Report())
    assert not found.citations
    assert [one.role for one in found.decisions if one.line == 2] == [role]


def test_titles_with_brackets_and_works_without_author(tmp_path: Path) -> None:
    text = CLIPPINGS.replace("The Lamp Room (Orr, Ada)", "The Lamp Room (A Tale) (Orr, Ada)").replace(
        "Weir and Wheel (Ian Calder;Bo Weir)", "weir_and_wheel"
    )
    found, _ = reading(tmp_path, text)
    assert {work.csl["title"] for work in found.book.works.values()} == {"The Lamp Room (A Tale)", "weir_and_wheel"}
    assert sum(isinstance(one, Heading) for one in found.book.elements) == 2
    assert sum(isinstance(one, Extract) for one in found.book.elements) == 3


def test_a_highlight_that_the_device_did_not_keep_is_reported(tmp_path: Path) -> None:
    limit = "<You have reached the clipping limit for this item>"
    found, report = reading(tmp_path, CLIPPINGS.replace("It burned with a small blue flame.", limit))
    assert [(one.code, one.line) for one in report.findings if one.severity == "warning"] == [("clipping-limit", 24)]
    assert sum(isinstance(one, Extract) for one in found.book.elements) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The mill\n==========\n\nIt stood by the river.\n",
        "The mill\n- one 1\n- two 2\n\nIt stood.\n",
        CLIPPINGS + "And a line of something else.\nAnd more.\n",
    ],
)
def test_another_text_is_no_file_of_clippings(tmp_path: Path, text: str) -> None:
    lines = [Line(n, line) for n, line in enumerate(text.splitlines(), 1)]
    assert clippings.recognise(lines) is None
    found, _ = reading(tmp_path, text)
    assert any(isinstance(one, Block) for one in found.book.elements)
