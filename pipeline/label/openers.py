"""With what a turn might open: a name, its sign, and what is done the while; where such a label ends on its line.

Printers have many ways: "NORA. What?", "_Nora._ What?", "MRS. TARN (rising): What?", "NORA, rising. — What?". Whether a
line opens a turn indeed, the whole text shows (:mod:`pipeline.label.cast`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.parts import HONORIFIC

STOPS = '.!?…)]"”’»_'
"""What may stand at the end of the line above."""

NTH = re.compile(r"_?\d{1,2}(?i:st|nd|rd|th)\.? (?=[^\W\d_a-zà-öø-ÿа-я])|\d{1,3}\. +(?=_?[QFDPVS]\._? )")
"""The which of the kind speaks ("1st Sailor.", "2ND LORD."), or which question is asked ("12. _Q._")."""

PAGE = re.compile(r"\{\d{1,4}\} +")
"""What says that a page of the printed book begins, before what stands at its top."""

_ADDRESS = re.compile(rf"_?{HONORIFIC}\.\s+(?=_?[^\W\d_a-zà-öø-ÿа-я])")
_ADDRESSED = re.compile(rf"\b(?i:and|und|et|y|e|en|og|och) (?P<address>{HONORIFIC}\.)$")
_OPENER = re.compile(
    r"^_?(?P<name>[^\W\d_][^.:;!?,()\[\]_—–\n]{0,34}?(?<! )\.?)_?"
    r"(?P<sign>\._?(?= |$)|:_?(?= |$)|,? ?[\[(]|\.?_? ?--+|\.?_? ?[—–]| ?_\(|,_?$|_?$)"
)
_STOP = re.compile(r"[.:;!?,()\[\]_—–\n]|--")  # a name goes no farther
_DIRECTED_OR_ALONE = re.compile(r", ?[\[(]|,_?$")
_NEAR = 37  # letters; the sign behind the longest name begins no later
_ACTS = r"(?P<name>[A-ZÀ-ÖØ-Þ’'-]{2,}(?: [A-ZÀ-ÖØ-Þ’'-]{2,}){0,2}), _?[a-zß-öø-ÿ]"
_DIRECTED = re.compile(rf"{_ACTS}(?:(?!--)[^—–]){{2,90}}$")
_ACTS_THEN_SAYS = re.compile(
    rf"{_ACTS.partition(', ')[0]}, (?:_[^_]{{2,90}}_|[a-zß-öø-ÿ](?:[^.!?;:—–_]|(?<=\b[^\W\d_])\.){{1,70}})"
    r"\.(?=\s+\W*[^\W\d_a-zà-öø-ÿ])(?<!\b[^\W\d_]\.)"
)
_INITIALED = re.compile(
    r"_?(?![AQ]\.)[^\W\d_a-zß-öø-ÿ]{1,4}\. +(?=[^\W\d_a-zß-öø-ÿ]{2}[^\W\d_a-zß-öø-ÿ’'-]*(?:[.:,]|_|$| [(\[{]))"
)
_BARE = re.compile(
    r"(?P<name>[^\W\d_a-zß-öø-ÿа-я]{3}[^\W\d_a-zß-öø-ÿа-я’'-]*(?: [^\W\d_a-zß-öø-ÿа-я’'-]{2,}){0,3})"
    r"(?= +_?(?:[(\[]|[\"“«¡¿]*[^\W\d_a-zß-öø-ÿа-я](?:[a-zß-öø-ÿа-я’']|[ ,.!?])))"
)
_BRACED = re.compile(r"(?P<name>_?[^\W\d_a-zß-öø-ÿ]{2}[^a-zß-öø-ÿ.:;!?,()\[\]{}—–\n]{0,34}?)\s*\{")
_DIRECTED_IN_ITALICS = re.compile(r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'.-]*(?: [\w’'.-]+){0,3}), _[^_]{2,90}_[.:]?$")
_ACTS_AND_SAYS = re.compile(rf"{_ACTS}[^.—–]{{1,90}}\.?_? ?(?:[—–]|--)")


def _opened(text: str) -> re.Match[str] | None:
    """Match the words and the sign with which a turn might begin; most lines have no such sign so near."""
    stop = _STOP.search(text, 2 if text[:1] == "_" else 1)
    at = stop.start() if stop else len(text)
    if at > _NEAR or text[at : at + 1] in (";", "!", "?", ")", "]"):
        return None
    if text[at : at + 1] == "," and not _DIRECTED_OR_ALONE.match(text, at):
        return None
    return _OPENER.match(text)


def opener(text: str) -> str:
    """Return the words and the sign with which a turn might begin ("NORA.", "Nora (", "_Nora._"), or nothing."""
    found = _opened(text)
    if found is None or not found["name"][0].isupper():
        return ""
    name = found["name"].strip("_. ")
    sign = found["sign"].replace("_", "").strip()[:1] or ("$" if found.end() == len(text) else "")
    if not sign or len(name.split()) > 4:
        return ""
    return f"{name}{'.' if sign in '.-—–' else sign if sign != '(' else '['}"


@lru_cache(maxsize=8192)  # a dozen rooms ask about one line
def label_of_turn(text: str) -> int:
    """Return where the label of a turn ends: behind its stop or colon, before what stands in brackets; 0: none.

    The stop of "Mrs." does not end it.
    """
    if ", " in text and (acts := _ACTS_AND_SAYS.match(text) or _ACTS_THEN_SAYS.match(text)):
        return acts.end("name")  # "MARCEL, se levant. — Qui est là ?"
    if "{" in text and (braced := _BRACED.match(text)):  # "ANN   { Who is there?": several say it together
        return braced.end("name")
    address = _ADDRESS.match(text) or _INITIALED.match(text) or PAGE.match(text)
    if address:
        rest = label_of_turn(text[address.end() :])
        return address.end() + rest if rest else 0
    if text[:2].strip("_")[:1].isdigit() and (nth := NTH.match(text)):
        rest = label_of_turn(text[nth.end() :])
        return nth.end() + rest if rest else 0
    found = _opened(text)
    if found is None or not found["name"][0].isupper() or len(found["name"].split()) > 5:
        return 0
    sign = found["sign"]
    end = found.start("sign") if sign.strip(" ,_")[:1] in ("[", "(") else len(text[: found.end()].rstrip())
    if (last := _ADDRESSED.search(text, 0, end)) and (rest := label_of_turn(text[last.start("address") :])):
        return last.start("address") + rest  # "ANN AND MRS. TARN."
    return end


def bare_label(text: str) -> int:
    """Return where a name in capitals ends behind which what is said follows without a stop; 0: there is none.

    "MARCHESE Chi è?", "BETTINA (ride) Nessuno." Only who is listed, or speaks again and again, is known by it.
    """
    found = _BARE.match(text)
    return found.end("name") if found else 0


def directed(text: str) -> int:
    """Return where the name ends on a line of a name and a direction, as French plays have it; 0 on any other.

    "MARCEL, se levant." stands alone over what he says.
    """
    if ", " not in text or _ACTS_THEN_SAYS.match(text):
        return 0
    found = _DIRECTED.match(text) or (_DIRECTED_IN_ITALICS.match(text) if text.rstrip(".:").endswith("_") else None)
    return found.end("name") if found else 0
