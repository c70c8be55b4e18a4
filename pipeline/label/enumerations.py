"""Enumerations: numbered paragraphs, lists with signs, numbers, words or amounts, the entries of a dictionary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.label.features import markers, strip_marker
from pipeline.label.labeller import Told
from pipeline.label.notes import ASTERISM
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role, figure

WHY = {
    "entry-of-a-dictionary": "It begins as the entries of a dictionary do: its word, and what kind of word that is.",
    "numbered-and-short": "Short paragraphs of one line, right below one another, numbered from one: a list.",
    "headword-and-meaning": "A word and what it means, on each of the lines right below one another: a glossary.",
    "entry-of-a-list": "Below a line that names a list, of errata, authorities, plates: each line is an entry.",
    "counts-with-a-word": "It begins with a word and its next number, or with the next ordinal, as those beside it do.",
    "announced-by-colon": "A colon stands above the first of paragraphs that are numbered from one: a list.",
    "signs-of-a-list": "It begins with the same sign of a list as lines right below or above it.",
    "amounts-below-amounts": "Short lines right below one another, most of which begin with an amount: a list.",
    "lot-of-a-catalogue": "Its number runs on under all headings of what its title says is a catalogue: an entry.",
    "semicolons-to-the-stop": "Below a colon, each line but the last ends in a semicolon, and that in a stop: a list.",
    "opens-a-list": "It stands right above a list: what it is a list of, or the beginning of a sentence.",
    "numbers-run-on": "Its number runs on from chapter to chapter: it numbers a paragraph, a list would begin again.",
}
"""The rules of lists, each with what an editor would say."""

_RUN_ON = 12  # numbered paragraphs
_SERIES = 3  # headings between them
_SKIPPED = 6  # numbers; what repeals a paragraph takes its number away
_MOSTLY = 0.8  # share of the numbered paragraphs that are no headings
_NUMBERED = re.compile(r"^(?:§ ?)?(?P<number>\d{1,4})\.\s+(?=\S)")
_ENTRY = re.compile(r"_?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’' -]+_?(?:, | \()_?(?:[a-z]{1,5}\. ?)+")
_ENTRIES = 20  # a text with so many is a dictionary
_BULLET = re.compile(r"([-*•·▪+†✠])\s+\S")
_AMOUNT = re.compile(r"(?:\d{1,3}(?:[.,/–-]\d+)?(?:\s?[¼½¾⅓⅔⅛])?|[¼½¾⅓⅔⅛])\s?[^\W\d_]")
_UNIT = re.compile(
    r"[\d¼½¾⅓⅔⅛]\s?(?:[kdcm]?[gl]|lbs?|oz|cups?|tbsp|tsp|pints?|pounds?|EL|TL|Stück|Prise|c\. à|cuill|verres?|gousses?"
    r"|tazas?|cucharad|dientes?|cucchiai|bicchier|eetl|theel|xíc|colher|стак|ст\.|ч\.|szkl|łyż)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r":(?:--|[—–])?$")
_COUNTED = re.compile(
    r"(?:(?P<word>(?:fig|abb|pl|taf|page|p|seite|s|pag|pág|line|l|no|nr|art|plate|tab|map|vol)\w*)\.?"
    r" (?P<number>\d{1,3})\b"
    r"|(?P<year>1\d{3}|20\d\d)(?=\s{2}|[.:] )"
    r"|(?P<ordinal>\d{1,2})(?:st|n?d|r?d|th|°|º|o|me|re|er|e)\b)",
    re.IGNORECASE,
)
_CATALOGUE = re.compile(r"\b(?:catalog(?:ue|us)?|cat[áa]logo|katalog|каталог|auktion|veiling)\b", re.IGNORECASE)
_LOT = re.compile(r"(?P<number>\d{1,4})[*†]?[.)]?\s+\S")
_LOTS = 6  # a catalogue has more than a list that stands in another text
_HANGS = 2  # columns
_STOPPED_FIGURES = ("1.", "I.", "i.", "A.")
_ITEM_ROWS = 5
_COUNTS = 3  # lines
_WIDE = re.compile(r"\S.{8,}\S {3,}\S")
_GLOSS = re.compile(r"[^\W\d_](?:[^\W\d_]|[’' -]){0,30}(?:, _[^_]+_|\s?=\s?[^\W\d_]\D*$)")
_NARROW = 45  # columns; nobody wraps prose to less
_LISTS = re.compile(
    r"(?:the )?(?:errata|corrigenda|authorities|literature|glossary|vocabulary|abbreviations|sources|bibliography|works"
    r"|index|(?:list|explanation) of .{3,40}|druckfehler(?:verzeichnis)?|literatur|quellen|abkürzungen|glossar"
    r"|worterklärungen|register|fautes? (?:à corriger|d’impression)|sources|glossaire|abréviations|bibliographie"
    r"|erratas?|fe de erratas|glosario|abreviaturas|fuentes|bibliografía|errori|abbreviazioni|fonti|glossario"
    r"|bladwijzer|drukfouten|woordenlijst|afkortingen|trykfejl|ordliste|kilder|tryckfel|ordlista|källor|selityksiä"
    r"|painovirheitä|sanasto|опечатки|сокращения|литература|словарь)",
    re.IGNORECASE,
)
_ENTRY_LONGEST = 60  # characters; no line of a list of ingredients is longer
_MAY_BE_ITEMS = (Role.PARAGRAPH, Role.VERSE, Role.QUOTE, Role.ITEM, Role.HEADING)
_PAIRED = re.compile(r"[^\W\d_a-zß-öø-ÿа-яё][^:;!?]{1,40}: \S")  # who, and behind a colon what
_TWO = 2  # items make a list, speeches a talk


def numbered(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take items whose numbers run on from chapter to chapter for paragraphs: a list begins again."""
    chain: list[list[Row]] = []
    parts = last = 0
    heads = False
    for part in stretches(rows):
        found = _NUMBERED.match(part[0].text)
        number = figure(found["number"]) if found else 0
        role = role_of(part[0], told)
        if role in (Role.ITEM, Role.PARAGRAPH, Role.HEADING) and last < number <= last + _SKIPPED:
            parts += heads and bool(chain)
            chain.append(part)
            last, heads = number, False
        elif role is Role.HEADING:
            heads = True
    if len(chain) < _RUN_ON or parts < _SERIES:
        return {}
    lists = sum(role_of(part[0], told) is not Role.HEADING for part in chain) >= _MOSTLY * len(chain)
    reason = Reason("numbers-run-on", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0, score=SURE)
        for part in chain
        for n, row in enumerate(part)
        if (role := role_of(row, told)) is Role.ITEM or (role is Role.HEADING and lists)
    }


