"""Take a citation apart: peel off what can be known by its own form, from both ends, until only the title is left.

The order is that of certainty. A page, a year, an imprint say by themselves what they are; where the author ends and
the title begins has to be weighed, so it comes last, when nothing else is left in the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.cite.names import UPPER, form, is_given, read_names
from pipeline.cite.places import is_place, place_before, starts, unknown_before
from pipeline.model import Citation, Fields, Name

_PAGE = r"(?:[A-Z]-?)?\d+[a-z]?|[ivxlcdm]+\b"
_LOCATOR = re.compile(
    rf"[\s,.;:(–—-]*(?<!\w)(?:pp?|pgs?|pages?|págs?|páginas?|S|Seiten?|ss|с|стр|str|s)\b\.?\s*"
    rf"(?P<locator>(?:{_PAGE})(?:(?:\s*[-–—,.;&]\s*|\s+(?:and|et|und|y|и|to)\s+)(?:pp?\.\s*)?(?:{_PAGE}))*(?:\s?(?:ff?|sqq?|n)\b\.?)?)[\s.,;:‚’'”\")]*$"
)
_EXTENT = re.compile(r"[\s,.;:–—-]*\b(\d+\s?(?:pages|pp?\.|p\.|S\.|с\.))\s*$")
_ARTICLE_PAGES = re.compile(r"(?<=[\d)])\s*[,:]\s*(?P<locator>[A-Z]?\d+\s*[-–—]\s*[A-Z]?\d+)[\s.]*$")
_YEAR = r"(?P<c>©\s?|[Cc](?:opyright|op\.?)?\s?)?(?<!\d)(?P<year>(?:1[5-9]|20)\d\d[a-z]?)(?!\d)"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|Spring|Summer|Autumn|Fall|Winter)"
)
_DATE = rf"(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}(?:[-–/]{_MONTH})?(?:\s\d{{1,2}}(?:st|nd|rd|th|[-–]\d+)?)?)"
_END_YEAR = re.compile(rf"(?:[\s,.;:–—-]*|[\s,.;:]*\(){_DATE}?[\s,]*\(?\[?{_YEAR}\]?\??\s*[).,;:\s]*$")
_HEAD_YEAR = re.compile(
    rf"[\s,.]*\((?P<year>(?:1[5-9]|20)\d\d[a-z]?)(?:,\s(?P<date>[^()]*))?\)[.,:]?\s+|\.\s(?P<bare>(?:1[5-9]|20)\d\d[a-z]?)\.\s+"
)
_NOTES_IMPRINT = re.compile(
    rf"[\s,.]*\((?P<imprint>[^()]*(?:\([^()]*\)[^()]*)??)[\s,:]*{_YEAR}\)[\s,.]*(?P<tail>.*)$"
)
_NUMBER = r"(?:\d+[a-z]?|[IVXLC]+)\b"
_VOLUME_WORD = (
    r"(?:[Vv]ol(?:ume)?s?|VOL|Bd|Band|[Tt]ome|[Tt]omo|[Tt]\b|[Pp]art|[Pp]t|[Тт]ом|[Тт]|[Bb]ook|Teil)"
)
_END_VOLUME = re.compile(
    rf"[\s,.;:(]*(?<!\w){_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER}(?:\s?[-–/&]\s?{_NUMBER})?)[\s).,;]*$"
)
_VOLUME = re.compile(
    rf"[\s,.;:]*\(?(?<!\w){_VOLUME_WORD}\.?\s?(?P<volume>{_NUMBER})\)?(?:(?:,|:|\s[-–—])\s(?P<name>[^()]+?))?[\s.,;:]*$"
)
_ISSUE = re.compile(
    rf"[\s,.]*(?:\b[Vv]ol(?:ume)?\.?\s?|,\s|\s)(?P<volume>\d+)\s?(?:[,.:]?\s*(?:[Nn]os?|[Nn]r|[Ii]ssue|n°|№)\.?\s?(?P<issue>\d[\d/–-]*)|\((?P<paren>\d[\d/–-]*)\)|[./](?P<dot>\d+))?[\s.,:]*$"
    r"|[\s,.]*(?:[Nn]os?|[Nn]r|[Ii]ssue|n°|№)\.?\s?(?P<only>\d[\d/–-]*)[\s.,:]*$"
)
_EDITION = re.compile(
    r"[\s,.;:(]+(?P<edition>(?:\d+(?:st|nd|rd|th|e|ème|\.|ª|-е)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Rr]ev(?:ised|\.)?|[Nn]ew|[Ee]nlarged|[Rr]evised and enlarged)"
    r"\s?(?:,?\s?rev\.\s?)?(?:ed(?:ition|n)?\b|éd(?:ition)?\b|Aufl(?:age)?\b|изд\b))\.?\)?(?=[\s.,;:)]|$)"
)
_EDITOR_WORD = r"(?:[Ee]d(?:itor)?s?\b|Hrsg\b|Hg\b|hrsg\b|hg\b|[ÉéEe]ds?\b|dir\b|[Cc]omps?\b|[Cc]ompilers?\b|coords?\b|сост\b|ред\b)\.?"
_TRANSLATOR_WORD = r"(?:[Tt]rans(?:lators?|l)?\b|[Tt]r\b|Übers\b|trad\b|пер\b)\.?"
_ROLE_WORD = rf"(?:{_EDITOR_WORD}|{_TRANSLATOR_WORD})"
_HEAD_ROLE = re.compile(
    rf"[\s,.]*\s[(\[]?(?P<role>{_ROLE_WORD}(?:\s?(?:and|&|,|et|und)\s?{_ROLE_WORD})*)[)\]]?[.,:]*\s+(?=\S)"
)
_ROLE_BY = re.compile(
    r"(?:[\s,.;:/(]+)(?P<what>(?:(?P<both>[Tt]rans(?:lated|\.)? and [Ee]d(?:ited|\.)?(?: by)?|[Ee]d(?:ited|\.)? and [Tt]rans(?:lated|\.)?(?: by)?)"
    r"|(?P<translator>[Tt]ranslated (?:from the \w+ )?by|[Tt]rans(?:l)?\.(?: by)?|tr\. by|übers(?:etzt|\.) v(?:on|\.)|aus dem \w+ von|[Tt]raduit (?:de \S+ |du \w+ )?par|[Tt]rad\.(?: par| de)?|[Пп]ер\. с \w+\.?|[Пп]ер(?:евод|\.))"
    r"|(?P<editor>[Ee]dited by|[Ee]ds?\.(?: by)?|hg\. v(?:on|\.)|hrsg\. v(?:on|\.)|[Hh]erausgegeben von|[Hh]rsg\.|[Hh]g\.|sous la direction de|sous la dir\. de|éd(?:ité|\.) par|[Ee]d\. de|[Ee]ditado por|[Пп]од ред(?:акцией|\.)|[Сс]ост\.)))\s+(?P<who>.+)$"
)
_SHELL = re.compile(r"^[\[({]\s*(?P<inside>.*?)\s*[\])}][.\s]*$")
_LEAD = re.compile(
    r"^(?:Source|From|See(?: also)?|Cf\.|Quoted (?:in|from)|Cited in|Taken from|Excerpt(?:ed)? from|Vgl\.|Aus|См\.|Voir)\s*:?\s+(?=\S)"
)
_ASIDE = re.compile(
    r"\s*(\[[^\[\]]*\]|\((?:[Ee]mphasis|[Ii]talics|[Mm]y |[Qq]uoted|[Cc]ited|[Rr]eprint)[^()]*\))[.,\s]*$"
)
_LINK = re.compile(
    r"[\s,.<(]*(?:(?:Available|Retrieved|Accessed|URL|Online|Internet)\b[^:]{0,60}:?\s*)?(?P<url>(?:https?://|www\.)[^\s>)]+)[>).]*(?P<tail>.*)$"
)
_QUOTED = re.compile(r"[“\"„«‟]\s*(?P<title>[^“”\"„«»]{3,}?)\s*[,.]?\s*[”\"“»](?:[,.;]|(?=\s|$|\w))")
_IN = re.compile(r"^\s*[,.]?\s*(?:[Ii]n:?|[Dd]ans|В кн\.:|//)\s+")
_PAPER = re.compile(
    r"\b(?:Times|Tribune|Post|Herald|Gazette|News|Guardian|Telegraph|Observer|Chronicle|Daily|Pravda|Izvesti[iy]a|Worker|Zeitung|Monde|Figaro|Правда|Известия)\b"
)
_MAGAZINE = re.compile(r"\b(?:Magazine|Weekly|Monthly|Fortnightly|New Republic|Nation|Spiegel)\b")
_PRESS = re.compile(
    r"\b(?:Press|Publish(?:ers|ing)|Publications?|Pub\.|Books?|Verlag|Éditions?|Editions|Presses|House|Editorial|Edizioni|Ltd|Inc|Co|Company|Sons|Bros|Brothers|Library|Изд-во|Издательство)\b"
)
_LOST_LINK = re.compile(
    r"^(?:(?:[Tt]h(?:is|e)|[Tt]he full) (?:document|article|text|book|letter|report|speech|source)s?[\s,]+)?(?P<where>.+?)[\s,]+(?:may|can|is|are) (?:be )?(?:to be )?(?:found|read|seen|viewed|available)"
    r"(?: (?:online|on the (?:inter)?net|on the web))?(?: (?:here|at))?\s*:?\s*$"
)
_QUOTES = '“”"„‟«»'
_STOPS = " \t\u00a0,.;:‚/—–-"


@dataclass(slots=True)
class _Draft:
    """A citation half taken apart: what is left of it, and what was found."""

    rest: str
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    copyright_year: bool = False
    extra: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    headed: bool = False
    article: bool = False
    web: bool = False

    def cut(self, match: re.Match[str], *, keep_after: bool = False) -> None:
        """Take the match out of what is left."""
        self.rest = self.rest[: match.start()] + (" " + self.rest[match.end() :] if keep_after else "")


def parse(text: str) -> Citation:
    """Take one citation apart.

    Args:
        text: the citation, without the text it stands for.

    Returns:
        A citation with its fields, its kind (a CSL type, or "unknown") and a score; ``line`` is 0, to be filled in.
        ``parsed`` is false when no title and no author or container could be found.
    """
    whole = " ".join(text.split())
    stem, locator, aside = _split_locator(whole)
    fields, kind, doubts = _stem(stem, bool(locator))
    extra = " ".join(part for part in (fields.extra, *aside) if part)
    fields = replace(fields, locator=locator or fields.locator, extra=extra)
    left = unaccounted(whole, fields)
    if left:
        doubts = (*doubts, f"nothing known about “{' '.join(left)}”")
    known = bool(fields.title or fields.container) and bool(
        fields.author
        or fields.editor
        or fields.translator
        or fields.publisher
        or fields.year
        or fields.container
        or fields.locator
    )
    score = max(0.0, 1.0 - 0.2 * len(doubts)) if known else 0.0
    return Citation(0, text, fields, parsed=known, kind=kind, score=round(score, 2), doubts=doubts)


def _split_locator(text: str) -> tuple[str, str, list[str]]:
    """Cut the pages and bracketed remarks off the end; return the stem, which many citations share, and both."""
    aside: list[str] = []
    if match := _SHELL.match(text):
        text = match["inside"] if not re.search(r"[\])}].*[\[({]", match["inside"]) else text
    text = _LEAD.sub("", text)
    while (match := _ASIDE.search(text)) and match.start() > 0:
        aside.insert(0, match[1])
        text = text[: match.start()]
    for pattern in (_LOCATOR, _ARTICLE_PAGES):
        if (match := pattern.search(text)) and match.start() > 0:
            return (
                text[: match.start()] + ("." if text[match.start()] == "." else ""),
                match["locator"],
                aside,
            )
    return text, "", aside


@lru_cache(maxsize=4096)
def _stem(text: str, has_locator: bool) -> tuple[Fields, str, tuple[str, ...]]:
    draft = _Draft(text)
    for rule in (
        _link,
        _extent,
        _volume_at_end,
        _notes_imprint,
        _head_year,
        _end_year,
        _edition,
        _quoted_title,
        _imprint,
        _roles,
        _volume_in_title,
        _author,
        _container,
        _title,
    ):
        rule(draft)
    fields = Fields(
        author=draft.author,
        editor=draft.editor,
        translator=draft.translator,
        copyright_year=draft.copyright_year,
        extra=" ".join(part for part in draft.extra if part),
        **draft.words,
    )
    return fields, _kind(draft, fields, has_locator), tuple(draft.doubts)


# ------------------------------------------------------------------------------ what says by its form what it is


def _link(draft: _Draft) -> None:
    """Find an address on the net, which goes to ``extra``; or what is left of such a line when the address was lost."""
    if match := _LOST_LINK.match(draft.rest):
        where, _, extra = match["where"].partition(", ")
        draft.web = draft.article = True
        draft.words |= {"container": where}
        draft.extra.append(extra)
        draft.rest = ""
    if match := _LINK.search(draft.rest):
        draft.web = True
        draft.extra.append(
            match["url"].rstrip(".,;")
            + (f" {match['tail'].strip(_STOPS)}" if match["tail"].strip(_STOPS) else "")
        )
        draft.cut(match)


def _extent(draft: _Draft) -> None:
    """Find the number of pages of a whole book, as library cards give it: "250 p."."""
    if match := _EXTENT.search(draft.rest):
        draft.extra.append(match[1])
        draft.cut(match)


def _volume_at_end(draft: _Draft) -> None:
    """Find a volume that stands behind the year: "1952, Vol. 6"."""
    match = _END_VOLUME.search(draft.rest)
    if match and re.search(r"\d{4}\)?[\s,.;]*$", draft.rest[: match.start()]):
        draft.words["volume"] = match["volume"]
        draft.cut(match)


def _notes_imprint(draft: _Draft) -> None:
    """Find the imprint of the notes style: "Title (Place: Publisher, Year)"."""
    match = _NOTES_IMPRINT.search(draft.rest)
    if not match or match.start() == 0 or not match["imprint"].strip():
        return
    if re.fullmatch(rf"\s*{_DATE}[\s,]*", match["imprint"]):
        return
    inside = match["imprint"].strip(_STOPS)
    colon = inside.find(":")
    place, publisher = (inside[:colon], inside[colon + 1 :]) if colon >= 0 else ("", inside)
    if colon < 0 and (comma := _known_place_end(inside)):
        place, publisher = inside[:comma], inside[comma:]
    if not place and form(draft.rest[: match.start()]) and match["tail"]:
        return
    _set_imprint(draft, place, publisher)
    _set_year(draft, match)
    if match["tail"].strip(_STOPS):
        draft.extra.append(match["tail"].strip(_STOPS))
    draft.cut(match)


def _head_year(draft: _Draft) -> None:
    """Find the year of the author–date styles, right behind the author: "Orr, A. (2001). Title", "Orr, Anna. 2001. Title"."""
    if "year" in draft.words:
        return
    match = _HEAD_YEAR.search(draft.rest)
    if not match:
        return
    before = draft.rest[: match.start()] + (
        "." if draft.rest[match.start() : match.start() + 1] == "." else ""
    )
    head = _HEAD_ROLE.search(before + " x")
    who = before[: head.start()] if head else before
    if not form(who):
        return
    if head:
        _set_roles(draft, head["role"], who)
        draft.headed = True
    else:
        draft.author = read_names(who)
    draft.words["year"] = match["year"] or match["bare"]
    if match["date"]:
        draft.extra.append(match["date"])
    draft.rest = draft.rest[match.end() :]


def _end_year(draft: _Draft) -> None:
    """Find the year at the end, with the day or season before it, and "c" for a copyright date."""
    if "year" in draft.words:
        return
    if (match := _END_YEAR.search(draft.rest)) and match.start() > 0:
        _set_year(draft, match)
        if match["date"]:
            draft.extra.append(match["date"])
        draft.cut(match)


def _set_year(draft: _Draft, match: re.Match[str]) -> None:
    draft.words["year"] = match["year"]
    draft.copyright_year = bool(match["c"])


def _edition(draft: _Draft) -> None:
    """Find the edition: "2nd ed.", "3. Aufl."."""
    if (match := _EDITION.search(draft.rest)) and match.start() > 0:
        draft.words["edition"] = match["edition"]
        draft.cut(match, keep_after=True)


def _quoted_title(draft: _Draft) -> None:
    """Find a title in quotation marks, which is that of an article or chapter, and what it was printed in."""
    match = _QUOTED.search(draft.rest)
    if not match or "title" in draft.words:
        return
    before, after = draft.rest[: match.start()].rstrip(), draft.rest[match.end() :]
    if before.endswith((":", "=")) or not after.strip(_STOPS + _QUOTES) and form(before.rstrip(_STOPS)) == "":
        return
    draft.article = True
    draft.words["title"] = match["title"]
    head = before.rstrip(_STOPS)
    if not head or form(head) or form(before.rstrip(" ,")):
        if head:
            draft.author = draft.author or read_names(
                before.rstrip(" ,") if form(before.rstrip(" ,")) else head
            )
        after = _IN.sub("", after)
        draft.rest = after.strip()
        issue = _ISSUE.search(after)
        if not issue and not draft.extra and not re.search(r"\w", after):
            draft.article = False
        return
    # The chapter is named after its book: "Book; “Chapter.” Place: Publisher".
    draft.rest = f"{before.rstrip(' ;,')}. {after.strip(' ,;')}"


# ------------------------------------------------------------------------------------------------ the imprint


def _known_place_end(text: str) -> int:
    """Return where a known place at the head of ``text`` ends (at a comma), or 0."""
    ends = [match.start() for match in re.finditer(r"[,.]\s|$", text)]
    return max((end for end in ends if end < len(text) and is_place(text[:end])), default=0)


def _set_imprint(draft: _Draft, place: str, publisher: str) -> None:
    draft.words["place"] = place.strip(" ,;:(")
    draft.words["publisher"] = publisher.strip(_STOPS + _QUOTES)


def _imprint(draft: _Draft) -> None:
    """Find place and publisher in front of the year: "London: Orr", "London, Orr", "Orr, London"."""
    if "publisher" in draft.words or "place" in draft.words:
        return
    rest = draft.rest
    colons = [match.start() for match in re.finditer(r"\s?:(?=\s|[A-Z“”\"])", rest)]
    for find in (place_before, unknown_before):
        for colon in reversed(colons):
            start = find(rest, colon)
            if start is None or (start == 0 and not (draft.article or draft.author)):
                continue
            _set_imprint(draft, rest[start:colon], rest[colon:])
            draft.rest = rest[:start].rstrip(" ,;:(")
            return
        if "year" not in draft.words:
            return
        if find is place_before and _imprint_without_colon(draft):
            return
    if (cut := _publisher_start(rest)) and _leaves_title(rest[:cut]):
        draft.words["publisher"] = rest[cut:].strip(_STOPS + _QUOTES)
        draft.rest = rest[:cut].rstrip(" ,;:(")


def _imprint_without_colon(draft: _Draft) -> bool:
    """Find an imprint by a known place: "London, Orr", "Orr, London"."""
    rest = draft.rest.rstrip(_STOPS) if not is_place(draft.rest) else draft.rest
    points = [start for start in starts(rest) if start > 0]
    for start in points:
        if is_place(rest[start:]):
            head = rest[:start].rstrip(" ,")
            if cut := _publisher_start(head):
                draft.words["publisher"] = head[cut:].strip(_STOPS + _QUOTES)
                head = head[:cut].rstrip(" ,")
            elif not _leaves_title(head):
                continue
            draft.words["place"] = rest[start:].strip(" ,;:(")
            draft.rest = head
            return True
    for start in points:
        end = _known_place_end(rest[start:])
        if end and _leaves_title(rest[:start]):
            _set_imprint(draft, rest[start : start + end], rest[start + end :])
            draft.rest = rest[:start].rstrip(" ,;:(")
            return True
    return False


def _publisher_start(head: str) -> int:
    """Return where a publisher's name at the end of ``head`` begins, known by a word such as Press or House; or 0."""
    if not _PRESS.search(head[-45:]):
        return 0
    for start in reversed(starts(head)):
        if start and _PRESS.search(head[start:]):
            if len(head) - start <= 60 and not re.search(r":\s", head[max(0, start - 2) : start]):
                return start
            break
    match = re.search(r"(?<=[IVX\d]\s)(?:[A-Z][\w’']+\s){1,4}(?:Press|House|Books|Publishers|Verlag)$", head)
    return match.start() if match else 0


