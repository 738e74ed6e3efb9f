"""Where a course starts: the periodic steady state of a person on a dosing calendar."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.compilation import CompiledAxis
from endotune_desktop.simulation.program import Program, run

FloatArray = npt.NDArray[np.float64]

_CLOCKS_H = np.arange(0.0, 24.0, 3.0)
_MEMO_SIZE = 256
_MEMO: OrderedDict[bytes, FloatArray] = OrderedDict()
_NEIGHBOUR: dict[tuple[str, int], tuple[FloatArray, FloatArray]] = {}
_LOCK = threading.Lock()


def periodic_state(
    ready: CompiledAxis,
    program: Program,
    rtol: float = 1e-8,
    cancel: CancelFlag | None = None,
    *,
    unaided: bool = False,
) -> FloatArray:
    """Return the state that one period of a program brings back to itself.

    A neighbouring start is tried first with the Jacobian that served it (chord method); else the clock-averaged
    equations are relaxed to their fixed point, and Newton's method closes the period.

    Parameters
    ----------
    ready : CompiledAxis
    program : Program
        Exactly one period, ending where it begins on the clock.
    rtol : float
        Accuracy of the state.
    cancel : CancelFlag, optional
    unaided : bool
        Try no neighbour: the answer then depends on the program alone, to the last bit, and not on what this process
        has computed before.

    Returns
    -------
    array, shape (n_states,)
        At the first break, before what happens there (equally: at the end of the period).

    Raises
    ------
    OutsideValidity
        If no such state is found.
    """
    key = (b"unaided|" if unaided else b"") + ready.axis.id.encode() + program.key() + np.float64(rtol).tobytes()
    with _LOCK:
        known = _MEMO.get(key)
        if known is not None:
            _MEMO.move_to_end(key)
            return known.copy()
        neighbour = None if unaided else _NEIGHBOUR.get((ready.axis.id, program.times.size))
    found = _chord(ready, program, neighbour, rtol, cancel) if neighbour is not None else None
    if found is None:
        found = _newton(ready, program, rtol, cancel)
    with _LOCK:
        _MEMO[key] = found.copy()
        while len(_MEMO) > _MEMO_SIZE:
            _MEMO.popitem(last=False)
    return found


def forget_starts() -> None:
    """Forget every remembered start, so that the next one is computed from nothing (for timing)."""
    with _LOCK:
        _MEMO.clear()
        _NEIGHBOUR.clear()


def _period(ready: CompiledAxis, program: Program, y: FloatArray, rtol: float, cancel: CancelFlag | None) -> FloatArray:
    return run(ready, program, y, np.empty(0), rtol, cancel).final


def _weights(ready: CompiledAxis, y: FloatArray) -> FloatArray:
    scales = np.array([state.scale for state in ready.axis.states])
    return np.maximum(np.abs(y), 1e-3 * scales)


def _chord(
    ready: CompiledAxis,
    program: Program,
    neighbour: tuple[FloatArray, FloatArray],
    rtol: float,
    cancel: CancelFlag | None,
) -> FloatArray | None:
    """Return the state by the neighbour's Jacobian, None when that does not converge quickly."""
    y, jacobian = neighbour[0].copy(), neighbour[1]
    floor = _floor(ready)
    before = np.inf
    try:
        for attempt in range(12):
            defect = _period(ready, program, y, 0.1 * rtol, cancel) - y
            y = np.maximum(y + np.linalg.solve(jacobian, defect), floor)
            size = float(np.max(np.abs(defect) / _weights(ready, y)))
            if size < rtol:
                return y
            # The fast states may overshoot for a step or two; the slow ones then close in.
            if attempt > 3 and size > 0.5 * before:
                return None
            before = size
    except OutsideValidity:
        return None
    return None


def _newton(ready: CompiledAxis, program: Program, rtol: float, cancel: CancelFlag | None) -> FloatArray:
    y = relaxed(ready, program)
    size = len(ready.axis.states)
    floor = _floor(ready)
    last = np.inf
    for attempt in range(30):
        image = _period(ready, program, y, 0.1 * rtol, cancel)
        defect = image - y
        error = float(np.max(np.abs(defect) / _weights(ready, y)))
        if error < rtol:
            return y
        if error > 10.0 * last and attempt > 3:
            # Newton has left its basin: follow the dynamics for a season and try from there.
            for _ in range(90):
                y = _period(ready, program, y, 1e-6, cancel)
            last = np.inf
            continue
        last = error
        jacobian = np.empty((size, size))
        steps = 1e-5 * _weights(ready, y)
        for column in range(size):
            moved = y.copy()
            moved[column] += steps[column]
            jacobian[:, column] = (_period(ready, program, moved, 0.1 * rtol, cancel) - image) / -steps[column]
        jacobian[np.diag_indices(size)] += 1.0
        step = np.linalg.solve(jacobian, defect)
        y = np.maximum(y + step, floor)
        with _LOCK:
            _NEIGHBOUR[ready.axis.id, program.times.size] = (y, jacobian)
    raise OutsideValidity(
        f"The {ready.axis.title.lower()} model finds no steady state to start from", ready.axis.id, 0.0
    )


