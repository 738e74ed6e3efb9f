"""What links between axes look at: a person with all the axes, lesions, agents, values and findings at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from endotune_desktop.clinic.person import Person
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.registry import AXES


@dataclass(frozen=True, slots=True)
class Taken:
    """An agent in force.

    Attributes
    ----------
    agent, route, preparation : str
        The agent by its own name, not an alias.
    daily : float
        Mean daily dose, in the agent's unit; of a patch that is ordered by its release, that release.
    """

    agent: str
    route: str
    preparation: str
    daily: float


@dataclass(frozen=True)
class PatientState:
    """A patient as the links see one.

    Attributes
    ----------
    person : Person
    axes : frozenset of str
        Axes that are held open for this patient.
    lesions : mapping of str to float
        ``axis.lesion`` to severity.
    taken : tuple of Taken
        What is taken so far.
    planned : tuple of Taken
        What would be taken under the plan; the same when there is none.
    markers : mapping of str to float
        Known values by marker id, canonical units.
    findings : frozenset of str
        What else is known of the person, by the ids of the links' own list.
    """

    person: Person
    axes: frozenset[str] = frozenset()
    lesions: Mapping[str, float] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    planned: tuple[Taken, ...] = ()
    markers: Mapping[str, float] = field(default_factory=dict)
    findings: frozenset[str] = frozenset()


def taken_of(orders: Iterable[DoseOrder]) -> tuple[Taken, ...]:
    """Return orders as what is taken: alias resolved, mean daily dose; an agent that no axis knows keeps its words."""
    found = []
    for order in orders:
        if order.dose > 0.0:
            name, amount = _canonical(order)
            times_a_day = len(order.clock_times) / order.every_days
            if DOSE_UNITS[order.unit].kind == "release":
                times_a_day = 1.0
            daily = amount * order.fraction_taken * times_a_day
            found.append(Taken(name, order.route, order.preparation or "", daily))
    return tuple(found)


def _canonical(order: DoseOrder) -> tuple[str, float]:
    """Return the agent by its own name, and one dose in its unit (a release stays as it is ordered)."""
    for axis in AXES.values():
        try:
            agent = axis.agent(order.agent).agent
        except KeyError:
            continue
        if order.unit not in agent.units or DOSE_UNITS[order.unit].kind == "release":
            return agent.id, order.dose
        return agent.id, agent.in_own_unit(order.dose, order.unit)
    return order.agent, order.dose


def lesions_of(axis: str, lesions: Iterable[LesionState]) -> dict[str, float]:
    """Return lesions of one axis by ``axis.lesion``, those with a severity."""
    return {f"{axis}.{entry.lesion}": entry.severity for entry in lesions if entry.severity > 0.0}
