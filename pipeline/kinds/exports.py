"""Exports: what reading apps write when they are asked for one's highlights and notes of a book.

Moon+ Reader, WeRead, KOReader, Google Play Books, Readwise, Kindle's notebook, Instapaper and their like begin with the
work's title and author and some words of their own; then come highlights under a sign, or below a line that says where
they stand, under the headings of chapters; and notes that belong to the highlight above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.kinds.attribution import people
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import about
from pipeline.model import ChangeKind, Claim, Copy, Fields, Line, Role
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
LEAVES = {"export-form": ChangeKind.SET_ASIDE, "export-author": ChangeKind.LISTED}
_COUNTED = re.compile(
    r"^(?P<title>.+?)(?:\s+[-–—]\s+(?P<author>[^-–—]+?))?\s*[(（][^\W\d]+\s?[:：]\s?\d+(?:[;；,]\s?[^\W\d]+\s?[:：]\s?\d+)*[)）]$"
)
_BOOK_MARKS = re.compile(r"^《(?P<title>[^《》]+)》(?P<author>[^《》]*)$")
_LINKED = re.compile(r"^#\s+\[(?P<title>[^\]]+)\]\((?P<address>\S+)\)$")
_NAMED = re.compile(
    r"^(?:[-*]\s+)?(?:\*\*)?(?P<key>(?:full |book )?title|authors?|by|作者|书名|titel|titre|título|titolo"
    r"|autore?|auteur|автор|название)"
    r"(?:\*\*)?\s*[:：]\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^(?:this document is overwritten|your kindle notes for|last accessed|\d+ highlight\(s\)"
    r"|you should make a copy|created by\b|last (?:synced|annotated|read)|you have \d+"
    r"|\d+\s?(?:notes?|highlights?|annotations?|passages?|条笔记|個筆記|条划线)\b.*|\d+\s?个笔记"
    r"|.*\b(?:apple books|ibooks)\.?$|this material may be protected|-+\s?来自微信读书"
    r"|notebook (?:for|export)|notes from|all excerpts from|citation \((?:apa|mla|chicago)"
    r"|export(?:ed)? (?:date|from|on)\b|generated (?:at|on|by)\b|#+ (?:metadata|highlights|notes|annotations)\b"
    r"|[-*] (?:category|url|source|document tags?|tags?|summary|published|updated)\s?:"
    r"|tags?\s?:|colou?r\s?:|highlight count|(?:\[source\]|\[link\])\(|!\[.*\]\(.*\)|https?://\S+$|_{5,}|[-=*~─━—]{3,}|(?:-=)+-?$)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"^(?:[◆◇■]\s*|#{2,4}\s+)(?P<text>\S.*)$")
_SIGN = re.compile(r"^(?:[▪▫•●○‣·]|>{1,2}|[-*+](?=\s)|(?:highlight|原文)\s*[:：])\s*(?P<text>\S.*)$", re.IGNORECASE)
_DIAMOND = re.compile(r"^◆\s*(?P<text>\S.*)$")
_THOUGHT = re.compile(r"^◆\s*\d{4}\D\d{1,2}\D\d{1,2}.{0,3}(?:发表想法|發表想法)")
_NOTE = re.compile(
    r"^\s*(?:[-*]\s+)?(?:\*\*)?(?P<label>(?:my |your )?notes?|notiz|remarque|nota|notitie|заметка|комментарий"
    r"|notatka|not|想法|笔记|点评|批注|メモ|메모)(?:\*\*)?\s*[:：]\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:#{2,4}\s+|--\s+)?(?:(?:yellow |blue |pink |orange |red |green )?"
    r"(?P<kind>highlight|note|bookmark|markierung|notiz|surlignement|subrayado|evidenziazione|destaque)"
    r"\s?(?:\([^)]*\))?\s?[-–—:|]\s?.*\d.*|page:?\s\d+\s?(?:@|,\s?added|\|).*|p(?:age|\.)\s\d+|"
    r"(?:seite|página|pagina|стр\.|страница|strona|第)\s?\d+.{0,3})$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:\b(?:page|seite|página|pagina|p|стр|страница|strona)\b[.:]?|第)\s*(?P<page>\d+(?:[-–]\d+)?|[ivxlc]+\b)", re.I
)
_LOCATION = re.compile(r"\b(?P<place>(?:location|loc\.|position):?\s+\d+(?:[-–]\d+)?)", re.I)
_BEHIND = re.compile(
    r"\s*(?:\(\[?(?P<place>(?:Location|View Highlight|Page|loc\.)[^\])]*)\]?(?:\([^)]*\))?\)"
    r"|Read more at location (?P<more>\d+).*)$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^(?:[^\W\d_]{3,10}\.?,?\s)?(?:[^\W\d_]{3,10}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?\s(?:de\s)?\d{4}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?:[,\s]+\d{1,2}:\d\d.*)?$"
)
_ASIDE = re.compile(r"(?<=[.!?…。”\"])\s+(?P<aside>\((?P<note>[^()]+)\))$")
_STRONG = (_COUNTED, _LINKED)
_TELLING = re.compile(
    r"overwritten when you make changes in play books|^\d+ notes/highlights|^\d+\s?个笔记|来自微信读书|^## metadata$"
    r"|^-- page: \d+, added on|^#+ page \d+ @|^notebook (?:for|export)|^highlight\s?\([a-z]+\)|read more at location \d"
    r"|^your kindle notes for|^(?:yellow|blue|pink|orange|red|green) highlight\b.*\||^\d+ highlight\(s\)|^highlight:\s"
    r"|^notes from$|^all excerpts from|you have \d+ highlighted|generated .* by (?:koreader|kohighlights)"
    r"|^exported from|^highlights? from\b",
    re.IGNORECASE,
)
_AUTHORED = re.compile(r"^(?:#{5}\s+|by\s+|von\s+|par\s+|(?:[-*]\s+)?(?:\*\*)?authors?(?:\*\*)?:)\s*\S", re.IGNORECASE)
_APP = 120  # characters; an app's own lines are short
_FIRST = 15  # lines; an app says at the top whose the file is
_SHARE = 0.1  # of the lines are the app's, or it says so at the top
_HEAD = 80  # characters; no title, author or chapter without a sign is longer
_ENDED = re.compile(r"[.!?…。！？][\"”»’')\]]*$")


@dataclass(slots=True)
class _Work:
    title: str = ""
    author: str = ""
    chapters: int = 0


@dataclass(slots=True)
class _Slip:
    """A highlight on its way: its lines, the line that says where it stands, and what that says."""

    words: list[int] = field(default_factory=list)
    source: int | None = None
    text: str = ""
    page: str = ""
    extra: str = ""
    note: bool = False


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if an app has left its words in it, and there are signs of highlights."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < 2:
        return None
    told = [line for line in filled if len(line.text) < _APP and _TELLING.search(line.text.strip())]
    signs = sum(bool(re.match(r"\s*(?:[▪◆]|>{1,2}\s)", line.text)) for line in filled)
    if not any(line in told for line in filled[:_FIRST]) and len(told) + signs < _SHARE * len(filled):
        told = []
    if signs:
        told += [line for line in filled[:3] if any(pattern.match(line.text.strip()) for pattern in _STRONG)]
    head = [line.text.strip() for line in filled[:2]]
    named = bool(_BOOK_MARKS.match(head[0]) or (head[0].startswith("# ") and _AUTHORED.match(head[1])))
    if not told and not (signs >= 2 and named):
        return None
    words = told[0].text.strip()[:40] if told else filled[0].text.strip()[:40]
    reason = f"the app's words (“{words}”), and {signs} signs of chapters and highlights"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.96, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read highlights and notes, chapter by chapter."""
    reader = _Reader(lines)
    for n, line in enumerate(lines):
        if not line.blank:
            reader.line(n, line)
    reader.close()
    desk = reader.desk
    desk.form((line.number for line in lines if not desk.decided(line.number)), "export-form")
    single = len(reader.works) == 1
    work = reader.works[0] if single else _Work()
    return desk.copy(title=work.title, authors=(work.author,) if work.author else ())


