"""The stages of a step, written out: no coefficient is loaded, no zero is multiplied, and every loop is a vector loop.

All vectors of a run stand in one array, `STRIDE` entries apart, so that the compiler sees how far they are from each
other and needs no checks for overlap. ``w`` is that array; the constants below say which row is what.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from endotune_desktop.simulation import tableau, tableau_explicit

STRIDE = 128
"""Greatest number of states, and the distance of one vector from the next."""
Y, FRESH, AT, F0, FT, F, U, ATOL, LOWEST, SCRATCH = (STRIDE * row for row in range(10))
K, D = STRIDE * 10, STRIDE * 18
ENTRIES = STRIDE * 21

FloatArray = npt.NDArray[np.float64]


def _sum(weights: FloatArray) -> str:
    terms = [f"{weight!r} * w[{_stage(m)} + i]" for m, weight in enumerate(weights.tolist()) if weight]
    return " + ".join(terms).replace("+ -", "- ")


def _stage(j: int) -> int:
    return K + STRIDE * j


def _loop(*body: str) -> list[str]:
    return ["for i in range(n):", *(f"    {line}" for line in body)]


def rosenbrock_stages() -> list[str]:
    """Return the stages of Rodas5P, from the factorised matrix to the weighted error ``total``."""
    lines = [*_loop(f"w[{K} + i] = w[{F0} + i] + {_time(0)}"), "call_solve(solve, lu, shifted(w, K))"]
    for j in range(1, tableau.STAGES):
        same = j > 1 and np.array_equal(tableau.A[j, : j - 1], tableau.A[j - 1, : j - 1]) and tableau.A[j, j - 1] == 1.0
        state = f"w[{AT} + i] + w[{_stage(j - 1)} + i]" if same else f"w[{Y} + i] + {_sum(tableau.A[j])}"
        lines += _loop(f"w[{AT} + i] = {state}", f"w[{_stage(j)} + i] = ({_sum(tableau.C[j])}) * inverse")
        if tableau.NODES[j] != tableau.NODES[j - 1]:
            lines.append(f"call_tick(tick, t + {float(tableau.NODES[j])!r} * h, q)")
        lines.append("call_rates(rates, at, q, f)")
        lines += _loop(f"w[{_stage(j)} + i] += w[{F} + i] + w[{U} + i]" + (f" + {_time(j)}" if _time(j) else ""))
        lines.append(f"call_solve(solve, lu, shifted(w, {_stage(j)}))")
    last = f"w[{_stage(tableau.STAGES - 1)} + i]"
    return lines + _error(f"w[{FRESH} + i] = w[{AT} + i] + {last}", f"e = {last}")


def _time(j: int) -> str:
    weight = float(tableau.TIME_WEIGHTS[j])
    return f"{weight!r} * h * w[{FT} + i]" if weight else ""


def explicit_stages() -> list[str]:
    """Return the stages of Dormand and Prince, from the rates at the start to the weighted error ``total``."""
    lines = []
    last = tableau_explicit.STAGES - 1
    for j in range(1, tableau_explicit.STAGES):
        target = FRESH if j == last else AT
        lines += _loop(f"w[{target} + i] = w[{Y} + i] + h * ({_sum(tableau_explicit.A[j])})")
        if tableau_explicit.NODES[j] != tableau_explicit.NODES[j - 1]:
            lines.append(f"call_tick(tick, t + {float(tableau_explicit.NODES[j])!r} * h, q)")
        lines.append(f"call_rates(rates, shifted(w, {target}), q, shifted(w, {_stage(j)}))")
        lines += _loop(f"w[{_stage(j)} + i] += w[{U} + i]")
    return lines + _error(f"e = h * ({_sum(tableau_explicit.ERROR)})")


def _error(*body: str) -> list[str]:
    """Return lines that sum squares in a fixed order: four partial sums, so that they do not wait in line."""
    scale = f"(w[{ATOL} + i] + rtol * max(abs(w[{Y} + i]), abs(w[{FRESH} + i])))"
    lines = _loop(*body, f"e = e / {scale}", f"w[{SCRATCH} + i] = e * e")
    lines += ["s0 = s1 = s2 = s3 = 0.0", "for i in range(0, n, 4):"]
    lines += [f"    s{m} += w[{SCRATCH + m} + i]" for m in range(4)]
    return [*lines, "total = (s0 + s1) + (s2 + s3)"]


def rosenbrock_dense() -> list[str]:
    """Return the preparation of outputs inside a step of Rodas5P."""
    return _loop(*(f"w[{D + STRIDE * m} + i] = {_sum(tableau.H[m])}" for m in range(3)))


def explicit_dense() -> list[str]:
    """Return the preparation of outputs inside a step of Dormand and Prince."""
    return _loop(
        f"d = w[{FRESH} + i] - w[{Y} + i]",
        f"bend = h * w[{K} + i] - d",
        f"w[{D} + i] = bend",
        f"w[{D + STRIDE} + i] = d - h * w[{_stage(tableau_explicit.STAGES - 1)} + i] - bend",
        f"w[{D + 2 * STRIDE} + i] = h * ({_sum(tableau_explicit.DENSE)})",
    )
