"""The calcium declaration: values are the document's, lesions and agents do what they say."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.analytes import analyte
from endotune_desktop.clinic.analytes.calcium import albumin_adjusted_mmol_l
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.calcium import CALCIUM
from endotune_desktop.simulation import periodic_start, simulate

TABLE = Path(__file__).parents[2] / "science" / "reference" / "calcium" / "parameters.csv"
PERSON = CALCIUM.reference_person
SHORT = Scenario("calcium", PERSON, duration_days=2.0, output_step_h=0.5)


def test_that_values_and_omegas_are_those_of_the_document() -> None:
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        parameter = CALCIUM.parameter(row["id"])
        # Printed to six figures; rate constants are kept as the half-lives they come from.
        assert parameter.value == pytest.approx(float(row["value"]), rel=5e-6), row["id"]
        assert parameter.omega == (float(row["omega"]) if row["omega"] else None), row["id"]
        assert parameter.low <= parameter.value <= parameter.high
        assert parameter.source


@pytest.mark.parametrize("lesion", [lesion.id for lesion in CALCIUM.lesions])
def test_that_every_lesion_runs_and_is_nothing_at_severity_0(lesion: str) -> None:
    healthy = simulate(CALCIUM, SHORT, rtol=1e-8).markers["calcium"]
    for onset in CALCIUM.lesion(lesion).onsets:
        state = LesionState(lesion, 0.0, 6.0 if onset == "at_h" else onset)
        nothing = simulate(CALCIUM, replace(SHORT, lesions=(state,)), rtol=1e-8).markers["calcium"]
        assert nothing == pytest.approx(healthy, rel=1e-6)
        for refined in (0.0, 1.0):
            full = replace(SHORT, lesions=(replace(state, severity=1.0),), parameters={"refined": refined})
            assert np.all(np.isfinite(simulate(CALCIUM, full).states))


@pytest.mark.parametrize("refined", [0.0, 1.0])
@pytest.mark.parametrize("lesion", [entry.id for entry in CALCIUM.lesions if "long_standing" in entry.onsets])
def test_that_a_start_is_where_years_lead(lesion: str, refined: float) -> None:
    # PTH moves in minutes, gland mass in months: the orbit must be the one that 20 years of the dynamics reach.
    onset = LesionState(lesion, 1.0, "new")
    scenario = Scenario("calcium", PERSON, {"refined": refined}, (onset,), duration_days=7300.0)
    reached = simulate(CALCIUM, scenario, rtol=1e-9, output_times_h=np.array([7300.0 * 24.0])).states[0]
    start = periodic_start(CALCIUM, replace(scenario, lesions=(replace(onset, onset="long_standing"),))).states
    for state, ours, theirs in zip(CALCIUM.states, start, reached, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6 * state.scale), state.id


@pytest.mark.parametrize(
    ("lesion", "severity", "changed"),
    [
        ("hypoparathyroidism", 1.0, {"hypo": 0.97}), ("primary_hyperparathyroidism", 0.4375, {"Aad": 35.0}),
        ("primary_hyperparathyroidism", 1.0, {"Aad": 80.0}), ("fhh", 1.0, {"fCaSR": 1.15}),
        ("adh1", 1.0, {"fCaSR": 0.90}), ("ckd", 1.0, {"GFR": 15.0}), ("vitamin_d_deficiency", 1.0, {"Db": 5.0}),
        ("thiazide", 1.0, {"thz": 1.0}),
    ],
)  # fmt: skip
def test_that_presets_of_the_document_are_severities(lesion: str, severity: float, changed: dict[str, float]) -> None:
    values = CALCIUM.typical()
    for change in CALCIUM.lesion(lesion).changes:
        old, by = values[change.parameter], change.at(severity)
        values[change.parameter] = old * by if change.mode.value == "times" else old + by
    assert {name: values[name] for name in changed} == pytest.approx(changed, rel=1e-12)


UP = {
    "calcitriol": "calcitriol", "alfacalcidol": "calcitriol", "colecalciferol": "calcidiol",
    "calcium_carbonate": "calcium", "calcium_citrate": "calcium", "calcium_gluconate": "calcium",
    "teriparatide": "pth_activity", "parathyroid_hormone": "pth", "palopegteriparatide": "pth_activity",
    "disodium_edetate": "pth",
}  # fmt: skip
DOWN = {"cinacalcet": "pth", "denosumab": "bone_resorption", "zoledronic_acid": "bone_resorption"}


@pytest.mark.parametrize("agent", [entry.agent.id for entry in CALCIUM.agents])
def test_that_every_agent_gets_in_by_every_way_and_does_its_work(agent: str) -> None:
    entry = CALCIUM.agent(agent)
    healthy = simulate(CALCIUM, SHORT, rtol=1e-9)
    for intake in entry.intakes:
        dose = SingleDose(agent, intake.route, entry.usual_dose, entry.agent.unit, 8.0, intake.preparation or None)
        course = simulate(CALCIUM, replace(SHORT, events=(dose,)), rtol=1e-9)
        marker = UP.get(agent) or DOWN[agent]
        gain = course.markers[marker][16:] / healthy.markers[marker][16:] - 1.0
        assert (gain.max() if agent in UP else -gain.min()) > 1e-3


def test_that_vitamin_d_is_ordered_in_units_or_micrograms() -> None:
    in_units = DoseOrder("colecalciferol", "oral", 2000.0, "IU", ("08:00",))
    in_ug = replace(in_units, dose=50.0, unit="ug")
    units, ug = (simulate(CALCIUM, replace(SHORT, regimen=(order,)), rtol=1e-9).states for order in (in_units, in_ug))
    assert np.array_equal(units, ug)
    with pytest.raises(InputRefused, match="measure"):
        simulate(CALCIUM, replace(SHORT, regimen=(replace(in_units, unit="mg/h"),)))
    assert CALCIUM.agent("colecalciferol").agent.from_own_unit(4000.0, "ug") == 100.0


def test_that_taking_out_an_adenoma_drops_pth_within_minutes_and_calcium_within_days() -> None:
    scenario = Scenario(
        "calcium", PERSON, {"refined": 1.0},
        (LesionState("primary_hyperparathyroidism", 0.4375), LesionState("adenoma_removed", 1.0, 8.0)),
        duration_days=4.0, output_step_h=0.1,
    )  # fmt: skip
    course = simulate(CALCIUM, scenario)
    pth, calcium = course.markers["pth"], course.markers["calcium"]
    assert pth[83] < 0.5 * pth[79]  # the intra-operative test: half gone in 20 minutes
    assert 1.0 < 0.1 * float(np.argmin(calcium)) / 24.0 - 8.0 / 24.0 < 4.0
    assert calcium.min() < 2.4


def test_that_a_half_lost_gland_keeps_calcium_and_surgery_tissue_does_not_grow() -> None:
    half = simulate(CALCIUM, replace(SHORT, lesions=(LesionState("hypoparathyroidism", 0.5),)))
    assert half.markers["calcium"].mean() > 2.28
    assert half.markers["parathyroid_mass"].max() <= 1.0 + 1e-9


def test_that_refinements_leave_the_healthy_person_where_he_was() -> None:
    plain, refined = (simulate(CALCIUM, replace(SHORT, parameters={"refined": r})).markers for r in (0.0, 1.0))
    for marker in ("calcium", "pth", "calcitriol", "phosphate", "urine_calcium", "absorbed_share"):
        assert refined[marker].mean() == pytest.approx(plain[marker].mean(), rel=2e-3), marker


def test_that_albumin_is_allowed_for() -> None:
    assert albumin_adjusted_mmol_l(2.10, 30.0) == pytest.approx(2.30)
    assert albumin_adjusted_mmol_l(2.40, 40.0) == pytest.approx(2.40)


def test_that_conventional_ranges_are_the_si_ranges() -> None:
    # Conventional ranges as printed beside the SI ones in section 6.
    for name, unit, low, high in (
        ("calcium", "mg/dL", 8.6, 10.2), ("pth", "pg/mL", 15.0, 65.0), ("calcitriol", "pg/mL", 20.0, 79.0),
        ("phosphate", "mg/dL", 2.5, 4.5), ("urine_calcium", "mg/d", 100.0, 300.0),
    ):  # fmt: skip
        found, factor = analyte(name), analyte(name).unit(unit).factor
        ours = found.range_for(Sex.FEMALE, 50.0)
        assert ours is not None
        assert ours.low == pytest.approx(low * factor, rel=0.03)
        assert ours.high == pytest.approx(high * factor, rel=0.03)
