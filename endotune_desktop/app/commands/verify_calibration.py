"""``endotune verify --calibration``: virtual patients fitted and forecast, and how often the bands held."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from endotune_desktop.app.commands.writing import aligned
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.calibration_file import read_protocols
from endotune_desktop.physiology.registry import AXES, axis
from endotune_desktop.tuning.calibration import Coverage, Forecast, Protocol, calibrated, coverage, needed_widths
from endotune_desktop.tuning.width import width_factor

AIM_90, AIM_50 = (0.86, 0.94), (0.45, 0.55)
"""Of the issue: what the shares of results inside the bands should be, pooled over markers' forecasts."""
PATIENTS = 40


def run(words: argparse.Namespace) -> int:
    """Calibrate one axis, or all; 1 when bands of an axis or marker leave their aim by more than chance explains."""
    if words.axis is not None and words.axis not in AXES:
        raise InputRefused(f"unknown axis '{words.axis}'", "AXIS", ", ".join(AXES))
    patients = _count(words.patients)
    every = read_protocols(resources_folder() / "calibration" / "protocols.json")
    chosen = [entry for entry in every if words.axis in (None, entry.scenario.axis)]
    tables: list[tuple[Protocol, list[Coverage]]] = []
    for protocol in chosen:

        def told(done: int, name: str = protocol.scenario.axis) -> None:
            sys.stderr.write(f"\rverify: {name}, {done} of {patients} patients")
            sys.stderr.flush()

        found = calibrated(axis(protocol.scenario.axis), protocol, patients, _count(words.seed), told=told)
        sys.stderr.write("\n")
        tables.append((protocol, coverage(found)))
        if not words.json:
            sys.stdout.write(_words(*tables[-1]))
            if words.widths:
                sys.stdout.write(_widths(protocol.scenario.axis, found))
            sys.stdout.flush()
    if words.json:
        plain = {p.scenario.axis: [asdict(row) for row in rows] for p, rows in tables}
        sys.stdout.write(json.dumps(plain, indent=2) + "\n")
    return 0 if all(all_hold(rows) for _, rows in tables) else 1


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise InputRefused(f"'{text}'", "--patients, --seed", "a whole number above 0")
    return int(text)


def pooled(rows: list[Coverage], share: str) -> tuple[float, int]:
    """Return a share over all rows, and how many forecasts it is of."""
    total = sum(row.count for row in rows)
    return sum(getattr(row, share) * row.count for row in rows) / max(total, 1), total


def by_marker(rows: list[Coverage]) -> dict[str, list[Coverage]]:
    """Return the rows of each marker."""
    found: dict[str, list[Coverage]] = {}
    for row in rows:
        found.setdefault(row.marker, []).append(row)
    return found


def all_hold(rows: list[Coverage]) -> bool:
    """Return whether the bands of each marker, and all together, hold what they claim as far as so many can tell."""
    return _holds(rows) and all(_holds(own) for own in by_marker(rows).values())


def _holds(rows: list[Coverage]) -> bool:
    """Return whether both shares lie in their aims, or outside by no more than twice their standard error."""
    for share, (low, high), level in (("in90", AIM_90, 0.9), ("in50", AIM_50, 0.5)):
        value, total = pooled(rows, share)
        # Forecasts of one patient hang together: a third of them count as independent.
        slack = 2.0 * (level * (1.0 - level) / max(total / 3.0, 1.0)) ** 0.5
        if not low - slack <= value <= high + slack:
            return False
    return True


def _words(protocol: Protocol, rows: list[Coverage]) -> str:
    lines = [["marker", "visits", "days ahead", "n", "in 50 %", "in 90 %", "error", "mean rank"]]
    lines += [
        [row.marker, str(row.visits), f"{row.ahead_days:g}", str(row.count), f"{row.in50:.2f}", f"{row.in90:.2f}",
         f"{row.error:.3f}", f"{row.below:.2f}"]
        for row in rows
    ]  # fmt: skip
    head = f"{protocol.scenario.axis}: {protocol.title}\n"
    close = "".join(_pooled_line(marker, own) for marker, own in by_marker(rows).items())
    return head + aligned(lines, frozenset(range(1, 8))) + close + _pooled_line("all", rows) + "\n"


def _widths(axis_id: str, found: list[Forecast]) -> str:
    lines = [["marker", "visits", "needed", "shipped"]]
    for cell, needed in needed_widths(axis_id, found).items():
        lines.append([cell[1], str(cell[2]), f"{needed:.2f}", f"{width_factor(*cell):.2f}"])
    return aligned(lines, frozenset(range(1, 4))) + "\n"


def _pooled_line(what: str, rows: list[Coverage]) -> str:
    in50, total = pooled(rows, "in50")
    in90, _ = pooled(rows, "in90")
    inside = AIM_50[0] <= in50 <= AIM_50[1] and AIM_90[0] <= in90 <= AIM_90[1]
    verdict = "in the aim" if inside else "in the aim within chance" if _holds(rows) else "MISSES"
    return f"{what}: {total} forecasts, {in50:.3f} in the 50 % band, {in90:.3f} in the 90 % band; {verdict}\n"
