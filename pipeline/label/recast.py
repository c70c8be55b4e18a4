"""Annotated texts written again as other transcribers would have typed them, to learn from.

People's raw texts differ less in what they are than in how they are typed: one sets verse in by four columns and
another not at all, one writes ``NORA.`` and another ``_Nora_ (rising):``. The structure of a book, known from an
edition made by hand, is therefore typed anew in many hands, each a set of habits drawn at random; what each line is, is
known by construction. Used by :mod:`pipeline.label.train` only.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Labelled = tuple[str, str]
"""A line, and its label: a role, with ``+`` before it where it goes on with the line above; nothing for no label."""

_NUMBERED = re.compile(r"^(?:(?P<word>[^\W\d_]+) )?(?P<number>[IVXLCDM]+|\d+)(?: (?P<title>\S.*))?$")
_PARTS = 300  # blocks of a text that are typed anew at once


@dataclass(slots=True)
class _Hand:
    """The habits of one transcriber."""

    dice: random.Random
    width: int = 72
    indented: int = 0  # first lines of paragraphs, without blank lines between them
    verse: int = 4
    stanza: int = 4
    rhyme: int = 0
    numbers: bool = False
    turn: str = "{name}. "
    middle: bool = False
    stage: str = "[{text}]"
    chapter: str = "CHAPTER {number}"
    chapter_gap: int = 4
    below: int = 1
    titled: bool = False
    sections: float = 0.0
    section: str = "capitals"
    section_gap: int = 2
    centred: bool = False
    quote: int = 4
    letter: str = "right"
    item: str = "- "
    note: str = "[{label}] "
    call: str = "[{label}]"
    notes_at: str = "paragraph"
    notes_title: str = "FOOTNOTES:"
    notes_in: int = 0
    caption: str = "[Illustration: {text}]"
    picture: str = ""
    out: list[Labelled] = field(default_factory=list)


def _hand(dice: random.Random) -> _Hand:
    pick = dice.choice
    return _Hand(
        dice,
        width=pick((58, 64, 68, 70, 72, 72, 74, 78)),
        indented=pick((0, 0, 0, 0, 2, 3, 4, 5)),
        verse=pick((0, 0, 0, 2, 2, 3, 4, 4, 5, 8, 10, 16)),
        stanza=pick((0, 0, 2, 3, 4, 4, 6, 8, 14)),
        rhyme=pick((0, 0, 2, 2, 4)),
        numbers=dice.random() < 0.15,
        turn=pick(
            (
                "{NAME}. ",
                "{NAME}. ",
                "{name}. ",
                "{name}.  ",
                "_{name}._ ",
                "{NAME}: ",
                "{name}: ",
                "{NAME}.--",
                "_{NAME}._ ",
                "{NAME} -- ",
                "{Short}. ",
                "{SHORT}. ",
                "{NAME}\n",
                "{NAME}.\n",
                "{name}.\n",
                "_{name}._\n",
                "{NAME}:\n",
            )
        ),
        middle=dice.random() < 0.4,
        stage=pick(("[{text}]", "[{text}]", "({text})", "[_{text}_]", "(_{text}_)", "_{text}_", "{text}", "[{text}")),
        chapter=pick(
            (
                "CHAPTER {number}",
                "CHAPTER {number}.",
                "Chapter {number}",
                "Chapter {digit}",
                "{number}",
                "{number}.",
                "CHAPTER {number}. {TITLE}",
                "{number}. {title}",
                "Chapter {digit}: {title}",
                "CHAPTER {digit}",
                "{word} {number}.",
                "{digit}",
                "{digit}.",
                "{word} {WORDED}",
                "_Chapter {number}_",
                "CHAPTER {number}.--{title}",
            )
        ),
        chapter_gap=pick((2, 2, 3, 3, 4, 4, 4, 5)),
        below=pick((1, 1, 1, 2, 2, 3)),
        titled=dice.random() < 0.5,
        sections=pick((0.0, 0.0, 0.04, 0.1)),
        section=pick(
            ("capitals", "capitals-stop", "title", "title", "italics", "italics-stop", "sentence-stop", "bold", "plain")
        ),
        section_gap=pick((1, 1, 2, 2, 2, 3)),
        centred=dice.random() < 0.3,
        quote=pick((0, 2, 3, 4, 4, 5, 6, 8)),
        letter=pick(("right", "right", "in", "plain", "capitals", "italics-right", "middle")),
        item=pick(("- ", "* ", "{n}. ", "({n}) ", "{n}.--", "", "", "hang", "{a}) ", "• ")),
        note=pick(
            (
                "[{label}] ",
                "[{label}] ",
                "[Footnote {label}: ",
                "({label}) ",
                "{label}. ",
                "*",
                "[{star}] ",
                "[Note {label}: ",
                "{label} ",
            )
        ),
        notes_at=pick(("paragraph", "paragraph", "chapter", "chapter", "end")),
        notes_title=pick(("FOOTNOTES:", "NOTES", "FOOTNOTES", "Notes:", "", "")),
        notes_in=pick((0, 0, 0, 2, 4)),
        caption=pick(
            (
                "[Illustration: {text}]",
                "[Illustration: {text}]",
                "[Illustration: Fig. {n}.--{text}]",
                "[Illustration: {CAPS}]",
                "FIG. {n}.--{text}",
                "Fig. {n}. {text}",
            )
        ),
        picture=pick(("", "  ", "      ")),
    )


def recast(truth: Mapping[str, Any], seed: int, close: bool = False) -> list[Labelled]:
    """Type a part of an annotated text anew.

    Args:
        truth: ``{"blocks": [{"role", "text", "level"?, "calls"?}], "notes": {id: text}}``.
        seed: settles the part and the hand; the same seed types the same lines.
        close: the hand leaves one blank line between paragraphs and no more around headings.

    """
    dice = random.Random(seed)
    hand = _hand(dice)
    if close:
        hand.chapter_gap = hand.section_gap = hand.below = 1
        hand.indented = 0
    blocks: Sequence[Mapping[str, Any]] = [
        block for block in truth["blocks"] if block["role"] not in ("skip", "unknown") and block["text"].strip()
    ]
    quoted = sum(len(block["text"]) for block in blocks if block["role"] == "quote")
    if quoted > 0.4 * sum(len(block["text"]) for block in blocks):  # a novel in diaries: that is its running text
        blocks = [{**block, "role": "para"} if block["role"] == "quote" else block for block in blocks]
    blocks = _part(blocks, dice)
    titles = [
        " ".join(block["text"].split()[: dice.choice((2, 3, 4, 5, 6, 8, 12, 20))]).rstrip(".,;:?!—-")
        for block in blocks
        if block["role"] == "para"
    ]
    names = _speakers(blocks)
    levels = sorted({block.get("level") or 1 for block in blocks if block["role"] == "heading"}) or [1]
    top = levels[0] if len(levels) < 2 or dice.random() < 0.5 else levels[1]
    waiting: list[tuple[str, str]] = []
    count = run = chapter = 0
    label = 0
    for at, block in enumerate(blocks):
        role = block["role"]
        before = blocks[at - 1]["role"] if at else ""
        after = blocks[at + 1]["role"] if at + 1 < len(blocks) else ""
        run = run + 1 if role == before else 0
        text = block["text"]
        for place, note in sorted(block.get("calls", ()), reverse=True):
            if note not in truth["notes"] or role in ("heading", "table"):
                continue
            label += 1
            text = _called(text, place, _label(hand, label))
            waiting.append((str(label), truth["notes"][note]))
        if role == "heading":
            if hand.notes_at == "chapter":
                waiting = _notes(hand, waiting)
            chapter += 1
            _heading(hand, block, top, chapter, dice.choice(titles) if titles and hand.titled else "")
        elif role == "verse":
            count = count + 1 if before == "verse" else 0
            _verse(hand, text, run, count)
        elif role == "drama":
            _turn(hand, text, names)
        elif role == "stage":
            _stage(hand, text)
        elif role == "quote":
            _gap(hand, 1)
            _fill(hand, text, "quote" if hand.quote else "paragraph", hand.quote, hand.quote)
        elif role == "letter":
            _letter(hand, text, run, after)
        elif role == "item":
            _item(hand, text, run)
        elif role == "table":
            _row(hand, text, run)
        elif role == "caption":
            _gap(hand, 1)
            shown = hand.caption.format(text=text, CAPS=text.upper(), n=at)
            _fill(hand, shown, "caption", len(hand.picture), len(hand.picture))
        else:
            if titles and dice.random() < hand.sections:
                _section(hand, dice.choice(titles))
            _paragraph(hand, text, before)
        if hand.notes_at == "paragraph" and (role in ("para", "quote") or role not in ("heading", "verse", after)):
            waiting = _notes(hand, waiting)
        if dice.random() < 0.004:
            _gap(hand, 1)
            hand.out.append((pickmark(dice), ""))
    _notes(hand, waiting)
    return hand.out


def pickmark(dice: random.Random) -> str:
    """Draw an ornament between two parts."""
    return dice.choice(
        ("       *       *       *       *       *", "* * * * *", "***", "-----", "                              ----")
    )


def _part(blocks: Sequence[Mapping[str, Any]], dice: random.Random) -> Sequence[Mapping[str, Any]]:
    """Choose a part; of several, the one with the most kinds of blocks in it, most of the time."""
    if len(blocks) <= _PARTS:
        return blocks
    starts = [dice.randrange(len(blocks) - _PARTS) for _ in range(6 if dice.random() < 0.7 else 1)]
    parts = [blocks[start : start + _PARTS] for start in starts]
    return max(
        parts,
        key=lambda part: sum(block["role"] != "para" for block in part) + 20 * len({block["role"] for block in part}),
    )


def _speakers(blocks: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Count the words with which turns begin: those that come back are names."""
    names: Counter[str] = Counter()
    for block in blocks:
        if block["role"] == "drama":
            words = block["text"].split()
            names.update(" ".join(words[:n]) for n in (1, 2, 3) if len(words) > n)
    return names


