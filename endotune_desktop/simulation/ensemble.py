"""Many persons at once: the band around a course, in chunks that other threads can share and that can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import LONG_STANDING, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.cancelling import CancelFlag, Cancelled
from endotune_desktop.simulation.compilation import CompiledAxis, compiled
from endotune_desktop.simulation.members import Members, MemberTables
from endotune_desktop.simulation.program import MAX_STEPS, Layout, build, failure, layout
from endotune_desktop.simulation.pulses import pulse_jumps
from endotune_desktop.simulation.running import base_parameters, output_grid_h
from endotune_desktop.simulation.steady import inverse_step, periodic_state
from endotune_desktop.simulation.timeline import add_onset, happenings, happenings_before

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

NO_START = 6
"""Outcome of a member whose periodic steady state was not found."""

CHUNK = 5
"""Members in one job: short enough that a cancelled band stops within 20 ms, long enough that a job costs nothing."""

MOST_PERIODS = 40
"""Periods after which closing is given up; typical members need four to eight."""

Job = Callable[[], None]
Spread = Callable[[Sequence[Job]], None]
"""Runs all jobs, on whatever threads it has, and raises what the first failing one raised."""


def one_after_another(jobs: Sequence[Job]) -> None:
    """Run jobs on the caller's thread."""
    for job in jobs:
        job()


@dataclass(frozen=True)
class MemberStates:
    """States of every member to go on from.

    Attributes
    ----------
    time_h : float
    states : array, shape (members, n_states)
        A row of nan is a member that has no answer.
    happened : bool
        Whether what happens exactly at `time_h` is already in them.
    """

    time_h: float
    states: FloatArray
    happened: bool = True


@dataclass(frozen=True)
class Ensemble:
    """Courses of many members.

    Attributes
    ----------
    time_h : array, shape (n,)
    markers : dict of str to array, shape (n, members)
        Canonical unit; nan for a member without an answer.
    final : MemberStates
        At the last output time, after what happens then.
    failed : tuple of int
        Members without an answer.
    why : OutsideValidity or None
        Why the first of them has none.
    steps, rhs_calls : int
        Of all members together.
    reasons : tuple of str
        Why each of `failed` has none.
    """

    time_h: FloatArray
    markers: dict[str, FloatArray]
    final: MemberStates
    failed: tuple[int, ...]
    why: OutsideValidity | None
    steps: int
    rhs_calls: int
    reasons: tuple[str, ...] = ()

    def quantiles(self, marker: str, levels: Sequence[float]) -> FloatArray:
        """Return quantiles over the members at every time.

        Parameters
        ----------
        marker : str
        levels : sequence of float, shape (k,)
            Between 0 and 1.

        Returns
        -------
        array, shape (k, n)
            Linear between order statistics, over the members that have an answer.
        """
        values = self.markers[marker]
        if self.failed:
            kept = np.setdiff1d(np.arange(values.shape[1]), np.array(self.failed, dtype=np.int64))
            values = values[:, kept]
        return sorted_quantiles(np.sort(values, axis=1), levels)


def sorted_quantiles(rows: FloatArray, levels: Sequence[float]) -> FloatArray:
    """Return quantiles of rows that are sorted, shape (k, n): linear between order statistics."""
    count = rows.shape[1]
    if count == 0:
        return np.full((len(levels), rows.shape[0]), np.nan)
    found = np.empty((len(levels), rows.shape[0]))
    for index, level in enumerate(levels):
        place = level * (count - 1)
        below = min(int(place), count - 2) if count > 1 else 0
        above = min(below + 1, count - 1)
        share = place - below
        found[index] = rows[:, below] + share * (rows[:, above] - rows[:, below])
    return found


