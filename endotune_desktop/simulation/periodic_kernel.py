"""The state that a period brings back: relaxed on average first, then closed by Anderson's method, in compiled code.

Text for the compiler, as `kernel`. The map of a period is preconditioned by the flow of the averaged equations, whose
exact derivatives come with the relaxation; that leaves so little to Anderson's method that three to six periods do.
Nothing is remembered from one call to the next, so equal input gives equal bits, whatever was asked before.
"""
# mypy: disable-error-code="name-defined, no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201, F821  (text for the compiler: types stand in the signatures)

from __future__ import annotations

DEPTH = 6
"""How many former differences Anderson's method combines."""
UNCLOSED = 6
"""Code of a period that does not close within `PATIENCE` runs."""
PATIENCE = 40
RELAXATIONS = 300
FEWEST_PARTS = 8
"""Parts of the clock over which rates are averaged; more where a burst is narrower than a part."""
RUNS, RELAXED = 6, 7
"""Places in ``stats``: periods run, and steps of the relaxation."""

SIGNATURES = {
    "clock_parts": "int64(float64)",
    "average_rates": "void(int64, int64, CPointer(float64), CPointer(float64), CPointer(float64), "
    "CPointer(float64), int64, int64, int64)",
    "relax": "int64(int64, int64, int64, int64, CPointer(float64), CPointer(float64), CPointer(float64), "
    "CPointer(float64), CPointer(float64), int64, int64, float64, int64[::1])",
    "invert": "int64(float64[:, ::1], float64[:, ::1])",
    "flow_less_identity": "int64(CPointer(float64), int64[::1], int64[::1], float64, float64[:, ::1], "
    "float64[:, ::1], float64[:, ::1])",
    "accelerated": "void(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[::1], int64, float64[::1], "
    "float64[::1])",
    "remember": "int64(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[::1], float64[::1], int64)",
    "close_period": "int64(int64, int64[::1], int64[::1], float64[::1], float64[::1], int64[::1], int64[::1], "
    "float64[:, ::1], float64[:, ::1], int64[::1], int64[::1], float64[::1], "
    "float64, float64[::1], float64[::1], int64, float64, int64[::1], float64[::1], float64[::1], int64[::1], "
    "int64[::1], float64[::1], float64[::1], float64[::1], float64[:, :, ::1], float64[::1])",
}


def clock_parts(longest_h):
    """Return over how many parts of the clock rates are averaged, so that no narrow burst lies between two of them."""
    return FEWEST_PARTS if longest_h >= 24.0 / FEWEST_PARTS else int(24.0 / longest_h + 0.999)


def average_rates(tick, linearised, w, q, jacobian, mean, size, nonzero, parts):
    """Average the rates and their derivatives over so many parts of the clock at the state in `Y`."""
    share = 1.0 / parts
    rate = shifted(w, K)
    for i in range(size):
        rate[i] = w[D + i]
    for e in range(nonzero):
        mean[e] = 0.0
    for part in range(parts):
        clock_h = 24.0 * part / parts
        call_tick(tick, clock_h, q)
        call_linearised(linearised, clock_h, w, q, shifted(w, F0), jacobian, shifted(w, FT))
        for i in range(size):
            rate[i] += share * w[F0 + i]
        for e in range(nonzero):
            mean[e] += share * jacobian[e]


