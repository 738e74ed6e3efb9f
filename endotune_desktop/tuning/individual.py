"""The patient at hand: the person whose course goes through the labs, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.ensemble import Spread, one_after_another
from endotune_desktop.simulation.members import Members, RecentIntake
from endotune_desktop.tuning.courses import Courses
from endotune_desktop.tuning.evidence import Observation, visit_of, visits_of
from endotune_desktop.tuning.likelihood import likelier, mixed, residuals
from endotune_desktop.tuning.mapfit import Optimum, Residuals, fitted, same_foot
from endotune_desktop.tuning.posterior import DRAWS, Posterior, sampled
from endotune_desktop.tuning.prior import Kind, Prior, prior_of
from endotune_desktop.tuning.variation import variation
from endotune_desktop.tuning.width import width_factor

FloatArray = npt.NDArray[np.float64]
CoursesOf = Callable[[Prior, tuple[Observation, ...], CancelFlag | None, Spread], Courses]

DRAWS_RTOL = 1e-3
"""Of the courses that weigh draws: right to a thousandth, where a result is known to some twentieth."""
DRAWS_SHARE, WIDEST_RTOL = 0.0125, 3e-3
"""Where every result scatters more than that, they are right to so much of the least scatter instead, up to a limit."""
ASKED_BY, UNHEARD = 0.5, 0.01
"""An unknown whose half standard deviation moves no result by a hundredth of that is not heard in the labs."""
FAR, POOR = 3.0, 4.0
RESTARTS, RETURNS = 4, 2
"""Searches from drawn persons after a poor fit, at most; once so many have come back to the optimum they are enough."""
ALIKE = 0.1
"""A search on coarse courses may hide a gain of the objective that is smaller than this."""
DOUBTED, MOST_REFITTED = 3.0, 4
"""A result that lies further off is left out once for real; so many at most (a fit that misses more is poor)."""
SEED = 20261126


@dataclass(frozen=True)
class Refit:
    """The fit without one result that lies far from it.

    Attributes
    ----------
    index : int
        Of `Fit.observations`.
    z : array, shape (k,)
        The most probable person then, prior standard deviations.
    objective : float
        Of the results that are left, and the prior.
    """

    index: int
    z: FloatArray
    objective: float


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
    refits : tuple of Refit
        Without each result that lies more than three standard deviations off, the farthest first.
    """

    prior: Prior
    observations: tuple[Observation, ...]
    expected: FloatArray
    spread: FloatArray
    pace_per_h: FloatArray
    heard: npt.NDArray[np.bool_]
    optimum: Optimum
    posterior: Posterior | None = None
    refits: tuple[Refit, ...] = ()

    @property
    def poor(self) -> bool:
        """Return whether even the most probable person does not go through the labs."""
        return _is_poor(self.optimum, len(self.observations))

    def visit(self, index: int) -> int:
        """Return which visit a result belongs to, from 0."""
        return visit_of(self.observations[index].time_h, visits_of(self.observations))

    @property
    def cycle_shift_h(self) -> float:
        """Return how many hours later in the cycle than the timeline the most probable person is; 0 without a cycle."""
        return float(self._cycle_shifts_h(self.optimum.z[np.newaxis])[0])

    def cycle_shifts_h(self) -> FloatArray:
        """Return how many hours later in the cycle than the timeline each of the draws is.

        Where no result answers to the day of the cycle, as without one, nobody is moved.
        """
        assert self.posterior is not None
        return self._cycle_shifts_h(self.posterior.z)

    def _cycle_shifts_h(self, z: FloatArray) -> FloatArray:
        unknowns = zip(self.prior.unknowns, self.heard, strict=True)
        place = next((i for i, (unknown, heard) in enumerate(unknowns) if heard and unknown.kind is Kind.CYCLE_DAY), -1)
        return np.zeros(z.shape[0]) if place < 0 else self.prior.unknowns[place].values(z[:, place])

    def person(self) -> Members:
        """Return the most probable person, recent intake left out."""
        return self.prior.members(self.optimum.z[np.newaxis], nuisance=False)

    def draws(
        self, rows: slice = slice(None), later_h: float | None = None, *, nuisance: bool = True
    ) -> Members:  # fmt: skip
        """Return equally probable persons, the recent intake of past visits with them.

        Parameters
        ----------
        rows : slice
            Which of the draws.
        later_h : float, optional
            From this time on every person takes more or less than ordered, as persons do in the days before a sample.
        nuisance : bool
            Whether the recent intake of past visits counts.
        """
        assert self.posterior is not None
        z = self.posterior.z
        later: list[RecentIntake] = []
        if later_h is not None:
            whole = self.prior.later_intakes(later_h, z.shape[0], np.random.Generator(np.random.PCG64([SEED, 2])))
            later = [replace(entry, factor=entry.factor[rows]) for entry in whole]
        return self.prior.members(z[rows], nuisance=nuisance, later=later)

    def scatter(self, marker: str, factor: float | None = None) -> FloatArray:
        """Return by what factor the model misses a marker for each of the draws: one factor along a whole course.

        What the model misses is as wide as the width factor says (tuning.md 1.6 and 1.7, shipped values).

        Parameters
        ----------
        marker : str
            Marker id; factors are 1 for what no laboratory measures.
        factor : float, optional
            Another width factor: 1 where all of a result is widened afterwards.

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
        if factor is None:
            factor = width_factor(self.prior.axis.id, marker, len(visits_of(self.observations)))
        return np.asarray(np.exp(factor * variation(entry.analyte).model * normals), dtype=np.float64)


def individualised(
    axis: Axis,
    scenario: Scenario,
    observations: Sequence[Observation],
    *,
    draws: int = DRAWS,
    start: Fit | None = None,
    seed: int = SEED,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
    courses_of: CoursesOf = Courses,
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
    start : Fit, optional
        An earlier fit of the same patient to start from.
    seed : int
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.
    courses_of : callable
        Makes the courses; another solver's for comparison.

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
    courses = courses_of(prior, seen, cancel, spread)
    begin = _begin(prior, start)
    wide = _spread_of(axis, courses, seen, begin)
    everywhere = _everywhere(courses, seen, wide)
    moved = _asked(everywhere, begin)
    heard = np.asarray(np.max(np.abs(moved), axis=0) > UNHEARD)
    of = _of_heard(everywhere, heard)
    optimum = fitted(of, begin[heard], moved[:, heard])
    searched = 0
    if _is_poor(optimum, len(seen)):
        other = Courses(prior, seen, cancel, spread, DRAWS_RTOL) if courses_of is Courses else courses
        optimum = restarted(of, _of_heard(_everywhere(other, seen, wide), heard), optimum, seed)
        searched = other.computed if other is not courses else 0
    z = _among(heard, optimum.z[np.newaxis], np.zeros((1, heard.size)))[0]
    slopes = np.zeros((len(seen), heard.size))
    slopes[:, heard] = optimum.slopes
    observed = np.array([observation.logarithm for observation in seen])
    expected = likelier(observed, courses.both(z[np.newaxis])[0], wide)
    pace = courses.slopes_per_h(z)
    whole = replace(optimum, z=z, slopes=slopes, evaluations=courses.computed)
    fit = Fit(prior, seen, expected, wide, pace, heard, whole)
    fit = replace(fit, refits=_refits(fit, everywhere))
    fit = replace(fit, optimum=replace(fit.optimum, evaluations=courses.computed + searched))
    return drawn(fit, draws, seed=seed, cancel=cancel, spread=spread) if draws else fit


def _begin(prior: Prior, start: Fit | None) -> FloatArray:
    """Return where the search begins: typical, or where an earlier fit of the patient has the same unknowns."""
    known = {} if start is None else {
        (unknown.kind, unknown.id): float(z) for unknown, z in zip(start.prior.unknowns, start.optimum.z, strict=True)
    }  # fmt: skip
    return np.array([known.get((unknown.kind, unknown.id), 0.0) for unknown in prior.unknowns])


def _is_poor(optimum: Optimum, count: int) -> bool:
    return bool(np.any(np.abs(optimum.z) > FAR)) or optimum.objective > POOR * count


def restarted(of: Residuals, coarse: Residuals, optimum: Optimum, seed: int) -> Optimum:
    """Return the best of an optimum and of those that are found from drawn persons.

    Parameters
    ----------
    of, coarse : callable
        Residuals, and the same from courses that are good enough to search on.
    optimum : Optimum
    seed : int
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    returned = 0
    for _ in range(RESTARTS):
        other = fitted(coarse, generator.standard_normal(optimum.z.size), known=optimum.z)
        if same_foot(other.z, optimum.z):
            returned += 1
            if returned == RETURNS:
                break
        elif other.objective < optimum.objective + ALIKE:
            other = fitted(of, other.z, other.slopes)
            if other.objective < optimum.objective:
                optimum, returned = other, 0
    return optimum


