"""``endotune verify AXIS --random N``: random scenarios against scipy's solver, the error as a distribution."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable

from endotune_desktop.app.commands.writing import aligned, whole_number, write_result
from endotune_desktop.app.measuring.accuracy import (
    BOUND,
    OUR_RTOL,
    SHARES,
    THEIR_RTOL,
    Compared,
    quantiles,
    random_comparisons,
)
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.scenario_file import dump_scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import axis as axis_by_id

_TOLD_EVERY_S = 2.0


def run(words: argparse.Namespace) -> int:
    """Compare, print quantiles by marker, and write the worst scenario; 1 when one is beyond the bound."""
    if words.axis is None:
        raise InputRefused("no axis is named", "AXIS", "one axis with --random")
    axis = axis_by_id(words.axis, "AXIS")
    count = whole_number(words.random, "--random", 1, 1_000_000)
    seed = whole_number(words.seed, "--seed", 0, 2**31)
    found = list(random_comparisons(axis, count, seed, _progress(count)))
    worst = max(found, key=lambda each: each.worst)
    path = words.worst or f"worst_{axis.id}.endotune.json"
    write_result(dump_scenario(worst.scenario), path)
    sys.stdout.write(_json(axis, found, path) if words.json else _table(axis, found, path))
    return 1 if any(each.worst > BOUND for each in found) else 0


def _progress(count: int) -> Callable[[int], None]:
    begun = last = time.monotonic()

    def told(number: int) -> None:
        nonlocal last
        if time.monotonic() - last > _TOLD_EVERY_S:
            last = time.monotonic()
            sys.stderr.write(f"verify: {number} of {count}, {number / (last - begun):.1f} a second\n")
            sys.stderr.flush()

    return told


def _table(axis: Axis, found: list[Compared], path: str) -> str:
    rows = [["marker", "median", "90 %", "99 %", "worst"]]
    rows += [[name, *(f"{row[share]:.1e}" for share in SHARES)] for name, row in quantiles(axis, found).items()]
    failed = [each for each in found if each.failure]
    beyond = sum(each.worst > BOUND for each in found) - len(failed)
    worst = max(found, key=lambda each: each.worst)
    lines = [
        f"{len(found)} random scenarios of the {axis.title.lower()} axis, rtol {OUR_RTOL:g}, against scipy at "
        f"{THEIR_RTOL:g}; errors as a share of each marker's maximum\n",
        aligned(rows, frozenset({1, 2, 3, 4})),
        f"{beyond} beyond {BOUND:g}, {len(failed)} without a course\n",
        *(f"  {each.failure}\n" for each in failed[:10]),
        f"worst ({worst.worst:.1e}): {path}\n",
    ]
    return "".join(lines)


def _json(axis: Axis, found: list[Compared], path: str) -> str:
    plain = {
        "axis": axis.id, "scenarios": len(found), "our_rtol": OUR_RTOL, "their_rtol": THEIR_RTOL, "bound": BOUND,
        "markers": {
            name: {f"{share:g}": value for share, value in row.items()} for name, row in quantiles(axis, found).items()
        },
        "beyond": sum(bool(each.errors) and each.worst > BOUND for each in found),
        "failures": [each.failure for each in found if each.failure],
        "worst_scenario": path,
    }  # fmt: skip
    return json.dumps(plain, indent=2) + "\n"
