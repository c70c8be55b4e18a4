"""Typography: straight quotation marks, double hyphens and rows of dots become the signs of the text's language.

Only punctuation and spaces change, never a letter or digit. Signs that are right already stay as they are, so that
setting a text twice is the same as setting it once. Addresses and code are not touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.arrange.markup import STYLE_MARKS
from pipeline.language import Signs, signs_for

_NONE = r"\s<>\"“”«»\ufdd0-\ufde1\U000f0000-\U0010ffff"  # no address has these
ADDRESS = re.compile(
    rf"(?:https?://|ftp://|www\.)[^{_NONE}]*[^{_NONE}.,;:!?'’)\]}}]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_KEPT = re.compile(f"{ADDRESS.pattern}|\ufdd6[^\ufdd7]*\ufdd7")
_PLACE = "\ufdd8"  # stands for what is kept, while the rest is set
_PRIVATE = "\U000f0000"  # from here on, a character stands for the call of a note or a page of the source
NBSP, NARROW = "\u00a0", "\u202f"
_OPENING = frozenset("([{¡¿<—–-/“„«‘‚‹\u00a0\u202f")
_CLOSING = frozenset(")]}>.,;:!?…—–-/”“’‘»›\u00a0\u202f")
_PRIMES = (
    (re.compile(r"(\d)'(\s?\d+(?:[.,]\d+)?\s?[½¼¾⅓⅔⅛]?)\""), r"\1′\2″"),
    (re.compile(r"(°\s?\d+(?:[.,]\d+)?)'(\s?\d+(?:[.,]\d+)?)\""), r"\1′\2″"),
    (re.compile(r"(°\s?\d+(?:[.,]\d+)?)'"), r"\1′"),
    (re.compile(r"(\d)'(?=\s?[x×]\s?\d)"), r"\1′"),
    (re.compile(r"(\d)\"(?=\s?[x×]\s?\d)"), r"\1″"),
    (re.compile(r"(\d′\s?[x×]\s?\d+(?:[.,]\d+)?)'"), r"\1′"),
    (re.compile(r"(\d″\s?[x×]\s?\d+(?:[.,]\d+)?)\""), r"\1″"),
    (re.compile(r"(\d)'(?=\s(?:high|wide|long|tall|deep|broad|thick|by)\b)"), r"\1′"),
    (re.compile(r"(\d)\"(?=\s(?:high|wide|long|tall|deep|broad|thick|by)\b)"), r"\1″"),
)
_RANGE = re.compile(r"(?<![\w.,:/+–-])(?P<first>\d{1,4})-(?P<last>\d{1,4})(?![\w/+–-]|[.,:]\d)")
_HYPHEN = re.compile(r"-(?<=\w[ \u00a0]-)(?=[ \u00a0][^\W\d_])|-(?<=[.,!?”»)’][ \u00a0]-)(?=[ \u00a0][^\W\d_“«(])")
"""A hyphen between spaces, as typewriters set a dash."""
_DASH = re.compile(r"(?<!-)-{2,}(?!-)([ \u00a0]*)")
_DOTS = re.compile(r"(?<!\.)(?<!\. )(?:\.{3}|\. \. \.)(\.| \.(?! ?\.))?(?! ?\.)")
_LOOSE = re.compile(
    r" (?<=[^\W_] )(?=,(?:\s|$))| (?<=[^\W\d_] )(?=\.(?:\s*$|\s+[^\W\d_a-z]))"
    r"| (?<=[(\[] ) *(?=\w)| (?<=[\w.,] ) *(?=[)\]])"
)
"""Spaces that no language has: before a comma or full stop, and inside of brackets."""
_CLOSES = re.compile(r"(?<=[\w.,;:?!…—])’(?!\w)")
_YEARS = re.compile(r"\d\ds?(?!\w)")
_AND = re.compile(r"'(?<= ')([nN])'(?= )")
_MAY_BE_PRIMES = re.compile(r"\d['\"]")
_QUOTES = re.compile("[\"'“”„«»‹›]")
_INCHES = re.compile(r"(?<!\d)\d{1,3}$")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Custom:
    """What a text does already: ``tight`` guillemets have no space inside; ``grave``: ` opens a quotation."""

    tight: bool = False
    grave: bool = False


def custom(texts: Iterable[str]) -> Custom:
    """See what signs a text has already."""
    spaced = tight = code = 0
    for text in texts:
        if "«" in text:
            tight += len(re.findall(r"«\w", text))
            spaced += len(re.findall(r"«[\s\u00a0\u202f]", text))
        if "`" in text:
            code += 1 if re.search(r"\S`(?!\w)", text) else 0
    return Custom(tight > spaced, not code)


