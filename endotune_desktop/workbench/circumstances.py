"""A record and a plan at a day, as far as targets depend on it: what is taken, since when, with which lesions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.records import AxisProfile, PatientRecord, Plan
from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, DoseOrder, LesionState
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.patient_state import PatientState, Taken
from endotune_desktop.tuning.validity import Circumstances
from endotune_desktop.workbench.whatif import order_of


@dataclass(frozen=True, slots=True)
class Given:
    """One agent over a stretch of days.

    Attributes
    ----------
    taken : Taken
    first : date
    until : date or None
        Until before this day.
    """

    taken: Taken
    first: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Return whether it is given on a day."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Held:
    """One lesion over a stretch of days.

    Attributes
    ----------
    name : str
        ``axis.lesion``.
    severity : float
    began : date or None
        None for long-standing.
    first, until : date or None
        Between which days it is held at all: a plan may add one or take one away.
    """

    name: str
    severity: float
    began: date | None
    first: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether it is held on a day."""
        begun = self.began is None or self.began <= day
        return begun and (self.first is None or self.first <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class History:
    """What was, is and would be given and held.

    Attributes
    ----------
    record : PatientRecord
    given : tuple of Given
    held : tuple of Held
    changes : mapping of str to tuple of date
        By agent, the days on which its dose was begun, changed or stopped, ascending.
    """

    record: PatientRecord
    given: tuple[Given, ...]
    held: tuple[Held, ...]
    changes: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    def on(self, day: date, findings: frozenset[str] = frozenset()) -> Circumstances:
        """Return what holds on a day, `findings` being what is known of a sample of that day beside the record."""
        findings |= self.record.findings_on(day)
        lesions = {held.name: held.severity for held in self.held if held.holds_on(day)}
        since = {h.name: float((day - h.began).days) for h in self.held if h.began is not None and h.holds_on(day)}
        taken = tuple(given.taken for given in self.given if given.holds_on(day))
        changed: dict[str, float] = {}
        for agent, days in self.changes.items():
            place = bisect_right(days, day)
            if place:
                changed[agent] = float((day - days[place - 1]).days)
        person = self.record.patient.person(day, self.record.latest_weight_kg())
        return Circumstances(PatientState(person, frozenset(), lesions, taken, taken, {}, findings), changed, since)

    @cached_property
    def shape(self) -> int:
        """Return a number that stands for all that answers depend on but the amounts, which a hand moves."""
        ways = [(g.taken.agent, g.taken.route, g.taken.preparation, g.first, g.until) for g in self.given]
        weight = self.record.latest_weight_kg()
        known = self.record.findings
        return hash((self.record.patient, weight, tuple(ways), self.held, tuple(self.changes.items()), known))

    @cached_property
    def shape_with_doses(self) -> int:
        """Return a number that stands for all that answers depend on."""
        return hash((self.shape, self.given))

    @property
    def turning_days(self) -> frozenset[date]:
        """Return every day on which something begins, changes or ends."""
        days = {day for changed in self.changes.values() for day in changed}
        for held in self.held:
            days |= {day for day in (held.began, held.first, held.until) if day is not None}
        for finding in self.record.findings:
            days |= {day for day in (finding.since, finding.until) if day is not None}
        return frozenset(days)


def history_of(record: PatientRecord, axis: Axis, plan: Plan | None) -> History:
    """Return the history of a record, with a plan for one axis from its first day on.

    Parameters
    ----------
    record : PatientRecord
    axis : Axis
        The plan's.
    plan : Plan or None
        None where the record goes on as it is.
    """
    own = {entry.agent.id for entry in axis.agents}
    given: list[Given] = []
    for medication in record.medication:
        until = medication.stop
        if plan is not None and medication.agent in own:
            until = plan.from_day if until is None else min(until, plan.from_day)
        if medication.dose > 0.0 and (until is None or medication.start < until):
            taken = _taken(order_of(medication, medication.start), axis)
            given.append(Given(taken, medication.start, until))
    if plan is not None:
        given += [_planned(order, plan.from_day, axis) for order in plan.orders if order.dose > 0.0]
    return History(record, tuple(given), tuple(_lesions(record, axis, plan)), _changes(given))


def _planned(order: DoseOrder, day0: date, axis: Axis) -> Given:
    """Return a plan's order; one that is only waiting for its turn goes on from the plan's first day."""
    begins = 0 if order.start_day < order.every_days else order.start_day
    until = None if order.stop_day is None else day0 + timedelta(days=order.stop_day)
    return Given(_taken(order, axis), day0 + timedelta(days=begins), until)


def _taken(order: DoseOrder, axis: Axis) -> Taken:
    daily = order.dose * len(order.clock_times) / order.every_days
    with suppress(KeyError, InputRefused):  # of another axis, or a release: its own number says whether it changed
        daily = axis.agent(order.agent).agent.in_own_unit(daily, order.unit)
    return Taken(order.agent, order.route, order.preparation or "", daily)


def _changes(given: Iterable[Given]) -> dict[str, tuple[date, ...]]:
    """Return the days on which the daily dose of an agent, its route or its preparation is another than before."""
    by_agent: dict[str, list[Given]] = {}
    for entry in given:
        by_agent.setdefault(entry.taken.agent, []).append(entry)
    found = {}
    for agent, entries in by_agent.items():
        edges = sorted({day for entry in entries for day in (entry.first, entry.until) if day is not None})
        changed: list[date] = []
        before: dict[tuple[str, str], float] = {}
        for day in edges:
            now: dict[tuple[str, str], float] = {}
            for entry in entries:
                if entry.holds_on(day):
                    way = (entry.taken.route, entry.taken.preparation)
                    now[way] = round(now.get(way, 0.0) + entry.taken.daily, 9)
            if now != before:
                changed.append(day)
            before = now
        found[agent] = tuple(changed)
    return found


def _lesions(record: PatientRecord, axis: Axis, plan: Plan | None) -> Iterable[Held]:
    for profile in record.profiles:
        ends = plan.from_day if plan is not None and profile.axis == axis.id else None
        for state in profile.lesions:
            yield Held(f"{profile.axis}.{state.lesion}", state.severity, _began(state, profile.since), until=ends)
    if plan is None:
        return
    own = record.profile(axis.id)
    for state in plan.lesions:
        yield Held(f"{axis.id}.{state.lesion}", state.severity, _began_in(plan, state, own), first=plan.from_day)


def _began_in(plan: Plan, state: LesionState, profile: AxisProfile | None) -> date | None:
    """Return when a plan's lesion began: as on the record where that holds it, else counted from the plan."""
    on_record = profile is not None and any(held.lesion == state.lesion for held in profile.lesions)
    return _began(state, profile.since if on_record and profile is not None else plan.from_day)


def _began(state: LesionState, since: date | None) -> date | None:
    if state.onset == LONG_STANDING or since is None:
        return None
    if state.onset == NEW:
        return since
    return since + timedelta(days=int(float(state.onset) // 24))
