"""Lesions of the female gonadal axis by severity, and their starts, against the tables of the science file."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import LesionState, Scenario
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.simulation import Course, StartState, periodic_start, simulate

FOLDER = Path(__file__).parent / "reference" / "hpg_female"
SWEEP = list(csv.DictReader((FOLDER / "severity_sweep.csv").read_text(encoding="utf-8").splitlines()))
STARTS = json.loads((FOLDER / "parameters.json").read_text(encoding="utf-8"))["initial_states"]
WOMAN = HPG_FEMALE.reference_person
DAY_0 = StartState(0.0, np.array([state.initial for state in HPG_FEMALE.states]), happened=False)
PRINTED = 0.006
"""Three digits are printed."""


def wrong(kind: str, value: float) -> tuple[dict[str, float], tuple[LesionState, ...]]:
    """Return what a row of the sweep changes: parameters and lesions."""
    if kind == "PRL" and value > 3000.0:
        return {"PRL": value}, ()
    lesion, severity = {
        "tone": ("kallmann", 1.0 - value), "PRL": ("hyperprolactinaemia", (value - 200.0) / 2800.0),
        "reserve": ("diminished_reserve", 1.0 - value), "pcos": ("polycystic_ovary", value),
        "pituitary_damage": ("pituitary_damage", value), "luteal_defect": ("luteal_phase_defect", value),
    }[kind]  # fmt: skip
    return {}, (LesionState(lesion, severity),)


def ovulations_d(course: Course) -> np.ndarray:
    """Return the times of the maxima of the luteinising follicle above 0.2, in days."""
    v = course.markers["luteinising"]
    rows = 1 + np.flatnonzero((v[1:-1] > v[:-2]) & (v[1:-1] >= v[2:]) & (v[1:-1] > 0.2))
    return np.asarray(course.time_h[rows] / 24.0)


@pytest.mark.parametrize("row", SWEEP, ids=lambda row: f"{row['lesion']}-{row['value']}")
def test_that_a_severity_gives_the_cycles_and_hormones_of_the_table(row: dict[str, str]) -> None:
    parameters, lesions = wrong(row["lesion"], float(row["value"]))
    scenario = Scenario("hpg_female", WOMAN, parameters, lesions, duration_days=500.0, output_step_h=2.4)
    times = np.arange(7200.0, 12000.1, 2.4)
    course = simulate(HPG_FEMALE, scenario, rtol=1e-8, output_times_h=times, start=DAY_0)
    found, m = ovulations_d(course), course.markers
    assert len(found) == int(row["ovulations"])
    cycle_d = float(np.median(np.diff(found))) if len(found) > 2 else math.nan
    assert cycle_d == pytest.approx(float(row["cycle_d"]), rel=PRINTED, nan_ok=True)
    ours = {
        "lh": np.median(m["lh"]), "fsh": np.median(m["fsh"]), "fsh_max": m["fsh"].max(),
        "e2": np.median(m["estradiol"]) / 3.671, "e2_max": m["estradiol"].max() / 3.671,
        "p4_max": m["progesterone"].max() / 3.180, "t": np.median(m["testosterone"]),
    }  # fmt: skip
    for name, value in ours.items():
        assert value == pytest.approx(float(row[name]), rel=PRINTED), name


@pytest.mark.parametrize("name", sorted(set(STARTS) - {"Kallmann"}))
def test_that_our_start_is_that_of_the_science_file(name: str) -> None:
    scenario = Scenario("hpg_female", WOMAN, dict(STARTS[name]["params"]), duration_days=1.0)
    found = periodic_start(HPG_FEMALE, scenario).states
    for state, ours, theirs in zip(HPG_FEMALE.states, found, STARTS[name]["y0"], strict=True):
        assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-6 * state.scale), state.id


def test_that_without_gnrh_the_start_goes_on_falling_towards_nothing() -> None:
    # With next to no release the pool empties over weeks: after 400 d here, after a longer time there.
    scenario = Scenario("hpg_female", WOMAN, {"tone": 0.0}, duration_days=1.0)
    found = periodic_start(HPG_FEMALE, scenario).states
    for state, ours, theirs in zip(HPG_FEMALE.states, found, STARTS["Kallmann"]["y0"], strict=True):
        assert ours == pytest.approx(theirs, rel=1e-5, abs=5e-4 * state.scale), state.id
