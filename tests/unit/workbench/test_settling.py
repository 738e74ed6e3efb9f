"""When plans are compared: one moment, or the mean over a cycle."""

from __future__ import annotations

import numpy as np

from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.workbench.settling import settle_times, settled_rows


def test_that_an_axis_without_a_cycle_is_compared_at_one_moment() -> None:
    assert settle_times(HPT, 2000.0).tolist() == [2000.0]
    assert np.arange(3000.0)[settled_rows(HPT, np.arange(3000.0), 2000.0)].tolist() == [2000.0]


def test_that_a_cycle_of_four_weeks_averages_to_the_same_from_any_day() -> None:
    means = []
    for settle_h in (2016.0, 2016.0 + 24 * 9.0):
        times = settle_times(HPG_FEMALE, settle_h)
        values = np.exp(3.0 * np.sin(2 * np.pi * times / (28 * 24.0)))
        means.append(values[settled_rows(HPG_FEMALE, times, settle_h)].mean())
    assert abs(means[0] - means[1]) < 1e-9 * means[0]
    assert times.size == 28 * 4
