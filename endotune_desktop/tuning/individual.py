"""The patient at hand: the person whose course goes through the labs, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.ensemble import Plans, Spread, one_after_another, simulate_members
from endotune_desktop.simulation.members import Members, RecentIntake
from endotune_desktop.tuning.evidence import Observation, visit_of, visits_of
from endotune_desktop.tuning.likelihood import residuals
from endotune_desktop.tuning.mapfit import Optimum, Residuals, fitted
from endotune_desktop.tuning.posterior import DRAWS, Posterior, sampled
from endotune_desktop.tuning.prior import Prior, prior_of
from endotune_desktop.tuning.variation import variation
from endotune_desktop.tuning.width import width_factor

FloatArray = npt.NDArray[np.float64]

RTOL = 1e-4
"""Of the courses of a fit: slopes by differences of 0.05 standard deviations need no more."""
DRAWS_RTOL = 1e-3
"""Of the courses that weigh draws: right to a thousandth, where a result is known to some twentieth."""
AROUND_H = 0.25
"""How far before and after a sample the course is looked at for its slope in time."""
ASKED_BY, UNHEARD = 0.5, 0.01
"""An unknown whose half standard deviation moves no result by a hundredth of that is not heard in the labs."""
FAR, POOR = 3.0, 4.0
RESTARTS = 4
SEED = 20261126


@dataclass(frozen=True)
class Fit:
    """A patient, individualised.

    Attributes
    ----------
    prior : Prior
    observations : tuple of Observation
    expected : array, shape (n,)
        Logarithm of what the most probable person's course says at each sample, platform offsets included.
    spread : array, shape (n,)
        Standard deviation of the logarithm of each result.
    pace_per_h : array, shape (n,)
        How fast the logarithm of the course moves at each sample.
    heard : array of bool, shape (k,)
        Which unknowns any result answers to; the others stay as in the prior.
    optimum : Optimum
    posterior : Posterior or None
        None when only the most probable person was asked for.
    """

    prior: Prior
    observations: tuple[Observation, ...]
    expected: FloatArray
    spread: FloatArray
    pace_per_h: FloatArray
    heard: npt.NDArray[np.bool_]
    optimum: Optimum
    posterior: Posterior | None = None

    @property
    def poor(self) -> bool:
        """Return whether even the most probable person does not go through the labs."""
        return bool(np.any(np.abs(self.optimum.z) > FAR)) or self.optimum.objective > POOR * len(self.observations)

    def visit(self, index: int) -> int:
        """Return which visit a result belongs to, from 0."""
        return visit_of(self.observations[index].time_h, visits_of(self.observations))

    def person(self) -> Members:
        """Return the most probable person, recent intake left out."""
        return self.prior.members(self.optimum.z[np.newaxis], nuisance=False)

    def draws(self, rows: slice = slice(None), later_h: float | None = None) -> Members:
        """Return equally probable persons, the recent intake of past visits with them.

        Parameters
        ----------
        rows : slice
            Which of the draws.
        later_h : float, optional
            From this time on every person takes more or less than ordered, as persons do in the days before a sample.
        """
        assert self.posterior is not None
        z, later = self.posterior.z, []
        if later_h is not None and self.prior.intake_spread > 0.0:
            normals = np.random.Generator(np.random.PCG64([SEED, 2])).standard_normal(z.shape[0])
            later.append(RecentIntake(later_h, np.inf, np.exp(self.prior.intake_spread * normals)[rows]))
        return self.prior.members(z[rows], later=later)

    def scatter(self, marker: str) -> FloatArray:
        """Return by what factor the model misses a marker for each of the draws: one factor along a whole course.

        What the model misses is as wide as the width factor says (tuning.md 1.6 and 1.7, shipped values).

        Parameters
        ----------
        marker : str
            Marker id; factors are 1 for what no laboratory measures.

        Returns
        -------
        array, shape (draws,)
        """
        assert self.posterior is not None
        place, entry = next((i, m) for i, m in enumerate(self.prior.axis.markers) if m.id == marker)
        count = self.posterior.z.shape[0]
        if not entry.analyte:
            return np.ones(count)
        normals = np.random.Generator(np.random.PCG64([SEED, 3, place])).standard_normal(count)
        factor = width_factor(self.prior.axis.id, marker, len(visits_of(self.observations)))
        return np.asarray(np.exp(factor * variation(entry.analyte).model * normals), dtype=np.float64)


class Courses:
    """What courses of many persons say at the samples; remembers what is the same for all of them.

    Parameters
    ----------
    prior : Prior
    observations : tuple of Observation
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.
    rtol : float
        Of the courses.

    Attributes
    ----------
    computed : int
        Courses so far.
    """

    def __init__(
        self, prior: Prior, observations: tuple[Observation, ...], cancel: CancelFlag | None, spread: Spread,
        rtol: float = RTOL,
    ) -> None:  # fmt: skip
        self._prior, self._seen, self._cancel, self._spread = prior, observations, cancel, spread
        self._rtol = rtol
        times = [max(seen.time_h, 0.0) for seen in observations]
        self._times = np.unique(times)
        self._rows = np.searchsorted(self._times, times)
        end_days = float(self._times[-1]) / 24.0 + 1.0
        self._scenario = replace(prior.scenario, duration_days=max(prior.scenario.duration_days, end_days))
        self._markers = sorted({seen.marker for seen in observations})
        self._plans: Plans = {}
        self._slope_plans: Plans = {}
        self.computed = 0

    def expected(self, z: FloatArray) -> FloatArray:
        """Return the logarithm of every marker at its sample, offsets included; nan where there is no answer.

        Parameters
        ----------
        z : array, shape (members, unknowns)

        Returns
        -------
        array, shape (members, results)
        """
        found = self._at(self._prior.members(z), self._times, self._plans)
        table = np.stack([found[seen.marker][row] for seen, row in zip(self._seen, self._rows, strict=True)], axis=1)
        return np.asarray(table + self._prior.offsets(z, self._seen), dtype=np.float64)

    def slopes_per_h(self, z: FloatArray) -> FloatArray:
        """Return how fast the logarithm of every marker moves at its sample for one person, an hour."""
        before = np.maximum(self._times - AROUND_H, 0.0)
        after = self._times + AROUND_H
        times = np.unique(np.concatenate([before, after]))
        found = self._at(self._prior.members(z[np.newaxis]), times, self._slope_plans)
        rows = zip(np.searchsorted(times, before[self._rows]), np.searchsorted(times, after[self._rows]), strict=True)
        slopes = [
            (found[seen.marker][last, 0] - found[seen.marker][first, 0]) / (times[last] - times[first])
            for seen, (first, last) in zip(self._seen, rows, strict=True)
        ]
        return np.asarray(np.nan_to_num(np.array(slopes)), dtype=np.float64)

    def _at(self, members: Members, times: FloatArray, plans: Plans) -> dict[str, FloatArray]:
        self.computed += members.count
        found = simulate_members(
            self._prior.axis, self._scenario, members, rtol=self._rtol, output_times_h=times, markers=self._markers,
            cancel=self._cancel, spread=self._spread, plans=plans,
        )  # fmt: skip
        with np.errstate(divide="ignore", invalid="ignore"):
            return {marker: np.log(np.maximum(values, 1e-300)) for marker, values in found.markers.items()}


def individualised(
    axis: Axis,
    scenario: Scenario,
    observations: Sequence[Observation],
    *,
    draws: int = DRAWS,
    start: FloatArray | None = None,
    seed: int = SEED,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> Fit:
    """Return the fit of a person to labs.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        The record: person, lesions, what was taken and when.
    observations : sequence of Observation
        At least one; results at or after time 0.
    draws : int
        Persons to draw; 0 for the most probable one only.
    start : array, shape (unknowns,), optional
        An earlier fit of the same patient to start from.
    seed : int
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.

    Raises
    ------
    ValueError
        If there is nothing to fit.
    Cancelled
        If the flag was set.
    """
    seen = tuple(observations)
    if not seen:
        raise ValueError("no results to fit")
    prior = prior_of(axis, scenario, seen)
    courses = Courses(prior, seen, cancel, spread)
    begin = np.zeros(len(prior.unknowns)) if start is None or start.size != len(prior.unknowns) else start
    wide = _spread_of(courses, seen, begin)
    heard = _heard(_everywhere(courses, seen, wide), begin)
    of = _of_heard(courses, seen, wide, heard)
    optimum = fitted(of, begin[heard])
    if bool(np.any(np.abs(optimum.z) > FAR)) or optimum.objective > POOR * len(seen):
        generator = np.random.Generator(np.random.PCG64(seed))
        for _ in range(RESTARTS):
            other = fitted(of, generator.standard_normal(int(heard.sum())))
            if other.objective < optimum.objective:
                optimum = other
    z = _among(heard, optimum.z[np.newaxis], np.zeros((1, heard.size)))[0]
    slopes = np.zeros((len(seen), heard.size))
    slopes[:, heard] = optimum.slopes
    expected, pace = courses.expected(z[np.newaxis])[0], courses.slopes_per_h(z)
    whole = replace(optimum, z=z, slopes=slopes, evaluations=courses.computed)
    fit = Fit(prior, seen, expected, wide, pace, heard, whole)
    return drawn(fit, draws, seed=seed, cancel=cancel, spread=spread) if draws else fit


def drawn(
    fit: Fit, draws: int = DRAWS, *, seed: int = SEED, cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> Fit:  # fmt: skip
    """Return a fit with persons drawn around the most probable one.

    Parameters
    ----------
    fit : Fit
    draws : int
    seed : int
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.

    Raises
    ------
    Cancelled
        If the flag was set.
    """
    heard = fit.heard
    courses = Courses(fit.prior, fit.observations, cancel, spread, DRAWS_RTOL)
    of = _of_heard(courses, fit.observations, fit.spread, heard)
    told = replace(fit.optimum, z=fit.optimum.z[heard], slopes=fit.optimum.slopes[:, heard])
    posterior = sampled(of, told, seed, draws)
    unheard = np.random.Generator(np.random.PCG64([seed, 1])).standard_normal((draws, heard.size))
    posterior = replace(posterior, z=_among(heard, posterior.z, unheard))
    evaluations = fit.optimum.evaluations + courses.computed
    return replace(fit, posterior=posterior, optimum=replace(fit.optimum, evaluations=evaluations))


def _spread_of(courses: Courses, seen: tuple[Observation, ...], z: FloatArray) -> FloatArray:
    own = np.array([variation(observation.marker).variance for observation in seen])
    clock = np.array([observation.clock.value for observation in seen])
    return np.asarray(np.sqrt(own + (courses.slopes_per_h(z) * clock) ** 2), dtype=np.float64)


def _everywhere(courses: Courses, seen: tuple[Observation, ...], wide: FloatArray) -> Residuals:
    observed = np.array([observation.logarithm for observation in seen])
    beyond = np.array([{"<": -1.0, ">": 1.0}.get(observation.comparator, 0.0) for observation in seen])
    return lambda z: residuals(observed, beyond, courses.expected(z), wide)


def _of_heard(
    courses: Courses, seen: tuple[Observation, ...], wide: FloatArray, heard: npt.NDArray[np.bool_]
) -> Residuals:
    everywhere = _everywhere(courses, seen, wide)
    return lambda z: everywhere(_among(heard, z, np.zeros((z.shape[0], heard.size))))


def _heard(of: Residuals, begin: FloatArray) -> npt.NDArray[np.bool_]:
    """Return which unknowns any result answers to; the labs say nothing of the others, who stay as in the prior."""
    moved = of(np.concatenate([begin[np.newaxis], begin + ASKED_BY * np.eye(begin.size)]))
    return np.asarray(np.max(np.abs(moved[1:] - moved[0]), axis=1) > ASKED_BY * UNHEARD)


def _among(heard: npt.NDArray[np.bool_], z: FloatArray, others: FloatArray) -> FloatArray:
    """Return all unknowns of some persons: those that are heard, and the others."""
    whole = others.copy()
    whole[:, heard] = z
    return whole
