"""Ensembles: every member is the person it stands for, whoever computes it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag, Cancelled, simulate
from endotune_desktop.simulation.ensemble import Job, joined, periodic_members, simulate_members
from endotune_desktop.simulation.gradients import gradients
from endotune_desktop.simulation.members import Members
from tests.unit.simulation.toys import KINETIC, kinetic_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)
DAILY = DoseOrder("drug", "oral", 10.0, "mg", ("08:00",))
PATCH = DoseOrder("drug", "oral", 12.0, "mg", ("20:00",), every_days=2, preparation="slow")
TIMES = np.arange(0.0, 96.0, 0.5)
HALF = LesionState("slow_kidney", 0.5, 30.0)
SCENARIO = Scenario(
    "toy", MAN, parameters={"k12": 0.3}, lesions=(HALF,), regimen_before=(DAILY,), regimen=(DAILY, PATCH),
    duration_days=4.0,
)  # fmt: skip


def _members(count: int = 23) -> Members:
    draws = np.random.Generator(np.random.PCG64(7)).standard_normal((3, count))
    return Members(
        {"ka": np.exp(0.3 * draws[0]), "ke": 0.2 * np.exp(0.4 * draws[1]), "bio": 0.8 * np.exp(0.1 * draws[2])}, count
    )


def _as_scenario(members: Members, member: int) -> Scenario:
    own = {name: float(column[member]) for name, column in members.values.items()}
    return Scenario(
        "toy", MAN, parameters={**own, **SCENARIO.parameters}, lesions=(HALF,), regimen_before=(DAILY,),
        regimen=(DAILY, PATCH), duration_days=4.0,
    )  # fmt: skip


def test_that_a_member_is_the_person_with_its_parameters() -> None:
    members = _members()
    found = simulate_members(KINETIC, SCENARIO, members, rtol=1e-9, output_times_h=TIMES)
    for member in range(members.count):
        alone = simulate(KINETIC, _as_scenario(members, member), rtol=1e-9, output_times_h=TIMES)
        level = alone.markers["level"]
        np.testing.assert_allclose(found.markers["level"][:, member], level, rtol=2e-7, atol=1e-8 * level.max())
        np.testing.assert_allclose(found.final.states[member], alone.states[-1], rtol=2e-7, atol=1e-7)


def test_that_members_close_their_period_from_the_nominal_person() -> None:
    members = _members(40)
    states = periodic_members(KINETIC, SCENARIO, members, accuracy=1e-8).states
    for member in (0, 17, 39):
        ka = members.values["ka"][member]
        # A dose at 8 o'clock, every day: what is left in the gut at midnight is a geometric series.
        gut = 10.0 * members.values["bio"][member] * np.exp(-16.0 * ka) / (1.0 - np.exp(-24.0 * ka))
        # The absolute tolerance of a run is a hundredth of its relative one, times the state's scale of 1.
        assert states[member, 0] == pytest.approx(gut, rel=1e-6, abs=1e-10)


def test_that_threads_and_parts_do_not_change_a_bit() -> None:
    members = _members()
    alone = simulate_members(KINETIC, SCENARIO, members, output_times_h=TIMES)
    pool = Pool(4)
    shared = simulate_members(KINETIC, SCENARIO, members, output_times_h=TIMES, spread=pool.spread)
    start = periodic_members(KINETIC, SCENARIO, members, spread=pool.spread)
    parts = [
        simulate_members(KINETIC, SCENARIO, members, output_times_h=TIMES, start=start, which=which, spread=pool.spread)
        for which in (range(9), range(9, 23))
    ]
    pool.close()
    again = joined(*parts)
    for other in (shared, again):
        assert np.array_equal(alone.markers["level"], other.markers["level"])
        assert np.array_equal(alone.final.states, other.final.states)


def test_that_quantiles_are_those_of_numpy() -> None:
    found = simulate_members(KINETIC, SCENARIO, _members(), output_times_h=TIMES)
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    expected = np.quantile(found.markers["level"], levels, axis=1)
    np.testing.assert_allclose(found.quantiles("level", levels), expected, rtol=1e-12)


def test_that_a_chunk_stops_when_it_is_cancelled() -> None:
    flag = CancelFlag()

    def cancel_after_two(jobs: Sequence[Job]) -> None:
        jobs[0]()
        jobs[1]()
        flag.cancel()
        jobs[2]()

    start = periodic_members(KINETIC, SCENARIO, _members())
    with pytest.raises(Cancelled):
        simulate_members(
            KINETIC, SCENARIO, _members(), output_times_h=TIMES, start=start, cancel=flag, spread=cancel_after_two
        )


def _exploding() -> Axis:
    """Return the toy with a parameter that lets one member grow without end."""
    return kinetic_axis("exploding_members")


def test_that_a_member_without_an_answer_is_named_and_left_out() -> None:
    values = {"ke": np.array([0.2, -9.0, 0.3])}
    scenario = Scenario("exploding_members", MAN, regimen=(DAILY,), duration_days=40.0)
    members = Members(values, 3)
    start = periodic_members(_exploding(), scenario, Members({}, 3))
    times = np.arange(0.0, 960.0, 24.0)
    found = simulate_members(_exploding(), scenario, members, output_times_h=times, start=start)
    assert found.failed == (1,)
    assert found.why is not None
    assert found.why.axis_id == "exploding_members"
    assert np.isnan(found.markers["level"][:, 1]).all()
    assert np.isfinite(found.quantiles("level", (0.5,))).all()


@pytest.mark.parametrize("failing", [0, 3])
def test_that_a_pool_raises_what_a_job_raised(failing: int) -> None:
    done: list[int] = []

    def job(index: int) -> Job:
        def work() -> None:
            if index == failing:
                raise Cancelled
            done.append(index)

        return work

    pool = Pool(2)
    with pytest.raises(Cancelled):
        pool.spread([job(index) for index in range(8)])
    pool.spread([job(index + 10) for index in range(8)])
    pool.close()
    assert sorted(done)[-8:] == list(range(10, 18))


def test_that_gradients_are_those_of_the_closed_form() -> None:
    bolus = DoseOrder("drug", "iv", 10.0, "mg", ("00:00",), stop_day=1)
    scenario = Scenario("toy", MAN, regimen=(bolus,), duration_days=1.0)
    times = np.array([1.0, 4.0, 11.0])
    found = gradients(KINETIC, scenario, {"ke": 0.2, "volume": 2.0}, times, rtol=1e-8)
    level = 10.0 * np.exp(-0.2 * times) / 2.0
    np.testing.assert_allclose(found.values["level"], level, rtol=1e-6)
    expected = np.column_stack([-0.2 * times, -np.ones(3)])
    np.testing.assert_allclose(found.elasticities["level"], expected, rtol=2e-4)


def test_that_a_member_with_a_body_and_adherence_of_its_own_is_that_person() -> None:
    from endotune_desktop.physiology.hpt import HPT

    tablet = DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:00",))
    missed = DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:00",), fraction_taken=0.7)
    test_dose = SingleDose("levothyroxine", "oral", 300.0, "ug", 30.0)
    gone = (LesionState("thyroidectomy", 1.0),)
    bodies = [MAN, Person(Sex.FEMALE, 70.0, 158.0, 95.0)]
    members = Members({}, 2, persons=bodies, taken=np.array([1.0, 0.7]))
    times = np.arange(0.0, 73.0)
    scenario = Scenario("hpt", MAN, lesions=gone, regimen_before=(tablet,), regimen=(tablet,), events=(test_dose,))
    found = simulate_members(HPT, scenario, members, rtol=1e-8, output_times_h=times)
    for member, order in enumerate((tablet, missed)):
        own = Scenario(
            "hpt", bodies[member], lesions=gone, regimen_before=(order,), regimen=(order,), events=(test_dose,)
        )
        alone = simulate(HPT, own, rtol=1e-8, output_times_h=times)
        for marker in ("tsh", "ft4", "ft3"):
            np.testing.assert_allclose(found.markers[marker][:, member], alone.markers[marker], rtol=2e-6)


def test_that_a_member_without_a_start_says_so() -> None:
    start = periodic_members(KINETIC, SCENARIO, _members(3))
    start.states[1] = np.nan
    found = simulate_members(KINETIC, SCENARIO, _members(3), output_times_h=TIMES, start=start)
    assert found.failed == (1,)
    assert "no steady state" in found.reasons[0]


def test_that_every_second_output_time_is_every_second_output() -> None:
    whole = simulate(KINETIC, SCENARIO, output_times_h=TIMES)
    half = simulate(KINETIC, SCENARIO, output_times_h=TIMES[::2])
    np.testing.assert_allclose(half.markers["level"], whole.markers["level"][::2], rtol=1e-5, atol=1e-6)
    members = simulate_members(KINETIC, SCENARIO, _members(3), output_times_h=TIMES[::2])
    assert members.markers["level"].shape == (TIMES[::2].size, 3)
