"""Same in, same out: the same bytes wherever, whenever and by whomever a book is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import Exit

ROOT = Path(__file__).parent.parent
TEXT = """\
The Kettle Papers

A kettle on the hob was never watched, and boiled. “It knows,” said the aunt.
Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, 1911, p. 12

A second kettle, bought in Łódź, whistled.
Pell, Jonas. The Vicar’s Kettle. York: Abbey Books, 1920, pp. 3-5
"""
SETTINGS = 'title = "Kettles"\nauthor = ["Ada Moorcroft", "Jonas Pell"]\nlang = "en-GB"\ncover = "cover.png"\n'


def made(place: Path, umask: int, **environment: str) -> dict[str, bytes]:
    """Make both editions in ``place`` with nothing in the environment but what is given; return what was made."""
    place.mkdir()
    (place / "kettles.txt").write_text(TEXT, encoding="utf-8")
    (place / "kettles.toml").write_text(SETTINGS, encoding="utf-8")
    (place / "cover.png").write_bytes((ROOT / "docs" / "pictures" / "spread.png").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "proof", str(place / "kettles.txt"), "--out", str(place / "out"), "-q"],
        cwd=ROOT if umask else place,
        env={"PYTHONPATH": str(ROOT), "OCTAVO_CACHE": str(place / "cache"), **environment},
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (Exit.OK, b"")
    found = {path.name: path.read_bytes() for path in (place / "out" / "kettles").iterdir()}
    report = json.loads(found["report.json"])
    del report["timings"]
    return found | {"report.json": json.dumps(report).encode()}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="umask and locales are those of POSIX")
def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    one = made(tmp_path / "a", 0o022, PYTHONHASHSEED="1", HOME=str(tmp_path), LC_ALL="C.UTF-8", TZ="Asia/Tokyo")
    bare = {"HOME": "/nowhere", "TMPDIR": "/nowhere", "LC_ALL": "tr_TR", "TZ": "America/Lima", "PYTHONHASHSEED": "77"}
    other = made(tmp_path / "another place", 0o077, **bare)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert "book.pdf" in one and "book.epub" in one
    here = str(tmp_path).encode()
    assert [name for name, data in one.items() if here in data] == []
