"""The proof itself: each word of the source stands in the edition, or in the record of changes, and no other does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Change, ChangeKind, Line, Source
from pipeline.proof.notes import Wanted, ranges, seek_in_notes, written
from pipeline.proof.streams import Streams
from pipeline.words import words_of
from pipeline.words.align import MISSING, gaps, locate, unused


@dataclass(frozen=True, slots=True)
class Lost:
    """Words of one source line that the edition lacks. ``note``: they were looked for among the notes."""

    line: int
    words: tuple[str, ...]
    note: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """Words in a row that the edition has and the source has not, said again or invented.

    ``line``: that of the words which they follow; 0 where it is not known. ``note``: they stand in a note.
    """

    line: int
    words: tuple[str, ...]
    note: bool = False


@dataclass(frozen=True, slots=True)
class Conservation:
    """The result for one edition.

    ``words`` counts the source, ``changed`` those of its words that the record explains, ``left_out`` those that the
    record keeps out of the book on purpose, ``lost`` those that are neither in the edition nor explained; ``lines``
    says where they stood. ``more`` is what the edition has and the source has not.
    """

    edition: str
    words: int
    changed: int
    lines: tuple[Lost, ...] = ()
    left_out: int = 0
    more: tuple[Added, ...] = ()

    @property
    def lost(self) -> int:
        """How many words are lost."""
        return sum(len(lost.words) for lost in self.lines)

    @property
    def added(self) -> int:
        """How many words are too many."""
        return sum(len(added.words) for added in self.more)

    def json(self) -> dict[str, int]:
        """Return the figures in the form of ``report.json``."""
        return {
            "words": self.words,
            "lost": self.lost,
            "changed": self.changed,
            "left_out": self.left_out,
            "added": self.added,
        }


@dataclass(slots=True)
class _Account:
    """What the record makes of one line: words to be found in the text, words to be found in the notes.

    ``count``: how many words it had.
    """

    body: list[str]
    text: str
    count: int
    notes: tuple[Wanted, ...] = ()
    changed: int = 0
    left_out: int = 0
    reached: tuple[str, int, int] = ("", 0, 0)
    """How far the repairs of one rule have come: the rule, the letter of ``text`` and the word of ``body``."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every edition is asked for: the words of the text, with the line of each, and those of the notes.

    ``count``, ``changed`` and ``left_out`` are those of :class:`Conservation`.
    """

    words: list[str]
    lines: list[int]
    notes: list[Wanted]
    count: int
    changed: int
    left_out: int


_last: list[tuple[Source, Sequence[Change], _Asked]] = []  # what was asked for last, and of what


class _Accounts:
    """The accounts of all lines, each opened when a change asks for it: most lines stand in the book as they are."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._texts = {line.number: line.text for line in lines}
        self._opened: dict[int, _Account] = {}

    def __contains__(self, line: int) -> bool:
        return line in self._texts

    def __getitem__(self, line: int) -> _Account:
        if (known := self._opened.get(line)) is None:
            words = words_of(self._texts[line])
            known = self._opened[line] = _Account(words, self._texts[line], len(words))
        return known

    def opened(self) -> list[_Account]:
        """Return those that are open, in the order of their lines."""
        return [self._opened[line] for line in self._texts if line in self._opened]

    def bodies(self) -> Iterator[tuple[int, list[str], int]]:
        """Yield each line with its words that are to be found in the text, and how many it had."""
        for line, text in self._texts.items():
            if (known := self._opened.get(line)) is not None:
                yield line, known.body, known.count
            else:
                words = words_of(text)
                yield line, words, len(words)


ORDER = (
    ChangeKind.REPAIRED,
    ChangeKind.JOINED,
    ChangeKind.RELABELLED,
    ChangeKind.LEFT_OUT,
    ChangeKind.LISTED,
    ChangeKind.SET_ASIDE,
    ChangeKind.RESTYLED,
    ChangeKind.MOVED,
)
"""The order in which the steps of a build change a line: what one leaves is what the next finds."""

LEAVING = frozenset({ChangeKind.LEFT_OUT, ChangeKind.LISTED, ChangeKind.SET_ASIDE})
"""The changes by which words leave the book."""


