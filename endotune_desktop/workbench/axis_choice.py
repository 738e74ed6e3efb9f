"""Which axes a patient has, which others fit, and how each is looked at while the window is open."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from itertools import chain

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import AxisProfile, KeptScenario, LabResult, Patient, PatientRecord, Plan
from endotune_desktop.physiology.axis import Axis, AxisAgent
from endotune_desktop.physiology.registry import AXES, AxisCard, cards
from endotune_desktop.workbench.course_view import CourseView
from endotune_desktop.workbench.horizons import Horizon, first_horizon

FIRST: Axis = next(iter(AXES.values()))
"""What is shown when nobody is."""


@dataclass(frozen=True, slots=True)
class AxisEntry:
    """An axis as the chooser offers it.

    Attributes
    ----------
    axis : AxisCard
    own : bool
        Whether the record is about it.
    lead_lab : LabResult or None
        Newest result of its lead marker.
    conditions : tuple of (str, float)
        Titles and severities of the lesions on the record.
    differs : bool
        Whether its what-if differs from the record.
    """

    axis: AxisCard
    own: bool
    lead_lab: LabResult | None = None
    conditions: tuple[tuple[str, float], ...] = ()
    differs: bool = False


@dataclass(slots=True)
class AxisDesk:
    """How one axis of the open patient was left.

    Attributes
    ----------
    plan : Plan or None
        The what-if, where it differed from the record.
    pinned : str
        Letter of the scenario that was drawn.
    crosshair_h : float or None
    course : CourseView or None
        What was drawn.
    """

    plan: Plan | None = None
    pinned: str = ""
    crosshair_h: float | None = None
    course: CourseView | None = None


@dataclass(slots=True)
class AxisDesks:
    """The desks of the open patient, and the horizon of every axis for all patients.

    Attributes
    ----------
    left : dict of str to AxisDesk
        By axis id.
    horizons : dict of str to Horizon
        By axis id.
    """

    left: dict[str, AxisDesk] = field(default_factory=dict)
    horizons: dict[str, Horizon] = field(default_factory=dict)

    def desk(self, axis_id: str) -> AxisDesk:
        """Return how an axis was left, and forget it; a bare desk for one that was not looked at."""
        return self.left.pop(axis_id, None) or AxisDesk()

    def horizon(self, axis: Axis) -> Horizon:
        """Return the horizon that was chosen last, or the one that an axis shows from the start."""
        return self.horizons.get(axis.id) or first_horizon(axis)


def fitting_axes(patient: Patient) -> tuple[AxisCard, ...]:
    """Return the axes that fit a person's sex, in the order of the registry."""
    return tuple(card for card in cards().values() if patient.sex in card.sexes)


def own_axes(record: PatientRecord) -> tuple[AxisCard, ...]:
    """Return the axes that a record is about, the one that is shown first in front."""
    ids = dict.fromkeys([record.patient.axis, *(profile.axis for profile in reversed(record.profiles))])
    known = cards()
    return tuple(known[axis_id] for axis_id in ids if axis_id in known)


def axis_entries(record: PatientRecord, differing: frozenset[str] = frozenset()) -> tuple[AxisEntry, ...]:
    """Return what the chooser offers: the patient's axes, then the others that fit.

    Parameters
    ----------
    record : PatientRecord
    differing : frozenset of str
        Ids of the axes whose what-if differs from the record.
    """
    own = own_axes(record)
    others = [axis for axis in fitting_axes(record.patient) if axis not in own]
    return tuple(_entry(record, axis, axis in own, axis.id in differing) for axis in (*own, *others))


def _entry(record: PatientRecord, axis: AxisCard, own: bool, differs: bool) -> AxisEntry:
    profile = record.profile(axis.id)
    held = profile.lesions if profile is not None else ()
    known = {lesion.id: lesion.title for lesion in AXES[axis.id].lesions} if held else {}
    conditions = tuple((known[state.lesion], state.severity) for state in held if state.lesion in known)
    lab = next((lab for lab in record.labs if lab.analyte == axis.lead_analyte and not lab.set_aside), None)
    return AxisEntry(axis, own, lab, conditions, differs)


def adding(record: PatientRecord, axis: Axis) -> Edit:
    """Return the edit that puts an axis on a record: with nothing wrong, until something is adopted."""
    fresh = AxisProfile(str(uuid.uuid4()), record.patient.id, axis.id)
    return Edit(f"Add axis {axis.title}", (RecordChange(None, fresh),))


def removing(record: PatientRecord, axis: Axis) -> Edit | None:
    """Return the edit that takes an axis with its conditions and scenarios off a record.

    Returns
    -------
    Edit or None
        None where the record is not about it, or about nothing else.
    """
    others = [other for other in own_axes(record) if other.id != axis.id]
    profiles = [profile for profile in record.profiles if profile.axis == axis.id]
    if not others or not (profiles or record.patient.axis == axis.id):
        return None
    gone: list[AxisProfile | KeptScenario] = [*profiles, *(x for x in record.scenarios if x.axis == axis.id)]
    changes = [RecordChange(held, None) for held in gone]
    if record.patient.axis == axis.id:
        changes.append(RecordChange(record.patient, replace(record.patient, axis=others[0].id)))
    return Edit(f"Remove axis {axis.title}", tuple(changes))


def knowing_axis(agent_id: str, shown: Axis) -> Axis | None:
    """Return an axis that knows an agent: the shown one when it does, None when none does."""
    for axis in chain((shown,), AXES.values()):  # one after the other: most know the agent before all are loaded
        if knows(axis, agent_id):
            return axis
    return None


def knows(axis: Axis, agent_id: str) -> bool:
    """Return whether an agent acts on an axis."""
    return any(agent_id == entry.agent.id or agent_id in entry.agent.aliases for entry in axis.agents)


def offered_agents(shown: Axis, patient: Patient) -> tuple[AxisAgent, ...]:
    """Return the agents that are given as a regimen: those of the shown axis first, then of the others that fit."""
    found: dict[str, AxisAgent] = {}
    for axis_id in dict.fromkeys((shown.id, *(card.id for card in fitting_axes(patient)))):
        for entry in (shown if axis_id == shown.id else AXES[axis_id]).agents:
            if entry.chronic:
                found.setdefault(entry.agent.id, entry)
    return tuple(found.values())
