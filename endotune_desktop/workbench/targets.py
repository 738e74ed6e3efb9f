"""Which marker is a target, when and in which range: the table's rules along a record's and a plan's days."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from endotune_desktop.clinic.records import LabResult, PatientRecord, Plan
from endotune_desktop.physiology.axis import Axis, Marker
from endotune_desktop.tuning.validity import (
    OPEN,
    Circumstances,
    Limits,
    Rule,
    Standing,
    Validity,
    ValidityTable,
    aimable_markers,
    beyond_model,
    resolve,
)
from endotune_desktop.workbench.circumstances import History, history_of
from endotune_desktop.workbench.course_view import SETTLED_DAYS, CourseView
from endotune_desktop.workbench.references import ReferenceStep, curve_reference, lab_reference

UNTIMED = frozenset({"untimed_sample"})
MOST_HISTORIES, MOST_ANSWERS = 16, 512
T = TypeVar("T")


@dataclass(frozen=True)
class TargetSpan:
    """What a marker is good for over a stretch of the window.

    Attributes
    ----------
    from_h, to_h : float
        Hours of the timeline; the first one reaches back, and the last one on, without end.
    standing : Standing
        As on the first day of the stretch.
    """

    from_h: float
    to_h: float
    standing: Standing


class Targets:
    """Answers for records; the table is read when it is first needed.

    Parameters
    ----------
    load : callable, optional
        Reads the table; without it no marker has a rule.
    """

    def __init__(self, load: Callable[[], ValidityTable] = ValidityTable) -> None:
        self._load = load
        self._table: ValidityTable | None = None
        self._histories: OrderedDict[object, tuple[PatientRecord, History]] = OrderedDict()
        self._found: OrderedDict[object, Any] = OrderedDict()

    @property
    def table(self) -> ValidityTable:
        """Return the rules."""
        if self._table is None:
            self._table = self._load()
        return self._table

    def history(self, record: PatientRecord, axis: Axis, plan: Plan | None) -> History:
        """Return a record's history with a plan; the last ones that were asked for are kept."""
        key = (id(record), axis.id, _hashable(plan))
        held = self._histories.get(key)
        if held is None or held[0] is not record:
            held = self._histories[key] = (record, history_of(record, axis, plan))
            if len(self._histories) > MOST_HISTORIES:
                self._histories.popitem(last=False)
        return held[1]

    def _kept(self, key: object, history: History, axis: Axis, marker: Marker, make: Callable[[], T]) -> T:
        """Return what was found before for a history of the same shape, else make it."""
        doses = self.table.counts_doses(axis.id, marker.id)
        full = (key, axis.id, marker.id, history.shape_with_doses if doses else history.shape)
        if full not in self._found:
            self._found[full] = make()
            if len(self._found) > MOST_ANSWERS:
                self._found.popitem(last=False)
        found: T = self._found[full]
        return found

    def standing(
        self, record: PatientRecord, axis: Axis, plan: Plan | None, marker: Marker, day: date, reference: Limits
    ) -> Standing:
        """Return what a marker is good for on a day, `reference` being its usual range in the canonical unit."""
        if not self.table.about(axis.id, marker.id):
            return Standing(Validity.NO_RULE, *reference)
        history = self.history(record, axis, plan)
        return self._kept(
            (day, reference), history, axis, marker,
            lambda: resolve(self.table, axis, marker, history.on(day), reference),
        )  # fmt: skip

    def of_lab(self, record: PatientRecord, axis: Axis, lab: LabResult, view: CourseView | None = None) -> Standing:
        """Return what a result is good for as it was drawn; one of no marker of the axis has no rule."""
        marker = next((entry for entry in axis.markers if entry.analyte == lab.analyte), None)
        held = lab_reference(record, lab, view)
        if marker is None or not self.table.about(axis.id, marker.id):
            return Standing(Validity.NO_RULE, held.low, held.high)
        findings = frozenset() if lab.clock_known else UNTIMED
        at = self.history(record, axis, None).on(lab.drawn_at.date(), findings)
        return resolve(self.table, axis, marker, at, (held.low, held.high))

    def spans(self, view: CourseView, axis: Axis, plan: Plan | None, marker: Marker) -> tuple[TargetSpan, ...]:
        """Return what a marker is good for along the window of a course; equal neighbours are one stretch."""
        record = view.request.record
        held = curve_reference(record, marker, view)
        reference: Limits = (held.low, held.high)
        rules = self.table.about(axis.id, marker.id)
        if not rules:
            return (TargetSpan(-math.inf, math.inf, Standing(Validity.NO_RULE, *reference)),)
        history = self.history(record, axis, plan)
        key = (reference, view.window_h, view.day0)
        return self._kept(
            key, history, axis, marker, lambda: self._spans(view, axis, marker, history, rules, reference)
        )

    def _spans(
        self, view: CourseView, axis: Axis, marker: Marker, history: History, rules: tuple[Rule, ...], reference: Limits
    ) -> tuple[TargetSpan, ...]:
        found: list[TargetSpan] = []
        for day in _turns(history, rules, view):
            standing = resolve(self.table, axis, marker, history.on(day), reference)
            begin = view.hours(day)
            if found and _same(found[-1].standing, standing):
                continue
            if found:
                found[-1] = replace(found[-1], to_h=begin)
            found.append(TargetSpan(begin if found else -math.inf, math.inf, standing))
        return tuple(found)

    def limits(
        self, record: PatientRecord, axis: Axis, plan: Plan | None, marker: Marker, today: date, reference: Limits
    ) -> Limits | None:
        """Return the range or limit of a marker once a course has settled; None where it is no target then.

        What has settled is one sample before the morning dose: a range over the day is not held against it.
        """
        standing = self.standing(record, axis, plan, marker, today + timedelta(days=SETTLED_DAYS), reference)
        if standing.validity is Validity.INVALID or standing.waits_days > 0.0 or standing.over_day:
            return None
        return standing.low, standing.high

    def invalid(
        self, record: PatientRecord, axis: Axis, plan: Plan | None, today: date
    ) -> tuple[tuple[Marker, Standing], ...]:
        """Return the markers that are no target under a plan, in the order of the axis."""
        at = self._under(record, axis, plan, today)
        found = ((marker, resolve(self.table, axis, marker, at)) for marker in axis.markers)
        return tuple(pair for pair in found if pair[1].validity is Validity.INVALID)

    def beyond(self, record: PatientRecord, axis: Axis, plan: Plan | None, today: date) -> tuple[Rule, ...]:
        """Return what holds for a patient under a plan and is of no marker of the axis, in the order of the table."""
        return beyond_model(self.table, axis, self._under(record, axis, plan, today), record.patient.diagnosis)

    def nothing_to_aim_at(self, record: PatientRecord, axis: Axis, plan: Plan | None, today: date) -> bool:
        """Return whether no marker with a range may be aimed at, now or later: symptoms lead then."""
        references = {}
        for marker in axis.markers:
            held = curve_reference(record, marker, None)
            references[marker.id] = (held.low, held.high) if (held.low, held.high) != OPEN else (0.0, None)
        return not aimable_markers(self.table, axis, self._under(record, axis, plan, today), references)

    def _under(self, record: PatientRecord, axis: Axis, plan: Plan | None, today: date) -> Circumstances:
        day = today if plan is None else max(today, plan.from_day)
        return self.history(record, axis, plan).on(day)


