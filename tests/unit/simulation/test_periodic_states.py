"""The periodic state: closed for every calendar in a handful of periods, whatever was asked before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LONG_STANDING, DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import CompiledAxis, compiled
from endotune_desktop.simulation.program import Program, build, run
from endotune_desktop.simulation.steady import _by_newton, closed_period
from endotune_desktop.simulation.timeline import add_onset, happenings_before
from tests.unit.simulation.toys import KINETIC

MAN = Person(Sex.MALE, 45.0, 176.0, 68.0)
WOMAN = Person(Sex.FEMALE, 60.0, 160.0, 92.0)


def levothyroxine(dose: float, every_days: int = 1) -> DoseOrder:
    """Return tablets in the morning."""
    return DoseOrder("levothyroxine", "oral", dose, "ug", ("07:00",), every_days)


def thyroid_less(*orders: DoseOrder, person: Person = MAN) -> Scenario:
    """Return somebody without a thyroid on tablets taken all along."""
    return Scenario("hpt", person, {"sigma": 0.0}, (), tuple(orders))


CASES = {
    "healthy": Scenario("hpt", MAN),
    "untreated": thyroid_less(),
    "daily": thyroid_less(levothyroxine(112.0)),
    "woman": thyroid_less(levothyroxine(150.0), person=WOMAN),
    "alternate days": thyroid_less(levothyroxine(224.0, 2)),
    "weekly": thyroid_less(levothyroxine(800.0, 7)),
    "t3": thyroid_less(DoseOrder("liothyronine", "oral", 20.0, "ug", ("07:00", "13:00", "19:00"))),
    "graves": Scenario(
        "hpt", MAN, {}, (LesionState("graves", 0.5, LONG_STANDING),),
        (DoseOrder("thiamazole", "oral", 20.0, "mg", ("08:00",)),),
    ),
}  # fmt: skip


def _program(scenario: Scenario) -> tuple[CompiledAxis, Program]:
    axis = KINETIC if scenario.axis == "toy" else HPT
    ready = compiled(axis)
    found, period_h = happenings_before(axis, scenario.regimen_before)
    for lesion in scenario.lesions:
        add_onset(found, axis, lesion)
    return ready, build(ready, scenario.person, axis.typical() | scenario.parameters, found, -period_h, 0.0)


def _distance(ready: CompiledAxis, a: np.ndarray, b: np.ndarray) -> float:
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(b), 1e-3 * ready.scales)))


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_the_period_closes_in_a_handful_of_runs(name: str) -> None:
    ready, program = _program(CASES[name])
    rough, fine = closed_period(ready, program, 1e-4), closed_period(ready, program, 1e-8)
    assert rough.runs <= 5
    assert fine.runs <= 8
    image = run(ready, program, fine.states, np.empty(0), 1e-11).final
    assert _distance(ready, image, fine.states) < 1e-7
    assert _distance(ready, rough.states, fine.states) < 3e-4


@pytest.mark.parametrize("name", ["daily", "weekly", "graves"])
def test_that_newton_agrees_where_it_has_to_serve(name: str) -> None:
    ready, program = _program(CASES[name])
    fine, other = closed_period(ready, program, 1e-8), _by_newton(ready, program, 1e-7, None)
    assert _distance(ready, other.states, fine.states) < 1e-6


def test_that_what_was_asked_before_changes_nothing() -> None:
    ready, program = _program(CASES["daily"])
    first = closed_period(ready, program, 1e-4)
    for name in ("woman", "weekly", "graves"):
        closed_period(*_program(CASES[name]), 1e-4)
    again = closed_period(ready, program, 1e-4)
    assert np.array_equal(first.states, again.states)
    assert first.runs == again.runs


def test_that_slider_moves_cost_few_runs_wherever_they_go() -> None:
    for dose in (25.0, 50.0, 112.0, 125.0, 200.0, 300.0):
        assert closed_period(*_program(thyroid_less(levothyroxine(dose))), 1e-4).runs <= 5


def test_that_the_closed_form_of_repeated_doses_is_met() -> None:
    order = DoseOrder("drug", "iv", 8.0, "mg", ("06:00", "18:00"))
    scenario = Scenario("toy", MAN, {}, (), (order,))
    ready, program = _program(replace(scenario))
    at_midnight = 8.0 / (1.0 - np.exp(-0.2 * 12.0)) * np.exp(-0.2 * 6.0)
    assert closed_period(ready, program, 1e-10).states[1] == pytest.approx(at_midnight, rel=1e-9)
