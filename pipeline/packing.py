"""Packing: plain words that mean nothing to Pandoc go through it as one word, for its time grows with their number.

Most of a book is letters, spaces and the commonest signs, which Pandoc writes and reads as they stand. Where it writes,
a run of them is one word with spaces in it; where it reads, a short token stands in their place, and they come back
when it is done. A run never takes in the first word of a block, which may be the marker of a list. Where it reads, a
long row of signs that are shielded by backslashes goes the same way: each of them costs it as much as a word.

Where it sets, what stands within such a run gives way to a token too. So a document in which a plain word has become
another is, for Pandoc and citeproc, the same document, and what they made of it is kept.
"""

from __future__ import annotations

import json
import re

_OPEN, _CLOSE = "\ufdd8", "\ufdd9"  # noncharacters: repair has taken them out of the source
_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_SAFE = r"(?:[^\W_]++|[,;:?!’‘“”„«»()—–…\u00a0\u202f]|\.(?!\.)|-(?!-))++(?= )"
_MOST = 200  # words in a run: what a pattern may give back, it keeps in memory
_FIRST = r"(?<![^\s])[“‘„«]?[^\W\d_]{2,}[,;’”»]?"
_RUN = rf"(?P<first>{_FIRST} )(?P<plain>{_SAFE}(?: {_SAFE}){{2,{_MOST}}})"
_ROW = re.compile(r"(?:\\[!-/:-@\[-`{-~]){100,4000}")
_SHIELDED = re.compile(r"\\(.)", re.DOTALL)
_RAW = re.compile("[`$<]|~~~|^(?: {4}|\t)", re.MULTILINE)  # where a backslash may shield nothing
_HEADING_OR_RUN = re.compile(f"^#.*$|{_RUN}", re.MULTILINE)  # of a heading Pandoc makes a name
_META = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

_WORD = r'[^" \\\\]+'
_WITHIN = rf'(\{{"t":"Str","c":"{_WORD} )((?:[^\W_]|[ ,;:?!’‘“”„«»()—–….\u00a0\u202f-])+)(?= {_WORD}"\}})'
_CITATION = r'"citationId":.*?"citationMode":'  # in a string its quotation marks would be shielded
_CITATION_OR_RUN = re.compile(f"{_CITATION}|{_WITHIN}", re.DOTALL)
_CITED = re.compile('"citation(Id|Mode)":')

PLAIN = re.compile(_RUN)
"""A run of plain words, the group ``plain``, with a space on either side."""


def packed(text: str) -> tuple[str, list[str]]:
    """Return Pandoc's Markdown with tokens for plain words, and the words. Metadata and headings stay as they are."""
    aside: list[str] = []
    if _OPEN in text:
        return text, aside

    def put(found: re.Match[str]) -> str:
        if found["plain"] is None:
            return found[0]
        aside.append(found["plain"])
        return f"{found['first']}{_OPEN}{len(aside) - 1}{_CLOSE}"

    def put_row(found: re.Match[str]) -> str:
        aside.append(json.dumps(_SHIELDED.sub(r"\1", found[0]))[1:-1])
        return f"{_OPEN}{len(aside) - 1}{_CLOSE}"

    if _ROW.search(text) and not _RAW.search(_SHIELDED.sub("", text)):
        text = _ROW.sub(put_row, text)
    meta = _META.match(text)
    start = meta.end() if meta else 0
    return text[:start] + _HEADING_OR_RUN.sub(put, text[start:]), aside


def unpacked(text: str, aside: list[str]) -> str:
    """Return ``text`` with the words in the places of their tokens; in JSON too: plain words need no escaping."""
    return _TOKEN.sub(lambda found: aside[int(found[1])], text) if aside else text


def reread(document: str, before: str, now: str) -> str | None:
    """Return how Pandoc reads ``now`` as JSON, by how it read ``before``; nothing where more than plain words changed.

    Where both have tokens for the same runs, Pandoc is given the same text, and what it makes of it differs in what
    comes back for the tokens. Runs lie within lines, and only those that changed are looked at.
    """
    old, new = before.split("\n"), now.split("\n")
    meta = _META.match(before)
    above = meta[0].count("\n") if meta else 0
    if len(old) != len(new) or old[:above] != new[:above] or _OPEN in before or _OPEN in now:
        return None
    for one, other in zip(old, new, strict=True):
        if one == other:
            continue
        runs, others = ([found for found in _HEADING_OR_RUN.finditer(row) if found["plain"]] for row in (one, other))
        if _around(one, runs) != _around(other, others):
            return None
        for run, another in zip(runs, others, strict=True):
            if run["plain"] != another["plain"]:
                if document.count(run["plain"]) != 1:
                    return None
                document = document.replace(run["plain"], another["plain"])
    return document


def _around(line: str, runs: list[re.Match[str]]) -> list[str]:
    """Return what stands before, between and behind runs of plain words."""
    ends = [0, *(run.end("plain") for run in runs)]
    return [line[end:start] for end, start in zip(ends, [*(run.start("plain") for run in runs), None], strict=True)]


def dummied(document: str) -> tuple[str, list[str]]:
    """Return Pandoc's AST, as JSON, with a token for what stands within each run of plain words, and the words.

    The first word of a run and its last stay, for citeproc looks at what a note or a citation touches; so does
    all that a citation says itself. Nothing is put aside where one citation lies within another.
    """
    aside: list[str] = []
    start = document.find('"blocks":[')
    ends = _CITED.findall(document)
    if _OPEN in document or start < 0 or ends != ["Id", "Mode"] * (len(ends) // 2):
        return document, aside

    def put(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        aside.append(found[2])
        return f"{found[1]}{_OPEN}{len(aside) - 1}{_CLOSE}"

    return document[:start] + _CITATION_OR_RUN.sub(put, document[start:]), aside


def is_whole(text: str, aside: list[str]) -> bool:
    """Tell whether every token stands in ``text``, and no other."""
    return set(_TOKEN.findall(text)) == set(map(str, range(len(aside))))
