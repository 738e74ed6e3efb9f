"""The scenario file, schema ``endotune.scenario/1``: strict to read, byte-stable to write."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.exchange import json_reading as read
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation.dosing import find_intake
from endotune_desktop.simulation.effects import parameters_in_force
from endotune_desktop.simulation.refining import refined
from endotune_desktop.simulation.timeline import happenings as happenings_of
from endotune_desktop.simulation.timeline import happenings_before

SCHEMA = "endotune.scenario/1"
MAX_DAYS = 3660
MAX_ROWS = 2_000_000

_REQUIRED = ("schema", "axis", "person", "duration_days")
_OPTIONAL = ("parameters", "lesions", "regimen_before", "regimen", "events", "output_step_h", "pulses", "seed")
_DOSE_REQUIRED = ("agent", "route", "dose", "unit")
_DOSE_OPTIONAL = ("preparation", "duration_h", "fraction_taken")
_ORDER_OPTIONAL = (*_DOSE_OPTIONAL, "every_days", "start_day", "stop_day", "missed_days")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def read_scenario(path: Path) -> Scenario:
    """Return the scenario in a file.

    Raises
    ------
    InputRefused
        Naming the file, the key, what was found and what is accepted.
    EnvironmentFailed
        If the file cannot be read.
    """
    return load_scenario(read.read_text(path), path.name)


def load_scenario(text: str, name: str) -> Scenario:
    """Return the scenario in a text.

    Parameters
    ----------
    text : str
    name : str
        What refusals call it, usually the file's name.

    Raises
    ------
    InputRefused
    """
    try:
        return scenario_of(read.parse_object(text, ""))
    except InputRefused as error:
        raise InputRefused(error.what, f"{name}: {error.where}" if error.where else name, error.accepted) from None


def dump_scenario(scenario: Scenario) -> str:
    """Return the canonical text: sorted keys, two spaces, shortest round-trip numbers, a final line feed."""
    return json.dumps(plain_scenario(scenario), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def citation_key(text: str) -> str:
    """Return the SHA-256 of a scenario text, which is printed on every report."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain_scenario(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as JSON values; optional keys of a dose only where they say something."""
    person = scenario.person
    return {
        "schema": SCHEMA,
        "axis": scenario.axis,
        "person": {
            "sex": person.sex.value,
            "age_years": person.age_years,
            "height_cm": person.height_cm,
            "weight_kg": person.weight_kg,
        },
        "parameters": dict(scenario.parameters),
        "lesions": [
            {
                "lesion": entry.lesion,
                "severity": entry.severity,
                "onset": entry.onset if isinstance(entry.onset, str) else {"at_h": entry.onset},
            }
            for entry in scenario.lesions
        ],
        "regimen_before": [_plain_order(order) for order in scenario.regimen_before],
        "regimen": [_plain_order(order) for order in scenario.regimen],
        "events": [{**_plain_dose(dose), "time_h": dose.time_h} for dose in scenario.events],
        "duration_days": scenario.duration_days,
        "output_step_h": scenario.output_step_h,
        "pulses": scenario.pulses,
        "seed": scenario.seed,
    }


def scenario_of(value: dict[str, Any]) -> Scenario:
    """Return the scenario that JSON values describe, checked against the axis that they name.

    Raises
    ------
    InputRefused
    """
    schema = value.get("schema")
    if isinstance(schema, str) and schema.startswith("endotune.scenario/") and schema != SCHEMA:
        raise InputRefused(f"'{schema[:40]}' is of another version; the file was not changed", "schema", SCHEMA)
    read.only_keys(value, _REQUIRED, _OPTIONAL, "")
    read.as_text(value["schema"], "schema", (SCHEMA,))
    axis = axis_by_id(read.as_text(value["axis"], "axis", tuple(AXES)))
    scenario = Scenario(
        axis=axis.id,
        person=_person(value["person"]),
        parameters=_parameters(value.get("parameters", {}), axis),
        lesions=read.each(value.get("lesions", []), "lesions", lambda v, w: _lesion(v, w, axis)),
        regimen_before=read.each(value.get("regimen_before", []), "regimen_before", lambda v, w: _order(v, w, axis)),
        regimen=read.each(value.get("regimen", []), "regimen", lambda v, w: _order(v, w, axis)),
        events=read.each(value.get("events", []), "events", lambda v, w: _event(v, w, axis)),
        duration_days=read.as_number(value["duration_days"], "duration_days", 1e-3, MAX_DAYS, "days"),
        output_step_h=read.as_number(value.get("output_step_h", 1), "output_step_h", 1e-3, 24.0 * MAX_DAYS, "h"),
        pulses=read.as_truth(value.get("pulses", False), "pulses"),
        seed=read.as_integer(value.get("seed", 1), "seed", 0, 2**63 - 1),
    )
    _check_whole(scenario, axis)
    return scenario


