"""One work for all its spellings: citations are gathered, and each work is described in its best form."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from anyascii import anyascii

from pipeline.cite.csl import FIELDS, ROLES, name_item, role_of
from pipeline.cite.dates import is_date_word, read_date, read_day
from pipeline.cite.places import with_stop
from pipeline.cite.same import SMALL, fold, latin, same_people, same_person, same_title
from pipeline.cite.shelves import Group, Shelves
from pipeline.language import of_alphabet
from pipeline.model import Citation, Fields, Name, Work, figure
from pipeline.shortened import SHORTENED

_ABBREVIATED = re.compile(rf"\b{SHORTENED}$", re.IGNORECASE)


def gather(citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], tuple[Work, ...]]:
    """Give every citation its work.

    Args:
        citations: citations in the order of the source; those that were not parsed stay without a work.

    Returns:
        The same citations with ``work`` filled in, and the works in the order of their ids. A CSL item has the
        best-attested form of each part: what most lines use, a shortened form counting for the full one.

    """
    every = [one for citation in citations for one in (citation, *citation.also)]
    described = [_description(citation) if citation.parsed else None for citation in every]
    spellings: dict[Fields, list[Citation]] = {}
    for citation, fields in zip(every, described, strict=True):
        if fields:
            spellings.setdefault(fields, []).append(citation)
    shelves = Shelves()
    for fields in sorted(spellings, key=_fullness, reverse=True):
        if group := _find(fields, shelves.near(fields)):
            shelves.add(fields, group)
        else:
            shelves.open(fields)
    works: dict[str, Work] = {}
    numbers: Counter[str] = Counter()
    owner: dict[Fields, str] = {}
    for group in sorted(shelves, key=lambda group: min(spellings[f][0].line for f in group.spellings)):
        work = _work(sorted((c for f in group.spellings for c in spellings[f]), key=lambda c: c.line), works, numbers)
        works[work.id] = work
        owner |= dict.fromkeys(group.spellings, work.id)
    given = iter([replace(c, work=owner[f]) if f else c for c, f in zip(every, described, strict=True)])
    nested = tuple(replace(next(given), also=tuple(next(given) for _ in citation.also)) for citation in citations)
    return nested, _settle_names([works[key] for key in sorted(works)])


def describe(name: str, members: Sequence[Citation]) -> Work:
    """Describe the work with the id ``name`` from all its citations, those that could be taken apart first of all."""
    members = sorted(members, key=lambda citation: citation.line)
    known = [one for one in members if one.fields.title or one.fields.container] or members
    made = _work(known, {}, Counter())
    title = made.csl["title"] or known[0].text.strip()
    spelt: dict[str, list[int]] = {}
    for citation in members:
        spelt.setdefault(_spelling(citation), []).append(citation.line)
    return Work(name, {**made.csl, "id": name, "title": title}, tuple((one, tuple(at)) for one, at in spelt.items()))


def _description(citation: Citation) -> Fields:
    """Return the fields that describe the work, without those of the single citation: pages, the day of a visit."""
    extra = citation.fields.extra if citation.fields.container and read_date(citation.fields.extra) else ""
    return replace(citation.fields, locator="", extra=extra, accessed="", url="", doi="")


def _fullness(fields: Fields) -> tuple[int, str]:
    """Put full descriptions first, that shorter ones are compared with them."""
    return sum(len(str(value)) for value in fields.json().values()), str(fields)


def _find(fields: Fields, groups: Iterable[Group]) -> Group | None:
    """Find the group that ``fields`` belong to; where two could be it, the one with that title, or none."""
    fitting: list[Group] = []
    titled: list[Group] = []
    for group in groups:
        if group.fits(fields):
            fitting.append(group)
            titled += [group] * group.has_title(fields.title)
            if len(titled) > 1:
                return None  # a volume of many that does not say which: the rest need not be looked at
    fitting = titled if len(fitting) > 1 else fitting
    return fitting[0] if len(fitting) == 1 else None


def _work(members: Sequence[Citation], taken: Mapping[str, Work], numbers: Counter[str]) -> Work:
    """Describe one work from its citations, in the order of their lines."""
    kinds = Counter(c.kind for c in members if c.kind != "unknown").most_common(1)
    csl: dict[str, Any] = {"id": "", "type": kinds[0][0] if kinds else "book"}
    for role, names in _roles(members).items():
        csl[role_of(role, csl["type"])] = [name_item(name) for name in names]
    for field, key in FIELDS.items():
        if value := _best([getattr(c.fields, field) for c in members]):
            csl[key] = value
    if not csl.get("title"):
        csl["title"] = members[0].fields.extra or csl.get("container-title", "")
    if number := re.match(r"\d+", csl.get("edition", "")):
        csl["edition"] = number[0]
    if _ABBREVIATED.search(csl.get("publisher", "")):
        csl["publisher"] += "."
    if "publisher-place" in csl:
        csl["publisher-place"] = with_stop(csl["publisher-place"])
    if issued := _issued(members):
        csl["issued"] = issued
    if day := next((day for c in members if (day := read_day(c.fields.accessed))), None):
        csl["accessed"] = {"date-parts": [list(day)]}
    if csl["type"] == "entry" and "issued" in csl:
        csl["type"] = "book"  # an entry is what the style prints without asking for a date
    if language := of_alphabet(csl["title"]):
        csl["language"] = language  # so that its title keeps its capitals
    csl["id"] = _id(csl, taken, numbers)
    spelt: dict[str, list[int]] = {}
    for citation in members:
        spelt.setdefault(_spelling(citation), []).append(citation.line)
    return Work(csl["id"], csl, tuple((text, tuple(lines)) for text, lines in spelt.items()))


def _roles(members: Sequence[Citation]) -> dict[str, tuple[Name, ...]]:
    """Return people by role. A name that one citation calls the editor's is not the author's in another."""
    found = {role: _best_names([getattr(c.fields, role) for c in members if getattr(c.fields, role)]) for role in ROLES}
    if not any(c.fields.author and c.fields.editor for c in members) and same_people(found["author"], found["editor"]):
        found["editor"] = _best_names([c.fields.author or c.fields.editor for c in members])
        found["author"] = ()
    return {role: names for role, names in found.items() if names}


def _spelling(citation: Citation) -> str:
    """Return the words of a citation without its pages: the spelling that several lines share."""
    text, locator = citation.text.strip(), citation.fields.locator
    cut = text.rfind(locator) if locator else -1
    return re.sub(r"[\s,.;(]*(?:\b(?:pp?|pages?|S|С|с|стр|pág)\b\.?)?\s*$", "", text[:cut]) if cut > 0 else text


def _best(values: Sequence[str]) -> str:
    """Return the best-attested value; a shortened form counts for the longest form that begins with it."""
    counts = Counter(value for value in values if value)
    begun: dict[str, list[str]] = {}
    for value in counts:
        words = fold(value).split()
        for end in range(1, len(words)):
            begun.setdefault(" ".join(words[:end]), []).append(value)
    votes: Counter[str] = Counter()
    for value, times in counts.items():
        fuller = [longer for longer in begun.get(fold(value), ()) if same_title(value, longer)]
        votes[max(fuller, key=lambda v: (len(v), v), default=value)] += times
    return max(votes, key=lambda v: (votes[v], counts[v], len(v)), default="")


def _best_names(lists: Sequence[tuple[Name, ...]]) -> tuple[Name, ...]:
    """Return the best-attested list of names, each with its fullest given name."""
    if not lists:
        return ()
    length = max(Counter(map(len, lists)).items(), key=lambda item: (item[1], item[0]))[0]
    best = []
    for i in range(length):
        forms = Counter(names[i] for names in lists if len(names) > i)
        name = max(forms, key=lambda n: (len(re.sub(r"\W", "", n.given)) > 2, forms[n], len(n.given)))
        fuller = [n for n in forms if n.family == name.family and n.given.startswith(name.given.rstrip("."))]
        best.append(max(fuller, key=lambda n: len(n.given), default=name))
    return tuple(best)


def _settle_names(works: Sequence[Work]) -> tuple[Work, ...]:
    """Give one person the same name in all works: the fullest form, where all forms can be one person's."""
    attested: Counter[Name] = Counter()
    for work in works:
        lines = sum(len(lines) for _, lines in work.variants)
        for role in ROLES:
            attested.update({_plain(item): lines for item in work.csl.get(role, ()) if "given" in item})
    alike: dict[tuple[str, str, str], dict[Name, None]] = {}
    for name in attested:
        for key in _given_keys(name):
            alike.setdefault(key, {})[name] = None
    settled: dict[Name, Name] = {}
    for name in attested:
        near = {other: None for key in _asked_keys(name) for other in alike.get(key, ())}
        forms = [other for other in near if same_person(name, other)]
        if len(forms) > 1 and all(same_person(a, b) for a, b in combinations(forms, 2)):
            settled[name] = max(forms, key=lambda form: (*_fullness_of_name(form), attested[form], form.given))
    out = []
    for work in works:
        csl = dict(work.csl)
        for role in ROLES:
            if role in csl:
                csl[role] = [name_item(settled[_plain(i)]) if _plain(i) in settled else i for i in csl[role]]
        out.append(replace(work, csl=csl))
    return tuple(out)


