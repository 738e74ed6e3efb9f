"""From an adoption to its receipts: what the laboratory will print when results are due (tuning.md 7)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from endotune_desktop.clinic.edits import Edit
from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.records import (
    AxisProfile,
    LabResult,
    Medication,
    PatientRecord,
    Plan,
    Receipt,
    Record,
)
from endotune_desktop.clinic.scenario import DoseOrder, Scenario, clock_hours
from endotune_desktop.physiology.axis import Axis, Marker
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.ensemble import Spread, one_after_another
from endotune_desktop.tuning.cross_axis import linked
from endotune_desktop.tuning.evidence import Observation
from endotune_desktop.tuning.individual import Fit, individualised
from endotune_desktop.tuning.receipts import (
    DRAWS,
    SEED,
    ResultForecast,
    Source,
    fingerprint,
    forecasts,
    labs_hash,
    model_hash,
    prior_hash,
    source_of,
)
from endotune_desktop.tuning.width import Cell
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.due_times import DueTimes, due_times
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.patient_timeline import Timeline, sample_clock, timeline
from endotune_desktop.workbench.whatif import plan_of_record

BEFORE_DOSE_H = 1.0 / 60.0
"""Samples "before the tablet" are taken one minute before its clock time."""
NOON_H, MORNING_H = 12.0, 8.0
"""Laboratories draw blood in the morning [own choice]."""
_SPACE = uuid.UUID("0f2c1d7e-95b3-4a57-8d51-3f4f6c1e2a10")
_KINDS: dict[type[Record], str] = {Medication: "medication", AxisProfile: "profiles", LabResult: "labs"}


@dataclass(frozen=True)
class Adoption:
    """What is about to be adopted.

    Attributes
    ----------
    record : PatientRecord
        Before.
    edit : Edit
        That adopts it.
    axis : Axis
    today, start : date
        The day on which it is adopted, and the first day of the plan.
    made_at : datetime
    fit : Fit or None
        Of the record as it is, where it is there already.
    learnt : mapping
        The clinic's own width factors.
    """

    record: PatientRecord
    edit: Edit
    axis: Axis
    today: date
    start: date
    made_at: datetime
    fit: Fit | None = None
    learnt: Mapping[Cell, float] | None = None

    def adopted(self) -> PatientRecord:
        """Return the record as it will be."""
        whole = self.record
        for change in self.edit.changes:
            name = _KINDS.get(type(change.record), "")
            if name == "medication":
                kept = [row for row in whole.medication if row.id != change.record.id]
                fresh = [change.after] if isinstance(change.after, Medication) else []
                rows = sorted(kept + fresh, key=lambda row: row.start, reverse=True)
                whole = replace(whole, medication=tuple(rows))
            elif name == "profiles":
                others = tuple(row for row in whole.profiles if row.id != change.record.id)
                own = (change.after,) if isinstance(change.after, AxisProfile) else ()
                whole = replace(whole, profiles=(*others, *own))
        return whole


def receipts_of(
    asked: Adoption,
    links: CrossAxis | None = None,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> tuple[Receipt, ...]:
    """Return the receipts of an adoption: every plotted laboratory marker at every due time.

    Parameters
    ----------
    asked : Adoption
    links : CrossAxis, optional
        What the record's other axes change.
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.

    Returns
    -------
    tuple of Receipt
        Empty where the model has no answer.

    Raises
    ------
    Cancelled
        If the flag was set.
    """
    axis, adopted, due = asked.axis, asked.adopted(), due_times(asked.axis)
    changes = () if links is None else links.changes(adopted, axis, asked.today)
    ahead_days = (asked.start - asked.today).days + due.days[-1] + 2.0
    line = timeline(adopted, axis, asked.today, ahead_days)
    scenario = linked(axis, line.now, changes)
    plan = plan_of_record(adopted, axis, asked.start)
    moments = [_due_at(asked.start, days, plan) for days in due.days]
    seen = observations_of(adopted, axis, line.day0, asked.today)
    try:
        fit = _fit_of(asked, scenario, seen, cancel, spread)
        source = source_of(axis, scenario, fit)
        found = forecasts(
            source, scenario, [marker.id for marker in _forecast_markers(axis)],
            [_hours(line, moment) for moment in moments], from_h=line.today_h, learnt=asked.learnt,
            cancel=cancel, spread=spread,
        )  # fmt: skip
    except OutsideValidity:
        return ()
    makers = _Maker(asked, adopted, plan, due, source, model_hash(axis))
    by_time = {_hours(line, moment): moment for moment in moments}
    return tuple(makers.receipt(forecast, by_time[forecast.time_h]) for forecast in found)


def regimen_hash(plan: Plan) -> str:
    """Return the fingerprint of a plan's orders."""
    return fingerprint(plan.from_day, *map(repr, plan.orders))


