"""Small functions of an axis module are written out in place before its equations are compiled."""
# ruff: noqa: ANN401

from __future__ import annotations

import ast
import math
from math import exp
from typing import Any

import pytest

from endotune_desktop.physiology.reading import AxisSourceError, parsed_function


def hill(x: Any, half: Any, power: Any) -> Any:
    share = (x / half) ** power
    return share / (1.0 + share)


def squared_hill(x: Any, half: Any) -> Any:
    inner = hill(x, half, 2.0)
    return inner * inner


def level(y: Any, scale: Any) -> Any:
    return y.A * scale


def two_returns(x: Any) -> Any:
    if x > 0.0:
        return x
    return -x


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    share = 5.0
    dy.A = squared_hill(level(y, 2.0), p.K) + share * hill(exp(-t), 1.0, 3.0)


def refused(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.A = two_returns(y.A)


class _Space:
    def __init__(self, **values: float) -> None:
        self.__dict__.update(values)


def test_that_the_text_written_out_computes_the_same_and_calls_only_mathematics() -> None:
    tree = parsed_function(rates)
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert called == {"exp"}
    space: dict[str, Any] = {"exp": math.exp}
    exec(compile(ast.Module([tree], []), "<rates>", "exec"), space)
    ours, theirs = _Space(), _Space()
    for time_h, amount, half in ((0.0, 1.0, 2.0), (0.7, 3.0, 0.4)):
        space["rates"](time_h, _Space(A=amount), _Space(K=half), ours)
        rates(time_h, _Space(A=amount), _Space(K=half), theirs)
        assert ours.__dict__ == theirs.__dict__


def test_that_a_function_with_two_returns_is_refused_by_name() -> None:
    with pytest.raises(AxisSourceError, match="Return cannot be compiled"):
        parsed_function(refused)
