"""Articles and chapters: a title in quotation marks, and the journal or book that it was printed in."""

from __future__ import annotations

import re

from pipeline.cite.draft import QUOTES, STOPS, Cued, Draft, at_end, ends_in_figure
from pipeline.cite.names import UPPER, form, read_names
from pipeline.cite.people import author

_QUOTED = re.compile(r"[“\"„«‟]\s*(?P<title>[^“”\"„«»]{3,}?)\s*[,.]?\s*[”\"“»](?:[,.;]|(?=\s|$|\w))")
_QUOTED_ONCE = re.compile(
    r"(?:^|(?<=[\s(]))[‘'‚]\s?(?P<title>[^“”\"„«»]{3,}?)[,.]?[’'‘](?:[,.;]|(?=\s*$|\s(?:[(A-ZÀ-ÖØ-ÞА-Я«]|in\b)))"
)
_ENTRY = re.compile(r"(?P<stop>[,.:])\s(?:Art\.|Artikel|Lemma|s\.\s?v\.)$")
_IN_QUOTED = re.compile(r"(?:^|[,.;]\s)(?:[Ii]n:?|[Dd]ans|en)$")
_IN = re.compile(r"^\s*[,.]?\s*(?:[Ii]n:?|[Dd]ans|en|В кн\.:|//)\s+")
_IN_BOOK = re.compile(r"(?<=[.?!,])\s+(?:[Ii]n:|In|Dans|//)\s+(?P<container>\S.*)$")
_BEHIND_SLASHES = re.compile(
    r"(?P<container>[^.]+(?:\.\s(?![\dТ№])[^.]+)*)[.,]\s(?P<year>(?:1[5-9]|20)\d\d)"
    r"(?:[.,]\s(?:Т|Вып|Кн|вып|т)\.\s?(?P<volume>\d+))?(?:[.,]\s(?:№|Nr?\.?)\s?(?P<issue>\d[\d/–-]*))?"
)
_ALL_BEHIND = Cued(
    r"(?:,\s(?P<place>[^\W\d_][^,.\d]{2,40}))?,\sv\.\s?(?P<volume>\d+)(?:,\sn\.\s?(?P<issue>[\d/-]+))?"
    r"(?:,\sp\.\s?(?P<page>\d+\s?[-–]\s?\d+))?,\s(?:(?P<date>[^\W\d_]{3,9}\.?(?:[/-][^\W\d_]{3,9}\.?)?)\s)?(?:de\s)?"
    r"(?P<year>(?:1[5-9]|20)\d\d)[\s.]*$",
    ", v.",
)
_LAW_REVIEW = Cued(
    r"(?<=[’”\"»'])[,.]?\s[(\[](?P<year>(?:1[5-9]|20)\d\d)[)\]]\s(?P<volume>\d{1,3})\s?(?:\((?P<issue>\d[\d/–-]*)\)\s)?"
    rf"(?P<container>[{UPPER}][^\d()\[\],;:]{{2,80}}?)\s(?P<page>\d{{1,4}}(?:[-–]\d+)?)"
    r"(?:,?\s(?:at\s)?(?P<locator>\d[\d–-]*))?[\s.,]*$",
    ") ]",
)
_EDITED = Cued(r"^(?P<who>.+?)\s\((?:[Ee]ds?\.?|[Hh]rsg\.|[Hh]g\.|org\.|dir\.|coords?\.)\)[,:]\s(?P<title>.+)", ")")
_PAGES_WITHIN = re.compile(r"\s\((?:pp?|S)\.\s(?P<page>\d+\s?[-–]\s?\d+)\)$")
_VOLUME_WITHIN = re.compile(r",\s(?:[Vv]ol|Bd|t)\.\s(?P<volume>\d+|[IVXLC]+)$")
_NUMBER_WORD = r"(?:[Nn]os?|[Nn]r|[Ii]ssue|n\.?[°º]|№|[Nn]úm|[Hh]eft|H|[Ff]asc|вып)\.?"
_NUMBERED = re.compile(
    r"(?P<name>[^\d(]{3,}?)[\s,]+(?:(?:Jg|Bd|[Vv]ol|[Tt]|[Aa]nno|Т)\.?\s)?(?P<volume>\d{1,4}|[IVXLC]+)"
    r"(?:\s?\((?:[^()\d]*\s)?(?P<year>(?:1[5-9]|20)\d\d)(?:[-–/]\d+)?\))?"
    rf"(?:,?\s{_NUMBER_WORD}\s?(?P<issue>\d[\d/–-]*)|,\s(?P<bare>\d{{1,3}}))?$"
)
_ISSUE = re.compile(
    r"[\s,.]*(?:\b(?:[Vv]ol(?:ume)?|[Tt]|Bd|Jg)\b\.?\s?|,\s|\s)(?P<volume>\d+)\s?"
    rf"(?:[,.:]?\s*{_NUMBER_WORD}\s?(?P<issue>\d[\d/–-]*)|\((?P<paren>\d[\d/–-]*)\)|[.:/](?P<dot>\d+))?[\s.,:]*$"
    rf"|[\s,.]*{_NUMBER_WORD}\s?(?P<only>\d[\d/–-]*)[\s.,:]*$"
)


