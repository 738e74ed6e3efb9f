"""The integrator over many members: one call of compiled code runs a chunk of them without the interpreter's lock."""
# mypy: disable-error-code="untyped-decorator, no-untyped-def"
# ruff: noqa: ANN001, ANN201  (compiled code: types stand in the signatures)

from __future__ import annotations

import numpy as np
from numba import njit, types

from endotune_desktop.simulation.kernel import (
    FACTOR_SIGNATURE,
    RATES_SIGNATURE,
    SOLVE_SIGNATURE,
    integrate,
)

_vector = types.float64[::1]
_matrix = types.float64[:, ::1]
_block = types.float64[:, :, ::1]
_integers = types.int64[::1]

_SHARED = (
    types.FunctionType(RATES_SIGNATURE), types.FunctionType(FACTOR_SIGNATURE), types.FunctionType(SOLVE_SIGNATURE),
    types.int64, _integers, _integers, _integers,  # working size, pattern rows, column starts, colours
    _vector, _integers, _integers, _block, _block,  # segment times, rows of p and u, tables by member
    _integers, _integers, _matrix,  # jumps, values by member
)  # fmt: skip
_LIMITS = (types.float64, _vector, _vector, _vector, types.int64, _integers)
"""rtol, atol, typical size, negative limit, max steps, cancel flag."""

CLOSED, GAVE_UP = 0, 6
"""Outcomes of closing a period; the integrator's own codes stand between them."""


