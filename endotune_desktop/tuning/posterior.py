"""Persons who could have had these results: draws around the most probable one, corrected by importance weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import lgamma

import numpy as np
import numpy.typing as npt

from endotune_desktop.tuning.mapfit import Optimum, Residuals
from endotune_desktop.tuning.psis import Smoothed, equal_draws, smoothed

FloatArray = npt.NDArray[np.float64]

DRAWS = 200
DEGREES = 6.0
"""Of the proposal's t distribution: tails heavier than the posterior's, so that no weight explodes."""
WIDER = 1.5
TEMPERATURES = (0.25, 0.5, 1.0)
SWEEP = 10


@dataclass(frozen=True)
class Posterior:
    """Equally probable persons.

    Attributes
    ----------
    z : array, shape (draws, k)
        In prior standard deviations.
    k : float
        Shape of the weights' tail of the round that was used.
    effective : float
        Effective number of draws.
    way : str
        ``weighted`` (once), ``again`` (a second round), ``tempered``, or ``widened`` (Laplace's draws times 1.5).
    """

    z: FloatArray
    k: float
    effective: float
    way: str

    @property
    def certain(self) -> bool:
        """Return whether the draws are the posterior's and no stand-in."""
        return self.way != "widened"


def sampled(of: Residuals, optimum: Optimum, seed: int, draws: int = DRAWS) -> Posterior:
    """Return draws from the posterior (tuning.md 1.4); equal input gives equal draws.

    Parameters
    ----------
    of : callable
    optimum : Optimum
    seed : int
    draws : int
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    energy = _energy(of)
    centre, covariance = optimum.z, optimum.covariance
    for way in ("weighted", "again"):
        z, proposal = _student(generator, centre, covariance, draws)
        logs = -0.5 * energy(z) - proposal
        found = smoothed(logs)
        if found.good:
            return _resampled(generator, z, found, way, draws)
        centre = found.weights @ z
        apart = z - centre
        covariance = WIDER**2 * (apart.T @ (apart * found.weights[:, np.newaxis])) + 1e-6 * np.eye(centre.size)
    return _tempered(energy, generator, optimum, draws, found)


def _energy(of: Residuals) -> Callable[[FloatArray], FloatArray]:
    def energy(z: FloatArray) -> FloatArray:
        found = of(z)
        return np.asarray(np.sum(found**2, axis=1) + np.sum(z**2, axis=1))

    return energy


def _student(
    generator: np.random.Generator, centre: FloatArray, covariance: FloatArray, draws: int
) -> tuple[FloatArray, FloatArray]:
    """Return draws of a multivariate t distribution and the logarithm of its density."""
    size = centre.size
    root = np.linalg.cholesky(covariance)
    normal = generator.standard_normal((draws, size))
    stretch = np.sqrt(DEGREES / generator.chisquare(DEGREES, draws))
    scaled = normal * stretch[:, np.newaxis]
    density = -0.5 * (DEGREES + size) * np.log1p(np.sum(scaled**2, axis=1) / DEGREES) - np.log(np.diag(root)).sum()
    constant = lgamma(0.5 * (DEGREES + size)) - lgamma(0.5 * DEGREES) - 0.5 * size * np.log(DEGREES * np.pi)
    return centre + scaled @ root.T, density + constant


def _resampled(generator: np.random.Generator, z: FloatArray, found: Smoothed, way: str, draws: int) -> Posterior:
    chosen = equal_draws(found.weights, draws, float(generator.random()))
    return Posterior(z[chosen], found.k, found.effective, way)


def _tempered(
    energy: Callable[[FloatArray], FloatArray], generator: np.random.Generator, optimum: Optimum, draws: int,
    last: Smoothed,
) -> Posterior:  # fmt: skip
    """Return draws led from the prior to the posterior in steps, each followed by a random walk; else the stand-in."""
    size = optimum.z.size
    z = generator.standard_normal((draws, size))
    energies = energy(z)
    done = 0.0
    for heat in TEMPERATURES:
        data = energies - np.sum(z**2, axis=1)
        found = smoothed(-0.5 * (heat - done) * data)
        if not np.isfinite(found.weights).all() or found.effective < 0.02 * draws:
            root = np.linalg.cholesky(optimum.covariance)
            stand_in = optimum.z + WIDER * generator.standard_normal((draws, size)) @ root.T
            return Posterior(stand_in, last.k, last.effective, "widened")
        chosen = equal_draws(found.weights, draws, float(generator.random()))
        z, energies = z[chosen], energies[chosen]
        root = np.linalg.cholesky(np.cov(z.T).reshape(size, size) + 1e-6 * np.eye(size))
        for _ in range(SWEEP):
            tried = z + 2.4 / np.sqrt(size) * generator.standard_normal((draws, size)) @ root.T
            there = energy(tried)
            priors, before = np.sum(tried**2, axis=1), np.sum(z**2, axis=1)
            gain = 0.5 * (heat * (energies - before - there + priors) + before - priors)
            taken = np.log(generator.random(draws)) < gain
            z = np.where(taken[:, np.newaxis], tried, z)
            energies = np.where(taken, there, energies)
        done = heat
    return Posterior(z, last.k, float(found.effective), "tempered")
