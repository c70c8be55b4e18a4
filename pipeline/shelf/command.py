"""The command ``octavo shelf``."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.answer import Answer, counted
from pipeline.errors import Exit, OctavoError
from pipeline.files import resolved

if TYPE_CHECKING:
    from pipeline.shelf.making import Tally
    from pipeline.shelf.task import Outcome

_EDITIONS = ("draft", "pdf", "epub", "azw3")


def add(commands: Any) -> None:
    """Add ``shelf`` to the commands of ``octavo``."""
    about = "make a catalogue of books of many texts, and show it"
    acts = commands.add_parser("shelf", help=about, description=f"{about[0].upper()}{about[1:]}.").add_subparsers(
        metavar="make|serve", required=True
    )
    make = acts.add_parser("make", help="make what is missing or has changed", description=_make.__doc__)
    make.add_argument(
        "place", type=Path, metavar="FOLDER|LIST.csv", help="a folder of texts, or a list: path, title, author …"
    )
    make.add_argument("--out", type=Path, required=True, metavar="SHELF", help="the folder of the shelf")
    make.add_argument(
        "--editions", type=_editions, default=("epub",), metavar="LIST", help="draft, epub, pdf, azw3 (default: epub)"
    )
    make.add_argument("--jobs", type=_number, default=0, metavar="N", help="books at a time (default: one a processor)")
    make.add_argument("--again", choices=("failed",), help="try again what has failed before")
    make.add_argument(
        "--minutes", type=_minutes, default=30.0, metavar="M", help="bound of time for each book (default: 30)"
    )
    make.add_argument(
        "--memory", type=_number, default=4000, metavar="MB", help="bound of memory for each process (default: 4000)"
    )
    where = make.add_mutually_exclusive_group()
    where.add_argument("--scheduler", default="", metavar="ADDRESS", help="a scheduler of Dask: tcp://host:8786")
    where.add_argument(
        "--cluster", default="", metavar="KIND", help="start a cluster of Dask: local, slurm, pbs, sge, lsf …"
    )
    make.add_argument("--title", default="", metavar="TITLE", help="of the catalogue (default: the name of the folder)")
    make.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    make.set_defaults(run=_make, lasting=True)  # each book has bounds of its own

    serve = acts.add_parser("serve", help="show a shelf over HTTP, with search", description=_serve.__doc__)
    serve.add_argument("shelf", type=Path, metavar="SHELF", help="a folder that shelf make has made")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (default: this machine)")
    serve.add_argument("--port", type=_number, default=0, metavar="N", help="the port (default: a free one)")
    serve.set_defaults(run=_serve, lasting=True)


def _editions(text: str) -> Sequence[str]:
    named = [one.strip() for one in text.split(",") if one.strip()]
    if not named or set(named) - set(_EDITIONS):
        raise argparse.ArgumentTypeError(f"“{text}” names no editions; there are {', '.join(_EDITIONS)}")
    wanted = {*named, "epub"} if "azw3" in named else set(named)
    return tuple(one for one in _EDITIONS[1:] if one in wanted)


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 10**7:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 on")
    return int(text)


def _minutes(text: str) -> float:
    try:
        if (minutes := float(text)) > 0:
            return min(minutes, 1e6)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is no number of minutes")


def _make(options: argparse.Namespace) -> int:
    """Make a book of each text if it is missing on the shelf or was made from something else; then catalogue them all.

    What is finished stands, whenever the run ends: the next one goes on.
    """
    from pipeline.shelf.display import display
    from pipeline.shelf.making import Run, Wish

    wish = Wish(
        options.place,
        options.out,
        options.editions,
        options.again == "failed",
        options.jobs,
        options.minutes,
        options.memory,
        options.scheduler,
        options.cluster,
    )
    tally = Run(wish, _tell(options)).make()
    books = display(options.out, options.title or resolved(options.out).name)
    answer: Answer = options.answer
    answer.say((f"{options.out}: {counted(books, 'book')}. Made now: {tally.made}; stood already: {tally.stood}.",))
    answer.wrote.append(options.out / "index.html")
    answer.figures = {"books": books, "texts": tally.texts} | dataclasses.asdict(tally)
    if bad := tally.failed + tally.before:
        raise OctavoError(
            Exit.SOME_FAILED,
            f"{bad} of {counted(tally.texts, 'text')} did not become a book ({tally.before} failed before).",
            f"Why stands in {options.out / 'failed'}; --again failed tries them again.",
        )
    return int(Exit.OK)


def _serve(options: argparse.Namespace) -> int:
    """Show a shelf over HTTP until Ctrl-C: its files, and a search for reading systems (OPDS). Nothing is written."""
    from pipeline.shelf.serve import serve

    serve(options.shelf, options.host, options.port, options.answer)
    return int(Exit.OK)


def _tell(options: argparse.Namespace) -> Any:
    terminal = sys.stderr.isatty()

    def tell(outcome: Outcome, tally: Tally) -> None:
        if options.quiet or options.answer.json:
            return
        clear = "\r\x1b[K" if terminal else ""
        if outcome.failed:
            print(f"{clear}  {outcome.name}: {outcome}", file=sys.stderr, flush=True)
        if terminal:
            print(f"{clear}{tally.texts} texts, {tally.failed} failed …", end="", file=sys.stderr, flush=True)

    return tell
