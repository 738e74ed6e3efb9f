"""The integrator: Rodas5P over a list of segments, compiled once for every axis.

Right-hand side, factorisation and solve come as first-class function pointers with explicit signatures, so this module
compiles once and is loaded from the cache ever after. Nothing here knows an axis.
"""
# mypy: disable-error-code="untyped-decorator, no-untyped-def"
# ruff: noqa: ANN001, ANN201, ANN401  (compiled code: types stand in the signatures)

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit, types

from endotune_desktop.simulation import tableau

_vector = types.float64[::1]
_matrix = types.float64[:, ::1]
_integers = types.int64[::1]

RATES_SIGNATURE = types.void(types.float64, _vector, _vector, _vector)
FACTOR_SIGNATURE = types.void(_vector, types.float64, _vector)
SOLVE_SIGNATURE = types.void(_vector, _vector)

OK, CANCELLED, NOT_FINITE, TOO_SMALL, TOO_MANY, NEGATIVE = range(6)

_A = tableau.A
_C = tableau.C
_H = tableau.H
_NODES = tableau.NODES
_D = tableau.TIME_WEIGHTS
_GAMMA = tableau.GAMMA
_AT_A_BREAK_H = 1e-7
"""Outputs this close to a break are taken at it, after what happens there."""


@njit(types.void(_vector, types.int64, _integers, _integers, _vector), nogil=True, cache=True, error_model="numpy")
def apply_jumps(y: Any, segment: int, jump_starts: Any, jump_what: Any, jump_values: Any) -> None:
    """Apply what happens at the start of a segment: mode 0 adds, 1 multiplies, 2 sets."""
    for k in range(jump_starts[segment], jump_starts[segment + 1]):
        state = jump_what[2 * k]
        mode = jump_what[2 * k + 1]
        if mode == 0:
            y[state] += jump_values[k]
        elif mode == 1:
            y[state] *= jump_values[k]
        else:
            y[state] = jump_values[k]


