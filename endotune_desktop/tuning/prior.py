"""Who this person could be before any lab: the unknowns of a fit, in units of the prior's standard deviations."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import LesionState, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.members import Members, RecentIntake
from endotune_desktop.tuning.evidence import VISIT_H, Observation, visits_of
from endotune_desktop.tuning.variation import variation

FloatArray = npt.NDArray[np.float64]

_SHORTEST_DAYS, _AHEAD_DAYS = 5.0, 400.0
"""Stretches of later intake: none shorter, as states that answer within a day see no difference; so far ahead."""
_GRID = np.linspace(0.0, 1.0, 401)
"""Severities at which what a lesion leaves is tabulated, for going back from it to the severity."""


class Kind(StrEnum):
    """What an unknown is."""

    PARAMETER = "parameter"
    SEVERITY = "severity"
    INTAKE = "intake"
    OFFSET = "offset"
    CYCLE_DAY = "cycle_day"


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing that labs may tell.

    Attributes
    ----------
    kind : Kind
    id : str
        Parameter id; lesion id; agent and visit; or marker and platform.
    words : str
        Plain words.
    spread : float
        Standard deviation of the prior: of the logarithm, or of the value itself where it is `additive`.
    typical : float
        Median: parameter value; what the lesion leaves of its parameter at the severity on record; 0 h for the day of
        the cycle; 1 for the others.
    low, high : float
        Kept within.
    from_h, to_h : float
        Of recent intake: doses from the first until before the second.
    additive : bool
        Whether it is normal instead of log-normal: clocks.
    """

    kind: Kind
    id: str
    words: str
    spread: float
    typical: float
    low: float = 0.0
    high: float = np.inf
    from_h: float = 0.0
    to_h: float = 0.0
    additive: bool = False

    def values(self, z: FloatArray) -> FloatArray:
        """Return the natural value at z prior standard deviations, kept within its bounds."""
        if self.additive:
            return np.clip(self.typical + self.spread * z, self.low, self.high)
        return np.clip(self.typical * np.exp(self.spread * z), self.low, self.high)


@dataclass(frozen=True)
class Prior:
    """The unknowns of one patient's fit.

    Attributes
    ----------
    axis : Axis
    scenario : Scenario
        The record.
    unknowns : tuple of Unknown
    """

    axis: Axis
    scenario: Scenario
    unknowns: tuple[Unknown, ...]

    @property
    def physiology(self) -> tuple[int, ...]:
        """Return the places of the unknowns that belong to the person and not to a sample."""
        return tuple(i for i, u in enumerate(self.unknowns) if u.kind in (Kind.PARAMETER, Kind.SEVERITY))

    def members(self, z: FloatArray, *, nuisance: bool = True, later: Sequence[RecentIntake] = ()) -> Members:
        """Return persons.

        Parameters
        ----------
        z : array, shape (members, unknowns)
        nuisance : bool
            Whether recent intake counts; without it every dose was taken as ordered.
        later : sequence of RecentIntake
            What else is taken otherwise.
        """
        values: dict[str, FloatArray] = {}
        severities: dict[str, FloatArray] = {}
        recent = list(later)
        for column, unknown in enumerate(self.unknowns):
            natural = unknown.values(z[:, column])
            if unknown.kind is Kind.PARAMETER:
                values[unknown.id] = natural
            elif unknown.kind is Kind.SEVERITY:
                severities[unknown.id] = severity_leaving(self.axis, unknown.id, natural)
            elif unknown.kind is Kind.INTAKE and nuisance:
                recent.append(RecentIntake(unknown.from_h, unknown.to_h, natural))
        return Members(values, z.shape[0], severities=severities, recent=recent)

    @property
    def recent_intake(self) -> tuple[float, float]:
        """Return how many days before a sample count as recent, and the log-normal spread of what is taken in them."""
        return _recent_intake(self.axis, self.scenario)

    def later_intakes(
        self, from_h: float, count: int, generator: np.random.Generator, spread: float | None = None
    ) -> list[RecentIntake]:
        """Return what persons will take: now more, now less than ordered, anew in each stretch that counts as recent.

        One factor for all the future would be another dose for good, which nobody's forgetting is: the spread is that
        of the mean of so many days of forgotten and taken doses (tuning.md 1.2).

        Parameters
        ----------
        from_h : float
        count : int
            Of persons.
        generator : numpy.random.Generator
        spread : float, optional
            Log-normal spread of a stretch; that of the axis's agents by default.

        Returns
        -------
        list of RecentIntake
            The last one without an end; none where nothing is taken at home.
        """
        days, usual = self.recent_intake
        spread = usual if spread is None else spread
        if spread <= 0.0:
            return []
        long_h = max(days, _SHORTEST_DAYS) * 24.0
        edges_h = from_h + long_h * np.arange(math.ceil(_AHEAD_DAYS * 24.0 / long_h))
        factors = np.exp(spread * generator.standard_normal((edges_h.size, count)))
        ends_h = [*edges_h[1:].tolist(), math.inf]
        return [RecentIntake(*entry) for entry in zip(edges_h.tolist(), ends_h, factors, strict=True)]

    def offsets(self, z: FloatArray, observations: tuple[Observation, ...]) -> FloatArray:
        """Return the logarithm of each platform's offset for every result, shape (members, results)."""
        found = np.zeros((z.shape[0], len(observations)))
        for column, unknown in enumerate(self.unknowns):
            if unknown.kind is Kind.OFFSET:
                for place, seen in enumerate(observations):
                    if unknown.id == f"{seen.marker}@{seen.platform}":
                        found[:, place] += unknown.spread * z[:, column]
        return found


