"""The beginning and the end of the command ``octavo``, or ``python -m pipeline``: also there Ctrl-C is quiet."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from types import FrameType
else:
    import _signal as signal  # what ``signal`` wraps: that takes long to load, and Ctrl-C would not be quiet meanwhile

_STOPPED = 130  # errors.Exit.INTERRUPTED; nothing is loaded before somebody is there who hears


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End at once: nothing has been begun."""
    os._exit(_STOPPED)


def _again(lost: sys.UnraisableHookArgs) -> None:
    """Say Ctrl-C once more, a moment later, where it was lost in a place that can raise nothing."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        import threading

        timer = threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGINT))
        timer.daemon = True
        timer.start()
    else:
        sys.__unraisablehook__(lost)


_ended: list[int] = []  # with what code, if the command has come to its end


def _leave() -> None:
    """End at once when all is done that was to be done at the end, without freeing a million things one by one.

    Who registers first is asked last.
    """
    if _ended:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or there is none
                stream.flush()
        os._exit(_ended[0])


def run() -> int:
    """Run the command; return its exit code."""
    signal.signal(signal.SIGINT, _stop)
    from pipeline import compiled, hellbox

    atexit.register(_leave)
    compiled.begin()
    hellbox.begin()
    from pipeline.cli import main

    sys.unraisablehook = _again
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = main()
    except KeyboardInterrupt:
        code = _STOPPED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is over
    _ended.append(code)
    return code


if __name__ == "__main__":
    sys.exit(run())
