"""Commands that stay open: they tell their address, answer there at once, and Ctrl-C closes them without a word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import Exit

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")


@pytest.mark.parametrize("words", [["shelf", "serve", "shelf"], ["review", "texts/ferry.txt"]], ids=" ".join)
def test_what_is_opened_answers_and_is_closed(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "ferry.txt").write_text("The Ferry\n\nThe ferry left at six that day.\n", encoding="utf-8")
    if words[0] == "shelf":
        made = ["shelf", "make", str(tmp_path / "texts"), "--out", str(tmp_path / "shelf"), "--editions", "draft", "-q"]
        assert main(made) == Exit.OK
    command = [sys.executable, "-m", "pipeline", *words, "--json"]
    known = {**os.environ, "PYTHONPATH": str(ROOT)}
    opened = subprocess.Popen(
        command, cwd=tmp_path, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert opened.stdout is not None
        address = json.loads(opened.stdout.readline())["result"]
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(address, timeout=300) as answer:
            assert answer.status == 200
        opened.send_signal(signal.SIGINT)
        _, complaint = opened.communicate(timeout=300)
        assert opened.returncode in (Exit.OK, Exit.INTERRUPTED)
        assert "Traceback" not in complaint
    finally:
        opened.kill()
        opened.wait()
