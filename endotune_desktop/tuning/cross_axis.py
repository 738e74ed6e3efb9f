"""Links between axes: what one axis and its agents change in another, applied where both are open, said otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from endotune_desktop.clinic.scenario import LONG_STANDING, LesionState, Scenario
from endotune_desktop.physiology.axis import Axis, Mode
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.conditions import Condition
from endotune_desktop.tuning.patient_state import PatientState


class Level(StrEnum):
    """How much a rule weighs, the heaviest first."""

    BLOCK = "block"
    BLOCK_MARKER = "block_marker"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Rule:
    """A rule over the whole patient.

    Attributes
    ----------
    id : str
    when : Condition
    condition, consequence : str
        If and then, in words.
    level : Level
    effect_size, direction_of_error : str
    lag_days : tuple of float
        From, to: when to look again.
    what_to_do, source : str
    axes : tuple of str
        Axes in whose advice it is said.
    markers : tuple of str
        What is no target while it holds.
    agents : tuple of str
        What is not advised while it holds.
    """

    id: str
    when: Condition
    condition: str
    consequence: str
    level: Level
    effect_size: str
    direction_of_error: str
    lag_days: tuple[float, float]
    what_to_do: str
    source: str
    axes: tuple[str, ...]
    markers: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effect:
    """A change of one axis that follows from another.

    Attributes
    ----------
    id, title, size : str
        What happens and how much, in words.
    rules : tuple of str
        Rules that it belongs to.
    when : Condition
    from_axis, to_axis : str
    parameter : str
        Of the target axis; empty when a lesion carries the change, or nothing does.
    lesion : str
        Of the target axis; empty when a parameter carries the change, or nothing does.
    mode : Mode
    amount : Condition or None
        The factor, addend, value or severity; None when the model has no place for it.
    source : str
    """

    id: str
    title: str
    size: str
    rules: tuple[str, ...]
    when: Condition
    from_axis: str
    to_axis: str
    parameter: str
    lesion: str
    mode: Mode
    amount: Condition | None
    source: str


@dataclass(frozen=True)
class AppliedChange:
    """A change that both axes are open for.

    Attributes
    ----------
    effect : Effect
    amount : float
    """

    effect: Effect
    amount: float


@dataclass(frozen=True)
class Unapplied:
    """An effect that is only said.

    Attributes
    ----------
    effect : Effect
    why : str
        ``axis`` one of the two is not open, ``place`` the model has no place for it, ``value`` a value is not known,
        ``held`` the record already holds it.
    """

    effect: Effect
    why: str


@dataclass(frozen=True)
class Links:
    """All that follows from a patient's state.

    Attributes
    ----------
    applied : tuple of AppliedChange
    said : tuple of Unapplied
    rules : tuple of Rule
        Those that hold, the heaviest first.
    """

    applied: tuple[AppliedChange, ...]
    said: tuple[Unapplied, ...]
    rules: tuple[Rule, ...]

    def for_axis(self, axis_id: str) -> Links:
        """Return what concerns one axis: its own changes, and the rules that are said in its advice."""
        return Links(
            tuple(change for change in self.applied if change.effect.to_axis == axis_id),
            tuple(entry for entry in self.said if axis_id in (entry.effect.to_axis, entry.effect.from_axis)),
            tuple(rule for rule in self.rules if axis_id in rule.axes),
        )

    @property
    def blocked_agents(self) -> frozenset[str]:
        """Return the agents that are not advised."""
        return frozenset(agent for rule in self.rules if rule.level is Level.BLOCK for agent in rule.agents)

    @property
    def blocked_markers(self) -> Mapping[str, Rule]:
        """Return the markers that are no target, each with its rule."""
        return {marker: rule for rule in reversed(self.rules) for marker in rule.markers}


@dataclass(frozen=True)
class LinkTable:
    """The links that are known.

    Attributes
    ----------
    rules : tuple of Rule
    effects : tuple of Effect
    """

    rules: tuple[Rule, ...]
    effects: tuple[Effect, ...]


def links_for(table: LinkTable, state: PatientState) -> Links:
    """Return what follows from a patient's state.

    Parameters
    ----------
    table : LinkTable
    state : PatientState
    """
    applied, said = [], []
    for effect in table.effects:
        suits = all(state.person.sex in AXES[axis].sexes for axis in (effect.from_axis, effect.to_axis))
        if not suits or not effect.when.holds(state):
            continue
        if effect.amount is None:
            said.append(Unapplied(effect, "place"))
            continue
        amount = effect.amount.number(state)
        if math.isnan(amount):
            said.append(Unapplied(effect, "value"))
        elif not {effect.from_axis, effect.to_axis} <= state.axes:
            said.append(Unapplied(effect, "axis"))
        elif _held(effect, amount, state):
            said.append(Unapplied(effect, "held"))
        else:
            applied.append(AppliedChange(effect, amount))
    order = list(Level)
    rules = sorted((rule for rule in table.rules if rule.when.holds(state)), key=lambda rule: order.index(rule.level))
    return Links(tuple(applied), tuple(said), tuple(rules))


def _held(effect: Effect, amount: float, state: PatientState) -> bool:
    """Return whether the record already holds what an effect would bring.

    So it is with a lesion of at least that severity, and with a value that a lesion on record changes itself: raised
    prolactin that is held as hyperprolactinaemia must not count twice.
    """
    if effect.lesion:
        return state.lesions.get(f"{effect.to_axis}.{effect.lesion}", 0.0) >= amount
    if effect.mode is not Mode.SET:
        return False
    return any(
        change.parameter == effect.parameter
        for lesion in AXES[effect.to_axis].lesions
        if state.lesions.get(f"{effect.to_axis}.{lesion.id}", 0.0) > 0.0
        for change in lesion.changes
    )


def linked(axis: Axis, scenario: Scenario, changes: Iterable[AppliedChange]) -> Scenario:
    """Return the scenario of an axis with what other axes change in it.

    A parameter stays within its bounds; a lesion that is held already takes the greater severity. What is changed so is
    there all along, as it is when it has settled.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    changes : iterable of AppliedChange
        Those of other axes are passed over.
    """
    parameters = dict(scenario.parameters)
    lesions = list(scenario.lesions)
    for change in changes:
        effect = change.effect
        if effect.to_axis != axis.id:
            continue
        if effect.lesion:
            severity = min(max(change.amount, 0.0), 1.0)
            held = [index for index, entry in enumerate(lesions) if entry.lesion == effect.lesion]
            for index in held:
                lesions[index] = replace(lesions[index], severity=max(lesions[index].severity, severity))
            if not held:
                lesions.append(LesionState(effect.lesion, severity, LONG_STANDING))
            continue
        known = axis.parameter(effect.parameter)
        base = parameters.get(known.id, known.value)
        moved = {Mode.TIMES: base * change.amount, Mode.PLUS: base + change.amount, Mode.SET: change.amount}
        parameters[known.id] = min(max(moved[effect.mode], known.low), known.high)
    return replace(scenario, parameters=parameters, lesions=tuple(lesions))
