"""So that ``python -m pipeline`` is the same as ``octavo``."""

from pipeline.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
