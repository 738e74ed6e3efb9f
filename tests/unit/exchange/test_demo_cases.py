"""The demo cases: written by hand, their results drawn from other persons than the one whom the window simulates.

Every case has a story, and what is shown must be true: the results on file are held against it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.draw_demo import (
    DRAWN_ON,
    MOST_TRIES,
    NEXT_SEED,
    WITHIN,
    Laboratory,
    drawn_results,
    results_of,
    truth,
)
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import AxisProfile, LabResult, Medication, Patient, PatientRecord
from endotune_desktop.clinic.scenario import clock_hours
from endotune_desktop.exchange.demo_cases import asked_of, case_edits, case_records, untold, written_cases
from endotune_desktop.exchange.demo_patients import demo_patients
from endotune_desktop.exchange.demo_records import thyroid_cases
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.tuning.variation import variation
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.patient_timeline import timeline


@pytest.fixture
def folder(resources: Path) -> Path:
    """Return where the demo patients are."""
    return resources / "demo"


@pytest.fixture
def links(resources: Path) -> CrossAxis:
    """Return the links between axes."""
    return cross_axis_of(resources)


def every_case(folder: Path) -> list[dict[str, Any]]:
    """Return all cases, those of the thyroid patients in the same form."""
    return [*thyroid_cases(folder / "patients.json"), *written_cases(folder)]


def results_on_file(folder: Path, case: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the results of a case as its patient has them."""
    record = next(found for found in demo_patients(folder, DRAWN_ON) if found.patient.name == case["name"])
    found: dict[str, dict[str, str]] = {str(place): {} for place in range(len(case["visits"]))}
    days = [visit["days_ago"] for visit in case["visits"]]
    for lab in record.labs:
        found[str(days.index((DRAWN_ON - lab.drawn_at.date()).days))][lab.analyte] = lab.entered_text
    return found


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
    assert len({round(lesion.severity, 9) for lesion in (*drawn.lesions, *line.now.lesions)}) > len(line.now.lesions)
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


def test_that_the_same_seed_draws_the_same_results(folder: Path, links: CrossAxis) -> None:
    case = next(case for case in written_cases(folder) if case["id"] == "macroprolactin")
    once, seed = drawn_results(case, {"prolactin": 1.0}, links)
    assert drawn_results(case, {"prolactin": 1.0}, links) == (once, seed)
    assert drawn_results({**case, "seed": 99}, {"prolactin": 1.0}, links)[0] != once
    assert once["0"]["prolactin"].replace(".", "").isdigit()
    assert results_of(case, seed, {"prolactin": 1e6}, links)["0"]["prolactin"] == "<1e+06"


def test_that_every_demo_patient_shows_what_its_story_says(folder: Path) -> None:
    for case in every_case(folder):
        assert case["story"], case["name"]
        assert untold(case, results_on_file(folder, case)) == [], case["name"]


def test_that_a_story_that_the_results_contradict_is_said_to_be_untold(folder: Path) -> None:
    case = next(case for case in written_cases(folder) if case["id"] == "addison_hashimoto")
    found = results_on_file(folder, case)
    found["0"]["acth"] = "30"
    assert untold(case, found) == ["Untreated, the adrenals make next to nothing and ACTH is far above its range"] + [
        told["says"] for told in case["story"] if "acth_0" in told["when"] and "acth_3" in told["when"]
    ]


def test_that_the_words_of_a_visit_are_right_about_the_injections_before_it(folder: Path) -> None:
    case = next(case for case in written_cases(folder) if case["id"] == "androgens_stopped")
    (visit,) = (visit for visit in case["visits"] if visit.get("words", "").startswith("Five weeks"))
    given = [
        day
        for order in case["medication"]
        for day in range(order["start_days_ago"], order["stop_days_ago"], -order["every_days"])
    ]
    assert min(given) - visit["days_ago"] == 35


def test_that_the_results_on_file_are_what_their_seed_draws_and_no_earlier_seed_tells_the_story(
    folder: Path, links: CrossAxis
) -> None:
    plain = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    least = json.loads((folder / "cases.json").read_text(encoding="utf-8"))["quantified_from"]
    assert set(plain["seeds"]) == {case["id"] for case in every_case(folder)}
    for case in every_case(folder):
        tries, rest = divmod(plain["seeds"][case["id"]] - case["seed"], NEXT_SEED)
        assert rest == 0
        assert 0 <= tries < MOST_TRIES
    for case_id in ("vitamin_d", "prolactinoma", "hypoparathyroidism"):
        case = next(case for case in written_cases(folder) if case["id"] == case_id)
        assert drawn_results(case, least, links) == (results_on_file(folder, case), plain["seeds"][case_id])


def test_that_a_thyroid_patient_is_drawn_from_the_orders_and_lesions_that_are_shown(folder: Path) -> None:
    for case in thyroid_cases(folder / "patients.json"):
        shown = next(found for found in demo_patients(folder, DRAWN_ON) if found.patient.name == case["name"])
        records = case_records(case, 0, DRAWN_ON)
        orders = [replace(r, id="", patient_id="") for r in records if isinstance(r, Medication)]
        profiles = [replace(r, id="", patient_id="") for r in records if isinstance(r, AxisProfile)]
        key = repr
        assert sorted(orders, key=key) == sorted((replace(o, id="", patient_id="") for o in shown.medication), key=key)
        assert profiles == [replace(profile, id="", patient_id="") for profile in shown.profiles]
        drawn = records[0]
        assert isinstance(drawn, Patient)
        day = DRAWN_ON
        assert drawn.person(day) == shown.patient.person(day)


@pytest.mark.parametrize("analyte", ["tsh", "cortisol", "calcium"])
def test_that_a_person_varies_from_day_to_day_and_what_the_model_misses_lasts(analyte: str) -> None:
    own, true_value = variation(analyte), 10.0
    labs = [Laboratory(seed, {}) for seed in range(600)]
    found = np.log([[_exact(lab, analyte, true_value) for _ in range(4)] for lab in labs]) - np.log(true_value)
    within_sd = float(np.sqrt(np.mean(np.var(found, axis=1, ddof=1))))
    assert within_sd == pytest.approx(np.hypot(own.within, ANALYTES[analyte].assay_cv), rel=0.06)
    cut = 1.0 - WITHIN * np.sqrt(2.0 / np.pi) * np.exp(-(WITHIN**2) / 2.0)
    inside = cut - 0.1336  # of a normal deviate that is cut at 1.5 to that value: 2 (1 - Phi(1.5)) = 0.1336
    kept = inside + WITHIN**2 * 0.1336
    lasting = kept * ((0.5 * own.model) ** 2 + own.offset**2)
    between = float(np.var(np.mean(found, axis=1), ddof=1)) - within_sd**2 / 4.0
    assert between == pytest.approx(lasting, rel=0.25, abs=2e-5)


def _exact(lab: Laboratory, analyte: str, value: float) -> float:
    """Return a result before it is rounded for the report: of a value a million times as large."""
    return float(lab.result(analyte, value * 1e6)) / 1e6


def test_that_a_case_without_results_is_left_out(folder: Path, tmp_path: Path) -> None:
    for name in ("cases.json", "results.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    plain = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    del plain["results"]["vitamin_d"]
    (tmp_path / "results.json").write_text(json.dumps(plain), encoding="utf-8")
    assert len(case_edits(tmp_path, DRAWN_ON)) == len(written_cases(folder)) - 1
    assert replace(record_of(folder, "vitamin_d")).labs
