"""Clippings: the file in which a reading device keeps highlights and notes becomes a source book, work by work.

``My Clippings.txt`` has one entry after another, in the order of the clock, each closed by a row of equals signs: a
line with title and author, a line that says what it is, where and when (in the device's language; a few programs leave
it out), a blank line, the words. Entries are put together by work, in the order of the work's pages; each highlight is
an extract with its citation, each note stands behind the highlight that it was made on. A highlight that was saved
again and longer stands once. Tolino's ``notes.txt`` is such a file: a row of hyphens closes an entry, what it is and
its page stand before the words, when it was made below them, and the reader's note on it in the same entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.kinds.attribution import people
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import LIMIT, About, about
from pipeline.model import ChangeKind, Claim, Copy, Fields, Leaving, Line, Role, place_of
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "clippings of a reading device"
WHY: Mapping[str, str] = {
    "clipping-title": "The first entry of a work gives its title to the work's division.",
    "clipping-again": "Title and author stand over the work's division and in the notes.",
    "clipping-place": "The line says from which page of the work the words were taken.",
    "clipping-words": "The words of a highlight.",
    "clipping-note": "The reader's own note.",
    "clipping-head": "The line says that the words below are the reader’s own note, and where it was made: on record.",
    "clipping-close": "The row of equals signs closes an entry.",
    "clipping-empty": "A bookmark, or an entry without words.",
    "clipping-shorter": "The same words stand in a highlight that was saved longer.",
    "clipping-saved": "When and where a highlight was saved of which a longer one is kept.",
}
LEAVES = {
    "clipping-head": Leaving(ChangeKind.SET_ASIDE),
    "clipping-empty": Leaving(ChangeKind.SET_ASIDE),
    "clipping-saved": Leaving(ChangeKind.SET_ASIDE),
    "clipping-again": Leaving(ChangeKind.LISTED),
}
_CLOSE = re.compile(r"^={5,}$")
_HYPHENS = re.compile(r"^-{20,}$")
_BEFORE = re.compile(
    r"^(?P<said>[^:：\"“„«]{3,40}\s\d+(?:[-–]\d+)?)[:：]\s*(?P<words>.*)$"
)  # "Markierung auf Seite 43: …"
_STAMP = re.compile(r"^[^\W\d_]\D{2,30}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s*\|\s*\d{1,2}:\d\d\b.{0,3}$")
_MARKS = '"“”„«»'
_LAST = re.compile(r"^={2,}$")
_AUTHOR = re.compile(r"^(?P<title>.*\S)\s*[(（](?P<author>[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]$")
_EDITION = re.compile(
    r"(?<=\S)\s\((?:(?:English|German|French|Spanish|Italian|Portuguese|Dutch|Russian|Polish|Swedish|Danish|Norwegian"
    r"|Finnish|Czech|Turkish|Arabic|Hebrew|Chinese|Japanese|Korean|Kindle) Edition|Kindle-Ausgabe|Édition Kindle"
    r"|Edición Kindle|Edizione Kindle|Edição Kindle)\)$"
)
"""What a shop puts behind the title of a work in another language than the shop's."""

_FEW = 3  # lines of an entry, at least: title, words, date
_NEAR = 40  # highlights that begin before one ends; more do not overlap on one page
_SHARED = 20  # characters; what two highlights have in common by chance is shorter


