"""Words that are cut short: the full stop behind them is theirs, and ends nothing."""

from __future__ import annotations

from pipeline.alternatives import by_letter

SHORTENED = by_letter(
    "al|bd|bros|cie|cit|co|comp|corp|ed|esq|etc|gen|hon|ibid|inc|jnr|jun|ltd|no|nos|nr|op|p|pp|prof|pub|publ|rev|sen|univ"
    "|usw|vol|vols"
)
"""Those that end headings, and the names of publishers; in small letters, a pattern."""