def _leaves_title(head: str) -> bool:
    """Tell whether a title is left in ``head`` when its author is taken away."""
    return bool(head.strip(_STOPS)) and not form(head.strip(_STOPS)).startswith(("inv", "fam", "tra"))


# ---------------------------------------------------------------------------------------- people, volumes, title


def _set_roles(draft: _Draft, role: str, who: str) -> None:
    names = read_names(who)
    if re.search(_EDITOR_WORD, role):
        draft.editor = names
    if re.search(_TRANSLATOR_WORD, role):
        draft.translator = names


def _roles(draft: _Draft) -> None:
    """Find editors and translators: behind the names ("Orr, Eds."), or before them ("translated by Orr")."""
    head = _HEAD_ROLE.search(draft.rest)
    if (
        head
        and not draft.author
        and form(who := draft.rest[: head.start()])
        and not _is_person(draft.rest[head.end() :])
    ):
        _set_roles(draft, head["role"], who)
        draft.headed = True
        draft.rest = draft.rest[head.end() :]
    while (match := _ROLE_BY.search(draft.rest)) and match.start() > 0:
        who = match["who"].strip(_STOPS)
        if not form(who) or (match["what"].endswith(".") and not _is_person(who)):
            return
        if match["both"] or match["translator"]:
            draft.translator = read_names(who)
        if match["both"] or match["editor"]:
            draft.editor = read_names(who)
        draft.cut(match)


