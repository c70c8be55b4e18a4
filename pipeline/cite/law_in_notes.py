"""Cases and statutes in footnotes: found by their form, before a model looks for books and articles in what is left.

Lawyers name what they cite by forms that leave no room for doubt: parties with a report behind them, reports by volume
and page, sections of a code, laws by number and day, judgments by court and day. A model that learnt from books takes
an act for an author and tears the parties from one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cite.dates import DAY
from pipeline.cite.words import any_of

_YEAR = r"(?:1[5-9]|20)\d\d"
_WORD = r"[^\W\d_a-zß-ÿ][\w.’'&-]*"
_PARTY = rf"{_WORD}(?:,?\s(?:(?:of|the|for|and|de|von|&)\s){{0,2}}{_WORD}){{0,6}}"
_PARTIES = rf"(?P<title>(?:In\sre|Ex\sparte|Re)\s{_PARTY}|(?:R\s\([^()]{{2,40}}\)|{_PARTY})\sv[s.]?\.?\s{_PARTY})"
_SERIES = r"(?P<container>[A-Z][A-Za-z.]*\d?[a-z]*(?:\s(?:[A-Z][A-Za-z.]*|2d|3d|4th)){0,2})"
_PLACE = r"\[?\d+\]?(?:[-–]\d+)?(?!\w|[.-]\d)"
_CITED = rf"(?:(?:,|,?\sat)\s(?P<cited>{_PLACE})|\s(?:\([A-Z]{{2,4}}\)\s)?(?P<cited2>{_PLACE}))?"
_BEHIND = rf"(?:\s\((?P<cited>{_PLACE})\)|,\s(?P<cited2>{_PLACE}))?"
_PART = r"(?:arts?|ss?|secs?|[Cc]h|§§?|para)\.?\s?\d(?:[\w().-]*\w)?[º°]?\)?"
_SECTION = (
    r"(?:§§?|[Aa]rt(?:ikel|icle|ículo|icolo|igo|t)?s?\.?)\s?\d(?:[\w.-]*\w)?"
    r"(?:\s(?:Abs|S|Nr|al|co)\.\s?\d+|,\s(?:comma|al\.)\s\d+|\s(?:and|und|et|y|e|bis)\s\d+)*"
)
_FILE = (
    r"(?:,\s|\s[–-]\s)(?:n[.°º]\s?[\d./-]*\d|(?:Az\.:?\s)?[IVXLC\d]+\s[A-Z][A-Za-z]*\s\d+/\d+"
    r"|[A-Z][\w’]+(?:\s(?:[a-zà-ÿ]{1,3}\s|d[’'])?[A-Z][\w’]+){0,3})"
)
_FORMS = tuple(
    re.compile(rf"(?<![\w.]){form}")
    for form in (
        # Orr v Quill [1932] AC 562; (1868) LR 3 HL 330; [2011] UKSC 12
        rf"{_PARTIES},?\s[\[(](?P<date>{_YEAR})[\])]\s(?:(?P<volume>\d+)\s)?{_SERIES}\s(?:(?P<volume2>\d+)\s[A-Z]+\s)?"
        rf"(?P<page>\d+){_CITED}",
        # Orr v. Quill, 347 U.S. 483, 495 (1954)
        rf"{_PARTIES},\s(?P<volume>\d+)\s{_SERIES}\s(?P<page>\d+)(?:,\s(?P<cited>{_PLACE}))?"
        rf"\s\((?:[^()\d]{{0,12}}\d?[^()\d]{{0,20}}\s)?(?P<date>{_YEAR})\)",
        # Harbour Pilots Act 1911, s. 4; Lighthouse Safety Act of 1974, 29 U.S.C. § 651
        r"(?P<title>(?:[A-Z][\w’'-]*\s(?:(?:of|and|for|the|\([A-Z][\w\s]*\))\s){0,2}){1,8}(?:Act|Ordinance|Code))"
        rf",?\s(?:of\s)?\(?(?P<date>1[2-9]\d\d|20\d\d)\)?(?:,?\s(?P<volume>\d+)\s(?P<container>U\.S\.C\.|Stat\.)\s"
        rf"(?P<cited2>§*\s?\d+\w*)|,?\s(?P<cited>{_PART}))?",
        r"(?P<volume>\d+)\s(?P<container>U\.S\.C\.|C\.F\.R\.)\s(?P<cited>§{1,2}\s?\d(?:[\w.()-]*[\w)])?)",
        rf"(?P<container>{any_of('reports')}),?\s(?P<volume>\d+),\s(?P<page>\d+){_BEHIND}",
        rf"(?P<title>{any_of('courts')}),?\s(?P<container>[A-Z]{{2,5}})\s(?P<date>{_YEAR}),\s(?P<page>\d+){_BEHIND}",
        # court, ruling, day, number or parties: one name, as it stands, round the day
        rf"(?P<title>{any_of('courts')},?\s(?:{any_of('rulings')})\s(?:v\.|vom|v)\s(?P<date>{DAY})(?:{_FILE})?)(?:,\s(?P<cited>(?:Rn|Rz|Tz|Rdnr?)\.\s?\d+))?",
        rf"(?P<title>{any_of('courts')}(?:[\s,]+(?:{any_of('rulings')}|[^\d,]{{2,20}}),?){{0,2}}(?:\s\d(?:re|er?))?),?\s"
        rf"(?:du\s)?(?P<date>{DAY})(?:,\s(?P<title2>n[.°º]\s?[\d./-]*\d|[A-Z][\w’]+(?:\s(?:[a-zà-ÿ]{{1,3}}\s)?[A-Z][\w’]+){{0,3}}))?"
        r"(?:,\s(?:in\s)?(?P<container>Rec\.|Bull\.\s\w+\.(?:\s[IVX]+)?|Foro\sit\.)(?:,\s\d{4},\s(?P<volume>[IVX]+),)?"
        r"(?:\s(?:p\.\s)?(?P<page>\d+))?)?",
        rf"(?P<title>{any_of('courts')},\s(?:sent|ord)\.\sn\.\s\d+)(?:/|\sdel\s)(?P<date>{_YEAR})",
        rf"(?P<title>(?:STS|STC|SAP)\s\d+/(?P<date>{_YEAR}))(?:,\sde\s\d{{1,2}}\sde\s\w+)?(?:,\s(?P<cited>(?:FF?J|F\.\s?J\.)\s\d+))?",
        rf"(?P<title>(?:HR|Hof\s[A-Z]\w+|Rb\.\s[A-Z]\w+)\s(?P<date>{DAY})),\s(?P<container>NJ|AB|JOR|RvdW)\s(?:{_YEAR})[,/]\s?(?P<page>\d+)",
        # debates of a parliament by day and column
        rf"(?P<title>(?:Hansard,?\s)?H[CL]\s(?:Deb\.?|Hansard))\s\(?(?P<date>{DAY})\)?,?\s(?:\([^()]*\)\s)?(?:vol\.?\s)?(?P<volume>\d+)"
        r"(?:,?\s(?:cols?\.?|cc?\.?)\s?(?P<cited>\d+[A-Z]{0,2}(?:[-–]\d+[A-Z]{0,2})?))?",
        # directives and regulations of the union
        r"(?P<title>(?:[A-Z]\w+\s)?(?:Directive|Regulation|Decision|Richtlinie|Verordnung|Beschluss|Règlement|Décision|Directiva|Reglamento"
        r"|Direttiva|Regolamento|Richtlijn|Verordening|Diretiva|Regulamento)\s(?:\((?:EU|EC|EG|EEC|EWG|CE|UE|CEE)\)\s)?"
        rf"(?:[Nn]o?[.°ºr]*\s)?\d{{1,4}}/\d{{1,4}}(?:/[A-Z]{{2,3}})?)(?:,\s(?P<cited>{_PART}|{_SECTION}))?",
        # laws by number and day
        rf"(?P<title>(?:[Ll]oi|[Dd]écret|[Oo]rdonnance)\sn[°º]\s?[\d-]+)\sdu\s(?P<date>{DAY})"
        rf"(?:\s(?P<title2>(?:relative?|portant|sur)\s[^,.;]{{3,80}}))?(?:,\s(?P<cited>{_PART}))?",
        rf"(?P<title>(?:[Ll]ey(?:\s[Oo]rgánica)?|[Rr]eal\s[Dd]ecreto)\s\d+/(?P<date>{_YEAR}))"
        rf"(?:,\sde\s\d{{1,2}}\sde\s\w+)?(?:,?\s(?P<title2>(?:de|sobre|del)\s[^,.;]{{3,80}}))?(?:,\s(?P<cited>{_PART}))?",
        rf"(?P<title>(?:[Ll]ei(?:\s[Cc]omplementar)?|Decreto(?:-[Ll]ei)?)\sn\.?[º°o]?\.?\s[\d./]*\d),\sde\s(?P<date>{DAY})(?:,\s(?P<cited>{_PART}))?",
        rf"(?P<title>[Ll]egge|[Ll]\.|[Dd]\.\s?[Ll]gs\.|[Dd]\.P\.R\.)\s(?P<date>{DAY}),\s(?P<title2>n\.\s\d+)"
        rf"(?:,\s(?P<cited>{_PART}))?",
        rf"(?P<title>(?:Gesetz|Verordnung)\s[^,.;\d]{{3,90}})\svom\s(?P<date>{DAY})"
        r"(?:\s\((?P<container>R?GBl\.(?:\s[IV]+)?|BGBl\.(?:\s[IV]+)?)\s(?:S\.\s)?(?P<page>\d+)\))?",
        rf"(?P<title>Wet|Besluit)\svan\s(?P<date>{DAY})(?:,\s(?P<container>Stb\.)\s{_YEAR},\s(?P<page>\d+))?",
        rf"(?P<title>(?:Федеральный\sзакон|Закон|Указ))\sот\s(?P<date>{DAY})(?:\sг\.)?\s(?P<title2>№\s?[\w-]+)",
        # sections of a code
        rf"(?P<title>{any_of('codes')}),\s(?P<cited>{_SECTION})(?!\w)",
        rf"(?P<cited>{_SECTION}|[Сс]т(?:\.|атья)\s?\d+),?\s(?:(?:du|de\sla|of\sthe|del|della|d[aeo]|des)\s)?"
        rf"(?P<title>{any_of('codes')}(?:\sРФ)?)(?!\w)",
    )
)
_SIGNS = re.compile(r"\sv[s.\s]|\b(?:Act|Ordinance|Code|In re|Re|Ex parte)\b|§|\d|[Aa]rt")
_NO_PARTY = re.compile(r"^(?:See|Cf\.|But|Compare|And|In|Under|The\spoint|Following|Contra|Also|As)\s+(?!re\s)")


@dataclass(frozen=True, slots=True)
class Found:
    """What is known by its form: where it stands in the text, in letters, and its parts as they stand."""

    start: int
    end: int
    parts: Mapping[str, Sequence[str]]


def cases_and_statutes(text: str) -> Iterator[Found]:
    """Find the cases and statutes in a footnote, in order; of two that fit the first or longer one.

    Args:
        text: a footnote, its words one space apart.

    """
    if not _SIGNS.search(text):
        return
    matches = sorted((one for form in _FORMS for one in form.finditer(text)), key=lambda one: (one.start(), -one.end()))
    done = 0
    for match in matches:
        if match.start() < done:
            continue
        title, start = match.groupdict().get("title") or "", match.start()
        if front := _NO_PARTY.match(title):
            title, start = title[front.end() :], start + front.end()
        done = match.end()
        yield Found(start, done, parts_of(match, title))


def parts_of(match: re.Match[str], title: str) -> dict[str, list[str]]:
    """Return what the groups of a match say; the words of a name round its day are one name."""
    said = {key: value for key, value in match.groupdict().items() if value}
    parts: dict[str, list[str]] = {}
    if title:
        parts["title"] = [" ".join(filter(None, (title, said.get("title2"))))]
    for key, value in said.items():
        if not key.startswith("title"):
            parts.setdefault(key.rstrip("2"), []).append(value)
    return parts
