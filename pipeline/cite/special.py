"""Sources that are named by forms of their own: cases, statutes, classics, scripture, shelves of an archive.

Law and theology, classics and history each have a form that says at once what it is. What has a title becomes a work;
verses of scripture and shelfmarks alone are cited in notes and stand in no bibliography, so their words stay as they
are.
"""

from __future__ import annotations

import re

from pipeline.model import Citation, Fields, Name

_CASE = re.compile(
    r"^(?P<title>(?:(?:In re|Re|Ex parte)\s[A-Z][^,\d]{2,70}|[A-Z][^,\d(]{1,70}\sv\.?\s[A-Z][^,\d([]{1,70}?)),?\s"
    r"(?P<rest>(?=.*\b(?:1[5-9]|20)\d\d\b)(?:[\[(]\d{4}[\])]|\d+\s[A-Z]).{2,80})$"
)
_STATUTE = re.compile(
    r"^(?P<title>[A-Z][^,.;:]{3,90}?\s(?:Act|Ordinance|Bill|Code))(?:,?\s\(?(?P<year>(?:1[2-9]|20)\d\d)\)?)"
    r"(?P<rest>,?\s(?:\(\w+\)|c\.\s?\d+|ss?\.?\s?\d|sec|§|art|sch|pt|Part).{0,60})?\.?$"
)
_CLASSIC = re.compile(
    r"^(?P<author>(?:St\.?\s)?[A-Z][\w’]+(?:\s(?:of\s)?[A-Z][\w’]+)?),\s(?P<title>[A-Z][^,\d.]{2,60}),?\s"
    r"(?P<place>(?:(?:bk|book|ch|chap|l|ll|lines?|lib|vol|canto)\.?\s)?(?:\d{1,4}|[ivxlcIVXLC]+)[a-e]?"
    r"(?:[.:]|,\s(?:bk|book|ch|chap|l|ll|lines?|cap)\.?\s)\s?\d+[a-e]?(?:[.,:–-]\s?\d+[a-e]?)*)\.?$"
)
_BOOKS = (
    "Gen(?:esis)?|Ex(?:od(?:us)?)?|Lev(?:iticus)?|Num(?:bers)?|Deut(?:eronomy)?|Josh(?:ua)?|Judg(?:es)?|Ruth|Sam(?:uel)?|Kings|Kgs"
    "|Chron(?:icles)?|Ezra|Neh(?:emiah)?|Esther|Job|Ps(?:s|alms?|aumes?)?|Prov(?:erbs)?|Eccl(?:esiastes)?|Song of "
    "(?:Songs|Solomon)"
    "|Isa(?:iah)?|Jer(?:emiah)?|Lam(?:entations)?|Ezek(?:iel)?|Dan(?:iel)?|Hos(?:ea)?|Joel|Amos|Jonah|Mic(?:ah)?|Hab(?:akkuk)?"
    "|Zech(?:ariah)?|Mal(?:achi)?|Mat?t(?:hew|häus|hieu)?|Mark(?:us)?|Mk|Marc|Luk?e?|Luc|Lk|Lukas|Jo?h?n|Johannes|Joh|Jean|Acts|Apg|Actes"
    "|Rom(?:ans)?|Röm|Cor(?:inthians)?|[Kk]or|Gal(?:atians)?|Eph(?:esians)?|Phil(?:ippians)?|Col(?:ossians)?|Thess(?:alonians)?"
    "|Tim(?:othy)?|Titus|Heb(?:rews)?|Jas|James|Pet(?:er)?|Jude|Rev(?:elation)?|Offb|Apoc(?:alypse)?|Sir(?:ach)?|Wis(?:dom)?|Tob(?:it)?"
    "|Mose?|Kön|Jes(?:aja)?|Genèse|Exode|Qur[’'ʾ]?[aā]n|Koran|Coran|Sura|Быт|Исх|Пс|Мф|Мк|Лк|Ин|Деян|Рим|Кор|Откр"
)
_VERSE = re.compile(
    rf"^\(?(?:(?:[1-3]|I{{1,3}})\.?\s)?(?:{_BOOKS})\.?\s\d{{1,3}}(?::\s?|,)\d{{1,3}}(?:\s?[-–,]\s?\d{{1,3}}(?::\d{{1,3}})?)*\)?\.?$"
)
_SHELF = re.compile(
    r"^(?:BArch|PA AA|GStA|TNA|NARA|[А-Я]{2,7}|Archives?\s(?:\w+\s){0,2}\w+|The National Archives"
    r"|National Archives|\w*[Aa]rchiv\b[^,.]{0,40}"
    r"|[A-Z]{2,4})[,.]\s(?=.*\d)(?:[A-Z]{1,4}\s?\d|[A-Z]+/\d|Ф\.\s?\d|Fonds?\s|RG\s?\d|Bestand|NL\s|F\d+\s\d).{0,90}$"
)


def special(text: str) -> Citation | None:
    """Read a source that has a form of its own; return nothing for any other.

    Returns:
        A citation of the kind ``legal_case``, ``legislation`` or ``classic``; or of the kind ``attribution``, which
        is not ``parsed``: no work is named, and its note has the words as they stand.

    """
    bare = text.strip()
    if len(bare) > _LONGEST:
        return None
    if (" v" in bare or bare.startswith(("Re ", "In re ", "Ex parte "))) and (match := _CASE.match(bare)):
        year = re.search(r"(?:1[5-9]|20)\d\d", match["rest"])
        return _made(text, "legal_case", match["title"], year[0] if year else "", match["rest"].rstrip(". "))
    if any(word in bare for word in _STATUTES) and (match := _STATUTE.match(bare)):
        return _made(text, "legislation", match["title"], match["year"], (match["rest"] or "").strip(" ,."))
    if match := _CLASSIC.match(bare):
        return _made(text, "classic", match["title"].strip(), "", match["place"], Name(literal=match["author"]))
    if _VERSE.match(bare) or _SHELF.match(bare):
        return Citation(0, text, Fields(), parsed=False, kind="attribution", score=1.0)
    return None


_LONGEST = 170  # letters; no case, statute or verse is longer
_STATUTES = (" Act", " Ordinance", " Bill", " Code")


def is_special(text: str) -> bool:
    """Tell whether a line is a source that has a form of its own."""
    return special(text) is not None


def _made(text: str, kind: str, title: str, year: str, extra: str, author: Name | None = None) -> Citation:
    fields = Fields(author=(author,) if author else (), title=title, year=year, extra=extra)
    return Citation(0, text, fields, kind=kind, score=1.0)