def _is_person(text: str) -> bool:
    """Tell whether ``text`` begins like one person's name and is nothing else: "A. Orr", "Anna Orr"."""
    return form(text.strip(_STOPS)) in ("natural", "inverted", "trailing") and is_given(
        text.split()[0].rstrip(",")
    )


def _volume_in_title(draft: _Draft) -> None:
    """Find the volume at the end of the title, with the volume's own name behind it, which goes to ``extra``."""
    if "volume" in draft.words or draft.article:
        return
    if (match := _VOLUME.search(draft.rest)) and match.start() > 0:
        draft.words["volume"] = match["volume"]
        if match["name"]:
            draft.extra.append(match["name"])
        draft.cut(match)


def _author(draft: _Draft) -> None:
    """Find where the names at the head end: the first stop up to which they read as names, a title being left."""
    if (
        draft.author
        or draft.headed
        or (draft.article and draft.words.get("title") and not draft.words.get("publisher"))
    ):
        return
    rest = draft.rest.strip()
    best: tuple[int, int] | None = None
    for match in re.finditer(r"[.,:;]\s", rest[:180]):
        end = match.start() + (
            match[0][0] == "." and bool(re.search(r"(?:^|[\s.-])[^\W\d_]{1,2}$", rest[: match.start()]))
        )
        head, after = rest[:end], rest[match.end() :]
        kind = form(head)
        if not kind or not after.strip(_STOPS) or re.match(r"(?:&|and|und|et|y|и)\s", after):
            continue
        if not _names_end_here(kind, head, match[0][0], after):
            continue
        if best is None or _extends(rest, best, head):
            best = end, match.end()
    if best:
        draft.author = read_names(rest[: best[0]])
        draft.rest = rest[best[1] :]
    else:
        _author_behind_title(draft)


