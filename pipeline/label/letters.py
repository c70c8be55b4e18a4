"""Letters within other texts: a novel that prints one, a diary that copies one, a preface that somebody signs.

A letter has an order that all languages share: where and when it was written, a greeting, paragraphs, words of leave,
a name, and what was added below it. Its greeting or its leave shows that there is one; what is set as it is, between
them, is its text, however far it is set in and whether or not each paragraph has its quotation mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.label.features import markers
from pipeline.label.formulas import CLOSING, LEAVE, SALUTATION, VOCATIVE, is_dateline, is_day, says_when
from pipeline.label.labeller import Told
from pipeline.label.looks import written
from pipeline.label.notes import is_notes_title, without_call
from pipeline.label.rows import Row
from pipeline.label.series import LETTER, counts_up
from pipeline.label.told import SETTLED, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import FRONT_OR_BACK, NAMED, NUMBER
from pipeline.titlewords import DEDICATES

WHY = {
    "head-of-a-letter": "It greets, or stands over what greets: where and when a letter was written, and to whom.",
    "foot-of-a-letter": "Words of leave, and the name below them: a letter ends.",
    "text-of-a-letter": "Prose between the greeting and the leave of a letter, set as these are.",
    "sent-by-wire": "Sentences set in below a colon, and a name far to the right under them: a slip or a telegram.",
    "signed-with-initials": "Initials, or a name and a day, below a preface: who signed it.",
}
"""The rules of letters within other texts, each with what an editor would say."""

_SHORT = 60  # characters; a line of a head or foot is not longer
_NAME = 46  # characters of a name with an office
_NAME_WORDS = 4
_HEAD = 3  # rows of a head; no place and date take more
_FOOT = 7  # rows of a foot
_LONGEST = 60  # stretches of one letter
_UNSURE = 12  # stretches of one that does not greet
_INSET = 2  # columns by which a letter is set in
_RIGHT = 20  # columns; what is set in farther than its text stands at the right
_WIDE = 3  # blank lines; no letter goes on below so many
_BEFORE = "\"“„”«»‘’'_*" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_BEHIND = '"“”«»_*'
_DASH = re.compile(r"(?:--|[—–])$")
_QUOTED = re.compile(r"[\"“„«»‘']")
_SAID = re.compile(r"[\"”»][\s_]*$")  # a speech ends here
_TOLD = re.compile(  # of whom something is told: "Madame Sol, who knew him,", “Dear madam,” cried Orla,
    r"[\"”»],? [a-zß-öø-ÿ]|,[\"”»]? (?:who|whom|whose|which|that|when|having|being|cried|said|answered|qui|die|der)\b"
)
_PLACE_AND_DAY = 10  # words in small letters
_MAY_RUN_IN = re.compile(r"[—–:!]|--")
_RUN_IN = re.compile(
    r"(?P<words>[^.?!]{2,50}?|(?:[^.?!]|(?<=\b[MDS][rst])\.|(?<=Mrs)\.){2,50}?)(?:[,:.!]?\s?(?:--|[—–])\s?|[:!]\s)(?=\S)"
)
_ADDED = re.compile(
    r"_?(?:P\. ?-?S\.|N\. ?S\.|P\. ?D\.|Post-?script(?:um)?|Nachschrift|Posdata|Poscritto|Naschrift|Efterskrift)",
)
_IMPRINT = re.compile(r"(?:--|[—–]).*\d{4}|\d{4}.*(?:--|[—–])")
"""Who published a book, where and when, in one row: "Orr--Upper Sallow--1906."."""
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.[ -]?){2,4}$")
_SLANTED = re.compile(r"_[^_]+_\.?")
_INITIAL = re.compile(r"(?:[^\W\d_a-z]\. ?){1,3}(?:[^\W\d_a-z][\w’'-]+)?\.?")
"""An initial, perhaps with a surname, as it stands below a preface."""
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]_*]*$")
_TURNED = {Role.VERSE, Role.DIALOGUE, Role.STAGE, Role.HEADING, Role.LETTER, Role.ITEM, Role.TABLE}
_MAY_CLOSE = (Role.PARAGRAPH, Role.QUOTE, Role.HEADING, Role.VERSE, Role.ITEM)
_PROSES = (Role.PARAGRAPH, Role.QUOTE)
_LETTERS = 2  # headings of letters; more than one, and days belong to them
_I_AM = re.compile(
    r"\b(?:(?:and )?(?:I )?(?:am|remain|subscribe myself|beg to remain)"
    r"|(?:und )?(?:bin|bleibe|verbleibe|zeichne)(?: ich)?|(?:et )?je (?:suis|reste|demeure)"
    r"|(?:y )?(?:soy|quedo)|(?:e )?(?:sono|resto|mi dico)|(?:og )?(?:er|forbliver) jeg),$"
)
"""With what a letter runs into the name of who signs it."""
_COLON = re.compile(r":\W*$")
_BEGINS = re.compile(r"[^\W\d_]{2}[.!?] [^\W\d_a-zß-öø-ÿ]")  # a sentence, behind another
_ASKS = re.compile(r"[!?;:]")
_SENTENCES = re.compile(r"[^\W\d_]{4,}\. [^\W\d_a-z][^\W\d_]+ [a-z]{2,} [a-z]")
_PROSE = 45  # columns of a row; a shorter one is no paragraph unless a sentence ends it


_LETTER_FROM = re.compile(
    r"(?:an? |the )?(?:letter|epistle|lettre|épître|brief|schreiben|carta|lettera)"
    r" (?:from|to|d[eu’']|à|an|von|van|di|da|al?)\b",
    re.IGNORECASE,
)


def letters(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Tell heads, text and feet of letters apart, in the order in which they stand."""
    parts = stretches(rows)
    margin = Counter(row.indent for row in rows).most_common(1)[0][0] if rows else 0
    out: dict[int, Told] = {}
    at = 0
    while at < len(parts):
        titled = at > 0 and NUMBER.match(_plain(parts[at - 1][0])) is not None and len(parts[at - 1]) == 1
        if titled and parts[at][0].text.isupper() and not greeting(parts[at][0].text):
            at += 1  # the title of a chapter that is a letter
            continue
        if _dedicates(parts[at], told):
            at += 1
            continue
        opened = _opened(parts, at, told)
        if opened is None:
            at += 1
            continue
        heads, first, greets = opened
        foot = _foot(parts, first, margin, greets=greets)
        if foot is None and not greets:
            at += 1
            continue
        _settle(out, told, heads, Role.LETTER, "head-of-a-letter")
        if foot is None:
            at = max(at + 1, first[0])
            continue
        end, start, below = foot
        dated = not start and end > first[0] and len(parts[end - 1]) == 1 and is_dateline(parts[end - 1][0].text)
        text = [
            parts[n][first[1] if n == first[0] else 0 : start if n == end else None] for n in range(first[0], end + 1)
        ]
        if dated:
            text[-2] = []
        _text(out, told, [part for part in text if part], margin)
        foots = [*(parts[end - 1] if dated else ()), *parts[end][start:], *below]
        _settle(out, told, foots, Role.LETTER, "foot-of-a-letter")
        at = end + 1
        while at < len(parts) and parts[at][0].gap < _WIDE and (below or _ADDED.match(_plain(parts[at][0]))):
            if _ADDED.match(_plain(parts[at][0])):
                _text(out, told, [parts[at]], margin)
            elif parts[at][0] not in below:
                break
            at += 1
    known = {**told, **out}
    left = _left(parts, known) | _wired(parts, told) | _placed_below(parts, known) | _quoted_names(parts, known)
    left |= _subscribed(parts, known) | _below_leave(parts, known)
    return left | out | _signed(parts, known) | _of_letters(parts, known)


