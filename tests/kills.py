"""Kills: builds are killed at random times and at their final move, and each time the book must be of one piece.

``python -m tests.kills --random 200 --aimed 200`` builds two editions of one text by turns into one folder, kills each
build with SIGKILL, and looks: all files are of the earlier edition or all of the later one, the next build succeeds,
and nothing is left behind. It prints what it saw.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline import files

ROOT = Path(__file__).parent.parent
TEXTS = (
    "The Weir\n\nThe weir was low all summer and the mill stood still.\n\nThe miller went to sea in the autumn.\n",
    "The Weir\n\nThe weir was high all winter and the mill ran day and night.\n\nThe miller never slept. He sang.\n",
)


def started(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a build of ``source``; its edition is that of the text that the file has now."""
    command = [sys.executable, "-m", "pipeline", "draft", str(source), "--out", str(out), "--fresh", "-q"]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE)


def edition(folder: Path) -> dict[str, str]:
    """Return what each file of a book holds, without what differs from build to build of the same text."""
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
    if "report.json" in found:
        report = json.loads(found["report.json"])
        del report["timings"]
        found["report.json"] = json.dumps(report)
    return found


def left_behind(folder: Path) -> list[str]:
    """Return the names of what no book has."""
    return [path.name for path in folder.iterdir() if path.name.startswith((files.BENCH, files.WHOLE))]


def aimed(folder: Path, build: subprocess.Popen[bytes], dice: random.Random) -> None:
    """Wait until the bench is all but whole, and then a moment more or less."""
    while build.poll() is None:
        for bench in folder.glob(".ma*"):
            if bench.name.startswith(files.WHOLE) or (bench / "report.html").exists():
                end = time.perf_counter() + dice.choice((0.0, dice.uniform(0, 0.004), dice.uniform(0, 0.02)))
                while time.perf_counter() < end:
                    pass
                return


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, look, and print the count; the exit code says whether all was well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=200, help="builds killed at random times (default: 200)")
    parser.add_argument("--aimed", type=int, default=200, help="builds killed at the final move (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    dice, tally = random.Random(options.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        os.environ["OCTAVO_CACHE"] = str(Path(place) / "cache")
        source, out = Path(place) / "weir.txt", Path(place) / "out"
        folder = out / "weir"
        known: list[dict[str, str]] = []
        seconds = 0.0
        for text in reversed(TEXTS):
            source.write_text(text, encoding="utf-8")
            begun = time.perf_counter()
            assert started(source, out).wait() == 0
            seconds = time.perf_counter() - begun
            known.insert(0, edition(folder))
        stands = 0
        for kill in range(options.random + options.aimed):
            kind, wanted = ("random" if kill < options.random else "aimed"), 1 - stands
            source.write_text(TEXTS[wanted], encoding="utf-8")
            build = started(source, out)
            if kind == "random":
                time.sleep(dice.uniform(0, seconds))
            else:
                aimed(folder, build, dice)
            hit = build.poll() is None
            (os.killpg if dice.random() < 0.5 else os.kill)(build.pid, signal.SIGKILL) if hit else None
            build.communicate()
            with files._alone(folder):  # who moves the last files is let finish
                now = edition(folder)
            was = now in known
            files.settle(folder)
            healed = edition(folder)
            stands = known.index(healed) if healed in known else stands
            tally[f"{kind}: killed" if hit else f"{kind}: ended before the kill"] += 1
            tally[f"{kind}: then the {'later' if healed == known[wanted] else 'earlier'} edition"] += hit
            tally[f"{kind}: FOUND IN PIECES"] += not was
            tally[f"{kind}: IN PIECES AFTER THE NEXT COMMAND"] += healed not in known
            tally[f"{kind}: SOMETHING LEFT BEHIND"] += bool(left_behind(folder))
            if kill % 5 == 0:
                tally[f"{kind}: next build asked for"] += 1
                tally[f"{kind}: NEXT BUILD FAILED"] += (
                    started(source, out).wait() != 0 or edition(folder) != known[wanted]
                )
                stands = wanted
    for name, count in sorted(tally.items()):
        print(f"{count:5}  {name}")
    return int(any(count for name, count in tally.items() if name.split(": ")[1].isupper()))


if __name__ == "__main__":
    sys.exit(main())
