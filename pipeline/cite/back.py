"""Words that point back: ibid., op. cit., a.a.O., ders., a dash for the author, short forms.

They name no work of their own.
Each is bound to what was cited before, by the custom that it follows, and the report says so. What points to nothing,
or to something that could not be read, is left word for word: a wrong work is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.cite.draft import STOPS
from pipeline.cite.ends import split_locator
from pipeline.cite.names import form, read_names
from pipeline.cite.parse import parse
from pipeline.cite.same import fold, latin, people
from pipeline.cite.words import words as known_words
from pipeline.model import Citation, Fields, Name
from pipeline.report import Report

_SAME = (
    r"(?:[Ii]bid(?:em)?\b\.?|[Ii]b\.|[Ee]bd\b\.?|[Ee]benda\b|[Ii]bíd(?:em)?\b\.?|[Ii]vi\b|[Ii]dem\b(?:,\s?ibidem)?|[ÍíI]dem\b|[Ii]d\.|[Tt]\.a\.p\."
    r"|[Тт]ам же\b|同[上前](?:书|書)?|(?:المرجع|المصدر) (?:نفسه|السابق)"
    r"|[Ll]oc\.\s?cit\.|[Oo]p\.\s?cit\.|[Aa]\.\s?a\.\s?O\.|[Aa]aO\b\.?)"
)
_NOTE_WORD = (
    r"(?:[Nn]ote|[Nn]n?\.?|[Ff]n\.?|[Ff]ootnote|[Aa]nm\.|[Ff]u(?:ß|ss)n(?:ote|\.)|[Nn]ota|[Nn]oot|[Пп]рим(?:еч)?\.)"
)
_POINTED = (
    r"(?:(?:[Ss]ee|[Aa]s in|[Vv]oir|[Vv]\.|[Vv]gl\.|[Ss]iehe|[Ss]\.|[Ww]ie|[Vv]éase|[Vv]id\.|[Vv]edi|[Zz]ie|[Vv]er"
    r"|[Сс]м\.),?\s)?"
    rf"(?:(?:supra|above|oben|hierboven|выше),?\s)?{_NOTE_WORD}\s?\d+"
    r"(?:,?\s(?:above|supra|oben|ci-dessus|hierboven|arriba|sopra|acima|выше))?"
)
_CITED = (
    r"(?:op\.?\s?cit\.?|loc\.?\s?cit\.?|ob\.\s?cit\.|art\.\s?cit(?:é|\.)|a\.\s?a\.\s?[Oo]\.|aaO\.?|o\.\s?c\.|a\.\s?w\.|cit\.|[Уу]каз\.\s?соч\.|[Цц]ит\.\s?соч\."
    rf"|supra(?:\s{_NOTE_WORD}\s?\d+)?|vorige N\.|\({_POINTED}\)|{_POINTED})"
)
_SIGNAL = re.compile(r"^(?:[Ss]ee|[Aa]s in|[Vv]oir|[Vv]gl\.|[Ss]iehe|[Vv]éase|[Vv]edi|[Zz]ie|[Vv]er|[Сс]м\.),?:?\s")
_NOTE = rf"(?:,?\s\(?(?:{_POINTED})\)?)?"
_PAGES = (
    r"[\s,.;:，、،]*(?:(?:at\s|第)?(?:pp?|ص|S|Sp|С|с|págs?|cols?|fols?|Bl"
    r"|blz)?\.?\s?(?P<pages>[\divxlc]+(?:\s?[-–—,]\s?[\divxlc]+)*(?:\s?ff?\.|\s?sq+\.)?)[页頁]?)?[\s.。]*$"
)
_LEAD = r"(?:(?:[Ss]ee(?:\salso)?|[Cc]f\.|[Vv]gl\.|[Vv]oir|[Cc]fr\.|[Сс]м\.)\s)?"
_IBID = re.compile(rf"^\W?{_LEAD}(?P<back>{_SAME}){_NOTE}{_PAGES}")
_OP_CIT = re.compile(rf"^\W?{_LEAD}(?P<who>[^\W\d_][^\d(]{{1,80}}?)[,\s]+(?P<back>{_CITED}){_NOTE}{_PAGES}")
_ELSEWHERE = (  # in the book itself: "infra, chap. III", "sopra, p. 12, nota 4", "below, pp. 40–44"
    r"(?i:supra|infra|above|below|oben|unten|ci-dessus|ci-dessous|plus haut|plus bas|arriba|abajo|más adelante|sopra"
    r"|sotto|hierboven|hieronder|acima|abaixo|выше|ниже)[,:]?\s(?:text accompanying\s)?"
    rf"(?:(?:pp?|S|с|С|pág|págs|blz)\.\s?\d+(?:[-–]\d+)?(?:,?\s{_NOTE_WORD}\s?\d+)?"
    r"|(?:notes|nn\.|Anm\.|notas|note|noten)\s\d+[-–]\d+"
    r"|(?:chap(?:ter|itre|\.)?|ch\.|cap(?:ítulo|itolo|\.)|Kap(?:itel|\.)|hoofdstuk|section|§|гл\.)\s?(?:[IVX]+|\d+))"
)
_NOTE_ALONE = re.compile(rf"^\W?{_LEAD}(?P<back>{_ELSEWHERE}|{_POINTED}){_PAGES}")
_AUTHOR = re.compile(
    r"^(?P<back>[-–—―_]{2,}|[Dd]ers\b\.?|[Dd]ies\b\.?|[Ii]dem\b|[Ii]d\.|[Tt]he same|[Dd]ers\.|[Оо]н же"
    r"|[Оо]на же)[.,:]?\s+(?=\S{2})"
)
_PAGE_BEHIND = re.compile(
    r"^(?P<stem>.*?\S)(?:,[”\"’'»]?\s|:\s?(?=\d+[-–\d]*\.?$))(?P<pages>(?:\d{1,2}:)?\d+(?:\s?[-–—]\s?\d+)?(?:\s?ff?\.)?)\.?$"
)
_YEAR_BEHIND = re.compile(r"^(?P<who>.*?),?\s\(?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)\)?$")
_NUMBER = re.compile(rf"\b{_NOTE_WORD}\s?(\d+)")
_SHORT = 90  # letters; no short form is longer


@dataclass(slots=True)
class _Cited:
    """What has been cited so far: in order, and by the family of the first author."""

    last: Citation | None
    by_family: dict[str, list[Citation]]
    notes: list[Citation]
    others: list[str] = field(default_factory=list)  # titles that the words asked for last could name as well

    def of_note(self, words: str) -> Citation | None:
        """Return what the note whose number stands in ``words`` names first; sources are numbered in their order."""
        number = _NUMBER.search(words)
        n = int(number[1]) if number else 0
        return self.notes[n - 1] if 0 < n <= len(self.notes) and self.notes[n - 1].parsed else None

    def add(self, citation: Citation) -> None:
        self.last = citation
        names = people(citation.fields)
        if citation.parsed and names:
            of_one = self.by_family.setdefault(_key(names[0]), [])
            of_one[:] = [other for other in of_one if fold(other.fields.title) != fold(citation.fields.title)]
            of_one.append(citation)


def page_behind(text: str) -> re.Match[str] | None:
    """Match a short form whose pages have no sign: "Orr, Net, 12", by its ``stem`` and ``pages``."""
    return _PAGE_BEHIND.match(text)


def points_back(text: str) -> bool:
    """Tell whether a line is nothing but words that point back, with pages: "Ibid., 31", "Orr, op. cit.", "Note 4"."""
    return bool(_IBID.match(text) or _OP_CIT.match(text) or _NOTE_ALONE.match(text))


def without_author_again(text: str) -> str:
    """Take off the head of a citation what stands for the author before: "ders.: Der Damm, Kiel 2004", "———. Salt"."""
    match = _AUTHOR.match(text)
    return text[match.end() :] if match else text


def note_pointed_to(text: str) -> str:
    """Return the words that name another note, if a text is nothing else: "See above, note 4", "vgl. oben Anm. 17"."""
    match = _NOTE_ALONE.match(text)
    return _SIGNAL.sub("", match["back"]) if match and not match["pages"] else ""


def resolve(citations: Sequence[Citation], report: Report) -> tuple[Citation, ...]:
    """Bind each citation that points back, and each short form, to the work that was cited before.

    Args:
        citations: in the order of the source, parsed each by itself.
        report: learns what was bound to what, and what points to nothing.

    """
    cited = _Cited(None, {}, [])
    bound: dict[tuple[str, str], list[int]] = {}
    out: list[Citation] = []
    for citation in citations:
        parts = [_resolved(part, cited, report, bound) for part in (citation, *citation.also)]
        out.append(replace(parts[0], also=tuple(parts[1:])))
        cited.notes.append(parts[0])
    for (title, words), lines in bound.items():
        rest = f" (so on {len(lines) - 1} more line{'s' if len(lines) > 2 else ''})" if len(lines) > 1 else ""
        report.find("citation-bound", lines[0], words=words, title=title, more=rest)
    return tuple(out)


def _resolved(citation: Citation, cited: _Cited, report: Report, bound: dict[tuple[str, str], list[int]]) -> Citation:
    text = _own_words(citation)
    cited.others = []
    found, words, pages = _antecedent(text, cited)
    if found is not None and cited.others:
        others = " or ".join(f"“{title}”" for title in cited.others)
        title = found.fields.title or found.fields.container
        report.find("citation-ambiguous", citation.line, words=words, title=title, others=others)
    if words and found is None:
        report.find("citation-points-to-nothing", citation.line, words=words)
        unread = replace(citation, fields=Fields(), parsed=False, kind="unknown", score=0.0, doubts=())
        cited.add(unread)
        return unread
    if found is not None:
        fields = replace(found.fields, locator=pages, extra="", copyright_year=found.fields.copyright_year)
        made = replace(citation, fields=fields, parsed=True, kind=found.kind, score=found.score, doubts=(), back=words)
        bound.setdefault((found.fields.title or found.fields.container, words), []).append(citation.line)
    else:
        made = _with_author(citation, text, cited, report)
    cited.add(made)
    return made


def _own_words(citation: Citation) -> str:
    """Return the words of one of the works that a citation names, without those in front of it and the next work's."""
    text = " ".join(citation.text.split())
    for other in citation.also[:1]:
        text = text[:at] if (at := text.find(other.text)) > 0 else text
        text = text.rstrip().removesuffix(other.lead).rstrip(" ;,(")
    return text.removeprefix(citation.lead).strip()


