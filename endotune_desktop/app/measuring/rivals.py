"""The solvers that are compared: ours, scipy's with the equations in Python and compiled, and libroadrunner's."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from endotune_desktop.app.measuring.native import Derivative, compiled_derivative
from endotune_desktop.app.measuring.problems import Problem
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.simulation import compiled, python_rates
from endotune_desktop.simulation.program import run

FloatArray = npt.NDArray[np.float64]
Runner = Callable[[float], FloatArray]
"""``runner(rtol)`` integrates and returns the states at the problem's output times, shape (n, n_states)."""
Piece = Callable[[FloatArray, FloatArray, FloatArray, FloatArray, float], FloatArray]
"""``piece(y, grid, p, u, rtol)`` integrates from the first to the last time of a grid without a break."""

ATOL_SHARE = 1e-2
"""Absolute tolerance of every solver: this share of the relative one times each state's scale, as ours takes it."""

REFERENCE_STEP_H = 0.25
"""Longest step of the reference: its interpolation between steps is of lower order than its steps."""


class SolverFailed(Exception):
    """A solver gave up at this tolerance; it says why."""


@dataclass(frozen=True)
class Rival:
    """A solver.

    Attributes
    ----------
    key, title : str
    prepare : callable
        ``prepare(problem)`` returns a `Runner`; everything that need not be repeated is done before.
    needs : str
        A package that may be missing; empty for none.
    quick : callable or None
        Prepares the same solver with faster equations, by which its tolerance is searched.
    """

    key: str
    title: str
    prepare: Callable[[Problem], Runner]
    needs: str = ""
    quick: Callable[[Problem], Runner] | None = None

    @property
    def installed(self) -> bool:
        """Return whether it can run here."""
        return not self.needs or find_spec(self.needs) is not None


def own(problem: Problem) -> Runner:
    """Return our integrator."""
    ready = compiled(problem.axis)
    return lambda rtol: run(ready, problem.program, problem.start.states, problem.times, rtol).states


def scipy_python(problem: Problem) -> Runner:
    """Return solve_ivp with LSODA and the equations in Python."""
    rates = python_rates(problem.axis)

    def derivative(t: float, y: FloatArray, p: FloatArray, u: FloatArray) -> FloatArray:
        return np.asarray(rates(t, y, p) + u)

    return _solve_ivp(problem, derivative, "LSODA")


def scipy_quick(problem: Problem) -> Runner:
    """Return solve_ivp with LSODA and the equations compiled: the same steps as `scipy_python`, sooner."""
    return _solve_ivp(problem, compiled_derivative(problem.axis), "LSODA")


def scipy_reference(problem: Problem) -> Runner:
    """Return solve_ivp with DOP853 and the equations compiled: no part of ours, and exact to some 1e-10."""
    return _solve_ivp(problem, compiled_derivative(problem.axis), "DOP853", REFERENCE_STEP_H)


def _solve_ivp(
    problem: Problem, derivative: Derivative, method: Literal["LSODA", "DOP853"], max_step_h: float = np.inf
) -> Runner:
    from scipy.integrate import solve_ivp

    scales = _scales(problem)

    def piece(y: FloatArray, grid: FloatArray, p: FloatArray, u: FloatArray, rtol: float) -> FloatArray:
        found = solve_ivp(
            derivative, (grid[0], grid[-1]), y, method=method, t_eval=grid, args=(p, u), rtol=rtol,
            atol=rtol * ATOL_SHARE * scales, max_step=max_step_h,
        )  # fmt: skip
        if not found.success:
            raise SolverFailed(found.message)
        return np.asarray(found.y.T)

    return lambda rtol: walk(problem, piece, rtol)


