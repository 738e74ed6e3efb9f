"""What the kernel reads: segments between breaks, with tables of constants and inputs, and the jumps at each break."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.person import Person
from endotune_desktop.simulation.cancelling import CancelFlag, Cancelled
from endotune_desktop.simulation.choosing import method_number
from endotune_desktop.simulation.compilation import CompiledAxis
from endotune_desktop.simulation.timeline import Happenings, parameters_in_force

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
    inside = sorted(time for time in found.break_times() if from_h + _SAME_TIME_H < time < to_h - _SAME_TIME_H)
    times = [from_h]
    for time in [*inside, to_h]:
        if time - times[-1] > _SAME_TIME_H:
            times.append(time)
    parameters = _parameters(base, found, times)
    table_p, row_p = _rows(ready, person, parameters)
    table_u, row_u = _inputs(ready, found, times, parameters)
    starts, what, values = _jumps(found, times, parameters, jumps_at_start)
    return Program(np.array(times), row_p, row_u, table_p, table_u, starts, what, values)


def _parameters(base: dict[str, float], found: Happenings, times: list[float]) -> list[dict[str, float]]:
    """Return the parameters after each break; the same object where the same changes are in force."""
    held: dict[tuple[bool, ...], dict[str, float]] = {}
    rows = []
    for time in times:
        active = tuple(entry.from_h <= time < entry.to_h for entry in found.in_force)
        if active not in held:
            held[active] = parameters_in_force(base, found.in_force, time, found.kept)
        rows.append(held[active])
    return rows


def _rows(ready: CompiledAxis, person: Person, parameters: list[dict[str, float]]) -> tuple[FloatArray, IntArray]:
    places: dict[int, int] = {}
    rows = []
    table: list[FloatArray] = []
    for values in parameters:
        key = id(values)
        if key not in places:
            _check_bounds(ready, values)
            places[key] = len(table)
            table.append(ready.constants(values, person))
        rows.append(places[key])
    return np.array(table), np.array(rows, dtype=np.int64)


def _check_bounds(ready: CompiledAxis, values: dict[str, float]) -> None:
    """Refuse lesions that together push a parameter to where the equations do not hold."""
    for parameter in ready.axis.parameters:
        value = values[parameter.id]
        if not parameter.low * (1 - 1e-9) <= value <= parameter.high * (1 + 1e-9):
            what = f"together they bring {parameter.id} ({parameter.meaning}) to {value:.3g}"
            raise InputRefused(what, "lesions", f"{parameter.low:g} to {parameter.high:g}")


def _inputs(
    ready: CompiledAxis, found: Happenings, times: list[float], parameters: list[dict[str, float]]
) -> tuple[FloatArray, IntArray]:
    size = len(ready.axis.states)
    per_segment = np.zeros((len(times), size))
    for entry in found.inputs:
        first = bisect_left(times, entry.from_h - _SAME_TIME_H)
        last = bisect_left(times, entry.to_h - _SAME_TIME_H)
        for row in range(first, last):
            per_segment[row, entry.state] += entry.rate * _product(entry.fractions, parameters[row])
    if not found.inputs:
        return np.zeros((1, size)), np.zeros(len(times), dtype=np.int64)
    table, rows = np.unique(per_segment, axis=0, return_inverse=True)
    return np.ascontiguousarray(table), rows.reshape(-1).astype(np.int64)


def _jumps(
    found: Happenings, times: list[float], parameters: list[dict[str, float]], jumps_at_start: bool
) -> tuple[IntArray, IntArray, FloatArray]:
    at: list[list[tuple[int, int, float]]] = [[] for _ in times]
    for jump in found.jumps:
        if jump.time_h < times[0] - _SAME_TIME_H or jump.time_h > times[-1] + _SAME_TIME_H:
            continue
        row = bisect_left(times, jump.time_h - _SAME_TIME_H)
        if row == 0 and not jumps_at_start:
            continue
        value = jump.value * _product(jump.fractions, parameters[row])
        at[row].append((jump.state, jump.mode, value))
    counts = [len(entries) for entries in at]
    flat = [entry for entries in at for entry in entries]
    what = np.array([number for state, mode, _ in flat for number in (state, mode)], dtype=np.int64)
    values = np.array([value for _, _, value in flat], dtype=np.float64)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), what, values


def _product(names: tuple[str, ...], values: dict[str, float]) -> float:
    product = 1.0
    for name in names:
        product *= values[name]
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
        out, rtol, *limits(ready, rtol), MAX_STEPS, (cancel or CancelFlag()).cell, stats, ready.workspace(),
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


_REASONS = {
    2: "a value was not finite",
    3: "the step became too small",
    4: "the run took too many steps",
    5: "an amount fell below zero",
}


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
    state = ready.axis.states[int(stats[4])].id if code in (2, 5) and stats[4] >= 0 else ""
    day = stats[3] / 24.0
    where = f" ({state})" if state else ""
    sentence = f"At day {day:.1f} the {ready.axis.title.lower()} model has no answer: {_REASONS[code]}{where}"
    raise OutsideValidity(sentence, ready.axis.id, float(stats[3]), state, int(stats[0]))
