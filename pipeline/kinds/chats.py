"""Chats: messages as programs of many sorts save them become turns, day by day.

Each message has its time and its sender before its words (WhatsApp, Signal, KakaoTalk, LINE, IRC, an export of Slack),
or on a line of its own above them (Telegram, Slack, Discord, Zoom, copied from the screen). The first message of a day
gets the day for a heading, the sender is the speaker, the time goes into the record, and so does what the program says
of itself (who joined, that all is encrypted); lines without a head go on with the message above, and stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.kinds.galley import Galley, styled
from pipeline.label.layout import columns, is_full
from pipeline.model import NEW_LINE, Claim, Copy, Line, Role, Style
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
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = (
    r"(?:\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?"
    rf"|\d{{1,2}}\.?[ -](?:de )?{_MONTH}[ -](?:de )?\d{{2,4}}(?:\s?г\.)?|{_MONTH} \d{{1,2}},? \d{{4}}"
    r"|[A-Z][a-z]{2} \d\d(?= \d\d:\d\d:))"
)
_HALF = r"(?:上午|下午|凌晨|晚上|中午|午前|午後|오전|오후)"
_TIME = rf"(?:{_HALF}\s?)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?[AaPp]\.?\s?[Mm]\.?|\s?Uhr|\s[صم](?!\w))?"
_CLOCK_HAND = re.compile(r"\d[:.]\d")  # every time has it; most lines of a book have not
_AT = r"(?:[,،]|\s(?:à|at|um|a las|às|alle|om|klo|kl\.?|в|о|u))?\s*"
_WEEKDAY = r"(?:\s?[(（]?[^\W\d_]{1,12}\.?[)）]?,?)?"
_HEAD = re.compile(
    rf"^(?P<mark>\[?)\s?(?:(?P<date>{_DATE}){_WEEKDAY}{_AT}[T ]?)?(?P<time>{_TIME})"
    r"(?(mark)(?:\s\|\s[^\]]{3,40})?\s?\]?)"
    r"(?:\s[-–—]\s|:\s|,\s|\s+)(?P<rest>\S.*)$"
)
_SENDER = re.compile(
    r"^(?:<[@+%&~ ]?(?P<nick>[^<>\s][^<>]{0,40})>\s?|(?P<name>[^:：\t]{1,60}?)\s?(?:[:：]\s+|[:：]$|\t))(?P<words>.*)$"
)
_NICK = re.compile(r"^<[@+%&~ ]?(?P<nick>[^<>\s]{1,40})>\s(?P<words>.*)$")
_BELOW = re.compile(rf"^\[?(?:(?P<date>{_DATE}){_WEEKDAY}{_AT})?(?P<time>{_TIME})\]?$")
_ACT = re.compile(r"^(?:\*\s|— )(?P<words>\S.*)$")
_NOTICE = re.compile(r"^(?:\*\*\*|-!-|---|==|<?-->?|-->|<--|→|←)\s?\S")
_ABOVE = re.compile(
    r"^(?P<name>[^\d\W][^\[\]:]{0,50}?)(?:,\s\[|,\s(?=\d)|\s\[|\s[—–-]\s|\s{2,}|\t|\s(?=\d{4}[-/年]))"
    rf"(?P<date>{_DATE})?{_AT}(?P<time>{_TIME})\]?:?$"
)
_POSTED = re.compile(
    rf"^(?:(?:Post(?:ed)?|Written|Beitrag|Geschrieben|Publié|Posté|Publicado|Escrito|Inviato|Сообщение)\s)?"
    rf"(?:by|von|par|por|da|от)?\s?(?P<name>[^\s»•·|:][^»•·|:]{{0,39}}?)\s(?:[»•·|]|on|am|le|el)\s"
    rf"(?:[^\W\d_]{{2,10}}\.?,?\s)?(?P<date>{_DATE}){_AT}(?P<time>{_TIME})$"
)  # of a forum
_TITLE_AGAIN = re.compile(r"^(?:Re|Aw|Sv|Rif|Odp)\s?:\s", re.IGNORECASE)  # above each contribution
_KAKAO = re.compile(rf"^\[(?P<name>[^\[\]]{{1,40}})\] \[(?P<time>{_TIME})\] (?P<words>.*)$")
_NAMED_TIME = re.compile(
    rf"^(?P<name>[^()\[\]:\d][^()\[\]:]{{0,39}}) [(\[](?P<date>{_DATE}){_AT}(?P<time>{_TIME})[)\]]\s?[:：]"
    r"\s*(?P<words>.*)$"
)  # "Ada (2021-05-03 10:11): Is the tide in?"
_TABBED = re.compile(rf"^(?P<time>{_TIME})\t(?P<name>[^\t]{{1,40}})\t(?P<words>.*)$")
_STATED = re.compile(
    r"^(?:now talking (?:on|in)\b|topic (?:for|is|set)\b|you are now known as\b"
    r"|\S+ (?:\S+ )?(?:has (?:joined|left|quit|changed the topic|set the topic)|is now known as|sets mode"
    r"|gives (?:channel|voice)|removes (?:channel|voice)|was kicked|joined|left|quit)\b)",
    re.IGNORECASE,
)  # by programs that have one sign for this and for what a sender does
_AGO = re.compile(
    r"^(?:\d{1,2}\s?(?:[a-z]{1,7}\.?\s)?ago|vor \d{1,2} \w+|il y a \d{1,2} \w+|hace \d{1,2} \w+|há \d{1,2} \w+"
    r"|\d{1,2} \w+ fa|\d{1,2} \w+ geleden|\d{1,2} \w+ назад)$"
)  # when something was written, as sites say it
_NAMED_AGO = re.compile(r"^(?P<name>\S{2,30}) (?:\d{1,2}|an?) [a-z]{3,7} ago(?: on \S+)?(?:\s[|·].*|\s\[.{1,3}\])*$")
_BULLETS = frozenset("•·|–-")
_CLOCK = re.compile(r" \d\d:\d\d:\d\d")
_DAY = re.compile(
    rf"^(?:[-–—=*_ ]*(?:Day changed (?:to )?|Log opened )?)(?P<date>{_DATE}{_WEEKDAY}|[^\W\d_]{{3,12}}[ ,]+{_DATE}"
    rf"|[^\W\d_]{{5,12}}, {_MONTH} \d{{1,2}}(?:st|nd|rd|th)(?:, \d{{4}})?"
    rf"|[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} \d{{1,2}}(?: \d{{2}}:\d{{2}}:\d{{2}})? \d{{4}})(?:\s[^\W\d_]{{2,12}})?"
    r"[-–—=*_ ]*$"
)
_FORM = re.compile(
    r"^(?:[-–—=*_]{3,}.*|\[LINE\].*|Saved on.*|保存日時.*|저장한 날짜.*"
    r"|(?:Guild|Channel|Topic): .*|Exported \d+ message.*"
    r"|\{(?:Attachments|Reactions|Stickers|Embed)\}|:[a-z][\w+-]*:(?:\s?\d+)?|\W{1,4} \(\d+\))$"
)
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
_TO_ALL = re.compile(r"^(?:From|Von|De|Da|Van|От)\s+(?P<name>\S.*?)\s+(?:to|an|à|a|para|aan|для)\s+\S.*$")
_RANK = re.compile(r"^[@+%&~]\s?(?=[^\W\d_])")  # of a sender: an operator, or one who is in nobody's address book
_FIELD = re.compile(r"^(?P<key>From|Type|Sent|Received|Attachment|Reaction|Edited|Quote|Conversation): (?P<value>.+)$")
_SENT = re.compile(r"^(?:[^\W\d_]{2,5},? )?\d{1,2} [^\W\d_]{3,9} \d{4}|^\d{4}-\d\d-\d\d")
_TELEPHONE = re.compile(r"\s*\(\+?[\d -]{5,}\)$")
_LISTED = re.compile(r"^[-*•·]\s+(?=\S)")  # on a telephone, a list
_GROUP = re.compile(
    r"(?:\bgroup|gruppe|groupe|grupo|gruppo|groep|групп\w*|grup\w*|群组|群組|グループ|그룹|المجموعة)\s?"
    r"[\"“„«「『‘'](?P<group>[^\"”“»」』’]{1,80})[\"”“»」』’]",
    re.IGNORECASE,
)  # that somebody has made, or given another name
_FEW = 3
_WHOLE = 0.6  # of the blocks are messages, where each is one
_NAME = 40  # characters
_MARKS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069 \t"  # of the direction in which a line runs
_LONGEST = 120  # characters; a name and a time are not longer
_RAGGED = 6  # columns; the right margin of wrapped text is ragged
_WRAPPED = 0.8  # of the lines with another below had no room for its first word
_MOST = 0.3  # of the lines open messages; the others go on with them


@dataclass(frozen=True, slots=True)
class _Message:
    """What a line opens. ``form``: head, above, nick or day; ``sender`` is empty where the program speaks."""

    form: str
    date: str
    sender: str
    words: str
    act: bool = False


def _messages(lines: Sequence[Line]) -> dict[int, _Message]:
    """Return what each line opens, by its number; a time by itself below a name is a ``form`` of its own: time."""
    filled = [line for line in lines if not line.blank]
    clocked = [
        line
        for line in filled
        if _CLOCK_HAND.search(line.text) or " ago" in line.text or _AGO.match(line.text.strip(_MARKS))
    ]
    if fields := _in_fields(filled) if clocked else {}:
        return fields
    if blocks := _in_blocks(lines) if clocked else {}:
        return blocks
    above = _names_above(clocked)
    found = {line.number: one for line in filled if (one := _message(line.text, above=above))}
    times = {line.number for line in clocked} | {line.number for line in filled if _AGO.match(line.text.strip(_MARKS))}
    filled = [line for line in filled if line.text.strip() not in _BULLETS]
    beside = sum(one.form == "above" for one in found.values()) >= _FEW - 1  # names have their times beside them
    for name, time in pairwise(filled):
        if time.number not in times:
            continue
        text, stamp = name.text.strip(_MARKS), time.text.strip(_MARKS)
        below = _BELOW.match(stamp) or _AGO.match(stamp)
        if below and beside:
            found.setdefault(time.number, _Message("time", "", "", ""))
        elif below and name.number not in found and len(text) <= _NAME and text[:1].isalpha() and ":" not in text:
            found[name.number] = _Message("above", "", text, "")
            found[time.number] = _Message("time", below.groupdict().get("date") or "", "", "")
    return found


def _in_fields(lines: Sequence[Line]) -> dict[int, _Message]:
    """Return what the lines open of a chat whose messages stand below fields: from whom, of what type, sent when."""
    found: dict[int, _Message] = {}
    n = 0
    while n < len(lines):
        end = n
        fields: dict[str, tuple[int, str]] = {}
        while end < len(lines) and (end == n or lines[end].number == lines[end - 1].number + 1):
            one = _FIELD.match(lines[end].text.strip(_MARKS))
            if one is None:
                break
            fields.setdefault(one["key"].casefold(), (end, one["value"]))
            end += 1
        if {"from", "sent", "type"} <= fields.keys():
            for line in lines[n:end]:
                found[line.number] = _Message("time", "", "", "")
            (first, sender), (at, sent) = fields["from"], fields["sent"]
            found[lines[first].number] = _Message("above", "", _TELEPHONE.sub("", sender), "")
            day = _SENT.match(sent)
            found[lines[at].number] = _Message("time", day[0] if day else "", "", "")
        n = max(end, n + 1)
    return found if sum(one.form == "above" for one in found.values()) >= _FEW - 1 else {}


def _in_blocks(lines: Sequence[Line]) -> dict[int, _Message]:
    """Return what the lines open of a chat whose messages stand apart: a name first, a time last (Messenger)."""
    blocks = [list(run) for blank, run in groupby(lines, key=lambda line: line.blank) if not blank]
    whole = [
        (block, time)
        for block in blocks
        if len(block) > 2 and (time := _BELOW.match(block[-1].text.strip(_MARKS))) and _is_sender(block[0].text)
    ]
    if len(whole) < max(_FEW, _WHOLE * len(blocks)):
        return {}
    found = {block[0].number: _Message("above", "", block[0].text.strip(_MARKS), "") for block, _ in whole}
    found |= {block[-1].number: _Message("time", time["date"] or "", "", "") for block, time in whole}
    return dict(sorted(found.items()))


def _is_sender(text: str) -> bool:
    """Tell whether a line can be a name and nothing else."""
    text = text.strip(_MARKS)
    return len(text) <= _NAME and text[:1].isalpha() and not re.search(r"[:.!?]$|:", text)


def _group(found: Mapping[int, _Message]) -> str:
    """Return the name of the group whose chat it is: somebody made it, or the program speaks in its name."""
    sent = [one for one in found.values() if one.form != "time"]
    made = (_GROUP.search(one.words) for one in sent if not one.sender)
    if named := next((one["group"].strip() for one in made if one), ""):
        return named
    first = next((one.sender for one in sent if _ENCRYPTED.search(one.words)), "")
    alone = first and sum(one.sender == first for one in sent) == 1
    return first if alone and len({one.sender for one in sent}) > _FEW - 1 else ""


def _message(text: str, *, above: bool) -> _Message | None:
    """Take a line apart that opens a message; ``above``: its words stand on the lines below (:func:`_names_above`)."""
    one = _taken_apart(text, above=above)
    if one is None or not one.sender:
        return one
    found = _TO_ALL.match(one.sender)
    return replace(one, sender=_RANK.sub("", found["name"] if found else one.sender).strip(_MARKS))


def _names_above(lines: Sequence[Line]) -> bool:
    """Tell whether the words stand below heads that have nothing but a time in brackets and a name (Discord)."""
    every = [found for line in lines if (found := _HEAD.match(line.text.strip()))]
    marked = [found for found in every if found["mark"]]
    heads = [found["rest"] for found in marked or (every if all(found["date"] for found in every) else [])]
    names = [
        rest for rest in heads if rest[0].isalnum() and not re.search(r"[:\t]|[.?!]$", rest) and len(rest) <= _NAME
    ]
    return len(heads) >= _FEW and 3 * len(names) >= 2 * len(heads)


def _taken_apart(text: str, *, above: bool) -> _Message | None:
    text = text.strip(_MARKS)
    timed = _CLOCK_HAND.search(text) is not None
    if timed and (found := _KAKAO.match(text) or _TABBED.match(text)):
        return _Message("head", "", found["name"], found["words"])
    if found := _NICK.match(text):
        return _Message("nick", "", found["nick"].strip(), found["words"])
    if len(text) < _LONGEST and text.find(" ago") > 0 and (found := _NAMED_AGO.match(text)):
        return _Message("above", "", found["name"], "")
    if not timed:
        return None
    if len(text) < _LONGEST and (found := _ABOVE.match(text) or _POSTED.match(text)) and not _BELOW.match(text):
        return _Message("above", found["date"] or "", found["name"].strip(), "")
    if timed and (found := _NAMED_TIME.match(text)):
        return _Message("head", found["date"], found["name"].strip(), found["words"])
    found = _HEAD.match(text)
    if found is None:
        return None
    date, rest = found["date"] or "", found["rest"].strip(_MARKS)
    if above and len(rest) <= _NAME:
        return _Message("above", date, rest, "")
    if _NOTICE.match(rest):
        return _Message("head", date, "", rest)
    if act := _ACT.match(rest):
        return _Message("head", date, "", act["words"], act=not _STATED.match(act["words"]))
    if sender := _SENDER.match(rest):
        return _Message("head", date, (sender["nick"] or sender["name"] or "").strip(), sender["words"])
    return _Message("head", date, "", rest)


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text in which messages open with a time and a sender, one after another."""
    filled = [line for line in lines if not line.blank]
    found = {number: one for number, one in _messages(lines).items() if one.form != "time"}
    sent = [one for one in found.values() if one.sender]
    senders = {one.sender for one in sent}
    if len(sent) < _FEW or len(found) < _MOST * len(filled) / (1 + any(one.form == "above" for one in sent)):
        return None
    dated = [one for one in found.values() if one.date]
    if len(senders) > 0.8 * len(sent) and len(sent) > _FEW and len(dated) < len(sent):
        return None  # a sender writes more than once
    reason = f"{len(sent)} messages of {len(senders)} senders, each with its time"
    days = len(dated) + sum(bool(_DAY.match(line.text.strip())) for line in filled)
    spoken = not days and all(one.form == "head" and not _NICK.match(one.words) for one in sent)
    opening = next(line.text for line in filled if line.number in found and found[line.number].sender)
    spoken = spoken or bool(_BEGINNING.search(opening))
    last = _last_of_chat(lines, max(number for number in _messages(lines)))
    return Claim(NAME, filled[0].number, last, 0.7 if spoken else 0.98, (reason,))


