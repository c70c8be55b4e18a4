"""Hostile texts: what each takes in time and memory, at one length and at twice that.

``python -m tests.hostile --size 500000`` drafts a book of each, in a process of its own, and prints the seconds, how
they grow when the text is doubled, and how many bytes of memory each further byte of the text takes, of Octavo itself
and of Pandoc, whose heap is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = "The weir was low all summer and the mill stood still while the miller went to sea. "

KINDS: dict[str, str] = {
    "plain paragraphs": WORDS * 6 + "\n\n",
    "wrapped lines": (WORDS * 6).replace("summer ", "summer\n").replace("miller ", "miller\n") + "\n\n",
    "one line": WORDS,
    "brackets [": "[",
    "nested brackets": "([{" * 20 + "a" + "}])" * 20 + " ",
    "nested quotes": "“‘" * 20 + "a" + "’”" * 20 + " ",
    "blank lines": "\n",
    "combining marks": "e" + "\u0301" * 50 + " ",
    "bidi overrides": "\u202eweir\u202c \u2066mill\u2069 ",
    "zero width": "w\u200be\u200di\u200cr\u2060 ",
    "private use": "\ue000\uf8ff ",
    "plane 15 and 16": "\U000f0000\U0010fffd ",
    "no-break spaces": "a\u00a0",
    "ampersands": "&",
    "slashes": "a/",
    "code": "`a` ",
    "emphasis": "_a_ ",
    "calls of notes": "a[1] ",
    "surrogates as bytes": "",
    "one-letter lines": "a\n",
    "numbered lines": "1. a\n",
    "headings": "CHAPTER I\n\n\n",
    "references": "Pell, Jonas. The Vicar’s Kettle. York: Abbey Books, 1920, p. 3\n\n",
}


def text(kind: str, size: int) -> bytes:
    """Return a text of about ``size`` bytes."""
    piece = KINDS[kind].encode() or b"weir \xed\xa0\x80\xed\xbf\xbf mill "
    head = b"The Weir\n\nThe weir was low.\n\n"
    return head + piece * max(1, (size - len(head)) // len(piece)) + b"\n\nThe miller went to sea.\n"


_DRAFT = """
import json, resource, sys
from pipeline.cli import main
code = main(sys.argv[1:])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([sum(one.ru_utime + one.ru_stime for one in used), *(one.ru_maxrss * 1024 for one in used), code]))
"""


def drafted(data: bytes) -> tuple[float, int, int, int]:
    """Draft a text; return seconds of CPU, bytes of memory of Octavo and of Pandoc, and the exit code."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "weir.txt"
        source.write_bytes(data)
        command = [sys.executable, "-c", _DRAFT, "draft", str(source), "--out", place, "-q", "--fresh"]
        environment = {**os.environ, "OCTAVO_CACHE": place}
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    seconds, ours, pandocs, code = json.loads(done.stdout)
    return seconds, ours, pandocs, code


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code says whether every text became a book."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=500_000, help="bytes of the longer text (default: 500,000)")
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    _, base, heap, _ = drafted(text("one line", 100))
    print(f"base: {base / 1e6:.0f} MB, Pandoc's {heap / 1e6:.0f} MB")
    print(
        "| text | bytes | seconds | twice the text takes | bytes of memory a byte | Pandoc's | exit |\n"
        "|---|---|---|---|---|---|---|"
    )
    bad = 0
    for kind in options.kinds or KINDS:
        half, whole = text(kind, options.size // 2), text(kind, options.size)
        (short, *less, _), (seconds, *more, code) = drafted(half), drafted(whole)
        bad += code != 0
        ours, pandocs = ((after - before) / (len(whole) - len(half)) for before, after in zip(less, more, strict=True))
        row = (f"{len(whole):,}", f"{seconds:.1f}", f"{seconds / short:.1f} ×", f"{ours:.0f}", f"{pandocs:.0f}", code)
        print(f"| {kind} | {' | '.join(map(str, row))} |", flush=True)
    print(f"({time.monotonic() - begun:.0f} seconds in all)")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
