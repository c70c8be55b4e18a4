"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# At a desk each run tries other cases; where a run decides, the same ones, so that it decides the same way twice.
settings.register_profile("deciding", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("deciding")
