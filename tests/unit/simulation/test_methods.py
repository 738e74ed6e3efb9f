"""The two methods of integration: their order, what each does on stiff problems, and how one is chosen."""
# ruff: noqa: ANN401

from __future__ import annotations

from dataclasses import replace
from math import exp, sin
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import Scenario, SingleDose
from endotune_desktop.physiology.axis import Axis, Marker, Role, State
from endotune_desktop.simulation import StartState, python_rates, simulate
from endotune_desktop.simulation.choosing import METHODS, chosen_method
from tests.unit.simulation.toys import KINETIC, kinetic_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)


def _driven(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = -2.0 * y.a + sin(t) + y.b
    dy.b = -y.b * exp(-0.1 * t)
    dy.c = y.a - y.c


def _oscillating(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = y.b
    dy.b = 2.0 * (1.0 - y.a * y.a) * y.b - y.a
    dy.c = y.a * y.b - y.c


def _violently_stiff(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = -1e7 * (y.a - sin(t))
    dy.b = y.a - y.b
    dy.c = y.b


def _level(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.c


def _axis(axis_id: str, rates: Any, method: str = "") -> Axis:
    states = tuple(State(name, "1", name, 0.1, 1.0, may_be_negative=True) for name in "abc")
    markers = (Marker("level", "Level", "1", "", Role.GIVEN),)
    return replace(
        kinetic_axis(axis_id), rates=rates, marker_values=_level, states=states, lesions=(), agents=(),
        markers=markers, method=method,
    )  # fmt: skip


DRIVEN, OSCILLATING = _axis("driven", _driven), _axis("oscillating", _oscillating)
START = StartState(0.0, np.array([1.0, 2.0, 0.5]))


def _exact(axis: Axis, times: np.ndarray) -> np.ndarray:
    rates, p = python_rates(axis), np.zeros(len(axis.parameters))
    found = solve_ivp(
        lambda t, y: rates(t, y, p), (0.0, times[-1]), START.states, method="DOP853", t_eval=times, rtol=1e-13,
        atol=1e-14,
    )  # fmt: skip
    return np.asarray(found.y.T)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("axis", [DRIVEN, OSCILLATING], ids=lambda axis: axis.id)
def test_that_each_method_converges_with_its_order(axis: Axis, method: str) -> None:
    times = np.array([0.0, 10.0, 20.0])
    exact = _exact(axis, times)[-1]
    steps, errors = [], []
    for rtol in (1e-5, 1e-7, 1e-9):
        course = simulate(
            axis, Scenario(axis.id, MAN, duration_days=1.0), start=START, output_times_h=times, rtol=rtol, method=method
        )
        steps.append(course.steps)
        errors.append(float(np.max(np.abs(course.states[-1] - exact))))
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope < -4.0, (steps, errors)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("axis", [DRIVEN, OSCILLATING], ids=lambda axis: axis.id)
def test_that_each_method_agrees_with_scipy_between_its_steps(axis: Axis, method: str) -> None:
    times = np.linspace(0.0, 24.0, 400)
    course = simulate(
        axis, Scenario(axis.id, MAN, duration_days=1.0), start=START, output_times_h=times, rtol=1e-11, method=method
    )
    assert np.max(np.abs(course.states - _exact(axis, times))) < 2e-8


@pytest.mark.parametrize("method", METHODS)
def test_that_each_method_stops_exactly_at_doses(method: str) -> None:
    doses = tuple(SingleDose("drug", "oral", 5.0, "mg", 1.37 * k) for k in range(1, 15))
    scenario = Scenario("toy", MAN, duration_days=1.0, output_step_h=0.25, events=doses)
    course = simulate(KINETIC, scenario, rtol=1e-11, method=method)
    after = course.time_h[:, None] - np.array([dose.time_h for dose in doses])[None, :]
    shape = np.where(after >= 0, 5.0 * 1.25 * (np.exp(-0.2 * np.maximum(after, 0)) - np.exp(-np.maximum(after, 0))), 0)
    assert np.max(np.abs(course.states[:, 1] - shape.sum(axis=1))) < 1e-8


def test_that_the_explicit_method_fails_by_name_on_what_is_too_stiff() -> None:
    axis = _axis("violent", _violently_stiff)
    scenario = Scenario("violent", MAN, duration_days=1.0)
    with pytest.raises(OutsideValidity, match="too many steps") as failure:
        simulate(axis, scenario, start=START, output_times_h=np.array([0.0, 24.0]), method="explicit")
    assert failure.value.axis_id == "violent"
    assert failure.value.step > 1_000_000
    stiff = simulate(axis, scenario, start=START, output_times_h=np.array([0.0, 24.0]), method="rosenbrock", rtol=1e-8)
    assert abs(stiff.states[-1, 0] - np.sin(24.0)) < 1e-6
    assert stiff.steps < 2000


def test_that_the_explicit_method_is_slow_and_right_on_what_is_stiff() -> None:
    times = np.linspace(0.0, 24.0, 50)

    def stiff(t: float, y: Any, p: Any, dy: Any) -> None:
        dy.a = -3000.0 * (y.a - sin(t))
        dy.b = y.a - y.b
        dy.c = y.b - 0.1 * y.c

    axis = _axis("stiff", stiff)
    scenario = Scenario("stiff", MAN, duration_days=1.0)
    slow = simulate(axis, scenario, start=START, output_times_h=times, method="explicit", rtol=1e-8)
    fast = simulate(axis, scenario, start=START, output_times_h=times, method="rosenbrock", rtol=1e-8)
    assert np.max(np.abs(slow.states - fast.states)) < 1e-6
    assert slow.steps > 10 * fast.steps


def test_that_the_choice_is_timed_once_and_remembered(tmp_path: Path) -> None:
    asked: list[int] = []

    def timed(method: int) -> float:
        asked.append(method)
        return (1.0, 0.5)[method]

    stored = tmp_path / "method.txt"
    assert chosen_method(DRIVEN, stored, timed) == 1
    assert chosen_method(DRIVEN, stored, timed) == 1
    assert asked == [0, 1]
    stored.write_text("neither", encoding="utf-8")
    assert chosen_method(DRIVEN, stored, lambda method: (1.0, 0.9)[method]) == 0
    assert chosen_method(DRIVEN, stored, lambda method: (1.0, float("inf"))[method]) == 0


def test_that_a_method_can_be_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(method: int) -> float:
        raise AssertionError(method)

    stored = tmp_path / "method.txt"
    assert chosen_method(replace(DRIVEN, method="explicit"), stored, never) == 1
    monkeypatch.setenv("ENDOTUNE_METHOD", "rosenbrock")
    assert chosen_method(replace(DRIVEN, method="explicit"), stored, never) == 0
    monkeypatch.setenv("ENDOTUNE_METHOD", "euler")
    with pytest.raises(InputRefused, match="rosenbrock, explicit"):
        chosen_method(DRIVEN, stored, never)
    with pytest.raises(InputRefused, match="unknown method 'euler'"):
        simulate(DRIVEN, Scenario("driven", MAN, duration_days=1.0), start=START, method="euler")
