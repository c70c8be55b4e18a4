"""What a user may rely on: what reading apps export becomes a source book, each highlight with its work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.kinds import excerpts, exports
from pipeline.model import Line
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_references
from tests.written import write_markdown


def body(folder: Path, text: str, kind: str, settings: Settings | None = None) -> list[str]:
    """Return the lines of the book's body with what each note says in place of its call; no word may be lost."""
    path = folder / "notes.txt"
    path.write_text(text, encoding="utf-8")
    found = build.read_source(path, settings or Settings(lang="en"), Report(), lambda _stage: None)
    assert [claim.kind for claim in found.claims] == [kind]
    markdown = write_markdown(found.book, Settings(), lang="en")
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lines == ()
    notes = dict(re.findall(r"^\[\^(c\d+)\]: (.+)$", markdown, re.MULTILINE))
    lines = markdown.split("---\n", 2)[2].partition("# Bibliography")[0].splitlines()
    shown = (re.sub(r" \{[^}]*\}$", "", line) for line in lines if line and not line.startswith((":::", "[^")))
    plain = (re.sub(r"\[([^\]]+)\]\{lang=\"?\w+\"?\}", r"\1", line) for line in shown)
    return [re.sub(r"\[\^(c\d+)\]$", lambda call: f" {notes[call[1]]}", line) for line in plain]


