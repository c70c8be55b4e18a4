"""Markup: texts that name their parts by signs (Markdown, Org, wiki text …), pages of the web, word processors' files.

Pandoc's own readers take them apart. Of a text with lines, each line is traced into what was read: its words stand in
the book, or in a note, or they are signs of markup and on record. A document that has no lines gets them: its
paragraphs are the source that is proved.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html

from pipeline import pandoc
from pipeline.columns import unfolded
from pipeline.errors import Exit, OctavoError
from pipeline.markup.again import called_again, first_calls, written_out
from pipeline.markup.archive import with_words_only
from pipeline.markup.footnotes import with_notes
from pipeline.markup.foreword import Foreword, of_the_book, parted
from pipeline.markup.forms import Form, form_of_name, form_of_text
from pipeline.markup.laid_out import laid_out
from pipeline.markup.leaves import Leaf, leaves, nodes_of, plain, without_program
from pipeline.markup.templates import quotations_written_out
from pipeline.markup.trace import trace
from pipeline.model import Change, ChangeKind, Copy, Decision, Line, Ready, Reason, Role, Source
from pipeline.places import named
from pipeline.read import read as read_lines
from pipeline.repair import repair
from pipeline.report import Report

__all__ = ["Form", "form_of_text", "is_styled", "read_as", "take_up"]

_CELL = re.compile(r"<t[dhr][\s>]", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dhr]\s*>", re.IGNORECASE)
_SITE = re.compile(r"<(?:nav|footer|aside)\b|\brole=", re.IGNORECASE)
_DEPTH = re.compile(r"^#\+OPTIONS:.*\bH:\d", re.IGNORECASE | re.MULTILINE)
_BOLD = re.compile(r"<div\b[^>]*font-weight", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HEADING = 90  # characters; no heading is longer
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_NO_SIGN = re.compile(r"(\\\\)|\\u00(?:[01][0-9a-f]|7f)|[\x7f\ufdd0-\ufdef\ufffe\uffff]", re.IGNORECASE)
"""In JSON: a backslash that is one, which stays; controls; and noncharacters, which are marks of ours."""

_SETTLED = 12.0  # weight of what leaves no doubt
_DOCINFO = frozenset(
    ("author", "authors", "date", "version", "revision", "status", "copyright", "organization", "contact", "address")
)
"""The fields that docutils takes from below a document's title for the document's own."""

_STYLED = frozenset({"Note", "Math", "CodeBlock", "DefinitionList"})
"""What neither a list of quotations nor a table of them has, and what its words alone would lose."""
_SAYS_WHOSE = re.compile(r"^\[(?:quote|verse)\s*,.*\]\s*$")
_QUOTE_RULE = re.compile(r"^_{4,}\s*$")


def take_up(path: Path, report: Report, encoding: str = "") -> tuple[Source, Callable[[Sequence[Line]], Copy] | None]:
    """Read a source file of any form.

    Args:
        path: a text, a page of the web or a file of a word processor.
        report: as in :func:`pipeline.read.read`.
        encoding: the name of an encoding; empty: find out.

    Returns:
        The source; and, where the name of the file tells its markup, what makes a copy of its repaired lines.

    Raises:
        OctavoError: as :func:`pipeline.read.read`; NOT_TEXT for a document that is none.

    """
    form = form_of_name(path)
    if form is None:
        source = read_lines(path, report, encoding)
        lines = unfolded(source.lines)
        if lines != source.lines:
            report.find("columns-parted", None)
        return replace(source, lines=laid_out(lines)), None
    if not form.document:
        return read_lines(path, report, encoding), partial(read_as, form)
    source, copy = _document(path, form, report, encoding)
    return source, lambda _lines: copy


def read_as(form: Form, lines: Sequence[Line]) -> Copy:
    """Read a text in a form of markup, and trace its lines into what was read.

    Raises:
        OctavoError: TOOL_FAILED, from Pandoc.

    """
    above: Foreword | None = None
    try:
        ast = _parsed(form.reader, _text(form, lines))
    except OctavoError as error:
        above, rest = parted(lines)
        if error.exit_code is not Exit.TOOL_FAILED:
            raise
        if form.name != "Markdown" or above is None:
            raise OctavoError(
                Exit.NOT_TEXT, f"The text cannot be read as {form.name}: {error.what}", "Mend that place."
            ) from error
        # Programs for notes take for a title whatever stands behind the colon, which YAML's rules do not.
        copy = read_as(replace(form, reader=f"{form.reader}-yaml_metadata_block"), rest)
        return above.over(copy)
    ast["blocks"] = without_program(ast["blocks"], form.name)
    _set_apart(ast)
    lines = _as_read(lines) if form.name == "AsciiDoc" else lines
    traces = trace(lines, first_calls(leaves(ast["blocks"])))
    again = called_again(ast["blocks"])
    decisions = [
        Decision(
            one.line,
            one.role,
            one.joined,
            reasons=(Reason("markup-sign" if one.role is Role.BOILERPLATE else "marked-up", one.role, _SETTLED),),
            level=one.level,
        )
        for one in traces
    ]
    changes = [*again, *(change for one in traces for change in one.changes)]
    numbers = tuple(line.number for line in lines if not line.blank)
    title, authors = _named(ast)
    ready = Ready(tuple(ast["blocks"]), numbers)
    return Copy(
        tuple(lines),
        tuple(decisions),
        changes=tuple(changes),
        ready=ready,
        title=title,
        authors=authors,
        named=_of_the_book(ast),
    )


def _as_read(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of an AsciiDoc text in the order of the book: whom it quotes, it says over the words.

    Pandoc sets that below them.
    """
    out: list[Line] = []
    whose: list[Line] = []
    ruled = running = False  # between rules, or in a paragraph without them
    for line in lines:
        if _SAYS_WHOSE.match(line.text):
            out += whose
            whose, ruled, running = [line], False, False
            continue
        if running and line.blank:
            out += whose
            whose, running = [], False
        out.append(line)
        if whose and not running and _QUOTE_RULE.match(line.text):
            out += whose if ruled else []
            whose, ruled = [] if ruled else whose, not ruled
        elif whose and not ruled and not line.blank:
            running = True
    return [*out, *whose]


