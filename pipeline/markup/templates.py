"""Templates: a wiki's forms for what it quotes, which Pandoc's reader leaves out with all that a program fills in.

``{{quote|The mill stood still.|Ada Orr|The Mill Book}}`` is a quotation, and below it who said it and where.
"""

from __future__ import annotations

import re

__all__ = ["quotations_written_out"]

_QUOTING = re.compile(
    r"\{\{\s*(?:template:)?(?:(?:block|c|r|pull |long)?quot(?:e|ation)(?: ?box| frame|2)?|zitat(?:-\w+)?|citation bloc"
    r"|citation|début citation|cita|cita destacada|citazione|citação|citaat|cytat|цитата|врезка|引用文?)\s*\|"
    r"(?P<fields>(?:[^{}]|\{\{[^{}]*\}\})*)\}\}",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\|(?![^\[\]]*\]\])(?![^{}]*\}\})")  # not the bar of a link, or of a template inside
_KEY = re.compile(r"^\s*(?P<key>[^\W\d_][\w -]{0,20}|\d)\s*=\s*(?P<value>.*)$", re.DOTALL)
_WORDS = frozenset(
    ("text", "quote", "1", "zitat", "texte", "citation", "cita", "testo", "texto", "citaat", "текст", "cytat")
)
_WHOSE = re.compile(
    r"^(?:2|3|4|author|by|sign|cite|source|title|work|page|autor|verfasser|quelle|auteur|œuvre|ouvrage|livre|obra|fuente"
    r"|autore|opera|fonte|bron|автор|источник|źródło|作者|出典|来源)$",
    re.IGNORECASE,
)


def quotations_written_out(text: str) -> str:
    """Return a wiki's text in which quotations stand as such, who said them and where below, and not in templates."""
    return _QUOTING.sub(_quotation, text) if "{{" in text else text


def _quotation(found: re.Match[str]) -> str:
    words, whose = "", list[str]()
    for n, part in enumerate(_FIELD.split(found["fields"])):
        key = _KEY.match(part)
        value = (key["value"] if key else part).strip()
        if (key and key["key"].strip().casefold() in _WORDS) or (key is None and n == 0):
            words = words or value
        elif value and (key is None or _WHOSE.match(key["key"].strip())):
            whose.append(value)
    said = f"\n\n— {', '.join(whose)}" if whose else ""
    return f"\n<blockquote>\n{words}{said}\n</blockquote>\n" if words else found[0]
