"""Our integrator against scipy's on random thyroid scenarios."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import StartState, periodic_start, python_rates, simulate
from endotune_desktop.simulation.running import program_of

MAN = Person(Sex.MALE, 45.0, 176.0, 68.0)
WOMAN = Person(Sex.FEMALE, 60.0, 160.0, 92.0)
BLOCK = DoseOrder("thiamazole", "oral", 20.0, "mg", ("08:00",))
DAILY = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("07:00",))


def scipy_states(
    scenario: Scenario, start: StartState, times: np.ndarray, method: Literal["LSODA", "Radau"]
) -> np.ndarray:
    """Return states by a scipy solver, restarted at every break."""
    rates, program = python_rates(HPT), program_of(HPT, scenario, start)
    y, rows = start.states.copy(), []
    for segment in range(program.times.size):
        for k in range(int(program.jump_starts[segment]), int(program.jump_starts[segment + 1])):
            state, mode = program.jump_what[2 * k], program.jump_what[2 * k + 1]
            value = program.jump_values[k]
            y[state] = y[state] + value if mode == 0 else y[state] * value if mode == 1 else value
        if segment == program.times.size - 1:
            rows.extend([y.copy()] * int(np.sum(times >= program.times[-1] - 1e-7)))
            break
        first, last = float(program.times[segment]), float(program.times[segment + 1])
        p, u = program.table_p[program.row_p[segment]], program.table_u[program.row_u[segment]]
        inside = times[(times >= first - 1e-7) & (times < last - 1e-7)]
        grid = np.unique(np.append(np.maximum(inside, first), last))

        def derivative(t: float, y: np.ndarray, p: np.ndarray = p, u: np.ndarray = u) -> np.ndarray:
            return np.asarray(rates(t, y, p) + u)

        found = solve_ivp(derivative, (first, last), y, method=method, rtol=1e-10, atol=1e-14, t_eval=grid)
        assert found.success, found.message
        rows.extend(found.y.T[: inside.size])
        y = found.y[:, -1].copy()
    return np.array(rows)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Return a thyroid scenario with lesions, drugs by several routes, and a changed constant."""
    lesions: list[LesionState] = []
    for lesion in draw(st.lists(st.sampled_from(HPT.lesions), max_size=2, unique_by=lambda x: x.id)):
        if lesion.id in ("hashimoto", "radioiodine") and lesions:
            continue
        onset = draw(st.sampled_from([o for o in ("long_standing", "new") if o in lesion.onsets]))
        lesions.append(LesionState(lesion.id, draw(st.floats(0.05, 0.9)), onset))
    orders: list[DoseOrder] = []
    for entry in draw(
        st.lists(st.sampled_from([a for a in HPT.agents if a.chronic]), max_size=2, unique_by=lambda a: a.agent.id)
    ):
        intake = draw(st.sampled_from(entry.intakes))
        orders.append(
            DoseOrder(
                entry.agent.id, intake.route, entry.usual_dose * draw(st.floats(0.25, 1.5)), entry.agent.unit,
                entry.usual_clock_times, draw(st.sampled_from([1, 1, 2])), preparation=intake.preparation or None,
            )
        )  # fmt: skip
    parameters = {"f4": draw(st.floats(0.6, 0.95)), "slope": draw(st.floats(0.8, 1.2))}
    person = draw(st.sampled_from([MAN, WOMAN]))
    return Scenario("hpt", person, parameters, tuple(lesions), (), tuple(orders), (), 6.0, 6.0)


@settings(max_examples=25, deadline=None)
@given(scenarios())
def test_that_random_scenarios_agree_with_lsoda(scenario: Scenario) -> None:
    start = periodic_start(HPT, scenario)
    times = np.arange(0.0, 144.1, 6.0)
    ours = simulate(HPT, scenario, rtol=1e-10, output_times_h=times, start=start).states
    theirs = scipy_states(scenario, start, times, "LSODA")
    scale = np.maximum(np.max(np.abs(theirs), axis=0), [1e-4 * s.scale for s in HPT.states])
    assert float(np.max(np.abs(ours - theirs) / scale)) < 1e-6


def test_that_a_month_of_tablets_agrees_with_radau() -> None:
    scenario = Scenario("hpt", MAN, {"sigma": 0.0}, (), (DAILY,), (replace(DAILY, dose=137.0),), (), 30.0, 12.0)
    start = periodic_start(HPT, scenario)
    times = np.arange(0.0, 720.1, 12.0)
    ours = simulate(HPT, scenario, rtol=1e-10, output_times_h=times, start=start).states
    theirs = scipy_states(scenario, start, times, "Radau")
    scale = np.maximum(np.max(np.abs(theirs), axis=0), [1e-4 * s.scale for s in HPT.states])
    assert float(np.max(np.abs(ours - theirs) / scale)) < 1e-7
