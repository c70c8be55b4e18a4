"""Letters that stand in quotation marks: each of their rows opens with one, and nothing but the last closes it.

So do the day and place above the text of a letter within a tale, whom it is to, and the name below it: what would be a
heading by its form alone is part of a letter, for it stands within marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.label.formulas import CLOSING, ENDED, LEAVE, PARTICLE, is_dateline, is_day
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.notes import without_call
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role

WHY = {
    "day-in-quotes": "A day, a place, or who it is to, behind a mark that opens and is not closed: a letter is quoted.",
    "set-as-stairs": "Short rows, each farther in than the one above, a name in capitals last: the foot of a letter.",
    "label-of-a-letter": "A row in italics that says whose letter, or telegram, follows; this text has several.",
    "name-in-quotes": "A name by itself in the quotation marks of the text above it: who signed that letter.",
}
"""The rules of letters in quotation marks, each with what an editor would say."""

_OPENS = re.compile(r"_?[\"“„«»‘'](?=[^\s\"“„«»])")
_CLOSES = re.compile(r"[\"”»«“’'][\s_.)]*$")
_MARK = re.compile(r"[\"“”„«»]")
_AROUND = "\"“”„«»‘’'_*() "
_NAME = 46  # characters
_WORDS = (2, 5)  # of a name that is not in capitals
_STEPS = (2, 4)  # rows
_LEAVES = 60  # characters of words of leave
_TO = re.compile(r"(?:to|an|aan|à|al|alla|ao|à|til|till) ", re.IGNORECASE)
_OFFICE = re.compile(r"_[^_]+_\W*")
_LABEL = re.compile(
    r"(?:letter|telegram|note|postcard|brief|telegramm|depesche|lettre|télégramme|dépêche|billet|carta|telegrama|lettera"
    r"|telegramma|brev|briefje)\b[^.]*",
    re.IGNORECASE,
)
_SLANTED = re.compile(r"_([^_]+)_\W{0,2}")
_OFTEN = 3  # rows in italics that say whose letter follows
_WIDE = 3  # blank lines; no letter goes on below so many
_MAY_BE = (Role.PARAGRAPH, Role.QUOTE, Role.HEADING, Role.VERSE, Role.ITEM, Role.DIALOGUE)


def quoted(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take days, names and whom it is to, in the marks of a quoted letter, for the head and foot of it.

    Words of leave, or an office, may stand on a short row above the name.
    """
    out: dict[int, Told] = {}
    parts = stretches(rows)
    for part in parts:
        if _is_stair(part):
            _settle(out, told, part, "set-as-stairs")
    for n, (above, part) in enumerate(pairwise(parts), 1):
        below = parts[n + 1] if n + 1 < len(parts) and parts[n + 1][0].gap < _WIDE else []
        if len(part) > 1 or part[0].gap >= _WIDE or not below:
            heads = False
        else:
            heads = _is_day(part[0]) or (_is_open(part[0].text) and len(below) == 1 and _heads_a_letter(part[0], below))
        if heads or _addresses(part, below):
            _settle(out, told, part, "day-in-quotes")
        elif _takes_leave(above, part):
            for one in (above, part):
                _settle(out, told, one, "name-in-quotes")
        elif _is_foot(above, part):
            _settle(out, told, part, "name-in-quotes")
        elif _signs(above, part, below):
            leads = len(above) == 1 and len(above[0].text) <= _NAME and above[0].text.strip("_").endswith(",")
            for one in ([above] if leads else []) + [part]:
                _settle(out, told, one, "name-in-quotes")
            if len(below) == 1 and _is_office(below[0].text):
                _settle(out, told, below, "name-in-quotes")
    return out


