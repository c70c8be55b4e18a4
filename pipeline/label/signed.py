"""Where a piece ends: who signs it, and when and where, at the left margin, in no words of leave.

A preface, a document, a chapter that is a letter ends with a name, with a place and a day, or with both; a heading, the
list of contents or the end of the book stands far below, and the name close to the text. In a numbered chapter that may
be a sentence of two words; there only capitals, a day or an order sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.label.below_headings import only_names_itself
from pipeline.label.formulas import CLOSING, ENDED, LEAVE, PARTICLE, is_dateline, is_day
from pipeline.label.headlines import number_alone, plain
from pipeline.label.labeller import Told
from pipeline.label.notes import is_notes_title, without_call
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, is_plain, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import CLOSES, CONTENTS, END, NAMED, NUMBERED

WHY = {
    "signs-at-the-end": "A name, a day or an order, close below the end of a piece: who signed it, and when.",
}
"""The rule of what ends a piece, with what an editor would say."""

_LONGEST = 46  # characters of a row
_ROWS = 3  # of a stretch
_STRETCHES = 6  # of what signs
_NEAR = 2  # blank lines above each of them, at the most
_FAR = 3  # and below the last, at the least
_TITLED = (2, 7)  # words of a name that is not in capitals
_ORDER = re.compile(
    r"(?:by (?:the )?(?:order|command|authority) |per [a-z]\. ?|por (?:mandado|orden) |par (?:ordre|mandement) "
    r"|im (?:auftrag|namen) |auf befehl |op last |per ordine |d[’']ordine |por ordem |efter (?:ordre|befal))",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\. ?){2}")
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-](?=\w)|\.)*")
_YEARS = re.compile(r"(?:1[4-9]|20)\d\d ?(?:-|–|—|--) ?(?:(?:1[4-9]|20)?\d\d)\.?")
_PRINTED = re.compile(
    r"\b(?:print|press\b|publish|company\b|& co\b|& sons\b|copyright|imprim|druck|tip\.|éditeur|libra"
    r"|books?\b|vols?\b)",
    re.IGNORECASE,
)
_SCENE = 6  # stretches above, in which nobody speaks
_SPOKEN = (Role.DIALOGUE, Role.STAGE)
_PROSE = (Role.PARAGRAPH, Role.QUOTE, Role.LETTER)
_MAY_SIGN = (Role.PARAGRAPH, Role.HEADING, Role.VERSE, Role.QUOTE, Role.LETTER, Role.ITEM)


def ends(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a name, a day, an order at the end of a piece for what signs it."""
    out: dict[int, Told] = {}
    parts = stretches(rows)
    head = ""
    for n, part in enumerate(parts):
        if role_of(part[0], told) is Role.HEADING and n + 1 < len(parts) and not _ends_above(parts, n + 1, told):
            head = part[0].text
        elif _ends_above(parts, n + 1, told):
            for one in _signing(parts, n, told, numbered=_is_numbered(head)):
                _settle(out, told, one)
    return out


def _is_numbered(head: str) -> bool:
    words = plain(head)
    return NAMED.match(words) is not None or NUMBERED.match(words) is not None or number_alone(words)


def _ends_above(parts: Sequence[Sequence[Row]], n: int, told: Mapping[int, Told]) -> bool:
    """Tell whether a piece ends above a stretch: a heading far below, contents, notes, the end of the book."""
    if n == len(parts):
        return True
    row = parts[n][0]
    words = row.text.strip("_*= .")
    if END.match(words) or CLOSES.match(words) or is_notes_title(row.text):
        return True
    heads = role_of(row, told) is Role.HEADING or CONTENTS.match(words) is not None
    return row.gap >= _FAR and heads


