"""Attributions: the words behind a quotation that say whose it is, and from which work, as far as they say so."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.cite import parse, unaccounted
from pipeline.cite.names import is_known_person, read_names
from pipeline.model import Fields, Name

DASH = r"(?:[—–―⸺⸻]+|(?<![-–—])-{1,3}(?!-)|~)"
"""A dash that may stand before an attribution."""

_LEAD = re.compile(rf"^{DASH}\s*|^[(\[（]\s*(?=.*[)\]）]\.?$)")
_BEHIND = re.compile(
    rf"(?P<ended>[.!?…。！？][\"”»«“’'」』״)\]]*|[\"”»«“’」』״])\s*(?:{DASH}\s*(?P<dash>\S.*)|[(（](?P<bracket>[^()（）]+)[)）]\.?"
    r"|\[(?P<square>[^\[\]]+,[^\[\]]+)\]\.?)$"
)
_LED = re.compile(rf"^(?:{DASH}\s*(?P<dash>\S.*)|[(\[（](?P<bracket>[^()（）\[\]]+)[)\]）]\.?)$")
NAME_FORM = re.compile(
    r"[^\W\d_a-z][\w.’'-]*(?:\s(?:[^\W\d_a-z][\w.’'-]*|de|da|di|del|van|von|der|la|le|du|of|the)){0,4}"
)
_QUOTED = re.compile(r"^(?P<words>[\"“„«「].*[\"”“»」])\s+(?P<dash>[^\W\d_a-z][^\"”“„«»「」]{6,200}?)\.?$")
_BEFORE = re.compile(
    r"^(?P<said>[^\"“„«「:]{4,160}(?:: [^\"“„«「:]{3,120})?)\s?:\s+(?P<words>[\"“„«「].*[\"”“»」]\.?)$"
)
_MAY = re.compile(r"[—–―⸺⸻~/-]|[)）\]]\.?$")
_SPACED = re.compile(rf"\s(?:{DASH}|/)\s+(?P<dash>[^\W\d_a-z].*)$")
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?…](?:\s+[^\W\d_a-z]|[\"”»’]?\s+[(\[]\D)|[!?…;！？]$|[^》』]{10}。$")
_NOTE = re.compile(
    r"(?:foot)?note\b|anmerkung\b|fußnote\b|nota\b|сноска\b|illustration\b", re.IGNORECASE
)  # of the text itself
_LONGEST = 200  # characters
_PLACE = re.compile(
    r"[,;]\s*(?P<place>(?:chapters?|ch\.|chap\.|kapitel|kap\.|chapitre|cap[íi]tulo|cap\.|capitolo|hoofdstuk|rozdział|bölüm"
    r"|глава|гл\.|book|act|scene|line|letter|no\.|canto|verse|§)\s*[\dIVXLC]+[^,]*)$",
    re.IGNORECASE,
)
_TITLE_MARKS = re.compile(
    r"^(?P<names>[^《》〈〉『』]*?)[\s，,、:：]*[《『](?P<title>[^《》『』]+)[》』][\s，,、:：]*(?P<rest>.*)$"
)
_LEAF = re.compile(
    r"^第?\s*(?P<page>\d+(?:[-–~]\d+)?)\s*(?:页|頁|ページ|쪽)$|^(?:p{1,2}\.)\s*(?P<pages>\d+(?:[-–]\d+)?)$"
)

_WRITTEN_LEAF = re.compile(r"第?[〇一二三四五六七八九十百]+[页頁章回卷巻節]")
_YEAR_IN_BRACKETS = re.compile(r"(?<=\w)[*_]? \((?P<year>1[4-9]\d\d|20\d\d)\)(?=,\s)")


def is_attribution(text: str) -> bool:
    """Tell whether words behind a dash can say whose words stand before it: a name or a title, not a sentence."""
    words = _LEAD.sub("", text.strip())
    first = words.lstrip("\"“„«*_《'‘(")[:1]
    named = first.isalpha() and (not first.islower() or "," in words or "*" in words)
    return bool(named) and len(words) <= _LONGEST and not _SENTENCE.search(words)


def leads(text: str) -> str:
    """Return what stands behind the dash that a line begins with, or in its brackets, if that can be an attribution."""
    text = text.strip()
    found = _LED.match(text)
    if found is None:
        return ""
    words = found["dash"] or found["bracket"]
    listed = text.startswith(("- ", "-\t")) and words[:1] in '"“„«‘「'  # a hyphen before words of a list
    own = found["bracket"] and _NOTE.match(words)
    return words if not listed and not own and is_attribution(words) else ""


def parted(text: str) -> tuple[str, str] | None:
    """Part a line into words and the attribution behind them; nothing where none is there."""
    text = text.strip()
    tail = text[-_LONGEST - 20 :]
    found = None
    if not _MAY.search(tail) and text[:1] not in '"“„«「':
        return None
    for match in (*_candidates(_BEHIND, tail), *_candidates(_SPACED, tail)):
        words = match["dash"] or match.groupdict().get("bracket") or match.groupdict().get("square") or ""
        sure = match.re is _BEHIND or bool(NAME_FORM.fullmatch(words)) or fields_of(words) is not None
        if found is None and sure and is_attribution(words):
            found = match, words
    if found is None and (quoted := _QUOTED.match(text)):
        fields = fields_of(quoted["dash"])
        if fields is not None and (fields.locator or fields.year):
            return quoted["words"], quoted["dash"]
    if found is None:
        return None
    match, words = found
    before = text[: len(text) - len(tail) + match.start()] + (match.groupdict().get("ended") or "")
    return before.rstrip(), words


def led(text: str, *, named: bool = False) -> tuple[str, str] | None:
    """Part a line into words in quotation marks and what stands before them, where that names a work whole.

    ``named``: or where it is a name of several words.
    """
    found = _BEFORE.match(text.strip())
    if found is None:
        return None
    name = named and " " in found["said"] and NAME_FORM.fullmatch(found["said"].strip())
    return (found["words"], found["said"].strip()) if name or fields_of(found["said"]) else None


def _candidates(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the last place where the pattern fits: what is nearest to the end is the attribution."""
    found = list(re.finditer(rf"(?=({pattern.pattern.removesuffix('$')}))", text))
    matches = (pattern.match(text, match.start()) for match in reversed(found))
    return [match for match in matches if match][:1]


