"""``python -m tests.alarms TEXT …``: how often a finding on the wording stands in texts that people have proof-read.

Most of what is found in such a text is a false alarm, or at least no fault that its proof-readers saw.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.suspicion import inspect_book


def main(paths: list[Path]) -> None:
    every: Counter[str] = Counter()
    words = 0
    for path in paths:
        reading = read_source(path, Settings(), Report(), lambda _stage: None)
        report = Report()
        inspect_book(reading, report)
        size = sum(len(line.text.split()) for line in reading.lines)
        codes = Counter(found.code for found in report.findings if found.family != "citation")
        print(f"{path.name:30} {size:9,} words {_rate(codes.total(), size)}  {dict(codes.most_common())}", flush=True)
        every += codes
        words += size
    print(f"{'all':30} {words:9,} words {_rate(every.total(), words)}  {dict(every.most_common())}")


def _rate(count: int, words: int) -> str:
    return f"{10_000 * count / max(1, words):6.2f} in 10,000"


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
