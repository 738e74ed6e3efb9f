"""How this axis declares a model constant."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Parameter


def number(
    identity: str,
    value: float,
    unit: str,
    meaning: str,
    source: str,
    *,
    omega: float | None = None,
    low: float | None = None,
    high: float | None = None,
    words: str = "",
) -> Parameter:
    """Return a parameter; it may be set between a tenth and ten times its value unless said otherwise."""
    lowest = value / 10.0 if low is None else low
    highest = value * 10.0 if high is None else high
    return Parameter(identity, unit, meaning, value, lowest, highest, source, omega, words)
