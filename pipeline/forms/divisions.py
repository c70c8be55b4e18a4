"""The parts of a book by their names: what stands before the text, what behind it, and a title that stands alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from lxml.etree import _Element

from pipeline.forms.plays import heads_persons
from pipeline.forms.trees import HEADINGS, add_class, classes, local, make, text_of
from pipeline.model import UNPRINTED
from pipeline.parts import NAMED

MATTER = "data-matter"
"""Attribute of a division that is a part of a book by its name: one of the keys of ``NAMES``."""
FRONT = "data-front"
"""Attribute of a division that stands before the text, with folios in roman figures (Chicago Manual of Style, 1.4)."""
INSCRIPTION = "inscription"
"""Class of a dedication, an epigraph or a leaf without a heading, which stands before the contents and is not named in
them."""
ABOVE = "above"
"""Class of the title of the book where it stands once more above the first chapter."""

NAMES = {
    "dedication": r"dedication|dédicace|widmung|zueignung|dedicatoria|dedica|dedicatória|opdracht|посвящение|tillägnan"
    r"|tilegnelse|dedykacja|věnování|αφιέρωση",
    "epigraph": r"epigraphs?|épigraphe|motto|epígrafe|epigrafe|эпиграф",
    "foreword": r"foreword|avant-propos|geleitwort|zum geleit|presentazione|presentación|ten geleide|woord vooraf"
    r"|förord|forord|вступительное слово|от издателя",
    "preface": r"(?:(?:the )?(?:author|editor|translator|publisher)[’']?s[’']? )?preface(?: (?:to|by|of) .{3,60})?"
    r"|advertisement|to the reader|préface(?: .{3,60})?|au lecteur|vorwort(?: .{3,60})?|vorrede|an den leser|prefacio"
    r"|al lector|prefazione|al lettore|prefácio|voorwoord(?:[ ,.:].{3,60})?"
    r"|(?:voorrede|voorbericht)(?:[ ,.:].{3,60})?|предисловие(?: .{3,60})?|передмова|przedmowa"
    r"|předmluva|företal|πρόλογος|praefatio",
    "acknowledgments": r"acknowledge?ments|remerciements|danksagung|agradecimientos|ringraziamenti|agradecimentos"
    r"|dankwoord|благодарности|podziękowania",
    "note": r"(?:(?:the )?(?:author|editor|translator|publisher|transcriber)[’']?s[’']? )(?:foreword|note)"
    r"|note (?:by|from) the (?:author|editor|translator|publisher)"
    r"|note (?:de l’|du |de la )(?:auteur|éditeur|traducteur)|anmerkung des (?:herausgebers|übersetzers|verfassers)",
    "introduction": r"introduction(?: (?:to|by) .{3,60})?|introductory|einleitung|einführung|introducción|introduzione"
    r"|introdução|inleiding|введение|вступление|inledning|indledning|wstęp|úvod",
    "prologue": r"prologue|prolog|prólogo|prologo|proloog|пролог",
    "epilogue": r"epilogue|épilogue|epilog|epílogo|epilogo|epiloog|эпилог",
    "afterword": r"afterword|postface|nachwort|epílogo del .{3,40}|postfazione|nawoord|послесловие|efterord"
    r"|efterskrift",
    "appendix": r"appendix(?:[ .:—–-].{1,80})?|appendices|addenda|appendice|annexes?|anhang|apéndice"
    r"|bijlage|приложение",
    "glossary": r"glossary(?: (?:of|to) .{3,80})?|glossaire(?: d.{3,80})?"
    r"|(?:glossar|wörterverzeichnis)(?: (?:der|des|zu[rm]?) .{3,80})?|glosario(?: de .{3,80})?"
    r"|glossario(?: d[ei].{3,80})?"
    r"|glossário(?: d.{3,80})?|(?:verklarende )?woordenlijst(?: (?:van|bij) .{3,80})?|ordlist[ea](?: over .{3,80})?"
    r"|sanasto|словарь(?: .{3,60})?",
    "errata": r"errata|corrigenda",
}
_NAMES = {kind: re.compile(rf"(?:{pattern})$", re.IGNORECASE) for kind, pattern in NAMES.items()}
_DEDICATED = re.compile(
    r"(?:\[?dedicated )?(?:to|for|à|au|aux|für|dem|den|der|meine[rmn]?|a|al|alla|ai|aan|voor|til|till|para)\b|посвящ",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\W*[“\"«„‘]")
_SET_APART = {"letter", "verse", "attribution", "blockquote", "old-title-page"}
_FEW = 600  # characters of a dedication or an epigraph
_LEAF = 1500  # characters of what a page before the preface holds; more is a text that has begun
_GOES_ON = re.compile(r"\s(?=(?:by|through|concerning|par|durch|mittels|por|per|door)\s)", re.IGNORECASE)
_SHARE = 0.12  # of a book may stand before its half title; more is a tale before the one that it is called by
BEFORE = ("dedication", "epigraph", "foreword", "preface", "acknowledgments", "note")
_SUPPLEMENT = re.compile(
    r"(?:supplement|postscript|addition|supplément|nachtrag|zusatz|bijvoegsel|toevoegsel|suplemento|supplemento|tillägg"
    r"|tillæg|tillegg|дополнение|dodatek)(?:[ ,.:].{3,60})?$",
    re.IGNORECASE,
)
"""What was added to a preface in a later edition, and stands behind it."""


def matter_of(title: str) -> str:
    """Return which part of a book a division with that title is; nothing for one of the text."""
    words = " ".join(title.split()).rstrip(".: ").replace("'", "’")
    return next((kind for kind, pattern in _NAMES.items() if pattern.match(words)), "")


def mark_divisions(body: _Element, title: str) -> None:
    """Mark the divisions of ``body`` that are parts of a book by their names, and those that stand before the text.

    A division that has nothing but the ``title`` of the book is none: its words stand above the next one, or above the
    first of its own sections, which become divisions. A few set lines above all divisions dedicate the book or are
    its epigraph: a division without a title. What else stands above the text without a heading is a leaf, if it is
    short; if not, the text has begun, unless the title of the book stands above it anew.
    """
    _mark_inscription(body)
    every = _divisions(body)
    titled = [one for one in every[:-1] if _is_alone(one) and _says(_words(one), title)]
    divisions = [one for one in every if one not in titled]
    half = every.index(titled[-1]) + 1 - len(titled) if titled else 0  # divisions before the title that stands anew
    if len(divisions) > 1 and (sections := _under_the_title(divisions, title)):
        for section in sections:
            _raise(section)
            divisions[0].addprevious(section)
        _put_above(divisions[0], sections[0])
        divisions = [one for one in _divisions(body) if one not in titled]
    for division in divisions:
        if kind := matter_of(_words(division)):
            division.set(MATTER, kind)
        if division.get(MATTER) in ("dedication", "epigraph") and len(text_of(division)) <= _FEW:
            add_class(division, INSCRIPTION)
    front = _before_the_text(divisions, title, half)
    for division in reversed(titled):
        now = _divisions(body)
        _put_above(division, now[now.index(division) + 1])
    _mark_front(body, divisions[:front], begun=bool(titled) and half <= front)


def _before_the_text(divisions: Sequence[_Element], title: str, half: int) -> int:
    """Return how many divisions stand before the text.

    They are told by their names, or by what the text begins with: the half title, which stands behind ``half`` of them,
    or the first act of a play, if the list of its persons is among what stands before it.
    """
    front = 0
    names = [_words(one) for one in divisions]
    kinds = [one.get(MATTER, "") for one in divisions]
    if len(divisions) > 1 and kinds[1] in BEFORE and _is_leaf(divisions[0]) and _says(names[0], title):
        _make_leaf(divisions[0])
        front = 1
    while front < len(divisions) and (kinds[front] in BEFORE or (front and _SUPPLEMENT.match(names[front]))):
        front += 1
    lengths = [len(text_of(one)) for one in divisions]
    if sum(lengths[:half]) <= _SHARE * sum(lengths):
        front = max(front, half)
    acts = (n for n, name in enumerate(names) if (found := NAMED.match(name)) and (found["part"] or found["part2"]))
    act = next(acts, 0)
    leading = range(front, act)
    if any(heads_persons(names[n]) for n in leading) and all(
        (kinds[n] in BEFORE or not kinds[n]) and lengths[n] <= _LEAF for n in leading
    ):
        front = act
    return 0 if front == len(divisions) else front


def _mark_front(body: _Element, front: Sequence[_Element], *, begun: bool) -> None:
    """Mark the divisions that stand before the text, and make one of what stands above them without a heading.

    ``begun``: the title stands anew above the text, so that all above it stands before the text.
    """
    end = front[0] if front else next(iter(_divisions(body)), None)
    above = [one for one in takewhile(lambda one: one is not end, body) if local(one) and _is_printed(one)]
    long = sum(len(text_of(one)) for one in above) > _LEAF
    if not (front or begun) or any(local(one) == "section" for one in above) or (long and not begun):
        return
    if lines := _without_rules(above):
        leaf = make(body, "section", "level1", "untitled", *(() if long else (INSCRIPTION,)))
        leaf.set(FRONT, "")
        leaf.extend(lines)
        body.insert(0, leaf)
    for division in front:
        division.set(FRONT, "")


def _is_leaf(division: _Element) -> bool:
    """Tell whether a division has nothing but a heading and a few set lines, as below the title of a book."""
    inside = [one for one in division if local(one) and _is_printed(one)][1:]
    set_apart = all(_SET_APART & {local(one), *classes(one)} for one in inside)
    return bool(inside) and set_apart and sum(len(text_of(one)) for one in inside) <= _LEAF


def _make_leaf(division: _Element) -> None:
    """Let the heading of a division be a line above what is said there, which has no entry in the contents."""
    heading = heading_of(division)
    assert heading is not None
    heading.tag = str(heading.tag).replace("h1", "p")
    add_class(heading, ABOVE)
    add_class(division, INSCRIPTION, "untitled")
    division.set(MATTER, "epigraph")


def _is_printed(block: _Element) -> bool:
    return UNPRINTED.isdisjoint(classes(block))


def _without_rules(blocks: Sequence[_Element]) -> list[_Element]:
    """Take away rules that part nothing, as those of the old title page do where its lines are not printed."""
    kept: list[_Element] = []
    rule: _Element | None = None
    for block in blocks:
        if local(block) == "hr":
            if (parent := block.getparent()) is not None:
                parent.remove(block)
            rule = block if kept else None
            continue
        kept += [block] if rule is None else [rule, block]
        rule = None
    return kept


def _divisions(body: _Element) -> list[_Element]:
    return [one for one in body if local(one) == "section" and "level1" in classes(one)]


def _under_the_title(divisions: Sequence[_Element], title: str) -> list[_Element]:
    """Return the sections of the first division, if it has nothing else but the title of the book, or that and more.

    Where several divisions begin with the title, it names volumes or parts.
    """
    whole, first, *others = _letters(title), *(_letters(_words(one)) for one in divisions)
    if not whole or not first.startswith(whole) or any(name.startswith(whole) for name in others):
        return []
    _, *inside = [one for one in divisions[0] if local(one)]
    return inside if all(local(one) == "section" for one in inside) else []


def _words(division: _Element) -> str:
    return text_of(heading) if (heading := heading_of(division)) is not None else ""


def _raise(section: _Element) -> None:
    """Make a section a division, and the sections in it sections."""
    for one in section.iter():
        if (name := local(one)) in HEADINGS[1:]:
            one.tag = str(one.tag).replace(name, HEADINGS[HEADINGS.index(name) - 1])
        if name == "section":
            one.set("class", re.sub(r"level(\d)", lambda found: f"level{int(found[1]) - 1}", one.get("class", "")))


def heading_of(section: _Element) -> _Element | None:
    """Return the heading of a section, if it begins with one."""
    passed = {ABOVE, "caption", *UNPRINTED}  # a picture may stand above a heading
    first = next((one for one in section if local(one) and passed.isdisjoint(classes(one))), None)
    return first if first is not None and local(first) in HEADINGS else None


def _is_alone(section: _Element) -> bool:
    """Tell whether a division prints nothing but its heading, and perhaps what a picture on a title page shows."""
    inside = [one for one in section if local(one) and {*UNPRINTED, "caption"}.isdisjoint(classes(one))]
    return len(inside) == 1 and local(inside[0]) == "h1" and not any(local(one) == "a" for one in inside[0].iter())


def _mark_inscription(body: _Element) -> None:
    """Make a division of the few set lines that stand above all divisions, with nothing between."""
    lines = [one for one in takewhile(lambda one: local(one) != "section", body) if local(one)]
    below = next((one for one in body if local(one) == "section"), None)
    if below is None or "level1" not in classes(below):
        return  # what stands between is no division either, and lines above it go before it
    words = " ".join(text_of(one) for one in lines if "old-title-page" not in classes(one)).strip()
    if not words or len(words) > _FEW or not all(_SET_APART & {local(one), *classes(one)} for one in lines):
        return
    printed = [one for one in lines if "old-title-page" not in classes(one)]
    parted = next((one for one in printed[1:] if _QUOTED.match(text_of(one))), None)
    cut = lines.index(parted) if parted is not None and _DEDICATED.match(words) else len(lines)
    for place, (matter, some) in enumerate((("dedication", lines[:cut]), ("epigraph", lines[cut:]))):
        if some:
            section = make(body, "section", "level1", "untitled")
            section.set(MATTER, matter if _DEDICATED.match(words) else "epigraph")
            section.extend(some)
            body.insert(place, section)


def _put_above(section: _Element, following: _Element) -> None:
    heading, parent = section[0], section.getparent()
    assert parent is not None
    line = make(section, "p", ABOVE, *classes(heading))
    line.text, line.tail = heading.text, "\n"
    line.extend(list(heading))
    if name := section.get("id"):
        line.set("id", name)
    following[:0] = [line, *section[1:]]  # with what is left of the old title page
    parent.remove(section)


def _says(words: str, title: str) -> bool:
    """Tell whether words are the title of the book: whole, without what stands behind a colon, or most of its words.

    A half title may also break off where the title goes on by a preposition: “Growth of Weirs”, and by what means.
    """
    own, whole = _letters(words), _letters(title)
    most = 2 * len(own) > len(whole) and (whole.startswith(own) or whole.endswith(own))
    broken = _GOES_ON.split(title, maxsplit=1)[0] if " " in words.strip() else ""
    return own in (whole, _letters(title.split(":")[0])) or most or own in (_letters(broken), _letters(_bare(broken)))


def _bare(title: str) -> str:
    return re.sub(r"^(?:the|an?|les?|la|der|die|das|het|de|el)\s+", "", title, flags=re.IGNORECASE)


def _letters(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if sign.isalnum())