@dataclass(frozen=True, slots=True)
class _Entry:
    title: Line
    line: Line | None  # that says what the entry is
    about: About | None
    words: tuple[Line, ...]
    close: Line | None
    note: tuple[Line, ...] = ()  # the reader's, in the same entry

    @property
    def kind(self) -> str:
        """What the entry is; nothing where it has no words."""
        if not self.words:
            return ""
        return self.about.kind if self.about else "highlight"

    @property
    def work(self) -> str:
        """The title, as the entries of one work have it in common."""
        return " ".join(self.title.text.split()).casefold()

    @property
    def text(self) -> str:
        """The words, without signs and capitals: what two entries are compared by."""
        return " ".join(re.findall(r"\w+", " ".join(line.text for line in self.words).casefold()))

    @property
    def first(self) -> int:
        """Where it begins in its work: location or page."""
        return self.about.first if self.about else 0

    @property
    def last(self) -> int:
        """Where it ends in its work."""
        return self.about.last if self.about else 0


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the longest run of entries that a device closed."""
    ruled = (row for line in lines if (row := line.text.strip()).startswith(("=", "-")))
    if not any(_CLOSE.match(row) or _HYPHENS.match(row) for row in ruled):
        return None
    runs: list[list[_Entry]] = [[]]
    for entry in _entries(lines):
        if entry is None:
            runs.append([])
        else:
            if entry.title.text.strip() and runs[-1] and _apart(runs[-1][-1], entry, lines):
                runs.append([])
            runs[-1].append(entry)
    run = max(runs, key=len)
    told = sum(entry.about is not None for entry in run)
    closed = sum(entry.close is not None for entry in run)
    works = Counter(entry.work for entry in run)
    named = all(_AUTHOR.match(entry.title.text.strip()) or works[entry.work] > 1 for entry in run)
    if not closed or (not told and (closed < 2 or not named)):
        return None
    *_, final = _numbers(run[-1])
    signs = "equals signs" if _closes(lines) is _CLOSE else "hyphens"
    reason = f"{closed} rows of {signs} close entries of a title, and words"
    if told:
        reason += f"; {told} lines say what they are and where"
    return Claim(NAME, run[0].title.number, final, 1.0 if told else 0.95, (reason,))


def _apart(above: _Entry, entry: _Entry, lines: Sequence[Line]) -> bool:
    """Tell whether words that belong to neither stand between two entries."""
    end = above.close.number if above.close else entry.title.number - 1
    first, last = (place_of(lines, number) for number in (end + 1, entry.title.number))
    return any(not line.blank for line in lines[first:last])


def _entries(lines: Sequence[Line]) -> Iterator[_Entry | None]:
    """Yield the entries of a text; nothing in place of one where the lines before a row of equals signs are none."""
    group: list[Line] = []
    closes = _closes(lines)
    for line in lines:
        if closes.match(line.text.strip()):
            yield _entry(group, line) if closes is _CLOSE else _stamped(group, line)
            group = []
        else:
            group.append(line)
    filled = [line for line in group if not line.blank]
    if filled and closes is _HYPHENS:
        yield _stamped(group, None)
    elif filled:
        shortened = _LAST.match(filled[-1].text.strip())
        rest = group[: group.index(filled[-1])] if shortened else group
        entry = _entry(rest, filled[-1] if shortened else None)
        yield entry if entry and (entry.about or entry.close) else None


def _closes(lines: Sequence[Line]) -> re.Pattern[str]:
    """Return the rows that close entries: of equals signs, or of hyphens where there are none."""
    return _CLOSE if any(_CLOSE.match(line.text.strip()) for line in lines) else _HYPHENS


def _stamped(group: Sequence[Line], close: Line | None) -> _Entry | None:
    """Read an entry that says before its words what it is, and below them when it was made."""
    filled = [line for line in group if not line.blank]
    said = _BEFORE.match(filled[1].text.strip()) if len(filled) >= _FEW else None
    if said is None or not _STAMP.match(filled[-1].text.strip()):
        return None
    told = about(f"- {said['said']} | {filled[-1].text.strip()}")
    if told is None:
        return None
    title, place = filled[0], Line(filled[-1].number, f"- {said['said']} | {filled[-1].text.strip()}")
    words = [Line(filled[1].number, said["words"]), *filled[2:-1]]
    opens = next((n for n, line in enumerate(words) if line.text.strip()[:1] in _MARKS), None)
    note: list[Line] = []
    if told.kind == "note" and opens:
        note, words = words[:opens], words[opens:]
        told = replace(told, kind="highlight")  # on which the note is
    if told.kind == "bookmark":
        words = []
    if words and words[0].text.strip()[:1] in _MARKS and words[-1].text.strip()[-1:] in _MARKS:
        words[0] = Line(words[0].number, words[0].text.strip()[1:])
        words[-1] = Line(words[-1].number, words[-1].text.rstrip()[:-1])
    return _Entry(title, place, told, tuple(words), close, tuple(note))


def _entry(group: Sequence[Line], close: Line | None) -> _Entry | None:
    filled = [line for line in group if not line.blank]
    for n in range(len(filled) - 1, 0, -1):
        above, line = filled[n - 1], filled[n]
        if line.number == above.number + 1 and (said := about(line.text)) and not about(above.text):
            return _Entry(above, line, said, tuple(filled[n + 1 :]), close)
    if not filled or close is None:
        return None
    return _Entry(filled[0], None, None, tuple(filled[1:]), close)


# -------------------------------------------------------------------------------------------------------- read


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a file of clippings, in the ``order`` of the settings: by work (or author, or date), or as it was."""
    entries = [entry for entry in _entries(lines) if entry]
    desk = Desk(lines)
    shorter = {id(entry) for entry in _shorter(entries, report)}
    runs = _runs(entries, settings.order, shorter)
    cited = {entry.work for entry in entries if entry.kind == "highlight" and any(_left(line) for line in entry.words)}
    named = {entry.work for entry in entries if entry.kind}
    order: list[int] = []
    for run in runs:
        headed = next((entry for entry in run if entry.kind and id(entry) not in shorter), run[0])
        for entry in run:
            if id(entry) in shorter:
                desk.form([entry.title.number], "clipping-again")
                desk.form((line.number for line in (entry.line, entry.close) if line), "clipping-saved")
                desk.form((line.number for line in entry.words), "clipping-shorter")
                order += _numbers(entry)
            else:
                if entry is headed and entry.kind:
                    desk.decide(entry.title.number, Role.TITLE, "clipping-title")
                    if entry.work in cited:
                        desk.rewrite(entry.title.number, _title(entry.title.text)[0], "the author stands in the notes")
                else:
                    desk.form([entry.title.number], "clipping-again" if entry.work in named else "clipping-empty")
                order += _enter(entry, desk, settings, report)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "clipping-empty")
    return desk.copy(order)


