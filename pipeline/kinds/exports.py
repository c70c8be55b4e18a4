"""Exports: what reading apps write when they are asked for one's highlights and notes of a book.

They begin with the work's title and author and some words of their own (:mod:`pipeline.kinds.apps`); then come
highlights under a sign, or below a line that says where they stand, under the headings of chapters; and notes that
belong to the highlight above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline.kinds import apps
from pipeline.kinds.attribution import NAME_FORM, leads, people
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import about, placed, when
from pipeline.kinds.refrain import refrains
from pipeline.markup.foreword import parted
from pipeline.model import ChangeKind, Claim, Copy, Fields, Leaving, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "highlights exported from a reading app"
WHY: Mapping[str, str] = {
    "export-title": "The title of the work stands over its highlights.",
    "export-author": "The author stands in the notes and in the bibliography.",
    "export-chapter": "The chapter of the work from which the highlights below are.",
    "export-place": "The line says where the highlight stands in the work.",
    "export-words": "The words of a highlight.",
    "export-note": "The reader's own note.",
    "export-form": "The app says this of its file: counts, dates, rules, pictures, labels.",
}
LEAVES = {"export-form": Leaving(ChangeKind.SET_ASIDE), "export-author": Leaving(ChangeKind.LISTED)}
_APP = 120  # characters; an app's own lines are short
_FIRST = 15  # lines; an app says at the top whose the file is
_SHARE = 0.1  # of the lines are the app's, or it says so at the top
_MOST = 0.8  # of the lines below a title are quotations, heads and notes
_FEW = 3
_SHARE_AGAIN = 0.6  # of what comes most often; each passage has the same lines beside it
_HEAD = 80  # characters; no title, author or chapter without a sign is longer
_ADDRESS = re.compile(r"^<?https?://\S+>?$")
_CLOSING = '"”“»」』'
_FIELDS = 60  # lines; nobody names more above a text
_SIGNED = 0.6  # of the lines below
_DOUBLED = re.compile(r"^[A-Za-z][\w-]*:: ?\S")  # a field of Logseq
_SIGN = re.compile(r"\s*(?:[▪◆]|>{1,2}\s)")
_STRONG = (apps.COUNTED, apps.LINKED)


@dataclass(slots=True)
class _Work:
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    chapters: int = 0


@dataclass(slots=True)
class _Slip:
    """A highlight on its way: its lines, the line that says where it stands, and what that says; when it was made."""

    words: list[int] = field(default_factory=list)
    source: int | None = None
    text: str = ""
    page: str = ""
    extra: str = ""
    note: bool = False
    when: str = ""


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if an app has left its words in it, and there are signs of highlights."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < 2:
        return None
    short = [line for line in filled if len(line.text) < _APP]
    told = apps.telling(short)
    places = [line for line in short if placed(line.text)]
    if len(places) >= _FEW - 1 and len(places) >= _SHARE * len(filled):
        told += places
    signs = sum(bool(_SIGN.match(line.text)) for line in filled)
    if not any(line in told for line in filled[:_FIRST]) and len(told) + signs < _SHARE * len(filled):
        told = []
    if signs:
        told += [line for line in filled[:3] if any(pattern.match(line.text.strip()) for pattern in _STRONG)]
    head = [line.text.strip() for line in filled[:2]]
    named = bool(apps.BOOK_MARKS.match(head[0]) or (head[0].startswith("# ") and apps.AUTHORED.match(head[1])))
    if under_fields(lines):
        reason = f"{signs} signs of highlights stand below the fields that name their work"
        return Claim(NAME, filled[0].number, filled[-1].number, 0.98, (reason,))
    rows = [line.text.strip() for line in filled]
    named = named or _under_title(rows)
    marked = signs >= 2 or (rows[0].startswith("# ") and _bracketed(rows))
    told = told or _again(filled)
    if not told and (quoted := _all_quoted(lines)):
        reason = f"{quoted} passages in quotation marks stand below a title and who wrote it, or where it is"
        return Claim(NAME, filled[0].number, filled[-1].number, 0.96, (reason,))
    if not told and not (marked and named) and not _noted(rows):
        return None
    words = told[0].text.strip()[:40] if told else filled[0].text.strip()[:40]
    reason = f"the app's words (“{words}”), and {signs} signs of chapters and highlights"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.98 if told else 0.975, (reason,))


def under_fields(lines: Sequence[Line]) -> int:
    """Return the number of the last line of the fields above a text whose highlights are of the work that they name.

    Such stand between two rules, or have two colons ("title:: The Lamp Room"); below them are passages under a sign
    that say no source of their own. 0: there are none.
    """
    filled = [line for line in lines if not line.blank][:_FIELDS]
    if not filled:
        return 0
    doubled = list(takewhile(lambda line: _DOUBLED.match(line.text), filled))
    if doubled:
        above, last = doubled, doubled[-1].number
    else:
        foreword, _ = parted(lines)
        if foreword is None:
            return 0
        above, last = list(foreword.lines), max(line.number for line in foreword.lines)
    keys = {found["key"].casefold() for line in above if (found := apps.NAMED.match(line.text.strip()))}
    if not any(re.search(r"tit|书名|назв", key) for key in keys) or len(keys) < 2:
        return 0
    below = [line.text.strip() for line in lines if line.number > last and not line.blank]
    told = [row for row in below if not row.startswith("#") and not apps.FORM.match(row) and not apps.NOTE.match(row)]
    signed = [row for row in told if apps.SIGN.match(row)]
    sourced = sum(leads(re.sub(r"^(?:[-*+]\s|>\s?)+", "", row)) != "" for row in told)
    quoted = sum(">" in row[:4] or bool(apps.BEHIND.search(row)) for row in signed)
    return last if signed and len(signed) >= _SIGNED * len(told) and 2 * quoted >= len(signed) > 2 * sourced else 0


def _all_quoted(lines: Sequence[Line]) -> int:
    """Return how many passages in quotation marks, and nothing else, stand below a title and its author or address."""
    filled = [line for line in lines if not line.blank]
    rows = [line.text.strip() for line in filled]
    if len(rows) < _FEW + 1 or len(rows[0]) > _HEAD or apps.ENDED.search(rows[0]) or rows[0][0] in apps.QUOTED:
        return 0
    adjacent = filled[1].number == filled[0].number + 1
    person = adjacent and (NAME_FORM.fullmatch(rows[1]) or apps.ITALIC.match(rows[1]) or apps.AUTHORED.match(rows[1]))
    if not (person or _ADDRESS.match(rows[1])):
        return 0
    below = rows[2:]
    whole = [row for row in below if row[0] in apps.QUOTED and row[-1] in _CLOSING]
    return len(whole) if len(whole) >= _FEW - 1 and len(whole) == len(below) else 0


def _again(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that come again beside every passage below a title and an author: an app writes them."""
    author = next((n for n, line in enumerate(lines[1:3], 1) if apps.AUTHORED.match(line.text.strip())), 0)
    named = len(lines) > 1 and lines[1].number == lines[0].number + 1 and NAME_FORM.fullmatch(lines[1].text.strip())
    if not author and named and not apps.ENDED.search(lines[0].text.strip()):
        author = 1
    numbers = refrains(lines[author + 1 :], _SHARE_AGAIN) if author else set()
    below = [line for line in lines[author + 1 :] if line.number >= min(numbers, default=0)]
    words = [line for line in below if line.number not in numbers]
    ended = sum(bool(apps.ENDED.search(line.text.strip())) for line in words)
    again = [line for line in below if line.number in numbers]
    counting = 2 * len({line.text.strip() for line in again}) > len(
        again
    )  # pages, dates; the lines of a song are alike
    whole = len(numbers) >= max(_FEW, len(words) / 2) and ended >= _MOST * len(words) and counting
    return again if whole else []


