"""The engine against closed forms of linear kinetics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.rhythm import PulseTrain
from endotune_desktop.simulation import CancelFlag, Cancelled, StartState, simulate
from endotune_desktop.simulation.running import periodic_start
from tests.unit.simulation.toys import KINETIC, kinetic_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)
EMPTY = Scenario("toy", MAN, duration_days=2.0, output_step_h=0.5)


def oral(time_h: float, dose: float = 10.0) -> SingleDose:
    """Return a tablet."""
    return SingleDose("drug", "oral", dose, "mg", time_h)


def bateman(t: np.ndarray, dose: float, ka: float = 1.0, ke: float = 0.2) -> np.ndarray:
    """Return the amount in blood after one oral dose."""
    found: np.ndarray = np.where(t >= 0, dose * ka / (ka - ke) * (np.exp(-ke * t) - np.exp(-ka * t)), 0.0)
    return found


def test_that_one_oral_dose_follows_bateman() -> None:
    course = simulate(KINETIC, replace(EMPTY, events=(oral(3.0),)), rtol=1e-10)
    expected = bateman(course.time_h - 3.0, 10.0) / 2.0
    assert np.max(np.abs(course.markers["level"] - expected)) < 1e-9


def test_that_an_output_at_a_dose_shows_the_value_after_it() -> None:
    dose = SingleDose("drug", "iv", 8.0, "mg", 6.0)
    course = simulate(KINETIC, replace(EMPTY, events=(dose,)), rtol=1e-9)
    row = int(np.searchsorted(course.time_h, 6.0))
    assert course.markers["level"][row] == pytest.approx(4.0, abs=1e-9)
    assert course.markers["level"][row - 1] == pytest.approx(0.0, abs=1e-12)


def test_that_a_dose_at_time_zero_is_in_the_first_row() -> None:
    dose = SingleDose("drug", "iv", 8.0, "mg", 0.0)
    assert simulate(KINETIC, replace(EMPTY, events=(dose,))).markers["level"][0] == pytest.approx(4.0)


def test_that_an_infusion_follows_its_closed_form() -> None:
    dose = SingleDose("drug", "iv", 12.0, "mg", 5.0, duration_h=4.0)
    course = simulate(KINETIC, replace(EMPTY, events=(dose,)), rtol=1e-10)
    t, rate, ke = course.time_h - 5.0, 3.0, 0.2
    rising = rate / ke * (1 - np.exp(-ke * np.clip(t, 0, 4)))
    expected = np.where(t < 0, 0.0, rising * np.exp(-ke * np.clip(t - 4, 0, None))) / 2.0
    assert np.max(np.abs(course.markers["level"] - expected)) < 1e-9


def test_that_a_release_form_is_given_over_its_own_time() -> None:
    slow = SingleDose("drug", "oral", 12.0, "mg", 0.0, preparation="slow")
    course = simulate(KINETIC, replace(EMPTY, events=(slow,)), rtol=1e-9)
    assert course.doses[0].duration_h == 6.0
    gut = course.states[:, 0]
    row = int(np.searchsorted(course.time_h, 6.0))
    assert gut[row] == pytest.approx(2.0 * (1 - np.exp(-6.0)), rel=1e-7)


def test_that_linear_doses_superpose() -> None:
    one = simulate(KINETIC, replace(EMPTY, events=(oral(3.0),)), rtol=1e-9).markers["level"]
    two = simulate(KINETIC, replace(EMPTY, events=(oral(11.0, 5.0),)), rtol=1e-9).markers["level"]
    both = simulate(KINETIC, replace(EMPTY, events=(oral(3.0), oral(11.0, 5.0))), rtol=1e-9).markers["level"]
    assert np.max(np.abs(both - one - two)) < 1e-8


def test_that_a_shift_of_all_doses_shifts_the_course() -> None:
    times = np.linspace(0.0, 40.0, 81)
    early = simulate(KINETIC, replace(EMPTY, events=(oral(1.0),)), output_times_h=times, rtol=1e-10)
    late = simulate(KINETIC, replace(EMPTY, events=(oral(6.0),)), output_times_h=times + 5.0, rtol=1e-10)
    assert np.max(np.abs(early.markers["level"] - late.markers["level"])) < 1e-9


def test_that_parts_equal_the_whole() -> None:
    order = DoseOrder("drug", "oral", 10.0, "mg", ("08:00", "20:00"))
    scenario = replace(EMPTY, regimen=(order,), duration_days=4.0)
    whole = simulate(KINETIC, scenario, rtol=1e-10)
    row = int(np.searchsorted(whole.time_h, 56.0))
    middle = StartState(56.0, whole.states[row])
    rest = simulate(KINETIC, scenario, rtol=1e-10, start=middle, output_times_h=whole.time_h[row:])
    assert np.max(np.abs(rest.markers["level"] - whole.markers["level"][row:])) < 1e-8


def test_that_the_periodic_start_is_what_many_days_lead_to() -> None:
    order = DoseOrder("drug", "oral", 10.0, "mg", ("08:00",), every_days=2)
    scenario = replace(EMPTY, parameters={"k12": 0.3, "swing": 0.05}, regimen=(order,), duration_days=200.0)
    long = simulate(KINETIC, scenario, rtol=1e-10, output_times_h=np.array([4800.0]))
    start = periodic_start(KINETIC, replace(scenario, regimen_before=(order,)), rtol=1e-9)
    assert np.max(np.abs(start.states - long.states[-1])) < 1e-6


def test_that_adherence_missed_days_and_stop_are_kept() -> None:
    order = DoseOrder(
        "drug", "oral", 10.0, "mg", ("08:00",), start_day=1, stop_day=6, fraction_taken=0.5, missed_days=(3,)
    )
    course = simulate(KINETIC, replace(EMPTY, regimen=(order,), duration_days=10.0))
    assert [(d.time_h, d.amount) for d in course.doses] == [(32.0, 5.0), (56.0, 5.0), (104.0, 5.0), (128.0, 5.0)]


def test_that_a_lesion_changes_constants_and_jumps_from_its_hour() -> None:
    dose = SingleDose("drug", "iv", 8.0, "mg", 0.0)
    scenario = replace(EMPTY, events=(dose,), lesions=(LesionState("slow_kidney", 1.0, 10.0),))
    course = simulate(KINETIC, scenario, rtol=1e-10)
    blood = course.states[:, 1]
    t = course.time_h
    at_onset = 8.0 * np.exp(-2.0) + 3.0
    expected = np.where(t < 10.0, 8.0 * np.exp(-0.2 * t), at_onset * np.exp(-0.1 * (t - 10.0)))
    assert np.max(np.abs(blood - expected)) < 1e-8


def test_that_equal_input_gives_equal_bits() -> None:
    scenario = replace(EMPTY, events=(oral(3.0),), parameters={"swing": 0.1})
    first, second = simulate(KINETIC, scenario), simulate(KINETIC, scenario)
    assert first.states.tobytes() == second.states.tobytes()


def test_that_the_flag_cancels() -> None:
    flag = CancelFlag()
    flag.cancel()
    with pytest.raises(Cancelled):
        simulate(KINETIC, replace(EMPTY, duration_days=100.0), cancel=flag, start=StartState(0.0, np.zeros(3)))


def test_that_an_amount_below_zero_is_a_named_failure() -> None:
    scenario = replace(EMPTY, parameters={"swing": -5.0})
    with pytest.raises(OutsideValidity) as failure:
        simulate(KINETIC, scenario, start=StartState(0.0, np.zeros(3)))
    assert failure.value.state_id in ("blood", "deep")
    assert failure.value.axis_id == "toy"
    assert failure.value.time_h > 0.0


def test_that_pulses_hang_on_the_seed_alone() -> None:
    axis = kinetic_axis("toy_pulses", pulses=PulseTrain("blood", 2.0, 0.5, 1.0, 0.3, "toy"))
    scenario = replace(EMPTY, axis="toy_pulses", pulses=True, seed=7)
    first, again = simulate(axis, scenario), simulate(axis, scenario)
    other = simulate(axis, replace(scenario, seed=8))
    assert first.states.tobytes() == again.states.tobytes()
    assert not np.allclose(first.states, other.states)


def test_that_an_axis_without_pulses_says_so() -> None:
    with pytest.raises(InputRefused, match="no pulse generator"):
        simulate(KINETIC, replace(EMPTY, pulses=True))


def test_that_a_regimen_taken_all_along_cannot_stop() -> None:
    order = DoseOrder("drug", "oral", 10.0, "mg", ("08:00",), stop_day=3)
    with pytest.raises(InputRefused, match=r"regimen_before\[0\]"):
        simulate(KINETIC, replace(EMPTY, regimen_before=(order,)))