def _label(hand: _Hand, label: int) -> str:
    if hand.note.startswith("*") or "{star}" in hand.note:
        return "*" if hand.note.startswith("*") else "[*]"
    if hand.note.startswith(("(", "{label}")):
        return f"({label})"
    return f"[{label}]"


def _called(text: str, place: int, call: str) -> str:
    words = list(re.finditer(r"[^\W_]+", text))
    at = words[min(place, len(words)) - 1].end() if words and place else 0
    closing = re.match(r"[.,;:!?”’\"']*", text[at:])
    at += len(closing[0]) if closing else 0
    return text[:at] + call + text[at:]


def _plain(text: str) -> str:
    """Write the signs of an edition as a typist has them."""
    return text.replace("⁠", "").replace("\u00ad", "").replace("\u00a0", " ").replace("—", "--")


def _gap(hand: _Hand, lines: int) -> None:
    blank = 0
    while blank < len(hand.out) and not hand.out[-1 - blank][0]:
        blank += 1
    hand.out += [("", "")] * max(0, lines - blank)


def _fill(
    hand: _Hand, text: str, role: str, left: int = 0, right: int = 0, first: int | None = None, hang: bool = False
) -> None:
    lead = " " * (left if first is None else first)
    rows = textwrap.wrap(
        _plain(text),
        max(30, hand.width - right),
        initial_indent=lead,
        subsequent_indent=" " * (left + (4 if hang else 0)),
        break_long_words=False,
        break_on_hyphens=False,
    )
    hand.out += [(row, role if n == 0 else f"+{role}") for n, row in enumerate(rows)]


