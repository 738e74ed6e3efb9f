"""``endotune bench``: every speed figure that the README states, measured here and now."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from endotune_desktop.app.commands.writing import aligned
from endotune_desktop.app.measuring.figures import Figure, machine


def run(words: argparse.Namespace) -> int:
    """Measure, and print a table or JSON."""
    from endotune_desktop.app.measuring import engine, store, window

    figures: list[Figure] = []
    usual: tuple[Callable[[], list[Figure]], ...] = (
        lambda: [window.start_to_painted()],
        window.slider_to_painted,
        window.longest_events,
        lambda: [engine.whole_process()],
        engine.steady_start,
        lambda: [engine.against_scipy()],
    )
    steps = (store.store_figures,) if words.store else usual
    for step in steps:
        figures.extend(step())
    if words.json:
        sys.stdout.write(json.dumps({"machine": machine(), "figures": [f.plain() for f in figures]}, indent=2) + "\n")
        return 0
    rows = [["figure", "median", "least", "most", "unit", "aim", "", "note"]]
    for figure in figures:
        sign = ">=" if figure.higher_is_better else "<="
        rows.append(
            [figure.name, f"{figure.median:.3g}", f"{min(figure.values):.3g}", f"{max(figure.values):.3g}", figure.unit,
             f"{sign} {figure.aim:g}", "met" if figure.met else "MISS", figure.note]
        )  # fmt: skip
    sys.stdout.write(f"{machine()}\n" + aligned(rows, frozenset({1, 2, 3})))
    return 0
