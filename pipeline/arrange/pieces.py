"""Pieces: the paragraphs, rows and lines of which the book is arranged, with the notes told apart from the text.

Furniture and the list of contents stay out, each line on record; page numbers of the source become marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from string import punctuation

from pipeline.arrange.lines import SOFT, Joiner, gap
from pipeline.arrange.marks import Marks
from pipeline.arrange.notes import Call, Found, answer_calls
from pipeline.arrange.sidenotes import Margin
from pipeline.arrange.speeches import Speech, verse_speeches
from pipeline.arrange.turns import stands_alone
from pipeline.label.front import names_book
from pipeline.label.furniture import braces_pages, page_marks, page_number
from pipeline.label.notes import INSIDE, label_of_note, without_bracket
from pipeline.label.sidenotes import is_side_note
from pipeline.model import OUT, PRIVATE, Change, ChangeKind, Decision, Leaving, Line, NoteCall, PageMark, Role
from pipeline.parts import NAMED
from pipeline.report import Report
from pipeline.words import words_of

_NO_NOTES = frozenset({Role.BOILERPLATE, Role.CONTENTS, Role.CITATION})
_SENTENCES = frozenset({Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.DIALOGUE})
_AT_PAGE = re.compile(f"^[{PRIVATE}]+")
_ENDED = re.compile(r"[\W_]$")
_SMALL = re.compile(r"\W*(?![ivxlc]+\b)[a-zß-öø-ÿа-яё]")  # a number may have small letters, too
_AT_ONCE = (0,)  # one for all the pieces of one line, of which a poem has as many as lines
_DIVIDES = frozenset(punctuation) - {"_"}
_MARKS = PRIVATE[0]  # from here on: a page that begins is no letter
_STOPS = frozenset(".,;:!?…—–”’»«“„\"'")

HEADINGS = (Role.TITLE, Role.HEADING)
"""The roles of headings."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one paragraph (or heading, item, row …) and what was decided of them.

    ``adjacent``: it stands right below the piece before it; ``indent``: columns; ``raw``: its first line as it stands;
    ``note``: the id of the note that it belongs to; ``starts``: where its lines begin in that text; ``head``: the label
    of a turn that stood on a line of its own; ``verse``: it is a speech in verse, below who speaks it.
    """

    decision: Decision
    lines: tuple[int, ...]
    text: str
    adjacent: bool
    indent: int = 0
    raw: str = ""
    note: str = ""
    starts: tuple[int, ...] = ()
    head: str = ""
    verse: bool = False

    @property
    def role(self) -> Role:
        """What it is."""
        return self.decision.role

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0]


def pieces_of(
    lines: Sequence[Line], decisions: Sequence[Decision], joiner: Joiner, marks: Marks, changes: list[Change]
) -> list[Piece]:
    """Make pieces of the lines that belong to the book; ``changes`` learns of those that do not."""
    text = {line.number: line.text for line in lines}
    out: list[Piece] = []
    group: list[Decision] = []
    above = 0
    turned = False  # a running head or folio stands between: what goes on below it goes on without a gap
    pages = _Pages(marks, changes, braced=braces_pages(text.values()))
    verse = verse_speeches(decisions, text)
    margin, noted = Margin(changes), dict[int, Decision]()

    def set_apart(role: Role | None, before: int) -> Iterator[Piece]:
        """Give the side-notes that stand above something else than a paragraph lines of their own."""
        for numbers, words in margin.alone(role, before):
            yield Piece(noted[numbers[0]], numbers, words, False, raw=text[numbers[0]])

    def close() -> None:
        out.extend(set_apart(group[0].role, group[0].line))
        out.append(_piece(group, text, above, joiner, pages, changes, verse, margin))

    for decision in _with_notes_below(decisions):
        if is_side_note(decision):
            margin.put(decision.line, text[decision.line], goes_on=decision.joined)
            noted[decision.line] = decision
            continue
        if decision.role in OUT:
            leaving = decision.leaving or Leaving()
            changes.append(Change(decision.line, leaving.kind, text[decision.line], "", leaving.why))
            turned = turned or leaving.edge
            if leaving.turns:
                pages.turn(page_number(text[decision.line]))
            continue
        if group and not (decision.joined and (group[0].role is decision.role or group[0].role is not Role.SEPARATOR)):
            close()  # signs that part have no words that could go on
            above, group = decision.line - 1 if turned else group[-1].line, []
        group.append(decision)
        turned = False
        pages.before(decision.line)
    if group:
        close()
    out.extend(set_apart(None, len(text) + 1))
    return out


def _with_notes_below(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Let a note that stands inside a paragraph, at the foot of the old page, follow that paragraph."""
    above: Role | None = None
    waiting: list[Decision] = []  # notes, and the furniture of the page below them
    for decision in decisions:
        if decision.role is Role.NOTE or (waiting and decision.role in OUT):
            waiting.append(decision)
            continue
        if waiting and decision.joined and decision.role is above:
            yield from (one for one in waiting if one.role in OUT)
            waiting = [one for one in waiting if one.role is Role.NOTE]
        else:
            yield from waiting
            waiting = []
        yield decision
        above = decision.role
    yield from waiting


