"""Says what a soak found, while it goes on and at its end."""

from __future__ import annotations

import json
import math
import signal
import sys
from typing import Any

from endotune_desktop.app.measuring.machine import machine_facts
from endotune_desktop.app.measuring.soak import BREATHING_KB, FLAT_KB_PER_1000, SoakResult, soak

SHOWN = 20


def report_soak(count: int, seed: int, *, as_json: bool) -> int:
    """Soak and report; 1 when anything failed or memory grew.

    Parameters
    ----------
    count, seed : int
    as_json : bool
    """

    def told(position: int, kb: float) -> None:
        sys.stderr.write(f"bench: {position} positions, {kb / 1024.0:.1f} MB\n")
        sys.stderr.flush()

    # A shell that starts it in the background lets it ignore Ctrl-C; its report is wanted all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    result = soak(count, seed, told)
    sys.stdout.write(json.dumps(_plain(result), indent=2) + "\n" if as_json else _words(result))
    if result.stopped:
        raise KeyboardInterrupt
    return 0 if result.flat and not result.failures else 1


def _plain(result: SoakResult) -> dict[str, Any]:
    return {
        "machine": machine_facts(), "positions": result.positions, "median_ms": result.median_ms,
        "slowest_ms": result.slowest_ms,
        "slope_kb_per_1000": None if math.isnan(result.slope_kb_per_1000) else result.slope_kb_per_1000,
        "flat": result.flat, "stopped": result.stopped,
        "refused": result.refused, "memory_kb": [list(entry) for entry in result.memory],
        "failures": [{"said": said, "request": request} for said, request in result.failures],
    }  # fmt: skip


def _words(result: SoakResult) -> str:
    refused = sum(result.refused.values())
    first, last = (result.memory[place][1] / 1024.0 if result.memory else math.nan for place in (0, -1))
    slope = result.slope_kb_per_1000
    verdict = "too few samples to tell" if math.isnan(slope) else "flat" if result.flat else "GROWS"
    lines = [
        f"{result.positions} slider positions, median {result.median_ms:.3g} ms, slowest {result.slowest_ms:.3g} ms",
        f"memory {first:.1f} to {last:.1f} MB, slope of the second half {slope:.1f} kB in 1000 positions ({verdict}; "
        f"flat is under {FLAT_KB_PER_1000:g}, or under {BREATHING_KB / 1024.0:g} MB in all)",
        f"{refused} plans refused by the axis",
        *(f"  {number} x {said}" for said, number in sorted(result.refused.items(), key=lambda x: -x[1])[:SHOWN]),
        f"{len(result.failures)} failures",
        *(f"  {said}\n    {request}" for said, request in result.failures[:SHOWN]),
    ]
    return "\n".join(lines) + "\n"