def _runs(entries: Sequence[_Entry], order: str, shorter: Container[int]) -> list[list[_Entry]]:
    """Put the entries in order; each run is of one work, and has a heading."""
    if order in ("date", "source"):
        placed = list(entries)
        if order == "date":
            dates = [entry.about.when if entry.about else () for entry in entries]
            known = [date or next((one for one in reversed(dates[:n]) if one), ()) for n, date in enumerate(dates)]
            placed = [entries[n] for n in sorted(range(len(entries)), key=lambda n: known[n])]
        runs: list[list[_Entry]] = []
        for entry in placed:
            if runs and runs[-1][-1].work == entry.work:
                runs[-1].append(entry)
            else:
                runs.append([entry])
        return runs
    works: dict[str, list[_Entry]] = {}
    for entry in entries:
        works.setdefault(entry.work, []).append(entry)
    members = [_by_place(one, shorter) for one in works.values()]
    if order == "author":
        members.sort(key=lambda one: _author_key(one[0].title.text))
    return members


def _author_key(text: str) -> tuple[str, str]:
    title, author = _title(text)
    names = people(author)
    return (names[0].family or names[0].literal if names else "").casefold(), title.casefold()


def _by_place(members: list[_Entry], shorter: Container[int]) -> list[_Entry]:
    """Sort the entries of one work by their places, if all have one of a kind; a note stands behind its highlight."""
    abouts = [entry.about for entry in members]
    located = all(one and one.place and one.first for one in abouts)
    paged = all(one and one.page.partition("-")[0].isdigit() and not one.place for one in abouts)
    if not (located or paged):
        return members
    marks = sorted((entry for entry in members if entry.kind == "highlight"), key=lambda entry: entry.first)
    keys = {id(entry): (entry.first, n, 0) for n, entry in enumerate(marks)}
    kept = [(n, mark) for n, mark in enumerate(marks) if id(mark) not in shorter]
    for entry in members:
        if id(entry) not in keys:
            on = [(mark.last == entry.first, n) for n, mark in kept if mark.first <= entry.first <= mark.last]
            at = max(on)[1] if on else len(marks)
            keys[id(entry)] = (marks[at].first if on else entry.first, at, 1)
    return sorted(members, key=lambda entry: keys[id(entry)])


