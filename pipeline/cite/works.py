"""One work for all its spellings: citations are compared, joined where there is evidence, and described once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from pipeline.model import Citation, Fields, Name, Work

_ARTICLES = frozenset("a an the der die das ein eine le la les l un une el los las il lo of and".split())
_MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_ABBREVIATED = re.compile(r"\b(?:ltd|Ltd|Inc|inc|Co|Bros|Pub|Corp|Univ)$")
_ALIKE = 0.88


def gather(citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], tuple[Work, ...]]:
    """Give every citation its work.

    Args:
        citations: parsed citations, in the order of the source.

    Returns:
        The same citations with ``work`` filled in (those not parsed stay without), and the works, by id. The CSL item
        of a work has the best-attested form of each part: the spelling that most lines use, where a shortened form
        counts for the full one.
    """
    spellings: dict[Fields, list[Citation]] = {}
    for citation in citations:
        if citation.parsed:
            spellings.setdefault(_bare(citation.fields), []).append(citation)
    groups: list[list[Fields]] = []
    by_name: dict[str, list[list[Fields]]] = {}
    for fields in sorted(spellings, key=_weight, reverse=True):
        key = _block(fields)
        group = next((g for g in by_name.get(key, []) if all(same_work(fields, other) for other in g)), None)
        if group is None:
            group = []
            groups.append(group)
            by_name.setdefault(key, []).append(group)
        group.append(fields)
    works: list[Work] = []
    owner: dict[Fields, str] = {}
    taken: set[str] = set()
    for group in sorted(groups, key=lambda g: min(c.line for f in g for c in spellings[f])):
        members = [c for fields in group for c in spellings[fields]]
        work = _work(sorted(members, key=lambda c: c.line), taken)
        taken.add(work.id)
        works.append(work)
        owner |= dict.fromkeys(group, work.id)
    given = tuple(replace(c, work=owner[_bare(c.fields)]) if c.parsed else c for c in citations)
    return given, tuple(sorted(works, key=lambda w: w.id))


def _bare(fields: Fields) -> Fields:
    """The fields that describe the work, without those of the single citation."""
    return replace(fields, locator="", extra="" if not fields.container else _date(fields.extra))


def _date(extra: str) -> str:
    return extra if re.search(r"|".join([*_MONTHS, *_SEASONS]), extra.casefold()) else ""


def _weight(fields: Fields) -> int:
    """Full descriptions first: the others are compared with them."""
    return sum(len(str(value)) for value in fields.json().values())


def _block(fields: Fields) -> str:
    """Only citations under one family name are compared; under one title word where there is no name."""
    names = _people(fields)
    return (
        _fold(names[0].family or names[0].literal)[:4]
        if names
        else (_words(fields.title or fields.container) or [""])[0]
    )


def _people(fields: Fields) -> tuple[Name, ...]:
    return fields.author or fields.editor or fields.translator


# ------------------------------------------------------------------------------------------------- one or two?


def same_work(one: Fields, other: Fields) -> bool:
    """Tell whether two citations name one work.

    Evidence is needed: names that can be one person's, titles of which one is the other or a shortened form of it, and
    nothing against it in year, volume, edition or container. A copyright date and a date are the same year.
    """
    return (
        _agree(one.year, other.year)
        and _agree(_fold(one.volume), _fold(other.volume))
        and _agree(_fold(one.edition), _fold(other.edition))
        and bool(one.container) == bool(other.container)
        and (not one.container or same_title(one.container, other.container))
        and same_people(_people(one), _people(other))
        and (one.title == other.title or same_title(one.title, other.title))
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def same_people(one: Sequence[Name], other: Sequence[Name]) -> bool:
    """Tell whether two lists can be the same people; the shorter may leave out those who come last."""
    if not one or not other:
        return not one and not other
    return all(_same_person(a, b) for a, b in zip(one, other, strict=False))


def _same_person(one: Name, other: Name) -> bool:
    if one.literal or other.literal:
        return _alike(_fold(one.literal or one.family), _fold(other.literal or other.family))
    if not _alike(_latin(one.family), _latin(other.family)):
        return False
    if not one.given or not other.given:
        return True
    a, b = _fold(one.given).split(), _fold(other.given).split()
    return any(_same_given(x, y) for x in a for y in b) and (_same_given(a[0], b[0]) or len(a) != len(b))


def _same_given(one: str, other: str) -> bool:
    return (
        one == other
        or _latin(one) == _latin(other)
        or (min(len(one), len(other)) == 1 and one[0] == other[0])
    )


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are one: equal, misspelt, or one of them without its subtitle or with an acronym."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if a == b or _alike(" ".join(a), " ".join(b)) and _digits(a) == _digits(b):
        return True
    if len(a) > len(b):
        one, other, a, b = other, one, b, a
    if b[: len(a)] == a and (len(a) > 2 or _fold(re.split(r"[:;.?!—–]", other)[0]) == " ".join(a)):
        return True
    return _acronym(one, other) or _acronym(other, one)


def _acronym(one: str, other: str) -> bool:
    """Tell whether ``one`` begins as ``other`` does, with an acronym for words of it: "… of the CPSU"."""
    a, b = re.findall(r"\w+", one), re.findall(r"\w+", other)
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x.casefold() != y.casefold()), 0)
    if same < 2 or not (a[same].isupper() and len(a[same]) > 2):
        return False
    initials = "".join(word[0] for word in b[same:] if word.casefold() not in _ARTICLES)
    return initials.upper().startswith(a[same])


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return (
        min(len(one), len(other)) > 5
        and one[:1] == other[:1]
        and SequenceMatcher(None, one, other).ratio() >= _ALIKE
    )


def _digits(words: list[str]) -> list[str]:
    return [word for word in words if word.isdigit()]


def _words(text: str) -> list[str]:
    words = _fold(text).split()
    return words[1:] if words and words[0] in ("the", "a", "an") and len(words) > 1 else words


def _fold(text: str) -> str:
    """Letters and digits, case folded, without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def _latin(text: str) -> str:
    """A name in a form in which the usual transliterations of one name agree: Dmitrii and Dmitri, Lourie and Lurye."""
    name = _fold(text).replace(" ", "")
    for one, other in (
        ("kh", "h"),
        ("iy", "i"),
        ("ii", "i"),
        ("yi", "i"),
        ("ij", "i"),
        ("y", "i"),
        ("j", "i"),
        ("ks", "x"),
        ("w", "v"),
        ("ie", "e"),
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
    ):
        name = name.replace(one, other)
    return re.sub(r"(.)\1", r"\1", name)


