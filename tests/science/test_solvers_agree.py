"""Our integrator and our compiled equations against independent ones, on random scenarios of every axis."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from endotune_desktop.app.measuring.accuracy import BOUND, OUR_RTOL, compared
from endotune_desktop.app.measuring.problems import problem_of
from endotune_desktop.app.measuring.random_scenarios import random_scenario
from endotune_desktop.app.measuring.rivals import walk
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import compiled, python_rates, simulate
from endotune_desktop.simulation.source import markers_source, python_function

MAN = Person(Sex.MALE, 45.0, 176.0, 68.0)
DAILY = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("07:00",))
FINEST_RTOL = 1e-11
"""Where switches and kinks of the other axes leave less than the bound: up to 7e-6 of a maximum at `OUR_RTOL`."""
seeds = st.integers(0, 2**40)


@lru_cache(maxsize=8)
def _written(axis_id: str) -> tuple[Any, Any, Any]:
    """Return the compiled axis, its rates in Python and its markers in Python."""
    axis = AXES[axis_id]
    return compiled(axis), python_rates(axis), python_function(markers_source(axis), "marker_values")


@settings(max_examples=40, deadline=None)
@given(seeds)
@pytest.mark.parametrize("axis_id", sorted(AXES))
def test_that_every_marker_of_a_random_scenario_agrees_with_scipy(axis_id: str, seed: int) -> None:
    axis = AXES[axis_id]
    our_rtol = OUR_RTOL if axis is HPT else FINEST_RTOL
    found = compared(axis, random_scenario(axis, np.random.Generator(np.random.PCG64(seed))), our_rtol)
    # A surge multiplies what went before it: on a cycling axis the same tolerance leaves more.
    bound = BOUND if axis.cycle is None else 20.0 * BOUND
    assert not found.failure
    assert found.worst < bound, {name: error for name, error in found.errors.items() if error >= bound}


@settings(max_examples=100, deadline=None)
@given(seeds)
@pytest.mark.parametrize("axis_id", sorted(AXES))
def test_that_the_compiled_equations_are_the_written_ones(axis_id: str, seed: int) -> None:
    axis, generator = AXES[axis_id], np.random.Generator(np.random.PCG64(seed))
    ready, rates, markers = _written(axis_id)
    p = ready.constants(axis.typical(), axis.reference_person)
    y = np.array([max(abs(s.initial), 0.1 * s.scale) for s in axis.states]) * generator.lognormal(
        0.0, 0.7, len(axis.states)
    )
    t, ours = float(generator.uniform(0.0, 1000.0)), np.empty(y.size)
    ready.rates(t, y, p, ours)
    expected = rates(t, y, p)
    assert np.max(np.abs(ours - expected) / np.maximum(np.abs(expected), 1e-3 * y)) < 1e-11
    written, row = np.empty(len(axis.markers)), np.empty((1, len(axis.markers)))
    markers(t, y, p, written)
    ready.marker_rows(np.array([t]), y[None, :].copy(), p[None, :].copy(), row)
    assert np.max(np.abs(row[0] - written) / np.maximum(np.abs(written), 1e-12)) < 1e-11


@pytest.mark.parametrize("method", ["Radau", "LSODA"])
def test_that_tablets_agree_with_solvers_on_the_written_equations(
    method: Literal["Radau", "LSODA"],
) -> None:
    scenario = Scenario("hpt", MAN, {"sigma": 0.0}, (), (DAILY,), (replace(DAILY, dose=137.0),), (), 5.0, 12.0)
    problem, rates = problem_of("tablets", HPT, scenario, 11), python_rates(HPT)

    def piece(y: np.ndarray, grid: np.ndarray, p: np.ndarray, u: np.ndarray, rtol: float) -> np.ndarray:
        def derivative(t: float, y: np.ndarray) -> np.ndarray:
            return np.asarray(rates(t, y, p) + u)

        found = solve_ivp(derivative, (grid[0], grid[-1]), y, method=method, rtol=rtol, atol=1e-14, t_eval=grid)
        assert found.success, found.message
        return np.asarray(found.y.T)

    theirs = walk(problem, piece, 1e-10)
    ours = simulate(HPT, scenario, rtol=1e-10, output_times_h=problem.times, start=problem.start).states
    scale = np.maximum(np.max(np.abs(theirs), axis=0), [1e-4 * s.scale for s in HPT.states])
    assert float(np.max(np.abs(ours - theirs) / scale)) < 1e-7
