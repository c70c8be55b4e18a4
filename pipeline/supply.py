"""Supply: what Octavo is made of besides its own code: packages, with their hashes, and models, with their data.

``python -m pipeline.supply wanted [EXTRA …]`` (part of the set-up, with nothing installed yet) prints what pip has to
install, each package with the hashes of all its files, as ``constraints.txt`` has them.
``python -m pipeline.supply sbom FILE`` adds the models to a bill of materials in CycloneDX.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRAS = re.compile(r"octavo\[([^\]]+)\]")
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==")
_VIA = re.compile(r"^    # +(?:via )?([A-Za-z0-9][\w.-]*)")


def wanted(extras: Sequence[str] = (), project: str | None = None, pins: str | None = None) -> str:
    """Return the part of ``constraints.txt`` that the project needs with ``extras``, for ``pip install -r``.

    Args:
        extras: names of optional dependencies in ``pyproject.toml``.
        project: ``pyproject.toml``, if not the one at hand.
        pins: ``constraints.txt``, likewise; behind each package stands by which others it is needed (``# via``).

    """
    table = tomllib.loads(project or (_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = pins or (_ROOT / "constraints.txt").read_text(encoding="utf-8")
    needed = {_plain(one) for one in _asked(table, extras)}
    blocks = re.split(r"\n(?=[A-Za-z0-9])", f"\n{pins}".rstrip("\n"))[1:]
    names = [_plain(found[1]) if (found := _PINNED.match(block)) else "" for block in blocks]
    by = [{_plain(found[1]) for line in block.splitlines() if (found := _VIA.match(line))} for block in blocks]
    while more := {name for name, via in zip(names, by, strict=True) if name not in needed and via & needed}:
        needed |= more
    return "".join(f"{block}\n" for name, block in zip(names, blocks, strict=True) if name in needed)


def _asked(table: dict[str, Any], extras: Sequence[str]) -> Iterator[str]:
    """Yield the names of the packages that the project itself asks for: to be built, to be run, and for ``extras``."""
    optional = table["project"].get("optional-dependencies", {})
    rows = [*table["build-system"]["requires"], *table["project"]["dependencies"]]
    rows += [row for extra in extras for row in optional[extra]]
    for row in rows:
        if own := _EXTRAS.match(row):
            yield from _asked(table, [extra.strip() for extra in own[1].split(",")])
        elif name := _NAME.match(row):
            yield name[0]


def _plain(name: str) -> str:
    """Return a package's name as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def models() -> Iterator[dict[str, Any]]:
    """Yield the models, as components of CycloneDX 1.6: what each does, its SHA-256, its licence, its data."""
    for model in tomllib.loads((_HERE / "models.toml").read_text(encoding="utf-8"))["model"]:
        path = _HERE / model["file"]
        data = [
            {
                "type": "dataset",
                "name": one["name"],
                "classification": "public",
                "description": f"licence {one['licence']}" + (f"; SHA-256 {one['sha256']}" if "sha256" in one else ""),
            }
            for one in model["data"]
        ]
        yield {
            "type": "machine-learning-model",
            "bom-ref": f"model:{model['file']}",
            "name": f"octavo/{model['file']}",
            "description": f"{model['what']}; made by {model['by']}",
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "licenses": [{"license": {"id": model["licence"]}}],
            "modelCard": {"modelParameters": {"datasets": data}},
        }


def add_models(path: Path) -> None:
    """Add the models to the bill of materials at ``path``."""
    bill = json.loads(path.read_text(encoding="utf-8"))
    bill["components"] = [*bill.get("components", []), *models()]
    path.write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says; return the exit code."""
    match arguments:
        case ["wanted", *extras]:
            sys.stdout.write(wanted(extras))
        case ["sbom", path]:
            add_models(Path(path))
        case ["models"]:
            for model in models():
                sys.stdout.write(f"{model['name']}  {model['licenses'][0]['license']['id']}  {model['description']}\n")
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