def _names_end_here(kind: str, head: str, sign: str, after: str) -> bool:
    if kind in ("inverted", "families", "trailing"):
        return sign != ";"
    if kind == "natural":
        if sign == ".":
            return is_given(head.split()[0])
        return sign == "," and (is_given(head.split()[0]) or len(head.split()) <= 4)
    if kind == "body":
        return sign == "." and len(head.split()) > 1
    return (
        sign == "." and head[-1] != "." and not re.match(r"\d{4}\b", after)
    )  # one family name: "Orr. Title"


def _extends(rest: str, best: tuple[int, int], head: str) -> bool:
    """Tell whether the longer ``head`` is the better end: a list that goes on, or a name after mere initials."""
    so_far, more = rest[: best[0]], head[best[0] :]
    if form(so_far) == "family" and form(head) in ("inverted", "families"):
        return True
    if form(so_far) == "families" and form(head) == "inverted":
        return True
    if re.search(r"\s(?:&|and|und|et|y|и)\s", more):
        return form(head) in ("inverted", "families", "trailing", "natural")
    return so_far.endswith(".") and bool(re.fullmatch(rf"\s[{UPPER}][\w’'-]*\.?", more))


def _author_behind_title(draft: _Draft) -> None:
    """Find the author behind the title: "Title of a pamphlet. Anna Orr, 2001"."""
    rest = draft.rest.strip(_STOPS)
    match = re.search(r"(?:[.?!]|,? by)\s(?P<who>[^.]+(?:\.[^.]+)*)$", rest)
    if match and form(match["who"]) == "natural" and is_given(match["who"].split()[0]) and match.start() > 3:
        draft.author = read_names(match["who"])
        draft.rest = rest[: match.start() + (rest[match.start()] in "?!")]


