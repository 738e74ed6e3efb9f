"""Function tests from files, schema ``endotune.function_test/1``: strict to read, a protocol a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.exchange import json_reading as read
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation.dosing import find_intake
from endotune_desktop.tuning.function_tests import (
    CutOff,
    FunctionTest,
    Outcome,
    ProtocolDose,
    Reading,
    ReadingKind,
    Side,
    Withheld,
)

SCHEMA = "endotune.function_test/1"
MOST_MIN = 60.0 * 24.0 * 60.0
"""No protocol is longer than sixty days."""

_REQUIRED = (
    "schema", "id", "title", "axis", "clock", "doses", "sample_minutes", "markers", "readings", "cut_offs", "outcomes",
    "words", "limits", "source",
)  # fmt: skip
_BASAL = (ReadingKind.RISE, ReadingKind.RATIO, ReadingKind.RISE_PERCENT, ReadingKind.FALL_PERCENT)


def read_function_tests(folder: Path) -> tuple[FunctionTest, ...]:
    """Return the tests of a folder whose axis this program knows, by file name.

    Raises
    ------
    InputRefused
        Naming file, key, what was found and what is accepted.
    EnvironmentFailed
        If a file cannot be read.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        plain = read.parse_object(read.read_text(path), path.name)
        if plain.get("axis") not in AXES:
            continue
        try:
            found.append(function_test_of(plain))
        except InputRefused as error:
            raise error.at(path.name) from None
    return tuple(found)


def function_test_of(plain: dict[str, Any]) -> FunctionTest:
    """Return the test that JSON values describe, checked against its axis.

    Raises
    ------
    InputRefused
    """
    read.only_keys(plain, _REQUIRED, ("aliases", "withheld", "sexes"), "")
    read.as_text(plain["schema"], "schema", (SCHEMA,))
    axis = AXES[read.as_text(plain["axis"], "axis", tuple(AXES))]
    markers = tuple(marker.id for marker in axis.markers)
    minutes = read.each(plain["sample_minutes"], "sample_minutes", _minute)
    if not minutes or list(minutes) != sorted(set(minutes)):
        raise InputRefused("no samples, or not in the order of time", "sample_minutes", "ascending minutes")
    readings = read.each(plain["readings"], "readings", lambda v, w: _reading(v, w, markers, minutes))
    cut_offs = read.each(plain["cut_offs"], "cut_offs", lambda v, w: _cut_off(v, w, tuple(r.id for r in readings)))
    rules = tuple(dict.fromkeys(entry.rule for entry in cut_offs))
    outcomes = read.each(plain["outcomes"], "outcomes", lambda v, w: _outcome(v, w, rules))
    if not outcomes or outcomes[-1].when:
        raise InputRefused("the last outcome has conditions", "outcomes", "a last one that holds always")
    return FunctionTest(
        id=read.as_text(plain["id"], "id"),
        title=read.as_text(plain["title"], "title"),
        axis=axis.id,
        aliases=read.each(plain.get("aliases", []), "aliases", read.as_text),
        clock=read.as_text(plain["clock"], "clock"),
        doses=read.each(plain["doses"], "doses", lambda v, w: _dose(v, w, axis)),
        sample_minutes=minutes,
        markers=read.each(plain["markers"], "markers", lambda v, w: read.as_text(v, w, markers)),
        readings=readings,
        cut_offs=cut_offs,
        outcomes=outcomes,
        words=read.as_text(plain["words"], "words"),
        limits=read.each(plain["limits"], "limits", read.as_text),
        source=read.as_text(plain["source"], "source"),
        withheld=read.each(plain.get("withheld", []), "withheld", _withheld),
        sexes=tuple(Sex(text) for text in read.each(plain.get("sexes", ["female", "male"]), "sexes", _sex)),
    )


def _minute(value: object, where: str) -> float:
    return read.as_number(value, where, -MOST_MIN, MOST_MIN, "min")


def _sex(value: object, where: str) -> str:
    return read.as_text(value, where, tuple(Sex))