# ------------------------------------------------------------------------------------------- describing a work


def _work(members: Sequence[Citation], taken: set[str]) -> Work:
    kind = Counter(c.kind for c in members if c.kind != "unknown").most_common(1)
    csl: dict[str, Any] = {"id": "", "type": kind[0][0] if kind else "book"}
    for role in ("author", "editor", "translator"):
        if names := _best_names([getattr(c.fields, role) for c in members if getattr(c.fields, role)]):
            csl[role] = [_csl_name(name) for name in names]
    for field, key in _CSL:
        if value := _best([getattr(c.fields, field) for c in members if getattr(c.fields, field)]):
            csl[key] = value
    if "publisher" in csl and _ABBREVIATED.search(csl["publisher"]):
        csl["publisher"] += "."
    if issued := _issued(members):
        csl["issued"] = issued
    if address := next(
        (found[0] for c in members if (found := re.search(r"(?:https?://|www\.)\S+", c.fields.extra))), ""
    ):
        csl["URL"] = address
    csl["id"] = _id(csl, taken)
    spelt: dict[str, list[int]] = {}
    for citation in members:
        spelt.setdefault(_stem(citation), []).append(citation.line)
    return Work(csl["id"], csl, tuple((text, tuple(lines)) for text, lines in spelt.items()))


