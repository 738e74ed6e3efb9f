"""``endotune simulate``: a scenario file in, a course as CSV out."""

from __future__ import annotations

import argparse
import io
import math
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from endotune_desktop.app.commands.writing import write_result
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.exchange.json_reading import read_text
from endotune_desktop.exchange.scenario_file import citation_key, dump_scenario, load_scenario
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import Course, compiled, simulate
from endotune_desktop.simulation.ensemble import simulate_members
from endotune_desktop.tuning.population import population

FloatArray = npt.NDArray[np.float64]

LEVELS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
BAND_RTOL = 1e-5
"""The spread of a thousand draws is known to two per cent; a hundred-thousandth is beyond any reader."""
MOST_MEMBERS = 10_000
"""All courses are held at once to be sorted; larger populations are what `endotune cohort` streams."""
MOST_FAILED = 0.05


def run(words: argparse.Namespace) -> int:
    """Simulate a scenario and write its markers, one column each."""
    count = _member_count(words.band)
    rtol = _tolerance(words.rtol)
    path = Path(words.scenario)
    scenario = load_scenario(read_text(path), path.name)
    axis = axis_by_id(scenario.axis)
    compiled(axis, _progress if sys.stderr.isatty() else None)
    course = simulate(axis, scenario, rtol=rtol)
    bands = band_columns(axis, scenario, count) if count else {}
    write_result(course_csv(axis, course, states=words.states, bands=bands), words.output)
    sys.stderr.write(f"scenario {citation_key(dump_scenario(scenario))}\n")
    for remark in course.remarks:
        sys.stderr.write(f"from {remark.from_h:g} h: {remark.sentence}\n")
    return 0


def band_columns(axis: Axis, scenario: Scenario, count: int) -> dict[str, FloatArray]:
    """Return ``<marker>_p05`` to ``<marker>_p95`` over persons drawn from the population prior.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        What it names itself is the same for all; its seed draws the persons.
    count : int
        How many persons.

    Raises
    ------
    OutsideValidity
        If more than one person in twenty has no answer.
    """
    members = population(axis, count, scenario.parameters, scenario.seed)
    pool = Pool()
    try:
        found = simulate_members(axis, scenario, members, rtol=BAND_RTOL, spread=pool.spread)
    finally:
        pool.close()
    if found.why is not None and len(found.failed) > MOST_FAILED * count:
        raise found.why
    if found.failed:
        sys.stderr.write(f"{len(found.failed)} of {count} drawn persons have no answer and are left out\n")
    columns = {}
    for marker in axis.markers:
        rows = found.quantiles(marker.id, list(LEVELS.values()))
        columns.update({f"{marker.id}_{name}": row for name, row in zip(LEVELS, rows, strict=True)})
    return columns


def course_csv(axis: Axis, course: Course, *, states: bool, bands: Mapping[str, FloatArray] | None = None) -> str:
    """Return a course as CSV: ``time_h``, a column a marker, bands and states if wanted; shortest exact numbers."""
    columns = [course.time_h, *(course.markers[marker.id] for marker in axis.markers)]
    names = ["time_h", *(marker.id for marker in axis.markers)]
    columns.extend((bands or {}).values())
    names.extend(bands or {})
    if states:
        columns.extend(course.states.T)
        names.extend(_state_column(state.id, names) for state in axis.states)
    out = io.StringIO()
    out.write(",".join(names) + "\n")
    for row in zip(*(column.tolist() for column in columns), strict=True):
        out.write(",".join(map(repr, row)) + "\n")
    return out.getvalue()


def _state_column(state_id: str, taken: list[str]) -> str:
    """Return the state's name; none of them is also a marker's id, as ids are lower case."""
    return state_id if state_id not in taken else f"{state_id}_state"


def _member_count(text: str | None) -> int:
    if text is None:
        return 0
    if not text.isdecimal() or not 2 <= int(text) <= MOST_MEMBERS:
        raise InputRefused(f"'{text}' is no number of drawn persons", "--band", f"a whole number, 2 to {MOST_MEMBERS}")
    return int(text)


def _tolerance(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 1e-12 <= value <= 1e-2:
        raise InputRefused(f"'{text}' is no tolerance", "--rtol", "1e-12 to 1e-2")
    return value


def _progress(sentence: str, share: float) -> None:
    sys.stderr.write(f"\r{sentence} ... {share:.0%}\033[K" + ("\r\033[K" if share >= 1.0 else ""))
    sys.stderr.flush()
