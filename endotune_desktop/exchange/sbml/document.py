"""Puts an SBML document together: units, constants with their sources, states, markers, rules and events."""

from __future__ import annotations

import html
from typing import Any

import numpy as np

from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.exchange.sbml.equations import equations_of
from endotune_desktop.exchange.sbml.happenings import Happening, happenings_of
from endotune_desktop.exchange.sbml.names import Names
from endotune_desktop.exchange.sbml.units import unit_id, unit_parts
from endotune_desktop.exchange.scenario_file import citation_key, dump_scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.program import Program
from endotune_desktop.simulation.running import StartState, program_of

_WHAT_THIS_IS = (
    "Simulated, never measured; shown as an option, the clinician decides. Time is in hours from local midnight at "
    "the start of day 0. International units are counted as items. Derived constants were computed for one person."
)


def export_sbml(axis: Axis, scenario: Scenario, start: StartState) -> str:
    """Return a scenario as an SBML document, Level 3 Version 2.

    States are parameters with rate rules, markers and intermediate values have assignment rules; doses, infusions that
    begin or end, and lesions that set in are events. Markers and states keep the names of our CSV columns.

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
    InputRefused
        If the scenario draws pulses.
    """
    try:
        import libsbml
    except ImportError as error:
        raise EnvironmentFailed(
            "SBML export needs the optional package python-libsbml: pip install .[check]"
        ) from error
    if scenario.pulses:
        raise InputRefused("drawn pulses are not exported", "pulses", "false")
    document = libsbml.SBMLDocument(3, 2)
    writer = _Writer(libsbml, document.createModel(), axis)
    writer.head(scenario)
    program = program_of(axis, scenario, start)
    writer.constants(program)
    writer.states(program, start)
    for number, happening in enumerate(happenings_of(axis, program, with_first=not start.happened), start=1):
        writer.happening(number, happening)
    return str(libsbml.writeSBMLToString(document))


