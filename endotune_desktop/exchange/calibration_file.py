"""The protocols of the calibration by simulation, schema ``endotune.calibration/1``: a scenario in each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from endotune_desktop.clinic.scenario import clock_hours
from endotune_desktop.exchange import json_reading as read
from endotune_desktop.exchange.scenario_file import scenario_of
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.tuning.calibration import Protocol

SCHEMA = "endotune.calibration/1"
_KEYS = ("title", "scenario", "markers", "visit_days", "ahead_days", "clock", "steps", "missed_share")
_LONGEST_DAYS = 3650.0


def read_protocols(path: Path) -> list[Protocol]:
    """Return the protocols of a file.

    Raises
    ------
    InputRefused
        Naming key, what was found and what is accepted.
    EnvironmentFailed
        If the file cannot be read.
    """
    whole = read.parse_object(read.read_text(path), path.name)
    read.only_keys(whole, ("schema", "protocols"), (), "")
    read.as_text(whole["schema"], "schema", (SCHEMA,))
    return list(read.each(whole["protocols"], "protocols", _protocol))


def _protocol(value: Any, where: str) -> Protocol:  # noqa: ANN401  (what JSON holds)
    entry = read.as_object(value, where)
    read.only_keys(entry, _KEYS, (), where)
    scenario = scenario_of(entry["scenario"])
    known = tuple(marker.id for marker in axis_by_id(scenario.axis).markers if marker.analyte)
    steps = _numbers(entry, "steps", where, 0.1, 10.0)
    first, second = _numbers(entry, "missed_share", where, 0.0, 1000.0)
    return Protocol(
        read.as_text(entry["title"], f"{where}.title"), scenario,
        read.each(entry["markers"], f"{where}.markers", lambda item, at: read.as_text(item, at, known)),
        _numbers(entry, "visit_days", where, 0.0, _LONGEST_DAYS),
        _numbers(entry, "ahead_days", where, 1.0, _LONGEST_DAYS),
        clock_hours(read.as_text(entry["clock"], f"{where}.clock")), steps, (first, second),
    )  # fmt: skip


def _numbers(entry: dict[str, Any], key: str, where: str, low: float, high: float) -> tuple[float, ...]:
    def one(item: Any, at: str) -> float:  # noqa: ANN401
        return read.as_number(item, at, low, high)

    return read.each(entry[key], f"{where}.{key}", one)
