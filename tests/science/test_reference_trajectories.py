"""The thyroid axis against trajectories that independent solvers made at rtol 1e-10."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import StartState, compiled, periodic_start, python_rates, simulate

FOLDER = Path(__file__).parent / "reference" / "hpt"
RUNS: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
MAN = Person(Sex.MALE, 45.0, 176.0, 67.68309)
COLUMNS = {"H": "peripheral_state"}
AGENTS = {"T4": ("levothyroxine", "oral", "ug"), "T3": ("liothyronine", "oral", "ug"),
          "TRH": ("protirelin", "iv", "ug"),
          "MMI": ("thiamazole", "oral", "mg")}  # fmt: skip


def scenario_of(run: dict[str, Any]) -> Scenario:
    """Return the scenario that a run of the manifest describes."""
    events, lesions = [], []
    for time_h, what, value, *_ in run["events"]:
        if what in AGENTS:
            agent, route, unit = AGENTS[what]
            events.append(SingleDose(agent, route, value, unit, time_h))
        elif what == "sigma":
            lesions.append(LesionState("thyroidectomy", 1.0 - value, "new"))
        else:
            assert value == {"tbg": 1.5, "demand": 1.35} or value == {"tbg": 2.0, "demand": 1.65}, value
            lesions.append(LesionState("pregnancy" if value["tbg"] == 2.0 else "oral_oestrogen", 1.0, "new"))
    before = tuple(
        DoseOrder(AGENTS[name][0], "oral", dose, "ug", ("07:00",)) for name, dose in run["on_dose_before"].items()
    )
    return Scenario("hpt", MAN, dict(run["body"]), tuple(lesions), before, (), tuple(events), run["days"], run["dt_h"])


def table(name: str) -> tuple[list[str], np.ndarray]:
    """Return head and rows of a trajectory."""
    rows = list(csv.reader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    return rows[0], np.array([[float(cell) for cell in row] for row in rows[1:]])


@pytest.mark.parametrize("name", sorted(RUNS))
def test_that_every_column_agrees_to_a_millionth_of_its_maximum(name: str) -> None:
    run = RUNS[name]
    head, rows = table(name)
    start = StartState(0.0, np.array([run["y0"][state.id] for state in HPT.states]), happened=False)
    course = simulate(HPT, scenario_of(run), rtol=1e-10, output_times_h=rows[:, 0].copy(), start=start)
    for index, column in enumerate(head[1:], start=1):
        ours = course.markers[COLUMNS.get(column, column)]
        worst = float(np.max(np.abs(ours - rows[:, index])) / np.max(np.abs(rows[:, index])))
        assert worst < 1e-6, (column, worst)


@pytest.mark.parametrize("name", ["01_euthyroid_man", "04_athyreotic_LT4_112_daily", "10_graves_methimazole_20mg"])
def test_that_our_own_start_is_where_the_start_vector_leads_in_years(name: str) -> None:
    # The vectors are a fixed point plus 14 days; the masses need years (TSH of the treated man still moves 2.4 %).
    run = RUNS[name]
    scenario = replace(scenario_of(run), lesions=(), events=())
    scenario = replace(scenario, regimen=scenario.regimen_before, duration_days=3000.0)
    vector = StartState(0.0, np.array([run["y0"][state.id] for state in HPT.states]), happened=False)
    long = simulate(HPT, scenario, rtol=1e-8, start=vector, output_times_h=np.array([72000.0])).states[0]
    ours = periodic_start(HPT, scenario).states
    for state, reached, found in zip(HPT.states, long, ours, strict=True):
        assert found == pytest.approx(reached, rel=2e-5, abs=2e-6 * state.scale), state.id


def test_that_the_fixed_point_of_the_reference_man_is_exact() -> None:
    values = {**HPT.typical(), "acirc": 0.0, "acirc2": 0.0}
    p = compiled(HPT).constants(values, MAN)
    y = np.array([state.initial for state in HPT.states])
    assert np.max(np.abs(python_rates(HPT)(0.0, y, p))) < 1e-11


DERIVED = {
    "N4": 3022.03390145, "N3": 69.4930156122, "CLf": 0.0117007445359, "CLs": 0.00422179240933, "kel": 0.0150939636742,
    "kD1": 0.00351183935211, "V2": 0.00213892762989, "S4": 0.00421027111444, "S3": 0.000378281639779,
    "CL54": 0.00899666357535, "CL64": 0.000523616010185, "th50": 0.521536880629, "lnI0": 0.0534068102075,
    "BM": 1.79797979798, "KMT": 4.08333333333,
}  # fmt: skip


def test_that_derived_constants_are_those_of_the_document() -> None:
    derived = HPT.derive(HPT.typical(), MAN)
    for name, value in DERIVED.items():
        assert derived[name] == pytest.approx(value, rel=1e-8), name