class _Writer:
    """Adds the parts of one axis to a model."""

    def __init__(self, library: Any, model: Any, axis: Axis) -> None:  # noqa: ANN401  (an untyped library)
        self._library = library
        self._model = model
        self._axis = axis
        self._names = Names(axis)
        self._inputs: dict[str, str] = {}

    # ---- parts of any model ----------------------------------------------------------------------------------------
    def _unit(self, text: str) -> str:
        """Return the identifier of a unit, defined when it is asked for first; empty when it is not known."""
        parts = unit_parts(text)
        if parts is None:
            return ""
        if parts[0].kind == "dimensionless" and parts[0].scale == 0:
            return "dimensionless"
        name = unit_id(text)
        if self._model.getUnitDefinition(name) is None:
            definition = self._model.createUnitDefinition()
            definition.setId(name)
            definition.setName(text)
            for part in parts:
                unit = definition.createUnit()
                unit.setKind(self._library.UnitKind_forName(part.kind))
                unit.setExponent(part.exponent)
                unit.setScale(part.scale)
                unit.setMultiplier(part.multiplier)
        return name

    def _number(
        self, name: str, value: float | None, unit: str, words: str, *, constant: bool, notes: str = ""
    ) -> None:
        parameter = self._model.createParameter()
        parameter.setId(name)
        if words:
            parameter.setName(words)
        if value is not None:
            parameter.setValue(value)
        if unit:
            parameter.setUnits(self._unit(unit))
        parameter.setConstant(constant)
        if notes:
            _note(parameter, notes)

    def _math(self, text: str) -> Any:  # noqa: ANN401  (an untyped library)
        parsed = self._library.parseL3Formula(text)
        if parsed is None:
            raise ValueError(self._library.getLastParseL3Error())
        return parsed

    def _rule(self, kind: str, name: str, text: str) -> None:
        rule = self._model.createRateRule() if kind == "rate" else self._model.createAssignmentRule()
        rule.setVariable(name)
        rule.setMath(self._math(text))

    # ---- this axis -------------------------------------------------------------------------------------------------
    def head(self, scenario: Scenario) -> None:
        """Name the model, its units of time, and the scenario it was made from."""
        axis, person = self._axis, scenario.person
        self._model.setId(f"endotune_{axis.id}")
        self._model.setName(f"{axis.title} axis, version {axis.version}")
        self._model.setTimeUnits(self._unit("h"))
        body = f"{person.sex.value}, {person.age_years:g} years, {person.height_cm:g} cm, {person.weight_kg:g} kg"
        key = citation_key(dump_scenario(scenario))
        _note(self._model, axis.summary, f"Person: {body}.", f"Scenario (SHA-256): {key}", _WHAT_THIS_IS)

    def constants(self, program: Program) -> None:
        """Add parameters with their sources, and derived constants; those that an event changes are variables."""
        varies = np.any(program.table_p != program.table_p[0], axis=0)
        values = program.table_p[program.row_p[0]]
        entries = [(p.id, p.unit, p.meaning, f"Source: {p.source}") for p in self._axis.parameters]
        entries += [(d.id, d.unit, d.meaning, "Derived from parameters and person") for d in self._axis.derived]
        for index, (name, unit, meaning, notes) in enumerate(entries):
            self._number(
                self._names.constants[name],
                float(values[index]),
                unit,
                meaning,
                constant=not varies[index],
                notes=notes,
            )

    def states(self, program: Program, start: StartState) -> None:
        """Add states, the constant inputs into them, intermediate values and markers, with all rules."""
        axis, names = self._axis, self._names
        for index, state in enumerate(axis.states):
            self._number(names.states[state.id], float(start.states[index]), state.unit, state.meaning, constant=False)
            if np.any(program.table_u[:, index] != 0.0):
                self._inputs[state.id] = name = names.free(f"input_{state.id}")
                rate = float(program.table_u[program.row_u[0], index])
                self._number(name, rate, f"{state.unit}/h", f"constant input: {state.meaning}", constant=False)
        equations = equations_of(axis, names)
        for name, text in equations.functions.items():
            definition = self._model.createFunctionDefinition()
            definition.setId(name)
            definition.setMath(self._math(text))
        for name, text in equations.definitions.items():
            self._number(name, None, "", "", constant=False)
            self._rule("assignment", name, text)
        for state in axis.states:
            given = f" + {self._inputs[state.id]}" if state.id in self._inputs else ""
            self._rule("rate", names.states[state.id], equations.rates[state.id] + given)
        for marker in axis.markers:
            name = names.markers[marker.id]
            self._number(name, None, marker.unit, marker.meaning or marker.title, constant=False)
            self._rule("assignment", name, equations.markers[marker.id])

    def happening(self, number: int, happening: Happening) -> None:
        """Add one event; a repeated one moves the time of its next turn."""
        event = self._model.createEvent()
        event.setId(self._names.free(f"event_{number}"))
        event.setUseValuesFromTriggerTime(True)
        trigger = event.createTrigger()
        trigger.setInitialValue(False)
        trigger.setPersistent(True)
        assigned: dict[str, str] = {}
        for kind, identity, how, value in happening.changes:
            places = {"state": self._names.states, "input": self._inputs, "constant": self._names.constants}[kind]
            name = places[identity]
            assigned[name] = repr(value) if how == "=" else f"({assigned.get(name, name)}) {how} {value!r}"
        if happening.count == 1:
            trigger.setMath(self._math(f"time >= {happening.first_h!r}"))
        else:
            following = self._names.free(f"next_{number}")
            self._number(following, happening.first_h, "h", "time of its next turn", constant=False)
            end = repr(happening.last_h + 0.5 * happening.every_h)
            trigger.setMath(self._math(f"(time >= {following}) && ({following} < {end})"))
            assigned[following] = f"{following} + {happening.every_h!r}"
        for name, text in assigned.items():
            assignment = event.createEventAssignment()
            assignment.setVariable(name)
            assignment.setMath(self._math(text))


def _note(element: Any, *paragraphs: str) -> None:  # noqa: ANN401  (an untyped library)
    text = "".join(f"<p>{html.escape(words)}</p>" for words in paragraphs if words)
    element.setNotes(f'<body xmlns="http://www.w3.org/1999/xhtml">{text}</body>')
