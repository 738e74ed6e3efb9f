"""Reads the two functions of an axis as text, so that they can be compiled, differentiated and exported."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from types import FunctionType
from typing import Any

RESULT = "result"
"""Marks, as its `type_comment`, the assignment that holds the result of a small function written out in place."""
ALLOWED_FUNCTIONS = frozenset({"exp", "log", "sqrt", "cos", "sin", "tanh", "fabs", "floor"})
_ALLOWED_NODES = (
    ast.FunctionDef, ast.arguments, ast.arg, ast.Assign, ast.If, ast.Expr, ast.Constant, ast.Name, ast.Attribute,
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Load, ast.Store, ast.Add, ast.Sub,
    ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    ast.Eq, ast.NotEq,
)  # fmt: skip


class AxisSourceError(TypeError):
    """An axis function uses something that cannot be compiled; a mistake of ours, found when an axis is written."""


def parsed_function(function: Callable[..., Any]) -> ast.FunctionDef:
    """Return the syntax tree of an axis function, without its docstring and annotations.

    Parameters
    ----------
    function : callable
        `Axis.rates` or `Axis.marker_values`.

    Returns
    -------
    ast.FunctionDef

    Raises
    ------
    AxisSourceError
        If the function uses anything but assignments, ``if``, arithmetic, the functions of `ALLOWED_FUNCTIONS` and
        small functions of its own module, which are written out in place.
    """
    tree = _plain_tree(function)
    tree.body = _WrittenOut(function.__globals__, function.__name__).block(tree.body)
    for node in ast.walk(tree):
        _check(node, function.__name__)
    return ast.fix_missing_locations(tree)


def _names(statements: list[ast.stmt]) -> list[ast.Name]:
    return [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Name)]


def _plain_tree(function: Callable[..., Any]) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise AxisSourceError(f"{function!r} is not a plain function")
    tree.returns = None
    tree.decorator_list = []
    for argument in tree.args.args:
        argument.annotation = None
    if isinstance(tree.body[0], ast.Expr):
        tree.body = tree.body[1:]
    return tree


class _WrittenOut:
    """Writes the calls of a module's own small functions out in place, with names that meet no others."""

    def __init__(self, known: dict[str, Any], caller: str) -> None:
        self._known = known
        self._caller = caller
        self._count = 0

    def block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """Return the statements with every such call replaced by the name of its result."""
        written: list[ast.stmt] = []
        for statement in statements:
            before: list[ast.stmt] = []
            if isinstance(statement, ast.If):
                statement.test = self._expression(statement.test, before)
                statement.body = self.block(statement.body)
                statement.orelse = self.block(statement.orelse)
            elif isinstance(statement, ast.Assign):
                statement.value = self._expression(statement.value, before)
            written += [*before, statement]
        return written

    def _expression(self, node: ast.expr, before: list[ast.stmt]) -> ast.expr:
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                setattr(node, name, self._expression(value, before))
            elif isinstance(value, list):
                value[:] = [self._expression(v, before) if isinstance(v, ast.expr) else v for v in value]
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id in ALLOWED_FUNCTIONS:
            return node
        small = self._known.get(node.func.id)
        if not isinstance(small, FunctionType):
            return node
        return self._written(small, node, before)

    def _written(self, small: FunctionType, call: ast.Call, before: list[ast.stmt]) -> ast.expr:
        tree = _plain_tree(small)
        *body, last = tree.body
        names = [argument.arg for argument in tree.args.args]
        if not isinstance(last, ast.Return) or last.value is None or len(names) != len(call.args) or call.keywords:
            expected = f"{len(names)} values and one return at its end"
            raise AxisSourceError(f"{self._caller}: {small.__name__} wants {expected}")
        self._count += 1
        mark = f"{small.__name__}_{self._count}_"
        result = ast.Assign([ast.Name(mark, ast.Store())], last.value, type_comment=RESULT, lineno=call.lineno)
        inside: list[ast.stmt] = [*body, result]
        stored = {n.id for n in _names(inside) if isinstance(n.ctx, ast.Store)}
        renamed = {name: mark + name for name in {*names, *stored} - {mark}}
        for name, value in zip(names, call.args, strict=True):
            if isinstance(value, ast.Name) and name not in stored:
                renamed[name] = value.id
            else:
                before.append(ast.Assign([ast.Name(mark + name, ast.Store())], value, lineno=call.lineno))
        for part in _names(inside):
            part.id = renamed.get(part.id, part.id)
        inner = _WrittenOut(small.__globals__, self._caller)
        inner._count = 1000 * self._count
        before.extend(inner.block(inside))
        return ast.Name(mark, ast.Load())


def _check(node: ast.AST, name: str) -> None:
    line = getattr(node, "lineno", 0)
    if not isinstance(node, _ALLOWED_NODES):
        raise AxisSourceError(f"{name}, line {line}: {type(node).__name__} cannot be compiled")
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in ALLOWED_FUNCTIONS):
        raise AxisSourceError(f"{name}, line {line}: only {', '.join(sorted(ALLOWED_FUNCTIONS))} may be called")