MOON = """\
The Lamp Room - Ada Orr (Highlight: 2; Note: 1)
───────────────

◆ Chapter 1. Dusk

▪ The lamps were trimmed at dusk.

▪ Nobody asked why. (ask Bo)
"""
WEREAD = """\
《海边的灯塔》

林远

2个笔记

◆ 第一章 雪

>> 磨坊主每天清早数点口袋。

>> 雪下了五天。

-- 来自微信读书
"""
KOREADER = """\
# Das Mühlenbuch
##### Ilse Wehr

## Am Wehr
### Page 12 @ 03 May 2021 10:11:12 AM
Das Rad blieb stehen.
### Page 14 @ 04 May 2021 10:11:12 AM
Und keiner fragte,
warum.

---
Den Müller fragen.
"""
PLAY = """\
Le Carnet des marées
Jean Aubier

This document is overwritten when you make changes in Play Books.
You should make a copy of this document before you edit it.
2 notes/highlights
Created by Marthe Quai – Last synced May 3, 2021

Chapitre 1
La brume resta trois jours.
May 3, 2021
12

Personne ne sortit.
May 4, 2021
14
"""
READWISE = """\
# The Lamp Room

![rw-book-cover](https://example.org/cover.jpg)

## Metadata
- Author: [[Ada Orr]]
- Full Title: The Lamp Room
- Category: #books

## Highlights
- The lamps were trimmed at dusk. ([Location 123](https://example.org/a))
    - Note: ask Bo
- Nobody asked why. ([Location 130](https://example.org/b))
"""
NOTEBOOK = """\
Notebook for
The Lamp Room
Ada Orr
Chapter One
Highlight(yellow) - Page 12 · Location 170
The lamps were trimmed at dusk.
Note – Page 12 · Location 172
ask Bo
Highlight(blue) - Page 14 · Location 190
Nobody asked why.
"""
BOOKCISION = """\
The Lamp Room
by Ada Orr
You have 2 highlighted passages
Last annotated on May 3, 2021

The lamps were trimmed at dusk.Read more at location 123
Note: ask Bo

Nobody asked why.Read more at location 130
"""
INSTAPAPER = """\
# [How Lamps Are Trimmed](https://example.org/lamps)

> The lamps were trimmed at dusk.

> Nobody asked why.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            MOON,
            [
                "# The Lamp Room",
                "## Chapter 1. Dusk",
                "The lamps were trimmed at dusk. [@orrlamp].",
                "Nobody asked why. [@orrlamp]. (ask Bo)",
            ],
        ),
        (
            WEREAD,
            [
                "# 海边的灯塔",
                "## 第一章 雪",
                "磨坊主每天清早数点口袋。 [@linyuanhaibiandedengta].",
                "雪下了五天。 [@linyuanhaibiandedengta].",
            ],
        ),
        (
            KOREADER,
            [
                "# Das Mühlenbuch",
                "## Am Wehr",
                "Das Rad blieb stehen. [@wehrmuhlenbuch, p. 12].",
                "Und keiner fragte, warum. [@wehrmuhlenbuch, p. 14].",
                "Den Müller fragen.",
            ],
        ),
        (
            PLAY,
            [
                "# Le Carnet des marées",
                "## Chapitre 1",
                "La brume resta trois jours. [@aubiercarnet, p. 12].",
                "Personne ne sortit. [@aubiercarnet, p. 14].",
            ],
        ),
        (
            READWISE,
            [
                "# The Lamp Room",
                "The lamps were trimmed at dusk. [@orrlamp]. Location 123.",
                "ask Bo",
                "Nobody asked why. [@orrlamp]. Location 130.",
            ],
        ),
        (
            NOTEBOOK,
            [
                "# The Lamp Room",
                "## Chapter One",
                "The lamps were trimmed at dusk. [@orrlamp, p. 12].",
                "Note – Page 12 · Location 172",
                "ask Bo",
                "Nobody asked why. [@orrlamp, p. 14].",
            ],
        ),
        (
            BOOKCISION,
            [
                "# The Lamp Room",
                "The lamps were trimmed at dusk. [@orrlamp]. Location 123.",
                "Note: ask Bo",
                "Nobody asked why. [@orrlamp]. Location 130.",
            ],
        ),
        (
            INSTAPAPER,
            [
                "# How Lamps Are Trimmed",
                "The lamps were trimmed at dusk. [@how].",
                "Nobody asked why. [@how].",
            ],
        ),
    ],
    ids=["moon", "weread", "koreader", "play", "readwise", "notebook", "bookcision", "instapaper"],
)
def test_the_export_of_an_app_becomes_a_source_book(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert body(tmp_path, text, exports.NAME) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Excerpt From: Ada Orr. “The Lamp Room.” Apple Books. https://books.apple.com/gb/book/id987",
        "Excerpt From: Ada Orr. “The Lamp Room”. iBooks.",
        "Excerpt From\nThe Lamp Room\nAda Orr\nhttps://books.apple.com/us/book/id123\n"
        "This material may be protected by copyright.",
        "Auszug aus: Ada Orr. „The Lamp Room“. Apple Books.",
        "Auszug aus\nThe Lamp Room\nAda Orr\nhttps://books.apple.com/de/book/id123\n"
        "Dieses Material ist möglicherweise urheberrechtlich geschützt.",
        "Extrait de\nThe Lamp Room\nAda Orr\nhttps://books.apple.com/fr/book/id123\n\n"
        "Ce contenu est peut-être protégé par des droits d’auteur.",
        "Estratto da: Ada Orr. “The Lamp Room”. Apple Books. https://books.apple.com/it/book/id123",
        "Отрывок из книги\nThe Lamp Room\nAda Orr\nhttps://books.apple.com/ru/book/id123",
        "摘录来自\nThe Lamp Room\nAda Orr\nhttps://books.apple.com/cn/book/id123\n此材料可能受版权保护。",
    ],
)
def test_excerpts_of_apple_books_in_any_language_of_the_device(tmp_path: Path, source: str) -> None:
    text = f"“The lamps were trimmed at dusk.”\n\n{source}\n\n“Nobody asked why.”\n\n{source}\n"
    assert body(tmp_path, text, excerpts.NAME) == [
        "“The lamps were trimmed at dusk.” [@orrlamp].",
        "“Nobody asked why.” [@orrlamp].",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mill stood.\n\nFrom the weir one saw it.\n\nIt was sold.\n",
        "# The Mill\n\n> It stood.\n\nNobody asked.\n\n## The Weir\n\nIt held.\n",
        "Shopping (things: 3)\n\nNobody bought anything.\n",
        "The Blue Jar\nAmbrose Tull\n\n" + "".join(f"{n}\n\nIt held oil on day {n}.\n\n" for n in range(1, 6)),
        "Salt Songs\nby Agnes Moor\n\n" + "The lamp is lit and low\nAnd nobody came home to me.\n\n" * 6,
    ],
)
def test_another_text_is_no_export(text: str) -> None:
    lines = [Line(n, line) for n, line in enumerate(text.splitlines(), 1)]
    assert excerpts.recognise(lines) is None
    assert exports.recognise(lines) is None


WEREAD_THOUGHTS = """\
《海边的灯塔》
林远 著
2个笔记

