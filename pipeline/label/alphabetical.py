"""Works in the order of the alphabet: dictionaries, gazetteers, lists of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from pipeline.label.labeller import Told
from pipeline.label.rows import Row
from pipeline.label.told import SETTLED, SURE, overruled, role_of, stretches
from pipeline.model import Reason, Role
from pipeline.parts import END, FRONT_OR_BACK, NAMED
from pipeline.words import words_of

WHY = {
    "entry-by-its-word": "It begins with a word in capitals, and most paragraphs do, in the order of the alphabet.",
    "word-over-what-it-means": "A word by itself over rows that explain it, as others in the order of the alphabet.",
    "in-alphabetical-order": "Short lines right below one another, in the order of the alphabet: a list of names.",
}
"""The rules of works by the alphabet, each with what an editor would say."""

_HEADWORD = re.compile(
    r"[_*=]*(?P<word>[^\W\d_]+(?:[ ’'-]+[^\W\d_]+)*)"
    r"(?:(?P<sign>[_*=†‡]*(?:[,.;:]|--|[—–]| ?[(\[]))|[_*=]* (?=[^\W\d_]))"
)
_LEAST = 8  # entries make a dictionary, and
_INITIALS = 3  # different letters with which they begin
_SHARE = 0.4  # of the stretches from the first entry to the last
_ORDER = 0.85  # of the steps from entry to entry go on in the alphabet
_WORD = re.compile(r"[_*=]*[^\W\d_][\w’' -]{1,30}[_*=]*")
_ONE_WORD = 0.7  # of the headwords that stand by themselves are single words; titles are longer
_EXPLAINED = 12  # rows below most headwords, and
_FORMS = 3  # of a word, right below one another
_WITH_VERSE = 40  # below any
_NAMES = 6  # lines in order are a list; under a heading that says so
_FEW_NAMES = 3  # are
_LONGEST = 60  # characters of a name in a list
_LISTED = re.compile(
    r"\b(?:appendix|lists?|index|stations|members|subscribers|names|register|stationen|mitglieder|verzeichnis|liste"
    r"|noms|abonnés|lista|elenco|nombres|nomi|nomes|lijst|namen|listor|список)\b",
    re.IGNORECASE,
)
_MAY_BE_ENTRIES = (Role.HEADING, Role.VERSE, Role.ITEM, Role.LETTER, Role.DIALOGUE, Role.QUOTE, Role.CAPTION)
_MAY_BE_NAMES = (Role.VERSE, Role.PARAGRAPH, Role.LETTER, Role.QUOTE, Role.HEADING, Role.DIALOGUE)


def entries(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the entries of a dictionary or gazetteer for paragraphs, the shortest too: "ASHES. Burnt 1880."."""
    parts = stretches(rows)
    found = [(n, key) for n, part in enumerate(parts) if (key := _headword(part))]
    steps = [one <= after for (_, one), (_, after) in pairwise(found)]
    if len(found) < _LEAST or len({key[0] for _, key in found}) < _INITIALS or sum(steps) < _ORDER * len(steps):
        return {}
    if len(found) < _SHARE * (found[-1][0] - found[0][0] + 1):
        return {}
    reason = Reason("entry-by-its-word", Role.PARAGRAPH, SETTLED)
    return {
        row.number: overruled(reason, role, goes_on=n > 0, score=SURE)
        for at, _ in found
        for n, row in enumerate(parts[at])
        if (role := role_of(row, told)) in _MAY_BE_ENTRIES
    }


def _headword(part: Sequence[Row]) -> str:
    """Return the letters of the word in capitals with which a stretch begins as an entry does; or nothing."""
    text = part[0].text
    found = _HEADWORD.match(text)
    rest = text[found.end() :] + "".join(row.text for row in part[1:]) if found else ""
    if not found or not any(map(str.islower, rest)) or NAMED.match(text) or FRONT_OR_BACK.match(text):
        return ""
    word = found["word"]
    if found["sign"] is None:  # "BABE or BABY, n."
        word = word.split(" ")[0]
    bold = text.startswith("=") and found["sign"] is not None and found["sign"].startswith("=")
    return "".join(words_of(word)) if (word.isupper() and len(word) > 1) or bold else ""


def headwords(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take the words of a glossary for paragraphs, each of which stands by itself over what it means: no headings."""
    out: dict[int, Told] = {}
    reason = Reason("word-over-what-it-means", Role.PARAGRAPH, SETTLED)
    for run in _runs(_paragraphs(rows, told)):
        keys = ["".join(words_of(row.text)) for row in run]
        steps = [one <= after for one, after in pairwise(keys)]
        varied = len({key[:1] for key in keys}) >= _INITIALS  # of one letter alone, all must be in order
        single = sum(" " not in row.text for row in run) >= _ONE_WORD * len(run)
        if single and sum(steps) >= (_ORDER if varied else 1) * len(steps):
            for row in run:
                if (role := role_of(row, told)) in _MAY_BE_ENTRIES:
                    out[row.number] = overruled(reason, role, score=SURE)
    return out


def _paragraphs(rows: Sequence[Row], told: Mapping[int, Told]) -> list[list[Row]]:
    """Part rows where paragraphs begin, after a blank line or without."""
    out: list[list[Row]] = []
    for part in stretches(rows):
        for n, row in enumerate(part):
            one = told.get(row.number)
            if n and one is not None and one.goes_on:
                out[-1].append(row)
            else:
                out.append([row])
    return out


def _runs(paragraphs: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return the runs of words that stand by themselves, with a few rows of text below most of them."""
    runs: list[tuple[list[Row], list[int]]] = []
    below = _WITH_VERSE + 1  # rows below the word before
    over = 0  # words right above, each by itself: other forms of the same
    for part in paragraphs:
        text = part[0].text
        alone = len(part) == 1 and over < _FORMS and bool(_WORD.fullmatch(text)) and text.strip("_*=")[0].isupper()
        if alone and not (NAMED.match(text) or FRONT_OR_BACK.match(text)):
            if below > _WITH_VERSE:
                runs.append(([], []))
            words, rows = runs[-1]
            words.append(part[0])
            rows.append(below)
            below, over = 0, over + 1
        else:
            below, over = below + len(part), 0
    return [words for words, rows in runs if len(words) >= _LEAST and median(rows[1:]) <= _EXPLAINED]


def lists(rows: Sequence[Row], told: Mapping[int, Told]) -> dict[int, Told]:
    """Take short lines in the order of the alphabet for a list of names; a few verses fall in it by chance."""
    out: dict[int, Told] = {}
    reason = Reason("in-alphabetical-order", Role.ITEM, SETTLED)
    parts = stretches(rows)
    for above, part in zip([[], *parts], parts, strict=False):
        headed = bool(above) and role_of(above[0], told) is Role.HEADING and bool(_LISTED.search(above[0].text))
        short = all(len(row.text) <= _LONGEST and row.text[-1] not in ",;:-—–?!" for row in part)
        begun = all(row.text[0].isupper() and row.indent == part[0].indent for row in part)
        if len(part) < (_FEW_NAMES if headed else _NAMES) or not (short and begun):
            continue
        keys = ["".join(words_of(row.text)) for row in part]
        if any(one >= after for one, after in pairwise(keys)) or END.match(part[-1].text.strip("_*= .")):
            continue
        for row in part:
            if (role := role_of(row, told)) in _MAY_BE_NAMES:
                out[row.number] = overruled(reason, role)
    return out
