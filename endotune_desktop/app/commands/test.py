"""``endotune test``: a function test on the person of a scenario file, with its reading."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from endotune_desktop.app.commands.tests import shipped_tests
from endotune_desktop.app.commands.writing import aligned, whole_number
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.scenario_file import read_scenario
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.tuning.function_test_run import FunctionTestRun, perform
from endotune_desktop.tuning.function_tests import find_test
from endotune_desktop.tuning.population import population

MEMBERS = 100
MOST_DAY = 3660


def run(words: argparse.Namespace) -> int:
    """Do a function test the day after a scenario ends, or on a day that is named."""
    scenario = read_scenario(Path(words.scenario))
    axis = axis_by_id(scenario.axis)
    test = find_test(shipped_tests(), scenario.axis, words.test).with_own(_named(words.cut_off or []))
    day = None if words.day is None else whole_number(words.day, "--day", 0, MOST_DAY)
    count = whole_number(words.band, "--band", 2, 10_000)
    pool = Pool()
    try:
        members = population(axis, count, scenario.parameters, scenario.seed)
        found = perform(axis, scenario, test, day=day, members=members, spread=pool.spread)
    finally:
        pool.close()
    sys.stdout.write(_json(found) if words.json else _table(found))
    return 0


def _named(texts: list[str]) -> dict[str, float]:
    """Return cut-offs that are named as ``ID=VALUE``."""
    found = {}
    for text in texts:
        name, joint, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not joint or not math.isfinite(value):
            raise InputRefused(f"'{text[:40]}' is no cut-off", "--cut-off", "ID=VALUE")
        found[name] = value
    return found


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.0%}"


def _table(found: FunctionTestRun) -> str:
    test = found.test
    lines = [f"{test.title}, day {found.day}\n{test.words}\n\n"]
    rows = [["min", *test.markers]]
    for index, minute in enumerate(test.sample_minutes):
        rows.append([f"{minute:g}", *(f"{found.samples[marker][index]:.4g}" for marker in test.markers)])
    lines.append(aligned(rows, frozenset(range(len(rows[0])))))
    rows = [["reading", "value", "5 %", "95 %", "unit"]]
    for entry in found.readings:
        ends = ["" if math.isnan(end) else f"{end:.4g}" for end in (entry.low, entry.high)]
        rows.append([entry.reading.title, f"{entry.value:.4g}", *ends, entry.reading.unit])
    lines += ["\n", aligned(rows, frozenset({1, 2, 3}))]
    rows = [["cut-off", "value", "", "probability", "source"]]
    for held in found.cut_offs:
        unit = test.reading(held.cut_off.reading).unit
        met = "met" if held.met else "not met"
        rows.append(
            [held.cut_off.title, f"{held.cut_off.value:g} {unit}", met, _share(held.probability), held.cut_off.source]
        )
    lines += ["\n", aligned(rows, frozenset({3})), "\n"]
    lines.append(f"{found.outcome.title}. {found.outcome.sentence}\n")
    if found.probabilities:
        chances = ", ".join(
            f"{outcome.title.lower()} {_share(found.probabilities[outcome.id])}" for outcome in test.outcomes
        )
        lines.append(f"Among {found.members - found.failed} persons who could be this one: {chances}\n")
    lines += [f"- {limit}\n" for limit in test.limits]
    lines += [f"- {remark.sentence}\n" for remark in found.remarks]
    lines.append("options; the clinician decides\n")
    return "".join(lines)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _json(found: FunctionTestRun) -> str:
    test = found.test
    plain: dict[str, Any] = {
        "test": test.id,
        "axis": test.axis,
        "day": found.day,
        "zero_h": found.zero_h,
        "samples": [
            {"minute": minute, **{marker: float(found.samples[marker][index]) for marker in found.samples}}
            for index, minute in enumerate(test.sample_minutes)
        ],
        "readings": [
            {"id": r.reading.id, "title": r.reading.title, "value": _finite(r.value), "p05": _finite(r.low),
             "p95": _finite(r.high), "unit": r.reading.unit}
            for r in found.readings
        ],
        "cut_offs": [
            {"id": c.cut_off.id, "value": c.cut_off.value, "side": c.cut_off.side.value, "met": c.met,
             "probability": _finite(c.probability), "source": c.cut_off.source}
            for c in found.cut_offs
        ],
        "outcome": {"id": found.outcome.id, "title": found.outcome.title, "sentence": found.outcome.sentence},
        "probabilities": found.probabilities,
        "members": found.members,
        "failed": found.failed,
        "limits": list(test.limits),
        "remarks": [remark.sentence for remark in found.remarks],
    }  # fmt: skip
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
