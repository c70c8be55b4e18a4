"""The templates that the desk and the report have in common."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from pipeline import compiled, standing, styles
from pipeline.review.stretch import Part


class _Compiled(BytecodeCache):
    """Templates that were compiled before by the same code and the same Jinja, which asks whether they are still so."""

    def __init__(self) -> None:
        self._by = standing.digest(standing.code(), version("jinja2")).encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of a template."""
        content = compiled.kept(bucket.key)
        if content is not None and content.startswith(self._by):
            bucket.bytecode_from_string(content.removeprefix(self._by))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        compiled.keep(bucket.key, self._by + bucket.bytecode_to_string())


@cache
def pages() -> Environment:
    """Return the templates in ``styles/report``; what is put into them is text, never markup."""
    made = Environment(
        loader=FileSystemLoader(styles.folder() / "report"),
        bytecode_cache=_Compiled(),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["visible"] = _visible
    made.globals["words"] = _words
    return made


def _words(parts: Iterable[Part], mark: str, base: str = "") -> Markup:
    """Set some words, those that the other side has not in the element ``mark``; ``base``: the page of the notes."""
    return Markup("".join([_word(one, mark, base) for one in parts]))


def _word(one: Part, mark: str, base: str) -> str:
    if one.call:
        return f'<sup><a href="{escape(base)}#l{one.call}" aria-label="its note, on line {one.call}">*</a></sup>'
    tag = mark if one.other else one.tag
    return f"<{tag}>{escape(one.text)}</{tag}>" if tag else escape(one.text)


def _visible(text: str) -> str:
    """Show signs that cannot be seen by their numbers."""
    return "".join(sign if sign.isprintable() else f"[U+{ord(sign):04X}]" for sign in text)
