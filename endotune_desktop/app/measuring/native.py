"""Compiled pieces that only measuring needs: generated beside those of the engine and cached in the same folder."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CompiledAxis
from endotune_desktop.simulation.generated import load_generated
from endotune_desktop.simulation.source import rates_source

FloatArray = npt.NDArray[np.float64]
Derivative = Callable[[float, FloatArray, FloatArray, FloatArray], FloatArray]

_HEAD = '''"""Generated for measuring; do not edit."""

from math import cos, exp, fabs, floor, log, pi, sin, sqrt, tanh

import numpy as np
from numba import float64, int64, njit, types, void

'''
_LOOP = """
@njit(float64(int64), nogil=True, cache=True, error_model="numpy")
def loop(count):
    x = 0.5
    for i in range(count):
        x = 0.5 + 0.4 * exp(-x * x) * (1.0 + x) ** -1.7
    return x
"""
_REPEAT = """
from endotune_desktop.simulation.pointers import call_rates, call_settle, call_tick, pointer_to

@njit(void(int64[::1], int64, float64[::1], float64[::1], float64[::1], float64[::1]), nogil=True, cache=True,
      error_model="numpy")
def repeat(functions, count, y, p, dy, q):
    kept = pointer_to(q)
    call_settle(functions[0], pointer_to(p), kept)
    for i in range(count):
        call_tick(functions[1], 0.01 * i, kept)
        call_rates(functions[2], pointer_to(y), kept, pointer_to(dy))
"""
_DERIVATIVE = """

@njit(float64[::1](float64, float64[::1], float64[::1], float64[::1]), nogil=True, cache=True, error_model="numpy")
def derivative(t, y, p, u):
    dy = np.empty(y.size)
    rates(t, y, p, dy)
    for i in range(y.size):
        dy[i] += u[i]
    return dy
"""


def native_loop() -> Callable[[int], float]:
    """Return a fixed compiled loop of dependent exponentials and powers."""
    found: Callable[[int], float] = load_generated("measuring_loop", _HEAD + _LOOP)[0].loop
    return found


def compiled_derivative(axis: Axis) -> Derivative:
    """Return ``f(t, y, p, u)``, compiled, in the form that scipy's solvers call: the fairest one for them."""
    text = f'\n@njit(nogil=True, error_model="numpy")\n{rates_source(axis)}\n'
    found: Derivative = load_generated(f"{axis.id}_derivative", _HEAD + text + _DERIVATIVE)[0].derivative
    return found


def rates_ns(ready: CompiledAxis, y: FloatArray, p: FloatArray, count: int = 20_000) -> float:
    """Return what one call of the compiled equations costs at a new time, by its address as the integrator calls it.

    Parameters
    ----------
    ready : CompiledAxis
    y : array, shape (n_states,)
    p : array, shape (n_constants,)
    count : int

    Returns
    -------
    float
        CPU nanoseconds.
    """
    repeat = load_generated("measuring_repeat", _HEAD + _REPEAT)[0].repeat
    dy, room = np.empty_like(y), ready.workspace()
    repeat(ready.functions, 100, y, p, dy, room)
    begun = time.process_time()
    repeat(ready.functions, count, y, p, dy, room)
    return (time.process_time() - begun) / count * 1e9