def _container(draft: _Draft) -> None:
    """Find the journal, newspaper or book in which an article or chapter stands, and the volume and issue."""
    if draft.article and "title" in draft.words:
        if (match := _ISSUE.search(draft.rest)) and not draft.words.get("place"):
            _set_issue(draft, match)
        container = draft.rest.strip(_STOPS + _QUOTES)
        if draft.words.get("publisher") or not draft.author:
            head = _Draft(draft.rest)
            if not draft.author:
                _author_in_book(draft, head)
                container = head.rest.strip(_STOPS + _QUOTES)
        if container:
            draft.words["container"] = container
        draft.rest = ""
        return
    match = re.search(r"(?<=[.?!,])\s+(?:In:?|Dans|//)\s+(?P<container>\S.*)$", draft.rest)
    if match and match.start() > 3 and (draft.author or match[0].strip().startswith(("In:", "//"))):
        draft.words["container"] = match["container"].strip(_STOPS)
        draft.rest = draft.rest[: match.start()]
        return
    if "publisher" in draft.words or not (draft.author and "year" in draft.words):
        return
    issue = _ISSUE.search(draft.rest)
    if issue:
        head = draft.rest[: issue.start()]
        cut = max(head.rfind(". "), head.rfind("? "), head.rfind(", ") if ". " not in head else -1)
        if cut > 0:
            _set_issue(draft, issue)
            draft.words["container"] = head[cut + 1 :].strip(_STOPS)
            draft.rest = head[: cut + 1]
            draft.article = True


