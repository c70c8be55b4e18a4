"""Marked: exports of apps that have no reader of their own, by what their lines have in common with those of others.

They begin with the work's title and author and some words of the app (:mod:`pipeline.kinds.apps`); then come highlights
under a sign, or below a line that says where they stand, under the headings of chapters; and notes that belong to the
highlight above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.kinds import apps
from pipeline.kinds.attribution import people, with_author
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import about, placed, when
from pipeline.kinds.exported import ADDRESS, HEAD, again_and_again, chapters_over, mail_head, under_fields
from pipeline.kinds.leafed import TITLED, leafed
from pipeline.model import Copy, Fields, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["read_marked"]


@dataclass(slots=True)
class _Work:
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    chapters: int = 0
    line: int = 0  # which has its title
    named: list[int] = field(default_factory=list)  # lines that say who wrote it
    quoted: bool = False


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
    head: tuple[int, str] | None = None  # the chapter that stands before its page, and its line


def read_marked(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read highlights and notes, chapter by chapter."""
    reader = _Reader(lines, settings)
    for n, line in enumerate(lines):
        if not line.blank:
            reader.line(n, line)
    reader.end()
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
        self._headed = False  # the title has the sign of a heading
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
        self._placed = any(apps.is_place(text) for text in texts)
        self._pinned = any(apps.PINNED.match(text.lstrip("> ")) for text in texts)
        self._leafed = None if self._fields else leafed(lines)
        if self._leafed and self._leafed.above and apps.telling(lines):
            self._leafed = None  # the app's own signs tell more
        items = (text for text in texts if text.startswith(("- ", "* ")))
        self._items = sum(bool(apps.BEHIND.search(text)) for text in items) > 1
        self._below = any(apps.NOTED_BELOW.search(text) for text in texts)
        self._filled = 0  # lines so far
        self._depths = Counter(text.partition(" ")[0] for text in texts if text.startswith("#"))
        self._mailed = mail_head(lines)
        self._quoting = any(text.startswith(">") for text in texts)
        again = [] if any(map(apps.is_place, texts)) else again_and_again([line for line in lines if not line.blank])
        self._again = {line.number for line in again}
        self._over = chapters_over([line for line in lines if not line.blank], self._again) if again else set()

    def line(self, n: int, line: Line) -> None:
        """Take one line."""
        text = line.text.strip()
        number = line.number
        adjacent = self._above == number - 1
        self._above = number
        self._filled += 1
        self._warned = self._warned and adjacent
        if self._warned:
            self.desk.form([number], "export-form")
            return
        if self._works_words(number, text):
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
        under = self.works and self._headed and self._slip is None and not self.works[-1].chapters
        if under and self._items and apps.PROPERTY.match(text) and not apps.NAMED.match(text):
            self.desk.form([number], "export-form")
            return
        if self._leafed and number in self._leafed.pages:
            self._leaf(number, text, self._leafed.pages[number], above=self._leafed.above)
            return
        if re.fullmatch(r"notes?:", text, re.IGNORECASE):
            self.close()
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
        self._warned = bool(self.works and apps.NOTED_BELOW.search(text))
        if apps.FORM.match(text) or apps.FORM.match(text.replace("**", "")) or apps.FORM.match(text.strip("*_")):
            if self.works and not self.works[-1].chapters and self._slip is None and ADDRESS.match(text):
                self.works[-1].url = text.strip("<>")
            if text[0] in "#*":
                self.close()
            self.desk.form([number], "export-form")
            if re.match(r"-{3,}$", text) and self._placed and self._slip is not None and self._slip.words:
                self.close()
                self._slip = _Slip(note=True)  # below a rule stands the note on the highlight above
            return
        if chapter := apps.CHAPTER.match(text):
            self._chapter(number, chapter["text"])
            return
        made = apps.MADE.match(text.strip("*_"))
        if apps.DATE.match(text) or re.fullmatch(r"\d{1,4}", text) or (made and when(made["date"])):
            self._behind(number, made["date"] if made else text)
            return
        if (paged := apps.DATED_PAGE.match(text)) and when(paged["date"]) and self._slip is not None:
            self._slip.source, self._slip.text, self._slip.page = number, paged["page"], paged["page"]
            self._behind(number, paged["date"])
            return
        if re.fullmatch(r"(?:>\s*)+", text):
            self.desk.form([number], "export-form")
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

    def _leaf(self, number: int, text: str, page: str, *, above: bool) -> None:
        """Take a line that says nothing but where a passage stands, or when it was marked."""
        if above:
            self.close()
            self._slip = _Slip()
        slip = self._slip
        self.desk.form([number], "export-form")
        if slip is None:
            return
        if page:
            slip.source, slip.text, slip.page = number, text, page
        elif not slip.when:
            slip.when = text
        self._above = 0 if not above else self._above  # what follows is another highlight

    def _below_text(self, n: int) -> str:
        return self._lines[n + 1].text.strip() if n + 1 < len(self._lines) else ""

    def _works_words(self, number: int, text: str) -> bool:
        """Take a line that comes again beside every passage, or stands between the author and the first of these."""
        if not self._again or number in self._over or (number not in self._again and number > min(self._again)):
            return False
        if number < min(self._again) and not (self.works and self.works[-1].author):
            return False
        if number < min(self._again) and (apps.ENDED.search(text) or self._slip is not None):
            return False  # what comes again stands below the passages
        self.close()
        self.desk.form([number], "export-form")
        return True

    def _plain(self, n: int, number: int, text: str, adjacent: bool) -> None:
        if number in self._over:
            self._chapter(number, text)
            return
        slip = self._slip
        if self._leafed and not self._leafed.above and slip and slip.words and (slip.source or slip.when):
            self.close()  # its place stood below it
            slip = None
        if self._leafed and self._leafed.above and slip and slip.words and not adjacent:
            if apps.ENDED.search(text):
                self._words(number)
            else:
                self.desk.prose([number], "export-note", own=True)
            return
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
        elif slip is not None and not slip.note and (adjacent or self._signed or not slip.words):
            self._words(number)
        elif (
            len(text) < HEAD
            and not apps.BEHIND.search(text)
            and not apps.ENDED.search(text)
            and text[0] not in apps.QUOTED
            and self._more(n)
        ):
            self._chapter(number, text)
        elif self._items and self._headed:
            self.close()
            self.desk.prose([number], "export-note", own=True)  # highlights have a sign and a page
        else:
            self.close()
            self._slip = _Slip()
            self._words(number)

    def _more(self, n: int) -> bool:
        return any(not line.blank for line in self._lines[n + 1 : n + 4])

    def _heads_place(self, n: int, text: str) -> bool:
        """Tell whether a line is the chapter of the highlight whose place stands right below it."""
        if not self._placed or len(text) >= HEAD or apps.ENDED.search(text):
            return False
        below = self._lines[n + 1].text.strip() if n + 1 < len(self._lines) else ""
        return apps.is_place(below) and not below.startswith("#")  # where it does, chapters have that sign too

    def _head(self, number: int, text: str) -> bool:
        """Take a line that names the work, its author or its publisher."""
        if not self.works and self._mailed and number <= self._mailed:
            self.desk.form([number], "export-form")
            return True
        if not self.works and (shopped := apps.SHOPPED.match(text)):
            self._title(number, shopped["title"], shopped["author"])
            return True
        found = apps.COUNTED.match(text) or apps.BOOK_MARKS.match(text) or apps.LINKED.match(text)
        by = apps.HEADED.match(text)
        under = self.works and not (self._headed or (by and by["author"]) or apps.LINKED.match(text))
        if self._fields and self.works and text.lstrip("# ").casefold() == self.works[-1].title.casefold():
            self.desk.form([number], "export-form")  # the fields above name it
            return True
        if under and re.match(r"#\s+\S", text) and not apps.BRACKETED.match(text):
            self._chapter(number, text.lstrip("# "))
            return True
        if found is None and re.match(r"#\s+\S", text):
            self._headed = True
            found = apps.BRACKETED.match(text) or apps.HEADED.match(text)
        if found and len(text) < 2 * HEAD:
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
                work.named.append(number)
            else:
                self.desk.form([number], "export-author")
            return True
        if apps.FORM.match(text) or apps.is_place(text):
            return False
        if work is None and self._filled == 1 and apps.LABEL.match(text) and self._told:
            self.desk.form([number], "export-form")
            return True
        if work is None and not apps.SIGN.match(text):
            by = apps.TITLE_BY.match(text) or (TITLED.match(text) if self._leafed else None)
            of = apps.TITLE_OF.match(text)
            self._title(number, by["title"] if by else of["title"] if of else text, by["author"] if by else "")
            return True
        started = self._slip is not None or (work is not None and work.chapters)
        if work is not None and (again := apps.ADDRESSED.match(text)) and again["title"] == work.title:
            self.desk.form([number], "export-form")
            return True
        said = text.lstrip("> ") if self._pinned else text
        said = said[1:-1] if apps.ITALIC.match(said) else said
        signed = apps.NAME_HEAD.match(text) if self._filled == self._title_at + 1 else None
        if signed and work is not None and not work.author and self._depths[signed["sign"]] == 1:
            work.author = signed["name"]
            work.named.append(number)
            return True
        headed = apps.AUTHOR_HEAD.match(said) if self._filled == self._title_at + 1 and self._quoting else None
        name = headed or re.match(
            r"^(?:#{5}\s+|(?i:by|von|par|por|di|door)\s+|作者[:：]?\s*)?(?P<name>[^\W\d][^\d:◆▪>#📌]{1,60})$", said
        )
        if work is None or started or not name:
            return False
        if not work.author:
            work.author = name["name"].strip().removesuffix(" 著")
            work.named.append(number)
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
        self.works[-1].title, self.works[-1].line = title, number

    def _chapter(self, number: int, text: str) -> None:
        self.close()
        if text == self._chapter_above:
            self.desk.form([number], "export-form")  # some apps say it again over each highlight
            return
        self._chapter_above = text
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
        self._chapter_above = found["text"]
        self._slip = _Slip(page=found["page"], head=(number, found["text"]))

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
        if self._below or (self._leafed and self._leafed.above):
            ended = next((n for n, text in enumerate(texts) if apps.ENDED.search(text)), len(texts))
            return slip.words[ended + 1 :]
        return []

    def end(self) -> None:
        """Set what is open, and over each work who wrote it, unless its notes and the bibliography say so."""
        self.close()
        for work in self.works:
            if work.line:
                said = work.title if work.quoted else with_author(work.title, work.author, self.desk.text(work.line))
                why = "the author stands in the notes and in the bibliography; the rest is form"
                self.desk.rewrite(work.line, said, why)
            if work.quoted:
                self.desk.form(work.named, "export-author")
            for number in () if work.quoted else work.named:
                self.desk.rewrite(number, self.desk.text(number).strip("#*_ "), "the sign is only the file's form")
                self.desk.decide(number, Role.RUBRIC, "export-unquoted")

    def close(self) -> None:
        """Set the highlight that is open."""
        slip, self._slip = self._slip, None
        if slip is None or not slip.words or slip.note:
            return
        work = self.works[-1] if self.works else _Work()
        if slip.head is not None:  # only here is it known that there is a note for the page
            number, chapter = slip.head
            self.desk.rewrite(number, f"{chapter} {slip.page}", "the word for a page is set by the style")
            self.desk.part(number, chapter, slip.page, "the page stands in the note")
        if own := self._own(slip):
            self.desk.prose(own, "export-note", own=True)
            slip.words = [number for number in slip.words if number not in own]
        last = slip.words[-1]
        text, inside = self.desk.text(last), ""
        if behind := apps.BEHIND.search(text):
            said = behind["place"] or behind["more"] or ""
            page = re.match(r"(?:page|p\.)\s?(\d+(?:[-–]\d+)?)", said, re.IGNORECASE)
            slip.page = page[1] if page else slip.page
            slip.extra = (
                f"Location {behind['more']}" if behind["more"] else said if re.search(r"\d", said) and not page else ""
            )
            text, inside = text[: behind.start()], behind[0].strip()
        self.desk.prose(slip.words, "export-words")
        extra = "; ".join(part for part in (slip.extra, slip.when if self._details else "") if part)
        names, work.quoted = people(work.author), True
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
