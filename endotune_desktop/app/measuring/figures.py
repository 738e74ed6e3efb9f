"""Figures: what was measured, how often, how far it spread, and what it was meant to reach."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes
    ----------
    name : str
    unit : str
    values : tuple of float
        Every run; empty when it could not be measured here, which `note` explains.
    aim : float or None
        None when nothing was promised.
    higher_is_better : bool
    note : str
    details : mapping of str to number or str
        What belongs to it in JSON: tolerances, achieved errors, counts.
    """

    name: str
    unit: str
    values: tuple[float, ...]
    aim: float | None = None
    higher_is_better: bool = False
    note: str = ""
    details: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """Return the middle of all runs; nan when there is none."""
        return statistics.median(self.values) if self.values else math.nan

    @property
    def met(self) -> bool | None:
        """Return whether the median reaches the aim; None without an aim or a run."""
        if self.aim is None or not self.values:
            return None
        return self.median >= self.aim if self.higher_is_better else self.median <= self.aim

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON values."""
        known = bool(self.values)
        return {
            "name": self.name, "unit": self.unit, "median": self.median if known else None,
            "least": min(self.values) if known else None, "most": max(self.values) if known else None,
            "runs": len(self.values), "aim": self.aim, "aim_is": "at least" if self.higher_is_better else "at most",
            "met": self.met, "note": self.note, **({"details": dict(self.details)} if self.details else {}),
        }  # fmt: skip

    def cells(self) -> list[str]:
        """Return the figure as the cells of a table row (see `HEAD`)."""
        if not self.values:
            return [self.name, "-", "", "", "0", self.unit, "", "", self.note]
        sign = ">=" if self.higher_is_better else "<="
        verdict = {True: "met", False: "MISS", None: ""}[self.met]
        shown = [_shown(value) for value in (self.median, min(self.values), max(self.values))]
        aim = "" if self.aim is None else f"{sign} {self.aim:g}"
        return [self.name, *shown, str(len(self.values)), self.unit, aim, verdict, self.note]


HEAD = ["figure", "median", "least", "most", "runs", "unit", "aim", "", "note"]
NUMBERS = frozenset({1, 2, 3, 4})
"""The columns of `HEAD` that hold numbers."""


def _shown(value: float) -> str:
    return f"{value:.0f}" if 1000.0 <= abs(value) < 1e6 else f"{value:.3g}"


def quantile(values: Sequence[float], share: float) -> float:
    """Return an empirical quantile by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
