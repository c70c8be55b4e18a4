"""Behind: notes that stand in a list behind their chapter, or at the end of the book, and the calls they answer.

The labels of such a list count up from one, and most of them are called in the text above, in the same order. A list of
items counts up, too: it has no calls, no title that names notes, and its letters are as large as the text's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.kinds.pages.feet import HIGH, RAISED, Foot, calls_in, is_raised, set_loose
from pipeline.kinds.pages.leaves import Row
from pipeline.label.notes import is_notes_title

__all__ = ["Behind", "behind"]

_OPENS = re.compile(
    rf"^(?:\[(?P<square>\d{{1,3}})\]|\((?P<round>\d{{1,3}})\)|(?P<raised>[¹²³⁰⁴-⁹]{{1,3}})\)?|(?P<high>[{HIGH}])"
    r"|(?:\((?P<bracketed>[a-z])\)|(?P<letter>[a-z])(?:[.)](?=\s)|(?=\s{2,}\S)|(?=\s[“\"‘'A-ZÀ-ÖØ-Þ])))"
    r"|(?P<plain>\d{1,3})(?:[.):](?=\s|$)|(?=\s+[“\"‘'(\[A-ZÀ-ÖØ-Þ])|$))\s*"
)
_FORMS = {"bracketed": "letter", "high": "high"}
_OF = re.compile(
    r"^\W*(?:(?:foot|end)?notes?|anmerkungen|notas|note|aantekeningen|noten|noter)\s"
    r"(?:to|on|for|of|zu|zum|zur|à|au|aux|du|de|del|della|al|alla|ao|bij|til|till)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SMALLER = 0.95  # of the size of the text's letters
_LARGER = 1.03  # times the size of a list's letters
_FEWEST = 2  # notes of a list that nothing names
_TITLED = 0.5  # of the notes below a title of notes are called
_UNTITLED = 0.8  # of those without one
_BETWEEN = 3  # rows that name the chapter of the notes below
_LONGEST = 60  # letters of a title


@dataclass(slots=True)
class _List:
    """Notes that count up: the title above them, if any; ``over``: rows between it, or the notes before, and them.

    ``goes_on``: the text above calls for more notes than there are.
    """

    notes: list[Foot]
    form: str
    title: Row | None
    over: tuple[Row, ...]
    last: bool = False
    start: int = 0
    end: int = 0
    goes_on: bool = False


@dataclass(slots=True)
class Behind:
    """The notes; the lines of rows that do nothing but name them; how many stand under a title that names them."""

    notes: list[Foot] = field(default_factory=list)
    names: set[int] = field(default_factory=set)
    titled: int = 0


def behind(rows: Sequence[Row], body: float) -> Behind:
    """Find the notes that stand in lists.

    Args:
        rows: of running text and of notes, without furniture, in order.
        body: the size of the text's letters, in points; 0 where sizes are not known.

    """
    lists = [one for one in _lists(rows, body) if one.title or _may_be(one, rows, body)]
    out = Behind()
    if not lists:
        return out
    noted = {row.number for one in lists for note in one.notes for row in note.rows}
    text = [row for row in rows if row.number not in noted]
    place = {row.number: at for at, row in enumerate(rows)}
    for form in {one.form for one in lists}:
        alike = [one for one in lists if one.form == form]
        calls = calls_in(text, form)
        raised = [call for call in calls if is_raised(call)]
        notes = [note for one in alike for note in one.notes]
        used = raised if 2 * len(raised) > len(notes) else calls
        _bind(notes, used, place)
        for one in alike:
            if 3 * sum(note.call is not None for note in one.notes) > len(one.notes):
                set_loose(one.notes, [row for row in text if place[row.number] < one.start])
            one.goes_on = _calls_go_on(one, used, place)
    kept: set[int] = set()
    for one in lists:
        called = sum(note.call is not None for note in one.notes)
        pages = {rows[place[note.call[0]]].page for note in one.notes if note.call}
        enough = called >= (_TITLED if one.title else _UNTITLED) * len(one.notes)
        on_one_page = pages == {one.notes[0].rows[0].page}
        if not called or not enough or (not one.title and (on_one_page or one.goes_on)):
            kept |= {one.title.number} if one.title else set()
            continue
        whole = called == len(one.notes)
        kept |= {one.title.number} if one.title and not whole else set()
        out.notes += [note for note in one.notes if note.call]
        out.titled += called if one.title else 0
        out.names |= {row.number for row in ((one.title,) if one.title else ()) + one.over} if whole else set()
    out.names -= kept
    return out


def _names(words: str) -> bool:
    return len(words) < _LONGEST and (is_notes_title(words) or bool(_OF.match(words)))


def _lists(rows: Sequence[Row], body: float) -> Iterator[_List]:
    """Yield all that counts up from one in labels of one form."""
    title: Row | None = None
    at, end = 0, 0  # ``end``: of the last list
    while at < len(rows):
        if _names(rows[at].words):
            title, end = rows[at], at + 1
        found = _label(rows[at].words)
        if found is None or found[1] not in ("1", "a"):
            at += 1
            continue
        over = tuple(rows[end:at]) if title and at - end <= _BETWEEN else ()
        first = Foot(found[1], [rows[at]], found[2], behind=True)
        one = _List([first], found[0], title if title and at - end <= _BETWEEN else None, over, start=at)
        at = _read(rows, at, one, body)
        one.last = at >= len(rows) or (bool(body) and rows[at].size > _LARGER * one.notes[-1].rows[0].size)
        one.end = at
        title = one.title
        end = at
        yield one


def _read(rows: Sequence[Row], start: int, one: _List, body: float) -> int:
    """Read the notes of a list; return the place behind it."""
    at, size = start + 1, rows[start].size
    while at < len(rows):
        row = rows[at]
        found = _label(row.words)
        if found and found[0] == one.form and found[1] == _next(one.notes[-1].label):
            one.notes.append(Foot(found[1], [row], found[2], behind=True))
        elif (body and abs(row.size - size) > 0.03 * size) or _names(row.words):
            break
        elif found and found[0] == one.form and found[1] in ("1", "a"):  # the notes of the next chapter, below its name
            last = one.notes[-1].rows
            while len(last) > 1 and not _ENDED.search(last[-1].words):
                last.pop()
                at -= 1
            break
        elif _goes_on(rows, at, one.notes[-1], one.form):
            one.notes[-1].rows.append(row)
        else:
            break
        at += 1
    return at


def _goes_on(rows: Sequence[Row], at: int, note: Foot, form: str) -> bool:
    """Tell whether a row goes on with a note: up to the next label, or else up to a gap or the end of the page."""
    above, row = rows[at - 1], rows[at]
    if not (row.blanks or row.page != above.page):
        return True
    if row.page != above.page and not row.blanks and not _ENDED.search(above.words):
        return True
    for after in rows[at : at + 40]:  # a note of several paragraphs, if its list goes on below
        found = _label(after.words)
        if found and found[0] == form and found[1] == _next(note.label):
            return True
        other_list = found is not None and found[0] == form and found[1] in ("1", "a")
        if other_list or (row.size and abs(after.size - row.size) > 0.03 * row.size) or _names(after.words):
            return False
    return False


def _next(label: str) -> str:
    if label.isdigit():
        return str(int(label) + 1)
    return chr(ord(label) + 1) if label != "z" else "a"


def _label(words: str) -> tuple[str, str, int] | None:
    """Return the form of a row's label, what it says, and where it ends."""
    found = _OPENS.match(words)
    if found is None:
        return None
    form = str(found.lastgroup)
    return _FORMS.get(form, form), found[form].translate(RAISED), found.end()


