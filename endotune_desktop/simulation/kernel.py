"""The integrator: a list of segments between breaks, walked by Rodas5P or by Dormand and Prince.

The functions here are read as text, joined with the written-out sums of `unrolled`, and compiled once for every axis:
the equations come as function pointers. They are plain Python whose compiled form is in `kernel_module`; nothing here
knows an axis. ``w`` is the working array of `unrolled`, ``q`` what `emission` keeps of constants and time.
"""
# mypy: disable-error-code="name-defined, no-untyped-def, no-untyped-call, attr-defined"
# ruff: noqa: ANN001, ANN201, F821, F841, RET504  (text for the compiler: types stand in the signatures)

from __future__ import annotations

from math import sqrt

OK, CANCELLED, NOT_FINITE, TOO_SMALL, TOO_MANY, NEGATIVE = range(6)
ROSENBROCK, EXPLICIT = range(2)
STEPS, REJECTED, CALLS, TIME_H, STATE, STEP_H = range(6)
"""Places in ``stats``; `STEP_H` is also the first step that is tried."""
AT_A_BREAK_H = 1e-7
"""Outputs this close to a break are taken at it, after what happens there; of two of them, the first before it."""
MEMORY = 0.04
"""How much the error before counts in the next step: a third of the rejections, and some 3 % fewer steps."""

SIGNATURES = {
    "apply_jumps": "void(CPointer(float64), int64, int64[::1], int64[::1], float64[::1])",
    "rosenbrock_step": "float64(int64, int64, int64, int64, CPointer(float64), CPointer(float64), CPointer(float64), "
    "CPointer(float64), int64, float64, float64, float64)",
    "explicit_step": "float64(int64, int64, CPointer(float64), CPointer(float64), int64, float64, float64, float64)",
    "write_outputs": "int64(int64, CPointer(float64), int64, float64, float64, int64, float64[::1], float64[:, ::1])",
    "first_bad": "int64(CPointer(float64), CPointer(float64), int64)",
    "rates_at": "void(int64[::1], float64, float64[::1], float64[::1], float64[::1], float64[::1])",
    "mean_rates": "void(int64[::1], float64[::1], float64[:, ::1], float64[::1], float64[:, ::1], float64[::1])",
    "marker_rows": "void(int64[::1], float64[::1], float64[:, ::1], float64[:, ::1], int64[::1], float64[:, ::1], "
    "float64[::1])",
    "integrate": "int64(int64, int64[::1], int64[::1], float64[::1], float64[::1], "
    "int64[::1], int64[::1], float64[:, ::1], float64[:, ::1], int64[::1], int64[::1], float64[::1], float64[::1], "
    "float64[:, ::1], float64, float64[::1], float64[::1], int64, float64, int64[::1], float64[::1], float64[::1])",
}


def apply_jumps(y, segment, jump_starts, jump_what, jump_values):
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


def rosenbrock_step(tick, rates, factor, solve, w, q, jacobian, lu, n, t, h, rtol):
    """Try a step of Rodas5P from the linearised rates; set the new state and return the weighted error, squared."""
    inverse = 1.0 / h
    at = shifted(w, AT)
    f = shifted(w, F)
    call_factor(factor, jacobian, inverse / GAMMA, lu)
    total = 0.0
    # rosenbrock_stages
    return total


def explicit_step(tick, rates, w, q, n, t, h, rtol):
    """Try a step of Dormand and Prince from the rates at its start; as `rosenbrock_step`."""
    total = 0.0
    # explicit_stages
    return total


def write_outputs(method, w, n, t, h, written, out_times, out):
    """Write the outputs that fall inside a step; return how many are written in all."""
    if method == 0:
        # rosenbrock_dense
        pass
    else:
        # explicit_dense
        pass
    while written < out_times.size and out_times[written] < t + h - AT_A_BREAK_H:
        x = (out_times[written] - t) / h
        v = 1.0 - x
        last = x if method == 0 else v
        for i in range(out.shape[1]):
            inner = w[D + i] + x * (w[D + STRIDE + i] + last * w[D + 2 * STRIDE + i])
            out[written, i] = v * w[Y + i] + x * (w[FRESH + i] + v * inner)
        written += 1
    return written


def first_bad(values, lowest, n):
    """Return the first entry that is not finite or below its limit, -1 when there is none."""
    bad = 0
    for i in range(n):
        bad += not (values[i] >= lowest[i] and values[i] < 1e300)
    if bad == 0:
        return -1
    for i in range(n):
        if not (values[i] >= lowest[i] and values[i] < 1e300):
            return i
    return -1


def rates_at(functions, t, y, p, dy, q):
    """Compute the rates at one state, ``q`` being room."""
    kept = pointer_to(q)
    call_settle(functions[0], pointer_to(p), kept)
    call_tick(functions[1], t, kept)
    call_rates(functions[2], pointer_to(y), kept, pointer_to(dy))


def mean_rates(functions, times, states, p, means, room):
    """Compute the rates of every row of states, their mean over times; ``room`` is for ``q`` and one row of rates."""
    n = states.shape[1]
    rates = pointer_to(room)
    kept = shifted(rates, n)
    call_settle(functions[0], pointer_to(p), kept)
    means[:, :] = 0.0
    for k in range(times.size):
        call_tick(functions[1], times[k], kept)
        for i in range(states.shape[0]):
            call_rates(functions[2], shifted(pointer_to(states), i * n), kept, rates)
            for j in range(n):
                means[i, j] += room[j] / times.size


