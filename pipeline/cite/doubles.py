"""The works of a text, as an editor looks at them: each with its spellings, what disagrees, and its likely doubles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from pipeline.cite.csl import FIELDS, ROLES
from pipeline.cite.same import fold, people
from pipeline.model import Citation, Fields, Name, Work

EDITED = ("author", "editor", "translator", "title", "container", "volume", "edition", "place", "publisher", "year")
"""The fields that a person can set at the desk, in the order of the form."""

_NEAR = 85  # of 100: titles that share so much may be one


@dataclass(frozen=True, slots=True)
class Title:
    """One work: ``values`` are its fields as words, ``disagree`` the values of a field of which there are several."""

    work: Work
    lines: tuple[int, ...]
    values: dict[str, str]
    disagree: dict[str, list[tuple[str, int]]]
    doubles: tuple[str, ...]

    def words(self) -> str:
        """Return all that it can be found by, in small letters."""
        return " ".join((self.work.id, *self.values.values(), *(text for text, _ in self.work.variants))).casefold()


def titles(works: Iterable[Work], citations: Iterable[Citation]) -> list[Title]:
    """Return all works with what an editor wants to know of them, in the order of their ids."""
    cited: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        for one in (citation, *citation.also):
            if one.work:
                cited[one.work].append(one)
    works = list(works)
    doubles: dict[str, list[str]] = defaultdict(list)
    for first, second in _doubles(works, cited):
        doubles[first].append(second)
        doubles[second].append(first)
    return [_title(work, cited[work.id], tuple(sorted(doubles[work.id]))) for work in works]


def _title(work: Work, citations: Sequence[Citation], doubles: tuple[str, ...]) -> Title:
    parsed = [one.fields for one in citations if one.parsed]
    disagree = {}
    for field in fields(Fields):
        if field.name in EDITED:
            counts = Counter(value for one in parsed if (value := words_of(getattr(one, field.name))))
            if len({fold(value) for value in counts}) > 1:
                disagree[field.name] = counts.most_common()
    lines = tuple(sorted({one.line for one in citations}))
    return Title(work, lines, dict(_values(work)), disagree, doubles)


def _values(work: Work) -> Iterator[tuple[str, str]]:
    for role in ROLES:
        names = work.csl.get(role, ())
        yield role, "; ".join(_plain(name) for name in names)
    for field, key in FIELDS.items():
        if field in EDITED:
            yield field, str(work.csl.get(key, ""))
    yield "year", str(work.csl["issued"]["date-parts"][0][0]) if "issued" in work.csl else ""


def _plain(item: dict[str, str]) -> str:
    given = ", ".join(part for part in (item.get("family", ""), item.get("given", "")) if part)
    return item.get("literal") or given


def words_of(value: object) -> str:
    """Return the value of a field in words: names as “Family, Given”, parted by semicolons."""
    if isinstance(value, tuple):
        return "; ".join(_plain(name.json()) for name in value if isinstance(name, Name))
    return str(value) if value else ""


def as_fields(form: dict[str, str], before: dict[str, str]) -> dict[str, Any]:
    """Return what a person has changed in the form of a work, as a verdict says it."""
    changed = {key: form[key].strip() for key in EDITED if key in form and form[key].strip() != before.get(key, "")}
    return {
        key: [name.strip() for name in value.split(";") if name.strip()] if key in ROLES else value
        for key, value in changed.items()
    }


def _doubles(works: Sequence[Work], cited: dict[str, list[Citation]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of works that may be one: people of one name, or none, and titles that share most of their words."""
    by_name: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        for citation in cited[work.id][:1]:
            names = [fold(name.family or name.literal) for name in people(citation.fields)]
            by_name[names[0] if names else f"title {fold(str(work.csl.get('title', '')))[:6]}"].append(work)
    for group in by_name.values():
        for one, other in combinations(group, 2):
            if one.csl.get("volume") == other.csl.get("volume") and _alike(one, other):
                yield one.id, other.id


def _alike(one: Work, other: Work) -> bool:
    first, second = (fold(str(work.csl.get("title", ""))) for work in (one, other))
    return fuzz.token_set_ratio(first, second) >= _NEAR