def _antecedent(text: str, cited: _Cited) -> tuple[Citation | None, str, str]:
    """Return the citation that ``text`` points back to, the words that do so, and the pages; no words: it does not."""
    if match := _IBID.match(text):
        last = cited.last
        pages = match["pages"] or (last.fields.locator if last else "")
        return (last if last is not None and last.parsed else None), match["back"].strip(" ,"), pages
    if match := _NOTE_ALONE.match(text):
        noted = cited.of_note(match["back"])
        return noted, match["back"].strip(" ,"), match["pages"] or (noted.fields.locator if noted else "")
    if match := _OP_CIT.match(text):
        who, back = match["who"].strip(" ,"), match["back"].strip(" ,")
        noted, named = cited.of_note(text[match.start("back") :]), _by_name(who, "", cited)
        if noted and named and ", " not in who and _first(noted) == _first(named):
            named, cited.others = noted, []
        return named, back, match["pages"] or ""
    if len(text) > _SHORT:
        return None, "", ""
    stem, pages, _ = split_locator(text)
    if not pages and (match := page_behind(text)):
        stem, pages = match["stem"], match["pages"]
    stem = stem.strip(" .,")
    year = ""
    if match := _YEAR_BEHIND.match(stem):
        stem, year = match["who"], match["year"]
    if not (pages or year) or re.search(r"\d{4}|:", stem):
        return None, "", ""
    found = _by_name(stem, year, cited)
    return (found, text, pages) if found else (None, "", "")


