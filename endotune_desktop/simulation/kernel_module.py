"""The text of the compiled integrator: `kernel` with its types, and the written-out sums it calls."""

from __future__ import annotations

import inspect
import re

from endotune_desktop.simulation import kernel, periodic_kernel, tableau, unrolled

POINTER = "CPointer(float64)"
KINDS = {
    "SETTLE": f"void({POINTER}, {POINTER})",
    "TICK": f"void(float64, {POINTER})",
    "RATES": f"void({POINTER}, {POINTER}, {POINTER})",
    "LINEARISED": f"void(float64, {POINTER}, {POINTER}, {POINTER}, {POINTER}, {POINTER})",
    "FACTOR": f"void({POINTER}, float64, {POINTER})",
    "SOLVE": f"void({POINTER}, {POINTER})",
}
"""What an axis brings: constants to ``q``; time to ``q``; rates; rates, Jacobian and time derivative; LU; solve."""

HEADER = '''"""Generated; do not edit."""

from math import cos, exp, fabs, floor, log, sin, sqrt, tanh

from numba import cfunc, njit
from numba.types import CPointer, float64, int64, void

from endotune_desktop.simulation.pointers import (
    call_factor, call_linearised, call_rates, call_settle, call_solve, call_tick, pointer_to, shifted,
)

'''
_MARK = re.compile(r"(?P<indent> *)# (?P<name>\w+_(?:stages|dense))$", re.MULTILINE)
_NUMBERS = (
    *((unrolled, name) for name in ("STRIDE", "Y", "FRESH", "AT", "F0", "FT", "F", "U", "ATOL", "LOWEST", "K", "D")),
    (unrolled, "ENTRIES"),
    (tableau, "GAMMA"),
    (kernel, "AT_A_BREAK_H"),
    (kernel, "MEMORY"),
    (periodic_kernel, "DEPTH"),
    (periodic_kernel, "PATIENCE"),
    (periodic_kernel, "RELAXATIONS"),
    (periodic_kernel, "FEWEST_PARTS"),
)


def integrator_source() -> str:
    """Return the module that holds ``integrate`` for every axis."""
    parts = [HEADER]
    parts.extend(f"{name} = {getattr(module, name)!r}\n" for module, name in _NUMBERS)
    for module in (kernel, periodic_kernel):
        for name, signature in module.SIGNATURES.items():
            text = inspect.getsource(getattr(module, name))
            parts.extend(["\n\n", decorated(signature), _MARK.sub(_written_out, text)])
    return "".join(parts)


def entry(kind: str) -> str:
    """Return the decorator of a function that is called by its address."""
    return f'@cfunc({KINDS[kind]}, cache=True, error_model="numpy", fastmath={{"contract"}})\n'


def _written_out(mark: re.Match[str]) -> str:
    """Return the lines that take the place of a comment with their name."""
    lines: list[str] = getattr(unrolled, mark["name"])()
    return "\n".join(mark["indent"] + line for line in lines)


def decorated(signature: str) -> str:
    """Return the decorator of a compiled function."""
    return f'@njit({signature}, nogil=True, cache=True, error_model="numpy", fastmath={{"contract"}})\n'
