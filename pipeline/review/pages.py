"""The templates that the desk and the report have in common."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import styles


@cache
def pages() -> Environment:
    """Return the templates in ``styles/report``; what is put into them is text, never markup."""
    made = Environment(
        loader=FileSystemLoader(styles.folder() / "report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["visible"] = _visible
    return made


def _visible(text: str) -> str:
    """Show signs that cannot be seen by their numbers."""
    return "".join(sign if sign.isprintable() else f"[U+{ord(sign):04X}]" for sign in text)
