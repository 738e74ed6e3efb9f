"""What an axis is: states, parameters, markers, agents, lesions, a loop diagram and one rates function.

An axis module declares everything here *by name*. The engine, the panel, the loop diagram, the command line, the SBML
export and the manual are generated from the declaration; none of them knows a hormone.

The two functions of an axis, `rates` and `markers`, are plain scalar arithmetic over named values. They are written
against attribute access (``y.T4p``, ``p.K4``, ``dy.T4p = ...``) and are rewritten to array indices before they are
compiled, so they must contain nothing but assignments, ``if``/``else``, arithmetic, comparisons, ``and``, ``or``,
``not``, powers, the functions of `math` (``exp``, ``log``, ``sqrt``, ``cos``, ``sin``, ``tanh``, ``fabs``, ``floor``)
and calls of the module's own small functions (a Hill function, say: assignments of names and one ``return`` at the
end), which are written out in place before anything is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.communication import Communication
from endotune_desktop.physiology.diagram import Arrow as Arrow
from endotune_desktop.physiology.diagram import Gland as Gland
from endotune_desktop.physiology.diagram import Role as Role
from endotune_desktop.physiology.due_times import USUAL, DueTimes
from endotune_desktop.physiology.fitting import NO_FITTING, Fitting
from endotune_desktop.physiology.rhythm import PERIODIC, Cycle, PacedPulses, PulseTrain, Start

RatesFunction = Callable[[float, Any, Any, Any], None]
MarkersFunction = Callable[[float, Any, Any, Any], None]
DeriveFunction = Callable[[Mapping[str, float], Person], dict[str, float]]
REFERENCE_MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)


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
    decimals : int or None
        Decimals on screen of a marker that no laboratory measures, None where `figures` decide.
    figures : int
        Significant figures on screen of such a marker.
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
    decimals: int | None = None
    figures: int = 3


@dataclass(frozen=True, slots=True)
class Intake:
    """How a dose of an agent enters the axis by one route and preparation.

    A bolus of D (in the agent's unit) adds ``D * scale * product(parameters in fractions)`` to `state`; with a
    duration it becomes a constant input of that amount over that time.

    Attributes
    ----------
    route : str
    state : str
        The state that receives it; empty when the dose only `holds` parameters (a pump).
    scale : float
        State units per dose unit.
    fractions : tuple of str
        Ids of parameters or derived constants that multiply the dose (bioavailability, per kg body weight).
    preparation : str
        Preparation id, empty for the plain form.
    release_h : float or None
        When set, the preparation releases its dose at a constant rate over this time unless the order says otherwise.
    while_taken : mapping of str to float
        Parameter id to factor, in force while the order runs.
    replaces : bool
        Whether a dose takes the place of what is left in the state (a patch is taken off when the next is put on).
    holds : mapping of str to callable
        Parameter id to ``value(dose, times_a_day)``: set while the order runs (pump dose and pump frequency), or for
        `duration_h` of a single dose. `times_a_day` is the number of clock times, or `pulses_a_day` when that is set.
    pulses_a_day : float
        Of a pump: how often a day it gives the dose; the order's clock times do not count then.
    also : tuple of Intake
        Further parts of the same dose, into other states (a first burst beside slow release).
    usual_dose : float
        Usual single dose by this route where it is not the agent's (an ampoule beside a depot), in the same unit; 0
        otherwise.
    usual_every_days : int
        On every n-th day by this route where it is not the agent's; 0 otherwise.
    usual_days : tuple of int
        Days of that cycle on which a dose is due: (0, 3) of 7 for a patch that is changed twice a week.
    source : str
    """

    route: str
    state: str
    scale: float
    fractions: tuple[str, ...] = ()
    preparation: str = ""
    release_h: float | None = None
    while_taken: Mapping[str, float] = field(default_factory=dict)
    replaces: bool = False
    holds: Mapping[str, Callable[[float, float], float]] = field(default_factory=dict)
    pulses_a_day: float = 0.0
    also: tuple[Intake, ...] = ()
    usual_dose: float = 0.0
    usual_every_days: int = 0
    usual_days: tuple[int, ...] = (0,)
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
    usual_every_days : int
        On every n-th day: 7 for a weekly injection, 28 for a depot.
    """

    agent: Agent
    intakes: tuple[Intake, ...]
    preparations: tuple[Preparation, ...]
    routes: tuple[str, ...]
    usual_dose: float
    usual_clock_times: tuple[str, ...] = ("08:00",)
    chronic: bool = True
    usual_every_days: int = 1

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
    usual_severity: float = 1.0
    source: str = ""


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


REFINED = "refined"
"""Id of the parameter that leads from the research specification (0) to this program's refined values (1)."""


@dataclass(frozen=True, slots=True)
class Refinement:
    """A value that this program moves away from the research specification, and why.

    The specification stays what a scenario file gets when it says nothing, so that it can be compared with others; the
    window and the facts set the parameter `REFINED` to 1.

    Attributes
    ----------
    parameter : str
    mode : Mode
        ``times``: multiplied by ``value ** refined``; ``plus``: ``value * refined`` is added.
    value : float
    reason : str
        In a sentence: what it mends, and what it does to the other facts.
    source : str
    """

    parameter: str
    mode: Mode
    value: float
    reason: str
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
    reference_person : Person
        A body inside the model's domain, for warming up, timing and examples.
    sexes : tuple of Sex
        Whose axis it is.
    start : Start
        Where a course begins.
    cycle : Cycle or None
        How phases are read, on a cycling axis.
    horizons_days : tuple of float
        Lengths of the window that suit the axis, the first is shown from the start.
    symptoms : tuple of (id, title)
        Complaints on scales from 0 to 10 that belong to the axis.
    fitted : tuple of str
        Parameters that a patient's labs may move, in the order in which they are added (tuning.md 1.1).
    due_times : DueTimes
        When the results of a forecast are due.
    fitting : Fitting
        What else labs may move.
    communication : Communication or None
        What the indices of communication between centre and periphery are computed from.
    refinements : tuple of Refinement
        Empty, or an axis with a parameter `REFINED`.
    pulses : PulseTrain, PacedPulses or None
        Pulses drawn before a run, or paced by the axis as it goes; the courses of an ensemble are without the latter.
    limits : tuple of str
        Known weaknesses, in plain sentences.
    longest_step_h : float
        No step of integration is longer: half of the narrowest burst, so that none is stepped over.
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
    reference_person: Person = REFERENCE_MAN
    sexes: tuple[Sex, ...] = (Sex.FEMALE, Sex.MALE)
    start: Start = PERIODIC
    cycle: Cycle | None = None
    horizons_days: tuple[float, ...] = ()
    symptoms: tuple[tuple[str, str], ...] = ()
    fitted: tuple[str, ...] = ()
    due_times: DueTimes = USUAL
    fitting: Fitting = NO_FITTING
    communication: Communication | None = None
    refinements: tuple[Refinement, ...] = ()
    pulses: PulseTrain | PacedPulses | None = None
    limits: tuple[str, ...] = ()
    longest_step_h: float = 24.0
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
