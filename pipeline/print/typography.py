"""Small matters of the composing room: what must not part at the end of a line, and who speaks in small capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from pipeline.forms.elements import HEADINGS, JOINER, ZERO_WIDTH
from pipeline.forms.french import FRENCH, NBSP, set_off
from pipeline.print.boxes import HYPHEN

_ANYWHERE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    r"\U00020000-\U0003ffff"
)
# Signs at which a line may end are left to do it, and so are scripts without spaces: Pango knows where they may part.
LONG, PIECE = re.compile(rf"[^\s/…–—{_ANYWHERE}-]{{36,}}"), re.compile(r"^.{18}|.{1,6}")
"""A word that is broken without a hyphen begins with letters enough that it is known for one (see ``proof.pdf``)."""
HELD = re.compile(r"[\S\u00a0\u2007\u202f]{200,}")
NO_BREAK = re.compile("[\u00a0\u2007\u202f]")
"""Spaces that hold words together; nobody holds three lines of them together on purpose."""
SMALL = re.compile(
    r"(?<![\w’'.])(an?|the|of|in|on|to|by|at|for|and|or|le|la|les|du|des?|une?|et|aux?|à|en|el|los|las|y|del|al|di|il|lo"
    r"|da|do|dos|os|von|vom|zu|zum|zur|im|am|der|die|das|dem|den|und|eine?|het|een|van|op|te|och|av|og|af|til|и|в|на|с)"
    r" (?=[^\W\d_])"
)
"""An article, a preposition or “and”, which does not end a line of a title."""
COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
MANY = 12  # words in a row, each marked by itself, that are one passage
SHORT = 24  # letters; a compound in a heading is kept whole if it has no more
_DASH = re.compile(r"(?<=[^\s—])(?=—)")
"""Before a dash that has no space; there a line does not end, for no line begins with it."""
MONTHS = (
    "January February March April May June July August September October November December"
    " Jan. Feb. Mar. Apr. Aug. Sept. Oct. Nov. Dec."
)
NUMBERS = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|(?:Thir|Four|Fif|Six|Seven|Eigh|Nine)teen"
_VOLUMES = "Vol Vols No Nos Ch Chap Fig Art Sec"
_LITTLE = "p pp vol vols no nos ch chs fig figs ed art sec l ll f ff cf c ca"
_TITLES = "Mr Mrs Ms Dr Prof St Gen Col Capt Lt Sgt Rev Hon"


def _behind(words: str, stop: str = "") -> list[str]:
    """Return patterns for ``words``, each with a ``stop``: one for those of each length, so that it can look back."""
    lengths = groupby(sorted(words.split(), key=len), key=len)
    return [rf"\b(?:{'|'.join(map(re.escape, some))}){stop}" for _, some in lengths]


def _space(before: Iterable[str], after: str) -> re.Pattern[str]:
    """Return a pattern of a space by what stands ``before`` it, patterns of fixed width, and ``after`` it.

    It begins with the space, which Python finds many times as fast as it tries each letter for what stands before.
    """
    return re.compile(rf" (?={after})(?:{'|'.join(f'(?<={one} )' for one in before)})")


PATTERNS = (  # of the space that must not break
    _space((r"(?<![\w.])\d", r"(?<![\w.])\d\d"), rf"(?:{'|'.join(map(re.escape, MONTHS.split()))})\b"),  # 19 January
    _space(_behind(MONTHS), r"\d{1,2}(?!\d)"),  # January 19
    _space([r"(?<![\w.])[A-Z]\."], r"[A-Z]\.? ?[A-Z]"),  # J. V. Stalin: between the initials
    _space((r"(?<![\w.])" + r"[A-Z]\." * n for n in (1, 2, 3)), r"[A-Z][a-z]"),  # J.V. Stalin: before the name
    _space(_behind(_LITTLE, r"\."), r"[\dIVXLC]"),  # p. 144
    _space(_behind(f"{_VOLUMES} Chapter Part Volume Article Section Page"), r"[\dIVXLC]+\b"),
    _space(_behind(_VOLUMES, r"\."), r"[\dIVXLC]+\b"),
    _space(_behind("Part Chapter Book Volume Act Scene"), rf"(?:{NUMBERS})\b"),
    _space(_behind(_TITLES, r"\."), r"[A-Z](?!\w{11})"),  # Dr. Watson: no long name
    _space([r"[§¶№]"], r"\d"),
    _space([r"\d"], r"(?:percent|per cent|million|billion|rubles|roubles|km|kg|%)(?:\W|$)"),  # 5 million
    re.compile(r" (?=[–—] )"),  # a dash does not open a line
    re.compile(r" (?=\. ?\. ?\.)"),  # nor does an ellipsis
)


def tie(text: str) -> str:
    """Return ``text`` with the spaces that must not break made non-breaking, and dashes held to the word before them.

    Tied are the parts of a date, initials and what they stand before, titles and names, numbers and what they
    count (Chicago Manual of Style, 17th ed., 6.121; Bringhurst, 2.4.4).
    """
    for pattern in PATTERNS:
        text = pattern.sub(NBSP, text)
    return _DASH.sub(JOINER, text) if "—" in text else text


def _ends_in_word(element: HtmlElement) -> bool:
    text = element.text_content()
    return bool(text) and not text[-1].isspace()


def part(text: str) -> str:
    """Return ``text`` with places to break in words that are as long as a line, such as addresses of the web.

    Words that no-break spaces hold together for some lines may part there, for else they would run off the paper.
    """
    text = HELD.sub(lambda found: NO_BREAK.sub(rf"\g<0>{ZERO_WIDTH}", found.group()), text)
    return LONG.sub(lambda found: ZERO_WIDTH.join(PIECE.findall(found.group())), text)


def hold(text: str) -> str:
    """Return ``text`` of a title held together: no line of it ends within a compound, or in a small word."""
    text = SMALL.sub(rf"\1{NBSP}", text)
    return COMPOUND.sub(lambda found: found[0].replace("-", f"-{JOINER}") if len(found[0]) <= SHORT else found[0], text)


def as_passages(body: HtmlElement) -> None:
    """Make one passage of many words that follow one another and are each marked alike by themselves.

    Who marks a dozen words in a row, word by word, means the passage; and of each piece WeasyPrint makes a box, which
    takes as long as a line of text.
    """
    for element in [*body.iter("em", "strong", "code")]:
        parent = element.getparent()
        if parent is None or len(element):
            continue  # it was taken into the passage before it
        row = [element]
        while (after := row[-1].getnext()) is not None:
            between = row[-1].tail or ""
            if (
                between.strip()
                or not between
                or (after.tag, after.attrib) != (element.tag, element.attrib)
                or len(after)
            ):
                break
            row.append(after)
        if len(row) < MANY:
            continue
        words = [f"{one.text or ''}{one.tail}" for one in row[:-1]]
        element.text, element.tail = f"{''.join(words)}{row[-1].text or ''}", row[-1].tail
        for one in row[1:]:
            one.tail = None
            parent.remove(one)


def compose(body: HtmlElement, lang: str = "", languages: Sequence[str] = ()) -> None:
    """Tie what belongs together in all text of ``body``, and mark words all in capitals.

    Headings break between words only. Signs are set off in a book in ``lang``, if that is one of ``languages``.
    An author's U+2010 becomes the other hyphen, which looks the same: then each U+2010 on a page is the typesetter's.
    """
    as_passages(body)
    if lang in FRENCH and "fr" in languages:
        set_off(body)
    for element in body.iter():
        if not isinstance(element.tag, str) or element.tag in ("code", "pre"):
            continue
        if element.text:
            element.text = part(tie(element.text).replace(HYPHEN, "-"))
        if element.tail:
            held = JOINER * (element.tail[0] == "—" and _ends_in_word(element))
            element.tail = held + part(tie(element.tail).replace(HYPHEN, "-"))
    for heading in body.iter(*HEADINGS):
        heading.text = hold(heading.text or "")
        for inside in heading.iterdescendants():
            inside.text, inside.tail = hold(inside.text or ""), hold(inside.tail or "")
    for speaker in body.iterfind('.//span[@class="speaker"]'):
        speaker.classes.add("smallcaps")
    for span in body.iterfind('.//span[@class="smallcaps"]'):
        if span.text_content().isupper():
            span.set("class", "caps")
