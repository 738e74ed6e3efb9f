"""``endotune tests``: which function tests there are, with their protocols and cut-offs."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from endotune_desktop.app.commands.writing import aligned
from endotune_desktop.app.own_cut_offs import own_cut_offs
from endotune_desktop.app.paths import resources_folder, settings_path
from endotune_desktop.app.settings import load_settings
from endotune_desktop.exchange.function_test_file import read_function_tests
from endotune_desktop.tuning.function_tests import FunctionTest


def run(words: argparse.Namespace) -> int:
    """List the function tests of every axis."""
    tests = shipped_tests()
    if words.json:
        sys.stdout.write(json.dumps([plain_test(test) for test in tests], indent=2, ensure_ascii=False) + "\n")
        return 0
    rows = [["test", "axis", "title", "other names", "cut-offs"]]
    for test in tests:
        limits = "; ".join(
            f"{entry.id} {entry.value:g} {test.reading(entry.reading).unit}".strip() for entry in test.cut_offs
        )
        rows.append([test.id, test.axis, test.title, ", ".join(test.aliases), limits])
    sys.stdout.write(aligned(rows))
    return 0


def shipped_tests() -> tuple[FunctionTest, ...]:
    """Return the tests that come with the program, with the clinic's own cut-offs."""
    tests = read_function_tests(resources_folder() / "function_tests")
    own = own_cut_offs(load_settings(settings_path()), tests)
    return tuple(test.with_own(own.get(test.id, {})) for test in tests)


def plain_test(test: FunctionTest) -> dict[str, Any]:
    """Return a test as JSON values."""
    return {
        "id": test.id,
        "axis": test.axis,
        "title": test.title,
        "aliases": list(test.aliases),
        "sexes": [sex.value for sex in test.sexes],
        "protocol": test.words,
        "clock": test.clock,
        "sample_minutes": list(test.sample_minutes),
        "cut_offs": [
            {"id": entry.id, "title": entry.title, "value": entry.value, "unit": test.reading(entry.reading).unit,
             "side": entry.side.value, "source": entry.source}
            for entry in test.cut_offs
        ],
        "limits": list(test.limits),
        "source": test.source,
    }  # fmt: skip
