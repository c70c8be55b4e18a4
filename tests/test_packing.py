"""Words that do not go through Pandoc come out as if they had gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc
from pipeline.packing import PLAIN, packed, unpacked

WORDS = st.text("abzÉßжक7  ,.;:?!’“”„«»()—–…\u00a0-", min_size=30, max_size=120)
SIGNS = st.sampled_from(
    ["", "*", "_", "`", "1. ", "ii. ", "(a) ", "- ", "# ", "| ", "> ", ": ", "[x]", "\\", "&amp;", '"', "@", "Table: "]
)
TEXTS = st.lists(st.tuples(SIGNS, WORDS, SIGNS, WORDS).map("".join), min_size=1, max_size=6)


def said(node: Any) -> str:
    """Return the words of Pandoc's AST, with its structure as signs between them."""
    if isinstance(node, list):
        return "".join(map(said, node))
    if not isinstance(node, dict):
        return ""
    match node.get("t", "Citation"):
        case "Str":
            return str(node["c"])
        case "Space" | "SoftBreak":
            return " "
        case "Code" | "CodeBlock":
            return f"{{{node['c'][1]}}}"
        case kind:
            return f"{kind}[{said(node.get('c', [*node.values()]))}]"


@settings(max_examples=60)
@given(TEXTS)
def test_pandoc_reads_what_is_packed_as_it_reads_the_whole(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs) + "\n"
    short, aside = packed(text)
    assert unpacked(short, aside) == text
    read = said(json.loads(pandoc.to_json(text))["blocks"])
    whole = said(json.loads(pandoc.run(["-f", "markdown", "-t", "json"], text))["blocks"])
    assert read.replace("\u00a0", " ") == whole.replace("\u00a0", " ")


@settings(max_examples=60)
@given(TEXTS)
def test_pandoc_writes_what_is_packed_as_it_writes_the_whole(paragraphs: list[str]) -> None:
    assert _written(paragraphs, _in_runs) == _written(paragraphs, _words)


def test_most_of_a_plain_sentence_is_put_aside() -> None:
    text = "The keeper of the weir wrote down, each evening, how high the water stood and who had come to see it."
    assert len(packed(text)[0]) < 20


def test_a_heading_and_the_first_words_of_a_block_stay() -> None:
    short, _ = packed("# The keeper of the weir and his book\n\n1. 2. the weir was as high as ever.\n")
    assert short.startswith("# The keeper of the weir and his book\n\n1. 2. the ")


def _written(paragraphs: list[str], cut: Callable[[str], list[dict[str, Any]]]) -> str:
    blocks = [{"t": "Para", "c": cut(text)} for text in paragraphs]
    ast = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    return pandoc.from_ast(json.loads(json.dumps(ast)), "markdown-smart", arguments=["--wrap=none"])


def _words(text: str) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for n, word in enumerate(text.split(" ")):
        out += [{"t": "Space"}] * bool(n) + [{"t": "Str", "c": word}] * bool(word)
    return out


def _in_runs(text: str) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    at = 0
    for found in PLAIN.finditer(text):
        out += [*_words(text[at : found.start("plain")]), {"t": "Str", "c": found["plain"]}]
        at = found.end()
    return out + _words(text[at:])


def test_a_long_row_of_shielded_signs_goes_through_aside() -> None:
    row = "".join(f"\\{sign}" for sign in "[*\"'|" * 60)
    before = f"The weir{row} stood.\n\n"
    assert len(packed(before)[0]) < 40
    for after in (
        "still\n",
        "`\\[`\n",
        "    \\[\n",
        "~~~\n\\[\n~~~\n",
        "$\\[$\n",
    ):  # in what is raw, a backslash is itself
        read = said(json.loads(pandoc.to_json(before + after))["blocks"])
        assert read == said(json.loads(pandoc.run(["-f", "markdown", "-t", "json"], before + after))["blocks"])
    assert "[*\"'|[" in read