def _refits(fit: Fit, everywhere: Residuals) -> tuple[Refit, ...]:
    """Return what becomes of the fit without each result that lies far from it, the farthest first."""
    residual = fit.optimum.residuals
    far = [int(index) for index in np.argsort(-np.abs(residual), kind="stable") if abs(residual[index]) > DOUBTED]
    of = _of_heard(everywhere, fit.heard)
    found = []
    for index in far[:MOST_REFITTED]:
        kept = np.arange(residual.size) != index
        slopes = fit.optimum.slopes[kept][:, fit.heard]

        def without(z: FloatArray, kept: npt.NDArray[np.bool_] = kept) -> FloatArray:
            return of(z)[:, kept]

        other = fitted(without, fit.optimum.z[fit.heard], slopes)
        z = _among(fit.heard, other.z[np.newaxis], np.zeros((1, fit.heard.size)))[0]
        found.append(Refit(index, z, other.objective))
    return tuple(found)


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
    rtol = float(np.clip(DRAWS_SHARE * fit.spread.min(), DRAWS_RTOL, WIDEST_RTOL))
    courses = Courses(fit.prior, fit.observations, cancel, spread, rtol)
    of = _of_heard(_everywhere(courses, fit.observations, fit.spread), heard)
    told = replace(fit.optimum, z=fit.optimum.z[heard], slopes=fit.optimum.slopes[:, heard])
    posterior = sampled(of, told, seed, draws)
    unheard = np.random.Generator(np.random.PCG64([seed, 1])).standard_normal((draws, heard.size))
    posterior = replace(posterior, z=_among(heard, posterior.z, unheard))
    evaluations = fit.optimum.evaluations + courses.computed
    return replace(fit, posterior=posterior, optimum=replace(fit.optimum, evaluations=evaluations))


