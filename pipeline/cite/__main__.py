"""Read citations from standard input, one a line, and write what is made of each: ``python -m pipeline.cite``.

A JSON object for each line: the fields that the rules found, and the segments that the second opinion sees. A model
other than the packaged one can be named as the only argument.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.cite.parse import parse
from pipeline.cite.second import MODEL, segments


def main(model: Path) -> None:
    """Run the command."""
    for line in sys.stdin:
        citation = parse(line)
        made = {"kind": citation.kind, "fields": citation.fields.json(), "segments": segments(line, model)}
        sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL)
