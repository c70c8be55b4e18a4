"""Place and publisher: where the imprint begins is known by the table of places, or by its form."""

from __future__ import annotations

import re

from pipeline.cite.draft import QUOTES, STOPS, Cued, Draft, at_end
from pipeline.cite.ends import DATE, MID_VOLUME, WITHIN, YEAR, set_year
from pipeline.cite.names import UPPER, form, is_body, is_given, read_names
from pipeline.cite.places import is_place, is_region, may_begin_place, place_before, starts, unknown_before
from pipeline.cite.words import words

_PRESS = re.compile(
    r"\b(?:Press|Publish(?:ers|ing)|Publications?|Pub\.|Books?|Verlag|Éditions?|Editions|Presses|House|Editorial|Edizioni"
    r"|Ltd|Inc|Co|Company|Sons|Bros|Brothers|Library|Изд-во|Издательство)\b"
)
_BEHIND_NUMBER = re.compile(r"(?<=[IVX\d]\s)(?:[A-Z][\w’']+\s){1,4}(?:Press|House|Books|Publishers|Verlag)$")
_NOTES_IMPRINT = Cued(
    rf"[\s,.]*\((?P<imprint>[^()]*[^\W\d_][^()]*(?:\([^()]*\)[^()]*)??)[\s,:]*{YEAR}\)[\s,.]*(?P<tail>.*)$", ")"
)
_PLACE_AND_YEAR = re.compile(
    rf"[\s,.]*\([{UPPER}][\w’'-]+(?:[ /-][{UPPER}][\w’'-]+)?\s\d{{4}}\)"
)  # Dutch and German: no house
_PAGES_BEHIND = re.compile(
    r"(?:pp?\.\s)?(?P<page>\d+\s?[-–—]\s?\d+|[ivxlc]+(?:[-–—][ivxlc]+)?)(?:,?\s(?:at|here|esp\.|hier|ici)\s(?:pp?\.\s|S\.\s)?(?P<locator>\d[\d–-]*))?"
)
_VOLUME_BEHIND = re.compile(
    r"(?:vol\.\s|Bd\.\s|t\.\s)?(?P<volume>[ivxlIVXL]+|\d{1,2}),\s(?:pp?\.\s|S\.\s)?(?P<locator>\d+(?:[-–]\d+)?)"
)
_YEARLESS_IMPRINT = Cued(r"[\s,.]*\((?P<imprint>[^()]*[^()\W\d_]\s?:\s[^()]*)\)[\s,.]*$", ")")
_THESIS = Cued(
    r"[,.;]?\s\(?(?P<genre>(?:[Uu]npublished\s)?(?:(?:Ph\.?\s?D\.?|M\.?A\.?|MPhil|DPhil|[Dd]octoral|[Mm]aster[’']s)\s"
    r"(?:[Tt]hesis|[Dd]iss(?:ertation|\.)?)|(?:(?:Phil|Jur|phil|jur)\.\s)?Diss\.(?:\s(?:phil|jur|med|theol|(?:oec|rer)\.(?:\s(?:nat|pol|publ))?)\.)?|[Tt]hèse(?:\sde\sdoctorat)?|[Tt]esis\sdoctoral"
    r"|[Tt]esi\sdi\s(?:laurea|dottorato)|[Pp]roefschrift|[Dd]issertação\sde\smestrado|[Дд]ис\.[^,]{0,40}?\sнаук)[.,:]*)"
    rf"(?:\s(?P<school>[^()]*?))??(?:[,\s]+(?:{DATE}[,\s]+)?{YEAR})?(?:,\s(?:dactyl|masch|ms)\.)?[\s).,]*$",
    "hes iss hès esi roefschrift ис.",
)
_CAPITALS = rf"[{UPPER}][\w’'-]+(?:\s(?:d[aeiou]l?\s|la\s|y\s|e\s|&\s)?[{UPPER}][\w’'-]+){{0,2}}"
_TITLE_BEFORE = re.compile(r"[,.:]\s")
_TITLE = 3  # words; a shorter one may be half of a name
_COMMAS = re.compile(rf",\s(?P<place>{_CAPITALS}),\s(?P<publisher>{_CAPITALS})[\s,.]*$")
_COLON = re.compile(r"\s?:(?=\s|[A-Z“”\"])")
_HOUSE = re.compile(rf"[{UPPER}][\w’'-]+(?:\s(?:and|&|et|und|of|de|[{UPPER}][\w’'-]+)){{0,4}}")
_LONGEST = 60  # letters in a publisher's name that nothing but its own words marks off


