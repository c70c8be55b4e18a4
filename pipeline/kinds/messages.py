"""Messages: what each line of a chat opens: a message with its time and its sender, or a part of such a head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.model import Line

__all__ = ["BIDI", "BULLETS", "DATE", "FEW", "MONTH", "NICK", "WEEKDAY", "Message", "messages_of"]

MONTH = r"[^\W\d_]{3,10}\.?"
DATE = (
    r"(?:\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?"
    rf"|\d{{1,2}}\.?[ -](?:de )?{MONTH}[ -](?:de )?\d{{2,4}}(?:\s?г\.)?|{MONTH} \d{{1,2}},? \d{{4}}"
    r"|[A-Z][a-z]{2} \d\d(?= \d\d:\d\d:))"
)
_HALF = r"(?:上午|下午|凌晨|晚上|中午|午前|午後|오전|오후)"
_TIME = rf"(?:{_HALF}\s?)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?[AaPp]\.?\s?[Mm]\.?|\s?Uhr|\s[صم](?!\w))?"
_CLOCK_HAND = re.compile(r"\d[:.]\d")  # every time has it; most lines of a book have not
_AT = r"(?:[,،]|\s(?:à|at|um|a las|às|alle|om|klo|kl\.?|в|о|u))?\s*"
WEEKDAY = r"(?:\s?[(（]?[^\W\d_]{1,12}\.?[)）]?,?)?"
_HEAD = re.compile(
    rf"^(?P<mark>\[?)\s?(?:(?P<date>{DATE}){WEEKDAY}{_AT}[T ]?)?(?P<time>{_TIME})"
    r"(?(mark)(?:\s\|\s[^\]]{3,40})?\s?\]?)"
    r"(?:\s[-–—]\s|:\s|,\s|\s+)(?P<rest>\S.*)$"
)
_SENDER = re.compile(
    r"^(?:<[@+%&~ ]?(?P<nick>[^<>\s][^<>]{0,40})>\s?|(?P<name>[^:：\t]{1,60}?)\s?(?:[:：]\s+|[:：]$|\t))(?P<words>.*)$"
)
NICK = re.compile(r"^<[@+%&~ ]?(?P<nick>[^<>\s]{1,40})>\s(?P<words>.*)$")
_BELOW = re.compile(rf"^\[?(?:(?P<date>{DATE}){WEEKDAY}{_AT})?(?P<time>{_TIME})\]?$")
_ACT = re.compile(r"^(?:\*\s|— )(?P<words>\S.*)$")
_NOTICE = re.compile(r"^(?:\*\*\*|-!-|---|==|<?-->?|-->|<--|→|←)\s?\S")
_ABOVE = re.compile(
    r"^(?P<name>[^\d\W][^\[\]:]{0,50}?)(?:,\s\[|,\s(?=\d)|\s\[|\s[—–-]\s|\s{2,}|\t|\s(?=\d{4}[-/年]))"
    rf"(?P<date>{DATE})?{_AT}(?P<time>{_TIME})\]?:?$"
)
_LEVEL = re.compile(
    r"^[\[<(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|FATAL|SEVERE)\b", re.IGNORECASE
)
"""How grave it is, in the log of a machine: nobody wrote to anybody."""

_ZONE = re.compile(r"^(?:UTC|GMT|[BIJ]ST|CES?T|[EW]ES?T|MSK|[ECMP][SD]T|AE[SD]T)$")
"""Behind a time: in which zone it was, and nobody's name."""

_SAVED = re.compile(
    r"^(?:added|created|saved|updated|last (?:read|opened|synced)|hinzugefügt|ajouté|añadido|aggiunto|adicionado)"
    r"(?: (?:on|am|le|el|il|em|at))?\s",
    re.IGNORECASE,
)
"""When an app kept something, and no message."""

