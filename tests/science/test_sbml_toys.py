"""SBML of what the thyroid does not have: patches, pumps, small functions, a clock that wraps, other starts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.physiology.axis import REFINED, Axis
from endotune_desktop.simulation import StartState, periodic_start
from tests.science.test_sbml import worst_column
from tests.unit.simulation.intake_toys import INTAKES, REFINABLE
from tests.unit.simulation.rhythm_toys import SWINGING, TURNING, bursting_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 80.0)
PATCH = DoseOrder("drug", "transdermal", 5.0, "mg", ("08:00",), preparation="patch")
SLOW = replace(PATCH, preparation="slow_patch", every_days=2)
PUMP = DoseOrder("drug", "pump", 3.0, "mg", ("06:00", "18:00"), start_day=1, stop_day=3)
WORN = replace(PUMP, start_day=0, stop_day=None)
BY_WEIGHT = SingleDose("drug", "iv", 80.0, "mg", 5.0)
WRAPPING = bursting_axis("wrapping", 0.15, "explicit")


def _intakes(*orders: DoseOrder, before: tuple[DoseOrder, ...] = ()) -> Scenario:
    return Scenario("intakes", MAN, {}, (), before, orders, (BY_WEIGHT,), 6.0, 0.5)


CASES: dict[str, tuple[Axis, Scenario]] = {
    "patches": (INTAKES, _intakes(PATCH, before=(PATCH,))),
    "two_patches_at_once": (INTAKES, _intakes(PATCH, replace(PATCH, dose=2.5))),
    "releasing_patches": (INTAKES, _intakes(SLOW)),
    "pump": (INTAKES, _intakes(PUMP)),
    "pump_set_anew": (INTAKES, _intakes(PUMP, replace(PUMP, dose=6.0, start_day=3, stop_day=None), before=(WORN,))),
    "refined": (REFINABLE, replace(_intakes(PATCH), axis="refinable", parameters={REFINED: 1.0})),
    "cycle": (TURNING, Scenario("turning", MAN, {"speed": 0.1}, duration_days=4.0)),
    "settled": (SWINGING, Scenario("swinging", MAN, duration_days=4.0)),
    "bursts_on_a_clock": (WRAPPING, Scenario("wrapping", MAN, duration_days=3.0)),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_the_toys(name: str) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    axis, scenario = CASES[name]
    error, marker = worst_column(axis, scenario, periodic_start(axis, scenario), roadrunner)
    assert error < 1e-6, marker


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_documents_of_the_toys_are_valid(name: str) -> None:
    libsbml = pytest.importorskip("libsbml")
    axis, scenario = CASES[name]
    document = libsbml.readSBMLFromString(export_sbml(axis, scenario, periodic_start(axis, scenario)))
    assert document.getNumErrors() == 0


def test_that_a_pump_is_a_change_of_constants() -> None:
    axis, scenario = CASES["pump"]
    text = export_sbml(axis, scenario, StartState(0.0, np.zeros(2), happened=False))
    assert text.count('<eventAssignment variable="pump_d">') == 2
    assert '<parameter id="pump_d"' in text
