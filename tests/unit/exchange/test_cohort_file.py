"""Cohort files: strict to read, byte-stable to write."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.cohort_file import dump_cohort, load_cohort, read_cohort
from tests.unit.exchange.test_scenario_file import GOOD as SCENARIO

REGIMEN = SCENARIO["regimen"]
NORMAL = {"law": "normal", "mean": 165, "sd": 6.5, "low": 145, "high": 190}
COHORT: dict[str, Any] = {
    "schema": "endotune.cohort/1",
    "scenario": SCENARIO,
    "count": 1000,
    "seed": 7,
    "vary": {
        "parameters": "population",
        "female_share": 0.8,
        "age_years": {"law": "uniform", "low": 18, "high": 90},
        "height_cm": {"female": NORMAL, "male": {**NORMAL, "mean": 178}},
        "bmi": {"law": "normal", "mean": 26, "sd": 5, "low": 17, "high": 45},
        "adherence": {"law": "beta", "a": 8, "b": 1},
    },
    "arms": [
        {"arm": "as it is", "regimen": REGIMEN},
        {"arm": "125 µg", "regimen": [{**REGIMEN[0], "dose": 125}], "regimen_before": REGIMEN},
    ],
    "observables": [
        "tsh@07:30+58d",
        {"observable": "first(tsh < 4)", "unit": "d", "name": "days to TSH 4"},
    ],
}
HERE = Path()


def changed(path: str, value: object) -> str:
    """Return the good cohort with one place changed; ``...`` removes it."""
    plain = copy.deepcopy(COHORT)
    at: Any = plain
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        at = at[part]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(plain)


def test_that_a_cohort_is_read_and_written_without_change() -> None:
    cohort = load_cohort(json.dumps(COHORT), "cohort.json", HERE)
    text = dump_cohort(cohort)
    again = load_cohort(text, "again.json", HERE)
    assert dump_cohort(again) == text
    assert json.loads(text)["vary"] == COHORT["vary"]
    assert json.loads(text)["observables"] == COHORT["observables"]
    assert [arm.name for arm in again.arms] == ["as it is", "125 µg"]
    assert again.arms[1].scenario.regimen_before[0].dose == 100
    assert again.arms[1].scenario.regimen[0].dose == 125


def test_that_a_cohort_without_choices_is_the_scenario_with_the_population_prior() -> None:
    least = {key: COHORT[key] for key in ("schema", "scenario", "count", "observables")}
    cohort = load_cohort(json.dumps(least), "cohort.json", HERE)
    assert [(arm.name, arm.scenario) for arm in cohort.arms] == [("scenario", cohort.scenario)]
    assert cohort.vary.parameters
    assert cohort.vary.age_years is None
    assert "arms" not in json.loads(dump_cohort(cohort))


def test_that_a_scenario_file_beside_it_is_the_same_as_the_scenario_inside(tmp_path: Path) -> None:
    (tmp_path / "own.endotune.json").write_text(json.dumps(SCENARIO), encoding="utf-8")
    plain = copy.deepcopy(COHORT)
    del plain["scenario"]
    path = tmp_path / "cohort.json"
    path.write_text(json.dumps({**plain, "scenario_file": "own.endotune.json"}), encoding="utf-8")
    assert dump_cohort(read_cohort(path)) == dump_cohort(load_cohort(json.dumps(COHORT), "x", HERE))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("schema", "endotune.cohort/2", "another version"),
        ("schema", "endotune.scenario/1", "endotune.cohort/1"),
        ("countt", 3, "unknown key 'countt'"),
        ("count", ..., "'count' is missing"),
        ("count", 0, "count: 0"),
        ("count", 1.5, "a whole number"),
        ("count", 10**9, "10000000"),
        ("seed", -1, "seed"),
        ("scenario", ..., "scenario or scenario_file"),
        ("scenario_file", "x.json", "scenario or scenario_file"),
        ("scenario.axis", "xyz", "scenario.axis"),
        ("scenario.regimen.0.agent", "gold", "scenario.regimen[0].agent"),
        ("scenario.output_step_h", 0.001, "scenario.output_step_h"),
        ("vary.weight_kg", NORMAL, "one of bmi and weight_kg"),
        ("vary.shoe_size", NORMAL, "unknown key 'shoe_size'"),
        ("vary.parameters", "wild", "population, typical"),
        ("vary.female_share", 1.2, "vary.female_share"),
        ("vary.age_years.law", "beta", "uniform, normal"),
        ("vary.age_years.law", ..., "one for each sex"),
        ("vary.age_years.low", 95, "vary.age_years.high"),
        ("vary.height_cm.female.mean", 100, "vary.height_cm.female.mean"),
        ("vary.height_cm.male", ..., "'male' is missing"),
        ("vary.height_cm.male.sd", 0, "vary.height_cm.male.sd"),
        ("vary.adherence.a", 0, "vary.adherence.a"),
        ("vary.adherence", {"law": "uniform", "low": 0.5, "high": 1.5}, "vary.adherence.high"),
        ("arms", [], "1 to 50 arms"),
        ("arms.1.arm", "as it is", "each arm once"),
        ("arms.1.arm", "two\nlines", "arms[1].arm"),
        ("arms.1.regimen", ..., "arms[1]"),
        ("arms.1.regimen.0.dose", 1e9, "arms[1].regimen[0].dose"),
        ("arms.1.regimen_before.0.stop_day", 3, "arms[1].regimen_before[0]"),
        ("observables", [], "1 to 200 observables"),
        ("observables.0", "mean(tsh", "observables[0]"),
        ("observables.0", "", "observables[0]"),
        ("observables.0", "age_years", "two columns"),
        ("observables.0", "slope", "two columns"),
        ("observables.1.name", "tsh@07:30+58d", "two columns"),
        ("observables.1.unit", "fortnight", "min, h, d, wk"),
        ("observables.1.color", "red", "unknown key 'color'"),
    ],
)
def test_that_a_refusal_names_the_key_and_what_is_accepted(path: str, value: object, words: str) -> None:
    with pytest.raises(InputRefused) as refused:
        load_cohort(changed(path, value), "cohort.json", HERE)
    assert str(refused.value).startswith("cohort.json")
    assert words in str(refused.value)
    assert "Accepted: " in str(refused.value)
    assert "\n" not in str(refused.value)


def test_that_a_missing_scenario_file_is_named(tmp_path: Path) -> None:
    plain = {**{key: COHORT[key] for key in ("schema", "count", "observables")}, "scenario_file": "nowhere.json"}
    with pytest.raises(InputRefused, match=r"scenario_file: .*nowhere.json"):
        load_cohort(json.dumps(plain), "cohort.json", tmp_path)


def test_that_the_cohorts_that_come_with_the_program_are_canonical(resources: Path) -> None:
    paths = list((resources / "cohorts").glob("*.cohort.json"))
    assert paths
    for path in paths:
        assert dump_cohort(read_cohort(path)) == path.read_text(encoding="utf-8")
