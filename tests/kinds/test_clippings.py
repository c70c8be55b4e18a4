"""What a user may rely on: a device's file of clippings becomes a source book, in the device's language or another."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.build import Reading
from pipeline.kinds import clippings, devices
from pipeline.model import Block, Extract, Heading, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_references
from tests.written import write_markdown

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

Compare this with the weir.

# Weir and Wheel {#weir-and-wheel .reset-citation-positions}

::: {#x9 .extract}
A wheel that stands still is furniture.[^c7]
:::

[^c7]: [@calderweir]. Location 88–89.

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


HIGHLIGHTS = [
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
    ("– Ваш выделенный отрывок в месте 170–172 | Добавлено: понедельник, 3 мая 2021 г.", "", "Место 170–172"),
    ("— Twoje wyróżnienie na stronie 12 | pozycja 170-172 | Dodano: poniedziałek, 3 maja 2021", "12", ""),
    ("- Twoje podkreślenie w pozycji 170-172 | Dodano: poniedziałek, 3 maja 2021", "", "Pozycja 170-172"),
    ("- 12. sayfadaki Vurgunuz | 170-172. Konum | Eklenme tarihi: 3 Mayıs 2021 Pazartesi", "12", ""),
    ("- Sayfa 12 | Konum 170-172 konumundaki Vurgunuz | Eklenme Tarihi: 3 Mayıs 2021", "12", ""),
    ("- 您在第 12 页（位置 #170-172）的标注 | 添加于 2021年5月3日星期一 上午10:11:12", "12", ""),
    ("- 您在位置 #170-172的标注 | 添加于 2021年5月3日星期一 下午10:11:12", "", "位置 170-172"),
    ("- 12ページ|位置No. 170-172のハイライト |作成日: 2021年5月3日月曜日 10:11:12", "12", ""),
    ("- 12페이지의 하이라이트 | 위치 170-172 | 추가됨: 2021년 5월 3일 월요일 오전 10:11:12", "12", ""),
    ("- Your highlight on page 12 | Added on Monday, May 03, 2021 10:11:12 AM", "12", ""),
    ("- Your Highlight on Location na página 41-42 | Adicionado: segunda-feira, 3 de maio de 2021", "41-42", ""),
]


@pytest.mark.parametrize(("about", "locator", "extra"), HIGHLIGHTS)
def test_the_language_of_the_device_does_not_matter(about: str, locator: str, extra: str) -> None:
    lines = ("Die Lampe (Orr, Ada)", about, "", "Es brannte.", "==========", "Die Lampe (Orr, Ada)", about)
    found = clippings.read([Line(n, text) for n, text in enumerate(lines, 1)], Settings(), Report())
    (citation,) = found.citations
    assert (citation.fields.locator, citation.fields.extra) == (locator, extra)
    assert (citation.fields.title, citation.covers) == ("Die Lampe", (4, 4))
    said = devices.about(about)
    assert said is not None
    assert said.kind == "highlight"
    assert said.when[:3] == (2021, 5, 3)


@pytest.mark.parametrize(
    ("about", "role"),
    [
        ("- Ihre Notiz auf Seite 12 | Hinzugefügt am Montag", Role.BOILERPLATE),
        ("- Votre note sur la page 12 | Ajouté le lundi", Role.BOILERPLATE),
        ("- Ваша заметка на странице 12 | Добавлено", Role.BOILERPLATE),
        ("- La tua nota a pagina 12 | Aggiunto", Role.BOILERPLATE),
        ("- Mi nota en la posición 12 | Añadido el lunes", Role.BOILERPLATE),
        ("- Sua nota ou posição 12 | Adicionado", Role.BOILERPLATE),
        ("- Je notitie op pagina 12 | Toegevoegd", Role.BOILERPLATE),
        ("- Twoja notatka na stronie 12 | Dodano", Role.BOILERPLATE),
        ("- 12. sayfadaki Notunuz | Eklenme tarihi", Role.BOILERPLATE),
        ("- 您在位置 #12 的笔记 | 添加于", Role.BOILERPLATE),
        ("- 12ページのメモ |作成日", Role.BOILERPLATE),
        ("- 12페이지의 메모 | 추가됨", Role.BOILERPLATE),
    ],
)
def test_a_reader_s_note_is_no_highlight(about: str, role: Role) -> None:
    lines = ("Weir", about, "", "Mine.", "==========")
    found = clippings.read([Line(n, text) for n, text in enumerate(lines, 1)], Settings(), Report())
    assert not found.citations
    assert [one.role for one in found.decisions if one.line == 2] == [role]


def test_a_file_of_notes_alone_is_a_whole_book(tmp_path: Path) -> None:
    """What the device writes over a note is the file's form; no citation names the author, so the heading does."""
    entry = """\
The Lamp Room (Orr, Ada)
- Your Note on page {0} | Location {0}2 | Added on Monday, 3 May 2021 10:1{0}:00

Ask the miller.
==========
"""
    bookmark = (
        "Weir and Wheel (Ian Calder)\n- Your Bookmark on page 4 | Added on Monday, 3 May 2021 09:00:00\n\n==========\n"
    )
    made, report = reading(tmp_path, bookmark + "".join(entry.format(page) for page in range(1, 5)))
    markdown = write_markdown(made.book, Settings(title="Notes"), lang="en", report=report)
    references = write_references(made.book.works.values())
    proof.check("markdown", proof.streams_of_markdown(markdown, references), made.source, made.changes, report)
    assert not proof.FAILURES & {found.code for found in report.findings}
    assert not {"left-out-nowhere", "not-in-bibliography"} & {found.code for found in report.findings}
    assert "# The Lamp Room (Orr, Ada)" in markdown
    assert markdown.count("Ask the miller.") == 4 and "10:11" not in markdown


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
    ],
)
def test_another_text_is_no_file_of_clippings(tmp_path: Path, text: str) -> None:
    lines = [Line(n, line) for n, line in enumerate(text.splitlines(), 1)]
    assert clippings.recognise(lines) is None
    found, _ = reading(tmp_path, text)
    assert any(isinstance(one, Block) for one in found.book.elements)


