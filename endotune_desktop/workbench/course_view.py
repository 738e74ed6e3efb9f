"""Requests for a course and what comes back ready to draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.records import KeptScenario, PatientRecord, Plan
from endotune_desktop.workbench.cycle_phases import PhaseSpan
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.horizons import Horizon as Horizon

if TYPE_CHECKING:
    from endotune_desktop.simulation.course import DoseTick, Remark
    from endotune_desktop.tuning.communication_card import CommunicationCard
    from endotune_desktop.tuning.fit_card import FitCard
    from endotune_desktop.tuning.individual import Fit

FloatArray = npt.NDArray[np.float64]

SETTLED_DAYS = 84
"""Scenarios are compared after 12 weeks: six half-lives of thyroid mass terms, the usual second visit."""


BAND_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Limits of the 90 % band, of the 50 % band, and the median."""


@dataclass(frozen=True)
class CourseRequest:
    """What to simulate, complete and immutable.

    Attributes
    ----------
    number : int
        Generation; a newer one makes an answer stale.
    record : PatientRecord
    axis : str
    plan : Plan or None
        The what-if; None when nothing differs from the record.
    kept : tuple of KeptScenario
        Whose settled values the scenario table shows.
    pinned : str
        Letter of the scenario that is drawn, empty for none.
    today : date
    horizon : Horizon
    locus : bool
        Whether the phase view needs the locus of equilibria.
    parts : bool
        Whether the fit card needs what the width of the bands is made of.
    communication : bool
        Whether somebody looks at how the axis communicates.
    """

    number: int
    record: PatientRecord
    axis: str
    plan: Plan | None
    kept: tuple[KeptScenario, ...]
    pinned: str
    today: date
    horizon: Horizon
    locus: bool = False
    parts: bool = False
    communication: bool = False


@dataclass(frozen=True)
class Curve:
    """One drawn line for every marker.

    Attributes
    ----------
    time_h : array, shape (n,)
        Hours from midnight of the timeline's day 0.
    values : dict of str to array, shape (n,)
        By marker id, canonical unit.
    """

    time_h: FloatArray
    values: dict[str, FloatArray]

    def at(self, marker: str, time_h: float) -> float:
        """Return a marker at a time by linear interpolation; nan outside the curve."""
        if self.time_h.size == 0 or not (self.time_h[0] <= time_h <= self.time_h[-1]):
            return float("nan")
        return float(np.interp(time_h, self.time_h, self.values[marker]))


@dataclass(frozen=True)
class Band:
    """How a course spreads over persons like this one.

    Attributes
    ----------
    time_h : array, shape (n,)
    levels : dict of str to array, shape (5, n)
        Percentiles of every marker, in the order of `BAND_LEVELS`, canonical unit.
    count : int
        Persons that were drawn.
    left_out : int
        Those among them for whom the model has no answer.
    """

    time_h: FloatArray
    levels: dict[str, FloatArray]
    count: int
    left_out: int = 0

    def at(self, marker: str, time_h: float) -> tuple[float, float, float, float, float]:
        """Return a marker's percentiles at a time by linear interpolation; nan outside the band."""
        if self.time_h.size == 0 or not (self.time_h[0] <= time_h <= self.time_h[-1]):
            return (float("nan"),) * 5
        found = [float(np.interp(time_h, self.time_h, row)) for row in self.levels[marker]]
        return found[0], found[1], found[2], found[3], found[4]


@dataclass(frozen=True)
class BandParts:
    """What the spread of a state over persons is made of, as variances of its logarithm.

    Attributes
    ----------
    time_h : array, shape (n,)
    patient : dict of str to array, shape (n,)
        By marker id: from not knowing the patient.
    adherence : dict of str to array, shape (n,)
        From what is taken otherwise than ordered.
    """

    time_h: FloatArray
    patient: dict[str, FloatArray]
    adherence: dict[str, FloatArray]


@dataclass(frozen=True)
class Locus:
    """Equilibria over a sweep of one agent's dose.

    Attributes
    ----------
    agent : str
    doses : array, shape (k,)
        In the agent's unit, a day.
    values : dict of str to array, shape (k,)
        24-h means by marker id.
    """

    agent: str
    doses: FloatArray
    values: dict[str, FloatArray]


