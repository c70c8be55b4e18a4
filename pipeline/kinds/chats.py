"""Chats: messages as programs of many sorts save them become turns, day by day.

Each message has its time and its sender before its words (WhatsApp, Signal, KakaoTalk, LINE, IRC, an export of Slack),
or on a line of its own above them (Telegram, Slack, Discord, copied from the screen). The first message of a day gets
the day for a heading, the sender is the speaker, the time goes into the record, lines without a head go on with the
message above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.kinds.galley import Galley, styled
from pipeline.model import Claim, Copy, Line, Role, Style
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "messages of a chat"
WHY: Mapping[str, str] = {
    "message-opens": "A time and a sender stand before the words: a message.",
    "message-goes-on": "It stands below a message, without a time of its own: it goes on with it.",
    "message-system": "A time stands before the words, and no sender: the program says it.",
    "message-act": "What a sender did, in the form that programs have for it.",
    "message-day": "The day of the messages below.",
    "message-form": "It belongs to the form of the file.",
}
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = (
    r"(?:\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?"
    rf"|\d{{1,2}}[ -]{_MONTH}[ -]\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}})"
)
_HALF = r"(?:上午|下午|凌晨|晚上|中午|午前|午後|오전|오후)"
_TIME = rf"(?:{_HALF}\s?)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?[AaPp]\.?\s?[Mm]\.?|\s?Uhr)?"
_AT = r"(?:,|\s(?:à|at|um|a las|às|alle|om|klo|kl\.?|в|о|u))?\s*"
_WEEKDAY = r"(?:\s?[(（]?[^\W\d_]{1,12}\.?[)）]?,?)?"
_HEAD = re.compile(
    rf"^(?P<mark>\[?)(?:(?P<date>{_DATE}){_WEEKDAY}{_AT}[T ]?)?(?P<time>{_TIME})(?(mark)\]?)"
    r"(?:\s[-–—]\s|:\s|\s+)(?P<rest>\S.*)$"
)
_SENDER = re.compile(
    r"^(?:<[@+%&~ ]?(?P<nick>[^<>\s][^<>]{0,40})>\s?|(?P<name>[^:：\t]{1,60}?)\s?(?:[:：]\s+|[:：]$|\t))(?P<words>.*)$"
)
_NICK = re.compile(r"^<[@+%&~ ]?(?P<nick>[^<>\s]{1,40})>\s(?P<words>.*)$")
_ACT = re.compile(r"^(?:\*\s|— )(?P<words>\S.*)$")
_NOTICE = re.compile(r"^(?:\*\*\*|-!-|---|==|<?-->?|-->|<--|→|←)\s?\S")
_ABOVE = re.compile(
    r"^(?P<name>[^\d\W][^\[\]:]{0,50}?)(?:,\s\[|\s\[|\s[—–-]\s|\s{2,}|\t)"
    rf"(?P<date>{_DATE})?{_AT}(?P<time>{_TIME})\]?:?$"
)
_KAKAO = re.compile(rf"^\[(?P<name>[^\[\]]{{1,40}})\] \[(?P<time>{_TIME})\] (?P<words>.*)$")
_TABBED = re.compile(rf"^(?P<time>{_TIME})\t(?P<name>[^\t]{{1,40}})\t(?P<words>.*)$")
_DAY = re.compile(
    rf"^(?:[-–—=*_ ]*(?:Day changed (?:to )?|Log opened )?)(?P<date>{_DATE}{_WEEKDAY}|[^\W\d_]{{3,12}}[ ,]+{_DATE}"
    rf"|[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} \d{{1,2}}(?: \d{{2}}:\d{{2}}:\d{{2}})? \d{{4}})(?:\s[^\W\d_]{{2,12}})?"
    r"[-–—=*_ ]*$"
)
_FORM = re.compile(r"^(?:[-–—=*_]{3,}.*|\[LINE\].*|Saved on.*|保存日時.*|저장한 날짜.*)$")
_LEFT_OUT = re.compile(r"^<[^<>]{3,60}>$")  # "<Media omitted>"
_FEW = 3
_MOST = 0.3  # of the lines open messages; the others go on with them


@dataclass(frozen=True, slots=True)
class _Message:
    """What a line opens. ``form``: head, above, nick or day; ``sender`` is empty where the program speaks."""

    form: str
    date: str
    sender: str
    words: str
    act: bool = False


def _message(text: str) -> _Message | None:
    """Take a line apart that opens a message."""
    text = text.strip()
    if found := _KAKAO.match(text) or _TABBED.match(text):
        return _Message("head", "", found["name"], found["words"])
    if found := _NICK.match(text):
        return _Message("nick", "", found["nick"].strip(), found["words"])
    if found := _ABOVE.match(text):
        return _Message("above", found["date"] or "", found["name"].strip(), "")
    found = _HEAD.match(text)
    if found is None:
        return None
    date, rest = found["date"] or "", found["rest"]
    if _NOTICE.match(rest):
        return _Message("head", date, "", rest)
    if act := _ACT.match(rest):
        return _Message("head", date, "", act["words"], act=True)
    if sender := _SENDER.match(rest):
        return _Message("head", date, (sender["nick"] or sender["name"] or "").strip(), sender["words"])
    return _Message("head", date, "", rest)


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text in which messages open with a time and a sender, one after another."""
    filled = [line for line in lines if not line.blank]
    found = {line.number: one for line in filled if (one := _message(line.text))}
    sent = [one for one in found.values() if one.sender]
    senders = {one.sender for one in sent}
    if len(sent) < _FEW or len(found) < _MOST * len(filled) / (1 + any(one.form == "above" for one in sent)):
        return None
    dated = [one for one in found.values() if one.date]
    if len(senders) > 0.8 * len(sent) and len(sent) > _FEW and len(dated) < len(sent):
        return None  # a sender writes more than once
    reason = f"{len(sent)} messages of {len(senders)} senders, each with its time"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.95, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a chat: a heading for each day, a turn for each message; times on record."""
    galley = Galley()
    day, open_, label_only, above = "", False, False, 0
    for line in lines:
        text = line.text.strip()
        if line.blank:
            galley.blank(line)
            continue
        one = _message(text)
        if one is None and (found := _DAY.match(text)):
            if found["date"] != day:
                galley.put(line, Role.HEADING, "message-day", found["date"], level=2, why="the form of the file")
                day = found["date"]
            else:
                galley.aside(line, "message-form", "the day stands above")
            open_ = False
        elif one:
            fresh = bool(one.date) and one.date != day
            if fresh:
                day = one.date
                galley.heads[line.number] = day
            _put(line, one, day if fresh else "", galley)
            label_only, open_, above = not one.words, True, line.number
        elif _FORM.match(text):
            galley.aside(line, "message-form", "the form of the file")
        elif not open_:
            role = Role.TITLE if not galley.decisions else Role.PARAGRAPH
            galley.put(line, role, "message-form")
        else:
            joined = label_only or line.number == above + 1
            galley.put(line, Role.DIALOGUE, "message-goes-on", joined=joined, level=0 if label_only else 1)
            label_only, above = False, line.number
    return galley.copy()


def _put(line: Line, one: _Message, day: str, galley: Galley) -> None:
    """Put a message into the book; ``day``: the words of the heading that stands before it."""
    why = "the time of a message"
    if one.sender:
        words = styled(one.words, Style.STAGE) if _LEFT_OUT.match(one.words) else one.words
        text = f"{styled(one.sender + ':', Style.SPEAKER)} {words}".strip()
        role, rule = Role.DIALOGUE, "message-opens"
    else:
        text = one.words
        role, rule = Role.STAGE, "message-act" if one.act else "message-system"
    galley.put(line, role, rule, text, why=why, said=f"{day} {text}")