def relax(tick, linearised, factor, solve, w, q, jacobian, lu, mean, size, nonzero, longest_h, cancel):
    """Bring `Y` to the fixed point of the averaged equations with the mean input in `D`: ever longer implicit steps."""
    h = 1.0
    parts = clock_parts(longest_h)
    average_rates(tick, linearised, w, q, jacobian, mean, size, nonzero, parts)
    for count in range(RELAXATIONS):
        if cancel[0] != 0:
            return -1
        call_factor(factor, mean, 1.0 / h, lu)
        for i in range(size):
            w[AT + i] = w[K + i]
        call_solve(solve, lu, shifted(w, AT))
        largest = 0.0
        for i in range(size):
            fresh = max(w[Y + i] + w[AT + i], w[LOWEST + i])
            change = abs(fresh - w[Y + i]) / max(abs(w[Y + i]), 1e-3 * w[ATOL + i])
            largest = max(largest, change) if change < 1e6 else 1e9
        if largest > 1e6 and h > 1e-9:
            h *= 0.1
            continue
        for i in range(size):
            w[Y + i] = max(w[Y + i] + w[AT + i], w[LOWEST + i])
        average_rates(tick, linearised, w, q, jacobian, mean, size, nonzero, parts)
        if largest < 1e-6 and h > 1e6:
            return count
        h = min(h * (10.0 if largest < 0.3 else 3.0 if largest < 0.5 else 1.0 if largest < 2.0 else 0.5), 1e9)
    return RELAXATIONS


def invert(a, inverse):
    """Write the inverse of a matrix, which is used up; 0 when it is singular."""
    n = a.shape[0]
    for i in range(n):
        for j in range(n):
            inverse[i, j] = 1.0 if i == j else 0.0
    for column in range(n):
        pivot = column
        for row in range(column + 1, n):
            if abs(a[row, column]) > abs(a[pivot, column]):
                pivot = row
        if not abs(a[pivot, column]) > 1e-300:
            return 0
        for j in range(n):
            a[pivot, j], a[column, j] = a[column, j], a[pivot, j]
            inverse[pivot, j], inverse[column, j] = inverse[column, j], inverse[pivot, j]
        scale = 1.0 / a[column, column]
        for j in range(n):
            a[column, j] *= scale
            inverse[column, j] *= scale
        for row in range(n):
            times = a[row, column]
            if row != column and times != 0.0:
                for j in range(n):
                    a[row, j] -= times * a[column, j]
                    inverse[row, j] -= times * inverse[column, j]
    return 1


def flow_less_identity(mean, rows, columns, period_h, first, second, third):
    """Write to `third` the inverse of I - M, M the flow of the averaged equations over a period; 0 when it has none."""
    n = first.shape[0]
    parts = 1
    squarings = 0
    while period_h / parts > 2.0:
        parts *= 2
        squarings += 1
    for i in range(n):
        for j in range(n):
            first[i, j] = 1.0 if i == j else 0.0
    for e in range(rows.size):
        first[rows[e], columns[e]] -= mean[e] * period_h / parts
    if invert(first, second) == 0:
        return 0
    for _ in range(squarings):
        for i in range(n):
            for j in range(n):
                first[i, j] = second[i, j]
                second[i, j] = 0.0
        for i in range(n):
            for m in range(n):
                times = first[i, m]
                for j in range(n):
                    second[i, j] += times * first[m, j]
    for i in range(n):
        for j in range(n):
            first[i, j] = (1.0 if i == j else 0.0) - second[i, j]
    return invert(first, third)


def accelerated(moves, defects, basis, weights, kept, defect, move):
    """Improve a move by the least squares of former ones; the newest differences stand in front."""
    n = defect.size
    used = 0
    for i in range(n):
        move[i] = defect[i]
    for c in range(kept):
        before = 0.0
        for i in range(n):
            basis[used, i] = defects[c, i] / weights[i]
            before += basis[used, i] ** 2
        for i in range(n):
            basis[DEPTH + used, i] = moves[c, i] + defects[c, i]
        for b in range(used):
            share = 0.0
            for i in range(n):
                share += basis[b, i] * basis[used, i]
            for i in range(n):
                basis[used, i] -= share * basis[b, i]
                basis[DEPTH + used, i] -= share * basis[DEPTH + b, i]
        after = 0.0
        for i in range(n):
            after += basis[used, i] ** 2
        if not after > 1e-16 * before:
            continue
        share = 0.0
        length = sqrt(after)
        for i in range(n):
            basis[used, i] /= length
            basis[DEPTH + used, i] /= length
            share += basis[used, i] * defect[i] / weights[i]
        for i in range(n):
            move[i] -= share * basis[DEPTH + used, i]
        used += 1


