"""Names of the people and bodies that a citation puts at its head or after "translated by".

The order of the words is not enough to read a list of names: "Orr & Lee" are two families, and in "Lee, Anna &
Oleg Orr" only the first is turned round. So a list is cut into names first, and each is read by its own form.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.cite.draft import Cued
from pipeline.cite.words import words
from pipeline.model import Name

# Ranges and not each letter: patterns of hundreds of letters would take half a second to compile. In the last range,
# which Vietnamese needs, capitals and small letters alternate.
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻĽŃŅŇŐŒŘŚŞŠȘŤȚŪŮŰŲŹŻŽƠƯА-ЯЁЄІЇҐΑ-ΩḀ-Ỿ"
_WORD = rf"(?:[ae]l-)?[{UPPER}][\w’'ʼ‘]*(?:[-‐–][\w’']+)*"
_CUT_SHORT = r"(?:Thos|Wm|Chas|Geo|Jas|Jos|Robt|Saml|Benj|Edw|Fredk|Jno|Alex|Danl)\."  # given names of older books
_INITIAL = rf"(?!St\.)[{UPPER}][a-zа-я]?(?:-[{UPPER}])?\.(?: ?[-‐]?[{UPPER}][a-zа-я]?\.){{0,3}}"
_INITIALS = rf"(?!St\.)[{UPPER}][a-zа-я]?(?:-[{UPPER}])?\.(?:\s?[-‐]?[{UPPER}][a-zа-я]?(?:-[{UPPER}])?\.)*"
"""Any number of them, in one way only: a pattern that has two ways for each takes twice as long for one more."""
_PARTICLE = r"(?:v[ao]n|de[nrlis]?|d[aou]s?|di|du|l[ae]s?|el|te[nr]|zu[mr]?|af|y|фон|д’|d’)"
_CAPITAL_PARTICLE = (
    r"(?:V[ao]n|De[nrls]?|D[ae]ll[aeo]|D[aiu]|L[ae]|El|Al|Ibn|Bin|Ben|Bint|Abu|Ó|Ní"
    + r"|Te[nr]|St\.|Ste\.|Saint|Sankt|San|Santa)"
)
_LED = rf"(?:{_PARTICLE}\s+|{_CAPITAL_PARTICLE}\s){{0,3}}{_WORD}"
FAMILY = rf"{_LED}(?:\s(?:(?:del|de la|de|da|do|dos|y|e)\s)?{_WORD}){{0,2}}"
_SUFFIX = r"(?:,?\s(?:[JS]r\b\.?|I{2,3}\b|IV\b))"
GIVEN = rf"(?:{_INITIAL}|{_CUT_SHORT}|{_WORD})(?:\s(?:{_INITIAL}|{_WORD}|{_PARTICLE})){{0,3}}"
HONORIFIC = r"(?:Sir|Dame|Lord|Lady|Rev\.|Dr\.?|Prof\.|Fr\.|Mrs\.?|Mr\.?|Col\.|Gen\.|Capt\.|Don|Mme|Frère)"
AND = r"(?:&|\+|and|und|et|y|e|и|og|och|en|with)"
_NATURAL = (
    rf"(?:{HONORIFIC}\s)?(?:{_INITIAL}|{_CUT_SHORT}|{_WORD})(?:\s(?:{_INITIAL}"
    rf"|{_WORD})){{0,3}}\s(?:{_PARTICLE}\s){{0,3}}(?:{_CAPITAL_PARTICLE}\s)?{_WORD}{_SUFFIX}?"
)
_INVERTED = rf"{FAMILY},\s(?![JS]r\b|I{{2,3}}\b|IV\b){GIVEN}{_SUFFIX}?"
_TRAILING = rf"{FAMILY}\s(?!(?:I{{2,3}}|IV)\b)(?:{_INITIAL}|[{UPPER}]{{1,3}}\b\.?)"
# Each form of one name is compiled once, and lists are read from name to name: a pattern for a whole list would have
# every set of capitals many times, and compiling those takes most of a short command's time.
_ONE_NAME = {
    form: re.compile(one) for form, one in (("inverted", _INVERTED), ("trailing", _TRAILING), ("natural", _NATURAL))
}
_FAMILIES = re.compile(rf"{_LED}(?:,\s{_LED})*,?\s{AND}\s{_LED}")
_DASHED = rf"\s[–—]\s(?=[{UPPER}]\.)"  # "A. Orr – C. Lee", in Italian
_BETWEEN = re.compile(rf",?\s{AND}\s|[;,]\s|\s?/\s?|{_DASHED}")
_BEHIND_COMMA = re.compile(r", ([^ ,]+) ")
_STOPS_WITHIN = 4  # in one name: "García y Orr, Juan, Jr."
_ONE_FAMILY = re.compile(FAMILY)
_SHARED = Cued(
    rf"^(?:({FAMILY}),\s({GIVEN})\s{AND}\s({GIVEN})|({_WORD})\s{AND}\s({_WORD})\s({_WORD}))$",
    [f" {word} " for word in ("&", "+", "and", "und", "et", "y", "e", "и", "og", "och", "en", "with")],
)
_SEPARATOR = re.compile(rf"{_DASHED}|\s*[;/]\s*(?:{AND}\s+)?|\s*,?\s+{AND}\s+|\s*&\s*")
_INITIALS_ONLY = re.compile(rf"{_INITIALS}|[{UPPER}](?:[\s.-]*[{UPPER}])?\.?")
_SHORTENED = re.compile(_CUT_SHORT)
_SUFFIX_ONLY = re.compile(r"[JS]r\.?|I{2,3}|IV")
_TRAILING_ONLY = re.compile(rf"({FAMILY})\s({_INITIALS}\s?|[{UPPER}]{{1,3}})\.?")
_LONGEST = 400  # letters in a list of names
_LOWER = re.compile(r"(?:^|\s)(?!with\b)[a-zà-öø-ÿа-яё]{4,}")  # no list of names has such a word
_IN_A_TITLE = re.compile(r"\b(?:The|Of|On|In|To|From|An|For|With|At)\b(?=\s\w)")
_OTHERS = re.compile(r",?\s*(?:\bet\s+al\b\.?|\band\s+others\b|\bu\.\s?a\.|\bи\s+др\.)\s*$")


def is_given(word: str) -> bool:
    """Tell whether ``word`` is a common given name (``names.toml``) or an initial."""
    return word in words("given") or (word != "Ó" and _is_initials(word)) or bool(_SHORTENED.fullmatch(word))


def is_known_person(text: str) -> bool:
    """Tell whether words in natural order say by themselves that they name a person.

    By a common given name or a title in front ("Sir Henry Orr"), an initial, or a particle inside ("Sadok El Ghoul").
    """
    first = text.split()[0]
    return is_given(first) or bool(_SAYS_PERSON.search(text))


_SAYS_PERSON = re.compile(
    rf"^{HONORIFIC}\s|\s[{UPPER}]\.\s|\S\s(?:v[ao]n|de[rn]?|El|Ibn|Bin|ibn|bin|Van|Von|Abu|St\.)\s(?:\w+\s)?[{UPPER}]"
)


_SENTENCE = re.compile(r"[^\W\d_]{4}\.\s")


@lru_cache(maxsize=4096)
def is_body(text: str) -> bool:
    """Tell whether ``text`` names a body (a committee, a library) and not a person."""
    family, _, given = text.partition(", ")
    if given and " " not in family and is_given(given.split()[0]):
        return False  # "Board, Anna"
    if ". " in text and _SENTENCE.search(text):
        return False  # a sentence that goes on
    return any(word.strip(".,()") in words("bodies") for word in text.casefold().split())


@lru_cache(maxsize=4096)
def form(text: str) -> str:
    """Say in which form ``text`` lists names.

    Returns:
        "inverted" (Orr, Anna), "families" (Orr & Lee), "trailing" (Orr A. L.), "natural" (Anna Orr), "body",
        "family" (Orr), or "" when it is no list of names.

    """
    text = _bare(text)
    if len(text) > _LONGEST:
        return ""
    if _LOWER.search(text):
        return "body" if text[:1].isupper() and is_body(text) else ""
    if _IN_A_TITLE.search(text) and not is_body(text):
        return ""
    if _is_list(text, "trailing", "trailing"):
        return "trailing"
    natural_first = " " in text.partition(",")[0] and is_given(text.split()[0])  # "Anna Orr, The Long Net"
    if not natural_first and _is_list(text, "inverted", *_ONE_NAME):
        return "inverted"
    turned = any(map(is_given, _BEHIND_COMMA.findall(text)))  # "Orr, Anna & Lee"
    if not turned and _FAMILIES.fullmatch(text):
        return "body" if is_body(text) else "families"
    if _is_list(text, "natural", "natural"):
        return "body" if is_body(text) else "natural"
    if _shared(text):
        return "inverted"
    if is_body(text) and text[:1].isupper():
        return "body"
    return "family" if " " not in text and _ONE_FAMILY.fullmatch(text) else ""


def _is_list(text: str, first: str, *others: str) -> bool:
    """Tell whether ``text`` is a name of the form ``first``, or a list of names: such a one, and ``others``.

    A list is read from stop to stop, each name once: one pattern for the whole would try every way of parting it. Names
    in natural order have "and" before the last one: "Anna Orr, Carl Lee" is a name and a title.
    """
    if not _ONE_NAME[first].match(text):
        return False
    natural = others == ("natural",)
    stops = [match for match in _BETWEEN.finditer(text) if not (natural and ";" in match[0])]
    ends = [*(match.start() for match in stops), len(text)]
    begins = [0, *(match.end() for match in stops)]
    reached = {0}
    for n, begin in enumerate(begins):
        if n not in reached:
            continue
        by_comma = natural and n > 0 and stops[n - 1][0].strip() == ","
        for last in range(n, min(n + _STOPS_WITHIN, len(ends))):
            whole = last == len(ends) - 1
            if whole and by_comma:
                continue
            name = text[begin : ends[last]]
            if any(_is_name(name, one) for one in (others if n else (first,))):
                if whole:
                    return True
                reached.add(last + 1)
    return False


@lru_cache(maxsize=4096)
def _is_name(text: str, form: str) -> bool:
    """Tell whether ``text`` is one name of this form; the heads of a citation are asked one after another."""
    return _ONE_NAME[form].fullmatch(text) is not None


def goes_past_names(text: str) -> bool:
    """Tell whether ``text``, and so whatever begins with it, has words that no list of names has."""
    return bool(_LOWER.search(text)) and not is_body(text)


def read_names(text: str) -> tuple[Name, ...]:
    """Read a list of names, in any of the forms that citations use.

    A name that is no person's ("Commission of …") is kept whole as ``literal``. Spelling stays as it is.
    """
    return _listed(_bare(text))


@lru_cache(maxsize=4096)
def _listed(text: str) -> tuple[Name, ...]:
    if not text:
        return ()
    if is_body(text):
        return (Name(literal=text),)
    if shared := _shared(text):
        return shared
    kind = form(text)
    names: list[Name] = []
    for part in _SEPARATOR.split(text):
        names += _read_part(part.strip(" ,"), kind if not names or kind == "families" else "")
    return tuple(map(_with_particles, names))


def _with_particles(name: Name) -> Name:
    """Give particles that stand behind the given name back to the family: "Berg, C. van den"."""
    match = _PARTICLES_BEHIND.match(name.given) if " " in name.given else None
    return Name(f"{match['particles']} {name.family}", match["given"]) if match and name.family else name


_PARTICLES_BEHIND = re.compile(rf"(?P<given>\S.*?)\s(?P<particles>{_PARTICLE}(?:\s{_PARTICLE}){{0,2}})$")


def _bare(text: str) -> str:
    """Strip "et al.", and every stop at the end that is not that of an initial."""
    if text.rstrip(" .")[-1:] in "lsaр":  # as "et al.", "and others", "u. a.", "и др." end
        text = _OTHERS.sub("", text)
    text = " ".join(text.split()).strip(" ,;:")
    stop = text.endswith(".") and not _STOP_OF_INITIAL.search(text, max(0, len(text) - 4))
    return text[:-1] if stop else text


_STOP_OF_INITIAL = re.compile(r"(?:(?<=[\s.-])|^)(?![a-zà-ÿа-я])[^\W\d_]{1,2}\.$|\b[JS]r\.$")


def _shared(text: str) -> tuple[Name, ...]:
    """Read two people with one family name: "Orr, Anna and Carl", "Anna and Carl Orr"."""
    match = _SHARED.search(text)
    if not match:
        return ()
    family, first, second, lead, other, last = match.groups()
    if family and " " not in second and is_given(second):
        return Name(family, first), Name(family, second)
    if lead and is_given(lead) and is_given(other):
        return Name(last, lead), Name(last, other)
    return ()


def _read_part(part: str, kind: str) -> list[Name]:
    """Read names that only commas part: "Lee, Anna, Carl Orr", "Lee, A., Orr, C.", "Lee, Orr"."""
    names: list[Name] = []
    for chunk in re.split(r"\s*,\s+", part):
        last = names[-1] if names else None
        if last and _SUFFIX_ONLY.fullmatch(chunk):
            names[-1] = Name(last.family, f"{last.given}, {chunk}".strip(", "))
        elif not last and ", " in part and (kind == "inverted" or _PARTICLE_FIRST.match(chunk)):
            names.append(Name(family=chunk))
        elif last and not last.given and kind != "families" and (len(names) == 1 or _is_initials(chunk)):
            names[-1] = Name(last.family, chunk)
        elif chunk:
            names.append(_read_one(chunk))
    return names


def _read_one(chunk: str) -> Name:
    """Read one name without a comma: "Orr", "Anna L. Orr", "Anna van der Orr", "Orr A. L."."""
    parts = chunk.split()
    if len(parts) == 1:
        return Name(family=chunk)
    if _PARTICLE_ALONE.fullmatch(parts[0]) and len(parts) < 4:
        return Name(family=chunk)  # "De la Orr", at the head of a short form
    if (
        not _is_initials(parts[0])
        and not _SUFFIX_ONLY.fullmatch(parts[-1])
        and (match := _TRAILING_ONLY.fullmatch(chunk))
    ):
        return Name(match[1], match[2].strip())
    particles = words("particles")
    start = next(
        (i for i, word in enumerate(parts[:-1]) if word in particles or (i and _CAPITAL.fullmatch(word))),
        len(parts) - 1,
    )
    if start == 0:
        return Name(family=chunk)
    if _SUFFIX_ONLY.fullmatch(parts[-1]) and len(parts) > 2:
        return Name(parts[-2], " ".join(parts[:-2]).rstrip(",") + f", {parts[-1]}")
    return Name(" ".join(parts[start:]), " ".join(parts[:start]))


_PARTICLE_FIRST = re.compile(rf"(?:{_CAPITAL_PARTICLE}|{_PARTICLE})\s")
_PARTICLE_ALONE = re.compile(r"De[nrl]?|Du|D[ai]|Van|Von|Ten|Ter|La|Le")
_CAPITAL = re.compile(_CAPITAL_PARTICLE)


def _is_initials(text: str) -> bool:
    return (len(text) < 4 or "." in text) and bool(_INITIALS_ONLY.fullmatch(text))
