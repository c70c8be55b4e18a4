"""Ranks: how deep each heading lies. Headings of one form lie equally deep, wherever they stand.

The form is the size of the letters and how they are set, and where that is not known, what the heading says. What the
file tells of levels itself comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mode

from pipeline.kinds.pages.heads import key
from pipeline.kinds.pages.leaves import Row
from pipeline.kinds.pages.pressed import Pressed
from pipeline.kinds.pages.sequence import Labelled
from pipeline.parts import FRONT_OR_BACK, NAMED, NUMBER

__all__ = ["ranks"]

_PART, _CHAPTER, _TITLED, _NUMBER, _FRONT = range(5)
_DEEPEST = 5  # no book has more levels of headings
_Form = tuple[float, int, int]
_LONG = 6  # letters; what is shorter, such as a Roman number, does not tell whether it is set in capitals
_FEWEST = 2  # headings of one form; one alone is no habit
_SIZES_APART = 0.5  # points; headings nearer than that are of one size


def ranks(page: Pressed, labelled: Sequence[Labelled]) -> Mapping[int, int]:
    """Return the level of each row that is (or goes on with) a heading: 1 opens a division."""
    groups: list[list[Row]] = []
    for row, one in zip(page.rows, labelled, strict=True):
        if one.label == "heading" or (one.label == "heading+" and not groups):
            groups.append([row])
        elif one.label == "heading+":
            groups[-1].append(row)
    heads = {key(row.words) for row in page.every if page.furniture.get(row.number, "").startswith("running")}
    forms = _with_front(_with_capitals(groups, [_form(group, heads) for group in groups]))
    told = [min((page.said.levels.get(row.number, 0) for row in group), default=0) for group in groups]
    depths = _told(forms, told) if any(told) else _by_form(forms)
    return {row.number: depth for group, depth in zip(groups, depths, strict=True) for row in group}


def _by_form(forms: Sequence[_Form]) -> list[int]:
    """Return the level of each heading where nothing but its form tells it."""
    order = sorted(set(forms))
    titled = _has_title_page(forms, order)
    return [min(max(order.index(form) - titled, 0) + 1, _DEEPEST) for form in forms]


def _with_front(forms: Sequence[_Form]) -> list[_Form]:
    """Let prefaces and what else stands before the first part or chapter lie as deep as that, if it is set like it.

    In a book whose headings have titles only, its preface and its appendix lie as deep as those.
    """
    main = min((form[2] for form in forms if form[2] not in (_FRONT, _NUMBER)), default=_FRONT)
    first = next((at for at, form in enumerate(forms) if form[2] == main), 0)
    out: list[_Form] = []
    for at, form in enumerate(forms):
        before = at < first and form[:2] == forms[first][:2] and form[2] != _NUMBER
        front = form[2] == _FRONT and (before or main == _TITLED)
        out.append((*form[:2], main if before or front else _CHAPTER if form[2] == _FRONT else form[2]))
    return out


def _told(forms: Sequence[_Form], told: Sequence[int]) -> list[int]:
    """Return the level of each heading where the file tells that of most; the others go by those of their form.

    ``told``: the levels that the file tells, 0 where it is silent. A form of which it tells none lies below the next
    larger one.
    """
    ranked = {level: rank for rank, level in enumerate(sorted({level for level in told if level}), 1)}
    usual: dict[_Form, int] = {}
    deep = 0
    for form in sorted(set(forms)):
        levels = [ranked[level] for one, level in zip(forms, told, strict=True) if one == form and level]
        usual[form] = mode(levels) if levels else deep + 1
        deep = usual[form]
    return [min(ranked.get(level, usual[form]), _DEEPEST) for form, level in zip(forms, told, strict=True)]


def _has_title_page(forms: Sequence[_Form], order: Sequence[_Form]) -> bool:
    """Tell whether the largest heading is the title of the book: the only one of its size, in front of the next."""
    alone = len(order) > 1 and order[0][0] < order[1][0] and forms.count(order[0]) == 1
    return alone and forms.index(order[0]) < forms.index(order[1])


def _form(group: Sequence[Row], heads: set[str]) -> _Form:
    """Return what tells how deep a heading lies: the size of its letters and how they are set, and what it says."""
    words = " ".join(row.words for row in group)
    named = NAMED.match(words)
    front = FRONT_OR_BACK.match(words.rstrip("."))
    if named and (named["part"] or named["part2"]):
        kind = _PART
    elif front and not named:
        kind = _FRONT
    elif named or any(head in heads for head in (key(words), key(group[0].words))):
        kind = _CHAPTER
    else:
        kind = _NUMBER if NUMBER.match(words) else _TITLED
    look = max((row.look for row in group if row.look), key=lambda look: look.size, default=None)
    if look is None or look.runs_in:  # what runs in lies deepest
        return 0.0, 0, kind
    # where size does not tell them apart, what is slanted lies below what is upright, and that below capitals
    style = 1 if look.small_capitals else 3 if look.slanted else 2
    kind = kind if kind in (_PART, _FRONT) else _CHAPTER
    return -round(look.size / _SIZES_APART) * _SIZES_APART, 2 * style + (not look.bold), kind


def _with_capitals(groups: Sequence[Sequence[Row]], forms: Sequence[_Form]) -> list[_Form]:
    """Set those in capitals above the others of their form, where both occur; what is short is set as most are."""
    words = [" ".join(row.words for row in group) for group in groups]
    capitals = [text.isupper() if sum(map(str.isalpha, text)) >= _LONG else None for text in words]
    out: list[_Form] = []
    for form, own in zip(forms, capitals, strict=True):
        alike = [one for one, other in zip(capitals, forms, strict=True) if one is not None and other == form]
        usual = bool(alike) and sum(alike) >= len(alike) / 2
        mixed = min(alike.count(True), alike.count(False)) >= _FEWEST
        large = (own if own is not None else usual) if mixed else usual
        out.append((form[0], form[1] - (8 if large and form[0] else 0), form[2]))
    return out