def _set_imprint(draft: Draft, place: str, publisher: str) -> None:
    """Set place and publisher, without the stops and quotation marks around them."""
    draft.words["place"] = place.strip(" ,;:(")
    draft.words["publisher"] = publisher.strip(STOPS + QUOTES)


def _split_imprint(text: str) -> tuple[str, str]:
    """Split "Place: Publisher" or "Place, Publisher"; without a known place it is all publisher."""
    colon = text.find(":")
    if colon < 0:
        colon = len(text) if is_place(text) else _known_place_end(text)
        return text[:colon], text[colon:]
    return text[:colon], text[colon + 1 :]


def thesis(draft: Draft) -> None:
    """Find that a work is a thesis, and the school that took it: "PhD diss., University of Skerry, 1998"."""
    match = _THESIS.search(draft.rest)
    if not match or match.start() == 0:
        return
    draft.words["genre"] = match["genre"].strip(" ,")
    school = (match["school"] or "").strip(STOPS + "()")
    if school:
        draft.words["place" if is_place(school) else "publisher"] = school
    if match["year"] and "year" not in draft.words:
        set_year(draft, match)
        draft.extra.append(match["date"] or "")
    draft.cut(match)


def imprint_in_parentheses(draft: Draft) -> None:
    """Find the imprint of the notes style: "Title (Place: Publisher, Year)"; a tail goes to ``extra``."""
    match = _NOTES_IMPRINT.search(draft.rest)
    if "year" in draft.words:
        match = _YEARLESS_IMPRINT.search(draft.rest)
    if not match or match.start() == 0 or re.fullmatch(rf"\s*{DATE}[\s,]*", match["imprint"]):
        return
    tail = match.groupdict().get("tail") or ""
    place, publisher = _split_imprint(match["imprint"].strip(STOPS))
    if not place and _PLACE_AND_YEAR.match(draft.rest, match.start()) and not _PRESS.search(publisher):
        place, publisher = publisher, ""
    if not place and form(draft.rest[: match.start()]) and tail:
        return
    _set_imprint(draft, place, publisher)
    if "year" not in draft.words:
        set_year(draft, match)
    if pages := _PAGES_BEHIND.fullmatch(tail.strip(STOPS)) or _VOLUME_BEHIND.fullmatch(tail.strip(STOPS)):
        found = {key: value for key, value in pages.groupdict().items() if value}
        if not draft.article and "locator" not in found and not WITHIN.search(draft.rest[: match.start()]):
            found["locator"] = found.pop("page")  # of a book, the pages referred to
        draft.words |= found
    else:
        draft.extra.append(tail.strip(STOPS))
    draft.cut(match)


def imprint(draft: Draft) -> None:
    """Find the imprint in front of the year: "London: Orr", "London, Orr", "Orr, London", "Orr Press".

    A known place is believed first, then a colon behind something like a place, then a word such as Press.
    """
    if "publisher" in draft.words or "place" in draft.words:
        return
    if _before_colon(draft, known=True) or not (draft.undated or "year" in draft.words):
        return
    if _behind_volume(draft) or _known_place(draft) or _before_colon(draft, known=False) or _by_commas(draft):
        return
    if (cut := _publisher_start(draft.rest)) and _leaves_title(draft.rest[:cut]):
        draft.words["publisher"] = draft.rest[cut:].strip(STOPS + QUOTES)
        draft.rest = draft.rest[:cut].rstrip(" ,;:(")


def _before_colon(draft: Draft, known: bool) -> bool:
    """Find "Place: Publisher"; the last colon behind a place is the one."""
    rest = draft.rest
    for match in reversed(list(_COLON.finditer(rest))):
        colon = match.start()
        if known and is_place(rest[colon + 1 :].strip(STOPS)) and (cut := _last_part(rest[:colon])):
            _set_imprint(draft, rest[colon + 1 :].strip(" ,"), rest[cut:colon])  # "Orr Press: London"
            draft.rest = rest[:cut].rstrip(" ,;:(")
            return True
        start = place_before(rest, colon) if known else unknown_before(rest, colon)
        if start is None or (start == 0 and not (draft.article or draft.author or draft.headed)):
            continue
        _set_imprint(draft, rest[start:colon], rest[colon:])
        draft.rest = rest[:start].rstrip(" ,;:(")
        return True
    return False


def _last_part(text: str) -> int:
    """Return where the last part of ``text`` begins, at a stop or comma; or 0."""
    return max((start for start in starts(text) if start < len(text)), default=0)


