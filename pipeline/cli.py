"""The command ``octavo``: what a person types, and how it ends, whatever happens on the way."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import errno
import io
import json
import os
import re
import sys
import textwrap
import traceback
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from pipeline import __version__, begin, bounds, making, styles
from pipeline.answer import Answer
from pipeline.errors import EXIT_MEANINGS, Exit, OctavoError
from pipeline.places import beside
from pipeline.report import Report, codes
from pipeline.shelf import command

SHELLS = ("bash", "zsh", "fish")

_EPILOG = """\
A first book:
  octavo new letters.txt        (asks for title, author, language and style)
  octavo pdf letters.txt
  octavo epub letters.txt

Everything for one book lies in build/NAME/: book.md (read it, edit it, and build from it with
"octavo pdf build/NAME/book.md"), references.json, book.pdf, book.epub, report.json and report.html.
Settings may stand in a TOML file beside the source, letters.toml for letters.txt; the command line wins.

Exit codes:
{codes}

Variables of the environment that bound what a text may ask of the machine:
{bounds}
"""


class _MisunderstoodError(Exception):
    """A command line that is not understood: what is wrong, and the parser that says so."""

    def __init__(self, parser: argparse.ArgumentParser, message: str) -> None:
        super().__init__(message)
        self.parser = parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _MisunderstoodError(self, message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code (the table is in :mod:`pipeline.errors`)."""
    _open_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    answer = Answer("", json="--json" in arguments)
    try:
        options = parser().parse_args(arguments)
        answer.command, answer.quiet = options.command, getattr(options, "quiet", False)
        options.answer = answer
        bounds.check()
        with contextlib.nullcontext() if getattr(options, "lasting", False) else bounds.watched():
            code = int(options.run(options))
        answer.end(code)
        sys.stdout.flush()
        return code
    except _MisunderstoodError as error:
        message = str(error)
        if not answer.json:
            error.parser.print_usage(sys.stderr)
            error.parser.exit(int(Exit.USAGE), f"{error.parser.prog}: error: {message}\n")
        answer.command = error.parser.prog.removeprefix("octavo").strip()
        return _failed(answer, OctavoError(Exit.USAGE, f"{message[0].upper()}{message[1:]}.", "See octavo --help."))
    except OctavoError as error:
        return _failed(answer, error)
    except KeyboardInterrupt:
        if not answer.json:
            sys.stderr.write("\noctavo: stopped; nothing half-made was left behind.\n")
        answer.end(int(Exit.INTERRUPTED), OctavoError(Exit.INTERRUPTED, "Stopped; nothing half-made was left behind."))
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        _give_up_output()  # whoever read it has gone
        return int(Exit.OK)
    except (OSError, MemoryError, RecursionError, ImportError) as error:
        fault = _fault_of_machine(error)
        try:
            sys.stdout.flush()
        except OSError:
            _give_up_output()
            answer.json = False
        return _failed(answer, fault)
    except Exception as error:
        traceback.print_exc()
        sys.stderr.write("octavo: a fault in Octavo itself; please report it, with the lines above.\n")
        answer.end(int(Exit.BUG), OctavoError(Exit.BUG, f"A fault in Octavo itself: {error!r}.", "Please report it."))
        return int(Exit.BUG)


def _failed(answer: Answer, error: OctavoError) -> int:
    answer.complain(error)
    answer.end(int(error.exit_code), error)
    return int(error.exit_code)