第一章

◆ 磨坊主每天清早数点口袋。

◆ 2021/05/03发表想法
问一问伙计
原文：雪下了五天。
"""
KOBO = """\
Das Mühlenbuch
Ilse Wehr

Am Wehr

Highlight: Das Rad blieb stehen.
Note: Den Müller fragen.

Highlight: Und keiner fragte.
"""
KINDLE_MAIL = """\
Your Kindle Notes For:
The Lamp Room
Ada Orr
Last accessed on Monday May 3, 2021
2 Highlight(s) | 1 Note(s)

Yellow highlight | Page: 12
The lamps were trimmed at dusk.
Note:
ask Bo

Blue highlight | Location: 190
Nobody asked why.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            WEREAD_THOUGHTS,
            [
                "# 海边的灯塔",
                "## 第一章",
                "磨坊主每天清早数点口袋。 [@linyuanhaibiandedengta].",
                "雪下了五天。 [@linyuanhaibiandedengta].",
                "问一问伙计",
            ],
        ),
        (
            KOBO,
            [
                "# Das Mühlenbuch",
                "## Am Wehr",
                "Das Rad blieb stehen. [@wehrmuhlenbuch].",
                "Note: Den Müller fragen.",
                "Und keiner fragte. [@wehrmuhlenbuch].",
            ],
        ),
        (
            KINDLE_MAIL,
            [
                "# The Lamp Room",
                "The lamps were trimmed at dusk. [@orrlamp, p. 12].",
                "ask Bo",
                "Nobody asked why. [@orrlamp]. Location 190.",
            ],
        ),
    ],
    ids=["weread", "kobo", "kindle"],
)
def test_notes_belong_to_the_highlight_beside_them(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert body(tmp_path, text, exports.NAME) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Notes From\nThe Lamp Room\nAda Orr\n\nDusk\nMay 3, 2021\nThe lamps were trimmed.\n\n"
        "May 4, 2021\nNobody asked.\n\n"
        "All Excerpts From\nAda Orr. “The Lamp Room”. Apple Books.\nThis material may be protected by copyright.\n",
        "# The Lamp Room\nBy Ada Orr\n\nhttps://example.org/lamps\n\n"
        "## Dusk\n\n> The lamps were trimmed.\n\n> Nobody asked.\n",
    ],
)
def test_dates_and_addresses_part_highlights_and_are_not_printed(tmp_path: Path, text: str) -> None:
    assert body(tmp_path, text, exports.NAME) == [
        "# The Lamp Room",
        "## Dusk",
        "The lamps were trimmed. [@orrlamp].",
        "Nobody asked. [@orrlamp].",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Notebook Export\nThe Lamp Room\nAda Orr\n\nNote - Page 12\nWho lit them?\nNote - Page 40\nAsk Bo.\n",
            ["# The Lamp Room", "Ada Orr", "Note\xa0– Page 12", "Who lit them?", "Note\xa0– Page 40", "Ask Bo."],
        ),
        (
            KOREADER + "\n# The Lamp Room\n##### Ada Orr\n\n---\nAsk Bo.\n",
            [
                "# Das Mühlenbuch",
                "## Am Wehr",
                "Das Rad blieb stehen. [@wehrmuhlenbuch, p. 12].",
                "Und keiner fragte, warum. [@wehrmuhlenbuch, p. 14].",
                "Den Müller fragen.",
                "# The Lamp Room",
                "Ada Orr",
                "Ask Bo.",
            ],
        ),
    ],
)
def test_who_wrote_a_work_of_which_nothing_is_quoted_stands_below_its_title(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert body(tmp_path, text, exports.NAME) == expected
