"""Turns of speech: who speaks, what is done the while, and what is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.arrange.inlines import inlines
from pipeline.arrange.markup import STYLE_MARK
from pipeline.label.features import speaker
from pipeline.label.looks import written
from pipeline.label.openers import bare_label, directed, label_of_turn
from pipeline.label.shapes import TURN
from pipeline.model import NEW_LINE, OPENS, PRIVATE, Inline, LineBreak, Run, Style

_TYPED = str.maketrans(
    dict.fromkeys((*OPENS, *(chr(ord(mark) + 1) for mark in OPENS)), "_") | {"\u00a0": " ", "\u202f": " "}
)
_DIRECTION = re.compile(r"^(_?\([^)]{2,120}\)_?|_?\[[^\]]{2,120}\]_?)([:.]?)\s*(.*)$")
_WITHIN = re.compile(
    r"(?:(?<=[.!?…:;—–”»\"’)\]-] )|(?<=[.!?…:;—–”»\"’)\]-]_ ))_?\[_?(?!sic\b)(?=[^\W\d_]{2})[^\[\]\n]{2,160}\]_?\.?"
    r"|(?<=\s)\[_?[^\W\d_a-zß-öø-ÿ][^\[\]\n]{2,60}$"
)
"""A direction behind a sentence of what is said, and one at its end whose bracket nobody closed: "[Exit."."""
_AT_PAGE = re.compile(f"[{PRIVATE}]+")
_BRACKET = re.compile(r"_?\([^)]{2,120}\)_?")
_ACTS = re.compile(
    r"^, (_[^_]{2,90}_\.?|[^—–]{2,90}?) ?(?=[—–]|--)"
    r"|^, (_[^_]{2,90}_\.|(?:[^.!?;:—–_]|(?<=\b[^\W\d_])\.){2,70}(?<!\b[^\W\d_])\.)(?=\s+\W*[^\W\d_a-zà-öø-ÿ])"
)
_DIRECTED = re.compile(r"_?[\[(][^\])]*[\])]_?\W*")


def label_end(text: str) -> int:
    """Return where the label of a turn ends in text with marks of emphasis ("*Nora.* What?"); 0: it has none."""
    return label_of_turn(text.translate(_TYPED))


def stands_alone(row: str) -> bool:
    """Tell whether a line has nothing on it but who speaks, and what is done the while."""
    typed = row.translate(_TYPED)
    cut = label_of_turn(typed)
    behind = typed[cut:].strip(" _")
    return directed(typed) > 0 or (cut > 0 and (not behind or _DIRECTED.fullmatch(behind) is not None))


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in the turns of a text.

    ``names`` begin more than one of them ("Nora" of "*Nora.*"); ``italics``: directions in brackets are in italics, so
    that words in brackets that are not are spoken, aside; ``bare``: names in capitals that begin several without a
    stop, where most turns begin so.
    """

    names: frozenset[str] = frozenset()
    italics: bool = False
    bare: frozenset[str] = frozenset()


def habits(texts: Sequence[str], told: Sequence[str] = ()) -> Habits:
    """Return what is usual in these turns, running text with its marks of emphasis.

    ``told``: those of which it is known that they begin with who speaks, though he may speak but once.
    """
    counts = Counter(_name(text[:cut]) for text in texts if (cut := label_end(text)))
    marked = [bracket[0].count("_") > 1 for text in texts for bracket in _BRACKET.finditer(text.translate(_TYPED))]
    italics = sum(marked) > 1 and 2 * sum(marked) >= len(marked)
    bare = Counter(text[:cut] for text in texts if (cut := bare_label(text.translate(_TYPED))))
    without = frozenset(name for name, times in bare.items() if times > 1)
    usual = 2 * sum(bare[name] for name in without) > len(texts)
    known = {_name(text[:cut]) for text in told if (cut := label_end(text))}
    names = frozenset(label for label, times in counts.items() if times > 1 or label in known)
    return Habits(names, italics, without if usual else frozenset())


def _name(label: str) -> str:
    return label.translate(_TYPED).strip("_ .:—–-")