def _may_be(one: _List, rows: Sequence[Row], body: float) -> bool:
    """Tell whether a list without a title may be one of notes: in smaller letters, the last of its chapter or book."""
    first = one.notes[0].rows[0]
    small = bool(body) and first.size < _SMALLER * body
    return len(one.notes) >= _FEWEST and one.last and (small or not body or one.end >= len(rows))


def _calls_go_on(one: _List, calls: Sequence[tuple[Row, int, int, str]], place: Mapping[int, int]) -> bool:
    """Tell whether the text between the last call that a list answers and the list has the next number as well."""
    last = max((place[note.call[0]] for note in one.notes if note.call), default=one.start)
    after = _next(one.notes[-1].label)
    return any(label == after and last <= place[row.number] < one.start for row, _, _, label in calls)


def _bind(notes: Sequence[Foot], calls: Sequence[tuple[Row, int, int, str]], place: Mapping[int, int]) -> None:
    """Give notes their calls: as many as there can be in one order, each call above its note."""
    labels: dict[str, list[int]] = {}
    for n, note in enumerate(notes):
        labels.setdefault(note.label, []).append(n)
    at = [place[note.rows[0].number] for note in notes]
    tails: list[int] = []  # the note that ends the best chain of each length, and the link to the one before it
    links: list[tuple[int, int, int]] = []  # note, call, link
    ends: list[int] = []
    for c, (row, _, _, label) in enumerate(calls):
        for n in reversed(labels.get(label, ())):
            if at[n] <= place[row.number]:
                continue
            k = bisect_left(tails, n)
            links.append((n, c, ends[k - 1] if k else -1))
            if k == len(tails):
                tails.append(n)
                ends.append(len(links) - 1)
            else:
                tails[k], ends[k] = n, len(links) - 1
    link = ends[-1] if ends else -1
    while link >= 0:
        n, c, link = links[link]
        row, start, end, _ = calls[c]
        notes[n].call = (row.number, start, end)
