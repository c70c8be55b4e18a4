"""Digests: highlights that a service sends by mail (Readwise), or that were pasted with where they are from.

Each passage has its source below it, or above it: "From The Lamp Room by Ada Orr", title and author on two lines, or
the title of a page over its address. What the service says of itself, and its buttons, are no words of a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.kinds.apps import DATE, NOTE
from pipeline.kinds.attribution import NAME_FORM, people
from pipeline.kinds.desk import Desk
from pipeline.model import ChangeKind, Claim, Copy, Fields, Leaving, Line
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a digest of highlights"
WHY: Mapping[str, str] = {
    "digest-words": "The words of a highlight.",
    "digest-source": "Below the words, or above them, stands the work that they are from.",
    "digest-note": "The reader's own note.",
    "digest-form": "The service says it of itself: its greeting, its buttons, its address.",
}
LEAVES = {"digest-form": Leaving(ChangeKind.SET_ASIDE)}
_SERVICE = re.compile(r"\breadwise\b")
_FORM = re.compile(
    r"^(?:.*\breadwise\b.*|(?:re|fwd?)?:?\s?your (?:daily|weekly) (?:review|highlights).*|daily review.*"
    r"|(?:from|to|date|subject|reply-to|sent|cc): .+|(?:hi|hello|hey|dear|good morning)\b[^.!?]{0,60}[,.!:]?.{0,80}"
    r"|(?:(?:favou?rite|discard|share|edit|unsubscribe|add (?:a )?(?:note|tag)s?|keep|later|feedback|preferences"
    r"|master(?:ed|y)?|frequency|settings|\W))+"
    r"|(?:view (?:in|on|this|highlight|book)|open in|see (?:all|more)|manage|unsubscribe)\b.*|tags?:.*"
    r"|highlight \d+ of \d+|\d+ of \d+|you(?:['’]re| are| have| received?)\b.*(?:mail|signed|receiv|subscri).*"
    r"|(?:start|continue|finish|complete) (?:your )?review.*|https?://\S+|\W+)$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:[—–-]\s*)?(?:[Ff]rom\s+)?(?P<title>\S.{1,140}?)\s+by\s+(?P<author>[^\W\d_a-z].{1,90})$")
_ADDRESS = re.compile(r"^<?https?://\S+>?$")
_STOPPED = re.compile(r"[.!?…。！？][\"”»’')\]]*$")
_HEAD = 140  # characters; no title is longer
_LONGEST = 4000  # characters of a passage; nobody marks more at once
_FEW = 2
_MOST = 0.75  # of the passages that a service sends have a source


class _Is(StrEnum):
    FORM = "form"
    WORDS = "words"
    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that stand together, and what they are; ``fields``: of a source."""

    what: _Is
    lines: tuple[Line, ...]
    fields: Fields | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text that a service has sent, or one of passages that all have a title and an address beside them."""
    filled = [line for line in lines if not line.blank]
    sent = any(len(line.text) < _HEAD and _is_sent(line.text) for line in filled)
    if not sent and sum(bool(_ADDRESS.match(line.text.strip())) for line in filled) < _FEW:
        return None
    parts = list(_parts(lines, sent=sent))
    found = list(_passages(parts))
    sourced = sum(source is not None for _, source in found)
    if not sourced or sourced < _MOST * len(found) or (not sent and sourced < max(_FEW, len(found))):
        return None
    if any(sum(len(line.text) for part in words for line in part.lines) > _LONGEST for words, _ in found):
        return None  # a book with an address in it
    whose = "a service has sent them" if sent else "an address stands beside each"
    reason = f"{sourced} passages have their source beside them; {whose}"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.985 if sent else 0.9, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the passages, each with its work; the reader's notes stand behind them."""
    desk = Desk(lines)
    parts = list(_parts(lines, sent=any(_is_sent(line.text) for line in lines)))
    for words, source in _passages(parts):
        numbers = [number for part in words for number in part.numbers]
        desk.prose(numbers, "digest-words")
        if source is None:
            desk.unsourced(numbers)
        else:
            text = desk.source(source.numbers, "digest-source")
            desk.cite(numbers, source.fields, text, source.numbers[0])
    for part in parts:
        if part.what is _Is.NOTE:
            desk.prose(part.numbers, "digest-note", own=True)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "digest-form")
    return desk.copy(desk.by(settings.order, report))


def _is_sent(text: str) -> bool:
    """Tell whether a line names the service that sends such texts."""
    folded = text.casefold()
    return "readwise" in folded and _SERVICE.search(folded) is not None


def _passages(parts: Sequence[_Part]) -> Iterator[tuple[list[_Part], _Part | None]]:
    """Yield passages, each with its source: below it, or above, as the first of them has it."""
    told = [part for part in parts if part.what in (_Is.WORDS, _Is.SOURCE)]
    above = bool(told) and told[0].what is _Is.SOURCE
    words: list[_Part] = []
    source: _Part | None = None
    for part in told:
        if part.what is _Is.WORDS:
            words.append(part)
            continue
        if words:
            yield words, source if above else part
        words, source = [], part
    if words:
        yield words, source if above else None


def _parts(lines: Sequence[Line], *, sent: bool) -> Iterator[_Part]:
    """Cut the text at blank lines and before a source; ``sent``: a service has sent it, and says so on lines."""
    block: list[Line] = []
    for line in (*lines, Line(0, "")):
        if not line.blank:
            block.append(line)
        elif block:
            yield from _block(block, sent=sent)
            block = []


def _block(block: Sequence[Line], *, sent: bool) -> Iterator[_Part]:
    texts = [line.text.strip() for line in block]
    if all((sent and _FORM.match(text)) or DATE.match(text) for text in texts):
        yield _Part(_Is.FORM, tuple(block))
        return
    if NOTE.match(texts[0]):
        yield _Part(_Is.NOTE, tuple(block))
        return
    for start in range(len(block)):
        fields = _source(texts[start:], sent=sent)
        if fields is not None:
            if start:
                yield _Part(_Is.WORDS, tuple(block[:start]))
            yield _Part(_Is.SOURCE, tuple(block[start:]), fields)
            return
    yield _Part(_Is.WORDS, tuple(block))


def _source(texts: Sequence[str], *, sent: bool) -> Fields | None:
    """Read lines that name a work: title and author on one line or two, or a title and an address."""
    if len(texts) == 1 and (found := _BY.match(texts[0])) and not _STOPPED.search(texts[0]):
        names = people(found["author"])
        return Fields(author=names, title=found["title"].strip('"“”*_ ')) if names else None
    if len(texts) != 2 or any(len(text) > _HEAD for text in texts):
        return None
    plain = [text for text in texts if not _ADDRESS.match(text)]
    if len(plain) == 1 and not _STOPPED.search(plain[0]):
        address = next(text for text in texts if text != plain[0])
        return Fields(title=plain[0].lstrip("—– "), url=address.strip("<>"))
    author = re.sub(r"^by\s+", "", texts[1], flags=re.IGNORECASE)
    persons = [part.strip() for part in re.split(r",|&|;|\band\b", author)]
    if sent and len(plain) == 2 and not _STOPPED.search(texts[0]) and all(map(NAME_FORM.fullmatch, persons)):
        return Fields(author=tuple(one for person in persons for one in people(person)), title=texts[0].lstrip("—– "))
    return None