def _signing(
    parts: Sequence[Sequence[Row]], last: int, told: Mapping[int, Told], *, numbered: bool
) -> list[Sequence[Row]]:
    """Return the stretches at the end of a piece that sign it; none, where nothing there says so."""
    found: list[Sequence[Row]] = []
    n = last
    while n > 0 and len(found) <= _STRETCHES and _may_sign(parts[n], told):
        found.insert(0, parts[n])
        n -= 1
    while found and not _says_who(found[0], numbered=numbered):
        if len(found) > 1 and _is_when(found[1][0].text.strip("_*= ")):
            break  # a name, or a place, over its day
        del found[0]  # a paragraph of one short row
        n += 1
    if found and found[-1][-1].text.rstrip("_")[-1:] == ",":
        return []  # no name below the words of leave
    if not found or len(found) > _STRETCHES or role_of(parts[n][-1], told) not in _PROSE:
        return []
    if any(role_of(one[0], told) in _SPOKEN for one in parts[max(0, n - _SCENE) : n]):
        return []  # who goes off may be told in one word
    closed = ENDED.search(without_call(parts[n][-1].text)) is not None
    return found if closed and (len(parts[n]) > 1 or len(parts[n][0].text) > _LONGEST) else []


def _may_sign(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a stretch may stand in what signs: few short rows, close to what is above."""
    if len(part) > _ROWS or part[0].gap > _NEAR or any(len(row.text) > _LONGEST for row in part):
        return False
    if any(role_of(row, told) not in _MAY_SIGN or _is_plain_heading(told[row.number]) for row in part):
        return False
    return all(_is_part(row.text) for row in part) and not _PRINTED.search(" ".join(row.text for row in part))


def _is_plain_heading(one: Told) -> bool:
    """Tell whether a rule that nothing outvotes has said so of a heading: it stands in the contents, or counts."""
    heads = one.role is Role.HEADING and not one.goes_on
    return heads and is_plain(one)


def _is_part(text: str) -> bool:
    """Tell whether a row may be part of what signs: a name, a day, a place, an order."""
    bare = without_call(text).strip("_*= ")
    words = plain(bare)
    numbered = only_names_itself(words) and not _INITIALS.match(words)
    if numbered or NAMED.match(words) or END.match(words.rstrip(".")) or bare[-1:] in "!?;":
        return False
    if bare[-1:] == ",":
        return True  # "Obedient, humble servant,"
    return _is_when(bare) or _in_capitals(bare) or _is_titled(bare, 1) or _ORDER.match(bare) is not None


def _says_who(part: Sequence[Row], *, numbered: bool) -> bool:
    """Tell whether a stretch says by itself that it signs what is above."""
    texts = [without_call(row.text).strip("_*= ") for row in part]
    if any(_is_when(text) or _ORDER.match(text) for text in texts) or _in_capitals(texts[0]):
        return True
    if texts[0][-1:] == ",":
        return CLOSING.match(texts[0]) is not None or LEAVE.match(texts[0]) is not None
    return not numbered and texts[0][-1:] == "." and _is_titled(texts[0], _TITLED[0])


def _is_when(text: str) -> bool:
    return is_day(text) or is_dateline(text) or _YEARS.fullmatch(text) is not None


def _in_capitals(text: str) -> bool:
    """Tell whether a row is a name in capitals, of two words or more, or of one behind "the"."""
    words = [word.strip(".,-") for word in text.split()]
    named = [word for word in words if len(word) > 1 and word.casefold() not in ("sr", "jr")]
    return text.isupper() and len(words) > 1 and bool(named) and text[-1] not in ":!?;" and text[:1].isalpha()


def _is_titled(text: str, least: int) -> bool:
    """Tell whether all words of a row have their capitals, but for "de" and its like."""
    words = [word.strip(".,_") for word in text.split()]
    own = [word for word in words if word and not PARTICLE.fullmatch(word)]
    small = text[:1].islower() or text[-1:] in "!?;"
    return not small and least <= len(own) <= _TITLED[1] and all(_NAME.fullmatch(word) for word in own)


def _settle(out: dict[int, Told], told: Mapping[int, Told], part: Sequence[Row]) -> None:
    reason = Reason("signs-at-the-end", Role.LETTER, SETTLED)
    for row in part:
        if role_of(row, told) not in (None, Role.LETTER):
            out[row.number] = overruled(reason, told[row.number].role)
