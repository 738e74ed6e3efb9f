"""Drawn pulses against the printed formula of hpa.md section 2, summed pulse by pulse and run by scipy."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from scipy.integrate import solve_ivp

from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.hpa import HPA
from endotune_desktop.simulation import StartState, compiled, periodic_start, python_rates, simulate

FloatArray = npt.NDArray[np.float64]
HEALTHY = Scenario("hpa", HPA.reference_person, duration_days=2.0, output_step_h=0.25)
TAU_H = 0.15


def printed_train(seed: int, end_h: float) -> tuple[FloatArray, FloatArray]:
    """Return times and masses as section 2 prints them: all times, then all masses."""
    generator = np.random.default_rng(seed)
    times, t = [], -4.0
    while True:
        t += generator.gamma(1.0 / 0.35**2, 1.35 * 0.35**2)
        if t >= end_h:
            break
        times.append(t)
    s = math.sqrt(math.log(1.0 + 0.6**2))
    masses = 1.35 * np.exp(s * generator.standard_normal(len(times)) - s**2 / 2.0)
    return np.array(times), masses


def printed_pulse(t: float, times: FloatArray, masses: FloatArray) -> float:
    """Return the sum of ``m (x/tau^2) exp(-x/tau)`` over the pulses of the last four hours."""
    x = t - times
    near = (x > 0.0) & (x < 4.0)
    return float(np.sum(masses[near] * x[near] / TAU_H**2 * np.exp(-x[near] / TAU_H)))


def by_scipy(scenario: Scenario, pulsat: float, at_h: FloatArray) -> FloatArray:
    """Return the states by scipy at 1e-10, the pulse put in from the printed sum, cut at every pulse."""
    times, masses = printed_train(scenario.seed, scenario.duration_days * 24.0)
    constants = compiled(HPA).constants({**HPA.typical(), "pulsat": pulsat, "pulse_rest": 0.0}, scenario.person)
    rates, place = python_rates(HPA), HPA.state_index("q2")

    def derivative(t: float, y: FloatArray) -> FloatArray:
        drawn = y.copy()
        drawn[place] = printed_pulse(t, times, masses)
        return rates(t, drawn, constants)

    y = periodic_start(HPA, replace(scenario, pulses=False), rtol=1e-10).states
    rows: list[FloatArray] = []
    edges = np.array([0.0, *times[times > 0.0], at_h[-1]])
    for index, (begin, end) in enumerate(pairwise(edges.tolist())):
        last = index == edges.size - 2
        inside = at_h[(at_h >= begin) & ((at_h <= end) if last else (at_h < end))]
        found = solve_ivp(
            derivative, (begin, end), y, method="LSODA", rtol=1e-10, atol=1e-11, t_eval=np.union1d(inside, [end])
        )
        assert found.success
        rows.extend(found.y.T[: inside.size])
        y = found.y[:, -1]
    return np.array(rows)


def test_that_a_drawn_course_is_that_of_the_printed_formula() -> None:
    scenario = replace(HEALTHY, pulses=True, seed=42, duration_days=1.0)
    at_h = np.arange(0.0, 24.01, 0.25)
    start = periodic_start(HPA, replace(scenario, pulses=False), rtol=1e-10)
    ours = simulate(HPA, scenario, rtol=1e-10, output_times_h=at_h, start=start).states
    theirs = by_scipy(scenario, 0.8, at_h)
    for state_id in ("CRH", "ACTH", "Y", "CT", "FT", "E", "E2", "P", "A", "B", "S"):
        index = HPA.state_index(state_id)
        worst = float(np.max(np.abs(ours[:, index] - theirs[:, index])) / np.max(np.abs(theirs[:, index])))
        assert worst < 1e-7, (state_id, worst)


def test_that_the_chain_carries_the_pulses_of_the_four_hours_before() -> None:
    scenario = replace(HEALTHY, pulses=True, seed=42)
    times, masses = printed_train(42, 48.0)
    assert np.count_nonzero(times < 0.0) >= 1
    course = simulate(HPA, scenario, rtol=1e-10)
    q2 = course.states[:, HPA.state_index("q2")]
    expected = [printed_pulse(float(t), times, masses) for t in course.time_h]
    assert q2 == pytest.approx(np.array(expected), rel=1e-7, abs=2e-8)


def test_that_without_pulses_the_drive_is_smooth_whatever_their_strength() -> None:
    plain = simulate(HPA, HEALTHY, rtol=1e-9).markers["cortisol"]
    strong = simulate(HPA, replace(HEALTHY, parameters={"pulsat": 0.8}), rtol=1e-9).markers["cortisol"]
    assert strong == pytest.approx(plain, rel=1e-8)


def test_that_the_scenario_s_own_strength_of_pulses_counts() -> None:
    drawn = replace(HEALTHY, pulses=True, seed=7)
    none = simulate(HPA, replace(drawn, parameters={"pulsat": 0.0}), rtol=1e-9).markers["cortisol"]
    assert none == pytest.approx(simulate(HPA, HEALTHY, rtol=1e-9).markers["cortisol"], rel=1e-7)
    usual = simulate(HPA, drawn, rtol=1e-9).markers["acth"]
    assert np.max(np.abs(usual - simulate(HPA, HEALTHY).markers["acth"])) > 5.0


def test_that_some_eighteen_pulses_a_day_leave_the_mean_drive_unchanged() -> None:
    times, masses = printed_train(3, 24.0 * 400.0)
    assert times.size / 400.0 == pytest.approx(17.8, rel=0.03)
    assert float(np.sum(masses)) / (24.0 * 400.0) == pytest.approx(1.0, rel=0.03)


def test_that_pulses_go_on_from_a_later_state_as_in_one_run() -> None:
    order = DoseOrder("hydrocortisone", "oral", 5.0, "mg", ("08:00",))
    scenario = replace(HEALTHY, pulses=True, seed=11, regimen=(order,))
    whole = simulate(HPA, scenario, rtol=1e-9)
    half = simulate(HPA, scenario, rtol=1e-9, output_times_h=np.array([24.0]))
    rest = simulate(HPA, scenario, rtol=1e-9, output_times_h=np.array([30.0]), start=StartState(24.0, half.states[0]))
    assert rest.states[0] == pytest.approx(whole.states[120], rel=1e-6, abs=1e-9)
