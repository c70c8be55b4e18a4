"""The rules of labelling, as a table that an editor could read: what is seen, which role it speaks for, how loudly.

A weight of 1 is a hint, 3 a strong sign, 6 close to certain; negative weights speak against. The sum for each role, and
how well roles follow one another (:mod:`pipeline.label.sequence`), decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipeline.label.conditions import (
    address_follows,
    after_colon,
    alone,
    bracket_rest,
    cited_next,
    closed_above,
    dash_run,
    entry_run,
    follows_other_list,
    in_sequence,
    letter_near,
    looks_titled,
    names_a_document,
    names_first,
    numbered_part,
    opens_turn,
    plain_short,
    quoted_before,
    repeats_title,
    semicolon_item,
    set_off,
    signed_before,
    signs_off,
    tail_repeated,
    turns_near,
)
from pipeline.label.features import View
from pipeline.model import Reason, Role
from pipeline.words import words_of


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


LONGEST = 430  # characters; more is none of the roles that are always short

SHORT_ROLES = frozenset(
    {Role.TITLE, Role.HEADING, Role.CITATION, Role.RUBRIC, Role.ATTRIBUTION, Role.LETTER, Role.SEPARATOR}
)


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
        lambda v: v.at == 0 and v.here.length < 200 and v.here.unit.blank_after and looks_titled(v.here),
        "The first line of the text, short and with blank lines below, is its title.",
    ),
    Rule(
        "part-of-a-series",
        Role.TITLE,
        4.5,
        lambda v: alone(v) and v.here.length < 160 and numbered_part(v) and looks_titled(v.here),
        "It stands alone and names a part, chapter or book by its number.",
    ),
    Rule(
        "tail-repeated",
        Role.TITLE,
        3.0,
        lambda v: alone(v) and v.here.length < 160 and tail_repeated(v),
        "The next line repeats its last words: a title with its heading.",
    ),
    Rule(
        "titled-and-alone",
        Role.TITLE,
        3.0,
        lambda v: (
            alone(v)
            and plain_short(v)
            and v.here.weighty > 2
            and v.here.capitals >= 0.95
            and v.here.text.endswith(".")
            and not cited_next(v)
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
            and plain_short(v)
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
        lambda v: cited_next(v),
        "A citation follows at once: this is its extract.",
    ),
    Rule(
        "heading-alone",
        Role.HEADING,
        3.2,
        lambda v: alone(v) and plain_short(v) and not v.here.sentence and v.here.capitals >= 0.6,
        "Alone between blank lines, short, no full stop, most words with capitals.",
    ),
    Rule(
        "heading-dated",
        Role.HEADING,
        3.0,
        lambda v: alone(v) and plain_short(v) and v.here.date and not v.here.sentence and not v.here.date_line,
        "Alone, short, no full stop, with a date: it names an occasion.",
    ),
    Rule(
        "heading-over-text",
        Role.HEADING,
        4.0,
        lambda v: (
            v.here.unit.blanks > 0
            and not v.here.unit.blank_after
            and plain_short(v)
            and not v.here.sentence
            and (v.here.date or names_a_document(v.here))
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
        lambda v: plain_short(v) and repeats_title(v),
        "It repeats the last words of the title above it.",
    ),
    Rule(
        "heading-in-quotes",
        Role.HEADING,
        3.5,
        lambda v: (
            alone(v) and v.here.text[:1] in '“"«„' and v.here.quote_end and v.here.capitals >= 0.6 and plain_short(v)
        ),
        "Alone, in quotation marks, written as a title is.",
    ),
    Rule(
        "after-a-colon",
        Role.HEADING,
        -4.0,
        after_colon,
        "A lead-in stands above it: it is what was announced, not a heading.",
    ),
    Rule(
        "before-its-source",
        Role.HEADING,
        -5.0,
        cited_next,
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
        in_sequence,
        "Its number or letter follows the one before it, or the next one follows it.",
    ),
    Rule(
        "goes-on-in-another-frame",
        Role.ITEM,
        5.0,
        follows_other_list,
        'Its number goes on with a list written otherwise: "3." and then "4)".',
    ),
    Rule(
        "numbered-after-colon",
        Role.ITEM,
        3.0,
        lambda v: v.here.marker is not None and v.here.marker[1] == 1 and after_colon(v),
        "A first number after a lead-in.",
    ),
    Rule("dashes-in-a-row", Role.ITEM, 5.0, dash_run, "One of several lines that begin with the same dash."),
    Rule(
        "entries-in-a-row",
        Role.ITEM,
        4.5,
        lambda v: v.here.entry in ("dash", "colon") and entry_run(v) >= 2,
        "One of several entries of the same form, a name and what it was.",
    ),
    Rule(
        "persons-in-a-row",
        Role.ITEM,
        4.5,
        lambda v: v.here.entry == "who" and v.here.length < 400 and (entry_run(v) >= 3 or after_colon(v)),
        "One of several entries, or the first after a lead-in: a name, and who that was.",
    ),
    Rule(
        "dates-in-a-row",
        Role.ITEM,
        4.5,
        lambda v: v.here.entry == "date" and entry_run(v) >= 3,
        "One of several entries that each begin with a day: a diary, a chronicle.",
    ),
    Rule(
        "closes-a-list",
        Role.ITEM,
        5.5,
        lambda v: bracket_rest(v.here) and v.here.length < 60,
        "“And others”: the end of a list.",
    ),
    Rule(
        "semicolons",
        Role.ITEM,
        5.0,
        semicolon_item,
        "After a colon, in lower case and closed with a semicolon: one member of a list.",
    ),
    Rule(
        "announced",
        Role.ITEM,
        2.6,
        lambda v: (
            after_colon(v)
            and alone(v)
            and plain_short(v)
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
        lambda v: opens_turn(v) and v.here.speaker_shouts,
        "A name in capitals and a colon open a turn.",
    ),
    Rule(
        "speaker-among-turns",
        Role.DIALOGUE,
        4.0,
        lambda v: opens_turn(v) and turns_near(v) > 0 and v.here.length < 1500,
        "A name and a colon, with other turns near by.",
    ),
    Rule(
        "speaker-returns",
        Role.DIALOGUE,
        1.5,
        lambda v: opens_turn(v) and v.speakers[v.here.speaker] > 2,
        "The same name opens several lines.",
    ),
    Rule(
        "no-name",
        Role.DIALOGUE,
        -4.0,
        lambda v: (
            opens_turn(v)
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
            and names_first(v.here)
        ),
        "In brackets under a quotation: the document it was taken from, with its date.",
    ),
    Rule(
        "bracketed-below-quotation",
        Role.ATTRIBUTION,
        2.5,
        lambda v: bool(v.here.bracketed) and not v.here.note and quoted_before(v) and names_first(v.here),
        "In brackets right under a quotation.",
    ),
    Rule(
        "attribution-before-source",
        Role.ATTRIBUTION,
        3.0,
        lambda v: bool(v.here.bracketed) and not v.here.note and cited_next(v) and v.here.length < 160,
        "In brackets, and the published source follows at once.",
    ),
    Rule(
        "rubric-has-text-below",
        Role.RUBRIC,
        1.0,
        lambda v: bool(v.here.bracketed) and (v.here.unit.blanks > 0 or closed_above(v)) and not cited_next(v),
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
        lambda v: address_follows(v) and plain_short(v) and not v.here.sentence,
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
        signs_off,
        "A name alone, above a date, below a closing or at the end of a quotation.",
    ),
    Rule(
        "date-line",
        Role.LETTER,
        4.0,
        lambda v: v.here.date_line and not v.here.bracketed and (signed_before(v) or letter_near(v) or set_off(v)),
        "A date alone on its line, with a signature or a salutation near by.",
    ),
    # ----------------------------------------------------------------------------------------------- separator
    Rule(
        "ornament",
        Role.SEPARATOR,
        8.0,
        lambda v: (
            v.here.words == 0 and v.here.length < 40 and not re.search(r"\w", v.here.text) and not words_of(v.here.text)
        ),
        "No letter on it, nor a sign that is read as letters (™, ℡, ½): an ornament between two parts.",
    ),
)
