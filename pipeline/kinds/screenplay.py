"""Screenplays: scenes under "INT. LAMP ROOM - NIGHT", who speaks set in above what is said, and what is seen between.

Who speaks stands in capitals, farther in than the words; "(CONT'D)" only says that the page or a picture came between.
"FADE IN:" and "CUT TO:" are directions. What is seen is told in paragraphs of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.kinds.galley import Galley, styled
from pipeline.model import Claim, Copy, Line, Role, Style
from pipeline.report import Report
from pipeline.settings import Settings

__all__ = ["NAME", "WHY", "read", "recognise"]

NAME = "a screenplay"
WHY: Mapping[str, str] = {
    "screen-title": "Above the first scene stands what the screenplay is called, and who wrote it.",
    "screen-author": "Who wrote it stands on the title page.",
    "screen-scene": "Inside or outside, where, and at which time of the day: a scene.",
    "screen-cut": "How one picture turns into the next: a direction.",
    "screen-speaks": "In capitals, and set in farther than what stands below: who speaks.",
    "screen-says": "Below the name of who speaks: the words, or in brackets how they are said.",
    "screen-sees": "What is seen.",
    "screen-page": "The number of a page or a scene, or that a speech goes on: the form of the file.",
}
_SCENE = re.compile(
    r"^(?:\d{1,3}[A-Z]?\.?\s+)?"
    r"(?P<scene>(?:INT|EXT|INT\.?/EXT|EXT\.?/INT|I/E|INNEN|AUSSEN|ИНТ|НАТ)[.\s/][^a-zа-я]*?\S)"
    r"(?:\s+\d{1,3}[A-Z]?)?$"
)
_CUT = re.compile(
    r"^(?:FADE (?:IN|OUT|UP|TO)\b.*|(?:[A-Z]+ ){0,3}(?:CUT|DISSOLVE|FADE|WIPE) TO(?: BLACK)?[:.]?|CUT TO\b.*[:.]"
    r"|(?:THE )?END|ENDE|FIN|FINE|AUFBLENDE:?|ABBLENDE:?)\.?$"
)
_SPEAKER = re.compile(r"^(?P<name>[^\W\d_][^a-zа-яё()]{0,38}?)\s*(?P<how>(?:\([^()]{1,30}\)\s*)*)$")
_AGAIN = re.compile(r"\(\s*(?:CONT['’]?D|CONT\.|CONTINUED|FORTS\.|SUITE)\s*\)", re.IGNORECASE)
_GOES_ON = re.compile(r"^\(?(?:MORE|CONTINUED|CONT['’]?D)\)?:?$")
_FOLIO = re.compile(r"^\d{1,3}\.?$")
_BRACKETED = re.compile(r"^\(.*\)?$")
_BY = re.compile(r"^(?:screenplay |written |a screenplay |story )?by:?$", re.IGNORECASE)
_IN = 8  # columns, by which at least the words of a speech are set in
_FEW = 2


def recognise(lines: Sequence[Line]) -> Claim | None:
    """Claim a text with scenes of a film, in which people speak."""
    filled = [line for line in lines if not line.blank]
    scenes = [line.number for line in filled if _SCENE.match(line.text.strip())]
    if len(scenes) < _FEW:
        return None
    spoken = sum(_speaks(lines, n) for n, line in enumerate(lines) if not line.blank)
    if spoken < _FEW:
        return None
    reason = f"{len(scenes)} lines name a scene of a film; {spoken} names stand over what is said"
    return Claim(NAME, filled[0].number, filled[-1].number, 0.97, (reason,))


def _indent(line: Line) -> int:
    text = line.text.expandtabs()
    return len(text) - len(text.lstrip())


def _speaks(lines: Sequence[Line], n: int) -> bool:
    """Tell whether a line names who speaks: capitals, set in, right over words that are set in less."""
    text = lines[n].text.strip()
    below = lines[n + 1] if n + 1 < len(lines) else None
    if below is None or below.blank or _SCENE.match(text) or _CUT.match(text) or not _SPEAKER.match(text):
        return False
    return _indent(lines[n]) > _IN and 0 < _indent(below) <= _indent(lines[n])


def read(lines: Sequence[Line], settings: Settings, report: Report) -> Copy:
    """Read title, scenes, speeches and what is seen."""
    galley = Galley()
    first = next(line.number for line in lines if _SCENE.match(line.text.strip()) or _CUT.match(line.text.strip()))
    title, authors = _front([line for line in lines if line.number < first], galley)
    speaking, above = False, False
    for n, line in enumerate(lines):
        text = line.text.strip()
        if line.number < first:
            continue
        if line.blank:
            galley.blank(line)
            speaking = above = False
            continue
        opened, above = above, False
        if scene := _SCENE.match(text):
            galley.put(line, Role.HEADING, "screen-scene", scene["scene"], why="the number of a scene", level=2)
            speaking = False
        elif _CUT.match(text):
            galley.put(line, Role.STAGE, "screen-cut")
        elif _FOLIO.match(text) or _GOES_ON.match(text):
            galley.aside(line, "screen-page", "the number of a page, or that a speech goes on")
        elif not speaking and _speaks(lines, n) and (found := _SPEAKER.match(text)):
            how = " ".join(_AGAIN.sub("", found["how"]).split())
            name = found["name"].strip()
            said = styled(name if how else f"{name}:", Style.SPEAKER)
            said += f" {styled(how, Style.STAGE)}:" if how else ""
            galley.put(line, Role.DIALOGUE, "screen-speaks", said, why="that a speech goes on")
            speaking = True
        elif speaking:
            words = styled(text, Style.STAGE) if _BRACKETED.match(text) and text.endswith(")") else text
            galley.put(line, Role.DIALOGUE, "screen-says", words, joined=True)
        else:
            galley.put(line, Role.PARAGRAPH, "screen-sees", joined=opened)
            above = True
    return galley.copy(title, authors)


def _front(lines: Sequence[Line], galley: Galley) -> tuple[str, tuple[str, ...]]:
    """Put what stands above the first scene; return title and author, which the title page has."""
    filled = [line for line in lines if not line.blank]
    by = next((n for n, line in enumerate(filled) if _BY.match(line.text.strip())), -1)
    title = " ".join(line.text.strip() for line in filled[:by]) if by > 0 else ""
    author = filled[by + 1].text.strip() if title and by + 1 < len(filled) else ""
    for n, line in enumerate(lines):
        if line.blank:
            galley.blank(line)
        elif title and line in filled[:by]:
            galley.put(line, Role.TITLE, "screen-title", joined=line is not filled[0])
        elif title and line in filled[by : by + 2]:
            galley.aside(line, "screen-author", "the title page says who wrote it")
        else:
            role = Role.TITLE if not title and line is filled[0] else Role.PARAGRAPH
            galley.put(line, role, "screen-title", joined=bool(n and not lines[n - 1].blank and role is Role.PARAGRAPH))
    return title, (author,) if author else ()
