"""Between records and rows: every kind of record has a table, every field a column, every row a seal."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import (
    AxisProfile,
    Finding,
    KeptScenario,
    LabResult,
    Medication,
    Patient,
    Plan,
    Receipt,
    ReceiptScore,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.store.seals import folded, seal_of

MOST_CHARACTERS = 1_000_000
"""The longest text in one field: what a disk and a window can still handle at once."""
_LARGEST_INTEGER = 2**63 - 1

TABLES: dict[type[Record], str] = {
    Patient: "patient",
    LabResult: "lab_result",
    Medication: "medication",
    Visit: "visit",
    SymptomScore: "symptom_score",
    Vitals: "vitals",
    Finding: "finding",
    AxisProfile: "axis_profile",
    KeptScenario: "kept_scenario",
    Receipt: "receipt",
    ReceiptScore: "receipt_score",
}

FINAL = frozenset({Receipt, ReceiptScore})
"""Kinds that are added and removed, never changed; the file itself refuses it as well."""

_Reader = Callable[[Any], Any]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


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
    "until": _day,
    "drawn_at": _moment,
    "made_at": _moment,
    "due_at": _moment,
    "scored_at": _moment,
    "in50": _truth,
    "in90": _truth,
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


SEARCH = "search"
"""The patient's folded text, written from the record and never read back into one."""

COLUMNS: dict[type[Record], tuple[str, ...]] = {
    kind: tuple(sorted([field.name for field in fields(kind)] + [SEARCH] * (kind is Patient))) for kind in TABLES
}
"""The columns of each kind in the order in which they are sealed."""

SELECTED = {kind: ", ".join(f'"{name}"' for name in (*names, "seal")) for kind, names in COLUMNS.items()}
"""The same for a SELECT, with the seal at the end."""

SEARCH_AT = COLUMNS[Patient].index(SEARCH)
"""Where the folded text stands in a selected row of a patient."""

_FIELDS: dict[type[Record], tuple[tuple[int, _Reader | None], ...]] = {
    kind: tuple((names.index(field.name), _READERS.get(field.name)) for field in fields(kind))
    for kind, names in COLUMNS.items()
}
"""Of each field in its order: the column, and what makes a value of it."""

_REALS = {kind: frozenset(f.name for f in fields(kind) if str(f.type).startswith("float")) for kind in TABLES}


def row_of(record: Record) -> dict[str, Any]:
    """Return a record as a row of its table, with its seal.

    Raises
    ------
    InputRefused
        If a value cannot be stored as it was entered; it names the field.
    """
    kind = type(record)
    row: dict[str, Any] = {field.name: _written(getattr(record, field.name)) for field in fields(record)}
    for name in _REALS[kind]:
        if row[name] is not None:
            row[name] = float(row[name]) + 0.0  # no int and no negative zero: SQLite would give another one back
    for name, value in row.items():
        refuse_unstorable(name, value)
    if isinstance(record, Patient):
        row[SEARCH] = folded(f"{record.name}\n{record.number}\n{record.diagnosis}\n{record.axis}")
    row["seal"] = seal_of(TABLES[kind], (row[name] for name in COLUMNS[kind]))
    return row


def refuse_unstorable(name: str, value: object) -> None:
    """Refuse a value that would not come back from the file as it was given.

    Parameters
    ----------
    name : str
        The field's.
    value : object

    Raises
    ------
    InputRefused
    """
    where = name.replace("_", " ")
    if isinstance(value, str):
        if len(value) > MOST_CHARACTERS:
            raise InputRefused(f"{len(value)} characters are too long", where, f"up to {MOST_CHARACTERS}")
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise InputRefused("holds half a character, as a broken paste leaves it", where, "whole characters")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise InputRefused("holds a value that is no number", where, "finite numbers")
    elif isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        raise InputRefused("is too large a number", where, f"up to {_LARGEST_INTEGER}")


def is_whole(kind: type[Record], row: Sequence[Any]) -> bool:
    """Return whether a row as selected by `SELECTED` is what was once written."""
    sealed: object = row[-1]  # whatever type a flipped bit makes of it
    return seal_of(TABLES[kind], row[:-1]) == sealed


def record_of(kind: type[Record], row: Sequence[Any]) -> Any:  # noqa: ANN401  (a record of that kind)
    """Return a row as selected by `SELECTED` as the record it holds."""
    return kind(*[row[at] if reader is None else reader(row[at]) for at, reader in _FIELDS[kind]])