def _spread_of(axis: Axis, courses: Courses, seen: tuple[Observation, ...], z: FloatArray) -> FloatArray:
    own = np.array([variation(axis.marker(observation.marker).analyte).variance for observation in seen])
    clock = np.array([observation.clock.value for observation in seen])
    return np.asarray(np.sqrt(own + (courses.slopes_per_h(z) * clock) ** 2), dtype=np.float64)


def _everywhere(courses: Courses, seen: tuple[Observation, ...], wide: FloatArray) -> Residuals:
    observed = np.array([observation.logarithm for observation in seen])
    beyond = np.array([{"<": -1.0, ">": 1.0}.get(observation.comparator, 0.0) for observation in seen])
    if not courses.unsure.any():
        return lambda z: residuals(observed, beyond, courses.both(z)[..., 0], wide)
    return lambda z: mixed(observed, beyond, courses.both(z), wide)


def _of_heard(everywhere: Residuals, heard: npt.NDArray[np.bool_]) -> Residuals:
    return lambda z: everywhere(_among(heard, z, np.zeros((z.shape[0], heard.size))))


def _asked(of: Residuals, begin: FloatArray) -> FloatArray:
    """Return by how much half a prior standard deviation of every unknown moves each result, for a whole one.

    It tells which unknowns any result answers to (the labs say nothing of the others, who stay as in the prior), and
    where the search goes first.
    """
    moved = of(np.concatenate([begin[np.newaxis], begin + ASKED_BY * np.eye(begin.size)]))
    return np.asarray((moved[1:] - moved[0]).T / ASKED_BY)


def _among(heard: npt.NDArray[np.bool_], z: FloatArray, others: FloatArray) -> FloatArray:
    """Return all unknowns of some persons: those that are heard, and the others."""
    whole = others.copy()
    whole[:, heard] = z
    return whole