def _text(form: Form, lines: Sequence[Line]) -> str:
    if form.name == "wiki text":
        return quotations_written_out(written_out(lines))
    text = "".join(f"{line.text}\n" for line in lines)
    deep = form.name == "Org" and not _DEPTH.search(text)
    return f"{text}\n#+OPTIONS: H:9\n" if deep else text  # else Pandoc makes lists of headings below the third


def _parsed(reader: str, text: str, arguments: Sequence[str] = ()) -> Any:
    """Read a text with Pandoc; characters that only its markup can name, such as ``&#27;``, and no book holds are out.

    Raises:
        OctavoError: from Pandoc.

    """
    said = pandoc.run(["-f", reader, "-t", "json", *arguments], text)
    return pandoc.parsed(_NO_SIGN.sub(r"\1", said))


def is_styled(copy: Copy) -> bool:
    """Tell whether a marked-up text has notes, formulas or the like, which its words alone would lose."""
    return copy.ready is not None and any(node["t"] in _STYLED for node in nodes_of(list(copy.ready.nodes)))


def _document(path: Path, form: Form, report: Report, encoding: str = "") -> tuple[Source, Copy]:
    """Read a page of the web or a file of a word processor: its paragraphs are the lines of the source.

    Raises:
        OctavoError: NO_INPUT, NO_ACCESS; NOT_TEXT for a file that is none of this form; SETTINGS, as for any text.

    """
    arguments: list[str] = []
    if form.name == "HTML":
        opened = read_lines(path, report, encoding)
        page, parts = _without_site("\n".join(line.text for line in opened.lines))
        if parts:
            report.find("markup-left-out", what="the site's navigation", times=parts)
        text, archive = with_notes(_closed(_headed(page))), b""
        known, certain = opened.encoding, opened.certain
    else:
        text, known, certain = "", "UTF-8", True
        archive = with_words_only(path, form.name)
    try:
        with tempfile.TemporaryDirectory(prefix="octavo-") as folder:
            if form.name != "HTML":
                place = Path(folder, f"document{form.suffixes[0]}")
                place.write_bytes(archive)
                arguments = [str(place)]
            ast = _parsed(form.reader, text, arguments)
    except OctavoError as error:
        raise OctavoError(
            Exit.NOT_TEXT, f"{path} cannot be read as {form.name}: {error}", "Save it again, or as plain text."
        ) from error
    found = leaves(ast["blocks"])
    if not any(re.search(r"\w", leaf.text) for leaf in found):
        raise OctavoError(Exit.NO_INPUT, f"{path} has no words in it.", "Give a text with words.")
    lines, homes = _lines_of(found)
    source = Source(named(path), lines, known, certain, "none")
    return source, _of_document(ast, source, homes)


