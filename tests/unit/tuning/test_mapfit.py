"""The search for the most probable person, against scipy and on residuals that shake."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import least_squares

from endotune_desktop.tuning.individual import RESTARTS, SEED, restarted
from endotune_desktop.tuning.mapfit import fitted

FloatArray = npt.NDArray[np.float64]


def bent(z: FloatArray) -> FloatArray:
    """Return residuals with a curved valley, shape (members, 4)."""
    first, second, third = z.T
    rows = [3.0 * (second - first**2) + 2.0, np.exp(0.4 * first) - 1.7, third - 0.5 * first * second, second + third]
    return np.stack(rows, axis=1)


@pytest.mark.parametrize("start", [(0.0, 0.0, 0.0), (1.0, -1.0, 0.5), (-1.5, 2.0, 2.0)])
def test_that_the_search_ends_where_scipy_ends(start: tuple[float, float, float]) -> None:
    found = fitted(bent, np.array(start))

    def with_prior(z: FloatArray) -> FloatArray:
        return np.concatenate([bent(z[np.newaxis])[0], z])

    exact = least_squares(with_prior, found.z, xtol=1e-14, ftol=1e-14)
    assert found.converged
    assert found.objective == pytest.approx(2.0 * exact.cost, abs=2e-3)
    assert found.z == pytest.approx(exact.x, abs=0.03)
    jacobian = np.asarray(exact.jac)
    widths = np.sqrt(np.diag(np.linalg.inv(jacobian.T @ jacobian)))
    # The slopes are those of a point up to a tenth of a prior standard deviation away, and this valley bends.
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(widths, rel=0.07)


def test_that_slopes_that_are_given_save_courses_and_do_not_change_the_end() -> None:
    start = np.zeros(3)
    slopes = np.stack([(bent(start[np.newaxis] + 0.5 * row) - bent(start[np.newaxis]))[0] / 0.5 for row in np.eye(3)])
    cold, given = fitted(bent, start), fitted(bent, start, slopes.T)
    assert given.z == pytest.approx(cold.z, abs=0.03)
    assert given.evaluations < cold.evaluations + 3


def test_that_a_search_on_residuals_that_shake_comes_to_rest() -> None:
    def shaking(z: FloatArray) -> FloatArray:
        return np.asarray(bent(z) + 1e-4 * np.sin(1e4 * z.sum(axis=1))[:, np.newaxis])

    found = fitted(shaking, np.array([1.0, -1.0, 0.5]))
    assert found.converged
    assert found.evaluations < 120
    assert found.z == pytest.approx(fitted(bent, np.array([1.0, -1.0, 0.5])).z, abs=0.05)


def test_that_what_no_residual_answers_to_stays_at_the_prior() -> None:
    found = fitted(lambda z: z[:, :1] * 4.0 - 2.0, np.zeros(2))
    assert found.z == pytest.approx([8.0 / 17.0, 0.0], abs=5e-3)
    assert found.covariance == pytest.approx(np.diag([1.0 / 17.0, 1.0]), abs=1e-6)


def two_feet(z: FloatArray) -> FloatArray:
    """Return residuals that vanish near -2 and near +2, the latter further from what the second one wants."""
    return np.stack([3.0 * (z[:, 0] ** 2 - 4.0), 0.5 * (z[:, 0] + 2.0), 2.0 * (z[:, 1] - 0.5 * z[:, 0])], axis=1)


def test_that_a_search_that_comes_near_a_known_optimum_ends_there() -> None:
    known = fitted(bent, np.zeros(3))
    whole, short = fitted(bent, np.array([1.0, -1.0, 0.5])), fitted(bent, np.array([1.0, -1.0, 0.5]), known=known.z)
    assert np.max(np.abs(short.z - known.z)) < 0.1
    assert short.evaluations < whole.evaluations
    elsewhere = fitted(bent, np.array([1.0, -1.0, 0.5]), known=known.z + 5.0)
    assert np.array_equal(elsewhere.z, whole.z)


def test_that_a_poor_fit_is_left_for_a_better_one_found_from_drawn_persons() -> None:
    poor, good = fitted(two_feet, np.array([2.0, 1.0])), fitted(two_feet, np.array([-2.0, -1.0]))
    assert poor.objective > good.objective + 1.0
    found = restarted(two_feet, two_feet, poor, SEED)
    assert found.z == pytest.approx(good.z, abs=0.03)
    assert found.objective == pytest.approx(good.objective, abs=2e-3)


def test_that_searches_that_come_back_end_the_looking_and_coarse_residuals_choose_no_end() -> None:
    only, calls = fitted(bent, np.zeros(3)), [0]

    def coarse(z: FloatArray) -> FloatArray:
        calls[0] += z.shape[0]
        return np.asarray(bent(z) + 2e-3 * np.sin(3.0 * z.sum(axis=1))[:, np.newaxis])

    assert restarted(bent, coarse, only, SEED) is only
    whole = [fitted(bent, start) for start in np.random.default_rng(0).standard_normal((RESTARTS, 3))]
    assert calls[0] < 0.6 * sum(search.evaluations for search in whole)