def quoted_title(draft: Draft) -> None:
    """Find a title in quotation marks: that of an article or chapter, if there is more than its author."""
    match = _QUOTED.search(draft.rest) or _QUOTED_ONCE.search(draft.rest)
    if not match:
        return
    before, after = draft.rest[: match.start()].rstrip(), draft.rest[match.end() :]
    if within := _IN_QUOTED.search(before):  # "L. Moro, Title, in «Journal», XXII": what is quoted is the journal
        _in_quoted_journal(draft, before[: within.start()], f"{match['title']} {after.strip(' ,')}")
        return
    before = _ENTRY.sub(r"\g<stop>", before)
    forms = ("inverted", "trailing", "natural") if _IN.match(after) else ("inverted", "trailing")
    named = before.endswith(":") and form(before[:-1]) in forms  # "Orr, Anna: „Title“, in: …"
    head = before.rstrip(" ,:" if named else " ,")
    if head.endswith((":", "=")) or (not after.strip(STOPS + QUOTES) and head and not form(head)):
        return
    draft.words["title"] = match["title"]
    if head and not form(head):  # The chapter is named behind its book: "Book; “Chapter.” Place: Publisher".
        draft.article = True
        draft.rest = f"{before.rstrip(' ;,')}. {after.strip(' ,;')}"
        return
    if head:
        draft.author = draft.author or read_names(head)
    draft.article = bool(re.search(r"\w", after)) or bool(draft.extra)
    draft.rest = _IN.sub("", after).strip()


def _in_quoted_journal(draft: Draft, head: str, journal: str) -> None:
    """Take a journal in quotation marks, as Italian notes have it, with its volume and issue off the title."""
    draft.words["container"] = _within_container(journal.strip(STOPS), draft)
    draft.rest = head


def behind_slashes(draft: Draft) -> None:
    """Find the journal or book behind two slashes, as Russian lists have it: "Title // Journal. 1999. № 3"."""
    head, slashes, tail = draft.rest.partition(" // ")
    match = _BEHIND_SLASHES.fullmatch(tail.strip(STOPS)) if slashes else None
    if match and head:
        draft.words |= {key: value for key in ("container", "year", "volume", "issue") if (value := match[key])}
        draft.rest = f"{head.rstrip('. ')}."


def volume_and_pages_behind(draft: Draft) -> None:
    """Find a journal with all that stands behind its name: "Title. Journal, Porto, v. 5, n. 2, p. 33-48, jul. 1999"."""
    match = at_end(_ALL_BEHIND, draft.rest, 120) if "year" not in draft.words else None
    head, _, name = draft.rest[: match.start()].rpartition(". ") if match else ("", "", "")
    if not match or not head:
        return
    found = {key: match[key] for key in ("place", "volume", "issue", "page", "year") if match[key]}
    draft.words |= {"container": name.strip(STOPS), **found}
    draft.extra.append(match["date"] or "")
    draft.rest = f"{head}."


def volume_before_journal(draft: Draft) -> None:
    """Find what law reviews are cited by: "‘Title’ (1999) 12 Coastal Law Review 44, 47"."""
    if match := _LAW_REVIEW.search(draft.rest):
        draft.words |= {key: value for key, value in match.groupdict().items() if value}
        draft.rest = draft.rest[: match.start()]


def _within_container(name: str, draft: Draft) -> str:
    """Take editors, volume and pages off the book that a chapter stands in: "R. Orr (Ed.), Sea Books (pp. 3–7)"."""
    if (match := _EDITED.search(name)) and not draft.editor and form(match["who"]):
        draft.editor = read_names(match["who"])
        name = match["title"]
    if (match := _PAGES_WITHIN.search(name)) and "page" not in draft.words:
        draft.words["page"] = match["page"]
        name = name[: match.start()]
    if (match := _VOLUME_WITHIN.search(name)) and "volume" not in draft.words:
        draft.words["volume"] = match["volume"]
        name = name[: match.start()]
    if match := _NUMBERED.match(name):
        said = {"volume": match["volume"], "year": match["year"], "issue": match["issue"] or match["bare"]}
        draft.words = {key: value for key, value in said.items() if value} | draft.words
        name = match["name"]
    return name.strip(STOPS + QUOTES)


def container(draft: Draft) -> None:
    """Find the journal, newspaper or book in which an article or chapter stands, and its volume and issue."""
    if "container" in draft.words:
        return
    if draft.article:
        if "place" not in draft.words and ends_in_figure(draft.rest) and (match := at_end(_ISSUE, draft.rest, 80)):
            _set_issue(draft, match)
        if not draft.author and "publisher" in draft.words:
            author(draft)
        if name := draft.rest.strip(STOPS + QUOTES):
            draft.words["container"] = _within_container(name, draft)
        draft.rest = ""
        return
    match = _IN_BOOK.search(draft.rest)
    if match and match.start() > 3 and (draft.author or match[0].strip().startswith(("In:", "in:", "//"))):
        draft.words["container"] = _within_container(match["container"].strip(STOPS), draft)
        draft.rest = draft.rest[: match.start()]
    elif "publisher" not in draft.words and draft.author and "year" in draft.words:
        _journal_behind_title(draft)


def _journal_behind_title(draft: Draft) -> None:
    """Find a journal behind a title without quotation marks: "Title. Journal, 12(3)"."""
    issue = at_end(_ISSUE, draft.rest, 80) if ends_in_figure(draft.rest) else None
    head = draft.rest[: issue.start()] if issue else ""
    cut = max(head.rfind(". "), head.rfind("? "), head.rfind(", ") if ". " not in head else -1)
    if issue and cut > 0:
        _set_issue(draft, issue)
        draft.words["container"] = head[cut + 1 :].strip(STOPS)
        draft.rest = head[: cut + 1]


def _set_issue(draft: Draft, match: re.Match[str]) -> None:
    if match["volume"]:
        draft.words["volume"] = match["volume"]
    if issue := match["issue"] or match["paren"] or match["dot"] or match["only"]:
        draft.words["issue"] = issue
    draft.cut(match)