def marker_rows(functions, times, states, table, rows, values, q):
    """Compute the markers of every row; `functions` are their settle, tick and values, ``q`` is room."""
    kept = pointer_to(q)
    settled = -1
    for i in range(times.size):
        if rows[i] != settled:
            settled = rows[i]
            call_settle(functions[0], shifted(pointer_to(table), settled * table.shape[1]), kept)
        call_tick(functions[1], times[i], kept)
        y = shifted(pointer_to(states), i * states.shape[1])
        call_rates(functions[2], y, kept, shifted(pointer_to(values), i * values.shape[1]))


def integrate(
    method, functions, sizes, y, times, row_p, row_u, table_p, table_u,
    jump_starts, jump_what, jump_values, out_times, out, rtol, atol, lowest, max_steps, longest_h, cancel, stats, work,
):  # fmt: skip
    """Run a program (see `program.Program`) and return 0 or why it stopped; `stats` tells where.

    `functions` are the addresses of what `kernel_module.KINDS` names; `sizes` are the lengths of ``q``, of the
    Jacobian and of its factors; `work` holds them after the vectors of `unrolled`, whatever it held before. No step is
    longer than `longest_h`, so that no narrow burst is stepped over.
    """
    settle, tick, rates = functions[0], functions[1], functions[2]
    linearised, factor, solve = functions[3], functions[4], functions[5]
    size = y.size
    n = (size + 15) // 16 * 16
    for i in range(ENTRIES):
        work[i] = 0.0
    w = pointer_to(work)
    q = shifted(w, ENTRIES)
    jacobian = shifted(q, sizes[0])
    lu = shifted(jacobian, sizes[1])
    fresh = shifted(w, FRESH)
    floor = shifted(w, LOWEST)
    start = shifted(w, F0) if method == 0 else shifted(w, K)
    for i in range(n):
        work[ATOL + i] = atol[i] if i < size else 1.0
        work[LOWEST + i] = lowest[i] if i < size else -1.0
        work[Y + i] = y[i] if i < size else 0.0
    t = times[0]
    h = stats[5]
    after_jump = h
    older = 1.0
    settled = -1
    written = steps = rejected = calls = 0
    for s in range(times.size):
        t = times[s]
        while written + 1 < out_times.size and out_times[written + 1] <= t + AT_A_BREAK_H:
            for i in range(size):
                out[written, i] = work[Y + i]
            written += 1
        apply_jumps(w, s, jump_starts, jump_what, jump_values)
        if written < out_times.size and out_times[written] <= t + AT_A_BREAK_H:
            for i in range(size):
                out[written, i] = work[Y + i]
            written += 1
        if s == times.size - 1:
            break
        end = times[s + 1]
        if row_p[s] != settled:
            settled = row_p[s]
            call_settle(settle, shifted(pointer_to(table_p), settled * table_p.shape[1]), q)
        for i in range(size):
            work[U + i] = table_u[row_u[s], i]
        jumped = jump_starts[s + 1] > jump_starts[s]
        if jumped:
            h = after_jump
            older = 1.0
        reusable = False
        while end - t > 1e-12 * max(1.0, abs(end)):
            wanted = min(h, longest_h)
            h = wanted
            last = t + 1.0001 * h >= end
            if last:
                h = end - t
            elif t + 2.0 * h > end:
                h = 0.5 * (end - t)
            if method == 0:
                call_tick(tick, t, q)
                call_linearised(linearised, t, w, q, start, jacobian, shifted(w, FT))
                for i in range(n):
                    w[F0 + i] += w[U + i]
                calls += 1
            elif not reusable:
                call_tick(tick, t, q)
                call_rates(rates, w, q, start)
                for i in range(n):
                    w[K + i] += w[U + i]
                calls += 1
            while True:
                if cancel[0] != 0:
                    stats[0] = steps
                    stats[3] = t
                    return 1
                if method == 0:
                    error = rosenbrock_step(tick, rates, factor, solve, w, q, jacobian, lu, n, t, h, rtol)
                    calls += 7
                else:
                    error = explicit_step(tick, rates, w, q, n, t, h, rtol)
                    calls += 6
                error = sqrt(error / size)
                if error <= 1.0:
                    break
                rejected += 1
                last = False
                h *= max(0.2, 0.9 * error ** (-0.2)) if error < 1e300 else 0.1
                if h < 1e-12 * max(1.0, abs(t)):
                    stats[0] = steps
                    stats[3] = t
                    stats[4] = first_bad(fresh, floor, size)
                    return 3 if error < 1e300 else 2
            new_t = end if last else t + h
            if written < out_times.size and out_times[written] < new_t - AT_A_BREAK_H:
                written = write_outputs(method, w, n, t, new_t - t, written, out_times, out)
            bad = first_bad(fresh, floor, size)
            if bad >= 0:
                stats[0] = steps
                stats[3] = new_t
                stats[4] = bad
                return 5 if work[FRESH + bad] < work[LOWEST + bad] else 2
            for i in range(n):
                w[Y + i] = w[FRESH + i]
            if method == 1:
                for i in range(n):
                    w[K + i] = w[K + 6 * STRIDE + i]
                reusable = True
            t = new_t
            steps += 1
            if steps > max_steps:
                stats[0] = steps
                stats[3] = t
                return 4
            error = max(error, 1e-10)
            grown = h * min(5.0, 0.9 * error ** (MEMORY - 0.2) * older**MEMORY)
            older = error
            if jumped:
                jumped = False
                if not last:
                    after_jump = grown
            h = max(grown, wanted) if last else grown
    for i in range(size):
        y[i] = work[Y + i]
    stats[0] = steps
    stats[1] = rejected
    stats[2] = calls
    stats[3] = t
    stats[5] = h
    return 0