def _lines_of(found: Sequence[Leaf]) -> tuple[tuple[Line, ...], dict[int, Leaf]]:
    """Return the lines of a document, a blank one between any two of its leaves, and of which leaf each is."""
    lines: list[Line] = []
    homes: dict[int, Leaf] = {}
    for leaf in found:
        lines += [Line(len(lines) + 1, "")] if lines else []
        for row in leaf.text.split("\n"):
            if words := " ".join(row.split()):
                lines.append(Line(len(lines) + 1, words))
                homes[len(lines)] = leaf
    return tuple(lines), homes


def _without_site(page: str) -> tuple[str, int]:
    """Return a page of the web without what the site sets around every page, and how many parts that were.

    Its navigation is; and what stands at the foot or beside, where the page says what its article is.
    """
    if not _SITE.search(page):
        return page, 0
    whole = lxml.html.document_fromstring(_DECLARATION.sub("", page))
    around = whole.xpath("//nav | //*[@role='navigation' or @role='contentinfo' or @role='search']")
    if whole.xpath("//article | //main"):
        around += whole.xpath("//*[self::footer or self::aside][not(ancestor::article or ancestor::main)]")
    for part in around:
        if part.getparent() is not None:
            part.drop_tree()
    if not re.search(r"\w", whole.text_content()):
        return page, 0  # all of it is navigation, then: a list of links that somebody kept
    return str(lxml.html.tostring(whole, encoding="unicode")), len(around)


def _headed(page: str) -> str:
    """Make headings of the short divisions that a page sets in bold by their style alone."""
    if not _BOLD.search(page):
        return page
    whole = lxml.html.document_fromstring(_DECLARATION.sub("", page))
    for part in whole.iter("div"):
        words = part.text_content().strip()
        inside = any(
            isinstance(one.tag, str) and one.tag not in ("span", "a", "b", "i") for one in part.iterdescendants()
        )
        if _BOLD_STYLE.search(part.get("style") or "") and 0 < len(words) < _HEADING and not inside:
            part.tag = "h3"
    return str(lxml.html.tostring(whole, encoding="unicode"))


def _closed(page: str) -> str:
    """Close the rows and cells of tables that a page leaves open, as HTML lets it: Pandoc's reader asks for their ends.

    ``page``: all of it; it is returned as it is where nothing is open.
    """
    if len(_CELL.findall(page)) <= len(_CELL_END.findall(page)):
        return page
    whole = lxml.html.document_fromstring(_DECLARATION.sub("", page))
    return str(lxml.html.tostring(whole, encoding="unicode"))