def _author_in_book(draft: _Draft, book: _Draft) -> None:
    if draft.words.get("publisher"):
        _author(book)
        draft.author = book.author


def _set_issue(draft: _Draft, match: re.Match[str]) -> None:
    if match["volume"]:
        draft.words["volume"] = match["volume"]
    if issue := match["issue"] or match["paren"] or match["dot"] or match["only"]:
        draft.words["issue"] = issue
    draft.cut(match)


def _title(draft: _Draft) -> None:
    """Take what is left as the title."""
    rest = draft.rest.strip(_STOPS).strip()
    if "title" in draft.words:
        if rest:
            draft.extra.append(rest)
        return
    if rest.count("“") == rest.count("”") == 1 and rest[0] == "“" and rest[-1] == "”":
        rest = rest[1:-1]
    elif rest[:1] in _QUOTES and rest[-1:] in _QUOTES and len(rest) > 2:
        rest = rest[1:-1].strip(_STOPS)
    if rest:
        draft.words["title"] = rest
    elif not draft.words.get("container"):
        draft.doubts.append("no title was found")
    if (
        draft.author
        and len(draft.author[0].given) <= 3
        and ". " in rest
        and len(rest.split(". ")[0].split()) == 1
    ):
        draft.doubts.append("the author’s name may go on in the title")