def _hashable(plan: Plan | None) -> object:
    return None if plan is None else (plan.from_day, plan.orders, plan.lesions)


def _turns(history: History, rules: tuple[Rule, ...], view: CourseView) -> list[date]:
    """Return the days of the window on which an answer may become another one, the first day of it included."""
    first, last = view.day_of(view.window_h[0]), view.day_of(view.window_h[1])
    waits = {rule.from_day for rule in rules} | {0.0}
    days = {first}
    for day in history.turning_days:
        days |= {day + timedelta(days=int(wait)) for wait in waits}
    born = history.record.patient.born
    days |= {_birthday(born, year) for year in range(first.year, last.year + 1)}
    return sorted(day for day in days if first <= day <= last)


def _birthday(born: date, year: int) -> date:
    return date(year, born.month, min(born.day, 28))


def _same(one: Standing, other: Standing) -> bool:
    """Return whether two standings look alike: how many days one still waits does not matter."""
    return (one.waits_days > 0.0) == (other.waits_days > 0.0) and replace(one, waits_days=0.0) == replace(
        other, waits_days=0.0
    )


def target_steps(spans: tuple[TargetSpan, ...], reference: tuple[ReferenceStep, ...]) -> tuple[ReferenceStep, ...]:
    """Return the ranges to draw: a rule's own where it has one, else the reference; none where there is no target.

    Parameters
    ----------
    spans : tuple of TargetSpan
    reference : tuple of ReferenceStep
        Along the same window; a stretch that is only informative, or only a limit, is not filled.
    """
    found: list[ReferenceStep] = []
    for span in spans:
        standing = span.standing
        if standing.validity is Validity.INVALID:
            continue
        filled = standing.aimable
        if standing.own_range or standing.validity is Validity.SAFETY:
            found.append(ReferenceStep(span.from_h, span.to_h, standing.low, standing.high, filled))
            continue
        for step in reference:
            begin, end = max(step.from_h, span.from_h), min(step.to_h, span.to_h)
            if begin < end:
                found.append(replace(step, from_h=begin, to_h=end, filled=filled))
    return tuple(found)
