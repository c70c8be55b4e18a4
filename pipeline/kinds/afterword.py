"""Afterword: what a telephone or a site writes below what was sent or copied ("Sent from my …") is no text of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Change, ChangeKind, Copy, Decision, Line, Reason, Role

__all__ = ["SENT_FROM", "WHY", "Afterword", "left_off"]

WHY: Mapping[str, str] = {"afterword": "It says from which device or program the text above was sent or copied."}
SENT_FROM = re.compile(
    r"^\W*(?:(?:sent|shared|copied|exported|posted) (?:from|via|with|using|by) (?:my |the )?[^\W\d_][^.!?,;:]{1,40}"
    r"|get outlook for \w+|(?:von|mit) meine[mr] \S+(?: \S+)? gesendet|gesendet (?:von|mit) \S.{1,40}"
    r"|envoyé (?:de|depuis) (?:mon|ma) \S.{1,40}|enviado (?:desde|do|de) (?:mi|meu|minha) \S.{1,40}"
    r"|inviato da(?:l mio)? \S.{1,40}|verstuurd (?:vanaf|met) mijn \S.{1,40}|wysłan[eo] z \S.{1,40}"
    r"|отправлено (?:с|из|через) \S.{1,40}|\S+['’]?[ıiuü]?m?dan gönderildi|发自我?的? ?\S{2,20}|發自我?的? ?\S{2,20}"
    r"|\S{2,20}から送信|나의 \S+에서 보냄|أُ?رسلت من \S.{1,30}|skickat från \S.{1,40}|sendt fra \S.{1,40})\W*$",
    re.IGNORECASE,
)
_RULED = re.compile(r"^\s*[-–—_=]{2,}\s*$")
_LONGEST = 120  # letters
_WEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class Afterword:
    """The lines below a text."""

    lines: tuple[Line, ...]

    def under(self, copy: Copy) -> Copy:
        """Return the copy of the text above with these lines below it, on record."""
        filled = [line for line in self.lines if not line.blank]
        reasons = (Reason("afterword", Role.BOILERPLATE, _WEIGHT),)
        set_aside = (
            Change(line.number, ChangeKind.SET_ASIDE, line.text.strip(), "", WHY["afterword"]) for line in filled
        )
        return replace(
            copy,
            lines=(*copy.lines, *(replace(line, text="") for line in self.lines)),
            decisions=(*copy.decisions, *(Decision(line.number, Role.BOILERPLATE, reasons=reasons) for line in filled)),
            changes=(*copy.changes, *set_aside),
        )


def left_off(lines: Sequence[Line]) -> tuple[Sequence[Line], Afterword | None]:
    """Part a text from the last line of it, if a device wrote that; all lines and nothing where none did."""
    filled = [n for n, line in enumerate(lines) if not line.blank]
    if len(filled) < 2:
        return lines, None
    last = lines[filled[-1]].text.strip()
    if len(last) > _LONGEST or not SENT_FROM.match(last):
        return lines, None
    at, above = filled[-1], filled[-2]
    if _RULED.match(lines[above].text) and len(filled) > 2:
        at = above
    elif above == at - 1 and not lines[above].text.rstrip().endswith((".", "!", "?", "”", '"', "…", "-", "=")):
        return lines, None  # a line of a paragraph or of a poem
    return lines[:at], Afterword(tuple(lines[at:]))