def standing(lines: Sequence[Line], decisions: Sequence[Decision]) -> tuple[Line, ...]:
    """Return the lines in the order in which they stand in the book: one that a note tore is whole above the note."""
    by_number = {line.number: line for line in lines}
    filled = {decision.line for decision in decisions}
    order = (by_number[decision.line] for decision in _with_notes_below(decisions))
    return tuple(next(order) if line.number in filled else line for line in lines)


class _Pages:
    """The page marks that wait for the text on their page."""

    def __init__(self, marks: Marks, changes: list[Change], *, braced: bool = False) -> None:
        self._marks, self._changes, self._braced = marks, changes, braced
        self._waiting = ""
        self._known: set[str] = set()
        self._of: dict[int, str] = {}

    def turn(self, page: str) -> None:
        """Let a page begin."""
        if page and page not in self._known:
            self._known.add(page)
            self._waiting += self._marks.put(PageMark(page))

    def before(self, line: int) -> None:
        """Put the marks that wait before this line."""
        if self._waiting:
            self._of[line], self._waiting = self._waiting, ""

    def text(self, number: int, text: str) -> str:
        """Return a line with its page marks, those before it and those that stand inside as "[Pg 12]"."""
        out, at = self._of.get(number, ""), 0
        if "[" in text or "{" in text:
            for found in page_marks(text, braced=self._braced):
                why = "a page number of the source becomes an invisible page mark"
                self._changes.append(Change(number, ChangeKind.RELABELLED, found[0], "", why))
                self._waiting = ""
                self.turn(found[1])
                gap = text[at : found.start()]
                within = not gap[-1:].isspace() and not text[found.end() : found.end() + 1].isspace()  # a word
                out, at = out + gap.rstrip() + (" " if gap.strip() and not within else "") + self._waiting, found.end()
                self._waiting = ""
        rest = text[at:]
        return out + (rest.lstrip() if at else rest)


def _piece(
    group: Sequence[Decision],
    text: Mapping[int, str],
    above: int,
    joiner: Joiner,
    pages: _Pages,
    changes: list[Change],
    verse: Mapping[tuple[int, ...], Speech],
    margin: Margin,
) -> Piece:
    numbers = tuple(decision.line for decision in group)
    rows = [pages.text(number, text[number].strip()) for number in numbers]
    raw = text[numbers[0]]
    if (speech := verse.get(numbers)) is not None:
        words, places = speech.set_in_lines(rows)
        return Piece(group[0], numbers, words, numbers[0] == above + 1, raw=raw, starts=places, verse=True)
    beside, rows = margin.beside(group[0].role, numbers, rows)
    if group[0].role in (Role.TITLE, Role.HEADING):
        whole = names_book(group[0]) and not NAMED.match(rows[0])  # "Letter I" has its own title below
        joined = " ".join(row for row in rows if words_of(row)) if whole else _heading(numbers, rows)
    else:
        kept = [n for n, row in enumerate(rows) if row or not beside]
        joined = joiner.join([numbers[n] for n in kept], [rows[n] for n in kept], changes) if kept else ""
    indent = len(raw.expandtabs()) - len(raw.expandtabs().lstrip())
    starts = _starts(joined, rows)
    if beside:
        starts = tuple(len(beside) * (n > 0) + at for n, at in enumerate(starts))
    head = rows[0] if group[0].role is Role.DIALOGUE and len(rows) > 1 and stands_alone(rows[0]) else ""
    return Piece(group[0], numbers, beside + joined, numbers[0] == above + 1, indent, raw, starts=starts, head=head)


def _starts(joined: str, rows: Sequence[str]) -> tuple[int, ...]:
    """Return where the rows begin in what was made of them; one that was left out, where the next does."""
    if len(rows) == 1 and not _AT_PAGE.match(rows[0]):
        return _AT_ONCE
    starts: list[int] = []
    reached = 0
    for row in rows:
        words = _AT_PAGE.sub("", row).removesuffix("-").removesuffix(SOFT)
        at = joined.find(words, reached, reached + len(words) + 4)  # a hyphen, a full stop, a mark, a space at most
        if at < 0 and " " in words:  # a page begins inside its last word: the mark stands before that
            whole = words.rsplit(" ", 1)[0]
            at = joined.find(whole, reached, reached + len(whole) + 4)
            words += " "
        starts.append(max(at, reached))
        reached = at + len(words) if at >= 0 else reached
    return tuple(starts)


