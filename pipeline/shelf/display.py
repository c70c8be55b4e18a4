"""What a shelf shows of its books: page, feeds, tables, bibliography and report, made from what stands in its files."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from pipeline import files
from pipeline.shelf.bibliography import bibliography, cited_works, works_page
from pipeline.shelf.catalogue import cards, write_tables
from pipeline.shelf.feeds import FOLDER, feeds
from pipeline.shelf.page import index_page
from pipeline.shelf.stamp import BENCHES
from pipeline.shelf.summary import failures, report_page, summary


def display(shelf: Path, title: str) -> int:
    """Write everything that shows the books of a shelf; return how many they are.

    Raises:
        OctavoError: NO_ACCESS or DISK_FULL; each file appears whole or not at all.

    """
    found, failed = cards(shelf), failures(shelf)
    write_tables(shelf, found)
    works = cited_works(shelf, found)
    files.write_whole(shelf / "bibliography.json", bibliography(works, found))
    files.write_whole(shelf / "works.html", works_page(title, works, found))
    told = json.dumps({"title": title, **summary(found, failed)}, ensure_ascii=False, indent=1)
    files.write_whole(shelf / "report.json", f"{told}\n")
    files.write_whole(shelf / "report.html", report_page(title, found, failed))
    files.make_folder(shelf / BENCHES)
    bench = Path(tempfile.mkdtemp(dir=shelf / BENCHES, prefix="feeds-"))
    try:
        for path, content in feeds(title, found):
            files.write_whole(bench / path, content)
        if (shelf / FOLDER).exists():
            (shelf / FOLDER).rename(bench / "before")
        (bench / FOLDER).rename(shelf / FOLDER)
    except OSError as error:
        raise files.refused(error, shelf / FOLDER) from error
    finally:
        shutil.rmtree(bench, ignore_errors=True)
    files.write_whole(shelf / "index.html", index_page(title, found))
    return len(found)