def _last_of_chat(lines: Sequence[Line], opened: int) -> int:
    """Return the last line of the chat: another text may begin below the last message, behind two blank lines."""
    tail = [line for line in lines if line.number >= opened]
    gap = next((n for n in range(1, len(tail) - 1) if tail[n].blank and tail[n + 1].blank), len(tail))
    blocks = [list(run) for blank, run in groupby(tail[gap:], key=lambda line: line.blank) if not blank]
    if len(blocks) < _FEW - 1:
        gap = len(tail)
    return max(line.number for line in tail[:gap] if not line.blank)


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a chat: a heading for each day, a turn for each message, lines as they were written; times on record."""
    galley = Galley()
    found = _messages(lines)
    width = _width(lines, found)
    day, open_, label_only, block = "", False, False, False
    last = ""  # the words right above, of the same message
    dated = 0  # the line with a time of its own that became the heading of a day
    for n, line in enumerate(lines):
        text, one = line.text.strip(_MARKS), found.get(line.number)
        block = (block and one is None and not line.blank) or bool(_BLOCK.match(text))
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
        elif _FORM.match(text) or text in _BULLETS or (_TITLE_AGAIN.match(text) and _opens(lines[n + 1 :], found)):
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


def _dated_below(lines: Sequence[Line], found: Mapping[int, _Message]) -> Line | None:
    """Return the line that says the day below who wrote, before the next message opens."""
    for line in lines:
        one = found.get(line.number)
        if one is not None and one.form != "time":
            return None
        if one is not None and one.date:
            return line
    return None


def _width(lines: Sequence[Line], found: Mapping[int, _Message]) -> int:
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
    return width - _RAGGED if len(rows) > _FEW and full >= _WRAPPED * len(rows) else 0


def _day(text: str, *, opens: bool) -> str:
    """Return the day that a line names for the messages below; ``opens``: a message stands right below it."""
    if found := _DAY.match(text):
        return found["date"]
    return text if opens and _RECENT.match(text) else ""


def _opens(lines: Sequence[Line], found: Mapping[int, _Message]) -> bool:
    """Tell whether the first line that is not blank opens a message."""
    return next((line.number in found for line in lines if not line.blank), False)


def _put(line: Line, one: _Message, day: str, galley: Galley) -> None:
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
