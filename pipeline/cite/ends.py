"""What stands at the ends of a citation and says by its form what it is: pages, years, volumes, addresses."""

from __future__ import annotations

import re

from pipeline.cite.draft import STOPS, Draft

_PAGE = r"(?:[A-Z]-?)?\d+[a-z]?|[ivxlcdm]+\b"
_LOCATOR = re.compile(
    rf"[\s,.;:(–—-]*(?<!\w)(?:pp?|pgs?|pages?|págs?|páginas?|S|Seiten?|ss|С|с|стр|str|s)\b\.?\s*"
    rf"(?P<locator>(?:{_PAGE})(?:(?:\s*[-–—,.;&]\s*|\s+(?:and|et|und|y|и|to)\s+)(?:pp?\.\s*)?(?:{_PAGE}))*"
    r"(?:\s?(?:ff?|sqq?|n)\b\.?)?)[\s.,;:‚’'”\")]*$"
)
_ARTICLE_PAGES = re.compile(
    r"(?<=[\d)])\s*[,:]\s*(?P<locator>[A-Z]?\d+\s*[-–—]\s*[A-Z]?\d+)[\s.]*$|(?<=[\d)])[,:]\s(?P<one>(?<=\),\s)\d+|(?<=:\s)\d+)[\s.]*$"
)
_SHELL = re.compile(r"^[\[({]\s*(?P<inside>[^\[\](){}]*(?:\([^()]*\)[^\[\](){}]*)*)[\])}][.\s]*$")
_LEAD = re.compile(
    r"^(?:Source|From|See(?: also)?|Cf\.|(?:Quoted|Cited) (?:in|from)|Taken from|Excerpt(?:ed)? from|Vgl\.|Aus|См\."
    r"|Voir)\s*:?\s+(?=\S)"
)
_ASIDE = re.compile(
    r"\s*(\[[^\[\]]*\]|\((?:[Ee]mphasis|[Ii]talics|[Mm]y |[Qq]uoted|[Cc]ited|[Rr]eprint)[^()]*\))[.,\s]*$"
)

YEAR = r"(?<!\w)(?P<c>©\s?|[Cc](?:opyright|op\.?)?\s?)?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)(?!\w)"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|Spring|Summer|Autumn|Fall|Winter)"
)
DATE = (
    rf"(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}(?:[-–/]{_MONTH})?"
    r"(?:\s\d{1,2}(?:st|nd|rd|th|[-–]\d+)?)?)"
)
END_YEAR = re.compile(rf"(?:[\s,.;:–—-]*|[\s,.;:]*\(){DATE}?[\s,]*\(?\[?{YEAR}\]?\??\s*[).,;:\s]*$")
_YEAR_BEHIND_PAGES = re.compile(r"[,.;]\s*((?:1[5-9]|20)\d\d)$")
_EXTENT = re.compile(r"[\s,.;:–—-]*\b(\d+\s?(?:pages|pp?\.|S\.|с\.)(?:[\s–—-]*\([^()]*\))?)[\s.]*$")

_NUMBER = r"(?:\d+[a-z]?|[IVXLC]+)\b"
_VOLUME_WORD = r"(?:[Vv]ol(?:ume)?s?|VOL|Bd|Band|[Tt]ome|[Tt]omo|[Tt]\b|[Pp]art|[Pp]t|[Тт]ом|[Тт]|[Bb]ook|Teil)"
_END_VOLUME = re.compile(
    rf"[\s,.;:(]*(?<!\w){_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER}(?:\s?[-–/&]\s?{_NUMBER})?)[\s).,;]*$"
)
MID_VOLUME = re.compile(
    rf"[\s,.;:]+\(?{_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER})\)?[.,]\s+(?P<place>[^\W\d_][^,.:]*),\s(?P<publisher>[^:]+)$"
)
_VOLUME = re.compile(
    rf"[\s,.;:]*\(?(?<!\w){_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER})\)?"
    r"(?:(?:,|:|\s[-–—])\s(?P<name>[^()]+?))?[\s.,;:]*$"
)
_EDITION = re.compile(
    r"[\s,.;:(]+(?P<edition>(?:\d+(?:st|nd|rd|th|e|ème|\.|ª|-е)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth"
    r"|[Rr]evised and enlarged|[Rr]ev(?:ised|\.)?|[Nn]ew|[Ee]nlarged)\s?(?:,?\s?rev\.\s?)?"
    r"(?:ed(?:ition|n)?\b|éd(?:ition)?\b|Aufl(?:age)?\b|изд\b))\.?\)?(?=[\s.,;:)]|$)"
)
_LINK = re.compile(
    r"[\s,.<(]*(?:(?:Available|Retrieved|Accessed|URL|Online|Internet)\b[^:]{0,60}:?\s*)?"
    r"(?P<url>(?:https?://|www\.)[^\s>)]+)[>).]*(?P<tail>.*)$"
)
_LOST_LINK = re.compile(
    r"^(?:(?:[Tt]h(?:is|e)|[Tt]he full) [a-z]+[\s,]+)?(?P<where>.+?)[\s,]+(?:may|can|could|is|are|has|have)\b[^,.]*?"
    r"\b(?:found|read|seen|viewed|available|downloaded|consulted)(?: online| on the (?:inter)?net| on the web)?"
    r"(?: here| at| below)?\s*:?\s*$"
)


