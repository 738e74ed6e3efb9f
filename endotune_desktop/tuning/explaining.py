"""What a fit says in plain words: how far from typical, what the labs taught, which result does not fit and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from endotune_desktop.tuning.prior import Kind, Unknown

if TYPE_CHECKING:
    from endotune_desktop.tuning.individual import Fit

FloatArray = npt.NDArray[np.float64]

LEARNED_LITTLE, LEARNED_MUCH = 0.2, 0.6
ALIKE = 0.8
CLEARLY = 3.0
PULLS, GAINS = 1.0, 8.0
"""A result pulls when leaving it out moves an unknown by a standard deviation or lets the objective fall by eight."""
EXPLAINS = 4.0
"""An explanation of a result that does not fit is named when it takes this much off the objective."""
MISSED = 0.35
"""Spread of recent intake when doses may have been missed or caught up: a third of a fortnight's doses."""
OTHER_CLOCK_H = 3.0


@dataclass(frozen=True)
class Estimate:
    """One unknown after the labs.

    Attributes
    ----------
    unknown : Unknown
    value, low, high : float
        Most probable value and 90 % interval, natural unit.
    z : float
        In prior standard deviations from typical.
    learned : float
        1 less the posterior's share of the prior's variance.
    """

    unknown: Unknown
    value: float
    low: float
    high: float
    z: float
    learned: float

    @property
    def taught(self) -> str:
        """Return how much of it the labs told, in words."""
        if self.learned < LEARNED_LITTLE:
            return "taken from the population"
        return "partly learned" if self.learned < LEARNED_MUCH else "learned from this patient"

    @property
    def distance(self) -> str:
        """Return how far from typical it is, in words."""
        size = abs(self.z)
        if size < 0.5:
            return "typical"
        side = "above" if self.z > 0.0 else "below"
        if size < 1.3:
            return f"somewhat {side} typical"
        return f"clearly {side} typical" if size < 2.3 else f"far {side} typical"


@dataclass(frozen=True)
class Result:
    """One lab in the fit.

    Attributes
    ----------
    index : int
        Of `Fit.observations`.
    expected : float
        What the most probable person's course says, canonical unit.
    residual : float
        Standard deviations of the result above it.
    pull : float
        How far leaving it out would move the unknown that it moves most, prior standard deviations.
    pulled : str
        That unknown, plain words.
    drop : float
        What leaving it out takes off the objective.
    reasons : tuple of str
        Why it may not fit, the likeliest first; empty for a result that fits.
    """

    index: int
    expected: float
    residual: float
    pull: float
    pulled: str
    drop: float
    reasons: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        """Return whether it does not fit and pulls."""
        return abs(self.residual) > CLEARLY and (self.pull > PULLS or self.drop > GAINS)


def estimates(fit: Fit) -> list[Estimate]:
    """Return every unknown after the labs, those of the person first."""
    covariance = fit.optimum.covariance
    draws = None if fit.posterior is None else fit.posterior.z
    found = []
    for place, unknown in enumerate(fit.prior.unknowns):
        z = float(fit.optimum.z[place])
        spread = float(np.sqrt(covariance[place, place]))
        around = z + spread * np.array([-1.645, 1.645]) if draws is None else np.quantile(draws[:, place], [0.05, 0.95])
        variance = spread**2 if draws is None else float(np.var(draws[:, place]))
        low, high = unknown.values(around)
        value = float(unknown.values(np.array([z]))[0])
        found.append(Estimate(unknown, value, float(low), float(high), z, 1.0 - min(variance, 1.0)))
    return found


def alike(fit: Fit) -> list[tuple[str, str, float]]:
    """Return pairs of the person's unknowns that these labs cannot tell apart, with their correlation."""
    covariance = fit.optimum.covariance
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    places = fit.prior.physiology
    return [
        (fit.prior.unknowns[first].words, fit.prior.unknowns[second].words, float(correlation[first, second]))
        for index, first in enumerate(places)
        for second in places[index + 1 :]
        if abs(correlation[first, second]) > ALIKE
    ]


def things_told(fit: Fit) -> int:
    """Return how many independent things the labs told: directions in which they know more than the prior."""
    return int(np.sum(np.linalg.eigvalsh(fit.optimum.information) > 1.0))