def inverse_step(
    ready: CompiledAxis, program: Program, settled: FloatArray, cancel: CancelFlag | None = None
) -> FloatArray:
    """Return the matrix that turns a period's defect into the step that removes it, near a periodic state.

    The inverse of ``I - dP/dy`` for the period map P, by one-sided differences.

    Parameters
    ----------
    ready : CompiledAxis
    program : Program
        One period.
    settled : array, shape (n_states,)
        Its periodic state.
    cancel : CancelFlag, optional

    Returns
    -------
    array, shape (n_states, n_states)
    """
    key = b"inverse|" + ready.axis.id.encode() + program.key() + settled.tobytes()
    with _LOCK:
        if key in _MEMO:
            return _MEMO[key]
    size = settled.size
    image = _period(ready, program, settled, 1e-7, cancel)
    jacobian = np.empty((size, size))
    steps = 1e-4 * _weights(ready, settled)
    for column in range(size):
        moved = settled.copy()
        moved[column] += steps[column]
        jacobian[:, column] = (_period(ready, program, moved, 1e-7, cancel) - image) / -steps[column]
    jacobian[np.diag_indices(size)] += 1.0
    found = np.ascontiguousarray(np.linalg.inv(jacobian))
    with _LOCK:
        _MEMO[key] = found
    return found


def _floor(ready: CompiledAxis) -> FloatArray:
    return np.array([-np.inf if state.may_be_negative else 0.0 for state in ready.axis.states])


def relaxed(ready: CompiledAxis, program: Program) -> FloatArray:
    """Return the fixed point of the clock-averaged equations with the period's mean input.

    Pseudo-transient continuation: implicit Euler steps that grow until the steady state is reached, from the healthy
    reference state.

    Parameters
    ----------
    ready : CompiledAxis
    program : Program

    Returns
    -------
    array, shape (n_states,)
    """
    size = len(ready.axis.states)
    p = program.table_p[program.row_p[0]]
    mean_input = _mean_input(program, size)
    floor = _floor(ready)
    y = np.array([state.initial for state in ready.axis.states])
    held = np.empty(size)

    def averaged(at: FloatArray) -> FloatArray:
        total = mean_input.copy()
        for clock_h in _CLOCKS_H:
            ready.rates(clock_h, at, p, held)
            total += held / _CLOCKS_H.size
        return total

    step_h = 1.0
    rate = averaged(y)
    for _ in range(400):
        weights = _weights(ready, y)
        jacobian = np.empty((size, size))
        for column in range(size):
            moved = y.copy()
            delta = 1e-7 * weights[column]
            moved[column] += delta
            jacobian[:, column] = (averaged(moved) - rate) / delta
        move = np.linalg.solve(np.eye(size) / step_h - jacobian, rate)
        fresh = np.maximum(y + move, floor)
        fresh_rate = averaged(fresh)
        if not np.all(np.isfinite(fresh_rate)) or float(np.max(np.abs(move) / (1.0 + weights / weights))) > 1e6:
            step_h *= 0.1
            continue
        relative = float(np.max(np.abs(fresh - y) / weights))
        y, rate = fresh, fresh_rate
        if relative < 1e-10 and step_h > 1e6:
            break
        step_h = min(step_h * (3.0 if relative < 0.5 else 1.0 if relative < 2.0 else 0.5), 1e9)
    return y


def _mean_input(program: Program, size: int) -> FloatArray:
    """Return what comes in over the period, an hour, on average."""
    length_h = float(program.times[-1] - program.times[0])
    total = np.zeros(size)
    for index, value in enumerate(program.jump_values):
        state, mode = program.jump_what[2 * index], program.jump_what[2 * index + 1]
        if mode == 0:
            total[state] += value
    lasts_h = np.diff(program.times)
    for row, hours in zip(program.row_u, lasts_h, strict=False):
        total += program.table_u[row] * hours
    return total / length_h
