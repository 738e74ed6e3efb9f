"""The parameter `refined` leads from the research specification to this program's values, everywhere alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import Scenario, SingleDose
from endotune_desktop.physiology.axis import REFINED
from endotune_desktop.simulation import StartState, simulate
from endotune_desktop.simulation.ensemble import simulate_members
from endotune_desktop.simulation.members import Members
from tests.unit.simulation.intake_toys import REFINABLE

MAN = Person(Sex.MALE, 40.0, 176.0, 80.0)
DOSES = (SingleDose("drug", "iv", 80.0, "mg", 0.0),)
SCENARIO = Scenario("refinable", MAN, events=DOSES, duration_days=1.0)


def level(share: float) -> np.ndarray:
    """Return the course of one dose at a share of the refinements."""
    scenario = replace(SCENARIO, parameters={REFINED: share})
    start = StartState(0.0, np.zeros(2), happened=False)
    return simulate(REFINABLE, scenario, rtol=1e-10, start=start).markers["level"]


def test_that_the_specification_stays_where_nothing_is_said() -> None:
    t = np.arange(25.0)
    start = StartState(0.0, np.zeros(2), happened=False)
    course = simulate(REFINABLE, SCENARIO, rtol=1e-10, start=start)
    assert course.markers["level"] == pytest.approx(np.exp(-0.2 * t), abs=1e-9)


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_that_refinements_change_constants_and_what_derives_from_them(share: float) -> None:
    t = np.arange(25.0)
    assert level(share) == pytest.approx(0.25**share * np.exp(-0.2 * 4.0**share * t), abs=1e-9)


def test_that_members_are_refined_alike() -> None:
    members = Members({"ke": np.array([0.2, 0.1])}, 2)
    scenario = replace(SCENARIO, parameters={REFINED: 1.0})
    found = simulate_members(REFINABLE, scenario, members, rtol=1e-9).markers["level"]
    assert found[:, 0] == pytest.approx(level(1.0), abs=1e-7)
    assert found[5, 1] == pytest.approx(0.25 * np.exp(-0.4 * 5.0), rel=1e-6)


def test_that_bounds_are_those_of_unrefined_values() -> None:
    scenario = replace(SCENARIO, parameters={REFINED: 1.0, "ke": 60.0}, duration_days=0.1)
    found = simulate(REFINABLE, scenario, output_times_h=np.array([0.0, 0.01]), rtol=1e-10).markers["level"]
    assert found[1] == pytest.approx(0.25 * np.exp(-2.4), rel=1e-6)
