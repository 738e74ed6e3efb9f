"""What happens in a run as SBML events: equal changes at equal distances become one event that sets itself again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.program import Program

FEWEST_REPEATED = 3
"""Shorter series are written as single events."""

Change = tuple[str, str, str, float]
"""What changes (``state``, ``input`` or ``constant``), its id, how (``+``, ``*`` or ``=``) and the number."""


@dataclass(frozen=True)
class Happening:
    """Changes that happen once, or again and again at one distance.

    Attributes
    ----------
    first_h : float
    every_h : float
        0 when it happens once.
    count : int
    changes : tuple of Change
        In the order in which they are made.
    """

    first_h: float
    every_h: float
    count: int
    changes: tuple[Change, ...]

    @property
    def last_h(self) -> float:
        """Return when it happens last."""
        return self.first_h + (self.count - 1) * self.every_h


def happenings_of(axis: Axis, program: Program, *, with_first: bool) -> list[Happening]:
    """Return what happens, in order of the first time.

    Parameters
    ----------
    axis : Axis
    program : Program
    with_first : bool
        Whether what happens at the very start still has to happen.
    """
    series: dict[tuple[tuple[Change, ...], float], list[float]] = {}
    for row in range(0 if with_first else 1, program.times.size):
        changes = _changes(axis, program, row)
        if changes:
            time_h = float(program.times[row])
            series.setdefault((changes, round(time_h % 24.0, 6)), []).append(time_h)
    found = [happening for (changes, _), times in series.items() for happening in _split(times, changes)]
    return sorted(found, key=lambda happening: happening.first_h)


def _split(times: list[float], changes: tuple[Change, ...]) -> list[Happening]:
    """Return runs of equal distances: a missed day ends one."""
    found, at = [], 0
    while at < len(times):
        end = at + 1
        if end < len(times):
            step = times[end] - times[at]
            while end + 1 < len(times) and abs(times[end + 1] - times[end] - step) < 1e-6:
                end += 1
        count = end - at + 1
        if end < len(times) and count >= FEWEST_REPEATED:
            found.append(Happening(times[at], step, count, changes))
            at = end + 1
        else:
            found.append(Happening(times[at], 0.0, 1, changes))
            at += 1
    return found


def _changes(axis: Axis, program: Program, row: int) -> tuple[Change, ...]:
    found: list[Change] = []
    for k in range(int(program.jump_starts[row]), int(program.jump_starts[row + 1])):
        state = axis.states[int(program.jump_what[2 * k])].id
        found.append(("state", state, "+*="[int(program.jump_what[2 * k + 1])], float(program.jump_values[k])))
    if row:
        old, new = program.table_u[program.row_u[row - 1]], program.table_u[program.row_u[row]]
        found.extend(("input", axis.states[int(i)].id, "=", float(new[i])) for i in np.flatnonzero(old != new))
        old, new = program.table_p[program.row_p[row - 1]], program.table_p[program.row_p[row]]
        names = [parameter.id for parameter in axis.parameters] + [derived.id for derived in axis.derived]
        found.extend(("constant", names[int(i)], "=", float(new[i])) for i in np.flatnonzero(old != new))
    return tuple(found)