@dataclass(frozen=True)
class CourseView:
    """An answer, ready to draw.

    Attributes
    ----------
    request : CourseRequest
    day0 : date
        Midnight of this day is hour 0 of all times.
    today_h : float
    window_h : (float, float)
        First and last hour that are shown.
    now : Curve
        The record's regimen, past and continued.
    whatif : Curve or None
        From today on.
    pinned : Curve or None
    settled : dict of str to dict of str to float
        By row ("now", "whatif", letters), markers before the morning dose 12 weeks from today; filled by the second,
        finer answer.
    healthy : dict of str to float
        Markers of the same body without lesions and drugs, 24-h mean, for the loop's dashed rings.
    locus : Locus or None
    doses_now, doses_whatif : tuple of DoseTick
        What was and would be given inside the window.
    remarks_now, remarks_whatif : tuple of Remark
    fine : bool
        False for the first answer (curves only).
    elapsed_ms : float
    now_band, whatif_band : Band or None
        Around the record's course and the plan's; each answer brings more members, the first ones none.
    settled_members : dict of str to dict of str to array, shape (members,)
        As `settled`, for every drawn person; the last answers bring it.
    sample_clock : str
        ``HH:MM`` of daily samples, empty when every hour is drawn.
    fit : Fit or None
        Whom the labs made of the typical person; None until it is there, or without results of this axis.
    card : FitCard or None
        What is said of it.
    refitting : bool
        Whether the fit is of the record before its last change, shown until the new one is there.
    parts : BandParts or None
        Of the band of the what-if, of the record's where there is none; when the request asked for it.
    communication : CommunicationCard or None
        How the axis talks under the plan, or as it is on record without one; the answers after all others bring it,
        first its fast numbers, then its recovery, then its bands.
    silence : str
        Why there is no card, as a sentence; empty while none is known.
    phases : tuple of PhaseSpan
        Of a cycle, as the record's own course runs through them from day 0 on; empty on an axis without one.
    """

    request: CourseRequest
    day0: date
    today_h: float
    window_h: tuple[float, float]
    now: Curve
    whatif: Curve | None = None
    pinned: Curve | None = None
    settled: dict[str, dict[str, float]] = field(default_factory=dict)
    healthy: dict[str, float] = field(default_factory=dict)
    locus: Locus | None = None
    doses_now: tuple[DoseTick, ...] = ()
    doses_whatif: tuple[DoseTick, ...] = ()
    remarks_now: tuple[Remark, ...] = ()
    remarks_whatif: tuple[Remark, ...] = ()
    fine: bool = False
    elapsed_ms: float = 0.0
    sample_clock: str = ""
    now_band: Band | None = None
    whatif_band: Band | None = None
    settled_members: dict[str, dict[str, FloatArray]] = field(default_factory=dict)
    phases: tuple[PhaseSpan, ...] = ()
    fit: Fit | None = None
    card: FitCard | None = None
    refitting: bool = False
    parts: BandParts | None = None
    communication: CommunicationCard | None = None
    silence: str = ""

    def day_of(self, time_h: float) -> date:
        """Return the calendar day of an hour of the timeline."""
        return self.day0 + timedelta(days=int(time_h // 24))

    def hours(self, day: date, clock_h: float = 0.0) -> float:
        """Return the hour of the timeline of a day and clock."""
        return (day - self.day0).days * 24.0 + clock_h


def doubts_of(view: CourseView) -> dict[str, str]:
    """Return the results that do not fit the patient's course, by id, each with the likeliest reason.

    Of a fit from before a change only those results count that are still what they were.
    """
    if view.card is None:
        return {}
    seen, request = view.card.fit.observations, view.request
    still = set(seen)
    if view.refitting:
        still &= set(observations_of(request.record, view.card.fit.prior.axis, view.day0, request.today))
    doubts = ((seen[result.index], result) for result in view.card.doubtful)
    return {found.id: next(iter(result.reasons), "no single explanation") for found, result in doubts if found in still}
