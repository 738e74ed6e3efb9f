"""Reads the two functions of an axis as text, so that they can be compiled, differentiated and exported."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

ALLOWED_FUNCTIONS = frozenset({"exp", "log", "sqrt", "cos", "sin", "tanh", "fabs"})
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
        If the function uses anything but assignments, ``if``, arithmetic and the functions of `ALLOWED_FUNCTIONS`.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise AxisSourceError(f"{function!r} is not a plain function")
    tree.returns = None
    tree.decorator_list = []
    for argument in tree.args.args:
        argument.annotation = None
    if isinstance(tree.body[0], ast.Expr):
        tree.body = tree.body[1:]
    for node in ast.walk(tree):
        _check(node, function.__name__)
    return tree


def _check(node: ast.AST, name: str) -> None:
    line = getattr(node, "lineno", 0)
    if not isinstance(node, _ALLOWED_NODES):
        raise AxisSourceError(f"{name}, line {line}: {type(node).__name__} cannot be compiled")
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in ALLOWED_FUNCTIONS):
        raise AxisSourceError(f"{name}, line {line}: only {', '.join(sorted(ALLOWED_FUNCTIONS))} may be called")
