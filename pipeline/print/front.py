"""Front matter: half title, title page, imprint and contents, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: depth (1 or 2), words, the id it leads to and the printed page."""

    level: int
    words: str
    target: str
    page: str


def title_page(meta: Mapping[str, Any]) -> str:
    """Return the title page."""
    parts = [f'<p class="title">{escape(str(meta.get("title", "")))}</p>']
    if subtitle := meta.get("subtitle"):
        parts.append(f'<p class="subtitle">{escape(str(subtitle))}</p>')
    parts += [f'<p class="author">{escape(author)}</p>' for author in authors(meta)]
    foot = " · ".join(escape(str(meta[key])) for key in ("publisher", "date") if meta.get(key))
    if foot:
        parts.append(f'<p class="publisher">{foot}</p>')
    return f'<section class="title-page">{"".join(parts)}</section>'


def contents(entries: Iterable[Entry], word: str) -> str:
    """Return the contents, two levels deep; ``word`` is what stands above them."""
    rows = "".join(
        f'<p class="level{entry.level}"><a href="#{escape(entry.target)}">{escape(entry.words)}'
        f'<span class="leader"></span><span class="page">{entry.page}</span></a></p>'
        for entry in entries
    )
    return f'<section class="contents"><h1 data-title="{escape(word)}">{escape(word)}</h1>{rows}</section>'


def authors(meta: Mapping[str, Any]) -> list[str]:
    """Return the names of the authors: the YAML may have one or a list."""
    value = meta.get("author") or []
    return [str(name) for name in value] if isinstance(value, list) else [str(value)]