TITLE = "Das Mühlenbuch (Wehr, Ilse)"


def entry(about: str, words: str, title: str = TITLE, close: str = "==========") -> str:
    return f"{title}\n{about}\n\n{words}\n{close}\n" if about else f"{title}\n\n{words}\n{close}\n"


def place(first: int, last: int, kind: str = "Markierung") -> str:
    return f"- Ihre {kind} bei Position {first}-{last} | Hinzugefügt am Montag, {first % 28 + 1}. Mai 2021 10:11:12"


def body(folder: Path, text: str, settings: Settings | None = None) -> list[str]:
    """Return the lines of the book's body; no word may be lost."""
    path = folder / "clippings.txt"
    path.write_text(text, encoding="utf-8")
    found = build.read_source(path, settings or Settings(), Report(), lambda _stage: None)
    markdown = write_markdown(found.book, Settings(), lang=found.lang)
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lines == ()
    return [line for line in markdown.split("---\n", 2)[2].splitlines() if line and not line.startswith(":::")]


@pytest.mark.parametrize("close", ["==========", "=====", "==", ""])
def test_the_last_rule_may_be_shortened(tmp_path: Path, close: str) -> None:
    text = entry(place(1, 2), "Erstens.") + entry(place(3, 4), "Zweitens.", close=close)
    assert body(tmp_path, text)[1::2][:2] == ["Erstens.[^c2]", "Zweitens.[^c7]"]


def test_a_file_without_data_lines_is_known_by_its_titles_and_rules(tmp_path: Path) -> None:
    text = entry("", "Es brannte.") + entry("", "La nuit vint.", "Le Carnet (Jean Aubier)") + entry("", "Es erlosch.")
    lines = body(tmp_path, text)
    assert [line for line in lines if line.startswith(("#", "["))][:5] == [
        "# Das Mühlenbuch {#das-muhlenbuch .reset-citation-positions}",
        "[^c3]: [@wehrmuhlenbuch].",
        "[^c11]: [@wehrmuhlenbuch].",
        "# Le Carnet {#le-carnet .reset-citation-positions}",
        "[^c7]: [@aubiercarnet].",
    ]


