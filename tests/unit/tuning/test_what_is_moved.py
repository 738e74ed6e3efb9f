"""Which unknowns a fit moves: those that a measured marker, a drug or a lesion on record speak of, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.exchange.demo_patients import demo_patients
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.cross_axis import linked
from endotune_desktop.tuning.evidence import Observation
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.tuning.prior import Kind, prior_of
from endotune_desktop.tuning.variation import variation
from endotune_desktop.workbench.cross_axis import axes_held
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.patient_timeline import timeline

MAN = Person(Sex.MALE, 45.0, 176.0, 75.0)
WOMAN = Person(Sex.FEMALE, 35.0, 165.0, 65.0)
HCG = DoseOrder("chorionic_gonadotropin", "sc", 1500.0, "IU", ("08:00",), 3)
PREDNISOLONE = DoseOrder("prednisolone", "oral", 7.5, "mg", ("08:00",))
ON = date(2026, 11, 24)
RESOURCES = Path(__file__).resolve().parents[3] / "resources"
DEMO = demo_patients(RESOURCES / "demo", ON)
FITTED = [(record, axis) for record in DEMO for axis in sorted(axes_held(record))]


def moved(scenario: Scenario, *markers: str) -> set[str]:
    """Return the ids of the person's unknowns when some markers were measured."""
    axis = AXES[scenario.axis]
    prior = prior_of(axis, scenario, [Observation(marker, marker, 0.0, 1.0) for marker in markers])
    return {prior.unknowns[place].id for place in prior.physiology}


@pytest.mark.parametrize(
    ("axis_id", "orders", "marker", "unknown"),
    [
        ("hpg_male", (), "fsh", "FSH_ref"), ("hpg_male", (), "lh", "LH_ref"), ("hpa", (), "dheas", "DHEAS0"),
    ],
)  # fmt: skip
def test_that_a_level_of_a_persons_own_is_moved_only_where_it_was_measured(
    axis_id: str, orders: tuple[DoseOrder, ...], marker: str, unknown: str
) -> None:
    scenario = Scenario(axis_id, MAN, regimen=orders)
    other = "testosterone" if axis_id == "hpg_male" else "cortisol"
    assert unknown in moved(scenario, marker)
    assert unknown not in moved(scenario, other)


@pytest.mark.parametrize(
    ("axis_id", "order", "unknowns"),
    [("hpg_male", HCG, {"eps_hCG"}), ("hpa", PREDNISOLONE, {"t_A", "CLu_pr"})],
)
def test_that_what_only_a_drug_shows_is_moved_only_where_it_is_given(
    axis_id: str, order: DoseOrder, unknowns: set[str]
) -> None:
    marker = "testosterone" if axis_id == "hpg_male" else "cortisol"
    assert unknowns <= moved(Scenario(axis_id, MAN, regimen=(order,)), marker)
    assert not unknowns & moved(Scenario(axis_id, MAN), marker)


@pytest.mark.parametrize(("axis_id", "person"), [("hpg_male", MAN), ("hpg_female", WOMAN)])
def test_that_how_much_prolactin_holds_the_gonads_back_is_moved(axis_id: str, person: Person) -> None:
    held = Scenario(axis_id, person, lesions=(LesionState("hyperprolactinaemia", 0.7),))
    prior = prior_of(AXES[axis_id], held, [Observation("lh", "lh", 0.0, 1.0)])
    (unknown,) = (entry for entry in prior.unknowns if entry.kind is Kind.SEVERITY)
    assert unknown.typical == pytest.approx(0.7 * 2800.0)


def test_that_a_prolactin_read_in_dilution_varies_as_prolactin() -> None:
    axis, own = AXES["prolactin"], variation("prolactin")
    seen = [Observation("a", "prolactin_diluted", 9.0, 300.0, platform="A")]
    fit = individualised(axis, Scenario("prolactin", WOMAN, duration_days=2.0), seen, draws=0)
    assert fit.spread[0] == pytest.approx(np.sqrt(own.variance), rel=0.02)
    (offset,) = (unknown for unknown in fit.prior.unknowns if unknown.kind is Kind.OFFSET)
    assert offset.spread == own.offset


@pytest.mark.slow
@pytest.mark.parametrize(("record", "axis_id"), FITTED, ids=[f"{r.patient.number} {axis}" for r, axis in FITTED])
def test_that_some_person_of_the_model_goes_through_the_labs_of_every_demo_patient(
    record: object, axis_id: str
) -> None:
    whole = next(held for held in DEMO if held is record)
    axis, links = AXES[axis_id], cross_axis_of(RESOURCES)
    line = timeline(whole, axis, ON, 1.0)
    seen = observations_of(whole, axis, line.day0, ON)
    if not seen:
        pytest.skip("no results on this axis")
    fit = individualised(axis, linked(axis, line.now, links.changes(whole, axis, ON)), seen, draws=0)
    assert not fit.poor
