"""Width factors and the sum of a clinic's forecasts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from endotune_desktop.tuning.clinic_calibration import Scored, calibration, learnt_widths, mean_skill
from endotune_desktop.tuning.width import conformal, ratio, widened, width_factor

ENTRY = Scored("r", "p", "hpt", "tsh", 1, 0.5, True, True, 0.1, 0.2, -0.5, 0.3)
Z95 = float(stats.norm.ppf(0.95))


def entries(places: np.ndarray[tuple[int, ...], np.dtype[np.float64]], marker: str = "tsh") -> list[Scored]:
    """Return forecasts of as many patients, whose results were at these places."""
    return [
        replace(ENTRY, receipt_id=f"r{n}", patient_id=f"p{n}", marker=marker, pit=float(place),
                in50=bool(0.25 <= place <= 0.75), in90=bool(0.05 <= place <= 0.95), log_score=-abs(float(place) - 0.5))
        for n, place in enumerate(places)
    ]  # fmt: skip


def test_that_shipped_factors_are_those_of_the_cohorts() -> None:
    assert width_factor("hpt", "ft4", 1) == 1.3
    assert width_factor("hpt", "ft4", 2) == 1.1
    assert {width_factor("hpt", marker, visits) for marker, visits in (("ft4", 0), ("ft4", 7), ("tsh", 1))} == {1.0}
    assert width_factor("hpt", "tsh", 9, {("hpt", "tsh", 3): 1.4}) == 1.4


def test_that_a_factor_stretches_the_distance_to_the_median() -> None:
    draws = np.array([1.0, 2.0, 3.0, 5.0, 9.0])
    assert widened(draws, 1.5).tolist() == [0.0, 1.5, 3.0, 6.0, 12.0]


def test_that_the_learnt_factor_makes_bands_hold_what_they_claim() -> None:
    """Results are 1.6 times as wide as the forecasts: the rank statistic finds it, the start value hardly holds it."""
    generator = np.random.Generator(np.random.PCG64(5))
    results = 1.6 * generator.standard_normal(4000)
    factor = conformal([ratio(y, -Z95, 0.0, Z95) for y in results])
    assert factor == pytest.approx(1.6, abs=0.06)
    assert np.mean(np.abs(results) <= factor * Z95) == pytest.approx(0.9, abs=0.015)


def test_that_the_factor_never_narrows_and_is_capped() -> None:
    assert conformal([]) == 1.0
    assert conformal([0.1] * 50) == 1.0
    assert conformal([9.0] * 500) == 2.0
    assert conformal([3.0]) == pytest.approx((1 * 3.0 + 20.0) / 21.0)


def test_that_a_clinic_learns_from_twenty_patients_and_not_before() -> None:
    wide = [replace(entry, ratio=1.5) for entry in entries(np.full(19, 0.5))]
    assert learnt_widths(wide) == {}
    assert learnt_widths(wide * 3) == {}
    twenty = [replace(entry, ratio=1.5) for entry in entries(np.full(20, 0.5))]
    assert learnt_widths(twenty) == {("hpt", "tsh", 1): pytest.approx((20 * 1.5 + 20) / 40)}
    assert learnt_widths([replace(entry, visits=0) for entry in twenty]) == {}


@pytest.mark.parametrize("count", [1, 7, 27, 200, 9000])
def test_that_the_envelope_is_the_binomial_one_at_any_size(count: int) -> None:
    found = calibration([ENTRY] * count).envelope[3]
    assert found == tuple(int(stats.binom.ppf(level, count, 0.1)) for level in (0.05, 0.95))


def test_that_the_envelope_is_the_binomial_one() -> None:
    found = calibration(entries(np.linspace(0.0025, 0.9975, 200)))
    assert found.bins == (20,) * 10
    assert found.envelope[0] == (int(stats.binom.ppf(0.05, 200, 0.1)), int(stats.binom.ppf(0.95, 200, 0.1)))
    assert found.envelope[0][0] < 20 < found.envelope[0][1]
    assert found.alarms == ()
    assert (found.coverage[0].share50, found.coverage[0].share90) == (0.5, 0.9)


def test_that_an_empty_clinic_sums_up_to_nothing() -> None:
    found = calibration([])
    assert (found.count, found.skill, found.coverage, found.worst) == (0, None, (), ())


@pytest.mark.parametrize(
    ("places", "kinds"),
    [
        (np.r_[np.full(8, 0.01), np.full(12, 0.5)], {"narrow", "high"}),
        (np.full(20, 0.8), {"low"}),
        (np.full(20, 0.2), {"high"}),
        (np.full(19, 0.2), set()),
    ],
)
def test_that_alarms_are_raised_with_enough_results(
    places: np.ndarray[tuple[int, ...], np.dtype[np.float64]], kinds: set[str]
) -> None:
    assert {alarm.kind for alarm in calibration(entries(places)).alarms} == kinds


def test_that_the_worst_are_the_furthest_out_and_the_skill_is_that_of_the_sums() -> None:
    held = entries(np.array([0.5, 0.99, 0.4, 0.02, 0.6, 0.3]))
    found = calibration(held)
    assert [entry.pit for entry in found.worst][:2] == [0.99, 0.02]
    assert len(found.worst) == 5
    unlike = [replace(held[0], crps=0.1, crps_population=1.0), replace(held[1], crps=0.3, crps_population=0.3)]
    assert mean_skill(unlike) == pytest.approx(1.0 - 0.4 / 1.3)
    assert mean_skill([replace(held[0], crps=None)]) is None
