"""The SBML export of the somatotropic axis, run by libroadrunner to our course."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.physiology.gh_igf1 import GH_IGF1
from endotune_desktop.simulation import periodic_start, simulate

MAN = Person(Sex.MALE, 45.0, 176.0, 80.0)
WOMAN = Person(Sex.FEMALE, 30.0, 165.0, 62.0)
LAR = DoseOrder("octreotide", "im", 20.0, "mg", ("09:00",), every_days=28, preparation="lar")
ILL = (LesionState("acromegaly", 0.4),)
CASES = {
    "healthy_woman": Scenario("gh_igf1", WOMAN, duration_days=2.0, output_step_h=0.25),
    "deficient_on_somatropin_refined": Scenario(
        "gh_igf1", MAN, {"refined": 1.0}, (LesionState("gh_deficiency", 1.0),), (),
        (DoseOrder("somatropin", "sc", 0.3, "mg", ("21:00",)),), (), 7.0, 0.5,
    ),
    "acromegaly_on_a_depot_and_pegvisomant": Scenario(
        "gh_igf1", MAN, {}, ILL, (LAR,), (LAR, DoseOrder("pegvisomant", "sc", 10.0, "mg", ("08:00",))), (), 10.0, 0.5
    ),
    "tests": Scenario(
        "gh_igf1", MAN, {}, (LesionState("ghrh_loss", 0.5, 30.0),), (), (),
        (
            SingleDose("arginine", "iv", 30.0, "g", 8.5), SingleDose("insulin_tolerance", "iv", 8.0, "IU", 16.0),
            SingleDose("macimorelin", "oral", 40.0, "mg", 33.0), SingleDose("glucose_load", "oral", 75.0, "g", 56.0),
        ), 3.0, 0.25,
    ),
}  # fmt: skip


def roadrunner_course(scenario: Scenario, roadrunner: Any) -> np.ndarray:  # noqa: ANN401
    """Return every marker as libroadrunner computes it from our export, shape (n, 1 + n_markers)."""
    runner = roadrunner.RoadRunner(export_sbml(GH_IGF1, scenario, periodic_start(GH_IGF1, scenario)))
    runner.integrator.relative_tolerance = 1e-11
    runner.integrator.maximum_num_steps = 1_000_000
    runner.integrator.setValue("maximum_time_step", 0.1)
    for state in GH_IGF1.states:
        runner.integrator.setIndividualTolerance(state.id, 1e-13 * state.scale)
    runner.timeCourseSelections = ["time", *(marker.id for marker in GH_IGF1.markers)]
    end_h = scenario.duration_days * 24.0
    return np.array(runner.simulate(0.0, end_h, round(end_h / scenario.output_step_h) + 1))


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_every_marker(name: str) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    scenario = CASES[name]
    start = periodic_start(GH_IGF1, scenario)
    ours = simulate(GH_IGF1, scenario, rtol=1e-10, start=start).markers
    theirs = roadrunner_course(scenario, roadrunner)
    for column, marker in enumerate(GH_IGF1.markers, start=1):
        size = max(float(np.max(np.abs(ours[marker.id]))), 1e-9)
        assert float(np.max(np.abs(theirs[:, column] - ours[marker.id]))) < 1e-6 * size, marker.id


def test_that_every_unit_is_known_and_the_document_is_valid() -> None:
    libsbml = pytest.importorskip("libsbml")
    scenario = replace(CASES["tests"], duration_days=1.0)
    document = libsbml.readSBMLFromString(export_sbml(GH_IGF1, scenario, periodic_start(GH_IGF1, scenario)))
    document.checkConsistency()
    found = [document.getError(i) for i in range(document.getNumErrors())]
    assert not [error.getMessage() for error in found if error.getSeverityAsString() != "Warning"]
    model = document.getModel()
    for parameter in GH_IGF1.parameters:
        name = parameter.id if model.getParameter(parameter.id) is not None else f"{parameter.id}_parameter"
        assert model.getParameter(name).getUnits(), parameter.id
