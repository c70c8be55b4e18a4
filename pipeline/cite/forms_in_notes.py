"""Sources in footnotes that are known by a form of their own, whatever a model that learnt from books makes of them.

Cases and statutes are found wherever they stand (``law_in_notes``). Verses, classics, shelves of archives, films and
talks are known where they have a part of the note to themselves: between its ends, semicolons and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.cite.back import note_pointed_to
from pipeline.cite.dates import DAY
from pipeline.cite.draft import STOPS
from pipeline.cite.ends import is_holder
from pipeline.cite.law_in_notes import Found, cases_and_statutes, parts_of
from pipeline.cite.special import numbered, special
from pipeline.cite.words import any_of
from pipeline.model import Citation

_BREAKS = (  # the larger first: a smaller one is asked where the whole is no source
    re.compile(r"\s?;\s+"),
    re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=\d\d))[.)]\s+(?=[^\W\d_a-zß-ÿ])"),
    re.compile(r"(?<=\s)\(|\)"),
)
_FRONT = re.compile(
    r"^(?:(?:[(\[]?\d{1,3}[)\].]?|[*†‡]{1,3})\s)?"
    r"(?:(?:[^\W\d_][\w’-]*,?\s){0,8}?"
    r"(?:[Ss]ee(?:\salso)?|[Cc]f\.|[Cc]ompare|[Vv]gl\.(?:\s(?:auch|dazu|hierzu))?|[Ss]iehe(?:\s(?:auch|dazu))?|[Vv]oir(?:\saussi)?"
    r"|[Cc]fr\.(?:\sanche)?|[Vv]éase(?:\stambién)?|[Zz]ie(?:\sook)?|[Vv]er|[Vv]edi|[Сс]м\.(?:\sтакже)?|[Qq]uoted\sin),?:?\s)?"
)
_ONE_WORD = re.compile(rf"{any_of('ancients')}\.|{any_of('ancient_names')}")
_LEAF = re.compile(
    r"(?:ff?|fols?|fos?|Bl|cc?|[Лл]л?|fl|f°|r)\.?\s?\d+\s?[rv]?[°º]?(?:\s?[-–]\s?(?:\d+\s?)?[rv]?)?(?:\sоб\.?)?"
)


def by_form(text: str) -> Iterator[Found]:
    """Find what is known by its form in a footnote, in order.

    Args:
        text: a footnote, its words one space apart.

    """
    laws = list(cases_and_statutes(text))
    places = [0, *(at for law in laws for at in (law.start, law.end)), len(text)]
    for n, (start, end) in enumerate(pairwise(places)):
        if n % 2:
            yield laws[n // 2]
        else:
            yield from _whole_parts(text, start, end)


def _whole_parts(text: str, start: int, end: int, size: int = 0) -> Iterator[Found]:
    """Find the sources that have a part of a stretch of a footnote to themselves, the larger parts first."""
    cuts = [start, *(at for match in _BREAKS[size].finditer(text, start, end) for at in match.span()), end]
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        piece = text[first:last]
        front = _FRONT.match(piece)
        source = piece[front.end() if front else 0 :].lstrip(STOPS).rstrip(" ,;:)" if "(" not in piece else " ,;:")
        if parts := _of_source(source):
            begun = first + piece.rindex(source)
            yield Found(begun, begun + len(source), parts)
        elif size + 1 < len(_BREAKS):
            yield from _whole_parts(text, first, last, size + 1)


def _of_source(source: str) -> dict[str, list[str]]:
    """Return the parts of a source that has a form of its own, as they stand in it; of any other, none."""
    if match := numbered(source):
        return parts_of(match, match["title"])
    if one := special(source):
        return _parts(source.rstrip("."), one)
    words = note_pointed_to(source)
    return {"ref": [words]} if words else {}


def _parts(source: str, one: Citation) -> dict[str, list[str]]:
    if one.kind == "interview":
        return _of_talk(source)
    if one.kind == "manuscript":
        return _of_papers(source)
    if one.kind == "article-newspaper" and one.verbatim:
        return _of_paper(source)
    if one.kind == "entry-dictionary":
        return _of_lemma(source)
    if one.kind == "classic" and one.verbatim:
        return _of_verse(source)
    if one.verbatim:
        return {"title": [source]}
    fields = one.fields
    said = {"title": fields.title, "date": fields.year, "place": fields.place, "publisher": fields.publisher}
    people = [name.literal or f"{name.given} {name.family}".strip() for name in fields.author]
    parts = {key: [value] for key, value in said.items() if value} | ({"author": people} if people else {})
    return parts | ({"cited": [fields.extra]} if one.kind == "classic" and fields.extra else {})


def _of_verse(source: str) -> dict[str, list[str]]:
    """Part "Thuc. 2.41", "Plut. Per. 8.3", "1 Cor. 13:4": author, work, place; a book of scripture is the work."""
    behind = re.search(r"(?<=[^\W\d_])\.?,?\s(?=\d|(?:[ivxlc]+|[IVXLC]+)(?:[.,\s\d]|$))", source)
    if not behind:
        return {"title": [source]}
    name, cited = source[: behind.start()] + source[behind.start() : behind.end()].strip(" ,"), source[behind.end() :]
    author = _ONE_WORD.match(name)
    work = name[author.end() :].strip() if author else name
    parts = {"author": [author[0]]} if author else {}
    return parts | ({"title": [work]} if work else {}) | {"cited": [cited]}


def _of_paper(source: str) -> dict[str, list[str]]:
    """Part "The Harbour Post, 3 May 1921, p. 4": paper, day, page."""
    day = _DAY_OR_YEAR.search(source)
    if not day:
        return {"container": [source]}
    parts = {"container": [_OF.sub("", source[: day.start()].strip(STOPS)).strip("«»„“” ,")], "date": [day[0]]}
    page = source[day.end() :].strip(" ,:.")
    return parts | ({"cited": [page]} if page else {})


def _of_lemma(source: str) -> dict[str, list[str]]:
    """Part "Lexicon of Lamps, 2nd ed., s.v. “wick”": the dictionary, the word."""
    word = re.search(r"[“„«‘\"](?P<word>.+?)[,.]?[”“»’\"]", source)
    house = re.split(r",\s", source, maxsplit=1)[0]
    return {"container": [house]} | ({"title": [word["word"].strip()]} if word else {})


def _of_talk(source: str) -> dict[str, list[str]]:
    """Part "Ruth Tallow, interview with the author, Leeds, 3 June 1978": who, what, when."""
    day = _DAY_OR_YEAR.search(source)
    before = source[: day.start()] if day else source
    named = re.split(r"[,.]\s", before.strip(STOPS))
    talk = next((n for n, part in enumerate(named) if re.search(any_of("talks"), part)), 0)
    parts = {"author": [", ".join(named[:talk])]} if talk else {}
    places = [part for part in named[talk + 1 :] if part]
    return (
        parts
        | {"title": [named[talk]]}
        | ({"place": places[:1]} if places else {})
        | ({"date": [day[0]]} if day else {})
    )


def _of_papers(source: str) -> dict[str, list[str]]:
    """Part what lies in an archive: the house, what it is, its day, its leaf; shelves stay without a name."""
    parts: dict[str, list[str]] = {}
    before = ""
    for piece in map(str.strip, _BETWEEN.split(source)):
        plain = ""
        if "container" not in parts and (is_holder(f"{piece},") or re.fullmatch(any_of("sigla"), piece)):
            parts["container"] = [piece]
        elif "cited" not in parts and _LEAF.fullmatch(piece):
            parts["cited"] = [piece]
        elif "date" not in parts and not _SHELF_NUMBER.fullmatch(piece) and (day := _DAY_OR_YEAR.search(piece)):
            parts["date"] = [day[0]]
            what = _OF.sub("", piece[: day.start()].strip(STOPS))
            if what or before:  # what has a day of its own is what lies there, and not the papers that it lies among
                parts["title"] = [what or before]
        elif len(piece) > _SHORT and not (_ABBREVIATION.fullmatch(piece) or _SHELF_SIGN.search(piece)):
            plain = piece
            parts.setdefault("title", [piece])
        before = plain
    return parts


_SHELF_NUMBER = re.compile(r"[^\W\d_a-zß-ÿа-я]{1,6}\.?\s?[\d/]+|[Фф]\.\s?\d+")
_SHELF_SIGN = re.compile(rf"\d|\b{any_of('shelves')}")
_ABBREVIATION = re.compile(r"[a-zß-ÿа-я]+\.?")  # "unfol."
_BETWEEN = re.compile(r"[,;:]\s|(?<=[^\W\d_]{5})\.\s|(?<=[\dА-ЯЁ])\.\s(?=[А-ЯЁ])")
_OF = re.compile(r"\s(?:vom|v\.|du|van|del?|dated|of|от)$")
_DAY_OR_YEAR = re.compile(rf"(?:{DAY}|{any_of('months')}\s(?:\d{{1,2}},?\s)?(?:1[2-9]|20)\d\d|\b(?:1[2-9]|20)\d\d\b)")
_SHORT = 3  # letters; what has no more is a shelf
