"""Fuzzing: texts that nobody wrote go through the whole reading and through the citations, and what must hold is asked.

``python -m tests.fuzz FOLDER … --minutes 60`` takes the texts in the folders (or, without any, the few lines below),
changes them at random and gives each to one entry point. With atheris installed (the set-up for development brings it
where there is a wheel) and ``--atheris`` those changes are kept from which others are made that reach code that none
before reached; the same seed makes the same ones. An exception that is no sentence for the user, a word that is lost or
a build that takes too long is printed with the input, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import inspect
import os
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType

from pipeline import proof
from pipeline.build import read_source
from pipeline.cite.tool import converted, noted, segmented
from pipeline.errors import Exit, OctavoError
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import Blocks, write_references
from tests.written import write_markdown

SEEDS = Path(__file__).with_suffix(".txt")
"""A few lines of each kind of text, with a row of equals signs between two."""

PIECES = (
    *(
        "\n",
        "\n\n",
        "\n" * 9,
        " ",
        "    ",
        "\t",
        "\f",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ufffd",
        "\u0301",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "[1]",
        "[^1]",
        "(1)",
        "¹",
        "*",
        "_",
        "**",
        "`",
        "```",
        "~",
        "^",
        "$",
        "\\",
        "|",
        "<",
        ">",
        "&",
        "&amp;",
    ),
    *(
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "«",
        "»",
        "—",
        "--",
        "…",
        "...",
        ":",
        ";",
        "@",
        "#",
        "%",
        "{",
        "}",
        "{=html}",
        ":::",
        "---",
    ),
    *(
        "ibid.",
        "op. cit.",
        "p. 12",
        "pp. 3-5",
        "1911",
        "Ed.",
        "CHAPTER IV",
        "I",
        "Note:",
        "FOOTNOTES",
        "THE END",
        "* * *",
    ),
    *(
        "\ue000",
        "\uf8ff",
        "\U000f0000",
        "\U0010fffd",
        "\U0001f600",
        "\u2028",
        "\x0b",
        "\x85",
        "\x1c",
        "\xad",
        "9" * 30,
        "9" * 5000,
        "٣" * 12,
        "²" * 12,
        "&#xFDD0;",
        "&#27;",
        "a" * 300,
    ),
)
LONGEST = 8_000
"""Bytes of an input that atheris makes: enough for notes, references and headings at once."""

SLOW = 60.0
"""Seconds of our own CPU that an input of some kilobytes may take."""


def book(data: bytes) -> None:
    """Read a text as far as ``book.md``; every word must be in it or in the record."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "text.txt"
        path.write_bytes(data)
        report = Report()
        reading = read_source(path, Settings(title="A Title"), report, lambda _stage: None)
        settings = Settings(title="A Title", author=reading.authors)
        markdown = write_markdown(reading.book, settings, lang=reading.lang, report=report)
        references = write_references(reading.book.works.values())
        streams = proof.streams_of_markdown(markdown, references)
        meant = proof.streams_of_ast({"blocks": Blocks.of(reading.book).parsed()}, references)
        proof.check("markdown", streams, reading.source, reading.changes, report, meant)
        bad = [found for found in report.findings if found.code in proof.FAILURES]
        if bad:
            raise AssertionError(f"{bad[0].code} on line {bad[0].line}: {bad[0].message}")


def cited(data: bytes) -> None:
    """Read a text as references and as footnotes, and write them in all forms."""
    lines = data.decode("utf-8", "replace").split("\n")[:40]
    list(segmented(lines))
    list(noted(lines))
    for form in ("csljson", "bibtex", "ris"):
        converted(lines, form)


ENTRIES: dict[str, Callable[[bytes], None]] = {"book": book, "cite": cited}
GUIDES = {"book": "pipeline", "cite": "pipeline.cite"}
"""The package whose code guides atheris: to follow a library's, too, costs more than it tells."""


