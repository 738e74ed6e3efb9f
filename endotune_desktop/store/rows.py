"""Between records and rows: every kind of record has a table, every field a column."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import (
    AxisProfile,
    KeptScenario,
    LabResult,
    Medication,
    Patient,
    Plan,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.scenario import DoseOrder, LesionState

TABLES: dict[type[Record], str] = {
    Patient: "patient",
    LabResult: "lab_result",
    Medication: "medication",
    Visit: "visit",
    SymptomScore: "symptom_score",
    Vitals: "vitals",
    AxisProfile: "axis_profile",
    KeptScenario: "kept_scenario",
}

_Reader = Callable[[Any], Any]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in json.loads(text))


def _lesions(value: Any) -> tuple[LesionState, ...]:  # noqa: ANN401  (JSON text or its parsed form)
    entries = json.loads(value) if isinstance(value, str) else value
    return tuple(LesionState(**entry) for entry in entries)


def _plan(text: str) -> Plan:
    plain = json.loads(text)
    orders = tuple(
        DoseOrder(**{**o, "clock_times": tuple(o["clock_times"]), "missed_days": tuple(o["missed_days"])})
        for o in plain["orders"]
    )
    return Plan(date.fromisoformat(plain["from_day"]), orders, _lesions(plain["lesions"]), plain["parameters"])


_READERS: dict[str, _Reader] = {
    "born": _day,
    "deleted_on": _day,
    "start": _day,
    "stop": _day,
    "on": _day,
    "since": _day,
    "drawn_at": datetime.fromisoformat,
    "sex": Sex,
    "sandbox": bool,
    "archived": bool,
    "clock_known": bool,
    "set_aside": bool,
    "planned": bool,
    "clock_times": _texts,
    "missed": _days,
    "lesions": _lesions,
    "parameters": json.loads,
    "plan": _plan,
}


def _written(value: object) -> object:
    """Return a field as a column holds it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Sex):
        return value.value
    if isinstance(value, Plan):
        return json.dumps(asdict(value), default=_plain, sort_keys=True, ensure_ascii=False)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    if isinstance(value, tuple):
        plain = [asdict(entry) if isinstance(entry, LesionState) else entry for entry in value]
        return json.dumps(plain, default=_plain, sort_keys=True, ensure_ascii=False)
    return value


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in the store")


def row_of(record: Record) -> dict[str, Any]:
    """Return a record as a row of its table."""
    row = {field.name: _written(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, Patient):
        row["search"] = f"{record.name}\n{record.number}\n{record.diagnosis}\n{record.axis}".casefold()
    return row


def record_of(kind: type[Record], row: Mapping[str, Any]) -> Any:  # noqa: ANN401  (a record of that kind)
    """Return a row as the record it holds."""
    values = {}
    for field in fields(kind):
        reader = _READERS.get(field.name)
        values[field.name] = row[field.name] if reader is None else reader(row[field.name])
    return kind(**values)
