"""The female gonadal axis against trajectories that an independent solver (LSODA, rtol 1e-10) made."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from endotune_desktop.clinic.scenario import DoseOrder, Scenario, SingleDose
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpg_female.pills import PILLS, orders
from endotune_desktop.simulation import StartState, simulate

FOLDER = Path(__file__).parent / "reference" / "hpg_female"
SCIENCE: dict[str, Any] = json.loads((FOLDER / "parameters.json").read_text(encoding="utf-8"))
STARTS: dict[str, dict[str, Any]] = SCIENCE["initial_states"]
WOMAN = HPG_FEMALE.reference_person
TO_COLUMN = {
    "GnRH_f_per_d": ("gnrh_pulses", 1.0), "E2_measured": ("estradiol", 3.671), "P4_measured": ("progesterone", 3.180),
    "FSH_measured": ("fsh", 1.0), "n_follicles_ge16": ("mature_follicles", 1.0),
}  # fmt: skip
PATCHES = (
    DoseOrder("estradiol", "transdermal", 50.0, "ug/d", ("00:00",), 7, preparation="patch"),
    DoseOrder("estradiol", "transdermal", 50.0, "ug/d", ("12:00",), 7, 3, preparation="patch"),
)
LETROZOLE = DoseOrder("letrozole", "oral", 5.0, "mg", ("00:00",), 1, 2, 7)
PILL = next(pill for pill in PILLS if pill.id == "ee30_lng150")
CETRORELIX = SingleDose("cetrorelix", "sc", 3.0, "mg", 7.4 * 24.0)

# name of the run: start, parameters, orders, events
RUNS: dict[str, tuple[str, dict[str, float], tuple[DoseOrder, ...], tuple[SingleDose, ...]]] = {
    "r01_natural_168d": ("healthy", {}, (), ()),
    "r02_coc_EE30_LNG_3x21_7_then_stop": ("healthy", {}, orders(PILL, 3, clock="00:00"), ()),
    "r04_cetrorelix_3mg_d7.4": ("healthy", {}, (), (CETRORELIX,)),
    "r05_POI_patch50": ("POI/menopause", {"reserve": 0.0}, PATCHES, ()),
    "r08_PCOS_letrozole5_d2_7": ("PCOS", {"pcos": 1.0}, (LETROZOLE,), ()),
}


def table(name: str) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Return head and rows of a trajectory."""
    rows = list(csv.reader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    return rows[0], np.array([[float(cell) for cell in row] for row in rows[1:]])


@pytest.mark.parametrize("name", sorted(RUNS))
def test_that_every_column_agrees_to_a_millionth_of_its_maximum(name: str) -> None:
    kind, parameters, regimen, events = RUNS[name]
    head, rows = table(name)
    start = StartState(0.0, np.array(STARTS[kind]["y0"]), happened=False)
    days = float(rows[-1, 0] / 24.0)
    scenario = Scenario("hpg_female", WOMAN, parameters, (), (), regimen, events, days, 6.0)
    course = simulate(HPG_FEMALE, scenario, rtol=1e-10, output_times_h=rows[:, 0].copy(), start=start)
    far = {}
    for index, column in enumerate(head[1:], start=1):
        if column in TO_COLUMN:
            marker, factor = TO_COLUMN[column]
            ours = course.markers[marker] / factor
        else:
            ours = course.states[:, HPG_FEMALE.state_index(column)]
        size = float(np.max(np.abs(rows[:, index])))
        worst = float(np.max(np.abs(ours - rows[:, index]))) / max(size, 1e-6)
        if worst >= 1e-6:
            far[column] = worst
    assert not far


def test_that_states_and_parameters_are_those_of_the_science_file() -> None:
    declared = {parameter.id: parameter for parameter in HPG_FEMALE.parameters}
    for entry in SCIENCE["parameters"]:
        assert declared[entry["id"]].value == entry["value"], entry["id"]
        assert (declared[entry["id"]].omega or 0.0) == entry["omega"], entry["id"]
    assert [(state.id, state.initial) for state in HPG_FEMALE.states] == [
        (entry["id"], entry["initial"]) for entry in SCIENCE["states"]
    ]
    inhibiting = SCIENCE["progestin_inhibiting_dose_mg_per_d"]
    assert inhibiting["LNG"] == pytest.approx(1.0 / HPG_FEMALE.agent("LNG").intakes[0].scale)
    for name in ("LNG", "DSG", "DRSP", "NET", "GSD", "DNG", "CPA", "NOMAC"):
        assert inhibiting[name] == pytest.approx(1.0 / HPG_FEMALE.agent(name).intakes[0].scale), name
