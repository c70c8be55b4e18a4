"""The manuscript: ``book.md`` as Pandoc sets it, with its citations, once; print and e-book read what it made.

Pandoc works in its sandbox: it is given the text and the bibliographies that lie beside it, and reaches nothing else.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html

from pipeline import pandoc, roundtrip, standing, styles
from pipeline.admission import within
from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved
from pipeline.housestyle import QuotationMarks, in_house, marks_of, without_stray_commas
from pipeline.intext import cites_in_text, into_text
from pipeline.packing import dummied, is_whole, unpacked
from pipeline.values import SHAPES, text, works

_BRACKETS = {"OneParen": "paren", "TwoParens": "parens"}  # what Pandoc calls the signs, and the class of their list
_META = '"meta":'
_CITING = re.compile(r'"t": ?"Cite"|"(?:nocite|references)":')
"""Says whether Pandoc's AST cites anything, or has works listed; if not, citeproc would only read all of it."""

_FILES = frozenset({"bibliography", "csl", "citation-abbreviations"})
"""Metadata that name files: citeproc reads them outside the sandbox, even from the net. Pandoc never hears of them."""


@dataclass(frozen=True, slots=True)
class SetText:
    """What Pandoc made of ``book.md``.

    ``meta``: its YAML block, each text in it as HTML, for :func:`plain`; ``html``: its body, in nested sections, all
    notes at the end; ``bibliographies``: those that it names, each with its bytes; ``marks``: with which it quotes.
    """

    meta: Mapping[str, Any]
    html: str
    bibliographies: Mapping[str, bytes]
    marks: QuotationMarks


def set_text(markdown: str, folder: Path, citation_style: str = "") -> SetText:
    """Set ``markdown`` as HTML, with its citations as notes and the works cited at the end.

    Args:
        markdown: the text of ``book.md``.
        folder: where it lies; nothing outside is read.
        citation_style: the name of a CSL style, or its file, as a person chose it; never as ``book.md`` names it.

    Raises:
        OctavoError: SETTINGS for a bibliography that does not lie in ``folder``, or metadata of a wrong form;
            TOOL_FAILED or MISSING_PROGRAM, from Pandoc.

    """
    going = _going.pop((markdown, folder, citation_style), None)
    return going.result() if going else _ready(markdown, folder, citation_style)()


def begin(markdown: str, folder: Path, citation_style: str = "") -> None:
    """Let Pandoc begin with what :func:`set_text` will be asked for.

    Raises:
        OctavoError: SETTINGS, as :func:`set_text`.

    """
    ready = _ready(markdown, folder, citation_style)  # here, so that Pandoc need not wait for what is done meanwhile
    pool = ThreadPoolExecutor(1)  # it waits for Pandoc
    _going.clear()
    _going[markdown, folder, citation_style] = pool.submit(ready)
    pool.shutdown(wait=False)


def at_work() -> bool:
    """Tell whether Pandoc is at work on what it has begun with."""
    return any(not one.done() for one in _going.values())


_going: dict[tuple[str, Path, str], Future[SetText]] = {}


def _ready(markdown: str, folder: Path, citation_style: str) -> Callable[[], SetText]:
    """Make a text ready for Pandoc; what is returned lets Pandoc set it."""
    document = pandoc.to_json(markdown)
    if cites_in_text(styles.citation_style(citation_style)):
        document = into_text(document)
    start = document.find(_META) + len(_META)
    given, end = _meta(document, start)
    named = _bibliographies(given.get("bibliography"), folder)
    kept = json.dumps({key: value for key, value in given.items() if key not in _FILES})
    lang = roundtrip.canonical(json.dumps(given.get("lang", ""))) or "en"
    marks = marks_of(document[end:], lang)
    document = _with_brackets(f"{document[:start]}{kept}{document[end:]}")

    def set_it() -> SetText:
        meta, html = _set(document, folder, tuple(named.items()), citation_style, marks)
        _check(meta)
        cited = (data for name, data in named.items() if name.endswith(".json"))
        return SetText(meta, without_stray_commas(html, cited, lang), named, marks)

    return set_it


def _with_brackets(document: str) -> str:
    """Tell of each list whose numbers stand before a bracket, or in two, that they do: HTML has no word for it."""
    if not any(f'"t":"{name}"' in document for name in _BRACKETS):
        return document
    return roundtrip.as_json(pandoc.parsed(document, _bracketed))