def _by_name(text: str, year: str, cited: _Cited) -> Citation | None:
    """Find the work that a name, or a name and words of a title, stand for; the one cited last, where there are two."""
    names, _, title = text.partition(", ")
    whole = form(text) in ("natural", "families", "family")
    who = read_names(text if whole and not _in_titles(text, title, cited) else names)
    if who and latin(fold(names)) in cited.by_family:
        who = (Name(family=names),)  # "Ruiz Barro", whose two families look like a given name and one
    for one in who[:1]:
        works = cited.by_family.get(_key(one), [])
        if one.given:
            works = [work for work in works if _may_be(one, people(work.fields)[0])]
        wanted = "" if whole and not _in_titles(text, title, cited) else title
        fitting = [
            work for work in works if _has_words(work.fields.title, wanted) and (not year or work.fields.year == year)
        ]
        if fitting:
            cited.others = [work.fields.title for work in fitting[:-1]]
            return fitting[-1]
    return None


def _in_titles(text: str, title: str, cited: _Cited) -> bool:
    """Tell whether the words behind the first comma are words of a title cited before, and no second name."""
    family = fold(text.partition(", ")[0].split()[-1]) if text.partition(", ")[0].split() else ""
    works = cited.by_family.get(latin(family), [])
    return bool(title) and any(_has_words(work.fields.title, title) for work in works)


