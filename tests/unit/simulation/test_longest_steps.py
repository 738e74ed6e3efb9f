"""Narrow bursts on a clock that wraps: none is stepped over, by either method, in a course, a start or members."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import StartState, periodic_start, simulate
from endotune_desktop.simulation.ensemble import simulate_members
from endotune_desktop.simulation.members import Members
from tests.unit.simulation.rhythm_toys import bursting_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)
AXES = {method: bursting_axis(f"bursting_{method}", 0.15, method) for method in ("rosenbrock", "explicit")}
FREE = bursting_axis("bursting_freely", 24.0, "explicit")


def scenario_of(axis: Axis, **values: float) -> Scenario:
    """Return an untreated person."""
    return Scenario(axis.id, MAN, dict(values), duration_days=10.0, output_step_h=24.0)


def brought(until_h: float, lost: float = 0.02) -> float:
    """Return what the bursts since midnight of day 0 leave at a time, by quadrature of each burst."""
    total = 0.0
    for day in range(int(until_h // 24) + 1):
        for begin in (24.0 * day + 9.1, 24.0 * day + 22.3):

            def kept(t: float, begin: float = begin) -> float:
                return float(np.sin(np.pi * (t - begin) / 0.3) ** 2 * np.exp(-lost * (until_h - t)))

            if begin < until_h:
                total += quad(kept, begin, min(begin + 0.3, until_h), epsabs=1e-13)[0]
    return 100.0 * total


@pytest.mark.parametrize("method", sorted(AXES))
def test_that_no_burst_is_stepped_over(method: str) -> None:
    axis = AXES[method]
    start = StartState(0.0, np.zeros(2))
    course = simulate(axis, scenario_of(axis), rtol=1e-8, start=start)
    assert course.markers["level"] == pytest.approx([brought(24.0 * day) for day in range(11)], rel=1e-6, abs=1e-6)
    assert course.steps >= 240 / 0.15


def test_that_steps_are_free_where_nothing_is_narrow() -> None:
    still = scenario_of(FREE, made=0.0)
    assert simulate(FREE, still, start=StartState(0.0, np.array([60.0, 0.0]))).steps < 240


@pytest.mark.parametrize("method", sorted(AXES))
def test_that_the_periodic_start_knows_the_bursts(method: str) -> None:
    axis = AXES[method]
    expected = brought(24.0) / (1.0 - np.exp(-0.02 * 24.0))
    assert periodic_start(axis, scenario_of(axis), rtol=1e-8).states[0] == pytest.approx(expected, rel=1e-6)
    weekly = replace(scenario_of(axis), regimen_before=(DoseOrder("drug", "iv", 1.0, "mg", ("07:00",), every_days=7),))
    assert periodic_start(axis, weekly, rtol=1e-8).states[0] == pytest.approx(expected, rel=1e-6)


def test_that_members_see_every_burst() -> None:
    axis = AXES["explicit"]
    lost = np.array([0.02, 0.05])
    found = simulate_members(axis, scenario_of(axis), Members({"lost": lost}, 2), output_times_h=np.array([0.0, 48.0]))
    expected = [brought(24.0, value) / (1.0 - np.exp(-value * 24.0)) for value in lost]
    assert found.markers["level"][1] == pytest.approx(expected, rel=2e-3)
