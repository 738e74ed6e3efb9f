"""A clinic's own cut-offs of function tests, as the settings keep them: ``cut_off.<test>.<cut-off>``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from endotune_desktop.clinic.errors import InputRefused

if TYPE_CHECKING:
    from endotune_desktop.tuning.function_tests import FunctionTest

PREFIX = "cut_off."


def own_cut_offs(settings: Mapping[str, str], tests: Iterable[FunctionTest]) -> dict[str, dict[str, float]]:
    """Return the clinic's own cut-offs by test and cut-off; what no longer fits is left out.

    Parameters
    ----------
    settings : mapping of str to str
    tests : iterable of FunctionTest
        As shipped.
    """
    found: dict[str, dict[str, float]] = {}
    for test in tests:
        for entry in test.cut_offs:
            text = settings.get(f"{PREFIX}{test.id}.{entry.id}")
            try:
                value = float(text) if text is not None else entry.value
                test.with_own({entry.id: value})
            except (ValueError, InputRefused):
                continue
            if value != entry.value:
                found.setdefault(test.id, {})[entry.id] = value
    return found


def as_settings(own: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """Return own cut-offs as the settings keep them."""
    return {f"{PREFIX}{test}.{name}": repr(value) for test, held in own.items() for name, value in held.items()}
