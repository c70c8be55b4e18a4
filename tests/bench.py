"""``make bench``: the speed of the reading, as ratios within one run, because machines differ.

Usage: python -m tests.bench [TEXT]. Without a text, the sample is repeated until it has a million letters.
Two figures: the reading of the text (read, repair, label, cite, arrange) against ``pandoc -f markdown -t json`` on the
same file, in seconds of processor time; and sixteen copies of the text against one.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
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


def reading(path: Path) -> float:
    """Return the seconds of processor time that the reading of ``path`` takes, without Python's own start."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def parsing(path: Path) -> float:
    """Return the seconds of processor time that Pandoc takes to parse ``path`` as Markdown."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [pandoc.program(), "--quiet", "-f", "markdown", "-t", "json", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
        sys.stdout.write(f"sixteen copies take {growth:.1f} times as long as one\n")


if __name__ == "__main__":
    main()
