"""The periodic steady state of a person on a dosing calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.physiology.axis import Mode
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.compilation import CompiledAxis
from endotune_desktop.simulation.effects import JUMP_MODES
from endotune_desktop.simulation.periodic_kernel import DEPTH, RUNS, UNCLOSED
from endotune_desktop.simulation.program import (
    MAX_STEPS,
    Program,
    chosen,
    fresh_statistics,
    limits,
    raise_failure,
    run,
)

FloatArray = npt.NDArray[np.float64]

Period = Callable[[FloatArray, float], FloatArray]

_SEASON = 90
_ROUNDS = 30


@dataclass(frozen=True)
class Closing:
    """A periodic state, and what it took.

    Attributes
    ----------
    states : array, shape (n_states,)
    runs : int
        Periods that were integrated.
    """

    states: FloatArray
    runs: int


def closed_period(ready: CompiledAxis, program: Program, rtol: float, cancel: CancelFlag | None = None) -> Closing:
    """Return the state that one period of a program brings back to itself; equal input gives equal bits.

    The averaged equations are relaxed to their fixed point and Anderson's method closes the period, in compiled code;
    where that fails, the dynamics are followed for a season and Newton's method closes it.

    Parameters
    ----------
    ready : CompiledAxis
    program : Program
        Exactly one period, ending where it begins on the clock.
    rtol : float
        Accuracy of the state.
    cancel : CancelFlag, optional

    Returns
    -------
    Closing
        The state at the first break, before what happens there (equally: at the end of the period).

    Raises
    ------
    OutsideValidity
        If no such state is found.
    Cancelled
        If the flag was set.
    """
    size = ready.scales.size
    y = ready.initial.copy()
    stats = fresh_statistics()
    absolute, lowest = limits(ready, 0.1 * rtol)
    code = ready.close_period(
        chosen(ready, None), ready.functions, ready.sizes, y, *program.arrays(), rtol, absolute, lowest, MAX_STEPS,
        ready.axis.longest_step_h, (cancel or CancelFlag()).cell, stats, ready.workspace(), ready.pattern.rows,
        ready.pattern.columns, ready.scales, _floor(ready), mean_input(program, size),
        np.empty((5, size + 2 * DEPTH, size)), np.empty(0),
    )  # fmt: skip
    if code == 0:
        return Closing(y, int(stats[RUNS]))
    if code == 1:
        raise_failure(ready, int(code), stats)
    assert code <= UNCLOSED
    return _by_newton(ready, program, rtol, cancel)


def _floor(ready: CompiledAxis) -> FloatArray:
    return np.where(ready.positive, 0.0, -1e300)


def _weights(ready: CompiledAxis, y: FloatArray) -> FloatArray:
    return np.maximum(np.abs(y), 1e-3 * ready.scales)


def _by_newton(ready: CompiledAxis, program: Program, rtol: float, cancel: CancelFlag | None) -> Closing:
    """Follow the dynamics for a season, then close the period by Newton's method; again when it leaves its basin."""
    runs = 0

    def period(state: FloatArray, accuracy: float) -> FloatArray:
        nonlocal runs
        runs += 1
        return run(ready, program, state, np.empty(0), accuracy, cancel).final

    y, last = _season(period, ready.initial), np.inf
    size = y.size
    for _ in range(_ROUNDS):
        image = period(y, 0.1 * rtol)
        defect = image - y
        jacobian = np.empty((size, size))
        steps = 1e-5 * _weights(ready, y)
        for column in range(size):
            moved = y.copy()
            moved[column] += steps[column]
            jacobian[:, column] = (period(moved, 0.1 * rtol) - image) / -steps[column]
        jacobian[np.diag_indices(size)] += 1.0
        try:
            step = np.linalg.solve(jacobian, defect)
        except np.linalg.LinAlgError:
            y, last = _season(period, y), np.inf
            continue
        error = float(np.max(np.abs(step) / _weights(ready, y)))
        if not error < 10.0 * last:
            y, last = _season(period, y), np.inf
            continue
        y, last = np.maximum(y + step, _floor(ready)), error
        if error < rtol:
            return Closing(y, runs)
    raise OutsideValidity(
        f"The {ready.axis.title.lower()} model finds no steady state to start from", ready.axis.id, 0.0
    )


def _season(period: Period, y: FloatArray) -> FloatArray:
    for _ in range(_SEASON):
        y = period(y, 1e-6)
    return y


def mean_input(program: Program, size: int) -> FloatArray:
    """Return what comes in over the period, an hour, on average: at most, where a patch replaces the one before."""
    total = np.zeros(size)
    adding = program.jump_what[1::2] != JUMP_MODES[Mode.TIMES]
    np.add.at(total, program.jump_what[::2][adding], program.jump_values[adding])
    total += np.diff(program.times) @ program.table_u[program.row_u[:-1]]
    return total / float(program.times[-1] - program.times[0])
