"""The thyroid declaration: every lesion and agent runs, body sizes and indices are the document's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.hpt.body import raw_plasma_volume_l
from endotune_desktop.simulation import simulate
from endotune_desktop.simulation.source import markers_source, python_function

MAN = Person(Sex.MALE, 45.0, 176.0, 68.0)
SHORT = Scenario("hpt", MAN, duration_days=2.0, output_step_h=6.0)


@pytest.mark.parametrize("lesion", HPT.lesions, ids=lambda lesion: lesion.id)
def test_that_every_lesion_runs_at_every_severity_and_onset(lesion: object) -> None:
    assert hasattr(lesion, "id")
    found = HPT.lesion(lesion.id)
    healthy = simulate(HPT, SHORT, rtol=1e-6).markers["tsh"]
    for onset in found.onsets:
        state = LesionState(found.id, 1.0, 12.0 if onset == "at_h" else onset)
        course = simulate(HPT, replace(SHORT, lesions=(state,)), rtol=1e-6)
        assert np.all(np.isfinite(course.states))
        nothing = simulate(HPT, replace(SHORT, lesions=(replace(state, severity=0.0),)), rtol=1e-6).markers["tsh"]
        if found.id not in ("hashimoto", "radioiodine"):
            assert nothing == pytest.approx(healthy, rel=1e-4)


@pytest.mark.parametrize("entry", HPT.agents, ids=lambda entry: entry.agent.id)
def test_that_every_agent_gets_in_by_every_route_and_preparation(entry: object) -> None:
    assert hasattr(entry, "agent")
    agent = HPT.agent(entry.agent.id)
    for intake in agent.intakes:
        dose = SingleDose(
            agent.agent.id, intake.route, agent.usual_dose, agent.agent.unit, 8.0, intake.preparation or None
        )
        course = simulate(HPT, replace(SHORT, events=(dose,)), rtol=1e-6)
        state = HPT.state_index(intake.state)
        assert np.max(course.states[2:, state]) > course.states[0, state]


def test_that_propylthiouracil_slows_conversion_while_it_is_taken() -> None:
    order = DoseOrder("propylthiouracil", "oral", 100.0, "mg", ("08:00",), stop_day=2)
    course = simulate(HPT, replace(SHORT, regimen=(order,), duration_days=4.0), rtol=1e-8)
    conversion = course.markers["t3_conversion"]
    assert conversion[4] < 0.85 * simulate(HPT, SHORT).markers["t3_conversion"][4]
    assert conversion[-1] > 1.15 * conversion[4]


def test_that_what_a_drug_changes_counts_once_however_many_orders_give_it() -> None:
    whole = DoseOrder("propylthiouracil", "oral", 100.0, "mg", ("08:00", "14:00"))
    split = (replace(whole, clock_times=("08:00",)), replace(whole, clock_times=("14:00",)))
    one = simulate(HPT, replace(SHORT, regimen=(whole,)), rtol=1e-8).markers["t3_conversion"]
    two = simulate(HPT, replace(SHORT, regimen=split), rtol=1e-8).markers["t3_conversion"]
    assert two == pytest.approx(one, rel=1e-6)
    before = simulate(HPT, replace(SHORT, regimen_before=(whole,), regimen=(whole,)), rtol=1e-8)
    steady = simulate(HPT, replace(SHORT, regimen_before=split, regimen=split), rtol=1e-8)
    assert steady.markers["t3_conversion"] == pytest.approx(before.markers["t3_conversion"], rel=1e-6)


def test_that_interference_lowers_the_uptake_of_every_oral_form() -> None:
    bad = LesionState("interference_sucralfate", 1.0)
    for preparation in (None, "soft_capsule", "solution"):
        order = DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:00",), preparation=preparation)
        scenario = replace(SHORT, parameters={"sigma": 0.0}, regimen_before=(order,), regimen=(order,))
        plain = simulate(HPT, scenario).markers["ft4"].mean()
        assert simulate(HPT, replace(scenario, lesions=(bad,))).markers["ft4"].mean() < 0.75 * plain


def test_that_a_parameter_of_the_scenario_is_not_overruled_by_a_lesion() -> None:
    lesion = (LesionState("hashimoto", 1.0, "new"),)
    own = simulate(HPT, replace(SHORT, lesions=lesion, parameters={"tau_sigma": 100.0}))
    assert own.markers["residual_function"][-1] == pytest.approx(np.exp(-48.0 / 100.0), rel=1e-4)


def test_that_lesions_that_together_leave_the_model_are_refused() -> None:
    both = (LesionState("resistance_beta", 1.0), LesionState("resistance_beta_pituitary", 1.0))
    with pytest.raises(InputRefused, match="rth_pit"):
        simulate(HPT, replace(SHORT, lesions=both))


def test_that_plasma_volumes_are_those_of_the_regression() -> None:
    # hpt.md section 12: raw volumes relative to the mean of both references.
    reference = {Sex.MALE: 2.7499585, Sex.FEMALE: 2.8036713}
    for sex, height_m, weight_kg, ratio in (
        (Sex.MALE, 1.70, 70.0, 1.00363), (Sex.FEMALE, 1.63, 60.0, 0.90223), (Sex.MALE, 1.75, 130.0, 1.32010),
        (Sex.FEMALE, 1.63, 110.0, 1.13110),
    ):  # fmt: skip
        assert raw_plasma_volume_l(sex, height_m, weight_kg) / reference[sex] == pytest.approx(ratio, abs=1e-5)


@pytest.mark.parametrize(
    ("tsh", "ft4", "ft3", "gt", "gd", "tshi"),
    [(1.0, 16.5, 4.5, 4.70, 25.22, 2.22), (3.24, 7.7, 28.0, 1.08, 336.2, 2.21), (0.7, 9.0, 6.2, 3.37, 63.7, 0.85),
     (0.2, 5.12, 2.0, 5.73, 36.12, -0.92)],
)  # fmt: skip
def test_that_indices_give_the_published_vectors(
    tsh: float, ft4: float, ft3: float, gt: float, gd: float, tshi: float
) -> None:
    # The formulas of the marker function, on given levels (SPINA R package 5.1 tests, hpt.md section 13).
    assert 1.1e-6 * (2.75 + tsh) * 6901.0 * ft4 / (0.1 * tsh) == pytest.approx(gt, abs=0.05)
    assert 8e-6 * (5e-7 + ft4 * 1e-12) * 601.0 * ft3 / (0.026 * ft4) * 1e9 == pytest.approx(gd, abs=0.06)
    assert np.log(tsh) + 0.1345 * ft4 == pytest.approx(tshi, abs=0.06)
    course = simulate(HPT, SHORT)
    row = {name: float(values[3]) for name, values in course.markers.items()}
    assert row["spina_gt"] == pytest.approx(1.1e-6 * (2.75 + row["tsh"]) * 6901.0 * row["ft4"] / (0.1 * row["tsh"]))
    assert row["tshi"] == pytest.approx(np.log(row["tsh"]) + 0.1345 * row["ft4"])


@pytest.mark.parametrize(
    ("person", "where"),
    [(Person(Sex.MALE, 40.0, 130.0, 70.0), "height_cm"), (Person(Sex.MALE, 40.0, 176.0, 210.0), "weight_kg"),
     (Person(Sex.MALE, 12.0, 176.0, 70.0), "age_years")],
)  # fmt: skip
def test_that_other_bodies_are_refused_by_field(person: Person, where: str) -> None:
    with pytest.raises(InputRefused) as refused:
        HPT.derive(HPT.typical(), person)
    assert refused.value.where == f"person.{where}"


def test_that_the_generated_markers_are_plain_python_too() -> None:
    assert callable(python_function(markers_source(HPT), "marker_values"))