def remember(moves, defects, vectors, y, defect, kept):
    """Put the newest differences in front of `kept` in all, and keep the point for the next; return `kept`."""
    for i in range(y.size):
        if kept > 0:
            for c in range(kept - 1, 0, -1):
                moves[c, i] = moves[c - 1, i]
                defects[c, i] = defects[c - 1, i]
            moves[0, i] = y[i] - vectors[4, i]
            defects[0, i] = defect[i] - vectors[5, i]
        vectors[4, i] = y[i]
        vectors[5, i] = defect[i]
    return kept


def close_period(
    method, functions, sizes, y, times, row_p, row_u, table_p, table_u,
    jump_starts, jump_what, jump_values, rtol, atol, lowest, max_steps, longest_h, cancel, stats, work, rows, columns,
    scales, floor, mean_input, room, nowhere,
):  # fmt: skip
    """Bring `y` to the state that the program brings back; return 0, the code of a failed run, or `UNCLOSED`.

    `functions` and `sizes` are those of `kernel.integrate`; `mean_input` is what comes in on average; `room` has shape
    (5, n + 2 DEPTH, n), and `nowhere` no entry.
    """
    size = y.size
    settle, tick, linearised, factor, solve = functions[0], functions[1], functions[3], functions[4], functions[5]
    w = pointer_to(work)
    q = shifted(w, ENTRIES)
    jacobian, lu = shifted(q, sizes[0]), shifted(q, sizes[0] + sizes[1])
    mean = pointer_to(room[4])
    for i in range(size):
        work[Y + i] = y[i]
        work[ATOL + i] = scales[i]
        work[LOWEST + i] = floor[i]
        work[D + i] = mean_input[i]
    call_settle(settle, shifted(pointer_to(table_p), row_p[0] * table_p.shape[1]), q)
    relaxed = relax(tick, linearised, factor, solve, w, q, jacobian, lu, mean, size, sizes[1], longest_h, cancel)
    if relaxed < 0:
        return 1
    for i in range(size):
        y[i] = work[Y + i]
    closing = room[2][:size]
    period_h = times[times.size - 1] - times[0]
    if flow_less_identity(mean, rows, columns, period_h, room[0][:size], room[1][:size], closing) == 0:
        return 6
    stats[7] = relaxed
    moves, defects, basis, vectors = room[0], room[1], room[3], room[4]
    image, weights, defect, move = vectors[0], vectors[1], vectors[2], vectors[3]
    before = 1e300
    for run in range(PATIENCE):
        for i in range(size):
            image[i] = y[i]
        stats[5] = 0.05
        code = integrate(
            method, functions, sizes, image, times, row_p, row_u, table_p,
            table_u, jump_starts, jump_what, jump_values, nowhere, vectors, 0.1 * rtol, atol, lowest, max_steps,
            longest_h, cancel, stats, work,
        )  # fmt: skip
        stats[6] = run + 1
        if code != 0:
            return code
        error = 0.0
        for i in range(size):
            weights[i] = max(abs(y[i]), 1e-3 * scales[i])
            defect[i] = 0.0
            for j in range(size):
                defect[i] += closing[i, j] * (image[j] - y[j])
            error = max(error, abs(defect[i]) / weights[i])
        if not error < 1e300:
            return 6
        kept = remember(moves, defects, vectors, y, defect, min(run, DEPTH))
        accelerated(moves, defects, basis, weights, kept, defect, move)
        for i in range(size):
            y[i] = max(y[i] + move[i], floor[i])
        rate = error / before
        if error < rtol or (run > 0 and rate < 0.3 and rate * error < 0.3 * rtol):
            return 0
        before = error
    return 6
