"""Scenario files: strict to read, byte-stable to write."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.scenario_file import citation_key, dump_scenario, load_scenario, read_scenario

GOOD: dict[str, Any] = {
    "schema": "endotune.scenario/1",
    "axis": "hpt",
    "person": {"sex": "female", "age_years": 45, "height_cm": 165, "weight_kg": 65},
    "parameters": {"f4": 0.75},
    "lesions": [{"lesion": "hashimoto", "severity": 0.8, "onset": "long_standing"}],
    "regimen_before": [],
    "regimen": [
        {"agent": "levothyroxine", "route": "oral", "dose": 100, "unit": "ug", "clock_times": ["08:00"],
         "every_days": 1, "start_day": 0, "stop_day": None}
    ],
    "events": [{"agent": "protirelin", "route": "iv", "dose": 200, "unit": "ug", "time_h": 33}],
    "duration_days": 60,
    "output_step_h": 1,
    "pulses": False,
    "seed": 1,
}  # fmt: skip


def changed(path: str, value: object) -> str:
    """Return the good scenario with one place changed; ``...`` removes it."""
    plain = copy.deepcopy(GOOD)
    at: Any = plain
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        at = at[part]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(plain)


def test_that_the_documented_example_loads_and_its_text_is_stable() -> None:
    text = dump_scenario(load_scenario(json.dumps(GOOD), "x"))
    assert dump_scenario(load_scenario(text, "x")) == text
    assert json.loads(text) == GOOD
    assert len(citation_key(text)) == 64


def test_that_integers_stay_integers_and_floats_round_trip() -> None:
    text = dump_scenario(load_scenario(changed("person.weight_kg", 65.30000000000001), "x"))
    assert '"weight_kg": 65.30000000000001' in text
    assert '"height_cm": 165\n' in text or '"height_cm": 165,' in text


def test_that_an_alias_is_accepted_and_kept() -> None:
    text = dump_scenario(load_scenario(changed("events.0.agent", "TRH"), "x"))
    assert '"agent": "TRH"' in text


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("surprise", 1, ["surprise", "duration_days"]),
        ("schema", "endotune.scenario/2", ["schema", "endotune.scenario/1"]),
        ("axis", "xyz", ["axis", "xyz", "hpt"]),
        ("person", ..., ["person"]),
        ("person.sex", "f", ["person.sex", "female, male"]),
        ("person.height_cm", 300, ["person.height_cm"]),
        ("person.height_cm", 130, ["person.height_cm", "140 to 210 cm"]),
        ("person.age_years", 12, ["person.age_years", "18 to 120"]),
        ("person.weight_kg", True, ["person.weight_kg", "true"]),
        ("parameters.nope", 1, ["nope", "F4ref"]),
        ("parameters.f4", 7, ["parameters.f4", "0.05 to 1"]),
        ("parameters.f4", "0.7", ["parameters.f4", "0.7"]),
        ("lesions.0.lesion", "cold", ["lesions[0].lesion", "hashimoto"]),
        ("lesions.0.severity", 1.5, ["lesions[0].severity", "0 to 1"]),
        ("lesions.0.onset", "yesterday", ["lesions[0].onset", "long_standing, new"]),
        ("lesions.0.onset", {"at_h": -1}, ["lesions[0].onset.at_h"]),
        ("lesions.0", {"lesion": "thyroiditis", "severity": 1, "onset": "long_standing"}, ["lesions[0].onset", "new"]),
        ("regimen.0.agent", "aspirin", ["regimen[0].agent", "levothyroxine"]),
        ("regimen.0.route", "nasal", ["regimen[0].route", "oral, iv"]),
        ("regimen.0.preparation", "gel", ["regimen[0].preparation", "soft_capsule"]),
        ("regimen.0.dose", -25, ["regimen[0].dose", "-25"]),
        ("regimen.0.dose", 1e9, ["regimen[0].dose"]),
        ("regimen.0.dose", 10**400, ["regimen[0].dose"]),
        ("regimen.0.unit", "IU", ["regimen[0].unit"]),
        ("regimen.0.unit", "stone", ["regimen[0].unit", "ug"]),
        ("regimen.0.clock_times", [], ["regimen[0].clock_times"]),
        ("regimen.0.clock_times", ["8:00"], ["regimen[0].clock_times[0]", "HH:MM"]),
        ("regimen.0.clock_times", ["08:00", "08:00"], ["clock_times", "different"]),
        ("regimen.0.every_days", 0, ["regimen[0].every_days"]),
        ("regimen.0.every_days", 1.5, ["regimen[0].every_days", "whole number"]),
        ("regimen.0.stop_day", 0, ["regimen[0].stop_day", "before it starts"]),
        ("regimen.0.extra", 1, ["regimen[0]", "extra"]),
        ("regimen_before", [{**GOOD["regimen"][0], "stop_day": 3}], ["regimen_before[0]", "stop_day"]),
        ("events.0.time_h", -1, ["events[0].time_h"]),
        ("events.0.duration_h", 0, ["events[0].duration_h"]),
        ("duration_days", 0, ["duration_days"]),
        ("output_step_h", 1e-9, ["output_step_h"]),
        ("pulses", 1, ["pulses", "true or false"]),
        ("pulses", True, ["pulses", "no pulse generator"]),
        ("seed", 1.0, ["seed"]),
        ("seed", -1, ["seed"]),
    ],
)
def test_that_a_refusal_names_place_and_what_is_accepted(path: str, value: object, words: list[str]) -> None:
    with pytest.raises(InputRefused) as refused:
        load_scenario(changed(path, value), "file.json")
    sentence = str(refused.value)
    assert sentence.startswith("file.json")
    assert "\n" not in sentence
    for word in words:
        assert word in sentence, sentence


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", '{"schema": 1, "schema": 2}', '{"a": NaN}', "[" * 100_000, "\x00", '{"seed": 1e999}'],
)
def test_that_what_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        load_scenario(text, "file.json")


def test_that_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no such file"):
        read_scenario(tmp_path / "missing.json")
    with pytest.raises(InputRefused, match="folder"):
        read_scenario(tmp_path)
    (tmp_path / "latin.json").write_bytes(b'{"schema": "\xe9"}')
    with pytest.raises(InputRefused, match="UTF-8"):
        read_scenario(tmp_path / "latin.json")


def test_that_shipped_scenarios_are_canonical(resources: Path) -> None:
    paths = sorted(resources.rglob("*.endotune.json"))
    assert len(paths) > 60
    for path in paths:
        assert dump_scenario(read_scenario(path)) == path.read_text(encoding="utf-8"), path.name
