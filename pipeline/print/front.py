"""Front matter: half title, title page, imprint and contents, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from pipeline.edition import CONTRIBUTORS, Original, contributions, shown_title
from pipeline.edition import imprint as imprint_of
from pipeline.forms.elements import ZERO_WIDTH
from pipeline.forms.headings import CAPITALS, LONG, LONGEST, is_capital
from pipeline.forms.plays import SCENE
from pipeline.language import AddedWords
from pipeline.manuscript import plain
from pipeline.parts import NAMED
from pipeline.print.typography import hold, part

FULL_STOP = re.compile(r"(?<=\w{4})\.$|[,:;]$")  # it would read as one of the dots; that of an abbreviation stays
NUMBER = re.compile(r"[\s.:()]*(?:[IVXLCDM]+|\d+)[\s.:()]*", re.IGNORECASE)
DENSE = 30  # divisions: more stand in the contents without air between them


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: depth (1 or 2), words, the id it leads to and the folio.

    ``number``: the words with which it begins, if they are a number in capitals before a title that is not ("CHAPTER I.
    The Salt Road").
    """

    level: int
    words: str
    target: str
    folio: str
    number: str = ""


def half_title(meta: Mapping[str, Any]) -> str:
    """Return the half title: the title alone."""
    return _page("half-title", [f"<p{_form(meta)}>{_displayed(_words(meta, 'title'))}</p>"])


def title_page(meta: Mapping[str, Any], words: AddedWords, original: Original) -> str:
    """Return the title page: title, subtitle, authors and other contributors, edition, place, publisher and year."""
    title = shown_title(plain(meta.get("title", "")), plain(meta.get("subtitle", "")))
    rows = [f"<p{_form(meta, 'title')}>{_displayed(escape(title))}</p>"]
    if meta.get("subtitle"):
        capitals = " capitals" * is_capital(plain(meta["subtitle"]))
        rows.append(f'<p class="subtitle{capitals}">{_displayed(_words(meta, "subtitle"))}</p>')
    rows += [f'<p class="author">{escape(author)}</p>' for author in authors(meta)]
    people = {kind: names(meta, kind) for kind in CONTRIBUTORS}
    rows += [f'<p class="contributor">{escape(line)}</p>' for line in contributions(people, words)]
    if original.edition:
        rows.append(f'<p class="edition">{escape(original.edition)}</p>')
    foot = []
    if meta.get("belongs-to-collection"):
        number = f", {_words(meta, 'group-position')}" if meta.get("group-position") else ""
        foot.append(f'<p class="series">{_words(meta, "belongs-to-collection")}{number}</p>')
    if holder := imprint_of(plain(meta.get("publisher", "")), plain(meta.get("date", "")), original):
        foot.append(f'<p class="publisher">{escape(" · ".join(holder))}</p>')
    return _page("title-page", [*rows, f'<div class="foot">{"".join(foot)}</div>'])


def imprint(meta: Mapping[str, Any], source: str, made: str) -> str:
    """Return the imprint page: what is known of rights, date, source and number; ``made`` says how it was set."""
    rows = []
    if meta.get("description"):
        rows.append(_words(meta, "description"))
    if meta.get("rights"):
        rows.append(_words(meta, "rights"))
    if holder := ", ".join(_words(meta, key) for key in ("publisher", "date") if meta.get(key)):
        rows.append(holder)
    if source:
        rows.append(escape(source))
    if meta.get("identifier"):
        rows.append(_words(meta, "identifier"))
    rows.append(escape(made))
    return _page("imprint", ['<div class="foot">', *(f"<p>{row}</p>" for row in rows), "</div>"])


def contents(entries: Iterable[Entry], word: str, *, dense: bool = False) -> str:
    """Return the contents, two levels deep; ``word`` is what stands above them, ``dense`` ones have no air between.

    The last word of an entry goes with its leader, which never stands on a line alone.
    Sections that have a number for a title, and scenes that have nothing else, are not named: it tells nobody what he
    may find there. Where no division has more than its number, many stand in columns.
    """
    entries = [entry for entry in entries if entry.level == 1 or not _is_number(entry.words)]
    dense = dense or sum(entry.level == 1 for entry in entries) > DENSE
    rows = "".join(
        f'<p class="entry level{entry.level}"><a href="#{escape(entry.target)}" '
        f'title="{escape(entry.words)}, {entry.folio}">{_in_contents(entry.words, entry.number)}'
        f'<span class="page">{entry.folio}</span></a></p>'
        for entry in entries
    )
    if dense and all(_is_number(entry.words) for entry in entries):  # there is no more to say of them
        rows = f'<div class="numbers">{rows}</div>'
    heading = f'<h1 id="contents" data-title="{escape(word)}">{escape(word)}</h1>'
    return f'<section class="contents{" dense" if dense else ""}">{heading}{rows}</section>'


def _is_number(words: str) -> bool:
    return bool(NUMBER.fullmatch(words) or (SCENE.search(words) and NAMED.fullmatch(words.rstrip(" ."))))


def _in_contents(words: str, number: str) -> str:
    first = f'<span class="caps">{escape(number)}</span>' if number else ""
    before, space, last = escape(part(FULL_STOP.sub("", words.removeprefix(number)))).rpartition(" ")
    caps = ' class="caps"' if is_capital(words) else ""
    whole = ' class="last"' if ZERO_WIDTH not in last else ""
    return (
        f"{first}<span{caps}>{before}{space}</span>"
        f'<span{whole}><span{caps}>{last}</span><span class="leader"></span></span>'
    )


def authors(meta: Mapping[str, Any]) -> list[str]:
    """Return the names of the authors."""
    return names(meta, "author")


def names(meta: Mapping[str, Any], key: str) -> list[str]:
    """Return the names under a key: the YAML may have one or a list."""
    value = meta.get(key) or []
    return [plain(name) for name in (value if isinstance(value, list) else [value])]


_SMALL_WORD = re.compile(r"(?<![&#\w])[a-zß-öø-ÿ]+(?![\w;])")  # not the name of a character, as in “&amp;”


def _displayed(title: str) -> str:
    """Return the HTML of a title held together; small words among its capitals (“or, the”) are small capitals too."""
    title = hold(title)
    return _SMALL_WORD.sub(r'<span class="smallcaps">\g<0></span>', title) if is_capital(title) else title


def _words(meta: Mapping[str, Any], key: str) -> str:
    return escape(plain(meta.get(key, "")))


def _form(meta: Mapping[str, Any], *names: str) -> str:
    """Return the attribute for the title: the form of a heading in capitals, or of a long one, if it is one."""
    title = plain(meta.get("title", ""))
    forms = (CAPITALS, is_capital(title)), (LONG, len(title) > LONGEST)
    found = " ".join((*names, *(form for form, has in forms if has)))
    return f' class="{found}"' if found else ""


def _page(name: str, rows: Iterable[str]) -> str:
    return f'<section class="prelim {name}">{"".join(rows)}</section>'