def lots(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the lots of a catalogue for entries, whose numbers run on from one under all its headings.

    That it is a catalogue its title says. A remark below a lot is a paragraph.
    """
    parts = stretches(rows)
    if not any(_CATALOGUE.search(row.text) for part in parts[:_TWO] for row in part):
        return {}
    out: dict[int, Told] = {}
    reason = Reason("lot-of-a-catalogue", Role.ITEM, SETTLED)
    remark = replace(reason, role=Role.PARAGRAPH)
    last = count = 0
    for part in parts:
        opens = False
        for row in part:
            found = _LOT.match(row.text)
            lot = found is not None and int(found["number"]) == last + 1 and (opens or row is part[0])
            if lot:
                last, count = last + 1, count + 1
            opens = lot or (opens and row.indent >= part[0].indent + _HANGS)
            if last and row.text.startswith(ASTERISM) and role_of(row, told) is Role.VERSE:
                out[row.number] = overruled(remark, Role.VERSE)
            if opens and (role := role_of(row, told)) in (*_MAY_BE_ITEMS, Role.HEADING, Role.TABLE):
                out[row.number] = overruled(reason, role, goes_on=not lot)
    return out if count >= _LOTS else {}


def entries(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the entries of a dictionary for paragraphs, the short ones too: "ABBOT, n. The head of an abbey"."""
    firsts = [part for part in stretches(rows) if _ENTRY.match(part[0].text)]
    if len(firsts) < _ENTRIES:
        return {}
    reason = Reason("entry-of-a-dictionary", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, told[row.number].role, goes_on=n > 0, score=SURE)
        for part in firsts
        for n, row in enumerate(part)
        if role_of(row, told) in (Role.HEADING, Role.VERSE, Role.ITEM)
    }


