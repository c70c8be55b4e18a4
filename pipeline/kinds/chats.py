"""Chats: messages as programs of many sorts save them become turns, day by day.

Each message has its time and its sender before its words (WhatsApp, Signal, KakaoTalk, LINE, IRC, an export of Slack),
or on a line of its own above them (Telegram, Slack, Discord, Zoom, copied from the screen); or all of it is JSON
(:mod:`pipeline.kinds.threads`). The first message of a day
gets the day for a heading, the sender is the speaker, the time goes into the record, and so does what the program says
of itself (who joined, that all is encrypted); lines without a head go on with the message above, and stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from pipeline.kinds.galley import Galley, styled
from pipeline.kinds.messages import BIDI, BULLETS, DATE, FEW, MONTH, NICK, WEEKDAY, Message, messages_of
from pipeline.kinds.threads import set_thread, thread_of
from pipeline.label.layout import columns, is_full
from pipeline.model import NEW_LINE, Claim, Copy, Line, Role, Style
from pipeline.parts import ANSWER
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "messages of a chat"
WHY: Mapping[str, str] = {
    "message-opens": "A time and a sender stand before the words: a message.",
    "message-goes-on": "It stands below a message, without a time of its own: it goes on with it.",
    "message-system": "No sender stands before the words, or nobody wrote them: the program says it of itself.",
    "message-act": "What a sender did, in the form that programs have for it.",
    "message-day": "The day of the messages below.",
    "message-form": "It belongs to the form of the file.",
}
_CLOCK = re.compile(r" \d\d:\d\d:\d\d")
_DAY = re.compile(
    rf"^(?:[-–—=*_ ]*(?:Day changed (?:to )?|Log opened |Session (?:Start|Time): )?)"
    rf"(?P<date>{DATE}{WEEKDAY}|[^\W\d_]{{3,12}}[ ,]+{DATE}"
    rf"|[^\W\d_]{{5,12}}, {MONTH} \d{{1,2}}(?:st|nd|rd|th)(?:, \d{{4}})?"
    rf"|[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} \d{{1,2}}(?: \d{{2}}:\d{{2}}:\d{{2}})? \d{{4}})(?:\s[^\W\d_]{{2,12}})?"
    r"[-–—=*_ ]*$"
)
_FORM = re.compile(
    r"^(?:[-–—=*_]{3,}.*|\[LINE\].*|Session (?:Start|Ident|Close|Time)\b.*|Saved on.*|保存日時.*|저장한 날짜.*"
    r"|(?:Guild|Channel|Topic): .*|Exported \d+ message.*"
    r"|\{(?:Attachments|Reactions|Stickers|Embed)\}|:[a-z][\w+-]*:(?:\s?\d+)?|\W{1,4} \(\d+\))$"
)
_SUMMED = re.compile(r"^(?:SUMMARY KEYWORDS|SPEAKERS)$")  # what a transcribing program heard, over what was said
_BEGINNING = re.compile(r"(?<![\d:.,-])(?:0{1,2}:)?0?[0-2]:[0-5]\d(?![\d:.]|\s?[AaPp]\.?[Mm])")  # of a recording
_RECENT = re.compile(
    r"^(?:today|yesterday|heute|gestern|aujourd['’]hui|hier|hoy|ayer|oggi|ieri|hoje|ontem|vandaag|gisteren|сегодня|вчера"
    r"|dzisiaj|wczoraj|bugün|dün|今天|昨天|今日|昨日|오늘|어제)$",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"^\{Reactions\}$")  # and what stands below it
_OMITTED = re.compile(
    r"^(?:<[^<>]{3,60}>|\[ ?[^\[\]]{3,40} ?\]|.{2,25} (?:omitted|weggelassen|omis[e]?|absente?|omitid[oa]|omess[oa]"
    r"|weggelaten|pominięt[oya]|не показан\w*|пропущен\w*)|(?:This message was|You) deleted(?: this message)?\.?"
    r"|(?:Diese Nachricht wurde|Du hast diese Nachricht) gelöscht\.?|Ce message a été supprimé\.?"
    r"|Se eliminó este mensaje\.?"
    r"|Eliminaste este mensaje\.?|Questo messaggio è stato eliminato\.?|Mensagem apagada|Данное сообщение удалено\.?"
    r"|(?:\S+ ){0,3}\S+\.\w{2,5} \([^()\d]{5,30}\)"
    r"|Missed (?:voice|video|group).* call.*|(?:Verpasster|Entgangener) .*anruf.*)$",
    re.IGNORECASE,
)  # something was sent, and the program says in place of it what
_ENCRYPTED = re.compile(
    r"\bend-to-end|ende-zu-ende|de bout en bout|de extremo a extremo|de ponta a ponta|end-to-end|eind-tot-eind"
    r"|сквозн\w+ шифр|uçtan uca|od końca do końca|端到端|端對端|エンドツーエンド|종단간",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s*(?:<[^<>]{0,40}(?:edited|bearbeitet|modifié|editad|modificat|изменено|已编辑)[^<>]{0,20}>|\(edited\))$"
)
_LISTED = re.compile(r"^[-*•·]\s+(?=\S)")  # on a telephone, a list
_GROUP = re.compile(
    r"(?:\bgroup|gruppe|groupe|grupo|gruppo|groep|групп\w*|grup\w*|群组|群組|グループ|그룹|المجموعة)\s?"
    r"[\"“„«「『‘'](?P<group>[^\"”“»」』’]{1,80})[\"”“»」』’]",
    re.IGNORECASE,
)  # that somebody has made, or given another name
_RAGGED = 6  # columns; the right margin of wrapped text is ragged
_WRAPPED = 0.8  # of the lines with another below had no room for its first word
_MOST = 0.3  # of the lines open messages; the others go on with them


def _group(found: Mapping[int, Message]) -> str:
    """Return the name of the group whose chat it is: somebody made it, or the program speaks in its name."""
    sent = [one for one in found.values() if one.form != "time"]
    made = (_GROUP.search(one.words) for one in sent if not one.sender)
    if named := next((one["group"].strip() for one in made if one), ""):
        return named
    first = next((one.sender for one in sent if _ENCRYPTED.search(one.words)), "")
    alone = first and sum(one.sender == first for one in sent) == 1
    return first if alone and len({one.sender for one in sent}) > FEW - 1 else ""


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text in which messages open with a time and a sender, one after another; or a file of them as JSON."""
    filled = [line for line in lines if not line.blank]
    if thread := thread_of(lines):
        senders = {one.sender for one in thread.messages}
        reason = f"{len(thread.messages)} messages of {len(senders)} senders, each with its time"
        return Claim(NAME, filled[0].number, filled[-1].number, 1.0, (reason,))
    found = {number: one for number, one in messages_of(lines).items() if one.form != "time"}
    sent = [one for one in found.values() if one.sender]
    senders = {one.sender for one in sent}
    acts = sum(one.act for one in found.values()) if len(senders) > 1 else 0
    if len(sent) + acts < FEW or len(found) < _MOST * len(filled) / (1 + any(one.form == "above" for one in sent)):
        return None
    dated = [one for one in found.values() if one.date]
    if len(senders) > 0.8 * len(sent) and len(sent) > FEW and len(dated) < len(sent):
        return None  # a sender writes more than once
    once = len(senders) == len(sent) >= FEW and not dated
    if once and all(one.form == "head" for one in sent):
        return None  # a programme of the day: what is at which time
    words = [one.words.casefold() for one in sent]
    if not dated and 2 * len(set(words)) <= len(words) and all(word.isalnum() for word in words):
        return None  # a timetable: "08:05 Kestle: depart"
    reason = f"{len(sent)} messages of {len(senders)} senders, each with its time"
    days = len(dated) + sum(bool(_DAY.match(line.text.strip())) for line in filled)
    spoken = not days and all(one.form == "head" and not NICK.match(one.words) for one in sent)
    opening = next(line.text for line in filled if line.number in found and found[line.number].sender)
    spoken = spoken or bool(_BEGINNING.search(opening))
    last = _last_of_chat(lines, max(number for number in messages_of(lines)))
    return Claim(NAME, filled[0].number, last, 0.7 if spoken else 0.98, (reason,))


