"""The SBML of prolactin and calcium: valid, and run by libroadrunner to our course."""

from __future__ import annotations

import pytest

from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.physiology.calcium import CALCIUM
from endotune_desktop.physiology.prolactin import PROLACTIN
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import periodic_start
from tests.science.test_sbml import worst_column

WOMAN, OLDER = PROLACTIN.reference_person, CALCIUM.reference_person
TUMOUR = (LesionState("prolactinoma", 1.0),)
LOST = (LesionState("hypoparathyroidism", 1.0),)
CAPSULES = DoseOrder("calcitriol", "oral", 0.5, "ug", ("08:00", "20:00"))
TABLETS = DoseOrder("calcium_carbonate", "oral", 0.5, "g", ("08:00", "13:00", "18:00"))
CASES = {
    "sleep_and_protirelin": Scenario(
        "prolactin", WOMAN, events=(SingleDose("protirelin", "iv", 400.0, "ug", 33.0),), duration_days=3.0
    ),
    "tumour_on_cabergoline": Scenario(
        "prolactin", WOMAN, {}, TUMOUR, regimen=(DoseOrder("cabergoline", "oral", 0.5, "mg", ("20:00",), 3),),
        duration_days=28.0,
    ),
    "risperidone_with_aripiprazole": Scenario(
        "prolactin", WOMAN, {"refined": 1.0}, (LesionState("macroprolactin", 0.5),), (),
        (DoseOrder("risperidone", "oral", 2.0, "mg", ("08:00", "20:00")),
         DoseOrder("aripiprazole", "oral", 10.0, "mg", ("08:00",), start_day=5)), duration_days=14.0,
    ),
    "teriparatide": Scenario(
        "calcium", OLDER, {}, (), (), (DoseOrder("teriparatide", "sc", 20.0, "ug", ("08:00",)),), (), 5.0, 0.5
    ),
    "hypoparathyroidism_treated": Scenario("calcium", OLDER, {"refined": 1.0}, LOST, (CAPSULES,), (CAPSULES, TABLETS),
                                           (), 10.0, 1.0),
    "gland_lost_and_infusion": Scenario(
        "calcium", OLDER, {}, (LesionState("hypoparathyroidism", 1.0, 30.0),),
        events=(SingleDose("calcium_gluconate", "iv", 800.0, "mg", 120.0, duration_h=10.0),
                SingleDose("denosumab", "sc", 60.0, "mg", 9.0)), duration_days=8.0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_every_marker(name: str) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    scenario = CASES[name]
    axis = AXES[scenario.axis]
    error, marker = worst_column(axis, scenario, periodic_start(axis, scenario), roadrunner)
    assert error < 1e-6, marker


@pytest.mark.parametrize("name", ["sleep_and_protirelin", "teriparatide"])
def test_that_the_document_is_valid(name: str) -> None:
    libsbml = pytest.importorskip("libsbml")
    scenario = CASES[name]
    axis = AXES[scenario.axis]
    document = libsbml.readSBMLFromString(export_sbml(axis, scenario, periodic_start(axis, scenario)))
    document.checkConsistency()
    found = [document.getError(i) for i in range(document.getNumErrors())]
    assert not [error.getMessage() for error in found if error.getSeverityAsString() != "Warning"]
