"""Figures and the machine they were taken on."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes
    ----------
    name : str
    unit : str
    values : tuple of float
        Every run.
    aim : float
    higher_is_better : bool
    note : str
    """

    name: str
    unit: str
    values: tuple[float, ...]
    aim: float
    higher_is_better: bool = False
    note: str = ""

    @property
    def median(self) -> float:
        """Return the middle of all runs."""
        return statistics.median(self.values)

    @property
    def met(self) -> bool:
        """Return whether the median reaches the aim."""
        return self.median >= self.aim if self.higher_is_better else self.median <= self.aim

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON values."""
        return {
            "name": self.name, "unit": self.unit, "median": self.median, "least": min(self.values),
            "most": max(self.values), "runs": len(self.values), "aim": self.aim,
            "aim_is": "at least" if self.higher_is_better else "at most", "met": self.met, "note": self.note,
        }  # fmt: skip


def quantile(values: Sequence[float], share: float) -> float:
    """Return an empirical quantile by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> str:
    """Return processor, cores and Python in one line."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        name = models[0] if models else name
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
