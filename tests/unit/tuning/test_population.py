"""The population prior."""

from __future__ import annotations

import numpy as np

from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.tuning.population import population, varying


def test_that_draws_have_the_declared_spread_and_median() -> None:
    members = population(HPT, 20_000)
    for parameter in varying(HPT):
        assert parameter.omega is not None
        logs = np.log(members.values[parameter.id] / parameter.value)
        assert abs(np.median(logs)) < 0.03 * parameter.omega
        assert abs(logs.std() / parameter.omega - 1.0) < 0.03


def test_that_the_first_members_are_the_same_for_every_count() -> None:
    few, many = population(HPT, 40), population(HPT, 200)
    for name, column in few.values.items():
        assert np.array_equal(column, many.values[name][:40])


def test_that_what_is_known_does_not_vary_and_shifts_no_other_draw() -> None:
    free, known = population(HPT, 10), population(HPT, 10, {"setpoint": 1.4})
    assert "setpoint" not in known.values
    for name, column in known.values.items():
        assert np.array_equal(column, free.values[name])


def test_that_draws_stay_within_the_declared_bounds() -> None:
    members = population(HPT, 50_000, seed=3)
    for parameter in varying(HPT):
        column = members.values[parameter.id]
        assert parameter.low <= column.min()
        assert column.max() <= parameter.high
