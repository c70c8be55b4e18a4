"""Quotations: fortune files and lists of sayings, each with its source, become extracts with their citations.

A fortune file has a line with a percent sign between any two. In a list the source stands behind a dash or in brackets
("The lamps were trimmed at dusk." — Ada Orr, The Lamp Room, p. 12), or on a line of its own below. A list may be
numbered, bulleted, or set in the signs of Markdown or of a wiki; what is only its form goes. Where it stands under the
names of authors, they are said once for all below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.kinds import apps
from pipeline.kinds.attribution import DASH, NAME_FORM, closed, fields_of, leads, led, parted, tail, untagged, work_of
from pipeline.kinds.desk import Desk
from pipeline.kinds.labels import shouts
from pipeline.kinds.refrain import refrains
from pipeline.model import ChangeKind, Claim, Copy, Leaving, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "a list of quotations"
WHY: Mapping[str, str] = {
    "quotation-source": "Behind a dash, or in brackets, stands the source of the words above.",
    "quotation-words": "The words of a quotation.",
    "quotation-note": "A note under an asterisk, inside a quotation.",
    "quotation-part": "A line that parts quotations is only the file's form.",
    "quotation-head": "A short line over several quotations is their heading.",
    "quotation-own": "Words between the quotations, without a source.",
}
LEAVES = {"quotation-part": Leaving(ChangeKind.SET_ASIDE)}
_PERCENT = re.compile(r"^\s*%{1,2}\s*$")
_RULE = re.compile(r"^\s*(?:[*_~=#·•-]\s*){3,}$|^\s*[─━—_]{2,}\s*$")
_SITE = re.compile(r"^(?:[\d.,]+ (?:likes?|people liked it)|like|tags?: .*|(?:read|show) more)$", re.IGNORECASE)
_KEYED = re.compile(r"^[^\W\d_]{3,15}\s?: ")
_AGAIN = 0.3  # of what comes most often
_SIGN = re.compile(r"^\s*(?:>\s?)+")
_MARKER = re.compile(r"^\s*(?:\(?\d{1,4}[.)]|#\d{1,4}|[-*•·▪●+]|№\s?\d+\.?)\s+(?=\S)")
_BULLETS = "-*•·▪●+"
_QUOTED = re.compile(r"^[\"“„«»‘'「『״]")
_ENDED = re.compile(r"[.!?…,;:。！？][\"”»“’')\]]*$|[\"”»“」』]$")
_SAYING = re.compile(rf"^{DASH}\s*(?P<said>[^\W\d_][\w’' -]{{2,30}})$")  # "— proverb", below words in quotation marks
_ASIDE = re.compile(r"^\((?P<said>[^\W\d_][^().!?]{3,60})\)$")  # "(proverb)", where others have their sources so
_CLOSED = re.compile(r"[\"”»«“」』״]$")
_GOES_ON = re.compile(r"^(?:[a-zа-яà-ÿ\d(]|pp?\.|S\.)")
_RIGHT = 10  # columns; a source is set in by as much more than its words
_TAILS = 0.8  # of the lines have a name behind their quotation marks
_SET_IN = 4  # columns; by so much is set in a source that is a name, or all of whose words are of a work
_RAGGED = 6  # letters; a rule below a heading is hardly longer or shorter
_PER_WORK = 3  # passages under each heading, on average, where nothing but its rule says that it names their source
_PASSAGE = 500  # letters of such a passage, on average
_FEW = 3
_MOST = 0.6  # of the paragraphs have a source
_HEAD = 70  # characters; no heading is longer
_PAGES = re.compile(
    r"(?:\s*[(\[]|,\s|\s[—–-]\s|(?<=[.!?…\"”»“])\s(?=[^\W\d]))(?:(?:pp?|S|s|с|стр|pág|blz)\.?\s?|page\s|Seite\s)?(?P<page>\d{1,4}(?:[-–]\d{1,4})?)[)\]]?\.?$"
)
_PAGE_FIRST = re.compile(r"^(?:pp?|S|s|с|стр|pág|blz)\.\s?(?P<page>\d{1,4}(?:[-–]\d{1,4})?)\s*[:–—-]\s+")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<address>[^()\s]+)\)")
_INTO = re.compile(r"\s*\(\[[a-z ]{2,20}\]\([^()\s]+\)\)")
"""A link that leads from a quotation back into a program: "([pdf](zotero://…))"."""

_COMMENTED = re.compile(r"^(?P<words>[\"“„«「].*[\"”“»」])\s*\((?P<said>[^()]{4,160})\)\s+(?P<rest>[^\W\d_(—–-].*)$")
_AROUND = re.compile(
    r"^(?P<name>[^\"“„«「:—–]{4,60}):\s+(?P<words>[\"“„«「].*[\"”“»」])\s*\((?P<work>[^()]{4,120})\)\.?$"
)
"""A name before a quotation, and the work in brackets behind it."""

_WIKI_SOURCE = re.compile(r"^\*\*+:?\s*(?=\S)")
_ABOUT = re.compile(r"^(?:on|of|about|über|von|vom|sur|sobre|de|su|di|over|om|о|об)\s", re.IGNORECASE)


_SPEAKS = re.compile(r"[^\W\d_a-zà-ÿ]{2}[^a-zà-ÿ\d,.]*(?:, [^.,]{2,30})?\. ?[—–-]+ ")
"""A name in capitals, perhaps how it is said, and a dash: who speaks in a play."""


@dataclass(slots=True)
class _Slip:
    """One quotation: the lines with its words, those of its source, and where the source is the end of the words."""

    words: list[int] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    said: str = ""  # the source's words, without the dash
    cut: str | None = None  # what the last line of words says without the source
    marked: bool = False  # it has a sign of its own, or marks of quotation
    quoted: bool = False  # it begins with a quotation mark
    head: bool = False
    turn: bool = False  # its words begin with a dash, as in a dialogue


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if percent signs part it, or if most of its paragraphs have a source."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return None
    first, last = filled[0].number, filled[-1].number
    percents = sum(bool(_PERCENT.match(line.text)) for line in filled)
    if percents >= 2 or (percents and _PERCENT.match(filled[-1].text)):
        return Claim(NAME, first, last, 0.98, (f"{percents} lines hold nothing but a percent sign",))
    lines = _without_wiki(_without_site(lines))
    every = list(_slips(lines))
    authors = _authors(every, lines) or _works(every, lines)
    slips = [slip for slip in every if not slip.head]
    text = {line.number: line.text.strip() for line in lines}
    if 2 * sum(bool(slip.words) and bool(_SPEAKS.match(text[slip.words[0]])) for slip in slips) > len(slips):
        return None  # a play: "NORRIS, aside. – Who is there?"
    sourced = [slip for slip in slips if (slip.said or id(slip) in authors) and not slip.turn]
    named = [slip for slip in sourced if " " in slip.said and NAME_FORM.fullmatch(slip.said)]
    signed = named if len(named) >= max(_FEW, _MOST * len(slips)) else []  # each ends with a name behind a dash
    behind = [slip for slip in sourced if slip.cut is not None and _ENDED.search(slip.cut) and len(slip.said) < _HEAD]
    if len(sourced) == len(every) >= _FEW and (2 * len(named) >= len(every) or len(behind) == len(every)):
        signed = sourced
    sure = [s for s in sourced if s.marked or s.source or id(s) in authors or s in signed or fields_of(s.said)]
    share = len(sourced) / len(slips) if slips else 0.0
    plain = [slip for slip in sure if slip.source or slip.quoted or id(slip) in authors or slip in signed]
    few = len(sure) < _FEW and len(plain) < len(slips)
    if not sure or few or share < _MOST or 2 * len(sure) < len(sourced):
        return None
    reason = f"{len(sourced)} of {len(slips)} paragraphs have a source behind a dash or in brackets"
    return Claim(NAME, first, last, min(0.97, (1 + share) / 2), (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the quotations: each an extract, its source the citation."""
    numbers = [line.number for line in lines]
    desk = Desk(_without_wiki(lines))
    for line in lines:
        if (plain := _without_links(line.text)) != line.text:
            desk.rewrite(line.number, plain, "the address leads into a program")
    lines = _without_wiki(_without_site(lines))
    fortunes = any(_PERCENT.match(line.text) for line in lines)
    slips = list(_fortunes(lines) if fortunes else _slips(lines))
    authors = {} if fortunes else _authors(slips, lines)
    works = {} if fortunes or authors else _works(slips, lines)
    heads = sum(slip.head for slip in slips)
    titled = slips[0].head and (heads == 1 or slips[1].head) if slips else False
    for slip in slips:
        if slip.head and apps.FORM.match(" ".join(desk.text(number) for number in slip.words)):
            desk.form(slip.words, "quotation-part")
            continue
        if slip.head:
            _head(slip, desk, division=slip is slips[0] or not titled)
            continue
        author = authors.get(id(slip), "")
        if work := works.get(id(slip)):
            _under_work(slip, work, desk)
            continue
        for number in slip.words:
            bare = _bare(desk.text(number), first=number == slip.words[0] and not fortunes)
            desk.rewrite(number, bare, "the sign of the list is only its form")
        if slip.cut is not None:
            last, left = slip.words[-1], _bare(slip.cut, first=len(slip.words) == 1)
            if slip.source:  # it begins behind the words, and goes on below
                desk.rewrite(last, left, "the source stands in the note")
            else:
                if slip.said not in desk.text(last):  # it stands on both sides of the words
                    desk.rewrite(last, f"{left} {slip.said}", "name and work stand together in the note")
                desk.cut(last, left)
        if not (slip.said or slip.marked or fortunes or author):
            desk.prose(slip.words, "quotation-own", own=True)
            continue
        _words(slip, desk)
        if slip.said:
            fields = fields_of(f"{author}, {slip.said}" if author else slip.said)
            for number in slip.source:
                desk.rewrite(number, _bare(desk.text(number), first=False), "the sign of the list is only its form")
            if slip.source:
                desk.source(slip.source, "quotation-source")
                first = slip.source[0]
                if slip.cut is None:
                    desk.cut(first, slip.said if len(slip.source) == 1 else re.sub(r"^\W+", "", desk.text(first)))
                desk.cite(slip.words, fields, slip.said, first)
            else:
                desk.cite(slip.words, fields, slip.said)
        elif author:
            last = slip.words[-1]
            words = desk.text(last)
            desk.rewrite(last, f"{words} {author}", "who said it stands above, once for several")
            desk.cut(last, words)
            desk.cite(slip.words, None, author)
        else:
            desk.unsourced(slip.words)
    desk.form((number for number in numbers if not desk.decided(number)), "quotation-part")
    return desk.copy(desk.by(settings.order, report))


