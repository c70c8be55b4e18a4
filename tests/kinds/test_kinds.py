"""What a user may rely on: each stretch is read as what it is, and a person has the last word in every kind."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import cast

import pypdfium2
import pytest

from pipeline import build, kinds, pandoc, proof
from pipeline.build import Reading
from pipeline.cli import main
from pipeline.errors import Exit
from pipeline.explain import explain
from pipeline.kinds import OVERLAYS, ROOMS, Room, clippings, compendium, digests, glossary, points, transcription
from pipeline.model import Heading, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_references
from tests.written import write_markdown

ROOT = Path(__file__).parent.parent.parent
ESSAY = """\
The ferry at Skelwith ran for two hundred years, and in all that time nobody thought of counting those it carried.

When the bridge was built the ferryman kept his hut, and sold eggs from it to people who had come to see the water.

"""
CLIPPINGS = """\
The Lamp Room (Orr, Ada)
- Your Highlight on page 12 | Location 170-172 | Added on Monday, 3 May 2021 10:11:12

The lamps were trimmed at dusk, and nobody asked why.
==========
The Lamp Room (Orr, Ada)
- Your Note on page 13 | Location 180 | Added on Monday, 3 May 2021 10:12:00

Compare this with the weir.
==========
"""
QUOTATIONS = """\
The lamps were trimmed at dusk. — Ada Orr, The Lamp Room, p. 12

A wheel that stands still is furniture. — Ian Calder, Weir and Wheel, p. 88

It burned with a small blue flame. — Ada Orr, The Lamp Room, p. 5
"""
LISTED = """\
The Mill and the Weir

Water was let down the race at dawn (Orr 1999, 12). Orr (1999) says that no wheel turned before noon.

References

Orr, Ada. 1999. The Mill at Dawn. Lower Weir: Sluice Press.

Calder, Ian, and Bo Weir. 2001. Wheels and Water. London: Lock House.
"""


def read(folder: Path, text: str, verdicts: str = "") -> tuple[Reading, str, Report]:
    """Read a text under verdicts; nothing of it may be lost."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    (folder / "text.verdicts.toml").write_text(verdicts, encoding="utf-8")
    report = Report()
    found = build.read_source(path, Settings(title="A Text", lang="en"), report, lambda _stage: None)
    markdown = write_markdown(found.book, Settings(), lang=found.lang)
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lines == ()
    return found, markdown, report


def verdict(line: int, text: str, act: str) -> str:
    return f'[[verdict]]\nline = {line}\nstarts = "{text.splitlines()[line - 1][:8]}"\nwhy = "a test"\n{act}\n'


def test_short_lines_do_not_tell_how_a_text_is_laid_out(tmp_path: Path) -> None:
    lamps = "The lamps along the quay were lit one after another\nwhile the tide came in, and nobody spoke.\n\n"
    short = "THE LAMP\n\nWho lit it?\n\n{}Nobody knew.\n\nIt burned.\n\n"
    for body, kind in ((lamps, transcription.NAME), (lamps.replace("\nw", " w"), compendium.NAME)):
        found, _, _ = read(tmp_path, short.format(body) * 4)
        assert [claim.kind for claim in found.claims] == [kind]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        (ESSAY, [(1, 3, "a text of one paragraph a line")]),
        (CLIPPINGS, [(1, 10, clippings.NAME)]),
        (QUOTATIONS, [(1, 5, "a list of quotations")]),
    ],
)
def test_each_stretch_is_read_as_what_it_is(tmp_path: Path, text: str, stretches: list[tuple[int, int, str]]) -> None:
    found, markdown, report = read(tmp_path, text)
    assert [(claim.first, claim.last, claim.kind) for claim in found.claims] == stretches
    told = [finding for finding in report.findings if finding.code == "kind-found"]
    assert [finding.line for finding in told] == [first for first, _, kind in stretches if "paragraph" not in kind]
    assert ("Skelwith ran" in markdown) == ("Skelwith" in text)
    for first, last, kind in stretches:
        assert any(f"Lines {first} to {last} are read as {kind}" in line for line in explain(found, first))


def test_markup_that_does_not_go_from_end_to_end_takes_nothing_of_the_rest(tmp_path: Path) -> None:
    text = f"{CLIPPINGS}\n# Of *nets*\n\nA net is **tarred**, see [the quay](https://example.org).\n\n- rope\n- cork\n"
    found, markdown, _ = read(tmp_path, text)
    assert found.claims[0].kind == clippings.NAME
    assert all(words in markdown for words in ("Skelwith", "tarred", "cork") if words in text)


def test_the_strongest_claim_wins_wherever_it_stands_in_the_table() -> None:
    lines = [Line(n, text) for n, text in enumerate(CLIPPINGS.splitlines(), 1)]
    for rooms in (ROOMS, tuple(reversed(ROOMS))):
        copy = kinds.read_kinds(lines, Settings(), Report(), rooms)
        assert [claim.kind for claim in copy.claims] == [clippings.NAME]


