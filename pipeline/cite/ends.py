"""What stands at the ends of a citation and says by its form what it is: pages, years, volumes, addresses."""

from __future__ import annotations

import re

from pipeline.cite.dates import read_day
from pipeline.cite.draft import QUOTES, STOPS, Cued, Draft, at_end, ends_in_figure
from pipeline.cite.words import any_of

_PAGE = r"(?:[A-Z]-?)?\d+[a-z]?|[ivxlcdm]+\b"
_HERE = r"(?:at|here|esp\.|especially|hier|bes\.|insbes\.|ici|spéc\.|aquí|aqui|qui|aldaar|особ\.)"
_PAGES = r"(?:pp?|pgs?|pages?|págs?|páginas?|blz|S|Seiten?|Sp|ss|С|с|стр|str|s|fos?|paras?)"
_LOCATOR = re.compile(
    rf"[\s,.;:(–—-]*(?<!\w)(?:{_HERE}\s(?:{_PAGES}\b\.?\s*)?|{_PAGES}\b\.?\s*)"
    rf"(?P<locator>(?:{_PAGE})(?:(?:\s*[-–—,.;&]\s*|\s+(?:and|et|und|y|и|to)\s+)(?:pp?\.\s*)?(?:{_PAGE}))*"
    r"(?:\s?(?:ff?|sqq?|n)\b\.?)?(?:,\scols?\.\s\d+(?:[-–]\d+)?)?)[\s.,;:‚’'”\")]*$"
)
_ARTICLE_PAGES = re.compile(
    r"(?<=[\d)])\s*[,:]\s*(?P<locator>[A-Z]?\d+\s*[-–—]\s*[A-Z]?\d+)[\s.]*$"
    r"|,\s(?P<after>(?<=[\s,.]\d{4},\s)\d{1,3})[\s.]*$|(?<=\d\d\))\s(?P<behind>\d+\s?[-–—]\s?\d+)[\s.]*$|(?<=[\d)])[,:]\s(?P<one>(?<=\),\s)\d+|(?<=:\s)\d+)[\s.]*$"
)
_CHAPTER_PAGES = re.compile(
    r"[,.]\s(?:pp?\.\s?|S\.\s?)?(?P<locator>\d{1,4}\s?[-–—]\s?\d{1,4})(?=[.,]\s[^\W\d_][^.:]{1,40}:\s|[\s.]*$)"
)
_CATALOGUE = re.compile(r"[\s.;,]+(?P<number>PMC?ID:\s?\w+(?:[;,]\sPMC?ID:\s?\w+)?)\.?$")  # of medicine
_SHELFMARK = re.compile(
    r"[.,;]\s(?=(?:(?:MSS?|Ms|Hs)\.?\s\w|[Ff]ols?\.\s?\d|Box\s\w|Folder\s\w|[Cc]arton\s\d|Nachlass|NL\s\w"
    r"|Bestand\s|Record Group\s"
    r"|RG\s?\d|série\s\w|legajo\s\d|busta\s\d|[фФ]\.\s?\d|(?:[A-Z]{1,5}[ /.-]?){1,2}\d+/\d"
    r"|[A-Z][\w’-]+ (?:Papers|Collection|Mss)\b))"
)
_HOLDER = re.compile(
    r"\b(?:Archives?|Archivo|Archivio|Arquivo|(?:[A-Z]\w+)?[Aa]rchi(?:v|ef)|Arch\.\s(?:nat|dép|mun)\.|Library|Bibliothee?k"
    r"|Bibliothèque|Biblioteca|Record Office|Records"
    r"|Papers|Nachla(?:ss|ß)|Museum|Muniments|архив\w*|ГАРФ|РГА\w+|National Archives)(?!\w)"
)
_HOLDERS = ("rchi", "Arqu", "Librar", "Biblio", "Record", "Papers", "Nachla", "Museum", "Muni", "архив", "ГАРФ", "РГА")
_PAGES_NEAR, _PAGES_REACH = 48, 240  # letters; most lists of pages are shorter than the one, all than the other
_A_WORD = re.compile(r"[^\W\d_ivxlcdm]{4}")
_UNDATED = Cued(
    r"[\s,.(]+(?P<words>(?:(?:[NnSs]\.\s?[pl]\.|[Oo]\.\s?O\.|z\.\s?p\.|б\.\s?м\.)[,:;]?(?:\su\.)?\s)?"
    r"(?:[Nn]\.\s?d\.|s\.\s?[da]\.|o\.\s?J\.|б\.\s?г\.|z\.\s?j\.)(?:\s\[[^\[\]]{3,20}\])?)"
    r"(?:[,.]?\s(?P<locator>\d+(?:[-–]\d+)?))?[\s).,]*$",
    "d. a. J. г. j.",
)
WITHIN = re.compile(rf"[{QUOTES}]|(?:^|\s)[‘']\w|[.,;?!]\s(?:[Ii]n:?|[Dd]ans|en|//)\s")
_MEDICAL = re.compile(
    r"[\s.,]+(?P<year>(?:1[89]|20)\d\d)(?P<date>\s[A-Z][a-z]{2,8}(?:\s\d{1,2}(?:-\d{1,2})?)?)?;\s?(?P<volume>\d+)"
    r"(?:\((?P<issue>[^()]{1,20})\))?(?::\s?(?P<page>[A-Za-z]?\d+(?:[-–][A-Za-z]?\d+)?))?[\s.,;]*$"
)
_SHELL = re.compile(r"^[\[({]\s*(?P<inside>[^\[\](){}]*(?:\([^()]*\)[^\[\](){}]*)*)[\])}][.\s]*$")
_LEAD = re.compile(
    r"^(?:Source|From|See(?: also)?|Cf\.|(?:Quoted|Cited) (?:in|from)|Taken from|Excerpt(?:ed)? from|Vgl\.|Aus|См\."
    r"|Voir)\s*:?\s+(?=\S)"
)
_ASIDE = re.compile(
    r"\s*(\((?:=|[Cc]oll\.|[Rr]eihe)\s[^()]*\)"
    r"|\[(?!(?:ca?\.\s?|um\s|vers\s|около\s)?\d{4}\??\])[^\[\]]*\]"
    r"|\((?:[Ee]mphasis|[Ii]talics|[Mm]y |[Qq]uoted|[Cc]ited|[Rr]eprint)[^()]*\))[.,\s]*$"
)