def _check_whole(scenario: Scenario, axis: Axis) -> None:
    """Refuse what only shows in the whole: too many rows, lesions that contradict, a body outside the model."""
    rows = scenario.duration_days * 24.0 / scenario.output_step_h
    if rows > MAX_ROWS:
        raise InputRefused(f"gives {rows:.0f} rows", "output_step_h", f"up to {MAX_ROWS} rows")
    seen: set[str] = set()
    for index, entry in enumerate(scenario.lesions):
        if entry.lesion in seen:
            raise InputRefused(f"'{entry.lesion}' is named twice", f"lesions[{index}].lesion", "each lesion once")
        seen.add(entry.lesion)
    if scenario.pulses and axis.pulses is None:
        raise InputRefused(f"the {axis.title.lower()} axis has no pulse generator", "pulses", "false")
    happenings_before(axis, scenario.regimen_before)
    found = happenings_of(axis, scenario)
    base = {**axis.typical(), **scenario.parameters}
    axis.derive(refined(axis, parameters_in_force(base, found.in_force, 0.0, found.kept)), scenario.person)


def _person(value: object) -> Person:
    entry = read.as_object(value, "person")
    read.only_keys(entry, ("sex", "age_years", "height_cm", "weight_kg"), (), "person")
    return Person(
        Sex(read.as_text(entry["sex"], "person.sex", ("female", "male"))),
        read.as_number(entry["age_years"], "person.age_years", 0.0, 120.0, "years"),
        read.as_number(entry["height_cm"], "person.height_cm", 30.0, 260.0, "cm"),
        read.as_number(entry["weight_kg"], "person.weight_kg", 1.0, 500.0, "kg"),
    )


def _parameters(value: object, axis: Axis) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, number in read.as_object(value, "parameters").items():
        try:
            parameter = axis.parameter(name)
        except KeyError:
            accepted = ", ".join(parameter.id for parameter in axis.parameters)
            shown = name if len(name) <= 40 else name[:37] + "..."
            raise InputRefused(f"unknown parameter '{shown}'", "parameters", accepted) from None
        found[name] = read.as_number(number, f"parameters.{name}", parameter.low, parameter.high, parameter.unit)
    return found


def _lesion(value: object, where: str, axis: Axis) -> LesionState:
    entry = read.as_object(value, where)
    read.only_keys(entry, ("lesion", "severity"), ("onset",), where)
    lesion_id = read.as_text(entry["lesion"], f"{where}.lesion", tuple(lesion.id for lesion in axis.lesions))
    severity = read.as_number(entry["severity"], f"{where}.severity", 0.0, 1.0)
    onset = entry.get("onset", LONG_STANDING)
    place = f"{where}.onset"
    onsets = axis.lesion(lesion_id).onsets
    if isinstance(onset, dict):
        read.only_keys(onset, ("at_h",), (), place)
        onset = read.as_number(onset["at_h"], f"{place}.at_h", 0.0, 24.0 * MAX_DAYS, "h")
        kind = "at_h"
    else:
        kind = onset = read.as_text(onset, place, (LONG_STANDING, NEW))
    if kind not in onsets:
        accepted = ", ".join('{"at_h": hours}' if name == "at_h" else name for name in onsets)
        raise InputRefused(f"'{lesion_id}' is an episode and has no long-standing form", place, accepted)
    return LesionState(lesion_id, severity, onset)


