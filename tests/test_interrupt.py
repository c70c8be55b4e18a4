"""Ctrl-C at any moment: nothing is printed but a line, the exit code is 130, and nothing half-made stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import Exit

ROOT = Path(__file__).parent.parent


pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")

MOMENTS = {
    "while it loads": "import pipeline.__main__ as m, builtins; real = builtins.__import__\n"
    "def load(name, *more):\n"
    "    if name == 'pipeline.cli': press()\n"
    "    return real(name, *more)\n"
    "builtins.__import__ = load\n",
    "while it reads": "import pipeline.__main__ as m, pipeline.build as b\nb.read_source = lambda *a: press()\n",
    "where nothing can be raised": "import pipeline.__main__ as m, pipeline.build as b\n"
    "class Last:\n"
    "    def __del__(self): press()\n"
    "def read(*a):\n"
    "    Last()\n"
    "    time.sleep(600)\n"
    "b.read_source = read\n",
    "when it is over": "import pipeline.__main__ as m, pipeline.cli as c\n"
    "c.main = lambda: 130\nimport atexit\natexit.register(lambda: press(0))\n",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_is_quiet(tmp_path: Path, moment: str) -> None:
    source = tmp_path / "weir.txt"
    source.write_text("The weir was low all summer and the mill stood still.\n", encoding="utf-8")
    script = (
        "import os, signal, sys, time\n"
        "def press(wait=600):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(wait)\n"
        f"{MOMENTS[moment]}"
        f"sys.argv = ['octavo', 'draft', {str(source)!r}, '--out', {str(tmp_path / 'out')!r}]\n"
        "sys.exit(m.run())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )  # it does not wait for what it was doing, which takes longer
    assert done.returncode == Exit.INTERRUPTED, done.stderr
    assert "Traceback" not in done.stderr and "KeyboardInterrupt" not in done.stderr
    assert done.stderr.count("\n") <= 2
    assert not (tmp_path / "out").exists()


def test_a_stop_from_the_system_leaves_what_the_next_build_sweeps(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    waiting = (
        "import sys, time, pathlib\nfrom pipeline import files\n"
        "with files.together(pathlib.Path(sys.argv[1])) as bench:\n"
        "    print('at work', flush=True)\n    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", waiting, str(folder)], stdout=subprocess.PIPE, cwd=ROOT) as build:
        assert build.stdout is not None and build.stdout.readline()
        build.send_signal(signal.SIGTERM)
    from pipeline import files

    files.settle(folder)
    assert list(folder.iterdir()) == []
