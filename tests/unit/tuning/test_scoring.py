"""Scores of forecasts against closed forms and against what they must be when forecasts are what they claim."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from endotune_desktop.tuning.scoring import fair_crps, log_density, quantile_place, scored, skill

QUANTILES_OF_NORMAL = stats.norm.ppf((np.arange(20000) + 0.5) / 20000.0)


def gaussian_crps(y: float) -> float:
    """Return the score of a standard normal forecast (Gneiting and Raftery 2007, eq. 21)."""
    return float(y * (2.0 * stats.norm.cdf(y) - 1.0) + 2.0 * stats.norm.pdf(y) - 1.0 / math.sqrt(math.pi))


@pytest.mark.parametrize("y", [-2.5, 0.0, 0.4, 3.0])
def test_that_the_crps_of_many_draws_is_the_formula(y: float) -> None:
    assert fair_crps(QUANTILES_OF_NORMAL, y) == pytest.approx(gaussian_crps(y), abs=2e-4)


def test_that_the_crps_of_64_draws_is_unbiased() -> None:
    generator = np.random.Generator(np.random.PCG64(7))
    found = [fair_crps(generator.standard_normal(64), 0.4) for _ in range(4000)]
    error = float(np.std(found)) / math.sqrt(len(found))
    assert abs(float(np.mean(found)) - gaussian_crps(0.4)) < 4.0 * error


def test_that_the_crps_is_the_sum_over_pairs() -> None:
    draws = np.array([0.3, -1.2, 2.0, 0.9, 0.9])
    pairs = sum(abs(a - b) for i, a in enumerate(draws) for b in draws[i + 1 :])
    expected = float(np.mean(np.abs(draws - 0.5))) - pairs / (5 * 4)
    assert fair_crps(draws, 0.5) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("limit", [None, -0.7, 0.6])
def test_that_the_place_is_uniform_when_forecasts_are_what_they_claim(limit: float | None) -> None:
    """The laboratory reports what is under the limit as below it; the drawn place is uniform all the same."""
    generator = np.random.Generator(np.random.PCG64(11))
    places = []
    for number in range(6000):
        draws = generator.standard_normal(64) * 0.4 + 1.0
        result = float(generator.standard_normal()) * 0.4 + 1.0
        comparator = ""
        if limit is not None and result < 1.0 + 0.4 * limit:
            result, comparator = 1.0 + 0.4 * limit, "<"
        places.append(quantile_place(draws, result, comparator, number))
    assert stats.kstest(places, "uniform").pvalue > 0.01


def test_that_bounds_are_placed_on_their_side() -> None:
    draws = np.arange(64.0)
    for seed in range(50):
        assert quantile_place(draws, 16.0, "<", seed) <= 16.5 / 65.0
        assert quantile_place(draws, 47.0, ">", seed) >= 48.5 / 65.0


def test_that_a_forecast_that_is_too_narrow_is_seen_in_the_places() -> None:
    generator = np.random.Generator(np.random.PCG64(3))
    places = [quantile_place(generator.standard_normal(64), 2.0 * float(generator.standard_normal()), "", n)
              for n in range(2000)]  # fmt: skip
    assert stats.kstest(places, "uniform").pvalue < 1e-6
    assert np.mean([(p < 0.1) or (p > 0.9) for p in places]) > 0.4


def test_that_the_log_score_is_a_kernel_density() -> None:
    draws = np.array([0.0, 0.5, 1.5])
    wide = 0.3 * float(np.std(draws, ddof=1)) * 3**-0.2
    assert log_density(draws, 0.2) == pytest.approx(float(np.log(np.mean(stats.norm.pdf(0.2, draws, wide)))), abs=1e-12)
    below = float(np.log(np.mean(stats.norm.cdf(0.2, draws, wide))))
    assert log_density(draws, 0.2, "<") == pytest.approx(below, abs=1e-12)
    assert math.isfinite(log_density(draws, 500.0))


def test_that_a_result_is_scored_on_its_logarithm() -> None:
    draws, population = np.log(np.linspace(2.0, 6.0, 64)), np.log(np.linspace(0.5, 30.0, 64))
    found = scored(draws, population, 4.0, "", 1)
    assert (found.in50, found.in90) == (True, True)
    assert found.crps == fair_crps(draws, math.log(4.0))
    assert found.skill == skill(found.crps, found.crps_population)
    assert found.skill is not None
    assert 0.0 < found.skill < 1.0
    above = scored(draws, population, 7.0, "", 1)
    assert (above.in50, above.in90) == (False, False)
    assert above.signed_error == pytest.approx((math.log(7.0) - draws.mean()) / draws.std(ddof=1))


def test_that_a_bound_has_no_distance() -> None:
    draws = np.log(np.linspace(2.0, 6.0, 64))
    found = scored(draws, draws, 0.01, "<", 1)
    assert (found.crps, found.signed_error, found.skill, found.in90) == (None, None, None, False)
