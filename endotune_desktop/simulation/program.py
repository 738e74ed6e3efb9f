"""What the kernel reads: segments between breaks, with tables of constants and inputs, and the jumps at each break."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.person import Person
from endotune_desktop.simulation.cancelling import CancelFlag, Cancelled
from endotune_desktop.simulation.choosing import method_number
from endotune_desktop.simulation.compilation import CompiledAxis
from endotune_desktop.simulation.effects import Happenings, InForce, parameters_in_force

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MAX_STEPS = 2_000_000
"""A year of three doses a day takes some 30,000 steps at rtol 1e-8; more than this is a failure, not patience."""

_SAME_TIME_H = 1e-9


@dataclass(frozen=True)
class Program:
    """A run, as arrays.

    Attributes
    ----------
    times : array, shape (m + 1,)
        Breaks, first and last included.
    row_p, row_u : array, shape (m + 1,)
        Row of `table_p` and `table_u` in force after each break.
    table_p : array, shape (a, n_constants)
    table_u : array, shape (b, n_states)
    jump_starts : array, shape (m + 2,)
    jump_what : array, shape (2 k,)
        State and mode of every jump.
    jump_values : array, shape (k,)
    """

    times: FloatArray
    row_p: IntArray
    row_u: IntArray
    table_p: FloatArray
    table_u: FloatArray
    jump_starts: IntArray
    jump_what: IntArray
    jump_values: FloatArray

    def arrays(self) -> tuple[npt.NDArray[Any], ...]:
        """Return the arrays in the order in which the kernel takes them."""
        return (
            self.times, self.row_p, self.row_u, self.table_p, self.table_u, self.jump_starts, self.jump_what,
            self.jump_values,
        )  # fmt: skip

    def key(self) -> bytes:
        """Return the content, for a memo."""
        parts = (self.times, self.row_p, self.row_u, self.table_p, self.table_u, self.jump_what, self.jump_values)
        return b"|".join(part.tobytes() for part in parts)

    def rows_at(self, time_h: FloatArray) -> IntArray:
        """Return the row of `table_p` in force at (and after) every time; before it for the first of two equal times.

        Parameters
        ----------
        time_h : array, shape (n,)
            Ascending.
        """
        times = np.asarray(time_h, dtype=np.float64)
        before = np.append(np.diff(times) <= 2e-7, False) if times.size else np.zeros(0, dtype=np.bool_)
        segments = np.searchsorted(self.times, times + np.where(before, -1e-7, 1e-7), side="right") - 1
        return self.row_p[np.clip(segments, 0, self.row_p.size - 1)]

    def constants_at(self, time_h: FloatArray) -> FloatArray:
        """Return the constants in force at (and after) every time, shape (n, n_constants)."""
        return self.table_p[self.rows_at(time_h)]


def build(
    ready: CompiledAxis,
    person: Person,
    base: dict[str, float],
    found: Happenings,
    from_h: float,
    to_h: float,
    *,
    jumps_at_start: bool = True,
) -> Program:
    """Return the program of a span of time.

    Parameters
    ----------
    ready : CompiledAxis
    person : Person
    base : dict of str to float
        Every parameter before lesions.
    found : Happenings
    from_h, to_h : float
    jumps_at_start : bool
        Whether what happens exactly at `from_h` still has to happen.
    """
    plan = layout(found, len(ready.axis.states), from_h, to_h, jumps_at_start=jumps_at_start)
    parameters = [parameters_in_force(base, active, 0.0, found.kept) for active in plan.active]
    for values, active in zip(parameters, plan.active, strict=True):
        check_bounds(ready, values, active)
    table_p = np.array([ready.constants(values, person) for values in parameters])
    products: dict[tuple[int, tuple[str, ...]], float] = {}
    table_u = np.zeros((plan.input_rows, len(ready.axis.states)))
    for share in plan.inputs:
        table_u[share.row, share.state] += share.amount * _product(ready, share.fractions, table_p[share.row_p])
    for share in plan.jumps:
        if (share.row_p, share.fractions) not in products:
            products[share.row_p, share.fractions] = _product(ready, share.fractions, table_p[share.row_p])
    factors = [products[share.row_p, share.fractions] for share in plan.jumps]
    values_of_jumps = np.array([share.amount for share in plan.jumps], dtype=np.float64) * np.array(factors)
    return plan.program(table_p, table_u, values_of_jumps)


class Share(NamedTuple):
    """An amount that enters a state, before a person's own fractions (bioavailability) multiply it.

    Attributes
    ----------
    row : int
        Row of the input table; unused by jumps.
    row_p : int
        Row of the constants in force at that time.
    state : int
    amount : float
        A jump's value, or an input's rate an hour.
    fractions : tuple of str
        Constants that multiply it.
    ordered : bool
        Whether a person's adherence multiplies it as well.
    time_h : float
        When it is given, or begins.
    lesion : str
        The lesion that begins with it, empty for anything else.
    """

    row: int
    row_p: int
    state: int
    amount: float
    fractions: tuple[str, ...]
    ordered: bool
    time_h: float = 0.0
    lesion: str = ""


@dataclass(frozen=True)
class Layout:
    """The part of a program that is the same for every person.

    Attributes
    ----------
    times : array, shape (m + 1,)
    active : list of tuples of InForce
        Distinct sets of changes in force; one row of the constants each.
    row_p, row_u : array, shape (m + 1,)
    input_rows : int
        Rows of the input table.
    inputs : list of Share
    jumps : list of Share
    jump_starts : array, shape (m + 2,)
    jump_what : array, shape (2 k,)
    """

    times: FloatArray
    active: list[tuple[InForce, ...]]
    row_p: IntArray
    row_u: IntArray
    input_rows: int
    inputs: list[Share]
    jumps: list[Share]
    jump_starts: IntArray
    jump_what: IntArray

    def program(self, table_p: FloatArray, table_u: FloatArray, jump_values: FloatArray) -> Program:
        """Return the program of one person."""
        return Program(
            self.times, self.row_p, self.row_u, table_p, table_u, self.jump_starts, self.jump_what, jump_values
        )


def layout(found: Happenings, size: int, from_h: float, to_h: float, *, jumps_at_start: bool) -> Layout:
    """Return where a span of time breaks and what happens there.

    Parameters
    ----------
    found : Happenings
    size : int
        Number of states.
    from_h, to_h : float
    jumps_at_start : bool
        Whether what happens exactly at `from_h` still has to happen.
    """
    inside = sorted(time for time in found.break_times() if from_h + _SAME_TIME_H < time < to_h - _SAME_TIME_H)
    times = [from_h]
    for time in [*inside, to_h]:
        if time - times[-1] > _SAME_TIME_H:
            times.append(time)
    active, row_p = _active(found, times)
    inputs, row_u, input_rows = _inputs(found, times, row_p)
    jumps, starts, what = _jumps(found, times, row_p, jumps_at_start)
    return Layout(np.array(times), active, row_p, row_u, input_rows, inputs, jumps, starts, what)


def _active(found: Happenings, times: list[float]) -> tuple[list[tuple[InForce, ...]], IntArray]:
    """Return the distinct sets of changes in force, and which one rules after each break."""
    places: dict[tuple[bool, ...], int] = {}
    sets: list[tuple[InForce, ...]] = []
    rows = []
    spans = [(entry.from_h, entry.to_h) for entry in found.in_force]
    edges = sorted({edge for span in spans for edge in span})
    key: tuple[bool, ...] = ()
    changed_h = -math.inf
    for time in times:
        if time >= changed_h:  # between two edges nothing begins or ends
            key = tuple(from_h <= time < to_h for from_h, to_h in spans)
            changed_h = next((edge for edge in edges if edge > time), math.inf)
        if key not in places:
            places[key] = len(sets)
            ruling = (entry for entry, rules in zip(found.in_force, key, strict=True) if rules)
            sets.append(tuple(replace(entry, from_h=-math.inf, to_h=math.inf) for entry in ruling))
        rows.append(places[key])
    return sets, np.array(rows, dtype=np.int64)


def check_bounds(ready: CompiledAxis, values: dict[str, float], active: tuple[InForce, ...]) -> None:
    """Refuse lesions that together push a parameter to where the equations do not hold, and a pump that does."""
    pumps = {name: entry.held_by for entry in active if entry.held_by for name, _, _ in entry.changes}
    held = np.array([values[parameter.id] for parameter in ready.axis.parameters])
    for index in np.flatnonzero(~((ready.lowest <= held) & (held <= ready.highest))).tolist():
        parameter, value = ready.axis.parameters[index], held[index]
        who = "it brings" if parameter.id in pumps else "together they bring"
        what = f"{who} {parameter.id} ({parameter.meaning}) to {value:.3g}"
        raise InputRefused(what, pumps.get(parameter.id, "lesions"), f"{parameter.low:g} to {parameter.high:g}")


def _inputs(found: Happenings, times: list[float], row_p: IntArray) -> tuple[list[Share], IntArray, int]:
    """Return the shares of the input table, which row rules after each break, and how many rows there are."""
    flowing: list[list[int]] = [[] for _ in times]
    for index, entry in enumerate(found.inputs):
        first = bisect_left(times, entry.from_h - _SAME_TIME_H)
        last = bisect_left(times, entry.to_h - _SAME_TIME_H)
        for row in range(first, last):
            flowing[row].append(index)
    places: dict[tuple[int, ...], int] = {}
    shares: list[Share] = []
    rows = []
    for row, indices in enumerate(flowing):
        key = (int(row_p[row]) if indices else -1, *indices)
        if key not in places:
            places[key] = len(places)
            for index in indices:
                entry = found.inputs[index]
                where = (places[key], int(row_p[row]), entry.state)
                shares.append(Share(*where, entry.rate, entry.fractions, entry.ordered, entry.from_h))
        rows.append(places[key])
    return shares, np.array(rows, dtype=np.int64), len(places)


def _jumps(
    found: Happenings, times: list[float], row_p: IntArray, jumps_at_start: bool
) -> tuple[list[Share], IntArray, IntArray]:
    first_h, last_h = times[0] - _SAME_TIME_H, times[-1] + _SAME_TIME_H
    within = [jump for jump in found.jumps if first_h <= jump.time_h <= last_h]
    at = np.searchsorted(times, np.array([jump.time_h for jump in within]) - _SAME_TIME_H)
    order = np.argsort(at, kind="stable")
    if not jumps_at_start:
        order = order[at[order] > 0]
    ordered = [within[index] for index in order.tolist()]
    rules = row_p[at[order]].tolist()
    shares = [
        Share(0, row, jump.state, jump.value, jump.fractions, jump.ordered, jump.time_h, jump.lesion)
        for row, jump in zip(rules, ordered, strict=True)
    ]
    what = np.array([(jump.state, jump.mode) for jump in ordered], dtype=np.int64).reshape(-1)
    starts = np.searchsorted(at[order], np.arange(len(times) + 1)).astype(np.int64)
    return shares, starts, what


def _product(ready: CompiledAxis, names: tuple[str, ...], constants: FloatArray) -> float:
    product = 1.0
    for name in names:
        product *= float(constants[ready.places[name]])
    return product


@dataclass(frozen=True)
class Outcome:
    """What the kernel returned.

    Attributes
    ----------
    states : array, shape (n_out, n_states)
    final : array, shape (n_states,)
    steps, rejected, rhs_calls : int
    """

    states: FloatArray
    final: FloatArray
    steps: int
    rejected: int
    rhs_calls: int


def run(
    ready: CompiledAxis,
    program: Program,
    start: FloatArray,
    out_times: FloatArray,
    rtol: float,
    cancel: CancelFlag | None = None,
    method: str | None = None,
) -> Outcome:
    """Integrate a program.

    Parameters
    ----------
    ready : CompiledAxis
    program : Program
    start : array, shape (n_states,)
        At the first break, before what happens there.
    out_times : array, shape (n_out,)
        Ascending, within the program.
    rtol : float
        Relative tolerance of a step; the absolute one is a hundredth of it times each state's scale.
    cancel : CancelFlag, optional
    method : str, optional
        One of `choosing.METHODS`; the axis's own by default.

    Raises
    ------
    Cancelled
        If the flag was set.
    OutsideValidity
        If the equations have no answer: with the time, the state and the step.
    """
    y = np.array(start, dtype=np.float64)
    out = np.empty((out_times.size, y.size))
    stats = fresh_statistics()
    code = ready.integrate(
        chosen(ready, method), ready.functions, ready.sizes, y, *program.arrays(), np.ascontiguousarray(out_times),
        out, rtol, *limits(ready, rtol), MAX_STEPS, ready.axis.longest_step_h, (cancel or CancelFlag()).cell, stats,
        ready.workspace(),
    )  # fmt: skip
    raise_failure(ready, int(code), stats)
    return Outcome(out, y, int(stats[0]), int(stats[1]), int(stats[2]))


def chosen(ready: CompiledAxis, method: str | None) -> int:
    """Return the kernel's number of a method, the axis's own when none is named."""
    return method_number(method or ready.method, "method")


def fresh_statistics() -> FloatArray:
    """Return what the kernel fills with where it stopped; the first step that it tries stands in it."""
    stats = np.zeros(8)
    stats[5] = 0.05
    return stats


def limits(ready: CompiledAxis, rtol: float) -> tuple[FloatArray, FloatArray]:
    """Return the absolute tolerance and the lowest accepted value of every state."""
    slack = max(1e-6, 100.0 * rtol)
    return rtol * 1e-2 * ready.scales, np.where(ready.positive, -slack * ready.scales, -1e300)


NO_START = 7
"""Code of a member that had no periodic state; the integrator's own codes are smaller."""

_REASONS = {
    2: "a value was not finite",
    3: "the step became too small",
    4: "the run took too many steps",
    5: "an amount fell below zero",
    NO_START: "no steady state was found to start from",
}


def failure(ready: CompiledAxis, code: int, time_h: float, state_index: int, steps: int) -> OutsideValidity:
    """Return why a run has no answer, as an error that names the axis, the time, the state and the step."""
    state = ready.axis.states[state_index].id if code in (2, 5) and state_index >= 0 else ""
    where = f" ({state})" if state else ""
    title = ready.axis.title.lower()
    sentence = f"At day {time_h / 24.0:.1f} the {title} model has no answer: {_REASONS[code]}{where}"
    return OutsideValidity(sentence, ready.axis.id, time_h, state, steps)


def raise_failure(ready: CompiledAxis, code: int, stats: FloatArray) -> None:
    """Raise what a code of the kernel means; nothing for 0.

    Raises
    ------
    Cancelled
        If the flag was set.
    OutsideValidity
        If the equations have no answer: with the time, the state and the step.
    """
    if code == 0:
        return
    if code == 1:
        raise Cancelled
    raise failure(ready, code, float(stats[3]), int(stats[4]), int(stats[0]))
