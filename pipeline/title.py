"""The title of a book for which none was given: from the text itself, else from the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.label.features import SMALL
from pipeline.label.front import names_book, on_title_page
from pipeline.label.furniture import header_fields
from pipeline.label.headlines import letters_of
from pipeline.label.titles import goes_on, is_name, names_kind, small_words
from pipeline.model import Decision, Line, Role
from pipeline.parts import ANSWER, BY
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.titlepage import as_title, names_in, parted
from pipeline.titlewords import SET_OF, UNDER_TITLES, VOLUME

_LEADING = re.compile(
    r"(?:(?:on|of|concerning|über|von|de|sur|over)\s+)?(?:the|an?|le|la|les|der|die|das|de|het|el)\s+", re.I
)
_FURTHER = re.compile(
    r"(?:by|of|in|on|upon|to|into|from|for|with|through|against|among|between|concerning|and|de|du|des|par|sur|dans|et"
    r"|von|über|durch|aus|für|und|di|del|della|delle|dei|per|e|y|por|van|door|uit|voor|en|av|af|om|och|og)\s+\S",
    re.IGNORECASE,
)
"""How a phrase goes on that a shorter name of the book breaks off: "by Means of …", "of the Upper Weir"."""
_SHORTENED = re.compile(r"\b(?:[^\W\d_]\.){2,}$")  # "F.R.S." keeps its last stop
_CLAUSE = re.compile(r"(?:[:;]|(?<!\b[^\W\d_])\.)(?:\s|$)")


def book_title(
    lines: Sequence[Line], decisions: Sequence[Decision], settings: Settings, name: str, report: Report
) -> str:
    """Return the title: as given; else as the header of a transcription names it; else what the text's own titles say.

    A title page has the last word where the header breaks its phrase off: "The Salt Road" for "THE SALT ROAD BY WAY OF
    ORM". What the text's own titles say is what the titles of the divisions share; else the only title; else the name
    of the file.

    Args:
        lines: the repaired text.
        decisions: what each line is.
        settings: may hold the title.
        name: the source file's name without its extension.
        report: learns where a title that was not given was found.

    """
    if settings.title:
        return settings.title
    header = header_fields(lines)
    named = header.get("title", "")
    text = {line.number: line.text.strip() for line in lines}
    if named:
        rows = _title_rows(text, decisions)
        title, rest = parted(named)
        if rest and letters_of(rest) == letters_of(" ".join(rows)):
            return as_title(rest)  # "Plays by Orla Penn: The Weir"
        fuller = _fuller(named, rows, header, small_words(text.values()))
        return fuller or (named if header.get("subtitle") else title)
    page = [one.line for one in decisions if names_book(one)]
    if page:
        rows = [text[number] for number in page]
        found = " ".join(_without_names(rows, small_words(text.values()))).rstrip(",;:")
        found = found if _SHORTENED.search(found) else found.rstrip(".,;:")
        report.find("title-guessed", title=found, origin="title page", settings=f"{name}.toml")
        return found
    tops = [decision.line for decision in decisions if decision.role is Role.TITLE and not decision.joined]
    titles = [ANSWER.sub("", text[line]) for line in tops]
    openings = Counter(re.split(r"(?<=\w)[.:](?=\s)", title)[0].strip() for title in titles)
    shared = [opening for opening, times in openings.most_common(1) if times > 1 and 2 * times >= len(titles)]
    if shared:
        found, origin = shared[0], "divisions' titles"
    elif len(titles) == 1:
        found, origin = titles[0].rstrip("."), "text's own title"
    else:
        found, origin = re.sub(r"[_\s-]+", " ", name).strip() or "Untitled", "file's name"
        found = found[0].upper() + found[1:]
    report.find("title-guessed", title=found, origin=origin, settings=f"{name}.toml")
    return found


def book_authors(lines: Sequence[Line], settings: Settings) -> tuple[str, ...]:
    """Return the authors: as given, else as the header of a transcription names them."""
    return settings.author or tuple(names_in(header_fields(lines).get("author", "")))


def _without_names(rows: Sequence[str], small: frozenset[str]) -> Sequence[str]:
    """Return the rows of a title down to that which says by whom the book is."""
    for n, (above, row) in enumerate(pairwise(rows), 1):
        by = BY.match(row)
        if by and is_name(row[by.end() :].strip(" ."), small) and not goes_on(above, row):
            return rows[:n]
    return rows


def _title_rows(text: Mapping[int, str], decisions: Sequence[Decision]) -> list[str]:
    """Return the rows of the title on the title page, and the one below them if it may go on in it: "BY MEANS OF …"."""
    page = [one for one in decisions if names_book(one) or on_title_page(one)]
    rows: list[str] = []
    for one in page:
        row = " ".join(text[one.line].split()).strip("_*= ")
        if names_book(one):
            rows.append(row)
        elif rows:
            further = _FURTHER.match(row) and not _CLAUSE.search(rows[-1]) and row[-1:] not in ",:"
            alike = row.isupper() == rows[-1].isupper()  # "into several", in small letters, goes on below, too
            return [*rows, row] if further and alike else rows
    return rows


def _fuller(named: str, rows: Sequence[str], header: Mapping[str, str], small: frozenset[str]) -> str:
    """Return the title as the title page has it, if that goes on in the phrase that ``named`` breaks off; else nothing.

    What stands behind a stop, says what kind of book it is, or by whom, or what the header calls the subtitle, is none
    of it.
    """
    key = letters_of(_LEADING.sub("", named))
    whole = " ".join(rows)
    phrase = whole[: found.start()] if (found := _CLAUSE.search(whole)) else whole
    end = next((n for n in range(len(phrase) + 1) if letters_of(_LEADING.sub("", phrase[:n])) == key), -1)
    rest = phrase[end:].strip() if key and end >= 0 else ""
    if not phrase[end : end + 1].isspace() or not _FURTHER.match(rest):
        return ""
    authors = [letters_of(name.split()[-1]) for name in names_in(header.get("author", ""))]  # "Count", "graf" and all
    for by in reversed([*re.finditer(rf"\b{BY.pattern}\s+", rest, re.IGNORECASE)]):
        name = rest[by.end() :]
        if any(letters_of(name).endswith(one) for one in authors) or (not authors and is_name(name, small)):
            rest = rest[: by.start()].strip(" ,")
            phrase = phrase[: end + 1] + rest
            break
    subtitle = letters_of(header.get("subtitle", ""))
    kind = SET_OF.search(rest) or UNDER_TITLES.match(rest) or VOLUME.search(rest) or names_kind(rest)
    last = rest.split()[-1].casefold() if rest else ""
    if not rest or kind or last in SMALL or (subtitle and letters_of(rest) == subtitle):
        return ""
    return as_title(phrase.rstrip(" ,"))
