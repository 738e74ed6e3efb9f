"""Nothing hangs and nothing is silently not a number: failures say the axis, the time, the state and the step."""
# ruff: noqa: ANN401

from __future__ import annotations

import threading
import time
from dataclasses import replace
from math import exp, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.axis import Axis, Marker, Role, State
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import CancelFlag, Cancelled, StartState, periodic_start, simulate
from endotune_desktop.simulation.choosing import METHODS
from tests.unit.simulation.toys import KINETIC, kinetic_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)


def _exploding(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = y.a * y.a
    dy.b = log(1.0 + y.c)
    dy.c = 0.01


def _sinking(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.a = -1.0
    dy.b = 0.0 if t < 5.0 else exp(-y.b)
    dy.c = 0.01


def _level(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.c


def _axis(axis_id: str, rates: Any) -> Axis:
    states = tuple(State(name, "1", name, 0.1, 1.0) for name in "abc")
    marker = Marker("level", "Level", "1", "", Role.GIVEN)
    return replace(
        kinetic_axis(axis_id),
        rates=rates,
        marker_values=_level,
        states=states,
        lesions=(),
        agents=(),
        markers=(marker,),
    )


EXPLODING, SINKING = _axis("exploding", _exploding), _axis("sinking", _sinking)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("axis", "start", "from_h", "to_h", "state"),
    [
        (EXPLODING, [1.0, 0.0, 0.0], 0.99, 1.01, None),
        (EXPLODING, [np.nan, 0.0, 0.0], 0.0, 0.0, None),
        (EXPLODING, [0.0, 0.0, np.inf], 0.0, 0.0, None),
        (SINKING, [2.0, 0.0, 0.0], 1.99, 24.0, "a"),
    ],
)
def test_that_a_failure_says_where(
    axis: Axis, start: list[float], from_h: float, to_h: float, state: str | None, method: str
) -> None:
    with pytest.raises(OutsideValidity) as failure:
        simulate(
            axis, Scenario(axis.id, MAN, duration_days=1.0), start=StartState(0.0, np.array(start)), method=method,
            output_times_h=np.array([0.0, 24.0]),
        )  # fmt: skip
    assert failure.value.axis_id == axis.id
    assert from_h <= failure.value.time_h <= to_h
    assert state is None or failure.value.state_id == state
    assert failure.value.step >= 0


@pytest.mark.parametrize("method", METHODS)
def test_that_both_sides_of_an_event_can_be_read(method: str) -> None:
    scenario = replace(
        Scenario("toy", MAN, duration_days=1.0), lesions=(LesionState("slow_kidney", 1.0, 6.5),),
        events=(SingleDose("drug", "iv", 8.0, "mg", 6.0), SingleDose("drug", "iv", 2.0, "mg", 24.0)),
    )  # fmt: skip
    times = np.array([0.0, 3.0, 3.0, 6.0, 6.0, 6.5, 6.5, 24.0, 24.0])
    start = StartState(0.0, np.array([0.0, 1.0, 0.0]))
    levels = simulate(KINETIC, scenario, start=start, output_times_h=times, rtol=1e-10, method=method).states[:, 1]
    before = np.exp(-0.2 * 6.0)
    onset = (before + 8.0) * np.exp(-0.1)
    end = (onset + 3.0) * np.exp(-0.1 * 17.5)
    expected = [1.0, np.exp(-0.6), np.exp(-0.6), before, before + 8.0, onset, onset + 3.0, end, end + 2.0]
    assert levels == pytest.approx(expected, rel=1e-8)


@st.composite
def stressful(draw: st.DrawFn) -> Scenario:
    """Return a thyroid scenario at the edge of what is accepted."""
    parameters = {}
    for parameter in draw(st.lists(st.sampled_from(HPT.parameters), max_size=6, unique_by=lambda x: x.id)):
        parameters[parameter.id] = draw(st.floats(parameter.low, parameter.high))
    lesions = []
    for lesion in draw(st.lists(st.sampled_from(HPT.lesions), max_size=2, unique_by=lambda x: x.id)):
        onset = draw(st.floats(0.01, 70.0)) if "at_h" in lesion.onsets else "new"
        lesions.append(LesionState(lesion.id, draw(st.floats(0.0, 1.0)), onset))
    many = tuple(f"{hour:02d}:{minute:02d}" for hour in range(4, 24, 2) for minute in (0, 37))
    orders = []
    for entry in draw(st.lists(st.sampled_from(HPT.agents), max_size=2, unique_by=lambda x: x.agent.id)):
        intake = draw(st.sampled_from(entry.intakes))
        clocks = draw(st.sampled_from([many, ("08:00",), ("00:00", "23:59")]))
        lasts = draw(st.sampled_from([None, 0.1, 1.0]))
        orders.append(
            DoseOrder(
                entry.agent.id, intake.route, entry.usual_dose * draw(st.floats(0.0, 10.0)), entry.agent.unit, clocks,
                draw(st.integers(1, 3)), preparation=intake.preparation or None, duration_h=lasts,
            )
        )  # fmt: skip
    infusions = tuple(
        SingleDose("levothyroxine", "iv", draw(st.floats(0.0, 500.0)), "ug", 24.0 + k, duration_h=1.0) for k in range(4)
    )
    return Scenario("hpt", MAN, parameters, tuple(lesions), (), tuple(orders), infusions, 3.0, 1.0)


@settings(max_examples=60, deadline=None)
@given(stressful(), st.sampled_from([1e-3, 1e-6]))
def test_that_any_accepted_scenario_gives_numbers_or_a_typed_failure(scenario: Scenario, rtol: float) -> None:
    try:
        course = simulate(HPT, scenario, rtol=rtol)
        again = simulate(HPT, scenario, rtol=rtol)
    except (InputRefused, OutsideValidity) as failure:
        assert str(failure)
        return
    assert np.all(np.isfinite(course.states))
    assert np.array_equal(course.states, again.states)
    slack = max(1e-6, 100.0 * rtol)
    for place, state in enumerate(HPT.states):
        assert state.may_be_negative or np.min(course.states[:, place]) > -2.0 * slack * state.scale, state.id


def test_that_parameters_out_of_bounds_are_refused() -> None:
    name = HPT.parameters[0].id
    for value in (HPT.parameters[0].high * 2.0, HPT.parameters[0].low - 1.0, float("nan")):
        with pytest.raises(InputRefused):
            simulate(HPT, Scenario("hpt", MAN, {name: value}, duration_days=1.0))


def test_that_a_cancelled_start_and_run_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    order = DoseOrder("levothyroxine", "oral", 113.7, "ug", ("07:00",))
    scenario = Scenario("hpt", MAN, {"sigma": 0.0}, (), (order,), (order,), duration_days=2.0)
    flag = CancelFlag()
    flag.cancel()
    with pytest.raises(Cancelled):
        periodic_start(HPT, scenario, cancel=flag)
    start = periodic_start(HPT, scenario)
    with pytest.raises(Cancelled):
        simulate(HPT, scenario, start=start, cancel=flag)


def test_that_a_run_stops_while_it_runs() -> None:
    def restless(t: float, y: Any, p: Any, dy: Any) -> None:
        dy.a = -3e5 * (y.a - 1.0)
        dy.b = y.a - y.b
        dy.c = -y.c

    axis = _axis("restless", restless)
    start = StartState(0.0, np.array([0.5, 0.5, 0.5]))
    simulate(axis, Scenario("restless", MAN, duration_days=0.01), start=start)
    flag, ended = CancelFlag(), threading.Event()

    def run() -> None:
        with pytest.raises(Cancelled):
            simulate(
                axis, Scenario("restless", MAN, duration_days=1.0), start=start, method="explicit", cancel=flag,
                output_times_h=np.array([0.0, 24.0]),
            )  # fmt: skip
        ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.05)
    flag.cancel()
    thread.join(timeout=30.0)
    assert ended.is_set()
