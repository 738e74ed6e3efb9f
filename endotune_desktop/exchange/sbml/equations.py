"""The two functions of an axis as SBML formulas: one definition for each intermediate value, branches as piecewise."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from endotune_desktop.exchange.sbml.functions import Functions
from endotune_desktop.exchange.sbml.names import Names
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.reading import RESULT, AxisSourceError, parsed_function

_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_FUNCTIONS = {"log": "ln", "fabs": "abs"}


@dataclass
class Equations:
    """What an axis computes, as formulas over identifiers.

    Attributes
    ----------
    definitions : dict of str to str
        Intermediate values by identifier, each after those it needs.
    rates : dict of str to str
        By state id, an hour.
    markers : dict of str to str
        By marker id.
    functions : dict of str to str
        ``lambda(...)`` by identifier: small functions whose results are made of one another.
    """

    definitions: dict[str, str] = field(default_factory=dict)
    rates: dict[str, str] = field(default_factory=dict)
    markers: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)


def equations_of(axis: Axis, names: Names) -> Equations:
    """Return the equations of an axis.

    Parameters
    ----------
    axis : Axis
    names : Names
        Takes the identifiers of intermediate values as well.

    Raises
    ------
    AxisSourceError
        If a function reads a value that not every branch writes.
    """
    found = Equations()
    symbols: dict[str, str] = {}
    functions = Functions(names, found.definitions, found.functions)
    for function, space, written in (
        (axis.rates, "dy", found.rates),
        (axis.marker_values, "m", found.markers),
    ):
        reader = _Reader(names, space, found.definitions, symbols, functions)
        reader.read(parsed_function(function).body, {}, written)
    functions.drop_unused([*found.rates.values(), *found.markers.values()])
    return found


class _Reader:
    """Reads statements in order; a name that is assigned again becomes a new identifier."""

    def __init__(
        self, names: Names, space: str, definitions: dict[str, str], symbols: dict[str, str], functions: Functions
    ) -> None:
        self._functions = functions
        self._names = names
        self._space = space
        self._definitions = definitions
        self._symbols = symbols

    def read(self, statements: list[ast.stmt], local: dict[str, str], written: dict[str, str]) -> None:
        """Add what the statements assign to `local` and `written`."""
        for statement in statements:
            if isinstance(statement, ast.If):
                self._branch(statement, local, written)
            elif isinstance(statement, ast.Assign):
                text = self._formula(statement.value, local, written)
                if statement.type_comment == RESULT:
                    text = self._functions.call(text)
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        local[target.id] = self._defined(target.id, text)
                    elif isinstance(target, ast.Attribute):
                        written[target.attr] = text

    def _branch(self, statement: ast.If, local: dict[str, str], written: dict[str, str]) -> None:
        test = self._formula(statement.test, local, written)
        sides = []
        for body in (statement.body, statement.orelse):
            inside = (dict(local), dict(written))
            self.read(body, *inside)
            sides.append(inside)
        for place, (held, then, other) in enumerate(zip((local, written), sides[0], sides[1], strict=True)):
            for name in [name for name in then if name in other and then[name] != other[name]]:
                text = f"piecewise({then[name]}, {test}, {other[name]})"
                held[name] = text if place else self._defined(name, text)
            held.update({name: text for name, text in then.items() if other.get(name) == text})

    def _defined(self, name: str, text: str) -> str:
        """Return the identifier of an intermediate value; equal formulas share one."""
        if text not in self._symbols:
            self._symbols[text] = self._names.free(name)
            self._definitions[self._symbols[text]] = text
        return self._symbols[text]

    def _formula(self, node: ast.expr, local: dict[str, str], written: dict[str, str]) -> str:
        def inner(part: ast.expr) -> str:
            return self._formula(part, local, written)

        match node:
            case ast.Constant(value=bool() | int() | float() as value):
                return repr(float(value))
            case ast.Name(id=name):
                return self._name(name, local, node.lineno)
            case ast.Attribute(value=ast.Name(id=space), attr=attribute):
                return self._attribute(space, attribute, written, node.lineno)
            case ast.BinOp():
                return f"({inner(node.left)} {_OPERATORS[type(node.op)]} {inner(node.right)})"
            case ast.UnaryOp(op=ast.USub()):
                return f"(-{inner(node.operand)})"
            case ast.UnaryOp(op=ast.Not()):
                return f"(!{inner(node.operand)})"
            case ast.UnaryOp():
                return inner(node.operand)
            case ast.BoolOp():
                return f"({(' && ' if isinstance(node.op, ast.And) else ' || ').join(map(inner, node.values))})"
            case ast.Compare():
                sides = [inner(side) for side in (node.left, *node.comparators)]
                pairs = [
                    f"({left} {_COMPARISONS[type(operator)]} {right})"
                    for left, operator, right in zip(sides, node.ops, sides[1:], strict=False)
                ]
                return pairs[0] if len(pairs) == 1 else f"({' && '.join(pairs)})"
            case ast.IfExp():
                return f"piecewise({inner(node.body)}, {inner(node.test)}, {inner(node.orelse)})"
            case ast.Call(func=ast.Name(id=name)):
                return f"{_FUNCTIONS.get(name, name)}({', '.join(map(inner, node.args))})"
        raise AxisSourceError(f"line {node.lineno}: {ast.unparse(node)} has no formula")

    @staticmethod
    def _name(name: str, local: dict[str, str], line: int) -> str:
        if name in local:
            return local[name]
        if name in ("t", "pi"):
            return {"t": "time", "pi": "pi"}[name]
        raise AxisSourceError(f"line {line}: {name} is not written by every branch before it is read")

    def _attribute(self, space: str, attribute: str, written: dict[str, str], line: int) -> str:
        if space == self._space and attribute in written:
            return written[attribute]
        known = {"y": self._names.states, "p": self._names.constants}.get(space, {})
        if attribute not in known:
            raise AxisSourceError(f"line {line}: {space}.{attribute} cannot be read there")
        return known[attribute]