@njit(
    types.int64(
        types.FunctionType(RATES_SIGNATURE), types.FunctionType(FACTOR_SIGNATURE), types.FunctionType(SOLVE_SIGNATURE),
        types.int64, _integers, _integers, _integers,  # working size, pattern rows, column starts, colours
        _vector, _vector, _integers, _integers, _matrix, _matrix,  # y, segment times, rows of p and u, tables
        _integers, _integers, _vector,  # jumps
        _vector, _matrix,  # output times and rows
        types.float64, _vector, _vector, _vector, types.int64,  # rtol, atol, typical size, negative limit, max steps
        _integers, _vector,  # cancel flag, statistics
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def integrate(
    rates, factor, solve, working, rows, starts, colours, y, times, row_p, row_u, table_p, table_u, jump_starts,
    jump_what, jump_values, out_times, out, rtol, atol, size, lowest, max_steps, cancel, stats,
):  # fmt: skip
    """Run a program (see `program.Program`) and return 0 or why it stopped; `stats` tells where."""
    n = y.size
    colour_count = 0
    for i in range(n):
        colour_count = max(colour_count, colours[i] + 1)
    jacobian = np.empty(rows.size)
    w = np.empty(working)
    k = np.empty((8, n))
    f0 = np.empty(n)
    ft = np.empty(n)
    fp = np.empty(n)
    yp = np.empty(n)
    delta = np.empty(n)
    stage = np.empty(n)
    fresh = np.empty(n)
    d1 = np.empty(n)
    d2 = np.empty(n)
    d3 = np.empty(n)
    segments = times.size - 1
    t = times[0]
    h = stats[5]
    written = 0
    steps = 0
    rejected = 0
    calls = 0
    for s in range(segments + 1):
        t = times[s]
        apply_jumps(y, s, jump_starts, jump_what, jump_values)
        while written < out_times.size and out_times[written] <= t + 1e-7:
            out[written, :] = y
            written += 1
        if s == segments:
            break
        end = times[s + 1]
        p = table_p[row_p[s]]
        u = table_u[row_u[s]]
        if end - t > 0.0:
            h = min(h, end - t)
        while end - t > 1e-12 * max(1.0, abs(end)):
            if cancel[0] != 0:
                stats[0] = steps
                stats[3] = t
                return 1
            last = False
            wanted = h
            if t + 1.0001 * h >= end:
                h = end - t
                last = True
            rates(t, y, p, f0)
            tiny = 1e-7 * max(h, 1e-3)
            rates(t + tiny, y, p, ft)
            for i in range(n):
                ft[i] = (ft[i] - f0[i]) / tiny
                f0[i] += u[i]
                delta[i] = 1.5e-8 * max(abs(y[i]), size[i])
            for colour in range(colour_count):
                for i in range(n):
                    yp[i] = y[i] + delta[i] if colours[i] == colour else y[i]
                rates(t, yp, p, fp)
                for column in range(n):
                    if colours[column] == colour:
                        for e in range(starts[column], starts[column + 1]):
                            r = rows[e]
                            jacobian[e] = (fp[r] + u[r] - f0[r]) / delta[column]
            calls += 2 + colour_count
            while True:
                factor(jacobian, 1.0 / (_GAMMA * h), w)
                for j in range(8):
                    if j == 0:
                        for i in range(n):
                            stage[i] = f0[i] + h * _D[0] * ft[i]
                    else:
                        for i in range(n):
                            total = y[i]
                            for m in range(j):
                                total += _A[j, m] * k[m, i]
                            yp[i] = total
                        rates(t + _NODES[j] * h, yp, p, fp)
                        calls += 1
                        for i in range(n):
                            total = 0.0
                            for m in range(j):
                                total += _C[j, m] * k[m, i]
                            stage[i] = fp[i] + u[i] + total / h + h * _D[j] * ft[i]
                    solve(w, stage)
                    for i in range(n):
                        k[j, i] = stage[i]
                error = 0.0
                for i in range(n):
                    fresh[i] = yp[i] + k[7, i]
                    weight = atol[i] + rtol * max(abs(y[i]), abs(fresh[i]))
                    error += (k[7, i] / weight) ** 2
                error = math.sqrt(error / n)
                if error <= 1.0:
                    break
                rejected += 1
                last = False
                if not error < 1e300:
                    h *= 0.1
                else:
                    h *= max(0.2, 0.9 * error ** (-0.2))
                if h < 1e-10 * max(1.0, abs(t)) * 1e-2 or h < 1e-12:
                    stats[0] = steps
                    stats[3] = t
                    for i in range(n):
                        if not abs(fresh[i]) < 1e300:
                            stats[4] = i
                            return 2
                    return 3
                if cancel[0] != 0:
                    stats[0] = steps
                    stats[3] = t
                    return 1
            new_t = end if last else t + h
            if written < out_times.size and out_times[written] < new_t - 1e-7:
                for i in range(n):
                    d1[i] = 0.0
                    d2[i] = 0.0
                    d3[i] = 0.0
                    for m in range(8):
                        d1[i] += _H[0, m] * k[m, i]
                        d2[i] += _H[1, m] * k[m, i]
                        d3[i] += _H[2, m] * k[m, i]
                while written < out_times.size and out_times[written] < new_t - 1e-7:
                    x = (out_times[written] - t) / h
                    v = 1.0 - x
                    for i in range(n):
                        out[written, i] = v * y[i] + x * (fresh[i] + v * (d1[i] + x * (d2[i] + x * d3[i])))
                    written += 1
            for i in range(n):
                y[i] = fresh[i]
                if fresh[i] < lowest[i]:
                    stats[0] = steps
                    stats[3] = new_t
                    stats[4] = i
                    return 5
            t = new_t
            steps += 1
            if steps > max_steps:
                stats[0] = steps
                stats[3] = t
                return 4
            grown = h * min(5.0, 0.9 * max(error, 1e-10) ** (-0.2))
            h = max(grown, wanted) if last else grown
            if h > 24.0:
                h = 24.0
    stats[0] = steps
    stats[1] = rejected
    stats[2] = calls
    stats[3] = t
    stats[5] = h
    return 0
