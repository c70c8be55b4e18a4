"""Make the pictures of the documentation: ``make pictures``, or ``python docs/pictures.py [NAME …]``.

Each is taken of a book that is made for it: pages of the sample in every style, the title page of the example in
``settings.md``, the cover of its e-book, and the desk, for which Chromium is needed; without it the old one stays.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from pipeline.styles import print_styles  # noqa: E402

SAMPLE = HERE.parent / "examples" / "the-lamp-room-papers.txt"
PICTURES = HERE / "pictures"
COLOURS = 16  # of a page; of a page on a screen there are more
GAP = 8
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def spread(folder: Path) -> Image.Image:
    """Return an opening of the sample, with notes on both its pages."""
    return _opening(_pdf(SAMPLE, folder), 2.4)


def styled(style: str) -> Callable[[Path], Image.Image]:
    """Return what makes the picture of a style: an opening of the sample in it, all of one height."""

    def make(folder: Path) -> Image.Image:
        opening = _opening(_pdf(SAMPLE, folder, "--style", style), 1.4)
        return opening.resize((round(opening.width * 460 / opening.height), 460), Image.Resampling.LANCZOS)

    return make


def title_page(folder: Path) -> Image.Image:
    """Return the title page and the imprint of the example in ``settings.md``."""
    _example(folder)
    return _pages(_pdf(folder / "letters.txt", folder), (0, 1), 1.6)  # so short a book has no half title


def cover(folder: Path) -> Image.Image:
    """Return the cover of its e-book."""
    _example(folder)
    _octavo("epub", str(folder / "letters.txt"), "--out", str(folder))
    with zipfile.ZipFile(folder / "letters" / "book.epub") as book:
        name = next(name for name in book.namelist() if name.endswith("cover.png"))
        picture = Image.open(io.BytesIO(book.read(name))).convert("RGB")
    return picture.resize((300, 480), Image.Resampling.LANCZOS)


def desk(folder: Path) -> Image.Image | None:
    """Return the desk as Chromium shows it, with the first doubt of the sample; nothing without Chromium."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.stderr.write("Chromium is not here; the picture of the desk stays as it is.\n")
        return None
    source = Path(shutil.copy(SAMPLE, folder))
    shutil.copy(SAMPLE.with_suffix(".toml"), folder)
    command = [sys.executable, "-m", "pipeline", "review", str(source), "--json"]
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = json.loads(server.stdout.readline())["result"]
            shot = folder / "desk.png"
            asked = (
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--window-size=1280,800",
                "--virtual-time-budget=4000",
            )
            subprocess.run([browser, *asked, f"--screenshot={shot}", address], check=True, capture_output=True)
            return Image.open(shot).convert("RGB")
        finally:
            server.terminate()


MAKERS: dict[str, Callable[[Path], Image.Image | None]] = {
    "spread": spread,
    "title-page": title_page,
    "cover": cover,
    "desk": desk,
    **{f"style-{style}": styled(style) for style in print_styles()},
}


def _octavo(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pipeline", *words, "-q"], cwd=HERE.parent, check=True)


def _pdf(source: Path, folder: Path, *words: str) -> Path:
    """Print a text into ``folder``; return its PDF."""
    _octavo("pdf", str(source), "--out", str(folder), *words)
    return next(folder.glob("*/book.pdf"))


def _example(folder: Path) -> None:
    """Write the text of ``first-book.md`` and the settings of ``settings.md`` into ``folder``."""
    for page, name in (("first-book.md", "letters.txt"), ("settings.md", "letters.toml")):
        words = (HERE / page).read_text(encoding="utf-8")
        found = re.search(rf"^```\w+ {re.escape(name)}\n(.*?)^```", words, re.DOTALL | re.MULTILINE)
        assert found is not None, f"{page} has no {name}"
        (folder / name).write_text(found[1], encoding="utf-8")


def _opening(pdf: Path, scale: float) -> Image.Image:
    """Return two facing pages, verso and recto: those whose emptier page is the fullest, before the bibliography."""
    with pypdfium2.PdfDocument(pdf) as book:
        full = [page.get_textpage().count_chars() for page in book]
    versos = range(7, len(full) * 3 // 4, 2)
    verso = max(versos, key=lambda place: min(full[place : place + 2]))
    return _pages(pdf, (verso, verso + 1), scale)


def _pages(pdf: Path, places: Sequence[int], scale: float) -> Image.Image:
    """Return pages of a PDF (from 0) side by side."""
    with pypdfium2.PdfDocument(pdf) as book:
        pages = [book[place].render(scale=scale).to_pil().convert("RGB") for place in places]
    out = Image.new("RGB", (sum(page.width for page in pages) + GAP * (len(pages) - 1), pages[0].height), "#999")
    left = 0
    for page in pages:
        out.paste(page, (left, 0))
        left += page.width + GAP
    return out


def main(names: Sequence[str]) -> None:
    """Make the pictures ``names``, or all."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or MAKERS:
        with tempfile.TemporaryDirectory() as folder:
            picture = MAKERS[name](Path(folder))
        if picture is not None:
            colours = 64 if name == "desk" else COLOURS
            target = PICTURES / f"{name}.png"
            picture.quantize(colours).save(target, "PNG", optimize=True)
            sys.stdout.write(f"{target.relative_to(HERE.parent)}: {target.stat().st_size // 1000} KB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
