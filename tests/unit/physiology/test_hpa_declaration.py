"""The adrenal declaration: every lesion and agent runs, urine is a mean, doses are the table's increments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.hpa import HPA
from endotune_desktop.simulation import StartState, periodic_start, simulate

SHORT = Scenario("hpa", HPA.reference_person, duration_days=2.0, output_step_h=6.0)


@pytest.mark.parametrize("lesion_id", [lesion.id for lesion in HPA.lesions])
def test_that_every_lesion_runs_at_every_onset_and_is_nothing_at_severity_0(lesion_id: str) -> None:
    lesion = HPA.lesion(lesion_id)
    healthy = simulate(HPA, SHORT, rtol=1e-6)
    silent = () if lesion_id != "ectopic_acth" else ("q_T", "r_T")
    assert {c.parameter for c in lesion.changes if c.mode.value == "set"} == set(silent)
    for onset in lesion.onsets:
        state = LesionState(lesion.id, 1.0, 12.0 if onset == "at_h" else onset)
        course = simulate(HPA, replace(SHORT, lesions=(state,)), rtol=1e-6)
        assert np.all(np.isfinite(course.states))
        assert np.all(np.isfinite(list(course.markers.values())))
        nothing = simulate(HPA, replace(SHORT, lesions=(replace(state, severity=0.0),)), rtol=1e-6)
        assert nothing.markers["cortisol"] == pytest.approx(healthy.markers["cortisol"], rel=1e-4)


# What the dose table of hpa.md section 2 adds, by state, for a body of 84 kg.
INCREMENTS = [
    ("hydrocortisone", "oral", None, 10.0, "mg", {"hc_g1": 1e7 / 362.46}),
    ("hydrocortisone", "oral", "dual_release", 20.0, "mg",
     {"hc_g1": 0.8 * 0.36 * 2e7 / 362.46, "mr_core": 0.8 * 0.64 * 2e7 / 362.46}),
    ("hydrocortisone", "oral", "delayed_release", 20.0, "mg", {"dr1": 2e7 / 362.46}),
    ("hydrocortisone", "im", None, 100.0, "mg", {"hc_im": 1e8 / 362.46}),
    ("hydrocortisone", "iv", None, 100.0, "mg", {"CT": 1e8 / 362.46 / (8.05 * 1.2)}),
    ("prednisolone", "oral", None, 5.0, "mg", {"pr_gut": 0.98 * 5e6 / 360.44}),
    ("prednisolone", "iv", None, 25.0, "mg", {"pr_body": 25e6 / 360.44}),
    ("prednisone", "oral", None, 5.0, "mg", {"pr_gut": 0.80 * 5e6 / 358.43}),
    ("dexamethasone", "oral", None, 1.0, "mg", {"dx_gut": 0.78 * 1e6 / 392.46}),
    ("dexamethasone", "iv", None, 4.0, "mg", {"dx_body": 4e6 / 392.46}),
    ("tetracosactide", "iv", None, 250.0, "ug", {"cos": 77500.0}),
    ("tetracosactide", "im", "depot", 1.0, "mg", {"cos_dep": 0.5 * 1e9 * 1.55 / 5000.0}),
    ("corticorelin", "iv", None, 100.0, "ug", {"CRHx": 48.2}),
    ("metyrapone", "oral", None, 750.0, "mg", {"met_gut": 750.0}),
]  # fmt: skip


@pytest.mark.parametrize("given", INCREMENTS, ids=lambda given: f"{given[0]}-{given[1]}-{given[2]}")
def test_that_a_dose_adds_what_the_table_says(
    given: tuple[str, str, str | None, float, str, dict[str, float]],
) -> None:
    agent, route, preparation, dose, unit, added = given
    person = replace(HPA.reference_person, weight_kg=84.0)
    event = SingleDose(agent, route, dose, unit, 0.0, preparation)
    start = StartState(0.0, np.zeros(len(HPA.states)), happened=False)
    scenario = replace(SHORT, person=person, events=(event,))
    states = simulate(HPA, scenario, output_times_h=np.array([0.0]), start=start).states[0]
    found = {state.id: value for state, value in zip(HPA.states, states, strict=True) if abs(value) > 1e-12}
    assert found == pytest.approx(added, rel=1e-12)


def test_that_every_intake_is_sold() -> None:
    for entry in HPA.agents:
        for intake in entry.intakes:
            assert any(p.id == intake.preparation for p in entry.preparations_for(intake.route)), entry.agent.id


def test_that_an_infusion_ends_where_its_bolus_equivalent_says() -> None:
    # At a clearance that saturation does not touch, the free AUC is the dose over CLu.
    event = SingleDose("hydrocortisone", "iv", 20.0, "mg", 8.0, duration_h=4.0)
    ill = (LesionState("addison", 1.0),)
    scenario = replace(SHORT, lesions=ill, events=(event,), duration_days=3.0, output_step_h=0.01)
    course = simulate(HPA, scenario, rtol=1e-9)
    area = float(np.trapezoid(course.markers["free_cortisol"], course.time_h))
    assert area == pytest.approx(2e7 / 362.46 / 242.0, rel=2e-5)


def test_that_urinary_cortisol_is_the_mean_of_its_rate() -> None:
    course = simulate(HPA, replace(SHORT, output_step_h=0.1), rtol=1e-8)
    rate = float(np.trapezoid(course.markers["urine_free_cortisol_rate"], course.time_h)) / 48.0
    assert course.markers["ufc"] == pytest.approx(rate, rel=0.06)
    assert float(np.mean(course.markers["ufc"])) == pytest.approx(rate, rel=2e-3)


def test_that_a_new_loss_of_acth_leaves_the_adrenals_and_an_old_one_does_not() -> None:
    lost = LesionState("secondary_insufficiency", 1.0)
    for onset, expected in (("new", 0.99), ("long_standing", 0.08)):
        scenario = replace(SHORT, lesions=(replace(lost, onset=onset),))
        assert simulate(HPA, scenario).markers["adrenal_mass"][0] == pytest.approx(expected, rel=0.02)


def test_that_bodies_outside_the_model_are_refused() -> None:
    for person in (Person(Sex.MALE, 12.0, 150.0, 45.0), Person(Sex.FEMALE, 40.0, 150.0, 30.0)):
        with pytest.raises(InputRefused, match=r"adrenal model|adults"):
            periodic_start(HPA, replace(SHORT, person=person))


def test_that_food_slows_hydrocortisone() -> None:
    order = DoseOrder("hydrocortisone", "oral", 20.0, "mg", ("08:00",))
    fasting = replace(SHORT, lesions=(LesionState("addison", 1.0),), regimen=(order,), output_step_h=0.1)
    fed = replace(fasting, lesions=(*fasting.lesions, LesionState("hydrocortisone_with_food", 1.0)))
    peaks = [simulate(HPA, scenario).markers["cortisol"][:240] for scenario in (fasting, fed)]
    assert np.argmax(peaks[1]) > np.argmax(peaks[0]) + 5
    assert np.max(peaks[1]) < 0.9 * np.max(peaks[0])
