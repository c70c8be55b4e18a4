"""``octavo cite``: citations in people's texts, as data for other programs.

This module starts nothing that it does not need: one reference is read in less than half a second, start-up included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Citation, Fields


def converted(lines: Sequence[str], form: str) -> str:
    """Return the works that ``lines`` name (broken ones joined) as CSL-JSON, BibTeX or RIS.

    Args:
        lines: a list of references.
        form: "csljson", "bibtex" or "ris".

    """
    from pipeline.cite.exchange import bibtex, csl_json, ris
    from pipeline.cite.listing import entries

    writers: dict[str, Callable[[list[Citation]], str]] = {"csljson": csl_json, "bibtex": bibtex, "ris": ris}
    return writers[form](works(entries(lines)))


def works(entries: Sequence[str]) -> list[Citation]:
    """Return a citation for each work that references or footnotes name in full, in order.

    Footnotes that name a work again in full, for other pages, name the one that is there. What points back ("Ibid., p.
    4", "Orr, Net, 12", "see note 3") names none: it is bound to what came before. Where nothing came before at all, it
    is not ``parsed``, and its words stay.
    """
    from pipeline.cite.agree import read
    from pipeline.cite.back import points_back, resolve
    from pipeline.cite.several import parted, unlabelled
    from pipeline.report import Report

    notes = map(unlabelled, _without_numbers(entries))
    named = [replace(read(part), lead=lead) for note in notes for lead, part in parted(note)]
    before = False
    known: set[Fields] = set()
    out: list[Citation] = []
    for one in resolve(named, Report()):
        work = replace(one.fields, locator="", extra="")
        again = one.parsed and work in known and bool(one.fields.locator or one.lead)
        if not (again or one.back or (before and points_back(one.text))):
            out.append(one)
        before = before or one.parsed
        known.add(work)
    return out


def _without_numbers(entries: Sequence[str]) -> Sequence[str]:
    """Take off the numbers that count the entries up with no stop behind them: "1 See Orr, …", "2 Ibid."."""
    heads = [_COUNTED.match(entry) for entry in entries]
    numbers = [int(head[1]) for head in heads if head]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(entries))):
        return entries
    return [entry[head.end() :] for entry, head in zip(entries, heads, strict=True) if head]


_COUNTED = re.compile(r"\s*(\d{1,3})\s+(?=\D)")


def segmented(lines: Sequence[str]) -> Iterator[str]:
    """Cut each reference into labelled parts: a line of JSON each, every word in one segment."""
    from pipeline.cite.listing import entries
    from pipeline.cite.segments import segments

    for entry in entries(lines):
        yield json.dumps({"segments": segments(entry)}, ensure_ascii=False)


def noted(lines: Sequence[str]) -> Iterator[str]:
    """Find the references in each footnote, one footnote a line: a line of JSON each."""
    from pipeline.cite.footnotes import found

    for references in found(line for line in lines if line.strip()):
        yield json.dumps({"references": [one.json() for one in references]}, ensure_ascii=False)
