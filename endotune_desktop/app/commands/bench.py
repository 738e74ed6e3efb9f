"""``endotune bench``: every speed figure that the README states, measured here and now."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from endotune_desktop.app.commands.writing import aligned, whole_number, write_result
from endotune_desktop.app.measuring.figures import HEAD, NUMBERS, Figure
from endotune_desktop.clinic.errors import InputRefused

Part = Callable[[Callable[[str], None]], Iterable[Figure]]

ON_DEMAND = frozenset({"scipy-lsoda", "scipy-odeint", "roadrunner", "store"})
"""What only `--only` measures: the parts of ``rivals``, and what takes minutes."""


def run(words: argparse.Namespace) -> int:
    """Measure, and print a table or JSON; or draw work against precision; or soak."""
    if words.soak is not None:
        from endotune_desktop.app.measuring.soak_report import report_soak

        count = whole_number(words.soak, "--soak", 1, 10_000_000)
        return report_soak(count, whole_number(words.seed, "--seed", 0, 2**31), as_json=words.json)
    if words.work_precision:
        return _work_precision(words.output)
    if words.output is not None:
        raise InputRefused("only the drawing is written to a file", "-o", "--work-precision -o FILE.png")
    parts = _parts()
    chosen = words.only or [name for name in parts if name not in ON_DEMAND]
    for name in chosen:
        if name not in parts:
            raise InputRefused(f"unknown part '{name}'", "--only", ", ".join(parts))
    return _figures({name: parts[name] for name in chosen}, as_json=words.json)


def _figures(parts: dict[str, Part], *, as_json: bool) -> int:
    from endotune_desktop.app.measuring.machine import machine_facts, machine_line, speed_reference

    facts = machine_facts()
    line, speed = machine_line(), speed_reference()
    figures: list[Figure] = []
    stopped = None
    try:
        for name, part in parts.items():
            _tell(name)
            for figure in part(_tell):  # one by one: a stop keeps those that are there
                figures.append(figure)
    except KeyboardInterrupt as stop:
        stopped = stop
    if as_json:
        plain = {"machine": facts, "speed_reference": speed, "figures": [figure.plain() for figure in figures]}
        sys.stdout.write(json.dumps(plain, indent=2, ensure_ascii=False) + "\n")
    else:
        reference = (
            f"speed reference: Python loop {speed['python_ms']:.3g} ms, compiled loop {speed['native_ms']:.3g} ms"
        )
        rows = [HEAD, *(figure.cells() for figure in figures)]
        sys.stdout.write(f"{line}\n{reference}; one thread\n" + aligned(rows, NUMBERS))
    if stopped is not None:
        raise stopped
    return 0


def _parts() -> dict[str, Part]:
    """Return what can be measured, by name, in the order of the table."""
    from endotune_desktop.app.measuring import engine, fitting, live, store, window
    from endotune_desktop.app.measuring.equal_error import ratios
    from endotune_desktop.app.measuring.limit import limits
    from endotune_desktop.app.measuring.methods import by_method
    from endotune_desktop.app.measuring.problems import usual_problems
    from endotune_desktop.app.measuring.rivals import RIVALS

    def against(key: str | None) -> Part:
        return lambda told: (f for problem in usual_problems() for f in ratios(problem, told, only=key))

    axes = engine.each_axis
    return {
        "start": lambda _: [window.start_to_painted()],
        "slider": lambda _: window.slider_to_painted(),
        "events": lambda _: window.longest_events(),
        "live": lambda _: live.live_frame(),
        "process": lambda _: [engine.whole_process()],
        "steady": lambda _: [f for axis in axes() for f in engine.steady_start(axis)],
        "fit": lambda told: fitting.fit_figures(told),
        "bands": lambda _: [f for axis in axes() for f in live.band_figures(axis)],
        "fifty-six-days": lambda _: [f for axis in engine.resting_axes() for f in engine.against_integration(axis)],
        "year": lambda _: [engine.year(axis) for axis in axes()],
        "methods": lambda _: [f for axis in axes() for f in by_method(axis)],
        "rivals": against(None),
        **{rival.key: against(rival.key) for rival in RIVALS},
        "store": lambda _: store.store_figures(),
        "limit": lambda _: (f for problem in usual_problems() for f in limits(problem)),
    }


def _work_precision(output: str | None) -> int:
    import os

    from endotune_desktop.app.measuring.machine import machine_line
    from endotune_desktop.app.measuring.work_precision import points, points_csv

    if output is None or not output.lower().endswith(".png"):
        raise InputRefused(f"'{output or ''}' is no picture", "-o", "FILE.png")
    machine, found = machine_line(), list(points(_tell))
    write_result(points_csv(found), str(Path(output).with_suffix(".csv")))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from endotune_desktop.app.measuring.work_precision_chart import draw, save
    from endotune_desktop.app.paths import resources_folder

    application = QGuiApplication.instance() or QGuiApplication([])
    save(draw(found, machine, resources_folder()), Path(output))
    del application
    sys.stdout.write(f"{output}\n{Path(output).with_suffix('.csv')}\n")
    return 0


def _tell(words: str) -> None:
    """Say on standard error what is being done."""
    sys.stderr.write(f"bench: {words}\n")
    sys.stderr.flush()