def _open_streams() -> None:
    """Make sure that what is printed goes somewhere, in whatever letters a terminal has."""
    for name, handle in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:  # somebody closed it; a file that is opened next would take its number
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), handle)
                setattr(sys, name, os.fdopen(handle, "w", encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without “ or – is no reason to fail


def _give_up_output() -> None:
    """Let what is still to be printed go nowhere, so that Python does not try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_NO_ROOM = re.compile("failed to map|cannot allocate memory", re.IGNORECASE)
"""What the system says of a library for which there is no memory."""


def _fault_of_machine(error: OSError | MemoryError | RecursionError | ImportError) -> OctavoError:
    """Say in one sentence what the machine refused, wherever it happened."""
    if isinstance(error, MemoryError) or (isinstance(error, ImportError) and _NO_ROOM.search(str(error))):
        return bounds.no_memory()
    if isinstance(error, ImportError):
        what = f"A library cannot be loaded: {error}."
        return OctavoError(Exit.MISSING_PROGRAM, what, "Set Octavo up again: make setup, or pip install.")
    if isinstance(error, RecursionError):
        return OctavoError(Exit.TOO_LARGE, "Something in the text is nested deeper than Octavo follows.", "Flatten it.")
    where = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, str | bytes) else ""
    what = f"The system refuses: {(error.strerror or str(error)).lower()}{where}."
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OctavoError(Exit.DISK_FULL, what, "Free some space, or choose another place with --out.")
    return OctavoError(Exit.NO_ACCESS, what, "Mend that, and run this again.")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    table = "\n".join(f"  {int(code):>3}  {meaning}" for code, meaning in EXIT_MEANINGS.items())
    limits = "\n".join(f"  {one.variable:15} {one.default:>7,} {one.unit}" for one in bounds.BOUNDS)
    parser = _Parser(
        prog="octavo",
        description="A raw text goes in at one end, a real book comes out at the other, and no word is lost.",
        epilog=_EPILOG.format(codes=table, bounds=limits),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"octavo {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    begin.add(commands)
    making.add(commands)

    one = commands.add_parser("explain", help="say why a line was read as it was", description=_explain.__doc__)
    one.add_argument("source", type=Path, metavar="SOURCE")
    one.add_argument("lines", type=int, nargs="+", metavar="LINE", help="line numbers of the source, from 1")
    making.add_settings(one)
    one.set_defaults(run=_explain)

    desk = commands.add_parser("review", help="decide doubts in a browser, at the desk", description=_review.__doc__)
    desk.add_argument("source", type=Path, metavar="SOURCE", help="the raw text")
    desk.add_argument(
        "--out", type=Path, default=Path("build"), metavar="DIR", help="where the PDF is whose pages are shown"
    )
    desk.add_argument("--port", type=int, default=0, metavar="N", help="where the desk listens (default: a free port)")
    making.add_settings(desk)
    desk.set_defaults(run=_review, lasting=True)

    cited = commands.add_parser(
        "cite",
        help="read references, and write them as data for other programs",
        description="Read references, one a line (broken lines of a list are joined first), and write them as data.",
    )
    cited.add_argument(
        "source", nargs="?", default="-", metavar="FILE", help="a list of references; - for standard input"
    )
    form = cited.add_mutually_exclusive_group()
    form.add_argument(
        "--to", choices=("csljson", "bibtex", "ris"), default="csljson", help="the form of the data (default: csljson)"
    )
    form.add_argument("--segments", action="store_true", help="each reference cut into labelled parts, as JSON lines")
    form.add_argument(
        "--notes", action="store_true", help="each line is a whole footnote: its references, as JSON lines"
    )
    cited.set_defaults(run=_cite)

    style = commands.add_parser("style", help="make a style of your own: style new NAME").add_subparsers(
        metavar="new", required=True
    )
    new = style.add_parser("new", help="copy a style into a folder, to be changed", description=_new_style.__doc__)
    new.add_argument("name", metavar="NAME", help="the name of the new style, and of its folder")
    new.add_argument("--like", default="classic", metavar="STYLE", help="the style to copy (default: classic)")
    new.set_defaults(run=_new_style)

    command.add(commands)

    table_of_codes = commands.add_parser("codes", help="list the findings that a report may hold")
    table_of_codes.set_defaults(run=_codes)

    doctor = commands.add_parser("doctor", help="say what is there and what is missing", description=_doctor.__doc__)
    doctor.set_defaults(run=_doctor)

    shell = commands.add_parser(
        "completion", help="print what makes a shell complete commands", description=_completion.__doc__
    )
    shell.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"which shell: {', '.join(SHELLS)}")
    shell.set_defaults(run=_completion)

    for leaf in _leaves(parser):
        leaf.add_argument("--json", action="store_true", help="answer in one line of JSON, for programs")
        leaf.set_defaults(command=leaf.prog.removeprefix("octavo "))
    return parser


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Go through the commands that have none below them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _leaves(below)
            return
    yield parser


def _explain(options: argparse.Namespace) -> int:
    """Print what was seen on a line, each rule that spoke, with its weight, and what won."""
    from pipeline.build import read_source
    from pipeline.explain import explain
    from pipeline.record import decision_rows

    reading = read_source(options.source, making.settings_of(options), Report(), lambda _stage: None)
    told = {number: explain(reading, number) for number in options.lines}
    rows = [json.loads(row) for row in decision_rows(one for one in reading.decisions if one.line in told)]
    known = {row["line"]: row for row in rows}
    result = [known.get(number, {"line": number}) | {"words": words} for number, words in told.items()]
    options.answer.give("".join(f"{line}\n" for words in told.values() for line in words), result)
    return int(Exit.OK)


def _review(options: argparse.Namespace) -> int:
    """Open the desk on this machine: its pages show what is in doubt, and write verdicts beside the source."""
    from pipeline.review import review

    file = options.settings or beside(options.source, ".toml") or options.source.with_suffix(".toml")
    choose = partial(making.settings_of, options)
    review(options.source, choose, file, options.out, options.port, options.answer)
    return int(Exit.OK)


def _cite(options: argparse.Namespace) -> int:
    """Print the references of a list, or of footnotes, as data."""
    from pipeline.cite.tool import converted, noted, segmented

    lines = _lines(options.source)
    if options.segments or options.notes:
        rows = list(segmented(lines) if options.segments else noted(lines))
        options.answer.give("".join(f"{row}\n" for row in rows), [json.loads(row) for row in rows])
    else:
        data = converted(lines, options.to)
        options.answer.give(data, json.loads(data) if options.to == "csljson" else data)
    return int(Exit.OK)


def _lines(source: str) -> list[str]:
    """Read the lines of a file, or of standard input, in UTF-8; what is not UTF-8 is read as Windows wrote it."""
    if source == "-":
        most = bounds.SIZE.value * 1_000_000
        data = sys.stdin.buffer.read(most + 1) if sys.stdin else b""
        if len(data) > most:
            raise bounds.SIZE.refusal("The list of references has")
    else:
        from pipeline.read import read_bytes

        data = read_bytes(Path(source), empty=True)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return [line.rstrip("\r") for line in text.split("\n")]


def _new_style(options: argparse.Namespace) -> int:
    """Copy a style of the printed page into a new folder NAME, where page.toml and style.css wait to be changed."""
    made = styles.new_style(options.name, options.like, Path())
    options.answer.wrote += [made / styles.PAGE, made / styles.SHEET]
    choose = f"choose it with --style {options.name} (or STYLE={options.name})"
    options.answer.say([f"{made}: change {styles.PAGE} and {styles.SHEET}, and {choose}."])
    return int(Exit.OK)


def _codes(options: argparse.Namespace) -> int:
    """Print the table of findings."""
    out = []
    for code in codes().values():
        out.append(f"{code.code}  ({code.family}, {code.severity})")
        out.append(textwrap.indent(textwrap.fill(f"{code.message} {code.hint}", 96), "    "))
    options.answer.give("".join(f"{line}\n" for line in out), [dataclasses.asdict(code) for code in codes().values()])
    return int(Exit.OK)


def _doctor(options: argparse.Namespace) -> int:
    """Say what Octavo finds on this machine, what is missing, what each is for, and how to install it.

    Ends with exit code 8 if something is missing without which no book is made.
    """
    from pipeline.doctor import examine, told

    checks = list(examine())
    options.answer.give("".join(f"{line}\n" for line in told(checks)), [dataclasses.asdict(one) for one in checks])
    options.answer.figures["missing"] = sum(not one.there for one in checks)
    if needed := [one for one in checks if one.needed and not one.there]:
        missing = ", ".join(one.name for one in needed)
        raise OctavoError(Exit.MISSING_PROGRAM, f"Without this no book is made: {missing}.", needed[0].advice)
    return int(Exit.OK)


def _completion(options: argparse.Namespace) -> int:
    """Print a script that completes commands, options and files of octavo in a shell.

    bash: octavo completion bash > ~/.local/share/bash-completion/completions/octavo;
    zsh: octavo completion zsh > a file _octavo in a folder of $fpath;
    fish: octavo completion fish > ~/.config/fish/completions/octavo.fish.
    """
    from pipeline.completion import script

    words = script(parser(), options.shell)
    options.answer.give(words, words)
    return int(Exit.OK)
