"""What an axis is: states, parameters, markers, agents, lesions, a loop diagram and one rates function.

An axis module declares everything here *by name*. The engine, the panel, the loop diagram, the command line, the SBML
export and the manual are generated from the declaration; none of them knows a hormone.

The two functions of an axis, `rates` and `markers`, are plain scalar arithmetic over named values. They are written
against attribute access (``y.T4p``, ``p.K4``, ``dy.T4p = ...``) and are rewritten to array indices before they are
compiled, so they must contain nothing but assignments, ``if``/``else``, arithmetic, comparisons, ``and``, ``or``,
``not``, integer or literal powers and the functions of `math` (``exp``, ``log``, ``sqrt``, ``cos``, ``sin``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.clinic.person import Person

RatesFunction = Callable[[float, Any, Any, Any], None]
MarkersFunction = Callable[[float, Any, Any, Any], None]
DeriveFunction = Callable[[Mapping[str, float], Person], dict[str, float]]


@dataclass(frozen=True, slots=True)
class State:
    """A state variable.

    Attributes
    ----------
    id : str
        The name of the paper: ``T4p``.
    unit : str
    meaning : str
    initial : float
        Value in the healthy reference person, from which a start is searched.
    scale : float
        A typical magnitude; absolute tolerances are multiples of it.
    may_be_negative : bool
        True for logarithms; otherwise a value below minus a tolerance is a failure.
    """

    id: str
    unit: str
    meaning: str
    initial: float
    scale: float
    may_be_negative: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a person may set, or that varies between persons.

    Attributes
    ----------
    id, unit, meaning : str
    value : float
        Typical value.
    low, high : float
        Accepted bounds, inclusive.
    source : str
        Where the value comes from; "[mem]" marks a recalled one.
    omega : float or None
        Lognormal between-person standard deviation, None when it does not vary.
    words : str
        Plain words for the physiology card; empty when it is not offered there.
    """

    id: str
    unit: str
    meaning: str
    value: float
    low: float
    high: float
    source: str
    omega: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A constant that `Axis.derive` computes from parameters and the person.

    Attributes
    ----------
    id, unit, meaning : str
    """

    id: str
    unit: str
    meaning: str


class Role(StrEnum):
    """Where a marker stands in the axis."""

    GIVEN = "given"
    UPSTREAM = "upstream"
    HORMONE = "hormone"
    DOWNSTREAM = "downstream"
    GLAND = "gland"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Marker:
    """An output of the axis.

    Attributes
    ----------
    id : str
        Column name in files.
    title, unit, meaning : str
    role : Role
    analyte : str
        Analyte id when a laboratory measures it, else empty.
    plotted : bool
        Whether the time-course view shows it from the start.
    log_scale : bool
        Whether its axis is logarithmic from the start.
    shown_below : float or None
        Values under it are shown as "< value".
    plot_weight : float
        Share of the plot stack's height.
    """

    id: str
    title: str
    unit: str
    meaning: str
    role: Role
    analyte: str = ""
    plotted: bool = False
    log_scale: bool = False
    shown_below: float | None = None
    plot_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Intake:
    """How a dose of an agent enters the axis by one route and preparation.

    A bolus of D (in the agent's unit) adds ``D * scale * product(parameters in fractions)`` to `state`; with a
    duration it becomes a constant input of that amount over that time.

    Attributes
    ----------
    route : str
    state : str
        The state that receives it.
    scale : float
        State units per dose unit.
    fractions : tuple of str
        Parameter ids that multiply the dose (bioavailability and the like).
    preparation : str
        Preparation id, empty for the plain form.
    release_h : float or None
        When set, the preparation releases its dose at a constant rate over this time unless the order says otherwise.
    while_taken : mapping of str to float
        Parameter id to factor, in force while the order runs.
    source : str
    """

    route: str
    state: str
    scale: float
    fractions: tuple[str, ...] = ()
    preparation: str = ""
    release_h: float | None = None
    while_taken: Mapping[str, float] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class AxisAgent:
    """An agent as this axis uses it.

    Attributes
    ----------
    agent : Agent
    intakes : tuple of Intake
        One for each route and preparation; the first is the usual one.
    preparations : tuple of Preparation
        What pharmacies sell, by route: see `preparations_for`.
    routes : tuple of str
        The route of each entry of `preparations`, same order.
    usual_dose : float
        Start of the slider for a new card, in the agent's unit.
    usual_clock_times : tuple of str
    chronic : bool
        Whether it is offered as a regimen (False: only as a test dose).
    """

    agent: Agent
    intakes: tuple[Intake, ...]
    preparations: tuple[Preparation, ...]
    routes: tuple[str, ...]
    usual_dose: float
    usual_clock_times: tuple[str, ...] = ("08:00",)
    chronic: bool = True

    def preparations_for(self, route: str) -> tuple[Preparation, ...]:
        """Return the preparations sold for one route."""
        return tuple(p for p, r in zip(self.preparations, self.routes, strict=True) if r == route)


class Mode(StrEnum):
    """How a lesion changes a parameter."""

    TIMES = "times"
    PLUS = "plus"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter change as a function of severity.

    Attributes
    ----------
    parameter : str
    mode : Mode
    at : callable
        ``at(severity)`` returns the factor, the addend or the value; healthy at severity 0.
    words : str
        The formula as the science file prints it: "sigma = 1 - s".
    """

    parameter: str
    mode: Mode
    at: Callable[[float], float]
    words: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A state that changes at once when a lesion begins (surgery, an inflammation).

    Attributes
    ----------
    state : str
    mode : Mode
    at : callable
        As in `Change`.
    words : str
    """

    state: str
    mode: Mode
    at: Callable[[float], float]
    words: str


@dataclass(frozen=True, slots=True)
class Lesion:
    """Something wrong with the axis, by severity.

    Attributes
    ----------
    id, title, meaning : str
    site : str
        Gland id of the loop diagram where it sits, or a group such as "absorption".
    changes : tuple of Change
    jumps : tuple of Jump
    onsets : tuple of str
        Which of ``long_standing``, ``new``, ``at_h`` make sense; an episode has no long-standing form.
    invalid_targets : mapping of str to str
        Marker id to the sentence that says why it is no target with this lesion.
    usual_severity : float
    source : str
    """

    id: str
    title: str
    meaning: str
    site: str
    changes: tuple[Change, ...]
    jumps: tuple[Jump, ...] = ()
    onsets: tuple[str, ...] = ("long_standing", "new", "at_h")
    invalid_targets: Mapping[str, str] = field(default_factory=dict)
    usual_severity: float = 1.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gland:
    """A box of the loop diagram.

    Attributes
    ----------
    id, title, note : str
    column, row : float
        Place on the diagram's grid; the hypothalamus is row 0.
    role : Role
        Its shape and colour.
    markers : tuple of str
        Marker ids shown live inside the box; the first is the large number and the sparkline.
    mass_marker : str
        Marker id drawn as a disc inside a dashed ring (1 = healthy); empty for none.
    lesions : tuple of str
        Lesion ids offered when the box is opened.
    """

    id: str
    title: str
    note: str
    column: float
    row: float
    role: Role
    markers: tuple[str, ...]
    mass_marker: str = ""
    lesions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line of the loop diagram.

    Attributes
    ----------
    id, title : str
    source, target : str
        Gland ids, or an agent group: ``given``.
    stimulates : bool
        False is drawn as inhibition, with a bar instead of a head.
    flow_marker : str
        Marker id whose value, relative to `flow_reference`, sets the width; empty for a constant width.
    flow_reference : float
    cut_parameter : str
        Parameter id that cuts this line, empty when it cannot be cut.
    cut_value : float
        Its value when cut.
    lane : float
        Where a long feedback line runs: grid columns to the left (negative) or right of the boxes, 0 for straight.
    """

    id: str
    title: str
    source: str
    target: str
    stimulates: bool
    flow_marker: str = ""
    flow_reference: float = 1.0
    cut_parameter: str = ""
    cut_value: float = 0.0
    lane: float = 0.0


@dataclass(frozen=True, slots=True)
class PhasePlot:
    """The pair of markers that teaches most.

    Attributes
    ----------
    x_marker, y_marker : str
    y_log, x_log : bool
    """

    x_marker: str
    y_marker: str
    x_log: bool = False
    y_log: bool = True


@dataclass(frozen=True, slots=True)
class ValidatedRange:
    """A region in which the model was compared with people.

    Attributes
    ----------
    kind : str
        ``marker`` (a value on a curve), ``daily_dose`` (an agent's amount a day), ``age_years``, ``duration_days``.
    subject : str
        Marker or agent id, empty for the person.
    low, high : float or None
    unit : str
    sentence : str
        What to say outside it.
    """

    kind: str
    subject: str
    low: float | None
    high: float | None
    unit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PulseTrain:
    """A seeded pulse generator: log-normal amplitudes at gamma-distributed intervals into one state.

    Attributes
    ----------
    state : str
    mean_interval_h : float
    interval_cv : float
    mean_amount : float
        State units a pulse.
    amount_cv : float
    source : str
    """

    state: str
    mean_interval_h: float
    interval_cv: float
    mean_amount: float
    amount_cv: float
    source: str


@dataclass(frozen=True)
class Axis:
    """A feedback axis, whole.

    Attributes
    ----------
    id, title, version, summary : str
    states : tuple of State
        In the order of the state vector.
    parameters : tuple of Parameter
    derived : tuple of Derived
        What `derive` returns, by name; the vector ``p`` is parameters then derived.
    derive : callable
        ``derive(parameters, person)`` returns every derived constant; raises `OutsideValidity` or `InputRefused` when
        the person is outside the model's domain.
    rates : callable
        ``rates(t, y, p, dy)``: time derivatives, an hour.
    marker_values : callable
        ``marker_values(t, y, p, m)``: every marker.
    markers : tuple of Marker
    agents : tuple of AxisAgent
    lesions : tuple of Lesion
    glands : tuple of Gland
    arrows : tuple of Arrow
    phase : PhasePlot
    validated : tuple of ValidatedRange
    lead_marker : str
        The marker shown in the patient list.
    pulses : PulseTrain or None
    limits : tuple of str
        Known weaknesses, in plain sentences.
    method : str
        Pins the method of integration: ``rosenbrock`` or ``explicit``; empty to let the engine time both.
    """

    id: str
    title: str
    version: str
    summary: str
    states: tuple[State, ...]
    parameters: tuple[Parameter, ...]
    derived: tuple[Derived, ...]
    derive: DeriveFunction
    rates: RatesFunction
    marker_values: MarkersFunction
    markers: tuple[Marker, ...]
    agents: tuple[AxisAgent, ...]
    lesions: tuple[Lesion, ...]
    glands: tuple[Gland, ...]
    arrows: tuple[Arrow, ...]
    phase: PhasePlot
    validated: tuple[ValidatedRange, ...]
    lead_marker: str
    pulses: PulseTrain | None = None
    limits: tuple[str, ...] = ()
    method: str = ""

    def parameter(self, parameter_id: str) -> Parameter:
        """Return the parameter with that id; KeyError when there is none."""
        return _by_id(self.parameters, parameter_id)

    def marker(self, marker_id: str) -> Marker:
        """Return the marker with that id; KeyError when there is none."""
        return _by_id(self.markers, marker_id)

    def lesion(self, lesion_id: str) -> Lesion:
        """Return the lesion with that id; KeyError when there is none."""
        return _by_id(self.lesions, lesion_id)

    def gland(self, gland_id: str) -> Gland:
        """Return the gland with that id; KeyError when there is none."""
        return _by_id(self.glands, gland_id)

    def agent(self, agent_id: str) -> AxisAgent:
        """Return the agent with that id or alias; KeyError when there is none."""
        for entry in self.agents:
            if agent_id == entry.agent.id or agent_id in entry.agent.aliases:
                return entry
        raise KeyError(agent_id)

    def state_index(self, state_id: str) -> int:
        """Return the place of a state in the state vector; KeyError when there is none."""
        for index, state in enumerate(self.states):
            if state.id == state_id:
                return index
        raise KeyError(state_id)

    def typical(self) -> dict[str, float]:
        """Return the typical value of every parameter, by id."""
        return {parameter.id: parameter.value for parameter in self.parameters}


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


def _by_id(entries: tuple[_Entry, ...], entry_id: str) -> _Entry:
    for entry in entries:
        if entry.id == entry_id:
            return entry
    raise KeyError(entry_id)