def _given_keys(name: Name) -> Iterator[tuple[str, str, str]]:
    """Return what a form of a name can be found by: its family with each given name, or what it has of one."""
    family, words = latin(name.family)[:3], fold(name.given).split()
    yield family, "any", ""
    if not words:
        yield family, "none", ""
    for word in words:
        if len(word) > 1:
            yield family, "name", latin(word)
            yield family, "begins", word[0]
        else:
            yield family, "initial", word


def _asked_keys(name: Name) -> Iterator[tuple[str, str, str]]:
    """Return where other forms of one person's name can be found: an initial stands for any name that begins so."""
    family, words = latin(name.family)[:3], fold(name.given).split()
    yield family, "none" if words else "any", ""
    for word in words:
        yield family, "initial", word[0]
        yield (family, "name", latin(word)) if len(word) > 1 else (family, "begins", word)


def _plain(item: dict[str, str]) -> Name:
    given = ", ".join(part for part in (item.get("given", ""), item.get("suffix", "")) if part)
    return Name(item.get("family", ""), given, item.get("literal", ""))


def _fullness_of_name(name: Name) -> tuple[int, int]:
    given = name.given.split()
    return sum(len(word.strip(".,")) > 1 for word in given), len(given)


def _issued(members: Sequence[Citation]) -> dict[str, Any]:
    """Return the date: a year; for an article the month and day, or the season, too."""
    year = _best([c.fields.year for c in members])
    if not year:
        return {}
    parts = [figure(year[:4])]
    issued: dict[str, Any] = {"date-parts": [parts]}
    first = members[0].fields
    if first.container or first.date:
        month, day, season = read_date(first.date or first.extra) or (0, 0, 0)
        parts += [part for part in (month, day) if part]
        if season:
            issued["season"] = season
    return issued


