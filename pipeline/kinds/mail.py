"""Mail: letters as programs save them (a mailbox, a saved message, a printed thread) become letters in a book.

The subject is the heading, who wrote when stands below it as the head of the letter, the other fields go into the
record; lines behind ``>`` are a quotation, what stands below ``-- `` is the signature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from pipeline.kinds.afterword import SENT_FROM
from pipeline.kinds.galley import Galley
from pipeline.kinds.mime import text_of
from pipeline.kinds.paragraphs import goes_on, width_of
from pipeline.label.formulas import CLOSES, GREETINGS
from pipeline.model import Claim, Copy, Line, Role
from pipeline.parts import ANSWER
from pipeline.repair import mended
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "letters of a mailbox"
WHY: Mapping[str, str] = {
    "mail-subject": "The subject of a letter is its heading.",
    "mail-head": "From whom, to whom and when: the head of the letter.",
    "mail-field": "A field that only programs read.",
    "mail-envelope": "The line with which a mailbox parts two letters.",
    "mail-list": "The program of a mailing list says it of itself.",
    "mail-words": "The words of a letter.",
    "mail-wrapped": "The line above was full: it goes on with its paragraph.",
    "mail-quoted": "A sign stands before it: it is quoted from an earlier letter.",
    "mail-who-wrote": "It says who wrote what is quoted below.",
    "mail-greeting": "It greets, or takes leave.",
    "mail-signature": "It stands below the line of two hyphens: a signature.",
    "mail-part": "It is a part of the letter that is no text, or the text once more in another form.",
    "mail-soft": "The line above was cut for the way: its words stand there.",
}
_KEYS = {
    "from": (
        "from von de da van från fra od от від mittente nadawca kimden 发件人 寄件者 差出人 보낸 사람 보낸사람"
        " lähettäjä feladó"
    ),
    "date": (
        "date datum gesendet sent envoyé enviado enviada fecha data inviato verzonden skickat sendt wysłano дата"
        " отправлено tarih 日期 发送时间 发件时间 日時 送信日時 날짜 보낸 날짜"
    ),
    "to": "to an à pour adresat para a aan till til do кому kime 收件人 宛先 받는 사람 받는사람",
    "subject": "subject betreff objet sujet asunto assunto oggetto onderwerp ämne emne temat тема konu 主题 件名 제목",
    "more": "cc bcc kopie copie cópia копия 抄送 参照 참조",
}
_FIELD = re.compile(r"^[*_]*+(?P<key>[^\s:：][^:：]{0,40}?)[*_]*\s?[:：][*_]*\s*(?P<value>.*)$")
_SENT_BY = re.compile(
    r"^(?P<name>[^<>:]{1,60}) <[^<>@\s]+@[^<>\s]+>\s+(?P<date>\S.*\d.*)$"
)  # as a letter is printed off the net
_ENVELOPE = re.compile(r"^From \S.*? +(?:[A-Z][a-z]{2} ){2}[ \d]\d \d\d:\d\d(?::\d\d)?(?: [-+A-Z\d]+)? \d{4}\b")
_QUOTED = re.compile(r"^\s?(?:[>|]\s?)+")
_ESCAPED = re.compile(r"^>+(?=From )")  # a mailbox writes it before a line of a letter that opens like its own
_WROTE = re.compile(
    r"(?:\b(?:wrote|writes|schrieb(?:en)?|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał\(?a?\)?"
    r"|пише[тш]|писал\(?а?\)?|написал\(?а?\)?|yazdı)|写道|寫道|のメール|作成)\s?[:：]?$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[-_*=]{8,}$")
_FORWARDED = re.compile(
    r"^[-–—_*\s]*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message d.origine|message transféré|mensaje original|mensaje reenviado|mensagem original|messaggio originale"
    r"|исходное сообщение|пересланное сообщение|原始邮件|转发邮件)[-–—_*\s]*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    rf"^(?:{GREETINGS}|{CLOSES}|dear|hello|hi|hallo|guten (?:tag|morgen)|bonjour|hola|car[ie]|gentile|ciao|hej"
    r"|здравствуй|привет|sevgili|sayın|best|regards|cheers|love|herzlich\w*|liebe grüße|amicalement|abraços"
    r"|met vriendelijke|всего|尊敬的|亲爱的|此致|敬具|拝啓)\b[^.?!。]{0,60}[,.!:，：。]?$"
    r"|^[^\s。、，]{1,20}(?:さま|様|先生)[、,，]?$|^[^\s。、，]{1,20}(?:님께|께)[,，]?$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$")
_NAME = re.compile(r"^(?:[^\W\d_a-z][\w.’'-]*\s?){1,4}$")
_FEW_FIELDS = 2


def _keys() -> dict[str, str]:
    out: dict[str, str] = {}
    for kind, words in _KEYS.items():
        out |= dict.fromkeys(words.split(), kind)
    phrases = {
        "보낸 사람": "from", "받는 사람": "to", "보낸 날짜": "date", "gönderilme tarihi": "date",
        "enviado el": "date", "enviado em": "date", "fecha de envío": "date", "inviato il": "date",
        "date d'envoi": "date",
        "verzonden op": "date", "data wysłania": "date", "дата отправки": "date", "送信日時": "date",
    }  # fmt: skip
    return out | phrases


_KIND = _keys()


@dataclass(slots=True)
class _Letter:
    """A letter: the lines of its head, with what each is, and the lines of its body."""

    head: list[tuple[Line, str]]
    body: list[Line]


def _field(text: str) -> str:
    """Return which field of a head a line is: from, date, to, subject, more, other; nothing where it is none."""
    if _SENT_BY.match(text.strip()):
        return "from"
    found = _FIELD.match(text.strip())
    if found is None:
        return ""
    kind = _KIND.get(found["key"].strip().casefold(), "")
    return kind or ("other" if re.fullmatch(r"[A-Za-z][A-Za-z\d]*(?:-[A-Za-z\d]+)*", found["key"]) else "")


def _letters(lines: Sequence[Line]) -> list[_Letter]:
    """Cut a text into letters, each with its head; what stands before the first has none."""
    out: list[_Letter] = []
    n = 0
    while n < len(lines):
        end = _head(lines, n)
        if end > n:
            head: list[tuple[Line, str]] = []
            for line in lines[n:end]:
                folded = line.text[:1] in " \t" and head
                envelope = bool(_ENVELOPE.match(line.text))
                head.append((line, head[-1][1] if folded else "envelope" if envelope else _field(line.text) or "other"))
            out.append(_Letter(head, []))
            n = end
            continue
        if not out:
            out.append(_Letter([], []))
        out[-1].body.append(lines[n])
        n += 1
    return [one for one in out if one.head or any(not line.blank for line in one.body)]


def _head(lines: Sequence[Line], start: int) -> int:
    """Return where the head that begins at ``start`` ends; ``start`` where none does."""
    if lines[start].blank:
        return start
    n = start + bool(_ENVELOPE.match(lines[start].text))
    above = lines[start - 1].text.strip() if start else ""
    parted = n > start or not above or bool(_RULE.match(above) or _FORWARDED.match(above))
    if not parted or _QUOTED.match(lines[start].text):
        return start
    kinds: list[str] = []
    while n < len(lines) and not lines[n].blank:
        text = lines[n].text
        if not (text[:1] in " \t" and kinds):
            kind = _field(text)
            if not kind:
                break
            kinds += [kind, *(["date"] if _SENT_BY.match(text.strip()) else [])]
        n += 1
    known = {kind for kind in kinds if kind in ("from", "date", "to", "subject")}
    whole = "from" in known and len(known) > _FEW_FIELDS
    return n if whole and (n >= len(lines) or lines[n].blank) else start


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text of letters, each with a head of fields that says from whom, when and about what."""
    letters = [one for one in _letters(lines) if one.head]
    if not letters:
        return None
    first = letters[0].head[0][0].number
    filled = [line.number for line in lines if not line.blank]
    above = [line for line in lines if line.number < first and not line.blank]
    if len(above) > 0.2 * len(filled) and not (_printed(above) or _of_list(above)):
        return None  # a text that has letters in it
    reason = f"{len(letters)} letters with a head of fields"
    return Claim(NAME, filled[0], filled[-1], 0.96, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read letters: subject, sender and date; their words, quotations and signatures."""
    galley = Galley()
    if any(_ENVELOPE.match(line.text) for line in lines):
        lines = [replace(line, text=_ESCAPED.sub("", line.text)) for line in lines]
    letters = _letters(lines)
    printed = bool(letters) and not letters[0].head and _printed(letters[0].body)
    if printed:
        rows = [line for line in letters[0].body if not line.blank]
        galley.put(rows[0], Role.TITLE, "mail-subject")
        for line in rows[1:]:
            galley.aside(line, "mail-field", "how many letters there are")
        letters = letters[1:]
    issue = ""
    if letters and not letters[0].head and _of_list(letters[0].body):
        for line in letters[0].body:
            galley.blank(line) if line.blank else galley.aside(line, "mail-list", "the mailing list's program says it")
        issue = next((found["issue"] for line in lines if (found := _ISSUE.match(line.text.strip()))), "")
        letters = letters[1:]
        footers = [n for n, line in enumerate(letters[-1].body) if _FOOTER.match(line.text) or _ISSUE.match(line.text)]
        foot = letters[-1].body[footers[0] :] if footers else []
        letters[-1].body[:] = letters[-1].body[: footers[0]] if footers else letters[-1].body
    else:
        foot = []
    width = width_of([line for one in letters for line in one.body if not _QUOTED.match(line.text)])
    for one in letters:
        _put_head(one, galley)
        head = "\n".join(line.text for line, kind in one.head if kind != "envelope")
        body = text_of(head, one.body) if re.search("^content-", head, re.IGNORECASE | re.MULTILINE) else one.body
        _put_body(body, width, galley, {line.number: line for line in one.body})
    subjects = [_plain(_value(line.text)) for letter in letters for line, kind in letter.head if kind == "subject"]
    for line in foot:
        galley.blank(line) if line.blank else galley.aside(line, "mail-list", "the mailing list's program says it")
    topics = list(dict.fromkeys(_TAG.sub("", ANSWER.sub("", subject)) for subject in subjects))
    return galley.copy(title=issue or (topics[0] if len(topics) == 1 else ""))


_TAG = re.compile(r"^\[[^\[\]]{1,40}\]\s*(?=\S)")  # a mailing list's, before a subject
_LIST = re.compile(
    r"^(?:send .{1,80} (?:mailing list )?submissions to|today['’]s topics:|.{1,80} digest, vol\.? ?\d+.*)$",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"^(?:end of )?(?P<issue>\S.{0,80} digest, vol\.? ?\d+, issue \d+)\W*$", re.IGNORECASE)
_FOOTER = re.compile(r"^subject: digest footer$", re.IGNORECASE)


def _of_list(above: Sequence[Line]) -> bool:
    """Tell whether a mailing list's program speaks above the letters: how to write to it, and what they are about."""
    return any(_LIST.match(line.text.strip()) for line in above)


_COUNTED = re.compile(r"^\d{1,3} [^\W\d_]{4,14}$")  # "2 messages"


def _printed(above: Sequence[Line]) -> bool:
    """Tell whether nothing stands above the letters but their subject and how many there are, as they are printed."""
    rows = [line.text.strip() for line in above if not line.blank]
    return 0 < len(rows) <= _FEW_FIELDS and all(map(_COUNTED.match, rows[1:])) and rows[0][-1:] not in ".:"


def _put_head(letter: _Letter, galley: Galley) -> None:
    """Put the head of a letter: its subject first, then who wrote when."""
    order = ("subject", "from", "to", "date")
    rows = sorted(letter.head, key=lambda row: order.index(row[1]) if row[1] in order else len(order))
    for n, (line, kind) in enumerate(rows):
        folded = n > 0 and rows[n - 1][1] == kind and line.text[:1] in " \t"
        text = _plain(line.text.strip() if folded else _value(line.text))
        if kind == "subject" and text:
            galley.put(line, Role.TITLE, "mail-subject", text, why="the name of the field", joined=folded)
        elif kind in ("from", "to", "date") and text:
            galley.put(line, Role.LETTER, "mail-head", text, why="the name of the field", joined=folded)
        elif kind == "envelope":
            galley.aside(line, "mail-envelope", "the mailbox's own line")
        else:
            galley.aside(line, "mail-field", "a field that only programs read")


def _value(text: str) -> str:
    found = None if _SENT_BY.match(text.strip()) else _FIELD.match(text.strip())
    return found["value"].strip() if found else text.strip()


def _plain(text: str) -> str:
    """Return the words of a field that were coded as ASCII (RFC 2047)."""
    if "=?" not in text:
        return text
    try:
        return mended(str(make_header(decode_header(text))))
    except (HeaderParseError, LookupError, ValueError):
        return text


def _put_body(body: Sequence[Line], width: int, galley: Galley, raw: Mapping[int, Line]) -> None:
    """Put the body of a letter."""
    above: Line | None = None
    role, signed = Role.PARAGRAPH, False
    ends = next((n for n, line in enumerate(body) if _SIGNATURE.match(line.text)), len(body))
    last = next((line for line in reversed(body[:ends]) if not (line.blank or _QUOTED.match(line.text))), None)
    for line in body:
        text = line.text.strip()
        if line.blank:
            _keep(raw[line.number], raw.get(line.number - 1), galley)
            above = None
            continue
        if SENT_FROM.match(text) and above is None:
            galley.aside(raw[line.number], "afterword", "the device says it of itself")
            continue
        quoted = _QUOTED.match(line.text)
        words = line.text[quoted.end() :].strip() if quoted else text
        if _RULE.match(text):
            galley.aside(raw[line.number], "mail-envelope", "a rule between two letters")
            above = None
            continue
        if signed:
            now, rule = Role.LETTER, "mail-signature"
        elif quoted:
            now, rule = Role.QUOTE, "mail-quoted"
        elif _WROTE.search(text) or _FORWARDED.match(text):
            now, rule = Role.RUBRIC, "mail-who-wrote"
        elif (above is None and _GREETING.match(text)) or (_NAME.match(text) and (line is last or role is Role.LETTER)):
            now, rule = Role.LETTER, "mail-greeting"
        else:
            now, rule = Role.PARAGRAPH, "mail-words"
        if _SIGNATURE.match(line.text):
            signed = True
            galley.aside(raw[line.number], "mail-signature", "the sign of a signature")
            continue
        if quoted and not words:
            galley.aside(raw[line.number], "mail-quoted", "the sign of a quotation")
            above = None
            continue
        wide = width + len(quoted[0]) if quoted and width else width
        joined = bool(
            above and now is role and now in (Role.PARAGRAPH, Role.QUOTE) and goes_on(above.text, words, wide)
        )
        source = raw[line.number]
        galley.put(source, now, "mail-wrapped" if joined else rule, words, why="the form of mail", joined=joined)
        role, above = now, line


def _keep(source: Line, above: Line | None, galley: Galley) -> None:
    """Keep a blank line; one that had words is joined to the line above, or no text of the letter, and is on record."""
    if source.blank:
        galley.blank(source)
    elif above and above.text.endswith("="):
        galley.put(source, Role.BOILERPLATE, "mail-soft", "", why="its words are on the line above")
    else:
        galley.aside(source, "mail-part", "no text of the letter, or the same text in another form")
