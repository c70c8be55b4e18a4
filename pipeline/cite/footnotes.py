"""Find the references in a whole footnote: full ones, short ones, and words that point back, in order.

A sequence model says of each word which part of a reference it is, and where a reference begins; what is made of the
parts stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.cite.compose import INSIDE, OUTSIDE
from pipeline.cite.field import BEGINS, FIRST
from pipeline.cite.forms_in_notes import by_form
from pipeline.cite.names import form, read_names
from pipeline.cite.places import is_place, is_region
from pipeline.cite.tagger import tag
from pipeline.cite.words import any_of
from pipeline.cite.words import words as words_of

MODEL = Path(__file__).parent / "footnotes.crf.xz"
_KEYS = (
    "author",
    "editor",
    "title",
    "container",
    "date",
    "volume",
    "issue",
    "publisher",
    "place",
    "page",
    "cited",
    "ref",
)
_PEOPLE = ("author", "editor")
_EDGES = " \t,;:("
_QUOTES = "“”„‟«»\"'‘’‚‹›"
_OPENING, _CLOSING = "“„‘‚«‹", "”“’‘»›"
_NEXT_PAGES = re.compile(r"(?:\s+(?:und|and|et)|,)?\s+(?=(?:S|pp?|Fn|Anm|С|с)\.\s?\d)")
_NEXT_BACK = re.compile(r"[\s(,]+(?=(?:nn?|note|Fn|Anm|supra)\.?\s\d|préc)")
_OUTER = re.compile(r"^(?:in:?|dans|en)\s+", re.IGNORECASE)
_POINTS = re.compile(r"^.*(?<!\w)(?:[Vv]gl|[Cc]fr?|[Ss]iehe|[Vv]oir|[Vv]éase|[Сс]м)\b\.?\s+(?=\w)")
_ENTITLED = re.compile(
    r"\s(?:(?:unter dem|mit dem|onder de|met de) [Tt]itel|(?:under|with) the title|(?:en)?titled|(?:sous|avec) le titre"
    r"|intitulée?s?|(?:bajo|con) el título|(?:con|sotto) il titolo|com o título|под названием),?:?\s+(?=[“„‘‚«‹\"'])"
)
_SORTS = (
    r"report|book|essay|study|article|monograph|survey|lecture|pamphlet|thesis|paper|novel|memoir|treatise|handbook"
)
_SOMEBODYS = re.compile(  # "Lady Orr’s report The Long Net"
    rf"(?<!\S)(?P<name>(?:[A-Z][\w.’'-]*\s){{0,3}}?[A-Z]\w[\w-]*)[’']s?\s(?:\w+\s)?(?:{_SORTS}),?\s(?=[A-Z])"
)
_BODY_FIRST = re.compile(r"^(?P<body>[^()]{12,}\s\([A-Z][A-Za-z]{1,9}\)),\s(?=[A-Z])")  # with its abbreviation
_REPORT_OF = re.compile(
    r"(?:^|[\s(])(?P<front>(?:Report|Proceedings|Minutes|Bericht|Protokoll|Rapport|Informe|Actas|Relazione|Relatório)\s"
    r"(?:of|on|by|to|de[rsnl]?|d[aiou]s?|über|sur|sobre)(?:\s[\w’'-]+){0,8})$"
)
_NAMES_FIRST = re.compile(r"(?:[^\W\d_a-zß-ÿа-я][\w.’'-]*\s){2,4}(?=[a-zß-ÿа-я])")
_IN_BRACKETS = re.compile(r"[^()]{40,}\((?=\S+\s\S+\s\S)(?P<title>[^()]+)")
_IN_QUOTES = re.compile(
    r"(?P<title>“[^“”]+\s[^“”]+”|„[^„“”]+\s[^„“”]+[“”]|‘[^‘]+\s[^‘]+?’|‚[^‚‘]+\s[^‚‘]+‘|«[^«»]+\s[^«»]+»)"
    r"\s+[^\W\d_a-zß-ÿа-я][^“”„‘’‚«»]+"
)
_SHORT_TITLE = re.compile(r"[“„‘‚«](?P<title>[^“”„‘‚«»]{3,}?)[,.]?[”’“‘»][.,]?(?:\s(?P<cited>.*\d.*))?")
_NEXT_SERIES = re.compile(
    r"(?<=[^\W\d_]{3}),\s(?=(?:Jahrbuch|Schriftenreihe|Yearbook|Jaarboek|Annuaire|Anuario|Annuario|Ежегодник)\s)"
)
_VISITED = re.compile(
    r"(?:[Aa]ccessed|[Vv]isited|[Rr]etrieved|[Aa]bgerufen|[Aa]ufgerufen|[Cc]onsultée?|[Cc]onsultad[oa]|[Cc]onsultat[oa]"
    r"|[Gg]eraadpleegd|[Aa]cesso em|[Дд]ата обращения)\b[^;()]{0,30}?\b20\d\d\b"
)
_CLAUSE = 6  # words behind a small letter: no title, where something stands behind them that can be one
_SENTENCE = 10  # words without a capital behind the first one: no journal or book is called so


@dataclass(slots=True)
class Reference:
    """One reference of a footnote: where it begins and ends among the words, and its parts as they stand."""

    start: int
    end: int = 0
    parts: dict[str, list[str]] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """Return the parts under the keys of ``octavo cite --notes``; lists of people, and texts."""
        out: dict[str, Any] = {}
        for key in _KEYS:
            values = self.parts.get(key, [])
            if key in _PEOPLE:
                values = [one for text in values for one in people(text)]
            if values:
                out[key] = values if key in _PEOPLE or len(values) > 1 else values[0]
        return out


def found(texts: Iterable[str], model: Path = MODEL) -> Iterator[list[Reference]]:
    """Find the references of each footnote of a text, in order.

    What footnotes elsewhere in the same text cite by author and year ("Orr 1979") is a reference wherever the same two
    words stand together, even where the sentence goes on ("Orr 1979 reports that").
    """
    notes = [(text.split(), references(text, model)) for text in texts]
    pairs = {pair for tokens, ones in notes for one in ones if (pair := _author_and_year(one, tokens))}
    for tokens, ones in notes:
        taken = {i for one in ones for i in range(one.start, one.end)}
        more = [
            Reference(i, i + 2, {"author": [tokens[i].strip(_EDGES)], "date": [_trimmed("date", tokens[i + 1])]})
            for i in range(len(tokens) - 1)
            if not {i, i + 1} & taken and (tokens[i].strip(_EDGES), _trimmed("date", tokens[i + 1])) in pairs
        ]
        yield sorted((*ones, *more), key=lambda one: one.start)


def _author_and_year(one: Reference, tokens: Sequence[str]) -> tuple[str, str] | None:
    """Return what a short reference goes by, if it is one word and a year behind it."""
    author, date = one.parts.get("author", []), one.parts.get("date", [])
    short = (
        len(author) == 1
        and len(date) == 1
        and "title" not in one.parts
        and len(tokens) > one.start + 1
        and _trimmed("date", tokens[one.start + 1]) == date[0]
    )
    return (author[0], date[0]) if short and " " not in author[0] and re.match(r"\d{4}", date[0]) else None


def references(text: str, model: Path = MODEL) -> list[Reference]:
    """Find the references of one footnote, in order: those known by their form, and the others between them."""
    text = " ".join(text.split())
    out: list[Reference] = []
    done = 0
    for one in by_form(text):
        out += _between(text, done, one.start, model)
        parts = {key: list(values) for key, values in one.parts.items()}
        out.append(Reference(text.count(" ", 0, one.start), text.count(" ", 0, one.end) + 1, parts))
        done = one.end
    return [*out, *_between(text, done, len(text), model)]


def _between(text: str, start: int, end: int, model: Path) -> list[Reference]:
    """Find the references in a stretch of a footnote, at an edge of it or between two that are known by their form."""
    piece = text[start:end].lstrip(_STOPS) if start else text[:end]
    if not any(map(str.isalpha, piece)):
        return []
    found = _modelled(piece, model)
    before = text.count(" ", 0, end - len(piece))
    for one in found:
        one.start, one.end = one.start + before, one.end + before
    return found


_STOPS = " .,;:)"


def _modelled(text: str, model: Path) -> list[Reference]:
    """Find the references in a text as the model sees them."""
    tokens = text.split()
    labels = tag(tokens, model, whole=False)
    for visit in _VISITED.finditer(text):  # the day on which a page was looked at is not that of the page
        first, last = text.count(" ", 0, visit.start()), text.count(" ", 0, visit.end())
        labels[first : last + 1] = [one if one == OUTSIDE else INSIDE for one in labels[first : last + 1]]
    out: list[Reference] = []
    one: Reference | None = None
    before = OUTSIDE
    runs: list[tuple[str, list[str]]] = []

    def close() -> None:
        if one is not None:
            if runs and runs[0][0] == "title":
                _from_its_first_word(one, runs[0][1], tokens, out[-1].end if out else 0)
            one.parts = mended(_parts(runs))
            if not (_is_quoted(one.parts) or _is_a_time(one.parts) or _is_there(one, tokens)):
                out.append(one)

    for i, label in enumerate(labels):
        name = label.removeprefix(BEGINS).removeprefix(FIRST)
        if name == OUTSIDE:
            close()
            one, before = None, OUTSIDE
            continue
        if label.startswith(BEGINS) or one is None:
            close()
            one, runs, before = Reference(i), [], OUTSIDE
        if name == INSIDE:
            before = INSIDE
            continue
        if name != before or (label.startswith(FIRST) and not _is_open(runs[-1][1])):
            runs.append((name, []))
        runs[-1][1].append(tokens[i])
        before = name
        one.end = i + 1
    close()
    return out


def _is_open(words: Sequence[str]) -> bool:
    """Tell whether a part begins with a quotation mark that none has closed so far: it goes on."""
    return words[0][:1] in _OPENING and not any(word.rstrip(".,;:?!")[-1:] in _CLOSING for word in words)


def _parts(runs: list[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """Return the parts of a reference, trimmed, by their names."""
    parts: dict[str, list[str]] = {}
    for name, words in runs:
        text = " ".join(words)
        values = [text]
        if name in ("cited", "page"):
            values = _NEXT_PAGES.split(text) if re.match(r"\D*\d", _NEXT_PAGES.split(text)[0]) else [text]
        elif name == "ref":
            values = _NEXT_BACK.split(text)
        for value in values:
            if trimmed := _trimmed(name, value):
                parts.setdefault(name, []).append(trimmed)
    if len(parts.get("title", [])) > 1 and "container" not in parts:
        parts["title"], parts["container"] = parts["title"][:1], parts["title"][1:]
    if len(parts.get("date", [])) > 1 and parts["date"][-1].isdigit() and "container" in parts and "page" not in parts:
        parts["page"] = [parts["date"].pop()]  # "(1976) 89 Harbour Law Rev. 1685": a page that could be a year
    return parts


def mended(parts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Take out of titles and containers what their own form says is no part of them.

    That are words that point ("vgl.") or announce ("unter dem Titel"), with the sentence in front of them; what stands
    in front of an open bracket, or behind a title in quotation marks; and the sentence that a title stands in. A book
    and the yearbook that it is a volume of are two containers.
    """
    if "title" not in parts and (match := _SHORT_TITLE.fullmatch(" ".join(parts.get("ref", [])))):
        parts = {key: values for key, values in parts.items() if key != "ref"} | {"title": [match["title"]]}
        parts |= {"cited": [match["cited"].strip(" .,")]} if match["cited"] and "cited" not in parts else {}
    if "ref" in parts and "page" in parts and "cited" not in parts:
        parts = {"cited" if key == "page" else key: values for key, values in parts.items()}  # of what was named before
    if set(parts) == {"author", "title", "volume"}:  # "Orr, Net, 12"
        parts = {"cited" if key == "volume" else key: values for key, values in parts.items()}
    said = parts.get("title", [""])[0]
    title = _POINTS.sub("", said)
    author = title if title != said and all(map(form, title.split("/"))) else ""
    if match := _SOMEBODYS.search(title):
        author, title = match["name"], title[match.end() :]
    elif match := _BODY_FIRST.match(title):
        author, title = match["body"], title[match.end() :]
    if match := _ENTITLED.search(title):
        front, title = title[: match.start() + 1], title[match.end() :]
        author = names[0].strip() if (names := _NAMES_FIRST.match(front)) else ""
    if match := _IN_BRACKETS.fullmatch(title) or _IN_QUOTES.fullmatch(title):
        title = match["title"]
    if author and "author" not in parts:
        parts["author"] = [author]
    if title and title == author:
        del parts["title"]
    elif title != said:
        parts["title"][0] = _trimmed("title", title)
    outer = [one for text in parts.pop("container", []) for one in _NEXT_SERIES.split(text) if not _is_sentence(one)]
    if outer and title[:1].islower() and len(title.split()) >= _CLAUSE:
        parts["title"], outer = outer[:1], outer[1:]
    if any(map(_is_month, outer)):  # of the day of a newspaper, with the number in front of it
        outer = [one for one in outer if not _is_month(one)]
        parts = {key: values for key, values in parts.items() if key != "volume" or len(values[0]) > len("31")}
    return parts | ({"container": outer} if outer else {})


