"""A small expression language over courses: what a fact says, computed.

``tsh@08:00+29d`` is a value at a clock time on a day; ``mean(tsh, 0d, 1d)``, ``min``, ``max``, ``tmax``, ``tmin``,
``half_life``, ``amplitude``, ``first(tsh > 4.5)`` and ``last(...)`` look along a course; ``running(tsh, 24h)`` is the
curve of the mean over the 24 h before; ``peaks(lh, 20)`` counts its maxima above a value, ``first_peak(lh, 20, 5d)``
says when the first after a time is, and ``intervals(lh, 20)`` are the hours from peak to peak, for ``median`` and
``sd`` (of the last so many); ``ratio(a, b)``, ``ln``,
``log10``, ``exp``, ``abs`` and arithmetic combine them. ``healthy::tsh`` is the marker of another scenario. Bare
numbers as times are hours; ``h``, ``d``, ``wk`` and ``min`` may follow. A result that is a time is given in the unit of
the fact's row. Between output rows everything is linear.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Union

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.simulation.course import Course

FloatArray = npt.NDArray[np.float64]
TIME_UNITS_H = {"min": 1.0 / 60.0, "h": 1.0, "d": 24.0, "wk": 168.0}

_CLOCK_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?:\+(\d+)d)?")
_AT = re.compile(r"((?:\w+::)?\w+)@([01]?\d|2[0-3]):([0-5]\d)(?:\+(\d+)d)?")
_LITERAL = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(wk|min|d|h)\b")
_OTHER = re.compile(r"(\w+)::(\w+)")
_JOINT = "__of__"


@dataclass(frozen=True)
class Series:
    """A marker, or arithmetic of markers, along the rows of a course.

    Attributes
    ----------
    time_h, values : array, shape (n,)
    """

    time_h: FloatArray
    values: FloatArray

    def window(self, from_h: float, to_h: float) -> Series:
        """Return the stretch between two times, its ends interpolated."""
        first, last = max(from_h, float(self.time_h[0])), min(to_h, float(self.time_h[-1]))
        if last < first:
            raise InputRefused(f"no rows between {from_h:g} h and {to_h:g} h", "observable", "times within the course")
        inside = self.time_h[(self.time_h > first) & (self.time_h < last)]
        times = np.concatenate([[first], inside, [last]]) if last > first else np.array([first])
        return Series(times, np.interp(times, self.time_h, self.values))

    def running(self, window_h: float) -> Series:
        """Return the mean over the window that ends at each time, from the first time that has a whole one."""
        steps = np.diff(self.time_h) * (self.values[1:] + self.values[:-1]) / 2.0
        total = np.concatenate([[0.0], np.cumsum(steps)])
        times = self.time_h[self.time_h >= self.time_h[0] + window_h - 1e-9]
        if not window_h > 0.0 or not times.size:
            raise InputRefused(f"no window of {window_h:g} h", "observable", "a time within the course")
        begin = np.maximum(times - window_h, self.time_h[0])
        row = np.clip(np.searchsorted(self.time_h, begin, side="right") - 1, 0, self.time_h.size - 2)
        inside = begin - self.time_h[row]
        value = np.interp(begin, self.time_h, self.values)
        before = total[row] + inside * (self.values[row] + value) / 2.0
        return Series(times, (total[-times.size :] - before) / window_h)

    def at(self, time_h: float) -> float:
        """Return the value at a time.

        Raises
        ------
        InputRefused
            If the course does not reach it.
        """
        if not self.time_h[0] - 1e-6 <= time_h <= self.time_h[-1] + 1e-6:
            raise InputRefused(f"{time_h:g} h is outside the course", "observable", "a time within it")
        return float(np.interp(time_h, self.time_h, self.values))


@dataclass(frozen=True)
class Hours:
    """A time, in hours.

    Attributes
    ----------
    hours : float
    """

    hours: float


@dataclass(frozen=True)
class Test:
    """A comparison along a series, for `first` and `last`.

    Attributes
    ----------
    series : Series
        Left side minus right side.
    above : bool
    """

    series: Series
    above: bool


Value = Union[float, Hours, Series, Test]  # noqa: UP007  (a runtime alias of classes and float)


class _Never(Exception):
    """A crossing that was asked for does not come within the course."""


class NotComputable(InputRefused):
    """An expression is sound, but this course gives it nothing to compute with (the logarithm of 0)."""


class Observable:
    """An expression, read once for many courses.

    Parameters
    ----------
    expression : str

    Attributes
    ----------
    expression : str
    names : frozenset of str
        Every bare name in it: markers, and the functions that are called.

    Raises
    ------
    InputRefused
        If the expression cannot be read.
    """

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self._body = _parsed(expression).body
        self.names = frozenset(node.id for node in ast.walk(self._body) if isinstance(node, ast.Name))

    def __reduce__(self) -> tuple[type[Observable], tuple[str]]:
        """Travel to another process as text."""
        return Observable, (self.expression,)

    def of(self, courses: Mapping[str, Course], unit: str = "") -> float:
        """Return what the observable gives: as `evaluate`."""
        try:
            found = _Evaluator(courses).value(self._body)
        except _Never:
            return math.nan
        except (OverflowError, RecursionError):
            raise InputRefused(
                f"'{self.expression[:60]}' cannot be computed", "observable", "numbers of a sensible size"
            ) from None
        if isinstance(found, Hours):
            if unit not in TIME_UNITS_H:
                raise InputRefused(f"a time needs a unit, found '{unit}'", "unit", ", ".join(TIME_UNITS_H))
            return found.hours / TIME_UNITS_H[unit]
        if isinstance(found, float):
            return found
        raise InputRefused("gives a curve, not a number", "observable", "mean(...), max(...), marker@08:00+1d ...")


def evaluate(expression: str, courses: Mapping[str, Course], unit: str = "") -> float:
    """Return what an observable gives.

    Parameters
    ----------
    expression : str
    courses : mapping of str to Course
        By scenario name; the empty name is the row's own.
    unit : str
        Unit of the result when it is a time: min, h, d or wk.

    Raises
    ------
    InputRefused
        If the expression cannot be read, names something unknown, or looks outside a course.
    """
    return Observable(expression).of(courses, unit)


def _parsed(expression: str) -> ast.Expression:
    text = _AT.sub(lambda m: f"at({m[1]}, {_clock(m[2], m[3], m[4])})", expression)
    text = _CLOCK_DAY.sub(lambda m: _clock(m[1], m[2], m[3]), text)
    text = _LITERAL.sub(lambda m: f"({float(m[1]) * TIME_UNITS_H[m[2]]!r})", text)
    text = _OTHER.sub(lambda m: f"{m[1]}{_JOINT}{m[2]}", text)
    try:
        return ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputRefused(f"'{expression[:60]}' cannot be read", "observable", "an expression") from None


def _clock(hours: str, minutes: str, day: str | None) -> str:
    return repr(int(hours) + int(minutes) / 60.0 + 24.0 * int(day or 0))


class _Evaluator:
    """Walks an expression; everything it does not know is refused by name."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        self._courses = courses

    def value(self, node: ast.expr) -> Value:
        """Return the value of a node."""
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return float(node.value)
        if isinstance(node, ast.Name):
            return self._marker(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return _combine(0.0, self.value(node.operand), ast.Sub())
        if isinstance(node, ast.BinOp):
            return _combine(self.value(node.left), self.value(node.right), node.op)
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Gt, ast.Lt)):
            difference = _combine(self.value(node.left), self.value(node.comparators[0]), ast.Sub())
            return Test(self._series(difference), isinstance(node.ops[0], ast.Gt))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return self._call(node.func.id, [self.value(argument) for argument in node.args])
        raise InputRefused(f"'{ast.unparse(node)[:40]}' is not part of the language", "observable", "see the manual")

    def _call(self, name: str, arguments: list[Value]) -> Value:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise InputRefused(f"unknown function '{name}'", "observable", ", ".join(_FUNCTIONS))
        try:
            return function(self, arguments)
        except (ValueError, ZeroDivisionError, OverflowError):
            raise NotComputable(
                f"'{name}' cannot be computed from what it was given", "observable", "numbers above 0"
            ) from None
        except IndexError:
            raise InputRefused(f"'{name}' wants more than it was given", "observable", f"{name}(...)") from None

    def _marker(self, name: str) -> Series:
        scenario, joint, marker = name.rpartition(_JOINT)
        course = self._courses.get(scenario if joint else "")
        if course is None:
            known = ", ".join(name for name in self._courses if name) or "none"
            raise InputRefused(f"unknown scenario '{scenario}'", "observable", known)
        if marker not in course.markers:
            raise InputRefused(f"unknown marker '{marker}'", "observable", ", ".join(course.markers))
        return Series(course.time_h, course.markers[marker])

    def _series(self, value: Value) -> Series:
        if isinstance(value, Series):
            return value
        raise InputRefused("a marker is wanted", "observable", "a marker id")

    def _stretch(self, arguments: list[Value]) -> Series:
        series = self._series(arguments[0])
        first = _hours(arguments[1]) if len(arguments) > 1 else float(series.time_h[0])
        last = _hours(arguments[2]) if len(arguments) > 2 else float(series.time_h[-1])
        if last > series.time_h[-1] + 1e-6 or first < series.time_h[0] - 1e-6:
            raise InputRefused(f"{first:g} h to {last:g} h is not within the course", "observable", "times within it")
        return series.window(first, last)

    def _crossing(self, arguments: list[Value], *, last: bool) -> Hours:
        test = arguments[0]
        if not isinstance(test, Test):
            raise InputRefused("a comparison is wanted", "observable", "first(tsh > 4.5)")
        begin = _hours(arguments[1]) if len(arguments) > 1 else -math.inf
        series = test.series.window(begin, math.inf)
        values = series.values if test.above else -series.values
        true = np.flatnonzero(values > 0.0)
        if true.size == 0:
            raise _Never
        row = int(true[-1] if last else true[0])
        near = row + 1 if last else row - 1
        if not 0 <= near < values.size:
            return Hours(float(series.time_h[row]))
        share = values[row] / (values[row] - values[near])
        return Hours(float(series.time_h[row] + share * (series.time_h[near] - series.time_h[row])))


