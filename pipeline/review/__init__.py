"""The editor's desk: read, doubt, decide, and see it at once, in a browser on the same machine."""

from __future__ import annotations

import importlib.util
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from pipeline import installed
from pipeline.answer import Answer
from pipeline.errors import Exit, OctavoError
from pipeline.settings import Settings


def review(
    source: Path,
    choose: Callable[[], Settings],
    file: Path,
    out: Path,
    port: int = 0,
    answer: Answer | None = None,
) -> None:
    """Open the desk for a source on the loopback interface, and print its address; it stays open until Ctrl-C.

    Args:
        source: the raw text.
        choose: gives the settings, as for a draft, whenever they are asked for.
        file: of the settings; the form of the metadata writes there.
        out: where books go: the pages shown are those of the PDF there.
        port: where to listen; 0 takes a free one.
        answer: is told the address.

    Raises:
        OctavoError: MISSING_PROGRAM without the extra ``review``, NO_ACCESS for a port that is taken, and whatever a
            draft of the source would raise.

    """
    if not all(importlib.util.find_spec(name) for name in ("starlette", "uvicorn", "jinja2", "tomlkit", "filelock")):
        raise OctavoError(Exit.MISSING_PROGRAM, "The desk is not installed.", f"Run: {installed.install('review')}")
    import uvicorn

    from pipeline.review.app import desk_app
    from pipeline.review.desk import Desk

    desk = Desk(source, choose, file, out)
    desk.sheet()  # a source that cannot be read is told here, and not in the browser
    token = secrets.token_urlsafe(16)
    with socket.socket() as listening:
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen()  # before the address is told
        except OSError as error:
            raise OctavoError(Exit.NO_ACCESS, f"Port {port} is taken.", "Choose another with --port.") from error
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/{token}/"
        (answer or Answer("review")).open(f"The desk is open (Ctrl-C closes it): {address}", address)
        try:
            uvicorn.Server(uvicorn.Config(desk_app(desk, token), log_level="warning")).run(sockets=[listening])
        finally:
            desk.close()
