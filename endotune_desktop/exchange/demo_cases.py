"""Demo patients of the case table: written by hand, their results drawn once from persons that the model does not know.

``cases.json`` holds what a person wrote: who it is, what is wrong with which axis, what was given, when blood was taken
for what, what was said, and its story: what the results must show for that to be true. ``results.json`` holds what
`endotune_desktop.app.draw_demo` drew for it: each result of a person whose parameters differ from the typical ones that
the window simulates, as it varies from day to day and by the assay.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.records import (
    AxisProfile,
    LabResult,
    Medication,
    Patient,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.scenario import LONG_STANDING, LesionState
from endotune_desktop.exchange.demo_records import LABORATORY
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.conditions import Condition, Vocabulary
from endotune_desktop.tuning.patient_state import PatientState

CASES, RESULTS = "cases.json", "results.json"
NOTE = (
    "Invented person; results drawn from a simulation with other parameters, day-to-day variation and assay noise. "
    "Case table: {case}."
)
_SPACE = uuid.UUID("b7b9a4b0-6d4e-4c0c-9f52-0f6f0d2d6b11")


@dataclass(frozen=True)
class Asked:
    """One analyte of one sample.

    Attributes
    ----------
    analyte : str
    marker : str
        What an assay of this kind reads of the axis: usually the first marker of the analyte.
    axis : str
        Where that marker is.
    """

    analyte: str
    marker: str
    axis: str


def written_cases(folder: Path) -> list[dict[str, Any]]:
    """Return the cases as they are written."""
    plain = json.loads((folder / CASES).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = plain["cases"]
    return found


def case_edits(folder: Path, today: date) -> list[Edit]:
    """Return one edit for each case whose results have been drawn, with them among the records.

    Parameters
    ----------
    folder : Path
        ``demo`` in the resources.
    today : date
        Dates in the files are days before this one.
    """
    drawn = json.loads((folder / RESULTS).read_text(encoding="utf-8"))["results"]
    edits = []
    for number, case in enumerate(written_cases(folder)):
        if case["id"] not in drawn:
            continue
        records = [*case_records(case, number, today), *case_results(case, drawn[case["id"]], today)]
        edits.append(Edit(f"Add {case['name']}", tuple(RecordChange(None, record) for record in records)))
    return edits


def case_records(case: dict[str, Any], number: int, today: date) -> list[Record]:
    """Return all records of a case but its results, the patient first."""
    patient_id = _identity(case, "patient")

    def day(days_ago: int) -> date:
        return today - timedelta(days=days_ago)

    held: list[Record] = [
        Patient(
            patient_id, case["name"], f"D{number + 7}", Sex(case["sex"]), date(today.year - case["age_years"], 1, 1),
            float(case["height_cm"]), float(case["weight_kg"]), case["axes"][0]["axis"], case["diagnosis"],
            sandbox=True, note=NOTE.format(case=case["case_table"]),
        )
    ]  # fmt: skip
    for entry in case["axes"]:
        lesions = tuple(
            LesionState(x["lesion"], x["severity"], x.get("onset", LONG_STANDING)) for x in entry["lesions"]
        )
        since = entry.get("since_days_ago")
        held.append(
            AxisProfile(
                _identity(case, f"axis {entry['axis']}"), patient_id, entry["axis"], lesions, {},
                None if since is None else day(since),
            )
        )  # fmt: skip
    for place, order in enumerate(case["medication"]):
        stop = order.get("stop_days_ago")
        held.append(
            Medication(
                _identity(case, f"order {place}"), patient_id, order["agent"], order["route"],
                order.get("preparation", ""), float(order["dose"]), order["unit"], tuple(order["clock_times"]),
                order.get("every_days", 1), day(order["start_days_ago"]), None if stop is None else day(stop),
                float(order.get("fraction_taken", 1.0)), tuple(day(d) for d in order.get("missed_days_ago", [])),
            )
        )  # fmt: skip
    for place, visit in enumerate(case["visits"]):
        on = day(visit["days_ago"])
        if "words" in visit:
            held.append(Visit(_identity(case, f"visit {place}"), patient_id, on, visit["words"]))
        if "vitals" in visit:
            taken = (float(value) for value in visit["vitals"])
            held.append(Vitals(_identity(case, f"vitals {place}"), patient_id, on, *taken))
        for symptom, score in visit.get("symptoms", {}).items():
            held.append(SymptomScore(_identity(case, f"{symptom} {place}"), patient_id, on, symptom, score))
    return held


def asked_of(case: dict[str, Any], visit: dict[str, Any]) -> tuple[Asked, ...]:
    """Return what is measured at a visit: ``analyte``, or ``analyte=marker`` where an assay reads another marker."""
    axes = [AXES[entry["axis"]] for entry in case["axes"]]
    found = []
    for words in visit["measured"]:
        analyte, _, marker = words.partition("=")
        known = (
            Asked(analyte, m.id, axis.id)
            for axis in axes
            for m in axis.markers
            if m.analyte == analyte and (not marker or m.id == marker)
        )
        found.append(next(known))
    return tuple(found)


def case_results(case: dict[str, Any], drawn: dict[str, dict[str, str]], today: date) -> list[LabResult]:
    """Return the drawn results of a case, by visit and analyte, as records."""
    found = []
    for place, visit in enumerate(case["visits"]):
        on = today - timedelta(days=visit["days_ago"])
        moment = datetime.combine(on, time.fromisoformat(visit["clock"]))
        for analyte, text in drawn.get(str(place), {}).items():
            comparator = text[0] if text[0] in "<>" else ""
            found.append(
                LabResult(
                    _identity(case, f"{analyte} {place}"), _identity(case, "patient"), analyte, moment, True, text,
                    ANALYTES[analyte].canonical_unit, comparator, float(text[len(comparator) :]), LABORATORY,
                )
            )  # fmt: skip
    return found


def untold(case: dict[str, Any], drawn: dict[str, dict[str, str]]) -> list[str]:
    """Return what the story of a case says and its results do not show, in words.

    Parameters
    ----------
    case : dict
        Its ``story`` holds conditions in the language of the links; ``acth_0`` is the ACTH of the first visit. A result
        below what can be measured counts as that limit.
    drawn : dict
        Results by visit and analyte.
    """
    values = {
        f"{analyte}_{place}": float(text.lstrip("<>")) for place in drawn for analyte, text in drawn[place].items()
    }
    person = Person(Sex(case["sex"]), float(case["age_years"]), float(case["height_cm"]), float(case["weight_kg"]))
    state = PatientState(person, markers=values)
    return [told["says"] for told in case["story"] if not Condition(told["when"], Vocabulary()).holds(state)]


def _identity(case: dict[str, Any], kind: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{case['id']} {kind}"))