@pytest.mark.parametrize(
    ("text", "line", "act", "role"),
    [
        (ESSAY, 1, 'role = "heading"', Role.HEADING),
        (ESSAY, 3, "drop = true", Role.BOILERPLATE),
        (CLIPPINGS, 2, 'role = "paragraph"', Role.PARAGRAPH),
        (CLIPPINGS, 4, "drop = true", Role.BOILERPLATE),
        (CLIPPINGS, 9, 'role = "verse"', Role.VERSE),
        (CLIPPINGS, 10, 'role = "separator"', Role.SEPARATOR),
        (QUOTATIONS, 1, 'role = "heading"', Role.HEADING),
        (QUOTATIONS, 3, "drop = true", Role.BOILERPLATE),
        (LISTED, 5, 'role = "paragraph"', Role.PARAGRAPH),
        (LISTED, 7, 'role = "paragraph"', Role.PARAGRAPH),
        (LISTED, 9, 'role = "rubric"', Role.RUBRIC),
    ],
)
def test_a_person_has_the_last_word_in_every_kind(tmp_path: Path, text: str, line: int, act: str, role: Role) -> None:
    plain, _, _ = read(tmp_path, text)
    found, markdown, _ = read(tmp_path, text, verdict(line, text, act))
    roles = {one.line: one.role for one in found.decisions}
    expected = {one.line: one.role for one in plain.decisions} | {line: role}
    if (text, line) == (CLIPPINGS, 4):
        expected[2] = Role.BOILERPLATE  # a source goes with the only words that it stands for
    assert roles == expected
    if role is not Role.BOILERPLATE:
        assert not any(change.line == line and change.kind == "dropped" for change in found.changes)
    words = max(re.findall(r"\w{4,}", text.splitlines()[line - 1]), key=len, default="")
    assert (words in markdown) or role is Role.BOILERPLATE


CHAT = """\
15.04.2016, 15:04 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
15.04.2016, 15:05 - Tom Garrow: Hardly.
15.04.2016, 15:06 - Ann Orr: The ferry is late.
15.04.2016, 15:07 - Tom Garrow: It always is.
"""


def test_what_a_person_takes_for_a_heading_is_part_of_no_extract(tmp_path: Path) -> None:
    found, markdown, _ = read(tmp_path, CLIPPINGS, verdict(4, CLIPPINGS, 'role = "heading"'))
    assert "## The lamps were trimmed at dusk, and nobody asked why" in markdown
    assert found.citations[0].covers is None


def test_what_a_kind_sets_aside_stands_where_a_person_wants_it(tmp_path: Path) -> None:
    _, markdown, _ = read(tmp_path, CHAT)
    assert "encrypted" not in markdown
    found, markdown, _ = read(tmp_path, CHAT, verdict(1, CHAT, 'role = "paragraph"'))
    assert "Messages and calls are end-to-end encrypted" in markdown
    assert not any(change.line == 1 and change.kind == "set aside" for change in found.changes)


def test_a_person_says_what_the_citation_of_a_clipping_and_of_a_quotation_stands_for(tmp_path: Path) -> None:
    found, _, _ = read(tmp_path, CLIPPINGS, verdict(2, CLIPPINGS, "covers = [4, 9]"))
    assert found.citations[0].covers == (4, 9)
    found, markdown, _ = read(tmp_path, QUOTATIONS, verdict(3, QUOTATIONS, 'fields = { locator = "99" }'))
    assert "p. 99]" in markdown


def test_the_example_of_a_new_kind_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chapter = (ROOT / "docs" / "new-kind.md").read_text(encoding="utf-8")
    text, code = (re.search(rf"```{lang}\n(.*?)```", chapter, re.DOTALL) for lang in ("text log", "python"))
    assert text and code
    room = ModuleType("log")
    exec(code[1], room.__dict__)
    monkeypatch.setattr(kinds.read_kinds, "__defaults__", ((*ROOMS, cast(Room, room)),))
    found, markdown, _ = read(tmp_path, ESSAY + text[1] + "\n" + ESSAY)
    stretches = [(claim.first, claim.last) for claim in found.claims]
    assert stretches == [(1, 3), (5, 9), (11, 13)]
    assert found.claims[1].kind == "a log by day and hour"
    assert sum(isinstance(one, Heading) for one in found.book.elements) == 2
    assert "\nFog. Nobody put out.\n" in markdown
    assert "09:45" not in markdown


CHAPTER = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")


