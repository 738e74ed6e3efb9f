"""The method itself: its order, and a stiff problem."""
# ruff: noqa: ANN401

from __future__ import annotations

from dataclasses import replace
from math import exp, sin
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Marker, Role, State
from endotune_desktop.simulation import StartState, python_rates, simulate
from endotune_desktop.simulation.tableau import GAMMA, NODES, TIME_WEIGHTS, A, C
from tests.unit.simulation.toys import kinetic_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)


def _robertson(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = -0.04 * y.a + 1e4 * y.b * y.c
    dy.b = 0.04 * y.a - 1e4 * y.b * y.c - 3e7 * y.b * y.b
    dy.c = 3e7 * y.b * y.b


def _driven(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = -2.0 * y.a + sin(t) + y.b
    dy.b = -y.b * exp(-0.1 * t)
    dy.c = y.a - y.c


def _level(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.c


def _axis(axis_id: str, rates: Any) -> Any:
    base = kinetic_axis(axis_id)
    states = tuple(State(name, "1", name, 0.1, 1.0, may_be_negative=True) for name in "abc")
    markers = (Marker("level", "Level", "1", "", Role.GIVEN),)
    return replace(base, rates=rates, marker_values=_level, states=states, lesions=(), agents=(), markers=markers)


def test_that_the_coefficients_are_consistent() -> None:
    gamma = np.linalg.inv(np.eye(8) / GAMMA - C)
    assert np.max(np.abs((A @ gamma).sum(axis=1) - NODES)) < 1e-12
    assert abs(TIME_WEIGHTS[0] - GAMMA) < 1e-14


def test_that_robertson_agrees_with_radau() -> None:
    axis = _axis("robertson", _robertson)
    start = StartState(0.0, np.array([1.0, 0.0, 0.0]))
    times = np.array([0.0, 0.4, 4.0, 40.0, 400.0, 4000.0])
    ours = simulate(axis, Scenario("robertson", MAN, duration_days=200.0), start=start, output_times_h=times, rtol=1e-9)
    rates = python_rates(axis)
    p = np.zeros(len(axis.parameters))
    theirs = solve_ivp(
        lambda t, y: rates(t, y, p), (0.0, 4000.0), start.states, method="Radau", t_eval=times, rtol=1e-10, atol=1e-14
    )
    assert np.max(np.abs(ours.states - theirs.y.T)) < 1e-8


def test_that_the_error_falls_with_the_tolerance_as_fifth_order_does() -> None:
    axis = _axis("driven", _driven)
    start = StartState(0.0, np.array([1.0, 2.0, 0.5]))
    scenario = Scenario("driven", MAN, duration_days=2.0)
    times = np.array([0.0, 20.0, 40.0])
    exact = simulate(axis, scenario, start=start, output_times_h=times, rtol=1e-13).states[-1]
    steps, errors = [], []
    for rtol in (1e-5, 1e-7, 1e-9):
        course = simulate(axis, scenario, start=start, output_times_h=times, rtol=rtol)
        steps.append(course.steps)
        errors.append(float(np.max(np.abs(course.states[-1] - exact))))
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope < -4.0, (steps, errors)