_FUNCTIONS: dict[str, Callable[[_Evaluator, list[Value]], Value]] = {
    "at": lambda e, a: e._series(a[0]).at(_hours(a[1])),
    "mean": lambda e, a: _mean(e._stretch(a)),
    "max": lambda e, a: float(e._stretch(a).values.max()),
    "min": lambda e, a: float(e._stretch(a).values.min()),
    "tmax": lambda e, a: _extreme(e._stretch(a), np.argmax),
    "tmin": lambda e, a: _extreme(e._stretch(a), np.argmin),
    "amplitude": lambda e, a: float(np.ptp(e._series(a[0]).window(*_day(a[1])).values)),
    "running": lambda e, a: e._series(a[0]).running(_hours(a[1])),
    "half_life": lambda e, a: _half_life(e._stretch(a)),
    "ratio": lambda e, a: _plain(a[0]) / _plain(a[1]),
    "peaks": lambda e, a: float(_peaks(e._stretch([a[0], *a[2:]]), _plain(a[1])).time_h.size),
    "first_peak": lambda e, a: _first_peak(e._stretch([a[0], *a[2:]]), _plain(a[1])),
    "intervals": lambda e, a: _intervals(_peaks(e._stretch([a[0], *a[2:]]), _plain(a[1]))),
    "median": lambda e, a: _median(e._series(a[0])),
    "sd": lambda e, a: _spread(e._series(a[0]), int(_plain(a[1])) if len(a) > 1 else None),
    "first": lambda e, a: e._crossing(a, last=False),
    "last": lambda e, a: e._crossing(a, last=True),
    "clock": lambda e, a: Hours(_hours(a[0]) % 24.0),
    "ln": lambda e, a: math.log(_plain(a[0])),
    "log10": lambda e, a: math.log10(_plain(a[0])),
    "exp": lambda e, a: math.exp(_plain(a[0])),
    "abs": lambda e, a: abs(_plain(a[0])),
}