def _bare(text: str, *, first: bool) -> str:
    """Take the signs of a list or of Markdown off a line; its marker only from the first of a quotation."""
    text = untagged(_SIGN.sub("", text).strip() if ">" in text else text.strip())
    marker = _MARKER.match(text) if first else None
    return text[marker.end() :] if marker and not leads(text) else text


def _without_links(text: str) -> str:
    """Write a line without the addresses of its links, and without links that only lead back into a program."""
    return _LINK.sub(r"\g<words>", _INTO.sub("", text)) if "](" in text else text


def _without_site(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out what a site writes below each quotation: how many like it, under which tags it stands."""
    lines = [replace(line, text=_without_links(line.text)) if "](" in line.text else line for line in lines]
    again = refrains(lines, _AGAIN)
    keyed = Counter(found[0] for line in lines if (found := _KEYED.match(line.text.strip())))
    kept: list[Line] = []
    dropped = False  # the line above
    for line in lines:
        text = line.text.strip()
        key = _KEYED.match(text)
        site = (line.number in again and re.search(r"\w", text)) or (key is not None and keyed[key[0]] > 1)
        if site and not dropped:
            site = bool(kept) and bool(leads(kept[-1].text)) and not _MARKER.match(kept[-1].text)
        dropped = _SITE.match(text) is not None or (bool(site) and not leads(text))
        if not dropped:
            kept.append(line)
    return kept if len(kept) <= len(lines) - _FEW else lines


def _without_wiki(lines: Sequence[Line]) -> Sequence[Line]:
    """Write a list in a wiki's signs with a dash before each source; any other list is returned as it is."""
    below = sum(bool(_WIKI_SOURCE.match(line.text)) for line in lines)
    if below < _FEW - 1 or sum(line.text.startswith("* ") for line in lines) < below:
        return lines
    out = []
    for line in lines:
        text = _WIKI_SOURCE.sub("— ", line.text)
        text = re.sub(r"^(={2,6})\s*(.+?)\s*\1\s*$", r"# \2", text)
        text = re.sub(r"\[\[([^\[\]|]+)\]\]", r"\1", text)
        out.append(replace(line, text=re.sub(r"'{2,3}([^']+)'{2,3}", r"_\1_", text)))
    return out


def _authors(slips: Sequence[_Slip], lines: Sequence[Line]) -> dict[int, str]:
    """Return the author of each quotation (by its ``id``) in a list that stands under the names of authors.

    It does where all heads can be names, no source below them names an author of its own, and some is a whole source
    together with the name above.
    """
    text = {line.number: line.text for line in lines}
    name, under = "", list[tuple[str, _Slip]]()
    titled = len(slips) > 1 and slips[0].head and slips[1].head
    for slip in slips[1:] if titled else slips:
        if slip.head:
            name = text[slip.words[0]].strip("#=*_: ")
            name = name.title() if shouts(name) else name
            if not NAME_FORM.fullmatch(name) or _ABOUT.match(name) or " " not in name:
                return {}
        elif not name:
            return {}
        else:
            under.append((name, slip))
    said = [(name, slip.said) for name, slip in under if slip.said]
    names = [text[slip.words[0]].strip("#=*_: ") for slip in slips if slip.head]
    if not said and len(names) > 1 and len(set(names)) == len(names) and all(slip.quoted for _, slip in under):
        return {id(slip): name for name, slip in under}  # nothing but names, and words in quotation marks
    if any(fields_of(words) for _, words in said) or not any(fields_of(f"{name}, {words}") for name, words in said):
        return {}
    return {id(slip): name for name, slip in under}


def _works(slips: Sequence[_Slip], lines: Sequence[Line]) -> dict[int, str]:
    """Return the work of each quotation (by its ``id``) in a list that stands under works, with nothing but pages.

    All heads but a title above them name works, and every quotation has a sign of its own.
    """
    text = {line.number: line.text for line in lines}
    titled = len(slips) > 1 and slips[0].head and slips[1].head
    out: dict[int, str] = {}
    name = ""
    heads = [text[slip.words[0]].strip() for slip in slips if slip.head]
    ruled = _underlined(lines)
    under = [slip for slip in slips if not slip.head]
    letters = sum(len(text[number]) for slip in under for number in slip.words)
    short = len(under) <= _PER_WORK * len(heads) and letters <= _PASSAGE * len(under)
    plain = short and all(slip.words[0] in ruled for slip in slips if slip.head) and len(heads) > 1
    for slip in slips[1:] if titled else slips:
        if slip.head:
            name = text[slip.words[0]].strip()
            if work_of(name) is None:
                return {}
        elif not name or slip.said or not (slip.marked or plain or _PAGE_FIRST.match(text[slip.words[0]].strip())):
            return {}
        else:
            out[id(slip)] = name
    return out


def _under_work(slip: _Slip, work: str, desk: Desk) -> None:
    """Set a quotation that stands under the name of its work; pages may stand behind it."""
    for number in slip.words:
        bare = _bare(desk.text(number), first=number == slip.words[0])
        desk.rewrite(number, bare, "the sign of the list is only its form")
    last = slip.words[-1]
    fields = work_of(work)
    paged = _PAGES.search(desk.text(last))
    opening = _PAGE_FIRST.match(desk.text(slip.words[0]))
    if opening and fields:
        first = slip.words[0]
        desk.cut(first, desk.text(first)[opening.end() :])
        _words(slip, desk)
        desk.cite(slip.words, replace(fields, locator=opening["page"]), opening[0].strip(" :–—-"))
        return
    _words(slip, desk)
    if paged and fields:
        fields = replace(fields, locator=paged["page"])
        said = paged[0].strip()
        desk.cut(last, desk.text(last)[: paged.start()])
    else:
        said = ""
    desk.cite(slip.words, fields, said)


def _head(slip: _Slip, desk: Desk, *, division: bool) -> None:
    for n, number in enumerate(slip.words):
        text = desk.text(number)
        desk.rewrite(number, text.strip("#* _").rstrip(":"), "the sign of a heading is only its form")
        role = Role.TITLE if division else Role.HEADING
        desk.decide(number, role, "quotation-head", joined=n > 0, level=0 if division else 2)


def _words(slip: _Slip, desk: Desk) -> None:
    """Set the words of a quotation; a note under an asterisk goes to its call."""
    note = next((n for n, number in enumerate(slip.words) if n and re.match(r"\*\s?\w", desk.text(number))), None)
    called = any(re.search(r"\w\*", desk.text(number)) for number in slip.words[:note])
    if note is None or not called:
        desk.prose(slip.words, "quotation-words")
        return
    desk.prose(slip.words[:note], "quotation-words")
    for n, number in enumerate(slip.words[note:]):
        desk.decide(number, Role.NOTE, "quotation-note", joined=n > 0)


def _fortunes(lines: Sequence[Line]) -> Iterator[_Slip]:
    """Cut a fortune file at its percent signs."""
    group: list[Line] = []
    for line in (*lines, None):
        if line is not None and not _PERCENT.match(line.text):
            group.append(line)
            continue
        filled = [one for one in group if not one.blank]
        if filled:
            slip = _cut(filled, fortune=True)
            slip.marked = True
            yield slip
        group = []


def _slips(lines: Sequence[Line]) -> Iterator[_Slip]:
    """Cut a list into quotations; a source that stands by itself belongs to what stands above it."""
    out: list[_Slip] = []
    rows = [_bare(line.text, first=True) for line in lines if not line.blank]
    named = len(rows) >= _FEW and all(led(row, named=True) for row in rows)
    tailed = len(rows) >= _FEW and sum(bool(tail(row)) for row in rows) >= _TAILS * len(rows)
    ruled = _underlined(lines)
    for block in _blocks(lines):
        parts = [block]
        if len(block) > 1:
            parts = [[line] for line in block] if named or tailed else list(_parts(block))
        listed = sum(line.text.lstrip().startswith("- ") for line in block) > 1
        for part in parts:
            if len(part) == 1 and part[0].number in ruled:
                out.append(_Slip([part[0].number], head=True))
                continue
            alone = "" if listed else leads(_bare(part[0].text, first=False))
            if alone and out and out[-1].words and not out[-1].said and not out[-1].head:
                out[-1].source = [line.number for line in part]
                out[-1].said = " ".join([alone, *(_bare(line.text, first=False) for line in part[1:])])
            else:
                out.append(_cut(part, named=named, tailed=tailed))
    text = {line.number: line.text for line in lines}
    if 2 * sum(bool(slip.said) for slip in out) >= len(out):  # in such a list the others have theirs in other forms
        for slip in out:
            _loosely(slip, text)
    for n, slip in enumerate(out):
        below = out[n + 1] if n + 1 < len(out) else None
        if not slip.said and not slip.head and len(slip.words) == 1 and below is not None:
            slip.head = _is_head(text[slip.words[0]])
    yield from out


def _loosely(slip: _Slip, text: Mapping[int, str]) -> None:
    """Find the source of a quotation behind or before its marks, where no sign of its own stands there."""
    if slip.said or not slip.words:
        return
    bare = _bare(text[slip.words[-1]], first=len(slip.words) == 1)
    found = (led(bare, named=True) or tail(bare)) if len(slip.words) == 1 else None
    found = found or (closed(bare) if slip.quoted and len(slip.words) > 1 else None)
    if found:
        slip.cut, slip.said = found
        slip.marked = slip.quoted = True
        return
    bracketed = _ASIDE.match(bare) if slip.quoted and len(slip.words) > 1 else None
    if bracketed and _CLOSED.search(text[slip.words[-2]].strip()):
        slip.source, slip.said = [slip.words.pop()], bracketed["said"]


def _is_head(text: str) -> bool:
    text = text.strip()
    if text.startswith("#"):
        return True
    marker = _MARKER.match(text)
    if marker and (marker[0].strip() in _BULLETS or _PAGES.search(text)):
        return False
    quoted = _QUOTED.match(text[marker.end() :] if marker else text) or led(text, named=True)
    return 0 < len(text) < _HEAD and not _ENDED.search(text.rstrip(":")) and not quoted and text[0] != ">"


def _underlined(lines: Sequence[Line]) -> frozenset[int]:
    """Return the short lines with a rule of their length right below them, and nothing right above: headings."""
    rows = [line.text.strip() for line in lines]
    return frozenset(
        line.number
        for n, line in enumerate(lines[:-1])
        if rows[n]
        and (not n or not rows[n - 1])
        and len(rows[n]) < _HEAD
        and re.fullmatch(r"([-=~^*])\1{2,}", rows[n + 1])
        and abs(len(rows[n + 1]) - len(rows[n])) <= _RAGGED
    )


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank lines and rules; an empty line inside Markdown's signs parts nothing."""
    block: list[Line] = []
    for n, line in enumerate(lines):
        signed = ">" in line.text and _SIGN.match(line.text) is not None
        inner = signed and n + 1 < len(lines) and _SIGN.match(lines[n + 1].text)
        hollow = not (_SIGN.sub("", line.text) if signed else line.text).strip()
        if _RULE.match(line.text) or (hollow and not (inner and block)):
            if block:
                yield block
            block = []
        elif not hollow:
            if line.text.startswith("#") and block:
                yield block
                block = []
            block.append(line)
            if line.text.startswith("#"):
                yield block
                block = []
    if block:
        yield block


def _parts(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Cut a run of lines where it holds several quotations: one on each line, or each with its source below."""
    bare = [_bare(line.text, first=True) for line in block]
    if all(parted(text) or led(text) for text in bare):
        yield from ([line] for line in block)
        return
    part: list[Line] = []
    closed = False
    markers = [bool(_MARKER.match(_SIGN.sub("", line.text))) for line in block]
    headed = len(block) > 1 and not markers[0] and markers[1] and _is_head(block[0].text)
    marked = sum(markers) > 1 or headed
    for line in block:
        text = _SIGN.sub("", line.text).strip()
        item = marked and bool(_MARKER.match(text)) and not leads(text)
        if part and ((closed and not _GOES_ON.match(text)) or item):
            yield part
            part, closed = [], False
        part.append(line)
        closed = closed or (len(part) > 1 and bool(leads(text)))
    if part:
        yield part


def _cut(part: Sequence[Line], *, fortune: bool = False, named: bool = False, tailed: bool = False) -> _Slip:
    """Tell words and source apart in the lines of one quotation, of a ``fortune`` file or of another.

    ``named``: before every quotation of the text stands a name with a colon; ``tailed``: behind nearly every
    one, a name.
    """
    texts = [_bare(line.text, first=n == 0) for n, line in enumerate(part)]
    numbers = [line.number for line in part]
    marked = bool(_QUOTED.match(texts[0])) or texts[0] != part[0].text.strip()
    turn = bool(re.match(DASH, texts[0]))
    quoted = bool(_QUOTED.match(texts[0]))
    indents = [len(line.text.expandtabs()) - len(line.text.expandtabs().lstrip()) for line in part]
    led_to = [leads(text) for text in texts]
    behind = any(led_to[1:])
    for n in range(len(part) - 1, 0, -1):
        said = led_to[n]
        if not said and fortune and n == len(part) - 1:
            said = re.sub(rf"^{DASH}\s*", "", texts[n]) if re.match(rf"{DASH}\s*\w", texts[n]) else ""
            said = bracket[1] if (bracket := re.fullmatch(r"[\[(]([^\[\]()]+)[\])]", texts[n])) else said
        if not said and quoted and n == len(part) - 1 and _CLOSED.search(texts[n - 1]):
            said = saying["said"] if (saying := _SAYING.match(texts[n])) else ""
        if not said and quoted and _CLOSED.search(texts[n - 1]) and fields_of(" ".join(texts[n:])):
            said = texts[n]
        if not said and not behind and n == len(part) - 1 and indents[n] >= indents[0] + _RIGHT:
            said = texts[n] if len(texts[n]) < _HEAD and not _ENDED.search(texts[n]) else ""
        if not said and not behind and n == len(part) - 1 and indents[n] >= indents[0] + _SET_IN:
            said = texts[n] if NAME_FORM.fullmatch(texts[n]) or fields_of(texts[n]) else ""
        if said and all(_GOES_ON.match(text) or indents[n] >= _RIGHT for text in texts[n + 1 :]):
            return _Slip(numbers[:n], numbers[n:], " ".join([said, *texts[n + 1 :]]), None, marked, quoted, turn=turn)
    below = texts[1:]
    if below and _QUOTED.match(below[0]) and texts[0].endswith(":") and fields_of(texts[0].rstrip(":")):
        return _Slip(numbers[1:], numbers[:1], texts[0].rstrip(":"), None, marked=True, quoted=True)
    if len(part) == 1 and (around := _AROUND.match(texts[0])) and NAME_FORM.fullmatch(around["name"]):
        return _Slip(numbers, [], f"{around['name']}, {around['work']}", around["words"], marked=True, quoted=True)
    if len(part) == 1 and (found := led(texts[0], named=named)):
        words, said = found
        return _Slip(numbers, [], said, words, marked=True, quoted=True)
    opens = next((n for n in range(len(part) - 2, max(-1, len(part) - 4), -1) if "(" in texts[n]), -1)
    if opens >= 0 and ")" not in texts[opens].rpartition("(")[2] and (found := parted(" ".join(texts[opens:]))):
        return _Slip(numbers[: opens + 1], numbers[opens + 1 :], found[1], found[0], marked, quoted, turn=turn)
    if len(part) == 1 and (noted := _COMMENTED.match(texts[0])) and re.search(r"\d", noted["said"]):
        return _Slip(numbers, [], f"{noted['said']} – {noted['rest']}", noted["words"], marked=True, quoted=True)
    if found := parted(texts[-1]) or (tail(texts[-1]) if tailed else None):
        words, said = found
        if words or len(part) > 1:
            return _Slip(numbers, [], said, words, marked, quoted, turn=turn)
    return _Slip(numbers, [], "", None, marked, quoted, turn=turn)
