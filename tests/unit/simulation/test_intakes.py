"""Patches, pumps and doses by body weight against closed forms, for one person and for members."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario, SingleDose
from endotune_desktop.simulation import StartState, periodic_start, simulate
from endotune_desktop.simulation.ensemble import periodic_members, simulate_members
from endotune_desktop.simulation.members import Members
from tests.unit.simulation.intake_toys import INTAKES

FloatArray = npt.NDArray[np.float64]
MAN = Person(Sex.MALE, 40.0, 176.0, 80.0)
EMPTY = Scenario("intakes", MAN, duration_days=4.0, output_step_h=0.5)
NOTHING = StartState(0.0, np.zeros(2), happened=False)
PATCH = DoseOrder("drug", "transdermal", 5.0, "mg", ("08:00",), preparation="patch")
SLOW = replace(PATCH, preparation="slow_patch", every_days=2)
PUMP = DoseOrder("drug", "pump", 3.0, "mg", ("06:00", "18:00"))


def skin_of(scenario: Scenario) -> tuple[FloatArray, FloatArray]:
    """Return times and the amount on the skin."""
    course = simulate(INTAKES, scenario, rtol=1e-10, start=NOTHING)
    return course.time_h, course.states[:, 0]


def on_pump(t: FloatArray, from_h: float, to_h: float, rate: float, ke: float = 0.2) -> FloatArray:
    """Return what a constant rate brings between two times."""
    rising = rate / ke * (1.0 - np.exp(-ke * np.clip(t - from_h, 0.0, to_h - from_h)))
    return np.asarray(rising * np.exp(-ke * np.clip(t - to_h, 0.0, None)))


def test_that_a_derived_constant_multiplies_a_dose() -> None:
    dose = SingleDose("drug", "iv", 8.0, "mg", 2.0)
    course = simulate(INTAKES, replace(EMPTY, parameters={"share": 2.0}, events=(dose,)), start=NOTHING)
    assert course.markers["level"][4] == pytest.approx(8.0 * 2.0 / 80.0, rel=1e-9)


def test_that_members_of_different_weight_get_their_own_amount() -> None:
    people = [replace(MAN, weight_kg=weight) for weight in (50.0, 100.0)]
    members = Members({"share": np.array([1.0, 3.0])}, 2, persons=people)
    dose = SingleDose("drug", "iv", 8.0, "mg", 0.0)
    found = simulate_members(INTAKES, replace(EMPTY, events=(dose,)), members, output_times_h=np.array([0.0]))
    assert found.markers["level"][0] == pytest.approx([8.0 / 50.0, 24.0 / 100.0])


def test_that_a_new_patch_takes_the_place_of_the_old_one() -> None:
    t, skin = skin_of(replace(EMPTY, regimen=(PATCH,)))
    since = (t - 8.0) % 24.0
    assert np.max(np.abs(skin - np.where(t < 8.0, 0.0, 5.0 * np.exp(-0.1 * since)))) < 1e-8


def test_that_two_patches_put_on_together_stay_beside_each_other() -> None:
    t, skin = skin_of(replace(EMPTY, regimen=(PATCH, replace(PATCH, dose=2.5))))
    assert skin[t == 32.0] == pytest.approx([7.5])


def test_that_a_patch_of_nothing_takes_the_old_one_off() -> None:
    off = SingleDose("drug", "transdermal", 0.0, "mg", 20.0, preparation="patch")
    t, skin = skin_of(replace(EMPTY, regimen=(replace(PATCH, stop_day=1),), events=(off,)))
    assert np.all(skin[t < 20.0][-1] > 1.0)
    assert np.all(skin[t >= 20.0] == 0.0)


def test_that_a_releasing_patch_ends_when_the_next_begins() -> None:
    course = simulate(INTAKES, replace(EMPTY, regimen=(SLOW,)), rtol=1e-10, start=NOTHING)
    expected = on_pump(course.time_h, 8.0, 1e6, 5.0 / 72.0)
    assert np.max(np.abs(course.states[:, 1] - expected)) < 1e-9


def test_that_a_releasing_patch_taken_all_along_is_never_worn_twice() -> None:
    start = periodic_start(INTAKES, replace(EMPTY, regimen_before=(SLOW,)))
    assert start.states[1] == pytest.approx(5.0 / 72.0 / 0.2, rel=1e-7)


def test_that_patches_taken_all_along_are_where_many_days_lead() -> None:
    scenario = replace(EMPTY, regimen=(PATCH,), regimen_before=(PATCH,), duration_days=40.0)
    end = simulate(INTAKES, scenario, rtol=1e-10, start=NOTHING, output_times_h=np.array([960.0])).states[-1]
    assert periodic_start(INTAKES, scenario, rtol=1e-9).states == pytest.approx(end, abs=1e-8)
    members = periodic_members(INTAKES, scenario, Members({"ke": np.full(2, 0.2)}, 2), accuracy=1e-8)
    assert members.states[1] == pytest.approx(end, abs=1e-7)


def test_that_adherence_of_a_member_scales_a_patch() -> None:
    members = Members({}, 2, taken=np.array([1.0, 0.5]))
    found = simulate_members(INTAKES, replace(EMPTY, regimen=(PATCH,)), members, output_times_h=np.array([32.0]))
    assert found.final.states[:, 0] == pytest.approx([5.0, 2.5])


def test_that_a_pump_holds_its_parameters_from_its_first_clock_time_until_midnight() -> None:
    scenario = replace(EMPTY, regimen=(replace(PUMP, start_day=1, stop_day=3),))
    course = simulate(INTAKES, scenario, rtol=1e-10, start=NOTHING)
    expected = on_pump(course.time_h, 30.0, 72.0, 3.0 * 2.0 / 24.0)
    assert np.max(np.abs(course.markers["level"] - expected)) < 1e-8
    assert [(dose.time_h, dose.amount) for dose in course.doses] == [(30.0, 6.0), (54.0, 6.0)]


def test_that_the_pulses_of_a_preparation_count_instead_of_clock_times() -> None:
    scenario = replace(EMPTY, regimen=(replace(PUMP, preparation="every_90_min"),))
    course = simulate(INTAKES, scenario, rtol=1e-10, start=NOTHING)
    expected = on_pump(course.time_h, 6.0, 1e6, 3.0 * 16.0 / 24.0)
    assert np.max(np.abs(course.markers["level"] - expected)) < 1e-8


def test_that_a_pump_worn_all_along_is_not_put_on_again() -> None:
    scenario = replace(EMPTY, regimen_before=(PUMP,), regimen=(PUMP,))
    course = simulate(INTAKES, scenario, rtol=1e-9)
    assert course.markers["level"] == pytest.approx(np.full(course.time_h.size, 0.25 / 0.2), rel=1e-6)
    stopped = simulate(INTAKES, replace(scenario, regimen=()), rtol=1e-10)
    assert stopped.markers["level"] == pytest.approx(1.25 * np.exp(-0.2 * stopped.time_h), rel=1e-6)


def test_that_a_pump_goes_on_where_an_order_of_it_ends() -> None:
    faster = replace(PUMP, dose=6.0, start_day=2)
    course = simulate(INTAKES, replace(EMPTY, regimen=(replace(PUMP, stop_day=2), faster)), rtol=1e-10, start=NOTHING)
    expected = on_pump(course.time_h, 6.0, 48.0, 0.25) + on_pump(course.time_h, 48.0, 1e6, 0.5)
    assert np.max(np.abs(course.markers["level"] - expected)) < 1e-8


def test_that_a_pump_is_off_on_missed_days_and_between_its_days() -> None:
    missed = simulate(INTAKES, replace(EMPTY, regimen=(replace(PUMP, missed_days=(1,)),)), rtol=1e-10, start=NOTHING)
    expected = on_pump(missed.time_h, 6.0, 24.0, 0.25) + on_pump(missed.time_h, 54.0, 1e6, 0.25)
    assert np.max(np.abs(missed.markers["level"] - expected)) < 1e-8
    other = simulate(INTAKES, replace(EMPTY, regimen=(replace(PUMP, every_days=2),)), rtol=1e-10, start=NOTHING)
    expected = on_pump(other.time_h, 6.0, 24.0, 0.25) + on_pump(other.time_h, 54.0, 72.0, 0.25)
    assert np.max(np.abs(other.markers["level"] - expected)) < 1e-8


def test_that_a_pump_runs_for_the_time_of_an_event() -> None:
    event = SingleDose("drug", "pump", 3.0, "mg", 5.0, "every_90_min", 10.0)
    course = simulate(INTAKES, replace(EMPTY, events=(event,)), rtol=1e-10, start=NOTHING)
    assert np.max(np.abs(course.markers["level"] - on_pump(course.time_h, 5.0, 15.0, 2.0))) < 1e-8
    assert [(dose.time_h, dose.duration_h) for dose in course.doses] == [(5.0, 10.0)]
    with pytest.raises(InputRefused, match=r"events\[0\].duration_h"):
        simulate(INTAKES, replace(EMPTY, events=(replace(event, duration_h=None),)), start=NOTHING)


def test_that_a_pump_rules_over_what_the_scenario_names() -> None:
    scenario = replace(EMPTY, parameters={"pump_d": 0.0}, regimen=(PUMP,))
    course = simulate(INTAKES, scenario, rtol=1e-10, start=NOTHING)
    assert course.markers["level"][-1] > 1.0
    members = simulate_members(INTAKES, scenario, Members({}, 2), rtol=1e-9, output_times_h=course.time_h)
    assert members.markers["level"][:, 1] == pytest.approx(course.markers["level"], abs=1e-6)


def test_that_two_pumps_at_one_time_are_refused() -> None:
    with pytest.raises(InputRefused, match="two pumps run at the same time") as refusal:
        simulate(INTAKES, replace(EMPTY, regimen=(PUMP, replace(PUMP, start_day=2))))
    assert "regimen[1]" in str(refusal.value)


def test_that_a_pump_beyond_the_bounds_is_named() -> None:
    with pytest.raises(InputRefused, match=r"regimen\[0\]: it brings pump_d"):
        simulate(INTAKES, replace(EMPTY, regimen=(replace(PUMP, dose=200.0),)))
