"""Quotations: fortune files and lists of sayings, each with its source, become extracts with their citations.

A fortune file has a line with a percent sign between any two. In a list the source stands behind a dash or in brackets
("The lamps were trimmed at dusk." — Ada Orr, The Lamp Room, p. 12), or on a line of its own below. A list may be
numbered, bulleted, or set in the signs of Markdown or of a wiki; what is only its form goes. Where it stands under the
names of authors, they are said once for all below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.cite.detect import looks_like_citation
from pipeline.kinds import apps
from pipeline.kinds.attribution import NAME_FORM, fields_of, work_of
from pipeline.kinds.desk import Desk
from pipeline.kinds.labels import shouts
from pipeline.kinds.slips import (
    ENDED,
    FEW,
    HEAD,
    LEAF_BEHIND,
    PAGE_FIRST,
    PAGES,
    PERCENT,
    Slip,
    fortunes_of,
    slips_of,
    underlined,
    without_links,
    without_signs,
    without_site,
    without_templates,
    without_wiki,
)
from pipeline.label.cast import is_play
from pipeline.model import ChangeKind, Claim, Copy, Leaving, Line, Role
from pipeline.parts import NAMED
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
_PER_WORK = 3  # passages under each heading, on average, where nothing but its rule says that it names their source
_PASSAGE = 500  # letters of such a passage, on average
_CITED = 0.5  # of what a citation looks like
_MOST = 0.6  # of the paragraphs have a source


_PAGE_ONLY = re.compile(r"(?:pp?|S|s|с|стр|pág|blz|loc)\.?\s?\d{1,5}(?:[-–]\d{1,5})?\.?", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:on|of|about|über|von|vom|sur|sobre|de|su|di|over|om|о|об)\s", re.IGNORECASE)


_SPEAKS = re.compile(r"[^\W\d_a-zà-ÿ]{2}[^a-zà-ÿ\d,.]*(?:, [^.,]{2,30})?\. ?[—–-]+ ")
"""A name in capitals, perhaps how it is said, and a dash: who speaks in a play."""


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim the text if percent signs part it, or if most of its paragraphs have a source."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return None
    first, last = filled[0].number, filled[-1].number
    percents = sum(bool(PERCENT.match(line.text)) for line in filled)
    if percents >= 2 or (percents and PERCENT.match(filled[-1].text)):
        return Claim(NAME, first, last, 0.98, (f"{percents} lines hold nothing but a percent sign",))
    lines = without_wiki(without_templates(without_site(lines)))
    every = list(slips_of(lines))
    authors = _authors(every, lines) or _works(every, lines)
    slips = [slip for slip in every if not slip.head]
    text = {line.number: line.text.strip() for line in lines}
    if 2 * sum(bool(slip.words) and bool(_SPEAKS.match(text[slip.words[0]])) for slip in slips) > len(slips):
        return None  # a play without scenes: "NORRIS, aside. – Who is there?"
    cited = sum(bool(slip.words) and looks_like_citation(text[slip.words[0]]) >= _CITED for slip in slips)
    if 2 * cited >= len(slips) > 0 and not any(slip.quoted for slip in slips):
        return None  # a list of works; a dash stands for the author above
    sourced = [slip for slip in slips if (slip.said or id(slip) in authors) and not slip.turn]
    named = [slip for slip in sourced if " " in slip.said and NAME_FORM.fullmatch(slip.said)]
    signed = named if len(named) >= max(FEW, _MOST * len(slips)) else []  # each ends with a name behind a dash
    behind = [slip for slip in sourced if slip.cut is not None and ENDED.search(slip.cut) and len(slip.said) < HEAD]
    if len(sourced) == len(every) >= FEW and (2 * len(named) >= len(every) or len(behind) == len(every)):
        signed = sourced
    sure = [s for s in sourced if s.marked or s.source or id(s) in authors or s in signed or fields_of(s.said)]
    share = len(sourced) / len(slips) if slips else 0.0
    plain = [slip for slip in sure if slip.source or slip.quoted or id(slip) in authors or slip in signed]
    few = len(sure) < FEW and len(plain) < len(slips)
    if not sure or few or share < _MOST or 2 * len(sure) < len(sourced) or is_play(lines):
        return None
    reason = f"{len(sourced)} of {len(slips)} paragraphs have a source behind a dash or in brackets"
    return Claim(NAME, first, last, min(0.97, (1 + share) / 2), (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read the quotations: each an extract, its source the citation."""
    numbers, numbered = [line.number for line in lines], lines
    desk = Desk(without_wiki(lines))
    for line in without_wiki(lines):
        if (plain := without_links(line.text)) != line.text:
            desk.rewrite(line.number, plain, "the address leads into a program")
    lines = without_wiki(without_templates(without_site(lines)))
    fortunes = any(PERCENT.match(line.text) for line in lines)
    slips = list(fortunes_of(lines) if fortunes else slips_of(lines))
    authors = {} if fortunes else _authors(slips, lines)
    works = {} if fortunes or authors else _works(slips, lines)
    heads = sum(slip.head for slip in slips)
    titled = slips[0].head and (heads == 1 or slips[1].head) if slips else False
    closing = slips[-1] if slips and len(without_templates(numbered)) < len(numbered) else None
    for slip in slips:
        if slip.head and slip is closing:
            desk.form(slip.words, "quotation-part")  # over what only a wiki reads
            continue
        if slip.head and apps.FORM.match(" ".join(desk.text(number) for number in slip.words)):
            desk.form(slip.words, "quotation-part")
            continue
        if slip.head:
            _head(slip, desk, division=slip is slips[0] or not titled)
            continue
        author = authors.get(id(slip), "")
        if works and id(slip) not in works:
            note = re.sub(r"^[-*+•]\s+", "", desk.text(slip.words[0]))
            desk.rewrite(slip.words[0], note, "the sign of the list is only its form")
            desk.prose(slip.words, "quotation-own", own=True)
            continue
        if work := works.get(id(slip)):
            _under_work(slip, work, desk)
            continue
        for number in slip.words:
            bare = without_signs(desk.text(number), first=number == slip.words[0] and not fortunes)
            desk.rewrite(number, bare, "the sign of the list is only its form")
        if slip.cut is not None:
            last, left = slip.words[-1], without_signs(slip.cut, first=len(slip.words) == 1)
            if slip.source:  # it begins behind the words, and goes on below
                begun, below = desk.text(last).partition(left)[2].strip(" ([—–―-"), slip.source[0]
                desk.rewrite(last, left, "the source stands in the note")
                desk.rewrite(below, f"{begun} {desk.text(below)}", "the source stands in the note")
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
                desk.rewrite(
                    number, without_signs(desk.text(number), first=False), "the sign of the list is only its form"
                )
            if slip.source:
                desk.source(slip.source, "quotation-source")
                first = slip.source[0]
                if slip.cut is None:
                    desk.cut(first, slip.said if len(slip.source) == 1 else re.sub(r"^\W+", "", desk.text(first)))
                if len(slip.source) > 1 or slip.cut is not None:
                    end = slip.source[-1]
                    closed = desk.text(end).rstrip(" .")
                    if closed[-1:] in ")]" and not slip.said.endswith(closed):
                        desk.cut(end, closed[:-1])
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


