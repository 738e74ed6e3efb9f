"""The SBML of the adrenal axis: valid, and run by libroadrunner to our course."""

from __future__ import annotations

from dataclasses import replace

import pytest

from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.physiology.hpa import HPA
from endotune_desktop.simulation import periodic_start
from tests.science.test_sbml import worst_column

HEALTHY = Scenario("hpa", HPA.reference_person, duration_days=2.0, output_step_h=0.5)
ILL = (LesionState("addison", 1.0),)
MORNING = DoseOrder("hydrocortisone", "oral", 10.0, "mg", ("07:00",))
CASES = {
    "replaced": replace(
        HEALTHY, lesions=ILL, regimen_before=(MORNING,), regimen=(MORNING, replace(MORNING, dose=5.0,
        clock_times=("12:00", "17:00"))), duration_days=5.0,
    ),
    "released_late_and_from_a_core": replace(
        HEALTHY, lesions=ILL, duration_days=3.0, parameters={"refined": 1.0}, regimen=(
            replace(MORNING, dose=20.0, preparation="dual_release"),
            replace(MORNING, dose=20.0, clock_times=("23:00",), preparation="delayed_release"),
        ),
    ),
    "crisis": replace(
        HEALTHY, lesions=(LesionState("addison", 0.95),), events=(
            SingleDose("hydrocortisone", "im", 100.0, "mg", 8.0),
            SingleDose("hydrocortisone", "iv", 200.0, "mg", 9.0, duration_h=24.0),
        ),
    ),
    "two_ligands": replace(
        HEALTHY, regimen=(DoseOrder("prednisolone", "oral", 20.0, "mg", ("07:00",)),), duration_days=4.0,
        events=(SingleDose("tetracosactide", "iv", 250.0, "ug", 33.0), SingleDose("dexamethasone", "oral", 1.0, "mg",
        71.0)),
    ),
    "tumour_and_tests": replace(
        HEALTHY, lesions=(LesionState("cushing_disease", 0.5), LesionState("binding_globulin_excess", 0.5, 20.0)),
        events=(SingleDose("corticorelin", "iv", 100.0, "ug", 9.0),
                SingleDose("metyrapone", "oral", 750.0, "mg", 24.0)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_every_marker(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    scenario = CASES[name]
    error, marker = worst_column(HPA, scenario, periodic_start(HPA, scenario), roadrunner)
    assert error < 1e-6, marker
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


@pytest.mark.parametrize("name", ["replaced"])
def test_that_the_document_is_valid(name: str) -> None:
    libsbml = pytest.importorskip("libsbml")
    text = export_sbml(HPA, CASES[name], periodic_start(HPA, CASES[name]))
    document = libsbml.readSBMLFromString(text)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, True)
    document.checkConsistency()
    found = [document.getError(i) for i in range(document.getNumErrors())]
    assert not [error.getMessage() for error in found if error.getSeverityAsString() != "Warning"]
    # Intermediate values and bare factors declare no units; where a rate is made of them alone it has none to find.
    codes = {error.getErrorId() for error in found}
    assert codes <= {10533, 20702, 80701, 99505, 99508}
    assert all("indeterminable" in error.getMessage() for error in found if error.getErrorId() == 10533)


def test_that_a_step_of_the_binding_is_written_once_and_called() -> None:
    text = export_sbml(HPA, CASES["replaced"], periodic_start(HPA, CASES["replaced"]))
    assert 1 <= text.count("<functionDefinition") <= 4
    assert len(text) < 400_000
