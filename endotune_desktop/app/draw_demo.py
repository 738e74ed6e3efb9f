"""Draws the results of the demo cases: ``python -m endotune_desktop.app.draw_demo [FOLDER]``. Loads no Qt.

The truth of each case is another person than the one whom the window simulates: every parameter that varies between
persons is drawn from its own distribution (log-normal, within 1.5 standard deviations), each severity is off by up to
a few per cent, and each result bears the assay's error. What is drawn is written to ``results.json`` with the seeds and
the versions of the models, and stays as it is when a model changes later: a demo patient is data.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.entry import clock_time
from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.records import AxisProfile, Medication, Patient, PatientRecord
from endotune_desktop.clinic.scenario import LesionState, Scenario, clock_hours
from endotune_desktop.exchange.demo_cases import CASES, RESULTS, asked_of, case_records, written_cases
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.workbench.patient_timeline import timeline

DRAWN_ON = date(2026, 11, 24)
"""The day from which days are counted back while drawing; the results hang on days before today, not on this day."""

WITHIN = 1.5
"""Standard deviations within which a parameter is drawn: a person like others, not the typical one."""

SEVERITY_SD = 0.03
"""Standard deviation of the difference between a severity on the record and the true one [own choice]."""

MOST_TRIES = 20
"""Persons that are drawn until the model has a course for one."""

FINE_RTOL = 1e-6


def truth(axis: Axis, scenario: Scenario, seed: int) -> Scenario:
    """Return a scenario of another person with the same orders.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        Of the typical person, with what is on the record.
    seed : int
    """
    draw = np.random.default_rng([seed, *axis.id.encode()])
    parameters = dict(scenario.parameters)
    for parameter in axis.parameters:
        if parameter.omega is not None and parameter.id not in parameters:
            away = float(np.clip(draw.standard_normal(), -WITHIN, WITHIN))
            value = parameter.value * float(np.exp(parameter.omega * away))
            parameters[parameter.id] = min(max(value, parameter.low), parameter.high)
    lesions = tuple(_true_lesion(lesion, float(draw.standard_normal())) for lesion in scenario.lesions)
    return replace(scenario, parameters=parameters, lesions=lesions)


def _true_lesion(lesion: LesionState, away: float) -> LesionState:
    severity = lesion.severity + SEVERITY_SD * away if lesion.severity < 1.0 else 1.0
    return replace(lesion, severity=min(max(severity, 0.0), 1.0))


def drawn_results(case: dict[str, Any], least: dict[str, float]) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """Return the results of a case by visit and analyte, and the seed of each axis.

    Parameters
    ----------
    case : dict
    least : dict of str to float
        What the laboratory can measure of an analyte, canonical unit; less is reported as below it.

    Raises
    ------
    OutsideValidity
        If the model has no course for any of the persons that were drawn.
    """
    records = case_records(case, 0, DRAWN_ON)
    patient = records[0]
    assert isinstance(patient, Patient)
    whole = PatientRecord(
        patient,
        medication=tuple(record for record in records if isinstance(record, Medication)),
        profiles=tuple(record for record in records if isinstance(record, AxisProfile)),
    )
    noise = np.random.default_rng(case["seed"])
    found: dict[str, dict[str, str]] = {str(place): {} for place in range(len(case["visits"]))}
    seeds = {}
    for entry in case["axes"]:
        axis = AXES[entry["axis"]]
        values, seeds[axis.id] = _course_values(axis, whole, case)
        for (place, analyte), value in values.items():
            error = float(np.exp(ANALYTES[analyte].assay_cv * noise.standard_normal()))
            found[place][analyte] = _text(analyte, value * error, least.get(analyte, 0.0))
    return found, seeds


def _course_values(axis: Axis, record: PatientRecord, case: dict[str, Any]) -> tuple[dict[tuple[str, str], float], int]:
    """Return the true values of one axis by visit and analyte, and the seed of the person."""
    earliest = min(DRAWN_ON - timedelta(days=visit["days_ago"]) for visit in case["visits"])
    early = replace(record, labs=()) if record.labs else record
    line = timeline(early, axis, DRAWN_ON, 1.0, since=earliest)
    moments = []
    for visit in case["visits"]:
        clock_h = clock_hours(clock_time(visit["clock"], "clock"))
        moments.append(line.hours(DRAWN_ON - timedelta(days=visit["days_ago"])) + clock_h)
    for seed in range(case["seed"], case["seed"] + 1000 * MOST_TRIES, 1000):
        try:
            course = simulate(
                axis, truth(axis, line.now, seed), rtol=FINE_RTOL, output_times_h=np.unique(np.array(moments))
            )
        except OutsideValidity:
            continue
        found = {}
        for place, (visit, hour) in enumerate(zip(case["visits"], moments, strict=True)):
            row = int(np.searchsorted(course.time_h, hour))
            for asked in asked_of(case, visit):
                if asked.axis == axis.id:
                    found[str(place), asked.analyte] = float(course.markers[asked.marker][row])
        return found, seed
    raise OutsideValidity(f"{case['name']}: no person has a course on the {axis.title} axis")


def _text(analyte: str, value: float, least: float) -> str:
    """Return a value as a laboratory would write it: three figures at most, none below what it can measure."""
    known = ANALYTES[analyte]
    if value < least:
        return f"<{least:g}"
    digits = (
        known.decimals if known.decimals is not None else max(0, known.figures - 1 - int(np.floor(np.log10(value))))
    )
    return f"{value:.{digits}f}"


def main(words: list[str]) -> int:
    """Draw all cases and write them beside the cases."""
    folder = Path(words[0]) if words else resources_folder() / "demo"
    results, persons = {}, {}
    least = json.loads((folder / CASES).read_text(encoding="utf-8"))["quantified_from"]
    for case in written_cases(folder):
        results[case["id"]], persons[case["id"]] = drawn_results(case, least)
        sys.stdout.write(f"{case['id']}: {results[case['id']]}\n")
    content = {
        "schema": "endotune.demo_results/1",
        "drawn_by": "python -m endotune_desktop.app.draw_demo",
        "models": {axis.id: axis.version for axis in AXES.values()},
        "seeds": persons,
        "results": results,
    }
    (folder / RESULTS).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