def _heading(numbers: Sequence[int], rows: Sequence[str]) -> str:
    """Join the lines of a heading: a line drawn under it goes, and its number is parted from its title.

    A stop parts what blank lines part, but never within a sentence: not before a small letter.
    """
    out = rows[0]
    for before, number, row in zip(numbers, numbers[1:], rows[1:], strict=False):
        if words_of(row):
            whole = number == before + 1 or _ENDED.search(out) or _SMALL.match(row) or _SMALL.match(rows[0])
            out += f"{'' if whole else '.'}{gap(out, row)}{row}"
    return out


# ------------------------------------------------------------------------------------------------------ notes


def with_notes(
    pieces: Sequence[Piece], text: Mapping[int, str], marks: Marks, changes: list[Change], report: Report
) -> list[Piece]:
    """Bind the notes to their calls. ``text``: each line as it stands.

    Returns:
        The pieces; a call is a mark now, and the pieces of a note carry its id and have lost their label.

    """
    pieces = _notes_inside(pieces, marks, changes)
    labelled = [piece.role is Role.NOTE and piece.decision.level == 0 for piece in pieces]
    binding = answer_calls(
        [piece.text for piece in pieces],
        [note and label_of_note(piece.text)[0] != "" for note, piece in zip(labelled, pieces, strict=True)],
        [piece.role is Role.NOTE and piece.decision.level > 0 for piece in pieces],
        [piece.role in _NO_NOTES or bool(piece.note) for piece in pieces],
    )
    out = list(pieces)
    text = _with_joins(text, changes)
    answered: list[tuple[Call, str]] = []
    for found in binding.notes:
        name = f"n{pieces[found.pieces[0]].line}"
        _note(found, name, out, text, changes)
        # A note called twice is set twice, each time where it is called.
        answered += [(call, name if n == 0 else f"{name}-{n + 1}") for n, call in enumerate(found.calls)]
    _mark_calls(answered, pieces, out, marks, changes)
    for orphan in binding.orphans:
        report.find("note-without-call", pieces[orphan.pieces[0]].line, label=orphan.label)
    for call in binding.unanswered:
        report.find("call-without-note", pieces[call.piece].line, label=call.label)
    return out


def _notes_inside(pieces: Sequence[Piece], marks: Marks, changes: list[Change]) -> list[Piece]:
    """Take the notes that stand inside a sentence ("[Note: …]") out of it; each becomes a piece of its own."""
    out: list[Piece] = []
    for piece in pieces:
        inside: list[Piece] = []
        while piece.role in _SENTENCES and (found := next(_inside(piece.text), None)):
            name = f"n{piece.line}-inside-{len(inside) + 1}"
            mark = marks.put(NoteCall(name))
            inside.append(replace(piece, text=found["words"], note=name, adjacent=False))
            changes += _taken(piece, found)
            start, end = found.span()
            text = piece.text[:start] + mark + piece.text[end:]
            shift = len(mark) - (end - start)
            starts = tuple(at if at <= start else max(at + shift, start + len(mark)) for at in piece.starts)
            piece = replace(piece, text=text, starts=starts)
        out += [piece, *inside]
    return out


def _inside(text: str) -> Iterator[re.Match[str]]:
    return (found for found in INSIDE.finditer(text) if found.start()) if "[" in text else iter(())


def _taken(piece: Piece, found: re.Match[str]) -> Iterator[Change]:
    """Say which words of which line go to the foot of the page."""
    first, last = found.span("words")
    for line, start, end in zip(piece.lines, piece.starts, [*piece.starts[1:], len(piece.text)], strict=True):
        if start <= found.start() < end or (start > found.start() and start < first):
            label = piece.text[max(start, found.start()) : min(first, end)].strip()
            yield Change(line, ChangeKind.RELABELLED, label, "", "the note's number takes the place of its label")
        moved = piece.text[max(first, start) : min(last, end)].strip()
        if moved:
            yield Change(line, ChangeKind.MOVED, moved, moved, "the note stands at the foot of the page of its call")


