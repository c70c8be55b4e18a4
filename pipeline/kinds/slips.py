"""Slips: a list or a fortune file cut into its quotations, each with its words, its source, and what marks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.cite.detect import looks_like_citation
from pipeline.kinds.attribution import DASH, NAME_FORM, closed, fields_of, leads, led, parted, tail, untagged
from pipeline.kinds.refrain import refrains
from pipeline.model import Line

__all__ = [
    "ENDED",
    "FEW",
    "HEAD",
    "LEAF_BEHIND",
    "PAGES",
    "PAGE_FIRST",
    "PERCENT",
    "Slip",
    "fortunes_of",
    "slips_of",
    "underlined",
    "without_links",
    "without_signs",
    "without_site",
    "without_templates",
    "without_wiki",
]

PERCENT = re.compile(r"^\s*%{1,2}\s*$")
_RULE = re.compile(r"^\s*[.·•~]\s*$|^\s*(?:[*_~=#·•-]\s*){3,}$|^\s*[─━—_]{2,}\s*$")
_SITE = re.compile(r"^(?:[\d.,]+ (?:likes?|people liked it)|like|tags?: .*|(?:read|show) more)$", re.IGNORECASE)
_KEYED = re.compile(r"^[^\W\d_]{3,15}\s?: ")
_AGAIN = 0.3  # of what comes most often
_SIGN = re.compile(r"^\s*(?:>\s?)+")
_MARKER = re.compile(r"^\s*(?:\(?\d{1,4}[.)]|#\d{1,4}|[-*•·▪●+]|№\s?\d+\.?)\s+(?=\S)")
_BULLETS = "-*•·▪●+"
_QUOTED = re.compile(r"^[\"“„«»‘'「『״]")
ENDED = re.compile(r"[.!?…,;:。！？][\"”»“’')\]]*$|[\"”»“」』]$")
_DASH_FIRST = re.compile(rf"{DASH}\s*\S")
_SAYING = re.compile(rf"^{DASH}\s*(?P<said>[^\W\d_][\w’' -]{{2,30}})$")  # "— proverb", below words in quotation marks
_DASHED = re.compile(rf"^(?P<words>[\"“„«»「].*[\"”“»«」])\s*{DASH}\s*(?P<said>[^\W\d_][^\"“„«».!?]{{2,60}})$")
_BEHIND = re.compile(
    rf"^(?P<words>.*[.!?…][\"”»“’']?|[\"“„«»].*[\"”“»«])\s*"
    rf"(?:{DASH}\s*(?P<dash>[^\W\d_][^\"“„«».!?:;]{{2,40}})|\((?P<aside>[^\W\d_][^\"“„«».!?:;()]{{2,40}})\))\.?$"
)  # "… (proverb)", "… — harbour saying", in small letters, where the others have their sources so
_IN_BRACKETS = re.compile(r"^(?P<words>.*\S)\s*[(（](?P<said>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]\.?$")
"""Behind words that have no stop, a work in brackets, where others have theirs so."""

_ASIDE = re.compile(r"^\((?P<said>[^\W\d_][^().!?]{3,60})\)$")  # "(proverb)", where others have their sources so
_CLOSED = re.compile(r"[\"”»«“」』״]$")
_GOES_ON = re.compile(r"^(?:[a-zа-яà-ÿ\d(]|pp?\.|S\.)")
_RIGHT = 10  # columns; a source is set in by as much more than its words
_TAILS = 0.8  # of the lines have a name behind their quotation marks
_SET_IN = 4  # columns; by so much is set in a source that is a name, or all of whose words are of a work
_RAGGED = 6  # letters; a rule below a heading is hardly longer or shorter
FEW = 3
HEAD = 70  # characters; no heading is longer
PAGES = re.compile(
    r"(?:\s*[(\[]|,\s|\s[—–-]\s|(?<=[.!?…\"”»“])\s(?=[^\W\d]))(?:(?:pp?|S|s|с|стр|pág|blz)\.?\s?|page\s|Seite\s)?(?P<page>\d{1,4}(?:[-–]\d{1,4})?)[)\]]?\.?$"
)
LEAF_BEHIND = re.compile(r"\s\((?:(?:pp?|S|s|с|стр|pág|blz)\.\s?)?\d{1,3}(?:[-–]\d{1,3})?\)\.?$")
"""A page in brackets behind the words; four figures are a year."""

PAGE_FIRST = re.compile(
    r"^(?:(?:pp?|S|s|с|стр|pág|blz)\.\s?(?P<page>\d{1,4}(?:[-–]\d{1,4})?)\s*[:–—-]\s+"
    r"|(?P<leaf>\d{1,4}(?:[-–]\d{1,4})?)(?:\s{2,}|\t\s*)(?=[^\W\d_]|[\"“„«‘「]))"
)
"""The page before the words, where the work stands above."""

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<address>[^()\s]+)\)")
_PIPED = re.compile(r"\[\[(?:[^\[\]|]+\|)?(?P<words>[^\[\]|:]+)\]\]")  # of a wiki
_INTO = re.compile(r"\s*\(\[[a-z ]{2,20}\]\([^()\s]+\)\)")
"""A link that leads from a quotation back into a program: "([pdf](zotero://…))"."""

_COMMENTED = re.compile(r"^(?P<words>[\"“„«「].*[\"”“»」])\s*\((?P<said>[^()]{4,160})\)\s+(?P<rest>[^\W\d_(—–-].*)$")
_AROUND = re.compile(
    r"^(?P<name>[^\"“„«「:—–]{4,60}):\s+(?P<words>[\"“„«「].*[\"”“»」])\s*\((?P<work>[^()]{4,120})\)\.?$"
)
"""A name before a quotation, and the work in brackets behind it."""

_OF_WIKI = re.compile(r"^\s*(?:\{\{[^{}]*\}\}|\[\[[^\W\d_]{6,12}:[^\[\]]+\]\])\s*$")
_NESTED = re.compile(r"^(?:\t|\s{2,})[-*+•]\s+(?:[—–]\s*)?(?P<said>[^\W\d_\"“„«].{5,200})$")
_ITEM = re.compile(r"^[-*+•]\s+(?=\S)")
_WIKI_SOURCE = re.compile(r"^\*\*+:?\s*(?=\S)")


@dataclass(slots=True)
class Slip:
    """One quotation: the lines with its words, those of its source, and where the source is the end of the words."""

    words: list[int] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    said: str = ""  # the source's words, without the dash
    cut: str | None = None  # what the last line of words says without the source
    marked: bool = False  # it has a sign of its own, or marks of quotation
    quoted: bool = False  # it begins with a quotation mark
    head: bool = False
    turn: bool = False  # its words begin with a dash, as in a dialogue


def without_signs(text: str, *, first: bool) -> str:
    """Take the signs of a list or of Markdown off a line; its marker only from the first of a quotation."""
    text = untagged(_SIGN.sub("", text).strip() if ">" in text else text.strip())
    marker = _MARKER.match(text) if first else None
    return text[marker.end() :] if marker and not leads(text) else text


def without_links(text: str) -> str:
    """Write a line without the addresses of its links, and without links that only lead back into a program."""
    text = _PIPED.sub(r"\g<words>", text) if "[[" in text else text
    return _LINK.sub(r"\g<words>", _INTO.sub("", text)) if "](" in text else text


def without_site(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out what a site writes below each quotation: how many like it, under which tags it stands."""
    lines = [
        replace(line, text=without_links(line.text)) if "](" in line.text or "[[" in line.text else line
        for line in lines
    ]
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
    return kept if len(kept) <= len(lines) - FEW else lines