def split_locator(text: str) -> tuple[str, str, list[str]]:
    """Cut pages and bracketed remarks off the end; return the stem, which many citations share, and both."""
    asides: list[str] = []
    if match := _SHELL.match(text):
        text = match["inside"].strip()
    text = _LEAD.sub("", text)
    while (match := _ASIDE.search(text)) and match.start() > 0:
        asides.insert(0, match[1])
        text = text[: match.start()]
    for pattern in (_LOCATOR, _ARTICLE_PAGES):
        if (match := pattern.search(text)) and match.start() > 0:
            stem = text[: match.start()] + ("." if text[match.start()] == "." else "")
            locator = match[match.lastgroup or "locator"]
            year = _YEAR_BEHIND_PAGES.search(locator)
            if year and not re.search(YEAR, stem):  # "Orr Review, pp. 37-66, 2004"
                stem, locator = f"{stem}, {year[1]}", locator[: year.start()]
            return stem, locator, asides
    return text, "", asides


def address(draft: Draft) -> None:
    """Find an address on the net, which goes to ``extra``; or what is left of the line when it was lost."""
    if match := _LOST_LINK.match(draft.rest):
        draft.words["container"], _, extra = match["where"].partition(", ")
        draft.extra.append(extra)
        draft.web = draft.article = True
        draft.rest = ""
    elif match := _LINK.search(draft.rest):
        draft.extra += [match["url"].rstrip(".,;"), match["tail"].strip(STOPS)]
        draft.web = True
        draft.cut(match)


def extent(draft: Draft) -> None:
    """Find the number of pages of a whole book, as library cards give it: "250 p."."""
    if match := _EXTENT.search(draft.rest):
        draft.extra.append(match[1])
        draft.cut(match)


def volume_behind_year(draft: Draft) -> None:
    """Find a volume that stands behind the year: "1952, Vol. 6"."""
    match = _END_VOLUME.search(draft.rest)
    if match and re.search(r"\d{4}\)?[\s,.;]*$", draft.rest[: match.start()]):
        draft.words["volume"] = match["volume"]
        draft.cut(match)


def year_at_end(draft: Draft) -> None:
    """Find the year at the end, with the day or season before it, and "c" for a copyright date."""
    match = END_YEAR.search(draft.rest)
    if "year" in draft.words or not match or match.start() == 0:
        return
    set_year(draft, match)
    draft.extra.append(match["date"] or "")
    draft.cut(match)


def edition(draft: Draft) -> None:
    """Find the edition: "2nd ed.", "3. Aufl."."""
    if (match := _EDITION.search(draft.rest)) and match.start() > 0:
        draft.words["edition"] = match["edition"]
        draft.take_out(match)


def volume_in_title(draft: Draft) -> None:
    """Find the volume at the end of the title; the volume's own name behind it goes to ``extra``."""
    if "volume" in draft.words or draft.article:
        return
    if (match := _VOLUME.search(draft.rest)) and match.start() > 0:
        draft.words["volume"] = match["volume"]
        draft.extra.append(match["name"] or "")
        draft.cut(match)


def set_year(draft: Draft, match: re.Match[str]) -> None:
    """Set the year that ``match`` found, and whether it is a copyright date."""
    draft.words["year"] = match["year"]
    draft.copyright_year = bool(match["c"])
