"""The command ``octavo``: what a person types, and what is said back. Everything printed is printed here."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import sys
import textwrap
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__, bounds, files, styles
from pipeline.errors import EXIT_MEANINGS, Exit, OctavoError
from pipeline.places import beside, folder_of
from pipeline.read import read_bytes
from pipeline.report import Report, codes
from pipeline.settings import Settings, read_settings, with_choices
from pipeline.shelf import command

if TYPE_CHECKING:
    from pipeline.standing import Told

_CHOICES = {
    "title": "the title of the book",
    "subtitle": "its subtitle",
    "author": "its author or editor (give it again for a second one)",
    "lang": "its language, as a BCP 47 tag: en, en-GB, fr, de …",
    "date": "its date: a year, or year-month-day",
    "publisher": "who publishes it",
    "slug": "the name of its folder (default: the source file's name)",
    "encoding": "the encoding of the source, if the guess is wrong",
    "style": f"the style of the printed page: {', '.join(styles.print_styles())}, or the folder of your own",
    "trim": "the size of the paper: A5, B5, A4, 6x9, 5.5x8.5 …",
    "notes": "where notes stand: at the foot of the page, or at the end of the chapter or book: foot, chapter or book",
    "citation_style": "how works are cited: the name of a CSL style, such as chicago-author-date, or its file",
    "works": "where the works cited are listed: at the end of each chapter or of the book: chapter or book",
    "cover": "an image for the cover of the e-book",
    "order": "how quotations stand in the book: by work, author or date, or as in the source",
    "verdicts": "a file of verdicts (default: verdicts.toml or NAME.verdicts.toml beside the source)",
}
_EDITIONS = {"draft": (), "pdf": ("pdf",), "epub": ("epub",), "proof": ("pdf", "epub")}
_EPILOG = """\
A first book:
  octavo pdf letters.txt --title "Letters from the Weir" --author "I. Calder"
  octavo epub letters.txt

Everything for one book lies in build/NAME/: book.md (read it, edit it, and build from it with
"octavo pdf build/NAME/book.md"), references.json, book.pdf, book.epub, report.json and report.html.
Settings may stand in a TOML file beside the source, letters.toml for letters.txt; the command line wins.

Exit codes:
{codes}

