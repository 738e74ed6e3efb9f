"""A function test in words: what was sampled, what was read, what it means and how sure that is."""

from __future__ import annotations

import math

from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.function_test_run import FunctionTestRun, ReadingResult
from endotune_desktop.tuning.function_tests import Reading, ReadingKind
from endotune_desktop.ui.function_tests.run_picture import minute_words
from endotune_desktop.ui.shown_units import marker_unit, unit_written
from endotune_desktop.ui.widgets.numbers import DASH, NO_BREAK, shown_number, shown_share, shown_value

CONVERTED = frozenset({ReadingKind.VALUE, ReadingKind.PEAK, ReadingKind.NADIR, ReadingKind.RISE})
"""Readings in the unit of their marker; the others are ratios, per cent and minutes."""


def outcome_words(run: FunctionTestRun) -> str:
    """Return the outcome with its share, and those of the others, among the members."""
    if not run.probabilities:
        return f"{run.outcome.title}."
    own = run.probabilities.get(run.outcome.id, math.nan)
    words = run.outcome.title if math.isnan(own) else f"{run.outcome.title}: {shown_share(own)}"
    others = sorted(
        (
            (share, outcome.title)
            for outcome in run.test.outcomes
            if outcome.id != run.outcome.id and (share := run.probabilities[outcome.id]) > 0.0
        ),
        key=lambda pair: -pair[0],
    )
    return "; ".join([words, *(f"{title.lower()}{NO_BREAK}{shown_share(share)}" for share, title in others)])


def reading_unit(axis: Axis, reading: Reading, system: UnitSystem) -> tuple[str, float]:
    """Return the unit that a reading is shown in, and what divides its value into it."""
    marker = axis.marker(reading.marker)
    if reading.kind in CONVERTED and reading.unit == marker.unit:
        return marker_unit(marker, system)
    return unit_written(reading.unit), 1.0


def reading_words(entry: ReadingResult, axis: Axis, system: UnitSystem) -> tuple[str, str]:
    """Return a reading with its unit, and the range of nine members in ten, empty without members."""
    unit, factor = reading_unit(axis, entry.reading, system)
    kind, marker = entry.reading.kind, entry.reading.marker

    def shown(value: float) -> str:
        if kind in CONVERTED:
            return shown_value(marker, value, factor=factor)
        return f"{value:.0f}" if kind is ReadingKind.PEAK_MINUTE else shown_number(value)

    value = f"{shown(entry.value)}{NO_BREAK}{unit}".strip(NO_BREAK)
    if math.isnan(entry.low):
        return value, ""
    return value, f"{shown(entry.low)}{DASH}{shown(entry.high)}"


def sample_rows(run: FunctionTestRun, axis: Axis, system: UnitSystem) -> str:
    """Return the samples of each drawn marker in a line."""
    lines = []
    for marker in run.test.markers:
        known = axis.marker(marker)
        unit, factor = marker_unit(known, system)
        values = ", ".join(
            f"{minute_words(minute)} {shown_value(marker, float(value), factor=factor)}"
            for minute, value in zip(run.test.sample_minutes, run.samples[marker], strict=True)
        )
        lines.append(f"{known.title} {unit}: {values}")
    return "\n".join(lines)