def _behind_volume(draft: Draft) -> bool:
    """Find an imprint without a colon behind the volume, which ends the title: "Title. Vol. 1. Orrville, Orr"."""
    match = MID_VOLUME.search(draft.rest)
    if not match or "volume" in draft.words:
        return False
    draft.words["volume"] = match["volume"]
    _set_imprint(draft, match["place"], match["publisher"])
    draft.cut(match)
    return True


def _known_place(draft: Draft) -> bool:
    """Find an imprint by a known place alone: "Orr, London" or "London, Orr"."""
    rest = draft.rest if is_place(draft.rest) else draft.rest.rstrip(STOPS)
    points = [start for start in starts(rest) if start > 0]
    for start in points:
        if not is_place(rest[start:]):
            continue
        head = rest[:start].rstrip(" ,")
        if (cut := _publisher_start(head) or _house_start(head, draft)) and (draft.author or _leaves_title(head[:cut])):
            draft.words["publisher"] = head[cut:].strip(STOPS + QUOTES)
            head = head[:cut].rstrip(" ,")
        elif not _leaves_title(head, rest[start - 2] == ","):
            continue
        draft.words["place"] = rest[start:].strip(" ,;:(")
        draft.rest = head
        return True
    for start in points:
        end = _known_place_end(rest[start:])
        if end and _leaves_title(rest[:start], rest[start - 2] == ","):
            _set_imprint(draft, rest[start : start + end], rest[start + end :])
            draft.rest = rest[:start].rstrip(" ,;:(")
            return True
    return False


def _by_commas(draft: Draft) -> bool:
    """Find an imprint behind a title in small letters, by its commas alone: "El barro y la villa, Burgos, Páramo"."""
    part_of_more = draft.article or any(key in draft.words for key in ("container", "volume", "issue", "page"))
    match = None if part_of_more else at_end(_COMMAS, draft.rest, 90)
    if match and (_PRESS.search(match["place"]) or any(map(_is_on_a_map, (match["place"], match["publisher"])))):
        return False
    title = _TITLE_BEFORE.split(draft.rest[: match.start()])[-1].split() if match else []
    if not match or len(title) < _TITLE or not any(word.islower() and word not in words("small") for word in title[1:]):
        return False
    _set_imprint(draft, match["place"], match["publisher"])
    draft.cut(match)
    return True


def _is_on_a_map(name: str) -> bool:
    return is_place(name) or is_region(name)


def _known_place_end(text: str) -> int:
    """Return where a known place at the head of ``text`` ends, at a stop; or 0."""
    if not may_begin_place(text):
        return 0
    ends = [match.start() for match in re.finditer(r"[,.]\s", text)]
    return max((end for end in ends if is_place(text[:end])), default=0)


def _publisher_start(head: str) -> int:
    """Return where a publisher at the end of ``head`` begins, known by a word such as Press; or 0."""
    last = _last_part(head)
    if not _PRESS.search(head[-45:]) and not (last and is_body(head[last:])):
        return 0
    for start in reversed(starts(head)):
        if start and (_PRESS.search(head[start:]) or is_body(head[start:])):
            if len(head) - start <= _LONGEST and head[start - 2] != ":":
                return start
            break
    match = _BEHIND_NUMBER.search(head)
    return match.start() if match else 0


def _house_start(head: str, draft: Draft) -> int:
    """Return where a last part that only capitals make look like a publisher begins, a title being left; or 0.

    "Anna Orr, Le Phare, Galet, Paris, 1950"; "(1950) On lights. Orr and Lee, London".
    """
    start = _last_part(head)
    stop = head[: start - 1].rstrip()[-1:] if start > 1 else ""
    if not start or not _HOUSE.fullmatch(head[start:].strip(STOPS)):
        return 0
    if draft.author or draft.headed:
        return start if stop == "." else 0
    rest = head[: start - 1].rstrip(", ")
    return start if stop == "," and form(rest.partition(", ")[0]) == "natural" and ", " in rest else 0


def _leaves_title(head: str, commas: bool = False) -> bool:
    """Tell whether a title is left in ``head``, and not names alone; with ``commas`` between the parts it may be short.

    "Anna Orr, Salt, London, …" is a name in natural order and a title.
    """
    bare = head.strip(STOPS)
    kind = form(bare)
    if kind == "inverted":  # "Orr, Anna, Le Phare": the last name is none
        *first, last = read_names(bare)
        if not first and commas and is_given(bare.split()[0]) and " " in bare.partition(",")[0]:
            return True
        return bool(first) and not (last.given and is_given(last.given.split()[0]))
    return bool(bare) and kind not in ("families", "family", "trailing")