def _under_title(rows: Sequence[str]) -> bool:
    """Tell whether below a title and its author, or the title again with an address, all are quotations and notes."""
    titled = rows[0].startswith("# ") and (apps.TITLE_BY.match(rows[0][2:]) or _bracketed(rows))
    below = rows[1 if titled else 2 :]
    addressed = apps.ADDRESSED.match(rows[1]) or rows[1].casefold().startswith("source:")
    authored = apps.AUTHOR_HEAD.match(rows[1]) and sum(row.startswith("## ") for row in rows) == 1
    named = apps.ITALIC.match(rows[1]) or authored
    if not rows[0].startswith("# ") or not (named or addressed or len(below) == len(rows) - 1):
        return False
    told = sum(row[0] in ">#-" or bool(apps.NOTE.match(row) or apps.FORM.match(row)) for row in below)
    quoted = sum(row[0] == ">" for row in below)
    return told >= _MOST * len(below) or (bool(addressed) and 2 * quoted >= len(below))


def _bracketed(rows: Sequence[str]) -> bool:
    """Tell whether all headings are titles with authors in brackets, and items below them have pages."""
    heads = [row for row in rows if row.startswith("#")]
    paged = sum(bool(apps.BEHIND.search(row)) for row in rows if row.startswith(("- ", "> ", "* ")))
    return all(map(apps.BRACKETED.match, heads)) and 2 * paged >= len(rows) - len(heads)


