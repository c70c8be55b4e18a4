"""``make bench-editions``: what a book costs, beside what others take for the same text.

Usage: python -m tests.bench_editions [TEXT] [--runs N]. Without a text, the sample.

Each in turn, as often as asked: Octavo from the raw text with an empty cache, with nothing changed, with one word
changed, and the pages around a place; the others from the ``book.md`` that Octavo made. What is not there is named.
Told are the medians of wall time, of processor time and of the most memory that all processes of a run had together
(on Linux; elsewhere that of the largest), and each wall time as a ratio to that of the first of its kind. No test
asserts a time: machines differ, and so do hours.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from pipeline import pandoc
from tests.bench import with_bytecode

SAMPLE = Path(__file__).parent.parent / "examples" / "the-lamp-room-papers.txt"
OCTAVO = (sys.executable, "-m", "pipeline")
WEASYPRINT = """
import sys, weasyprint
weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
_TICK = 0.05  # seconds between two looks at the memory


@dataclass
class Cost:
    """Wall time and processor time in seconds, memory in megabytes."""

    wall: float
    cpu: float
    memory: float


@dataclass
class Rival:
    """Something to measure: ``commands`` are run one after the other; ``before`` gets them ready, unmeasured."""

    name: str
    commands: Sequence[Sequence[str]]
    before: Callable[[], None] = lambda: None
    env: dict[str, str] = field(default_factory=dict)
    costs: list[Cost] = field(default_factory=list)


def measured(commands: Sequence[Sequence[str]], folder: Path, env: dict[str, str]) -> Cost:
    """Run commands one after the other."""
    start, before, most = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN), 0.0
    for command in commands:
        with subprocess.Popen(
            command, cwd=folder, env={**with_bytecode(), **env}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as run:
            while run.poll() is None:
                most = max(most, _memory(run.pid))
                time.sleep(_TICK)
            if run.returncode:
                said = run.stderr.read().decode(errors="replace") if run.stderr else ""
                raise RuntimeError(f"{command[0]} ended with {run.returncode}: {said[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - start, cpu, most or after.ru_maxrss / 1024)


def _memory(process: int) -> float:
    """Return the megabytes that a process and its children have; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/statm").read_text(encoding="ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    own = int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return own + sum(_memory(int(child)) for child in children)


def editions(text: Path, folder: Path) -> tuple[list[list[Rival]], list[str]]:
    """Return what to measure, by kind, and the names of the peers that are not there."""
    cache, out = folder / "cache", folder / "out"
    changed = folder / text.name
    words = text.read_text(encoding="utf-8", errors="replace")
    middle = words.index(" the ", len(words) // 2)
    changed.write_text(words, encoding="utf-8")
    subprocess.run([*OCTAVO, "draft", str(changed), "--out", str(out), "-q"], check=True, env=with_bytecode())
    (book,) = (path.parent for path in out.glob("*/book.md"))
    markdown = str(book / "book.md")

    def whole() -> None:
        changed.write_text(words, encoding="utf-8")

    def empty() -> None:
        whole()
        shutil.rmtree(cache, ignore_errors=True)

    def edited() -> None:
        number = sum(1 for _ in folder.glob("edit-*"))
        (folder / f"edit-{number}").touch()
        changed.write_text(f"{words[:middle]} those{'e' * number} {words[middle + 5 :]}", encoding="utf-8")

    def octavo(name: str, before: Callable[[], None], *arguments: str) -> Rival:
        command = (*OCTAVO, arguments[0], str(changed), "--out", str(out), "-q", *arguments[1:])
        return Rival(f"Octavo, {name}", [command], before, {"OCTAVO_CACHE": str(cache)})

    setting = (pandoc.program(), markdown, f"--resource-path={book}", "--citeproc", "--standalone")
    absent: list[str] = []

    def peer(name: str, there: object, *commands: Sequence[str]) -> list[Rival]:
        if not there:
            absent.append(name)
            return []
        return [Rival(name, commands)]

    html, tex, typ = (str(folder / f"peer.{kind}") for kind in ("html", "tex", "typ"))
    pdf, epub = str(folder / "peer.pdf"), str(folder / "peer.epub")
    weasyprint = (sys.executable, "-c", WEASYPRINT, html, pdf)
    xelatex = ("xelatex", "-interaction=batchmode", tex)
    kinds = [
        [
            *peer("pandoc -t json", True, (pandoc.program(), "-f", "markdown", "-t", "json", "-o", html, str(text))),
            octavo("draft", empty, "draft"),
        ],
        [
            *peer("pandoc + WeasyPrint, pdf/ua-1", True, (*setting, "-o", html), weasyprint),
            octavo("PDF, cold", empty, "pdf"),
            octavo("PDF, nothing changed", whole, "pdf"),
            octavo("PDF, one word changed", edited, "pdf"),
            octavo("preview, one word changed", edited, "pdf", "--preview", "12"),
            *peer("pandoc + XeLaTeX", shutil.which("xelatex"), (*setting, "-o", tex), xelatex, xelatex),
            *peer("pandoc + Typst", find_spec("typst"), (*setting, "-o", typ), (sys.executable, "-c", TYPST, typ, pdf)),
        ],
        [
            *peer("pandoc -t epub3", True, (*setting, "-t", "epub3", "-o", epub)),
            octavo("EPUB, cold", empty, "epub"),
            octavo("EPUB, nothing changed", whole, "epub"),
            octavo("EPUB, one word changed", edited, "epub"),
            *peer("calibre", shutil.which("ebook-convert"), ("ebook-convert", html, epub)),
        ],
    ]
    return kinds, absent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        kinds, absent = editions(options.text.resolve(), folder)
        failed: list[str] = []
        for _ in range(options.runs):
            for kind in kinds:
                for rival in tuple(kind):
                    rival.before()
                    try:
                        rival.costs.append(measured(rival.commands, folder, rival.env))
                    except RuntimeError as failure:
                        if rival.name.startswith("Octavo") or rival is kind[0]:
                            raise
                        # A peer that cannot set this text here is no reason to learn nothing of the others.
                        kind.remove(rival)
                        failed.append(f"{rival.name}: {failure}")
        print(f"{'':32}{'wall':>9}{'ratio':>8}{'CPU':>10}{'memory':>10}")
        for kind in kinds:
            first = statistics.median(cost.wall for cost in kind[0].costs)
            for rival in kind:
                wall, cpu, memory = (
                    statistics.median(getattr(cost, name) for cost in rival.costs) for name in ("wall", "cpu", "memory")
                )
                print(f"{rival.name:32}{wall:7.2f} s{wall / first:8.2f}{cpu:8.2f} s{memory:7.0f} MB")
        for name in failed:
            print(f"failed, and not measured: {name}")
        if absent:
            print(f"not there, and not measured: {', '.join(absent)}")


if __name__ == "__main__":
    main()