def _order(value: object, where: str, axis: Axis) -> DoseOrder:
    entry = read.as_object(value, where)
    read.only_keys(entry, (*_DOSE_REQUIRED, "clock_times"), _ORDER_OPTIONAL, where)
    start_day = read.as_integer(entry.get("start_day", 0), f"{where}.start_day", 0, MAX_DAYS)
    stop_day = entry.get("stop_day")
    if stop_day is not None:
        stop_day = read.as_integer(stop_day, f"{where}.stop_day", 0, 2 * MAX_DAYS)
        if stop_day <= start_day:
            what = f"stops on day {stop_day}, before it starts on day {start_day}"
            raise InputRefused(what, f"{where}.stop_day", f"{start_day + 1} or later")
    clocks = read.each(entry["clock_times"], f"{where}.clock_times", _clock)
    if not clocks or len(set(clocks)) != len(clocks):
        raise InputRefused("no clock time, or one twice", f"{where}.clock_times", "one or more different HH:MM")
    missed = read.each(
        entry.get("missed_days", []), f"{where}.missed_days", lambda v, w: read.as_integer(v, w, 0, 2 * MAX_DAYS)
    )
    return DoseOrder(
        **_dose(entry, where, axis),
        clock_times=clocks,
        every_days=read.as_integer(entry.get("every_days", 1), f"{where}.every_days", 1, 365),
        start_day=start_day,
        stop_day=stop_day,
        missed_days=missed,
    )


def _event(value: object, where: str, axis: Axis) -> SingleDose:
    entry = read.as_object(value, where)
    read.only_keys(entry, (*_DOSE_REQUIRED, "time_h"), _DOSE_OPTIONAL, where)
    time_h = read.as_number(entry["time_h"], f"{where}.time_h", 0.0, 24.0 * MAX_DAYS, "h")
    return SingleDose(**_dose(entry, where, axis), time_h=time_h)


def _dose(entry: dict[str, Any], where: str, axis: Axis) -> dict[str, Any]:
    """Return the keys that orders and events share."""
    agent = read.as_text(entry["agent"], f"{where}.agent")
    route = read.as_text(entry["route"], f"{where}.route")
    preparation = entry.get("preparation")
    if preparation is not None:
        preparation = read.as_text(preparation, f"{where}.preparation")
    found, _ = find_intake(axis, agent[:40], route[:40], preparation and preparation[:40], where)
    unit = read.as_text(entry["unit"], f"{where}.unit", tuple(DOSE_UNITS))
    top = found.agent.from_own_unit(found.agent.dose_high, unit, f"{where}.unit")
    duration_h = entry.get("duration_h")
    if duration_h is not None:
        duration_h = read.as_number(duration_h, f"{where}.duration_h", 1e-3, 24.0 * MAX_DAYS, "h")
    return {
        "agent": agent,
        "route": route,
        "dose": read.as_number(entry["dose"], f"{where}.dose", 0.0, top, unit),
        "unit": unit,
        "preparation": preparation,
        "duration_h": duration_h,
        "fraction_taken": read.as_number(entry.get("fraction_taken", 1.0), f"{where}.fraction_taken", 0.0, 1.0),
    }


def _clock(value: object, where: str) -> str:
    text = read.as_text(value, where)
    if not _CLOCK.fullmatch(text):
        raise InputRefused(f"'{text[:40]}' is no clock time", where, "HH:MM, 00:00 to 23:59")
    return text


def _plain_dose(dose: DoseOrder | SingleDose) -> dict[str, Any]:
    plain: dict[str, Any] = {"agent": dose.agent, "route": dose.route, "dose": dose.dose, "unit": dose.unit}
    if dose.preparation is not None:
        plain["preparation"] = dose.preparation
    if dose.duration_h is not None:
        plain["duration_h"] = dose.duration_h
    if dose.fraction_taken != 1.0:
        plain["fraction_taken"] = dose.fraction_taken
    return plain


def _plain_order(order: DoseOrder) -> dict[str, Any]:
    plain = _plain_dose(order)
    plain["clock_times"] = list(order.clock_times)
    plain["every_days"] = order.every_days
    plain["start_day"] = order.start_day
    plain["stop_day"] = order.stop_day
    if order.missed_days:
        plain["missed_days"] = list(order.missed_days)
    return plain