def announced(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take paragraphs numbered from one for items of a list if a colon stands above the first."""
    out: dict[int, Told] = {}
    reason = Reason("announced-by-colon", Role.ITEM, SETTLED)
    parts = stretches(rows)
    signs = markers([part[0].text for part in parts])
    at = 1
    while at < len(parts):
        first = signs[at]
        run = at
        while first and run < len(parts) and signs[run] == (first[0], run - at + 1):
            run += 1
        above = parts[at - 1][-1].text
        lists = {Role.VERSE, Role.QUOTE, *((Role.PARAGRAPH,) if _ANNOUNCES.search(above) else ())}
        if Role.PARAGRAPH in lists and role_of(parts[at - 1][-1], told) is Role.PARAGRAPH:
            lists.add(Role.HEADING)
        if run - at >= _TWO and above.endswith((":", "--", "—", "–")):
            for part in parts[at:run]:
                for n, row in enumerate(part):
                    if (role := role_of(row, told)) in lists:
                        out[row.number] = overruled(reason, role, goes_on=n > 0)
        at = max(run, at + 1)
    return out


def enumerated(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for items that would be verse but count: "Fig. 1.", "Fig. 2."; "1st.", "2nd."; "Page 4", "Page 9"."""
    out: dict[int, Told] = {}
    reason = Reason("counts-with-a-word", Role.ITEM, SETTLED)
    run: list[Row] = []
    word, last = "", 0
    lists = {row.number for row in rows if role_of(row, told) in (Role.VERSE, Role.QUOTE)}
    for part in stretches(rows):  # what would be one paragraph, if each of its rows begins so
        if len(part) >= _COUNTS and all(_COUNTED.match(row.text) for row in part):
            lists |= {row.number for row in part if role_of(row, told) is Role.PARAGRAPH}
    for row in (*rows, None):
        found = _COUNTED.match(row.text) if row and row.number in lists else None
        number = int(found["ordinal"] or found["number"] or found["year"]) if found else 0
        sign = (found["word"] or ("st" if found["ordinal"] else "year")).casefold() if found else ""
        if not (run and sign == word and number > last):
            for one in run if len(run) >= _COUNTS else ():
                out[one.number] = overruled(reason, role_of(one, told))
            run = []
        if found and row:
            run.append(row)
        word, last = sign, number
    return out


def short_and_numbered(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take short paragraphs that are numbered from one for a list, where nothing stands between them.

    A number with a stop may number the paragraphs of a chapter: such are items if each is one short line. What stands
    in brackets, or before one, and letters number items of a few lines.
    """
    out: dict[int, Told] = {}
    reason = Reason("numbered-and-short", Role.ITEM, SETTLED)
    parts = stretches(rows)
    signs = markers([part[0].text for part in parts])
    at = 0
    while at < len(parts):
        run, first = at, signs[at]
        while first and run < len(parts) and signs[run] == (first[0], run - at + 1) and _is_short(parts[run], first[0]):
            run += 1
        mays = (Role.PARAGRAPH,) if first and first[0] in _STOPPED_FIGURES else (*_MAY_BE_ITEMS, Role.LETTER)
        roles = [role_of(row, told) for part in parts[at:run] for row in part]
        if roles[:1] == [Role.HEADING]:
            roles[0] = Role.PARAGRAPH  # the labeller may take the first for one, though only the second stands below it
        if run - at >= _COUNTS and all(role in mays for role in roles):
            for part in parts[at:run]:
                for n, row in enumerate(part):
                    rival = told[row.number].role
                    out[row.number] = overruled(reason, rival, goes_on=n > 0)
        at = max(run, at + 1)
    return out


def _is_short(part: Sequence[Row], sign: str) -> bool:
    """Tell whether a stretch is short enough for an item with a sign of this kind."""
    if sign in _STOPPED_FIGURES:
        return len(part) == 1 and len(part[0].text) <= _ENTRY_LONGEST
    return len(part) <= _ITEM_ROWS


def _bullet(part: Sequence[Row]) -> str:
    """Return the sign of a list with which a stretch begins."""
    found = _BULLET.match(part[0].text)
    return found[1] if found and all(_BULLET.match(row.text) is None for row in part[1:]) else ""


def bullets_apart(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take paragraphs that begin with the same sign for items, blank lines between; a dash may open what is said."""
    out: dict[int, Told] = {}
    reason = Reason("signs-of-a-list", Role.ITEM, SETTLED)
    for sign, group in groupby(stretches(rows), key=_bullet):
        run = list(group)
        said = sum(part[-1].text[-1] not in ";," and not part[-1].text[-1].isalnum() for part in run)
        open_ = all(role_of(row, told) in (*_MAY_BE_ITEMS, Role.LETTER) for part in run for row in part)
        if not sign or len(run) < _COUNTS or not open_ or (sign == "-" and 2 * said > len(run)):
            continue
        for part in run:
            for n, row in enumerate(part):
                rival = told[row.number].role
                out[row.number] = overruled(reason, rival, goes_on=n > 0)
    return out


def glosses(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for the entries of a glossary that each have a word and its meaning: "Brae, _hill_", "brae = hill"."""
    out: dict[int, Told] = {}
    reason = Reason("headword-and-meaning", Role.ITEM, SETTLED)
    for part in stretches(rows):
        if len(part) >= _TWO and all(_GLOSS.match(row.text) for row in part):
            for row in part:
                if (role := role_of(row, told)) in (*_MAY_BE_ITEMS, Role.LETTER):
                    out[row.number] = overruled(reason, role)
    return out


def below_their_name(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for entries below a line that names a list of such: errata, authorities, plates, an index.

    Each begins with a capital or a figure, and the one above is not full or ends with a stop.
    """
    out: dict[int, Told] = {}
    reason = Reason("entry-of-a-list", Role.ITEM, SETTLED)
    named = False
    for part in stretches(rows):
        name = _LISTS.fullmatch(" ".join(row.text for row in part).strip("_*=.: ")) is not None
        if name or any(role_of(row, told) is Role.HEADING for row in part):
            named = name
            continue
        widest = max(_NARROW, *(row.end for row in part))
        apart = all(
            (above.text[-1] in ".;)" or above.end + 1 + row.need <= widest or row.text[0].isdigit())
            and row.indent == above.indent
            and not row.text[0].islower()
            for above, row in pairwise(part)
        )
        if named and len(part) >= _TWO and apart:
            for row in part:
                if (role := role_of(row, told)) in (*_MAY_BE_ITEMS, Role.LETTER):
                    out[row.number] = overruled(reason, role)
    return out


def bulleted(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines right below one another for the items of a list: they begin with the same sign, or count from one."""
    out: dict[int, Told] = {}
    reason, opens_list = Reason("signs-of-a-list", Role.ITEM, SETTLED), Reason("opens-a-list", Role.PARAGRAPH, SETTLED)
    parts = stretches(rows)
    for above, part in zip([*parts[:1], *parts], parts, strict=False):
        begins = _begin_with_sign(part) or _count_from_one(part)
        first = begins.index(True) if begins else len(part)
        listed = sum(begins) >= _COUNTS and not any(_WIDE.search(row.text) or row.text[:2] == "A." for row in part)
        small = begins and strip_marker(part[first].text)[1][:1].islower()
        if small and above is not part and len(above) == 1 and role_of(above[0], told) is Role.HEADING:
            number = above[0].number
            out[number] = overruled(opens_list, Role.HEADING)
        for row in part[:first] if begins else ():
            if role_of(row, told) is Role.VERSE:
                out[row.number] = overruled(opens_list, Role.VERSE)
        for row, opens in zip(part[first:], begins[first:], strict=True):
            if role_of(row, told) in (*_MAY_BE_ITEMS, Role.LETTER, *((Role.DIALOGUE, Role.TABLE) if listed else ())):
                rival = told[row.number].role
                out[row.number] = overruled(reason, rival, goes_on=not opens)
    return out


def _begin_with_sign(part: Sequence[Row]) -> list[bool]:
    """Tell which rows begin with the sign with which the first or second does; nothing if no other one does."""
    signs = [found[1] if (found := _BULLET.match(row.text)) else "" for row in part]
    first = next((n for n, sign in enumerate(signs[:_TWO]) if sign), len(part))
    if first == len(part) or signs.count(signs[first]) < _TWO:
        return []
    return [sign == signs[first] for sign in signs]


def _count_from_one(part: Sequence[Row]) -> list[bool]:
    """Tell which rows begin with numbers, or letters, that count up from one in the first row; nothing if none do."""
    found = markers([row.text for row in part])
    first = next((one for one in found[:_TWO] if one), None)  # a title may stand right above the list
    if first is None or first[1] != 1:
        return []
    kind, last, begins = first[0], 0, list[bool]()
    for one in found:
        begins.append(one == (kind, last + 1))
        last += begins[-1]
    if kind == "A." and any(_is_another(row, part[0]) for row, counts in zip(part, begins, strict=True) if not counts):
        return []  # "A. Orr", "B. Lund", "Miss Fenn": names
    return begins if last >= _TWO else []


def stopped(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take lines for items that stand right below a colon, among prose, and end in semicolons, the last in a stop.

    Where all of it is set in, the line with the colon, too, it is verse as often.
    """
    out: dict[int, Told] = {}
    reason, opens = (
        Reason("semicolons-to-the-stop", Role.ITEM, SETTLED),
        Reason("opens-a-list", Role.PARAGRAPH, SETTLED),
    )
    for above, part in pairwise(stretches(rows)):
        heads = [n for n, row in enumerate(part) if row.text[-1] == ":"]
        first = heads[-1] + 1 if heads else 0
        listed = part[first:]
        prose = role_of(above[-1], told) is Role.PARAGRAPH and all(row.indent == above[-1].indent for row in part)
        ends = [row.text[-1] for row in listed]
        begins = all(row.text[0].isupper() for row in listed)
        if not (heads and prose and begins and len(listed) > _TWO and set(ends[:-1]) == {";"} and ends[-1] == "."):
            continue
        for n, row in enumerate(part):
            if (role := role_of(row, told)) in (*_MAY_BE_ITEMS, Role.LETTER):
                item = n >= first
                out[row.number] = overruled(reason if item else opens, role, goes_on=not item and n > 0)
    return out


def _is_another(row: Row, first: Row) -> bool:
    """Tell whether a row begins as the first of its list does: it does not go on with the one above."""
    return row.text[0].isupper() and row.indent == first.indent


def amounts(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take short lines for the items of a list of which most begin with an amount: what goes into a dish, a bill."""
    out: dict[int, Told] = {}
    reason = Reason("amounts-below-amounts", Role.ITEM, SETTLED)
    for part in stretches(rows):
        counted = [row for row in part if _AMOUNT.match(row.text)]
        measured = any(_UNIT.match(row.text) for row in counted)
        short = all(len(row.text) <= _ENTRY_LONGEST and row.text[-1] not in "!?:;" for row in part)
        stopped = sum(row.text[-1] == "." for row in part)
        mixed = 0 < stopped < len(part) or (stopped and (not measured or len(part) <= _TWO))  # all have stops, or none
        if not short or mixed or len(counted) < _TWO + (not measured) or 2 * len(counted) < len(part):
            continue
        titled = not _AMOUNT.match(part[0].text) and bool(_AMOUNT.match(part[1].text))
        if titled and role_of(part[0], told) in (Role.VERSE, Role.ITEM, Role.DIALOGUE):
            rival = told[part[0].number].role
            opens = Reason("opens-a-list", Role.PARAGRAPH, SETTLED)
            out[part[0].number] = overruled(opens, rival)
        for row in part[titled:]:
            if role_of(row, told) in (*_MAY_BE_ITEMS, Role.LETTER, Role.DIALOGUE):
                rival = told[row.number].role
                out[row.number] = overruled(reason, rival)
    return out


def items(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Let a line of a list that begins with the next number begin an item, also without room above.

    So do lines right below one another that have all the same form, who and what behind a colon: "Orla Penn: a keeper."
    """
    out: dict[int, Told] = {}
    for part in stretches(rows):
        listed = len(part) > _TWO and all(role_of(row, told) is Role.ITEM and _PAIRED.match(row.text) for row in part)
        if listed and len({row.indent for row in part}) == 1:
            out |= {row.number: replace(told[row.number], goes_on=False) for row in part}
    last, stretch = "", -1
    for row, found in zip(rows, markers([row.text for row in rows]), strict=True):
        sign, number = found or ("", 0)
        one = told.get(row.number)
        if one and one.role is Role.ITEM and sign and last == f"{sign}{number - 1}" and row.stretch == stretch:
            out[row.number] = replace(one, goes_on=False)
        if sign and one and one.role is Role.ITEM:
            last, stretch = f"{sign}{number}", row.stretch
    return out
