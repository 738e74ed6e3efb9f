"""An axis as text for the compiler: its rates, their exact derivatives, its markers and the elimination that fits."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.algebra import Graph
from endotune_desktop.simulation.derivatives import derivatives_of
from endotune_desktop.simulation.emission import Emission
from endotune_desktop.simulation.graph_reader import GraphReader
from endotune_desktop.simulation.kernel_module import HEADER, KINDS, decorated
from endotune_desktop.simulation.source import markers_source, rates_source
from endotune_desktop.simulation.sparsity import Pattern, elimination_source, pattern_of, working_size

_ROWS = """def marker_rows(times, states, table, rows, values):
    q = np.zeros({size})
    kept = pointer_to(q)
    settled = -1
    for i in range(times.size):
        if rows[i] != settled:
            settled = rows[i]
            marker_settle(shifted(pointer_to(table), settled * table.shape[1]), kept)
        marker_tick(times[i], kept)
        y = shifted(pointer_to(states), i * states.shape[1])
        marker_values(y, kept, shifted(pointer_to(values), i * values.shape[1]))
    return q.size
"""
_ROWS_SIGNATURE = "int64(float64[::1], float64[:, ::1], float64[:, ::1], int64[::1], float64[:, ::1])"
_AT_SIGNATURE = "void(float64, float64[::1], float64[::1], float64[::1])"
_AT = """def rates_at(t, y, p, dy):
    q = np.zeros({size})
    kept = pointer_to(q)
    settle(pointer_to(p), kept)
    tick(t, kept)
    rates(pointer_to(y), kept, pointer_to(dy))
    q[0] = 0.0
"""


@dataclass(frozen=True)
class AxisText:
    """The generated text of an axis.

    Attributes
    ----------
    equations : str
        A module with ``settle``, ``tick``, ``rates``, ``linearised``, ``rates_at`` and ``marker_rows``.
    elimination : str
        A module with ``factor`` and ``solve``.
    pattern : Pattern
    sizes : tuple of int
        Lengths of ``q``, of the Jacobian and of its factors.
    """

    equations: str
    elimination: str
    pattern: Pattern
    sizes: tuple[int, int, int]


def axis_text(axis: Axis) -> AxisText:
    """Return the text of an axis, by differentiating its declaration.

    Parameters
    ----------
    axis : Axis
    """
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
    parts = [
        HEADER,
        decorated(KINDS["SETTLE"]) + emission.at_constants(),
        decorated(KINDS["TICK"]) + emission.at_time(),
        decorated(KINDS["RATES"]) + emission.at_state("def rates(y, q, dy):", values),
        decorated(KINDS["LINEARISED"])
        + emission.at_state("def linearised(t, y, q, dy, jacobian, dt):", [*values, *jacobian, *moving]),
        decorated(_AT_SIGNATURE) + _AT.format(size=emission.size),
        *_marker_parts(axis),
    ]
    factor, solve = elimination_source(pattern).split("\n\n\n")
    elimination = [HEADER, decorated(KINDS["FACTOR"]) + factor, decorated(KINDS["SOLVE"]) + solve]
    sizes = (emission.size, int(pattern.rows.size), working_size(pattern))
    return AxisText("\n\n\n".join(parts) + "\n", "\n\n\n".join(elimination), pattern, sizes)


def _marker_parts(axis: Axis) -> list[str]:
    graph = Graph()
    nodes = GraphReader(graph, "m").read(markers_source(axis), len(axis.markers))
    emission = Emission(graph, nodes)
    outputs = [(f"m[{index}]", node) for index, node in enumerate(nodes)]
    return [
        decorated(KINDS["SETTLE"]) + emission.at_constants().replace("def settle", "def marker_settle"),
        decorated(KINDS["TICK"]) + emission.at_time().replace("def tick", "def marker_tick"),
        decorated(KINDS["RATES"]) + emission.at_state("def marker_values(y, q, m):", outputs),
        decorated(_ROWS_SIGNATURE) + _ROWS.format(size=emission.size),
    ]
