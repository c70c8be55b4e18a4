"""One reading out of two: what the rules and the sequence model each make of a citation, and how far they agree.

Both see the same words. Where they agree the score is high. Where they do not, the reading is taken that leaves fewer
words unexplained and is surer of itself, and the score says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.cite.draft import QUOTES, STOPS, Cued
from pipeline.cite.eastern import is_eastern
from pipeline.cite.ends import day_of_access
from pipeline.cite.names import is_body, read_names
from pipeline.cite.parse import parse
from pipeline.cite.segments import MODEL, differences, joined
from pipeline.cite.tagger import Tagged, tagged
from pipeline.model import Citation, Fields, Name

_PEOPLE = {
    "author": "author",
    "director": "author",
    "producer": "author",
    "editor": "editor",
    "translator": "translator",
}
_PLAIN = {
    "title": "title",
    "journal": "container",
    "container-title": "container",
    "location": "place",
    "publisher": "publisher",
    "edition": "edition",
    "url": "url",
    "doi": "doi",
}
_ROLE_WORDS = re.compile(
    r"^(?:&\s|and\s)?(?:[Ii]n:?\s+|[Dd]ans\s+|en\s+)?(?:[Ee]d(?:ited|\.|s\.)?\s+by\s|[Ee]ds?\.\s|[Tt]rans(?:lated|\.)?(?:\s+by)?\s"
    r"|[Tt]rad\.\s(?:de\s|par\s)?|a cura di\s|[Dd]ir(?:ected)?\.?\s(?:by\s)?|под ред\.\s|[Ee]d\. de\s|éd\.\s"
    r"|hrsg\. v(?:on|\.)\s)+"
    r"|[,\s]*[(\[]?\b(?:[Ee]ds?\.?|[Ee]ditors?|[Hh]rsg\.|[Hh]g\.|dir\.|org\.|coords?\.|red\.|[Tt]rans\.|[Tt]ranslators?|Director"
    r"|a cura di"
    r"|Producers?|ред\.)[)\]]?[.,:\s]*$"
)
_OUTER = re.compile(r"^(?:[Ii]n:?|[Dd]ans|//|en)\s+")
_ISSUE = re.compile(
    r"^(?:[Vv](?:ol(?:ume)?\.?|\.|(?=\s?\d))|[Bb]d\.?|[Tt](?:\.|(?=\s?\d))|Т\.)?\s*(?P<volume>[\dIVXLC]+(?:[-–/]\d+)?)"
    r"(?:\s*\(\s*(?P<paren>[^()]+)\)|[\s,.:]*(?:[Nn]o?s?\.?|[Nn]r\.?|n°|№|núm\.|H\.|вып\.|issue)\s*(?P<issue>\d[\d/–-]*)"
    r"|[.:]\s?(?P<dot>\d[\d/–-]*))?$"
)
_ONLY_ISSUE = re.compile(r"^(?:[Nn]o?s?\.?|[Nn]r\.?|n°|№|núm\.|H\.|[Ii]ssue)\s*(?P<issue>\d[\d/–-]*)$")
_VANCOUVER = re.compile(
    r"^(?P<year>(?:1[5-9]|20)\d\d)[^;]*;\s?(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?(?::\s?(?P<locator>\w*\d[\d–-]*))?$"
)
_DAY = re.compile(r"^\d{1,2}\.\s?\d{1,2}\.\s?(?P<year>(?:1[5-9]|20)\d\d)$")  # of a newspaper
_VOLUMES = re.compile(r"^\d+\s(?:vols?|volumes|Bde?|Bände|tom[eio]s?|delen|т)\.?$")  # how many there are
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_PAGES = re.compile(r"^\(?(?:pp?|pages?|S|s|С|с|págs?|blz|Sp|c)\b\.?\s*|[\s.,;:)]+$")
_ADDRESS = re.compile(r"^.*?(?=\bhttps?://|\bwww\.)")  # what stands in front of one
_DOI_ADDRESS = re.compile(r"doi\.org/(10\.\d{4,9}/\S+?)[\]>).,;]*$")
_DOI = re.compile(r"10\.\d{4,9}/\S+?(?=[\]>).,;]*$)")
_GENRES = (
    (re.compile(r"thes|thès|tesi|Diss|dissert|proefschrift|дис\.", re.IGNORECASE), "thesis"),
    (re.compile(r"report|Cmn?d|working paper", re.IGNORECASE), "report"),
    (re.compile(r"manuscript|\bMS\b", re.IGNORECASE), "manuscript"),
    (re.compile(r"patent", re.IGNORECASE), "patent"),
)
_SURE = 0.5  # probability of the whole sequence
# Where the rules and a model that had not learnt from a reference read its title otherwise, the model was right twice
# as often between this probability and 0.5 (24 and 12 of 1,173), and no oftener below it (7 and 7).
_LIKELIER = 0.3
_DOUBT = 0.3
_LONGEST = 400  # letters; no citation of one work is longer
OWN_FORMS = ("legal_case", "legislation", "classic", "motion_picture")
_COMPARED = ("title", "publisher", "container")


def read(text: str) -> Citation:
    """Read one reference, whatever it is; nothing that stands on a line raises an error.

    Args:
        text: the reference.

    Returns:
        The citation, with the score of the agreement between rules and model: 1 where they agree, and otherwise how
        sure the one is that was believed. Where neither can make a reading, ``parsed`` is false, and all words stand
        in ``extra``.

    """
    ruled = parse(text)
    if ruled.verbatim or (ruled.parsed and (ruled.kind in OWN_FORMS or is_eastern(text))):
        return ruled
    return _agreed(text, ruled, is_clean(ruled))


def read_in_book(text: str) -> Citation:
    """Read a citation of a book: as the rules do, and as the model does where it is sure and the rules are not.

    A wrong work is worse than none: what neither is sure of stays as the rules left it.
    """
    ruled = parse(text)
    if is_clean(ruled) or ruled.verbatim or ruled.kind in OWN_FORMS or len(text) > _LONGEST:
        return ruled
    agreed = _agreed(text, ruled, clean=False)
    fields = agreed.fields
    whole = fields.title and (fields.author or fields.editor) and (fields.year or fields.publisher or fields.container)
    return agreed if whole and agreed.score >= _SURE and not has_left_over(fields) else ruled


def is_clean(citation: Citation) -> bool:
    """Tell whether the rules read a citation without a doubt, and left nothing in a title that is no part of it."""
    return citation.parsed and not citation.doubts and not has_left_over(citation.fields)


def _agreed(text: str, ruled: Citation, clean: bool) -> Citation:
    tokens = text.split()
    sequence = tagged(tokens, MODEL)
    segments = joined(tokens, sequence.labels)
    if clean and not next(differences(segments, ruled.fields, _COMPARED), ""):
        return _filled(ruled, segments, sequence)
    sure = sequence.probability()
    if not clean or (sure >= _LIKELIER and _is_one_of_each(segments)):
        seen = fields_of(segments)
        if (seen.title or seen.container) and not (clean and has_left_over(seen)):
            unlike = ("the rules read it otherwise",) if ruled.parsed else ()
            score = round(max(0.1, sure * (1 - _DOUBT * bool(unlike))), 2)
            return Citation(0, text, seen, kind=kind_of(segments, seen), score=score, doubts=unlike)
    if ruled.parsed:
        doubts = (*ruled.doubts, "the model reads it otherwise")
        return replace(ruled, score=round(ruled.score * (1 - _DOUBT), 2), doubts=doubts)
    return Citation(0, text, Fields(extra=" ".join(tokens)), parsed=False, kind="unknown", score=0.0)


def _filled(ruled: Citation, segments: Sequence[tuple[str, str]], sequence: Tagged) -> Citation:
    """Let a model that is sure say where figures belong, if it reads names, title, publisher as the rules do.

    Of 567 references that it had not learnt from and both read alike, it had year, volume, title or container right and
    the rules wrong in 76 fields, the other way round in 4. Names, and what the rules know by its form (addresses, the
    pages that are referred to), stay as they read them.
    """
    ours, seen = ruled.fields, fields_of(segments, nameless=True)
    if all(
        (one := getattr(ours, key)) == (other := getattr(seen, key)) or _folded(one) == _folded(other) for key in _CUT
    ):
        return ruled
    if sequence.probability() < _SURE:
        return ruled
    seen = fields_of(segments)
    kept = {key: value for key in _KNOWN_BY_FORM if (value := getattr(ours, key))}
    kind = ruled.kind if bool(ours.container) == bool(seen.container) else kind_of(segments, seen)
    return replace(ruled, fields=replace(seen, **kept), kind=kind)


_CUT = ("title", "container", "volume", "issue", "year")
_KNOWN_BY_FORM = (
    "author",
    "editor",
    "translator",
    "copyright_year",
    "locator",
    "genre",
    "date",
    "page",
    "doi",
    "url",
    "accessed",
)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def has_left_over(fields: Fields) -> bool:
    """Tell whether a title or container has in it what is no part of a name: a role, "in:", a volume with its year.

    Or half of a pair of brackets: no title ends within them.
    """
    halved = fields.title.count("(") != fields.title.count(")")
    return halved or any(_leaves_over(name) for name in (fields.title, fields.container) if name)


def _leaves_over(name: str) -> bool:
    """Tell whether a name has in it what is no part of it; what takes long is asked only where its signs stand."""
    return bool(
        _ROLE_WITHIN.search(name)
        or ("(" in name and _IN_BRACKETS.search(name))
        or ((". " in name or ", " in name) and _BEHIND_STOP.search(name))
        or (name[0] in QUOTES + "‘" and _BEHIND_QUOTES.match(name))
        or _CUT_OFF.search(name, max(0, len(name) - len("volume")))
    )


_IN_BRACKETS = re.compile(
    r"\((?:[Ee]ds?|[Hh]rsgg?|[Hh]gg?|dir|coords?|orgs?|[Rr]ed|ред|[Tt]rans)\.?\)|\d\s\((?:1[5-9]|20)\d\d\)"
)
_BEHIND_STOP = re.compile(r"[.,]\s(?:(?:in|dans|en|In):?\s(?:[A-ZÀ-Þ]\.\s?)+[A-ZÀ-Þ]|[Ii]n:\s|[nso]\.\s?[pdlaOJ]\.?$)")
_BEHIND_QUOTES = re.compile(r"[“„«‘\"][^“”„«»‘’\"]+[”“»’\"][,.]*\s\S")
_ROLE_WITHIN = Cued(
    r"\b(?:hrsg\. v|a cura di|sous la dir|edited by|translated by|trans\. )",
    ("g. v", "cura di", "la dir", "ed by", "s. "),
)
_CUT_OFF = re.compile(r"(?:^|\s)(?:[Vv]ol|[Nn][oúu]m?|Nr|Bd|Sp|S|pp?|[Tt])\.?$")


def _is_one_of_each(segments: Sequence[tuple[str, str]]) -> bool:
    """Tell whether author, title and container stand each in one place: a reading that parts them is no better one."""
    labels = [label for label, _ in segments]
    return all(labels.count(label) < 2 for label in ("author", "title", "journal", "container-title"))


def fields_of(segments: Sequence[tuple[str, str]], nameless: bool = False) -> Fields:
    """Return the fields that labelled parts speak of, or those with no names; what has no field goes to ``extra``."""
    names: dict[str, tuple[Name, ...]] = {}
    said: dict[str, str] = {}
    extra: list[str] = []
    for label, text in segments:
        if label in _PEOPLE:
            if nameless:
                names[_PEOPLE[label]] = ()
                continue
            names[_PEOPLE[label]] = names.get(_PEOPLE[label], ()) + _names(text, label)
        elif label == "date":
            if "year" in said or not (year := _YEAR.search(text)):
                extra.append(text.strip(STOPS + "()"))
                continue
            said["year"] = year[0]
            extra.append((text[: year.start()] + text[year.end() :]).strip(STOPS + "()[]"))
        elif label == "volume":
            if _VOLUMES.match(bare := text.strip(STOPS + "()")) or _DAY.match(bare):
                extra.append(bare)
            said |= {key: value for key, value in _volume(text).items() if key not in said}
        elif label == "pages":
            said.setdefault("locator", _PAGES.sub("", _PAGES.sub("", text)))
        elif label in _PLAIN and _PLAIN[label] not in said:
            said[_PLAIN[label]] = _trimmed(_PLAIN[label], text)
            if label == "url" and (found := _DOI_ADDRESS.search(text)):
                del said["url"]
                said.setdefault("doi", found[1])
        elif label == "note" and "accessed" not in said and (day := day_of_access(text)):
            said["accessed"] = day
        elif label != "citation-number":
            extra.append(text.strip(STOPS))
    if "title" not in said and "editor" in names and not any(label == "journal" for label, _ in segments):
        said["title"] = said.pop("container", "")  # a whole book, by its editor
    said = {key: value for key, value in said.items() if value}
    return Fields(**names, **said, extra=" ".join(part for part in extra if part))  # type: ignore[arg-type]


def _names(text: str, label: str) -> tuple[Name, ...]:
    if label != "author" or "(" in text:
        text = _ROLE_WORDS.sub("", _ROLE_WORDS.sub("", text))
    bare = text.strip(" ,;:()[]&")
    if not any(map(str.isalpha, bare)):
        return ()  # a dash for the author before
    return read_names(bare) if not is_body(bare) else (Name(literal=bare.rstrip(". ")),)


def _trimmed(field: str, text: str) -> str:
    if field == "doi":
        found = _DOI.search(text)
        return found[0] if found else text.strip(STOPS + "[]<>")
    if field == "url":
        return _ADDRESS.sub("", text, count=1).strip("<>()[]").rstrip(".,;")
    if field == "container":
        text = _OUTER.sub("", text)
    text = text.strip(" ,;:/")
    stop = (text.endswith(".") and not re.search(r"\b[^\W\d_]{1,4}\.$", text)) or field == "title"
    text = text.rstrip(" .,") if stop else text
    if text[:1] in QUOTES and text[-1:] in QUOTES and not re.search(f"[{QUOTES}]", text[1:-1]):
        text = text[1:-1].strip(" .,")
    if field in ("place", "publisher") or text.count("(") != text.count(")"):
        text = text.strip("()[] ")
    return text


def _volume(text: str) -> dict[str, str]:
    bare = text.strip(" ,;:.()")
    bare += ")" if bare.count("(") > bare.count(")") else ""
    if _VOLUMES.match(bare):
        return {}
    if match := _DAY.match(bare):
        return {"year": match["year"]}
    if match := _VANCOUVER.match(bare):
        return {key: value for key, value in match.groupdict().items() if value}
    if match := _ONLY_ISSUE.match(bare):
        return {"issue": match["issue"]}
    if match := _ISSUE.match(bare):
        issue = match["paren"] or match["issue"] or match["dot"] or ""
        return {"volume": match["volume"]} | ({"issue": issue.strip()} if issue else {})
    return {"volume": bare}


def kind_of(segments: Sequence[tuple[str, str]], fields: Fields) -> str:
    """Name the CSL type that labelled parts speak for."""
    labels = {label for label, _ in segments}
    if {"director", "producer"} & labels:
        return "motion_picture"
    for label, text in segments:
        if label in ("genre", "medium", "note", "source"):
            for pattern, kind in _GENRES:
                if pattern.search(text):
                    return kind
    if "journal" in labels:
        return "article-journal"
    if "source" in labels:
        return "manuscript"
    if "container-title" in labels and fields.container:
        return "paper-conference" if re.search(r"\bProc|Conference|Symposium|Workshop", fields.container) else "chapter"
    if fields.publisher or fields.place or fields.edition:
        return "book"
    return "webpage" if fields.url else "document"
