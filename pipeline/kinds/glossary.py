"""Glossaries: a list of words, each with its meaning behind a dash, a colon or an equals sign.

That it is one, its title says. Each word begins a paragraph of its own, in bold; a letter alone over the words that
begin with it is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.kinds.galley import Galley, styled
from pipeline.kinds.paragraphs import goes_on, titled, width_of
from pipeline.model import Claim, Copy, Line, Role, Style
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "a glossary"
WHY: Mapping[str, str] = {
    "glossary-title": "It says that words and their meanings follow.",
    "glossary-letter": "A letter alone, over words that begin with it.",
    "glossary-word": "A word with its meaning.",
    "glossary-more": "It stands before the words, or goes on with a meaning.",
}
_SAYS = re.compile(
    r"\b(?:glossary|vocabulary|word[- ]?list|dictionary|glossar|w[öo]rter(?:buch|verzeichnis)|worterkl[äa]rungen"
    r"|glossaire|lexique|glosario|vocabulario|gloss[áa]rio|vocabul[áa]rio|glossario|woordenlijst|ordlista|ordliste"
    r"|s[łl]owniczek|словарь|глоссарий)\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^(?P<word>[^\W\d_][^.!?;:=–—]{0,50}?)(?P<sign>\s?[:=]|\s[–—]|\s-{1,2})\s+(?P<meaning>\S.*)$")
_LETTER = re.compile(r"^[^\W\d_](?:\s?[-–]\s?[^\W\d_])?\.?$")
_FEW = 4
_MOST = 0.4  # of the lines begin with a word and its sign
_ALL = 0.9  # of the lines begin so where no meaning goes on below its first line


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text whose title says that it is a glossary, and in which words stand before their meanings."""
    title, below = titled(lines, _SAYS, _ENTRY)
    entries = [line for line in below if _ENTRY.match(line.text.strip())] if title else []
    if not title or len(entries) < _FEW or len(entries) < _MOST * len(below):
        return None
    reason = f"the title says that words follow, and {len(entries)} lines have one before its meaning"
    return Claim(NAME, title[0], below[-1].number, 0.9, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read title, letters, words and their meanings."""
    galley = Galley()
    title, below = titled(lines, _SAYS, _ENTRY)
    begun = sum(bool(_ENTRY.match(line.text.strip()) or _LETTER.match(line.text.strip())) for line in below)
    width = width_of(lines) if begun < _ALL * len(below) else 0
    above: Line | None = None
    for line in lines:
        text = line.text.strip()
        entry = _ENTRY.match(text)
        if galley.fronted(line, title, "glossary-title"):
            pass
        elif _LETTER.match(text):
            galley.put(line, Role.HEADING, "glossary-letter", level=2)
        else:
            before = f"{above.text}." if above and entry else above.text if above else ""  # a word may begin small
            joined = bool(before) and goes_on(before, text, width)
            if entry and not joined:
                words = f"{styled(entry['word'], Style.STRONG)}{text[entry.end('word') :]}"
                galley.put(line, Role.PARAGRAPH, "glossary-word", words)
            else:
                galley.put(line, Role.PARAGRAPH, "glossary-more", joined=joined)
            above = line
            continue
        above = None
    return galley.copy()
