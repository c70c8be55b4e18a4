"""One work or two? Two citations are one work only where there is evidence, and nothing against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pipeline.cite.words import words
from pipeline.model import Fields, Name

SMALL = words("small")
BREAK = re.compile(r"\s*[:;.?!,(—–]")
_SAME_LETTERS = (
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
)
_DIGIT = re.compile(r"\d")
_LONG = 5  # letters; in shorter words one letter more or less is another word


def people(fields: Fields) -> tuple[Name, ...]:
    """Return the names that a work goes by: its authors, or else its editors, or else its translators."""
    return fields.author or fields.editor or fields.translator


def same_work(one: Fields, other: Fields) -> bool:
    """Tell whether two citations name one work.

    They do when the names can be the same people's, one title is the other or a shortened form of it, and
    year, volume, edition and container do not speak against it. A copyright date is a date.
    """
    return (
        _agree(one.year, other.year)
        and _agree(one.date, other.date)
        and _agree(fold(one.volume), fold(other.volume))
        and _agree(fold(one.edition), fold(other.edition))
        and bool(one.container) == bool(other.container)
        and same_people(people(one), people(other))
        and same_title(one.title, other.title, same_imprint(one, other))
        and (not one.container or same_title(one.container, other.container))
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def same_imprint(one: Fields, other: Fields) -> bool:
    """Tell whether both name a year and a publisher, and the same."""
    if not (one.year and one.publisher and one.year == other.year):
        return False
    a, b = set(fold(one.publisher).split()), set(fold(other.publisher).split())
    return bool(b) and (a <= b or b <= a)


def same_people(one: Sequence[Name], other: Sequence[Name]) -> bool:
    """Tell whether two lists can be the same people; the shorter may leave out those who come last."""
    if not one or not other:
        return not one and not other
    return all(same_person(a, b) for a, b in zip(one, other, strict=False))


def same_person(one: Name, other: Name) -> bool:
    """Tell whether two names can be one person's: the family name is the same, and given names do not disagree."""
    if one.literal or other.literal:
        return fold(one.literal or one.family) == fold(other.literal or other.family)
    if not _same_word(fold(one.family), fold(other.family)):
        return False
    a, b = fold(one.given).split(), fold(other.given).split()
    if not a or not b:
        return True
    # "A." may stand for the second name of "J. Anders", when the first was left out.
    return _same_given(a[0], b[0]) or (len(a) != len(b) and any(_same_given(x, y) for x in a for y in b))


def _same_given(one: str, other: str) -> bool:
    return one[0] == other[0] if min(len(one), len(other)) == 1 else latin(one) == latin(other)


def same_title(one: str, other: str, imprint_agrees: bool = False) -> bool:
    """Tell whether two titles are one: equal, misspelt, or one without its subtitle or with an acronym in it.

    Where the imprint agrees too, a title may be cut short anywhere, if three words of it are left.
    """
    a, b = title_words(one), title_words(other)
    if a == b:
        return True
    if not a or not b:
        return False
    if len(a) == len(b):
        differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(differing) <= 1 + len(a) // 7 and all(_same_word(x, y) for x, y in differing):
            return True
    if len(a) > len(b):
        one, other, a, b = other, one, b, a
    if b[: len(a)] == a and (_ends_at_break(a, other) or (imprint_agrees and len(a) >= 3)):
        return True
    return _acronym(one, other) or _acronym(other, one)


def _ends_at_break(short: list[str], long: str) -> bool:
    """Tell whether the words ``short`` are what ``long`` has before its subtitle."""
    return any(title_words(long[: match.start()]) == short for match in BREAK.finditer(long))


def _acronym(one: str, other: str) -> bool:
    """Tell whether ``one`` begins as ``other`` does, with an acronym for words of it: "Acts of the NLB"."""
    a, b = re.findall(r"\w+", one), re.findall(r"\w+", other)
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if fold(x) != fold(y)), 0)
    if same < 2 or not (a[same].isupper() and len(a[same]) > 2):
        return False
    initials = "".join(word[0] for word in b[same:] if word.casefold() not in SMALL)
    return initials.upper().startswith(a[same])


def _same_word(one: str, other: str) -> bool:
    """Tell whether two words are one: equal, transliterated in two ways, or with one slip of the pen."""
    if one == other or (not _DIGIT.search(one + other) and latin(one) == latin(other)):
        return True
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1 or _DIGIT.search(one + other):
        return False
    start = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return one[start + 1 :] == other[start + (len(one) == len(other)) :] or one[start:] == other[start + 1 :]


def title_words(text: str) -> list[str]:
    """Return the words of a title, folded, without the article at its head."""
    words = fold(text).split()
    return words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return letters and digits alone, case folded, without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"[’'ʼ]", "", bare.casefold())))


@lru_cache(maxsize=4096)
def latin(text: str) -> str:
    """Return a name in a form in which its transliterations agree: Dmitrii, Dmitri and Dmitry."""
    name = fold(text).replace(" ", "")
    for one, other in _SAME_LETTERS:
        name = name.replace(one, other)
    return re.sub(r"(.)\1", r"\1", name)
