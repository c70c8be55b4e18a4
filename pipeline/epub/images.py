"""Pictures that an edited ``book.md`` brings: put into the book, or replaced by their description."""

from __future__ import annotations

from pathlib import Path

from pipeline.epub.package import File
from pipeline.epub.xhtml import Element, find, local, make, remove
from pipeline.pictures import picture
from pipeline.report import Report


def describe_missing(body: Element, folder: Path, report: Report) -> None:
    """Put the description of each picture of ``body`` that is not there, or may not be taken, in its place."""
    for image in find(body, ".//x:img"):
        source = image.get("src", "")
        if picture(source, folder) is not None:
            continue
        report.find("image-missing", image=source)
        parent = image.getparent()
        captioned = parent is not None and local(parent) == "figure" and bool(find(parent, "x:figcaption"))
        if not captioned:  # where it is, the description stands below
            image.addprevious(make("span", image.get("alt", "")))
        remove(image)


def take_images(body: Element, folder: Path) -> list[File]:
    """Return the pictures of ``body`` as files of the book; their paths are taken from ``folder``."""
    files: dict[str, File] = {}
    for image in find(body, ".//x:img"):
        source = image.get("src", "")
        found = picture(source, folder)
        if found is None:
            continue
        if source not in files:
            name = f"image-{len(files) + 1:02}{found.path.suffix.lower()}"
            files[source] = File(name, found.media_type, found.content)
        image.set("src", files[source].name)
        image.set("alt", image.get("alt", ""))
    return list(files.values())