def says_already(work: Work, extra: str) -> bool:
    """Tell whether the work's entry has all that the ``extra`` of a citation says: its title, or its date."""
    words = re.findall(r"[^\W_]+", extra.casefold())
    titles = " ".join(str(work.csl.get(key, "")) for key in ("title", "container-title", "volume-title"))
    known = set(re.findall(r"[^\W_]+", titles.casefold()))
    dated = work.csl.get("issued", {})
    if "season" in dated or len(dated.get("date-parts", [[]])[0]) > 1:
        known |= {word for word in words if is_date_word(word)}
    return known.issuperset(words)


def _id(csl: dict[str, Any], taken: Mapping[str, Work], numbers: Counter[str]) -> str:
    """Make a readable id, such as orr1945salt: first family name, year, first telling word of the title.

    ``numbers`` are the last ones given to works that no word tells apart.
    """
    names: list[dict[str, str]] = next(
        (csl[role] for role in ("author", "director", "editor", "translator") if role in csl), [{}]
    )
    name = _ascii(names[0].get("family") or names[0].get("literal", "").partition(" ")[0])
    year = str(csl["issued"]["date-parts"][0][0]) if "issued" in csl else ""
    words = [_ascii(word) for word in re.findall(r"[\w’']+", csl["title"])]
    telling = [word for word in words if len(word) > 1 and word not in SMALL and not word.isdigit()]
    volume = f"vol{_ascii(csl['volume'])}" if "volume" in csl and csl["type"] == "book" else ""
    telling = telling or [word for word in words if word] or ["work"]
    bases = [f"{name}{year}{''.join(telling[:n])}{volume}" for n in range(1, len(telling) + 1)]
    for key in bases:
        if key not in taken:
            return key
    numbers[bases[0]] += 1
    return f"{bases[0]}x{numbers[bases[0]] + 1}"


def _ascii(text: str) -> str:
    """Write a word of any script in small Latin letters; nothing where it has neither letters nor digits."""
    bare = unicodedata.normalize("NFKD", text)
    latin = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]", "", anyascii(latin).casefold())
