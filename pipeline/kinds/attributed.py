"""Attributed passages: each has its source on a line of its own, right above or below it, that no sign marks.

``> The lamps were trimmed at dusk.`` and below it "Ada Orr, The Lamp Room, p. 12"; or the same without Markdown's sign.
That the line is a source is told by what it names, a person and a work. Or by the shape that all the text has: passages
end as sentences do, what stands below each does not and can be a name. Where ``>`` says what was quoted, a name alone
is enough. What comes again below every passage word for word, but for its figures, is a site's or a program's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice

from pipeline.cite.detect import looks_like_citation
from pipeline.kinds.attribution import NAME_FORM, is_attribution, names, source_of, titled_in_marks, untagged
from pipeline.kinds.desk import Desk
from pipeline.kinds.devices import is_date
from pipeline.kinds.labels import turns_of
from pipeline.kinds.letterheads import names_both
from pipeline.kinds.refrain import refrains
from pipeline.label.cast import is_play
from pipeline.label.formulas import SALUTATION
from pipeline.model import ChangeKind, Claim, Copy, Leaving, Line, Role
from pipeline.parts import NAMED
from pipeline.report import Report
from pipeline.settings import Settings

NAME = "passages with their sources"
WHY: Mapping[str, str] = {
    "attributed-words": "The words of a passage.",
    "attributed-source": "Beside each passage stands the line that names its source.",
    "attributed-head": "A heading over passages.",
    "attributed-own": "Short words beside no passage: the compiler's own.",
    "attributed-form": "A rule between two passages is only the file's form.",
}
LEAVES = {"attributed-form": Leaving(ChangeKind.SET_ASIDE)}
_SIGN = re.compile(r"^\s*(?:>\s?)+")
_CALLED = re.compile(r"^\[!(?:quote|cite)\][-+]?\s*", re.IGNORECASE)  # Obsidian's, before the source
_RULE = re.compile(r"^\s*(?:[*_~=#·•-]\s*){3,}$|^\s*[─━—_]{2,}\s*$")
_KEYWORD = re.compile(r"^#\+(?P<key>\w+)(?::\s*(?P<value>.*)|\s*)$")  # of Org
_HEAD = re.compile(r"^#{1,6}\s+(?=\S)")
_ENDED = re.compile(r"[.!?…,;:。！？]$")
_STOPPED = re.compile(r"(?:(?<!\bp)(?<!\bpp)(?<!\bS)(?<!\d)\.|[!?…。！？؟])[\"”»“’')\]」』״]*$|[\"”»“」』״]$")
_QUOTED = re.compile(r"^\s*[\"“„«»‘「『״]")
_CLOSED = re.compile(r"[\"”»“’」』״][.,;…]{0,3}$")
_NAMED = 80  # characters; a source that names no work is not longer
_LONGEST = 1500  # characters of a passage; nobody copies more at once
_FEW = 3
_MOST = 0.8  # of the passages have a source
_WORKS = 0.6  # of the sources name a work, where no sign says what was quoted; half of that where one does
_BRACKETED = re.compile(r"^[\[(（【](?P<words>[^\[\]()（）【】]+)[\])）】][.:]?$")
_BY = re.compile(r"^(?:by|von|par|por|di|door)\s(?=[^\W\d_a-z])")
_SET_OFF = re.compile(r"^([*_]{1,3})(?P<words>[^*_]+)\1$")
_NAMING = 0.8  # of the sources can be names, and of the passages above them end as sentences do
_LONG_SOURCE = 200  # characters
_FRONT = 2  # paragraphs above the first passage, at most
_BLOCKS = 1.5  # of a passage, on average: what goes on over many is a text, and a short line in it a heading
_ROWS = 3  # lines; no source has more
_LONG_TEXT = 400  # lines
_CITED = 0.5  # of what a citation looks like
_LETTERS = 2  # blocks that begin as letters do: names below them sign them
_SAMPLE = 60  # blocks
_SCORE = 0.93
_UNSURE = 0.7


class _Is(StrEnum):
    HEAD = "head"
    SOURCE = "source"
    WORDS = "words"


@dataclass(slots=True)
class _Part:
    what: _Is
    lines: Sequence[Line]
    signed: bool = False
    work: bool = False  # a source that names a person and a work
    tight: bool = False  # a source in one run of lines with its passage

    @property
    def numbers(self) -> list[int]:
        return [line.number for line in self.lines]

    @property
    def text(self) -> str:
        return " ".join(_bare(line.text) for line in self.lines)


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text of passages that nearly all have a source beside them, by what it names or by the text's shape."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < 2:
        return None
    first, last = filled[0].number, filled[-1].number
    if _is_signed(filled):
        if (seen := _signed_passages(lines)) is None or is_play(lines):
            return None
        passages, sources = seen
        reason = f"{sources} of {passages} passages have a line beside them that names their source"
        return Claim(NAME, first, last, _SCORE, (reason,))
    shape = _shape(lines)
    if shape is None or is_play(lines):
        return None
    reason = f"{shape.sourced} of {shape.passages} passages have {shape.said} that can name their source"
    return Claim(NAME, first, last, _SCORE if shape.sure else _UNSURE, (reason,))


def _is_signed(lines: Sequence[Line]) -> bool:
    """Tell whether Markdown's sign marks what was quoted: several lines, or the first of all."""
    signed = [bool(_SIGN.match(line.text)) for line in lines if not line.blank]
    return sum(signed) >= _FEW or signed[:1] == [True]