def _shorter(entries: Sequence[_Entry], report: Report) -> Iterator[_Entry]:
    """Yield the highlights whose words stand in another that was saved longer, or in an equal one before it."""
    works: dict[str, list[_Entry]] = {}
    for entry in entries:
        if entry.kind == "highlight":
            works.setdefault(entry.work, []).append(entry)
    for members in works.values():
        gone: set[int] = set()
        seen: dict[str, _Entry] = {}
        for entry in members:
            if entry.text in seen:
                gone.add(id(entry))
                yield entry
            elif entry.text:
                seen[entry.text] = entry
        left = sorted((entry for entry in members if id(entry) not in gone and entry.text), key=lambda one: one.first)
        for n, one in enumerate(left):
            for other in left[n + 1 : n + _NEAR]:
                if (one.first and other.first and other.first > one.last + 1) or id(one) in gone:
                    break
                if id(other) in gone:
                    continue
                short, long = sorted((one, other), key=lambda entry: len(entry.text))
                if f" {short.text} " in f" {long.text} ":
                    gone.add(id(short))
                    yield short
                elif _overlap(one.text, other.text) or _overlap(other.text, one.text):
                    report.find("clippings-overlap", max(one.title.number, other.title.number))


def _overlap(one: str, other: str) -> bool:
    """Tell whether the end of one text is the beginning of the other."""
    probe = other[:_SHARED]
    at = one.find(probe) if len(probe) == _SHARED else -1
    return at >= 0 and other.startswith(one[at:])


def _numbers(entry: _Entry) -> Iterator[int]:
    yield entry.title.number
    if entry.line:
        yield entry.line.number
    yield from (line.number for line in (*entry.words, *entry.note))
    if entry.close:
        yield entry.close.number


def _left(line: Line) -> str:
    """Return what a line says but for that the device kept no more of it."""
    text = line.text.strip()
    limit = LIMIT.search(text)
    return text[: limit.start()].strip() if limit else text


def _enter(entry: _Entry, desk: Desk, settings: Settings, report: Report) -> Iterator[int]:
    """Decide what the lines of one entry are, below its title; yield the numbers of all."""
    text, author = _title(entry.title.text)
    if entry.line:
        desk.rewrite(entry.line.number, entry.line.text, "what an entry is and when it was made stand together")
    for line in entry.note:
        desk.rewrite(line.number, line.text, "that it is a note, its place says")
        desk.decide(line.number, Role.PARAGRAPH, "clipping-note")
    desk.own(line.number for line in entry.note)
    words = []
    for line in entry.words:
        left = _left(line)
        if left != line.text.strip():
            report.find("clipping-limit", line.number)
        if left:
            words.append(line.number)
            desk.rewrite(line.number, left, "the device says it in place of words")
        else:
            desk.form([line.number], "clipping-empty")
    if not words:
        desk.form([entry.line.number] if entry.line else [], "clipping-empty")
    elif entry.kind != "highlight":
        if entry.line:
            desk.form([entry.line.number], "clipping-head")
        for number in words:
            desk.decide(number, Role.PARAGRAPH, "clipping-note")
        desk.own(words)
    else:
        for number in words:
            desk.decide(number, Role.PARAGRAPH, "clipping-words")
        fields = _fields(entry.about, text, author, settings)
        if entry.line:
            said = desk.source([entry.line.number], "clipping-place")
            desk.cite(words, fields, said, entry.line.number)
        else:
            desk.cite(words, fields, "")
    desk.form([entry.close.number] if entry.close else [], "clipping-close")
    yield from _numbers(entry)


def _title(text: str) -> tuple[str, str]:
    """Part "The Lamp Room (Orr, Ada)" into title and author."""
    found = _AUTHOR.match(text.strip())
    title, author = (found["title"], found["author"].strip()) if found else (text.strip(), "")
    return _EDITION.sub("", title), author


def _fields(said: About | None, title: str, author: str, settings: Settings) -> Fields:
    """Say where a highlight is from; without a page the device's place stands in its note, with ``details`` always."""
    if said is None:
        return Fields(author=people(author), title=title)
    parts = [said.place] if said.place and (settings.details or not said.page) else []
    if settings.details and said.date:
        parts.append(said.date)
    return Fields(author=people(author), title=title, locator=said.page, extra="; ".join(parts))
