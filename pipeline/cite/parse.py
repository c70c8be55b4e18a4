"""Take a citation apart: peel off what is known by its form, from both ends, until the title is left.

The order is that of certainty. A page, a year, an imprint say by themselves what they are; where the author
ends and the title begins has to be weighed, so it comes last, when nothing else is left in the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.cite import articles, ends, imprint, people
from pipeline.cite.draft import QUOTES, STOPS, Cued, Draft
from pipeline.cite.names import FAMILY, GIVEN, is_body
from pipeline.cite.screen import is_broadcast
from pipeline.cite.special import special
from pipeline.cite.words import words
from pipeline.daybook import noted
from pipeline.model import Citation, Fields

_RULES = (
    ends.address,
    ends.shelfmark,
    ends.undated,
    ends.medical_issue,
    ends.series,
    ends.extent,
    ends.report_number,
    ends.article_pages,
    ends.volume_behind_year,
    articles.behind_slashes,
    articles.volume_before_journal,
    articles.volume_and_pages_behind,
    people.anonymous,
    people.year_behind_author,
    imprint.thesis,
    imprint.imprint_in_parentheses,
    ends.year_at_end,
    ends.edition,
    articles.quoted_title,
    imprint.imprint,
    people.roles,
    ends.volume_in_title,
    people.author,
    articles.container,
)
_PAPER = re.compile(
    r"\b(?:Times|Tribune|Post|Herald|Gazette|News|Guardian|Telegraph|Observer|Chronicle|Daily|Pravda|Izvesti[iy]a|Worker"
    r"|Argus|Echo|Mercury|Courier|Examiner|Express|Advertiser|Intelligencer"
    r"|Zeitung|Monde|Figaro|Правда|Известия)\b"
)
_MAGAZINE = re.compile(r"\b(?:Magazine|Weekly|Monthly|Fortnightly|New Republic|Nation|Spiegel)\b")
_LONGEST = 1000  # letters; nothing longer is a citation alone
_DOUBT = 0.2  # what each doubt takes off the score


_RUN = re.compile(r"([^\w\s])(?:\s?[^\w\s]){7,}")  # leaders, rules of stops: one stands for all
_DASHES = frozenset("-–—―")
_DASH = re.compile(r"^[-–—―]\s+(?=\S)")  # in front of a source, as epigraphs have it
_AREA = re.compile(r"\.\s[—–]\s(?=[^\W_])")  # between the parts of a library's entry, and in Russian lists
_GIVEN_IN_BRACKETS = Cued(rf"^(?P<family>{FAMILY})\s\((?P<given>{GIVEN})\)(?=[,:;.]\s)", "), ): ); ).")
_ITALICS = re.compile(r"(?<!\w)_+(?=\S)|(?<=[^\s_])_+(?!\w)")  # how transcribers mark them


@noted
def parse(text: str) -> Citation:
    """Take one citation apart.

    Args:
        text: the citation, without the text that it stands for.

    Returns:
        A citation with its fields, its kind (a CSL type, or "unknown"), a score and doubts. ``line`` is 0, to be
        filled in by the caller. ``parsed`` is false when no title was found, or nothing beside the title.

    """
    whole = _RUN.sub(r"\1", _without_italics(" ".join(text.split())))
    if whole[:1] in _DASHES:
        whole = _DASH.sub("", whole)
    if ". —" in whole or ". –" in whole:
        whole = _AREA.sub(". ", whole)
    if len(whole) > _LONGEST:
        return Citation(0, text, Fields(), parsed=False, kind="unknown", score=0.0, doubts=("it is too long",))
    if one := special(whole):
        return replace(one, text=text)
    stem, locator, asides = ends.split_locator(_turned_round(whole))
    fields, kind, doubts = _parse_stem(stem, bool(locator))
    if locator or asides:
        extra = " ".join(part for part in (fields.extra, *asides) if part)
        fields = replace(fields, locator=locator or fields.locator, extra=extra)
    named = fields.title or fields.container
    placed = fields.author or fields.editor or fields.translator or fields.publisher or fields.year or fields.container
    known = bool(named) and bool(placed or locator)
    score = round(max(0.0, 1.0 - _DOUBT * len(doubts)), 2) if known else 0.0
    return Citation(0, text, fields, parsed=known, kind=kind, score=score, doubts=doubts)


def _without_italics(text: str) -> str:
    return _ITALICS.sub("", text) if "_" in text else text


def _turned_round(text: str) -> str:
    """Write the name at the head as others do, "Orr (Anna)" as "Orr, Anna"; what follows a body's is its place."""
    match = _GIVEN_IN_BRACKETS.search(text)
    if not match or is_body(match["family"]):
        return text
    return f"{match['family']}, {match['given']}{text[match.end() :]}"


