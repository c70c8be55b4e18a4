"""Segments: a sequence model, trained on tagged references, cuts a citation into labelled parts.

It knows none of the rules, so that it is a second opinion on what they read: where it draws the line between names,
title and publisher elsewhere, a person should look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.cite.eastern import is_eastern
from pipeline.cite.ends import split_locator
from pipeline.cite.field import FIRST
from pipeline.cite.tagger import tag
from pipeline.cite.words import words
from pipeline.daybook import noted
from pipeline.model import Citation, Fields
from pipeline.report import Report

MODEL = Path(__file__).parent / "segments.crf.xz"
_GLUED = re.compile(r"(?<=[^\W\d_.]),(?=\d)")
_WORD = re.compile(r"[^\W\d_]+")
_PEOPLE = ("author", "editor", "translator")
_DOUBT = 0.3  # what a disagreement takes off the score


def segments(text: str, model: Path = MODEL) -> list[tuple[str, str]]:
    """Cut a reference into labelled parts, in order; each word stands in one of them."""
    tokens = text.split()
    return joined(tokens, tag(tokens, model))


def joined(tokens: Sequence[str], labels: Sequence[str]) -> list[tuple[str, str]]:
    """Join neighbouring words of one label, in order, to labelled parts."""
    parts: list[tuple[str, list[str]]] = []
    for token, begun in zip(tokens, labels, strict=True):
        label = begun.removeprefix(FIRST)
        if not parts or parts[-1][0] != label:
            parts.append((label, []))
        parts[-1][1].append(token)
    return [(label, " ".join(part)) for label, part in parts]


def second_opinion(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Compare each citation with what the model makes of it; where they differ the score drops and a doubt says so.

    The model is asked once for each spelling of a work, pages apart.
    """
    asked: dict[tuple[str, Fields], tuple[str, ...]] = {}

    def judged(citation: Citation) -> Citation:
        stem, _, _ = split_locator(" ".join(citation.text.split()))
        key = stem, replace(citation.fields, locator="", extra="")
        if key not in asked:
            asked[key] = _doubts(stem, citation)
        doubts = asked[key]
        score = round(max(0.0, citation.score - _DOUBT), 2) if doubts else citation.score
        return replace(citation, score=score, doubts=(*citation.doubts, *doubts))

    out: list[Citation] = []
    for citation in citations:
        if citation.also:  # its words are those of several works: the model reads one
            out.append(replace(citation, also=tuple(map(judged, citation.also))))
        else:
            out.append(judged(citation))
    return tuple(out)


def report_doubts(citations: Sequence[Citation], report: Report) -> None:
    """Report citations that could not be taken apart, and once for each spelling, those that were with a doubt."""
    alike: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for citation in citations:
        if not citation.parsed and not citation.verbatim:
            report.find("citation-unparsed", citation.line)
        elif citation.doubts:
            alike[split_locator(citation.text)[0], citation.doubts].append(citation.line)
    for (_, doubts), lines in alike.items():
        rest = len(lines) - 1
        more = f" (so on {rest} more line{'s' if rest > 1 else ''})" if rest else ""
        report.find("citation-doubtful", lines[0], doubts="; ".join(doubts), more=more)


def _doubts(stem: str, citation: Citation) -> tuple[str, ...]:
    if not citation.parsed or is_eastern(stem):
        return ()  # the model knows words that spaces part
    return tuple(differences(_cut(_GLUED.sub(", ", stem)), citation.fields))


@noted
def _cut(text: str) -> Sequence[tuple[str, str]]:
    return tuple(segments(text))


def differences(
    parts: Sequence[tuple[str, str]], fields: Fields, keys: Sequence[str] = ("title", "publisher")
) -> Iterator[str]:
    """Say in words where the model, which made ``parts``, draws the lines elsewhere than the rules."""
    read: dict[str, str] = defaultdict(str)
    for label, part in parts:
        read[label] = f"{read[label]} {part.strip(' .,:;()[]“”')}".strip()
    read["container"] = f"{read['container-title']} {read['journal']}".strip()
    for key in keys:
        ours, theirs = getattr(fields, key), read[key]
        if ours != theirs and _telling(ours) != _telling(theirs):
            yield f"the {key} may be “{theirs}”" if theirs else f"“{ours}” may not be the {key}"
    theirs = " ".join(read[role] for role in _PEOPLE if read[role]).strip()
    known = frozenset(_telling(theirs))
    names = (name for role in _PEOPLE for name in getattr(fields, role))
    if any(word not in known for name in names for word in _telling(name.family or name.literal)):
        yield f"the names may be “{theirs}”" if theirs else "its names may be none"


@lru_cache(maxsize=4096)
def _telling(text: str) -> list[str]:
    """Return the words that a difference must be in to matter: no "and", no "Vol.", no "Ltd."."""
    idle, firms = words("connectives"), words("firms")
    return [word for word in _WORD.findall(text.casefold()) if word not in idle and word not in firms]
