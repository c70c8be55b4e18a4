"""AZW3 for a Kindle without the detour by Amazon, made from the EPUB by calibre if that is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import Exit, OctavoError


def make_azw3(book: bytes) -> bytes:
    """Turn an EPUB into an AZW3 with the same notes, contents and cover.

    Raises:
        OctavoError: MISSING_PROGRAM without calibre, TOOL_FAILED with the last that it said.

    """
    program = shutil.which("ebook-convert")
    if program is None:
        raise OctavoError(
            Exit.MISSING_PROGRAM,
            "calibre is not there, which makes AZW3.",
            "Install it (Debian: apt-get install calibre), or send the EPUB to the Kindle: Amazon converts it.",
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "book.epub", Path(folder) / "book.azw3"
        source.write_bytes(book)
        # Without --no-inline-toc calibre sets a second table of contents at the end of the book.
        command = [program, str(source), str(target), "--no-inline-toc"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not target.is_file():
            said = (done.stderr.strip() or done.stdout.strip() or "nothing said").splitlines()[-1]
            raise OctavoError(Exit.TOOL_FAILED, f"calibre made no AZW3: {said}.")
        return target.read_bytes()
