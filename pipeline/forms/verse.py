"""Lines of verse: each an element of its own, in stanzas; numbers of lines told from the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from lxml.etree import _Element

from pipeline.forms.trees import add_class, classes, local, make, named, text_of
from pipeline.model import figure
from pipeline.parts import NUMBER as STANZA

WHOLE = 4  # lines: a stanza that has no more stands on one page
LEADS = "leads"
"""Class of the number of a stanza on a line of its own, which is never the last line of a page."""
INDENT = "indent"
"""Class of the spaces at the head of a line, which the style sheets make as wide as those of the source were."""
NUMBER, NUMBERED = "line-number", "numbered"
FIFTH = 5  # lines from number to number, mostly
TOLD = 0.8  # of the steps from number to number are as long as the lines between are many
SHARED = "shared"
"""Class of a line that goes on with the one that the last speaker of a play left unfinished."""
FAR = 6  # spaces at the head of such a line at least
LINE = 66  # letters in a line of the page, about (Bringhurst, 2.1.2)
LETTER = 0.45  # em, with its share of the spaces, in the faces of readers
DEEPEST = 0.6  # of the measure: so far in at most such a line begins
SOURCE = "line-source"
"""Class of a last line that says, behind a dash and far to the right, whose words stand above it."""
_SAYS_WHOSE = re.compile(rf"\u00a0{{{FAR},}}[—–]\s?[^\W\d_]")
SONG, SONG_TITLE = "song", "song-title"
"""Classes of verse that is sung in a play, and of what stands above it."""
_SONG = re.compile(
    r"\W*(?:(?:song|air|chorus|duet|trio|catch|chanson|couplets?|lied|arie|gesang|chor|canción|copla|canzone|aria|coro"
    r"|lied(?:je)?|zang|sång|sang|vise|песня|хор)\b.{0,40})",
    re.IGNORECASE,
)
COUNTED = re.compile(r"[ \u00a0]+(\d{1,4})\s*$")


def part_lines(body: _Element, *, breaks: bool = False) -> None:
    """Make each line of the line blocks in ``body`` a ``span``, and each stanza a block of its own.

    An empty line of a block has no height on any page: it parts two stanzas. With ``breaks`` the line breaks stay
    between the lines, for who reads them without a style sheet.
    """
    blocks = [(one, _stanzas(one)) for one in named(body, "div") if "line-block" in classes(one)]
    poems = [
        [line for _, stanzas in poem for lines in stanzas for line in lines]
        for _, poem in groupby(blocks, lambda row: _section(row[0]))
    ]
    counted = [_counts(lines) for lines in poems]
    for lines, told in zip(poems, counted, strict=True):
        _number(lines, alone=any(counted) and not told)
    _mark_shared(blocks, any_width=breaks)
    for lines in [stanzas[-1] for _, stanzas in blocks if stanzas]:
        if len(lines) > 1 and _SAYS_WHOSE.match(lines[-1].text or ""):
            lines[-1].text = (lines[-1].text or "").lstrip("\u00a0")
            add_class(lines[-1], SOURCE)
    for line in [line for _, stanzas in blocks for lines in stanzas for line in lines]:
        _set_in(line)
    for block, stanzas in blocks:
        if (up := block.getparent()) is not None and SONG in classes(up):
            for line in [lines[0] for lines in stanzas if len(lines) == 1 or lines is stanzas[0]]:
                if is_song_title(text_of(line)):
                    add_class(line, SONG_TITLE)
    for block, stanzas in blocks:
        parts = []
        for lines in stanzas:
            whole = ["whole"] if len(lines) <= WHOLE else []
            leads = [LEADS] if _leads(lines) and (lines is not stanzas[-1] or _goes_on(block)) else []
            part = make(block, "div", *classes(block), *whole, *leads)
            for line in lines:
                if breaks and len(part):
                    part.append(make(block, "br"))
                part.append(line)
            part.tail = "\n"
            if direction := block.get("dir"):
                part.set("dir", direction)
            parts.append(part)
        if parts and (name := block.get("id")):
            parts[0].set("id", name)
        for part in parts:
            block.addprevious(part)
        if (parent := block.getparent()) is not None:
            parent.remove(block)


def _leads(lines: Sequence[_Element]) -> bool:
    return len(lines) == 1 and STANZA.match(text_of(lines[0]).strip()) is not None


def _goes_on(block: _Element) -> bool:
    after = block.getnext()
    return after is not None and "line-block" in classes(after)


def is_song_title(words: str) -> bool:
    """Tell whether words stand above what is sung in a play: “Song”, “Duet: Annis and Tabb”."""
    return _SONG.fullmatch(words.strip()) is not None


def _stanzas(block: _Element) -> list[list[_Element]]:
    """Return the lines of a block, stanza by stanza."""
    line = make(block, "span", "line")
    line.text = (block.text or "").lstrip("\n")
    lines = [line]
    for child in list(block):
        if local(child) == "br":
            line = make(block, "span", "line")
            line.text = (child.tail or "").lstrip("\n")
            lines.append(line)
        else:
            line.append(child)
    stanzas: list[list[_Element]] = [[]]
    for line in lines:
        if text_of(line).strip() or any(local(one) in ("a", "img") for one in line.iter()):
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
            if len(line):  # the mark of a page between two stanzas
                stanzas[-1].append(line)
    return [lines for lines in stanzas if lines]


def _mark_shared(blocks: Sequence[tuple[_Element, Sequence[Sequence[_Element]]]], *, any_width: bool) -> None:
    """Let a speech in verse that begins far to the right begin where the last line of the speech before it ended.

    The source says that it does, by its spaces; how far that is depends on the letters of that line. A screen may be of
    ``any_width``: on a wide one it is no farther than those letters are.
    """
    reached = 0  # letters, to the end of the last line of the speech before
    before: _Element | None = None
    for block, stanzas in blocks:
        if not stanzas or not _is_spoken(block):
            continue
        first, last = stanzas[0][0], stanzas[-1][-1]
        text = text_of(first)
        words = len(text.strip())
        spaces = len(text) - len(text.lstrip("\u00a0"))
        begins = 0
        if before is not None and spaces >= FAR and _section(before) is _section(block):
            begins = max(0, min(reached + 1, LINE - words, int(DEEPEST * LINE)))
            first.text = (first.text or "").lstrip("\u00a0")
            add_class(first, SHARED)
            first.set("style", f"margin-left: {100 * begins / LINE:.0f}%")
            if any_width:
                share = first.get("style", "").removeprefix("margin-left: ")
                first.set("style", f"margin-left: {share}; margin-left: min({begins * LETTER:.1f}em, {share})")
        reached, before = len(text_of(last).strip()) + (begins if last is first else 0), block


def _is_spoken(block: _Element) -> bool:
    up = block.getparent()
    return up is not None and "dialogue" in classes(up)


def _set_in(line: _Element) -> None:
    """Put the spaces at the head of a line into an element of their own."""
    text = line.text or ""
    words = text.lstrip("\u00a0")
    if words == text:
        return
    spaces = make(line, "span", INDENT)
    spaces.text, spaces.tail = text[: len(text) - len(words)], words
    line.text = None
    line.insert(0, spaces)


def _section(block: _Element) -> _Element | None:
    return next((one for one in block.iterancestors() if local(one) == "section"), None)


def _ends_with(lines: Sequence[_Element]) -> list[tuple[int, int]]:
    """Return the numbers at the ends of lines, each with the place of its line."""
    matches = [(place, COUNTED.search(_last_text(line)[0])) for place, line in enumerate(lines)]
    return [(place, figure(match[1])) for place, match in matches if match]


def _counts(lines: Sequence[_Element]) -> bool:
    """Tell whether the numbers at the ends of lines count these: nearly all their steps tell."""
    steps = list(pairwise(_ends_with(lines)))
    told = sum(there - here == after - before for (here, before), (there, after) in steps)
    return bool(steps) and told >= TOLD * len(steps)


def _number(lines: Sequence[_Element], *, alone: bool) -> None:
    """Mark the numbers at the ends of lines as such, if they count the lines.

    ``alone``: one number by itself does, too, if it is a fifth line's: other poems of the book have theirs.
    """
    found = _ends_with(lines)
    fifth = alone and len(found) == 1 and found[0][1] % FIFTH == 0
    if not fifth and not _counts(lines):
        return
    for place, number in found:
        line = lines[place]
        text, last = _last_text(line)
        mark = make(line, "span", NUMBER)
        mark.text = str(number)
        cut = f"{COUNTED.sub('', text)} "
        if last is None:
            line.text = cut
        else:
            last.tail = cut
        line.append(mark)
        add_class(line, NUMBERED)


def _last_text(line: _Element) -> tuple[str, _Element | None]:
    """Return the last text of a line, and the element that it stands after, if it does."""
    return (line[-1].tail or "", line[-1]) if len(line) else (line.text or "", None)
