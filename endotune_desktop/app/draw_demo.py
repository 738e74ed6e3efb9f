"""Draws the results of the demo cases: ``python -m endotune_desktop.app.draw_demo [FOLDER]``. Loads no Qt.

The truth of each case is another person than the one whom the window simulates: every parameter that varies between
persons is drawn from its own distribution (log-normal, within 1.5 standard deviations), and so is what each lesion
leaves, with the spread that such a severity has; one that no lab may move is off by a few per cent. What the model
leaves out multiplies all results of an analyte by one factor (half of the model's assumed error, and the laboratory's
offset), and each result varies from day to day within the person and bears the
assay's error. What other axes and their agents change is changed in the truth as well.

Everything of a case is drawn with one seed: the first of the case's own, that plus 1000, plus 2000, ... whose person
has a course on every axis and whose results are as the case's story says. What is drawn is written to
``results.json`` with the seeds and the versions of the models, and stays as it is when a model changes later: a demo
patient is data.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.entry import clock_time
from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.records import AxisProfile, Medication, Patient, PatientRecord
from endotune_desktop.clinic.scenario import LesionState, Scenario, clock_hours
from endotune_desktop.exchange.demo_cases import (
    CASES,
    RESULTS,
    Asked,
    asked_of,
    case_records,
    case_results,
    untold,
    written_cases,
)
from endotune_desktop.exchange.demo_records import thyroid_cases, with_results
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.tuning.cross_axis import linked
from endotune_desktop.tuning.prior import Kind, Unknown, prior_of, severity_leaving
from endotune_desktop.tuning.variation import variation
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.patient_timeline import timeline

DRAWN_ON = date(2026, 11, 24)
"""The day from which days are counted back while drawing; the results hang on days before today, not on this day."""

WITHIN = 1.5
"""Standard deviations within which a parameter is drawn: a person like others, not the typical one."""

SEVERITY_SD = 0.03
"""Standard deviation of the difference between a severity that no lab may move and the true one [own choice]."""

MISFIT = 0.5
"""Share of the model's assumed error that the truth has beside all its drawn parameters: a modest one [own choice]."""

MOST_TRIES = 60
"""Persons that are drawn until one has a course and the results of the story."""
NEXT_SEED = 1000

FINE_RTOL = 1e-6
PATIENTS = "patients.json"


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
            value = parameter.value * float(np.exp(parameter.omega * _away(draw)))
            parameters[parameter.id] = min(max(value, parameter.low), parameter.high)
    moved = {unknown.id: unknown for unknown in prior_of(axis, scenario, ()).unknowns if unknown.kind is Kind.SEVERITY}
    lesions = []
    for lesion in scenario.lesions:
        if lesion.lesion in moved:
            left = np.array([_left(moved[lesion.lesion], draw)])
            lesions.append(replace(lesion, severity=float(severity_leaving(axis, lesion.lesion, left)[0])))
        else:
            lesions.append(_a_little_off(lesion, _away(draw)))
    return replace(scenario, parameters=parameters, lesions=tuple(lesions))


def _away(draw: np.random.Generator) -> float:
    return float(np.clip(draw.standard_normal(), -WITHIN, WITHIN))


def _left(unknown: Unknown, draw: np.random.Generator) -> float:
    """Return what a lesion leaves in a person, drawn until it lies within the lesion's scale.

    At the end of the scale labs cannot tell a severity from one beyond it.
    """
    while True:
        left = unknown.typical * float(np.exp(unknown.spread * _away(draw)))
        if unknown.low < left < unknown.high:
            return left


def _a_little_off(lesion: LesionState, away: float) -> LesionState:
    severity = lesion.severity + SEVERITY_SD * away if lesion.severity < 1.0 else 1.0
    return replace(lesion, severity=min(max(severity, 0.0), 1.0))


class Laboratory:
    """Makes results of the true values of one person.

    Parameters
    ----------
    seed : int
        The person's. Every analyte has its own sequence, so that one more sample changes no other.
    least : dict of str to float
        What the laboratory can measure of an analyte, canonical unit; less is reported as below it.
    """

    def __init__(self, seed: int, least: dict[str, float]) -> None:
        self._seed, self._least = seed, least
        self._draws: dict[str, np.random.Generator] = {}
        self._lasting: dict[str, float] = {}

    def result(self, analyte: str, value: float) -> str:
        """Return the next result of an analyte as it is written: what lasts, the day, and the assay on it."""
        own = variation(analyte)
        if analyte not in self._draws:
            draw = self._draws[analyte] = np.random.default_rng([self._seed, *f"result {analyte}".encode()])
            self._lasting[analyte] = MISFIT * own.model * _away(draw) + own.offset * _away(draw)
        draw = self._draws[analyte]
        today = own.within * float(draw.standard_normal())
        error = ANALYTES[analyte].assay_cv * float(draw.standard_normal())
        found = value * float(np.exp(self._lasting[analyte] + today + error))
        return _text(analyte, found, self._least.get(analyte, 0.0))


