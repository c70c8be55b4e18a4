"""The rules of labelling, as a table that an editor could read: what is seen, which role it speaks for, how loudly.

A weight of 1 is a hint, 3 a strong sign, 6 close to certain; negative weights speak against. The sum for each role, and
how well roles follow one another (:mod:`pipeline.label.sequence`), decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipeline.label.features import Features, View
from pipeline.model import Reason, Role


@dataclass(frozen=True)
class Rule:
    """One rule: its name, the role it speaks for, its weight, when it speaks, and why an editor would say so."""

    name: str
    role: Role
    weight: float
    when: Callable[[View], bool]
    why: str

    @cached_property
    def reason(self) -> Reason:
        """What is kept of the rule where it spoke."""
        return Reason(self.name, self.role, self.weight)


_SHORT = 110  # characters; more is not a heading
LONGEST = 430  # characters; more is none of the roles that are always short
SHORT_ROLES = frozenset(
    {Role.TITLE, Role.HEADING, Role.CITATION, Role.RUBRIC, Role.ATTRIBUTION, Role.LETTER, Role.SEPARATOR}
)
_LIST_REACH = 14  # units; how far the neighbours in one list may stand from each other


def _alone(view: View) -> bool:
    return (view.here.unit.blanks > 0 or _closed_above(view)) and view.here.unit.blank_after


def _opens(view: View) -> bool:
    return view.here.unit.blanks >= 2


def _after_colon(view: View) -> bool:
    before = view.before
    return before is not None and before.colon and before.citation <= 0.5 and view.here.unit.blanks < 2


def _plain_short(view: View) -> bool:
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


def _looks_titled(here: Features) -> bool:
    return here.capitals >= 0.75 or here.upper


def _names_a_document(here: Features) -> bool:
    return bool(
        re.match(
            r"(?:Statement|Report|Speech|Letter|Memorandum|Testimony|Resolution) (?:by|of|from|to|on) ",
            here.text,
        )
    )


def _names_first(here: Features) -> bool:
    """“Kade, Record of a Hearing, May 3”: a person, then the document; not “Kade’s speech to …”, which opens one."""
    return bool(re.match(r"(?:[A-Z]\.\s?)*[A-Z][\w-]+(?: [A-Z][\w-]+)?[.,]\s+[A-Z]\w{3,}", here.bracketed))


def _series(view: View) -> bool:
    return bool(re.search(r"\b(?:part|chapter|book|volume)\s+[\w-]+\s*[:.]", view.here.text, re.IGNORECASE))


def _repeats_title(view: View) -> bool:
    """Tell whether a unit just above ends with these words: a heading that repeats the tail of its title."""
    here = _folded(view.here.text)
    for above in view.all[max(0, view.at - 2) : view.at]:
        if above.length < 200 and above.text != view.here.text and _folded(above.text).endswith(here):
            return True
    return False


def _tail_repeated(view: View) -> bool:
    after = view.after
    if after is None or after.length > _SHORT or not after.words:
        return False
    here, there = _folded(view.here.text), _folded(after.text)
    return here.endswith(there) and here != there


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _turns_near(view: View) -> int:
    reach = view.near(3)
    return sum(1 for one in reach if one.speaker and (one.speaker_shouts or view.speakers[one.speaker] > 1))


def _turn(view: View) -> bool:
    return bool(view.here.speaker) and not view.here.note and not view.here.addressee


def _in_sequence(view: View) -> bool:
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


def _follows_other_list(view: View) -> bool:
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


def _dash_run(view: View) -> bool:
    mark = view.here.marker
    if mark is None or mark[1] != 0:
        return False
    return any(one.marker == mark for one in view.near(2))


def _entry_run(view: View) -> int:
    """Count the entries of the same form that stand together with this one."""
    form = view.here.entry
    if not form:
        return 0
    run = 1
    for step in (-1, 1):
        at = view.at + step
        while 0 <= at < len(view.all) and (view.all[at].entry == form or _bracket_rest(view.all[at])):
            run += view.all[at].entry == form
            at += step
    return run


def _bracket_rest(one: Features) -> bool:
    return bool(re.match(r"^\[?and (?:others|so on|so forth)", one.text, re.IGNORECASE))


def _semicolon_item(view: View) -> bool:
    """Tell whether this is one of the members that follow a colon, each in lower case and ending in a semicolon."""
    here, before = view.here, view.before
    if not here.starts_lower or before is None or here.unit.blanks:
        return False
    if before.colon:
        return here.text.endswith(";")
    return before.starts_lower and before.text.endswith(";") and here.text.endswith((";", ".", "; and"))


def _cited_next(view: View) -> bool:
    return view.after is not None and view.after.citation > 0.5


def _quoted_before(view: View) -> bool:
    before = view.before
    return (
        before is not None
        and view.here.unit.blanks == 0
        and (before.quote_end or before.text.endswith(("…", "….", "...”")) or before.text[:1] in '“"„«')
    )


def _letter_near(view: View) -> bool:
    return any(one.salutation or one.addressee or one.closing or one.date_line for one in view.near(2))


def _address_follows(view: View) -> bool:
    for after in view.all[view.at + 1 : view.at + 4]:  # name, street, town
        if after.unit.blanks or after.length > 60:
            return False
        if after.addressee or after.salutation:
            return True
    return False


def _signed_before(view: View) -> bool:
    before = view.before
    return before is not None and before.signature and view.here.unit.blanks == 0


def _signs(view: View) -> bool:
    here, after = view.here, view.after
    if not here.signature or here.words > 8:
        return False
    below = after is not None and after.date_line and after.unit.blanks == 0
    return below or (view.before is not None and view.before.closing) or here.text.endswith("”")


RULES: tuple[Rule, ...] = (
    # ----------------------------------------------------------------------------------------------- paragraph
    Rule("running-text", Role.PARAGRAPH, 2.0, lambda v: True, "Most lines are running text."),
    Rule("long", Role.PARAGRAPH, 2.0, lambda v: v.here.length > 220, "A long line is a paragraph."),
    Rule(
        "sentences",
        Role.PARAGRAPH,
        0.5,
        lambda v: v.here.sentence and v.here.capitals < 0.6,
        "It ends as a sentence ends, and most of its words begin small.",
    ),
    Rule(
        "opening-bracket",
        Role.PARAGRAPH,
        1.5,
        lambda v: v.here.opening_bracket,
        "A bracketed opening with text behind it on the same line is part of that text.",
    ),
    Rule(
        "lead-in",
        Role.PARAGRAPH,
        1.0,
        lambda v: v.here.colon and not v.here.speaker,
        "It ends in a colon: a lead-in to what follows.",
    ),
    # ----------------------------------------------------------------------------------------------- citation
    Rule(
        "names-a-source",
        Role.CITATION,
        7.0,
        lambda v: v.here.citation >= 0.75,
        "It has the parts of a citation in their order: name, title, imprint, year, page.",
    ),
    Rule(
        "may-name-a-source",
        Role.CITATION,
        4.0,
        lambda v: 0.5 <= v.here.citation < 0.75,
        "It has most parts of a citation.",
    ),
    Rule(
        "hints-at-a-source",
        Role.CITATION,
        1.5,
        lambda v: 0.3 <= v.here.citation < 0.5,
        "It has some parts of a citation.",
    ),
    Rule(
        "source-closes-extract",
        Role.CITATION,
        1.0,
        lambda v: v.here.citation >= 0.3 and v.here.unit.blank_after and v.before is not None,
        "A citation stands at the end of its extract, before a blank line.",
    ),
    Rule(
        "opens-the-text",
        Role.CITATION,
        -3.0,
        lambda v: v.at == 0,
        "Nothing stands above it that it could be the source of.",
    ),
    Rule(
        "bracketed-and-from",
        Role.CITATION,
        -6.0,
        lambda v: bool(v.here.bracketed) and v.here.bracketed.startswith("From "),
        "“[From …]” names where the text below was taken from: a rubric.",
    ),
    # ------------------------------------------------------------------------------------------ title, heading
    Rule(
        "first-line",
        Role.TITLE,
        3.5,
        lambda v: v.at == 0 and v.here.length < 200 and v.here.unit.blank_after and _looks_titled(v.here),
        "The first line of the text, short and with blank lines below, is its title.",
    ),
    Rule(
        "part-of-a-series",
        Role.TITLE,
        4.5,
        lambda v: _alone(v) and v.here.length < 160 and _series(v) and _looks_titled(v.here),
        "It stands alone and names a part, chapter or book by its number.",
    ),
    Rule(
        "tail-repeated",
        Role.TITLE,
        3.0,
        lambda v: _alone(v) and v.here.length < 160 and _tail_repeated(v),
        "The next line repeats its last words: a title with its heading.",
    ),
    Rule(
        "titled-and-alone",
        Role.TITLE,
        3.0,
        lambda v: (
            _alone(v)
            and _plain_short(v)
            and v.here.weighty > 2
            and v.here.capitals >= 0.95
            and v.here.text.endswith(".")
            and not _cited_next(v)
        ),
        "Alone, every word with a capital, closed with a full stop: a title.",
    ),
    Rule(
        "titled-under-text",
        Role.TITLE,
        4.0,
        lambda v: (
            v.here.unit.blank_after
            and v.here.unit.blanks == 0
            and _plain_short(v)
            and v.here.weighty > 2
            and v.here.capitals >= 0.95
            and v.here.text.endswith(".")
            and not v.here.speaker
            and not v.here.citation > 0.4
        ),
        "Every word with a capital, closed with a full stop, right under other text, a blank line below: the title of a"
        " piece that was pasted right under the one before.",
    ),
    Rule(
        "before-its-source",
        Role.TITLE,
        -5.0,
        lambda v: _cited_next(v),
        "A citation follows at once: this is its extract.",
    ),
    Rule(
        "heading-alone",
        Role.HEADING,
        3.2,
        lambda v: _alone(v) and _plain_short(v) and not v.here.sentence and v.here.capitals >= 0.6,
        "Alone between blank lines, short, no full stop, most words with capitals.",
    ),
    Rule(
        "heading-dated",
        Role.HEADING,
        3.0,
        lambda v: _alone(v) and _plain_short(v) and v.here.date and not v.here.sentence and not v.here.date_line,
        "Alone, short, no full stop, with a date: it names an occasion.",
    ),
    Rule(
        "heading-over-text",
        Role.HEADING,
        4.0,
        lambda v: (
            v.here.unit.blanks > 0
            and not v.here.unit.blank_after
            and _plain_short(v)
            and not v.here.sentence
            and (v.here.date or _names_a_document(v.here))
            and not v.here.date_line
            and v.after is not None
            and v.after.length > 2 * v.here.length
            and v.after.sentence
        ),
        "Short, no full stop, right above a long paragraph, and it names a document or an occasion.",
    ),
    Rule(
        "heading-repeats-title",
        Role.HEADING,
        4.5,
        lambda v: _plain_short(v) and _repeats_title(v),
        "It repeats the last words of the title above it.",
    ),
    Rule(
        "heading-in-quotes",
        Role.HEADING,
        3.5,
        lambda v: (
            _alone(v) and v.here.text[:1] in '“"«„' and v.here.quote_end and v.here.capitals >= 0.6 and _plain_short(v)
        ),
        "Alone, in quotation marks, written as a title is.",
    ),
    Rule(
        "after-a-colon",
        Role.HEADING,
        -4.0,
        _after_colon,
        "A lead-in stands above it: it is what was announced, not a heading.",
    ),
    Rule(
        "before-its-source",
        Role.HEADING,
        -5.0,
        _cited_next,
        "A citation follows at once: this is its extract.",
    ),
    Rule(
        "sentence-is-no-heading",
        Role.HEADING,
        -2.0,
        lambda v: v.here.sentence and v.here.capitals < 0.9,
        "A sentence is no heading.",
    ),
    # ---------------------------------------------------------------------------------------------------- item
    Rule(
        "numbered-in-sequence",
        Role.ITEM,
        6.0,
        _in_sequence,
        "Its number or letter follows the one before it, or the next one follows it.",
    ),
    Rule(
        "goes-on-in-another-frame",
        Role.ITEM,
        5.0,
        _follows_other_list,
        'Its number goes on with a list written otherwise: "3." and then "4)".',
    ),
    Rule(
        "numbered-after-colon",
        Role.ITEM,
        3.0,
        lambda v: v.here.marker is not None and v.here.marker[1] == 1 and _after_colon(v),
        "A first number after a lead-in.",
    ),
    Rule("dashes-in-a-row", Role.ITEM, 5.0, _dash_run, "One of several lines that begin with the same dash."),
    Rule(
        "entries-in-a-row",
        Role.ITEM,
        4.5,
        lambda v: v.here.entry in ("dash", "colon") and _entry_run(v) >= 2,
        "One of several entries of the same form, a name and what it was.",
    ),
    Rule(
        "persons-in-a-row",
        Role.ITEM,
        4.5,
        lambda v: v.here.entry == "who" and v.here.length < 400 and (_entry_run(v) >= 3 or _after_colon(v)),
        "One of several entries, or the first after a lead-in: a name, and who that was.",
    ),
    Rule(
        "dates-in-a-row",
        Role.ITEM,
        4.5,
        lambda v: v.here.entry == "date" and _entry_run(v) >= 3,
        "One of several entries that each begin with a day: a diary, a chronicle.",
    ),
    Rule(
        "closes-a-list",
        Role.ITEM,
        5.5,
        lambda v: _bracket_rest(v.here) and v.here.length < 60,
        "“And others”: the end of a list.",
    ),
    Rule(
        "semicolons",
        Role.ITEM,
        5.0,
        _semicolon_item,
        "After a colon, in lower case and closed with a semicolon: one member of a list.",
    ),
    Rule(
        "announced",
        Role.ITEM,
        2.6,
        lambda v: (
            _after_colon(v)
            and _alone(v)
            and _plain_short(v)
            and not v.here.sentence
            and v.here.length < 60
            and not v.here.quote_end
        ),
        "Short and without a full stop under a lead-in: the first of what was announced.",
    ),
    # ------------------------------------------------------------------------------------------------ dialogue
    Rule(
        "speaker-in-capitals",
        Role.DIALOGUE,
        5.5,
        lambda v: _turn(v) and v.here.speaker_shouts,
        "A name in capitals and a colon open a turn.",
    ),
    Rule(
        "speaker-among-turns",
        Role.DIALOGUE,
        4.0,
        lambda v: _turn(v) and _turns_near(v) > 0 and v.here.length < 1500,
        "A name and a colon, with other turns near by.",
    ),
    Rule(
        "speaker-returns",
        Role.DIALOGUE,
        1.5,
        lambda v: _turn(v) and v.speakers[v.here.speaker] > 2,
        "The same name opens several lines.",
    ),
    Rule(
        "no-name",
        Role.DIALOGUE,
        -4.0,
        lambda v: (
            _turn(v)
            and not v.here.speaker_shouts
            and bool(
                re.match(
                    r"(?:Thus|So|And|But|Then|Here|This|These|The|First|Second|Third|For|In|On)\b",
                    v.here.text,
                )
            )
            and not v.here.speaker.isupper()
        ),
        "What stands before the colon is no name.",
    ),
    Rule(
        "lower-case-entry",
        Role.DIALOGUE,
        -3.0,
        lambda v: v.here.entry == "colon",
        "What follows the colon begins small: an entry, not speech.",
    ),
    Rule(
        "source-not-speech",
        Role.DIALOGUE,
        -6.0,
        lambda v: v.here.citation > 0.5,
        "It names a source; its colon stands after a place.",
    ),
    # ------------------------------------------------------------------------------------ rubric, attribution
    Rule(
        "bracketed-line",
        Role.RUBRIC,
        4.5,
        lambda v: bool(v.here.bracketed) and not v.here.note,
        "A whole line in brackets is an editor's label for what follows.",
    ),
    Rule(
        "bracketed-source-below-quotation",
        Role.ATTRIBUTION,
        5.5,
        lambda v: (
            bool(v.here.bracketed)
            and not v.here.note
            and v.here.unit.blanks == 0
            and v.here.date
            and v.here.document
            and v.before is not None
            and not v.before.citation > 0.5
            and v.here.length < 120
            and _names_first(v.here)
        ),
        "In brackets under a quotation: the document it was taken from, with its date.",
    ),
    Rule(
        "bracketed-below-quotation",
        Role.ATTRIBUTION,
        2.5,
        lambda v: bool(v.here.bracketed) and not v.here.note and _quoted_before(v) and _names_first(v.here),
        "In brackets right under a quotation.",
    ),
    Rule(
        "attribution-before-source",
        Role.ATTRIBUTION,
        3.0,
        lambda v: bool(v.here.bracketed) and not v.here.note and _cited_next(v) and v.here.length < 160,
        "In brackets, and the published source follows at once.",
    ),
    Rule(
        "rubric-has-text-below",
        Role.RUBRIC,
        1.0,
        lambda v: bool(v.here.bracketed) and (v.here.unit.blanks > 0 or _closed_above(v)) and not _cited_next(v),
        "It opens something: a blank line or a source stands above it.",
    ),
    # ---------------------------------------------------------------------------------------------------- note
    Rule("note-label", Role.NOTE, 7.0, lambda v: v.here.note, "It is called a note."),
    # -------------------------------------------------------------------------------------------------- letter
    Rule("salutation", Role.LETTER, 5.0, lambda v: v.here.salutation, "A salutation."),
    Rule(
        "addressee",
        Role.LETTER,
        5.0,
        lambda v: v.here.addressee and v.here.capitals >= 0.5,
        "“To” and a name: an addressee.",
    ),
    Rule(
        "letter-head",
        Role.LETTER,
        3.5,
        lambda v: _address_follows(v) and _plain_short(v) and not v.here.sentence,
        "Short, right above an addressee or a salutation.",
    ),
    Rule(
        "closing",
        Role.LETTER,
        5.0,
        lambda v: v.here.closing and v.here.words <= 8,
        "The closing of a letter.",
    ),
    Rule(
        "signature",
        Role.LETTER,
        4.5,
        _signs,
        "A name alone, above a date, below a closing or at the end of a quotation.",
    ),
    Rule(
        "date-line",
        Role.LETTER,
        4.0,
        lambda v: v.here.date_line and not v.here.bracketed and (_signed_before(v) or _letter_near(v) or _opens(v)),
        "A date alone on its line, with a signature or a salutation near by.",
    ),
    # ----------------------------------------------------------------------------------------------- separator
    Rule(
        "ornament",
        Role.SEPARATOR,
        8.0,
        lambda v: v.here.words == 0 and v.here.length < 40 and not re.search(r"\w", v.here.text),
        "No letter on it: an ornament between two parts.",
    ),
)


def _closed_above(view: View) -> bool:
    return view.before is not None and view.before.citation > 0.5
