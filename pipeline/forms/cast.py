"""Persons of a play where nobody speaks: their names in lists and directions look as those of the speakers do.

Names are small capitals there too; the letters stay what they are. What says that a curtain falls, or where a scene is
set, stands by itself.
"""

from __future__ import annotations

import re
from itertools import takewhile

from lxml.etree import _Element

from pipeline.forms.headings import CAPITALS, in_capitals
from pipeline.forms.trees import add_class, classes, local, named, set_apart, text_of
from pipeline.parts import SCENE

PERSON, CAPS, SMALL = "person", "caps", "smallcaps"
"""Classes of the name of a person in a list of persons or in a direction; of one in capitals, and of any other."""
CURTAIN = "curtain"
"""Class of a direction that stands by itself in the middle: that the curtain falls, that a scene is described below."""
SETTING = "setting"
"""Class of a paragraph that describes a scene before anybody speaks."""
LEADS = "leads"
"""Class of the block of such a direction, if what it leads to stands below it."""
_FALLS = re.compile(
    rf"(?:{SCENE}|(?:slow |quick |the )?curtain(?: falls)?|tableau|the end|end of (?:the )?\w+(?: \w+)?|finis|rideau"
    r"|act[ -]drop(?: falls)?"
    r"|la toile tombe|vorhang|der vorhang fällt|ende|telón|cae el telón|fin|fine|sipario|cala la tela|doek|ridå|tæppe"
    r"|teppe|esirippu|függöny|kurtyna|opona|занавес|конец)[.:!]?",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\A\s*[^\W\d_][^,;:()\[\]–—]*?(?=\s*(?:[,;:(\[–—]|\.?\s*\Z))")
"""The name with which an entry of a list of persons begins: what stands before the first sign that parts it."""
_FEWEST = 2  # entries that name somebody who speaks, and
_LEAST_KNOWN = 0.5  # of the entries of a list, that name somebody who speaks: then all of them name somebody
_LONGEST = 800  # letters that describe a scene; more is a tale
_MOST = 3  # paragraphs of it


def mark_cast(body: _Element) -> None:
    """Mark the names of persons in lists and directions, curtains, and what describes a scene; speakers are known."""
    speakers = {text_of(one).strip(" .:,\u00a0") for one in named(body, "span") if "speaker" in classes(one)}
    capitals = sorted((one for one in speakers if in_capitals(one)), key=len, reverse=True)
    directions = [one for one in named(body, "span", "div") if "stage" in classes(one)]
    if capitals:
        name = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, capitals))})(?!\w)")
        for direction in [one for one in directions if not in_capitals(text_of(one))]:
            for element in [one for one in direction.iter() if local(one) and PERSON not in classes(one)]:
                set_apart(element, name, PERSON, CAPS)
    for section in [one for one in named(body, "section") if "persons" in classes(one)]:
        for entry in named(section, "li", "td"):
            if words := _capitals_at_head(entry.text or ""):
                set_apart(entry, re.compile(rf"\A\s*{re.escape(words)}"), PERSON, CAPS)
    for listed in [one for one in named(body, "ul") if speakers and _lists_persons(one)]:
        entries = [*listed.iterchildren("{*}li")]
        names = [_HEAD.match(_leading(entry)) for entry in entries]
        known = sum(_is_of(name[0], speakers) for name in names if name)
        if known >= _FEWEST and known >= _LEAST_KNOWN * len(entries):
            for entry in entries:
                set_apart(_holder(entry), _HEAD, PERSON, SMALL)
    for direction in directions:
        _set_by_itself(direction)


def _lists_persons(listed: _Element) -> bool:
    """Tell whether a list may be one of persons: they are entries without marks."""
    above = listed.getparent()
    return "persons" in classes(listed) or (above is not None and "entries" in classes(above))


def _holder(entry: _Element) -> _Element:
    """Return what holds the words of an entry: itself, or the paragraph in it."""
    first = next(iter(entry), None)
    return first if first is not None and local(first) == "p" and not (entry.text or "").strip() else entry


def _leading(entry: _Element) -> str:
    """Return the words with which an entry begins, before anything in it that is marked."""
    return _holder(entry).text or ""


def _is_of(name: str, speakers: set[str]) -> bool:
    """Tell whether somebody who speaks has that name, or a part of it: “Algernon” for “Mr. Algernon Moss”."""
    words = {word.strip(".’'").casefold() for word in name.split()}
    return any({*speaker.casefold().split()} <= words for speaker in speakers)


def _capitals_at_head(text: str) -> str:
    """Return the words in capitals with which an entry begins; none if they are only letters, as of a number."""
    head = [*takewhile(str.isupper, text.split())]
    words = text.lstrip()[: _length(text.lstrip(), len(head))].rstrip(" .,:;—–-(")
    return words if in_capitals(words) else ""


def _length(text: str, count: int) -> int:
    """Return how many signs the first ``count`` words of ``text`` have, with what parts them."""
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    return ends[count - 1] if count else 0


def _set_by_itself(direction: _Element) -> None:
    """Mark a direction that is a line of its own, and the paragraphs below it that describe the scene it heads."""
    words = text_of(direction).strip()
    line = direction.getparent() if local(direction) == "span" else next(iter(named(direction, "p")), None)
    if line is None or local(line) != "p" or text_of(line).strip() != words or not _FALLS.fullmatch(words):
        return
    add_class(line, CURTAIN)
    if in_capitals(words):
        add_class(line, CAPITALS)
    block = line.getparent()
    if block is None or local(block) != "div" or line is not next(one for one in reversed(block) if local(one)):
        return
    below = [*takewhile(lambda one: local(one) == "p", block.itersiblings())]
    after = below[-1].getnext() if below else None
    described = 0 < len(below) <= _MOST and sum(len(text_of(one)) for one in below) <= _LONGEST
    if described and after is not None and "dialogue" in classes(after):
        add_class(block, LEADS)
        for paragraph in below:
            add_class(paragraph, "stage", SETTING)
