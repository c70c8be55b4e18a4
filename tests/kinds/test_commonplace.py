"""What a user may rely on: what was copied day by day or head by head has its source as a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.kinds import commonplace
from pipeline.kinds.devices import is_date
from pipeline.model import Line
from tests.kinds.test_exports import body

BY_DAY = """\
What I copied from other people's books, so as to have
it at hand.

3 May 2021

- Ada Orr *The Lamp Room*, chapter 4 in *Lamps*, 1985, pps. 115 - 116:

  "The lamps were trimmed at dusk, and nobody in the
  whole house asked why."

2 May 2021

- *Weir and Wheel* by Ian Calder, 2005 -

  From Chapter 2, pages 14, 22 - 28:

  "A wheel that stands still is furniture."
"""
NACH_TAGEN = """\
Montag, 3. Mai 2021

„Das Rad blieb stehen.“
Ilse Wehr, Das Mühlenbuch, S. 12

Und das im Mai!

Dienstag, 4. Mai 2021

„Eile hat keine Mühle.“
Jan Kolk, Wasser und Rad, S. 8
"""
PAR_MOT = """\
La brume

« La brume resta trois jours. »
Jean Aubier, Le Carnet des marées, p. 3

« Personne ne sortit. »
Jean Aubier, Le Carnet des marées, p. 4

La patience

« Rien ne presse au port. »
Marthe Quai, Lettres, p. 12
"""
ПО_ДНЯМ = """\
3 мая 2021

Анна Лебедева, Морской журнал, с. 12:

«Туман держался три дня.»

4 мая 2021

Пётр Озёров, Северный маяк, с. 5:

«Никто не вышел в море.»
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BY_DAY,
            [
                "What I copied from other people’s books, so as to have it at hand.",
                "## 3 May 2021",
                "“The lamps were trimmed at dusk, and nobody in the whole house asked why.” "
                "Ada Orr *The Lamp Room*, chapter 4 in *Lamps*, 1985, pps. 115 - 116.",
                "## 2 May 2021",
                "“A wheel that stands still is furniture.” "
                "*Weir and Wheel* by Ian Calder, 2005 – From Chapter 2, pages 14, 22 - 28.",
            ],
        ),
        (
            NACH_TAGEN,
            [
                "## Montag, 3. Mai 2021",
                "„Das Rad blieb stehen.“ [@wehrmuhlenbuch, p. 12].",
                "Und das im Mai!",
                "## Dienstag, 4. Mai 2021",
                "„Eile hat keine Mühle.“ [@kolkwasser, p. 8].",
            ],
        ),
        (
            PAR_MOT,
            [
                "## La brume",
                "« La brume resta trois jours. » [@aubiercarnet, p. 3].",
                "« Personne ne sortit. » [@aubiercarnet, p. 4].",
                "## La patience",
                "« Rien ne presse au port. » [@quailettres, p. 12].",
            ],
        ),
        (
            ПО_ДНЯМ,
            [
                "## 3 мая 2021",
                "«Туман держался три дня.» [@lebedevamorskoi, p. 12].",
                "## 4 мая 2021",
                "«Никто не вышел в море.» [@ozerovsevernyi, p. 5].",
            ],
        ),
    ],
    ids=["en", "de", "fr", "ru"],
)
def test_passages_have_their_sources_and_days_are_headings(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert body(tmp_path, text, commonplace.NAME) == expected


@pytest.mark.parametrize(
    "text", ["3 May 2021", "May 3, 2021", "Montag, 3. Mai 2021", "3 мая 2021 г.", "2021年5月3日", "2021-05-03"]
)
def test_a_date_is_known(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["Begun May 2021.", "It rained on 3 May 2021", "1911", "May we go?", "Section 3, 2021"]
)
def test_other_lines_are_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 May 2021\n\nIt rained. I stayed in.\n\n4 May 2021\n\nIt rained again, and Bo came.\n",
        "The Mill\n\n“Who is there?”\n\n“It is I.”\n\nThe Weir\n\n“And who are you?”\n\nNobody knew.\n",
    ],
)
def test_a_diary_and_a_tale_are_no_commonplace_books(text: str) -> None:
    assert commonplace.recognise([Line(n, line) for n, line in enumerate(text.splitlines(), 1)]) is None
