"""Where a course starts, as its axis declares it: a periodic state, a fixed point that is followed, or a cycle's day 0.

All three come down to programs that end at time 0 and are the same for every person but for the tables.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import LONG_STANDING, Scenario
from endotune_desktop.physiology.axis import Axis, Mode
from endotune_desktop.physiology.rhythm import Begins
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.compilation import CompiledAxis
from endotune_desktop.simulation.effects import Happenings, InForce
from endotune_desktop.simulation.program import Program, run
from endotune_desktop.simulation.steady import Closing, closed_period
from endotune_desktop.simulation.timeline import add_onset, happenings_before, happenings_until_start

FloatArray = npt.NDArray[np.float64]

_LOOKED_AT_H = 1.0
"""How far apart the moments are at which a fall is looked for; a luteal phase falls over days."""
_FINER = 32
"""Parts of the hour of a fall: cubics over four of them err by 1e-7 where something changes e-fold in it."""
_MEMO_SIZE = 256
_MEMO: OrderedDict[bytes, FloatArray] = OrderedDict()
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Leading:
    """A stretch of time that leads to the start.

    Attributes
    ----------
    found : Happenings
    from_h, to_h : float
    first : bool
        Whether what happens exactly at `from_h` still has to happen.
    """

    found: Happenings
    from_h: float
    to_h: float
    first: bool = True


@dataclass(frozen=True)
class StartPlan:
    """How a start is found.

    Attributes
    ----------
    kind : Begins
        ``periodic`` also for a settled axis with a dosing calendar, whose doses a fixed point cannot hold.
    leading : tuple of Leading
        One period; or a day with what is held, and what follows it; or what leads to the look back, and that.
    """

    kind: Begins
    leading: tuple[Leading, ...]


def start_plan(axis: Axis, scenario: Scenario) -> StartPlan:
    """Return how the start of a scenario is found: its person, long-standing lesions and `regimen_before` count.

    Raises
    ------
    InputRefused
        If the regimen could not have been taken all along.
    """
    begin = axis.start
    if begin.kind is Begins.CYCLE:
        found = _with_lesions(happenings_until_start(axis, scenario.regimen_before, begin.follow_h), axis, scenario)
        look_h = min(begin.look_back_h, begin.follow_h)
        lead = (Leading(found, -begin.follow_h, -look_h),) if begin.follow_h > look_h else ()
        return StartPlan(begin.kind, (*lead, Leading(found, -look_h, 0.0, first=not lead)))
    if begin.kind is Begins.SETTLED and not scenario.regimen_before:
        found = _with_lesions(Happenings(), axis, scenario)
        held = _with_lesions(Happenings(), axis, scenario)
        changes = tuple((name, Mode.SET, value) for name, value in begin.held.items())
        held.in_force.append(InForce(-math.inf, math.inf, changes, held_by="start"))
        day = Leading(held, -begin.follow_h - 24.0, -begin.follow_h)
        after = (Leading(found, -begin.follow_h, 0.0),) if begin.follow_h > 0.0 else ()
        return StartPlan(begin.kind, (day, *after))
    found, period_h = happenings_before(axis, scenario.regimen_before)
    if begin.kind is Begins.PERIODIC and begin.held:
        changes = tuple((name, Mode.SET, value) for name, value in begin.held.items())
        found.in_force.append(InForce(-math.inf, math.inf, changes, held_by="start"))
    return StartPlan(Begins.PERIODIC, (Leading(_with_lesions(found, axis, scenario), -period_h, 0.0),))


def _with_lesions(found: Happenings, axis: Axis, scenario: Scenario) -> Happenings:
    found.kept = frozenset(scenario.parameters)
    for lesion in scenario.lesions:
        if lesion.onset == LONG_STANDING:
            add_onset(found, axis, lesion)
    return found


def remembered_start(
    ready: CompiledAxis, kind: Begins, programs: Sequence[Program], rtol: float, cancel: CancelFlag | None = None
) -> FloatArray:
    """Return the state at time 0 and keep it for the next time; equal input gives equal bits.

    The declared initial state is the start of a cycle of whoever is like the reference person in every constant.

    Parameters
    ----------
    ready : CompiledAxis
    kind : Begins
        The start plan's.
    programs : sequence of Program
        One for each part of the plan.
    rtol : float
        Accuracy of the state.
    cancel : CancelFlag, optional

    Raises
    ------
    OutsideValidity
        If no such state is found.
    Cancelled
        If the flag was set.
    """
    if kind is Begins.CYCLE and _is_typical(ready, programs):
        return ready.initial.copy()
    key = b"|".join([ready.axis.id.encode(), *(program.key() for program in programs), np.float64(rtol).tobytes()])
    with _LOCK:
        known = _MEMO.get(key)
        if known is not None:
            _MEMO.move_to_end(key)
            return known.copy()
    found = found_start(ready, kind, programs, rtol, cancel).states
    with _LOCK:
        _MEMO[key] = found.copy()
        while len(_MEMO) > _MEMO_SIZE:
            _MEMO.popitem(last=False)
    return found


def forget_starts() -> None:
    """Forget every remembered start, so that the next one is computed from nothing (for timing)."""
    with _LOCK:
        _MEMO.clear()


def _is_typical(ready: CompiledAxis, programs: Sequence[Program]) -> bool:
    typical = ready.constants(ready.axis.typical(), ready.axis.reference_person)
    return all(
        program.jump_values.size == 0 and not program.table_u.any() and np.array_equal(row, typical)
        for program in programs
        for row in program.table_p
    )


def found_start(
    ready: CompiledAxis, kind: Begins, programs: Sequence[Program], rtol: float, cancel: CancelFlag | None = None
) -> Closing:
    """Return the state at time 0 and what it took, without asking the memory; as `remembered_start`."""
    if kind is Begins.CYCLE:
        return _followed(ready, programs, rtol, cancel)
    closing = closed_period(ready, programs[0], rtol, cancel)
    states, runs = closing.states, closing.runs
    for program in programs[1:]:
        states = run(ready, program, states, np.empty(0), 0.1 * rtol, cancel).final
        runs += 1
    return Closing(states, runs)


def _followed(ready: CompiledAxis, programs: Sequence[Program], rtol: float, cancel: CancelFlag | None) -> Closing:
    """Follow the declared initial state, and return it where its cycle began last, or where it ends without one.

    The look back is run again for finer times: a run takes the same steps whatever is asked of it, so that the state
    answers smoothly to parameters. Between those times the states are cubics.
    """
    *lead, last = programs
    y = ready.initial
    for program in lead:
        y = run(ready, program, y, np.empty(0), rtol, cancel).final
    parts = max(1, math.ceil((last.times[-1] - last.times[0]) / _LOOKED_AT_H))
    times = np.linspace(float(last.times[0]), float(last.times[-1]), parts + 1)
    state = ready.axis.state_index(ready.axis.start.cycle_state)
    below = ready.axis.start.cycle_below
    seen = run(ready, last, y, times, rtol, cancel)
    row = _last_fall(seen.states[:, state], below)
    if row < 0:
        return Closing(seen.final, len(programs))
    times = np.linspace(times[row], times[row + 1], _FINER + 1)
    fine = run(ready, last, y, times, rtol, cancel).states
    row = _last_fall(fine[:, state], below)
    return Closing(fine[-1] if row < 0 else _crossing(fine, state, row, below), len(programs) + 1)


def _last_fall(values: FloatArray, below: float) -> int:
    """Return the last row from which a value falls through a level, -1 when there is none."""
    rows = np.flatnonzero((values[:-1] >= below) & (values[1:] < below))
    return int(rows[-1]) if rows.size else -1


def _crossing(states: FloatArray, state: int, row: int, level: float) -> FloatArray:
    """Return the states where one of them passes a level between a row and the next, by cubics through four rows."""
    first = min(max(row - 1, 0), states.shape[0] - 4)
    around = states[first : first + 4]
    known = around[:, state].tolist()
    if not all(former > later for former, later in pairwise(known)):
        before, after = float(states[row, state]), float(states[row + 1, state])
        share = (before - level) / (before - after)
        return np.asarray((1.0 - share) * states[row] + share * states[row + 1])
    # The place is the cubic of the value, the states are cubics of the place.
    place = sum(m * weight for m, weight in enumerate(_lagrange(known, level)))
    return np.asarray(np.array(_lagrange([0.0, 1.0, 2.0, 3.0], place)) @ around)


def _lagrange(nodes: list[float], at: float) -> list[float]:
    """Return the weights of the values at some nodes in the polynomial through them."""
    return [
        math.prod((at - other) / (mine - other) for m, other in enumerate(nodes) if m != j)
        for j, mine in enumerate(nodes)
    ]
