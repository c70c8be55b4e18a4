"""What WeasyPrint may fetch: the pictures that the book was given, our own style sheets and faces, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline import styles
from pipeline.files import resolved
from pipeline.machine import weasyprint
from pipeline.pictures import Picture


def closed_fetcher(pictures: Mapping[str, Picture], fonts: Iterable[Path] = ()) -> Any:
    """Return a fetcher for WeasyPrint that knows ``pictures`` by their addresses, and the folders of our own files.

    ``fonts``: folders of further fonts that came with Octavo.

    It opens no connection: every other address is refused, which WeasyPrint says in a warning.

    Raises:
        OctavoError: MISSING_PROGRAM, without Pango.

    """
    weasyprint()
    import font_source_serif_pro
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    folders = (styles.folder(), Path(font_source_serif_pro.font_directory), *fonts)
    ours = tuple(resolved(folder) for folder in folders)

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if picture := pictures.get(url):
                return URLFetcherResponse(url, picture.content, {"Content-Type": picture.media_type})
            address = urlsplit(url)
            if address.scheme == "data":
                return super().fetch(url, headers)
            path = resolved(Path(unquote(address.path)))
            if address.scheme == "file" and not address.netloc and any(path.is_relative_to(one) for one in ours):
                return super().fetch(url, headers)
            raise ValueError(f"nothing is fetched from {url[:80]}")

    return Closed()
