"""What a laboratory will print after a plan was adopted: draws of results, from a fit or from before any lab.

This is the result band: persons who could be this one, what they really take, assay, day to day, and what the model
misses. The plots show the state band, the true course without the laboratory's share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.ensemble import Ensemble, MemberStates, Spread, one_after_another, simulate_members
from endotune_desktop.simulation.members import Members, RecentIntake
from endotune_desktop.simulation.source import markers_source, rates_source
from endotune_desktop.tuning.evidence import Observation, visits_of
from endotune_desktop.tuning.individual import Fit
from endotune_desktop.tuning.prior import Kind, Prior, Unknown, prior_of
from endotune_desktop.tuning.variation import variation
from endotune_desktop.tuning.width import Cell, widened, width_factor

FloatArray = npt.NDArray[np.float64]

DRAWS = 64
"""Results that are kept: their scores stay computable, and a receipt stays under a kilobyte."""
SEED = 20261127
RTOL = 1e-3
"""Of the courses: a thousandth where a result is known to a twentieth."""
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
REACH_SPREADS, STEP_SPREADS = 3.0, 0.0625
"""How far a cycle is looked at about a due day, and how densely, in prior standard deviations of its day (2 d)."""
LEAST_DRAWS = 32
"""Persons without an answer are left out; with fewer than this many others there is no forecast."""


@dataclass(frozen=True)
class Shares:
    """What makes a band wide, shares of its variance that add up to 1.

    Attributes
    ----------
    patient, intake, assay, within, model : float
        Not knowing the person, what is really taken, the laboratory, day to day, and the model.
    """

    patient: float
    intake: float
    assay: float
    within: float
    model: float


@dataclass(frozen=True)
class ResultForecast:
    """One marker at one time.

    Attributes
    ----------
    marker : str
    time_h : float
        Hours of the scenario.
    draws, population : array, shape (64,)
        Natural logarithm of results.
    quantiles : tuple of float
        Of `draws`, at `LEVELS`.
    shares : Shares
    width : float
        Factor that is in `draws`.
    """

    marker: str
    time_h: float
    draws: FloatArray
    population: FloatArray
    quantiles: tuple[float, ...]
    shares: Shares
    width: float


@dataclass(frozen=True)
class Source:
    """Whose results are forecast.

    Attributes
    ----------
    prior : Prior
    z : array, shape (64, unknowns)
    population : array, shape (64, unknowns)
    observations : tuple of Observation
        That the fit had read; none for the population.
    """

    prior: Prior
    z: FloatArray
    population: FloatArray
    observations: tuple[Observation, ...]

    @property
    def visits(self) -> int:
        """Return how many visits the fit had read."""
        return len(visits_of(self.observations))


def source_of(axis: Axis, scenario: Scenario, fit: Fit | None, seed: int = SEED) -> Source:
    """Return whose results are forecast: equally probable persons of a fit, or of the prior.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        The record.
    fit : Fit or None
        With draws; None without labs.
    seed : int
    """
    prior = fit.prior if fit is not None else prior_of(axis, scenario, ())
    normals = np.random.Generator(np.random.PCG64([seed, 1])).standard_normal((DRAWS, len(prior.unknowns)))
    if fit is None:
        return Source(prior, normals, normals, ())
    assert fit.posterior is not None
    every = fit.posterior.z.shape[0]
    rows = np.linspace(0, every, DRAWS, endpoint=False).astype(np.intp)  # equal draws stand beside one another
    return Source(prior, fit.posterior.z[rows], normals, fit.observations)


def forecasts(
    source: Source,
    scenario: Scenario,
    markers: Sequence[str],
    times_h: Sequence[float],
    *,
    from_h: float,
    seed: int = SEED,
    learnt: Mapping[Cell, float] | None = None,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> tuple[ResultForecast, ...]:
    """Return what the laboratory will print of every marker at every time.

    Parameters
    ----------
    source : Source
    scenario : Scenario
        The record with the plan.
    markers : sequence of str
        With an analyte.
    times_h : sequence of float
        Ascending.
    from_h : float
        From here on persons take more or less than is ordered.
    seed : int
    learnt : mapping, optional
        A clinic's own width factors.
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.

    Returns
    -------
    tuple of ResultForecast
        Without those for which too few persons have an answer.

    Raises
    ------
    Cancelled
        If the flag was set.
    """
    grid = np.array(times_h, dtype=np.float64)
    runs = _Runs(source, scenario, grid, tuple(markers), from_h, seed, cancel, spread)
    turn = runs.turn(source.z)
    own, as_ordered = runs.of(source.z, turn, varied=True), runs.of(source.z, turn, varied=False)
    before = own
    if source.z is not source.population:
        before = runs.of(source.population, runs.turn(source.population), varied=True)
    found = []
    for marker in markers:
        factor = width_factor(source.prior.axis.id, marker, source.visits, learnt)
        for place, time_h in enumerate(grid):
            made = _Made(source, marker, seed, place)
            draws = made.results(own[marker][place], source.z)
            population = made.results(before[marker][place], source.population)
            if draws is None or population is None:
                continue
            shares = _shares(own[marker][place], as_ordered[marker][place], source.prior.axis.marker(marker).analyte)
            draws = np.asarray(widened(draws, factor).astype(np.float32), dtype=np.float64)
            population = np.asarray(population.astype(np.float32), dtype=np.float64)
            levels = tuple(float(level) for level in np.quantile(draws, LEVELS))
            found.append(ResultForecast(marker, float(time_h), draws, population, levels, shares, factor))
    return tuple(found)


@dataclass(frozen=True)
class _Runs:
    """Courses of persons under the plan."""

    source: Source
    scenario: Scenario
    grid_h: FloatArray
    markers: tuple[str, ...]
    from_h: float
    seed: int
    cancel: CancelFlag | None
    spread: Spread

    def turn(self, z: FloatArray) -> MemberStates:
        """Return what the record's course leads to when the plan begins."""
        until = np.array([self.from_h])
        return self._run(self._members(z, varied=False), until, None).final

    def of(self, z: FloatArray, turn: MemberStates, *, varied: bool) -> dict[str, FloatArray]:
        """Return the logarithm of every marker, shape (times, persons); nan without an answer."""
        shifts_h = self._cycle_shifts_h(z)
        grid = self.grid_h
        if shifts_h is not None:
            moves = np.arange(-REACH_SPREADS, REACH_SPREADS + 1e-9, STEP_SPREADS) * self._cycle_day.spread
            grid = np.unique(np.maximum((self.grid_h[:, np.newaxis] + moves).ravel(), self.from_h))
        found = self._run(self._members(z, varied=varied), grid, turn)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = {marker: np.log(np.where(rows > 0.0, rows, np.nan)) for marker, rows in found.markers.items()}
        if shifts_h is None:
            return logs
        return {marker: self._moved(rows, grid, shifts_h) for marker, rows in logs.items()}

    @property
    def _cycle_day(self) -> Unknown:
        return next(unknown for unknown in self.source.prior.unknowns if unknown.kind is Kind.CYCLE_DAY)

    def _cycle_shifts_h(self, z: FloatArray) -> FloatArray | None:
        """Return where in the cycle each person stands beside the record's, hours; None on an axis without one."""
        kinds = [unknown.kind for unknown in self.source.prior.unknowns]
        if Kind.CYCLE_DAY not in kinds:
            return None
        return self._cycle_day.values(z[:, kinds.index(Kind.CYCLE_DAY)])

    def _moved(self, rows: FloatArray, grid: FloatArray, shifts_h: FloatArray) -> FloatArray:
        """Return each person's values where that person's cycle puts the samples, shape (times, persons)."""
        at = self.grid_h[:, np.newaxis] + shifts_h
        columns = [np.interp(at[:, member], grid, rows[:, member]) for member in range(rows.shape[1])]
        return np.asarray(np.stack(columns, axis=1), dtype=np.float64)

    def _run(self, members: Members, times_h: FloatArray, start: MemberStates | None) -> Ensemble:
        return simulate_members(
            self.source.prior.axis, self.scenario, members, rtol=RTOL, output_times_h=times_h,
            markers=list(self.markers), start=start, cancel=self.cancel, spread=self.spread,
        )  # fmt: skip

    def _members(self, z: FloatArray, *, varied: bool) -> Members:
        prior = self.source.prior
        later: list[RecentIntake] = []
        if varied:
            generator = np.random.Generator(np.random.PCG64([self.seed, 2]))
            later = prior.later_intakes(self.from_h, z.shape[0], generator)
        whole = prior.members(z, later=later)
        on_record = {lesion.lesion: lesion.severity for lesion in prior.scenario.lesions}
        planned = {lesion.lesion: lesion.severity for lesion in self.scenario.lesions}
        kept = {name: own for name, own in whole.severities.items() if planned.get(name) == on_record.get(name)}
        return Members(whole.values, whole.count, severities=kept, recent=whole.recent)


