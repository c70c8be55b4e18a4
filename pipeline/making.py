"""The commands that make a book: their options, and what is said when it is made."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import bounds, files, styles
from pipeline.answer import Answer
from pipeline.errors import Exit, OctavoError
from pipeline.places import beside, folder_of
from pipeline.report import Report
from pipeline.settings import Settings, read_settings, with_choices

if TYPE_CHECKING:
    from pipeline.standing import Told

CHOICES = {
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
_EDITIONS: dict[str, tuple[str, ...]] = {"draft": (), "pdf": ("pdf",), "epub": ("epub",), "proof": ("pdf", "epub")}


def add(commands: Any) -> None:
    """Add the commands that make a book to those of ``octavo``."""
    _add(commands, "draft", "make book.md and its companions", ())
    printed = _add(commands, "pdf", "make the printed book", ("pdf",))
    printed.add_argument(
        "--preview",
        metavar="PAGES|ID|WORDS",
        help="make only preview.pdf: the pages around a folio (12, 12-15) of the last PDF, an id or words of book.md",
    )
    printed.set_defaults(run=_pdf)
    _add(commands, "epub", "make the e-book", ("epub",))
    _add(commands, "azw3", "make the e-book, and one for a Kindle from it (needs calibre)", ("epub", "azw3"))
    _add(commands, "proof", "make the printed book and the e-book, with one report on both", ("pdf", "epub"))
    _add(commands, "check", "make both editions, and let veraPDF and epubcheck judge them").set_defaults(run=_check)
    watch = _add(commands, "watch", "build, and build again whenever the text or its settings are saved")
    watch.add_argument(
        "--edition", choices=sorted(_EDITIONS), default="pdf", help="what to build (default: pdf; proof: both)"
    )
    watch.set_defaults(run=_watch, lasting=True)  # each build has bounds of its own


def _add(commands: Any, name: str, about: str, editions: Sequence[str] = ()) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    command.add_argument("source", type=Path, metavar="SOURCE", help="the raw text, or a book.md that was edited")
    command.add_argument(
        "--out", type=Path, default=Path("build"), metavar="DIR", help="where books go (default: build)"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    command.add_argument("--fresh", action="store_true", help="build again even if nothing has changed")
    command.add_argument("--timings", action="store_true", help="print the seconds that each step took")
    add_settings(command)
    command.set_defaults(run=lambda options: _build(options, editions))
    assert isinstance(command, argparse.ArgumentParser)
    return command


def add_settings(command: argparse.ArgumentParser) -> None:
    """Add the options that say what the book is and how it is made."""
    group = command.add_argument_group("the book", "also as keys of NAME.toml beside the source")
    group.add_argument("--settings", type=Path, metavar="FILE", help="a TOML file of settings (default: NAME.toml)")
    for key, about in CHOICES.items():
        action = "append" if key == "author" else "store"
        group.add_argument(f"--{key.replace('_', '-')}", action=action, metavar=key.upper(), help=about)


def settings_of(options: argparse.Namespace) -> Settings:
    """Lay the command line over the settings file over the defaults.

    Raises:
        OctavoError: SETTINGS, NO_ACCESS.

    """
    settings = Settings()
    if file := options.settings or beside(options.source, ".toml"):
        settings = read_settings(file)
    given = {key: getattr(options, key) for key in CHOICES if getattr(options, key)}
    return with_choices(settings, given, "the command line", Path())


def _progress(answer: Answer) -> Callable[[str], None]:
    """Return a line that rewrites itself on a terminal, and silence anywhere else."""
    if answer.quiet or answer.json or not sys.stderr.isatty():
        return lambda _stage: None

    def show(stage: str) -> None:
        words = f"{stage[0].upper()}{stage[1:]} …" if stage else ""
        sys.stderr.write(f"\r\x1b[K{words}")
        sys.stderr.flush()

    return show


def _pdf(options: argparse.Namespace) -> int:
    """Make the printed book, or a preview of some pages of it."""
    if not options.preview:
        return _build(options, ("pdf",))
    from pipeline import build

    answer: Answer = options.answer
    progress = _progress(answer)
    made = build.preview(options.source, settings_of(options), options.out, options.preview, progress)
    progress("")
    answer.wrote.append(made)
    answer.say((f"{made}: as in the book, but pages may end elsewhere; nothing was proved.",))
    return int(Exit.OK)


def _watch(options: argparse.Namespace) -> int:
    """Build, and build again on each save; what is wrong is said, and the watch goes on."""
    from pipeline import standing
    from pipeline.watch import changes

    answer: Answer = options.answer
    editions = _EDITIONS[options.edition]

    def key() -> object:
        try:
            wanted = standing.order(options.source, settings_of(options), options.out, editions)
        except OctavoError as error:
            return error.what
        return wanted or "not there"

    def folders() -> Iterable[Path]:
        named = (options.settings, options.verdicts, options.cover)
        return {options.source.absolute().parent, *(Path(path).absolute().parent for path in named if path)}

    for _ in changes(key, folders):
        fault = None
        try:
            with bounds.watched():
                _build(options, editions)
        except OctavoError as error:
            fault = error
            answer.complain(error)
        answer.end(int(fault.exit_code if fault else Exit.OK), fault)
        answer.say(("Watching; stop with Ctrl-C.",))
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

    answer: Answer = options.answer
    settings = settings_of(options)
    folder = folder_of(options.source, settings, options.out)
    files.settle(folder)
    wanted = standing.order(options.source, settings, options.out, editions) if not judged else None
    told = standing.unchanged(wanted) if wanted and not options.fresh else None
    if told is not None and wanted is not None:
        answer.say(("Nothing has changed since this was built; --fresh builds it all the same.", *told.lines))
        answer.stood += [folder / name for name in (*wanted.made, *standing.REPORTS)]
    else:
        told = _built(options, settings, editions, judged, report or Report())
        if wanted and standing.order(options.source, settings, options.out, editions) == wanted:  # not edited meanwhile
            standing.remember(wanted, told)
    if answer.json:
        _tell(answer, folder)
    if fault := told.fault():
        raise fault
    return int(Exit.OK)


def _built(
    options: argparse.Namespace, settings: Settings, editions: Sequence[str], judged: Sequence[str], report: Report
) -> Told:
    """Build, and print what the build has to say."""
    from pipeline import build, record  # not before a book is made: "octavo cite" starts without them
    from pipeline.standing import Told

    answer: Answer = options.answer
    progress = _progress(answer)
    made = build.build(options.source, settings, options.out, editions, report, progress, judged)
    progress("")
    answer.wrote += [made.folder / name for name in made.files]
    lines = tuple(record.summary(report, made.folder))
    answer.say(lines)
    if options.timings:
        width = max(map(len, report.timings), default=0)
        answer.say([f"  {step:{width}} {seconds:8.2f} s" for step, seconds in report.timings.items()])
    fault = record.fault(report, made.folder)
    return Told(lines, (int(fault.exit_code), fault.what, fault.hint) if fault else None)


def _tell(answer: Answer, folder: Path) -> None:
    """Put into the answer what the report says, which now lies in the folder of the book."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    answer.findings = report["findings"]
    answer.figures = {"folder": str(folder)} | {key: report[key] for key in ("counts", "conservation", "timings")}