def _last_of_chat(lines: Sequence[Line], opened: int) -> int:
    """Return the last line of the chat: another text may begin below the last message, behind two blank lines."""
    tail = [line for line in lines if line.number >= opened]
    gap = next((n for n in range(1, len(tail) - 1) if tail[n].blank and tail[n + 1].blank), len(tail))
    blocks = [list(run) for blank, run in groupby(tail[gap:], key=lambda line: line.blank) if not blank]
    if len(blocks) < FEW - 1:
        gap = len(tail)
    return max(line.number for line in tail[:gap] if not line.blank)


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a chat: a heading for each day, a turn for each message, lines as they were written; times on record."""
    if thread := thread_of(lines):
        return set_thread(lines, thread)
    galley = Galley()
    found = messages_of(lines)
    width = _width(lines, found)
    day, open_, label_only, block = "", False, False, False
    last = ""  # the words right above, of the same message
    dated = 0  # the line with a time of its own that became the heading of a day
    for n, line in enumerate(lines):
        text, one = line.text.strip(BIDI), found.get(line.number)
        begins = _BLOCK.match(text) or _SUMMED.match(text)
        block = (block and one is None and not line.blank) or begins is not None
        if line.blank:
            galley.blank(line)
            last = ""
        elif block:
            galley.aside(line, "message-form", "the form of the file")
        elif one is None and (date := _day(text, opens=_opens(lines[n + 1 :], found) and not label_only)):
            if date != day:
                day = date
                shown = _CLOCK.sub("", day)
                galley.put(line, Role.HEADING, "message-day", shown, level=2, why="the form of the file")
            else:
                galley.aside(line, "message-form", "the day stands above")
            open_ = False
        elif one and one.form == "time":
            if line.number != dated:
                galley.aside(line, "message-form", "the time of a message")
        elif one and (not (one.sender or one.act) or _ENCRYPTED.search(one.words)):
            galley.aside(line, "message-system", "the program says it of itself")
            open_ = False
        elif one:
            fresh = bool(one.date) and not f"{day} ".startswith(f"{one.date} ")  # it may stand above, with its weekday
            if fresh:
                day = one.date
                galley.heads[line.number] = day
            elif (below := _dated_below(lines[n + 1 :], found)) and found[below.number].date != day:
                day, dated = found[below.number].date, below.number
                galley.put(below, Role.HEADING, "message-day", day, level=2, why="the time of a message")
            _put(line, one, day if fresh else "", galley)
            label_only, open_, last = not one.words, True, text
        elif _FORM.match(text) or text in BULLETS or (ANSWER.match(text) and _opens(lines[n + 1 :], found)):
            galley.aside(line, "message-form", "the form of the file")
        elif not open_:
            role = Role.TITLE if not galley.decisions else Role.PARAGRAPH
            galley.put(line, role, "message-form")
        else:
            full = bool(last and width and is_full(last, text, width))
            joined = label_only or bool(last)
            words = _LISTED.sub("– ", _EDITED.sub("", text))
            words = styled(words, Style.STAGE) if _OMITTED.match(words) else words
            words = NEW_LINE + words if joined and not (label_only or full) else words
            why = "the program's own word"
            level = 0 if label_only else 1
            galley.put(line, Role.DIALOGUE, "message-goes-on", words, why=why, joined=joined, level=level)
            label_only, last = False, text
    return galley.copy(_group(found))


def _dated_below(lines: Sequence[Line], found: Mapping[int, Message]) -> Line | None:
    """Return the line that says the day below who wrote, before the next message opens."""
    for line in lines:
        one = found.get(line.number)
        if one is not None and one.form != "time":
            return None
        if one is not None and one.date:
            return line
    return None


def _width(lines: Sequence[Line], found: Mapping[int, Message]) -> int:
    """Return the columns at which a program wrapped the lines of messages; 0 where they end as their senders wanted."""
    rows = [
        (above.text.rstrip(), line.text.strip())
        for above, line in pairwise(lines)
        if not (
            above.blank
            or line.blank
            or line.number in found
            or (above.number in found and not found[above.number].words)
        )
    ]
    width = max((columns(above) for above, _ in rows), default=0)
    full = sum(is_full(above, text, width - _RAGGED) for above, text in rows)
    return width - _RAGGED if len(rows) > FEW and full >= _WRAPPED * len(rows) else 0


def _day(text: str, *, opens: bool) -> str:
    """Return the day that a line names for the messages below; ``opens``: a message stands right below it."""
    if found := _DAY.match(text):
        return found["date"]
    return text if opens and _RECENT.match(text) else ""


def _opens(lines: Sequence[Line], found: Mapping[int, Message]) -> bool:
    """Tell whether the first line that is not blank opens a message."""
    return next((line.number in found for line in lines if not line.blank), False)


def _put(line: Line, one: Message, day: str, galley: Galley) -> None:
    """Put a message into the book; ``day``: the words of the heading that stands before it."""
    why = "the time of a message"
    if one.sender:
        words = _EDITED.sub("", one.words)
        words = styled(words, Style.STAGE) if _OMITTED.match(words) else words
        text = f"{styled(one.sender + ':', Style.SPEAKER)} {words}".strip()
        role, rule = Role.DIALOGUE, "message-opens"
    else:
        text = one.words
        role, rule = Role.STAGE, "message-act"
    galley.put(line, role, rule, text, why=why, said=f"{day} {text}")