def test_the_longest_of_what_was_saved_again_is_kept_and_notes_stand_behind_their_highlights(tmp_path: Path) -> None:
    text = (
        entry(place(30, 31), "Das Rad blieb stehen")
        + entry(place(40, 40, "Notiz"), "Den Müller fragen.")
        + entry(place(38, 40), "Der Nebel kam.")
        + entry(place(39, 44), "Und er blieb.")
        + entry(place(30, 33), "Das Rad blieb stehen, und keiner fragte.")
        + entry(place(31, 31, "Notiz"), "Wann?")
    )
    lines = body(tmp_path, text)
    assert [line.partition("[^")[0] for line in lines if not line.startswith(("[^", "#"))] == [
        "Das Rad blieb stehen, und keiner fragte.",
        "Wann?",
        "Der Nebel kam.",
        "Den Müller fragen.",
        "Und er blieb.",
    ]


def test_highlights_that_share_words_are_both_kept_and_reported(tmp_path: Path) -> None:
    shared = "and all the wheels of the valley stood still"
    text = entry(place(30, 31), f"The frost came, {shared}") + entry(place(31, 33), f"{shared}, until March.")
    found, report = reading(tmp_path, text)
    assert sum(isinstance(one, Extract) for one in found.book.elements) == 2
    assert [one.code for one in report.findings if one.line == 6] == ["clippings-overlap"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["# Weir", "B3", "B9", "# Abbey", "A1"]),
        ("work", ["# Weir", "B3", "B9", "# Abbey", "A1"]),
        ("author", ["# Abbey", "A1", "# Weir", "B3", "B9"]),
        ("date", ["# Abbey", "A1", "# Weir", "B3", "B9"]),
        ("source", ["# Weir", "B9", "# Abbey", "A1", "# Weir", "B3"]),
    ],
)
def test_the_order_is_a_choice(tmp_path: Path, order: str, expected: list[str]) -> None:
    weir, abbey = "Weir (Bo Zuse)", "Abbey (Ada Orr)"
    text = entry(place(9, 9), "B9", weir) + entry(place(1, 1), "A1", abbey) + entry(place(3, 3), "B3", weir)
    lines = body(tmp_path, text, Settings(order=order))
    shown = [line.partition(" {")[0].partition("[^")[0] for line in lines if not line.startswith("[^")]
    assert [line for line in shown if "Bibliogra" not in line] == expected


def test_all_that_the_device_saved_is_printed_on_request(tmp_path: Path) -> None:
    about = "- Your Highlight on page 12 | Location 170-172 | Added on Monday, 3 May 2021 10:11:12"
    text = entry(about, "It burned.") + entry(about.replace("12 |", "13 |"), "It smoked.")
    assert "[^c2]: [@wehrmuhlenbuch, p. 12]." in body(tmp_path, text, Settings(lang="en"))
    lines = body(tmp_path, text, Settings(lang="en", details=True))
    note = "[^c2]: [@wehrmuhlenbuch, p. 12]. Location 170–172; Added on Monday, 3 May 2021 10:11:12."
    assert note in lines


def test_what_stands_around_the_entries_is_read_as_what_it_is(tmp_path: Path) -> None:
    essay = "The ferry ran for two hundred years, and nobody thought of counting those it carried.\n\n"
    found, _ = reading(tmp_path, essay + CLIPPINGS + "\n" + essay)
    assert [(claim.first, claim.last, claim.kind == clippings.NAME) for claim in found.claims] == [
        (1, 1, False),
        (3, 27, True),
        (29, 29, False),
    ]


def test_a_row_of_figures_without_end_is_looked_at_once() -> None:
    assert devices.about("9" * 300_000) is None  # looked at from each of its figures on, it would take half an hour