def _is_month(text: str) -> bool:
    return re.fullmatch(any_of("months"), text) is not None


def _is_sentence(text: str) -> bool:
    """Tell whether so many words follow without a capital that they can be no name of a work."""
    words = text.split()
    return len(words) >= _SENTENCE and not any(word[:1].isupper() or word[:1].isdigit() for word in words[1:])


def _from_its_first_word(one: Reference, title: list[str], tokens: Sequence[str], free: int) -> None:
    """Let a title that begins at what a report is on begin where the report is named: "Report of the Board on Fog"."""
    front = _REPORT_OF.search(" ".join(tokens[max(free, one.start - _FRONT) : one.start]))
    if front:
        words = front["front"].split()
        title[:0] = words
        one.start -= len(words)


_FRONT = 12  # words in front of a title, at most


def _is_quoted(parts: dict[str, list[str]]) -> bool:
    """Tell whether there is a title and nothing else, or a whole sentence without names, dates or pages."""
    long = len(parts.get("title", [""])[0].split()) >= _SENTENCE
    return not set(parts) - ({"title", "publisher", "place"} if long else {"title"})


def _is_there(one: Reference, tokens: Sequence[str]) -> bool:
    """Tell whether what looks like an author, or ends a title, with a year is a place and a time: "in Leith 1978"."""
    if set(one.parts) == {"title", "date"}:
        *_, before, place = ["", *one.parts["title"][0].split()]
        return before == "in" and place in tokens and (is_place(place) or is_region(place))
    names = one.parts.get("author", []) + one.parts.get("place", [])
    return (
        set(one.parts) in ({"author", "date"}, {"place", "date"})
        and tokens[max(0, one.start - 1) : one.start] == ["in"]
        and all(is_place(name) or is_region(name) for name in names)
    )


