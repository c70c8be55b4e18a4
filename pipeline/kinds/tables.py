"""Tables: quotations and highlights as rows of comma-separated values, as Readwise, Instapaper and others export them.

The first row names the columns: one has the words, others title, author, page, location, note; what a program keeps
for itself (colours, tags, identifiers) goes to the record. Above it may stand the work that all rows are from; without
it, what is in the columns tells them apart. A cell may run over several lines. A list of JSON's objects is such a
table.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from pipeline.cite.names import is_known_person
from pipeline.kinds.apps import PAGE
from pipeline.kinds.attribution import fields_of, people
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import when
from pipeline.model import ChangeKind, Claim, Copy, Fields, Leaving, Line, Role
from pipeline.repair import mended
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a table of quotations"
WHY: Mapping[str, str] = {
    "row-words": "The words of a quotation, in the column that has them.",
    "row-head": "The first row names the columns.",
    "row-title": "Above the names of the columns stands the work that all rows are from.",
    "row-note": "The reader's own note, in a row of its own.",
    "row-form": "Cells that a program keeps for itself, or a row without words.",
}
LEAVES = {"row-head": Leaving(ChangeKind.SET_ASIDE), "row-form": Leaving(ChangeKind.SET_ASIDE)}
_COLUMNS = {
    "words": (
        "highlight|highlights|highlighted text|quote|quotation|quotations|text|selection|selected text|passage|excerpt"
        "|content|annotation|zitat|markierung|citation|surlignement|cita|subrayado|citazione|evidenziazione|citação|destaque|citaat"
        "|цитата|текст|выделение|cytat|alıntı|摘录|标注|划线|内容|引用|ハイライト|인용|하이라이트"
    ),
    "title": (
        "book title|buchtitel|title|book|work|source title|document title|article|titel"
        "|buch|titre|livre|título|libro|titolo"
        "|werk|œuvre|oeuvre|ouvrage|obra|opera|dzieło|eser|произведение|作品|livro|boek|название|книга|tytuł|książka|kitap|başlık|书名|标题|書名|タイトル|제목|책"
    ),
    "author": (
        "book author|author|authors|attribution|by|said by|who|who said it|speaker|person|wer"
        "|qui|quién|кто|autor|verfasser|auteur|autore|автор|yazar"
        "|作者|著者|저자|작가"
    ),
    "source": "source|reference|where|where from|from|wo|où|dónde|где|откуда"
    "|quelle|fuente|fonte|bron|источник|źródło|kaynak|出处|出典|출처",
    "url": "url|link|address|adresse|enlace|ссылка|链接",
    "page": "page|page number|pages|p|seite|página|pagina|страница|strona|sayfa|页码|頁|ページ|쪽",
    "location": "location|place|position|emplacement|posición|posizione|posição|locatie|место|konum|位置|위치",
    "unit": "location type",
    "kind": "annotation type|type|kind|highlight type|notiztyp|anmerkungstyp|type d annotation|tipo de anotación",
    "note": "note|notes|my note|comment|comments|annotation note|notiz|notizen|anmerkung|remarque"
    "|nota|notas|notitie|заметка|notatka|not|笔记|想法|メモ|메모",
    "date": "date|date added|highlighted at|added|added on|created|created at|timestamp|datum|fecha|data|дата|tarih"
    "|日期|日付|날짜",
    "year": "year|publication year|jahr|année|año|anno|ano|jaar|год|rok|yıl|年份",
}
_CELLS = re.compile(r'^"(?:[^"]|"")*"(?:,(?:"(?:[^"]|"")*"|[^",]*))+$')  # a row whose first cell stands in marks
_ITEM = re.compile(r"^\s*-\s+(?=[^\W\d_]+\s?: )")  # of YAML
_STAMP = re.compile(r",\"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_DATED = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?$")
_LOGGED = re.compile(r"^(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d(?::\d\d\S*)?$")
_KIND = re.compile(r"^(?:highlight|annotation|note|bookmark|markup|dogear)s?$", re.IGNORECASE)
_NAMING = 3  # letters; a shorter word is hardly the name of a column
_QUALIFIED = ("words", "title", "author", "source", "url", "page", "note")
"""What may be named with a word more, where no column has a name that is known."""

_SOURCE = frozenset(("title", "author", "page", "source"))
_NOTE = re.compile(r"note|notiz|nota|notitie|заметка|笔记|メモ|메모", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_RULED = re.compile(r"^[\s:-]*$")  # between the names of columns and the rows, in Markdown
_KEYED = re.compile(r"^(?P<key>[^\W\d_][^\W\d_ ]{1,14}(?: [^\W\d_]{2,12})?)\s?[:：]\s*(?P<value>\S.*)$")
_BY = re.compile(r"^(?:by|von|par|de|di|por|door|van|автор:?|作者[:：]?)\s+(?P<author>[^\W\d_].{1,80})$")
_ENDED = re.compile(r"[.!?…。！？][\"”»’')\]]*$")
_COUNTED = ("order", "offset", "none", "time_timestamp")  # Readwise's units that are no places in a book
_ABOVE = 14  # rows; the names of columns stand no deeper
_BARE = 3  # rows; fewer show nothing without names of columns
_LONG = 24  # characters; words are longer, on average
_PERSONS = 0.3  # of the cells of a column with authors are names that are known as such
_HELD = 14  # lines of a record of Moon+ Reader, its sign among them: number, title, …
_MADE, _NOTED, _MARKED = 9, 11, 12  # … when it was made, the note, the words
_EVEN = 0.9  # of the rows have as many cells as the first


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: the numbers of its lines, and its cells."""

    numbers: tuple[int, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: the place of each column that is known, and its rows; ``head``: those down to the names of columns."""

    columns: Mapping[str, int]
    head: Sequence[_Row]
    rows: Sequence[_Row]
    title: _Row | None = None
    author: str = ""
    whole: bool = False  # nothing else can be in the file
    heading: Line | None = None  # of Markdown, above the table


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if a row names a column of words and another, and the rows below it have as many cells."""
    table = _table(lines)
    if table is None:
        return None
    even = sum(len(row.cells) == len(table.rows[0].cells) for row in table.rows) / len(table.rows)
    if even < _EVEN:
        return None
    said = "the first row names columns" if table.head else "every row has the same columns"
    reason = f"{said} ({', '.join(table.columns)}); {len(table.rows)} rows are in them"
    first = next(line.number for line in lines if not line.blank)
    last = max(line.number for line in lines if not line.blank) if table.whole else table.rows[-1].numbers[-1]
    return Claim(NAME, first, last, min(0.99, even), (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the rows, each a quotation with its source; a note stands behind the source, or below the quotation."""
    desk = Desk(lines)
    table = _table(lines)
    title = ""
    for row in table.head if table else ():
        desk.form(row.numbers, "row-head")
    if table and table.title:
        title = _first(table.title)
        number = table.title.numbers[0]
        desk.rewrite(number, title, "the sign of a cell is only the file's form")
        desk.decide(number, Role.TITLE, "row-title")
    above = {"title": title, "author": table.author if table else ""}
    if table and table.heading:
        number = table.heading.number
        desk.rewrite(number, _HEADING.sub("", table.heading.text), "the sign of a heading is only its form")
        desk.decide(number, Role.TITLE, "row-title")
    if table:
        _tell_empty(table, report)
    for row in table.rows if table else ():
        _quotation(row, table.columns if table else {}, above, desk, details=settings.details)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "row-form")
    authors = (above["author"],) if above["author"] else ()
    return desk.copy(desk.by(settings.order, report), title=title, authors=authors)


def _tell_empty(table: _Table, report: Report) -> None:
    """Tell the report of rows that name a work and quote nothing: people take a list of what they saved for quotes."""
    at, named = table.columns["words"], table.columns.get("title", table.columns.get("url", -1))
    held = [row for row in table.rows if len(row.cells) > max(at, named)]
    empty = [row for row in held if named >= 0 and row.cells[named].strip() and not row.cells[at].strip()]
    if empty:
        first = " ".join(empty[0].cells[named].split())[:80]
        report.find("rows-empty", empty[0].numbers[0], rows=len(empty), all=len(table.rows), first=first)


def _quotation(row: _Row, columns: Mapping[str, int], above: Mapping[str, str], desk: Desk, *, details: bool) -> None:
    """Set a row; ``above``: title and author of the work that all rows are from."""
    cells = {key: row.cells[at].strip() for key, at in columns.items() if at < len(row.cells)}
    words = [part.strip() for part in cells.get("words", "").split("\n")]
    if not any(words):
        desk.form(row.numbers, "row-form")
        return
    over = sum(cell.count("\n") for cell in row.cells[: columns["words"]])
    numbers = row.numbers[over : over + len(words)]
    own = bool(_NOTE.match(cells.get("kind", ""))) and not cells.get("note")
    place = PAGE.search(cells.get("location", "")) if "kind" in cells else None
    if place is not None:
        cells |= {"page": place["page"], "location": ""}
    if above["title"] and not cells.get("title"):
        _, said = _source(cells | {"author": ""}, details=details)
        fields, _ = _source(cells | dict(above), details=details)
    else:
        fields, said = _source(cells, details=details)
    said = "" if own else said
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
    if own:
        desk.prose(kept, "row-note", own=True)
        return
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
    if cells.get("unit", "").casefold() in _COUNTED and not details:
        location = ""
    if location.isdigit():
        location = f"{cells.get('unit') or 'location'} {location}".capitalize()
    date = cells.get("date", "") if details else ""
    said = " ".join(part for part in (title, author, source, page, year, location, date) if part)
    if not title and source and not source.startswith("http"):
        fields = fields_of(", ".join(part for part in (author, source, f"p. {page}" if page else "") if part))
        return fields, said
    if not title:
        return None, ", ".join(part for part in (author, source, page, year, location, date) if part)
    number = re.sub(r"^\D+(?=\d)", "", page)
    address = source.startswith("http")
    extra = "; ".join(part for part in ("" if address else source, location, date) if part)
    link = source if address else cells.get("url", "")
    return Fields(author=people(author), title=title, locator=number, year=year, extra=extra, url=link), said


def _table(lines: Sequence[Line]) -> _Table | None:
    """Read the rows, by the sign that parts most cells; nothing where there are no columns that we know."""
    top = [line for line in lines if not line.blank][:_ABOVE]
    if len(top) > 1 and _HEADING.match(top[0].text) and "|" in top[1].text:
        below = _table([line for line in lines if line.number > top[0].number])
        return replace(below, heading=top[0]) if below else None
    for at, line in enumerate(top):
        for sign in sorted(",;\t|", key=lambda one: -line.text.count(one)):
            if sign not in line.text:
                continue
            columns = _chosen(next(csv.reader([line.text], delimiter=sign)))
            if at == 0 and "words" not in columns and len(columns.keys() & _SOURCE) > 1:
                columns |= _longest(_rows(lines, sign), columns)
            if "words" not in columns or len(columns) < 2 or (at and "kind" not in columns):
                continue
            rows = _rows(lines, sign)
            n = next((n for n, row in enumerate(rows) if line.number in row.numbers), len(rows))
            return _with_title(_Table(columns, rows[: n + 1], rows[n + 1 :])) if rows[n + 1 :] else None
    if records := _kept(lines) or _records(lines) or _objects(lines):
        return records
    filled = [line for line in lines if not line.blank]
    if len(filled) >= _BARE and all(_CELLS.match(line.text.strip()) for line in filled):
        return _unnamed(_rows(lines, ","))
    if len(filled) >= _BARE and _STAMP.search(filled[0].text) and filled[0].text.count(",") >= _BARE:
        return _unnamed(_rows(lines, ","))
    bare = next((sign for sign in "\t|" if top and top[0].text.strip("| ").count(sign) > (sign == "|")), "")
    return _unnamed(_rows(lines, bare)) if bare else None


def _longest(rows: Sequence[_Row], known: Mapping[str, int]) -> dict[str, int]:
    """Return the column of words under a name that says nothing: cells are long, and end as sentences do."""
    body = rows[1:]
    width = len(rows[0].cells) if rows else 0
    if len(body) < _BARE or any(len(row.cells) != width for row in body):
        return {}
    free = [n for n in range(width) if n not in known.values()]
    words = max(free, key=lambda n: sum(len(row.cells[n]) for row in body), default=-1)
    if words < 0 or sum(len(row.cells[words]) for row in body) < _LONG * len(body):
        return {}
    ended = sum(bool(_ENDED.search(row.cells[words].strip())) for row in body)
    return {"words": words} if 2 * ended >= len(body) else {}


def _records(lines: Sequence[Line]) -> _Table | None:
    """Read records, one below the other: on each line the name of a field, a colon, and what it says."""
    blocks: list[list[tuple[int, re.Match[str]]]] = []
    opening = ""
    for line in lines:
        text = _ITEM.sub("", line.text).strip()
        if not text:
            continue
        one = _KEYED.match(text)
        if one is None:
            return None
        opening = opening or f"{one['key']}:"
        if not blocks or text.startswith(opening):
            blocks.append([])
        blocks[-1].append((line.number, one))
    if len(blocks) < _BARE:
        return None
    keys = [[one["key"] for _, one in block] for block in blocks]
    columns = _chosen(keys[0])
    if "words" not in columns or len(columns) < 2 or any(row != keys[0] for row in keys):
        return None
    at = columns["words"]
    order = [at, *(n for n in range(len(keys[0])) if n != at)]  # the line with the words has the rest behind it
    rows = [
        _Row(tuple(block[n][0] for n in order), tuple(block[n][1]["value"].strip("\"'") for n in order))
        for block in blocks
    ]
    return _Table({key: order.index(n) for key, n in columns.items()}, (), rows)


def _kept(lines: Sequence[Line]) -> _Table | None:
    """Read the records of Moon+ Reader's own file: parted by a number sign, what each line says by its place."""
    if not any(line.text.strip() == "indent:false" or line.text.strip() == "indent:true" for line in lines[:_ABOVE]):
        return None
    starts = [n for n, line in enumerate(lines) if line.text.strip() == "#"]
    rows = []
    for at in starts:
        held = lines[at + 1 : at + _HELD]
        cells = [line.text.strip() for line in held]
        if len(held) < _HELD - 1 or not cells[0].isdigit() or not cells[_MADE].isdigit():
            return None
        words = [re.sub(r"\s*<BR>\s*", " ", cells[n], flags=re.IGNORECASE) for n in (_MARKED, _NOTED)]
        numbers = (held[_MARKED].number, held[1].number, held[_NOTED].number, held[_MADE].number)
        rows.append(_Row(numbers, (words[0], cells[1], words[1], cells[_MADE][:-3])))
    columns = {"words": 0, "title": 1, "note": 2, "date": 3}
    return _Table(columns, (), rows, whole=True) if rows else None


def _objects(lines: Sequence[Line]) -> _Table | None:
    """Read a list of JSON's objects, each with its words on a line that no other object has."""
    text = "\n".join(line.text for line in lines)
    try:
        return _of_objects(text, lines) if text.lstrip().startswith(("[", "{")) else None
    except (ValueError, RecursionError):  # no JSON, brackets without end, braces in a value before the list
        return None


def _of_objects(text: str, lines: Sequence[Line]) -> _Table | None:
    held = [(one, work) for one, work in _in_works(json.loads(text), {}) if one]
    keys = list(dict.fromkeys(key for one, _ in held for key in one))
    columns = _chosen(keys)
    if "words" not in columns:
        return None
    order = [columns["words"], *(n for n in range(len(keys)) if n != columns["words"])]
    said = f'"{keys[columns["words"]]}"'
    places = iter([line.number for line in lines if said in line.text])
    rows: list[_Row] = []
    works = [work for one, work in held if said.strip('"') in one]
    several = len({tuple(work.items()) for work in works}) > 1
    for one, work in held:
        if said.strip('"') not in one:
            continue
        number = next(places, 0)
        if not number:
            return None  # all on one line: there is no line for each quotation
        inherited = (work.get("title", ""), work.get("author", "")) if several else ()
        rows.append(_Row((number,), (*(_cell(one.get(keys[n])) for n in order), *inherited)))
    columns = {name: order.index(n) for name, n in columns.items()}
    if several:
        columns |= {"title": len(order), "author": len(order) + 1}
    work = works[0] if works and not several else {}
    if len(columns) + bool(work) < 2:
        return None
    named = [line.number for line in lines if work.get("title") and json.dumps(work["title"])[1:-1] in line.text]
    named = named or [line.number for line in lines if work.get("title") and work["title"] in line.text]
    title = _Row((named[0],), (work["title"],)) if named and named[0] not in {row.numbers[0] for row in rows} else None
    return _Table(columns, (), rows, title=title, author=work.get("author", ""), whole=True)


def _in_works(held: object, work: Mapping[str, str]) -> Iterator[tuple[Mapping[str, object], Mapping[str, str]]]:
    """Yield the objects of a list, each with the work that the object around it names, if it does."""
    if isinstance(held, list):
        for one in held:
            yield from _in_works(one, work)
    elif isinstance(held, dict):
        inside = [one for one in held.values() if isinstance(one, list) and one and isinstance(one[0], dict)]
        if not inside:
            yield held, work
            return
        columns = _chosen([*held])
        cells = [*held.values()]
        named = {key: _cell(cells[columns[key]]) for key in ("title", "author") if key in columns}
        for one in inside:
            yield from _in_works(one, {**work, **{key: said for key, said in named.items() if said}})


def _cell(value: object) -> str:
    """Write a value of JSON as a cell of one line."""
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    if isinstance(value, dict):
        return ", ".join(map(_cell, value.values()))
    return "" if value is None else " ".join(mended(str(value)).split())


def _chosen(cells: Sequence[str]) -> dict[str, int]:
    """Return the column for each thing that is known: of several, the one with the name that is surest of it."""
    plain = [_plain(cell) for cell in cells]
    columns: dict[str, int] = {}
    for key, names in _COLUMNS.items():
        known = [name for name in names.split("|") if name in plain]
        if known:
            columns[key] = plain.index(known[0])
    spare = [plain.index(name) for name in ("annotation", "anmerkung") if name in plain]
    if "note" not in columns and spare and spare[0] != columns.get("words"):
        columns["note"] = spare[0]
    for key in _QUALIFIED:
        spelt = _COLUMNS[key].split("|")
        free = (n for n, cell in enumerate(plain) if n not in columns.values() and _is_qualified(cell, spelt))
        if key not in columns and (at := next(free, -1)) >= 0:
            columns[key] = at
    return columns


def _is_qualified(cell: str, names: Sequence[str]) -> bool:
    """Tell whether a column has one of the names with a word beside it: "article title", "personal note"."""
    words = cell.split()
    known = [name for name in names if len(name) > _NAMING]
    return len(words) == 2 and (words[0] in known or words[1] in known)


def _plain(cell: str) -> str:
    """Return the name of a column as words: "BookTitle" and "book_title" are one."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell)
    return " ".join(re.sub(r"[_\W]+", " ", parted).split()).casefold()


def _first(row: _Row) -> str:
    return next((cell.strip() for cell in row.cells if cell.strip()), "")


def _with_title(table: _Table) -> _Table:
    """Find title and author above the names of the columns: the row "by …", and the one over it."""
    for title, row in pairwise(table.head[:-1]):
        if by := _BY.match(_first(row)):
            head = [one for one in table.head if one is not title]
            return replace(table, head=head, title=title, author=by["author"])
    return table


def _unnamed(rows: Sequence[_Row]) -> _Table | None:
    """Tell the columns of rows without names apart: words are longest and end as sentences do, pages are numbers.

    Of two columns with names, that of the authors has more that are known to be persons'; where none has, both stay
    what they say, one behind the other.
    """
    width = len(rows[0].cells) if rows else 0
    if len(rows) < _BARE or width < 2 or any(len(row.cells) != width for row in rows):
        return None
    cells = [[row.cells[n].strip() for row in rows] for n in range(width)]
    if all(_LOGGED.match(cell) for cell in cells[0]):
        return None  # a log, or a chat: when, who, what
    mean = [sum(map(len, column)) / len(rows) for column in cells]
    words = mean.index(max(mean))
    ended = sum(bool(_ENDED.search(text)) for text in cells[words])
    if mean[words] < _LONG or 2 * ended < len(rows):
        return None
    columns = {"words": words}
    rest = [n for n in range(width) if n != words]
    stamps = [n for n in rest if all(map(_DATED.match, cells[n]))]
    kinds = [n for n in rest if len({*cells[n]}) < len(rows) and all(map(_KIND.match, cells[n]))]
    notes = [n for n in rest if any(cells[n]) and not all(cells[n])]
    columns |= {key: found[0] for key, found in (("date", stamps), ("kind", kinds)) if found}
    if (stamps or kinds) and notes:
        columns["note"] = max(notes, key=lambda n: mean[n])
    rest = [n for n in rest if n not in (*stamps, *kinds, *columns.values())]
    numbers = [n for n in rest if all(re.fullmatch(r"(?:\d{1,4}(?:[-–]\d{1,4})?)?", text) for text in cells[n])]
    names = [n for n in rest if n not in numbers and all(cells[n])]
    if numbers:
        columns["page"] = numbers[0]
    persons = {n: sum(is_known_person(text) for text in cells[n]) for n in names}
    author = max(persons, key=lambda n: persons[n], default=-1)
    if len(names) > 1 and persons[author] >= _PERSONS * len(rows):
        columns["author"] = author
        columns["title"] = next(n for n in names if n != author)
    elif names:
        columns |= dict(zip(("source", "author"), names, strict=False))
    return _Table(columns, (), rows) if len(columns) > 1 else None


def _rows(lines: Sequence[Line], sign: str) -> list[_Row]:
    out: list[_Row] = []
    at = 0
    reader = csv.reader((f"{line.text}\n" for line in lines), delimiter=sign)
    try:
        for cells in reader:
            numbers = tuple(line.number for line in lines[at : reader.line_num])
            at = reader.line_num
            if any(cell.strip() for cell in cells) and not all(_RULED.match(cell) for cell in cells):
                out.append(_Row(numbers, tuple(cells)))
    except csv.Error:
        return []
    return out