def changed(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """Return a text with a few changes: pieces put in, taken out, doubled, moved; lines of another; bytes flipped."""
    text = data
    for _ in range(dice.choice((1, 1, 2, 3, 5, 9, 20))):
        at, end = sorted((dice.randrange(len(text) + 1), dice.randrange(len(text) + 1)))
        match dice.randrange(9):
            case 0 | 1 | 2:
                text = (
                    text[:at]
                    + dice.choice(PIECES).encode("utf-8", "surrogatepass") * dice.choice((1, 1, 1, 2, 40))
                    + text[at:]
                )
            case 3:
                text = text[:at] + text[min(end, at + dice.choice((1, 5, 80, 2000))) :]
            case 4:
                end = min(end, at + 400)
                text = text[:end] + text[at:end] * dice.choice((1, 1, 7)) + text[end:]
            case 5:
                lines = text.split(b"\n")
                dice.shuffle(lines) if len(lines) < 30 else lines.insert(0, lines.pop(dice.randrange(len(lines))))
                text = b"\n".join(lines)
            case 6:
                other = dice.choice(others).split(b"\n")
                start = dice.randrange(len(other))
                text = text[:at] + b"\n".join(other[start : start + dice.choice((1, 3, 12))]) + text[at:]
            case 7 if text:
                text = text[:at] + bytes([dice.randrange(256)]) + text[at + 1 :]
            case _:
                text = text.replace(
                    *dice.choice(((b"\n\n", b"\n"), (b"\n", b"\n\n"), (b" ", b"  "), (b".", b""), (b"\n", b"\r\n")))
                )
    return text[:40_000]


def tried(entry: str, data: bytes) -> str:
    """Give an input to an entry point; return what is wrong, or nothing."""
    begun = time.process_time()
    try:
        ENTRIES[entry](data)
    except OctavoError as error:
        if error.exit_code not in (Exit.NO_INPUT, Exit.NOT_TEXT):
            return f"{error.exit_code.name}: {error}"
    except AssertionError as error:
        return str(error)
    except Exception:
        return (
            traceback.format_exc().strip().splitlines()[-1]
            + "\n"
            + "".join(traceback.format_exc().splitlines(keepends=True)[-6:])
        )
    seconds = time.process_time() - begun
    return f"took {seconds:.1f} s for {len(data)} bytes" if seconds > SLOW else ""


def cut(data: bytes, dice: random.Random) -> bytes:
    """Return some lines of a text, so that many inputs can be tried."""
    lines = data.split(b"\n")
    start = dice.randrange(max(1, len(lines) - 10))
    return b"\n".join(lines[start : start + dice.choice((8, 30, 120))])


@dataclass
class Tally:
    """How many inputs were tried, and what was wrong with which."""

    keep: Path | None = None
    counts: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def take(self, entry: str, data: bytes) -> None:
        """Try an input; print the first few of a kind that fail, and keep all that do."""
        self.counts[entry] += 1
        if not (wrong := tried(entry, data)):
            return
        kind = re.sub(r"\d+", "0", wrong.splitlines()[0])[:60]
        self.found[kind] += 1
        if self.found[kind] <= 3:
            print(f"{entry}: {wrong}\n  {data[:200]!r}", flush=True)
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{entry}-{self.counts.total():07}.txt").write_bytes(data)

    def told(self) -> int:
        """Print the count; return the exit code."""
        counted = ", ".join(f"{count} inputs to {entry}" for entry, count in sorted(self.counts.items()))
        print(counted, f"{self.found.total()} failed", flush=True)
        return int(bool(self.found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; print what was found, and how much was tried."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--entry", choices=sorted(ENTRIES), action="append")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--count", type=int, default=10**9, help="inputs at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that failed")
    parser.add_argument("--atheris", action="store_true", help="guided by coverage; further arguments are libFuzzer's")
    options, further = parser.parse_known_args(arguments)
    names = options.entry or sorted(ENTRIES)
    texts = [path.read_bytes() for folder in options.folders for path in sorted(folder.rglob("*.txt"))]
    texts = texts or SEEDS.read_bytes().split(b"=====\n")
    dice, tally = random.Random(options.seed), Tally(options.keep)
    end = time.monotonic() + 60 * options.minutes

    def done() -> bool:
        return time.monotonic() >= end or tally.counts.total() >= int(options.count)

    if options.atheris:
        return guided(names[0], texts, tally, done, [f"-seed={options.seed}", *further])
    while not done():
        tally.take(dice.choice(names), changed(cut(dice.choice(texts), dice), texts, dice))
    return tally.told()


def functions(holder: object, module: str) -> Iterator[FunctionType]:
    """Return the functions and methods that are defined in a module, cached ones and properties too."""
    for member in vars(holder).values():
        one = inspect.unwrap(getattr(member, "fget", None) or getattr(member, "func", None) or member)
        if isinstance(one, FunctionType) and one.__module__ == module:
            yield one
        elif isinstance(one, type) and one.__module__ == module and one is not holder:
            yield from functions(one, module)


def guided(entry: str, texts: Sequence[bytes], tally: Tally, done: Callable[[], bool], further: Sequence[str]) -> int:
    """Let atheris choose the inputs until it is done: half of the changes are its own, half are ours."""
    try:
        import atheris
    except ImportError:
        print("atheris is not there: pip install atheris", file=sys.stderr)
        return int(Exit.MISSING_PROGRAM)
    corpus = tempfile.TemporaryDirectory()

    def one(data: bytes) -> None:
        tally.take(entry, data)
        if done():  # libFuzzer would end the process itself, and with 0: it has seen no crash
            corpus.cleanup()
            os._exit(tally.told())

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        made: bytes = atheris.Mutate(data, most) if dice.random() < 0.5 else changed(data, texts, dice)[:most]
        return made

    dice = random.Random(entry)
    for number, text in enumerate(texts):
        (Path(corpus.name) / str(number)).write_bytes(cut(text, dice)[:LONGEST])
    begun = time.monotonic()
    for module in [module for name, module in sys.modules.items() if f"{name}.".startswith(f"{GUIDES[entry]}.")]:
        for function in functions(module, module.__name__):
            atheris.instrument_func(function)
    print(f"instrumented in {time.monotonic() - begun:.0f} seconds", flush=True)
    atheris.Setup([sys.argv[0], f"-max_len={LONGEST}", *further, corpus.name], one, custom_mutator=mutated)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OCTAVO_CACHE", str(Path(tempfile.gettempdir()) / "octavo-fuzz"))
    sys.exit(main())
