"""The male gonadal axis against trajectories that independent solvers made at rtol 1e-10."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import Scenario, SingleDose
from endotune_desktop.physiology.hpg_male import HPG_MALE, REFERENCE_MAN
from endotune_desktop.physiology.hpg_male.body import albumin_factor, free_testosterone_nmol_l
from endotune_desktop.simulation import StartState, compiled, periodic_start, python_rates, simulate

FOLDER = Path(__file__).parent / "reference" / "hpg_male"
RUNS: dict[str, Any] = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
TABLE: list[dict[str, Any]] = json.loads((FOLDER / "parameters.json").read_text(encoding="utf-8"))["parameters"]
AGENTS = {
    "TE": ("testosterone", "im", "mg", "enanthate"), "gel": ("testosterone", "transdermal", "mg", "gel"),
    "hCG": ("chorionic_gonadotropin", "sc", "IU", None), "leu1": ("leuprorelin", "im", "mg", "depot_1_month"),
}  # fmt: skip
STATES = [state.id for state in HPG_MALE.states]
OWN = ("Sp4", "Sp5", "Sp6")
"""States of a refinement, which the document does not have and its columns do not read."""


def vector(row: np.ndarray) -> np.ndarray:
    """Return our state vector for a row of a file: what the document lacks is sperm that has long been the same."""
    known = np.maximum(row[1:-1], 0.0)
    return np.concatenate([known, np.full(len(OWN), known[STATES.index("Sp3")])])


def scenario_of(run: dict[str, Any]) -> Scenario:
    """Return the scenario that a run of the index describes."""
    events = []
    for day, what, amount in run["doses_day_agent_amount"]:
        agent, route, unit, preparation = AGENTS[what]
        events.append(SingleDose(agent, route, amount, unit, 24.0 * day, preparation))
    days = run["duration_d"]
    return Scenario("hpg_male", REFERENCE_MAN, dict(run["parameters"]), (), (), (), tuple(events), days, 1.0)


def table(name: str) -> tuple[list[str], np.ndarray]:
    """Return head and rows of a trajectory."""
    rows = list(csv.reader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    return rows[0], np.array([[float(cell) for cell in row] for row in rows[1:]])


def hours(rows: np.ndarray, run: dict[str, Any]) -> np.ndarray:
    """Return the times of the rows in hours, freed of the rounding of their days to nine places."""
    steps = np.rint(rows[:, 0] / run["step_d"]) * run["step_d"]
    assert np.max(np.abs(steps - rows[:, 0])) < 1e-6
    return np.asarray(24.0 * steps)


@pytest.mark.parametrize("name", sorted(RUNS))
def test_that_every_column_agrees_to_a_millionth_of_its_maximum(name: str) -> None:
    run = RUNS[name]
    head, rows = table(name)
    assert [*head[1:-1], *OWN] == STATES
    # The first row is what the start is with its doses given; LH of 1e-56 and sperm of -1e-15 are none.
    start = StartState(0.0, vector(rows[0]))
    course = simulate(HPG_MALE, scenario_of(run), rtol=1e-10, output_times_h=hours(rows, run), start=start)
    ours = np.column_stack([course.states[:, : -len(OWN)], course.markers["free_testosterone"] / 1000.0])
    for index, column in enumerate(head[1:]):
        largest = max(float(np.max(np.abs(rows[:, 1 + index]))), 1e-6)
        worst = float(np.max(np.abs(ours[:, index] - rows[:, 1 + index]))) / largest
        assert worst < 1e-6, (column, worst)


@pytest.mark.parametrize("name", sorted(RUNS))
def test_that_our_own_start_is_that_of_the_document(name: str) -> None:
    run = RUNS[name]
    head, rows = table(name)
    found = periodic_start(HPG_MALE, scenario_of({**run, "doses_day_agent_amount": []}), rtol=1e-10).states
    given = {"TE", "hCGd", "leuB", "leuS1"}
    for index, column in enumerate(head[1:-1]):
        if column not in given:
            expected = rows[0, 1 + index]
            assert found[index] == pytest.approx(expected, rel=2e-6, abs=1e-9), column


@pytest.mark.parametrize("name", ["m02_kallmann_TE250_q2w_140d", "m08_secondary_hCG1500_2xwk"])
def test_that_a_dose_is_what_the_document_gives(name: str) -> None:
    run = RUNS[name]
    _, rows = table(name)
    expected = vector(rows[0])
    before = expected.copy()
    dosed = {"TE": "TE", "hCG": "hCGd"}[run["doses_day_agent_amount"][0][1]]
    before[STATES.index(dosed)] = 0.0
    start = StartState(0.0, before, happened=False)
    after = simulate(HPG_MALE, scenario_of(run), output_times_h=np.array([0.0]), start=start).states[0]
    assert after == pytest.approx(expected, rel=1e-9, abs=1e-30)


def test_that_the_burst_of_a_depot_is_a_tenth_of_it() -> None:
    _, rows = table("m06_age70_leuprolide_7.5_q28d_x6")
    run = RUNS["m06_age70_leuprolide_7.5_q28d_x6"]
    start = StartState(0.0, np.zeros(len(STATES)) + 1.0, happened=False)
    after = simulate(HPG_MALE, scenario_of(run), output_times_h=np.array([0.0]), start=start).states[0] - 1.0
    for name in ("leuB", "leuS1"):
        assert after[STATES.index(name)] == pytest.approx(rows[0, 1 + STATES.index(name)], rel=1e-9)


def test_that_every_parameter_is_that_of_the_table() -> None:
    # Age and BMI are the person's own here: 0 says so, and the reference man has those of the table.
    own = {"age": REFERENCE_MAN.age_years, "BMI": REFERENCE_MAN.weight_kg / (REFERENCE_MAN.height_cm / 100.0) ** 2}
    for row in TABLE:
        parameter = HPG_MALE.parameter(row["id"])
        assert own.get(parameter.id, parameter.value) == pytest.approx(row["value"], rel=1e-12), row["id"]
        assert (parameter.omega or 0.0) == row["omega"], row["id"]


def test_that_the_operating_point_of_the_reference_man_is_exact() -> None:
    p = compiled(HPG_MALE).constants({**HPG_MALE.typical(), "a_diurnal": 0.0}, REFERENCE_MAN)
    y = np.array([state.initial for state in HPG_MALE.states])
    assert np.max(np.abs(python_rates(HPG_MALE)(0.0, y, p))) < 1e-14


def test_that_free_testosterone_gives_the_published_examples() -> None:
    # Section 8: the worked example of issam.ch, and the reference man.
    assert free_testosterone_nmol_l(10.0, 40.0, 43.0) == pytest.approx(0.173884, rel=3e-6)
    assert free_testosterone_nmol_l(18.0, 35.0, 43.0) == pytest.approx(0.367070, rel=3e-6)
    assert albumin_factor(43.0) == pytest.approx(23.4348, rel=3e-6)
    assert albumin_factor(43.0) * free_testosterone_nmol_l(10.0, 40.0, 43.0) == pytest.approx(4.075, rel=2e-4)
    # The textbook form of the root, which loses digits where this one does not.
    for total, shbg, albumin in ((0.4, 55.0, 43.0), (80.0, 20.0, 40.0), (18.0, 5.0, 50.0)):
        n = albumin_factor(albumin)
        b = n + shbg - total
        root = (-b + np.sqrt(b * b + 4.0 * n * total)) / (2.0 * n)
        assert free_testosterone_nmol_l(total, shbg, albumin) == pytest.approx(root, rel=1e-11)
