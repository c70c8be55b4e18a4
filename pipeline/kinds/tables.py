"""Tables: quotations and highlights as rows of comma-separated values, as Readwise, Instapaper and others export them.

The first row names the columns: one has the words, others title, author, page, location, note; what a program keeps
for itself (colours, tags, identifiers) goes to the record. A cell may run over several lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pipeline.kinds.attribution import fields_of, people
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import when
from pipeline.model import ChangeKind, Claim, Copy, Fields, Line
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a table of quotations"
WHY: Mapping[str, str] = {
    "row-words": "The words of a quotation, in the column that has them.",
    "row-head": "The first row names the columns.",
    "row-form": "Cells that a program keeps for itself, or a row without words.",
}
LEAVES = {"row-head": ChangeKind.SET_ASIDE, "row-form": ChangeKind.SET_ASIDE}
_COLUMNS = {
    "words": (
        "highlight|highlights|highlighted text|quote|quotation|quotations|text|selection|selected text|passage|excerpt"
        "|content|annotation|zitat|markierung|citation|surlignement|cita|subrayado|citazione|evidenziazione|citação|destaque|citaat"
        "|цитата|текст|выделение|cytat|alıntı|摘录|标注|划线|内容|引用|ハイライト|인용|하이라이트"
    ),
    "title": (
        "title|book title|book|work|source title|document title|article|titel"
        "|buch|buchtitel|titre|livre|título|libro|titolo"
        "|werk|œuvre|oeuvre|ouvrage|obra|opera|dzieło|eser|произведение|作品|livro|boek|название|книга|tytuł|książka|kitap|başlık|书名|标题|書名|タイトル|제목|책"
    ),
    "author": (
        "author|book author|authors|by|said by|speaker|person|autor|verfasser|auteur|autore|автор|yazar"
        "|作者|著者|저자|작가"
    ),
    "source": "source|reference|quelle|fuente|fonte|bron|источник|źródło|kaynak|出处|出典|출처",
    "page": "page|page number|pages|p|seite|página|pagina|страница|strona|sayfa|页码|頁|ページ|쪽",
    "location": "location|place|position|emplacement|posición|posizione|posição|locatie|место|konum|位置|위치",
    "unit": "location type|locationtype",
    "note": "note|notes|my note|comment|annotation note|notiz|anmerkung|remarque|nota|notitie|заметка|notatka"
    "|not|笔记|想法|メモ|메모",
    "date": "date|date added|highlighted at|added|added on|created|created at|timestamp|datum|fecha|data|дата|tarih"
    "|日期|日付|날짜",
    "year": "year|publication year|jahr|année|año|anno|ano|jaar|год|rok|yıl|年份",
}
_KNOWN = {name: key for key, names in _COLUMNS.items() for name in names.split("|")}
_EVEN = 0.9  # of the rows have as many cells as the first


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: the numbers of its lines, and its cells."""

    numbers: tuple[int, ...]
    cells: tuple[str, ...]


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if its first row names a column of words and another, and its rows have as many cells."""
    found = _table(lines)
    if found is None:
        return None
    columns, rows = found
    even = sum(len(row.cells) == len(rows[0].cells) for row in rows) / len(rows)
    if len(rows) < 2 or even < _EVEN:
        return None
    reason = f"the first row names columns ({', '.join(columns)}); {len(rows) - 1} rows are below it"
    return Claim(NAME, rows[0].numbers[0], rows[-1].numbers[-1], min(0.99, even), (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the rows, each a quotation with its source; a note stands behind the source."""
    desk = Desk(lines)
    found = _table(lines)
    columns, rows = found if found else ({}, [])
    desk.form(rows[0].numbers if rows else (), "row-head")
    for row in rows[1:]:
        _quotation(row, columns, desk, details=settings.details)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "row-form")
    return desk.copy(desk.by(settings.order, report))


