"""Notes go to their calls, wherever they stand and however often their numbers start again.

Calls wait in the order of the text. Notes that stand together (a zone: no running text with calls between them) are
taken in runs, a new one wherever their numbers start again; so are the calls that wait, and run is matched with run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.label.notes import calls, in_form_of_call, is_labelled, label_of_note, note_label
from pipeline.model import figure

_SIGNS = ("*", "+", "†", "‡", "§", "¶")
_NEAR = 30  # pieces; a note may stand so far in front of its call


@dataclass(frozen=True, slots=True)
class Call:
    """A call: the piece it stands in, its place there, and its label."""

    piece: int
    start: int
    end: int
    label: str


@dataclass(slots=True)
class Found:
    """A note: its pieces, its label, and the calls that it answers."""

    pieces: list[int]
    label: str
    calls: list[Call] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Binding:
    """Notes with their calls, notes without any, and calls without a note that plainly wanted one."""

    notes: tuple[Found, ...]
    orphans: tuple[Found, ...]
    unanswered: tuple[Call, ...]


def answer_calls(
    texts: Sequence[str], opens: Sequence[bool], goes_on: Sequence[bool], passed: Sequence[bool]
) -> Binding:
    """Bind notes and calls.

    Args:
        texts: the pieces of the text, in order.
        opens: which of them open a note.
        goes_on: which of them go on with the note above.
        passed: which of them are no text (furniture, contents): neither call nor note is looked for there.

    """
    found: list[Found] = []
    waiting: list[Call] = []
    early: list[Found] = []
    zone: list[Found] = []
    for at, text in enumerate(texts):
        if passed[at]:
            continue
        if opens[at]:
            label = _called_label(text, waiting, at, texts, passed)
            if not label:
                continue
            if zone and _inner(zone[-1], label, texts) and not any(call.label == label for call in waiting):
                zone[-1].pieces.append(at)  # a note on a note stays below it
            else:
                zone.append(Found([at], label))
            continue
        if goes_on[at] and zone:
            zone[-1].pieces.append(at)
            continue
        here = [Call(at, start, end, label) for start, end, label in calls(text)]
        if here and zone:
            early = _close(zone, waiting, found)
            zone = []
        for call in here:
            note = next((one for one in early if one.label == call.label and at - one.pieces[-1] < _NEAR), None)
            if note is not None:
                note.calls.append(call)
                found.append(note)
                early.remove(note)
            else:
                waiting.append(call)
    early += _close(zone, waiting, found)
    bound = {id(one) for one in found}
    every = {id(one): one for one in (*found, *early)}
    orphans = tuple(one for one in every.values() if id(one) not in bound)
    found.sort(key=lambda one: one.pieces[0])
    return Binding(tuple(found), orphans, tuple(_unanswered(waiting, found)))


def _called_label(text: str, waiting: Sequence[Call], at: int, texts: Sequence[str], passed: Sequence[bool]) -> str:
    """Return the label of a note in the form of the call that waits for it: "[Note 4: …]" and "4. …" answer "(4)", too.

    So does "(4)" answer "[4]", where nothing calls "(4)".

    A note without a label answers the sign that is called in the paragraph right above it; nothing if none is.
    """
    label = label_of_note(text)[0]
    if label == "?":
        above = next((n for n in range(at - 1, -1, -1) if not passed[n]), -1)
        last = waiting[-1] if waiting else None
        return last.label if last and last.piece == above and last.label.startswith(_SIGNS) else ""
    label = in_form_of_call(label, {call.label for call in waiting})
    if any(call.label == label for call in waiting):
        return label
    number = label.strip("()^{}<>")
    if not (is_labelled(text) or not note_label(text)[0] or number.isdigit()):
        return label
    return next((call.label for call in reversed(waiting) if call.label.strip("()^{}<>") == number), label)


def _inner(note: Found, label: str, texts: Sequence[str]) -> bool:
    """Tell whether a note itself has a call with this label."""
    return any(called == label for piece in note.pieces for _, _, called in calls(texts[piece]))


def _close(zone: list[Found], waiting: list[Call], found: list[Found]) -> list[Found]:
    """Bind the notes of a zone to the calls that wait; return the notes that are left."""
    left: list[Found] = []
    for form in dict.fromkeys(_form(note.label) for note in zone):
        ours = [note for note in zone if _form(note.label) == form]
        calling = [call for call in waiting if _form(call.label) == form]
        taken = _close_form(ours, calling, found, left)
        waiting[:] = [call for call in waiting if call not in taken]
    return left


def _form(label: str) -> str:
    """Name the form of a label; each counts for itself: "(7)" in a sentence says nothing of "[7]"."""
    bare = label.strip("()^{}<>")
    return label[:1] if label.startswith(("(", "{", "<")) else "0" if bare[:1].isdigit() else bare[:1]


def _close_form(zone: list[Found], waiting: list[Call], found: list[Found], left: list[Found]) -> set[Call]:
    """Bind notes of one form to the calls of that form; return the calls that are answered."""
    note_runs = _runs([note.label for note in zone], again=True)
    call_runs = _runs([call.label for call in waiting])
    if len(call_runs) < len(note_runs):
        call_runs = _runs([call.label for call in waiting], again=True)
    taken: set[int] = set()
    for (start, end), chosen in zip(note_runs, _matched(zone, note_runs, waiting, call_runs), strict=True):
        for note in zone[start:end]:
            places = [at for at in chosen if waiting[at].label == note.label and at not in taken]
            if not places:
                places = [at for at, call in enumerate(waiting) if call.label == note.label and at not in taken][-1:]
            if places:
                taken.update(places)
                note.calls += [waiting[at] for at in places]
                found.append(note)
            else:
                left.append(note)
    return {waiting[at] for at in taken}


def _runs(labels: Sequence[str], *, again: bool = False) -> list[tuple[int, int]]:
    """Cut labels where their numbers start again; ``again``: also where a number itself comes again."""
    runs: list[tuple[int, int]] = []
    start, highest = 0, 0
    for at, label in enumerate(labels):
        value = _value(label)
        if (
            (value and value < highest - 1)
            or (value == 1 and highest > 1)
            or (again and value and label in labels[start:at])
        ):
            runs.append((start, at))
            start, highest = at, 0
        highest = max(highest, value)
    return [*runs, (start, len(labels))] if labels else []


def _value(label: str) -> int:
    return figure(label.strip("()^{}*").rstrip("abcdefgh"))


def _matched(
    zone: Sequence[Found],
    note_runs: Sequence[tuple[int, int]],
    waiting: Sequence[Call],
    call_runs: Sequence[tuple[int, int]],
) -> list[range]:
    """Choose for each run of notes the run of calls that it answers."""
    if len(note_runs) == 1:
        wanted = {note.label for note in zone}
        fitting = [run for run in call_runs if any(call.label in wanted for call in waiting[run[0] : run[1]])]
        if not fitting:
            return [range(0)]
        whole = [run for run in fitting if wanted <= {call.label for call in waiting[run[0] : run[1]]}]
        shared = bool(whole) and whole[-1] is not fitting[-1]  # the last calls go back to notes called before
        return [range(whole[-1][0], fitting[-1][1]) if shared else range(*fitting[-1])]
    out: list[range] = []
    after = 0
    for number, (start, end) in enumerate(note_runs):
        labels = Counter(note.label for note in zone[start:end])
        room = range(after, len(call_runs) - (len(note_runs) - number - 1))
        best = max(room, key=lambda n: (_common(labels, waiting, call_runs[n]), -n), default=None)
        if best is None:
            out.append(range(0))
            continue
        out.append(range(*call_runs[best]))
        after = best + 1
    return out


def _common(labels: Counter[str], waiting: Sequence[Call], run: tuple[int, int]) -> float:
    called = Counter({call.label for call in waiting[run[0] : run[1]]})
    return (labels & called).total() / max(1, (labels | called).total())


def _unanswered(waiting: Iterable[Call], found: Sequence[Found]) -> list[Call]:
    """Return the calls that wait in vain though a note with the number before or after theirs was found."""
    answered: dict[tuple[str, int], list[int]] = {}
    for note in found:
        for call in note.calls:
            answered.setdefault((_form(call.label), _value(call.label)), []).append(call.piece)
    out: list[Call] = []
    for call in waiting:
        form, value = _form(call.label), _value(call.label)
        beside = [*answered.get((form, value - 1), ()), *answered.get((form, value + 1), ())] if value else []
        if any(abs(piece - call.piece) < 4 * _NEAR for piece in beside):
            out.append(call)
    return out