def _signed_passages(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return how many passages have Markdown's sign, and how many of them a source; nothing where hardly any has."""
    parts = list(_parts(lines))
    found = list(_passages(parts))
    sources = [source for _, source in found if source is not None]
    works = sum(source.work for source in sources)
    called = sum(bool(_CALLED.match(_SIGN.sub("", line.text))) for line in lines) if found else 0
    told = 0 < len(found) == len(sources) <= called  # each says that it is a quotation
    if len(sources) < _FEW and not (0 < works == len(sources) == len(found) or told):
        return None
    if len(sources) < _MOST * len(found) or (works < _WORKS / 2 * len(sources) and not told):
        return None
    words = [sum(len(part.text) for part in passage) for passage, _ in found]
    held = sum(part.what is _Is.SOURCE for part in parts)
    quoted = all(part.signed for passage, _ in found for part in passage)
    return (len(found), len(sources)) if max(words) <= _LONGEST and held <= len(sources) + 2 and quoted else None


@dataclass(frozen=True, slots=True)
class _Shape:
    """The shape of a text without signs: its parts, those that are a program's left out."""

    parts: Sequence[_Part]
    passages: int
    sourced: int
    said: str
    sure: bool


def _shape(lines: Sequence[Line]) -> _Shape | None:
    """Find the shape of a text whose passages no sign marks: each with its source above, or each with it below."""
    if not _may_have_sources(lines):
        return None
    if len(lines) > _LONG_TEXT and _shape(lines[:_LONG_TEXT]) is None:
        return None  # a long text of another kind is not read to its end
    again = refrains(lines, _MOST) - _days(lines)
    kept = [replace(line, text="") if line.number in again else line for line in lines]
    for rows in ([kept] if again else []) + [lines]:
        rows = rows if any(line.blank for line in lines) else _spaced(rows)
        for cut, said in ((_above, "a line above"), (_below, "a line below")):
            parts = list(chain.from_iterable(cut(block) for block in _blocks(rows)))
            parts = _with_heads(parts) if cut is _below else _heads_above(parts)
            if shape := _weighed(parts, said, above=cut is _above):
                return shape
    return None


def _days(lines: Sequence[Line]) -> set[int]:
    """Return the days that stand alone over several passages each: headings, though they come again and again."""
    blocks = list(_blocks(lines))
    alone = {block[0].number for block in blocks if len(block) == 1 and is_date(block[0].text.strip("#*_ "))}
    return alone if 2 * len(alone) <= len(blocks) - len(alone) else set()


def _spaced(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a text without a blank one, a paragraph each, with room between any two."""
    return [one for line in lines for one in (line, Line(0, ""))]


def _may_have_sources(lines: Sequence[Line]) -> bool:
    """Tell by the first blocks of a text whether their first or last lines are often no end of a sentence.

    This costs little, and a book is none.
    """
    open_ends = blocks = letters = 0
    lines = lines if any(line.blank for line in lines) else _spaced(lines[: 2 * _SAMPLE])
    for block in islice(_blocks(lines), _SAMPLE):
        blocks += 1
        first, last = block[0].text.strip(), block[-1].text.strip()
        letters += SALUTATION.match(first) is not None
        open_ends += len(last) <= _LONG_SOURCE and (not _STOPPED.search(last) or titled_in_marks(last) is not None)
        open_ends += len(block) > 1 and len(first) <= _LONG_SOURCE and not _STOPPED.search(first)
    return 3 * open_ends >= blocks and letters < _LETTERS


def _weighed(parts: Sequence[_Part], said: str, *, above: bool) -> _Shape | None:
    """Return the shape if nearly all passages have a source: such as names works or, below them, as can be a name."""
    found = list(_passages(parts))
    front = 0
    while front < min(_FRONT, len(found)) and found[front][1] is None:
        front += 1  # a preface
    found = found[front:]
    sourced = [(words, source) for words, source in found if source is not None]
    sources = [source for _, source in sourced]
    works = sum(source.work for source in sources)
    whole = all(source.tight and source.work for source in sources) and len(sources) == len(found) == len(parts) / 2
    if not sources or (len(sources) < _FEW and not whole) or len(sources) < _MOST * len(found):
        return None
    texts = [" ".join(part.text for part in words) for words, _ in found]
    if sum(len(words) for words, _ in found) > _BLOCKS * len(found):
        return None
    if max(map(len, texts)) > _LONGEST or sum(part.what is _Is.SOURCE for part in parts) > len(sources) + 2:
        return None
    if works < _WORKS * len(sources):
        named = sum(names(_said(source.lines)) for source in sources)
        ended = sum(bool(_STOPPED.search(_bare(words[-1].lines[-1].text))) for words, _ in sourced)
        longer = 2 * sum(map(len, texts)) / len(texts) > sum(len(source.text) for source in sources) / len(sources)
        lines = [line.text.strip() for words, _ in sourced for part in words for line in part.lines]
        verse = len(lines) > 2 * len(sources) and sum(bool(_STOPPED.search(row)) for row in lines) < len(lines) / 2
        quoted = all(source.tight for source in sources) and all(_is_quoted(words) for words, _ in found)
        if above or verse or not longer or min(named, ended) < (_WORKS if quoted else _NAMING) * len(sources):
            return None
    if sum(part.what is _Is.HEAD and names_both(part.text) for part in parts) >= _LETTERS:
        return None  # letters, each with its head and signed
    days = sum(part.what is _Is.HEAD and is_date(part.text) for part in parts)
    tight = all(source.tight for source in sources) and works >= _NAMING * len(sources)
    sure = (days < _FEW - 1 or tight) and works >= _WORKS * len(sources)
    if days < _FEW - 1 and not sure and parts[-1].what is _Is.SOURCE:  # else names may stand above what was said
        loose = [line for part in parts for line in part.lines if not part.tight]
        sure = 2 * sum(source.tight for source in sources) > len(sources) or turns_of(loose) is None
    return _Shape(parts, len(found), len(sources), said, sure)


def _is_quoted(words: Sequence[_Part]) -> bool:
    """Tell whether a passage stands in quotation marks from its first word to its last."""
    return bool(_QUOTED.match(words[0].text)) and _CLOSED.search(words[-1].text) is not None


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the passages, each with its source."""
    desk = Desk(lines)
    shape = None if _is_signed(lines) else _shape(lines)
    parts = shape.parts if shape else list(_parts(lines))
    for part in parts:
        for number in part.numbers:
            sign = "heading" if part.what is _Is.HEAD else "quotation"
            desk.rewrite(number, _bare(desk.text(number)), f"the sign of a {sign} is only its form")
    heads = [part for part in parts if part.what is _Is.HEAD]
    titled = len(parts) > 1 and parts[0].what is parts[1].what is _Is.HEAD
    single = len(heads) == 1 and heads[0] is parts[0]
    dated = len(heads) > 1 and all(is_date(part.text) for part in heads)  # days, which need no page each
    for part in heads:
        division = not dated and ((part is parts[0] and (titled or single)) or not titled)
        role, level = (Role.TITLE, 0) if division else (Role.HEADING, 2)
        for n, number in enumerate(part.numbers):
            desk.decide(number, role, "attributed-head", joined=n > 0, level=level)
    for passage, source in _passages(parts):
        numbers = [number for part in passage for number in part.numbers]
        if source is None and passage[0] in parts[: _FRONT + 1] and shape:
            desk.prose(numbers, "attributed-own", own=True)  # a preface
            continue
        desk.prose(numbers, "attributed-words")
        if source is None:
            desk.unsourced(numbers)
            continue
        first = source.numbers[0]
        desk.rewrite(first, _BY.sub("", desk.text(first)), "that it says whose the words are, its place says")
        desk.source(source.numbers, "attributed-source")
        text = _said(source.lines)
        fields = source_of(text)
        if fields or looks_like_citation(text) < _CITED:  # others are taken apart as sources of other texts are
            desk.cite(numbers, fields, text, source.numbers[0])
    for part in parts:
        if desk.decided(part.numbers[0]):
            continue
        if part is parts[0]:
            desk.decide(part.numbers[0], Role.TITLE, "attributed-head")  # short, and the passages have theirs
        desk.prose([number for number in part.numbers if not desk.decided(number)], "attributed-own", own=True)
    desk.form((line.number for line in lines if not desk.decided(line.number)), "attributed-form")
    keywords = (found for line in lines if (found := _KEYWORD.match(line.text)))
    title = next((found["value"] for found in keywords if found["key"].casefold() == "title" and found["value"]), "")
    return desk.copy(desk.by(settings.order, report), title=title)


def _bare(text: str) -> str:
    """Return a line without the signs of Markdown and of HTML before it or around all of it."""
    bare = untagged(_CALLED.sub("", _HEAD.sub("", _SIGN.sub("", text)).strip()))
    set_off = _SET_OFF.match(bare)
    return set_off["words"] if set_off else bare


def _passages(parts: Sequence[_Part]) -> Iterator[tuple[list[_Part], _Part | None]]:
    """Yield passages, each with its source: above it where the text begins with one and ends without, else below."""
    body = [part for part in parts if part.what is not _Is.HEAD]
    above = bool(body) and body[0].what is _Is.SOURCE and body[-1].what is _Is.WORDS
    tight = 2 * sum(part.tight for part in parts) > sum(part.what is _Is.SOURCE for part in parts)
    words: list[_Part] = []
    source: _Part | None = None
    for part in parts:
        if part.what is _Is.WORDS:
            if words and tight and not _open(words):
                yield words, source if above else None  # the next block has a source of its own
                words, source = [], None
            words.append(part)
            continue
        if words:
            yield words, source if above else part if part.what is _Is.SOURCE else None
        words, source = [], part if part.what is _Is.SOURCE else None
    if words:
        yield words, source if above else None


def _open(words: Sequence[_Part]) -> bool:
    """Tell whether a quotation mark that opened before is still to be closed."""
    text = words[-1].text
    return bool(_QUOTED.match(words[0].text)) and not _CLOSED.search(text)


def _with_heads(parts: Sequence[_Part]) -> list[_Part]:
    """Take for a heading what stands by itself where no passage is to have a source: at the top, or below a source."""
    out: list[_Part] = []
    for part in parts:
        free = not out or out[-1].what is not _Is.WORDS
        out.append(replace(part, what=_Is.HEAD) if free and part.what is _Is.SOURCE and not part.tight else part)
    return out


def _heads_above(parts: Sequence[_Part]) -> list[_Part]:
    """Take for a heading a short line alone, no sentence, over a source; and what titles the whole book over that.

    Where the source does not stand right above its passage, the passage of the source before must be over.
    """
    out: list[_Part] = []
    for n, part in enumerate(parts):
        below = parts[n + 1] if n + 1 < len(parts) else None
        under_title = n == 0 and len(parts) > 2 and parts[2].what is _Is.SOURCE and below is not None
        titles = under_title and below is not None and below.what is _Is.WORDS and _may_head(below)
        over = not out or out[-1].what is not _Is.SOURCE
        heads = below is not None and below.what is _Is.SOURCE and (below.tight or over)
        is_head = part.what is _Is.WORDS and (heads or titles) and _may_head(part)
        out.append(replace(part, what=_Is.HEAD) if is_head else part)
    return out


def _may_head(part: _Part) -> bool:
    text = part.text
    alone = len(part.lines) == 1 and not part.tight and len(text) <= _NAMED
    return alone and not _STOPPED.search(text) and not _ENDED.search(text)


def _parts(lines: Sequence[Line]) -> Iterator[_Part]:
    """Cut a text in Markdown's signs at blank lines, and where the sign begins or ends."""
    for block in _blocks(lines):
        if _HEAD.match(block[0].text):
            yield _Part(_Is.HEAD, block)
        else:
            yield from _signed(block)


def _signed(block: Sequence[Line]) -> Iterator[_Part]:
    """Cut a run of lines: below what has the sign, or below a bare sign, the source may stand."""
    if len(block) > 1 and _CALLED.match(_SIGN.sub("", block[0].text)) and (source := _source(block[:1])):
        yield source
        yield _Part(_Is.WORDS, block[1:], signed=True)
        return
    inside = [line for line in block if _SIGN.match(line.text)]
    groups: list[list[Line]] = [[]]
    for line in inside:
        if _bare(line.text):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    last = _source(groups[-1]) if len(groups) > 1 else None
    above = [line for line in block if inside and line.number < inside[0].number]
    below = [line for line in block if not inside or line.number > inside[-1].number]
    for lines in (above, inside, below):
        if lines is inside and groups:
            words = [line for group in (groups[:-1] if last else groups) for line in group]
            yield _Part(_Is.WORDS, words, signed=True)
            if last:
                yield last
        elif lines:
            yield _source(lines) or _Part(_Is.WORDS, lines)


def _below(block: Sequence[Line]) -> Iterator[_Part]:
    """Cut a run of lines before its last, or its last three, where these are no sentence or name person and work."""
    if _heads(block):
        yield _Part(_Is.HEAD, block)
        return
    rows = [_bare(line.text) for line in block]
    if rows[-1].endswith((":", "：")):
        yield _Part(_Is.WORDS, block)  # it announces what is below
        return
    stops = [n for n, row in enumerate(rows) if _STOPPED.search(row)]
    closes = [n for n, row in enumerate(rows) if _CLOSED.search(row)] if _QUOTED.match(rows[0]) else []
    at = (closes or stops or [-1])[-1] + 1
    if at in (0, len(block)) and len(block) > 1 and (source := _source(block[-1:], named=False)):
        at = len(block) - 1  # it names a person and a work, and ends with a stop, or the passage has none
    else:
        source = _short(block[at:]) if at < len(block) else None
    if source is None:
        yield _Part(_Is.WORDS, block)
        return
    if at:
        yield _Part(_Is.WORDS, block[:at])
        source.tight = True
    yield source


def _above(block: Sequence[Line]) -> Iterator[_Part]:
    """Cut a run of lines behind its first, if this names a person and a work."""
    if _heads(block):
        yield _Part(_Is.HEAD, block)
    elif _has_own_line(block) and (source := _over(block)):
        yield source
        if block[1:]:
            source.tight = True
            yield _Part(_Is.WORDS, block[1:])
    else:
        yield _Part(_Is.WORDS, block)


def _has_own_line(block: Sequence[Line]) -> bool:
    """Tell whether what stands first may be a source: a sentence that goes on in the next row is the passage's own."""
    first = block[0].text.strip()
    if len(block) == 1:
        return not _STOPPED.search(first)
    small = block[1].text.strip()[:1].islower()  # it goes on, unless a page ends the line
    return first.endswith((":", "：")) or not small or bool(first[-1:].isdigit() and source_of(_said(block[:1])))


def _over(block: Sequence[Line]) -> _Part | None:
    """Return the first line of a run as a source: it names a person and a work, or is short and ends with a colon."""
    colon = len(block) > 1 and block[0].text.rstrip().endswith((":", "："))
    return _source(block[:1], named=False) or (_short(block[:1]) if colon else None)


def _heads(block: Sequence[Line]) -> bool:
    """Tell whether a run of lines is a heading by its sign, or a day."""
    text = block[0].text.strip("#*_= ")
    day = len(block) == 1 and is_date(text) and looks_like_citation(text) < _CITED  # "Harbour Post, 3 May 1921" is none
    return day or bool(_HEAD.match(block[0].text))


def _short(lines: Sequence[Line]) -> _Part | None:
    """Return lines as a source if by their form they can name one."""
    text = _said(lines)
    if len(lines) > _ROWS or len(text) > _LONG_SOURCE or not _may_name(text):
        return None
    return _Part(_Is.SOURCE, lines, work=source_of(text) is not None)


def _may_name(text: str) -> bool:
    """Tell whether words can name a source: an attribution, and no "Chapter II: The Lamp"."""
    return NAMED.match(text) is None and is_attribution(text)


def _said(lines: Sequence[Line]) -> str:
    """Return the words of a source, without brackets around all of it."""
    rows = [_bare(line.text) for line in lines]
    apart = len(rows) == 2 and " " in rows[0] and NAME_FORM.fullmatch(rows[0]) and rows[1][:1].isupper()
    text = (", " if apart else " ").join(rows).rstrip(":： ")  # a name, and below it the work
    bracketed = _BRACKETED.match(text)
    return _BY.sub("", bracketed["words"] if bracketed else text)


def _source(lines: Sequence[Line], *, named: bool = True) -> _Part | None:
    """Return lines as a source if they name a person and a work; or, if ``named``, a name or a short attribution."""
    text = _said(lines)
    can_name = _may_name(text)
    if (can_name or looks_like_citation(text) >= _CITED) and source_of(text) is not None:
        return _Part(_Is.SOURCE, lines, work=True)
    if not can_name:
        return None
    short = len(lines) == 1 and len(text) <= _NAMED and (NAME_FORM.fullmatch(text) or not _ENDED.search(text))
    return _Part(_Is.SOURCE, lines) if named and short else None


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank lines and rules; a heading stands by itself."""
    block: list[Line] = []
    for line in (*lines, Line(0, "")):
        head = bool(_HEAD.match(line.text))
        rule = _RULE.match(line.text) or _KEYWORD.match(line.text)
        if (line.blank or rule or head) and block:
            yield block
            block = []
        if head:
            yield [line]
        elif not line.blank and not rule:
            block.append(line)