def periodic_members(
    axis: Axis,
    scenario: Scenario,
    members: Members,
    *,
    accuracy: float = 1e-3,
    guess: FloatArray | None = None,
    unaided: bool = False,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> MemberStates:
    """Return the periodic steady state at time 0 of every member, before anything that happens then.

    The nominal person's state and Jacobian are found once; every member closes its own period with them.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        As in `running.periodic_start`.
    members : Members
    accuracy : float
        Relative distance to the state at which a member is done.
    guess : array, shape (members, n_states), optional
        States of a neighbouring regimen (the slider's last position).
    unaided : bool
        As in `steady.periodic_state`: nothing that was computed before may change a bit of the answer.
    cancel : CancelFlag, optional
    spread : callable, optional
        Who runs the chunks.

    Raises
    ------
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)
    found, period_h = happenings_before(axis, scenario.regimen_before)
    found.kept = frozenset(scenario.parameters)
    for lesion in scenario.lesions:
        if lesion.onset == LONG_STANDING:
            add_onset(found, axis, lesion)
    plan = layout(found, len(axis.states), -period_h, 0.0, jumps_at_start=True)
    nominal = build(ready, scenario.person, base_parameters(axis, scenario), found, -period_h, 0.0)
    settled = periodic_state(ready, nominal, 1e-6, cancel, unaided=unaided)
    inverse = inverse_step(ready, nominal, settled, cancel)
    begun = np.tile(settled, (members.count, 1)) if guess is None else np.where(np.isfinite(guess), guess, settled)
    tables = members.tables(ready, scenario.person, scenario.parameters, plan, found.kept)
    work = _Work(ready, plan, tables, np.ascontiguousarray(begun), 0.1 * accuracy, cancel or CancelFlag())
    spread([work.closing(first, inverse, accuracy) for first in range(0, members.count, CHUNK)])
    for member in work.failed():
        work.states[member] = _alone(work, member, cancel, unaided)
    return MemberStates(0.0, work.states, happened=False)


def _alone(work: _Work, member: int, cancel: CancelFlag | None, unaided: bool) -> FloatArray:
    """Return a member's periodic state by the slow and sure way, nan when there is none."""
    tables = work.tables
    program = work.plan.program(tables.table_p[member], tables.table_u[member], tables.jump_values[member])
    try:
        return periodic_state(work.ready, program, 1e-5, cancel, unaided=unaided)
    except OutsideValidity:
        return np.full(work.states.shape[1], np.nan)


def simulate_members(
    axis: Axis,
    scenario: Scenario,
    members: Members,
    *,
    rtol: float = 1e-3,
    output_times_h: FloatArray | None = None,
    markers: Sequence[str] | None = None,
    start: MemberStates | None = None,
    which: range | None = None,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> Ensemble:
    """Return the courses of many persons under one scenario.

    The result does not depend on how the chunks are spread over threads, to the last bit.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    members : Members
    rtol : float
        Relative tolerance of a step.
    output_times_h : array, shape (n,), optional
        As in `running.simulate`.
    markers : sequence of str, optional
        Which markers are wanted; all by default.
    start : MemberStates, optional
        Where to go on from, for all members; their periodic steady states by default.
    which : range, optional
        Only these members (the first 40 for a coarse band); the result has their columns only.
    cancel : CancelFlag, optional
    spread : callable, optional
        Who runs the chunks.

    Raises
    ------
    InputRefused
        If the scenario holds something that the axis does not accept.
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)
    begin = start or periodic_members(axis, scenario, members, accuracy=rtol, cancel=cancel, spread=spread)
    times = output_grid_h(scenario) if output_times_h is None else np.asarray(output_times_h, dtype=np.float64)
    if times.size == 0 or times[0] < begin.time_h - 1e-7:
        raise ValueError("output times are missing or lie before the start")
    work, end_h = _work_ahead(ready, scenario, members, begin, float(times[-1]), rtol, cancel)
    chosen = which or range(members.count)
    ids = [marker.id for marker in axis.markers]
    wanted = ids if markers is None else list(markers)
    values = np.full((len(wanted), times.size, members.count), np.nan)
    columns = np.array([ids.index(marker) for marker in wanted], dtype=np.int64)
    rows = _rows_at(work.plan, times)
    spread(
        [
            work.running(range(first, min(first + CHUNK, chosen.stop)), times, rows, columns, values)
            for first in range(chosen.start, chosen.stop, CHUNK)
        ]
    )
    here = slice(chosen.start, chosen.stop)
    failed = tuple(member - chosen.start for member in work.failed() if member in chosen)
    return Ensemble(
        times,
        {marker: np.ascontiguousarray(values[index, :, here]) for index, marker in enumerate(wanted)},
        MemberStates(end_h, work.states[here]),
        failed,
        work.why(failed[0] + chosen.start) if failed else None,
        int(work.stops[here, 0].sum()),
        int(work.stops[here, 3].sum()),
        tuple(str(work.why(member + chosen.start)) for member in failed),
    )


def _work_ahead(
    ready: CompiledAxis, scenario: Scenario, members: Members, begin: MemberStates, last_h: float, rtol: float,
    cancel: CancelFlag | None,
) -> tuple[_Work, float]:  # fmt: skip
    """Return the work from a start to the last output time, and where it ends."""
    axis = ready.axis
    found = happenings(axis, scenario)
    if scenario.pulses and axis.pulses is not None:
        found.jumps.extend(pulse_jumps(axis, axis.pulses, scenario))
    end_h = max(last_h, begin.time_h + 1e-6)
    plan = layout(found, len(axis.states), begin.time_h, end_h, jumps_at_start=not begin.happened)
    tables = members.tables(ready, scenario.person, scenario.parameters, plan, found.kept)
    work = _Work(ready, plan, tables, np.array(begin.states), rtol, cancel or CancelFlag())
    if not begin.happened:
        work.codes[work.codes > 0] = NO_START
    return work, end_h


def joined(first: Ensemble, second: Ensemble) -> Ensemble:
    """Return two parts of one ensemble (see ``which``) as one."""
    count = first.final.states.shape[0]
    final = MemberStates(first.final.time_h, np.concatenate([first.final.states, second.final.states]))
    return Ensemble(
        first.time_h,
        {marker: np.concatenate([values, second.markers[marker]], axis=1) for marker, values in first.markers.items()},
        final,
        first.failed + tuple(member + count for member in second.failed),
        first.why or second.why,
        first.steps + second.steps,
        first.rhs_calls + second.rhs_calls,
        first.reasons + second.reasons,
    )


def _rows_at(plan: Layout, times: FloatArray) -> IntArray:
    rows = np.searchsorted(plan.times, times + 1e-7, side="right") - 1
    return plan.row_p[np.clip(rows, 0, plan.row_p.size - 1)]


class _Work:
    """Arrays that the chunks share; no two chunks write the same place."""

    def __init__(
        self, ready: CompiledAxis, plan: Layout, tables: MemberTables, states: FloatArray, rtol: float,
        cancel: CancelFlag,
    ) -> None:  # fmt: skip
        from endotune_desktop.simulation import member_kernel

        self._kernel = member_kernel
        self.ready, self.plan, self.tables, self.states, self.cancel = ready, plan, tables, states, cancel
        count = states.shape[0]
        self.codes = np.zeros(count, dtype=np.int64)
        self.periods = np.zeros(count, dtype=np.int64)
        self.stops = np.zeros((count, 4))
        self.codes[~np.isfinite(states).all(axis=1)] = 2
        scales = np.array([state.scale for state in ready.axis.states])
        slack = max(1e-6, 100.0 * rtol)
        lowest = np.array([-np.inf if s.may_be_negative else -slack * s.scale for s in ready.axis.states])
        self._limits = (rtol, rtol * 1e-2 * scales, 1e-3 * scales, lowest, MAX_STEPS, cancel.cell)
        pattern = ready.pattern
        self._shared = (
            ready.rates, ready.factor, ready.solve, ready.working, pattern.rows, pattern.starts, pattern.colours,
            plan.times, plan.row_p, plan.row_u, tables.table_p, tables.table_u, plan.jump_starts, plan.jump_what,
            tables.jump_values,
        )  # fmt: skip

    def running(self, who: range, times: FloatArray, rows: IntArray, columns: IntArray, values: FloatArray) -> Job:
        """Return the job that runs some members."""

        def job() -> None:
            self._check()
            for first, last in self._answered(who):
                self._kernel.integrate_members(
                    first, last, *self._shared, self.ready.marker_values, self.states, times, rows, columns, values,
                    *self._limits, self.codes, self.stops,
                )  # fmt: skip
            self._check()

        return job

    def closing(self, first: int, inverse: FloatArray, accuracy: float) -> Job:
        """Return the job that closes the periods of a chunk."""
        axis = self.ready.axis
        floor = np.array([-np.inf if state.may_be_negative else 0.0 for state in axis.states])
        last = min(first + CHUNK, self.states.shape[0])

        def job() -> None:
            self._check()
            self._kernel.close_members(
                first, last, *self._shared, self.states, inverse, floor, accuracy, MOST_PERIODS, *self._limits,
                self.codes, self.periods, self.stops,
            )  # fmt: skip
            self._check()

        return job

    def failed(self) -> list[int]:
        """Return the members without an answer."""
        return [int(member) for member in np.nonzero(self.codes > 1)[0]]

    def why(self, member: int) -> OutsideValidity:
        """Return why a member has no answer."""
        steps, time_h, state = self.stops[member, :3]
        return failure(self.ready, int(self.codes[member]), float(time_h), int(state), int(steps))

    def _answered(self, who: range) -> list[tuple[int, int]]:
        """Return the runs of members that have a state to start from."""
        runs: list[tuple[int, int]] = []
        for member in who:
            if self.codes[member]:
                continue
            if runs and runs[-1][1] == member:
                runs[-1] = (runs[-1][0], member + 1)
            else:
                runs.append((member, member + 1))
        return runs

    def _check(self) -> None:
        if self.cancel.cancelled:
            raise Cancelled
