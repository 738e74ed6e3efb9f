"""``endotune verify``: the facts of an axis, a row each, with pass and miss."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

from endotune_desktop.app.commands.writing import aligned
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.facts import FactResult, read_facts, verify
from endotune_desktop.physiology.registry import AXES


def run(words: argparse.Namespace) -> int:
    """Verify one axis, or all; 1 if a fact that is marked ``must`` fails."""
    if words.random is not None:
        from endotune_desktop.app.commands import verify_random

        return verify_random.run(words)
    if words.calibration:
        from endotune_desktop.app.commands import verify_calibration

        return verify_calibration.run(words)
    if words.cases:
        from endotune_desktop.app.commands import verify_cases

        return verify_cases.run(words)
    if words.axis is not None and words.axis not in AXES:
        raise InputRefused(f"unknown axis '{words.axis}'", "AXIS", ", ".join(AXES))
    if words.facts:
        paths = [Path(words.facts)]
    else:
        names = [words.axis] if words.axis else list(AXES)
        paths = [resources_folder() / "facts" / name / "facts.csv" for name in names]
    facts = [fact for path in paths for fact in read_facts(path)]
    if words.axis:
        facts = [fact for fact in facts if fact.axis == words.axis]
    results = verify(facts)
    sys.stdout.write(_json(results) if words.json else _table(results))
    return 1 if any(result.fact.level == "must" and not result.passed for result in results) else 0


def _number(value: float) -> str:
    return "" if math.isinf(value) else "-" if math.isnan(value) else f"{value:.4g}"


def _table(results: list[FactResult]) -> str:
    rows = [["id", "level", "", "value", "low", "high", "unit", "observable", "note"]]
    for result in results:
        fact = result.fact
        verdict = "pass" if result.passed else "MISS"
        note = f"{fact.note} {result.reason}".strip()
        rows.append(
            [fact.id, fact.level, verdict, _number(result.value), _number(fact.low), _number(fact.high), fact.unit,
             fact.observable, note]
        )  # fmt: skip
    lines = [aligned(rows, frozenset({3, 4, 5}))]
    for level in ("must", "aim"):
        of_level = [result for result in results if result.fact.level == level]
        if of_level:
            lines.append(f"{level}: {sum(result.passed for result in of_level)} of {len(of_level)} pass\n")
    lines.append(f"all: {sum(result.passed for result in results)} of {len(results)} pass\n")
    return "".join(lines)


def _json(results: list[FactResult]) -> str:
    rows = [
        {
            "id": r.fact.id, "axis": r.fact.axis, "level": r.fact.level, "observable": r.fact.observable,
            "value": r.value if math.isfinite(r.value) else None,
            "low": r.fact.low if math.isfinite(r.fact.low) else None,
            "high": r.fact.high if math.isfinite(r.fact.high) else None, "unit": r.fact.unit, "passed": r.passed,
            "reason": r.reason, "source": r.fact.source, "note": r.fact.note,
        }
        for r in results
    ]  # fmt: skip
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