@njit(
    types.void(
        types.int64, types.int64,  # first member, last (excluded)
        *_SHARED,
        types.FunctionType(RATES_SIGNATURE),  # marker values: the same shape of call
        _matrix, _vector, _integers, _integers, _block,  # states, output times, their rows of p, wanted markers, values
        *_LIMITS,
        _integers, _matrix,  # outcome of each member, where it stopped
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def integrate_members(
    first, last, rates, factor, solve, working, rows, starts, colours, times, row_p, row_u, table_p, table_u,
    jump_starts, jump_what, jump_values, marker_values, states, out_times, out_rows, wanted, values, rtol, atol, size,
    lowest, max_steps, cancel, codes, stops,
):  # fmt: skip
    """Run members `first` to `last`: `states` go from start to end, `values` (marker, time, member) are filled."""
    n = states.shape[1]
    out = np.empty((out_times.size, n))
    stats = np.empty(8)
    marker_count = 0
    for j in range(wanted.size):
        marker_count = max(marker_count, wanted[j] + 1)
    all_markers = np.empty(max(marker_count, 64))
    for member in range(first, last):
        stats[:] = 0.0
        stats[5] = 0.05
        code = integrate(
            rates, factor, solve, working, rows, starts, colours, states[member], times, row_p, row_u, table_p[member],
            table_u[member], jump_starts, jump_what, jump_values[member], out_times, out, rtol, atol, size, lowest,
            max_steps, cancel, stats,
        )  # fmt: skip
        codes[member] = code
        stops[member, 0] = stats[0]
        stops[member, 1] = stats[3]
        stops[member, 2] = stats[4]
        stops[member, 3] = stats[2]
        if code == 1:
            return
        for i in range(out_times.size):
            if code == 0:
                marker_values(out_times[i], out[i], table_p[member, out_rows[i]], all_markers)
            for j in range(wanted.size):
                values[j, i, member] = all_markers[wanted[j]] if code == 0 else np.nan


@njit(types.boolean(_matrix, _vector), nogil=True, cache=True, error_model="numpy")
def _solved(a, b) -> bool:
    """Solve a small dense system in place by elimination with row pivoting; False when it is singular."""
    n = b.size
    for k in range(n):
        pivot = k
        for i in range(k + 1, n):
            if abs(a[i, k]) > abs(a[pivot, k]):
                pivot = i
        if not abs(a[pivot, k]) > 1e-300:
            return False
        if pivot != k:
            for j in range(n):
                held = a[k, j]
                a[k, j] = a[pivot, j]
                a[pivot, j] = held
            held = b[k]
            b[k] = b[pivot]
            b[pivot] = held
        for i in range(k + 1, n):
            factor = a[i, k] / a[k, k]
            for j in range(k, n):
                a[i, j] -= factor * a[k, j]
            b[i] -= factor * b[k]
    for k in range(n - 1, -1, -1):
        for j in range(k + 1, n):
            b[k] -= a[k, j] * b[j]
        b[k] /= a[k, k]
    return True


@njit(types.void(types.int64, _matrix, _matrix, _vector, _vector), nogil=True, cache=True, error_model="numpy")
def _mix(held, moves, changes, weights, step) -> None:
    """Take from a step what the last ones have shown to be wrong in it (Anderson's mixing, normal equations)."""
    if held == 0:
        return
    n = step.size
    a = np.zeros((held, held))
    b = np.zeros(held)
    for k in range(held):
        for m in range(k, held):
            total = 0.0
            for i in range(n):
                total += changes[k, i] * changes[m, i] / (weights[i] * weights[i])
            a[k, m] = total
            a[m, k] = total
        for i in range(n):
            b[k] += changes[k, i] * step[i] / (weights[i] * weights[i])
    for k in range(held):
        a[k, k] *= 1.0 + 1e-10
    if _solved(a, b):
        for k in range(held):
            for i in range(n):
                step[i] -= b[k] * (moves[k, i] + changes[k, i])


@njit(types.void(_vector, _vector, _vector), nogil=True, cache=True, error_model="numpy")
def _take(y, step, floor) -> None:
    """Add a step; a positive state never falls below a twentieth, so that the next step is still defined there."""
    for i in range(y.size):
        fresh = y[i] + step[i]
        if floor[i] == 0.0 and fresh < 0.05 * y[i]:
            fresh = 0.05 * y[i]
        y[i] = max(fresh, floor[i])


@njit(types.float64(_vector, _vector, _vector, _matrix, _vector, _vector), nogil=True, cache=True, error_model="numpy")
def _newton(y, image, size, inverse, weights, step) -> float:
    """Fill the nominal Newton step for a defect and return its size relative to the state.

    The step is the distance to go; the defect of one day is not: slow glands move a thousandth of it a day.
    """
    error = 0.0
    for i in range(y.size):
        weights[i] = max(abs(y[i]), size[i])
        total = 0.0
        for j in range(y.size):
            total += inverse[i, j] * (image[j] - y[j])
        step[i] = total
        error = max(error, abs(total) / weights[i])
    return error


_DEPTH = 6
"""Anderson's depth: more brings no fewer periods (measured on the thyroid axis)."""


@njit(
    types.void(
        types.int64, types.int64,
        *_SHARED,
        _matrix, _matrix, _vector, types.float64, types.int64,  # states, inverse, floor, accuracy, most periods
        *_LIMITS,
        _integers, _integers, _matrix,  # outcome of each member, periods it took, where it stopped
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def close_members(
    first, last, rates, factor, solve, working, rows, starts, colours, times, row_p, row_u, table_p, table_u,
    jump_starts, jump_what, jump_values, states, inverse, floor, accuracy, most, rtol, atol, size, lowest, max_steps,
    cancel, codes, periods, stops,
):  # fmt: skip
    """Bring members to the state that one period returns to itself.

    Each step takes the nominal person's Newton step with this member's own defect, and Anderson's method mixes the last
    steps so that what the nominal Jacobian gets wrong is learnt on the way. Defects are weighed by the member's state.
    """
    n = states.shape[1]
    nothing = np.empty(0)
    out = np.empty((0, n))
    stats = np.empty(8)
    image = np.empty(n)
    weights = np.empty(n)
    step = np.empty(n)
    last_y = np.empty(n)
    last_step = np.empty(n)
    moves = np.empty((_DEPTH, n))
    changes = np.empty((_DEPTH, n))
    for member in range(first, last):
        y = states[member]
        h = 0.05
        held = 0
        codes[member] = 6
        for period in range(most):
            image[:] = y
            stats[:] = 0.0
            stats[5] = h
            code = integrate(
                rates, factor, solve, working, rows, starts, colours, image, times, row_p, row_u, table_p[member],
                table_u[member], jump_starts, jump_what, jump_values[member], nothing, out, rtol, atol, size, lowest,
                max_steps, cancel, stats,
            )  # fmt: skip
            periods[member] = period + 1
            if code != 0:
                codes[member] = code
                stops[member, 0] = stats[0]
                stops[member, 1] = stats[3]
                stops[member, 2] = stats[4]
                if code == 1:
                    return
                break
            if _newton(y, image, size, inverse, weights, step) < accuracy:
                _take(y, step, floor)
                codes[member] = 0
                break
            if period > 0:
                slot = (period - 1) % _DEPTH
                moves[slot] = y - last_y
                changes[slot] = step - last_step
                held = min(held + 1, _DEPTH)
            last_y[:] = y
            last_step[:] = step
            _mix(held, moves, changes, weights, step)
            _take(y, step, floor)
