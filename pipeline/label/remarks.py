"""What a transcriber says of his file between the header of a transcription and the book: who made it, and how.

Lines leave the book here only where what they say and where they stand speak for it, and a preface of the transcriber
leaves it whole, or stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import ChangeKind, Leaving, Line

CREDITS_RULE, NOTE_RULE = "transcription-credits", "transcribers-note"

WHY = {
    CREDITS_RULE: "It says who made the transcription.",
    NOTE_RULE: "The transcriber speaks, not the author.",
}
"""The rules of what transcribers say, each with what an editor would say."""

LEAVES = {CREDITS_RULE: Leaving(ChangeKind.SET_ASIDE), NOTE_RULE: Leaving(ChangeKind.SET_ASIDE)}
"""How lines leave the book by these rules."""

PUBLISHER = re.compile(r"\bProject Gutenberg\b|\be-?texts?\b", re.IGNORECASE)
"""How transcribers name their library and their work, and no author of a book."""
_OF_FILES = re.compile(
    r"\b(?:utf-?8|unicode|latin-1|iso-8859|(?:file|character) encoding|(?:display|appear) (?:properly|as garbage)"
    r"|default font|html version)\b",
    re.IGNORECASE,
)
"""How transcribers speak of the file, and no author of a book."""
_CREDITS = re.compile(
    r"^\s*(?:Produced by|E-?text prepared by|Transcribed (?:by|from)|This e-?(?:text|book) was (?:produced|prepared)"
    r"|Prepared by|Scanned by|Distributed Proofread|Online Distributed Proofread|Credits:|Updated? Edition of)\b",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"^\s*\[?(?:this (?:e-?text|e-?book|file|text) (?:was|has been) (?:first |last )?(?:posted|produced|prepared"
    r"|created|updated|scanned|typed|proofread)|(?:date |most recently |last )(?:last )?updated"
    r"|(?:original )?(?:posting|release) date\b"
    r"|(?:e-?text|e-?book)\s?(?:no\.?|number|#)\s?\d|proofread(?:ing)? by|edizione (?:elettronica|digitale)"
    r"|édition (?:électronique|numérique)|elektronische (?:ausgabe|edition|fassung)|edición (?:electrónica|digital)"
    r"|edição (?:electrónica|eletr[óô]nica|digital)|digitali[sz](?:ed (?:by|from)|iert (?:von|nach)|ado por|ación de)"
    r"|numérisé par|digitalizad[ao] por|electronic edition)\b",
    re.IGNORECASE,
)  # what says of a file when, from what and by whom it was made
_MADE = re.compile(r"^\s*(?:Produced|E-?text prepared|Transcribed|Scanned)\b.{0,60}\b(?:by|from)\b", re.IGNORECASE)
_OF_EDITIONS = re.compile(
    r"(?=.*\b(?:edition|version|printing|ausgabe|auflage|édition|edición|edizione|uitgave|udgave|upplaga)\b)"
    r".*\b(?:is|are|was|were|has|have|ist|war|gilt|est|était|es|era|è|wordt|werd|er|var|är)\b.*\.\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence about an edition, which no title page has."""
_OPENING = 60  # lines below the header, in which transcribers speak of their own edition
_LONGEST = 120  # lines of a preface of the transcriber
_BETWEEN = 4  # groups of lines from what is said of a file to what is said of it again: its letters, in a list
_TOP = 3  # groups, and lines of one, that say of a file who made it
_CREDITED = 4  # groups of lines
_WIDE = 3  # blank lines, as stand above a title page or a chapter
_SHORT = 3  # lines of a remark

Group = list[Line]
"""Lines with no blank one between."""


def groups_of(lines: Sequence[Line]) -> Iterator[Group]:
    """Part lines at blank ones."""
    group: Group = []
    for line in lines:
        if not line.blank:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def without_header(lines: Sequence[Line]) -> Iterator[tuple[Group, str]]:
    """Find who made the file at the head of a text without a header, with the rule that says so."""
    for n, group in enumerate(groups_of(lines[:_OPENING])):
        if (n == 0 and _MADE.match(group[0].text)) or (n < _TOP and len(group) <= _TOP and _FILE.match(group[0].text)):
            yield group, CREDITS_RULE


def below_header(lines: Sequence[Line]) -> Iterator[tuple[Group, str]]:
    """Find what is said of the file below the header of a transcription, with the rule that says so.

    Where it is spoken of again soon, what stands between belongs to it. So does the rest of a preface down to the room
    above the book, if most of its paragraphs speak of the file; and a sentence about editions right above a remark.
    """
    if not lines:
        return
    begin, noted = lines[0].number, -_BETWEEN
    groups: list[Group] = []
    said: dict[int, str] = {}
    for n, group in enumerate(groups_of(lines)):
        groups.append(group)
        below = group[0].number - begin
        if below > _OPENING and (n - noted >= _BETWEEN or below > _LONGEST or _room(groups, n) >= _WIDE):
            break  # a preface goes on, a book does not begin
        if n < _CREDITED and (_CREDITS.match(group[0].text) or _FILE.match(group[0].text)):
            said[n] = CREDITS_RULE
        elif any(PUBLISHER.search(line.text) or _OF_FILES.search(line.text) for line in group):
            between = range(noted + 1, n) if n - noted < _BETWEEN else range(0)
            said |= {k: NOTE_RULE for k in (*between, n) if k not in said}
            noted = n
    for n in [n for n, rule in said.items() if rule == NOTE_RULE]:
        if n and n - 1 not in said and _is_remark(groups[n - 1], groups[n]):
            said[n - 1] = NOTE_RULE
    yield from ((groups[n], rule) for n, rule in sorted((said | _rest_of_preface(groups, said)).items()))


def _rest_of_preface(groups: Sequence[Group], said: dict[int, str]) -> dict[int, str]:
    """Return the last paragraphs of a preface that speaks of the file, above the room over the book, and its title."""
    noted = [n for n, rule in said.items() if rule == NOTE_RULE]
    if not noted:
        return {}
    ends = [n for n in range(1, len(groups)) if _room(groups, n) >= _WIDE]
    first = max((n for n in ends if n <= noted[-1]), default=0)
    end = next((n for n in ends if n > noted[-1]), 0)
    rest = range(noted[-1] + 1, end)
    spoken = sum(first <= n for n in noted)
    whole = end and spoken > max(1, len(rest)) and sum(len(one) > _SHORT for one in groups[first:end]) > 1
    title = [first] if first + 1 in noted and first not in said and len(groups[first]) == 1 else []
    return dict.fromkeys((*title, *rest), NOTE_RULE) if whole else {}


def _is_remark(above: Group, remark: Group) -> bool:
    """Tell whether a sentence about editions stands right above a short remark on the file."""
    near = remark[0].number - above[-1].number == 2 and max(len(above), len(remark)) <= _SHORT
    return near and _OF_EDITIONS.fullmatch("\n".join(line.text for line in above)) is not None


def _room(groups: Sequence[Group], n: int) -> int:
    return groups[n][0].number - groups[n - 1][-1].number - 1