def without_wiki(lines: Sequence[Line]) -> Sequence[Line]:
    """Write a list in a wiki's signs with a dash before each source; any other list is returned as it is."""
    lines = _without_nesting(lines)
    below = sum(bool(_WIKI_SOURCE.match(line.text)) for line in lines)
    if below < FEW - 1 or sum(line.text.startswith("* ") for line in lines) < below:
        return lines
    out = []
    for line in lines:
        text = _WIKI_SOURCE.sub("— ", line.text)
        text = re.sub(r"^(={2,6})\s*(.+?)\s*\1\s*$", r"# \2", text)
        text = re.sub(r"\[\[([^\[\]|]+)\]\]", r"\1", text)
        out.append(replace(line, text=re.sub(r"'{2,3}([^']+)'{2,3}", r"_\1_", text)))
    return out


def _without_nesting(lines: Sequence[Line]) -> Sequence[Line]:
    """Write a dash before each source that stands as an item of its own, set in below its quotation's."""
    found = {
        line.number: nested["said"]
        for above, line in pairwise(line for line in lines if not line.blank)
        if (nested := _NESTED.match(line.text)) and _ITEM.match(above.text) and fields_of(nested["said"])
    }
    items = sum(bool(_ITEM.match(line.text)) for line in lines)
    if len(found) < FEW - 1 or len(found) < _TAILS * items:
        return lines
    return [
        replace(line, text=f"— {found[line.number]}" if line.number in found else _ITEM.sub("* ", line.text))
        for line in lines
    ]


