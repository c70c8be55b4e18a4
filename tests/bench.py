"""``make bench``: the speed of the reading, as ratios within one run, because machines differ.

Usage: python -m tests.bench [TEXT]. Without a text, the sample is repeated until it has a million letters.
The reading of the text (read, repair, label, cite, arrange) against ``pandoc -f markdown -t json`` on the same file, in
seconds of processor time; sixteen copies of the text against one; and lines and paragraphs that would show a rule
slower than linear, each twice as long as the last: how many times as long a doubling takes.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from pipeline import pandoc

SAMPLE = Path(__file__).parent.parent / "examples" / "the-lamp-room-papers.txt"
RUNS = 5
READ = """
import sys, time
from pathlib import Path
from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
path = Path(sys.argv[1])
start = time.process_time()
read_source(path, Settings(title="-"), Report(), lambda stage: None)
print(time.process_time() - start)
"""


NASTY = {
    "signs (&)": "& ",
    "no-break spaces": "a\u00a0",
    "slashes": "a/",
    "emphasis": "_a_ ",
    "code": "`a` ",
    "brackets": "[",
    "stars": "*",
    "quotation marks": "“a ",
    "names and years": "Smith (1999), ",
    "dashes": "a—",
    "full stops": "a. ",
    "a wrapped paragraph": "the lamp on the quay was lit at five in winter and at nine in summer\n",
    "short lines": "a rope, a shoe\n",
    "numbers on lines": "12\n",
}
"""What is repeated: on one line, or line by line. A paragraph of short lines has some 27,000 of them at the end."""
LISTED: dict[str, Callable[[int], str]] = {
    "headings": lambda n: f"CHAPTER {n}\n\nThe lamp was lit at five in winter.\n\n\n",
    "contents with pages": lambda n: f"Chapter {n}. The Lamp of Quay {n} ........ {n}\n",
    "contents without": lambda n: f"Chapter {n}. The Lamp of Quay {n}\n",
}
"""What is counted. Below contents stand the chapters that they name."""
CHAPTERS = (500, 1_000, 2_000, 4_000)
SIZES = (50_000, 100_000, 200_000, 400_000)  # characters


def with_bytecode() -> dict[str, str]:
    """Return the environment in which Python keeps bytecode, as it does for users: for Octavo and its peers alike."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def reading(path: Path) -> float:
    """Return the seconds of processor time that the reading of ``path`` takes, without Python's own start."""
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=with_bytecode())
    return float(done.stdout)


def parsing(path: Path) -> float:
    """Return the seconds of processor time that Pandoc takes to parse ``path`` as Markdown."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [pandoc.program(), "--quiet", "-f", "markdown", "-t", "json", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def counted(name: str, made: Callable[[int], str], count: int) -> str:
    """Return a text of so many headings, or a list of contents of so many entries and the chapters below it."""
    whole = "".join(map(made, range(1, count + 1)))
    if not name.startswith("contents"):
        return whole
    below = "".join(f"Chapter {n}. The Lamp of Quay {n}\n\nThe lamp was lit.\n\n\n" for n in range(1, count + 1))
    return f"THE QUAY\n\n\nCONTENTS\n\n{whole}\n\n\n{below}"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one.txt", Path(folder) / "many.txt"
        text = (Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE).read_bytes()
        if len(sys.argv) == 1:
            text = (text + b"\n\n\n") * (1_000_000 // len(text) + 1)
        one.write_bytes(text)
        many.write_bytes((text + b"\n\n\n") * 16)
        pairs = [(reading(one), parsing(one)) for _ in range(RUNS)]
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        sys.stdout.write(f"reading {ours:.2f} s, pandoc -f markdown -t json {theirs:.2f} s: ratio {ratio:.2f}\n")
        growth = reading(many) / ours
        sys.stdout.write(f"{len(text) / 1000 / ours:.0f} KB a second\n")
        sys.stdout.write(f"sixteen copies take {growth:.1f} times as long as one\n")

        sys.stdout.write(f"\n{'doubled':24}{''.join(f'{size // 1000:>8} KB' for size in SIZES[1:])}\n")
        for name, part in NASTY.items():
            times = []
            for size in SIZES:
                one.write_text(part * (size // len(part)), encoding="utf-8")
                times.append(reading(one))
            ratios = "".join(f"{after / before:10.1f}×" for before, after in pairwise(times))
            sys.stdout.write(f"{name:24}{ratios}   {times[-1]:.2f} s\n")

        sys.stdout.write(f"\n{'doubled':24}{''.join(f'{count:>11}' for count in CHAPTERS[1:])}\n")
        for name, made in LISTED.items():
            times = []
            for count in CHAPTERS:
                one.write_text(counted(name, made, count), encoding="utf-8")
                times.append(reading(one))
            ratios = "".join(f"{after / before:10.1f}×" for before, after in pairwise(times))
            sys.stdout.write(f"{name:24}{ratios}   {times[-1]:.2f} s\n")


if __name__ == "__main__":
    main()