Variables of the environment that bound what a text may ask of the machine:
{bounds}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code (the table is in :mod:`pipeline.errors`)."""
    _open_streams()
    options = _parser().parse_args(arguments)
    try:
        lasting = options.run in (_watch, _review) or getattr(options, "lasting", False)
        with contextlib.nullcontext() if lasting else bounds.watched():
            code = int(options.run(options))
        sys.stdout.flush()
        return code
    except OctavoError as error:
        _say_error(error)
        return int(error.exit_code)
    except KeyboardInterrupt:
        print("\noctavo: stopped; nothing half-made was left behind.", file=sys.stderr)
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        _give_up_output()  # whoever read it has gone
        return int(Exit.OK)
    except (OSError, MemoryError, RecursionError) as error:
        fault = _fault_of_machine(error)
        try:
            sys.stdout.flush()
        except OSError:
            _give_up_output()
        _say_error(fault)
        return int(fault.exit_code)
    except Exception:
        traceback.print_exc()
        print("octavo: a fault in Octavo itself; please report it, with the lines above.", file=sys.stderr)
        return int(Exit.BUG)


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


def _fault_of_machine(error: OSError | MemoryError | RecursionError) -> OctavoError:
    """Say in one sentence what the machine refused, wherever it happened."""
    if isinstance(error, MemoryError):
        return bounds.no_memory()
    if isinstance(error, RecursionError):
        return OctavoError(Exit.TOO_LARGE, "Something in the text is nested deeper than Octavo follows.", "Flatten it.")
    where = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, str | bytes) else ""
    what = f"The system refuses: {(error.strerror or str(error)).lower()}{where}."
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OctavoError(Exit.DISK_FULL, what, "Free some space, or choose another place with --out.")
    return OctavoError(Exit.NO_ACCESS, what, "Mend that, and run this again.")


def _parser() -> argparse.ArgumentParser:
    table = "\n".join(f"  {int(code):>3}  {meaning}" for code, meaning in EXIT_MEANINGS.items())
    limits = "\n".join(f"  {one.variable:15} {one.default:>7,} {one.unit}" for one in bounds.BOUNDS)
    parser = argparse.ArgumentParser(
        prog="octavo",
        description="A raw text goes in at one end, a real book comes out at the other, and no word is lost.",
        epilog=_EPILOG.format(codes=table, bounds=limits),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"octavo {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(commands, "draft", "make book.md and its companions", _draft)
    _add_build(commands, "pdf", "make the printed book", _pdf)
    _add_build(commands, "epub", "make the e-book", _epub)
    _add_build(commands, "azw3", "make the e-book, and one for a Kindle from it (needs calibre)", _azw3)
    _add_build(commands, "proof", "make the printed book and the e-book, with one report on both", _proof)

    _add_build(commands, "check", "make both editions, and let veraPDF and epubcheck judge them", _check)

    watched = _add_build(
        commands, "watch", "build, and build again whenever the text or its settings are saved", _watch
    )
    watched.add_argument(
        "--edition", choices=sorted(_EDITIONS), default="pdf", help="what to build (default: pdf; proof: both)"
    )

    one = commands.add_parser("explain", help="say why a line was read as it was", description=_explain.__doc__)
    one.add_argument("source", type=Path, metavar="SOURCE")
    one.add_argument("lines", type=int, nargs="+", metavar="LINE", help="line numbers of the source, from 1")
    _add_settings(one)
    one.set_defaults(run=_explain)

    desk = commands.add_parser("review", help="decide doubts in a browser, at the desk", description=_review.__doc__)
    desk.add_argument("source", type=Path, metavar="SOURCE", help="the raw text")
    desk.add_argument("--port", type=int, default=0, metavar="N", help="where the desk listens (default: a free port)")
    _add_settings(desk)
    desk.set_defaults(run=_review)

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
    return parser


def _add_build(
    commands: Any, name: str, about: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    command.add_argument("source", type=Path, metavar="SOURCE", help="the raw text, or a book.md that was edited")
    command.add_argument(
        "--out", type=Path, default=Path("build"), metavar="DIR", help="where books go (default: build)"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--fresh", action="store_true", help="build again even if nothing has changed")
    command.add_argument("--timings", action="store_true", help="print the seconds that each step took")
    _add_settings(command)
    command.set_defaults(run=run)
    assert isinstance(command, argparse.ArgumentParser)
    return command


def _add_settings(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("the book", "also as keys of NAME.toml beside the source")
    group.add_argument("--settings", type=Path, metavar="FILE", help="a TOML file of settings (default: NAME.toml)")
    for key, about in _CHOICES.items():
        action = "append" if key == "author" else "store"
        group.add_argument(f"--{key.replace('_', '-')}", action=action, metavar=key.upper(), help=about)


def _settings(options: argparse.Namespace) -> Settings:
    """Lay the command line over the settings file over the defaults."""
    settings = Settings()
    if file := options.settings or beside(options.source, ".toml"):
        settings = read_settings(file)
    given = {key: getattr(options, key) for key in _CHOICES if getattr(options, key)}
    return with_choices(settings, given, "the command line", Path())


def _progress(options: argparse.Namespace) -> Callable[[str], None]:
    """Return a line that rewrites itself on a terminal, and silence anywhere else."""
    if options.quiet or not sys.stderr.isatty():
        return lambda _stage: None

    def show(stage: str) -> None:
        words = f"{stage[0].upper()}{stage[1:]} …" if stage else ""
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    return show


def _draft(options: argparse.Namespace) -> int:
    return _build(options, ())


def _pdf(options: argparse.Namespace) -> int:
    return _build(options, ("pdf",))


def _epub(options: argparse.Namespace) -> int:
    return _build(options, ("epub",))


def _azw3(options: argparse.Namespace) -> int:
    return _build(options, ("epub", "azw3"))


def _proof(options: argparse.Namespace) -> int:
    return _build(options, ("pdf", "epub"))


def _watch(options: argparse.Namespace) -> int:
    """Build, and build again on each save; what is wrong is said, and the watch goes on."""
    from pipeline import standing
    from pipeline.watch import changes

    editions = _EDITIONS[options.edition]

    def key() -> object:
        try:
            wanted = standing.order(options.source, _settings(options), options.out, editions)
        except OctavoError as error:
            return error.what
        return wanted or "not there"

    def folders() -> Iterable[Path]:
        named = (options.settings, options.verdicts, options.cover)
        return {options.source.absolute().parent, *(Path(path).absolute().parent for path in named if path)}

    for _ in changes(key, folders):
        try:
            with bounds.watched():
                _build(options, editions)
        except OctavoError as error:
            _say_error(error)
        _say(options, ("Watching; stop with Ctrl-C.",))
        sys.stdout.flush()
    return int(Exit.OK)


def _check(options: argparse.Namespace) -> int:
    report = Report()
    code = _build(options, ("pdf", "epub"), ("pdf", "epub"), report)
    if found := [found for found in report.findings if found.code == "standard-broken"]:
        raise OctavoError(Exit.JUDGED, found[0].message, f"{len(found)} rules are broken; the report has them all.")
    if silent := [f"{standard} {words}" for standard, words in report.table if words.startswith("not checked")]:
        raise OctavoError(Exit.MISSING_PROGRAM, f"{silent[0]}.")
    return code


def _build(
    options: argparse.Namespace, editions: Sequence[str], judged: Sequence[str] = (), report: Report | None = None
) -> int:
    from pipeline import standing

    settings = _settings(options)
    files.settle(folder_of(options.source, settings, options.out))
    wanted = standing.order(options.source, settings, options.out, editions) if not judged else None
    told = standing.unchanged(wanted) if wanted and not options.fresh else None
    if told is not None:
        _say(options, ("Nothing has changed since this was built; --fresh builds it all the same.", *told.lines))
    else:
        told = _built(options, settings, editions, judged, report or Report())
        if wanted and standing.order(options.source, settings, options.out, editions) == wanted:  # not edited meanwhile
            standing.remember(wanted, told)
    if fault := told.fault():
        raise fault
    return int(Exit.OK)


def _built(
    options: argparse.Namespace, settings: Settings, editions: Sequence[str], judged: Sequence[str], report: Report
) -> Told:
    """Build, and print what the build has to say."""
    from pipeline import build, record  # not before a book is made: "octavo cite" starts without them
    from pipeline.standing import Told

    progress = _progress(options)
    made = build.build(options.source, settings, options.out, editions, report, progress, judged)
    progress("")
    lines = tuple(record.summary(report, made.folder))
    _say(options, lines)
    if options.timings:
        width = max(map(len, report.timings), default=0)
        _say(options, [f"  {step:{width}} {seconds:8.2f} s" for step, seconds in report.timings.items()])
    fault = record.fault(report, made.folder)
    return Told(lines, (int(fault.exit_code), fault.what, fault.hint) if fault else None)


def _say(options: argparse.Namespace, lines: Iterable[str]) -> None:
    if not options.quiet:
        print("\n".join(lines))


def _explain(options: argparse.Namespace) -> int:
    """Print what was seen on a line, each rule that spoke, with its weight, and what won."""
    from pipeline.build import read_source
    from pipeline.explain import explain

    reading = read_source(options.source, _settings(options), Report(), lambda _stage: None)
    for number in options.lines:
        print("\n".join(explain(reading, number)))
    return int(Exit.OK)


def _review(options: argparse.Namespace) -> int:
    """Open the desk on this machine: its pages show what is in doubt, and write verdicts beside the source."""
    from pipeline.review import review

    review(options.source, _settings(options), options.port)
    return int(Exit.OK)


def _cite(options: argparse.Namespace) -> int:
    """Print the references of a list, or of footnotes, as data."""
    from pipeline.cite.tool import converted, noted, segmented

    lines = _lines(options.source)
    if options.segments or options.notes:
        for row in segmented(lines) if options.segments else noted(lines):
            print(row)
    else:
        print(converted(lines, options.to), end="")
    return int(Exit.OK)


def _lines(source: str) -> list[str]:
    """Read the lines of a file, or of standard input, in UTF-8; what is not UTF-8 is read as Windows wrote it."""
    if source == "-":
        most = bounds.SIZE.value * 1_000_000
        data = sys.stdin.buffer.read(most + 1) if sys.stdin else b""
        if len(data) > most:
            raise bounds.SIZE.refusal("The list of references has")
    else:
        data = read_bytes(Path(source), empty=True)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return [line.rstrip("\r") for line in text.split("\n")]


def _new_style(options: argparse.Namespace) -> int:
    """Copy a style of the printed page into a new folder NAME, where page.toml and style.css wait to be changed."""
    made = styles.new_style(options.name, options.like, Path())
    print(
        f"{made}: change page.toml and style.css, and choose it with --style {options.name} (or STYLE={options.name})."
    )
    return int(Exit.OK)


def _codes(_options: argparse.Namespace) -> int:
    """Print the table of findings."""
    for code in codes().values():
        print(f"{code.code}  ({code.family}, {code.severity})")
        print(textwrap.indent(textwrap.fill(f"{code.message} {code.hint}", 96), "    "))
    return int(Exit.OK)


def _say_error(error: OctavoError) -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    print(f"octavo: {error}", file=sys.stderr)
