"""Tell the naming of a published source from running text, without taking it apart.

Called on every short line of a book, so nothing but a few compiled patterns; each cue has a weight, and an
editor can read why a line was taken for a citation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cite.draft import Cued
from pipeline.cite.special import is_special
from pipeline.cite.words import any_of
from pipeline.daybook import noted

_YEAR = r"(?:1[5-9]|20)\d\d"
_CAP = r"[^\W\d_a-zà-ÿа-я]"
_LONGEST = 420
_FIGURE = re.compile(r"\d")
_OPENS_BACK = re.compile(
    r"\W*(?:see\s|cf\.\s|vgl\.\s)?(?:ib|eb[de]|id\b|id\.|idem|ivi|ídem|loc|op\b|a\.\s?a|там же)", re.IGNORECASE
)
_SHORTENED = re.compile(
    r"\.(?:(?<=\bn\.)\s?d\.|(?<=\bwww\.)|(?<=\bcit\.)|(?<=a\.)\s?a\.\s?o\.)|:(?:(?<=\bhttp:)|(?<=\bhttps:))",
    re.IGNORECASE,
)
_ONLINE = re.compile(r"\bonline", re.IGNORECASE)
_BACK = (
    r"(?:[Ii]b[ií]d(?:em)?|[Ii]b\.|[Ee]bd\.|[Ee]benda|[Ii]vi(?=,)|[IiÍí]dem(?=,)|[Ii]d\.|[Тт]ам же|同[上前]"
    r"|(?:المرجع|المصدر) (?:نفسه|السابق)"
    r"|[Ll]oc\.\s?cit|[Oo]p\.\s?cit|[Aa]\.\s?a\.\s?O|[Aa]aO)"
)
_CUES: tuple[tuple[str, float, Cued], ...] = (
    (
        "place: publisher, year",
        0.55,
        Cued(
            rf"[.,;?!)”\"]\s{_CAP}[^:?!]{{0,45}}?\s?:\s[“”\"]?\s?{_CAP}[^:?!]{{1,75}}?[,.]?\s?(?:c|©)?{_YEAR}\b"
            r"(?!\s(?:and|to|was|were|that|he|in)\b)"
        ),
    ),
    (
        "place: publisher, pages",
        0.3,
        Cued(rf"\.\s{_CAP}[^:.?!]{{2,45}}?\s?:\s{_CAP}[^:.?!]{{1,75}}?[,.]\s?pp?\.\s?\d"),
    ),
    (
        "(place: publisher, year)",
        0.6,
        Cued(rf"\({_CAP}[^():]{{1,50}}\s?:\s[^():]{{2,80}},?\s?c?{_YEAR}\)"),
    ),
    (
        "place, publisher, year",
        0.3,
        Cued(rf"[.,]\s{_CAP}\w+(?:\s{_CAP}\w+)?,\s{_CAP}[^:?!,]{{2,60}}[,.]\s?c?{_YEAR}(?=$|[,.])"),
    ),
    (
        "publisher, place, year",
        0.35,
        Cued(rf"\b(?:Press|House|Publishers|Books|Verlag),\s{_CAP}\w+(?:\s{_CAP}\w+)?,\s{_YEAR}\b"),
    ),
    (
        "pages at the end",
        0.3,
        Cued(
            r"[\s,.;)]\s?(?:pp?|pages?|S|С|с|стр|pág)\b\.?\s?(?:\d|[ivxlc]+\b)[\d\s–—,.&ivxlc-]*"
            r"[\])\"”’.,‚]*(?:\s\[[^\]]*\])?\.?$"
        ),
    ),
    ("year at the end", 0.2, Cued(rf"[,.(\s](?:c|©)?{_YEAR}\)?[.\])]*$")),
    (
        "year before the pages",
        0.2,
        Cued(rf"[,.\s](?:c|©)?{_YEAR}\)?[,.]?\s(?:[Vv]ol\.?\s\w+,\s)?(?:pp?|pages?|S|С|с)\b\.?\s?[\divxl]"),
    ),
    (
        "family, given",
        0.25,
        Cued(
            rf"^[\[(]?(?:From\s)?(?:[a-z]{{2,3}}\s)?{_CAP}[\w’'-]+,\s{_CAP}[\w.’'-]*"
            rf"(?:\s(?:&|and|{_CAP}[\w.’'-]*))*?[.,:]\s"
        ),
    ),
    (
        "families",
        0.25,
        Cued(rf"^{_CAP}[\w’'-]+(?:,\s{_CAP}[\w’'-]+)*,?\s(?:&|and)\s{_CAP}[\w’'-]+[.,]\s"),
    ),
    (
        "given family, title (",
        0.2,
        Cued(rf"^(?:{_CAP}[\w.’'-]*\s){{1,3}}{_CAP}[\w’'-]+,\s(?:editor,\s)?[^()]{{4,150}}\("),
    ),
    ("editors", 0.25, Cued(r"[,.(\s](?:[Ee]ds?|[Tt]rans)\b\.?[),]?\s|\b(?:edited|translated) by\b")),
    (
        "“title” container",
        0.15,
        Cued(rf"^[^“\"«]{{0,40}}[“\"«][^”\"»]{{5,140}}[,.]?\s?[”“\"»][,.]?\s?{_CAP}"),
    ),
    (
        "volume and number",
        0.3,
        Cued(r"\b[Vv]ol\.\s?\d+,\s[Nn]o|\b[a-z]+\s\d+(?:\(\d|:\s?\d|\s\([^)]*\d{4}\))"),
    ),
    (
        "press",
        0.15,
        Cued(r"\b(?:Press|Publish(?:ers|ing)|Pub\.|Verlag|Books|Editions?|Éditions|Company|Co\.|House|Изд-во)(?!\w)"),
    ),
    (
        "author. title, year",
        0.2,
        Cued(rf"^{_CAP}[\w’'-]+,\s{_CAP}[\w.’' -]*\.\s{_CAP}[^.:]+[.,]\s{_YEAR}(?:\.?$|,\sp)"),
    ),
    (
        "title. given family, year",
        0.8,
        Cued(rf"^{_CAP}[^.!?]+\.\s(?:{_CAP}[\w.’'-]*\s){{1,2}}{_CAP}[\w’'-]+,\s{_YEAR}\.?$"),
    ),
    (
        "author (year). title",
        0.3,
        Cued(
            rf"^{_CAP}[\w’'-]+,\s{_CAP}[^():;?!\d]{{0,140}}(?:\((?:[Ee]ds?|[Hh]rsg)\.\)\s)?(?:\({_YEAR}[a-z]?\)"
            rf"|[.,]\s{_YEAR}[a-z]?[.,])"
            rf"[.,:]?\s[“\"«]?{_CAP}"
        ),
    ),
    ("address at the end", 0.4, Cued(r"[.,:]\s<?(?:https?://|www\.)\S+$")),
    (
        "address lost",
        1.2,
        Cued(
            r"^(?:This|The)\b.*\b(?:may|can|is)\b.*\bonline\b.*(?:here|at)\s?:?\s*$|^(?:Source|Link)\s?:\s"
            rf"|^(?:This|The)\s[a-z]+,\s{_CAP}[^.]*,\s+(?:may|can|could|is|are|has|have)\b[^.,]*\b(?:here|at|below)\s?:?\s*$"
        ),
    ),
    (
        "points back",
        0.9,
        Cued(rf"^\W?(?:[Ss]ee\s|[Cc]f\.\s|[Vv]gl\.\s)?{_BACK}\b[^!?]{{0,45}}$|^{_BACK}\.?\W*$"),
    ),
    (
        "a work cited before",
        0.9,
        Cued(
            rf"^\W?{_CAP}(?:[^.!?\d]|(?<=\s[^\W\d_])\.){{1,60}}?[,\s]\s?(?:op\.\s?cit|loc\.\s?cit|ob\.\s?cit|art\.\s?cit|a\.\s?a\.\s?O"
            r"|[Уу]каз\.\s?соч|supra,?\s(?:note|nn?\.)|\(?(?:see|voir|wie|siehe|véase|vedi|zie|ver|см\.)\s(?:supra\s)?(?:note|nn?\.|[Aa]nm\.|nota|noot"
            r"|прим\.)\s?\d)\b[^!?]{0,45}$"
        ),
    ),
    (
        "shelfmark and archive",
        0.7,
        Cued(
            r"^(?=.*\b(?:MSS?\.?\s\w|[Ff]ols?\.\s?\d|Box\s\d|Folder\s\d|[Cc]arton\s\d|NL\s\w|RG\s?\d"
            r"|[A-Z]{1,5}[ /]\d+/\d|ф\.\s?\d|legajo\s\d|busta\s\d))"
            r".*\b(?:Archives?|Archivo|Archivio|[A-Z]?\w*[Aa]rchiv|Library|Bibliothek|Bibliothèque"
            r"|Record Office|Papers|Museum|ГАРФ|РГА\w+)\b.{0,60}$"
        ),
    ),
    (
        "year;volume:pages",
        0.8,
        Cued(r"\b(?:1[89]|20)\d\d(?:\s[A-Z][a-z]{2})?(?:\s\d+)?;\s?\d+(?:\([^()]+\))?:\s?\w?\d+"),
    ),
    (
        "address and day of access",
        1.1,
        Cued(
            r"(?:https?://|www\.)\S+[\s,.(\[]+(?:last\s)?(?:[Aa]ccessed|[Rr]etrieved|[Vv]iewed|[Vv]isited"
            r"|[Zz]ugriff|[Aa]bruf|[Ee]ingesehen|[Aa]ufgerufen|[Gg]eraadpleegd|[Bb]ezocht|[Cc]onsultato"
            r"|abgerufen|consulté|consultado|[Aa]cesso|дата обращения)\b.{0,40}$"
        ),
    ),
    (
        "journal volume (year) pages",
        0.5,
        Cued(
            rf"\w{{3,}},?\s(?:[Vv]ol\.\s|Bd\.\s|t\.\s)?[\dIVXLC]+\s\((?:[^()\d]{{3,12}}\s)?{_YEAR}\)[,:]?"
            r"(?:\s(?:H|no|nr)\.\s?\d+,)?\s(?:pp?\.\s|S\.\s)?\d+(?:\s?[-–]\s?\d+)?(?:,\s(?:\w+\.?\s){1,2}\d+)?\.?$"
        ),
    ),
    (
        "(place year) pages",
        0.5,
        Cued(
            rf"\((?:{_CAP}|privately)[^()\d]{{2,60}},?\sc?{_YEAR}\)[,.]?\s(?:pp?\.\s|S\.\s)?\d+(?:[-–]\d+)?"
            r"(?:\s\(p+\.\s?[\d–-]+\))?\.?$"
        ),
    ),
    (
        "names (eds)",
        0.35,
        Cued(
            rf"^{_CAP}[^().!?]*(?:\.[^().!?]*)*\((?:[Ee]ds?|[Hh]rsgg?|[Hh]gg?|dir|coords?|orgs?|red|ред|сост)\.?\)[,:.]?\s{_CAP}"
        ),
    ),
    (
        "“title” in a book, ed.",
        0.4,
        Cued(
            r"[”\"»’],?\s[Ii]n:?\s[^”\"»’]{3,120},\s(?:[Ee]ds?\.|[Hh]g\.|dir\.)\s.{3,60},\s(?:pp?\.\s|S\.\s)?\d+[-–]\d+"
        ),
    ),
    ("a paper of the Crown", 0.6, Cued(rf"\(C(?:m?n?d|m)\.?\s\d{{1,5}}[,;]\s{_YEAR}\)", "(C")),
    ("season and episode", 0.6, Cued(r"\b[Ss]eason\s\d+,\s(?:[Ee]p\.|[Ee]pisode)\s\d+\b")),
    (
        "volume and page of many",
        0.4,
        Cued(r"\d\s(?:vols?\.|tomes|Bde\.),\s(?:t|vol|Bd)\.\s[\dIVX]+,\s(?:p|S)\.\s\d"),
    ),
    (
        "a thesis with its year",
        0.4,
        Cued(rf"\({_YEAR}\)[:.,]\s.*\b(?:diss(?:ertation)?|[Dd]iss\.|thesis|thèse|tesis|tesi)\b"),
    ),
    ("a thesis", 0.4, Cued(r"\b(?:diss(?:ertation)?\b|Diss\.|thesis\b|thèse\b|tesis\b)[^.!?]{0,70}\d{4}")),
    (
        "an interview",
        0.5,
        Cued(
            rf"^{_CAP}[^.!?]{{2,50}},\s(?:interview(?:ed)?\s(?:by|with)|in conversation with"
            rf"|im Gespräch mit)\b.*\d{{4}}\W*$"
        ),
    ),
    (
        "“title,” paper, day",
        0.8,
        Cued(
            r"^(?:[^“”\"«»„]{0,60},\s)?[“\"«„][^“”\"«»„]{4,150}[”\"“»],?\s(?:in:?\s)?"
            rf"{_CAP}[^“”\"«»„:;!?]{{2,60}},?\s\(?(?:{_CAP}[a-z]{{2,8}}\.?\s\d{{1,2}},\s"
            rf"|\d{{1,2}}\.?\s(?:de\s)?\w{{3,10}}\.?\s(?:de\s)?){_YEAR}\)?"
            r"(?:,\ssec\.\s\w+)?(?:[,:]\s(?:pp?\.|S\.|с\.|С\.)?\s?[A-Z]?\d+(?:[-–]\d+)?(?:,\scols?\.\s\d+)?)?\.?$"
        ),
    ),
    ("v. 5, n. 2, p. 3", 0.6, Cued(r"[,.]\sv\.\s?\d+,\s(?:n\.\s?\d+,\s)?p\.\s?\d+.{0,30}$")),
    ("behind two slashes", 0.5, Cued(r"\s//\s.*\b(?:1[89]|20)\d\d\b")),
    ("DOI", 0.5, Cued(r"\b(?:(?i:doi):?\s?|doi\.org/)10\.\d{4,9}/\S+")),
    (
        "no place, no date",
        0.55,
        Cued(
            r"[,.]\s\(?(?:(?:[ns]\.\s?[pl]|o\.\s?O|б\.\s?м)\.,?\s)?(?:n\.\s?d\.|o\.\s?J\.|s\.\s?[da]\.|б\.\s?г\.)\)?[\])]*"
            r"(?:,\s(?:pp?\.\s|S\.\s)?\d+)?\.?$"
        ),
    ),
    (
        "(no place, year)",
        0.6,
        Cued(rf"\(\[?(?:[ns]\.\s?[pl]\.|[Oo]\.\s?O\.|б\.\s?м\.)\]?[,;:]\s\[?(?:{_YEAR}|[nsoб]\.\s?[dajг]\.)"),
    ),
    (
        "a message to somebody",
        0.8,
        Cued(
            rf"^{_CAP}[^.!?]{{2,50}},\s(?:e-?mail|letter|message|personal communication)\s(?:to|with)\s"
            rf".{{3,50}}{_YEAR}\W*$"
        ),
    ),
    ("in «journal», volume", 0.4, Cued(r",\sin:?\s«[^»]{3,80}»,\s(?:[\dIVXLC]+|[a-z]\.)")),
    (
        "year and page, in Arabic",
        0.8,
        Cued(rf"،\s(?:{_YEAR}|1[34]\d\d)\s?(?:م|هـ)?،\s(?:ج\s?\d+،\s)?ص\.?\s?\d+(?:[-–]\d+)?\.?$"),
    ),
    ("a station and its day", 0.4, Cued(rf"\b{any_of('stations')}\W[^.!?]{{0,30}}\d{{1,2}}[^.!?]{{3,16}}{_YEAR}\W*$")),
    ("a dash for the author", 0.35, Cued(rf"^(?:[-–—_―]{{2,}}|[Dd]ers\.|[Dd]ies\.)[.,:]?\s{_CAP}")),
    (
        "a sentence",
        -0.5,
        Cued(r"(?:\b[a-z]{2,}\s){5}|\b(?:he|she|they|we|you|had|has|have|been|said|would|could)\b"),
    ),
    ("a figure", -0.4, Cued(r"\d,\d{3}\b|\d\s?%|\bNo\.\s\d+\.?$")),
    ("end of speech", -0.3, Cued(r"[.?!]\s?[”\"]$|…$")),
    ("colon at the end", -0.3, Cued(r"(?<!here):\s*$")),
    ("speaker", -0.5, Cued(r"^[A-ZА-Я]{3,}(?:\s[A-ZА-Я]+)?\s?[:(]")),
    (
        "day of the month",
        -0.25,
        Cued(
            r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:-\d+)?(?:st|nd|rd|th)?,?"
            r"\s\d{4}[\])]*\.?$|\b\d{1,2}\s[A-Z][a-z]+\s\d{4}[\])]*\.?$"
        ),
    ),
)


_FOR = tuple((weight, pattern) for _, weight, pattern in _CUES if weight > 0)
_AGAINST = tuple((weight, pattern) for _, weight, pattern in _CUES if weight < 0)


def looks_like_citation(text: str) -> float:
    """Say how much a whole line looks like the naming of a published source, from 0 to 1.

    0.5 is where an editor would begin to call it one.
    """
    if len(text) > _LONGEST or not _may_cite(text):
        return 0.0
    return _weighed(text.strip())


def _may_cite(text: str) -> bool:
    """Tell whether a line has a figure, or points back, or to the net, as each citation does and most lines do not."""
    return bool(
        _FIGURE.search(text)
        or _OPENS_BACK.match(text)
        or _SHORTENED.search(text)
        or ("online" in text.lower() and _ONLINE.search(text))
    )


@noted
def _weighed(line: str) -> float:
    """Weigh the cues; several rooms ask about the same lines, one after the other."""
    if is_special(line):
        return _CERTAIN
    score = sum(weight for weight, pattern in _FOR if pattern.search(line))
    if score >= _CERTAIN and _is_text_with_source(line):
        return 0.0
    if score:  # most lines have nothing that speaks for them, and what speaks against need not be asked
        score += sum(weight for weight, pattern in _AGAINST if pattern.search(line))
    return min(1.0, max(0.0, score))


def _is_text_with_source(line: str) -> bool:
    """Tell whether a line is a sentence with its source in brackets in it or behind it: the source is one, no line."""
    within = _WITHIN.search(line)
    if within and looks_like_citation(within["inside"]) >= _CERTAIN:
        return True
    if line[-1:] not in ")]." or (match := _BRACKETED.search(line)) is None:
        return False
    before = line[: match.start()].rstrip()
    return bool(_SENTENCE_ENDS.search(before)) and looks_like_citation(match[1]) >= _CERTAIN


_WITHIN = re.compile(
    r"\b[^\W\d_A-ZА-Я]{2,}\s[^()]*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)?)\),?\s(?=(?:and|but|or|und|et|y|e|en|и|[a-zà-ÿа-я]{4,})\s)"
)
_SENTENCE_ENDS = re.compile(r"(?:\b[^\W\d_]+\W+){5}[^\W\d_]{2,}[.?!…][”\"»’]?$")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]][.\s]*$")
_BREAK = re.compile(r"(?<=[.?!”\"…])\s+(?:[-–—]\s*)?(?=[^\W\d_a-z]|[“\"«„]|" + _BACK + r"\b)")
_CERTAIN = 0.8


@noted
def tails(text: str) -> Sequence[tuple[int, int, str, float]]:
    """Return what may be a source at the end of a paragraph: what stands in brackets there, or behind a sentence.

    Returns:
        Of each where it begins and ends, brackets included; its words, without them; and how much it looks like a
        citation.

    """
    match = _BRACKETED.search(text, max(0, len(text) - _TAIL))
    if match and match.start() > 0:
        return ((match.start(), match.end(), match[1].strip(), looks_like_citation(match[1])),)
    starts = [found.end() for found in _BREAK.finditer(text, max(0, len(text) - 250))]
    return tuple((at, len(text), text[at:], looks_like_citation(text[at:])) for at in starts)


_TAIL = 400  # letters; no source in brackets is longer


def find_embedded(text: str) -> tuple[int, int] | None:
    """Find a complete citation, with its year, at the end of a paragraph.

    Returns:
        Where it begins and ends, brackets included; or None.

    """
    if not re.search(_YEAR, text[-250:]):
        return None
    for start, end, said, score in tails(text):
        if score >= _CERTAIN and re.search(_YEAR, said):
            return start, end
    return None