def set_signs(text: str, lang: str, own: Custom, counts: Counter[str]) -> str:
    """Set the punctuation of one paragraph by the rules of ``lang``.

    Args:
        text: the paragraph; it may hold marks.
        lang: a BCP 47 tag.
        own: what the text does already.
        counts: learns how many signs of each kind were set.

    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return _PLACE

    signs = signs_for(lang)
    whole = _KEPT.sub(keep, text) if "@" in text or "://" in text or "www." in text or "\ufdd6" in text else text
    if "‘" in whole and signs.clipped:
        whole = _turned(whole, signs, counts)
    if '"' in whole or "'" in whole or "`" in whole:
        whole = _quoted(_primed(_doubled(whole, own), counts), _own_signs(signs, own), counts)
    if "-" in whole:
        whole = _RANGE.sub(lambda found: _ranged(found, counts), whole)
        whole = _HYPHEN.sub("--", whole)
    if "--" in whole:
        whole = _dashed(whole, signs, counts)
    if "..." in whole or ". . ." in whole:
        whole, times = _DOTS.subn(lambda found: "…." if found[1] else "…", whole)
        counts["ellipses"] += times
    if lang.lower().startswith("fr"):
        whole = _spaced(whole, counts)
    whole, times = _LOOSE.subn("", whole)
    counts["spaces closed"] += times
    parts = whole.split(_PLACE)
    return parts[0] + "".join(one + part for one, part in zip(kept, parts[1:], strict=True))


def _own_signs(signs: Signs, own: Custom) -> Signs:
    """Leave out the space inside guillemets where the text has none."""
    if not own.tight:
        return signs
    opening, closing = (sign.strip(NARROW) for sign in signs.quotes)
    return Signs((opening, closing), signs.inner, signs.single, signs.dash, signs.closed, signs.hugs, signs.clipped)


def _doubled(text: str, own: Custom) -> str:
    """Write two single signs that stand for a double one as such; and ’n’, which is no quotation."""
    text = _AND.sub(r"’\1’", text)
    if "``" in text or "''" in text:
        text = re.sub(r"``|(?<!['\w])''(?=\w)|(?<=[\w.,;:!?…-])''(?!['\w])", '"', text)
    return re.sub(r"(?<!\w)`(?=\w)", "'", text) if own.grave and "`" in text else text


def _primed(text: str, counts: Counter[str]) -> str:
    primes = 0
    for pattern, signs in _PRIMES if _MAY_BE_PRIMES.search(text) else ():
        text, times = pattern.subn(signs, text)
        primes += times
    counts["primes"] += primes
    return text


# -------------------------------------------------------------------------------------------- quotation marks


@dataclass(frozen=True, slots=True)
class _Open:
    """A quotation that is open: what will close it, and whether we have opened it."""

    closing: str
    ours: bool


def _quoted(text: str, signs: Signs, counts: Counter[str]) -> str:
    out = list(text)
    _double(text, out, signs, counts)
    if "'" in text:
        _single(text, out, signs, counts)
    return "".join(out)


def _beside(text: str, at: int, step: int) -> str:
    """Return the letter before or after ``at``, nothing at the end of the text; marks of any kind do not count."""
    at += step
    while 0 <= at < len(text):
        if text[at] not in STYLE_MARKS and text[at] < _PRIVATE:
            return text[at]
        at += step
    return ""


def _may(text: str, at: int) -> tuple[bool, bool]:
    """Tell whether a straight sign may open and may close, by what stands beside it."""
    before, after = _beside(text, at, -1), _beside(text, at, 1)
    straight = "\"'"
    opens = (not before or before.isspace() or before in _OPENING or before in straight) and not (
        not after or after.isspace()
    )
    closes = (not after or after.isspace() or after in _CLOSING or after in straight) and not (
        not before or before.isspace()
    )
    return opens, closes


def _double(text: str, out: list[str], signs: Signs, counts: Counter[str]) -> None:
    """Set double quotation marks."""
    waiting: list[_Open] = []
    dittos = sum(not any(_may(text, found.start())) for found in re.finditer('"', text)) % 2
    for found in _QUOTES.finditer(text):
        at, sign = found.start(), found[0]
        if sign != '"':
            _follow(sign, signs, waiting)
            continue
        opens, closes = _may(text, at)
        if not opens and not closes and dittos:
            continue
        if not waiting and not opens and _INCHES.search(text, max(0, at - 3), at):
            out[at] = "″"
            counts["primes"] += 1
            continue
        if opens == closes:
            opens = not waiting
        if opens:
            inside = bool(waiting) and not waiting[-1].ours
            pair = signs.inner if inside else signs.quotes
            out[at] = pair[0]
            waiting.append(_Open(pair[1], True))
        else:
            out[at] = waiting.pop().closing if waiting else signs.quotes[1]
        counts["quotation marks"] += 1


def _follow(sign: str, signs: Signs, waiting: list[_Open]) -> None:
    """Keep account of the quotation marks that a text has already."""
    opening, closing = (one.strip(NARROW) for one in signs.quotes)
    if waiting and waiting[-1].closing.strip(NARROW) == sign:
        waiting.pop()
    elif sign == opening and opening != closing:
        waiting.append(_Open(closing, False))


def _single(text: str, out: list[str], signs: Signs, counts: Counter[str]) -> None:
    waiting: list[int] = []
    for found in re.finditer("'", text):
        at = found.start()
        opens, closes = _may(text, at)
        out[at] = "’"
        if opens and not (closes and waiting):
            if _clipped(text, at, signs):
                counts["apostrophes"] += 1
            else:
                waiting.append(at)
        elif closes and waiting:
            out[waiting.pop()], out[at] = signs.single
            counts["quotation marks"] += 2
        else:
            counts["apostrophes"] += 1
    for at in waiting:
        if _goes_on(text, at):
            out[at] = signs.single[0]
            counts["quotation marks"] += 1
        else:
            counts["apostrophes"] += 1


def _clipped(text: str, at: int, signs: Signs) -> bool:
    """Tell whether letters or a century were left out here: ’twas, ’30s."""
    word = _LETTERS.match(text, at + 1)
    return bool(_YEARS.match(text, at + 1)) or (word is not None and word[0].casefold() in signs.clipped)


def _turned(text: str, signs: Signs, counts: Counter[str]) -> str:
    """Turn an apostrophe that was typed as the quotation mark that opens, where none that closes follows: ‘tis."""
    last = max((found.start() for found in _CLOSES.finditer(text)), default=-1)
    wrong = [at for at, sign in enumerate(text) if sign == "‘" and at > last and _clipped(text, at, signs)]
    counts["apostrophes"] += len(wrong)
    return "".join("’" if at in wrong else sign for at, sign in enumerate(text)) if wrong else text


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a sign that nothing closes opens a quotation that goes on in the next paragraph."""
    start = at
    while start and text[start - 1] in (" ", NBSP):
        start -= 1
    while start and text[start - 1] in STYLE_MARKS:
        start -= 1
    return not start or text[start - 1] in ',:—–-"“„«' or _beside(text, at, 1).isupper()