def _forecast_markers(axis: Axis) -> list[Marker]:
    return [marker for marker in axis.markers if marker.plotted and marker.analyte]


def _due_at(start: date, days: int, plan: Plan) -> datetime:
    """Return the moment before the first dose of a day, or eight in the morning where that dose is of the evening."""
    day = start + timedelta(days=days)
    hours = clock_hours(sample_clock(plan.orders))
    minutes = round(((hours if hours <= NOON_H else MORNING_H) - BEFORE_DOSE_H) * 60.0)
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)


def _hours(line: Timeline, moment: datetime) -> float:
    return line.hours(moment.date()) + moment.hour + moment.minute / 60.0


def _fit_of(
    asked: Adoption, scenario: Scenario, seen: tuple[Observation, ...], cancel: CancelFlag | None, spread: Spread
) -> Fit | None:
    """Return the fit that is there, where it is of these results and this physiology; else a new one."""
    if not seen:
        return None
    held = asked.fit
    if held is not None and held.posterior is not None and held.observations == seen:
        before = held.prior.scenario
        alike = replace(before, regimen=scenario.regimen, duration_days=scenario.duration_days) == scenario
        if alike and held.posterior.z.shape[0] >= DRAWS:
            return held
    return individualised(asked.axis, scenario, seen, cancel=cancel, spread=spread)


@dataclass(frozen=True)
class _Maker:
    """Writes receipts of one adoption."""

    asked: Adoption
    adopted: PatientRecord
    plan: Plan
    due: DueTimes
    source: Source
    model: str

    def receipt(self, forecast: ResultForecast, due_at: datetime) -> Receipt:
        """Return the receipt of one forecast."""
        asked, axis = self.asked, self.asked.axis
        marker = axis.marker(forecast.marker)
        identity = (asked.record.patient.id, asked.made_at.isoformat(), axis.id, marker.id, due_at.isoformat())
        low, lower, middle, upper, high = forecast.quantiles
        shares = forecast.shares
        return Receipt(
            id=str(uuid.uuid5(_SPACE, " ".join(identity))),
            patient_id=asked.record.patient.id,
            made_at=asked.made_at,
            axis=axis.id,
            model_version=axis.version,
            model_hash=self.model,
            prior_hash=prior_hash(self.source.prior),
            labs_hash=labs_hash(self.source.observations),
            regimen_hash=regimen_hash(self.plan),
            seed=SEED,
            visits=self.source.visits,
            plan=self.plan,
            marker=marker.id,
            analyte=marker.analyte,
            unit=marker.unit,
            due_at=due_at,
            window_h=self.due.window_h,
            clock_h=self.due.clock_h,
            dose_before_h=_since_dose_h(self.plan.orders, due_at, self.plan.from_day),
            q05=low, q25=lower, q50=middle, q75=upper, q95=high,
            draws=forecast.draws.astype("<f4").tobytes(),
            population=forecast.population.astype("<f4").tobytes(),
            share_patient=shares.patient,
            share_intake=shares.intake,
            share_assay=shares.assay,
            share_within=shares.within,
            share_model=shares.model,
            width=forecast.width,
            advice=asked.edit.words,
        )  # fmt: skip


def _since_dose_h(orders: tuple[DoseOrder, ...], moment: datetime, day0: date) -> float | None:
    """Return the hours since the last dose of a plan, None when there is none before."""
    now = (moment.date() - day0).days * 24.0 + moment.hour + moment.minute / 60.0
    latest = -np.inf
    for order in orders:
        last_day = int(now // 24.0) if order.stop_day is None else min(int(now // 24.0), order.stop_day - 1)
        for day in range(last_day, max(last_day - order.every_days - 1, order.start_day - 1), -1):
            if (day - order.start_day) % order.every_days == 0 and order.dose > 0.0:
                given = [day * 24.0 + clock_hours(clock) for clock in order.clock_times]
                latest = max([latest, *(hour for hour in given if hour <= now)])
    return float(now - latest) if np.isfinite(latest) else None