def _with_joins(text: Mapping[int, str], changes: Sequence[Change]) -> Mapping[int, str]:
    """Return the lines as they stand when the words broken at their ends are made whole."""
    joins = [change for change in changes if change.kind is ChangeKind.JOINED]
    if not joins:
        return text
    out = dict(text)
    for change in joins:
        left, parted, right = change.before.partition(" ")
        if not change.after:  # the second half, on a line that is not the next
            out[change.line] = out[change.line].strip().removeprefix(left)
            continue
        out[change.line] = (
            out[change.line].rstrip().removesuffix(left).removesuffix(f"{left[:-1]}{SOFT}") + change.after
        )
        if parted and change.line + 1 in out:
            out[change.line + 1] = out[change.line + 1].strip().removeprefix(right)
    return out


def _note(found: Found, name: str, out: list[Piece], text: Mapping[int, str], changes: list[Change]) -> None:
    """Give the pieces of a note its id, take off its label, and record that its lines go elsewhere."""
    why = "the note stands at the foot of the page of its call"
    for n, at in enumerate(found.pieces):
        piece = out[at]
        words = piece.text
        if n == 0:
            _, words = label_of_note(piece.text)
        else:
            words = without_bracket(words, "]")
        out[at] = replace(piece, text=words, note=name)
        for line in piece.lines:
            whole = text[line].strip()
            moved = whole
            if line == piece.line and n == 0:
                moved = label_of_note(whole)[1]
                label = whole[: whole.rfind(moved)].strip() if moved else whole
                if re.search(r"\w", label):
                    reason = "the note's number takes the place of its label"
                    changes.append(Change(line, ChangeKind.RELABELLED, label, "", reason))
            changes.append(Change(line, ChangeKind.MOVED, moved, moved, why))
            again = "the note is called more than once, and set each time"
            changes += [Change(line, ChangeKind.MOVED, "", moved, again) for _ in found.calls[1:]]


def _mark_calls(
    answered: Sequence[tuple[Call, str]],
    pieces: Sequence[Piece],
    out: list[Piece],
    marks: Marks,
    changes: list[Change],
) -> None:
    """Put marks for the calls, from the last to the first, so that the places of the others hold."""
    for at, group in groupby(sorted(answered, key=_last_first), lambda pair: pair[0].piece):
        calls = list(group)
        piece, parts = out[at], list[str]()
        end = len(piece.text)
        for call, name in calls:
            mark = marks.put(NoteCall(name))
            parts.append(piece.text[call.end : end])
            if piece.role is Role.TABLE:  # the columns must keep their places
                parts.append(mark.ljust(call.end - call.start))
                end = call.start
            else:
                parts.append(mark)
                end = len(piece.text[: call.start].rstrip())
        out[at] = replace(piece, text="".join([piece.text[:end], *reversed(parts)]))
        changes += reversed(list(_called([call for call, _ in reversed(calls)], pieces[at])))


def _last_first(pair: tuple[Call, str]) -> tuple[int, int]:
    return pair[0].piece, -pair[0].start


def _called(calls: Iterable[Call], piece: Piece) -> Iterator[Change]:
    """Say of calls in order that their labels went: each with the word before it, on the line where that begins."""
    why = "the call's number is set by the typesetter"
    first = reached = count = 0
    called = -1  # where the last call ends
    for call in calls:
        label = piece.text[call.start : call.end]
        start = max(reached, _word_before(piece.text, call.start))
        at = max(0, bisect_right(piece.starts, start) - 1)
        begins = piece.starts[at] if piece.starts else 0
        if begins > first:
            first, reached, count = begins, max(begins, reached), 0
        count += len(words_of(piece.text[reached:start]))
        on = max(at, bisect_right(piece.starts, call.start) - 1)
        apart = bool(piece.lines) and (piece.lines[on] > piece.lines[at] + 1 or (on > at and start <= called))
        called = call.end
        if re.search(r"\w", label) and apart:
            # behind the second half of a word, on a line that is not the next; or a call that ends the line above
            place = len(words_of(piece.text[piece.starts[on] : call.start]))
            yield Change(piece.lines[on], ChangeKind.RELABELLED, label, "", why, place)
        elif re.search(r"\w", label):
            word = piece.text[start : call.start]
            yield Change(piece.lines[at], ChangeKind.RELABELLED, word + label, word, why, count)
        reached = start


def _word_before(text: str, place: int) -> int:
    """Return where the word begins that ends at ``place``, or before its stops there: no sign of ASCII is in it."""
    start = place
    while start and (text[start - 1].isspace() or text[start - 1] in _STOPS):
        start -= 1
    while start and not (text[start - 1].isspace() or text[start - 1] in _DIVIDES or text[start - 1] >= _MARKS):
        start -= 1
    return start