def _dose(value: object, where: str, axis: Axis) -> ProtocolDose:
    entry = read.as_object(value, where)
    optional = ("per_kg", "most", "at_min", "duration_min", "preparation")
    read.only_keys(entry, ("agent", "route", "dose", "unit"), optional, where)
    agent, route = read.as_text(entry["agent"], f"{where}.agent"), read.as_text(entry["route"], f"{where}.route")
    preparation = entry.get("preparation")
    find_intake(axis, agent, route, preparation, where)
    most, duration = entry.get("most"), entry.get("duration_min")
    return ProtocolDose(
        agent, route,
        read.as_number(entry["dose"], f"{where}.dose", 0.0, 1e6),
        read.as_text(entry["unit"], f"{where}.unit", tuple(DOSE_UNITS)),
        read.as_truth(entry.get("per_kg", False), f"{where}.per_kg"),
        None if most is None else read.as_number(most, f"{where}.most", 0.0, 1e9),
        _minute(entry.get("at_min", 0), f"{where}.at_min"),
        None if duration is None else read.as_number(duration, f"{where}.duration_min", 0.1, MOST_MIN, "min"),
        preparation,
    )  # fmt: skip


def _withheld(value: object, where: str) -> Withheld:
    entry = read.as_object(value, where)
    read.only_keys(entry, ("agents", "from_min", "to_min"), (), where)
    return Withheld(
        read.each(entry["agents"], f"{where}.agents", read.as_text),
        _minute(entry["from_min"], f"{where}.from_min"),
        _minute(entry["to_min"], f"{where}.to_min"),
    )


def _reading(value: object, where: str, markers: tuple[str, ...], samples: tuple[float, ...]) -> Reading:
    entry = read.as_object(value, where)
    read.only_keys(entry, ("id", "title", "kind", "marker", "unit", "minutes"), ("basal_min",), where)
    kind = ReadingKind(read.as_text(entry["kind"], f"{where}.kind", tuple(ReadingKind)))
    minutes = read.each(entry["minutes"], f"{where}.minutes", _minute)
    basal = None if entry.get("basal_min") is None else _minute(entry["basal_min"], f"{where}.basal_min")
    strange = [minute for minute in (*minutes, basal) if minute is not None and minute not in samples]
    if strange or not minutes or (kind is ReadingKind.VALUE and len(minutes) != 1):
        raise InputRefused("reads a sample that is not drawn", f"{where}.minutes", ", ".join(f"{m:g}" for m in samples))
    if (basal is None) == (kind in _BASAL):
        raise InputRefused("is or lacks what the reading is compared with", f"{where}.basal_min", ", ".join(_BASAL))
    return Reading(
        read.as_text(entry["id"], f"{where}.id"),
        read.as_text(entry["title"], f"{where}.title"),
        kind,
        read.as_text(entry["marker"], f"{where}.marker", markers),
        read.as_text(entry["unit"], f"{where}.unit"),
        minutes,
        basal,
    )


def _cut_off(value: object, where: str, readings: tuple[str, ...]) -> CutOff:
    entry = read.as_object(value, where)
    required = ("id", "title", "reading", "side", "value", "low", "high", "source")
    read.only_keys(entry, required, ("rule", "bmi", "sex"), where)
    low = read.as_number(entry["low"], f"{where}.low", -1e9, 1e9)
    high = read.as_number(entry["high"], f"{where}.high", low, 1e9)
    bmi = read.each(entry.get("bmi", [0, 1000]), f"{where}.bmi", lambda v, w: read.as_number(v, w, 0.0, 1000.0))
    if len(bmi) != 2:
        raise InputRefused(f"{len(bmi)} numbers", f"{where}.bmi", "from, to")
    name = read.as_text(entry["id"], f"{where}.id")
    return CutOff(
        name,
        read.as_text(entry["title"], f"{where}.title"),
        read.as_text(entry["reading"], f"{where}.reading", readings),
        read.as_text(entry.get("rule", name), f"{where}.rule"),
        Side(read.as_text(entry["side"], f"{where}.side", tuple(Side))),
        read.as_number(entry["value"], f"{where}.value", low, high),
        low,
        high,
        read.as_text(entry["source"], f"{where}.source"),
        (bmi[0], bmi[1]),
        None if entry.get("sex") is None else Sex(_sex(entry["sex"], f"{where}.sex")),
    )


def _outcome(value: object, where: str, rules: tuple[str, ...]) -> Outcome:
    entry = read.as_object(value, where)
    read.only_keys(entry, ("id", "title", "sentence", "when"), (), where)
    when = read.as_object(entry["when"], f"{where}.when")
    for rule in when:
        read.as_text(rule, f"{where}.when", rules)
    return Outcome(
        read.as_text(entry["id"], f"{where}.id"),
        read.as_text(entry["title"], f"{where}.title"),
        read.as_text(entry["sentence"], f"{where}.sentence"),
        {rule: read.as_truth(wanted, f"{where}.when.{rule}") for rule, wanted in when.items()},
    )
