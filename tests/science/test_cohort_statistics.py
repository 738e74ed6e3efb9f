"""A cohort's statistics against what hpt.md section 4 says of three hundred sampled persons, within sampling error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation.observables import Observable
from endotune_desktop.tuning.cohort import Arm, Cohort, Column
from endotune_desktop.tuning.cohort_run import computed

HEALTHY = Scenario("hpt", Person(Sex.MALE, 40.0, 176.08716659237555, 67.68309), duration_days=1.0)
DAY = tuple(Column(name, Observable(f"mean({name}, 0d, 1d)")) for name in ("tsh", "ft4", "ft3"))


def _means(scenario: Scenario, count: int) -> list[np.ndarray]:
    cohort = Cohort(scenario, (Arm("scenario", scenario),), count, 1, DAY)
    chunks = [computed(HPT, cohort, index) for index in range(cohort.chunks)]
    assert sum(chunk.failed for chunk in chunks) == 0
    return [np.concatenate([np.asarray(chunk.columns[column.name]) for chunk in chunks]) for column in DAY]


@pytest.mark.slow
def test_that_healthy_persons_differ_as_the_model_was_made_to() -> None:
    tsh, ft4, ft3 = _means(HEALTHY, 2000)
    # Three hundred persons know a coefficient of variation to 4 per cent of itself (TSH, skewed, to 7), two thousand
    # to 1.6; what the science file prints is rounded to one per cent.
    assert tsh.std() / tsh.mean() == pytest.approx(0.34, rel=0.16)
    assert ft4.std() / ft4.mean() == pytest.approx(0.14, rel=0.13)
    assert ft3.std() / ft3.mean() == pytest.approx(0.11, rel=0.13)
    low, high = np.quantile(tsh, [0.025, 0.975])
    assert low == pytest.approx(0.90, rel=0.12)
    assert high == pytest.approx(3.2, rel=0.15)
    # The standard error of a correlation of three hundred is 0.055.
    assert np.corrcoef(np.log(tsh), ft4)[0, 1] == pytest.approx(-0.27, abs=0.14)


@pytest.mark.slow
def test_that_persons_without_a_thyroid_spread_on_one_dose_as_the_model_was_made_to() -> None:
    tablet = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("08:00",))
    gone = (LesionState("thyroidectomy", 1.0),)
    tsh, _, _ = _means(replace(HEALTHY, lesions=gone, regimen_before=(tablet,), regimen=(tablet,)), 1000)
    # ln TSH has an SD of 1.2 here: its quartiles are known to 0.09 from three hundred, its 5th percentile to 0.15.
    found = np.log(np.quantile(tsh, [0.05, 0.25, 0.5, 0.75, 0.95]))
    expected = np.log([0.23, 0.65, 1.5, 3.4, 9.6])
    assert np.abs(found - expected)[1:4] == pytest.approx(0.0, abs=0.27)
    assert np.abs(found - expected)[[0, 4]] == pytest.approx(0.0, abs=0.45)
