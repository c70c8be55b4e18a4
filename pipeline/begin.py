"""Beginning a book: what it is called, and the file of settings beside its text."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pipeline import styles
from pipeline.answer import Answer
from pipeline.errors import Exit, OctavoError
from pipeline.files import refused
from pipeline.making import CHOICES
from pipeline.settings import Settings, with_choices

ASKED = {
    "title": ("Title", "as the text has it"),
    "author": ("Author (several: between semicolons)", "as the text has it"),
    "lang": ("Language, such as en-GB or fr", "as the text shows it"),
    "style": (f"Style: {', '.join(styles.print_styles())}", "classic"),
}
"""What is asked: the question, and what an empty answer means."""


def add(commands: Any) -> None:
    """Add ``new`` to the commands of ``octavo``."""
    new = commands.add_parser("new", help="begin a book: its title, author, language, style", description=_new.__doc__)
    new.add_argument("source", type=Path, metavar="SOURCE", help="the raw text")
    for key in ASKED:
        action = "append" if key == "author" else "store"
        new.add_argument(f"--{key}", action=action, metavar=key.upper(), help=CHOICES[key])
    new.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    """Write the file of settings beside a text: NAME.toml for NAME.txt. A file that is there stays as it is.

    On a terminal it asks for what no option says.
    """
    from pipeline.read import read_bytes

    answer: Answer = options.answer
    read_bytes(options.source)  # a text that is not there, or empty, is told now
    target = options.source.with_suffix(".toml")
    if target.exists():
        raise OctavoError(Exit.TAKEN, f"{target} is there already.", "Edit it, or delete it first.")
    given = {key: getattr(options, key) for key in ASKED if getattr(options, key)}
    for key, value in given.items():
        _check(key, value, options.source.parent)
    if sys.stdin and sys.stdin.isatty() and not answer.json:
        given |= {key: value for key in ASKED if key not in given and (value := _ask(key, options.source.parent))}
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(written(given))
    except FileExistsError as error:
        raise OctavoError(Exit.TAKEN, f"{target} is there already.", "Edit it, or delete it first.") from error
    except OSError as error:
        raise refused(error, target) from error
    answer.wrote.append(target)
    answer.say((f"{target} is written. The next step: octavo pdf {options.source}",))
    return int(Exit.OK)


def written(given: dict[str, Any]) -> str:
    """Return a file of settings that says what was given, and how to say the rest."""
    rows = ["# What the book is and how it is made. Every key is in docs/settings.md, or: octavo pdf --help"]
    for key, (_, without) in ASKED.items():
        if key in given:
            rows.append(f"{key} = {_toml(given[key])}")
        else:
            rows.append(f'# {key} = ""  # without it: {without}')
    return "\n".join(rows) + "\n"


def _toml(value: str | list[str]) -> str:
    """Write a text or a list of texts; what JSON writes of them is TOML as well."""
    values = [value] if isinstance(value, str) else value
    words = [json.dumps(one, ensure_ascii=False) for one in values]
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


def _ask(key: str, folder: Path) -> str | list[str]:
    """Ask until the answer can be used; what is asked goes to stderr, for it is no result."""
    question, without = ASKED[key]
    while True:
        sys.stderr.write(f"{question} [{without}]: ")
        sys.stderr.flush()
        said = sys.stdin.readline()
        words = said.strip()
        value = [one.strip() for one in words.split(";") if one.strip()] if key == "author" else words
        if not words:
            return ""
        try:
            _check(key, value, folder)
        except OctavoError as error:
            sys.stderr.write(f"  {error}\n")
            continue
        return value


def _check(key: str, value: str | list[str], folder: Path) -> None:
    """Refuse what a build would refuse.

    Raises:
        OctavoError: SETTINGS.

    """
    settings = with_choices(Settings(), {key: value}, "the answer", folder)
    if key == "style":
        from pipeline.print.sheet import sheet_named

        sheet_named(settings.style)
