"""The spaces of French: high signs and guillemets stand off from their words, on paper and on screen."""

from __future__ import annotations

import re

from lxml.etree import _Element

from pipeline.forms.trees import local

NBSP, THIN = "\u00a0", "\u202f"
FRENCH = frozenset(("fr", "fr-FR", "fr-BE", "fr-LU", "fr-MC"))
"""Where French is written with thin spaces before high signs; in Switzerland and Canada most houses have none."""
_HIGH = re.compile(r"(?<=[^\s\u00a0\u202f«;!?])(?=[;!?»])|(?<=[;!?])(?=»)|(?<=«)(?=[^\s\u00a0\u202f])|(?<=«)$")
_SPACED = re.compile(r"(?<=\S)[ \u00a0](?=[;!?»])|(?<=«)[ \u00a0](?=\S)")
_COLON = re.compile(r"(?<=[^\W_])(?=:(?:\s|$))|(?<=[)»”’])(?=:(?:\s|$))")


def set_off(body: _Element) -> None:
    """Set the high signs and guillemets of a book in French off from their words by thin spaces that do not break.

    A colon has a whole space (*Lexique des règles typographiques en usage à l’Imprimerie nationale*, “Ponctuation”).
    What is in another language stands as it is.
    """
    for element in body:
        own = element.get("lang", "")
        if local(element) not in ("", "code", "pre") and own in ("", *FRENCH):
            element.text = _set_off(element.text, begins=False)
            set_off(element)
        element.tail = _set_off(element.tail, begins=True)


def _set_off(text: str | None, *, begins: bool) -> str | None:
    """Return text with its spaces; ``begins``: it goes on with what stands before it."""
    if not text:
        return text
    text = _HIGH.sub(THIN, _COLON.sub(NBSP, _SPACED.sub(THIN, text)))
    return f"{THIN}{text}" if begins and text[0] in ";!?»" else text
