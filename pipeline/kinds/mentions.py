"""Mentions: works that sentences name, with place and year in brackets behind the title, where that is a habit.

"As Anna Orr says in *The Long Net* (London, 1931), p. 4, the tide is late": the words stay, and the brackets and pages
become a citation of the work. A whole citation in brackets within a sentence becomes one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.cite import looks_like_citation, parse
from pipeline.cite.names import UPPER, form, is_known_person, read_names
from pipeline.cite.places import is_place
from pipeline.cite.several import with_lead
from pipeline.kinds.calls import Call, marked, paragraphs
from pipeline.model import Citation, Copy, Line, Named, Role
from pipeline.report import Report

__all__ = ["NAME", "WHY", "lay"]

NAME = "works that sentences name"
WHY: Mapping[str, str] = {}
_FEW = 3  # mentions make a habit
_CERTAIN = 0.8  # of what a whole citation looks like
_PAGES = r"(?:,?\s(?:at\s)?(?:pp?|S|s|С|с|págs?|blz)\.\s?(?P<pages>[\dxivlc]+(?:[-–]\d+)?))?"
_IMPRINT = re.compile(rf"\s\((?P<imprint>[^()\n]{{2,80}}?\b(?:1[5-9]|20)\d\d)\){_PAGES}")
_WHOLE = re.compile(r"\s\((?P<inside>[^()]{12,260}(?:\([^()]{4,90}\)[^()]{0,40})?)\)(?=[\s,.;:])")
_SMALL = (
    r"(?:of|the|and|an?|[io]n|to|for|from|de[lr]?|la|les?|du|des|della|di|die|das|und|von|im|am|et|[yeo]|d[ao]|van|het|een"
    r"|и|в|на)"
)
_TITLE = re.compile(
    r"[_*\ufdd0](?P<marked>[^_*\ufdd0\ufdd1]{2,120})[_*\ufdd1]$|[“\"«„](?P<quoted>[^“”\"«»„]{2,120})[”\"»“],?$"
    rf"|\b(?:in|dans|en|em|nel|nella|в)\s(?P<plain>[{UPPER}][\w’'-]*(?:\s(?:{_SMALL}|[{UPPER}][\w’'-]*)){{0,11}})$"
)
_WORD = rf"[{UPPER}][\w’'-]*\.?"
_PERSON = re.compile(
    rf"(?<![\w.])(?:{_WORD}\s)(?:(?:{_WORD}|v[ao]n|de[rn]?|del|di|la)\s){{0,3}}[{UPPER}][\w-]+(?=[’'\s,])"
)
_SAYING = re.compile(
    rf"(?P<family>[{UPPER}][\w-]+)(?:[’']s|\s(?:has\s|had\s)?(?:sa(?:id|ys)|writes|wrote|written|argue[sd]|note[sd]|observes|shows|tells"
    r"|schreibt|schrieb|sagt|meint|zeigt|écri(?:t|vait)|dit|note|montre|escribe|dice|afirma|scrive|afferma|schrijft|zegt"
    r"|escreve|diz|пишет|писала?|говорит|отмечает)\b)"
)
_REACH = 110  # letters between the name and its title


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    citation: Citation
    pages: str


def lay(copy: Copy, report: Report) -> Copy:
    """Make citations of the works that sentences name, in a text that names at least three so."""
    if copy.calls or copy.entries:
        return copy
    text = {line.number: line.text for line in copy.lines}
    prose = {one.line for one in copy.decisions if one.role in (Role.PARAGRAPH, Role.ITEM, Role.DIALOGUE)}
    found = [
        (group, list(_mentions("\n".join(text[n] for n in group))))
        for group in paragraphs(copy.decisions)
        if group[0] in prose
    ]
    if sum(len(ones) for _, ones in found) < _FEW:
        return copy
    entries: list[Citation] = []
    calls: list[tuple[tuple[int, ...], list[Call]]] = []
    for group, ones in found:
        made: list[Call] = []
        for nth, one in enumerate(ones):
            entries.append(replace(one.citation, line=group[0]))
            made.append(Call(one.start, one.end, (Named(group[0], one.pages, nth),)))
        calls.append((group, made))
    text, table, changes = marked(text, calls)
    return replace(
        copy,
        lines=tuple(Line(line.number, text[line.number]) for line in copy.lines),
        entries=tuple(entries),
        calls=table,
        changes=(*copy.changes, *changes),
    )


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield the works that a paragraph names, in order."""
    flat = text.replace("\n", " ")
    done = 0
    for match in sorted((*_IMPRINT.finditer(flat), *_WHOLE.finditer(flat)), key=lambda match: match.start()):
        one = _behind_title(flat, match) if "imprint" in match.groupdict() else _whole(match)
        if one is not None and one.start >= done:
            done = one.end
            yield one


def _behind_title(text: str, match: re.Match[str]) -> _Mention | None:
    place, _, _ = (
        re.split(r"([,:])", match["imprint"], maxsplit=1) if re.search("[,:]", match["imprint"]) else ("", "", "")
    )
    title = _TITLE.search(text, max(0, match.start() - 140), match.start())
    if not is_place(place) or title is None:
        return None
    words = title["marked"] or title["quoted"] or title["plain"]
    who = _author(text[max(0, title.start() - _REACH) : title.start() + 3])
    if not who and not title["marked"]:
        return None
    read = parse(f"{who or 'Anna Orr'}, {words} ({match['imprint']})").fields
    if not read.year:
        return None
    fields = replace(read, author=read_names(who), title=words, locator="")
    said = f"{who + ', ' if who else ''}{words} ({match['imprint']})"
    return _Mention(match.start() + 1, match.end(), Citation(0, said, fields, kind="book"), match["pages"] or "")


def _author(before: str) -> str:
    """Return who is said to have written what follows: the last name in front of it, if it is a person's."""
    sentence = re.split(r"(?<=[a-zà-ÿ”])[.!?]\s", before)[-1]
    people = [one for name in _PERSON.finditer(sentence) if form(one := name[0]) == "natural" and is_known_person(one)]
    if people:
        return people[-1]
    said = list(_SAYING.finditer(sentence))
    return said[-1]["family"] if said else ""


def _whole(match: re.Match[str]) -> _Mention | None:
    """Read a bracket within a sentence that is a whole citation."""
    inside = match["inside"]
    if looks_like_citation(inside) < _CERTAIN or ";" in inside or with_lead(inside)[0]:
        return None
    one = parse(inside)
    fields = one.fields
    if (
        not (one.parsed and (fields.author or fields.editor) and fields.title and fields.year)
        or one.doubts
        or fields.extra
    ):
        return None
    return _Mention(match.start() + 1, match.end(), replace(one, fields=replace(fields, locator="")), fields.locator)
