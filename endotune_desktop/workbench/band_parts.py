"""What the width of a band is made of: the patient, adherence, the model, the assay and the days (tuning.md 1.6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from endotune_desktop.physiology.axis import Marker
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.tuning.variation import variation
from endotune_desktop.workbench.band_maker import Ahead, BandMaker
from endotune_desktop.workbench.course_view import BandParts, FloatArray

PERSONS = 100
"""Persons whose spread is taken apart: a variance is then known to a seventh."""


@dataclass(frozen=True)
class Shares:
    """What the width of the band of a result is made of at one moment; variances of the logarithm.

    The state band, which plots show, holds the first three; a laboratory adds the other two.

    Attributes
    ----------
    patient, adherence, model, assay, within : float
    """

    patient: float
    adherence: float
    model: float
    assay: float
    within: float

    @property
    def total(self) -> float:
        """Return the variance of a result."""
        return self.patient + self.adherence + self.model + self.assay + self.within

    @property
    def state_sd(self) -> float:
        """Return the standard deviation of the true course, of the logarithm."""
        return float(np.sqrt(self.patient + self.adherence + self.model))

    @property
    def result_sd(self) -> float:
        """Return the standard deviation of a result, of the logarithm."""
        return float(np.sqrt(self.total))

    def percent(self) -> tuple[tuple[str, float], ...]:
        """Return name and per cent of every source, in the order of the bar."""
        whole = max(self.total, 1e-300)
        return tuple(
            (name, 100.0 * getattr(self, name) / whole)
            for name in ("patient", "adherence", "model", "assay", "within")
        )  # fmt: skip

    @property
    def largest(self) -> tuple[str, float]:
        """Return name and per cent of the largest source."""
        return max(self.percent(), key=lambda entry: entry[1])


def band_parts(bands: BandMaker, plan: Ahead | None, cancel: CancelFlag) -> BandParts | None:
    """Return what a band is made of by switching adherence off; None without a fit.

    Parameters
    ----------
    bands : BandMaker
    plan : Ahead or None
        The record's own course where there is none.
    cancel : CancelFlag

    Raises
    ------
    Cancelled
        If a newer request waits.
    """
    if bands.fit is None or bands.fit.posterior is None:
        return None
    taken, ordered = bands.apart(plan, min(PERSONS, bands.count), cancel)
    patient, adherence = {}, {}
    for marker in bands.axis.markers:
        alone, both = _variance(ordered.markers[marker.id]), _variance(taken.markers[marker.id])
        patient[marker.id] = alone
        adherence[marker.id] = np.maximum(both - alone, 0.0)
    return BandParts(taken.time_h, patient, adherence)


def shares_at(parts: BandParts, marker: Marker, time_h: float) -> Shares | None:
    """Return what the band of a marker is made of at a time; None outside, and for what no laboratory measures.

    Parameters
    ----------
    parts : BandParts
    marker : Marker
    time_h : float
    """
    inside = parts.time_h.size > 0 and parts.time_h[0] - 24.0 <= time_h <= parts.time_h[-1] + 24.0
    if not inside or not marker.analyte:
        return None
    found = [float(np.interp(time_h, parts.time_h, rows[marker.id])) for rows in (parts.patient, parts.adherence)]
    known = variation(marker.analyte)
    shares = Shares(found[0], found[1], known.model**2, known.assay**2, known.within**2)
    return shares if np.isfinite(shares.total) else None


def _variance(values: FloatArray) -> FloatArray:
    """Return the variance of the logarithm over the persons who have an answer, shape (times,)."""
    answered = ~np.isnan(values).any(axis=0)
    logs = np.log(np.maximum(values[:, answered], 1e-300))
    return np.asarray(np.var(logs, axis=1) if logs.shape[1] > 1 else np.zeros(values.shape[0]), dtype=np.float64)