@dataclass(frozen=True)
class _Made:
    """From courses to results of one marker at one time."""

    source: Source
    marker: str
    seed: int
    place: int

    def results(self, courses: FloatArray, z: FloatArray) -> FloatArray | None:
        """Return logarithms of results, shape (64,); None where too few persons have an answer."""
        there = np.flatnonzero(np.isfinite(courses))
        if there.size < LEAST_DRAWS:
            return None
        rows = np.resize(there, courses.size)  # who has no answer is replaced by who has one
        axis = self.source.prior.axis
        entry, at = next((m, i) for i, m in enumerate(axis.markers) if m.id == self.marker)
        own = variation(entry.analyte)
        model, *rest = np.random.Generator(np.random.PCG64([self.seed, 3, at])).standard_normal((2, courses.size))
        noise = np.random.Generator(np.random.PCG64([self.seed, 4, at, self.place])).standard_normal((2, courses.size))
        moved = own.model * model + own.assay * noise[0] + own.within * noise[1]
        return np.asarray((courses + self._offsets(z, own.offset, rest[0]))[rows] + moved, dtype=np.float64)

    def _offsets(self, z: FloatArray, spread: float, normals: FloatArray) -> FloatArray:
        """Return what the laboratory adds: that of the newest result, or of one nobody knows yet."""
        axis = self.source.prior.axis
        analyte = axis.marker(self.marker).analyte
        seen = [entry for entry in self.source.observations if axis.marker(entry.marker).analyte == analyte]
        if not seen:
            return np.asarray(spread * normals, dtype=np.float64)
        newest = max(seen, key=lambda observation: observation.time_h)
        return self.source.prior.offsets(z, (newest,))[:, 0]


