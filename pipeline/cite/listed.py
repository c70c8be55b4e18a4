"""Listed works: what a list of works in the text says of them, and the calls that name its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.language import words_for
from pipeline.model import Citation, Cite, Copy, Work


def called(copy: Copy, citations: Sequence[Citation], lang: str) -> dict[str, Cite]:
    """Return the calls as citations, each by its mark, in a text in ``lang``; ``citations`` know their works by now."""
    works: dict[int, list[str]] = {}
    for one in citations:
        works.setdefault(one.line, []).append(one.work or "")
    out: dict[str, Cite] = {}
    for sign, named in copy.calls.items():
        page = words_for(lang).page
        first, *others = (Cite(works[one.line][one.nth], one.pages, page, before=one.before) for one in named)
        out[sign] = replace(first, more=tuple(others))
    return out


def uncalled(copy: Copy, citations: Sequence[Citation]) -> tuple[str, ...]:
    """Return the works of the list that nothing in the text names."""
    named = {one.line for call in copy.calls.values() for one in call}
    own = {entry.line for entry in copy.entries}
    cited = {each.work for one in citations if one.line not in own or one.line in named for each in (one, *one.also)}
    return tuple(sorted({one.work for one in citations if one.line in own and one.work} - cited))


def completed(works: Sequence[Work], copy: Copy, citations: Sequence[Citation]) -> tuple[Work, ...]:
    """Return the works with what only a list of works says: the pages of an article, its number on the net."""
    own = {entry.line for entry in copy.entries}
    entries = {one.work: one for one in citations if one.line in own}
    return tuple(_completed(work, entries[work.id]) if work.id in entries else work for work in works)


def _completed(work: Work, entry: Citation) -> Work:
    more: dict[str, str] = {}
    if entry.fields.locator and entry.fields.container and "page" not in work.csl:
        more["page"] = entry.fields.locator
    if doi := re.search(r"10\.\d{4,}/\S+[^\s.,;]", entry.text):
        more["DOI"] = doi[0]
    return replace(work, csl={**work.csl, **more}) if more else work
