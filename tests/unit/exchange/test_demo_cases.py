"""The demo cases: written by hand, their results drawn from other persons than the one whom the window simulates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endotune_desktop.app.draw_demo import DRAWN_ON, WITHIN, drawn_results, truth
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import AxisProfile, LabResult, Medication, Patient, PatientRecord
from endotune_desktop.clinic.scenario import clock_hours
from endotune_desktop.exchange.demo_cases import asked_of, case_edits, written_cases
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.workbench.patient_timeline import timeline


@pytest.fixture
def folder(resources: Path) -> Path:
    """Return where the demo patients are."""
    return resources / "demo"


def record_of(folder: Path, case_id: str) -> PatientRecord:
    """Return a whole case as it is loaded."""
    place = [case["id"] for case in written_cases(folder)].index(case_id)
    records = [change.record for change in case_edits(folder, DRAWN_ON)[place].changes]
    patient = records[0]
    assert isinstance(patient, Patient)
    return PatientRecord(
        patient,
        labs=tuple(r for r in records if isinstance(r, LabResult)),
        medication=tuple(r for r in records if isinstance(r, Medication)),
        profiles=tuple(r for r in records if isinstance(r, AxisProfile)),
    )


def test_that_every_axis_has_three_demo_patients_of_whom_one_is_of_the_case_table(folder: Path) -> None:
    held: dict[str, list[str]] = {axis: [] for axis in AXES}
    for case in written_cases(folder):
        for entry in case["axes"]:
            held[entry["axis"]].append(case["case_table"])
    held["hpt"] += ["1"] * 6
    for axis, cases in held.items():
        assert len(cases) >= 3, axis
        assert any(words[0].isdigit() for words in cases), axis
    assert sum(len(case["axes"]) > 1 for case in written_cases(folder)) >= 4


def test_that_what_is_written_is_known_to_the_axes(folder: Path) -> None:
    for case in written_cases(folder):
        axes = [AXES[entry["axis"]] for entry in case["axes"]]
        for entry, axis in zip(case["axes"], axes, strict=True):
            for lesion in entry["lesions"]:
                axis.lesion(lesion["lesion"])
        for order in case["medication"]:
            ways = {
                (i.route, i.preparation)
                for axis in axes
                for agent in axis.agents
                if agent.agent.id == order["agent"]
                for i in agent.intakes
            }
            assert (order["route"], order.get("preparation", "")) in ways, (case["id"], order["agent"])


def test_that_results_are_there_for_all_that_was_asked_and_can_be_measured(folder: Path) -> None:
    drawn = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert set(drawn) >= {"drawn_by", "models", "seeds", "results"}
    for case in written_cases(folder):
        assert "Invented person" in record_of(folder, case["id"]).patient.note
        for place, visit in enumerate(case["visits"]):
            found = drawn["results"][case["id"]][str(place)]
            assert set(found) == {asked.analyte for asked in asked_of(case, visit)}
            for analyte, text in found.items():
                known = ANALYTES[analyte]
                assert known.accepted_low <= float(text.lstrip("<>")) <= known.accepted_high


def test_that_days_hang_on_the_day_of_the_first_start(folder: Path) -> None:
    moved = date(2027, 3, 1)
    first, later = case_edits(folder, DRAWN_ON)[0], case_edits(folder, moved)[0]
    labs = [[c.record for c in edit.changes if isinstance(c.record, LabResult)] for edit in (first, later)]
    assert all(b.drawn_at - a.drawn_at == timedelta(days=(moved - DRAWN_ON).days) for a, b in zip(*labs, strict=True))
    assert [a.id for a in labs[0]] == [b.id for b in labs[1]]


def test_that_the_truth_differs_from_the_typical_person_and_stays_a_person_like_others(folder: Path) -> None:
    record = record_of(folder, "addison_hashimoto")
    axis = AXES["hpt"]
    line = timeline(record, axis, DRAWN_ON, 1.0)
    drawn = truth(axis, line.now, 11)
    assert truth(axis, line.now, 11) == drawn
    assert truth(axis, line.now, 12) != drawn
    moved = 0
    for parameter in axis.parameters:
        if parameter.omega is not None:
            away = abs(float(np.log(drawn.parameters[parameter.id] / parameter.value)))
            assert away <= WITHIN * parameter.omega + 1e-9
            moved += away > 0.01 * parameter.omega
    assert moved >= 5


def typical_values(case: dict[str, Any], record: PatientRecord, axis_id: str) -> dict[tuple[str, str], float]:
    """Return what the window's typical person would have had at each sample."""
    line = timeline(record, AXES[axis_id], DRAWN_ON, 1.0)
    found = {}
    for visit in case["visits"]:
        hour = line.hours(DRAWN_ON - timedelta(days=visit["days_ago"])) + clock_hours(visit["clock"])
        course = simulate(AXES[axis_id], line.now, rtol=1e-4, output_times_h=np.array([hour]))
        for asked in asked_of(case, visit):
            if asked.axis == axis_id:
                found[str(visit["days_ago"]), asked.analyte] = float(course.markers[asked.marker][0])
    return found


@pytest.mark.parametrize(("case_id", "axis_id"), [("prolactinoma", "prolactin"), ("hyperparathyroidism", "calcium")])
def test_that_results_are_not_the_curve_of_the_typical_person(folder: Path, case_id: str, axis_id: str) -> None:
    case = next(case for case in written_cases(folder) if case["id"] == case_id)
    record = record_of(folder, case_id)
    typical = typical_values(case, record, axis_id)
    away = []
    for lab in record.labs:
        key = str((DRAWN_ON - lab.drawn_at.date()).days), lab.analyte
        if key in typical and not lab.comparator:
            away.append(abs(np.log(lab.value / typical[key])) / ANALYTES[lab.analyte].assay_cv)
    assert len(away) >= 3
    assert max(away) > 2.0


def test_that_the_same_seed_draws_the_same_results(folder: Path) -> None:
    case = next(case for case in written_cases(folder) if case["id"] == "macroprolactin")
    once, seeds = drawn_results(case, {"prolactin": 1.0})
    assert drawn_results(case, {"prolactin": 1.0}) == (once, seeds)
    assert drawn_results({**case, "seed": 99}, {"prolactin": 1.0})[0] != once
    assert once["0"]["prolactin"].replace(".", "").isdigit()
    assert drawn_results(case, {"prolactin": 1e6})[0]["0"]["prolactin"] == "<1e+06"


def test_that_a_case_without_results_is_left_out(folder: Path, tmp_path: Path) -> None:
    for name in ("cases.json", "results.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    plain = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    del plain["results"]["vitamin_d"]
    (tmp_path / "results.json").write_text(json.dumps(plain), encoding="utf-8")
    assert len(case_edits(tmp_path, DRAWN_ON)) == len(written_cases(folder)) - 1
    assert replace(record_of(folder, "vitamin_d")).labs