@lru_cache(maxsize=4096)
def _parse_stem(text: str, has_locator: bool) -> tuple[Fields, str, tuple[str, ...]]:
    draft = Draft(text, located=has_locator)
    for rule in _RULES:
        rule(draft)
    _title(draft)
    _keep_station_whole(draft, text)
    fields = Fields(
        author=draft.author,
        editor=draft.editor,
        translator=draft.translator,
        copyright_year=draft.copyright_year,
        extra=" ".join(part for part in draft.extra if part),
        **draft.words,
    )
    if left := unaccounted(text, fields):
        draft.doubts.append(f"nothing is known about “{' '.join(left)}”")
    return fields, _kind(draft, fields, has_locator), tuple(draft.doubts)


def _title(draft: Draft) -> None:
    """Take what is left as the title."""
    rest = draft.rest.strip(STOPS)
    if "title" in draft.words:
        draft.extra.append(rest)
        return
    if rest[:1] in QUOTES and rest[-1:] in QUOTES and len(rest) > 2 and not re.search(f"[{QUOTES}]", rest[1:-1]):
        rest = rest[1:-1].strip(STOPS)
    if rest:
        draft.words["title"] = rest
    elif "container" not in draft.words:
        draft.doubts.append("no title was found")
    first, _, more = rest.partition(". ")
    if more and " " not in first and draft.author and len(draft.author[0].given) <= 3:
        draft.doubts.append(f"“{first}” may still be the author’s name")


def _keep_station_whole(draft: Draft, text: str) -> None:
    """Give a station its number back: "BBC Radio 4"."""
    container, volume = draft.words.get("container", ""), draft.words.get("volume", "")
    if container and volume and f"{container} {volume}" in text and is_broadcast(container):
        draft.words["container"] = f"{container} {draft.words.pop('volume')}"


def _kind(draft: Draft, fields: Fields, has_locator: bool) -> str:
    """Name the CSL type that the parts found speak for."""
    if draft.archive:
        return "manuscript"
    if draft.report:
        return "report"
    if fields.genre:
        return "thesis"
    if fields.container and is_broadcast(fields.container):
        return "broadcast"
    if fields.container:
        placed = fields.place and not (fields.volume or _PAPER.search(fields.container))
        if fields.publisher or fields.editor or placed:
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
    return "book" if fields.publisher or fields.place or has_locator or fields.volume or fields.edition else "unknown"


_CONNECTIVES = words("connectives")


def unaccounted(text: str, fields: Fields) -> list[str]:
    """Return the words of a citation that stand in no field and are no known connective, in order.

    Nothing of a citation may vanish: an empty list means that its note can be set from the fields.
    """
    pool: dict[str, int] = {}
    for word in _words(" ".join(_texts(fields))):
        pool[word] = pool.get(word, 0) + 1
    left = []
    for word in _words(text):
        bare = word if word in pool or word[:1] != "c" else word[1:]
        if pool.get(bare):
            pool[bare] -= 1
        elif word not in _CONNECTIVES and not (bare in pool and fields.editor and fields.editor == fields.translator):
            left.append(word)
    return left


def _texts(fields: Fields) -> Iterator[str]:
    """Give all that the fields say."""
    for key in Fields.__slots__:
        value = getattr(fields, key)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for name in value:
                yield from (name.family, name.given, name.literal)


_words_of = re.compile(r"[^\W_]+").findall


def _words(text: str) -> list[str]:
    return _words_of(text.casefold())
