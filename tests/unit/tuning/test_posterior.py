"""The search and the draws against problems whose posterior is known in closed form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from endotune_desktop.tuning.mapfit import fitted
from endotune_desktop.tuning.posterior import sampled
from endotune_desktop.tuning.psis import equal_draws, smoothed

FloatArray = npt.NDArray[np.float64]
GENERATOR = np.random.Generator(np.random.PCG64(5))
DESIGN = GENERATOR.standard_normal((6, 3))
RESULTS = GENERATOR.standard_normal(6) * 2.0


def linear(z: FloatArray) -> FloatArray:
    return RESULTS - z @ DESIGN.T


def banana(z: FloatArray) -> FloatArray:
    return np.stack([(z[:, 1] - 2.0 * z[:, 0] ** 2 + 1.0) / 0.05, (z[:, 0] - 0.2) / 2.0], axis=1)


def test_that_a_linear_problem_ends_at_the_ridge_solution_with_its_covariance() -> None:
    found = fitted(linear, np.zeros(3))
    covariance = np.linalg.inv(DESIGN.T @ DESIGN + np.eye(3))
    assert found.converged
    assert found.z == pytest.approx(covariance @ DESIGN.T @ RESULTS, abs=2e-2)
    assert found.covariance == pytest.approx(covariance, rel=1e-6)


def test_that_draws_of_a_gaussian_have_its_mean_and_spread() -> None:
    optimum = fitted(linear, np.zeros(3))
    found = sampled(linear, optimum, seed=1, draws=4000)
    assert found.way == "weighted"
    assert found.k < 0.5
    error = 4.0 * np.sqrt(np.diag(optimum.covariance) / found.effective)
    assert np.all(np.abs(found.z.mean(axis=0) - optimum.z) < error + 2e-2)
    assert np.cov(found.z.T) == pytest.approx(optimum.covariance, abs=0.15 * float(np.max(optimum.covariance)))


def test_that_a_bent_posterior_is_noticed_and_still_drawn() -> None:
    optimum = fitted(banana, np.zeros(2))
    found = sampled(banana, optimum, seed=2, draws=400)
    assert found.way != "weighted"
    # Exact moments by quadrature on a fine grid.
    first, second = np.meshgrid(np.linspace(-3, 3, 1201), np.linspace(-3, 10, 2601), indexing="ij")
    grid = np.stack([first.ravel(), second.ravel()], axis=1)
    weight = np.exp(-0.5 * (np.sum(banana(grid) ** 2, axis=1) + np.sum(grid**2, axis=1)))
    mean = (weight[:, np.newaxis] * grid).sum(axis=0) / weight.sum()
    assert found.z.mean(axis=0) == pytest.approx(mean, abs=0.35)


def test_that_equal_seeds_give_equal_draws() -> None:
    optimum = fitted(linear, np.zeros(3))
    assert np.array_equal(sampled(linear, optimum, 3).z, sampled(linear, optimum, 3).z)
    assert not np.array_equal(sampled(linear, optimum, 3).z, sampled(linear, optimum, 4).z)


@pytest.mark.parametrize("shape", [0.1, 0.5, 0.9])
def test_that_the_tail_of_pareto_weights_is_recognised(shape: float) -> None:
    found = []
    for seed in range(24):
        weights = np.random.Generator(np.random.PCG64(seed)).pareto(1.0 / shape, 5_000) + 1.0
        found.append(smoothed(np.log(weights)).k)
    # Each tail has 212 draws: the shape's standard error is (1 + k) / sqrt(212), of the mean a fifth of that.
    assert np.mean(found) == pytest.approx(shape, abs=0.03 + 3.0 * (1.0 + shape) / np.sqrt(212 * 24))


def test_that_equal_weights_stay_equal_and_resampling_takes_each_once() -> None:
    found = smoothed(np.zeros(100))
    assert found.weights == pytest.approx(np.full(100, 0.01))
    assert found.good
    assert list(equal_draws(found.weights, 100, 0.5)) == list(range(100))
