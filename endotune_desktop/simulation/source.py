"""From named states and parameters to array indices: the source text that numba compiles and that scipy can call."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.reading import ALLOWED_FUNCTIONS, AxisSourceError, parsed_function

FloatArray = npt.NDArray[np.float64]


class _Indexer(ast.NodeTransformer):
    """Replaces ``y.T4p`` by ``y[0]``."""

    def __init__(self, places: dict[str, dict[str, int]]) -> None:
        self._places = places
        self.written: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Rewrite one attribute access; unknown names are our own mistake."""
        if not isinstance(node.value, ast.Name) or node.value.id not in self._places:
            raise AxisSourceError(f"line {node.lineno}: attribute of something that is not y, p, dy or m")
        space = node.value.id
        try:
            index = self._places[space][node.attr]
        except KeyError:
            raise AxisSourceError(f"line {node.lineno}: {space}.{node.attr} is not declared") from None
        if isinstance(node.ctx, ast.Store):
            self.written.add(node.attr)
        return ast.Subscript(ast.Name(space, ast.Load()), ast.Constant(index), node.ctx)


def constants_of(axis: Axis) -> dict[str, int]:
    """Return the place of every parameter and derived constant in the vector ``p``."""
    names = [parameter.id for parameter in axis.parameters] + [derived.id for derived in axis.derived]
    places = {name: index for index, name in enumerate(names)}
    if len(places) != len(names):
        raise AxisSourceError(f"{axis.id}: a parameter and a derived constant share a name")
    return places


def rates_source(axis: Axis) -> str:
    """Return ``rates(t, y, p, dy)`` over arrays, as text."""
    states = {state.id: index for index, state in enumerate(axis.states)}
    return _function_source("rates", axis.rates, {"y": states, "p": constants_of(axis), "dy": states}, set(states))


def markers_source(axis: Axis) -> str:
    """Return ``marker_values(t, y, p, m)`` over arrays, as text."""
    states = {state.id: index for index, state in enumerate(axis.states)}
    markers = {marker.id: index for index, marker in enumerate(axis.markers)}
    return _function_source(
        "marker_values", axis.marker_values, {"y": states, "p": constants_of(axis), "m": markers}, set(markers)
    )


def _function_source(
    name: str, function: Callable[..., Any], places: dict[str, dict[str, int]], must_write: set[str]
) -> str:
    indexer = _Indexer(places)
    tree = indexer.visit(parsed_function(function))
    tree.name = name
    missing = must_write - indexer.written
    if missing:
        raise AxisSourceError(f"{name} never writes {', '.join(sorted(missing))}")
    return ast.unparse(ast.fix_missing_locations(tree))


def python_function(source: str, name: str) -> Callable[[float, FloatArray, FloatArray, FloatArray], None]:
    """Return a generated function as plain Python: slow, and independent of numba."""
    import math

    space: dict[str, Any] = {name: getattr(math, name) for name in ALLOWED_FUNCTIONS}
    space["pi"] = math.pi
    exec(compile(source, f"<{name}>", "exec"), space)
    found: Callable[[float, FloatArray, FloatArray, FloatArray], None] = space[name]
    return found


def python_rates(axis: Axis) -> Callable[[float, FloatArray, FloatArray], FloatArray]:
    """Return ``f(t, y, p)`` in plain Python over numpy arrays, for solvers that are not ours.

    Parameters
    ----------
    axis : Axis

    Returns
    -------
    callable
        ``f(t, y, p)`` with y of shape (n_states,) and p of shape (n_constants,) returns dy of shape (n_states,).
    """
    inner = python_function(rates_source(axis), "rates")
    size = len(axis.states)

    def rates(t: float, y: FloatArray, p: FloatArray) -> FloatArray:
        dy = np.empty(size)
        inner(t, y, p, dy)
        return dy

    return rates
