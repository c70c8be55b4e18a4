"""The beginning and the end of the command ``octavo``, or ``python -m pipeline``: also there Ctrl-C is quiet."""

from __future__ import annotations

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


def run() -> int:
    """Run the command; return its exit code."""
    signal.signal(signal.SIGINT, _stop)
    from pipeline import compiled

    compiled.begin()
    from pipeline.cli import main

    sys.unraisablehook = _again
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = main()
    except KeyboardInterrupt:
        code = _STOPPED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is over; what is left is Python's own tidying
    return code


if __name__ == "__main__":
    sys.exit(run())