class _Reader:
    """Reads an export from top to bottom."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.desk = Desk(lines)
        self.works: list[_Work] = []
        self._lines = lines
        self._slip: _Slip | None = None
        self._above = 0  # the number of the filled line before
        texts = [line.text.strip() for line in lines if not line.blank]
        self._signed = sum(bool(_SIGN.match(text)) for text in texts) >= 2 or any(_PLACE.match(text) for text in texts)
        marks = sum(bool(_SIGN.match(text)) and not text.startswith("原文") for text in texts)
        self._diamonds = not marks and sum(text.startswith("◆") for text in texts) > 1
        self._placed = any(_PLACE.match(text) for text in texts)
        self._counted = any(_COUNTED.match(text) for text in texts[:3]) or any(text.startswith("▪") for text in texts)

    def line(self, n: int, line: Line) -> None:
        """Take one line."""
        text = line.text.strip()
        number = line.number
        adjacent = self._above == number - 1
        self._above = number
        if self._head(number, text):
            return
        if _THOUGHT.match(text) or re.fullmatch(r"notes?:", text, re.IGNORECASE):
            self.close()
            self.desk.rewrite(number, text.lstrip("◆ "), "the sign of a note is only the file's form")
            self.desk.decide(number, Role.RUBRIC, "export-note")
            self._slip = _Slip(note=True)
            return
        if _NOTE.match(line.text):
            self.close()
            self.desk.rewrite(number, re.sub(r"^[-*]\s+", "", text), "the sign of a list is only the file's form")
            self.desk.prose([number], "export-note", own=True)
            self._slip = _Slip([number], note=True)
            return
        if _PLACE.match(text):
            self.close()
            self._place(number, text)
            return
        if _FORM.match(text.replace("**", "")):
            self.desk.form([number], "export-form")
            if re.match(r"-{3,}$", text) and self._placed and self._slip is not None and self._slip.words:
                self.close()
                self._slip = _Slip(note=True)  # below a rule stands the note on the highlight above
            return
        if self._diamonds and (diamond := _DIAMOND.match(text)):
            self.close()
            self.desk.rewrite(number, diamond["text"], "the sign of a highlight is only the file's form")
            self._words(number)
            return
        if chapter := _CHAPTER.match(text):
            self._chapter(number, chapter["text"])
            return
        if _DATE.match(text) or re.fullmatch(r"\d{1,4}", text):
            self._behind(number, text)
            return
        if sign := _SIGN.match(text):
            if self._slip is None or self._slip.words or self._slip.note:
                self.close()
                self._slip = _Slip()
            self.desk.rewrite(number, sign["text"], "the sign of a highlight is only the file's form")
            self._words(number)
            return
        self._plain(n, number, text, adjacent)

    def _plain(self, n: int, number: int, text: str, adjacent: bool) -> None:
        slip = self._slip
        if slip is not None and slip.note and (adjacent or not slip.words):
            self.desk.prose([number], "export-note", own=True)
            slip.words.append(number)
        elif (
            slip is not None and not slip.note and (adjacent or (self._signed and not self._diamonds) or not slip.words)
        ):
            self._words(number)
        elif (
            len(text) < _HEAD
            and not _BEHIND.search(text)
            and not _ENDED.search(text)
            and text[0] not in '"“„«「'
            and self._more(n)
        ):
            self._chapter(number, text)
        else:
            self.close()
            self._slip = _Slip()
            self._words(number)

    def _more(self, n: int) -> bool:
        return any(not line.blank for line in self._lines[n + 1 : n + 4])

    def _head(self, number: int, text: str) -> bool:
        """Take a line that names the work or its author."""
        found = _COUNTED.match(text) or _BOOK_MARKS.match(text) or _LINKED.match(text)
        if found is None and re.match(r"#\s+\S", text):
            found = re.match(r"#\s+(?P<title>.+?)(?:\s+by\s+(?P<author>[^\W\d_a-z].*))?$", text)
        if found and len(text) < 2 * _HEAD:
            groups = found.groupdict()
            self._title(number, groups["title"].strip(), (groups.get("author") or "").strip())
            return True
        work = self.works[-1] if self.works else None
        if named := _NAMED.match(text):
            value = named["value"].strip("[]* ")
            if re.search(r"tit|书名|назв", named["key"], re.IGNORECASE):
                if work is None:
                    self.close()
                    self.works.append(_Work(value))
                    self.desk.decide(number, Role.TITLE, "export-title")
                    self.desk.rewrite(number, value, "the label is only the file's form")
                else:
                    self.desk.form([number], "export-author")
                return True
            if work is not None and not work.author:
                work.author = value
            self.desk.form([number], "export-author")
            return True
        if work is None and not _FORM.match(text) and not _PLACE.match(text) and not _SIGN.match(text):
            self._title(number, text, "")
            return True
        started = self._slip is not None or (work is not None and work.chapters)
        name = re.match(r"^(?:#{5}\s+|by\s+|von\s+|par\s+|作者[:：]?\s*)?(?P<name>[^\W\d][^\d:◆▪>#]{1,60})$", text)
        if work is not None and not work.author and not started and name and not _FORM.match(text):
            work.author = name["name"].strip().removesuffix(" 著")
            self.desk.form([number], "export-author")
            return True
        return False

    def _title(self, number: int, title: str, author: str) -> None:
        self.close()
        self.works.append(_Work(title, author))
        self.desk.decide(number, Role.TITLE, "export-title")
        self.desk.rewrite(number, title, "the author stands in the notes and in the bibliography; the rest is form")

    def _chapter(self, number: int, text: str) -> None:
        self.close()
        self.desk.decide(number, Role.HEADING, "export-chapter", level=2)
        self.desk.rewrite(number, text, "the sign of a chapter is only the file's form")
        if self.works:
            self.works[-1].chapters += 1

    def _place(self, number: int, text: str) -> None:
        """Take a line that says where the highlight below it stands; or the note, or that there is a bookmark."""
        said = about(f"- {text}") if "|" in text else None
        kind = _PLACE.match(text)
        page, place = _PAGE.search(text), _LOCATION.search(text)
        word = (kind["kind"] or "").casefold() if kind else ""
        slip = _Slip(
            source=number,
            text=text,
            page=page["page"] if page else "",
            extra=place["place"] if place and not page else "",
        )
        slip.note = word in ("note", "notiz") or (said is not None and said.kind == "note")
        if slip.note:
            self.desk.decide(number, Role.RUBRIC, "export-place")
            slip.source = None
        elif word == "bookmark":
            self.desk.form([number], "export-form")
            return
        else:
            self.desk.form([number], "export-form")  # until the words below it come
        self._slip = slip

    def _behind(self, number: int, text: str) -> None:
        """Take a date or a page that stands below the words."""
        slip = self._slip
        if slip is not None and slip.words and not slip.note and text.isdigit() and slip.source is None:
            slip.source, slip.text, slip.page = number, text, text
        self.desk.form([number], "export-form")
        self._above = 0  # what follows is another highlight

    def _words(self, number: int) -> None:
        if self._slip is None:
            self._slip = _Slip()
        self._slip.words.append(number)

    def close(self) -> None:
        """Set the highlight that is open."""
        slip, self._slip = self._slip, None
        if slip is None or not slip.words or slip.note:
            return
        work = self.works[-1] if self.works else _Work()
        last = slip.words[-1]
        text, inside = self.desk.text(last), ""
        if behind := _BEHIND.search(text):
            said = behind["place"] or behind["more"] or ""
            page = re.match(r"page (\d+)", said, re.IGNORECASE)
            slip.page = page[1] if page else slip.page
            slip.extra = (
                f"Location {behind['more']}" if behind["more"] else said if re.search(r"\d", said) and not page else ""
            )
            text, inside = text[: behind.start()], behind[0].strip()
        elif self._counted and (aside := _ASIDE.search(text)):
            slip.extra = aside["aside"]
            text, inside = text[: aside.start()], aside["aside"]
        self.desk.prose(slip.words, "export-words")
        fields = Fields(author=people(work.author), title=work.title, locator=slip.page, extra=slip.extra)
        if slip.source is not None and not inside:
            self.desk.source([slip.source], "export-place")
            self.desk.cite(slip.words, fields, slip.text, slip.source)
        else:
            self.desk.cut(last, text)
            self.desk.cite(slip.words, fields, inside)
