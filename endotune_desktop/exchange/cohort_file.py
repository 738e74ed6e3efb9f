"""The cohort file, schema ``endotune.cohort/1``: strict to read, byte-stable to write.

::

    {"schema": "endotune.cohort/1",
     "scenario": {a whole scenario}            or  "scenario_file": "path beside this file",
     "count": 100000,
     "seed": 1,
     "vary": {"parameters": "population"       or  "typical",
              "female_share": 0.8,
              "age_years": {"law": "uniform", "low": 18, "high": 90},
              "height_cm": {"female": {"law": "normal", "mean": 165, "sd": 6.5, "low": 145, "high": 190},
                            "male": {"law": "normal", "mean": 178, "sd": 7, "low": 155, "high": 205}},
              "bmi": {"law": "normal", "mean": 26, "sd": 5, "low": 17, "high": 45}      or  "weight_kg": ...,
              "adherence": {"law": "beta", "a": 8, "b": 1}},
     "arms": [{"arm": "100 ug", "regimen": [...]}, {"arm": "112 ug", "regimen": [...], "regimen_before": [...]}],
     "observables": ["tsh@07:30+83d", "mean(ft4, 80d, 84d)",
                     {"observable": "first(tsh < 4)", "unit": "d", "name": "days to TSH 4"}]}

``scenario`` is what all persons share; parameters that it names are fixed, the others of the axis are drawn from the
population prior. What ``vary`` does not name is the scenario's. Laws: ``uniform``, ``normal`` (cut off at its limits)
and, for adherence only, ``beta``; one law for all, or one for each sex. Every person is computed under every arm;
without ``arms`` the scenario is the only one. Observables are those of the facts file; bare numbers as times are hours.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.exchange import json_reading as read
from endotune_desktop.exchange.scenario_file import plain_scenario, read_scenario, scenario_of
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation.observables import TIME_UNITS_H, Observable
from endotune_desktop.tuning.cohort import Arm, Beta, BySex, Cohort, Column, Law, Normal, Uniform, Vary
from endotune_desktop.tuning.cohort_run import column_names

SCHEMA = "endotune.cohort/1"
MOST_PERSONS = 10_000_000
MOST_ARMS = 50
MOST_OBSERVABLES = 200
MOST_ROWS = 100_000
"""Output rows of one course: what one person may take of the memory."""

_BODY = {
    "age_years": (0.0, 120.0, "years"),
    "height_cm": (30.0, 260.0, "cm"),
    "weight_kg": (1.0, 500.0, "kg"),
    "bmi": (8.0, 100.0, "kg/m2"),
}
_VARY = ("parameters", "female_share", *_BODY, "adherence")
_THE_ONLY_ARM = "scenario"


def read_cohort(path: Path) -> Cohort:
    """Return the cohort in a file.

    Raises
    ------
    InputRefused
        Naming the file, the key, what was found and what is accepted.
    EnvironmentFailed
        If the file cannot be read.
    """
    return load_cohort(read.read_text(path), path.name, path.parent)


def load_cohort(text: str, name: str, folder: Path) -> Cohort:
    """Return the cohort in a text.

    Parameters
    ----------
    text : str
    name : str
        What refusals call it, usually the file's name.
    folder : Path
        What ``scenario_file`` is relative to.

    Raises
    ------
    InputRefused
    """
    try:
        return _cohort(read.parse_object(text, ""), folder)
    except InputRefused as error:
        raise InputRefused(error.what, f"{name}: {error.where}" if error.where else name, error.accepted) from None


def dump_cohort(cohort: Cohort) -> str:
    """Return the canonical text, the scenario inside: sorted keys, two spaces, shortest numbers, a final line feed."""
    plain = {
        "schema": SCHEMA,
        "scenario": plain_scenario(cohort.scenario),
        "count": cohort.count,
        "seed": cohort.seed,
        "vary": _plain_vary(cohort.vary),
        "arms": [_plain_arm(arm, cohort.scenario) for arm in cohort.arms],
        "observables": [_plain_column(column) for column in cohort.columns],
    }
    if cohort.arms == (Arm(_THE_ONLY_ARM, cohort.scenario),):
        del plain["arms"]
    return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _cohort(value: dict[str, Any], folder: Path) -> Cohort:
    schema = value.get("schema")
    if isinstance(schema, str) and schema.startswith("endotune.cohort/") and schema != SCHEMA:
        raise InputRefused(f"'{schema[:40]}' is of another version; the file was not changed", "schema", SCHEMA)
    optional = ("scenario", "scenario_file", "seed", "vary", "arms")
    read.only_keys(value, ("schema", "count", "observables"), optional, "")
    read.as_text(value["schema"], "schema", (SCHEMA,))
    scenario = _scenario(value, folder)
    cohort = Cohort(
        scenario=scenario,
        arms=_arms(value.get("arms"), scenario),
        count=read.as_integer(value["count"], "count", 1, MOST_PERSONS),
        seed=read.as_integer(value.get("seed", 1), "seed", 0, 2**63 - 1),
        columns=read.each(read.as_list(value["observables"], "observables", MOST_OBSERVABLES), "observables", _column),
        vary=_vary(value.get("vary", {})),
    )
    _check_names(cohort)
    return cohort


def _scenario(value: dict[str, Any], folder: Path) -> Scenario:
    if ("scenario" in value) == ("scenario_file" in value):
        raise InputRefused("neither a scenario nor its file, or both", "scenario", "scenario or scenario_file, one")
    if "scenario" in value:
        where = "scenario"
        try:
            found = scenario_of(read.as_object(value["scenario"], ""))
        except InputRefused as refusal:
            raise refusal.at(where) from None
    else:
        where = "scenario_file"
        name = read.as_text(value["scenario_file"], where)
        try:
            found = read_scenario(folder / name)
        except InputRefused as refusal:
            raise InputRefused(refusal.what, f"{where}: {refusal.where}", refusal.accepted) from None
    if found.pulses:
        raise InputRefused("a cohort is computed without pulses", f"{where}.pulses", "false")
    if found.duration_days * 24.0 / found.output_step_h > MOST_ROWS:
        what = f"gives {found.duration_days * 24.0 / found.output_step_h:.0f} rows a person"
        raise InputRefused(what, f"{where}.output_step_h", f"up to {MOST_ROWS} rows")
    return found


def _arms(value: object, scenario: Scenario) -> tuple[Arm, ...]:
    if value is None:
        return (Arm(_THE_ONLY_ARM, scenario),)
    arms: list[Arm] = []
    for index, entry in enumerate(read.as_list(value, "arms", MOST_ARMS)):
        where = f"arms[{index}]"
        plain = read.as_object(entry, where)
        read.only_keys(plain, ("arm", "regimen"), ("regimen_before",), where)
        name = _name(plain["arm"], f"{where}.arm")
        if any(arm.name == name for arm in arms):
            raise InputRefused(f"'{name}' appears twice", f"{where}.arm", "each arm once")
        doses: dict[str, Any] = {key: plain[key] for key in ("regimen", "regimen_before") if key in plain}
        try:
            arms.append(Arm(name, scenario_of({**plain_scenario(scenario), **doses})))
        except InputRefused as refusal:
            raise refusal.at(where) from None
    if not arms:
        raise InputRefused("no arm", "arms", f"1 to {MOST_ARMS} arms, or no such key")
    return tuple(arms)


def _vary(value: object) -> Vary:
    plain = read.as_object(value, "vary")
    read.only_keys(plain, (), _VARY, "vary")
    if "bmi" in plain and "weight_kg" in plain:
        raise InputRefused("weight and body mass index cannot both be drawn", "vary.bmi", "one of bmi and weight_kg")
    share, adherence = plain.get("female_share"), plain.get("adherence")
    laws = {key: _by_sex(plain[key], f"vary.{key}", limits) for key, limits in _BODY.items() if key in plain}
    parameters = read.as_text(
        plain.get("parameters", "population"), "vary.parameters", ("population", "typical")
    )  # fmt: skip
    return Vary(
        parameters=parameters == "population",
        female_share=None if share is None else read.as_number(share, "vary.female_share", 0.0, 1.0),
        adherence=None if adherence is None else _law(adherence, "vary.adherence", (0.0, 1.0, ""), beta=True),
        **laws,
    )


def _by_sex(value: object, where: str, limits: tuple[float, float, str]) -> BySex:
    plain = read.as_object(value, where)
    if "law" in plain:
        law = _law(plain, where, limits)
        return {Sex.FEMALE: law, Sex.MALE: law}
    read.only_keys(plain, ("female", "male"), (), f"{where} (no 'law', so one for each sex)")
    return {sex: _law(plain[sex.value], f"{where}.{sex.value}", limits) for sex in Sex}


def _law(value: object, where: str, limits: tuple[float, float, str], *, beta: bool = False) -> Law:
    plain = read.as_object(value, where)
    known = ("uniform", "normal", "beta") if beta else ("uniform", "normal")
    kind = read.as_text(plain.get("law"), f"{where}.law", known)
    keys = {"uniform": ("low", "high"), "normal": ("mean", "sd", "low", "high"), "beta": ("a", "b")}[kind]
    read.only_keys(plain, ("law", *keys), (), where)
    if kind == "beta":
        return Beta(*(read.as_number(plain[key], f"{where}.{key}", 0.01, 1000.0) for key in keys))
    lowest, highest, unit = limits
    low = read.as_number(plain["low"], f"{where}.low", lowest, highest, unit)
    high = read.as_number(plain["high"], f"{where}.high", low, highest, unit)
    if kind == "uniform":
        return Uniform(low, high)
    mean = read.as_number(plain["mean"], f"{where}.mean", low, high, unit)
    return Normal(mean, read.as_number(plain["sd"], f"{where}.sd", 1e-3, 1e3, unit), low, high)


def _column(value: object, where: str) -> Column:
    if isinstance(value, str):
        return Column(value, _observable(value, where))
    plain = read.as_object(value, where)
    read.only_keys(plain, ("observable",), ("unit", "name"), where)
    text = read.as_text(plain["observable"], f"{where}.observable")
    unit = read.as_text(plain["unit"], f"{where}.unit", tuple(TIME_UNITS_H)) if "unit" in plain else ""
    return Column(
        _name(plain.get("name", text), f"{where}.name"), _observable(text, f"{where}.observable"), unit
    )  # fmt: skip


def _observable(text: str, where: str) -> Observable:
    _name(text, where)
    try:
        return Observable(text)
    except InputRefused as refusal:
        raise InputRefused(refusal.what, where, refusal.accepted) from None


def _name(value: object, where: str) -> str:
    text = read.as_text(value, where)
    if not 0 < len(text) <= 200 or not text.isprintable() or text != text.strip():
        shown = "".join(letter if letter.isprintable() else "?" for letter in text[:40])
        raise InputRefused(f"found '{shown}'", where, "1 to 200 printable characters, no space around them")
    return text


def _check_names(cohort: Cohort) -> None:
    if not cohort.columns:
        raise InputRefused("nothing is asked", "observables", f"1 to {MOST_OBSERVABLES} observables")
    names = column_names(axis_by_id(cohort.scenario.axis), cohort)
    for index, column in enumerate(cohort.columns):
        if names.count(column.name) > 1:
            what = f"'{column.name[:40]}' is the name of two columns"
            raise InputRefused(what, f"observables[{index}]", 'another "name"')


def _plain_law(law: Law) -> dict[str, Any]:
    if isinstance(law, Uniform):
        return {"law": "uniform", "low": law.low, "high": law.high}
    if isinstance(law, Normal):
        return {"law": "normal", "mean": law.mean, "sd": law.sd, "low": law.low, "high": law.high}
    return {"law": "beta", "a": law.a, "b": law.b}


def _plain_vary(vary: Vary) -> dict[str, Any]:
    plain: dict[str, Any] = {"parameters": "population" if vary.parameters else "typical"}
    if vary.female_share is not None:
        plain["female_share"] = vary.female_share
    for key in _BODY:
        laws: BySex | None = getattr(vary, key)
        if laws is not None:
            same = laws[Sex.FEMALE] == laws[Sex.MALE]
            plain[key] = (
                _plain_law(laws[Sex.MALE]) if same else {sex.value: _plain_law(law) for sex, law in laws.items()}
            )
    if vary.adherence is not None:
        plain["adherence"] = _plain_law(vary.adherence)
    return plain


def _plain_arm(arm: Arm, shared: Scenario) -> dict[str, Any]:
    plain = plain_scenario(arm.scenario)
    found = {"arm": arm.name, "regimen": plain["regimen"]}
    if arm.scenario != replace(shared, regimen=arm.scenario.regimen):
        found["regimen_before"] = plain["regimen_before"]
    return found


def _plain_column(column: Column) -> str | dict[str, str]:
    text = column.observable.expression
    if not column.unit and column.name == text:
        return text
    return {
        "observable": text,
        **({"unit": column.unit} if column.unit else {}),
        **({"name": column.name} if column.name != text else {}),
    }