def labels(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take rows in italics that say whose letter follows for parts of these letters, all or none.

    What says whose journal it is comes back in the same words; where most of these head nothing, none does.
    """
    out: dict[int, Told] = {}
    slanted = [part[0] for part in stretches(rows) if len(part) == 1 and _SLANTED.fullmatch(part[0].text)]
    heads = [row for row in slanted if _LABEL.match(row.text.strip("_")) and not _goes_on(row, told)]
    if len(heads) >= _OFTEN:
        for row in heads:
            _settle(out, told, [row], "label-of-a-letter")
    again: dict[str, list[Row]] = {}
    for row in slanted:
        again.setdefault(row.text.strip("_."), []).append(row)
    for same in again.values():
        roles = Counter(role for row in same if (role := role_of(row, told)) is not None).most_common(1)
        if len(same) >= _OFTEN and roles and roles[0][0] is Role.PARAGRAPH and 2 * roles[0][1] > len(same):
            reason = Reason("label-of-a-letter", Role.PARAGRAPH, SETTLED)
            for row in same:
                if role_of(row, told) is Role.HEADING and not _goes_on(row, told):
                    one = told[row.number]
                    out[row.number] = overruled(reason, one.role)
    return out


def _goes_on(row: Row, told: Mapping[int, Told]) -> bool:
    return row.number in told and told[row.number].goes_on


def _is_stair(part: Sequence[Row]) -> bool:
    """Tell whether short rows stand each farther in than the one above, and a name in capitals is the last."""
    text = part[-1].text
    deeper = all(above.indent < row.indent and above.text.rstrip('_"”»')[-1:] == "," for above, row in pairwise(part))
    short = all(len(row.text) <= _LEAVES for row in part)
    return _STEPS[0] <= len(part) <= _STEPS[1] and deeper and short and _is_capital(text.strip(f"{_AROUND}."))


def _is_open(text: str) -> bool:
    """Tell whether a row opens with a quotation mark, and none closes it there."""
    return _OPENS.match(text) is not None and not _CLOSES.search(text)


def _addresses(part: Sequence[Row], below: Sequence[Row]) -> bool:
    """Tell whether rows, each behind a mark that is left open, say to whom a letter is: a name, and an office."""
    opened = len(part) > 1 and all(_is_open(row.text) and len(row.text) <= _NAME for row in part)
    named = written(part[0].text) in ("capitals", "title") and part[0].text[-1] == ","
    return opened and len(part) <= _STEPS[1] and named and bool(below) and _OPENS.match(below[0].text) is not None


def _is_day(row: Row) -> bool:
    """Tell whether a row is a day, or a place and a day, behind a mark that is left open."""
    bare = row.text.strip(_AROUND)
    return _is_open(row.text) and (is_day(bare) or is_dateline(bare))


def _heads_a_letter(row: Row, below: Sequence[Row]) -> bool:
    """Tell whether a short row above a place and a day says whom a letter is to, or what it is."""
    bare = below[0].text.strip(_AROUND)
    named = _TO.match(row.text.strip(_AROUND)) is not None or _OFFICE.fullmatch(row.text.strip('"“”„«»‘’')) is not None
    named = named or written(row.text) in ("title", "capitals")
    return (
        named and len(row.text) <= _NAME and (is_day(bare) or is_dateline(bare)) and not _CLOSES.search(below[0].text)
    )


def _signs(above: Sequence[Row], part: Sequence[Row], below: Sequence[Row]) -> bool:
    """Tell whether a row is but a name, in the marks of what stands above it."""
    text = without_call(part[0].text)
    if len(part) > 1 or len(text) > _NAME or part[0].gap >= _WIDE:
        return False
    closes, opens = _CLOSES.search(text) is not None, _OPENS.match(text) is not None
    bare = text.strip(_AROUND)
    if not opens:  # only what opens above is closed here
        alone = len(_MARK.findall(text.rstrip("._ ")[:-1])) == 0
        return closes and alone and _is_capital(bare) and not _CLOSES.search(above[-1].text) and _many(bare)
    if not _OPENS.match(above[0].text) or not _left_open(above):
        return False
    goes_on = bool(below) and _OPENS.match(below[0].text) is not None
    if _is_capital(bare) and text.strip("_\"”»’' ")[-1:] in ".,":
        return len(above) > 1 or len(above[0].text) <= _NAME or ENDED.search(above[-1].text) is not None
    ended = ENDED.search(above[-1].text) is not None
    return ended and bare[-1:] == "." and "," not in bare and (closes or goes_on) and _is_titled(bare)


def _takes_leave(above: Sequence[Row], part: Sequence[Row]) -> bool:
    """Tell whether a row closes the quotation below words of leave that stand in its marks, too: who signs."""
    leaves = len(above) == 1 and _is_open(above[0].text) and above[0].text.rstrip("_").endswith(",")
    words = above[0].text.strip(_AROUND)
    said = len(words) <= _LEAVES and (CLOSING.match(words) or LEAVE.match(words)) is not None
    last = len(part) == 1 and part[0].gap < _WIDE and len(part[0].text) <= _NAME
    return leaves and said and last and bool(_OPENS.match(part[0].text) and _CLOSES.search(part[0].text))


def _is_foot(above: Sequence[Row], part: Sequence[Row]) -> bool:
    """Tell whether rows, each behind a mark of the letter above, are a name and below it an office or a place."""
    marked = all(_OPENS.match(row.text) and len(row.text) <= _LEAVES for row in part)
    name = part[0].text.strip(_AROUND)
    named = _is_capital(name.strip(".,")) and name.endswith(",") and _is_open(part[0].text)
    below = 1 < len(part) <= _STEPS[1] and part[0].gap < _WIDE and _CLOSES.search(part[-1].text) is not None
    opened = _OPENS.match(above[0].text) is not None and _left_open(above) and ENDED.search(above[-1].text)
    return bool(marked and named and below and opened)


def _left_open(part: Sequence[Row]) -> bool:
    """Tell whether a quotation is open at the end of rows: a mark more opens than closes, or a straight one is odd."""
    text = "".join(row.text for row in part)
    if '"' in text:
        return text.count('"') % 2 == 1
    if "«" in text or "»" in text:
        return abs(text.count("«") - text.count("»")) == 1
    return text.count("“") + text.count("„") > text.count("”") + ("„" in text) * text.count("“")


def _is_capital(name: str) -> bool:
    """Tell whether a name is in capitals, but for what says how she was born."""
    own = [word for word in name.replace("_", "").split() if not PARTICLE.fullmatch(word)]
    return any(len(word.strip(".,-")) > 1 for word in own) and all(map(str.isupper, own))


def _many(name: str) -> bool:
    return len(name.split()) >= _WORDS[0] and any(len(word.strip(".,")) > 1 for word in name.split())


def _is_titled(name: str) -> bool:
    """Tell whether all words of a name have their capitals, but for "de" and its like."""
    words = name.replace("_", "").split()
    own = [word for word in words if not PARTICLE.fullmatch(word)]
    return _WORDS[0] <= len(words) <= _WORDS[1] and len(own) > 1 and all(word[0].isupper() for word in own)


def _is_office(text: str) -> bool:
    """Tell whether a row below a name says what office it has, in italics, or when and where it wrote."""
    bare = text.strip(_AROUND)
    marked = _OPENS.match(text) is not None
    slanted = _OFFICE.fullmatch(text.strip('"“”„«»‘’')) is not None
    return marked and len(text) <= _NAME and (slanted or is_day(bare) or is_dateline(bare))


def _settle(out: dict[int, Told], told: Mapping[int, Told], part: Sequence[Row], rule: str) -> None:
    reason = Reason(rule, Role.LETTER, SETTLED)
    for row in part:
        if role_of(row, told) in _MAY_BE:
            out[row.number] = overruled(reason, told[row.number].role)