def _bracketed(node: dict[str, Any]) -> dict[str, Any]:
    name = _BRACKETS.get(node["c"][0][2]["t"]) if node.get("t") == "OrderedList" else None
    return {"t": "Div", "c": [["", [name], []], [node]]} if name else node


def _meta(document: str, start: int) -> tuple[dict[str, Any], int]:
    """Return the metadata of Pandoc's AST, which begin at ``start``, and where they end."""
    try:
        meta, end = json.JSONDecoder().raw_decode(document, start)
        return dict(meta), end
    except ValueError as error:
        raise pandoc.garbled(document) from error


def _bibliographies(named: Any, folder: Path) -> dict[str, bytes]:
    """Return the bibliographies that the metadata name, each with its bytes."""
    found: dict[str, bytes] = {}
    for one in [] if named is None else named["c"] if named["t"] == "MetaList" else [named]:
        name = roundtrip.canonical(json.dumps(one))
        path = within(name, folder)
        if path is None:
            raise OctavoError(
                Exit.SETTINGS,
                f"“bibliography” in book.md names {name[:200]}, which is not in the folder of book.md.",
                "Copy it there, and name it without its folder.",
            )
        data = path.read_bytes()
        if path.suffix == ".json":
            works(data, name)
        found[str(path.relative_to(resolved(folder)))] = data
    return found


@lru_cache(maxsize=1)
def _set(
    document: str, folder: Path, named: tuple[tuple[str, bytes], ...], citation_style: str, marks: QuotationMarks
) -> tuple[dict[str, Any], str]:
    """Set a document; what Pandoc made is remembered for the second edition made from the text."""
    short, aside = dummied(document)
    meta, html = _run(short, folder, named, citation_style, marks)
    if is_whole(html, aside):
        return meta, unpacked(html, aside)
    return _run(document, folder, named, citation_style, marks)


def _run(
    document: str, folder: Path, named: tuple[tuple[str, bytes], ...], citation_style: str, marks: QuotationMarks
) -> tuple[dict[str, Any], str]:
    """Run Pandoc, if it has not set this document before, now or another day."""
    style = styles.citation_style(citation_style)
    try:
        rules = in_house(style, marks)
    except (OSError, UnicodeError) as error:
        raise OctavoError(Exit.SETTINGS, f"The citation style {style} cannot be read: {error}.") from error
    key = standing.digest(standing.workshop(), document, *(part for row in named for part in row), rules)
    said = standing.kept("set", key)
    if said is not None:
        meta, _, html = said.decode().partition("\n")
        return dict(pandoc.parsed(meta)), html
    with tempfile.TemporaryDirectory() as place:
        ours = Path(place) / style.name
        ours.write_text(rules, encoding="utf-8")
        arguments = [
            "--from=json",
            "--to=html5",
            "--section-divs",
            "--wrap=none",
            f"--template={_template()}",
        ]
        if _CITING.search(document):
            arguments += ["--citeproc", f"--csl={ours}", *(f"--bibliography={name}" for name, _ in named)]
        meta, _, html = pandoc.run(arguments, document, folder).partition("\n")
    found = dict(pandoc.parsed(meta))
    standing.keep("set", key, f"{meta}\n{html}".encode())
    return found, html


def _template() -> Path:
    return resolved(styles.folder() / "print" / "manuscript.html")


def yaml_block(markdown: str) -> Mapping[str, Any]:
    """Return the YAML block of ``book.md``, as ``meta`` of :class:`SetText`; the text itself is not read.

    Raises:
        OctavoError: TOOL_FAILED or MISSING_PROGRAM, from Pandoc.

    """
    block = re.match(r"---\s*\n.*?\n(?:---|\.\.\.)\s*\n", markdown, re.DOTALL)
    said = pandoc.run(["--from=markdown", "--to=html5", f"--template={_template()}"], block[0] if block else "")
    return dict(pandoc.parsed(said.partition("\n")[0]))


def _check(meta: Mapping[str, Any]) -> None:
    """Refuse values of the YAML block that are not what the settings of the same names must be."""
    for key in ("title", *SHAPES):
        value = plain(meta.get(key, ""))
        if key != "date" or re.fullmatch(r"[\d-]+", value):  # a book may be of spring 1911
            text(value, key, "book.md")


def plain(value: Any) -> str:
    """Return the words of a value of the YAML block, which Pandoc gives as HTML; a list is joined."""
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("text") or "")
    text = str(value).strip()
    return " ".join(lxml.html.fromstring(f"<p>{text}</p>").text_content().split()) if text else ""
