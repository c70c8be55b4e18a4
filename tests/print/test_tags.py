"""The structure of the PDF, kind by kind: what a screen reader makes of bibliography, indexes, tables and notes."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.pdfs import Opened, lamp_register, printed

ROWS = "\n".join(f"| lamp {number} | {number} |" for number in range(1, 61))
BOOK = f"""# One {{#one}}

Oil
:   What burns.

Wick
:   What draws.

```
code
```

A call.[^a]

[^a]: A note.

| Lamp | Oil |
|------|-----|
{ROWS}

: The lamps of Orle.
"""


@cache
def book() -> Opened:
    return printed(BOOK)


def kinds(element: Any) -> list[str]:
    """The kinds of the elements right below this one."""
    kids = element.get("/K", [])
    return [str(kid.S)[1:] for kid in kids if not isinstance(kid, int) and "/S" in kid]


def test_each_work_of_the_bibliography_is_an_entry_of_its_own() -> None:
    bodies = [kinds(element) for element in lamp_register().structure() if element.S == "/LBody"]
    works = lamp_register().pdf.attachments["references.json"].get_file().read_bytes().count(b'"id"')
    assert bodies.count(["BibEntry"]) == works


def test_the_indexes_are_indexes() -> None:
    indexes = [element for element in lamp_register().structure() if element.S == "/Index"]
    assert len(indexes) == 2
    assert all(kinds(one)[0] == "H1" for one in indexes)


def test_the_head_of_a_table_is_read_once_though_it_stands_on_each_page() -> None:
    opened = book()
    assert sum(element.S == "/TH" for element in opened.structure()) == 2
    (head,) = (element for element in opened.structure() if element.S == "/THead")
    assert len(head.K) == 1
    assert sum("Lamp" in text and "lamp 6" in text for text in opened.texts) > 1


def test_a_table_has_its_caption() -> None:
    (table,) = (element for element in book().structure() if element.S == "/Table")
    assert kinds(table) == ["Caption", "THead", "TBody"]


def test_a_call_and_its_note_name_each_other() -> None:
    (note,) = (element for element in book().structure() if element.S == "/Note")
    (call,) = note.Ref
    assert call.S == "/Reference"
    (back,) = call.Ref
    assert back.objgen == note.objgen


def test_terms_are_labels_of_what_is_said_of_them() -> None:
    items = [kinds(element) for element in book().structure() if element.S == "/LI"]
    assert items == [["Lbl", "LBody"], ["Lbl", "LBody"]]


def test_code_stands_in_a_paragraph() -> None:
    assert any(element.S == "/P" and kinds(element) == ["Code"] for element in book().structure())
