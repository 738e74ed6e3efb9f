"""The SBML export of the female gonadal axis, run by libroadrunner to our course."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import LesionState, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpg_female.pills import PILLS, orders
from endotune_desktop.simulation import periodic_start, simulate

WOMAN = HPG_FEMALE.reference_person
CASES = {
    "polycystic_pill_depot_and_antagonist_refined": Scenario(
        "hpg_female", WOMAN, {"refined": 1.0}, (LesionState("polycystic_ovary", 0.5),), (), orders(PILLS[0], 1),
        (
            SingleDose("leuprorelin", "im", 3.75, "mg", 30.0, "depot_1_month"),
            SingleDose("cetrorelix", "sc", 0.25, "mg", 100.0),
        ), 8.0, 12.0,
    ),
}  # fmt: skip


def roadrunner_course(scenario: Scenario, roadrunner: Any) -> np.ndarray:  # noqa: ANN401
    """Return every marker as libroadrunner computes it from our export, shape (n, 1 + n_markers)."""
    runner = roadrunner.RoadRunner(export_sbml(HPG_FEMALE, scenario, periodic_start(HPG_FEMALE, scenario)))
    runner.integrator.relative_tolerance = 1e-11
    runner.integrator.maximum_num_steps = 1_000_000
    runner.integrator.setValue("maximum_time_step", 1.0)
    for state in HPG_FEMALE.states:
        runner.integrator.setIndividualTolerance(state.id, 1e-13 * state.scale)
    runner.timeCourseSelections = ["time", *(marker.id for marker in HPG_FEMALE.markers)]
    end_h = scenario.duration_days * 24.0
    return np.array(runner.simulate(0.0, end_h, round(end_h / scenario.output_step_h) + 1))


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_every_marker(name: str) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    scenario = CASES[name]
    ours = simulate(HPG_FEMALE, scenario, rtol=1e-10, start=periodic_start(HPG_FEMALE, scenario)).markers
    theirs = roadrunner_course(scenario, roadrunner)
    for column, marker in enumerate(HPG_FEMALE.markers, start=1):
        size = max(float(np.max(np.abs(ours[marker.id]))), 1e-6)
        assert float(np.max(np.abs(theirs[:, column] - ours[marker.id]))) < 1e-6 * size, marker.id
