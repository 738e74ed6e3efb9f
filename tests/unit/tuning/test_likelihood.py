"""Residuals against the densities and tails that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from endotune_desktop.tuning.evidence import Observation, visit_of, visits_of
from endotune_desktop.tuning.likelihood import LOST, residuals

NUMBERS = st.floats(-4.0, 4.0)


def one(observed: float, beyond: float, expected: float, spread: float = 0.3) -> float:
    return float(residuals(np.array([observed]), np.array([beyond]), np.array([expected]), np.array([spread]))[0])


@given(NUMBERS, NUMBERS)
def test_that_half_the_square_of_a_value_is_the_gaussian_energy(observed: float, expected: float) -> None:
    energy = -norm.logpdf(observed, expected, 0.3) - np.log(0.3 * np.sqrt(2.0 * np.pi))
    assert 0.5 * one(observed, 0.0, expected) ** 2 == pytest.approx(energy, abs=1e-9)


@given(NUMBERS, NUMBERS)
def test_that_half_the_square_beyond_a_limit_is_the_energy_of_the_tail(limit: float, expected: float) -> None:
    below, above = norm.logcdf((limit - expected) / 0.3), norm.logcdf((expected - limit) / 0.3)
    assert 0.5 * one(limit, -1.0, expected) ** 2 == pytest.approx(-below, rel=1e-9, abs=1e-9)
    assert 0.5 * one(limit, 1.0, expected) ** 2 == pytest.approx(-above, rel=1e-9, abs=1e-9)


def test_that_a_limit_far_above_the_course_says_nothing_and_one_far_below_pulls() -> None:
    assert one(50.0, -1.0, 0.0) == pytest.approx(0.0, abs=1e-12)
    assert one(-3.0, -1.0, 0.0) < -5.0
    assert one(3.0, 1.0, 0.0) > 5.0


def test_that_the_gradient_of_a_censored_result_is_that_of_the_tail() -> None:
    step, at = 1e-5, 0.1
    by_difference = (one(0.0, -1.0, at + step) ** 2 - one(0.0, -1.0, at - step) ** 2) / (4.0 * step)
    z = (0.0 - at) / 0.3
    exact = norm.pdf(z) / norm.cdf(z) / 0.3
    assert by_difference == pytest.approx(exact, rel=1e-5)


def test_that_a_person_without_a_course_is_far_and_finite() -> None:
    assert one(0.0, 0.0, float("nan")) == LOST


def test_that_results_within_a_day_are_one_visit() -> None:
    samples = [Observation("a", "m", 8.0, 1.0), Observation("b", "m", 9.0, 1.0), Observation("c", "m", 60.0, 1.0)]
    visits = visits_of(samples)
    assert visits == [8.0, 60.0]
    assert [visit_of(sample.time_h, visits) for sample in samples] == [0, 0, 1]
