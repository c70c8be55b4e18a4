"""Headings all in capitals, as old title pages and typewriters have them, become letterspaced small capitals.

The letters stay the capitals that they are: only their form changes; searching, copying and reading aloud do not
(Bringhurst, *The Elements of Typographic Style*, 2.1.6). A small word, what stands in brackets or “—continued” makes no
other heading of it. The stop at the end of a heading goes, of all headings alike: its place at the end of a line says
the same (Chicago Manual of Style, 17th ed., 1.56).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lxml.etree import _Element

from pipeline.forms.trees import HEADINGS, add_class, classes, local, make, named, text_of
from pipeline.parts import NAMED

CAPITALS = "capitals"  # the class of such a heading
SHORT_TITLE = "data-short"
"""What Pandoc makes of the attribute ``short`` of a heading: its running head."""
LONG, LONGEST = "long", 120
"""Class of a title with more letters, which is set smaller: in the size of others it would fill half a page."""
_OUTLIER, _SEVERAL = 200, 0.05
"""Letters of a title that is set smaller by itself; and of all titles how many must be long that all are set so."""
NUMBER = "number-line"
"""Class of the words by which a chapter or part says its number: a line of its own above its title."""
PARTING = "parting"
"""Class of the sign that parts them where they stand on one line; the end of the line says the same."""
_TITLED = re.compile(r"(?P<sign>[.:]?\s?[—–]\s*|[.:]\s+|\s+)(?=\W*[^\W\d_]{2})")
_COUNTED = re.compile(
    r"(?P<label>[^\W\d_](?:[\w’'-]| (?=[^\W\d_]))*)\s(?:(?:N[or]|№|[Nn][°º])\.?\s?)?"
    r"(?P<count>\d+|[IVXLC]+)(?=\.|:|\s[—–])"
)
_NUMERO = re.compile(r"\b(?:N[or]\b\.?|[Nn][°º])(?=\s?[\dIVXLC])")
_TIMES, _LABEL = 3, 3
"""How often a label counts headings before it is taken for one (“Tale 4. The Eel”), and how many words it has."""
ROMAN = re.compile(r"[IVXLCDM]+")
_STOP = re.compile(r"[.:;,](?=[)\]]?$)")
"""What stands at the end of a heading, and within the bracket at its end."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:ETC|ESQ|JR|SR|CO|MR|MRS|DR|ST|NO|VOL|[Ee]tc|Esq|Jr|Sr|Co|Cie|Mr|Mrs|Dr|St|No|Nr|Vol|Bros|Inc|Ltd|Chr|Jh"
    r"|[Uu]sw|al)|\.\s?\w{1,2}|&[Cc]|\.\s?\.|(?:\b[^\W\dA-ZÀ-Þ]\w*|\.) [A-ZÀ-Þ])\.[)\]]?$"
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\s?[—–]\s?[^\W\dA-ZÀ-Þ][^—–]*$")
_MOST = 0.75  # of the letters of a heading in capitals stand in words that are nothing else


def in_capitals(words: str) -> bool:
    """Tell whether ``words`` are all capitals, and more than a number in Roman figures.

    Words that have letters of a script without capitals are not: Arabic, set apart letter by letter, falls to pieces.
    What says that a number follows (“No.”) may be small.
    """
    words = _NUMERO.sub("", words)
    found = re.findall(r"[^\W\d_]+", words)
    uncased = any(sign > "\u02ff" and unicodedata.category(sign) == "Lo" for sign in words)
    return words.isupper() and not uncased and any(len(one) > 1 and not ROMAN.fullmatch(one) for one in found)


def is_capital(words: str) -> bool:
    """Tell whether ``words`` of a heading are set as capitals: all of them, or all but a small word or an aside.

    An aside stands in brackets or behind a dash (“—continued”). A number before a title says nothing of it.
    """
    if in_capitals(words):
        return True
    bare = _ASIDE.sub("", words)
    number = NAMED.match(bare) or _COUNTED.match(bare)
    bare = _NUMERO.sub("", (number and bare[number.end() :].strip(" .:—–-")) or bare)
    found = re.findall(r"[^\W\d_]+", bare)
    large = [one for one in found if one.isupper()]
    small = len(large) > 1 and sum(map(len, large)) >= _MOST * sum(map(len, found))
    return in_capitals(bare) or (small and in_capitals(" ".join(large)))