def results(fit: Fit) -> list[Result]:
    """Return every lab with what it does to the fit.

    A result that lies far off was left out for real (`Fit.refits`); for the others the fit's own slopes tell (one
    Gauss-Newton step).
    """
    found = []
    residual = fit.optimum.residuals
    physiology = list(fit.prior.physiology)
    for index in range(len(fit.observations)):
        moved, drop = _without(fit, index)
        place = physiology[int(np.argmax(np.abs(moved[physiology])))] if physiology else 0
        far = abs(float(residual[index])) > CLEARLY
        found.append(
            Result(
                index, float(np.exp(fit.expected[index])), float(residual[index]),
                float(abs(moved[place])) if physiology else 0.0,
                fit.prior.unknowns[place].words if physiology else "", drop, reasons(fit, index) if far else (),
            )
        )  # fmt: skip
    return found


def _without(fit: Fit, index: int) -> tuple[FloatArray, float]:
    """Return where leaving a result out moves the person, and what it takes off the objective."""
    for other in fit.refits:
        if other.index == index:
            return other.z - fit.optimum.z, fit.optimum.objective - other.objective
    slopes, residual = fit.optimum.slopes, fit.optimum.residuals
    kept = np.arange(residual.size) != index
    moved = _step(slopes[kept], residual[kept], fit.optimum.z)
    return moved, fit.optimum.objective - _objective(slopes[kept], residual[kept], fit.optimum.z, moved)


def reasons(fit: Fit, index: int) -> tuple[str, ...]:
    """Return what could make one result not fit, the likeliest first.

    Each explanation is one more unknown, tried with a Gauss-Newton step: the assay of this result is wrong, doses
    before the visit were missed or caught up, the sample was taken at another time. The first is always possible and
    is named last unless it explains far more than the others; where the record holds what disturbs that assay, and the
    result is off to that side, it is named as such and takes its place among the others.

    Parameters
    ----------
    fit : Fit
    index : int
        Of `Fit.observations`.
    """
    slopes, residual, z = fit.optimum.slopes, fit.optimum.residuals, fit.optimum.z
    kept = np.arange(residual.size) != index
    moved = _step(slopes[kept], residual[kept], z)
    without = fit.optimum.objective - _objective(slopes[kept], residual[kept], z, moved)
    tried = [(without - 2.0, "interference in the assay, or a mix-up of samples")]
    for title, side in fit.observations[index].disturbed:
        if side * float(residual[index]) >= 0.0:
            tried.append((without, f"on the record: {title[:1].lower()}{title[1:]}, which disturbs this assay"))
    visit = fit.visit(index)
    for place, unknown in enumerate(fit.prior.unknowns):
        if unknown.kind is Kind.INTAKE and unknown.id == f"visit {visit + 1}":
            wider = slopes.copy()
            wider[:, place] *= MISSED / unknown.spread
            start = z.copy()
            start[place] *= unknown.spread / MISSED
            step = _step(wider, residual, start)
            gain = _value(residual, start) - _objective(wider, residual, start, step)
            share = float(np.exp(MISSED * (start + step)[place]))
            words = "doses missed before the visit" if share < 1.0 else "missed doses caught up before the visit"
            tried.append((gain, words))
    pace = fit.pace_per_h[index] / fit.spread[index]
    if abs(pace) > 1e-6:
        column = np.zeros((residual.size, 1))
        column[index] = -pace * OTHER_CLOCK_H
        wider = np.concatenate([slopes, column], axis=1)
        start = np.append(z, 0.0)
        step = _step(wider, residual, start)
        gain = _value(residual, start) - _objective(wider, residual, start, step)
        tried.append((gain, "sampled at another time than recorded"))
    tried.sort(key=lambda entry: -entry[0])
    return tuple(words for gain, words in tried if gain > EXPLAINS)


def _step(slopes: FloatArray, residual: FloatArray, z: FloatArray) -> FloatArray:
    curvature = slopes.T @ slopes + np.eye(z.size)
    return np.asarray(-np.linalg.solve(curvature, slopes.T @ residual + z))


def _objective(slopes: FloatArray, residual: FloatArray, z: FloatArray, step: FloatArray) -> float:
    return _value(residual + slopes @ step, z + step)


def _value(residual: FloatArray, z: FloatArray) -> float:
    return float(residual @ residual + z @ z)