def _is_a_time(parts: dict[str, list[str]]) -> bool:
    """Tell whether what looks like an author with a year is "Ende 1980"."""
    author = parts.get("author", [])
    return len(author) == 1 and "title" not in parts and author[0].casefold() in words_of("times")


def _trimmed(name: str, text: str) -> str:
    """Take off the stops, brackets and quotation marks around a part that are not its own."""
    text = text.strip(_EDGES)
    if name == "ref":
        return re.sub(r"\.?\)\.?$", "", text.strip(" ,;(")) if "(" not in text else text.strip(" ,;.")
    if name in ("title", "container"):
        text = _OUTER.sub("", text) if name == "container" else text
        text = text.rstrip(" .,;:")
        if text[:1] in _QUOTES and text[-1:] in _QUOTES and len(text) > 2:
            text = text[1:-1].rstrip(" .,;:")
        elif text[:1] in _QUOTES and not any(mark in text[1:] for mark in "”“»’‘"):
            text = text[1:]
        return text
    if text.count(")") > text.count("("):
        text = text.rstrip(").,;")
    if name == "date":
        return text.strip("()[].,;: ")
    return text.rstrip(" ,;:" if name in _PEOPLE else " .,;:")


def people(text: str) -> list[str]:
    """Part a list of names into names, each as it stands: "Orr, Anna", "Anna Orr"."""
    out: list[str] = []
    for part in re.split(r"\s*/\s*|\s*;\s*", text):
        names = read_names(re.sub(r"\((?:eds?|Hrsg|Hg|dir)\.?\)", "", part).strip(" ,"))
        for name in names:
            natural = f"{name.given} {name.family}".strip()
            inverted = f"{name.family}, {name.given}"
            out.append(name.literal or (natural if not name.given or natural in part else inverted))
    return [one for one in out if re.search(r"\w", one)]
