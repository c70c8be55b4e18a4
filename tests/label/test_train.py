"""The weights of the reading are learnt by a command, and come out the same each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pipeline.label.labeller import weights

ROOT = Path(__file__).parent.parent.parent
SAID = "The lamps along the quay were lit one after another while the tide came in, and nobody spoke of it."


def test_the_same_texts_give_the_same_weights_whatever_the_order_of_sets(tmp_path: Path) -> None:
    blocks: list[dict[str, object]] = []
    for number in range(1, 9):
        blocks += [
            {"role": "heading", "text": f"CHAPTER {number}", "level": 1},
            {"role": "para", "text": f"On day {number} it rained. {SAID} {SAID}"},
            {"role": "verse", "text": "The lamp is lit, the boats come in,"},
            {"role": "verse", "text": "And every sail is told."},
        ]
    (tmp_path / "lamps.truth.json").write_text(json.dumps({"blocks": blocks, "notes": {}}), encoding="utf-8")
    wrapped = "\n\n".join(str(block["text"]).replace(" while", "\nwhile").replace(" The", "\nThe") for block in blocks)
    (tmp_path / "lamps.txt").write_text(wrapped, encoding="utf-8")
    made = [tmp_path / f"{seed}.crf.xz" for seed in ("1", "77")]
    learning = [
        subprocess.Popen(
            [sys.executable, "-m", "pipeline.label.train", str(tmp_path), "--out", str(out)],
            env=os.environ | {"PYTHONHASHSEED": out.name.split(".")[0], "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        for out in made
    ]
    assert [one.wait() for one in learning] == [0, 0]
    first, second = (out.read_bytes() for out in made)
    assert first == second
    assert {"heading", "paragraph"} <= {label for labels in weights(made[0]).values() for label in labels}