YEAR = r"(?<!\w)(?P<c>©\s?|[Cc](?:opyright|op\.?)?\s?)?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)(?!\w)"
DATE = (
    rf"(?:(?P<date>(?:[Ll]ast\s(?:modified|updated|revised):?\s)?(?:\d{{1,2}}(?:st|nd|rd|th|er|[.º])?\s(?:de\s)?)?"
    rf"{any_of('months')}(?:[-–/]{any_of('months')})?(?:\s\d{{1,2}}(?:st|nd|rd|th|[-–]\d+)?)?)(?:\sde\b)?)"
)
_END_YEAR = re.compile(rf"(?:[\s,.;:–—-]*|[\s,.;:]*\(){DATE}?[\s,]*\(?\[?{YEAR}\]?\??\s*[).,;:\s]*$")
_LAST_YEAR = re.compile(rf"{YEAR}\]?\??\s*[).,;:\s]*$")
_MONTHS = re.compile(any_of("months"))
_YEAR_BEHIND_PAGES = re.compile(r"[,.;]\s*((?:1[5-9]|20)\d\d)$")
_YEAR_AND_MORE = re.compile(r"\d{4}\)?[\s,.;:(]+[^\W\d_]")
_YEAR_IN_FRONT = re.compile(r"\d{4}\)?[\s,.;]*$")
_VOLUMES = Cued(
    r"[,.;]\s(?P<number>\d{1,2}\s(?:vols?|Bde|Bände|tomes|tomos|voll|dln|т)\b\.?)(?=[\s.,;)]|$)",
    "vol Bde Bände tom dln т",
)
_REPORT = Cued(
    r"[,.;(]\s?(?P<genre>(?:(?:Technical|Research|Final)\s)?(?:Report|Working Paper|Discussion Paper"
    r"|Forschungsbericht|Arbeitspapier|Rapport technique|Document de travail|Informe técnico|Documento de trabajo"
    r"|Rapporto tecnico)\s(?:[Nn]o\.?|Nr\.|n°|núm\.)?\s?(?!(?:1[5-9]|20)\d\d\b)[\w/-]*\d[\w/-]*"
    r"|Cmn?d\.?\s\d+)\)?(?=[\s.,;:)]|$)",
    "eport aper ericht apier apport ocument nforme Cm",
)
_EXTENT = Cued(r"[\s,.;:–—-]*\b(\d+\s?(?:pages|pp?\.|S\.|с\.)(?:[\s–—-]*\([^()]*\))?)[\s.]*$", "p S. с.")

