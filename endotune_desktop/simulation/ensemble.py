"""Many persons at once: the band around a course, in chunks that other threads can share and that can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.rhythm import Begins
from endotune_desktop.simulation.cancelling import CancelFlag, Cancelled
from endotune_desktop.simulation.compilation import CompiledAxis, compiled
from endotune_desktop.simulation.members import Members, MemberTables
from endotune_desktop.simulation.program import NO_START, Layout, Program, failure, layout, run
from endotune_desktop.simulation.pulses import add_pulses
from endotune_desktop.simulation.running import output_grid_h
from endotune_desktop.simulation.starts import found_start, start_plan
from endotune_desktop.simulation.timeline import happenings

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CHUNK = 5
"""Members in one job: short enough that a cancelled band stops within 20 ms, long enough that a job costs nothing."""

Plans = dict[tuple[object, ...], Any]
Made = TypeVar("Made")
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
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
    plans: Plans | None = None,
) -> MemberStates:
    """Return the state of every member at time 0, before anything that happens then, as the axis declares its start.

    A cycle is followed for every member, also for one who is typical, so that members differ by what they are only.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        As in `running.periodic_start`.
    members : Members
    accuracy : float
        Relative distance to the state at which a member is done.
    cancel : CancelFlag, optional
    spread : callable, optional
        Who runs the chunks.
    plans : dict, optional
        Remembers what is the same at every call with one scenario.

    Raises
    ------
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)

    def planned() -> tuple[Begins, list[tuple[Layout, frozenset[str]]]]:
        plan = start_plan(axis, scenario)
        size = len(axis.states)
        laid = [
            (layout(part.found, size, part.from_h, part.to_h, jumps_at_start=part.first), part.found.kept)
            for part in plan.leading
        ]
        return plan.kind, laid

    kind, laid = _remembered(plans, ("start",), planned)
    parts = [(part, members.tables(ready, scenario.person, scenario.parameters, part, kept)) for part, kept in laid]
    states = np.zeros((members.count, len(axis.states)))
    work = _Work(ready, parts, states, accuracy, cancel or CancelFlag())
    spread([work.starting(who, kind) for who in _chunks(range(members.count))])
    return MemberStates(0.0, states, happened=False)


def _remembered(plans: Plans | None, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
    if plans is None:
        return make()
    if key not in plans:
        plans[key] = make()
    made: Made = plans[key]
    return made


def _chunks(which: range) -> list[range]:
    return [range(first, min(first + CHUNK, which.stop)) for first in range(which.start, which.stop, CHUNK)]


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
    plans: Plans | None = None,
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
        Where to go on from, for all members; `periodic_members` by default.
    which : range, optional
        Only these members (the first 40 for a coarse band); the result has their columns only.
    cancel : CancelFlag, optional
    spread : callable, optional
        Who runs the chunks.
    plans : dict, optional
        Remembers what is the same at every call with one scenario.

    Raises
    ------
    InputRefused
        If the scenario holds something that the axis does not accept.
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)
    begin = start or periodic_members(axis, scenario, members, accuracy=rtol, cancel=cancel, spread=spread, plans=plans)
    times = output_grid_h(scenario) if output_times_h is None else np.asarray(output_times_h, dtype=np.float64)
    if times.size == 0 or times[0] < begin.time_h - 1e-7:
        raise ValueError("output times are missing or lie before the start")
    work = _work_ahead(ready, scenario, members, begin, float(times[-1]), rtol, cancel, plans)
    chosen = which or range(members.count)
    ids = [marker.id for marker in axis.markers]
    wanted = ids if markers is None else list(markers)
    values = np.full((len(wanted), times.size, members.count), np.nan)
    columns = np.array([ids.index(marker) for marker in wanted], dtype=np.int64)
    spread([work.running(who, times, columns, values) for who in _chunks(chosen)])
    here = slice(chosen.start, chosen.stop)
    failed = tuple(member - chosen.start for member in work.failed() if member in chosen)
    return Ensemble(
        times,
        {marker: np.ascontiguousarray(values[index, :, here]) for index, marker in enumerate(wanted)},
        MemberStates(float(times[-1]), work.states[here]),
        failed,
        work.why[failed[0] + chosen.start] if failed else None,
        int(work.steps[here].sum()),
        int(work.calls[here].sum()),
        tuple(str(work.why[member + chosen.start]) for member in failed),
    )


