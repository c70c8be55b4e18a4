"""Contents: the list at the head of a book, where it ends and the text begins; and the one at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from pipeline.label.headlines import WIDE, letters_of, number_alone, plain, shouts, value_of
from pipeline.label.layout import Convention, Unit
from pipeline.label.settled import Settled
from pipeline.model import ChangeKind, Leaving, Role, figure
from pipeline.parts import CARDINALS, CONTENTS, END, FRONT_OR_BACK, NAMED, NUMBER, NUMBERED, PERSONS

WHY = {
    "contents-title": "It names the list of contents.",
    "contents-entry": "It is an entry of the list of contents, which the typesetter makes anew.",
}
"""The rules of lists of contents, each with what an editor would say."""

LEAVES = {"contents-title": Leaving(ChangeKind.SET_ASIDE)}

_PAGE_WORD = r"(?:(?:[Pp][aá]g|[Pp]age|[Ss]eite|[Ss]ide|[PpSs])\.?|»)?\s*"
_ENTRY_PAGE = re.compile(
    rf"(?:[\s.]{{2,}}{_PAGE_WORD}(?:\d{{1,4}}(?:[-–]\d{{1,4}})?|[ivxlc]{{1,7}}|[IVXLC]{{1,7}}|--)"
    r"|(?<![:–-])\s(?:\d{1,4}|\d{1,3}[-–]\d{1,3}|[ivxlc]{1,7}|--))\s*$"  # "BOOK ONE: 1805" has none
)
_LED_PAGE = re.compile(r"(?:^\s+|[\s.]{3,})(?:\d{1,4}|[ivxlc]{1,7})(?:[-–]\d{1,4})?\s*$")
"""The page of an entry, far behind its words or by itself on a row."""
_COLUMN = re.compile(
    r"\s{8,}\S+$|\s*[^\W\d_]+\.?\s{3,}(?![IVXLCivxlc]+\s*$)[^\W\d_]+\.?\s*$"
    r"|\W*(?i:pages?|p[áa]g(?:ina)?s?|seiten?|blz|bladz(?:ijde)?|sid(?:e|a|an|or)|стр|страниц\w)\W*$"
)
"""What stands over the pages: "Page", "Páginas."; and over the numbers beside it: "Chapter      Page"."""
_APART = re.compile(r"^(?P<sign>[IVXLC\d]+)\s{2,}(?P<rest>\S.*)$")
"""A number that a wider space parts from its title: no stop is needed."""
_AUTHOR = re.compile(r"[.,:]?\s+(?i:by|par|von|por|di|door|af|av)\s+[^\W\d_a-zß-öø-ÿ].*$")
"""Who wrote a tale, behind its title; over the tale it may stand on a row of its own."""
_LETTERED = re.compile(r"\(_?(?:[a-z]|\d{1,2}|[ivx]{1,4})_?\)\s+(?P<rest>\S.*)$")
_DASH = re.compile(r"--|[—–]")
_FIRST_UNITS = 60  # units; the contents begin among these, or in the first quarter
_NO_DEPTH = -1
_AROUND = " -–—[]()*_=."  # signs around a number
_LISTED = 3  # entries with pages or numbers make a list of contents
_RISING = 4  # pages in a row
_NEARLY_ALL = 0.8  # share of the entries that have numbers or pages
_PHRASES = 3  # dashes in the abstract of a chapter
_PHRASE = 110  # characters between two of them
_PARAGRAPH = 120  # characters; no entry is longer
_SHORT = 90  # characters; nothing longer is the title of a list
_HEADING = 200  # characters; no heading below is longer
_SENTENCE_WORDS = 9
_PROSE_WORDS = 20  # more have only paragraphs
_NAMED_ROWS = 3  # the title of a chapter, what it tells, and what that goes on with, below its number
_ROOM = 2  # blank lines
_ROWS = 3  # rows behind a wide gap, two of which stand again below where the list goes on
_SHORTENED = 8  # letters of a title that stands over the text without the rest of its entry
_BEGINNING = 16  # letters by which a title is known
_SLANTED = re.compile(r"_[^_]+_\W?")
_ENTRY = Settled(Role.CONTENTS, "contents-entry", by_line=True, sure=1.0)
_TITLE = replace(_ENTRY, rule="contents-title", below=_ENTRY.rule)  # entries may stand close below


def contents(found: Sequence[Unit]) -> tuple[dict[int, Settled], dict[str, int]]:
    """Find the list of contents: its units, and its entries (their keys) with the depth of each.

    That is -1 for entries among which something is said of them: how far they are set in says no more of depth there.
    """
    out: dict[int, Settled] = {}
    listed: dict[str, int] = {}
    front = max(min(_FIRST_UNITS, len(found) // 2), len(found) // 4)
    behind = 0
    for at, unit in enumerate(found[:front]):
        head = unit.rows[0] if unit.rows else unit.text
        if at < behind or len(head) > _SHORT or not CONTENTS.match(plain(head)):
            continue
        if behind and at > behind:
            break  # a second list stands right below the first: the same chapters, with what is in them
        keys = {n: letters_of(one.text) for n, one in enumerate(found) if len(one.text) <= _HEADING}
        told = _end_of_contents(found, at, keys)
        end = _up_to_the_gap(found, at, told)
        if (end == at + 1 and len(unit.rows) < 3) or not _lists_what_follows(found, at, end, keys):
            continue
        out[at] = _TITLE
        out.update(dict.fromkeys(range(at + 1, end), _ENTRY))
        entries = [found[n] for n in range(at, told) if not _is_abstract(found[n])]
        rows = [row for one in entries for row in (one.rows or (one.text,))][1:]
        paged = [row for one in found[told:end] for row in (one.rows or (one.text,)) if _ENTRY_PAGE.search(row)]
        listed = dict.fromkeys(_entries(paged), _NO_DEPTH) | _entries(_without_head(rows)) | listed
        behind = end
    if not behind:
        at, end = _by_another_name(found, front) or _at_the_end(found)
        out.update(dict.fromkeys(range(at, end), _ENTRY))
        if end:
            titled = end > at + 1 or bool(
                CONTENTS.match(plain(found[at].rows[0] if found[at].rows else found[at].text))
            )
            out[at] = _TITLE if titled else _ENTRY
            rows = [row for one in found[at:end] for row in (one.rows or (one.text,))][titled:]
            listed = _entries(_without_head(rows))
    return out, listed


def _by_another_name(found: Sequence[Unit], front: int) -> tuple[int, int] | None:
    """Return a list of contents that is called "The Tales", or nothing at all, and its end; None where there is none.

    Nearly all of its rows stand below by themselves, in the same order.
    """
    places = {
        letters_of(unit.rows[0] if unit.rows else unit.text): n
        for n, unit in enumerate(found)
        if unit.blanks >= _ROOM  # as headings have; who speaks, and is listed in front, has less
    }
    for n, unit in enumerate(found):  # "I." over its title is one entry
        if unit.blanks >= _ROOM and 1 < len(unit.rows) <= _LISTED and number_alone(unit.rows[0]):
            places.setdefault(letters_of(unit.text), n)
    persons = next((n for n, unit in enumerate(found) if PERSONS.match(plain(unit.text))), front)
    for n, unit in enumerate(found[: min(front, persons)]):
        if len(unit.rows) <= _LISTED:
            end = _one_by_one(found, n, min(front, persons), places)
            if end - n > _LISTED:
                first = _counted_from(found, n)
                return first - _is_titled(found, first), end
            continue
        below = [places.get(key, 0) for row in unit.rows if len(key := letters_of(_ENTRY_PAGE.sub("", row))) > _LISTED]
        known = [place for place in below if place > n]
        if len(known) < _NEARLY_ALL * len(unit.rows) or known != sorted(known):
            continue
        named = _is_titled(found, n)
        return (n - named, n + 1) if named or n else None
    return None


def _counted_from(found: Sequence[Unit], at: int) -> int:
    """Return where a list begins whose rows count up to the entry at ``at``: the headings of the first may say more."""
    while at and len(found[at - 1].rows) <= 1 and found[at].blanks < WIDE:
        above, entry = _numbered(found[at - 1].text.strip()), _numbered(found[at].text.strip())
        if above is None or entry is None or value_of(above["sign"]) + 1 != value_of(entry["sign"]):
            break
        at -= 1
    return at


def _is_titled(found: Sequence[Unit], at: int) -> bool:
    """Tell whether the row above a list names it: few words, in capitals or italics, set no farther left."""
    above = found[at - 1] if at > 1 else None
    if above is None or len(above.rows) > 1 or len(above.text.split()) > _LISTED or any(map(str.isdigit, above.text)):
        return False
    loud = shouts(above.text) or _SLANTED.fullmatch(above.text.strip()) is not None
    return loud and above.indent >= found[at].indent


def _one_by_one(found: Sequence[Unit], first: int, most: int, places: Mapping[str, int]) -> int:
    """Return where a run of single rows ends that stand again below it, with room above, in the same order."""
    end, last = first, 0
    again = places.get(letters_of(_ENTRY_PAGE.sub("", found[first].text)), 0)  # there the text has begun
    while end < min(most, again) and len(found[end].rows) == 1 and (end == first or found[end].blanks < WIDE):
        place = places.get(letters_of(_ENTRY_PAGE.sub("", found[end].text)), 0)
        if place <= max(last, end):
            break
        end, last = end + 1, place
    return end


def _at_the_end(found: Sequence[Unit]) -> tuple[int, int]:
    """Return the first unit of a list of contents behind the text, as French and Spanish books have it, and its end.

    An index is named by the same words and has pages too; entries of contents stand above, over what they name.
    """
    for at in range(len(found) - 1, len(found) // 2, -1):
        head = found[at].rows[0] if found[at].rows else found[at].text
        if len(head) > _SHORT or not CONTENTS.match(plain(head)):
            continue
        short = [letters_of(one.text) if len(one.text) <= _HEADING else "" for one in found[:at]]
        above = {*short, *(f"{one}{below}" for one, below in pairwise(short) if one and below)} - {""}
        end = at + 1
        while end < len(found) and _is_listed(found[end], above):
            end += 1
        rows = [row for one in found[at:end] for row in (one.rows or (one.text,)) if not _COLUMN.match(row)][1:]
        entries = _entries(_without_head(rows))
        named = _named(entries, above)
        if sum(map(_is_entry, rows)) >= _LISTED and (
            2 * named >= min(len(entries), len(rows)) or (named and _pages_rise(rows))
        ):
            return at, end
    return 0, 0


def _named(entries: Iterable[str], above: Set[str]) -> int:
    """Count the entries that stand above; one of two rows, or shortened, stands there with its beginning."""
    begun = {key[:_BEGINNING] for key in above if len(key) >= _BEGINNING}
    return sum(key in above or (len(key) >= _BEGINNING and key[:_BEGINNING] in begun) for key in entries)


def _is_listed(unit: Unit, above: Set[str]) -> bool:
    """Tell whether a unit belongs to a list of contents: rows with pages or numbers, what stands ``above``, "Page"."""
    if END.match(unit.text.strip("_*= .")):
        return False
    rows = unit.rows or (unit.text,)
    return all(map(_COLUMN.match, rows)) or 2 * sum(map(_is_entry, rows)) >= len(rows) or letters_of(unit.text) in above


def _pages_rise(rows: Sequence[str]) -> bool:
    """Tell whether the pages in rows rise from one to the next, as those of an index do not; Roman ones stand first."""
    found = [one[0].strip(" .").split()[-1] for row in rows if (one := _ENTRY_PAGE.search(row))]
    pages = [(sign.isdigit(), figure(sign)) for sign in found if sign.isalnum()]
    return len(pages) >= _RISING and all(one <= after for one, after in pairwise(pages)) and pages[0] < pages[-1]


def _without_head(rows: Sequence[str]) -> Sequence[str]:
    """Return the rows from the first with a number or a page on, if nearly all have one: those above are no entries.

    One right above, farther to the left, names the part that the first are in: "Beginnings:".
    """
    told = [bool(_ENTRY_PAGE.search(row) or _numbered(row.strip())) for row in rows]
    if sum(told) <= max(_LISTED, _NEARLY_ALL * len(told)):
        return rows
    first = told.index(True)
    left = [len(row) - len(row.lstrip()) for row in rows[max(first - 1, 0) : first + 1]]
    named = len(left) > 1 and left[0] < left[1] and not _COLUMN.match(rows[first - 1])
    return rows[first - named :]


def _end_of_contents(found: Sequence[Unit], at: int, keys: Mapping[int, str]) -> int:
    """Find where the entries end: at a wide gap, at prose, or at a title that an entry has named.

    ``keys``: the letters of what is short enough for a heading.
    """
    end = at + 1
    seen = _entries(found[at].rows[1:])
    first = _entries(found[at].rows[1:2])
    bare = [row.strip(_AROUND) for row in found[at].rows[1:] if _is_bare(row)]
    only_bare = len(bare) == max(0, len(found[at].rows) - 1)
    paged = entries = counted = abstracts = 0
    below_room = {key: n for n, key in keys.items() if key and found[n].blanks >= _ROOM}  # the last of each
    while end < len(found):
        unit = found[end]
        wide = unit.blanks >= WIDE and (end > at + 1 or len(found[at].rows) > 2)
        if wide and not _goes_on(found, end, set(first), below_room):
            break
        rows = unit.rows or (unit.text,)
        numbers = [row.strip(_AROUND) for row in rows if _is_bare(row)]
        if only_bare and len(bare) >= _LISTED and (len(numbers) < len(rows) or numbers[0] == bare[0]):
            break  # chapters without titles: the list has but their numbers
        only_bare, bare = only_bare and len(numbers) == len(rows), [*bare, *numbers]
        pages = sum(bool(_ENTRY_PAGE.search(row)) for row in rows)
        again_below = sum(below_room.get(letters_of(row), 0) > end for row in rows if not _is_entry(row))
        told = sum(map(_is_entry, rows)) + again_below
        if _is_abstract(unit) and end > at + 1 and (abstracts > 1 or _stands_again(found[end - 1], end, keys)):
            end += 1  # what the chapter tells, which has its own words again over its text
            abstracts += 1
            continue
        if len(unit.text) > 200 and told < 0.4 * len(_opening(rows)):
            break
        if 2 * paged >= entries > 1 and not pages and _is_prose(unit):
            break
        key = letters_of(unit.text)
        again = key in seen
        named_below = end + 1 < len(found) and f"{key}{letters_of(found[end + 1].text)}" in seen
        begun = len(key) >= _SHORTENED and unit.blanks > 1 and any(entry.startswith(key) for entry in first)
        if key in first or named_below or begun:
            break  # the first entry stands again, its number over its title, or without its author: the text has begun
        if unit.convention is Convention.LINE and (len(unit.text) > _PARAGRAPH or again):
            break
        below = found[end + 1] if end + 1 < len(found) else None
        alien = not told and below is not None and _is_told(below) and not _stands_again(unit, end + 1, keys)
        if alien and counted >= max(_LISTED, _NEARLY_ALL * (end - at - 1)):
            break  # where all count, what does not, over text, nor stands again below, is none
        # Where entries have their pages, what has none and names a chapter, an entry or a sentence is the text.
        text = unit.text.strip()
        leads = bool(FRONT_OR_BACK.match(text)) and below is not None and _is_told(below)
        said = text[-1:] in ".!?" and len(text.split()) > _SENTENCE_WORDS
        is_text = again or leads or said or number_alone(text) or text.strip("_*= .").casefold() in CARDINALS
        # A part over its chapters, or a chapter over what is in it; between may be its title.
        named = NAMED.match(text) is not None and any(map(_ends_paged, found[end + 1 : end + 1 + _NAMED_ROWS]))
        if end > at + 1 and 2 * paged >= entries and not pages and is_text and not named:
            break
        paged, entries, counted = paged + pages, entries + len(rows), counted + bool(told)
        first = first or _entries(rows[:1])
        seen |= _entries(rows)
        end += 1
    return end


def _opening(rows: Sequence[str]) -> list[str]:
    """Return the rows that may open an entry: none is set in farther than all numbers and names are."""
    farthest = max((len(row) - len(row.lstrip()) for row in rows if _is_entry(row)), default=len(max(rows, key=len)))
    return [row for row in rows if len(row) - len(row.lstrip()) <= farthest]


def _goes_on(found: Sequence[Unit], at: int, first: Set[str], places: Mapping[str, int]) -> bool:
    """Tell whether a list of contents goes on behind a wide gap: what stands there heads texts further below, in order.

    Args:
        found: the units of the text.
        at: the unit behind the gap.
        first: the first entry; where that stands again the text has begun.
        places: where words last stand with room above, by their letters.

    """
    rows = [(n, row) for n in range(at, min(at + _ROWS, len(found))) for row in found[n].rows or (found[n].text,)]
    keys = [(n, {letters_of(_ENTRY_PAGE.sub("", row)), *_entries([row])} - {""}) for n, row in rows[:_ROWS]]
    if any(len(row) > _SHORT for _, row in rows[:_ROWS]) or any(key in first for _, entry in keys for key in entry):
        return False
    known = [
        place for _, entry in keys if (place := max((places.get(key, 0) for key in entry), default=0)) >= at + _ROWS
    ]
    return len(known) > 1 and known == sorted(known)


def _up_to_the_gap(found: Sequence[Unit], at: int, end: int) -> int:
    """Return where a list of contents ends whose pages go on rising up to a wide gap, past what is said of its entries.

    So they do where it names the books, or the years, in which its pieces stood before.
    """
    gap = next((n for n in range(end, min(end + _FIRST_UNITS, len(found))) if found[n].blanks >= WIDE), end)
    if gap == end or end == at + 1:
        return end
    paged = [n for n in range(end, gap) if _is_paged(found[n])]
    more = [row for n in paged for row in (found[n].rows or (found[n].text,)) if _ENTRY_PAGE.search(row)]
    above = [row for n in range(at, end) for row in (found[n].rows or (found[n].text,))[n == at :]]
    rising = len(more) >= _LISTED and _pages_rise([*filter(_ENTRY_PAGE.search, above), *more])
    return gap if rising and gap - 1 in paged and 2 * len(paged) >= gap - end else end


def _is_told(unit: Unit) -> bool:
    """Tell whether a unit is text and no entries: more words than an entry has, and no pages."""
    return len(unit.text.split()) > _SENTENCE_WORDS and not any(map(_ENTRY_PAGE.search, unit.rows or (unit.text,)))


def _is_prose(unit: Unit) -> bool:
    """Tell whether a unit is sentences: rows full of small words, up to a stop."""
    words = unit.text.split()
    small = sum(word[0].islower() for word in words)
    return len(words) > _PROSE_WORDS and 3 * small > 2 * len(words) and unit.text.rstrip('"”»_')[-1:] in ".!?"


def _numbered(row: str) -> re.Match[str] | None:
    return NUMBERED.match(row) or _APART.match(row)


def _is_paged(unit: Unit) -> bool:
    """Tell whether most rows of a unit end in the number of a page."""
    rows = unit.rows or (unit.text,)
    return 2 * sum(bool(_ENTRY_PAGE.search(row)) for row in rows) > len(rows)


def _ends_paged(unit: Unit) -> bool:
    """Tell whether a unit ends in a page that wide space or leaders set off: an entry, or what a chapter tells."""
    return _is_paged(unit) or _LED_PAGE.search(unit.rows[-1] if unit.rows else unit.text) is not None


def _is_entry(row: str) -> bool:
    """Tell whether a row ends in a page, or begins with a number or the name of a chapter or part."""
    entry = row.strip().lstrip("-*•· ")
    return bool(_ENTRY_PAGE.search(entry) or _numbered(entry) or NAMED.match(entry) or _is_bare(row))


def _is_bare(row: str) -> bool:
    """Tell whether a row is but a number, perhaps between dashes or in brackets: "II", "- 3 -"."""
    return NUMBER.match(row.strip(_AROUND)) is not None


def _lists_what_follows(found: Sequence[Unit], at: int, end: int, keys: Mapping[int, str]) -> bool:
    """Tell whether a list names parts of the text below it: by their pages or numbers, or in words that stand again."""
    if end >= len(found):
        return False
    listed = [row for n in range(at, end) for row in (found[n].rows or (found[n].text,))][1:]
    rows = [row.strip() for row in listed if not _COLUMN.match(row)]
    told = sum(map(_is_entry, rows))
    if told >= min(_LISTED, len(rows)):
        return True
    named = _entries(rows)
    return any(key in named or f"{key}{keys.get(n + 1, '')}" in named for n, key in keys.items() if n >= end)


def _is_abstract(unit: Unit) -> bool:
    """Tell whether a unit says in phrases, with dashes between, what is told in a chapter."""
    dashes = len(_DASH.findall(unit.text))
    entries = sum(bool(_ENTRY_PAGE.search(row) or NUMBERED.match(row.strip())) for row in unit.rows)
    return dashes >= _PHRASES and dashes * _PHRASE >= len(unit.text) and 2 * entries < len(unit.rows)


def _stands_again(entry: Unit, below: int, keys: Mapping[int, str]) -> bool:
    """Tell whether the words of an entry stand again below, by themselves or behind the number of a chapter."""
    key = letters_of(entry.text)
    return any(other.endswith(key) for n, other in keys.items() if n >= below)


def _entries(rows: Sequence[str]) -> dict[str, int]:
    """Return the keys of the entries, each with the columns it is set in; an entry may run over two rows."""
    out: dict[str, int] = {}
    pending = ""
    for row in rows:
        text = row.strip()
        paged = bool(_ENTRY_PAGE.search(text))
        entry = _ENTRY_PAGE.sub("", text) if paged else text
        number = _numbered(entry) or _LETTERED.match(entry)
        bare = number["rest"] if number else entry
        whole = f"{pending} {bare}".strip()
        for form in (whole, bare, entry, _AUTHOR.sub("", entry), entry.rpartition(": ")[2]):
            if len(letters_of(form)) > 3:
                out.setdefault(letters_of(form), len(row) - len(row.lstrip()) + (8 if number else 0))
        pending = "" if paged else whole if len(whole) <= _HEADING else bare  # no heading below is longer
    return out


def contents_of(found: Sequence[Unit]) -> dict[str, int]:
    """Return the entries of the list of contents: their keys, each with the columns it is set in."""
    return contents(found)[1]
