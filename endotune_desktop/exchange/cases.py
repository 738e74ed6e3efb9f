"""The teaching cases: textbook directions of markers, and what the engine gives for each of them."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.exchange import json_reading as read
from endotune_desktop.exchange.function_test_file import read_function_tests
from endotune_desktop.exchange.link_file import read_links
from endotune_desktop.exchange.scenario_file import load_scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.case_runs import CaseRuns
from endotune_desktop.tuning.directions import SIGNS, Direction, Thresholds, against_before, against_healthy

COLUMNS = (
    "case", "title", "state", "scenario", "marker", "observable", "unit", "expected", "against", "level", "source",
    "note",
)  # fmt: skip
LEVELS = ("must", "aim")
AGAINST = ("healthy", "before", "test", "")
NOT_MODELLED = "not modelled"
NO_ANSWER = "no answer"
"""What a row gives whose equations have none: a disagreement."""


@dataclass(frozen=True)
class CaseRow:
    """What the textbook says of one marker of one case.

    Attributes
    ----------
    case : int
    title, state : str
        ``before``, ``treated``, ``operated`` ...
    scenario : str
        Name of the scenario file, empty when no axis models the marker.
    marker : str
        Marker id, in words where no axis models it, or the id of a function test.
    observable : str
    unit : str
    expected : tuple of str
        Directions, or outcomes of a function test; any of them agrees.
    against : str
        ``healthy``, ``before``, ``test``, or empty when not modelled.
    level, source, note : str
    """

    case: int
    title: str
    state: str
    scenario: str
    marker: str
    observable: str
    unit: str
    expected: tuple[str, ...]
    against: str
    level: str
    source: str
    note: str


@dataclass(frozen=True)
class CaseVerdict:
    """A row and what the engine gives.

    Attributes
    ----------
    row : CaseRow
    found : str
        A direction, an outcome, `NOT_MODELLED` or `NO_ANSWER`.
    value, compared : float
        Of the marker, and of the healthy person or of before; nan where there is none.
    agrees : bool
        In sign.
    exactly : bool
        In strength too.
    """

    row: CaseRow
    found: str
    value: float = math.nan
    compared: float = math.nan
    agrees: bool = False
    exactly: bool = False


@dataclass
class Cases:
    """The cases of a folder.

    Attributes
    ----------
    folder : Path
    rows : list of CaseRow
    thresholds : Thresholds
    """

    folder: Path
    rows: list[CaseRow]
    thresholds: Thresholds
    _runs: CaseRuns = field(init=False)

    def __post_init__(self) -> None:
        """Read the scenarios of the folder, those of axes that this program knows."""
        scenarios = {}
        for path in sorted(self.folder.glob("*.endotune.json")):
            name, text = path.name.removesuffix(".endotune.json"), read.read_text(path)
            if json.loads(text).get("axis") in AXES:
                scenarios[name] = load_scenario(text, name)
        beside = self.folder.parent
        self._runs = CaseRuns(scenarios, read_links(beside / "links"), read_function_tests(beside / "function_tests"))

    def judged(self, told: Callable[[CaseVerdict], None] | None = None) -> list[CaseVerdict]:
        """Return the verdict of every row."""
        found = []
        for row in self.rows:
            try:
                verdict = self._verdict(row)
            except OutsideValidity:
                verdict = CaseVerdict(row, NO_ANSWER)
            except InputRefused as refusal:
                raise refusal.at(f"case {row.case}, {row.state}, {row.marker}") from None
            found.append(verdict)
            if told is not None:
                told(verdict)
        return found

    def _verdict(self, row: CaseRow) -> CaseVerdict:
        if not row.scenario or row.scenario not in self._runs.scenarios:
            return CaseVerdict(row, NOT_MODELLED)
        if row.against == "test":
            outcome = self._runs.outcome(row.scenario, row.marker)
            return CaseVerdict(row, outcome, agrees=outcome in row.expected, exactly=outcome in row.expected)
        value = self._runs.value(row.scenario, row.observable)
        if row.against == "before":
            compared = self._runs.value_before(row.scenario, row.observable)
            found = against_before(value, compared, self.thresholds)
        else:
            compared = self._runs.value_healthy(row.scenario, row.observable)
            span = self._runs.range_of(row.scenario, row.marker, row.observable)
            found = against_healthy(value, compared, span, self.thresholds)
        signs = {SIGNS[Direction(word)] for word in row.expected}
        return CaseVerdict(row, found.value, value, compared, SIGNS[found] in signs, found.value in row.expected)


def read_cases(folder: Path) -> Cases:
    """Return the cases of a folder: ``cases.csv``, ``thresholds.json`` and the scenario files.

    Raises
    ------
    InputRefused
        Naming file, row, column, what was found and what is accepted.
    EnvironmentFailed
        If a file cannot be read.
    """
    plain = read.parse_object(read.read_text(folder / "thresholds.json"), "thresholds.json")
    names = ("outside_fold", "shift_fold", "unranged_fold", "double_fold", "change_fold")
    read.only_keys(plain, (*names, "words"), (), "thresholds.json")
    thresholds = Thresholds(*(read.as_number(plain[name], name, 1.0, 100.0) for name in names))
    rows = list(csv.reader(io.StringIO(read.read_text(folder / "cases.csv"), newline="")))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise InputRefused("the head is not that of the cases", "cases.csv", ", ".join(COLUMNS))
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        where = f"cases.csv, row {number}"
        if len(cells) != len(COLUMNS):
            raise InputRefused(f"{len(cells)} cells", where, f"{len(COLUMNS)} cells")
        found.append(_row(dict(zip(COLUMNS, cells, strict=True)), where))
    return Cases(folder, found, thresholds)


def _row(cells: dict[str, str], where: str) -> CaseRow:
    read.as_text(cells["level"], f"{where}, level", LEVELS)
    read.as_text(cells["against"], f"{where}, against", AGAINST)
    expected = tuple(cells["expected"].split("|"))
    if cells["against"] in ("healthy", "before"):
        for word in expected:
            read.as_text(word, f"{where}, expected", tuple(Direction))
    if bool(cells["scenario"]) != bool(cells["against"]) or not cells["case"].isdecimal():
        raise InputRefused("a row with a scenario says what it is compared with", where, ", ".join(AGAINST[:3]))
    return CaseRow(
        int(cells["case"]), cells["title"], cells["state"], cells["scenario"], cells["marker"], cells["observable"],
        cells["unit"], expected, cells["against"], cells["level"], cells["source"], cells["note"],
    )  # fmt: skip
