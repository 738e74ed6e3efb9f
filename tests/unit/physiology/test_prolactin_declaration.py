"""The prolactin declaration: values are the document's, lesions and agents do what they say."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.analytes import analyte
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.prolactin import PROLACTIN
from endotune_desktop.simulation import Course, simulate

TABLE = Path(__file__).parents[2] / "science" / "reference" / "prolactin" / "parameters.csv"
WOMAN = Person(Sex.FEMALE, 40.0, 168.0, 75.0)
MAN = Person(Sex.MALE, 40.0, 178.0, 75.0)
SHORT = Scenario("prolactin", WOMAN, duration_days=2.0, output_step_h=0.5)


def _course(lesion: str, severity: float, scenario: Scenario = SHORT) -> Course:
    return simulate(PROLACTIN, replace(scenario, lesions=(LesionState(lesion, severity),)), rtol=1e-8)


def test_that_values_and_omegas_are_those_of_the_document() -> None:
    own = {"WT", "female"}  # the person's unless a scenario names them
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        parameter = PROLACTIN.parameter(row["id"])
        if row["id"] not in own:
            assert parameter.value == pytest.approx(float(row["value"]), rel=1e-12), row["id"]
        assert parameter.omega == (float(row["omega"]) if row["omega"] else None), row["id"]
        assert parameter.low <= parameter.value <= parameter.high
        assert parameter.source


def test_that_sex_is_the_persons_unless_the_scenario_names_it() -> None:
    man = simulate(PROLACTIN, replace(SHORT, person=MAN)).markers["prolactin"].mean()
    assert man == pytest.approx(0.75 * simulate(PROLACTIN, SHORT).markers["prolactin"].mean(), rel=1e-6)
    named = simulate(PROLACTIN, replace(SHORT, parameters={"female": 0.0})).markers["prolactin"].mean()
    assert named == pytest.approx(man, rel=1e-9)


def test_that_children_are_refused() -> None:
    with pytest.raises(InputRefused, match="adults"):
        simulate(PROLACTIN, replace(SHORT, person=replace(WOMAN, age_years=12.0)))


@pytest.mark.parametrize("lesion", [lesion.id for lesion in PROLACTIN.lesions])
def test_that_every_lesion_runs_and_is_nothing_at_severity_0(lesion: str) -> None:
    healthy = simulate(PROLACTIN, SHORT, rtol=1e-8).markers["prolactin_measured"]
    assert _course(lesion, 0.0).markers["prolactin_measured"] == pytest.approx(healthy, rel=1e-6)
    for refined in (0.0, 1.0):
        for onset in PROLACTIN.lesion(lesion).onsets:
            state = LesionState(lesion, 1.0, 6.0 if onset == "at_h" else onset)
            course = simulate(PROLACTIN, replace(SHORT, lesions=(state,), parameters={"refined": refined}))
            assert np.all(np.isfinite(course.states))


@pytest.mark.parametrize(
    ("lesion", "severity", "changed"),
    [
        ("prolactinoma", 0.15, {"At": 60.0, "CLcab": 90.0}), ("prolactinoma", 1.0, {"At": 400.0, "CLcab": 90.0}),
        ("resistance", 1.0, {"res_t": 0.05}), ("stalk_section", 1.0, {"stalk": 0.95}),
        ("primary_hypothyroidism", 1.0, {"trh_tone": 3.0}), ("pregnancy", 1.0, {"lact": 15.0}),
        ("macroprolactin", 1.0, {"mac_frac": 4.0}),
    ],
)  # fmt: skip
def test_that_presets_of_the_document_are_severities(lesion: str, severity: float, changed: dict[str, float]) -> None:
    values = PROLACTIN.typical()
    for change in PROLACTIN.lesion(lesion).changes:
        old, by = values[change.parameter], change.at(severity)
        values[change.parameter] = old * by if change.mode.value == "times" else old + by
    assert {name: values[name] for name in changed} == pytest.approx(changed, rel=1e-12)


@pytest.mark.parametrize("agent", [entry.agent.id for entry in PROLACTIN.agents])
def test_that_every_agent_gets_in_and_moves_prolactin_its_own_way(agent: str) -> None:
    entry = PROLACTIN.agent(agent)
    before = simulate(PROLACTIN, SHORT, rtol=1e-8).markers["prolactin"]
    for intake in entry.intakes:
        dose = SingleDose(agent, intake.route, entry.usual_dose, entry.agent.unit, 8.0, intake.preparation or None)
        after = simulate(PROLACTIN, replace(SHORT, events=(dose,)), rtol=1e-8).markers["prolactin"]
        ratio = after[17:] / before[17:]
        if agent in ("cabergoline", "bromocriptine"):
            assert ratio.min() < 0.6
        elif agent == "aripiprazole":  # near neutral alone
            assert 0.5 < ratio.min() < 1.2
        else:
            assert ratio.max() > 1.4


def test_that_a_tumour_stands_at_its_volume_of_diagnosis_until_the_course_begins() -> None:
    order = DoseOrder("cabergoline", "oral", 0.5, "mg", ("20:00",))
    treated = replace(SHORT, regimen_before=(order,), regimen=(order,), duration_days=28.0)
    course = _course("prolactinoma", 1.0, treated)
    volume, level = course.markers["tumour_volume"], course.markers["prolactin"]
    assert volume[0] == pytest.approx(1.0, abs=1e-9)
    assert volume[-1] < 0.85
    assert level[:48].mean() < 0.3 * _course("prolactinoma", 1.0).markers["prolactin"][:48].mean()


def test_that_a_huge_tumour_reads_falsely_low_and_a_diluted_sample_does_not() -> None:
    course = simulate(PROLACTIN, replace(SHORT, parameters={"At": 9.2e5}))
    true, read, diluted = (course.markers[f"prolactin{part}"][24] for part in ("", "_measured", "_diluted"))
    assert true > 1.2e6
    assert read < 0.15 * true
    assert diluted == pytest.approx(true, rel=0.05)


def test_that_macroprolactin_is_measured_and_not_felt() -> None:
    healthy, complexed = simulate(PROLACTIN, SHORT), _course("macroprolactin", 1.0)
    assert complexed.markers["prolactin"] == pytest.approx(healthy.markers["prolactin"], rel=1e-5)
    assert complexed.markers["prolactin_measured"].mean() > 4.5 * healthy.markers["prolactin_measured"].mean()
    assert complexed.markers["peg_recovery"].max() < 40.0
    assert complexed.markers["gnrh_factor"] == pytest.approx(healthy.markers["gnrh_factor"], rel=1e-5)


def test_that_renal_failure_raises_prolactin() -> None:
    healthy = simulate(PROLACTIN, SHORT).markers["prolactin"].mean()
    assert 1.3 < _course("ckd", 1.0).markers["prolactin"].mean() / healthy < 2.0


def test_that_ranges_are_by_sex_and_units_by_who_84_500() -> None:
    found = analyte("prolactin")
    women, men = found.range_for(Sex.FEMALE, 40.0), found.range_for(Sex.MALE, 40.0)
    assert women is not None
    assert men is not None
    assert women.high == pytest.approx(25.0 * 21.2)
    assert men.high == pytest.approx(19.0 * 21.2)
    assert found.unit("ng/mL").factor == 21.2