def prove(
    edition: str,
    streams: Streams,
    source: Source,
    changes: Sequence[Change],
    listed: Collection[str] = frozenset(),
) -> Conservation:
    """Look for every word of ``source`` in ``streams``, in order.

    A change takes the words of ``before`` off its line and puts those of ``after`` in their place; for
    MOVED and RESTYLED lines the words of ``after`` must stand in one of the notes instead; a MOVED line without
    ``before`` stands there once more. A change whose ``before`` does not stand on its line explains nothing.

    Args:
        edition: its name in the report: markdown, epub or pdf.
        streams: its words.
        source: the text as it was read, before any repair.
        changes: the record, in any order.
        listed: the words of the works cited, as Pandoc lists them: a style that cites by author and year has titles
            there alone, and its citations in the text.

    """
    asked = _asked(source, changes)
    missing, over = seek_in_notes(asked.notes, streams.notes, streams.behind, spaced=streams.spaced)
    if missing and listed:
        said = {one for words in (listed, streams.body, *streams.notes) for one in (*words, *ranges([*words]))}
        missing = [one for one in missing if one.ordered or not all(map(said.intersection, written(one.words)))]
    lost, added = _compare(asked, streams)
    lost += [Lost(one.line, one.words, note=True) for one in missing]
    added += [Added(0, words, note=True) for words in over if words]
    lines = tuple(sorted(lost, key=lambda one: one.line))
    return Conservation(edition, asked.count, asked.changed, lines, asked.left_out, tuple(added))


def _asked(source: Source, changes: Sequence[Change]) -> _Asked:
    """Return what editions are asked for; of one build each is asked for the same."""
    if not (_last and _last[0][0] is source and _last[0][1] is changes):
        accounts = _Accounts(source.lines)
        for change in sorted(changes, key=lambda change: ORDER.index(change.kind)):
            if change.line in accounts:
                _apply(change, accounts)
        opened = accounts.opened()
        words: list[str] = []
        lines: list[int] = []
        count = 0
        for number, body, had in accounts.bodies():
            words += body
            lines += [number] * len(body)
            count += had
        notes = _in_order(account.notes for account in opened)
        changed, left_out = (sum(getattr(account, what) for account in opened) for what in ("changed", "left_out"))
        _last[:] = [(source, changes, _Asked(words, lines, notes, count, changed, left_out))]
    return _last[0][2]


def _in_order(lines: Iterable[Sequence[Wanted]]) -> list[Wanted]:
    """Return what is wanted of the notes in the order of the ``lines``, and behind it what is wanted once more.

    A note that is called twice stands twice, and each time its lines follow one another.
    """
    rounds: dict[int, list[Wanted]] = {}
    for wanted in lines:
        times = Counter[Wanted]()
        for one in wanted:
            rounds.setdefault(times[one], []).append(one)
            times[one] += 1
    return [one for _, some in sorted(rounds.items()) for one in some]


def _apply(change: Change, accounts: _Accounts) -> None:
    """Enter one change in the account of its line."""
    account = accounts[change.line]
    before, after = words_of(change.before), words_of(change.after)
    if not before:
        if change.kind is ChangeKind.MOVED and after:
            account.notes += (Wanted(change.line, tuple(after), ordered=True),)
        elif change.kind in (ChangeKind.REPAIRED, ChangeKind.JOINED) and after:
            # what was damaged whole, or has signs only, had no words: they stand at its place
            place = len(words_of(account.text.partition(change.before.strip())[0]))
            account.body[place:place] = after
        return
    if change.kind in LEAVING:
        if _replace(change.line, accounts, before, []):
            account.left_out += len(before)
    elif change.kind in (ChangeKind.RESTYLED, ChangeKind.MOVED):
        if _behind(change, account, before) or _replace(change.line, accounts, before, []):
            account.changed += len(before)
            if after:
                ordered = change.kind is ChangeKind.MOVED
                account.notes += (Wanted(change.line, tuple(after), ordered),)
    elif change.kind is ChangeKind.REPAIRED and _mend(change, account, before, after):
        account.changed += len(before) - _alike(before, after) if before != after else 0
    elif before != after and _replace(change.line, accounts, before, after, last=_broken(change), place=change.place):
        account.changed += len(before) - _alike(before, after)