def without_stop(words: str) -> str:
    """Return ``words`` of a heading without the stop, colon or comma at their end, unless they are an abbreviation."""
    plain = words.rstrip()
    return words if _ABBREVIATED.search(plain) else _STOP.sub("", plain) if _STOP.search(plain) else words


def set_numbers(body: _Element) -> None:
    """Set the number of a part or chapter that has a title too on a line above it: “Chapter Two” over its title.

    A book may have a word of its own for its chapters: what counts headings again and again, each with another number.
    """
    headings = [*named(body, "h1", "h2")]
    own = _own_labels([one.text or "" for one in headings])
    for heading in headings:
        text = heading.text or ""
        counted = _COUNTED.match(text)
        number = NAMED.match(text) or (counted if counted and _label(counted) in own else None)
        titled = _TITLED.match(text, number.end()) if number else None
        if number is None or titled is None or NAMED.match(text[titled.end() :]):
            continue
        line, sign = make(heading, "span", NUMBER), make(heading, "span", PARTING)
        line.text, sign.text = number[0], titled["sign"]
        if in_capitals(number[0]) and CAPITALS not in classes(heading):
            add_class(line, CAPITALS)
        if titled["sign"].strip():
            line.append(sign)
        line.tail = f"{'' if len(line) else ' '}{text[titled.end() :]}"
        heading.text = None
        heading.insert(0, line)


def _own_labels(titles: Iterable[str]) -> frozenset[str]:
    """Return the words by which a book counts its chapters, though no other does: “Tale 4. …”, “Memo No. 3: …”."""
    numbers: dict[str, list[str]] = {}
    for title in titles:
        if (found := _COUNTED.match(title)) and len(found["label"].split()) <= _LABEL:
            numbers.setdefault(_label(found), []).append(found["count"])
    return frozenset(one for one, counts in numbers.items() if len(counts) >= _TIMES and len({*counts}) == len(counts))


def _label(found: re.Match[str]) -> str:
    return found["label"].casefold()


def set_capitals(body: _Element) -> None:
    """Mark headings and captions of ``body`` that are in capitals, and long headings; take off the stops at their ends.

    Titles of divisions are of one size: where more than a few of them are long, all are set as these.
    """
    titles: list[tuple[_Element, int]] = []
    for heading in named(body, *HEADINGS):
        _call_behind_stop(heading)
        words = text_of(heading).rstrip()
        if is_capital(words):
            add_class(heading, CAPITALS)
        if without_stop(words) != words:
            _take_stop(heading)
        titles += [(heading, len(words))] * (local(heading) == "h1")
        if len(words) > _OUTLIER or (len(words) > LONGEST and local(heading) != "h1"):
            add_class(heading, LONG)
    if sum(length > LONGEST for _, length in titles) > max(1, _SEVERAL * len(titles)):
        for heading, _ in titles:
            add_class(heading, LONG)
    for line in [one for block in named(body, "div") if "caption" in classes(block) for one in named(block, "p")]:
        if in_capitals(text_of(line)):
            add_class(line, CAPITALS)


def _call_behind_stop(heading: _Element) -> None:
    """Let the call of a note at the end of a heading stand behind its last stop, not before it."""
    call = heading[-1] if len(heading) else None
    stop = (call.tail or "").strip() if call is not None and "footnote-ref" in classes(call) else ""
    if call is None or not stop or stop.strip(".,:;!?"):
        return
    before = call.getprevious()
    if before is None:
        heading.text = f"{heading.text or ''}{stop}"
    else:
        before.tail = f"{before.tail or ''}{stop}"
    call.tail = None


def _take_stop(element: _Element) -> bool:
    """Take off the last stop of ``element``, passing over the calls of notes; say whether it was there."""
    for child in reversed(element):
        if tail := (child.tail or "").rstrip():
            child.tail = _STOP.sub("", tail)
            return child.tail != tail
        if local(child) and "footnote-ref" not in classes(child) and text_of(child):
            return _take_stop(child)
    text = (element.text or "").rstrip()
    element.text = _STOP.sub("", text)
    return element.text != text
