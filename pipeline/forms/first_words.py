"""The first words of a chapter, where its source has them in capitals: old books open with them, in small capitals.

A source can only say so in full capitals (“WE HAVE seen the weir”), and these are as loud as a shout. The first letter
stays a capital; the letters stay what they are (Chicago Manual of Style, 17th ed., 13.37; Bringhurst, 3.2.2).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import takewhile

from lxml.etree import _Element

from pipeline.forms.trees import HEADINGS, classes, local, make, named, text_of

FIRST_WORDS = "first-words"
"""Class of the letters of such words that are small capitals."""
_FEWEST = 2  # chapters of a book that open so: a single one may have a name there
_MOST = 6  # words
_GREETS = re.compile(r".{1,60}[:,]", re.DOTALL)  # “To the Keepers of the Weir:”
_MARKS = "“”\"'‘«„"
_WORD = re.compile(r"[^\W\d_]+")


def set_first_words(body: _Element) -> None:
    """Mark the words in capitals with which the first paragraphs of chapters and sections open, if it is a habit."""
    found = [(one, words) for one in _first_paragraphs(body) if (words := _opening(one.text or ""))]
    if len(found) < _FEWEST:
        return
    said = Counter(_WORD.findall(" ".join(text_of(one) for one in named(body, "p", "li"))))
    said.subtract(_WORD.findall(" ".join(words for _, words in found)))
    for paragraph, words in found:
        if all(map(partial(_is_plain, said=said), _WORD.findall(words))):
            text = paragraph.text or ""
            start = text.index(words)
            small = words[1:].lstrip()
            span = make(paragraph, "span", FIRST_WORDS)
            span.text, span.tail = small, text[start + len(words) :]
            paragraph.text = text[: start + len(words) - len(small)]
            paragraph.insert(0, span)


def _first_paragraphs(body: _Element) -> list[_Element]:
    """Return the first paragraph of running text below each heading; what stands between is of other forms."""
    found = []
    for heading in named(body, *HEADINGS):
        for one in heading.itersiblings():
            if local(one) == "p" and not classes(one) and not _GREETS.fullmatch(text_of(one).strip()):
                found.append(one)
                break
            if local(one) in ("section", *HEADINGS):
                break
    return found


def _opening(text: str) -> str:
    """Return the words in capitals with which ``text`` opens, if small letters follow; nothing if there are none."""
    words = text.lstrip(f"{_MARKS} \n").split(" ", _MOST + 1)
    large = [*takewhile(lambda word: word.isupper() and word.replace("’", "").isalpha(), words)]
    follows = "".join(words[len(large) : len(large) + 1])
    run = " ".join(large)
    return run if len(run) > 1 and len(large) <= _MOST and follows[:1].islower() else ""


def _is_plain(word: str, said: Counter[str]) -> bool:
    """Tell whether the book has a word in small letters, and more often than in capitals: it is no abbreviation."""
    return said[word.lower()] + said[word.capitalize()] > said[word]