def _authors(slips: Sequence[Slip], lines: Sequence[Line]) -> dict[int, str]:
    """Return the author of each quotation (by its ``id``) in a list that stands under the names of authors.

    It does where all heads can be names, no source below them names an author of its own, and some is a whole source
    together with the name above.
    """
    text = {line.number: line.text for line in lines}
    name, under = "", list[tuple[str, Slip]]()
    titled = len(slips) > 1 and slips[0].head and slips[1].head
    for slip in slips[1:] if titled else slips:
        if slip.head:
            name = text[slip.words[0]].strip("#=*_: ")
            name = name.title() if shouts(name) else name
            if NAMED.match(name) or not NAME_FORM.fullmatch(name) or _ABOUT.match(name) or " " not in name:
                return {}
        elif not name:
            return {}
        else:
            under.append((name, slip))
    said = [(name, slip.said) for name, slip in under if slip.said]
    names = [text[slip.words[0]].strip("#=*_: ") for slip in slips if slip.head]
    if not said and len(names) > 1 and len(set(names)) == len(names) and all(slip.quoted for _, slip in under):
        return {id(slip): name for name, slip in under}  # nothing but names, and words in quotation marks
    if 2 * len(said) < len(under) and not all(slip.quoted for _, slip in under):
        return {}  # "(Applause)" behind one of several speeches names nothing
    if any(fields_of(words) for _, words in said) or not any(fields_of(f"{name}, {words}") for name, words in said):
        return {}
    return {id(slip): name for name, slip in under}