def _dedicates(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether a heading in capitals, with room above, says to whom the letter below it is, or from whom."""
    text = part[0].text
    heads = all(role_of(row, told) is Role.HEADING for row in part)
    return heads and part[0].gap >= _WIDE and text.isupper() and bool(DEDICATES.match(text) or _LETTER_FROM.match(text))


def _plain(row: Row) -> str:
    """Return the words of a row without the quotation marks and signs of italics around it."""
    return _bare(row.text)


def _bare(text: str) -> str:
    return text.lstrip(_BEFORE).rstrip(_BEHIND)


def greets(text: str) -> bool:
    """Tell whether a line is nothing but a greeting, also in capitals."""
    bare = text[: -len(dash[0])].strip() if (dash := _DASH.search(text)) else text.strip()
    bare = bare.capitalize() if bare.isupper() else bare
    bare = bare if bare[-1:] in ",:!" else f"{bare},"
    named = SALUTATION.match(bare) or VOCATIVE.match(bare)
    return len(bare) <= _SHORT and named is not None and not _TOLD.search(bare)


def greeting(words: str) -> str:
    """Return "alone" for a line that is a greeting, "run-in" for one that a greeting opens; else nothing."""
    text = _bare(words)
    if text[-1:] in ",:!—–-" and greets(text):
        return "" if _SAID.search(words) else "alone"
    found = _RUN_IN.match(text) if _MAY_RUN_IN.search(text, 0, _SHORT) else None
    return "run-in" if found and greets(found["words"]) else ""


def _opened(
    parts: Sequence[Sequence[Row]], at: int, told: Mapping[int, Told]
) -> tuple[list[Row], tuple[int, int], bool] | None:
    """Return the head of a letter that opens with this stretch, where its text begins, and whether it greets alone."""
    heads: list[Row] = []
    for n in range(at, min(at + _HEAD, len(parts))):
        if (n > at and parts[n][0].gap >= _WIDE) or role_of(parts[n][0], told) is Role.DIALOGUE:
            return None  # "Madame," opens what somebody says, below his name
        for k, row in enumerate(parts[n][: _HEAD + 1]):
            how = greeting(row.text)
            how = "" if how and _among_stanzas(parts, n, told) else how
            if how == "alone" and (k == 0 or _is_head(parts[n][:k])) and _is_prose(parts[n][k + 1 :]):
                heads += parts[n][: k + 1]
                begun = (n, k + 1) if k + 1 < len(parts[n]) else (n + 1, 0)
                calls_out = row.text.rstrip('_"”»').endswith("!") and not _dated(heads)
                return (heads, begun, not calls_out) if begun[0] < len(parts) else None
            if how == "run-in" and (k == 0 or _is_head(parts[n][:k])):
                return [*heads, *parts[n][:k]], (n, k), False
        if not _is_head(parts[n]) or (n == at and _certain(parts[n], told)) or _heads(parts[n], told):
            break
        heads += parts[n]
    if heads and _dated(heads) and _at_right(heads, parts, at):
        after = at + next(n for n in range(1, _HEAD + 1) if at + n >= len(parts) or parts[at + n][0] not in heads)
        return (heads, (after, 0), False) if after < len(parts) else None
    return None


def _among_stanzas(parts: Sequence[Sequence[Row]], at: int, told: Mapping[int, Told]) -> bool:
    """Tell whether a stretch is a stanza beside others: a poem may call upon somebody too."""
    near = [*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2]]
    if len(parts[at]) <= _INSET or not near:
        return False
    return all(role_of(row, told) is Role.VERSE for part in (parts[at], *near) for row in part)


def _heads(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    """Tell whether rows are a heading for what headings say together."""
    one = told.get(part[0].number)
    return one is not None and counts_up(one)


def _certain(part: Sequence[Row], told: Mapping[int, Told]) -> bool:
    return any(role_of(row, told) is None for row in part)


def _is_head(part: Sequence[Row]) -> bool:
    """Tell whether few short rows may be a place and a date."""
    if len(part) > _HEAD or any(len(row.text) > _SHORT for row in part):
        return False
    text = " ".join(map(_plain, part))
    return (
        (part[-1].text.endswith((",", ".")) or _dated(part))
        and not _ASKS.search(text)
        and not _SENTENCES.search(text)
        and not NAMED.match(text)
        and not NUMBER.match(text)
        and not (written(text) in ("sentence", "short-words") and len(text.split()) > _PLACE_AND_DAY)
    )


def _dated(part: Sequence[Row]) -> bool:
    return any(says_when(_plain(row)) for row in part)


def _at_right(heads: Sequence[Row], parts: Sequence[Sequence[Row]], at: int) -> bool:
    """Tell whether a head is set farther in than the text below it."""
    below = next((part for part in parts[at : at + _HEAD + 1] if part[0] not in heads), ())
    return bool(below) and min(row.indent for row in heads) >= min(row.indent for row in below) + _RIGHT


def _foot(
    parts: Sequence[Sequence[Row]], first: tuple[int, int], margin: int, *, greets: bool
) -> tuple[int, int, list[Row]] | None:
    """Find the foot of a letter: its stretch, the row there with which it begins, and the rows below of it."""
    inset = min(row.indent for row in parts[first[0]][first[1] :])
    quoted = bool(_QUOTED.match(parts[first[0]][0].text))
    reach = _LONGEST if greets else _UNSURE
    for n in range(first[0], min(first[0] + reach, len(parts))):
        part = parts[n]
        if n > first[0] and (part[0].gap >= _WIDE or greeting(part[0].text) == "alone" or NAMED.match(part[0].text)):
            return None
        for k in range(first[1] if n == first[0] else 0, len(part)):
            if _takes_leave(part[k:], parts[n + 1 : n + 3]) and (
                k == 0 or _ends(part[k - 1].text) or part[k].indent > part[0].indent + _RIGHT // 2
            ):
                below = list(_names(part[k:], parts[n + 1 : n + 4]))
                return n, k, below
        outside = part[0].indent < inset and inset >= margin + _INSET
        if n > first[0] and outside:
            return None  # the text around it goes on
        if n > first[0] and _is_foot(part, inset + (_RIGHT if not greets else _RIGHT // 2), quoted):
            return n, 0, []
    return None


def _takes_leave(part: Sequence[Row], after: Sequence[Sequence[Row]]) -> bool:
    """Tell whether rows take leave, with a name at their end or right below them."""
    text = _plain(part[0])
    if (
        len(part) > _FOOT
        or any(len(row.text) > _SHORT for row in part)
        or not (CLOSING.match(text) or LEAVE.match(text))
    ):
        return False
    last = [*part, *(row for one in after[:2] for row in one[:1])]
    return any(map(_is_name, last[1:]))


def _names(part: Sequence[Row], after: Sequence[Sequence[Row]]) -> Iterator[Row]:
    """Yield the rows below words of leave that still belong to them, up to the name and an office or a day below it."""
    signed = len(part) > 1 and _is_name(part[-1])
    for one in after:
        if one[0].gap >= _WIDE or len(one) > _HEAD:
            return
        leaves = not signed and all(
            LEAVE.match(_plain(row)) or CLOSING.match(_plain(row)) or _is_name(row) for row in one
        )
        dated = signed and len(one) <= _HEAD and _is_head(one) and _dated(one)
        if not (leaves or dated):
            return
        yield from one
        signed = signed or _is_name(one[-1])
        if dated:
            return


def _is_name(row: Row) -> bool:
    """Tell whether a row may be a name, perhaps with an office: few words, in capitals or titled."""
    text = _plain(row)
    bare = re.split(r", ", text)[0]
    return (
        0 < len(text) <= _NAME
        and len(bare.split()) <= 5
        and (
            written(bare) in ("title", "capitals")
            or bool(_INITIALS.match(bare))
            or (bare.istitle() and " " not in bare)
        )
        and text[-1] not in "!?:;"
    )


def _is_foot(part: Sequence[Row], column: int, quoted: bool) -> bool:
    """Tell whether rows set in as far as a ``column``, of which the last is a name, are the foot of a letter."""
    right = min(row.indent for row in part) >= column
    if any(row.text[0] == "=" or (NUMBER.match(row.text) and row.text[-1].isalnum()) for row in part):
        return False  # a heading in the middle, in bold or but a number
    return right and len(part) <= _FOOT and _is_name(part[-1]) and all(len(row.text) <= _SHORT for row in part)


def _text(out: dict[int, Told], told: Mapping[int, Told], text: Sequence[Sequence[Row]], margin: int) -> None:
    """Settle the prose of a letter: as a quotation, if all of it is set in."""
    widest = max((row.end for part in text for row in part), default=0)
    inset = min((row.indent for part in text for row in part), default=0) >= margin + _INSET
    inset = inset and any(len(part) > 1 for part in text)  # one row may be set in as first lines are
    for part in text:
        roles = {role_of(row, told) for row in part}
        signs = [one for one in markers([row.text for row in part]) if one]
        if Role.ITEM in roles and len(signs) > 1:
            continue  # a list within the letter
        whole = all((n > 0) is told[row.number].goes_on for n, row in enumerate(part) if row.number in told)
        if whole and not roles & _TURNED and not (inset and Role.PARAGRAPH in roles):
            continue
        if Role.ITEM in roles and any(markers([part[0].text])):
            continue  # what is counted is a list in a letter, too
        if len(part) == 1 and not (len(part[0].text) > _PROSE or _ends(part[0].text)):
            continue
        if _is_prose(part, widest):
            within = min(row.indent for row in part) >= margin + _INSET
            _settle(out, told, part, Role.QUOTE if within else Role.PARAGRAPH, "text-of-a-letter", joined=True)


def _ends(text: str) -> bool:
    """Tell whether a sentence ends with a row; the call of a note may stand behind it."""
    return _ENDED.search(without_call(text)) is not None


def _is_prose(part: Sequence[Row], widest: int = 0) -> bool:
    """Tell whether rows are full, as those of prose are and those of verse are not."""
    widest = widest or max((row.end for row in part), default=0)
    full = sum(row.end + 1 + after.need > widest for row, after in pairwise(part))
    return 2 * full >= len(part) - 1 and (len(part) < 2 or widest - part[0].indent >= _PROSE)


def _left(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take words of leave over a name below prose for the foot of a letter, though nothing was read that opens it."""
    out: dict[int, Told] = {}
    for n in range(1, len(parts)):
        part = parts[n]
        dated = n > 1 and len(parts[n - 1]) == 1 and is_dateline(parts[n - 1][0].text)
        above, role = role_of(parts[n - 1 - dated][-1], told), role_of(part[0], told)
        if role not in _MAY_CLOSE or above not in (*_PROSES, Role.VERSE) or above is role is Role.VERSE:
            continue
        if part[0].gap >= _WIDE or (dated and parts[n - 1][0].gap >= _WIDE):
            continue
        if not _plain(part[0]).endswith(",") or not _takes_leave(part, parts[n + 1 : n + 2]):
            continue
        rows = [*part, *_names(part, parts[n + 1 : n + 4])]
        names = [_plain(row).split(", ")[0] for row in rows[1:]]  # an office may stand behind
        if any(name.isupper() or _INITIALS.match(name) for name in names) or (
            dated and any(_SLANTED.fullmatch(row.text) for row in rows[1:])
        ):
            _settle(out, told, [*(parts[n - 1] if dated else ()), *rows], Role.LETTER, "foot-of-a-letter")
    return out


def _placed_below(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a place and a day alone below the heading of a letter, or below who writes to whom, for its head."""
    out: dict[int, Told] = {}
    for n in range(1, len(parts)):
        part = parts[n]
        above = [_plain(row) for one in parts[max(0, n - 2) : n] for row in one if role_of(row, told) is Role.HEADING]
        titled = any(map(LETTER.match, above)) and role_of(parts[n - 1][0], told) is Role.HEADING
        alone = len(part) == 1 and part[0].gap < _WIDE and role_of(part[0], told) is Role.PARAGRAPH
        if titled and alone and is_dateline(part[0].text):
            _settle(out, told, part, Role.LETTER, "head-of-a-letter")
    return out


def _of_letters(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take days by themselves over text, or over the next heading, for heads and feet of letters with headings."""
    out: dict[int, Told] = {}
    heads = [part[0].text for part in parts if role_of(part[0], told) is Role.HEADING]
    if sum(LETTER.match(text) is not None and any(map(str.isdigit, text)) for text in map(_counted, heads)) < _LETTERS:
        return out
    known = [part for part in parts if role_of(part[0], told) is not None]  # a note may stand between
    for part, below in pairwise([*known, ()]):
        day = len(part) == 1 and (is_day(part[0].text) or is_dateline(part[0].text))
        text = bool(below) and role_of(below[0], told) in (*_PROSES, Role.LETTER)
        ends = not below or (role_of(below[0], told) is Role.HEADING and below[0].gap > part[0].gap)
        if day and (text or ends) and role_of(part[0], told) in (*_PROSES, Role.HEADING):
            _settle(out, told, part, Role.LETTER, "foot-of-a-letter" if ends else "head-of-a-letter")
    return out


def _counted(text: str) -> str:
    """Return the words of a heading with a digit in the place of a Roman number."""
    return re.sub(r"\b[IVXLC]+\b", "1", text)


def _quoted_names(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a name in capitals behind an opening quotation mark for who signs, below a quotation that nothing closes.

    Each paragraph of a letter that is quoted opens with a mark, and its last alone has one at the end.
    """
    out: dict[int, Told] = {}
    for above, part in pairwise(parts):
        text = above[0].text
        quoted = _QUOTED.match(text) and _QUOTED.match(part[0].text) and not _SAID.search(above[-1].text)
        name = _plain(part[0])
        signs = len(part) == 1 and part[0].gap < _WIDE and name.endswith(".") and name.isupper() and _is_name(part[0])
        if quoted and signs and role_of(part[0], told) in _MAY_CLOSE and _ends(above[-1].text):
            _settle(out, told, part, Role.LETTER, "foot-of-a-letter")
    return out


def _subscribed(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take a name for the foot of a letter, set in below a sentence that ends with "and am,", and a day below it."""
    out: dict[int, Told] = {}
    for above, part, below in zip(parts, parts[1:], [*parts[2:], ()], strict=False):
        says = _I_AM.search(above[-1].text) and role_of(above[-1], told) in _PROSES
        signs = len(part) == 1 and _is_name(part[0]) and part[0].gap < _WIDE and part[0].indent > above[-1].indent
        if not (says and signs and role_of(part[0], told) in (*_MAY_CLOSE, Role.CAPTION)):
            continue
        dated = len(below) == 1 and below[0].gap < _WIDE and is_dateline(below[0].text)
        _settle(out, told, [*part, *(below if dated else ())], Role.LETTER, "foot-of-a-letter")
    return out


def _below_leave(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take what was added below the foot of a letter, or below words of leave, for its text, and for no verse."""
    out: dict[int, Told] = {}
    for above, part in pairwise(parts):
        leaves = role_of(above[-1], told) is Role.LETTER or (len(above) == 1 and _plain(above[0]).endswith(","))
        odd = role_of(part[0], told) in (Role.VERSE, Role.HEADING, Role.ITEM)
        if leaves and odd and part[0].gap < _WIDE and _ADDED.match(_plain(part[0])):
            inset = part[0].indent >= _INSET and part[0].indent == above[0].indent
            _settle(out, told, part, Role.QUOTE if inset else Role.PARAGRAPH, "text-of-a-letter", joined=True)
    return out


def _wired(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take sentences set in below a colon, with a name far to the right under them, for a slip or telegram."""
    out: dict[int, Told] = {}
    for above, part in pairwise(parts):
        text, last = part[:-1], part[-1]
        if not (1 <= len(text) <= _HEAD and _COLON.search(above[-1].text) and text[0].indent > above[0].indent):
            continue
        sentences = all(_ends(row.text) for row in text) and any(_BEGINS.search(row.text) for row in text)
        if sentences and _is_name(last) and last.indent >= text[0].indent + _RIGHT:
            _settle(out, told, text, Role.QUOTE, "sent-by-wire")
            _settle(out, told, [last], Role.LETTER, "sent-by-wire")
    return out


def _signed(parts: Sequence[Sequence[Row]], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take initials below prose for who signed it, where a heading, the end or a place and a date stand below.

    Right above a heading an initial with a surname signs, too, and below a preface a name, perhaps with an office.
    """
    out: dict[int, Told] = {}
    preface = False
    for n in range(1, len(parts)):
        part, above = parts[n], parts[n - 1]
        if role_of(above[0], told) is Role.HEADING:
            preface = FRONT_OR_BACK.match(_plain(above[0]).rstrip(".:")) is not None
        below = parts[n + 1] if n + 1 < len(parts) else None
        opens = below is not None and (
            role_of(below[0], told) is Role.HEADING or (below[0].number not in told and below[0].gap >= _WIDE)
        )  # or the list of contents does
        heads = opens and below is not None and part[0].gap < below[0].gap
        name = without_call(_plain(part[0]))
        if preface and _ends(above[-1].text) and role_of(above[-1], told) is Role.PARAGRAPH:
            closing = _closes_preface(parts, n, told)
            _settle(out, told, closing, Role.LETTER, "signed-with-initials")
            if closing:
                continue
        signs = (
            _INITIALS.match(name)
            or (heads and _INITIAL.fullmatch(name))
            or (_signs(part) and ((heads and preface) or _placed(parts, n)))
        )
        if len(part) > 2 or not signs or not _ends(above[-1].text):
            continue
        if role_of(above[-1], told) not in (Role.PARAGRAPH, Role.QUOTE, Role.LETTER):
            continue
        near = below is not None and below[0].gap < _WIDE  # farther down the years of what follows may head it
        dated = below is not None and near and len(below) <= 2 and _is_head(below) and _dated(below)
        if not dated and (placed := _placed(parts, n)):
            _settle(out, told, [*part, *placed], Role.LETTER, "signed-with-initials")
            continue
        whole = len(part) == 1 or _dated(part[1:]) or (heads and preface)
        if whole and (dated or below is None or below[0].gap >= _WIDE - 1):
            _settle(out, told, [*part, *(below if dated and below else ())], Role.LETTER, "signed-with-initials")
    return out


def _closes_preface(parts: Sequence[Sequence[Row]], at: int, told: Mapping[int, Told]) -> list[Row]:
    """Return a place and a date by themselves at the end of a preface, and the short row below that signs them."""
    part, after = parts[at], [*parts[at + 1 : at + 3]]
    if len(part) > 1 or len(part[0].text) > _NAME or "," not in part[0].text or not (_is_head(part) and _dated(part)):
        return []
    if after and after[0][0].gap < _WIDE and role_of(after[0][0], told) is not Role.HEADING:
        name = after.pop(0)
        if len(name) > 1 or len(name[0].text) > _NAME or name[0].gap > 1:
            return []
        part = [*part, *name]
    ends = not after or after[0][0].gap >= _WIDE or role_of(after[0][0], told) is Role.HEADING
    return list(part) if ends else []


def _placed(parts: Sequence[Sequence[Row]], at: int) -> list[Row]:
    """Return the rows of house, place and date below who signs, where a wide gap, notes or nothing follow them."""
    below: list[Row] = []
    for n, part in enumerate(parts[at + 1 : at + 1 + _HEAD], at + 1):
        if len(part) > _HEAD or part[0].gap >= _WIDE or any(len(row.text) > _NAME for row in part):
            return []
        if any(_IMPRINT.search(row.text) for row in part):
            return []
        below += part
        if _dated(part):
            ends = n + 1 == len(parts) or parts[n + 1][0].gap >= _WIDE or is_notes_title(parts[n + 1][0].text)
            return below if ends else []
    return []


def _signs(part: Sequence[Row]) -> bool:
    """Tell whether rows are a name of two to four words in capitals, with an office or a place below it."""
    words = _plain(part[0]).rstrip(".,").split()
    return 1 < len(words) <= _NAME_WORDS and part[0].text.isupper() and all(len(row.text) <= _NAME for row in part)


def _settle(
    out: dict[int, Told],
    told: Mapping[int, Told],
    rows: Sequence[Row],
    role: Role,
    rule: str,
    *,
    joined: bool = False,
) -> None:
    reason = Reason(rule, role, SETTLED)
    for n, row in enumerate(rows):
        if row.number in told:
            out[row.number] = overruled(reason, told[row.number].role, goes_on=joined and n > 0)
