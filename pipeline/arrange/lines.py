"""Lines become paragraphs: the words of wrapped lines joined, words broken at a line's end made whole.

A hyphen at the end of a line is the author's or the printer's. It goes only where the joined word stands elsewhere in
the text, or the language's patterns break it there and not both halves are words of the text; else it stays. So it does
in a paragraph whose rows cut words short ("the keep-, / and his wi-."), as some verse does: nothing comes behind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import pyphen

from pipeline.arrange.markup import STYLE_MARK
from pipeline.model import PRIVATE, Change, ChangeKind, Line
from pipeline.report import Report

SOFT = "\xad"
"""The hyphen of a word that the typesetter broke: it is never the author's."""

_BROKEN_BACKWARDS = re.compile(rf"[-{SOFT}]([^\W\d_][^\W_]*(?:[-’'][^\W_]+)*)")  # “1iter-”: figures are of it, too
_FIRST = re.compile(r"[^\W\d_][^\W_]*(?:[-’'][^\W\d_][^\W_]*)*")  # a machine reads "era1" for "eral"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT_SHORT = re.compile(r"[^\W\d_]-[,.;:!?]+[\"”’»)_]*$")
_MARKS = re.compile(f"[{PRIVATE}]*")
_TAIL = 400  # letters at the end of what is joined so far; no word has more


_UNSPACED = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff65\U00020000-\U0003ffff]"
)
"""Letters and signs of Chinese and Japanese, which have no spaces between words (Korean has them)."""


def gap(before: str, after: str) -> str:
    """Return what stands between two rows of one paragraph: a space, but in Chinese and Japanese nothing."""
    if before[-1:].isascii() or after[:1].isascii():
        return " "
    left, right = STYLE_MARK.sub("", before)[-1:], STYLE_MARK.sub("", after)[:1]
    return "" if _UNSPACED.match(left) and _UNSPACED.match(right) else " "


class Joiner:
    """Joins the lines of paragraphs.

    Args:
        lines: the whole text: what words it has elsewhere.
        lang: its language, for the patterns of hyphenation.
        report: learns of hyphens that were kept because nothing could tell whose they are.

    """

    def __init__(self, lines: Iterable[Line], lang: str, report: Report) -> None:
        self._lines = tuple(lines)
        self._words: Counter[str] | None = None
        self._lang = pyphen.language_fallback(lang.replace("-", "_")) if lang else None
        self._patterns: pyphen.Pyphen | None = None
        self._report = report

    def join(self, numbers: Sequence[int], rows: Sequence[str], changes: list[Change]) -> str:
        """Return the rows of one paragraph as one line; ``changes`` learns of words that were made whole."""
        out, tail = [rows[0]], rows[0][-_TAIL:]
        short = any(map(_CUT_SHORT.search, rows))
        for above, number, row in zip(numbers, numbers[1:], rows[1:], strict=False):
            left, soft = _broken(tail), tail.endswith(SOFT)
            pages, words = _begins(row) if left else ("", row)  # a page may begin inside the word
            first = _FIRST.match(words) if left else None
            if first is None or not (first[0][0].islower() or soft):
                hangs = tail.endswith("-") and not tail.endswith("--") and row[:1].isalnum()
                between = "" if hangs else gap(tail, row)
                out += (between, row)
                tail += between
            elif short and not soft and not self._known()[(left + first[0]).casefold()]:
                out += (" ", row)
                tail += " "
            elif soft or self._one_word(left, first[0], above):
                changes += _made_whole(left, first[0], above, number)
                tail = tail[:-1]
                before = out[-1][:-1].removesuffix(left)
                out[-1] = before + pages + out[-1][len(before) : -1]
                out.append(words)
            else:
                out.append(row)
            tail = (tail + row)[-_TAIL:]
        return "".join(out).replace(SOFT, "")

    def _one_word(self, left: str, right: str, line: int) -> bool:
        words = self._known()
        whole = words[(left + right).casefold()]
        compound = words[f"{left}-{right}".casefold()]
        if whole or compound:
            return whole > compound
        known = words[left.rsplit("-", 1)[-1].casefold()] and words[right.split("-", 1)[0].casefold()]
        if not known and len(left) > 1 and len(left) in self._breaks(left + right):
            return True
        if not known:
            self._report.find("hyphen-kept", line, word=f"{left}-{right}")
        return False

    def _breaks(self, word: str) -> list[int]:
        if self._lang is None:
            return []
        if self._patterns is None:
            self._patterns = pyphen.Pyphen(lang=self._lang)
        return [int(place) for place in self._patterns.positions(word)]

    def _known(self) -> Counter[str]:
        """Count the words of the text, but the halves of those that are broken at line ends."""
        if self._words is None:
            self._words = Counter()
            broken = False
            for line in self._lines:
                words = _WORD.findall(line.text.casefold())
                after = line.text.rstrip().endswith(("-", SOFT))
                self._words.update(words[broken : len(words) - after])
                broken = after
        return self._words


def _begins(row: str) -> tuple[str, str]:
    """Part a row into the marks of pages that begin with it, and its words."""
    words = _MARKS.sub("", row, count=1)  # none, or those at its beginning: the pattern matches there
    return row[: len(row) - len(words)], words


def _made_whole(left: str, right: str, above: int, line: int) -> list[Change]:
    """Record that a word broken between the lines ``above`` and ``line`` is one; other lines may stand between."""
    why = "a word broken at the line's end is made whole"
    if line == above + 1:
        return [Change(above, ChangeKind.JOINED, f"{left}- {right}", left + right, why)]
    return [
        Change(above, ChangeKind.JOINED, f"{left}-", left + right, why),
        Change(line, ChangeKind.JOINED, right, "", why),
    ]


def _broken(tail: str) -> str:
    """Return the word that a hyphen at the end of ``tail`` breaks, without the hyphen; nothing if there is none.

    Read backwards, so that it takes no longer than the word.
    """
    found = _BROKEN_BACKWARDS.match(tail[::-1]) if tail.endswith(("-", SOFT)) else None
    return found[1][::-1] if found else ""
