"""Where courses start: the day 0 of a cycle, and a fixed point that is followed, against closed forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.simulation import CancelFlag, Cancelled, periodic_start, simulate
from endotune_desktop.simulation.ensemble import periodic_members, simulate_members
from endotune_desktop.simulation.gradients import gradients
from endotune_desktop.simulation.members import Members
from endotune_desktop.simulation.starts import forget_starts
from tests.unit.simulation.rhythm_toys import SWINGING, TURNING, TURNING_INITIAL, swinging_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)
TURN = Scenario("turning", MAN, {"speed": 0.1}, duration_days=3.0)
DAY_0 = [0.5, np.sqrt(0.75)]
DAILY = DoseOrder("drug", "iv", 2.0, "mg", ("06:00",))
W = np.pi / 12.0


def test_that_a_cycle_starts_where_its_state_fell_last() -> None:
    assert periodic_start(TURNING, TURN, rtol=1e-9).states[:2] == pytest.approx(DAY_0, abs=1e-7)
    course = simulate(TURNING, TURN, rtol=1e-9)
    assert course.markers["level"] == pytest.approx(np.cos(np.pi / 3 + 0.1 * course.time_h), abs=1e-6)


def test_that_the_typical_person_starts_at_the_declared_state() -> None:
    typical = periodic_start(TURNING, Scenario("turning", MAN))
    assert typical.states.tolist() == list(TURNING_INITIAL.values())
    same = replace(TURN, parameters={"speed": TURNING.parameter("speed").value})
    assert periodic_start(TURNING, same).states.tolist() == list(TURNING_INITIAL.values())
    treated = periodic_start(TURNING, Scenario("turning", MAN, regimen_before=(DAILY,)), rtol=1e-9)
    assert treated.states[:2] == pytest.approx(DAY_0, abs=1e-7)


def test_that_what_was_taken_all_along_is_in_the_start_of_a_cycle() -> None:
    scenario = replace(TURN, parameters={"speed": 0.1, "pull": -0.2}, regimen_before=(DAILY,))
    start = periodic_start(TURNING, scenario, rtol=1e-9)  # the cycle dies down, so the end is the start
    steady = 2.0 * np.exp(-0.1 * 18.0) / (1.0 - np.exp(-2.4))
    assert start.states[2] == pytest.approx(steady * (1.0 - np.exp(-2.4 * 20)), rel=1e-6)


def test_that_a_lesion_may_leave_the_cycle() -> None:
    scenario = replace(TURN, lesions=(LesionState("stilled", 1.0),))
    states = periodic_start(TURNING, scenario, rtol=1e-9).states
    assert np.hypot(*states[:2]) < 1e-3
    new = replace(TURN, lesions=(LesionState("stilled", 1.0, "new"),))
    assert periodic_start(TURNING, new, rtol=1e-9).states[:2] == pytest.approx(DAY_0, abs=1e-7)


def test_that_members_start_on_their_own_day_0_whatever_the_threads() -> None:
    members = Members({"speed": np.linspace(0.08, 0.3, 12)}, 12)
    alone = periodic_members(TURNING, Scenario("turning", MAN), members, accuracy=1e-6)
    assert alone.states[:, 0] == pytest.approx(np.full(12, DAY_0[0]), abs=1e-4)
    assert alone.states[:, 1] == pytest.approx(np.full(12, DAY_0[1]), abs=1e-4)
    pool = Pool()
    shared = periodic_members(TURNING, Scenario("turning", MAN), members, accuracy=1e-6, spread=pool.spread)
    pool.close()
    assert shared.states.tobytes() == alone.states.tobytes()


def test_that_gradients_know_how_the_start_answers() -> None:
    times = np.array([2.0, 55.0])
    found = gradients(TURNING, Scenario("turning", MAN), {"speed": 0.1}, times, markers=["level"], rtol=1e-7)
    turned = np.pi / 3 + 0.1 * times
    assert found.elasticities["level"][:, 0] == pytest.approx(-np.tan(turned) * 0.1 * times, rel=2e-3)


def test_that_starts_are_remembered_and_equal_bits() -> None:
    first = periodic_start(TURNING, TURN).states
    again = periodic_start(TURNING, TURN).states
    forget_starts()
    anew = periodic_start(TURNING, TURN).states
    assert first.tobytes() == again.tobytes() == anew.tobytes()


def test_that_a_start_can_be_cancelled() -> None:
    flag = CancelFlag()
    flag.cancel()
    forget_starts()
    with pytest.raises(Cancelled):
        periodic_start(TURNING, TURN, cancel=flag)
    with pytest.raises(Cancelled):
        periodic_members(TURNING, TURN, Members({}, 2), cancel=flag)


def test_that_a_start_without_an_answer_says_so() -> None:
    lost = Scenario("swinging", MAN, {"lost": 0.0})
    with pytest.raises(OutsideValidity):
        periodic_start(SWINGING, lost)


def swung(from_h: float, made: float = 3.0, lost: float = 0.05, swing: float = 0.5) -> float:
    """Return the pool at time 0 that was settled without its swing at `from_h`."""

    def forced(t: float) -> float:
        return float((lost * np.cos(W * t) + W * np.sin(W * t)) / (lost**2 + W**2))

    return float(made / lost + made * swing * (forced(0.0) - np.exp(lost * from_h) * forced(from_h)))


def test_that_a_settled_start_is_the_fixed_point_followed() -> None:
    scenario = Scenario("swinging", MAN)
    assert periodic_start(SWINGING, scenario, rtol=1e-9).states[0] == pytest.approx(swung(-40.0), rel=1e-7)
    still = swinging_axis("still", 0.0)
    assert periodic_start(still, replace(scenario, axis="still")).states[0] == pytest.approx(60.0, rel=1e-9)


def test_that_members_are_settled_each_for_themselves() -> None:
    lost = np.array([0.05, 0.1, 0.02])
    states = periodic_members(SWINGING, Scenario("swinging", MAN), Members({"lost": lost}, 3), accuracy=1e-8).states
    assert states[:, 0] == pytest.approx([swung(-40.0, lost=value) for value in lost], rel=1e-6)


def test_that_a_scenario_that_names_the_rhythm_is_still_settled_without_it() -> None:
    scenario = Scenario("swinging", MAN, {"swing": 0.9})
    assert periodic_start(SWINGING, scenario, rtol=1e-9).states[0] == pytest.approx(swung(-40.0, swing=0.9), rel=1e-7)


def test_that_a_settled_axis_is_periodic_on_a_dosing_calendar() -> None:
    scenario = Scenario("swinging", MAN, regimen_before=(DAILY,))
    states = periodic_start(SWINGING, scenario, rtol=1e-9).states
    forced = 60.0 + 1.5 * 0.05 / (0.05**2 + W**2)
    steady = 2.0 * np.exp(-0.1 * 18.0) / (1.0 - np.exp(-2.4))
    assert states == pytest.approx([forced, steady], rel=1e-7)


def test_that_a_course_of_members_goes_on_from_their_starts() -> None:
    members = Members({"speed": np.array([0.1, 0.2])}, 2)
    times = np.array([0.0, 10.0])
    found = simulate_members(TURNING, Scenario("turning", MAN), members, rtol=1e-6, output_times_h=times)
    expected = np.cos(np.pi / 3 + np.array([0.1, 0.2]) * times[:, None])
    assert found.markers["level"] == pytest.approx(expected, abs=1e-3)
