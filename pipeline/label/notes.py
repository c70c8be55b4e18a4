"""Notes: the forms in which texts write a note and the call that it answers to.

``[1]``, ``[A]``, ``[*]``, ``*``, ``*)``, ``†``, ``(1)``, ``(*1)``, ``1)``, ``(a)``, ``(+)``, ``{1}``, ``<1>``,
``{*}``, ``¹``, ``¹)``, ``^1``, ``[Footnote 1: …]`` and ``1 (return) [ …]``.
A bracketed number is a note only where a call with the same label waits for it; years, references and lists stay what
they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from pipeline.label.headlines import number_alone, plain, shouts
from pipeline.label.layout import Convention, Unit
from pipeline.label.settled import Settled
from pipeline.label.shapes import is_table, is_verse
from pipeline.model import ChangeKind, Leaving, Role, figure
from pipeline.parts import NOTES, NUMBERED

WHY = {
    "labelled-note": "It is called a footnote, with its label.",
    "answers-a-call": "It begins with the label of a call that stands in the text above.",
    "note-goes-on": "It goes on with the note above.",
    "notes-title": "It names the notes below, which stand at their calls.",
    "works-title": "Below the notes, it names the list of works.",
    "notes-part": "Among the notes, it names the chapter whose notes stand below.",
}
"""The rules of notes, each with what an editor would say."""

LEAVES = {"notes-part": Leaving(ChangeKind.SET_ASIDE), "notes-title": Leaving(ChangeKind.SET_ASIDE)}

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NAMES = r"foot-?note|endnote|note|anm(?:erkung)?\.?|fußnote|nota|прим(?:ечание)?\.?|сноска"
LEADS_BACK = re.compile(r"\s*(?P<label>\d{1,4}) ?(?:\((?:return|back)\)|↩\ufe0e?)\s*(?:\[\s*)?", re.IGNORECASE)
"""The label of a note of a web page, with the link that leads back to the call: “1 (return) [ …”."""
ENCLOSED = re.compile(r"\s*(?P<label>\d{1,4}) \[ ?(?=\S)")
"""The label of a note that stands in brackets behind its number: “1 [ …”."""
_LABELLED = re.compile(
    rf"^(?:\[\s*(?:{_NAMES})|\(\s*(?P<star>\*)?\s*foot-?note)\s*"
    r"(?P<label>\d{1,4}|[A-Za-z]{1,2}|[*†‡§¶]{1,3})?\s*(?::|\.(?=\s))\s*",
    re.IGNORECASE,
)
_COLON = re.compile(r"^\[(?P<label>\d{1,3}|[A-Za-z]|[*†‡§¶]{1,4})(?:[:)]|\):)\s+(?=\S)")
INSIDE = re.compile(
    rf"\s*\[(?:{_NAMES})\s*(?:\d{{1,4}})?\s*:\s+(?P<words>(?:[^\[\]]|\[[^\[\]]*\])+)\](?=[\s.,;:!?”\")]|$)",
    re.IGNORECASE,
)
"""A note that stands in the sentence that it belongs to: “[Note: …]”."""
_BARE = re.compile(
    r"^(?:\[(?P<square>\d{1,3}[a-z]?|[A-Za-z]|[*†‡§¶]{1,4}|\+{1,3})\]|\{(?P<curly>\d{1,4}[a-z]?|[*†‡]{1,3}|\+{1,3})\}"
    r"|<(?P<angle>\d{1,3})>"
    r"|\((?P<round>\*?\d{1,3}|[*†‡]{1,3}|\+{1,3}|_[a-z]_|[a-z])\)|(?P<raised>[¹²³⁰⁴-⁹]{1,4}(?![¹²³⁰⁴-⁹]))\)?"
    r"|(?P<half>\d{1,3}|\*{1,3}|†{1,3}|\+{1,3})\)(?=\s)"
    r"|\^\{?(?P<caret>\d{1,3})\}?|(?P<sign>\*{1,3}(?=\s?[^\s*])(?![._]\*)|[†‡§¶]{1,3}"  # "*.*" is an asterism
    r"|\+{1,2}(?=\s[^\W\d]|\s[\"“„«‘'_(])))[ .:]?\s*(?=\S)"
)
_CALL_BEHIND = re.compile(r"\s?(?:\[[\w*+†‡]{1,3}\]|\{[\w*+†‡]{1,3}\}|<\d{1,3}>|[¹²³⁰⁴-⁹]{1,3})$")
_ROUND_CALL_BEHIND = re.compile(r"\s?\([\w*+†‡]{1,3}\)$")
_CALL = re.compile(
    r"(?=[\[{(<^*+†‡§¶¹²³⁰⁴-⁹]| [(*†+]|\d{1,3}\))(?:"  # each begins so, and most letters of a text do not
    r"(?<=[\w.,;:!?”\"’'»)]) \((?P<spaced>\*\d{1,3}|[*†‡]{1,3}|\+{1,3})\)(?=[\s.,;:!?”»)—–-]|$)|"  # with its space
    r"(?:(?<=[\w.,;:!?”“\"’'»«)]) ?(?P<half>\*{1,3}|†{1,3}|\+{1,3})|(?<=[^\W\d]|[.,;:!?”“\"»«])(?P<figure>\d{1,3}))"
    r"\)(?=[\s.,;:!?”“»«)—–-]|$)|"
    r"\[(?P<square>\d{1,3}[a-z]?|[A-Za-z]|[*†‡§¶]{1,4}|\+{1,3})\)?\]"
    r"|\[(?i:foot-?note|note|anm(?:erkung)?|nota)\.? (?P<named>\d{1,3})\]"
    r"|(?<!\^)\{(?P<curly>\d{1,4}[a-z]?|[*†‡]{1,3}|\+{1,3})\}|<(?P<angle>\d{1,3})>"
    r"|(?<=[^\s(\[])\((?P<round>\*?\d{1,3}|[*†‡]{1,3}|\+{1,3}|_[a-z]_|(?<!\d.)[a-z])\)(?=[\s.,;:!?”»)—–-]|$)"
    r"|(?<=[^\s(\[\d]) \((?P<letter>_[a-z]_|[a-z])\)(?=[\s.,;:!?”»)—–-]|$)"
    r"|(?<=[^\s(\[]) \((?P<apart>\d{1,3})\)(?=[.,;:!?])|(?<=[.!?”\"’»]) \((?P<behind>\d{1,3})\)(?=\s|$)"
    r"|(?<=[,;:]) \((?P<row>\d{1,2})\)(?=\s[^\W\d_a-zß-öø-ÿа-яё]|$)|(?<=[^\W\d_]) \((?P<last>\d{1,2})\)$"
    r"|(?<=[^\W\d]|[.,;:!?”\"’»)])(?<![¹²³⁰⁴-⁹])(?P<raised>[¹²³⁰⁴-⁹]{1,4}(?![¹²³⁰⁴-⁹]))\)?"
    r"|(?<=[^\W\d]|[.,;:!?”\"’»)])\^(?:(?P<caret>\d{1,3})(?=[\s.,;:!?”\"’»)—–-]|$)|\{(?P<braced>\d{1,3})\})"
    r"|(?<=[\w.,;:!?”\"’'»)])(?P<sign>\*{1,3}|[†‡§¶]{1,3}|\+{1,2}(?<![\dA-Z]\+)(?<!\w\+\+))(?=[\s.,;:!?”»)—–-]|$))"
)
_NUMBERED = re.compile(
    rf"^(?:(?i:{_NAMES}) )?(?P<number>\d{{1,3}})"
    r"(?:[.):]\s+(?=\S)|\s+(?=(?:--|—)?(?:[\"“„«‘]\w|\(?_?[^\W\d_a-zà-öø-ÿа-яё])))"
)
_LIKELY = re.compile(
    r"<\d|\[(?i:foot-?note|note|anm|nota)|\[(?:\d{1,4}[a-z]?|[A-Za-z])\)?\]|\{\d"
    r"|\((?:\d{1,3}|_[a-z]_|[a-z])\)|\d\)|[*+†‡§¶¹²³⁰⁴-⁹]|\^\d"
)

_SIGN = re.compile(r"[\[{()<^*+†‡§¶¹²³⁰⁴-⁹]")  # all that is likely has one
_RUNS_ON = re.compile(r"(?:[^\W_]|,)_?$")
_WORKS = re.compile(
    r"^\W*(?:references|bibliograph\w*|literatur\w*|works cited|sources|обзор литературы|литература|bibliografía)\W*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:^|\s)\((?:_[a-z]_|[a-z])\)")
_FIGURES = re.compile(r"(?:^|\s)\(\d{1,2}\)")
_EMPHASIS = re.compile(r"([*+])(?<![\w.,;:!?”\"’'»)].)[^\s*+]")  # such a sign opens what is set off
_ROW_CALLS = re.compile(r"[^\W\d_] \(\d{1,2}\)$", re.MULTILINE)
_SIGNS = tuple("*+†‡§¶")
_REACH = 4000  # units; a call waits no longer for its note
_NEAR = 40  # units; nor one by a sign, which stands at the foot of its own page
_BETWEEN = 4  # units; a note has hardly more paragraphs
_HABIT = 3  # notes; so many are a habit of the text
_ROMAN = re.compile(r"[IVXLC]{2,8} (?=[^\W\d_a-z])")
_LONGEST = 120  # characters of the title of a chapter with its number
_PARAGRAPHS = 3  # of a note, behind its first
_NEXT = 12  # units to the next note
_OVER_NOTES = 3  # units: a name of a chapter, and the first of its notes
_ABOVE = 3  # units above the notes, which tell how far in the text is set
_SIGNS_ROWS = 2  # rows of a name, or of a heading in the middle,
_FAR = 0.4  # of the width from the margin
_COMMON = 9  # units set in alike; so many are the habit of the text
_FAR_IN = 8  # columns; no paragraph of a note is set in as far
_ENDED = re.compile(r"[.!?][\"'”’»)\]_]*$")
_GAP = 3  # blank lines; a note does not go on after them

ASTERISM = ("*.*", "*_*", "⁂")
"""What calls attention to a remark: three stars, or what was typed for them."""


def note_label(text: str) -> tuple[str, str]:
    """Part a note into its label ("1", "A", "*" …) and its text; no label: ``text`` is no note.

    A labelled note without a number ("[Footnote: …]") has the label "?".
    """
    if text.startswith(ASTERISM):
        return "", text  # it calls attention to a remark, and answers no call
    if found := _LABELLED.match(text):
        return found["label"] or found["star"] or "?", without_bracket(
            text[found.end() :], ")" if text[0] == "(" else "]"
        )
    if found := LEADS_BACK.match(text):
        return found["label"], without_bracket(text[found.end() :], "]")
    opened = ENCLOSED.match(text) or (_COLON.match(text) if text.rstrip().endswith("]") else None)
    if opened:
        return opened["label"], without_bracket(text[opened.end() :], "]")
    found = _BARE.match(text)
    return (_label(found), text[found.end() :]) if found else ("", text)


def without_bracket(text: str, bracket: str) -> str:
    """Take off the bracket that closes a note, if it was opened before the text."""
    closed = text.rstrip()
    opening = {"]": "[", ")": "("}[bracket]
    if closed.endswith(bracket) and closed.count(bracket) > closed.count(opening):
        return closed[:-1].rstrip()
    return text


def label_of_note(text: str) -> tuple[str, str]:
    """Part what is known to be a note: as :func:`note_label`, and "1. …" answers the call "(1)"."""
    label, rest = note_label(text)
    found = _NUMBERED.match(text) if not label else None
    return (f"({found['number']})", text[found.end() :]) if found else (label, rest)


def is_labelled(text: str) -> bool:
    """Tell whether the text opens with "[Footnote …:" or one of its kin, or leads back to a call."""
    return bool(_LABELLED.match(text) or LEADS_BACK.match(text))


def calls(text: str) -> Iterator[tuple[int, int, str]]:
    """Find what may be calls of notes in running text: start, end, label."""
    sign = _SIGN.search(text)  # most paragraphs have none, and looking behind each letter takes long
    if sign is None or not _LIKELY.search(text, max(0, sign.start() - 1)):
        return
    emphasis = {found[1] for found in _EMPHASIS.finditer(text)}
    several = text.count(" (") > 1 and len(_LETTERS.findall(text)) > 1  # "(_a_) of oil, (_b_) of wicks"
    counts = text.count(" (") > 1 and len(_FIGURES.findall(text)) > 1  # "of two kinds, (1) of oil, (2) of wicks"
    depth = reached = 0
    for found in _CALL.finditer(text):
        if (several and found["letter"]) or (counts and (found["row"] or found["last"])):
            continue
        if not found.start() or (found["sign"] or "_")[0] in emphasis:
            continue
        start, end = found.span()
        if text[end - 1] == ")" and (half := found["half"] or found["figure"] or found["raised"]):
            depth = max(0, depth + text.count("(", reached, start) - text.count(")", reached, start))
            reached = start
            if depth and not found["figure"]:
                yield start, end - 1, half if found["half"] else f"{half.translate(_RAISED)}^"
            if depth:
                continue  # the bracket closes what was opened before the call
        yield start, end, _label(found)


def without_call(text: str, *, rounded: bool = False) -> str:
    """Return a line without the call of a note at its end.

    Args:
        text: the line.
        rounded: what stands in round brackets calls, too; at the end of a title that may be its number.

    """
    bare = _CALL_BEHIND.sub("", text)
    return _ROUND_CALL_BEHIND.sub("", bare) if rounded else bare


def is_notes_title(text: str) -> bool:
    """Tell whether a heading names the notes below it."""
    return len(text) < 40 and bool(NOTES.match(text))


def _label(found: re.Match[str]) -> str:
    # The form is part of the label: "(1)" does not answer to "[1]".
    if found["square"]:
        return found["square"]
    if found["angle"]:
        return f"<{found['angle']}>"
    if found["curly"]:
        return f"{{{found['curly']}}}"
    named = found.groupdict(default="")
    if named.get("named"):
        return named["named"]
    if half := named["half"] or named.get("figure"):
        return f"{half})"
    if (
        number := named["round"]
        or named.get("spaced")
        or named.get("letter")
        or named.get("apart")
        or named.get("behind")
        or named.get("row")
        or named.get("last")
    ):
        return f"({number})"
    if raised := named["raised"] or named["caret"] or named.get("braced"):
        return f"{raised.translate(_RAISED)}^"
    return found["sign"]


def notes(found: Sequence[Unit], settled: Mapping[int, Settled]) -> dict[int, Settled]:
    """Settle which units are notes, or go on with the note above.

    Args:
        found: the units of the text.
        settled: what is settled already, by index; headings end a run of notes.

    """
    doubtful = _doubtful(found)
    named = any(is_notes_title(unit.text) for unit in found)
    numbered = _numbered_answers(found, named)
    bullets = _bullets(found)
    common = _set_in_elsewhere(found)
    waiting: dict[str, int] = {}  # labels that were called, and where last
    out: dict[int, Settled] = {}
    titled = works = False  # below a title of notes, of works
    chapters: set[str] = set()  # the headings so far
    opener = over = -1  # the unit of the note that may go on, and that over the notes it stands among
    depth, bracket = 0, "["  # brackets that a note has not closed
    for at, unit in enumerate(found):
        here = settled.get(at)
        below = _below(found, at, settled, chapters)
        opens = below >= 0 and _opens_note(found[below].text, below, numbered, waiting)
        headed = here is not None and here.role in (Role.TITLE, Role.HEADING)
        if here is not None and headed and not _in_place(unit, at, "" if named else numbered, waiting):
            if titled and opens and _same(unit.text) in chapters:
                out[at] = Settled(Role.BOILERPLATE, "notes-part", sure=1.0)
                continue
            chapters.add(_same(unit.text))
            if opens and is_notes_title(unit.text):
                out[at] = Settled(here.role, "notes-title", level=here.level, sure=1.0)
            elif titled and _WORKS.match(unit.text):
                out[at] = Settled(Role.HEADING, "works-title", level=2, sure=1.0)
            titled, works = is_notes_title(unit.text), bool(_WORKS.match(unit.text))
            opener, depth = -1, 0
            waiting.update((called, at) for called in _called(unit))
            continue
        if here is not None and here.role is Role.BOILERPLATE:
            continue
        if here is not None and here.role in (Role.CAPTION, Role.CONTENTS):
            titled = titled and here.role is Role.CAPTION
            opener, depth = -1, 0
            continue
        if here is None and opens and is_notes_title(unit.text):
            out[at] = Settled(Role.HEADING, "notes-title", level=2, sure=1.0)
            titled, works, opener, depth = True, False, -1, 0
            continue
        if here is None and titled and _WORKS.match(unit.text):
            out[at] = Settled(Role.HEADING, "works-title", level=2, sure=1.0)
            titled, works, opener, depth = False, True, -1, 0
            continue
        label = in_form_of_call(_label_in_form(unit.text, numbered), waiting)
        if label and (at in bullets or _numbers_title(unit)):
            label = ""
        if named and not titled and label and not note_label(unit.text)[0]:
            label = ""  # where notes stand under their name, "1. …" above it is a list
        if depth > 0 and not is_labelled(unit.text):
            out[at] = Settled(Role.NOTE, "note-goes-on", level=1, by_line=_rowwise(unit), sure=1.0)
            depth = max(0, depth + _open(unit.text, bracket))
        elif label and is_labelled(unit.text):
            out[at] = Settled(Role.NOTE, "labelled-note", sure=1.0)
            bracket = "(" if unit.text[0] == "(" else "["
            depth = _open(unit.text, bracket)
            opener = -1
        elif (
            label
            and not works
            and (numbered or _form(label) not in doubtful)
            and not (label.startswith("(") and _is_within(found, at, out))
            and _answers(label, at, waiting)
        ):
            out[at] = Settled(Role.NOTE, "answers-a-call", by_line=_rowwise(unit), sure=1.0)
            if ENCLOSED.match(unit.text):
                bracket, depth = "[", max(0, _open(unit.text, "["))
            opener = at
            over = over if at - 1 in out and out[at - 1].role is Role.NOTE else at - 1
        elif opener >= 0 and _goes_on(found, at, opener, over, titled, numbered, waiting, common):
            out[at] = Settled(Role.NOTE, "note-goes-on", level=1, by_line=_rowwise(unit), sure=1.0)
        else:
            titled = titled and not (opener >= 0 and _text_begins(found, at, opener, numbered, waiting))
            opener = -1
        waiting.update((called, at) for called in _called(unit))
    return out


def _bullets(found: Sequence[Unit]) -> set[int]:
    """Return the units of lists: many entries one below the other open with the same sign, and few are called."""
    out: set[int] = set()
    called: Counter[str] = Counter()
    run: list[int] = []
    sign = ""
    for at, unit in enumerate([*found, None]):
        text = unit.text if unit else ""
        own = text[:2] if text[:1] in _SIGNS and text[1:2] == " " else ""
        if run and own != sign:
            label = sign.strip()
            if len(run) > _HABIT and 2 * (called[label] + called[f"({label})"]) < len(run):
                out.update(run)
            called.clear()
            run = []
        if own:
            run.append(at)
            sign = own
        elif unit:
            called.update(_called(unit))
    return out


def _set_in_elsewhere(found: Sequence[Unit]) -> set[int]:
    """Return the columns by which units of several rows are set in all through the text, and not below notes."""
    clear = (
        unit.indent
        for above, unit in pairwise(found)
        if len(unit.rows) > 1 and unit.convention is not Convention.INDENTED and not _numbered_label(above.text)[0]
    )
    return {indent for indent, times in Counter(clear).items() if indent and times >= _COMMON}


def _numbers_title(unit: Unit) -> bool:
    """Tell whether a number stands alone over a title in capitals."""
    return len(unit.rows) > 1 and number_alone(unit.rows[0]) and shouts(" ".join(unit.rows[1:]))


def _in_place(unit: Unit, at: int, form: str, waiting: Mapping[str, int]) -> bool:
    """Tell whether what looks like a title with a number is a note, right below the text that calls it.

    So it is where notes stand under no title of their own, and their numbers answer the ``form`` of the calls.
    """
    label = _label_in_form(unit.text, form) if form else ""
    return (
        bool(label) and not _numbers_title(unit) and unit.blanks < _GAP and 0 < at - waiting.get(label, at) <= _BETWEEN
    )


def _called(unit: Unit) -> list[str]:
    """Return the labels that a unit calls; a row of verse ends as a paragraph does."""
    rows = unit.rows if _ROW_CALLS.search("\n".join(unit.rows[:-1])) and is_verse(unit) else (unit.text,)
    return [label for row in rows for start, _, label in calls(row.strip()) if start]


def in_form_of_call(label: str, called: Container[str]) -> str:
    """Return a sign as the call that it answers has it: "* …" answers "(*)", too."""
    return f"({label})" if label[:1] in _SIGNS and label not in called and f"({label})" in called else label


def _below(found: Sequence[Unit], at: int, settled: Mapping[int, Settled], chapters: Set[str]) -> int:
    """Return the next unit that is not the name of one of ``chapters`` once more; -1 where there is none."""
    headed = (Role.TITLE, Role.HEADING)
    for n in range(at + 1, min(at + _BETWEEN, len(found))):
        if n not in settled or settled[n].role not in headed or _same(found[n].text) not in chapters:
            return n
    return -1


def _same(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _opens_note(text: str, at: int, numbered: str, waiting: Mapping[str, int]) -> bool:
    """Tell whether the unit ``at`` is a note that was called."""
    label = _label_in_form(text, numbered)
    return bool(label) and (is_labelled(text) or _answers(label, at, waiting))


def _open(text: str, bracket: str) -> int:
    return text.count("[") - text.count("]") if bracket == "[" else text.count("(") - text.count(")")


def _is_within(found: Sequence[Unit], at: int, out: Mapping[int, Settled]) -> bool:
    """Tell whether a unit stands right below text that stops within a sentence: its number is part of that."""
    noted = at - 1 in out and (out[at - 1].role is Role.NOTE or is_notes_title(found[at - 1].text))
    return at > 0 and not found[at].blanks and not noted and bool(_RUNS_ON.search(found[at - 1].text))


def _label_in_form(text: str, form: str) -> str:
    """Return the label of what may be a note, its number in the ``form`` of the calls that it answers."""
    label, number = _numbered_label(text)
    return form.replace("1", number) if form and number.isdigit() else label


def _numbered_label(text: str) -> tuple[str, str]:
    """Return the label of what may be a note, and its number without the signs of a form, where it may have another."""
    label, _ = note_label(text)
    if is_labelled(text):
        return label, ""
    found = _NUMBERED.match(text) if not label else None
    return label, found["number"] if found else label.strip("(){}<>^")


def _numbered_answers(found: Sequence[Unit], named: bool) -> str:
    """Return the form of the calls that notes with numbers in another form answer; or nothing.

    "1. …" may answer "(1)", "[1]" or a raised figure, where no notes have the calls' own form and most calls are
    answered; one alone if notes are ``named`` by a title. Where they are not, paragraphs of which hardly one is called
    are numbered, and no notes.
    """
    told = [(*_numbered_label(unit.text), _called(unit)) for unit in found]
    told = [one for one in told if any(one)]
    for form in ("(1)", "1^", "1", "{1}", "<1>"):
        waiting: set[str] = set()
        called = answered = opened = 0
        own = False
        for as_is, number, names in told:
            label = form.replace("1", number) if number.isdigit() else as_is
            bare = label.strip("(){}<>^")
            ours = bare.isdigit() and label == form.replace("1", bare)
            own = own or (ours and as_is == label)
            opened += ours
            if ours and label in waiting:
                answered += 1
                waiting.discard(label)
            for name in names:
                if name == form.replace("1", name.strip("(){}<>^")) and name.strip("(){}<>^").isdigit():
                    called += name not in waiting
                    waiting.add(name)
        if not own and answered > (not named) and answered >= 0.6 * called and (named or 2 * answered >= opened):
            return form
    return ""


def _form(label: str) -> str:
    """Name the form of a label where it is one that lists have too."""
    if label.startswith("(_"):
        return "letter"
    if label.endswith(")") and not label.startswith("("):
        return "1)" if label[0].isdigit() else ""  # no list opens its entries with "*)"
    if label.startswith("(") and label[1].isalpha():
        return "(a)"
    return "round" if label.startswith("(") else "star" if label.startswith("*") else label[:1] * label.startswith("+")


def _doubtful(found: Sequence[Unit]) -> set[str]:
    """Return the forms that lists have too and that most units open with though nothing calls them.

    Notes with letters in brackets begin with the first. Nor does a text that numbers its notes in square brackets
    number others in round ones: those are its lists.
    """
    opened: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    called: set[str] = set()
    square: set[str] = set()
    first = ""
    for unit in found:
        label = in_form_of_call(note_label(unit.text)[0], called)
        form = _form(label)
        if form:
            opened[form] += 1
            answered[form] += label in called
            first = first or (label if form == "(a)" and label in called else "")
        elif label.isdigit() and label in called:
            square.add(label)
        listed = unit.text.startswith("(")
        called.update(name for name in _called(unit) if not (listed and name.startswith("(")))
    doubtful = {form for form in opened if answered[form] < 0.8 * opened[form]}
    doubtful |= {"(a)"} if first not in ("", "(a)") else set()
    return doubtful | {"round"} if len(square) >= max(_HABIT, answered["round"]) else doubtful


def _answers(label: str, at: int, waiting: Mapping[str, int]) -> bool:
    called = waiting.get(label, -1)
    return called >= 0 and at - called <= (_REACH if label.strip("({<*")[:1].isalnum() else _NEAR)


def _goes_on(
    found: Sequence[Unit],
    at: int,
    opener: int,
    over: int,
    titled: bool,
    form: str,
    waiting: Mapping[str, int],
    common: Set[int],
) -> bool:
    """Tell whether a unit belongs to the note above: under a title of notes, set in, or before the next note.

    Where the text ``over`` the notes is set in as far, all of it is; so is what stands in the columns that are
    ``common`` below no note. And what calls the next note is text.
    """
    unit = found[at]
    if unit.blanks >= _GAP or is_notes_title(unit.text) or (titled and _text_begins(found, at, opener, form, waiting)):
        return False
    deeper = unit.indent >= 2 + found[opener].indent and unit.convention is not Convention.INDENTED
    usual = over >= 0 and any(found[n].indent == unit.indent for n in range(max(0, over - _ABOVE), over + 1))
    usual = usual and not found[at - 1].text.rstrip().endswith((":", ",", "—", "--"))  # which lead to what is quoted
    signs = at - 1 == opener and len(unit.rows) <= _SIGNS_ROWS and unit.indent >= _FAR * unit.width > 0
    if deeper and not titled and signs:
        return False  # the name of who wrote the piece, or its next heading, in the middle
    whole = at - 1 == opener and _ENDED.search(found[opener].text) is not None
    if whole and (unit.blanks > 1 or unit.indent >= _FAR_IN + found[opener].indent or unit.indent in common):
        deeper = False  # verse and headings of the text stand far in, below a note that says all it says
    own, _ = note_label(found[opener].text)
    called = {name for start, _, name in calls(unit.text) if start}
    calls_next = figure(own) and any(figure(name) == figure(own) + 1 for name in called)
    if titled or (deeper and not usual and not calls_next):
        return True
    if calls_next or unit.indent + 2 <= found[opener].indent:
        return False
    for after in range(at + 1, min(at + _BETWEEN, len(found))):
        if found[after].blanks >= _GAP:
            return False
        label, _ = note_label(found[after].text)
        if figure(own) and figure(label) == figure(own) + 1:
            return label not in called and _answers(label, after, waiting)  # what calls the next note is text
        called |= {name for start, _, name in calls(found[after].text) if start}
    return False


def _text_begins(found: Sequence[Unit], at: int, opener: int, form: str, waiting: Container[str]) -> bool:
    """Tell whether the text begins again below notes: with a chapter's number, farther away or out than notes stand.

    A note of many paragraphs goes on only if another stands below it. The name of a chapter may head its own notes.
    """
    unit = found[at]
    words = plain(unit.text)
    titled = NUMBERED.match(words)
    counted = _ROMAN.match(words) or (titled is not None and titled["sign"].isalpha())
    heads = number_alone(words) or (counted and len(words) <= _LONGEST)
    farther = unit.blanks > max(1, found[opener].blanks) or unit.indent + 2 <= found[opener].indent
    if not (heads or farther or at - opener > _PARAGRAPHS):
        return False
    reach = _OVER_NOTES if heads or farther else _NEXT
    near = (in_form_of_call(_label_in_form(one.text, form), waiting) for one in found[at : at + reach])
    return not any(label in waiting for label in near)


def _rowwise(unit: Unit) -> bool:
    """Tell whether the lines of a note must stay lines: a table or verse in it."""
    return len(unit.rows) > 1 and unit.width > 0 and (is_table(unit.rows) or is_verse(unit))
