"""Hostile texts: what each takes in time and memory, at one length and at twice that.

``python -m tests.hostile --size 500000`` drafts a book of each, in a process of its own, and prints the seconds, how
they grow when the text is doubled, and how many bytes of memory each further byte of the text takes. Memory is that of
the largest process, ours or Pandoc's.
"""

from __future__ import annotations

import argparse
import os
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


def drafted(data: bytes) -> tuple[float, int, int]:
    """Draft a text; return seconds of CPU, bytes of memory and the exit code."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "weir.txt"
        source.write_bytes(data)
        command = [sys.executable, "-m", "pipeline", "draft", str(source), "--out", place, "-q", "--fresh"]
        child = os.fork()
        if child == 0:
            os.chdir(ROOT)
            os.environ["OCTAVO_CACHE"] = place
            os.execv(sys.executable, command)
        _, status, usage = os.wait4(child, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code says whether every text became a book."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=500_000, help="bytes of the longer text (default: 500,000)")
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    _, base, _ = drafted(text("one line", 100))
    print(f"base: {base / 1e6:.0f} MB")
    print(
        "| text | bytes | seconds | twice the text takes | bytes of memory a byte | exit |\n|---|---|---|---|---|---|"
    )
    bad = 0
    for kind in options.kinds or KINDS:
        half, whole = text(kind, options.size // 2), text(kind, options.size)
        (short, less, _), (seconds, memory, code) = drafted(half), drafted(whole)
        bad += code != 0
        share = (memory - less) / (len(whole) - len(half))
        print(
            f"| {kind} | {len(whole):,} | {seconds:.1f} | {seconds / short:.1f} × | {share:.0f} | {code} |", flush=True
        )
    print(f"({time.monotonic() - begun:.0f} seconds in all)")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
