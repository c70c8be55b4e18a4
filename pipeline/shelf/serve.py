"""Opening a shelf to readers, on this machine or at an address that is named."""

from __future__ import annotations

import importlib.util
import ipaddress
import socket
from pathlib import Path

from pipeline import installed
from pipeline.answer import Answer
from pipeline.errors import Exit, OctavoError


def serve(shelf: Path, host: str = "127.0.0.1", port: int = 0, answer: Answer | None = None) -> None:
    """Show a shelf at an address until Ctrl-C, and print that address.

    Args:
        shelf: a folder that ``octavo shelf make`` has made.
        host: an address of this machine.
        port: where to listen; 0 takes a free one.
        answer: is told the address.

    Raises:
        OctavoError: NO_INPUT for a folder that is no shelf, MISSING_PROGRAM without the extra ``shelf``, NO_ACCESS for
            an address or a port that cannot be had.

    """
    if not (shelf / "index.html").is_file():
        raise OctavoError(Exit.NO_INPUT, f"{shelf} is no shelf.", "Make one with: octavo shelf make")
    if not all(importlib.util.find_spec(name) for name in ("starlette", "uvicorn")):
        raise OctavoError(Exit.MISSING_PROGRAM, "The server is not installed.", f"Run: {installed.install('shelf')}")
    import uvicorn

    from pipeline.shelf.web import shelf_app

    app = shelf_app(shelf, only_loopback=_is_loopback(host))
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()  # before the address is told
    except OSError as error:
        raise OctavoError(
            Exit.NO_ACCESS,
            f"Cannot listen at {host}:{port}: {(error.strerror or str(error)).lower()}.",
            "Choose another address with --host or --port.",
        ) from error
    with listening:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        (answer or Answer("shelf serve")).open(f"The shelf is open (Ctrl-C closes it): {address}", address)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
