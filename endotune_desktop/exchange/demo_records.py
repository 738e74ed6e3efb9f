"""The demo patients: invented persons whose dates hang on the day of the first start."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.person import Sex
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

_SPACE = uuid.UUID("6f0f4a3e-6d1c-4d3c-9a86-0d2f8f6b7c11")
LABORATORY = "Demo lab"
MEASURED = ("tsh", "ft4", "ft3")


def demo_edits(path: Path, today: date) -> list[Edit]:
    """Return one edit for each demo patient.

    Parameters
    ----------
    path : Path
        ``patients.json`` in the resources.
    today : date
        Dates in the file are days before this one.
    """
    plain = json.loads(path.read_text(encoding="utf-8"))
    return [_edit(entry, index, today) for index, entry in enumerate(plain["patients"])]


def thyroid_cases(path: Path) -> list[dict[str, Any]]:
    """Return the demo patients of ``patients.json`` in the form of ``cases.json``, for drawing their results."""
    plain = json.loads(path.read_text(encoding="utf-8"))
    return [_as_case(entry, index) for index, entry in enumerate(plain["patients"])]


def _as_case(entry: dict[str, Any], index: int) -> dict[str, Any]:
    axis = {"axis": "hpt", "lesions": entry["lesions"], "since_days_ago": entry.get("since_days_ago")}
    visits = [
        {"days_ago": visit["days_ago"], "clock": visit["clock"], "measured": [a for a in MEASURED if a in visit]}
        for visit in entry["visits"]
    ]
    orders = [{"route": "oral", **order} for order in entry["medication"]]
    same = ("name", "sex", "age_years", "height_cm", "weight_kg", "diagnosis", "story", "seed")
    return {
        "id": f"thyroid {index}", "case_table": "1", "axes": [axis], "medication": orders, "visits": visits,
        **{key: entry[key] for key in same},
    }  # fmt: skip


def with_results(path: Path, drawn: list[dict[str, dict[str, str]]]) -> str:
    """Return the text of ``patients.json`` with other results.

    Parameters
    ----------
    path : Path
    drawn : list of dict
        Of each patient, by visit and analyte.
    """
    plain = json.loads(path.read_text(encoding="utf-8"))
    for entry, found in zip(plain["patients"], drawn, strict=True):
        for place, visit in enumerate(entry["visits"]):
            visit.update(found[str(place)])
    return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def _edit(entry: dict[str, Any], index: int, today: date) -> Edit:
    patient_id = str(uuid.uuid5(_SPACE, f"patient {index}"))

    def identity(kind: str, number: int, more: str = "") -> str:
        return str(uuid.uuid5(_SPACE, f"{index} {kind} {number} {more}"))

    def day(days_ago: int) -> date:
        return today - timedelta(days=days_ago)

    patient = Patient(
        patient_id, entry["name"], f"D{index + 1}", Sex(entry["sex"]), date(today.year - entry["age_years"], 1, 1),
        float(entry["height_cm"]), float(entry["weight_kg"]), "hpt", entry["diagnosis"], sandbox=True,
        note=entry.get("note", ""),
    )  # fmt: skip
    held: list[Record] = [patient]
    lesions = tuple(LesionState(x["lesion"], x["severity"], x.get("onset", LONG_STANDING)) for x in entry["lesions"])
    since = entry.get("since_days_ago")
    held.append(
        AxisProfile(identity("profile", 0), patient_id, "hpt", lesions, {}, None if since is None else day(since))
    )
    for number, order in enumerate(entry["medication"]):
        stop = order.get("stop_days_ago")
        held.append(
            Medication(
                identity("medication", number), patient_id, order["agent"], "oral", "", float(order["dose"]),
                order["unit"], tuple(order["clock_times"]), 1, day(order["start_days_ago"]),
                None if stop is None else day(stop), float(order.get("fraction_taken", 1.0)),
                tuple(day(d) for d in order.get("missed_days_ago", [])),
            )
        )  # fmt: skip
    for number, visit in enumerate(entry["visits"]):
        drawn = datetime.combine(day(visit["days_ago"]), time.fromisoformat(visit["clock"]))
        for analyte in MEASURED:
            if analyte in visit:
                held.append(_lab(identity("lab", number, analyte), patient_id, analyte, drawn, visit[analyte]))
        on = day(visit["days_ago"])
        if "words" in visit:
            held.append(Visit(identity("visit", number), patient_id, on, visit["words"]))
        if "vitals" in visit:
            weight, pulse, systolic, diastolic = (float(value) for value in visit["vitals"])
            held.append(Vitals(identity("vitals", number), patient_id, on, weight, pulse, systolic, diastolic))
        for symptom, score in visit.get("symptoms", {}).items():
            held.append(SymptomScore(identity("symptom", number, symptom), patient_id, on, symptom, score))
    return Edit(f"Add {patient.name}", tuple(RecordChange(None, record) for record in held))


def _lab(identity: str, patient_id: str, analyte: str, drawn: datetime, text: str) -> LabResult:
    known = ANALYTES[analyte]
    comparator = text[0] if text[0] in "<>" else ""
    limits = {"tsh": (0.4, 4.0), "ft4": (11.0, 22.0), "ft3": (3.1, 6.5)}[analyte]
    return LabResult(
        identity, patient_id, analyte, drawn, True, text, known.canonical_unit, comparator,
        float(text[len(comparator) :]), LABORATORY, "", *limits,
    )  # fmt: skip
