"""A function test in words: what was sampled, what was read, what it means and how sure that is."""

from __future__ import annotations

import math

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.function_test_run import FunctionTestRun, ReadingResult
from endotune_desktop.ui.function_tests.run_picture import minute_words
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_number, shown_share, shown_value


def outcome_words(run: FunctionTestRun) -> str:
    """Return the reading: its name, its sentence, and the shares of the other readings among the members."""
    words = f"{run.outcome.title}. {run.outcome.sentence}"
    if not run.probabilities:
        return words
    shares = sorted(
        ((run.probabilities[outcome.id], outcome.title) for outcome in run.test.outcomes), key=lambda pair: -pair[0]
    )
    told = ", ".join(f"{title.lower()} {shown_share(share)}" for share, title in shares if share > 0.0)
    return f"{words} ({told})"


def reading_rows(run: FunctionTestRun) -> str:
    """Return the readings, one a line, with the range of nine members in ten."""
    return "\n".join(f"{entry.reading.title}: {_value(entry)}" for entry in run.readings)


def unit_words(unit: str) -> str:
    """Return a unit as it is written on screen."""
    return "" if unit == "-" else f"µ{unit[1:]}" if unit.startswith("ug") else unit


def sample_rows(run: FunctionTestRun, axis: Axis) -> str:
    """Return the samples of each drawn marker in a line."""
    lines = []
    for marker in run.test.markers:
        known = axis.marker(marker)
        values = ", ".join(
            f"{minute_words(minute)} {shown_value(marker, float(value))}"
            for minute, value in zip(run.test.sample_minutes, run.samples[marker], strict=True)
        )
        lines.append(f"{known.title} {unit_words(known.unit)}: {values}")
    return "\n".join(lines)


def _value(entry: ReadingResult) -> str:
    words = f"{shown_number(entry.value)}{NO_BREAK}{unit_words(entry.reading.unit)}".strip(NO_BREAK)
    if math.isnan(entry.low):
        return words
    return f"{words} ({shown_number(entry.low)} – {shown_number(entry.high)})"
