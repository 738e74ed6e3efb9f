"""``endotune simulate``: a scenario file in, a course as CSV out."""

from __future__ import annotations

import argparse
import io
import math
import sys
from pathlib import Path

from endotune_desktop.app.commands.writing import write_result
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.json_reading import read_text
from endotune_desktop.exchange.scenario_file import citation_key, dump_scenario, load_scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import Course, compiled, simulate


def run(words: argparse.Namespace) -> int:
    """Simulate a scenario and write its markers, one column each."""
    if words.band is not None:
        raise InputRefused("this version has no percentile bands", "--band", "no --band")
    rtol = _tolerance(words.rtol)
    path = Path(words.scenario)
    scenario = load_scenario(read_text(path), path.name)
    axis = axis_by_id(scenario.axis)
    compiled(axis, _progress if sys.stderr.isatty() else None)
    course = simulate(axis, scenario, rtol=rtol)
    write_result(course_csv(axis, course, states=words.states), words.output)
    sys.stderr.write(f"scenario {citation_key(dump_scenario(scenario))}\n")
    for remark in course.remarks:
        sys.stderr.write(f"from {remark.from_h:g} h: {remark.sentence}\n")
    return 0


def course_csv(axis: Axis, course: Course, *, states: bool) -> str:
    """Return a course as CSV: ``time_h``, one column a marker, and the states if wanted; shortest exact numbers."""
    columns = [course.time_h, *(course.markers[marker.id] for marker in axis.markers)]
    names = ["time_h", *(marker.id for marker in axis.markers)]
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
