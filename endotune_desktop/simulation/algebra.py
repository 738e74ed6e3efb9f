"""Arithmetic as a graph: every subexpression once, simplified, and sorted by how often its value changes.

A node is a number. What depends on constants only is worth computing once a run, what depends on time once a time, and
only the rest at every state; `level` says which.
"""

from __future__ import annotations

import math
from collections.abc import Callable

Key = tuple[object, ...]

CONSTANT, TIMED, STATED = range(3)
"""Levels: changes with the constants, with time, with the state."""

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "pow": lambda a, b: a**b,
}


class Graph:
    """Expressions, each kept once.

    Attributes
    ----------
    keys : list of tuple
        What every node is: ``("y", index)``, ``("p", index)``, ``("t",)``, ``("number", value)`` or an operation
        followed by the nodes it works on. A node's operands have smaller numbers than itself.
    level : list of int
        `CONSTANT`, `TIMED` or `STATED`.
    """

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self.level: list[int] = []
        self._found: dict[Key, int] = {}

    def _node(self, *key: object) -> int:
        node = self._found.get(key)
        if node is None:
            node = self._found[key] = len(self.keys)
            self.keys.append(key)
            leaf = {"y": STATED, "t": TIMED, "p": CONSTANT, "number": CONSTANT}.get(str(key[0]))
            self.level.append(max(self.level[part] for part in self.operands(node)) if leaf is None else leaf)
        return node

    def operands(self, node: int) -> tuple[int, ...]:
        """Return the nodes that a node is computed from."""
        key = self.keys[node]
        if key[0] in ("y", "p", "t", "number"):
            return ()
        return tuple(part for part in key[1:] if isinstance(part, int))

    def value(self, node: int) -> float | None:
        """Return the value of a literal number, None for anything else."""
        key = self.keys[node]
        return key[1] if key[0] == "number" and isinstance(key[1], float) else None

    def number(self, value: float) -> int:
        """Return a literal."""
        return self._node("number", float(value))

    def state(self, index: int) -> int:
        """Return an entry of ``y``."""
        return self._node("y", index)

    def constant(self, index: int) -> int:
        """Return an entry of ``p``."""
        return self._node("p", index)

    def time(self) -> int:
        """Return the time."""
        return self._node("t")

    def _folded(self, operation: str, a: int, b: int) -> int | None:
        first, second = self.value(a), self.value(b)
        if first is None or second is None:
            return None
        try:
            result = _OPERATORS[operation](first, second)
        except (ArithmeticError, ValueError):
            return None
        return self.number(result) if isinstance(result, float) and math.isfinite(result) else None

    def add(self, a: int, b: int) -> int:
        """Return a + b."""
        folded = self._folded("+", a, b)
        if folded is not None:
            return folded
        if self.value(a) == 0.0:
            return b
        if self.value(b) == 0.0:
            return a
        if self.keys[b][0] == "neg":
            return self.subtract(a, self.operands(b)[0])
        if self.keys[a][0] == "neg":
            return self.subtract(b, self.operands(a)[0])
        return self._node("+", min(a, b), max(a, b))

    def subtract(self, a: int, b: int) -> int:
        """Return a - b."""
        first, second = self.value(a), self.value(b)
        if first is not None and second is not None:
            return self.number(first - second)
        if second == 0.0:
            return a
        if first == 0.0:
            return self.negative(b)
        if a == b:
            return self.number(0.0)
        if self.keys[b][0] == "neg":
            return self.add(a, self.operands(b)[0])
        return self._node("-", a, b)

    def negative(self, a: int) -> int:
        """Return -a."""
        value = self.value(a)
        if value is not None:
            return self.number(-value)
        operation = self.keys[a][0]
        if operation == "neg":
            return self.operands(a)[0]
        if operation == "-":
            first, second = self.operands(a)
            return self._node("-", second, first)
        return self._node("neg", a)

    def multiply(self, a: int, b: int) -> int:
        """Return a b, the rarely changing factors gathered in front so that they need computing rarely."""
        folded = self._folded("*", a, b)
        if folded is not None:
            return folded
        if self.level[a] > self.level[b] or (self.level[a] == self.level[b] and a > b):
            a, b = b, a
        for one, other in ((a, b), (b, a)):
            if self.value(one) == 0.0:
                return self.number(0.0)
            if self.value(one) == 1.0:
                return other
            if self.value(one) == -1.0:
                return self.negative(other)
            if self.keys[one][0] == "neg":
                return self.negative(self.multiply(self.operands(one)[0], other))
        front_a, rest_a = self._front(a)
        front_b, rest_b = self._front(b)
        if self.level[a] < self.level[b]:
            return self._node("*", a, b) if front_b is None else self.multiply(self.multiply(a, front_b), rest_b)
        if front_a is None and front_b is None:
            return self._node("*", a, b)
        rest = self.multiply(rest_a, rest_b)
        front = front_b if front_a is None else front_a if front_b is None else self.multiply(front_a, front_b)
        assert front is not None
        return self.multiply(front, rest)

    def _front(self, node: int) -> tuple[int | None, int]:
        """Return the rarer factor of a product and the other one."""
        if self.keys[node][0] == "*":
            first, second = self.operands(node)
            if self.level[first] < self.level[second]:
                return first, second
        return None, node

    def divide(self, a: int, b: int) -> int:
        """Return a / b as a product with the reciprocal, which is often shared or constant."""
        return self.multiply(a, self.reciprocal(b))

    def reciprocal(self, a: int) -> int:
        """Return 1 / a."""
        value = self.value(a)
        if value:
            return self.number(1.0 / value)
        if self.keys[a][0] == "inverse":
            return self.operands(a)[0]
        front, rest = self._front(a)
        if front is not None:
            return self.multiply(self.reciprocal(front), self.reciprocal(rest))
        return self._node("inverse", a)

    def power(self, a: int, b: int) -> int:
        """Return a ** b; small whole powers as products."""
        folded = self._folded("pow", a, b)
        if folded is not None:
            return folded
        exponent = self.value(b)
        if exponent is not None and exponent == int(exponent) and abs(exponent) <= 16:
            if exponent < 0:
                return self.reciprocal(self.power(a, self.number(-exponent)))
            if exponent == 0:
                return self.number(1.0)
            if exponent == 1:
                return a
            half = self.power(a, self.number(exponent // 2))
            square = self.multiply(half, half)
            return square if exponent % 2 == 0 else self.multiply(square, a)
        if exponent == 0.5:
            return self.call("sqrt", a)
        return self._node("pow", a, b)

    def call(self, name: str, a: int) -> int:
        """Return a function of `math` at a."""
        value = self.value(a)
        if value is not None:
            function: Callable[[float], float] = getattr(math, name)
            try:
                return self.number(function(value))
            except (ArithmeticError, ValueError):
                pass
        return self._node("call", name, a)

    def compare(self, operator: str, a: int, b: int) -> int:
        """Return a comparison: ``<``, ``<=``, ``>``, ``>=``, ``==`` or ``!=``."""
        return self._node("compare", operator, a, b)

    def both(self, a: int, b: int) -> int:
        """Return a and b."""
        return self._node("and", a, b)

    def either(self, a: int, b: int) -> int:
        """Return a or b."""
        return self._node("or", a, b)

    def opposite(self, a: int) -> int:
        """Return not a."""
        return self._node("not", a)

    def choose(self, condition: int, a: int, b: int) -> int:
        """Return a where the condition holds, else b."""
        return a if a == b else self._node("choose", condition, a, b)