def spoken_by(text: str, head: str, usual: Habits, lang: str) -> tuple[Inline, ...]:
    """Set a turn.

    Args:
        text: running text, with its marks of emphasis.
        head: the line with which it begins, where nothing else than who speaks stands on it; else nothing.
        usual: what is usual in the turns of this text.
        lang: the language of the book.

    """
    if page := _AT_PAGE.match(text):  # a page of the source begins with the turn
        return (Run(page[0]), *spoken_by(text[page.end() :], head, usual, lang))
    if head and text.translate(_TYPED).startswith(head.translate(_TYPED)):
        return (*who_speaks(text[: len(head)], lang), Run(" "), *_said(text[len(head) :].lstrip(), usual, lang))
    if usual.bare and (cut := bare_label(text.translate(_TYPED))) and text[:cut] in usual.bare:
        said = text[cut:].lstrip()
        return (*inlines(text[:cut], lang, Style.SPEAKER), Run(" "), *_said(said, usual, lang))
    cut = label_end(text)
    who = _name(text[:cut])
    once = bool(usual.names) and written(who) == "capitals"  # who speaks a single time
    if cut and (who in usual.names or once or STYLE_MARK.match(text)):
        rest = text[cut:].lstrip()
        if acts := _ACTS.match(rest.translate(_TYPED)):
            does = (Run(", "), *inlines(rest[2 : acts.end()].rstrip(), lang, Style.STAGE), Run(" "))
            return (*who_speaks(text[:cut], lang), *does, *inlines(rest[acts.end() :].lstrip(), lang))
        return (*who_speaks(text[:cut], lang), Run(" "), *_said(rest, usual, lang))
    name, aside, stop, words = "", "", ":", ""
    if turn := speaker(text):
        name, aside, words = turn
    elif found := TURN.match(text):
        name, aside, stop, words = found["name"], (found["aside"] or "").strip(), found["stop"], found["words"]
    if name and aside:
        does = (Run(" "), *inlines(aside, lang, Style.STAGE), Run(f"{stop} " if words else stop))
        return (*inlines(name, lang, Style.SPEAKER), *does, *_said(words, usual, lang))
    if name:
        return (*inlines(f"{name}{stop}", lang, Style.SPEAKER), Run(" "), *_said(words, usual, lang))
    return inlines(text, lang)


def who_speaks(head: str, lang: str) -> tuple[Inline, ...]:
    """Set the name of who speaks, and the direction behind it; a speaker's style takes the place of the name's own."""
    cut = directed(head.translate(_TYPED)) or label_end(head) or len(head)
    aside = inlines(head[cut:].lstrip(", "), lang, Style.STAGE)
    between = Run(", " if head[cut:].startswith(",") else " ")
    return (*inlines(STYLE_MARK.sub("", head[:cut]), lang, Style.SPEAKER), *((between, *aside) if aside else ()))


def spoken_lines(text: str, usual: Habits, lang: str) -> tuple[Inline, ...]:
    """Set the lines of a speech in verse; one that is nothing but a direction in brackets is told apart."""
    out: list[Inline] = []
    rows = text.split(NEW_LINE)
    for directs, group in groupby(rows, key=lambda row: _is_direction(row, usual)):
        out += (LineBreak(),) if out else ()
        lines = NEW_LINE.join(group)
        bare = lines.lstrip("\u00a0")
        if directs:
            out += (Run("\u00a0" * (len(lines) - len(bare))),) if bare != lines else ()
        out += inlines(bare, lang, Style.STAGE) if directs else _with_directions(lines, lang)
    return tuple(out)


def _is_direction(row: str, usual: Habits) -> bool:
    typed = row.translate(_TYPED).strip()
    found = _DIRECTION.match(typed)
    return found is not None and not found[3] and not _is_spoken(found[1], usual)


def _is_spoken(bracket: str, usual: Habits) -> bool:
    """Tell whether words in brackets are said, aside: they exclaim or ask, or directions are in italics elsewhere."""
    plain = bracket.startswith("(") and "_" not in bracket
    return plain and (usual.italics or bracket.endswith(("!)", "?)")))


def _said(words: str, usual: Habits, lang: str) -> tuple[Inline, ...]:
    """Set what a speaker says; a direction in brackets before it is told apart."""
    stage = _DIRECTION.match(words.translate(_TYPED))
    if stage is None or _is_spoken(stage[1], usual):
        return _with_directions(words, lang)
    does = words[: stage.end(1)]
    return (*inlines(does, lang, Style.STAGE), Run(f"{stage[2]} "), *_with_directions(words[stage.start(3) :], lang))


def _with_directions(words: str, lang: str) -> tuple[Inline, ...]:
    """Set what is said, with the directions in square brackets between its sentences told apart."""
    out: list[Inline] = []
    at = 0
    for found in _WITHIN.finditer(words.translate(_TYPED)) if "[" in words else ():
        out += (*inlines(words[at : found.start()], lang), *inlines(words[slice(*found.span())], lang, Style.STAGE))
        at = found.end()
    return (*out, *inlines(words[at:], lang))
