"""Facts that an axis must reproduce: read from a table, run from scenario files, judged against their windows."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.exchange.json_reading import read_text
from endotune_desktop.exchange.scenario_file import read_scenario
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import Course, simulate
from endotune_desktop.simulation.observables import evaluate

COLUMNS = ("id", "axis", "level", "scenario", "observable", "low", "high", "unit", "source", "note")
LEVELS = ("must", "aim")
FACTS_RTOL = 1e-8


@dataclass(frozen=True)
class Fact:
    """A row of the table.

    Attributes
    ----------
    id, axis, level : str
    scenarios : dict of str to Path
        By name; the empty name is the row's own.
    observable : str
    low, high : float
        Infinite where the window is open.
    unit, source, note : str
    """

    id: str
    axis: str
    level: str
    scenarios: dict[str, Path]
    observable: str
    low: float
    high: float
    unit: str
    source: str
    note: str


@dataclass(frozen=True)
class FactResult:
    """A fact and what the model gives.

    Attributes
    ----------
    fact : Fact
    value : float
        nan when it could not be computed.
    reason : str
        Why there is no value, empty when there is one.
    """

    fact: Fact
    value: float
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Return whether the value lies in the window."""
        return math.isfinite(self.value) and self.fact.low <= self.value <= self.fact.high


def read_facts(path: Path) -> list[Fact]:
    """Return the facts of a table.

    Raises
    ------
    InputRefused
        Naming file, row, column, what was found and what is accepted.
    EnvironmentFailed
        If the file cannot be read.
    """
    rows = list(csv.reader(io.StringIO(read_text(path), newline="")))
    if not rows or tuple(cell.strip() for cell in rows[0]) != COLUMNS:
        raise InputRefused("the head is not that of a facts file", path.name, ", ".join(COLUMNS))
    facts, seen = [], set[str]()
    for number, row in enumerate(rows[1:], start=2):
        where = f"{path.name}, row {number}"
        if len(row) != len(COLUMNS):
            raise InputRefused(f"{len(row)} cells", where, f"{len(COLUMNS)} cells")
        fact = _fact(dict(zip(COLUMNS, row, strict=True)), path.parent, where)
        if not fact.id.strip() or fact.low > fact.high or math.isnan(fact.low) or math.isnan(fact.high):
            raise InputRefused("no id, or a window that holds nothing", where, "an id, and low up to high")
        if fact.id in seen:
            raise InputRefused(f"'{fact.id}' appears twice", f"{where}, id", "each id once")
        seen.add(fact.id)
        facts.append(fact)
    return facts


def _fact(cells: dict[str, str], folder: Path, where: str) -> Fact:
    if cells["level"] not in LEVELS:
        raise InputRefused(f"unknown level '{cells['level'][:20]}'", f"{where}, level", ", ".join(LEVELS))
    axis_by_id(cells["axis"], f"{where}, axis")
    return Fact(
        cells["id"],
        cells["axis"],
        cells["level"],
        _scenarios(cells["scenario"], folder),
        cells["observable"],
        _limit(cells["low"], -math.inf, f"{where}, low"),
        _limit(cells["high"], math.inf, f"{where}, high"),
        cells["unit"],
        cells["source"],
        cells["note"],
    )


def _scenarios(cell: str, folder: Path) -> dict[str, Path]:
    """Return the scenarios of a cell: a path, then ``name=path`` for others, joined by semicolons."""
    found = {}
    for part in (part.strip() for part in cell.split(";") if part.strip()):
        name, joint, path = part.partition("=")
        found[name.strip() if joint else ""] = folder / (path.strip() if joint else part)
    return found


def _limit(text: str, empty: float, where: str) -> float:
    if not text.strip():
        return empty
    try:
        return float(text)
    except ValueError:
        raise InputRefused(f"'{text[:20]}' is no number", where, "a number, or nothing") from None


def verify(facts: list[Fact], told: Callable[[FactResult], None] | None = None) -> list[FactResult]:
    """Return what the models give for every fact; each scenario is run once.

    Parameters
    ----------
    facts : list of Fact
    told : callable, optional
        Called with each result as it comes.

    Raises
    ------
    InputRefused
        If a scenario file or an observable is not acceptable.
    """
    courses: dict[Path, Course | OutsideValidity] = {}
    results = []
    for fact in facts:
        result = _judged(fact, courses)
        results.append(result)
        if told is not None:
            told(result)
    return results


def _judged(fact: Fact, courses: dict[Path, Course | OutsideValidity]) -> FactResult:
    named: dict[str, Course] = {}
    for name, path in fact.scenarios.items():
        if path not in courses:
            courses[path] = _run(path)
        course = courses[path]
        if isinstance(course, OutsideValidity):
            return FactResult(fact, math.nan, str(course))
        named[name] = course
    if not fact.observable.strip():
        return FactResult(fact, math.nan, "not evaluated")
    try:
        return FactResult(fact, evaluate(fact.observable, named, fact.unit))
    except InputRefused as refusal:
        raise refusal.at(fact.id) from None


def _run(path: Path) -> Course | OutsideValidity:
    scenario = read_scenario(path)
    try:
        return simulate(axis_by_id(scenario.axis), scenario, rtol=FACTS_RTOL)
    except OutsideValidity as failure:
        return failure