_SERIES = Cued(
    r"[,.]\s(?P<series>(?:[Cc]oll(?:ection|ana|\.)|[Cc]ol(?:ección|\.)|[Rr]eihe|[Ss]eries)\s"
    r"[«“„\"][^«»“”„\"]{2,60}[»”“\"](?:,?\s\d{1,3}\b)?)",
    "oll Col col eihe eries",
)
_NUMBER = r"(?:\d+[a-z]?|[IVXLC]+)\b"
_VOLUME_WORD = r"(?:[Vv]ol(?:ume)?s?|VOL|Bd|Band|[Tt]ome|[Tt]omo|[Tt]\b|[Pp]art|[Pp]t|[Тт]ом|[Тт]|[Bb]ook|Teil)"
_END_VOLUME = Cued(
    rf"[\s,.;:(]*(?<!\w){_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER}(?:\s?[-–/&]\s?{_NUMBER})?)[\s).,;]*$",
    "ol VOL B T t art ook Т т",
)
MID_VOLUME = re.compile(
    rf"[\s,.;:]+\(?{_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER})\)?[.,]\s+(?P<place>[^\W\d_][^,.:]*),\s(?P<publisher>[^:]+)$"
)
_VOLUME = re.compile(
    rf"[\s,.;:]*\(?(?<!\w){_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER})\)?"
    r"(?:(?:,|:|\s[-–—])\s(?P<name>[^()]+?))?[\s.,;:]*$"
)
_EDITION = Cued(
    r"[\s,.;:(]+(?P<edition>(?:\d+(?:st|n?d|rd|th|e|ème|\.?[ªº]|\.|-е)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth"
    r"|[Rr]evised and enlarged|[Rr]ev(?:ised|\.)?|[Nn]ew|[Ee]nlarged)\s?"
    r"(?:,?\s?(?:rev|überarb|neubearb|durchges|verb|erw|verm)\b\.?(?:\su(?:nd|\.)\s\w+\b\.?)?\s?)?"
    r"(?:ed(?:ition|n)?\b|éd(?:ition)?\b|Aufl(?:age)?\b|изд\b|druk\b)"
    r"(?:\.?,\s(?:rev(?:ised|ue)?|corr|aum|verb|erw|испр)\b\.?(?:\s(?:and|et|e|y|u\.|и)\s\w+\b\.?)?)?)\.?\)?"
    r"(?=[\s.,;:)]|$)",
    "ed éd Aufl изд druk",
)
_DOI = re.compile(
    r"[ ,.;]*\[?(?:doi\s?[:>]\s?)?(?:https?://(?:dx\.)?doi\.org/|\bdoi\s?[:>]\s?)(?P<doi>10\.\d{4,9}/[^\s\]>]+)[\]>]?(?P<tail>.*)$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"[ ,.<(]{0,4}(?:\b(?:Available|[Rr]etrieved|[Aa]ccessed|URL|Online|Internet|Disponible|Disponível"
    r"|Geraadpleegd)\b[^:]{0,60}:?\s?)?"
    r"(?P<url>(?:https?://|www\.)[^\s>)]+)[>).]*(?P<tail>.*)$"
)
_ACCESSED = re.compile(
    r"^[ ,.;(\[]*(?:(?:last )?(?:accessed|visited|retrieved|viewed|consulted)(?: on)?|abgerufen am"
    r"|zugegriffen am|letzter Zugriff:?|Stand:?"
    r"|consulté le|consultado(?: el)?|acesso em:?|geraadpleegd(?: op)?|consultato il"
    r"|дата обращения:?)\s(?P<day>[^()\[\]]*?\d{4})[ ).,\]]*$",
    re.IGNORECASE,
)
_ACCESSED_BEFORE = re.compile(r"[Aa]ccessed(?: on)? (?P<day>[^():]{4,30}\d{4})[.,:]? *$")
_LOST_END = Cued(
    r"\b(?:found|read|seen|viewed|available|downloaded|consulted)(?: online| on the (?:inter)?net| on the web)?"
    r"(?: here| at| below)?\s?:?\s?$",
    "found read seen viewed ownloaded vailable onsulted",
)
_LOST_VERB = re.compile(r"[ ,]+(?:may|can|could|is|are|has|have)\b")
_LOST_HEAD = re.compile(r"(?:[Tt]h(?:is|e)|[Tt]he full) [a-z]+[\s,]+")


def split_locator(text: str) -> tuple[str, str, list[str]]:
    """Cut pages and bracketed remarks off the end; return the stem, which many citations share, and both."""
    asides: list[str] = []
    if match := _SHELL.match(text):
        text = match["inside"].strip()
    text = _LEAD.sub("", text)
    while text.rstrip(" .,")[-1:] in ("]", ")") and (match := _ASIDE.search(text)) and match.start() > 0:
        asides.insert(0, match[1])
        text = text[: match.start()]
    if ";" in text and at_end(_MEDICAL, text, 100):
        return text, "", asides  # "2009;14(2):112-9" are the article's own pages
    for find in (_pages_named, _pages_bare):
        if (match := find(text)) and match.start() > 0:
            stem = text[: match.start()] + ("." if text[match.start()] == "." else "")
            locator = match[match.lastgroup or "locator"]
            year = _YEAR_BEHIND_PAGES.search(locator)
            if year and not re.search(YEAR, stem):  # "Orr Review, pp. 37-66, 2004"
                stem, locator = f"{stem}, {year[1]}", locator[: year.start()]
            return stem, locator, asides
    return text, "", asides


def _pages_named(text: str) -> re.Match[str] | None:
    """Return the pages at the end of ``text`` with "p." before them; a list longer than most has no words in it."""
    long = len(text) > _PAGES_NEAR and not _A_WORD.search(text, len(text) - _PAGES_NEAR)
    return at_end(_LOCATOR, text, _PAGES_REACH if long else _PAGES_NEAR)


def _pages_bare(text: str) -> re.Match[str] | None:
    """Return the pages of an article at the end of ``text``, behind its volume or year."""
    return at_end(_ARTICLE_PAGES, text, 60) if ends_in_figure(text) else None


def address(draft: Draft) -> None:
    """Find an address on the net, which goes to ``extra``; or what is left of the line when it was lost."""
    if where := before_lost_link(draft.rest):
        draft.words["container"], _, extra = where.partition(", ")
        draft.extra.append(extra)
        draft.web = draft.article = True
        draft.rest = ""
        return
    if "PM" in draft.rest and (match := _CATALOGUE.search(draft.rest)):
        draft.extra.append(match["number"])
        draft.cut(match)
    folded = draft.rest.casefold()
    if "doi" in folded and (match := _DOI.search(draft.rest)):
        draft.words["doi"] = match["doi"].rstrip(".,;)")
        draft.extra.append(match["tail"].strip(STOPS))
        draft.cut(match)
    elif ("://" in folded or "www." in folded) and (match := _LINK.search(draft.rest)):
        draft.words["url"] = match["url"].rstrip(".,;")
        if day := day_of_access(match["tail"]):
            draft.words["accessed"] = day
        else:
            draft.extra.append(match["tail"].strip(STOPS))
        draft.web = True
        draft.cut(match)
        before = match[0][: match[0].index(match["url"])]
        if (said := _ACCESSED_BEFORE.search(before)) and read_day(said["day"]):
            draft.words["accessed"] = said["day"]


def day_of_access(text: str) -> str:
    """Return the day on which an address on the net was read, if ``text`` says that and nothing else."""
    day = _ACCESSED.match(text)
    return day["day"] if day and read_day(day["day"]) else ""


def before_lost_link(text: str) -> str:
    """Return what is said to be found behind an address that is lost: "This letter, Orr Archive, can be read here:"."""
    end = at_end(_LOST_END, text, 80)
    if not end:
        return ""
    clause = max(text.rfind(mark, 0, end.start()) for mark in ",.")
    start = len(head[0]) if (head := _LOST_HEAD.match(text)) else 0
    verb = _LOST_VERB.search(text, max(start + 1, clause), end.start())
    return text[start : verb.start()] if verb else ""


def is_holder(text: str) -> bool:
    """Tell whether ``text`` names a house that keeps papers: an archive, a library, a record office."""
    return any(part in text for part in _HOLDERS) and _HOLDER.search(text) is not None


def shelfmark(draft: Draft) -> None:
    """Find where a manuscript lies, which goes to ``extra``: "…, 3 June 1868. MS 57, fol. 2, Harbour Library"."""
    if not is_holder(draft.rest):
        return
    if (match := _SHELFMARK.search(draft.rest)) and match.start() > 0:
        draft.extra.append(draft.rest[match.end() :].strip(STOPS))
        draft.archive = True
        draft.rest = draft.rest[: match.start()]


def undated(draft: Draft) -> None:
    """Find the words that say that place or year are not known: "n.p., n.d."; they go to ``extra``."""
    if match := at_end(_UNDATED, draft.rest, 60):
        draft.undated = True
        draft.extra.append(match["words"])
        if match["locator"]:
            draft.words["locator"] = match["locator"]
        draft.cut(match)


def medical_issue(draft: Draft) -> None:
    """Find what journals of medicine put at the end: "Lamp Stud. 2003;7(2):61-8", year, volume, issue and pages."""
    match = at_end(_MEDICAL, draft.rest, 100) if ";" in draft.rest else None
    if not match or match.start() == 0:
        return
    draft.words |= {key: match[key] for key in ("year", "volume", "issue", "page") if match[key]}
    draft.extra.append(match["date"] or "")
    head, _, name = draft.rest[: match.start()].rstrip(" .").rpartition(". ")
    if not head:
        head, _, name = draft.rest[: match.start()].rstrip(" .").rpartition("? ")
    if head:
        draft.words["container"] = name
        draft.rest = f"{head}."
    else:
        draft.cut(match)


def article_pages(draft: Draft) -> None:
    """Find the pages of an article or chapter, when those referred to stand behind them: "4:1 (2001), 9-30, p. 12"."""
    numbered = draft.web or "doi" in draft.words  # the pages stood before the address, and so not at the end
    if "page" in draft.words or not (numbered or WITHIN.search(draft.rest)):
        return
    match = _ARTICLE_PAGES.search(draft.rest.rstrip(" ,.;")) or _CHAPTER_PAGES.search(draft.rest)
    if match and match.lastgroup == "after":
        return  # "Sea Notes 1999, 96, 9997–10002": the volume
    if match and match.start() > 0 and not re.fullmatch(rf"{YEAR}\D+\d+", match["locator"] or ""):
        if draft.located and match.lastgroup == "one" and draft.rest[match.start() - 1] == ")":
            draft.words["issue"] = match["one"]  # "XXII (1971), 3, pp. 45-66": the pages stand behind
            draft.take_out(match)
            return
        draft.words["page"] = match[match.lastgroup or "locator"]
        draft.take_out(match)


def report_number(draft: Draft) -> None:
    """Find that a work is a report of a series: "Technical Report 14", "Working Paper No. 3", "Cmnd 1234"."""
    if (match := _REPORT.search(draft.rest)) and match.start() > 0:
        draft.words["genre"] = match["genre"].strip(" ,")
        draft.report = True
        draft.take_out(match)


def series(draft: Draft) -> None:
    """Find the series of a book by the word in front of it, which goes to ``extra``: "coll. « Points »"."""
    if (match := _SERIES.search(draft.rest)) and match.start() > 0:
        draft.extra.append(match["series"])
        draft.take_out(match)


def extent(draft: Draft) -> None:
    """Find the number of pages or volumes of a whole work, as library cards give it: "250 p.", "2 vols."."""
    if (match := _VOLUMES.search(draft.rest)) and match.start() > 0:
        draft.extra.append(match["number"])
        draft.take_out(match)
    if match := at_end(_EXTENT, draft.rest, 120):
        draft.extra.append(match[1])
        draft.cut(match)


def volume_behind_year(draft: Draft) -> None:
    """Find a volume that stands behind the year: "1952, Vol. 6"."""
    match = (
        at_end(_END_VOLUME, draft.rest, 60) if _YEAR_AND_MORE.search(draft.rest, max(0, len(draft.rest) - 70)) else None
    )
    if match and _YEAR_IN_FRONT.search(draft.rest, max(0, match.start() - 12), match.start()):
        draft.words["volume"] = match["volume"]
        draft.cut(match)


def year_at_end(draft: Draft) -> None:
    """Find the year at the end, with the day or season before it, and "c" for a copyright date."""
    match = year_behind(draft.rest)
    if "year" in draft.words or not match or match.start() == 0:
        return
    set_year(draft, match)
    if draft.archive and match["date"]:
        draft.words["date"] = match["date"]
    else:
        draft.extra.append(match["date"] or "")
    draft.cut(match)


def year_behind(text: str) -> re.Match[str] | None:
    """Return the year at the end of ``text``, with the day or season before it."""
    last = at_end(_LAST_YEAR, text, 24) if ends_in_figure(text) else None
    if not last:
        return None
    before = text[: last.start()].rstrip(" ,.;:–—-([")
    word = before[-14:].rpartition(" ")[2]
    dated = any(map(str.isdigit, word)) or word == "de" or _MONTHS.search(word)
    return at_end(_END_YEAR, text, 90 if dated else len(text) - len(before))


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
