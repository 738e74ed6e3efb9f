"""The male axis as SBML: valid, and run by libroadrunner to our course."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.physiology.axis import REFINED
from endotune_desktop.physiology.hpg_male import HPG_MALE, REFERENCE_MAN
from endotune_desktop.simulation import periodic_start
from tests.science.test_sbml import worst_column

BASE = Scenario("hpg_male", REFERENCE_MAN, duration_days=10.0)
ENANTHATE = DoseOrder("testosterone", "im", 250.0, "mg", ("09:00",), 14, preparation="enanthate")
PATCH = DoseOrder("testosterone", "transdermal", 5.0, "mg", ("22:00",), preparation="patch")
PUMP = DoseOrder("gonadorelin", "pump", 10.0, "ug", ("08:00",))
HCG = DoseOrder("chorionic_gonadotropin", "sc", 1500.0, "IU", ("08:00",), 2)
FSH = DoseOrder("follitropin", "sc", 150.0, "IU", ("08:00",), 2)
SECONDARY = (LesionState("secondary_hypogonadism", 1.0),)
CASES = {
    "healthy_refined": replace(BASE, parameters={REFINED: 1.0}),
    "enanthate_in_a_healthy_man": replace(BASE, regimen=(ENANTHATE,), duration_days=30.0),
    "patches_take_each_others_place": replace(BASE, lesions=SECONDARY, regimen=(PATCH,)),
    "pump_after_two_days": replace(
        BASE, lesions=(LesionState("kallmann", 1.0),), regimen=(replace(PUMP, start_day=2, stop_day=8),)
    ),
    "gonadotropins": replace(BASE, lesions=SECONDARY, regimen=(HCG, FSH)),
    "agonist_flare": replace(
        BASE, events=(SingleDose("leuprorelin", "im", 7.5, "mg", 30.0, "depot_1_month"),), duration_days=30.0
    ),
    "antagonist_and_orchiectomy": replace(
        BASE, lesions=(LesionState("orchiectomy", 0.5, 100.0),),
        events=(SingleDose("degarelix", "sc", 240.0, "mg", 0.0),),
    ),
    "tablets": replace(
        BASE, lesions=(LesionState("functional_obesity", 1.0),),
        regimen=(DoseOrder("clomifene", "oral", 25.0, "mg", ("08:00",)),
                 DoseOrder("anastrozole", "oral", 1.0, "mg", ("08:00",), 2)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_every_marker(name: str) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    error, marker = worst_column(HPG_MALE, CASES[name], periodic_start(HPG_MALE, CASES[name]), roadrunner)
    assert error < 1e-6, marker


@pytest.mark.parametrize("name", ["healthy_refined", "pump_after_two_days"])
def test_that_the_document_is_valid(name: str) -> None:
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.readSBMLFromString(export_sbml(HPG_MALE, CASES[name], periodic_start(HPG_MALE, CASES[name])))
    document.checkConsistency()
    found = [document.getError(i) for i in range(document.getNumErrors())]
    assert not [error.getMessage() for error in found if error.getSeverityAsString() != "Warning"]
    assert set(Counter(error.getErrorId() for error in found)) <= {20702, 80701, 99505, 99508}