def _noted(rows: Sequence[str]) -> bool:
    """Tell whether all below a title are passages in quotation marks or under pages, short heads, and notes on them."""
    below = rows[1:]
    notes = sum(bool(apps.NOTE.match(row)) for row in below)
    if not notes or len(rows[0]) > _HEAD or apps.ENDED.search(rows[0]):
        return False
    quoted = sum(row[0] in apps.QUOTED for row in below)
    paged = sum(apps.is_place(row) for row in below)
    heads = sum(len(row) < _HEAD and not apps.ENDED.search(row) for row in below) - paged
    return (quoted > 1 and quoted + notes + heads >= len(below)) or (paged > 1 and 2 * paged + notes >= len(below))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read highlights and notes, chapter by chapter."""
    reader = _Reader(lines, settings)
    for n, line in enumerate(lines):
        if not line.blank:
            reader.line(n, line)
    reader.close()
    desk = reader.desk
    desk.form((line.number for line in lines if not desk.decided(line.number)), "export-form")
    single = len(reader.works) == 1
    work = reader.works[0] if single else _Work()
    return desk.copy(desk.by(settings.order, report), title=work.title, authors=(work.author,) if work.author else ())


class _Reader:
    """Reads an export from top to bottom."""

    def __init__(self, lines: Sequence[Line], settings: Settings) -> None:
        self.desk = Desk(lines)
        self._details = settings.details
        self._chapter_above = ""
        self._title_at = 0
        self._warned = False  # the line above says that the app writes its file anew
        self.works: list[_Work] = []
        self._lines = lines
        self._slip: _Slip | None = None
        self._above = 0  # the number of the filled line before
        self._fields = under_fields(lines)
        self._texts = texts = [line.text.strip() for line in lines if not line.blank]
        self._told = any(map(apps.is_place, texts)) or bool(apps.telling(lines))
        self._signed = sum(bool(apps.SIGN.match(text)) for text in texts) >= 2 or any(
            apps.is_place(text) for text in texts
        )
        marks = sum(bool(apps.SIGN.match(text)) and not text.startswith("原文") for text in texts)
        self._diamonds = not marks and sum(text.startswith("◆") for text in texts) > 1
        self._placed = any(apps.is_place(text) for text in texts)
        self._pinned = any(apps.PINNED.match(text.lstrip("> ")) for text in texts)
        self._closing = any(apps.CLOSES.match(text) for text in texts)
        self._below = any(apps.NOTED_BELOW.search(text) for text in texts)
        self._play = any(apps.PLAY.search(text) for text in texts)
        self._filled = 0  # lines so far
        self._close_to_title = False
        self._quoting = any(text.startswith(">") for text in texts)
        again = [] if any(map(apps.is_place, texts)) else _again([line for line in lines if not line.blank])
        self._again = {line.number for line in again}
        self._counted = any(apps.COUNTED.match(text) for text in texts[:3]) or any(
            text.startswith("▪") for text in texts
        )

    def line(self, n: int, line: Line) -> None:
        """Take one line."""
        text = line.text.strip()
        number = line.number
        adjacent = self._above == number - 1
        self._above = number
        self._filled += 1
        self._close_to_title = adjacent and self._filled > 1
        self._warned = self._warned and adjacent
        if self._warned:
            self.desk.form([number], "export-form")
            return
        if self._works_words(number, text):
            return
        if not self.works and apps.PLAY.search(text) and apps.ENDED.search(text):
            self._warned = True  # what follows right below says the same
            self.desk.form([number], "export-form")
            return
        if number <= self._fields and not apps.NAMED.match(text):
            self.desk.form([number], "export-form")
            return
        bare = re.sub(r"^[-*+]\s+(?=#{1,6}\s|>\s)", "", text)
        if bare != text:
            self.desk.rewrite(number, bare, "the sign of a list is only the file's form")
            text = bare
        if self._head(number, text):
            return
        if found := apps.FIELD.match(text):
            self._field(number, found)
            return
        if apps.THOUGHT.match(text) or re.fullmatch(r"notes?:", text, re.IGNORECASE):
            self.close()
            self.desk.rewrite(number, text.lstrip("◆ "), "the sign of a note is only the file's form")
            self.desk.decide(number, Role.RUBRIC, "export-note")
            self._slip = _Slip(note=True)
            return
        if apps.NOTE.match(line.text) or (self._quoting and text.startswith("- ") and not apps.FORM.match(text)):
            self.close()
            bare = re.sub(r"^[-*]\s+|💭\s*", "", text).replace("**", "")
            bare = bare[1:-1] if apps.ITALIC_NOTE.match(bare) else bare
            self.desk.rewrite(number, bare, "the sign of a list is only the file's form")
            self.desk.prose([number], "export-note", own=True)
            self._slip = _Slip([number], note=True)
            return
        if apps.is_place(text):
            self.close()
            self._place(number, text)
            return
        if text.endswith((":", "：")) and apps.SHOP.search(self._below_text(n)):
            self.close()
            self.desk.form([number], "export-form")
            return
        self._warned = bool(apps.PLAY.search(text) or (self.works and apps.NOTED_BELOW.search(text)))
        if apps.FORM.match(text) or apps.FORM.match(text.replace("**", "")) or apps.FORM.match(text.strip("_")):
            if self.works and not self.works[-1].chapters and self._slip is None and _ADDRESS.match(text):
                self.works[-1].url = text.strip("<>")
            if text[0] in "#*" or apps.CLOSES.match(text):
                self.close()
            self.desk.form([number], "export-form")
            if re.match(r"-{3,}$", text) and self._placed and self._slip is not None and self._slip.words:
                self.close()
                self._slip = _Slip(note=True)  # below a rule stands the note on the highlight above
            return
        if self._diamonds and (diamond := apps.DIAMOND.match(text)):
            self.close()
            self.desk.rewrite(number, diamond["text"], "the sign of a highlight is only the file's form")
            self._words(number)
            return
        if chapter := apps.CHAPTER.match(text):
            self._chapter(number, chapter["text"])
            return
        if apps.DATE.match(text) or re.fullmatch(r"\d{1,4}", text):
            self._behind(number, text)
            return
        if sign := apps.SIGN.match(text):
            if self._slip is None or self._slip.words or self._slip.note:
                self.close()
                self._slip = _Slip()
            self.desk.rewrite(
                number, apps.PINNED.sub("", sign["text"]), "the sign of a highlight is only the file's form"
            )
            self._words(number)
            return
        self._plain(n, number, text, adjacent)

    def _below_text(self, n: int) -> str:
        return self._lines[n + 1].text.strip() if n + 1 < len(self._lines) else ""

    def _works_words(self, number: int, text: str) -> bool:
        """Take a line that comes again beside every passage, or stands between the author and the first of these."""
        if not self._again or (number not in self._again and number > min(self._again)):
            return False
        if number < min(self._again) and not (self.works and self.works[-1].author):
            return False
        if number < min(self._again) and (apps.ENDED.search(text) or self._slip is not None):
            return False  # what comes again stands below the passages
        self.close()
        self.desk.form([number], "export-form")
        return True

    def _plain(self, n: int, number: int, text: str, adjacent: bool) -> None:
        slip = self._slip
        quotes = text[0] in apps.QUOTED and not self._signed
        if slip is not None and slip.words and (quotes or self._heads_place(n, text)):
            self.close()
            slip = None
        if paged := apps.PAGED.match(text) if slip is None or not slip.words or not adjacent else None:
            self._paged(number, paged)
        elif slip is not None and slip.note and (adjacent or not slip.words):
            self.desk.prose([number], "export-note", own=True)
            slip.words.append(number)
        elif self._quoting and slip is not None and slip.words and not adjacent:
            self.desk.prose([number], "export-note", own=True)  # what has no sign is the reader's
        elif (
            slip is not None and not slip.note and (adjacent or (self._signed and not self._diamonds) or not slip.words)
        ):
            self._words(number)
        elif (
            len(text) < _HEAD
            and not apps.BEHIND.search(text)
            and not apps.ENDED.search(text)
            and text[0] not in apps.QUOTED
            and self._more(n)
        ):
            self._chapter(number, text)
        else:
            self.close()
            self._slip = _Slip()
            self._words(number)

    def _more(self, n: int) -> bool:
        return any(not line.blank for line in self._lines[n + 1 : n + 4])

    def _heads_place(self, n: int, text: str) -> bool:
        """Tell whether a line is the chapter of the highlight whose place stands right below it."""
        if not self._placed or len(text) >= _HEAD or apps.ENDED.search(text):
            return False
        below = self._lines[n + 1].text.strip() if n + 1 < len(self._lines) else ""
        return apps.is_place(below) and not below.startswith("#")  # where it does, chapters have that sign too

    def _head(self, number: int, text: str) -> bool:
        """Take a line that names the work, its author or its publisher."""
        found = apps.COUNTED.match(text) or apps.BOOK_MARKS.match(text) or apps.LINKED.match(text)
        found = found or apps.BOOX.match(text)
        if found is None and re.match(r"#\s+\S", text):
            found = apps.BRACKETED.match(text) or apps.HEADED.match(text)
        if found and len(text) < 2 * _HEAD:
            groups = found.groupdict()
            self._title(number, groups["title"].strip(), (groups.get("author") or "").strip())
            return True
        work = self.works[-1] if self.works else None
        if named := apps.NAMED.match(text):
            value = named["value"].strip("[]*\"' ")
            self.desk.rewrite(number, value, "the label is only the file's form")
            if re.search(r"tit|书名|назв", named["key"], re.IGNORECASE):
                if work is None:
                    self.close()
                    self.works.append(_Work(value))
                    self.desk.decide(number, Role.TITLE, "export-title")
                else:
                    self.desk.form([number], "export-author")
                return True
            if work is not None and not work.author:
                work.author = value
            self.desk.form([number], "export-author")
            return True
        if apps.FORM.match(text) or apps.is_place(text):
            return False
        if work is None and self._filled == 1 and apps.LABEL.match(text) and self._told:
            self.desk.form([number], "export-form")
            return True
        if work is None and not apps.SIGN.match(text):
            by = apps.TITLE_BY.match(text)
            self._title(number, by["title"] if by else text, by["author"] if by else "")
            return True
        started = self._slip is not None or (work is not None and work.chapters)
        if work is not None and (again := apps.ADDRESSED.match(text)) and again["title"] == work.title:
            self.desk.form([number], "export-form")
            return True
        said = text.lstrip("> ") if self._pinned else text
        said = said[1:-1] if apps.ITALIC.match(said) else said
        headed = apps.AUTHOR_HEAD.match(said) if self._filled == self._title_at + 1 and self._quoting else None
        name = headed or re.match(
            r"^(?:#{5}\s+|by\s+|von\s+|par\s+|作者[:：]?\s*)?(?P<name>[^\W\d][^\d:◆▪>#📌]{1,60})$", said
        )
        below = self._filled == self._title_at + 1 and self._close_to_title
        if work is None or started or (self._closing and not below) or not name:
            return False
        if not work.author:
            work.author = name["name"].strip().removesuffix(" 著")
            self.desk.form([number], "export-author")
            return True
        if self._play and not work.publisher and self._filled == self._title_at + 2:
            work.publisher = text
            self.desk.form([number], "export-author")
            return True
        return False

    def _title(self, number: int, title: str, author: str) -> None:
        self.close()
        if self._fields and self.works and self.works[-1].title.casefold() == title.casefold():
            self.works[-1].author = self.works[-1].author or author
            self.desk.form([number], "export-form")  # the fields above name it
            return
        self.works.append(_Work(title, author))
        self._title_at = self._filled
        self.desk.decide(number, Role.TITLE, "export-title")
        title = apps.FILE.sub("", title)
        self.works[-1].title = title
        self.desk.rewrite(number, title, "the author stands in the notes and in the bibliography; the rest is form")

    def _chapter(self, number: int, text: str) -> None:
        self.close()
        self.desk.decide(number, Role.HEADING, "export-chapter", level=2)
        self.desk.rewrite(number, text, "the sign of a chapter is only the file's form")
        if self.works:
            self.works[-1].chapters += 1

    def _paged(self, number: int, found: re.Match[str]) -> None:
        """Take a line that names the chapter and the page of the highlight below; a chapter has one heading."""
        if found["text"] == self._chapter_above:
            self.close()
            page = found[0].removeprefix(f"{found['text']}, ")
            self.desk.rewrite(number, page, "the chapter stands above")
            self.desk.form([number], "export-form")
            self._slip = _Slip(source=number, text=page, page=found["page"])
            return
        self._chapter(number, found[0])
        self.desk.rewrite(number, f"{found['text']} {found['page']}", "the word for a page is set by the style")
        self.desk.part(number, found["text"], found["page"], "the page stands in the note")
        self._chapter_above = found["text"]
        self._slip = _Slip(page=found["page"])

    def _place(self, number: int, text: str) -> None:
        """Take a line that says where the highlight below it stands; or the note, or that there is a bookmark."""
        said = placed(text) or (about(f"- {text}") if "|" in text else None)
        kind = apps.PLACE.match(text)
        page, place = apps.PAGE.search(text), apps.LOCATION.search(text)
        word = (kind["kind"] or "").casefold() if kind else ""
        located = place["place"] if place else said.place if said else ""
        slip = _Slip(
            source=number,
            text=text.lstrip("-# "),
            page=page["page"] if page else said.page if said else "",
            extra=located if self._details or not (page or (said and said.page)) else "",
            when=text if when(text) else "",
        )
        slip.note = word in ("note", "notiz") or (said is not None and said.kind == "note")
        if slip.note:
            self.desk.rewrite(number, text.lstrip("-#* "), "the sign of a note is only the file's form")
            self.desk.decide(number, Role.RUBRIC, "export-place")
            slip.source = None
        elif word == "bookmark" or (said is not None and said.kind == "bookmark"):
            self.desk.form([number], "export-form")
            return
        else:
            self.desk.form([number], "export-form")  # until the words below it come
        self._slip = slip

    def _field(self, number: int, found: re.Match[str]) -> None:
        """Take a line that names what it has, between brackets."""
        self.desk.rewrite(number, found["text"], "the name of the field is only the file's form")
        if found["words"]:
            self.close()
            self._slip = _Slip([number])
        elif found["note"] and found["text"]:
            self.desk.prose([number], "export-note", own=True)
        elif found["page"] and self._slip is not None:
            self._slip.page = self._slip.text = found["text"]
            self._slip.source = number

    def _behind(self, number: int, text: str) -> None:
        """Take a date or a page that stands below the words, or a date above them."""
        slip = self._slip
        if slip is not None and slip.words and not slip.note and text.isdigit() and slip.source is None:
            slip.source, slip.text, slip.page = number, text, text
        elif slip is not None and slip.words and not slip.when:
            slip.when = text
        self.desk.form([number], "export-form")
        self._above = 0  # what follows is another highlight

    def _words(self, number: int) -> None:
        if self._slip is None:
            self._slip = _Slip()
        self._slip.words.append(number)

    def _own(self, slip: _Slip) -> list[int]:
        """Return the lines of a highlight that are the reader's note on it, and take the signs off its words."""
        texts = [self.desk.text(number) for number in slip.words]
        if self._placed and (opened := apps.STARRED.match(texts[0])):
            closes = next((n for n, text in enumerate(texts) if text.endswith("*")), -1)
            if closes >= 0:
                texts[0] = opened["text"]
                texts[closes] = texts[closes].removesuffix("*")
                for number, text in zip(slip.words, texts, strict=True):
                    self.desk.rewrite(number, text, "the sign of a highlight is only the file's form")
                return slip.words[closes + 1 :]
        if self._below:
            ended = next((n for n, text in enumerate(texts) if apps.ENDED.search(text)), len(texts))
            return slip.words[ended + 1 :]
        return []

    def close(self) -> None:
        """Set the highlight that is open."""
        slip, self._slip = self._slip, None
        if slip is None or not slip.words or slip.note:
            return
        work = self.works[-1] if self.works else _Work()
        if own := self._own(slip):
            self.desk.prose(own, "export-note", own=True)
            slip.words = [number for number in slip.words if number not in own]
        last = slip.words[-1]
        if self._counted and len(slip.words) > 1 and re.fullmatch(r"\([^()]+\)", self.desk.text(last)):
            slip.source, slip.text, slip.extra = last, self.desk.text(last), self.desk.text(last)
            last = slip.words[-2]
            slip.words.pop()
        text, inside = self.desk.text(last), ""
        if behind := apps.BEHIND.search(text):
            said = behind["place"] or behind["more"] or ""
            page = re.match(r"(?:page|p\.)\s?(\d+(?:[-–]\d+)?)", said, re.IGNORECASE)
            slip.page = page[1] if page else slip.page
            slip.extra = (
                f"Location {behind['more']}" if behind["more"] else said if re.search(r"\d", said) and not page else ""
            )
            text, inside = text[: behind.start()], behind[0].strip()
        elif self._counted and (aside := apps.ASIDE.search(text)):
            slip.extra = aside["aside"]
            text, inside = text[: aside.start()], aside["aside"]
        self.desk.prose(slip.words, "export-words")
        extra = "; ".join(part for part in (slip.extra, slip.when if self._details else "") if part)
        names = people(work.author)
        fields = Fields(
            author=names, title=work.title, publisher=work.publisher, locator=slip.page, extra=extra, url=work.url
        )
        self.desk.dated(slip.words, when(slip.when))
        if slip.source is not None and not inside:
            self.desk.source([slip.source], "export-place")
            self.desk.cite(slip.words, fields, slip.text, slip.source)
        else:
            self.desk.cut(last, text)
            self.desk.cite(slip.words, fields, inside)