def drawn_results(
    case: dict[str, Any], least: dict[str, float], links: CrossAxis
) -> tuple[dict[str, dict[str, str]], int]:
    """Return the results of a case by visit and analyte, and the seed with which they were drawn.

    Parameters
    ----------
    case : dict
    least : dict of str to float
        What the laboratory can measure of an analyte, canonical unit; less is reported as below it.
    links : CrossAxis

    Raises
    ------
    OutsideValidity
        If none of the persons that were drawn has a course and the results of the story.
    """
    for seed in range(case["seed"], case["seed"] + NEXT_SEED * MOST_TRIES, NEXT_SEED):
        try:
            found = results_of(case, seed, least, links)
        except OutsideValidity:
            continue
        if not untold(case, found):
            return found, seed
    raise OutsideValidity(f"{case['name']}: nobody has a course and the results of the story")


def results_of(
    case: dict[str, Any], seed: int, least: dict[str, float], links: CrossAxis
) -> dict[str, dict[str, str]]:  # fmt: skip
    """Return the results of one drawn person by visit and analyte, whatever they say.

    Raises
    ------
    OutsideValidity
        If the model has no course for this person.
    """
    records = case_records(case, 0, DRAWN_ON)
    patient = records[0]
    assert isinstance(patient, Patient)
    whole = PatientRecord(
        patient,
        medication=tuple(record for record in records if isinstance(record, Medication)),
        profiles=tuple(record for record in records if isinstance(record, AxisProfile)),
    )
    laboratory = Laboratory(seed, least)
    found: dict[str, dict[str, str]] = {str(place): {} for place in range(len(case["visits"]))}
    for entry in case["axes"]:
        axis = AXES[entry["axis"]]
        labs = sorted(case_results(case, found, DRAWN_ON), key=lambda lab: lab.drawn_at, reverse=True)
        for asked, place, value in _course_values(axis, replace(whole, labs=tuple(labs)), case, seed, links):
            found[place][asked.analyte] = laboratory.result(asked.analyte, value)
    return found


def _course_values(
    axis: Axis, record: PatientRecord, case: dict[str, Any], seed: int, links: CrossAxis
) -> list[tuple[Asked, str, float]]:
    """Return what was asked of one axis with the visit and the true value, visit by visit."""
    earliest = min(DRAWN_ON - timedelta(days=visit["days_ago"]) for visit in case["visits"])
    line = timeline(record, axis, DRAWN_ON, 1.0, since=earliest)
    moments = []
    for visit in case["visits"]:
        clock_h = clock_hours(clock_time(visit["clock"], "clock"))
        moments.append(line.hours(DRAWN_ON - timedelta(days=visit["days_ago"])) + clock_h)
    person = linked(axis, truth(axis, line.now, seed), links.changes(record, axis, DRAWN_ON))
    course = simulate(axis, person, rtol=FINE_RTOL, output_times_h=np.unique(np.array(moments)))
    found = []
    for place, (visit, hour) in enumerate(zip(case["visits"], moments, strict=True)):
        row = int(np.searchsorted(course.time_h, hour))
        for asked in asked_of(case, visit):
            if asked.axis == axis.id:
                found.append((asked, str(place), float(course.markers[asked.marker][row])))
    return found


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
    """Draw all cases and write them beside the cases; those of the thyroid patients go back where these are written."""
    folder = Path(words[0]) if words else resources_folder() / "demo"
    links = cross_axis_of(resources_folder())
    least = json.loads((folder / CASES).read_text(encoding="utf-8"))["quantified_from"]
    thyroid = thyroid_cases(folder / PATIENTS)
    results, seeds = {}, {}
    for case in (*thyroid, *written_cases(folder)):
        results[case["id"]], seeds[case["id"]] = drawn_results(case, least, links)
        sys.stdout.write(f"{case['id']} (seed {seeds[case['id']]}): {results[case['id']]}\n")
        sys.stdout.flush()
    with_drawn = with_results(folder / PATIENTS, [results.pop(case["id"]) for case in thyroid])
    (folder / PATIENTS).write_text(with_drawn, encoding="utf-8")
    content = {
        "schema": "endotune.demo_results/1",
        "drawn_by": "python -m endotune_desktop.app.draw_demo",
        "models": {axis.id: axis.version for axis in AXES.values()},
        "seeds": seeds,
        "results": results,
    }
    (folder / RESULTS).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