def scipy_compiled(problem: Problem) -> Runner:
    """Return odeint with the equations compiled."""
    from scipy.integrate import odeint

    call: Any = odeint  # its stubs know no extra arguments with `tfirst`
    derivative = compiled_derivative(problem.axis)
    scales = _scales(problem)

    def piece(y: FloatArray, grid: FloatArray, p: FloatArray, u: FloatArray, rtol: float) -> FloatArray:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                found = call(
                    derivative, y, grid, args=(p, u), tfirst=True, rtol=rtol, atol=rtol * ATOL_SHARE * scales,
                    tcrit=grid[-1:], mxstep=100_000,
                )  # fmt: skip
            except Warning as failure:
                raise SolverFailed(str(failure)) from None
        return np.asarray(found)

    return lambda rtol: walk(problem, piece, rtol)


def roadrunner(problem: Problem) -> Runner:
    """Return libroadrunner on our own SBML, its model compiled beforehand, its tolerances by state."""
    import roadrunner as library

    library.Logger.disableLogging()
    runner: Any = library.RoadRunner(export_sbml(problem.axis, problem.scenario, problem.start))
    runner.integrator.maximum_num_steps = 1_000_000
    runner.timeCourseSelections = [state.id for state in problem.axis.states]
    end_h = float(problem.times[-1])

    def integrate(rtol: float) -> FloatArray:
        runner.resetToOrigin()
        runner.integrator.relative_tolerance = rtol
        for state in problem.axis.states:
            runner.integrator.setIndividualTolerance(state.id, rtol * ATOL_SHARE * state.scale)
        try:
            return np.array(runner.simulate(0.0, end_h, problem.times.size))
        except RuntimeError as failure:
            raise SolverFailed(str(failure)) from None

    return integrate


OWN = Rival("own", "EndoTune, own kernel", own)
RIVALS = (
    Rival("scipy-lsoda", "scipy solve_ivp LSODA, Python RHS", scipy_python, quick=scipy_quick),
    Rival("scipy-odeint", "scipy odeint, compiled RHS", scipy_compiled),
    Rival("roadrunner", "libroadrunner, our SBML", roadrunner, "roadrunner"),
)


def walk(problem: Problem, piece: Piece, rtol: float) -> FloatArray:
    """Integrate a program break by break with a solver that knows no breaks.

    Parameters
    ----------
    problem : Problem
    piece : callable
    rtol : float

    Returns
    -------
    array, shape (n, n_states)
        At a break the value after what happens there.
    """
    program, times = problem.program, problem.times
    y = problem.start.states.copy()
    out = np.empty((times.size, y.size))
    edges = np.searchsorted(times, program.times - 1e-7)
    last = program.times.size - 1
    for segment in range(last + 1):
        jumped(program.jump_starts, program.jump_what, program.jump_values, segment, y)
        if segment == last:
            out[edges[segment] :] = y
            break
        inside = times[edges[segment] : edges[segment + 1]]
        first, end = float(program.times[segment]), float(program.times[segment + 1])
        grid = np.concatenate([[first], np.maximum(inside, first), [end]])
        keep = np.concatenate([[True], np.diff(grid) > 0.0])
        found = piece(
            y, grid[keep], program.table_p[program.row_p[segment]], program.table_u[program.row_u[segment]], rtol
        )
        rows = np.cumsum(keep) - 1
        out[edges[segment] : edges[segment + 1]] = found[rows[1:-1]]
        y = found[-1].copy()
    return out


def jumped(
    starts: npt.NDArray[np.int64], what: npt.NDArray[np.int64], values: FloatArray, segment: int, y: FloatArray
) -> None:
    """Apply what happens at the start of a segment, in plain Python and apart from the kernel's own."""
    for k in range(int(starts[segment]), int(starts[segment + 1])):
        state, mode = int(what[2 * k]), int(what[2 * k + 1])
        y[state] = y[state] + values[k] if mode == 0 else y[state] * values[k] if mode == 1 else values[k]


def _scales(problem: Problem) -> FloatArray:
    return np.array([state.scale for state in problem.axis.states])