def _mend(change: Change, account: _Account, before: list[str], after: list[str]) -> bool:
    """Enter a repair where the damage stands, not at the first words that read alike; false if it is not found there.

    The repairs of a rule come in the order of the line, so each is looked for behind the last.
    """
    rule, letter, word = account.reached
    if rule != change.why:
        letter = word = 0
    start = account.text.find(change.before, letter)
    first = word + len(words_of(account.text[letter:start]))
    if start < 0 or account.body[first : first + len(before)] != before:
        return False
    account.body[first : first + len(before)] = after
    account.text = f"{account.text[:start]}{change.after}{account.text[start + len(change.before) :]}"
    account.reached = (change.why, start + len(change.after), first + len(after))
    return True


def _behind(change: Change, account: _Account, before: list[str]) -> bool:
    """Take a source off the end of its line: its words may be those that the line begins with; false if it is no such.

    ``account``: of the line; ``before``: the words of the source.
    """
    if change.kind is not ChangeKind.RESTYLED or account.body[-len(before) :] != before:
        return False
    del account.body[-len(before) :]
    return True


def _broken(change: Change) -> bool:
    """Tell whether it is the last word of a line that changes, which its end had broken."""
    return change.kind is ChangeKind.JOINED and change.before.endswith("-")


def _replace(
    line: int,
    accounts: _Accounts,
    before: list[str],
    after: list[str],
    *,
    last: bool = False,
    place: int = -1,
) -> bool:
    """Put ``after`` for the first ``before`` that begins on ``line``, or the ``last``, or the one nearest to ``place``.

    A paragraph may stand on several lines: ``before`` goes on where the next of them begins. Returns false if there is
    none.
    """
    body = accounts[line].body
    for start in _outwards(place, len(body)) if place >= 0 else range(len(body))[:: -1 if last else 1]:
        pieces = _pieces(line, start, accounts, before) if body[start] == before[0] else []
        for number, end in reversed(pieces):
            first = start if number == line else 0
            accounts[number].body[first:end] = after if number == line else []
        if pieces:
            return True
    return False


def _outwards(place: int, size: int) -> Iterator[int]:
    """Yield the numbers below ``size``, from ``place`` on outwards."""
    for far in range(max(place + 1, size - place)):
        yield from (at for at in ((place - far, place + far) if far else (place,)) if 0 <= at < size)


def _pieces(line: int, start: int, accounts: _Accounts, words: list[str]) -> list[tuple[int, int]]:
    """Return the lines on which ``words`` stand from ``start`` on, and their ends; empty if they do not."""
    pieces: list[tuple[int, int]] = []
    while words and line in accounts:
        part = accounts[line].body[start : start + len(words)]
        if part != words[: len(part)]:
            return []
        pieces.append((line, start + len(part)))
        words = words[len(part) :]
        line, start = line + 1, 0
    return [] if words else pieces


def _alike(before: list[str], after: list[str]) -> int:
    """Count the words that two runs have in common at their ends."""
    shorter = min(len(before), len(after))
    first = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - first
    return first + next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)


def _compare(asked: _Asked, streams: Streams) -> tuple[list[Lost], list[Added]]:
    """Return the words that the text lacks, by their lines, and those that it has besides."""
    wanted, lines = asked.words, asked.lines
    found = locate(wanted, streams.body, spaced=streams.spaced)
    _settle(wanted, lines, found)
    lost: dict[int, list[str]] = {}
    for start, end in gaps(found):
        for word, line in zip(wanted[start:end], lines[start:end], strict=True):
            lost.setdefault(line, []).append(word)
    over = list(unused(found, len(streams.body)))
    line_of = {place: line for line, place in zip(lines, found, strict=True) if place != MISSING} if over else {}
    added = [Added(line_of.get(start - 1, 0), tuple(streams.body[start:end])) for start, end in over]
    return [Lost(line, tuple(words)) for line, words in lost.items()], added


def _settle(wanted: list[str], lines: list[int], found: list[int]) -> None:
    """Move each run of missing words to where its line begins, when it could as well stand there.

    If of two lines that begin alike the first is lost, its beginning is found, and the beginning of the
    second is missed: the loss is the same, but it would name the wrong line.
    """
    for start, end in gaps(found):
        first, last = start, end
        while not _whole(lines, first, last) and first and found[first - 1] != MISSING:
            if wanted[first - 1] != wanted[last - 1]:
                break
            first, last = first - 1, last - 1
        if _whole(lines, first, last):
            found[last:end] = found[first:start]
            found[first:last] = [MISSING] * (last - first)


def _whole(lines: list[int], start: int, end: int) -> bool:
    """Tell whether words from ``start`` to ``end`` begin a line."""
    return not start or lines[start] != lines[start - 1]
