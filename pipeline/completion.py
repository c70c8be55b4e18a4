"""What a shell needs to complete the commands, options and files of ``octavo``."""

from __future__ import annotations

import argparse
from pathlib import Path

import shtab

from pipeline import styles

VALUES = {
    "style": styles.print_styles(),
    "like": styles.print_styles(),
    "notes": ("foot", "chapter", "book"),
    "works": ("chapter", "book"),
    "order": ("work", "author", "date", "source"),
}
"""Values that are offered for an option, though others may be right."""


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return the script that completes ``parser`` in ``shell``: bash, zsh or fish.

    The parser is of no use for anything else afterwards: values that are only offered are the only ones it takes.
    """
    for action in _actions(parser):
        if action.dest in VALUES and action.option_strings:
            action.choices = VALUES[action.dest]
        elif action.type is Path or action.metavar == "FILE":
            folder = action.metavar in ("DIR", "SHELF")
            action.complete = shtab.DIRECTORY if folder else shtab.FILE  # type: ignore[attr-defined]
    return shtab.complete(parser, shell=shell)


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    found: list[argparse.Action] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                found += _actions(below)
        else:
            found.append(action)
    return found
