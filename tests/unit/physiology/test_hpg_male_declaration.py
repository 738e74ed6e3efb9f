"""The male gonadal declaration: every lesion and agent runs; age, build, presets and patches are the document's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from endotune_desktop.clinic.analytes import analyte
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.axis import AxisAgent, Lesion
from endotune_desktop.physiology.hpg_male import HPG_MALE, REFERENCE_MAN
from endotune_desktop.physiology.hpg_male.body import age_and_bmi
from endotune_desktop.simulation import Course, simulate

SHORT = Scenario("hpg_male", REFERENCE_MAN, duration_days=2.0, output_step_h=6.0)
DAY = replace(SHORT, duration_days=1.0, output_step_h=1.0)


def mean(course: Course, marker: str) -> float:
    """Return the mean of a marker over a course."""
    return float(np.trapezoid(course.markers[marker], course.time_h)) / float(course.time_h[-1])


@pytest.mark.parametrize("lesion", HPG_MALE.lesions, ids=lambda lesion: lesion.id)
def test_that_every_lesion_runs_at_every_onset_and_is_nothing_at_zero(lesion: Lesion) -> None:
    healthy = simulate(HPG_MALE, SHORT, rtol=1e-7).markers["testosterone"]
    for onset in lesion.onsets:
        state = LesionState(lesion.id, 1.0, 12.0 if onset == "at_h" else onset)
        course = simulate(HPG_MALE, replace(SHORT, lesions=(state,)), rtol=1e-7)
        assert np.all(np.isfinite(course.states))
        nothing = simulate(HPG_MALE, replace(SHORT, lesions=(replace(state, severity=0.0),)), rtol=1e-7)
        assert nothing.markers["testosterone"] == pytest.approx(healthy, rel=1e-5)


@pytest.mark.parametrize("lesion", HPG_MALE.lesions, ids=lambda lesion: lesion.id)
def test_that_testosterone_falls_with_severity(lesion: Lesion) -> None:
    found = [
        mean(simulate(HPG_MALE, replace(DAY, lesions=(LesionState(lesion.id, s),))), "free_testosterone")
        for s in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert all(later < earlier for earlier, later in pairwise(found))


@pytest.mark.parametrize("entry", HPG_MALE.agents, ids=lambda entry: entry.agent.id)
def test_that_every_agent_gets_in_by_every_route_and_preparation(entry: AxisAgent) -> None:
    for intake in entry.intakes:
        lasts_h = None if intake.state else 40.0
        dose = SingleDose(
            entry.agent.id, intake.route, entry.usual_dose, entry.agent.unit, 8.0, intake.preparation or None, lasts_h
        )
        course = simulate(HPG_MALE, replace(SHORT, events=(dose,)), rtol=1e-6)
        if intake.state:
            for part in (intake, *intake.also):
                state = HPG_MALE.state_index(part.state)
                assert np.max(course.states[2:, state]) > course.states[0, state]
        else:
            assert course.markers["gnrh_drive"][2:].max() > 1.5 * course.markers["gnrh_drive"][0]


def test_that_every_strength_is_one_that_the_axis_takes() -> None:
    for entry in HPG_MALE.agents:
        for preparation, route in zip(entry.preparations, entry.routes, strict=True):
            intakes = [i for i in entry.intakes if (i.route, i.preparation) == (route, preparation.id)]
            assert len(intakes) == 1, (entry.agent.id, route, preparation.id)
            assert max(preparation.strengths) <= entry.agent.dose_high
            if preparation.id.startswith("depot"):
                assert intakes[0].usual_dose == pytest.approx(preparation.strengths[-1])


def test_that_age_and_build_are_the_persons_unless_the_scenario_names_them() -> None:
    old = Person(Sex.MALE, 60.0, 180.0, 110.0)
    typical = HPG_MALE.typical()
    assert age_and_bmi(typical, old) == pytest.approx((60.0, 110.0 / 1.8**2))
    assert age_and_bmi({**typical, "age": 75.0, "BMI": 24.0}, old) == pytest.approx((75.0, 24.0))
    assert age_and_bmi({**typical, "ageing": 1.0, "obesity": 1.0}, old) == pytest.approx((75.0, 34.0), abs=0.06)
    assert age_and_bmi({**typical, "obesity": 1.0}, REFERENCE_MAN) == pytest.approx((30.0, 34.0))
    # Who is older or heavier than the presets stays so.
    heavy = Person(Sex.MALE, 80.0, 170.0, 120.0)
    assert age_and_bmi({**typical, "ageing": 1.0, "obesity": 1.0}, heavy) == age_and_bmi(typical, heavy)
    named = simulate(HPG_MALE, replace(DAY, person=heavy, parameters={"age": 30.0, "BMI": 24.0})).markers
    assert named["testosterone"] == pytest.approx(simulate(HPG_MALE, DAY).markers["testosterone"], rel=1e-9)


@pytest.mark.parametrize(
    ("tone", "testosterone", "lh"),
    [(1.0, 18.0, 4.0), (0.5, 15.4, 3.2), (0.3, 13.0, 2.6), (0.2, 10.6, 2.1), (0.15, 8.6, 1.7), (0.12, 6.9, 1.35),
     (0.1, 5.5, 1.1), (0.05, 1.8, 0.43)],
)  # fmt: skip
def test_that_testosterone_answers_tone_as_the_document_prints(tone: float, testosterone: float, lh: float) -> None:
    course = simulate(HPG_MALE, replace(DAY, parameters={"tone": tone}))
    assert mean(course, "testosterone") == pytest.approx(testosterone, abs=0.06)
    assert mean(course, "lh") == pytest.approx(lh, abs=0.06)


@pytest.mark.parametrize(
    ("lesion", "testosterone", "lh"), [("functional_obesity", 9.6, 2.0), ("pituitary_damage", 9.8, 1.9)]
)
def test_that_presets_give_what_the_document_prints(lesion: str, testosterone: float, lh: float) -> None:
    course = simulate(HPG_MALE, replace(DAY, lesions=(LesionState(lesion, 1.0),)))
    assert mean(course, "testosterone") == pytest.approx(testosterone, abs=0.06)
    assert mean(course, "lh") == pytest.approx(lh, abs=0.06)


def test_that_a_patch_delivers_its_label_in_a_day_and_replaces_the_one_before() -> None:
    order = DoseOrder("testosterone", "transdermal", 4.0, "mg", ("08:00",), preparation="patch")
    course = simulate(HPG_MALE, replace(SHORT, regimen=(order,), duration_days=6.0, output_step_h=1.0))
    patch = course.states[:, HPG_MALE.state_index("patch")]
    # Section 6: 4 mg / (1 - exp(-2.2)) when it is put on, of which 4 mg are gone a day later.
    full = 4.0 / (1.0 - np.exp(-2.2))
    assert patch[[8, 32, 56, 80]] == pytest.approx(full, rel=1e-9)
    assert patch[31] == pytest.approx(full * np.exp(-2.2 * 23.0 / 24.0), rel=1e-6)
    skin = course.states[:, HPG_MALE.state_index("skin")]
    assert full - full * np.exp(-2.2) == pytest.approx(4.0)
    assert skin[128] == pytest.approx(skin[104], rel=1e-3)


def test_that_a_pump_holds_its_drive_while_it_runs() -> None:
    order = DoseOrder("gonadorelin", "pump", 10.0, "ug", ("08:00",), start_day=1, stop_day=3)
    kallmann = (LesionState("kallmann", 1.0),)
    course = simulate(
        HPG_MALE, replace(SHORT, lesions=kallmann, regimen=(order,), duration_days=4.0, output_step_h=1.0)
    )
    drive = course.markers["gnrh_drive"]
    # Section 6: (12/12) x 2 x 10/(10 + 10) = 1 from the hour it is put on to the midnight it is taken off.
    assert drive[:32] == pytest.approx(0.0)
    assert drive[33:72] == pytest.approx(1.0)
    assert drive[73:] == pytest.approx(0.0)
    quick = replace(order, preparation="continuous")
    faster = simulate(HPG_MALE, replace(SHORT, lesions=kallmann, regimen=(quick,), duration_days=3.0))
    assert faster.markers["gnrh_drive"].max() == pytest.approx(8.0)
    assert faster.markers["gnrh_receptor"][-1] < 0.9


@pytest.mark.parametrize(
    ("person", "where"),
    [(Person(Sex.FEMALE, 30.0, 165.0, 62.0), "sex"), (Person(Sex.MALE, 12.0, 150.0, 45.0), "age_years"),
     (Person(Sex.MALE, 40.0, 176.0, 30.0), "weight_kg")],
)  # fmt: skip
def test_that_others_are_refused_by_field(person: Person, where: str) -> None:
    with pytest.raises(InputRefused) as refused:
        HPG_MALE.derive(HPG_MALE.typical(), person)
    assert refused.value.where == f"person.{where}"


def test_that_markers_have_the_units_of_their_analytes() -> None:
    for marker in HPG_MALE.markers:
        if marker.analyte:
            assert analyte(marker.analyte).canonical_unit == marker.unit


def test_that_the_loop_names_what_there_is() -> None:
    glands = {gland.id for gland in HPG_MALE.glands} | {"given"}
    for arrow in HPG_MALE.arrows:
        assert {arrow.source, arrow.target} <= glands
        if arrow.flow_marker:
            HPG_MALE.marker(arrow.flow_marker)
        if arrow.cut_parameter:
            cut = HPG_MALE.parameter(arrow.cut_parameter)
            assert cut.low <= arrow.cut_value < cut.value
    offered = {lesion for gland in HPG_MALE.glands for lesion in gland.lesions}
    assert offered == {lesion.id for lesion in HPG_MALE.lesions}