def _hours(value: Value) -> float:
    if isinstance(value, Hours):
        return value.hours
    return _plain(value)


def _plain(value: Value) -> float:
    if isinstance(value, Hours):
        return value.hours
    if isinstance(value, float):
        return value
    raise InputRefused("a number is wanted", "observable", "mean(...), a number ...")


def _day(value: Value) -> tuple[float, float]:
    """Return the hours of a day given by its number, or by a time within it."""
    number = _plain(value)
    return 24.0 * number, 24.0 * number + 24.0


def _mean(series: Series) -> float:
    span = float(series.time_h[-1] - series.time_h[0])
    if span == 0.0:
        return float(series.values[0])
    return float(np.trapezoid(series.values, series.time_h)) / span


def _extreme(series: Series, where: Callable[[FloatArray], np.intp]) -> Hours:
    return Hours(float(series.time_h[int(where(series.values))]))


def _peaks(series: Series, above: float) -> Series:
    """Return the rows that are higher than the one before, not lower than the one after, and above a value."""
    v = series.values
    rows = 1 + np.flatnonzero((v[1:-1] > v[:-2]) & (v[1:-1] >= v[2:]) & (v[1:-1] > above))
    return Series(series.time_h[rows], v[rows])


def _first_peak(series: Series, above: float) -> Hours:
    found = _peaks(series, above)
    if not found.time_h.size:
        raise _Never
    return Hours(float(found.time_h[0]))