def _of_document(ast: Mapping[str, Any], source: Source, homes: Mapping[int, Leaf]) -> Copy:
    mended, _ = repair(source)
    text = {line.number: line.text for line in mended}
    decisions = tuple(
        Decision(
            number,
            leaf.role,
            homes.get(number - 1) is leaf,
            reasons=(Reason("marked-up", leaf.role, _SETTLED),),
            level=leaf.level,
        )
        for number, leaf in homes.items()
    )
    why = "the note stands at the foot of the page of its call"
    changes = tuple(
        Change(number, ChangeKind.MOVED, text[number], text[number], why) for number, leaf in homes.items() if leaf.note
    )
    title, authors = _named(ast)
    set_off = {number: leaf.set_off for number, leaf in homes.items() if leaf.set_off}
    signs = {number: leaf.sign for number, leaf in homes.items() if leaf.sign}
    signs |= {n - 1: leaf.sign.strip() for n, leaf in homes.items() if leaf.goes_on and n - 1 not in homes}
    ready = Ready(tuple(ast["blocks"]), tuple(homes), _mended(ast["blocks"]), set_off=set_off, signs=signs)
    named = _of_the_book(ast)
    return Copy(mended, decisions, changes=changes, ready=ready, title=title, authors=authors, named=named)


def _mended(blocks: Sequence[Any]) -> dict[str, str]:
    """Return what the words with damaged letters are when mended."""
    words = [node["c"] for node in nodes_of(list(blocks)) if node["t"] == "Str"]
    words += [node["c"][1] for node in nodes_of(list(blocks)) if node["t"] in ("Code", "CodeBlock")]
    found = sorted({word for word in words if "\n" not in word})
    lines, _ = repair(Source("", tuple(Line(n, word) for n, word in enumerate(found, 1)), "UTF-8", True, "none"))
    return {word: line.text for word, line in zip(found, lines, strict=True) if word != line.text}


def _named(ast: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the title and the authors that the text names of itself."""
    meta = ast["meta"]
    headers = [node["c"] for node in ast["blocks"] if node["t"] == "Header"]
    lowest = min((one[0] for one in headers), default=0)
    tops = [plain(one[2]) for one in headers if one[0] == lowest]
    title = _words(meta.get("title")) or (tops[0] if len(tops) == 1 else "")
    return " ".join(title.split()), _many(meta.get("author"))


def _many(value: Any) -> tuple[str, ...]:
    """Return the words of each value of a field, or of the only one."""
    several = value.get("c", []) if value and value.get("t") == "MetaList" else [value] if value else []
    return tuple(name for one in several if (name := _words(one)))


def _of_the_book(ast: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what else the text names of the book: its subtitle, who translated it, in which language it is."""
    return of_the_book({key.casefold(): _many(value) for key, value in ast["meta"].items()})


def _set_apart(ast: dict[str, Any]) -> None:
    """Take the fields that stand right below a title (reStructuredText's ``:Author:``) for what they name of the text.

    The title stays; the others, as a version or a date, are no part of what is read.
    """
    kinds = [node["t"] for node in ast["blocks"][:2]]
    if kinds != ["Header", "DefinitionList"]:
        return
    fields = {plain(term).strip().casefold(): meanings for term, meanings in ast["blocks"][1]["c"]}
    if not fields or not fields.keys() <= _DOCINFO:
        return
    del ast["blocks"][1]
    for key in ("author", "authors"):
        if key in fields and not ast["meta"].get("author"):
            names = re.split(r"\s*[;,]\s*", plain([node.get("c") for node in fields[key][0]]).strip())
            ast["meta"]["author"] = {"t": "MetaList", "c": [{"t": "MetaString", "c": name} for name in names]}


def _words(meta: Any) -> str:
    """Return the words of a value of the metadata."""
    if not meta:
        return ""
    if meta["t"] == "MetaString":
        return str(meta["c"])
    return plain(meta["c"]).strip() if meta["t"] in ("MetaInlines", "MetaBlocks") else ""
