"""Points under numbers: minutes of a meeting, or a catalogue, each point with a number and a name over what it says.

That it is such a text, its title says. The numbers follow one another, and each stands with a few words on a line of
its own ("3. Matters arising", "TOP 3: Verschiedenes", "14/59 LIGHTING", "3. Ship's lantern", or "Cat. 3" alone): an
editor makes a heading of each. What stands below are lines as the writer left them: one is joined to the next only
where it was full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.kinds.galley import Galley
from pipeline.kinds.paragraphs import goes_on, titled, width_of
from pipeline.model import Claim, Copy, Line, Role
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "points under numbers"
WHY: Mapping[str, str] = {
    "points-title": "It says whose minutes or what catalogue this is.",
    "points-head": "A number that follows the last, and a few words, over what is said of it.",
    "points-words": "What is said under a number, or before the first.",
}
_SAYS = re.compile(
    r"\b(?:minutes of|(?:board|meeting|draft) minutes|catalog(?:ue)?|(?:sitzungs)?protokoll|niederschrift|katalog"
    r"|verzeichnis|proc[èe]s[- ]verbal|acta|cat[áa]logo|verbale|notulen|catalogus|referat|m[øo]dereferat|protok[óo]ł"
    r"|протокол|каталог)\b",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"^(?:(?:TOP|Punkt|Item|Point|Punto|Punt|Пункт|Cat\.|Kat\.|No\.|Nr\.|№)\s?)?"
    r"(?P<number>\d{1,4})(?:/\d{2,4})?[.):]?\s+[–—-]?\s?(?P<words>[^\W_].{1,70})$"
)
_SIGNED = re.compile(r"^(?:TOP|Cat\.|Kat\.|Lot|No\.|Nr\.|№|Inv\.)\s?(?P<number>\d{1,4})\.?$", re.IGNORECASE)
"""The number of an entry, alone on its line over what it is of."""

_STOPPED = re.compile(r"[.!?…:;,][\"”»’')]*$")
_ITEM = re.compile(r"^\s*(?:[-–—•*]|\(?[a-z\d]{1,2}[.)])\s")
_FEW = 3
_FARTHEST = 0.04  # points a line at least; in fewer, the numbers are those of chapters


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text whose title says that it is minutes or a catalogue, and that has points under numbers."""
    title, below = titled(lines, _SAYS, _POINT)
    points = _points(lines) if title else []
    if not points or points[0] <= title[-1] or len(points) < _FARTHEST * len(below):
        return None
    reason = f"the title says that points follow, and {len(points)} numbers stand over words"
    return Claim(NAME, title[0], below[-1].number, 0.7, (reason,))


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read title, points and what is said of them."""
    galley = Galley()
    (title, _), points = titled(lines, _SAYS, _POINT), frozenset(_points(lines))
    width = width_of(lines)
    above: Line | None = None
    for line in lines:
        if galley.fronted(line, title, "points-title"):
            pass
        elif line.number in points:
            galley.put(line, Role.HEADING, "points-head", level=2)
        else:
            item = _ITEM.match(line.text)
            joined = above is not None and not item and goes_on(above.text, line.text.strip(), width)
            galley.put(line, Role.ITEM if item else Role.PARAGRAPH, "points-words", joined=joined)
            above = line
            continue
        above = None
    return galley.copy()


def _points(lines: Sequence[Line]) -> list[int]:
    """Return the lines of the points; none where their numbers do not follow one another."""
    found: list[tuple[int, int]] = []
    for n, line in enumerate(lines[1:-1], 1):
        text = line.text.strip()
        point = _SIGNED.match(text) or _POINT.match(text)
        words = point.groupdict().get("words") or "" if point else ""
        if point is None or not lines[n - 1].blank or _STOPPED.search(words) or words[:1].islower():
            continue
        below = next((one for one in lines[n + 1 :] if not one.blank), None)
        if below and not _POINT.match(below.text.strip()):
            found.append((int(point["number"]), line.number))
    follow = all(after[0] == before[0] + 1 for before, after in pairwise(found))
    return [number for _, number in found] if follow and len(found) >= _FEW else []