def _shares(varied: FloatArray, as_ordered: FloatArray, analyte: str) -> Shares:
    own = variation(analyte)
    both = np.isfinite(varied) & np.isfinite(as_ordered)
    patient = float(np.var(as_ordered[both])) if both.any() else 0.0
    intake = max(float(np.var(varied[both])) - patient, 0.0) if both.any() else 0.0
    parts = (patient, intake, own.assay**2 + own.offset**2, own.within**2, own.model**2)
    whole = sum(parts)
    return Shares(*(part / whole for part in parts))


# ---- fingerprints --------------------------------------------------------------------------------------------------
def fingerprint(*parts: object) -> str:
    """Return a short name of what a forecast was made from; equal parts give equal names."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def model_hash(axis: Axis) -> str:
    """Return the fingerprint of an axis' equations and typical values."""
    values = [(parameter.id, repr(parameter.value)) for parameter in axis.parameters]
    return fingerprint(axis.id, rates_source(axis), markers_source(axis), values)


def prior_hash(prior: Prior) -> str:
    """Return the fingerprint of the unknowns and of how results vary by themselves."""
    analytes = sorted({marker.analyte for marker in prior.axis.markers if marker.analyte})
    return fingerprint(*map(repr, prior.unknowns), *(f"{name} {variation(name)!r}" for name in analytes))


def labs_hash(observations: Sequence[Observation]) -> str:
    """Return the fingerprint of the results that were read: ids and values."""
    return fingerprint(*(f"{seen.id} {seen.comparator}{seen.value!r}" for seen in observations))
