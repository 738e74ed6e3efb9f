"""An axis made ready to run: generated, compiled once, and found again in the cache ever after."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.person import Person
from endotune_desktop.clinic.scenario import clock_hours
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.choosing import METHODS, chosen_method, least_time
from endotune_desktop.simulation.equations import axis_text
from endotune_desktop.simulation.generated import cache_folder, load_generated, stamp_of
from endotune_desktop.simulation.kernel_module import integrator_source
from endotune_desktop.simulation.lean_import import import_numba
from endotune_desktop.simulation.refining import refined
from endotune_desktop.simulation.source import constants_of
from endotune_desktop.simulation.sparsity import Pattern
from endotune_desktop.simulation.unrolled import ENTRIES

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Progress = Callable[[str, float], None]
_PATIENCE = 50_000
"""Steps that a week may take when the methods are timed: more, and the method is no candidate."""


@dataclass(frozen=True)
class CompiledAxis:
    """What the engine needs of an axis.

    Attributes
    ----------
    axis : Axis
    functions : array, shape (6,)
        Addresses of ``settle``, ``tick``, ``rates``, ``linearised``, ``factor`` and ``solve``, as `integrate` takes
        them.
    sizes : array, shape (3,)
        Lengths of what is kept of constants and time, of the Jacobian and of its factors.
    integrate, close_period : compiled function
        See `kernel.integrate` and `periodic_kernel.close_period`.
    pattern : Pattern
        Of the Jacobian.
    method : str
        Which of `choosing.METHODS` suits the axis.
    compiled_now : bool
        Whether anything had to be compiled; False when all came from the cache.
    scales, initial : array, shape (n_states,)
        Of the declaration.
    positive : array of bool, shape (n_states,)
        Which states must not fall below zero.
    lowest, highest : array, shape (n_parameters,)
        Between which the equations hold, with room for round-off.
    places : dict of str to int
        Where every parameter and derived constant stands in the vector ``p``.
    """

    axis: Axis
    functions: IntArray
    sizes: IntArray
    integrate: Any
    close_period: Any
    pattern: Pattern
    method: str
    compiled_now: bool
    scales: FloatArray
    initial: FloatArray
    positive: npt.NDArray[np.bool_]
    lowest: FloatArray
    highest: FloatArray
    places: dict[str, int]
    _marker_functions: IntArray
    _marker_size: int
    _rates_at: Any
    _mean_rates: Any
    _marker_rows: Any
    _kept_alive: Any

    def constants(self, parameters: dict[str, float], person: Person) -> FloatArray:
        """Return the vector ``p`` of a person.

        Parameters
        ----------
        parameters : dict of str to float
            Every parameter of the axis, before its refinements.
        person : Person

        Returns
        -------
        array, shape (n_constants,)
        """
        used = refined(self.axis, parameters)
        derived = self.axis.derive(used, person)
        values = [used[parameter.id] for parameter in self.axis.parameters]
        return np.array(values + [derived[entry.id] for entry in self.axis.derived])

    def workspace(self) -> FloatArray:
        """Return a working array for `integrate`, which any number of runs may use one after the other."""
        return np.empty(ENTRIES + int(self.sizes.sum()))

    def marker_rows(
        self,
        times_h: FloatArray,
        states: FloatArray,
        table: FloatArray,
        values: FloatArray,
        rows: IntArray | None = None,
    ) -> None:
        """Compute every marker at every time.

        Parameters
        ----------
        times_h : array, shape (n,)
        states : array, shape (n, n_states)
        table : array, shape (m, n_constants)
        values : array, shape (n, n_markers)
            Written.
        rows : array of int, shape (n,), optional
            Which row of `table` is in force at each time; row i at time i by default.
        """
        if rows is None:
            rows = np.arange(times_h.size, dtype=np.int64)
        times_h = np.ascontiguousarray(times_h)
        self._marker_rows(self._marker_functions, times_h, states, table, rows, values, np.empty(self._marker_size))

    def rates(self, time_h: float, y: FloatArray, p: FloatArray, dy: FloatArray) -> None:
        """Compute the rates at one state, an hour.

        Parameters
        ----------
        time_h : float
        y : array, shape (n_states,)
        p : array, shape (n_constants,)
        dy : array, shape (n_states,)
            Written.
        """
        self._rates_at(self.functions, time_h, y, p, dy, np.empty(int(self.sizes[0])))

    def mean_rates(self, times_h: FloatArray, states: FloatArray, p: FloatArray) -> FloatArray:
        """Return the rates at every row of states, their mean over times, an hour.

        Parameters
        ----------
        times_h : array, shape (k,)
        states : array, shape (m, n_states)
        p : array, shape (n_constants,)

        Returns
        -------
        array, shape (m, n_states)
        """
        means = np.empty(states.shape)
        room = np.empty(states.shape[1] + int(self.sizes[0]))
        self._mean_rates(self.functions, times_h, np.ascontiguousarray(states), p, means, room)
        return means


_ROUND_OFF = 1e-9
_READY: dict[str, CompiledAxis] = {}
_LOCK = threading.Lock()


def is_loaded(axis: Axis) -> bool:
    """Return whether this process has compiled or loaded an axis already."""
    found = _READY.get(axis.id)
    return found is not None and found.axis is axis


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
    found = _READY.get(axis.id)
    if found is not None and found.axis is axis:
        return found
    with _LOCK:
        found = _READY.get(axis.id)
        if found is None or found.axis is not axis:
            found = _READY[axis.id] = _compile(axis, progress or (lambda _, __: None))
        return found


def _compile(axis: Axis, progress: Progress) -> CompiledAxis:
    title = axis.title.lower()
    progress(f"Preparing the {title} axis", 0.0)
    import_numba()
    text = axis_text(axis)
    progress("Preparing the integrator", 0.1)
    integrator, integrator_new = load_generated("integrator", integrator_source())
    progress(f"Preparing the equations of the {title} axis", 0.5)
    equations, equations_new = load_generated(f"{axis.id}_equations", text.equations)
    progress(f"Preparing the solver of the {title} axis", 0.8)
    elimination, elimination_new = load_generated(f"{axis.id}_elimination", text.elimination)
    entries = (
        equations.settle, equations.tick, equations.rates, equations.linearised, elimination.factor, elimination.solve,
    )  # fmt: skip
    marker_entries = (equations.marker_settle, equations.marker_tick, equations.marker_values)
    ready = CompiledAxis(
        axis, _addresses(entries), np.array(text.sizes, dtype=np.int64), integrator.integrate, integrator.close_period,
        text.pattern, METHODS[0], integrator_new or equations_new or elimination_new,
        np.array([state.scale for state in axis.states]), np.array([state.initial for state in axis.states]),
        np.array([not state.may_be_negative for state in axis.states]),
        np.array([entry.low - _ROUND_OFF * abs(entry.low) for entry in axis.parameters]),
        np.array([entry.high + _ROUND_OFF * abs(entry.high) for entry in axis.parameters]),
        constants_of(axis), _addresses(marker_entries),
        text.marker_size, integrator.rates_at, integrator.mean_rates, integrator.marker_rows, (entries, marker_entries),
    )  # fmt: skip
    progress(f"Choosing the method of the {title} axis", 0.98)
    stored = cache_folder() / f"method_{axis.id}_{stamp_of(f'{text.equations}{axis.longest_step_h}')}.txt"
    ready = replace(ready, method=METHODS[chosen_method(axis, stored, lambda method: _timed(ready, method))])
    progress(f"The {title} axis is ready", 1.0)
    return ready


def _addresses(entries: tuple[Any, ...]) -> IntArray:
    return np.array([entry.address for entry in entries], dtype=np.int64)


def _usual_doses(ready: CompiledAxis, constants: FloatArray) -> list[tuple[float, int, int, float]]:
    """Return a week of the axis's usual doses: time, state, kernel's mode (2 where a patch replaces), amount."""
    axis = ready.axis
    found: list[tuple[float, int, int, float]] = []
    for agent in axis.agents:
        first = agent.intakes[0]
        for intake in (first, *first.also) if agent.chronic and first.state else ():
            shares = math.prod(float(constants[ready.places[name]]) for name in intake.fractions)
            amount = agent.usual_dose * intake.scale * shares
            place = (axis.state_index(intake.state), 2 if intake.replaces else 0, amount)
            for clock in agent.usual_clock_times:
                found.extend((24.0 * day + clock_hours(clock), *place) for day in range(7))
    return found


def _timed(ready: CompiledAxis, method: int) -> float:
    """Return what a week of the axis's usual doses costs by a method, seconds."""
    axis = ready.axis
    constants = ready.constants(axis.typical(), axis.reference_person)
    table = constants.reshape(1, -1)
    doses = sorted(_usual_doses(ready, constants))
    times = np.unique([0.0, 168.0, *(time_h for time_h, _, _, _ in doses)])
    starts = np.searchsorted([time_h for time_h, _, _, _ in doses], np.append(times, 1e9)).astype(np.int64)
    what = np.array([number for _, state, mode, _ in doses for number in (state, mode)], dtype=np.int64)
    amounts = np.array([amount for _, _, _, amount in doses], dtype=np.float64)
    rows = np.zeros(times.size, dtype=np.int64)
    work = ready.workspace()

    def run() -> bool:
        stats = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.05])
        code = ready.integrate(
            method, ready.functions, ready.sizes, ready.initial.copy(), times, rows, rows, table,
            np.zeros((1, ready.scales.size)), starts, what, amounts, np.empty(0), np.empty((0, ready.scales.size)),
            1e-4, 1e-6 * ready.scales, np.where(ready.positive, -ready.scales, -1e300), _PATIENCE,
            axis.longest_step_h, np.zeros(1, dtype=np.int64), stats, work,
        )  # fmt: skip
        return int(code) == 0

    return least_time(run)
