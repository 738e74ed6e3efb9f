"""SBML Level 3 Version 2 of an axis with a regimen as events, so that others can check us with their own solvers."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.reading import parsed_function
from endotune_desktop.simulation.program import Program
from endotune_desktop.simulation.running import StartState, program_of

FloatArray = npt.NDArray[np.float64]

_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


def export_sbml(axis: Axis, scenario: Scenario, start: StartState) -> str:
    """Return a scenario as an SBML document.

    States are parameters with rate rules, intermediate values are assignment rules, doses and parameter changes are
    events. Time is in hours from midnight of day 0.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    start : StartState
        Initial values; for instance `periodic_start`.

    Returns
    -------
    str

    Raises
    ------
    EnvironmentFailed
        If python-libsbml is not installed.
    """
    try:
        import libsbml
    except ImportError as error:
        raise EnvironmentFailed("SBML export needs the optional package python-libsbml") from error
    document = libsbml.SBMLDocument(3, 2)
    model = document.createModel()
    model.setId(f"endotune_{axis.id}")
    writer = _Writer(libsbml, model)
    program = program_of(axis, scenario, start)
    names = [parameter.id for parameter in axis.parameters] + [derived.id for derived in axis.derived]
    for name, value in zip(names, program.table_p[program.row_p[0]].tolist(), strict=True):
        writer.number(f"p_{name}", value, constant=program.table_p.shape[0] == 1)
    states = start.states.copy()
    for index, state in enumerate(axis.states):
        writer.number(state.id, float(states[index]), constant=False)
        writer.number(f"u_{state.id}", float(program.table_u[program.row_u[0], index]), constant=False)
    writer.function(
        axis.rates, prefix="v_", written="dy", emit=lambda name, text: writer.rate(name, f"{text} + u_{name}")
    )
    writer.function(
        axis.marker_values, prefix="w_", written="m", emit=lambda name, text: writer.assigned(f"marker_{name}", text)
    )
    for row in range(program.times.size):
        if row or not start.happened:
            writer.event(axis, names, program, row)
    return str(libsbml.writeSBMLToString(document))


class _Writer:
    """Adds parts to a model; expressions are given as SBML formulas."""

    def __init__(self, library: Any, model: Any) -> None:  # noqa: ANN401  (an untyped library)
        self._library = library
        self._model = model

    def number(self, name: str, value: float, *, constant: bool) -> None:
        """Add a named number."""
        parameter = self._model.createParameter()
        parameter.setId(name)
        parameter.setValue(value)
        parameter.setConstant(constant)

    def _math(self, text: str) -> Any:  # noqa: ANN401  (an untyped library)
        parsed = self._library.parseL3Formula(text)
        if parsed is None:
            raise ValueError(self._library.getLastParseL3Error())
        return parsed

    def rate(self, name: str, text: str) -> None:
        """Let a state change at a rate."""
        rule = self._model.createRateRule()
        rule.setVariable(name)
        rule.setMath(self._math(text))

    def assigned(self, name: str, text: str) -> None:
        """Let a name stand for an expression."""
        self.number(name, 0.0, constant=False)
        rule = self._model.createAssignmentRule()
        rule.setVariable(name)
        rule.setMath(self._math(text))

    def function(
        self, function: Callable[..., Any], prefix: str, written: str, emit: Callable[[str, str], None]
    ) -> None:
        """Add an axis function: locals become assignment rules, what it writes goes to `emit`."""
        for statement in parsed_function(function).body:
            if not isinstance(statement, ast.Assign):
                raise NotImplementedError("only straight-line equations are exported")
            target, text = statement.targets[0], _formula(statement.value, prefix)
            if isinstance(target, ast.Name):
                self.assigned(f"{prefix}{target.id}", text)
            elif (
                isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == written
            ):
                emit(target.attr, text)

    def event(self, axis: Axis, names: list[str], program: Program, row: int) -> None:
        """Add what happens at one break: jumps, inputs that begin or end, parameters that change."""
        assignments = _changes(axis, names, program, row)
        if not assignments:
            return
        event = self._model.createEvent()
        event.setId(f"at_{row}")
        event.setUseValuesFromTriggerTime(True)
        trigger = event.createTrigger()
        trigger.setInitialValue(False)
        trigger.setPersistent(True)
        trigger.setMath(self._math(f"time >= {float(program.times[row])!r}"))
        for name, text in assignments.items():
            assignment = event.createEventAssignment()
            assignment.setVariable(name)
            assignment.setMath(self._math(text))


def _changes(axis: Axis, names: list[str], program: Program, row: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for k in range(int(program.jump_starts[row]), int(program.jump_starts[row + 1])):
        name = axis.states[int(program.jump_what[2 * k])].id
        mode, value = int(program.jump_what[2 * k + 1]), float(program.jump_values[k])
        before = found.get(name, name)
        found[name] = {0: f"({before}) + {value!r}", 1: f"({before}) * {value!r}", 2: repr(value)}[mode]
    if row:
        old_u, new_u = program.table_u[program.row_u[row - 1]], program.table_u[program.row_u[row]]
        for index in np.flatnonzero(old_u != new_u):
            found[f"u_{axis.states[int(index)].id}"] = repr(float(new_u[index]))
        old_p, new_p = program.table_p[program.row_p[row - 1]], program.table_p[program.row_p[row]]
        for index in np.flatnonzero(old_p != new_p):
            found[f"p_{names[int(index)]}"] = repr(float(new_p[index]))
    return found


def _formula(node: ast.expr, prefix: str) -> str:
    """Return an expression of an axis function as an SBML formula."""
    if isinstance(node, ast.Constant):
        return repr(float(node.value))  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        return {"t": "time", "pi": "pi"}.get(node.id, f"{prefix}{node.id}")
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"p_{node.attr}" if node.value.id == "p" else node.attr
    if isinstance(node, ast.BinOp):
        return f"({_formula(node.left, prefix)} {_OPERATORS[type(node.op)]} {_formula(node.right, prefix)})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"(-{_formula(node.operand, prefix)})"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = {"log": "ln"}.get(node.func.id, node.func.id)
        return f"{name}({', '.join(_formula(argument, prefix) for argument in node.args)})"
    if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare):
        sides = [_formula(side, prefix) for side in (node.test.left, node.test.comparators[0])]
        test = f"{sides[0]} {_COMPARISONS[type(node.test.ops[0])]} {sides[1]}"
        return f"piecewise({_formula(node.body, prefix)}, {test}, {_formula(node.orelse, prefix)})"
    raise NotImplementedError(ast.unparse(node))