def without_templates(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out what only a wiki reads: templates alone on their lines, categories."""
    return [line for line in lines if not ("{{" in line.text or "[[" in line.text) or not _OF_WIKI.match(line.text)]


def fortunes_of(lines: Sequence[Line]) -> Iterator[Slip]:
    """Cut a fortune file at its percent signs."""
    group: list[Line] = []
    for line in (*lines, None):
        if line is not None and not PERCENT.match(line.text):
            group.append(line)
            continue
        filled = [one for one in group if not one.blank]
        if filled:
            slip = _cut(filled, fortune=True)
            slip.marked = True
            yield slip
        group = []


def slips_of(lines: Sequence[Line]) -> Iterator[Slip]:
    """Cut a list into quotations; a source that stands by itself belongs to what stands above it."""
    out: list[Slip] = []
    rows = [without_signs(line.text, first=True) for line in lines if not line.blank]
    named = len(rows) >= FEW and all(led(row, named=True) for row in rows)
    tailed = len(rows) >= FEW and sum(bool(tail(row)) for row in rows) >= _TAILS * len(rows)
    ruled = underlined(lines)
    for block in _blocks(lines):
        parts = [block]
        if len(block) > 1:
            parts = [[line] for line in block] if named or tailed else list(_parts(block))
        listed = sum(line.text.lstrip().startswith("- ") for line in block) > 1
        for part in parts:
            if len(part) == 1 and (part[0].number in ruled or re.match(r"#{1,6}\s", part[0].text)):
                out.append(Slip([part[0].number], head=True))
                continue
            alone = "" if listed else leads(without_signs(part[0].text, first=False))
            given = bool(out) and bool(out[-1].said or out[-1].head or not out[-1].words)
            if alone and out and not (given or _opens_words(part) or _holds_words(part)):
                out[-1].source = [line.number for line in part]
                out[-1].said = " ".join([alone, *(without_signs(line.text, first=False) for line in part[1:])])
            else:
                out.append(_cut(part, named=named, tailed=tailed))
    text = {line.number: line.text for line in lines}
    likely = sum(bool(slip.said) or slip.marked for slip in out)
    if 2 * sum(bool(slip.said) for slip in out) >= likely:  # in such a list the others have theirs in other forms
        for slip in out:
            _loosely(slip, text)
    for n, slip in enumerate(out):
        below = out[n + 1] if n + 1 < len(out) else None
        if below and PAGE_FIRST.match(text[below.words[0]].strip()) and len(slip.words) == 1 and not slip.marked:
            row = text[slip.words[0]].strip()
            slip.head = slip.head or (not PAGE_FIRST.match(row) and fields_of(row) is not None)
            if slip.head:
                slip.said, slip.cut = "", None
        if not slip.said and not slip.head and len(slip.words) == 1:
            row = text[slip.words[0]]
            slip.head = _is_head(row) if below is not None else row.lstrip().startswith("#")
    yield from out


def _opens_words(part: Sequence[Line]) -> bool:
    """Tell whether a line in brackets, closed, stands right above words: it says of them who speaks, or where."""
    below = (without_signs(line.text, first=False) for line in part[1:])
    return part[0].text.strip()[:1] in "[(" and not all(_GOES_ON.match(text) for text in below)


def _holds_words(part: Sequence[Line]) -> bool:
    """Tell whether a sentence ends within the lines below the first: they are words, and no source that goes on."""
    return any(_WHOLE.search(line.text) for line in part[1:-1])


_WHOLE = re.compile(r"(?:\b[a-zà-ÿа-я]{2,}\b\W+){4}.*[^\W\d_]{3}[.!?…][\"”»’]?$")


def _from_the_end(texts: Sequence[str]) -> Iterator[int]:
    """Yield where the source of a quotation may begin among its lines, the last first; never on the first of them."""
    yield from range(len(texts) - 1, max(0, len(texts) - 1 - _WIDEST), -1)


_WIDEST = 20
"""Lines of the longest source: no reader looks further up for its beginning, and no time goes into doing so."""


def _in_brackets(texts: Sequence[str]) -> tuple[int, str]:
    """Find the lines at the end of a quotation that one pair of brackets holds: where they begin, and its words."""
    for n in _from_the_end(texts):
        opens = texts[n][:1]
        if opens not in _PAIRS or not ENDED.search(texts[n - 1]):
            continue
        words = " ".join(texts[n:]).rstrip(".")
        if not words.endswith(_PAIRS[opens]):
            continue
        depth = [words.count(opens, 0, at) - words.count(_PAIRS[opens], 0, at) for at in range(1, len(words))]
        if min(depth) > 0 and looks_like_citation(words[1:-1]) >= _LIKELY:
            return n, words[1:-1]
    return 0, ""


_PAIRS = {"(": ")", "[": "]"}
_LIKELY = 0.5  # of what a citation looks like


def _loosely(slip: Slip, text: Mapping[int, str]) -> None:
    """Find the source of a quotation behind or before its marks, where no sign of its own stands there."""
    if slip.said or not slip.words:
        return
    bare = without_signs(text[slip.words[-1]], first=len(slip.words) == 1)
    found = (led(bare, named=True) or tail(bare)) if len(slip.words) == 1 else None
    found = found or (closed(bare) if slip.quoted and len(slip.words) > 1 else None)
    if found:
        slip.cut, slip.said = found
        slip.marked = slip.quoted = True
        return
    if dashed := _DASHED.match(bare) if slip.quoted and len(slip.words) == 1 else None:
        slip.cut, slip.said = dashed["words"], dashed["said"]
        return
    if behind := _BEHIND.match(bare):
        slip.cut, slip.said = behind["words"], behind["dash"] or behind["aside"]
        return
    if (inside := _IN_BRACKETS.match(bare) if slip.marked else None) and fields_of(inside["said"]):
        slip.cut, slip.said = inside["words"], inside["said"]
        return
    bracketed = _ASIDE.match(bare) if slip.quoted and len(slip.words) > 1 else None
    if bracketed and _CLOSED.search(text[slip.words[-2]].strip()):
        slip.source, slip.said = [slip.words.pop()], bracketed["said"]


def _is_name(text: str) -> bool:
    """Tell whether words are a name, perhaps with the family's first: "Marsh, Ann"."""
    persons = re.split(r" (?:and|und|et|y|e|en|och|i|и|&) ", text)
    if len(persons) > 1:
        return all(" " in person and NAME_FORM.fullmatch(person) for person in persons)
    family, comma, given = text.partition(", ")
    return NAME_FORM.fullmatch(f"{given} {family}" if comma else text) is not None


def _is_head(text: str) -> bool:
    text = text.strip()
    if text.startswith("#"):
        return True
    marker = _MARKER.match(text)
    if marker and (marker[0].strip() in _BULLETS or PAGES.search(text)):
        return False
    if LEAF_BEHIND.search(text):
        return False
    quoted = _QUOTED.match(text[marker.end() :] if marker else text) or led(text, named=True)
    return 0 < len(text) < HEAD and not ENDED.search(text.rstrip(":")) and not quoted and text[0] != ">"


def underlined(lines: Sequence[Line]) -> frozenset[int]:
    """Return the short lines with a rule of their length right below them, and nothing right above: headings."""
    rows = [line.text.strip() for line in lines]
    return frozenset(
        line.number
        for n, line in enumerate(lines[:-1])
        if rows[n]
        and (not n or not rows[n - 1])
        and len(rows[n]) < HEAD
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
    bare = [without_signs(line.text, first=True) for line in block]
    if all(map(PAGE_FIRST.match, bare)):
        yield from ([line] for line in block)
        return
    told = sum(bool(parted(text) or led(text)) for text in bare)
    if all(map(_QUOTED.match, bare)) and len(bare) >= FEW and told >= _TAILS * len(bare):
        yield from ([line] for line in block)  # each begins with a mark of quotation
        return
    if 2 * told > len(bare) and all(parted(text) or led(text) or _BEHIND.match(text) for text in bare):
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


def _cut(part: Sequence[Line], *, fortune: bool = False, named: bool = False, tailed: bool = False) -> Slip:
    """Tell words and source apart in the lines of one quotation, of a ``fortune`` file or of another.

    ``named``: before every quotation of the text stands a name with a colon; ``tailed``: behind nearly every
    one, a name.
    """
    texts = [without_signs(line.text, first=n == 0) for n, line in enumerate(part)]
    numbers = [line.number for line in part]
    marked = bool(_QUOTED.match(texts[0])) or texts[0] != part[0].text.strip()
    turn = bool(re.match(DASH, texts[0]))
    quoted = bool(_QUOTED.match(texts[0]))
    indents = [len(line.text.expandtabs()) - len(line.text.expandtabs().lstrip()) for line in part]
    led_to = [leads(text) for text in texts]
    behind = any(led_to[1:])
    for n in _from_the_end(texts):
        said = led_to[n]
        if not said and _DASH_FIRST.match(texts[n]) and (whole := leads(" ".join(texts[n:]))):
            return Slip(numbers[:n], numbers[n:], whole, None, marked, quoted, turn=turn)
        if not said and fortune and n == len(part) - 1:
            said = re.sub(rf"^{DASH}\s*", "", texts[n]) if re.match(rf"{DASH}\s*\w", texts[n]) else ""
            said = bracket[1] if (bracket := re.fullmatch(r"[\[(]([^\[\]()]+)[\])]", texts[n])) else said
        if not said and quoted and n == len(part) - 1 and _CLOSED.search(texts[n - 1]):
            said = saying["said"] if (saying := _SAYING.match(texts[n])) else ""
        if not said and quoted and _CLOSED.search(texts[n - 1]) and fields_of(" ".join(texts[n:])):
            said = texts[n]
        if not said and not behind and n == len(part) - 1 and indents[n] >= indents[0] + _RIGHT:
            said = texts[n] if len(texts[n]) < HEAD and not ENDED.search(texts[n]) else ""
        if not said and not behind and n == len(part) - 1 and indents[n] >= indents[0] + _SET_IN:
            said = texts[n] if NAME_FORM.fullmatch(texts[n]) or fields_of(texts[n]) else ""
        if said and all(_GOES_ON.match(text) or indents[n] >= _RIGHT for text in texts[n + 1 :]):
            return Slip(numbers[:n], numbers[n:], " ".join([said, *texts[n + 1 :]]), None, marked, quoted, turn=turn)
    at, inside = _in_brackets(texts)
    if inside:
        return Slip(numbers[:at], numbers[at:], inside, None, marked, quoted, turn=turn)
    below = texts[1:]
    if below and _QUOTED.match(below[0]) and texts[0].endswith(":") and fields_of(texts[0].rstrip(":")):
        return Slip(numbers[1:], numbers[:1], texts[0].rstrip(":"), None, marked=True, quoted=True)
    if len(part) == 1 and (around := _AROUND.match(texts[0])) and _is_name(around["name"]):
        return Slip(numbers, [], f"{around['name']}, {around['work']}", around["words"], marked=True, quoted=True)
    if len(part) == 1 and (found := led(texts[0], named=named)):
        words, said = found
        return Slip(numbers, [], said, words, marked=True, quoted=True)
    opens = next((n for n in range(len(part) - 2, max(-1, len(part) - 4), -1) if "(" in texts[n]), -1)
    source = parted(" ".join(texts[opens:])) if opens >= 0 and ")" not in texts[opens].rpartition("(")[2] else None
    if source and len(source[0]) <= len(texts[opens]):  # it begins there
        return Slip(numbers[: opens + 1], numbers[opens + 1 :], source[1], source[0], marked, quoted, turn=turn)
    if len(part) == 1 and (noted := _COMMENTED.match(texts[0])) and re.search(r"\d", noted["said"]):
        return Slip(numbers, [], f"{noted['said']} – {noted['rest']}", noted["words"], marked=True, quoted=True)
    if found := parted(texts[-1]) or (tail(texts[-1]) if tailed else None):
        words, said = found
        if words or len(part) > 1:
            return Slip(numbers, [], said, words, marked, quoted, turn=turn)
    return Slip(numbers, [], "", None, marked, quoted, turn=turn)
