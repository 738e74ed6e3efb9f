"""An axis as text for the compiler: its rates, their exact derivatives, its markers and the elimination that fits."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.reading import AxisSourceError
from endotune_desktop.simulation.algebra import Graph
from endotune_desktop.simulation.derivatives import derivatives_of
from endotune_desktop.simulation.emission import Emission
from endotune_desktop.simulation.graph_reader import GraphReader
from endotune_desktop.simulation.kernel_module import HEADER, entry
from endotune_desktop.simulation.source import markers_source, rates_source
from endotune_desktop.simulation.sparsity import Pattern, elimination_source, pattern_of, working_size
from endotune_desktop.simulation.unrolled import STRIDE


@dataclass(frozen=True)
class AxisText:
    """The generated text of an axis.

    Attributes
    ----------
    equations : str
        A module with ``settle``, ``tick``, ``rates``, ``linearised``; ``marker_settle``, ``marker_tick`` and
        ``marker_values``.
    elimination : str
        A module with ``factor`` and ``solve``.
    pattern : Pattern
    sizes : tuple of int
        Lengths of ``q``, of the Jacobian and of its factors.
    marker_size : int
        Length of ``q`` for the markers.
    """

    equations: str
    elimination: str
    pattern: Pattern
    sizes: tuple[int, int, int]
    marker_size: int


def axis_text(axis: Axis) -> AxisText:
    """Return the text of an axis, by differentiating its declaration.

    Parameters
    ----------
    axis : Axis

    Raises
    ------
    AxisSourceError
        If its functions cannot be compiled, or it has more states than the integrator has room for.
    """
    if len(axis.states) > STRIDE:
        raise AxisSourceError(f"{axis.id}: {len(axis.states)} states, where the integrator has room for {STRIDE}")
    graph = Graph()
    rates = GraphReader(graph, "dy").read(rates_source(axis), len(axis.states))
    entries, by_time = derivatives_of(graph, rates)
    pattern = pattern_of(len(axis.states), entries)
    emission = Emission(graph, rates, [*entries.values(), *by_time])
    values = [(f"dy[{row}]", node) for row, node in enumerate(rates)]
    places = zip(pattern.rows.tolist(), pattern.columns.tolist(), strict=True)
    zero = graph.number(0.0)
    jacobian = [(f"jacobian[{index}]", entries.get(place, zero)) for index, place in enumerate(places)]
    moving = [(f"dt[{row}]", node) for row, node in enumerate(by_time) if graph.value(node) != 0.0]
    markers, marker_size = _marker_parts(axis)
    parts = [
        HEADER,
        entry("SETTLE") + emission.at_constants(),
        entry("TICK") + emission.at_time(),
        entry("RATES") + emission.at_state("def rates(y, q, dy):", values),
        entry("LINEARISED")
        + emission.at_state("def linearised(t, y, q, dy, jacobian, dt):", [*values, *jacobian, *moving]),
        *markers,
    ]
    factor, solve = elimination_source(pattern).split("\n\n\n")
    elimination = [HEADER, entry("FACTOR") + factor, entry("SOLVE") + solve]
    sizes = (emission.size, int(pattern.rows.size), working_size(pattern))
    return AxisText("\n\n\n".join(parts) + "\n", "\n\n\n".join(elimination), pattern, sizes, marker_size)


def _marker_parts(axis: Axis) -> tuple[list[str], int]:
    graph = Graph()
    nodes = GraphReader(graph, "m").read(markers_source(axis), len(axis.markers))
    emission = Emission(graph, nodes)
    outputs = [(f"m[{index}]", node) for index, node in enumerate(nodes)]
    parts = [
        entry("SETTLE") + emission.at_constants().replace("def settle", "def marker_settle"),
        entry("TICK") + emission.at_time().replace("def tick", "def marker_tick"),
        entry("RATES") + emission.at_state("def marker_values(y, q, m):", outputs),
    ]
    return parts, emission.size
