"""Exact derivatives and the text that is generated from them, against differences and the declaration itself."""
# ruff: noqa: ANN401

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from math import cos, exp, fabs, log, sin, sqrt, tanh
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis, Marker, Role, State
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.reading import AxisSourceError
from endotune_desktop.simulation.algebra import Graph
from endotune_desktop.simulation.derivatives import derivatives_of
from endotune_desktop.simulation.emission import Emission
from endotune_desktop.simulation.equations import axis_text
from endotune_desktop.simulation.graph_reader import GraphReader
from endotune_desktop.simulation.source import constants_of, python_rates, rates_source
from tests.unit.simulation.toys import kinetic_axis

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)


def _everything(t: float, y: Any, p: Any, dy: Any) -> None:
    near = 1.0 if y.a > 0.5 and not y.b >= 2.0 else p.ke
    if t < 6.0 or y.c != y.c:
        drive = sin(0.3 * t) * near
    elif y.c <= 1.0:
        drive = 0.1 * y.c**3
    else:
        drive = -(y.c ** (-2)) + fabs(y.a - 1.0)
    dy.a = drive - y.a * exp(-y.b) / (p.ka + y.b * y.b) + tanh(y.c - p.k12)
    dy.b = sqrt(1.0 + y.a * y.a) - log(2.0 + y.c) * y.b + y.b**p.bio
    dy.c = -0.5 * y.c + cos(t * p.k21) * y.a ** (1.0 + 0.1 * y.b) + y.b**0.5 - +y.c


def _level(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.c


def _toy(rates: Any = _everything) -> Axis:
    states = tuple(State(name, "1", name, 0.7, 1.0) for name in "abc")
    marker = Marker("level", "Level", "1", "", Role.GIVEN)
    return replace(
        kinetic_axis("toy"), rates=rates, marker_values=_level, states=states, agents=(), lesions=(), markers=(marker,)
    )


Evaluated = tuple[np.ndarray, np.ndarray, np.ndarray]


def _generated(axis: Axis) -> tuple[Callable[[float, np.ndarray, np.ndarray], Evaluated], set[tuple[int, int]]]:
    """Return the generated functions as plain Python: rates, Jacobian and time derivative at a point."""
    graph, size = Graph(), len(axis.states)
    rates = GraphReader(graph, "dy").read(rates_source(axis), size)
    entries, by_time = derivatives_of(graph, rates)
    emission = Emission(graph, rates, [*entries.values(), *by_time])
    wanted = [(f"dy[{row}]", node) for row, node in enumerate(rates)]
    seldom = [(f"jacobian[{r}, {c}]", node) for (r, c), node in entries.items()]
    seldom += [(f"dt[{row}]", node) for row, node in enumerate(by_time)]
    space: dict[str, Any] = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "cos", "sin", "tanh", "fabs")}
    for text in (
        emission.at_constants(),
        emission.at_time(),
        emission.at_state("def rates(y, q, dy):", wanted),
        emission.at_state("def linearised(t, y, q, dy, jacobian, dt):", [*wanted, *seldom]),
    ):
        exec(text, space)

    def at(t: float, y: np.ndarray, p: np.ndarray) -> Evaluated:
        q, dy, again = np.zeros(emission.size), np.zeros(size), np.zeros(size)
        jacobian, dt = np.zeros((size, size)), np.zeros(size)
        space["settle"](p, q)
        space["tick"](t, q)
        space["rates"](y, q, dy)
        space["linearised"](t, y, q, again, jacobian, dt)
        assert np.array_equal(dy, again)
        return dy, jacobian, dt

    return at, set(entries)


def _constants(axis: Axis) -> np.ndarray:
    typical = axis.typical()
    return np.array([*typical.values(), *axis.derive(typical, MAN).values()])


def _difference(f: Callable[[float], np.ndarray], x: float) -> np.ndarray:
    """Return a derivative by Richardson's extrapolation of central differences."""
    h = 1e-3 * max(1.0, abs(x)) * 0.1
    coarse, fine = (f(x + h) - f(x - h)) / (2.0 * h), (f(x + h / 2) - f(x - h / 2)) / h
    found: np.ndarray = (4.0 * fine - coarse) / 3.0
    return found


def _compare(axis: Axis, t: float, y: np.ndarray, p: np.ndarray) -> None:
    at, _ = _generated(axis)
    declared = python_rates(axis)
    dy, jacobian, dt = at(t, y, p)
    expected = declared(t, y, p)
    assert dy == pytest.approx(expected, rel=1e-11, abs=1e-12)
    assert dt == pytest.approx(_difference(lambda s: declared(s, y, p), t), rel=1e-5, abs=1e-7)
    for column in range(y.size):

        def moved(value: float, column: int = column) -> np.ndarray:
            other = y.copy()
            other[column] = value
            return declared(t, other, p)

        assert jacobian[:, column] == pytest.approx(_difference(moved, float(y[column])), rel=1e-5, abs=1e-7), column


@settings(max_examples=60, deadline=None)
@given(st.floats(0.0, 24.0), st.lists(st.sampled_from([0.13, 0.4, 0.61, 0.9, 1.3, 1.7, 2.2]), min_size=3, max_size=3))
def test_that_derivatives_of_every_operation_are_exact(t: float, values: list[float]) -> None:
    if abs(t - 6.0) > 0.01:
        axis = _toy()
        _compare(axis, t, np.array(values), _constants(axis))


def test_that_the_thyroid_axis_is_differentiated_exactly() -> None:
    y = np.array([state.initial + 0.1 * state.scale for state in HPT.states])
    _compare(HPT, 9.3, y, _constants(HPT))


def test_that_no_influence_that_nan_betrays_is_missing() -> None:
    _, felt = _generated(HPT)
    declared, p = python_rates(HPT), _constants(HPT)
    for scale in (0.0, 0.5, 2.0):
        y = np.array([state.initial + scale * state.scale for state in HPT.states])
        for column in range(y.size):
            poisoned = y.copy()
            poisoned[column] = np.nan
            rows = np.flatnonzero(np.isnan(declared(3.0, poisoned, p)))
            assert {(int(row), column) for row in rows} <= felt


def test_that_what_is_not_set_on_every_path_is_refused() -> None:
    def rates(t: float, y: Any, p: Any, dy: Any) -> None:
        if y.a > 1.0:
            late = 2.0
        dy.a = late
        dy.b = y.a
        dy.c = y.b

    with pytest.raises(AxisSourceError, match="late is not set on every path"):
        _generated(_toy(rates))


def test_that_an_axis_with_too_many_constants_named_alike_is_refused() -> None:
    axis = _toy()
    twice = replace(axis, parameters=(*axis.parameters, axis.parameters[0]))
    with pytest.raises(AxisSourceError, match="share a name"):
        constants_of(twice)


def test_that_an_axis_with_more_states_than_the_integrator_holds_is_refused() -> None:
    axis = _toy()
    many = tuple(State(f"s{index}", "1", "", 0.0, 1.0) for index in range(200))
    with pytest.raises(AxisSourceError, match="200 states, where the integrator has room for 128"):
        axis_text(replace(axis, states=many))
