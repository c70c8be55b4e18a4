"""Repair: damage that machines did to letters is undone, and each repair is put on record.

No line is deleted or added, and no word is changed but where letters were damaged. What only a person can
mend is left alone, and :mod:`pipeline.proof` counts on that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from pipeline.daybook import noted
from pipeline.model import Line, Repair, Source

BEYOND_QUOTES = re.compile("[^\x00-\x7f\xa0–—‘’“”…]")
"""Letters decoded wrongly bring others than curly quotes and dashes with them; looking for them is what takes time."""

FEED = "\f"
WHITE = re.compile("[\v\f\x1c-\x1f\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]")
LATE_CONTROL = re.compile("[\x80-\x9f]")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
PIECE = re.compile(r"\S+|\s+")
SUSPECT = re.compile(
    "[\x00-\x08\v\f\x0e-\x1f\x7f-\x9f\xa0\xad\u1680\u2000-\u2010\u2028-\u202f\u205f-\u2069\u3000"
    "\ufb00-\ufb06\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)

INITIAL = re.compile(
    r"\[(?i:(?:illustration|abbildung|afbeelding|illustrazione|ilustraci[oó]n|gravure|initial\w*|drop[ -]?cap\w*)"
    r"(?:: ?| )(?:(?:initial|letter|decorated|decorative|ornamental|drop|cap|capital|large) ){0,3})"
    r"(?P<letter>[\"'“‘„«]?[^\W\d_a-zß-öø-ÿ])\](?=[^\W\d_]|['’]|,? [a-zß-öø-ÿ])"
)
"""A letter that the print has as a picture, at the head of its word: “[Illustration: O]nce”."""

ROUNDS = 4
"""What was mended may show more damage: letters decoded wrongly twice. Nobody has seen more than three times."""

ROW = 60
"""Words and spaces that one repair may name."""

SPACED = "[;:!?«»‹›%‰€£$°§№†‡—–-]"
"""Signs that some languages set off by a space which must not break."""

KEEPS_BEFORE = re.compile(rf"\d|{SPACED}")
KEEPS_BEHIND = re.compile(rf"(?:\d|{SPACED}|\b[^\W\d_]{{1,4}}\.|\b[^\W\d_])\Z")
"""What keeps the space before it, and behind it, from breaking; the latter is five letters long at most."""


def repair(source: Source) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Mend the lines of ``source``.

    Returns:
        As many lines as there were, with the same numbers; and a record of every repair, in the order of the
        lines. ``before`` and ``after`` are the words that the rule touched, not the whole line.

    """
    lines: list[Line] = []
    repairs: list[Repair] = []
    for line in source.lines:
        text, done = _mend(line)
        lines.append(replace(line, text=text) if done else line)
        repairs += done
    return tuple(lines), tuple(repairs)


def mended(text: str) -> str:
    """Mend words that were decoded after the lines were: the field of a letter, the value of an object of JSON.

    Halves of a character, which such codings can name, are joined, or become the sign for what cannot be read.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _mend(Line(0, whole.replace(FEED, " ")))[0]


def _mend(line: Line) -> tuple[str, list[Repair]]:
    text = line.text
    done: list[Repair] = []
    if text.isascii() and not (SUSPECT.search(text) or ("]" in text and INITIAL.search(text))):
        return text, done
    for _ in range(ROUNDS):
        known = len(done)
        for rule, mend in RULES:
            mended = mend(text)
            if mended != text:
                done += [Repair(line.number, rule, *pair) for pair in _stretches(text, mended)]
                text = mended
        if len(done) == known:
            break
    return text, done


def _stretches(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words that differ; for a space or a sign, with the words beside it.

    Damaged words in a row are one stretch, up to ``ROW`` pieces: a text may be damaged in every word.
    """
    old, new = PIECE.findall(before), PIECE.findall(after)
    if len(old) != len(new):
        return [_stretch(before, after)]
    spans: list[tuple[int, int]] = []
    reached = 0
    for place in (i for i in range(len(old)) if old[i] != new[i]):
        if place < reached:
            continue
        bare = not re.search(r"\w", old[place])  # no word by which the place could be found again
        first, reached = (max(0, place - 2 + old[place].isspace()), place + 2) if bare else (place, place + 1)
        if spans and first <= spans[-1][1] + 1 and reached - spans[-1][0] <= ROW:
            first = spans.pop()[0]
        spans.append((first, reached))
    return [("".join(old[first:end]), "".join(new[first:end])) for first, end in spans]