def fields_of(text: str) -> Fields | None:
    """Read an attribution; nothing where it does not name a work, or more than could be taken apart.

    ``text``: without the dash before it.
    """
    plain = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text).strip().removesuffix(":").strip()
    if marked := _TITLE_MARKS.match(plain):
        leaf = _LEAF.match(marked["rest"])
        written = "" if leaf else marked["rest"]
        if written and not _WRITTEN_LEAF.fullmatch(written):
            return None
        names = marked["names"].strip()
        page = (leaf["page"] or leaf["pages"]) if leaf else ""
        return Fields(author=people(names), title=marked["title"], locator=page, extra=written)
    plain = _YEAR_IN_BRACKETS.sub(r", \g<year>", plain)  # before a page; it would be an article's
    name, colon, title = plain.partition(": ")
    if colon and NAME_FORM.fullmatch(name):
        plain = f"{name}, {title}"
    place = None if parse(plain).fields.issue else _PLACE.search(plain)  # "Sea Notes 7, no. 2 (1961)" is no chapter
    found = parse(plain[: place.start()] if place else plain)
    fields = replace(found.fields, extra=found.fields.extra or (place["place"] if place else ""))
    named = bool(fields.author or fields.editor) and bool(fields.title)
    whole = not found.fields.extra and not unaccounted(found.text, found.fields) and not fields.container.islower()
    if not (found.parsed and named and whole) or fields.title[:1].islower() or fields.title[:1].isdigit():
        return None
    return fields


def people(text: str) -> tuple[Name, ...]:
    """Read the names before or below a title; one that cannot be read stays as it is."""
    out: list[Name] = []
    for one in re.split(r"\s*[;；]\s*|\s*/\s*", text.strip()):
        persons = one.split(", ")
        if len(persons) > 1 and all(" " in person for person in persons) and is_known_person(persons[0]):
            out += people(";".join(persons))  # "Ole Brandt, Amy Zed", no family name before a given one
        elif one:
            out += read_names(one) or (Name(literal=one),)
    return tuple(out)
