"""What the rules of labelling look for: conditions on a unit, its neighbours and the text, each told by its name."""

from __future__ import annotations

import re

from pipeline.label.features import Features, View

_SHORT = 110  # characters; more is not a heading
_LIST_REACH = 14  # units; how far the neighbours in one list may stand from each other


def alone(view: View) -> bool:
    """Tell whether a unit stands alone: a blank line or a source above it, a blank line below."""
    return (view.here.unit.blanks > 0 or closed_above(view)) and view.here.unit.blank_after


def set_off(view: View) -> bool:
    """Tell whether a unit has more room above than paragraphs have."""
    return view.here.unit.blanks >= 2


def after_colon(view: View) -> bool:
    """Tell whether a lead-in stands right above, or a single blank line above."""
    before = view.before
    return before is not None and before.colon and before.citation <= 0.5 and view.here.unit.blanks < 2


def plain_short(view: View) -> bool:
    """Tell whether a unit is short, and neither bracketed, numbered, in the middle of a sentence nor a lead-in."""
    here = view.here
    return (
        here.length <= _SHORT
        and not here.bracketed
        and here.marker is None
        and not here.colon
        and not here.starts_lower
        and not here.text.endswith((",", ";"))
        and here.words > 0
    )


def looks_titled(here: Features) -> bool:
    """Tell whether most words begin with capitals."""
    return here.capitals >= 0.75 or here.upper


def names_a_document(here: Features) -> bool:
    """Tell whether a unit begins as the names of documents do: "Report of", "Speech to"."""
    return bool(
        re.match(
            r"(?:Statement|Report|Speech|Letter|Memorandum|Testimony|Resolution) (?:by|of|from|to|on) ",
            here.text,
        )
    )


def names_first(here: Features) -> bool:
    """“Kade, Record of a Hearing, May 3”: a person, then the document; not “Kade’s speech to …”, which opens one."""
    return bool(re.match(r"(?:[A-Z]\.\s?)*[A-Z][\w-]+(?: [A-Z][\w-]+)?[.,]\s+[A-Z]\w{3,}", here.bracketed))


def numbered_part(view: View) -> bool:
    """Tell whether a unit names a part, a chapter, a book or a volume by its number."""
    return bool(re.search(r"\b(?:part|chapter|book|volume)\s+[\w-]+\s*[:.]", view.here.text, re.IGNORECASE))


def repeats_title(view: View) -> bool:
    """Tell whether a unit just above ends with these words: a heading that repeats the tail of its title."""
    here = _folded(view.here.text)
    for above in view.all[max(0, view.at - 2) : view.at]:
        if above.length < 200 and above.text != view.here.text and _folded(above.text).endswith(here):
            return True
    return False


def tail_repeated(view: View) -> bool:
    """Tell whether the next unit repeats the last words of this one."""
    after = view.after
    if after is None or after.length > _SHORT or not after.words:
        return False
    here, there = _folded(view.here.text), _folded(after.text)
    return here.endswith(there) and here != there


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def turns_near(view: View) -> int:
    """Count the turns near by whose speakers are known as such."""
    reach = view.near(3)
    return sum(1 for one in reach if one.speaker and (one.speaker_shouts or view.speakers[one.speaker] > 1))


def opens_turn(view: View) -> bool:
    """Tell whether a unit begins as a turn does: with a name and a colon."""
    return bool(view.here.speaker) and not view.here.note and not view.here.addressee


def in_sequence(view: View) -> bool:
    """Tell whether a list marker follows its predecessor or is followed by its successor, within reach."""
    mark = view.here.marker
    if mark is None or mark[1] == 0:
        return False
    kind, value = mark
    for one in reversed(view.all[max(0, view.at - _LIST_REACH) : view.at]):
        if one.citation > 0.5:
            break
        if one.marker and one.marker[0] == kind and one.marker[1] == value - 1:
            return True
    for one in view.all[view.at + 1 : view.at + 1 + _LIST_REACH]:
        if one.citation > 0.5:
            break
        if one.marker and one.marker[0] == kind and one.marker[1] == value + 1:
            return True
    return False


def follows_other_list(view: View) -> bool:
    """Tell whether a number goes on with a list whose frame was another: "3." and then "4)"."""
    mark = view.here.marker
    if mark is None or mark[1] < 2:
        return False
    for one in reversed(view.all[max(0, view.at - 8) : view.at]):
        if one.citation > 0.5:
            break
        if one.marker and "1" in one.marker[0] and "1" in mark[0]:
            return one.marker[1] == mark[1] - 1
    return False


def dash_run(view: View) -> bool:
    """Tell whether a unit near by begins with the same dash."""
    mark = view.here.marker
    if mark is None or mark[1] != 0:
        return False
    return any(one.marker == mark for one in view.near(2))


def entry_run(view: View) -> int:
    """Count the entries of the same form that stand together with this one."""
    form = view.here.entry
    if not form:
        return 0
    run = 1
    for step in (-1, 1):
        at = view.at + step
        while 0 <= at < len(view.all) and (view.all[at].entry == form or bracket_rest(view.all[at])):
            run += view.all[at].entry == form
            at += step
    return run


def bracket_rest(one: Features) -> bool:
    """Tell whether a unit is the rest of a list: "and others"."""
    return bool(re.match(r"^\[?and (?:others|so on|so forth)", one.text, re.IGNORECASE))


def semicolon_item(view: View) -> bool:
    """Tell whether this is one of the members that follow a colon, each in lower case and ending in a semicolon."""
    here, before = view.here, view.before
    if not here.starts_lower or before is None or here.unit.blanks:
        return False
    if before.colon:
        return here.text.endswith(";")
    return before.starts_lower and before.text.endswith(";") and here.text.endswith((";", ".", "; and"))


def cited_next(view: View) -> bool:
    """Tell whether a citation stands right below."""
    return view.after is not None and view.after.citation > 0.5


def quoted_before(view: View) -> bool:
    """Tell whether a quotation stands right above."""
    before = view.before
    return (
        before is not None
        and view.here.unit.blanks == 0
        and (before.quote_end or before.text.endswith(("…", "….", "...”")) or before.text[:1] in '“"„«')
    )


def letter_near(view: View) -> bool:
    """Tell whether the salutation, address, date or close of a letter is near."""
    return any(one.salutation or one.addressee or one.closing or one.date_line for one in view.near(2))


def address_follows(view: View) -> bool:
    """Tell whether an address or a salutation follows within few short lines."""
    for after in view.all[view.at + 1 : view.at + 4]:  # name, street, town
        if after.unit.blanks or after.length > 60:
            return False
        if after.addressee or after.salutation:
            return True
    return False


def signed_before(view: View) -> bool:
    """Tell whether a signature stands right above."""
    before = view.before
    return before is not None and before.signature and view.here.unit.blanks == 0


def signs_off(view: View) -> bool:
    """Tell whether a unit is a name that signs: above a date, below a close, at the end of a quotation."""
    here, after = view.here, view.after
    if not here.signature or here.words > 8:
        return False
    below = after is not None and after.date_line and after.unit.blanks == 0
    return below or (view.before is not None and view.before.closing) or here.text.endswith("”")


def closed_above(view: View) -> bool:
    """Tell whether a source stands right above."""
    return view.before is not None and view.before.citation > 0.5