_CSL = (
    ("title", "title"),
    ("container", "container-title"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("edition", "edition"),
    ("publisher", "publisher"),
    ("place", "publisher-place"),
)


def _stem(citation: Citation) -> str:
    """The words of a citation without its pages: the spelling that several lines share."""
    locator = citation.fields.locator
    text = citation.text.strip()
    cut = text.rfind(locator) if locator else -1
    return re.sub(r"[\s,.;(]*(?:\b(?:pp?|pages?|S|с)\b\.?)?\s*$", "", text[:cut]) if cut > 0 else text


def _best(values: Sequence[str]) -> str:
    """The best-attested value; a shortened form counts for the longest form that begins with it."""
    counts = Counter(values)
    votes: Counter[str] = Counter()
    for value, count in counts.items():
        full = [
            v
            for v in counts
            if v != value and re.match(re.escape(_fold(value)) + r"\b", _fold(v)) and len(v) > len(value) + 3
        ]
        votes[max(full, key=lambda v: (len(v), v), default=value)] += count
    return max(votes, key=lambda v: (votes[v], counts[v], len(v)), default="")


def _best_names(lists: Sequence[tuple[Name, ...]]) -> tuple[Name, ...]:
    """The best-attested list of names, each with its fullest given name."""
    if not lists:
        return ()
    length = max(Counter(len(names) for names in lists).items(), key=lambda item: (item[1], item[0]))[0]
    out = []
    for i in range(length):
        forms = Counter(names[i] for names in lists if len(names) > i)
        best = max(forms, key=lambda n: (len(re.sub(r"\W", "", n.given)) > 2, forms[n], len(n.given)))
        fuller = [n for n in forms if n.given.startswith(best.given.rstrip(".")) and n.family == best.family]
        out.append(max(fuller, key=lambda n: len(n.given), default=best))
    return tuple(out)


def _csl_name(name: Name) -> dict[str, str]:
    item = name.json()
    if match := re.fullmatch(r"(.+?),? ((?:Jr|Sr)\.?|III?|IV)", name.given):
        item |= {"given": match[1], "suffix": match[2]}
    return item


def _issued(members: Sequence[Citation]) -> dict[str, Any]:
    year = _best([c.fields.year for c in members if c.fields.year])
    if not year:
        return {}
    parts: list[int] = [int(year[:4])]
    issued: dict[str, Any] = {"date-parts": [parts]}
    if members[0].fields.container:
        words = re.findall(r"[a-z]+|\d+", members[0].fields.extra.casefold())
        month = next((_MONTHS[w[:3]] for w in words if w.isalpha() and w[:3] in _MONTHS), 0)
        season = next((_SEASONS[w] for w in words if w in _SEASONS), 0)
        if month:
            parts.append(month)
            parts += [int(w) for w in words if w.isdigit() and 0 < int(w) < 32][:1]
        elif season:
            issued["season"] = season
    return issued


def _id(csl: dict[str, Any], taken: set[str]) -> str:
    """A readable id, such as murphy1945stalin: first family name, year, first word of the title."""
    people = csl.get("author") or csl.get("editor") or csl.get("translator") or [{}]
    name = _ascii(people[0].get("family") or " ".join(people[0].get("literal", "").split()[:1]))
    year = str(csl["issued"]["date-parts"][0][0]) if "issued" in csl else ""
    words = [
        _ascii(word) for word in re.findall(r"[\w’']+", csl.get("title") or csl.get("container-title") or "")
    ]
    title = next(
        (word for word in words if word and word not in _ARTICLES and not word.isdigit()),
        words[0] if words else "",
    )
    volume = f"vol{_ascii(csl['volume'])}" if "volume" in csl and csl["type"] == "book" else ""
    base = f"{name}{year}{title}{volume}" or "work"
    return next(
        base + tail for tail in ("", *(_letters(n) for n in range(1, 10_000))) if base + tail not in taken
    )


def _letters(n: int) -> str:
    return chr(ord("a") + n) if n < 26 else f"x{n}"


def _ascii(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", bare)
