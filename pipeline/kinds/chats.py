"""Chats: messages as programs of many sorts save them become turns, day by day.

Each message has its time and its sender before its words (WhatsApp, Signal, KakaoTalk, LINE, IRC, an export of Slack),
or on a line of its own above them (Telegram, Slack, Discord, Zoom, copied from the screen). The first message of a day
gets the day for a heading, the sender is the speaker, the time goes into the record, and so does what the program says
of itself (who joined, that all is encrypted); lines without a head go on with the message above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.kinds.galley import Galley, styled
from pipeline.model import Claim, Copy, Line, Role, Style
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
    r"^(?P<name>[^\d\W][^\[\]:]{0,50}?)(?:,\s\[|\s\[|\s[—–-]\s|\s{2,}|\t|\s(?=\d{4}[-/年]))"
    rf"(?P<date>{_DATE})?{_AT}(?P<time>{_TIME})\]?:?$"
)
_KAKAO = re.compile(rf"^\[(?P<name>[^\[\]]{{1,40}})\] \[(?P<time>{_TIME})\] (?P<words>.*)$")
_TABBED = re.compile(rf"^(?P<time>{_TIME})\t(?P<name>[^\t]{{1,40}})\t(?P<words>.*)$")
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
_BLOCK = re.compile(r"^\{Reactions\}$")  # and what stands below it
_OMITTED = re.compile(
    r"^(?:<[^<>]{3,60}>|\[ ?[^\[\]]{3,40} ?\]|.{2,25} (?:omitted|weggelassen|omis[e]?|absente?|omitid[oa]|omess[oa]"
    r"|weggelaten|pominięt[oya]|не показан\w*|пропущен\w*)|(?:This message was|You) deleted(?: this message)?\.?"
    r"|(?:Diese Nachricht wurde|Du hast diese Nachricht) gelöscht\.?|Ce message a été supprimé\.?"
    r"|Se eliminó este mensaje\.?"
    r"|Eliminaste este mensaje\.?|Questo messaggio è stato eliminato\.?|Mensagem apagada|Данное сообщение удалено\.?"
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
_FEW = 3
_NAME = 40  # characters
_LONGEST = 120  # characters; a name and a time are not longer
_MOST = 0.3  # of the lines open messages; the others go on with them


@dataclass(frozen=True, slots=True)
class _Message:
    """What a line opens. ``form``: head, above, nick or day; ``sender`` is empty where the program speaks."""

    form: str
    date: str
    sender: str
    words: str
    act: bool = False


def _message(text: str, *, above: bool = False) -> _Message | None:
    """Take a line apart that opens a message; ``above``: its words stand on the lines below (:func:`_names_above`)."""
    one = _taken_apart(text, above=above)
    if one is None or not one.sender:
        return one
    found = _TO_ALL.match(one.sender)
    return replace(one, sender=_RANK.sub("", found["name"] if found else one.sender))


def _names_above(lines: Sequence[Line]) -> bool:
    """Tell whether the words stand below heads that have nothing but a time in brackets and a name (Discord)."""
    heads = [found["rest"] for line in lines if (found := _HEAD.match(line.text.strip())) and found["mark"]]
    return len(heads) >= _FEW and 3 * sum(":" not in rest and len(rest) <= _NAME for rest in heads) >= 2 * len(heads)


def _taken_apart(text: str, *, above: bool) -> _Message | None:
    text = text.strip()
    if found := _KAKAO.match(text) or _TABBED.match(text):
        return _Message("head", "", found["name"], found["words"])
    if found := _NICK.match(text):
        return _Message("nick", "", found["nick"].strip(), found["words"])
    if len(text) < _LONGEST and (found := _ABOVE.match(text)):
        return _Message("above", found["date"] or "", found["name"].strip(), "")
    found = _HEAD.match(text)
    if found is None:
        return None
    date, rest = found["date"] or "", found["rest"]
    if above and found["mark"] and len(rest) <= _NAME:
        return _Message("above", date, rest, "")
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
    above = _names_above(filled)
    found = {line.number: one for line in filled if (one := _message(line.text, above=above))}
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
    return Claim(NAME, filled[0].number, filled[-1].number, 0.7 if spoken else 0.95, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read a chat: a heading for each day, a turn for each message; times on record."""
    galley = Galley()
    day, open_, label_only, above = "", False, False, 0
    below, block = _names_above(lines), False
    for line in lines:
        text = line.text.strip()
        if line.blank:
            galley.blank(line)
            continue
        one = _message(text, above=below)
        block = (block and one is None) or bool(_BLOCK.match(text))
        if block:
            galley.aside(line, "message-form", "the form of the file")
        elif one is None and (found := _DAY.match(text)):
            if found["date"] != day:
                day = found["date"]
                shown = _CLOCK.sub("", day)
                galley.put(line, Role.HEADING, "message-day", shown, level=2, why="the form of the file")
            else:
                galley.aside(line, "message-form", "the day stands above")
            open_ = False
        elif one and (not (one.sender or one.act) or _ENCRYPTED.search(one.words)):
            galley.aside(line, "message-system", "the program says it of itself")
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
            words = styled(text, Style.STAGE) if _OMITTED.match(text) else None
            galley.put(line, Role.DIALOGUE, "message-goes-on", words, joined=joined, level=0 if label_only else 1)
            label_only, above = False, line.number
    return galley.copy()


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