def prior_of(axis: Axis, scenario: Scenario, observations: Iterable[Observation]) -> Prior:
    """Return the unknowns of a fit: core parameters, those whose marker was measured, severities, intake, offsets.

    What the scenario names itself is known and is not moved.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    observations : iterable of Observation
    """
    seen = tuple(observations)
    severities = _severities(axis, scenario)
    replaced = axis.fitting.replaces
    taken = {name for state in scenario.lesions for name in replaced.get(_first(axis, state.lesion), ())}
    parameters = [u for u in _parameters(axis, scenario, seen) if u.id not in taken]
    intakes = _intakes(axis, scenario, seen)
    return Prior(axis, scenario, (*parameters, *severities, *intakes, *_offsets(seen), *_cycle_day(axis)))


def _parameters(axis: Axis, scenario: Scenario, seen: tuple[Observation, ...]) -> list[Unknown]:
    measured = {observation.marker for observation in seen}
    orders = (*scenario.regimen_before, *scenario.regimen)
    given = {order.agent for order in orders} | {dose.agent for dose in scenario.events}
    found = []
    for name in axis.fitted:
        parameter = axis.parameter(name)
        needed = axis.fitting.when_measured.get(name)
        if name in scenario.parameters or not parameter.omega or (needed and not measured.intersection(needed)):
            continue
        wanted = axis.fitting.when_given.get(name)
        if not _matters(axis, name, given) or (wanted and not given.intersection(wanted)):
            continue
        words = parameter.words or parameter.meaning
        clock = axis.fitting.clocks.get(name)
        found.append(
            Unknown(
                Kind.PARAMETER, name, words, clock or parameter.omega, parameter.value, parameter.low, parameter.high,
                additive=clock is not None,
            )
        )  # fmt: skip
    return found


def _matters(axis: Axis, name: str, given: set[str]) -> bool:
    """Return whether a parameter is more than the share of agents that nobody gives."""
    users = {entry.agent.id for entry in axis.agents for intake in entry.intakes if name in intake.fractions}
    return not users or bool(users & given)


def _severities(axis: Axis, scenario: Scenario) -> list[Unknown]:
    found = []
    for state in scenario.lesions:
        name = _first(axis, state.lesion)
        spread = axis.fitting.severities.get(name)
        left = _leaves(axis, state)
        if spread is None or left <= 0.0 or state.severity <= 0.0:
            continue
        curve = _curve(axis, state.lesion)
        title = axis.lesion(state.lesion).title
        found.append(Unknown(Kind.SEVERITY, state.lesion, title, spread, left, float(curve.min()), float(curve.max())))
    return found


def _first(axis: Axis, lesion: str) -> str:
    changes = axis.lesion(lesion).changes
    return changes[0].parameter if changes else ""


def _leaves(axis: Axis, state: LesionState) -> float:
    changes = axis.lesion(state.lesion).changes
    return changes[0].at(state.severity) if changes else 0.0


def _curve(axis: Axis, lesion: str) -> FloatArray:
    change = axis.lesion(lesion).changes[0]
    return np.array([change.at(float(severity)) for severity in _GRID])


def severity_leaving(axis: Axis, lesion: str, left: FloatArray) -> FloatArray:
    """Return the severity at which a lesion's first change has a value.

    Parameters
    ----------
    axis : Axis
    lesion : str
    left : array, shape (n,)

    Returns
    -------
    array, shape (n,)
        Between 0 and 1, by linear interpolation of a table.
    """
    curve = _curve(axis, lesion)
    order = np.argsort(curve, kind="stable")
    return np.interp(left, curve[order], _GRID[order])


def _cycle_day(axis: Axis) -> list[Unknown]:
    """Return how many hours later in the cycle the samples lie: no record holds the day of the cycle."""
    spread = axis.fitting.cycle_day_spread_h
    if axis.cycle is None or spread <= 0.0:
        return []
    words = "Day of the cycle, against the timeline"
    return [Unknown(Kind.CYCLE_DAY, "cycle day", words, spread, 0.0, low=-np.inf, additive=True)]


def _intakes(axis: Axis, scenario: Scenario, seen: tuple[Observation, ...]) -> list[Unknown]:
    """Return one unknown a visit: how much of what was ordered was taken in the days before."""
    days, spread = _recent_intake(axis, scenario)
    if spread <= 0.0 or days <= 0.0:
        return []
    found = []
    for number, visit_h in enumerate(visits_of(seen), start=1):
        if visit_h - days * 24.0 + VISIT_H <= 0.0 and not scenario.regimen:
            continue
        words = f"Taken in the {days:g} days before visit {number}"
        begin_h, end_h = visit_h - days * 24.0, visit_h + VISIT_H
        found.append(Unknown(Kind.INTAKE, f"visit {number}", words, spread, 1.0, from_h=begin_h, to_h=end_h))
    return found


def _recent_intake(axis: Axis, scenario: Scenario) -> tuple[float, float]:
    """Return days and spread of the agent on record whose recent intake varies most."""
    usual = axis.fitting.recent_intake.get("", (0.0, 0.0))
    orders = (*scenario.regimen_before, *scenario.regimen)
    spreads = [axis.fitting.recent_intake.get(order.agent, usual) for order in orders]
    return max(spreads, key=lambda entry: entry[1], default=(0.0, 0.0))


def _offsets(seen: tuple[Observation, ...]) -> list[Unknown]:
    found = {}
    for observation in seen:
        spread = variation(observation.marker).offset
        if spread > 0.0:
            name = f"{observation.marker}@{observation.platform}"
            where = observation.platform or "laboratory"
            found[name] = Unknown(Kind.OFFSET, name, f"Offset of {where}", spread, 1.0)
    return list(found.values())
