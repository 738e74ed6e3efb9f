"""What the phase plot shows of a session: two markers against each other, in axis coordinates."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.records import LabResult
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.dose_strip import date_ticks
from endotune_desktop.ui.courses.painting import value_at
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.shown_units import marker_unit
from endotune_desktop.ui.whatif.scenario_table import reference_of
from endotune_desktop.ui.widgets.numbers import shown_amount
from endotune_desktop.ui.words import unit_words
from endotune_desktop.workbench.course_view import CourseView, Curve
from endotune_desktop.workbench.session import Session

FloatArray = npt.NDArray[np.float64]
Point = tuple[float, float]
LEAST_SHARE, LEAST_DECADES = 0.1, 0.1
"""What is seen of an axis at least: of its values, or decades on a logarithmic one; less would be noise made large."""
LOCUS_WORDS = 8
"""About so many doses are written beside the locus, at round amounts."""


@dataclass(frozen=True)
class Side:
    """One axis of the plot.

    Attributes
    ----------
    marker : Marker
    scale : Scale
    unit : str
    limits : tuple of float
        Of the reference, canonical unit; (low, high) or empty.
    """

    marker: Marker
    scale: Scale
    unit: str
    limits: tuple[float, ...]

    @property
    def title(self) -> str:
        """Return marker and unit."""
        return f"{self.marker.title}, {self.unit}" if self.unit else self.marker.title

    def places(self, values: FloatArray) -> FloatArray:
        """Return axis coordinates."""
        return self.scale.place(values)


@dataclass(frozen=True)
class PhasePicture:
    """Everything that is drawn, in axis coordinates.

    Attributes
    ----------
    x, y : Side
    now, whatif : array, shape (2, n)
        The path of the record's regimen and of the what-if; empty without one.
    marks : tuple of (point, str)
        Where the paths are on the days that are written, and the day.
    labs : tuple of (point, str)
        Pairs of results drawn together, and the day.
    locus : array, shape (2, k)
    doses : tuple of (point, str)
        Daily doses along the locus.
    """

    x: Side
    y: Side
    now: FloatArray = field(default_factory=lambda: np.empty((2, 0)))
    whatif: FloatArray = field(default_factory=lambda: np.empty((2, 0)))
    marks: tuple[tuple[Point, str], ...] = ()
    labs: tuple[tuple[Point, str], ...] = ()
    locus: FloatArray = field(default_factory=lambda: np.empty((2, 0)))
    doses: tuple[tuple[Point, str], ...] = ()

    def spans(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return what of each axis must be seen, with air: paths, results and reference, but not the whole locus."""
        labs = np.array([point for point, _ in self.labs]).reshape(-1, 2).T
        found = []
        for row, side in enumerate((self.x, self.y)):
            limits = side.places(np.array(side.limits, dtype=np.float64))
            every = np.concatenate([self.now[row], self.whatif[row], labs[row], limits])
            every = every[np.isfinite(every)]
            low, high = (float(every.min()), float(every.max())) if every.size else (0.0, 1.0)
            least = LEAST_DECADES if side.scale.log else LEAST_SHARE * max(abs(high), abs(low))
            middle, half = (low + high) / 2.0, max(high - low, least, 1e-9) / 2.0
            low, high = middle - half, middle + half
            air = 0.08 * (high - low)
            found.append((low - air, high + air))
        return found[0], found[1]

    def point(self, curve: Curve | None, hour: float) -> Point | None:
        """Return where a curve is at an hour, None outside it."""
        at = [value_at(curve, side.marker.id, hour) for side in (self.x, self.y)]
        return (self.x.scale.at(at[0]), self.y.scale.at(at[1])) if np.isfinite(at).all() else None


def side_of(session: Session, marker_id: str, *, log: bool) -> Side:
    """Return an axis in the unit system of the window."""
    marker = session.axis.marker(marker_id)
    unit, factor = marker_unit(marker, session.unit_system)
    low, high = reference_of(session, marker)
    limits = (low, high) if low is not None and high is not None else ()
    scale = Scale(log, factor, marker.shown_below or 1e-3)
    return Side(marker, scale, unit, limits)


def picture_of(session: Session) -> PhasePicture:
    """Return the picture of the session's newest course; without one, axes alone."""
    phase, view = session.axis.phase, session.course
    x = side_of(session, phase.x_marker, log=phase.x_log)
    y = side_of(session, phase.y_marker, log=phase.y_log)
    bare = PhasePicture(x, y)
    if view is None:
        return bare
    return PhasePicture(
        x, y, _path(view.now, x, y), _path(view.whatif, x, y), _marks(bare, view), _labs(session, x, y),
        *_locus(session, view, x, y),
    )  # fmt: skip


def _path(curve: Curve | None, x: Side, y: Side) -> FloatArray:
    if curve is None:
        return np.empty((2, 0))
    return np.stack([x.places(curve.values[x.marker.id]), y.places(curve.values[y.marker.id])])


def _marks(picture: PhasePicture, view: CourseView) -> tuple[tuple[Point, str], ...]:
    """Return the days that the time axis writes, on the record's path up to today and on the what-if's after it."""
    found = []
    for hour, words in date_ticks(view.day0, *view.window_h):
        ahead = view.whatif is not None and hour > view.today_h
        point = picture.point(view.whatif if ahead else view.now, hour)
        if point is not None:
            found.append((point, words))
    return tuple(found)


def _labs(session: Session, x: Side, y: Side) -> tuple[tuple[Point, str], ...]:
    record = session.record
    used = [lab for lab in record.labs if not lab.set_aside and not lab.comparator] if record else []
    partners: dict[object, LabResult] = {lab.drawn_at: lab for lab in used if lab.analyte == x.marker.analyte}
    pairs = [
        (partners[lab.drawn_at], lab) for lab in used if lab.analyte == y.marker.analyte and lab.drawn_at in partners
    ]
    return tuple(((x.scale.at(across.value), y.scale.at(up.value)), f"{up.drawn_at:%-d %b %y}") for across, up in pairs)


def _round_step(about: float) -> float:
    """Return the round amount next to one: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(max(about, 1e-9)))
    return float(min((factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0)), key=lambda step: abs(step - about)))


def _locus(session: Session, view: CourseView, x: Side, y: Side) -> tuple[FloatArray, tuple[tuple[Point, str], ...]]:
    locus = view.locus
    if locus is None:
        return np.empty((2, 0)), ()
    xs, ys = x.places(locus.values[x.marker.id]), y.places(locus.values[y.marker.id])
    unit = unit_words(session.axis.agent(locus.agent).agent.unit)
    doses = np.arange(0.0, locus.doses[-1] + 1e-9, _round_step(float(locus.doses[-1]) / LOCUS_WORDS))
    at = zip(np.interp(doses, locus.doses, xs).tolist(), np.interp(doses, locus.doses, ys).tolist(), strict=True)
    words = [f"{shown_amount(float(dose))} {unit}" for dose in doses]
    return np.stack([xs, ys]), tuple(zip(at, words, strict=True))
