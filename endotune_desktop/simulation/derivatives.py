"""Exact derivatives of the rates, entry by entry, in the graph that holds the rates themselves."""

from __future__ import annotations

from endotune_desktop.simulation.algebra import TIMED, Graph

TIME = -1
"""Stands for the time among the state indices."""


class Differentiator:
    """Forward derivatives of nodes with respect to states and time, each computed once.

    Parameters
    ----------
    graph : Graph
        Receives the new nodes.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[int, dict[int, int]] = {}

    def of(self, node: int) -> dict[int, int]:
        """Return the derivatives that are not identically zero: state index or `TIME` to node."""
        for part in self._below(node):
            if part not in self._known:
                self._known[part] = self._one(part)
        return self._known[node]

    def _below(self, node: int) -> list[int]:
        """Return the node and all it needs that is not known yet, operands first."""
        found: set[int] = set()
        left = [node]
        while left:
            part = left.pop()
            if part in found or part in self._known:
                continue
            found.add(part)
            left.extend(self._graph.operands(part))
        return sorted(found)

    def _one(self, node: int) -> dict[int, int]:
        graph, key = self._graph, self._graph.keys[node]
        if graph.level[node] < TIMED:
            return {}
        if key[0] == "t":
            return {TIME: graph.number(1.0)}
        if key[0] == "y":
            assert isinstance(key[1], int)
            return {key[1]: graph.number(1.0)}
        operation, parts = str(key[0]), graph.operands(node)
        if operation in ("compare", "and", "or", "not"):
            return {}
        inner = [self._known[part] for part in parts]
        if operation == "choose":
            return self._chosen(parts[0], inner[1], inner[2])
        factors = self._partials(node, operation, parts)
        total: dict[int, int] = {}
        for factor, derivatives in zip(factors, inner, strict=True):
            for variable, derivative in derivatives.items():
                term = graph.multiply(factor, derivative)
                total[variable] = graph.add(total[variable], term) if variable in total else term
        return {variable: value for variable, value in total.items() if graph.value(value) != 0.0}

    def _chosen(self, condition: int, first: dict[int, int], second: dict[int, int]) -> dict[int, int]:
        zero = self._graph.number(0.0)
        return {
            variable: self._graph.choose(condition, first.get(variable, zero), second.get(variable, zero))
            for variable in sorted(first.keys() | second.keys())
        }

    def _partials(self, node: int, operation: str, parts: tuple[int, ...]) -> list[int]:
        """Return the derivative of an operation with respect to each operand."""
        graph = self._graph
        one = graph.number(1.0)
        if operation == "+":
            return [one, one]
        if operation == "-":
            return [one, graph.number(-1.0)]
        if operation == "neg":
            return [graph.number(-1.0)]
        if operation == "*":
            return [parts[1], parts[0]]
        if operation == "inverse":
            return [graph.negative(graph.multiply(node, node))]
        if operation == "pow":
            base, exponent = parts
            lower = graph.power(base, graph.add(exponent, graph.number(-1.0)))
            logarithm = graph.call("log", base) if graph.level[exponent] >= TIMED else graph.number(0.0)
            return [graph.multiply(exponent, lower), graph.multiply(node, logarithm)]
        return [self._of_call(node, str(graph.keys[node][1]), parts[0])]

    def _of_call(self, node: int, name: str, at: int) -> int:
        graph = self._graph
        if name == "exp":
            return node
        if name == "log":
            return graph.reciprocal(at)
        if name == "sqrt":
            return graph.divide(graph.number(0.5), node)
        if name == "sin":
            return graph.call("cos", at)
        if name == "cos":
            return graph.negative(graph.call("sin", at))
        if name == "tanh":
            return graph.subtract(graph.number(1.0), graph.multiply(node, node))
        if name == "floor":
            return graph.number(0.0)
        zero, one = graph.number(0.0), graph.number(1.0)
        return graph.choose(graph.compare("<", at, zero), graph.negative(one), one)


def derivatives_of(graph: Graph, rates: list[int]) -> tuple[dict[tuple[int, int], int], list[int]]:
    """Return the Jacobian's entries that are not identically zero, and the derivative with respect to time.

    Parameters
    ----------
    graph : Graph
    rates : list of int
        The node of every rate.

    Returns
    -------
    entries : dict of (row, column) to node
    by_time : list of node
    """
    differentiator = Differentiator(graph)
    entries: dict[tuple[int, int], int] = {}
    by_time = []
    for row, node in enumerate(rates):
        found = differentiator.of(node)
        by_time.append(found.get(TIME, graph.number(0.0)))
        entries.update({(row, column): value for column, value in found.items() if column != TIME})
    return entries, by_time
