"""Long subheads in capitals, set in small letters where they are listed: as sentences, which can be read.

Three lines of letterspaced capitals are no title but a shout; in the contents, where nothing else sets them apart, an
editor has them in roman. Which words keep their capital the book itself tells: those that it never writes small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.forms.headings import ROMAN, is_capital

SENTENCES = 40
"""Letters that subheads in capitals have on the average where they are sentences more than titles."""
_WORDS_OF_ONE = frozenset("aàeéèoóuyавикосу")  # not an English I
_WORD = re.compile(r"[^\W\d_]+")
_CLIPPED = re.compile(r"[^\W\d_][’']$")
_BEGINS = re.compile(r"(?:^|[.?!]\s+)\W*$")


class SmallLetters:
    """What a book writes in small letters, and what never."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._small: set[str] = set()
        self._large: set[str] = set()
        for text in texts:
            for word in _WORD.findall(text):
                if word.islower():
                    self._small.add(word)
                elif word.istitle():
                    self._large.add(word.lower())

    def sentence(self, words: str) -> str:
        """Return a subhead in capitals as a sentence: each word as the book writes it, a capital where one begins."""

        def lowered(found: re.Match[str]) -> str:
            word, small = found[0], found[0].lower()
            if _CLIPPED.search(words[: found.start()]):
                return small
            alone = len(word) == 1 and small not in _WORDS_OF_ONE
            if word.islower() or alone or (len(word) > 1 and ROMAN.fullmatch(word) and small not in self._small):
                return word
            begins = _BEGINS.search(words[: found.start()]) is not None
            name = small in self._large and small not in self._small
            return small.capitalize() if begins or name else small

        return _WORD.sub(lowered, words)


def are_sentences(subheads: Sequence[str]) -> bool:
    """Tell whether those of ``subheads`` that are in capitals are, on the average, as long as sentences."""
    capital = [one for one in subheads if is_capital(one)]
    return bool(capital) and sum(map(len, capital)) > SENTENCES * len(capital)
