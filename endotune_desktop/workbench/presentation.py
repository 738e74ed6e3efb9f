"""What a patient told and what was taken at visits, as series over days; it is shown, and no fit reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.physiology.axis import Axis

FULL_SCALE = 10.0
"""The greatest score of a symptom."""


class Kind(StrEnum):
    """How a series is drawn."""

    SCALE = "scale"
    LINE = "line"
    PRESSURE = "pressure"


@dataclass(frozen=True, slots=True)
class Point:
    """One entry.

    Attributes
    ----------
    on : date
    value : float
        In the series' unit; of a pressure the systolic one.
    lower : float
        The diastolic pressure, else as `value`.
    record_id : str
        Of the row that it is edited in.
    """

    on: date
    value: float
    lower: float
    record_id: str


@dataclass(frozen=True, slots=True)
class Series:
    """One complaint, or one thing that is taken at visits.

    Attributes
    ----------
    title : str
    unit : str
        Of a scale from 0 to 10 ``/10``.
    kind : Kind
    points : tuple of Point
        Oldest first, at least one.
    """

    title: str
    unit: str
    kind: Kind
    points: tuple[Point, ...]

    @property
    def span(self) -> tuple[float, float]:
        """Return the least and the greatest value that a drawing has room for."""
        if self.kind is Kind.SCALE:
            return 0.0, FULL_SCALE
        low = min(point.lower for point in self.points)
        high = max(point.value for point in self.points)
        air = max(0.15 * (high - low), 0.03 * high)
        return low - air, high + air

    def at(self, day: date) -> Point | None:
        """Return the newest entry up to a day, None before the first."""
        return next((point for point in reversed(self.points) if point.on <= day), None)

    def brief(self, point: Point | None) -> str:
        """Return an entry as written beside its line, where the unit stands already: ``6``, ``128/82``; – for none."""
        if point is None:
            return "–"
        return f"{point.value:g}/{point.lower:g}" if self.kind is Kind.PRESSURE else f"{point.value:g}"

    def words(self, point: Point | None) -> str:
        """Return an entry with its unit: ``6/10``, ``68 kg``, ``66/min``, ``128/82 mmHg``; a dash for none."""
        if point is None:
            return self.brief(point)
        between = "" if self.unit.startswith("/") else " "
        return f"{self.brief(point)}{between}{self.unit}"


def presentation_of(record: PatientRecord, axis: Axis) -> tuple[Series, ...]:
    """Return what is on record, the axis' own complaints first, then other ones, then weight, pulse and pressure.

    Parameters
    ----------
    record : PatientRecord
    axis : Axis
        The one that is shown.
    """
    scores: dict[str, list[Point]] = {title: [] for _, title in axis.symptoms}
    for score in reversed(record.symptoms):
        value = float(score.score)
        scores.setdefault(score.symptom, []).append(Point(score.on, value, value, score.id))
    found = [Series(title, "/10", Kind.SCALE, _ordered(points)) for title, points in scores.items() if points]
    weights, pulses, pressures = [], [], []
    for taken in reversed(record.vitals):
        if taken.weight_kg is not None:
            weights.append(Point(taken.on, taken.weight_kg, taken.weight_kg, taken.id))
        if taken.pulse_per_min is not None:
            pulses.append(Point(taken.on, taken.pulse_per_min, taken.pulse_per_min, taken.id))
        if taken.systolic_mmhg is not None and taken.diastolic_mmhg is not None:
            pressures.append(Point(taken.on, taken.systolic_mmhg, taken.diastolic_mmhg, taken.id))
    for title, unit, kind, points in (
        ("Weight", "kg", Kind.LINE, weights), ("Pulse", "/min", Kind.LINE, pulses),
        ("BP", "mmHg", Kind.PRESSURE, pressures),
    ):  # fmt: skip
        if points:
            found.append(Series(title, unit, kind, _ordered(points)))
    return tuple(found)


def _ordered(points: list[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.on))
