"""The somatotropic declaration: every lesion and agent runs, doses enter as the document says."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from endotune_desktop.clinic.analytes import analyte
from endotune_desktop.clinic.analytes.somatotropic import igf1_limits_ug_l
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.axis import Intake, Lesion
from endotune_desktop.physiology.gh_igf1 import GH_IGF1
from endotune_desktop.physiology.gh_igf1.equations import ghrh_bursts
from endotune_desktop.simulation import simulate

MAN = Person(Sex.MALE, 40.0, 176.0, 75.0)
SHORT = Scenario("gh_igf1", MAN, duration_days=2.0, output_step_h=0.5)
EVERY_INTAKE = [(entry.agent.id, intake) for entry in GH_IGF1.agents for intake in entry.intakes]
HEALTHY = {"ghd": 0.0, "ghr": 1.0, "Aad": 0.0, "stalk": 0.0, "ad_sst": 1.0, "e_oralE2": 1.0}


@pytest.mark.parametrize("lesion", GH_IGF1.lesions, ids=lambda lesion: lesion.id)
def test_that_every_lesion_runs_at_every_onset_and_is_nothing_at_severity_0(lesion: Lesion) -> None:
    healthy = simulate(GH_IGF1, SHORT, rtol=1e-8).markers["gh"]
    for onset in lesion.onsets:
        state = LesionState(lesion.id, 1.0, 12.0 if onset == "at_h" else onset)
        assert np.all(np.isfinite(simulate(GH_IGF1, replace(SHORT, lesions=(state,))).states))
        nothing = simulate(GH_IGF1, replace(SHORT, lesions=(replace(state, severity=0.0),)), rtol=1e-8)
        assert nothing.markers["gh"] == pytest.approx(healthy, rel=1e-5, abs=1e-5)


def test_that_severity_leads_to_the_presets_of_the_document() -> None:
    presets = {"gh_deficiency": ("ghd", 0.94), "laron": ("ghr", 0.02), "acromegaly": ("Aad", 60.0),
               "ghrh_loss": ("stalk", 1.0), "analogue_resistance": ("ad_sst", 0.2),
               "oral_oestrogen": ("e_oralE2", 1.6)}  # fmt: skip
    for identity, (parameter, full) in presets.items():
        change = GH_IGF1.lesion(identity).changes[0]
        healthy, at = HEALTHY[parameter], change.at(1.0)
        assert change.parameter == parameter
        assert (healthy * at if change.mode == "times" else healthy + at) == pytest.approx(full)
    assert 60.0 * GH_IGF1.lesion("acromegaly").usual_severity == pytest.approx(25.0)


@pytest.mark.parametrize(("agent", "intake"), EVERY_INTAKE, ids=[f"{a}-{i.route}" for a, i in EVERY_INTAKE])
def test_that_a_dose_enters_its_state_as_the_document_says(agent: str, intake: Intake) -> None:
    weight = 75.0
    bioavailable = 2.04 * 4.9 / (24.7 * (weight / 85.0) ** 0.982)
    per_unit = {
        "d_gh": 1000.0 * bioavailable, "GH": 1000.0 / 4.9, "d_som": 1000.0, "d_lon": 405.0, "d_oct": 1000.0,
        "l1": 1000.0 * 0.54 * 0.995, "d_lan": 750.0, "d_peg": 0.57, "g_cab": 1000.0, "g_mac": 1.0, "c_ghrh": 1.0,
        "arg": 1.0, "h1": 1.0 / weight / 0.1, "g1": 1.0,
    }  # fmt: skip
    entry = GH_IGF1.agent(agent)
    dose = SingleDose(agent, intake.route, entry.usual_dose, entry.agent.unit, 8.0, intake.preparation or None)
    times = np.array([8.0, 8.0])
    if intake.release_h:
        times = np.array([8.0, 8.0 + intake.release_h])
    found = simulate(GH_IGF1, replace(SHORT, events=(dose,)), output_times_h=times, rtol=1e-10).states
    gained = found[1] - found[0]
    if intake.release_h:
        # Arginine: 75 g/h for half an hour, washed out at 1.5/h meanwhile.
        expected = 75.0 * (1.0 - exp(-1.5 * 0.5)) / 1.5
        assert gained[GH_IGF1.state_index("arg")] == pytest.approx(expected, rel=1e-8)
        return
    expected = entry.usual_dose * per_unit[intake.state]
    assert gained[GH_IGF1.state_index(intake.state)] == pytest.approx(expected, rel=1e-9)
    if intake.preparation == "lar":
        assert gained[GH_IGF1.state_index("d_oct")] == pytest.approx(20000.0 * 0.54 * 0.005, rel=1e-9)


def test_that_the_bursts_come_by_the_clock_every_day() -> None:
    heights = {1.0: 1.0, 4.0: 0.45, 6.5: 0.12, 12.0: 0.40, 14.75: 0.15, 17.0: 0.40, 21.0: 0.25}
    for clock, height in heights.items():
        for day in (0, 1, 300):
            assert ghrh_bursts(24.0 * day + clock, 0.35) == pytest.approx(height, abs=1e-3)
    assert ghrh_bursts(24.0 * 7 - 1e-9, 0.35) == pytest.approx(ghrh_bursts(1e-9, 0.35), rel=1e-6)
    assert ghrh_bursts(9.0, 0.35) < 1e-6


def test_that_a_woman_needs_more_gh_for_the_same_igf1_and_more_on_oral_oestrogen() -> None:
    woman = replace(SHORT, person=replace(MAN, sex=Sex.FEMALE))
    man, hers = simulate(GH_IGF1, SHORT).markers, simulate(GH_IGF1, woman).markers
    oral = simulate(GH_IGF1, replace(woman, lesions=(LesionState("oral_oestrogen", 1.0),))).markers
    assert hers["gh"].mean() > 1.4 * man["gh"].mean()
    assert hers["igf1"].mean() == pytest.approx(man["igf1"].mean(), rel=0.05)
    assert oral["igf1"].mean() < 0.85 * hers["igf1"].mean()
    assert oral["gh"].mean() > hers["gh"].mean()


def test_that_pegvisomant_raises_gh_while_it_lowers_igf1() -> None:
    ill = replace(SHORT, lesions=(LesionState("acromegaly", 0.4),))
    order = (DoseOrder("pegvisomant", "sc", 15.0, "mg", ("08:00",)),)
    before = simulate(GH_IGF1, ill).markers
    treated = simulate(GH_IGF1, replace(ill, regimen=order, regimen_before=order)).markers
    assert treated["igf1"].mean() < 0.6 * before["igf1"].mean()
    assert treated["gh"].mean() > 1.5 * before["gh"].mean()


def test_that_a_resistant_adenoma_answers_less_to_octreotide() -> None:
    order = (DoseOrder("octreotide", "im", 20.0, "mg", ("09:00",), every_days=28, preparation="lar"),)
    ill = replace(SHORT, lesions=(LesionState("acromegaly", 0.4),), regimen=order, regimen_before=order)
    resistant = replace(ill, lesions=(*ill.lesions, LesionState("analogue_resistance", 1.0)))
    assert simulate(GH_IGF1, resistant).markers["gh"].mean() > 1.5 * simulate(GH_IGF1, ill).markers["gh"].mean()


@pytest.mark.parametrize(
    ("person", "where"),
    [(Person(Sex.MALE, 40.0, 176.0, 210.0), "weight_kg"), (Person(Sex.MALE, 12.0, 176.0, 70.0), "age_years")],
)
def test_that_other_bodies_are_refused_by_field(person: Person, where: str) -> None:
    with pytest.raises(InputRefused) as refused:
        GH_IGF1.derive(GH_IGF1.typical(), person)
    assert refused.value.where == f"person.{where}"


def test_that_igf1_limits_are_two_standard_deviations_of_the_markers_own_reference() -> None:
    for age in (22.5, 47.5, 72.5):
        found = analyte("igf1").range_for(Sex.MALE, age)
        assert found is not None
        low, high = igf1_limits_ug_l(age)
        assert (found.low, found.high) == (round(low), round(high))
        derived = GH_IGF1.derive(GH_IGF1.typical(), replace(MAN, age_years=age))
        assert derived["uln"] == pytest.approx(high, rel=1e-12)
        sds = ((low / derived["sds_M"]) ** 0.4 - 1.0) / (0.4 * 0.28)
        assert sds == pytest.approx(-2.0, rel=1e-12)


def test_that_units_convert_as_the_document_prints() -> None:
    assert analyte("igf1").unit("nmol/L").factor * 0.1307 == pytest.approx(1.0)
    assert analyte("gh").unit("mU/L").factor * 3.0 == pytest.approx(1.0)
    for marker in GH_IGF1.markers:
        if marker.analyte:
            assert analyte(marker.analyte).canonical_unit.replace("µ", "u") == marker.unit