def _quotation(row: _Row, columns: Mapping[str, int], desk: Desk, *, details: bool) -> None:
    cells = {key: row.cells[at].strip() for key, at in columns.items() if at < len(row.cells)}
    words = [part.strip() for part in cells.get("words", "").split("\n")]
    if not any(words):
        desk.form(row.numbers, "row-form")
        return
    above = sum(cell.count("\n") for cell in row.cells[: columns["words"]])
    numbers = row.numbers[above : above + len(words)]
    fields, said = _source(cells, details=details)
    note = f"({cells['note']})" if cells.get("note") else ""
    if fields is not None and note:
        fields = replace(fields, extra="; ".join(part for part in (fields.extra, note) if part))
    said = " ".join(part for part in (said, " ".join(note.split())) if part)
    kept = []
    for number, text in zip(numbers, words, strict=True):
        last = number == numbers[-1]
        desk.rewrite(
            number, f"{text} {said}" if last else text, "what a program keeps for itself is no part of the book"
        )
        if last:
            desk.cut(number, text)
        if text:
            kept.append(number)
    desk.form((number for number in row.numbers if number not in numbers), "row-form")
    if numbers[-1] not in kept:
        desk.form([numbers[-1]], "row-form")
    desk.prose(kept, "row-words")
    desk.dated(kept, _when(cells.get("date", "")))
    if said or fields:
        desk.cite(kept, fields, said)
    else:
        desk.unsourced(kept)


def _when(text: str) -> tuple[int, ...]:
    """Return a date as numbers: as people write it, or in seconds since 1970."""
    if re.fullmatch(r"\d{9,10}", text):
        return datetime.fromtimestamp(int(text), UTC).timetuple()[:6]
    return when(text)


def _source(cells: Mapping[str, str], *, details: bool) -> tuple[Fields | None, str]:
    """Return what the cells of a row say of the source, taken apart and as words; with ``details`` the date, too."""
    title, author, source = cells.get("title", ""), cells.get("author", ""), cells.get("source", "")
    page, location, year = cells.get("page", ""), cells.get("location", ""), cells.get("year", "")
    if not page and location and cells.get("unit", "").casefold() in ("page", "seite", "página"):
        page, location = location, ""
    if location.isdigit():
        location = f"{cells.get('unit') or 'location'} {location}".capitalize()
    date = cells.get("date", "") if details else ""
    said = " ".join(part for part in (title, author, source, page, year, location, date) if part)
    if not title and source and not source.startswith("http"):
        fields = fields_of(", ".join(part for part in (author, source, f"p. {page}" if page else "") if part))
        return fields, said
    if not title:
        return None, ", ".join(part for part in (author, source, page, year) if part)
    number = re.sub(r"^\D+(?=\d)", "", page)
    address = source.startswith("http")
    extra = "; ".join(part for part in ("" if address else source, location, date) if part)
    return Fields(author=people(author), title=title, locator=number, year=year, extra=extra), said


def _table(lines: Sequence[Line]) -> tuple[dict[str, int], list[_Row]] | None:
    """Read the rows, by the sign that parts most cells of the first; nothing where it names no columns that we know."""
    first = next((line for line in lines if not line.blank), None)
    if first is None:
        return None
    for sign in sorted(",;\t|", key=lambda one: -first.text.count(one)):
        if sign not in first.text:
            continue
        head = next(csv.reader([first.text], delimiter=sign))
        names = [_KNOWN.get(" ".join(re.sub(r"[_\W]+", " ", cell).split()).casefold(), "") for cell in head]
        columns = {key: names.index(key) for key in _COLUMNS if key in names}
        if "words" in columns and len(columns) > 1:
            return columns, _rows(lines, sign)
    return None


def _rows(lines: Sequence[Line], sign: str) -> list[_Row]:
    out: list[_Row] = []
    at = 0
    reader = csv.reader((f"{line.text}\n" for line in lines), delimiter=sign)
    try:
        for cells in reader:
            numbers = tuple(line.number for line in lines[at : reader.line_num])
            at = reader.line_num
            if any(cell.strip() for cell in cells):
                out.append(_Row(numbers, tuple(cells)))
    except csv.Error:
        return []
    return out