def _intervals(peaks: Series) -> Series:
    """Return the hours from each peak to the next, at the time of the later one."""
    if peaks.time_h.size < 2:
        raise _Never
    return Series(peaks.time_h[1:], np.diff(peaks.time_h))


def _median(series: Series) -> float:
    return float(np.median(series.values))


def _spread(series: Series, last: int | None) -> float:
    """Return the standard deviation of the last rows, of all when no number is said."""
    values = series.values if last is None else series.values[-last:]
    if values.size < 2:
        raise ValueError("one value has no spread")
    return float(np.std(values))


def _half_life(series: Series) -> Hours:
    """Return the half-life of a log-linear decline, by least squares on the logarithm."""
    if not (series.values > 0.0).all():
        raise ValueError("a decline to 0 has no half-life")
    slope = float(np.polyfit(series.time_h, np.log(series.values), 1)[0])
    return Hours(-math.log(2.0) / slope)


def _combine(left: Value, right: Value, operator: ast.operator) -> Value:
    if isinstance(left, Series) or isinstance(right, Series):
        return _combine_series(left, right, operator)
    timed = isinstance(left, Hours) or isinstance(right, Hours)
    both = isinstance(left, Hours) and isinstance(right, Hours)
    number = _apply(_plain(left), _plain(right), operator)
    if timed and not (both and isinstance(operator, ast.Div)):
        return Hours(number)
    return number


def _combine_series(left: Value, right: Value, operator: ast.operator) -> Series:
    grid = left.time_h if isinstance(left, Series) else right.time_h  # type: ignore[union-attr]
    sides = [
        np.interp(grid, side.time_h, side.values) if isinstance(side, Series) else np.full(grid.size, _plain(side))
        for side in (left, right)
    ]
    kinds = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide}
    function = kinds.get(type(operator))
    if function is None:
        raise InputRefused("only + - * / join curves", "observable", "+ - * /")
    with np.errstate(divide="ignore", invalid="ignore"):
        joined = function(sides[0], sides[1])
    return Series(grid, np.asarray(joined, dtype=np.float64))


def _apply(left: float, right: float, operator: ast.operator) -> float:
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Sub):
        return left - right
    if isinstance(operator, ast.Mult):
        return left * right
    if isinstance(operator, ast.Div) and right != 0.0:
        return left / right
    raise NotComputable("cannot be computed", "observable", "+ - * / with a divisor that is not 0")