def _kind(draft: _Draft, fields: Fields, has_locator: bool) -> str:
    """Name the CSL type that the parts found speak for."""
    if fields.container:
        if fields.publisher or fields.editor or (fields.place and not _PAPER.search(fields.container)):
            return "chapter"
        if _MAGAZINE.search(fields.container):
            return "article-magazine"
        if _PAPER.search(fields.container):
            return "article-newspaper"
        if fields.volume or fields.issue:
            return "article-journal"
        return "webpage" if draft.web else "article-magazine"
    if draft.web:
        return "webpage"
    return (
        "book"
        if fields.publisher or fields.place or has_locator or fields.volume or fields.edition
        else "unknown"
    )


# --------------------------------------------------------------------------------------------- nothing overlooked

_CONNECTIVES = frozenset(
    """a and by c cop copyright ed eds edited editor editors et al from https http in no nos nr of on p pp page pages pg pgs s see source
    the trans transl translated translator tr vol vols volume volumes y und e i и с стр hg hrsg herausgegeben von v übers trad par sous la
    direction dir de éd band bd t tome tomo part pt т том red ред под пер сост др quoted cited taken excerpt excerpted also cf issue and others
    available retrieved accessed online url dans voir vgl aus кн в teil book aug comp comps compiler coord coords págs pág página páginas to
    seite seiten str ss this document article text full may can be is are found read seen viewed here at
     ff f n x translators editado por du dem""".split()
)


def unaccounted(text: str, fields: Fields) -> list[str]:
    """Return the words of a citation that stand in no field and are no known connective, in order.

    Nothing of a citation may vanish: an empty list means that its note can be set from the fields.
    """
    known: list[str] = []
    for value in fields.json().values():
        if isinstance(value, list):
            known += [word for name in value for part in name.values() for word in _words(part)]
        elif isinstance(value, str):
            known += _words(value)
    pool = {word: known.count(word) for word in set(known)}
    left = []
    for word in _words(text):
        if pool.get(word):
            pool[word] -= 1
        elif word not in _CONNECTIVES and word not in known and word.lstrip("c©") not in known:
            left.append(word)
    return left


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
