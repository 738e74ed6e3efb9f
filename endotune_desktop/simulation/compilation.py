"""An axis made ready to run: generated, compiled once, and found again in the cache ever after."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.generated import load_generated
from endotune_desktop.simulation.lean_import import import_numba
from endotune_desktop.simulation.source import constants_of, markers_source, python_function, rates_source
from endotune_desktop.simulation.sparsity import Pattern, elimination_source, traced_pattern, working_size

FloatArray = npt.NDArray[np.float64]
Progress = Callable[[str, float], None]

_HEADER = '''"""Generated from the declaration of an axis; do not edit."""

from math import cos, exp, fabs, log, pi, sin, sqrt, tanh

from numba import float64, njit, void


'''
_JIT = '@njit({signature}, nogil=True, cache=True, error_model="numpy")\n'
_ROWS = (
    _JIT.format(signature="void(float64[::1], float64[:, ::1], float64[:, ::1], float64[:, ::1])")
    + """def marker_rows(times, states, constants, values):
    for i in range(times.size):
        marker_values(times[i], states[i], constants[i], values[i])
"""
)


@dataclass(frozen=True)
class CompiledAxis:
    """What the engine needs of an axis.

    Attributes
    ----------
    axis : Axis
    rates, factor, solve, marker_rows, marker_values, integrate : compiled functions
    pattern : Pattern
    working : int
        Entries of the factors.
    compiled_now : bool
        Whether anything had to be compiled; False when all came from the cache.
    """

    axis: Axis
    rates: Any
    factor: Any
    solve: Any
    marker_rows: Any
    marker_values: Any
    integrate: Any
    pattern: Pattern
    working: int
    compiled_now: bool

    def constants(self, parameters: dict[str, float], person: Person) -> FloatArray:
        """Return the vector ``p`` of a person.

        Parameters
        ----------
        parameters : dict of str to float
            Every parameter of the axis.
        person : Person

        Returns
        -------
        array, shape (n_constants,)
        """
        derived = self.axis.derive(parameters, person)
        values = [parameters[parameter.id] for parameter in self.axis.parameters]
        return np.array(values + [derived[entry.id] for entry in self.axis.derived])


_READY: dict[str, CompiledAxis] = {}
_LOCK = threading.Lock()


def compiled(axis: Axis, progress: Progress | None = None) -> CompiledAxis:
    """Return the compiled axis, compiling only what no cache holds.

    Parameters
    ----------
    axis : Axis
    progress : callable, optional
        Called with a sentence and a share from 0 to 1 while it goes on.

    Returns
    -------
    CompiledAxis
        The same object for the same axis, from any thread.
    """
    with _LOCK:
        found = _READY.get(axis.id)
        if found is None or found.axis is not axis:
            found = _READY[axis.id] = _compile(axis, progress or (lambda _, __: None))
        return found


def _compile(axis: Axis, progress: Progress) -> CompiledAxis:
    progress(f"Preparing the {axis.title.lower()} axis", 0.0)
    rates_text, markers_text = rates_source(axis), markers_source(axis)
    pattern = traced_pattern(python_function(rates_text, "rates"), _probe_points(axis))
    progress("Preparing the integrator", 0.1)
    import_numba()
    from endotune_desktop.simulation import kernel

    progress(f"Preparing the equations of the {axis.title.lower()} axis", 0.6)
    equations = load_generated(
        f"{axis.id}_equations",
        _HEADER
        + _JIT.format(signature="void(float64, float64[::1], float64[::1], float64[::1])")
        + rates_text
        + "\n\n\n"
        + _JIT.format(signature="void(float64, float64[::1], float64[::1], float64[::1])")
        + markers_text
        + "\n\n\n"
        + _ROWS,
    )
    progress(f"Preparing the solver of the {axis.title.lower()} axis", 0.8)
    factor_text, solve_text = elimination_source(pattern).split("\n\n\n")
    elimination = load_generated(
        f"{axis.id}_elimination",
        _HEADER
        + _JIT.format(signature="void(float64[::1], float64, float64[::1])")
        + factor_text
        + "\n\n\n"
        + _JIT.format(signature="void(float64[::1], float64[::1])")
        + solve_text,
    )
    functions = [equations.rates, equations.marker_rows, elimination.factor, elimination.solve, kernel.integrate]
    misses = sum(sum(function.stats.cache_misses.values()) for function in functions)
    progress(f"The {axis.title.lower()} axis is ready", 1.0)
    return CompiledAxis(
        axis, equations.rates, elimination.factor, elimination.solve, equations.marker_rows,
        equations.marker_values, kernel.integrate, pattern, working_size(pattern), misses > 0,
    )  # fmt: skip


def _probe_points(axis: Axis) -> list[tuple[float, FloatArray, FloatArray]]:
    """Return a few states at which the pattern is traced: healthy, everything present, everything doubled."""
    person = Person(Sex.MALE, 40.0, 176.0, 68.0)
    typical = axis.typical()
    constants = list(typical.values()) + [axis.derive(typical, person)[entry.id] for entry in axis.derived]
    p = np.array(constants)
    healthy = np.array([state.initial for state in axis.states])
    scales = np.array([state.scale for state in axis.states])
    assert len(constants_of(axis)) == p.size
    return [(3.0, healthy, p), (9.0, healthy + 0.5 * scales, p), (15.0, 2.0 * healthy + scales, p)]
