"""``endotune verify --cases``: the directions of the teaching cases, computed, beside those of the textbook."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable

from endotune_desktop.app.commands.writing import aligned
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.exchange.cases import NOT_MODELLED, CaseVerdict, read_cases

ARROWS = {"down2": "↓↓", "down": "↓", "normal": "N", "up": "↑", "up2": "↑↑"}


def run(words: argparse.Namespace) -> int:
    """Judge every row; 1 if one that is marked ``must`` does not agree."""
    verdicts = read_cases(resources_folder() / "cases").judged()
    sys.stdout.write(_json(verdicts) if words.json else _table(verdicts))
    return 1 if any(v.row.level == "must" and v.found != NOT_MODELLED and not v.agrees for v in verdicts) else 0


def _arrows(words: Iterable[str]) -> str:
    return "/".join(ARROWS.get(word, word) for word in words)


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4g}"


def _word(verdict: CaseVerdict) -> str:
    if verdict.found == NOT_MODELLED:
        return NOT_MODELLED
    return ("agrees" if verdict.exactly else "agrees in sign") if verdict.agrees else "DISAGREES"


def _counts(verdicts: list[CaseVerdict]) -> dict[str, int]:
    """Return how many rows agree, by level and in all."""
    modelled = [v for v in verdicts if v.found != NOT_MODELLED]
    musts = [v for v in modelled if v.row.level == "must"]
    return {
        "rows": len(verdicts),
        "modelled": len(modelled),
        "agree_in_sign": sum(v.agrees for v in modelled),
        "agree_exactly": sum(v.exactly for v in modelled),
        "must": len(musts),
        "must_agree": sum(v.agrees for v in musts),
    }


def _table(verdicts: list[CaseVerdict]) -> str:
    rows = [["case", "title", "state", "marker", "textbook", "engine", "", "value", "against", "unit", "level", "note"]]
    for v in verdicts:
        row = v.row
        rows.append(
            [str(row.case), row.title, row.state, row.marker, _arrows(row.expected), _arrows([v.found]), _word(v),
             _number(v.value), _number(v.compared), row.unit, row.level, row.note]
        )  # fmt: skip
    found = _counts(verdicts)
    return aligned(rows, frozenset({0, 7, 8})) + (
        f"modelled: {found['modelled']} of {found['rows']} rows\n"
        f"agree in sign: {found['agree_in_sign']} of {found['modelled']}; exactly: {found['agree_exactly']}\n"
        f"must: {found['must_agree']} of {found['must']} agree\n"
    )


def _json(verdicts: list[CaseVerdict]) -> str:
    rows = [
        {
            "case": v.row.case, "title": v.row.title, "state": v.row.state, "scenario": v.row.scenario,
            "marker": v.row.marker, "observable": v.row.observable, "unit": v.row.unit,
            "expected": list(v.row.expected), "found": v.found, "against": v.row.against,
            "value": v.value if math.isfinite(v.value) else None,
            "compared": v.compared if math.isfinite(v.compared) else None,
            "agrees": v.agrees, "exactly": v.exactly, "level": v.row.level, "source": v.row.source, "note": v.row.note,
        }
        for v in verdicts
    ]  # fmt: skip
    return json.dumps({"counts": _counts(verdicts), "rows": rows}, indent=2, ensure_ascii=False) + "\n"
