"""From the text of an axis function to a graph of arithmetic, branches included."""

from __future__ import annotations

import ast

from endotune_desktop.physiology.reading import AxisSourceError
from endotune_desktop.simulation.algebra import Graph

_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
Known = dict[str, int]


class GraphReader:
    """Reads the indexed text of an axis function into a graph.

    Both sides of a branch are read, and every name that either sets is chosen by the condition.

    Parameters
    ----------
    graph : Graph
        Receives the nodes.
    output : str
        The argument that is written to: ``dy`` or ``m``.
    """

    def __init__(self, graph: Graph, output: str) -> None:
        self._graph = graph
        self._output = output

    def read(self, source: str, size: int) -> list[int]:
        """Return the node of every output.

        Parameters
        ----------
        source : str
            As `source.rates_source` and `source.markers_source` give it.
        size : int
            How many outputs there are.
        """
        tree = ast.parse(source).body[0]
        assert isinstance(tree, ast.FunctionDef)
        known = self._block(tree.body, {"t": self._graph.time()})
        try:
            return [known[f"{self._output}[{index}]"] for index in range(size)]
        except KeyError as missing:
            raise AxisSourceError(f"{tree.name}: {missing} is not written on every path") from None

    def _block(self, statements: list[ast.stmt], known: Known) -> Known:
        known = dict(known)
        for statement in statements:
            if isinstance(statement, ast.Assign):
                value = self._expression(statement.value, known)
                for target in statement.targets:
                    known[ast.unparse(target)] = value
            elif isinstance(statement, ast.If):
                condition = self._expression(statement.test, known)
                first, second = self._block(statement.body, known), self._block(statement.orelse, known)
                known = {
                    name: self._graph.choose(condition, first[name], second[name]) for name in first if name in second
                }
            elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                raise AxisSourceError(f"line {statement.lineno}: {ast.unparse(statement)} cannot be compiled")
        return known

    def _expression(self, node: ast.expr, known: Known) -> int:
        graph = self._graph
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return graph.number(float(node.value))
        if isinstance(node, ast.Name | ast.Subscript):
            return self._named(node, known)
        if isinstance(node, ast.BinOp):
            return self._binary(node, known)
        if isinstance(node, ast.UnaryOp):
            inside = self._expression(node.operand, known)
            if isinstance(node.op, ast.USub):
                return graph.negative(inside)
            return graph.opposite(inside) if isinstance(node.op, ast.Not) else inside
        if isinstance(node, ast.Compare):
            return self._comparison(node, known)
        if isinstance(node, ast.BoolOp):
            join = graph.both if isinstance(node.op, ast.And) else graph.either
            first, *others = [self._expression(value, known) for value in node.values]
            for other in others:
                first = join(first, other)
            return first
        if isinstance(node, ast.IfExp):
            condition = self._expression(node.test, known)
            return graph.choose(condition, self._expression(node.body, known), self._expression(node.orelse, known))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
            return graph.call(node.func.id, self._expression(node.args[0], known))
        raise AxisSourceError(f"line {node.lineno}: {ast.unparse(node)} cannot be compiled")

    def _named(self, node: ast.Name | ast.Subscript, known: Known) -> int:
        name = ast.unparse(node)
        if name in known:
            return known[name]
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and isinstance(node.slice, ast.Constant)
        ):
            index = node.slice.value
            assert isinstance(index, int)
            if node.value.id == "y":
                return self._graph.state(index)
            if node.value.id == "p":
                return self._graph.constant(index)
        if name == "pi":
            return self._graph.number(3.141592653589793)
        raise AxisSourceError(f"line {node.lineno}: {name} is not set on every path")

    def _binary(self, node: ast.BinOp, known: Known) -> int:
        graph = self._graph
        first, second = self._expression(node.left, known), self._expression(node.right, known)
        if isinstance(node.op, ast.Add):
            return graph.add(first, second)
        if isinstance(node.op, ast.Sub):
            return graph.subtract(first, second)
        if isinstance(node.op, ast.Mult):
            return graph.multiply(first, second)
        if isinstance(node.op, ast.Div):
            return graph.divide(first, second)
        return graph.power(first, second)

    def _comparison(self, node: ast.Compare, known: Known) -> int:
        values = [self._expression(value, known) for value in (node.left, *node.comparators)]
        parts = [
            self._graph.compare(_COMPARISONS[type(operator)], values[place], values[place + 1])
            for place, operator in enumerate(node.ops)
        ]
        first, *others = parts
        for other in others:
            first = self._graph.both(first, other)
        return first
