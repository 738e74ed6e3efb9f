"""Laws that every run keeps: parts and whole, shifts, superposition, balances, events at outputs, dose response."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.app.measuring.random_scenarios import random_scenario
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import Course, StartState, periodic_start, simulate
from endotune_desktop.simulation.running import output_grid_h
from tests.unit.simulation.toys import KINETIC

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)
EMPTY = StartState(0.0, np.zeros(3), happened=False)
DAILY = DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:00",))
NO_GLAND = (LesionState("thyroidectomy", 1.0),)

seeds = st.integers(0, 2**40)
doses = st.builds(
    SingleDose,
    agent=st.just("drug"), route=st.sampled_from(["oral", "iv"]), dose=st.floats(0.1, 100.0), unit=st.just("mg"),
    time_h=st.floats(0.0, 40.0).map(lambda x: round(x, 2)), duration_h=st.sampled_from([None, None, 0.5, 6.0]),
)  # fmt: skip


def thyroid(seed: int) -> Scenario:
    """Return the random scenario of a seed."""
    return random_scenario(HPT, np.random.Generator(np.random.PCG64(seed)))


def apart(one: Course, other: Course, rows: slice = slice(None)) -> float:
    """Return the largest difference of any marker, relative to its maximum."""
    sizes = {name: max(float(np.max(np.abs(values))), 1e-9) for name, values in one.markers.items()}
    return max(float(np.max(np.abs(one.markers[n][rows] - other.markers[n]))) / size for n, size in sizes.items())


@settings(max_examples=10, deadline=None)
@given(seeds, st.floats(0.05, 0.95))
def test_that_parts_equal_the_whole_wherever_a_course_is_cut(seed: int, share: float) -> None:
    scenario = thyroid(seed)
    whole = simulate(HPT, scenario, rtol=1e-9)
    row = int(share * whole.time_h.size)
    middle = StartState(float(whole.time_h[row]), whole.states[row])
    rest = simulate(HPT, scenario, rtol=1e-9, start=middle, output_times_h=whole.time_h[row:])
    assert apart(whole, rest, slice(row, None)) < 1e-6


@settings(max_examples=10, deadline=None)
@given(seeds, st.integers(1, 40))
def test_that_a_shift_by_whole_days_shifts_the_course(seed: int, days: int) -> None:
    # Without what runs at all hours: a lesion from time 0 would begin twice.
    scenario = replace(thyroid(seed), regimen_before=())
    lesions = tuple(x for x in scenario.lesions if x.onset != "new")
    scenario = replace(scenario, lesions=lesions)
    later = replace(
        scenario,
        lesions=tuple(x if isinstance(x.onset, str) else replace(x, onset=x.onset + 24.0 * days) for x in lesions),
        regimen=tuple(
            replace(
                order, start_day=order.start_day + days, missed_days=tuple(day + days for day in order.missed_days),
                stop_day=None if order.stop_day is None else order.stop_day + days,
            )
            for order in scenario.regimen
        ),
        events=tuple(replace(event, time_h=event.time_h + 24.0 * days) for event in scenario.events),
        duration_days=scenario.duration_days + days,
    )  # fmt: skip
    start, times = periodic_start(HPT, scenario), output_grid_h(scenario)
    shifted = StartState(24.0 * days, start.states, happened=False)
    here = simulate(HPT, scenario, rtol=1e-9, start=start, output_times_h=times)
    there = simulate(HPT, later, rtol=1e-9, start=shifted, output_times_h=times + 24.0 * days)
    assert apart(here, there) < 1e-7


@settings(max_examples=60, deadline=None)
@given(st.lists(doses, min_size=1, max_size=5), st.floats(0.1, 10.0), st.floats(0.0, 0.5))
def test_that_linear_doses_superpose_and_scale(given_doses: list[SingleDose], factor: float, k12: float) -> None:
    scenario = Scenario("toy", MAN, {"k12": k12}, duration_days=2.0)
    times = np.arange(0.0, 48.1, 0.5)

    def level(*events: SingleDose) -> np.ndarray:
        mine = replace(scenario, events=events)
        return simulate(KINETIC, mine, rtol=1e-10, start=EMPTY, output_times_h=times).markers["level"]

    together = level(*given_doses)
    apart_ = np.sum([level(dose) for dose in given_doses], axis=0)
    size = max(float(np.max(together)), 1e-3)
    assert np.max(np.abs(together - apart_)) < 1e-7 * size
    scaled = level(*(replace(dose, dose=dose.dose * factor) for dose in given_doses))
    assert np.max(np.abs(scaled - factor * together)) < 1e-7 * size * max(factor, 1.0)


def _simpson(values: np.ndarray, step: float) -> float:
    return float(step / 3.0 * (values[0] + values[-1] + 4.0 * values[1:-1:2].sum() + 2.0 * values[2:-1:2].sum()))


@settings(max_examples=6, deadline=None)
@given(seeds)
def test_that_hormone_is_neither_made_nor_lost_by_the_numbers(seed: int) -> None:
    scenario = replace(thyroid(seed), regimen=(), events=(), regimen_before=())
    lesions = tuple(x for x in scenario.lesions if x.onset == "long_standing")
    scenario = replace(scenario, lesions=lesions, duration_days=2.0)
    tablet = (
        SingleDose("levothyroxine", "oral", 150.0, "ug", 0.0),
        SingleDose("liothyronine", "oral", 20.0, "ug", 0.0),
    )
    course = simulate(HPT, replace(scenario, events=tablet), rtol=1e-10, output_times_h=np.linspace(0.0, 48.0, 9601))
    m, y = course.markers, {state.id: course.states[:, i] for i, state in enumerate(HPT.states)}
    t4 = y["T4p"] + y["T4f"] + y["T4s"] + y["T4pill"] + y["T4gut"]
    t3 = y["T3p"] + y["T3f"] + y["T3s"] + y["T3pill"] + y["T3gut"]
    t4_out = m["t3_conversion"] / 24000.0 / m["t4_conversion_share"]
    t3_out = np.log(2.0) * (y["T3p"] + y["T3f"] + y["T3s"]) / (24.0 * m["t3_half_life"])
    t4_in, t3_in = m["t4_secretion"] / 24000.0, (m["t3_secretion"] + m["t3_conversion"]) / 24000.0
    for pool, gain in ((t4, t4_in - t4_out), (t3, t3_in - t3_out)):
        assert pool[-1] - pool[0] == pytest.approx(_simpson(gain, 48.0 / 9600.0), abs=1e-7 * float(pool.max()))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.floats(1.0, 300.0), st.sampled_from(["iv", "oral"]), st.booleans())
def test_that_an_output_at_an_event_is_the_value_after_it(hour: int, dose: float, route: str, before: bool) -> None:
    scenario = Scenario("hpt", MAN, {}, events=(SingleDose("levothyroxine", route, dose, "ug", float(hour)),))
    left = float(hour) - (1e-5 if before else 2e-7)
    times = np.array([0.0, left, float(hour), hour + 1e-5])
    course = simulate(HPT, scenario, rtol=1e-9, output_times_h=times)
    state = HPT.state_index("T4p" if route == "iv" else "T4pill")
    jump = dose / 776.87 * (1.0 if route == "iv" else HPT.parameter("f4").value)
    values = course.states[:, state]
    assert values[2] - values[1] == pytest.approx(jump, rel=1e-4)
    assert values[3] == pytest.approx(values[2], rel=1e-3)
    if route == "iv":
        assert course.markers["tt4"][2] > course.markers["tt4"][1]


@settings(max_examples=6, deadline=None)
@given(st.floats(10.0, 250.0), st.floats(1.02, 2.0), st.sampled_from([1, 2, 7]), st.floats(45.0, 120.0))
def test_that_more_levothyroxine_means_more_ft4_and_less_tsh(
    dose: float, factor: float, every: int, weight_kg: float
) -> None:
    def means(amount: float) -> tuple[float, float]:
        order = replace(DAILY, dose=amount * every, every_days=every)
        person = Person(Sex.FEMALE, 50.0, 166.0, weight_kg)
        scenario = Scenario("hpt", person, {}, NO_GLAND, (order,), (order,), (), 7.0 if every != 2 else 2.0, 1.0)
        course = simulate(HPT, scenario, rtol=1e-8)
        return float(course.markers["ft4"].mean()), float(course.markers["tsh"].mean())

    (less_ft4, more_tsh), (more_ft4, less_tsh) = means(dose), means(dose * factor)
    assert more_ft4 > less_ft4
    assert less_tsh < more_tsh