SHOWN = {  # by the room, or by the first line of an example
    "compendium": ("who had paid for the oil.[^c6]", "[^c9]: [@orr1911lamp, p. 40]", "\nThe keepers’ notes are short"),
    "transcription": (
        "# CHAPTER I {#",
        "paid for it in herring.[^n",
        "]: One in forty",
        "\nIn the autumn the Board sent a painter",
    ),
    "transcripts": ("[GARROW:]{.speaker} Thirty years. [(laughs)]{.stage}\n\nThere was no road then.",),
    "The Last Keeper": ("\n*Who lit the lamp?*\n\nMy father, and then nobody.\n", "\nIf somebody asked.\n:::"),
    "points": ("## 2. The lamp", "\n\nIt was lit with tallow.\n"),
    "glossary": ("\n\n**bitt** – a post to which a boat is tied\n",),
    "guide": ("### Tin gull (*Larus stanneus*)", "\n\n**Voice:** a dry “kek-kek”.\n"),
    "screenplay": (
        "## EXT. HARBOUR\u00a0– DAWN",
        "[TOM:]{.speaker} [(out of breath)]{.stage} You may read it. You may not believe it.",
    ),
    "questions": ("## Who pays for the oil?", "\n\nThe boats do.\n"),
    "subtitles": ("\nThe sea was calm that night, and nobody was on the quay.",),
    "chats": ("## 15.04.2016", "[Tom Garrow:]{.speaker} Hardly.\\\nThe ferry is late."),
    "mail": ("# The bell over the fish hall", "| Dear all,", "\nthe bell is stuck again."),
    "correspondence": ("## 2. To the Board", "| Gentlemen,", "| Your obedient servant,\n| T. Garrow"),
    "diaries": ("## 3 May 1909", "## Tues. 4 May", "## 6.5.1909"),
    "markup": ("with **oil**.[^n1]", "[^n1]: And a wick, see [the keeper](https://example.org/keeper)."),
}


@pytest.mark.parametrize(("room", "text"), re.findall(r"```text (\w+)\n(.*?)```", CHAPTER, re.DOTALL))
def test_the_examples_of_the_guide_are_read_as_it_says(tmp_path: Path, room: str, text: str) -> None:
    found, markdown, _ = read(tmp_path, text)
    names = {table.__name__.rpartition(".")[2]: table.NAME for table in map(module_of, ROOMS)}
    assert [claim.kind.partition(" (")[0] for claim in found.claims] == [names[room]]
    shown = SHOWN.get(text.partition("\n")[0]) or SHOWN.get(room, ("The lamps were trimmed at dusk", "[@orrlamp"))
    for words in shown:
        assert words in markdown


def test_the_commands_of_the_guide_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    examples = dict(re.findall(r"```text (\w+)\n(.*?)```", CHAPTER, re.DOTALL))
    Path("clippings.txt").write_text(examples["clippings"], encoding="utf-8")
    for name in ("page.html", "letter.docx", "letter.odt"):
        text = examples["markup"].encode()
        subprocess.run([pandoc.program(), "-f", "markdown", "-o", name], input=text, check=True)
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    document.save("book.pdf")
    told = " ".join(CHAPTER.split())
    commands = re.findall(r"`octavo (draft \w+\.[^`]+)`", told) + [
        f"draft {name}" for name in ("letter.docx", "letter.odt")
    ]
    assert len(commands) == 5
    assert "`letter.docx`, `letter.odt`" in told
    for command in commands:
        scan = "book.pdf" in command  # its pages are pictures: it is refused, as the guide says
        assert main([*command.split(), "--out", command.split()[-1].replace(".", "-")]) == (
            Exit.NOT_TEXT if scan else Exit.OK
        ), command


def module_of(room: Room) -> ModuleType:
    assert isinstance(room, ModuleType)
    return room


def test_every_rule_of_a_room_has_a_name_of_its_own() -> None:
    names = [name for room in ROOMS for name in room.WHY] + [name for overlay in OVERLAYS for name in overlay.WHY]
    assert len(names) == len(set(names))


def test_a_book_with_addresses_in_it_is_no_digest_of_highlights() -> None:
    told = "\n\n".join(
        f"On day {n} the nets hung dry until the evening, and nobody spoke of it again." for n in range(90)
    )
    text = f"The Long Net by Anna Orr\n\nhttps://nets.example/1\n\n{told}\n\nhttps://nets.example/2\n\n{told}"
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    assert digests.recognise(lines) is None
    few = "The Long Net by Anna Orr\nhttps://nets.example/1\n\nThe nets hung dry.\n\n"
    assert digests.recognise([Line(number, line) for number, line in enumerate((few * 3).split("\n"), 1)])


@pytest.mark.parametrize(
    ("room", "text"),
    [
        (points, "Ten Minutes\n\n1. The Lamp\nIt was out.\n\n2. The Oil\nIt was dear.\n\n3. The Wick\nIt was cut."),
        (points, "Minutes of May\n" + "".join(f"\n{n}. The Lamp\n" + "It was out again.\n" * 40 for n in (1, 2, 3))),
        (points, "A Catalogue of Nets\n\n1. Nets\nOf hemp.\n\n4. Oars\nOf ash.\n\n2. Lamps\nOf tin."),
        (glossary, "My Dictionary\n\nHe never opened it.\n\nShe did: once.\n\nIt rained.\n\nNobody came.\n\nThe end."),
    ],
    ids=["a tale of minutes", "chapters under numbers", "numbers that do not follow", "a tale of a dictionary"],
)
def test_a_title_alone_makes_neither_minutes_nor_a_glossary(room: Room, text: str) -> None:
    lines = [Line(number, line) for number, line in enumerate(text.splitlines(), 1)]
    assert room.recognise(lines) is None
