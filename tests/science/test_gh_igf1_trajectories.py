"""The somatotropic axis against trajectories that LSODA made at rtol 1e-10, and against its document's table."""

from __future__ import annotations

import json

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LesionState, Scenario, SingleDose
from endotune_desktop.physiology.gh_igf1 import GH_IGF1
from endotune_desktop.simulation import StartState, simulate
from tests.science.trajectory_files import REFERENCE, Given, read_trajectory, rerun, worst_of

MAN = Person(Sex.MALE, 40.0, 176.0, 75.0)
GIVEN = {
    # gh_prolactin_calcium.md: d_gh += 1000 x F, F = kGH V / (CLF85 (WT/85)^0.982).
    "d_gh": Given("somatropin", "sc", 0.3, "mg", 300.0 * 2.04 * 4.9 / (24.7 * (75.0 / 85.0) ** 0.982)),
    "g1": Given("glucose_load", "oral", 75.0, "g", 75.0),
}
MARKERS = {"P": "releasable_pool", "GH": "gh", "S": "somatostatin_tone", "X": "gh_signal", "IGF": "igf1",
           "BP3": "igfbp3", "glu": "glucose_rise"}  # fmt: skip
NAMES = ["gh_1_healthy_24h", "gh_3_aghd_rhgh_0.3mg_14d", "gh_4_acromegaly_ogtt"]


@pytest.mark.parametrize("name", NAMES)
def test_that_every_column_agrees_to_a_millionth_of_its_maximum(name: str) -> None:
    trajectory = read_trajectory("gh_igf1", name)
    worst = worst_of(GH_IGF1, rerun(GH_IGF1, MAN, trajectory, GIVEN), trajectory, MARKERS)
    assert set(worst) == set(trajectory.columns)
    assert max(worst.values()) < 1e-6, worst


def test_that_a_person_of_that_age_needs_no_parameter() -> None:
    trajectory = read_trajectory("gh_igf1", "gh_4_acromegaly_ogtt")
    start = StartState(0.0, np.array([trajectory.start[s.id] for s in GH_IGF1.states]), happened=False)
    events = (SingleDose("OGTT", "oral", 75.0, "g", 8.5),)
    lesion = (LesionState("acromegaly", 25.0 / 60.0),)
    scenario = Scenario("gh_igf1", Person(Sex.MALE, 45.0, 176.0, 75.0), {}, lesion, events=events, duration_days=1.0)
    times = trajectory.rows[:, 0].copy()
    course = simulate(GH_IGF1, scenario, rtol=1e-10, output_times_h=times, start=start)
    assert max(worst_of(GH_IGF1, course, trajectory, MARKERS).values()) < 1e-6


def test_that_every_parameter_has_the_value_of_the_document() -> None:
    printed: dict[str, float] = json.loads((REFERENCE / "gh_igf1" / "parameters.json").read_text(encoding="utf-8"))
    ours = GH_IGF1.typical()
    person = {"WT": MAN.weight_kg, "age": MAN.age_years, "female": 0.0}
    assert len(printed) == 98
    for name, value in printed.items():
        assert person.get(name, ours[name]) == value, name
    assert {name: ours[name] for name in person} == {"WT": -1.0, "age": -1.0, "female": -1.0}
    named = GH_IGF1.derive({**ours, **person}, Person(Sex.FEMALE, 70.0, 160.0, 55.0))
    assert named == GH_IGF1.derive(ours, MAN)