def _may_be(one: Name, other: Name) -> bool:
    return not other.given or fold(one.given)[:1] == fold(other.given)[:1]


def _has_words(title: str, words: str) -> bool:
    """Tell whether ``title`` has all of ``words``, in their order."""
    rest = iter(fold(title).split())
    return all(word in rest for word in fold(words).split() if word not in ("the", "a", "an"))


def _with_author(citation: Citation, text: str, cited: _Cited, report: Report) -> Citation:
    """Give a citation the author of the one before, if a dash or "ders." stands for him."""
    match = _AUTHOR.match(text)
    if not match:
        return citation
    last = cited.last
    names = people(last.fields) if last is not None and last.parsed else ()
    if not names:
        report.find("citation-points-to-nothing", citation.line, words=match["back"])
        return replace(citation, parsed=False, fields=Fields(), kind="unknown", score=0.0, doubts=())
    rest = text[match.end() :]
    own = parse(rest)
    if own.fields.author and own.fields.title and not rest.startswith(own.fields.title):
        named = parse(f"{names[0].family}, {names[0].given or 'A.'}. {rest}")  # "ders.: Damm und Deich, Kiel 2004"
        if named.fields.title and rest.startswith(named.fields.title):
            own = replace(named, fields=replace(named.fields, author=()))
    if not (own.fields.author or own.fields.year or own.fields.publisher):
        stem, pages, _ = split_locator(rest)
        works = cited.by_family.get(_key(names[0]), [])
        for work in reversed(works):  # "Ders., Net, S. 5": one of his that was cited before
            if stem.strip(STOPS) and _has_words(work.fields.title, stem):
                report.find("citation-bound", citation.line, words=match["back"], title=work.fields.title, more="")
                again = replace(work.fields, locator=pages, extra="")
                return replace(
                    citation, fields=again, parsed=True, kind=work.kind, score=work.score, back=match["back"]
                )
    fields = own.fields if own.fields.author else replace(own.fields, author=names)
    report.find("author-repeated", citation.line, words=match["back"], name=_said(names[0]))
    return replace(
        own,
        line=citation.line,
        text=citation.text,
        fields=fields,
        covers=citation.covers,
        lead=citation.lead,
        parsed=bool(fields.title),
    )


def _said(name: Name) -> str:
    return name.literal or f"{name.given} {name.family}".strip()


def _first(citation: Citation) -> str:
    return next(map(_key, people(citation.fields)), "")


def _key(name: Name) -> str:
    """Return what a name is looked for by: the family without its particles, which short forms may leave out."""
    parts = fold(name.family or name.literal).split()
    while len(parts) > 1 and parts[0] in known_words("particles"):
        parts = parts[1:]
    return latin(" ".join(parts))