def _paragraph(hand: _Hand, text: str, before: str) -> None:
    if hand.indented and before == "para":
        _fill(hand, text, "paragraph", 0, 0, hand.indented)
        return
    _gap(hand, 1)
    _fill(hand, text, "paragraph", 0, 0, hand.indented or 0)


def _middle(hand: _Hand, text: str) -> str:
    return " " * max(0, (hand.width - len(text)) // 2) + text


def _heading(hand: _Hand, block: Mapping[str, Any], top: int, chapter: int, invented: str) -> None:
    text = _plain(block["text"])
    found = _NUMBERED.match(text)
    level = block.get("level") or 1
    rows: list[str]
    if level <= top:
        gap, below = hand.chapter_gap, hand.below
        if found and (found["title"] or found["number"]):
            number = found["number"]
            title = found["title"] or invented
            digit = str(chapter)
            word = found["word"] or "Chapter"
            worded = hand.dice.choice(("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "TWELVE", "TWENTY-ONE"))
            made = hand.chapter.format(
                number=number,
                digit=digit,
                word=word.upper() if hand.centred else word,
                WORDED=worded,
                title=title,
                TITLE=title.upper(),
            ).strip(" :-")
            rows = [made]
            if title and "title" not in hand.chapter.casefold():
                rows += [""] * (1 if hand.dice.random() < 0.6 else 0) + [_styled(hand, title, hand.section)]
        else:
            rows = [text.upper() if hand.section.startswith("capitals") or hand.chapter.isupper() else text]
    else:
        gap, below = hand.section_gap, 1
        rows = [_styled(hand, text, hand.section)]
    _gap(hand, gap)
    going = False
    for row in rows:
        if not row:
            hand.out.append(("", ""))
            continue
        for part in textwrap.wrap(row, max(24, hand.width - (20 if hand.centred else 0))):
            hand.out.append((_middle(hand, part) if hand.centred else part, "+heading" if going else "heading"))
            going = True
    _gap(hand, below)


def _section(hand: _Hand, title: str) -> None:
    """Type the heading of a section that the edition does not have: such books are many, and annotated ones few."""
    _heading(hand, {"text": title, "level": 99}, 0, 0, "")


def _styled(hand: _Hand, text: str, style: str) -> str:
    if style.startswith("capitals"):
        return text.upper() + ("." if style.endswith("stop") and text[-1].isalnum() else "")
    if style.startswith("italics"):
        return f"_{text}{'.' if style.endswith('stop') and text[-1].isalnum() else ''}_"
    if style == "bold":
        return f"={text}="
    if style == "sentence-stop" and text[-1].isalnum():
        return f"{text}."
    return text


def _verse(hand: _Hand, text: str, run: int, count: int) -> None:
    if run == 0 or (hand.stanza and count % hand.stanza == 0):
        _gap(hand, 1)
    indent = hand.verse + (hand.rhyme if hand.rhyme and count % 2 else 0)
    line = _plain(text)
    rows = textwrap.wrap(line, max(30, hand.width - indent), subsequent_indent="    ", break_on_hyphens=False) or [line]
    for n, row in enumerate(rows):
        shown = " " * indent + row
        if hand.numbers and n == 0 and (count + 1) % 5 == 0 and len(shown) < hand.width - 4:
            shown = f"{shown.ljust(hand.width - 4)}{count + 1:4d}"
        hand.out.append((shown, "verse" if n == 0 else "+verse"))


def _turn(hand: _Hand, text: str, names: Mapping[str, int]) -> None:
    words = text.split()
    size = max(
        (n for n in (1, 2, 3) if len(words) > n and names[" ".join(words[:n])] > 2 and words[n - 1][:1].isupper()),
        default=0,
    )
    while size > 1 and names[" ".join(words[:size])] < 0.6 * names[" ".join(words[: size - 1])]:
        size -= 1
    if not size:
        _gap(hand, 1)
        _fill(hand, text, "dialogue")
        return
    name, said = " ".join(words[:size]), " ".join(words[size:])
    short = name[:4].rstrip()
    opens = hand.turn.format(name=name, NAME=name.upper(), Short=short, SHORT=short.upper())
    direction = re.match(r"^(?P<stage>[^.!?]{6,70}\.) (?P<rest>\S.*)$", said)
    if direction and hand.dice.random() < 0.2:
        around = hand.stage if "{text}]" in hand.stage or "{text})" in hand.stage else "({text})"
        opened = around.format(text=direction["stage"].rstrip("."))
        said = direction["rest"]
        opens = (
            f"{opens.rstrip(' .:-')} {opened}{hand.dice.choice(('. ', ' ', ': '))}"
            if hand.dice.random() < 0.5 and "\n" not in opens
            else f"{opens}{opened} "
        )
    _gap(hand, 0 if hand.indented and hand.turn[-1] != "\n" and hand.dice.random() < 0.9 else 1)
    if "\n" in opens:
        label, more = opens.split("\n", 1)
        hand.out.append((_middle(hand, label) if hand.middle else label, "dialogue"))
        if hand.dice.random() < (0.9 if hand.middle else 0.05):
            _gap(hand, 1)
        start = len(hand.out)
        _fill(hand, more + said, "dialogue")
        hand.out[start] = (hand.out[start][0], "+dialogue")
    else:
        _fill(hand, opens + said, "dialogue", 0, 0, hand.indented or 0, hang=hand.indented == 0 and hand.rhyme == 4)


def _stage(hand: _Hand, text: str) -> None:
    _gap(hand, 1)
    shown = hand.stage.format(text=text)
    if hand.middle and len(shown) < 0.7 * hand.width:
        hand.out.append((_middle(hand, _plain(shown)), "stage"))
    else:
        _fill(hand, shown, "stage", hand.verse if hand.verse < 9 else 0)


def _letter(hand: _Hand, text: str, run: int, after: str) -> None:
    if run == 0 or hand.dice.random() < 0.3:
        _gap(hand, 1)
    row = _plain(text)
    style = hand.letter
    if style == "capitals":
        row = row.upper()
    elif style == "italics-right":
        row = f"_{row}_"
    if len(row) > 0.8 * hand.width:
        _fill(hand, row, "letter")
    elif style.endswith("right"):
        hand.out.append((" " * max(0, hand.width - len(row) - hand.dice.choice((0, 0, 2, 6))) + row, "letter"))
    else:
        hand.out.append(
            ((_middle(hand, row) if style == "middle" else "    " + row if style == "in" else row), "letter")
        )
    if after != "letter":
        _gap(hand, 1)


def _item(hand: _Hand, text: str, run: int) -> None:
    mark = hand.item.replace("hang", "").format(n=run + 1, a="abcdefghijklmnopqrstuvwxyz"[run % 26])
    _gap(hand, 1 if run == 0 or hand.section_gap == 2 else 0)
    _fill(hand, mark + text, "item", hand.quote if hand.rhyme else 0, hang=True)


def _row(hand: _Hand, text: str, run: int) -> None:
    words = _plain(text).split()
    cut = max(1, len(words) * 2 // 3)
    cells = [" ".join(words[:cut]), " ".join(words[cut:])]
    if run == 0:
        _gap(hand, 1)
    bar = " | " if hand.section == "bold" else "   "
    hand.out.append((f"  {cells[0][:40].ljust(40)}{bar}{cells[1]}".rstrip(), "table"))


def _notes(hand: _Hand, waiting: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Type the notes that wait; none wait then."""
    if not waiting:
        return []
    if hand.notes_at != "paragraph" and hand.notes_title:
        _gap(hand, min(2, hand.chapter_gap))
        hand.out.append((hand.notes_title, "heading"))
    for label, text in waiting:
        _gap(hand, 1 if hand.notes_at == "paragraph" or hand.below < 3 else 0)
        shown = hand.note.format(label=label, star="*") + text
        if shown.startswith(("[Footnote", "[Note")):
            shown += "]"
        if len(text) > 900 and hand.dice.random() < 0.7:
            cut = shown.find(". ", 300) + 1
            if 0 < cut < len(shown) - 100:
                _fill(hand, shown[:cut], "note", hand.notes_in)
                _gap(hand, 1)
                _fill(hand, shown[cut + 1 :], "note", hand.notes_in)
                continue
        _fill(hand, shown, "note", hand.notes_in)
    _gap(hand, 1)
    return []