def _works(slips: Sequence[Slip], lines: Sequence[Line]) -> dict[int, str]:
    """Return the work of each quotation (by its ``id``) in a list that stands under works, with nothing but pages.

    All heads but a title above them name works, and every quotation has a sign of its own.
    """
    text = {line.number: line.text for line in lines}
    titled = len(slips) > 1 and slips[0].head and slips[1].head
    out: dict[int, str] = {}
    name = ""
    heads = [text[slip.words[0]].strip() for slip in slips if slip.head]
    ruled = underlined(lines)
    under = [slip for slip in slips if not slip.head]
    letters = sum(len(text[number]) for slip in under for number in slip.words)
    short = len(under) <= _PER_WORK * len(heads) and letters <= _PASSAGE * len(under)
    plain = short and all(slip.words[0] in ruled for slip in slips if slip.head) and len(heads) > 1
    for slip in slips[1:] if titled else slips:
        if slip.head:
            name = text[slip.words[0]].strip()
            if work_of(name) is None:
                return {}
        elif name and apps.NOTE.match(text[slip.words[0]]):
            continue  # the reader's own
        elif not name:
            return {}
        else:
            first, last = text[slip.words[0]].strip(), text[slip.words[-1]].strip()
            paged = PAGE_FIRST.match(first) is not None or LEAF_BEHIND.search(last) is not None
            known = not slip.said or paged or _PAGE_ONLY.fullmatch(slip.said)
            if not (known and (slip.marked or plain or paged)):
                return {}
            out[id(slip)] = name
    return out


def _under_work(slip: Slip, work: str, desk: Desk) -> None:
    """Set a quotation that stands under the name of its work; pages may stand behind it."""
    for number in slip.words:
        bare = without_signs(desk.text(number), first=number == slip.words[0])
        desk.rewrite(number, bare, "the sign of the list is only its form")
    last = slip.words[-1]
    fields = work_of(work)
    paged = PAGES.search(desk.text(last))
    opening = PAGE_FIRST.match(desk.text(slip.words[0]))
    if opening and fields:
        first = slip.words[0]
        said, page = "", opening[0].strip(" :–—-")
        if slip.cut is not None and len(slip.words) == 1:  # what the reader says of it stands behind it
            said, left = f"({slip.said})", slip.cut[opening.end() :]
            desk.rewrite(first, f"{left} {page} {said}", "page and remark stand together in the note")
            desk.cut(first, left)
        else:
            desk.cut(first, desk.text(first)[opening.end() :])
        _words(slip, desk)
        desk.cite(
            slip.words,
            replace(fields, locator=opening["page"] or opening["leaf"], extra=said),
            f"{page} {said}".strip(),
        )
        return
    _words(slip, desk)
    if paged and fields:
        fields = replace(fields, locator=paged["page"])
        said = paged[0].strip()
        desk.cut(last, desk.text(last)[: paged.start()])
    else:
        said = ""
    desk.cite(slip.words, fields, said)


def _head(slip: Slip, desk: Desk, *, division: bool) -> None:
    for n, number in enumerate(slip.words):
        text = desk.text(number)
        desk.rewrite(number, text.strip("#* _").rstrip(":"), "the sign of a heading is only its form")
        role = Role.TITLE if division else Role.HEADING
        desk.decide(number, role, "quotation-head", joined=n > 0, level=0 if division else 2)


def _words(slip: Slip, desk: Desk) -> None:
    """Set the words of a quotation; a note under an asterisk goes to its call."""
    note = next((n for n, number in enumerate(slip.words) if n and re.match(r"\*\s?\w", desk.text(number))), None)
    called = any(re.search(r"\w\*", desk.text(number)) for number in slip.words[:note])
    if note is None or not called:
        desk.prose(slip.words, "quotation-words")
        return
    desk.prose(slip.words[:note], "quotation-words")
    for n, number in enumerate(slip.words[note:]):
        desk.decide(number, Role.NOTE, "quotation-note", joined=n > 0)