def member_programs(
    axis: Axis, scenario: Scenario, members: Members, begin: MemberStates, last_h: float
) -> list[Program]:  # fmt: skip
    """Return what each member runs through from a start on, for solvers that are compared.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    members : Members
    begin : MemberStates
    last_h : float
    """
    work = _work_ahead(compiled(axis), scenario, members, begin, last_h, 1e-3, None, None)
    return [work.program(member, 0) for member in range(members.count)]


def _work_ahead(
    ready: CompiledAxis, scenario: Scenario, members: Members, begin: MemberStates, last_h: float, rtol: float,
    cancel: CancelFlag | None, plans: Plans | None,
) -> _Work:  # fmt: skip
    """Return the work from a start to the last output time, a millionth of an hour at least."""
    axis = ready.axis
    end_h = max(last_h, begin.time_h + 1e-6)

    def planned() -> tuple[Layout, frozenset[str]]:
        found = happenings(axis, scenario, begin.time_h, end_h)
        add_pulses(found, axis, scenario)
        plan = layout(found, len(axis.states), begin.time_h, end_h, jumps_at_start=not begin.happened)
        return plan, found.kept

    plan, kept = _remembered(plans, (begin.time_h, begin.happened, end_h), planned)
    tables = members.tables(ready, scenario.person, scenario.parameters, plan, kept)
    return _Work(ready, [(plan, tables)], np.array(begin.states), rtol, cancel or CancelFlag())


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
        self, ready: CompiledAxis, parts: Sequence[tuple[Layout, MemberTables]], states: FloatArray, accuracy: float,
        cancel: CancelFlag,
    ) -> None:  # fmt: skip
        self.ready, self.parts, self.states = ready, parts, states
        self._accuracy, self._cancel = accuracy, cancel
        count = states.shape[0]
        self.why: list[OutsideValidity | None] = [None] * count
        self.steps = np.zeros(count, dtype=np.int64)
        self.calls = np.zeros(count, dtype=np.int64)

    def starting(self, who: range, kind: Begins) -> Job:
        """Return the job that brings some members to where they start."""

        def begin(member: int) -> None:
            programs = [self.program(member, part) for part in range(len(self.parts))]
            found = found_start(self.ready, kind, programs, self._accuracy, self._cancel)
            self.states[member] = found.states
            self.steps[member] = found.runs

        return self._job(who, begin)

    def running(self, who: range, times: FloatArray, columns: IntArray, values: FloatArray) -> Job:
        """Return the job that runs some members and fills their columns of `values` (marker, time, member)."""
        rows = _rows_at(self.parts[0][0], times)
        markers = np.empty((times.size, len(self.ready.axis.markers)))

        def run_one(member: int) -> None:
            program = self.program(member, 0)
            outcome = run(self.ready, program, self.states[member], times, self._accuracy, self._cancel)
            self.ready.marker_rows(times, outcome.states, program.table_p, markers, rows)
            values[:, :, member] = markers.T[columns]
            self.states[member] = outcome.final
            self.steps[member], self.calls[member] = outcome.steps, outcome.rhs_calls

        return self._job(who, run_one)

    def failed(self) -> list[int]:
        """Return the members without an answer."""
        return [member for member, why in enumerate(self.why) if why is not None]

    def _job(self, who: range, work: Callable[[int], None]) -> Job:
        def job() -> None:
            for member in who:
                if self._cancel.cancelled:
                    raise Cancelled
                if np.isnan(self.states[member, 0]):
                    self.why[member] = failure(self.ready, NO_START, 0.0, -1, 0)
                    continue
                try:
                    work(member)
                except OutsideValidity as error:
                    self.why[member] = error
                    self.states[member] = np.nan

        return job

    def program(self, member: int, part: int) -> Program:
        """Return what a member runs through in one part."""
        plan, tables = self.parts[part]
        return plan.program(tables.table_p[member], tables.table_u[member], tables.jump_values[member])
