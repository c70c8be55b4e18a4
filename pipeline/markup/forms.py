"""The forms of markup that are known: how each is told, by its file's name or by its signs, and how Pandoc reads it.

A text whose name says nothing is taken for marked up only where signs of several kinds agree: a plain text with a few
asterisks, or with a line drawn under its headings, stays plain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Line

__all__ = ["FORMS", "Form", "form_of_name", "form_of_text"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of markup.

    ``reader``: Pandoc's name for it, with its extensions; ``suffixes``: of files; ``document``: it has no lines that a
    person reads; ``needs``: patterns of which a line each must stand in a text; ``signs``: further ones, of which
    ``least`` must be there; ``common``: such as plain texts have too, mail that quotes and chats among them: without
    one of the ``signs`` they count only where many lines have them.
    """

    name: str
    reader: str
    suffixes: tuple[str, ...]
    document: bool = False
    needs: tuple[re.Pattern[str], ...] = ()
    signs: tuple[re.Pattern[str], ...] = ()
    common: tuple[re.Pattern[str], ...] = ()
    least: int = 1


def _all(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_MARKDOWN = (
    "markdown-smart-citations-raw_tex-raw_attribute-example_lists-pandoc_title_block-implicit_figures-header_attributes"
    "-blank_before_header-blank_before_blockquote+lists_without_preceding_blankline+autolink_bare_uris+task_lists"
    "+mark+wikilinks_title_after_pipe"
)
FORMS = (
    Form(
        "DokuWiki",
        "dokuwiki",
        (".dokuwiki",),
        needs=_all(r"^(={5,6}) .*[^=] \1\s*$"),
        signs=_all(
            r"\(\((?:(?!\(\(|\)\)).)+\)\)",
            r"(?<![:/])//[^/\s][^/]*//",
            r"^ {2,}[*-] \S",
            r"\*\*[^*]+\*\*",
            r"\[\[[^\[\]]+\]\]",
        ),
    ),
    Form(
        "Markdown",
        _MARKDOWN,
        (".md", ".markdown", ".mkd"),
        signs=_all(
            r"^#\s+\S",
            r"^#{2,6}\s+\S",
            r"\[(?<!!\[)[^\]\[]+\]\((?:[a-z][a-z+-]*:|#|\.{0,2}/)[^()\s]*\)",
            r"^(?:```|~~~)\s*[\w+-]*$",
            r"^\[\^[\w-]+\]:\s",
            r"^\s*+\|?(?:\s*+:?-{3,}+:?\s*+\|)+(?:\s*+:?-{3,}+:?\s*+)?$",
            r"^\[[^\]^]+\]:\s+\S+://\S+",
            r"!\[[^\]\[]*\]\([^()\s]+\)",
            r"^\s*[-*]\s\[[ xX]\]\s",
        ),
        common=_all(r"^>\s\S", r"\*\*(?<![*\w]\*\*)[^*\s][^*]*\*\*(?![*\w])"),
        least=2,
    ),
    Form(
        "Org",
        "org-smart-citations",
        (".org",),
        needs=_all(r"^\*+\s+\S"),
        signs=_all(
            r"^#\+(?:title|author|date|options|begin_\w+|startup|filetags|language):?",
            r"\[\[[^\]\[]+\]\[[^\]\[]+\]\]",
            r"^\s*:PROPERTIES:\s*$",
            r"^\*+\s+(?:TODO|DONE)\s",
        ),
    ),
    Form(
        "reStructuredText",
        "rst-smart",
        (".rst", ".rest"),
        needs=_all(r"^(?:={3,}|-{3,}|~{3,}|\^{3,}|\*{3,}|\"{3,})\s*$"),
        signs=_all(
            r"^\.\.\s+[\w-]+::", r":[\w-]+:`[^`]+`", r"`[^`<]+<[^`>]+>`_", r"^\.\.\s+_[^:]+:", r"\[(?:#\w*|\d+)\]_"
        ),
    ),
    Form(
        "Textile",
        "textile-smart",
        (".textile",),
        needs=_all(r"^h[1-6](?:\([^)]*\))?\.\s+\S"),
        signs=_all(
            r"\"[^\"]+\":https?://\S", r"^bq\.\s", r"^fn\d+\.\s", r"^\*+\s\S", r"^p\.\s", r"(?<!\w)_[^_\s][^_]*_(?!\w)"
        ),
    ),
    Form(
        "wiki text",
        "mediawiki",
        (".wiki", ".mediawiki", ".wikitext"),
        needs=_all(r"^(={2,6})[^=].*[^=]\1\s*$"),
        signs=_all(r"\[\[[^\[\]]+\]\]", r"'''[^']+'''", r"<ref[ >]", r"\{\{[^{}]+\}\}", r"''[^']+''"),
    ),
    Form(
        "AsciiDoc",
        "asciidoc",
        (".adoc", ".asciidoc"),
        needs=_all(r"^={1,5}\s\S"),
        signs=_all(
            r"^:[\w-]+:(?:\s.*)?$",
            r"^\[(?:quote|source|NOTE|verse|cols)\b",
            r"^(?:_{4}|-{4}|={4}|\*{4}|\|={3})\s*$",
            r"^(?:NOTE|TIP|WARNING|CAUTION|IMPORTANT):\s",
            r"(?:footnote|image|link|xref|include):{1,2}[^\s\[]{0,400}\[",
            r"^https?://[^\s\[]+\[[^\]]+\]",
        ),
    ),
    Form("HTML", "html-smart-raw_html+epub_html_exts", (".html", ".htm", ".xhtml"), document=True),
    Form("Word", "docx", (".docx",), document=True),
    Form("OpenDocument", "odt", (".odt",), document=True),
)
_MANY = 5  # of so many lines one has a sign that plain texts have too
_PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def form_of_name(path: Path) -> Form | None:
    """Return the form that the name of a file tells; nothing for a plain text."""
    return next((form for form in FORMS if path.suffix.lower() in form.suffixes), None)


def form_of_text(lines: Sequence[Line]) -> tuple[Form, tuple[str, ...]] | None:
    """Return the form that the signs of a text tell, with lines that show them; nothing for a plain text."""
    head = "\n".join(line.text for line in lines[:20])
    if _PAGE.match(head):
        return next(form for form in FORMS if form.name == "HTML"), ("it opens as a page of the web",)
    rows = [line.text for line in lines if not line.blank]
    for form in FORMS:
        if form.document:
            continue
        needed = [_first(pattern, rows) for pattern in form.needs]
        if not all(needed):
            continue
        own = [found for pattern in form.signs if (found := _first(pattern, rows))]
        told = [*own, *(found for pattern in form.common if (found := _first(pattern, rows)))]
        if len(told) >= form.least and (own or _are_many(form.common, rows)):
            return form, tuple(f"“{one.strip()[:40]}”" for one in (*needed, *told)[:3])
    return None


def _first(pattern: re.Pattern[str], rows: Sequence[str]) -> str:
    find = pattern.match if pattern.pattern.startswith("^") else pattern.search
    return next(filter(find, rows), "")


def _are_many(patterns: Sequence[re.Pattern[str]], rows: Sequence[str]) -> bool:
    return sum(any(pattern.search(row) for pattern in patterns) for row in rows) * _MANY >= len(rows)