_POSTED = re.compile(
    rf"^(?:(?:Post(?:ed)?|Written|Beitrag|Geschrieben|Publié|Posté|Publicado|Escrito|Inviato|Сообщение)\s)?"
    rf"(?:by|von|par|por|da|от)?\s?(?P<name>[^\s»•·|:][^»•·|:]{{0,39}}?)\s(?:[»•·|]|on|am|le|el)\s"
    rf"(?:[^\W\d_]{{2,10}}\.?,?\s)?(?P<date>{DATE}){_AT}(?P<time>{_TIME})$"
)  # of a forum
_KAKAO = re.compile(rf"^\[(?P<name>[^\[\]]{{1,40}})\] \[(?P<time>{_TIME})\] (?P<words>.*)$")
_NAMED_TIME = re.compile(
    rf"^(?P<name>[^()\[\]:\d][^()\[\]:]{{0,39}}) [(\[](?P<date>{DATE}){_AT}(?P<time>{_TIME})[)\]]\s?[:：]"
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
BULLETS = frozenset("•·|–-")
_TO_ALL = re.compile(r"^(?:From|Von|De|Da|Van|От)\s+(?P<name>\S.*?)\s+(?:to|an|à|a|para|aan|для)\s+\S.*$")
_RANK = re.compile(r"^[@+%&~]\s?(?=[^\W\d_])")  # of a sender: an operator, or one who is in nobody's address book
_FIELD = re.compile(r"^(?P<key>From|Type|Sent|Received|Attachment|Reaction|Edited|Quote|Conversation): (?P<value>.+)$")
_SENT = re.compile(r"^(?:[^\W\d_]{2,5},? )?\d{1,2} [^\W\d_]{3,9} \d{4}|^\d{4}-\d\d-\d\d")
_TELEPHONE = re.compile(r"\s*\(\+?[\d -]{5,}\)$")
FEW = 3
_WHOLE = 0.6  # of the blocks are messages, where each is one
_NAME = 40  # characters
_INITIALS = 2  # letters
_INSIDE_DAY = re.compile(r"(?<=\d)[\u200e\u200f]+(?=[./-])|(?<=[./-])[\u200e\u200f]+(?=\d)")
BIDI = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069 \t"  # of the direction in which a line runs
_LONGEST = 120  # characters; a name and a time are not longer


@dataclass(frozen=True, slots=True)
class Message:
    """What a line opens. ``form``: head, above, nick or day; ``sender`` is empty where the program speaks."""

    form: str
    date: str
    sender: str
    words: str
    act: bool = False


def messages_of(lines: Sequence[Line]) -> dict[int, Message]:
    """Return what each line opens, by its number; a time by itself below a name is a ``form`` of its own: time."""
    filled = [line for line in lines if not line.blank]
    clocked = [
        line
        for line in filled
        if _CLOCK_HAND.search(line.text) or " ago" in line.text or _AGO.match(line.text.strip(BIDI))
    ]
    if fields := _in_fields(filled) if clocked else {}:
        return fields
    if blocks := _in_blocks(lines) if clocked else {}:
        return blocks
    if pictured := _by_pictures(filled) if clocked else {}:
        return pictured
    above = _names_above(clocked)
    found = {line.number: one for line in filled if (one := _message(line.text, above=above))}
    times = {line.number for line in clocked} | {line.number for line in filled if _AGO.match(line.text.strip(BIDI))}
    filled = [line for line in filled if line.text.strip() not in BULLETS]
    beside = sum(one.form == "above" for one in found.values()) >= FEW - 1  # names have their times beside them
    for name, time in pairwise(filled):
        if time.number not in times:
            continue
        text, stamp = name.text.strip(BIDI), time.text.strip(BIDI)
        below = _BELOW.match(stamp) or _AGO.match(stamp)
        if below and beside:
            found.setdefault(time.number, Message("time", "", "", ""))
        elif below and name.number not in found and len(text) <= _NAME and text[:1].isalpha() and ":" not in text:
            found[name.number] = Message("above", "", text, "")
            found[time.number] = Message("time", below.groupdict().get("date") or "", "", "")
    return found


def _in_fields(lines: Sequence[Line]) -> dict[int, Message]:
    """Return what the lines open of a chat whose messages stand below fields: from whom, of what type, sent when."""
    found: dict[int, Message] = {}
    n = 0
    while n < len(lines):
        end = n
        fields: dict[str, tuple[int, str]] = {}
        while end < len(lines) and (end == n or lines[end].number == lines[end - 1].number + 1):
            one = _FIELD.match(lines[end].text.strip(BIDI))
            if one is None:
                break
            fields.setdefault(one["key"].casefold(), (end, one["value"]))
            end += 1
        if {"from", "sent", "type"} <= fields.keys():
            for line in lines[n:end]:
                found[line.number] = Message("time", "", "", "")
            (first, sender), (at, sent) = fields["from"], fields["sent"]
            found[lines[first].number] = Message("above", "", _TELEPHONE.sub("", sender), "")
            day = _SENT.match(sent)
            found[lines[at].number] = Message("time", day[0] if day else "", "", "")
        n = max(end, n + 1)
    return found if sum(one.form == "above" for one in found.values()) >= FEW - 1 else {}


def _in_blocks(lines: Sequence[Line]) -> dict[int, Message]:
    """Return what the lines open of a chat whose messages stand apart: a name first, a time last (Messenger)."""
    blocks = [list(run) for blank, run in groupby(lines, key=lambda line: line.blank) if not blank]
    whole = [
        (block, time)
        for block in blocks
        if len(block) > 2 and (time := _BELOW.match(block[-1].text.strip(BIDI))) and _is_sender(block[0].text)
    ]
    if len(whole) < max(FEW, _WHOLE * len(blocks)):
        return {}
    found = {block[0].number: Message("above", "", block[0].text.strip(BIDI), "") for block, _ in whole}
    found |= {block[-1].number: Message("time", time["date"] or "", "", "") for block, time in whole}
    return dict(sorted(found.items()))


def _by_pictures(lines: Sequence[Line]) -> dict[int, Message]:
    """Return what the lines open of a page of Telegram: initials in place of a picture, the time, the name, the words.

    Who goes on has no name again, but a time.
    """
    found: dict[int, Message] = {}
    texts = [line.text.strip(BIDI) for line in lines]
    names = 0
    for n, text in enumerate(texts):
        if not (time := _BELOW.match(text)):
            continue
        initials = texts[n - 1] if n else ""
        name = texts[n + 1] if n + 1 < len(texts) else ""
        found[lines[n].number] = Message("time", time["date"] or "", "", "")
        if 0 < len(initials) <= _INITIALS and initials.isupper() and name.startswith(initials[0]) and _is_sender(name):
            found[lines[n - 1].number] = Message("time", "", "", "")
            found[lines[n + 1].number] = Message("above", "", name, "")
            names += 1
    return dict(sorted(found.items())) if names >= FEW - 1 else {}


def _is_sender(text: str) -> bool:
    """Tell whether a line can be a name and nothing else."""
    text = text.strip(BIDI)
    return len(text) <= _NAME and text[:1].isalpha() and not re.search(r"[:.!?]$|:", text)


def _message(text: str, *, above: bool) -> Message | None:
    """Take a line apart that opens a message; ``above``: its words stand on the lines below (:func:`_names_above`)."""
    one = _taken_apart(text, above=above)
    if one is None or not one.sender:
        return one
    if _LEVEL.match(one.sender) or _ZONE.match(one.sender):
        return None
    found = _TO_ALL.match(one.sender)
    return replace(one, sender=_RANK.sub("", found["name"] if found else one.sender).strip(BIDI))


def _names_above(lines: Sequence[Line]) -> bool:
    """Tell whether the words stand below heads that have nothing but a time in brackets and a name (Discord)."""
    every = [found for line in lines if (found := _HEAD.match(line.text.strip()))]
    marked = [found for found in every if found["mark"]]
    heads = [found["rest"] for found in marked or (every if all(found["date"] for found in every) else [])]
    names = [
        rest for rest in heads if rest[0].isalnum() and not re.search(r"[:\t]|[.?!]$", rest) and len(rest) <= _NAME
    ]
    return len(heads) >= FEW and 3 * len(names) >= 2 * len(heads)


def _unmarked(text: str) -> str:
    """Return a line without the marks of direction that right-to-left programs put between the figures of a day."""
    return _INSIDE_DAY.sub("", text) if "\u200f" in text or "\u200e" in text else text


def _taken_apart(text: str, *, above: bool) -> Message | None:
    text = _unmarked(text.strip(BIDI))
    timed = _CLOCK_HAND.search(text) is not None
    if timed and (found := _KAKAO.match(text) or _TABBED.match(text)):
        return Message("head", "", found["name"], found["words"])
    if found := NICK.match(text):
        return Message("nick", "", found["nick"].strip(), found["words"])
    if len(text) < _LONGEST and text.find(" ago") > 0 and (found := _NAMED_AGO.match(text)):
        return Message("above", "", found["name"], "")
    if not timed:
        return None
    if _SAVED.match(text):
        return None
    if len(text) < _LONGEST and (found := _ABOVE.match(text) or _POSTED.match(text)) and not _BELOW.match(text):
        return Message("above", found["date"] or "", found["name"].strip(), "")
    if timed and (found := _NAMED_TIME.match(text)):
        return Message("head", found["date"], found["name"].strip(), found["words"])
    found = _HEAD.match(text)
    if found is None:
        return None
    date, rest = found["date"] or "", found["rest"].strip(BIDI)
    if _ZONE.match(rest):
        return None
    if above and len(rest) <= _NAME:
        return Message("above", date, rest, "")
    if _NOTICE.match(rest):
        return Message("head", date, "", rest)
    if act := _ACT.match(rest):
        return Message("head", date, "", act["words"], act=not _STATED.match(act["words"]))
    if sender := _SENDER.match(rest):
        return Message("head", date, (sender["nick"] or sender["name"] or "").strip(), sender["words"])
    return Message("head", date, "", rest)