def _stretch(before: str, after: str) -> tuple[str, str]:
    """Cut what two texts have in common at both ends, down to whole words."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    while start and not before[start - 1] == " " == after[start - 1]:
        start -= 1
    end = next((i for i in range(shorter - start) if before[-1 - i] != after[-1 - i]), shorter - start)
    while end and not before[-end] == " " == after[-end]:
        end -= 1
    return before[start : len(before) - end], after[start : len(after) - end]


@noted
def _mojibake(text: str) -> str:
    """Undo a decoding with the wrong encoding (ftfy, which does nothing unless that makes better sense)."""
    return _mojibake_mended()(text) if BEYOND_QUOTES.search(text) else text


@cache
def _mojibake_mended() -> Callable[[str], str]:
    """Return ftfy's work on mojibake alone: the rest we do ourselves, rule by rule, to have a record of each.

    Most texts need none of it, and ftfy takes long to load.
    """
    import ftfy

    only = ftfy.TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_terminal_escapes=False,
        remove_control_chars=False,
        normalization=None,
    )
    return lambda text: ftfy.fix_encoding(text, only)


def has_controls(text: str) -> bool:
    """Tell whether there is a control character that no edition may hold (XML 1.0, 2.2)."""
    return any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in text)


def _controls(text: str) -> str:
    """Take out control characters; those that move the carriage are white space.

    Tabs stay, for tables, and form feeds before a line: they say that a page begins.
    """
    if "\x1b" in text:
        from ftfy.fixes import remove_terminal_escapes

        text = remove_terminal_escapes(text)
    feeds = len(text) - len(text.lstrip(FEED))
    return text[:feeds] + CONTROL.sub("", WHITE.sub(" ", text[feeds:]))


def _late_controls(text: str) -> str:
    """Take out the controls that half a damaged letter may look like, once the letters are mended."""
    return LATE_CONTROL.sub("", text.replace("\x85", " "))


def _soft_hyphens(text: str) -> str:
    """Take out soft hyphens: the typesetter finds its own. At the end of a line one says that the word goes on."""
    kept = text.rstrip()
    last = "\xad" if kept.endswith("\xad") and kept.strip("\xad ") else ""
    return text.replace("\xad", "") + last


def _hyphens(text: str) -> str:
    """Write the hyphen in the common way, so that U+2010 in print is always the typesetter's own."""
    return text.replace("\u2010", "-")


def _invisible(text: str) -> str:
    """Take out what is not seen, unless a script needs it: joiners in Indic words, marks of direction."""
    if not INVISIBLE.search(text):
        return text
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return re.sub("[\u200b\u2060-\u2064\ufeff]", "", text)

    def needed(found: re.Match[str]) -> str:
        beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        joins = found[0] in "\u200b\u200c\u200d" and any(_complex(letter) for letter in beside)
        return found[0] if joins else ""

    return INVISIBLE.sub(needed, text)


def _complex(letter: str) -> bool:
    """Tell whether this is a letter, or a part of one, of a script that joins or stacks its letters."""
    return letter >= "\u0590" and unicodedata.category(letter)[0] in "LM"


def _ligatures(text: str) -> str:
    """Write ligatures of Latin letters as letters: the face has its own."""
    if not re.search("[\ufb00-\ufb06]", text):
        return text
    from ftfy.fixes import fix_latin_ligatures

    return str(fix_latin_ligatures(text))


def _spaces(text: str) -> str:
    """Write odd spaces as common ones, unless they carry something.

    A space that must not break keeps that right beside a figure, an initial or abbreviation, a word of one
    letter, and the signs that some languages set off. The wide space stays between wide letters.
    """
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())

    def common(found: re.Match[str]) -> str:
        start, end = found.span()
        if start <= first or end >= last:
            return " "
        left, right = text[start - 1], text[end]
        if found[0] == "\u3000":
            return found[0] if left > "\u2e7f" or right > "\u2e7f" else " "
        if found[0] not in "\xa0\u202f\u2009" or left.isspace() or right.isspace():
            return " "
        return found[0] if KEEPS_BEFORE.match(text, end) or KEEPS_BEHIND.search(text, max(0, start - 5), start) else " "

    return ODD_SPACE.sub(common, text)


def _composed(text: str) -> str:
    """Write letters and their accents as one (NFC)."""
    return unicodedata.normalize("NFC", text)


def _initials(text: str) -> str:
    """Give a letter that stood in a picture back to its word."""
    return INITIAL.sub(r"\g<letter>", text) if "]" in text else text


RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("controls", _controls),
    ("mojibake", _mojibake),
    ("controls", _late_controls),
    ("soft-hyphens", _soft_hyphens),
    ("hyphens", _hyphens),
    ("invisible", _invisible),
    ("ligatures", _ligatures),
    ("spaces", _spaces),
    ("composed", _composed),
    ("initials", _initials),
)
"""The rules, in the order in which they work; a repair carries the name of its rule."""