# ------------------------------------------------------------------------------------------- dashes and spaces


def _dashed(text: str, signs: Signs, counts: Counter[str]) -> str:
    out: list[str] = []
    reached = 0
    for found in _DASH.finditer(text):
        start = found.start()
        while start > reached and text[start - 1] in (" ", NBSP):
            start -= 1
        if start < found.start() and text[start - 1 : start] == "-":
            start += 1  # the space behind another hyphen is its own
        out += (text[reached:start], _dash(text, start, found, signs, counts))
        reached = found.end()
    return "".join((*out, text[reached:]))


def _dash(text: str, start: int, found: re.Match[str], signs: Signs, counts: Counter[str]) -> str:
    """Set one run of hyphens, with the spaces on either side, those before it from ``start`` on."""
    left, right = text[start : found.start()], found[1]
    size = found.start(1) - found.start()
    before, after = _beside(text, start, -1), _beside(text, found.end() - 1, 1)
    if size > 6 or not (before or after):
        return text[start : found.end()]  # a rule across the page
    counts["dashes"] += 1
    if size > 3:
        return f"{left}——{right}"  # a name left out
    if not left and not right and before.isdigit() and after.isdigit():
        return "–"
    starts = not before or (not left and before in "([{“„«‘‚‹\"'")
    ends = not after or (not right and after in ")]}.,;:!?…”’»›\"'“‘")
    if signs.closed and left and not right and before == ":":
        return f" {signs.closed}"  # behind who speaks: the dash opens what is said
    if signs.closed and signs.hugs:
        return f"{left}{signs.closed}{right}" if not (left and right) else f"{NBSP}{signs.dash} "
    if signs.closed:
        return f"{NBSP}{signs.dash} " if left and right and not (starts or ends) else signs.closed
    return f"{'' if starts else NBSP}{signs.dash}{NBSP if starts else '' if ends else ' '}"


def _ranged(found: re.Match[str], counts: Counter[str]) -> str:
    """Set a hyphen between two years or two small numbers, of which the second is greater, as what it is: "to"."""
    first, last = found["first"], found["last"]
    whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    years = len(first) == 4 and first[0] in "12" and len(last) in (2, 4)
    small = len(first) < 4 and len(last) < 4 and len(last) - len(first) < 2
    if not (years or small) or int(whole) <= int(first):
        return found[0]
    counts["dashes"] += 1
    return f"{first}–{last}"


def _spaced(text: str, counts: Counter[str]) -> str:
    """Keep the signs that French sets off with their words: a space that is there must not break."""
    text, times = re.subn(r"(?<=\S) (?=[;!?»])|(?<=«) (?=\S)", NARROW, text)
    text, more = re.subn(r"(?<=\S) (?=:(?:\s|$))", NBSP, text)
    counts["no-break spaces"] += times + more
    return text
